/* Plan: a drawing has not moved against itself, nor with vertices added on straight borders, nor
 * reprojected to VN-2000 and back, nor with its units in another order over a lasting overlap; areas,
 * lengths and distances of drawn moves are the known ones; a wedge moves half as far on the mean as at
 * its farthest, a bulge between two vertices is seen; nobody's land, new, ended and renamed units move
 * as a whole; a drawing pushed aside is told as such, and nothing in it is farther than the push; areas
 * add up, overlaps and noise included; an exclave has no border to move; noise is left out by its width, also where every
 * vertex was drawn anew; there and back are each
 * other's mirror; on random maps all areas are those of the overlay of all pairs; on the real layer
 * with some borders shifted exactly those pairs are found, in well under a second. */
#include "testing.h"

#include "base/progress.h"
#include "drawn_map.h"
#include "geo/align.h"
#include "geo/crs.h"
#include "geo/index.h"
#include "geo/measure.h"
#include "geo/moved.h"
#include "importers/layer_file.h"
#include "shared.h"

#include <math.h>

#define SQUARE 0.001 /* degrees */

static noi_coverage *city(const char *text, int width) {
    return drawn_map_at(text, width, 106, 10, SQUARE);
}

static noi_moved_list *moved(const noi_coverage *before, const noi_coverage *after, double noise) {
    noi_moved_list *list = NULL;
    noi_status status = noi_coverage_moved(&list, before, after, noise);
    if (status != NOI_OK)
        print_message("%s\n", noi_error_message());
    assert_int_equal(status, NOI_OK);
    return list;
}

static noi_moved_list *drawn(const char *before, const char *after, int width, double noise) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *a = city(before, width);
    NOI_AUTO(noi_coverage_freep) noi_coverage *b = city(after, width);
    return moved(a, b, noise);
}

static noi_code code(char letter) {
    char text[16];
    snprintf(text, sizeof text, "%05d", letter - 'A' + 1);
    return letter == '.' ? 0 : noi_code_parse(text, 5);
}

static double square_m2(void) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *one = city("A", 1);
    return noi_unit_area_m2(one, 0);
}

#define EAST_M  (SQUARE * 109639.0) /* a square's side at 10° N on WGS 84 */
#define NORTH_M (SQUARE * 110608.0)

static void assert_near(double found, double expected, double share) {
    if (!(fabs(found - expected) <= fabs(expected) * share))
        fail_msg("%.6f is not %.6f", found, expected);
}

static void assert_moved(const noi_moved *m, char from, char to, double squares, double length,
                         double farthest) {
    assert_int_equal(m->from, code(from));
    assert_int_equal(m->to, code(to));
    assert_near(m->area_m2, squares * square_m2(), 1e-4);
    assert_near(m->length_m, length, 1e-3);
    assert_near(m->farthest_m, farthest, 0.02);
    assert_near(m->mean_m, m->area_m2 / length, 1e-3);
}

/* ---- nothing moved ---- */

static void a_drawing_has_not_moved_against_itself(void **state) {
    (void)state;
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *list = drawn("AAB.CCBB", "AAB.CCBB", 4, 0);
    assert_int_equal(list->n, 0);
    NOI_AUTO(noi_coverage_freep) noi_coverage *none = noi_coverage_new();
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *empty = moved(none, none, 1);
    assert_int_equal(empty->n, 0);
}

static noi_coverage *with_more_vertices(const noi_coverage *c) {
    noi_coverage *out = noi_coverage_new();
    for (uint32_t u = 0; u < c->n_units; u++) {
        noi_coverage_add_unit(out, c->unit_code[u]);
        for (uint32_t p = c->unit_polygon[u]; p < c->unit_polygon[u + 1]; p++) {
            noi_coverage_add_polygon(out);
            for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++) {
                uint32_t from = c->ring_vertex[r], n = c->ring_vertex[r + 1] - from;
                NOI_AUTO_FREE double *xy = noi_alloc(4 * n * sizeof *xy);
                for (uint32_t i = 0; i < n; i++) {
                    const double *a = c->xy + 2 * (from + i), *b = c->xy + 2 * (from + (i + 1) % n);
                    memcpy(xy + 4 * i, a, 2 * sizeof *xy);
                    xy[4 * i + 2] = a[0] + (b[0] - a[0]) / 3;
                    xy[4 * i + 3] = a[1] + (b[1] - a[1]) / 3;
                }
                noi_coverage_add_ring(out, xy, 2 * n);
            }
        }
    }
    return out;
}

