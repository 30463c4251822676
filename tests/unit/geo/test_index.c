/*
 * Plan
 *   drawn maps   each square answers with its letter; holes, enclaves, islands, corners
 *   half-open    a point on a border, a vertex, a corner of four has exactly one unit, the one to
 *                its north-east; that holds on borders that are not level as well
 *   overlaps     the first unit answers, all holders are listed, also more than 32 and more than 64
 *   distances    against a search over all edges; limits; units within a radius; the nearest unit
 *   bytes        the same coverage gives the same bytes; changed and truncated bytes are refused or
 *                answered, never fatal
 *   many         all at once are answered as one by one, for any number of points
 *   sketches     a cell's rounded edges answer as its exact ones do, also a hair's breadth from a
 * border real layers  a million random points agree with GEOS (a prepared polygon that holds the
 * point)
 */
#include "testing.h"

#include "base/digest.h"
#include "drawn_map.h"
#include "geo/index.h"
#include "importers/layer_file.h"
#include "shared.h"

#include <geos_c.h>
#include <math.h>

typedef struct built {
    noi_buf bytes;
    const noi_index *index;
} built;

static void built_free(built *b) {
    noi_buf_free(&b->bytes);
}

static built build(const noi_coverage *c) {
    built b = {0};
    assert_int_equal(noi_index_build(&b.bytes, c), NOI_OK);
    assert_int_equal(noi_index_attach(&b.index, b.bytes.p, b.bytes.n), NOI_OK);
    return b;
}
#define AUTO_BUILT NOI_AUTO(built_free) built

static uint64_t seed;
static double random01(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (double)(seed >> 11) * 0x1p-53;
}

/* ---- drawn maps ---- */

static const char *const city = "AAAAAAAA.."
                                "ABBBACCA.D"
                                "AB.BACCA.."
                                "ABBBAAAA.D"
                                "AAAAEEEE.."
                                "F.AAEGGE.D"
                                ".FAAEEEE..";
enum { CITY_WIDTH = 10, CITY_HEIGHT = 7 };

/* The unit of a letter: units come in the order of the letters that occur. */
static uint32_t unit_of(const char *text, char letter) {
    uint32_t unit = 0;
    if (letter == '.')
        return NOI_INDEX_NONE;
    for (char c = 'A'; c < letter; c++)
        unit += strchr(text, c) != NULL;
    return unit;
}

static char letter_at(int i, int j) {
    const drawn_grid g = {city, CITY_WIDTH, CITY_HEIGHT, 0, 0, 1};
    return drawn_at(&g, i, j);
}

/* Every place on a raster of sixteenths, so also all corners and borders: the square to the
 * north-east decides. */
static void check_raster(const built *b, double x0, double y0, double size) {
    for (int i = -8; i <= 16 * CITY_WIDTH + 8; i++)
        for (int j = -8; j <= 16 * CITY_HEIGHT + 8; j++) {
            char letter = letter_at((int)floor(i / 16.0), (int)floor(j / 16.0));
            double x = x0 + i / 16.0 * size, y = y0 + j / 16.0 * size;
            assert_int_equal(noi_index_locate(b->index, x, y), unit_of(city, letter));
        }
}

static void each_square_answers_with_its_letter(void **state) {
    (void)state;
    static const double places[][3] = {
        {0, 0, 1},    {106, 10, 0.5},      {-3, -2, 0.25},        {104, 8, 1.0 / 1024},
        {0, 0, 4096}, {-0.37, -0.21, 0.1}, {1e-300, 1e-300, 1e-9}};
    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        const double *p = places[k];
        NOI_AUTO(noi_coverage_freep)
        noi_coverage *c = drawn_map_at(city, CITY_WIDTH, p[0], p[1], p[2]);
        AUTO_BUILT b = build(c);
        assert_int_equal(noi_index_unit_count(b.index), 7);
        check_raster(&b, p[0], p[1], p[2]);
    }
}

static void nowhere_is_no_unit(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = drawn_map(city, CITY_WIDTH);
    AUTO_BUILT b = build(c);
    const double odd[] = {NAN, INFINITY, -INFINITY, 1e308, -1e308};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        assert_int_equal(noi_index_locate(b.index, odd[i], 3), NOI_INDEX_NONE);
        assert_int_equal(noi_index_locate(b.index, 3, odd[i]), NOI_INDEX_NONE);
        (void)noi_index_border_m(b.index, odd[i], 3, 1000);
        (void)noi_index_border_m(b.index, 3, odd[i], 1000);
    }
}

