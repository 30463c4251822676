/*
 * vertices.c: vertices that become one, and vertices that are put into a neighbour's edge. A
 * vertex is a place, and moves for all units that have it, so that they go on sharing it. Of two
 * places that become one, the one that more units have stays; then that of the lower code.
 */
#include "geo/repair/mender.h"

#include "geo/planar_nodes.h"

#include <math.h>
#include <string.h>

/* A node in an edge of the coverage. */
typedef struct insert {
    uint32_t line, node;
    double along;
} insert;

typedef struct places {
    const mender *m;
    const noi_coverage *c;
    cutter nodes;
    uint32_t *node;        /* of a vertex */
    uint32_t *from, *unit; /* of a node: the units that have it, ascending, each once */
    uint32_t *target;      /* of a node: where it goes; PLANAR_NONE: it stays */
    bool *is_anchor;       /* a node that others come to */
    insert *inserts;
    size_t n_inserts, cap_inserts;
    edges drawn;
    uint32_t *line_of, *record; /* as in planar.h; of a vertex */
    bool drops_equal;           /* vertices in a row at one place become one */
    bool any;
} places;

static void places_free(places *p) {
    cutter_free(&p->nodes);
    edges_free(&p->drawn);
    free(p->node);
    free(p->from);
    free(p->unit);
    free(p->target);
    free(p->is_anchor);
    free(p->inserts);
    free(p->line_of);
    free(p->record);
}

/* ---- who has which place ---- */

static void list_units(places *p) {
    const noi_coverage *c = p->c;
    p->from = noi_alloc_zero((size_t)p->nodes.n_nodes + 2, sizeof *p->from);
    p->unit = noi_alloc(((size_t)c->n_vertices + 1) * sizeof *p->unit);
    NOI_AUTO_FREE uint32_t *last = noi_alloc(((size_t)p->nodes.n_nodes + 1) * sizeof *last);
    for (int pass = 0; pass < 2; pass++) {
        memset(last, 0xFF, p->nodes.n_nodes * sizeof *last);
        uint32_t *at = p->from + 1;
        for (uint32_t i = 0; pass && i < p->nodes.n_nodes; i++)
            at[i + 1] += at[i];
        for (uint32_t u = 0; u < c->n_units; u++) {
            uint32_t first = c->polygon_ring[c->unit_polygon[u]],
                     end = c->polygon_ring[c->unit_polygon[u + 1]];
            for (uint32_t v = c->ring_vertex[first]; v < c->ring_vertex[end]; v++) {
                uint32_t node = p->node[v];
                if (last[node] == u)
                    continue;
                last[node] = u;
                if (pass)
                    p->unit[at[node]++] = u;
                else
                    at[node + 1]++;
            }
        }
    }
}

static void places_make(places *p, const mender *m, const noi_coverage *c) {
    *p = (places){.m = m, .c = c};
    p->node = noi_alloc(((size_t)c->n_vertices + 1) * sizeof *p->node);
    for (size_t v = 0; v < c->n_vertices; v++)
        p->node[v] = cutter_node(&p->nodes, c->xy[2 * v], c->xy[2 * v + 1]);
    list_units(p);
    p->target = noi_alloc(((size_t)p->nodes.n_nodes + 1) * sizeof *p->target);
    memset(p->target, 0xFF, p->nodes.n_nodes * sizeof *p->target);
    p->is_anchor = noi_alloc_zero((size_t)p->nodes.n_nodes + 1, sizeof *p->is_anchor);
}

static const double *place(const places *p, uint32_t node) {
    return p->nodes.xy + 2 * (size_t)node;
}

static double distance_m(const places *p, uint32_t a, uint32_t b) {
    const double *s = place(p, a), *t = place(p, b);
    double mx, my;
    planar_metres(&mx, &my, (s[1] + t[1]) / 2);
    return hypot((t[0] - s[0]) * mx, (t[1] - s[1]) * my);
}

static bool has(const places *p, uint32_t node, uint32_t unit) {
    for (uint32_t i = p->from[node]; i < p->from[node + 1]; i++)
        if (p->unit[i] == unit)
            return true;
    return false;
}

