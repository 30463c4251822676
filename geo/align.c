/* align.c: vertices that all but meet become equal; see align.h. */
#include "geo/align.h"

#include <math.h>
#include <string.h>

#define METRES_PER_DEGREE 111320.0 /* at most, of longitude and, nearly, of latitude */
#define NONE              UINT32_MAX

void coverage_append_unit(noi_coverage *out, const noi_coverage *from, uint32_t unit) {
    noi_coverage_add_unit(out, from->unit_code[unit]);
    for (uint32_t p = from->unit_polygon[unit]; p < from->unit_polygon[unit + 1]; p++) {
        noi_coverage_add_polygon(out);
        for (uint32_t r = from->polygon_ring[p]; r < from->polygon_ring[p + 1]; r++) {
            size_t at = from->ring_vertex[r], n = from->ring_vertex[r + 1] - at;
            if (n)
                noi_coverage_add_ring(out, from->xy + 2 * at, n);
        }
    }
}

void coverage_append(noi_coverage *out, const noi_coverage *from) {
    for (uint32_t u = 0; u < from->n_units; u++)
        coverage_append_unit(out, from, u);
}

/* The reference vertices by the cell of a grid that they lie in; cells are as wide as the reach. */
typedef struct cells {
    const double *xy;
    double size; /* degrees */
    size_t mask;
    uint32_t *head, *next; /* chains of vertices */
} cells;

static size_t slot(const cells *c, int64_t column, int64_t row) {
    uint64_t h = (uint64_t)column * 0x9E3779B97F4A7C15u ^ (uint64_t)row * 0xC2B2AE3D27D4EB4Fu;
    h ^= h >> 31;
    return (size_t)(h * 0xBF58476D1CE4E5B9u >> 20) & c->mask;
}

static int64_t cell(const cells *c, double degrees) {
    return (int64_t)floor(degrees / c->size);
}

static void cells_make(cells *c, const double *xy, uint32_t n, double size) {
    size_t n_slots = 64;
    while (n_slots < n)
        n_slots *= 2;
    *c = (cells){.xy = xy, .size = size, .mask = n_slots - 1};
    c->head = noi_alloc(n_slots * sizeof *c->head);
    c->next = noi_alloc(((size_t)n + 1) * sizeof *c->next);
    memset(c->head, 0xFF, n_slots * sizeof *c->head);
    for (uint32_t v = 0; v < n; v++) {
        size_t at = slot(c, cell(c, xy[2 * (size_t)v]), cell(c, xy[2 * (size_t)v + 1]));
        c->next[v] = c->head[at];
        c->head[at] = v;
    }
}

static void cells_clear(cells *c) {
    free(c->head);
    free(c->next);
}

/* A vertex of the cell that is nearer than *best2, in square degrees of latitude. */
static uint32_t nearest_in(double *best2, const cells *c, size_t at, const double *p,
                           double shrink) {
    uint32_t best = NONE;
    for (uint32_t v = c->head[at]; v != NONE; v = c->next[v]) {
        double dx = (c->xy[2 * (size_t)v] - p[0]) * shrink, dy = c->xy[2 * (size_t)v + 1] - p[1];
        double d2 = dx * dx + dy * dy;
        if (d2 > *best2 || (d2 == *best2 && best != NONE))
            continue;
        best = v;
        *best2 = d2;
    }
    return best;
}

/* Most vertices have not moved at all: the vertex's own cell is looked into first. */
static uint32_t find_nearest(const cells *c, const double *p, double reach, double shrink) {
    int64_t column = cell(c, p[0]), row = cell(c, p[1]);
    double best2 = reach * reach;
    uint32_t best = nearest_in(&best2, c, slot(c, column, row), p, shrink);
    if (best != NONE && best2 == 0)
        return best;
    for (int i = -1; i <= 1; i++)
        for (int j = -1; j <= 1; j++) {
            uint32_t v = nearest_in(&best2, c, slot(c, column + i, row + j), p, shrink);
            if (v != NONE)
                best = v;
        }
    return best;
}

void coverage_align(noi_coverage *coverage, uint32_t first, double metres) {
    double bounds[4];
    noi_coverage_bounds(bounds, coverage);
    if (!(metres > 0) || first == 0 || first >= coverage->n_vertices)
        return;
    double shrink = cos((bounds[1] + bounds[3]) / 2 * 3.14159265358979323846 / 180);
    double reach = metres / METRES_PER_DEGREE;
    NOI_AUTO(cells_clear) cells c;
    cells_make(&c, coverage->xy, first, reach / fmax(shrink, 0.1));
    for (size_t v = first; v < coverage->n_vertices; v++) {
        double *p = coverage->xy + 2 * v;
        uint32_t near = find_nearest(&c, p, reach, shrink);
        if (near == NONE)
            continue;
        p[0] = coverage->xy[2 * (size_t)near];
        p[1] = coverage->xy[2 * (size_t)near + 1];
    }
}
