/*
 * Plan, on the map of drawn_plan.h: each kind of evidence alone; each pair that agrees and that
 * disagrees; vintages; points on all sides of their error; what must never be assigned; the same
 * verdicts whatever the batch.
 */
#include "testing.h"

#include "drawn_plan.h"

#include <stdio.h>

static noi_buf bytes, mapless_bytes;
static noi_plan *plan, *mapless;

static int open_plans(void **state) {
    (void)state;
    assert_int_equal(drawn_plan_bytes(&bytes, true), NOI_OK);
    assert_int_equal(drawn_plan_bytes(&mapless_bytes, false), NOI_OK);
    assert_int_equal(noi_plan_attach(&plan, bytes.p, bytes.n), NOI_OK);
    assert_int_equal(noi_plan_attach(&mapless, mapless_bytes.p, mapless_bytes.n), NOI_OK);
    return 0;
}

static int close_plans(void **state) {
    (void)state;
    noi_plan_close(plan);
    noi_plan_close(mapless);
    noi_buf_free(&bytes);
    noi_buf_free(&mapless_bytes);
    return 0;
}

typedef struct record {
    const char *text, *code, *decided;
    double x, y; /* on the drawing; NAN for no point */
    float error_m;
    noi_day as_of; /* 0: the eve */
} record;

static noi_verdict judge_in(const noi_plan *by, record r) {
    const char *text = r.text ? r.text : "", *code = r.code ? r.code : "";
    const char *decided = r.decided ? r.decided : "";
    int32_t text_at[] = {0, (int32_t)strlen(text)}, code_at[] = {0, (int32_t)strlen(code)};
    int32_t decided_at[] = {0, (int32_t)strlen(decided)};
    double lon = r.x == 0 && r.y == 0 ? NAN : lon_at(r.x);
    double lat = r.x == 0 && r.y == 0 ? NAN : lat_at(r.y);
    noi_records records = {.n = 1, .text = {text_at, text}, .old_code = {code_at, code},
                           .decided = {decided_at, decided}, .lon = &lon, .lat = &lat,
                           .error_m = &r.error_m, .as_of = r.as_of ? r.as_of : NOI_DAY_NONE};
    noi_verdict v;
    assert_int_equal(noi_judge(&v, by, &records), NOI_OK);
    assert_in_range(v.status, NOI_ASSIGNED, NOI_UNPLACED);
    assert_int_equal(v.status == NOI_ASSIGNED, v.new_unit != NOI_NO_UNIT);
    for (int i = 1; i < v.n_candidates; i++)
        assert_true(v.candidates[i - 1] < v.candidates[i]);
    return v;
}

static noi_verdict judge(record r) {
    return judge_in(plan, r);
}

static void assert_assigned(noi_verdict v, int unit, noi_method method) {
    assert_int_equal(v.status, NOI_ASSIGNED);
    assert_int_equal(v.new_unit, unit);
    assert_int_equal(v.method, method);
    assert_int_equal(v.n_candidates, 0);
}

static void assert_open(noi_verdict v, noi_reason reason, int n, const int *units) {
    assert_int_not_equal(v.status, NOI_ASSIGNED);
    assert_int_equal(v.reason, reason);
    assert_int_equal(v.n_candidates, n);
    for (int i = 0; i < n; i++)
        assert_int_equal(v.candidates[i], units[i]);
}
#define ASSERT_OPEN(v, reason, ...)                                                                \
    assert_open(v, reason, (int)(sizeof((int[]){__VA_ARGS__}) / sizeof(int)), (int[]){__VA_ARGS__})

static void a_code_of_a_whole_unit_is_assigned_with_its_clause(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20001"});
    assert_assigned(v, X, NOI_BY_WHOLE_EDGE);
    assert_int_equal(v.old_unit, A);
    noi_edge_info edge;
    assert_int_equal(noi_plan_edge(&edge, plan, v.edge), NOI_OK);
    assert_string_equal(edge.clause, "1");
    assert_string_equal(edge.part, "whole");
    assert_int_equal(v.warnings, 0);
}

static void a_split_unit_without_more_is_asked(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20010"});
    assert_int_equal(v.status, NOI_AMBIGUOUS);
    ASSERT_OPEN(v, NOI_REASON_SPLIT, Y, Z);
    assert_int_equal(v.old_unit, D);
    v = judge((record){.text = "12 Lê Lợi, Phường Tân Lập, Quận 2"});
    ASSERT_OPEN(v, NOI_REASON_SPLIT, Y, Z);
}

