/*
 * examine.c: an examination from its beginning to its end: the defects of the layer as such
 * (geo/check.h) become findings, the other parts add theirs, and all are put into order.
 */
#include "boundary/examiner.h"

#include "base/i18n.h"
#include "geo/measure.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- findings ---- */

void noi_layer_findings_free(noi_layer_findings *findings) {
    if (!findings)
        return;
    free(findings->items);
    noi_arena_free(findings->arena);
    free(findings);
}

noi_layer_finding examiner_finding(const char *rule, const char *key) {
    return (noi_layer_finding){.rule = rule,
                               .key = key,
                               .subject = "",
                               .area_a = NOI_INDEX_NONE,
                               .area_b = NOI_INDEX_NONE,
                               .found = "",
                               .expected = "",
                               .lon = NAN,
                               .lat = NAN,
                               .share = NAN,
                               .records = {-1, -1, -1, -1}};
}

void examiner_add(examiner *x, const noi_layer_finding *finding) {
    NOI_GROW(x->out->items, x->capacity, x->out->n + 1);
    x->out->items[x->out->n++] = *finding;
}

const char *examiner_text(examiner *x, const char *format, ...) {
    char text[1024];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    return noi_arena_strndup(x->out->arena, text, length);
}

const char *examiner_code(examiner *x, noi_code code) {
    char text[8];
    return code ? examiner_text(x, "%s", noi_code_format(text, code)) : "?";
}

const char *examiner_unit(examiner *x, const noi_unit_row *unit) {
    char name[256];
    noi_unit_full_name(name, sizeof name, unit->kind, unit->name);
    return examiner_text(x, "%s", name);
}

const char *examiner_title(examiner *x, uint32_t feature) {
    const noi_layer_feature *f = &x->layer->features[feature];
    if (!f->kind[0] || names_its_kind(f->name))
        return examiner_text(x, "%s", f->name);
    return examiner_text(x, "%s%s%s", f->kind, f->name[0] ? " " : "", f->name);
}

const noi_unit_row *examiner_unit_of(const examiner *x, uint32_t feature) {
    bool has = x->law && feature != NOI_INDEX_NONE && x->unit_of[feature] != NOI_INDEX_NONE;
    return has ? &x->law->units->items[x->unit_of[feature]] : NULL;
}

void examiner_place(examiner *x, noi_layer_finding *finding, uint32_t feature) {
    const noi_unit_row *unit = examiner_unit_of(x, feature);
    double at[2];
    finding->area_a = feature;
    finding->unit_id = unit ? unit->id : 0;
    if (noi_unit_label_point(at, x->layer->coverage, feature) == NOI_OK) {
        finding->lon = at[0];
        finding->lat = at[1];
        return;
    }
    noi_error_clear(); /* without area there is no place but the one that the list knows */
    finding->lon = unit ? unit->lon : NAN;
    finding->lat = unit ? unit->lat : NAN;
}

/* ---- order ---- */

typedef struct ranked {
    noi_layer_finding finding;
    int64_t touched;
    size_t at;
} ranked;

static int by_rank(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    int order = strcmp(x->finding.rule, y->finding.rule);
    if (order)
        return order;
    if (x->touched != y->touched)
        return x->touched > y->touched ? -1 : 1;
    if (x->finding.area_m2 != y->finding.area_m2)
        return x->finding.area_m2 > y->finding.area_m2 ? -1 : 1;
    if (x->finding.width_m != y->finding.width_m)
        return x->finding.width_m > y->finding.width_m ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

void findings_sort(noi_layer_findings *findings) {
    if (!findings->n)
        return;
    NOI_AUTO_FREE ranked *all = noi_alloc(findings->n * sizeof *all);
    for (size_t i = 0; i < findings->n; i++) {
        const noi_concerned *r = &findings->items[i].records;
        all[i] =
            (ranked){findings->items[i], r->addresses + r->households + r->parcels + r->cases, i};
    }
    qsort(all, findings->n, sizeof *all, by_rank);
    for (size_t i = 0; i < findings->n; i++)
        findings->items[i] = all[i].finding;
}

/* ---- the law's edges ---- */

const noi_unit_list *law_old_units(const noi_boundary_law *law) {
    return law->layer_is_new ? law->other : law->units;
}

const noi_unit_list *law_new_units(const noi_boundary_law *law) {
    return law->layer_is_new ? law->units : law->other;
}

const noi_reform_edge *law_edges_from(size_t *n, const noi_boundary_law *law, uint32_t old_unit) {
    size_t low = 0, high = law->n_edges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (law->law_edges[middle].old_unit < old_unit)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < law->n_edges && law->law_edges[end].old_unit == old_unit)
        end++;
    *n = end - low;
    return law->law_edges + low;
}

