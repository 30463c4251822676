/*
 * trial.h: what a scenario did beyond the way itself: the merge that was killed, the unit that was taken
 * back, what people decided and what became of it, the second handover. Filled by play.c.
 */
#ifndef NOI_REHEARSAL_TRIAL_H
#define NOI_REHEARSAL_TRIAL_H

#include "cutover/decide.h"
#include "rehearsal/rehearse.h"

typedef struct noi_trial {
    char *name, *title, *title_vi; /* title_vi: NULL for none */
    char digest[NOI_DIGEST_HEX]; /* of the scenario's file */
    size_t n_units; /* new units that take part */
    /* the merge that was killed */
    size_t n_kills; /* 0: it was not */
    int64_t killed_at[NOI_MAX_KILLS]; /* records */
    bool same_after_kill;
    /* the re-issued layer */
    bool reissued;
    int64_t would_move; /* records that get another answer if it were adopted */
    /* the unit that was taken back, and given back */
    char undone_unit[16]; /* "" for none */
    int64_t undone;       /* verdicts */
    bool same_after_redo;
    /* people */
    bool people;
    int64_t waiting, waiting_after; /* not assigned, before and after their decisions */
    int64_t absent, unknowable;     /* left: the officer was away; there is no right answer */
    int64_t answered, wrong_answers, disagreements;
    noi_decide_counts decided;
    int64_t gained_right, gained_wrong; /* records that the second merge assigns and the first did not */
    int64_t wrong_own, wrong_following; /* of the wrong ones: decided themselves, or by what they refer to */
    int64_t wrong_untraced;             /* of the wrong ones: no decision explains it */
    bool same_after_taking_back, same_after_deciding_again;
    noi_validation validation; /* after the decisions */
    noi_account after;
    /* the second handover */
    noi_day second_handover; /* NOI_DAY_NONE: there is none */
    int64_t later, later_right, later_wrong; /* cases received since the change */
    int64_t moved_intakes;
    bool nothing_else_moved;
    /* the ledger */
    int64_t entries, tampered;
    /* in = out, for every file, unit and column, after everything */
    int64_t imbalances;
} noi_trial;
void noi_trial_free(noi_trial *trial); /* accepts NULL */

/* What did not hold, as stable keys with spaces between, appended to `out` (may be NULL): how many. */
size_t noi_trial_failures(noi_buf *out, const noi_trial *trial);
/* "scenario":{...}, with a comma and a line end. */
void noi_trial_json(noi_buf *out, const noi_trial *trial);

/* The highest number of a scorecard in FOLDER/trials; 0 when there is none. */
int noi_trial_newest(const char *folder);
/* Writes the scorecard to FOLDER/trials/N.json, N one more than the newest; *path is yours. */
NOI_MUST_CHECK noi_status noi_trial_keep(char **path, const char *folder, const noi_buf *json);

#endif
