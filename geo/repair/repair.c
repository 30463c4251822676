/*
 * repair.c: the way of a repair.
 *
 *   rings that cross themselves (L06) are made valid, each unit by itself;
 *   then, round by round, until a round changes nothing:
 *       vertices in a row at (nearly) one place become one (vertices.c);
 *       borders that neighbours draw differently are drawn together (vertices.c);
 *       the layer becomes one plane graph (planar.c), each face of an accepted gap, overlap or
 * sliver gets one owner (owners.c), and rings are made again (rings.c).
 *
 * What is wrong is what noi_coverage_check says, after each stage anew, so check and repair cannot
 * disagree. A change that would make a valid unit invalid, or an overlap, gap or sliver that was
 * not there (guard.c), is taken back, and the place or the unit left alone.
 */
#include "geo/repair.h"

#include "base/i18n.h"
#include "geo/measure.h"
#include "geo/repair/mender.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

#define MOST_ROUNDS 8
#define MOST_TRIES  16

static const struct {
    const char *rule;
    size_t at;
} acceptable[] = {
    {"L06", offsetof(noi_repair_options, mend_rings)},
    {"L07", offsetof(noi_repair_options, divide_overlaps)},
    {"L08", offsetof(noi_repair_options, close_gaps)},
    {"L12", offsetof(noi_repair_options, remove_slivers)},
    {"L13", offsetof(noi_repair_options, close_inlets)},
    {"L15", offsetof(noi_repair_options, drop_duplicates)},
    {"L16", offsetof(noi_repair_options, merge_near)},
    {"L18", offsetof(noi_repair_options, snap_borders)},
};

bool *noi_repair_accept(noi_repair_options *options, const char *rule) {
    for (size_t i = 0; i < sizeof acceptable / sizeof *acceptable; i++)
        if (strcmp(acceptable[i].rule, rule) == 0)
            return (bool *)(void *)((char *)options + acceptable[i].at);
    return NULL;
}

const char *noi_repair_rule(size_t i) {
    return i < sizeof acceptable / sizeof *acceptable ? acceptable[i].rule : NULL;
}

/* ---- the mender ---- */

static void mender_free(mender *m) {
    if (!m)
        return;
    noi_coverage_free(m->seen.coverage);
    free(m->seen.area_before_m2);
    free(m->seen.area_after_m2);
    free(m->step);
    free(m->is_fixed);
    free(m->area_m2);
    noi_buf_free(&m->forced);
    noi_buf_free(&m->avoided);
    if (m->first != m->now)
        noi_defects_free(m->first);
    noi_defects_free(m->now);
    noi_defects_free(m->watched);
    noi_arena_free(m->arena);
    free(m);
}
NOI_DEFINE_AUTO(mender, mender_free)

void noi_repair_free(noi_repair *repair) {
    mender_free((mender *)(void *)repair);
}

static void add_copy(noi_coverage *out, const noi_coverage *c, uint32_t unit) {
    noi_coverage_add_unit(out, c->unit_code[unit]);
    for (uint32_t p = c->unit_polygon[unit]; p < c->unit_polygon[unit + 1]; p++) {
        noi_coverage_add_polygon(out);
        for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++)
            repair_add_ring(out, c->xy + 2 * (size_t)c->ring_vertex[r],
                            c->ring_vertex[r + 1] - c->ring_vertex[r]);
    }
}

static noi_coverage *copy_of(const noi_coverage *c) {
    noi_coverage *out = noi_coverage_new();
    for (uint32_t u = 0; u < c->n_units; u++)
        add_copy(out, c, u);
    return out;
}

static double *areas_of(const noi_coverage *c) {
    double *area = noi_alloc(((size_t)c->n_units + 1) * sizeof *area);
    for (uint32_t u = 0; u < c->n_units; u++)
        area[u] = noi_unit_area_m2(c, u);
    return area;
}

/* ---- what may not be touched ---- */

static void vertices_of(size_t out[2], const noi_coverage *c, uint32_t unit) {
    out[0] = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit]]];
    out[1] = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit + 1]]];
}

