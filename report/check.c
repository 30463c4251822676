/* check.c: what was found in a layer, put in order by rule, and the decision; see check.h. */
#include "report/check.h"

#include "base/i18n.h"
#include "geo/measure.h"
#include "report/format.h"
#include "report/svg.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- thresholds ---- */

#define CHECK(member)    offsetof(noi_boundary_options, check.member)
#define BOUNDARY(member) offsetof(noi_boundary_options, member)
#define MOST_M           100000.0
#define MOST_M2          1e9

static const noi_check_threshold THRESHOLDS[] = {
    {"--min-area", "min_area_m2", "m²", MOST_M2, false,
     N_("smaller overlaps and gaps are rounding of coordinates"), CHECK(min_area_m2)},
    {"--wider-than", "wider_than_m", "m", MOST_M, false,
     N_("gaps and overlaps of this mean width or less are left out"), CHECK(wider_than_m)},
    {"--narrower-than", "narrower_than_m", "m", MOST_M, false,
     N_("wider holes are taken for real: enclaves, or land of others"), CHECK(narrower_than_m)},
    {"--sliver-width", "sliver_width_m", "m", MOST_M, false,
     N_("a gap, overlap or polygon narrower than this is a sliver"), CHECK(sliver_width_m)},
    {"--sliver-area", "sliver_area_m2", "m²", MOST_M2, false, N_("and so is a smaller one"),
     CHECK(sliver_area_m2)},
    {"--inlet-width", "inlet_width_m", "m", MOST_M, false,
     N_("inlets from the outer edge are looked for up to this width"), CHECK(inlet_width_m)},
    {"--near-vertex", "near_vertex_m", "m", MOST_M, false,
     N_("two vertices in a row nearer than this are nearly one"), CHECK(near_vertex_m)},
    {"--far-vertex", "far_vertex_m", "m", MOST_M, false,
     N_("a vertex farther than this from both its neighbours stands alone"), CHECK(far_vertex_m)},
    {"--mismatch", "mismatch_m", "m", MOST_M, false,
     N_("a border that neighbours draw apart by less than this is one border drawn twice"),
     CHECK(mismatch_m)},
    {"--area-tolerance", "area_tolerance_percent", "%", 100, true,
     N_("by so much a unit's area may differ from the area in law"), BOUNDARY(area_tolerance)},
    {"--total-tolerance", "total_tolerance_percent", "%", 100, true,
     N_("the same for the sum of all units"), BOUNDARY(total_tolerance)},
    {"--population-tolerance", "population_tolerance_percent", "%", 100, true,
     N_("the same for a unit's population, where the layer has it"),
     BOUNDARY(population_tolerance)},
    {"--phantom-share", "phantom_share_percent", "%", 100, true,
     N_("a part that the law does not know is a contradiction from this share of the old unit on"),
     BOUNDARY(phantom_share)},
    {"--phantom-width", "phantom_width_m", "m", MOST_M, true,
     N_("and when it is wider than this on the mean; else it is imprecise drawing"),
     BOUNDARY(phantom_width_m)},
    {"--missing-share", "missing_share_percent", "%", 100, true,
     N_("a part that the law requires is missing below this share of the old unit"),
     BOUNDARY(missing_share)},
    {"--whole-share", "whole_share_percent", "%", 100, true,
     N_("a unit that goes whole is whole from this share on"), BOUNDARY(whole_share)},
};

const noi_check_threshold *noi_check_thresholds(size_t *n) {
    *n = sizeof THRESHOLDS / sizeof *THRESHOLDS;
    return THRESHOLDS;
}

static double scale_of(const noi_check_threshold *t) {
    return strcmp(t->unit, "%") == 0 ? 100 : 1;
}

double noi_check_threshold_get(const noi_boundary_options *options, const noi_check_threshold *t) {
    double value;
    memcpy(&value, (const char *)options + t->offset, sizeof value);
    /* 0.07 * 100 is 7.000000000000001: as many digits as a person gives */
    return round(value * scale_of(t) * 1e9) / 1e9;
}

void noi_check_threshold_set(noi_boundary_options *options, const noi_check_threshold *t,
                             double value) {
    double stored = value / scale_of(t);
    memcpy((char *)options + t->offset, &stored, sizeof stored);
}

/* ---- the decision ---- */

int64_t noi_concerned_sum(const noi_concerned *r) {
    const int64_t all[4] = {r->addresses, r->households, r->parcels, r->cases};
    int64_t sum = -1;
    for (int i = 0; i < 4; i++)
        if (all[i] >= 0)
            sum = (sum < 0 ? 0 : sum) + all[i];
    return sum;
}

static void add_count(int64_t *to, int64_t more) {
    if (more >= 0)
        *to = (*to < 0 ? 0 : *to) + more;
}

