/*
 * page_findings.c: what the rules found: a table of all rules that found something, then for each
 * its explanation, its proposed action, the first findings and the first places.
 */
#include "report/page.h"

#include "merge/rules/rules.h"

#include <stdio.h>

typedef struct rule_count {
    const noi_rule *rule;
    int64_t n, n_places;
} rule_count;

typedef struct rule_counts {
    rule_count items[96];
    size_t n;
} rule_counts;

noi_finding_row noi_finding_read(noi_stmt *stmt) {
    return (noi_finding_row){
        .rule = noi_column_text(stmt, 0),
        .subject_kind = noi_column_text(stmt, 2),
        .subject_key = noi_column_text(stmt, 3),
        .unit_id = noi_column_int(stmt, 4),
        .other_unit_id = noi_column_int(stmt, 5),
        .found = noi_column_text(stmt, 6),
        .expected = noi_column_text(stmt, 7),
        .lon = noi_column_real(stmt, 8),
        .lat = noi_column_real(stmt, 9),
        .wkb = noi_column_blob(stmt, 10),
    };
}

static noi_status read_count(rule_count *out, noi_stmt *stmt, const noi_rule *rule) {
    bool row = false;
    noi_bind_text(stmt, 1, noi_str_of(rule->id));
    NOI_TRY(noi_step(stmt, &row));
    *out = row ? (rule_count){rule, noi_column_int(stmt, 0), noi_column_int(stmt, 1)}
               : (rule_count){.rule = rule};
    noi_reset(stmt);
    return NOI_OK;
}

/* The rules that found something, in the order of the rules: the law first. */
static noi_status load_counts(rule_counts *out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, "report/rule_counts"));
    size_t n;
    const noi_rule *const *rules = noi_rules(&n);
    for (size_t i = 0; i < n && out->n < sizeof out->items / sizeof *out->items; i++) {
        NOI_TRY(read_count(&out->items[out->n], stmt, rules[i]));
        out->n += out->items[out->n].n > 0;
    }
    return NOI_OK;
}

static void summary(noi_buf *out, const rule_counts *counts) {
    noi_buf_printf(out,
                   "<table><thead><tr><th>%s</th><th>%s</th><th>%s</th><th class=\"n\">%s</th>"
                   "</tr></thead>\n<tbody>\n",
                   _("Rule"), _("What was found"), _("Weight"), _("Findings"));
    char family = '\0';
    for (size_t i = 0; i < counts->n; i++) {
        const noi_rule *rule = counts->items[i].rule;
        if (rule->id[0] != family)
            noi_buf_printf(out, "<tr class=\"family\"><td colspan=\"4\">%s</td></tr>\n",
                           noi_rule_family(rule->id[0]));
        family = rule->id[0];
        noi_buf_printf(out,
                       "<tr><td class=\"code\"><a href=\"#%s\">%s</a></td><td>%s</td>"
                       "<td><span class=\"sev s%d\">%s</span></td>",
                       rule->id, rule->id, _(rule->title), (int)rule->severity,
                       noi_word_severity((int)rule->severity));
        noi_html_number(out, counts->items[i].n);
        noi_buf_add_str(out, "</tr>\n");
    }
    noi_buf_add_str(out, "</tbody></table>\n");
}

static void finding_row(noi_buf *out, const noi_report *report, const noi_finding_row *f) {
    noi_buf_printf(out, "<tr><td>%s</td><td class=\"code\">", noi_word_subject(f->subject_kind));
    noi_html_text(out, f->subject_key);
    noi_buf_add_str(out, "</td><td>");
    noi_unit_label(out, report, f->unit_id);
    if (f->unit_id && f->other_unit_id)
        noi_buf_add_str(out, " → ");
    noi_unit_label(out, report, f->other_unit_id);
    noi_buf_add_str(out, "</td><td>");
    noi_html_value(out, f->found);
    noi_buf_add_str(out, "</td><td>");
    noi_html_value(out, f->expected);
    noi_buf_add_str(out, "</td></tr>\n");
}

static noi_status examples(noi_buf *out, const noi_report *report, const rule_count *count) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, report->registry, "report/rule_findings"));
    noi_bind_text(stmt, 1, noi_str_of(count->rule->id));
    noi_bind_int(stmt, 2, NOI_EXAMPLES_PER_RULE);
    noi_buf_printf(out,
                   "<table class=\"dense\"><thead><tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th>"
                   "<th>%s</th></tr></thead>\n<tbody>\n",
                   _("Subject"), _("Key"), _("Unit"), _("Found"), _("Expected"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            break;
        noi_finding_row f = noi_finding_read(stmt);
        finding_row(out, report, &f);
    }
    noi_buf_add_str(out, "</tbody></table>\n");
    return NOI_OK;
}

