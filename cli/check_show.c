/* check_show.c: the outcome of `noi check` as text and as JSON; see check_show.h. */
#include "cli/check_show.h"

#include "base/file.h"
#include "base/i18n.h"
#include "cli/layer_show.h"
#include "report/format.h"

#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- for people ---- */

static const char *severity_word(noi_severity severity) {
    switch (severity) {
    case NOI_SEVERITY_NOTE:
        return _("note");
    case NOI_SEVERITY_WARNING:
        return _("warning");
    case NOI_SEVERITY_ERROR:
        return _("error");
    }
    return "";
}

static void show_system(const noi_projection *p) {
    char count[32], metres[32];
    printf("  ");
    if (!p->stated[0])
        printf(_("coordinates: the file states no system; taken as %s"), p->used);
    else if (strcmp(p->stated, p->used) == 0)
        printf(_("coordinates: %s, as stated"), p->used);
    else
        printf(_("coordinates: taken as %s, stated as %s"), p->used, p->stated);
    if (p->n_otherwise) {
        printf("; ");
        printf(_("%s units in another system"), noi_number(count, p->n_otherwise));
    }
    if (strcmp(p->operation, "none") != 0)
        printf("; %s", p->operation);
    if (strcmp(p->operation, "none") != 0 && isfinite(p->accuracy_m)) {
        printf(" ");
        printf(_("(accuracy %s m)"), noi_decimal(metres, p->accuracy_m, 1));
    }
    puts("");
}

static void show_projection(const noi_projection *p) {
    char near[32], all[32], metres[32];
    show_system(p);
    if (!p->n_compared) {
        printf("  %s\n",
               _("nothing confirms the system: the reference knows no unit of the layer"));
        return;
    }
    printf("  ");
    printf(_("%s of %s units lie where the reference has them (median distance %s m)"),
           noi_number(near, p->n_near), noi_number(all, p->n_compared),
           noi_decimal(metres, p->median_m, 0));
    puts("");
}

static void show_law(const noi_check *check) {
    char day[12], units[32], edges[32];
    const noi_boundary_law *law = check->law;
    if (!law)
        return;
    printf("  ");
    printf(_("held against %s: the %s units of %s"), check->registry,
           noi_number(units, (int64_t)law->units->n), noi_day_format(day, law->day));
    puts(check->day_was_named ? "" : _(", the day that fits its codes and names best"));
    if (!law->other_coverage)
        return;
    printf("  ");
    printf(_("and against %s edges of the law, with the layer %s on the other side\n"),
           noi_number(edges, (int64_t)law->n_edges), law->other_name);
    if (law->other_synthetic)
        puts(_("  its borders are made up: L09, L10 and L24 say nothing about a real layer"));
    else if (check->other_defects)
        printf(_("  that layer has %s defects of its own: L09, L10 and L24 may come from them\n"),
               noi_number(edges, (int64_t)check->other_defects));
}

static void show_counts(const noi_concerned *r, const char *label) {
    const struct {
        int64_t n;
        const char *word;
    } kinds[] = {{r->addresses, _("addresses")},
                 {r->households, _("households")},
                 {r->parcels, _("parcels")},
                 {r->cases, _("cases")}};
    char number[32];
    if (noi_concerned_sum(r) <= 0)
        return;
    printf("%s", label);
    const char *separator = " ";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].n <= 0)
            continue;
        printf("%s%s %s", separator, noi_number(number, kinds[i].n), kinds[i].word);
        separator = ", ";
    }
    puts("");
}

static void show_worst(const noi_check *check, const noi_layer_finding *f) {
    NOI_AUTO_BUF noi_buf text = {0};
    double at[2];
    char area[40], lon[32], lat[32], width[32];
    noi_check_units(&text, check, f);
    if (f->found[0]) {
        noi_buf_add_str(&text, text.n ? ": " : "");
        noi_value_in_words(&text, noi_str_of(f->found));
    }
    if (f->expected[0]) {
        NOI_AUTO_BUF noi_buf expected = {0};
        noi_value_in_words(&expected, noi_str_of(f->expected));
        noi_buf_printf(&text, _(" (expected %.*s)"), (int)expected.n, expected.p);
    }
    bool tells_size = f->found[0];
    if (!tells_size && f->area_m2 > 0)
        noi_buf_printf(&text, "%s%s", text.n ? "; " : "", noi_check_area_text(area, f->area_m2));
    if (!tells_size && f->width_m > 0) {
        noi_buf_add_str(&text, text.n ? "; " : "");
        noi_buf_printf(&text, _("%s m wide"), noi_decimal(width, f->width_m, 2));
    }
    if (noi_check_place(at, check, f)) {
        snprintf(lon, sizeof lon, "%.6f", at[0]);
        snprintf(lat, sizeof lat, "%.6f", at[1]);
        noi_buf_add_str(&text, text.n ? "; " : "");
        noi_buf_printf(&text, _("at %s, %s"), lon, lat);
    }
    if (text.n)
        printf("               %s\n", text.p);
}

