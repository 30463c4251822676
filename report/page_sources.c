/* page_sources.c: what all of this was made from: program, plan, files with their hashes. */
#include "report/page.h"

void noi_page_sources(noi_buf *out, const noi_report *report) {
    const noi_tally *t = report->tally;
    noi_buf_printf(out, "<footer id=\"sources\"><h2>%s</h2>\n<dl><dt>%s</dt><dd>noi %s</dd>",
                   _("Made from"), _("Program"), NOI_VERSION);
    noi_buf_printf(out, "<dt>%s</dt><dd class=\"hash\">%s</dd></dl>\n", _("Plan"),
                   report->plan_hash[0] ? report->plan_hash
                                        : _("none: the merge has not been run"));
    noi_buf_printf(out,
                   "<table class=\"dense\"><thead><tr><th>%s</th><th>%s</th><th>%s</th><th "
                   "class=\"n\">%s</th><th>SHA-256</th></tr></thead>\n<tbody>\n",
                   _("Source"), _("Kind"), _("As of"), _("Rows read"));
    for (size_t i = 0; i < t->n_sources; i++) {
        const noi_source_count *s = &t->sources[i];
        noi_buf_add_str(out, "<tr><td>");
        noi_html_text(out, noi_str_of(s->name));
        noi_buf_printf(out, "</td><td>%s</td><td>%s</td>", s->kind_key, s->as_of);
        noi_html_number(out, s->rows_read);
        noi_buf_printf(out, "<td class=\"hash\">%s</td></tr>\n", s->sha256);
    }
    noi_buf_add_str(out, "</tbody></table></footer>\n");
}
