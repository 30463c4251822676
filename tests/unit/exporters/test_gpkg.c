/*
 * test_gpkg.c: the GeoPackage writer. Plan: what is written can be read back by GDAL; the same
 * calls give the same bytes; without commit there is no file; a folder that is not there and bytes
 * that are not WKB end in one message; the style row is the one that QGIS asks for.
 */
#include "exporters/gpkg.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <gdal.h>
#include <ogr_api.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const unsigned char POINT[] = {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0xa8, 0x5a, 0x40,
                                      0, 0, 0, 0, 0, 0, 0x24, 0x40};
static const noi_gpkg_field FIELDS[] = {
    {"rule", NOI_GPKG_TEXT}, {"n", NOI_GPKG_INTEGER}, {"share", NOI_GPKG_REAL}};

static char folder[64];

static int make_folder(void **state) {
    (void)state;
    strcpy(folder, "/tmp/noi-gpkg-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static noi_str point(void) {
    return (noi_str){(const char *)POINT, sizeof POINT};
}

static void write_two_layers(const char *path) {
    noi_gpkg *gpkg = NULL;
    assert_int_equal(noi_gpkg_create(&gpkg, path), NOI_OK);
    assert_int_equal(noi_gpkg_layer(gpkg, "findings", NOI_GPKG_POINT, NULL, FIELDS, 3), NOI_OK);
    assert_int_equal(noi_gpkg_style(gpkg, "Findings", NOI_STR("<qgis version=\"3.22\"/>")), NOI_OK);
    noi_gpkg_value values[3] = {
        {.text = NOI_STR("Phường Sài Gòn")}, {.integer = INT64_MAX}, {.is_null = true}};
    assert_int_equal(noi_gpkg_feature(gpkg, point(), values), NOI_OK);
    assert_int_equal(noi_gpkg_feature(gpkg, (noi_str){0}, values), NOI_OK);
    assert_int_equal(noi_gpkg_layer(gpkg, "rules", NOI_GPKG_NO_SHAPE, NULL, FIELDS, 1), NOI_OK);
    assert_int_equal(noi_gpkg_feature(gpkg, (noi_str){0}, values), NOI_OK);
    assert_int_equal(noi_gpkg_commit(gpkg), NOI_OK);
    noi_gpkg_close(gpkg);
}

static void what_was_written_is_read_back(void **state) {
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/a.gpkg", folder);
    write_two_layers(path);
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(dataset);
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, "findings");
    assert_int_equal(OGR_L_GetFeatureCount(layer, TRUE), 2);
    OGRFeatureH feature = OGR_L_GetNextFeature(layer);
    assert_string_equal(OGR_F_GetFieldAsString(feature, 0), "Phường Sài Gòn");
    assert_true(OGR_F_GetFieldAsInteger64(feature, 1) == INT64_MAX);
    assert_true(OGR_F_IsFieldNull(feature, 2));
    assert_true(OGR_G_GetX(OGR_F_GetGeometryRef(feature), 0) == 106.625);
    OGR_F_Destroy(feature);
    assert_int_equal(OGR_L_GetFeatureCount(GDALDatasetGetLayerByName(dataset, "rules"), TRUE), 1);
    GDALClose(dataset);
}

/* The question that QGIS puts: QgsOgrProviderUtils::loadStoredStyle. */
static void the_style_is_where_qgis_looks_for_it(void **state) {
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/style.gpkg", folder);
    write_two_layers(path);
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset, "layer_styles");
    assert_non_null(layer);
    OGR_L_SetAttributeFilter(layer, "f_table_schema='' AND f_table_name='findings' AND "
                                    "f_geometry_column='geom' AND useAsDefault=1");
    assert_int_equal(OGR_L_GetFeatureCount(layer, TRUE), 1);
    OGRFeatureH row = OGR_L_GetNextFeature(layer);
    int at = OGR_F_GetFieldIndex(row, "styleQML");
    assert_string_equal(OGR_F_GetFieldAsString(row, at), "<qgis version=\"3.22\"/>");
    OGR_F_Destroy(row);
    GDALClose(dataset);
}

static void the_same_calls_give_the_same_bytes(void **state) {
    (void)state;
    char path[2][128];
    noi_map *map[2];
    for (int i = 0; i < 2; i++) {
        snprintf(path[i], sizeof path[i], "%s/same%d.gpkg", folder, i);
        write_two_layers(path[i]);
        assert_int_equal(noi_map_open(&map[i], path[i]), NOI_OK);
        if (i == 0)
            sleep(1); /* a clock in the file would differ now */
    }
    assert_true(noi_str_eq(noi_map_bytes(map[0]), noi_map_bytes(map[1])));
    noi_map_close(map[0]);
    noi_map_close(map[1]);
}

static void without_commit_there_is_no_file_and_the_old_one_stays(void **state) {
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/kept.gpkg", folder);
    NOI_AUTO_FREE char *part = noi_part_name(path);
    write_two_layers(path);
    struct stat before, after;
    assert_int_equal(stat(path, &before), 0);
    noi_gpkg *gpkg = NULL;
    assert_int_equal(noi_gpkg_create(&gpkg, path), NOI_OK);
    assert_int_equal(noi_gpkg_layer(gpkg, "x", NOI_GPKG_POINT, "EPSG:9210", FIELDS, 1), NOI_OK);
    noi_gpkg_close(gpkg);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_not_equal(stat(part, &after), 0);
}

static void a_missing_folder_is_one_message(void **state) {
    (void)state;
    noi_gpkg *gpkg = NULL;
    assert_int_equal(noi_gpkg_create(&gpkg, "/nowhere/at/all.gpkg"), NOI_ERR_IO);
    assert_null(gpkg);
    assert_non_null(strstr(noi_error_message(), "/nowhere/at/all.gpkg"));
    assert_true(noi_error_hint()[0] != '\0');
}

static void bytes_that_are_no_wkb_are_refused(void **state) {
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/bad.gpkg", folder);
    noi_gpkg *gpkg = NULL;
    noi_gpkg_value value = {.text = NOI_STR("x")};
    assert_int_equal(noi_gpkg_create(&gpkg, path), NOI_OK);
    assert_int_equal(noi_gpkg_feature(gpkg, point(), &value), NOI_ERR_INTERNAL);
    assert_int_equal(noi_gpkg_layer(gpkg, "x", NOI_GPKG_ANY_SHAPE, NULL, FIELDS, 1), NOI_OK);
    assert_int_equal(noi_gpkg_feature(gpkg, NOI_STR("\1\3\0\0\0"), &value), NOI_ERR_IO);
    noi_gpkg_close(gpkg);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(the_style_is_where_qgis_looks_for_it),
        cmocka_unit_test(the_same_calls_give_the_same_bytes),
        cmocka_unit_test(without_commit_there_is_no_file_and_the_old_one_stays),
        cmocka_unit_test(a_missing_folder_is_one_message),
        cmocka_unit_test(bytes_that_are_no_wkb_are_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