static noi_status maps(size_t *drawn, noi_buf *out, const noi_report *report,
                       const rule_count *count) {
    *drawn = 0;
    if (count->n_places == 0)
        return NOI_OK;
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, report->registry, "report/rule_places"));
    noi_bind_text(stmt, 1, noi_str_of(count->rule->id));
    noi_bind_int(stmt, 2, NOI_MAPS_PER_RULE);
    noi_buf_add_str(out, "<div class=\"places\">\n");
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            break;
        noi_finding_row f = noi_finding_read(stmt);
        *drawn += noi_map_finding(out, report, &f);
    }
    noi_buf_add_str(out, "</div>\n");
    return NOI_OK;
}

static void what_is_shown(noi_buf *out, const rule_count *count, size_t drawn) {
    char a[32], b[32], c[32], d[32];
    int64_t listed = count->n < NOI_EXAMPLES_PER_RULE ? count->n : NOI_EXAMPLES_PER_RULE;
    if (listed == count->n && (int64_t)drawn == count->n_places)
        return;
    noi_buf_add_str(out, "<p class=\"remark\">");
    noi_buf_printf(out,
                   _("Listed here: %s of %s; drawn: %s of %s that have a place. All stand in "
                     "findings.csv and findings.gpkg."),
                   noi_number(a, listed), noi_number(b, count->n), noi_number(c, (int64_t)drawn),
                   noi_number(d, count->n_places));
    noi_buf_add_str(out, "</p>\n");
}

static noi_status one_rule(noi_buf *out, const noi_report *report, const rule_count *count) {
    const noi_rule *rule = count->rule;
    char n[32];
    size_t drawn = 0;
    noi_buf_printf(out,
                   "<article class=\"rule\" id=\"%s\"><h4><span class=\"id\">%s</span> %s <span "
                   "class=\"sev s%d\">%s</span> <span class=\"count\">%s</span></h4>\n",
                   rule->id, rule->id, _(rule->title), (int)rule->severity,
                   noi_word_severity((int)rule->severity), noi_number(n, count->n));
    noi_buf_printf(out, "<p>%s</p>\n<p class=\"action\"><b>%s</b> %s</p>\n", _(rule->explanation),
                   _("What to do:"), _(rule->action));
    NOI_TRY(examples(out, report, count));
    NOI_TRY(maps(&drawn, out, report, count));
    what_is_shown(out, count, drawn);
    noi_buf_add_str(out, "</article>\n");
    return NOI_OK;
}

static void map_key(noi_buf *out) {
    noi_buf_printf(
        out,
        "<p class=\"legend\"><span><svg viewBox=\"0 0 14 10\"><rect class=\"new\" "
        "width=\"14\" height=\"10\"/></svg>%s</span><span><svg viewBox=\"0 0 14 10\"><path "
        "class=\"old\" d=\"M0 5h14\"/></svg>%s</span><span><svg viewBox=\"0 0 14 10\"><rect "
        "class=\"fault\" width=\"14\" height=\"10\"/></svg>%s</span></p>\n",
        _("new units"), _("old borders"), _("the finding"));
}

noi_status noi_page_findings(noi_buf *out, const noi_report *report) {
    rule_counts counts = {0};
    NOI_TRY(load_counts(&counts, report->registry));
    noi_buf_printf(out, "<section id=\"findings\"><h2>%s</h2>\n", _("Findings"));
    if (!report->validated)
        noi_buf_printf(out, "<p class=\"remark\">%s</p>\n",
                       _("The rules have not been run since the last merge: run 'noi validate'."));
    if (counts.n == 0) {
        noi_buf_printf(out, "<p>%s</p></section>\n", _("No rule found anything."));
        return NOI_OK;
    }
    noi_buf_printf(out, "<p>%s</p>\n",
                   _("Actions are proposals: nothing has been changed because of a finding."));
    summary(out, &counts);
    map_key(out);
    char family = '\0';
    for (size_t i = 0; i < counts.n; i++) {
        const noi_rule *rule = counts.items[i].rule;
        if (rule->id[0] != family)
            noi_buf_printf(out, "<h3 class=\"family\">%s</h3>\n", noi_rule_family(rule->id[0]));
        family = rule->id[0];
        NOI_TRY(one_rule(out, report, &counts.items[i]));
    }
    noi_buf_add_str(out, "</section>\n");
    return NOI_OK;
}