/* ---- the half-open rule on borders at any slope ---- */

/* A fan of slanted triangles around one place, closed on all sides: a clean coverage. */
static noi_coverage *fan(int n, double x, double y, double radius) {
    noi_coverage *c = noi_coverage_new();
    for (int i = 0; i < n; i++) {
        double a = 0.1 + 6.283185307179586 * i / n, b = 0.1 + 6.283185307179586 * ((i + 1) % n) / n;
        const double xy[] = {x,
                             y,
                             x + radius * cos(a),
                             y + radius * sin(a),
                             x + radius * cos(b),
                             y + radius * sin(b)};
        noi_coverage_add_unit(c, 0);
        noi_coverage_add_polygon(c);
        noi_coverage_add_ring(c, xy, 3);
    }
    return c;
}

/* Points made to lie on borders as nearly as doubles can, and their neighbours an ulp away. */
static void a_point_inside_has_exactly_one_unit(void **state) {
    (void)state;
    for (int n = 3; n <= 200; n += 28) {
        NOI_AUTO(noi_coverage_freep) noi_coverage *c = fan(n, 106.7, 10.8, 0.01);
        AUTO_BUILT b = build(c);
        seed = 4101842887655102017u;
        for (int k = 0; k < 4000; k++) {
            const double *corner = c->xy + 6 * (k % n) + 2;
            double t = random01() * 0.999;
            double x = 106.7 + (corner[0] - 106.7) * t, y = 10.8 + (corner[1] - 10.8) * t;
            for (int ulp = -2; ulp <= 2; ulp++) {
                uint32_t all[4];
                double at = x + ulp * 0x1p-46;
                assert_int_equal(noi_index_holders(all, 4, b.index, at, y), 1);
                assert_int_equal(noi_index_locate(b.index, at, y), all[0]);
            }
        }
        uint32_t all[4];
        assert_int_equal(noi_index_holders(all, 4, b.index, 106.7, 10.8), 1);
    }
}

/* ---- overlaps ---- */

static void add_square(noi_coverage *c, double x, double y, double size) {
    const double xy[] = {x, y, x + size, y, x + size, y + size, x, y + size};
    noi_coverage_add_unit(c, 0);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, xy, 4);
}

static void where_units_overlap_the_first_answers(void **state) {
    (void)state;
    enum { N = 100 };
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    for (int i = 0; i < N; i++)
        add_square(c, N - i, N - i, N + i); /* the later, the larger, all with corner (2N, 2N) */
    AUTO_BUILT b = build(c);
    uint32_t all[N];
    for (int i = 0; i < N; i++) {
        double at = N - i + 0.5;
        assert_int_equal(noi_index_locate(b.index, at, at), i);
        size_t n = noi_index_holders(all, N, b.index, at, at);
        assert_int_equal(n, N - i);
        for (size_t k = 0; k < n; k++)
            assert_int_equal(all[k], (size_t)i + k);
    }
    assert_int_equal(noi_index_within(all, 3, b.index, 1.5 * N, 1.5 * N, 1), N);
    assert_int_equal(all[0], 0);
}

static void a_layer_twice_over_answers_with_the_first(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = drawn_map(city, CITY_WIDTH);
    uint32_t n = c->n_units;
    NOI_AUTO(noi_coverage_freep) noi_coverage *twice = noi_coverage_new();
    for (uint32_t u = 0; u < 2 * n; u++) {
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, c, u % n);
        assert_int_equal(noi_coverage_add_wkb(twice, 0, wkb.p, wkb.n), NOI_OK);
    }
    AUTO_BUILT b = build(twice);
    check_raster(&b, 0, 0, 1);
    uint32_t all[4];
    assert_int_equal(noi_index_holders(all, 4, b.index, 0.5, 6.5), 2);
    assert_int_equal(all[1], n);
}

/* ---- many points at once ---- */

enum { MOST = 2 * 256 + 3 }; /* points go in groups of 256 */

static void check_many(const noi_index *index, const double *lon, const double *lat, size_t n) {
    uint32_t many[MOST + 1];
    many[n] = 4711;
    noi_index_locate_many(many, index, lon, lat, n);
    assert_int_equal(many[n], 4711);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(many[i], noi_index_locate(index, lon[i], lat[i]));
}

