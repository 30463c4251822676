/*
 * map_overview.c: the map of all new units, coloured by the share of records that wait for a
 * person. Units far from the rest (an island district) get an inset at their own scale: the extent
 * is never stretched to reach them.
 */
#include "report/page.h"

#include "geo/measure.h"
#include "report/svg.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MAP_WIDTH  680.0
#define INSET_SIZE 120.0
#define FAR        0.3 /* degrees between the bounds of units that belong on one map */
#define FINE_STEP  0.4 /* points of the picture that a simplified border may be off */
#define LABEL_SIZE 8.0
#define MAX_INSETS 4

typedef struct grouping {
    uint32_t *group; /* of each unit; UINT32_MAX for one without area */
    uint32_t n;
    uint32_t main; /* the group with the most units */
} grouping;

static bool are_near(const double a[4], const double b[4]) {
    return a[0] - FAR <= b[2] && b[0] - FAR <= a[2] && a[1] - FAR <= b[3] && b[1] - FAR <= a[3];
}

/* Units whose bounds are near one another, followed to the end, are one group. */
static void spread(grouping *g, double (*bounds)[4], uint32_t n, uint32_t from, uint32_t *stack) {
    uint32_t top = 0;
    stack[top++] = from;
    g->group[from] = g->n;
    while (top) {
        uint32_t u = stack[--top];
        for (uint32_t v = 0; v < n; v++)
            if (g->group[v] == UINT32_MAX && bounds[v][0] <= bounds[v][2] &&
                are_near(bounds[u], bounds[v])) {
                g->group[v] = g->n;
                stack[top++] = v;
            }
    }
}

static grouping group_units(double (*bounds)[4], uint32_t n) {
    grouping g = {.group = noi_alloc(n * sizeof *g.group)};
    NOI_AUTO_FREE uint32_t *stack = noi_alloc(n * sizeof *stack);
    NOI_AUTO_FREE uint32_t *size = noi_alloc_zero(n + 1, sizeof *size);
    memset(g.group, 0xff, n * sizeof *g.group);
    for (uint32_t u = 0; u < n; u++)
        if (g.group[u] == UINT32_MAX && bounds[u][0] <= bounds[u][2]) {
            spread(&g, bounds, n, u, stack);
            g.n++;
        }
    for (uint32_t u = 0; u < n; u++)
        if (g.group[u] != UINT32_MAX)
            size[g.group[u]]++;
    for (uint32_t i = 1; i < g.n; i++)
        if (size[i] > size[g.main])
            g.main = i;
    return g;
}

static void group_bounds(double out[4], const grouping *g, double (*bounds)[4], uint32_t n,
                         uint32_t group) {
    out[0] = out[1] = INFINITY;
    out[2] = out[3] = -INFINITY;
    for (uint32_t u = 0; u < n; u++)
        if (g->group[u] == group) {
            out[0] = fmin(out[0], bounds[u][0]);
            out[1] = fmin(out[1], bounds[u][1]);
            out[2] = fmax(out[2], bounds[u][2]);
            out[3] = fmax(out[3], bounds[u][3]);
        }
}

/* ---- colours ---- */

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

/* ---- drawing ---- */

static void draw_group(noi_buf *out, const noi_report *report, const noi_coverage *c,
                       const noi_view *view, const grouping *g, uint32_t group) {
    static const noi_unit_count nothing;
    for (uint32_t u = 0; u < c->n_units; u++) {
        if (g->group[u] != group)
            continue;
        int64_t id = report->new_side.unit_ids[u];
        const noi_unit_count *count =
            id > 0 && (size_t)id < report->tally->n_units ? &report->tally->units[id] : &nothing;
        noi_svg_unit(out, view, c, u, "unit", CLASS_FILL[class_of(count)]);
    }
}

/* A name is written where it lies wholly inside its unit. */
static bool fits(const noi_view *view, const noi_coverage *c, uint32_t unit, const double at[2],
                 double width) {
    double half_lon = width / 2 / view->per_lon, half_lat = LABEL_SIZE / 2 / view->per_lat;
    for (int i = 0; i < 10; i++) {
        double x = at[0] + (double)(i % 5 - 2) / 2 * half_lon;
        if (!noi_unit_holds(c, unit, x, at[1] + (i < 5 ? half_lat : -half_lat)))
            return false;
    }
    return true;
}

static noi_status label_group(noi_buf *out, const noi_report *report, const noi_coverage *c,
                              const noi_view *view, const grouping *g, uint32_t group) {
    for (uint32_t u = 0; u < c->n_units; u++) {
        const noi_unit_row *unit = noi_report_unit(report, report->new_side.unit_ids[u]);
        double at[2];
        if (g->group[u] != group || !unit)
            continue;
        if (noi_unit_label_point(at, c, u) != NOI_OK) {
            noi_error_clear(); /* a unit too small to hold a point needs no name */
            continue;
        }
        noi_str name = noi_str_of(unit->name);
        if (fits(view, c, u, at, noi_text_width(name, LABEL_SIZE)))
            noi_svg_text(out, noi_view_x(view, at[0]), noi_view_y(view, at[1]) + LABEL_SIZE / 3,
                         "label", name);
    }
    return NOI_OK;
}

