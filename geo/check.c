/*
 * check.c: what is wrong with a boundary layer as such.
 *
 * Overlaps and gaps without a union of all units (which GEOS cannot build for layers that are not
 * exactly noded, and which is slow): let m be how many units hold a point, 1 nearly everywhere. m
 * changes only where one crosses an edge that does not have as many units on its left as on its
 * right. In a clean coverage that is the outer border alone. These unbalanced edges are noded and
 * made into faces; in each face m is constant, and one point of it tells m from the point index:
 *
 *     m = 0, closed in on all sides: a gap      m = 1: as it should be      m >= 2: an overlap
 *
 * Edges of units that GEOS calls invalid have no dependable side, and always count as unbalanced.
 */
#include "geo/check.h"

#include "base/i18n.h"
#include "geo/edges.h"
#include "geo/geos.h"
#include "geo/index_format.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

#define FEW                    64   /* units that share one place, at most, that are told apart */

/* The list as callers see it, with what it owns behind. */
typedef struct list {
    noi_defects seen; /* first: a noi_defects is the beginning of a list */
    noi_defect *item;
    size_t capacity;
    noi_arena *arena;
} list;

typedef struct checker {
    const noi_coverage *coverage;
    noi_check_options options;
    geos g;
    GEOSWKBWriter *writer;
    bool *is_valid; /* a unit */
    edges all;
    uint8_t *unbalanced; /* a record of `all`: its list has more units on one side */
    noi_buf index_bytes;
    const noi_index *index;
    list *out;
} checker;

static void list_free(list *l) {
    if (!l)
        return;
    noi_arena_free(l->arena);
    free(l->item);
    free(l);
}
NOI_DEFINE_AUTO(list, list_free)

void noi_defects_free(noi_defects *defects) {
    list_free((list *)(void *)defects);
}

static void checker_clear(checker *k) {
    if (k->writer)
        GEOSWKBWriter_destroy_r(k->g.handle, k->writer);
    edges_free(&k->all);
    free(k->unbalanced);
    free(k->is_valid);
    noi_buf_free(&k->index_bytes);
    geos_end(&k->g);
}

static void geometry_free(checker *k, GEOSGeometry *shape) {
    if (shape)
        GEOSGeom_destroy_r(k->g.handle, shape);
}

/* ---- adding to the list ---- */

static void add(checker *k, noi_defect d, const GEOSGeometry *shape) {
    list *l = k->out;
    size_t n = 0;
    unsigned char *wkb =
        shape ? GEOSWKBWriter_write_r(k->g.handle, k->writer, shape, &n) : NULL;
    if (wkb) {
        char *copy = noi_arena_alloc(l->arena, n);
        memcpy(copy, wkb, n);
        d.wkb = (noi_str){copy, n};
        GEOSFree_r(k->g.handle, wkb);
    }
    NOI_GROW(l->item, l->capacity, l->seen.n + 1);
    l->item[l->seen.n++] = d;
}

static void add_place(checker *k, noi_defect_kind kind, uint32_t unit, double lon, double lat,
                      noi_ring_fault fault) {
    noi_defect d = {.kind = kind, .ring = fault, .unit_a = unit, .unit_b = NOI_INDEX_NONE,
                    .lon = lon, .lat = lat};
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(k->g.handle, lon, lat);
    add(k, d, point);
    geometry_free(k, point);
}

static int compare_doubles(double a, double b) {
    return (a > b) - (a < b);
}

static int by_kind_and_place(const void *p, const void *q) {
    const noi_defect *a = p, *b = q;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->unit_a != b->unit_a)
        return a->unit_a < b->unit_a ? -1 : 1;
    if (a->unit_b != b->unit_b)
        return a->unit_b < b->unit_b ? -1 : 1;
    int order = compare_doubles(a->lon, b->lon);
    if (!order)
        order = compare_doubles(a->lat, b->lat);
    return order ? order : compare_doubles(a->area_m2, b->area_m2);
}

/* ---- keys ---- */

const char *noi_defect_key(noi_defect_kind kind) {
    switch (kind) {
#define KEY(name, value, key, rule)                                                                \
    case name:                                                                                     \
        return key;
        NOI_DEFECT_TABLE(KEY)
#undef KEY
    }
    return "";
}

