/*
 * Plan
 *   areas        a square of degrees against Karney's geodesic area; holes; labels inside
 *   check        drawn maps with a planted gap, overlap, spike, duplicate, empty unit, mismatch; a
 *                clean map has none; a layer twice over; the real layers, against GEOS pair by pair
 *   overlay      shares of drawn maps are exact and sum to 1; an invalid ring is measured
 *   simplify     neighbours keep the same vertices: a simplified clean coverage is clean
 */
#include "testing.h"

#include "base/progress.h"
#include "drawn_map.h"
#include "geo/index.h"
#include "geo/check.h"
#include "geo/measure.h"
#include "importers/layer_file.h"
#include "shared.h"

#include <math.h>

/* Drawn near the city, a square of about 110 m. */
static noi_coverage *small_map(const char *text, int width) {
    return drawn_map_at(text, width, 106.5, 10.5, 0.001);
}

static noi_defects *check(const noi_coverage *c) {
    noi_defects *defects = NULL;
    if (noi_coverage_check(&defects, c, NULL) != NOI_OK)
        fail_msg("%s", noi_error_message());
    return defects;
}

static size_t count(const noi_defects *defects, noi_defect_kind kind) {
    size_t n = 0;
    for (size_t i = 0; i < defects->n; i++)
        n += defects->items[i].kind == kind;
    return n;
}

/* ---- areas ---- */

/* The area between two parallels on the ellipsoid, by Simpson's rule. Geodesics between the corners of
 * a square of one degree bulge a little beyond the parallels, by 3 parts in 100,000. */
static double zone_area(double south, double north, double width) {
    const double a = 6378137, e2 = 0.00669437999014132, degree = 3.14159265358979323846 / 180;
    double sum = 0;
    for (int i = 0; i <= 100; i++) {
        double lat = (south + (north - south) * i / 100) * degree, w = 1 - e2 * sin(lat) * sin(lat);
        sum += cos(lat) / (w * w) * (i == 0 || i == 100 ? 1 : i % 2 ? 4 : 2);
    }
    return a * a * (1 - e2) * width * degree * sum * (north - south) * degree / 300;
}

static void areas_are_those_of_the_ellipsoid(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = drawn_map_at("A", 1, 106, 10, 1);
    assert_true(fabs(noi_unit_area_m2(c, 0) / zone_area(10, 11, 1) - 1) < 1e-4);
    NOI_AUTO(noi_coverage_freep) noi_coverage *tenth = drawn_map_at("A", 1, 106, 10, 0.1);
    assert_true(fabs(noi_unit_area_m2(tenth, 0) / zone_area(10, 10.1, 0.1) - 1) < 1e-6);
    NOI_AUTO(noi_coverage_freep) noi_coverage *holed = small_map("AAA"
                                                                 "A.A"
                                                                 "AAA",
                                                                 3);
    NOI_AUTO(noi_coverage_freep) noi_coverage *whole = small_map("AAA"
                                                                 "AAA"
                                                                 "AAA",
                                                                 3);
    double ratio = noi_unit_area_m2(holed, 0) / noi_unit_area_m2(whole, 0);
    assert_true(fabs(ratio - 8.0 / 9) < 1e-6);
}

static void labels_lie_inside(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = small_map("AAAB"
                                                             "A.AB"
                                                             "AAAC",
                                                             4);
    NOI_AUTO_BUF noi_buf bytes = {0};
    const noi_index *index;
    assert_int_equal(noi_index_build(&bytes, c), NOI_OK);
    assert_int_equal(noi_index_attach(&index, bytes.p, bytes.n), NOI_OK);
    for (uint32_t u = 0; u < c->n_units; u++) {
        double at[2];
        assert_int_equal(noi_unit_label_point(at, c, u), NOI_OK);
        assert_int_equal(noi_index_locate(index, at[0], at[1]), u);
    }
    NOI_AUTO(noi_coverage_freep) noi_coverage *none = noi_coverage_new();
    noi_coverage_add_unit(none, 0);
    double at[2];
    assert_int_equal(noi_unit_label_point(at, none, 0), NOI_ERR_INPUT);
}

