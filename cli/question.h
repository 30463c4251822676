/* question.h: split rules and deciding questions of a verdict, for people and as JSON. */
#ifndef NOI_CLI_QUESTION_H
#define NOI_CLI_QUESTION_H

#include "plan/question.h"

struct json_object;

/* Adds "rule" (null, or what the rule states with its source), "question", "question_attribute" and
 * "question_answers" of a record with this text. */
void cli_question_json(struct json_object *to, const noi_plan *plan, const noi_verdict *verdict,
                       noi_str text);

/* "To decide: is the house number odd or even?" and a line for each answer with what it leaves;
 * prints nothing for an assigned verdict. */
void cli_question_show(const noi_plan *plan, const noi_verdict *verdict, noi_str text);

#endif
