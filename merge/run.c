/*
 * run.c: gives every record of a registry its verdict; see run.h.
 *
 *     read with all evidence ──▶ judge and route (workers) ──▶ write verdicts ──▶ commit +
 * checkpoint
 *
 * A record that refers to another (a household to its address, a case to its parcel or household)
 * is read together with the other's evidence, and the other's verdict is judged anew: judging is a
 * pure function, so the result is the verdict that the other record gets, and a dry run, which
 * stores nothing to look up, takes the very same way.
 *
 * The transactions end at record counts, never at a clock: a run that was killed and resumed writes
 * the same transactions as one that was not.
 */
#include "merge/run.h"

#include "base/i18n.h"
#include "base/pipeline.h"
#include "base/progress.h"
#include "merge/compile.h"
#include "merge/judging.h"
#include "merge/vintage.h"
#include "plan/lookup.h"
#include "plan/parts.h"
#include "registry/ledger.h"
#include "registry/signers.h"
#include "registry/stage.h"
#include "registry/verdict_store.h"

#include <math.h>
#include <string.h>

#define COMMIT_EVERY 100000

typedef struct merge {
    noi_registry *registry;
    const noi_plan *plan;
    const noi_merge_options *options;
    noi_case_rules *rules;
    noi_judging judging;
    noi_reader *reader;
    noi_vintage *vintage; /* unit and edge ids by their position in the plan */
    noi_stmt *checkpoint;
    noi_verdict_store *store;
    noi_verdict_row *rows; /* of one batch */
    bool had_ended;         /* asked to resume what came to its end: nothing is left to do */
    bool over;              /* verdicts of an earlier run stand where this one will write */
    int64_t entry;          /* of the ledger, for the transaction that is open */
    noi_chain given, ended; /* what it wrote and displaced */
    noi_record_kind from_kind, to_kind, behind_kind;
    int64_t from_id, to_id; /* its span; to_kind 0: nothing yet */
    int64_t behind;         /* the last record that was written */
    size_t batch_rows, commit_every, uncommitted;
    uint64_t judged; /* and written, by those who were killed too */
    int64_t run_id, resume_id;
    noi_record_kind resume_kind;
    noi_account account;
    noi_progress progress;
} merge;

/* ---- judging, in the workers ----------------------------------------------------------------- */

typedef struct candidate {
    noi_code code;
    uint8_t probability;
} candidate;

static int by_code(const void *a, const void *b) {
    noi_code x = ((const candidate *)a)->code, y = ((const candidate *)b)->code;
    return x < y ? -1 : x > y;
}

/* The candidates' codes, ascending, a space between; where a point weighs them, their probabilities
 * behind a bar: "26740 26743|48 51". */
static void write_candidates(noi_buf *out, const noi_verdict *v, const noi_plan *plan) {
    candidate list[NOI_MAX_CANDIDATES];
    char text[8];
    bool weighed = false;
    for (size_t i = 0; i < v->n_candidates; i++) {
        list[i] = (candidate){plan->units[v->candidates[i]].code, v->probability[i]};
        weighed |= v->probability[i] > 0;
    }
    if (v->n_candidates > 1)
        qsort(list, v->n_candidates, sizeof *list, by_code);
    for (size_t i = 0; i < v->n_candidates; i++) {
        if (i)
            noi_buf_add_char(out, ' ');
        noi_buf_add_str(out, noi_code_format(text, list[i].code));
    }
    for (size_t i = 0; weighed && i < v->n_candidates; i++)
        noi_buf_printf(out, "%c%d", i ? ' ' : '|', list[i].probability);
}

static noi_status work(void *context, void *argument) {
    const merge *m = context;
    noi_batch *batch = argument;
    NOI_TRY(noi_batch_judge(batch, &m->judging));
    noi_buf_clear(&batch->candidates);
    for (size_t i = 0; i < batch->n; i++) {
        batch->candidate_offsets[i] = batch->candidates.n;
        write_candidates(&batch->candidates, &batch->verdicts[i], m->plan);
    }
    batch->candidate_offsets[batch->n] = batch->candidates.n;
    return NOI_OK;
}

/* ---- writing --------------------------------------------------------------------------------- */

static int64_t unit_id(const merge *m, uint16_t unit) {
    return unit == NOI_NO_UNIT ? 0 : m->vintage->units->items[unit].id;
}

