/* Plan: numbers of persons and telephones vanish from a text however they are grouped, house numbers,
 * codes and days stay; pseudonyms are the same under one key and others under another; the table of
 * decision rules says when two people are needed, on its days only, and refuses what is no table. */
#include "testing.h"

#include "cutover/decision_rules.h"
#include "cutover/redact.h"

#include <string.h>

static void assert_redacted(const char *text, const char *expected) {
    NOI_AUTO_BUF noi_buf out = {0};
    noi_redact_numbers(&out, noi_str_of(text));
    assert_string_equal(out.p ? out.p : "", expected);
}

static void numbers_of_persons_vanish(void **state) {
    (void)state;
    assert_redacted("", "");
    assert_redacted("ĐT 0903123456.", "ĐT […].");
    assert_redacted("0903 123 456, 2 Lê Lợi", "[…], 2 Lê Lợi");
    assert_redacted("+84.903.123.456", "+[…]");
    assert_redacted("CCCD 079-123-456-789", "CCCD […]");
    assert_redacted("1806/127/2/6 Huỳnh Tấn Phát", "1806/127/2/6 Huỳnh Tấn Phát");
    assert_redacted("12345678", "12345678");
    assert_redacted("123456789", "[…]");
    assert_redacted("1 2 3 ", "1 2 3 ");
}

static void a_pseudonym_hangs_on_its_key(void **state) {
    (void)state;
    const noi_secret one = {{1}}, two = {{2}};
    char a[NOI_PSEUDONYM_SIZE], b[NOI_PSEUDONYM_SIZE], c[NOI_PSEUDONYM_SIZE], d[NOI_PSEUDONYM_SIZE];
    noi_pseudonym(a, &one, NOI_STR("A1"));
    noi_pseudonym(b, &one, NOI_STR("A1"));
    noi_pseudonym(c, &two, NOI_STR("A1"));
    noi_pseudonym(d, &one, NOI_STR("A2"));
    assert_string_equal(a, b);
    assert_string_not_equal(a, c);
    assert_string_not_equal(a, d);
    assert_int_equal(strlen(a), NOI_PSEUDONYM_SIZE - 1);
}

#define HEADER "id,applies_from,applies_to,condition,limit,persons\n"

static int64_t needs(const char *rows, const noi_decision_facts *facts, const char *on) {
    NOI_AUTO(noi_decision_rules_freep) noi_decision_rules *rules = NULL;
    NOI_AUTO_BUF noi_buf table = {0};
    NOI_AUTO_BUF noi_buf ids = {0};
    noi_buf_printf(&table, HEADER "%s", rows);
    if (noi_decision_rules_read(&rules, "rules.csv", noi_buf_view(&table)) != NOI_OK)
        return -1;
    return noi_decision_needs(&ids, rules, facts, noi_day_parse(noi_str_of(on)));
}

static void a_rule_holds_on_its_days(void **state) {
    (void)state;
    const noi_decision_facts few = {.reaches = 20}, many = {.reaches = 21};
    const char *rule = "D5,2025-07-01,2026-01-01,reaches_more_than,20,2\n";
    assert_int_equal(needs(rule, &many, "2025-07-01"), 2);
    assert_int_equal(needs(rule, &few, "2025-07-01"), 1);
    assert_int_equal(needs(rule, &many, "2025-06-30"), 1);
    assert_int_equal(needs(rule, &many, "2026-01-01"), 1);
}

static void what_is_no_rule_is_refused(void **state) {
    (void)state;
    const noi_decision_facts none = {0};
    assert_int_equal(needs("D1,,,moon_is_full,,2\n", &none, "2025-07-01"), -1);
    assert_int_equal(needs("D1,,,city_decides,,3\n", &none, "2025-07-01"), -1);
    assert_int_equal(needs("D1,soon,,city_decides,,2\n", &none, "2025-07-01"), -1);
    assert_int_equal(needs("D5,,,reaches_more_than,,2\n", &none, "2025-07-01"), -1);
    assert_int_equal(needs("", &none, "2025-07-01"), 1);
}

static void the_rules_of_the_program_are_read(void **state) {
    (void)state;
    NOI_AUTO(noi_decision_rules_freep) noi_decision_rules *rules = NULL;
    NOI_AUTO_BUF noi_buf ids = {0};
    const noi_decision_facts torn = {.household_torn = true, .city_decides = true};
    assert_int_equal(noi_decision_rules_load(&rules), NOI_OK);
    assert_int_equal(noi_decision_needs(&ids, rules, &torn, noi_day_from_ymd(2025, 7, 2)), 2);
    assert_string_equal(ids.p, "D1 D4");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_persons_vanish),
        cmocka_unit_test(a_pseudonym_hangs_on_its_key),
        cmocka_unit_test(a_rule_holds_on_its_days),
        cmocka_unit_test(what_is_no_rule_is_refused),
        cmocka_unit_test(the_rules_of_the_program_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
