/* examiner.c: what the parts of an examination share: findings and their texts, the law's edges; see
 * examiner.h. */
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
    free(findings->shared);
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
