/*
 * planar.c: nodes, edges and faces of a coverage; see planar.h. Faces are had by walking: at the
 * end of a half-edge one turns into the next half-edge clockwise, and so keeps one face on the
 * left. A connected piece of the graph has one such walk around its outside, which is found at its
 * westernmost node; a ray from there to the west tells in which face the piece lies.
 */
#include "geo/planar.h"

#include "geo/planar_nodes.h"
#include "geo/predicate.h"

#include <math.h>
#include <string.h>

#define MOST_ROWS 65536

typedef struct planar_rows {
    double y, height; /* where the rows begin, the height of one */
    uint32_t n, *from, *edge;
} planar_rows;

static const double *start_of(const planar *p, uint32_t half) {
    return p->xy + 2 * (size_t)p->end[half];
}

void planar_metres(double *mx, double *my, double lat) {
    const double a = 6378137, e2 = 0.00669437999014132, degree = 3.14159265358979323846 / 180;
    double s = sin(lat * degree), w = 1 - e2 * s * s;
    *mx = a * cos(lat * degree) / sqrt(w) * degree;
    *my = a * (1 - e2) / (w * sqrt(w)) * degree;
}

/* ---- counts ---- */

/* a + sign * b, in the arena. */
static planar_counts add_counts(noi_arena *arena, planar_counts a, planar_counts b, int sign) {
    planar_counts sum = {noi_arena_alloc(arena, (a.n + b.n) * sizeof *sum.item), 0};
    uint32_t i = 0, j = 0;
    while (i < a.n || j < b.n) {
        bool from_a = j == b.n || (i < a.n && a.item[i].unit <= b.item[j].unit);
        planar_count one = {from_a ? a.item[i].unit : b.item[j].unit, 0};
        if (i < a.n && a.item[i].unit == one.unit)
            one.times += a.item[i++].times;
        if (j < b.n && b.item[j].unit == one.unit)
            one.times += sign * b.item[j++].times;
        if (one.times)
            sum.item[sum.n++] = one;
    }
    return sum;
}

bool planar_holds(const planar *p, uint32_t face, uint32_t unit) {
    for (uint32_t i = 0; i < p->holders[face].n; i++)
        if (p->holders[face].item[i].unit == unit)
            return true;
    return false;
}

/* ---- lines ---- */

/* Twice the signed area, from the first vertex so that large coordinates cost no digits. */
static double signed_area(const noi_coverage *c, uint32_t ring) {
    size_t from = c->ring_vertex[ring], to = c->ring_vertex[ring + 1];
    double sum = 0;
    for (size_t v = from + 1; v + 1 < to; v++) {
        const double *o = c->xy + 2 * from, *p = c->xy + 2 * v;
        sum += (p[0] - o[0]) * (p[3] - o[1]) - (p[2] - o[0]) * (p[1] - o[1]);
    }
    return sum;
}

/* For each vertex's ring: 1 when the unit lies on the left of the ring as it runs, -1 on the right.
 */
static int8_t *find_sides(const noi_coverage *c) {
    int8_t *side = noi_alloc_zero(c->n_vertices, 1);
    for (uint32_t p = 0; p < c->n_polygons; p++)
        for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++) {
            bool is_hole = r != c->polygon_ring[p], left = (signed_area(c, r) > 0) != is_hole;
            if (c->ring_vertex[r] < c->ring_vertex[r + 1])
                memset(side + c->ring_vertex[r], left ? 1 : -1,
                       c->ring_vertex[r + 1] - c->ring_vertex[r]);
        }
    return side;
}

