/* layer.c: boundary layers out of the registry; see store.h. */
#include "registry/store.h"

#include "base/i18n.h"

#include <math.h>
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

/* ---- whole layers ---- */

static char *column_copy(noi_stmt *q, int at) {
    noi_str text = noi_column_text(q, at);
    return text.n ? noi_strndup(text.p, text.n) : noi_strdup("");
}

static const char *keep_text(noi_arena *arena, noi_stmt *q, int at) {
    noi_str text = noi_column_text(q, at);
    return text.n ? noi_arena_strndup(arena, text.p, text.n) : "";
}

static noi_status read_origin(noi_layer *layer, noi_registry *registry, int64_t layer_id) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "registry/layer_origin"));
    noi_bind_int(q, 1, layer_id);
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    if (!row)
        return noi_fail(NOI_ERR_INPUT, _("the registry has no layer %lld"), (long long)layer_id);
    layer->name = column_copy(q, 0);
    layer->crs = column_copy(q, 1);
    layer->transform = column_copy(q, 2);
    layer->accuracy_m = noi_column_real(q, 3);
    return NOI_OK;
}

static noi_status read_feature(noi_layer *layer, noi_layer_feature *feature, noi_stmt *q) {
    noi_str wkb = noi_column_blob(q, 5);
    *feature = (noi_layer_feature){
        .line = noi_column_int(q, 1),
        .code = keep_text(layer->arena, q, 2),
        .name = keep_text(layer->arena, q, 3),
        .kind = keep_text(layer->arena, q, 4),
        .area_km2 = NAN,
        .population = -1,
        .has_shape = wkb.n > 0,
    };
    if (wkb.n)
        return noi_coverage_add_wkb(layer->coverage, column_code(q, 2), wkb.p, wkb.n);
    noi_coverage_add_unit(layer->coverage, column_code(q, 2));
    return NOI_OK;
}

noi_status noi_layer_load_whole(noi_layer **out, int64_t **unit_ids, noi_registry *registry,
                                int64_t layer_id) {
    NOI_AUTO(noi_layer_freep) noi_layer *layer = noi_layer_new();
    NOI_TRY(read_origin(layer, registry, layer_id));
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "registry/layer_features"));
    noi_bind_int(q, 1, layer_id);
    NOI_AUTO_FREE int64_t *ids = noi_alloc(1);
    size_t capacity = 0, id_capacity = 0;
    for (size_t n = 0;; n++) {
        bool row = false;
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        NOI_GROW(layer->features, capacity, n + 1);
        NOI_GROW(ids, id_capacity, n + 1);
        ids[n] = noi_column_int(q, 0);
        NOI_TRY(read_feature(layer, &layer->features[n], q));
    }
    *out = layer;
    layer = NULL;
    if (unit_ids) {
        *unit_ids = ids;
        ids = NULL;
    }
    return NOI_OK;
}