static noi_coverage *reprojected(const noi_coverage *c) {
    NOI_AUTO(noi_crs_closep) noi_crs *crs = NULL;
    noi_coverage *out = noi_coverage_new();
    coverage_append(out, c);
    assert_int_equal(noi_crs_open(&crs, "EPSG:9210"), NOI_OK);
    size_t n = out->n_vertices;
    NOI_AUTO_FREE double *x = noi_alloc(n * sizeof *x);
    NOI_AUTO_FREE double *y = noi_alloc(n * sizeof *y);
    for (size_t v = 0; v < n; v++) {
        x[v] = out->xy[2 * v];
        y[v] = out->xy[2 * v + 1];
    }
    noi_crs_from_wgs84(crs, x, y, n);
    noi_crs_to_wgs84(crs, x, y, n);
    for (size_t v = 0; v < n; v++) {
        out->xy[2 * v] = x[v];
        out->xy[2 * v + 1] = y[v];
    }
    return out;
}

static void other_vertices_and_rounding_are_no_move(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *a = city("AABDCCBBCCBD", 4);
    NOI_AUTO(noi_coverage_freep) noi_coverage *b = with_more_vertices(a);
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = reprojected(b);
    assert_memory_not_equal(b->xy, c->xy, 2 * b->n_vertices * sizeof(double));
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *more = moved(a, b, 0.01);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *fewer = moved(b, a, 0.01);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *again = moved(b, c, 0.01);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *both = moved(a, c, 0.01);
    assert_int_equal(more->n + fewer->n + again->n + both->n, 0);
}

/* B reaches one square into A in both drawings; only the order of the units differs. */
static void a_lasting_overlap_is_no_move(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *a = city("AAA.", 4);
    NOI_AUTO(noi_coverage_freep) noi_coverage *b = city("..BB", 4);
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = city("..BC", 4);
    NOI_AUTO(noi_coverage_freep) noi_coverage *ab = noi_coverage_new();
    NOI_AUTO(noi_coverage_freep) noi_coverage *ba = noi_coverage_new();
    NOI_AUTO(noi_coverage_freep) noi_coverage *bca = noi_coverage_new();
    coverage_append(ab, a);
    coverage_append(ab, b);
    coverage_append(ba, b);
    coverage_append(ba, a);
    coverage_append(bca, c);
    coverage_append(bca, a);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *list = moved(ab, ba, 0);
    assert_int_equal(list->n, 0);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *east = moved(ab, bca, 0);
    assert_int_equal(east->n, 1);
    assert_int_equal(east->items[0].to, code('C'));
    assert_near(east->items[0].area_m2, square_m2(), 1e-4);
}

/* ---- known moves ---- */

static void a_border_moves_by_one_square(void **state) {
    (void)state;
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *list = drawn("AABBAABB", "AAABAAAB", 4, 1);
    assert_int_equal(list->n, 1);
    assert_moved(&list->items[0], 'B', 'A', 2, 2 * NORTH_M, EAST_M);
    assert_int_equal(list->items[0].n_pieces, 1);
    assert_true(list->items[0].lon > 106.002 && list->items[0].lon < 106.003);
    assert_true(list->items[0].lat > 10 && list->items[0].lat < 10.002);
}

/* One row goes east, one goes west: both directions, and a pair beside that does not change. */
static void both_directions_stand_apart(void **state) {
    (void)state;
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *list =
        drawn("AABBBAABBBCCCCC", "AAAABABBBBCCCCC", 5, 1);
    assert_int_equal(list->n, 2);
    assert_moved(&list->items[0], 'B', 'A', 2, NORTH_M, 2 * EAST_M);
    assert_moved(&list->items[1], 'A', 'B', 1, NORTH_M, EAST_M);
}

