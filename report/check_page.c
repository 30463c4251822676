/*
 * check_page.c: the page that a GIS officer signs: the decision and its reasons, what was checked
 * and how, the findings by what they affect with a map for each, law against map, and room for a
 * place, a day and names.
 */
#include "report/check_page.h"

#include "base/file.h"
#include "report/folder.h"
#include "report/format.h"
#include "report/page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define KIND "check" /* of report; see folder.h */

size_t noi_check_rule_at(const noi_check *check, size_t finding) {
    size_t r = 0;
    while (finding >= check->rules[r].first + check->rules[r].n)
        r++;
    return r;
}

/* ---- texts ---- */

void noi_check_values(noi_buf *out, const noi_layer_finding *f) {
    char area[40], width[32];
    size_t begun = out->n;
    noi_html_value(out, noi_str_of(f->found));
    if (!f->found[0] && f->area_m2 > 0)
        noi_buf_add_str(out, noi_check_area_text(area, f->area_m2));
    if (!f->found[0] && f->width_m > 0) {
        noi_buf_add_str(out, out->n > begun ? "; " : "");
        noi_buf_printf(out, _("%s m wide"), noi_decimal(width, f->width_m, 2));
    }
    if (!f->expected[0])
        return;
    NOI_AUTO_BUF noi_buf expected = {0};
    noi_html_value(&expected, noi_str_of(f->expected));
    noi_buf_add_str(out, out->n > begun ? " " : "");
    noi_buf_printf(out, _("(expected: %s)"), expected.p);
}

void noi_check_records(noi_buf *out, const char *before, const noi_concerned *r) {
    const struct {
        int64_t n;
        const char *word;
    } kinds[] = {{r->addresses, _("addresses")},
                 {r->households, _("households")},
                 {r->parcels, _("parcels")},
                 {r->cases, _("cases")}};
    const char *separator = before;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char number[32];
        if (kinds[i].n <= 0)
            continue;
        noi_buf_printf(out, "%s%s %s", separator, noi_number(number, kinds[i].n), kinds[i].word);
        separator = ", ";
    }
}

static void fact(noi_buf *out, const char *term, const char *value) {
    noi_buf_printf(out, "<dt>%s</dt><dd>", term);
    noi_html_text(out, noi_str_of(value));
    noi_buf_add_str(out, "</dd>\n");
}

/* ---- the decision ---- */

static void reasons(noi_buf *out, const noi_check *check) {
    char n[32];
    noi_buf_add_str(out, "<ul class=\"reasons\">\n");
    for (size_t i = 0; i < check->n_rules; i++) {
        const noi_check_rule *r = &check->rules[i];
        if (r->rule->severity == NOI_SEVERITY_NOTE)
            continue;
        noi_buf_printf(out, "<li><b>%s</b> × <span class=\"sev s%d\">%s</span> ",
                       noi_number(n, (int64_t)r->n), (int)r->rule->severity, r->rule->id);
        noi_html_text(out, noi_str_of(_(r->rule->title)));
        noi_check_records(out, " · ", &r->records);
        noi_buf_add_str(out, "</li>\n");
    }
    noi_buf_add_str(out, "</ul>\n");
}

/* What the parts that the law moves were held against. */
static void other_layer(noi_buf *out, const noi_check *check) {
    char n[32];
    if (check->law->other_synthetic)
        noi_buf_printf(out, "<p class=\"remark\">%s</p>\n",
                       _("The borders of the layer on the other side are made up: L09, L10 and L24 say "
                         "nothing about a real layer."));
    if (check->law->other_synthetic || !check->other_defects)
        return;
    NOI_AUTO_FREE char *text =
        noi_format(_("The layer of the other side (%s) has %s defects of its own: L09, L10 and L24 may "
                     "come from them."),
                   check->law->other_name, noi_number(n, (int64_t)check->other_defects));
    noi_buf_add_str(out, "<p class=\"remark\">");
    noi_html_text(out, noi_str_of(text));
    noi_buf_add_str(out, "</p>\n");
}

static void decision(noi_buf *out, const noi_check *check) {
    noi_buf_printf(out, "<section class=\"decision %s\"><p class=\"verdict\">%s</p>\n",
                   check->passes ? "good" : "bad",
                   !check->passes ? _("Does not pass")
                   : check->law   ? _("Passes")
                                  : _("Passes as far as checked"));
    noi_buf_printf(
        out, "<p>%s</p>\n",
        check->passes ? _("No finding is a warning or an error by its rule: nothing stands against "
                          "adopting the layer.")
                      : _("These findings are to be settled before the layer is adopted:"));
    if (!check->passes)
        reasons(out, check);
    NOI_AUTO_BUF noi_buf left_out = {0};
    noi_check_left_out_text(&left_out, check);
    if (left_out.n) {
        noi_buf_add_str(out, "<p class=\"remark\">");
        noi_html_text(out, noi_buf_view(&left_out));
        noi_buf_add_str(out, ".</p>\n");
    }
    if (!check->law)
        noi_buf_printf(
            out, "<p class=\"remark\">%s</p>\n",
            _("The layer was examined as such only. Codes, names, areas and the parts that "
              "the law moves were not held against any list or law."));
    else if (!check->law->other_coverage)
        noi_buf_printf(
            out, "<p class=\"remark\">%s</p>\n",
            _("The parts that the law moves were not examined: the registry has no layer of "
              "the other side of a reform of that day."));
    else
        other_layer(out, check);
    noi_buf_add_str(out, "</section>\n");
}