static bool share_a_unit(const places *p, uint32_t a, uint32_t b) {
    for (uint32_t i = p->from[a]; i < p->from[a + 1]; i++)
        if (has(p, b, p->unit[i]))
            return true;
    return false;
}

static bool can_move(const places *p, uint32_t node) {
    if (repair_is_avoided(p->m, place(p, node)))
        return false;
    for (uint32_t i = p->from[node]; i < p->from[node + 1]; i++)
        if (p->m->is_fixed[p->unit[i]])
            return false;
    return p->target[node] == PLANAR_NONE && !p->is_anchor[node];
}

static noi_code lowest_code(const places *p, uint32_t node) {
    noi_code lowest = p->c->unit_code[p->unit[p->from[node]]];
    for (uint32_t i = p->from[node]; i < p->from[node + 1]; i++)
        if (p->c->unit_code[p->unit[i]] < lowest)
            lowest = p->c->unit_code[p->unit[i]];
    return lowest;
}

/* Whether a stays rather than b. */
static bool stays(const places *p, uint32_t a, uint32_t b) {
    uint32_t n = p->from[a + 1] - p->from[a], k = p->from[b + 1] - p->from[b];
    if (n != k)
        return n > k;
    noi_code x = lowest_code(p, a), y = lowest_code(p, b);
    return x != y ? x < y : a < b;
}

static void merge(places *p, uint32_t a, uint32_t b) {
    if (p->target[a] != PLANAR_NONE || p->target[b] != PLANAR_NONE)
        return;
    uint32_t stay = stays(p, a, b) ? a : b, go = stay == a ? b : a;
    if (!can_move(p, go)) {
        uint32_t swap = stay;
        stay = go;
        go = swap;
    }
    if (!can_move(p, go))
        return;
    p->target[go] = stay;
    p->is_anchor[stay] = true;
    p->any = true;
}

/* ---- the coverage as changed ---- */

static int by_line_and_place(const void *p, const void *q) {
    const insert *a = p, *b = q;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->along != b->along)
        return a->along < b->along ? -1 : 1;
    return (a->node > b->node) - (a->node < b->node);
}

