/* Plan: every status has a text and an exit code; a message keeps its place and its hint; a long
 * message is cut at a whole letter; an error travels between threads as a value. */
#include "testing.h"

#include "base/error.h"

#include <string.h>

static void every_status_has_a_text_and_an_exit_code(void **state) {
    (void)state;
#define CHECK(name, value, exit_code, sentence)                                                    \
    assert_string_equal(noi_status_text(name), sentence);                                          \
    assert_int_equal(noi_status_exit_code(name), exit_code);                                       \
    assert_true((value) == 0 || (exit_code) >= 2);
    NOI_STATUS_TABLE(CHECK)
#undef CHECK
    assert_string_equal(noi_status_text((noi_status)-99), "unknown status");
    assert_int_equal(noi_status_exit_code((noi_status)-99), 5);
}

static void a_message_keeps_its_place_and_its_hint(void **state) {
    (void)state;
    noi_status status = noi_fail_at(NOI_ERR_INPUT, "a.csv", 1042, "ward code '%s' ended", "26740");
    noi_hint("pass --as-of %s", "2025-06-30");
    assert_int_equal(status, NOI_ERR_INPUT);
    assert_string_equal(noi_error_message(), "a.csv:1042: ward code '26740' ended");
    assert_string_equal(noi_error_hint(), "pass --as-of 2025-06-30");
}

static void a_new_failure_clears_the_hint_of_the_last(void **state) {
    (void)state;
    noi_status first = noi_fail(NOI_ERR_INPUT, "one");
    noi_hint("do this");
    noi_status second = noi_fail_at(NOI_ERR_IO, "b.csv", 0, "two");
    assert_int_equal(first, NOI_ERR_INPUT);
    assert_int_equal(second, NOI_ERR_IO);
    assert_string_equal(noi_error_message(), "b.csv: two");
    assert_string_equal(noi_error_hint(), "");
}

static void a_long_message_is_cut_at_a_whole_letter(void **state) {
    (void)state;
    char text[6001] = "";
    for (size_t i = 0; i + 3 <= 6000; i += 3)
        memcpy(text + i, "\xE1\xBB\x87", 3); /* ệ */
    assert_int_equal(noi_fail(NOI_ERR_INPUT, "x%s", text), NOI_ERR_INPUT);
    const char *message = noi_error_message();
    size_t n = strlen(message);
    assert_true(n < 2048);
    assert_string_equal(message + n - 3, "...");
    assert_int_equal((n - 4) % 3, 0);
}

static void an_error_travels_as_a_value(void **state) {
    (void)state;
    noi_error kept;
    noi_status status = noi_fail(NOI_ERR_CONFLICT, "held by another");
    noi_hint("wait");
    noi_error_save(&kept, status);
    noi_error_clear();
    assert_string_equal(noi_error_message(), "");
    assert_int_equal(noi_error_restore(&kept), NOI_ERR_CONFLICT);
    assert_string_equal(noi_error_message(), "held by another");
    assert_string_equal(noi_error_hint(), "wait");
}

NOI_TEST_MAIN(cmocka_unit_test(every_status_has_a_text_and_an_exit_code),
              cmocka_unit_test(a_message_keeps_its_place_and_its_hint),
              cmocka_unit_test(a_new_failure_clears_the_hint_of_the_last),
              cmocka_unit_test(a_long_message_is_cut_at_a_whole_letter),
              cmocka_unit_test(an_error_travels_as_a_value))