static void many_are_answered_as_one_by_one(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = drawn_map_at(city, CITY_WIDTH, 106, 10, 0.5);
    AUTO_BUILT b = build(c);
    double lon[MOST], lat[MOST];
    seed = 362436069u;
    for (size_t i = 0; i < MOST; i++) {
        lon[i] = 105.5 + random01() * 6;
        lat[i] = 9.5 + random01() * 4.5;
        if (i % 3 == 0) /* on borders and corners */
            lon[i] = floor(2 * lon[i]) / 2;
        if (i % 9 == 0)
            lat[i] = floor(2 * lat[i]) / 2;
    }
    lon[7] = lat[11] = NAN;
    lon[13] = INFINITY;
    lat[17] = -1e308;
    for (size_t n = 0; n <= MOST; n++)
        check_many(b.index, lon + (MOST - n) / 2, lat + (MOST - n) / 2, n);
}

static void all_in_one_unit_or_in_none_are_answered_too(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = fan(120, 106.7, 10.8, 0.01);
    AUTO_BUILT b = build(c);
    double lon[MOST], lat[MOST];
    static const double spread[] = {0, 1e-12, 1e-8, 1e-4, 0.01, 1};
    for (size_t k = 0; k < sizeof spread / sizeof *spread; k++)
        for (int far = 0; far < 2; far++) {
            for (size_t i = 0; i < MOST; i++) {
                lon[i] = 106.7 + far * 3 + (random01() - 0.5) * spread[k];
                lat[i] = 10.8 + (random01() - 0.5) * spread[k];
            }
            check_many(b.index, lon, lat, MOST);
        }
}

/* ---- sketches: locate asks them, holders does not ---- */

static void check_as_holders(const noi_index *index, double x, double y) {
    uint32_t all[4];
    size_t n = noi_index_holders(all, 4, index, x, y);
    assert_int_equal(noi_index_locate(index, x, y), n ? all[0] : NOI_INDEX_NONE);
}

/* Beside the ends and the middle of each edge, from far down to less than rounding. */
static void check_along_edges(const noi_index *index, const noi_coverage *c, double size) {
    for (size_t v = 0; v + 1 < c->n_vertices; v++)
        for (int k = 0; k < 16; k++) {
            double t = k % 4 == 0 ? 0 : random01(), near = size * ldexp(1, -3 * k);
            const double *p = c->xy + 2 * v;
            double x = p[0] + t * (p[2] - p[0]), y = p[1] + t * (p[3] - p[1]);
            check_as_holders(index, x + (random01() - 0.5) * near, y + (random01() - 0.5) * near);
        }
}

static void a_sketch_answers_as_the_exact_edges_do(void **state) {
    (void)state;
    seed = 521288629u;
    for (int n = 3; n <= 150; n += 7) {
        double radius = ldexp(1, -(n % 11));
        NOI_AUTO(noi_coverage_freep) noi_coverage *c = fan(n, 106.7 - n, 10.8, radius);
        AUTO_BUILT b = build(c);
        check_along_edges(b.index, c, radius);
    }
}

/* Squares whose corners are moved at random, in two layers that overlap: cells with many kinds of
 * edges, with junctions, with none. */
static void a_sketch_answers_so_where_units_overlap(void **state) {
    (void)state;
    seed = 886756453u;
    enum { SIDE = 12 };
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    for (int layer = 0; layer < 2; layer++) {
        double corner[SIDE + 1][SIDE + 1][2];
        for (int i = 0; i <= SIDE; i++)
            for (int j = 0; j <= SIDE; j++) {
                corner[i][j][0] = 106 + 0.01 * (i + 0.6 * random01());
                corner[i][j][1] = 10 + 0.01 * (j + 0.6 * random01());
            }
        for (int i = 0; i < SIDE; i++)
            for (int j = 0; j < SIDE; j++) {
                double xy[8];
                memcpy(xy, corner[i][j], 16);
                memcpy(xy + 2, corner[i + 1][j], 16);
                memcpy(xy + 4, corner[i + 1][j + 1], 16);
                memcpy(xy + 6, corner[i][j + 1], 16);
                noi_coverage_add_unit(c, 0);
                noi_coverage_add_polygon(c);
                noi_coverage_add_ring(c, xy, 4);
            }
    }
    AUTO_BUILT b = build(c);
    check_along_edges(b.index, c, 0.01);
    for (int i = 0; i < 20000; i++)
        check_as_holders(b.index, 105.99 + random01() * 0.15, 9.99 + random01() * 0.15);
}

/* ---- distances ---- */

