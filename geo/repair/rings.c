/*
 * rings.c: from faces back to rings. For each edge it is known which units gained or lost a
 * face beside it; only rings with such an edge are made anew, the others are copied. A new vertex
 * on an edge, where borders of what changed begin or end, is put into every ring that passes there.
 */
#include "geo/repair/mender.h"

#include "geo/measure.h"
#include "geo/predicate.h"

#include <math.h>
#include <string.h>

/* A unit's sides of one edge. */
typedef struct shift {
    uint32_t unit, edge;
    int32_t times; /* how many times more the unit lies left of half 2 * edge than before */
} shift;

typedef struct rebuilder {
    const deal *d;
    const planar *p;
    shift *shifts; /* ascending by unit, edge */
    size_t n_shifts, cap_shifts;
    bool *keeps;      /* a node: becomes a vertex of all that pass there */
    uint32_t *record; /* of a vertex: its edge in p->drawn; EDGE_NONE for one without length */
    noi_coverage *out;
} rebuilder;

void repair_add_ring(noi_coverage *out, const double *xy, size_t n) {
    NOI_AUTO_FREE double *closed = noi_alloc(2 * (n + 1) * sizeof *closed);
    if (n) {
        memcpy(closed, xy, 2 * n * sizeof *closed);
        memcpy(closed + 2 * n, xy, 2 * sizeof *closed);
    }
    noi_coverage_add_ring(out, closed, n ? n + 1 : 0);
}

/* ---- what changed ---- */

static void add_shift(rebuilder *b, uint32_t unit, uint32_t half, int32_t times) {
    NOI_GROW(b->shifts, b->cap_shifts, b->n_shifts + 1);
    b->shifts[b->n_shifts++] = (shift){unit, half / 2, half % 2 ? -times : times};
}

static void shift_face(rebuilder *b, uint32_t face, planar_counts counts, int32_t sign) {
    const planar *p = b->p;
    for (uint32_t i = 0; i < counts.n; i++)
        for (uint32_t k = p->face_from[face]; k < p->face_from[face + 1]; k++)
            add_shift(b, counts.item[i].unit, p->face_half[k], sign * counts.item[i].times);
}

static int by_unit_and_edge(const void *p, const void *q) {
    const shift *a = p, *b = q;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    return (a->edge > b->edge) - (a->edge < b->edge);
}

static void find_shifts(rebuilder *b) {
    for (uint32_t f = 0; f < b->p->n_faces; f++) {
        if (!b->d->was_dealt[f])
            continue;
        shift_face(b, f, b->d->before[f], -1);
        shift_face(b, f, b->p->holders[f], 1);
    }
    if (b->n_shifts)
        qsort(b->shifts, b->n_shifts, sizeof *b->shifts, by_unit_and_edge);
    size_t n = 0;
    for (size_t i = 0; i < b->n_shifts; i++) {
        shift *last = n ? &b->shifts[n - 1] : NULL;
        if (last && last->unit == b->shifts[i].unit && last->edge == b->shifts[i].edge)
            last->times += b->shifts[i].times;
        else
            b->shifts[n++] = b->shifts[i];
        if (b->shifts[n - 1].times == 0 &&
            (i + 1 == b->n_shifts || by_unit_and_edge(&b->shifts[i], &b->shifts[i + 1])))
            n--;
    }
    b->n_shifts = n;
}

static bool have_one_line(const planar *p, uint32_t e, uint32_t g) {
    for (uint32_t i = p->edge_from[e]; i < p->edge_from[e + 1]; i++)
        for (uint32_t k = p->edge_from[g]; k < p->edge_from[g + 1]; k++)
            if (p->edge_line[i] == p->edge_line[k])
                return true;
    return false;
}

static void keep_node(rebuilder *b, const bool *touched, uint32_t node) {
    const planar *p = b->p;
    uint32_t found[2] = {0}, n = 0;
    for (uint32_t i = p->node_from[node]; i < p->node_from[node + 1]; i++) {
        uint32_t e = p->node_half[i] / 2;
        if (touched[e] && n++ < 2)
            found[n - 1] = e;
    }
    bool passes = node >= p->n_vertices && n == 2 && have_one_line(p, found[0], found[1]);
    b->keeps[node] = n > 0 && !passes;
}

static int by_place(const void *p, const void *q) {
    const double *a = p, *b = q;
    if (a[0] != b[0])
        return a[0] < b[0] ? -1 : 1;
    return (a[1] > b[1]) - (a[1] < b[1]);
}