static void show_rules(const noi_check *check) {
    for (size_t i = 0; i < check->n_rules; i++) {
        const noi_check_rule *r = &check->rules[i];
        char number[32];
        printf("%s  %s %8s  %s (%s)\n", i ? "" : "\n", r->rule->id,
               noi_number(number, (int64_t)r->n), _(r->rule->title),
               severity_word(r->rule->severity));
        show_worst(check, check->findings[r->first]);
        show_counts(&r->records, _("               records concerned:"));
    }
    puts("");
}

static void show_left_out(const noi_check *check) {
    NOI_AUTO_BUF noi_buf text = {0};
    noi_check_left_out_text(&text, check);
    if (text.n)
        puts(text.p);
}

static void show_unchecked(const noi_check *check) {
    if (!check->law) {
        puts(_(
            "Not checked without --against REGISTRY: codes, names, kinds, areas and population in "
            "law; the parts that the law moves"));
        return;
    }
    if (!check->law->other_coverage)
        puts(_("Not checked: the parts that the law moves; the registry has no layer of the other "
               "side of a reform of that day"));
    if (check->options.synthetic)
        puts(_("Not checked: areas in law; the borders are said to be made up"));
}

static void show_decision(const noi_check *check) {
    char n[32];
    if (check->passes) {
        printf("%s", check->law ? _("PASS: nothing stands against adopting the layer")
                                : _("PASS as far as checked, which is not against the law"));
        if (check->by_severity[NOI_SEVERITY_NOTE])
            printf(_(" (notes: %s)"), noi_number(n, check->by_severity[NOI_SEVERITY_NOTE]));
        puts("");
        return;
    }
    printf("%s", _("FAIL: to be settled before the layer is adopted:"));
    cli_show_failing(check);
    puts("");
}

void cli_check_show(const noi_check *check, const char *defects, const char *report) {
    cli_show_layer(check->path, check->layer);
    show_projection(check->projection);
    show_law(check);
    show_counts(&check->counted, _("  records with a known place:"));
    show_rules(check);
    show_left_out(check);
    show_unchecked(check);
    if (defects)
        printf(_("%s: every finding with its place, for QGIS\n"), defects);
    if (report)
        printf(_("%s/index.html: the page to print and sign\n"), report);
    show_decision(check);
}

/* ---- for machines ---- */

static json_object *records_json(const noi_concerned *r) {
    if (noi_concerned_sum(r) < 0)
        return NULL;
    json_object *all = json_object_new_object();
    cli_json_count(all, "addresses", r->addresses);
    cli_json_count(all, "households", r->households);
    cli_json_count(all, "parcels", r->parcels);
    cli_json_count(all, "cases", r->cases);
    return all;
}

static json_object *layer_json(const noi_check *check) {
    json_object *all = json_object_new_object();
    cli_json_text(all, "file", noi_path_base(check->path));
    cli_json_text(all, "sha256", check->files[0].hash);
    json_object *files = json_object_new_object();
    for (size_t i = 0; i < check->n_files; i++)
        cli_json_text(files, check->files[i].name, check->files[i].hash);
    json_object_object_add(all, "files", files);
    cli_json_text(all, "name", check->layer->name);
    cli_json_count(all, "units", check->layer->coverage->n_units);
    cli_json_count(all, "vertices", check->layer->coverage->n_vertices);
    return all;
}

static json_object *projection_json(const noi_projection *p) {
    json_object *all = json_object_new_object();
    cli_json_text(all, "stated", p->stated[0] ? p->stated : NULL);
    cli_json_text(all, "used", p->used);
    cli_json_text(all, "operation", p->operation);
    cli_json_real(all, "accuracy_m", p->accuracy_m, 3);
    cli_json_count(all, "compared", p->n_compared);
    cli_json_count(all, "near", p->n_near);
    cli_json_count(all, "in_other_systems", p->n_otherwise);
    cli_json_real(all, "median_m", p->n_compared ? p->median_m : NAN, 1);
    cli_json_real(all, "stated_median_m", p->stated_median_m, 1);
    return all;
}

static json_object *law_json(const noi_check *check) {
    char day[12];
    if (!check->law)
        return NULL;
    json_object *all = json_object_new_object();
    cli_json_text(all, "registry", check->registry);
    cli_json_text(all, "day", noi_day_format(day, check->law->day));
    json_object_object_add(all, "day_was_named", json_object_new_boolean(check->day_was_named));
    cli_json_count(all, "units", (int64_t)check->law->units->n);
    cli_json_text(all, "other_layer", check->law->other_coverage ? check->law->other_name : NULL);
    cli_json_count(all, "edges", (int64_t)check->law->n_edges);
    json_object_object_add(all, "records", records_json(&check->counted));
    return all;
}

