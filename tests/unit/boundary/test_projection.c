/*
 * Plan: squares around twelve real places of the city, written out in every system: a right file
 * gives no finding; each planted error is named with the option that sets it right, and the areas
 * come out where they were; files that mix systems are settled area by area; what cannot be told is
 * refused and left as it was. A wrong code or a far vertex is not taken for a wrong system. The
 * same on the real layers, when they are there, and with references of every origin.
 */
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

static noi_layer *new_layer(const char *stated) {
    noi_layer *layer = noi_layer_new();
    layer->name = noi_strdup("drawn");
    layer->crs = noi_strdup(stated);
    return layer;
}

static void add_square(noi_layer *layer, const char *code, double lon, double lat) {
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

static noi_layer *city_layer(const char *stated) {
    noi_layer *layer = new_layer(stated);
    for (size_t i = 0; i < N_CITY; i++)
        add_square(layer, city[i].code, city[i].lon, city[i].lat);
    return layer;
}

static uint32_t first_vertex(const noi_coverage *c, uint32_t unit) {
    return c->ring_vertex[c->polygon_ring[c->unit_polygon[unit]]];
}

/* Turns areas [from, to) from degrees into a system. */
static void write_in(noi_layer *layer, const char *definition, uint32_t from, uint32_t to) {
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

static void write_all_in(noi_layer *layer, const char *definition) {
    write_in(layer, definition, 0, layer->coverage->n_units);
}

/* Every vertex of the drawn city is back within a millimetre. */
static void check_is_city(const noi_layer *layer) {
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

static void outcome_end(outcome *o) {
    noi_projection_free(o->projection);
    free(o->findings.items);
    noi_arena_free(o->findings.arena);
}
#define AUTO_OUTCOME NOI_AUTO(outcome_end) outcome

static outcome settle(noi_layer *layer, const noi_reference *reference) {
    outcome o = {0};
    o.status = noi_projection_settle(&o.projection, &o.findings, layer, reference);
    return o;
}

static outcome settle_ok(noi_layer *layer, const noi_reference *reference) {
    outcome o = settle(layer, reference);
    if (o.status != NOI_OK)
        fail_msg("%s / %s", noi_error_message(), noi_error_hint());
    return o;
}

static noi_reference *tables(void) {
    noi_reference *reference = NULL;
    assert_int_equal(noi_reference_load(&reference, NULL), NOI_OK);
    return reference;
}

/* The city's squares as a stored layer has them. */
static noi_reference *drawn_reference(void) {
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

/* ---- right files ---- */

static void a_right_file_gives_no_finding(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const char *const systems[] = {"EPSG:4326", "EPSG:4756",  "EPSG:9210",   "EPSG:5899",
                                          "EPSG:3405", "EPSG:32648", "EPSG:5897",   "EPSG:32649",
                                          "EPSG:3857", "EPSG:9214",  "EPSG:9210/yx"};
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(systems[i]);
        write_all_in(layer, systems[i]);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        assert_int_equal(o.findings.n, 0);
        assert_string_equal(o.projection->stated, systems[i]);
        assert_string_equal(o.projection->used, systems[i]);
        assert_string_equal(layer->crs, systems[i]);
        assert_int_equal(o.projection->n_compared, N_CITY);
        assert_true(o.projection->n_near >= N_CITY - 1);
        assert_int_equal(o.projection->n_otherwise, 0);
        assert_true(o.projection->median_m < 1500);
        assert_true(o.projection->median_m == o.projection->stated_median_m);
        check_is_city(layer);
    }
}

static void the_operation_and_its_accuracy_are_stated(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:5899");
    write_all_in(layer, "EPSG:5899");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_string_equal(o.projection->operation, "VN-2000 to WGS 84 (2), EPSG:6960");
    assert_string_equal(layer->transform, "VN-2000 to WGS 84 (2), EPSG:6960");
    assert_true(o.projection->accuracy_m == 1 && layer->accuracy_m == 1);
}

static void a_text_without_codes_is_the_system_that_it_describes(void **state) {
    (void)state;
    static const char text[] =
        "PROJCS[\"VN2000 HCM 105-45\",GEOGCS[\"VN2000\",DATUM[\"VN2000\","
        "SPHEROID[\"WGS 84\",6378137,298.257223563],TOWGS84[-191.9,-39.3,-111.45,0,0,0,0]],"
        "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],"
        "PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],"
        "PARAMETER[\"central_meridian\",105.75],PARAMETER[\"scale_factor\",0.9999],"
        "PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(text);
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_string_equal(o.projection->used, "VN2000 HCM 105-45");
    check_is_city(layer);
}

/* ---- planted errors ---- */

static void a_file_without_system_is_told_what_it_fits(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    for (size_t i = 0; i < N_DEFINITE; i++)
        for (int swapped = 0; swapped < 2; swapped++) {
            char name[32], option[40];
            snprintf(name, sizeof name, "%s%s", definite[i], swapped ? "/yx" : "");
            snprintf(option, sizeof option, "--crs %s", name);
            if (strcmp(name, "EPSG:5896") == 0 || strcmp(name, "EPSG:9218") == 0)
                continue; /* the ends of the row stand in the next test */
            NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("");
            write_all_in(layer, name);
            AUTO_OUTCOME o = settle_ok(layer, reference);
            const noi_layer_finding *f = only_finding(&o, "L25", "no_system");
            assert_string_equal(o.projection->used, name);
            assert_string_equal(f->expected, option);
            assert_memory_equal(f->found, name, strlen(name));
            assert_string_equal(f->subject, "drawn");
            assert_true(isnan(o.projection->stated_median_m));
            assert_string_equal(o.projection->stated, "");
            check_is_city(layer);
        }
}

static void a_wrong_central_meridian_is_found(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    for (size_t i = 0; i + 1 < N_DEFINITE; i++) {
        const char *stated = strcmp(definite[i], "EPSG:9210") == 0 ? "EPSG:9211" : "EPSG:9210";
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(stated);
        write_all_in(layer, definite[i]);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        const noi_layer_finding *f = only_finding(&o, "L26", "wrong_zone");
        assert_string_equal(o.projection->used, definite[i]);
        assert_memory_equal(f->expected, "--crs ", 6);
        assert_string_equal(f->expected + 6, definite[i]);
        assert_memory_equal(f->found, stated, strlen(stated));
        assert_true(o.projection->stated_median_m > 20000);
        check_is_city(layer);
    }
}

static void exchanged_axes_are_found(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const char *const systems[] = {"EPSG:9210", "EPSG:4326", "EPSG:4756", "EPSG:32648"};
    for (size_t i = 0; i < 4; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(systems[i]);
        char name[32];
        snprintf(name, sizeof name, "%s/yx", systems[i]);
        write_all_in(layer, name);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        const noi_layer_finding *f = only_finding(&o, "L26", "swapped_axes");
        assert_string_equal(o.projection->used, name);
        assert_memory_equal(f->expected, "--crs ", 6);
        assert_string_equal(f->expected + 6, name);
        if (i == 0)
            assert_string_equal(layer->transform,
                                "x and y exchanged; VN-2000 to WGS 84 (2), EPSG:6960");
        check_is_city(layer);
    }
}

static void metres_under_a_name_of_degrees_are_found(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:4326");
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    const noi_layer_finding *f = only_finding(&o, "L26", "wrong_system");
    assert_string_equal(f->expected, "--crs EPSG:9210");
    check_is_city(layer);
}

static void another_datum_is_another_system(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:32648");
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    only_finding(&o, "L26", "wrong_system");
    assert_string_equal(o.projection->used, "EPSG:9210");
}

/* ---- systems some hundred metres apart ---- */

static void check_refused(const outcome *o, const noi_layer *layer, const double *xy,
                          const char *const *named) {
    assert_int_equal(o->status, NOI_ERR_INPUT);
    assert_null(o->projection);
    assert_int_equal(o->findings.n, 0);
    for (size_t i = 0; named[i]; i++) {
        assert_non_null(strstr(noi_error_message(), named[i]));
        assert_non_null(strstr(noi_error_hint(), named[i]));
    }
    assert_memory_equal(layer->coverage->xy, xy, 2 * layer->coverage->n_vertices * sizeof *xy);
}

static double *copy_of(const noi_layer *layer) {
    size_t size = 2 * layer->coverage->n_vertices * sizeof(double);
    double *xy = noi_alloc(size);
    memcpy(xy, layer->coverage->xy, size);
    return xy;
}

static void sketches_cannot_tell_the_two_degrees(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const char *const both[] = {"EPSG:4326", "EPSG:4756", NULL};
    static const char *const stated[] = {"", "EPSG:9210"};
    for (size_t i = 0; i < 2; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(stated[i]);
        NOI_AUTO_FREE double *before = copy_of(layer);
        AUTO_OUTCOME o = settle(layer, reference);
        check_refused(&o, layer, before, both);
        assert_string_equal(layer->crs, stated[i]);
    }
    static const char *const three[] = {"EPSG:3405", "EPSG:32648", "EPSG:5897", NULL};
    NOI_AUTO(noi_layer_freep) noi_layer *utm = city_layer("");
    write_all_in(utm, "EPSG:32648");
    NOI_AUTO_FREE double *before = copy_of(utm);
    AUTO_OUTCOME o = settle(utm, reference);
    check_refused(&o, utm, before, three);
}

static void a_stored_layer_tells_the_two_degrees(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = drawn_reference();
    static const struct {
        const char *is, *stated, *rule, *key;
    } cases[] = {{"EPSG:4326", "", "L25", "no_system"},
                 {"EPSG:4756", "", "L25", "no_system"},
                 {"EPSG:4326", "EPSG:4756", "L26", "wrong_system"},
                 {"EPSG:4756", "EPSG:4326", "L26", "wrong_system"},
                 {"EPSG:4326", "EPSG:9210", "L26", "degrees_as_metres"},
                 {"EPSG:4756", "EPSG:9210", "L26", "degrees_as_metres"},
                 {"EPSG:3405", "EPSG:32648", "L26", "wrong_system"},
                 {"EPSG:5897", "EPSG:3405", "L26", "wrong_zone"},
                 {"EPSG:32648", "", "L25", "no_system"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(cases[i].stated);
        write_all_in(layer, cases[i].is);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        only_finding(&o, cases[i].rule, cases[i].key);
        assert_string_equal(o.projection->used, cases[i].is);
        check_is_city(layer);
    }
}

/* Three areas are where the stored layer has them, the others were redrawn. */
static void few_unchanged_units_are_enough(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = drawn_reference();
    for (size_t i = 3; i < reference->n; i++)
        reference->items[i].lon += 0.02;
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:4326");
    write_all_in(layer, "EPSG:4756");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    only_finding(&o, "L26", "wrong_system");
    for (size_t i = 0; i < 3; i++)
        reference->items[i].lon += 0.02;
    NOI_AUTO(noi_layer_freep) noi_layer *untold = city_layer("EPSG:4326");
    write_all_in(untold, "EPSG:4756");
    AUTO_OUTCOME p = settle_ok(untold, reference);
    assert_int_equal(p.findings.n, 0);
    assert_string_equal(p.projection->used, "EPSG:4326");
}

/* ---- mixed files ---- */

static void both_meridians_in_one_file_are_settled(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const char *const stated[] = {"EPSG:9210", "EPSG:5899", ""};
    for (size_t i = 0; i < 3; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(stated[i]);
        write_in(layer, "EPSG:5899", 0, 5);
        write_in(layer, "EPSG:9210", 5, N_CITY);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        assert_int_equal(o.findings.n, i == 2 ? 2 : 1);
        const noi_layer_finding *f = &o.findings.items[o.findings.n - 1];
        assert_string_equal(f->rule, "L27");
        assert_string_equal(f->found, i == 1 ? "EPSG:9210" : "EPSG:5899");
        assert_string_equal(f->expected, i == 1 ? "EPSG:5899" : "EPSG:9210");
        if (i != 1)
            assert_string_equal(f->subject, "26740 25747 27553 27628 26809");
        assert_int_equal(f->area_a, UINT32_MAX); /* no single one */
        NOI_AUTO(noi_coverage_freep) noi_coverage *shape = noi_coverage_new();
        assert_int_equal(noi_coverage_add_wkb(shape, 0, f->wkb.p, f->wkb.n), NOI_OK);
        assert_int_equal(shape->n_polygons, i == 1 ? N_CITY - 5 : 5);
        double km2 = f->area_m2 / 1e6 / (double)shape->n_polygons; /* of a square */
        assert_true(km2 > 4.8 && km2 < 4.9);
        assert_true(fabs(shape->xy[0] - (i == 1 ? 106.76 : 106.69)) < 1e-7);
        assert_int_equal(o.projection->n_otherwise, i == 1 ? N_CITY - 5 : 5);
        assert_string_equal(layer->crs, i == 1 ? "EPSG:5899, EPSG:9210" : "EPSG:9210, EPSG:5899");
        assert_string_equal(layer->transform, "VN-2000 to WGS 84 (2), EPSG:6960");
        assert_true(o.projection->median_m < 1500);
        check_is_city(layer);
    }
}

static void one_area_with_exchanged_axes_is_settled(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const char *const systems[] = {"EPSG:9210", "EPSG:4326", "EPSG:4756"};
    for (uint32_t at = 0; at < N_CITY; at++)
        for (size_t i = 0; i < 3; i++) {
            NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(systems[i]);
            char name[32];
            snprintf(name, sizeof name, "%s/yx", systems[i]);
            write_all_in(layer, systems[i]);
            for (uint32_t v = 4 * at; v < 4 * at + 4; v++) {
                double *xy = &layer->coverage->xy[2 * v], x = xy[0];
                xy[0] = xy[1];
                xy[1] = x;
            }
            AUTO_OUTCOME o = settle_ok(layer, reference);
            const noi_layer_finding *f = only_finding(&o, "L27", "mixed");
            assert_string_equal(f->subject, city[at].code);
            assert_string_equal(f->found, name);
            assert_int_equal(f->area_a, at);
            assert_true(fabs(f->lon - city[at].lon) < 1e-6 && fabs(f->lat - city[at].lat) < 1e-6);
            check_is_city(layer);
        }
}

/* Neighbouring zones: an area in the wrong one still lies within the city. */
static void zones_side_by_side_in_one_file_are_settled(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    write_in(layer, "EPSG:9211", 0, 4);
    write_in(layer, "EPSG:9210", 4, N_CITY);
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_string_equal(only_finding(&o, "L27", "mixed")->found, "EPSG:9211");
    check_is_city(layer);
}

static void areas_without_a_known_code_go_with_their_neighbours(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    add_square(layer, "", 106.67, 10.99);      /* beside one in 5899 */
    add_square(layer, "99999", 107.12, 10.50); /* beside one in 9210 */
    add_square(layer, "", 106.80, 10.80);      /* alone, axes exchanged */
    write_in(layer, "EPSG:5899", 0, 5);
    write_in(layer, "EPSG:9210", 5, N_CITY);
    write_in(layer, "EPSG:5899", N_CITY, N_CITY + 1);
    write_in(layer, "EPSG:9210", N_CITY + 1, N_CITY + 2);
    write_in(layer, "EPSG:9210/yx", N_CITY + 2, N_CITY + 3);
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 2);
    assert_string_equal(o.findings.items[0].subject, "26740 25747 27553 27628 26809 #13");
    assert_string_equal(o.findings.items[1].subject, "#15");
    assert_int_equal(o.projection->n_compared, N_CITY);
    const double *xy = layer->coverage->xy;
    assert_true(fabs(xy[8 * N_CITY] - 106.66) < 1e-7);
    assert_true(fabs(xy[8 * N_CITY + 8] - 107.11) < 1e-7);
    assert_true(fabs(xy[8 * N_CITY + 16] - 106.79) < 1e-7);
    check_is_city(layer);
}

/* Two zones, and a unit that nobody knows far from all others: both zones put it on land. */
static void an_unknown_area_far_from_all_others_is_not_guessed(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    add_square(layer, "20194", 108.2, 16.06);
    write_in(layer, "EPSG:5899", 0, 5);
    write_in(layer, "EPSG:9210", 5, N_CITY);
    write_in(layer, "EPSG:5899", N_CITY, N_CITY + 1);
    NOI_AUTO_FREE double *before = copy_of(layer);
    AUTO_OUTCOME o = settle(layer, reference);
    assert_int_equal(o.status, NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_message(), "drawn:13: "));
    assert_non_null(strstr(noi_error_message(), "'20194'"));
    assert_memory_equal(layer->coverage->xy, before,
                        2 * layer->coverage->n_vertices * sizeof *before);

    NOI_AUTO(noi_layer_freep) noi_layer *whole = city_layer("EPSG:9210");
    add_square(whole, "20194", 108.2, 16.06); /* beside one unit with exchanged axes it is told */
    write_in(whole, "EPSG:9210/yx", 0, 1);
    write_in(whole, "EPSG:9210", 1, N_CITY + 1);
    AUTO_OUTCOME p = settle_ok(whole, reference);
    assert_string_equal(only_finding(&p, "L27", "mixed")->subject, "26740");
    assert_true(fabs(whole->coverage->xy[8 * N_CITY] - 108.19) < 1e-7);
}

/* Four areas came from VN-2000 without a shift: a stored layer tells, and that nothing else moved.
 */
static void two_degrees_in_one_file_are_settled(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = drawn_reference();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:4326");
    write_in(layer, "EPSG:4756", 2, 6);
    AUTO_OUTCOME o = settle_ok(layer, reference);
    const noi_layer_finding *f = only_finding(&o, "L27", "mixed");
    assert_string_equal(f->found, "EPSG:4756");
    assert_string_equal(f->subject, "27553 27628 26809 25882");
    assert_string_equal(layer->transform, "none, VN-2000 to WGS 84 (2), EPSG:6960");
    check_is_city(layer);

    NOI_AUTO(noi_layer_freep) noi_layer *redrawn = city_layer("EPSG:4326");
    write_in(redrawn, "EPSG:4756", 2, 4); /* two may as well have new borders */
    AUTO_OUTCOME p = settle_ok(redrawn, reference);
    assert_int_equal(p.findings.n, 0);
}

static void a_dozen_codes_are_named(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    for (uint32_t i = 0; i < N_CITY; i++)
        add_square(layer, city[i].code, city[i].lon, city[i].lat);
    for (uint32_t i = 0; i < 3; i++)
        add_square(layer, city[i].code, city[i].lon, city[i].lat);
    write_in(layer, "EPSG:9210", 0, N_CITY);
    write_in(layer, "EPSG:5899", N_CITY, 2 * N_CITY + 3);
    AUTO_OUTCOME o = settle_ok(layer, reference);
    const char *subject = only_finding(&o, "L27", "mixed")->subject;
    assert_non_null(strstr(subject, "26506 26732 … +3"));
}

/* ---- what is not a matter of systems ---- */

/* 25882 and 27553 lie some 26 km apart from west to east, one zone's step: their codes exchanged
 * look like two areas in the next zones. */
static void exchanged_codes_are_not_taken_for_a_zone(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    add_square(layer, "27484", 106.75, 10.73);
    add_square(layer, "26968", 106.66, 10.80);
    write_all_in(layer, "EPSG:9210");
    noi_coverage *c = layer->coverage;
    for (uint32_t i = 0; i < 3; i++) { /* 0 bears the code of 3, and so on */
        noi_code kept = c->unit_code[i];
        c->unit_code[i] = c->unit_code[i + 6];
        c->unit_code[i + 6] = kept;
    }
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 4); /* two of the six are less than 50 km off */
    for (size_t i = 0; i < o.findings.n; i++) {
        assert_string_equal(o.findings.items[i].rule, "L28");
        assert_string_equal(o.findings.items[i].key, "elsewhere");
    }
    assert_int_equal(o.projection->n_near, c->n_units - 6);
    check_is_city(layer);
}

static void one_code_27_km_away_is_not_taken_for_a_zone(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    add_square(layer, "26876", 106.68 + 0.25, 10.84); /* just where EPSG:9209 would put it */
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_true(fabs(layer->coverage->xy[8 * N_CITY] - 106.92) < 1e-7);
}

/* An island whose place in the reference is 0.2 degrees off lies beyond the extent of the others,
 * and a neighbouring zone would bring it near. */
static void an_island_off_its_sketch_is_not_taken_for_a_zone(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    for (size_t i = 0; i < reference->n; i++)
        if (reference->items[i].code == noi_code_parse("26732", 5))
            reference->items[i].lon += 0.2;
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_int_equal(o.projection->n_near, N_CITY - 1);
    check_is_city(layer);
}

static void a_far_vertex_does_not_mislead(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("");
    write_all_in(layer, "EPSG:9210");
    layer->coverage->xy[0] = layer->coverage->xy[1] = 0;
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 2);
    assert_string_equal(o.findings.items[0].key, "no_system");
    assert_string_equal(o.findings.items[1].rule, "L28");
    assert_string_equal(o.findings.items[1].key, "outside_vietnam");
    assert_string_equal(o.findings.items[1].subject, layer->features[0].code);
    assert_string_equal(o.projection->used, "EPSG:9210");
    assert_true(fabs(layer->coverage->xy[2] - 106.71) < 1e-7);
}

