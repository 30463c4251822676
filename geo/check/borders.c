/*
 * borders.c: the edges of a coverage for checking it; see borders.h.
 *
 * Equal edges are found by a hash table of first edges, which is asked seldom: borders are shared
 * in long stretches that the neighbours run along in opposite directions, so where the last edge of
 * a ring was found, the next one is expected one step further back, and one look tells.
 */
#include "geo/check/borders.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* ---- edges ---- */

uint32_t borders_ring(const borders *b, uint32_t *hint, uint32_t edge) {
    const uint32_t *start = b->coverage->ring_vertex;
    if (edge >= start[*hint] && edge < start[*hint + 1])
        return *hint;
    uint32_t low = 0, high = b->coverage->n_rings;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        *(start[middle] <= edge ? &low : &high) = middle;
    }
    return *hint = low;
}

static uint32_t next_vertex(const borders *b, uint32_t edge) {
    uint32_t hint = 0;
    if (b->flags[edge] & EDGE_ENDS_RING)
        return b->coverage->ring_vertex[borders_ring(b, &hint, edge)];
    return edge + 1;
}

void borders_ends(double out[4], const borders *b, uint32_t edge) {
    memcpy(out, b->coverage->xy + 2 * (size_t)edge, 2 * sizeof *out);
    memcpy(out + 2, b->coverage->xy + 2 * (size_t)next_vertex(b, edge), 2 * sizeof *out);
}

/* Twice the signed area, from the first vertex so that large coordinates cost no digits. */
static double signed_area(const noi_coverage *c, uint32_t ring) {
    size_t from = c->ring_vertex[ring], to = c->ring_vertex[ring + 1];
    double sum = 0;
    const double *o = c->xy + 2 * from;
    for (size_t v = from + 1; v + 1 < to; v++) {
        const double *p = c->xy + 2 * v;
        sum += (p[0] - o[0]) * (p[3] - o[1]) - (p[2] - o[0]) * (p[1] - o[1]);
    }
    return sum;
}

static void find_flags(borders *b) {
    const noi_coverage *c = b->coverage;
    for (uint32_t p = 0; p < c->n_polygons; p++)
        for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++) {
            bool is_hole = r != c->polygon_ring[p], left = (signed_area(c, r) > 0) != is_hole;
            uint32_t from = c->ring_vertex[r], to = c->ring_vertex[r + 1];
            if (from == to)
                continue;
            memset(b->flags + from,
                   (left ? EDGE_UNIT_ON_LEFT : 0) | (is_hole ? 0 : EDGE_OF_OUTER_RING), to - from);
            b->flags[to - 1] |= EDGE_ENDS_RING;
        }
}

static void find_ring_units(borders *b) {
    const noi_coverage *c = b->coverage;
    for (uint32_t u = 0; u < c->n_units; u++)
        for (uint32_t r = c->polygon_ring[c->unit_polygon[u]];
             r < c->polygon_ring[c->unit_polygon[u + 1]]; r++)
            b->ring_unit[r] = u;
}

/* ---- equal edges ---- */

/* Adding 0 turns -0 into 0, so that equal numbers have equal bytes. */
static size_t hash_edge(const double *p, const double *q) {
    bool turn = q[1] < p[1] || (q[1] == p[1] && q[0] < p[0]);
    const double *low = turn ? q : p, *high = turn ? p : q;
    const double end[4] = {low[0] + 0.0, low[1] + 0.0, high[0] + 0.0, high[1] + 0.0};
    uint64_t word[4], h = 0x9E3779B97F4A7C15u;
    memcpy(word, end, sizeof word);
    for (int i = 0; i < 4; i++) {
        h = (h ^ word[i]) * 0xBF58476D1CE4E5B9u;
        h ^= h >> 29;
    }
    return (size_t)h;
}

static bool same_point(const double *p, const double *q) {
    return p[0] == q[0] && p[1] == q[1];
}

typedef struct join {
    borders *b;
    uint32_t *slot;
    size_t mask;
    uint32_t last; /* where the edge before was found; EDGE_NONE when it was new */
} join;

