/* streets.c: street names that a new unit has twice; see concordance.h. */
#include "cutover/concordance.h"

#include "base/csv.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "merge/compile.h"
#include "registry/store.h"

#include <stdio.h>
#include <string.h>

/* One address: which street of which new unit (the position of the pair in `streets`), which old
 * unit, and its house number as a hash (0 for none). */
typedef struct seen {
    uint32_t street, old_unit; /* ids of units fit in 32 bits: a plan has at most 65,000 */
    uint64_t house;
} seen;

typedef struct street {
    int64_t new_unit;
    uint64_t name;       /* hash of the folded name */
    const char *written; /* as the first address has it */
} street;

typedef struct town {
    const noi_gazetteer *gazetteer;
    size_t n_seen, seen_capacity;
    seen *seen;
    size_t n_streets, street_capacity;
    street *streets;
    size_t n_slots; /* a power of two, more than twice the streets */
    uint32_t *slots; /* position + 1 in `streets`, 0 free */
    noi_buf folded;
    noi_arena *arena;
} town;

static void free_town(town *t) {
    free(t->seen);
    free(t->streets);
    free(t->slots);
    noi_buf_free(&t->folded);
    noi_arena_free(t->arena);
}

/* FNV-1a of the folded text: 64 bits, so that two of a million names share one by a chance of one
 * in ten million. */
static uint64_t hash_folded(town *t, noi_str text) {
    noi_buf_clear(&t->folded);
    size_t need = 2 * text.n + 1;
    NOI_GROW(t->folded.p, t->folded.capacity, need);
    size_t n = noi_text_fold(t->folded.p, text, NOI_FOLD_MARKS);
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)t->folded.p[i]) * UINT64_C(0x100000001B3);
    return n ? hash | 1 : 0;
}

static size_t slot_of(const town *t, int64_t new_unit, uint64_t name) {
    size_t at = (size_t)((name ^ (uint64_t)new_unit * UINT64_C(0x9E3779B97F4A7C15)) >> 7);
    for (;; at++) {
        uint32_t position = t->slots[at & (t->n_slots - 1)];
        if (!position)
            return at & (t->n_slots - 1);
        const street *s = &t->streets[position - 1];
        if (s->new_unit == new_unit && s->name == name)
            return at & (t->n_slots - 1);
    }
}

static void grow_slots(town *t) {
    t->n_slots = t->n_slots ? 2 * t->n_slots : 4096;
    free(t->slots);
    t->slots = noi_alloc_zero(t->n_slots, sizeof *t->slots);
    for (size_t i = 0; i < t->n_streets; i++)
        t->slots[slot_of(t, t->streets[i].new_unit, t->streets[i].name)] = (uint32_t)i + 1;
}

static uint32_t find_street(town *t, int64_t new_unit, noi_str written) {
    uint64_t name = hash_folded(t, written);
    if (2 * t->n_streets >= t->n_slots)
        grow_slots(t);
    size_t slot = slot_of(t, new_unit, name);
    if (t->slots[slot])
        return t->slots[slot] - 1;
    NOI_GROW(t->streets, t->street_capacity, t->n_streets + 1);
    t->streets[t->n_streets] =
        (street){new_unit, name, noi_arena_strndup(t->arena, written.p, written.n)};
    t->slots[slot] = (uint32_t)++t->n_streets;
    return (uint32_t)t->n_streets - 1;
}

static void see(town *t, int64_t new_unit, int64_t old_unit, noi_str text) {
    noi_reading reading;
    noi_address_read(&reading, t->gazetteer, text);
    if (reading.street.n == 0)
        return;
    uint32_t at = find_street(t, new_unit, reading.street);
    NOI_GROW(t->seen, t->seen_capacity, t->n_seen + 1);
    t->seen[t->n_seen++] = (seen){at, (uint32_t)old_unit, hash_folded(t, reading.house)};
}

