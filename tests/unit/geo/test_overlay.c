/*
 * test_overlay.c: the shapes of chosen parts. Plan: on drawn maps the common part and the part outside
 * have exact areas, boxes and pieces; pieces as thin as noise are left out; several new units are
 * taken together; an invalid ring is cut as it is repaired; the quick area is the exact one to a
 * millionth.
 */
#include "testing.h"

#include "drawn_map.h"
#include "geo/measure.h"

#include <math.h>

/* Squares of about 110 m near the city. */
static noi_coverage *map(const char *text, int width) {
    return drawn_map_at(text, width, 106.5, 10.5, 0.001);
}

static void must(noi_status status) {
    if (status != NOI_OK)
        fail_msg("%s", noi_error_message());
}

static noi_overlap_shape cut(noi_arena *arena, const noi_coverage *old, const noi_coverage *new,
                             noi_overlap_shape asked, double noise_m) {
    must(noi_overlap_shapes(&asked, 1, arena, old, new, noise_m));
    return asked;
}

static void assert_box(noi_str wkb, double west, double south, double east, double north) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    must(noi_coverage_add_wkb(c, 0, wkb.p, wkb.n));
    double box[4];
    const double want[] = {west, south, east, north};
    noi_coverage_bounds(box, c);
    for (int i = 0; i < 4; i++)
        assert_true(fabs(box[i] - want[i]) < 1e-9);
}

static const uint32_t UNITS[] = {0, 1, 2};

static void the_common_part_is_exact(void **state) {
    (void)state;
    NOI_AUTO(noi_arena_freep) noi_arena *arena = noi_arena_new();
    NOI_AUTO(noi_coverage_freep) noi_coverage *old = map("AAAA"
                                                         "AAAA",
                                                         4);
    NOI_AUTO(noi_coverage_freep) noi_coverage *new = map("AABC"
                                                         "AABC",
                                                         4);
    double square = noi_unit_area_m2(old, 0) / 8;
    noi_overlap_shape b =
        cut(arena, old, new, (noi_overlap_shape){.new_units = UNITS + 1, .n_new = 1}, 0);
    assert_int_equal(b.n_pieces, 1);
    assert_true(fabs(b.area_m2 / square - 2) < 1e-6);
    assert_true(fabs(b.perimeter_m - 660) < 5);
    assert_box(b.wkb, 106.502, 10.5, 106.503, 10.502);
    assert_true(b.lon > 106.502 && b.lon < 106.503);
    noi_overlap_shape rest = cut(
        arena, old, new, (noi_overlap_shape){.new_units = UNITS, .n_new = 2, .outside = true}, 0);
    assert_true(fabs(rest.area_m2 / square - 2) < 1e-6);
    assert_box(rest.wkb, 106.503, 10.5, 106.504, 10.502);
    noi_overlap_shape all =
        cut(arena, old, new, (noi_overlap_shape){.new_units = UNITS, .n_new = 3}, 0);
    assert_int_equal(all.n_pieces, 3);
    assert_true(fabs(all.area_m2 / square - 8) < 1e-6);
}

/* Rows of squares differ in area by a few millionths. */
static void pieces_as_thin_as_noise_are_left_out(void **state) {
    (void)state;
    NOI_AUTO(noi_arena_freep) noi_arena *arena = noi_arena_new();
    NOI_AUTO(noi_coverage_freep) noi_coverage *old = map("AAAAA"
                                                         "A.AAA",
                                                         5);
    NOI_AUTO(noi_coverage_freep) noi_coverage *new = map("B...."
                                                         "B.BBB",
                                                         5);
    const noi_overlap_shape b = {.new_units = UNITS, .n_new = 1};
    double square = noi_unit_area_m2(old, 0) / 9;
    noi_overlap_shape both = cut(arena, old, new, b, 50);
    assert_int_equal(both.n_pieces, 2);
    assert_true(fabs(both.area_m2 / square - 5) < 1e-4);
    assert_true(both.lon > 106.502); /* in the larger piece */
    /* 1 x 2 squares have a mean width of 2/3 of a square, 3 x 1 of 3/4. */
    noi_overlap_shape one = cut(arena, old, new, b, 76);
    assert_int_equal(one.n_pieces, 1);
    assert_true(fabs(one.area_m2 / square - 3) < 1e-4);
    noi_overlap_shape none = cut(arena, old, new, b, 90);
    assert_int_equal(none.n_pieces, 0);
    assert_int_equal(none.wkb.n, 0);
    assert_true(none.area_m2 == 0 && isnan(none.lon));
}

static void no_new_unit_leaves_all_outside(void **state) {
    (void)state;
    NOI_AUTO(noi_arena_freep) noi_arena *arena = noi_arena_new();
    NOI_AUTO(noi_coverage_freep) noi_coverage *old = map("AB", 2);
    NOI_AUTO(noi_coverage_freep) noi_coverage *new = noi_coverage_new();
    noi_overlap_shape b = cut(arena, old, new, (noi_overlap_shape){.old_unit = 1, .outside = true}, 0);
    assert_int_equal(b.n_pieces, 1);
    assert_true(fabs(b.area_m2 / noi_unit_area_m2(old, 1) - 1) < 1e-9);
}

static void an_invalid_ring_is_cut_as_repaired(void **state) {
    (void)state;
    NOI_AUTO(noi_arena_freep) noi_arena *arena = noi_arena_new();
    NOI_AUTO(noi_coverage_freep) noi_coverage *bow = noi_coverage_new();
    const double ring[] = {106.5, 10.5, 106.501, 10.501, 106.501, 10.5, 106.5, 10.501};
    noi_coverage_add_unit(bow, 0);
    noi_coverage_add_polygon(bow);
    noi_coverage_add_ring(bow, ring, 4);
    NOI_AUTO(noi_coverage_freep) noi_coverage *new = map("A", 1);
    noi_overlap_shape common =
        cut(arena, bow, new, (noi_overlap_shape){.new_units = UNITS, .n_new = 1}, 0);
    assert_int_equal(common.n_pieces, 2);
    assert_true(fabs(common.area_m2 / noi_unit_area_m2(new, 0) - 0.5) < 1e-4);
}

static void the_quick_area_is_exact_to_a_millionth(void **state) {
    (void)state;
    for (double size = 1e-4; size < 0.011; size *= 10) {
        NOI_AUTO(noi_coverage_freep) noi_coverage *c = drawn_map_at("AAAB"
                                                                    "A.AB"
                                                                    "AAAB",
                                                                    4, 106, 21, size);
        for (uint32_t u = 0; u < 2; u++)
            assert_true(fabs(noi_unit_area_roughly_m2(c, u) / noi_unit_area_m2(c, u) - 1) < 1e-6);
    }
    NOI_AUTO(noi_coverage_freep) noi_coverage *none = noi_coverage_new();
    noi_coverage_add_unit(none, 0);
    assert_true(noi_unit_area_roughly_m2(none, 0) == 0);
}

NOI_TEST_MAIN(cmocka_unit_test(the_common_part_is_exact),
              cmocka_unit_test(pieces_as_thin_as_noise_are_left_out),
              cmocka_unit_test(no_new_unit_leaves_all_outside),
              cmocka_unit_test(an_invalid_ring_is_cut_as_repaired),
              cmocka_unit_test(the_quick_area_is_exact_to_a_millionth))
