/*
 * Rules for parts of a split unit, on the map of drawn_plan.h: D "Phường Tân Lập" goes to Y in the
 * west (x < 3) and to Z in the east. Each attribute alone and together; what is not said; rules that
 * agree, disagree, and are contradicted by the point; where rules may not speak; the questions.
 */
#include "testing.h"

#include "base/digest.h"
#include "drawn_plan.h"
#include "plan/lookup.h"
#include "plan/question.h"

#include <stdio.h>

#define RULE(new, ...)                                                                             \
    { .old_unit = D, .new_unit = new, .source = "biên bản 1", .on = DAY, __VA_ARGS__ }

static const noi_plan_source_rule rules[] = {
    RULE(Y, .street = "Lê Lợi", .side = NOI_SIDE_ODD, .id = 1),
    RULE(Z, .street = "Lê Lợi", .side = NOI_SIDE_EVEN, .id = 2),
    RULE(Y, .street = "Trần Phú", .from = 1, .to = 199, .id = 3),
    RULE(Z, .street = "Trần Phú", .from = 200, .to = 400, .id = 4),
    RULE(Y, .hamlet = "khu phố 1", .id = 5),
    RULE(Z, .hamlet = "khu phố 2", .id = 6),
    RULE(Y, .street = "Hùng Vương", .alley = "1806", .id = 7),
    RULE(Z, .sheet = "12", .id = 8),
    RULE(Y, .street = "Bà Triệu", .learned = true, .support = 57, .purity = 0.99, .id = 9),
    RULE(X, .street = "Quang Trung", .id = 10), /* X is no candidate of D */
};

static noi_buf bytes;
static noi_plan *plan;

static int open_plan(void **state) {
    (void)state;
    assert_int_equal(drawn_plan_with_rules(&bytes, true, rules, sizeof rules / sizeof *rules),
                     NOI_OK);
    assert_int_equal(noi_plan_attach(&plan, bytes.p, bytes.n), NOI_OK);
    return 0;
}

static int close_plan(void **state) {
    (void)state;
    noi_plan_close(plan);
    noi_buf_free(&bytes);
    return 0;
}

typedef struct record {
    const char *text, *sheet, *code, *decided;
    double x, y; /* on the drawing; both 0 for no point */
    float error_m;
} record;

static noi_text_column column(int32_t at[2], const char *value) {
    at[0] = 0;
    at[1] = value ? (int32_t)strlen(value) : 0;
    return (noi_text_column){at, value};
}

static noi_verdict judge(record r) {
    int32_t at[4][2];
    double lon = r.x == 0 && r.y == 0 ? NAN : lon_at(r.x);
    double lat = r.x == 0 && r.y == 0 ? NAN : lat_at(r.y);
    noi_records records = {.n = 1, .text = column(at[0], r.text), .sheet = column(at[1], r.sheet),
                           .old_code = column(at[2], r.code),
                           .decided = column(at[3], r.decided), .lon = &lon, .lat = &lat,
                           .error_m = &r.error_m, .as_of = NOI_DAY_NONE};
    noi_verdict v;
    assert_int_equal(noi_judge(&v, plan, &records), NOI_OK);
    return v;
}

static noi_verdict judge_text(const char *below) {
    char text[256];
    snprintf(text, sizeof text, "%s, Phường Tân Lập, Quận 2", below);
    return judge((record){.text = text});
}

static void assert_rule(noi_verdict v, int unit, int64_t id) {
    assert_int_equal(v.status, NOI_ASSIGNED);
    assert_int_equal(v.method, NOI_BY_SPLIT_RULE);
    assert_int_equal(v.new_unit, unit);
    assert_int_equal(v.old_unit, D);
    assert_true(v.edge >= 0);
    noi_rule_info rule;
    assert_int_equal(noi_plan_rule(&rule, plan, v.rule), NOI_OK);
    assert_int_equal(rule.id, id);
}