static bool has_same_rings(const noi_coverage *a, const noi_coverage *b, uint32_t unit) {
    uint32_t p = a->unit_polygon[unit], q = b->unit_polygon[unit],
             n = a->unit_polygon[unit + 1] - p;
    if (b->unit_polygon[unit + 1] - q != n)
        return false;
    uint32_t r = a->polygon_ring[p], s = b->polygon_ring[q];
    for (uint32_t i = 1; i <= n; i++)
        if (a->polygon_ring[p + i] - r != b->polygon_ring[q + i] - s)
            return false;
    for (uint32_t i = 1; i <= a->polygon_ring[p + n] - r; i++)
        if (a->ring_vertex[r + i] - a->ring_vertex[r] != b->ring_vertex[s + i] - b->ring_vertex[s])
            return false;
    return true;
}

static bool is_same(const noi_coverage *a, const noi_coverage *b, uint32_t unit) {
    size_t s[2], t[2];
    vertices_of(s, a, unit);
    vertices_of(t, b, unit);
    return has_same_rings(a, b, unit) &&
           memcmp(a->xy + 2 * s[0], b->xy + 2 * t[0], 2 * (s[1] - s[0]) * sizeof *a->xy) == 0;
}

static bool is_valid(geos *g, const noi_coverage *c, uint32_t unit) {
    for (uint32_t r = c->polygon_ring[c->unit_polygon[unit]];
         r < c->polygon_ring[c->unit_polygon[unit + 1]]; r++)
        if (c->ring_vertex[r + 1] - c->ring_vertex[r] < 3)
            return false;
    GEOSGeometry *shape = geos_unit(g, c, unit);
    bool valid = GEOSisValid_r(g->handle, shape) == 1;
    GEOSGeom_destroy_r(g->handle, shape);
    return valid;
}

static void find_fixed(mender *m) {
    NOI_AUTO(geos_end) geos g;
    geos_begin(&g);
    const noi_coverage *c = m->seen.coverage;
    for (uint32_t u = 0; u < c->n_units; u++)
        m->is_fixed[u] = !is_valid(&g, c, u);
}

/* Where the unit's rings go wrong is avoided from now on; the whole unit where that is not known or
 * was avoided already. */
static void avoid(mender *m, geos *g, const noi_coverage *next, uint32_t unit) {
    double at[2] = {NAN, NAN};
    GEOSGeometry *shape = geos_unit(g, next, unit), *where = NULL;
    if (GEOSisValidDetail_r(g->handle, shape, 0, NULL, &where) == 0 && where) {
        GEOSGeomGetX_r(g->handle, where, &at[0]);
        GEOSGeomGetY_r(g->handle, where, &at[1]);
    }
    if (where)
        GEOSGeom_destroy_r(g->handle, where);
    GEOSGeom_destroy_r(g->handle, shape);
    if (!isfinite(at[0]) || !isfinite(at[1]) || repair_is_avoided(m, at))
        m->is_fixed[unit] = true;
    else
        noi_buf_add(&m->avoided, at, sizeof at);
}

/* What `next` would break is left alone from now on: the place, in stages that move vertices, else
 * the unit. False when nothing breaks. */
static bool find_broken(mender *m, const noi_coverage *next, bool by_place) {
    NOI_AUTO(geos_end) geos g;
    geos_begin(&g);
    const noi_coverage *c = m->seen.coverage;
    bool any = false;
    for (uint32_t u = 0; u < c->n_units; u++) {
        if (m->is_fixed[u] || is_same(c, next, u))
            continue;
        bool gone = next->unit_polygon[u] == next->unit_polygon[u + 1];
        if (!gone && is_valid(&g, next, u))
            continue;
        any = true;
        if (by_place && !gone)
            avoid(m, &g, next, u);
        else
            m->is_fixed[u] = true;
    }
    return any;
}

/* ---- stages: each makes the next coverage, NULL when it changes nothing ---- */

typedef noi_status stage_work(noi_coverage **out, mender *m);

typedef struct stage {
    stage_work *work;
    bool moves;       /* vertices; else it deals out faces */
    const char *rule; /* of the land that moves with the vertices; NULL for none */
} stage;

/* A coverage that may come next, with what the check says of it. */
typedef struct trial {
    noi_coverage *next;
    noi_defects *now, *watched;
} trial;

static void trial_free(trial *t) {
    noi_coverage_free(t->next);
    noi_defects_free(t->now);
    noi_defects_free(t->watched);
}

static noi_status examine(trial *t, const mender *m) {
    NOI_TRY(noi_coverage_check(&t->now, t->next, &m->options.check));
    return repair_watches_more(m) ? repair_watch(&t->watched, m, t->next) : NOI_OK;
}

