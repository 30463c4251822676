/*
 * check_cross.c: law and map, old unit by old unit: which parts the law gives to which new units,
 * and which share of the old unit the maps put there. The page shows the old units for which the
 * two contradict; law_and_map.csv beside it has all of them.
 */
#include "report/check_page.h"

#include "base/csv.h"
#include "base/file.h"
#include "geo/measure.h"
#include "report/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEAST_SHARE 0.005 /* of the old unit: less is not worth a row on the page */

typedef struct part { /* what the law or the maps say about an old and a new unit */
    const noi_unit_row *old_unit, *new_unit;
    const noi_reform_edge *edge; /* NULL: the law knows none */
    double area_m2, old_m2;      /* 0: the maps share none; old_m2 0: the old unit is not drawn */
    const char *rule;            /* of the finding that says so; NULL */
    size_t number;               /* its number; SIZE_MAX */
} part;

typedef struct parts {
    part *items;
    size_t n, capacity;
} parts;

/* ---- gathering ---- */

static const noi_unit_row *by_id(const noi_unit_list *list, int64_t id) {
    for (size_t i = 0; id && i < list->n; i++)
        if (list->items[i].id == id)
            return &list->items[i];
    return NULL;
}

static const noi_unit_row *by_code(const noi_unit_list *list, noi_code code) {
    for (size_t i = 0; code && i < list->n; i++)
        if (list->items[i].code == code)
            return &list->items[i];
    return NULL;
}

/* The unit of each area of the other side (or of the layer); NULL for an unknown one. */
static const noi_unit_row **units_of(const noi_check *check, bool other) {
    const noi_boundary_law *law = check->law;
    const noi_coverage *c = other ? law->other_coverage : check->layer->coverage;
    const noi_unit_row **units = noi_alloc_zero(c->n_units, sizeof *units);
    for (uint32_t u = 0; u < c->n_units; u++)
        units[u] = other ? by_id(law->other, law->other_unit_ids[u])
                         : by_code(law->units, c->unit_code[u]);
    return units;
}

static void add(parts *p, const part *more) {
    NOI_GROW(p->items, p->capacity, p->n + 1);
    p->items[p->n++] = *more;
}

static void add_shares(parts *p, const noi_check *check) {
    bool is_new = check->law->layer_is_new;
    const noi_overlap_row *row = check->shared;
    NOI_AUTO_FREE const noi_unit_row **old_units = units_of(check, is_new);
    NOI_AUTO_FREE const noi_unit_row **new_units = units_of(check, !is_new);
    for (size_t i = 0; i < check->n_shared; i++) {
        part one = {.old_unit = old_units[row[i].old_unit], .new_unit = new_units[row[i].new_unit]};
        if (!one.old_unit || !one.new_unit || !(row[i].share_of_old > 0))
            continue;
        one.area_m2 = row[i].area_m2;
        one.old_m2 = row[i].area_m2 / row[i].share_of_old;
        add(p, &one);
    }
}

static void add_edges(parts *p, const noi_boundary_law *law) {
    const noi_unit_list *old_list = law->layer_is_new ? law->other : law->units;
    const noi_unit_list *new_list = law->layer_is_new ? law->units : law->other;
    for (size_t i = 0; i < law->n_edges; i++) {
        const noi_reform_edge *edge = &law->law_edges[i];
        const part one = {.old_unit = &old_list->items[edge->old_unit],
                          .new_unit = &new_list->items[edge->new_unit],
                          .edge = edge};
        add(p, &one);
    }
}

static int compare_parts(const void *a, const void *b) {
    const part *x = a, *y = b;
    if (x->old_unit->code != y->old_unit->code)
        return x->old_unit->code < y->old_unit->code ? -1 : 1;
    if (x->new_unit->code != y->new_unit->code)
        return x->new_unit->code < y->new_unit->code ? -1 : 1;
    return (x->edge == NULL) - (y->edge == NULL);
}

/* What is said of one pair becomes one part; the first edge (of the law before the table) stands.
 */
static void merge(parts *p) {
    size_t n = 0;
    if (p->n)
        qsort(p->items, p->n, sizeof *p->items, compare_parts);
    for (size_t i = 0; i < p->n; i++) {
        part *last = n ? &p->items[n - 1] : NULL;
        if (!last || last->old_unit != p->items[i].old_unit ||
            last->new_unit != p->items[i].new_unit) {
            p->items[n++] = p->items[i];
            continue;
        }
        last->area_m2 += p->items[i].area_m2;
        last->old_m2 = fmax(last->old_m2, p->items[i].old_m2);
    }
    p->n = n;
}

static void note_finding(part *one, const noi_check *check, size_t finding) {
    one->rule = check->findings[finding]->rule;
    one->number = check->number[finding];
}

