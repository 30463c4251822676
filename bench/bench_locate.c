/*
 * bench_locate.c: points located a second on one core: our index, and GEOS with prepared polygons in
 * an STRtree, on the same points in one run. Every answer is compared. Usage: bench_locate [LAYER];
 * without one the real layer of 168 units in ../shared, or, when that is absent, the rehearsal's.
 * Prints a table and one line of JSON, whose figures are those of the first and hardest row. The
 * best of several rounds counts for both: the machine is shared.
 */
#include "base/file.h"
#include "base/progress.h"
#include "geo/index.h"
#include "importers/layer_file.h"
#include "rehearsal/shape.h"
#include "tests/shared.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

#define N_POINTS      1000000
#define N_GEOS_POINTS 200000
#define N_ROUNDS      5

static uint64_t seed = 88172645463325252u;
static double random01(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (double)(seed >> 11) * 0x1p-53;
}

/* ---- the yardstick ---- */

typedef struct yardstick {
    GEOSContextHandle_t geos;
    uint32_t n, *number, found;
    GEOSGeometry **shape, *point;
    const GEOSPreparedGeometry **prepared;
    GEOSSTRtree *tree;
} yardstick;

static void yardstick_begin(yardstick *y, const noi_coverage *c) {
    y->geos = GEOS_init_r();
    y->tree = GEOSSTRtree_create_r(y->geos, 10);
    y->n = c->n_units;
    y->number = noi_alloc(y->n * sizeof *y->number);
    y->shape = noi_alloc(y->n * sizeof(GEOSGeometry *));
    y->prepared = noi_alloc(y->n * sizeof(const GEOSPreparedGeometry *));
    for (uint32_t u = 0; u < y->n; u++) {
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, c, u);
        y->number[u] = u;
        y->shape[u] = GEOSGeomFromWKB_buf_r(y->geos, (unsigned char *)wkb.p, wkb.n);
        y->prepared[u] = GEOSPrepare_r(y->geos, y->shape[u]);
        GEOSSTRtree_insert_r(y->geos, y->tree, y->shape[u], &y->number[u]);
    }
}

static void yardstick_end(yardstick *y) {
    GEOSSTRtree_destroy_r(y->geos, y->tree);
    for (uint32_t u = 0; u < y->n; u++) {
        GEOSPreparedGeom_destroy_r(y->geos, y->prepared[u]);
        GEOSGeom_destroy_r(y->geos, y->shape[u]);
    }
    GEOS_finish_r(y->geos);
    free(y->number);
    free(y->shape);
    free(y->prepared);
}

static void try_unit(void *item, void *context) {
    yardstick *y = context;
    uint32_t u = *(const uint32_t *)item;
    if (u < y->found && GEOSPreparedIntersects_r(y->geos, y->prepared[u], y->point))
        y->found = u;
}

static void geos_locate_many(uint32_t *out, yardstick *y, const double *lon, const double *lat,
                             size_t n) {
    for (size_t i = 0; i < n; i++) {
        y->found = NOI_INDEX_NONE;
        y->point = GEOSGeom_createPointFromXY_r(y->geos, lon[i], lat[i]);
        GEOSSTRtree_query_r(y->geos, y->tree, y->point, try_unit, y);
        GEOSGeom_destroy_r(y->geos, y->point);
        out[i] = y->found;
    }
}

/* ---- points ---- */

typedef enum spread { EACH_UNIT_ALIKE, EACH_AREA_ALIKE, ANYWHERE_IN_THE_BOX } spread;
static const char *const spread_text[] = {"in units, each unit alike", "in units, by area",
                                          "anywhere in the layer's box"};

static void unit_box(double box[4], const noi_coverage *c, uint32_t unit) {
    box[0] = box[1] = INFINITY;
    box[2] = box[3] = -INFINITY;
    uint32_t from = c->polygon_ring[c->unit_polygon[unit]];
    uint32_t to = c->polygon_ring[c->unit_polygon[unit + 1]];
    for (size_t v = c->ring_vertex[from]; v < c->ring_vertex[to]; v++) {
        box[0] = fmin(box[0], c->xy[2 * v]);
        box[1] = fmin(box[1], c->xy[2 * v + 1]);
        box[2] = fmax(box[2], c->xy[2 * v]);
        box[3] = fmax(box[3], c->xy[2 * v + 1]);
    }
}

static void make_points(double *lon, double *lat, const noi_index *index, const noi_coverage *c,
                        spread how) {
    double whole[4];
    noi_coverage_bounds(whole, c);
    NOI_AUTO_FREE double *boxes = noi_alloc(4 * c->n_units * sizeof *boxes);
    for (uint32_t u = 0; u < c->n_units; u++)
        unit_box(boxes + 4 * (size_t)u, c, u);
    for (size_t i = 0; i < N_POINTS;) {
        uint32_t u = (uint32_t)(random01() * c->n_units);
        const double *box = how == EACH_UNIT_ALIKE ? boxes + 4 * (size_t)u : whole;
        lon[i] = box[0] + random01() * (box[2] - box[0]);
        lat[i] = box[1] + random01() * (box[3] - box[1]);
        uint32_t at = noi_index_locate(index, lon[i], lat[i]);
        i += how == EACH_UNIT_ALIKE   ? at == u
             : how == EACH_AREA_ALIKE ? at != NOI_INDEX_NONE
                                      : 1;
    }
}

