/*
 * queue.h: what waits for people: every record whose verdict is ambiguous or unplaced, the cases of
 * the queues CITY_DECIDES and LOCATE among them, with what helps to decide. Reads only, but for the
 * table of officers. One thread at a time per registry.
 */
#ifndef NOI_CUTOVER_QUEUE_H
#define NOI_CUTOVER_QUEUE_H

#include "merge/run.h"
#include "plan/plan.h"

typedef struct noi_queue_filter {
    noi_str unit;         /* code of the old unit; empty for all */
    noi_record_kind kind; /* 0 for all */
    int reason;           /* noi_reason, 0 for all */
    noi_str officer;      /* empty for all */
    noi_day on;           /* NOI_DAY_NONE: only what was overdue at the handover is told */
} noi_queue_filter;

/* One record. Texts are borrowed until the next; empty for none. No names, no numbers of persons. */
typedef struct noi_queue_item {
    int64_t row; /* from 1 */
    noi_record_kind kind;
    noi_verdict_status status;
    noi_reason reason;
    noi_str key, queue, known, old_code, old_name, due_on, officer;
    noi_str proposed; /* codes that people named already */
    bool overdue_at_handover, overdue;
    size_t n_candidates;
    const char *codes[NOI_MAX_CANDIDATES];
    const char *names[NOI_MAX_CANDIDATES];
    int probability[NOI_MAX_CANDIDATES]; /* percent; 0 for all: nothing weighs them */
    noi_str question, answers;
    char list_id[13], check[13];
} noi_queue_item;

/* A group of the account. */
typedef struct noi_queue_group {
    noi_record_kind kind;
    noi_reason reason;
    const char *queue, *unit, *officer; /* "" for none */
    int64_t n, overdue;
} noi_queue_group;

typedef struct noi_queue_account {
    int64_t waiting;    /* listed: the sum of the groups */
    int64_t unassigned; /* of the whole registry; the same number when nothing is filtered */
    int64_t records, overdue, proposed;
    int64_t taken_back; /* records without a verdict since an undo: they wait for the next merge */
    size_t n_groups;
    noi_queue_group *groups; /* by unit, kind, reason, queue, officer */
    char list_id[13];
    noi_arena *texts;
} noi_queue_account;
void noi_queue_account_free(noi_queue_account *account);

typedef noi_status (*noi_queue_tell)(void *context, const noi_queue_item *item);

/*
 * Walks what waits, the most urgent first: cases by their due day, then the rest by old unit. Each
 * record has one officer: of those who look after its unit and kind (else its unit, else its kind,
 * else all) the next in turn, so that their loads differ by one at most. `tell` may be NULL: then no
 * questions are sought and no plan is compiled. NOI_ERR_CONFLICT without a finished merge;
 * NOI_ERR_INTERNAL when an unfiltered list does not add up to the account.
 */
NOI_MUST_CHECK noi_status noi_queue_walk(noi_queue_account *out, noi_registry *registry,
                                         const noi_queue_filter *filter, noi_queue_tell tell,
                                         void *context);

typedef struct noi_officer {
    noi_str unit, kind, name; /* unit and kind empty for all */
} noi_officer;
/* Replaces the table of officers in one transaction. */
NOI_MUST_CHECK noi_status noi_officers_set(noi_registry *registry, const noi_officer *officers,
                                           size_t n);

#endif