static void area_that_moved_without_people_is_asked_and_flagged(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20016"});
    ASSERT_OPEN(v, NOI_REASON_SPLIT, Y, Z);
    assert_true(v.warnings & NOI_WARN_AREA_ONLY);
}

static void a_point_decides_a_split_unit(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20010", .x = 2.5, .y = 1, .error_m = 50});
    assert_assigned(v, Y, NOI_BY_POINT);
    assert_int_equal(v.old_unit, D);
    assert_true(v.border_m > 500 && v.border_m < 560); /* half a square: 0.005 degree */
    v = judge((record){.code = "20010", .x = 4, .y = 1, .error_m = 50});
    assert_assigned(v, Z, NOI_BY_POINT);
    assert_true(v.edge >= 0);
}

static void a_point_nearer_to_the_border_than_its_error_does_not(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20010", .x = 2.99, .y = 1, .error_m = 50});
    assert_int_equal(v.status, NOI_AMBIGUOUS);
    ASSERT_OPEN(v, NOI_REASON_NEAR_BORDER, Y, Z);
    v = judge((record){.code = "20010", .x = 2.99, .y = 1, .error_m = 5});
    assert_assigned(v, Y, NOI_BY_POINT);
}

static void a_border_with_a_unit_that_the_law_excludes_does_not_matter(void **state) {
    (void)state;
    /* D's north-west corner region: X is near, but D went to Y and Z only */
    noi_verdict v = judge((record){.code = "20010", .x = 2.5, .y = 1.99, .error_m = 50});
    assert_assigned(v, Y, NOI_BY_POINT);
    v = judge((record){.x = 2.5, .y = 1.99, .error_m = 50});
    ASSERT_OPEN(v, NOI_REASON_NEAR_BORDER, X, Y);
}

static void a_point_alone_is_assigned_when_clear_of_borders(void **state) {
    (void)state;
    noi_verdict v = judge((record){.x = 1, .y = 1, .error_m = 50});
    assert_assigned(v, Y, NOI_BY_POINT);
    assert_int_equal(v.old_unit, E);
}

static void a_point_outside_is_unplaced_with_the_nearest_unit(void **state) {
    (void)state;
    noi_verdict v = judge((record){.x = 7, .y = 1, .error_m = 50});
    assert_int_equal(v.status, NOI_UNPLACED);
    ASSERT_OPEN(v, NOI_REASON_OUTSIDE, Z);
    assert_true(v.warnings & NOI_WARN_OUTSIDE_COVERAGE);
}

static void a_point_far_from_the_named_unit_is_a_contradiction(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20001", .x = 5, .y = 1, .error_m = 50});
    assert_assigned(v, X, NOI_BY_WHOLE_EDGE);
    assert_true(v.warnings & NOI_WARN_POINT_CONTRADICTS);
    v = judge((record){.code = "20010", .x = 1, .y = 3, .error_m = 50});
    assert_int_equal(v.status, NOI_AMBIGUOUS);
    assert_true(v.warnings & NOI_WARN_POINT_CONTRADICTS);
}

static void exchanged_axes_and_metres_are_named_and_not_used(void **state) {
    (void)state;
    double lon[] = {lat_at(1), 683000.0}, lat[] = {lon_at(2.5), 1190000.0};
    for (int i = 0; i < 2; i++) {
        noi_records r = {.n = 1, .lon = &lon[i], .lat = &lat[i], .as_of = NOI_DAY_NONE};
        noi_verdict v;
        assert_int_equal(noi_judge(&v, plan, &r), NOI_OK);
        assert_int_equal(v.status, NOI_UNPLACED);
        assert_true(v.warnings & (i ? NOI_WARN_WRONG_ZONE : NOI_WARN_SWAPPED_AXES));
    }
}

static void homonyms_without_a_district_are_asked(void **state) {
    (void)state;
    noi_verdict v = judge((record){.text = "3 Lê Lợi, Phường 1, TP.HCM"});
    assert_int_equal(v.status, NOI_AMBIGUOUS);
    ASSERT_OPEN(v, NOI_REASON_HOMONYM, X, Z);
    assert_true(v.warnings & NOI_WARN_HOMONYM);
    assert_assigned(judge((record){.text = "3 Lê Lợi, Phường 1, Quận 1"}), X, NOI_BY_WHOLE_EDGE);
    assert_assigned(judge((record){.text = "3 Lê Lợi, P.1, Q.2"}), Z, NOI_BY_WHOLE_EDGE);
}

