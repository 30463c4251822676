/*
 * cross.c: law and map held against each other. The layer of the old units is laid over that of the
 * new ones, with exact areas on the ellipsoid, and each pair of units that share land is looked up
 * among the edges of the law.
 *
 * Two offices never draw one border alike, so every border shows a thin band that contradicts the
 * law. Such noise is told from a contradiction by its share of the old unit and by its width: a
 * piece counts when it is wider than `phantom_width_m` (2 * area / perimeter), and a part when its
 * pieces together are `phantom_share` of the old unit.
 */
#include "boundary/examiner.h"

#include "geo/measure.h"

#include <math.h>
#include <string.h>

/* Land that an old unit and a new one share. */
typedef struct shared_land {
    uint32_t old_unit, new_unit; /* positions in the lists of the law */
    uint32_t old_area, new_area; /* in the coverages: the largest, of units drawn in several */
    double area_m2, largest_m2, lon, lat;
} shared_land;

typedef struct overlaid {
    const noi_coverage *old_cover, *new_cover;
    uint32_t *old_of, *new_of; /* of an area: position in the list */
    size_t n;
    shared_land *land;  /* by old, then new unit */
    double *old_m2;     /* of an old unit, all its areas; 0 when it is not drawn */
    bool *new_is_drawn; /* and shares land with some old unit */
} overlaid;

static void overlaid_clear(overlaid *o) {
    free(o->old_of);
    free(o->new_of);
    free(o->land);
    free(o->old_m2);
    free(o->new_is_drawn);
}

/* ---- the overlay, by units ---- */

static uint32_t *other_positions(const noi_boundary_law *law) {
    uint32_t *at = noi_alloc(law->other_coverage->n_units * sizeof *at);
    for (uint32_t i = 0; i < law->other_coverage->n_units; i++) {
        size_t position = unit_position(law->other, law->other_unit_ids[i]);
        at[i] = position == SIZE_MAX ? NOI_INDEX_NONE : (uint32_t)position;
    }
    return at;
}

static uint32_t *layer_positions(const examiner *x) {
    uint32_t n = x->layer->coverage->n_units;
    uint32_t *at = noi_alloc(n * sizeof *at);
    if (n)
        memcpy(at, x->unit_of, n * sizeof *at);
    return at;
}

static int by_pair(const void *a, const void *b) {
    const shared_land *x = a, *y = b;
    if (x->old_unit != y->old_unit)
        return x->old_unit < y->old_unit ? -1 : 1;
    if (x->new_unit != y->new_unit)
        return x->new_unit < y->new_unit ? -1 : 1;
    return (x->largest_m2 < y->largest_m2) - (x->largest_m2 > y->largest_m2);
}

/* Units that a layer draws in several areas (rule L03) add up. */
static void merge_pairs(overlaid *o) {
    size_t n = 0;
    if (o->n)
        qsort(o->land, o->n, sizeof *o->land, by_pair);
    for (size_t i = 0; i < o->n; i++) {
        shared_land *last = n ? &o->land[n - 1] : NULL;
        if (last && last->old_unit == o->land[i].old_unit && last->new_unit == o->land[i].new_unit)
            last->area_m2 += o->land[i].area_m2;
        else
            o->land[n++] = o->land[i];
    }
    o->n = n;
}

static void take_rows(overlaid *o, const noi_overlap_row *row, size_t n) {
    uint32_t last = NOI_INDEX_NONE;
    o->land = noi_alloc(n * sizeof *o->land);
    for (size_t i = 0; i < n; i++) { /* by old area */
        uint32_t old_unit = o->old_of[row[i].old_unit], new_unit = o->new_of[row[i].new_unit];
        if (old_unit == NOI_INDEX_NONE)
            continue; /* a code that is no unit: rule L02 says so */
        if (row[i].old_unit != last && row[i].share_of_old > 0)
            o->old_m2[old_unit] += row[i].area_m2 / row[i].share_of_old;
        last = row[i].old_unit;
        if (new_unit == NOI_INDEX_NONE)
            continue;
        o->new_is_drawn[new_unit] = true;
        o->land[o->n++] =
            (shared_land){old_unit,       new_unit,       row[i].old_unit, row[i].new_unit,
                          row[i].area_m2, row[i].area_m2, row[i].lon,      row[i].lat};
    }
    merge_pairs(o);
}

