/* distance.h: how far a point lies from one area of a coverage. Pure; thread-safe. */
#ifndef NOI_GEO_DISTANCE_H
#define NOI_GEO_DISTANCE_H

#include "geo/coverage.h"

/* Metres from the point to the unit, 0 inside it, INFINITY for a unit without polygons; in a local
 * equirectangular projection on the WGS 84 ellipsoid at the point, as geo/index.h measures. Looks
 * at every edge of the unit. */
double noi_unit_distance_m(const noi_coverage *coverage, uint32_t unit, double lon, double lat);

#endif
