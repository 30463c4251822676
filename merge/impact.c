/*
 * impact.c: two plans that differ in one layer, every record judged by both; see impact.h. A batch is
 * read once: its evidence is judged by the plan of the one layer, then by that of the other.
 */
#include "merge/impact.h"

#include "base/i18n.h"
#include "base/pipeline.h"
#include "base/progress.h"
#include "merge/compile.h"
#include "merge/judging.h"
#include "merge/layer_day.h"

#include <string.h>

typedef struct compiled {
    noi_buf bytes;
    noi_plan *plan;
} compiled;

typedef struct comparison {
    noi_registry *registry;
    compiled plan[2]; /* before, after */
    noi_judging by[2];
    noi_case_rules *rules;
    noi_reader *reader;
    noi_stmt *place[NOI_RECORD_KINDS];
    noi_impact *impact;
    size_t capacity; /* of the impact's rows */
    noi_impact_record record;
    void *context;
    noi_progress progress;
} comparison;

/* A batch with the verdicts by both plans; those by the second stand in the batch itself. */
typedef struct twice {
    noi_batch *batch;
    noi_verdict *before;
} twice;

/* ---- the days -------------------------------------------------------------------------------- */

static noi_status fail_day(const noi_layer *layer, bool is_after, noi_day drawn, noi_day on) {
    char day[12], first[12], eve[12];
    const char *which = is_after ? _("the new layer") : _("the old layer");
    noi_day_format(first, on);
    noi_day_format(eve, on - 1);
    noi_status status =
        drawn == NOI_DAY_NONE
            ? noi_fail(NOI_ERR_INPUT,
                       _("%s (%s): most of its codes were in force on no day that the registry "
                         "knows"),
                       which, layer->name)
            : noi_fail(NOI_ERR_INPUT,
                       _("%s (%s) draws the units of %s, but the reform is of %s"), which,
                       layer->name, noi_day_format(day, drawn), first);
    noi_hint(_("give two layers of the units of %s, or two of the units of %s"), first, eve);
    return status;
}

static noi_status fail_days(const noi_layer *before, noi_day day_before, const noi_layer *after,
                            noi_day day_after) {
    char a[12], b[12];
    noi_status status =
        noi_fail(NOI_ERR_INPUT,
                 _("the layers draw units of different days: the old one (%s) those of %s, the new "
                   "one (%s) those of %s"),
                 before->name, noi_day_format(a, day_before), after->name,
                 noi_day_format(b, day_after));
    noi_hint(_("impact compares two drawings of the same units; noi check --against REGISTRY holds a "
               "layer against the other side of the reform"));
    return status;
}

/* Sets the days of `out`, and how many areas are unknown on them. */
static noi_status settle_day(noi_impact *out, noi_registry *registry, const noi_layer *before,
                             const noi_layer *after) {
    NOI_AUTO(noi_unit_list_freep) noi_unit_list *units = NULL;
    noi_day on = NOI_DAY_NONE;
    NOI_TRY(noi_latest_change(&on, registry));
    if (on == NOI_DAY_NONE) {
        NOI_AUTO_BUF noi_buf nothing = {0};
        return noi_compile_registry(&nothing, registry, on); /* says what is missing */
    }
    NOI_TRY(noi_unit_list_load(&units, registry, NOI_DAY_NONE));
    noi_day a = noi_layer_day(before, units, on), b = noi_layer_day(after, units, on);
    if (a != NOI_DAY_NONE && b != NOI_DAY_NONE && a != b)
        return fail_days(before, a, after, b);
    if (a != on && a != on - 1)
        return fail_day(before, false, a, on);
    if (b != on && b != on - 1)
        return fail_day(after, true, b, on);
    out->on = on;
    out->day = a;
    out->unknown_before = noi_layer_unknown(before, units, a);
    out->unknown_after = noi_layer_unknown(after, units, a);
    return NOI_OK;
}

noi_status noi_impact_days(noi_day *on, noi_day *day, noi_registry *registry,
                           const noi_layer *before, const noi_layer *after) {
    noi_impact found = {0};
    NOI_TRY(settle_day(&found, registry, before, after));
    *on = found.on;
    *day = found.day;
    return NOI_OK;
}

/* ---- judging, in the workers ----------------------------------------------------------------- */

