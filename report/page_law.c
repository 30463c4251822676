/* page_law.c: the law in numbers, and whether it is proved that each old unit is used up once. */
#include "report/page.h"

#include <stdio.h>

static void cell_text(noi_buf *out, noi_str text) {
    noi_buf_add_str(out, "<td>");
    noi_html_text(out, text);
    noi_buf_add_str(out, "</td>");
}

static noi_status rows(noi_buf *out, const noi_report *report) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, report->registry, "report/proof"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return NOI_OK;
        noi_buf_add_str(out, "<tr>");
        cell_text(out, noi_column_text(stmt, 0));
        noi_buf_printf(out, "<td class=\"day\">%.*s</td>", NOI_STR_ARG(noi_column_text(stmt, 1)));
        cell_text(out, noi_str_of(noi_str_is(noi_column_text(stmt, 2), "law") ? _("text of the law")
                                                                              : _("table")));
        for (int i = 3; i < 11; i++)
            noi_html_number(out, noi_column_int(stmt, i));
        noi_buf_add_str(out, "</tr>\n");
    }
}

static noi_status count_of_rule(int64_t *out, const noi_report *report, const char *rule) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&stmt, report->registry, "rules/count"));
    noi_bind_text(stmt, 1, noi_str_of(rule));
    NOI_TRY(noi_step(stmt, &row));
    *out = row ? noi_column_int(stmt, 0) : 0;
    return NOI_OK;
}

static noi_status verdict_on_law(noi_buf *out, const noi_report *report) {
    int64_t broken = 0, orphans = 0;
    if (!report->validated) {
        noi_buf_printf(
            out, "<p class=\"remark\">%s</p>\n",
            _("The proof is made by 'noi validate', which has not been run since the last "
              "merge."));
        return NOI_OK;
    }
    NOI_TRY(count_of_rule(&broken, report, "U01"));
    NOI_TRY(count_of_rule(&orphans, report, "U02"));
    char a[32], b[32];
    if (broken == 0 && orphans == 0)
        noi_buf_printf(out, "<p class=\"proof good\">%s</p>\n",
                       _("Proved: each old unit is used up exactly once, and each new unit has a "
                         "predecessor."));
    else {
        noi_buf_add_str(out, "<p class=\"proof bad\">");
        noi_buf_printf(out,
                       _("Not proved: %s old units are not used up exactly once (U01), %s new "
                         "units have no predecessor (U02)."),
                       noi_number(a, broken), noi_number(b, orphans));
        noi_buf_add_str(out, "</p>\n");
    }
    return NOI_OK;
}

noi_status noi_page_law(noi_buf *out, const noi_report *report) {
    const char *const words[] = {_("Resolution"), _("In force"), _("Read from"), _("Old units"),
                                 _("New units"),  _("Edges"),    _("Whole"),     _("Part"),
                                 _("Remainder"),  _("Split"),    _("Area only")};
    noi_buf_printf(out, "<section id=\"law\"><h2>%s</h2>\n", _("The law"));
    NOI_TRY(verdict_on_law(out, report));
    noi_buf_add_str(out, "<table><thead><tr>");
    for (int i = 0; i < 11; i++)
        noi_buf_printf(out, "<th%s>%s</th>", i < 3 ? "" : " class=\"n\"", words[i]);
    noi_buf_add_str(out, "</tr></thead>\n<tbody>\n");
    NOI_TRY(rows(out, report));
    noi_buf_add_str(out, "</tbody></table></section>\n");
    return NOI_OK;
}
