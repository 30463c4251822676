/* verdict_store.h: reading the verdicts that stand, and ending them: nothing is overwritten. */
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

/* The verdicts of a kind behind the record `after`, up to the record `last`. */
NOI_MUST_CHECK noi_status noi_verdict_list_between(noi_verdict_list *out, noi_registry *registry,
                                                   int kind, int64_t after, int64_t last);

/* Statements that end verdicts, kept for many rows. */
typedef struct noi_verdict_store noi_verdict_store;
NOI_MUST_CHECK noi_status noi_verdict_store_open(noi_verdict_store **out, noi_registry *registry);
void noi_verdict_store_close(noi_verdict_store *store); /* accepts NULL */
NOI_DEFINE_AUTO(noi_verdict_store, noi_verdict_store_close)

/* Moves the verdict to verdict_past as ended by `entry` and adds it to the chain of what that
 * ended. */
NOI_MUST_CHECK noi_status noi_verdict_end(noi_verdict_store *store, const noi_verdict_row *row,
                                          int64_t entry, noi_chain *ended);

#endif
