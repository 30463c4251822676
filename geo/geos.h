/*
 * geos.h: a GEOS session and the way between coverages and GEOS. Private to geo/; the only header
 * that shows GEOS to the files beside it, by way of opaque pointers of its own.
 */
#ifndef NOI_GEO_GEOS_H
#define NOI_GEO_GEOS_H

#include "geo/coverage.h"

struct GEOSContextHandle_HS;
struct GEOSGeom_t;

/* One thread's session, silent: what GEOS complains of is kept for geos_fail. */
typedef struct geos {
    struct GEOSContextHandle_HS *handle;
    char complaint[256];
} geos;

void geos_begin(geos *g);
void geos_end(geos *g);
/* NOI_ERR_INTERNAL with GEOS's last complaint. */
NOI_MUST_CHECK noi_status geos_fail(const geos *g, const char *doing);

/* A unit or one of its polygons as GEOS sees it. Rings of fewer than three vertices are left out.
 * Yours: GEOSGeom_destroy_r. Never NULL; an empty multipolygon when nothing is left. */
struct GEOSGeom_t *geos_unit(geos *g, const noi_coverage *coverage, uint32_t unit);
struct GEOSGeom_t *geos_polygon(geos *g, const noi_coverage *coverage, uint32_t polygon);

/* The same; of a unit that GEOS calls invalid the land that its rings mean: what the outer rings
 * enclose (both lobes of one that crosses itself), less what the holes of the same polygon enclose,
 * wherever these lie. NULL when GEOS fails. */
struct GEOSGeom_t *geos_valid_unit(geos *g, const noi_coverage *coverage, uint32_t unit);

/* Area on the WGS 84 ellipsoid of a polygon or a collection of them; *perimeter_m when not NULL. */
double geos_area_m2(geos *g, double *perimeter_m, const struct GEOSGeom_t *shape);

/* The same much faster, as noi_unit_area_roughly_m2 has it. */
double geos_area_roughly_m2(geos *g, const struct GEOSGeom_t *shape);

/* A point on the shape; false when there is none. */
bool geos_point_on(geos *g, double out[2], const struct GEOSGeom_t *shape);

#endif
