/* page_overview.c: all new units, coloured by the share of records that wait for a person. */
#include "report/page.h"

#include "report/map_overview.h"

/* Classes of the share that waits, in thousandths: none, below 1 %, 5 %, 20 %, and above. */
static size_t class_of(const noi_unit_count *count) {
    int64_t all = count->assigned + count->waiting;
    if (all == 0)
        return 5;
    if (count->waiting == 0)
        return 0;
    int64_t share = count->waiting * 1000 / all;
    return share < 10 ? 1 : share < 50 ? 2 : share < 200 ? 3 : 4;
}

static const char *const CLASS_FILL[6] = {"fill:#f4f3ee", "fill:#f6dfb4", "fill:#eeb56c",
                                          "fill:#d97b3c", "fill:#a8401f", "fill:url(#none)"};

static void legend(noi_buf *out) {
    const char *const words[6] = {_("none"),      _("below 1 %"),  _("1 to 5 %"),
                                  _("5 to 20 %"), _("above 20 %"), _("no records")};
    noi_buf_printf(out, "<p class=\"legend\"><span>%s</span>",
                   _("Records that wait for a person:"));
    for (size_t i = 0; i < 6; i++)
        noi_buf_printf(out,
                       "<span><svg viewBox=\"0 0 14 10\"><rect class=\"key\" width=\"14\" "
                       "height=\"10\" style=\"%s\"/></svg>%s</span>",
                       CLASS_FILL[i], words[i]);
    noi_buf_add_str(out, "</p>\n");
}

static const noi_unit_row *unit_at(const noi_report *report, uint32_t u) {
    return noi_report_unit(report, report->new_side.unit_ids[u]);
}

static const char *style_of(const void *context, uint32_t u) {
    static const noi_unit_count nothing;
    const noi_report *report = context;
    int64_t id = report->new_side.unit_ids[u];
    bool counted = id > 0 && (size_t)id < report->tally->n_units;
    return CLASS_FILL[class_of(counted ? &report->tally->units[id] : &nothing)];
}

static noi_str name_of(const void *context, uint32_t u) {
    const noi_unit_row *unit = unit_at(context, u);
    return unit ? noi_str_of(unit->name) : (noi_str){0};
}

static noi_status draw(noi_buf *out, const noi_report *report) {
    const noi_overview overview = {
        .coverage = report->new_side.coverage,
        .title = _("Share of records that wait, by new unit"),
        .synthetic = report->new_side.synthetic,
        .context = report,
        .style = style_of,
        .name = name_of,
    };
    return noi_map_overview(out, &overview);
}

noi_status noi_page_overview(noi_buf *out, const noi_report *report) {
    noi_buf_printf(out, "<section id=\"map\"><h2>%s</h2>\n", _("Where records wait"));
    if (!report->new_side.found || report->new_side.coverage->n_units == 0) {
        noi_buf_printf(
            out, "<p>%s</p></section>\n",
            _("No boundary layer of the new units has been imported, so there is no map."));
        return NOI_OK;
    }
    noi_buf_add_str(out, "<figure class=\"overview\">");
    NOI_TRY(draw(out, report));
    legend(out);
    noi_buf_add_str(out, "<figcaption>");
    noi_buf_printf(out, "%s ",
                   _("New units by the share of their records that wait for a person."));
    noi_html_text(out, noi_str_of(report->new_side.name));
    if (report->new_side.synthetic)
        noi_buf_printf(out, ". <b>%s</b>", _("The borders are synthetic: they are made up."));
    noi_buf_add_str(out, "</figcaption></figure></section>\n");
    return NOI_OK;
}