static void pieces_of_one_pair_are_counted(void **state) {
    (void)state;
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *list =
        drawn("AAABBB" "AAABBB" "AAABBB", "AAAABB" "AAABBB" "AAAAAB", 6, 1);
    assert_int_equal(list->n, 1);
    assert_int_equal(list->items[0].n_pieces, 2);
    assert_moved(&list->items[0], 'B', 'A', 3, 2 * NORTH_M, 2 * EAST_M);
    NOI_AUTO(noi_coverage_freep) noi_coverage *shape = noi_coverage_new();
    assert_int_equal(noi_coverage_add_wkb(shape, 1, list->items[0].wkb.p, list->items[0].wkb.n),
                     NOI_OK);
    assert_int_equal(shape->n_polygons, 2);
    assert_near(noi_unit_area_m2(shape, 0), list->items[0].area_m2, 1e-9);
}

static void add_unit(noi_coverage *c, char letter, const double *xy, size_t n) {
    noi_coverage_add_unit(c, code(letter));
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, xy, n);
}

/* A and B meet at x = 1, a bulge of the border at height 1 (of 2) reaches `bulge` to the east; the
 * straight border has no vertex there, and with `flat` the bulge's top is a stretch, not a vertex. */
static noi_coverage *bulged(double bulge, double flat) {
    noi_coverage *c = noi_coverage_new();
    double a[12] = {0, 0, 1, 0, 1 + bulge, 1 - flat, 1 + bulge, 1 + flat, 1, 2, 0, 2};
    double b[12] = {1, 0, 3, 0, 3, 2, 1, 2, 1 + bulge, 1 + flat, 1 + bulge, 1 - flat};
    for (int i = 0; i < 12; i++) {
        a[i] = (i % 2 ? 10 : 106) + a[i] * SQUARE;
        b[i] = (i % 2 ? 10 : 106) + b[i] * SQUARE;
    }
    add_unit(c, 'A', a, 6);
    add_unit(c, 'B', b, 6);
    return c;
}

static void a_wedge_moves_half_as_far_on_the_mean(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *straight = bulged(0, 0);
    NOI_AUTO(noi_coverage_freep) noi_coverage *wedge = bulged(0.5, 0);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *list = moved(straight, wedge, 1);
    assert_int_equal(list->n, 1);
    assert_moved(&list->items[0], 'B', 'A', 0.5, 2 * NORTH_M, 0.5 * EAST_M);
    assert_near(list->items[0].mean_m, 0.25 * EAST_M, 1e-3);
}

/* Going back, the old border is the wedge and the new one straight: the farthest place lies in the
 * middle of a stretch whose ends have not moved at all. There the wedge's sides are nearest, at the
 * foot of the perpendicular. */
static void the_farthest_place_may_lie_between_vertices(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *straight = bulged(0, 0);
    NOI_AUTO(noi_coverage_freep) noi_coverage *wedge = bulged(0.5, 0);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *list = moved(wedge, straight, 1);
    assert_int_equal(list->n, 1);
    double east = 0.5 * EAST_M, north = NORTH_M, side = hypot(east, north);
    assert_moved(&list->items[0], 'A', 'B', 0.5, 2 * side, east * north / side);
}

/* ---- units that come and go ---- */

static void nobodys_land_changes_hands(void **state) {
    (void)state;
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *gain = drawn("AAB.", "AABB", 4, 1);
    assert_int_equal(gain->n, 1);
    assert_moved(&gain->items[0], '.', 'B', 1, NORTH_M, EAST_M);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *loss = drawn("AABB", "AAB.", 4, 1);
    assert_int_equal(loss->n, 1);
    assert_int_equal(loss->items[0].from, code('B'));
    assert_int_equal(loss->items[0].to, 0);
    assert_near(loss->items[0].area_m2, square_m2(), 1e-4);
    NOI_AUTO(noi_coverage_freep) noi_coverage *none = noi_coverage_new();
    NOI_AUTO(noi_coverage_freep) noi_coverage *some = city("AAB.", 4);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *appears = moved(none, some, 1);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *vanishes = moved(some, none, 1);
    assert_int_equal(appears->n, 2);
    assert_int_equal(vanishes->n, 2);
    assert_int_equal(appears->items[0].to, code('A'));
    assert_near(appears->items[0].area_m2, 2 * square_m2(), 1e-4);
    assert_int_equal(vanishes->items[1].from, code('B'));
}

