/* decide.c: decisions of people; see decide.h. */
#include "cutover/decide.h"

#include "address/text.h"
#include "base/digest.h"
#include "base/i18n.h"
#include "cutover/decision_rules.h"
#include "registry/ledger.h"
#include "registry/stage.h"
#include "registry/store.h"

#include <string.h>

/* ---- words ----------------------------------------------------------------------------------- */

const char *noi_decide_key(noi_decide_result result) {
    static const char *const keys[] = {
#define KEY(name, key, words) key,
        NOI_DECIDE_TABLE(KEY)
#undef KEY
    };
    return keys[result];
}

const char *noi_decide_words(noi_decide_result result) {
    static const char *const all[] = {
#define WORDS(name, key, words) words,
        NOI_DECIDE_TABLE(WORDS)
#undef WORDS
    };
    return _(all[result]);
}

static const char *const kind_keys[NOI_RECORD_KINDS] = {"", "address", "household", "parcel",
                                                        "case"};

noi_record_kind noi_record_kind_by_key(noi_str key) {
    for (int kind = 1; kind < NOI_RECORD_KINDS; kind++)
        if (noi_str_is(key, kind_keys[kind]))
            return (noi_record_kind)kind;
    return (noi_record_kind)0;
}

const char *noi_record_kind_key(noi_record_kind kind) {
    return kind_keys[kind];
}

void noi_list_check(char out[13], noi_str list_id, int64_t row, noi_str kind, noi_str key) {
    NOI_AUTO_BUF noi_buf all = {0};
    char digest[NOI_DIGEST_HEX];
    noi_buf_printf(&all, "%zu:%.*s %lld %.*s %.*s", list_id.n, NOI_STR_ARG(list_id),
                   (long long)row, NOI_STR_ARG(kind), NOI_STR_ARG(key));
    noi_digest_bytes(digest, all.p, all.n);
    memcpy(out, digest, 12);
    out[12] = '\0';
}

/* ---- one run --------------------------------------------------------------------------------- */

enum { SUBJECT, UNIT, REACH, VOICES, VOICE_ADD, VOICE_PAST, VOICE_END, N_EARLY };
enum { EFFECTIVE = N_EARLY, EFFECTIVE_PAST, EFFECTIVE_END, EFFECTIVE_ADD, N_QUERIES };
static const char *const queries[N_QUERIES] = {
    "decide/subject",       "decide/unit_of_day",   "decide/reach",         "decide/voices",
    "decide/voice_add",     "decide/voice_past",    "decide/voice_end",     "decide/effective",
    "decide/effective_past", "decide/effective_end", "decide/effective_add"};

typedef struct voice {
    int64_t id, needs;
    const char *code, *actor, *actor_key, *on, *reason, *evidence;
} voice;

#define MAX_VOICES 32 /* people who speak about one record; more are refused by nobody in practice */

typedef struct decider {
    noi_registry *registry;
    const noi_decide_options *options;
    noi_decision_rules *rules;
    noi_stmt *q[N_QUERIES];
    int64_t run_id;
    noi_day on;
    char day[12];
    char *by_key;
    noi_arena *arena; /* of one row */
    size_t n_voices;
    voice voices[MAX_VOICES];
} decider;

static void close_decider(decider *d) {
    for (size_t i = 0; i < N_QUERIES; i++)
        noi_stmt_close(d->q[i]);
    noi_decision_rules_free(d->rules);
    noi_arena_free(d->arena);
    free(d->by_key);
}

static const char *keep(const decider *d, noi_str text) {
    return text.p ? noi_arena_strndup(d->arena, text.p, text.n) : NULL;
}