static void tell_moves(mender *m, const noi_coverage *next, const char *rule) {
    NOI_AUTO(geos_end) geos g;
    geos_begin(&g);
    for (uint32_t u = 0; u < next->n_units; u++)
        if (!is_same(m->seen.coverage, next, u))
            repair_tell_moves(m, &g, next, u, rule);
}

/* Geodesic areas are dear: of units that stay they are known. */
static void measure_changes(mender *m, const noi_coverage *next) {
    for (uint32_t u = 0; u < next->n_units; u++)
        if (!is_same(m->seen.coverage, next, u))
            m->seen.area_after_m2[u] = noi_unit_area_m2(next, u);
}

/* Takes what the trial holds. */
static void become(mender *m, trial *t) {
    measure_changes(m, t->next);
    noi_coverage_free(m->seen.coverage);
    if (m->first != m->now)
        noi_defects_free(m->now);
    noi_defects_free(m->watched);
    m->seen.coverage = t->next;
    m->now = t->now;
    m->watched = t->watched;
    *t = (trial){0};
}

/* Whether the stage is done; else it has been taken back, to be done again without what it broke.
 */
static noi_status try_stage(bool *done, bool *changed, mender *m, const stage *s) {
    NOI_AUTO(trial_free) trial t = {0};
    size_t n_steps = m->seen.n_steps;
    memcpy(m->area_m2, m->seen.area_after_m2, m->seen.coverage->n_units * sizeof *m->area_m2);
    NOI_TRY(s->work(&t.next, m));
    *done = !t.next;
    if (!t.next)
        return NOI_OK;
    *done = !find_broken(m, t.next, s->moves);
    if (*done) {
        NOI_TRY(examine(&t, m));
        *done = !repair_guard(m, m->watched ? m->watched : m->now, t.watched ? t.watched : t.now,
                              s->moves);
    }
    if (!*done) {
        m->seen.n_steps = n_steps;
        return NOI_OK;
    }
    if (s->rule)
        tell_moves(m, t.next, s->rule);
    become(m, &t);
    *changed = true;
    return NOI_OK;
}

/* A stage that breaks a unit, or makes a defect of land, is done again without that place or unit.
 */
static noi_status go_through(bool *changed, mender *m, stage s) {
    bool done = false;
    for (int i = 0; i < MOST_TRIES && !done; i++)
        NOI_TRY(try_stage(&done, changed, m, &s));
    return NOI_OK;
}

static noi_status join_duplicates(noi_coverage **out, mender *m) {
    *out = repair_duplicates(m, m->seen.coverage);
    return NOI_OK;
}

static noi_status join_near(noi_coverage **out, mender *m) {
    *out = repair_near(m, m->seen.coverage);
    return NOI_OK;
}

static noi_status snap(noi_coverage **out, mender *m) {
    *out = repair_mismatches(m, m->seen.coverage, m->now);
    return NOI_OK;
}

/* ---- faces ---- */

typedef struct lines {
    double *at; /* four numbers each */
    size_t n, capacity;
} lines;

static void lines_free(lines *l) {
    free(l->at);
}

/* The outlines of inlets, which nobody's border closes. */
static noi_status outline_inlets(lines *out, const noi_defects *defects) {
    for (size_t i = 0; i < defects->n; i++) {
        const noi_defect *d = &defects->items[i];
        if (d->kind != NOI_DEFECT_INLET)
            continue;
        NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
        NOI_TRY(noi_coverage_add_wkb(c, 0, d->wkb.p, d->wkb.n));
        for (uint32_t r = 0; r < c->n_rings; r++)
            for (uint32_t from = c->ring_vertex[r], v = from; v < c->ring_vertex[r + 1]; v++) {
                uint32_t next = v + 1 < c->ring_vertex[r + 1] ? v + 1 : from;
                NOI_GROW(out->at, out->capacity, 4 * (out->n + 1));
                memcpy(out->at + 4 * out->n, c->xy + 2 * (size_t)v, 2 * sizeof(double));
                memcpy(out->at + 4 * out->n++ + 2, c->xy + 2 * (size_t)next, 2 * sizeof(double));
            }
    }
    return NOI_OK;
}

static int by_height(const void *p, const void *q) {
    const double *a = p, *b = q;
    return (a[1] > b[1]) - (a[1] < b[1]);
}

/* The nearest vertex within reach, as far as there is one. `vertex` has n places from south to
 * north. */
