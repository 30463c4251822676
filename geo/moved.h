/*
 * moved.h: how the borders of one drawing differ from those of another drawing of the same units.
 * One GEOS session a call.
 */
#ifndef NOI_GEO_MOVED_H
#define NOI_GEO_MOVED_H

#include "geo/coverage.h"

/* Area that changes hands between two units (or between a unit and nobody). */
typedef struct noi_moved {
    noi_code from, to;         /* 0: nobody's before, nobody's afterwards */
    uint32_t n_pieces;
    double area_m2;            /* on the ellipsoid, all pieces */
    double length_m;           /* of the border that moved, as drawn before */
    double mean_m, farthest_m; /* how far it moved: area / length, and the farthest place */
    double lon, lat;           /* a place in the largest piece */
    noi_str wkb;               /* the pieces, MultiPolygon; borrowed until the list is freed */
} noi_moved;

typedef struct noi_moved_list {
    size_t n;
    const noi_moved *items; /* the largest area first; of equals by codes */
} noi_moved_list;

/* Units are paired by their codes; a code that one of the drawings lacks moves as a whole. Pieces
 * narrower than `noise_m` (mean width) are digitising noise and left out. */
NOI_MUST_CHECK noi_status noi_coverage_moved(noi_moved_list **out, const noi_coverage *before,
                                             const noi_coverage *after, double noise_m);
void noi_moved_list_free(noi_moved_list *list); /* accepts NULL */
NOI_DEFINE_AUTO(noi_moved_list, noi_moved_list_free)

#endif
