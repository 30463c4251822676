/*
 * inlets.c: narrow gaps that are open to the outside, where no face closes.
 *
 *     ~~~~~~~~~ sea ~~~~~~~~~     Two unbalanced edges face each other when each has the outside on
 *     ----.             .----     its own side and they run in opposite directions. Where they are
 *       A  \           /  B       nearer than inlet_width_m, the strip between them is taken;
 * strips |  strip  |           that follow one another along a border are an inlet when together |
 * |           they are much longer than wide. A bay narrows too, but over a short
 *           '---------'           stretch: that is what the ratio is for.
 *
 * Strips inside closed gaps are left out: those are told as gaps or slivers.
 */
#include "geo/check/checker.h"

#include "base/i18n.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

#define LENGTH_RATIO 20   /* times the mean width: a wedge of 6 degrees is none */
#define OPPOSITE     0.94 /* cosine of 20 degrees */

/* The part of edge `a` that runs along edge `b`: its two ends, and what lies over them on b. */
typedef struct strip {
    uint32_t a, b; /* edges, a < b */
    uint32_t unit_a, unit_b;
    uint32_t group; /* another strip of the same inlet, or itself */
    double at[4][2];
    double length, area;
} strip;

typedef struct strips {
    checker *k;
    strip *item;
    size_t n, capacity;
    uint32_t edge, unit; /* that is looked at, and its unit */
    double x, y;         /* where it starts with the outside on its left */
    double mx, my;
    double ux, uy, length; /* its direction and length in metres */
    uint32_t hint;
    GEOSSTRtree *gaps; /* those of the checker */
} strips;

static void strips_free(strips *s) {
    if (s->gaps)
        GEOSSTRtree_destroy_r(s->k->g.handle, s->gaps);
    free(s->item);
}

/* Turns an edge so that the outside is on its left. */
static void outside_left(double out[4], const borders *b, uint32_t edge, const double end[4]) {
    bool turn = (b->flags[edge] & EDGE_UNIT_ON_LEFT) != 0;
    memcpy(out, end + (turn ? 2 : 0), 2 * sizeof *out);
    memcpy(out + 2, end + (turn ? 0 : 2), 2 * sizeof *out);
}

/* Clips [from, to] to where a height that runs from h[0] to h[1] over it lies in [low, high]. */
static bool clip_height(double span[2], double h[2], double low, double high) {
    for (int side = 0; side < 2; side++) {
        double bound = side ? high : low, sign = side ? -1 : 1;
        double d0 = sign * (h[0] - bound), d1 = sign * (h[1] - bound);
        if (d0 < 0 && d1 < 0)
            return false;
        if (d0 >= 0 && d1 >= 0)
            continue;
        int end = d0 < 0 ? 0 : 1;
        double at = span[0] + (span[1] - span[0]) * d0 / (d0 - d1);
        span[end] = at;
        h[end] = bound;
    }
    return span[1] > span[0];
}

static void add_strip(strips *s, uint32_t edge, uint32_t unit, const double span[2],
                      const double h[2]) {
    strip t = {.a = s->edge, .b = edge, .unit_a = s->unit, .unit_b = unit};
    t.length = span[1] - span[0];
    t.area = t.length * (h[0] + h[1]) / 2;
    for (int i = 0; i < 4; i++) {
        double along = span[i == 1 || i == 2], up = i < 2 ? 0 : h[i == 2];
        t.at[i][0] = s->x + (along * s->ux - up * s->uy) / s->mx;
        t.at[i][1] = s->y + (along * s->uy + up * s->ux) / s->my;
    }
    NOI_GROW(s->item, s->capacity, s->n + 1);
    s->item[s->n++] = t;
}

static void take_facing(strips *s, uint32_t edge, const double end[4]) {
    const borders *b = &s->k->borders;
    double f[4];
    outside_left(f, b, edge, end);
    double sx = (f[0] - s->x) * s->mx, sy = (f[1] - s->y) * s->my;
    double tx = (f[2] - s->x) * s->mx, ty = (f[3] - s->y) * s->my;
    double back = (sx - tx) * s->ux + (sy - ty) * s->uy;
    double across = (sy - ty) * s->ux - (sx - tx) * s->uy;
    if (!(back > OPPOSITE * sqrt(back * back + across * across)))
        return;
    double from = tx * s->ux + ty * s->uy, to = from + back;
    double h_from = ty * s->ux - tx * s->uy, slope = across / back;
    double span[2] = {fmax(from, 0), fmin(to, s->length)};
    double h[2] = {h_from + slope * (span[0] - from), h_from + slope * (span[1] - from)};
    if (!(span[1] > span[0]) || !clip_height(span, h, 0, s->k->options.inlet_width_m))
        return;
    uint32_t unit = b->ring_unit[borders_ring(b, &s->hint, edge)];
    if (s->k->is_valid[unit])
        add_strip(s, edge, unit, span, h);
}

