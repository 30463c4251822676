/*
 * bench_check.c: how long the check of a layer takes and how much memory, all kinds of defects on,
 * with GEOS beside it in the same run. Usage: bench_check [LAYER].
 *
 *   the real layer of 168 units in ../shared (or LAYER), when it is there
 *   the rehearsal's layer of 168 units
 *   a country: the rehearsal's city twenty times side by side, 3,360 units, seven million vertices
 *
 * GEOS tells less for its time: whether each unit is valid, and what each pair of units whose boxes
 * meet has in common (no gaps, no borders drawn differently). GEOS 3.12 and later have a check of
 * coverages of their own, which is used where this is compiled with one.
 *
 * Each measurement is a process of its own, so that a peak of memory is that of one layer and one
 * check; the layer itself is counted. Prints a table and one line of JSON. The best of several
 * rounds counts for times, but for the country, which is checked once.
 */
#include "base/progress.h"
#include "geo/check.h"
#include "importers/layer_file.h"
#include "rehearsal/shape.h"
#include "tests/shared.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define COLUMNS 5
#define ROWS    4
#define APART   3.0 /* degrees from city to city */

typedef struct figures {
    double seconds, peak_mib;
    uint32_t units, vertices;
    size_t defects;
} figures;

static double seconds_since(uint64_t start) {
    return (double)(noi_monotonic_ns() - start) / 1e9;
}

/* ---- layers ---- */

static noi_coverage *rehearsal_layer(double step_m) {
    NOI_AUTO(noi_tables_freep) noi_tables *tables = NULL;
    NOI_AUTO(noi_shape_freep) noi_shape *shape = NULL;
    if (noi_tables_load(&tables) != NOI_OK ||
        noi_shape_make(&shape, tables, 1685, step_m) != NOI_OK)
        return NULL;
    return noi_shape_new_layer(shape);
}

static void add_moved(noi_coverage *out, const noi_coverage *c, double dx, double dy, double *xy) {
    for (uint32_t u = 0; u < c->n_units; u++) {
        noi_coverage_add_unit(out, c->unit_code[u]);
        for (uint32_t p = c->unit_polygon[u]; p < c->unit_polygon[u + 1]; p++) {
            noi_coverage_add_polygon(out);
            for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++) {
                size_t from = c->ring_vertex[r], n = c->ring_vertex[r + 1] - from;
                for (size_t i = 0; i < n; i++) {
                    xy[2 * i] = c->xy[2 * (from + i)] + dx;
                    xy[2 * i + 1] = c->xy[2 * (from + i) + 1] + dy;
                }
                noi_coverage_add_ring(out, xy, n);
            }
        }
    }
}

/* What is equal stays equal when the same is added to it, so the country is exactly noded. */
static noi_coverage *country_layer(void) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *city = rehearsal_layer(16.4);
    if (!city)
        return NULL;
    noi_coverage *out = noi_coverage_new();
    NOI_AUTO_FREE double *xy = noi_alloc(2 * (size_t)city->n_vertices * sizeof *xy);
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            add_moved(out, city, APART * (column - COLUMNS / 2), APART * row, xy);
    return out;
}

static noi_coverage *file_layer(const char *path) {
    NOI_AUTO(noi_layer_freep) noi_layer *file = NULL;
    if (noi_layer_file_read(&file, path, NULL) != NOI_OK)
        return NULL;
    noi_coverage *coverage = file->coverage;
    file->coverage = NULL;
    return coverage;
}

/* ---- what is measured ---- */

static bool check_layer(figures *f, const noi_coverage *c) {
    NOI_AUTO(noi_defects_freep) noi_defects *defects = NULL;
    if (noi_coverage_check(&defects, c, NULL) != NOI_OK)
        return false;
    f->defects = defects->n;
    return true;
}

typedef struct yardstick {
    GEOSContextHandle_t geos;
    GEOSGeometry **shape;
    uint32_t *number, unit;
    size_t n_found;
} yardstick;

static void intersect(void *item, void *context) {
    yardstick *y = context;
    uint32_t other = *(const uint32_t *)item;
    if (other <= y->unit)
        return;
    GEOSGeometry *common = GEOSIntersection_r(y->geos, y->shape[y->unit], y->shape[other]);
    double area = 0;
    if (common && GEOSArea_r(y->geos, common, &area) && area > 0)
        y->n_found++;
    GEOSGeom_destroy_r(y->geos, common);
}

static void read_shapes(yardstick *y, const noi_coverage *c) {
    for (uint32_t u = 0; u < c->n_units; u++) {
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, c, u);
        y->number[u] = u;
        y->shape[u] = GEOSGeomFromWKB_buf_r(y->geos, (unsigned char *)wkb.p, wkb.n);
        y->n_found += GEOSisValid_r(y->geos, y->shape[u]) != 1;
    }
}