/* The edges beside the last one found that the rings would run along next. Those at the end of a
 * ring are left to the table. */
static bool guess(join *j, uint32_t *found, const double *p, const double *q) {
    if (j->last == EDGE_NONE)
        return false;
    const double *xy = j->b->coverage->xy;
    uint32_t back = j->last - 1, on = j->last + 1;
    if (j->last > 0 && !(j->b->flags[back] & EDGE_ENDS_RING)) {
        const double *s = xy + 2 * (size_t)back;
        if (same_point(s, q) && same_point(s + 2, p)) {
            *found = back;
            return true;
        }
    }
    if (!(j->b->flags[j->last] & EDGE_ENDS_RING) && !(j->b->flags[on] & EDGE_ENDS_RING)) {
        const double *s = xy + 2 * (size_t)on;
        if (j->b->first[on] != EDGE_NONE && same_point(s, p) && same_point(s + 2, q)) {
            *found = on;
            return true;
        }
    }
    return false;
}

static uint32_t look_up(join *j, uint32_t edge, const double *p, const double *q) {
    size_t at = hash_edge(p, q) & j->mask;
    for (; j->slot[at] != EDGE_NONE; at = (at + 1) & j->mask) {
        double other[4];
        borders_ends(other, j->b, j->slot[at]);
        if ((same_point(other, p) && same_point(other + 2, q)) ||
            (same_point(other, q) && same_point(other + 2, p)))
            return j->slot[at];
    }
    return j->slot[at] = edge;
}

static void join_edge(join *j, uint32_t edge, uint32_t next) {
    const double *xy = j->b->coverage->xy, *p = xy + 2 * (size_t)edge, *q = xy + 2 * (size_t)next;
    if (same_point(p, q))
        return;
    uint32_t found;
    if (!guess(j, &found, p, q))
        found = look_up(j, edge, p, q);
    j->last = found == edge ? EDGE_NONE : found;
    j->b->first[edge] = found == edge ? edge : j->b->first[found];
}

static void join_edges(borders *b) {
    const noi_coverage *c = b->coverage;
    size_t size = 64;
    while (size < (size_t)c->n_vertices + c->n_vertices / 4)
        size *= 2;
    NOI_AUTO_FREE uint32_t *slot = noi_alloc(size * sizeof *slot);
    memset(slot, 0xFF, size * sizeof *slot);
    memset(b->first, 0xFF, c->n_vertices * sizeof *b->first);
    join j = {.b = b, .slot = slot, .mask = size - 1};
    for (uint32_t r = 0; r < c->n_rings; r++) {
        j.last = EDGE_NONE;
        for (uint32_t from = c->ring_vertex[r], v = from, to = c->ring_vertex[r + 1]; v < to; v++)
            join_edge(&j, v, v + 1 < to ? v + 1 : from);
    }
}

/* ---- the tree ---- */

static void widen(double box[4], double x, double y) {
    box[0] = x < box[0] ? x : box[0];
    box[1] = y < box[1] ? y : box[1];
    box[2] = x > box[2] ? x : box[2];
    box[3] = y > box[3] ? y : box[3];
}

static void start_box(double box[4]) {
    box[0] = box[1] = DBL_MAX;
    box[2] = box[3] = -DBL_MAX;
}

