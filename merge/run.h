/*
 * run.h: giving every record of a registry its verdict, by a plan.
 */
#ifndef NOI_MERGE_RUN_H
#define NOI_MERGE_RUN_H

#include "plan/plan.h"
#include "registry/registry.h"

typedef enum noi_record_kind {
    NOI_RECORD_ADDRESS = 1,
    NOI_RECORD_HOUSEHOLD = 2,
    NOI_RECORD_PARCEL = 3,
    NOI_RECORD_CASE = 4,
    NOI_RECORD_KINDS = 5 /* kinds are 1 .. 4 */
} noi_record_kind;

typedef struct noi_merge_options {
    bool resume;         /* go on from the checkpoint of an unfinished run of the same plan; nothing
                            is written where that plan's run ended and nothing was done since */
    bool dry_run;        /* judge all, write nothing */
    unsigned n_threads;  /* 0: all processors */
    const struct noi_signatures *signatures; /* under the plan, where the registry has signers; or NULL */
    size_t commit_every; /* records in one transaction, at least; 0: 100,000 */
    /* Told, after each batch that was written and before it is committed, how many records this merge has
     * judged, those before a kill included; NULL: nobody. Rehearsals kill themselves in it. */
    void (*watch)(void *context, uint64_t records);
    void *watch_context;
} noi_merge_options;

/* in = assigned + ambiguous + unplaced, for each kind; index 0 holds the sum. */
typedef struct noi_account {
    uint64_t in[NOI_RECORD_KINDS], assigned[NOI_RECORD_KINDS], ambiguous[NOI_RECORD_KINDS],
        unplaced[NOI_RECORD_KINDS];
    uint64_t at_centre; /* cases whose intake is at the city's centre (R14), of those judged by this run */
} noi_account;

/*
 * Judges addresses, households, parcels and cases in the order of their ids, each by its own
 * evidence or by the record it refers to (docs/decisions/0031-routing-of-cases.md), and writes one
 * verdict each.
 * The verdicts of an earlier run are replaced. Committed batch by batch together with the
 * checkpoint: killed at any moment and resumed, the verdicts are the same.
 * A dry run needs no signatures.
 * NOI_ERR_CONFLICT: the plan is not signed by enough of the registry's signers (registry/signers.h); the registry is not the one the plan was compiled from; an unfinished run is
 * there and resume was not asked for (hint); NOI_ERR_INTERNAL: the account does not add up.
 */
NOI_MUST_CHECK noi_status noi_merge_run(noi_account *out, noi_registry *registry,
                                        const noi_plan *plan, const noi_merge_options *options);

#endif