#if GEOS_VERSION_MAJOR > 3 || (GEOS_VERSION_MAJOR == 3 && GEOS_VERSION_MINOR >= 12)
#define YARDSTICK "GEOSisValid, GEOSCoverageIsValid"
static void compare_shapes(yardstick *y, uint32_t n) {
    GEOSGeometry *all = GEOSGeom_createCollection_r(y->geos, GEOS_GEOMETRYCOLLECTION, y->shape, n),
                 *bad = NULL;
    y->n_found += GEOSCoverageIsValid_r(y->geos, all, 0, &bad) != 1;
    GEOSGeom_destroy_r(y->geos, bad);
}
#else
#define YARDSTICK "GEOSisValid, GEOSIntersection of neighbours"
static void compare_shapes(yardstick *y, uint32_t n) {
    GEOSSTRtree *tree = GEOSSTRtree_create_r(y->geos, 10);
    for (uint32_t u = 0; u < n; u++)
        GEOSSTRtree_insert_r(y->geos, tree, y->shape[u], &y->number[u]);
    for (y->unit = 0; y->unit < n; y->unit++)
        GEOSSTRtree_query_r(y->geos, tree, y->shape[y->unit], intersect, y);
    GEOSSTRtree_destroy_r(y->geos, tree);
}
#endif

static bool check_by_geos(figures *f, const noi_coverage *c) {
    yardstick y = {.geos = GEOS_init_r()};
    y.shape = noi_alloc(c->n_units * sizeof(GEOSGeometry *));
    y.number = noi_alloc(c->n_units * sizeof *y.number);
    read_shapes(&y, c);
    compare_shapes(&y, c->n_units);
    f->defects = y.n_found;
    return true; /* the process ends here, and with it what GEOS holds */
}

/* ---- a process for each ---- */

typedef enum which { REAL, CITY, COUNTRY } which;

static noi_coverage *make_layer(which layer, const char *path) {
    return layer == REAL ? file_layer(path) : layer == CITY ? rehearsal_layer(27) : country_layer();
}

static bool measure_here(figures *f, which layer, const char *path, bool by_geos) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = make_layer(layer, path);
    if (!c)
        return false;
    f->units = c->n_units;
    f->vertices = c->n_vertices;
    f->seconds = INFINITY;
    for (int round = 0; round < (layer == COUNTRY || by_geos ? 1 : 5); round++) {
        uint64_t start = noi_monotonic_ns();
        if (!(by_geos ? check_by_geos : check_layer)(f, c))
            return false;
        f->seconds = fmin(f->seconds, seconds_since(start));
    }
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    f->peak_mib = (double)used.ru_maxrss / 1024;
    return true;
}

static bool measure(figures *f, which layer, const char *path, bool by_geos) {
    int way[2];
    if (pipe(way) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        bool done = measure_here(f, layer, path, by_geos);
        if (!done)
            fprintf(stderr, "bench_check: %s\n", noi_error_message());
        _exit(done && write(way[1], f, sizeof *f) == (ssize_t)sizeof *f ? 0 : 1);
    }
    close(way[1]);
    bool done = child > 0 && read(way[0], f, sizeof *f) == (ssize_t)sizeof *f;
    close(way[0]);
    int state = 0;
    return child > 0 && waitpid(child, &state, 0) == child && done && state == 0;
}

int main(int argc, char **argv) {
    static const char *const name[] = {"real", "city", "country"};
    static const char *const text[] = {"the real layer", "the rehearsal's city", "a country"};
    NOI_AUTO_FREE char *path =
        argc > 1 ? noi_strdup(argv[1]) : shared_file("layers/new_hcmc_168.gpkg");
    NOI_AUTO_BUF noi_buf json = {0};
    printf("GEOS: " YARDSTICK "\n%-22s %7s %10s %9s %9s %9s %9s %7s %8s\n", "layer", "units",
           "vertices", "noi, s", "MiB", "GEOS, s", "MiB", "ratio", "defects");
    fflush(stdout);
    for (int layer = path ? REAL : CITY; layer <= COUNTRY; layer++) {
        figures own = {0}, geos = {0};
        if (!measure(&own, (which)layer, path, false) || !measure(&geos, (which)layer, path, true))
            return 1;
        printf("%-22s %7u %10u %9.3f %9.0f %9.3f %9.0f %7.1f %8zu\n", text[layer], own.units,
               own.vertices, own.seconds, own.peak_mib, geos.seconds, geos.peak_mib,
               geos.seconds / own.seconds, own.defects);
        fflush(stdout);
        noi_buf_printf(&json,
                       "%s\"%s_s\":%.3f,\"%s_peak_mib\":%.0f,\"%s_geos_s\":%.3f,"
                       "\"%s_geos_peak_mib\":%.0f,\"%s_units\":%u,\"%s_vertices\":%u",
                       json.n ? "," : "{", name[layer], own.seconds, name[layer], own.peak_mib,
                       name[layer], geos.seconds, name[layer], geos.peak_mib, name[layer],
                       own.units, name[layer], own.vertices);
    }
    printf("%s}\n", json.p);
    return 0;
}
