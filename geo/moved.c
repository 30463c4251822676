/*
 * moved.c: how the borders of two drawings differ.
 *
 * Let b be the unit that holds a place before, a the unit that holds it afterwards. Across an edge
 * that both drawings have, with the same units on the same sides, b and a change alike; so only edges that are not
 * the same in both need a look, in two nearly equal layers a handful. They are noded and made into
 * faces. Where b = a somewhere in a face, it is so all over the face, and where not, no common edge
 * can lie in it: one point of the face, asked of the point index of either drawing, tells (b, a).
 *
 * How far a border moved: the part of a piece's outline that lies on the border between b and a as
 * it was is its length; the place of the rest that is farthest from that border is found by halving
 * stretches, leaving out those that cannot hold it (a distance changes no faster than one walks).
 */
#include "geo/moved.h"

#include "base/i18n.h"
#include "geo/align.h"
#include "geo/edges.h"
#include "geo/geos.h"
#include "geo/index/format.h"

#include <geodesic.h>
#include <geos_c.h>
#include <math.h>
#include <string.h>

#define FEW           64    /* units that hold one place, at most, that are told apart */
#define ROUNDING_M2   1e-4  /* a smaller piece is an artefact of rounding */
#define SAME_PLACE_M  0.01
#define ON_BORDER_M   0.02  /* neighbours draw their common border apart by as much */
#define NEAR_M        30    /* the old border is looked for this near first */

/* The list as callers see it, with what it owns behind. */
typedef struct list {
    noi_moved_list seen; /* first: a noi_moved_list is the beginning of a list */
    noi_moved *item;
    size_t capacity;
    noi_arena *arena;
} list;

typedef struct side { /* one of the drawings */
    noi_coverage *near; /* its units near edges that differ */
    noi_buf bytes;
    const noi_index *index; /* of `near`; NULL when that has no shapes */
} side;

typedef struct piece {
    noi_code from, to;
    GEOSGeometry *shape;
    double area_m2, perimeter_m, lon, lat;
} piece;

typedef struct mover {
    double noise_m;
    geos g;
    struct geod_geodesic earth;
    GEOSWKBWriter *writer;
    side before, after;
    noi_coverage *both;    /* the units before, then those afterwards, brought onto them */
    uint32_t n_before;     /* units of the first */
    edges all;             /* of both */
    bool *left;            /* see find_sides */
    bool *differs;         /* an edge of `all`: first of its list, which differs */
    piece *piece;
    size_t n_pieces, capacity;
    list *out;
} mover;

static void list_free(list *l) {
    if (!l)
        return;
    noi_arena_free(l->arena);
    free(l->item);
    free(l);
}
NOI_DEFINE_AUTO(list, list_free)

void noi_moved_list_free(noi_moved_list *moved) {
    list_free((list *)(void *)moved);
}

static void mover_clear(mover *m) {
    for (size_t i = 0; i < m->n_pieces; i++)
        if (m->piece[i].shape)
            GEOSGeom_destroy_r(m->g.handle, m->piece[i].shape);
    if (m->writer)
        GEOSWKBWriter_destroy_r(m->g.handle, m->writer);
    free(m->piece);
    free(m->differs);
    free(m->left);
    edges_free(&m->all);
    noi_coverage_free(m->both);
    noi_coverage_free(m->before.near);
    noi_coverage_free(m->after.near);
    noi_buf_free(&m->before.bytes);
    noi_buf_free(&m->after.bytes);
    geos_end(&m->g);
}

/* ---- edges that are not the same in both ----------------------------------------------------- */

/* Twice the signed area, from the first vertex so that large coordinates cost no digits. */
static double signed_area(const noi_coverage *c, uint32_t ring) {
    size_t from = c->ring_vertex[ring], to = c->ring_vertex[ring + 1];
    const double *o = c->xy + 2 * from;
    double sum = 0;
    for (size_t v = from + 1; v + 1 < to; v++) {
        const double *p = c->xy + 2 * v;
        sum += (p[0] - o[0]) * (p[3] - o[1]) - (p[2] - o[0]) * (p[1] - o[1]);
    }
    return sum;
}

