/* shift.c: whether one drawing is another pushed aside; see moved.h. */
#include "geo/moved.h"

#include <geodesic.h>
#include <math.h>

#define LEAST_M      0.05
#define RADIANS      (3.14159265358979323846 / 180)
#define LEAST_SHARE  0.9
#define TOLERANCE    0.1
#define TOLERANCE_M  0.02
#define SAME_AREA    0.01

/* What a drawing gives one code: twice its area and its moments, in degrees from its first vertex. */
typedef struct place {
    noi_code code;
    double x0, y0, area2, x, y;
} place;

static void add_ring(place *p, const noi_coverage *c, uint32_t ring, bool is_hole) {
    double area2 = 0, x = 0, y = 0;
    size_t first = c->ring_vertex[ring], end = c->ring_vertex[ring + 1];
    for (size_t v = first; v < end; v++) {
        size_t next = v + 1 < end ? v + 1 : first;
        double ax = c->xy[2 * v] - p->x0, ay = c->xy[2 * v + 1] - p->y0;
        double bx = c->xy[2 * next] - p->x0, by = c->xy[2 * next + 1] - p->y0;
        double cross = ax * by - bx * ay;
        area2 += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    double sign = (area2 < 0) != is_hole ? -1 : 1;
    p->area2 += sign * area2;
    p->x += sign * x;
    p->y += sign * y;
}

static place place_of(const noi_coverage *c, uint32_t unit) {
    uint32_t polygon = c->unit_polygon[unit], end = c->unit_polygon[unit + 1];
    place p = {.code = c->unit_code[unit]};
    size_t first = c->ring_vertex[c->polygon_ring[polygon]];
    if (polygon == end || first >= c->n_vertices)
        return p;
    p.x0 = c->xy[2 * first];
    p.y0 = c->xy[2 * first + 1];
    for (; polygon < end; polygon++)
        for (uint32_t r = c->polygon_ring[polygon]; r < c->polygon_ring[polygon + 1]; r++)
            add_ring(&p, c, r, r != c->polygon_ring[polygon]);
    return p;
}

static int by_code(const void *a, const void *b) {
    const place *x = a, *y = b;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return (x->x0 > y->x0) - (x->x0 < y->x0);
}

/* Units that can be compared: with a code of their own and an area. Ordered by code. */
static place *places_of(size_t *n, const noi_coverage *c) {
    place *all = noi_alloc(((size_t)c->n_units + 1) * sizeof *all);
    for (uint32_t u = 0; u < c->n_units; u++)
        all[u] = place_of(c, u);
    qsort(all, c->n_units, sizeof *all, by_code);
    *n = 0;
    for (uint32_t u = 0, next; u < c->n_units; u = next) {
        for (next = u + 1; next < c->n_units && all[next].code == all[u].code;)
            next++;
        if (next == u + 1 && all[u].code && all[u].area2 > 0)
            all[(*n)++] = all[u];
    }
    return all;
}

static void centre_of(double out[2], const place *p) {
    out[0] = p->x0 + p->x / (3 * p->area2);
    out[1] = p->y0 + p->y / (3 * p->area2);
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of the values that are numbers; NaN when there are none. */

static double median(const double *values, size_t n) {
    NOI_AUTO_FREE double *sorted = noi_alloc(n * sizeof *sorted);
    size_t n_sorted = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(values[i]))
            sorted[n_sorted++] = values[i];
    if (n_sorted == 0)
        return NAN;
    qsort(sorted, n_sorted, sizeof *sorted, by_size);
    return (sorted[(n_sorted - 1) / 2] + sorted[n_sorted / 2]) / 2;
}

/* Movements of the units that both lists have, in metres; returns how many. A unit whose area has
 * changed has not been pushed: its movement is NaN. */
static size_t movements(double *east, double *north, const place *a, size_t n_a, const place *b,
                        size_t n_b) {
    size_t n = 0;
    struct geod_geodesic earth;
    geod_init(&earth, 6378137.0, 1 / 298.257223563);
    for (size_t i = 0, j = 0; i < n_a && j < n_b;) {
        if (a[i].code != b[j].code) {
            *(a[i].code < b[j].code ? &i : &j) += 1;
            continue;
        }
        double p[2], q[2], metres, azimuth, ratio = b[j].area2 / a[i].area2;
        centre_of(p, &a[i++]);
        centre_of(q, &b[j++]);
        geod_inverse(&earth, p[1], p[0], q[1], q[0], &metres, &azimuth, NULL);
        if (fabs(ratio - 1) > SAME_AREA)
            metres = NAN;
        east[n] = metres * sin(azimuth * RADIANS);
        north[n++] = metres * cos(azimuth * RADIANS);
    }
    return n;
}

bool noi_coverage_shift(noi_shift *out, const noi_coverage *before, const noi_coverage *after) {
    size_t n_a, n_b;
    NOI_AUTO_FREE place *a = places_of(&n_a, before);
    NOI_AUTO_FREE place *b = places_of(&n_b, after);
    NOI_AUTO_FREE double *east = noi_alloc((n_a + 1) * sizeof *east);
    NOI_AUTO_FREE double *north = noi_alloc((n_a + 1) * sizeof *north);
    size_t n = movements(east, north, a, n_a, b, n_b);
    *out = (noi_shift){.n_units = (uint32_t)n};
    if (n < 2)
        return false;
    out->east_m = median(east, n);
    out->north_m = median(north, n);
    out->length_m = hypot(out->east_m, out->north_m);
    double tolerance = fmax(TOLERANCE * out->length_m, TOLERANCE_M);
    for (size_t i = 0; i < n; i++)
        out->n_alike += hypot(east[i] - out->east_m, north[i] - out->north_m) <= tolerance;
    return out->length_m >= LEAST_M && out->n_alike >= LEAST_SHARE * (double)n;
}
