/* layer.c: a layer's beginning and end. */
#include "geo/layer.h"

#include <math.h>

noi_layer *noi_layer_new(void) {
    noi_layer *layer = noi_alloc_zero(1, sizeof *layer);
    layer->accuracy_m = NAN;
    layer->coverage = noi_coverage_new();
    layer->arena = noi_arena_new();
    return layer;
}

void noi_layer_free(noi_layer *layer) {
    if (!layer)
        return;
    free(layer->name);
    free(layer->crs);
    free(layer->transform);
    noi_coverage_free(layer->coverage);
    free(layer->features);
    noi_arena_free(layer->arena);
    free(layer);
}
