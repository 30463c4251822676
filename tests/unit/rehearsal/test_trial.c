/* Plan: a trial that held has no failures; each thing that must hold, broken alone, is one failure with its
 * key; people's wrong answers are none. Scorecards get numbers in their order, and none is replaced. */
#include "rehearsal/trial.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static noi_trial held(void) {
    return (noi_trial){.name = NULL,
                       .n_kills = 1,
                       .killed_at = {100},
                       .same_after_kill = true,
                       .undone_unit = "26740",
                       .undone = 7,
                       .same_after_redo = true,
                       .people = true,
                       .wrong_answers = 12,
                       .gained_wrong = 13,
                       .wrong_own = 12,
                       .wrong_following = 1,
                       .same_after_taking_back = true,
                       .same_after_deciding_again = true,
                       .second_handover = 20449,
                       .nothing_else_moved = true};
}

static void wrong_answers_of_people_are_no_failure(void **state) {
    (void)state;
    const noi_trial trial = held();
    assert_int_equal(noi_trial_failures(NULL, &trial), 0);
}

static void assert_fails(const noi_trial *trial, const char *key) {
    NOI_AUTO_BUF noi_buf failures = {0};
    assert_int_equal(noi_trial_failures(&failures, trial), 1);
    assert_string_equal(failures.p, key);
}

static void whatever_must_hold_is_told_when_it_does_not(void **state) {
    (void)state;
    noi_trial t = held();
    t.same_after_kill = false;
    assert_fails(&t, "killed_merge_differs");
    t = held();
    t.same_after_redo = false;
    assert_fails(&t, "undone_unit_differs");
    t = held();
    t.wrong_untraced = 1;
    assert_fails(&t, "wrong_answer_untraced");
    t = held();
    t.same_after_taking_back = false;
    assert_fails(&t, "decisions_not_taken_back");
    t = held();
    t.same_after_deciding_again = false;
    assert_fails(&t, "decisions_again_differ");
    t = held();
    t.nothing_else_moved = false;
    assert_fails(&t, "second_handover_moved_more");
    t = held();
    t.later_wrong = 1;
    assert_fails(&t, "later_case_wrong");
    t = held();
    t.tampered = 1;
    assert_fails(&t, "ledger_broken");
    t = held();
    t.imbalances = 1;
    assert_fails(&t, "does_not_add_up");
}

static void what_a_scenario_leaves_out_cannot_fail(void **state) {
    (void)state;
    const noi_trial nothing = {.second_handover = NOI_DAY_NONE};
    assert_int_equal(noi_trial_failures(NULL, &nothing), 0);
}

static void keep(const char *folder, const char *text, int number) {
    NOI_AUTO_FREE char *path = NULL, *want = noi_format("%s/trials/%d.json", folder, number);
    const noi_buf json = {.p = (char *)(uintptr_t)text, .n = strlen(text)};
    assert_int_equal(noi_trial_keep(&path, folder, &json), NOI_OK);
    assert_string_equal(path, want);
}

static void scorecards_are_numbered_and_never_replaced(void **state) {
    (void)state;
    char folder[] = "/tmp/noi-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    NOI_AUTO_FREE char *second = noi_format("%s/trials/2.json", folder);
    NOI_AUTO_FREE char *first = noi_format("%s/trials/1.json", folder);
    assert_int_equal(noi_trial_newest(folder), 0);
    keep(folder, "one", 1);
    keep(folder, "two", 2);
    keep(folder, "three", 3);
    assert_int_equal(unlink(second), 0);
    assert_int_equal(noi_trial_newest(folder), 3);
    keep(folder, "four", 4);
    assert_int_not_equal(access(second, F_OK), 0);
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    assert_int_equal(noi_map_open(&map, first), NOI_OK);
    assert_true(noi_str_is(noi_map_bytes(map), "one"));
    assert_true(noi_remove_tree(folder));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(wrong_answers_of_people_are_no_failure),
                                       cmocka_unit_test(whatever_must_hold_is_told_when_it_does_not),
                                       cmocka_unit_test(what_a_scenario_leaves_out_cannot_fail),
                                       cmocka_unit_test(scorecards_are_numbered_and_never_replaced)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
