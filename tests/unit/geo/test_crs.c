/* Plan: every VN-2000 system is pinned to EPSG:6960 whatever it is called and wherever the point is,
 * with no step at 11.04 N, where PROJ left alone makes one; axes exchanged by name; the table of known
 * systems agrees with PROJ; known pairs of coordinates; round trips below a millimetre; axis order;
 * definitions of all kinds; what numbers look like. */
#include "testing.h"

#include "geo/crs.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <string.h>

static noi_crs *open_crs(const char *definition) {
    noi_crs *crs = NULL;
    if (noi_crs_open(&crs, definition) != NOI_OK)
        fail_msg("%s: %s", definition, noi_error_message());
    return crs;
}

static const char pinned[] = "VN-2000 to WGS 84 (2), EPSG:6960";

static void every_vn2000_system_goes_through_6960(void **state) {
    (void)state;
    static const int codes[] = {4756, 3405, 3406, 5896, 5897, 5898, 5899, 9205, 9206, 9207, 9208,
                                9209, 9210, 9211, 9212, 9213, 9214, 9215, 9216, 9217, 9218};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char name[16];
        snprintf(name, sizeof name, "EPSG:%d", codes[i]);
        NOI_AUTO(noi_crs_closep) noi_crs *crs = open_crs(name);
        assert_string_equal(noi_crs_name(crs), name);
        assert_string_equal(noi_crs_operation(crs), pinned);
        assert_true(noi_crs_is_vn2000(crs));
        assert_false(noi_crs_is_identity(crs));
        assert_true(noi_crs_accuracy_m(crs) == 1);
    }
}

/* The shift of EPSG:6960 written out by hand as a PROJ pipeline, as a bound CRS of PROJ gives it: the
 * same numbers as the registered operation, at every latitude. */
static const char by_hand[] =
    "+proj=longlat +ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,"
    "-0.01975479,0.00427372,0.252906278 +no_defs";

static void the_shift_is_the_same_north_and_south_of_the_seam(void **state) {
    (void)state;
    NOI_AUTO(noi_crs_closep) noi_crs *crs = open_crs("EPSG:4756");
    NOI_AUTO(noi_crs_closep) noi_crs *hand = open_crs(by_hand);
    double before_x = NAN, before_y = NAN;
    for (int i = 0; i <= 15000; i++) {
        double lat = 8.0 + i * 0.001, x = 106.7, y = lat, hx = 106.7, hy = lat;
        noi_crs_to_wgs84(crs, &x, &y, 1);
        noi_crs_to_wgs84(hand, &hx, &hy, 1);
        assert_true(hypot(x - hx, y - hy) < 1e-9);
        double shift_x = x - 106.7, shift_y = y - lat;
        if (i) /* the seam would be 0.80 m, 7e-6 degrees */
            assert_true(hypot(shift_x - before_x, shift_y - before_y) < 1e-7);
        before_x = shift_x;
        before_y = shift_y;
    }
}

/* From the first point to the second, in metres eastward and northward. */
static void step_between(double out[2], const double *lon, const double *lat) {
    out[0] = (lon[1] - lon[0]) * 109260;
    out[1] = (lat[1] - lat[0]) * 110600;
}

/* Walks north in steps of 1 m of the grid and returns the largest step sideways or of another length
 * that PROJ alone makes; noi makes none. */
static double largest_tear(const noi_crs *crs, PJ *alone, double x, double y, int metres) {
    double torn = 0;
    for (int k = 0; k < metres; k++) {
        double lon[] = {x, x}, lat[] = {y + k, y + k + 1}, u[] = {x, x}, v[] = {y + k, y + k + 1};
        double step[2], step_alone[2];
        noi_crs_to_wgs84(crs, lon, lat, 2);
        proj_trans_generic(alone, PJ_FWD, u, sizeof *u, 2, v, sizeof *v, 2, NULL, 0, 0, NULL, 0, 0);
        step_between(step, lon, lat);
        step_between(step_alone, u, v);
        assert_true(fabs(hypot(step[0], step[1]) - 1) < 0.001);
        torn = fmax(torn, hypot(step_alone[0] - step[0], step_alone[1] - step[1]));
    }
    return torn;
}

/* In both of the city's zones, from west to east through the city. PROJ has its limit as a line of
 * the grid somewhere along the parallel. */
