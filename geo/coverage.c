/*
 * coverage.c: areas as flat arrays, and their way in and out as WKB. See coverage.h for the layout.
 *
 * Each array of offsets has one entry more than things, and its last entry is kept right after each
 * addition, so a coverage is readable at any moment of its building.
 */
#include "geo/coverage.h"

#include "base/i18n.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { WKB_POLYGON = 3, WKB_MULTIPOLYGON = 6 };
#define EWKB_Z    0x80000000u
#define EWKB_M    0x40000000u
#define EWKB_SRID 0x20000000u

noi_coverage *noi_coverage_new(void) {
    noi_coverage *c = noi_alloc_zero(1, sizeof *c);
    c->unit_polygon = noi_alloc_zero(1, sizeof *c->unit_polygon);
    c->polygon_ring = noi_alloc_zero(1, sizeof *c->polygon_ring);
    c->ring_vertex = noi_alloc_zero(1, sizeof *c->ring_vertex);
    c->cap_units = c->cap_polygons = c->cap_rings = 1;
    return c;
}

void noi_coverage_free(noi_coverage *coverage) {
    if (!coverage)
        return;
    free(coverage->unit_polygon);
    free(coverage->polygon_ring);
    free(coverage->ring_vertex);
    free(coverage->xy);
    free(coverage->unit_code);
    free(coverage);
}

void noi_coverage_add_unit(noi_coverage *c, noi_code code) {
    assert(c->n_units < UINT32_MAX - 1);
    NOI_GROW(c->unit_polygon, c->cap_units, (size_t)c->n_units + 2);
    c->unit_code = noi_realloc(c->unit_code, c->cap_units * sizeof *c->unit_code);
    c->unit_code[c->n_units++] = code;
    c->unit_polygon[c->n_units] = c->n_polygons;
}

void noi_coverage_add_polygon(noi_coverage *c) {
    assert(c->n_units > 0 && c->n_polygons < UINT32_MAX - 1);
    NOI_GROW(c->polygon_ring, c->cap_polygons, (size_t)c->n_polygons + 2);
    c->polygon_ring[++c->n_polygons] = c->n_rings;
    c->unit_polygon[c->n_units] = c->n_polygons;
}

void noi_coverage_add_ring(noi_coverage *c, const double *xy, size_t n) {
    assert(c->n_polygons > 0 && c->n_rings < UINT32_MAX - 1);
    assert(n < UINT32_MAX - c->n_vertices);
    if (n > 1 && xy[0] == xy[2 * n - 2] && xy[1] == xy[2 * n - 1])
        n--;
    NOI_GROW(c->ring_vertex, c->cap_rings, (size_t)c->n_rings + 2);
    NOI_GROW(c->xy, c->cap_vertices, 2 * (c->n_vertices + n));
    if (n)
        memcpy(c->xy + 2 * (size_t)c->n_vertices, xy, 2 * n * sizeof *xy);
    c->n_vertices += (uint32_t)n;
    c->ring_vertex[++c->n_rings] = c->n_vertices;
    c->polygon_ring[c->n_polygons] = c->n_rings;
}

/* ---- WKB in ---- */

typedef struct reader {
    const uint8_t *at, *end;
    bool big_endian; /* of the geometry being read */
    unsigned n_dimensions;
} reader;

static noi_status truncated(void) {
    return noi_fail(NOI_ERR_INPUT, _("the geometry (WKB) ends before it is complete"));
}

