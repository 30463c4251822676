/*
 * rings.c: each unit by itself: no geometry, rings that GEOS refuses, and polygons that are
 * slivers. Validity is looked at by two threads that take the units one by one.
 */
#include "geo/check/checker.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

/* ---- validity ---- */

/* GEOS names the fault by a sentence of its own, which has not changed since JTS. */
static noi_ring_fault fault_of(const char *reason) {
    static const struct {
        const char *begins;
        noi_ring_fault fault;
    } words[] = {{"Self-intersection", NOI_RING_CROSSES_ITSELF},
                 {"Ring Self-intersection", NOI_RING_TOUCHES_ITSELF},
                 {"Too few points", NOI_RING_TOO_FEW_POINTS},
                 {"Hole lies outside shell", NOI_RING_HOLE_OUTSIDE},
                 {"Holes are nested", NOI_RING_NESTED_HOLES},
                 {"Nested shells", NOI_RING_NESTED_SHELLS},
                 {"Duplicate Rings", NOI_RING_DUPLICATE},
                 {"Interior is disconnected", NOI_RING_INTERIOR_SPLIT}};
    for (size_t i = 0; reason && i < sizeof words / sizeof *words; i++)
        if (strncmp(reason, words[i].begins, strlen(words[i].begins)) == 0)
            return words[i].fault;
    return NOI_RING_OTHER;
}

static void add_fault(ring_worker *w, uint32_t unit, noi_ring_fault fault, double x, double y) {
    NOI_GROW(w->fault, w->capacity, w->n + 1);
    w->fault[w->n++] = (noi_defect){.kind = NOI_DEFECT_INVALID_RING,
                                    .ring = fault,
                                    .unit_a = unit,
                                    .unit_b = NOI_INDEX_NONE,
                                    .lon = x,
                                    .lat = y};
}

/* Whether two rings of a unit are one, begun anywhere and run in either direction. */
static bool same_ring(const noi_coverage *c, uint32_t r, uint32_t s) {
    size_t n = c->ring_vertex[r + 1] - c->ring_vertex[r];
    const double *p = c->xy + 2 * (size_t)c->ring_vertex[r];
    const double *q = c->xy + 2 * (size_t)c->ring_vertex[s];
    if (n != c->ring_vertex[s + 1] - c->ring_vertex[s])
        return false;
    for (size_t at = 0; at < n; at++)
        for (int back = 0; back < 2; back++) {
            size_t i = 0;
            for (; i < n; i++) {
                const double *o = q + 2 * ((back ? at + n - i : at + i) % n);
                if (o[0] != p[2 * i] || o[1] != p[2 * i + 1])
                    break;
            }
            if (i == n)
                return true;
        }
    return false;
}

/* GEOS 3.11 has no word of its own for a ring that is there twice. */
static bool find_twin(uint32_t *ring, const noi_coverage *c, uint32_t from, uint32_t to) {
    for (uint32_t r = from; r < to; r++)
        for (uint32_t s = r + 1; s < to; s++)
            if (same_ring(c, r, s)) {
                *ring = s;
                return true;
            }
    return false;
}

static bool is_valid(ring_worker *w, GEOSGeometry *shape) {
    char valid = GEOSisValid_r(w->g.handle, shape);
    GEOSGeom_destroy_r(w->g.handle, shape);
    return valid == 1;
}

/* Takes the shape, which is made of the unit's rings [from, to), and adds its fault. */
static bool find_fault(ring_worker *w, uint32_t unit, uint32_t from, uint32_t to,
                       GEOSGeometry *shape) {
    char *reason = NULL;
    GEOSGeometry *at = NULL;
    GEOSContextHandle_t handle = w->g.handle;
    char valid = GEOSisValidDetail_r(handle, shape, 0, &reason, &at);
    noi_ring_fault fault = fault_of(reason);
    double x = NAN, y = NAN;
    uint32_t twin;
    if (at) {
        GEOSGeomGetX_r(handle, at, &x);
        GEOSGeomGetY_r(handle, at, &y);
        GEOSGeom_destroy_r(handle, at);
    }
    if (valid != 1 && find_twin(&twin, w->k->coverage, from, to)) {
        fault = NOI_RING_DUPLICATE;
        x = w->k->coverage->xy[2 * (size_t)w->k->coverage->ring_vertex[twin]];
        y = w->k->coverage->xy[2 * (size_t)w->k->coverage->ring_vertex[twin] + 1];
    }
    if (valid != 1)
        add_fault(w, unit, fault, x, y);
    if (reason)
        GEOSFree_r(handle, reason);
    GEOSGeom_destroy_r(handle, shape);
    return valid == 1;
}

/* A ring of one or two places has no area; GEOS would not even build it. */
static bool rings_are_long_enough(ring_worker *w, uint32_t unit) {
    const noi_coverage *c = w->k->coverage;
    bool sound = true;
    for (uint32_t r = c->polygon_ring[c->unit_polygon[unit]];
         r < c->polygon_ring[c->unit_polygon[unit + 1]]; r++) {
        size_t from = c->ring_vertex[r], n = c->ring_vertex[r + 1] - from;
        if (n >= 3)
            continue;
        sound = false;
        add_fault(w, unit, NOI_RING_TOO_FEW_POINTS, n ? c->xy[2 * from] : NAN,
                  n ? c->xy[2 * from + 1] : NAN);
    }
    return sound;
}

