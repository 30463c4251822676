/* stage.c: see stage.h. */
#include "cutover/stage.h"

#include "base/i18n.h"
#include "cutover/reconcile.h"
#include "cutover/verify.h"
#include "registry/ledger.h"
#include "registry/store.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void noi_stage_result_free(noi_stage_result *result) {
    noi_arena_free(result->arena);
    *result = (noi_stage_result){0};
}

typedef struct stepping {
    noi_stage_result *out;
    noi_registry *registry;
    const noi_stage_options *options;
    int64_t unfinished, errors, validated, merged, waiting;
} stepping;

static void add(const stepping *s, const char *key, bool holds, int64_t value, const char *text) {
    noi_stage_result *out = s->out;
    out->items[out->n++] = (noi_condition){
        .key = key, .text = noi_arena_strndup(out->arena, text, strlen(text)), .value = value, .holds = holds};
}

__attribute__((format(printf, 5, 6))) static void addf(const stepping *s, const char *key, bool holds,
                                                       int64_t value, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    add(s, key, holds, value, text);
}

static noi_status load_facts(stepping *s) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&q, s->registry, "stage/facts"));
    NOI_TRY(noi_step(q, &row));
    s->unfinished = noi_column_int(q, 0);
    s->errors = noi_column_int(q, 1);
    s->validated = noi_column_int(q, 2);
    s->merged = noi_column_int(q, 3);
    s->waiting = noi_column_int(q, 4);
    return NOI_OK;
}

/* ---- the conditions of each step ------------------------------------------------------------- */

static void want_rehearsal(const stepping *s) {
    const noi_stage_evidence *e = &s->options->evidence;
    add(s, "scorecard", e->is_scorecard, e->is_scorecard,
        e->is_scorecard ? _("the scorecard of a rehearsal was shown")
                        : _("a rehearsal's scorecard is shown: --evidence scorecard.json"));
    if (!e->is_scorecard)
        return;
    bool same = strcmp(e->version, NOI_VERSION) == 0;
    addf(s, "same_program", same, same,
         _("it was rehearsed with this program (%s; the scorecard says '%s')"), NOI_VERSION, e->version);
    addf(s, "rehearsed_records", e->judged > 0, e->judged, _("records that were rehearsed: %lld"), (long long)e->judged);
    addf(s, "no_wrong_answers", e->wrong == 0, e->wrong, _("silent wrong answers: %lld"), (long long)e->wrong);
    addf(s, "nothing_lost", e->lost == 0, e->lost, _("records lost: %lld"), (long long)e->lost);
}

static void want_finished(const stepping *s) {
    addf(s, "no_merge_unfinished", s->unfinished == 0, s->unfinished, _("merges that did not end: %lld"),
         (long long)s->unfinished);
}

static void want_valid(const stepping *s) {
    add(s, "validated", s->validated, s->validated, _("the rules were run after the last change: noi validate"));
    addf(s, "no_errors", s->errors == 0, s->errors, _("findings that are errors: %lld"), (long long)s->errors);
}

/* Before a merge the files and columns must balance, after it the verdicts as well. */
static noi_status want_balance(const stepping *s, bool with_verdicts) {
    NOI_AUTO(noi_reconciliation_freep) noi_reconciliation *r = NULL;
    int64_t off = 0;
    NOI_TRY(noi_reconcile(&r, s->registry));
    for (size_t i = 0; i < r->n; i++)
        off += with_verdicts || (r->items[i].kind != NOI_IMBALANCE_NO_VERDICT && r->items[i].kind != NOI_IMBALANCE_FLOW);
    addf(s, "reconciled", off == 0, off, _("places that do not add up (noi reconcile): %lld"), (long long)off);
    return NOI_OK;
}

static noi_status want_proof(const stepping *s) {
    noi_proof proof;
    NOI_TRY(noi_verify(&proof, s->registry, NULL));
    addf(s, "ledger_whole", proof.n_tampered == 0, (int64_t)proof.n_tampered,
         _("places that the ledger does not know (noi verify): %lld"), (long long)proof.n_tampered);
    return NOI_OK;
}

/* Records whose content no verdict has seen. */
static noi_status want_small_delta(const stepping *s) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    int64_t pending = 0;
    NOI_TRY(noi_prepare(&q, s->registry, "catch_up/pending"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        pending += noi_column_int(q, 4);
    }
    bool holds = s->options->limit < 0 || pending <= s->options->limit;
    addf(s, "delta", holds, pending, _("records that no merge has seen as they are: %lld, at most %lld (--limit)"),
         (long long)pending, (long long)s->options->limit);
    return NOI_OK;
}

static void want_comparison(const stepping *s, bool equal) {
    const noi_stage_evidence *e = &s->options->evidence;
    addf(s, "comparison", e->is_comparison && e->paired > 0, e->paired,
         _("a comparison of both systems was shown (--evidence, from noi compare --json): %lld pairs"),
         (long long)e->paired);
    if (!equal || !e->is_comparison)
        return;
    addf(s, "no_difference", e->different == 0, e->different, _("pairs that really differ, or miss a value: %lld"),
         (long long)e->different);
    addf(s, "same_keys", e->only_one == 0, e->only_one, _("rows without a counterpart: %lld"),
         (long long)e->only_one);
}