const char *noi_defect_rule(noi_defect_kind kind) {
    switch (kind) {
#define RULE(name, value, key, rule)                                                               \
    case name:                                                                                     \
        return rule;
        NOI_DEFECT_TABLE(RULE)
#undef RULE
    }
    return "";
}

const char *noi_ring_fault_key(noi_ring_fault fault) {
    switch (fault) {
#define KEY(name, value, key)                                                                      \
    case name:                                                                                     \
        return key;
        NOI_RING_TABLE(KEY)
#undef KEY
    }
    return "";
}

/* ---- each unit by itself ---- */

/* GEOS names the fault by a sentence of its own, which has not changed since JTS. */
static noi_ring_fault fault_of(const char *reason) {
    static const struct {
        const char *begins;
        noi_ring_fault fault;
    } words[] = {{"Self-intersection", NOI_RING_CROSSES_ITSELF},
                 {"Ring Self-intersection", NOI_RING_TOUCHES_ITSELF},
                 {"Too few points", NOI_RING_TOO_FEW_POINTS},
                 {"Hole lies outside shell", NOI_RING_HOLE_OUTSIDE},
                 {"Holes are nested", NOI_RING_NESTED_HOLES},
                 {"Nested shells", NOI_RING_NESTED_SHELLS},
                 {"Duplicate Rings", NOI_RING_DUPLICATE},
                 {"Interior is disconnected", NOI_RING_INTERIOR_SPLIT}};
    for (size_t i = 0; reason && i < sizeof words / sizeof *words; i++)
        if (strncmp(reason, words[i].begins, strlen(words[i].begins)) == 0)
            return words[i].fault;
    return NOI_RING_OTHER;
}

static bool check_validity(checker *k, uint32_t unit, GEOSGeometry *shape) {
    char *reason = NULL;
    GEOSGeometry *at = NULL;
    char valid = GEOSisValidDetail_r(k->g.handle, shape, 0, &reason, &at);
    if (valid != 1) {
        double x = NAN, y = NAN;
        if (at) {
            GEOSGeomGetX_r(k->g.handle, at, &x);
            GEOSGeomGetY_r(k->g.handle, at, &y);
        }
        add_place(k, NOI_DEFECT_INVALID_RING, unit, x, y, fault_of(reason));
    }
    if (reason)
        GEOSFree_r(k->g.handle, reason);
    geometry_free(k, at);
    geometry_free(k, shape);
    return valid == 1;
}

/* A ring of one or two places has no area; GEOS would not even build it. */
static bool check_ring_sizes(checker *k, uint32_t unit, uint32_t polygon) {
    const noi_coverage *c = k->coverage;
    bool sound = true;
    for (uint32_t r = c->polygon_ring[polygon]; r < c->polygon_ring[polygon + 1]; r++) {
        size_t from = c->ring_vertex[r], n = c->ring_vertex[r + 1] - from;
        if (n >= 3)
            continue;
        sound = false;
        add_place(k, NOI_DEFECT_INVALID_RING, unit, n ? c->xy[2 * from] : NAN,
                  n ? c->xy[2 * from + 1] : NAN, NOI_RING_TOO_FEW_POINTS);
    }
    return sound;
}

static void check_unit(checker *k, uint32_t unit) {
    const noi_coverage *c = k->coverage;
    uint32_t from = c->unit_polygon[unit], to = c->unit_polygon[unit + 1];
    if (from == to) {
        noi_defect d = {.kind = NOI_DEFECT_EMPTY, .unit_a = unit, .unit_b = NOI_INDEX_NONE,
                        .lon = NAN, .lat = NAN};
        add(k, d, NULL);
    }
    bool valid = true;
    for (uint32_t p = from; p < to; p++) {
        valid = check_ring_sizes(k, unit, p) && valid;
        valid = check_validity(k, unit, geos_polygon(&k->g, c, p)) && valid;
    }
    if (valid && to - from > 1)
        valid = check_validity(k, unit, geos_unit(&k->g, c, unit));
    k->is_valid[unit] = valid;
}

