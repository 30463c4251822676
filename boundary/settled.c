/*
 * settled.c: what was settled about a layer's system, as a description, as names in the layer and
 * as findings; see settling.h.
 */
#include "boundary/settling.h"

#include "boundary/examiner.h"
#include "geo/measure.h"

#include <string.h>

#define MOST_CODES 12 /* of a group, named in its finding */

char *noi_exchanged_name(const char *name) {
    size_t n = strlen(name);
    return n > 3 && strcmp(name + n - 3, "/yx") == 0 ? noi_strndup(name, n - 3)
                                                     : noi_format("%s/yx", name);
}

/* ---- the description ---- */

static uint32_t count_in(const noi_settling *s, uint32_t trial) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->trials->n_features; i++)
        n += s->system[i] == trial;
    return n;
}

void noi_settled_name(const noi_settling *s) {
    const noi_trial *main = noi_trial_of(s, s->main);
    NOI_AUTO_BUF noi_buf names = {0}, operations = {0};
    double accuracy = noi_crs_accuracy_m(main->crs);
    noi_buf_add_str(&names, main->name);
    noi_buf_add_str(&operations, noi_crs_operation(main->crs));
    for (uint32_t i = 0; i < s->trials->n; i++) {
        const noi_trial *other = noi_trial_of(s, i);
        if (i == s->main || count_in(s, i) == 0)
            continue;
        double its = noi_crs_accuracy_m(other->crs);
        accuracy = isnan(its) || isnan(accuracy) ? NAN : fmax(accuracy, its);
        noi_buf_printf(&names, ", %s", other->name);
        if (strcmp(noi_crs_operation(other->crs), noi_crs_operation(main->crs)) != 0)
            noi_buf_printf(&operations, ", %s", noi_crs_operation(other->crs));
    }
    free(s->layer->crs);
    free(s->layer->transform);
    s->layer->crs = noi_strdup(names.p);
    s->layer->transform = noi_strdup(operations.p);
    s->layer->accuracy_m = accuracy;
}

static double settled_median(const noi_settling *s) {
    NOI_AUTO_FREE double *away = noi_alloc(s->trials->n_compared * sizeof *away);
    size_t n = 0;
    for (uint32_t i = 0; i < s->trials->n_features; i++)
        if (noi_is_compared(s, i))
            away[n++] = noi_trial_of(s, s->system[i])->away[i];
    return noi_median(away, n);
}

noi_projection *noi_settled_describe(const noi_settling *s) {
    const noi_trials *t = s->trials;
    const noi_trial *main = noi_trial_of(s, s->main);
    uint32_t stated = noi_stated_trial(s);
    double under_stated = stated == NOI_NO_TRIAL ? NAN : t->items[stated].median_m;
    noi_projection *p = noi_alloc_zero(1, sizeof *p);
    p->stated = noi_strdup(t->stated);
    p->used = noi_strdup(main->name);
    p->operation = noi_strdup(noi_crs_operation(main->crs));
    p->accuracy_m = noi_crs_accuracy_m(main->crs);
    p->n_compared = t->n_compared;
    p->n_otherwise = t->n_features - count_in(s, s->main);
    for (uint32_t i = 0; i < t->n_features; i++)
        p->n_near += noi_is_settled(s, i);
    p->median_m = settled_median(s);
    p->stated_median_m = isfinite(under_stated) ? under_stated : NAN;
    return p;
}

/* ---- findings ---- */

static noi_layer_finding *add_finding(noi_layer_findings *findings, const char *rule,
                                      const char *key, const char *subject) {
    if (!findings->arena)
        findings->arena = noi_arena_new();
    findings->items = noi_realloc(findings->items, (findings->n + 1) * sizeof *findings->items);
    noi_layer_finding *f = &findings->items[findings->n++];
    *f = examiner_finding(rule, key);
    f->subject = noi_arena_strndup(findings->arena, subject, strlen(subject));
    return f;
}