/* A node stays when something changed beside it, unless it merely crosses an edge that changed. */
static void find_kept(rebuilder *b) {
    const planar *p = b->p;
    NOI_AUTO_FREE bool *touched = noi_alloc_zero(p->n_edges, sizeof *touched);
    b->keeps = noi_alloc_zero(p->n_nodes, sizeof *b->keeps);
    for (size_t i = 0; i < b->n_shifts; i++)
        touched[b->shifts[i].edge] = true;
    for (uint32_t node = 0; node < p->n_nodes; node++)
        keep_node(b, touched, node);
    const noi_buf *forced = &b->d->m->forced;
    for (uint32_t node = 0; forced->n && node < p->n_nodes; node++)
        if (bsearch(p->xy + 2 * (size_t)node, forced->p, forced->n / (2 * sizeof(double)),
                    2 * sizeof(double), by_place))
            b->keeps[node] = true;
}

static void find_records(rebuilder *b) {
    const planar *p = b->p;
    b->record = noi_alloc(((size_t)p->coverage->n_vertices + 1) * sizeof *b->record);
    memset(b->record, 0xFF, p->coverage->n_vertices * sizeof *b->record);
    for (uint32_t i = 0; i < p->drawn.n; i++)
        b->record[p->drawn.edge[i].vertex] = i;
}

/* ---- one ring ---- */

typedef struct points {
    double *xy;
    size_t n, capacity;
} points;

static void add_point(points *out, const double *xy) {
    NOI_GROW(out->xy, out->capacity, 2 * (out->n + 1));
    memcpy(out->xy + 2 * out->n++, xy, 2 * sizeof *xy);
}

/* The ring as it is, with the nodes that stay on its edges. */
static void copy_ring(points *out, const rebuilder *b, uint32_t ring) {
    const planar *p = b->p;
    const noi_coverage *c = p->coverage;
    out->n = 0;
    for (uint32_t v = c->ring_vertex[ring]; v < c->ring_vertex[ring + 1]; v++) {
        add_point(out, c->xy + 2 * (size_t)v);
        if (b->record[v] == EDGE_NONE)
            continue;
        const edge *e = &p->drawn.edge[b->record[v]];
        uint32_t line = p->line_of[b->record[v]], from = p->line_from[line],
                 n = p->line_from[line + 1] - from;
        for (uint32_t i = 1; i < n; i++) {
            uint32_t node = p->end[p->line_half[from + (e->turned ? n - i : i)]];
            if (b->keeps[node])
                add_point(out, p->xy + 2 * (size_t)node);
        }
    }
}

/* ---- polygons from rings ---- */

typedef struct new_ring {
    double *xy;
    size_t n;
    bool is_hole;
    uint32_t order, shell; /* where it stood; a hole's shell: index, PLANAR_NONE while not known */
    double box[4], area;
} new_ring;

typedef struct ring_list {
    new_ring *item;
    size_t n, capacity;
} ring_list;

static void ring_list_free(ring_list *l) {
    for (size_t i = 0; i < l->n; i++)
        free(l->item[i].xy);
    free(l->item);
}

static void add_to_list(ring_list *l, const double *xy, size_t n, bool is_hole, uint32_t order,
                        uint32_t shell) {
    new_ring r = {noi_alloc(2 * (n + 1) * sizeof *xy),        n, is_hole, order, shell,
                  {INFINITY, INFINITY, -INFINITY, -INFINITY}, 0};
    memcpy(r.xy, xy, 2 * n * sizeof *xy);
    for (size_t i = 0; i < n; i++) {
        const double *v = xy + 2 * i, *w = xy + 2 * ((i + 1) % n);
        r.box[0] = fmin(r.box[0], v[0]);
        r.box[1] = fmin(r.box[1], v[1]);
        r.box[2] = fmax(r.box[2], v[0]);
        r.box[3] = fmax(r.box[3], v[1]);
        r.area += (v[0] - xy[0]) * (w[1] - xy[1]) - (w[0] - xy[0]) * (v[1] - xy[1]);
    }
    r.area = fabs(r.area);
    NOI_GROW(l->item, l->capacity, l->n + 1);
    l->item[l->n++] = r;
}

/* 1 inside, 0 on the ring, -1 outside. */
static int place_in(const new_ring *r, double x, double y) {
    bool inside = false;
    for (size_t i = 0; i < r->n; i++) {
        const double *a = r->xy + 2 * i, *b = r->xy + 2 * ((i + 1) % r->n);
        bool up = a[1] <= b[1];
        const double *low = up ? a : b, *high = up ? b : a;
        if (y < low[1] || y > high[1])
            continue;
        double side = noi_orient(low[0], low[1], high[0], high[1], x, y);
        if (side == 0 && x >= fmin(a[0], b[0]) && x <= fmax(a[0], b[0]))
            return 0;
        inside ^= y < high[1] && side > 0;
    }
    return inside ? 1 : -1;
}