/* The plain way: each edge of the coverage, in metres around the point. */
static double plain_border(const noi_coverage *c, double lon, double lat, uint32_t *unit) {
    double sine = sin(lat * 0.017453292519943295), w2 = 1 - 0.0066943799901413 * sine * sine;
    double my = 6378137 * (1 - 0.0066943799901413) / (w2 * sqrt(w2)) * 0.017453292519943295;
    double mx = 6378137 / sqrt(w2) * cos(lat * 0.017453292519943295) * 0.017453292519943295;
    double best = INFINITY;
    for (uint32_t u = 0; u < c->n_units; u++)
        for (uint32_t r = c->polygon_ring[c->unit_polygon[u]];
             r < c->polygon_ring[c->unit_polygon[u + 1]]; r++)
            for (size_t v = c->ring_vertex[r]; v < c->ring_vertex[r + 1]; v++) {
                size_t w = v + 1 < c->ring_vertex[r + 1] ? v + 1 : c->ring_vertex[r];
                double ax = (c->xy[2 * v] - lon) * mx, ay = (c->xy[2 * v + 1] - lat) * my;
                double dx = (c->xy[2 * w] - lon) * mx - ax, dy = (c->xy[2 * w + 1] - lat) * my - ay;
                double t = -(ax * dx + ay * dy) / (dx * dx + dy * dy);
                t = fmax(0, fmin(1, t));
                double d = hypot(ax + t * dx, ay + t * dy);
                if (d < best) {
                    best = d;
                    *unit = u;
                }
            }
    return best;
}

static void distances_are_those_of_the_nearest_edge(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = drawn_map_at(city, CITY_WIDTH, 106.5, 10.5, 0.01);
    AUTO_BUILT b = build(c);
    seed = 2463534242u;
    for (int i = 0; i < 3000; i++) {
        double lon = 106.4 + 0.4 * random01(), lat = 10.4 + 0.3 * random01(), metres;
        uint32_t want_unit = 0;
        double want = plain_border(c, lon, lat, &want_unit);
        assert_true(fabs(noi_index_border_m(b.index, lon, lat, 100000) - want) <
                    1e-6 * want + 1e-6);
        if (want > 1)
            assert_true(isinf(noi_index_border_m(b.index, lon, lat, want * 0.99)));
        uint32_t nearest = noi_index_nearest(&metres, b.index, lon, lat, 100000);
        if (noi_index_locate(b.index, lon, lat) != NOI_INDEX_NONE) {
            assert_true(metres == 0 && nearest == noi_index_locate(b.index, lon, lat));
            continue;
        }
        assert_true(fabs(metres - want) < 1e-6 * want + 1e-6);
        assert_int_equal(nearest, want_unit);
        assert_int_equal(noi_index_nearest(&metres, b.index, lon, lat, want * 0.99),
                         NOI_INDEX_NONE);
    }
}

/* 0.1 degrees along a parallel and a meridian, against geodesic lengths computed elsewhere. */
static void metres_are_those_of_the_ellipsoid(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = drawn_map_at("A", 1, 106, 10, 1);
    AUTO_BUILT b = build(c);
    assert_true(fabs(noi_index_border_m(b.index, 106.1, 10.5, 1e5) / 10947.2 - 1) < 0.005);
    assert_true(fabs(noi_index_border_m(b.index, 106.5, 10.1, 1e5) / 11060.9 - 1) < 0.005);
}

static void units_within_a_radius_come_holder_first(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = drawn_map_at(city, CITY_WIDTH, 106.5, 10.5, 0.01);
    AUTO_BUILT b = build(c);
    uint32_t all[8];
    double x = 106.5 + 0.0405, y = 10.5 + 0.015; /* in E, half a thousandth east of A */
    assert_int_equal(noi_index_within(all, 8, b.index, x, y, 10), 1);
    assert_int_equal(all[0], unit_of(city, 'E'));
    assert_int_equal(noi_index_within(all, 8, b.index, x, y, 100), 2);
    assert_int_equal(all[0], unit_of(city, 'E'));
    assert_int_equal(all[1], unit_of(city, 'A'));
    assert_int_equal(noi_index_within(all, 1, b.index, x, y, 1e5), 7);
    assert_int_equal(noi_index_within(all, 8, b.index, 106.585, 10.565, 100), 0);
}

/* ---- bytes ---- */