static noi_status load_voices(decider *d, const noi_decide_row *row) {
    noi_stmt *q = d->q[VOICES];
    noi_bind_int(q, 1, row->kind);
    noi_bind_text(q, 2, row->key);
    d->n_voices = 0;
    for (bool more = true;;) {
        NOI_TRY(noi_step(q, &more));
        if (!more)
            return NOI_OK;
        if (d->n_voices == MAX_VOICES) {
            noi_reset(q);
            return noi_fail(NOI_ERR_CONFLICT, _("%d people have decided on one record"),
                            MAX_VOICES);
        }
        d->voices[d->n_voices++] = (voice){.id = noi_column_int(q, 0),
                                           .code = keep(d, noi_column_text(q, 1)),
                                           .actor = keep(d, noi_column_text(q, 2)),
                                           .actor_key = keep(d, noi_column_text(q, 3)),
                                           .on = keep(d, noi_column_text(q, 4)),
                                           .reason = keep(d, noi_column_text(q, 5)),
                                           .evidence = keep(d, noi_column_text(q, 6)),
                                           .needs = noi_column_int(q, 7)};
    }
}

static const voice *own_voice(const decider *d) {
    for (size_t i = 0; i < d->n_voices; i++)
        if (strcmp(d->voices[i].actor_key, d->by_key) == 0)
            return &d->voices[i];
    return NULL;
}

/* A run is begun by the first row that changes something. */
static noi_status want_run(decider *d) {
    static const char *const commands[] = {"decide", "decide --approve", "decide --withdraw"};
    if (d->run_id)
        return NOI_OK;
    return noi_run_begin(&d->run_id, d->registry, commands[d->options->act], NULL);
}

static noi_status end_voice(decider *d, const voice *v, const char *how, noi_str why) {
    noi_stmt *q = d->q[VOICE_PAST];
    noi_bind_int(q, 1, v->id);
    noi_bind_text(q, 2, noi_str_of(how));
    noi_bind_text(q, 3, d->options->by);
    noi_bind_text(q, 4, noi_str_of(d->day));
    noi_bind_text(q, 5, why);
    noi_bind_int(q, 6, d->run_id);
    NOI_TRY(noi_run(q));
    noi_bind_int(d->q[VOICE_END], 1, v->id);
    return noi_run(d->q[VOICE_END]);
}

/* ---- what is effective ----------------------------------------------------------------------- */

/* *approver: the second person, where a rule asks for one; else NULL. */
static noi_decide_result weigh(const char **approver, const decider *d) {
    int64_t needs = 1;
    *approver = NULL;
    for (size_t i = 0; i < d->n_voices; i++) {
        if (strcmp(d->voices[i].code, d->voices[0].code) != 0)
            return NOI_DECIDE_CONTRADICTS;
        needs = d->voices[i].needs > needs ? d->voices[i].needs : needs;
    }
    if (!d->n_voices || (int64_t)d->n_voices < needs)
        return NOI_DECIDE_PROPOSED;
    if (needs > 1)
        *approver = d->voices[1].actor;
    return NOI_DECIDE_EFFECTIVE;
}

static noi_status end_effective(decider *d, const noi_decide_row *row, const char *how) {
    noi_stmt *q = d->q[EFFECTIVE_PAST];
    noi_bind_int(q, 1, row->kind);
    noi_bind_text(q, 2, row->key);
    noi_bind_text(q, 3, noi_str_of(how));
    noi_bind_text(q, 4, d->options->by);
    noi_bind_text(q, 5, noi_str_of(d->day));
    noi_bind_text(q, 6, row->why);
    noi_bind_int(q, 7, d->run_id);
    NOI_TRY(noi_run(q));
    noi_bind_int(d->q[EFFECTIVE_END], 1, row->kind);
    noi_bind_text(d->q[EFFECTIVE_END], 2, row->key);
    return noi_run(d->q[EFFECTIVE_END]);
}

