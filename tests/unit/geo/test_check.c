/*
 * Plan
 *   clean        a drawn map has no defect; nor have bays, long straight borders, islands of few
 *                vertices, a junction of three
 *   planted      each kind of defect on a drawn map: found, with its units, place and size, and
 *                nothing else found; the thresholds, "narrower than" and "wider than"
 *   rings        each kind of invalid ring that GEOS tells, drawn
 *   properties   a perfect coverage, drawn and from the rehearsal, stays perfect when it is
 * shifted, turned to VN-2000 and back, or given more vertices; given more on one side only, it is
 * drawn differently and nothing else real layers  against GEOS pair by pair; the clean one is clean
 */
#include "testing.h"

#include "drawn_map.h"
#include "geo/check.h"
#include "geo/crs.h"
#include "geo/index.h"
#include "geo/measure.h"
#include "importers/layer_file.h"
#include "rehearsal/shape.h"
#include "shared.h"

#include <math.h>

#define M_LON 109457.0 /* metres a degree at 10.5 degrees north, near enough */
#define M_LAT 110600.0
#define CELL  0.001

/* Drawn near the city, a square of about 110 m. */
static noi_coverage *small_map(const char *text, int width) {
    return drawn_map_at(text, width, 106.5, 10.5, CELL);
}

static noi_defects *check_with(const noi_coverage *c, const noi_check_options *options) {
    noi_defects *defects = NULL;
    if (noi_coverage_check(&defects, c, options) != NOI_OK)
        fail_msg("%s", noi_error_message());
    return defects;
}

static noi_defects *check(const noi_coverage *c) {
    return check_with(c, NULL);
}

static size_t count(const noi_defects *defects, noi_defect_kind kind) {
    size_t n = 0;
    for (size_t i = 0; i < defects->n; i++)
        n += defects->items[i].kind == kind;
    return n;
}

static void print_defects(const noi_defects *d) {
    for (size_t i = 0; i < d->n && i < 60; i++)
        print_message("# %s (%s) %s of %d and %d at %.7f %.7f: %.3f m2, %.4f m\n",
                      noi_defect_key(d->items[i].kind), noi_defect_key(d->items[i].of),
                      noi_ring_fault_key(d->items[i].ring), (int)d->items[i].unit_a,
                      (int)d->items[i].unit_b, d->items[i].lon, d->items[i].lat,
                      d->items[i].area_m2, d->items[i].width_m);
}

static void assert_clean(const noi_coverage *c) {
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    print_defects(d);
    assert_int_equal(d->n, 0);
}

/* The only defect of a list, which must be of this kind and of these units. */
static const noi_defect *only(const noi_defects *d, noi_defect_kind kind, uint32_t a, uint32_t b) {
    if (d->n != 1)
        print_defects(d);
    assert_int_equal(d->n, 1);
    assert_string_equal(noi_defect_key(d->items[0].kind), noi_defect_key(kind));
    assert_int_equal(d->items[0].unit_a, a);
    assert_int_equal(d->items[0].unit_b, b);
    return &d->items[0];
}

static void assert_near(double found, double wanted, double tolerance) {
    if (!(fabs(found - wanted) <= tolerance))
        fail_msg("%.9g is not %.9g", found, wanted);
}

/* Moves the vertices of a unit (of all units: NOI_INDEX_NONE) that stand at a drawn corner, by
 * metres. */
static void move(noi_coverage *c, uint32_t unit, double i, double j, double east, double north) {
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
static void add_ring(noi_coverage *c, bool is_hole, const double *cells, size_t n) {
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

/* ---- clean ---- */

static void a_clean_map_has_no_defects(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AAAABB..D"
                                "ACCAABB.D"
                                "ACCAEEE.."
                                "ACAAEFEFD"
                                ".CAAEEE..",
                                9);
    assert_clean(c);
}

static void a_bay_is_no_gap(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AABB"
                                "A..B"
                                "A..B",
                                4);
    assert_clean(c);
}

/* 30 km by 300 m, a triangle of 20 km, a needle of 40 km, a tongue that ends in two vertices. */
static void long_straight_borders_and_few_vertices_are_no_far_vertices(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    UNIT(c, 0, 0, 300, 0, 300, 3, 0, 3);
    UNIT(c, 0, 10, 200, 10, 100, 180);
    UNIT(c, 400, 0, 400, 10, 800, 5);
    UNIT(c, 400, 100, 405, 100, 405, 200, 400, 200, 400, 152, 310, 152, 310, 148, 400, 148);
    assert_clean(c);
}

static void a_junction_of_three_is_no_mismatch(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AAAA"
                                "BBCC"
                                "BBCC",
                                4);
    assert_clean(c);
}

/* ---- gaps and overlaps ---- */

static void a_gap_is_found_with_its_neighbours_and_area(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AABB"
                                "A..B"
                                "AABB",
                                4);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    const noi_defect *gap = only(d, NOI_DEFECT_GAP, 0, 1);
    assert_int_equal(gap->of, NOI_DEFECT_GAP);
    double square = noi_unit_area_m2(c, 0) / 5;
    assert_near(gap->area_m2 / square, 2, 1e-4);
    assert_true(gap->lon > 106.501 && gap->lon < 106.503 && gap->lat > 10.501 && gap->lat < 10.502);
    assert_true(gap->width_m > 60 && gap->width_m < 80); /* 2 x 2 squares / 6 sides of 110 m */
    NOI_AUTO(noi_coverage_freep) noi_coverage *shape = noi_coverage_new();
    assert_int_equal(noi_coverage_add_wkb(shape, 0, gap->wkb.p, gap->wkb.n), NOI_OK);
    assert_near(noi_unit_area_m2(shape, 0), gap->area_m2, 0.01);
}