static void *new_batch(void *context) {
    (void)context;
    twice *t = noi_alloc(sizeof *t);
    *t = (twice){noi_batch_new(), noi_alloc_zero(NOI_BATCH_ROWS, sizeof(noi_verdict))};
    return t;
}

static void free_batch(void *context, void *batch) {
    (void)context;
    twice *t = batch;
    noi_batch_free(t->batch);
    free(t->before);
    free(t);
}

static noi_status work(void *context, void *batch) {
    const comparison *c = context;
    twice *t = batch;
    NOI_TRY(noi_batch_judge(t->batch, &c->by[0]));
    noi_verdict *judged = t->batch->verdicts;
    t->batch->verdicts = t->before;
    t->before = judged;
    return noi_batch_judge(t->batch, &c->by[1]);
}

/* ---- comparing ------------------------------------------------------------------------------- */

static noi_code outcome(const noi_verdict *v, const noi_plan *plan) {
    if (v->status == NOI_ASSIGNED)
        return plan->units[v->new_unit].code;
    return v->status == NOI_AMBIGUOUS ? NOI_IMPACT_ASKED : NOI_IMPACT_UNPLACED;
}

/* Both plans number units alike: they come from one registry. */
static bool same_candidates(const noi_verdict *a, const noi_verdict *b) {
    return a->n_candidates == b->n_candidates &&
           memcmp(a->candidates, b->candidates, a->n_candidates * sizeof *a->candidates) == 0;
}

static int compare_codes(const noi_impact_row *a, noi_code from, noi_code to) {
    if (a->from != from)
        return a->from < from ? -1 : 1;
    return a->to < to ? -1 : a->to > to;
}

/* The row of a pair; while records are judged the rows stand by codes. */
static noi_impact_row *row_of(comparison *c, noi_code from, noi_code to) {
    noi_impact *impact = c->impact;
    size_t low = 0, high = impact->n_rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_codes(&impact->rows[middle], from, to) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < impact->n_rows && compare_codes(&impact->rows[low], from, to) == 0)
        return &impact->rows[low];
    NOI_GROW(impact->rows, c->capacity, impact->n_rows + 1);
    memmove(&impact->rows[low + 1], &impact->rows[low],
            (impact->n_rows - low) * sizeof *impact->rows);
    impact->n_rows++;
    impact->rows[low] = (noi_impact_row){.from = from, .to = to};
    return &impact->rows[low];
}

static noi_status tell_record(comparison *c, noi_record_kind kind, int64_t id, noi_code from,
                              noi_code to) {
    if (!c->record)
        return NOI_OK;
    noi_stmt *q = c->place[kind];
    bool row = false;
    noi_bind_int(q, 1, id);
    NOI_TRY(noi_step(q, &row));
    noi_status status = row ? c->record(c->context, kind, noi_column_text(q, 0), from, to,
                                        noi_column_real(q, 1), noi_column_real(q, 2))
                            : NOI_OK;
    noi_reset(q);
    return status;
}

static noi_status compare(comparison *c, const twice *t, size_t at) {
    const noi_verdict *a = &t->before[at], *b = &t->batch->verdicts[at];
    noi_record_kind kind = t->batch->kind;
    noi_code from = outcome(a, c->plan[0].plan), to = outcome(b, c->plan[1].plan);
    if (from == to) {
        bool is_near = from == NOI_IMPACT_ASKED && !same_candidates(a, b);
        c->impact->near[kind] += is_near;
        c->impact->near[0] += is_near;
        return NOI_OK;
    }
    noi_impact_row *row = row_of(c, from, to);
    row->records[kind]++;
    row->records[0]++;
    return tell_record(c, kind, t->batch->records[at].id, from, to);
}

static noi_status write(void *context, void *batch) {
    comparison *c = context;
    const twice *t = batch;
    size_t n = t->batch->n;
    noi_account_add(&c->impact->before, t->batch->kind, t->before, n);
    noi_account_add(&c->impact->after, t->batch->kind, t->batch->verdicts, n);
    noi_progress_add(&c->progress, n);
    for (size_t i = 0; i < n; i++)
        NOI_TRY(compare(c, t, i));
    return NOI_OK;
}

