/*
 * draft.c: planting defects in a clean layer. See draft.h.
 *
 * A vertex of the clean layer stands in the rings of all units around it. Most defects come from
 * changing one of its copies and not the others. `across` tells for each edge of a ring which unit
 * lies on its other side; a vertex whose two edges have the same unit across lies on the border of
 * two units and of no third. Vertices move on the ray to the sketch point of the old unit that they
 * bound: the land of rehearsal/shape.h is star-shaped around it, so no line comes to cross another.
 */
#include "rehearsal/draft.h"

#include "geo/index.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SEA       UINT32_MAX
#define RUN_M     480 /* of a border whose vertices move together, at least 8 of them */
#define SHORT_M   60  /* edges below it, or below 0.8 of the city's step, are no place for a defect */
#define MAX_EDITS 128

typedef enum edit_kind { MOVE, INSERT_BEHIND } edit_kind;

/* One change of one copy of a vertex. */
typedef struct edit {
    uint32_t vertex;
    edit_kind kind;
    double x, y;
} edit;

typedef struct planter {
    const noi_city *city;
    const noi_tables *tables;
    noi_coverage *clean, *old;
    noi_buf index_bytes;
    const noi_index *old_index;
    uint32_t *across; /* of the edge that begins at the vertex: the unit beyond, or SEA */
    uint32_t *twin;   /* the vertex of that unit at which the edge ends; SEA for none */
    uint32_t *ring;   /* the vertex's ring */
    uint32_t *unit;   /* the vertex's unit */
    bool *used;       /* a unit: a defect touches it already */
    bool *dropped, *emptied;
    edit edits[MAX_EDITS];
    size_t n_edits;
    int run;          /* vertices of a border that move together */
    double short_m;
    uint32_t start; /* where searches begin: another place for another seed */
    noi_draft *draft;
    size_t capacity;
} planter;

/* ---- who lies beyond an edge ---- */

typedef struct border_edge {
    double key[4]; /* both ends, the lower first */
    uint32_t vertex;
} border_edge;

static int compare_edges(const void *p, const void *q) {
    const border_edge *a = p, *b = q;
    for (int i = 0; i < 4; i++)
        if (a->key[i] != b->key[i])
            return a->key[i] < b->key[i] ? -1 : 1;
    return (a->vertex > b->vertex) - (a->vertex < b->vertex);
}

static uint32_t next_of(const planter *p, uint32_t v) {
    const noi_coverage *c = p->clean;
    return v + 1 < c->ring_vertex[p->ring[v] + 1] ? v + 1 : c->ring_vertex[p->ring[v]];
}

static uint32_t before(const planter *p, uint32_t v) {
    const noi_coverage *c = p->clean;
    return v > c->ring_vertex[p->ring[v]] ? v - 1 : c->ring_vertex[p->ring[v] + 1] - 1;
}

static void place_vertices(planter *p) {
    const noi_coverage *c = p->clean;
    for (uint32_t u = 0; u < c->n_units; u++)
        for (uint32_t r = c->polygon_ring[c->unit_polygon[u]];
             r < c->polygon_ring[c->unit_polygon[u + 1]]; r++)
            for (uint32_t v = c->ring_vertex[r]; v < c->ring_vertex[r + 1]; v++) {
                p->ring[v] = r;
                p->unit[v] = u;
            }
}

static void find_neighbours(planter *p) {
    const noi_coverage *c = p->clean;
    NOI_AUTO_FREE border_edge *edge = noi_alloc(c->n_vertices * sizeof *edge);
    for (uint32_t v = 0; v < c->n_vertices; v++) {
        const double *a = c->xy + 2 * (size_t)v, *b = c->xy + 2 * (size_t)next_of(p, v);
        bool forward = a[0] < b[0] || (a[0] == b[0] && a[1] < b[1]);
        const double *low = forward ? a : b, *high = forward ? b : a;
        edge[v] = (border_edge){{low[0], low[1], high[0], high[1]}, v};
        p->across[v] = p->twin[v] = SEA;
    }
    qsort(edge, c->n_vertices, sizeof *edge, compare_edges);
    for (uint32_t i = 0; i + 1 < c->n_vertices; i++) {
        if (memcmp(edge[i].key, edge[i + 1].key, sizeof edge[i].key) != 0)
            continue;
        uint32_t v = edge[i].vertex, w = edge[i + 1].vertex;
        p->across[v] = p->unit[w];
        p->across[w] = p->unit[v];
        p->twin[v] = w; /* w begins where v's edge ends: neighbours run against each other */
        p->twin[w] = v;
    }
}

