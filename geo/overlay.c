/*
 * overlay.c: which part of an old unit lies in which new unit: GEOS intersections of the pairs whose
 * boxes meet, areas on the ellipsoid.
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
    row.area_m2 = geos_area_m2(g, NULL, common);
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
    double area = geos_area_m2(g, NULL, shape);
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
