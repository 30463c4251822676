/*
 * bench_overlay.c: old × new of the whole city (noi_overlay, areas on the ellipsoid), beside what GEOS
 * alone takes for the same pairs in the same run: STRtree, intersection, flat area. The rehearsal's
 * layers, and the real ones of ../shared when they are there. Prints a table and one line of JSON;
 * processor time, the best of three rounds.
 */
#include "geo/measure.h"
#include "importers/layer_file.h"
#include "rehearsal/shape.h"
#include "tests/shared.h"

#include <geos_c.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define ROUNDS 3

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- GEOS alone ---- */

typedef struct shapes {
    GEOSGeometry **item;
    uint32_t n;
} shapes;

static shapes shapes_of(GEOSContextHandle_t g, const noi_coverage *c) {
    shapes s = {noi_alloc_zero(c->n_units + 1, sizeof(GEOSGeometry *)), c->n_units};
    for (uint32_t u = 0; u < c->n_units; u++) {
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, c, u);
        GEOSGeometry *read = GEOSGeomFromWKB_buf_r(g, (const unsigned char *)wkb.p, wkb.n);
        bool valid = read && GEOSisValid_r(g, read) == 1;
        s.item[u] = !read || valid ? read : GEOSMakeValid_r(g, read);
        if (read && !valid)
            GEOSGeom_destroy_r(g, read);
    }
    return s;
}

static void shapes_free(GEOSContextHandle_t g, shapes *s) {
    for (uint32_t u = 0; u < s->n; u++)
        if (s->item[u])
            GEOSGeom_destroy_r(g, s->item[u]);
    free(s->item);
}

typedef struct hits {
    GEOSContextHandle_t g;
    const GEOSGeometry *of;
    double area;
    size_t n;
} hits;

static void cut(void *item, void *context) {
    hits *h = context;
    double area = 0;
    GEOSGeometry *common = GEOSIntersection_r(h->g, h->of, item);
    if (common && GEOSArea_r(h->g, common, &area) && area > 0) {
        h->area += area;
        h->n++;
    }
    if (common)
        GEOSGeom_destroy_r(h->g, common);
}

static size_t geos_overlay(GEOSContextHandle_t g, const shapes *old, const shapes *new) {
    GEOSSTRtree *tree = GEOSSTRtree_create_r(g, 10);
    for (uint32_t i = 0; i < new->n; i++)
        if (new->item[i] && !GEOSisEmpty_r(g, new->item[i]))
            GEOSSTRtree_insert_r(g, tree, new->item[i], new->item[i]);
    hits h = {.g = g};
    for (uint32_t i = 0; i < old->n; i++) {
        h.of = old->item[i];
        if (h.of && !GEOSisEmpty_r(g, h.of))
            GEOSSTRtree_query_r(g, tree, h.of, cut, &h);
    }
    GEOSSTRtree_destroy_r(g, tree);
    return h.n;
}

/* ---- both ---- */

static noi_status measure(noi_buf *json, const char *name, const noi_coverage *old,
                          const noi_coverage *new) {
    GEOSContextHandle_t g = GEOS_init_r();
    shapes a = shapes_of(g, old), b = shapes_of(g, new);
    double ours = 1e9, theirs = 1e9;
    size_t n = 0, n_geos = 0;
    for (int round = 0; round < ROUNDS; round++) {
        NOI_AUTO_FREE noi_overlap_row *rows = NULL;
        double start = seconds();
        NOI_TRY(noi_overlay(&rows, &n, old, new));
        double middle = seconds();
        n_geos = geos_overlay(g, &a, &b);
        double end = seconds();
        ours = middle - start < ours ? middle - start : ours;
        theirs = end - middle < theirs ? end - middle : theirs;
    }
    printf("  %-10s %4u x %4u units: %6.3f s, %zu pairs; GEOS alone %6.3f s, %zu pairs with any area\n",
           name, old->n_units, new->n_units, ours, n, theirs, n_geos);
    noi_buf_printf(json, "%s\"%s_s\":%.4f,\"%s_geos_s\":%.4f", json->n > 1 ? "," : "", name, ours, name,
                   theirs);
    shapes_free(g, &a);
    shapes_free(g, &b);
    GEOS_finish_r(g);
    return NOI_OK;
}

static noi_status measure_rehearsal(noi_buf *json) {
    NOI_AUTO(noi_tables_freep) noi_tables *tables = NULL;
    NOI_AUTO(noi_shape_freep) noi_shape *shape = NULL;
    NOI_TRY(noi_tables_load(&tables));
    NOI_TRY(noi_shape_make(&shape, tables, 1685, 25));
    NOI_AUTO(noi_coverage_freep) noi_coverage *old = noi_shape_old_layer(shape);
    NOI_AUTO(noi_coverage_freep) noi_coverage *new = noi_shape_new_layer(shape);
    return measure(json, "rehearsal", old, new);
}

static noi_status measure_real(noi_buf *json) {
    NOI_AUTO_FREE char *old_path = shared_file("layers/old_hcmc_442.gpkg");
    NOI_AUTO_FREE char *new_path = shared_file("layers/new_hcmc_168.gpkg");
    NOI_AUTO(noi_layer_freep) noi_layer *old = NULL, *new = NULL;
    if (!old_path || !new_path)
        return NOI_OK;
    NOI_TRY(noi_layer_file_read(&old, old_path, NULL));
    NOI_TRY(noi_layer_file_read(&new, new_path, NULL));
    return measure(json, "real", old->coverage, new->coverage);
}

int main(void) {
    NOI_AUTO_BUF noi_buf json = {0};
    noi_buf_add_char(&json, '{');
    if (measure_rehearsal(&json) != NOI_OK || measure_real(&json) != NOI_OK) {
        fprintf(stderr, "bench_overlay: %s\n", noi_error_message());
        return 1;
    }
    printf("%.*s}\n", (int)json.n, json.p);
    return 0;
}
