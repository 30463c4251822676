/*
 * check_map.c: the maps of the page about a layer: a close view of each defect, with the units
 * around it named and a small map of where it lies in its unit; and all of them on the whole layer.
 */
#include "report/check_page.h"

#include "report/check_style.h"
#include "report/format.h"
#include "report/map_labels.h"
#include "report/map_overview.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MAP_WIDTH    300.0
#define MAP_HEIGHT   200.0
#define LEAST_M      60.0   /* a map shows at least so much, across */
#define AROUND_M     1500.0 /* around a place that has no shape */
#define LOCATOR_W    66.0
#define LOCATOR_H    50.0
#define M_PER_DEGREE 110600.0
#define MAX_DOTS     5000 /* findings on the map of all: the gravest */
#define MAX_PLACES   400  /* points drawn of one finding */

/* ---- shapes that are no areas ---- */

typedef struct places {
    double xy[2 * MAX_PLACES];
    size_t n;
    bool is_line;
} places;

static uint32_t read_count(const char **at, const char *end) {
    uint32_t n = 0;
    if (end - *at < 4)
        return 0;
    memcpy(&n, *at, 4);
    *at += 4;
    return n;
}

static void read_places(places *out, const char **at, const char *end, uint32_t n) {
    for (uint32_t i = 0; i < n && end - *at >= 16; i++, *at += 16)
        if (out->n < MAX_PLACES)
            memcpy(&out->xy[2 * out->n++], *at, 16);
}

/* The vertices of points and lines in little-endian WKB; none of anything else. */
static void places_of(places *out, noi_str wkb) {
    const char *at = wkb.p, *end = wkb.p + wkb.n;
    *out = (places){.n = 0};
    if (wkb.n < 5 || wkb.p[0] != 1)
        return;
    at++;
    uint32_t type = read_count(&at, end);
    out->is_line = type == 2 || type == 5;
    if (type == 1)
        read_places(out, &at, end, 1);
    else if (type == 2)
        read_places(out, &at, end, read_count(&at, end));
    else if (type == 4 || type == 5)
        for (uint32_t parts = read_count(&at, end); parts && end - at >= 5; parts--) {
            at += 5;
            read_places(out, &at, end, type == 4 ? 1 : read_count(&at, end));
        }
}

/* ---- one finding ---- */

typedef struct scene {
    const noi_check *check;
    const noi_layer_finding *finding;
    noi_coverage *shape; /* areas of the finding */
    places places;
    double at[2];
    noi_view view;
} scene;

static void widen(double b[4], double x, double y) {
    b[0] = fmin(b[0], x);
    b[1] = fmin(b[1], y);
    b[2] = fmax(b[2], x);
    b[3] = fmax(b[3], y);
}

static void widen_by_unit(double b[4], const noi_coverage *c, uint32_t unit) {
    double u[4];
    noi_unit_bounds(u, c, unit);
    if (u[0] > u[2])
        return;
    widen(b, u[0], u[1]);
    widen(b, u[2], u[3]);
}

/* Grows bounds to `metres` across at least, and by a margin. */
static void give_room(double b[4], double metres, double margin) {
    double shrink = cos(b[1] * 3.14159265358979323846 / 180);
    for (int axis = 0; axis < 2; axis++) {
        double least = metres / M_PER_DEGREE / (axis == 0 ? shrink : 1);
        double grow = fmax((least - (b[axis + 2] - b[axis])) / 2, margin * (b[axis + 2] - b[axis]));
        b[axis] -= fmax(grow, 0);
        b[axis + 2] += fmax(grow, 0);
    }
}