static void code_and_text_that_disagree_are_asked(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20001", .text = "3 Lê Lợi, Phường 5, Quận 2"});
    ASSERT_OPEN(v, NOI_REASON_EVIDENCE_DISAGREES, X, Y);
    assert_true(v.warnings & NOI_WARN_CODE_CONTRADICTS);
    v = judge((record){.code = "20001", .text = "3 Lê Lợi, Phường Hòa Bình, Quận 1"});
    assert_assigned(v, X, NOI_BY_WHOLE_EDGE); /* both went to X: nothing hangs on it */
    assert_true(v.warnings & NOI_WARN_CODE_CONTRADICTS);
}

static void a_code_means_what_it_meant_on_its_day(void **state) {
    (void)state;
    assert_assigned(judge((record){.code = "20013"}), Y, NOI_BY_WHOLE_EDGE);
    noi_verdict v = judge((record){.code = "20013", .as_of = 20000});
    ASSERT_OPEN(v, NOI_REASON_SPLIT, Y, Z); /* F_CODE became D, which is split */
    assert_true(v.warnings & NOI_WARN_OLDER_VINTAGE);
    v = judge((record){.code = "20019"});
    assert_assigned(v, Y, NOI_BY_WHOLE_EDGE); /* F became E */
    assert_true(v.warnings & NOI_WARN_OLDER_VINTAGE);
    v = judge((record){.code = "20013", .as_of = DAY});
    assert_assigned(v, Y, NOI_BY_NEW_NAME);
    assert_true(v.warnings & NOI_WARN_NEW_VINTAGE);
}

static void the_text_may_explain_a_code_of_another_vintage(void **state) {
    (void)state;
    /* 20013 was Phường 6 until 2024-12-31, which became D */
    noi_verdict v = judge((record){.code = "20013", .text = "9 Lê Lợi, Phường 6, Quận 2"});
    ASSERT_OPEN(v, NOI_REASON_SPLIT, Y, Z);
    assert_true(v.warnings & NOI_WARN_OLDER_VINTAGE);
}

static void unknown_codes_give_way_to_the_text(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "29999"});
    assert_int_equal(v.status, NOI_UNPLACED);
    assert_int_equal(v.reason, NOI_REASON_UNKNOWN_CODE);
    v = judge((record){.code = "29999", .text = "3 Lê Lợi, Phường 5, Quận 2"});
    assert_assigned(v, Y, NOI_BY_WHOLE_EDGE);
    assert_true(v.warnings & NOI_WARN_UNKNOWN_CODE);
    assert_assigned(judge((record){.code = " '20001.0 "}), X, NOI_BY_WHOLE_EDGE);
}

static void a_district_alone_names_its_candidates(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "702"});
    ASSERT_OPEN(v, NOI_REASON_DISTRICT_ONLY, Y, Z);
    v = judge((record){.text = "Quận 2, TP.HCM"});
    ASSERT_OPEN(v, NOI_REASON_DISTRICT_ONLY, Y, Z);
}

static void a_ward_that_its_district_does_not_have_is_asked(void **state) {
    (void)state;
    noi_verdict v = judge((record){.text = "3 Lê Lợi, Phường 5, Quận 1"}); /* it is in District 2 */
    ASSERT_OPEN(v, NOI_REASON_EVIDENCE_DISAGREES, X, Y);
    assert_true(v.warnings & NOI_WARN_DISTRICT_CONTRADICTS);
    v = judge((record){.text = "3 Lê Lợi, Phường 5, Quận 1", .x = 1, .y = 3, .error_m = 50});
    assert_assigned(v, X, NOI_BY_POINT); /* district and point agree */
    assert_true(v.warnings & NOI_WARN_DISTRICT_CONTRADICTS);
}

static void a_record_in_new_units_is_recognised(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20001", .text = "1 Lê Lợi, Phường Hòa Bình, TP.HCM"});
    assert_assigned(v, X, NOI_BY_NEW_NAME); /* the old code, beside the name of its successor */
}

static void a_persons_decision_stands_above_all(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20010", .decided = "20007"});
    assert_assigned(v, Z, NOI_BY_DECISION);
    assert_int_equal(v.old_unit, D);
    v = judge((record){.code = "20001", .decided = "20007"});
    assert_assigned(v, Z, NOI_BY_DECISION);
    assert_true(v.warnings & NOI_WARN_DECISION_CONTRADICTED);
}