static bool holds_ring(const new_ring *shell, const new_ring *hole) {
    if (hole->box[0] < shell->box[0] || hole->box[1] < shell->box[1] ||
        hole->box[2] > shell->box[2] || hole->box[3] > shell->box[3])
        return false;
    for (size_t i = 0; i < 2 * hole->n; i++) { /* vertices, then middles of edges */
        const double *v = hole->xy + 2 * (i % hole->n), *w = hole->xy + 2 * ((i + 1) % hole->n);
        bool middle = i >= hole->n;
        int at =
            place_in(shell, middle ? (v[0] + w[0]) / 2 : v[0], middle ? (v[1] + w[1]) / 2 : v[1]);
        if (at)
            return at > 0;
    }
    return false;
}

/* The smallest shell around a hole; any, when rounding hides it, for the check that follows. */
static void find_shell(ring_list *l, new_ring *hole) {
    for (uint32_t i = 0; i < l->n; i++) {
        const new_ring *shell = &l->item[i];
        if (!shell->is_hole && holds_ring(shell, hole) &&
            (hole->shell == PLANAR_NONE || shell->area < l->item[hole->shell].area))
            hole->shell = i;
    }
    for (uint32_t i = 0; hole->shell == PLANAR_NONE && i < l->n; i++)
        if (!l->item[i].is_hole)
            hole->shell = i;
}

static int by_order(const void *p, const void *q, void *context) {
    const new_ring *list = context;
    uint32_t a = *(const uint32_t *)p, b = *(const uint32_t *)q;
    if (list[a].order != list[b].order)
        return list[a].order < list[b].order ? -1 : 1;
    return (a > b) - (a < b);
}

/* Shells with their holes, each in the order of where they stood. */
static void add_polygons(noi_coverage *out, ring_list *l) {
    for (size_t i = 0; i < l->n; i++)
        if (l->item[i].is_hole && l->item[i].shell == PLANAR_NONE)
            find_shell(l, &l->item[i]);
    NOI_AUTO_FREE uint32_t *order = noi_alloc((l->n + 1) * sizeof *order);
    for (uint32_t i = 0; i < l->n; i++)
        order[i] = i;
    if (l->n)
        qsort_r(order, l->n, sizeof *order, by_order, l->item);
    for (size_t i = 0; i < l->n; i++) {
        if (l->item[order[i]].is_hole)
            continue;
        noi_coverage_add_polygon(out);
        repair_add_ring(out, l->item[order[i]].xy, l->item[order[i]].n);
        for (size_t k = 0; k < l->n; k++)
            if (l->item[order[k]].is_hole && l->item[order[k]].shell == order[i])
                repair_add_ring(out, l->item[order[k]].xy, l->item[order[k]].n);
    }
}

/* ---- rings made anew ---- */

/* A simple ring runs counterclockwise where its westernmost vertex turns left. */
static bool runs_left(const double *xy, size_t n) {
    size_t west = 0;
    for (size_t i = 1; i < n; i++)
        if (xy[2 * i] < xy[2 * west] ||
            (xy[2 * i] == xy[2 * west] && xy[2 * i + 1] < xy[2 * west + 1]))
            west = i;
    const double *v = xy + 2 * west, *before = xy + 2 * ((west + n - 1) % n),
                 *after = xy + 2 * ((west + 1) % n);
    return noi_orient(before[0], before[1], v[0], v[1], after[0], after[1]) > 0;
}

static void turn_round(double *xy, size_t n) {
    for (size_t i = 1, k = n - 1; i < k; i++, k--)
        for (int d = 0; d < 2; d++) {
            double swap = xy[2 * i + (size_t)d];
            xy[2 * i + (size_t)d] = xy[2 * k + (size_t)d];
            xy[2 * k + (size_t)d] = swap;
        }
}

/* A unit's own vertices in the rings that are made anew, and where they stood. */
typedef struct own_vertex {
    uint32_t node, vertex;
} own_vertex;

static int by_node_then_vertex(const void *p, const void *q) {
    const own_vertex *a = p, *b = q;
    if (a->node != b->node)
        return a->node < b->node ? -1 : 1;
    return (a->vertex > b->vertex) - (a->vertex < b->vertex);
}

