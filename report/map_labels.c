/* map_labels.c: see map_labels.h. Places are tried from the middle of the visible part outwards. */
#include "report/map_labels.h"

#include <math.h>

#define MARGIN 2.0  /* points between a name and the edge of the map */
#define TOP    12.0 /* the highest base line of a name */
#define FOOT   24.0 /* the strip of the scale bar */

void noi_label_keep_off(noi_labels *l, double x, double y, double width, double height) {
    if (l->n == NOI_MAX_LABELS)
        return;
    l->x[l->n] = x;
    l->y[l->n] = y;
    l->width[l->n] = width;
    l->height[l->n++] = height;
}

/* The part of a unit's bounds that is in view: west, south, east, north. */
static void visible_part(double out[4], const noi_view *v, const noi_coverage *c, uint32_t unit) {
    noi_unit_bounds(out, c, unit);
    out[0] = fmax(out[0], v->min_lon);
    out[1] = fmax(out[1], v->max_lat - v->height / v->per_lat);
    out[2] = fmin(out[2], v->min_lon + v->width / v->per_lon);
    out[3] = fmin(out[3], v->max_lat);
}

static bool is_free(const noi_labels *l, const noi_view *v, double x, double y, double width) {
    if (x - width / 2 < MARGIN || x + width / 2 > v->width - MARGIN || y < TOP ||
        y > v->height - FOOT)
        return false;
    for (size_t i = 0; i < l->n; i++)
        if (fabs(x - l->x[i]) < (width + l->width[i]) / 2 + 3 &&
            fabs(y - l->y[i]) < (NOI_LABEL_SIZE + l->height[i]) / 2 + 3)
            return false;
    return true;
}

/* The place with its ends and not only its middle in the unit, where `wholly`. */
static bool lies_in(const noi_view *v, const noi_coverage *c, uint32_t unit, const double at[2],
                    double width, bool wholly) {
    double half = width / 2 / v->per_lon;
    return noi_unit_holds(c, unit, at[0], at[1]) &&
           (!wholly || (noi_unit_holds(c, unit, at[0] - half, at[1]) &&
                        noi_unit_holds(c, unit, at[0] + half, at[1])));
}

static bool place_label(noi_buf *out, noi_labels *l, const noi_view *view, const noi_coverage *c,
                        uint32_t unit, noi_str name, bool wholly) {
    static const double steps[] = {.5, .35, .65, .2, .8, .08, .92};
    enum { N_STEPS = sizeof steps / sizeof *steps };
    double b[4], width = noi_text_width(name, NOI_LABEL_SIZE);
    visible_part(b, view, c, unit);
    for (int i = 0; i < N_STEPS * N_STEPS; i++) {
        /* ring by ring: the larger of the two steps grows */
        int ring = (int)sqrt(i), rest = i - ring * ring;
        const double at[2] = {b[0] + steps[rest <= ring ? rest : ring] * (b[2] - b[0]),
                              b[1] + steps[rest <= ring ? ring : 2 * ring - rest] * (b[3] - b[1])};
        double x = noi_view_x(view, at[0]), y = noi_view_y(view, at[1]);
        if (!is_free(l, view, x, y, width) || !lies_in(view, c, unit, at, width, wholly))
            continue;
        noi_label_keep_off(l, x, y, width, NOI_LABEL_SIZE);
        noi_svg_text(out, x, y + NOI_LABEL_SIZE / 3, "label", name);
        return true;
    }
    return false;
}

bool noi_label_unit(noi_buf *out, noi_labels *l, const noi_view *view, const noi_coverage *c,
                    uint32_t unit, noi_str name) {
    if (l->n == NOI_MAX_LABELS || !name.n)
        return false;
    return place_label(out, l, view, c, unit, name, true) ||
           place_label(out, l, view, c, unit, name, false);
}
