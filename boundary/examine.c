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
    if (d->kind == NOI_DEFECT_EMPTY) {
        const char *other = x->layer->features[d->unit_a].other_shape;
        return other && other[0] ? examiner_text(x, "%s", other) : examiner_title(x, d->unit_a);
    }
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
    x->out->overlaps = defects->overlaps;
    x->out->gaps = defects->gaps;
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
    else
        examine_codes(&x);
    examine_doubled(&x);
    NOI_TRY(examine_shapes(&x));
    findings_sort(all);
    *out = all;
    all = NULL;
    return NOI_OK;
}