static void points_1_m_apart_across_the_seam_stay_so(void **state) {
    (void)state;
    static const char *const zones[] = {"EPSG:9210", "EPSG:5899"};
    for (size_t k = 0; k < 2; k++) {
        NOI_AUTO(noi_crs_closep) noi_crs *crs = open_crs(zones[k]);
        PJ *any = proj_create_crs_to_crs(NULL, zones[k], "EPSG:4326", NULL);
        PJ *alone = proj_normalize_for_visualization(NULL, any);
        for (int i = 0; i < 3; i++) {
            double x = 106.3 + 0.3 * i, y = 11.03;
            noi_crs_from_wgs84(crs, &x, &y, 1);
            double torn = largest_tear(crs, alone, x, y, 4000);
            assert_true(torn > 0.7 && torn < 0.9);
        }
        proj_destroy(alone);
        proj_destroy(any);
    }
}

static void exchanged_axes_are_part_of_a_name(void **state) {
    (void)state;
    NOI_AUTO(noi_crs_closep) noi_crs *crs = open_crs("EPSG:9210/yx");
    assert_string_equal(noi_crs_name(crs), "EPSG:9210/yx");
    assert_string_equal(noi_crs_operation(crs), "x and y exchanged; VN-2000 to WGS 84 (2), EPSG:6960");
    assert_true(noi_crs_is_swapped(crs) && noi_crs_is_vn2000(crs) && !noi_crs_is_degrees(crs));
    double x = 1192284.910, y = 603697.762;
    noi_crs_to_wgs84(crs, &x, &y, 1);
    assert_true(fabs(x - 106.7) < 2e-8 && fabs(y - 10.78) < 2e-8);
    noi_crs_from_wgs84(crs, &x, &y, 1);
    assert_true(fabs(x - 1192284.910) < 1e-3 && fabs(y - 603697.762) < 1e-3);
    NOI_AUTO(noi_crs_closep) noi_crs *degrees = open_crs("EPSG:4326/yx");
    assert_false(noi_crs_is_identity(degrees));
    assert_true(noi_crs_is_degrees(degrees));
    assert_string_equal(noi_crs_operation(degrees), "x and y exchanged");
    x = 10.78;
    y = 106.7;
    noi_crs_to_wgs84(degrees, &x, &y, 1);
    assert_true(x == 106.7 && y == 10.78);
    noi_crs_from_wgs84(degrees, &x, &y, 1);
    assert_true(x == 10.78 && y == 106.7);
}

/* The table of systems says of each what PROJ says, to five kilometres, all over the country. */
static void the_rough_formula_is_right_to_some_kilometres(void **state) {
    (void)state;
    size_t n;
    const noi_crs_known *systems = noi_crs_known_systems(&n);
    assert_int_equal(n, 25);
    for (size_t k = 0; k < n; k++) {
        NOI_AUTO(noi_crs_closep) noi_crs *crs = open_crs(systems[k].definition);
        assert_int_equal(noi_crs_is_degrees(crs), systems[k].kind == NOI_CRS_DEGREES);
        for (double lat = 8; lat <= 24; lat += 1)
            for (double lon = 102; lon <= 110; lon += 1) {
                double x = lon, y = lat, rough_lon, rough_lat;
                noi_crs_from_wgs84(crs, &x, &y, 1);
                noi_crs_roughly(&rough_lon, &rough_lat, &systems[k], x, y);
                assert_true(hypot(rough_lon - lon, rough_lat - lat) * 111 < 5);
            }
    }
    double lon, lat;
    noi_crs_roughly(&lon, &lat, noi_crs_known_by_name("EPSG:4326"), 603697, 1192284);
    assert_true(isnan(lon) && isnan(lat));
    noi_crs_roughly(&lon, &lat, noi_crs_known_by_name("EPSG:9210"), NAN, 1192284);
    assert_true(isnan(lon) && isnan(lat));
    assert_null(noi_crs_known_by_name("EPSG:1"));
}