static noi_status add_effective(decider *d, const noi_decide_row *row, const char *approver) {
    const voice *first = &d->voices[0];
    noi_stmt *q = d->q[EFFECTIVE_ADD];
    noi_bind_int(q, 1, row->kind);
    noi_bind_text(q, 2, row->key);
    noi_bind_text(q, 3, noi_str_of(first->code));
    noi_bind_text(q, 4, noi_str_of(first->actor));
    noi_bind_text(q, 5, noi_str_of(first->on));
    noi_bind_text(q, 6, noi_str_of(first->reason));
    noi_bind_text(q, 7, noi_str_of(first->evidence));
    noi_bind_text(q, 8, approver ? noi_str_of(approver) : (noi_str){NULL, 0});
    noi_bind_int(q, 9, d->run_id);
    return noi_run(q);
}

/* Brings table `decision` in line with the voices; what is displaced goes to the past. */
static noi_status settle(noi_decide_result *out, decider *d, const noi_decide_row *row) {
    NOI_TRY(load_voices(d, row));
    const char *approver;
    noi_decide_result now = weigh(&approver, d);
    bool wanted = now == NOI_DECIDE_EFFECTIVE, stands = false;
    noi_stmt *q = d->q[EFFECTIVE];
    noi_bind_int(q, 1, row->kind);
    noi_bind_text(q, 2, row->key);
    NOI_TRY(noi_step(q, &stands));
    bool same = stands && wanted && noi_str_is(noi_column_text(q, 0), d->voices[0].code) &&
                noi_str_is(noi_column_text(q, 1), d->voices[0].actor) &&
                noi_str_eq(noi_column_text(q, 2), noi_str_of(approver));
    noi_reset(q);
    *out = now;
    if (same)
        return NOI_OK;
    const char *how = wanted                          ? "replaced"
                      : now == NOI_DECIDE_CONTRADICTS ? "contradicted"
                      : d->n_voices                   ? "incomplete"
                                                      : "withdrawn";
    if (stands)
        NOI_TRY(end_effective(d, row, how));
    return wanted ? add_effective(d, row, approver) : NOI_OK;
}

/* ---- one row --------------------------------------------------------------------------------- */

static bool is_listed(noi_str codes, noi_str code) {
    for (size_t at = 0; at < codes.n;) {
        const char *from = codes.p + at, *space = memchr(from, ' ', codes.n - at);
        size_t n = space ? (size_t)(space - from) : codes.n - at;
        if (noi_str_eq((noi_str){from, n}, code))
            return true;
        at += n + 1;
    }
    return false;
}

typedef struct subject {
    const char *candidates; /* NULL for none */
    bool found, city_decides;
} subject;

static noi_status find_subject(subject *out, decider *d, const noi_decide_row *row) {
    noi_stmt *q = d->q[SUBJECT];
    *out = (subject){0};
    noi_bind_int(q, 1, row->kind);
    noi_bind_text(q, 2, row->key);
    NOI_TRY(noi_step(q, &out->found));
    if (!out->found)
        return NOI_OK;
    out->city_decides = noi_str_is(noi_column_text(q, 1), "CITY_DECIDES");
    out->candidates = keep(d, noi_column_text(q, 2));
    noi_reset(q);
    return NOI_OK;
}

static noi_status has_unit(bool *out, decider *d, noi_str code) {
    noi_bind_text(d->q[UNIT], 1, code);
    NOI_TRY(noi_step(d->q[UNIT], out));
    noi_reset(d->q[UNIT]);
    return NOI_OK;
}

static noi_status find_reach(noi_decision_facts *facts, decider *d, const noi_decide_row *row) {
    bool found = false;
    noi_stmt *q = d->q[REACH];
    noi_bind_int(q, 1, row->kind);
    noi_bind_text(q, 2, row->key);
    noi_bind_text(q, 3, row->code);
    NOI_TRY(noi_step(q, &found));
    facts->reaches = noi_column_int(q, 0);
    facts->household_torn = noi_column_int(q, 1) != 0;
    noi_reset(q);
    return NOI_OK;
}

