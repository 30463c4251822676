/*
 * islands.c: islands that the layer forgot: polygons which another layer draws, that of an earlier
 * issue or of the other side of the reform, and of which this layer covers nothing. What a unit
 * that is missing or has no shape takes with it is told as that unit alone.
 */
#include "boundary/examiner.h"

#include "geo/measure.h"
#include "geo/predicate.h"

#include <math.h>
#include <string.h>

#define COVERED 0.01 /* a polygon is missing when less than this share of it is covered */

/* Another layer, and what it draws. */
typedef struct reference {
    const noi_coverage *coverage;
    const int64_t *unit_ids;
    bool is_other; /* of the other side of the reform */
} reference;

/* Polygons of a reference, each as a unit of its own. */
typedef struct lone {
    noi_coverage *polygon;
    uint32_t *unit; /* of the reference */
    size_t n, capacity;
} lone;

static void lone_clear(lone *l) {
    noi_coverage_free(l->polygon);
    free(l->unit);
}

/* ---- polygons of which no vertex lies in the layer ---- */

/* The boxes of a layer's polygons: an index would cost more than the few questions asked of it,
 * since nearly every polygon is found to touch the layer by its first or second vertex. */
typedef struct boxes {
    const noi_coverage *coverage;
    double (*box)[4]; /* of a polygon: west, south, east, north */
    uint32_t *near;   /* polygons whose boxes meet that of the polygon asked for */
    uint32_t n_near;
} boxes;

static void boxes_clear(boxes *b) {
    free(b->box);
    free(b->near);
}

static void find_box(double box[4], const noi_coverage *c, uint32_t polygon) {
    uint32_t ring = c->polygon_ring[polygon];
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    if (ring == c->polygon_ring[polygon + 1])
        return;
    for (size_t v = c->ring_vertex[ring]; v < c->ring_vertex[ring + 1]; v++) {
        const double *at = c->xy + 2 * v;
        box[0] = fmin(box[0], at[0]);
        box[1] = fmin(box[1], at[1]);
        box[2] = fmax(box[2], at[0]);
        box[3] = fmax(box[3], at[1]);
    }
}

static void boxes_make(boxes *out, const noi_coverage *c) {
    out->coverage = c;
    out->box = noi_alloc(c->n_polygons * sizeof *out->box);
    out->near = noi_alloc(c->n_polygons * sizeof *out->near);
    for (uint32_t p = 0; p < c->n_polygons; p++)
        find_box(out->box[p], c, p);
}

static void find_near(boxes *b, const double box[4]) {
    b->n_near = 0;
    for (uint32_t p = 0; p < b->coverage->n_polygons; p++) {
        const double *own = b->box[p];
        if (own[0] <= box[2] && box[0] <= own[2] && own[1] <= box[3] && box[1] <= own[3])
            b->near[b->n_near++] = p;
    }
}

/* Whether a line from the point to the east crosses the polygon's rings an odd number of times. */
static bool holds(const noi_coverage *c, uint32_t polygon, double x, double y) {
    bool inside = false;
    for (uint32_t r = c->polygon_ring[polygon]; r < c->polygon_ring[polygon + 1]; r++) {
        size_t from = c->ring_vertex[r], to = c->ring_vertex[r + 1];
        for (size_t v = from, last = to - 1; v < to; last = v++) {
            const double *a = c->xy + 2 * last, *b = c->xy + 2 * v;
            if ((a[1] <= y) != (b[1] <= y) &&
                (noi_orient(a[0], a[1], b[0], b[1], x, y) > 0) == (a[1] < b[1]))
                inside = !inside;
        }
    }
    return inside;
}

static bool is_covered(const boxes *layer, double x, double y) {
    for (uint32_t i = 0; i < layer->n_near; i++) {
        const double *box = layer->box[layer->near[i]];
        if (box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3] &&
            holds(layer->coverage, layer->near[i], x, y))
            return true;
    }
    return false;
}

static bool touches(boxes *layer, const noi_coverage *c, uint32_t polygon) {
    double box[4];
    find_box(box, c, polygon);
    find_near(layer, box);
    uint32_t ring = c->polygon_ring[polygon];
    for (size_t v = c->ring_vertex[ring]; v < c->ring_vertex[ring + 1]; v++)
        if (is_covered(layer, c->xy[2 * v], c->xy[2 * v + 1]))
            return true;
    return false;
}

static void take_polygon(lone *out, const noi_coverage *c, uint32_t unit, uint32_t polygon) {
    noi_coverage_add_unit(out->polygon, c->unit_code[unit]);
    noi_coverage_add_polygon(out->polygon);
    for (uint32_t r = c->polygon_ring[polygon]; r < c->polygon_ring[polygon + 1]; r++)
        noi_coverage_add_ring(out->polygon, c->xy + 2 * (size_t)c->ring_vertex[r],
                              c->ring_vertex[r + 1] - c->ring_vertex[r]);
    NOI_GROW(out->unit, out->capacity, out->n + 1);
    out->unit[out->n++] = unit;
}