static void check_duplicates(checker *k, uint32_t unit, uint32_t ring) {
    const noi_coverage *c = k->coverage;
    size_t from = c->ring_vertex[ring], to = c->ring_vertex[ring + 1];
    for (size_t v = from; v + 1 < to; v++)
        if (c->xy[2 * v] == c->xy[2 * v + 2] && c->xy[2 * v + 1] == c->xy[2 * v + 3])
            add_place(k, NOI_DEFECT_DUPLICATE_VERTEX, unit, c->xy[2 * v], c->xy[2 * v + 1], NOI_RING_SOUND);
}

static void check_units(checker *k) {
    const noi_coverage *c = k->coverage;
    for (uint32_t u = 0; u < c->n_units; u++) {
        check_unit(k, u);
        for (uint32_t r = c->polygon_ring[c->unit_polygon[u]];
             r < c->polygon_ring[c->unit_polygon[u + 1]]; r++)
            check_duplicates(k, u, r);
    }
}

/* ---- unbalanced edges ---- */

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

/* For each vertex's ring: 1 when the unit lies on the left of the ring as it runs, -1 on the right. */
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

static void find_unbalanced(checker *k) {
    NOI_AUTO_FREE int8_t *side = find_sides(k->coverage);
    k->unbalanced = noi_alloc_zero(k->all.n, 1);
    for (uint32_t h = 0; h < k->all.n_heads; h++) {
        int sum = 0;
        bool known = true;
        for (uint32_t i = k->all.head[h]; i != EDGE_NONE; i = k->all.edge[i].next) {
            const edge *e = &k->all.edge[i];
            sum += e->turned ? -side[e->vertex] : side[e->vertex];
            known = known && k->is_valid[e->unit];
        }
        for (uint32_t i = k->all.head[h]; i != EDGE_NONE; i = k->all.edge[i].next)
            k->unbalanced[i] = sum != 0 || !known;
    }
}

static void start_of(double out[2], const edge *e) {
    out[0] = e->turned ? e->bx : e->ax;
    out[1] = e->turned ? e->by : e->ay;
}

static void end_of(double out[2], const edge *e) {
    out[0] = e->turned ? e->ax : e->bx;
    out[1] = e->turned ? e->ay : e->by;
}

/* Writes the places of one line, beginning with the unbalanced record *i, and moves *i behind it.
 * Records stand in the order of the rings, so the line goes on while each starts where the one
 * before it ended. */
static unsigned run_on(double *xy, const checker *k, size_t *i) {
    unsigned n = 1;
    start_of(xy, &k->all.edge[*i]);
    for (; *i < k->all.n && k->unbalanced[*i]; n++) {
        double from[2];
        start_of(from, &k->all.edge[*i]);
        if (xy[2 * n - 2] != from[0] || xy[2 * n - 1] != from[1])
            break;
        end_of(xy + 2 * (size_t)n, &k->all.edge[(*i)++]);
    }
    return n;
}

static GEOSGeometry *unbalanced_lines(checker *k) {
    NOI_AUTO_FREE GEOSGeometry **line = noi_alloc((k->all.n + 1) * sizeof(GEOSGeometry *));
    NOI_AUTO_FREE double *xy = noi_alloc(2 * (k->all.n + 1) * sizeof *xy);
    unsigned n_lines = 0;
    for (size_t i = 0; i < k->all.n;) {
        if (!k->unbalanced[i]) {
            i++;
            continue;
        }
        unsigned n = run_on(xy, k, &i);
        GEOSCoordSequence *seq = GEOSCoordSeq_copyFromBuffer_r(k->g.handle, xy, n, 0, 0);
        line[n_lines++] = GEOSGeom_createLineString_r(k->g.handle, seq);
    }
    return GEOSGeom_createCollection_r(k->g.handle, GEOS_MULTILINESTRING, line, n_lines);
}

/* ---- faces ---- */