static void split_candidates(noi_verdict_row *out, const noi_batch *batch, size_t at) {
    size_t from = batch->candidate_offsets[at], to = batch->candidate_offsets[at + 1];
    if (from == to)
        return;
    const char *text = batch->candidates.p + from, *bar = memchr(text, '|', to - from);
    size_t n = bar ? (size_t)(bar - text) : to - from;
    out->candidates = (noi_str){text, n};
    if (bar)
        out->probabilities = (noi_str){bar + 1, to - from - n - 1};
}

/* A verdict as it is stored, but for its seal. */
static noi_verdict_row make_row(const merge *m, const noi_batch *batch, size_t at) {
    const noi_verdict *v = &batch->verdicts[at];
    bool agrees = v->point_unit == v->new_unit && noi_point_reading(v) == NOI_POINT_LIES_IN;
    noi_verdict_row row = {
        .kind = batch->kind,
        .record_id = batch->records[at].id,
        .status = v->status,
        .method = v->method,
        .reason = v->reason,
        .new_unit = unit_id(m, v->new_unit),
        .old_unit = unit_id(m, v->old_unit),
        .edge_id = v->edge < 0 ? 0 : m->vintage->edges->items[v->edge].id,
        .warnings = v->warnings,
        .border_m = v->border_m < 0 ? NAN : (double)v->border_m,
        .queue = noi_queue_key((noi_queue)batch->queues[at]),
        .flags = batch->flags[at],
        .run_id = m->run_id,
        .point_unit = unit_id(m, agrees ? NOI_NO_UNIT : v->point_unit),
        .rule_id = v->rule < 0 ? 0 : m->plan->rules[v->rule].id,
        .entry = m->entry,
    };
    split_candidates(&row, batch, at);
    return row;
}

/* Where no verdict lies: all of the batch at once. */
static noi_status write_first(merge *m, const noi_batch *batch) {
    for (size_t at = 0; at < batch->n; at++)
        m->rows[at] = make_row(m, batch, at);
    return noi_verdict_give(m->store, m->rows, batch->n, &m->given);
}

/* What lies in the place of a record: out of it, unless it stands already or nothing comes. */
static noi_status displace(merge *m, const noi_verdict_row *old) {
    if (old->taken_by)
        return noi_verdict_clear(m->store, old->kind, old->record_id);
    return noi_verdict_end(m->store, old, m->entry, &m->ended);
}

/* Where verdicts of an earlier run stand: both are walked in the same order, and only what the new
 * run finds otherwise is displaced. The earlier ones are read before the batch is written. */
static noi_status write_over(merge *m, const noi_batch *batch) {
    NOI_AUTO(noi_verdict_list_free) noi_verdict_list old = {0};
    int64_t last = batch->records[batch->n - 1].id;
    NOI_TRY(noi_verdict_list_between(&old, m->registry, batch->kind, m->behind, last));
    size_t o = 0;
    for (size_t at = 0; at < batch->n; at++) {
        noi_verdict_row row = make_row(m, batch, at);
        for (; o < old.n && old.items[o].record_id < row.record_id; o++)
            NOI_TRY(displace(m, &old.items[o]));
        bool lay = o < old.n && old.items[o].record_id == row.record_id;
        if (lay && !old.items[o].taken_by && noi_verdict_same(&old.items[o], &row)) {
            o++;
            continue;
        }
        if (lay)
            NOI_TRY(displace(m, &old.items[o++]));
        NOI_TRY(noi_verdict_give(m->store, &row, 1, &m->given));
    }
    return NOI_OK;
}

static noi_status write_verdicts(merge *m, const noi_batch *batch) {
    if (batch->kind != m->behind_kind)
        m->behind = 0;
    m->behind_kind = batch->kind;
    if (m->to_kind == 0) {
        m->from_kind = batch->kind;
        m->from_id = batch->records[0].id;
    }
    NOI_TRY(m->over ? write_over(m, batch) : write_first(m, batch));
    m->to_kind = batch->kind;
    m->to_id = m->behind = batch->records[batch->n - 1].id;
    return NOI_OK;
}

