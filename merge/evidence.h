/*
 * evidence.h: what a batch of records has to go by, in the columns that noi_judge takes. A record
 * may bring several pieces (a household its own text and its address), each as of its own day; the
 * pieces are sorted into one table a day and judged table by table. Private to this folder.
 *
 * One thread at a time. Memory is kept from batch to batch.
 */
#ifndef NOI_MERGE_EVIDENCE_H
#define NOI_MERGE_EVIDENCE_H

#include "base/memory.h"

typedef struct noi_evidence noi_evidence;

/* One piece. Texts are copied; empty for none. lon, lat NaN for no point; error_m NaN for unknown.
 * as_of: days since 1970-01-01, INT32_MIN for the eve of the plan's change. */
typedef struct noi_evidence_piece {
    noi_str text, old_code, decided, sheet;
    double lon, lat;
    float error_m;
    int32_t as_of;
} noi_evidence_piece;

typedef uint32_t noi_evidence_ref;
#define NOI_NO_EVIDENCE UINT32_MAX

noi_evidence *noi_evidence_new(void);
void noi_evidence_free(noi_evidence *evidence); /* accepts NULL */
void noi_evidence_clear(noi_evidence *evidence);

noi_evidence_ref noi_evidence_add(noi_evidence *evidence, const noi_evidence_piece *piece);

/* Bytes of text held, so that a batch can end before it grows out of bounds. */
size_t noi_evidence_bytes(const noi_evidence *evidence);

NOI_MUST_CHECK noi_status noi_evidence_judge(noi_evidence *evidence, const noi_plan *plan);

/* The verdict on a piece, after noi_evidence_judge; NULL for NOI_NO_EVIDENCE. Borrowed until the
 * next clear. */
const noi_verdict *noi_evidence_verdict(const noi_evidence *evidence, noi_evidence_ref ref);

#endif