/* The middle of a shape's box, and half its diagonal in metres (roughly, on the large side). */
static double box_of(double middle[2], const checker *k, const GEOSGeometry *shape) {
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    GEOSGeom_getXMin_r(k->g.handle, shape, &x1);
    GEOSGeom_getYMin_r(k->g.handle, shape, &y1);
    GEOSGeom_getXMax_r(k->g.handle, shape, &x2);
    GEOSGeom_getYMax_r(k->g.handle, shape, &y2);
    middle[0] = (x1 + x2) / 2;
    middle[1] = (y1 + y2) / 2;
    return hypot(x2 - x1, y2 - y1) / 2 * 112000;
}

static void add_overlap(checker *k, uint32_t a, uint32_t b, const GEOSGeometry *shape) {
    double perimeter = 0, at[2] = {NAN, NAN};
    noi_defect d = {.kind = NOI_DEFECT_OVERLAP, .unit_a = a < b ? a : b, .unit_b = a < b ? b : a};
    d.area_m2 = geos_area_m2(&k->g, &perimeter, shape);
    if (!(d.area_m2 >= k->options.min_area_m2) || !geos_point_on(&k->g, at, shape))
        return;
    d.width_m = 2 * d.area_m2 / perimeter;
    d.lon = at[0];
    d.lat = at[1];
    add(k, d, shape);
}

/* A face in which several units may lie one over the other in several ways. */
static noi_status add_overlaps(checker *k, const uint32_t *unit, size_t n,
                               const GEOSGeometry *face) {
    NOI_AUTO_FREE GEOSGeometry **part = noi_alloc_zero(n, sizeof(GEOSGeometry *));
    bool failed = false;
    for (size_t i = 0; i < n && !failed; i++) {
        GEOSGeometry *shape = geos_valid_unit(&k->g, k->coverage, unit[i]);
        part[i] = shape ? GEOSIntersection_r(k->g.handle, shape, face) : NULL;
        geometry_free(k, shape);
        failed = !part[i];
    }
    for (size_t i = 0; i < n && !failed; i++)
        for (size_t j = i + 1; j < n && !failed; j++) {
            GEOSGeometry *common = GEOSIntersection_r(k->g.handle, part[i], part[j]);
            failed = !common;
            if (common && !GEOSisEmpty_r(k->g.handle, common))
                add_overlap(k, unit[i], unit[j], common);
            geometry_free(k, common);
        }
    for (size_t i = 0; i < n; i++)
        geometry_free(k, part[i]);
    return failed ? geos_fail(&k->g, _("cutting two units")) : NOI_OK;
}

static bool holds_all(const uint32_t *some, size_t n_some, const uint32_t *all, size_t n_all) {
    size_t found = 0;
    for (size_t i = 0; i < n_some; i++)
        for (size_t j = 0; j < n_all; j++)
            found += some[i] == all[j];
    return found == n_some;
}

/* `holder` are the units at one point of the face. When no other unit is near, they hold all of it;
 * else each unit nearby is cut with it. */
static noi_status check_overlap(checker *k, const uint32_t *holder, size_t n_holders,
                                const GEOSGeometry *face) {
    size_t n_units = k->coverage->n_units, n = n_units;
    NOI_AUTO_FREE uint32_t *near = noi_alloc(n_units * sizeof *near);
    double middle[2], reach = box_of(middle, k, face);
    if (reach < 90000)
        n = noi_index_within(near, n_units, k->index, middle[0], middle[1], reach);
    else
        for (uint32_t u = 0; u < n_units; u++)
            near[u] = u;
    if (n_holders > FEW || !holds_all(near, n, holder, n_holders))
        return add_overlaps(k, near, n, face);
    for (size_t i = 0; i < n_holders; i++)
        for (size_t j = i + 1; j < n_holders; j++)
            add_overlap(k, holder[i], holder[j], face);
    return NOI_OK;
}