static void find_lone(lone *out, boxes *layer, const noi_coverage *c) {
    out->polygon = noi_coverage_new();
    for (uint32_t u = 0; u < c->n_units; u++)
        for (uint32_t p = c->unit_polygon[u]; p < c->unit_polygon[u + 1]; p++)
            if (c->polygon_ring[p] < c->polygon_ring[p + 1] && !touches(layer, c, p))
                take_polygon(out, c, u, p);
}

/* ---- whose they are ---- */

/* A unit that is missing, or has no area, is told as such. */
static bool is_drawn(const examiner *x, size_t unit) {
    uint32_t feature = x->feature_of[unit];
    return feature != NOI_INDEX_NONE && noi_unit_area_roughly_m2(x->layer->coverage, feature) > 0;
}

/* The unit of the layer's day that should draw the polygon: its own, or the one that the law leads
 * it to; NULL when that is not clear or itself missing. */
static const noi_unit_row *owner_of(const examiner *x, const reference *r, uint32_t unit) {
    const noi_boundary_law *law = x->law;
    size_t at = unit_position(r->is_other ? law->other : law->units, r->unit_ids[unit]);
    if (at == SIZE_MAX)
        return NULL;
    if (!r->is_other)
        return is_drawn(x, at) ? &law->units->items[at] : NULL;
    const noi_unit_row *owner = NULL;
    for (size_t i = 0; i < law->n_edges; i++) {
        const noi_reform_edge *edge = &law->law_edges[i];
        if ((law->layer_is_new ? edge->old_unit : edge->new_unit) != at || !edge_has_area(edge))
            continue;
        uint32_t to = law->layer_is_new ? edge->new_unit : edge->old_unit;
        if (!is_drawn(x, to))
            return NULL;
        owner = &law->units->items[to]; /* of several the last */
    }
    return owner;
}

/* ---- findings ---- */

static void add_island(examiner *x, const reference *r, const noi_overlap_shape *shape,
                       const noi_unit_row *owner, uint32_t unit) {
    noi_layer_finding f = examiner_finding("L19", "island");
    f.subject = examiner_code(x, owner->code);
    f.area_a = x->feature_of[owner - x->law->units->items];
    f.unit_id = owner->id;
    f.other_unit_id = r->is_other ? r->unit_ids[unit] : 0;
    f.area_m2 = shape->area_m2;
    f.width_m = 2 * shape->area_m2 / shape->perimeter_m;
    f.found = "0 m²";
    f.expected = examiner_text(x, "%.0f m²", shape->area_m2);
    f.lon = shape->lon;
    f.lat = shape->lat;
    f.wkb = shape->wkb;
    examiner_add(x, &f);
}

/* The part of polygon `at` that no unit of the layer covers; `row` are the overlaps of all. */
static noi_status check_lone(examiner *x, const reference *r, const lone *all, uint32_t at,
                             const noi_overlap_row *row, size_t n_rows) {
    const noi_unit_row *owner = owner_of(x, r, all->unit[at]);
    double covered = 0;
    for (size_t i = 0; i < n_rows; i++)
        covered += row[i].old_unit == at ? row[i].share_of_old : 0;
    if (!owner || covered >= COVERED)
        return NOI_OK;
    noi_overlap_shape shape = {.old_unit = at, .outside = true};
    NOI_TRY(noi_overlap_shapes(&shape, 1, x->out->arena, all->polygon, x->layer->coverage,
                               x->options.phantom_width_m));
    if (shape.n_pieces)
        add_island(x, r, &shape, owner, all->unit[at]);
    return NOI_OK;
}

static noi_status check_reference(examiner *x, const reference *r) {
    NOI_AUTO(boxes_clear) boxes layer = {0};
    NOI_AUTO(lone_clear) lone all = {0};
    boxes_make(&layer, x->layer->coverage);
    find_lone(&all, &layer, r->coverage);
    if (!all.n)
        return NOI_OK;
    NOI_AUTO_FREE noi_overlap_row *row = NULL;
    size_t n = 0;
    NOI_TRY(noi_overlay(&row, &n, all.polygon, x->layer->coverage));
    for (uint32_t i = 0; i < all.n; i++)
        NOI_TRY(check_lone(x, r, &all, i, row, n));
    return NOI_OK;
}

/* An earlier issue of the layer knows better than the other side: it is asked first, and alone. */
noi_status examine_islands(examiner *x) {
    const noi_boundary_law *law = x->law;
    const reference same = {law->same_coverage, law->same_unit_ids, false};
    const reference other = {law->other_coverage, law->other_unit_ids, true};
    const reference *r = same.coverage ? &same : &other;
    return x->layer->coverage->n_polygons ? check_reference(x, r) : NOI_OK;
}
