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
    bool is_whole;             /* `from` is not drawn afterwards, or `to` was not before: a unit goes as
                                  a whole, no border moves */
    uint32_t n_pieces;
    double area_m2;            /* on the ellipsoid, all pieces */
    double length_m;           /* of the border between the two, as drawn before, that moved; 0 where
                                  they had none there (an exclave) and for a whole unit */
    double mean_m, farthest_m; /* how far it moved: area / length of the pieces at that border (never
                                  more than farthest); and, of all places of the pieces, the greatest
                                  distance from where the unit that gained them (nobody: anybody) ended
                                  before, within one percent; NaN without a border before. When a whole
                                  drawing is shifted, farthest is the length of the shift. */
    double lon, lat;           /* a place in the largest piece */
    noi_str wkb;               /* the pieces, MultiPolygon; borrowed until the list is freed */
} noi_moved;

/*
 * With a(u) the area of a unit, sums over all units of both drawings:
 *   a after - a before = moved from nobody - moved to nobody + claims_begin - claims_end + noise
 * to a few square centimetres for each place that the drawings have within SAME_PLACE of another.
 */
typedef struct noi_moved_list {
    size_t n;
    const noi_moved *items; /* the largest area first; of equals by codes */
    double claims_begin_m2, claims_end_m2; /* land that more (fewer) units claim than before, beside
                                              what goes from one to another */
    uint32_t n_noise;
    double noise_m2;     /* of the pieces left out as noise: all of them together */
    double noise_sum_m2; /* what they add to the area of all units; negative when they take */
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

/* Whether a drawing is another one pushed aside as a whole: the median of the units' movements, by
 * the centroids of what both drawings give one code. */
typedef struct noi_shift {
    uint32_t n_units, n_alike;          /* in both drawings; that move by it, within a tenth */
    double east_m, north_m, length_m;
} noi_shift;

/* True when at least nine units of ten (and two) move alike, by 5 cm or more. Pure, fast. */
bool noi_coverage_shift(noi_shift *out, const noi_coverage *before, const noi_coverage *after);

#endif
