/*
 * city.h: one rehearsal city before its people: the recipe (data/rehearsal.csv: sizes, and how many
 * of 10,000 records fall into each trap), the facts, the land, and the lists of units that each
 * trap needs. Read-only once made, and then usable from many threads.
 */
#ifndef NOI_REHEARSAL_CITY_H
#define NOI_REHEARSAL_CITY_H

#include "rehearsal/scenario.h"
#include "rehearsal/shape.h"
#include "rehearsal/spell.h"
#include "rehearsal/traps.h"

typedef enum noi_city_size { NOI_CITY_SMALL, NOI_CITY_DISTRICT, NOI_CITY_CITY } noi_city_size;
/* "small", "district", "city"; false for anything else. */
bool noi_city_size_by_key(noi_city_size *out, const char *key);
const char *noi_city_size_key(noi_city_size size);

/* The files that addresses come in, in the order of their ids. */
typedef enum noi_address_file {
    NOI_FILE_MAIN,
    NOI_FILE_NFD,
    NOI_FILE_TCVN3,
    NOI_FILE_VNI,
    NOI_FILE_CP1258,
    NOI_FILE_UTF16,
    NOI_FILE_VN2000, /* x, y in EPSG:9210 */
    NOI_FILE_2024,   /* codes of 2024-12-31 */
    NOI_FILE_NEW,    /* codes of 2025-07-01 */
    NOI_ADDRESS_FILES
} noi_address_file;

typedef struct noi_recipe {
    uint64_t addresses, households, parcels, cases, reports;
    uint64_t documents, accounts, later_cases; /* scenarios alone have them */
    uint64_t side_file_rows; /* of each file in another encoding, vintage or projection */
    double step_m;           /* of the borders */
    uint64_t members_per_thousand;
    uint32_t share[NOI_N_TRAPS]; /* of 10,000 records of the trap's kind */
} noi_recipe;

/* Units and pieces that a trap picks from. */
typedef struct noi_pool {
    uint32_t *items;
    size_t n, capacity;
} noi_pool;

typedef enum noi_pool_kind {
    NOI_POOL_WHOLE,        /* pieces of units that go whole */
    NOI_POOL_SPLIT,        /* pieces of units whose people are split */
    NOI_POOL_SIDES,        /* both pieces of a few units that are split in two: one side of a
                              street lies in each */
    NOI_POOL_HOMONYM,      /* whole or split pieces; name and kind fit several answers */
    NOI_POOL_BARE_HOMONYM, /* the same, once marks are dropped */
    NOI_POOL_REUSED,       /* whole pieces whose unit's code lives on elsewhere */
    NOI_POOL_FALSE_FRIEND, /* whole pieces whose unit's name lives on elsewhere */
    NOI_POOL_LONG_NAME,    /* whole pieces with a name long enough for a typing error */
    NOI_POOL_NEW_NAME,     /* new units with a name that no old unit bears */
    NOI_POOL_OLDER,        /* former units whose name did not live on in their district */
    NOI_POOL_FORMER,       /* all former units */
    NOI_POOL_FLIP,         /* codes that moved in early 2025 */
    NOI_POOL_NEW,          /* new units */
    NOI_POOL_OFFICE,       /* pieces of wards: one of each */
    NOI_POOL_ELSEWHERE,    /* as NOI_POOL_WHOLE, of all units whether they take part or not */
    NOI_POOLS
} noi_pool_kind;

typedef struct noi_city {
    noi_city_size size;
    uint64_t seed;
    const noi_scenario *scenario; /* NULL: the whole city, as data/rehearsal.csv has it */
    size_t n_chosen;              /* new units that take part */
    noi_recipe recipe;
    uint64_t address_begin[NOI_ADDRESS_FILES + 1]; /* by noi_address_file, and behind the last */
    noi_tables *tables;
    noi_shape *shape;
    noi_spelling *spelling;
    noi_pool pools[NOI_POOLS];
    uint32_t *alias;       /* alias method over pieces, by weight: the other piece ... */
    uint32_t *alias_limit; /* ... taken when 32 random bits are not below this */
} noi_city;

NOI_MUST_CHECK noi_status noi_city_make(noi_city **out, noi_city_size size, uint64_t seed);
/* The units, systems and traps of a scenario, which outlives the city; its sizes are those of `small`, a
 * district's are 20 times, a city's 200 times as many. Traps for which its units have no example are
 * left out. NOI_ERR_INPUT when its units cannot be rehearsed alone. */
NOI_MUST_CHECK noi_status noi_city_make_of(noi_city **out, const noi_scenario *scenario,
                                           noi_city_size size, uint64_t seed);
void noi_city_free(noi_city *city); /* accepts NULL */
NOI_DEFINE_AUTO(noi_city, noi_city_free)

/* Whether addresses come in this file too. */
bool noi_city_has_file(const noi_city *city, noi_address_file file);

/* A random piece, the more people the likelier. */
uint32_t noi_city_piece(const noi_city *city, noi_random *random);
/* A random item of a pool. */
uint32_t noi_city_pick(const noi_city *city, noi_pool_kind pool, noi_random *random);
/* The trap of a record of this kind; `plain` where no other falls on it. */
noi_trap noi_city_trap(const noi_city *city, noi_record_kind kind, noi_trap plain,
                       noi_random *random);

#endif