static void gaps_are_sorted_by_width(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AABB"
                                "A..B"
                                "AABB",
                                4);
    noi_check_options o = NOI_CHECK_DEFAULTS;
    o.narrower_than_m = 10;
    NOI_AUTO(noi_defects_freep) noi_defects *wide = check_with(c, &o);
    assert_int_equal(only(wide, NOI_DEFECT_ENCLAVE, 0, 1)->of, NOI_DEFECT_GAP);
    o = (noi_check_options)NOI_CHECK_DEFAULTS;
    o.wider_than_m = 100;
    NOI_AUTO(noi_defects_freep) noi_defects *narrow = check_with(c, &o);
    assert_int_equal(narrow->n, 0);
    o.wider_than_m = 0;
    o.min_area_m2 = 1e6;
    NOI_AUTO(noi_defects_freep) noi_defects *small = check_with(c, &o);
    assert_int_equal(small->n, 0);
    o = (noi_check_options)NOI_CHECK_DEFAULTS;
    o.sliver_width_m = 80;
    NOI_AUTO(noi_defects_freep) noi_defects *sliver = check_with(c, &o);
    assert_int_equal(only(sliver, NOI_DEFECT_SLIVER, 0, 1)->of, NOI_DEFECT_GAP);
}

static void an_overlap_is_found_with_its_area(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    UNIT(c, 0, 0, 2, 0, 2, 2, 0, 2);
    UNIT(c, 1.5, 0.5, 4, 0.5, 4, 1.5, 1.5, 1.5);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    const noi_defect *overlap = only(d, NOI_DEFECT_OVERLAP, 0, 1);
    assert_int_equal(overlap->of, NOI_DEFECT_OVERLAP);
    assert_near(overlap->area_m2 / (noi_unit_area_m2(c, 0) / 8), 1, 1e-4);
    noi_check_options o = NOI_CHECK_DEFAULTS;
    o.wider_than_m = 100;
    NOI_AUTO(noi_defects_freep) noi_defects *left_out = check_with(c, &o);
    assert_int_equal(left_out->n, 0);
}

static void a_unit_inside_another_overlaps_it(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = small_map("AABB", 4);
    UNIT(c, 0.5, 0.25, 1, 0.25, 1, 0.75);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    only(d, NOI_DEFECT_OVERLAP, 0, 2);
}

/* Two coverages in one layer: each pair that shares area is named with that area. */
static void two_vintages_in_one_layer_overlap_pair_by_pair(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AABB"
                                "AABB",
                                4);
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *other = small_map("CCCC"
                                    "DDDD",
                                    4);
    for (uint32_t u = 0; u < 2; u++) {
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, other, u);
        assert_int_equal(noi_coverage_add_wkb(c, 0, wkb.p, wkb.n), NOI_OK);
    }
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(count(d, NOI_DEFECT_OVERLAP), 4);
    double square = noi_unit_area_m2(c, 0) / 4;
    for (size_t i = 0; i < d->n; i++)
        if (d->items[i].kind == NOI_DEFECT_OVERLAP)
            assert_near(d->items[i].area_m2 / square, 2, 1e-3);
}

/* ---- slivers ---- */

static noi_coverage *two_units(void) {
    return small_map("AABB"
                     "AABB"
                     "AABB",
                     4);
}

static void a_narrow_gap_is_a_sliver(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = two_units();
    move(c, 1, 2, 1, 0.5, 0);
    move(c, 1, 2, 2, 0.5, 0);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    const noi_defect *sliver = only(d, NOI_DEFECT_SLIVER, 0, 1);
    assert_int_equal(sliver->of, NOI_DEFECT_GAP);
    assert_near(sliver->area_m2, 0.5 * 2 * CELL * M_LAT, 1);
    assert_near(sliver->width_m, 1.0 / 3, 0.01);
}

static void a_narrow_overlap_is_a_sliver(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = two_units();
    move(c, 1, 2, 1, -0.5, 0);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(only(d, NOI_DEFECT_SLIVER, 0, 1)->of, NOI_DEFECT_OVERLAP);
    noi_check_options o = NOI_CHECK_DEFAULTS;
    o.sliver_width_m = o.sliver_area_m2 = 0;
    NOI_AUTO(noi_defects_freep) noi_defects *none = check_with(c, &o);
    only(none, NOI_DEFECT_OVERLAP, 0, 1);
}

static void a_small_gap_is_a_sliver_though_it_is_round(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = two_units();
    const double s = 0.8 / (CELL * M_LON);
    HOLE(c, 3, 1, 3, 1 + s, 3 + s, 1 + s, 3 + s, 1);
    noi_check_options o = NOI_CHECK_DEFAULTS;
    o.sliver_width_m = 0.1;
    NOI_AUTO(noi_defects_freep) noi_defects *d = check_with(c, &o);
    const noi_defect *sliver = only(d, NOI_DEFECT_SLIVER, 1, NOI_INDEX_NONE);
    assert_int_equal(sliver->of, NOI_DEFECT_GAP);
    assert_near(sliver->area_m2, 0.65, 0.01);
}

static void a_thread_or_crumb_of_a_unit_is_a_sliver(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = two_units();
    PART(c, 6, 0, 6.005, 0, 6.005, 2, 6, 2);         /* 0.5 m wide */
    PART(c, 7, 0, 7.005, 0, 7.005, 0.005, 7, 0.005); /* 0.3 m2 */
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(d->n, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(d->items[i].kind, NOI_DEFECT_SLIVER);
        assert_int_equal(d->items[i].of, NOI_DEFECT_SLIVER);
        assert_int_equal(d->items[i].unit_a, 1);
        assert_int_equal(d->items[i].unit_b, NOI_INDEX_NONE);
        assert_true(d->items[i].wkb.n > 0);
    }
}

/* ---- inlets ---- */

static void an_open_narrow_gap_is_an_inlet(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = two_units();
    for (int j = 1; j <= 3; j++)
        move(c, 1, 2, j, 0.5, 0);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    const noi_defect *inlet = only(d, NOI_DEFECT_INLET, 0, 1);
    assert_near(inlet->area_m2, 0.5 * 2.5 * CELL * M_LAT, 1);
    assert_near(inlet->width_m, 0.5 * 2.5 / 3, 0.01);
    assert_near(inlet->lon, 106.502, 1e-5);
    assert_true(inlet->wkb.n > 0);
    noi_check_options o = NOI_CHECK_DEFAULTS;
    o.inlet_width_m = 0.001;
    NOI_AUTO(noi_defects_freep) noi_defects *narrower = check_with(c, &o);
    assert_int_equal(narrower->n, 0);
}

