/*
 * tally.h: the account, in one pass over all verdicts: by kind and source, by method and reason, by
 * old and new unit. Memory grows with units and sources, never with records.
 */
#ifndef NOI_REPORT_TALLY_H
#define NOI_REPORT_TALLY_H

#include "registry/registry.h"

#define NOI_TALLY_KINDS   5  /* record kinds count from 1 */
#define NOI_TALLY_METHODS 16 /* room for noi_method */
#define NOI_TALLY_REASONS 24 /* room for noi_reason */

typedef struct noi_count {
    int64_t records; /* stored, with or without a verdict */
    int64_t assigned, ambiguous, unplaced;
} noi_count;

typedef struct noi_source_count {
    int64_t id;
    int kind; /* record kind; 0 for sources that hold no records */
    const char *kind_key, *name, *sha256, *as_of;
    int64_t rows_read, rows_rejected;
    noi_count count;
} noi_source_count;

typedef struct noi_unit_count {
    int64_t assigned; /* as the new unit */
    int64_t waiting;  /* ambiguous records that have this new unit among their candidates */
    noi_count as_old; /* records read as being in this old unit */
} noi_unit_count;

typedef struct noi_tally {
    noi_count all, kind[NOI_TALLY_KINDS];
    int64_t rejected; /* rows that never became records */
    int64_t method[NOI_TALLY_METHODS][NOI_TALLY_KINDS];
    int64_t reason[NOI_TALLY_REASONS][NOI_TALLY_KINDS];
    size_t n_sources;
    noi_source_count *sources; /* by id */
    size_t n_units;
    noi_unit_count *units; /* by unit id; [0, n_units) */
    noi_arena *arena;
} noi_tally;

NOI_MUST_CHECK noi_status noi_tally_make(noi_tally **out, noi_registry *registry);
void noi_tally_free(noi_tally *tally); /* accepts NULL */
NOI_DEFINE_AUTO(noi_tally, noi_tally_free)

#endif
