/*
 * question.h: the smallest question that decides an open verdict: the one attribute that leaves the
 * fewest candidates, with its answers and what each of them leaves. For `noi lookup`, the counter
 * and the queue. Thread-safe.
 */
#ifndef NOI_PLAN_QUESTION_H
#define NOI_PLAN_QUESTION_H

#include "plan/parts.h"

typedef struct noi_answer {
    const char *text; /* "Quận 4", "odd", "1-199", "khu phố 3"; as stored, not translated */
    uint32_t from, to; /* of a range; 0 elsewhere */
    uint16_t n_units;
    uint16_t units[NOI_MAX_CANDIDATES]; /* candidates that it leaves, ascending by position */
} noi_answer;

#define NOI_MAX_ANSWERS 64

typedef struct noi_question {
    noi_attribute attribute; /* NOI_ATTRIBUTE_NONE for an assigned verdict */
    double expected_left;    /* candidates left, on the average over the answers */
    size_t n_answers;        /* 0: it is asked openly */
    bool more;               /* there are more answers than are listed */
    noi_answer *answers;     /* in order: numbers by size, else by text */
    noi_arena *texts;        /* of the answers */
} noi_question;

/*
 * The question for a verdict on a record with this text (empty for none: then what the record says
 * is not known). Never asks for what the record says already.
 *
 * Of a homonym: district, else province. Of a district alone: ward. Of a split unit: what its rules
 * state (hamlet, street, side, house number, alley, sheet). The attribute with the fewest candidates
 * left, expected over the answers weighed by the support of their rules, is asked; of equals the one
 * with fewer answers. An answer that no rule knows counts as one of the list on the average. An answer after which no rule holds yet leaves them all. Without rules, and
 * near a border: a point.
 */
void noi_question_find(noi_question *out, const noi_plan *plan, const noi_verdict *verdict,
                       noi_str text);
void noi_question_free(noi_question *question); /* accepts a zeroed one */

/* The question as a sentence, translated: "is the house number odd or even?". Adds nothing for
 * NOI_ATTRIBUTE_NONE. */
void noi_question_words(noi_buf *out, const noi_plan *plan, const noi_verdict *verdict,
                        const noi_question *question);

/* An answer for people, translated: "even numbers", "house numbers from 200 on", "Quận 4". */
void noi_answer_words(noi_buf *out, const noi_question *question, const noi_answer *answer);

#endif
