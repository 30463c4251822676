/*
 * Plan: defects on layers of a city's size
 *   properties   a perfect coverage, drawn and from the rehearsal, stays perfect when it is
 * shifted, turned to VN-2000 and back, or given more vertices; given more on one side only, it is
 * drawn differently and nothing else answer key   defects of every kind planted on the rehearsal
 * city: each found, nothing else by chance    maps bent at random: overlaps and gaps are those of
 * GEOS, and twice the same real layers  against GEOS pair by pair; the clean one is clean
 */
#include "check_testing.h"
#include "geo/crs.h"
#include "geo/measure.h"
#include "importers/layer_file.h"
#include "rehearsal/shape.h"
#include "shared.h"

#include <geos_c.h>

/* ---- properties ---- */

static void shift(noi_coverage *c, double dx, double dy) {
    for (size_t v = 0; v < c->n_vertices; v++) {
        c->xy[2 * v] += dx;
        c->xy[2 * v + 1] += dy;
    }
}

static void go_through(noi_coverage *c, const char *definition) {
    NOI_AUTO(noi_crs_closep) noi_crs *crs = NULL;
    assert_int_equal(noi_crs_open(&crs, definition), NOI_OK);
    for (size_t v = 0; v < c->n_vertices; v++) {
        double *x = &c->xy[2 * v], *y = x + 1;
        noi_crs_from_wgs84(crs, x, y, 1);
        *x = round(*x * 1000) / 1000; /* files carry millimetres */
        *y = round(*y * 1000) / 1000;
        noi_crs_to_wgs84(crs, x, y, 1);
    }
}

/* Every unit from `from` on, below `to`, has a vertex more in the middle of each edge. */
static noi_coverage *denser(const noi_coverage *c, uint32_t from, uint32_t to) {
    noi_coverage *out = noi_coverage_new();
    for (uint32_t u = 0; u < c->n_units; u++) {
        noi_coverage_add_unit(out, c->unit_code[u]);
        for (uint32_t p = c->unit_polygon[u]; p < c->unit_polygon[u + 1]; p++) {
            noi_coverage_add_polygon(out);
            for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++) {
                size_t first = c->ring_vertex[r], n = c->ring_vertex[r + 1] - first, m = 0;
                NOI_AUTO_FREE double *xy = noi_alloc(4 * n * sizeof *xy);
                for (size_t i = 0; i < n; i++) {
                    const double *a = c->xy + 2 * (first + i),
                                 *b = c->xy + 2 * (first + (i + 1) % n);
                    memcpy(xy + 2 * m++, a, 2 * sizeof *xy);
                    if (u < from || u >= to)
                        continue;
                    xy[2 * m] = (a[0] + b[0]) / 2;
                    xy[2 * m++ + 1] = (a[1] + b[1]) / 2;
                }
                noi_coverage_add_ring(out, xy, m);
            }
        }
    }
    return out;
}

static void assert_stays_perfect(const noi_coverage *perfect) {
    noi_coverage *c = denser(perfect, 0, 0);
    shift(c, 0.37, -1.1);
    assert_clean(c);
    noi_coverage_free(c);
    c = denser(perfect, 0, 0);
    go_through(c, "EPSG:9210");
    assert_clean(c);
    noi_coverage_free(c);
    c = denser(perfect, 0, 0);
    go_through(c, "EPSG:5899");
    assert_clean(c);
    noi_coverage_free(c);
    c = denser(perfect, 0, perfect->n_units);
    assert_clean(c);
    noi_coverage_free(c);
    c = denser(perfect, 0, perfect->n_units / 3);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_true(d->n > 0);
    for (size_t i = 0; i < d->n; i++) {
        assert_int_equal(d->items[i].kind, NOI_DEFECT_EDGE_MISMATCH);
        assert_true(d->items[i].width_m < 1e-6);
        assert_true(d->items[i].unit_a < perfect->n_units / 3);
    }
    noi_coverage_free(c);
}

static void a_perfect_drawn_map_stays_perfect(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AAAABBBBB"
                                "ACCAABBDD"
                                "ACCAEEEDD"
                                "ACAAEEEFD"
                                "GGGAEEEFF",
                                9);
    assert_stays_perfect(c);
}

