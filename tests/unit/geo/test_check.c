/*
 * Plan: defects drawn by hand
 *   clean        a drawn map has no defect; nor have bays, long straight borders, islands of few
 *                vertices, a junction of three
 *   planted      each kind of defect on a drawn map: found, with its units, place and size, and
 *                nothing else found; the thresholds, "narrower than" and "wider than"
 *   rings        each kind of invalid ring that GEOS tells, drawn
 */
#include "check_testing.h"
#include "geo/measure.h"

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
              cmocka_unit_test(a_layer_without_anything_is_checked_too))
