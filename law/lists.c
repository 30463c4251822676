/* lists.c: see lists.h. */
#include "law/lists.h"

#include "address/text.h"

#include <stdio.h>
#include <string.h>

#define MAX_KEY 512 /* bytes; names are cut there, which no real one reaches */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* ---- keys ----------------------------------------------------------------------------------- */

noi_str noi_law_fold_name(noi_arena *arena, noi_str name) {
    char fold[2 * MAX_KEY + 1];
    size_t n =
        noi_text_fold(fold, (noi_str){name.p, name.n < MAX_KEY ? name.n : MAX_KEY}, NOI_FOLD_MARKS);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) { /* "01" is "1" */
        bool starts = i == 0 || !is_digit(fold[i - 1]);
        while (starts && fold[i] == '0' && i + 1 < n && is_digit(fold[i + 1]))
            i++;
        fold[kept++] = fold[i];
    }
    return (noi_str){noi_arena_strndup(arena, fold, kept), kept};
}

/* y and i with the same mark are one letter. */
typedef struct letter_pair {
    const char *y, *i;
} letter_pair;

static const letter_pair letter_pairs[] = {
    {"ý", "í"}, {"ỳ", "ì"}, {"ỷ", "ỉ"}, {"ỹ", "ĩ"}, {"ỵ", "ị"}};

static size_t add_letter(char *out, noi_str text, size_t *at) {
    const char *p = text.p + *at;
    if (*p == 'y') {
        *out = 'i';
        *at += 1;
        return 1;
    }
    for (size_t k = 0; (unsigned char)*p >= 0x80 && k < sizeof letter_pairs / sizeof *letter_pairs;
         k++) {
        size_t n = strlen(letter_pairs[k].y), m = strlen(letter_pairs[k].i);
        if (*at + n > text.n || memcmp(p, letter_pairs[k].y, n) != 0)
            continue;
        memcpy(out, letter_pairs[k].i, m);
        *at += n;
        return m;
    }
    *out = *p;
    *at += 1;
    return 1;
}

/* A Roman numeral as the last word, behind at least one other: its digit, or 0. */
static char last_numeral(size_t *start, noi_str fine) {
    static const char *const numerals[] = {"i", "ii", "iii", "iv", "v"};
    size_t at = fine.n;
    while (at > 0 && fine.p[at - 1] != ' ')
        at--;
    if (at == 0)
        return 0;
    noi_str word = {fine.p + at, fine.n - at};
    for (size_t i = 0; i < 5; i++) {
        if (!noi_str_is(word, numerals[i]))
            continue;
        *start = at;
        return (char)('1' + i);
    }
    return 0;
}

/* Writes the middle key of a fine one; returns its bytes, at most as many as `fine` has. */
static size_t middle_key(char *out, noi_str fine) {
    size_t n = 0, end = fine.n;
    char numeral = last_numeral(&end, fine);
    noi_str text = {fine.p, end};
    for (size_t i = 0; i < end;) {
        if (text.p[i] == ' ')
            i++;
        else
            n += add_letter(out + n, text, &i);
    }
    if (numeral)
        out[n++] = numeral;
    return n;
}

static size_t coarse_key(char *out, noi_str fine) {
    char middle[MAX_KEY * 2];
    size_t n = middle_key(middle, fine);
    return noi_text_fold(out, (noi_str){middle, n}, NOI_FOLD_BARE);
}

static uint32_t hash_of(const char *p, size_t n) {
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)p[i]) * 16777619u;
    return hash;
}

uint32_t noi_law_coarse(noi_str fine) {
    char key[MAX_KEY * 4 + 1];
    return hash_of(key, coarse_key(key, fine));
}

noi_str noi_law_coarse_key(noi_arena *arena, noi_str fine) {
    char key[MAX_KEY * 4 + 1];
    size_t n = coarse_key(key, fine);
    return (noi_str){noi_arena_strndup(arena, key, n), n};
}

int noi_law_grain(const law_entry *entry, noi_str fine) {
    if (noi_str_eq(entry->fine, fine))
        return LAW_GRAIN_FINE;
    char key[MAX_KEY * 4 + 1];
    size_t n = middle_key(key, fine);
    if (noi_str_eq(entry->middle, (noi_str){key, n}))
        return LAW_GRAIN_MIDDLE;
    n = coarse_key(key, fine);
    return noi_str_eq(entry->coarse, (noi_str){key, n}) ? LAW_GRAIN_COARSE : LAW_GRAIN_COARSE + 1;
}