/* Cut into A alone, whose ring begins in the middle of it. */
static void a_slit_in_one_unit_is_an_inlet(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    UNIT(c, 2, 1.5, 2, 1, 2.003, 1, 2.003, 1.5, 2.003, 3, 4, 3, 4, 0, 0, 0, 0, 3, 2, 3);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    const noi_defect *inlet = only(d, NOI_DEFECT_INLET, 0, NOI_INDEX_NONE);
    assert_near(inlet->area_m2, 0.003 * 2 * CELL * CELL * M_LON * M_LAT, 1);
}

/* A street's width, a channel that is wide, a notch, and a wedge of ten degrees. */
static void what_is_wide_or_short_is_no_inlet(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = two_units();
    for (int j = 0; j <= 3; j++)
        move(c, 1, 2, j, 3, 0);
    assert_clean(c);
    NOI_AUTO(noi_coverage_freep) noi_coverage *notch = noi_coverage_new();
    UNIT(notch, 0, 0, 4, 0, 4, 2, 2.007, 2, 2.007, 1.97, 2, 1.97, 2, 2, 0, 2);
    assert_clean(notch);
    NOI_AUTO(noi_coverage_freep) noi_coverage *wedge = noi_coverage_new();
    UNIT(wedge, 0, 0, 4, 0, 4, 2, 2.1764, 2, 2, 1, 2, 2, 0, 2);
    assert_clean(wedge);
}

/* ---- enclaves ---- */

static void a_unit_inside_one_other_is_an_enclave(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("BBBBCC"
                                "BABBCC"
                                "BBBBCC"
                                "BBADCC"
                                "BBBBCC",
                                6);
    assert_clean(c); /* A also borders on D */
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *inside = small_map("BBBBCC"
                                     "BABBCC"
                                     "BBBBCC"
                                     "BBABCC"
                                     "BBBBCC",
                                     6);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(inside);
    const noi_defect *enclave = only(d, NOI_DEFECT_ENCLAVE, 0, 1);
    assert_int_equal(enclave->of, NOI_DEFECT_ENCLAVE);
    assert_near(enclave->area_m2, noi_unit_area_m2(inside, 0), 1e-3);
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *later = small_map("AAAB"
                                    "ACAB"
                                    "AAAB",
                                    4);
    NOI_AUTO(noi_defects_freep) noi_defects *order = check(later);
    only(order, NOI_DEFECT_ENCLAVE, 2, 0); /* the inner one first */
}

/* ---- vertices ---- */

static void a_vertex_twice_is_told_once_for_both_units(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    UNIT(c, 0, 0, 2, 0, 2, 1, 2, 1, 2, 2, 0, 2);
    UNIT(c, 2, 0, 4, 0, 4, 2, 2, 2, 2, 1, 2, 1);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    const noi_defect *twice = only(d, NOI_DEFECT_DUPLICATE_VERTEX, 0, 1);
    assert_near(twice->lat, 10.501, 1e-9);
    NOI_AUTO(noi_coverage_freep) noi_coverage *one = noi_coverage_new();
    UNIT(one, 0, 0, 2, 0, 2, 2, 0, 2, 0, 0, 0, 0); /* closed twice over */
    NOI_AUTO(noi_defects_freep) noi_defects *closing = check(one);
    only(closing, NOI_DEFECT_DUPLICATE_VERTEX, 0, NOI_INDEX_NONE);
}

static void vertices_nearly_at_one_place_are_told(void **state) {
    (void)state;
    const double near = 0.005 / (CELL * M_LAT);
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    UNIT(c, 0, 0, 2, 0, 2, 1, 2, 1 + near, 2, 2, 0, 2);
    UNIT(c, 2, 0, 4, 0, 4, 2, 2, 2, 2, 1 + near, 2, 1);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    const noi_defect *pair = only(d, NOI_DEFECT_NEAR_VERTEX, 0, 1);
    assert_near(pair->width_m, 0.005, 1e-4);
    noi_check_options o = NOI_CHECK_DEFAULTS;
    o.near_vertex_m = 0.004;
    NOI_AUTO(noi_defects_freep) noi_defects *nearer = check_with(c, &o);
    assert_int_equal(nearer->n, 0);
}

static void a_vertex_dragged_away_is_told(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = two_units();
    move(c, 0, 0, 1, -8000, 0);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    const noi_defect *far = only(d, NOI_DEFECT_FAR_VERTEX, 0, NOI_INDEX_NONE);
    assert_near(far->lon, 106.5 - 8000 / M_LON, 1e-7);
    assert_near(far->width_m, 8000, 20);
    noi_check_options o = NOI_CHECK_DEFAULTS;
    o.far_vertex_m = 9000;
    NOI_AUTO(noi_defects_freep) noi_defects *nearer = check_with(c, &o);
    assert_int_equal(nearer->n, 0);
    NOI_AUTO(noi_coverage_freep) noi_coverage *both = noi_coverage_new();
    UNIT(both, 0, 0, 200, 0, 200, 90, 280, 91, 200, 92, 200, 200, 0, 200);
    UNIT(both, 200, 0, 400, 0, 400, 200, 200, 200, 200, 92, 280, 91, 200, 90);
    NOI_AUTO(noi_defects_freep) noi_defects *shared = check(both);
    only(shared, NOI_DEFECT_FAR_VERTEX, 0, 1);
}

/* ---- borders drawn differently ---- */

static void a_vertex_that_only_one_neighbour_has_is_a_mismatch(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    UNIT(c, 0, 0, 2, 0, 2, 2, 0, 2);
    UNIT(c, 2, 0, 4, 0, 4, 2, 2, 2, 2, 1);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_near(only(d, NOI_DEFECT_EDGE_MISMATCH, 0, 1)->lat, 10.501, 1e-9);
}

static void a_junction_that_the_long_side_lacks_is_a_mismatch_with_both(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    UNIT(c, 0, 1, 2, 1, 2, 2, 0, 2);
    UNIT(c, 0, 0, 1, 0, 1, 1, 0, 1);
    UNIT(c, 1, 0, 2, 0, 2, 1, 1, 1);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(d->n, 2);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(d->items[i].kind, NOI_DEFECT_EDGE_MISMATCH);
        assert_int_equal(d->items[i].unit_a, 0);
        assert_int_equal(d->items[i].unit_b, i + 1);
    }
}

