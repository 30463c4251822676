/* answers.c: see answers.h. */
#include "rehearsal/answers.h"

#include "base/csv.h"
#include "rehearsal/generate.h"

#include <string.h>

typedef struct answer {
    noi_str key;
    char code[8], before[8]; /* "" for none */
    uint8_t kind;            /* 0: an empty place */
} answer;

struct noi_answers {
    noi_arena *arena;
    answer *places; /* open addressing; a power of two, at most half full */
    size_t n, size;
};

void noi_answers_free(noi_answers *answers) {
    if (!answers)
        return;
    free(answers->places);
    noi_arena_free(answers->arena);
    free(answers);
}

/* FNV-1a */
static uint64_t hash_of(int kind, noi_str key) {
    uint64_t hash = UINT64_C(14695981039346656037) ^ (uint64_t)kind;
    for (size_t i = 0; i < key.n; i++)
        hash = (hash ^ (unsigned char)key.p[i]) * UINT64_C(1099511628211);
    return hash;
}

/* The record's place, or the empty one where it would be. */
static answer *place_of(const noi_answers *answers, int kind, noi_str key) {
    size_t at = hash_of(kind, key) & (answers->size - 1);
    for (;; at = (at + 1) & (answers->size - 1)) {
        answer *a = &answers->places[at];
        if (!a->kind || (a->kind == kind && noi_str_eq(a->key, key)))
            return a;
    }
}

static void grow(noi_answers *answers) {
    noi_answers old = *answers;
    answers->size = old.size ? old.size * 2 : 4096;
    answers->places = noi_alloc_zero(answers->size, sizeof *answers->places);
    for (size_t i = 0; i < old.size; i++)
        if (old.places[i].kind)
            *place_of(answers, old.places[i].kind, old.places[i].key) = old.places[i];
    free(old.places);
}

static void put_code(char out[8], noi_str code) {
    size_t n = code.n < 7 ? code.n : 7;
    if (n)
        memcpy(out, code.p, n);
    out[n] = '\0';
}

static void add(noi_answers *answers, noi_record_kind kind, const noi_csv_row *row) {
    if (2 * (answers->n + 1) > answers->size)
        grow(answers);
    noi_str key = row->field[0];
    answer *a = place_of(answers, kind, key);
    if (a->kind)
        return;
    a->key = (noi_str){noi_arena_strndup(answers->arena, key.p, key.n), key.n};
    a->kind = (uint8_t)kind;
    put_code(a->code, row->field[2]);
    answers->n++;
}

static noi_status read_key(noi_answers *answers, const char *folder, const char *name,
                           noi_record_kind kind) {
    NOI_AUTO_FREE char *path = noi_format("%s/%s", folder, name);
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_TRY(noi_csv_open(&csv, path));
    for (noi_csv_row row; noi_csv_next(&row, csv);)
        if (row.n == 4 && !noi_str_is(row.field[3], "rejected"))
            add(answers, kind, &row);
    return NOI_OK;
}

static noi_answers *answers_new(void) {
    noi_answers *answers = noi_alloc_zero(1, sizeof *answers);
    answers->arena = noi_arena_new();
    grow(answers);
    return answers;
}

noi_status noi_answers_read(noi_answers **out, const char *folder) {
    NOI_AUTO(noi_answers_freep) noi_answers *answers = answers_new();
    for (noi_record_kind kind = NOI_RECORD_ADDRESS; kind < NOI_RECORD_KINDS; kind++)
        NOI_TRY(read_key(answers, folder, noi_truth_file(kind), kind));
    *out = answers;
    answers = NULL;
    return NOI_OK;
}

noi_status noi_answers_read_later(noi_answers **out, const char *folder) {
    NOI_AUTO(noi_answers_freep) noi_answers *answers = answers_new();
    NOI_TRY(read_key(answers, folder, NOI_LATER_TRUTH, NOI_RECORD_CASE));
    *out = answers;
    answers = NULL;
    return NOI_OK;
}

noi_str noi_answer(const noi_answers *answers, noi_record_kind kind, noi_str key) {
    return noi_str_of(place_of(answers, kind, key)->code);
}

/* ---- before and after ------------------------------------------------------------------------ */

noi_status noi_answers_remember(noi_answers *answers, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "rehearsal/decided"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        answer *a = place_of(answers, (int)noi_column_int(q, 0), noi_column_text(q, 1));
        if (a->kind)
            put_code(a->before, noi_column_text(q, 2));
    }
}

static void compare(noi_trial *out, const answer *a, noi_str now, bool decided, bool follows) {
    bool gained = a->kind && now.n && !noi_str_is(now, a->before);
    if (!gained)
        return;
    if (noi_str_is(now, a->code)) {
        out->gained_right++;
        return;
    }
    out->gained_wrong++;
    if (decided)
        out->wrong_own++;
    else if (follows)
        out->wrong_following++;
    else
        out->wrong_untraced++;
}

noi_status noi_answers_compare(noi_trial *out, noi_answers *answers, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "rehearsal/decided"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        const answer *a = place_of(answers, (int)noi_column_int(q, 0), noi_column_text(q, 1));
        compare(out, a, noi_column_text(q, 2), noi_column_int(q, 3) != 0,
                noi_column_int(q, 4) != 0);
    }
}