static void a_code_that_is_missing_moves_as_a_whole(void **state) {
    (void)state;
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *joined = drawn("AABBCC", "AAAACC", 6, 1);
    assert_int_equal(joined->n, 1);
    assert_true(joined->items[0].is_whole && joined->items[0].length_m == 0);
    assert_near(joined->items[0].area_m2, 2 * square_m2(), 1e-4);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *renamed = drawn("AABBCC", "AADDCC", 6, 1);
    assert_int_equal(renamed->n, 1);
    assert_int_equal(renamed->items[0].to, code('D'));
    assert_near(renamed->items[0].area_m2, 2 * square_m2(), 1e-4);
    assert_true(renamed->items[0].length_m == 0);
    assert_true(isnan(renamed->items[0].mean_m) && isnan(renamed->items[0].farthest_m));
}

/* The pieces of nobody's land at the ends of an outer border lie nearer to the neighbour's outer edge
 * than to any of their own. */
static void a_drawing_that_is_pushed_moves_no_farther_than_that(void **state) {
    (void)state;
    static const double by[][2] = {{0.3, 0}, {0, -0.4}, {-0.2, 0.2}};
    for (size_t k = 0; k < sizeof by / sizeof *by; k++) {
        NOI_AUTO(noi_coverage_freep) noi_coverage *a = city("AABB" "AABC" "DDCC", 4);
        NOI_AUTO(noi_coverage_freep) noi_coverage *b = city("AABB" "AABC" "DDCC", 4);
        for (size_t v = 0; v < 2 * (size_t)b->n_vertices; v++)
            b->xy[v] += by[k][v % 2] * SQUARE;
        NOI_AUTO(noi_moved_list_freep) noi_moved_list *list = moved(a, b, 0);
        double push = hypot(by[k][0] * EAST_M, by[k][1] * NORTH_M);
        assert_true(list->n > 4);
        for (size_t i = 0; i < list->n; i++)
            if (!isnan(list->items[i].farthest_m))
                assert_true(list->items[i].farthest_m <= push * 1.011);
        noi_shift shift;
        assert_true(noi_coverage_shift(&shift, a, b));
        assert_near(shift.length_m, push, 1e-3);
        assert_true(fabs(shift.east_m - by[k][0] * EAST_M) < 0.05);
        assert_true(fabs(shift.north_m - by[k][1] * NORTH_M) < 0.05);
        assert_int_equal(shift.n_units, 4);
        assert_int_equal(shift.n_alike, 4);
    }
}

static void what_is_not_pushed_as_a_whole_is_no_shift(void **state) {
    (void)state;
    noi_shift shift;
    NOI_AUTO(noi_coverage_freep) noi_coverage *a = city("AABBCCDDEE", 10);
    NOI_AUTO(noi_coverage_freep) noi_coverage *b = city("AABBBCDDEE", 10);
    NOI_AUTO(noi_coverage_freep) noi_coverage *none = noi_coverage_new();
    assert_false(noi_coverage_shift(&shift, a, a));
    assert_false(noi_coverage_shift(&shift, a, b));
    assert_int_equal(shift.n_alike, 3);
    assert_false(noi_coverage_shift(&shift, a, none));
    assert_int_equal(shift.n_units, 0);
}

static void an_exclave_has_no_border_to_move(void **state) {
    (void)state;
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *list =
        drawn("ABBBB" "ABBBB" "ABBBB", "ABBBB" "ABBAB" "ABBBB", 5, 1);
    assert_int_equal(list->n, 1);
    assert_near(list->items[0].area_m2, square_m2(), 1e-4);
    assert_true(list->items[0].length_m == 0 && isnan(list->items[0].farthest_m));
}

/* ---- noise ---- */