/* ---- places ---- */

static const double *at(const planter *p, uint32_t v) {
    return p->clean->xy + 2 * (size_t)v;
}

static double metres(const double *a, const double *b) {
    return hypot((a[0] - b[0]) * NOI_SHAPE_LON_M, (a[1] - b[1]) * NOI_SHAPE_LAT_M);
}

/* The vertex lies on the border of its unit and one other (or the sea), both edges long enough to
 * work on, and neither unit has a defect yet. */
static bool is_free(const planter *p, uint32_t v, bool at_sea) {
    uint32_t b = p->across[v], u = p->unit[v];
    if (p->used[u] || p->across[before(p, v)] != b || (b == SEA) != at_sea)
        return false;
    if (b != SEA && (p->used[b] || b == u))
        return false;
    return metres(at(p, v), at(p, next_of(p, v))) > p->short_m &&
           metres(at(p, v), at(p, before(p, v))) > p->short_m;
}

static uint32_t search(const planter *p, bool at_sea, bool (*fits)(const planter *, uint32_t)) {
    uint32_t n = p->clean->n_vertices;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t v = (p->start + i) % n;
        if (is_free(p, v, at_sea) && (!fits || fits(p, v)))
            return v;
    }
    return SEA;
}

/* The sketch point of the old unit on the vertex's own side, if that unit goes whole into the
 * vertex's unit: the middle of the star that the border bounds. SEA when there is none. */
static uint32_t old_unit_inside(const planter *p, uint32_t v) {
    const noi_tables *t = p->tables;
    for (uint32_t i = 0; i < t->n_pieces; i++) {
        const noi_piece *piece = &t->pieces[i];
        const noi_old_unit *old = &t->old_units[piece->old_unit];
        if (piece->new_unit != p->unit[v] || old->n_pieces != 1 || !piece->whole)
            continue;
        const double *from = at(p, v);
        double x = from[0] + (old->lon - from[0]) * 0.02, y = from[1] + (old->lat - from[1]) * 0.02;
        if (noi_index_locate(p->old_index, x, y) == piece->old_unit)
            return piece->old_unit;
    }
    return SEA;
}

/* The sine of the angle at `from` between the ways to `a` and to `b`, by metres. */
static double sine(const double *from, const double *a, const double *b) {
    double ax = (a[0] - from[0]) * NOI_SHAPE_LON_M, ay = (a[1] - from[1]) * NOI_SHAPE_LAT_M;
    double bx = (b[0] - from[0]) * NOI_SHAPE_LON_M, by = (b[1] - from[1]) * NOI_SHAPE_LAT_M;
    return (ax * by - ay * bx) / (hypot(ax, ay) * hypot(bx, by));
}

/* The star's middle lies on one side of both edges, and not along them: going there moves the border
 * and crosses nothing. */
static bool faces_star(const planter *p, uint32_t v) {
    uint32_t old = old_unit_inside(p, v);
    if (old == SEA)
        return false;
    const double middle[2] = {p->tables->old_units[old].lon, p->tables->old_units[old].lat};
    double left = sine(at(p, v), at(p, before(p, v)), middle);
    double right = sine(at(p, v), middle, at(p, next_of(p, v)));
    return (left > 0.5 && right > 0.5) || (left < -0.5 && right < -0.5);
}

/* ---- changing ---- */

static void change(planter *p, uint32_t vertex, edit_kind kind, double x, double y) {
    if (p->n_edits < MAX_EDITS)
        p->edits[p->n_edits++] = (edit){vertex, kind, x, y};
}

