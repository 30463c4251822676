/* repair_show.c: what a repair would do, or did, as text and as JSON; see repair_show.h. */
#include "cli/repair_show.h"

#include "base/file.h"
#include "base/i18n.h"
#include "cli/layer_show.h"
#include "merge/rules/rules.h"
#include "report/check.h"
#include "report/format.h"
#include "report/impact.h"

#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_LINES 20   /* of a list for people; the rest is counted */
#define SAME_M2    0.05 /* areas that differ by less are told as the same */

static const char *title_of(size_t rule) {
    const noi_rule *r = noi_rule_by_id(noi_repair_rule(rule));
    return r ? _(r->title) : "";
}

static void show_rule(const noi_repair_report *r, size_t rule) {
    const noi_repair_count *c = &r->counts[rule];
    char found[32], left[32], area[40];
    printf("  %s  %s: ", noi_repair_rule(rule), title_of(rule));
    printf(_("%s found, %s left"), noi_number(found, (int64_t)c->found),
           noi_number(left, (int64_t)c->left));
    if (c->area_m2 > 0) {
        printf(", ");
        printf(_("%s change hands"), noi_check_area_text(area, c->area_m2));
    }
    puts("");
}

static void show_more(size_t shown, size_t n) {
    char more[32];
    if (n > shown)
        printf(_("  ... and %s more\n"), noi_number(more, (int64_t)(n - shown)));
}

/* ---- proposals ---- */

void cli_propose_show(const noi_repair_report *const *alone, const noi_repair_report *all,
                      const char *path) {
    bool any = false;
    cli_show_layer(all->path, all->layer);
    for (size_t i = 0; noi_repair_rule(i); i++)
        any = any || alone[i];
    if (!any) {
        puts(_("Nothing to mend."));
        return;
    }
    puts(_("What the repair of each rule would do by itself:"));
    for (size_t i = 0; noi_repair_rule(i); i++)
        if (alone[i])
            show_rule(alone[i], i);
    puts(_("Nothing is written. To mend what you accept:"));
    printf("  noi repair %s -o OUT.gpkg", path);
    for (size_t i = 0; noi_repair_rule(i); i++)
        if (alone[i])
            printf(" --accept %s", noi_repair_rule(i));
    puts("");
}

/* ---- what was done ---- */

static double difference(const noi_repair_report *r, uint32_t unit) {
    return noi_repair_difference_m2(r, unit);
}

static int by_difference(const void *p, const void *q, void *context) {
    const noi_repair_report *r = context;
    uint32_t a = *(const uint32_t *)p, b = *(const uint32_t *)q;
    double x = fabs(difference(r, a)), y = fabs(difference(r, b));
    if (x != y)
        return x > y ? -1 : 1;
    return (a > b) - (a < b);
}

/* Units whose area changes, the most first. Yours: free. */
static uint32_t *changed_units(size_t *n, const noi_repair_report *r) {
    uint32_t *list = noi_alloc(((size_t)r->layer->coverage->n_units + 1) * sizeof *list);
    *n = 0;
    for (uint32_t u = 0; u < r->layer->coverage->n_units; u++)
        if (fabs(difference(r, u)) >= SAME_M2)
            list[(*n)++] = u;
    union {
        const noi_repair_report *in;
        void *out;
    } context = {.in = r};
    if (*n)
        qsort_r(list, *n, sizeof *list, by_difference, context.out);
    return list;
}

