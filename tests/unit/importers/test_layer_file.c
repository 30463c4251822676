/*
 * Plan: the same three units come alike out of every format and from every coordinate system; curves,
 * collections, heights, features without shape; field names; texts in NFC; each kind of bad file
 * ends in one sentence with a hint. Files are made here from one GeoJSON text by GDAL.
 */
#include "testing.h"

#include "geo/crs.h"
#include "importers/layer_file.h"
#include "shared.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <gdal_utils.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

static char folder[] = "/tmp/noi-layer-XXXXXX";

/* Two squares and an island with a hole; the third name is written in NFD. */
static const char squares[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"MaXa\":\"00001\",\"Ten\":\"Sài Gòn\",\"loai\":\"phường\"},"
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[106.5,10.5,3],[106.6,10.5,3],"
    "[106.6,10.6,3],[106.5,10.6,3],[106.5,10.5,3]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"MaXa\":\"00002\",\"Ten\":\"Xóm Chiếu\",\"loai\":\"phường\"},"
    "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[[106.6,10.5],[106.7,10.5],"
    "[106.7,10.6],[106.6,10.6],[106.6,10.5]]],[[[106.8,10.5],[106.9,10.5],[106.9,10.6],"
    "[106.8,10.6],[106.8,10.5]],[[106.84,10.54],[106.84,10.56],[106.86,10.56],[106.86,10.54],"
    "[106.84,10.54]]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"MaXa\":\"00003\",\"Ten\":\"Hoa\\u0300a\",\"loai\":\"xã\"},"
    "\"geometry\":null}]}";

static char *in_folder(const char *name) {
    return noi_format("%s/%s", folder, name);
}

static char *put_file(const char *name, const void *bytes, size_t n) {
    char *path = in_folder(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
    return path;
}

static char *put_text(const char *name, const char *text) {
    return put_file(name, text, strlen(text));
}

/* Turns the squares into another file; `options` as for ogr2ogr, separated by spaces. */
static char *translate(const char *name, const char *options) {
    NOI_AUTO_FREE char *from = put_text("squares.geojson", squares);
    char *to = in_folder(name);
    GDALAllRegister();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALDatasetH source = GDALOpenEx(from, GDAL_OF_VECTOR, NULL, NULL, NULL);
    char **words = CSLTokenizeString2(options, " ", 0);
    GDALVectorTranslateOptions *how = GDALVectorTranslateOptionsNew(words, NULL);
    GDALDatasetH out = GDALVectorTranslate(to, NULL, 1, &source, how, NULL);
    assert_non_null(out);
    GDALClose(out);
    GDALVectorTranslateOptionsFree(how);
    CSLDestroy(words);
    GDALClose(source);
    CPLPopErrorHandler();
    return to;
}

static noi_layer *read_layer(const char *path, const noi_layer_options *options) {
    noi_layer *file = NULL;
    if (noi_layer_file_read(&file, path, options) != NOI_OK)
        fail_msg("%s: %s", path, noi_error_message());
    return file;
}

static void check_place(const noi_layer *file, double tolerance) {
    double b[4];
    noi_coverage_bounds(b, file->coverage);
    assert_true(fabs(b[0] - 106.5) < tolerance && fabs(b[1] - 10.5) < tolerance);
    assert_true(fabs(b[2] - 106.9) < tolerance && fabs(b[3] - 10.6) < tolerance);
}

static void check_squares(const noi_layer *file, double tolerance) {
    const noi_coverage *c = file->coverage;
    assert_true(c->n_units >= 2);
    assert_int_equal(c->unit_code[0], noi_code_parse("00001", 5));
    assert_string_equal(file->features[0].code, "00001");
    assert_int_equal(file->features[1].line, 2);
    assert_true(file->features[0].has_shape && file->features[1].has_shape);
    assert_int_equal(c->n_polygons, 3);
    assert_int_equal(c->n_rings, 4);
    assert_int_equal(c->n_vertices, 16);
    check_place(file, tolerance);
}

static void every_format_gives_the_same_units(void **state) {
    (void)state;
    static const char *const formats[][2] = {{"a.gpkg", "-f GPKG"},
                                             {"a.shp", "-lco ENCODING=UTF-8"},
                                             {"a.kml", "-f LIBKML"},
                                             {"a.tab", "-lco ENCODING=UTF-8"},
                                             {"a.fgb", "-f FlatGeobuf -lco SPATIAL_INDEX=NO"},
                                             {"a.gml", "-f GML"}};
    NOI_AUTO_FREE char *json = put_text("squares.geojson", squares);
    NOI_AUTO(noi_layer_freep) noi_layer *first = read_layer(json, NULL);
    check_squares(first, 1e-12);
    assert_string_equal(first->crs, "EPSG:4326");
    assert_string_equal(first->transform, "none");
    assert_string_equal(first->features[0].name, "Sài Gòn");
    assert_string_equal(first->features[0].kind, "phường");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        NOI_AUTO_FREE char *path = translate(formats[i][0], formats[i][1]);
        NOI_AUTO(noi_layer_freep) noi_layer *file = read_layer(path, NULL);
        check_squares(file, 1e-6);
        assert_string_equal(file->features[1].name, "Xóm Chiếu");
    }
}

/* OGR's own transformation picks an operation for each point, here (south of 11.04 N) EPSG:5194, so
 * the file is written with the towgs84 of EPSG:6960 and then labelled with the plain code. */
static void vn2000_comes_back_to_where_it_was(void **state) {
    (void)state;
    static const struct {
        const char *code;
        double meridian;
    } zones[] = {{"EPSG:9210", 105.75}, {"EPSG:5899", 107.75}};
    for (size_t i = 0; i < 2; i++) {
        NOI_AUTO_FREE char *text = put_text("squares.geojson", squares);
        NOI_AUTO(noi_layer_freep) noi_layer *plain = read_layer(text, NULL);
        NOI_AUTO(noi_crs_closep) noi_crs *crs = NULL;
        assert_int_equal(noi_crs_open(&crs, zones[i].code), NOI_OK);
        const double *xy = plain->coverage->xy;
        NOI_AUTO_BUF noi_buf json = {0};
        noi_buf_printf(&json,
                       "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":"
                       "{\"name\":\"urn:ogc:def:crs:EPSG::%s\"}},\"features\":[{\"type\":\"Feature\","
                       "\"properties\":{\"code\":\"00001\"},\"geometry\":{\"type\":\"Polygon\","
                       "\"coordinates\":[[",
                       zones[i].code + 5);
        for (size_t v = 0; v <= 4; v++) {
            double x = xy[2 * (v % 4)], y = xy[2 * (v % 4) + 1];
            noi_crs_from_wgs84(crs, &x, &y, 1);
            noi_buf_printf(&json, "%s[%.6f,%.6f]", v ? "," : "", x, y);
        }
        noi_buf_add_str(&json, "]]}}]}");
        NOI_AUTO_FREE char *path = put_file("vn.geojson", json.p, json.n);
        NOI_AUTO(noi_layer_freep) noi_layer *file = read_layer(path, NULL);
        assert_string_equal(file->crs, zones[i].code);
        assert_string_equal(file->transform, "VN-2000 to WGS 84 (2), EPSG:6960");
        assert_true(file->accuracy_m == 1);
        for (size_t k = 0; k < 8; k++)
            assert_true(fabs(file->coverage->xy[k] - xy[k]) < 1e-9);
    }
}

static void utm_is_turned_into_degrees(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = translate("utm.gpkg", "-f GPKG -t_srs EPSG:32648");
    NOI_AUTO(noi_layer_freep) noi_layer *file = read_layer(path, NULL);
    assert_string_equal(file->crs, "EPSG:32648");
    check_squares(file, 1e-8);
}

static void a_feature_without_shape_is_kept(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = put_text("squares.geojson", squares);
    NOI_AUTO(noi_layer_freep) noi_layer *file = read_layer(path, NULL);
    assert_int_equal(file->coverage->n_units, 3);
    assert_false(file->features[2].has_shape);
    assert_string_equal(file->features[2].code, "00003");
    assert_int_equal(file->coverage->unit_polygon[3], file->coverage->unit_polygon[2]);
}

static void names_come_in_nfc(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = put_text("squares.geojson", squares);
    NOI_AUTO(noi_layer_freep) noi_layer *file = read_layer(path, NULL);
    assert_string_equal(file->features[2].name, "Ho\xC3\xA0" "a"); /* a with grave, one letter */
}

static void collections_and_curves_give_their_areas(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = put_text(
        "odd.csv",
        "code,WKT\n"
        "00001,\"GEOMETRYCOLLECTION(POINT(106.5 10.5),POLYGON((106.5 10.5,106.6 10.5,106.6 10.6,"
        "106.5 10.5)),GEOMETRYCOLLECTION(MULTIPOLYGON(((106.7 10.5,106.8 10.5,106.8 10.6,106.7 "
        "10.5)))))\"\n"
        "00002,\"CURVEPOLYGON(CIRCULARSTRING(106.5 10.7,106.6 10.8,106.7 10.7,106.6 10.6,106.5 "
        "10.7))\"\n"
        "00003,\"LINESTRING(106.5 10.5,106.6 10.6)\"\n");
    const noi_layer_options options = {.crs = "EPSG:4326"};
    NOI_AUTO(noi_layer_freep) noi_layer *file = read_layer(path, &options);
    const noi_coverage *c = file->coverage;
    assert_int_equal(c->n_units, 3);
    assert_int_equal(c->unit_polygon[1], 2);
    assert_true(c->ring_vertex[c->n_rings] - c->ring_vertex[c->n_rings - 1] > 30);
    assert_false(file->features[2].has_shape);
}

static void fields_and_layers_can_be_named(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = put_text("squares.geojson", squares);
    const noi_layer_options by_name = {.code_field = "ten", .name_field = "MAXA"};
    NOI_AUTO(noi_layer_freep) noi_layer *file = read_layer(path, &by_name);
    assert_string_equal(file->features[0].code, "Sài Gòn");
    assert_string_equal(file->features[0].name, "00001");
    NOI_AUTO_FREE char *two = translate("two.gpkg", "-f GPKG -nln first");
    const noi_layer_options first = {.layer_name = "first"};
    NOI_AUTO(noi_layer_freep) noi_layer *named = read_layer(two, &first);
    assert_string_equal(named->name, "first");
}

static void a_named_system_overrides_the_file(void **state) {
    (void)state;
    NOI_AUTO_FREE char *shape = translate("none.shp", "-t_srs EPSG:32648");
    NOI_AUTO_FREE char *prj = in_folder("none.prj");
    remove(prj);
    const noi_layer_options utm = {.crs = "EPSG:32648"};
    NOI_AUTO(noi_layer_freep) noi_layer *file = read_layer(shape, &utm);
    check_squares(file, 1e-8);
}

/* ---- what is refused ---- */

static void refused(const char *path, const noi_layer_options *options, const char *message,
                    const char *hint) {
    noi_layer *file = NULL;
    noi_status status = noi_layer_file_read(&file, path, options);
    assert_true(status == NOI_ERR_IO || status == NOI_ERR_INPUT);
    assert_null(file);
    if (!strstr(noi_error_message(), message))
        fail_msg("'%s' lacks '%s'", noi_error_message(), message);
    if (!strstr(noi_error_hint(), hint))
        fail_msg("hint '%s' lacks '%s'", noi_error_hint(), hint);
    assert_null(strchr(noi_error_message(), '\n'));
}

static void files_that_are_no_layers_are_refused(void **state) {
    (void)state;
    char noise[5000];
    unsigned seed = 1;
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
    NOI_AUTO_FREE char *empty = put_file("empty.gpkg", "", 0);
    NOI_AUTO_FREE char *garbage = put_file("garbage.gpkg", noise, sizeof noise);
    NOI_AUTO_FREE char *missing = in_folder("missing.shp");
    NOI_AUTO_FREE char *points =
        put_text("points.geojson", "{\"type\":\"Point\",\"coordinates\":[106,10]}");
    NOI_AUTO_FREE char *json = put_text("squares.geojson", squares);
    refused(empty, NULL, "is empty", "");
    refused(garbage, NULL, "not a layer file", "GeoPackage");
    refused(missing, NULL, "cannot be opened", "");
    refused(folder, NULL, "is a folder", ".gpkg");
    refused(points, NULL, "no layer in this file has polygons", "");
    const noi_layer_options no_layer = {.layer_name = "nothing"};
    refused(json, &no_layer, "no layer 'nothing'", "squares");
}

static void truncated_geopackages_are_refused(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = translate("whole.gpkg", "-f GPKG");
    FILE *f = fopen(path, "rb");
    static char bytes[1 << 20];
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    for (size_t part = 1; part < 8; part++) {
        NOI_AUTO_FREE char *cut = put_file("cut.gpkg", bytes, n * part / 8);
        noi_layer *file = NULL;
        noi_status status = noi_layer_file_read(&file, cut, NULL);
        assert_true(status == NOI_ERR_IO || status == NOI_ERR_INPUT);
        assert_true(strlen(noi_error_message()) > 10);
        assert_null(file);
    }
}

static void a_layer_without_code_field_lists_its_fields(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = translate("nocode.gpkg", "-f GPKG -select Ten,loai");
    refused(path, NULL, "units' codes", "Ten, loai");
    const noi_layer_options wrong = {.code_field = "abc"};
    refused(path, &wrong, "no field 'abc'", "Ten, loai");
}

static void a_layer_without_system_is_told_what_it_looks_like(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = translate("bare.shp", "-t_srs EPSG:9210");
    NOI_AUTO_FREE char *prj = in_folder("bare.prj");
    remove(prj);
    refused(path, NULL, "does not say", "--crs EPSG:9210");
    const noi_layer_options automatic = {.crs = "auto", .crs_option = "--layer-crs"};
    refused(path, &automatic, "does not say", "--layer-crs EPSG:9210");
    const noi_layer_options unknown = {.crs = "EPSG:123456"};
    refused(path, &unknown, "EPSG:123456", "EPSG:9210");
}

static void numbers_that_contradict_the_system_are_refused(void **state) {
    (void)state;
    NOI_AUTO_FREE char *as_degrees = translate("m.gpkg", "-f GPKG -t_srs EPSG:9210");
    const noi_layer_options degrees = {.crs = "EPSG:4326"};
    refused(as_degrees, &degrees, "contradict EPSG:4326", "EPSG:9210");
    NOI_AUTO_FREE char *json = put_text("squares.geojson", squares);
    const noi_layer_options utm = {.crs = "EPSG:32648"};
    refused(json, &utm, "contradict EPSG:32648", "EPSG:4326");
}

/* The refusal names the option that reads the file, and it does. */
static void exchanged_axes_are_read_by_name(void **state) {
    (void)state;
    static const char text[] = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
                           "\"properties\":{\"code\":\"00001\"},\"geometry\":{\"type\":"
                           "\"Polygon\",\"coordinates\":[[[10.5,106.5],[10.5,106.6],[10.6,106.6],"
                           "[10.6,106.5],[10.5,106.5]]]}}]}";
    NOI_AUTO_FREE char *path = put_text("exchanged.geojson", text);
    refused(path, NULL, "contradict EPSG:4326", "--crs EPSG:4326/yx");
    const noi_layer_options exchanged = {.crs = "EPSG:4326/yx"};
    NOI_AUTO(noi_layer_freep) noi_layer *file = read_layer(path, &exchanged);
    double b[4];
    noi_coverage_bounds(b, file->coverage);
    assert_true(b[0] == 106.5 && b[1] == 10.5 && b[2] == 106.6 && b[3] == 10.6);
    assert_string_equal(file->crs, "EPSG:4326/yx");
    assert_string_equal(file->transform, "x and y exchanged");
}

static void the_real_layers_are_read(void **state) {
    (void)state;
    static const struct {
        const char *name, *code_field, *crs;
        uint32_t n_units;
    } layers[] = {{"layers/new_hcmc_168.gpkg", NULL, "EPSG:4326", 168},
                  {"layers/old_hcmc_442.gpkg", NULL, "EPSG:4326", 442},
                  {"layers/new_hanoi_126.gpkg", NULL, "EPSG:4326", 126},
                  {"layers/old_hcmc_322_2019_utm48n.gpkg", NULL, "EPSG:32648", 322}};
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        NOI_AUTO_FREE char *path = shared_file(layers[i].name);
        if (!path)
            continue;
        NOI_AUTO(noi_layer_freep) noi_layer *file = read_layer(path, NULL);
        assert_int_equal(file->coverage->n_units, layers[i].n_units);
        assert_string_equal(file->crs, layers[i].crs);
        for (uint32_t u = 0; u < layers[i].n_units; u++)
            assert_int_not_equal(file->coverage->unit_code[u], 0);
    }
}

static int make_temporary(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_temporary(void **state) {
    (void)state;
    NOI_AUTO_FREE char *command = noi_format("rm -rf '%s'", folder);
    return system(command);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_gives_the_same_units),
        cmocka_unit_test(vn2000_comes_back_to_where_it_was),
        cmocka_unit_test(utm_is_turned_into_degrees),
        cmocka_unit_test(a_feature_without_shape_is_kept),
        cmocka_unit_test(names_come_in_nfc),
        cmocka_unit_test(collections_and_curves_give_their_areas),
        cmocka_unit_test(fields_and_layers_can_be_named),
        cmocka_unit_test(a_named_system_overrides_the_file),
        cmocka_unit_test(files_that_are_no_layers_are_refused),
        cmocka_unit_test(truncated_geopackages_are_refused),
        cmocka_unit_test(a_layer_without_code_field_lists_its_fields),
        cmocka_unit_test(a_layer_without_system_is_told_what_it_looks_like),
        cmocka_unit_test(numbers_that_contradict_the_system_are_refused),
              cmocka_unit_test(exchanged_axes_are_read_by_name),
        cmocka_unit_test(the_real_layers_are_read),
    };
    return cmocka_run_group_tests(tests, make_temporary, remove_temporary);
}
