/* edges.c: edges of a coverage and which of them are one and the same; see edges.h. */
#include "geo/edges.h"

#include <math.h>
#include <string.h>

/* Adding 0 turns -0 into 0, so that equal numbers have equal bytes. */
static void take_edge(edges *out, const noi_coverage *c, uint32_t unit, size_t from, size_t to) {
    const double *p = c->xy + 2 * from, *q = c->xy + 2 * to;
    bool turn = q[1] < p[1] || (q[1] == p[1] && q[0] < p[0]);
    const double *low = turn ? q : p, *high = turn ? p : q;
    if (low[0] == high[0] && low[1] == high[1])
        return;
    NOI_GROW(out->edge, out->capacity, out->n + 1);
    out->edge[out->n++] = (edge){low[0] + 0.0, low[1] + 0.0,     high[0] + 0.0, high[1] + 0.0, unit,
                                 EDGE_NONE,    (uint32_t)from, turn};
}

static void take_ring(edges *out, const noi_coverage *c, uint32_t unit, uint32_t ring) {
    size_t from = c->ring_vertex[ring], to = c->ring_vertex[ring + 1];
    for (size_t v = from; v < to; v++)
        take_edge(out, c, unit, v, v + 1 < to ? v + 1 : from);
}

static size_t hash_edge(const edge *e) {
    const double end[4] = {e->ax, e->ay, e->bx, e->by};
    uint64_t word[4], h = 0x9E3779B97F4A7C15u;
    memcpy(word, end, sizeof word);
    for (int i = 0; i < 4; i++) {
        h = (h ^ word[i]) * 0xBF58476D1CE4E5B9u;
        h ^= h >> 29;
    }
    return (size_t)h;
}

static bool same_place(const edge *a, const edge *b) {
    return a->ax == b->ax && a->ay == b->ay && a->bx == b->bx && a->by == b->by;
}

static void join(edges *out) {
    size_t size = 64;
    while (size < 2 * out->n)
        size *= 2;
    NOI_AUTO_FREE uint32_t *slot = noi_alloc(size * sizeof *slot);
    memset(slot, 0xFF, size * sizeof *slot);
    out->head = noi_alloc(out->n * sizeof *out->head);
    for (uint32_t i = 0; i < out->n; i++) {
        edge *e = &out->edge[i];
        size_t at = hash_edge(e) & (size - 1);
        while (slot[at] != EDGE_NONE && !same_place(&out->edge[slot[at]], e))
            at = (at + 1) & (size - 1);
        if (slot[at] == EDGE_NONE) {
            slot[at] = i;
            out->head[out->n_heads++] = i;
            out->total_length += hypot(e->bx - e->ax, e->by - e->ay);
            continue;
        }
        e->next = out->edge[slot[at]].next;
        out->edge[slot[at]].next = i;
    }
}

void edges_make(edges *out, const noi_coverage *c) {
    for (uint32_t u = 0; u < c->n_units; u++)
        for (uint32_t p = c->unit_polygon[u]; p < c->unit_polygon[u + 1]; p++)
            for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++)
                take_ring(out, c, u, r);
    join(out);
}

void edges_free(edges *e) {
    free(e->edge);
    free(e->head);
}