static void draw_to_vertex(double *at, const double *vertex, size_t n, double reach_m) {
    double mx, my, least = reach_m;
    planar_metres(&mx, &my, at[1]);
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (vertex[2 * middle + 1] < at[1] - reach_m / my)
            low = middle + 1;
        else
            high = middle;
    }
    double x = at[0], y = at[1];
    for (; low < n && vertex[2 * low + 1] <= y + reach_m / my; low++) {
        double far = hypot((vertex[2 * low] - x) * mx, (vertex[2 * low + 1] - y) * my);
        if (far >= least)
            continue;
        least = far;
        memcpy(at, vertex + 2 * low, 2 * sizeof *at);
    }
}

/* The mouth of an inlet begins at vertices that are there rather than right beside them. */
static void settle_outlines(lines *help, const mender *m) {
    const noi_coverage *c = m->seen.coverage;
    if (!help->n)
        return;
    double reach = fmax(m->options.check.mismatch_m, m->options.check.near_vertex_m);
    NOI_AUTO_FREE double *vertex = noi_alloc(2 * (size_t)c->n_vertices * sizeof *vertex);
    memcpy(vertex, c->xy, 2 * (size_t)c->n_vertices * sizeof *vertex);
    qsort(vertex, c->n_vertices, 2 * sizeof *vertex, by_height);
    for (size_t i = 0; i < 2 * help->n; i++)
        draw_to_vertex(help->at + 2 * i, vertex, c->n_vertices, reach);
}

static void deal_free(deal *d) {
    planar_free(&d->p);
    free(d->before);
    free(d->was_dealt);
}

static noi_status deal_faces(noi_coverage **out, mender *m) {
    NOI_AUTO(lines_free) lines help = {0};
    if (m->options.close_inlets)
        NOI_TRY(outline_inlets(&help, m->now));
    settle_outlines(&help, m);
    NOI_AUTO(deal_free) deal d = {.m = m, .defects = m->now};
    NOI_TRY(planar_make(&d.p, m->seen.coverage, help.at, help.n));
    NOI_TRY(repair_deal(&d));
    if (d.any || m->forced.n)
        *out = repair_rebuild(&d);
    return NOI_OK;
}

/* ---- rings that cross themselves ---- */

static int by_place(const void *p, const void *q) {
    const double *a = p, *b = q;
    if (a[0] != b[0])
        return a[0] < b[0] ? -1 : 1;
    return (a[1] > b[1]) - (a[1] < b[1]);
}

static void sort_places(noi_buf *places) {
    if (places->n)
        qsort(places->p, places->n / (2 * sizeof(double)), 2 * sizeof(double), by_place);
}

/* Vertices of the mended unit that it did not have: whoever passes there shall have them too. */
static void force_new_vertices(mender *m, const noi_coverage *before, const noi_coverage *after,
                               uint32_t unit) {
    size_t s[2], t[2];
    vertices_of(s, before, unit);
    vertices_of(t, after, unit);
    NOI_AUTO_BUF noi_buf old = {0};
    noi_buf_add(&old, before->xy + 2 * s[0], 2 * (s[1] - s[0]) * sizeof(double));
    sort_places(&old);
    for (size_t v = t[0]; v < t[1]; v++)
        if (!bsearch(after->xy + 2 * v, old.p, s[1] - s[0], 2 * sizeof(double), by_place))
            noi_buf_add(&m->forced, after->xy + 2 * v, 2 * sizeof(double));
}

/* The unit as GEOS makes it valid, as a coverage of one unit; NULL when nothing would be left. */
static noi_coverage *made_valid(geos *g, const noi_coverage *c, uint32_t unit) {
    GEOSGeometry *shape = geos_valid_unit(g, c, unit);
    if (!shape)
        return NULL;
    size_t n = 0;
    GEOSWKBWriter *writer = GEOSWKBWriter_create_r(g->handle);
    unsigned char *wkb = GEOSisEmpty_r(g->handle, shape)
                             ? NULL
                             : GEOSWKBWriter_write_r(g->handle, writer, shape, &n);
    noi_coverage *out = wkb ? noi_coverage_new() : NULL;
    if (out && noi_coverage_add_wkb(out, c->unit_code[unit], wkb, n) != NOI_OK) {
        noi_error_clear();
        noi_coverage_free(out);
        out = NULL;
    }
    GEOSFree_r(g->handle, wkb);
    GEOSWKBWriter_destroy_r(g->handle, writer);
    GEOSGeom_destroy_r(g->handle, shape);
    return out;
}