static void show_units(const noi_repair_report *r) {
    size_t n, n_touched = 0;
    char number[32], touched[32], change[32];
    NOI_AUTO_FREE uint32_t *units = changed_units(&n, r);
    for (uint32_t u = 0; u < r->layer->coverage->n_units; u++)
        n_touched += noi_repair_has_touched(r, u);
    printf(_("Units whose border is touched: %s; whose area changes: %s\n"),
           noi_number(touched, (int64_t)n_touched), noi_number(number, (int64_t)n));
    for (size_t i = 0; i < n && i < MOST_LINES; i++) {
        uint32_t u = units[i];
        char before[32], after[32];
        printf("  %s %s: %s → %s m² (%s%s)%s%s\n", r->layer->features[u].code,
               r->layer->features[u].name, noi_decimal(before, r->repair->area_before_m2[u], 1),
               noi_decimal(after, r->repair->area_after_m2[u], 1), difference(r, u) > 0 ? "+" : "",
               noi_decimal(change, difference(r, u), 1), noi_repair_was_invalid(r, u) ? "; " : "",
               noi_repair_was_invalid(r, u)
                   ? _("its ring was invalid: the first is a sum over rings, not land")
                   : "");
    }
    show_more(n < MOST_LINES ? n : MOST_LINES, n);
}

static void show_named(const noi_repair_report *r) {
    size_t n = 0;
    for (size_t i = 0; i < r->repair->n_steps; i++)
        n += r->repair->steps[i].was_named;
    if (n)
        printf(_("Steps whose owner you named: %zu\n"), n);
}

static const char *const KIND_WORDS[NOI_RECORD_KINDS] = {"", N_("addresses"), N_("households"),
                                                         N_("parcels"), N_("cases")};

static void show_row(const noi_impact_row *row) {
    char from[16], to[16], n[32];
    printf("  %s → %s:", noi_impact_outcome_key(from, row->from),
           noi_impact_outcome_key(to, row->to));
    const char *separator = " ";
    for (int kind = 1; kind < NOI_RECORD_KINDS; kind++) {
        if (!row->records[kind])
            continue;
        printf("%s%s %s", separator, noi_number(n, row->records[kind]), _(KIND_WORDS[kind]));
        separator = ", ";
    }
    puts("");
}

static void show_records(const noi_repair_report *r) {
    char n[32], all[32];
    if (!r->impact)
        return;
    if (!r->impact->before.in[0]) {
        puts(_("The registry holds no records: none could change unit."));
        return;
    }
    printf(_("Records that change unit: %s of %s\n"), noi_number(n, (int64_t)r->n_records),
           noi_number(all, (int64_t)r->impact->before.in[0]));
    for (size_t i = 0; i < r->impact->n_rows && i < MOST_LINES; i++)
        show_row(&r->impact->rows[i]);
    show_more(r->impact->n_rows < MOST_LINES ? r->impact->n_rows : MOST_LINES, r->impact->n_rows);
}

static const char *loss_words(noi_gpkg_loss_kind kind) {
    switch (kind) {
    case NOI_GPKG_LOSES_Z:
        return _("heights (Z), the mended layer is flat; features: %s");
    case NOI_GPKG_LOSES_M:
        return _("measures (M); features: %s");
    case NOI_GPKG_LOSES_CURVES:
        return _("arcs, which are drawn as lines; features: %s");
    case NOI_GPKG_LOSES_PARTS:
        return _("points and lines beside the areas; features: %s");
    case NOI_GPKG_LOSES_SHAPE:
        return _("shapes in a second column; features: %s");
    case NOI_GPKG_LOSES_TYPE:
        return _("the type of the field, GeoPackage has its values as text; values: %s");
    case NOI_GPKG_LOSES_NAN:
        return _("values that are no number (NaN) become empty; values: %s");
    case NOI_GPKG_LOSES_LAYER:
        return _("another layer of the file");
    }
    return "%s";
}

static void show_losses(const noi_repair_report *r) {
    for (size_t i = 0; r->losses && i < r->losses->n; i++) {
        const noi_gpkg_loss *loss = &r->losses->items[i];
        const char *words = loss_words(loss->kind), *at = strstr(words, "%s");
        char n[32];
        if (!i)
            puts(_("Not kept in the mended layer:"));
        printf("  %s%s", loss->name, *loss->name ? ": " : "");
        printf("%.*s%s%s\n", at ? (int)(at - words) : (int)strlen(words), words,
               at ? noi_number(n, loss->n) : "", at ? at + 2 : "");
    }
}

static void show_verdict(const noi_check *result) {
    if (result->passes) {
        puts(_("The mended layer passes noi check as far as it is checked without a registry."));
        return;
    }
    printf("%s", _("The mended layer still fails noi check:"));
    cli_show_failing(result);
    puts("");
}

