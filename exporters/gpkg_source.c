/* gpkg_source.c: what a copy of a layer as flat multipolygons in a GeoPackage cannot keep, and what
 * an earlier GeoPackage says of itself. See gpkg.h. */
#include "exporters/gpkg.h"

#include "base/i18n.h"

#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <string.h>
#include <unistd.h>

typedef struct source {
    GDALDatasetH dataset;
    OGRLayerH layer;
} source;

static void source_close(source *s) {
    if (s->dataset)
        GDALClose(s->dataset);
}

/* Quietly: whether a file is such a one is the question here. */
static void open_source(source *s, const char *path, const char *layer) {
    GDALAllRegister();
    CPLPushErrorHandler(CPLQuietErrorHandler);
    s->dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    s->layer = s->dataset ? GDALDatasetGetLayerByName(s->dataset, layer) : NULL;
    CPLPopErrorHandler();
}

/* ---- losses ---- */

static void count(noi_gpkg_losses *all, noi_gpkg_loss_kind kind, const char *name) {
    for (size_t i = 0; i < all->n; i++)
        if (all->items[i].kind == kind && strcmp(all->items[i].name, name) == 0) {
            all->items[i].n++;
            return;
        }
    NOI_GROW(all->items, all->capacity, all->n + 1);
    all->items[all->n++] = (noi_gpkg_loss){kind, noi_strdup(name), 1};
}

/* Whether anything beside areas lies in the shape. */
static bool has_other_parts(OGRGeometryH shape) {
    OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(shape));
    if (OGR_GT_IsSubClassOf(type, wkbSurface) || OGR_GT_IsSubClassOf(type, wkbMultiSurface))
        return false;
    if (!OGR_GT_IsSubClassOf(type, wkbGeometryCollection))
        return true;
    for (int i = 0; i < OGR_G_GetGeometryCount(shape); i++)
        if (has_other_parts(OGR_G_GetGeometryRef(shape, i)))
            return true;
    return false;
}

static void look_at_shape(noi_gpkg_losses *all, OGRFeatureH feature) {
    OGRGeometryH shape = OGR_F_GetGeometryRef(feature);
    for (int i = 1; i < OGR_F_GetGeomFieldCount(feature); i++)
        if (OGR_F_GetGeomFieldRef(feature, i))
            count(all, NOI_GPKG_LOSES_SHAPE,
                  OGR_GFld_GetNameRef(OGR_F_GetGeomFieldDefnRef(feature, i)));
    if (!shape || OGR_G_IsEmpty(shape))
        return;
    if (OGR_G_Is3D(shape))
        count(all, NOI_GPKG_LOSES_Z, "");
    if (OGR_G_IsMeasured(shape))
        count(all, NOI_GPKG_LOSES_M, "");
    if (OGR_G_HasCurveGeometry(shape, FALSE))
        count(all, NOI_GPKG_LOSES_CURVES, "");
    if (has_other_parts(shape))
        count(all, NOI_GPKG_LOSES_PARTS, "");
}

/* Of these GeoPackage has the type too. */
static bool is_kept(OGRFieldDefnH field) {
    OGRFieldSubType sub = OGR_Fld_GetSubType(field);
    switch (OGR_Fld_GetType(field)) {
    case OFTInteger:
    case OFTInteger64:
    case OFTReal:
    case OFTString:
        return sub != OFSTUUID;
    case OFTDate:
    case OFTDateTime:
    case OFTBinary:
        return true;
    default:
        return false;
    }
}

static void look_at_values(noi_gpkg_losses *all, OGRFeatureH feature) {
    for (int i = 0; i < OGR_F_GetFieldCount(feature); i++) {
        if (!OGR_F_IsFieldSetAndNotNull(feature, i))
            continue;
        OGRFieldDefnH field = OGR_F_GetFieldDefnRef(feature, i);
        if (!is_kept(field))
            count(all, NOI_GPKG_LOSES_TYPE, OGR_Fld_GetNameRef(field));
        if (OGR_Fld_GetType(field) == OFTReal && isnan(OGR_F_GetFieldAsDouble(feature, i)))
            count(all, NOI_GPKG_LOSES_NAN, OGR_Fld_GetNameRef(field));
    }
}

noi_status noi_gpkg_find_losses(noi_gpkg_losses *out, const char *path, const char *layer) {
    NOI_AUTO(source_close) source s = {0};
    open_source(&s, path, layer);
    if (!s.layer)
        return noi_fail(NOI_ERR_INPUT, _("%s has changed since it was read"), path);
    OGRFeatureH feature;
    CPLPushErrorHandler(CPLQuietErrorHandler); /* the import has told what there was to tell */
    OGR_L_ResetReading(s.layer);
    while ((feature = OGR_L_GetNextFeature(s.layer))) {
        look_at_shape(out, feature);
        look_at_values(out, feature);
        OGR_F_Destroy(feature);
    }
    CPLPopErrorHandler();
    for (int i = 0; i < GDALDatasetGetLayerCount(s.dataset); i++) {
        const char *name = OGR_L_GetName(GDALDatasetGetLayer(s.dataset, i));
        if (strcmp(name, layer) != 0)
            count(out, NOI_GPKG_LOSES_LAYER, name);
    }
    return NOI_OK;
}

void noi_gpkg_losses_clear(noi_gpkg_losses *losses) {
    for (size_t i = 0; i < losses->n; i++)
        free(losses->items[i].name);
    free(losses->items);
    *losses = (noi_gpkg_losses){0};
}

const char *noi_gpkg_loss_key(noi_gpkg_loss_kind kind) {
    static const char *const keys[] = {
#define NOI_GPKG_LOSS_KEY(name, key) [name] = key,
        NOI_GPKG_LOSS_TABLE(NOI_GPKG_LOSS_KEY)
#undef NOI_GPKG_LOSS_KEY
    };
    return keys[kind];
}

/* ---- what a file says of itself ---- */

char *noi_gpkg_fact(const char *path, const char *table, const char *key) {
    NOI_AUTO(source_close) source s = {0};
    if (access(path, F_OK) != 0)
        return NULL;
    open_source(&s, path, table);
    OGRFeatureH feature = NULL;
    char *value = NULL;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    while (s.layer && !value && (feature = OGR_L_GetNextFeature(s.layer))) {
        int k = OGR_F_GetFieldIndex(feature, "key"), v = OGR_F_GetFieldIndex(feature, "value");
        if (k >= 0 && v >= 0 && strcmp(OGR_F_GetFieldAsString(feature, k), key) == 0)
            value = noi_strdup(OGR_F_GetFieldAsString(feature, v));
        OGR_F_Destroy(feature);
    }
    CPLPopErrorHandler();
    return value;
}
