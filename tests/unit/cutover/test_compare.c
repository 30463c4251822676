/* Plan: every cause is given to a pair of values that shows it, and to none that shows it only in part;
 * keys pair in spite of blanks, capitals, apostrophes and hyphens, not in spite of zeros or marks; doubled
 * and missing rows are counted once each; many rows: tables grow and every row keeps its place. */
#include "testing.h"

#include "cutover/compare.h"

#include <stdio.h>
#include <string.h>

static noi_cause cause(noi_compare_type type, const char *a, const char *b) {
    const noi_status_pair pair = {NOI_STR("4"), NOI_STR("in process")};
    const noi_compare_spec spec = {.n = 1, .unit = -1, .day = -1, .statuses = &pair, .n_statuses = 1};
    return noi_compare_values(&spec, type, noi_str_of(a), noi_str_of(b));
}

static void texts_have_their_cause(void **state) {
    (void)state;
    assert_int_equal(cause(NOI_COMPARE_TEXT, "Lê Lợi", "Lê Lợi"), NOI_CAUSE_NONE);
    assert_int_equal(cause(NOI_COMPARE_TEXT, "Lê Lợi", "Le\xCC\x82 Lo\xCC\x9B\xCC\xA3i"),
                     NOI_CAUSE_FORM);
    assert_int_equal(cause(NOI_COMPARE_TEXT, "a b", " a\xC2\xA0  b\t"), NOI_CAUSE_FORM);
    assert_int_equal(cause(NOI_COMPARE_TEXT, "Số 1, Lê Lợi", "số 1 LÊ LỢI"), NOI_CAUSE_CASE);
    assert_int_equal(cause(NOI_COMPARE_TEXT, "Lê Lợi", "Le Loi"), NOI_CAUSE_MARKS);
    assert_int_equal(cause(NOI_COMPARE_TEXT, "Lê Lợi", "Lê Lai"), NOI_CAUSE_OTHER);
    assert_int_equal(cause(NOI_COMPARE_TEXT, "", "x"), NOI_CAUSE_NOT_A);
    assert_int_equal(cause(NOI_COMPARE_TEXT, "x", "  "), NOI_CAUSE_NOT_B);
    assert_int_equal(cause(NOI_COMPARE_TEXT, "", " "), NOI_CAUSE_FORM);
    assert_int_equal(cause(NOI_COMPARE_TEXT, "\xFF", "\xFE"), NOI_CAUSE_CASE);
}

static void codes_days_numbers_and_statuses_have_theirs(void **state) {
    (void)state;
    assert_int_equal(cause(NOI_COMPARE_CODE, "01234", "1234"), NOI_CAUSE_ZEROS);
    assert_int_equal(cause(NOI_COMPARE_CODE, "26740", "26740.0"), NOI_CAUSE_FORM);
    assert_int_equal(cause(NOI_COMPARE_CODE, "26740", "26743"), NOI_CAUSE_OTHER);
    assert_int_equal(cause(NOI_COMPARE_DAY, "01/07/2025", "20250701093000"), NOI_CAUSE_DATE);
    assert_int_equal(cause(NOI_COMPARE_DAY, "05/06/2025", "2025-05-06"), NOI_CAUSE_SWAPPED);
    assert_int_equal(cause(NOI_COMPARE_DAY, "25/06/2025", "2025-06-26"), NOI_CAUSE_OTHER);
    assert_int_equal(cause(NOI_COMPARE_DAY, "soon", "2025-06-26"), NOI_CAUSE_OTHER);
    assert_int_equal(cause(NOI_COMPARE_NUMBER, "1,50", "1.5"), NOI_CAUSE_NUMBER);
    assert_int_equal(cause(NOI_COMPARE_NUMBER, "1.234,5", "1234.5"), NOI_CAUSE_OTHER);
    assert_int_equal(cause(NOI_COMPARE_STATUS, "4", "in process"), NOI_CAUSE_STATUS);
    assert_int_equal(cause(NOI_COMPARE_STATUS, "in process", "4"), NOI_CAUSE_OTHER);
}

static noi_comparison pair_keys(const char *a, const char *b) {
    const noi_compare_spec spec = {.unit = -1, .day = -1};
    NOI_AUTO(noi_compare_freep) noi_compare *c = noi_compare_new(&spec);
    const noi_comparison *r;
    assert_int_equal(noi_compare_add_a(c, noi_str_of(a), NULL, 2), NOI_OK);
    assert_int_equal(noi_compare_add_b(c, noi_str_of(b), NULL, 2, NULL, NULL), NOI_OK);
    assert_int_equal(noi_compare_end(&r, c, NULL, NULL), NOI_OK);
    return *r;
}

static void keys_pair_by_what_counts(void **state) {
    (void)state;
    assert_int_equal(pair_keys("h29-1", "'H29–1 ").paired, 1);
    assert_int_equal(pair_keys("H29-1", "h 29-1").keys_written_differently, 1);
    assert_int_equal(pair_keys("H29-01", "H29-1").paired, 0);
    assert_int_equal(pair_keys("ô", "o").only_b, 1);
    assert_int_equal(pair_keys("", "").paired, 0);
    assert_int_equal(pair_keys(" ", "x").without_key_a, 1);
}

/* A holds 0 to 9,999, B 5,000 to 14,999 twice; every seventh differs. */
static void many_rows_keep_their_place(void **state) {
    (void)state;
    const noi_compare_spec spec = {.n = 2, .unit = 0, .day = -1};
    NOI_AUTO(noi_compare_freep) noi_compare *c = noi_compare_new(&spec);
    const noi_comparison *r;
    char key[16], unit[16];
    for (int i = 0; i < 10000; i++) {
        snprintf(key, sizeof key, "K%d", i);
        snprintf(unit, sizeof unit, "%d", i % 2000);
        const noi_str fields[] = {noi_str_of(unit), NOI_STR("x")};
        assert_int_equal(noi_compare_add_a(c, noi_str_of(key), fields, i + 2), NOI_OK);
    }
    for (int k = 0; k < 20000; k++) {
        int i = 5000 + k % 10000;
        snprintf(key, sizeof key, "k%d", i);
        snprintf(unit, sizeof unit, "%d", i % 2000);
        const noi_str fields[] = {noi_str_of(unit), i % 7 ? NOI_STR("x") : NOI_STR("y")};
        assert_int_equal(noi_compare_add_b(c, noi_str_of(key), fields, k + 2, NULL, NULL), NOI_OK);
    }
    assert_int_equal(noi_compare_end(&r, c, NULL, NULL), NOI_OK);
    assert_int_equal(r->paired, 5000);
    assert_int_equal(r->only_a, 5000);
    assert_int_equal(r->only_b, 5000);
    assert_int_equal(r->doubles_b, 10000);
    assert_int_equal(r->by[1][NOI_CAUSE_OTHER], 714);
    assert_int_equal(r->different, 714);
    assert_int_equal(r->n_lines, 2000);
    int64_t rows = 0;
    for (size_t i = 0; i < r->n_lines; i++)
        rows += r->lines[i].same + r->lines[i].different + r->lines[i].only_a + r->lines[i].only_b;
    assert_int_equal(rows, 15000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_have_their_cause),
        cmocka_unit_test(codes_days_numbers_and_statuses_have_theirs),
        cmocka_unit_test(keys_pair_by_what_counts),
        cmocka_unit_test(many_rows_keep_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