static json_object *thresholds_json(const noi_check *check) {
    size_t n;
    const noi_check_threshold *t = noi_check_thresholds(&n);
    json_object *all = json_object_new_object();
    for (size_t i = 0; i < n; i++)
        if (check->law || !t[i].of_law)
            cli_json_real(all, t[i].key, noi_check_threshold_get(&check->options, &t[i]), 9);
    return all;
}

static json_object *rules_json(const noi_check *check) {
    json_object *all = json_object_new_array();
    for (size_t i = 0; i < check->n_rules; i++) {
        const noi_check_rule *r = &check->rules[i];
        json_object *one = json_object_new_object();
        cli_json_text(one, "rule", r->rule->id);
        cli_json_text(one, "severity", noi_severity_key(r->rule->severity));
        cli_json_text(one, "title", _(r->rule->title));
        cli_json_count(one, "findings", (int64_t)r->n);
        json_object_object_add(one, "records", records_json(&r->records));
        json_object_array_add(all, one);
    }
    return all;
}

static json_object *area_json(const noi_check *check, uint32_t area) {
    if (area == NOI_INDEX_NONE)
        return NULL;
    const noi_layer_feature *f = &check->layer->features[area];
    json_object *one = json_object_new_object();
    cli_json_count(one, "feature", f->line);
    cli_json_text(one, "code", f->code);
    cli_json_text(one, "name", f->name);
    return one;
}

static json_object *finding_json(const noi_check *check, size_t at) {
    const noi_layer_finding *f = check->findings[at];
    NOI_AUTO_BUF noi_buf units = {0};
    double place[2] = {NAN, NAN};
    bool has_place = noi_check_place(place, check, f);
    noi_check_units(&units, check, f);
    json_object *one = json_object_new_object();
    cli_json_count(one, "number", (int64_t)check->number[at]);
    cli_json_text(one, "rule", f->rule);
    cli_json_text(one, "key", f->key);
    cli_json_text(one, "subject", f->subject);
    cli_json_text(one, "units", units.p ? units.p : "");
    json_object_object_add(one, "area_a", area_json(check, f->area_a));
    json_object_object_add(one, "area_b", area_json(check, f->area_b));
    cli_json_text(one, "found", f->found);
    cli_json_text(one, "expected", f->expected);
    cli_json_real(one, "lon", has_place ? place[0] : NAN, 8);
    cli_json_real(one, "lat", has_place ? place[1] : NAN, 8);
    cli_json_real(one, "area_m2", f->area_m2, 3);
    cli_json_real(one, "width_m", f->width_m, 4);
    cli_json_real(one, "share", f->share, 6);
    json_object_object_add(one, "records", records_json(&f->records));
    return one;
}

static json_object *left_out_json(const noi_left_out *l) {
    json_object *one = json_object_new_object();
    cli_json_count(one, "pieces", l->n);
    cli_json_real(one, "area_m2", l->area_m2, 3);
    return one;
}

static json_object *reasons_json(const noi_check *check) {
    json_object *all = json_object_new_array();
    for (size_t i = 0; i < check->n_rules; i++)
        if (check->rules[i].rule->severity != NOI_SEVERITY_NOTE)
            json_object_array_add(all, json_object_new_string(check->rules[i].rule->id));
    return all;
}

void cli_check_json(const noi_check *check, const char *defects, const char *report) {
    json_object *all = json_object_new_object(), *findings = json_object_new_array();
    cli_json_text(all, "decision", check->passes ? "pass" : "fail");
    json_object_object_add(all, "reasons", reasons_json(check));
    json_object_object_add(all, "layer", layer_json(check));
    json_object_object_add(all, "projection", projection_json(check->projection));
    json_object_object_add(all, "law", law_json(check));
    json_object_object_add(all, "thresholds", thresholds_json(check));
    json_object_object_add(all, "rules", rules_json(check));
    for (size_t i = 0; i < check->n_findings; i++)
        json_object_array_add(findings, finding_json(check, check->ranked[i]));
    json_object_object_add(all, "findings", findings);
    json_object *left_out = json_object_new_object();
    json_object_object_add(left_out, "overlaps", left_out_json(&check->overlaps));
    json_object_object_add(left_out, "gaps", left_out_json(&check->gaps));
    json_object_object_add(all, "left_out", left_out);
    cli_json_text(all, "defects", defects);
    cli_json_text(all, "report", report);
    puts(json_object_to_json_string_ext(all,
                                        JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(all);
}