/* A crossing is computed, and may come out beside a vertex that is there: it becomes that vertex.
 */
static void settle(double *at, const noi_coverage *c) {
    const double *best = NULL;
    double least = PLANAR_REACH;
    for (size_t v = 0; v < c->n_vertices; v++) {
        const double *w = c->xy + 2 * v;
        if (fabs(w[0] - at[0]) > PLANAR_REACH || fabs(w[1] - at[1]) > PLANAR_REACH)
            continue;
        double far = hypot(w[0] - at[0], w[1] - at[1]);
        if (far <= least && (!best || far < least)) {
            best = w;
            least = far;
        }
    }
    if (best)
        memcpy(at, best, 2 * sizeof *at);
}

static void settle_new_vertices(noi_coverage *mended, const noi_coverage *c, uint32_t unit) {
    size_t s[2];
    vertices_of(s, c, unit);
    NOI_AUTO_BUF noi_buf old = {0};
    noi_buf_add(&old, c->xy + 2 * s[0], 2 * (s[1] - s[0]) * sizeof(double));
    sort_places(&old);
    for (size_t v = 0; v < mended->n_vertices; v++)
        if (!bsearch(mended->xy + 2 * v, old.p, s[1] - s[0], 2 * sizeof(double), by_place))
            settle(mended->xy + 2 * v, c);
}

static size_t without_repeats(double *xy, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!kept || xy[2 * i] != xy[2 * kept - 2] || xy[2 * i + 1] != xy[2 * kept - 1]) {
            memmove(xy + 2 * kept, xy + 2 * i, 2 * sizeof *xy);
            kept++;
        }
    while (kept > 1 && xy[0] == xy[2 * kept - 2] && xy[1] == xy[2 * kept - 1])
        kept--;
    return kept;
}

/* Adds one polygon of the mended unit, unless it is rounding. */
static void add_polygon(noi_coverage *out, const noi_coverage *mended, uint32_t polygon,
                        double least_m2) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *one = noi_coverage_new();
    noi_coverage_add_unit(one, 0);
    noi_coverage_add_polygon(one);
    for (uint32_t r = mended->polygon_ring[polygon]; r < mended->polygon_ring[polygon + 1]; r++) {
        double *xy = mended->xy + 2 * (size_t)mended->ring_vertex[r];
        size_t n = without_repeats(xy, mended->ring_vertex[r + 1] - mended->ring_vertex[r]);
        if (n >= 3)
            repair_add_ring(one, xy, n);
        else if (r == mended->polygon_ring[polygon])
            return;
    }
    if (noi_unit_area_m2(one, 0) < least_m2)
        return;
    noi_coverage_add_polygon(out);
    for (uint32_t r = 0; r < one->n_rings; r++)
        repair_add_ring(out, one->xy + 2 * (size_t)one->ring_vertex[r],
                        one->ring_vertex[r + 1] - one->ring_vertex[r]);
}

static noi_coverage *sound_unit(const mender *m, const noi_coverage *mended, noi_code code) {
    noi_coverage *out = noi_coverage_new();
    noi_coverage_add_unit(out, code);
    for (uint32_t p = 0; p < mended->n_polygons; p++)
        add_polygon(out, mended, p, m->options.check.min_area_m2);
    return out;
}

/* Adds the unit made valid; false, and nothing added, when that cannot be had. */
static bool add_mended(noi_coverage *out, mender *m, geos *g, uint32_t unit) {
    const noi_coverage *c = m->seen.coverage;
    for (int settled = 1; settled >= 0; settled--) {
        NOI_AUTO(noi_coverage_freep) noi_coverage *mended = made_valid(g, c, unit);
        if (!mended)
            return false;
        if (settled)
            settle_new_vertices(mended, c, unit);
        NOI_AUTO(noi_coverage_freep)
        noi_coverage *sound = sound_unit(m, mended, c->unit_code[unit]);
        if (!sound->n_polygons || !is_valid(g, sound, 0))
            continue;
        add_copy(out, sound, 0);
        return true;
    }
    return false;
}