/* ---- check ---- */

static void a_clean_map_has_no_defects(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = small_map("AAAABB..D"
                                                             "ACCAABB.D"
                                                             "ACCAEEE.."
                                                             "AAAAEFE.D"
                                                             "..AAEEE..",
                                                             9);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(d->n, 0);
}

static void a_gap_is_found_with_its_neighbours_and_area(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = small_map("AABB"
                                                             "A..B"
                                                             "AABB",
                                                             4);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(d->n, 1);
    const noi_defect *gap = &d->items[0];
    assert_int_equal(gap->kind, NOI_DEFECT_GAP);
    assert_int_equal(gap->unit_a, 0);
    assert_int_equal(gap->unit_b, 1);
    double square = noi_unit_area_m2(c, 0) / 5;
    assert_true(fabs(gap->area_m2 / square - 2) < 1e-4);
    assert_true(gap->lon > 106.501 && gap->lon < 106.503 && gap->lat > 10.501 && gap->lat < 10.502);
    assert_true(gap->width_m > 60 && gap->width_m < 80); /* 2 x 2 squares / 6 sides of 110 m */
    assert_true(gap->wkb.n > 5);
    noi_coverage *shape = noi_coverage_new();
    assert_int_equal(noi_coverage_add_wkb(shape, 0, gap->wkb.p, gap->wkb.n), NOI_OK);
    noi_coverage_free(shape);
}

static void a_bay_is_no_gap(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = small_map("AABB"
                                                             "A..B"
                                                             "A..B",
                                                             4);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(d->n, 0);
}

static void large_holes_and_small_slivers_can_be_left_out(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = small_map("AABB"
                                                             "A..B"
                                                             "AABB",
                                                             4);
    noi_check_options low = NOI_CHECK_DEFAULTS, high = NOI_CHECK_DEFAULTS;
    low.narrower_than_m = 10;
    high.min_area_m2 = 1e6;
    noi_defects *d = NULL;
    assert_int_equal(noi_coverage_check(&d, c, &low), NOI_OK);
    assert_int_equal(d->n, 0);
    noi_defects_free(d);
    assert_int_equal(noi_coverage_check(&d, c, &high), NOI_OK);
    assert_int_equal(d->n, 0);
    noi_defects_free(d);
}

static void add_ring(noi_coverage *c, const double *steps, size_t n) {
    double xy[32];
    for (size_t i = 0; i < n; i++) {
        xy[2 * i] = 106.5 + steps[2 * i] * 0.001;
        xy[2 * i + 1] = 10.5 + steps[2 * i + 1] * 0.001;
    }
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, xy, n);
}

static void an_overlap_is_found_with_its_area(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    noi_coverage_add_unit(c, 0);
    add_ring(c, (const double[]){0, 0, 2, 0, 2, 2, 0, 2}, 4);
    noi_coverage_add_unit(c, 0);
    add_ring(c, (const double[]){1.5, 0, 4, 0, 4, 2, 1.5, 2}, 4);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(count(d, NOI_DEFECT_OVERLAP), 1);
    assert_int_equal(d->items[0].kind, NOI_DEFECT_OVERLAP);
    assert_true(fabs(d->items[0].area_m2 / (noi_unit_area_m2(c, 0) / 4) - 1) < 1e-4);
}

static void a_unit_inside_another_overlaps_it(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = small_map("AABB", 4);
    noi_coverage_add_unit(c, 0);
    add_ring(c, (const double[]){0.5, 0.25, 1, 0.25, 1, 0.75}, 3);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(d->n, 1);
    assert_int_equal(d->items[0].kind, NOI_DEFECT_OVERLAP);
    assert_int_equal(d->items[0].unit_a, 0);
    assert_int_equal(d->items[0].unit_b, 2);
}