static void an_area_without_shape_is_passed_over(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    write_all_in(layer, "EPSG:9210");
    noi_coverage_add_unit(layer->coverage, noi_code_parse("26968", 5));
    layer->features = noi_realloc(layer->features, (N_CITY + 1) * sizeof *layer->features);
    layer->features[N_CITY] = (noi_layer_feature){.line = N_CITY + 1, .code = "26968"};
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_int_equal(o.projection->n_compared, N_CITY);
    check_is_city(layer);
}

/* ---- what nothing confirms ---- */

static void units_that_nobody_knows_stay_as_stated(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = new_layer("EPSG:5899");
    add_square(layer, "20194", 108.2, 16.06);
    write_all_in(layer, "EPSG:5899");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_int_equal(o.projection->n_compared, 0);
    assert_int_equal(o.projection->n_near, 0);
    assert_true(isnan(o.projection->median_m));
    assert_true(fabs(layer->coverage->xy[0] - 108.19) < 1e-7);

    static const char *const stated[] = {"", "EPSG:4326"};
    for (size_t i = 0; i < 2; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *wrong = new_layer(stated[i]);
        add_square(wrong, "20194", 106.7, 10.8);
        write_all_in(wrong, "EPSG:9210");
        AUTO_OUTCOME p = settle(wrong, reference);
        assert_int_equal(p.status, NOI_ERR_INPUT);
        assert_non_null(strstr(noi_error_hint(), "--crs EPSG:9210"));
    }
}