/* For each vertex: its unit lies on the left of the ring as it runs from there. */
static bool *find_sides(const noi_coverage *c) {
    bool *left = noi_alloc_zero((size_t)c->n_vertices + 1, sizeof *left);
    for (uint32_t p = 0; p < c->n_polygons; p++)
        for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++) {
            bool is_hole = r != c->polygon_ring[p], on_left = (signed_area(c, r) > 0) != is_hole;
            for (uint32_t v = c->ring_vertex[r]; v < c->ring_vertex[r + 1]; v++)
                left[v] = on_left;
        }
    return left;
}

static bool is_on_left(const mover *m, const edge *e) {
    return m->left[e->vertex] != e->turned;
}

/* Whether the units that bear this one's code lie on this side of the edge an odd number of times
 * before, and so after. */
static bool is_bounded_alike(const mover *m, uint32_t head, const edge *one) {
    noi_code code = m->both->unit_code[one->unit];
    bool odd[2] = {false, false}, on_left = is_on_left(m, one);
    for (uint32_t i = head; i != EDGE_NONE; i = m->all.edge[i].next) {
        const edge *e = &m->all.edge[i];
        if (m->both->unit_code[e->unit] == code && is_on_left(m, e) == on_left)
            odd[e->unit >= m->n_before] ^= true;
    }
    return odd[0] == odd[1];
}

static bool find_differing(mover *m) {
    bool any = false;
    m->left = find_sides(m->both);
    m->differs = noi_alloc_zero(m->all.n + 1, sizeof *m->differs);
    for (uint32_t h = 0; h < m->all.n_heads; h++) {
        uint32_t head = m->all.head[h];
        bool alike = true;
        for (uint32_t i = head; i != EDGE_NONE && alike; i = m->all.edge[i].next)
            alike = is_bounded_alike(m, head, &m->all.edge[i]);
        m->differs[head] = !alike;
        any = any || !alike;
    }
    return any;
}

static void ends_of(double from[2], double to[2], const edge *e) {
    double *low = e->turned ? to : from, *high = e->turned ? from : to;
    low[0] = e->ax;
    low[1] = e->ay;
    high[0] = e->bx;
    high[1] = e->by;
}

/* Edges stand in the order of the rings: a line goes on while each starts where the last ended. */
static unsigned run_on(double *xy, const mover *m, size_t *i) {
    unsigned n = 0;
    for (; *i < m->all.n && m->differs[*i]; (*i)++) {
        double from[2], to[2];
        ends_of(from, to, &m->all.edge[*i]);
        if (n && (xy[2 * n - 2] != from[0] || xy[2 * n - 1] != from[1]))
            break;
        if (!n)
            memcpy(xy + 2 * (size_t)n++, from, sizeof from);
        memcpy(xy + 2 * (size_t)n++, to, sizeof to);
    }
    return n;
}

static GEOSGeometry *differing_lines(mover *m) {
    size_t n_edges = 0;
    for (size_t i = 0; i < m->all.n; i++)
        n_edges += m->differs[i];
    NOI_AUTO_FREE GEOSGeometry **line = noi_alloc((n_edges + 1) * sizeof(GEOSGeometry *));
    NOI_AUTO_FREE double *xy = noi_alloc(2 * (n_edges + 2) * sizeof *xy);
    unsigned n_lines = 0;
    for (size_t i = 0; i < m->all.n;) {
        if (!m->differs[i]) {
            i++;
            continue;
        }
        unsigned n = run_on(xy, m, &i);
        GEOSCoordSequence *seq = GEOSCoordSeq_copyFromBuffer_r(m->g.handle, xy, n, 0, 0);
        line[n_lines++] = GEOSGeom_createLineString_r(m->g.handle, seq);
    }
    return GEOSGeom_createCollection_r(m->g.handle, GEOS_MULTILINESTRING, line, n_lines);
}

