/* fuzz_wkb.c: any bytes as WKB are refused or become a unit that can be indexed and written back. */
#include "geo/index.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    if (noi_coverage_add_wkb(c, 1, bytes, n) != NOI_OK) {
        if (c->n_units || c->n_polygons || c->n_rings || c->n_vertices)
            abort();
        return 0;
    }
    NOI_AUTO_BUF noi_buf again = {0};
    noi_coverage_wkb(&again, c, 0);
    NOI_AUTO(noi_coverage_freep) noi_coverage *copy = noi_coverage_new();
    if (noi_coverage_add_wkb(copy, 1, again.p, again.n) != NOI_OK ||
        copy->n_vertices != c->n_vertices)
        abort();
    NOI_AUTO_BUF noi_buf built = {0};
    const noi_index *index;
    if (noi_index_build(&built, c) != NOI_OK)
        return 0;
    if (noi_index_attach(&index, built.p, built.n) != NOI_OK)
        abort();
    for (size_t v = 0; v < c->n_vertices && v < 64; v++) {
        (void)noi_index_locate(index, c->xy[2 * v], c->xy[2 * v + 1]);
        (void)noi_index_border_m(index, c->xy[2 * v], c->xy[2 * v + 1], 1000);
    }
    return 0;
}