bool boxes_meet(const double a[4], const double b[4]) {
    return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static void tree_make(edge_tree *t, const borders *b, const uint32_t *edge, size_t n) {
    t->edge = edge;
    t->n = n;
    t->n_boxes[0] = (n + EDGE_GROUP - 1) / EDGE_GROUP;
    t->box[0] = noi_alloc(4 * t->n_boxes[0] * sizeof(double));
    for (size_t i = 0; i < t->n_boxes[0]; i++) {
        double *box = t->box[0] + 4 * i;
        start_box(box);
        for (size_t k = i * EDGE_GROUP, to = least(k + EDGE_GROUP, n); k < to; k++) {
            double end[4];
            borders_ends(end, b, edge ? edge[k] : (uint32_t)k);
            widen(box, end[0], end[1]);
            widen(box, end[2], end[3]);
        }
    }
    for (t->n_levels = 1; t->n_boxes[t->n_levels - 1] > EDGE_GROUP; t->n_levels++) {
        int l = t->n_levels;
        t->n_boxes[l] = (t->n_boxes[l - 1] + EDGE_GROUP - 1) / EDGE_GROUP;
        t->box[l] = noi_alloc(4 * t->n_boxes[l] * sizeof(double));
        for (size_t i = 0; i < t->n_boxes[l]; i++) {
            start_box(t->box[l] + 4 * i);
            for (size_t k = i * EDGE_GROUP, to = least(k + EDGE_GROUP, t->n_boxes[l - 1]); k < to;
                 k++) {
                const double *below = t->box[l - 1] + 4 * k;
                widen(t->box[l] + 4 * i, below[0], below[1]);
                widen(t->box[l] + 4 * i, below[2], below[3]);
            }
        }
    }
}

static void tree_free(edge_tree *t) {
    for (int l = 0; l < t->n_levels; l++)
        free(t->box[l]);
}

typedef struct query {
    const borders *b;
    const edge_tree *tree;
    const double *box;
    borders_visit *visit;
    void *context;
} query;

static void search_edges(const query *q, size_t from, size_t to) {
    for (size_t k = from; k < to; k++) {
        uint32_t edge = q->tree->edge ? q->tree->edge[k] : (uint32_t)k;
        double end[4], box[4];
        borders_ends(end, q->b, edge);
        start_box(box);
        widen(box, end[0], end[1]);
        widen(box, end[2], end[3]);
        if (boxes_meet(box, q->box))
            q->visit(q->context, edge, end);
    }
}

static void search_level(const query *q, int level, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        if (!boxes_meet(q->tree->box[level] + 4 * i, q->box))
            continue;
        if (level == 0)
            search_edges(q, i * EDGE_GROUP, least((i + 1) * EDGE_GROUP, q->tree->n));
        else
            search_level(q, level - 1, i * EDGE_GROUP,
                         least((i + 1) * EDGE_GROUP, q->tree->n_boxes[level - 1]));
    }
}

void borders_search(const borders *b, const edge_tree *tree, const double box[4],
                    borders_visit *visit, void *context) {
    const query q = {b, tree, box, visit, context};
    search_level(&q, tree->n_levels - 1, 0, tree->n_boxes[tree->n_levels - 1]);
}

static void count_level(size_t *n, const edge_tree *t, const double box[4], int level, size_t from,
                        size_t to, size_t most) {
    for (size_t i = from; i < to && *n < most; i++) {
        if (!boxes_meet(t->box[level] + 4 * i, box))
            continue;
        if (level == 0)
            ++*n;
        else
            count_level(n, t, box, level - 1, i * EDGE_GROUP,
                        least((i + 1) * EDGE_GROUP, t->n_boxes[level - 1]), most);
    }
}

size_t borders_cost(const edge_tree *tree, const double box[4], size_t most) {
    size_t n = 0;
    int top = tree->n_levels - 1;
    count_level(&n, tree, box, top, 0, tree->n_boxes[top], most);
    return n;
}

/* ---- stretches ---- */

static void read_edge(near_edge *out, const borders *b, uint32_t edge) {
    out->edge = edge;
    borders_ends(out->end, b, edge);
    start_box(out->box);
    widen(out->box, out->end[0], out->end[1]);
    widen(out->box, out->end[2], out->end[3]);
}

static void take_near_edge(void *context, uint32_t edge, const double end[4]) {
    stretch *s = context;
    (void)end;
    NOI_GROW(s->near, s->capacity, s->n_near + 1);
    s->near[s->n_near++].edge = edge;
}

