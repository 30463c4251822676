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
    double length_m;           /* of the border between the two, as drawn before, that moved; 0 where
                                  they had none there (a unit that goes as a whole, an exclave) */
    double mean_m, farthest_m; /* how far it moved: area / length of the pieces at that border (never
                                  more than farthest), and the place of the new one that is farthest
                                  from it, within one percent; NaN without a border before */
    double lon, lat;           /* a place in the largest piece */
    noi_str wkb;               /* the pieces, MultiPolygon; borrowed until the list is freed */
} noi_moved;

typedef struct noi_moved_list {
    size_t n;
    const noi_moved *items; /* the largest area first; of equals by codes */
} noi_moved_list;

/* Units are paired by their codes; a code that one of the drawings lacks moves as a whole. Pieces
 * whose mean width (twice the area by the perimeter) is `noise_m` or less are digitising noise and
 * left out. Vertices nearer to each other than a centimetre (or noise_m, if that is less) are one
 * place. Where units overlap, the one that comes first holds the place, as in a point index.
 * NOI_ERR_INPUT for a drawing of more than 65,534 units; NOI_ERR_INTERNAL when GEOS cannot finish. */
NOI_MUST_CHECK noi_status noi_coverage_moved(noi_moved_list **out, const noi_coverage *before,
                                             const noi_coverage *after, double noise_m);
void noi_moved_list_free(noi_moved_list *list); /* accepts NULL */
NOI_DEFINE_AUTO(noi_moved_list, noi_moved_list_free)

#endif
