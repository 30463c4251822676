/* vintage.c: units and edges in the numbering of a plan; see vintage.h. */
#include "merge/vintage.h"

#include <string.h>

static bool same_origin(const noi_edge_row *a, const noi_edge_row *b) {
    return a->effective_on == b->effective_on && a->old_unit == b->old_unit;
}

static bool is_law(const noi_edge_row *edge) {
    return strcmp(edge->basis, "law") == 0;
}

/* Keeps, in each run of edges that leave one old unit on one day, the law's if there are any. The
 * list is ordered by day and by the old unit's code, so such edges stand together. */
static void keep_one_basis(noi_edge_list *edges) {
    size_t kept = 0;
    for (size_t from = 0, to; from < edges->n; from = to) {
        bool law = false;
        for (to = from; to < edges->n && same_origin(&edges->items[from], &edges->items[to]); to++)
            law |= is_law(&edges->items[to]);
        for (size_t i = from; i < to; i++)
            if (!law || is_law(&edges->items[i]))
                edges->items[kept++] = edges->items[i];
    }
    edges->n = kept;
}

noi_status noi_vintage_load(noi_vintage **out, noi_registry *registry) {
    NOI_AUTO(noi_vintage_freep) noi_vintage *v = noi_alloc_zero(1, sizeof *v);
    NOI_TRY(noi_unit_list_load(&v->units, registry, NOI_DAY_NONE));
    NOI_TRY(noi_edge_list_load(&v->edges, registry));
    keep_one_basis(v->edges);
    *out = v;
    v = NULL;
    return NOI_OK;
}

void noi_vintage_free(noi_vintage *vintage) {
    if (!vintage)
        return;
    noi_unit_list_free(vintage->units);
    noi_edge_list_free(vintage->edges);
    free(vintage);
}

uint32_t noi_vintage_unit(const noi_vintage *vintage, int64_t id) {
    size_t low = 0, high = vintage->units->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (vintage->units->items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < vintage->units->n && vintage->units->items[low].id == id;
    return found ? (uint32_t)low : UINT32_MAX;
}