/* Along the border, and 1 cm to the side as well. */
static void a_border_drawn_twice_is_a_mismatch(void **state) {
    (void)state;
    for (int side = 0; side < 2; side++) {
        const double off = 2 + side * 0.01 / (CELL * M_LON);
        NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
        UNIT(c, 0, 0, 2, 0, 2, 0.02, 2, 0.04, 2, 0.06, 2, 0.08, 0, 0.08);
        UNIT(c, 2, 0, 4, 0, 4, 0.08, 2, 0.08, off, 0.05, off, 0.03, off, 0.01);
        NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
        const noi_defect *twice = only(d, NOI_DEFECT_EDGE_MISMATCH, 0, 1);
        assert_near(twice->width_m, side * 0.01, 0.0001);
        assert_int_equal(twice->wkb.n, 9 + 6 * 21); /* a multipoint of six */
    }
}

/* ---- rings ---- */

static void assert_fault(const noi_coverage *c, noi_ring_fault fault, double i, double j) {
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    if (count(d, NOI_DEFECT_INVALID_RING) != 1)
        print_defects(d);
    assert_int_equal(count(d, NOI_DEFECT_INVALID_RING), 1);
    assert_string_equal(noi_ring_fault_key(d->items[0].ring), noi_ring_fault_key(fault));
    assert_int_equal(d->items[0].unit_a, 0);
    assert_near(d->items[0].lon, 106.5 + i * CELL, 1e-9);
    assert_near(d->items[0].lat, 10.5 + j * CELL, 1e-9);
}

#define FAULT(fault, i, j, ...)                                                                    \
    do {                                                                                           \
        NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();                         \
        __VA_ARGS__;                                                                               \
        assert_fault(c, fault, i, j);                                                              \
    } while (0)
#define SQUARE(x, y, size) x, y, x + size, y, x + size, y + size, x, y + size

static void each_kind_of_invalid_ring_is_named_with_its_place(void **state) {
    (void)state;
    FAULT(NOI_RING_CROSSES_ITSELF, 0.5, 0.5, UNIT(c, 0, 0, 1, 1, 1, 0, 0, 1));
    FAULT(NOI_RING_TOUCHES_ITSELF, 2, 2, UNIT(c, 0, 0, 4, 0, 2, 2, 4, 4, 0, 4, 2, 2));
    FAULT(NOI_RING_TOO_FEW_POINTS, 5, 5, UNIT(c, 5, 5, 6, 6));
    FAULT(NOI_RING_TOO_FEW_POINTS, 5, 5, UNIT(c, 5, 5, 6, 6, 6, 6));
    FAULT(NOI_RING_HOLE_OUTSIDE, 6, 6, UNIT(c, SQUARE(0, 0, 4)); HOLE(c, SQUARE(6, 6, 1)));
    FAULT(NOI_RING_NESTED_HOLES, 2, 2, UNIT(c, SQUARE(0, 0, 9)); HOLE(c, SQUARE(1, 1, 6));
          HOLE(c, SQUARE(2, 2, 1)));
    FAULT(NOI_RING_NESTED_SHELLS, 2, 2, UNIT(c, SQUARE(0, 0, 9)); PART(c, SQUARE(2, 2, 1)));
    FAULT(NOI_RING_DUPLICATE, 3, 3, UNIT(c, SQUARE(0, 0, 9)); HOLE(c, SQUARE(2, 2, 1));
          HOLE(c, 3, 3, 3, 2, 2, 2, 2, 3));
    FAULT(NOI_RING_DUPLICATE, 0, 0, UNIT(c, SQUARE(0, 0, 9)); PART(c, SQUARE(0, 0, 9)));
    FAULT(NOI_RING_INTERIOR_SPLIT, 0, 2, UNIT(c, 0, 0, 4, 0, 4, 2, 4, 4, 0, 4, 0, 2);
          HOLE(c, 0, 2, 2, 1, 4, 2, 2, 3));
}

static void each_broken_unit_is_told_and_no_other(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    UNIT(c, 0, 0, 1, 1, 1, 0, 0, 1);
    noi_coverage_add_unit(c, 0); /* no shape */
    UNIT(c, 5, 5, 6, 6);
    UNIT(c, SQUARE(8, 0, 1));
    UNIT(c, SQUARE(9, 0, 1));
    PART(c, 20, 0, 21, 1, 21, 0, 20, 1); /* two bow ties in one unit are two defects */
    PART(c, 30, 0, 31, 1, 31, 0, 30, 1);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(d->n, 5);
    assert_int_equal(count(d, NOI_DEFECT_INVALID_RING), 4);
    const uint32_t want[] = {0, 2, 4, 4};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(d->items[i].unit_a, want[i]);
    assert_int_equal(d->items[4].kind, NOI_DEFECT_EMPTY);
    assert_int_equal(d->items[4].unit_a, 1);
}

static void every_kind_has_a_key_and_a_rule(void **state) {
    (void)state;
    for (int kind = NOI_DEFECT_INVALID_RING; kind <= NOI_DEFECT_FAR_VERTEX; kind++) {
        assert_true(*noi_defect_key((noi_defect_kind)kind));
        assert_int_equal(*noi_defect_rule((noi_defect_kind)kind), 'L');
    }
    for (int fault = NOI_RING_CROSSES_ITSELF; fault <= NOI_RING_OTHER; fault++)
        assert_true(*noi_ring_fault_key((noi_ring_fault)fault));
}

static void a_layer_without_anything_is_checked_too(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *none = noi_coverage_new();
    assert_clean(none);
    noi_coverage_add_unit(none, 0);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(none);
    only(d, NOI_DEFECT_EMPTY, 0, NOI_INDEX_NONE);
}

/* ---- properties ---- */

static void shift(noi_coverage *c, double dx, double dy) {
    for (size_t v = 0; v < c->n_vertices; v++) {
        c->xy[2 * v] += dx;
        c->xy[2 * v + 1] += dy;
    }
}

static void go_through(noi_coverage *c, const char *definition) {
    NOI_AUTO(noi_crs_closep) noi_crs *crs = NULL;
    assert_int_equal(noi_crs_open(&crs, definition), NOI_OK);
    for (size_t v = 0; v < c->n_vertices; v++) {
        double *x = &c->xy[2 * v], *y = x + 1;
        noi_crs_from_wgs84(crs, x, y, 1);
        *x = round(*x * 1000) / 1000; /* files carry millimetres */
        *y = round(*y * 1000) / 1000;
        noi_crs_to_wgs84(crs, x, y, 1);
    }
}

