/*
 * map_finding.c: the small map of a finding: the new units around the place in pale fill, old
 * borders dashed, the unit in question in bold, the finding itself in red.
 */
#include "report/page.h"

#include "report/map_labels.h"

#include <math.h>

#define MAP_WIDTH  300.0
#define MAP_HEIGHT 225.0
#define NEAR_POINT 0.012 /* degrees around a point: about 1.3 km */

static void widen(double bounds[4], const double more[4]) {
    bounds[0] = fmin(bounds[0], more[0]);
    bounds[1] = fmin(bounds[1], more[1]);
    bounds[2] = fmax(bounds[2], more[2]);
    bounds[3] = fmax(bounds[3], more[3]);
}

static bool bounds_of_unit(double bounds[4], const noi_drawing *side, int64_t unit_id) {
    bool found = false;
    for (uint32_t u = 0; side->coverage && unit_id && u < side->coverage->n_units; u++) {
        if (side->unit_ids[u] != unit_id)
            continue;
        double b[4];
        noi_unit_bounds(b, side->coverage, u);
        widen(bounds, b);
        found = true;
    }
    return found;
}

/* A finding about units shows the whole unit; one about a point or a sliver, its surroundings. */
static void extent_of(double bounds[4], const noi_report *report, const noi_finding_row *f,
                      const noi_coverage *shape) {
    bool of_units = noi_str_is(f->subject_kind, "unit") || noi_str_is(f->subject_kind, "edge");
    double near = NEAR_POINT;
    const double around[4] = {f->lon - near, f->lat - near, f->lon + near, f->lat + near};
    bounds[0] = bounds[1] = INFINITY;
    bounds[2] = bounds[3] = -INFINITY;
    widen(bounds, around);
    if (shape && shape->n_units) {
        double b[4];
        noi_coverage_bounds(b, shape);
        widen(bounds, b);
    }
    if (of_units && !bounds_of_unit(bounds, &report->old_side, f->unit_id))
        bounds_of_unit(bounds, &report->new_side, f->unit_id);
    double pad_x = 0.08 * (bounds[2] - bounds[0]), pad_y = 0.08 * (bounds[3] - bounds[1]);
    bounds[0] -= pad_x;
    bounds[1] -= pad_y;
    bounds[2] += pad_x;
    bounds[3] += pad_y;
}

static bool shows(const noi_drawing *side, const noi_view *view) {
    for (uint32_t u = 0; side->coverage && u < side->coverage->n_units; u++)
        if (noi_unit_in_view(view, side->coverage, u))
            return true;
    return false;
}

static void draw_side(noi_buf *out, const noi_view *view, const noi_drawing *side,
                      const char *class_name, int64_t only, int64_t or_only) {
    for (uint32_t u = 0; side->coverage && u < side->coverage->n_units; u++) {
        int64_t id = side->unit_ids[u];
        if (only == 0 || id == only || (or_only && id == or_only))
            noi_svg_unit(out, view, side->coverage, u, class_name, NULL);
    }
}

static void label_units(noi_buf *out, const noi_report *report, const noi_view *view,
                        const noi_finding_row *f) {
    const noi_drawing *side = &report->new_side;
    noi_labels l = {.n = 0};
    noi_label_keep_off(&l, noi_view_x(view, f->lon), noi_view_y(view, f->lat), 18,
                       18); /* the mark */
    for (uint32_t u = 0; side->coverage && u < side->coverage->n_units; u++) {
        const noi_unit_row *unit = noi_report_unit(report, side->unit_ids[u]);
        if (unit && noi_unit_in_view(view, side->coverage, u))
            noi_label_unit(out, &l, view, side->coverage, u, noi_str_of(unit->name));
    }
}

static void draw_place(noi_buf *out, const noi_view *view, const noi_finding_row *f,
                       const noi_coverage *shape) {
    for (uint32_t u = 0; shape && u < shape->n_units; u++)
        noi_svg_unit(out, view, shape, u, "fault", NULL);
    noi_buf_printf(out,
                   "<circle class=\"mark\" cx=\"%.1f\" cy=\"%.1f\" r=\"7\"/>\n"
                   "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"1.6\"/>\n",
                   noi_view_x(view, f->lon), noi_view_y(view, f->lat), noi_view_x(view, f->lon),
                   noi_view_y(view, f->lat));
}

static void caption(noi_buf *out, const noi_report *report, const noi_finding_row *f) {
    bool is_record = !noi_str_is(f->subject_kind, "unit") && !noi_str_is(f->subject_kind, "edge");
    noi_buf_add_str(out, "<figcaption>");
    if (is_record) { /* the key of a unit or an edge is its code: it follows anyway */
        noi_buf_add_str(out, "<b>");
        noi_html_text(out, f->subject_key);
        noi_buf_add_str(out, "</b> ");
    }
    noi_unit_label(out, report, f->unit_id);
    if (f->unit_id && f->other_unit_id)
        noi_buf_add_str(out, " → ");
    noi_unit_label(out, report, f->other_unit_id);
    if (f->found.n) {
        noi_buf_add_str(out, "<br>");
        noi_html_value(out, f->found);
    }
    noi_buf_add_str(out, "</figcaption>");
}

bool noi_map_finding(noi_buf *out, const noi_report *report, const noi_finding_row *f) {
    if (!isfinite(f->lon) || !isfinite(f->lat) || fabs(f->lat) > 89)
        return false;
    NOI_AUTO(noi_coverage_freep) noi_coverage *shape = noi_coverage_new();
    if (f->wkb.n && noi_coverage_add_wkb(shape, 0, f->wkb.p, f->wkb.n) != NOI_OK)
        noi_error_clear(); /* a line or a point: the mark alone shows where it is */
    double bounds[4];
    extent_of(bounds, report, f, shape);
    noi_view view = noi_view_fit(bounds, MAP_WIDTH, MAP_HEIGHT, 0);
    if (!shows(&report->new_side, &view) && !shows(&report->old_side, &view))
        return false;
    NOI_AUTO_FREE char *title = noi_strndup(f->subject_key.p, f->subject_key.n);
    noi_buf_add_str(out, "<figure class=\"place\">");
    noi_svg_begin(out, &view, "map", title);
    draw_side(out, &view, &report->new_side, "new", 0, 0);
    draw_side(out, &view, &report->old_side, "old", 0, 0);
    draw_side(out, &view, &report->old_side, "old chosen", f->unit_id ? f->unit_id : -1,
              f->other_unit_id);
    draw_side(out, &view, &report->new_side, "new chosen", f->unit_id ? f->unit_id : -1,
              f->other_unit_id);
    draw_place(out, &view, f, shape);
    label_units(out, report, &view, f);
    noi_svg_scale(out, &view);
    if (report->new_side.synthetic || report->old_side.synthetic)
        noi_svg_text(out, MAP_WIDTH - 6, MAP_HEIGHT - 6, "synthetic",
                     noi_str_of(_("synthetic borders")));
    noi_svg_end(out);
    caption(out, report, f);
    noi_buf_add_str(out, "</figure>\n");
    return true;
}