/* The chains of the transaction that begins. */
static noi_status begin_entry(merge *m) {
    NOI_TRY(noi_ledger_next(&m->entry, m->registry));
    m->given = m->ended = noi_chain_begin(m->entry);
    m->from_kind = m->to_kind = 0;
    m->from_id = m->to_id = 0;
    return NOI_OK;
}

static noi_status end_entry(merge *m, const char *operation, const char *subject) {
    NOI_TRY(noi_verdict_given(m->store));
    noi_ledger_entry entry = {.run_id = m->run_id,
                              .operation = operation,
                              .subject = subject,
                              .from_kind = (int)m->from_kind,
                              .from_id = m->from_id,
                              .to_kind = (int)m->to_kind,
                              .to_id = m->to_id,
                              .rows = m->given.rows,
                              .ended = m->ended.rows};
    noi_chain_end(entry.digest, &m->given);
    noi_chain_end(entry.ended_digest, &m->ended);
    return noi_ledger_append(NULL, m->registry, &entry);
}

static noi_status commit_batch(merge *m, noi_record_kind kind, int64_t last) {
    m->uncommitted = 0;
    noi_bind_int(m->checkpoint, 1, m->run_id);
    noi_bind_int(m->checkpoint, 2, kind);
    noi_bind_int(m->checkpoint, 3, last);
    NOI_TRY(noi_run(m->checkpoint));
    NOI_TRY(end_entry(m, "merge", NULL));
    NOI_TRY(noi_commit(m->registry));
    NOI_TRY(noi_begin(m->registry));
    return begin_entry(m);
}

static noi_status write(void *context, void *argument) {
    merge *m = context;
    const noi_batch *batch = argument;
    noi_account_add(&m->account, batch->kind, batch->verdicts, batch->n);
    for (size_t i = 0; batch->kind == NOI_RECORD_CASE && i < batch->n; i++)
        m->account.at_centre += noi_flags_have_rule(batch->flags[i], NOI_RULE_INTAKE_CENTRE);
    noi_progress_add(&m->progress, batch->n);
    if (m->options->dry_run)
        return NOI_OK;
    NOI_TRY(write_verdicts(m, batch));
    m->uncommitted += batch->n;
    m->judged += batch->n;
    if (m->options->watch)
        m->options->watch(m->options->watch_context, m->judged);
    if (m->uncommitted < m->commit_every)
        return NOI_OK;
    return commit_batch(m, batch->kind, batch->records[batch->n - 1].id);
}

/* ---- the stream of one kind ------------------------------------------------------------------ */

static void *new_batch(void *context) {
    (void)context;
    return noi_batch_new();
}

static void free_batch(void *context, void *batch) {
    (void)context;
    noi_batch_free(batch);
}

static noi_status read(void *context, void *argument, bool *more) {
    merge *m = context;
    noi_batch *batch = argument;
    NOI_TRY(noi_reader_next(batch, m->reader, m->batch_rows));
    *more = batch->n > 0;
    return NOI_OK;
}

static noi_status judge_kinds(merge *m) {
    const noi_pipeline pipeline = {.context = m,
                                   .n_workers = m->options->n_threads,
                                   .new_batch = new_batch,
                                   .free_batch = free_batch,
                                   .read = read,
                                   .work = work,
                                   .write = write};
    for (int kind = m->resume_kind; kind < NOI_RECORD_KINDS; kind++) {
        int64_t after = kind == (int)m->resume_kind ? m->resume_id : 0;
        NOI_TRY(noi_reader_begin(m->reader, (noi_record_kind)kind, after));
        NOI_TRY(noi_pipeline_run(&pipeline));
    }
    return NOI_OK;
}

/* ---- beginning ------------------------------------------------------------------------------- */

static noi_status check_inputs(noi_registry *registry, const noi_plan *plan) {
    char inputs[65];
    NOI_TRY(noi_plan_inputs_digest(inputs, registry));
    if (strcmp(inputs, noi_plan_inputs(plan)) == 0)
        return NOI_OK;
    noi_status status =
        noi_fail(NOI_ERR_CONFLICT, _("the plan was made from other data than %s holds now"),
                 noi_registry_path(registry));
    noi_hint(_("make the plan again: noi plan %s -o PLAN"), noi_registry_path(registry));
    return status;
}