static void assert_open(noi_verdict v, noi_reason reason) {
    assert_int_equal(v.status, NOI_AMBIGUOUS);
    assert_int_equal(v.reason, reason);
    assert_int_equal(v.rule, -1);
    assert_int_equal(v.n_candidates, 2);
}

static void each_attribute_decides(void **state) {
    (void)state;
    assert_rule(judge_text("45 Lê Lợi"), Y, 1);
    assert_rule(judge_text("12A LE LOI"), Z, 2);
    assert_rule(judge_text("45/2 đường Lê Lợi"), Y, 1);
    assert_rule(judge_text("199 Trần Phú"), Y, 3);
    assert_rule(judge_text("số 200 Trần Phú"), Z, 4);
    assert_rule(judge_text("tổ 3, KP1"), Y, 5);
    assert_rule(judge_text("7 Nguyễn Du, khu phố 2"), Z, 6);
    assert_rule(judge_text("1806/127/2/6 Hùng Vương"), Y, 7);
    assert_rule(judge_text("25 hẻm 1806 Hùng Vương"), Y, 7);
    assert_rule(judge_text("3 Bà Triệu"), Y, 9);
    assert_rule(judge((record){.code = "20010", .sheet = "tờ 12"}), Z, 8);
}

static void what_no_rule_decides_stays_open(void **state) {
    (void)state;
    static const char *const open[] = {"Lê Lợi", "45 Lê Lai", "401 Trần Phú", "1806 Hùng Vương",
                                       "khu phố 3", "45 Lê Lợi nối dài", "3 Quang Trung",
                                       "Lô B12 Lê Lợi", "23-24 Lê Lợi", "199-201 Trần Phú"};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        assert_open(judge_text(open[i]), NOI_REASON_SPLIT);
    assert_open(judge((record){.code = "20010", .sheet = "12A"}), NOI_REASON_SPLIT);
}

static void rules_that_disagree_are_asked_about(void **state) {
    (void)state;
    noi_verdict v = judge_text("45 Lê Lợi, khu phố 2");
    assert_open(v, NOI_REASON_RULES_DISAGREE);
    assert_rule(judge_text("45 Lê Lợi, khu phố 1"), Y, 1);
    v = judge_text("3 Bà Triệu, khu phố 1"); /* of two that agree the imported one is named */
    assert_rule(v, Y, 5);
}

static void a_point_is_stronger_than_a_rule(void **state) {
    (void)state;
    noi_verdict v = judge((record){.text = "45 Lê Lợi, Phường Tân Lập, Quận 2", .x = 4, .y = 1,
                                   .error_m = 50});
    assert_int_equal(v.method, NOI_BY_POINT);
    assert_int_equal(v.new_unit, Z);
    assert_true(v.warnings & NOI_WARN_RULE_CONTRADICTED);
    assert_true(v.rule >= 0);
    v = judge((record){.text = "45 Lê Lợi, Phường Tân Lập, Quận 2", .x = 2.5, .y = 1,
                       .error_m = 50});
    assert_int_equal(v.method, NOI_BY_POINT);
    assert_false(v.warnings & NOI_WARN_RULE_CONTRADICTED);
    assert_int_equal(v.rule, -1);
}

static void a_rule_decides_between_what_a_point_leaves(void **state) {
    (void)state;
    noi_verdict v = judge((record){.text = "45 Lê Lợi, Phường Tân Lập, Quận 2", .x = 3.01, .y = 1,
                                   .error_m = 50});
    assert_rule(v, Y, 1);
    v = judge((record){.text = "45 Lê Lợi, Phường Tân Lập, Quận 2", .x = 1, .y = 3,
                       .error_m = 50}); /* in X: another place */
    assert_open(v, v.reason);
    assert_int_not_equal(v.status, NOI_ASSIGNED);
}

