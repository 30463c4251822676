/*
 * officers.c: see officers.h.
 *
 *     list of noi queue ──▶ each officer's answers ──▶ noi decide ──▶ where two must: the colleague's
 *                                                                  approval, or another answer
 */
#include "rehearsal/officers.h"

#include "cutover/queue.h"

#include <stdio.h>
#include <string.h>

enum { STREAM_ANSWER = 'Q', MOST_NAMES = 200 };

/* A record that waits, and what its officer says of it. */
typedef struct question {
    noi_record_kind kind;
    noi_str key;
    uint32_t officer; /* position; MOST_NAMES for none */
    size_t n_candidates;
    char candidates[NOI_MAX_CANDIDATES][8];
    char code[8], other[8]; /* the answer, "" for none; what a colleague who disagrees says */
    bool proposed, disagrees;
    bool seconded; /* where two must decide, the second comes to it */
} question;

typedef struct office {
    noi_trial *out;
    noi_registry *registry;
    const noi_city *city;
    const noi_people *people;
    const noi_answers *answers;
    noi_arena *arena;
    question *questions;
    size_t n, capacity;
    char names[MOST_NAMES][40];
    question **asked; /* rows of the list that is being decided */
    noi_decide_row *rows;
    size_t n_rows;
} office;

static void office_clear(office *o) {
    noi_arena_free(o->arena);
    free(o->questions);
    free(o->asked);
    free(o->rows);
}

/* ---- who they are ---------------------------------------------------------------------------- */

static noi_status appoint(office *o) {
    noi_officer officers[MOST_NAMES];
    size_t n = (size_t)o->people->officers;
    for (size_t i = 0; i < n; i++) {
        snprintf(o->names[i], sizeof o->names[i], "Cán bộ %03zu", i + 1);
        officers[i] = (noi_officer){.unit = NOI_STR(""), .kind = NOI_STR(""), .name = noi_str_of(o->names[i])};
    }
    return noi_officers_set(o->registry, officers, n);
}

static uint32_t officer_of(const office *o, noi_str name) {
    for (uint32_t i = 0; i < (uint32_t)o->people->officers; i++)
        if (noi_str_is(name, o->names[i]))
            return i;
    return MOST_NAMES;
}

/* The first ones are away. */
static bool is_absent(const office *o, uint32_t officer) {
    return officer >= (uint32_t)o->people->officers || officer < (uint32_t)o->people->absent;
}

/* The next officer who is there; himself when he is alone. */
static uint32_t colleague_of(const office *o, uint32_t officer) {
    uint32_t next = officer;
    do
        next = (next + 1) % (uint32_t)o->people->officers;
    while (is_absent(o, next));
    return next;
}

/* ---- what they say --------------------------------------------------------------------------- */

static noi_status take(void *context, const noi_queue_item *item) {
    office *o = context;
    NOI_GROW(o->questions, o->capacity, o->n + 1);
    question *q = &o->questions[o->n++];
    *q = (question){.kind = item->kind,
                    .key = {noi_arena_strndup(o->arena, item->key.p, item->key.n), item->key.n},
                    .officer = officer_of(o, item->officer),
                    .n_candidates = item->n_candidates};
    for (size_t i = 0; i < item->n_candidates; i++)
        snprintf(q->candidates[i], sizeof q->candidates[i], "%s", item->codes[i]);
    return NOI_OK;
}

/* A unit other than `code`: a candidate where there is one, else any that takes part. */
static void choose_other(char out[8], const office *o, const question *q, noi_str code,
                         noi_random *random) {
    const noi_pool *units = &o->city->pools[NOI_POOL_NEW];
    for (size_t i = 0; i < q->n_candidates; i++)
        if (!noi_str_is(code, q->candidates[i])) {
            snprintf(out, 8, "%s", q->candidates[i]);
            return;
        }
    for (int tries = 0; tries < 20; tries++) {
        uint32_t unit = units->items[noi_random_below(random, (uint32_t)units->n)];
        noi_str other = o->city->tables->new_units[unit].code;
        snprintf(out, 8, "%.*s", NOI_STR_ARG(other));
        if (!noi_str_eq(other, code))
            return;
    }
}

/* What nobody can know is left open by who is honest. */
static void answer(office *o, question *q, uint64_t number) {
    noi_random random = noi_random_of(o->city->seed, STREAM_ANSWER, number);
    bool answers = noi_random_below(&random, 100) < (uint32_t)o->people->answers;
    bool wrong = noi_random_below(&random, 100) < (uint32_t)o->people->wrong;
    q->disagrees = noi_random_below(&random, 100) < (uint32_t)o->people->disagree;
    q->seconded = noi_random_below(&random, 100) < (uint32_t)o->people->answers;
    noi_str truth = noi_answer(o->answers, q->kind, q->key);
    bool absent = is_absent(o, q->officer);
    o->out->absent += absent;
    if (absent || !answers)
        return;
    if (truth.n == 0) {
        o->out->unknowable++;
        return;
    }
    if (wrong)
        choose_other(q->code, o, q, truth, &random);
    else
        snprintf(q->code, sizeof q->code, "%.*s", NOI_STR_ARG(truth));
    choose_other(q->other, o, q, noi_str_of(q->code), &random);
    o->out->answered++;
    o->out->wrong_answers += wrong;
}

