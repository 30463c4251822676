/*
 * units.c: what a layer says of its units against the list of its day: which are missing or drawn
 * under a wrong code, what they are called, how large they are and how many people live there.
 *
 * A feature draws the unit that bears its code on the day. If none does, and its name and kind are
 * those of one unit that nobody else draws, it is taken to draw that one: the code is told to be
 * wrong, and the unit is not told to be missing as well.
 */
#include "boundary/examiner.h"

#include "geo/measure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The lists, made ready. */
typedef struct lists {
    code_table units, ever;
    name_table names;
    bool bare;
} lists;

static void lists_clear(lists *l) {
    code_table_clear(&l->units);
    code_table_clear(&l->ever);
    name_table_clear(&l->names);
}

static const noi_layer_feature *feature_at(const examiner *x, uint32_t feature) {
    return &x->layer->features[feature];
}

static noi_code code_at(const examiner *x, uint32_t feature) {
    return x->layer->coverage->unit_code[feature];
}

static const noi_unit_row *by_code(const examiner *x, const lists *l, uint32_t feature) {
    size_t n;
    const noi_unit_row *const *row = code_table_find(&n, &l->units, code_at(x, feature));
    return n ? row[n - 1] : NULL;
}

static const noi_unit_row *by_name(const examiner *x, const lists *l, uint32_t feature) {
    const noi_layer_feature *f = feature_at(x, feature);
    return f->name[0] ? name_table_find(&l->names, f->name, stated_kind(f), l->bare) : NULL;
}

static void draw(examiner *x, uint32_t feature, const noi_unit_row *unit) {
    uint32_t at = (uint32_t)(unit - x->law->units->items);
    x->unit_of[feature] = at;
    if (x->feature_of[at] == NOI_INDEX_NONE)
        x->feature_of[at] = feature;
}

static void pair_features(examiner *x, const lists *l) {
    uint32_t n = x->layer->coverage->n_units;
    x->unit_of = noi_alloc(n * sizeof *x->unit_of);
    x->feature_of = noi_alloc(x->law->units->n * sizeof *x->feature_of);
    memset(x->unit_of, 0xff, n * sizeof *x->unit_of);
    memset(x->feature_of, 0xff, x->law->units->n * sizeof *x->feature_of);
    for (uint32_t i = 0; i < n; i++) {
        const noi_unit_row *unit = by_code(x, l, i);
        if (unit)
            draw(x, i, unit);
    }
    for (uint32_t i = 0; i < n; i++) {
        const noi_unit_row *unit = x->unit_of[i] == NOI_INDEX_NONE ? by_name(x, l, i) : NULL;
        const char *kind = stated_kind(feature_at(x, i));
        if (unit && x->feature_of[unit - x->law->units->items] == NOI_INDEX_NONE &&
            (!kind[0] || strcmp(kind, unit->kind) == 0))
            draw(x, i, unit);
    }
}

/* ---- codes, names and kinds ---- */

/* What the code meant on another day, when that is what the feature is called; the newest. */
static const noi_unit_row *of_another_day(const examiner *x, const lists *l, uint32_t feature) {
    const char *name = feature_at(x, feature)->name;
    size_t n;
    const noi_unit_row *const *row = code_table_find(&n, &l->ever, code_at(x, feature));
    for (size_t i = n; i-- > 0;)
        if (!unit_is_in_force(row[i], x->law->day) &&
            (!name[0] || names_agree(name, row[i], l->bare)))
            return row[i];
    return NULL;
}

/* A unit of the day that lies in a province which the layer does not mean to draw. */
static const noi_unit_row *of_another_province(const examiner *x, const lists *l,
                                               uint32_t feature) {
    size_t n;
    const noi_unit_row *const *row = code_table_find(&n, &l->ever, code_at(x, feature));
    for (size_t i = n; i-- > 0;)
        if (unit_is_in_force(row[i], x->law->day))
            return row[i];
    return NULL;
}

