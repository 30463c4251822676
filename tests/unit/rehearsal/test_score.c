/*
 * test_score.c: the scorecard cannot be fooled.
 *   - assigned to another unit is wrong; assigned where nothing decides is wrong, even when lucky
 *   - queued with the right candidate is asked, with others only is missed, with none is unplaced
 *   - where no answer exists, only not assigning is right
 */
#include "rehearsal/score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static noi_trap_score scored(const char *truth, const char *expected, int status,
                             const char *new_code, const char *candidates) {
    noi_trap_score score = {0};
    noi_scored_verdict verdict = {
        .status = status, .new_code = noi_str_of(new_code), .candidates = noi_str_of(candidates)};
    noi_score_one(&score, noi_str_of(truth), noi_str_of(expected), &verdict);
    return score;
}

static void the_right_unit_is_right(void **state) {
    (void)state;
    assert_int_equal(scored("26740", "assigned", NOI_ASSIGNED, "26740", NULL).right, 1);
}

static void another_unit_is_wrong(void **state) {
    (void)state;
    assert_int_equal(scored("26740", "assigned", NOI_ASSIGNED, "26743", NULL).wrong, 1);
}

static void a_lucky_guess_is_wrong(void **state) {
    (void)state;
    assert_int_equal(scored("26740", "asked", NOI_ASSIGNED, "26740", NULL).wrong, 1);
}

static void a_place_outside_must_not_be_assigned(void **state) {
    (void)state;
    assert_int_equal(scored("", "asked", NOI_ASSIGNED, "26740", NULL).wrong, 1);
    assert_int_equal(scored("", "asked", NOI_UNPLACED, NULL, NULL).right, 1);
}

static void a_question_must_name_the_right_unit(void **state) {
    (void)state;
    assert_int_equal(scored("26740", "asked", NOI_AMBIGUOUS, NULL, "26734 26740").asked, 1);
    assert_int_equal(scored("26740", "asked", NOI_AMBIGUOUS, NULL, "26734 26743").missed, 1);
    assert_int_equal(scored("26740", "asked", NOI_AMBIGUOUS, NULL, "126740 267401").missed, 1);
    assert_int_equal(scored("26740", "asked", NOI_UNPLACED, NULL, NULL).unplaced, 1);
}

static void an_account_that_does_not_add_up_fails(void **state) {
    (void)state;
    noi_rehearsal r = {.card = {.in = 10, .assigned = 7, .ambiguous = 2, .unplaced = 1}};
    r.card.draft = (noi_draft_score){.planted = 18, .found = 18};
    assert_true(noi_rehearsal_passed(&r));
    r.card.lost = 1;
    assert_false(noi_rehearsal_passed(&r));
    r.card.lost = 0;
    r.card.unplaced = 0;
    assert_false(noi_rehearsal_passed(&r));
    r.card.unplaced = 1;
    r.card.traps[NOI_TRAP_HOMONYM].wrong = 1;
    assert_false(noi_rehearsal_passed(&r));
    r.card.traps[NOI_TRAP_HOMONYM].wrong = 0;
    assert_true(noi_rehearsal_passed(&r));
    r.card.draft.found = 17; /* a planted defect was missed */
    assert_false(noi_rehearsal_passed(&r));
    r.card.draft.found = 18;
    r.card.draft.not_planted = 1;
    assert_false(noi_rehearsal_passed(&r));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_right_unit_is_right),
        cmocka_unit_test(another_unit_is_wrong),
        cmocka_unit_test(a_lucky_guess_is_wrong),
        cmocka_unit_test(a_place_outside_must_not_be_assigned),
        cmocka_unit_test(a_question_must_name_the_right_unit),
        cmocka_unit_test(an_account_that_does_not_add_up_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
