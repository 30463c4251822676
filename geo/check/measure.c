/* measure.c: how large a defect is, and which units hold a point; see checker.h. */
#include "geo/check/checker.h"
#include "geo/predicate.h"

#include <float.h>
#include <geos_c.h>
#include <math.h>

/* ---- measuring ---- */

/* Square metres a square degree. */
static double density(double lat) {
    double mx, my;
    metres_a_degree(&mx, &my, lat);
    return mx * my;
}

/* The area between two latitudes, a degree of longitude, by Simpson's rule. */
static double zone(double from, double to) {
    return (to - from) / 6 * (density(from) + 4 * density((from + to) / 2) + density(to));
}

/* Areas here are those of lines that are straight in degrees, as the layer has them: a geodesic
 * between the ends of a border of a kilometre lies up to some millimetres beside it, which can be
 * as much as a sliver is wide. The sum is taken from the first vertex, so that no digits are lost.
 */
static double ring_area(checker *k, double *perimeter, const GEOSGeometry *ring) {
    const GEOSCoordSequence *seq = ring ? GEOSGeom_getCoordSeq_r(k->g.handle, ring) : NULL;
    unsigned n = 0;
    if (!seq || !GEOSCoordSeq_getSize_r(k->g.handle, seq, &n) || n < 4)
        return 0;
    double x0 = 0, y0 = 0, x1, y1, sum = 0;
    GEOSCoordSeq_getXY_r(k->g.handle, seq, 0, &x0, &y0);
    x1 = x0;
    y1 = y0;
    for (unsigned i = 1; i < n; i++) {
        double x2 = 0, y2 = 0, mx, my, middle;
        GEOSCoordSeq_getXY_r(k->g.handle, seq, i, &x2, &y2);
        middle = (y1 + y2) / 2;
        metres_a_degree(&mx, &my, middle);
        *perimeter += hypot((x2 - x1) * mx, (y2 - y1) * my);
        sum += (x2 - x1) / 6 * (zone(y0, y1) + 4 * zone(y0, middle) + zone(y0, y2));
        x1 = x2;
        y1 = y2;
    }
    return fabs(sum);
}

static double shape_area(checker *k, double *perimeter, const GEOSGeometry *shape) {
    GEOSContextHandle_t handle = k->g.handle;
    int type = GEOSGeomTypeId_r(handle, shape);
    double sum = 0;
    if (type >= GEOS_MULTIPOLYGON)
        for (int i = 0; i < GEOSGetNumGeometries_r(handle, shape); i++)
            sum += shape_area(k, perimeter, GEOSGetGeometryN_r(handle, shape, i));
    if (type != GEOS_POLYGON || GEOSisEmpty_r(handle, shape))
        return sum;
    sum = ring_area(k, perimeter, GEOSGetExteriorRing_r(handle, shape));
    for (int i = 0; i < GEOSGetNumInteriorRings_r(handle, shape); i++)
        sum -= ring_area(k, perimeter, GEOSGetInteriorRingN_r(handle, shape, i));
    return sum;
}

bool check_measure(checker *k, noi_defect *d, const GEOSGeometry *shape) {
    double perimeter = 0, at[2];
    d->area_m2 = shape_area(k, &perimeter, shape);
    if (!(d->area_m2 > 0 && perimeter > 0) || !geos_point_on(&k->g, at, shape))
        return false;
    d->width_m = 2 * d->area_m2 / perimeter;
    d->lon = at[0];
    d->lat = at[1];
    return true;
}

/* ---- which units hold a point ---- */

void check_find_boxes(checker *k) {
    const noi_coverage *c = k->coverage;
    for (uint32_t u = 0; u < c->n_units; u++) {
        double *box = k->unit_box + 4 * (size_t)u;
        box[0] = box[1] = DBL_MAX;
        box[2] = box[3] = -DBL_MAX;
        uint32_t from = c->polygon_ring[c->unit_polygon[u]];
        uint32_t to = c->polygon_ring[c->unit_polygon[u + 1]];
        for (size_t v = c->ring_vertex[from]; v < c->ring_vertex[to]; v++) {
            double x = c->xy[2 * v], y = c->xy[2 * v + 1];
            box[0] = x < box[0] ? x : box[0];
            box[1] = y < box[1] ? y : box[1];
            box[2] = x > box[2] ? x : box[2];
            box[3] = y > box[3] ? y : box[3];
        }
    }
}

typedef struct ray {
    checker *k;
    double x, y;
    uint32_t hint;
} ray;

/* As in the point index, an edge holds its lower end but not its upper, and a point on it is taken to
 * be on its right. */
static void cross(ray *r, uint32_t edge, const double low[2], const double high[2]) {
    if (noi_orient(low[0], low[1], high[0], high[1], r->x, r->y) <= 0)
        r->k->parity[r->k->borders.ring_unit[borders_ring(&r->k->borders, &r->hint, edge)]] ^= 1;
}

static void cross_west(void *context, uint32_t edge, const double end[4]) {
    ray *r = context;
    bool rises = end[1] <= r->y;
    if (rises != (end[3] <= r->y))
        cross(r, edge, rises ? end : end + 2, rises ? end + 2 : end);
}

/* The same, mirrored along the diagonal. */
static void cross_south(void *context, uint32_t edge, const double end[4]) {
    ray *r = context;
    bool runs_east = end[0] <= r->x;
    if (runs_east == (end[2] <= r->x))
        return;
    const double *left = runs_east ? end : end + 2, *right = runs_east ? end + 2 : end;
    cross(r, edge, right, left);
}

static bool in_box(const double box[4], double x, double y) {
    return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}

/* The ray from the point to the west, or to the south where that meets fewer edges: along a border of
 * ten thousand slivers one of the two meets them all. */
static void cast_ray(ray *r, double west, double south) {
    const borders *b = &r->k->borders;
    const double to_west[4] = {west, r->y, r->x, r->y}, to_south[4] = {r->x, south, r->x, r->y};
    for (size_t most = 32;; most *= 4) {
        if (borders_cost(&b->all, to_west, most) < most) {
            borders_search(b, &b->all, to_west, cross_west, r);
            return;
        }
        if (borders_cost(&b->all, to_south, most) < most) {
            borders_search(b, &b->all, to_south, cross_south, r);
            return;
        }
    }
}

size_t check_holders(uint32_t *out, size_t most, checker *k, double x, double y) {
    double west = x, south = y;
    for (uint32_t u = 0; u < k->coverage->n_units; u++) {
        const double *box = k->unit_box + 4 * (size_t)u;
        if (!in_box(box, x, y))
            continue;
        west = fmin(west, box[0]);
        south = fmin(south, box[1]);
    }
    ray r = {.k = k, .x = x, .y = y};
    cast_ray(&r, west, south);
    size_t n = 0;
    for (uint32_t u = 0; u < k->coverage->n_units; u++) {
        const double *box = k->unit_box + 4 * (size_t)u;
        if (in_box(box, x, y) && k->parity[u] && n++ < most)
            out[n - 1] = u;
        k->parity[u] = 0;
    }
    return n;
}
