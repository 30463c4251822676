/* question.c: see question.h. */
#include "cli/question.h"

#include "base/i18n.h"
#include "plan/lookup.h"

#include <json-c/json.h>

#include <stdio.h>

/* ---- for machines ---- */

static void add_text(json_object *to, const char *key, const char *text) {
    json_object_object_add(to, key, *text ? json_object_new_string(text) : NULL);
}

static json_object *code_json(const noi_plan *plan, uint16_t unit) {
    char code[8];
    return json_object_new_string(noi_code_format(code, plan->units[unit].code));
}

static json_object *rule_json(const noi_plan *plan, int32_t rule) {
    noi_rule_info r;
    if (rule < 0 || noi_plan_rule(&r, plan, rule) != NOI_OK)
        return NULL;
    json_object *o = json_object_new_object();
    json_object_object_add(o, "id", json_object_new_int64(r.id));
    json_object_object_add(o, "old_code", code_json(plan, r.old_unit));
    json_object_object_add(o, "new_code", code_json(plan, r.new_unit));
    add_text(o, "street", r.street);
    add_text(o, "side", r.side);
    json_object_object_add(o, "from", r.to ? json_object_new_int64(r.from) : NULL);
    json_object_object_add(o, "to", r.to ? json_object_new_int64(r.to) : NULL);
    add_text(o, "alley", r.alley);
    add_text(o, "hamlet", r.hamlet);
    add_text(o, "sheet", r.sheet);
    add_text(o, "source", r.source);
    add_text(o, "origin", r.origin);
    json_object_object_add(o, "support", r.support ? json_object_new_int64(r.support) : NULL);
    char purity[16];
    snprintf(purity, sizeof purity, "%.4f", r.purity);
    json_object_object_add(o, "purity", json_object_new_double_s(r.purity, purity));
    NOI_AUTO_BUF noi_buf words = {0};
    noi_rule_in_words(&words, plan, rule);
    add_text(o, "words", words.p);
    return o;
}

static json_object *answer_json(const noi_plan *plan, const noi_answer *answer) {
    json_object *o = json_object_new_object(), *codes = json_object_new_array();
    add_text(o, "answer", answer->text);
    for (size_t i = 0; i < answer->n_units; i++)
        json_object_array_add(codes, code_json(plan, answer->units[i]));
    json_object_object_add(o, "new_codes", codes);
    return o;
}

void cli_question_json(json_object *to, const noi_plan *plan, const noi_verdict *v, noi_str text) {
    noi_question q;
    NOI_AUTO_BUF noi_buf words = {0};
    json_object *answers = json_object_new_array();
    noi_question_find(&q, plan, v, text);
    noi_question_words(&words, plan, v, &q);
    for (size_t i = 0; i < q.n_answers; i++)
        json_object_array_add(answers, answer_json(plan, &q.answers[i]));
    json_object_object_add(to, "rule", rule_json(plan, v->rule));
    add_text(to, "question", words.p ? words.p : "");
    add_text(to, "question_attribute", noi_attribute_key(q.attribute));
    json_object_object_add(to, "question_answers", answers);
    noi_question_free(&q);
}

/* ---- for people ---- */

#define SHOWN_ANSWERS 12

static void show_answer(const noi_plan *plan, const noi_question *q, const noi_answer *answer) {
    NOI_AUTO_BUF noi_buf words = {0};
    noi_answer_words(&words, q, answer);
    printf("    %s →", words.p);
    for (size_t i = 0; i < answer->n_units; i++)
        printf("%s %s", i ? "," : "",
               noi_plan_text(plan, plan->units[answer->units[i]].full_name));
    putchar('\n');
}

void cli_question_show(const noi_plan *plan, const noi_verdict *v, noi_str text) {
    noi_question q;
    NOI_AUTO_BUF noi_buf words = {0};
    noi_question_find(&q, plan, v, text);
    noi_question_words(&words, plan, v, &q);
    if (words.n)
        printf("  %s %s\n", _("To decide:"), words.p);
    bool tells = q.attribute != NOI_ATTRIBUTE_POINT; /* at a border the answers are the candidates */
    for (size_t i = 0; tells && i < q.n_answers && i < SHOWN_ANSWERS; i++)
        show_answer(plan, &q, &q.answers[i]);
    if (tells && (q.n_answers > SHOWN_ANSWERS || q.more))
        printf("    ...\n");
    noi_question_free(&q);
}
