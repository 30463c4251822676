/* rounds.c: see rounds.h. */
#include "cutover/rounds.h"

#include <string.h>

static const char *keep(noi_arena *arena, noi_stmt *q, int at) {
    noi_str text = noi_column_text(q, at);
    return noi_arena_strndup(arena, text.p ? text.p : "", text.n);
}

static noi_status load_rounds(noi_rounds *r, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    size_t capacity = 0;
    NOI_TRY(noi_prepare(&q, registry, "catch_up/rounds"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        NOI_GROW(r->items, capacity, r->n + 1);
        r->items[r->n++] = (noi_round){.file = keep(r->arena, q, 0),
                                       .kind = keep(r->arena, q, 1),
                                       .taken_at = keep(r->arena, q, 2),
                                       .read = noi_column_int(q, 3),
                                       .added = noi_column_int(q, 4),
                                       .changed = noi_column_int(q, 5),
                                       .same = noi_column_int(q, 6),
                                       .older = noi_column_int(q, 7),
                                       .gone = noi_column_int(q, 8),
                                       .rejected = noi_column_int(q, 9),
                                       .first_at = keep(r->arena, q, 10),
                                       .last_at = keep(r->arena, q, 11)};
    }
}

static noi_status load_pending(noi_rounds *r, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    size_t capacity = 0;
    NOI_TRY(noi_prepare(&q, registry, "catch_up/pending"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        NOI_GROW(r->pending, capacity, r->n_pending + 1);
        r->pending[r->n_pending++] = (noi_pending){.kind = (int)noi_column_int(q, 0),
                                                   .changed = noi_column_int(q, 1) == 2,
                                                   .code = keep(r->arena, q, 2),
                                                   .name = keep(r->arena, q, 3),
                                                   .records = noi_column_int(q, 4)};
        r->n_records += noi_column_int(q, 4);
    }
}

noi_status noi_rounds_load(noi_rounds **out, noi_registry *registry) {
    NOI_AUTO(noi_rounds_freep) noi_rounds *r = noi_alloc_zero(1, sizeof *r);
    r->arena = noi_arena_new();
    NOI_TRY(load_rounds(r, registry));
    NOI_TRY(load_pending(r, registry));
    *out = r;
    r = NULL;
    return NOI_OK;
}

void noi_rounds_free(noi_rounds *rounds) {
    if (!rounds)
        return;
    free(rounds->items);
    free(rounds->pending);
    noi_arena_free(rounds->arena);
    free(rounds);
}

size_t noi_round_before(const noi_rounds *rounds, size_t at) {
    for (size_t i = at; i-- > 0;)
        if (strcmp(rounds->items[i].kind, rounds->items[at].kind) == 0)
            return i;
    return SIZE_MAX;
}

int64_t noi_round_delta(const noi_round *round) {
    return round->added + round->changed + round->gone;
}
