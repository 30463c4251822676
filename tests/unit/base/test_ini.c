/* Plan: entries in order with their lines; comments, blank lines, a byte order mark, CRLF; what is no
 * line of settings, a key twice, a broken section: the message has file, line and both values; numbers and
 * their limits; yes and no; words. */
#include "base/ini.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static noi_ini *read(const char *text) {
    noi_ini *ini = NULL;
    assert_int_equal(noi_ini_read(&ini, "t.ini", noi_str_of(text)), NOI_OK);
    return ini;
}

static void assert_entry(const noi_ini_entry *e, const char *section, const char *key,
                         const char *value, int64_t line) {
    assert_true(noi_str_is(e->section, section));
    assert_true(noi_str_is(e->key, key));
    assert_true(noi_str_is(e->value, value));
    assert_int_equal(e->line, line);
}

static void entries_keep_their_order_and_lines(void **state) {
    (void)state;
    NOI_AUTO(noi_ini_freep) noi_ini *ini =
        read("\xEF\xBB\xBF# c\r\nbefore=1\r\n\r\n[ a ]\r\n key  =  two words = three \r\n; c\n[b]\nempty =");
    assert_int_equal(ini->n, 3);
    assert_entry(&ini->items[0], "", "before", "1", 2);
    assert_entry(&ini->items[1], "a", "key", "two words = three", 5);
    assert_entry(&ini->items[2], "b", "empty", "", 8);
    NOI_AUTO(noi_ini_freep) noi_ini *none = read("");
    assert_int_equal(none->n, 0);
}

static void assert_refused(const char *text, const char *message) {
    noi_ini *ini = NULL;
    assert_int_equal(noi_ini_read(&ini, "t.ini", noi_str_of(text)), NOI_ERR_INPUT);
    assert_null(ini);
    if (!strstr(noi_error_message(), message))
        fail_msg("'%s' is not in '%s'", message, noi_error_message());
}

static void what_is_no_setting_is_refused_with_its_line(void **state) {
    (void)state;
    assert_refused("[a]\nnothing\n", "t.ini:2: 'nothing'");
    assert_refused("= 3\n", "t.ini:1: '= 3'");
    assert_refused("\n[a\n", "t.ini:2: '[a'");
    assert_refused("[a]\nk=1\n[b]\nk=2\n[a]\nk=3\n", "t.ini:6: 'k' is '3' here and '1' in line 2");
}

static void numbers_have_limits(void **state) {
    (void)state;
    static const char *const wrong[] = {"k=", "k=-1", "k=11", "k=1.5", "k=ten", "k=99999999999999999999999999"};
    int64_t value = 7;
    NOI_AUTO(noi_ini_freep) noi_ini *good = read("k = 10");
    assert_int_equal(noi_ini_number(&value, good, &good->items[0], 0, 10), NOI_OK);
    assert_int_equal(value, 10);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        NOI_AUTO(noi_ini_freep) noi_ini *ini = read(wrong[i]);
        assert_int_equal(noi_ini_number(&value, ini, &ini->items[0], 0, 10), NOI_ERR_INPUT);
        assert_int_equal(value, 10);
        assert_non_null(strstr(noi_error_message(), "from 0 to 10"));
    }
}

static void yes_is_yes_and_no_is_no(void **state) {
    (void)state;
    bool value = false;
    NOI_AUTO(noi_ini_freep) noi_ini *ini = read("a=yes\nb=no\nc=maybe");
    assert_int_equal(noi_ini_yes(&value, ini, &ini->items[0]), NOI_OK);
    assert_true(value);
    assert_int_equal(noi_ini_yes(&value, ini, &ini->items[1]), NOI_OK);
    assert_false(value);
    assert_int_equal(noi_ini_yes(&value, ini, &ini->items[2]), NOI_ERR_INPUT);
}

static void words_are_parted_by_white_space(void **state) {
    (void)state;
    noi_str word, rest = NOI_STR("  one\ttwo  ");
    assert_true(noi_ini_word(&word, &rest) && noi_str_is(word, "one"));
    assert_true(noi_ini_word(&word, &rest) && noi_str_is(word, "two"));
    assert_false(noi_ini_word(&word, &rest));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(entries_keep_their_order_and_lines),
                                       cmocka_unit_test(what_is_no_setting_is_refused_with_its_line),
                                       cmocka_unit_test(numbers_have_limits),
                                       cmocka_unit_test(yes_is_yes_and_no_is_no),
                                       cmocka_unit_test(words_are_parted_by_white_space)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