static noi_status overlay_make(overlaid *o, examiner *x) {
    const noi_boundary_law *law = x->law;
    bool is_new = law->layer_is_new;
    o->old_cover = is_new ? law->other_coverage : x->layer->coverage;
    o->new_cover = is_new ? x->layer->coverage : law->other_coverage;
    uint32_t *other = other_positions(law), *own = layer_positions(x);
    o->old_of = is_new ? other : own;
    o->new_of = is_new ? own : other;
    o->old_m2 = noi_alloc_zero(law_old_units(law)->n, sizeof *o->old_m2);
    o->new_is_drawn = noi_alloc_zero(law_new_units(law)->n, sizeof *o->new_is_drawn);
    noi_layer_findings *out = x->out;
    NOI_TRY(noi_overlay(&out->shared, &out->n_shared, o->old_cover, o->new_cover));
    take_rows(o, out->shared, out->n_shared);
    return NOI_OK;
}

static const shared_land *find_land(const overlaid *o, uint32_t old_unit, uint32_t new_unit) {
    const shared_land key = {.old_unit = old_unit, .new_unit = new_unit, .largest_m2 = INFINITY};
    size_t low = 0, high = o->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_pair(&o->land[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_it =
        low < o->n && o->land[low].old_unit == old_unit && o->land[low].new_unit == new_unit;
    return is_it ? &o->land[low] : NULL;
}

/* ---- findings about a pair ---- */

static const noi_reform_edge *land_edge(const noi_boundary_law *law, uint32_t old_unit,
                                        uint32_t new_unit) {
    size_t n;
    const noi_reform_edge *edge = law_edges_from(&n, law, old_unit);
    for (size_t i = 0; i < n; i++)
        if (edge[i].new_unit == new_unit && edge_has_area(&edge[i]))
            return &edge[i];
    return NULL;
}

/* Where the law leads an old unit: "27043 part, 27058 remainder". */
static const char *law_targets(examiner *x, uint32_t old_unit) {
    size_t n;
    const noi_reform_edge *edge = law_edges_from(&n, x->law, old_unit);
    const char *text = "";
    for (size_t i = 0; i < n; i++)
        text = examiner_text(x, "%s%s%s %s", text, i ? ", " : "",
                             examiner_code(x, law_new_units(x->law)->items[edge[i].new_unit].code),
                             edge[i].part);
    return text;
}

static noi_layer_finding pair_finding(examiner *x, const char *rule, const char *key,
                                      uint32_t old_unit, uint32_t new_unit) {
    const noi_unit_row *old = &law_old_units(x->law)->items[old_unit];
    const noi_unit_row *new = &law_new_units(x->law)->items[new_unit];
    noi_layer_finding f = examiner_finding(rule, key);
    f.subject = examiner_text(x, "%s %s", examiner_code(x, old->code), examiner_code(x, new->code));
    f.unit_id = old->id;
    f.other_unit_id = new->id;
    f.area_a = x->feature_of[x->law->layer_is_new ? new_unit : old_unit];
    f.lon = old->lon;
    f.lat = old->lat;
    return f;
}

static void shape_finding(noi_layer_finding *f, const noi_overlap_shape *shape) {
    f->area_m2 = shape->area_m2;
    f->width_m = shape->perimeter_m > 0 ? 2 * shape->area_m2 / shape->perimeter_m : 0;
    f->lon = shape->lon;
    f->lat = shape->lat;
    f->wkb = shape->wkb;
}

static noi_status cut(noi_overlap_shape *shape, examiner *x, const overlaid *o) {
    return noi_overlap_shapes(shape, 1, x->out->arena, o->old_cover, o->new_cover,
                              x->options.phantom_width_m);
}

/* ---- L09: a part that the law does not know ---- */

static noi_status check_phantom(examiner *x, const overlaid *o, const shared_land *land) {
    double old_m2 = o->old_m2[land->old_unit];
    size_t n_edges;
    (void)law_edges_from(&n_edges, x->law, land->old_unit);
    if (!n_edges || old_m2 <= 0 || land->area_m2 < x->options.phantom_share * old_m2 ||
        land_edge(x->law, land->old_unit, land->new_unit))
        return NOI_OK;
    noi_overlap_shape shape = {
        .old_unit = land->old_area, .new_units = &land->new_area, .n_new = 1};
    NOI_TRY(cut(&shape, x, o));
    if (!shape.n_pieces || shape.area_m2 < x->options.phantom_share * old_m2)
        return NOI_OK; /* as thin as digitising noise */
    noi_layer_finding f = pair_finding(x, "L09", "phantom", land->old_unit, land->new_unit);
    shape_finding(&f, &shape);
    f.share = fmin(1, shape.area_m2 / old_m2);
    f.found =
        examiner_text(x, "moved: %.2f %%; %.2f km²; width: %.0f m", 100 * f.share, f.area_m2 / 1e6,
                      f.width_m);
    f.expected = law_targets(x, land->old_unit);
    examiner_add(x, &f);
    return NOI_OK;
}

/* ---- L10: a part that the law requires ---- */

static void check_required(examiner *x, const overlaid *o, const noi_reform_edge *edge) {
    const shared_land *land = find_land(o, edge->old_unit, edge->new_unit);
    double old_m2 = o->old_m2[edge->old_unit], share = land ? land->area_m2 / old_m2 : 0;
    if (!edge_has_area(edge) || old_m2 <= 0 || !o->new_is_drawn[edge->new_unit] ||
        share >= x->options.missing_share)
        return;
    noi_layer_finding f = pair_finding(x, "L10", "missing_part", edge->old_unit, edge->new_unit);
    f.share = share;
    f.found = examiner_text(x, "%.2f %%", 100 * share);
    f.expected = examiner_text(x, "%s, %s%s%s", edge->part, edge->scope,
                               edge->clause[0] ? ", " : "", edge->clause);
    examiner_add(x, &f);
}

/* ---- L24: a whole unit that is not whole ---- */

/* The areas that draw the units to which the law leads an old one. */
static size_t target_areas(uint32_t *area, const examiner *x, const overlaid *o,
                           uint32_t old_unit) {
    size_t n = 0;
    for (uint32_t i = 0; i < o->new_cover->n_units; i++)
        if (o->new_of[i] != NOI_INDEX_NONE && land_edge(x->law, old_unit, o->new_of[i]))
            area[n++] = i;
    return n;
}

static noi_status check_whole(examiner *x, const overlaid *o, const noi_reform_edge *edge) {
    const shared_land *land = find_land(o, edge->old_unit, edge->new_unit);
    double old_m2 = o->old_m2[edge->old_unit];
    if (strcmp(edge->part, "whole") != 0 || !edge_has_area(edge) || !land ||
        land->area_m2 >= x->options.whole_share * old_m2)
        return NOI_OK;
    NOI_AUTO_FREE uint32_t *target = noi_alloc(o->new_cover->n_units * sizeof *target);
    noi_overlap_shape shape = {.old_unit = land->old_area, .new_units = target, .outside = true};
    shape.n_new = target_areas(target, x, o, edge->old_unit);
    NOI_TRY(cut(&shape, x, o));
    if (!shape.n_pieces || shape.area_m2 <= (1 - x->options.whole_share) * old_m2)
        return NOI_OK; /* what lies outside is digitising noise */
    noi_layer_finding f = pair_finding(x, "L24", "not_whole", edge->old_unit, edge->new_unit);
    shape_finding(&f, &shape);
    f.share = fmax(0, 1 - shape.area_m2 / old_m2);
    f.found =
        examiner_text(x, "inside: %.2f %%; outside: %.2f km²; width: %.0f m", 100 * f.share,
                      f.area_m2 / 1e6, f.width_m);
    f.expected = law_targets(x, edge->old_unit);
    examiner_add(x, &f);
    return NOI_OK;
}

noi_status examine_cross(examiner *x) {
    NOI_AUTO(overlaid_clear) overlaid o = {0};
    NOI_TRY(overlay_make(&o, x));
    for (size_t i = 0; i < o.n; i++)
        NOI_TRY(check_phantom(x, &o, &o.land[i]));
    for (size_t i = 0; i < x->law->n_edges; i++) {
        check_required(x, &o, &x->law->law_edges[i]);
        NOI_TRY(check_whole(x, &o, &x->law->law_edges[i]));
    }
    return NOI_OK;
}
