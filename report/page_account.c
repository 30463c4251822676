/* page_account.c: the account first: one line that adds up, then by kind, source, method, reason.
 */
#include "report/page.h"

#include <stdio.h>

static void term(noi_buf *out, const char *class_name, int64_t n, const char *word) {
    char text[32];
    noi_buf_printf(out, "<span class=\"term %s\"><b>%s</b><i>%s</i></span>", class_name,
                   noi_number(text, n), word);
}

static void bar(noi_buf *out, const noi_count *c) {
    const int64_t parts[3] = {c->assigned, c->ambiguous, c->unplaced};
    static const char *const names[3] = {"assigned", "ambiguous", "unplaced"};
    double x = 0, all = c->records > 0 ? (double)c->records : 1;
    noi_buf_add_str(out,
                    "<svg class=\"share\" viewBox=\"0 0 1000 14\" preserveAspectRatio=\"none\">");
    for (int i = 0; i < 3; i++) {
        double width = 1000.0 * (double)parts[i] / all;
        noi_buf_printf(out, "<rect class=\"%s\" x=\"%.2f\" width=\"%.2f\" height=\"14\"/>",
                       names[i], x, width);
        x += width;
    }
    noi_buf_add_str(out, "</svg>\n");
}

static int64_t open_records(const noi_count *c) {
    return c->records - c->assigned - c->ambiguous - c->unplaced - c->taken_back;
}

static void equation(noi_buf *out, const noi_count *c) {
    noi_buf_add_str(out, "<p class=\"equation\">");
    term(out, "in", c->records, _("records in"));
    noi_buf_add_str(out, "<em>=</em>");
    term(out, "assigned", c->assigned, _("assigned"));
    noi_buf_add_str(out, "<em>+</em>");
    term(out, "ambiguous", c->ambiguous, _("ambiguous"));
    noi_buf_add_str(out, "<em>+</em>");
    term(out, "unplaced", c->unplaced, _("unplaced"));
    if (c->taken_back) {
        noi_buf_add_str(out, "<em>+</em>");
        term(out, "open", c->taken_back, _("taken back"));
    }
    if (open_records(c)) {
        noi_buf_add_str(out, "<em>+</em>");
        term(out, "open", open_records(c), _("without verdict"));
    }
    noi_buf_add_str(out, "</p>\n");
    bar(out, c);
}

static void head(noi_buf *out, const char *const *words, size_t n, size_t texts) {
    noi_buf_add_str(out, "<thead><tr>");
    for (size_t i = 0; i < n; i++)
        noi_buf_printf(out, "<th%s>%s</th>", i < texts ? "" : " class=\"n\"", words[i]);
    noi_buf_add_str(out, "</tr></thead>\n<tbody>\n");
}

static void verdict_cells(noi_buf *out, const noi_count *c) {
    char share[32];
    noi_html_number(out, c->records);
    noi_html_number(out, c->assigned);
    noi_html_number(out, c->ambiguous);
    noi_html_number(out, c->unplaced);
    noi_buf_printf(out, "<td class=\"n\">%s</td></tr>\n",
                   noi_percent(share, c->assigned, c->records));
}

static void by_kind(noi_buf *out, const noi_tally *t) {
    const char *const words[] = {_("Kind"),      _("Records"),  _("Assigned"),
                                 _("Ambiguous"), _("Unplaced"), _("Assigned of all")};
    noi_buf_printf(out, "<h3>%s</h3><table>", _("By kind of record"));
    head(out, words, 6, 1);
    for (int k = 1; k < NOI_TALLY_KINDS; k++) {
        if (t->kind[k].records == 0)
            continue;
        noi_buf_printf(out, "<tr><td>%s</td>", noi_word_kind(k));
        verdict_cells(out, &t->kind[k]);
    }
    noi_buf_printf(out, "<tr class=\"sum\"><td>%s</td>", _("All"));
    verdict_cells(out, &t->all);
    noi_buf_add_str(out, "</tbody></table>\n");
}