static void find_lines(planar *p, cutter *c, const double *help, size_t n_help) {
    for (size_t v = 0; v < p->coverage->n_vertices; v++)
        cutter_node(c, p->coverage->xy[2 * v], p->coverage->xy[2 * v + 1]);
    p->n_vertices = c->n_nodes;
    edges_make(&p->drawn, p->coverage);
    p->line_of = noi_alloc(p->drawn.n * sizeof *p->line_of);
    for (uint32_t h = 0; h < p->drawn.n_heads; h++) {
        const edge *e = &p->drawn.edge[p->drawn.head[h]];
        cutter_line(c, cutter_node(c, e->ax, e->ay), cutter_node(c, e->bx, e->by));
        for (uint32_t i = p->drawn.head[h]; i != EDGE_NONE; i = p->drawn.edge[i].next)
            p->line_of[i] = h;
    }
    p->n_lines = p->drawn.n_heads;
    for (size_t i = 0; i < n_help; i++) {
        const double *l = help + 4 * i;
        uint32_t a = cutter_node(c, l[0], l[1]), b = cutter_node(c, l[2], l[3]);
        if (a == b)
            continue;
        cutter_line(c, a, b);
        p->n_lines++;
    }
}

/* ---- edges ---- */

typedef struct stretch { /* of a line, on its way to become an edge */
    uint32_t a, b, line, order;
    bool turned; /* the line runs from b to a */
} stretch;

static int by_ends(const void *p, const void *q) {
    const stretch *s = p, *t = q;
    if (s->a != t->a)
        return s->a < t->a ? -1 : 1;
    if (s->b != t->b)
        return s->b < t->b ? -1 : 1;
    return (s->order > t->order) - (s->order < t->order);
}

static stretch *list_stretches(planar *p, const cutter *c, uint32_t *n) {
    stretch *list = noi_alloc(c->n_pieces * sizeof *list);
    p->line_from = noi_alloc(((size_t)p->n_lines + 1) * sizeof *p->line_from);
    *n = 0;
    for (uint32_t l = 0; l < p->n_lines; l++) {
        p->line_from[l] = *n;
        for (uint32_t i = l; i != PLANAR_NONE; i = c->pieces[i].next) {
            uint32_t a = c->pieces[i].a, b = c->pieces[i].b;
            bool turn = b < a;
            list[*n] = (stretch){turn ? b : a, turn ? a : b, l, *n, turn};
            ++*n;
        }
    }
    p->line_from[p->n_lines] = *n;
    return list;
}

static void count_sides(planar *p, uint32_t e, const stretch *s) {
    for (uint32_t i = s->line < p->drawn.n_heads ? p->drawn.head[s->line] : EDGE_NONE;
         i != EDGE_NONE; i = p->drawn.edge[i].next) {
        const edge *d = &p->drawn.edge[i];
        bool against = d->turned != s->turned;
        planar_count one = {d->unit, against ? -p->side[d->vertex] : p->side[d->vertex]};
        p->sides[e] = add_counts(p->arena, p->sides[e], (planar_counts){&one, 1}, 1);
    }
}

static void find_edges(planar *p, const cutter *c) {
    uint32_t n = 0;
    NOI_AUTO_FREE stretch *list = list_stretches(p, c, &n);
    p->side = find_sides(p->coverage);
    if (n)
        qsort(list, n, sizeof *list, by_ends);
    p->line_half = noi_alloc(n * sizeof *p->line_half);
    p->edge_line = noi_alloc(n * sizeof *p->edge_line);
    p->edge_from = noi_alloc(((size_t)n + 1) * sizeof *p->edge_from);
    p->end = noi_alloc(2 * (size_t)n * sizeof *p->end);
    p->sides = noi_alloc_zero(n, sizeof *p->sides);
    p->is_help = noi_alloc_zero(n, sizeof *p->is_help);
    for (uint32_t i = 0; i < n; i++) {
        const stretch *s = &list[i];
        if (i == 0 || s[-1].a != s->a || s[-1].b != s->b) {
            p->edge_from[p->n_edges] = i;
            p->end[2 * p->n_edges] = s->a;
            p->end[2 * p->n_edges + 1] = s->b;
            p->n_edges++;
        }
        uint32_t e = p->n_edges - 1;
        p->edge_line[i] = s->line;
        p->line_half[s->order] = 2 * e + s->turned;
        p->is_help[e] = p->is_help[e] || s->line >= p->drawn.n_heads;
        count_sides(p, e, s);
    }
    p->edge_from[p->n_edges] = n;
}

