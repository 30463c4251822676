/*
 * check.c: what is wrong with a boundary layer as such: the way through the files that look for it.
 *
 *   check_rings.c     each unit by itself: no geometry, rings that GEOS refuses, polygons that are
 *                     slivers (the first two on two threads)
 *   check_borders.c   which edges are one and the same, and which are unbalanced
 *   check_noding.c    what unbalanced edges enclose
 *   check_faces.c     gaps, overlaps, slivers of them, holes
 *   check_inlets.c    narrow gaps that are open to the outside: unbalanced edges side by side
 *   check_vertices.c  vertices that are twice, nearly twice or far off, or that only one of two
 *                     neighbours has; units inside one other
 *
 * All but the first work on edges by their numbers; coordinates are read where the coverage has
 * them, and nothing is indexed but boxes over the rings (check_borders.h).
 */
#include "geo/check_internal.h"
#include "geo/predicate.h"

#include <geos_c.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* ---- keys ---- */

const char *noi_defect_key(noi_defect_kind kind) {
    switch (kind) {
#define KEY(name, value, key, rule)                                                                \
    case name:                                                                                     \
        return key;
        NOI_DEFECT_TABLE(KEY)
#undef KEY
    }
    return "";
}

const char *noi_defect_rule(noi_defect_kind kind) {
    switch (kind) {
#define RULE(name, value, key, rule)                                                               \
    case name:                                                                                     \
        return rule;
        NOI_DEFECT_TABLE(RULE)
#undef RULE
    }
    return "";
}

const char *noi_ring_fault_key(noi_ring_fault fault) {
    switch (fault) {
#define KEY(name, value, key)                                                                      \
    case name:                                                                                     \
        return key;
        NOI_RING_TABLE(KEY)
#undef KEY
    }
    return "";
}

/* ---- the list ---- */

static void defect_list_free(defect_list *l) {
    if (!l)
        return;
    noi_arena_free(l->arena);
    free(l->item);
    free(l);
}
NOI_DEFINE_AUTO(defect_list, defect_list_free)

void noi_defects_free(noi_defects *defects) {
    defect_list_free((defect_list *)(void *)defects);
}

void check_add(checker *k, noi_defect d, const GEOSGeometry *shape) {
    defect_list *l = k->out;
    size_t n = 0;
    unsigned char *wkb = shape ? GEOSWKBWriter_write_r(k->g.handle, k->writer, shape, &n) : NULL;
    if (wkb) {
        char *copy = noi_arena_alloc(l->arena, n);
        memcpy(copy, wkb, n);
        d.wkb = (noi_str){copy, n};
        GEOSFree_r(k->g.handle, wkb);
    }
    if (d.of == 0)
        d.of = d.kind;
    NOI_GROW(l->item, l->capacity, l->seen.n + 1);
    l->item[l->seen.n++] = d;
}

void check_add_point(checker *k, noi_defect d) {
    bool has_place = isfinite(d.lon) && isfinite(d.lat);
    GEOSGeometry *point =
        has_place ? GEOSGeom_createPointFromXY_r(k->g.handle, d.lon, d.lat) : NULL;
    check_add(k, d, point);
    if (point)
        GEOSGeom_destroy_r(k->g.handle, point);
}

int check_compare(double a, double b) {
    return (a > b) - (a < b);
}

static int by_kind_and_place(const void *p, const void *q) {
    const noi_defect *a = p, *b = q;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->unit_a != b->unit_a)
        return a->unit_a < b->unit_a ? -1 : 1;
    if (a->unit_b != b->unit_b)
        return a->unit_b < b->unit_b ? -1 : 1;
    int order = check_compare(a->lon, b->lon);
    if (!order)
        order = check_compare(a->lat, b->lat);
    if (!order)
        order = check_compare(a->area_m2, b->area_m2);
    return order ? order : (int)a->ring - (int)b->ring;
}

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

static void find_unit_boxes(checker *k) {
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

/* The ray runs from the point to the west. As in the point index, an edge holds its lower end but
 * not its upper, and a point on it is taken to be on its right. */
static void cross(void *context, uint32_t edge, const double end[4]) {
    ray *r = context;
    if ((end[1] <= r->y) == (end[3] <= r->y))
        return;
    const double *low = end[1] <= r->y ? end : end + 2, *high = end[1] <= r->y ? end + 2 : end;
    if (noi_orient(low[0], low[1], high[0], high[1], r->x, r->y) <= 0)
        r->k->parity[r->k->borders.ring_unit[borders_ring(&r->k->borders, &r->hint, edge)]] ^= 1;
}

size_t check_holders(uint32_t *out, size_t most, checker *k, double x, double y) {
    double west = x;
    for (uint32_t u = 0; u < k->coverage->n_units; u++) {
        const double *box = k->unit_box + 4 * (size_t)u;
        if (x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3])
            west = fmin(west, box[0]);
    }
    ray r = {.k = k, .x = x, .y = y};
    borders_search(&k->borders, &k->borders.all, (const double[]){west, y, x, y}, cross, &r);
    size_t n = 0;
    for (uint32_t u = 0; u < k->coverage->n_units; u++) {
        const double *box = k->unit_box + 4 * (size_t)u;
        bool near = x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
        if (near && k->parity[u] && n++ < most)
            out[n - 1] = u;
        k->parity[u] = 0;
    }
    return n;
}

/* ---- all of it ---- */

static void checker_clear(checker *k) {
    for (size_t i = 0; i < k->n_gaps; i++)
        GEOSGeom_destroy_r(k->g.handle, k->gap[i]);
    free(k->gap);
    if (k->writer)
        GEOSWKBWriter_destroy_r(k->g.handle, k->writer);
    borders_free(&k->borders);
    free(k->parity);
    free(k->unit_box);
    free(k->is_valid);
    geos_end(&k->g);
}

static void checker_begin(checker *k) {
    size_t n_units = k->coverage->n_units;
    geos_begin(&k->g);
    k->writer = GEOSWKBWriter_create_r(k->g.handle);
    GEOSWKBWriter_setByteOrder_r(k->g.handle, k->writer, GEOS_WKB_NDR);
    k->is_valid = noi_alloc_zero(n_units, sizeof *k->is_valid);
    k->parity = noi_alloc_zero(n_units, 1);
    k->unit_box = noi_alloc(4 * n_units * sizeof *k->unit_box);
}

/* Validity takes GEOS the longest; the edges are joined meanwhile. */
static void check_units(checker *k) {
    ring_check rings;
    check_rings_begin(&rings, k);
    find_unit_boxes(k);
    borders_make(&k->borders, k->coverage);
    check_rings_end(&rings, k);
    borders_find_unbalanced(&k->borders, k->is_valid);
}

noi_status noi_coverage_check(noi_defects **out, const noi_coverage *coverage,
                              const noi_check_options *options) {
    NOI_AUTO(defect_list_freep) defect_list *l = noi_alloc_zero(1, sizeof *l);
    l->arena = noi_arena_new();
    NOI_AUTO(checker_clear) checker k = {.coverage = coverage, .out = l};
    static const noi_check_options usual = NOI_CHECK_DEFAULTS;
    k.options = options ? *options : usual;
    checker_begin(&k);
    check_units(&k);
    check_parts(&k);
    check_vertices(&k);
    check_mismatches(&k);
    check_insiders(&k);
    NOI_TRY(check_faces(&k));
    NOI_TRY(check_inlets(&k));
    if (l->seen.n)
        qsort(l->item, l->seen.n, sizeof *l->item, by_kind_and_place);
    l->seen.items = l->item;
    *out = &l->seen;
    l = NULL;
    return NOI_OK;
}
