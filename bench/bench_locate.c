/*
 * bench_locate.c: points located a second on one core: our index, and GEOS with prepared polygons
 * in an STRtree, on the same points in one run. Usage: bench_locate [LAYER | rehearsal]; without an
 * argument the real layer of 168 units in ../shared, or, when that is absent, the rehearsal's.
 *
 * Fair to GEOS: its points are made before the clock starts, their boxes known; its polygons are
 * prepared and warm; the tree has the node size that does best here; and the first polygon that
 * holds the point ends its work (ours must name the first unit of the layer). Fair to both: they
 * take turns on the same points, round by round, so that a busy machine slows both alike, and the
 * median counts. Each answer of GEOS is checked against the units that hold the point by our index.
 *
 * The headline is the first row: points on land, in no order.
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

#define N_POINTS  500000
#define N_ROUNDS  5
#define N_TURNS   3   /* ours in a round: it is over quickly */
#define N_AT_ONCE 256 /* points made for GEOS at a time */
#define TREE_NODE 4   /* 2 to 16 were tried: 4 is the best by a little */

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
    y->tree = GEOSSTRtree_create_r(y->geos, TREE_NODE);
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
    if (y->found == NOI_INDEX_NONE && GEOSPreparedIntersects_r(y->geos, y->prepared[u], y->point))
        y->found = u;
}

static double seconds_since(uint64_t start) {
    return (double)(noi_monotonic_ns() - start) / 1e9;
}

/* The seconds that GEOS takes, without the making of points. */
static double geos_locate_many(uint32_t *out, yardstick *y, const double *lon, const double *lat,
                               size_t n) {
    GEOSGeometry *point[N_AT_ONCE];
    double seconds = 0, side;
    for (size_t from = 0; from < n; from += N_AT_ONCE) {
        size_t some = n - from < N_AT_ONCE ? n - from : N_AT_ONCE;
        for (size_t i = 0; i < some; i++) {
            point[i] = GEOSGeom_createPointFromXY_r(y->geos, lon[from + i], lat[from + i]);
            GEOSGeom_getXMin_r(y->geos, point[i], &side);
        }
        uint64_t start = noi_monotonic_ns();
        for (size_t i = 0; i < some; i++) {
            y->found = NOI_INDEX_NONE;
            y->point = point[i];
            GEOSSTRtree_query_r(y->geos, y->tree, y->point, try_unit, y);
            out[from + i] = y->found;
        }
        seconds += seconds_since(start);
        for (size_t i = 0; i < some; i++)
            GEOSGeom_destroy_r(y->geos, point[i]);
    }
    return seconds;
}

/* ---- points ---- */

typedef enum spread { LAND, LAND_SORTED, UNITS, CROWDS, BORDERS, BOX, N_SPREADS } spread;

typedef struct spread_name {
    const char *key, *text;
} spread_name;
static const spread_name spreads[N_SPREADS] = {
    {"land", "on land, in no order"},       {"land_sorted", "on land, neighbours in a row"},
    {"units", "each unit alike"},           {"crowds", "crowds, 20 in each unit"},
    {"borders", "within 50 m of a border"}, {"box", "anywhere in the layer's box"},
};

#define N_CROWDS    20
#define CROWD_M     250.0 /* standard deviation of a crowd */
#define NEAR_M      50.0
#define DEGREE_M    111320.0
#define SORTED_BITS 16

/* What points are drawn from. */
typedef struct ground {
    const noi_index *index;
    const noi_coverage *coverage;
    double whole[4], *boxes;
    double *crowd; /* lon, lat: N_CROWDS a unit */
} ground;

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

static void in_box(double p[2], const double box[4]) {
    p[0] = box[0] + random01() * (box[2] - box[0]);
    p[1] = box[1] + random01() * (box[3] - box[1]);
}

static void in_unit(double p[2], const ground *g, uint32_t unit) {
    do
        in_box(p, g->boxes + 4 * (size_t)unit);
    while (noi_index_locate(g->index, p[0], p[1]) != unit);
}

static void beside(double p[2], double metres, double angle) {
    p[0] += metres * cos(angle) / (DEGREE_M * cos(p[1] * 0.017453292519943295));
    p[1] += metres * sin(angle) / DEGREE_M;
}

/* Around one of a unit's crowds, normally distributed. */
static void in_crowd(double p[2], const ground *g, uint32_t unit) {
    size_t at = (size_t)unit * N_CROWDS + (size_t)(random01() * N_CROWDS);
    p[0] = g->crowd[2 * at];
    p[1] = g->crowd[2 * at + 1];
    double far = sqrt(-2 * log(1 - random01()));
    beside(p, CROWD_M * far, random01() * 6.283185307179586);
}

