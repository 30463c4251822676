/*
 * overlay.c: which part of an old unit lies in which new unit: GEOS intersections of the pairs whose
 * boxes meet, areas on the ellipsoid in an equal-area projection (a third less time than geodesics);
 * and the shapes of chosen parts, piece by piece, with geodesic areas.
 */
#include "geo/geos.h"
#include "geo/measure.h"

#include "base/i18n.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

#define ROUNDING_M2 1e-4 /* a smaller piece is an artefact of rounding */

/* A coverage in GEOS, repaired, with a tree over the boxes of its units. */
typedef struct shapes {
    geos *g;
    uint32_t n;
    GEOSGeometry **shape;
    GEOSSTRtree *tree;
    uint32_t *number; /* what the tree holds: pointers into this */
} shapes;

static void shapes_free(shapes *s) {
    if (s->tree)
        GEOSSTRtree_destroy_r(s->g->handle, s->tree);
    for (uint32_t u = 0; s->shape && u < s->n; u++)
        if (s->shape[u])
            GEOSGeom_destroy_r(s->g->handle, s->shape[u]);
    free(s->shape);
    free(s->number);
}

static noi_status shapes_make(shapes *s, const noi_coverage *c) {
    s->n = c->n_units;
    s->shape = noi_alloc_zero(s->n, sizeof(GEOSGeometry *));
    s->number = noi_alloc(s->n * sizeof *s->number);
    s->tree = GEOSSTRtree_create_r(s->g->handle, 10);
    for (uint32_t u = 0; u < s->n; u++) {
        s->number[u] = u;
        s->shape[u] = geos_valid_unit(s->g, c, u);
        if (!s->shape[u])
            return geos_fail(s->g, _("repairing a shape"));
        if (!GEOSisEmpty_r(s->g->handle, s->shape[u]))
            GEOSSTRtree_insert_r(s->g->handle, s->tree, s->shape[u], &s->number[u]);
    }
    return NOI_OK;
}

typedef struct found {
    uint32_t *unit;
    size_t n, capacity;
} found;

static void found_free(found *f) {
    free(f->unit);
}

static void take_found(void *item, void *context) {
    found *f = context;
    NOI_GROW(f->unit, f->capacity, f->n + 1);
    f->unit[f->n++] = *(const uint32_t *)item;
}

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

typedef struct rows {
    noi_overlap_row *row;
    size_t n, capacity;
} rows;

static void rows_free(rows *r) {
    free(r->row);
}

/* Adds the pair's row when they share area. */
static noi_status intersect(rows *out, geos *g, const GEOSGeometry *a, const GEOSGeometry *b,
                            noi_overlap_row row, double old_area) {
    GEOSGeometry *common = GEOSIntersection_r(g->handle, a, b);
    if (!common)
        return geos_fail(g, _("cutting two units"));
    row.area_m2 = geos_area_roughly_m2(g, common);
    row.share_of_old = old_area > 0 ? fmin(1, row.area_m2 / old_area) : 0;
    double at[2] = {NAN, NAN};
    bool counts = row.area_m2 >= ROUNDING_M2 && geos_point_on(g, at, common);
    GEOSGeom_destroy_r(g->handle, common);
    if (!counts)
        return NOI_OK;
    row.lon = at[0];
    row.lat = at[1];
    NOI_GROW(out->row, out->capacity, out->n + 1);
    out->row[out->n++] = row;
    return NOI_OK;
}

static noi_status overlay_unit(rows *out, const shapes *old, const shapes *new, uint32_t unit) {
    geos *g = old->g;
    const GEOSGeometry *shape = old->shape[unit];
    if (GEOSisEmpty_r(g->handle, shape))
        return NOI_OK;
    NOI_AUTO(found_free) found near = {0};
    GEOSSTRtree_query_r(g->handle, new->tree, shape, take_found, &near);
    if (!near.n)
        return NOI_OK;
    qsort(near.unit, near.n, sizeof *near.unit, by_number);
    double area = geos_area_roughly_m2(g, shape);
    for (size_t i = 0; i < near.n; i++) {
        noi_overlap_row row = {.old_unit = unit, .new_unit = near.unit[i]};
        NOI_TRY(intersect(out, g, shape, new->shape[near.unit[i]], row, area));
    }
    return NOI_OK;
}

noi_status noi_overlay(noi_overlap_row **out, size_t *n, const noi_coverage *old_units,
                       const noi_coverage *new_units) {
    NOI_AUTO(geos_end) geos g;
    geos_begin(&g);
    NOI_AUTO(shapes_free) shapes old = {.g = &g};
    NOI_AUTO(shapes_free) shapes new = {.g = &g};
    NOI_AUTO(rows_free) rows all = {0};
    NOI_TRY(shapes_make(&old, old_units));
    NOI_TRY(shapes_make(&new, new_units));
    for (uint32_t u = 0; u < old.n; u++)
        NOI_TRY(overlay_unit(&all, &old, &new, u));
    *n = all.n;
    *out = all.row ? all.row : noi_alloc(sizeof **out);
    all.row = NULL;
    return NOI_OK;
}

/* ---- the shapes of chosen parts ---- */

typedef struct cutter {
    geos *g;
    const noi_coverage *old_units, *new_units;
    GEOSWKBWriter *writer;
    noi_arena *arena;
    double noise_m;
    GEOSGeometry **piece; /* of the shape at hand */
    size_t n, capacity;
    double largest_m2;
} cutter;

