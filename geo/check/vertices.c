/*
 * vertices.c: vertices that are twice, nearly twice or far off; vertices that only one of two
 * neighbours has; and units whose neighbours are one unit.
 */
#include "geo/check/checker.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

/* ---- duplicate, near, far ---- */

/* A vertex is far off when its neighbours are nearer to each other than this part of its distance.
 */
#define FAR_RATIO 4

typedef struct vertex {
    noi_defect_kind kind;
    uint32_t unit;
    double x, y, distance;
} vertex;

typedef struct vertices {
    vertex *item;
    size_t n, capacity;
} vertices;

static void vertices_free(vertices *v) {
    free(v->item);
}

static void take_vertex(vertices *v, noi_defect_kind kind, uint32_t unit, const double *at,
                        double distance) {
    NOI_GROW(v->item, v->capacity, v->n + 1);
    v->item[v->n++] = (vertex){kind, unit, at[0], at[1], distance};
}

static int by_place(const void *p, const void *q) {
    const vertex *a = p, *b = q;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int order = check_compare(a->x, b->x);
    if (!order)
        order = check_compare(a->y, b->y);
    if (!order && a->unit != b->unit)
        order = a->unit < b->unit ? -1 : 1;
    return order ? order : check_compare(a->distance, b->distance);
}

/* A ring and the metres a degree where it begins. */
typedef struct measured_ring {
    const double *xy;
    size_t n;
    double mx, my;
} measured_ring;

static double step(const measured_ring *r, size_t from, size_t to) {
    const double *p = r->xy + 2 * from, *q = r->xy + 2 * to;
    double dx = (q[0] - p[0]) * r->mx, dy = (q[1] - p[1]) * r->my;
    return sqrt(dx * dx + dy * dy);
}

/* Of two places that neighbours run through in opposite directions, the same for both. */
static const double *lower(const double *p, const double *q) {
    return p[1] < q[1] || (p[1] == q[1] && p[0] < q[0]) ? p : q;
}

static void check_ring(vertices *out, const checker *k, uint32_t unit, uint32_t ring) {
    const noi_coverage *c = k->coverage;
    size_t from = c->ring_vertex[ring], n = c->ring_vertex[ring + 1] - from;
    if (n < 3)
        return;
    measured_ring r = {.xy = c->xy + 2 * from, .n = n};
    metres_a_degree(&r.mx, &r.my, r.xy[1]);
    double near = k->options.near_vertex_m, far = k->options.far_vertex_m;
    double before = step(&r, n - 1, 0);
    for (size_t v = 0; v < n; v++) {
        size_t next = v + 1 < n ? v + 1 : 0;
        const double *p = r.xy + 2 * v, *q = r.xy + 2 * next;
        double after = step(&r, v, next);
        if (p[0] == q[0] && p[1] == q[1])
            take_vertex(out, NOI_DEFECT_DUPLICATE_VERTEX, unit, p, 0);
        else if (after < near)
            take_vertex(out, NOI_DEFECT_NEAR_VERTEX, unit, lower(p, q), after);
        if (n > 3 && far > 0 && before > far && after > far &&
            FAR_RATIO * step(&r, v > 0 ? v - 1 : n - 1, next) < fmin(before, after))
            take_vertex(out, NOI_DEFECT_FAR_VERTEX, unit, p, fmin(before, after));
        before = after;
    }
}

/* Tells the vertices at one place, units by twos. */
static void add_vertices(checker *k, const vertex *v, size_t n) {
    for (size_t i = 0; i < n;) {
        noi_defect d = {.kind = v->kind,
                        .unit_a = v[i].unit,
                        .unit_b = NOI_INDEX_NONE,
                        .lon = v->x,
                        .lat = v->y,
                        .width_m = v[i].distance};
        while (i < n && v[i].unit == d.unit_a)
            i++;
        if (i < n)
            d.unit_b = v[i].unit;
        while (i < n && v[i].unit == d.unit_b)
            i++;
        check_add_point(k, d);
    }
}