/* ---- round the nodes ---- */

static bool bounds(const planar *p, uint32_t e) {
    return p->is_help[e] || p->sides[e].n > 0;
}

static int half_plane(const planar *p, uint32_t half) {
    const double *a = start_of(p, half), *b = start_of(p, half ^ 1);
    return b[1] > a[1] || (b[1] == a[1] && b[0] > a[0]) ? 0 : 1;
}

/* Whether half-edge h comes before g, counterclockwise from the east; both leave one node. */
static bool is_before(const planar *p, uint32_t h, uint32_t g) {
    int s = half_plane(p, h), t = half_plane(p, g);
    if (s != t)
        return s < t;
    const double *a = start_of(p, h), *b = start_of(p, h ^ 1), *d = start_of(p, g ^ 1);
    return noi_orient(a[0], a[1], b[0], b[1], d[0], d[1]) > 0;
}

static void sort_node(const planar *p, uint32_t *half, uint32_t n) {
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t j = i; j > 0 && is_before(p, half[j], half[j - 1]); j--) {
            uint32_t swap = half[j];
            half[j] = half[j - 1];
            half[j - 1] = swap;
        }
}

static void find_nodes(planar *p) {
    p->node_from = noi_alloc_zero((size_t)p->n_nodes + 2, sizeof *p->node_from);
    p->node_half = noi_alloc(2 * (size_t)p->n_edges * sizeof *p->node_half);
    p->rank = noi_alloc_zero(2 * (size_t)p->n_edges, sizeof *p->rank);
    uint32_t *at = p->node_from + 1;
    for (uint32_t h = 0; h < 2 * p->n_edges; h++)
        if (bounds(p, h / 2))
            at[p->end[h] + 1]++;
    for (uint32_t i = 0; i < p->n_nodes; i++)
        at[i + 1] += at[i];
    for (uint32_t h = 0; h < 2 * p->n_edges; h++)
        if (bounds(p, h / 2))
            p->node_half[at[p->end[h]]++] = h;
    for (uint32_t i = 0; i < p->n_nodes; i++) {
        uint32_t from = p->node_from[i], n = p->node_from[i + 1] - from;
        sort_node(p, p->node_half + from, n);
        for (uint32_t k = 0; k < n; k++)
            p->rank[p->node_half[from + k]] = k;
    }
}

static void find_next(planar *p) {
    p->next = noi_alloc(2 * (size_t)p->n_edges * sizeof *p->next);
    memset(p->next, 0xFF, 2 * (size_t)p->n_edges * sizeof *p->next);
    for (uint32_t h = 0; h < 2 * p->n_edges; h++) {
        if (!bounds(p, h / 2))
            continue;
        uint32_t twin = h ^ 1, node = p->end[twin], from = p->node_from[node];
        uint32_t n = p->node_from[node + 1] - from;
        p->next[h] = p->node_half[from + (p->rank[twin] + n - 1) % n];
    }
}

/* ---- rows: edges by height ---- */

static uint32_t row_at(const planar_rows *r, double y) {
    double row = floor((y - r->y) / r->height);
    return row <= 0 ? 0 : row >= r->n ? r->n - 1 : (uint32_t)row;
}