static void the_same_coverage_gives_the_same_bytes(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = drawn_map(city, CITY_WIDTH);
    AUTO_BUILT a = build(c), b = {0};
    static const char before[32] = "sixteen or 32 bytes stand first";
    noi_buf_add(&b.bytes, before, sizeof before);
    assert_int_equal(noi_index_build(&b.bytes, c), NOI_OK);
    assert_int_equal(b.bytes.n - sizeof before, a.bytes.n);
    assert_memory_equal(b.bytes.p + sizeof before, a.bytes.p, a.bytes.n);
}

static void what_is_no_coverage_is_refused(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf out = {0};
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    assert_int_equal(noi_index_build(&out, c), NOI_ERR_INPUT);
    noi_coverage_add_unit(c, 0);
    assert_int_equal(noi_index_build(&out, c), NOI_ERR_INPUT);
    add_square(c, 1e9, 0, 1);
    assert_int_equal(noi_index_build(&out, c), NOI_ERR_INPUT);
    NOI_AUTO(noi_coverage_freep) noi_coverage *many = noi_coverage_new();
    for (int i = 0; i < 65534; i++)
        noi_coverage_add_unit(many, 0);
    add_square(many, 0, 0, 1);
    assert_int_equal(noi_index_build(&out, many), NOI_ERR_INPUT);
    assert_int_equal(out.n, 0);
}

static void ask_everything(const noi_index *index) {
    for (int i = 0; i < 40; i++) {
        double x = -1 + random01() * 12, y = -1 + random01() * 9, metres;
        uint32_t some[4];
        (void)noi_index_locate(index, x, y);
        (void)noi_index_border_m(index, x, y, 1e5);
        (void)noi_index_within(some, 4, index, x, y, 1e5);
        (void)noi_index_nearest(&metres, index, x, y, 1e5);
    }
    double lon[256], lat[256];
    for (int i = 0; i < 256; i++) {
        lon[i] = -1 + (i % 16) * 0.75;
        lat[i] = -1 + (i / 16) * 0.5625;
    }
    check_many(index, lon, lat, 256);
}

static void hostile_bytes_are_refused_or_answered(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = drawn_map(city, CITY_WIDTH);
    AUTO_BUILT b = build(c);
    const noi_index *index;
    size_t refused = 0;
    seed = 88172645463325252u;
    for (size_t n = 0; n < b.bytes.n; n += 1 + n / 5)
        assert_int_equal(noi_index_attach(&index, b.bytes.p, n), NOI_ERR_INPUT);
    assert_int_equal(noi_index_attach(&index, b.bytes.p + 8, b.bytes.n - 8), NOI_ERR_INPUT);
    for (int k = 0; k < 3000; k++) {
        double where = random01(); /* a third of the changes fall on the header */
        size_t at = k % 3 ? (size_t)(where * (double)b.bytes.n) : (size_t)(where * 96);
        char kept = b.bytes.p[at];
        b.bytes.p[at] = (char)(random01() * 256);
        if (noi_index_attach(&index, b.bytes.p, b.bytes.n) == NOI_OK)
            ask_everything(index);
        else
            refused++;
        b.bytes.p[at] = kept;
    }
    assert_true(refused > 300);
}

/* ---- real layers, GEOS as the yardstick ---- */

typedef struct yardstick {
    GEOSContextHandle_t geos;
    GEOSGeometry *shape[512];
    const GEOSPreparedGeometry *prepared[512];
    GEOSSTRtree *tree;
    uint32_t number[512], n;
    GEOSGeometry *point;
    uint32_t found, on_border;
} yardstick;

static void try_unit(void *item, void *context) {
    yardstick *y = context;
    uint32_t u = *(const uint32_t *)item;
    if (GEOSPreparedContains_r(y->geos, y->prepared[u], y->point))
        y->found = u < y->found ? u : y->found;
    else if (GEOSPreparedIntersects_r(y->geos, y->prepared[u], y->point))
        y->on_border++;
}

static void yardstick_begin(yardstick *y, const noi_coverage *c) {
    y->geos = GEOS_init_r();
    y->tree = GEOSSTRtree_create_r(y->geos, 10);
    for (y->n = 0; y->n < c->n_units; y->n++) {
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, c, y->n);
        y->number[y->n] = y->n;
        y->shape[y->n] = GEOSGeomFromWKB_buf_r(y->geos, (unsigned char *)wkb.p, wkb.n);
        y->prepared[y->n] = GEOSPrepare_r(y->geos, y->shape[y->n]);
        GEOSSTRtree_insert_r(y->geos, y->tree, y->shape[y->n], &y->number[y->n]);
    }
}