/* False when no ring was mended. */
static bool mend_rings(mender *m) {
    NOI_AUTO(geos_end) geos g;
    geos_begin(&g);
    noi_coverage *c = m->seen.coverage, *out = noi_coverage_new();
    bool any = false;
    for (uint32_t u = 0; u < c->n_units; u++) {
        if (!m->is_fixed[u] || !add_mended(out, m, &g, u)) {
            add_copy(out, c, u);
            continue;
        }
        m->is_fixed[u] = false;
        any = true;
        force_new_vertices(m, c, out, u);
    }
    sort_places(&m->forced);
    noi_coverage_free(c);
    m->seen.coverage = out;
    return any;
}

/* ---- all of it ---- */

static noi_status mend_faces(bool *changed, mender *m) {
    const noi_repair_options *o = &m->options;
    if (!o->close_gaps && !o->divide_overlaps && !o->remove_slivers && !o->close_inlets &&
        !m->forced.n)
        return NOI_OK;
    NOI_TRY(go_through(changed, m, (stage){deal_faces, false, NULL}));
    noi_buf_clear(&m->forced);
    return NOI_OK;
}

static noi_status mend_round(bool *changed, mender *m) {
    if (m->options.drop_duplicates)
        NOI_TRY(go_through(changed, m, (stage){join_duplicates, true, NULL}));
    bool again = m->options.merge_near;
    for (int i = 0; i < MOST_ROUNDS && again; i++, *changed = *changed || again) {
        again = false;
        NOI_TRY(go_through(&again, m, (stage){join_near, true, "L16"}));
    }
    again = m->options.snap_borders;
    for (int i = 0; i < MOST_ROUNDS && again; i++, *changed = *changed || again) {
        again = false;
        NOI_TRY(go_through(&again, m, (stage){snap, true, "L18"}));
    }
    return mend_faces(changed, m);
}

static bool is_gone(const noi_defects *now, const noi_defect *d) {
    for (size_t i = 0; i < now->n; i++) {
        const noi_defect *e = &now->items[i];
        if (e->kind == d->kind && e->unit_a == d->unit_a && e->unit_b == d->unit_b &&
            (d->kind == NOI_DEFECT_EDGE_MISMATCH || d->kind == NOI_DEFECT_INVALID_RING ||
             (e->lon == d->lon && e->lat == d->lat)))
            return false;
    }
    return true;
}

/* A step for each defect that moved no land, was accepted, and is not there any more. */
static void list_mended(mender *m) {
    const noi_defects *before = m->first, *after = m->now;
    for (size_t i = 0; i < before->n; i++) {
        const noi_defect *d = &before->items[i];
        const char *rule = noi_defect_rule(d->kind);
        const bool *accepted = noi_repair_accept(&m->options, rule);
        bool moves_land = d->kind == NOI_DEFECT_GAP || d->kind == NOI_DEFECT_OVERLAP ||
                          d->kind == NOI_DEFECT_SLIVER || d->kind == NOI_DEFECT_INLET;
        if (accepted && *accepted && !moves_land && is_gone(after, d))
            repair_add_step(m,
                            (noi_repair_step){.rule = rule,
                                              .gained = d->unit_a,
                                              .lost = d->unit_b,
                                              .lon = d->lon,
                                              .lat = d->lat,
                                              .of_ring = d->kind == NOI_DEFECT_INVALID_RING},
                            d->wkb);
    }
}

static bool holds(geos *g, noi_str wkb, const noi_repair_choice *c) {
    GEOSWKBReader *reader = GEOSWKBReader_create_r(g->handle);
    GEOSGeometry *shape =
        GEOSWKBReader_read_r(g->handle, reader, (const unsigned char *)wkb.p, wkb.n);
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(g->handle, c->lon, c->lat);
    bool inside = shape && point && GEOSIntersects_r(g->handle, shape, point) == 1;
    if (shape)
        GEOSGeom_destroy_r(g->handle, shape);
    if (point)
        GEOSGeom_destroy_r(g->handle, point);
    GEOSWKBReader_destroy_r(g->handle, reader);
    return inside;
}

static bool is_for(mender *m, geos *g, const noi_defect *d, const noi_repair_choice *c) {
    bool is_land = d->kind == NOI_DEFECT_GAP || d->kind == NOI_DEFECT_OVERLAP ||
                   d->kind == NOI_DEFECT_SLIVER || d->kind == NOI_DEFECT_INLET;
    return is_land && *noi_repair_accept(&m->options, noi_defect_rule(d->kind)) &&
           holds(g, d->wkb, c);
}

