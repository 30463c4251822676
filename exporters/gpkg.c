/*
 * gpkg.c: the GeoPackage writer. GDAL writes the part (base/file.h) in one transaction; commit
 * closes it, brings it to the disk and renames it. GDAL prints nothing: what it would say is kept
 * and becomes our message. Styles are kept until commit, because table layer_styles must name
 * layers that are there; its columns are those that QGIS itself makes.
 */
#include "exporters/gpkg.h"

#include "base/file.h"
#include "base/i18n.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <errno.h>
#include <fcntl.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* GDAL stamps "now" into gpkg_contents unless this configuration names another moment. */
#define FIXED_MOMENT    "2025-07-01T00:00:00.000Z"
#define GEOMETRY_COLUMN "geom"

typedef struct layer_style {
    char *layer, *name, *qml;
    bool has_shape;
} layer_style;

struct noi_gpkg {
    char *path, *part;
    GDALDatasetH dataset;
    OGRLayerH layer;
    char *layer_name;
    noi_gpkg_shape shape;
    noi_gpkg_type *types;
    size_t n_fields;
    layer_style *styles;
    size_t n_styles, cap_styles;
    char said[512]; /* the first error that GDAL told since the last `listen` */
};

/* ---- GDAL's voice ---- */

static void CPL_STDCALL keep_message(CPLErr level, CPLErrorNum number, const char *message) {
    (void)number;
    char *said = CPLGetErrorHandlerUserData();
    if (level >= CE_Failure && !said[0])
        snprintf(said, 512, "%s", message);
}

static void listen(noi_gpkg *gpkg) {
    gpkg->said[0] = '\0';
    CPLPushErrorHandlerEx(keep_message, gpkg->said);
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", FIXED_MOMENT);
}

static void listen_no_more(void) {
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", NULL);
    CPLPopErrorHandler();
}

static noi_status refuse(noi_gpkg *gpkg) {
    noi_status status = noi_fail(NOI_ERR_IO, _("%s cannot be written: %s"), gpkg->path,
                                 gpkg->said[0] ? gpkg->said : _("GDAL gave no reason"));
    noi_hint(_("look at the free space and the permissions of the folder"));
    return status;
}

/* ---- opening ---- */

static bool create_dataset(noi_gpkg *gpkg) {
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    if (!driver)
        return false;
    gpkg->dataset = GDALCreate(driver, gpkg->part, 0, 0, 0, GDT_Unknown, NULL);
    return gpkg->dataset && GDALDatasetStartTransaction(gpkg->dataset, FALSE) == OGRERR_NONE;
}

noi_status noi_gpkg_create(noi_gpkg **out, const char *path) {
    GDALAllRegister();
    NOI_AUTO(noi_gpkg_closep) noi_gpkg *gpkg = noi_alloc_zero(1, sizeof *gpkg);
    NOI_TRY(noi_out_place(&gpkg->path, path));
    gpkg->part = noi_part_name(gpkg->path);
    if (unlink(gpkg->part) != 0 && errno != ENOENT)
        return noi_fail_errno(NOI_ERR_IO, _("%s cannot be replaced"), gpkg->part);
    listen(gpkg);
    bool fine = create_dataset(gpkg);
    listen_no_more();
    if (!fine)
        return refuse(gpkg);
    *out = gpkg;
    gpkg = NULL;
    return NOI_OK;
}

noi_status noi_gpkg_may_replace(const char *path, const char *table) {
    static const char *const drivers[] = {"GPKG", NULL};
    char said[512] = "";
    if (access(path, F_OK) != 0)
        return NOI_OK;
    GDALAllRegister();
    CPLPushErrorHandlerEx(keep_message, said);
    GDALDatasetH dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL);
    bool is_ours = dataset && GDALDatasetGetLayerByName(dataset, table);
    if (dataset)
        GDALClose(dataset);
    CPLPopErrorHandler();
    if (is_ours)
        return NOI_OK;
    noi_status status = noi_fail(
        NOI_ERR_CONFLICT, _("%s is there already and is no earlier output of this kind"), path);
    noi_hint(_("name another file, or remove this one yourself"));
    return status;
}

/* ---- layers ---- */

static OGRwkbGeometryType shape_type(noi_gpkg_shape shape) {
    switch (shape) {
    case NOI_GPKG_NO_SHAPE:
        return wkbNone;
    case NOI_GPKG_POINT:
        return wkbPoint;
    case NOI_GPKG_MULTIPOLYGON:
        return wkbMultiPolygon;
    case NOI_GPKG_ANY_SHAPE:
        return wkbUnknown;
    case NOI_GPKG_MULTIPOINT:
        return wkbMultiPoint;
    case NOI_GPKG_MULTILINE:
        return wkbMultiLineString;
    }
    return wkbUnknown;
}