void cli_repair_show(const noi_repair_report *r, const noi_check *result, const char *out,
                     const char *table) {
    cli_show_layer(r->path, r->layer);
    if (noi_repair_turns_axes(r))
        puts(_("  The file gives y before x; the mended layer has x first."));
    for (size_t i = 0; noi_repair_rule(i); i++)
        if (noi_repair_is_accepted(r, i))
            show_rule(r, i);
    show_named(r);
    show_units(r);
    show_records(r);
    show_losses(r);
    if (r->stays)
        puts(_("What is left touches an invalid ring (accept L06 too), or mending it would make "
               "another defect, or nobody can be chosen without guessing: name the unit with "
               "--give, or draw it anew."));
    if (table)
        printf(_("%s: each unit's area before and after\n"), table);
    if (out)
        printf(_("%s: the mended layer with what was done to it, for QGIS\n"), out);
    else
        puts(_("Nothing is written."));
    show_verdict(result);
}

/* ---- for machines ---- */

static json_object *layer_json(const noi_repair_report *r) {
    json_object *all = json_object_new_object();
    cli_json_text(all, "file", noi_path_base(r->path));
    cli_json_text(all, "sha256", r->hash);
    cli_json_text(all, "name", r->layer->name);
    cli_json_text(all, "crs", r->layer->crs);
    cli_json_count(all, "units", r->layer->coverage->n_units);
    cli_json_count(all, "vertices", r->layer->coverage->n_vertices);
    return all;
}

static json_object *rule_json(const noi_repair_report *r, size_t rule) {
    const noi_repair_count *c = &r->counts[rule];
    json_object *one = json_object_new_object();
    cli_json_text(one, "rule", noi_repair_rule(rule));
    cli_json_text(one, "title", title_of(rule));
    cli_json_count(one, "found", (int64_t)c->found);
    cli_json_count(one, "left", (int64_t)c->left);
    cli_json_count(one, "steps", (int64_t)c->steps);
    cli_json_real(one, "area_m2", c->area_m2, 2);
    return one;
}

