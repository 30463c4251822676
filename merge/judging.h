/*
 * judging.h: from a batch as the reader fills it to a verdict for each of its records, and the
 * account of many batches. `noi merge`, its dry run and `noi impact` all judge through here. Private
 * to this folder.
 */
#ifndef NOI_MERGE_JUDGING_H
#define NOI_MERGE_JUDGING_H

#include "merge/handover.h"
#include "merge/reader.h"

/* What judging goes by; read-only while batches are judged, so any number of threads may share it. */
typedef struct noi_judging {
    const noi_plan *plan;
    const noi_case_rules *rules;
    noi_code only_province; /* of the new units, 0 when there are several */
} noi_judging;

/* Both must outlive the judging. */
noi_judging noi_judging_by(const noi_plan *plan, const noi_case_rules *rules);

/* Fills verdicts, queues and flags of the batch, whose evidence may be judged again by another plan
 * afterwards. */
NOI_MUST_CHECK noi_status noi_batch_judge(noi_batch *batch, const noi_judging *by);

/* What routing a case goes by, after the batch's evidence was judged; `household` holds the verdict
 * on its household where there is one, and must live as long as `out`. */
void noi_case_gather(noi_case_evidence *out, noi_verdict *household, const noi_batch *batch,
                     const noi_record *record, const noi_judging *by);
/* The province of the unit that handles the case, else the only one of the plan. */
noi_code noi_case_province(const noi_batch *batch, const noi_record *record,
                           const noi_judging *by);
noi_case_facts noi_record_facts(const noi_record *record, noi_code province,
                                const noi_case_rules *rules);

/* A verdict's candidates as codes, ascending; returns how many. */
size_t noi_candidate_codes(noi_code out[NOI_MAX_CANDIDATES], const noi_verdict *verdict,
                           const noi_plan *plan);

/* Adds n verdicts on records of one kind. */
void noi_account_add(noi_account *account, noi_record_kind kind, const noi_verdict *verdicts,
                     size_t n);

/* Sums up all kinds and proves that in = assigned + ambiguous + unplaced, for each kind, against a
 * count of the records themselves; *stored (may be NULL): how many verdicts the registry holds.
 * NOI_ERR_INTERNAL when the account does not add up. */
NOI_MUST_CHECK noi_status noi_account_close(noi_account *account, uint64_t *stored,
                                            noi_registry *registry);
NOI_MUST_CHECK noi_status noi_account_fail(const char *what, uint64_t records, uint64_t verdicts);

/* How many records there are to judge, as the importers counted them: for progress only. */
NOI_MUST_CHECK noi_status noi_records_expected(uint64_t *out, noi_registry *registry);

#endif
