/*
 * plan.h: the plan from the inside: how it is built from plain arrays, and how the judge and the
 * look-ups read it. The public face is noi.h. Pure: no GDAL, GEOS, PROJ or SQLite.
 *
 * A plan is one relocatable block of bytes, mapped read-only: a header with the SHA-256 of all that
 * follows it, then 16-byte aligned sections (strings, units, edges, by-code order, gazetteer, point
 * indexes). noi_plan_open checks the hash and every number once; after that nothing is checked
 * again, and an open plan may be read from any number of threads.
 */
#ifndef NOI_PLAN_PLAN_H
#define NOI_PLAN_PLAN_H

#include "address/house.h"
#include "address/reader.h"
#include "geo/index.h"
#include "law/law.h"

/* ---- building -------------------------------------------------------------------------------- */

/* A unit of any vintage. Texts UTF-8, NFC, borrowed during the build; "" for none. */
typedef struct noi_plan_source_unit {
    noi_code code;
    const char *kind, *name;
    noi_code district_code; /* 0 for none */
    const char *district_kind, *district_name;
    noi_code province_code;
    const char *province_name;
    noi_day from, to; /* half open; from = NOI_DAY_NONE: since before our records */
    double area_km2;    /* as the law states it; NaN for none */
    int64_t population; /* likewise; -1 for none */
} noi_plan_source_unit;

typedef struct noi_plan_source_edge {
    uint32_t old_unit, new_unit; /* positions in the array of units */
    noi_part part;
    noi_scope scope;
    const char *resolution, *clause;
    noi_day on; /* first day of the new unit */
} noi_plan_source_edge;

/* A layer's areas, and which unit each is (position in the array of units; UINT32_MAX: unknown,
 * such areas are kept so that a point in them is not said to be outside). NULL for no layer. */
typedef struct noi_plan_source_layer {
    const noi_coverage *coverage;
    const uint32_t *unit;
} noi_plan_source_layer;

/* A rule for a part of a split unit, see parts.h. Texts as people write them, "" or NULL for what it
 * does not state. */
typedef struct noi_plan_source_rule {
    uint32_t old_unit, new_unit; /* positions in the array of units */
    const char *street, *alley, *hamlet, *sheet;
    noi_street_side side;
    uint32_t from, to; /* house numbers; to = 0: no range */
    const char *source;
    bool learned;
    uint32_t support; /* 0: not stated */
    double purity;
    noi_day on;  /* NOI_DAY_NONE: not known */
    int64_t id;  /* in the registry */
} noi_plan_source_rule;

typedef struct noi_plan_source {
    noi_day on; /* first day of the change that the plan carries out, 2025-07-01 */
    noi_day handover; /* a later day on which work is handed over once more; before `on`: `on` */
    size_t n_units, n_edges, n_district_aliases;
    const noi_plan_source_unit *units;
    const noi_plan_source_edge *edges; /* of this and of earlier changes */
    const noi_gazetteer_district_alias *district_aliases;
    noi_plan_source_layer new_layer, old_layer;
    size_t n_rules, n_rules_left_out; /* left out: below the thresholds, or without an edge */
    const noi_plan_source_rule *rules;
    const char *inputs; /* 64 hexadecimal digits: the digest of what the plan was compiled from */
} noi_plan_source;

/* Appends the plan to `out`, which must be empty. The order of units and edges is kept: positions
 * in the plan are positions in the source; rules are put in order. Same source, same bytes.
 * NOI_ERR_INPUT when there are more than 65,000 units, an edge or a rule names a unit that is not
 * there, or a rule states nothing that can be read. */
NOI_MUST_CHECK noi_status noi_plan_build(noi_buf *out, const noi_plan_source *source);

/* Opens a plan over bytes (16-byte aligned) that outlive it. As noi_plan_open. */
NOI_MUST_CHECK noi_status noi_plan_attach(noi_plan **out, const void *bytes, size_t n);

