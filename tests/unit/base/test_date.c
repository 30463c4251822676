/* Plan: every day from 1900 to 2100 survives the way to a date and back; the spellings of exports
 * are read, nonsense is not. */
#include "testing.h"

#include "base/date.h"

static void days_and_dates_are_inverse(void **state) {
    (void)state;
    noi_day last = noi_day_from_ymd(2100, 12, 31);
    for (noi_day on = noi_day_from_ymd(1900, 1, 1); on <= last; on++) {
        int y, m, d;
        noi_day_to_ymd(&y, &m, &d, on);
        assert_int_equal(noi_day_from_ymd(y, m, d), on);
    }
    assert_int_equal(noi_day_from_ymd(1970, 1, 1), 0);
    assert_int_equal(noi_day_from_ymd(2025, 7, 1), 20270);
}

static void spellings_of_exports_are_read(void **state) {
    (void)state;
    static const char *const same[] = {"2025-07-01", "01/07/2025", "1/7/2025", "1.7.2025",
                                       "20250701", "20250701093000", "2025-07-01T09:30:00",
                                       " 2025-07-01 ", "2025/07/01", "202507010930"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_int_equal(noi_day_parse(noi_str_of(same[i])), 20270);
}

static void nonsense_is_no_day(void **state) {
    (void)state;
    static const char *const bad[] = {"", "2025", "2025-13-01", "2025-02-29", "31/04/2025",
                                      "1-7", "2025-07-01x", "20251301", "07/01", "1/7/25", "hôm nay"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(noi_day_parse(noi_str_of(bad[i])), NOI_DAY_NONE);
}

static void open_ends_are_written_as_nothing(void **state) {
    (void)state;
    char text[12];
    assert_string_equal(noi_day_format(text, NOI_DAY_NONE), "");
    assert_string_equal(noi_day_format(text, NOI_DAY_OPEN), "");
    assert_string_equal(noi_day_format(text, 20270), "2025-07-01");
}

NOI_TEST_MAIN(cmocka_unit_test(days_and_dates_are_inverse),
              cmocka_unit_test(spellings_of_exports_are_read),
              cmocka_unit_test(nonsense_is_no_day),
              cmocka_unit_test(open_ends_are_written_as_nothing))
