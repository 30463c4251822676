/* check_testing.h: layers to be checked, drawn by letters and by rings, and what is said of their
 * defects in tests. */
#ifndef NOI_TESTS_CHECK_TESTING_H
#define NOI_TESTS_CHECK_TESTING_H

#include "testing.h"

#include "drawn_map.h"
#include "geo/check.h"
#include "geo/index.h"

#include <math.h>

#define M_LON 109457.0 /* metres a degree at 10.5 degrees north, near enough */
#define M_LAT 110600.0
#define CELL  0.001

/* Drawn near the city, a square of about 110 m. */
static inline noi_coverage *small_map(const char *text, int width) {
    return drawn_map_at(text, width, 106.5, 10.5, CELL);
}

static inline noi_defects *check_with(const noi_coverage *c, const noi_check_options *options) {
    noi_defects *defects = NULL;
    if (noi_coverage_check(&defects, c, options) != NOI_OK)
        fail_msg("%s", noi_error_message());
    return defects;
}

static inline noi_defects *check(const noi_coverage *c) {
    return check_with(c, NULL);
}

static inline size_t count(const noi_defects *defects, noi_defect_kind kind) {
    size_t n = 0;
    for (size_t i = 0; i < defects->n; i++)
        n += defects->items[i].kind == kind;
    return n;
}

static inline void print_defects(const noi_defects *d) {
    for (size_t i = 0; i < d->n && i < 60; i++)
        print_message("# %s (%s) %s of %d and %d at %.7f %.7f: %.3f m2, %.4f m\n",
                      noi_defect_key(d->items[i].kind), noi_defect_key(d->items[i].of),
                      noi_ring_fault_key(d->items[i].ring), (int)d->items[i].unit_a,
                      (int)d->items[i].unit_b, d->items[i].lon, d->items[i].lat,
                      d->items[i].area_m2, d->items[i].width_m);
}

static inline void assert_clean(const noi_coverage *c) {
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    print_defects(d);
    assert_int_equal(d->n, 0);
}

/* The only defect of a list, which must be of this kind and of these units. */
static inline const noi_defect *only(const noi_defects *d, noi_defect_kind kind, uint32_t a,
                                     uint32_t b) {
    if (d->n != 1)
        print_defects(d);
    assert_int_equal(d->n, 1);
    assert_string_equal(noi_defect_key(d->items[0].kind), noi_defect_key(kind));
    assert_int_equal(d->items[0].unit_a, a);
    assert_int_equal(d->items[0].unit_b, b);
    return &d->items[0];
}

static inline void assert_near(double found, double wanted, double tolerance) {
    if (!(fabs(found - wanted) <= tolerance))
        fail_msg("%.9g is not %.9g", found, wanted);
}

/* Moves the vertices of a unit (of all units: NOI_INDEX_NONE) that stand at a drawn corner, by
 * metres. */
static inline void move(noi_coverage *c, uint32_t unit, double i, double j, double east,
                        double north) {
    double x = 106.5 + i * CELL, y = 10.5 + j * CELL;
    size_t moved = 0;
    for (uint32_t u = 0; u < c->n_units; u++) {
        uint32_t from = c->polygon_ring[c->unit_polygon[u]];
        uint32_t to = c->polygon_ring[c->unit_polygon[u + 1]];
        for (size_t v = c->ring_vertex[from]; v < c->ring_vertex[to]; v++) {
            double *at = c->xy + 2 * v;
            if ((unit != NOI_INDEX_NONE && u != unit) || fabs(at[0] - x) > 1e-9 ||
                fabs(at[1] - y) > 1e-9)
                continue;
            at[0] += east / M_LON;
            at[1] += north / M_LAT;
            moved++;
        }
    }
    assert_true(moved > 0);
}

/* A ring of a new polygon, or a hole of the last; in cells. */
static inline void add_ring(noi_coverage *c, bool is_hole, const double *cells, size_t n) {
    double xy[64];
    assert_true(2 * n <= sizeof xy / sizeof *xy);
    for (size_t i = 0; i < n; i++) {
        xy[2 * i] = 106.5 + cells[2 * i] * CELL;
        xy[2 * i + 1] = 10.5 + cells[2 * i + 1] * CELL;
    }
    if (!is_hole)
        noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, xy, n);
}

/* A unit of one ring, or one more polygon of the last unit, in cells. */
#define UNIT(c, ...)                                                                               \
    do {                                                                                           \
        noi_coverage_add_unit(c, 0);                                                               \
        PART(c, __VA_ARGS__);                                                                      \
    } while (0)
#define PART(c, ...)                                                                               \
    add_ring(c, false, (const double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}) / 16)
#define HOLE(c, ...)                                                                               \
    add_ring(c, true, (const double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}) / 16)

#endif
