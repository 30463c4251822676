/*
 * tables.h: the real facts that the rehearsal city stands on, read from the embedded tables: old
 * and new units, edges, wards that ended in 2024, code flips, street names; and what follows from
 * them: pieces (the part of an old unit that goes to one new unit), who shares a name with whom.
 */
#ifndef NOI_REHEARSAL_TABLES_H
#define NOI_REHEARSAL_TABLES_H

#include "base/memory.h"

#define NOI_TABLE_NONE UINT32_MAX

/* Whose reform. */
typedef enum noi_world {
    NOI_WORLD_SAIGON, /* Ho Chi Minh City with Bình Dương and Bà Rịa–Vũng Tàu */
    NOI_WORLD_HANOI,
} noi_world;

typedef struct noi_old_unit {
    noi_str code, kind, name, district_code, district_kind, district_name, province_code,
        province_name;
    noi_str folded;  /* the name as names are compared */
    noi_str bare;    /* and without its marks */
    double lon, lat; /* sketch point */
    uint32_t first_piece, n_pieces;
    uint32_t district;     /* position in districts */
    uint32_t n_homonyms;   /* old units of this name, itself included */
    uint32_t new_namesake; /* a new unit of this name; NOI_TABLE_NONE for none */
    bool code_lives_on;    /* a new unit elsewhere or of another name bears its code */
    bool split;            /* its people go to more than one new unit */
} noi_old_unit;

typedef struct noi_new_unit {
    noi_str code, kind, name, folded;
    double lon, lat;
    int64_t population;
    double area_km2; /* 0 where the table has none */
    uint32_t n_pieces;
    bool name_is_new; /* no old unit bears this name */
} noi_new_unit;

/* What one edge says: people of `old_unit` that go to `new_unit`. */
typedef struct noi_piece {
    uint32_t old_unit, new_unit;
    bool has_people; /* false for edges that move area only, and where the law is silent on the rest */
    bool whole;      /* the old unit went there as a whole */
    double weight;   /* share of the city's people; sums to 1 */
    bool takes_part; /* its new unit does; all do unless a scenario chooses */
} noi_piece;

typedef struct noi_former_unit { /* a ward that ended before 2025 */
    noi_str code, kind, name, district_name;
    uint32_t district;
    uint32_t old_unit;  /* what it became: one unit, which went whole in its turn */
    bool name_lives_on; /* another unit of its district bears its name on the eve */
    bool usable;        /* used while loading */
} noi_former_unit;

typedef struct noi_code_flip {
    noi_str early_code; /* what the list of January 2025 gave */
    uint32_t old_unit;  /* the unit that was meant */
} noi_code_flip;

typedef struct noi_street_district {
    noi_str code, kind, name, province_code;
    uint32_t first_street, n_streets;
} noi_street_district;

typedef struct noi_tables {
    noi_world world;
    size_t n_old, n_new, n_pieces, n_former, n_flips, n_districts, n_streets;
    noi_old_unit *old_units;
    noi_new_unit *new_units;
    noi_piece *pieces; /* grouped by old unit, in the order of old_units */
    noi_former_unit *former;
    noi_code_flip *flips;
    noi_street_district *districts;
    noi_str *streets; /* grouped by district */
    noi_arena *arena; /* owns the texts */
} noi_tables;

/* NOI_ERR_INTERNAL when an embedded table is missing or contradicts another one. */
NOI_MUST_CHECK noi_status noi_tables_load(noi_tables **out);
NOI_MUST_CHECK noi_status noi_tables_load_of(noi_tables **out, noi_world world);
/* Leaves the people of `chosen` new units (one flag each), and makes the shares sum to 1 again; former
 * units and code flips that lead elsewhere are forgotten. */
void noi_tables_choose(noi_tables *tables, const bool *chosen);
void noi_tables_free(noi_tables *tables); /* accepts NULL */
NOI_DEFINE_AUTO(noi_tables, noi_tables_free)

/* The position of a code, NOI_TABLE_NONE for none. */
uint32_t noi_tables_old_by_code(const noi_tables *tables, noi_str code);
uint32_t noi_tables_new_by_code(const noi_tables *tables, noi_str code);

#endif