/* One unit 20 km off its place: a zone beside would bring it nearer, but so may a wrong code. */
static void one_unit_does_not_refute_what_is_stated(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = new_layer("EPSG:9210");
    add_square(layer, "26740", 106.70 + 0.21, 10.78);
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_int_equal(o.projection->n_compared, 1);
    assert_int_equal(o.projection->n_near, 0);
    assert_true(o.projection->median_m > 20000);

    NOI_AUTO(noi_layer_freep) noi_layer *exact = new_layer("EPSG:9210");
    add_square(exact, "26740", 106.704, 10.7805);
    write_all_in(exact, "EPSG:9211");
    AUTO_OUTCOME p = settle_ok(exact, reference);
    only_finding(&p, "L26", "wrong_zone");
    assert_string_equal(p.projection->used, "EPSG:9211");
}

static void codes_of_other_places_fit_nothing(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = new_layer("EPSG:9210");
    for (size_t i = 0; i < N_CITY; i++)
        add_square(layer, city[(i + 5) % N_CITY].code, city[i].lon, city[i].lat);
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle(layer, reference);
    assert_int_equal(o.status, NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_message(), "no known coordinate system"));
    assert_non_null(strstr(noi_error_hint(), "codes"));
}

static void a_stated_text_beyond_proj_is_a_finding_an_identifier_an_error(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep)
    noi_layer *layer = city_layer("LOCAL_CS[\"He toa do cua phuong\",UNIT[\"metre\",1]]");
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    const noi_layer_finding *f = only_finding(&o, "L26", "wrong_system");
    assert_string_equal(f->found, "He toa do cua phuong");
    assert_string_equal(f->expected, "--crs EPSG:9210");
    assert_string_equal(o.projection->stated, "He toa do cua phuong");
    assert_true(isnan(o.projection->stated_median_m));
    check_is_city(layer);

    NOI_AUTO(noi_layer_freep) noi_layer *unknown = city_layer("EPSG:9999");
    AUTO_OUTCOME p = settle(unknown, reference);
    assert_int_equal(p.status, NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_message(), "EPSG:9999"));
}

