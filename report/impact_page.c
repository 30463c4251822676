/*
 * impact_page.c: the page about a comparison: what it comes to in one paragraph, the queue, then
 * border by border, those that move most records first, then all records by unit.
 */
#include "report/impact_page.h"

#include "base/file.h"
#include "base/i18n.h"
#include "report/check.h"
#include "report/folder.h"
#include "report/format.h"

#include <math.h>
#include <stdio.h>

#define MOST_PAIRS 60  /* drawn and described; the rest stands in a table */
#define MOST_ROWS  400 /* of the table of records */

static const char *const KINDS[NOI_RECORD_KINDS] = {N_("all records"), N_("addresses"),
                                                    N_("households"), N_("parcels"), N_("cases")};

/* ---- head and queue -------------------------------------------------------------------------- */

static void head(noi_buf *out, const noi_impact_story *s) {
    char day[12];
    noi_page_begin(out, "impact", _("Impact of another boundary layer"),
                   "report/assets/impact.css");
    noi_buf_printf(out, "<header><p class=\"eyebrow\">noi %s</p><h1>%s</h1>\n<p class=\"lead\">",
                   NOI_VERSION, _("Impact of another boundary layer"));
    NOI_AUTO_FREE char *what = noi_format(_("%s instead of %s, units of %s"),
                                          noi_path_base(s->after.path),
                                          noi_path_base(s->before.path), noi_day_format(day, s->impact->day));
    noi_html_text(out, noi_str_of(what));
    noi_buf_add_str(out, "</p>\n");
    if (s->is_synthetic)
        noi_buf_printf(out, "<p class=\"banner\">%s</p>\n",
                       _("Rehearsal: the registry's records and borders are synthetic, that is, made up."));
    noi_buf_printf(out,
                   "<nav><a href=\"#queue\">%s</a><a href=\"#borders\">%s</a><a href=\"#records\">"
                   "%s</a><a href=\"#sources\">%s</a></nav></header>\n<main>\n",
                   _("The queue"), _("Borders that move"), _("Records by unit"), _("Made from"));
}

static void summary(noi_buf *out, const noi_impact_story *s) {
    NOI_AUTO_BUF noi_buf text = {0};
    noi_impact_summary(&text, s);
    noi_buf_printf(out, "<p class=\"summary%s\">", noi_impact_is_none(s) ? " none" : "");
    noi_html_text(out, noi_buf_view(&text));
    noi_buf_add_str(out, "</p>\n");
    noi_buf_clear(&text);
    noi_impact_shift_text(&text, s);
    if (text.n) {
        noi_buf_add_str(out, "<p class=\"banner\">");
        noi_html_text(out, noi_buf_view(&text));
        noi_buf_add_str(out, "</p>\n");
    }
    const uint32_t unknown[2] = {s->impact->unknown_before, s->impact->unknown_after};
    const char *const paths[2] = {noi_path_base(s->before.path),
                                  noi_path_base(s->after.path)};
    for (int i = 0; i < 2; i++) {
        char day[12];
        if (!unknown[i])
            continue;
        noi_buf_add_str(out, "<p class=\"banner\">");
        NOI_AUTO_FREE char *line =
            noi_format(_("%s: areas whose code was not in force on %s: %u"), paths[i],
                       noi_day_format(day, s->impact->day), unknown[i]);
        noi_html_text(out, noi_str_of(line));
        noi_buf_add_str(out, "</p>\n");
    }
}

/* "+12", "−3", "0", coloured by whether people get more to do. */
static void difference(noi_buf *out, int64_t n) {
    char digits[32];
    noi_buf_printf(out, "<td class=\"n%s\">%s%s</td>",
                   n > 0   ? " grows"
                   : n < 0 ? " shrinks"
                           : " zero",
                   n > 0   ? "+"
                   : n < 0 ? "−"
                           : "",
                   noi_number(digits, n < 0 ? -n : n));
}

