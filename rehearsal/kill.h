/* kill.h: a merge that dies in the middle, as when the power goes. Private to this folder. */
#ifndef NOI_REHEARSAL_KILL_H
#define NOI_REHEARSAL_KILL_H

#include "merge/run.h"

/*
 * Runs the merge, or goes on with it, in a process of its own, which is killed (SIGKILL) as soon as `after`
 * records are written, those of killed processes before it included, in the middle of a transaction. The registry must not be open in this process, and no other
 * thread may run. NOI_ERR_CONFLICT when the merge ended, well or not, before it could be killed.
 */
NOI_MUST_CHECK noi_status noi_merge_killed(const char *registry, const char *plan,
                                           size_t commit_every, uint64_t after, bool resume);

#endif
