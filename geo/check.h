/*
 * check.h: what is wrong with a boundary layer as such, whatever the law says (GEOS). Each call has
 * a GEOS session of its own, so several threads may call at once.
 */
#ifndef NOI_GEO_CHECK_H
#define NOI_GEO_CHECK_H

#include "geo/coverage.h"

/* X(name, value, key, rule). The rule is the one of the validator that speaks about it.
 *
 *   invalid ring      `ring` names the kind
 *   overlap           two units share area
 *   gap               land of no unit, closed in on all sides
 *   empty             a unit without geometry
 *   duplicate vertex  two in a row at one place
 *   edge mismatch     a border that its neighbours draw differently
 *   sliver            a gap, overlap or polygon too narrow or too small to be meant
 *   inlet             a narrow gap that is open to the outer edge
 *   enclave           a wide hole, or a unit inside one other unit
 *   near vertex       two in a row nearly at one place
 *   far vertex        one far off its neighbours
 */
#define NOI_DEFECT_TABLE(X)                                                                        \
    X(NOI_DEFECT_INVALID_RING, 1, "invalid_ring", "L06")                                           \
    X(NOI_DEFECT_OVERLAP, 2, "overlap", "L07")                                                     \
    X(NOI_DEFECT_GAP, 3, "gap", "L08")                                                             \
    X(NOI_DEFECT_EMPTY, 4, "empty", "L11")                                                         \
    X(NOI_DEFECT_DUPLICATE_VERTEX, 5, "duplicate_vertex", "L15")                                   \
    X(NOI_DEFECT_EDGE_MISMATCH, 6, "edge_mismatch", "L18")                                         \
    X(NOI_DEFECT_SLIVER, 7, "sliver", "L12")                                                       \
    X(NOI_DEFECT_INLET, 8, "inlet", "L13")                                                         \
    X(NOI_DEFECT_ENCLAVE, 9, "enclave", "L14")                                                     \
    X(NOI_DEFECT_NEAR_VERTEX, 10, "near_vertex", "L16")                                            \
    X(NOI_DEFECT_FAR_VERTEX, 11, "far_vertex", "L17")

typedef enum noi_defect_kind {
#define NOI_DEFECT_ENUM(name, value, key, rule) name = value,
    NOI_DEFECT_TABLE(NOI_DEFECT_ENUM)
#undef NOI_DEFECT_ENUM
} noi_defect_kind;

/* X(name, value, key). What is wrong with a ring. */
#define NOI_RING_TABLE(X)                                                                          \
    X(NOI_RING_SOUND, 0, "")                                                                       \
    X(NOI_RING_CROSSES_ITSELF, 1, "self_intersection")                                             \
    X(NOI_RING_TOUCHES_ITSELF, 2, "ring_self_intersection")                                        \
    X(NOI_RING_TOO_FEW_POINTS, 3, "too_few_points")                                                \
    X(NOI_RING_HOLE_OUTSIDE, 4, "hole_outside_shell")                                              \
    X(NOI_RING_NESTED_HOLES, 5, "nested_holes")                                                    \
    X(NOI_RING_NESTED_SHELLS, 6, "nested_shells")                                                  \
    X(NOI_RING_DUPLICATE, 7, "duplicate_rings")                                                    \
    X(NOI_RING_INTERIOR_SPLIT, 8, "disconnected_interior")                                         \
    X(NOI_RING_OTHER, 9, "invalid")

typedef enum noi_ring_fault {
#define NOI_RING_ENUM(name, value, key) name = value,
    NOI_RING_TABLE(NOI_RING_ENUM)
#undef NOI_RING_ENUM
} noi_ring_fault;

/* Stable keys, as in JSON. Never NULL. Static storage. */
const char *noi_defect_key(noi_defect_kind kind);
const char *noi_defect_rule(noi_defect_kind kind);
const char *noi_ring_fault_key(noi_ring_fault fault);