static void the_perfect_rehearsal_city_stays_perfect(void **state) {
    (void)state;
    NOI_AUTO(noi_tables_freep) noi_tables *tables = NULL;
    NOI_AUTO(noi_shape_freep) noi_shape *shape = NULL;
    assert_int_equal(noi_tables_load(&tables), NOI_OK);
    assert_int_equal(noi_shape_make(&shape, tables, 11, 800), NOI_OK);
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_shape_new_layer(shape);
    assert_clean(c);
    assert_stays_perfect(c);
}

/* ---- planted on the rehearsal city, with an answer key ---- */

/* What is done to a layer: for `unit` (all: NOI_INDEX_NONE), vertex p goes to `to`; or, with
 * is_new, `to` becomes a vertex between p and q. */
typedef struct edit {
    uint32_t unit;
    bool is_new;
    double p[2], q[2], to[2];
} edit;

typedef struct answer {
    noi_defect_kind kind, of;
    uint32_t a, b;
} answer;

typedef struct planting {
    const noi_coverage *c;
    uint32_t *unit; /* of a vertex */
    uint32_t *prev, *next;
    uint32_t *other; /* the unit across the edge that starts at a vertex; NOI_INDEX_NONE */
    edit edit[64];
    answer key[64];
    size_t n_edits, n_answers;
} planting;

static const double *at(const planting *p, uint32_t v) {
    return p->c->xy + 2 * (size_t)v;
}

typedef struct known_edge {
    double end[4];
    uint32_t vertex;
} known_edge;

static int by_ends(const void *a, const void *b) {
    return memcmp(a, b, 4 * sizeof(double));
}

static known_edge edge_at(const planting *p, uint32_t v) {
    const double *a = at(p, v), *b = at(p, p->next[v]);
    bool turn = b[0] < a[0] || (b[0] == a[0] && b[1] < a[1]);
    known_edge e = {.vertex = v};
    memcpy(e.end, turn ? b : a, 2 * sizeof *a);
    memcpy(e.end + 2, turn ? a : b, 2 * sizeof *a);
    return e;
}

static void planting_begin(planting *p, const noi_coverage *c) {
    *p = (planting){.c = c};
    size_t n = c->n_vertices;
    p->unit = noi_alloc(n * sizeof *p->unit);
    p->prev = noi_alloc(n * sizeof *p->prev);
    p->next = noi_alloc(n * sizeof *p->next);
    p->other = noi_alloc(n * sizeof *p->other);
    for (uint32_t u = 0; u < c->n_units; u++)
        for (uint32_t r = c->polygon_ring[c->unit_polygon[u]];
             r < c->polygon_ring[c->unit_polygon[u + 1]]; r++)
            for (uint32_t from = c->ring_vertex[r], to = c->ring_vertex[r + 1], v = from; v < to;
                 v++) {
                p->unit[v] = u;
                p->next[v] = v + 1 < to ? v + 1 : from;
                p->prev[v] = v > from ? v - 1 : to - 1;
            }
    NOI_AUTO_FREE known_edge *all = noi_alloc(n * sizeof *all);
    for (uint32_t v = 0; v < n; v++) {
        all[v] = edge_at(p, v);
        p->other[v] = NOI_INDEX_NONE;
    }
    qsort(all, n, sizeof *all, by_ends);
    for (size_t i = 0; i + 1 < n; i++)
        if (by_ends(&all[i], &all[i + 1]) == 0) {
            p->other[all[i].vertex] = p->unit[all[i + 1].vertex];
            p->other[all[i + 1].vertex] = p->unit[all[i].vertex];
        }
}

static void planting_end(planting *p) {
    free(p->unit);
    free(p->prev);
    free(p->next);
    free(p->other);
}

static void expect(planting *p, noi_defect_kind kind, noi_defect_kind of, uint32_t a, uint32_t b) {
    assert_true(p->n_answers < 64);
    p->key[p->n_answers++] = (answer){kind, of, a < b ? a : b, a < b ? b : a};
}

static void add_edit(planting *p, edit e) {
    assert_true(p->n_edits < 64);
    p->edit[p->n_edits++] = e;
}

/* Takes vertex v of its unit so many metres to the left of where the ring runs. */
static void move_left(planting *p, uint32_t unit, uint32_t v, double metres) {
    const double *a = at(p, p->prev[v]), *b = at(p, p->next[v]), *m = at(p, v);
    double dx = (b[0] - a[0]) * M_LON, dy = (b[1] - a[1]) * M_LAT, length = hypot(dx, dy);
    add_edit(p, (edit){unit,
                       false,
                       {m[0], m[1]},
                       {0},
                       {m[0] - metres * dy / length / M_LON, m[1] + metres * dx / length / M_LAT}});
}