static void page_head(noi_buf *out, const noi_check *check) {
    noi_page_begin(out, KIND, _("May this boundary layer be adopted?"), "report/assets/check.css");
    noi_buf_printf(out, "<header><p class=\"eyebrow\">noi %s</p><h1>%s</h1>\n<p class=\"lead\">",
                   NOI_VERSION, _("May this boundary layer be adopted?"));
    noi_html_text(out, noi_str_of(noi_path_base(check->path)));
    noi_buf_add_str(out, "</p>\n");
    if (check->options.synthetic)
        noi_buf_printf(
            out, "<p class=\"banner\">%s</p>\n",
            _("The borders are said to be synthetic, that is, made up: areas were not held "
              "against the law."));
    noi_buf_add_str(out, "</header>\n<main>\n");
}

/* ---- what was checked ---- */

static void system_facts(noi_buf *out, const noi_projection *p) {
    char a[32], b[32], c[32];
    NOI_AUTO_FREE char *operation =
        isfinite(p->accuracy_m) && p->accuracy_m > 0
            ? noi_format(_("%s, accurate to %s m"), p->operation, noi_decimal(a, p->accuracy_m, 1))
            : noi_strdup(p->operation);
    fact(out, _("System stated"), p->stated[0] ? p->stated : _("none"));
    fact(out, _("System used"), p->used);
    if (strcmp(p->operation, "none") != 0)
        fact(out, _("Operation to WGS 84"), operation);
    NOI_AUTO_FREE char *place =
        p->n_compared
            ? noi_format(
                  _("%s of %s units lie where the reference has them (median distance %s m)"),
                  noi_number(a, p->n_near), noi_number(b, p->n_compared),
                  noi_decimal(c, p->median_m, 0))
            : noi_strdup(_("nothing confirms the system: the reference knows no unit of the "
                           "layer"));
    fact(out, _("Place"), place);
}

static void law_facts(noi_buf *out, const noi_check *check) {
    char day[12], n[32], edges[32];
    const noi_boundary_law *law = check->law;
    if (!law)
        return;
    NOI_AUTO_FREE char *units = noi_format(
        check->day_was_named ? _("the %s units of %s, the day that was named")
                             : _("the %s units of %s, the day that fits codes and names best"),
        noi_number(n, (int64_t)law->units->n), noi_day_format(day, law->day));
    fact(out, _("Registry"), noi_path_base(check->registry));
    fact(out, _("Held against"), units);
    if (!law->other_coverage)
        return;
    NOI_AUTO_FREE char *other = noi_format(_("%s, by %s edges of the law"), law->other_name,
                                           noi_number(edges, (int64_t)law->n_edges));
    fact(out, law->layer_is_new ? _("Old units drawn by") : _("New units drawn by"), other);
}

static void what_was_checked(noi_buf *out, const noi_check *check) {
    char n[32], v[32];
    noi_buf_printf(out, "<section><h2>%s</h2>\n<dl>\n", _("What was checked"));
    fact(out, _("File"), noi_path_base(check->path));
    fact(out, _("Layer"), check->layer->name);
    NOI_AUTO_FREE char *size =
        noi_format(_("%s units, %s vertices"), noi_number(n, check->layer->coverage->n_units),
                   noi_number(v, check->layer->coverage->n_vertices));
    fact(out, _("Size"), size);
    system_facts(out, check->projection);
    law_facts(out, check);
    for (size_t i = 0; i < check->n_files; i++) {
        noi_buf_add_str(out, "<dt>SHA-256");
        if (check->n_files > 1) {
            noi_buf_add_char(out, ' ');
            noi_html_text(out, noi_str_of(check->files[i].name));
        }
        noi_buf_printf(out, "</dt><dd class=\"hash\">%s</dd>\n", check->files[i].hash);
    }
    noi_buf_add_str(out, "</dl></section>\n");
}

