/*
 * map_overview.c: the map of all units of a layer; see map_overview.h. Units far from the rest (an
 * island district) get an inset at their own scale.
 */
#include "report/map_overview.h"

#include "base/i18n.h"
#include "geo/measure.h"

#include <math.h>
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

/* ---- drawing ---- */

static void draw_group(noi_buf *out, const noi_overview *o, const noi_coverage *c,
                       const noi_view *view, const grouping *g, uint32_t group) {
    for (uint32_t u = 0; u < c->n_units; u++)
        if (g->group[u] == group)
            noi_svg_unit(out, view, c, u, "unit", o->style(o->context, u));
    if (o->above)
        o->above(o->context, out, view);
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

static noi_status label_group(noi_buf *out, const noi_overview *o, const noi_coverage *c,
                              const noi_view *view, const grouping *g, uint32_t group) {
    for (uint32_t u = 0; u < c->n_units; u++) {
        noi_str name = o->name(o->context, u);
        double at[2];
        if (g->group[u] != group || !name.n)
            continue;
        if (noi_unit_label_point(at, c, u) != NOI_OK) {
            noi_error_clear(); /* a unit too small to hold a point needs no name */
            continue;
        }
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

static void inset_name(noi_buf *out, const noi_overview *o, const grouping *g, uint32_t n,
                       uint32_t group) {
    for (uint32_t u = 0; u < n; u++) {
        noi_str name = o->name(o->context, u);
        if (g->group[u] != group || !name.n)
            continue;
        noi_svg_text(out, 6, 12, "small", name);
        return;
    }
}

static void draw_inset(noi_buf *out, const noi_overview *o, const noi_coverage *c,
                       const grouping *g, uint32_t group, const double bounds[4],
                       const double at[2]) {
    noi_view view = noi_view_fit(bounds, INSET_SIZE, INSET_SIZE, 14);
    noi_buf_printf(out,
                   "<svg x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f "
                   "%.0f\"><rect class=\"frame\" width=\"%.0f\" height=\"%.0f\"/>\n",
                   at[0], at[1], INSET_SIZE, INSET_SIZE, INSET_SIZE, INSET_SIZE, INSET_SIZE,
                   INSET_SIZE);
    draw_group(out, o, c, &view, g, group);
    inset_name(out, o, g, c->n_units, group);
    noi_svg_scale(out, &view);
    noi_svg_end(out);
}

static noi_status draw(noi_buf *out, const noi_overview *o, const noi_coverage *c,
                       double (*bounds)[4], const grouping *g, const noi_view *view) {
    noi_svg_begin(out, view, "map overview", o->title);
    noi_buf_add_str(out, "<defs><pattern id=\"none\" width=\"4\" height=\"4\" "
                         "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect "
                         "width=\"4\" height=\"4\" fill=\"#fff\"/><path d=\"M0 0v4\" "
                         "stroke=\"#c9c7c0\" stroke-width=\"1.4\"/></pattern></defs>\n");
    draw_group(out, o, c, view, g, g->main);
    NOI_TRY(label_group(out, o, c, view, g, g->main));
    bool left = is_left_emptier(view, c);
    double at[2] = {left ? 1 : view->width - INSET_SIZE - 1, view->height - INSET_SIZE - 1};
    uint32_t drawn = 0;
    for (uint32_t i = 0; i < g->n && drawn < MAX_INSETS; i++) {
        double b[4];
        if (i == g->main)
            continue;
        group_bounds(b, g, bounds, c->n_units, i);
        draw_inset(out, o, c, g, i, b, at);
        at[1] -= INSET_SIZE + 6;
        drawn++;
    }
    /* the scale stands on the side without insets */
    noi_buf_printf(out, "<g transform=\"translate(%.0f 0)\">",
                   left && drawn ? INSET_SIZE + 12 : 0.0);
    noi_svg_scale(out, view);
    noi_buf_add_str(out, "</g>\n");
    if (o->synthetic)
        noi_svg_text(out, view->width - 8, 16, "synthetic", noi_str_of(_("synthetic borders")));
    noi_svg_end(out);
    return NOI_OK;
}

noi_status noi_map_overview(noi_buf *out, const noi_overview *o) {
    const noi_coverage *full = o->coverage;
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
            status = draw(out, o, simple, bounds, &g, &view);
        noi_coverage_free(simple);
    }
    free(g.group);
    return status;
}