NOI_DEFINE_AUTO(noi_plan, noi_plan_close)

/* ---- reading --------------------------------------------------------------------------------- */

typedef struct noi_plan_unit_row {
    noi_code code, district_code, province_code;
    uint32_t kind, name, full_name, district_kind, district_name, province_name; /* strings */
    int32_t from, to;
    uint32_t first_out, n_out; /* its edges as the old unit: out_edges[first_out ..] */
    uint32_t first_in, n_in;   /* its edges as the new unit: in_edges[first_in ..] */
    double area_km2;
    int64_t population;
    uint32_t flags; /* noi_plan_unit_flag */
    uint32_t pad;
} noi_plan_unit_row;

typedef enum noi_plan_unit_flag {
    NOI_PLAN_FALSE_FRIEND = 1, /* old unit: a new unit of its name takes nothing of it */
    NOI_PLAN_NAMESAKE = 2,     /* new unit: takes nothing of an old one of its kind and name */
} noi_plan_unit_flag;

typedef struct noi_plan_edge_row {
    uint16_t old_unit, new_unit;
    uint8_t part, scope; /* noi_part, noi_scope */
    uint16_t pad;
    uint32_t resolution, clause; /* strings */
    int32_t on;
} noi_plan_edge_row;

struct noi_plan {
    noi_day on;
    noi_day handover; /* `on`, or a later day: docs/decisions/0050-rehearsals.md */
    uint32_t n_units, n_edges;
    const noi_plan_unit_row *units;
    const noi_plan_edge_row *edges;
    const uint32_t *out_edges; /* edge positions grouped by old unit, by new unit's code within */
    const uint32_t *in_edges;  /* grouped by new unit, by old unit's code within */
    const uint16_t *by_code;   /* all units, ordered by code, then by `from` */
    const char *strings;
    const noi_gazetteer *gazetteer; /* numbering: positions of units */
    const noi_index *new_index;     /* NULL without a new layer */
    const uint32_t *new_index_unit; /* area of the index → unit position, UINT32_MAX unknown */
    const noi_index *old_index;     /* NULL without an old layer */
    const uint32_t *old_index_unit;
    uint32_t n_rules, n_rules_left_out;
    const struct noi_plan_rule_row *rules; /* parts.h; by old unit */
    char hash[65];
    char inputs[65];
    void *map; /* noi_map, or NULL when the bytes are the caller's */
};

static inline const char *noi_plan_text(const noi_plan *plan, uint32_t at) {
    return plan->strings + at;
}

/* The digest of what the plan was compiled from; 64 hexadecimal digits. Borrowed. */
const char *noi_plan_inputs(const noi_plan *plan);

/* Is the unit in force on that day? */
static inline bool noi_plan_in_force(const noi_plan *plan, uint16_t unit, noi_day on) {
    const noi_plan_unit_row *u = &plan->units[unit];
    return u->from <= on && on < u->to; /* NOI_DAY_NONE is the smallest day, NOI_DAY_OPEN the last */
}

/* The unit of that code on that day, NOI_NO_UNIT for none. */
uint16_t noi_plan_find(const noi_plan *plan, noi_code code, noi_day on);

/* All units that ever bore the code: their positions are by_code[*first .. *first + n), ordered by
 * `from`. Returns n. */
size_t noi_plan_find_all(uint32_t *first, const noi_plan *plan, noi_code code);

/* The units in force on the eve of the plan's change that `unit`, of an earlier vintage, has become
 * by the dated edges between (the unit itself when it is in force on the eve). Writes at most
 * `most`, ascending; returns how many there are. */
size_t noi_plan_forward_to_eve(uint16_t *out, size_t most, const noi_plan *plan, uint16_t unit);

/* The edge old → new of the plan's own change, -1 for none. */
int32_t noi_plan_edge_between(const noi_plan *plan, uint16_t old_unit, uint16_t new_unit);

#endif
