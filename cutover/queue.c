/* queue.c: what waits for people; see queue.h. */
#include "cutover/queue.h"

#include "base/digest.h"
#include "base/i18n.h"
#include "cutover/decide.h"
#include "cutover/redact.h"
#include "merge/compile.h"
#include "plan/question.h"
#include "registry/ledger.h"
#include "registry/store.h"

#include <string.h>

/* ---- officers -------------------------------------------------------------------------------- */

#define MAX_AT_DESK 100

/* Officers of one unit and kind; they take turns. */
typedef struct desk {
    const char *unit, *kind;
    size_t n, turn;
    const char *names[MAX_AT_DESK];
} desk;

typedef struct desks {
    size_t n, capacity;
    desk *items;
} desks;

static noi_status load_desks(desks *out, noi_arena *arena, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "queue/officers"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        noi_str unit = noi_column_text(q, 0), kind = noi_column_text(q, 1),
                name = noi_column_text(q, 2);
        desk *last = out->n ? &out->items[out->n - 1] : NULL;
        if (!last || !noi_str_is(unit, last->unit) || !noi_str_is(kind, last->kind)) {
            NOI_GROW(out->items, out->capacity, out->n + 1);
            last = &out->items[out->n++];
            *last = (desk){.unit = noi_arena_strndup(arena, unit.p ? unit.p : "", unit.n),
                           .kind = noi_arena_strndup(arena, kind.p ? kind.p : "", kind.n)};
        }
        if (last->n == MAX_AT_DESK)
            return noi_fail(NOI_ERR_INPUT, _("more than %d officers look after one thing"),
                            MAX_AT_DESK);
        last->names[last->n++] = noi_arena_strndup(arena, name.p, name.n);
    }
}

static const char *next_officer(desks *all, noi_str unit, const char *kind) {
    desk *best = NULL;
    int best_rank = -1;
    for (size_t i = 0; i < all->n; i++) {
        desk *d = &all->items[i];
        bool fits = (!*d->unit || noi_str_is(unit, d->unit)) &&
                    (!*d->kind || strcmp(kind, d->kind) == 0);
        int rank = 2 * (*d->unit != '\0') + (*d->kind != '\0');
        if (!fits || rank <= best_rank)
            continue;
        best = d;
        best_rank = rank;
    }
    return best ? best->names[best->turn++ % best->n] : "";
}

noi_status noi_officers_set(noi_registry *registry, const noi_officer *officers, size_t n) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    int64_t run = 0;
    NOI_TRY(noi_begin(registry));
    noi_status status = noi_run_begin(&run, registry, "queue --assign", NULL);
    if (status == NOI_OK)
        status = noi_exec(registry, "queue/officers_clear");
    if (status == NOI_OK)
        status = noi_prepare(&q, registry, "queue/officer_add");
    for (size_t i = 0; status == NOI_OK && i < n; i++) {
        noi_bind_text(q, 1, officers[i].unit.n ? officers[i].unit : NOI_STR(""));
        noi_bind_text(q, 2, officers[i].kind.n ? officers[i].kind : NOI_STR(""));
        noi_bind_text(q, 3, officers[i].name);
        noi_bind_int(q, 4, run);
        status = noi_run(q);
    }
    if (status == NOI_OK)
        status = noi_ledger_append_rows(registry, run, "assign", "ledger/officers");
    if (status == NOI_OK)
        status = noi_run_end(registry, run);
    if (status == NOI_OK)
        return noi_commit(registry);
    noi_rollback(registry);
    return status;
}

/* ---- groups ---------------------------------------------------------------------------------- */

static int compare_groups(const void *a, const void *b) {
    const noi_queue_group *x = a, *y = b;
    int order = strcmp(x->unit, y->unit);
    if (order == 0)
        order = (int)x->kind - (int)y->kind;
    if (order == 0)
        order = (int)x->reason - (int)y->reason;
    if (order == 0)
        order = strcmp(x->queue, y->queue);
    return order ? order : strcmp(x->officer, y->officer);
}

/* Puts equal groups together; called whenever the array has doubled, so that it stays small. */
static void fold_groups(noi_queue_account *a) {
    size_t to = 0;
    if (a->n_groups)
        qsort(a->groups, a->n_groups, sizeof *a->groups, compare_groups);
    for (size_t i = 1; i < a->n_groups; i++) {
        if (compare_groups(&a->groups[to], &a->groups[i]) != 0) {
            a->groups[++to] = a->groups[i];
            continue;
        }
        a->groups[to].n += a->groups[i].n;
        a->groups[to].overdue += a->groups[i].overdue;
    }
    a->n_groups = a->n_groups ? to + 1 : 0;
}