/* Every unit from `from` on, below `to`, has a vertex more in the middle of each edge. */
static noi_coverage *denser(const noi_coverage *c, uint32_t from, uint32_t to) {
    noi_coverage *out = noi_coverage_new();
    for (uint32_t u = 0; u < c->n_units; u++) {
        noi_coverage_add_unit(out, c->unit_code[u]);
        for (uint32_t p = c->unit_polygon[u]; p < c->unit_polygon[u + 1]; p++) {
            noi_coverage_add_polygon(out);
            for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++) {
                size_t first = c->ring_vertex[r], n = c->ring_vertex[r + 1] - first, m = 0;
                NOI_AUTO_FREE double *xy = noi_alloc(4 * n * sizeof *xy);
                for (size_t i = 0; i < n; i++) {
                    const double *a = c->xy + 2 * (first + i),
                                 *b = c->xy + 2 * (first + (i + 1) % n);
                    memcpy(xy + 2 * m++, a, 2 * sizeof *xy);
                    if (u < from || u >= to)
                        continue;
                    xy[2 * m] = (a[0] + b[0]) / 2;
                    xy[2 * m++ + 1] = (a[1] + b[1]) / 2;
                }
                noi_coverage_add_ring(out, xy, m);
            }
        }
    }
    return out;
}

static void assert_stays_perfect(const noi_coverage *perfect) {
    noi_coverage *c = denser(perfect, 0, 0);
    shift(c, 0.37, -1.1);
    assert_clean(c);
    noi_coverage_free(c);
    c = denser(perfect, 0, 0);
    go_through(c, "EPSG:9210");
    assert_clean(c);
    noi_coverage_free(c);
    c = denser(perfect, 0, 0);
    go_through(c, "EPSG:5899");
    assert_clean(c);
    noi_coverage_free(c);
    c = denser(perfect, 0, perfect->n_units);
    assert_clean(c);
    noi_coverage_free(c);
    c = denser(perfect, 0, perfect->n_units / 3);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_true(d->n > 0);
    for (size_t i = 0; i < d->n; i++) {
        assert_int_equal(d->items[i].kind, NOI_DEFECT_EDGE_MISMATCH);
        assert_true(d->items[i].width_m < 1e-6);
        assert_true(d->items[i].unit_a < perfect->n_units / 3);
    }
    noi_coverage_free(c);
}

static void a_perfect_drawn_map_stays_perfect(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AAAABBBBB"
                                "ACCAABBDD"
                                "ACCAEEEDD"
                                "ACAAEEEFD"
                                "GGGAEEEFF",
                                9);
    assert_stays_perfect(c);
}

static void the_perfect_rehearsal_city_stays_perfect(void **state) {
    (void)state;
    NOI_AUTO(noi_tables_freep) noi_tables *tables = NULL;
    NOI_AUTO(noi_shape_freep) noi_shape *shape = NULL;
    assert_int_equal(noi_tables_load(&tables), NOI_OK);
    assert_int_equal(noi_shape_make(&shape, tables, 11, 800), NOI_OK);
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_shape_new_layer(shape);
    assert_clean(c);
    assert_stays_perfect(c);
}

/* ---- planted on the rehearsal city, with an answer key ---- */

/* What is done to a layer: for `unit` (all: NOI_INDEX_NONE), vertex p goes to `to`; or, with
 * is_new, `to` becomes a vertex between p and q. */
typedef struct edit {
    uint32_t unit;
    bool is_new;
    double p[2], q[2], to[2];
} edit;

typedef struct answer {
    noi_defect_kind kind, of;
    uint32_t a, b;
} answer;

typedef struct planting {
    const noi_coverage *c;
    uint32_t *unit; /* of a vertex */
    uint32_t *prev, *next;
    uint32_t *other; /* the unit across the edge that starts at a vertex; NOI_INDEX_NONE */
    edit edit[64];
    answer key[64];
    size_t n_edits, n_answers;
} planting;

static const double *at(const planting *p, uint32_t v) {
    return p->c->xy + 2 * (size_t)v;
}

typedef struct known_edge {
    double end[4];
    uint32_t vertex;
} known_edge;

static int by_ends(const void *a, const void *b) {
    return memcmp(a, b, 4 * sizeof(double));
}

static known_edge edge_at(const planting *p, uint32_t v) {
    const double *a = at(p, v), *b = at(p, p->next[v]);
    bool turn = b[0] < a[0] || (b[0] == a[0] && b[1] < a[1]);
    known_edge e = {.vertex = v};
    memcpy(e.end, turn ? b : a, 2 * sizeof *a);
    memcpy(e.end + 2, turn ? a : b, 2 * sizeof *a);
    return e;
}

static void planting_begin(planting *p, const noi_coverage *c) {
    *p = (planting){.c = c};
    size_t n = c->n_vertices;
    p->unit = noi_alloc(n * sizeof *p->unit);
    p->prev = noi_alloc(n * sizeof *p->prev);
    p->next = noi_alloc(n * sizeof *p->next);
    p->other = noi_alloc(n * sizeof *p->other);
    for (uint32_t u = 0; u < c->n_units; u++)
        for (uint32_t r = c->polygon_ring[c->unit_polygon[u]];
             r < c->polygon_ring[c->unit_polygon[u + 1]]; r++)
            for (uint32_t from = c->ring_vertex[r], to = c->ring_vertex[r + 1], v = from; v < to;
                 v++) {
                p->unit[v] = u;
                p->next[v] = v + 1 < to ? v + 1 : from;
                p->prev[v] = v > from ? v - 1 : to - 1;
            }
    NOI_AUTO_FREE known_edge *all = noi_alloc(n * sizeof *all);
    for (uint32_t v = 0; v < n; v++) {
        all[v] = edge_at(p, v);
        p->other[v] = NOI_INDEX_NONE;
    }
    qsort(all, n, sizeof *all, by_ends);
    for (size_t i = 0; i + 1 < n; i++)
        if (by_ends(&all[i], &all[i + 1]) == 0) {
            p->other[all[i].vertex] = p->unit[all[i + 1].vertex];
            p->other[all[i + 1].vertex] = p->unit[all[i].vertex];
        }
}

