/*
 * tally.h: the account, in one pass over all verdicts: by kind and source, by method and reason, by
 * old and new unit and from which to which. Memory grows with units and sources, never with records.
 */
#ifndef NOI_CUTOVER_TALLY_H
#define NOI_CUTOVER_TALLY_H

#include "registry/registry.h"

#define NOI_TALLY_KINDS   5  /* record kinds count from 1 */
#define NOI_TALLY_METHODS 16 /* room for noi_method */
#define NOI_TALLY_REASONS 24 /* room for noi_reason */

typedef struct noi_count {
    int64_t records; /* stored, with or without a verdict */
    int64_t assigned, ambiguous, unplaced;
    int64_t taken_back; /* of kinds and sources: had a verdict, and an undo took it back */
} noi_count;

typedef struct noi_source_count {
    int64_t id;
    int kind; /* record kind; 0 for sources that hold no records */
    const char *kind_key, *name, *sha256, *as_of;
    int64_t rows_read, rows_stored, rows_rejected; /* as the import counted them */
    noi_count count;
} noi_source_count;

typedef struct noi_unit_count {
    int64_t assigned; /* as the new unit */
    int64_t waiting;  /* ambiguous records that have this new unit among their candidates */
    noi_count as_old; /* records read as being in this old unit */
} noi_unit_count;

/* Records of one kind with one outcome that came out of one old unit. */
typedef struct noi_flow {
    int kind;
    int status;       /* NOI_ASSIGNED, NOI_AMBIGUOUS, NOI_UNPLACED */
    int64_t old_unit; /* 0: none was read */
    int64_t new_unit; /* 0 unless assigned */
    int64_t records;
    int64_t decided; /* of them, by a person's decision on the record itself */
} noi_flow;

typedef struct noi_tally {
    noi_count all, kind[NOI_TALLY_KINDS];
    int64_t rejected; /* rows that never became records */
    int64_t method[NOI_TALLY_METHODS][NOI_TALLY_KINDS];
    int64_t reason[NOI_TALLY_REASONS][NOI_TALLY_KINDS];
    size_t n_sources;
    noi_source_count *sources; /* by id */
    size_t n_units;
    noi_unit_count *units; /* by unit id; [0, n_units) */
    size_t n_flows;
    noi_flow *flows; /* ordered by kind, old unit's id, status, new unit's id */
    noi_arena *arena;
} noi_tally;

NOI_MUST_CHECK noi_status noi_tally_make(noi_tally **out, noi_registry *registry);
void noi_tally_free(noi_tally *tally); /* accepts NULL */
NOI_DEFINE_AUTO(noi_tally, noi_tally_free)

#endif