/* The two units that a gap's outline runs along the most; NOI_INDEX_NONE where there are fewer. */
static void neighbours(uint32_t out[2], checker *k, const GEOSGeometry *face) {
    size_t n_units = k->coverage->n_units;
    NOI_AUTO_FREE uint32_t *count = noi_alloc_zero(n_units, sizeof *count);
    const GEOSGeometry *ring = GEOSGetExteriorRing_r(k->g.handle, face);
    const GEOSCoordSequence *seq = ring ? GEOSGeom_getCoordSeq_r(k->g.handle, ring) : NULL;
    unsigned n = 0;
    if (seq)
        GEOSCoordSeq_getSize_r(k->g.handle, seq, &n);
    for (unsigned i = 0; i + 1 < n; i++) {
        double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
        uint32_t near[FEW];
        GEOSCoordSeq_getXY_r(k->g.handle, seq, i, &x1, &y1);
        GEOSCoordSeq_getXY_r(k->g.handle, seq, i + 1, &x2, &y2);
        size_t n_near = noi_index_within(near, FEW, k->index, (x1 + x2) / 2, (y1 + y2) / 2, 1e-3);
        for (size_t j = 0; j < n_near && j < FEW; j++)
            count[near[j]]++;
    }
    out[0] = out[1] = NOI_INDEX_NONE;
    for (uint32_t u = 0; u < n_units; u++)
        if (count[u] && (out[0] == NOI_INDEX_NONE || count[u] > count[out[0]]))
            out[0] = u;
    for (uint32_t u = 0; u < n_units; u++)
        if (count[u] && u != out[0] && (out[1] == NOI_INDEX_NONE || count[u] > count[out[1]]))
            out[1] = u;
    uint32_t low = out[0] < out[1] ? out[0] : out[1], high = out[0] < out[1] ? out[1] : out[0];
    out[0] = low;
    out[1] = high;
}

static void check_gap(checker *k, const double at[2], const GEOSGeometry *face) {
    double perimeter = 0;
    noi_defect d = {.kind = NOI_DEFECT_GAP, .lon = at[0], .lat = at[1]};
    d.area_m2 = geos_area_m2(&k->g, &perimeter, face);
    d.width_m = 2 * d.area_m2 / perimeter;
    if (!(d.area_m2 >= k->options.min_area_m2 && d.width_m < k->options.narrower_than_m))
        return;
    uint32_t unit[2];
    neighbours(unit, k, face);
    d.unit_a = unit[0];
    d.unit_b = unit[1];
    add(k, d, face);
}

static noi_status check_face(checker *k, const GEOSGeometry *face) {
    const double degree2 = 111000.0 * 111000.0; /* m2, roughly: sorts out what is far too small */
    double flat = 0, at[2];
    GEOSArea_r(k->g.handle, face, &flat);
    if (flat * degree2 < k->options.min_area_m2 / 2 || !geos_point_on(&k->g, at, face))
        return NOI_OK;
    uint32_t holder[FEW];
    size_t n = noi_index_holders(holder, FEW, k->index, at[0], at[1]);
    if (n == 0)
        check_gap(k, at, face);
    return n < 2 ? NOI_OK : check_overlap(k, holder, n, face);
}

static noi_status check_faces(checker *k) {
    GEOSGeometry *lines = unbalanced_lines(k);
    GEOSGeometry *noded = lines ? GEOSUnaryUnion_r(k->g.handle, lines) : NULL;
    const GEOSGeometry *const one[] = {noded};
    GEOSGeometry *faces = noded ? GEOSPolygonize_r(k->g.handle, one, 1) : NULL;
    noi_status status = faces ? NOI_OK : geos_fail(&k->g, _("looking for gaps and overlaps"));
    int n = faces ? GEOSGetNumGeometries_r(k->g.handle, faces) : 0;
    for (int i = 0; i < n && status == NOI_OK; i++)
        status = check_face(k, GEOSGetGeometryN_r(k->g.handle, faces, i));
    geometry_free(k, faces);
    geometry_free(k, noded);
    geometry_free(k, lines);
    return status;
}

/* ---- borders that neighbours draw differently ---- */

/* A vertex of one unit that lies on another's edge without being a vertex of it. */
typedef struct mismatch {
    uint32_t a, b; /* a < b */
    double x, y;
} mismatch;

typedef struct mismatches {
    mismatch *item;
    size_t n, capacity;
    uint32_t unit; /* whose vertex is being looked at */
    double x, y;
} mismatches;