static void a_layer_without_areas_is_no_trap(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = new_layer("EPSG:4326");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.projection->n_compared, 0);
    NOI_AUTO(noi_layer_freep) noi_layer *unnamed = new_layer("");
    AUTO_OUTCOME p = settle(unnamed, reference);
    assert_int_equal(p.status, NOI_ERR_INPUT);
}

/* ---- references ---- */

static size_t places_of(const noi_reference *reference, const char *code) {
    size_t n = 0;
    for (size_t i = 0; i < reference->n; i++)
        n += reference->items[i].code == noi_code_parse(code, strlen(code));
    return n;
}

static void the_tables_know_both_cities(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    for (size_t i = 0; i < reference->n; i++) {
        const noi_reference_unit *u = &reference->items[i];
        assert_true(u->lon > 105 && u->lon < 108 && u->lat > 8 && u->lat < 22);
        assert_false(u->is_drawn);
        assert_true(i == 0 || reference->items[i - 1].code <= u->code);
    }
    assert_int_equal(places_of(reference, "26740"), 2); /* before the reform and after */
    assert_int_equal(places_of(reference, "26923"), 0); /* its sketch point is 0, 0 */
    assert_int_equal(places_of(reference, "26732"), 1);
    assert_true(places_of(reference, "00001") > 0); /* Hanoi before the reform: by its successors */
    assert_true(places_of(reference, "00004") > 0);
}

