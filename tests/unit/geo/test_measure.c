/*
 * Plan
 *   areas        a square of degrees against Karney's geodesic area; holes; labels inside
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

/* The area between two parallels on the ellipsoid, by Simpson's rule. Geodesics between the corners
 * of a square of one degree bulge a little beyond the parallels, by 3 parts in 100,000. */
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
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *holed = small_map("AAA"
                                    "A.A"
                                    "AAA",
                                    3);
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *whole = small_map("AAA"
                                    "AAA"
                                    "AAA",
                                    3);
    double ratio = noi_unit_area_m2(holed, 0) / noi_unit_area_m2(whole, 0);
    assert_true(fabs(ratio - 8.0 / 9) < 1e-6);
}

static void labels_lie_inside(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AAAB"
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

static noi_layer *real_layer(const char *name, const char *code_field) {
    NOI_AUTO_FREE char *path = shared_file(name);
    noi_layer *file = NULL;
    const noi_layer_options options = {.code_field = code_field};
    if (path && noi_layer_file_read(&file, path, &options) != NOI_OK)
        fail_msg("%s", noi_error_message());
    return file;
}

/* ---- overlay ---- */

static void shares_are_exact_and_sum_to_one(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *old = small_map("AABB"
                                  "AABB",
                                  4);
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *new = small_map("CCCD"
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
    NOI_AUTO(noi_layer_freep) noi_layer *old = real_layer("layers/old_hcmc_442.gpkg", "code");
    NOI_AUTO(noi_layer_freep) noi_layer *new = real_layer("layers/new_hcmc_168.gpkg", "code");
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
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AAAABBBB"
                                "AAAABBBB"
                                "ACCABBBB"
                                "ACCABBBB"
                                "AAAABBBB",
                                8);
    NOI_AUTO(noi_coverage_freep) noi_coverage *s = simplify(c, 1e-6);
    assert_int_equal(s->n_units, 3);
    assert_true(s->n_vertices <= 4 + 4 + 4 + 4 + 2); /* corners; islands may keep one more */
    NOI_AUTO(noi_defects_freep) noi_defects *d = check(s);
    assert_int_equal(d->n, 1); /* C lies inside A */
    assert_int_equal(d->items[0].kind, NOI_DEFECT_ENCLAVE);
    for (uint32_t u = 0; u < 3; u++)
        assert_true(fabs(noi_unit_area_m2(s, u) / noi_unit_area_m2(c, u) - 1) < 1e-6);
}

static void a_simplified_clean_coverage_has_no_cracks(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep)
    noi_layer *file = real_layer("layers/old_hcmc_322_2019_utm48n.gpkg", "Com_ID");
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
              cmocka_unit_test(labels_lie_inside),
              cmocka_unit_test(shares_are_exact_and_sum_to_one),
              cmocka_unit_test(the_real_overlay_measures_every_old_unit),
              cmocka_unit_test(straight_borders_lose_their_inner_vertices),
              cmocka_unit_test(a_simplified_clean_coverage_has_no_cracks),
              cmocka_unit_test(a_tolerance_below_nothing_is_refused))
