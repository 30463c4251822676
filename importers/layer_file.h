/*
 * layer_file.h: one boundary layer read from any file that OGR opens, normalised at the door to
 * EPSG:4326 by one pinned transformation that is recorded. No registry: `noi locate` and `noi
 * import layer` both read through here.
 */
#ifndef NOI_IMPORTERS_LAYER_FILE_H
#define NOI_IMPORTERS_LAYER_FILE_H

#include "geo/coverage.h"

typedef struct noi_layer_options {
    const char *crs;        /* NULL or "auto": what the file says; else "EPSG:n" overrides it */
    const char *layer_name; /* NULL: the only or first layer with polygons */
    const char *code_field, *name_field, *kind_field; /* NULL: the usual names */
    const char *crs_option; /* how the user names the crs, for hints; NULL: "--crs" */
} noi_layer_options;

typedef struct noi_layer_feature {
    int64_t line;                   /* feature number in the source, from 1 */
    const char *code, *name, *kind; /* as the file gives them, NFC; "" when absent */
    bool has_shape;                 /* false: no or empty geometry; the unit has no polygons */
} noi_layer_feature;

typedef struct noi_layer_file {
    char *layer_name;
    char *crs;                   /* "EPSG:9210" as found or named */
    char *transform;             /* the pinned operation; "none" for EPSG:4326 */
    double accuracy_m;           /* NaN when not stated */
    noi_coverage *coverage;      /* one unit for each feature, also for those without shape */
    noi_layer_feature *features; /* coverage->n_units */
    noi_arena *arena;
} noi_layer_file;

/* NOI_ERR_IO: cannot be opened; NOI_ERR_INPUT: no polygon layer, no code field (the hint lists the
 * fields), no CRS and none named (the hint says what the numbers look like), coordinates that
 * contradict the CRS. */
NOI_MUST_CHECK noi_status noi_layer_file_read(noi_layer_file **out, const char *path,
                                              const noi_layer_options *options);
void noi_layer_file_free(noi_layer_file *file); /* accepts NULL */
NOI_DEFINE_AUTO(noi_layer_file, noi_layer_file_free)

#endif