static noi_reference *reference_of(const char *path) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    noi_reference *reference = NULL;
    assert_int_equal(noi_registry_open(&registry, path, NOI_OPEN_READ), NOI_OK);
    if (noi_reference_load(&reference, registry) != NOI_OK)
        fail_msg("%s", noi_error_message());
    return reference;
}

/* The drawn registry knows the places of two new units alone, by its layer; its list has no points.
 * 10001 became part of 10002; 10004 of both. */
static void a_registry_knows_places_by_layers_and_edges(void **state) {
    (void)state;
    char path[] = "/tmp/noi-reference-XXXXXX";
    assert_true(mkdtemp(path) != NULL);
    NOI_AUTO_FREE char *file = noi_format("%s/r.noi", path);
    drawn_registry(file, 0);
    NOI_AUTO(noi_reference_freep) noi_reference *r = reference_of(file);
    assert_int_equal(places_of(r, "10001"), 1);
    assert_int_equal(places_of(r, "10004"), 2);
    assert_true(places_of(r, "10002") >= 1 && places_of(r, "10003") >= 1);
    for (size_t i = 0; i < r->n; i++) {
        const noi_reference_unit *u = &r->items[i];
        bool by_edge =
            u->code == noi_code_parse("10001", 5) || u->code == noi_code_parse("10004", 5);
        bool west = fabs(u->lon - 106.17) < 1e-9 && fabs(u->lat - 10.13) < 1e-9;
        assert_true(west || (fabs(u->lon - 106.25) < 1e-9 && fabs(u->lat - 10.05) < 1e-9));
        assert_true(u->radius_m > 15000 && u->radius_m < 25000);
        if (by_edge)
            assert_false(u->is_drawn);
    }
    drawn_sql(file, "UPDATE layer SET synthetic = 1");
    NOI_AUTO(noi_reference_freep) noi_reference *made_up = reference_of(file);
    for (size_t i = 0; i < made_up->n; i++)
        assert_false(made_up->items[i].is_drawn);
    drawn_sql(file, "DELETE FROM layer_unit; UPDATE unit SET lon = 106.5, lat = 10.1 WHERE code = "
                    "'10001'; UPDATE unit SET lon = 0, lat = 0 WHERE code = '10002'");
    NOI_AUTO(noi_reference_freep) noi_reference *sketched = reference_of(file);
    assert_int_equal(sketched->n, 2); /* the old unit itself and the new one that received it */
    assert_true(sketched->items[0].radius_m == 0 && sketched->items[1].lon == 106.5);
    unlink(file);
    rmdir(path);
}