typedef struct pool {
    uint32_t unit;
    shift *sides; /* of the rings that are made anew, and what changes */
    size_t n_sides, cap_sides;
    own_vertex *own;
    size_t n_own, cap_own;
    bool unit_on_left; /* of its rings as they ran */
} pool;

static void pool_free(pool *l) {
    free(l->sides);
    free(l->own);
}

static uint32_t own_vertex_at(const pool *l, uint32_t node) {
    size_t low = 0, high = l->n_own;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (l->own[middle].node < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low < l->n_own && l->own[low].node == node ? l->own[low].vertex : PLANAR_NONE;
}

static const shift *shifts_of(size_t *n, const rebuilder *b, uint32_t unit) {
    size_t low = 0, high = b->n_shifts;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->shifts[middle].unit < unit)
            low = middle + 1;
        else
            high = middle;
    }
    for (*n = 0; low + *n < b->n_shifts && b->shifts[low + *n].unit == unit;)
        ++*n;
    return b->shifts + low;
}

static bool ring_changes(const rebuilder *b, const shift *shifts, size_t n, uint32_t unit,
                         uint32_t ring) {
    const planar *p = b->p;
    const noi_coverage *c = p->coverage;
    for (uint32_t v = c->ring_vertex[ring]; v < c->ring_vertex[ring + 1]; v++) {
        if (b->record[v] == EDGE_NONE)
            continue;
        uint32_t line = p->line_of[b->record[v]];
        for (uint32_t i = p->line_from[line]; i < p->line_from[line + 1]; i++) {
            shift key = {.unit = unit, .edge = p->line_half[i] / 2};
            if (bsearch(&key, shifts, n, sizeof *shifts, by_unit_and_edge))
                return true;
        }
    }
    return false;
}

static void pool_ring(pool *l, const rebuilder *b, uint32_t ring) {
    const planar *p = b->p;
    const noi_coverage *c = p->coverage;
    for (uint32_t v = c->ring_vertex[ring]; v < c->ring_vertex[ring + 1]; v++) {
        if (b->record[v] == EDGE_NONE)
            continue;
        const edge *e = &p->drawn.edge[b->record[v]];
        uint32_t line = p->line_of[b->record[v]], from = p->line_from[line],
                 to = p->line_from[line + 1];
        bool with = e->turned != (p->side[v] > 0); /* the unit is left of the line as it runs up */
        for (uint32_t i = from; i < to; i++) {
            uint32_t h = p->line_half[i] ^ (with ? 0u : 1u);
            NOI_GROW(l->sides, l->cap_sides, l->n_sides + 1);
            l->sides[l->n_sides++] = (shift){l->unit, h / 2, h % 2 ? -1 : 1};
        }
        uint32_t first = p->line_half[e->turned ? to - 1 : from];
        NOI_GROW(l->own, l->cap_own, l->n_own + 1);
        l->own[l->n_own++] = (own_vertex){p->end[e->turned ? first ^ 1 : first], v};
        l->unit_on_left = p->side[v] > 0;
    }
}

/* One ring of the walk as places; returns where its first own vertex stood. */
static uint32_t ring_points(points *out, const rebuilder *b, const pool *l, const uint32_t *half,
                            uint32_t n) {
    uint32_t first = PLANAR_NONE, at = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t own = own_vertex_at(l, b->p->end[half[i]]);
        if (own < first) {
            first = own;
            at = i;
        }
    }
    out->n = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t node = b->p->end[half[(at + i) % n]];
        if (b->keeps[node] || own_vertex_at(l, node) != PLANAR_NONE)
            add_point(out, b->p->xy + 2 * (size_t)node);
    }
    return first;
}

static void add_new_rings(ring_list *out, const rebuilder *b, pool *l) {
    NOI_AUTO_FREE uint32_t *half = noi_alloc((l->n_sides + 1) * sizeof *half);
    size_t n = 0;
    if (l->n_sides)
        qsort(l->sides, l->n_sides, sizeof *l->sides, by_unit_and_edge);
    if (l->n_own)
        qsort(l->own, l->n_own, sizeof *l->own, by_node_then_vertex);
    for (size_t i = 0, to; i < l->n_sides; i = to) {
        int32_t times = 0;
        for (to = i; to < l->n_sides && l->sides[to].edge == l->sides[i].edge; to++)
            times += l->sides[to].times;
        if (times)
            half[n++] = 2 * l->sides[i].edge + (times < 0);
    }
    NOI_AUTO(planar_rings_free) planar_rings rings = {0};
    planar_trace(&rings, b->p, half, n);
    points one = {0};
    for (uint32_t i = 0; i < rings.n; i++) {
        uint32_t from = rings.from[i];
        uint32_t order = ring_points(&one, b, l, rings.half + from, rings.from[i + 1] - from);
        if (one.n < 3)
            continue;
        bool is_hole = !runs_left(one.xy, one.n);
        if (!l->unit_on_left)
            turn_round(one.xy, one.n);
        add_to_list(out, one.xy, one.n, is_hole, order, PLANAR_NONE);
    }
    free(one.xy);
}

