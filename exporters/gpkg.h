/*
 * gpkg.h: writing a GeoPackage (GDAL). The file appears whole or not at all (written beside and
 * renamed). Layers may carry a QGIS style, which QGIS applies on opening (table layer_styles).
 * Deterministic: the same calls give the same content (timestamps in the file are fixed).
 */
#ifndef NOI_EXPORTERS_GPKG_H
#define NOI_EXPORTERS_GPKG_H

#include "base/memory.h"

typedef struct noi_gpkg noi_gpkg;

typedef enum noi_gpkg_type { NOI_GPKG_TEXT, NOI_GPKG_INTEGER, NOI_GPKG_REAL } noi_gpkg_type;
typedef enum noi_gpkg_shape {
    NOI_GPKG_NO_SHAPE,
    NOI_GPKG_POINT,
    NOI_GPKG_MULTIPOLYGON,
    NOI_GPKG_ANY_SHAPE,
    NOI_GPKG_MULTIPOINT,
    NOI_GPKG_MULTILINE
} noi_gpkg_shape;
typedef struct noi_gpkg_field {
    const char *name;
    noi_gpkg_type type;
} noi_gpkg_field;
typedef struct noi_gpkg_value { /* the member that the field's type names; is_null for NULL */
    bool is_null;
    noi_str text;
    int64_t integer;
    double real;
} noi_gpkg_value;

/* An existing file of that name is replaced on commit. Yours: noi_gpkg_close. */
NOI_MUST_CHECK noi_status noi_gpkg_create(noi_gpkg **out, const char *path);
/* Whether the file may be written: nothing is there yet, or a GeoPackage with table `table`, that
 * is, an earlier one of the same kind. Anything else is NOI_ERR_CONFLICT. */
NOI_MUST_CHECK noi_status noi_gpkg_may_replace(const char *path, const char *table);
/* Begins a layer; features added from now on go to it. `crs` NULL (EPSG:4326) or "EPSG:n". The
 * coordinates given must already be in that CRS, x first. */
NOI_MUST_CHECK noi_status noi_gpkg_layer(noi_gpkg *gpkg, const char *name, noi_gpkg_shape shape,
                                         const char *crs, const noi_gpkg_field *fields, size_t n);
/* One feature; wkb.p == NULL for none; values in the order of the fields. */
NOI_MUST_CHECK noi_status noi_gpkg_feature(noi_gpkg *gpkg, noi_str wkb,
                                           const noi_gpkg_value *values);
/* The layer `layer` of any file that OGR opens, with all its fields and their values, as a layer of
 * multipolygons in `crs` (as OGR reads it: "EPSG:n" or WKT); becomes the current layer, for a
 * style. `shape_of` gives the WKB of feature `n` (from 0, in the file's order), borrowed until the
 * next call; p == NULL for none. NOI_ERR_INPUT when the file does not hold n_features. */
typedef noi_str noi_gpkg_shape_of(void *context, size_t n);
NOI_MUST_CHECK noi_status noi_gpkg_copy_layer(noi_gpkg *gpkg, const char *path, const char *layer,
                                              const char *crs, size_t n_features,
                                              noi_gpkg_shape_of *shape_of, void *context);

/* X(name, key). What noi_gpkg_copy_layer cannot keep of a layer. */
#define NOI_GPKG_LOSS_TABLE(X)                                                                     \
    X(NOI_GPKG_LOSES_Z, "z")           /* features with heights: they become flat */               \
    X(NOI_GPKG_LOSES_M, "m")           /* features with measures */                                \
    X(NOI_GPKG_LOSES_CURVES, "curves") /* features with arcs: they become lines */                 \
    X(NOI_GPKG_LOSES_PARTS, "parts")   /* features with points or lines beside their areas */      \
    X(NOI_GPKG_LOSES_SHAPE, "shape")   /* features with a shape in another column, `name` */       \
    X(NOI_GPKG_LOSES_TYPE, "type")     /* values of the field `name`, which become text */         \
    X(NOI_GPKG_LOSES_NAN, "nan")       /* values of the field `name` that are NaN: empty */        \
    X(NOI_GPKG_LOSES_LAYER, "layer")   /* another layer `name` of the file */
typedef enum noi_gpkg_loss_kind {
#define NOI_GPKG_LOSS_ENUM(name, key) name,
    NOI_GPKG_LOSS_TABLE(NOI_GPKG_LOSS_ENUM)
#undef NOI_GPKG_LOSS_ENUM
} noi_gpkg_loss_kind;
typedef struct noi_gpkg_loss {
    noi_gpkg_loss_kind kind;
    char *name; /* "" for none */
    int64_t n;
} noi_gpkg_loss;
typedef struct noi_gpkg_losses {
    noi_gpkg_loss *items;
    size_t n, capacity;
} noi_gpkg_losses;
/* Adds to `out`, which is yours: noi_gpkg_losses_clear. */
NOI_MUST_CHECK noi_status noi_gpkg_find_losses(noi_gpkg_losses *out, const char *path,
                                               const char *layer);
void noi_gpkg_losses_clear(noi_gpkg_losses *losses);
const char *noi_gpkg_loss_key(noi_gpkg_loss_kind kind); /* "z"; static storage */

/* What the file's table of columns "key" and "value" has for the key; NULL for no such file, table
 * or key. Yours: free. */
char *noi_gpkg_fact(const char *path, const char *table, const char *key);

/* A QGIS style (QML) for the current layer. */
NOI_MUST_CHECK noi_status noi_gpkg_style(noi_gpkg *gpkg, const char *style_name, noi_str qml);
NOI_MUST_CHECK noi_status noi_gpkg_commit(noi_gpkg *gpkg);
void noi_gpkg_close(noi_gpkg *gpkg); /* accepts NULL; without commit the file is removed */
NOI_DEFINE_AUTO(noi_gpkg, noi_gpkg_close)

#endif