static void queue_row(noi_buf *out, const noi_impact_story *s, int kind) {
    const noi_account *a = &s->impact->before, *b = &s->impact->after;
    noi_buf_printf(out, "<tr%s><td>%s</td>", kind ? "" : " class=\"sum\"", _(KINDS[kind]));
    noi_html_number(out, (int64_t)a->in[kind]);
    noi_html_number(out, noi_impact_changes(s, kind));
    noi_html_number(out, (int64_t)a->ambiguous[kind]);
    noi_html_number(out, (int64_t)b->ambiguous[kind]);
    difference(out, (int64_t)b->ambiguous[kind] - (int64_t)a->ambiguous[kind]);
    noi_html_number(out, (int64_t)a->unplaced[kind]);
    noi_html_number(out, (int64_t)b->unplaced[kind]);
    difference(out, (int64_t)b->unplaced[kind] - (int64_t)a->unplaced[kind]);
    noi_buf_add_str(out, "</tr>\n");
}

static void queue(noi_buf *out, const noi_impact_story *s) {
    noi_buf_printf(out,
                   "<section id=\"queue\"><h2>%s</h2>\n<table><thead><tr><th>%s</th><th "
                   "class=\"n\">%s</th><th class=\"n\">%s</th><th class=\"n\">%s</th><th "
                   "class=\"n\">%s</th><th class=\"n\"></th><th class=\"n\">%s</th><th "
                   "class=\"n\">%s</th><th class=\"n\"></th></tr></thead>\n<tbody>\n",
                   _("The queue"), _("Kind"), _("Records"), _("That change"), _("Asked before"),
                   _("Asked afterwards"), _("Unplaced before"), _("Unplaced afterwards"));
    for (int i = 1; i <= NOI_RECORD_KINDS; i++)
        if (i == NOI_RECORD_KINDS || s->impact->before.in[i])
            queue_row(out, s, i % NOI_RECORD_KINDS);
    noi_buf_add_str(out, "</tbody></table>\n");
    char n[32];
    if (s->impact->near[0]) {
        noi_buf_add_str(out, "<p class=\"remark\">");
        noi_buf_printf(out, _("Records that are asked both times, but between other units: %s"),
                       noi_number(n, s->impact->near[0]));
        noi_buf_add_str(out, "</p>\n");
    }
    noi_buf_add_str(out, "</section>\n");
}

/* ---- borders --------------------------------------------------------------------------------- */

static void unit_html(noi_buf *out, const noi_impact_story *s, noi_code code, bool is_outcome) {
    NOI_AUTO_BUF noi_buf text = {0};
    if (is_outcome)
        noi_impact_outcome_text(&text, s, code);
    else
        noi_impact_unit_text(&text, s, code);
    noi_html_text(out, noi_buf_view(&text));
}

static void metres_cell(noi_buf *out, double metres) {
    char text[32];
    noi_buf_printf(out, "<td class=\"n\">%s%s</td>",
                   noi_decimal(text, metres, isfinite(metres) && metres < 100 ? 1 : 0),
                   isfinite(metres) ? " m" : "");
}

static void direction_row(noi_buf *out, const noi_impact_story *s, const noi_impact_pair *pair,
                          int i) {
    const noi_moved *m = pair->moved[i];
    char area[40];
    if (!m && !pair->records[i][0])
        return;
    noi_buf_add_str(out, "<tr><td>");
    unit_html(out, s, i ? pair->b : pair->a, false);
    noi_buf_add_str(out, " → ");
    unit_html(out, s, i ? pair->a : pair->b, false);
    noi_buf_printf(out, "</td><td class=\"n\">%s</td>",
                   m ? noi_check_area_text(area, m->area_m2) : "–");
    metres_cell(out, m && m->length_m > 0 ? m->length_m : NAN);
    metres_cell(out, m ? m->mean_m : NAN);
    metres_cell(out, m ? m->farthest_m : NAN);
    for (int kind = 1; noi_impact_is_new_side(s) && kind <= NOI_RECORD_KINDS; kind++)
        noi_html_number(out, pair->records[i][kind % NOI_RECORD_KINDS]);
    noi_buf_add_str(out, "</tr>\n");
}

static void pair_table_head(noi_buf *out, const noi_impact_story *s) {
    const char *const columns[] = {_("Area"), _("Border"), _("Moves, mean"), _("Farthest")};
    noi_buf_printf(out, "<table class=\"dense\"><thead><tr><th>%s</th>", _("From → to"));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        noi_buf_printf(out, "<th class=\"n\">%s</th>", columns[i]);
    for (int kind = 1; noi_impact_is_new_side(s) && kind <= NOI_RECORD_KINDS; kind++)
        noi_buf_printf(out, "<th class=\"n\">%s</th>", _(KINDS[kind % NOI_RECORD_KINDS]));
    noi_buf_add_str(out, "</tr></thead>\n<tbody>\n");
}