static void rebuild_unit(rebuilder *b, uint32_t unit, const shift *shifts, size_t n_shifts) {
    const noi_coverage *c = b->p->coverage;
    NOI_AUTO(pool_free) pool l = {.unit = unit, .unit_on_left = true};
    NOI_AUTO(ring_list_free) ring_list rings = {0};
    points one = {0};
    for (uint32_t p = c->unit_polygon[unit]; p < c->unit_polygon[unit + 1]; p++) {
        uint32_t shell = PLANAR_NONE;
        for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++) {
            bool is_hole = r != c->polygon_ring[p];
            if (ring_changes(b, shifts, n_shifts, unit, r)) {
                pool_ring(&l, b, r);
                continue;
            }
            copy_ring(&one, b, r);
            if (!is_hole)
                shell = (uint32_t)rings.n;
            add_to_list(&rings, one.xy, one.n, is_hole, c->ring_vertex[r], is_hole ? shell : 0);
        }
    }
    free(one.xy);
    for (size_t i = 0; i < n_shifts; i++) {
        NOI_GROW(l.sides, l.cap_sides, l.n_sides + 1);
        l.sides[l.n_sides++] = shifts[i];
    }
    add_new_rings(&rings, b, &l);
    add_polygons(b->out, &rings);
}

static void copy_unit(rebuilder *b, uint32_t unit) {
    const noi_coverage *c = b->p->coverage;
    points one = {0};
    for (uint32_t p = c->unit_polygon[unit]; p < c->unit_polygon[unit + 1]; p++) {
        noi_coverage_add_polygon(b->out);
        for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++) {
            copy_ring(&one, b, r);
            repair_add_ring(b->out, one.xy, one.n);
        }
    }
    free(one.xy);
}

noi_coverage *repair_rebuild(const deal *d) {
    rebuilder b = {.d = d, .p = &d->p, .out = noi_coverage_new()};
    find_shifts(&b);
    find_kept(&b);
    find_records(&b);
    for (uint32_t u = 0; u < d->p.coverage->n_units; u++) {
        size_t n;
        const shift *shifts = shifts_of(&n, &b, u);
        noi_coverage_add_unit(b.out, d->p.coverage->unit_code[u]);
        if (n)
            rebuild_unit(&b, u, shifts, n);
        else
            copy_unit(&b, u);
    }
    free(b.shifts);
    free(b.keeps);
    free(b.record);
    return b.out;
}

static bool is_among(const uint32_t *faces, uint32_t n, uint32_t face) {
    for (uint32_t i = 0; i < n; i++)
        if (faces[i] == face)
            return true;
    return false;
}

void repair_add_faces(noi_coverage *out, const planar *p, const uint32_t *faces, uint32_t n) {
    size_t most = 1, n_half = 0;
    for (uint32_t f = 0; f < n; f++)
        most += p->face_from[faces[f] + 1] - p->face_from[faces[f]];
    NOI_AUTO_FREE uint32_t *half = noi_alloc(most * sizeof *half);
    for (uint32_t f = 0; f < n; f++)
        for (uint32_t i = p->face_from[faces[f]]; i < p->face_from[faces[f] + 1]; i++)
            if (!is_among(faces, n, p->face[p->face_half[i] ^ 1]))
                half[n_half++] = p->face_half[i];
    NOI_AUTO(planar_rings_free) planar_rings rings = {0};
    NOI_AUTO(ring_list_free) ring_list list = {0};
    planar_trace(&rings, p, half, n_half);
    points one = {0};
    for (uint32_t i = 0; i < rings.n; i++) {
        one.n = 0;
        for (uint32_t k = rings.from[i]; k < rings.from[i + 1]; k++)
            add_point(&one, p->xy + 2 * (size_t)p->end[rings.half[k]]);
        add_to_list(&list, one.xy, one.n, !runs_left(one.xy, one.n), i, PLANAR_NONE);
    }
    free(one.xy);
    noi_coverage_add_unit(out, 0);
    add_polygons(out, &list);
}