static void add_records(noi_concerned *to, const noi_concerned *more) {
    add_count(&to->addresses, more->addresses);
    add_count(&to->households, more->households);
    add_count(&to->parcels, more->parcels);
    add_count(&to->cases, more->cases);
}

/* Lists are ordered already; a rule comes from one list only, so taking them rule by rule keeps the
 * order within a rule. */
static void take_rule(noi_check *check, const noi_rule *rule,
                      const noi_layer_findings *const *lists, size_t n_lists) {
    noi_check_rule *r = &check->rules[check->n_rules];
    *r = (noi_check_rule){.rule = rule, .first = check->n_findings, .records = {-1, -1, -1, -1}};
    for (size_t l = 0; l < n_lists; l++)
        for (size_t i = 0; i < lists[l]->n; i++) {
            const noi_layer_finding *f = &lists[l]->items[i];
            if (strcmp(f->rule, rule->id) != 0)
                continue;
            check->findings[check->n_findings++] = f;
            add_records(&r->records, &f->records);
            r->n++;
        }
    check->n_rules += r->n > 0;
    check->by_severity[rule->severity] += (int64_t)r->n;
}

typedef struct rank { /* a finding by what it affects */
    size_t at;
    bool is_note;
    int64_t records;
    double area;
} rank;

static int compare_ranks(const void *a, const void *b) {
    const rank *x = a, *y = b;
    if (x->is_note != y->is_note)
        return x->is_note - y->is_note;
    if (x->records != y->records)
        return x->records < y->records ? 1 : -1;
    if (x->area < y->area || x->area > y->area)
        return x->area < y->area ? 1 : -1;
    return (x->at > y->at) - (x->at < y->at);
}

static void rank_findings(noi_check *check) {
    NOI_AUTO_FREE rank *ranks = noi_alloc_zero(check->n_findings, sizeof *ranks);
    for (size_t r = 0; r < check->n_rules; r++)
        for (size_t i = 0; i < check->rules[r].n; i++) {
            size_t at = check->rules[r].first + i;
            const noi_layer_finding *f = check->findings[at];
            bool is_note = check->rules[r].rule->severity == NOI_SEVERITY_NOTE;
            ranks[at] = (rank){at, is_note, noi_concerned_sum(&f->records), f->area_m2};
        }
    qsort(ranks, check->n_findings, sizeof *ranks, compare_ranks);
    check->ranked = noi_alloc(check->n_findings * sizeof *check->ranked);
    check->number = noi_alloc(check->n_findings * sizeof *check->number);
    for (size_t i = 0; i < check->n_findings; i++) {
        check->ranked[i] = ranks[i].at;
        check->number[ranks[i].at] = i + 1;
    }
}

/* A map draws what its view shows of thousands of areas, and there are dozens of maps. */
static double (*boxes_of(const noi_coverage *c))[4] {
    uint32_t n = c ? c->n_units : 0;
    double(*boxes)[4] = noi_alloc(n * sizeof *boxes);
    for (uint32_t u = 0; u < n; u++)
        noi_unit_bounds(boxes[u], c, u);
    return boxes;
}

static void add_left_out(noi_left_out *to, const noi_left_out *more) {
    to->n += more->n;
    to->area_m2 += more->area_m2;
}

void noi_check_left_out_text(noi_buf *out, const noi_check *check) {
    char overlaps[32], gaps[32], overlap_area[40], gap_area[40];
    const noi_check_options *c = &check->options.check;
    if (!check->overlaps.n && !check->gaps.n)
        return;
    noi_buf_printf(out,
                   _("Below the thresholds (--min-area %.10g m², --wider-than %.10g m) and not listed: "
                     "overlaps %s, %s together; gaps %s, %s together"),
                   c->min_area_m2, c->wider_than_m, noi_number(overlaps, check->overlaps.n),
                   noi_check_area_text(overlap_area, check->overlaps.area_m2),
                   noi_number(gaps, check->gaps.n),
                   noi_check_area_text(gap_area, check->gaps.area_m2));
}

noi_status noi_check_decide(noi_check *check, const noi_layer_findings *const *lists,
                            size_t n_lists) {
    size_t n = 0, n_rules;
    noi_check_clear(check);
    for (size_t l = 0; l < n_lists; l++) {
        n += lists[l]->n;
        add_left_out(&check->overlaps, &lists[l]->overlaps);
        add_left_out(&check->gaps, &lists[l]->gaps);
        if (!lists[l]->n_shared)
            continue;
        check->shared = lists[l]->shared;
        check->n_shared = lists[l]->n_shared;
    }
    check->findings = noi_alloc(n * sizeof(noi_layer_finding *));
    const noi_rule *const *rules = noi_rules(&n_rules);
    for (size_t i = 0; i < n_rules; i++)
        if (rules[i]->id[0] == 'L' && check->n_rules < NOI_CHECK_MAX_RULES)
            take_rule(check, rules[i], lists, n_lists);
    if (check->n_findings != n)
        return noi_fail(NOI_ERR_INTERNAL, _("%zu findings belong to no rule"),
                        n - check->n_findings);
    rank_findings(check);
    check->boxes = boxes_of(check->layer->coverage);
    check->other_boxes = boxes_of(check->law ? check->law->other_coverage : NULL);
    check->passes =
        check->by_severity[NOI_SEVERITY_WARNING] + check->by_severity[NOI_SEVERITY_ERROR] == 0;
    return NOI_OK;
}

