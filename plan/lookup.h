/*
 * lookup.h: a verdict in words: what a clerk reads. Texts are translated by gettext; everything is
 * appended to buffers of the caller. Thread-safe.
 */
#ifndef NOI_PLAN_LOOKUP_H
#define NOI_PLAN_LOOKUP_H

#include "plan/plan.h"

/* One sentence that explains the verdict with its law: "Phường 15, Quận 4 is split by clauses 8 and
 * 9 of 1685/NQ-UBTVQH15; nothing in the address decides." Never empty. */
void noi_explain_verdict(noi_buf *out, const noi_plan *plan, const noi_verdict *verdict);

/* The smallest question that would decide an ambiguous verdict; nothing for an assigned one. */
void noi_question(noi_buf *out, const noi_plan *plan, const noi_verdict *verdict);

/* What one warning bit means for this record, as a sentence. */
void noi_warning_text(noi_buf *out, noi_warning one_bit);

/* Judges one text, or one code as of a day (NOI_DAY_NONE: the eve), or one point; a wrapper over
 * noi_judge for single questions. */
NOI_MUST_CHECK noi_status noi_lookup_text(noi_verdict *out, const noi_plan *plan, noi_str text);
NOI_MUST_CHECK noi_status noi_lookup_code(noi_verdict *out, const noi_plan *plan, noi_str code,
                                          noi_day as_of);
NOI_MUST_CHECK noi_status noi_lookup_point(noi_verdict *out, const noi_plan *plan, double lon,
                                           double lat, double error_m);

#endif
