/* draft_score.h: what the examination of the draft layer found, against what was planted in it. */
#ifndef NOI_REHEARSAL_DRAFT_SCORE_H
#define NOI_REHEARSAL_DRAFT_SCORE_H

#include "registry/registry.h"
#include "rehearsal/rehearse.h"

/* Examines input/synthetic-draft.gpkg of the rehearsal's folder against the registry, and compares the
 * findings with truth/draft.csv by rule and subject. */
NOI_MUST_CHECK noi_status noi_score_draft(noi_draft_score *out, noi_registry *registry,
                                          const char *folder);

#endif