/* ---- the real layers ---- */

static noi_layer *real_layer(const char *name) {
    NOI_AUTO_FREE char *path = shared_file(name);
    noi_layer *layer = NULL;
    if (path && noi_layer_file_read(&layer, path, NULL) != NOI_OK)
        fail_msg("%s: %s", path, noi_error_message());
    return layer;
}

static void state_it(noi_layer *layer, const char *stated) {
    free(layer->crs);
    layer->crs = noi_strdup(stated);
}

static void check_within_a_millimetre(const noi_layer *layer, const double *xy) {
    double worst = 0;
    for (uint32_t v = 0; v < layer->coverage->n_vertices; v++)
        worst = fmax(worst, hypot(layer->coverage->xy[2 * v] - xy[2 * v],
                                  layer->coverage->xy[2 * v + 1] - xy[2 * v + 1]));
    assert_true(worst * 111000 < 0.001);
}

static void right_real_files_give_no_finding(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const struct {
        const char *file;
        uint32_t n;
    } files[] = {{"layers/new_hcmc_168.gpkg", 168},
                 {"layers/old_hcmc_442.gpkg", 442},
                 {"layers/new_hanoi_126.gpkg", 126}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = real_layer(files[i].file);
        if (!layer)
            continue;
        NOI_AUTO_FREE double *xy = copy_of(layer);
        clock_t begun = clock();
        AUTO_OUTCOME o = settle_ok(layer, reference);
        double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
        assert_int_equal(o.findings.n, 0);
        assert_true(o.projection->n_compared + 2 >= files[i].n);
        assert_true(o.projection->n_near + 2 >= files[i].n);
        assert_memory_equal(layer->coverage->xy, xy, 2 * layer->coverage->n_vertices * sizeof *xy);
        print_message("# %s: %u of %u near, median %.0f m, %.0f ms\n", files[i].file,
                      o.projection->n_near, o.projection->n_compared, o.projection->median_m,
                      seconds * 1000);
    }
}

