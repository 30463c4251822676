/*
 * simplify.c: a coverage with fewer vertices, for drawing. Rings are cut into arcs where borders
 * meet; an arc is simplified by the method of Douglas and Peucker (1973), always in the same
 * direction, so that both neighbours keep the very same vertices and no crack opens.
 *
 * A place is a node, an end of arcs, when rings arrive at it or leave it to more than two other
 * places. A ring without nodes (an island, an enclave) starts at its first place and is cut again
 * at the place farthest from there.
 */
#include "geo/measure.h"

#include "base/i18n.h"

#include <math.h>
#include <string.h>

/* A place where vertices lie, known by a number that equal coordinates share. */
typedef struct place {
    double x, y;
    uint32_t to[2]; /* two of the places beside it on rings */
    uint8_t n_to;   /* 3: there are more, a node */
} place;

typedef struct places {
    place *place;
    uint32_t n;
    uint32_t *of_vertex;
} places;

static size_t hash_place(double x, double y) {
    uint64_t a, b;
    memcpy(&a, &x, sizeof a);
    memcpy(&b, &y, sizeof b);
    uint64_t h = (a ^ 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u;
    h = ((h ^ h >> 29) ^ b) * 0x94D049BB133111EBu;
    return (size_t)(h ^ h >> 31);
}

static void number_places(places *out, const noi_coverage *c) {
    size_t size = 64;
    while (size < 2 * (size_t)c->n_vertices)
        size *= 2;
    NOI_AUTO_FREE uint32_t *slot = noi_alloc(size * sizeof *slot);
    memset(slot, 0xFF, size * sizeof *slot);
    out->place = noi_alloc_zero(c->n_vertices, sizeof *out->place);
    out->of_vertex = noi_alloc_zero(c->n_vertices, sizeof *out->of_vertex);
    for (size_t v = 0; v < c->n_vertices; v++) {
        double x = c->xy[2 * v] + 0.0, y = c->xy[2 * v + 1] + 0.0;
        size_t at = hash_place(x, y) & (size - 1);
        while (slot[at] != UINT32_MAX &&
               (out->place[slot[at]].x != x || out->place[slot[at]].y != y))
            at = (at + 1) & (size - 1);
        if (slot[at] == UINT32_MAX) {
            slot[at] = out->n;
            out->place[out->n++] = (place){.x = x, .y = y};
        }
        out->of_vertex[v] = slot[at];
    }
}

static void join_places(place *p, uint32_t other) {
    for (uint8_t i = 0; i < p->n_to && i < 2; i++)
        if (p->to[i] == other)
            return;
    if (p->n_to < 2)
        p->to[p->n_to] = other;
    if (p->n_to < 3)
        p->n_to++;
}

/* ---- one ring ---- */

/* A ring as places, repeats dropped, and which of them stay. */
typedef struct ring {
    uint32_t *at;
    bool *stays;
    size_t n;
} ring;

static void ring_take(ring *r, const places *all, const noi_coverage *c, uint32_t number) {
    r->n = 0;
    for (size_t v = c->ring_vertex[number]; v < c->ring_vertex[number + 1]; v++)
        if (!r->n || r->at[r->n - 1] != all->of_vertex[v])
            r->at[r->n++] = all->of_vertex[v];
    while (r->n > 1 && r->at[r->n - 1] == r->at[0])
        r->n--;
    memset(r->stays, 0, r->n * sizeof *r->stays);
}

static void find_nodes(places *all, const noi_coverage *c, ring *r) {
    for (uint32_t number = 0; number < c->n_rings; number++) {
        ring_take(r, all, c, number);
        for (size_t i = 0; i < r->n && r->n > 1; i++) {
            join_places(&all->place[r->at[i]], r->at[(i + 1) % r->n]);
            join_places(&all->place[r->at[i]], r->at[(i + r->n - 1) % r->n]);
        }
    }
}

/* Squared distance of p from the stretch between a and b. */
static double distance2(const place *p, const place *a, const place *b) {
    double dx = b->x - a->x, dy = b->y - a->y, px = p->x - a->x, py = p->y - a->y;
    double length2 = dx * dx + dy * dy, t = length2 > 0 ? (px * dx + py * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    px -= t * dx;
    py -= t * dy;
    return px * px + py * py;
}

/* The place farthest from the stretch between the ends, among those strictly between them in the
 * ring; of equal ones the place of the least number, so that the direction does not matter. */
static size_t farthest(double *far2, const places *all, const ring *r, size_t from, size_t to) {
    uint32_t one = r->at[from % r->n], other = r->at[to % r->n];
    const place *a = &all->place[one < other ? one : other];
    const place *b = &all->place[one < other ? other : one];
    size_t best = from;
    *far2 = -1;
    for (size_t i = from + 1; i < to; i++) {
        uint32_t here = r->at[i % r->n];
        double d2 = distance2(&all->place[here], a, b);
        if (d2 > *far2 || (d2 == *far2 && here < r->at[best % r->n])) {
            *far2 = d2;
            best = i;
        }
    }
    return best;
}

typedef struct stretch {
    size_t from, to;
} stretch;

/* Douglas and Peucker without recursion: an arc may have as many vertices as memory holds. `todo`
 * has room for a stretch a vertex. */
static void thin(ring *r, const places *all, size_t from, size_t to, double tolerance,
                 stretch *todo) {
    size_t n = 0;
    r->stays[from % r->n] = r->stays[to % r->n] = true;
    todo[n++] = (stretch){from, to};
    while (n) {
        stretch s = todo[--n];
        double far2;
        size_t middle = farthest(&far2, all, r, s.from, s.to);
        if (!(far2 > tolerance * tolerance))
            continue;
        r->stays[middle % r->n] = true;
        todo[n++] = (stretch){s.from, middle};
        todo[n++] = (stretch){middle, s.to};
    }
}

/* A ring that meets no other: cut at its place of the least number and at the farthest from it.
 * Kept a triangle at least, so that an island does not vanish from the map. */
static void thin_island(ring *r, const places *all, double tolerance, stretch *todo) {
    size_t start = 0;
    for (size_t i = 1; i < r->n; i++)
        if (r->at[i] < r->at[start])
            start = i;
    double far2;
    size_t across = farthest(&far2, all, r, start, start + r->n);
    size_t third = farthest(&far2, all, r, start, across);
    double other2;
    size_t fourth = farthest(&other2, all, r, across, start + r->n);
    thin(r, all, start, across, tolerance, todo);
    thin(r, all, across, start + r->n, tolerance, todo);
    bool fourth_is_farther = other2 > far2 || (other2 == far2 && r->at[fourth % r->n] <
                                                                     r->at[third % r->n]);
    r->stays[(fourth_is_farther ? fourth : third) % r->n] = true;
}

static void thin_ring(ring *r, const places *all, double tolerance, stretch *todo) {
    size_t first = 0;
    while (first < r->n && all->place[r->at[first]].n_to < 3)
        first++;
    if (first == r->n) {
        thin_island(r, all, tolerance, todo);
        return;
    }
    for (size_t from = first; from < first + r->n;) {
        size_t to = from + 1;
        while (to < first + r->n && all->place[r->at[to % r->n]].n_to < 3)
            to++;
        thin(r, all, from, to, tolerance, todo);
        from = to;
    }
}

/* ---- all rings ---- */

typedef struct simplifier {
    const noi_coverage *coverage;
    noi_coverage *out;
    places all;
    ring r;
    double *xy;
    stretch *todo;
    double tolerance;
} simplifier;

static void simplifier_clear(simplifier *s) {
    noi_coverage_free(s->out);
    free(s->all.place);
    free(s->all.of_vertex);
    free(s->r.at);
    free(s->r.stays);
    free(s->xy);
    free(s->todo);
}

/* The ring's vertices that stay, in s->xy. */
static size_t simplify_ring(simplifier *s, uint32_t number) {
    ring_take(&s->r, &s->all, s->coverage, number);
    if (s->r.n < 3)
        return 0;
    thin_ring(&s->r, &s->all, s->tolerance, s->todo);
    size_t n = 0;
    for (size_t i = 0; i < s->r.n; i++) {
        if (!s->r.stays[i])
            continue;
        s->xy[2 * n] = s->all.place[s->r.at[i]].x;
        s->xy[2 * n++ + 1] = s->all.place[s->r.at[i]].y;
    }
    return n;
}

/* A ring that has shrunk to a line has no area: its neighbours meet there. With the outer ring goes
 * the polygon. */
static void simplify_polygon(simplifier *s, uint32_t polygon) {
    const noi_coverage *c = s->coverage;
    for (uint32_t r = c->polygon_ring[polygon]; r < c->polygon_ring[polygon + 1]; r++) {
        bool is_outer = r == c->polygon_ring[polygon];
        size_t n = simplify_ring(s, r);
        if (n < 3 && is_outer)
            return;
        if (is_outer)
            noi_coverage_add_polygon(s->out);
        if (n >= 3)
            noi_coverage_add_ring(s->out, s->xy, n);
    }
}

noi_status noi_coverage_simplify(noi_coverage **out, const noi_coverage *coverage,
                                 double tolerance_degrees) {
    if (!(tolerance_degrees >= 0))
        return noi_fail(NOI_ERR_USAGE, _("the tolerance %g of a simplification is not 0 or more"),
                        tolerance_degrees);
    NOI_AUTO(simplifier_clear) simplifier s = {.coverage = coverage,
                                               .tolerance = tolerance_degrees};
    size_t n = (size_t)coverage->n_vertices + 1;
    s.out = noi_coverage_new();
    s.r.at = noi_alloc(n * sizeof *s.r.at);
    s.r.stays = noi_alloc(n * sizeof *s.r.stays);
    s.xy = noi_alloc(2 * n * sizeof *s.xy);
    s.todo = noi_alloc(2 * n * sizeof *s.todo);
    number_places(&s.all, coverage);
    find_nodes(&s.all, coverage, &s.r);
    for (uint32_t u = 0; u < coverage->n_units; u++) {
        noi_coverage_add_unit(s.out, coverage->unit_code[u]);
        for (uint32_t p = coverage->unit_polygon[u]; p < coverage->unit_polygon[u + 1]; p++)
            simplify_polygon(&s, p);
    }
    *out = s.out;
    s.out = NULL;
    return NOI_OK;
}
