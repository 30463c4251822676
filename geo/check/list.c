/* list.c: the list of defects, and the keys of their kinds; see checker.h. */
#include "geo/check/checker.h"

#include <geos_c.h>
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

void defect_list_free(defect_list *l) {
    if (!l)
        return;
    noi_arena_free(l->arena);
    free(l->item);
    free(l);
}

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

void check_sort(defect_list *l) {
    if (l->seen.n)
        qsort(l->item, l->seen.n, sizeof *l->item, by_kind_and_place);
    l->seen.items = l->item;
}
