/* verdict_store.c: verdicts that stand, and how they end; see verdict_store.h. */
#include "registry/verdict_store.h"

struct noi_verdict_store {
    noi_stmt *keep, *remove;
};

void noi_verdict_list_free(noi_verdict_list *list) {
    free(list->items);
    noi_arena_free(list->arena);
    *list = (noi_verdict_list){0};
}

static void own(noi_str *text, noi_arena *arena) {
    if (text->p)
        text->p = noi_arena_strndup(arena, text->p, text->n);
}

void noi_verdict_list_add(noi_verdict_list *list, const noi_verdict_row *row) {
    if (!list->arena)
        list->arena = noi_arena_new();
    NOI_GROW(list->items, list->capacity, list->n + 1);
    noi_verdict_row *copy = &list->items[list->n++];
    *copy = *row;
    own(&copy->candidates, list->arena);
    own(&copy->queue, list->arena);
    own(&copy->probabilities, list->arena);
}

noi_status noi_verdict_list_between(noi_verdict_list *out, noi_registry *registry, int kind,
                                    int64_t after, int64_t last) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "ledger/verdicts_between"));
    noi_bind_int(q, 1, kind);
    noi_bind_int(q, 2, after);
    noi_bind_int(q, 3, last);
    for (bool row = true;;) {
        noi_verdict_row verdict;
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        noi_verdict_read(&verdict, q);
        noi_verdict_list_add(out, &verdict);
    }
}

noi_status noi_verdict_store_open(noi_verdict_store **out, noi_registry *registry) {
    NOI_AUTO(noi_verdict_store_closep) noi_verdict_store *store = noi_alloc_zero(1, sizeof *store);
    NOI_TRY(noi_prepare(&store->keep, registry, "ledger/past_add"));
    NOI_TRY(noi_prepare(&store->remove, registry, "ledger/verdict_remove"));
    *out = store;
    store = NULL;
    return NOI_OK;
}

void noi_verdict_store_close(noi_verdict_store *store) {
    if (!store)
        return;
    noi_stmt_close(store->keep);
    noi_stmt_close(store->remove);
    free(store);
}

noi_status noi_verdict_end(noi_verdict_store *store, const noi_verdict_row *row, int64_t entry,
                           noi_chain *ended) {
    noi_verdict_bind(store->keep, 0, row);
    noi_bind_int(store->keep, NOI_VERDICT_COLUMNS + 1, entry);
    NOI_TRY(noi_run(store->keep));
    noi_bind_int(store->remove, 1, row->kind);
    noi_bind_int(store->remove, 2, row->record_id);
    NOI_TRY(noi_run(store->remove));
    noi_chain_add_ended(ended, row);
    return NOI_OK;
}