static void thresholds(noi_buf *out, const noi_check *check) {
    size_t n;
    const noi_check_threshold *t = noi_check_thresholds(&n);
    noi_buf_printf(out,
                   "<section><h2>%s</h2>\n<table class=\"dense\"><thead><tr><th>%s</th><th "
                   "class=\"n\">%s</th><th>%s</th></tr></thead><tbody>\n",
                   _("Thresholds"), _("Option"), _("Value"), _("Meaning"));
    for (size_t i = 0; i < n; i++) {
        char value[32];
        if (t[i].of_law && !check->law)
            continue;
        snprintf(value, sizeof value, "%.10g", noi_check_threshold_get(&check->options, &t[i]));
        noi_buf_printf(out, "<tr><td class=\"code\">%s</td><td class=\"n\">%s %s</td><td>",
                       t[i].option, value, t[i].unit);
        noi_html_text(out, noi_str_of(_(t[i].meaning)));
        noi_buf_add_str(out, "</td></tr>\n");
    }
    noi_buf_add_str(out, "</tbody></table></section>\n");
}

/* ---- findings ---- */

static void rules_table(noi_buf *out, const noi_check *check) {
    bool counted = noi_concerned_sum(&check->counted) > 0;
    noi_buf_printf(out,
                   "<table><thead><tr><th>%s</th><th>%s</th><th>%s</th><th class=\"n\">%s</th>",
                   _("Rule"), _("What was found, and what to do"), _("Weight"), _("Findings"));
    if (counted)
        noi_buf_printf(out, "<th class=\"n\">%s</th>", _("Records"));
    noi_buf_add_str(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < check->n_rules; i++) {
        const noi_check_rule *r = &check->rules[i];
        noi_buf_printf(out, "<tr><td class=\"code\">%s</td><td><b>", r->rule->id);
        noi_html_text(out, noi_str_of(_(r->rule->title)));
        noi_buf_add_str(out, "</b><br><span class=\"todo\">");
        noi_html_text(out, noi_str_of(_(r->rule->action)));
        noi_buf_printf(out, "</span></td><td><span class=\"sev s%d\">%s</span></td>",
                       (int)r->rule->severity, noi_word_severity((int)r->rule->severity));
        noi_html_number(out, (int64_t)r->n);
        if (counted)
            noi_html_number(out, noi_concerned_sum(&r->records));
        noi_buf_add_str(out, "</tr>\n");
    }
    noi_buf_add_str(out, "</tbody></table>\n");
}

static void finding_row(noi_buf *out, const noi_check *check, size_t at) {
    const noi_layer_finding *f = check->findings[at];
    NOI_AUTO_BUF noi_buf units = {0};
    double place[2];
    noi_check_units(&units, check, f);
    noi_html_number(out, (int64_t)check->number[at]);
    noi_buf_printf(out, "<td class=\"code\">%s</td><td>", f->rule);
    noi_html_text(out, units.n ? noi_buf_view(&units) : noi_str_of(f->subject));
    noi_buf_add_str(out, "</td><td>");
    noi_check_values(out, f);
    noi_check_records(out, "<br>", &f->records);
    noi_buf_add_str(out, "</td><td class=\"code\">");
    if (noi_check_place(place, check, f))
        noi_buf_printf(out, "%.6f, %.6f", place[0], place[1]);
    noi_buf_add_str(out, "</td></tr>\n");
}

static void rows_head(noi_buf *out) {
    noi_buf_printf(out,
                   "<table class=\"dense\"><thead><tr><th class=\"n\">%s</th><th>%s</th><th>%s</th>"
                   "<th>%s</th><th>%s</th></tr></thead><tbody>\n",
                   _("No."), _("Rule"), _("Units"), _("Found"), _("Longitude, latitude"));
}

/* A table of the first findings that are not shown yet and that (`without_place`) no map can show.
 */
static size_t rows(noi_buf *out, const noi_check *check, bool *shown, bool without_place) {
    size_t n = 0;
    for (size_t i = 0; i < check->n_findings && n < NOI_CHECK_ROWS; i++) {
        double place[2];
        size_t at = check->ranked[i];
        if (shown[i] || (without_place && noi_check_place(place, check, check->findings[at])))
            continue;
        if (n++ == 0)
            rows_head(out);
        noi_buf_add_str(out, "<tr>");
        finding_row(out, check, at);
        shown[i] = true;
    }
    if (n)
        noi_buf_add_str(out, "</tbody></table>\n");
    return n;
}

static size_t maps(noi_buf *out, const noi_check *check, bool *shown) {
    size_t of_rule[NOI_CHECK_MAX_RULES] = {0}, n = 0;
    noi_buf_add_str(out, "<div class=\"places two\">\n");
    for (size_t i = 0; i < check->n_findings && n < NOI_CHECK_MAPS; i++) {
        size_t r = noi_check_rule_at(check, check->ranked[i]);
        bool is_note = check->rules[r].rule->severity == NOI_SEVERITY_NOTE;
        if (shown[i] || of_rule[r] == (is_note ? NOI_CHECK_MAPS_PER_NOTE : NOI_CHECK_MAPS_PER_RULE))
            continue;
        shown[i] = noi_check_map(out, check, check->ranked[i]);
        of_rule[r] += shown[i];
        n += shown[i];
    }
    noi_buf_add_str(out, "</div>\n");
    return n;
}