static void fit_view(scene *s) {
    double b[4] = {s->at[0], s->at[1], s->at[0], s->at[1]};
    const noi_layer_finding *f = s->finding;
    bool has_shape = s->shape->n_units || s->places.n;
    for (uint32_t u = 0; u < s->shape->n_units; u++)
        widen_by_unit(b, s->shape, u);
    for (size_t i = 0; i < s->places.n; i++)
        widen(b, s->places.xy[2 * i], s->places.xy[2 * i + 1]);
    if (!has_shape && f->area_a != NOI_INDEX_NONE && !noi_check_is_edge(f))
        widen_by_unit(b, s->check->layer->coverage, f->area_a);
    give_room(b, has_shape ? LEAST_M : AROUND_M, 0.35);
    s->view = noi_view_fit(b, MAP_WIDTH, MAP_HEIGHT, 0);
}

/* Position of the old (or new) unit of an edge in the other side's coverage. */
static bool is_chosen_other(const scene *s, uint32_t area) {
    const noi_boundary_law *law = s->check->law;
    int64_t id = law->other_unit_ids[area];
    return id && (id == s->finding->unit_id || id == s->finding->other_unit_id);
}

static void draw_other_side(noi_buf *out, const scene *s, const noi_view *view) {
    const noi_boundary_law *law = s->check->law;
    if (!law || !law->other_coverage || !noi_check_is_edge(s->finding))
        return;
    for (uint32_t u = 0; u < law->other_coverage->n_units; u++) {
        if (noi_bounds_in_view(view, s->check->other_boxes[u]))
            noi_svg_unit(out, view, law->other_coverage, u,
                         is_chosen_other(s, u) ? "old chosen" : "old", NULL);
    }
}

static void draw_layer(noi_buf *out, const scene *s, const noi_view *view) {
    const noi_layer_finding *f = s->finding;
    const noi_coverage *c = s->check->layer->coverage;
    for (uint32_t u = 0; u < c->n_units; u++)
        if (noi_bounds_in_view(view, s->check->boxes[u]))
            noi_svg_unit(out, view, c, u, "new", NULL);
    if (s->shape->n_units || s->places.n || f->area_a == NOI_INDEX_NONE)
        return;
    noi_svg_unit(out, view, c, f->area_a, "new chosen", NULL); /* the unit itself is the finding */
}

static void draw_finding(noi_buf *out, const scene *s, const char *colour) {
    const noi_view *v = &s->view;
    for (uint32_t u = 0; u < s->shape->n_units; u++) {
        char style[96];
        snprintf(style, sizeof style, "fill:rgb(%s);stroke:rgb(%s)", colour, colour);
        noi_svg_unit(out, v, s->shape, u, "fault", style);
    }
    for (size_t i = 0; i < s->places.n; i++)
        noi_buf_printf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\" style=\"fill:rgb(%s)\"/>\n",
                       noi_view_x(v, s->places.xy[2 * i]), noi_view_y(v, s->places.xy[2 * i + 1]),
                       colour);
    if (s->shape->n_units || s->places.n > 1)
        return;
    noi_buf_printf(
        out, "<circle class=\"mark\" cx=\"%.1f\" cy=\"%.1f\" r=\"7\" style=\"stroke:rgb(%s)\"/>\n",
        noi_view_x(v, s->at[0]), noi_view_y(v, s->at[1]), colour);
}

/* The units that the finding is about, on a small map of their own; false when the map itself shows
 * as much. */
static bool fit_locator(noi_view *out, const scene *s) {
    const noi_layer_finding *f = s->finding;
    const noi_coverage *c = s->check->layer->coverage;
    double b[4] = {s->at[0], s->at[1], s->at[0], s->at[1]};
    if (f->area_a != NOI_INDEX_NONE)
        widen_by_unit(b, c, f->area_a);
    if (f->area_b != NOI_INDEX_NONE)
        widen_by_unit(b, c, f->area_b);
    give_room(b, 2 * AROUND_M, 0.05);
    *out = noi_view_fit(b, LOCATOR_W, LOCATOR_H, 0);
    return s->view.width / s->view.per_lon * out->per_lon < LOCATOR_W / 2;
}

