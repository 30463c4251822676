/*
 * stage.h: the steps of a cutover: draft, rehearsed, frozen, cut over, parallel, final (docs/decisions/0052).
 * A step forward has conditions that are computed from the registry and from files that are shown, never
 * believed; a step back needs a reason. What a stage forbids is in registry/stage.h.
 */
#ifndef NOI_CUTOVER_STAGE_H
#define NOI_CUTOVER_STAGE_H

#include "base/digest.h"
#include "registry/stage.h"

/* What a file says that was shown for a step. Read by the caller: this folder knows no format. */
typedef struct noi_stage_evidence {
    const char *name; /* of the file; NULL: none was shown */
    char sha256[NOI_DIGEST_HEX];
    bool is_scorecard, is_comparison;
    const char *version;            /* scorecard: of the program that made it; "" when it does not say */
    int64_t judged, wrong, lost;    /* scorecard: records, silent wrong answers, records that are nowhere */
    int64_t paired, different, only_one; /* comparison: pairs; pairs that really differ, or miss a value;
                                            keys in one file only, doubled, without key, unreadable */
} noi_stage_evidence;

typedef struct noi_stage_options {
    noi_stage_evidence evidence;
    int64_t limit;      /* frozen: records that may still be without a verdict of their content; -1: any */
    int64_t accept;     /* final: records that may wait for people */
    const char *reason; /* NULL for none */
    bool dry_run;       /* tell the conditions, make no step */
} noi_stage_options;

typedef struct noi_condition {
    const char *key; /* stable: "rehearsal_passed" */
    const char *text; /* translated, with its numbers */
    int64_t value;
    bool holds;
} noi_condition;

typedef struct noi_stage_result {
    noi_stage before, stage;
    bool forward, made; /* made: the step was made */
    size_t n;
    noi_condition items[12];
    noi_arena *arena;
} noi_stage_result;
void noi_stage_result_free(noi_stage_result *result);

/* Looks at the conditions of the step to `stage` and makes it when all hold. NOI_OK also when they do not
 * (made is false then). NOI_ERR_USAGE: a step over a stage, or back without a reason; NOI_ERR_CONFLICT: it
 * is there already. Forward to cut-over and final everything is read. The result is yours, also after a
 * failure: noi_stage_result_free. */
NOI_MUST_CHECK noi_status noi_stage_step(noi_stage_result *out, noi_registry *registry, noi_stage stage,
                                         const noi_stage_options *options);

typedef void (*noi_stage_tell)(void *context, const char *stage, const char *before, const char *conditions,
                               const char *reason, const char *evidence, const char *when, const char *who);
/* The steps that were made, in order. Texts are borrowed for the call; "" for none. */
NOI_MUST_CHECK noi_status noi_stage_steps(noi_registry *registry, noi_stage_tell tell, void *context);

#endif
