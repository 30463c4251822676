/*
 * check.c: what is wrong with a boundary layer as such: the way through the files that look for it.
 *
 *   rings.c     each unit by itself: no geometry, rings that GEOS refuses, polygons that are
 *               slivers (the first two on two threads)
 *   borders.c   which edges are one and the same, and which are unbalanced
 *   noding.c    what unbalanced edges enclose
 *   faces.c     gaps, overlaps, slivers of them, holes
 *   inlets.c    narrow gaps that are open to the outside: unbalanced edges side by side
 *   vertices.c  vertices that are twice, nearly twice or far off, or that only one of two
 *               neighbours has; units inside one other
 *   measure.c   areas, widths, which units hold a point
 *   list.c      the list of what was found
 *
 * All but the first work on edges by their numbers; coordinates are read where the coverage has
 * them, and nothing is indexed but boxes over the rings (borders.h).
 */
#include "geo/check/checker.h"

#include <geos_c.h>

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
    check_find_boxes(k);
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
    check_sort(l);
    *out = &l->seen;
    l = NULL;
    return NOI_OK;
}
