/*
 * ogr.c: tables that come through OGR: XLSX, ODS, GeoPackage, SQLite, DBF and the like. Values
 * become text again, as a person would write them in a CSV file; a point geometry becomes two
 * columns, x and y.
 */
#include "importers/table.h"

#include "base/file.h"
#include "base/i18n.h"
#include "importers/held.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct noi_ogr {
    noi_held *held;
    GDALDatasetH dataset;
    OGRLayerH layer;
    char *name;
    size_t n_attributes, n_columns;
    noi_str *columns;
    noi_str *fields; /* of the current row */
    noi_arena *arena, *row_arena;
    char *crs;
    bool has_points, is_sheet;
    int64_t n_read;
};

bool noi_ogr_claims(const char *path, noi_str head) {
    static const char *const endings[] = {".xlsx", ".xls",  ".ods", ".gpkg",    ".sqlite", ".db",
                                          ".dbf",  ".shp",  ".kml", ".geojson", ".tab",    ".mif",
                                          ".gml",  ".json", ".fgb", ".parquet", ".kmz",    ".gdb"};
    if (head.n >= 4 && memcmp(head.p, "PK\x03\x04", 4) == 0)
        return true;
    if (head.n >= 15 && memcmp(head.p, "SQLite format 3", 15) == 0)
        return true;
    const char *dot = strrchr(noi_path_base(path), '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(dot, endings[i]) == 0)
            return true;
    return false;
}

/* ---- opening --------------------------------------------------------------------------------- */

static noi_status fail_layer(const noi_ogr *o, const char *wanted) {
    noi_status status =
        wanted
            ? noi_fail_at(NOI_ERR_INPUT, o->name, 0, _("there is no layer or sheet '%s'"), wanted)
            : noi_fail_at(NOI_ERR_INPUT, o->name, 0, _("the file has several layers or sheets"));
    NOI_AUTO_BUF noi_buf list = {0};
    for (int i = 0; i < GDALDatasetGetLayerCount(o->dataset) && list.n < 600; i++)
        noi_buf_printf(&list, "%s%s", i ? ", " : "",
                       OGR_L_GetName(GDALDatasetGetLayer(o->dataset, i)));
    noi_hint(_("name one with --layer: %s"), list.n ? list.p : "-");
    return status;
}

/* Tables in which SQLite, SpatiaLite and GeoPackage keep their own books. */
static bool is_system_table(const char *name) {
    static const char *const prefixes[] = {"sqlite_",     "geometry_columns", "spatial_ref_sys",
                                           "gpkg_",       "rtree_",           "idx_",
                                           "layer_styles"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    return false;
}

/* The only layer that has rows, or the one that was named. */
static noi_status choose_layer(noi_ogr *o, const char *wanted) {
    int n = GDALDatasetGetLayerCount(o->dataset);
    for (int i = 0; i < n; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(o->dataset, i);
        bool skipped = is_system_table(OGR_L_GetName(layer)) ||
                       (n > 1 && OGR_L_GetFeatureCount(layer, TRUE) == 0);
        if (wanted ? strcmp(OGR_L_GetName(layer), wanted) != 0 : skipped)
            continue;
        if (o->layer)
            return fail_layer(o, NULL);
        o->layer = layer;
    }
    if (o->layer)
        return NOI_OK;
    if (wanted)
        return fail_layer(o, wanted);
    noi_status status = noi_fail_at(NOI_ERR_INPUT, o->name, 0, _("the file holds no table"));
    noi_hint(_("a table begins with a line of column names"));
    return status;
}

static bool point_layer(OGRLayerH layer) {
    OGRwkbGeometryType type = OGR_GT_Flatten(OGR_L_GetGeomType(layer));
    return type == wkbPoint;
}

/* "EPSG:9210", else the CRS as WKT; NULL when the layer names none. */
static char *crs_of(OGRLayerH layer) {
    OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(layer);
    if (!srs)
        return NULL;
    const char *authority = OSRGetAuthorityName(srs, NULL), *code = OSRGetAuthorityCode(srs, NULL);
    if (authority && code)
        return noi_format("%s:%s", authority, code);
    char *wkt = NULL;
    if (OSRExportToWkt(srs, &wkt) != OGRERR_NONE)
        return NULL;
    char *copy = noi_strdup(wkt);
    CPLFree(wkt);
    return copy;
}

static void read_columns(noi_ogr *o) {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(o->layer);
    o->n_attributes = (size_t)OGR_FD_GetFieldCount(definition);
    o->has_points = point_layer(o->layer);
    o->n_columns = o->n_attributes + (o->has_points ? 2 : 0);
    o->columns = noi_arena_alloc(o->arena, (o->n_columns + 1) * sizeof *o->columns);
    o->fields = noi_arena_alloc(o->arena, (o->n_columns + 1) * sizeof *o->fields);
    for (size_t i = 0; i < o->n_attributes; i++) {
        const char *name = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, (int)i));
        o->columns[i] = noi_str_of(noi_arena_strndup(o->arena, name, strlen(name)));
    }
    if (!o->has_points)
        return;
    o->columns[o->n_attributes] = NOI_STR("x");
    o->columns[o->n_attributes + 1] = NOI_STR("y");
    o->crs = crs_of(o->layer);
}