void noi_queue_account_free(noi_queue_account *account) {
    free(account->groups);
    noi_arena_free(account->texts);
    *account = (noi_queue_account){0};
}

/* ---- the walk -------------------------------------------------------------------------------- */

enum {
    KIND,
    RECORD,
    KEY,
    STATUS,
    REASON,
    QUEUE,
    FLAGS,
    WARNINGS,
    CANDIDATES,
    PROBABILITIES,
    OLD_UNIT,
    OLD_CODE,
    TEXT,
    WRITTEN,
    DUE_ON,
    PLACE,
    PROPOSED
};

typedef struct walk {
    noi_registry *registry;
    const noi_queue_filter *filter;
    noi_queue_tell tell;
    void *context;
    noi_stmt *q;
    noi_buf plan_bytes, known, question, answers;
    noi_plan *plan;
    noi_unit_list *units;
    desks desks;
    size_t capacity, fold_at;
    noi_arena *arena; /* of one row */
} walk;

static void close_walk(walk *w) {
    noi_stmt_close(w->q);
    noi_plan_close(w->plan);
    noi_unit_list_free(w->units);
    noi_buf_free(&w->plan_bytes);
    noi_buf_free(&w->known);
    noi_buf_free(&w->question);
    noi_buf_free(&w->answers);
    noi_arena_free(w->arena);
    free(w->desks.items);
}

static uint16_t unit_position(const walk *w, int64_t id) {
    size_t low = 0, high = w->units->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->units->items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < w->units->n && w->units->items[low].id == id ? (uint16_t)low : NOI_NO_UNIT;
}

/* The next word of a text; empty at its end. */
static noi_str next_word(noi_str *rest) {
    const char *space = rest->n ? memchr(rest->p, ' ', rest->n) : NULL;
    noi_str word = {rest->p, space ? (size_t)(space - rest->p) : rest->n};
    size_t used = word.n + (space != NULL);
    *rest = (noi_str){rest->p ? rest->p + used : NULL, rest->n - used};
    return word;
}

static int read_percent(noi_str text) {
    int value = 0;
    for (size_t i = 0; i < text.n && value < 1000; i++)
        value = 10 * value + (text.p[i] - '0');
    return value;
}

/* The verdict as the judge gave it, from its row: what a question is sought by. */
static noi_verdict read_candidates(noi_queue_item *item, const walk *w) {
    noi_verdict v = {.status = (uint8_t)item->status,
                     .reason = (uint8_t)item->reason,
                     .new_unit = NOI_NO_UNIT,
                     .old_unit = NOI_NO_UNIT,
                     .edge = -1,
                     .rule = -1,
                     .point_unit = NOI_NO_UNIT,
                     .border_m = -1,
                     .warnings = (uint32_t)noi_column_int(w->q, WARNINGS)};
    if (!noi_column_is_null(w->q, OLD_UNIT))
        v.old_unit = unit_position(w, noi_column_int(w->q, OLD_UNIT));
    noi_str codes = noi_column_text(w->q, CANDIDATES), odds = noi_column_text(w->q, PROBABILITIES);
    while (codes.n && item->n_candidates < NOI_MAX_CANDIDATES) {
        noi_str code = next_word(&codes);
        int percent = read_percent(next_word(&odds));
        uint16_t unit = noi_plan_find(w->plan, noi_code_parse(code.p, code.n), w->plan->on);
        size_t i = item->n_candidates++;
        item->codes[i] = noi_arena_strndup(w->arena, code.p, code.n);
        item->names[i] =
            unit == NOI_NO_UNIT ? "" : noi_plan_text(w->plan, w->plan->units[unit].full_name);
        item->probability[i] = percent;
        if (unit == NOI_NO_UNIT)
            continue;
        size_t at = v.n_candidates++; /* ascending by position */
        for (; at > 0 && v.candidates[at - 1] > unit; at--) {
            v.candidates[at] = v.candidates[at - 1];
            v.probability[at] = v.probability[at - 1];
        }
        v.candidates[at] = unit;
        v.probability[at] = (uint8_t)percent;
    }
    return v;
}

