/*
 * Plan, on the map of drawn_plan.h: how likely each candidate is, against shares that are known
 * exactly (a straight border, a corner); what units that overlap and a gap between them do; the
 * nearest unit; what coordinates say that were exchanged, read in the wrong zone, or left in
 * metres, against PROJ.
 */
#include "testing.h"

#include "drawn_plan.h"
#include "geo/crs.h"

#include <stdio.h>

#define SIGMAS 2.4477468306808166 /* of a circular normal error in the circle of 95 percent */

static noi_buf bytes;
static noi_plan *plan;

static int open_plan(void **state) {
    (void)state;
    assert_int_equal(drawn_plan_bytes(&bytes, true), NOI_OK);
    assert_int_equal(noi_plan_attach(&plan, bytes.p, bytes.n), NOI_OK);
    return 0;
}

static int close_plan(void **state) {
    (void)state;
    noi_plan_close(plan);
    noi_buf_free(&bytes);
    return 0;
}

static noi_verdict judge_at(const noi_plan *by, const char *code, double lon, double lat,
                            float error_m) {
    int32_t at[] = {0, (int32_t)strlen(code)};
    noi_records r = {.n = 1,
                     .old_code = {at, code},
                     .lon = &lon,
                     .lat = &lat,
                     .error_m = &error_m,
                     .as_of = NOI_DAY_NONE};
    noi_verdict v;
    assert_int_equal(noi_judge(&v, by, &r), NOI_OK);
    int sum = 0;
    for (int i = 0; i < v.n_candidates; i++)
        sum += v.probability[i];
    assert_true(sum <= 100);
    for (int i = v.n_candidates; i < NOI_MAX_CANDIDATES; i++)
        assert_int_equal(v.probability[i], 0);
    if (v.status == NOI_ASSIGNED)
        assert_int_equal(sum, 0);
    return v;
}

/* x, y on the drawing. */
static noi_verdict judge(const char *code, double x, double y, float error_m) {
    return judge_at(plan, code, lon_at(x), lat_at(y), error_m);
}

static int likely(const noi_verdict *v, uint16_t unit) {
    for (int i = 0; i < v->n_candidates; i++)
        if (v->candidates[i] == unit)
            return v->probability[i];
    return -1;
}

/* Squares of the drawing in metres, at 10.01° north. */
static double squares_east(double metres) {
    return metres / (0.01 * 109639.0);
}

static double squares_north(double metres) {
    return metres / (0.01 * 110610.0);
}

static double below(double sigmas) {
    return 0.5 * erfc(-sigmas / sqrt(2));
}

static void assert_near(int percent, double share) {
    if (fabs(percent - 100 * share) > 1.3)
        fail_msg("%d percent, not %.2f", percent, 100 * share);
}

/* ---- how likely ---- */

static void on_a_border_both_sides_are_equal(void **state) {
    (void)state;
    noi_verdict v = judge("20010", 3, 1, 40);
    assert_int_equal(v.status, NOI_AMBIGUOUS);
    assert_int_equal(v.reason, NOI_REASON_NEAR_BORDER);
    assert_int_equal(v.n_candidates, 2);
    assert_int_equal(likely(&v, Y), 50);
    assert_int_equal(likely(&v, Z), 50);
    v = judge("", 1.5, 2, 40); /* east to west as well */
    assert_int_equal(likely(&v, X), 50);
    assert_int_equal(likely(&v, Y), 50);
}