void noi_check_clear(noi_check *check) {
    free(check->findings);
    free(check->ranked);
    free(check->number);
    free(check->boxes);
    free(check->other_boxes);
    check->boxes = check->other_boxes = NULL;
    check->findings = NULL;
    check->overlaps = check->gaps = (noi_left_out){0};
    check->shared = NULL;
    check->n_shared = 0;
    check->ranked = check->number = NULL;
    check->n_findings = check->n_rules = 0;
    memset(check->by_severity, 0, sizeof check->by_severity);
}

/* ---- units in words ---- */

bool noi_check_is_edge(const noi_layer_finding *f) {
    return strcmp(f->rule, "L09") == 0 || strcmp(f->rule, "L10") == 0 ||
           strcmp(f->rule, "L24") == 0;
}

static void separate(noi_buf *out, const char *separator, size_t begun) {
    if (out->n > begun)
        noi_buf_add_str(out, separator);
}

void noi_check_area_label(noi_buf *out, const noi_check *check, uint32_t area) {
    const noi_layer_feature *f = &check->layer->features[area];
    char name[320];
    /* some layers write the kind into the name too */
    size_t n = strlen(f->kind);
    bool twice = n && strncasecmp(f->kind, f->name, n) == 0;
    noi_unit_full_name(name, sizeof name, twice ? "" : f->kind, f->name);
    if (f->code[0])
        noi_buf_printf(out, "%s%s%s", f->code, name[0] ? " " : "", name);
    else if (name[0])
        noi_buf_add_str(out, name);
    else
        noi_buf_printf(out, _("feature %lld"), (long long)f->line);
}

static const noi_unit_row *unit_by_id(const noi_check *check, int64_t id) {
    const noi_unit_list *list = check->law ? check->law->ever : NULL;
    size_t from = 0, to = list && id ? list->n : 0;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (list->items[middle].id == id)
            return &list->items[middle];
        if (list->items[middle].id < id)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

static void law_unit_label(noi_buf *out, const noi_check *check, int64_t id) {
    const noi_unit_row *unit = unit_by_id(check, id);
    char code[8], name[320];
    if (!unit)
        return;
    noi_unit_full_name(name, sizeof name, unit->kind, unit->name);
    noi_buf_printf(out, "%s %s", noi_code_format(code, unit->code), name);
    if (unit->district_name[0]) {
        noi_unit_full_name(name, sizeof name, unit->district_kind, unit->district_name);
        noi_buf_printf(out, ", %s", name);
    }
}

void noi_check_units(noi_buf *out, const noi_check *check, const noi_layer_finding *f) {
    size_t begun = out->n;
    bool areas = f->area_a != NOI_INDEX_NONE || f->area_b != NOI_INDEX_NONE;
    if (noi_check_is_edge(f) || !areas) {
        law_unit_label(out, check, f->unit_id);
        if (f->other_unit_id)
            separate(out, noi_check_is_edge(f) ? " → " : ", ", begun);
        law_unit_label(out, check, f->other_unit_id);
        if (out->n == begun) /* many units at once, or the layer */
            noi_buf_add_str(out, f->subject);
        return;
    }
    if (f->area_a != NOI_INDEX_NONE)
        noi_check_area_label(out, check, f->area_a);
    if (f->area_b == NOI_INDEX_NONE)
        return;
    separate(out, ", ", begun);
    noi_check_area_label(out, check, f->area_b);
}

bool noi_check_place(double at[2], const noi_check *check, const noi_layer_finding *f) {
    at[0] = f->lon;
    at[1] = f->lat;
    if (isfinite(at[0]) && isfinite(at[1]))
        return true;
    if (f->area_a == NOI_INDEX_NONE)
        return false;
    if (noi_unit_label_point(at, check->layer->coverage, f->area_a) == NOI_OK)
        return true;
    noi_error_clear(); /* a unit without area has no place */
    return false;
}

char *noi_check_area_text(char out[40], double m2) {
    char number[32];
    if (m2 >= 1e4)
        snprintf(out, 40, "%.31s km²", noi_decimal(number, m2 / 1e6, m2 < 1e6 ? 3 : 2));
    else
        snprintf(out, 40, "%.31s m²", noi_decimal(number, m2, m2 < 100 ? 1 : 0));
    return out;
}