static void nothing_at_all_is_unplaced(void **state) {
    (void)state;
    noi_verdict v = judge((record){0});
    assert_int_equal(v.status, NOI_UNPLACED);
    assert_int_equal(v.reason, NOI_REASON_NO_EVIDENCE);
    v = judge((record){.text = "gọi trước khi giao 0909 000 000"});
    assert_int_equal(v.status, NOI_UNPLACED);
    assert_int_equal(v.reason, NOI_REASON_NO_UNIT_READ);
}

static void without_a_map_points_are_no_evidence(void **state) {
    (void)state;
    noi_verdict v = judge_in(mapless, (record){.code = "20010", .x = 1, .y = 1, .error_m = 5});
    ASSERT_OPEN(v, NOI_REASON_SPLIT, Y, Z);
    v = judge_in(mapless, (record){.x = 1, .y = 1, .error_m = 5});
    assert_int_equal(v.status, NOI_UNPLACED);
}

/* Every code × every point of a raster: no split unit is assigned but by a point that reaches one
 * candidate; no whole unit is ever lost. */
static void no_split_unit_is_ever_assigned_without_its_point(void **state) {
    (void)state;
    for (int old_unit = A; old_unit <= G; old_unit++) {
        char code[8];
        noi_code_format(code, plan->units[old_unit].code);
        bool split = plan->units[old_unit].n_out > 1;
        for (double x = -0.95; x < 7; x += 0.31)
            for (double y = -0.95; y < 5; y += 0.31) {
                noi_verdict v = judge((record){.code = code, .x = x, .y = y, .error_m = 30});
                if (!split)
                    assert_int_equal(v.method, NOI_BY_WHOLE_EDGE);
                else if (v.status == NOI_ASSIGNED)
                    assert_int_equal(v.method, NOI_BY_POINT);
                else
                    assert_int_equal(v.n_candidates, 2);
            }
    }
}

static void a_batch_gives_what_its_records_give(void **state) {
    (void)state;
    static const char *const codes[] = {"20001", "20010", "702", "", "29999", "20013"};
    enum { N = sizeof codes / sizeof *codes };
    noi_buf text = {0};
    int32_t at[N + 1] = {0};
    for (int i = 0; i < N; i++) {
        noi_buf_add_str(&text, codes[i]);
        at[i + 1] = (int32_t)text.n;
    }
    noi_records r = {.n = N, .old_code = {at, text.p}, .as_of = NOI_DAY_NONE};
    noi_verdict all[N];
    assert_int_equal(noi_judge(all, plan, &r), NOI_OK);
    for (int i = 0; i < N; i++) {
        noi_verdict one = judge((record){.code = codes[i]});
        assert_memory_equal(&one, &all[i], sizeof one);
    }
    noi_buf_free(&text);
}

static void a_point_in_another_old_unit_does_not_decide(void **state) {
    (void)state;
    /* In Y, which takes a part of D, but 1.6 km inside E. */
    noi_verdict v = judge((record){.code = "20010", .x = 0.5, .y = 1, .error_m = 10});
    ASSERT_OPEN(v, NOI_REASON_EVIDENCE_DISAGREES, Y, Z);
    assert_true(v.warnings & NOI_WARN_POINT_CONTRADICTS);
    v = judge((record){.code = "20010", .x = 2.5, .y = 1, .error_m = 10});
    assert_assigned(v, Y, NOI_BY_POINT);
}

static void a_point_beside_its_candidate_does_not_decide(void **state) {
    (void)state;
    /* In X, about 33 m north of D's west; the error reaches Y. */
    noi_verdict v = judge((record){.code = "20010", .x = 2.5, .y = 2.03, .error_m = 60});
    ASSERT_OPEN(v, NOI_REASON_SPLIT, Y, Z);
}

static void a_point_two_degrees_beside_is_of_the_wrong_zone(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20010", .x = 202.5, .y = 1, .error_m = 10});
    ASSERT_OPEN(v, NOI_REASON_SPLIT, Y, Z);
    assert_true(v.warnings & NOI_WARN_WRONG_ZONE);
}

