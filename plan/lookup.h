/*
 * lookup.h: a verdict in words, for a clerk to read and to read out. Texts are translated by
 * gettext and appended to buffers of the caller. Thread-safe.
 */
#ifndef NOI_PLAN_LOOKUP_H
#define NOI_PLAN_LOOKUP_H

#include "plan/plan.h"

/* "Phường 15, Quận 4, Thành phố Hồ Chí Minh": a unit with its district and province. */
void noi_unit_in_words(noi_buf *out, const noi_plan *plan, uint16_t unit);

/* "Quận 4"; adds nothing for a unit without district. */
void noi_district_in_words(noi_buf *out, const noi_plan *plan, uint16_t unit);

/* One sentence that explains the verdict: its evidence, its rule and its clause. Never empty. */
void noi_verdict_in_words(noi_buf *out, const noi_plan *plan, const noi_verdict *verdict);

/* A split rule with its source: "Phường Tân Lập: street Lê Lợi, even house numbers lies in Phường 1
 * (source: ...)". Adds nothing for a number that is none. */
void noi_rule_in_words(noi_buf *out, const noi_plan *plan, int32_t rule);

/* What a rule states, alone: "street Lê Lợi, even house numbers". */
void noi_source_rule_in_words(noi_buf *out, const noi_plan_source_rule *rule);

/* The question that would decide a verdict that is not assigned; adds nothing to an assigned one.
 * question.h asks less where the record's text is at hand. */
void noi_question_in_words(noi_buf *out, const noi_plan *plan, const noi_verdict *verdict);

/* What one warning means for this record, as a sentence. */
void noi_warning_in_words(noi_buf *out, const noi_plan *plan, const noi_verdict *verdict,
                          noi_warning one_bit);

/* How a verdict's point_unit is to be read. */
typedef enum noi_point_says {
    NOI_POINT_SAYS_NOTHING,
    NOI_POINT_LIES_IN,
    NOI_POINT_NEAREST,   /* it lies in no unit; this one is the nearest, border_m away */
    NOI_POINT_CORRECTED, /* it would lie there, its axes exchanged or read in the right zone */
} noi_point_says;
noi_point_says noi_point_reading(const noi_verdict *verdict);

/* What the point says beside the verdict, as a sentence: the nearest unit of a point in none, the
 * unit of a corrected one, the unit of one that lies elsewhere. Adds nothing where the verdict says
 * it already. */
void noi_point_in_words(noi_buf *out, const noi_plan *plan, const noi_verdict *verdict);

/* "48 percent", "under 1 percent": how likely candidate `at` is; adds nothing where no point
 * weighs the candidates. */
void noi_probability_in_words(noi_buf *out, const noi_verdict *verdict, size_t at);

/* Whether a point weighed the candidates: some probability is not 0. */
bool noi_verdict_is_weighed(const noi_verdict *verdict);

/* What is asked of one record; a wrapper over noi_judge for single questions. */
typedef struct noi_inquiry {
    noi_str text, code;
    double lon, lat; /* NaN: no point */
    double error_m;
    noi_day as_of; /* NOI_DAY_NONE: the eve of the plan's change */
} noi_inquiry;

NOI_MUST_CHECK noi_status noi_inquire(noi_verdict *out, const noi_plan *plan,
                                      const noi_inquiry *inquiry);

#endif