static noi_status add_voice(decider *d, const noi_decide_row *row, const subject *s,
                            bool outside) {
    noi_decision_facts facts = {.city_decides = s->city_decides,
                                .not_a_candidate = outside,
                                .no_candidates = !s->candidates};
    NOI_AUTO_BUF noi_buf ids = {0};
    NOI_TRY(find_reach(&facts, d, row));
    int64_t needs = noi_decision_needs(&ids, d->rules, &facts, d->on);
    if (outside && needs < 2)
        needs = 2; /* whatever the table says: nobody alone goes against law and evidence */
    NOI_TRY(want_run(d));
    noi_stmt *q = d->q[VOICE_ADD];
    noi_bind_int(q, 1, row->kind);
    noi_bind_text(q, 2, row->key);
    noi_bind_text(q, 3, row->code);
    noi_bind_text(q, 4, d->options->by);
    noi_bind_text(q, 5, noi_str_of(d->by_key));
    noi_bind_text(q, 6, noi_str_of(d->day));
    noi_bind_text(q, 7, row->why);
    noi_bind_text(q, 8, row->evidence.n ? row->evidence : (noi_str){NULL, 0});
    noi_bind_text(q, 9, row->override.n ? row->override : (noi_str){NULL, 0});
    noi_bind_text(q, 10, noi_str_of(s->candidates));
    noi_bind_text(q, 11, ids.n ? noi_buf_view(&ids) : (noi_str){NULL, 0});
    noi_bind_int(q, 12, needs);
    noi_bind_text(q, 13, row->list_id.n ? row->list_id : (noi_str){NULL, 0});
    if (row->list_row)
        noi_bind_int(q, 14, row->list_row);
    else
        noi_bind_null(q, 14);
    noi_bind_int(q, 15, d->run_id);
    return noi_run(q);
}

static noi_status speak(noi_decide_result *out, decider *d, const noi_decide_row *row,
                        const subject *s) {
    bool known = false;
    NOI_TRY(has_unit(&known, d, row->code));
    *out = NOI_DECIDE_NO_UNIT;
    if (!known)
        return NOI_OK;
    const voice *own = own_voice(d);
    *out = NOI_DECIDE_UNCHANGED;
    if (own && noi_str_is(row->code, own->code))
        return NOI_OK;
    bool outside = s->candidates && !is_listed(noi_str_of(s->candidates), row->code);
    *out = NOI_DECIDE_NO_CANDIDATE;
    if (outside && !row->override.n)
        return NOI_OK;
    *out = NOI_DECIDE_NO_REASON;
    if (!row->why.n)
        return NOI_OK;
    NOI_TRY(want_run(d));
    if (own)
        NOI_TRY(end_voice(d, own, "replaced", row->why));
    NOI_TRY(add_voice(d, row, s, outside));
    return settle(out, d, row);
}

/* Approving is saying the same as the first voice. */
static noi_status approve(noi_decide_result *out, decider *d, noi_decide_row row,
                          const subject *s) {
    *out = NOI_DECIDE_NOT_PROPOSED;
    if (!d->n_voices || (row.code.n && !noi_str_is(row.code, d->voices[0].code)))
        return NOI_OK;
    bool own = own_voice(d) != NULL;
    *out = d->n_voices > 1 ? NOI_DECIDE_UNCHANGED : NOI_DECIDE_OWN;
    if (own)
        return NOI_OK;
    *out = NOI_DECIDE_CONTRADICTS;
    const char *approver;
    if (weigh(&approver, d) == NOI_DECIDE_CONTRADICTS)
        return NOI_OK;
    row.code = noi_str_of(d->voices[0].code);
    if (!row.why.n)
        row.why = NOI_STR("approved");
    if (!row.override.n)
        row.override = row.why;
    return speak(out, d, &row, s);
}

static noi_status withdraw(noi_decide_result *out, decider *d, const noi_decide_row *row) {
    const voice *own = own_voice(d);
    *out = own ? NOI_DECIDE_NO_REASON : NOI_DECIDE_NO_VOICE;
    if (!own || !row->why.n)
        return NOI_OK;
    NOI_TRY(want_run(d));
    NOI_TRY(end_voice(d, own, "withdrawn", row->why));
    noi_decide_result left;
    NOI_TRY(settle(&left, d, row));
    *out = NOI_DECIDE_WITHDRAWN;
    return NOI_OK;
}