/* The numbering of the plan must be the registry's: the digest says so, this proves it. */
static noi_status check_numbering(const merge *m) {
    bool same =
        m->vintage->units->n == m->plan->n_units && m->vintage->edges->n == m->plan->n_edges;
    for (uint32_t i = 0; same && i < m->plan->n_units; i++)
        same = m->vintage->units->items[i].code == m->plan->units[i].code;
    if (same)
        return NOI_OK;
    return noi_fail(NOI_ERR_INTERNAL, _("the units of the plan are not those of %s"),
                    noi_registry_path(m->registry));
}

static bool is_change(const merge *m, noi_day day) {
    for (size_t i = 0; i < m->vintage->edges->n; i++)
        if (m->vintage->edges->items[i].effective_on == day)
            return true;
    return false;
}

/* A plan of the day of the change would take back what was handed over once more since. */
static noi_status check_handover(const merge *m) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&q, m->registry, "merge/handover"));
    NOI_TRY(noi_step(q, &row));
    noi_day newest = row ? noi_column_day(q, 0) : NOI_DAY_NONE;
    if (newest <= m->plan->handover || is_change(m, newest))
        return NOI_OK;
    char mine[12], its[12];
    noi_status status =
        noi_fail(NOI_ERR_CONFLICT,
                 _("the plan hands over on %s, and %s was handed over once more on %s since"),
                 noi_day_format(mine, m->plan->handover), noi_registry_path(m->registry),
                 noi_day_format(its, newest));
    noi_hint(_("make the plan again, it will keep that handover: noi plan %s -o PLAN; or take the later "
               "run back first: noi undo %s --run N --reason TEXT"),
             noi_registry_path(m->registry), noi_registry_path(m->registry));
    return status;
}

static noi_status fail_unfinished(const merge *m) {
    noi_status status =
        noi_fail(NOI_ERR_CONFLICT, _("a merge by this plan was begun in %s and did not end"),
                 noi_registry_path(m->registry));
    noi_hint(_("go on with it: noi merge %s --plan PLAN --resume"), noi_registry_path(m->registry));
    return status;
}

/* Counts what the killed run had committed. */
static noi_status count_stored(merge *m) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, m->registry, "merge/tally"));
    noi_bind_int(q, 1, m->resume_kind);
    noi_bind_int(q, 2, m->resume_id);
    noi_account *a = &m->account;
    uint64_t *const by_status[] = {NULL, a->assigned, a->ambiguous, a->unplaced};
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        uint64_t n = (uint64_t)noi_column_int(q, 2);
        by_status[noi_column_int(q, 1)][noi_column_int(q, 0)] += n;
        a->in[noi_column_int(q, 0)] += n;
        m->judged += n;
        noi_progress_add(&m->progress, n);
    }
}

static noi_status begin_new(merge *m) {
    NOI_TRY(noi_begin(m->registry));
    NOI_TRY(noi_exec(m->registry, "merge/give_up"));
    NOI_TRY(noi_run_begin(&m->run_id, m->registry, "merge", noi_plan_hash(m->plan)));
    return noi_signatures_store(m->registry, m->run_id, m->options->signatures,
                                noi_plan_hash(m->plan));
}

/* Killed between its last commit and its answer, a merge has ended. */
static noi_status find_ended(merge *m) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, m->registry, "merge/ended"));
    noi_bind_text(q, 1, noi_str_of(noi_plan_hash(m->plan)));
    NOI_TRY(noi_step(q, &m->had_ended));
    if (!m->had_ended)
        return NOI_OK;
    m->resume_kind = NOI_RECORD_KINDS - 1;
    m->resume_id = INT64_MAX;
    return count_stored(m);
}

static noi_status begin_or_resume(merge *m) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, m->registry, "merge/unfinished"));
    bool unfinished = false;
    NOI_TRY(noi_step(q, &unfinished));
    if (!unfinished || !noi_str_is(noi_column_text(q, 1), noi_plan_hash(m->plan))) {
        noi_reset(q);
        if (m->options->resume)
            NOI_TRY(find_ended(m));
        return m->had_ended ? NOI_OK : begin_new(m);
    }
    if (!m->options->resume)
        return fail_unfinished(m);
    m->run_id = noi_column_int(q, 0);
    m->resume_kind = (noi_record_kind)noi_column_int(q, 2);
    m->resume_id = noi_column_int(q, 3);
    noi_reset(q);
    m->behind_kind = m->resume_kind;
    m->behind = m->resume_id;
    NOI_TRY(count_stored(m));
    return noi_begin(m->registry);
}