static void questions(noi_buf *out, const noi_impact_pair *pair) {
    char a[32], b[32];
    if (!pair->asked && !pair->settled)
        return;
    noi_buf_add_str(out, "<p class=\"remark\">");
    noi_buf_printf(out, _("At this border records become a question: %s; stop being one: %s."),
                   noi_number(a, pair->asked), noi_number(b, pair->settled));
    noi_buf_add_str(out, "</p>\n");
}

static noi_status pair_article(noi_buf *out, const noi_impact_maps *maps,
                               const noi_impact_pair *pair) {
    const noi_impact_story *s = maps->story;
    char n[32];
    noi_buf_add_str(out, "<article class=\"pair\"><h4>");
    unit_html(out, s, pair->a, false);
    noi_buf_add_str(out, " – ");
    unit_html(out, s, pair->b, false);
    if (noi_impact_is_new_side(s)) {
        noi_buf_add_str(out, " <span class=\"count\">");
        noi_buf_printf(out, _("records: %s"), noi_number(n, pair->n_records));
        noi_buf_add_str(out, "</span>");
    }
    noi_buf_add_str(out, "</h4>\n");
    pair_table_head(out, s);
    direction_row(out, s, pair, 0);
    direction_row(out, s, pair, 1);
    noi_buf_add_str(out, "</tbody></table>\n");
    questions(out, pair);
    NOI_TRY(noi_impact_pair_maps(out, maps, pair));
    noi_buf_add_str(out, "</article>\n");
    return NOI_OK;
}

static void other_pairs(noi_buf *out, const noi_impact_story *s) {
    if (s->n_pairs <= MOST_PAIRS)
        return;
    noi_buf_printf(out, "<h3>%s</h3>\n", _("The others, without a map"));
    pair_table_head(out, s);
    for (size_t i = MOST_PAIRS; i < s->n_pairs; i++) {
        direction_row(out, s, &s->pairs[i], 0);
        direction_row(out, s, &s->pairs[i], 1);
    }
    noi_buf_add_str(out, "</tbody></table>\n");
}

static noi_status borders(noi_buf *out, const noi_impact_maps *maps) {
    const noi_impact_story *s = maps->story;
    noi_buf_printf(out, "<section id=\"borders\"><h2>%s</h2>\n", _("Borders that move"));
    if (s->n_pairs == 0) {
        noi_buf_printf(out, "<p>%s</p></section>\n", _("None."));
        return NOI_OK;
    }
    NOI_AUTO_BUF noi_buf areas = {0};
    noi_impact_area_text(&areas, s);
    noi_buf_add_str(out, "<p class=\"remark\">");
    noi_html_text(out, noi_buf_view(&areas));
    noi_buf_add_str(out, "</p>\n");
    NOI_TRY(noi_impact_overview(out, maps));
    bool is_new = noi_impact_is_new_side(s);
    noi_buf_printf(out, "<h3>%s</h3>\n",
                   is_new ? _("Border by border, most records first")
                          : _("Border by border, the largest area first"));
    if (!is_new)
        noi_buf_printf(out, "<p class=\"remark\">%s</p>\n",
                       _("These are borders of units before the reform; the records below go between "
                         "units after it, so they are not told by border."));
    noi_impact_legend(out, is_new);
    for (size_t i = 0; i < s->n_pairs && i < MOST_PAIRS; i++)
        NOI_TRY(pair_article(out, maps, &s->pairs[i]));
    other_pairs(out, s);
    noi_buf_add_str(out, "</section>\n");
    return NOI_OK;
}

/* ---- records --------------------------------------------------------------------------------- */

static void record_row(noi_buf *out, const noi_impact_story *s, const noi_impact_row *row) {
    noi_buf_add_str(out, "<tr><td>");
    unit_html(out, s, row->from, true);
    noi_buf_add_str(out, "</td><td>");
    unit_html(out, s, row->to, true);
    noi_buf_add_str(out, "</td>");
    for (int kind = 1; kind <= NOI_RECORD_KINDS; kind++)
        noi_html_number(out, row->records[kind % NOI_RECORD_KINDS]);
    noi_buf_add_str(out, "</tr>\n");
}