static void look_along(strips *s, const stretch *near, const near_edge *own) {
    double e[4];
    outside_left(e, &s->k->borders, own->edge, own->end);
    s->edge = own->edge;
    s->x = e[0];
    s->y = e[1];
    metres_a_degree(&s->mx, &s->my, e[1]);
    double dx = (e[2] - e[0]) * s->mx, dy = (e[3] - e[1]) * s->my;
    s->length = sqrt(dx * dx + dy * dy);
    s->ux = dx / s->length;
    s->uy = dy / s->length;
    double rx = s->k->options.inlet_width_m / s->mx, ry = s->k->options.inlet_width_m / s->my;
    const double box[4] = {own->box[0] - rx, own->box[1] - ry, own->box[2] + rx, own->box[3] + ry};
    for (size_t i = 0; i < near->n_near; i++)
        if (near->near[i].edge > s->edge && boxes_meet(box, near->near[i].box))
            take_facing(s, near->near[i].edge, near->near[i].end);
}

static void find_strips(strips *s) {
    const borders *b = &s->k->borders;
    NOI_AUTO(stretch_free) stretch near = {0};
    uint32_t hint = 0;
    while (borders_next_stretch(&near, b, s->k->options.inlet_width_m)) {
        s->unit = b->ring_unit[borders_ring(b, &hint, near.own[0].edge)];
        for (size_t i = 0; s->k->is_valid[s->unit] && i < near.to - near.from; i++)
            look_along(s, &near, &near.own[i]);
    }
}

/* ---- which of them are open ---- */

/* A search for a closed gap that holds a point. */
typedef struct gap_search {
    GEOSContextHandle_t handle;
    const GEOSGeometry *point;
    bool found;
} gap_search;

static void try_gap(void *gap, void *context) {
    gap_search *s = context;
    s->found = s->found || GEOSIntersects_r(s->handle, gap, s->point) == 1;
}

static bool lies_in_gap(const strips *s, double x, double y) {
    GEOSContextHandle_t handle = s->k->g.handle;
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(handle, x, y);
    gap_search search = {.handle = handle, .point = point};
    GEOSSTRtree_query_r(handle, s->gaps, point, try_gap, &search);
    GEOSGeom_destroy_r(handle, point);
    return search.found;
}

static void middle_of(double out[2], const strip *s) {
    for (int i = 0; i < 2; i++)
        out[i] = (s->at[0][i] + s->at[1][i] + s->at[2][i] + s->at[3][i]) / 4;
}

static bool is_open(const strips *s, const strip *t) {
    double at[2];
    middle_of(at, t);
    return t->area > 0 && !lies_in_gap(s, at[0], at[1]) &&
           check_holders(NULL, 0, s->k, at[0], at[1]) == 0;
}

static void drop_closed(strips *s) {
    size_t n = 0;
    s->gaps = GEOSSTRtree_create_r(s->k->g.handle, 10);
    for (size_t i = 0; i < s->k->n_gaps; i++)
        GEOSSTRtree_insert_r(s->k->g.handle, s->gaps, s->k->gap[i], s->k->gap[i]);
    for (size_t i = 0; i < s->n; i++)
        if (is_open(s, &s->item[i]))
            s->item[n++] = s->item[i];
    s->n = n;
}

/* ---- strips to inlets ---- */

static uint32_t group_of(strips *s, uint32_t i) {
    while (s->item[i].group != i)
        i = s->item[i].group = s->item[s->item[i].group].group;
    return i;
}

/* Joins strips i and j when they belong to the same two units. */
static void join_strips(strips *s, uint32_t i, uint32_t j) {
    const strip *a = &s->item[i], *b = &s->item[j];
    if ((a->unit_a == b->unit_a && a->unit_b == b->unit_b) ||
        (a->unit_a == b->unit_b && a->unit_b == b->unit_a))
        s->item[group_of(s, i)].group = group_of(s, j);
}

/* An edge and a strip that it has a side of. */
typedef struct side {
    uint32_t edge, strip;
} side;