/* A vertex on the way from v to the next one, so many metres from v. */
static void add_after(planting *p, uint32_t unit, uint32_t v, double metres) {
    const double *a = at(p, v), *b = at(p, p->next[v]);
    double t = metres / hypot((b[0] - a[0]) * M_LON, (b[1] - a[1]) * M_LAT);
    add_edit(p, (edit){unit,
                       true,
                       {a[0], a[1]},
                       {b[0], b[1]},
                       {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])}});
}

static bool is_counterclockwise(const planting *p, uint32_t v) {
    double sum = 0;
    uint32_t i = v;
    do {
        const double *a = at(p, i), *b = at(p, p->next[i]);
        sum += (a[0] - at(p, v)[0]) * (b[1] - at(p, v)[1]) -
               (b[0] - at(p, v)[0]) * (a[1] - at(p, v)[1]);
        i = p->next[i];
    } while (i != v);
    return sum > 0;
}

/* Plants at vertex v of unit a, in the middle of its border with b. */
static void plant_at(planting *p, int what, uint32_t v) {
    uint32_t a = p->unit[v], b = p->other[v];
    double into_b = is_counterclockwise(p, v) ? -1 : 1;
    switch (what) {
    case 0:
        move_left(p, b, v, 40 * into_b);
        expect(p, NOI_DEFECT_GAP, NOI_DEFECT_GAP, a, b);
        break;
    case 1:
        move_left(p, b, v, -40 * into_b);
        expect(p, NOI_DEFECT_OVERLAP, NOI_DEFECT_OVERLAP, a, b);
        break;
    case 2:
        move_left(p, b, v, 0.3 * into_b);
        expect(p, NOI_DEFECT_SLIVER, NOI_DEFECT_GAP, a, b);
        break;
    case 3:
        move_left(p, b, v, -0.3 * into_b);
        expect(p, NOI_DEFECT_SLIVER, NOI_DEFECT_OVERLAP, a, b);
        break;
    case 4:
        add_after(p, a, v, 0);
        add_after(p, b, v, 0);
        expect(p, NOI_DEFECT_DUPLICATE_VERTEX, NOI_DEFECT_DUPLICATE_VERTEX, a, b);
        break;
    case 5:
        add_after(p, a, v, 0.004);
        add_after(p, b, v, 0.004);
        expect(p, NOI_DEFECT_NEAR_VERTEX, NOI_DEFECT_NEAR_VERTEX, a, b);
        break;
    default:
        add_after(p, b, v, 30);
        expect(p, NOI_DEFECT_EDGE_MISMATCH, NOI_DEFECT_EDGE_MISMATCH, a, b);
    }
}

/* In the middle of long borders, each pair of units once. */
static void plant_on_borders(planting *p) {
    NOI_AUTO_FREE uint8_t *used = noi_alloc_zero(p->c->n_units, 1);
    int n = 0;
    for (uint32_t v = 0; v < p->c->n_vertices && n < 21; v++) {
        uint32_t b = p->other[v], back = v, on = v;
        bool clear = b != NOI_INDEX_NONE && !used[b] && !used[p->unit[v]];
        for (int i = 0; i < 4 && clear; i++) {
            back = p->prev[back];
            on = p->next[on];
            clear = p->other[back] == b && p->other[on] == b;
        }
        if (!clear)
            continue;
        used[b] = used[p->unit[v]] = 1;
        plant_at(p, n++ % 7, v);
    }
    assert_int_equal(n, 21);
}

/* Where the border of two units comes to the sea, the second takes half a metre back along the
 * shore. */
static void plant_inlets(planting *p) {
    int n = 0;
    for (uint32_t v = 0; v < p->c->n_vertices && n < 3; v++) {
        uint32_t after = p->next[v];
        if (p->other[v] == NOI_INDEX_NONE || p->other[p->prev[v]] != NOI_INDEX_NONE ||
            p->other[after] != p->other[v])
            continue;
        for (uint32_t w = 0; w < p->c->n_vertices; w++) {
            if (p->unit[w] != p->other[v] || at(p, w)[0] != at(p, v)[0] ||
                at(p, w)[1] != at(p, v)[1] || p->other[w] != NOI_INDEX_NONE)
                continue;
            const double *a = at(p, w), *b = at(p, p->next[w]);
            double t = 0.5 / hypot((b[0] - a[0]) * M_LON, (b[1] - a[1]) * M_LAT);
            add_edit(p, (edit){p->unit[w],
                               false,
                               {a[0], a[1]},
                               {0},
                               {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])}});
            expect(p, NOI_DEFECT_INLET, NOI_DEFECT_INLET, p->unit[v], p->unit[w]);
            n++;
            break;
        }
    }
    assert_int_equal(n, 3);
}

