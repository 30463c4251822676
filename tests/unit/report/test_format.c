/*
 * test_format.c: numbers and escaped text. Plan: groups of three; signs and the largest number;
 * decimals and what is no number; a share is 0 or 100 only when it is; text cannot leave its place.
 */
#include "report/format.h"

#include "testing.h"

#include <math.h>

static void thousands_are_grouped(void **state) {
    (void)state;
    char text[32];
    assert_string_equal(noi_number(text, 0), "0");
    assert_string_equal(noi_number(text, 999), "999");
    assert_string_equal(noi_number(text, 10000), "10,000");
    assert_string_equal(noi_number(text, -1234567), "-1,234,567");
    assert_string_equal(noi_number(text, INT64_MIN), "-9,223,372,036,854,775,808");
}

static void decimals_keep_their_digits(void **state) {
    (void)state;
    char text[32];
    assert_string_equal(noi_decimal(text, 1234.5, 1), "1,234.5");
    assert_string_equal(noi_decimal(text, -0.25, 2), "-0.25");
    assert_string_equal(noi_decimal(text, NAN, 2), "–");
}

static void a_share_is_never_rounded_to_nothing_or_all(void **state) {
    (void)state;
    char text[32];
    assert_string_equal(noi_percent(text, 0, 10), "0 %");
    assert_string_equal(noi_percent(text, 10, 10), "100 %");
    assert_string_equal(noi_percent(text, 1, 1000000), "< 0.01 %");
    assert_string_equal(noi_percent(text, 999999, 1000000), "> 99.99 %");
    assert_string_equal(noi_percent(text, 1, 8), "12.5 %");
    assert_string_equal(noi_percent(text, 1, 0), "–");
}

static void text_is_escaped(void **state) {
    (void)state;
    noi_buf buf = {0};
    noi_html_text(&buf, NOI_STR("<b a=\"1\">&\nPhường"));
    assert_string_equal(buf.p, "&lt;b a=&quot;1&quot;&gt;&amp; Phường");
    noi_buf_free(&buf);
}

NOI_TEST_MAIN(cmocka_unit_test(thousands_are_grouped), cmocka_unit_test(decimals_keep_their_digits),
              cmocka_unit_test(a_share_is_never_rounded_to_nothing_or_all),
              cmocka_unit_test(text_is_escaped))
