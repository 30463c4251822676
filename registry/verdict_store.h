/*
 * verdict_store.h: giving verdicts, and ending them: nothing is overwritten (docs/decisions/0041).
 *
 * A verdict that ends moves to verdict_row_past, or stays where it lies and is marked
 * (verdict_taken), which is far cheaper where the records of a scope are scattered; its place is
 * cleared when another verdict needs it. Readers see the difference nowhere: they read the views
 * verdict and verdict_past.
 */
#ifndef NOI_REGISTRY_VERDICT_STORE_H
#define NOI_REGISTRY_VERDICT_STORE_H

#include "registry/verdicts.h"

typedef struct noi_verdict_list {
    size_t n, capacity;
    noi_verdict_row *items; /* in the order of kind and record */
    noi_arena *arena;       /* of their texts */
} noi_verdict_list;
void noi_verdict_list_free(noi_verdict_list *list); /* also of one that is zeroed */
void noi_verdict_list_add(noi_verdict_list *list,
                          const noi_verdict_row *row); /* copies the texts */

/* The verdicts of a kind behind the record `after`, up to the record `last`; also those that were
 * taken back where they lie: `taken_by` is not 0 then. */
NOI_MUST_CHECK noi_status noi_verdict_list_between(noi_verdict_list *out, noi_registry *registry,
                                                   int kind, int64_t after, int64_t last);

/* Statements that give and end verdicts, kept for many rows. */
typedef struct noi_verdict_store noi_verdict_store;
NOI_MUST_CHECK noi_status noi_verdict_store_open(noi_verdict_store **out, noi_registry *registry);
void noi_verdict_store_close(noi_verdict_store *store); /* accepts NULL */
NOI_DEFINE_AUTO(noi_verdict_store, noi_verdict_store_close)

/* Gives `n` verdicts of one entry, in the order of kind and record, where none lies: makes their
 * seals (the rows' `seal` is set) and adds them to the chain of what the entry gave. */
NOI_MUST_CHECK noi_status noi_verdict_give(noi_verdict_store *store, noi_verdict_row *rows,
                                           size_t n, noi_chain *given);
/* After the last verdict of an entry, within its transaction. */
NOI_MUST_CHECK noi_status noi_verdict_given(noi_verdict_store *store);

/* Moves the verdict to the past as ended by `entry` and adds it to the chain of what that ended. */
NOI_MUST_CHECK noi_status noi_verdict_end(noi_verdict_store *store, const noi_verdict_row *row,
                                          int64_t entry, noi_chain *ended);
/* The same, but leaves it where it lies, marked. */
NOI_MUST_CHECK noi_status noi_verdict_take(noi_verdict_store *store, const noi_verdict_row *row,
                                           int64_t entry, noi_chain *ended);
/* Moves a verdict that was taken back where it lies out of its place; does nothing where none is.
 */
NOI_MUST_CHECK noi_status noi_verdict_clear(noi_verdict_store *store, int64_t kind,
                                            int64_t record_id);

#endif