/* ---- deciding -------------------------------------------------------------------------------- */

static bool is_candidate(const question *q, const char *code) {
    for (size_t i = 0; i < q->n_candidates; i++)
        if (strcmp(q->candidates[i], code) == 0)
            return true;
    return false;
}

static void add_row(office *o, question *q, const char *code) {
    bool beside = q->n_candidates > 0 && !is_candidate(q, code);
    o->asked[o->n_rows] = q;
    o->rows[o->n_rows] = (noi_decide_row){
        .kind = q->kind,
        .key = q->key,
        .code = noi_str_of(code),
        .why = NOI_STR("vận hành thử: tra hồ sơ gốc"),
        .evidence = NOI_STR("sổ gốc của đơn vị cũ"),
        .override = beside ? NOI_STR("không có trong các đơn vị đề xuất, đã xác minh tại chỗ") : (noi_str){0},
        .line = (int64_t)o->n_rows + 1};
    o->n_rows++;
}

static noi_status note(void *context, const noi_decide_row *row, noi_decide_result result) {
    office *o = context;
    question *q = o->asked[row->line - 1];
    q->proposed = result == NOI_DECIDE_PROPOSED;
    o->out->decided.of[result]++;
    return NOI_OK;
}

/* The day is written down with the decision: it must not depend on when somebody rehearses. */
static noi_status decide(office *o, uint32_t officer, noi_decide_act act) {
    const noi_decide_options options = {.act = act,
                                        .by = noi_str_of(o->names[officer]),
                                        .on = noi_day_from_ymd(2025, 7, 3),
                                        .why = NOI_STR("vận hành thử: đã xem hồ sơ gốc")};
    noi_decide_counts counts;
    if (o->n_rows == 0)
        return NOI_OK;
    NOI_TRY(noi_decide(&counts, o->registry, o->rows, o->n_rows, &options, note, o));
    o->out->decided.rows += counts.rows;
    o->out->decided.rejected += counts.rejected;
    o->n_rows = 0;
    return NOI_OK;
}

static noi_status decide_first(office *o, uint32_t officer) {
    for (size_t i = 0; i < o->n; i++)
        if (o->questions[i].officer == officer && o->questions[i].code[0])
            add_row(o, &o->questions[i], o->questions[i].code);
    return decide(o, officer, NOI_DECIDE);
}

/* The colleague's turn: approve, or say something else. */
static noi_status decide_second(office *o, uint32_t officer, bool disagree) {
    uint32_t colleague = colleague_of(o, officer);
    if (colleague == officer)
        return NOI_OK;
    for (size_t i = 0; i < o->n; i++) {
        question *q = &o->questions[i];
        if (q->officer != officer || !q->proposed || !q->seconded || q->disagrees != disagree)
            continue;
        add_row(o, q, disagree ? q->other : q->code);
        o->out->disagreements += disagree;
    }
    return decide(o, colleague, disagree ? NOI_DECIDE : NOI_APPROVE);
}

static noi_status work(office *o) {
    noi_queue_account account = {0};
    const noi_queue_filter all = {.on = NOI_DAY_NONE};
    NOI_TRY(appoint(o));
    NOI_TRY(noi_queue_walk(&account, o->registry, &all, take, o));
    o->out->waiting = account.waiting;
    noi_queue_account_free(&account);
    o->asked = noi_alloc((o->n + 1) * sizeof *o->asked);
    o->rows = noi_alloc_zero(o->n + 1, sizeof *o->rows);
    for (size_t i = 0; i < o->n; i++)
        answer(o, &o->questions[i], i);
    for (uint32_t officer = (uint32_t)o->people->absent; officer < (uint32_t)o->people->officers; officer++)
        NOI_TRY(decide_first(o, officer));
    for (uint32_t officer = (uint32_t)o->people->absent; officer < (uint32_t)o->people->officers; officer++) {
        NOI_TRY(decide_second(o, officer, true));
        NOI_TRY(decide_second(o, officer, false));
    }
    return NOI_OK;
}

noi_status noi_officers_answer(noi_trial *out, noi_registry *registry, const noi_city *city,
                               const noi_answers *answers) {
    office *o = noi_alloc_zero(1, sizeof *o);
    *o = (office){.out = out,
                  .registry = registry,
                  .city = city,
                  .people = &city->scenario->people,
                  .answers = answers,
                  .arena = noi_arena_new()};
    out->people = true;
    noi_status status = work(o);
    office_clear(o);
    free(o);
    return status;
}