/* The vertex, `share` of the way to the middle of its star. */
static void towards(double out[2], const planter *p, uint32_t v, uint32_t old_unit, double share) {
    const noi_old_unit *old = &p->tables->old_units[old_unit];
    out[0] = at(p, v)[0] + (old->lon - at(p, v)[0]) * share;
    out[1] = at(p, v)[1] + (old->lat - at(p, v)[1]) * share;
}

static noi_status no_place(const char *rule) {
    return noi_fail(NOI_ERR_INTERNAL, _("the rehearsal city has no place left for a defect of %s"),
                    rule);
}

static void note(planter *p, const char *rule, noi_str first, noi_str second, const double *where) {
    noi_draft *d = p->draft;
    NOI_GROW(d->planted, p->capacity, d->n + 1);
    noi_planted *planted = &d->planted[d->n++];
    *planted = (noi_planted){.rule = rule,
                             .lon = where ? where[0] : NAN,
                             .lat = where ? where[1] : NAN};
    snprintf(planted->subject, sizeof planted->subject, "%.*s%s%.*s", NOI_STR_ARG(first),
             second.n ? " " : "", NOI_STR_ARG(second));
}

static noi_str code_of(const planter *p, uint32_t unit) {
    return p->tables->new_units[unit].code;
}

static void note_one(planter *p, const char *rule, uint32_t unit, const double *where) {
    p->used[unit] = true;
    note(p, rule, code_of(p, unit), (noi_str){0}, where);
}

static void note_pair(planter *p, const char *rule, uint32_t a, uint32_t b, const double *where) {
    noi_str first = code_of(p, a), second = code_of(p, b);
    bool ascending = memcmp(first.p, second.p, first.n < second.n ? first.n : second.n) < 0;
    p->used[a] = p->used[b] = true;
    note(p, rule, ascending ? first : second, ascending ? second : first, where);
}

/* ---- defects on the border of two units ---- */

/* One unit's copy of a vertex goes inwards by some metres: a gap. The other's: an overlap. */
static noi_status plant_between(planter *p, const char *rule, double by_m, bool overlap) {
    uint32_t v = search(p, false, faces_star);
    if (v == SEA)
        return no_place(rule);
    uint32_t old = old_unit_inside(p, v), b = p->across[v];
    const double middle[2] = {p->tables->old_units[old].lon, p->tables->old_units[old].lat};
    double to[2];
    towards(to, p, v, old, by_m / metres(at(p, v), middle));
    uint32_t copy = overlap ? p->twin[before(p, v)] : v; /* b's copy of the same place */
    change(p, copy, MOVE, to[0], to[1]);
    note_pair(p, rule, p->unit[v], b, at(p, v));
    return NOI_OK;
}

/* One of two neighbours has a vertex on the common border that the other lacks. */
static noi_status plant_mismatch(planter *p) {
    uint32_t v = search(p, false, NULL);
    if (v == SEA)
        return no_place("L18");
    const double *a = at(p, v), *b = at(p, next_of(p, v));
    const double middle[2] = {(a[0] + b[0]) / 2, (a[1] + b[1]) / 2};
    change(p, v, INSERT_BEHIND, middle[0], middle[1]);
    note_pair(p, "L18", p->unit[v], p->across[v], middle);
    return NOI_OK;
}

static double flat_area(const noi_coverage *c, uint32_t unit) {
    double sum = 0;
    for (uint32_t r = c->polygon_ring[c->unit_polygon[unit]];
         r < c->polygon_ring[c->unit_polygon[unit + 1]]; r++)
        for (uint32_t v = c->ring_vertex[r], n = c->ring_vertex[r + 1]; v < n; v++) {
            const double *a = c->xy + 2 * (size_t)v;
            const double *b = v + 1 < n ? a + 2 : c->xy + 2 * (size_t)c->ring_vertex[r];
            sum += a[0] * b[1] - b[0] * a[1];
        }
    return fabs(sum) / 2;
}

