/* layer.c: boundary layers out of the registry; see store.h. */
#include "registry/store.h"

#include <stdio.h>

static noi_code column_code(noi_stmt *q, int at) {
    noi_str text = noi_column_text(q, at);
    return text.n ? noi_code_parse(text.p, text.n) : 0;
}

noi_status noi_layer_find(noi_layer_row *out, bool *found, noi_registry *registry, noi_day on) {
    static _Thread_local char name[256]; /* lent until the next call */
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "registry/layer_find"));
    noi_bind_day(q, 1, on);
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    *found = row;
    if (!row)
        return NOI_OK;
    snprintf(name, sizeof name, "%.*s", NOI_STR_ARG(noi_column_text(q, 1)));
    *out = (noi_layer_row){.id = noi_column_int(q, 0),
                           .name = name,
                           .as_of = noi_column_day(q, 2),
                           .synthetic = noi_column_int(q, 3) != 0};
    return NOI_OK;
}

noi_status noi_layer_load(noi_coverage **coverage, int64_t **unit_ids, noi_registry *registry,
                          int64_t layer_id) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "registry/layer_shapes"));
    noi_bind_int(q, 1, layer_id);
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    NOI_AUTO_FREE int64_t *ids = noi_alloc(1);
    size_t n = 0, capacity = 0;
    for (;;) {
        bool row = false;
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        noi_str wkb = noi_column_blob(q, 2);
        NOI_TRY(noi_coverage_add_wkb(c, column_code(q, 1), wkb.p, wkb.n));
        NOI_GROW(ids, capacity, n + 1);
        ids[n++] = noi_column_int(q, 0);
    }
    *coverage = c;
    *unit_ids = ids;
    c = NULL;
    ids = NULL;
    return NOI_OK;
}