static void records(noi_buf *out, const noi_impact_story *s) {
    const noi_impact *impact = s->impact;
    char a[32], b[32];
    noi_buf_printf(out, "<section id=\"records\"><h2>%s</h2>\n", _("Records by unit"));
    if (impact->n_rows == 0) {
        noi_buf_printf(out, "<p>%s</p></section>\n", _("No record changes."));
        return;
    }
    noi_buf_printf(out, "<table><thead><tr><th>%s</th><th>%s</th>", _("From"), _("To"));
    for (int kind = 1; kind <= NOI_RECORD_KINDS; kind++)
        noi_buf_printf(out, "<th class=\"n\">%s</th>", _(KINDS[kind % NOI_RECORD_KINDS]));
    noi_buf_add_str(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < impact->n_rows && i < MOST_ROWS; i++)
        record_row(out, s, &impact->rows[i]);
    noi_buf_printf(out, "<tr class=\"sum\"><td>%s</td><td></td>", _("all"));
    for (int kind = 1; kind <= NOI_RECORD_KINDS; kind++)
        noi_html_number(out, noi_impact_changes(s, kind % NOI_RECORD_KINDS));
    noi_buf_add_str(out, "</tr></tbody></table>\n");
    if (impact->n_rows > MOST_ROWS) {
        noi_buf_add_str(out, "<p class=\"remark\">");
        noi_buf_printf(out, _("Listed here: %s of %s rows; 'noi impact --json' lists all."),
                       noi_number(a, MOST_ROWS), noi_number(b, (int64_t)impact->n_rows));
        noi_buf_add_str(out, "</p>\n");
    }
    noi_buf_add_str(out, "</section>\n");
}

/* ---- what it was made from ------------------------------------------------------------------- */

static void source(noi_buf *out, const char *label, const noi_impact_side *side) {
    char accuracy[32];
    noi_buf_printf(out, "<dt>%s</dt><dd>", label);
    noi_html_text(out, noi_str_of(noi_path_base(side->path)));
    noi_buf_add_str(out, ", ");
    noi_html_text(out, noi_str_of(side->layer->crs));
    noi_buf_add_str(out, " · ");
    noi_html_text(out, noi_str_of(side->layer->transform));
    if (isfinite(side->layer->accuracy_m))
        noi_buf_printf(out, " (± %s m)", noi_decimal(accuracy, side->layer->accuracy_m, 1));
    noi_buf_printf(out, "<br><span class=\"hash\">%s</span></dd>\n", side->hash);
}

static void sources(noi_buf *out, const noi_impact_story *s) {
    char noise[32];
    noi_buf_printf(out, "<footer id=\"sources\"><h2>%s</h2>\n<dl>", _("Made from"));
    source(out, _("layer before"), &s->before);
    source(out, _("layer afterwards"), &s->after);
    noi_buf_printf(out, "<dt>%s</dt><dd>", _("registry"));
    noi_html_text(out, noi_str_of(noi_path_base(s->registry)));
    noi_buf_printf(out, "</dd>\n<dt>%s</dt><dd>", _("noise"));
    noi_buf_printf(out,
                   _("pieces up to %s m wide on the mean (twice the area by the perimeter) are "
                     "digitising noise and left out"),
                   noi_decimal(noise, s->noise_m, s->noise_m == floor(s->noise_m) ? 0 : 2));
    noi_buf_printf(out, "</dd></dl>\n<p class=\"remark\">%s</p></footer>\n",
                   _("Every record was judged twice, by plans that differ in this layer alone. "
                     "Nothing was written to the registry."));
}

noi_status noi_impact_write_report(const noi_impact_story *story, const char *path) {
    NOI_AUTO(noi_folder_closep) noi_folder *folder = NULL;
    NOI_AUTO(noi_impact_maps_end) noi_impact_maps maps;
    NOI_AUTO_BUF noi_buf page = {0};
    noi_impact_maps_begin(&maps, story);
    NOI_TRY(noi_folder_begin(&folder, path, "impact", "--report"));
    head(&page, story);
    summary(&page, story);
    queue(&page, story);
    NOI_TRY(borders(&page, &maps));
    records(&page, story);
    noi_buf_add_str(&page, "</main>\n");
    sources(&page, story);
    noi_page_end(&page);
    NOI_TRY(noi_folder_page(folder, noi_buf_view(&page)));
    return noi_folder_commit(folder);
}