/* Seen from the middle, the vertices around v stand one behind the other. */
static bool is_fanned(const planter *p, uint32_t v, const double *middle) {
    for (int i = 0; i < p->run; i++)
        v = before(p, v);
    double turn = sine(middle, at(p, v), at(p, next_of(p, v)));
    for (int i = 0; i < 3 * p->run; i++, v = next_of(p, v))
        if (turn * sine(middle, at(p, v), at(p, next_of(p, v))) <= 0)
            return false;
    return true;
}

/* A run of vertices on one border, all bounding the same old unit, and with its middle more than a
 * tenth of it. */
static bool starts_a_run(const planter *p, uint32_t v) {
    uint32_t old = old_unit_inside(p, v), b = p->across[v];
    if (old == SEA)
        return false;
    const double middle[2] = {p->tables->old_units[old].lon, p->tables->old_units[old].lat};
    double fan = 0;
    if (!is_fanned(p, v, middle))
        return false;
    for (int i = 0; i < p->run; i++, v = next_of(p, v)) {
        if (p->across[v] != b || p->across[before(p, v)] != b || old_unit_inside(p, v) != old)
            return false;
        const double *a = at(p, v), *c = at(p, next_of(p, v));
        fan += fabs((a[0] - middle[0]) * (c[1] - middle[1]) - (c[0] - middle[0]) * (a[1] - middle[1])) / 2;
    }
    return fan > 0.1 * flat_area(p->old, old);
}

/* Both neighbours draw the border half-way into an old unit that the law gives whole to one: three
 * quarters of the fan between the run and the middle change hands. */
static noi_status plant_phantom(planter *p) {
    uint32_t v = search(p, false, starts_a_run);
    if (v == SEA)
        return no_place("L09");
    uint32_t old = old_unit_inside(p, v), a = p->unit[v], b = p->across[v];
    const double *where = at(p, v);
    for (int i = 0; i < p->run; i++, v = next_of(p, v)) {
        double to[2];
        towards(to, p, v, old, 0.5);
        change(p, v, MOVE, to[0], to[1]);
        change(p, p->twin[before(p, v)], MOVE, to[0], to[1]);
    }
    p->used[a] = p->used[b] = true;
    note(p, "L09", p->tables->old_units[old].code, code_of(p, b), where);
    note(p, "L24", p->tables->old_units[old].code, code_of(p, a), where);
    return NOI_OK;
}

/* ---- defects on the coast ---- */

static noi_status plant_vertices(planter *p) {
    static const struct {
        const char *rule;
        double behind_m; /* the second vertex lies so far behind the first */
    } kinds[] = {{"L15", 0}, {"L16", 0.004}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        uint32_t v = search(p, true, NULL);
        if (v == SEA)
            return no_place(kinds[i].rule);
        const double *a = at(p, v), *b = at(p, next_of(p, v));
        double share = kinds[i].behind_m / metres(a, b);
        change(p, v, INSERT_BEHIND, a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share);
        note_one(p, kinds[i].rule, p->unit[v], a);
    }
    return NOI_OK;
}

/* The coast is straight enough around v for something small to stand on it. */
static bool is_open_coast(const planter *p, uint32_t v) {
    uint32_t end = next_of(p, v);
    return faces_star(p, v) && faces_star(p, end) && p->across[end] == SEA &&
           p->across[before(p, before(p, v))] == SEA && p->across[next_of(p, end)] == SEA;
}

/* Two more vertices behind v, 20 m before the coast, in the wrong order: the ring crosses itself. */
static noi_status plant_bow_tie(planter *p) {
    uint32_t v = search(p, true, is_open_coast);
    if (v == SEA)
        return no_place("L06");
    const double *a = at(p, v), *b = at(p, next_of(p, v));
    const noi_old_unit *old = &p->tables->old_units[old_unit_inside(p, v)];
    const double middle[2] = {old->lon, old->lat};
    double share = 20 / metres(a, middle);
    for (int i = 0; i < 2; i++) {
        double along = i == 0 ? 0.6 : 0.4;
        change(p, v, INSERT_BEHIND, a[0] + (b[0] - a[0]) * along + (a[0] - middle[0]) * share,
               a[1] + (b[1] - a[1]) * along + (a[1] - middle[1]) * share);
    }
    note_one(p, "L06", p->unit[v], a);
    return NOI_OK;
}