static void a_code_beside_a_district_that_does_not_hold_it_is_asked(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20001", .text = "5 Lê Lợi, Quận 2"});
    ASSERT_OPEN(v, NOI_REASON_EVIDENCE_DISAGREES, X);
    assert_true(v.warnings & NOI_WARN_CODE_CONTRADICTS);
    v = judge((record){.code = "20001", .text = "5 Lê Lợi, Quận 1"});
    assert_assigned(v, X, NOI_BY_WHOLE_EDGE);
    assert_false(v.warnings & NOI_WARN_CODE_CONTRADICTS);
}

static void a_code_beside_another_province_is_asked(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20001", .text = "5 Lê Lợi, tỉnh Nghệ An"});
    ASSERT_OPEN(v, NOI_REASON_EVIDENCE_DISAGREES, X);
}

static void a_decision_for_a_unit_that_is_not_changes_nothing(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20001", .decided = "99999"});
    assert_assigned(v, X, NOI_BY_WHOLE_EDGE);
    assert_true(v.warnings & NOI_WARN_DECISION_CONTRADICTED);
}

static void a_decision_outside_the_candidates_stands_with_a_note(void **state) {
    (void)state;
    noi_verdict v = judge((record){.code = "20010", .decided = "20004"});
    assert_assigned(v, X, NOI_BY_DECISION);
    assert_true(v.warnings & NOI_WARN_DECISION_CONTRADICTED);
    v = judge((record){.code = "20010", .decided = "20013"});
    assert_assigned(v, Y, NOI_BY_DECISION);
    assert_false(v.warnings & NOI_WARN_DECISION_CONTRADICTED);
}

static void a_wrong_call_is_refused(void **state) {
    (void)state;
    noi_records r = {.n = 1, .default_error_m = -1};
    noi_verdict v;
    assert_int_equal(noi_judge(&v, plan, NULL), NOI_ERR_USAGE);
    assert_int_equal(noi_judge(NULL, plan, &r), NOI_ERR_USAGE);
    assert_int_equal(noi_judge(&v, plan, &r), NOI_ERR_USAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_of_a_whole_unit_is_assigned_with_its_clause),
        cmocka_unit_test(a_split_unit_without_more_is_asked),
        cmocka_unit_test(area_that_moved_without_people_is_asked_and_flagged),
        cmocka_unit_test(a_point_decides_a_split_unit),
        cmocka_unit_test(a_point_nearer_to_the_border_than_its_error_does_not),
        cmocka_unit_test(a_border_with_a_unit_that_the_law_excludes_does_not_matter),
        cmocka_unit_test(a_point_alone_is_assigned_when_clear_of_borders),
        cmocka_unit_test(a_point_outside_is_unplaced_with_the_nearest_unit),
        cmocka_unit_test(a_point_far_from_the_named_unit_is_a_contradiction),
        cmocka_unit_test(exchanged_axes_and_metres_are_named_and_not_used),
        cmocka_unit_test(homonyms_without_a_district_are_asked),
        cmocka_unit_test(code_and_text_that_disagree_are_asked),
        cmocka_unit_test(a_code_means_what_it_meant_on_its_day),
        cmocka_unit_test(the_text_may_explain_a_code_of_another_vintage),
        cmocka_unit_test(unknown_codes_give_way_to_the_text),
        cmocka_unit_test(a_district_alone_names_its_candidates),
        cmocka_unit_test(a_ward_that_its_district_does_not_have_is_asked),
        cmocka_unit_test(a_record_in_new_units_is_recognised),
        cmocka_unit_test(a_persons_decision_stands_above_all),
        cmocka_unit_test(nothing_at_all_is_unplaced),
        cmocka_unit_test(without_a_map_points_are_no_evidence),
        cmocka_unit_test(no_split_unit_is_ever_assigned_without_its_point),
        cmocka_unit_test(a_batch_gives_what_its_records_give),
        cmocka_unit_test(a_point_in_another_old_unit_does_not_decide),
        cmocka_unit_test(a_point_beside_its_candidate_does_not_decide),
        cmocka_unit_test(a_point_two_degrees_beside_is_of_the_wrong_zone),
        cmocka_unit_test(a_code_beside_a_district_that_does_not_hold_it_is_asked),
        cmocka_unit_test(a_code_beside_another_province_is_asked),
        cmocka_unit_test(a_decision_for_a_unit_that_is_not_changes_nothing),
        cmocka_unit_test(a_decision_outside_the_candidates_stands_with_a_note),
        cmocka_unit_test(a_wrong_call_is_refused),
    };
    return cmocka_run_group_tests(tests, open_plans, close_plans);
}