/* The size of an old unit stands in all of its parts, and so does what was found about each. */
static void complete(parts *p, const noi_check *check) {
    for (size_t from = 0, to; from < p->n; from = to) {
        double old_m2 = 0;
        for (to = from; to < p->n && p->items[to].old_unit == p->items[from].old_unit; to++)
            old_m2 = fmax(old_m2, p->items[to].old_m2);
        for (size_t i = from; i < to; i++)
            p->items[i].old_m2 = old_m2;
    }
    for (size_t f = 0; f < check->n_findings; f++)
        for (size_t i = 0; noi_check_is_edge(check->findings[f]) && i < p->n; i++)
            if (p->items[i].old_unit->id == check->findings[f]->unit_id &&
                p->items[i].new_unit->id == check->findings[f]->other_unit_id)
                note_finding(&p->items[i], check, f);
}

/* ---- words ---- */

static const char *part_word(const char *key) {
    if (strcmp(key, "whole") == 0)
        return _("whole");
    if (strcmp(key, "part") == 0)
        return _("part");
    return strcmp(key, "remainder") == 0 ? _("the rest") : key;
}

static double share_of(const part *one) {
    return one->old_m2 > 0 ? one->area_m2 / one->old_m2 : 0;
}

static void unit_cell(noi_buf *out, const noi_unit_row *unit) {
    char code[8], name[200];
    noi_unit_full_name(name, sizeof name, unit->kind, unit->name);
    noi_buf_printf(out, "<span class=\"code\">%s</span> ", noi_code_format(code, unit->code));
    noi_html_text(out, noi_str_of(name));
    if (!unit->district_name[0])
        return;
    noi_unit_full_name(name, sizeof name, unit->district_kind, unit->district_name);
    noi_buf_add_str(out, ", ");
    noi_html_text(out, noi_str_of(name));
}

static void law_cell(noi_buf *out, const noi_reform_edge *edge) {
    if (!edge) {
        noi_buf_printf(out, "<td class=\"noise\">%s</td>", _("nothing"));
        return;
    }
    noi_buf_add_str(out, "<td>");
    noi_html_text(out, noi_str_of(part_word(edge->part)));
    if (edge->clause[0]) {
        NOI_AUTO_BUF noi_buf clause = {0};
        noi_html_text(&clause, noi_str_of(edge->clause));
        noi_buf_add_str(out, ", ");
        noi_buf_printf(out, _("clause %s"), clause.p);
    }
    noi_buf_add_str(out, "</td>");
}

static void verdict_cell(noi_buf *out, const part *one) {
    if (one->rule)
        noi_buf_printf(out, "<td class=\"no\">%s</td>", one->rule);
    else if (one->edge && one->area_m2 > 0)
        noi_buf_printf(out, "<td class=\"ok\">%s</td>", _("agrees"));
    else if (one->edge)
        noi_buf_printf(out, "<td class=\"noise\">%s</td>", _("no land is asked for"));
    else
        noi_buf_printf(out, "<td class=\"noise\">%s</td>", _("imprecise drawing"));
}

static void part_row(noi_buf *out, const part *one, bool is_first) {
    char share[32], area[40];
    noi_buf_printf(out, "<tr%s><td>", is_first ? " class=\"first\"" : "");
    if (is_first)
        unit_cell(out, one->old_unit);
    noi_buf_add_str(out, "</td><td>");
    unit_cell(out, one->new_unit);
    noi_buf_add_str(out, "</td>");
    law_cell(out, one->edge);
    noi_buf_printf(out, "<td class=\"n\">%s %%</td><td class=\"n\">%s</td>",
                   noi_decimal(share, 100 * share_of(one), share_of(one) < 0.01 ? 2 : 1),
                   noi_check_area_text(area, one->area_m2));
    verdict_cell(out, one);
    noi_buf_add_str(out, "</tr>\n");
}

/* ---- the table, and the file beside it ---- */

static size_t end_of_unit(const parts *p, size_t from) {
    size_t to = from;
    while (to < p->n && p->items[to].old_unit == p->items[from].old_unit)
        to++;
    return to;
}

/* An old unit for which law and map contradict: its parts, and the gravest finding about them. */
typedef struct contradiction {
    size_t from, to, number;
} contradiction;

