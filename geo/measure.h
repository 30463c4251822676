/*
 * measure.h: areas on the ellipsoid, overlays and drawing (GEOS and PROJ). Each call
 * has a GEOS session of its own, so several threads may call at once. NOI_ERR_INTERNAL when GEOS
 * cannot finish.
 */
#ifndef NOI_GEO_MEASURE_H
#define NOI_GEO_MEASURE_H

#include "geo/coverage.h"

/* Area of one unit on the WGS 84 ellipsoid, square metres (PROJ's geodesic polygons). */
double noi_unit_area_m2(const noi_coverage *coverage, uint32_t unit);

/* The same much faster, with edges that are straight in an equal-area projection instead of
 * geodesic: to one part in a million for units whose edges are at most some kilometres long. */
double noi_unit_area_roughly_m2(const noi_coverage *coverage, uint32_t unit);

/* A point inside the unit, away from its border where possible (GEOSPointOnSurface). NOI_ERR_INPUT
 * for a unit without area. */
NOI_MUST_CHECK noi_status noi_unit_label_point(double out[2], const noi_coverage *coverage,
                                               uint32_t unit);

/* ---- overlay: which part of an old unit lies in which new unit ------------------------------ */
typedef struct noi_overlap_row {
    uint32_t old_unit, new_unit;
    double area_m2;      /* of the intersection, on the ellipsoid (to a millionth, as above) */
    double share_of_old; /* 0..1 */
    double lon, lat;     /* a point inside it */
} noi_overlap_row;

/* All pairs that share area (1 cm2 at least), ordered by old, then new. *out is yours: free. Rings that GEOS calls
 * invalid are repaired first (GEOSMakeValid) for the measurement only. */
NOI_MUST_CHECK noi_status noi_overlay(noi_overlap_row **out, size_t *n, const noi_coverage *old_units,
                                      const noi_coverage *new_units);

/* The shape of what an old unit shares with some new units, or of what of it lies outside them all. */
typedef struct noi_overlap_shape {
    uint32_t old_unit;          /* asked for: positions in the two coverages */
    const uint32_t *new_units;
    size_t n_new;
    bool outside;
    uint32_t n_pieces;          /* the answer; pieces of noise are left out of all of it */
    double area_m2, perimeter_m; /* on the ellipsoid */
    double lon, lat;            /* in the largest piece; NaN when there is none */
    noi_str wkb;                /* MultiPolygon, in the arena; empty when there is no piece */
} noi_overlap_shape;

/* Fills in the answers of the `n` shapes asked for. A piece whose mean width, 2 * area / perimeter, is `noise_m` or
 * less is noise: two drawings of one border that do not quite agree. */
NOI_MUST_CHECK noi_status noi_overlap_shapes(noi_overlap_shape *asked, size_t n, noi_arena *arena,
                                             const noi_coverage *old_units,
                                             const noi_coverage *new_units, double noise_m);

/* ---- drawing -------------------------------------------------------------------------------- */
/* A coverage for maps on screen or paper: shared borders simplified alike on both sides, so that
 * the picture has no cracks (where the layer itself is not exactly noded, none wider than the
 * tolerance). tolerance in degrees, 0 or more (else NOI_ERR_USAGE). An island keeps a triangle at
 * least; a ring whose neighbours close over it is left out. The result is yours. */
NOI_MUST_CHECK noi_status noi_coverage_simplify(noi_coverage **out, const noi_coverage *coverage,
                                                double tolerance_degrees);

#endif
