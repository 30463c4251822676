/*
 * stage.h: how far the cutover of a registry is (docs/decisions/0052-stages.md): a list of steps
 * that only grows. cutover/stage.h says when a step may be made; here is what the stages forbid.
 */
#ifndef NOI_REGISTRY_STAGE_H
#define NOI_REGISTRY_STAGE_H

#include "registry/registry.h"

typedef enum noi_stage {
    NOI_STAGE_DRAFT,
    NOI_STAGE_REHEARSED,
    NOI_STAGE_FROZEN,   /* from here on nothing is imported, learned or caught up */
    NOI_STAGE_CUT_OVER,
    NOI_STAGE_PARALLEL,
    NOI_STAGE_FINAL,    /* from here on nothing is merged, decided or undone either */
    NOI_STAGES
} noi_stage;
/* "draft", "rehearsed", "frozen", "cut-over", "parallel", "final". */
const char *noi_stage_key(noi_stage stage);
bool noi_stage_by_key(noi_stage *out, const char *key);

/* NOI_STAGE_DRAFT where no step was made. */
NOI_MUST_CHECK noi_status noi_stage_now(noi_stage *out, noi_registry *registry);

/* NOI_ERR_CONFLICT, with how to go back, when the registry is at `from` or beyond; `what` is what was to be
 * done, translated: "an import". Called within the transaction of what it guards, or right before it by the
 * only writer. */
NOI_MUST_CHECK noi_status noi_stage_refuse(noi_registry *registry, noi_stage from, const char *what);

#endif