static void rules_speak_of_one_split_unit_only(void **state) {
    (void)state;
    noi_verdict v = judge((record){.text = "45 Lê Lợi, Phường 1"}); /* a homonym */
    assert_int_equal(v.rule, -1);
    v = judge((record){.text = "45 Lê Lợi, Phường Tân Lập, Quận 1"}); /* contradicts itself */
    assert_int_not_equal(v.method, NOI_BY_SPLIT_RULE);
    v = judge((record){.text = "45 Lê Lợi, Phường 5, Quận 2"}); /* whole */
    assert_int_equal(v.method, NOI_BY_WHOLE_EDGE);
    assert_int_equal(v.rule, -1);
}

static void a_decision_stands_above_a_rule(void **state) {
    (void)state;
    noi_verdict v = judge((record){.text = "45 Lê Lợi, Phường Tân Lập, Quận 2", .decided = "20007"});
    assert_int_equal(v.method, NOI_BY_DECISION);
    assert_int_equal(v.new_unit, Z);
    assert_int_equal(v.rule, -1);
    assert_true(v.warnings & NOI_WARN_DECISION_CONTRADICTED);
}

static void a_rule_is_told_in_words(void **state) {
    (void)state;
    noi_verdict v = judge_text("3 Bà Triệu");
    NOI_AUTO_BUF noi_buf words = {0};
    noi_verdict_in_words(&words, plan, &v);
    assert_non_null(strstr(words.p, "street Bà Triệu"));
    assert_non_null(strstr(words.p, "source: biên bản 1"));
    assert_non_null(strstr(words.p, "57 addresses, 99.0 percent"));
    assert_non_null(strstr(words.p, "clause 2 of 1/NQ"));
}

static void rules_that_cannot_be_read_are_refused(void **state) {
    (void)state;
    static const noi_plan_source_rule bad[] = {
        RULE(Y, .id = 1), RULE(Y, .alley = "Lô B", .id = 1), RULE(Y, .hamlet = "gần chợ", .id = 1),
        RULE(Y, .street = "Lê Lợi", .from = 9, .to = 3, .id = 1), RULE(N_UNITS, .sheet = "1")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        NOI_AUTO_BUF noi_buf out = {0};
        assert_int_equal(drawn_plan_with_rules(&out, false, &bad[i], 1), NOI_ERR_INPUT);
    }
}

/* Whoever can mend the hash can write any number into a rule. */
static void forged_rules_never_crash(void **state) {
    (void)state;
    size_t at = (size_t)((const char *)plan->rules - bytes.p) - sizeof(noi_plan_rules_header);
    size_t size = sizeof(noi_plan_rules_header) + plan->n_rules * sizeof(noi_plan_rule_row);
    char *copy = noi_alloc(bytes.n);
    uint64_t seed = 1;
    size_t opened = 0;
    const noi_plan *kept = plan;
    for (int round = 0; round < 1500; round++) {
        memcpy(copy, bytes.p, bytes.n);
        for (int k = 0; k < 2; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            copy[at + (seed >> 20) % size] = (char)(seed >> 56);
        }
        char hash[NOI_DIGEST_HEX];
        noi_digest_bytes(hash, copy + 72, bytes.n - 72);
        memcpy(copy + 8, hash, 64);
        noi_plan *forged = NULL;
        if (noi_plan_attach(&forged, copy, bytes.n) != NOI_OK)
            continue;
        opened++;
        plan = forged;
        noi_verdict v = judge_text("45 Lê Lợi, khu phố 2");
        NOI_AUTO_BUF noi_buf words = {0};
        noi_verdict_in_words(&words, plan, &v);
        noi_question_in_words(&words, plan, &v);
        noi_plan_close(forged);
        plan = NULL;
    }
    plan = (noi_plan *)(uintptr_t)kept;
    assert_true(opened > 0);
    free(copy);
}

/* ---- questions ---- */

static noi_question question_of(const char *text, noi_attribute attribute, size_t n_answers,
                                const char *words) {
    noi_verdict v = judge((record){.text = text});
    noi_question q;
    noi_question_find(&q, plan, &v, noi_str_of(text));
    NOI_AUTO_BUF noi_buf said = {0};
    noi_question_words(&said, plan, &v, &q);
    assert_string_equal(said.p ? said.p : "", words);
    assert_int_equal(q.attribute, attribute);
    assert_int_equal(q.n_answers, n_answers);
    return q;
}