static void print_and_free(json_object *all) {
    puts(json_object_to_json_string_ext(all,
                                        JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(all);
}

void cli_propose_json(const noi_repair_report *const *alone, const noi_repair_report *all) {
    json_object *out = json_object_new_object(), *rules = json_object_new_array();
    for (size_t i = 0; noi_repair_rule(i); i++)
        if (alone[i])
            json_object_array_add(rules, rule_json(alone[i], i));
    json_object_object_add(out, "layer", layer_json(all));
    json_object_object_add(out, "proposed", rules);
    print_and_free(out);
}

static json_object *unit_json(const noi_repair_report *r, uint32_t unit) {
    if (unit == NOI_INDEX_NONE)
        return NULL;
    const noi_layer_feature *f = &r->layer->features[unit];
    json_object *one = json_object_new_object();
    cli_json_count(one, "feature", f->line);
    cli_json_text(one, "code", f->code);
    cli_json_text(one, "name", f->name);
    return one;
}

static json_object *steps_json(const noi_repair_report *r) {
    json_object *all = json_object_new_array();
    for (size_t i = 0; i < r->repair->n_steps; i++) {
        const noi_repair_step *s = &r->repair->steps[i];
        json_object *one = json_object_new_object();
        cli_json_text(one, "rule", s->rule);
        json_object_object_add(one, "gained", unit_json(r, s->gained));
        json_object_object_add(one, "lost", unit_json(r, s->lost));
        cli_json_real(one, "area_m2", s->area_m2, 4);
        json_object_object_add(one, "named", json_object_new_boolean(s->was_named));
        cli_json_real(one, "lon", s->lon, 9);
        cli_json_real(one, "lat", s->lat, 9);
        if (s->of_ring) {
            cli_json_real(one, "area_before_m2", r->repair->area_before_m2[s->gained], 2);
            cli_json_real(one, "area_after_m2", r->repair->area_after_m2[s->gained], 2);
        }
        json_object_array_add(all, one);
    }
    return all;
}

static json_object *units_json(const noi_repair_report *r) {
    size_t n;
    json_object *all = json_object_new_array();
    NOI_AUTO_FREE uint32_t *units = changed_units(&n, r);
    for (size_t i = 0; i < n; i++) {
        json_object *one = unit_json(r, units[i]);
        cli_json_real(one, "area_before_m2", r->repair->area_before_m2[units[i]], 2);
        cli_json_real(one, "area_after_m2", r->repair->area_after_m2[units[i]], 2);
        cli_json_real(one, "difference_m2", difference(r, units[i]), 2);
        json_object_object_add(one, "invalid_before",
                               json_object_new_boolean(noi_repair_was_invalid(r, units[i])));
        json_object_array_add(all, one);
    }
    return all;
}

static json_object *records_json(const noi_repair_report *r) {
    static const char *const keys[NOI_RECORD_KINDS] = {"total", "addresses", "households",
                                                       "parcels", "cases"};
    if (!r->impact)
        return NULL;
    json_object *all = json_object_new_object(), *pairs = json_object_new_array();
    cli_json_count(all, "judged", (int64_t)r->impact->before.in[0]);
    cli_json_count(all, "change_unit", (int64_t)r->n_records);
    for (size_t i = 0; i < r->impact->n_rows; i++) {
        const noi_impact_row *row = &r->impact->rows[i];
        json_object *one = json_object_new_object();
        char from[16], to[16];
        cli_json_text(one, "from", noi_impact_outcome_key(from, row->from));
        cli_json_text(one, "to", noi_impact_outcome_key(to, row->to));
        for (int kind = 0; kind < NOI_RECORD_KINDS; kind++)
            cli_json_count(one, keys[kind], row->records[kind]);
        json_object_array_add(pairs, one);
    }
    json_object_object_add(all, "pairs", pairs);
    return all;
}

static json_object *losses_json(const noi_repair_report *r) {
    json_object *all = json_object_new_array();
    for (size_t i = 0; r->losses && i < r->losses->n; i++) {
        const noi_gpkg_loss *loss = &r->losses->items[i];
        json_object *one = json_object_new_object();
        cli_json_text(one, "what", noi_gpkg_loss_key(loss->kind));
        cli_json_text(one, "name", *loss->name ? loss->name : NULL);
        cli_json_count(one, "n", loss->n);
        json_object_array_add(all, one);
    }
    return all;
}

static json_object *result_json(const noi_check *result) {
    json_object *all = json_object_new_object(), *rules = json_object_new_array();
    cli_json_text(all, "decision", result->passes ? "pass" : "fail");
    for (size_t i = 0; i < result->n_rules; i++) {
        json_object *one = json_object_new_object();
        cli_json_text(one, "rule", result->rules[i].rule->id);
        cli_json_text(one, "severity", noi_severity_key(result->rules[i].rule->severity));
        cli_json_count(one, "findings", (int64_t)result->rules[i].n);
        json_object_array_add(rules, one);
    }
    json_object_object_add(all, "rules", rules);
    return all;
}

void cli_repair_json(const noi_repair_report *r, const noi_check *result, const char *out) {
    json_object *all = json_object_new_object(), *rules = json_object_new_array();
    for (size_t i = 0; noi_repair_rule(i); i++)
        if (noi_repair_is_accepted(r, i))
            json_object_array_add(rules, rule_json(r, i));
    json_object_object_add(all, "layer", layer_json(r));
    json_object_object_add(all, "accepted", rules);
    cli_json_text(all, "written", out);
    json_object_object_add(all, "steps", steps_json(r));
    json_object_object_add(all, "units", units_json(r));
    json_object_object_add(all, "records", records_json(r));
    json_object_object_add(all, "dropped", losses_json(r));
    json_object_object_add(all, "axes_exchanged",
                           json_object_new_boolean(noi_repair_turns_axes(r)));
    json_object_object_add(all, "result", result_json(result));
    print_and_free(all);
}
