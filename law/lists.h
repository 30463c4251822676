/*
 * lists.h: unit lists, found by name. (Inside law/ only.)
 *
 * Names are compared in three grains. Fine: folded with marks ("hòa hiệp"). Middle: without spaces,
 * apostrophes and hyphens, y as i, a Roman numeral at the end as a number. Coarse: like middle, but
 * without marks; the lists are hashed by it, so one chain holds all that could be meant.
 */
#ifndef NOI_LAW_LISTS_H
#define NOI_LAW_LISTS_H

#include "law/work.h"

typedef struct law_entry {
    noi_str fine, middle, coarse;
    uint32_t hash, next; /* of the coarse key; next entry of the chain, LAW_NO_UNIT at the end */
    law_kind kind;
} law_entry;

typedef struct law_district {
    noi_code code, province;
    law_kind kind;
    noi_str fold, coarse;
    noi_str province_fold, province_coarse; /* without "tỉnh", "thành phố" */
} law_district;

typedef struct law_index {
    const noi_law_unit *units;
    size_t n;
    law_entry *entries;
    uint32_t *buckets;
    uint32_t mask;
} law_index;

struct noi_law_lists {
    noi_arena *arena;
    law_index old_units, new_units;
    law_district *districts;
    size_t n_districts, cap_districts;
    uint32_t *district_of; /* of each old unit: position in districts, LAW_NO_UNIT for none */
};

typedef enum law_grain { LAW_GRAIN_FINE = 0, LAW_GRAIN_MIDDLE, LAW_GRAIN_COARSE } law_grain;

noi_str noi_law_fold_name(noi_arena *arena, noi_str name); /* the fine key */
uint32_t noi_law_coarse(noi_str fine);                     /* hash of the coarse key */
noi_str noi_law_coarse_key(noi_arena *arena, noi_str fine);

/* First entry of the chain of this hash, LAW_NO_UNIT for none. */
uint32_t noi_law_chain(const law_index *index, uint32_t hash);
/* How closely the entry's name is the one with this fine key; beyond COARSE: not at all. */
int noi_law_grain(const law_entry *entry, noi_str fine);

/* Do the two texts differ by at most one letter (inserted, dropped, changed)? */
bool noi_law_one_letter_apart(noi_str a, noi_str b);

#endif
