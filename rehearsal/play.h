/*
 * play.h: what a scenario adds to the way, between merge and report: the merge is killed and resumed, a
 * unit is taken back and given back, people decide what waits and the registry is merged again, what they
 * did is taken back and done again, work is handed over a second time. After each step that must change
 * nothing, all verdicts are compared, byte by byte.
 */
#ifndef NOI_REHEARSAL_PLAY_H
#define NOI_REHEARSAL_PLAY_H

#include "rehearsal/trial.h"

/* The merge of a scenario: killed and resumed where it says so. *registry is closed and opened again. */
NOI_MUST_CHECK noi_status noi_play_merge(noi_rehearsal *r, const noi_city *city,
                                         noi_registry **registry, const char *plan_path);

/* All that comes after the merge, but for the report. */
NOI_MUST_CHECK noi_status noi_play_on(noi_rehearsal *r, const noi_city *city,
                                      noi_registry *registry);

#endif