/* Computed with PROJ 9.1's cct from the pipeline that projinfo prints for EPSG:6960. */
static void coordinates_come_as_easting_then_northing(void **state) {
    (void)state;
    NOI_AUTO(noi_crs_closep) noi_crs *a = open_crs("EPSG:9210");
    NOI_AUTO(noi_crs_closep) noi_crs *b = open_crs("EPSG:5899");
    double x = 603697.762, y = 1192284.910, u = 384974.294, v = 1192321.896;
    noi_crs_to_wgs84(a, &x, &y, 1);
    noi_crs_to_wgs84(b, &u, &v, 1);
    assert_true(fabs(x - 106.7) < 2e-8 && fabs(y - 10.78) < 2e-8);
    assert_true(fabs(u - 106.7) < 2e-8 && fabs(v - 10.78) < 2e-8);
}

static void unlabelled_vn2000_would_be_226_m_off(void **state) {
    (void)state;
    NOI_AUTO(noi_crs_closep) noi_crs *crs = open_crs("EPSG:4756");
    double x = 106.7, y = 10.78;
    noi_crs_to_wgs84(crs, &x, &y, 1);
    double metres = hypot((x - 106.7) * 109360, (y - 10.78) * 110600);
    assert_true(metres > 200 && metres < 250);
}

static void round_trips_stay_below_a_millimetre(void **state) {
    (void)state;
    static const char *const systems[] = {"EPSG:9210",  "EPSG:5899", "EPSG:4756", "EPSG:3405",
                                          "EPSG:32648", "EPSG:3857", "EPSG:4326"};
    for (size_t k = 0; k < sizeof systems / sizeof *systems; k++) {
        NOI_AUTO(noi_crs_closep) noi_crs *crs = open_crs(systems[k]);
        double x[600], y[600];
        for (int i = 0; i < 600; i++) {
            x[i] = 104 + 5.0 * (i % 20) / 20;
            y[i] = 8.5 + 14.0 * i / 600;
        }
        noi_crs_from_wgs84(crs, x, y, 600);
        noi_crs_to_wgs84(crs, x, y, 600);
        for (int i = 0; i < 600; i++)
            assert_true(hypot(x[i] - (104 + 5.0 * (i % 20) / 20), y[i] - (8.5 + 14.0 * i / 600)) *
                            111000 < 1e-4);
    }
}

static void degrees_of_wgs84_are_left_alone(void **state) {
    (void)state;
    static const char *const same[] = {"EPSG:4326", "OGC:CRS84",
                                       "+proj=longlat +datum=WGS84 +no_defs"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        NOI_AUTO(noi_crs_closep) noi_crs *crs = open_crs(same[i]);
        double x = 106.7, y = 10.78;
        assert_true(noi_crs_is_identity(crs));
        assert_string_equal(noi_crs_name(crs), "EPSG:4326");
        assert_string_equal(noi_crs_operation(crs), "none");
        noi_crs_to_wgs84(crs, &x, &y, 1);
        assert_true(x == 106.7 && y == 10.78);
    }
}

/* A .prj as ESRI's programs write it, without any code; and one with a datum of a name of its own. */
static void texts_without_codes_are_recognised(void **state) {
    (void)state;
    NOI_AUTO(noi_crs_closep) noi_crs *esri = open_crs(
        "PROJCS[\"VN_2000_UTM_Zone_48N\",GEOGCS[\"GCS_VN_2000\",DATUM[\"D_Vietnam_2000\","
        "SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],"
        "UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],"
        "PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],"
        "PARAMETER[\"Central_Meridian\",105.0],PARAMETER[\"Scale_Factor\",0.9996],"
        "PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]");
    assert_string_equal(noi_crs_operation(esri), pinned);
    NOI_AUTO(noi_crs_closep) noi_crs *local = open_crs(
        "PROJCS[\"VN2000 HCM 105-45\",GEOGCS[\"VN2000\",DATUM[\"VN2000\","
        "SPHEROID[\"WGS 84\",6378137,298.257223563],TOWGS84[-191.9,-39.3,-111.45,0,0,0,0]],"
        "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],"
        "PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],"
        "PARAMETER[\"central_meridian\",105.75],PARAMETER[\"scale_factor\",0.9999],"
        "PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]");
    assert_string_equal(noi_crs_operation(local), pinned);
    double x = 603697.762, y = 1192284.910;
    noi_crs_to_wgs84(local, &x, &y, 1);
    assert_true(fabs(x - 106.7) < 2e-8 && fabs(y - 10.78) < 2e-8);
}