/* The easternmost vertex of all, dragged out to sea. */
static void plant_far_vertex(planting *p) {
    uint32_t best = 0;
    for (uint32_t v = 1; v < p->c->n_vertices; v++)
        if (at(p, v)[0] > at(p, best)[0])
            best = v;
    const double *m = at(p, best);
    add_edit(p, (edit){NOI_INDEX_NONE, false, {m[0], m[1]}, {0}, {m[0] + 9000 / M_LON, m[1]}});
    expect(p, NOI_DEFECT_FAR_VERTEX, NOI_DEFECT_FAR_VERTEX, p->unit[best], NOI_INDEX_NONE);
}

static bool same_place(const double *a, const double *b) {
    return a[0] == b[0] && a[1] == b[1];
}

static void edit_vertex(double *xy, size_t *n, const planting *p, uint32_t unit, uint32_t v) {
    const double *a = at(p, v), *b = at(p, p->next[v]);
    memcpy(xy + 2 * *n, a, 2 * sizeof *a);
    size_t own = (*n)++;
    for (size_t i = 0; i < p->n_edits; i++) {
        const edit *e = &p->edit[i];
        if (e->unit != unit && e->unit != NOI_INDEX_NONE)
            continue;
        if (!e->is_new && same_place(e->p, a))
            memcpy(xy + 2 * own, e->to, sizeof e->to);
        if (e->is_new && ((same_place(e->p, a) && same_place(e->q, b)) ||
                          (same_place(e->p, b) && same_place(e->q, a))))
            memcpy(xy + 2 * (*n)++, e->to, sizeof e->to);
    }
}

static noi_coverage *edited(const planting *p) {
    const noi_coverage *c = p->c;
    noi_coverage *out = noi_coverage_new();
    for (uint32_t u = 0; u < c->n_units; u++) {
        noi_coverage_add_unit(out, c->unit_code[u]);
        for (uint32_t g = c->unit_polygon[u]; g < c->unit_polygon[u + 1]; g++) {
            noi_coverage_add_polygon(out);
            for (uint32_t r = c->polygon_ring[g]; r < c->polygon_ring[g + 1]; r++) {
                size_t n = 0;
                uint32_t from = c->ring_vertex[r], to = c->ring_vertex[r + 1];
                NOI_AUTO_FREE double *xy = noi_alloc(2 * (to - from + 64) * sizeof *xy);
                for (uint32_t v = from; v < to; v++)
                    edit_vertex(xy, &n, p, u, v);
                noi_coverage_add_ring(out, xy, n);
            }
        }
    }
    return out;
}

/* Units of their own, out at sea north of the city, where the drawn maps begin. */
static void plant_new_units(planting *p, noi_coverage *c) {
    uint32_t u = c->n_units;
    UNIT(c, 0, 2000, 9, 2000, 9, 2009, 0, 2009); /* a block with a hole that a unit fills */
    HOLE(c, 3, 2003, 3, 2006, 6, 2006, 6, 2003);
    UNIT(c, 3, 2003, 6, 2003, 6, 2006, 3, 2006);
    expect(p, NOI_DEFECT_ENCLAVE, NOI_DEFECT_ENCLAVE, u, u + 1);
    UNIT(c, 20, 2000, 40, 2000, 40, 2040, 20, 2040, 20, 2020); /* and one that none fills */
    HOLE(c, 22, 2002, 22, 2038, 38, 2038, 38, 2002);
    expect(p, NOI_DEFECT_ENCLAVE, NOI_DEFECT_GAP, u + 2, NOI_INDEX_NONE);
    UNIT(c, 50, 2000, 51, 2001, 51, 2000, 50, 2001);
    expect(p, NOI_DEFECT_INVALID_RING, NOI_DEFECT_INVALID_RING, u + 3, NOI_INDEX_NONE);
    UNIT(c, 60, 2000, 70, 2000, 70, 2010);
    PART(c, 60, 2020, 60.005, 2020, 60.005, 2025);
    expect(p, NOI_DEFECT_SLIVER, NOI_DEFECT_SLIVER, u + 4, NOI_INDEX_NONE);
    noi_coverage_add_unit(c, 0);
    expect(p, NOI_DEFECT_EMPTY, NOI_DEFECT_EMPTY, u + 5, NOI_INDEX_NONE);
}