static noi_status see_all(town *t, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    noi_progress progress = noi_progress_begin(_("Reading streets"), 0);
    NOI_TRY(noi_prepare(&q, registry, "concordance/street_texts"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        see(t, noi_column_int(q, 0), noi_column_int(q, 1), noi_column_text(q, 2));
        noi_progress_add(&progress, 1);
    }
    noi_progress_end(&progress);
    return NOI_OK;
}

/* ---- the twins ------------------------------------------------------------------------------- */

static int by_street_house(const void *a, const void *b) {
    const seen *x = a, *y = b;
    if (x->street != y->street)
        return x->street < y->street ? -1 : 1;
    if (x->house != y->house)
        return x->house < y->house ? -1 : 1;
    return (x->old_unit > y->old_unit) - (x->old_unit < y->old_unit);
}

#define MAX_OLD 64 /* old units in one new one; the law has at most a dozen */

typedef struct twins {
    size_t n;
    struct {
        uint32_t unit;
        int64_t addresses;
    } old[MAX_OLD];
    int64_t houses;
} twins;

static void count_old(twins *w, uint32_t unit) {
    for (size_t i = 0; i < w->n; i++)
        if (w->old[i].unit == unit) {
            w->old[i].addresses++;
            return;
        }
    if (w->n == MAX_OLD)
        return;
    w->old[w->n].unit = unit;
    w->old[w->n++].addresses = 1;
}

/* The addresses [first, end) are of one street; those of one house stand together. */
static void count_street(twins *w, const seen *first, const seen *end) {
    *w = (twins){0};
    for (const seen *s = first, *next; s < end; s = next) {
        bool twice = false;
        for (next = s; next < end && next->house == s->house; next++) {
            count_old(w, next->old_unit);
            twice |= next->old_unit != s->old_unit;
        }
        w->houses += twice && s->house != 0;
    }
}

static const noi_unit_row *unit_of(const noi_unit_list *units, int64_t id) {
    size_t low = 0, high = units->n;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (units->items[middle].id <= id)
            low = middle;
        else
            high = middle;
    }
    return &units->items[low];
}

static noi_status write_twins(const town *t, const twins *w, uint32_t at,
                              const noi_unit_list *units, noi_out *to) {
    NOI_AUTO_BUF noi_buf line = {0};
    char code[8];
    noi_buf_add_str(&line, noi_code_format(code, unit_of(units, t->streets[at].new_unit)->code));
    noi_buf_add_char(&line, ',');
    noi_csv_add_field(&line, noi_str_of(t->streets[at].written));
    noi_buf_add_char(&line, ',');
    for (size_t i = 0; i < w->n; i++)
        noi_buf_printf(&line, "%s%s:%lld", i ? " " : "",
                       noi_code_format(code, unit_of(units, w->old[i].unit)->code),
                       (long long)w->old[i].addresses);
    noi_buf_printf(&line, ",%lld\n", (long long)w->houses);
    return noi_out_write(to, line.p, line.n);
}

typedef struct order {
    const town *town;
    const noi_unit_list *units;
} order;

static int by_unit_name(const void *a, const void *b, void *context) {
    const order *o = context;
    const street *x = &o->town->streets[*(const uint32_t *)a];
    const street *y = &o->town->streets[*(const uint32_t *)b];
    noi_code p = unit_of(o->units, x->new_unit)->code, q = unit_of(o->units, y->new_unit)->code;
    if (p != q)
        return p < q ? -1 : 1;
    int written = strcmp(x->written, y->written);
    return written ? written : (x->name > y->name) - (x->name < y->name);
}

static noi_status write_all(noi_street_twins *out, const town *t, const noi_unit_list *units,
                            noi_out *to) {
    NOI_AUTO_FREE uint32_t *sorted = noi_alloc(t->n_streets * sizeof *sorted);
    NOI_AUTO_FREE size_t *first = noi_alloc_zero(t->n_streets + 1, sizeof *first);
    for (size_t i = 0; i < t->n_streets; i++)
        sorted[i] = (uint32_t)i;
    for (size_t i = 0; i < t->n_seen; i++)
        first[t->seen[i].street + 1]++;
    for (size_t i = 0; i < t->n_streets; i++)
        first[i + 1] += first[i];
    order o = {t, units};
    qsort_r(sorted, t->n_streets, sizeof *sorted, by_unit_name, &o);
    for (size_t i = 0; i < t->n_streets; i++) {
        twins w;
        count_street(&w, t->seen + first[sorted[i]], t->seen + first[sorted[i] + 1]);
        if (w.n < 2)
            continue;
        out->streets++;
        out->houses += w.houses;
        NOI_TRY(write_twins(t, &w, sorted[i], units, to));
    }
    return NOI_OK;
}

noi_status noi_concord_streets(noi_street_twins *out, noi_registry *registry, noi_out *to) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    NOI_AUTO(noi_plan_closep) noi_plan *plan = NULL;
    NOI_AUTO(noi_unit_list_freep) noi_unit_list *units = NULL;
    NOI_AUTO(free_town) town t = {.arena = noi_arena_new()};
    *out = (noi_street_twins){0};
    NOI_TRY(noi_compile_registry(&bytes, registry, NOI_DAY_NONE));
    NOI_TRY(noi_plan_attach(&plan, bytes.p, bytes.n));
    NOI_TRY(noi_unit_list_load(&units, registry, NOI_DAY_NONE));
    t.gazetteer = plan->gazetteer;
    NOI_TRY(see_all(&t, registry));
    if (t.n_seen)
        qsort(t.seen, t.n_seen, sizeof *t.seen, by_street_house);
    out->addresses = (int64_t)t.n_seen;
    NOI_TRY(noi_out_printf(to, "new_code,street,old_codes,same_house_numbers\n"));
    return write_all(out, &t, units, to);
}