/* The lower corner that hides less of the map. */
static bool is_left_emptier(const noi_view *view, const noi_coverage *c) {
    size_t left = 0, right = 0;
    for (uint32_t i = 0; i < c->n_vertices; i++) {
        double x = noi_view_x(view, c->xy[2 * i]), y = noi_view_y(view, c->xy[2 * i + 1]);
        if (y < view->height - INSET_SIZE - 20 || y > view->height)
            continue;
        left += x >= 0 && x < INSET_SIZE + 10;
        right += x <= view->width && x > view->width - INSET_SIZE - 10;
    }
    return left <= right;
}

static void inset_name(noi_buf *out, const noi_report *report, const grouping *g, uint32_t n,
                       uint32_t group) {
    for (uint32_t u = 0; u < n; u++) {
        const noi_unit_row *unit = noi_report_unit(report, report->new_side.unit_ids[u]);
        if (g->group[u] != group || !unit)
            continue;
        noi_svg_text(out, 6, 12, "small", noi_str_of(unit->name));
        return;
    }
}

static void draw_inset(noi_buf *out, const noi_report *report, const noi_coverage *c,
                       const grouping *g, uint32_t group, const double bounds[4],
                       const double at[2]) {
    noi_view view = noi_view_fit(bounds, INSET_SIZE, INSET_SIZE, 14);
    noi_buf_printf(out,
                   "<svg x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f "
                   "%.0f\"><rect class=\"frame\" width=\"%.0f\" height=\"%.0f\"/>\n",
                   at[0], at[1], INSET_SIZE, INSET_SIZE, INSET_SIZE, INSET_SIZE, INSET_SIZE,
                   INSET_SIZE);
    draw_group(out, report, c, &view, g, group);
    inset_name(out, report, g, c->n_units, group);
    noi_svg_scale(out, &view);
    noi_svg_end(out);
}

static noi_status draw(noi_buf *out, const noi_report *report, const noi_coverage *c,
                       double (*bounds)[4], const grouping *g, const noi_view *view) {
    noi_svg_begin(out, view, "map overview", _("Share of records that wait, by new unit"));
    noi_buf_add_str(out, "<defs><pattern id=\"none\" width=\"4\" height=\"4\" "
                         "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect "
                         "width=\"4\" height=\"4\" fill=\"#fff\"/><path d=\"M0 0v4\" "
                         "stroke=\"#c9c7c0\" stroke-width=\"1.4\"/></pattern></defs>\n");
    draw_group(out, report, c, view, g, g->main);
    NOI_TRY(label_group(out, report, c, view, g, g->main));
    bool left = is_left_emptier(view, c);
    double at[2] = {left ? 1 : view->width - INSET_SIZE - 1, view->height - INSET_SIZE - 1};
    uint32_t drawn = 0;
    for (uint32_t i = 0; i < g->n && drawn < MAX_INSETS; i++) {
        double b[4];
        if (i == g->main)
            continue;
        group_bounds(b, g, bounds, c->n_units, i);
        draw_inset(out, report, c, g, i, b, at);
        at[1] -= INSET_SIZE + 6;
        drawn++;
    }
    /* the scale stands on the side without insets */
    noi_buf_printf(out, "<g transform=\"translate(%.0f 0)\">",
                   left && drawn ? INSET_SIZE + 12 : 0.0);
    noi_svg_scale(out, view);
    noi_buf_add_str(out, "</g>\n");
    if (report->new_side.synthetic)
        noi_svg_text(out, view->width - 8, 16, "synthetic", noi_str_of(_("synthetic borders")));
    noi_svg_end(out);
    return NOI_OK;
}

static noi_status draw_overview(noi_buf *out, const noi_report *report) {
    const noi_coverage *full = report->new_side.coverage;
    NOI_AUTO_FREE double(*bounds)[4] = noi_alloc(full->n_units * sizeof *bounds);
    for (uint32_t u = 0; u < full->n_units; u++)
        noi_unit_bounds(bounds[u], full, u);
    grouping g = group_units(bounds, full->n_units);
    double b[4];
    group_bounds(b, &g, bounds, full->n_units, g.main);
    noi_status status = NOI_OK;
    if (g.n) {
        noi_view view = noi_view_fit(b, MAP_WIDTH, 0, 10);
        if (view.height > 1.25 * MAP_WIDTH)
            view = noi_view_fit(b, MAP_WIDTH, 1.25 * MAP_WIDTH, 10);
        noi_coverage *simple = NULL;
        status = noi_coverage_simplify(&simple, full, FINE_STEP / view.per_lat);
        if (status == NOI_OK)
            status = draw(out, report, simple, bounds, &g, &view);
        noi_coverage_free(simple);
    }
    free(g.group);
    return status;
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
    NOI_TRY(draw_overview(out, report));
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
