/*
 * projection_testing.h: squares around twelve real places of the city, written out in every system,
 * and what settling their system comes to.
 */
#ifndef NOI_TESTS_PROJECTION_TESTING_H
#define NOI_TESTS_PROJECTION_TESTING_H

#include "testing.h"

#include "boundary/projection.h"
#include "geo/crs.h"
#include "importers/import.h"
#include "importers/layer_file.h"
#include "shared.h"
#include "unit/merge/drawn_registry.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Units of the city after the reform, as its list has them, to a hundredth of a degree. */
static const struct place {
    const char *code;
    double lon, lat;
} city[] = {{"26740", 106.70, 10.78}, {"25747", 106.66, 10.97}, {"27553", 106.53, 10.95},
            {"27628", 106.65, 10.66}, {"26809", 106.72, 10.84}, {"25882", 106.77, 11.24},
            {"27667", 106.89, 10.58}, {"26710", 107.10, 10.51}, {"26575", 107.21, 10.62},
            {"26620", 107.40, 10.52}, {"26506", 107.08, 10.36}, {"26732", 106.61, 8.70}};
enum { N_CITY = sizeof city / sizeof *city };

#define HALF 0.01 /* of a square's side, degrees */

/* ---- layers ---- */

static inline noi_layer *new_layer(const char *stated) {
    noi_layer *layer = noi_layer_new();
    layer->name = noi_strdup("drawn");
    layer->crs = noi_strdup(stated);
    return layer;
}

static inline void add_square(noi_layer *layer, const char *code, double lon, double lat) {
    noi_coverage *c = layer->coverage;
    uint32_t at = c->n_units;
    const double ring[] = {lon - HALF, lat - HALF, lon + HALF, lat - HALF,
                           lon + HALF, lat + HALF, lon - HALF, lat + HALF};
    noi_coverage_add_unit(c, noi_code_parse(code, strlen(code)));
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, ring, 4);
    layer->features = noi_realloc(layer->features, (at + 1) * sizeof *layer->features);
    layer->features[at] =
        (noi_layer_feature){.line = at + 1,
                            .code = noi_arena_strndup(layer->arena, code, strlen(code)),
                            .name = "",
                            .kind = "",
                            .has_shape = true};
}

static inline noi_layer *city_layer(const char *stated) {
    noi_layer *layer = new_layer(stated);
    for (size_t i = 0; i < N_CITY; i++)
        add_square(layer, city[i].code, city[i].lon, city[i].lat);
    return layer;
}

static inline uint32_t first_vertex(const noi_coverage *c, uint32_t unit) {
    return c->ring_vertex[c->polygon_ring[c->unit_polygon[unit]]];
}

/* Turns areas [from, to) from degrees into a system. */
static inline void write_in(noi_layer *layer, const char *definition, uint32_t from, uint32_t to) {
    NOI_AUTO(noi_crs_closep) noi_crs *crs = NULL;
    noi_coverage *c = layer->coverage;
    uint32_t v = first_vertex(c, from), end = first_vertex(c, to);
    assert_int_equal(noi_crs_open(&crs, definition), NOI_OK);
    for (uint32_t n; v < end; v += n) {
        double x[512], y[512];
        n = end - v < 512 ? end - v : 512;
        for (uint32_t i = 0; i < n; i++) {
            x[i] = c->xy[2 * (v + i)];
            y[i] = c->xy[2 * (v + i) + 1];
        }
        noi_crs_from_wgs84(crs, x, y, n);
        for (uint32_t i = 0; i < n; i++) {
            c->xy[2 * (v + i)] = x[i];
            c->xy[2 * (v + i) + 1] = y[i];
        }
    }
}

static inline void write_all_in(noi_layer *layer, const char *definition) {
    write_in(layer, definition, 0, layer->coverage->n_units);
}

/* Every vertex of the drawn city is back within a millimetre. */
static inline void check_is_city(const noi_layer *layer) {
    NOI_AUTO(noi_layer_freep) noi_layer *right = city_layer("EPSG:4326");
    for (uint32_t v = 0; v < right->coverage->n_vertices; v++) {
        double dx = layer->coverage->xy[2 * v] - right->coverage->xy[2 * v];
        double dy = layer->coverage->xy[2 * v + 1] - right->coverage->xy[2 * v + 1];
        assert_true(hypot(dx, dy) * 111000 < 0.001);
    }
}

/* ---- settling ---- */

typedef struct outcome {
    noi_status status;
    noi_projection *projection;
    noi_layer_findings findings;
} outcome;

static inline void outcome_end(outcome *o) {
    noi_projection_free(o->projection);
    free(o->findings.items);
    noi_arena_free(o->findings.arena);
}
#define AUTO_OUTCOME NOI_AUTO(outcome_end) outcome

static inline outcome settle(noi_layer *layer, const noi_reference *reference) {
    outcome o = {0};
    o.status = noi_projection_settle(&o.projection, &o.findings, layer, reference);
    return o;
}

static inline outcome settle_ok(noi_layer *layer, const noi_reference *reference) {
    outcome o = settle(layer, reference);
    if (o.status != NOI_OK)
        fail_msg("%s / %s", noi_error_message(), noi_error_hint());
    return o;
}

static inline noi_reference *tables(void) {
    noi_reference *reference = NULL;
    assert_int_equal(noi_reference_load(&reference, NULL), NOI_OK);
    return reference;
}

/* The city's squares as a stored layer has them. */
static inline noi_reference *drawn_reference(void) {
    NOI_AUTO(noi_reference_freep) noi_reference *sketches = tables();
    noi_reference *r = noi_alloc_zero(1, sizeof *r);
    r->items = noi_alloc(sketches->n * sizeof *r->items);
    for (size_t k = 0; k < sketches->n; k++)
        for (size_t i = 0; i < N_CITY; i++)
            if (sketches->items[k].code == noi_code_parse(city[i].code, 5) &&
                (r->n == 0 || r->items[r->n - 1].code != sketches->items[k].code))
                r->items[r->n++] = (noi_reference_unit){.code = sketches->items[k].code,
                                                        .lon = city[i].lon + 0.0001,
                                                        .lat = city[i].lat,
                                                        .radius_m = 1500,
                                                        .is_drawn = true};
    assert_int_equal(r->n, N_CITY);
    return r;
}

static const noi_layer_finding *only_finding(const outcome *o, const char *rule, const char *key) {
    assert_int_equal(o->findings.n, 1);
    assert_string_equal(o->findings.items[0].rule, rule);
    assert_string_equal(o->findings.items[0].key, key);
    return &o->findings.items[0];
}

static const char *const definite[] = {
    "EPSG:5896", "EPSG:9205", "EPSG:9206", "EPSG:9207", "EPSG:9208", "EPSG:9209",
    "EPSG:9210", "EPSG:9211", "EPSG:9212", "EPSG:9213", "EPSG:9214", "EPSG:9215",
    "EPSG:9216", "EPSG:5899", "EPSG:9217", "EPSG:9218", "EPSG:3857"};
enum { N_DEFINITE = sizeof definite / sizeof *definite };

static inline double *copy_of(const noi_layer *layer) {
    size_t size = 2 * layer->coverage->n_vertices * sizeof(double);
    double *xy = noi_alloc(size);
    memcpy(xy, layer->coverage->xy, size);
    return xy;
}

#endif