bool noi_law_one_letter_apart(noi_str a, noi_str b) {
    if (a.n < b.n) {
        noi_str swap = a;
        a = b;
        b = swap;
    }
    if (a.n - b.n > 1)
        return false;
    size_t front = 0, back = 0;
    while (front < b.n && a.p[front] == b.p[front])
        front++;
    while (back < b.n - front && a.p[a.n - 1 - back] == b.p[b.n - 1 - back])
        back++;
    return a.n - front - back <= 1;
}

/* ---- lists ---------------------------------------------------------------------------------- */

static void index_units(law_index *index, noi_arena *arena, const noi_law_unit *units, size_t n) {
    index->units = units;
    index->n = n;
    uint32_t size = 16;
    while (size < n * 2)
        size *= 2;
    index->mask = size - 1;
    index->buckets = noi_arena_alloc(arena, size * sizeof *index->buckets);
    memset(index->buckets, 0xFF, size * sizeof *index->buckets);
    index->entries = noi_arena_alloc(arena, (n + 1) * sizeof *index->entries);
    for (size_t i = n; i-- > 0;) {
        law_entry *entry = &index->entries[i];
        char key[MAX_KEY * 2];
        entry->fine = noi_law_fold_name(arena, noi_str_of(units[i].name));
        size_t m = middle_key(key, entry->fine);
        entry->middle = (noi_str){noi_arena_strndup(arena, key, m), m};
        entry->coarse = noi_law_coarse_key(arena, entry->fine);
        entry->hash = hash_of(entry->coarse.p, entry->coarse.n);
        entry->kind = noi_law_kind_of(units[i].kind);
        entry->next = index->buckets[entry->hash & index->mask];
        index->buckets[entry->hash & index->mask] = (uint32_t)i;
    }
}

uint32_t noi_law_chain(const law_index *index, uint32_t hash) {
    return index->n ? index->buckets[hash & index->mask] : LAW_NO_UNIT;
}

static noi_str without_province_kind(noi_str fold) {
    static const char *const kinds[] = {"tỉnh ", "thành phố "};
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(kinds[i]);
        if (fold.n > n && memcmp(fold.p, kinds[i], n) == 0)
            return (noi_str){fold.p + n, fold.n - n};
    }
    return fold;
}

/* The district of a unit, added when it is new; lists are ordered by district, so the last one that
 * was added is nearly always it. */
static uint32_t district_of(noi_law_lists *lists, const noi_law_unit *unit) {
    if (!unit->district_code)
        return LAW_NO_UNIT;
    for (size_t i = lists->n_districts; i-- > 0;)
        if (lists->districts[i].code == unit->district_code &&
            lists->districts[i].province == unit->province_code)
            return (uint32_t)i;
    NOI_GROW(lists->districts, lists->cap_districts, lists->n_districts + 1);
    law_district *district = &lists->districts[lists->n_districts++];
    noi_arena *arena = lists->arena;
    district->code = unit->district_code;
    district->province = unit->province_code;
    district->kind = noi_law_kind_of(unit->district_kind);
    district->fold = noi_law_fold_name(arena, noi_str_of(unit->district_name));
    district->coarse = noi_law_coarse_key(arena, district->fold);
    district->province_fold =
        without_province_kind(noi_law_fold_name(arena, noi_str_of(unit->province_name)));
    district->province_coarse = noi_law_coarse_key(arena, district->province_fold);
    return (uint32_t)(lists->n_districts - 1);
}

noi_law_lists *noi_law_lists_new(const noi_law_unit *old_units, size_t n_old,
                                 const noi_law_unit *new_units, size_t n_new) {
    noi_law_lists *lists = noi_alloc_zero(1, sizeof *lists);
    lists->arena = noi_arena_new();
    index_units(&lists->old_units, lists->arena, old_units, n_old);
    index_units(&lists->new_units, lists->arena, new_units, new_units ? n_new : 0);
    lists->district_of = noi_arena_alloc(lists->arena, (n_old + 1) * sizeof *lists->district_of);
    for (size_t i = 0; i < n_old; i++)
        lists->district_of[i] = district_of(lists, &old_units[i]);
    return lists;
}

void noi_law_lists_free(noi_law_lists *lists) {
    if (!lists)
        return;
    free(lists->districts);
    noi_arena_free(lists->arena);
    free(lists);
}