/* Two coverages in one layer: each pair that shares area is named with that area. */
static void two_vintages_in_one_layer_overlap_pair_by_pair(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = small_map("AABB"
                                                             "AABB",
                                                             4);
    NOI_AUTO(noi_coverage_freep) noi_coverage *other = small_map("CCCC"
                                                                 "DDDD",
                                                                 4);
    for (uint32_t u = 0; u < 2; u++) {
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, other, u);
        assert_int_equal(noi_coverage_add_wkb(c, 0, wkb.p, wkb.n), NOI_OK);
    }
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(count(d, NOI_DEFECT_OVERLAP), 4);
    double square = noi_unit_area_m2(c, 0) / 4;
    for (size_t i = 0; i < d->n; i++)
        if (d->items[i].kind == NOI_DEFECT_OVERLAP)
            assert_true(fabs(d->items[i].area_m2 / square - 2) < 1e-3);
}

static void each_kind_of_broken_unit_is_named(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    noi_coverage_add_unit(c, 0); /* a bow tie */
    add_ring(c, (const double[]){0, 0, 1, 1, 1, 0, 0, 1}, 4);
    noi_coverage_add_unit(c, 0); /* no shape */
    noi_coverage_add_unit(c, 0); /* a line */
    add_ring(c, (const double[]){5, 5, 6, 6}, 2);
    noi_coverage_add_unit(c, 0); /* the same vertex twice */
    add_ring(c, (const double[]){8, 0, 9, 0, 9, 0, 9, 1}, 4);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(count(d, NOI_DEFECT_INVALID_RING), 2);
    assert_int_equal(d->items[0].unit_a, 0);
    assert_int_equal(d->items[0].ring, NOI_RING_CROSSES_ITSELF);
    assert_string_equal(noi_ring_fault_key(d->items[0].ring), "self_intersection");
    assert_true(fabs(d->items[0].lon - 106.5005) < 1e-9);
    assert_int_equal(d->items[1].unit_a, 2);
    assert_int_equal(count(d, NOI_DEFECT_EMPTY), 1);
    assert_int_equal(count(d, NOI_DEFECT_DUPLICATE_VERTEX), 1);
    for (size_t i = 1; i < d->n; i++)
        assert_true(d->items[i - 1].kind <= d->items[i].kind);
}

static void a_vertex_that_only_one_neighbour_has_is_a_mismatch(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    noi_coverage_add_unit(c, 0);
    add_ring(c, (const double[]){0, 0, 2, 0, 2, 2, 0, 2}, 4);
    noi_coverage_add_unit(c, 0);
    add_ring(c, (const double[]){2, 0, 4, 0, 4, 2, 2, 2, 2, 1}, 5);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(c);
    assert_int_equal(d->n, 1);
    assert_int_equal(d->items[0].kind, NOI_DEFECT_EDGE_MISMATCH);
    assert_int_equal(d->items[0].unit_a, 0);
    assert_int_equal(d->items[0].unit_b, 1);
    assert_true(fabs(d->items[0].lat - 10.501) < 1e-9);
}

static noi_layer *real_layer(const char *name, const char *code_field) {
    NOI_AUTO_FREE char *path = shared_file(name);
    noi_layer *file = NULL;
    const noi_layer_options options = {.code_field = code_field};
    if (path && noi_layer_file_read(&file, path, &options) != NOI_OK)
        fail_msg("%s", noi_error_message());
    return file;
}