static void want_empty_queue(const stepping *s) {
    addf(s, "queue", s->waiting <= s->options->accept, s->waiting,
         _("records that wait for people: %lld, accepted %lld (--accept, with --reason)"), (long long)s->waiting,
         (long long)s->options->accept);
    if (s->options->accept > 0)
        add(s, "accepted_with_reason", s->options->reason != NULL, s->options->accept,
            _("who accepts a queue says why: --reason"));
}

static noi_status look(stepping *s, noi_stage stage) {
    NOI_TRY(load_facts(s));
    switch (stage) {
    case NOI_STAGE_REHEARSED:
        want_rehearsal(s);
        return NOI_OK;
    case NOI_STAGE_FROZEN:
        want_finished(s);
        want_valid(s);
        NOI_TRY(want_small_delta(s));
        return want_balance(s, false);
    case NOI_STAGE_CUT_OVER:
        want_finished(s);
        add(s, "merged_since_freeze", s->merged, s->merged, _("a merge ended after the freeze"));
        NOI_TRY(want_balance(s, true));
        return want_proof(s);
    case NOI_STAGE_PARALLEL:
        want_comparison(s, false);
        return NOI_OK;
    case NOI_STAGE_FINAL:
        want_finished(s);
        want_comparison(s, true);
        want_empty_queue(s);
        NOI_TRY(want_balance(s, true));
        return want_proof(s);
    default:
        return NOI_OK;
    }
}

/* ---- the step -------------------------------------------------------------------------------- */

/* "wrong=0 lost=0": what each came to, for the record. */
static void write_conditions(noi_buf *out, const noi_stage_result *r) {
    for (size_t i = 0; i < r->n; i++)
        noi_buf_printf(out, "%s%s=%" PRId64, i ? " " : "", r->items[i].key, r->items[i].value);
}

static noi_str or_null(const char *text) {
    return text && *text ? noi_str_of(text) : (noi_str){NULL, 0};
}

static noi_status store(const stepping *s) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO_BUF noi_buf conditions = {0};
    const noi_stage_result *r = s->out;
    int64_t run_id = 0;
    write_conditions(&conditions, r);
    NOI_TRY(noi_run_begin(&run_id, s->registry, "stage", NULL));
    NOI_TRY(noi_prepare(&q, s->registry, "stage/step_add"));
    noi_bind_text(q, 1, noi_str_of(noi_stage_key(r->stage)));
    noi_bind_text(q, 2, noi_str_of(noi_stage_key(r->before)));
    noi_bind_text(q, 3, conditions.n ? noi_buf_view(&conditions) : NOI_STR(""));
    noi_bind_text(q, 4, or_null(s->options->reason));
    noi_bind_text(q, 5, or_null(s->options->evidence.name));
    noi_bind_text(q, 6, or_null(s->options->evidence.name ? s->options->evidence.sha256 : NULL));
    noi_bind_int(q, 7, run_id);
    NOI_TRY(noi_run(q));
    NOI_TRY(noi_ledger_append_rows(s->registry, run_id, "stage", "ledger/steps"));
    return noi_run_end(s->registry, run_id);
}

static noi_status commit_step(const stepping *s) {
    NOI_TRY(noi_begin(s->registry));
    return noi_end(s->registry, store(s));
}

static noi_status check_way(const noi_stage_result *r, const noi_stage_options *options) {
    if (r->stage == r->before) {
        noi_status status = noi_fail(NOI_ERR_CONFLICT, _("the registry is %s already"), noi_stage_key(r->stage));
        noi_hint(_("'noi stage REGISTRY' tells since when, and by whom"));
        return status;
    }
    if (r->stage > r->before + 1) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("from %s the next stage is %s, not %s"), noi_stage_key(r->before),
                                     noi_stage_key(r->before + 1), noi_stage_key(r->stage));
        noi_hint(_("each stage has its conditions: none is stepped over"));
        return status;
    }
    if (r->stage > r->before || (options->reason && *options->reason))
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("a step back from %s to %s needs a reason"),
                                 noi_stage_key(r->before), noi_stage_key(r->stage));
    noi_hint(_("--reason TEXT stands in the registry; no names of persons"));
    return status;
}

noi_status noi_stage_step(noi_stage_result *out, noi_registry *registry, noi_stage stage,
                          const noi_stage_options *options) {
    *out = (noi_stage_result){.stage = stage, .arena = noi_arena_new()};
    stepping s = {.out = out, .registry = registry, .options = options};
    NOI_TRY(noi_stage_now(&out->before, registry));
    NOI_TRY(check_way(out, options));
    out->forward = stage > out->before;
    if (out->forward)
        NOI_TRY(look(&s, stage));
    for (size_t i = 0; i < out->n; i++)
        if (!out->items[i].holds)
            return NOI_OK;
    if (options->dry_run)
        return NOI_OK;
    NOI_TRY(commit_step(&s));
    out->made = true;
    return NOI_OK;
}

static char *copy(noi_stmt *q, int at) {
    noi_str text = noi_column_text(q, at);
    return noi_strndup(text.p ? text.p : "", text.n);
}

noi_status noi_stage_steps(noi_registry *registry, noi_stage_tell tell, void *context) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "stage/steps"));
    for (bool row = true;;) {
        char *texts[8];
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        for (int i = 0; i < 8; i++)
            texts[i] = copy(q, i);
        tell(context, texts[0], texts[1], texts[2], texts[3], texts[4], texts[6], texts[7]);
        for (int i = 0; i < 8; i++)
            free(texts[i]);
    }
}