static noi_status open_dataset(noi_ogr *o, const char *path, const char *layer) {
    GDALAllRegister();
    CPLSetConfigOption("OGR_XLSX_HEADERS", "FORCE");
    CPLSetConfigOption("OGR_ODS_HEADERS", "FORCE");
    NOI_TRY(noi_held_open(&o->held, path));
    const char *name = noi_held_name(o->held);
    const char *const all_tables[] = {"LIST_ALL_TABLES=YES", NULL};
    CPLPushErrorHandler(CPLQuietErrorHandler);
    o->dataset = GDALOpenEx(name, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    if (o->dataset && GDALDatasetGetLayerCount(o->dataset) == 0) {
        /* A database without maps hides its tables from OGR. */
        GDALClose(o->dataset);
        o->dataset = GDALOpenEx(name, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, all_tables, NULL);
    }
    CPLPopErrorHandler();
    if (!o->dataset) {
        noi_status status =
            noi_fail_at(NOI_ERR_INPUT, o->name, 0, _("the file cannot be read as a table: %s"),
                        CPLGetLastErrorMsg());
        noi_hint(_("it may be damaged or cut short: compare it with its original"));
        return status;
    }
    NOI_TRY(choose_layer(o, layer));
    const char *driver = GDALGetDriverShortName(GDALGetDatasetDriver(o->dataset));
    o->is_sheet =
        strcmp(driver, "XLSX") == 0 || strcmp(driver, "ODS") == 0 || strcmp(driver, "XLS") == 0;
    read_columns(o);
    OGR_L_ResetReading(o->layer);
    return NOI_OK;
}

noi_status noi_ogr_open(noi_ogr **out, const char *path, const char *layer) {
    noi_ogr *o = noi_alloc_zero(1, sizeof *o);
    o->name = noi_strdup(noi_path_base(path));
    o->arena = noi_arena_new();
    o->row_arena = noi_arena_new();
    noi_status status = open_dataset(o, path, layer);
    if (status != NOI_OK) {
        noi_ogr_close(o);
        return status;
    }
    *out = o;
    return NOI_OK;
}

void noi_ogr_close(noi_ogr *ogr) {
    if (!ogr)
        return;
    if (ogr->dataset)
        GDALClose(ogr->dataset);
    noi_held_close(ogr->held);
    noi_arena_free(ogr->arena);
    noi_arena_free(ogr->row_arena);
    free(ogr->crs);
    free(ogr->name);
    free(ogr);
}

const noi_str *noi_ogr_columns(size_t *n, const noi_ogr *ogr) {
    *n = ogr->n_columns;
    return ogr->columns;
}

noi_column_type noi_ogr_column_type(const noi_ogr *ogr, size_t column) {
    if (column >= ogr->n_attributes)
        return NOI_COLUMN_NUMBER; /* x and y */
    OGRFeatureDefnH rows = OGR_L_GetLayerDefn(ogr->layer);
    switch (OGR_Fld_GetType(OGR_FD_GetFieldDefn(rows, (int)column))) {
    case OFTInteger:
    case OFTInteger64:
    case OFTReal:
        return NOI_COLUMN_NUMBER;
    case OFTDate:
    case OFTDateTime:
        return NOI_COLUMN_DAY;
    default:
        return NOI_COLUMN_TEXT;
    }
}

const char *noi_ogr_crs(const noi_ogr *ogr) {
    return ogr->crs;
}

size_t noi_ogr_n_rows(const noi_ogr *ogr) {
    GIntBig n = OGR_L_GetFeatureCount(ogr->layer, FALSE);
    return n < 0 ? 0 : (size_t)n;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* A day or a moment, as noi_day_parse reads it. */
static noi_str moment_text(noi_arena *arena, OGRFeatureH feature, int i, OGRFieldType type) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    OGR_F_GetFieldAsDateTimeEx(feature, i, &year, &month, &day, &hour, &minute, &second, &zone);
    if (type == OFTDate || (hour == 0 && minute == 0 && second <= 0))
        return noi_str_of(noi_arena_format(arena, "%04d-%02d-%02d", year, month, day));
    return noi_str_of(noi_arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day,
                                       hour, minute, (int)second));
}