/* ---- faces ----------------------------------------------------------------------------------- */

typedef struct codes {
    size_t n;
    noi_code item[FEW];
} codes;

static bool has_code(const codes *c, noi_code code) {
    for (size_t i = 0; i < c->n; i++)
        if (c->item[i] == code)
            return true;
    return false;
}

static void codes_at(codes *out, const side *s, const double at[2]) {
    uint32_t unit[FEW];
    size_t n = s->index ? noi_index_holders(unit, FEW, s->index, at[0], at[1]) : 0;
    out->n = 0;
    for (size_t i = 0; i < n && i < FEW; i++)
        if (!has_code(out, s->near->unit_code[unit[i]]))
            out->item[out->n++] = s->near->unit_code[unit[i]];
}

/* The first code of one side that the other lacks; 0 for none. */
static noi_code only_in(const codes *some, const codes *others) {
    for (size_t i = 0; i < some->n; i++)
        if (!has_code(others, some->item[i]))
            return some->item[i];
    return 0;
}

typedef struct face_holders {
    noi_code from, to;
    int more; /* units that hold it afterwards, less those before */
} face_holders;

/* Who holds the place before and after. Units that hold it both times (an overlap that stays) are no
 * change; where one only joins or leaves another, the first one answers for the place. */
static void holders_at(face_holders *out, const mover *m, const double at[2]) {
    codes before, after;
    codes_at(&before, &m->before, at);
    codes_at(&after, &m->after, at);
    noi_code lost = only_in(&before, &after), gained = only_in(&after, &before);
    bool swaps = lost && gained, changes = lost || gained;
    out->from = swaps ? lost : before.n && changes ? before.item[0] : 0;
    out->to = swaps ? gained : after.n && changes ? after.item[0] : 0;
    out->more = (int)after.n - (int)before.n;
}

/* Notes a face in the account of areas; false when it is left out as noise. */
static bool count_face(mover *m, const face_holders *h, double area_m2, double perimeter_m) {
    noi_moved_list *l = &m->out->seen;
    if (2 * area_m2 / perimeter_m <= m->noise_m) {
        l->n_noise += h->from != h->to || h->more;
        l->noise_m2 += h->from != h->to || h->more ? area_m2 : 0;
        l->noise_sum_m2 += h->more * area_m2;
        return false;
    }
    int claims = h->more - (!h->from && h->to) + (h->from && !h->to);
    *(claims > 0 ? &l->claims_begin_m2 : &l->claims_end_m2) += abs(claims) * area_m2;
    return true;
}

static void take_face(mover *m, const GEOSGeometry *face) {
    piece p = {0};
    face_holders h;
    double at[2];
    p.area_m2 = geos_area_m2(&m->g, &p.perimeter_m, face);
    if (!(p.area_m2 >= ROUNDING_M2) || !geos_point_on(&m->g, at, face))
        return;
    holders_at(&h, m, at);
    p.from = h.from;
    p.to = h.to;
    if (!count_face(m, &h, p.area_m2, p.perimeter_m) || p.from == p.to)
        return;
    p.lon = at[0];
    p.lat = at[1];
    p.shape = GEOSGeom_clone_r(m->g.handle, face);
    NOI_GROW(m->piece, m->capacity, m->n_pieces + 1);
    m->piece[m->n_pieces++] = p;
}

static noi_status find_pieces(mover *m) {
    GEOSGeometry *lines = differing_lines(m);
    GEOSGeometry *noded = lines ? GEOSUnaryUnion_r(m->g.handle, lines) : NULL;
    const GEOSGeometry *const one[] = {noded};
    GEOSGeometry *faces = noded ? GEOSPolygonize_r(m->g.handle, one, 1) : NULL;
    noi_status status = faces ? NOI_OK : geos_fail(&m->g, _("comparing two drawings"));
    int n = faces ? GEOSGetNumGeometries_r(m->g.handle, faces) : 0;
    for (int i = 0; i < n; i++)
        take_face(m, GEOSGetGeometryN_r(m->g.handle, faces, i));
    GEOSGeometry *const done[] = {lines, noded, faces};
    for (int i = 0; i < 3; i++)
        if (done[i])
            GEOSGeom_destroy_r(m->g.handle, done[i]);
    return status;
}