static void label_units(noi_buf *out, const scene *s) {
    const noi_layer *layer = s->check->layer;
    noi_labels l = {.n = 0};
    noi_view locator;
    if (fit_locator(&locator, s))
        noi_label_keep_off(&l, MAP_WIDTH - LOCATOR_W / 2, LOCATOR_H / 2, LOCATOR_W, LOCATOR_H);
    noi_label_keep_off(&l, noi_view_x(&s->view, s->at[0]), noi_view_y(&s->view, s->at[1]), 16, 16);
    for (uint32_t u = 0; u < layer->coverage->n_units; u++) {
        const char *name = layer->features[u].name;
        if (noi_bounds_in_view(&s->view, s->check->boxes[u]))
            noi_label_unit(out, &l, &s->view, layer->coverage, u,
                           noi_str_of(name[0] ? name : layer->features[u].code));
    }
}

/* Where the map lies in the units that it is about. */
static void draw_locator(noi_buf *out, const scene *s, const char *colour) {
    const noi_layer_finding *f = s->finding;
    const noi_coverage *c = s->check->layer->coverage;
    noi_view view;
    if (!fit_locator(&view, s))
        return;
    noi_buf_printf(
        out,
        "<svg x=\"%.0f\" y=\"0\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\">"
        "<rect class=\"sea\" width=\"%.0f\" height=\"%.0f\"/>\n",
        MAP_WIDTH - LOCATOR_W, LOCATOR_W, LOCATOR_H, LOCATOR_W, LOCATOR_H, LOCATOR_W, LOCATOR_H);
    for (uint32_t u = 0; u < c->n_units; u++)
        if (noi_bounds_in_view(&view, s->check->boxes[u]))
            noi_svg_unit(out, &view, c, u,
                         u == f->area_a || u == f->area_b ? "around its" : "around", NULL);
    double width = fmax(s->view.width / s->view.per_lon * view.per_lon, 5);
    double height = fmax(s->view.height / s->view.per_lat * view.per_lat, 4);
    noi_buf_printf(
        out,
        "<rect class=\"here\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
        "style=\"stroke:rgb(%s)\"/>\n<rect class=\"rim\" width=\"%.0f\" height=\"%.0f\"/></svg>\n",
        noi_view_x(&view, s->at[0]) - width / 2, noi_view_y(&view, s->at[1]) - height / 2, width,
        height, colour, LOCATOR_W, LOCATOR_H);
}

static void caption(noi_buf *out, const scene *s, size_t finding) {
    const noi_check *check = s->check;
    const noi_check_rule *r = &check->rules[noi_check_rule_at(check, finding)];
    NOI_AUTO_BUF noi_buf units = {0};
    char number[32];
    noi_check_units(&units, check, s->finding);
    noi_buf_printf(out, "<figcaption><b>%s</b> <span class=\"sev s%d\">%s</span> <b>",
                   noi_number(number, (int64_t)check->number[finding]), (int)r->rule->severity,
                   r->rule->id);
    noi_html_text(out, noi_str_of(_(r->rule->title)));
    noi_buf_add_str(out, "</b><br>");
    noi_html_text(out, noi_buf_view(&units));
    size_t before = out->n;
    noi_buf_add_str(out, units.n ? "<br>" : "");
    size_t begun = out->n;
    noi_check_values(out, s->finding);
    if (out->n == begun)
        out->n = before;
    noi_check_records(out, "<br>", &s->finding->records);
    noi_buf_printf(out, "<br><span class=\"at\">%.6f, %.6f</span></figcaption>", s->at[0],
                   s->at[1]);
}

