/*
 * rehearse.h: a rehearsal from its seed to its scorecard. Libraries print nothing: what happened is
 * in the result, and cli/ shows it.
 */
#ifndef NOI_REHEARSAL_REHEARSE_H
#define NOI_REHEARSAL_REHEARSE_H

#include "merge/rules/rules.h"
#include "rehearsal/city.h"

#define NOI_MAX_STEPS 64

typedef struct noi_step_time {
    const char *what; /* borrowed, not translated: "import addresses.csv" */
    double seconds;
    uint64_t rows; /* taken or judged; 0 where that says nothing */
} noi_step_time;

/* How one trap went. n = right + asked + missed + unplaced + wrong + rejected + lost. */
typedef struct noi_trap_score {
    uint64_t n;
    uint64_t right;     /* assigned to the right unit; or, where there is none, not assigned */
    uint64_t asked;     /* ambiguous or unplaced, the right unit among the candidates */
    uint64_t missed;    /* ambiguous, and the right unit is not among the candidates */
    uint64_t unplaced;  /* unplaced without candidates: nobody is misled, a person must look */
    uint64_t wrong;     /* assigned to another unit, or assigned although nothing decides */
    uint64_t rejected;  /* not taken in, with a reason in the reject file */
    uint64_t decidable; /* of n: those that evidence decides ... */
    uint64_t found;     /* ... and of these: assigned to the right unit */
} noi_trap_score;

/* The draft of the new boundary layer (draft.h). */
typedef struct noi_draft_score {
    uint64_t planted, found; /* defects in the key, and those of them that were found */
    uint64_t not_planted;    /* findings that nobody planted */
    char remark[80];         /* the first that is missing or too much; "" when all is right */
} noi_draft_score;

typedef struct noi_scorecard {
    noi_draft_score draft;
    noi_trap_score traps[NOI_N_TRAPS];
    uint64_t in, assigned, ambiguous, unplaced; /* the account of all record kinds */
    uint64_t rejected, lost;                    /* lost: in the files, but in neither account */
} noi_scorecard;

typedef struct noi_rehearsal {
    noi_city_size size;
    uint64_t seed;
    char *folder, *report; /* report: the page to open; NULL when only generated */
    char *kept; /* where the scorecard stays: trials/N.json; NULL when only generated */
    noi_scorecard card;
    noi_validation validation;  /* of the first merge */
    noi_account account;        /* of the newest merge */
    struct noi_trial *trial;    /* of a scenario: faults, people, second handover; else NULL */
    noi_step_time steps[NOI_MAX_STEPS];
    size_t n_steps;
    double generate_s, way_s; /* making the city; from import to report */
    double check_s;           /* comparing with the answer key */
} noi_rehearsal;

typedef struct noi_rehearse_options {
    noi_city_size size;
    uint64_t seed;
    const char *folder;
    const noi_scenario *scenario; /* NULL: the whole city, without faults and people */
    bool generate_only;
} noi_rehearse_options;

/* Makes the city and, unless generate_only, goes the whole way: init, import, plan, merge,
 * validate, report, scorecard; writes scorecard.json into the folder, and the same as trials/N.json,
 * which nothing replaces. A scenario's faults and people come between merge and report (play.h).
 * NOI_ERR_CONFLICT when the folder holds other things. Yours: noi_rehearsal_free. */
NOI_MUST_CHECK noi_status noi_rehearse(noi_rehearsal **out, const noi_rehearse_options *options);
void noi_rehearsal_free(noi_rehearsal *rehearsal); /* accepts NULL */
NOI_DEFINE_AUTO(noi_rehearsal, noi_rehearsal_free)

/* Whether the account adds up, nothing is lost, nothing was assigned wrongly, and the draft layer's
 * defects were found and no others. */
bool noi_rehearsal_passed(const noi_rehearsal *rehearsal);

/* The result as one JSON object with a line end, appended to `out`. */
void noi_rehearsal_json(noi_buf *out, const noi_rehearsal *rehearsal);

#endif