static void planting_end(planting *p) {
    free(p->unit);
    free(p->prev);
    free(p->next);
    free(p->other);
}

static void expect(planting *p, noi_defect_kind kind, noi_defect_kind of, uint32_t a, uint32_t b) {
    assert_true(p->n_answers < 64);
    p->key[p->n_answers++] = (answer){kind, of, a < b ? a : b, a < b ? b : a};
}

static void add_edit(planting *p, edit e) {
    assert_true(p->n_edits < 64);
    p->edit[p->n_edits++] = e;
}

/* Takes vertex v of its unit so many metres to the left of where the ring runs. */
static void move_left(planting *p, uint32_t unit, uint32_t v, double metres) {
    const double *a = at(p, p->prev[v]), *b = at(p, p->next[v]), *m = at(p, v);
    double dx = (b[0] - a[0]) * M_LON, dy = (b[1] - a[1]) * M_LAT, length = hypot(dx, dy);
    add_edit(p, (edit){unit,
                       false,
                       {m[0], m[1]},
                       {0},
                       {m[0] - metres * dy / length / M_LON, m[1] + metres * dx / length / M_LAT}});
}

/* A vertex on the way from v to the next one, so many metres from v. */
static void add_after(planting *p, uint32_t unit, uint32_t v, double metres) {
    const double *a = at(p, v), *b = at(p, p->next[v]);
    double t = metres / hypot((b[0] - a[0]) * M_LON, (b[1] - a[1]) * M_LAT);
    add_edit(p, (edit){unit,
                       true,
                       {a[0], a[1]},
                       {b[0], b[1]},
                       {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])}});
}

static bool is_counterclockwise(const planting *p, uint32_t v) {
    double sum = 0;
    uint32_t i = v;
    do {
        const double *a = at(p, i), *b = at(p, p->next[i]);
        sum += (a[0] - at(p, v)[0]) * (b[1] - at(p, v)[1]) -
               (b[0] - at(p, v)[0]) * (a[1] - at(p, v)[1]);
        i = p->next[i];
    } while (i != v);
    return sum > 0;
}

/* Plants at vertex v of unit a, in the middle of its border with b. */
static void plant_at(planting *p, int what, uint32_t v) {
    uint32_t a = p->unit[v], b = p->other[v];
    double into_b = is_counterclockwise(p, v) ? -1 : 1;
    switch (what) {
    case 0:
        move_left(p, b, v, 40 * into_b);
        expect(p, NOI_DEFECT_GAP, NOI_DEFECT_GAP, a, b);
        break;
    case 1:
        move_left(p, b, v, -40 * into_b);
        expect(p, NOI_DEFECT_OVERLAP, NOI_DEFECT_OVERLAP, a, b);
        break;
    case 2:
        move_left(p, b, v, 0.3 * into_b);
        expect(p, NOI_DEFECT_SLIVER, NOI_DEFECT_GAP, a, b);
        break;
    case 3:
        move_left(p, b, v, -0.3 * into_b);
        expect(p, NOI_DEFECT_SLIVER, NOI_DEFECT_OVERLAP, a, b);
        break;
    case 4:
        add_after(p, a, v, 0);
        add_after(p, b, v, 0);
        expect(p, NOI_DEFECT_DUPLICATE_VERTEX, NOI_DEFECT_DUPLICATE_VERTEX, a, b);
        break;
    case 5:
        add_after(p, a, v, 0.004);
        add_after(p, b, v, 0.004);
        expect(p, NOI_DEFECT_NEAR_VERTEX, NOI_DEFECT_NEAR_VERTEX, a, b);
        break;
    default:
        add_after(p, b, v, 30);
        expect(p, NOI_DEFECT_EDGE_MISMATCH, NOI_DEFECT_EDGE_MISMATCH, a, b);
    }
}

/* In the middle of long borders, each pair of units once. */
static void plant_on_borders(planting *p) {
    NOI_AUTO_FREE uint8_t *used = noi_alloc_zero(p->c->n_units, 1);
    int n = 0;
    for (uint32_t v = 0; v < p->c->n_vertices && n < 21; v++) {
        uint32_t b = p->other[v], back = v, on = v;
        bool clear = b != NOI_INDEX_NONE && !used[b] && !used[p->unit[v]];
        for (int i = 0; i < 4 && clear; i++) {
            back = p->prev[back];
            on = p->next[on];
            clear = p->other[back] == b && p->other[on] == b;
        }
        if (!clear)
            continue;
        used[b] = used[p->unit[v]] = 1;
        plant_at(p, n++ % 7, v);
    }
    assert_int_equal(n, 21);
}

/* Where the border of two units comes to the sea, the second takes half a metre back along the
 * shore. */
static void plant_inlets(planting *p) {
    int n = 0;
    for (uint32_t v = 0; v < p->c->n_vertices && n < 3; v++) {
        uint32_t after = p->next[v];
        if (p->other[v] == NOI_INDEX_NONE || p->other[p->prev[v]] != NOI_INDEX_NONE ||
            p->other[after] != p->other[v])
            continue;
        for (uint32_t w = 0; w < p->c->n_vertices; w++) {
            if (p->unit[w] != p->other[v] || at(p, w)[0] != at(p, v)[0] ||
                at(p, w)[1] != at(p, v)[1] || p->other[w] != NOI_INDEX_NONE)
                continue;
            const double *a = at(p, w), *b = at(p, p->next[w]);
            double t = 0.5 / hypot((b[0] - a[0]) * M_LON, (b[1] - a[1]) * M_LAT);
            add_edit(p, (edit){p->unit[w],
                               false,
                               {a[0], a[1]},
                               {0},
                               {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])}});
            expect(p, NOI_DEFECT_INLET, NOI_DEFECT_INLET, p->unit[v], p->unit[w]);
            n++;
            break;
        }
    }
    assert_int_equal(n, 3);
}