static bool is_checked(const noi_decide_row *row) {
    char check[13];
    if (!row->check.n && !row->list_id.n)
        return true;
    noi_list_check(check, row->list_id, row->list_row, noi_str_of(kind_keys[row->kind]), row->key);
    return noi_str_is(row->check, check);
}

static noi_status take_row(noi_decide_result *out, decider *d, const noi_decide_row *row) {
    subject s;
    noi_arena_reset(d->arena);
    *out = NOI_DECIDE_OPEN;
    if (d->options->act == NOI_DECIDE && !row->code.n)
        return NOI_OK;
    *out = NOI_DECIDE_NO_RECORD;
    if (!row->kind || !row->key.n)
        return NOI_OK;
    *out = NOI_DECIDE_CHANGED_ROW;
    if (!is_checked(row))
        return NOI_OK;
    NOI_TRY(find_subject(&s, d, row));
    NOI_TRY(load_voices(d, row));
    if (d->options->act == NOI_WITHDRAW) /* also where the record is gone */
        return withdraw(out, d, row);
    *out = NOI_DECIDE_NO_RECORD;
    if (!s.found)
        return NOI_OK;
    return d->options->act == NOI_APPROVE ? approve(out, d, *row, &s) : speak(out, d, row, &s);
}

/* ---- all rows -------------------------------------------------------------------------------- */

static noi_status ask_about(decider *d, const noi_decide_row *rows, size_t n) {
    static const char *const steps[] = {"decide/reach_drop", "decide/torn_drop",
                                        "decide/reach_table", "decide/torn_table"};
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_exec(d->registry, "decide/ask_table"));
    NOI_TRY(noi_exec(d->registry, "decide/ask_clear"));
    NOI_TRY(noi_prepare(&q, d->registry, "decide/ask"));
    for (size_t i = 0; i < n; i++) {
        noi_bind_int(q, 1, rows[i].kind);
        noi_bind_text(q, 2, rows[i].key);
        NOI_TRY(noi_run(q));
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        NOI_TRY(noi_exec(d->registry, steps[i]));
    return NOI_OK;
}

static noi_status find_day(decider *d) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    d->on = d->options->on;
    if (d->on == NOI_DAY_NONE) {
        NOI_TRY(noi_prepare(&q, d->registry, "decide/today"));
        NOI_TRY(noi_step(q, &row));
        d->on = noi_column_day(q, 0);
    }
    noi_day_format(d->day, d->on);
    return NOI_OK;
}

/* "Nguyễn Văn An" and "nguyen van an" are one person. */
static noi_status find_person(decider *d) {
    noi_str by = d->options->by;
    for (size_t i = 0; i < by.n; i++)
        if ((unsigned char)by.p[i] < 32 || by.p[i] == 127)
            return noi_fail(NOI_ERR_USAGE, _("the name of who decides holds a control character"));
    d->by_key = noi_alloc(2 * by.n + 1);
    size_t n = noi_text_fold(d->by_key, by, NOI_FOLD_BARE), to = 0;
    for (size_t i = 0; i < n; i++)
        if (d->by_key[i] != ' ')
            d->by_key[to++] = d->by_key[i];
    d->by_key[to] = '\0';
    if (to)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("a decision needs the name of who makes it"));
    noi_hint(_("--by NAME"));
    return status;
}

