/*
 * coverage.h: admin units as areas: flat arrays of rings in degrees, EPSG:4326, x = longitude,
 * y = latitude. Knows nothing of files; importers/ and registry/ fill it.
 *
 *   unit u  = polygons [unit_polygon[u], unit_polygon[u+1])
 *   polygon = rings    [polygon_ring[p], polygon_ring[p+1]); the first is the outer one
 *   ring r  = vertices [ring_vertex[r], ring_vertex[r+1]); closed: the first vertex is NOT repeated
 *   vertex v = x = xy[2v], y = xy[2v+1]
 *
 * Built by one thread; read-only afterwards and then usable from many.
 */
#ifndef NOI_GEO_COVERAGE_H
#define NOI_GEO_COVERAGE_H

#include "base/memory.h"

typedef struct noi_coverage {
    uint32_t n_units, n_polygons, n_rings, n_vertices;
    uint32_t *unit_polygon; /* n_units + 1 */
    uint32_t *polygon_ring; /* n_polygons + 1 */
    uint32_t *ring_vertex;  /* n_rings + 1 */
    double *xy;             /* 2 * n_vertices */
    noi_code *unit_code;    /* n_units; 0 where the layer gives none */
    size_t cap_units, cap_polygons, cap_rings, cap_vertices; /* used while building */
} noi_coverage;

noi_coverage *noi_coverage_new(void);
void noi_coverage_free(noi_coverage *coverage); /* accepts NULL */
NOI_DEFINE_AUTO(noi_coverage, noi_coverage_free)

/* Building, in this order: add_unit { add_polygon { add_ring ... } ... } ... A ring may come closed
 * (last vertex equal to the first): the repeat is dropped. Numbers must be finite (asserted by the
 * caller; see noi_coverage_add_wkb for input that is not trusted). */
void noi_coverage_add_unit(noi_coverage *coverage, noi_code code);
void noi_coverage_add_polygon(noi_coverage *coverage);
void noi_coverage_add_ring(noi_coverage *coverage, const double *xy, size_t n_vertices);

/* Adds one unit from WKB or EWKB bytes, either byte order, Polygon or MultiPolygon, 2D, Z or M
 * (heights dropped). NOI_ERR_INPUT for other types, truncated bytes or non-finite numbers; the
 * coverage is then unchanged. */
NOI_MUST_CHECK noi_status noi_coverage_add_wkb(noi_coverage *coverage, noi_code code,
                                               const void *wkb, size_t n);

/* One unit as WKB (little-endian MultiPolygon, rings closed), appended to `out`. */
void noi_coverage_wkb(noi_buf *out, const noi_coverage *coverage, uint32_t unit);

/* Bounds of all vertices: min x, min y, max x, max y. All NaN for an empty coverage. */
void noi_coverage_bounds(double out[4], const noi_coverage *coverage);

#endif