/* A place of some edge, all edges alike, and from there up to NEAR_M in any direction. */
static void at_border(double p[2], const ground *g) {
    const noi_coverage *c = g->coverage;
    size_t v = (size_t)(random01() * (c->n_vertices - 1)), w = v + 1;
    for (uint32_t r = 0; r < c->n_rings; r++)
        w = w == c->ring_vertex[r + 1] && v >= c->ring_vertex[r] ? c->ring_vertex[r] : w;
    double t = random01();
    p[0] = c->xy[2 * v] + t * (c->xy[2 * w] - c->xy[2 * v]);
    p[1] = c->xy[2 * v + 1] + t * (c->xy[2 * w + 1] - c->xy[2 * v + 1]);
    beside(p, NEAR_M * sqrt(random01()), random01() * 6.283185307179586);
}

static void draw_point(double p[2], const ground *g, spread how) {
    uint32_t unit = (uint32_t)(random01() * g->coverage->n_units);
    if (how == UNITS)
        in_unit(p, g, unit);
    else if (how == CROWDS)
        in_crowd(p, g, unit);
    else if (how == BORDERS)
        at_border(p, g);
    else
        in_box(p, g->whole);
    bool land = how == LAND || how == LAND_SORTED;
    if (land && noi_index_locate(g->index, p[0], p[1]) == NOI_INDEX_NONE)
        draw_point(p, g, how);
}

typedef struct keyed {
    uint64_t key;
    double p[2];
} keyed;

static int by_key(const void *a, const void *b) {
    uint64_t x = ((const keyed *)a)->key, y = ((const keyed *)b)->key;
    return (x > y) - (x < y);
}

/* Bits of the column and the row in turn: near in this order is near on the map. */
static uint64_t place_key(const ground *g, const double p[2]) {
    uint64_t key = 0;
    const double side = 1u << SORTED_BITS;
    uint32_t x = (uint32_t)((p[0] - g->whole[0]) / (g->whole[2] - g->whole[0]) * side);
    uint32_t y = (uint32_t)((p[1] - g->whole[1]) / (g->whole[3] - g->whole[1]) * side);
    for (unsigned bit = 0; bit <= SORTED_BITS; bit++)
        key |= (uint64_t)(x >> bit & 1) << 2 * bit | (uint64_t)(y >> bit & 1) << (2 * bit + 1);
    return key;
}

static void make_points(double *lon, double *lat, const ground *g, spread how) {
    NOI_AUTO_FREE keyed *all = noi_alloc(N_POINTS * sizeof *all);
    for (size_t i = 0; i < N_POINTS; i++) {
        draw_point(all[i].p, g, how);
        all[i].key = place_key(g, all[i].p);
    }
    if (how == LAND_SORTED)
        qsort(all, N_POINTS, sizeof *all, by_key);
    for (size_t i = 0; i < N_POINTS; i++) {
        lon[i] = all[i].p[0];
        lat[i] = all[i].p[1];
    }
}

static void ground_begin(ground *g, const noi_index *index, const noi_coverage *c) {
    *g = (ground){.index = index, .coverage = c};
    noi_coverage_bounds(g->whole, c);
    g->boxes = noi_alloc(4 * c->n_units * sizeof *g->boxes);
    g->crowd = noi_alloc((size_t)2 * N_CROWDS * c->n_units * sizeof *g->crowd);
    for (uint32_t u = 0; u < c->n_units; u++) {
        unit_box(g->boxes + 4 * (size_t)u, c, u);
        for (size_t k = 0; k < N_CROWDS; k++)
            in_unit(g->crowd + 2 * ((size_t)u * N_CROWDS + k), g, u);
    }
}

static void ground_end(ground *g) {
    free(g->boxes);
    free(g->crowd);
}

/* ---- measuring ---- */

typedef struct figures {
    double noi_per_s, geos_per_s, ratio, border_per_s;
    size_t differ;
} figures;

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *some, size_t n) {
    qsort(some, n, sizeof *some, by_size);
    return n % 2 ? some[n / 2] : (some[n / 2 - 1] + some[n / 2]) / 2;
}

static size_t count_unlike(const noi_index *index, const uint32_t *ours, const uint32_t *theirs,
                           const double *lon, const double *lat) {
    size_t unlike = 0;
    for (size_t i = 0; i < N_POINTS; i++) {
        uint32_t all[64];
        size_t n = ours[i] == theirs[i] ? 0 : noi_index_holders(all, 64, index, lon[i], lat[i]);
        bool same = ours[i] == theirs[i];
        for (size_t k = 0; k < n && k < 64; k++)
            same = same || all[k] == theirs[i];
        unlike += !same;
    }
    return unlike;
}

static double border_rate(const noi_index *index, const double *lon, const double *lat) {
    double sum = 0, seconds[N_ROUNDS];
    for (int round = 0; round < N_ROUNDS; round++) {
        uint64_t start = noi_monotonic_ns();
        for (size_t i = 0; i < N_POINTS; i++)
            sum += fmin(100, noi_index_border_m(index, lon[i], lat[i], 100));
        seconds[round] = seconds_since(start);
    }
    return sum >= 0 ? N_POINTS / median(seconds, N_ROUNDS) : 0;
}

