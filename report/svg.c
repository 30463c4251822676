/*
 * svg.c: the SVG writer. Rings are clipped against the view, a little enlarged so that the cut lies
 * outside of it, by Sutherland and Hodgman's algorithm (Reentrant polygon clipping, CACM 17, 1974).
 */
#include "report/svg.h"

#include "base/i18n.h"
#include "report/format.h"

#include <math.h>
#include <stdio.h>

#define METRES_PER_DEGREE 110600.0 /* of latitude, near 11° N */
#define CLIP_MARGIN       6.0      /* points outside the view */
#define VISIBLE_STEP      0.35     /* points; nearer vertices are left out */

typedef struct ring {
    double *xy;
    size_t n, capacity; /* n vertices, capacity in doubles */
} ring;

noi_view noi_view_fit(const double bounds[4], double width, double height, double pad) {
    double middle = (bounds[1] + bounds[3]) / 2;
    double shrink = cos(middle * 3.14159265358979323846 / 180);
    double across = fmax((bounds[2] - bounds[0]) * shrink, 1e-9);
    double up = fmax(bounds[3] - bounds[1], 1e-9);
    double scale = (width - 2 * pad) / across;
    if (height > 0)
        scale = fmin(scale, (height - 2 * pad) / up);
    else
        height = up * scale + 2 * pad;
    noi_view view = {.per_lon = scale * shrink, .per_lat = scale, .width = width, .height = height};
    view.min_lon = (bounds[0] + bounds[2]) / 2 - width / 2 / view.per_lon;
    view.max_lat = middle + height / 2 / view.per_lat;
    return view;
}

double noi_view_x(const noi_view *view, double lon) {
    return (lon - view->min_lon) * view->per_lon;
}

double noi_view_y(const noi_view *view, double lat) {
    return (view->max_lat - lat) * view->per_lat;
}

double noi_view_metres(const noi_view *view) {
    return METRES_PER_DEGREE / view->per_lat;
}

/* ---- rings ---- */

static void add_vertex(ring *r, double x, double y) {
    NOI_GROW(r->xy, r->capacity, 2 * r->n + 2);
    r->xy[2 * r->n] = x;
    r->xy[2 * r->n + 1] = y;
    r->n++;
}

/* One side of the clipping rectangle: axis 0 or 1, keep above or below a limit. */
typedef struct side {
    int axis;
    double limit, sign;
} side;

static double depth(const side *s, const double *p) {
    return (p[s->axis] - s->limit) * s->sign;
}

static void clip_side(ring *out, const ring *in, const side *s) {
    out->n = 0;
    for (size_t i = 0; i < in->n; i++) {
        const double *a = &in->xy[2 * i];
        const double *b = &in->xy[2 * ((i + 1) % in->n)];
        double da = depth(s, a), db = depth(s, b);
        if (da >= 0)
            add_vertex(out, a[0], a[1]);
        if ((da >= 0) != (db >= 0)) {
            double t = da / (da - db);
            add_vertex(out, a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]));
        }
    }
}

static void clip(ring *r, ring *spare, const noi_view *v) {
    const side sides[4] = {{0, -CLIP_MARGIN, 1},
                           {0, v->width + CLIP_MARGIN, -1},
                           {1, -CLIP_MARGIN, 1},
                           {1, v->height + CLIP_MARGIN, -1}};
    for (int i = 0; i < 4 && r->n; i++) {
        clip_side(spare, r, &sides[i]);
        ring swap = *r;
        *r = *spare;
        *spare = swap;
    }
}

static void project(ring *out, const noi_view *v, const noi_coverage *c, uint32_t at) {
    out->n = 0;
    uint32_t from = c->ring_vertex[at], to = c->ring_vertex[at + 1];
    for (uint32_t i = from; i < to; i++) {
        double x = noi_view_x(v, c->xy[2 * i]), y = noi_view_y(v, c->xy[2 * i + 1]);
        const double *last = out->n ? &out->xy[2 * out->n - 2] : NULL;
        if (last && i + 1 < to && fabs(x - last[0]) < VISIBLE_STEP &&
            fabs(y - last[1]) < VISIBLE_STEP)
            continue;
        add_vertex(out, x, y);
    }
}

static void write_ring(noi_buf *out, const ring *r) {
    for (size_t i = 0; i < r->n; i++)
        noi_buf_printf(out, "%s%.1f %.1f", i ? "L" : "M", r->xy[2 * i], r->xy[2 * i + 1]);
    if (r->n)
        noi_buf_add_str(out, "Z");
}