static noi_status open_decider(decider *d, const noi_decide_row *rows, size_t n) {
    d->arena = noi_arena_new();
    NOI_TRY(find_person(d));
    NOI_TRY(find_day(d));
    NOI_TRY(noi_decision_rules_of(&d->rules, d->registry));
    NOI_TRY(noi_stage_refuse(d->registry, NOI_STAGE_FINAL, _("decisions")));
    NOI_TRY(noi_begin(d->registry));
    NOI_TRY(ask_about(d, rows, n));
    for (size_t i = 0; i < N_QUERIES; i++)
        NOI_TRY(noi_prepare(&d->q[i], d->registry, queries[i]));
    return NOI_OK;
}

static int by_record(const void *a, const void *b, void *context) {
    const noi_decide_row *rows = context, *x = &rows[*(const size_t *)a],
                         *y = &rows[*(const size_t *)b];
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    size_t n = x->key.n < y->key.n ? x->key.n : y->key.n;
    int order = n ? memcmp(x->key.p, y->key.p, n) : 0;
    if (order == 0 && x->key.n != y->key.n)
        order = x->key.n < y->key.n ? -1 : 1;
    return order ? order : (x < y ? -1 : 1);
}

/* Marks the rows of a record whose first filled row names another unit. */
static bool *find_twice(noi_decide_row *rows, size_t n) {
    NOI_AUTO_FREE size_t *order = noi_alloc((n + 1) * sizeof *order);
    bool *twice = noi_alloc_zero(n + 1, sizeof *twice);
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (rows[i].code.n)
            order[m++] = i;
    if (m)
        qsort_r(order, m, sizeof *order, by_record, rows);
    for (size_t i = 0, first = 0; i < m; i++) {
        const noi_decide_row *a = &rows[order[first]], *b = &rows[order[i]];
        if (a->kind != b->kind || !noi_str_eq(a->key, b->key))
            first = i;
        else
            twice[order[i]] = !noi_str_eq(a->code, b->code);
    }
    return twice;
}

static noi_status take_rows(noi_decide_counts *out, decider *d, noi_decide_row *rows, size_t n,
                            noi_decide_tell tell, void *context) {
    NOI_AUTO_FREE bool *twice = find_twice(rows, n);
    for (size_t i = 0; i < n; i++) {
        noi_decide_result result = NOI_DECIDE_TWICE;
        if (!twice[i])
            NOI_TRY(take_row(&result, d, &rows[i]));
        out->of[result]++;
        out->rows++;
        out->rejected += result >= NOI_DECIDE_NO_RECORD;
        NOI_TRY(tell(context, &rows[i], result));
    }
    return NOI_OK;
}

static noi_status finish(decider *d) {
    if (d->options->dry_run || !d->run_id) {
        noi_rollback(d->registry);
        return NOI_OK;
    }
    noi_ledger_entry entry = {.run_id = d->run_id, .operation = "decide"};
    NOI_TRY(noi_ledger_digest(entry.digest, &entry.rows, d->registry, "ledger/decisions",
                              d->run_id));
    NOI_TRY(noi_ledger_append(NULL, d->registry, &entry));
    NOI_TRY(noi_run_end(d->registry, d->run_id));
    return noi_commit(d->registry);
}

noi_status noi_decide(noi_decide_counts *out, noi_registry *registry, const noi_decide_row *given,
                      size_t n, const noi_decide_options *options, noi_decide_tell tell,
                      void *context) {
    NOI_AUTO(close_decider) decider d = {.registry = registry, .options = options};
    NOI_AUTO_FREE noi_decide_row *rows = noi_alloc((n + 1) * sizeof *rows);
    noi_decide_counts counts = {0};
    for (size_t i = 0; i < n; i++) {
        rows[i] = given[i];
        if (!rows[i].why.n)
            rows[i].why = options->why;
        if (!rows[i].override.n)
            rows[i].override = options->override;
    }
    noi_status status = open_decider(&d, rows, n);
    if (status == NOI_OK)
        status = take_rows(&counts, &d, rows, n, tell, context);
    if (status == NOI_OK)
        status = finish(&d);
    if (status != NOI_OK) {
        noi_rollback(registry);
        return status;
    }
    *out = counts;
    return NOI_OK;
}