static void noise_is_left_out_by_its_width(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *a = bulged(0, 0.5);
    NOI_AUTO(noi_coverage_freep) noi_coverage *b = bulged(0.02, 0.5); /* 2.2 m at its top */
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *seen = moved(a, b, 1);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *left_out = moved(a, b, 2.5);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *all = moved(a, b, 0);
    assert_int_equal(seen->n, 1);
    assert_int_equal(left_out->n, 0);
    assert_int_equal(all->n, 1);
    assert_near(seen->items[0].farthest_m, 0.02 * EAST_M, 0.02);
}

/* A number between -1 and 1 that is the same for the same place. */
static double wobble(const double place[2], uint64_t salt) {
    uint64_t bits[2];
    memcpy(bits, place, sizeof bits);
    uint64_t h = (bits[0] * 0x9E3779B97F4A7C15u) ^ (bits[1] * 0xC2B2AE3D27D4EB4Fu) ^ salt * 77777;
    h = (h ^ h >> 31) * 0xBF58476D1CE4E5B9u;
    return (double)((h ^ h >> 29) >> 11) / 9007199254740992.0 * 2 - 1;
}

/* Every vertex lies a few decimetres beside where it was, alike for neighbours. */
static void a_drawing_made_anew_within_the_noise_has_not_moved(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *drawn_once = city("AABDCCBBCCBD", 4);
    NOI_AUTO(noi_coverage_freep) noi_coverage *a = with_more_vertices(drawn_once);
    NOI_AUTO(noi_coverage_freep) noi_coverage *b = noi_coverage_new();
    coverage_append(b, a);
    for (size_t v = 0; v < b->n_vertices; v++)
        for (uint64_t axis = 0; axis < 2; axis++)
            b->xy[2 * v + axis] += wobble(a->xy + 2 * v, axis) * 0.3 / 110000;
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *left_out = moved(a, b, 0.5);
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *all = moved(a, b, 0);
    assert_int_equal(left_out->n, 0);
    assert_true(all->n > 0);
    for (size_t i = 0; i < all->n; i++)
        assert_true(!(all->items[i].farthest_m > 0.45));
}

/* ---- properties ---- */

static void random_map(char *out, int n, unsigned *seed) {
    for (int i = 0; i < n; i++) {
        *seed = *seed * 1103515245u + 12345u;
        out[i] = "ABCDE."[(*seed >> 16) % 6];
    }
    out[n] = '\0';
}

static double area_of(const noi_moved_list *list, noi_code from, noi_code to) {
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].from == from && list->items[i].to == to)
            return list->items[i].area_m2;
    return 0;
}

static void there_and_back_are_mirrors(void **state) {
    (void)state;
    unsigned seed = 7;
    for (int round = 0; round < 40; round++) {
        char before[26], after[26];
        random_map(before, 25, &seed);
        random_map(after, 25, &seed);
        NOI_AUTO(noi_moved_list_freep) noi_moved_list *there = drawn(before, after, 5, 0);
        NOI_AUTO(noi_moved_list_freep) noi_moved_list *back = drawn(after, before, 5, 0);
        assert_int_equal(there->n, back->n);
        for (size_t i = 0; i < there->n; i++) {
            const noi_moved *m = &there->items[i];
            assert_near(area_of(back, m->to, m->from), m->area_m2, 1e-9);
            assert_true(i == 0 || m->area_m2 <= there->items[i - 1].area_m2);
        }
    }
}

static double sum_of_areas(const noi_coverage *c) {
    double sum = 0;
    for (uint32_t u = 0; u < c->n_units; u++)
        sum += noi_unit_area_m2(c, u);
    return sum;
}

static noi_coverage *two_maps(unsigned *seed) {
    char map[31];
    random_map(map, 30, seed);
    noi_coverage *c = city(map, 6);
    random_map(map, 30, seed);
    for (int i = 0; i < 30; i++)
        map[i] = map[i] == '.' || map[i] < 'D' ? '.' : (char)(map[i] + 5); /* I and J lie over A to E */
    NOI_AUTO(noi_coverage_freep) noi_coverage *over = city(map, 6);
    coverage_append(c, over);
    return c;
}