/* "26740 Phường Bến Nghé ≤ 2025-06-30": the unit, and until or from when it bore the code. */
static const char *with_span(examiner *x, const noi_unit_row *unit) {
    char day[12];
    bool is_past = unit->to != NOI_DAY_OPEN && unit->to <= x->law->day;
    noi_day on = is_past ? unit->to - 1 : unit->from;
    return examiner_text(x, "%s %s %s %s", examiner_code(x, unit->code), examiner_unit(x, unit),
                         is_past ? "≤" : "≥", noi_day_format(day, on));
}

static const char *with_code(examiner *x, const noi_unit_row *unit) {
    return unit ? examiner_text(x, "%s %s", examiner_code(x, unit->code), examiner_unit(x, unit))
                : "";
}

static void add_vintage(examiner *x, const lists *l, uint32_t feature, const noi_unit_row *then) {
    noi_layer_finding f = examiner_finding("L21", "vintage");
    const noi_unit_row *now = by_name(x, l, feature);
    f.subject = examiner_code(x, code_at(x, feature));
    f.found = with_span(x, then);
    f.expected = with_code(x, now ? now : by_code(x, l, feature));
    examiner_place(x, &f, feature);
    f.other_unit_id = then->id;
    examiner_add(x, &f);
}

static void add_unknown(examiner *x, const lists *l, uint32_t feature) {
    const noi_unit_row *stranger = of_another_province(x, l, feature);
    noi_layer_finding f = examiner_finding("L02", stranger ? "other_province" : "unknown_code");
    const char *code = feature_at(x, feature)->code; /* as it stands, also when it is no code */
    f.subject = code[0] ? examiner_text(x, "%s", code) : "?";
    f.found = examiner_title(x, feature);
    f.expected = stranger ? "" : with_code(x, by_name(x, l, feature));
    examiner_place(x, &f, feature);
    f.other_unit_id = stranger ? stranger->id : 0;
    examiner_add(x, &f);
}

static void add_name(examiner *x, const lists *l, uint32_t feature, const noi_unit_row *unit) {
    noi_layer_finding f = examiner_finding("L04", "name");
    const noi_unit_row *called = by_name(x, l, feature);
    f.subject = examiner_code(x, unit->code);
    f.found = called ? examiner_text(x, "%s (%s)", feature_at(x, feature)->name,
                                     examiner_code(x, called->code))
                     : examiner_text(x, "%s", feature_at(x, feature)->name);
    f.expected = examiner_unit(x, unit);
    examiner_place(x, &f, feature);
    f.other_unit_id = called ? called->id : 0;
    examiner_add(x, &f);
}

static void check_kind(examiner *x, uint32_t feature, const noi_unit_row *unit) {
    const char *kind = stated_kind(feature_at(x, feature));
    if (!kind[0] || strcmp(kind, unit->kind) == 0)
        return;
    noi_layer_finding f = examiner_finding("L20", "kind");
    f.subject = examiner_code(x, unit->code);
    f.found = kind;
    f.expected = examiner_unit(x, unit);
    examiner_place(x, &f, feature);
    examiner_add(x, &f);
}

static void check_identity(examiner *x, const lists *l, uint32_t feature) {
    const noi_unit_row *unit = by_code(x, l, feature);
    const char *name = feature_at(x, feature)->name;
    if (unit && (!name[0] || names_agree(name, unit, l->bare))) {
        check_kind(x, feature, unit);
        return;
    }
    const noi_unit_row *then = of_another_day(x, l, feature);
    if (then)
        add_vintage(x, l, feature, then);
    else if (unit)
        add_name(x, l, feature, unit);
    else
        add_unknown(x, l, feature);
}

/* ---- missing and doubled ---- */

static void check_missing(examiner *x) {
    for (size_t i = 0; i < x->law->units->n; i++) {
        const noi_unit_row *unit = &x->law->units->items[i];
        if (x->feature_of[i] != NOI_INDEX_NONE)
            continue;
        noi_layer_finding f = examiner_finding("L01", "missing");
        f.subject = examiner_code(x, unit->code);
        f.unit_id = unit->id;
        f.expected = examiner_unit(x, unit);
        f.lon = unit->lon;
        f.lat = unit->lat;
        f.area_m2 = isnan(unit->area_km2) ? 0 : unit->area_km2 * 1e6;
        examiner_add(x, &f);
    }
}