static OGRFieldType field_type(noi_gpkg_type type) {
    switch (type) {
    case NOI_GPKG_TEXT:
        return OFTString;
    case NOI_GPKG_INTEGER:
        return OFTInteger64;
    case NOI_GPKG_REAL:
        return OFTReal;
    }
    return OFTString;
}

static bool add_field(OGRLayerH layer, const char *name, OGRFieldType type) {
    OGRFieldDefnH field = OGR_Fld_Create(name, type);
    bool fine = OGR_L_CreateField(layer, field, TRUE) == OGRERR_NONE;
    OGR_Fld_Destroy(field);
    return fine;
}

/* `id` names the column of feature numbers; NULL: "fid". */
static OGRLayerH create_layer(noi_gpkg *gpkg, const char *name, noi_gpkg_shape shape,
                              const char *crs, const char *id) {
    if (shape == NOI_GPKG_NO_SHAPE)
        return GDALDatasetCreateLayer(gpkg->dataset, name, NULL, wkbNone, NULL);
    OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
    OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
    const char *const options[] = {"GEOMETRY_NAME=" GEOMETRY_COLUMN, id, NULL};
    OGRLayerH layer = NULL;
    if (OSRSetFromUserInput(srs, crs ? crs : "EPSG:4326") == OGRERR_NONE)
        layer = GDALDatasetCreateLayer(gpkg->dataset, name, srs, shape_type(shape),
                                       (char **)(uintptr_t)options);
    OSRRelease(srs);
    return layer;
}

static void forget_layer(noi_gpkg *gpkg) {
    free(gpkg->layer_name);
    free(gpkg->types);
    gpkg->layer = NULL;
    gpkg->layer_name = NULL;
    gpkg->types = NULL;
    gpkg->n_fields = 0;
}

noi_status noi_gpkg_layer(noi_gpkg *gpkg, const char *name, noi_gpkg_shape shape, const char *crs,
                          const noi_gpkg_field *fields, size_t n) {
    forget_layer(gpkg);
    listen(gpkg);
    OGRLayerH layer = create_layer(gpkg, name, shape, crs, NULL);
    bool fine = layer != NULL;
    for (size_t i = 0; fine && i < n; i++)
        fine = add_field(layer, fields[i].name, field_type(fields[i].type));
    listen_no_more();
    if (!fine)
        return refuse(gpkg);
    gpkg->layer = layer;
    gpkg->layer_name = noi_strdup(name);
    gpkg->shape = shape;
    gpkg->n_fields = n;
    gpkg->types = noi_alloc_zero(n, sizeof *gpkg->types);
    for (size_t i = 0; i < n; i++)
        gpkg->types[i] = fields[i].type;
    return NOI_OK;
}

/* ---- features ---- */

static void set_text(OGRFeatureH feature, int at, noi_str text) {
    NOI_AUTO_FREE char *copy = noi_strndup(text.p ? text.p : "", text.n);
    OGR_F_SetFieldString(feature, at, copy);
}

static void set_value(OGRFeatureH feature, int at, noi_gpkg_type type,
                      const noi_gpkg_value *value) {
    if (value->is_null)
        OGR_F_SetFieldNull(feature, at);
    else if (type == NOI_GPKG_TEXT)
        set_text(feature, at, value->text);
    else if (type == NOI_GPKG_INTEGER)
        OGR_F_SetFieldInteger64(feature, at, value->integer);
    else
        OGR_F_SetFieldDouble(feature, at, value->real);
}

static bool set_shape(noi_gpkg *gpkg, OGRFeatureH feature, noi_str wkb) {
    OGRGeometryH shape = NULL;
    if (OGR_G_CreateFromWkbEx(wkb.p, NULL, &shape, wkb.n) != OGRERR_NONE) {
        snprintf(gpkg->said, sizeof gpkg->said, "%s", _("a geometry is not WKB"));
        return false;
    }
    if (gpkg->shape == NOI_GPKG_MULTIPOLYGON)
        shape = OGR_G_ForceToMultiPolygon(shape);
    else if (gpkg->shape == NOI_GPKG_MULTIPOINT)
        shape = OGR_G_ForceToMultiPoint(shape);
    else if (gpkg->shape == NOI_GPKG_MULTILINE)
        shape = OGR_G_ForceToMultiLineString(shape);
    return OGR_F_SetGeometryDirectly(feature, shape) == OGRERR_NONE;
}

