/*
 * reader.h: records out of the registry, batch by batch, each with all its evidence. Private to
 * this folder. A reader belongs to the registry's thread; a batch to whoever holds it.
 */
#ifndef NOI_MERGE_READER_H
#define NOI_MERGE_READER_H

#include "merge/case_rules.h"
#include "merge/evidence.h"
#include "merge/route.h"
#include "merge/run.h"

#define NOI_BATCH_ROWS 4096

/* One record: where its evidence stands, and what the routing of cases needs. */
typedef struct noi_record {
    int64_t id;
    noi_evidence_ref own, parcel, home, address, unit; /* home: the household's own evidence */
    noi_evidence_ref office;    /* the head office */
    bool decided, home_decided; /* a person decided on the record, on its household */
    bool names_parcel, names_household, names_address;
    bool by_intake; /* `unit` is the intake unit */
    uint8_t holder; /* noi_holder */
    bool has_intake;
    bool has_successor; /* its office is of no unit, and what it became is known */
    int status;     /* of a case, 0 when unknown */
    noi_day received_on, due_on;
    uint32_t procedure_code; /* 0 when unknown */
    char field[64];          /* of the procedure; "" when not said, cut at the end of a letter */
} noi_record;

typedef struct noi_batch {
    noi_record_kind kind;
    size_t n;
    noi_record *records;
    noi_evidence *evidence;
    noi_verdict *verdicts;
    uint8_t *queues;
    uint32_t *flags; /* noi_flag bits, see handover.h */
    noi_buf candidates; /* as write_candidates has them; record i: [offsets[i], offsets[i + 1]) */
    size_t *candidate_offsets;
} noi_batch;
noi_batch *noi_batch_new(void);
void noi_batch_free(noi_batch *batch); /* accepts NULL */

typedef struct noi_reader noi_reader;
/* `rules` must outlive the reader. */
NOI_MUST_CHECK noi_status noi_reader_open(noi_reader **out, noi_registry *registry,
                                          const noi_case_rules *rules);
void noi_reader_close(noi_reader *reader); /* accepts NULL */
NOI_DEFINE_AUTO(noi_reader, noi_reader_close)

/* Starts to read a kind, behind the record `after` (0 for all). */
NOI_MUST_CHECK noi_status noi_reader_begin(noi_reader *reader, noi_record_kind kind, int64_t after);
/* Fills the batch with at most `most` records; batch->n is 0 at the end. */
NOI_MUST_CHECK noi_status noi_reader_next(noi_batch *batch, noi_reader *reader, size_t most);

#endif