void check_vertices(checker *k) {
    const borders *b = &k->borders;
    NOI_AUTO(vertices_free) vertices v = {0};
    for (uint32_t r = 0; r < k->coverage->n_rings; r++)
        check_ring(&v, k, b->ring_unit[r], r);
    if (v.n)
        qsort(v.item, v.n, sizeof *v.item, by_place);
    for (size_t i = 0, to; i < v.n; i = to) {
        for (to = i + 1; to < v.n && v.item[to].kind == v.item[i].kind &&
                         v.item[to].x == v.item[i].x && v.item[to].y == v.item[i].y;)
            to++;
        add_vertices(k, v.item + i, to - i);
    }
}

/* ---- borders that neighbours draw differently ---- */

/* A vertex of one unit that lies on another's edge without being a vertex of it. */
typedef struct mismatch {
    uint32_t a, b; /* a < b */
    double x, y, distance;
} mismatch;

/* A unit with an edge near the vertex that is looked at. */
typedef struct near_unit {
    uint32_t unit;
    double distance;
    bool has_vertex; /* as its own */
} near_unit;

enum { NEAR_UNITS = 32 };

typedef struct mismatches {
    const checker *k;
    mismatch *item;
    size_t n, capacity;
    double x, y, mx, my; /* the vertex */
    uint32_t hint;
    near_unit near[NEAR_UNITS];
    size_t n_near;
} mismatches;

static double metres_to(const mismatches *m, const double end[4]) {
    double px = (end[0] - m->x) * m->mx, py = (end[1] - m->y) * m->my;
    double dx = (end[2] - end[0]) * m->mx, dy = (end[3] - end[1]) * m->my;
    double square = dx * dx + dy * dy, t = square > 0 ? -(px * dx + py * dy) / square : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(px + t * dx, py + t * dy);
}

static void take_near(mismatches *m, uint32_t edge, const double end[4]) {
    const borders *b = &m->k->borders;
    double distance = metres_to(m, end);
    if (distance > m->k->options.mismatch_m)
        return;
    uint32_t unit = b->ring_unit[borders_ring(b, &m->hint, edge)];
    bool has = (end[0] == m->x && end[1] == m->y) || (end[2] == m->x && end[3] == m->y);
    size_t i = 0;
    while (i < m->n_near && m->near[i].unit != unit)
        i++;
    if (i == NEAR_UNITS)
        return;
    if (i == m->n_near)
        m->near[m->n_near++] = (near_unit){unit, distance, has};
    m->near[i].distance = fmin(m->near[i].distance, distance);
    m->near[i].has_vertex |= has;
}

/* A vertex of `unit`, which has edges to both sides of it. */
static void look_around(mismatches *m, const stretch *s, uint32_t unit, const double *at) {
    double reach = m->k->options.mismatch_m;
    m->x = at[0];
    m->y = at[1];
    metres_a_degree(&m->mx, &m->my, m->y);
    const double rx = reach / m->mx, ry = reach / m->my;
    const double box[4] = {m->x - rx, m->y - ry, m->x + rx, m->y + ry};
    m->n_near = 0;
    for (size_t i = 0; i < s->n_near; i++)
        if (boxes_meet(box, s->near[i].box))
            take_near(m, s->near[i].edge, s->near[i].end);
    for (size_t i = 0; i < m->n_near; i++) {
        const near_unit *n = &m->near[i];
        if (n->has_vertex || n->unit == unit)
            continue;
        NOI_GROW(m->item, m->capacity, m->n + 1);
        m->item[m->n++] = (mismatch){n->unit < unit ? n->unit : unit,
                                     n->unit < unit ? unit : n->unit, m->x, m->y, n->distance};
    }
}

static int by_pair_and_place(const void *p, const void *q) {
    const mismatch *a = p, *b = q;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    int order = check_compare(a->x, b->x);
    return order ? order : check_compare(a->y, b->y);
}