static void seek_question(noi_queue_item *item, walk *w, const noi_verdict *v, noi_str text) {
    noi_question q;
    char code[8];
    noi_buf_clear(&w->question);
    noi_buf_clear(&w->answers);
    noi_question_find(&q, w->plan, v, text);
    noi_question_words(&w->question, w->plan, v, &q);
    bool tells = q.attribute != NOI_ATTRIBUTE_POINT;
    for (size_t i = 0; tells && i < q.n_answers; i++) {
        if (i)
            noi_buf_add_str(&w->answers, "; ");
        noi_answer_words(&w->answers, &q, &q.answers[i]);
        noi_buf_add_str(&w->answers, " →");
        for (size_t u = 0; u < q.answers[i].n_units; u++) {
            noi_code_format(code, w->plan->units[q.answers[i].units[u]].code);
            noi_buf_printf(&w->answers, " %s", code);
        }
    }
    noi_question_free(&q);
    item->question = noi_buf_view(&w->question);
    item->answers = noi_buf_view(&w->answers);
}

/* What is known of the record, for the officer's eyes. */
static void tell_known(noi_queue_item *item, walk *w) {
    noi_str text = noi_column_text(w->q, TEXT), place = noi_column_text(w->q, PLACE),
            written = noi_column_text(w->q, WRITTEN);
    noi_buf_clear(&w->known);
    noi_redact_numbers(&w->known, text);
    if (place.n)
        noi_buf_printf(&w->known, "%s%s %.*s", w->known.n ? "; " : "", _("sheet/parcel"),
                       NOI_STR_ARG(place));
    if (written.n)
        noi_buf_printf(&w->known, "%s%s %.*s", w->known.n ? "; " : "", _("code"),
                       NOI_STR_ARG(written));
    item->known = noi_buf_view(&w->known);
}

static noi_status tell_item(walk *w, noi_queue_item *item) {
    if (!w->tell)
        return NOI_OK;
    noi_verdict v = read_candidates(item, w);
    if (v.old_unit != NOI_NO_UNIT)
        item->old_name =
            noi_str_of(noi_plan_text(w->plan, w->plan->units[v.old_unit].full_name));
    tell_known(item, w);
    seek_question(item, w, &v, noi_column_text(w->q, TEXT));
    noi_list_check(item->check, noi_str_of(item->list_id), item->row,
                   noi_str_of(noi_record_kind_key(item->kind)), item->key);
    return w->tell(w->context, item);
}

static void count_item(noi_queue_account *a, walk *w, const noi_queue_item *item) {
    NOI_GROW(a->groups, w->capacity, a->n_groups + 1);
    noi_str unit = item->old_code, queue = item->queue;
    a->groups[a->n_groups++] =
        (noi_queue_group){.kind = item->kind,
                          .reason = item->reason,
                          .queue = noi_str_is(queue, "LOCATE")         ? "LOCATE"
                                   : noi_str_is(queue, "CITY_DECIDES") ? "CITY_DECIDES"
                                                                       : "",
                          .unit = noi_arena_strndup(a->texts, unit.p ? unit.p : "", unit.n),
                          .officer = item->officer.p,
                          .n = 1,
                          .overdue = item->overdue};
    a->waiting++;
    a->overdue += item->overdue;
    a->proposed += item->proposed.n > 0;
    if (a->n_groups < w->fold_at)
        return;
    fold_groups(a);
    w->fold_at = 2 * a->n_groups > 65536 ? 2 * a->n_groups : 65536;
}

static noi_status take_item(noi_queue_account *a, walk *w) {
    noi_stmt *q = w->q;
    noi_arena_reset(w->arena);
    noi_queue_item item = {.kind = (noi_record_kind)noi_column_int(q, KIND),
                           .status = (noi_verdict_status)noi_column_int(q, STATUS),
                           .reason = (noi_reason)noi_column_int(q, REASON),
                           .key = noi_column_text(q, KEY),
                           .queue = noi_column_text(q, QUEUE),
                           .old_code = noi_column_text(q, OLD_CODE),
                           .due_on = noi_column_text(q, DUE_ON),
                           .proposed = noi_column_text(q, PROPOSED)};
    item.overdue_at_handover = noi_column_int(q, FLAGS) & 1;
    noi_day due = noi_column_day(q, DUE_ON);
    item.overdue = item.overdue_at_handover ||
                   (w->filter->on != NOI_DAY_NONE && due != NOI_DAY_NONE && due < w->filter->on);
    item.officer = noi_str_of(
        next_officer(&w->desks, item.old_code, noi_record_kind_key(item.kind)));
    if (w->filter->officer.n && !noi_str_eq(w->filter->officer, item.officer))
        return NOI_OK;
    count_item(a, w, &item);
    item.row = a->waiting;
    memcpy(item.list_id, a->list_id, sizeof item.list_id);
    return tell_item(w, &item);
}