bool borders_next_stretch(stretch *s, const borders *b, double reach_m) {
    s->from = s->to;
    if (s->from == b->n_unbalanced)
        return false;
    double box[4], mx, my;
    start_box(box);
    do {
        near_edge *own = &s->own[s->to - s->from];
        read_edge(own, b, b->unbalanced[s->to++]);
        widen(box, own->box[0], own->box[1]);
        widen(box, own->box[2], own->box[3]);
    } while (s->to < b->n_unbalanced && s->to - s->from < EDGE_GROUP &&
             b->unbalanced[s->to] == b->unbalanced[s->to - 1] + 1 &&
             !(b->flags[b->unbalanced[s->to - 1]] & EDGE_ENDS_RING));
    metres_a_degree(&mx, &my, fmax(fabs(box[1]), fabs(box[3])));
    const double wide[4] = {box[0] - reach_m / mx, box[1] - reach_m / my, box[2] + reach_m / mx,
                            box[3] + reach_m / my};
    s->n_near = 0;
    borders_search(b, &b->open, wide, take_near_edge, s);
    for (size_t i = 0; i < s->n_near; i++)
        read_edge(&s->near[i], b, s->near[i].edge);
    return true;
}

void stretch_free(stretch *s) {
    free(s->near);
}

/* ---- all of it ---- */

void borders_make(borders *out, const noi_coverage *c) {
    out->coverage = c;
    out->ring_unit = noi_alloc(c->n_rings * sizeof *out->ring_unit);
    out->flags = noi_alloc_zero(c->n_vertices, 1);
    out->first = noi_alloc(c->n_vertices * sizeof *out->first);
    find_ring_units(out);
    find_flags(out);
    join_edges(out);
    tree_make(&out->all, out, NULL, c->n_vertices);
}

/* How many more units an edge's place has on the left than on the right, seen from its first edge.
 * MANY once it cannot be told. */
#define MANY INT16_MAX

static void add_side(int16_t *sum, const borders *b, uint32_t edge, bool is_valid) {
    uint32_t first = b->first[edge];
    double own[4], other[4];
    borders_ends(own, b, edge);
    borders_ends(other, b, first);
    bool left = (b->flags[edge] & EDGE_UNIT_ON_LEFT) != 0;
    if (!same_point(own, other))
        left = !left;
    if (!is_valid || sum[first] == MANY || abs(sum[first]) > MANY - 2)
        sum[first] = MANY;
    else
        sum[first] = (int16_t)(sum[first] + (left ? 1 : -1));
}

void borders_find_unbalanced(borders *b, const bool *is_valid) {
    const noi_coverage *c = b->coverage;
    NOI_AUTO_FREE int16_t *sum = noi_alloc_zero(c->n_vertices, sizeof *sum);
    for (uint32_t r = 0; r < c->n_rings; r++)
        for (uint32_t v = c->ring_vertex[r]; v < c->ring_vertex[r + 1]; v++)
            if (b->first[v] != EDGE_NONE)
                add_side(sum, b, v, is_valid[b->ring_unit[r]]);
    for (uint32_t v = 0; v < c->n_vertices; v++)
        if (b->first[v] != EDGE_NONE && sum[b->first[v]]) {
            b->flags[v] |= EDGE_IS_UNBALANCED;
            b->n_unbalanced++;
        }
    b->unbalanced = noi_alloc(b->n_unbalanced * sizeof *b->unbalanced);
    size_t n = 0;
    for (uint32_t v = 0; v < c->n_vertices; v++)
        if (b->flags[v] & EDGE_IS_UNBALANCED)
            b->unbalanced[n++] = v;
    tree_make(&b->open, b, b->unbalanced, b->n_unbalanced);
}

void borders_free(borders *b) {
    tree_free(&b->all);
    tree_free(&b->open);
    free(b->ring_unit);
    free(b->flags);
    free(b->first);
    free(b->unbalanced);
}

void metres_a_degree(double *mx, double *my, double lat) {
    const double a = 6378137, e2 = 0.00669437999014132, degree = 3.14159265358979323846 / 180;
    double s = sin(lat * degree), w = 1 - e2 * s * s;
    *mx = a * cos(lat * degree) / sqrt(w) * degree;
    *my = a * (1 - e2) / (w * sqrt(w)) * degree;
}
