/*
 * measure.h: areas on the ellipsoid, coverage checks, overlays and drawing (GEOS and PROJ). Each call
 * has a GEOS session of its own, so several threads may call at once. NOI_ERR_INTERNAL when GEOS
 * cannot finish.
 */
#ifndef NOI_GEO_MEASURE_H
#define NOI_GEO_MEASURE_H

#include "geo/coverage.h"

/* Area of one unit on the WGS 84 ellipsoid, square metres (PROJ's geodesic polygons). */
double noi_unit_area_m2(const noi_coverage *coverage, uint32_t unit);

/* A point inside the unit, away from its border where possible (GEOSPointOnSurface). NOI_ERR_INPUT
 * for a unit without area. */
NOI_MUST_CHECK noi_status noi_unit_label_point(double out[2], const noi_coverage *coverage,
                                               uint32_t unit);

/* ---- coverage checks: what is wrong with a boundary layer as such ---------------------------- */
typedef enum noi_defect_kind {
    NOI_DEFECT_INVALID_RING = 1, /* GEOS validity; `what` names the kind */
    NOI_DEFECT_OVERLAP,          /* two units share area */
    NOI_DEFECT_GAP,              /* a hole between units, enclosed on all sides */
    NOI_DEFECT_EMPTY,            /* a unit without geometry */
    NOI_DEFECT_DUPLICATE_VERTEX, /* two vertices in a row at one place */
    NOI_DEFECT_EDGE_MISMATCH,    /* neighbours draw their border differently */
} noi_defect_kind;

typedef struct noi_defect {
    noi_defect_kind kind;
    uint32_t unit_a, unit_b; /* positions; NOI_INDEX_NONE where there is none */
    double lon, lat;         /* a place on it */
    double area_m2;          /* 0 where it has none */
    double width_m;          /* mean width of a sliver: 2 * area / perimeter */
    const char *what;        /* GEOS's word for it, or ""; borrowed until the list is freed */
    noi_str wkb;             /* its geometry; borrowed until the list is freed */
} noi_defect;

typedef struct noi_defects {
    size_t n;
    const noi_defect *items; /* ordered by kind, unit_a, unit_b, place */
} noi_defects;

typedef struct noi_check_options {
    double min_overlap_m2; /* smaller overlaps and gaps are digitising noise; default 0.1 */
    double max_gap_m2;     /* larger holes are taken for real enclaves; default 1e7 */
} noi_check_options;

/* `options` may be NULL for the defaults. An overlap or gap in several pieces is several defects; a
 * mismatch is one for each pair of neighbours, with all its places as a multipoint. An invalid unit
 * has one defect for each polygon that GEOS refuses. *out is yours: noi_defects_free. */
NOI_MUST_CHECK noi_status noi_coverage_check(noi_defects **out, const noi_coverage *coverage,
                                             const noi_check_options *options);
void noi_defects_free(noi_defects *defects); /* accepts NULL */
NOI_DEFINE_AUTO(noi_defects, noi_defects_free)

/* ---- overlay: which part of an old unit lies in which new unit ------------------------------ */
typedef struct noi_overlap_row {
    uint32_t old_unit, new_unit;
    double area_m2;      /* of the intersection, on the ellipsoid */
    double share_of_old; /* 0..1 */
    double lon, lat;     /* a point inside it */
} noi_overlap_row;

/* All pairs that share area (1 cm2 at least), ordered by old, then new. *out is yours: free. Rings that GEOS calls
 * invalid are repaired first (GEOSMakeValid) for the measurement only. */
NOI_MUST_CHECK noi_status noi_overlay(noi_overlap_row **out, size_t *n, const noi_coverage *old_units,
                                      const noi_coverage *new_units);

/* ---- drawing -------------------------------------------------------------------------------- */
/* A coverage for maps on screen or paper: shared borders simplified alike on both sides, so that
 * the picture has no cracks (where the layer itself is not exactly noded, none wider than the
 * tolerance). tolerance in degrees, 0 or more (else NOI_ERR_USAGE). An island keeps a triangle at
 * least; a ring whose neighbours close over it is left out. The result is yours. */
NOI_MUST_CHECK noi_status noi_coverage_simplify(noi_coverage **out, const noi_coverage *coverage,
                                                double tolerance_degrees);

#endif