static void find_rows(planar *p) {
    planar_rows *r = p->rows = noi_alloc_zero(1, sizeof *r);
    double top = -INFINITY;
    r->y = INFINITY;
    for (uint32_t h = 0; h < 2 * p->n_edges; h++) {
        r->y = fmin(r->y, start_of(p, h)[1]);
        top = fmax(top, start_of(p, h)[1]);
    }
    r->n = p->n_edges / 4 + 1 < MOST_ROWS ? p->n_edges / 4 + 1 : MOST_ROWS;
    r->height = top > r->y ? (top - r->y) / r->n : 1;
    r->from = noi_alloc_zero((size_t)r->n + 2, sizeof *r->from);
    for (int pass = 0; pass < 2; pass++) {
        uint32_t *at = r->from + 1;
        for (uint32_t i = 0; pass && i < r->n; i++)
            at[i + 1] += at[i];
        if (pass)
            r->edge = noi_alloc(((size_t)at[r->n] + 1) * sizeof *r->edge);
        for (uint32_t e = 0; e < p->n_edges; e++) {
            double y1 = start_of(p, 2 * e)[1], y2 = start_of(p, 2 * e + 1)[1];
            uint32_t i = row_at(r, fmin(y1, y2)), to = row_at(r, fmax(y1, y2));
            for (; bounds(p, e) && i <= to; i++) {
                if (pass)
                    r->edge[at[i]++] = e;
                else
                    at[i + 1]++;
            }
        }
    }
}

/* The half-edge of e that runs upwards. */
static uint32_t upwards(const planar *p, uint32_t e) {
    return start_of(p, 2 * e)[1] <= start_of(p, 2 * e + 1)[1] ? 2 * e : 2 * e + 1;
}

/* Whether upward half-edge g runs farther east than h, where both pass one height. */
static bool is_east_of(const planar *p, uint32_t g, uint32_t h) {
    const double *a = start_of(p, g), *b = start_of(p, g ^ 1), *s = start_of(p, h),
                 *t = start_of(p, h ^ 1);
    double side;
    if (a[1] >= s[1]) { /* g's lower end lies beside h */
        side = noi_orient(s[0], s[1], t[0], t[1], a[0], a[1]);
        if (side == 0)
            side = noi_orient(s[0], s[1], t[0], t[1], b[0], b[1]);
        return side < 0;
    }
    side = noi_orient(a[0], a[1], b[0], b[1], s[0], s[1]);
    if (side == 0)
        side = noi_orient(a[0], a[1], b[0], b[1], t[0], t[1]);
    return side > 0;
}

/* The upward half-edge that a ray to the west meets first; `skip` is a mark of edges to leave out.
 */
static uint32_t first_to_the_west(const planar *p, double x, double y, const uint32_t *part,
                                  uint32_t skip) {
    const planar_rows *r = p->rows;
    uint32_t row = row_at(r, y), best = PLANAR_NONE;
    for (uint32_t i = r->from[row]; i < r->from[row + 1]; i++) {
        uint32_t h = upwards(p, r->edge[i]);
        const double *a = start_of(p, h), *b = start_of(p, h ^ 1);
        if (!(a[1] <= y && y < b[1]) || (part && part[h / 2] == skip) ||
            noi_orient(a[0], a[1], b[0], b[1], x, y) > 0)
            continue;
        if (best == PLANAR_NONE || is_east_of(p, h, best))
            best = h;
    }
    return best;
}

uint32_t planar_face_at(const planar *p, double x, double y) {
    if (!p->n_edges)
        return 0;
    uint32_t h = first_to_the_west(p, x, y, NULL, 0);
    return h == PLANAR_NONE ? 0 : p->face[h ^ 1];
}

/* ---- faces ---- */

typedef struct part {      /* a connected piece of the graph */
    uint32_t number, node; /* its westernmost (of those the southernmost) node */
    uint32_t outside;      /* a half-edge with the outside on its left */
    double x;
} part;

typedef struct parts {
    part *item;
    size_t n, capacity;
    uint32_t *of_edge;
} parts;

static bool is_west_of(const planar *p, uint32_t a, uint32_t b) {
    const double *s = p->xy + 2 * (size_t)a, *t = p->xy + 2 * (size_t)b;
    return s[0] < t[0] || (s[0] == t[0] && s[1] < t[1]);
}

/* Every edge of the westernmost node goes east of north-south; the last of them counterclockwise
 * from the south has the outside on its left. */