static bool answers(const answer *wanted, const noi_defect *d) {
    uint32_t low = d->unit_a < d->unit_b ? d->unit_a : d->unit_b;
    uint32_t high = d->unit_a < d->unit_b ? d->unit_b : d->unit_a;
    return wanted->kind == d->kind && wanted->of == d->of && wanted->a == low && wanted->b == high;
}

/* A vertex moved alone leaves two wedges whose ends meet in it: one defect, for it is one face. */
static void what_is_planted_is_found_and_nothing_else(void **state) {
    (void)state;
    NOI_AUTO(noi_tables_freep) noi_tables *tables = NULL;
    NOI_AUTO(noi_shape_freep) noi_shape *shape = NULL;
    assert_int_equal(noi_tables_load(&tables), NOI_OK);
    assert_int_equal(noi_shape_make(&shape, tables, 23, 500), NOI_OK);
    NOI_AUTO(noi_coverage_freep) noi_coverage *perfect = noi_shape_old_layer(shape);
    NOI_AUTO(planting_end) planting p;
    planting_begin(&p, perfect);
    plant_on_borders(&p);
    plant_inlets(&p);
    plant_far_vertex(&p);
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = edited(&p);
    plant_new_units(&p, c);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    size_t missed = 0;
    for (size_t i = 0; i < p.n_answers; i++) {
        size_t found = 0;
        for (size_t k = 0; k < d->n; k++)
            found += answers(&p.key[i], &d->items[k]);
        if (found != 1)
            print_message("# planted %s of %u and %d: found %zu times\n",
                          noi_defect_key(p.key[i].kind), p.key[i].a, (int)p.key[i].b, found);
        missed += found != 1;
    }
    print_message("# %zu defects planted, %zu told\n", p.n_answers, d->n);
    if (missed || d->n != p.n_answers)
        print_defects(d);
    assert_int_equal(missed, 0);
    assert_int_equal(d->n, p.n_answers);
}

/* ---- by chance ---- */

static double random01(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (double)(*seed >> 11) * 0x1p-53;
}

static noi_coverage *random_map(uint64_t *seed) {
    char text[49];
    for (int i = 0; i < 48; i++)
        text[i] = "AABBCDE."[(int)(random01(seed) * 8)];
    text[48] = '\0';
    return small_map(text, 8);
}

/* A map of letters, one in three with a second vintage in the same layer, in which vertices of
 * single units are moved, some by metres, some by cells. */
static noi_coverage *bent_map(uint64_t *seed) {
    noi_coverage *c = random_map(seed);
    if (random01(seed) < 0.3) {
        NOI_AUTO(noi_coverage_freep) noi_coverage *other = random_map(seed);
        shift(other, random01(seed) < 0.5 ? 0 : CELL / 3, 0);
        for (uint32_t u = 0; u < other->n_units; u++) {
            NOI_AUTO_BUF noi_buf wkb = {0};
            noi_coverage_wkb(&wkb, other, u);
            assert_int_equal(noi_coverage_add_wkb(c, 0, wkb.p, wkb.n), NOI_OK);
        }
    }
    int moves = (int)(random01(seed) * 6);
    for (int i = 0; i < moves; i++) {
        size_t v = (size_t)(random01(seed) * c->n_vertices);
        double far = random01(seed) < 0.5 ? 0.02 * CELL : 0.6 * CELL;
        c->xy[2 * v] += (random01(seed) - 0.5) * far;
        c->xy[2 * v + 1] += (random01(seed) - 0.5) * far;
    }
    return c;
}

/* Square degrees that the outline of the union of all units encloses and the union does not hold,
 * also where its parts only touch. */
