/*
 * index.h: the point index: which unit of a coverage holds a point, exactly, at tens of millions of
 * points a second. Pure code of ours, without GEOS or PROJ, so that libnoi.so needs neither.
 *
 * An index is one block of relocatable bytes: built once, stored in the plan, mapped, and read in
 * place by any number of threads. Layout, algorithm and the half-open rule are told in index.c.
 *
 * Half-open rule: on a shared border a point belongs to exactly one of the neighbours (the one that
 * crossing counts with y in [low, high) and robust orientation give), so a coverage without gaps
 * and overlaps has exactly one answer for each point inside it.
 */
#ifndef NOI_GEO_INDEX_H
#define NOI_GEO_INDEX_H

#include "geo/coverage.h"

#define NOI_INDEX_NONE UINT32_MAX

typedef struct noi_index noi_index; /* a view into mapped or built bytes; never freed itself */

/* Appends the index of `coverage` to `out` (which must be empty or 16-byte aligned in length).
 * Where units overlap, the unit that comes first in the coverage answers.
 * NOI_ERR_INPUT for an empty coverage or one of more than 65,534 units. */
NOI_MUST_CHECK noi_status noi_index_build(noi_buf *out, const noi_coverage *coverage);

/* Checks the header and the bounds of every section of `n` bytes at `bytes` (on a multiple of 16
 * bytes, better of 64; outliving the view) and gives a view. NOI_ERR_INPUT when it is not an index or
 * is truncated: hostile bytes must never crash a later query. The view points into `bytes`; nothing
 * to free. */
NOI_MUST_CHECK noi_status noi_index_attach(const noi_index **out, const void *bytes, size_t n);

uint32_t noi_index_unit_count(const noi_index *index);

/* The unit (position in the coverage) that holds the point, or NOI_INDEX_NONE (also for NaN).
 * Degrees. Thread-safe, no allocation. */
uint32_t noi_index_locate(const noi_index *index, double lon, double lat);

/* The same for n points. */
void noi_index_locate_many(uint32_t *out, const noi_index *index, const double *lon,
                           const double *lat, size_t n);

/* Distance from the point to the nearest border segment of any unit, in metres, correct to 0.5 %
 * for distances up to limit_m; INFINITY when none is within limit_m (limit_m <= 100,000). Metres
 * come from a local equirectangular projection on the WGS 84 ellipsoid at the point's latitude. */
double noi_index_border_m(const noi_index *index, double lon, double lat, double limit_m);

/* The units that have area within radius_m of the point (the one that holds it first, then
 * ascending), at most `most`; returns how many there are in all. */
size_t noi_index_within(uint32_t *out, size_t most, const noi_index *index, double lon, double lat,
                        double radius_m);

/* All units that hold the point, ascending, at most `most`; returns how many there are in all: 0 or 1
 * but where units overlap. */
size_t noi_index_holders(uint32_t *out, size_t most, const noi_index *index, double lon,
                         double lat);

/* The unit nearest to a point that lies in none, and how far, within limit_m; NOI_INDEX_NONE with
 * *metres = INFINITY when there is none. A point that lies in a unit gives that unit and 0. */
uint32_t noi_index_nearest(double *metres, const noi_index *index, double lon, double lat,
                           double limit_m);

#endif