/* ---- measuring ---- */

typedef struct figures {
    double noi_per_s, geos_per_s, border_per_s;
    size_t differ;
} figures;

static double seconds_since(uint64_t start) {
    return (double)(noi_monotonic_ns() - start) / 1e9;
}

static figures measure(const noi_index *index, yardstick *y, const double *lon,
                       const double *lat) {
    NOI_AUTO_FREE uint32_t *ours = noi_alloc(N_POINTS * sizeof *ours);
    NOI_AUTO_FREE uint32_t *theirs = noi_alloc(N_GEOS_POINTS * sizeof *theirs);
    figures f = {0};
    for (int round = 0; round < N_ROUNDS; round++) {
        uint64_t start = noi_monotonic_ns();
        noi_index_locate_many(ours, index, lon, lat, N_POINTS);
        f.noi_per_s = fmax(f.noi_per_s, N_POINTS / seconds_since(start));
    }
    for (int round = 0; round < 3; round++) {
        uint64_t start = noi_monotonic_ns();
        geos_locate_many(theirs, y, lon, lat, N_GEOS_POINTS);
        f.geos_per_s = fmax(f.geos_per_s, N_GEOS_POINTS / seconds_since(start));
    }
    for (size_t i = 0; i < N_GEOS_POINTS; i++)
        f.differ += ours[i] != theirs[i];
    double sum = 0;
    uint64_t start = noi_monotonic_ns();
    for (size_t i = 0; i < N_GEOS_POINTS; i++)
        sum += fmin(100, noi_index_border_m(index, lon[i], lat[i], 100));
    f.border_per_s = sum >= 0 ? N_GEOS_POINTS / seconds_since(start) : 0;
    return f;
}

static noi_coverage *rehearsal_layer(void) {
    NOI_AUTO(noi_tables_freep) noi_tables *tables = NULL;
    NOI_AUTO(noi_shape_freep) noi_shape *shape = NULL;
    if (noi_tables_load(&tables) != NOI_OK ||
        noi_shape_make(&shape, tables, 1685, 30) != NOI_OK)
        return NULL;
    return noi_shape_new_layer(shape);
}

static noi_coverage *take_layer(const char *path) {
    NOI_AUTO(noi_layer_freep) noi_layer *file = NULL;
    if (!path)
        return rehearsal_layer();
    if (noi_layer_file_read(&file, path, NULL) != NOI_OK)
        return NULL;
    noi_coverage *coverage = file->coverage;
    file->coverage = NULL;
    return coverage;
}

static int run(const noi_coverage *c, const char *name) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    const noi_index *index = NULL;
    double build_s = INFINITY;
    for (int round = 0; round < 3; round++) {
        noi_buf_clear(&bytes);
        uint64_t start = noi_monotonic_ns();
        if (noi_index_build(&bytes, c) != NOI_OK)
            return 1;
        build_s = fmin(build_s, seconds_since(start));
    }
    if (noi_index_attach(&index, bytes.p, bytes.n) != NOI_OK)
        return 1;
    double index_mib = (double)bytes.n / 1048576;
    printf("%s: %u units, %u vertices; index %.1f MiB, built in %.3f s\n", name, c->n_units,
           c->n_vertices, index_mib, build_s);
    printf("%-28s %14s %14s %7s %16s %8s\n", "points", "noi, a second", "GEOS, a second", "ratio",
           "border <= 100 m", "unlike");
    NOI_AUTO_FREE double *lon = noi_alloc(N_POINTS * sizeof *lon);
    NOI_AUTO_FREE double *lat = noi_alloc(N_POINTS * sizeof *lat);
    yardstick y;
    yardstick_begin(&y, c);
    figures f[3];
    for (int how = EACH_UNIT_ALIKE; how <= ANYWHERE_IN_THE_BOX; how++) {
        make_points(lon, lat, index, c, (spread)how);
        f[how] = measure(index, &y, lon, lat);
        printf("%-28s %14.0f %14.0f %7.1f %16.0f %8zu\n", spread_text[how], f[how].noi_per_s,
               f[how].geos_per_s, f[how].noi_per_s / f[how].geos_per_s, f[how].border_per_s,
               f[how].differ);
    }
    yardstick_end(&y);
    printf("{\"noi_per_s\":%.0f,\"geos_per_s\":%.0f,\"ratio\":%.1f,\"build_s\":%.3f,"
           "\"index_mib\":%.1f,\"border_per_s\":%.0f,\"units\":%u,\"vertices\":%u}\n",
           f[0].noi_per_s, f[0].geos_per_s, f[0].noi_per_s / f[0].geos_per_s, build_s, index_mib,
           f[0].border_per_s, c->n_units, c->n_vertices);
    return 0;
}

int main(int argc, char **argv) {
    NOI_AUTO_FREE char *real = argc > 1 ? noi_strdup(argv[1])
                                        : shared_file("layers/new_hcmc_168.gpkg");
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = take_layer(real);
    int failed = !c || run(c, real ? noi_path_base(real) : "the rehearsal's layer");
    if (failed)
        fprintf(stderr, "bench_locate: %s\n", noi_error_message());
    return failed;
}