/* "EPSG:9211, 27312 m": a system and how far the units lie from their places under it. */
static const char *with_distance(noi_arena *arena, const char *name, double median_m) {
    return isfinite(median_m) ? noi_arena_format(arena, "%s, %.0f m", name, median_m)
                              : noi_arena_strndup(arena, name, strlen(name));
}

static bool is_zone(const char *name) {
    const noi_crs_known *known = noi_crs_known_by_name(name);
    return known && known->kind == NOI_CRS_ZONE;
}

/* Of the features of one system, or of all for NOI_NO_TRIAL: what the finding touches. */
static double area_of(const noi_settling *s, uint32_t trial) {
    double sum = 0;
    for (uint32_t i = 0; i < s->trials->n_features; i++)
        if (noi_has_shape(s, i) && (trial == NOI_NO_TRIAL || s->system[i] == trial))
            sum += noi_unit_area_m2(s->layer->coverage, i);
    return sum;
}

/* What is wrong with the stated system, in a word. */
static const char *contradiction(const noi_settling *s) {
    uint32_t stated = noi_stated_trial(s);
    const noi_trial *used = noi_trial_of(s, s->main);
    if (stated == NOI_NO_TRIAL)
        return "wrong_system";
    const noi_trial *said = noi_trial_of(s, stated);
    NOI_AUTO_FREE char *said_exchanged = noi_exchanged_name(said->name);
    if (strcmp(said_exchanged, used->name) == 0)
        return "swapped_axes";
    if (noi_crs_is_degrees(used->crs) && !noi_crs_is_degrees(said->crs))
        return "degrees_as_metres";
    if (noi_crs_is_degrees(used->crs) || noi_crs_is_degrees(said->crs) ||
        noi_crs_is_swapped(used->crs) != noi_crs_is_swapped(said->crs))
        return "wrong_system";
    bool same_datum = noi_crs_is_vn2000(used->crs) == noi_crs_is_vn2000(said->crs);
    bool zones = noi_crs_is_vn2000(said->crs) || (is_zone(said->name) && is_zone(used->name));
    return same_datum && zones ? "wrong_zone" : "wrong_system";
}

static void tell_system(noi_layer_findings *findings, const noi_settling *s,
                        const noi_projection *p) {
    const char *name = s->layer->name ? s->layer->name : "";
    bool is_stated = p->stated[0] != '\0';
    if (is_stated && s->main == noi_stated_trial(s))
        return;
    noi_layer_finding *f = is_stated ? add_finding(findings, "L26", contradiction(s), name)
                                     : add_finding(findings, "L25", "no_system", name);
    f->found = is_stated ? with_distance(findings->arena, p->stated, p->stated_median_m)
                         : with_distance(findings->arena, p->used, p->median_m);
    f->expected = noi_arena_format(findings->arena, "--crs %s", p->used);
    f->area_m2 = area_of(s, NOI_NO_TRIAL);
}

/* The codes of the features of one system, at most a dozen: "26740 26743 … +3". */
static void list_codes(noi_buf *out, const noi_settling *s, uint32_t trial) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->trials->n_features; i++) {
        if (s->system[i] != trial || n++ >= MOST_CODES)
            continue;
        const noi_layer_feature *f = &s->layer->features[i];
        if (f->code && f->code[0])
            noi_buf_printf(out, "%s%s", out->n ? " " : "", f->code);
        else
            noi_buf_printf(out, "%s#%lld", out->n ? " " : "", (long long)f->line);
    }
    if (n > MOST_CODES)
        noi_buf_printf(out, " … +%u", n - MOST_CODES);
}

static uint32_t first_in(const noi_settling *s, uint32_t trial) {
    for (uint32_t i = 0; i < s->trials->n_features; i++)
        if (s->system[i] == trial)
            return i;
    return NOI_INDEX_NONE;
}