static void yardstick_end(yardstick *y) {
    GEOSSTRtree_destroy_r(y->geos, y->tree);
    for (uint32_t u = 0; u < y->n; u++) {
        GEOSPreparedGeom_destroy_r(y->geos, y->prepared[u]);
        GEOSGeom_destroy_r(y->geos, y->shape[u]);
    }
    GEOS_finish_r(y->geos);
}

/* Two thirds of the points anywhere in the layer's box, one third at a vertex or beside it. Those
 * that GEOS puts on a border are skipped here: the half-open rule decides them, tested above. */
static void compare_with_geos(const char *name, int n_points) {
    NOI_AUTO_FREE char *path = shared_file(name);
    if (!path)
        return;
    NOI_AUTO(noi_layer_freep) noi_layer *layer = NULL;
    const noi_layer_options named = {.code_field = strstr(name, "322") ? "Com_ID" : "code"};
    assert_int_equal(noi_layer_file_read(&layer, path, &named), NOI_OK);
    const noi_coverage *c = layer->coverage;
    AUTO_BUILT b = build(c);
    assert_true(b.bytes.n < 32u << 20);
    static yardstick y;
    yardstick_begin(&y, c);
    double box[4];
    noi_coverage_bounds(box, c);
    size_t differ = 0, inside = 0;
    seed = 1181783497276652981u;
    for (int i = 0; i < n_points; i++) {
        size_t v = (size_t)(random01() * c->n_vertices);
        double near = i % 3 == 2 ? ldexp(1, -(int)(random01() * 50)) : 0;
        double lon = i % 3 == 2 ? c->xy[2 * v] + (random01() - 0.5) * near
                                : box[0] + random01() * (box[2] - box[0]);
        double lat = i % 3 == 2 ? c->xy[2 * v + 1] + (random01() - 0.5) * near
                                : box[1] + random01() * (box[3] - box[1]);
        y.found = NOI_INDEX_NONE;
        y.on_border = 0;
        y.point = GEOSGeom_createPointFromXY_r(y.geos, lon, lat);
        GEOSSTRtree_query_r(y.geos, y.tree, y.point, try_unit, &y);
        GEOSGeom_destroy_r(y.geos, y.point);
        uint32_t ours = noi_index_locate(b.index, lon, lat);
        if (i % 3 == 2)
            check_as_holders(b.index, lon, lat);
        inside += ours != NOI_INDEX_NONE;
        differ += !y.on_border && ours != y.found;
    }
    yardstick_end(&y);
    print_message("# %s: %d points, %zu in a unit, %zu unlike GEOS\n", name, n_points, inside,
                  differ);
    assert_true(inside > (size_t)n_points / 4);
    assert_int_equal(differ, 0);
}

static void a_million_points_agree_with_geos(void **state) {
    (void)state;
    compare_with_geos("layers/new_hcmc_168.gpkg", 1500000);
}

static void other_layers_agree_with_geos(void **state) {
    (void)state;
    compare_with_geos("layers/new_hanoi_126.gpkg", 100000);
    compare_with_geos("layers/old_hcmc_322_2019_utm48n.gpkg", 100000);
}

NOI_TEST_MAIN(cmocka_unit_test(each_square_answers_with_its_letter),
              cmocka_unit_test(nowhere_is_no_unit),
              cmocka_unit_test(a_point_inside_has_exactly_one_unit),
              cmocka_unit_test(where_units_overlap_the_first_answers),
              cmocka_unit_test(a_layer_twice_over_answers_with_the_first),
              cmocka_unit_test(many_are_answered_as_one_by_one),
              cmocka_unit_test(all_in_one_unit_or_in_none_are_answered_too),
              cmocka_unit_test(a_sketch_answers_as_the_exact_edges_do),
              cmocka_unit_test(a_sketch_answers_so_where_units_overlap),
              cmocka_unit_test(distances_are_those_of_the_nearest_edge),
              cmocka_unit_test(metres_are_those_of_the_ellipsoid),
              cmocka_unit_test(units_within_a_radius_come_holder_first),
              cmocka_unit_test(the_same_coverage_gives_the_same_bytes),
              cmocka_unit_test(what_is_no_coverage_is_refused),
              cmocka_unit_test(hostile_bytes_are_refused_or_answered),
              cmocka_unit_test(a_million_points_agree_with_geos),
              cmocka_unit_test(other_layers_agree_with_geos))
