/*
 * svg.h: a small SVG writer for maps. A view maps degrees to points of the picture by an
 * equirectangular projection true at its middle latitude; y grows downwards. Paths are clipped to
 * the view and thinned to what a reader can see, so that a map stays small.
 */
#ifndef NOI_REPORT_SVG_H
#define NOI_REPORT_SVG_H

#include "geo/coverage.h"

typedef struct noi_view {
    double min_lon, max_lat; /* upper left corner */
    double per_lon, per_lat; /* points a degree */
    double width, height;    /* points */
} noi_view;

/* The view of bounds (min lon, min lat, max lon, max lat), centred in width × height with `pad`
 * points on each side, never stretched. height 0: as high as the bounds need. */
noi_view noi_view_fit(const double bounds[4], double width, double height, double pad);
double noi_view_x(const noi_view *view, double lon);
double noi_view_y(const noi_view *view, double lat);
double noi_view_metres(const noi_view *view); /* of one point of the picture */

void noi_svg_begin(noi_buf *out, const noi_view *view, const char *class_name, const char *title);
void noi_svg_end(noi_buf *out);
/* <path class=… d=…/> of a unit; `style` ("fill:#abc") may be NULL. Nothing when out of view. */
void noi_svg_unit(noi_buf *out, const noi_view *view, const noi_coverage *coverage, uint32_t unit,
                  const char *class_name, const char *style);
/* A bar of a round length (1, 2 or 5 × 10^n m), lower left. */
void noi_svg_scale(noi_buf *out, const noi_view *view);
void noi_svg_text(noi_buf *out, double x, double y, const char *class_name, noi_str text);
/* The width of a text in points at a font size, near enough to tell whether it fits. */
double noi_text_width(noi_str text, double font_size);

bool noi_unit_in_view(const noi_view *view, const noi_coverage *coverage, uint32_t unit);
bool noi_unit_holds(const noi_coverage *coverage, uint32_t unit, double lon, double lat);
bool noi_bounds_in_view(const noi_view *view, const double bounds[4]);
void noi_unit_bounds(double out[4], const noi_coverage *coverage, uint32_t unit);

#endif