/* One defect for a pair of neighbours: its shape is all the places, its own place the first. */
static void add_mismatch(checker *k, const mismatch *m, size_t n) {
    NOI_AUTO_FREE GEOSGeometry **point = noi_alloc(n * sizeof(GEOSGeometry *));
    unsigned n_points = 0;
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
        largest = fmax(largest, m[i].distance);
        if (i == 0 || m[i].x != m[i - 1].x || m[i].y != m[i - 1].y)
            point[n_points++] = GEOSGeom_createPointFromXY_r(k->g.handle, m[i].x, m[i].y);
    }
    GEOSGeometry *all = GEOSGeom_createCollection_r(k->g.handle, GEOS_MULTIPOINT, point, n_points);
    check_add(k,
              (noi_defect){.kind = NOI_DEFECT_EDGE_MISMATCH,
                           .unit_a = m->a,
                           .unit_b = m->b,
                           .lon = m->x,
                           .lat = m->y,
                           .width_m = largest},
              all);
    GEOSGeom_destroy_r(k->g.handle, all);
}

static void find_mismatches(mismatches *m) {
    const borders *b = &m->k->borders;
    NOI_AUTO(stretch_free) stretch s = {0};
    uint32_t ring = 0;
    while (borders_next_stretch(&s, b, m->k->options.mismatch_m)) {
        size_t n = s.to - s.from;
        uint32_t unit = b->ring_unit[borders_ring(b, &ring, s.own[0].edge)];
        for (size_t i = 0; i < n; i++)
            look_around(m, &s, unit, s.own[i].end);
        look_around(m, &s, unit, s.own[n - 1].end + 2);
    }
}

void check_mismatches(checker *k) {
    mismatches m = {.k = k};
    find_mismatches(&m);
    if (m.n)
        qsort(m.item, m.n, sizeof *m.item, by_pair_and_place);
    for (size_t i = 0, to; i < m.n; i = to) {
        for (to = i + 1; to < m.n && m.item[to].a == m.item[i].a && m.item[to].b == m.item[i].b;)
            to++;
        add_mismatch(k, m.item + i, to - i);
    }
    free(m.item);
}

/* ---- units inside one other ---- */

#define NOBODY NOI_INDEX_NONE
#define MANY   (NOI_INDEX_NONE - 1)

static void meet_neighbour(uint32_t *around, uint32_t unit, uint32_t neighbour) {
    if (neighbour != unit)
        around[unit] = around[unit] == NOBODY || around[unit] == neighbour ? neighbour : MANY;
}

/* For each unit the one that it shares its whole outer border with; NOBODY or MANY. */
static void find_surroundings(uint32_t *around, const checker *k) {
    const borders *b = &k->borders;
    const noi_coverage *c = k->coverage;
    uint32_t hint = 0;
    for (uint32_t r = 0; r < c->n_rings; r++)
        for (uint32_t v = c->ring_vertex[r]; v < c->ring_vertex[r + 1]; v++) {
            uint32_t unit = b->ring_unit[r], first = b->first[v];
            if (b->flags[v] & EDGE_IS_UNBALANCED && b->flags[v] & EDGE_OF_OUTER_RING)
                around[unit] = MANY;
            if (first == EDGE_NONE || first == v || b->flags[v] & EDGE_IS_UNBALANCED)
                continue;
            uint32_t other = b->ring_unit[borders_ring(b, &hint, first)];
            if (b->flags[v] & EDGE_OF_OUTER_RING)
                meet_neighbour(around, unit, other);
            if (b->flags[first] & EDGE_OF_OUTER_RING)
                meet_neighbour(around, other, unit);
        }
}

void check_insiders(checker *k) {
    uint32_t n_units = k->coverage->n_units;
    NOI_AUTO_FREE uint32_t *around = noi_alloc(n_units * sizeof *around);
    memset(around, 0xFF, n_units * sizeof *around);
    find_surroundings(around, k);
    for (uint32_t u = 0; u < n_units; u++) {
        noi_defect d = {.kind = NOI_DEFECT_ENCLAVE, .unit_a = u, .unit_b = around[u]};
        if (d.unit_b == NOBODY || d.unit_b == MANY)
            continue;
        GEOSGeometry *shape = geos_unit(&k->g, k->coverage, u);
        if (check_measure(k, &d, shape))
            check_add(k, d, shape);
        GEOSGeom_destroy_r(k->g.handle, shape);
    }
}