static noi_status read(void *context, void *batch, bool *more) {
    comparison *c = context;
    twice *t = batch;
    NOI_TRY(noi_reader_next(t->batch, c->reader, NOI_BATCH_ROWS));
    *more = t->batch->n > 0;
    return NOI_OK;
}

static int most_records_first(const void *p, const void *q) {
    const noi_impact_row *a = p, *b = q;
    if (a->records[0] != b->records[0])
        return a->records[0] > b->records[0] ? -1 : 1;
    return compare_codes(a, b->from, b->to);
}

/* ---- all of it ------------------------------------------------------------------------------- */

static noi_status compile(compiled *out, noi_registry *registry, noi_day on,
                          const noi_layer *layer, noi_day drawn_on) {
    NOI_TRY(noi_compile_with_layer(&out->bytes, registry, on, layer->coverage, drawn_on));
    return noi_plan_attach(&out->plan, out->bytes.p, out->bytes.n);
}

static noi_status prepare_places(comparison *c) {
    static const char *const queries[NOI_RECORD_KINDS] = {
        NULL, "merge/place_address", "merge/place_household", "merge/place_parcel",
        "merge/place_dossier"};
    for (int kind = 1; c->record && kind < NOI_RECORD_KINDS; kind++)
        NOI_TRY(noi_prepare(&c->place[kind], c->registry, queries[kind]));
    return NOI_OK;
}

static noi_status judge_kinds(comparison *c) {
    const noi_pipeline pipeline = {.context = c,
                                   .new_batch = new_batch,
                                   .free_batch = free_batch,
                                   .read = read,
                                   .work = work,
                                   .write = write};
    for (int kind = 1; kind < NOI_RECORD_KINDS; kind++) {
        NOI_TRY(noi_reader_begin(c->reader, (noi_record_kind)kind, 0));
        NOI_TRY(noi_pipeline_run(&pipeline));
    }
    return NOI_OK;
}

static noi_status judge(comparison *c, const noi_layer *before, const noi_layer *after) {
    uint64_t expected = 0;
    noi_impact *impact = c->impact;
    NOI_TRY(settle_day(impact, c->registry, before, after));
    NOI_TRY(compile(&c->plan[0], c->registry, impact->on, before, impact->day));
    NOI_TRY(compile(&c->plan[1], c->registry, impact->on, after, impact->day));
    NOI_TRY(noi_case_rules_of(&c->rules, c->registry));
    NOI_TRY(noi_reader_open(&c->reader, c->registry, c->rules));
    NOI_TRY(prepare_places(c));
    NOI_TRY(noi_records_expected(&expected, c->registry));
    for (int i = 0; i < 2; i++)
        c->by[i] = noi_judging_by(c->plan[i].plan, c->rules);
    c->progress = noi_progress_begin(_("judging twice"), expected);
    NOI_TRY(judge_kinds(c));
    NOI_TRY(noi_account_close(&impact->before, NULL, c->registry));
    NOI_TRY(noi_account_close(&impact->after, NULL, c->registry));
    if (impact->n_rows)
        qsort(impact->rows, impact->n_rows, sizeof *impact->rows, most_records_first);
    return NOI_OK;
}

static void comparison_clear(comparison *c) {
    for (int i = 0; i < 2; i++) {
        noi_plan_close(c->plan[i].plan);
        noi_buf_free(&c->plan[i].bytes);
    }
    for (int kind = 0; kind < NOI_RECORD_KINDS; kind++)
        noi_stmt_close(c->place[kind]);
    noi_reader_close(c->reader);
    noi_case_rules_free(c->rules);
    if (c->progress.task)
        noi_progress_end(&c->progress);
}

noi_status noi_impact_judge(noi_impact **out, noi_registry *registry, const noi_layer *before,
                            const noi_layer *after, noi_impact_record record, void *context) {
    NOI_AUTO(noi_impact_freep) noi_impact *impact = noi_alloc_zero(1, sizeof *impact);
    NOI_AUTO(comparison_clear) comparison c = {
        .registry = registry, .impact = impact, .record = record, .context = context};
    NOI_TRY(judge(&c, before, after));
    *out = impact;
    impact = NULL;
    return NOI_OK;
}

void noi_impact_free(noi_impact *impact) {
    if (!impact)
        return;
    free(impact->rows);
    free(impact);
}
