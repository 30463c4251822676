/* verdict_store.c: how verdicts are given, and how they end; see verdict_store.h. */
#include "registry/verdict_store.h"

#include "registry/unit_lists.h"

#define GROUP_ROWS 32 /* inserted by one statement, a third cheaper a row */

struct noi_verdict_store {
    noi_registry *registry;
    noi_stmt *insert, *insert_group;
    noi_stmt *keep, *remove;                  /* an end by moving */
    noi_stmt *take, *take_move, *take_remove; /* an end in place, and its place cleared */
    noi_unit_lists *lists;
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
        verdict.taken_by = noi_column_int(q, NOI_VERDICT_COLUMNS);
        noi_verdict_list_add(out, &verdict);
    }
}

/* ---- the statements -------------------------------------------------------------------------- */

noi_status noi_verdict_store_open(noi_verdict_store **out, noi_registry *registry) {
    NOI_AUTO(noi_verdict_store_closep) noi_verdict_store *store = noi_alloc_zero(1, sizeof *store);
    store->registry = registry;
    NOI_TRY(noi_prepare(&store->insert, registry, "merge/verdict"));
    NOI_TRY(noi_prepare_rows(&store->insert_group, registry, "merge/verdict", GROUP_ROWS));
    NOI_TRY(noi_prepare(&store->keep, registry, "ledger/past_add"));
    NOI_TRY(noi_prepare(&store->remove, registry, "ledger/verdict_remove"));
    NOI_TRY(noi_prepare(&store->take, registry, "ledger/taken_add"));
    NOI_TRY(noi_prepare(&store->take_move, registry, "ledger/taken_move"));
    NOI_TRY(noi_prepare(&store->take_remove, registry, "ledger/taken_remove"));
    NOI_TRY(noi_unit_lists_open(&store->lists, registry));
    *out = store;
    store = NULL;
    return NOI_OK;
}

void noi_verdict_store_close(noi_verdict_store *store) {
    if (!store)
        return;
    noi_stmt *const statements[] = {store->insert,     store->insert_group, store->keep,
                                    store->remove,     store->take,         store->take_move,
                                    store->take_remove};
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        noi_stmt_close(statements[i]);
    noi_unit_lists_close(store->lists);
    free(store);
}

/* ---- giving ---------------------------------------------------------------------------------- */

noi_status noi_verdict_give(noi_verdict_store *store, noi_verdict_row *rows, size_t n,
                            noi_chain *given) {
    for (size_t i = 0; i < n; i++) {
        rows[i].seal = noi_chain_add(given, &rows[i]);
        NOI_TRY(noi_unit_lists_add(store->lists, &rows[i]));
    }
    size_t at = 0;
    for (; at + GROUP_ROWS <= n; at += GROUP_ROWS) {
        for (int i = 0; i < GROUP_ROWS; i++)
            noi_verdict_bind(store->insert_group, i * NOI_VERDICT_COLUMNS, &rows[at + (size_t)i]);
        NOI_TRY(noi_run(store->insert_group));
    }
    for (; at < n; at++) {
        noi_verdict_bind(store->insert, 0, &rows[at]);
        NOI_TRY(noi_run(store->insert));
    }
    return NOI_OK;
}

noi_status noi_verdict_given(noi_verdict_store *store) {
    return noi_unit_lists_end(store->lists);
}

/* ---- ending ---------------------------------------------------------------------------------- */

static noi_status run_on(noi_stmt *q, int64_t kind, int64_t record_id) {
    noi_bind_int(q, 1, kind);
    noi_bind_int(q, 2, record_id);
    return noi_run(q);
}

noi_status noi_verdict_end(noi_verdict_store *store, const noi_verdict_row *row, int64_t entry,
                           noi_chain *ended) {
    noi_verdict_bind(store->keep, 0, row);
    noi_bind_int(store->keep, NOI_VERDICT_COLUMNS + 1, entry);
    NOI_TRY(noi_run(store->keep));
    NOI_TRY(run_on(store->remove, row->kind, row->record_id));
    noi_chain_add_ended(ended, row);
    return NOI_OK;
}

noi_status noi_verdict_take(noi_verdict_store *store, const noi_verdict_row *row, int64_t entry,
                            noi_chain *ended) {
    noi_bind_int(store->take, 3, entry);
    NOI_TRY(run_on(store->take, row->kind, row->record_id));
    noi_chain_add_ended(ended, row);
    return NOI_OK;
}

noi_status noi_verdict_clear(noi_verdict_store *store, int64_t kind, int64_t record_id) {
    NOI_TRY(run_on(store->take_move, kind, record_id));
    if (noi_changed(store->registry) == 0)
        return NOI_OK;
    NOI_TRY(run_on(store->remove, kind, record_id));
    return run_on(store->take_remove, kind, record_id);
}
