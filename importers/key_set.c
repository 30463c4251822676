/* key_set.c: an open hash table, at most two thirds full; see key_set.h. */
#include "importers/key_set.h"

#include <xxhash.h>

#define FIRST_SLOTS ((size_t)1 << 16)

typedef struct slot {
    uint32_t hash, row; /* row 0: free */
} slot;

struct noi_key_set {
    size_t n, n_slots; /* a power of two */
    unsigned shift;    /* 32 - its exponent: the hash's upper bits tell the slot */
    slot *slots;
};

static noi_key_set *set_of(size_t n_slots) {
    noi_key_set *set = noi_alloc(sizeof *set);
    *set = (noi_key_set){.n_slots = n_slots, .slots = noi_alloc_zero(n_slots, sizeof *set->slots)};
    set->shift = 32 - (unsigned)__builtin_ctzll(n_slots);
    return set;
}

noi_key_set *noi_key_set_new(void) {
    return set_of(FIRST_SLOTS);
}

void noi_key_set_free(noi_key_set *set) {
    if (!set)
        return;
    free(set->slots);
    free(set);
}

static void put(noi_key_set *set, slot s) {
    size_t at = s.hash >> set->shift;
    while (set->slots[at].row)
        at = (at + 1) & (set->n_slots - 1);
    set->slots[at] = s;
    set->n++;
}

/* Slots of the same hash keep their order: they are moved in the order in which a search meets
 * them, from behind a free slot on. */
static void grow(noi_key_set *set) {
    noi_key_set *larger = set_of(2 * set->n_slots);
    size_t start = 0;
    while (set->slots[start].row)
        start++;
    for (size_t i = 0; i < set->n_slots; i++) {
        slot s = set->slots[(start + i) & (set->n_slots - 1)];
        if (s.row)
            put(larger, s);
    }
    free(set->slots);
    *set = *larger;
    free(larger);
}

static uint32_t hash_of(noi_str key) {
    return (uint32_t)XXH3_64bits(key.p, key.n);
}

void noi_key_set_add(noi_key_set *set, noi_str key, uint32_t row) {
    if (3 * (set->n + 1) > 2 * set->n_slots)
        grow(set);
    put(set, (slot){hash_of(key), row});
}

uint32_t noi_key_set_next(size_t *cursor, const noi_key_set *set, noi_str key) {
    uint32_t hash = hash_of(key);
    size_t from = hash >> set->shift;
    for (;;) {
        slot s = set->slots[(from + (*cursor)++) & (set->n_slots - 1)];
        if (s.row == 0)
            return 0;
        if (s.hash == hash)
            return s.row;
    }
}
