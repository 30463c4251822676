/*
 * impact_map.c: maps of borders that move. The units as they will be in pale lines, the old borders
 * dashed, the border in question bold, the area that changes hands in the colour of its direction,
 * the records concerned as dots.
 */
#include "report/impact_page.h"

#include "base/i18n.h"
#include "report/format.h"
#include "report/map_labels.h"
#include "report/map_overview.h"

#include <math.h>
#include <string.h>

#define MAP_WIDTH    330.0
#define MAP_HEIGHT   230.0
#define CLOSE_M      700.0 /* what a close view shows, across */
#define LEAST_M      150.0 /* a map shows at least so much */
#define M_PER_DEGREE 110600.0

/* ---- the whole layer ------------------------------------------------------------------------- */

static void touch(noi_impact_maps *m, noi_code code, uint8_t how) {
    const noi_coverage *c = m->story->after.layer->coverage;
    for (uint32_t u = 0; code && u < c->n_units; u++)
        if (c->unit_code[u] == code && m->touched[u] < how)
            m->touched[u] = how;
}

void noi_impact_maps_begin(noi_impact_maps *out, const noi_impact_story *story) {
    *out = (noi_impact_maps){.story = story};
    out->touched = noi_alloc_zero(story->after.layer->coverage->n_units + (size_t)1, 1);
    for (size_t i = 0; i < story->n_pairs; i++) {
        const noi_impact_pair *pair = &story->pairs[i];
        uint8_t how = pair->n_records || pair->asked || pair->settled ? 2 : 1;
        touch(out, pair->a, how);
        touch(out, pair->b, how);
    }
}

void noi_impact_maps_end(noi_impact_maps *maps) {
    free(maps->touched);
}

static const char *style_of(const void *context, uint32_t unit) {
    static const char *const styles[] = {"fill:#faf9f5", "fill:#dbe5ef", "fill:#f0c9a4"};
    const noi_impact_maps *m = context;
    return styles[m->touched[unit]];
}

static noi_str name_of(const void *context, uint32_t unit) {
    const noi_impact_maps *m = context;
    return m->touched[unit] ? noi_str_of(m->story->after.layer->features[unit].name)
                            : (noi_str){NULL, 0};
}

static void overview_key(noi_buf *out, const char *fill, const char *meaning) {
    noi_buf_printf(out,
                   "<span><svg viewBox=\"0 0 14 10\"><rect class=\"key\" style=\"fill:%s\" "
                   "width=\"14\" height=\"10\"/></svg>%s</span>",
                   fill, meaning);
}

noi_status noi_impact_overview(noi_buf *out, const noi_impact_maps *maps) {
    const noi_overview overview = {.coverage = maps->story->after.layer->coverage,
                                   .title = _("Units whose borders move"),
                                   .synthetic = maps->story->is_synthetic,
                                   .context = maps,
                                   .style = style_of,
                                   .name = name_of};
    noi_buf_add_str(out, "<figure class=\"overview\">");
    NOI_TRY(noi_map_overview(out, &overview));
    noi_buf_add_str(out, "<figcaption class=\"legend\">");
    if (noi_impact_is_new_side(maps->story)) {
        overview_key(out, "#f0c9a4", _("the border moves, and records with it"));
        overview_key(out, "#dbe5ef", _("the border moves, no record does"));
    } else {
        overview_key(out, "#dbe5ef", _("the border moves"));
    }
    noi_buf_add_str(out, "</figcaption></figure>\n");
    return NOI_OK;
}

/* ---- one border ------------------------------------------------------------------------------ */

/* The area that moves from a to b as unit 0, from b to a as unit 1. */
static noi_status shapes_of(noi_coverage *out, const noi_impact_pair *pair) {
    for (int i = 0; i < 2; i++) {
        if (pair->moved[i])
            NOI_TRY(noi_coverage_add_wkb(out, 0, pair->moved[i]->wkb.p, pair->moved[i]->wkb.n));
        else
            noi_coverage_add_unit(out, 0);
    }
    return NOI_OK;
}

static void around(double out[4], double lon, double lat, double metres) {
    double up = metres / 2 / M_PER_DEGREE, across = up / cos(lat * 3.14159265358979323846 / 180);
    out[0] = lon - across;
    out[1] = lat - up;
    out[2] = lon + across;
    out[3] = lat + up;
}

static double width_m(const double bounds[4]) {
    double shrink = cos((bounds[1] + bounds[3]) / 2 * 3.14159265358979323846 / 180);
    return fmax((bounds[2] - bounds[0]) * shrink, bounds[3] - bounds[1]) * M_PER_DEGREE;
}

static void draw_layer(noi_buf *out, const noi_view *view, const noi_coverage *c,
                       const char *class_name, const noi_impact_pair *only) {
    for (uint32_t u = 0; u < c->n_units; u++)
        if (!only ||
            (c->unit_code[u] && (c->unit_code[u] == only->a || c->unit_code[u] == only->b)))
            noi_svg_unit(out, view, c, u, class_name, NULL);
}