static double holes_in(GEOSContextHandle_t geos, const GEOSGeometry *joined) {
    GEOSGeometry *outline = GEOSBoundary_r(geos, joined);
    GEOSGeometry *noded = GEOSUnaryUnion_r(geos, outline);
    GEOSGeometry *faces = GEOSPolygonize_r(geos, (const GEOSGeometry *const[]){noded}, 1);
    double sum = 0;
    for (int i = 0; i < GEOSGetNumGeometries_r(geos, faces); i++) {
        const GEOSGeometry *face = GEOSGetGeometryN_r(geos, faces, i);
        GEOSGeometry *point = GEOSPointOnSurface_r(geos, face);
        double area = 0;
        GEOSArea_r(geos, face, &area);
        sum += GEOSIntersects_r(geos, joined, point) == 1 ? 0 : area;
        GEOSGeom_destroy_r(geos, point);
    }
    GEOSGeom_destroy_r(geos, faces);
    GEOSGeom_destroy_r(geos, noded);
    GEOSGeom_destroy_r(geos, outline);
    return sum;
}

static double holes_by_geos(const noi_coverage *c) {
    GEOSContextHandle_t geos = GEOS_init_r();
    NOI_AUTO_FREE GEOSGeometry **shape = noi_alloc(c->n_units * sizeof(GEOSGeometry *));
    for (uint32_t u = 0; u < c->n_units; u++) {
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, c, u);
        shape[u] = GEOSGeomFromWKB_buf_r(geos, (unsigned char *)wkb.p, wkb.n);
    }
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(geos, GEOS_GEOMETRYCOLLECTION, shape, c->n_units);
    GEOSGeometry *joined = GEOSUnaryUnion_r(geos, all);
    double sum = holes_in(geos, joined);
    GEOSGeom_destroy_r(geos, joined);
    GEOSGeom_destroy_r(geos, all);
    GEOS_finish_r(geos);
    return sum;
}

static double area_told(const noi_defects *d, noi_defect_kind of, uint32_t a, uint32_t b) {
    double sum = 0;
    for (size_t i = 0; i < d->n; i++)
        if (d->items[i].of == of &&
            (a == NOI_INDEX_NONE || (d->items[i].unit_a == a && d->items[i].unit_b == b)))
            sum += d->items[i].area_m2;
    return sum;
}

static void assert_told_alike(const noi_defects *d, const noi_defects *again) {
    assert_int_equal(d->n, again->n);
    for (size_t i = 0; i < d->n; i++) {
        const noi_defect *a = &d->items[i], *b = &again->items[i];
        assert_int_equal(a->kind, b->kind);
        assert_int_equal(a->unit_a, b->unit_a);
        assert_int_equal(a->unit_b, b->unit_b);
        assert_int_equal(a->wkb.n, b->wkb.n);
        assert_memory_equal(a->wkb.p, b->wkb.p, a->wkb.n);
    }
}

static void bent_maps_have_the_overlaps_and_gaps_of_geos(void **state) {
    (void)state;
    noi_check_options all = NOI_CHECK_DEFAULTS;
    all.min_area_m2 = 0;
    all.narrower_than_m = INFINITY;
    uint64_t seed = 88172645463325252u;
    size_t n_valid = 0, n_overlaps = 0, n_gaps = 0;
    for (int round = 0; round < 60; round++) {
        NOI_AUTO(noi_coverage_freep) noi_coverage *c = bent_map(&seed);
        NOI_AUTO(noi_defects_freep) noi_defects *d = check_with(c, &all);
        NOI_AUTO(noi_defects_freep) noi_defects *again = check_with(c, &all);
        assert_told_alike(d, again);
        if (count(d, NOI_DEFECT_INVALID_RING))
            continue;
        n_valid++;
        noi_overlap_row *row = NULL;
        size_t n = 0;
        assert_int_equal(noi_overlay(&row, &n, c, c), NOI_OK);
        for (size_t i = 0; i < n; i++) {
            if (row[i].old_unit >= row[i].new_unit)
                continue;
            n_overlaps++;
            double told = area_told(d, NOI_DEFECT_OVERLAP, row[i].old_unit, row[i].new_unit);
            assert_near(told, row[i].area_m2, 0.01 + 1e-4 * told);
        }
        free(row);
        double holes = holes_by_geos(c) * 110599.8 * 109460.0;
        double told = area_told(d, NOI_DEFECT_GAP, NOI_INDEX_NONE, 0);
        n_gaps += told > 0;
        assert_near(told, holes, 0.01 + 1e-3 * holes);
    }
    print_message("# of 60 bent maps %zu are valid, with %zu overlaps; %zu have gaps\n", n_valid,
                  n_overlaps, n_gaps);
    assert_true(n_valid > 30 && n_overlaps > 50 && n_gaps > 30);
}