noi_status noi_gpkg_feature(noi_gpkg *gpkg, noi_str wkb, const noi_gpkg_value *values) {
    if (!gpkg->layer)
        return noi_fail(NOI_ERR_INTERNAL, _("%s: a feature came before its layer"), gpkg->path);
    listen(gpkg);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(gpkg->layer));
    for (size_t i = 0; i < gpkg->n_fields; i++)
        set_value(feature, (int)i, gpkg->types[i], &values[i]);
    bool fine = !wkb.p || set_shape(gpkg, feature, wkb);
    fine = fine && OGR_L_CreateFeature(gpkg->layer, feature) == OGRERR_NONE;
    OGR_F_Destroy(feature);
    listen_no_more();
    return fine ? NOI_OK : refuse(gpkg);
}

/* ---- a layer of another file ---- */

typedef struct copy {
    noi_gpkg *gpkg;
    GDALDatasetH dataset;
    OGRLayerH from, to;
    int *map; /* where a field of the file goes */
} copy;

static void copy_close(copy *c) {
    if (c->dataset)
        GDALClose(c->dataset);
    free(c->map);
}

/* A field of the file may be called as a column of feature numbers is. */
static const char *id_column(OGRFeatureDefnH fields) {
    return OGR_FD_GetFieldIndex(fields, "fid") >= 0 ? "FID=noi_fid" : NULL;
}

static bool copy_fields(copy *c, const char *name, const char *crs) {
    OGRFeatureDefnH fields = OGR_L_GetLayerDefn(c->from);
    int n = OGR_FD_GetFieldCount(fields);
    c->map = noi_alloc(((size_t)n + 1) * sizeof *c->map);
    c->to = create_layer(c->gpkg, name, NOI_GPKG_MULTIPOLYGON, crs, id_column(fields));
    bool fine = c->to != NULL;
    for (int i = 0; fine && i < n; i++) {
        fine = OGR_L_CreateField(c->to, OGR_FD_GetFieldDefn(fields, i), TRUE) == OGRERR_NONE;
        c->map[i] = i;
    }
    return fine;
}

static bool copy_feature(copy *c, OGRFeatureH from, noi_str wkb) {
    OGRFeatureH to = OGR_F_Create(OGR_L_GetLayerDefn(c->to));
    bool fine = OGR_F_SetFromWithMap(to, from, TRUE, c->map) == OGRERR_NONE;
    bool has_numbers = *OGR_L_GetFIDColumn(c->from) != '\0'; /* else they are places in the file */
    OGR_F_SetFID(to, has_numbers ? OGR_F_GetFID(from) : OGRNullFID);
    OGR_F_SetGeometryDirectly(to, NULL);
    fine = fine && (!wkb.p || set_shape(c->gpkg, to, wkb)) &&
           OGR_L_CreateFeature(c->to, to) == OGRERR_NONE;
    OGR_F_Destroy(to);
    return fine;
}

static bool copy_features(size_t *n, copy *c, noi_gpkg_shape_of *shape_of, void *context) {
    bool fine = true;
    OGRFeatureH feature;
    OGR_L_ResetReading(c->from);
    while (fine && (feature = OGR_L_GetNextFeature(c->from))) {
        fine = copy_feature(c, feature, shape_of(context, (*n)++));
        OGR_F_Destroy(feature);
    }
    return fine;
}

noi_status noi_gpkg_copy_layer(noi_gpkg *gpkg, const char *path, const char *layer, const char *crs,
                               size_t n_features, noi_gpkg_shape_of *shape_of, void *context) {
    NOI_AUTO(copy_close) copy c = {.gpkg = gpkg};
    size_t n = 0;
    forget_layer(gpkg);
    listen(gpkg);
    c.dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    c.from = c.dataset ? GDALDatasetGetLayerByName(c.dataset, layer) : NULL;
    bool is_there = c.from && (size_t)OGR_L_GetFeatureCount(c.from, TRUE) == n_features;
    bool fine = is_there && copy_fields(&c, layer, crs) && copy_features(&n, &c, shape_of, context);
    listen_no_more();
    if (!is_there || (fine && n != n_features)) { /* GDAL takes a failing disk for the file's end */
        noi_status status = noi_fail(NOI_ERR_INPUT, _("%s has changed since it was read"), path);
        noi_hint(_("run the command again when nobody writes to the file, and look after the disk"));
        return status;
    }
    if (!fine)
        return refuse(gpkg);
    gpkg->layer = c.to;
    gpkg->layer_name = noi_strdup(layer);
    gpkg->shape = NOI_GPKG_MULTIPOLYGON;
    return NOI_OK;
}

/* ---- styles ---- */

