/*
 * faces.c: gaps, overlaps, slivers of either, and holes.
 *
 * Without a union of all units (which GEOS cannot build for layers that are not exactly noded, and
 * which is slow): let m be how many units hold a point, 1 nearly everywhere. m changes only where
 * one crosses an edge that does not have as many units on its left as on its right. In a clean
 * coverage that is the outer border alone. These unbalanced edges are noded and made into faces; in
 * each face m is constant, and one point of it tells m:
 *
 *     m = 0, closed in on all sides: a gap      m = 1: as it should be      m >= 2: an overlap
 *
 * Edges of units that GEOS calls invalid have no dependable side, and always count as unbalanced.
 */
#include "geo/check/checker.h"
#include "geo/predicate.h"

#include "base/i18n.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

#define LEAST_COUNTED_M2 1e-4 /* less is a last digit */
#define FEW 64 /* units that share one place, at most, that are told apart */

static void geometry_free(checker *k, GEOSGeometry *shape) {
    if (shape)
        GEOSGeom_destroy_r(k->g.handle, shape);
}

/* ---- overlaps ---- */

static bool is_sliver(const checker *k, const noi_defect *d) {
    return d->width_m < k->options.sliver_width_m || d->area_m2 < k->options.sliver_area_m2;
}

/* Whether a piece stays below the thresholds; counted then. */
static bool is_left_out(noi_left_out *count, const checker *k, const noi_defect *d) {
    if (d->area_m2 >= k->options.min_area_m2 && d->width_m > k->options.wider_than_m)
        return false;
    if (d->area_m2 < LEAST_COUNTED_M2)
        return true;
    count->n++;
    count->area_m2 += d->area_m2;
    return true;
}

static void add_overlap(checker *k, uint32_t a, uint32_t b, const GEOSGeometry *shape) {
    noi_defect d = {.of = NOI_DEFECT_OVERLAP, .unit_a = a < b ? a : b, .unit_b = a < b ? b : a};
    if (!check_measure(k, &d, shape) || is_left_out(&k->out->seen.overlaps, k, &d))
        return;
    d.kind = is_sliver(k, &d) ? NOI_DEFECT_SLIVER : NOI_DEFECT_OVERLAP;
    check_add(k, d, shape);
}