/* An overlap or gap that is a sliver is told as a sliver only, with `of` NOI_DEFECT_OVERLAP or
 * NOI_DEFECT_GAP; of a sliver that is a polygon of unit_a, `of` is NOI_DEFECT_SLIVER. `of` of an
 * enclave is NOI_DEFECT_GAP for a hole of the coverage, with the two units that it borders on most,
 * and NOI_DEFECT_ENCLAVE for a unit. So `of` tells overlaps and gaps of any size alike. A defect of
 * vertices that units share is told once: unit_a and unit_b have it. */
typedef struct noi_defect {
    noi_defect_kind kind;
    noi_defect_kind of;      /* what a sliver or an enclave is made of, see above; else `kind` */
    noi_ring_fault ring;     /* of an invalid ring */
    uint32_t unit_a, unit_b; /* positions, a < b (of an enclave that is a unit, a lies inside b);
                                NOI_INDEX_NONE where there is none */
    double lon, lat;         /* a place on it; NaN for none */
    double area_m2;          /* 0 where it has none */
    double width_m;          /* mean width of an area: 2 * area / perimeter; of an inlet area /
                                length; of near vertices their distance, of a far vertex that to its
                                nearer neighbour, of a mismatch the largest; else 0 */
    noi_str wkb;             /* its geometry; borrowed until the list is freed */
} noi_defect;

/* Pieces of a square centimetre or more that a threshold keeps out of the list. */
typedef struct noi_left_out {
    uint32_t n;
    double area_m2; /* of all together */
} noi_left_out;

typedef struct noi_defects {
    size_t n;
    const noi_defect *items; /* ordered by kind, unit_a, unit_b, place */
    noi_left_out overlaps, gaps; /* below min_area_m2, or not wider_than_m */
} noi_defects;

/* Metres and square metres. 0 leaves out slivers (both limits), inlets, near or far vertices. */
typedef struct noi_check_options {
    double min_area_m2;     /* smaller overlaps and gaps are rounding of coordinates */
    double wider_than_m;    /* gaps and overlaps of this mean width or less are left out */
    double narrower_than_m; /* wider gaps are taken for real: enclaves, foreign or empty land */
    double sliver_width_m;  /* an overlap, gap or polygon narrower than this is a sliver ... */
    double sliver_area_m2;  /* ... and so is a smaller one */
    double inlet_width_m;   /* an inlet from outside is looked for up to this width */
    double near_vertex_m;   /* two vertices in a row nearer than this, not equal */
    double far_vertex_m;    /* a vertex farther than this from both its neighbours, which lie
                               much nearer to each other */
    double mismatch_m;      /* a border that neighbours draw apart by less than this, and yet
                               not alike, is one border drawn twice */
} noi_check_options;

/* A decimetre is what a cadastre measures, a metre what nobody disputes; vertices a centimetre
 * apart are one that was entered twice, two borders 2 cm apart one that was rounded twice. */
#define NOI_CHECK_DEFAULTS                                                                         \
    {                                                                                              \
        .min_area_m2 = 0.1, .wider_than_m = 0, .narrower_than_m = 1000, .sliver_width_m = 1,       \
        .sliver_area_m2 = 1, .inlet_width_m = 1, .near_vertex_m = 0.01, .far_vertex_m = 5000,      \
        .mismatch_m = 0.02                                                                         \
    }

/* `options` may be NULL for the defaults. An overlap or gap in several pieces is several defects; a
 * mismatch is one for each pair of neighbours, with all its places as a multipoint. An invalid unit
 * has one defect for each polygon that GEOS refuses. *out is yours: noi_defects_free.
 * NOI_ERR_INTERNAL when GEOS cannot finish. */
NOI_MUST_CHECK noi_status noi_coverage_check(noi_defects **out, const noi_coverage *coverage,
                                             const noi_check_options *options);
void noi_defects_free(noi_defects *defects); /* accepts NULL */
NOI_DEFINE_AUTO(noi_defects, noi_defects_free)

#endif
