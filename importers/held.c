/* held.c: see held.h. */
#include "importers/held.h"

#include <cpl_vsi.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

struct noi_held {
    noi_map *map; /* NULL: GDAL reads the file itself */
    char *name;
};

static bool is_one_file_without_checks(const char *path) {
    static const char *const ends[] = {".geojson", ".json", ".geojsonl", ".topojson",
                                       ".kml",     ".xlsx", ".ods"};
    const char *dot = strrchr(noi_path_base(path), '.');
    for (size_t i = 0; dot && i < sizeof ends / sizeof *ends; i++)
        if (strcasecmp(dot, ends[i]) == 0)
            return true;
    return false;
}

/* The name keeps the file's own, by which GDAL tells formats and calls layers. */
static noi_status hold(noi_held *held, const char *path) {
    NOI_TRY(noi_map_open(&held->map, path));
    noi_str bytes = noi_map_bytes(held->map);
    held->name = noi_format("/vsimem/noi-%p/%s", (void *)held, noi_path_base(path));
    VSILFILE *file = VSIFileFromMemBuffer(held->name, (GByte *)(uintptr_t)bytes.p, bytes.n, FALSE);
    if (!file || VSIFCloseL(file) != 0)
        return noi_fail(NOI_ERR_INTERNAL, "%s: GDAL takes no mapping", path);
    return NOI_OK;
}

noi_status noi_held_open(noi_held **out, const char *path) {
    noi_held *held = noi_alloc_zero(1, sizeof *held);
    noi_status status = NOI_OK;
    if (is_one_file_without_checks(path))
        status = hold(held, path);
    else
        held->name = noi_strdup(path);
    if (status != NOI_OK) {
        noi_held_close(held);
        return status;
    }
    *out = held;
    return NOI_OK;
}

void noi_held_close(noi_held *held) {
    if (!held)
        return;
    if (held->map && held->name)
        VSIUnlink(held->name);
    noi_map_close(held->map);
    free(held->name);
    free(held);
}

const char *noi_held_name(const noi_held *held) {
    return held->name;
}