/* ---- beginning and end ----------------------------------------------------------------------- */

/* The same registry, merge and filter give the same list. */
static noi_status name_list(noi_queue_account *a, walk *w) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO_BUF noi_buf all = {0};
    char digest[NOI_DIGEST_HEX];
    bool row = false;
    NOI_TRY(noi_prepare(&q, w->registry, "report/last_merge"));
    NOI_TRY(noi_step(q, &row));
    noi_str plan = row ? noi_column_text(q, 0) : (noi_str){NULL, 0};
    if (!plan.n) {
        noi_status status = noi_fail(NOI_ERR_CONFLICT, _("%s has no finished merge"),
                                     noi_registry_path(w->registry));
        noi_hint(_("what waits is known after 'noi plan' and 'noi merge'"));
        return status;
    }
    const noi_queue_filter *f = w->filter;
    noi_buf_printf(&all, "%.*s %.*s %d %d %zu:%.*s", NOI_STR_ARG(plan), NOI_STR_ARG(f->unit),
                   (int)f->kind, f->reason, f->officer.n, NOI_STR_ARG(f->officer));
    noi_digest_bytes(digest, all.p, all.n);
    memcpy(a->list_id, digest, 12);
    return NOI_OK;
}

static noi_status open_walk(noi_queue_account *a, walk *w) {
    a->texts = noi_arena_new();
    w->arena = noi_arena_new();
    w->fold_at = 65536;
    NOI_TRY(name_list(a, w));
    NOI_TRY(load_desks(&w->desks, a->texts, w->registry));
    if (w->tell) {
        NOI_TRY(noi_compile_registry(&w->plan_bytes, w->registry, NOI_DAY_NONE));
        NOI_TRY(noi_plan_attach(&w->plan, w->plan_bytes.p, w->plan_bytes.n));
        NOI_TRY(noi_unit_list_load(&w->units, w->registry, NOI_DAY_NONE));
    }
    NOI_TRY(noi_prepare(&w->q, w->registry, "queue/waiting"));
    const noi_queue_filter *f = w->filter;
    noi_bind_text(w->q, 1, f->unit.n ? f->unit : (noi_str){NULL, 0});
    if (f->kind)
        noi_bind_int(w->q, 2, f->kind);
    if (f->reason)
        noi_bind_int(w->q, 3, f->reason);
    return NOI_OK;
}

static noi_status close_account(noi_queue_account *a, const walk *w) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&q, w->registry, "queue/account"));
    NOI_TRY(noi_step(q, &row));
    a->unassigned = noi_column_int(q, 0);
    a->records = noi_column_int(q, 1);
    a->taken_back = noi_column_int(q, 2);
    fold_groups(a);
    const noi_queue_filter *f = w->filter;
    bool all = !f->unit.n && !f->kind && !f->reason && !f->officer.n;
    if (!all || a->waiting == a->unassigned)
        return NOI_OK;
    return noi_fail(NOI_ERR_INTERNAL,
                    _("the account does not add up: %lld records wait, %lld are not assigned"),
                    (long long)a->waiting, (long long)a->unassigned);
}

static noi_status run_walk(noi_queue_account *a, walk *w) {
    NOI_TRY(open_walk(a, w));
    for (bool row = true;;) {
        NOI_TRY(noi_step(w->q, &row));
        if (!row)
            return close_account(a, w);
        NOI_TRY(take_item(a, w));
    }
}

noi_status noi_queue_walk(noi_queue_account *out, noi_registry *registry,
                          const noi_queue_filter *filter, noi_queue_tell tell, void *context) {
    NOI_AUTO(close_walk)
    walk w = {.registry = registry, .filter = filter, .tell = tell, .context = context};
    noi_queue_account account = {0};
    noi_status status = run_walk(&account, &w);
    if (status == NOI_OK) {
        *out = account;
        return NOI_OK;
    }
    noi_queue_account_free(&account);
    return status;
}