/* A feature by its code, so that equal codes come together. */
typedef struct coded {
    noi_code code;
    uint32_t feature;
} coded;

static int by_coded(const void *a, const void *b) {
    const coded *x = a, *y = b;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return (x->feature > y->feature) - (x->feature < y->feature);
}

void examine_doubled(examiner *x) {
    uint32_t n = x->layer->coverage->n_units;
    NOI_AUTO_FREE coded *all = noi_alloc(n * sizeof *all);
    for (uint32_t i = 0; i < n; i++)
        all[i] = (coded){code_at(x, i), i};
    if (n)
        qsort(all, n, sizeof *all, by_coded);
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && all[end].code == all[i].code;)
            end++;
        if (!all[i].code || end - i < 2)
            continue;
        noi_layer_finding f = examiner_finding("L03", "doubled");
        f.subject = examiner_code(x, all[i].code);
        f.found = examiner_text(x, "%u", end - i);
        f.expected = "1";
        examiner_place(x, &f, all[i].feature);
        f.area_b = all[i + 1].feature;
        examiner_add(x, &f);
    }
}

#define COMMUNE_DIGITS 5

/* A layer of communes, some of whose codes may have become numbers on their way: then 00001 is 1.
 * Districts have three digits and provinces two, and no layer mixes them. */
static bool has_communes(const examiner *x) {
    for (uint32_t i = 0; i < x->layer->coverage->n_units; i++) {
        size_t n = strlen(feature_at(x, i)->code);
        if (code_at(x, i) && (n == COMMUNE_DIGITS || n == COMMUNE_DIGITS - 1 || n == 1))
            return true;
    }
    return false;
}

/* Without a list of units only what cannot be a code is known to be none. */
void examine_codes(examiner *x) {
    bool shortened = has_communes(x);
    for (uint32_t i = 0; i < x->layer->coverage->n_units; i++) {
        const char *code = feature_at(x, i)->code;
        size_t n = strlen(code);
        bool lost = shortened && code_at(x, i) && n < COMMUNE_DIGITS;
        if (code_at(x, i) && !lost)
            continue;
        noi_layer_finding f =
            examiner_finding("L02", lost ? "lost_zeros" : code[0] ? "malformed" : "no_code");
        f.subject = code[0] ? examiner_text(x, "%s", code) : "?";
        f.found = examiner_title(x, i);
        if (lost)
            f.expected = examiner_text(x, "%.*s%s", (int)(COMMUNE_DIGITS - n), "00000", code);
        examiner_place(x, &f, i);
        examiner_add(x, &f);
    }
}

/* ---- areas and populations ---- */

/* What the layer gives for one unit, all its features together. */
typedef struct sums {
    double area_m2;     /* to a millionth: tolerances are in percent */
    int64_t population; /* -1 when a feature does not state it */
} sums;

static sums *sum_features(const examiner *x) {
    sums *sum = noi_alloc_zero(x->law->units->n, sizeof *sum);
    for (uint32_t i = 0; i < x->layer->coverage->n_units; i++) {
        if (x->unit_of[i] == NOI_INDEX_NONE)
            continue;
        sums *s = &sum[x->unit_of[i]];
        int64_t people = feature_at(x, i)->population;
        s->area_m2 += noi_unit_area_roughly_m2(x->layer->coverage, i);
        s->population = people < 0 || s->population < 0 ? -1 : s->population + people;
    }
    return sum;
}

static const char *against(examiner *x, const char *format, double value, double expected) {
    const char *text = examiner_text(x, format, value);
    return examiner_text(x, "%s (%+.1f %%)", text, 100 * (value / expected - 1));
}