/* Units may overlap as they like, and noise be left out or not: the areas add up. */
static void the_account_of_areas_adds_up(void **state) {
    (void)state;
    unsigned seed = 4711;
    bool any_begins = false, any_ends = false, any_noise = false;
    for (int round = 0; round < 40; round++) {
        NOI_AUTO(noi_coverage_freep) noi_coverage *a = two_maps(&seed);
        NOI_AUTO(noi_coverage_freep) noi_coverage *b = two_maps(&seed);
        NOI_AUTO(noi_moved_list_freep) noi_moved_list *list = moved(a, b, round % 2 ? 0 : 120);
        double sum = list->claims_begin_m2 - list->claims_end_m2 + list->noise_sum_m2;
        for (size_t i = 0; i < list->n; i++)
            sum += ((list->items[i].from == 0) - (list->items[i].to == 0)) * list->items[i].area_m2;
        assert_true(fabs(sum_of_areas(b) - sum_of_areas(a) - sum) < 1);
        any_begins |= list->claims_begin_m2 > 0;
        any_ends |= list->claims_end_m2 > 0;
        any_noise |= list->n_noise > 0 && list->noise_m2 > 0;
    }
    assert_true(any_begins && any_ends && any_noise);
}

static void areas_are_those_of_the_overlay(void **state) {
    (void)state;
    unsigned seed = 77;
    for (int round = 0; round < 40; round++) {
        char before[31], after[31];
        random_map(before, 30, &seed);
        random_map(after, 30, &seed);
        NOI_AUTO(noi_coverage_freep) noi_coverage *a = city(before, 6);
        NOI_AUTO(noi_coverage_freep) noi_coverage *b = city(after, 6);
        NOI_AUTO(noi_moved_list_freep) noi_moved_list *list = moved(a, b, 0);
        NOI_AUTO_FREE noi_overlap_row *rows = NULL;
        size_t n = 0, n_pairs = 0;
        assert_int_equal(noi_overlay(&rows, &n, a, b), NOI_OK);
        for (size_t i = 0; i < n; i++) {
            noi_code from = a->unit_code[rows[i].old_unit], to = b->unit_code[rows[i].new_unit];
            if (from == to)
                continue;
            assert_near(area_of(list, from, to), rows[i].area_m2, 1e-6);
            n_pairs++;
        }
        for (size_t i = 0; i < list->n; i++)
            n_pairs -= list->items[i].from && list->items[i].to;
        assert_int_equal(n_pairs, 0);
    }
}

/* ---- the real layer ---- */

/* Moves each vertex that two given units share, and no third has, by 40 m to the east; only counts
 * them when there is nothing to move. */
static size_t shift(noi_coverage *c, const noi_coverage *from, uint32_t one, uint32_t other) {
    size_t n_moved = 0;
    for (uint32_t v = 0; v < from->n_vertices; v++) {
        uint32_t holders = 0, wanted = 0;
        for (uint32_t u = 0; u < from->n_units; u++) {
            uint32_t first = from->ring_vertex[from->polygon_ring[from->unit_polygon[u]]];
            uint32_t last = from->ring_vertex[from->polygon_ring[from->unit_polygon[u + 1]]];
            bool has = false;
            for (uint32_t w = first; w < last && !has; w++)
                has = from->xy[2 * w] == from->xy[2 * v] && from->xy[2 * w + 1] == from->xy[2 * v + 1];
            holders += has;
            wanted += has && (u == one || u == other);
        }
        if (wanted != 2 || holders != 2)
            continue;
        if (c)
            c->xy[2 * v] += 40 / 109200.0;
        n_moved++;
    }
    return n_moved;
}

static void add_units(noi_coverage *out, const noi_coverage *c, uint32_t first, uint32_t last) {
    for (uint32_t u = first; u < last; u++) {
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, c, u);
        assert_int_equal(noi_coverage_add_wkb(out, c->unit_code[u], wkb.p, wkb.n), NOI_OK);
    }
}

