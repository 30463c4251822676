/* complete.c: see complete.h. A sorted list of folded names, searched by halving. */
#include "plan/complete.h"

#include "address/text.h"

#include <string.h>

#define LONGEST_PART 128
#define LEAST_LETTERS 2
#define MOST_MATCHES 512 /* looked at to find the best */

typedef struct entry {
    const char *key; /* folded without marks */
    uint16_t unit;
    bool bare; /* the name without its kind */
} entry;

struct noi_completer {
    const noi_plan *plan;
    noi_arena *arena;
    entry *entries;
    size_t n, capacity;
};

static const char *keep_folded(noi_completer *c, const char *text) {
    noi_str whole = noi_str_of(text);
    char *out = noi_arena_alloc(c->arena, 2 * whole.n + 1);
    noi_text_fold(out, whole, NOI_FOLD_BARE);
    return out;
}

static void add_entry(noi_completer *c, uint16_t unit, const char *text, bool bare) {
    NOI_GROW(c->entries, c->capacity, c->n + 1);
    c->entries[c->n++] = (entry){keep_folded(c, text), unit, bare};
}

static int by_key(const void *a, const void *b) {
    const entry *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order)
        return order;
    return x->unit != y->unit ? (x->unit < y->unit ? -1 : 1) : (int)x->bare - (int)y->bare;
}

noi_completer *noi_completer_new(const noi_plan *plan) {
    noi_completer *c = noi_alloc_zero(1, sizeof *c);
    c->plan = plan;
    c->arena = noi_arena_new();
    for (uint32_t u = 0; u < plan->n_units; u++) {
        if (!noi_plan_in_force(plan, (uint16_t)u, plan->on - 1) &&
            !noi_plan_in_force(plan, (uint16_t)u, plan->on))
            continue;
        add_entry(c, (uint16_t)u, noi_plan_text(plan, plan->units[u].full_name), false);
        add_entry(c, (uint16_t)u, noi_plan_text(plan, plan->units[u].name), true);
    }
    qsort(c->entries, c->n, sizeof *c->entries, by_key);
    return c;
}

void noi_completer_free(noi_completer *completer) {
    if (!completer)
        return;
    noi_arena_free(completer->arena);
    free(completer->entries);
    free(completer);
}

/* ---- the best of those that begin so --------------------------------------------------------- */

typedef struct match {
    uint16_t unit;
    uint8_t worse; /* the less, the better */
    const char *name;
} match;

static int best_first(const void *a, const void *b) {
    const match *x = a, *y = b;
    if (x->worse != y->worse)
        return x->worse < y->worse ? -1 : 1;
    int order = strcmp(x->name, y->name);
    return order ? order : (x->unit > y->unit) - (x->unit < y->unit);
}

static bool begins_with_marks(const noi_completer *c, const entry *e, const char *typed) {
    const noi_plan_unit_row *u = &c->plan->units[e->unit];
    noi_str name = noi_str_of(noi_plan_text(c->plan, e->bare ? u->name : u->full_name));
    char folded[2 * LONGEST_PART + 1];
    if (name.n > LONGEST_PART)
        return false;
    noi_text_fold(folded, name, NOI_FOLD_MARKS);
    return strncmp(folded, typed, strlen(typed)) == 0;
}

static match match_of(const noi_completer *c, const entry *e, const char *typed) {
    const noi_plan_unit_row *u = &c->plan->units[e->unit];
    bool concerned = u->n_out || u->n_in;
    return (match){.unit = e->unit,
                   .worse = (uint8_t)(2 * !begins_with_marks(c, e, typed) + !concerned),
                   .name = noi_plan_text(c->plan, u->name)};
}

static size_t first_from(const noi_completer *c, const char *key) {
    size_t low = 0, high = c->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(c->entries[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t take_best(uint16_t *out, size_t most, match *found, size_t n) {
    size_t kept = 0;
    qsort(found, n, sizeof *found, best_first);
    for (size_t i = 0; i < n && kept < most; i++) {
        bool seen = false;
        for (size_t k = 0; k < kept && !seen; k++)
            seen = out[k] == found[i].unit;
        if (!seen)
            out[kept++] = found[i].unit;
    }
    return kept;
}

size_t noi_complete(uint16_t *out, size_t most, size_t *from, const noi_completer *c,
                    noi_str typed) {
    char bare[2 * LONGEST_PART + 1], marks[2 * LONGEST_PART + 1];
    size_t start = typed.n;
    while (start && typed.p[start - 1] != ',')
        start--;
    while (start < typed.n && typed.p[start] == ' ')
        start++;
    *from = start;
    noi_str part = {typed.p + start, typed.n - start};
    if (part.n > LONGEST_PART)
        return 0;
    size_t n = noi_text_fold(bare, part, NOI_FOLD_BARE);
    noi_text_fold(marks, part, NOI_FOLD_MARKS);
    if (n < LEAST_LETTERS)
        return 0;
    match found[MOST_MATCHES];
    size_t n_found = 0;
    for (size_t i = first_from(c, bare); i < c->n && n_found < MOST_MATCHES; i++) {
        if (strncmp(c->entries[i].key, bare, n) != 0)
            break;
        found[n_found++] = match_of(c, &c->entries[i], marks);
    }
    return take_best(out, most, found, n_found);
}