static uint32_t outside_half(const planar *p, uint32_t node) {
    uint32_t best = PLANAR_NONE;
    const double *a = p->xy + 2 * (size_t)node;
    for (uint32_t i = p->node_from[node]; i < p->node_from[node + 1]; i++) {
        uint32_t h = p->node_half[i];
        if (best == PLANAR_NONE) {
            best = h;
            continue;
        }
        const double *b = start_of(p, best ^ 1), *d = start_of(p, h ^ 1);
        if (noi_orient(a[0], a[1], b[0], b[1], d[0], d[1]) > 0)
            best = h;
    }
    return best;
}

static void find_part(parts *out, const planar *p, uint32_t first, uint32_t *stack) {
    part one = {.number = (uint32_t)out->n, .node = p->end[2 * first]};
    size_t n = 0;
    stack[n++] = first;
    out->of_edge[first] = one.number;
    while (n) {
        uint32_t e = stack[--n];
        for (int side = 0; side < 2; side++) {
            uint32_t node = p->end[2 * e + (uint32_t)side];
            if (is_west_of(p, node, one.node))
                one.node = node;
            for (uint32_t i = p->node_from[node]; i < p->node_from[node + 1]; i++) {
                uint32_t other = p->node_half[i] / 2;
                if (out->of_edge[other] != PLANAR_NONE)
                    continue;
                out->of_edge[other] = one.number;
                stack[n++] = other;
            }
        }
    }
    one.x = p->xy[2 * (size_t)one.node];
    one.outside = outside_half(p, one.node);
    NOI_GROW(out->item, out->capacity, out->n + 1);
    out->item[out->n++] = one;
}