static int compare_contradictions(const void *a, const void *b) {
    const contradiction *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static bool find_contradiction(contradiction *out, const parts *p, size_t from, size_t to) {
    *out = (contradiction){from, to, SIZE_MAX};
    for (size_t i = from; i < to; i++)
        if (p->items[i].rule && p->items[i].number < out->number)
            out->number = p->items[i].number;
    return out->number != SIZE_MAX;
}

static void unit_rows(noi_buf *out, const parts *p, size_t from, size_t to) {
    bool is_first = true;
    for (size_t i = from; i < to; i++) {
        const part *one = &p->items[i];
        if (!one->edge && !one->rule && share_of(one) < LEAST_SHARE)
            continue;
        part_row(out, one, is_first);
        is_first = false;
    }
}

static void table_head(noi_buf *out) {
    noi_buf_printf(out,
                   "<table class=\"dense cross\"><thead><tr><th>%s</th><th>%s</th><th>%s</th><th "
                   "class=\"n\">%s</th><th class=\"n\">%s</th><th>%s</th></tr></thead><tbody>\n",
                   _("Old unit"), _("New unit"), _("In law"), _("On the map"), _("Area"),
                   _("Law and map"));
}

static void account(noi_buf *out, size_t n_units, size_t n_drawn, size_t n_bad) {
    char a[32], b[32];
    noi_buf_add_str(out, "<p>");
    noi_buf_printf(out, _("Law and map agree within the thresholds for %s of %s old units."),
                   noi_number(a, (int64_t)(n_drawn - n_bad)), noi_number(b, (int64_t)n_units));
    if (n_drawn < n_units) {
        noi_buf_add_char(out, ' ');
        noi_buf_printf(out, _("%s old units are not drawn, so that nothing can be said of them."),
                       noi_number(a, (int64_t)(n_units - n_drawn)));
    }
    noi_buf_add_str(out, "</p>\n");
}

static void table(noi_buf *out, const parts *p) {
    size_t n_units = 0, n_drawn = 0, n_bad = 0;
    char n[32];
    NOI_AUTO_FREE contradiction *bad = noi_alloc(p->n * sizeof *bad);
    for (size_t from = 0, to; from < p->n; from = to) {
        to = end_of_unit(p, from);
        n_units++;
        n_drawn += p->items[from].old_m2 > 0;
        n_bad += find_contradiction(&bad[n_bad], p, from, to);
    }
    account(out, n_units, n_drawn, n_bad);
    if (n_bad) {
        qsort(bad, n_bad, sizeof *bad, compare_contradictions);
        table_head(out);
        for (size_t i = 0; i < n_bad && i < NOI_CHECK_CROSS; i++)
            unit_rows(out, p, bad[i].from, bad[i].to);
        noi_buf_add_str(out, "</tbody></table>\n");
    }
    noi_buf_add_str(out, "<p class=\"remark\">");
    if (n_bad > NOI_CHECK_CROSS) {
        noi_buf_printf(out, _("Shown: %d of %s old units that contradict."), NOI_CHECK_CROSS,
                       noi_number(n, (int64_t)n_bad));
        noi_buf_add_char(out, ' ');
    }
    noi_buf_printf(out, "%s</p>\n", _("All pairs stand in law_and_map.csv."));
}

static noi_status write_csv(const parts *p, const char *folder) {
    NOI_AUTO_FREE char *path = noi_format("%s/law_and_map.csv", folder);
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    char old_code[8], new_code[8];
    NOI_AUTO_BUF noi_buf clause = {0};
    NOI_TRY(noi_out_open(&out, path));
    NOI_TRY(noi_out_printf(out, "old_code,new_code,part,scope,clause,area_m2,share_of_old,rule\n"));
    for (size_t i = 0; i < p->n; i++) {
        const part *one = &p->items[i];
        const noi_reform_edge *edge = one->edge;
        noi_buf_clear(&clause);
        noi_csv_add_field(&clause, noi_str_of(edge ? edge->clause : ""));
        NOI_TRY(noi_out_printf(
            out, "%s,%s,%s,%s,%s,%.1f,%.6f,%s\n", noi_code_format(old_code, one->old_unit->code),
            noi_code_format(new_code, one->new_unit->code), edge ? edge->part : "",
            edge ? edge->scope : "", clause.p ? clause.p : "", one->area_m2, share_of(one),
            one->rule ? one->rule : ""));
    }
    return noi_out_commit(out);
}

static noi_status gather_and_write(noi_buf *out, parts *p, const noi_check *check,
                                   const char *folder) {
    add_shares(p, check);
    add_edges(p, check->law);
    merge(p);
    complete(p, check);
    noi_buf_printf(
        out, "<section><h2>%s</h2>\n<p>%s</p>\n", _("Law and map"),
        _("For each old unit: what the law gives to which new unit, and which share of the "
          "old unit the two maps put there."));
    table(out, p);
    noi_buf_add_str(out, "</section>\n");
    return write_csv(p, folder);
}

noi_status noi_check_cross(noi_buf *out, const noi_check *check, const char *folder) {
    parts p = {0};
    if (!check->law || !check->law->other_coverage)
        return NOI_OK;
    noi_status status = gather_and_write(out, &p, check, folder);
    free(p.items);
    return status;
}
