/*
 * reasoning.h: one record judged as `noi merge` judges it, with every piece of evidence beside the
 * verdict on it, and with what the verdict would be without that piece.
 */
#ifndef NOI_MERGE_REASONING_H
#define NOI_MERGE_REASONING_H

#include "merge/handover.h"
#include "merge/run.h"

/* X(name, key): the pieces that a record may bring. */
#define NOI_PIECE_TABLE(X)                                                                         \
    X(NOI_PIECE_OWN, "own")             /* its own text, code, point; of a case: its object */     \
    X(NOI_PIECE_PARCEL, "parcel")                                                                  \
    X(NOI_PIECE_ADDRESS, "address")     /* that a household refers to */                           \
    X(NOI_PIECE_HEAD_OFFICE, "head_office")                                                        \
    X(NOI_PIECE_HOUSEHOLD, "household") /* of a case */                                            \
    X(NOI_PIECE_HANDLING_UNIT, "handling_unit")                                                    \
    X(NOI_PIECE_INTAKE_UNIT, "intake_unit")

typedef enum noi_piece_kind {
#define NOI_PIECE_ENUM(name, key) name,
    NOI_PIECE_TABLE(NOI_PIECE_ENUM)
#undef NOI_PIECE_ENUM
        NOI_PIECE_KINDS
} noi_piece_kind;
const char *noi_piece_key(noi_piece_kind kind);

typedef struct noi_piece_of_evidence {
    noi_piece_kind kind;
    bool left_out;       /* the procedure goes by other pieces */
    bool missing;        /* it refers to a record that is not there; no verdict */
    noi_verdict verdict; /* on this piece alone */
    bool matters;        /* without it the record's verdict were another: `without` */
    noi_verdict without;
} noi_piece_of_evidence;

typedef struct noi_reasoning {
    noi_record_kind kind;
    noi_verdict verdict;
    noi_queue queue;
    uint32_t flags;
    bool decided; /* by a person */
    size_t n;
    noi_piece_of_evidence pieces[NOI_PIECE_KINDS];
    noi_case_facts facts; /* of a case */
    noi_code province;    /* whose rules hold; 0 when not known */
    noi_matter_place place;
} noi_reasoning;

/* Judges record `id` by the plan. `rules` come from the same registry (noi_case_rules_of) and outlive
 * the reasoning. NOI_ERR_INTERNAL when there is no such record. */
NOI_MUST_CHECK noi_status noi_reason_about(noi_reasoning *out, noi_registry *registry,
                                           const noi_plan *plan, const noi_case_rules *rules,
                                           noi_record_kind kind, int64_t id);

#endif
