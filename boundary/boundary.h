/*
 * boundary.h: may this boundary layer be adopted? A layer is examined as such (geo/check.h), against
 * the list of units in force on its day, and, laid over the layer of the other side of a reform,
 * against the law's edges. What is found are findings with the ids of the validator's rules, family
 * L, whose words are in merge/rules/. `noi check` examines a file, `noi validate` what is stored:
 * both come through here.
 *
 * One thread at a time. Nothing here writes to a registry.
 */
#ifndef NOI_BOUNDARY_BOUNDARY_H
#define NOI_BOUNDARY_BOUNDARY_H

#include "geo/check.h"
#include "geo/layer.h"
#include "registry/store.h"

/* ---- what the law says ---- */

/* An edge of the reform, by positions in the two lists of units. */
typedef struct noi_reform_edge {
    uint32_t old_unit, new_unit;
    const char *part, *scope, *clause; /* as in noi_edge_row; borrowed from `edges` */
} noi_reform_edge;

typedef struct noi_boundary_law {
    noi_day day;           /* whose units the layer draws */
    noi_unit_list *units;  /* in force then, in the provinces that the layer draws; by id */
    noi_unit_list *ever;   /* of all days and provinces, for codes of another vintage */
    noi_unit_list *other;  /* the units on the other side of the reform; NULL when `day` is
                              neither the first day of a reform nor its eve */
    bool layer_is_new;     /* the layer draws the side after the reform */
    size_t n_edges;
    noi_reform_edge *law_edges; /* between `other` and `units`, by old, then new; law before table */
    noi_edge_list *edges;
    char *other_name;      /* the registry's layer of the other side; NULL when there is none */
    noi_coverage *other_coverage;
    int64_t *other_unit_ids; /* of its areas; 0 for an unknown code */
    bool other_synthetic;
    char *same_name;       /* the registry's layer of the same units: an earlier issue; NULL */
    noi_coverage *same_coverage;
    int64_t *same_unit_ids;
} noi_boundary_law;

/* Loads it. `day` NOI_DAY_NONE: the day whose units fit the layer's codes and names best (of equals
 * the newest); NOI_ERR_INPUT with a hint when the registry holds no units that fit. */
NOI_MUST_CHECK noi_status noi_boundary_law_load(noi_boundary_law **out, noi_registry *registry,
                                                const noi_layer *layer, noi_day day);
/* The same for a layer out of the registry: without `same_coverage`, which would be itself. */
NOI_MUST_CHECK noi_status noi_boundary_law_load_stored(noi_boundary_law **out,
                                                       noi_registry *registry,
                                                       const noi_layer *layer, noi_day day);
void noi_boundary_law_free(noi_boundary_law *law); /* accepts NULL */
NOI_DEFINE_AUTO(noi_boundary_law, noi_boundary_law_free)

/* ---- findings ---- */

typedef struct noi_concerned { /* records that a finding touches; all -1: not counted */
    int64_t addresses, households, parcels, cases;
} noi_concerned;

typedef struct noi_layer_finding {
    const char *rule;               /* "L07" */
    const char *key;                /* the kind in a word without language: "overlap" */
    const char *subject;            /* codes, such as "26740 26743"; of an edge old, then new */
    uint32_t area_a, area_b;        /* positions in the layer; NOI_INDEX_NONE */
    int64_t unit_id, other_unit_id; /* in the registry; of an edge old, then new; 0 */
    const char *found, *expected;   /* both values, without language; "" for none. What is wrong with
                                       a ring, or what a sliver is made of, is a key at the start:
                                       "too_few_points", "overlap: 23.1 m²; 0.03 m" */
    double lon, lat;                /* NaN for none */
    double area_m2, width_m;        /* 0 where it has none */
    double share;                   /* of the old unit, 0..1: of L09 what goes astray, of L10 and L24
                                       what arrives; NaN where it has no meaning */
    noi_str wkb;                    /* its shape, EPSG:4326; empty for none */
    noi_concerned records;
} noi_layer_finding;

typedef struct noi_layer_findings {
    size_t n;
    noi_layer_finding *items; /* by rule; within a rule by what it touches, then by size */
    noi_arena *arena;         /* owns the texts and shapes */
    noi_left_out overlaps, gaps; /* of the layer, that the thresholds keep out */
    size_t n_shared;          /* what each old unit's drawing shares with each new one's, by which the
                                 maps were held against the law; 0 without a law or another layer */
    struct noi_overlap_row *shared; /* unit positions in the coverages of the two sides */
} noi_layer_findings;
void noi_layer_findings_free(noi_layer_findings *findings); /* accepts NULL */
NOI_DEFINE_AUTO(noi_layer_findings, noi_layer_findings_free)

typedef struct noi_boundary_options {
    noi_check_options check;
    double area_tolerance;       /* share by which a unit's area may differ from the law's */
    double total_tolerance;      /* the same for the sum of all */
    double population_tolerance;
    double phantom_share;        /* a part that the law does not know: from this share of the old
                                    unit on ... */
    double phantom_width_m;      /* ... and wider than this (mean width); else digitising noise */
    double missing_share;        /* a part that the law requires is missing below this share */
    double whole_share;          /* a whole unit is whole from this share on */
    bool synthetic;              /* borders are made up: areas are not held against the law */
    bool one_side;               /* without L09, L10, L24: told by the layer of the other side */
} noi_boundary_options;

#define NOI_BOUNDARY_DEFAULTS                                                                      \
    {                                                                                              \
        .check = NOI_CHECK_DEFAULTS, .area_tolerance = 0.05, .total_tolerance = 0.01,              \
        .population_tolerance = 0.05, .phantom_share = 0.02, .phantom_width_m = 25,                \
        .missing_share = 0.001, .whole_share = 0.98                                                \
    }

/* Examines the layer (EPSG:4326): as such when `law` is NULL (then L03 and L06 to L18 alone), and
 * against it. `options` may be NULL. Rules:
 * L01 missing, L02 unknown code, L03 doubled, L04 name, L05 area, L06 to L18 see check.h, L09
 * phantom part, L10 missing part, L19 missing island, L20 kind, L21 code of another vintage, L22 population,
 * L23 total area or population, L24 whole unit that is not whole.
 * *out is yours: noi_layer_findings_free. */
NOI_MUST_CHECK noi_status noi_boundary_examine(noi_layer_findings **out, const noi_layer *layer,
                                               const noi_boundary_law *law,
                                               const noi_boundary_options *options);

/* Fills `records` of every finding, in one pass over the located records of the registry: those with
 * a point in the finding's shape; of an edge, with a point in both units; of a unit as such, in the
 * unit as the layer draws it; of a missing unit, in no unit of the layer but, on the other side, in
 * one that the law ties to it. Vertices and totals touch none. Households and cases follow the address or parcel that they name.
 * Orders the findings by what they touch. *counted (may be NULL): how many there are in all; zeros
 * when none is located. */
NOI_MUST_CHECK noi_status noi_boundary_count(noi_layer_findings *findings, noi_concerned *counted,
                                             const noi_layer *layer, const noi_boundary_law *law,
                                             noi_registry *registry);

#endif
