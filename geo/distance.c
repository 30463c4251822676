/* distance.c: see distance.h. */
#include "geo/distance.h"

#include <math.h>

#define PI       3.14159265358979323846
#define WGS84_A  6378137.0
#define WGS84_E2 0.00669437999014131699

typedef struct place {
    double lon, lat;
    double mx, my; /* metres a degree */
} place;

static double edge_distance2(const place *p, const double *a, const double *b) {
    double ax = (a[0] - p->lon) * p->mx, ay = (a[1] - p->lat) * p->my;
    double dx = (b[0] - a[0]) * p->mx, dy = (b[1] - a[1]) * p->my;
    double length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? -(ax * dx + ay * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    ax += t * dx;
    ay += t * dy;
    return ax * ax + ay * ay;
}

/* Whether a ray to the east crosses the edge. */
static bool crosses(const place *p, const double *a, const double *b) {
    if ((a[1] <= p->lat) == (b[1] <= p->lat))
        return false;
    return p->lon < a[0] + (p->lat - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
}

double noi_unit_distance_m(const noi_coverage *c, uint32_t unit, double lon, double lat) {
    double sine = sin(lat * (PI / 180)), w2 = 1 - WGS84_E2 * sine * sine;
    const place p = {lon, lat, WGS84_A / sqrt(w2) * cos(lat * (PI / 180)) * (PI / 180),
                     WGS84_A * (1 - WGS84_E2) / (w2 * sqrt(w2)) * (PI / 180)};
    double nearest2 = INFINITY;
    bool inside = false;
    uint32_t first = c->polygon_ring[c->unit_polygon[unit]];
    uint32_t last = c->polygon_ring[c->unit_polygon[unit + 1]];
    for (uint32_t r = first; r < last; r++) {
        uint32_t end = c->ring_vertex[r + 1];
        for (uint32_t v = c->ring_vertex[r]; v < end; v++) {
            const double *a = c->xy + 2 * (size_t)v;
            const double *b = c->xy + 2 * (size_t)(v + 1 < end ? v + 1 : c->ring_vertex[r]);
            nearest2 = fmin(nearest2, edge_distance2(&p, a, b));
            inside ^= crosses(&p, a, b);
        }
    }
    return inside ? 0 : sqrt(nearest2);
}