static int by_edge(const void *p, const void *q) {
    const side *a = p, *b = q;
    if (a->edge != b->edge)
        return a->edge < b->edge ? -1 : 1;
    return (a->strip > b->strip) - (a->strip < b->strip);
}

static size_t first_side(const side *sides, size_t n, uint32_t edge) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sides[middle].edge < edge)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Strips belong together when they have an edge in common, or edges that follow one another round
 * the ring. */
static void group_strips(strips *s) {
    const borders *b = &s->k->borders;
    size_t n = 2 * s->n;
    NOI_AUTO_FREE side *sides = noi_alloc(n * sizeof *sides);
    for (uint32_t i = 0; i < s->n; i++) {
        s->item[i].group = i;
        sides[2 * i] = (side){s->item[i].a, i};
        sides[2 * i + 1] = (side){s->item[i].b, i};
    }
    qsort(sides, n, sizeof *sides, by_edge);
    uint32_t hint = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t edge = sides[i].edge, next = edge + 1;
        if (b->flags[edge] & EDGE_ENDS_RING)
            next = s->k->coverage->ring_vertex[borders_ring(b, &hint, edge)];
        for (size_t j = i + 1; j < n && sides[j].edge == edge; j++)
            join_strips(s, sides[i].strip, sides[j].strip);
        for (size_t j = first_side(sides, n, next); j < n && sides[j].edge == next; j++)
            join_strips(s, sides[i].strip, sides[j].strip);
    }
}

static int by_group(const void *p, const void *q) {
    const strip *a = p, *b = q;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static GEOSGeometry *shape_of(checker *k, const strip *t, size_t n) {
    GEOSContextHandle_t handle = k->g.handle;
    NOI_AUTO_FREE GEOSGeometry **part = noi_alloc(n * sizeof(GEOSGeometry *));
    for (size_t i = 0; i < n; i++) {
        double xy[5][2];
        memcpy(xy, t[i].at, sizeof t[i].at);
        memcpy(xy[4], xy[0], sizeof xy[0]);
        GEOSCoordSequence *seq = GEOSCoordSeq_copyFromBuffer_r(handle, &xy[0][0], 5, 0, 0);
        GEOSGeometry *ring = GEOSGeom_createLinearRing_r(handle, seq);
        part[i] = GEOSGeom_createPolygon_r(handle, ring, NULL, 0);
    }
    GEOSGeometry *all = GEOSGeom_createCollection_r(handle, GEOS_MULTIPOLYGON, part, (unsigned)n);
    GEOSGeometry *joined = GEOSUnaryUnion_r(handle, all);
    GEOSGeom_destroy_r(handle, all);
    return joined;
}

/* The strips of one group. */
static noi_status add_inlet(checker *k, const strip *t, size_t n) {
    uint32_t one = t->unit_a, two = t->unit_b;
    noi_defect d = {.kind = NOI_DEFECT_INLET,
                    .unit_a = one < two ? one : two,
                    .unit_b = one == two  ? NOI_INDEX_NONE
                              : one < two ? two
                                          : one};
    const strip *longest = t;
    double length = 0, at[2];
    for (size_t i = 0; i < n; i++) {
        length += t[i].length;
        d.area_m2 += t[i].area;
        if (t[i].length > longest->length)
            longest = &t[i];
    }
    middle_of(at, longest);
    d.lon = at[0];
    d.lat = at[1];
    d.width_m = d.area_m2 / length;
    if (d.area_m2 < k->options.min_area_m2 || length < LENGTH_RATIO * d.width_m)
        return NOI_OK;
    GEOSGeometry *shape = shape_of(k, t, n);
    if (!shape)
        return geos_fail(&k->g, _("drawing an inlet"));
    check_add(k, d, shape);
    GEOSGeom_destroy_r(k->g.handle, shape);
    return NOI_OK;
}

noi_status check_inlets(checker *k) {
    if (!(k->options.inlet_width_m > 0))
        return NOI_OK;
    NOI_AUTO(strips_free) strips s = {.k = k};
    find_strips(&s);
    drop_closed(&s);
    if (!s.n)
        return NOI_OK;
    group_strips(&s);
    for (uint32_t i = 0; i < s.n; i++)
        s.item[i].group = group_of(&s, i);
    qsort(s.item, s.n, sizeof *s.item, by_group);
    for (size_t i = 0, to; i < s.n; i = to) {
        for (to = i + 1; to < s.n && s.item[to].group == s.item[i].group;)
            to++;
        NOI_TRY(add_inlet(k, s.item + i, to - i));
    }
    return NOI_OK;
}
