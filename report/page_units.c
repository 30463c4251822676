/* page_units.c: new units with what came to them, and the old units whose records wait. */
#include "report/page.h"

#include <stdio.h>

#define MOST_OLD_UNITS 30

typedef struct unit_edges { /* a row of report/unit_edges */
    int64_t id, n_old, n_new;
} unit_edges;

typedef struct edge_table {
    unit_edges *items;
    size_t n, capacity;
} edge_table;

static noi_status load_edges(edge_table *out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, "report/unit_edges"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return NOI_OK;
        NOI_GROW(out->items, out->capacity, out->n + 1);
        out->items[out->n++] =
            (unit_edges){noi_column_int(stmt, 0), noi_column_int(stmt, 1), noi_column_int(stmt, 2)};
    }
}

static void name_cells(noi_buf *out, const noi_unit_row *unit) {
    char code[8], name[160];
    noi_unit_full_name(name, sizeof name, unit->kind, unit->name);
    noi_buf_printf(out, "<tr><td class=\"code\">%s</td><td>", noi_code_format(code, unit->code));
    noi_html_text(out, noi_str_of(name));
    noi_buf_add_str(out, "</td>");
}

static const noi_unit_count *count_of(const noi_report *report, int64_t id) {
    static const noi_unit_count nothing;
    return id > 0 && (size_t)id < report->tally->n_units ? &report->tally->units[id] : &nothing;
}

static void new_units(noi_buf *out, const noi_report *report, const edge_table *edges) {
    noi_buf_printf(out,
                   "<h3>%s</h3><table class=\"dense\"><thead><tr><th>%s</th><th>%s</th><th "
                   "class=\"n\">%s</th><th class=\"n\">%s</th><th class=\"n\">%s</th><th "
                   "class=\"n\">%s</th></tr></thead>\n<tbody>\n",
                   _("New units"), _("Code"), _("Name"), _("Old units in"), _("Assigned"),
                   _("May still come"), _("Share that waits"));
    for (size_t i = 0; i < edges->n; i++) {
        const unit_edges *e = &edges->items[i];
        const noi_unit_row *unit = noi_report_unit(report, e->id);
        if (!unit || e->n_old == 0)
            continue;
        const noi_unit_count *c = count_of(report, e->id);
        char share[32];
        name_cells(out, unit);
        noi_html_number(out, e->n_old);
        noi_html_number(out, c->assigned);
        noi_html_number(out, c->waiting);
        noi_buf_printf(out, "<td class=\"n\">%s</td></tr>\n",
                       noi_percent(share, c->waiting, c->assigned + c->waiting));
    }
    noi_buf_add_str(out, "</tbody></table>\n");
    noi_buf_printf(out, "<p class=\"remark\">%s</p>\n",
                   _("A record that waits between two units counts as one that may still come in "
                     "each of them."));
}

/* The old units with the most waiting records, by that number, then by code. */
static size_t pick_waiting(size_t *picked, const noi_report *report, const edge_table *edges) {
    size_t n = 0;
    for (size_t i = 0; i < edges->n; i++) {
        const noi_count *c = &count_of(report, edges->items[i].id)->as_old;
        int64_t waits = c->ambiguous + c->unplaced;
        if (edges->items[i].n_new == 0 || waits == 0)
            continue;
        size_t at = n < MOST_OLD_UNITS ? n : MOST_OLD_UNITS;
        while (at > 0) {
            const noi_count *p = &count_of(report, edges->items[picked[at - 1]].id)->as_old;
            if (p->ambiguous + p->unplaced >= waits)
                break;
            if (at < MOST_OLD_UNITS)
                picked[at] = picked[at - 1];
            at--;
        }
        if (at < MOST_OLD_UNITS)
            picked[at] = i;
        n += n < MOST_OLD_UNITS;
    }
    return n;
}

static void old_units(noi_buf *out, const noi_report *report, const edge_table *edges) {
    size_t picked[MOST_OLD_UNITS];
    size_t n = pick_waiting(picked, report, edges);
    if (n == 0)
        return;
    noi_buf_printf(out,
                   "<h3>%s</h3><table class=\"dense\"><thead><tr><th>%s</th><th>%s</th><th>%s</th>"
                   "<th class=\"n\">%s</th><th class=\"n\">%s</th><th class=\"n\">%s</th><th "
                   "class=\"n\">%s</th><th class=\"n\">%s</th></tr></thead>\n<tbody>\n",
                   _("Old units whose records wait most"), _("Code"), _("Name"), _("District"),
                   _("New units"), _("Records"), _("Assigned"), _("Ambiguous"), _("Unplaced"));
    for (size_t i = 0; i < n; i++) {
        const unit_edges *e = &edges->items[picked[i]];
        const noi_unit_row *unit = noi_report_unit(report, e->id);
        const noi_count *c = &count_of(report, e->id)->as_old;
        if (!unit)
            continue;
        char district[160] = "";
        if (unit->district_name[0])
            noi_unit_full_name(district, sizeof district, unit->district_kind, unit->district_name);
        name_cells(out, unit);
        noi_buf_add_str(out, "<td>");
        noi_html_text(out, noi_str_of(district));
        noi_buf_add_str(out, "</td>");
        noi_html_number(out, e->n_new);
        noi_html_number(out, c->records);
        noi_html_number(out, c->assigned);
        noi_html_number(out, c->ambiguous);
        noi_html_number(out, c->unplaced);
        noi_buf_add_str(out, "</tr>\n");
    }
    noi_buf_add_str(out, "</tbody></table>\n");
    noi_buf_printf(out, "<p class=\"remark\">%s</p>\n", _("All old units: by_old_unit.csv."));
}

noi_status noi_page_units(noi_buf *out, const noi_report *report) {
    edge_table edges = {0};
    noi_status status = load_edges(&edges, report->registry);
    if (status == NOI_OK) {
        noi_buf_printf(out, "<section id=\"units\"><h2>%s</h2>\n", _("By unit"));
        old_units(out, report, &edges);
        new_units(out, report, &edges);
        noi_buf_add_str(out, "</section>\n");
    }
    free(edges.items);
    return status;
}