/* ---- how far --------------------------------------------------------------------------------- */

/* What is being looked for around a place: the border between two units as it was before. */
typedef struct old_border {
    const mover *m;
    noi_code from, to;
    bool near_from, near_to;
    bool only_nearest; /* a distance is asked for: farther edges need no look */
    double nearest2;   /* square metres */
} old_border;

static bool is_one_unit(const old_border *b, uint32_t mask, const uint16_t *unit) {
    noi_code first = b->m->before.near->unit_code[unit[__builtin_ctz(mask)]];
    for (mask &= mask - 1; mask; mask &= mask - 1)
        if (b->m->before.near->unit_code[unit[__builtin_ctz(mask)]] != first)
            return false;
    return true;
}

/* An edge of the border that the piece moved away from: of the unit that gained it (the piece lies
 * outside of that unit); towards nobody's land an edge that has no second unit. Its length is counted
 * where the edge is of this very pair; a distance is asked from anybody's outer edge, since where an
 * outer border runs into another unit's the nearest place may be that unit's. */
static void take_edge(void *context, double *reach2, double metres2, const index_edge *e,
                      const uint16_t *unit) {
    old_border *b = context;
    bool has_from = false, has_to = false, has_other = false;
    for (uint32_t mask = e->mask; mask; mask &= mask - 1) {
        noi_code code = b->m->before.near->unit_code[unit[__builtin_ctz(mask)]];
        has_from = has_from || code == b->from;
        has_to = has_to || code == b->to;
        has_other = has_other || (code != b->from && code != b->to);
    }
    bool is_outer = !b->from || !b->to;
    bool is_pair = is_outer ? (has_from || has_to) && !has_other : has_to;
    bool fits = b->only_nearest && is_outer ? is_one_unit(b, e->mask, unit) : is_pair;
    b->near_from = b->near_from || has_from || is_outer;
    b->near_to = b->near_to || fits;
    if (!fits || metres2 >= b->nearest2)
        return;
    b->nearest2 = metres2;
    if (b->only_nearest)
        *reach2 = metres2;
}

static bool lies_on(old_border *b, double lon, double lat, double reach_m) {
    b->near_from = b->near_to = b->only_nearest = false;
    b->nearest2 = INFINITY;
    noi_index_visit_edges(b->m->before.index, lon, lat, reach_m, take_edge, b);
    return b->near_from && b->near_to;
}

static double distance(old_border *b, double lon, double lat, double limit_m) {
    b->only_nearest = true;
    b->nearest2 = INFINITY;
    for (double reach = fmin(limit_m, NEAR_M);; reach = fmin(limit_m, reach * 8)) {
        noi_index_visit_edges(b->m->before.index, lon, lat, reach, take_edge, b);
        if (isfinite(b->nearest2) || reach >= limit_m)
            return isfinite(b->nearest2) ? sqrt(b->nearest2) : 0;
    }
}

static double length_of(const mover *m, const double p[2], const double q[2]) {
    double metres = 0;
    geod_inverse(&m->earth, p[1], p[0], q[1], q[0], &metres, NULL, NULL);
    return metres;
}

/* A stretch of a border as it is drawn afterwards, with the distances of its ends. */
typedef struct stretch {
    double p[2], q[2], at_p, at_q, length;
} stretch;