static void planted_errors_in_the_real_layer_are_found(void **state) {
    (void)state;
    static const struct {
        const char *is, *stated, *rule, *key;
    } cases[] = {{"EPSG:9210", "", "L25", "no_system"},
                 {"EPSG:5899", "EPSG:9210", "L26", "wrong_zone"},
                 {"EPSG:9210", "EPSG:9209", "L26", "wrong_zone"},
                 {"EPSG:9210/yx", "EPSG:9210", "L26", "swapped_axes"},
                 {"EPSG:4326/yx", "EPSG:4326", "L26", "swapped_axes"},
                 {"EPSG:9210", "EPSG:4326", "L26", "wrong_system"}};
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = real_layer("layers/new_hcmc_168.gpkg");
        if (!layer)
            return;
        NOI_AUTO_FREE double *xy = copy_of(layer);
        state_it(layer, cases[i].stated);
        write_all_in(layer, cases[i].is);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        only_finding(&o, cases[i].rule, cases[i].key);
        assert_string_equal(o.projection->used, cases[i].is);
        check_within_a_millimetre(layer, xy);
    }
}

/* The west of the real layer in one zone and the rest in the other, as the two former provinces. */
static void both_meridians_in_the_real_layer_are_settled(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = real_layer("layers/new_hcmc_168.gpkg");
    if (!layer)
        return;
    NOI_AUTO_FREE double *xy = copy_of(layer);
    uint32_t n = layer->coverage->n_units, east = 0;
    state_it(layer, "EPSG:9210");
    for (uint32_t i = 0; i < n; i++) {
        bool is_east = layer->coverage->xy[2 * first_vertex(layer->coverage, i)] > 107;
        write_in(layer, is_east ? "EPSG:5899" : "EPSG:9210", i, i + 1);
        east += is_east;
    }
    AUTO_OUTCOME o = settle_ok(layer, reference);
    const noi_layer_finding *f = only_finding(&o, "L27", "mixed");
    assert_string_equal(f->found, "EPSG:5899");
    assert_int_equal(o.projection->n_otherwise, east);
    assert_true(east > 12 && strstr(f->subject, " … +"));
    check_within_a_millimetre(layer, xy);
}