static noi_status look_ahead(merge *m) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, m->registry, "merge/verdict_behind"));
    noi_bind_int(q, 1, m->resume_kind);
    noi_bind_int(q, 2, m->resume_id);
    return noi_step(q, &m->over);
}

/* May this plan be merged here and now? */
static noi_status check_leave(const merge *m) {
    NOI_AUTO(noi_signers_free) noi_signers signers = {0};
    if (m->options->dry_run)
        return NOI_OK;
    NOI_TRY(noi_stage_refuse(m->registry, NOI_STAGE_FINAL, _("merges")));
    NOI_TRY(noi_signers_load(&signers, m->registry, INT64_MAX));
    return noi_signers_want(&signers, m->options->signatures, noi_plan_hash(m->plan), _("the plan"));
}

static noi_status open_merge(merge *m) {
    uint64_t expected = 0;
    NOI_TRY(check_inputs(m->registry, m->plan));
    NOI_TRY(check_leave(m));
    NOI_TRY(noi_vintage_load(&m->vintage, m->registry));
    NOI_TRY(check_numbering(m));
    NOI_TRY(noi_case_rules_of(&m->rules, m->registry));
    NOI_TRY(noi_reader_open(&m->reader, m->registry, m->rules));
    NOI_TRY(noi_records_expected(&expected, m->registry));
    m->judging = noi_judging_by(m->plan, m->rules);
    m->progress = noi_progress_begin(m->options->dry_run ? _("judging") : _("merging"), expected);
    if (m->options->dry_run)
        return NOI_OK;
    NOI_TRY(check_handover(m));
    /* Every key that a verdict holds was read from its table a moment ago, under this writer's
     * lock; the checks of five keys a row were half of the writing. */
    NOI_TRY(noi_check_keys(m->registry, false));
    NOI_TRY(noi_prepare(&m->checkpoint, m->registry, "merge/checkpoint"));
    NOI_TRY(noi_verdict_store_open(&m->store, m->registry));
    m->rows = noi_alloc_zero(m->batch_rows, sizeof *m->rows);
    NOI_TRY(begin_or_resume(m));
    NOI_TRY(look_ahead(m));
    return begin_entry(m);
}

static void close_merge(merge *m) {
    free(m->rows);
    noi_stmt_close(m->checkpoint);
    noi_verdict_store_close(m->store);
    noi_reader_close(m->reader);
    noi_case_rules_free(m->rules);
    noi_vintage_free(m->vintage);
    noi_progress_end(&m->progress);
}

/* ---- the end --------------------------------------------------------------------------------- */

static noi_status run_merge(merge *m) {
    NOI_TRY(open_merge(m));
    NOI_TRY(judge_kinds(m));
    uint64_t stored = 0;
    NOI_TRY(noi_account_close(&m->account, &stored, m->registry));
    if (m->options->dry_run || m->had_ended)
        return NOI_OK;
    if (stored != m->account.in[0])
        return noi_account_fail("verdicts", stored, m->account.in[0]);
    char day[12]; /* of the handover */
    NOI_TRY(end_entry(m, "merge end", noi_day_format(day, m->plan->handover)));
    NOI_TRY(noi_run_end(m->registry, m->run_id));
    return noi_commit(m->registry);
}

noi_status noi_merge_run(noi_account *out, noi_registry *registry, const noi_plan *plan,
                         const noi_merge_options *options) {
    size_t every = options->commit_every ? options->commit_every : COMMIT_EVERY;
    merge m = {.registry = registry,
               .plan = plan,
               .options = options,
               .commit_every = every,
               .batch_rows = every < NOI_BATCH_ROWS ? every : NOI_BATCH_ROWS,
               .resume_kind = NOI_RECORD_ADDRESS};
    noi_status status = run_merge(&m);
    close_merge(&m);
    if (status != NOI_OK && !options->dry_run)
        noi_rollback(registry);
    noi_error kept;
    noi_error_save(&kept, status);
    NOI_TRY(noi_check_keys(registry, true));
    NOI_TRY(noi_error_restore(&kept));
    *out = m.account;
    return NOI_OK;
}
