/*
 * decide.h: what people decide on records, row by row. docs/decisions/0042-decisions.md has the
 * rules; data/decision_rules.csv says when two persons are needed.
 *
 * Each person has one voice on a record. A decision is effective when all voices name one unit and
 * there are as many as the rules ask for; voices that name different units leave none effective.
 * Only what is effective stands in table `decision`, which the plan and the merge read. What ends
 * goes to `decision_past`. One thread at a time per registry.
 */
#ifndef NOI_CUTOVER_DECIDE_H
#define NOI_CUTOVER_DECIDE_H

#include "merge/run.h"

/* X(name, key, words): what became of a row. Those from NOI_DECIDE_NO_RECORD on are rejects. */
#define NOI_DECIDE_TABLE(X)                                                                        \
    X(NOI_DECIDE_OPEN, "open", N_("left empty"))                                                   \
    X(NOI_DECIDE_EFFECTIVE, "effective", N_("effective"))                                          \
    X(NOI_DECIDE_PROPOSED, "proposed", N_("proposed, a second person has to approve"))             \
    X(NOI_DECIDE_UNCHANGED, "unchanged", N_("stood already"))                                      \
    X(NOI_DECIDE_CONTRADICTS, "contradicts", N_("contradicts another person, none is effective"))  \
    X(NOI_DECIDE_WITHDRAWN, "withdrawn", N_("withdrawn"))                                          \
    X(NOI_DECIDE_NO_RECORD, "no_such_record", N_("there is no record of this kind and key"))       \
    X(NOI_DECIDE_CHANGED_ROW, "changed_row", N_("the row's check does not fit its key and list"))  \
    X(NOI_DECIDE_NO_UNIT, "unknown_code", N_("no unit of the new vintage has this code"))          \
    X(NOI_DECIDE_NO_CANDIDATE, "not_a_candidate",                                                  \
      N_("the unit is none of the candidates; --override REASON proposes it all the same"))        \
    X(NOI_DECIDE_NO_REASON, "no_reason", N_("a decision needs its reason"))                        \
    X(NOI_DECIDE_NOT_PROPOSED, "not_proposed", N_("nobody has proposed a decision to approve"))    \
    X(NOI_DECIDE_OWN, "own_proposal", N_("another person has to approve"))                         \
    X(NOI_DECIDE_NO_VOICE, "no_decision", N_("this person has decided nothing here"))              \
    X(NOI_DECIDE_TWICE, "twice_in_list", N_("an earlier row of the list names another unit"))

typedef enum noi_decide_result {
#define NOI_DECIDE_ENUM(name, key, words) name,
    NOI_DECIDE_TABLE(NOI_DECIDE_ENUM)
#undef NOI_DECIDE_ENUM
    NOI_DECIDE_RESULTS
} noi_decide_result;

const char *noi_decide_key(noi_decide_result result);   /* "not_a_candidate"; static storage */
const char *noi_decide_words(noi_decide_result result); /* translated */

typedef struct noi_decide_row {
    noi_record_kind kind; /* 0: the list names a kind that is none */
    noi_str key, code, why, evidence, override;
    noi_str list_id, check; /* of a list that `noi queue` wrote; else empty */
    int64_t list_row;       /* likewise, 0 */
    int64_t line;           /* where it stands, for the caller */
} noi_decide_row;

typedef enum noi_decide_act { NOI_DECIDE, NOI_APPROVE, NOI_WITHDRAW } noi_decide_act;

typedef struct noi_decide_options {
    noi_decide_act act;
    noi_str by;  /* who */
    noi_day on;  /* NOI_DAY_NONE: today */
    noi_str why; /* for rows that state none */
    noi_str override;
    bool dry_run;
} noi_decide_options;

typedef struct noi_decide_counts {
    int64_t of[NOI_DECIDE_RESULTS];
    int64_t rows, rejected;
} noi_decide_counts;

/* Told of each row, in order. */
typedef noi_status (*noi_decide_tell)(void *context, const noi_decide_row *row,
                                      noi_decide_result result);

/*
 * Takes the rows in one transaction; with dry_run it is rolled back. A row that cannot be taken is
 * told and the others go on. The same rows again change nothing, and leave no run behind.
 * NOI_DECIDE wants a code (rows without one are open) and a reason. NOI_APPROVE repeats another
 * person's proposal; a code, where the row has one, must be the proposed. NOI_WITHDRAW ends the
 * person's own voice. NOI_ERR_USAGE when `by` has no letter.
 */
NOI_MUST_CHECK noi_status noi_decide(noi_decide_counts *out, noi_registry *registry,
                                     const noi_decide_row *rows, size_t n,
                                     const noi_decide_options *options, noi_decide_tell tell,
                                     void *context);

/* The check of a row of a list: 12 hexadecimal digits over list, row number, kind and key. */
void noi_list_check(char out[13], noi_str list_id, int64_t row, noi_str kind, noi_str key);

/* "address", "household", "parcel", "case"; 0 for other words. */
noi_record_kind noi_record_kind_by_key(noi_str key);
const char *noi_record_kind_key(noi_record_kind kind);

#endif