static size_t first_insert(const places *p, uint32_t line) {
    size_t low = 0, high = p->n_inserts;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->inserts[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

typedef struct points {
    double *xy;
    size_t n, capacity;
} points;

/* `moved` or not, a vertex where the one before is stands for both when it came there only now. */
static void add_point(points *out, const double *xy, bool drop_equal) {
    const double *last = out->n ? out->xy + 2 * (out->n - 1) : NULL;
    if (drop_equal && last && last[0] == xy[0] && last[1] == xy[1])
        return;
    NOI_GROW(out->xy, out->capacity, 2 * (out->n + 1));
    memcpy(out->xy + 2 * out->n++, xy, 2 * sizeof *xy);
}

static void add_inserts(points *out, const places *p, uint32_t vertex) {
    if (!p->n_inserts || p->record[vertex] == EDGE_NONE)
        return;
    const edge *e = &p->drawn.edge[p->record[vertex]];
    uint32_t line = p->line_of[p->record[vertex]];
    size_t from = first_insert(p, line), to = from;
    while (to < p->n_inserts && p->inserts[to].line == line)
        to++;
    for (size_t i = from; i < to; i++)
        add_point(out, place(p, p->inserts[e->turned ? to - 1 - (i - from) : i].node), true);
}

static bool is_moved(const places *p, uint32_t vertex) {
    return p->target[p->node[vertex]] != PLANAR_NONE;
}

static void change_ring(points *out, const places *p, uint32_t ring) {
    uint32_t from = p->c->ring_vertex[ring], to = p->c->ring_vertex[ring + 1];
    bool before = false, touched = false;
    out->n = 0;
    for (uint32_t v = from; v < to; v++) {
        bool moved = is_moved(p, v);
        const double *at = moved ? place(p, p->target[p->node[v]]) : p->c->xy + 2 * (size_t)v;
        add_point(out, at, p->drops_equal || moved || before);
        add_inserts(out, p, v);
        touched = touched || moved;
        before = moved;
    }
    while (out->n > 1 && (touched || p->drops_equal) && out->xy[0] == out->xy[2 * out->n - 2] &&
           out->xy[1] == out->xy[2 * out->n - 1])
        out->n--;
}

static noi_coverage *change(places *p) {
    if (!p->any)
        return NULL;
    if (p->n_inserts)
        qsort(p->inserts, p->n_inserts, sizeof *p->inserts, by_line_and_place);
    noi_coverage *out = noi_coverage_new();
    points one = {0};
    for (uint32_t u = 0; u < p->c->n_units; u++) {
        noi_coverage_add_unit(out, p->c->unit_code[u]);
        for (uint32_t g = p->c->unit_polygon[u]; g < p->c->unit_polygon[u + 1]; g++) {
            noi_coverage_add_polygon(out);
            for (uint32_t r = p->c->polygon_ring[g]; r < p->c->polygon_ring[g + 1]; r++) {
                change_ring(&one, p, r);
                repair_add_ring(out, one.xy, one.n);
            }
        }
    }
    free(one.xy);
    return out;
}

/* ---- vertices in a row ---- */

static void look_at_ring(places *p, uint32_t unit, uint32_t ring, bool near) {
    uint32_t from = p->c->ring_vertex[ring], n = p->c->ring_vertex[ring + 1] - from;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t a = p->node[from + i], b = p->node[from + (i + 1) % n];
        if (a == b)
            p->any = p->any || (!near && n > 1 && !p->m->is_fixed[unit]);
        else if (near && distance_m(p, a, b) < p->m->options.check.near_vertex_m)
            merge(p, a, b);
    }
}

static noi_coverage *join_rows(const mender *m, const noi_coverage *c, bool near) {
    NOI_AUTO(places_free) places p;
    places_make(&p, m, c);
    p.drops_equal = !near;
    for (uint32_t u = 0; u < c->n_units; u++)
        for (uint32_t r = c->polygon_ring[c->unit_polygon[u]];
             r < c->polygon_ring[c->unit_polygon[u + 1]]; r++)
            look_at_ring(&p, u, r, near);
    return change(&p);
}

noi_coverage *repair_duplicates(const mender *m, const noi_coverage *coverage) {
    return join_rows(m, coverage, false);
}

noi_coverage *repair_near(const mender *m, const noi_coverage *coverage) {
    return join_rows(m, coverage, true);
}

/* ---- borders drawn differently ---- */

static void find_edges(places *p) {
    edges_make(&p->drawn, p->c);
    p->line_of = noi_alloc((p->drawn.n + 1) * sizeof *p->line_of);
    p->record = noi_alloc(((size_t)p->c->n_vertices + 1) * sizeof *p->record);
    memset(p->record, 0xFF, p->c->n_vertices * sizeof *p->record);
    for (uint32_t i = 0; i < p->drawn.n; i++)
        p->record[p->drawn.edge[i].vertex] = i;
    for (uint32_t h = 0; h < p->drawn.n_heads; h++)
        for (uint32_t i = p->drawn.head[h]; i != EDGE_NONE; i = p->drawn.edge[i].next)
            p->line_of[i] = h;
}

static uint32_t read_u32(const char *at) {
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

/* The places of a mismatch: its shape is a multipoint, little-endian as this machine is. */
static void take_places(uint32_t *list, size_t *n, const places *p, const noi_defect *d) {
    const size_t head = 9, each = 21;
    if (d->wkb.n < head || d->wkb.p[0] != 1 || read_u32(d->wkb.p + 1) != 4)
        return;
    for (const char *at = d->wkb.p + head; at + each <= d->wkb.p + d->wkb.n; at += each) {
        double xy[2];
        memcpy(xy, at + 5, sizeof xy);
        uint32_t node = cutter_find(&p->nodes, xy[0], xy[1]);
        if (node != PLANAR_NONE)
            list[(*n)++] = node;
    }
}

static bool line_lacks(const places *p, uint32_t line, uint32_t node) {
    for (uint32_t i = p->drawn.head[line]; i != EDGE_NONE; i = p->drawn.edge[i].next)
        if (!has(p, node, p->drawn.edge[i].unit))
            return true;
    return false;
}

static bool line_is_fixed(const places *p, uint32_t line) {
    for (uint32_t i = p->drawn.head[line]; i != EDGE_NONE; i = p->drawn.edge[i].next)
        if (p->m->is_fixed[p->drawn.edge[i].unit])
            return true;
    return false;
}

/* Holds a place against an edge that may pass near it. */
static void draw_together(places *p, uint32_t line, uint32_t node) {
    const edge *e = &p->drawn.edge[p->drawn.head[line]];
    const double *v = place(p, node), reach = p->m->options.check.mismatch_m;
    uint32_t end[2] = {cutter_find(&p->nodes, e->ax, e->ay), cutter_find(&p->nodes, e->bx, e->by)};
    if (end[0] == node || end[1] == node || p->target[node] != PLANAR_NONE ||
        !line_lacks(p, line, node))
        return;
    for (int i = 0; i < 2; i++)
        if (distance_m(p, node, end[i]) <= reach && !share_a_unit(p, node, end[i])) {
            merge(p, node, end[i]);
            return;
        }
    double mx, my;
    planar_metres(&mx, &my, v[1]);
    double dx = (e->bx - e->ax) * mx, dy = (e->by - e->ay) * my;
    double x = (v[0] - e->ax) * mx, y = (v[1] - e->ay) * my;
    double length2 = dx * dx + dy * dy, along = (x * dx + y * dy) / length2;
    if (along <= 0 || along >= 1 || fabs(x * dy - y * dx) > reach * sqrt(length2) ||
        line_is_fixed(p, line) || repair_is_avoided(p->m, v))
        return;
    NOI_GROW(p->inserts, p->cap_inserts, p->n_inserts + 1);
    p->inserts[p->n_inserts++] = (insert){line, node, along};
    p->is_anchor[node] = true;
    p->any = true;
}

static int by_height(const void *p, const void *q, void *context) {
    const double *xy = context;
    uint32_t a = *(const uint32_t *)p, b = *(const uint32_t *)q;
    double s = xy[2 * (size_t)a + 1], t = xy[2 * (size_t)b + 1];
    if (s != t)
        return s < t ? -1 : 1;
    return (a > b) - (a < b);
}

static void draw_along(places *p, uint32_t line, const uint32_t *list, size_t n) {
    const edge *e = &p->drawn.edge[p->drawn.head[line]];
    double my, mx;
    planar_metres(&mx, &my, e->ay);
    double reach = p->m->options.check.mismatch_m / my * 1.01;
    double reach_x = p->m->options.check.mismatch_m / mx * 1.01;
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (place(p, list[middle])[1] < e->ay - reach)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < n && place(p, list[i])[1] <= e->by + reach; i++) {
        double x = place(p, list[i])[0];
        if (x >= fmin(e->ax, e->bx) - reach_x && x <= fmax(e->ax, e->bx) + reach_x)
            draw_together(p, line, list[i]);
    }
}

noi_coverage *repair_mismatches(const mender *m, const noi_coverage *coverage,
                                const noi_defects *defects) {
    NOI_AUTO(places_free) places p;
    places_make(&p, m, coverage);
    size_t n = 0, most = 1;
    for (size_t i = 0; i < defects->n; i++)
        if (defects->items[i].kind == NOI_DEFECT_EDGE_MISMATCH)
            most += defects->items[i].wkb.n / 21;
    NOI_AUTO_FREE uint32_t *list = noi_alloc(most * sizeof *list);
    for (size_t i = 0; i < defects->n; i++)
        if (defects->items[i].kind == NOI_DEFECT_EDGE_MISMATCH)
            take_places(list, &n, &p, &defects->items[i]);
    if (!n)
        return NULL;
    qsort_r(list, n, sizeof *list, by_height, p.nodes.xy);
    find_edges(&p);
    for (uint32_t line = 0; line < p.drawn.n_heads; line++)
        draw_along(&p, line, list, n);
    return change(&p);
}