static figures measure(const noi_index *index, yardstick *y, const double *lon, const double *lat) {
    NOI_AUTO_FREE uint32_t *ours = noi_alloc(N_POINTS * sizeof *ours);
    NOI_AUTO_FREE uint32_t *theirs = noi_alloc(N_POINTS * sizeof *theirs);
    double noi_s[N_ROUNDS], geos_s[N_ROUNDS], ratio[N_ROUNDS], turn[N_TURNS];
    geos_locate_many(theirs, y, lon, lat, N_POINTS / 10); /* the first use finishes preparing */
    for (int round = 0; round < N_ROUNDS; round++) {
        for (int t = 0; t < N_TURNS; t++) {
            uint64_t start = noi_monotonic_ns();
            noi_index_locate_many(ours, index, lon, lat, N_POINTS);
            turn[t] = seconds_since(start);
        }
        noi_s[round] = median(turn, N_TURNS);
        geos_s[round] = geos_locate_many(theirs, y, lon, lat, N_POINTS);
        ratio[round] = geos_s[round] / noi_s[round];
    }
    return (figures){N_POINTS / median(noi_s, N_ROUNDS), N_POINTS / median(geos_s, N_ROUNDS),
                     median(ratio, N_ROUNDS), border_rate(index, lon, lat),
                     count_unlike(index, ours, theirs, lon, lat)};
}

static noi_coverage *rehearsal_layer(void) {
    NOI_AUTO(noi_tables_freep) noi_tables *tables = NULL;
    NOI_AUTO(noi_shape_freep) noi_shape *shape = NULL;
    if (noi_tables_load(&tables) != NOI_OK || noi_shape_make(&shape, tables, 1685, 30) != NOI_OK)
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

static void measure_all(figures f[N_SPREADS], const noi_index *index, const noi_coverage *c) {
    NOI_AUTO_FREE double *lon = noi_alloc(N_POINTS * sizeof *lon);
    NOI_AUTO_FREE double *lat = noi_alloc(N_POINTS * sizeof *lat);
    yardstick y;
    ground g;
    yardstick_begin(&y, c);
    ground_begin(&g, index, c);
    printf("%-30s %14s %14s %7s %16s %8s\n", "points", "noi, a second", "GEOS, a second", "ratio",
           "border <= 100 m", "unlike");
    for (int how = 0; how < N_SPREADS; how++) {
        make_points(lon, lat, &g, (spread)how);
        f[how] = measure(index, &y, lon, lat);
        printf("%-30s %14.0f %14.0f %7.1f %16.0f %8zu\n", spreads[how].text, f[how].noi_per_s,
               f[how].geos_per_s, f[how].ratio, f[how].border_per_s, f[how].differ);
    }
    ground_end(&g);
    yardstick_end(&y);
}

static void print_json(const figures f[N_SPREADS], const noi_coverage *c, double build_s,
                       double index_mib) {
    printf("{\"noi_per_s\":%.0f,\"geos_per_s\":%.0f,\"ratio\":%.1f,\"build_s\":%.3f,"
           "\"index_mib\":%.1f,\"border_per_s\":%.0f,\"units\":%u,\"vertices\":%u",
           f[LAND].noi_per_s, f[LAND].geos_per_s, f[LAND].ratio, build_s, index_mib,
           f[LAND].border_per_s, c->n_units, c->n_vertices);
    for (int how = 0; how < N_SPREADS; how++)
        printf(",\"ratio_%s\":%.1f", spreads[how].key, f[how].ratio);
    printf("}\n");
}

static int run(const noi_coverage *c, const char *name) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    const noi_index *index = NULL;
    double build_s[N_ROUNDS];
    for (int round = 0; round < N_ROUNDS; round++) {
        noi_buf_clear(&bytes);
        uint64_t start = noi_monotonic_ns();
        if (noi_index_build(&bytes, c) != NOI_OK)
            return 1;
        build_s[round] = seconds_since(start);
    }
    NOI_AUTO_FREE char *mapped = aligned_alloc(4096, (bytes.n + 4095) / 4096 * 4096);
    memcpy(mapped, bytes.p, bytes.n); /* a plan's index begins a line of cache */
    if (noi_index_attach(&index, mapped, bytes.n) != NOI_OK)
        return 1;
    double seconds = median(build_s, N_ROUNDS), index_mib = (double)bytes.n / 1048576;
    printf("%s: %u units, %u vertices; index %.1f MiB, built in %.3f s\n", name, c->n_units,
           c->n_vertices, index_mib, seconds);
    figures f[N_SPREADS];
    measure_all(f, index, c);
    print_json(f, c, seconds, index_mib);
    return 0;
}

int main(int argc, char **argv) {
    bool drawn = argc > 1 && strcmp(argv[1], "rehearsal") == 0;
    NOI_AUTO_FREE char *path = drawn      ? NULL
                               : argc > 1 ? noi_strdup(argv[1])
                                          : shared_file("layers/new_hcmc_168.gpkg");
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = take_layer(path);
    int failed = !c || run(c, path ? noi_path_base(path) : "the rehearsal's layer");
    if (failed)
        fprintf(stderr, "bench_locate: %s\n", noi_error_message());
    return failed;
}