noi_status noi_gpkg_style(noi_gpkg *gpkg, const char *style_name, noi_str qml) {
    if (!gpkg->layer)
        return noi_fail(NOI_ERR_INTERNAL, _("%s: a style came before its layer"), gpkg->path);
    NOI_GROW(gpkg->styles, gpkg->cap_styles, gpkg->n_styles + 1);
    gpkg->styles[gpkg->n_styles++] = (layer_style){
        .layer = noi_strdup(gpkg->layer_name),
        .name = noi_strdup(style_name),
        .qml = noi_strndup(qml.p, qml.n),
        .has_shape = gpkg->shape != NOI_GPKG_NO_SHAPE,
    };
    return NOI_OK;
}

static bool add_style_row(OGRLayerH layer, const layer_style *style) {
    OGRFeatureH row = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    const char *texts[] = {
        "", "", style->layer, style->has_shape ? GEOMETRY_COLUMN : "", style->name, style->qml, ""};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        OGR_F_SetFieldString(row, i, texts[i]);
    OGR_F_SetFieldInteger(row, 7, 1);
    OGR_F_SetFieldString(row, 8, style->name);
    OGR_F_SetFieldString(row, 9, "noi");
    OGR_F_SetFieldString(row, 11, FIXED_MOMENT);
    bool fine = OGR_L_CreateFeature(layer, row) == OGRERR_NONE;
    OGR_F_Destroy(row);
    return fine;
}

/* The table as QGIS makes it; one default style for each layer that was given one. */
static bool write_styles(noi_gpkg *gpkg) {
    static const struct {
        const char *name;
        OGRFieldType type;
    } columns[] = {
        {"f_table_catalog", OFTString},
        {"f_table_schema", OFTString},
        {"f_table_name", OFTString},
        {"f_geometry_column", OFTString},
        {"styleName", OFTString},
        {"styleQML", OFTString},
        {"styleSLD", OFTString},
        {"useAsDefault", OFTInteger},
        {"description", OFTString},
        {"owner", OFTString},
        {"ui", OFTString},
        {"update_time", OFTDateTime},
    };
    if (gpkg->n_styles == 0)
        return true;
    OGRLayerH layer = GDALDatasetCreateLayer(gpkg->dataset, "layer_styles", NULL, wkbNone, NULL);
    bool fine = layer != NULL;
    for (size_t i = 0; fine && i < sizeof columns / sizeof *columns; i++)
        fine = add_field(layer, columns[i].name, columns[i].type);
    for (size_t i = 0; fine && i < gpkg->n_styles; i++)
        fine = add_style_row(layer, &gpkg->styles[i]);
    return fine;
}

/* ---- the end ---- */

static bool finish_dataset(noi_gpkg *gpkg) {
    bool fine = write_styles(gpkg) && GDALDatasetCommitTransaction(gpkg->dataset) == OGRERR_NONE;
    GDALClose(gpkg->dataset); /* writes extents and indices; its failures arrive as messages */
    gpkg->dataset = NULL;
    return fine && !gpkg->said[0];
}

noi_status noi_gpkg_commit(noi_gpkg *gpkg) {
    if (!gpkg->dataset)
        return noi_fail(NOI_ERR_INTERNAL, _("%s is committed already"), gpkg->path);
    listen(gpkg);
    bool fine = finish_dataset(gpkg);
    listen_no_more();
    if (!fine)
        return refuse(gpkg);
    if (!noi_on_disk(gpkg->part) || rename(gpkg->part, gpkg->path) != 0 ||
        !noi_name_on_disk(gpkg->path))
        return noi_fail_errno(NOI_ERR_IO, _("%s cannot be written"), gpkg->path);
    free(gpkg->part);
    gpkg->part = NULL;
    return NOI_OK;
}

static void remove_part(const char *part) {
    NOI_AUTO_FREE char *journal = noi_format("%s-journal", part);
    unlink(part);
    unlink(journal);
}

static void abandon(noi_gpkg *gpkg) {
    listen(gpkg);
    GDALDatasetRollbackTransaction(gpkg->dataset);
    GDALClose(gpkg->dataset);
    listen_no_more();
}

void noi_gpkg_close(noi_gpkg *gpkg) {
    if (!gpkg)
        return;
    if (gpkg->dataset)
        abandon(gpkg);
    if (gpkg->part)
        remove_part(gpkg->part);
    for (size_t i = 0; i < gpkg->n_styles; i++) {
        free(gpkg->styles[i].layer);
        free(gpkg->styles[i].name);
        free(gpkg->styles[i].qml);
    }
    forget_layer(gpkg);
    free(gpkg->styles);
    free(gpkg->part);
    free(gpkg->path);
    free(gpkg);
}
