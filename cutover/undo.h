/*
 * undo.h: takes verdicts back to what they were before; see docs/decisions/0041-ledger.md.
 *
 * An undo is a run with one entry in the ledger and one transaction. Each verdict of the scope goes
 * to verdict_past, and what it had displaced stands again; where it had displaced nothing the
 * record has no verdict and counts as taken back. What others did later is listed and stays.
 */
#ifndef NOI_CUTOVER_UNDO_H
#define NOI_CUTOVER_UNDO_H

#include "registry/registry.h"

typedef enum noi_undo_scope {
    NOI_UNDO_RECORD,
    NOI_UNDO_BATCH,    /* an entry of the ledger */
    NOI_UNDO_OLD_UNIT, /* records that were in this unit */
    NOI_UNDO_NEW_UNIT, /* records that are assigned to this unit */
    NOI_UNDO_UNIT,     /* one of the two; NOI_ERR_USAGE when the code is of both */
    NOI_UNDO_SOURCE,   /* the records of a file, by its name */
    NOI_UNDO_RUN       /* a merge, or an undo, which is undone thereby */
} noi_undo_scope;

typedef struct noi_undo_options {
    noi_undo_scope scope;
    int kind;           /* NOI_UNDO_RECORD: of the record, 1 to 4 */
    const char *name;   /* the record's key, the unit's code or the file's name */
    int64_t number;     /* of the run or the entry */
    const char *reason; /* stands in the ledger */
    bool dry_run;       /* count, and write nothing */
    bool account;       /* count all verdicts afterwards: reads them all */
} noi_undo_options;

typedef enum noi_undo_kept {
    NOI_UNDO_DECIDED, /* a person decided on the record after the verdict was given */
    NOI_UNDO_LATER,   /* a later merge gave another verdict */
    NOI_UNDO_STANDS   /* it stands by an undo; that run can be undone by its number */
} noi_undo_kept;

/* Called for each record of the scope that is left as it is, in the order of kind and key's row. */
typedef void (*noi_undo_tell)(void *context, noi_undo_kept why, int kind, const char *key);

typedef struct noi_undo_result {
    int64_t restored;   /* an earlier verdict stands again */
    int64_t taken_back; /* no verdict stands */
    int64_t decided, later, stands;
    int64_t run_id, entry; /* 0 when nothing was written */
    bool redo;             /* an undo was undone */
    struct {               /* after it, where asked for; index 0 holds the sum */
        int64_t in, assigned, ambiguous, unplaced, taken_back;
    } account[5];
} noi_undo_result;

/* NOI_ERR_USAGE: the code is of an old and of a new unit; NOI_ERR_INPUT: no such record, unit,
 * file, run or entry; NOI_ERR_CONFLICT: a merge did not end (hint), or the number is of no merge
 * and no undo. Nothing left to take back is no error: nothing is written then. `tell` may be NULL.
 */
NOI_MUST_CHECK noi_status noi_undo(noi_undo_result *out, noi_registry *registry,
                                   const noi_undo_options *options, noi_undo_tell tell,
                                   void *context);

#endif