static void what_is_left_out(noi_buf *out, const noi_check *check, size_t shown,
                             const char *defects) {
    char a[32], b[32];
    if (shown == check->n_findings)
        return;
    noi_buf_add_str(out, "<p class=\"remark\">");
    noi_buf_printf(out, _("Shown here: %s of %s findings."), noi_number(a, (int64_t)shown),
                   noi_number(b, (int64_t)check->n_findings));
    noi_buf_add_char(out, ' ');
    if (defects) {
        NOI_AUTO_BUF noi_buf name = {0};
        noi_html_text(&name, noi_str_of(noi_path_base(defects)));
        noi_buf_printf(out, _("All of them are in %s."), name.p);
    } else {
        noi_buf_add_str(out, _("With --defects OUT.gpkg all of them go to a file for QGIS."));
    }
    noi_buf_add_str(out, "</p>\n");
}

static void key_to_maps(noi_buf *out, const noi_check *check) {
    noi_buf_printf(out,
                   "<p class=\"legend\"><span><svg viewBox=\"0 0 14 10\"><rect class=\"new\" "
                   "width=\"14\" height=\"10\"/></svg>%s</span>",
                   _("the layer"));
    if (check->law && check->law->other_coverage)
        noi_buf_printf(out,
                       "<span><svg viewBox=\"0 0 14 10\"><path class=\"old\" d=\"M0 5h14\"/>"
                       "</svg>%s</span>",
                       check->law->layer_is_new ? _("old borders") : _("new borders"));
    noi_buf_printf(out,
                   "<span><svg viewBox=\"0 0 14 10\"><rect class=\"fault\" width=\"14\" "
                   "height=\"10\"/></svg>%s</span></p>\n",
                   _("the finding, in the colour of its rule"));
}

static void ranked_findings(noi_buf *out, const noi_check *check, const char *defects) {
    NOI_AUTO_FREE bool *shown = noi_alloc_zero(check->n_findings, sizeof *shown);
    noi_buf_printf(out, "<h3>%s</h3>\n", _("By what they affect"));
    size_t n = rows(out, check, shown, true);
    key_to_maps(out, check);
    n += maps(out, check, shown);
    if (n < check->n_findings)
        noi_buf_printf(out, "<h3>%s</h3>\n", _("Further findings"));
    n += rows(out, check, shown, false);
    what_is_left_out(out, check, n, defects);
}

static noi_status findings(noi_buf *out, const noi_check *check, const char *defects) {
    noi_buf_printf(out, "<section><h2>%s</h2>\n", _("What was found"));
    if (check->n_findings == 0) {
        noi_buf_printf(out, "<p>%s</p></section>\n", _("No rule found anything."));
        return NOI_OK;
    }
    rules_table(out, check);
    noi_buf_printf(out, "<p class=\"remark\">%s</p>\n",
                   _("Actions are proposals: nothing has been changed because of a finding."));
    NOI_TRY(noi_check_overview(out, check));
    ranked_findings(out, check, defects);
    noi_buf_add_str(out, "</section>\n");
    return NOI_OK;
}

/* ---- the end ---- */

static void signatures(noi_buf *out) {
    const char *const lines[] = {_("Organisation"), _("Number"), _("Place and date"),
                                 _("Examined by (name, position)"), _("Approved by (name, position)")};
    noi_buf_printf(out, "<section class=\"sign\"><h2>%s</h2>\n<div>", _("Signatures"));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        noi_buf_printf(out, "<p><span></span>%s</p>", lines[i]);
    noi_buf_add_str(out, "</div></section>\n");
}

static noi_status write_page(const noi_check *check, const noi_folder *folder,
                             const char *defects) {
    NOI_AUTO_BUF noi_buf page = {0};
    page_head(&page, check);
    decision(&page, check);
    what_was_checked(&page, check);
    NOI_TRY(findings(&page, check, defects));
    NOI_TRY(noi_check_cross(&page, check, noi_folder_part(folder)));
    thresholds(&page, check);
    signatures(&page);
    noi_buf_add_str(&page, "</main>\n");
    noi_page_end(&page);
    return noi_folder_page(folder, noi_buf_view(&page));
}

noi_status noi_check_write_report(const noi_check *check, const char *path, const char *defects) {
    NOI_AUTO(noi_folder_closep) noi_folder *folder = NULL;
    NOI_TRY(noi_folder_begin(&folder, path, KIND, "--report"));
    NOI_TRY(write_page(check, folder, defects));
    return noi_folder_commit(folder);
}