void noi_svg_unit(noi_buf *out, const noi_view *view, const noi_coverage *c, uint32_t unit,
                  const char *class_name, const char *style) {
    if (!noi_unit_in_view(view, c, unit))
        return;
    ring r = {0}, spare = {0};
    noi_buf_printf(out, "<path class=\"%s\"", class_name);
    if (style)
        noi_buf_printf(out, " style=\"%s\"", style);
    noi_buf_add_str(out, " d=\"");
    uint32_t first = c->polygon_ring[c->unit_polygon[unit]];
    uint32_t last = c->polygon_ring[c->unit_polygon[unit + 1]];
    for (uint32_t i = first; i < last; i++) {
        project(&r, view, c, i);
        clip(&r, &spare, view);
        if (r.n >= 3)
            write_ring(out, &r);
    }
    noi_buf_add_str(out, "\"/>\n");
    free(r.xy);
    free(spare.xy);
}

/* ---- units ---- */

void noi_unit_bounds(double out[4], const noi_coverage *c, uint32_t unit) {
    out[0] = out[1] = INFINITY;
    out[2] = out[3] = -INFINITY;
    uint32_t from = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit]]];
    uint32_t to = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit + 1]]];
    for (uint32_t i = from; i < to; i++) {
        double x = c->xy[2 * i], y = c->xy[2 * i + 1];
        out[0] = x < out[0] ? x : out[0];
        out[1] = y < out[1] ? y : out[1];
        out[2] = x > out[2] ? x : out[2];
        out[3] = y > out[3] ? y : out[3];
    }
}

bool noi_unit_in_view(const noi_view *v, const noi_coverage *c, uint32_t unit) {
    double b[4];
    noi_unit_bounds(b, c, unit);
    return noi_bounds_in_view(v, b);
}

bool noi_bounds_in_view(const noi_view *v, const double b[4]) {
    return b[0] <= b[2] && noi_view_x(v, b[2]) >= 0 && noi_view_x(v, b[0]) <= v->width &&
           noi_view_y(v, b[1]) >= 0 && noi_view_y(v, b[3]) <= v->height;
}

/* Crossing count over all rings: good for drawing; geo/index.h is exact. */
bool noi_unit_holds(const noi_coverage *c, uint32_t unit, double lon, double lat) {
    bool inside = false;
    uint32_t first = c->polygon_ring[c->unit_polygon[unit]];
    uint32_t last = c->polygon_ring[c->unit_polygon[unit + 1]];
    for (uint32_t r = first; r < last; r++) {
        uint32_t from = c->ring_vertex[r], to = c->ring_vertex[r + 1];
        for (uint32_t i = from, j = to - 1; i < to; j = i++) {
            const double *a = &c->xy[2 * i], *b = &c->xy[2 * j];
            if ((a[1] > lat) != (b[1] > lat) &&
                lon < (b[0] - a[0]) * (lat - a[1]) / (b[1] - a[1]) + a[0])
                inside = !inside;
        }
    }
    return inside;
}

/* ---- elements ---- */

void noi_svg_begin(noi_buf *out, const noi_view *view, const char *class_name, const char *title) {
    noi_buf_printf(out,
                   "<svg class=\"%s\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
                   "xmlns=\"http://www.w3.org/2000/svg\"><title>",
                   class_name, view->width, view->height);
    noi_html_text(out, noi_str_of(title));
    noi_buf_add_str(out, "</title>\n");
}

void noi_svg_end(noi_buf *out) {
    noi_buf_add_str(out, "</svg>\n");
}

void noi_svg_text(noi_buf *out, double x, double y, const char *class_name, noi_str text) {
    noi_buf_printf(out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", class_name, x, y);
    noi_html_text(out, text);
    noi_buf_add_str(out, "</text>\n");
}

double noi_text_width(noi_str text, double font_size) {
    size_t letters = 0;
    for (size_t i = 0; i < text.n; i++)
        letters += ((unsigned char)text.p[i] & 0xc0) != 0x80;
    return (double)letters * 0.56 * font_size;
}

void noi_svg_scale(noi_buf *out, const noi_view *view) {
    double wanted = 0.25 * view->width * noi_view_metres(view);
    double metres = pow(10, floor(log10(wanted)));
    if (5 * metres <= wanted)
        metres *= 5;
    else if (2 * metres <= wanted)
        metres *= 2;
    double length = metres / noi_view_metres(view);
    char number[32], text[48];
    bool km = metres >= 1000;
    snprintf(text, sizeof text, "%s %s", noi_number(number, (int64_t)(km ? metres / 1000 : metres)),
             km ? "km" : "m");
    double y = view->height - 10;
    noi_buf_printf(out, "<path class=\"bar\" d=\"M8 %.1fv4h%.1fv-4\"/>\n", y - 4, length);
    noi_svg_text(out, 8 + length + 4, y, "small", noi_str_of(text));
}