static void by_source(noi_buf *out, const noi_tally *t) {
    const char *const words[] = {_("Source"),    _("Kind"),     _("Rows read"),
                                 _("Rejected"),  _("Records"),  _("Assigned"),
                                 _("Ambiguous"), _("Unplaced"), _("Assigned of all")};
    noi_buf_printf(out, "<h3>%s</h3><table>", _("By source"));
    head(out, words, 9, 2);
    for (size_t i = 0; i < t->n_sources; i++) {
        const noi_source_count *s = &t->sources[i];
        if (!s->kind)
            continue;
        noi_buf_add_str(out, "<tr><td>");
        noi_html_text(out, noi_str_of(s->name));
        noi_buf_printf(out, "</td><td>%s</td>", noi_word_kind(s->kind));
        noi_html_number(out, s->rows_read);
        noi_html_number(out, s->rows_rejected);
        verdict_cells(out, &s->count);
    }
    noi_buf_add_str(out, "</tbody></table>\n");
    noi_buf_printf(out, "<p class=\"remark\">%s</p>\n",
                   _("Rows read = records + rejected, for every source. Rejected rows stand in the "
                     "reject file with line, column, value and reason."));
}

typedef const char *worder(size_t key);

/* One row for each key that occurs; columns are the kinds that occur. */
static void by_key(noi_buf *out, const noi_tally *t, const char *title, const char *what,
                   const int64_t (*rows)[NOI_TALLY_KINDS], size_t n, worder *word, int64_t whole) {
    noi_buf_printf(out, "<h3>%s</h3><table><thead><tr><th>%s</th>", title, what);
    for (int k = 1; k < NOI_TALLY_KINDS; k++)
        if (t->kind[k].records)
            noi_buf_printf(out, "<th class=\"n\">%s</th>", noi_word_kind(k));
    noi_buf_printf(out, "<th class=\"n\">%s</th><th class=\"n\">%s</th></tr></thead>\n<tbody>\n",
                   _("All"), _("Share"));
    for (size_t i = 0; i < n; i++) {
        int64_t sum = 0;
        char share[32];
        for (int k = 1; k < NOI_TALLY_KINDS; k++)
            sum += rows[i][k];
        if (sum == 0)
            continue;
        noi_buf_printf(out, "<tr><td>%s</td>", word(i));
        for (int k = 1; k < NOI_TALLY_KINDS; k++)
            if (t->kind[k].records)
                noi_html_number(out, rows[i][k]);
        noi_html_number(out, sum);
        noi_buf_printf(out, "<td class=\"n\">%s</td></tr>\n", noi_percent(share, sum, whole));
    }
    noi_buf_add_str(out, "</tbody></table>\n");
}

void noi_page_account(noi_buf *out, const noi_report *report) {
    const noi_tally *t = report->tally;
    noi_buf_printf(out, "<section id=\"account\"><h2>%s</h2>\n", _("The account"));
    equation(out, &t->all);
    if (open_records(&t->all) && open_records(&t->all) == t->all.records)
        noi_buf_printf(out, "<p class=\"remark\">%s</p>\n",
                       _("The merge has not been run yet: no record has a verdict."));
    by_kind(out, t);
    by_source(out, t);
    if (t->all.assigned)
        by_key(out, t, _("How the assigned records were decided"), _("Decided by"),
               (const int64_t(*)[NOI_TALLY_KINDS])t->method, NOI_TALLY_METHODS, noi_word_method,
               t->all.assigned);
    if (t->all.ambiguous + t->all.unplaced)
        by_key(out, t, _("Why the others wait for a person"), _("Reason"),
               (const int64_t(*)[NOI_TALLY_KINDS])t->reason, NOI_TALLY_REASONS, noi_word_reason,
               t->all.ambiguous + t->all.unplaced);
    noi_buf_add_str(out, "</section>\n");
}