/* An outermost vertex of all is dragged 30 km outwards, where nothing lies: the northernmost, or where
 * that is the end of a border between two units, the southernmost, easternmost, westernmost. However
 * short its edges are, they will be long. */
static noi_status plant_far_vertex(planter *p) {
    static const double ways[4][2] = {{0, 1}, {0, -1}, {1, 0}, {-1, 0}};
    uint32_t top = 0;
    const double *way = NULL;
    for (size_t w = 0; w < 4 && !way; w++) {
        top = 0;
        for (uint32_t v = 1; v < p->clean->n_vertices; v++)
            if (at(p, v)[0] * ways[w][0] + at(p, v)[1] * ways[w][1] >
                at(p, top)[0] * ways[w][0] + at(p, top)[1] * ways[w][1])
                top = v;
        if (!p->used[p->unit[top]] && p->across[top] == SEA && p->across[before(p, top)] == SEA)
            way = ways[w];
    }
    if (!way)
        return no_place("L17");
    change(p, top, MOVE, at(p, top)[0] + way[0] * 30000 / NOI_SHAPE_LON_M,
           at(p, top)[1] + way[1] * 30000 / NOI_SHAPE_LAT_M);
    note_one(p, "L17", p->unit[top], at(p, top));
    return NOI_OK;
}

/* The last edge of a border before the sea: v's edge has a neighbour, the next one has none. */
static uint32_t find_river_mouth(const planter *p) {
    uint32_t n = p->clean->n_vertices;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t v = (p->start + i) % n, end = next_of(p, v), b = p->across[v];
        if (b != SEA && p->across[end] == SEA && !p->used[b] && !p->used[p->unit[v]] &&
            metres(at(p, v), at(p, end)) > p->short_m && metres(at(p, end), at(p, next_of(p, end))) > p->short_m &&
            fabs(sine(at(p, end), at(p, v), at(p, next_of(p, end)))) > 0.5)
            return v;
    }
    return SEA;
}

/* There one unit's copy of the mouth slides along the coast by 0.6 m: a wedge open to the sea. */
static noi_status plant_inlet(planter *p) {
    uint32_t v = find_river_mouth(p);
    if (v == SEA)
        return no_place("L13");
    uint32_t end = next_of(p, v);
    const double *a = at(p, end), *b = at(p, next_of(p, end));
    double share = 0.6 / metres(a, b);
    change(p, end, MOVE, a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share);
    note_pair(p, "L13", p->unit[v], p->across[v], a);
    return NOI_OK;
}

/* ---- units ---- */

static bool is_island(const planter *p, uint32_t unit) {
    const noi_coverage *c = p->clean;
    for (uint32_t v = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit]]];
         v < c->ring_vertex[c->polygon_ring[c->unit_polygon[unit + 1]]]; v++)
        if (p->across[v] != SEA)
            return false;
    return !p->used[unit];
}

/* A unit on an island can be left out, or lose its shape, without a gap between others. */
static noi_status plant_lost_islands(planter *p) {
    static const char *const rules[] = {"L01", "L11"};
    size_t n = 0;
    for (uint32_t u = 0; u < p->clean->n_units && n < 2; u++) {
        if (!is_island(p, u))
            continue;
        p->dropped[u] = n == 0;
        p->emptied[u] = n == 1;
        note_one(p, rules[n++], u, NULL);
    }
    return n == 2 ? NOI_OK : no_place("L01");
}

static uint32_t unused_unit(planter *p) {
    for (uint32_t u = p->clean->n_units; u-- > 0;)
        if (!p->used[u])
            return u;
    return 0;
}

/* ---- the layer ---- */