static void beside_a_border_the_shares_are_the_normal_tails(void **state) {
    (void)state;
    for (double sigmas = 0.1; sigmas < SIGMAS; sigmas += 0.1) {
        double metres = sigmas * 40 / SIGMAS;
        noi_verdict east = judge("20010", 3 + squares_east(metres), 1, 40);
        noi_verdict west = judge("20010", 3 - squares_east(metres), 1, 40);
        noi_verdict north = judge("", 1.5, 2 + squares_north(metres), 40);
        assert_int_equal(east.reason, NOI_REASON_NEAR_BORDER);
        assert_near(likely(&east, Z), below(sigmas));
        assert_near(likely(&west, Y), below(sigmas));
        assert_near(likely(&north, X), below(sigmas));
        assert_int_equal(likely(&east, Y) + likely(&east, Z), 100);
        assert_true(abs(likely(&east, Z) - likely(&west, Y)) <= 1);
    }
    noi_verdict one = judge("20010", 3 + squares_east(40 / SIGMAS), 1, 40);
    assert_int_equal(likely(&one, Y), 16); /* the tail beyond one standard deviation is 15.87 % */
}

static void the_error_is_a_radius_of_95_percent(void **state) {
    (void)state;
    noi_verdict v = judge("20010", 3 + squares_east(39.5), 1, 40);
    assert_int_equal(v.status, NOI_AMBIGUOUS);
    assert_true(likely(&v, Y) <= 1); /* 0.8 % */
    v = judge("20010", 3 + squares_east(40.5), 1, 40);
    assert_int_equal(v.status, NOI_ASSIGNED);
    assert_int_equal(v.new_unit, Z);
}

static void at_a_corner_the_shares_are_products(void **state) {
    (void)state;
    for (int dx = -30; dx <= 30; dx += 10)
        for (int dy = -30; dy <= 30; dy += 10) {
            noi_verdict v =
                judge("", 3 + squares_east(dx), 2 + squares_north(dy), 60 * (float)SIGMAS / 2);
            double west = below(-dx / 30.0), south = below(-dy / 30.0);
            assert_int_equal(v.n_candidates, 3);
            assert_near(likely(&v, X), 1 - south);
            assert_near(likely(&v, Y), west * south);
            assert_near(likely(&v, Z), (1 - west) * south);
            assert_int_equal(likely(&v, X) + likely(&v, Y) + likely(&v, Z), 100);
        }
}

static void what_the_law_excludes_gets_nothing_and_is_missing(void **state) {
    (void)state;
    noi_verdict v = judge("20010", 3, 2 - squares_north(10), 40); /* D went to Y and Z, not X */
    assert_int_equal(v.n_candidates, 2);
    double south = below(10 * SIGMAS / 40);
    assert_near(likely(&v, Y), south / 2);
    assert_near(likely(&v, Z), south / 2);
    v = judge("20010", 3.01, 2 + squares_north(5), 40); /* lies in X, which the law excludes */
    assert_int_equal(v.reason, NOI_REASON_NEAR_BORDER);
    assert_int_equal(v.n_candidates, 2);
    assert_near(likely(&v, Y) + likely(&v, Z), below(-5 * SIGMAS / 40));
}

static void without_an_error_or_far_away_nothing_is_weighed(void **state) {
    (void)state;
    noi_verdict v = judge("20010", 3, 1, 0);
    for (int i = 0; i < v.n_candidates; i++)
        assert_int_equal(v.probability[i], 0);
    v = judge("20010", 1, 3.5, 20); /* in X, far from Y and Z */
    assert_int_equal(v.n_candidates, 2);
    assert_int_equal(likely(&v, Y) + likely(&v, Z), 0);
    assert_int_equal(v.point_unit, X);
    v = judge("20010", 2.99, 1, 1e30F);
    assert_int_equal(v.status, NOI_AMBIGUOUS);
}

static void a_decision_leaves_no_probabilities(void **state) {
    (void)state;
    double lon = lon_at(3), lat = lat_at(1);
    float error = 40;
    int32_t at[] = {0, 5};
    noi_records r = {.n = 1,
                     .old_code = {at, "20010"},
                     .decided = {at, "20013"},
                     .lon = &lon,
                     .lat = &lat,
                     .error_m = &error,
                     .as_of = NOI_DAY_NONE};
    noi_verdict v;
    assert_int_equal(noi_judge(&v, plan, &r), NOI_OK);
    assert_int_equal(v.status, NOI_ASSIGNED);
    for (int i = 0; i < NOI_MAX_CANDIDATES; i++)
        assert_int_equal(v.probability[i], 0);
}