static void check_area(examiner *x, size_t at, double area_m2) {
    const noi_unit_row *unit = &x->law->units->items[at];
    double ratio = area_m2 / 1e6 / unit->area_km2;
    if (isnan(unit->area_km2) || area_m2 <= 0 || fabs(ratio - 1) <= x->options.area_tolerance)
        return;
    noi_layer_finding f = examiner_finding("L05", "area");
    f.subject = examiner_code(x, unit->code);
    f.found = against(x, "%.3f km²", area_m2 / 1e6, unit->area_km2);
    f.expected = examiner_text(x, "%.3f km²", unit->area_km2);
    examiner_place(x, &f, x->feature_of[at]);
    f.area_m2 = fabs(area_m2 - unit->area_km2 * 1e6); /* by how much it is off */
    examiner_add(x, &f);
}

static void check_population(examiner *x, size_t at, int64_t people) {
    const noi_unit_row *unit = &x->law->units->items[at];
    if (people < 0 || unit->population <= 0 ||
        fabs((double)people / (double)unit->population - 1) <= x->options.population_tolerance)
        return;
    noi_layer_finding f = examiner_finding("L22", "population");
    f.subject = examiner_code(x, unit->code);
    f.found = against(x, "%.0f", (double)people, (double)unit->population);
    f.expected = examiner_text(x, "%lld", (long long)unit->population);
    examiner_place(x, &f, x->feature_of[at]);
    examiner_add(x, &f);
}

static const char *province_codes(examiner *x) {
    const char *codes = "";
    noi_code last = 0;
    for (size_t i = 0; i < x->law->units->n; i++) {
        noi_code code = x->law->units->items[i].province_code;
        if (code == last || strstr(codes, examiner_code(x, code)))
            continue;
        last = code;
        codes = examiner_text(x, "%s%s%s", codes, codes[0] ? " " : "", examiner_code(x, code));
    }
    return codes;
}

static void add_total(examiner *x, const char *key, const char *format, double drawn, double law,
                      double unit_m2) {
    if (law <= 0 || fabs(drawn / law - 1) <= x->options.total_tolerance)
        return;
    noi_layer_finding f = examiner_finding("L23", key);
    f.subject = province_codes(x);
    f.found = against(x, format, drawn, law);
    f.expected = examiner_text(x, format, law);
    f.area_m2 = fabs(drawn - law) * unit_m2;
    examiner_add(x, &f);
}

/* Over the units that both the layer and the law give: a missing unit is told as such. */
static void check_totals(examiner *x, const sums *sum) {
    double area = 0, law_area = 0, people = 0, law_people = 0;
    size_t areas = 0, populations = 0;
    for (size_t i = 0; i < x->law->units->n; i++) {
        const noi_unit_row *unit = &x->law->units->items[i];
        if (x->feature_of[i] == NOI_INDEX_NONE)
            continue;
        if (!isnan(unit->area_km2) && sum[i].area_m2 > 0) {
            area += sum[i].area_m2 / 1e6;
            law_area += unit->area_km2;
            areas++;
        }
        if (unit->population > 0 && sum[i].population >= 0) {
            people += (double)sum[i].population;
            law_people += (double)unit->population;
            populations++;
        }
    }
    if (areas > 1 && !x->options.synthetic)
        add_total(x, "total_area", "%.3f km²", area, law_area, 1e6);
    if (populations > 1)
        add_total(x, "total_population", "%.0f", people, law_people, 0);
}

static void check_sizes(examiner *x) {
    NOI_AUTO_FREE sums *sum = sum_features(x);
    for (size_t i = 0; i < x->law->units->n; i++) {
        if (x->feature_of[i] == NOI_INDEX_NONE)
            continue;
        if (!x->options.synthetic)
            check_area(x, i, sum[i].area_m2);
        check_population(x, i, sum[i].population);
    }
    check_totals(x, sum);
}

noi_status examine_units(examiner *x) {
    NOI_AUTO(lists_clear) lists l = {.bare = layer_is_bare(x->layer)};
    code_table_make(&l.units, x->law->units);
    code_table_make(&l.ever, x->law->ever);
    name_table_make(&l.names, x->law->units);
    pair_features(x, &l);
    check_missing(x);
    for (uint32_t i = 0; i < x->layer->coverage->n_units; i++)
        check_identity(x, &l, i);
    check_sizes(x);
    return NOI_OK;
}