static void write_ring(noi_coverage *out, const planter *p, uint32_t ring, noi_buf *scratch) {
    const noi_coverage *c = p->clean;
    noi_buf_clear(scratch);
    for (uint32_t v = c->ring_vertex[ring]; v < c->ring_vertex[ring + 1]; v++) {
        double xy[2] = {at(p, v)[0], at(p, v)[1]};
        for (size_t i = 0; i < p->n_edits; i++)
            if (p->edits[i].vertex == v && p->edits[i].kind == MOVE) {
                xy[0] = p->edits[i].x;
                xy[1] = p->edits[i].y;
            }
        noi_buf_add(scratch, xy, sizeof xy);
        for (size_t i = 0; i < p->n_edits; i++)
            if (p->edits[i].vertex == v && p->edits[i].kind == INSERT_BEHIND)
                noi_buf_add(scratch, &p->edits[i].x, 2 * sizeof(double));
    }
    noi_coverage_add_ring(out, (const double *)(const void *)scratch->p,
                          scratch->n / (2 * sizeof(double)));
}

static const char *keep(noi_layer *layer, noi_str text) {
    return noi_arena_strndup(layer->arena, text.p, text.n);
}

/* Appends a feature without a shape. */
static noi_layer_feature *add_feature(noi_layer *layer, noi_str code) {
    noi_coverage *c = layer->coverage;
    noi_coverage_add_unit(c, noi_code_parse(code.p, code.n));
    layer->features = noi_realloc(layer->features, c->n_units * sizeof *layer->features);
    noi_layer_feature *f = &layer->features[c->n_units - 1];
    *f = (noi_layer_feature){.line = c->n_units, .code = keep(layer, code), .name = "", .kind = "",
                             .area_km2 = NAN, .population = -1};
    return f;
}

static void add_unit(planter *p, uint32_t u, noi_buf *scratch) {
    noi_layer *layer = p->draft->layer;
    const noi_coverage *c = p->clean;
    const noi_new_unit *unit = &p->tables->new_units[u];
    noi_layer_feature *f = add_feature(layer, unit->code);
    f->name = keep(layer, unit->name);
    f->kind = keep(layer, unit->kind);
    f->population = unit->population;
    f->has_shape = !p->emptied[u];
    for (uint32_t g = c->unit_polygon[u]; g < c->unit_polygon[u + 1] && f->has_shape; g++) {
        noi_coverage_add_polygon(layer->coverage);
        for (uint32_t r = c->polygon_ring[g]; r < c->polygon_ring[g + 1]; r++)
            write_ring(layer->coverage, p, r, scratch);
    }
}

static void add_units(planter *p) {
    NOI_AUTO_BUF noi_buf scratch = {0};
    for (uint32_t u = 0; u < p->clean->n_units; u++)
        if (!p->dropped[u])
            add_unit(p, u, &scratch);
}

/* A square of 300 m in the sea, east of everything. */
static void add_islet(planter *p, noi_str code, double north_m) {
    double box[4];
    noi_coverage_bounds(box, p->clean);
    double x = box[2] + 3000 / NOI_SHAPE_LON_M, y = box[1] + north_m / NOI_SHAPE_LAT_M;
    double w = 300 / NOI_SHAPE_LON_M, h = 300 / NOI_SHAPE_LAT_M;
    const double ring[] = {x, y, x + w, y, x + w, y + h, x, y + h};
    noi_layer_feature *f = add_feature(p->draft->layer, code);
    f->has_shape = true;
    noi_coverage_add_polygon(p->draft->layer->coverage);
    noi_coverage_add_ring(p->draft->layer->coverage, ring, 4);
}