/* Makes *farthest the greatest distance on the stretch, if that is greater, within one percent. */
static void walk(double *farthest, old_border *b, const stretch *s, double limit_m) {
    *farthest = fmax(*farthest, fmax(s->at_p, s->at_q));
    if ((s->at_p + s->at_q + s->length) / 2 <= *farthest * 1.01 + SAME_PLACE_M)
        return;
    stretch first = *s, second = *s;
    first.length = second.length = s->length / 2;
    first.q[0] = second.p[0] = (s->p[0] + s->q[0]) / 2;
    first.q[1] = second.p[1] = (s->p[1] + s->q[1]) / 2;
    first.at_q = second.at_p = distance(b, first.q[0], first.q[1], limit_m);
    walk(farthest, b, &first, limit_m);
    walk(farthest, b, &second, limit_m);
}

typedef struct extent { /* of the moved border, over the pieces of a pair */
    double length_m, area_m2, farthest_m;
} extent;

/* Outline of a piece as flat numbers, ring by ring; yours. */
static double *ring_places(unsigned *n, const mover *m, const GEOSGeometry *ring) {
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(m->g.handle, ring);
    *n = 0;
    if (seq)
        GEOSCoordSeq_getSize_r(m->g.handle, seq, n);
    double *xy = noi_alloc(2 * ((size_t)*n + 1) * sizeof *xy);
    if (*n)
        GEOSCoordSeq_copyToBuffer_r(m->g.handle, seq, xy, 0, 0);
    return xy;
}

static double old_length(old_border *b, const double *xy, unsigned n, double reach_m) {
    double sum = 0;
    for (unsigned i = 0; i + 1 < n; i++) {
        const double *p = xy + 2 * (size_t)i, *q = p + 2;
        if (lies_on(b, (p[0] + q[0]) / 2, (p[1] + q[1]) / 2, reach_m))
            sum += length_of(b->m, p, q);
    }
    return sum;
}

/* The vertices first: the greatest distance among them spares most stretches a closer look. */
static void walk_ring(double *farthest, old_border *b, const double *xy, unsigned n,
                      double limit_m) {
    NOI_AUTO_FREE double *at = noi_alloc(((size_t)n + 1) * sizeof *at);
    for (unsigned i = 0; i < n; i++) {
        at[i] = distance(b, xy[2 * (size_t)i], xy[2 * (size_t)i + 1], limit_m);
        *farthest = fmax(*farthest, at[i]);
    }
    for (unsigned i = 0; i + 1 < n; i++) {
        stretch s = {.at_p = at[i], .at_q = at[i + 1]};
        memcpy(s.p, xy + 2 * (size_t)i, sizeof s.p);
        memcpy(s.q, xy + 2 * (size_t)i + 2, sizeof s.q);
        s.length = length_of(b->m, s.p, s.q);
        walk(farthest, b, &s, limit_m);
    }
}

static const GEOSGeometry *ring_of(const mover *m, const GEOSGeometry *shape, int i) {
    return i < 0 ? GEOSGetExteriorRing_r(m->g.handle, shape)
                 : GEOSGetInteriorRingN_r(m->g.handle, shape, i);
}

