/* Plan: a square with a hole and an island: distances to sides and corners in metres, 0 inside, the
 * hole is outside, the nearest part counts; no part is infinitely far; the same as the index says.
 */
#include "testing.h"

#include "geo/distance.h"
#include "geo/index.h"

#include <math.h>

/* Metres a degree at 10° north, by the formulas of the ellipsoid. */
#define EAST  109639.36
#define NORTH 110607.84

static noi_coverage *c;

static void add_square(double x0, double y0, double side) {
    double xy[] = {x0, y0, x0 + side, y0, x0 + side, y0 + side, x0, y0 + side};
    noi_coverage_add_ring(c, xy, 4);
}

static int draw(void **state) {
    (void)state;
    c = noi_coverage_new();
    noi_coverage_add_unit(c, 1);
    noi_coverage_add_polygon(c);
    add_square(106, 10, 0.1);
    add_square(106.04, 10.04, 0.02); /* a hole */
    noi_coverage_add_polygon(c);
    add_square(106.2, 10, 0.01); /* an island */
    noi_coverage_add_unit(c, 2); /* without a shape */
    return 0;
}

static int erase(void **state) {
    (void)state;
    noi_coverage_free(c);
    return 0;
}

static void assert_metres(double lon, double lat, double metres) {
    double got = noi_unit_distance_m(c, 0, lon, lat);
    if (fabs(got - metres) > 0.002 * metres + 1e-6)
        fail_msg("%.4f, %.4f: %.2f m, not %.2f", lon, lat, got, metres);
}

static void distances_are_metres_to_the_nearest_edge(void **state) {
    (void)state;
    assert_metres(105.99, 10.05, 0.01 * EAST);
    assert_metres(106.05, 9.99, 0.01 * NORTH);
    assert_metres(105.99, 9.99, hypot(0.01 * EAST, 0.01 * NORTH)); /* to a corner */
    assert_metres(106.18, 10.005, 0.02 * EAST);                    /* the island is nearer */
}

static void inside_is_no_distance_and_a_hole_is_outside(void **state) {
    (void)state;
    assert_metres(106.01, 10.01, 0);
    assert_metres(106.205, 10.005, 0);
    assert_metres(106.045, 10.05, 0.005 * EAST);
}

static void a_unit_without_a_shape_is_infinitely_far(void **state) {
    (void)state;
    assert_true(isinf(noi_unit_distance_m(c, 1, 106, 10)));
}

static void the_index_says_the_same(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf bytes = {0};
    const noi_index *index = NULL;
    assert_int_equal(noi_index_build(&bytes, c), NOI_OK);
    assert_int_equal(noi_index_attach(&index, bytes.p, bytes.n), NOI_OK);
    for (double x = 105.9871; x < 106.23; x += 0.0137)
        for (double y = 9.9913; y < 10.12; y += 0.0119) {
            double metres, own = noi_unit_distance_m(c, 0, x, y);
            assert_int_equal(noi_index_nearest(&metres, index, x, y, 50000), 0);
            if (fabs(metres - own) > 0.005 * own + 1e-6)
                fail_msg("%.4f, %.4f: %.2f m, the index says %.2f", x, y, own, metres);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_are_metres_to_the_nearest_edge),
        cmocka_unit_test(inside_is_no_distance_and_a_hole_is_outside),
        cmocka_unit_test(a_unit_without_a_shape_is_infinitely_far),
        cmocka_unit_test(the_index_says_the_same),
    };
    return cmocka_run_group_tests(tests, draw, erase);
}