/* Overlaps by GEOS intersections of all pairs; the check must find the same area for each pair. */
static void overlaps_of_the_real_layer_are_those_of_geos(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep) noi_layer *file =
        real_layer("layers/new_hcmc_168.gpkg", "code");
    if (!file)
        return;
    noi_overlap_row *rows;
    size_t n;
    assert_int_equal(noi_overlay(&rows, &n, file->coverage, file->coverage), NOI_OK);
    noi_check_options all = NOI_CHECK_DEFAULTS;
    all.min_area_m2 = 0;
    all.narrower_than_m = INFINITY;
    noi_defects *d = NULL;
    assert_int_equal(noi_coverage_check(&d, file->coverage, &all), NOI_OK);
    size_t pairs = 0, gaps = count(d, NOI_DEFECT_GAP);
    double largest = 0, largest_gap = 0;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].old_unit >= rows[i].new_unit || rows[i].area_m2 < 0.01)
            continue;
        double found = 0;
        for (size_t k = 0; k < d->n; k++)
            if (d->items[k].kind == NOI_DEFECT_OVERLAP && d->items[k].unit_a == rows[i].old_unit &&
                d->items[k].unit_b == rows[i].new_unit)
                found += d->items[k].area_m2;
        assert_true(fabs(found - rows[i].area_m2) < 0.01 + 1e-3 * found);
        largest = fmax(largest, found);
        pairs++;
    }
    for (size_t k = 0; k < d->n; k++)
        if (d->items[k].kind == NOI_DEFECT_GAP)
            largest_gap = fmax(largest_gap, d->items[k].area_m2);
    print_message("# 168 units: %zu overlapping pairs (at most %.1f m2), %zu gaps (at most %.1f "
                  "m2), %zu pairs drawn differently\n",
                  pairs, largest, gaps, largest_gap, count(d, NOI_DEFECT_EDGE_MISMATCH));
    assert_true(pairs >= 25 && largest < 28);
    assert_true(gaps >= 40 && largest_gap < 20);
    assert_int_equal(count(d, NOI_DEFECT_INVALID_RING), 0);
    noi_defects_free(d);
    free(rows);
}

static void real_layers_are_judged_rightly(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep) noi_layer *clean =
        real_layer("layers/old_hcmc_322_2019_utm48n.gpkg", "Com_ID");
    NOI_AUTO(noi_layer_freep) noi_layer *mixed =
        real_layer("layers/old_hcmc_442.gpkg", "code");
    if (!clean || !mixed)
        return;
    NOI_AUTO(noi_defects_freep) noi_defects *none = check(clean->coverage);
    assert_int_equal(none->n, 0);
    NOI_AUTO(noi_defects_freep) noi_defects *many = check(mixed->coverage);
    assert_true(count(many, NOI_DEFECT_INVALID_RING) >= 1);
    for (size_t i = 0; i < many->n; i++)
        if (many->items[i].kind == NOI_DEFECT_INVALID_RING)
            assert_string_equal(mixed->features[many->items[i].unit_a].code, "26923");
}

/* ---- overlay ---- */

static void shares_are_exact_and_sum_to_one(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *old = small_map("AABB"
                                                               "AABB",
                                                               4);
    NOI_AUTO(noi_coverage_freep) noi_coverage *new = small_map("CCCD"
                                                               "CDDD",
                                                               4);
    static const noi_overlap_row want[] = {{.old_unit = 0, .new_unit = 0, .share_of_old = 0.75},
                                           {.old_unit = 0, .new_unit = 1, .share_of_old = 0.25},
                                           {.old_unit = 1, .new_unit = 0, .share_of_old = 0.25},
                                           {.old_unit = 1, .new_unit = 1, .share_of_old = 0.75}};
    noi_overlap_row *rows;
    size_t n;
    assert_int_equal(noi_overlay(&rows, &n, old, new), NOI_OK);
    assert_int_equal(n, 4);
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(rows[i].old_unit, want[i].old_unit);
        assert_int_equal(rows[i].new_unit, want[i].new_unit);
        assert_true(fabs(rows[i].share_of_old - want[i].share_of_old) < 1e-5);
        sum += rows[i].area_m2;
    }
    assert_true(fabs(sum / (noi_unit_area_m2(old, 0) + noi_unit_area_m2(old, 1)) - 1) < 1e-9);
    free(rows);
}

static void the_real_overlay_measures_every_old_unit(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep) noi_layer *old =
        real_layer("layers/old_hcmc_442.gpkg", "code");
    NOI_AUTO(noi_layer_freep) noi_layer *new =
        real_layer("layers/new_hcmc_168.gpkg", "code");
    if (!old || !new)
        return;
    noi_overlap_row *rows;
    size_t n;
    uint64_t start = noi_monotonic_ns();
    assert_int_equal(noi_overlay(&rows, &n, old->coverage, new->coverage), NOI_OK);
    print_message("# overlay of 442 x 168 units: %zu rows in %.2f s under sanitizers\n", n,
                  (double)(noi_monotonic_ns() - start) / 1e9);
    NOI_AUTO_FREE double *share = noi_alloc_zero(442, sizeof *share);
    for (size_t i = 0; i < n; i++)
        share[rows[i].old_unit] += rows[i].share_of_old;
    size_t nearly_whole = 0;
    for (int u = 0; u < 442; u++) {
        assert_true(share[u] < 1.001);
        nearly_whole += share[u] > 0.95;
    }
    assert_true(nearly_whole > 400);
    free(rows);
}