/* ---- overlaps and gaps ---- */

/* Y and Z overlap by 22 m at x = 3, X and Z leave a gap of 11 m at x = 4. */
static void build_faulty(noi_buf *out, bool z_first) {
    static noi_plan_source_unit units[N_UNITS];
    drawn_units(units);
    const noi_plan_source_edge edges[] = {
        {A, X, NOI_PART_WHOLE, NOI_SCOPE_ALL, "1/NQ", "1", DAY},
        {D, Y, NOI_PART_PART, NOI_SCOPE_AREA_POPULATION, "1/NQ", "2", DAY},
        {D, Z, NOI_PART_REMAINDER, NOI_SCOPE_AREA_POPULATION, "1/NQ", "3", DAY},
        {E, Y, NOI_PART_WHOLE, NOI_SCOPE_ALL, "1/NQ", "2", DAY},
        {B, X, NOI_PART_PART, NOI_SCOPE_AREA_POPULATION, "1/NQ", "4", DAY},
        {B, Z, NOI_PART_REMAINDER, NOI_SCOPE_AREA_POPULATION, "1/NQ", "4", DAY},
    };
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    if (z_first)
        add_box(c, units[Z].code, 3, 0, 6, 2);
    add_box(c, units[Y].code, 0, 0, 3.02, 2);
    if (!z_first)
        add_box(c, units[Z].code, 3, 0, 6, 2);
    add_box(c, units[X].code, 0, 2, 4, 4);
    add_box(c, units[Z].code, 4.01, 2, 6, 4);
    const uint32_t y_before[] = {Y, Z, X, Z}, z_before[] = {Z, Y, X, Z};
    noi_plan_source s = {.on = DAY,
                         .n_units = N_UNITS,
                         .units = units,
                         .n_edges = sizeof edges / sizeof *edges,
                         .edges = edges,
                         .inputs =
                             "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                         .new_layer = {c, z_first ? z_before : y_before}};
    assert_int_equal(noi_plan_build(out, &s), NOI_OK);
}

static noi_verdict judge_faulty(bool z_first, const char *code, double x, double y, float error) {
    NOI_AUTO_BUF noi_buf out = {0};
    NOI_AUTO(noi_plan_closep) noi_plan *faulty = NULL;
    build_faulty(&out, z_first);
    assert_int_equal(noi_plan_attach(&faulty, out.p, out.n), NOI_OK);
    return judge_at(faulty, code, lon_at(x), lat_at(y), error);
}

static void an_overlap_is_asked_whichever_unit_comes_first(void **state) {
    (void)state;
    for (int z_first = 0; z_first < 2; z_first++)
        for (int by_code = 0; by_code < 2; by_code++) {
            noi_verdict v = judge_faulty(z_first, by_code ? "20010" : "", 3.01, 1, 2);
            assert_int_equal(v.status, NOI_AMBIGUOUS);
            assert_int_equal(v.reason, NOI_REASON_OVERLAP);
            assert_int_equal(v.n_candidates, 2);
            assert_int_equal(likely(&v, Y), 50);
            assert_int_equal(likely(&v, Z), 50);
            v = judge_faulty(z_first, by_code ? "20010" : "", 3.01, 1, 0);
            assert_int_equal(v.reason, NOI_REASON_OVERLAP);
        }
}

static void where_the_law_allows_one_of_them_only_it_decides(void **state) {
    (void)state;
    for (int z_first = 0; z_first < 2; z_first++) {
        noi_verdict v = judge_faulty(z_first, "20004", 3.01, 1, 2); /* B went to X and Z */
        assert_int_equal(v.status, NOI_ASSIGNED);
        assert_int_equal(v.new_unit, Z);
        v = judge_faulty(z_first, "20013", 3.01, 1, 2); /* E went whole: no point is needed */
        assert_int_equal(v.method, NOI_BY_WHOLE_EDGE);
        assert_int_equal(v.warnings, 0);
    }
}

static void a_gap_is_unplaced_with_the_nearest_unit(void **state) {
    (void)state;
    noi_verdict v = judge_faulty(false, "", 4.003, 3, 30);
    assert_int_equal(v.status, NOI_UNPLACED);
    assert_int_equal(v.reason, NOI_REASON_OUTSIDE);
    assert_int_equal(v.point_unit, X);
    assert_true(fabs(v.border_m - 3.29) < 0.02);
    assert_int_equal(v.n_candidates, 1);
    assert_int_equal(v.candidates[0], X);
    v = judge_faulty(false, "", 4.008, 3, 30);
    assert_int_equal(v.point_unit, Z);
    v = judge_faulty(false, "20001", 4.003, 3,
                     30); /* the law decides; what the point says is told */
    assert_int_equal(v.status, NOI_ASSIGNED);
    assert_true(v.warnings & NOI_WARN_OUTSIDE_COVERAGE);
    assert_int_equal(v.point_unit, X);
    assert_true(fabs(v.border_m - 3.29) < 0.02);
}

static void a_unit_too_far_away_is_no_hint(void **state) {
    (void)state;
    noi_verdict v = judge("", 9, 1, 30); /* 3.3 km */
    assert_int_equal(v.point_unit, Z);
    assert_true(fabs(v.border_m - 3289) < 20);
    v = judge("", 11, 1, 30); /* 5.5 km */
    assert_int_equal(v.status, NOI_UNPLACED);
    assert_int_equal(v.point_unit, NOI_NO_UNIT);
    assert_int_equal(v.n_candidates, 0);
    assert_true(v.warnings & NOI_WARN_OUTSIDE_COVERAGE);
}

static void a_point_says_the_unit_it_lies_in(void **state) {
    (void)state;
    noi_verdict v = judge("20001", 5, 1, 30); /* A went whole to X; the point is far off */
    assert_int_equal(v.new_unit, X);
    assert_int_equal(v.point_unit, Z);
    assert_true(v.warnings & NOI_WARN_POINT_CONTRADICTS);
    v = judge_at(plan, "20001", NAN, NAN, 30);
    assert_int_equal(v.point_unit, NOI_NO_UNIT);
}

/* ---- coordinates that were mishandled ---- */

static void exchanged_axes_say_where_the_place_is(void **state) {
    (void)state;
    noi_verdict v = judge_at(plan, "20001", lat_at(3), lon_at(1), 30);
    assert_int_equal(v.status, NOI_ASSIGNED);
    assert_int_equal(v.warnings, NOI_WARN_SWAPPED_AXES);
    assert_int_equal(v.point_unit, X);
    v = judge_at(plan, "", lat_at(30), lon_at(1), 30); /* exchanged, but in no unit */
    assert_int_equal(v.warnings, NOI_WARN_SWAPPED_AXES);
    assert_int_equal(v.point_unit, NOI_NO_UNIT);
}

/* Metres of one zone, each way round, at places spread over the drawing. */
static void metres_are_read(const char *zone, double easting, double northing) {
    NOI_AUTO(noi_crs_closep) noi_crs *crs = NULL;
    assert_int_equal(noi_crs_open(&crs, zone), NOI_OK);
    int compared = 0;
    for (double e = easting; e < easting + 7000; e += 397)
        for (double n = northing; n < northing + 5000; n += 331) {
            double lon = e, lat = n;
            noi_crs_to_wgs84(crs, &lon, &lat, 1);
            noi_verdict right = judge_at(plan, "", lon, lat, 5);
            if (right.status != NOI_ASSIGNED)
                continue; /* outside, or within metres of a border */
            noi_verdict v = judge_at(plan, "", e, n, 5), turned = judge_at(plan, "", n, e, 5);
            assert_int_equal(v.status, NOI_UNPLACED);
            assert_int_equal(v.warnings, NOI_WARN_WRONG_ZONE);
            assert_int_equal(v.point_unit, right.new_unit);
            assert_int_equal(turned.point_unit, right.new_unit);
            compared++;
        }
    assert_true(compared > 150);
}

static void metres_taken_for_degrees_say_where_the_place_is(void **state) {
    (void)state;
    metres_are_read("EPSG:9210", 527200, 1105800);
    metres_are_read("EPSG:5899", 308000, 1106400);
}

/* What EPSG:5899 calls easting and northing, read as EPSG:9210 and the other way round. */
static void read_in_the_wrong_zone(const char *right_zone, const char *wrong_zone, double e,
                                   double n) {
    NOI_AUTO(noi_crs_closep) noi_crs *right = NULL, *wrong = NULL;
    assert_int_equal(noi_crs_open(&right, right_zone), NOI_OK);
    assert_int_equal(noi_crs_open(&wrong, wrong_zone), NOI_OK);
    double lon = e, lat = n, wrong_lon = e, wrong_lat = n;
    noi_crs_to_wgs84(right, &lon, &lat, 1);
    noi_crs_to_wgs84(wrong, &wrong_lon, &wrong_lat, 1);
    assert_true(fabs(fabs(lon - wrong_lon) - 2) < 0.0001 && fabs(lat - wrong_lat) < 0.0001);
    noi_verdict at = judge_at(plan, "", lon, lat, 5);
    assert_int_equal(at.new_unit, Y); /* a place well inside */
    noi_verdict v = judge_at(plan, "", wrong_lon, wrong_lat, 5);
    assert_int_equal(v.status, NOI_UNPLACED);
    assert_int_equal(v.warnings, NOI_WARN_WRONG_ZONE);
    assert_int_equal(v.point_unit, Y);
    v = judge_at(plan, "20010", wrong_lon, wrong_lat, 5); /* fits what the record says */
    assert_int_equal(v.status, NOI_AMBIGUOUS);
    assert_int_equal(v.warnings, NOI_WARN_WRONG_ZONE);
    v = judge_at(plan, "20007", wrong_lon, wrong_lat,
                 5); /* C went to Z: it lies elsewhere anyway */
    assert_int_equal(v.new_unit, Z);
    assert_true(v.warnings & NOI_WARN_OUTSIDE_COVERAGE);
    assert_true(v.warnings & NOI_WARN_POINT_CONTRADICTS);
    assert_int_equal(v.point_unit, NOI_NO_UNIT);
}

static void the_wrong_zone_says_where_the_place_is(void **state) {
    (void)state;
    read_in_the_wrong_zone("EPSG:5899", "EPSG:9210", 309500, 1107200);
    read_in_the_wrong_zone("EPSG:9210", "EPSG:5899", 528700, 1107200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_a_border_both_sides_are_equal),
        cmocka_unit_test(beside_a_border_the_shares_are_the_normal_tails),
        cmocka_unit_test(the_error_is_a_radius_of_95_percent),
        cmocka_unit_test(at_a_corner_the_shares_are_products),
        cmocka_unit_test(what_the_law_excludes_gets_nothing_and_is_missing),
        cmocka_unit_test(without_an_error_or_far_away_nothing_is_weighed),
        cmocka_unit_test(a_decision_leaves_no_probabilities),
        cmocka_unit_test(an_overlap_is_asked_whichever_unit_comes_first),
        cmocka_unit_test(where_the_law_allows_one_of_them_only_it_decides),
        cmocka_unit_test(a_gap_is_unplaced_with_the_nearest_unit),
        cmocka_unit_test(a_unit_too_far_away_is_no_hint),
        cmocka_unit_test(a_point_says_the_unit_it_lies_in),
        cmocka_unit_test(exchanged_axes_say_where_the_place_is),
        cmocka_unit_test(metres_taken_for_degrees_say_where_the_place_is),
        cmocka_unit_test(the_wrong_zone_says_where_the_place_is),
    };
    return cmocka_run_group_tests(tests, open_plan, close_plan);
}
