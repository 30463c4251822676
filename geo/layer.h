/*
 * layer.h: a boundary layer in memory: areas, with what its file says about each of them. Filled by
 * importers/layer_file.h from a file, or by registry/store.h from a registry.
 */
#ifndef NOI_GEO_LAYER_H
#define NOI_GEO_LAYER_H

#include "geo/coverage.h"

typedef struct noi_layer_feature {
    int64_t line;                   /* feature number in the source, from 1 */
    const char *code, *name, *kind; /* as the file gives them, NFC; "" when absent */
    double area_km2;                /* as the file states it; NaN when it does not */
    int64_t population;             /* likewise; -1 */
    const char *other_shape;        /* a shape that is no area, "Point"; "" for an area or none */
    bool has_shape;                 /* false: no or empty geometry; the unit has no polygons */
} noi_layer_feature;

typedef struct noi_layer {
    char *name;                  /* the layer's own, within its file */
    char *crs;                   /* "EPSG:9210" as found or named */
    char *transform;             /* the pinned operation; "none" for EPSG:4326 */
    double accuracy_m;           /* NaN when not stated */
    noi_coverage *coverage;      /* one unit for each feature, also for those without shape */
    noi_layer_feature *features; /* coverage->n_units */
    noi_arena *arena;            /* owns the texts of the features */
} noi_layer;

/* An empty layer; its members are filled by the caller and then belong to it. */
noi_layer *noi_layer_new(void);
void noi_layer_free(noi_layer *layer); /* accepts NULL */
NOI_DEFINE_AUTO(noi_layer, noi_layer_free)

#endif