static noi_str field_text(noi_arena *arena, OGRFeatureH feature, int i) {
    if (!OGR_F_IsFieldSetAndNotNull(feature, i))
        return (noi_str){NULL, 0};
    OGRFieldType type = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, i));
    if (type == OFTDate || type == OFTDateTime)
        return moment_text(arena, feature, i, type);
    if (type == OFTReal)
        return noi_str_of(noi_arena_format(arena, "%.15g", OGR_F_GetFieldAsDouble(feature, i)));
    const char *text = OGR_F_GetFieldAsString(feature, i);
    size_t n = strlen(text);
    return (noi_str){noi_arena_strndup(arena, text, n), n};
}

static void point_texts(noi_ogr *o, OGRFeatureH feature) {
    noi_str *xy = o->fields + o->n_attributes;
    xy[0] = xy[1] = (noi_str){NULL, 0};
    OGRGeometryH shape = OGR_F_GetGeometryRef(feature);
    if (!shape || OGR_G_IsEmpty(shape))
        return;
    xy[0] = noi_str_of(noi_arena_format(o->row_arena, "%.17g", OGR_G_GetX(shape, 0)));
    xy[1] = noi_str_of(noi_arena_format(o->row_arena, "%.17g", OGR_G_GetY(shape, 0)));
}

static noi_reject longest(const noi_ogr *o) {
    for (size_t i = 0; i < o->n_columns; i++)
        if (o->fields[i].n > (1 << 16))
            return NOI_REJECT_TOO_LONG;
    return NOI_REJECT_NONE;
}

/* The end of a layer and a fault in the middle of it look alike: OGR's error state tells them. */
static noi_status at_end(const noi_ogr *o) {
    if (CPLGetLastErrorType() != CE_Failure)
        return NOI_OK;
    noi_status status = noi_fail_at(NOI_ERR_INPUT, o->name, o->n_read, _("reading stopped: %s"),
                                    CPLGetLastErrorMsg());
    noi_hint(_("it may be damaged or cut short: compare it with its original"));
    return status;
}

/* Sheets end in rows that only have a border or a colour: they are no more rows than empty lines.
 */
static bool is_blank(const noi_ogr *o) {
    for (size_t i = 0; o->is_sheet && i < o->n_columns; i++)
        if (noi_str_trim(o->fields[i]).n > 0)
            return false;
    return o->is_sheet;
}

static OGRFeatureH next_feature(noi_ogr *o) {
    CPLErrorReset();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    OGRFeatureH feature = OGR_L_GetNextFeature(o->layer);
    CPLPopErrorHandler();
    if (!feature)
        return NULL;
    o->n_read++;
    noi_arena_reset(o->row_arena);
    for (size_t i = 0; i < o->n_attributes; i++)
        o->fields[i] = field_text(o->row_arena, feature, (int)i);
    if (o->has_points)
        point_texts(o, feature);
    return feature;
}

noi_status noi_ogr_next(noi_table_row *out, bool *more, noi_ogr *ogr) {
    OGRFeatureH feature = next_feature(ogr);
    while (feature && is_blank(ogr)) {
        OGR_F_Destroy(feature);
        feature = next_feature(ogr);
    }
    *more = feature != NULL;
    if (!feature)
        return at_end(ogr);
    *out = (noi_table_row){.n = ogr->n_columns,
                           .field = ogr->fields,
                           .line = ogr->is_sheet ? ogr->n_read + 1 : (int64_t)OGR_F_GetFID(feature),
                           .defect = longest(ogr)};
    OGR_F_Destroy(feature);
    return NOI_OK;
}