static void draw_dots(noi_buf *out, const noi_view *view, const noi_impact_pair *pair) {
    for (size_t i = 0; i < pair->n_dots; i++) {
        const noi_impact_dot *dot = &pair->dots[i];
        double x = noi_view_x(view, dot->lon), y = noi_view_y(view, dot->lat);
        if (x > 0 && y > 0 && x < view->width && y < view->height)
            noi_buf_printf(out, "<circle class=\"dot%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"1.7\"/>\n",
                           dot->is_question ? " question" : "", x, y);
    }
}

static void label_layer(noi_buf *out, const noi_view *view, const noi_layer *layer) {
    noi_labels labels = {.n = 0};
    for (uint32_t u = 0; u < layer->coverage->n_units; u++)
        if (noi_unit_in_view(view, layer->coverage, u))
            noi_label_unit(out, &labels, view, layer->coverage, u,
                           noi_str_of(layer->features[u].name));
}

typedef struct picture {
    const noi_impact_story *story;
    const noi_impact_pair *pair;
    const noi_coverage *shapes;
    const char *title;
} picture;

static void draw(noi_buf *out, const picture *p, const double bounds[4], const double *close) {
    noi_view view = noi_view_fit(bounds, MAP_WIDTH, MAP_HEIGHT, 10);
    const noi_impact_story *s = p->story;
    noi_buf_add_str(out, "<figure class=\"place\">");
    noi_svg_begin(out, &view, "map", p->title);
    draw_layer(out, &view, s->after.layer->coverage, "new", NULL);
    noi_svg_unit(out, &view, p->shapes, 0, "gain", NULL);
    noi_svg_unit(out, &view, p->shapes, 1, "loss", NULL);
    draw_layer(out, &view, s->after.layer->coverage, "chosen", p->pair);
    draw_layer(out, &view, s->before.layer->coverage, "old", NULL);
    draw_dots(out, &view, p->pair);
    if (close)
        noi_buf_printf(
            out, "<rect class=\"reach\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
            noi_view_x(&view, close[0]), noi_view_y(&view, close[3]),
            (close[2] - close[0]) * view.per_lon, (close[3] - close[1]) * view.per_lat);
    label_layer(out, &view, s->after.layer);
    noi_svg_scale(out, &view);
    noi_svg_end(out);
    noi_buf_add_str(out, "</figure>\n");
}

noi_status noi_impact_pair_maps(noi_buf *out, const noi_impact_maps *maps,
                                const noi_impact_pair *pair) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *shapes = noi_coverage_new();
    NOI_AUTO_BUF noi_buf title = {0};
    if (!pair->moved[0] && !pair->moved[1])
        return NOI_OK;
    NOI_TRY(shapes_of(shapes, pair));
    noi_impact_unit_text(&title, maps->story, pair->a);
    noi_buf_add_str(&title, " – ");
    noi_impact_unit_text(&title, maps->story, pair->b);
    const picture p = {maps->story, pair, shapes, title.p};
    const noi_moved *larger =
        !pair->moved[0] || (pair->moved[1] && pair->moved[1]->area_m2 > pair->moved[0]->area_m2)
            ? pair->moved[1]
            : pair->moved[0];
    double whole[4], close[4];
    memcpy(whole, pair->bounds, sizeof whole);
    bool is_long = width_m(whole) > 2 * CLOSE_M && pair->farthest_m < CLOSE_M / 3;
    around(close, larger->lon, larger->lat, CLOSE_M);
    if (width_m(whole) < LEAST_M)
        around(whole, (whole[0] + whole[2]) / 2, (whole[1] + whole[3]) / 2, LEAST_M);
    noi_buf_add_str(out, "<div class=\"places\">\n");
    draw(out, &p, whole, is_long ? close : NULL);
    if (is_long)
        draw(out, &p, close, NULL);
    noi_buf_add_str(out, "</div>\n");
    return NOI_OK;
}

void noi_impact_legend(noi_buf *out, bool with_records) {
    noi_buf_printf(
        out,
        "<p class=\"legend\"><span><svg viewBox=\"0 0 14 10\"><path class=\"old\" "
        "d=\"M0 5h14\"/></svg>%s</span><span><svg viewBox=\"0 0 14 10\"><path class=\"new chosen\" "
        "d=\"M0 5h14\"/></svg>%s</span><span><svg viewBox=\"0 0 14 10\"><rect class=\"gain\" "
        "width=\"14\" height=\"10\"/></svg>%s</span><span><svg viewBox=\"0 0 14 10\"><rect "
        "class=\"loss\" width=\"14\" height=\"10\"/></svg>%s</span>",
        _("border before"), _("border afterwards"), _("area from the first unit to the second"),
        _("area from the second unit to the first"));
    if (with_records)
        noi_buf_printf(
            out,
            "<span><svg viewBox=\"0 0 14 10\"><circle class=\"dot\" cx=\"7\" cy=\"5\" r=\"3\"/>"
            "</svg>%s</span><span><svg viewBox=\"0 0 14 10\"><circle class=\"dot question\" cx=\"7\" "
            "cy=\"5\" r=\"3\"/></svg>%s</span>",
            _("a record that changes unit"),
            _("a record that becomes a question, or stops being one"));
    noi_buf_add_str(out, "</p>\n");
}