/* The layer that the registry holds, under the name of the other degrees. */
static void a_stored_real_layer_tells_the_two_degrees(void **state) {
    (void)state;
    NOI_AUTO_FREE char *old_layer = shared_file("layers/old_hcmc_442.gpkg");
    NOI_AUTO(noi_layer_freep) noi_layer *layer = real_layer("layers/old_hcmc_442.gpkg");
    if (!layer)
        return;
    char folder[] = "/tmp/noi-reference-XXXXXX";
    assert_true(mkdtemp(folder) != NULL);
    NOI_AUTO_FREE char *file = noi_format("%s/r.noi", folder);
    noi_registry *registry = NULL;
    noi_import_result result;
    const noi_import_options options = {.as_of = noi_day_from_ymd(2025, 6, 30)};
    assert_int_equal(noi_registry_create(&registry, file), NOI_OK);
    assert_int_equal(
        noi_import(&result, registry, NOI_IMPORT_UNITS, "data/units_old.csv", &options), NOI_OK);
    assert_int_equal(noi_import(&result, registry, NOI_IMPORT_LAYER, old_layer, &options), NOI_OK);
    noi_registry_close(registry);
    NOI_AUTO(noi_reference_freep) noi_reference *reference = reference_of(file);
    NOI_AUTO_FREE double *xy = copy_of(layer);
    write_all_in(layer, "EPSG:4756");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    only_finding(&o, "L26", "wrong_system");
    assert_string_equal(o.projection->used, "EPSG:4756");
    assert_true(o.projection->stated_median_m > 180 && o.projection->stated_median_m < 260);
    assert_true(o.projection->median_m < 1);
    check_within_a_millimetre(layer, xy);
    unlink(file);
    rmdir(folder);
}

NOI_TEST_MAIN(cmocka_unit_test(a_right_file_gives_no_finding),
              cmocka_unit_test(the_operation_and_its_accuracy_are_stated),
              cmocka_unit_test(a_text_without_codes_is_the_system_that_it_describes),
              cmocka_unit_test(a_file_without_system_is_told_what_it_fits),
              cmocka_unit_test(a_wrong_central_meridian_is_found),
              cmocka_unit_test(exchanged_axes_are_found),
              cmocka_unit_test(metres_under_a_name_of_degrees_are_found),
              cmocka_unit_test(another_datum_is_another_system),
              cmocka_unit_test(sketches_cannot_tell_the_two_degrees),
              cmocka_unit_test(a_stored_layer_tells_the_two_degrees),
              cmocka_unit_test(few_unchanged_units_are_enough),
              cmocka_unit_test(both_meridians_in_one_file_are_settled),
              cmocka_unit_test(one_area_with_exchanged_axes_is_settled),
              cmocka_unit_test(zones_side_by_side_in_one_file_are_settled),
              cmocka_unit_test(areas_without_a_known_code_go_with_their_neighbours),
              cmocka_unit_test(an_unknown_area_far_from_all_others_is_not_guessed),
              cmocka_unit_test(two_degrees_in_one_file_are_settled),
              cmocka_unit_test(a_dozen_codes_are_named),
              cmocka_unit_test(exchanged_codes_are_not_taken_for_a_zone),
              cmocka_unit_test(one_code_27_km_away_is_not_taken_for_a_zone),
              cmocka_unit_test(an_island_off_its_sketch_is_not_taken_for_a_zone),
              cmocka_unit_test(a_far_vertex_does_not_mislead),
              cmocka_unit_test(an_area_without_shape_is_passed_over),
              cmocka_unit_test(units_that_nobody_knows_stay_as_stated),
              cmocka_unit_test(one_unit_does_not_refute_what_is_stated),
              cmocka_unit_test(codes_of_other_places_fit_nothing),
              cmocka_unit_test(a_stated_text_beyond_proj_is_a_finding_an_identifier_an_error),
              cmocka_unit_test(a_layer_without_areas_is_no_trap),
              cmocka_unit_test(the_tables_know_both_cities),
              cmocka_unit_test(a_registry_knows_places_by_layers_and_edges),
              cmocka_unit_test(right_real_files_give_no_finding),
              cmocka_unit_test(planted_errors_in_the_real_layer_are_found),
              cmocka_unit_test(both_meridians_in_the_real_layer_are_settled),
              cmocka_unit_test(a_stored_real_layer_tells_the_two_degrees))
