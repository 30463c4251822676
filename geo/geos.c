/*
 * geos.c: GEOS sessions, shapes to and from coverages, and areas on the ellipsoid by PROJ's
 * geodesic polygons (C. F. F. Karney, "Algorithms for geodesics", 2013).
 */
#include "geo/geos.h"

#include "base/i18n.h"
#include "geo/measure.h"

#include <geodesic.h>
#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define WGS84_A 6378137.0
#define WGS84_F (1 / 298.257223563)
#define RADIANS (3.14159265358979323846 / 180)

static void keep_complaint(const char *message, void *user) {
    geos *g = user;
    snprintf(g->complaint, sizeof g->complaint, "%s", message);
}

static void ignore_notice(const char *message, void *user) {
    (void)message;
    (void)user;
}

void geos_begin(geos *g) {
    g->complaint[0] = '\0';
    g->handle = GEOS_init_r();
    GEOSContext_setNoticeMessageHandler_r(g->handle, ignore_notice, NULL);
    GEOSContext_setErrorMessageHandler_r(g->handle, keep_complaint, g);
}

void geos_end(geos *g) {
    if (g->handle)
        GEOS_finish_r(g->handle);
}

noi_status geos_fail(const geos *g, const char *doing) {
    return noi_fail(NOI_ERR_INTERNAL, _("GEOS could not finish (%s): %s"), doing,
                    g->complaint[0] ? g->complaint : "?");
}

/* ---- coverage to GEOS ---- */

static GEOSGeometry *ring_of(geos *g, const noi_coverage *c, uint32_t ring) {
    uint32_t from = c->ring_vertex[ring], n = c->ring_vertex[ring + 1] - from;
    if (n < 3)
        return NULL;
    NOI_AUTO_FREE double *closed = noi_alloc(2 * (n + (size_t)1) * sizeof *closed);
    memcpy(closed, c->xy + 2 * (size_t)from, 2 * (size_t)n * sizeof *closed);
    closed[2 * (size_t)n] = closed[0];
    closed[2 * (size_t)n + 1] = closed[1];
    GEOSCoordSequence *seq = GEOSCoordSeq_copyFromBuffer_r(g->handle, closed, n + 1, 0, 0);
    return seq ? GEOSGeom_createLinearRing_r(g->handle, seq) : NULL;
}

GEOSGeometry *geos_polygon(geos *g, const noi_coverage *c, uint32_t polygon) {
    uint32_t from = c->polygon_ring[polygon], to = c->polygon_ring[polygon + 1], n = 0;
    GEOSGeometry *outer = from < to ? ring_of(g, c, from) : NULL;
    if (!outer)
        return GEOSGeom_createEmptyPolygon_r(g->handle);
    NOI_AUTO_FREE GEOSGeometry **holes = noi_alloc((to - from) * sizeof(GEOSGeometry *));
    for (uint32_t r = from + 1; r < to; r++) {
        GEOSGeometry *hole = ring_of(g, c, r);
        if (hole)
            holes[n++] = hole;
    }
    return GEOSGeom_createPolygon_r(g->handle, outer, holes, n);
}

GEOSGeometry *geos_unit(geos *g, const noi_coverage *c, uint32_t unit) {
    uint32_t from = c->unit_polygon[unit], to = c->unit_polygon[unit + 1], n = 0;
    NOI_AUTO_FREE GEOSGeometry **parts = noi_alloc((to - from) * sizeof(GEOSGeometry *));
    for (uint32_t p = from; p < to; p++) {
        GEOSGeometry *part = geos_polygon(g, c, p);
        if (GEOSisEmpty_r(g->handle, part))
            GEOSGeom_destroy_r(g->handle, part);
        else
            parts[n++] = part;
    }
    return GEOSGeom_createCollection_r(g->handle, GEOS_MULTIPOLYGON, parts, n);
}

