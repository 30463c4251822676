/* score.h: the verdicts in a registry against the answer key, streamed side by side. */
#ifndef NOI_REHEARSAL_SCORE_H
#define NOI_REHEARSAL_SCORE_H

#include "registry/registry.h"
#include "rehearsal/rehearse.h"

/* `folder` is the rehearsal's: truth/ lies in it. NOI_ERR_INPUT when the key cannot be read. */
NOI_MUST_CHECK noi_status noi_score(noi_scorecard *out, noi_registry *registry, const char *folder);

/* One verdict against its truth: adds to the trap's score. `new_code` and `candidates` (codes with
 * spaces between) as stored; `is_capped`: there were more candidates than are stored. */
typedef struct noi_scored_verdict {
    int status; /* noi_verdict_status */
    noi_str new_code, candidates;
    bool is_capped;
} noi_scored_verdict;
void noi_score_one(noi_trap_score *score, noi_str truth_code, noi_str expected,
                   const noi_scored_verdict *verdict);

#endif
