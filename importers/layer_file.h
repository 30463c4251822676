/*
 * layer_file.h: one boundary layer read from any file that OGR opens, normalised at the door to
 * EPSG:4326 by one pinned transformation that is recorded. No registry: `noi locate` and `noi
 * import layer` both read through here.
 */
#ifndef NOI_IMPORTERS_LAYER_FILE_H
#define NOI_IMPORTERS_LAYER_FILE_H

#include "geo/layer.h"

typedef struct noi_layer_options {
    const char *crs;        /* NULL or "auto": what the file says; else "EPSG:n" overrides it, and
                               "EPSG:n/yx" exchanges x and y first */
    const char *layer_name; /* NULL: the only or first layer with polygons */
    const char *code_field, *name_field, *kind_field; /* NULL: the usual names */
    const char *area_field, *population_field; /* likewise; areas in km2 */
    bool as_it_stands;      /* coordinates untouched, no system needed: layer->crs is what the file
                               (or `crs`) states, "" for nothing; boundary/projection.h settles it */
    const char *crs_option; /* how the user names the crs, for hints; NULL: "--crs" */
} noi_layer_options;

/* NOI_ERR_IO: cannot be opened; NOI_ERR_INPUT: no polygon layer, no code field (the hint lists the
 * fields), no CRS and none named (the hint says what the numbers look like), coordinates that
 * contradict the CRS. */
NOI_MUST_CHECK noi_status noi_layer_file_read(noi_layer **out, const char *path,
                                              const noi_layer_options *options);

#endif
