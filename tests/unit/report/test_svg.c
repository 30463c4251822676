/*
 * test_svg.c: the SVG writer. Plan: a view never stretches and centres what it shows; a square in
 * view becomes its path; one that reaches far out is cut near the frame; one out of view gives
 * nothing; points inside and outside are told apart, holes too.
 */
#include "report/svg.h"

#include "testing.h"

#include <math.h>
#include <string.h>

static void add_square(noi_coverage *c, noi_code code, double x1, double y1, double x2, double y2) {
    const double xy[] = {x1, y1, x2, y1, x2, y2, x1, y2};
    noi_coverage_add_unit(c, code);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, xy, 4);
}

static void a_view_is_centred_and_not_stretched(void **state) {
    (void)state;
    const double bounds[4] = {106, 10, 107, 10.5};
    noi_view v = noi_view_fit(bounds, 400, 400, 10);
    assert_true(fabs(noi_view_x(&v, 106.5) - 200) < 1e-6);
    assert_true(fabs(noi_view_y(&v, 10.25) - 200) < 1e-6);
    assert_true(fabs(noi_view_x(&v, 106) - 10) < 1e-6);
    assert_true(fabs(v.per_lon / v.per_lat - cos(10.25 * 3.14159265358979 / 180)) < 1e-9);
    noi_view high = noi_view_fit(bounds, 400, 0, 10);
    assert_true(fabs(noi_view_y(&high, 10.5) - 10) < 1e-6);
    assert_true(fabs(noi_view_y(&high, 10) - (high.height - 10)) < 1e-6);
}

static void a_square_becomes_its_path(void **state) {
    (void)state;
    const double bounds[4] = {106, 10, 107, 11};
    noi_view v = noi_view_fit(bounds, 100, 100, 0);
    noi_coverage *c = noi_coverage_new();
    noi_buf out = {0};
    add_square(c, 1, 106.4, 10.4, 106.6, 10.6);
    noi_svg_unit(&out, &v, c, 0, "x", NULL);
    assert_non_null(strstr(out.p, "<path class=\"x\" d=\"M40."));
    assert_int_equal(strchr(out.p, 'Z') != NULL, 1);
    noi_buf_free(&out);
    noi_coverage_free(c);
}

static void what_reaches_out_is_cut_and_what_lies_out_is_left_out(void **state) {
    (void)state;
    const double bounds[4] = {106, 10, 107, 11};
    noi_view v = noi_view_fit(bounds, 100, 100, 0);
    noi_coverage *c = noi_coverage_new();
    noi_buf out = {0};
    add_square(c, 1, 100, 5, 120, 15);
    add_square(c, 2, 120, 5, 121, 6);
    noi_svg_unit(&out, &v, c, 0, "x", NULL);
    assert_non_null(strstr(out.p, "-6.0"));
    assert_non_null(strstr(out.p, "106.0"));
    assert_null(strstr(out.p, "000.0"));
    noi_buf_clear(&out);
    noi_svg_unit(&out, &v, c, 1, "x", NULL);
    assert_int_equal(out.n, 0);
    noi_buf_free(&out);
    noi_coverage_free(c);
}

static void a_hole_is_outside(void **state) {
    (void)state;
    noi_coverage *c = noi_coverage_new();
    const double hole[] = {1, 1, 2, 1, 2, 2, 1, 2};
    add_square(c, 1, 0, 0, 3, 3);
    noi_coverage_add_ring(c, hole, 4);
    assert_true(noi_unit_holds(c, 0, 0.5, 0.5));
    assert_false(noi_unit_holds(c, 0, 1.5, 1.5));
    assert_false(noi_unit_holds(c, 0, 5, 5));
    noi_coverage_free(c);
}

NOI_TEST_MAIN(cmocka_unit_test(a_view_is_centred_and_not_stretched),
              cmocka_unit_test(a_square_becomes_its_path),
              cmocka_unit_test(what_reaches_out_is_cut_and_what_lies_out_is_left_out),
              cmocka_unit_test(a_hole_is_outside))