static void draw_scene(noi_buf *out, scene *s, size_t finding) {
    const char *colour = noi_check_colour(s->check, noi_check_rule_at(s->check, finding));
    char title[32];
    snprintf(title, sizeof title, "%s %zu", s->finding->rule, s->check->number[finding]);
    fit_view(s);
    noi_buf_add_str(out, "<figure class=\"place\">");
    noi_svg_begin(out, &s->view, "map", title);
    draw_layer(out, s, &s->view);
    draw_other_side(out, s, &s->view);
    draw_finding(out, s, colour);
    label_units(out, s);
    draw_locator(out, s, colour);
    noi_svg_scale(out, &s->view);
    if (s->check->options.synthetic)
        noi_svg_text(out, MAP_WIDTH - 6, MAP_HEIGHT - 6, "synthetic",
                     noi_str_of(_("synthetic borders")));
    noi_svg_end(out);
    caption(out, s, finding);
    noi_buf_add_str(out, "</figure>\n");
}

bool noi_check_map(noi_buf *out, const noi_check *check, size_t finding) {
    scene s = {.check = check, .finding = check->findings[finding]};
    if (!noi_check_place(s.at, check, s.finding))
        return false;
    NOI_AUTO(noi_coverage_freep) noi_coverage *shape = noi_coverage_new();
    s.shape = shape;
    noi_str wkb = s.finding->wkb;
    if (wkb.n && noi_coverage_add_wkb(shape, 0, wkb.p, wkb.n) != NOI_OK) {
        noi_error_clear(); /* points or lines */
        places_of(&s.places, wkb);
    }
    draw_scene(out, &s, finding);
    return true;
}

/* ---- all of them ---- */

static const char *unit_style(const void *context, uint32_t unit) {
    (void)context;
    (void)unit;
    return "fill:#faf9f5";
}

static noi_str unit_name(const void *context, uint32_t unit) {
    const noi_check *check = context;
    return noi_str_of(check->layer->features[unit].name);
}

static void draw_dots(const void *context, noi_buf *out, const noi_view *view) {
    const noi_check *check = context;
    for (size_t i = check->n_findings < MAX_DOTS ? check->n_findings : MAX_DOTS; i-- > 0;) {
        /* the gravest above */
        size_t at = check->ranked[i];
        double p[2];
        if (!noi_check_place(p, check, check->findings[at]))
            continue;
        double x = noi_view_x(view, p[0]), y = noi_view_y(view, p[1]);
        if (x < 0 || y < 0 || x > view->width || y > view->height)
            continue;
        size_t rule = noi_check_rule_at(check, at);
        bool is_note = check->rules[rule].rule->severity == NOI_SEVERITY_NOTE;
        noi_buf_printf(out,
                       "<circle class=\"all\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\" "
                       "style=\"stroke:rgb(%s)\"/>\n",
                       x, y, is_note ? "0.6" : "3", noi_check_colour(check, rule));
    }
}

static void legend(noi_buf *out, const noi_check *check) {
    noi_buf_add_str(out, "<p class=\"legend\">");
    for (size_t i = 0; i < check->n_rules; i++) {
        char n[32];
        bool is_note = check->rules[i].rule->severity == NOI_SEVERITY_NOTE;
        noi_buf_printf(out,
                       "<span><svg viewBox=\"0 0 14 10\"><circle class=\"all\" cx=\"7\" cy=\"5\" "
                       "r=\"%s\" style=\"stroke:rgb(%s)\"/></svg>%s ",
                       is_note ? "0.8" : "3.5", noi_check_colour(check, i),
                       check->rules[i].rule->id);
        noi_html_text(out, noi_str_of(_(check->rules[i].rule->title)));
        noi_buf_printf(out, " (%s)</span>", noi_number(n, (int64_t)check->rules[i].n));
    }
    noi_buf_add_str(out, "</p>\n");
}

noi_status noi_check_overview(noi_buf *out, const noi_check *check) {
    const noi_overview overview = {
        .coverage = check->layer->coverage,
        .title = _("Where the findings lie"),
        .synthetic = check->options.synthetic,
        .context = check,
        .style = unit_style,
        .name = unit_name,
        .above = draw_dots,
    };
    noi_buf_add_str(out, "<figure class=\"overview\">");
    NOI_TRY(noi_map_overview(out, &overview));
    legend(out, check);
    noi_buf_add_str(out, "</figure>\n");
    return NOI_OK;
}