/* Each choice must be for something that is to be mended: a slip of a digit would go unseen. */
static noi_status check_choices(mender *m, const noi_defects *defects) {
    NOI_AUTO(geos_end) geos g;
    geos_begin(&g);
    for (size_t i = 0; i < m->options.n_choices; i++) {
        const noi_repair_choice *c = &m->options.choices[i];
        bool found = false;
        for (size_t k = 0; k < defects->n && !found; k++)
            found = is_for(m, &g, &defects->items[k], c);
        if (found)
            continue;
        noi_status status =
            noi_fail(NOI_ERR_INPUT, _("no gap or overlap that is to be mended holds %.7f,%.7f"),
                     c->lon, c->lat);
        noi_hint(_("longitude first; and its rule must be accepted"));
        return status;
    }
    return NOI_OK;
}

/* A person's choice is carried out or refused, never passed over. */
static noi_status check_carried_out(mender *m) {
    NOI_AUTO(geos_end) geos g;
    geos_begin(&g);
    for (size_t i = 0; i < m->options.n_choices; i++) {
        const noi_repair_choice *c = &m->options.choices[i];
        bool found = false;
        for (size_t k = 0; k < m->seen.n_steps && !found; k++)
            found = m->step[k].was_named && m->step[k].gained == c->unit &&
                    holds(&g, m->step[k].wkb, c);
        if (found)
            continue;
        noi_status status =
            noi_fail(NOI_ERR_INPUT,
                     _("%.7f,%.7f cannot be given away: a unit there has or would get an "
                       "invalid ring, or it is a part of one unit alone"),
                     c->lon, c->lat);
        noi_hint(_("accept L06 too, or leave out this --give"));
        return status;
    }
    return NOI_OK;
}

/* Rings are mended before anything else; what is wrong then is what the rounds begin with. */
static noi_status begin(mender *m) {
    m->now = m->first;
    m->area_m2 = noi_alloc(((size_t)m->seen.coverage->n_units + 1) * sizeof *m->area_m2);
    bool any = m->options.mend_rings && mend_rings(m);
    m->seen.area_after_m2 = areas_of(m->seen.coverage);
    if (any) {
        m->now = NULL;
        NOI_TRY(noi_coverage_check(&m->now, m->seen.coverage, &m->options.check));
    }
    return repair_watches_more(m) ? repair_watch(&m->watched, m, m->seen.coverage) : NOI_OK;
}

static noi_status attempt(mender **out, const noi_coverage *coverage,
                          const noi_repair_options *options, bool is_strict) {
    NOI_AUTO(mender_freep) mender *m = noi_alloc_zero(1, sizeof *m);
    m->options = *options;
    m->is_strict = is_strict;
    m->arena = noi_arena_new();
    m->is_fixed = noi_alloc_zero((size_t)coverage->n_units + 1, sizeof *m->is_fixed);
    m->seen.coverage = copy_of(coverage);
    m->seen.area_before_m2 = areas_of(coverage);
    NOI_TRY(noi_coverage_check(&m->first, coverage, &m->options.check));
    NOI_TRY(check_choices(m, m->first));
    find_fixed(m);
    NOI_TRY(begin(m));
    bool changed = true;
    for (int i = 0; i < MOST_ROUNDS && changed; i++) {
        changed = false;
        NOI_TRY(mend_round(&changed, m));
    }
    list_mended(m);
    *out = m;
    m = NULL;
    return NOI_OK;
}

static noi_status is_worse(bool *out, const mender *m, const noi_coverage *coverage) {
    NOI_AUTO(noi_defects_freep) noi_defects *before = NULL;
    if (m->watched)
        NOI_TRY(repair_watch(&before, m, coverage));
    *out = repair_is_worse(m, before ? before : m->first, m->watched ? m->watched : m->now);
    return NOI_OK;
}

noi_status noi_coverage_repair(noi_repair **out, const noi_coverage *coverage,
                               const noi_repair_options *options) {
    NOI_AUTO(mender_freep) mender *m = NULL;
    bool worse = false;
    NOI_TRY(attempt(&m, coverage, options, false));
    NOI_TRY(is_worse(&worse, m, coverage));
    if (worse) {
        mender_free(m);
        m = NULL;
        NOI_TRY(attempt(&m, coverage, options, true));
    }
    NOI_TRY(check_carried_out(m));
    m->seen.defects_before = m->first;
    m->seen.defects_after = m->now;
    m->seen.steps = m->step;
    *out = &m->seen;
    m = NULL;
    return NOI_OK;
}