bool edge_has_area(const noi_reform_edge *edge) {
    return strcmp(edge->scope, "population_only") != 0;
}

/* ---- the layer as such ---- */

static const char *codes_of(examiner *x, const noi_defect *d) {
    const noi_code *code = x->layer->coverage->unit_code;
    if (d->unit_a == NOI_INDEX_NONE)
        return "";
    const char *a = examiner_code(x, code[d->unit_a]);
    return d->unit_b == NOI_INDEX_NONE
               ? a
               : examiner_text(x, "%s %s", a, examiner_code(x, code[d->unit_b]));
}

/* What a sliver or an enclave is made of; "" for what its own kind says. */
static const char *made_of(const noi_defect *d) {
    if (d->kind == NOI_DEFECT_SLIVER)
        return d->of == NOI_DEFECT_SLIVER ? "polygon: " : d->of == NOI_DEFECT_GAP ? "gap: " : "overlap: ";
    if (d->kind == NOI_DEFECT_ENCLAVE)
        return d->of == NOI_DEFECT_GAP ? "hole: " : "unit: ";
    return "";
}

static const char *value_of(examiner *x, const noi_defect *d) {
    if (d->kind == NOI_DEFECT_INVALID_RING)
        return noi_ring_fault_key(d->ring);
    if (d->kind == NOI_DEFECT_EMPTY)
        return examiner_title(x, d->unit_a);
    if (d->area_m2 > 0)
        return examiner_text(x, "%s%.1f m²; %.2f m", made_of(d), d->area_m2, d->width_m);
    return d->width_m > 0 ? examiner_text(x, "%.3f m", d->width_m) : "";
}

static void add_defect(examiner *x, const noi_defect *d) {
    noi_layer_finding f = examiner_finding(noi_defect_rule(d->kind), noi_defect_key(d->kind));
    const noi_unit_row *a = examiner_unit_of(x, d->unit_a), *b = examiner_unit_of(x, d->unit_b);
    f.subject = codes_of(x, d);
    f.area_a = d->unit_a;
    f.area_b = d->unit_b;
    f.unit_id = a ? a->id : 0;
    f.other_unit_id = b ? b->id : 0;
    f.found = value_of(x, d);
    f.lon = d->lon;
    f.lat = d->lat;
    f.area_m2 = d->area_m2;
    f.width_m = d->width_m;
    if (d->wkb.n)
        f.wkb = (noi_str){noi_arena_strndup(x->out->arena, d->wkb.p, d->wkb.n), d->wkb.n};
    examiner_add(x, &f);
}

static noi_status examine_shapes(examiner *x) {
    NOI_AUTO(noi_defects_freep) noi_defects *defects = NULL;
    NOI_TRY(noi_coverage_check(&defects, x->layer->coverage, &x->options.check));
    for (size_t i = 0; i < defects->n; i++)
        add_defect(x, &defects->items[i]);
    return NOI_OK;
}

/* ---- all of it ---- */

static void examiner_clear(examiner *x) {
    free(x->unit_of);
    free(x->feature_of);
}

static noi_status examine_against_law(examiner *x) {
    NOI_TRY(examine_units(x));
    bool other = x->law->other && x->law->other_coverage;
    if (other && !x->options.one_side)
        NOI_TRY(examine_cross(x));
    return other || x->law->same_coverage ? examine_islands(x) : NOI_OK;
}

noi_status noi_boundary_examine(noi_layer_findings **out, const noi_layer *layer,
                                const noi_boundary_law *law, const noi_boundary_options *options) {
    static const noi_boundary_options usual = NOI_BOUNDARY_DEFAULTS;
    NOI_AUTO(noi_layer_findings_freep) noi_layer_findings *all = noi_alloc_zero(1, sizeof *all);
    all->arena = noi_arena_new();
    NOI_AUTO(examiner_clear)
    examiner x = {.layer = layer, .law = law, .out = all, .options = options ? *options : usual};
    if (law)
        NOI_TRY(examine_against_law(&x));
    examine_doubled(&x);
    NOI_TRY(examine_shapes(&x));
    findings_sort(all);
    *out = all;
    all = NULL;
    return NOI_OK;
}