static int from_west(const void *p, const void *q) {
    const part *a = p, *b = q;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static void find_parts(parts *out, const planar *p) {
    NOI_AUTO_FREE uint32_t *stack = noi_alloc((size_t)p->n_edges * sizeof *stack);
    out->of_edge = noi_alloc((size_t)p->n_edges * sizeof *out->of_edge);
    memset(out->of_edge, 0xFF, (size_t)p->n_edges * sizeof *out->of_edge);
    for (uint32_t e = 0; e < p->n_edges; e++)
        if (bounds(p, e) && out->of_edge[e] == PLANAR_NONE)
            find_part(out, p, e, stack);
    if (out->n)
        qsort(out->item, out->n, sizeof *out->item, from_west);
}

static void name_walk(planar *p, uint32_t half, uint32_t face) {
    for (uint32_t h = half; p->face[h] == PLANAR_NONE; h = p->next[h])
        p->face[h] = face;
}

/* The outside of each piece first: it is a face of a piece farther west, or the outside of all. A
 * piece's other walks must have their names before a piece east of it asks. */
static void name_faces(planar *p, const parts *all) {
    NOI_AUTO_FREE uint32_t *place = noi_alloc((all->n + 1) * sizeof *place);
    NOI_AUTO_FREE uint32_t *from = noi_alloc_zero(all->n + 2, sizeof *from);
    NOI_AUTO_FREE uint32_t *list = noi_alloc((size_t)p->n_edges * sizeof *list);
    for (uint32_t e = 0; e < p->n_edges; e++)
        if (bounds(p, e))
            from[all->of_edge[e] + 2]++;
    for (size_t i = 0; i + 2 < all->n + 2; i++)
        from[i + 2] += from[i + 1];
    for (uint32_t e = 0; e < p->n_edges; e++)
        if (bounds(p, e))
            list[from[all->of_edge[e] + 1]++] = e;
    p->n_faces = 1;
    for (size_t i = 0; i < all->n; i++) {
        const part *one = &all->item[i];
        const double *at = p->xy + 2 * (size_t)one->node;
        uint32_t west = first_to_the_west(p, at[0], at[1], all->of_edge, one->number);
        name_walk(p, one->outside, west == PLANAR_NONE ? 0 : p->face[west ^ 1]);
        for (uint32_t k = from[one->number]; k < from[one->number + 1]; k++)
            for (uint32_t h = 2 * list[k]; h < 2 * list[k] + 2; h++)
                if (p->face[h] == PLANAR_NONE)
                    name_walk(p, h, p->n_faces++);
    }
}

static void list_faces(planar *p) {
    p->face_from = noi_alloc_zero((size_t)p->n_faces + 2, sizeof *p->face_from);
    p->face_half = noi_alloc(2 * (size_t)p->n_edges * sizeof *p->face_half);
    uint32_t *at = p->face_from + 1;
    for (uint32_t h = 0; h < 2 * p->n_edges; h++)
        if (p->face[h] != PLANAR_NONE)
            at[p->face[h] + 1]++;
    for (uint32_t i = 0; i < p->n_faces; i++)
        at[i + 1] += at[i];
    for (uint32_t h = 0; h < 2 * p->n_edges; h++)
        if (p->face[h] != PLANAR_NONE)
            p->face_half[at[p->face[h]]++] = h;
}

/* From the outside, which nobody holds, across borders to all faces. */
static void find_holders(planar *p) {
    NOI_AUTO_FREE uint32_t *queue = noi_alloc((size_t)p->n_faces * sizeof *queue);
    NOI_AUTO_FREE bool *known = noi_alloc_zero(p->n_faces, sizeof *known);
    p->holders = noi_alloc_zero(p->n_faces, sizeof *p->holders);
    size_t n = 0;
    queue[n++] = 0;
    known[0] = true;
    for (size_t i = 0; i < n; i++) {
        uint32_t f = queue[i];
        for (uint32_t k = p->face_from[f]; k < p->face_from[f + 1]; k++) {
            uint32_t h = p->face_half[k], other = p->face[h ^ 1];
            if (known[other])
                continue;
            known[other] = true;
            p->holders[other] =
                add_counts(p->arena, p->holders[f], p->sides[h / 2], h % 2 ? 1 : -1);
            queue[n++] = other;
        }
    }
}

/* ---- all of it ---- */

noi_status planar_make(planar *out, const noi_coverage *coverage, const double *help,
                       size_t n_help) {
    *out = (planar){.coverage = coverage, .arena = noi_arena_new()};
    NOI_AUTO(cutter_free) cutter c = {0};
    find_lines(out, &c, help, n_help);
    NOI_TRY(cutter_cut(&c));
    find_edges(out, &c);
    out->xy = c.xy;
    out->n_nodes = c.n_nodes;
    c.xy = NULL;
    find_nodes(out);
    find_next(out);
    out->face = noi_alloc(2 * (size_t)out->n_edges * sizeof *out->face);
    memset(out->face, 0xFF, 2 * (size_t)out->n_edges * sizeof *out->face);
    find_rows(out);
    parts all = {0};
    find_parts(&all, out);
    name_faces(out, &all);
    free(all.item);
    free(all.of_edge);
    list_faces(out);
    find_holders(out);
    return NOI_OK;
}

static void rows_free(planar_rows *r) {
    if (!r)
        return;
    free(r->from);
    free(r->edge);
    free(r);
}

void planar_free(planar *p) {
    edges_free(&p->drawn);
    uint32_t *const lists[] = {p->line_of,   p->line_from, p->line_half, p->end,  p->edge_from,
                               p->edge_line, p->node_from, p->node_half, p->rank, p->next,
                               p->face,      p->face_from, p->face_half};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free(lists[i]);
    free(p->xy);
    free(p->sides);
    free(p->is_help);
    free(p->side);
    free(p->holders);
    rows_free(p->rows);
    noi_arena_free(p->arena);
}

/* ---- rings ---- */

typedef struct tracer {
    planar_rings *out;
    const planar *p;
    const uint32_t *leaving; /* half-edges by their first node, then by rank */
    size_t n;
    bool *used;     /* beside `leaving` */
    uint32_t *path; /* half-edges of the walk */
    size_t n_path;
    uint32_t *where; /* a node: its place in the path; PLANAR_NONE */
} tracer;

static int by_node(const void *p, const void *q, void *context) {
    const planar *graph = context;
    uint32_t h = *(const uint32_t *)p, g = *(const uint32_t *)q;
    uint32_t a = graph->end[h], b = graph->end[g];
    if (a != b)
        return a < b ? -1 : 1;
    return (graph->rank[h] > graph->rank[g]) - (graph->rank[h] < graph->rank[g]);
}

static size_t first_leaving(const tracer *t, uint32_t node) {
    size_t low = 0, high = t->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->p->end[t->leaving[middle]] < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The unused half-edge that leaves the end of h, the first clockwise from where h came. */
static size_t turn(const tracer *t, uint32_t h) {
    uint32_t node = t->p->end[h ^ 1], rank = t->p->rank[h ^ 1];
    size_t best = t->n, highest = t->n;
    for (size_t i = first_leaving(t, node); i < t->n && t->p->end[t->leaving[i]] == node; i++) {
        if (t->used[i])
            continue;
        highest = i; /* ascending by rank */
        if (t->p->rank[t->leaving[i]] < rank)
            best = i;
    }
    return best < t->n ? best : highest;
}

static void emit(tracer *t, size_t from) {
    planar_rings *out = t->out;
    NOI_GROW(out->from, out->cap_from, (size_t)out->n + 2);
    size_t at = out->n ? out->from[out->n] : 0, n = t->n_path - from;
    out->from[0] = 0;
    NOI_GROW(out->half, out->cap_half, at + n);
    memcpy(out->half + at, t->path + from, n * sizeof *t->path);
    out->from[++out->n] = (uint32_t)(at + n);
    for (size_t i = from; i < t->n_path; i++)
        t->where[t->p->end[t->path[i]]] = PLANAR_NONE;
    t->n_path = from;
}

/* Walks until nothing is left of the walk; each time it comes back to a node that it has passed, a
 * ring is cut off. */
static void walk(tracer *t, size_t first) {
    for (size_t i = first; i < t->n;) {
        uint32_t h = t->leaving[i], node = t->p->end[h ^ 1];
        t->used[i] = true;
        t->where[t->p->end[h]] = (uint32_t)t->n_path;
        t->path[t->n_path++] = h;
        if (t->where[node] != PLANAR_NONE)
            emit(t, t->where[node]);
        if (!t->n_path)
            return;
        i = turn(t, h);
    }
    for (; t->n_path; t->n_path--) /* cannot be: as many half-edges come to a node as leave it */
        t->where[t->p->end[t->path[t->n_path - 1]]] = PLANAR_NONE;
}

void planar_trace(planar_rings *out, const planar *p, const uint32_t *half, size_t n) {
    NOI_AUTO_FREE uint32_t *leaving = noi_alloc((n + 1) * sizeof *leaving);
    NOI_AUTO_FREE bool *used = noi_alloc_zero(n + 1, sizeof *used);
    NOI_AUTO_FREE uint32_t *path = noi_alloc((n + 1) * sizeof *path);
    NOI_AUTO_FREE uint32_t *where = noi_alloc((size_t)p->n_nodes * sizeof *where);
    if (!n)
        return;
    memcpy(leaving, half, n * sizeof *leaving);
    memset(where, 0xFF, (size_t)p->n_nodes * sizeof *where);
    union {
        const planar *in;
        void *out;
    } context = {.in = p};
    qsort_r(leaving, n, sizeof *leaving, by_node, context.out);
    tracer t = {
        .out = out, .p = p, .leaving = leaving, .n = n, .used = used, .path = path, .where = where};
    for (size_t i = 0; i < n; i++) {
        size_t at = first_leaving(&t, p->end[half[i]]);
        while (leaving[at] != half[i])
            at++;
        if (!used[at])
            walk(&t, at);
    }
}

void planar_rings_free(planar_rings *rings) {
    free(rings->from);
    free(rings->half);
}