/* ---- real layers ---- */

static noi_layer *real_layer(const char *name, const char *code_field) {
    NOI_AUTO_FREE char *path = shared_file(name);
    noi_layer *file = NULL;
    const noi_layer_options options = {.code_field = code_field};
    if (path && noi_layer_file_read(&file, path, &options) != NOI_OK)
        fail_msg("%s", noi_error_message());
    return file;
}

/* Overlaps by GEOS intersections of all pairs; the check must find the same area for each pair, but
 * for the overlay's geodesics, which are not quite the straight lines of the layer. All overlaps
 * and gaps are narrower than a metre: slivers. */
static void overlaps_of_the_real_layer_are_those_of_geos(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep) noi_layer *file = real_layer("layers/new_hcmc_168.gpkg", "code");
    if (!file)
        return;
    noi_overlap_row *rows;
    size_t n, pairs = 0, gaps = 0;
    assert_int_equal(noi_overlay(&rows, &n, file->coverage, file->coverage), NOI_OK);
    noi_check_options all = NOI_CHECK_DEFAULTS;
    all.min_area_m2 = 0;
    all.narrower_than_m = INFINITY;
    NOI_AUTO(noi_defects_freep) noi_defects *d = check_with(file->coverage, &all);
    double largest = 0, largest_gap = 0;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].old_unit >= rows[i].new_unit || rows[i].area_m2 < 0.01)
            continue;
        double found = 0;
        for (size_t k = 0; k < d->n; k++)
            if (d->items[k].of == NOI_DEFECT_OVERLAP && d->items[k].unit_a == rows[i].old_unit &&
                d->items[k].unit_b == rows[i].new_unit)
                found += d->items[k].area_m2;
        assert_near(found, rows[i].area_m2, 0.01 + 0.02 * found);
        largest = fmax(largest, found);
        pairs++;
    }
    for (size_t k = 0; k < d->n; k++)
        if (d->items[k].of == NOI_DEFECT_GAP) {
            largest_gap = fmax(largest_gap, d->items[k].area_m2);
            gaps++;
        }
    print_message("# 168 units: %zu overlapping pairs (at most %.1f m2), %zu gaps (at most %.1f "
                  "m2), %zu pairs drawn differently\n",
                  pairs, largest, gaps, largest_gap, count(d, NOI_DEFECT_EDGE_MISMATCH));
    free(rows);
    assert_true(pairs >= 25 && largest < 28);
    assert_true(gaps >= 40 && largest_gap < 20);
    assert_int_equal(count(d, NOI_DEFECT_GAP) + count(d, NOI_DEFECT_OVERLAP), 0);
    assert_int_equal(count(d, NOI_DEFECT_INVALID_RING), 0);
    assert_int_equal(count(d, NOI_DEFECT_INLET), 0);
}

/* The clean layer has three pairs of vertices 4 to 7 mm apart, and nothing that is wrong. */
static void the_clean_layer_is_clean(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep)
    noi_layer *clean = real_layer("layers/old_hcmc_322_2019_utm48n.gpkg", "Com_ID");
    if (!clean)
        return;
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(clean->coverage);
    print_defects(d);
    assert_int_equal(count(d, NOI_DEFECT_NEAR_VERTEX), d->n);
    assert_true(d->n <= 3);
}

static void the_invalid_unit_of_the_mixed_layer_is_named(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep) noi_layer *mixed = real_layer("layers/old_hcmc_442.gpkg", "code");
    if (!mixed)
        return;
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(mixed->coverage);
    assert_true(count(d, NOI_DEFECT_INVALID_RING) >= 1);
    for (size_t i = 0; i < d->n; i++)
        if (d->items[i].kind == NOI_DEFECT_INVALID_RING)
            assert_string_equal(mixed->features[d->items[i].unit_a].code, "26923");
}

NOI_TEST_MAIN(cmocka_unit_test(a_perfect_drawn_map_stays_perfect),
              cmocka_unit_test(the_perfect_rehearsal_city_stays_perfect),
              cmocka_unit_test(what_is_planted_is_found_and_nothing_else),
              cmocka_unit_test(bent_maps_have_the_overlaps_and_gaps_of_geos),
              cmocka_unit_test(overlaps_of_the_real_layer_are_those_of_geos),
              cmocka_unit_test(the_clean_layer_is_clean),
              cmocka_unit_test(the_invalid_unit_of_the_mixed_layer_is_named))