/* ---- simplify ---- */

static noi_coverage *simplify(const noi_coverage *c, double tolerance) {
    noi_coverage *out = NULL;
    assert_int_equal(noi_coverage_simplify(&out, c, tolerance), NOI_OK);
    return out;
}

static void straight_borders_lose_their_inner_vertices(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = small_map("AAAABBBB"
                                                             "AAAABBBB"
                                                             "ACCABBBB"
                                                             "ACCABBBB"
                                                             "AAAABBBB",
                                                             8);
    NOI_AUTO(noi_coverage_freep) noi_coverage *s = simplify(c, 1e-6);
    assert_int_equal(s->n_units, 3);
    assert_true(s->n_vertices <= 4 + 4 + 4 + 4 + 2); /* corners; islands may keep one more */
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(s);
    assert_int_equal(d->n, 0);
    for (uint32_t u = 0; u < 3; u++)
        assert_true(fabs(noi_unit_area_m2(s, u) / noi_unit_area_m2(c, u) - 1) < 1e-6);
}

static void a_simplified_clean_coverage_has_no_cracks(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep) noi_layer *file =
        real_layer("layers/old_hcmc_322_2019_utm48n.gpkg", "Com_ID");
    if (!file)
        return;
    NOI_AUTO(noi_coverage_freep) noi_coverage *s = simplify(file->coverage, 1e-4);
    assert_int_equal(s->n_units, 322);
    assert_true(s->n_vertices < file->coverage->n_vertices / 5);
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(s);
    print_message("# 322 units simplified: %u of %u vertices, %zu gaps, %zu overlaps\n",
                  s->n_vertices, file->coverage->n_vertices, count(d, NOI_DEFECT_GAP),
                  count(d, NOI_DEFECT_OVERLAP));
    assert_int_equal(count(d, NOI_DEFECT_EDGE_MISMATCH), 0);
    for (uint32_t u = 0; u < 322; u++)
        assert_true(s->unit_polygon[u + 1] > s->unit_polygon[u]);
}

static void a_tolerance_below_nothing_is_refused(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = small_map("AB", 2), *out = NULL;
    assert_int_equal(noi_coverage_simplify(&out, c, -1), NOI_ERR_USAGE);
    assert_int_equal(noi_coverage_simplify(&out, c, NAN), NOI_ERR_USAGE);
    assert_null(out);
}

NOI_TEST_MAIN(cmocka_unit_test(areas_are_those_of_the_ellipsoid),
              cmocka_unit_test(labels_lie_inside), cmocka_unit_test(a_clean_map_has_no_defects),
              cmocka_unit_test(a_gap_is_found_with_its_neighbours_and_area),
              cmocka_unit_test(a_bay_is_no_gap),
              cmocka_unit_test(large_holes_and_small_slivers_can_be_left_out),
              cmocka_unit_test(an_overlap_is_found_with_its_area),
              cmocka_unit_test(a_unit_inside_another_overlaps_it),
              cmocka_unit_test(two_vintages_in_one_layer_overlap_pair_by_pair),
              cmocka_unit_test(each_kind_of_broken_unit_is_named),
              cmocka_unit_test(a_vertex_that_only_one_neighbour_has_is_a_mismatch),
              cmocka_unit_test(overlaps_of_the_real_layer_are_those_of_geos),
              cmocka_unit_test(real_layers_are_judged_rightly),
              cmocka_unit_test(shares_are_exact_and_sum_to_one),
              cmocka_unit_test(the_real_overlay_measures_every_old_unit),
              cmocka_unit_test(straight_borders_lose_their_inner_vertices),
              cmocka_unit_test(a_simplified_clean_coverage_has_no_cracks),
              cmocka_unit_test(a_tolerance_below_nothing_is_refused))
