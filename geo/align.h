/*
 * align.h: one drawing brought onto another where they all but meet, so that what is the same place
 * in both has the same numbers. Private to geo/; needs neither GEOS nor PROJ.
 */
#ifndef NOI_GEO_ALIGN_H
#define NOI_GEO_ALIGN_H

#include "geo/coverage.h"

/* Appends a unit, or all units, of `from` as they are; rings without vertices are left out. */
void coverage_append_unit(noi_coverage *out, const noi_coverage *from, uint32_t unit);
void coverage_append(noi_coverage *out, const noi_coverage *from);

/* Moves each vertex of `coverage` from number `first` on to the nearest vertex before that number,
 * when it lies within `metres` (0: nothing is moved). */
void coverage_align(noi_coverage *coverage, uint32_t first, double metres);

#endif