/* The easternmost vertex of all, dragged out to sea. */
static void plant_far_vertex(planting *p) {
    uint32_t best = 0;
    for (uint32_t v = 1; v < p->c->n_vertices; v++)
        if (at(p, v)[0] > at(p, best)[0])
            best = v;
    const double *m = at(p, best);
    add_edit(p, (edit){NOI_INDEX_NONE, false, {m[0], m[1]}, {0}, {m[0] + 9000 / M_LON, m[1]}});
    expect(p, NOI_DEFECT_FAR_VERTEX, NOI_DEFECT_FAR_VERTEX, p->unit[best], NOI_INDEX_NONE);
}

static bool same_place(const double *a, const double *b) {
    return a[0] == b[0] && a[1] == b[1];
}

static void edit_vertex(double *xy, size_t *n, const planting *p, uint32_t unit, uint32_t v) {
    const double *a = at(p, v), *b = at(p, p->next[v]);
    memcpy(xy + 2 * *n, a, 2 * sizeof *a);
    size_t own = (*n)++;
    for (size_t i = 0; i < p->n_edits; i++) {
        const edit *e = &p->edit[i];
        if (e->unit != unit && e->unit != NOI_INDEX_NONE)
            continue;
        if (!e->is_new && same_place(e->p, a))
            memcpy(xy + 2 * own, e->to, sizeof e->to);
        if (e->is_new && ((same_place(e->p, a) && same_place(e->q, b)) ||
                          (same_place(e->p, b) && same_place(e->q, a))))
            memcpy(xy + 2 * (*n)++, e->to, sizeof e->to);
    }
}

static noi_coverage *edited(const planting *p) {
    const noi_coverage *c = p->c;
    noi_coverage *out = noi_coverage_new();
    for (uint32_t u = 0; u < c->n_units; u++) {
        noi_coverage_add_unit(out, c->unit_code[u]);
        for (uint32_t g = c->unit_polygon[u]; g < c->unit_polygon[u + 1]; g++) {
            noi_coverage_add_polygon(out);
            for (uint32_t r = c->polygon_ring[g]; r < c->polygon_ring[g + 1]; r++) {
                size_t n = 0;
                uint32_t from = c->ring_vertex[r], to = c->ring_vertex[r + 1];
                NOI_AUTO_FREE double *xy = noi_alloc(2 * (to - from + 64) * sizeof *xy);
                for (uint32_t v = from; v < to; v++)
                    edit_vertex(xy, &n, p, u, v);
                noi_coverage_add_ring(out, xy, n);
            }
        }
    }
    return out;
}

/* Units of their own, out at sea north of the city, where the drawn maps begin. */
static void plant_new_units(planting *p, noi_coverage *c) {
    uint32_t u = c->n_units;
    UNIT(c, 0, 2000, 9, 2000, 9, 2009, 0, 2009); /* a block with a hole that a unit fills */
    HOLE(c, 3, 2003, 3, 2006, 6, 2006, 6, 2003);
    UNIT(c, 3, 2003, 6, 2003, 6, 2006, 3, 2006);
    expect(p, NOI_DEFECT_ENCLAVE, NOI_DEFECT_ENCLAVE, u, u + 1);
    UNIT(c, 20, 2000, 40, 2000, 40, 2040, 20, 2040, 20, 2020); /* and one that none fills */
    HOLE(c, 22, 2002, 22, 2038, 38, 2038, 38, 2002);
    expect(p, NOI_DEFECT_ENCLAVE, NOI_DEFECT_GAP, u + 2, NOI_INDEX_NONE);
    UNIT(c, 50, 2000, 51, 2001, 51, 2000, 50, 2001);
    expect(p, NOI_DEFECT_INVALID_RING, NOI_DEFECT_INVALID_RING, u + 3, NOI_INDEX_NONE);
    UNIT(c, 60, 2000, 70, 2000, 70, 2010);
    PART(c, 60, 2020, 60.005, 2020, 60.005, 2025);
    expect(p, NOI_DEFECT_SLIVER, NOI_DEFECT_SLIVER, u + 4, NOI_INDEX_NONE);
    noi_coverage_add_unit(c, 0);
    expect(p, NOI_DEFECT_EMPTY, NOI_DEFECT_EMPTY, u + 5, NOI_INDEX_NONE);
}

static bool answers(const answer *wanted, const noi_defect *d) {
    uint32_t low = d->unit_a < d->unit_b ? d->unit_a : d->unit_b;
    uint32_t high = d->unit_a < d->unit_b ? d->unit_b : d->unit_a;
    return wanted->kind == d->kind && wanted->of == d->of && wanted->a == low && wanted->b == high;
}

/* A vertex moved alone leaves two wedges whose ends meet in it: one defect, for it is one face. */
static void what_is_planted_is_found_and_nothing_else(void **state) {
    (void)state;
    NOI_AUTO(noi_tables_freep) noi_tables *tables = NULL;
    NOI_AUTO(noi_shape_freep) noi_shape *shape = NULL;
    assert_int_equal(noi_tables_load(&tables), NOI_OK);
    assert_int_equal(noi_shape_make(&shape, tables, 23, 500), NOI_OK);
    NOI_AUTO(noi_coverage_freep) noi_coverage *perfect = noi_shape_old_layer(shape);
    NOI_AUTO(planting_end) planting p;
    planting_begin(&p, perfect);
    plant_on_borders(&p);
    plant_inlets(&p);
    plant_far_vertex(&p);
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = edited(&p);
    plant_new_units(&p, c);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    size_t missed = 0;
    for (size_t i = 0; i < p.n_answers; i++) {
        size_t found = 0;
        for (size_t k = 0; k < d->n; k++)
            found += answers(&p.key[i], &d->items[k]);
        if (found != 1)
            print_message("# planted %s of %u and %d: found %zu times\n",
                          noi_defect_key(p.key[i].kind), p.key[i].a, (int)p.key[i].b, found);
        missed += found != 1;
    }
    print_message("# %zu defects planted, %zu told\n", p.n_answers, d->n);
    if (missed || d->n != p.n_answers)
        print_defects(d);
    assert_int_equal(missed, 0);
    assert_int_equal(d->n, p.n_answers);
}

/* ---- real layers ---- */