/* The areas of one system's features in one shape, as the layer now has them. */
static noi_str shape_of(noi_arena *arena, const noi_settling *s, uint32_t trial) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *all = noi_coverage_new();
    const noi_coverage *c = s->layer->coverage;
    NOI_AUTO_BUF noi_buf wkb = {0};
    noi_coverage_add_unit(all, 0);
    for (uint32_t i = 0; i < c->n_units; i++) {
        if (s->system[i] != trial)
            continue;
        for (uint32_t p = c->unit_polygon[i]; p < c->unit_polygon[i + 1]; p++) {
            noi_coverage_add_polygon(all);
            for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++)
                noi_coverage_add_ring(all, &c->xy[2 * (size_t)c->ring_vertex[r]],
                                      c->ring_vertex[r + 1] - c->ring_vertex[r]);
        }
    }
    noi_coverage_wkb(&wkb, all, 0);
    return (noi_str){noi_arena_strndup(arena, wkb.p, wkb.n), wkb.n};
}

static void tell_groups(noi_layer_findings *findings, const noi_settling *s) {
    for (uint32_t i = 0; i < s->trials->n; i++) {
        uint32_t first = first_in(s, i);
        if (i == s->main || first == NOI_INDEX_NONE)
            continue;
        NOI_AUTO_BUF noi_buf codes = {0};
        list_codes(&codes, s, i);
        noi_layer_finding *f = add_finding(findings, "L27", "mixed", codes.p);
        const char *found = noi_trial_of(s, i)->name, *expected = noi_trial_of(s, s->main)->name;
        if (count_in(s, i) == 1)
            f->area_a = first;
        f->area_m2 = area_of(s, i);
        f->wkb = shape_of(findings->arena, s, i);
        f->lon = noi_trial_of(s, i)->lon[first];
        f->lat = noi_trial_of(s, i)->lat[first];
        f->found = noi_arena_strndup(findings->arena, found, strlen(found));
        f->expected = noi_arena_strndup(findings->arena, expected, strlen(expected));
    }
}

/* ---- units that lie elsewhere ---- */

static bool leaves_vietnam(const noi_coverage *c, uint32_t unit) {
    size_t from = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit]]];
    size_t to = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit + 1]]];
    for (size_t v = from; v < to; v++)
        if (!noi_is_near_vietnam(c->xy[2 * v], c->xy[2 * v + 1]))
            return true;
    return false;
}

/* Farther from every place that the reference has for its code than two zones lie apart. */
static bool is_elsewhere(const noi_settling *s, uint32_t feature) {
    return s->trials->n_compared >= NOI_SOME_COMPARED && noi_is_compared(s, feature) &&
           !noi_is_settled(s, feature) &&
           noi_trial_of(s, s->system[feature])->away[feature] > NOI_OUT_OF_PLACE_M;
}

static void tell_elsewhere(noi_layer_findings *findings, const noi_settling *s) {
    const noi_coverage *c = s->layer->coverage;
    for (uint32_t i = 0; i < c->n_units; i++) {
        bool leaves = leaves_vietnam(c, i);
        if (!leaves && !is_elsewhere(s, i))
            continue;
        const noi_trial *trial = noi_trial_of(s, s->system[i]);
        noi_layer_finding *f = add_finding(findings, "L28", leaves ? "outside_vietnam" : "elsewhere",
                                           s->layer->features[i].code);
        f->area_a = i;
        f->lon = trial->lon[i];
        f->lat = trial->lat[i];
        if (isfinite(trial->away[i]))
            f->found =
                noi_arena_format(findings->arena, "distance: %.0f km", trial->away[i] / 1000);
    }
}

void noi_settled_tell(noi_layer_findings *findings, const noi_settling *s,
                      const noi_projection *p) {
    tell_system(findings, s, p);
    tell_groups(findings, s);
    tell_elsewhere(findings, s);
}
