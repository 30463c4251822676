/* fuzz_index.c: any bytes as a point index are refused, or answer every question without a crash
 * and without going round in circles. */
#include "geo/index.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    NOI_AUTO_FREE char *aligned = noi_alloc(n); /* malloc aligns to 16 */
    memcpy(aligned, bytes, n);
    const noi_index *index;
    if (noi_index_attach(&index, aligned, n) != NOI_OK)
        return 0;
    double lons[300], lats[300];
    uint32_t units[300];
    for (int i = 0; i < 300; i++) {
        lons[i] = 105.9 + (i % 20) * 0.06;
        lats[i] = 9.9 + (i / 20) * 0.08;
    }
    noi_index_locate_many(units, index, lons, lats, 300);
    for (int i = 0; i < 64; i++) {
        double lon = 106 + (i % 8) * 0.125, lat = 10 + (i / 8) * 0.125, metres;
        uint32_t some[4];
        (void)noi_index_locate(index, lon, lat);
        (void)noi_index_holders(some, 4, index, lon, lat);
        (void)noi_index_border_m(index, lon, lat, 100000);
        (void)noi_index_within(some, 4, index, lon, lat, 100000);
        (void)noi_index_nearest(&metres, index, lon, lat, 100000);
    }
    return 0;
}