static void the_real_layer_against_a_shifted_copy(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = shared_file("layers/new_hcmc_168.gpkg");
    if (!path)
        return;
    NOI_AUTO(noi_layer_freep) noi_layer *layer = NULL;
    const noi_layer_options options = {0};
    assert_int_equal(noi_layer_file_read(&layer, path, &options), NOI_OK);
    const noi_coverage *c = layer->coverage;
    uint64_t from = noi_monotonic_ns();
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *same = moved(c, c, 1);
    print_message("# the same %u vertices: %.3f s\n", c->n_vertices,
                  (double)(noi_monotonic_ns() - from) / 1e9);
    assert_int_equal(same->n, 0);
    NOI_AUTO(noi_coverage_freep) noi_coverage *again = reprojected(c);
    from = noi_monotonic_ns();
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *rounded = moved(c, again, 1);
    print_message("# reprojected there and back: %.3f s\n",
                  (double)(noi_monotonic_ns() - from) / 1e9);
    assert_int_equal(rounded->n, 0);
    NOI_AUTO(noi_coverage_freep) noi_coverage *few = noi_coverage_new();
    NOI_AUTO(noi_coverage_freep) noi_coverage *shifted = noi_coverage_new();
    add_units(few, c, 0, 8);
    add_units(shifted, c, 0, 8);
    uint32_t one = 0, other = 1;
    while (one < 7 && shift(NULL, few, one, other) < 10)
        other = other < 7 ? other + 1 : ++one + 1;
    assert_true(shift(shifted, few, one, other) >= 10);
    add_units(shifted, c, 8, c->n_units);
    from = noi_monotonic_ns();
    NOI_AUTO(noi_moved_list_freep) noi_moved_list *list = moved(c, shifted, 1);
    print_message("# one border shifted by 40 m: %.3f s, %zu pairs\n",
                  (double)(noi_monotonic_ns() - from) / 1e9, list->n);
    noi_code a = c->unit_code[one], b = c->unit_code[other];
    double between = 0, others = 0; /* a third unit touches where the ends are not noded */
    for (size_t i = 0; i < list->n; i++) {
        const noi_moved *m = &list->items[i];
        bool is_pair = (m->from == a && m->to == b) || (m->from == b && m->to == a);
        *(is_pair ? &between : &others) += m->area_m2;
        assert_true(!is_pair || (m->farthest_m > 1 && m->farthest_m < 40.5));
    }
    assert_true(between > 10000 && others < between / 100);
    /* The shift folds the border over at its ends, which the overlay repairs in its own way. */
    NOI_AUTO_FREE noi_overlap_row *rows = NULL;
    size_t n_rows = 0;
    assert_int_equal(noi_overlay(&rows, &n_rows, few, shifted), NOI_OK);
    for (size_t i = 0; i < n_rows; i++) {
        noi_code x = few->unit_code[rows[i].old_unit], y = few->unit_code[rows[i].new_unit];
        if ((x == a && y == b) || (x == b && y == a))
            assert_true(fabs(area_of(list, x, y) - rows[i].area_m2) < between / 100);
    }
}

NOI_TEST_MAIN(cmocka_unit_test(a_drawing_has_not_moved_against_itself),
              cmocka_unit_test(other_vertices_and_rounding_are_no_move),
              cmocka_unit_test(a_lasting_overlap_is_no_move),
              cmocka_unit_test(a_border_moves_by_one_square),
              cmocka_unit_test(both_directions_stand_apart),
              cmocka_unit_test(pieces_of_one_pair_are_counted),
              cmocka_unit_test(a_wedge_moves_half_as_far_on_the_mean),
              cmocka_unit_test(the_farthest_place_may_lie_between_vertices),
              cmocka_unit_test(nobodys_land_changes_hands),
              cmocka_unit_test(a_code_that_is_missing_moves_as_a_whole),
              cmocka_unit_test(a_drawing_that_is_pushed_moves_no_farther_than_that),
              cmocka_unit_test(what_is_not_pushed_as_a_whole_is_no_shift),
              cmocka_unit_test(the_account_of_areas_adds_up),
              cmocka_unit_test(an_exclave_has_no_border_to_move),
              cmocka_unit_test(noise_is_left_out_by_its_width),
              cmocka_unit_test(a_drawing_made_anew_within_the_noise_has_not_moved),
              cmocka_unit_test(there_and_back_are_mirrors),
              cmocka_unit_test(areas_are_those_of_the_overlay),
              cmocka_unit_test(the_real_layer_against_a_shifted_copy))