/* A face in which several units may lie one over the other in several ways. */
static noi_status cut_units(checker *k, const uint32_t *unit, size_t n, const GEOSGeometry *face) {
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

static void box_of(double box[4], const checker *k, const GEOSGeometry *shape) {
    GEOSGeom_getXMin_r(k->g.handle, shape, &box[0]);
    GEOSGeom_getYMin_r(k->g.handle, shape, &box[1]);
    GEOSGeom_getXMax_r(k->g.handle, shape, &box[2]);
    GEOSGeom_getYMax_r(k->g.handle, shape, &box[3]);
}

/* Balanced edges inside a face, where one unit gives way to another though m stays the same. */
typedef struct inner_edges {
    checker *k;
    const GEOSPreparedGeometry *face;
    const GEOSGeometry *shape;
    uint8_t *is_near; /* a unit: has such an edge */
    uint32_t hint;
    bool found;
} inner_edges;

static void take_inner(void *context, uint32_t edge, const double end[4]) {
    inner_edges *f = context;
    const borders *b = &f->k->borders;
    GEOSContextHandle_t handle = f->k->g.handle;
    if (b->first[edge] == EDGE_NONE || b->flags[edge] & EDGE_IS_UNBALANCED)
        return;
    GEOSCoordSequence *seq = GEOSCoordSeq_copyFromBuffer_r(handle, end, 2, 0, 0);
    GEOSGeometry *line = GEOSGeom_createLineString_r(handle, seq);
    if (GEOSPreparedIntersects_r(handle, f->face, line) == 1 &&
        GEOSRelatePattern_r(handle, line, f->shape, "T********") == 1) {
        f->is_near[b->ring_unit[borders_ring(b, &f->hint, edge)]] = 1;
        f->found = true;
    }
    GEOSGeom_destroy_r(handle, line);
}

/* `holder` are the units at one point of the face. When no balanced edge runs through it, they hold
 * all of it; else each unit with such an edge is cut with it too. */
static noi_status check_overlap(checker *k, const uint32_t *holder, size_t n_holders,
                                const GEOSGeometry *face) {
    size_t n_units = k->coverage->n_units, n = 0;
    NOI_AUTO_FREE uint8_t *is_near = noi_alloc_zero(n_units, 1);
    inner_edges inner = {.k = k, .shape = face, .is_near = is_near};
    double box[4];
    box_of(box, k, face);
    inner.face = GEOSPrepare_r(k->g.handle, face);
    borders_search(&k->borders, &k->borders.all, box, take_inner, &inner);
    GEOSPreparedGeom_destroy_r(k->g.handle, inner.face);
    if (!inner.found) {
        for (size_t i = 0; i < n_holders; i++)
            for (size_t j = i + 1; j < n_holders; j++)
                add_overlap(k, holder[i], holder[j], face);
        return NOI_OK;
    }
    NOI_AUTO_FREE uint32_t *near = noi_alloc(n_units * sizeof *near);
    for (size_t i = 0; i < n_holders; i++)
        is_near[holder[i]] = 1;
    for (uint32_t u = 0; u < n_units; u++)
        if (is_near[u])
            near[n++] = u;
    return cut_units(k, near, n, face);
}

/* ---- gaps ---- */

/* How far each unit runs along a gap. */
typedef struct along {
    checker *k;
    double *length; /* a unit */
    double own;     /* of the piece of outline looked at */
    double x, y, reach2;
    uint32_t hint, seen[FEW];
    size_t n_seen;
} along;

static double distance2(const double end[4], double x, double y) {
    double dx = end[2] - end[0], dy = end[3] - end[1];
    double t = ((x - end[0]) * dx + (y - end[1]) * dy) / (dx * dx + dy * dy);
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    double ex = end[0] + t * dx - x, ey = end[1] + t * dy - y;
    return ex * ex + ey * ey;
}

static void take_along(void *context, uint32_t edge, const double end[4]) {
    along *a = context;
    const borders *b = &a->k->borders;
    if (!(distance2(end, a->x, a->y) <= a->reach2) || a->n_seen == FEW)
        return;
    uint32_t unit = b->ring_unit[borders_ring(b, &a->hint, edge)];
    for (size_t i = 0; i < a->n_seen; i++)
        if (a->seen[i] == unit)
            return;
    a->seen[a->n_seen++] = unit;
    a->length[unit] += a->own;
}

static uint32_t longest(const double *length, size_t n, uint32_t but) {
    uint32_t best = NOI_INDEX_NONE;
    for (uint32_t u = 0; u < n; u++)
        if (u != but && length[u] > 0 && (best == NOI_INDEX_NONE || length[u] > length[best]))
            best = u;
    return best;
}

/* The two units that a gap's outline runs along the most; NOI_INDEX_NONE where there are fewer. */
static void neighbours(noi_defect *d, checker *k, const GEOSGeometry *face) {
    const double reach = 1e-8; /* degrees: a millimetre */
    size_t n_units = k->coverage->n_units;
    NOI_AUTO_FREE double *length = noi_alloc_zero(n_units, sizeof *length);
    along a = {.k = k, .length = length, .reach2 = reach * reach};
    const GEOSGeometry *ring = GEOSGetExteriorRing_r(k->g.handle, face);
    const GEOSCoordSequence *seq = ring ? GEOSGeom_getCoordSeq_r(k->g.handle, ring) : NULL;
    unsigned n = 0;
    if (seq)
        GEOSCoordSeq_getSize_r(k->g.handle, seq, &n);
    for (unsigned i = 0; i + 1 < n; i++) {
        double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
        GEOSCoordSeq_getXY_r(k->g.handle, seq, i, &x1, &y1);
        GEOSCoordSeq_getXY_r(k->g.handle, seq, i + 1, &x2, &y2);
        a.x = (x1 + x2) / 2;
        a.y = (y1 + y2) / 2;
        a.own = hypot(x2 - x1, y2 - y1);
        a.n_seen = 0;
        const double box[4] = {a.x - reach, a.y - reach, a.x + reach, a.y + reach};
        borders_search(&k->borders, &k->borders.open, box, take_along, &a);
    }
    uint32_t one = longest(length, n_units, NOI_INDEX_NONE), two = longest(length, n_units, one);
    d->unit_a = one < two ? one : two;
    d->unit_b = one < two ? two : one;
}

/* Kept for the inlets, which must not be looked for in what is closed. */
static void keep_gap(checker *k, const GEOSGeometry *face) {
    NOI_GROW(k->gap, k->cap_gaps, k->n_gaps + 1);
    k->gap[k->n_gaps++] = GEOSGeom_clone_r(k->g.handle, face);
}

static void check_gap(checker *k, const GEOSGeometry *face) {
    noi_defect d = {.of = NOI_DEFECT_GAP};
    if (!check_measure(k, &d, face))
        return;
    bool is_wide = d.width_m >= k->options.narrower_than_m;
    if (!is_wide)
        keep_gap(k, face);
    if (is_left_out(&k->out->seen.gaps, k, &d))
        return;
    d.kind = is_wide ? NOI_DEFECT_ENCLAVE : is_sliver(k, &d) ? NOI_DEFECT_SLIVER : NOI_DEFECT_GAP;
    neighbours(&d, k, face);
    check_add(k, d, face);
}

/* ---- faces ---- */

static noi_status check_shape(checker *k, const uint32_t *holder, size_t n,
                              const GEOSGeometry *shape) {
    if (n >= 2)
        return check_overlap(k, holder, n < FEW ? n : FEW, shape);
    check_gap(k, shape);
    return NOI_OK;
}

static noi_status check_face(checker *k, const faces *all, const noded_face *f) {
    double at[2];
    if (!face_point(at, all, f))
        return NOI_OK;
    uint32_t holder[FEW];
    size_t n = check_holders(holder, FEW, k, at[0], at[1]);
    if (n == 1)
        return NOI_OK;
    GEOSGeometry *shape = face_without_inner(all, f);
    if (!shape)
        return geos_fail(&k->g, _("looking for gaps and overlaps"));
    noi_status status = check_shape(k, holder, n, shape);
    geometry_free(k, shape);
    return status;
}

noi_status check_faces(checker *k) {
    if (!k->borders.n_unbalanced)
        return NOI_OK;
    NOI_AUTO(faces_free) faces all = {.k = k};
    NOI_TRY(faces_make(&all, k));
    for (size_t i = 0; i < all.n; i++)
        NOI_TRY(check_face(k, &all, &all.item[i]));
    return NOI_OK;
}