static noi_layer *real_layer(const char *name, const char *code_field) {
    NOI_AUTO_FREE char *path = shared_file(name);
    noi_layer *file = NULL;
    const noi_layer_options options = {.code_field = code_field};
    if (path && noi_layer_file_read(&file, path, &options) != NOI_OK)
        fail_msg("%s", noi_error_message());
    return file;
}

/* Overlaps by GEOS intersections of all pairs; the check must find the same area for each pair, but
 * for the overlay's geodesics, which are not quite the straight lines of the layer. All overlaps
 * and gaps are narrower than a metre: slivers. */
static void overlaps_of_the_real_layer_are_those_of_geos(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep) noi_layer *file = real_layer("layers/new_hcmc_168.gpkg", "code");
    if (!file)
        return;
    noi_overlap_row *rows;
    size_t n, pairs = 0, gaps = 0;
    assert_int_equal(noi_overlay(&rows, &n, file->coverage, file->coverage), NOI_OK);
    noi_check_options all = NOI_CHECK_DEFAULTS;
    all.min_area_m2 = 0;
    all.narrower_than_m = INFINITY;
    NOI_AUTO(noi_defects_freep) noi_defects *d = check_with(file->coverage, &all);
    double largest = 0, largest_gap = 0;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].old_unit >= rows[i].new_unit || rows[i].area_m2 < 0.01)
            continue;
        double found = 0;
        for (size_t k = 0; k < d->n; k++)
            if (d->items[k].of == NOI_DEFECT_OVERLAP && d->items[k].unit_a == rows[i].old_unit &&
                d->items[k].unit_b == rows[i].new_unit)
                found += d->items[k].area_m2;
        assert_near(found, rows[i].area_m2, 0.01 + 0.02 * found);
        largest = fmax(largest, found);
        pairs++;
    }
    for (size_t k = 0; k < d->n; k++)
        if (d->items[k].of == NOI_DEFECT_GAP) {
            largest_gap = fmax(largest_gap, d->items[k].area_m2);
            gaps++;
        }
    print_message("# 168 units: %zu overlapping pairs (at most %.1f m2), %zu gaps (at most %.1f "
                  "m2), %zu pairs drawn differently\n",
                  pairs, largest, gaps, largest_gap, count(d, NOI_DEFECT_EDGE_MISMATCH));
    free(rows);
    assert_true(pairs >= 25 && largest < 28);
    assert_true(gaps >= 40 && largest_gap < 20);
    assert_int_equal(count(d, NOI_DEFECT_GAP) + count(d, NOI_DEFECT_OVERLAP), 0);
    assert_int_equal(count(d, NOI_DEFECT_INVALID_RING), 0);
    assert_int_equal(count(d, NOI_DEFECT_INLET), 0);
}

/* The clean layer has three pairs of vertices 4 to 7 mm apart, and nothing that is wrong. */
static void the_clean_layer_is_clean(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep)
    noi_layer *clean = real_layer("layers/old_hcmc_322_2019_utm48n.gpkg", "Com_ID");
    if (!clean)
        return;
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(clean->coverage);
    print_defects(d);
    assert_int_equal(count(d, NOI_DEFECT_NEAR_VERTEX), d->n);
    assert_true(d->n <= 3);
}

static void the_invalid_unit_of_the_mixed_layer_is_named(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep) noi_layer *mixed = real_layer("layers/old_hcmc_442.gpkg", "code");
    if (!mixed)
        return;
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(mixed->coverage);
    assert_true(count(d, NOI_DEFECT_INVALID_RING) >= 1);
    for (size_t i = 0; i < d->n; i++)
        if (d->items[i].kind == NOI_DEFECT_INVALID_RING)
            assert_string_equal(mixed->features[d->items[i].unit_a].code, "26923");
}

NOI_TEST_MAIN(cmocka_unit_test(a_clean_map_has_no_defects), cmocka_unit_test(a_bay_is_no_gap),
              cmocka_unit_test(long_straight_borders_and_few_vertices_are_no_far_vertices),
              cmocka_unit_test(a_junction_of_three_is_no_mismatch),
              cmocka_unit_test(a_gap_is_found_with_its_neighbours_and_area),
              cmocka_unit_test(gaps_are_sorted_by_width),
              cmocka_unit_test(an_overlap_is_found_with_its_area),
              cmocka_unit_test(a_unit_inside_another_overlaps_it),
              cmocka_unit_test(two_vintages_in_one_layer_overlap_pair_by_pair),
              cmocka_unit_test(a_narrow_gap_is_a_sliver),
              cmocka_unit_test(a_narrow_overlap_is_a_sliver),
              cmocka_unit_test(a_small_gap_is_a_sliver_though_it_is_round),
              cmocka_unit_test(a_thread_or_crumb_of_a_unit_is_a_sliver),
              cmocka_unit_test(an_open_narrow_gap_is_an_inlet),
              cmocka_unit_test(a_slit_in_one_unit_is_an_inlet),
              cmocka_unit_test(what_is_wide_or_short_is_no_inlet),
              cmocka_unit_test(a_unit_inside_one_other_is_an_enclave),
              cmocka_unit_test(a_vertex_twice_is_told_once_for_both_units),
              cmocka_unit_test(vertices_nearly_at_one_place_are_told),
              cmocka_unit_test(a_vertex_dragged_away_is_told),
              cmocka_unit_test(a_vertex_that_only_one_neighbour_has_is_a_mismatch),
              cmocka_unit_test(a_junction_that_the_long_side_lacks_is_a_mismatch_with_both),
              cmocka_unit_test(a_border_drawn_twice_is_a_mismatch),
              cmocka_unit_test(each_kind_of_invalid_ring_is_named_with_its_place),
              cmocka_unit_test(each_broken_unit_is_told_and_no_other),
              cmocka_unit_test(every_kind_has_a_key_and_a_rule),
              cmocka_unit_test(a_layer_without_anything_is_checked_too),
              cmocka_unit_test(a_perfect_drawn_map_stays_perfect),
              cmocka_unit_test(the_perfect_rehearsal_city_stays_perfect),
              cmocka_unit_test(what_is_planted_is_found_and_nothing_else),
              cmocka_unit_test(overlaps_of_the_real_layer_are_those_of_geos),
              cmocka_unit_test(the_clean_layer_is_clean),
              cmocka_unit_test(the_invalid_unit_of_the_mixed_layer_is_named))