static void other_systems_get_one_operation(void **state) {
    (void)state;
    NOI_AUTO(noi_crs_closep) noi_crs *utm = open_crs("EPSG:32648");
    assert_true(strstr(noi_crs_operation(utm), "UTM zone 48N") != NULL);
    assert_true(noi_crs_accuracy_m(utm) == 0);
    NOI_AUTO(noi_crs_closep) noi_crs *indian = open_crs("EPSG:4131");
    assert_true(noi_crs_accuracy_m(indian) > 1);
    assert_false(noi_crs_is_vn2000(indian));
}

static void a_point_that_cannot_be_transformed_is_no_number(void **state) {
    (void)state;
    NOI_AUTO(noi_crs_closep) noi_crs *crs = open_crs("EPSG:9210");
    double x[] = {1e30, NAN, 603697.762}, y[] = {1e30, 3, 1192284.910};
    noi_crs_to_wgs84(crs, x, y, 3);
    for (int i = 0; i < 2; i++)
        assert_true(isnan(x[i]) && isnan(y[i]));
    assert_true(fabs(x[2] - 106.7) < 2e-8);
}

static void unknown_systems_are_refused_with_the_codes_of_vn2000(void **state) {
    (void)state;
    static const char *const bad[] = {"EPSG:1", "", "9210", "hello", "foo", "Amersfoort",
                                      "WGS 84", "EPSG:", "+proj=nonsense",
                                      "EPSG:6960"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        noi_crs *crs = NULL;
        assert_int_equal(noi_crs_open(&crs, bad[i]), NOI_ERR_INPUT);
        assert_null(crs);
        assert_non_null(strstr(noi_error_hint(), "EPSG:9210"));
    }
}

static void check_guess(double x1, double y1, double x2, double y2, const char *want,
                        bool swapped) {
    noi_crs_guess g = noi_crs_guess_from(x1, y1, x2, y2);
    if (!want) {
        assert_null(g.definition);
        return;
    }
    assert_non_null(g.definition);
    assert_string_equal(g.definition, want);
    assert_int_equal(g.swapped, swapped);
}

/* The city's box, turned into each system, is told apart from the others. */
static void numbers_are_recognised_by_where_vietnam_lies(void **state) {
    (void)state;
    static const char *const systems[] = {"EPSG:9210", "EPSG:5899", "EPSG:32648"};
    for (size_t i = 0; i < 3; i++) {
        NOI_AUTO(noi_crs_closep) noi_crs *crs = open_crs(systems[i]);
        double x[] = {106.3, 107.1}, y[] = {10.3, 11.2};
        noi_crs_from_wgs84(crs, x, y, 2);
        check_guess(x[0], y[0], x[1], y[1], systems[i], false);
        check_guess(y[0], x[0], y[1], x[1], systems[i], true);
    }
    check_guess(106.3, 10.3, 107.1, 11.2, "EPSG:4326", false);
    check_guess(10.3, 106.3, 11.2, 107.1, "EPSG:4326", true);
    check_guess(0, 0, 1, 1, NULL, false);
    check_guess(NAN, NAN, NAN, NAN, NULL, false);
}

NOI_TEST_MAIN(cmocka_unit_test(every_vn2000_system_goes_through_6960),
              cmocka_unit_test(the_shift_is_the_same_north_and_south_of_the_seam),
              cmocka_unit_test(points_1_m_apart_across_the_seam_stay_so),
              cmocka_unit_test(exchanged_axes_are_part_of_a_name),
              cmocka_unit_test(the_rough_formula_is_right_to_some_kilometres),
              cmocka_unit_test(coordinates_come_as_easting_then_northing),
              cmocka_unit_test(unlabelled_vn2000_would_be_226_m_off),
              cmocka_unit_test(round_trips_stay_below_a_millimetre),
              cmocka_unit_test(degrees_of_wgs84_are_left_alone),
              cmocka_unit_test(texts_without_codes_are_recognised),
              cmocka_unit_test(other_systems_get_one_operation),
              cmocka_unit_test(a_point_that_cannot_be_transformed_is_no_number),
              cmocka_unit_test(unknown_systems_are_refused_with_the_codes_of_vn2000),
              cmocka_unit_test(numbers_are_recognised_by_where_vietnam_lies))
