/* Plan: the row goes before its geocoder, that before the source, and nothing is made up; keys
 * fold; what is no number of metres, and a key named twice, is refused. */
#include "testing.h"

#include "importers/point_error.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static noi_point_error_rules rules_of(const char *error, const char *const *of, size_t n) {
    noi_import_options o = {.error = error, .errors_of = of, .n_errors_of = n};
    noi_point_error_rules rules;
    assert_int_equal(noi_point_error_rules_read(&rules, &o), NOI_OK);
    return rules;
}

static void assert_settled(const noi_point_error_rules *rules, double own, const char *geocoder,
                           noi_error_from from, double metres, bool unknown) {
    double m = own;
    bool asked = !unknown;
    assert_int_equal(noi_point_error_settle(&m, &asked, rules, noi_str_of(geocoder)), from);
    assert_true(isnan(metres) ? isnan(m) : m == metres);
    assert_int_equal(asked, unknown);
}

static void who_is_nearer_to_the_point_goes_first(void **state) {
    (void)state;
    const char *of[] = {"GNSS=3", "Google_Rooftop=15.5", "a=b=0"};
    noi_point_error_rules r = rules_of("30", of, 3);
    assert_settled(&r, 7, "GNSS", NOI_ERROR_OF_ROW, 7, false);
    assert_settled(&r, 0, "", NOI_ERROR_OF_ROW, 0, false);
    assert_settled(&r, 7, "osm", NOI_ERROR_OF_ROW, 7, false); /* known anyway: not asked for */
    assert_settled(&r, NAN, "gnss", NOI_ERROR_OF_GEOCODER, 3, false);
    assert_settled(&r, NAN, "google rooftop", NOI_ERROR_OF_GEOCODER, 15.5, false);
    assert_settled(&r, NAN, "a=b", NOI_ERROR_OF_GEOCODER, 0, false);
    assert_settled(&r, NAN, "osm", NOI_ERROR_OF_SOURCE, 30, true);
    assert_settled(&r, NAN, "", NOI_ERROR_OF_SOURCE, 30, false);
}

static void where_nobody_says_nothing_is_made_up(void **state) {
    (void)state;
    noi_point_error_rules r = rules_of(NULL, NULL, 0);
    assert_settled(&r, NAN, "", NOI_ERROR_UNSTATED, NAN, false);
    assert_settled(&r, NAN, "gnss", NOI_ERROR_UNSTATED, NAN, true);
    assert_settled(&r, 4, "gnss", NOI_ERROR_OF_ROW, 4, false);
}

static void what_is_no_error_is_refused(void **state) {
    (void)state;
    const char *errors[] = {"", "x", "3x", "-1", "nan", "inf", "1e999", "3 m"};
    noi_point_error_rules rules;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        noi_import_options o = {.error = errors[i]};
        if (noi_point_error_rules_read(&rules, &o) != NOI_ERR_USAGE)
            fail_msg("'%s' is taken", errors[i]);
        assert_non_null(strstr(noi_error_hint(), "--error 30"));
    }
    const char *const lists[][2] = {{"gnss", ""}, {"=3", ""}, {"gnss=", ""}, {"gnss=3", "GN-SS=4"}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        noi_import_options o = {.errors_of = lists[i], .n_errors_of = *lists[i][1] ? 2 : 1};
        if (noi_point_error_rules_read(&rules, &o) != NOI_ERR_USAGE)
            fail_msg("'%s' is taken", lists[i][0]);
    }
}

static void no_more_geocoders_than_there_is_room(void **state) {
    (void)state;
    static char texts[NOI_MAX_GEOCODERS + 1][32];
    const char *of[NOI_MAX_GEOCODERS + 1];
    for (int i = 0; i <= NOI_MAX_GEOCODERS; i++) {
        snprintf(texts[i], sizeof texts[i], "g%d=%d", i, i);
        of[i] = texts[i];
    }
    noi_point_error_rules r = rules_of(NULL, of, NOI_MAX_GEOCODERS);
    assert_settled(&r, NAN, "g63", NOI_ERROR_OF_GEOCODER, 63, false);
    noi_import_options o = {.errors_of = of, .n_errors_of = NOI_MAX_GEOCODERS + 1};
    assert_int_equal(noi_point_error_rules_read(&r, &o), NOI_ERR_USAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_nearer_to_the_point_goes_first),
        cmocka_unit_test(where_nobody_says_nothing_is_made_up),
        cmocka_unit_test(what_is_no_error_is_refused),
        cmocka_unit_test(no_more_geocoders_than_there_is_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