/* The features that state something else than the law, and those that should not be there. */
static void plant_statements(planter *p) {
    noi_layer *layer = p->draft->layer;
    static const char *const rules[] = {"L04", "L20", "L22"};
    for (int i = 0; i < 3; i++) {
        uint32_t u = unused_unit(p), at_feature = 0;
        while (!noi_str_is(code_of(p, u), layer->features[at_feature].code))
            at_feature++;
        noi_layer_feature *f = &layer->features[at_feature];
        if (i == 0)
            f->name = "Vĩnh Cửu Mới"; /* no unit of the country is called so */
        else if (i == 1)
            f->kind = strcmp(f->kind, "xã") == 0 ? "phường" : "xã";
        else
            f->population = f->population * 7 / 5;
        note_one(p, rules[i], u, NULL);
    }
    uint32_t twice = unused_unit(p);
    add_islet(p, code_of(p, twice), 0);
    note_one(p, "L03", twice, NULL);
    add_islet(p, NOI_STR("99999"), 1000);
    note(p, "L02", NOI_STR("99999"), (noi_str){0}, NULL);
}

/* ---- all of it ---- */

static noi_status plant_borders(planter *p) {
    NOI_TRY(plant_far_vertex(p)); /* has one place only */
    if (p->tables->world == NOI_WORLD_SAIGON) /* Hanoi has no islands */
        NOI_TRY(plant_lost_islands(p));
    NOI_TRY(plant_phantom(p));
    NOI_TRY(plant_between(p, "L08", 12, false));
    NOI_TRY(plant_between(p, "L07", 12, true));
    NOI_TRY(plant_between(p, "L12", 0.4, false));
    NOI_TRY(plant_mismatch(p));
    NOI_TRY(plant_inlet(p));
    NOI_TRY(plant_bow_tie(p));
    return plant_vertices(p);
}

static void planter_clear(planter *p) {
    noi_coverage_free(p->clean);
    noi_coverage_free(p->old);
    noi_buf_free(&p->index_bytes);
    free(p->across);
    free(p->twin);
    free(p->ring);
    free(p->unit);
    free(p->used);
    free(p->dropped);
    free(p->emptied);
}

static noi_status planter_make(planter *p) {
    p->clean = noi_shape_new_layer(p->city->shape);
    p->old = noi_shape_old_layer(p->city->shape);
    NOI_TRY(noi_index_build(&p->index_bytes, p->old));
    NOI_TRY(noi_index_attach(&p->old_index, p->index_bytes.p, p->index_bytes.n));
    size_t n = p->clean->n_vertices, units = p->clean->n_units;
    p->across = noi_alloc(n * sizeof *p->across);
    p->twin = noi_alloc(n * sizeof *p->twin);
    p->ring = noi_alloc(n * sizeof *p->ring);
    p->unit = noi_alloc(n * sizeof *p->unit);
    p->used = noi_alloc_zero(units, sizeof *p->used);
    p->dropped = noi_alloc_zero(units, sizeof *p->dropped);
    p->emptied = noi_alloc_zero(units, sizeof *p->emptied);
    place_vertices(p);
    find_neighbours(p);
    double step_m = p->city->recipe.step_m;
    p->run = step_m < RUN_M / 8.0 ? (int)(RUN_M / step_m) : 8;
    p->short_m = fmin(SHORT_M, 0.8 * step_m);
    noi_random random = noi_random_of(p->city->seed, 'd', 0);
    p->start = noi_random_below(&random, (uint32_t)n);
    return NOI_OK;
}

noi_status noi_draft_make(noi_draft **out, const noi_city *city) {
    NOI_AUTO(noi_draft_freep) noi_draft *draft = noi_alloc_zero(1, sizeof *draft);
    draft->layer = noi_layer_new();
    draft->layer->name = noi_strdup("synthetic_draft");
    draft->layer->crs = noi_strdup("EPSG:4326");
    draft->layer->transform = noi_strdup("none");
    NOI_AUTO(planter_clear) planter p = {.city = city, .tables = city->tables, .draft = draft};
    NOI_TRY(planter_make(&p));
    NOI_TRY(plant_borders(&p));
    add_units(&p);
    plant_statements(&p);
    *out = draft;
    draft = NULL;
    return NOI_OK;
}

void noi_draft_free(noi_draft *draft) {
    if (!draft)
        return;
    noi_layer_free(draft->layer);
    free(draft->planted);
    free(draft);
}