/* The outline's own length bounds the distance of any place of it from the border that it touches. */
static void measure(extent *out, const mover *m, const piece *p) {
    if (!m->before.index)
        return;
    old_border b = {.m = m, .from = p->from, .to = p->to};
    int n_holes = GEOSGetNumInteriorRings_r(m->g.handle, p->shape);
    double reach = fmin(ON_BORDER_M, p->area_m2 / p->perimeter_m / 2), length = 0;
    for (int i = -1; i < n_holes; i++) {
        unsigned n;
        NOI_AUTO_FREE double *xy = ring_places(&n, m, ring_of(m, p->shape, i));
        length += old_length(&b, xy, n, reach);
    }
    if (length == 0)
        return;
    out->length_m += length;
    out->area_m2 += p->area_m2;
    for (int i = -1; i < n_holes; i++) {
        unsigned n;
        NOI_AUTO_FREE double *xy = ring_places(&n, m, ring_of(m, p->shape, i));
        walk_ring(&out->farthest_m, &b, xy, n, p->perimeter_m);
    }
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static int by_pair_then_area(const void *p, const void *q) {
    const piece *a = p, *b = q;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    if (a->area_m2 != b->area_m2)
        return a->area_m2 > b->area_m2 ? -1 : 1;
    return a->lon < b->lon ? -1 : a->lon > b->lon;
}

static int by_area_then_codes(const void *p, const void *q) {
    const noi_moved *a = p, *b = q;
    if (a->area_m2 != b->area_m2)
        return a->area_m2 > b->area_m2 ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

/* Takes over the shapes of the pieces. */
static noi_status write_shape(noi_str *out, mover *m, piece *p, size_t n) {
    NOI_AUTO_FREE GEOSGeometry **part = noi_alloc(n * sizeof(GEOSGeometry *));
    for (size_t i = 0; i < n; i++) {
        part[i] = p[i].shape;
        p[i].shape = NULL;
    }
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(m->g.handle, GEOS_MULTIPOLYGON, part, (unsigned)n);
    size_t n_bytes = 0;
    unsigned char *wkb =
        all ? GEOSWKBWriter_write_r(m->g.handle, m->writer, all, &n_bytes) : NULL;
    if (all)
        GEOSGeom_destroy_r(m->g.handle, all);
    if (!wkb)
        return geos_fail(&m->g, _("comparing two drawings"));
    char *copy = noi_arena_alloc(m->out->arena, n_bytes);
    memcpy(copy, wkb, n_bytes);
    GEOSFree_r(m->g.handle, wkb);
    *out = (noi_str){copy, n_bytes};
    return NOI_OK;
}

/* Whether the drawing before (after) has a unit at all; nobody is always there. */
static bool is_drawn(const mover *m, bool before, noi_code code) {
    uint32_t from = before ? 0 : m->n_before, to = before ? m->n_before : m->both->n_units;
    bool found = code == 0;
    for (uint32_t u = from; u < to && !found; u++)
        found = m->both->unit_code[u] == code;
    return found;
}

static noi_status take_pair(mover *m, piece *p, size_t n) {
    noi_moved pair = {.from = p->from, .to = p->to, .n_pieces = (uint32_t)n, .lon = p->lon,
                      .lat = p->lat};
    extent e = {0};
    pair.is_whole = !is_drawn(m, false, p->from) || !is_drawn(m, true, p->to);
    for (size_t i = 0; i < n; i++) {
        pair.area_m2 += p[i].area_m2;
        if (!pair.is_whole)
            measure(&e, m, &p[i]);
    }
    pair.length_m = e.length_m;
    pair.mean_m = e.length_m > 0 ? fmin(e.area_m2 / e.length_m, e.farthest_m) : NAN;
    pair.farthest_m = e.length_m > 0 ? e.farthest_m : NAN;
    NOI_TRY(write_shape(&pair.wkb, m, p, n));
    list *l = m->out;
    NOI_GROW(l->item, l->capacity, l->seen.n + 1);
    l->item[l->seen.n++] = pair;
    return NOI_OK;
}

static noi_status take_pairs(mover *m) {
    if (m->n_pieces)
        qsort(m->piece, m->n_pieces, sizeof *m->piece, by_pair_then_area);
    for (size_t i = 0, to; i < m->n_pieces; i = to) {
        for (to = i + 1; to < m->n_pieces && m->piece[to].from == m->piece[i].from &&
                         m->piece[to].to == m->piece[i].to;)
            to++;
        NOI_TRY(take_pair(m, &m->piece[i], to - i));
    }
    if (m->out->seen.n)
        qsort(m->out->item, m->out->seen.n, sizeof *m->out->item, by_area_then_codes);
    return NOI_OK;
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* Both drawings in one, so that edges of either are found by the other's; the later one is brought
 * onto the earlier first. */
static void bring_together(mover *m, const noi_coverage *before, const noi_coverage *after) {
    m->both = noi_coverage_new();
    m->n_before = before->n_units;
    coverage_append(m->both, before);
    uint32_t first = m->both->n_vertices;
    coverage_append(m->both, after);
    coverage_align(m->both, first, fmin(SAME_PLACE_M, m->noise_m));
    edges_make(&m->all, m->both);
}

typedef struct box {
    double min_x, min_y, max_x, max_y;
} box;

static box box_of(const noi_coverage *c, uint32_t unit) {
    box b = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    uint32_t first = c->polygon_ring[c->unit_polygon[unit]];
    uint32_t last = c->polygon_ring[c->unit_polygon[unit + 1]];
    for (size_t v = c->ring_vertex[first]; v < c->ring_vertex[last]; v++) {
        b.min_x = fmin(b.min_x, c->xy[2 * v]);
        b.min_y = fmin(b.min_y, c->xy[2 * v + 1]);
        b.max_x = fmax(b.max_x, c->xy[2 * v]);
        b.max_y = fmax(b.max_y, c->xy[2 * v + 1]);
    }
    return b;
}

static bool boxes_meet(const box *a, const box *b) {
    return a->min_x <= b->max_x && b->min_x <= a->max_x && a->min_y <= b->max_y &&
           b->min_y <= a->max_y;
}

/* A place that changes hands lies in a unit that has an edge that differs; who else holds it is told
 * by the units whose boxes meet that unit's. All others need no index. */
static void take_near(mover *m) {
    uint32_t n = m->both->n_units, n_changed = 0;
    NOI_AUTO_FREE bool *changed = noi_alloc_zero((size_t)n + 1, sizeof *changed);
    NOI_AUTO_FREE box *boxes = noi_alloc(((size_t)n + 1) * sizeof *boxes);
    NOI_AUTO_FREE box *of_changed = noi_alloc(((size_t)n + 1) * sizeof *of_changed);
    for (size_t h = 0; h < m->all.n; h++)
        for (uint32_t i = m->differs[h] ? (uint32_t)h : EDGE_NONE; i != EDGE_NONE;
             i = m->all.edge[i].next)
            changed[m->all.edge[i].unit] = true;
    for (uint32_t u = 0; u < n; u++) {
        boxes[u] = box_of(m->both, u);
        if (changed[u])
            of_changed[n_changed++] = boxes[u];
    }
    m->before.near = noi_coverage_new();
    m->after.near = noi_coverage_new();
    for (uint32_t u = 0; u < n; u++) {
        bool is_near = changed[u];
        for (uint32_t i = 0; i < n_changed && !is_near; i++)
            is_near = boxes_meet(&boxes[u], &of_changed[i]);
        if (is_near)
            coverage_append_unit(u < m->n_before ? m->before.near : m->after.near, m->both, u);
    }
}

static noi_status make_index(side *s) {
    if (!s->near->n_vertices)
        return NOI_OK;
    NOI_TRY(noi_index_build(&s->bytes, s->near));
    return noi_index_attach(&s->index, s->bytes.p, s->bytes.n);
}

static noi_status compare(mover *m) {
    if (!find_differing(m))
        return NOI_OK;
    take_near(m);
    NOI_TRY(make_index(&m->before));
    NOI_TRY(make_index(&m->after));
    NOI_TRY(find_pieces(m));
    return take_pairs(m);
}

noi_status noi_coverage_moved(noi_moved_list **out, const noi_coverage *before,
                              const noi_coverage *after, double noise_m) {
    NOI_AUTO(list_freep) list *l = noi_alloc_zero(1, sizeof *l);
    l->arena = noi_arena_new();
    NOI_AUTO(mover_clear) mover m = {.noise_m = noise_m, .out = l};
    geos_begin(&m.g);
    geod_init(&m.earth, 6378137.0, 1 / 298.257223563);
    m.writer = GEOSWKBWriter_create_r(m.g.handle);
    GEOSWKBWriter_setByteOrder_r(m.g.handle, m.writer, GEOS_WKB_NDR);
    bring_together(&m, before, after);
    NOI_TRY(compare(&m));
    l->seen.items = l->item;
    *out = &l->seen;
    l = NULL;
    return NOI_OK;
}