static GEOSGeometry *repaired(geos *g, const GEOSGeometry *shape) {
    GEOSMakeValidParams *how = GEOSMakeValidParams_create_r(g->handle);
    GEOSMakeValidParams_setMethod_r(g->handle, how, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(g->handle, how, 0);
    GEOSGeometry *valid = GEOSMakeValidWithParams_r(g->handle, shape, how);
    GEOSMakeValidParams_destroy_r(g->handle, how);
    return valid;
}

/* What the ring encloses, by itself; NULL for nothing. */
static GEOSGeometry *land_in_ring(geos *g, const noi_coverage *c, uint32_t ring) {
    GEOSGeometry *outline = ring_of(g, c, ring);
    GEOSGeometry *shape = outline ? GEOSGeom_createPolygon_r(g->handle, outline, NULL, 0) : NULL;
    GEOSGeometry *valid = shape ? repaired(g, shape) : NULL;
    if (shape)
        GEOSGeom_destroy_r(g->handle, shape);
    return valid;
}

typedef GEOSGeometry *combining(GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *);

/* Takes both; b may be NULL. */
static GEOSGeometry *combined(geos *g, combining *how, GEOSGeometry *a, GEOSGeometry *b) {
    if (!a || !b)
        return a ? a : b;
    GEOSGeometry *out = how(g->handle, a, b);
    GEOSGeom_destroy_r(g->handle, a);
    GEOSGeom_destroy_r(g->handle, b);
    return out;
}

/* GEOS makes land of a hole that lies outside its outer ring. A hole only ever takes land away. */
static GEOSGeometry *land_of_polygon(geos *g, const noi_coverage *c, uint32_t polygon) {
    uint32_t r = c->polygon_ring[polygon], end = c->polygon_ring[polygon + 1];
    GEOSGeometry *land = r < end ? land_in_ring(g, c, r) : NULL;
    for (r++; land && r < end; r++)
        land = combined(g, GEOSDifference_r, land, land_in_ring(g, c, r));
    return land;
}

GEOSGeometry *geos_valid_unit(geos *g, const noi_coverage *c, uint32_t unit) {
    GEOSGeometry *shape = geos_unit(g, c, unit);
    if (!shape || GEOSisValid_r(g->handle, shape) == 1)
        return shape;
    GEOSGeom_destroy_r(g->handle, shape);
    GEOSGeometry *land = NULL;
    for (uint32_t p = c->unit_polygon[unit]; p < c->unit_polygon[unit + 1]; p++)
        land = combined(g, GEOSUnion_r, land, land_of_polygon(g, c, p));
    return land ? land : GEOSGeom_createEmptyCollection_r(g->handle, GEOS_MULTIPOLYGON);
}

/* ---- areas on the ellipsoid ---- */

static double ring_area_m2(geos *g, double *perimeter, const GEOSGeometry *ring) {
    unsigned n = 0;
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(g->handle, ring);
    if (!seq || !GEOSCoordSeq_getSize_r(g->handle, seq, &n) || n < 4)
        return 0;
    struct geod_geodesic earth;
    struct geod_polygon polygon;
    geod_init(&earth, WGS84_A, WGS84_F);
    geod_polygon_init(&polygon, 0);
    for (unsigned i = 0; i + 1 < n; i++) {
        double x = 0, y = 0;
        GEOSCoordSeq_getXY_r(g->handle, seq, i, &x, &y);
        geod_polygon_addpoint(&earth, &polygon, y, x);
    }
    double area = 0, length = 0;
    geod_polygon_compute(&earth, &polygon, 0, 1, &area, &length);
    if (perimeter)
        *perimeter += length;
    return fabs(area);
}

double geos_area_m2(geos *g, double *perimeter, const GEOSGeometry *shape) {
    if (GEOSGeomTypeId_r(g->handle, shape) != GEOS_POLYGON) {
        double sum = 0;
        bool many = GEOSGeomTypeId_r(g->handle, shape) >= GEOS_MULTIPOLYGON;
        for (int i = 0; many && i < GEOSGetNumGeometries_r(g->handle, shape); i++)
            sum += geos_area_m2(g, perimeter, GEOSGetGeometryN_r(g->handle, shape, i));
        return sum;
    }
    if (GEOSisEmpty_r(g->handle, shape))
        return 0;
    double area = ring_area_m2(g, perimeter, GEOSGetExteriorRing_r(g->handle, shape));
    for (int i = 0; i < GEOSGetNumInteriorRings_r(g->handle, shape); i++)
        area -= ring_area_m2(g, perimeter, GEOSGetInteriorRingN_r(g->handle, shape, i));
    return area;
}

/* ---- areas in an equal-area projection: nearly the same, and much faster ---- */

/* The area of the ellipsoid between the equator and a parallel, per radian of longitude (J. P.
 * Snyder, "Map Projections: A Working Manual", 1987, equation 3-12, times a² / 2). */
static double zone_m2(double latitude) {
    const double e2 = WGS84_F * (2 - WGS84_F), e = sqrt(e2);
    double s = sin(latitude * RADIANS);
    return WGS84_A * WGS84_A * (1 - e2) / 2 * (s / (1 - e2 * s * s) + atanh(e * s) / e);
}

/* Of `n` vertices; whether the first is repeated as the last does not matter. */
static double places_area_roughly_m2(const double *xy, size_t n) {
    if (n < 3)
        return 0;
    double area = 0, x = xy[2 * n - 2], zone = zone_m2(xy[2 * n - 1]);
    for (size_t v = 0; v < n; v++) {
        double next = zone_m2(xy[2 * v + 1]);
        area += (xy[2 * v] - x) * RADIANS * (zone + next) / 2;
        x = xy[2 * v];
        zone = next;
    }
    return fabs(area);
}

static double ring_area_roughly_m2(geos *g, const GEOSGeometry *ring) {
    unsigned n = 0;
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(g->handle, ring);
    if (!seq || !GEOSCoordSeq_getSize_r(g->handle, seq, &n) || n < 4)
        return 0;
    NOI_AUTO_FREE double *xy = noi_alloc(2 * (size_t)n * sizeof *xy);
    return GEOSCoordSeq_copyToBuffer_r(g->handle, seq, xy, 0, 0) ? places_area_roughly_m2(xy, n)
                                                                 : 0;
}

double geos_area_roughly_m2(geos *g, const GEOSGeometry *shape) {
    if (GEOSGeomTypeId_r(g->handle, shape) != GEOS_POLYGON) {
        double sum = 0;
        bool many = GEOSGeomTypeId_r(g->handle, shape) >= GEOS_MULTIPOLYGON;
        for (int i = 0; many && i < GEOSGetNumGeometries_r(g->handle, shape); i++)
            sum += geos_area_roughly_m2(g, GEOSGetGeometryN_r(g->handle, shape, i));
        return sum;
    }
    if (GEOSisEmpty_r(g->handle, shape))
        return 0;
    double area = ring_area_roughly_m2(g, GEOSGetExteriorRing_r(g->handle, shape));
    for (int i = 0; i < GEOSGetNumInteriorRings_r(g->handle, shape); i++)
        area -= ring_area_roughly_m2(g, GEOSGetInteriorRingN_r(g->handle, shape, i));
    return area;
}

bool geos_point_on(geos *g, double out[2], const GEOSGeometry *shape) {
    GEOSGeometry *point = GEOSPointOnSurface_r(g->handle, shape);
    bool found = point && GEOSGeomGetX_r(g->handle, point, &out[0]) == 1 &&
                 GEOSGeomGetY_r(g->handle, point, &out[1]) == 1;
    if (point)
        GEOSGeom_destroy_r(g->handle, point);
    return found;
}

/* ---- one unit ---- */

static double coverage_ring_area_m2(const noi_coverage *c, uint32_t ring) {
    struct geod_geodesic earth;
    struct geod_polygon polygon;
    geod_init(&earth, WGS84_A, WGS84_F);
    geod_polygon_init(&polygon, 0);
    for (size_t v = c->ring_vertex[ring]; v < c->ring_vertex[ring + 1]; v++)
        geod_polygon_addpoint(&earth, &polygon, c->xy[2 * v + 1], c->xy[2 * v]);
    double area = 0;
    geod_polygon_compute(&earth, &polygon, 0, 1, &area, NULL);
    return fabs(area);
}

double noi_unit_area_m2(const noi_coverage *c, uint32_t unit) {
    double area = 0;
    for (uint32_t p = c->unit_polygon[unit]; p < c->unit_polygon[unit + 1]; p++)
        for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++)
            area += (r == c->polygon_ring[p] ? 1 : -1) * coverage_ring_area_m2(c, r);
    return area;
}

double noi_unit_area_roughly_m2(const noi_coverage *c, uint32_t unit) {
    double area = 0;
    for (uint32_t p = c->unit_polygon[unit]; p < c->unit_polygon[unit + 1]; p++)
        for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++)
            area += (r == c->polygon_ring[p] ? 1 : -1) *
                    places_area_roughly_m2(c->xy + 2 * (size_t)c->ring_vertex[r],
                                           c->ring_vertex[r + 1] - c->ring_vertex[r]);
    return area;
}

noi_status noi_unit_label_point(double out[2], const noi_coverage *c, uint32_t unit) {
    NOI_AUTO(geos_end) geos g;
    geos_begin(&g);
    GEOSGeometry *shape = geos_valid_unit(&g, c, unit);
    if (!shape)
        return geos_fail(&g, _("placing a label"));
    double at[2];
    bool found = geos_point_on(&g, at, shape);
    GEOSGeom_destroy_r(g.handle, shape);
    if (!found)
        return noi_fail(NOI_ERR_INPUT, _("unit %u of the layer has no area to place a label in"),
                        unit + 1);
    memcpy(out, at, sizeof at);
    return NOI_OK;
}