static void take_mismatch(void *context, double *reach2, double metres2, const index_edge *e,
                          const uint16_t *unit) {
    mismatches *m = context;
    (void)reach2;
    (void)metres2;
    bool is_end = (e->ax == m->x && e->ay == m->y) || (e->bx == m->x && e->by == m->y);
    for (uint32_t mask = is_end ? 0 : e->mask; mask; mask &= mask - 1) {
        uint32_t other = unit[__builtin_ctz(mask)];
        if (other == m->unit)
            continue;
        NOI_GROW(m->item, m->capacity, m->n + 1);
        m->item[m->n++] = (mismatch){other < m->unit ? other : m->unit,
                                     other < m->unit ? m->unit : other, m->x, m->y};
    }
}

static int by_pair_and_place(const void *p, const void *q) {
    const mismatch *a = p, *b = q;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    int order = compare_doubles(a->x, b->x);
    return order ? order : compare_doubles(a->y, b->y);
}

/* One defect for a pair of neighbours: its shape is all the places, its own place the first. */
static void add_mismatch(checker *k, const mismatch *m, size_t n) {
    NOI_AUTO_FREE GEOSGeometry **point = noi_alloc(n * sizeof(GEOSGeometry *));
    unsigned n_points = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || m[i].x != m[i - 1].x || m[i].y != m[i - 1].y)
            point[n_points++] = GEOSGeom_createPointFromXY_r(k->g.handle, m[i].x, m[i].y);
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(k->g.handle, GEOS_MULTIPOINT, point, n_points);
    noi_defect d = {.kind = NOI_DEFECT_EDGE_MISMATCH, .unit_a = m->a, .unit_b = m->b, .lon = m->x,
                    .lat = m->y};
    add(k, d, all);
    geometry_free(k, all);
}

static void check_mismatches(checker *k) {
    mismatches m = {0};
    for (size_t i = 0; i < k->all.n; i++) {
        if (!k->unbalanced[i])
            continue;
        const edge *e = &k->all.edge[i];
        const double end[2][2] = {{e->ax, e->ay}, {e->bx, e->by}};
        m.unit = e->unit;
        for (int j = 0; j < 2; j++) {
            m.x = end[j][0];
            m.y = end[j][1];
            noi_index_visit_edges(k->index, m.x, m.y, k->options.mismatch_m, take_mismatch, &m);
        }
    }
    if (m.n)
        qsort(m.item, m.n, sizeof *m.item, by_pair_and_place);
    for (size_t i = 0, to; i < m.n; i = to) {
        for (to = i + 1; to < m.n && m.item[to].a == m.item[i].a && m.item[to].b == m.item[i].b;)
            to++;
        add_mismatch(k, m.item + i, to - i);
    }
    free(m.item);
}

/* ---- all of it ---- */

static noi_status check_borders(checker *k) {
    edges_make(&k->all, k->coverage);
    if (!k->all.n)
        return NOI_OK;
    NOI_TRY(noi_index_build(&k->index_bytes, k->coverage));
    NOI_TRY(noi_index_attach(&k->index, k->index_bytes.p, k->index_bytes.n));
    find_unbalanced(k);
    NOI_TRY(check_faces(k));
    check_mismatches(k);
    return NOI_OK;
}

noi_status noi_coverage_check(noi_defects **out, const noi_coverage *coverage,
                              const noi_check_options *options) {
    NOI_AUTO(list_freep) list *l = noi_alloc_zero(1, sizeof *l);
    l->arena = noi_arena_new();
    NOI_AUTO(checker_clear) checker k = {.coverage = coverage, .out = l};
    static const noi_check_options usual = NOI_CHECK_DEFAULTS;
    k.options = options ? *options : usual;
    geos_begin(&k.g);
    k.writer = GEOSWKBWriter_create_r(k.g.handle);
    GEOSWKBWriter_setByteOrder_r(k.g.handle, k.writer, GEOS_WKB_NDR);
    k.is_valid = noi_alloc_zero(coverage->n_units, sizeof *k.is_valid);
    check_units(&k);
    NOI_TRY(check_borders(&k));
    if (l->seen.n)
        qsort(l->item, l->seen.n, sizeof *l->item, by_kind_and_place);
    l->seen.items = l->item;
    *out = &l->seen;
    l = NULL;
    return NOI_OK;
}