/* A unit of several polygons is looked at as a whole; when it is refused, polygon by polygon, and
 * when none of them is to blame, the fault is between them. */
static bool unit_is_valid(ring_worker *w, uint32_t unit) {
    const noi_coverage *c = w->k->coverage;
    uint32_t from = c->unit_polygon[unit], to = c->unit_polygon[unit + 1];
    const uint32_t *ring = c->polygon_ring;
    bool sound = rings_are_long_enough(w, unit), valid = true;
    if (to - from > 1 && is_valid(w, geos_unit(&w->g, c, unit)))
        return sound;
    for (uint32_t p = from; p < to; p++)
        valid = find_fault(w, unit, ring[p], ring[p + 1], geos_polygon(&w->g, c, p)) && valid;
    if (to - from > 1 && valid)
        valid = find_fault(w, unit, ring[from], ring[to], geos_unit(&w->g, c, unit));
    return valid && sound;
}

static void *work(void *context) {
    ring_worker *w = context;
    geos_begin(&w->g);
    for (;;) {
        uint32_t unit = atomic_fetch_add(w->next, 1);
        if (unit >= w->k->coverage->n_units)
            break;
        w->k->is_valid[unit] = unit_is_valid(w, unit);
    }
    geos_end(&w->g);
    return NULL;
}

void check_rings_begin(ring_check *r, checker *k) {
    memset(r, 0, sizeof *r);
    for (int i = 0; i < 2; i++)
        r->worker[i] = (ring_worker){.k = k, .next = &r->next};
    r->has_thread = pthread_create(&r->thread, NULL, work, &r->worker[0]) == 0;
}

static void add_empty(checker *k) {
    const noi_coverage *c = k->coverage;
    for (uint32_t u = 0; u < c->n_units; u++)
        if (c->ring_vertex[c->polygon_ring[c->unit_polygon[u]]] ==
            c->ring_vertex[c->polygon_ring[c->unit_polygon[u + 1]]])
            check_add_point(k, (noi_defect){.kind = NOI_DEFECT_EMPTY,
                                            .unit_a = u,
                                            .unit_b = NOI_INDEX_NONE,
                                            .lon = NAN,
                                            .lat = NAN});
}

void check_rings_end(ring_check *r, checker *k) {
    work(&r->worker[1]);
    if (r->has_thread)
        pthread_join(r->thread, NULL);
    for (int i = 0; i < 2; i++) {
        for (size_t f = 0; f < r->worker[i].n; f++)
            check_add_point(k, r->worker[i].fault[f]);
        free(r->worker[i].fault);
    }
    add_empty(k);
}

/* ---- polygons that are slivers ---- */

/* Whether a polygon could be a sliver, by plane geometry, which is right to a few percent for what
 * is small enough. */
static bool may_be_sliver(const checker *k, uint32_t polygon) {
    const noi_coverage *c = k->coverage;
    double area = 0, perimeter = 0, mx, my;
    size_t first = c->ring_vertex[c->polygon_ring[polygon]];
    if (first >= c->n_vertices)
        return false;
    metres_a_degree(&mx, &my, c->xy[2 * first + 1]);
    for (uint32_t r = c->polygon_ring[polygon]; r < c->polygon_ring[polygon + 1]; r++) {
        size_t from = c->ring_vertex[r], to = c->ring_vertex[r + 1];
        const double *o = c->xy + 2 * from;
        double twice = 0;
        for (size_t v = from; v < to; v++) {
            const double *p = c->xy + 2 * v, *q = c->xy + 2 * (v + 1 < to ? v + 1 : from);
            double x = (p[0] - o[0]) * mx, y = (p[1] - o[1]) * my;
            double dx = (q[0] - p[0]) * mx, dy = (q[1] - p[1]) * my;
            twice += x * dy - y * dx;
            perimeter += sqrt(dx * dx + dy * dy);
        }
        area += fabs(twice) / 2 * (r == c->polygon_ring[polygon] ? 1 : -1);
    }
    return area < 2 * k->options.sliver_area_m2 || area < k->options.sliver_width_m * perimeter;
}

static void check_part(checker *k, uint32_t unit, uint32_t polygon) {
    noi_defect d = {.kind = NOI_DEFECT_SLIVER, .unit_a = unit, .unit_b = NOI_INDEX_NONE};
    GEOSGeometry *shape = geos_polygon(&k->g, k->coverage, polygon);
    if (check_measure(k, &d, shape) &&
        (d.width_m < k->options.sliver_width_m || d.area_m2 < k->options.sliver_area_m2))
        check_add(k, d, shape);
    GEOSGeom_destroy_r(k->g.handle, shape);
}

void check_parts(checker *k) {
    const noi_coverage *c = k->coverage;
    for (uint32_t u = 0; u < c->n_units; u++)
        for (uint32_t p = c->unit_polygon[u]; k->is_valid[u] && p < c->unit_polygon[u + 1]; p++)
            if (may_be_sliver(k, p))
                check_part(k, u, p);
}