static void assert_answer(const noi_question *q, size_t at, const char *text, int unit) {
    assert_string_equal(q->answers[at].text, text);
    assert_int_equal(q->answers[at].n_units, 1);
    assert_int_equal(q->answers[at].units[0], unit);
}

static void the_smallest_question_is_asked(void **state) {
    (void)state;
    noi_question q = question_of("Lê Lợi, Phường Tân Lập, Quận 2", NOI_ATTRIBUTE_SIDE, 2,
                                 "is the house number odd or even?");
    assert_answer(&q, 0, "even", Z);
    assert_answer(&q, 1, "odd", Y);
    noi_question_free(&q);
    q = question_of("Trần Phú, Phường Tân Lập, Quận 2", NOI_ATTRIBUTE_RANGE, 2,
                    "is the house number 200 or higher?");
    assert_answer(&q, 0, "1-199", Y);
    assert_answer(&q, 1, "200-400", Z);
    noi_question_free(&q);
    q = question_of("45 Nguyễn Du, Phường Tân Lập, Quận 2", NOI_ATTRIBUTE_HAMLET, 2,
                    "which quarter or hamlet (khu phố, ấp, tổ) is it in?");
    assert_answer(&q, 0, "khu phố 1", Y);
    noi_question_free(&q);
}

static void the_street_is_asked_before_what_depends_on_it(void **state) {
    (void)state;
    noi_question q = question_of("khu phố 9, Phường Tân Lập, Quận 2", NOI_ATTRIBUTE_STREET, 4,
                                 "which street is it in?");
    assert_answer(&q, 0, "Bà Triệu", Y);
    assert_string_equal(q.answers[2].text, "Lê Lợi"); /* then the side will be asked */
    assert_int_equal(q.answers[2].n_units, 2);
    noi_question_free(&q);
}

static void homonyms_are_asked_by_district(void **state) {
    (void)state;
    noi_question q = question_of("Phường 1, TP.HCM", NOI_ATTRIBUTE_DISTRICT, 3,
                                 "which district was it in?");
    assert_answer(&q, 0, "Phường 1", Z); /* the unit of today */
    assert_answer(&q, 1, "Quận 1", X);
    assert_answer(&q, 2, "Quận 2", Z);
    noi_question_free(&q);
}

static void without_rules_a_point_is_asked_for(void **state) {
    (void)state;
    noi_question q = question_of("Xã Bình An, Quận 2", NOI_ATTRIBUTE_POINT, 0,
                                 "where exactly is it (street, house number or a point): Phường "
                                 "Tân Lập, Phường 1?");
    noi_question_free(&q);
    q = question_of("45 Lê Lợi, Phường 5, Quận 2", NOI_ATTRIBUTE_NONE, 0, "");
    noi_question_free(&q);
    q = question_of("xyz", NOI_ATTRIBUTE_WARD, 0,
                    "which old ward or commune and district, or which point?");
    noi_question_free(&q);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_attribute_decides),
        cmocka_unit_test(what_no_rule_decides_stays_open),
        cmocka_unit_test(rules_that_disagree_are_asked_about),
        cmocka_unit_test(a_point_is_stronger_than_a_rule),
        cmocka_unit_test(a_rule_decides_between_what_a_point_leaves),
        cmocka_unit_test(rules_speak_of_one_split_unit_only),
        cmocka_unit_test(a_decision_stands_above_a_rule),
        cmocka_unit_test(a_rule_is_told_in_words),
        cmocka_unit_test(rules_that_cannot_be_read_are_refused),
        cmocka_unit_test(forged_rules_never_crash),
        cmocka_unit_test(the_smallest_question_is_asked),
        cmocka_unit_test(the_street_is_asked_before_what_depends_on_it),
        cmocka_unit_test(homonyms_are_asked_by_district),
        cmocka_unit_test(without_rules_a_point_is_asked_for),
    };
    return cmocka_run_group_tests(tests, open_plan, close_plan);
}