static noi_status read_u32(uint32_t *out, reader *r) {
    if (r->end - r->at < 4)
        return truncated();
    const uint8_t *b = r->at;
    r->at += 4;
    *out = r->big_endian ? (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]
                         : (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
    return NOI_OK;
}

/* The caller has made sure that 8 bytes are left. */
static double take_double(reader *r) {
    uint64_t bits = 0;
    for (unsigned i = 0; i < 8; i++)
        bits |= (uint64_t)r->at[i] << 8 * (r->big_endian ? 7 - i : i);
    r->at += 8;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Reads byte order, type and dimensions; *type is without them. */
static noi_status read_head(uint32_t *type, reader *r) {
    if (r->end - r->at < 1)
        return truncated();
    uint8_t order = *r->at++;
    if (order > 1)
        return noi_fail(NOI_ERR_INPUT, _("the geometry is not WKB: it begins with byte %u"), order);
    r->big_endian = order == 0;
    uint32_t word, srid;
    NOI_TRY(read_u32(&word, r));
    if (word & EWKB_SRID)
        NOI_TRY(read_u32(&srid, r));
    uint32_t iso = word & ~(EWKB_Z | EWKB_M | EWKB_SRID);
    *type = iso % 1000;
    bool has_z = (word & EWKB_Z) || iso / 1000 == 1 || iso / 1000 == 3;
    bool has_m = (word & EWKB_M) || iso / 1000 == 2 || iso / 1000 == 3;
    if (iso >= 4000)
        return noi_fail(NOI_ERR_INPUT, _("the geometry has the unknown WKB type %u"), word);
    r->n_dimensions = 2u + has_z + has_m;
    return NOI_OK;
}

static noi_status read_ring(noi_coverage *c, reader *r) {
    uint32_t n;
    NOI_TRY(read_u32(&n, r));
    if ((uint64_t)(r->end - r->at) / (8 * r->n_dimensions) < n)
        return truncated();
    if (n >= UINT32_MAX - c->n_vertices)
        return noi_fail(NOI_ERR_INPUT, _("the layer has more than %u vertices"), UINT32_MAX);
    NOI_AUTO_FREE double *xy = noi_alloc(2 * sizeof *xy * n);
    for (uint32_t i = 0; i < n; i++) {
        xy[2 * i] = take_double(r);
        xy[2 * i + 1] = take_double(r);
        r->at += 8 * (r->n_dimensions - 2);
        if (!isfinite(xy[2 * i]) || !isfinite(xy[2 * i + 1]))
            return noi_fail(NOI_ERR_INPUT, _("a vertex of the geometry is not a finite number"));
    }
    if (n)
        noi_coverage_add_ring(c, xy, n);
    return NOI_OK;
}

static noi_status read_polygon(noi_coverage *c, reader *r) {
    uint32_t n_rings;
    NOI_TRY(read_u32(&n_rings, r));
    if (n_rings)
        noi_coverage_add_polygon(c);
    for (uint32_t i = 0; i < n_rings; i++)
        NOI_TRY(read_ring(c, r)); /* each takes 4 bytes at least, so a lying count ends soon */
    return NOI_OK;
}

static noi_status read_shape(noi_coverage *c, reader *r) {
    uint32_t type, n_parts;
    NOI_TRY(read_head(&type, r));
    if (type == WKB_POLYGON)
        return read_polygon(c, r);
    if (type != WKB_MULTIPOLYGON)
        return noi_fail(NOI_ERR_INPUT, _("the geometry is not a polygon (WKB type %u)"), type);
    NOI_TRY(read_u32(&n_parts, r));
    for (uint32_t i = 0; i < n_parts; i++) {
        NOI_TRY(read_head(&type, r));
        if (type != WKB_POLYGON)
            return noi_fail(NOI_ERR_INPUT, _("a multipolygon holds a part of WKB type %u"), type);
        NOI_TRY(read_polygon(c, r));
    }
    return NOI_OK;
}

noi_status noi_coverage_add_wkb(noi_coverage *c, noi_code code, const void *wkb, size_t n) {
    const noi_coverage before = *c;
    reader r = {wkb, wkb ? (const uint8_t *)wkb + n : NULL, false, 2};
    noi_coverage_add_unit(c, code);
    noi_status status = read_shape(c, &r);
    if (status == NOI_OK && r.at != r.end)
        status = noi_fail(NOI_ERR_INPUT, _("the geometry (WKB) is followed by %zu stray bytes"),
                          (size_t)(r.end - r.at));
    if (status == NOI_OK)
        return NOI_OK;
    c->n_units = before.n_units;
    c->n_polygons = before.n_polygons;
    c->n_rings = before.n_rings;
    c->n_vertices = before.n_vertices;
    return status;
}

/* ---- WKB out ---- */

static void add_u32(noi_buf *out, uint32_t value) {
    const uint8_t b[4] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16),
                          (uint8_t)(value >> 24)};
    noi_buf_add(out, b, sizeof b);
}

static void add_double(noi_buf *out, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    add_u32(out, (uint32_t)bits);
    add_u32(out, (uint32_t)(bits >> 32));
}

static void add_ring(noi_buf *out, const noi_coverage *c, uint32_t ring) {
    uint32_t from = c->ring_vertex[ring], n = c->ring_vertex[ring + 1] - from;
    add_u32(out, n ? n + 1 : 0);
    for (uint32_t i = 0; n && i <= n; i++) {
        size_t v = from + (size_t)(i % n);
        add_double(out, c->xy[2 * v]);
        add_double(out, c->xy[2 * v + 1]);
    }
}

void noi_coverage_wkb(noi_buf *out, const noi_coverage *c, uint32_t unit) {
    noi_buf_add_char(out, 1);
    add_u32(out, WKB_MULTIPOLYGON);
    add_u32(out, c->unit_polygon[unit + 1] - c->unit_polygon[unit]);
    for (uint32_t p = c->unit_polygon[unit]; p < c->unit_polygon[unit + 1]; p++) {
        noi_buf_add_char(out, 1);
        add_u32(out, WKB_POLYGON);
        add_u32(out, c->polygon_ring[p + 1] - c->polygon_ring[p]);
        for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++)
            add_ring(out, c, r);
    }
}

void noi_coverage_bounds(double out[4], const noi_coverage *c) {
    out[0] = out[1] = INFINITY;
    out[2] = out[3] = -INFINITY;
    for (size_t v = 0; v < c->n_vertices; v++) {
        out[0] = fmin(out[0], c->xy[2 * v]);
        out[1] = fmin(out[1], c->xy[2 * v + 1]);
        out[2] = fmax(out[2], c->xy[2 * v]);
        out[3] = fmax(out[3], c->xy[2 * v + 1]);
    }
    if (!c->n_vertices)
        out[0] = out[1] = out[2] = out[3] = NAN;
}