static void drop_pieces(cutter *k) {
    for (size_t i = 0; i < k->n; i++)
        GEOSGeom_destroy_r(k->g->handle, k->piece[i]);
    k->n = 0;
    k->largest_m2 = 0;
}

static void cutter_clear(cutter *k) {
    drop_pieces(k);
    free(k->piece);
    if (k->writer)
        GEOSWKBWriter_destroy_r(k->g->handle, k->writer);
}

static void take_piece(noi_overlap_shape *out, cutter *k, const GEOSGeometry *polygon) {
    double perimeter = 0, area = geos_area_m2(k->g, &perimeter, polygon);
    if (area < ROUNDING_M2 || 2 * area <= k->noise_m * perimeter)
        return;
    out->n_pieces++;
    out->area_m2 += area;
    out->perimeter_m += perimeter;
    double at[2];
    if (area > k->largest_m2 && geos_point_on(k->g, at, polygon)) {
        k->largest_m2 = area;
        out->lon = at[0];
        out->lat = at[1];
    }
    NOI_GROW(k->piece, k->capacity, k->n + 1);
    k->piece[k->n++] = GEOSGeom_clone_r(k->g->handle, polygon);
}

/* The polygons of a shape or of a collection of shapes; lines and points have no area. */
static void take_pieces(noi_overlap_shape *out, cutter *k, const GEOSGeometry *shape) {
    int type = GEOSGeomTypeId_r(k->g->handle, shape);
    if (type == GEOS_POLYGON && !GEOSisEmpty_r(k->g->handle, shape))
        take_piece(out, k, shape);
    for (int i = 0; type >= GEOS_MULTIPOINT && i < GEOSGetNumGeometries_r(k->g->handle, shape); i++)
        take_pieces(out, k, GEOSGetGeometryN_r(k->g->handle, shape, i));
}

static noi_status cut_inside(noi_overlap_shape *out, cutter *k, const GEOSGeometry *old) {
    for (size_t i = 0; i < out->n_new; i++) {
        GEOSGeometry *new = geos_valid_unit(k->g, k->new_units, out->new_units[i]);
        GEOSGeometry *common = new ? GEOSIntersection_r(k->g->handle, old, new) : NULL;
        if (new)
            GEOSGeom_destroy_r(k->g->handle, new);
        if (!common)
            return geos_fail(k->g, _("cutting two units"));
        take_pieces(out, k, common);
        GEOSGeom_destroy_r(k->g->handle, common);
    }
    return NOI_OK;
}

static noi_status cut_outside(noi_overlap_shape *out, cutter *k, const GEOSGeometry *old) {
    GEOSGeometry *rest = GEOSGeom_clone_r(k->g->handle, old);
    for (size_t i = 0; rest && i < out->n_new; i++) {
        GEOSGeometry *new = geos_valid_unit(k->g, k->new_units, out->new_units[i]);
        GEOSGeometry *less = new ? GEOSDifference_r(k->g->handle, rest, new) : NULL;
        if (new)
            GEOSGeom_destroy_r(k->g->handle, new);
        GEOSGeom_destroy_r(k->g->handle, rest);
        rest = less;
    }
    if (!rest)
        return geos_fail(k->g, _("cutting two units"));
    take_pieces(out, k, rest);
    GEOSGeom_destroy_r(k->g->handle, rest);
    return NOI_OK;
}

/* Turns the pieces into one MultiPolygon, which then owns them. */
static noi_status write_pieces(noi_overlap_shape *out, cutter *k) {
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(k->g->handle, GEOS_MULTIPOLYGON, k->piece, (unsigned)k->n);
    k->n = 0;
    size_t n = 0;
    unsigned char *wkb = all ? GEOSWKBWriter_write_r(k->g->handle, k->writer, all, &n) : NULL;
    if (all)
        GEOSGeom_destroy_r(k->g->handle, all);
    if (!wkb)
        return geos_fail(k->g, _("cutting two units"));
    char *copy = noi_arena_alloc(k->arena, n);
    memcpy(copy, wkb, n);
    GEOSFree_r(k->g->handle, wkb);
    out->wkb = (noi_str){copy, n};
    return NOI_OK;
}

static noi_status cut(noi_overlap_shape *out, cutter *k) {
    GEOSGeometry *old = geos_valid_unit(k->g, k->old_units, out->old_unit);
    if (!old)
        return geos_fail(k->g, _("repairing a shape"));
    out->n_pieces = 0;
    out->area_m2 = out->perimeter_m = 0;
    out->lon = out->lat = NAN;
    out->wkb = (noi_str){0};
    drop_pieces(k);
    noi_status status = out->outside ? cut_outside(out, k, old) : cut_inside(out, k, old);
    GEOSGeom_destroy_r(k->g->handle, old);
    return status == NOI_OK && k->n ? write_pieces(out, k) : status;
}

noi_status noi_overlap_shapes(noi_overlap_shape *asked, size_t n, noi_arena *arena,
                              const noi_coverage *old_units, const noi_coverage *new_units,
                              double noise_m) {
    NOI_AUTO(geos_end) geos g;
    geos_begin(&g);
    NOI_AUTO(cutter_clear)
    cutter k = {.g = &g,
                .old_units = old_units,
                .new_units = new_units,
                .writer = GEOSWKBWriter_create_r(g.handle),
                .arena = arena,
                .noise_m = noise_m};
    GEOSWKBWriter_setByteOrder_r(g.handle, k.writer, GEOS_WKB_NDR);
    for (size_t i = 0; i < n; i++)
        NOI_TRY(cut(&asked[i], &k));
    return NOI_OK;
}
