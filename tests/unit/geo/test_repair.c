/*
 * Plan
 *   drawn maps   one defect each: who gets a gap, an overlap, a sliver, and what stays; choices of
 * a person; rings, vertices, inlets properties   on the rehearsal's land with gaps, overlaps and
 * mismatches planted in it, and on the real layers: what was accepted is gone and nothing new is
 * there; units without defects keep their vertices bit by bit; areas add up; twice is once; the
 * input stays
 */
#include "testing.h"

#include "drawn_map.h"
#include "geo/index.h"
#include "geo/measure.h"
#include "geo/repair.h"
#include "importers/layer_file.h"
#include "made_up_land.h"
#include "shared.h"

#include <math.h>

#define SQUARE     0.001 /* a square of about 110 m */
#define EVERYTHING "L06 L07 L08 L12 L13 L15 L16 L18"

static noi_coverage *small_map(const char *text, int width) {
    return drawn_map_at(text, width, 106.5, 10.5, SQUARE);
}

static noi_repair_options accepting(const char *rules) {
    noi_repair_options o = {.check = NOI_CHECK_DEFAULTS};
    for (const char *at = rules; *at; at += at[3] ? 4 : 3) {
        char rule[4] = {at[0], at[1], at[2], '\0'};
        bool *accepted = noi_repair_accept(&o, rule);
        assert_non_null(accepted);
        *accepted = true;
    }
    return o;
}

static noi_repair *repair_with(const noi_coverage *c, const noi_repair_options *o) {
    noi_repair *r = NULL;
    if (noi_coverage_repair(&r, c, o) != NOI_OK)
        fail_msg("%s", noi_error_message());
    return r;
}

static noi_repair *repair(const noi_coverage *c, const char *rules) {
    noi_repair_options o = accepting(rules);
    return repair_with(c, &o);
}

static size_t count_all(const noi_coverage *c, const char *rule) {
    NOI_AUTO(noi_defects_freep) noi_defects *d = NULL;
    assert_int_equal(noi_coverage_check(&d, c, NULL), NOI_OK);
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++)
        n += !rule || strcmp(noi_defect_rule(d->items[i].kind), rule) == 0;
    return n;
}

/* Nothing at all, however small, and no mismatch. */
static void assert_clean(const noi_coverage *c) {
    noi_check_options o = NOI_CHECK_DEFAULTS;
    o.min_area_m2 = 1e-6;
    NOI_AUTO(noi_defects_freep) noi_defects *d = NULL;
    assert_int_equal(noi_coverage_check(&d, c, &o), NOI_OK);
    for (size_t i = 0; i < d->n; i++)
        print_message("# %s of %u and %u at %.9f %.9f, %g m2\n", noi_defect_key(d->items[i].kind),
                      d->items[i].unit_a, d->items[i].unit_b, d->items[i].lon, d->items[i].lat,
                      d->items[i].area_m2);
    assert_int_equal(d->n, 0);
}

static double squares(const noi_coverage *c, uint32_t unit) { /* planar area, in squares */
    double sum = 0;
    for (uint32_t p = c->unit_polygon[unit]; p < c->unit_polygon[unit + 1]; p++)
        for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++) {
            double area = 0;
            const double *o = c->xy + 2 * (size_t)c->ring_vertex[r];
            for (uint32_t v = c->ring_vertex[r]; v + 1 < c->ring_vertex[r + 1]; v++) {
                const double *a = c->xy + 2 * (size_t)v;
                area += (a[0] - o[0]) * (a[3] - o[1]) - (a[2] - o[0]) * (a[1] - o[1]);
            }
            sum += fabs(area) / 2 * (r == c->polygon_ring[p] ? 1 : -1);
        }
    return sum / (SQUARE * SQUARE);
}

static void assert_squares(const noi_coverage *c, uint32_t unit, double want) {
    if (fabs(squares(c, unit) - want) > 1e-6)
        fail_msg("unit %u has %.9f squares, not %.9f", unit, squares(c, unit), want);
}

static bool is_same(const noi_coverage *a, const noi_coverage *b, uint32_t unit) {
    uint32_t p = a->unit_polygon[unit], q = b->unit_polygon[unit],
             n = a->unit_polygon[unit + 1] - p;
    if (b->unit_polygon[unit + 1] - q != n)
        return false;
    uint32_t r = a->polygon_ring[p], s = b->polygon_ring[q], n_rings = a->polygon_ring[p + n] - r;
    if (b->polygon_ring[q + n] - s != n_rings)
        return false;
    uint32_t v = a->ring_vertex[r], w = b->ring_vertex[s], size = a->ring_vertex[r + n_rings] - v;
    return b->ring_vertex[s + n_rings] - w == size &&
           memcmp(a->xy + 2 * (size_t)v, b->xy + 2 * (size_t)w, 16 * (size_t)size) == 0;
}

static bool are_same(const noi_coverage *a, const noi_coverage *b) {
    bool same = a->n_units == b->n_units;
    for (uint32_t u = 0; same && u < a->n_units; u++)
        same = is_same(a, b, u) && a->unit_code[u] == b->unit_code[u];
    return same;
}

/* A map drawn as several: each holds some of the units, in the order of their letters. */
static noi_coverage *stack(const char *const *texts, size_t n, int width) {
    noi_coverage *out = noi_coverage_new();
    for (size_t i = 0; i < n; i++) {
        NOI_AUTO(noi_coverage_freep) noi_coverage *one = small_map(texts[i], width);
        for (uint32_t u = 0; u < one->n_units; u++) {
            NOI_AUTO_BUF noi_buf wkb = {0};
            noi_coverage_wkb(&wkb, one, u);
            assert_int_equal(noi_coverage_add_wkb(out, one->unit_code[u], wkb.p, wkb.n), NOI_OK);
        }
    }
    return out;
}

/* ---- gaps ---- */

static void a_gap_goes_to_the_longest_border(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AAAAAC"
                                "AB..BC"
                                "ABBBBC",
                                6);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L08");
    assert_int_equal(r->n_steps, 1);
    assert_string_equal(r->steps[0].rule, "L08");
    assert_int_equal(r->steps[0].gained, 1);
    assert_int_equal(r->steps[0].lost, NOI_INDEX_NONE);
    assert_false(r->steps[0].was_named);
    assert_true(r->steps[0].wkb.n > 0);
    assert_squares(r->coverage, 0, 7);
    assert_squares(r->coverage, 1, 8);
    assert_true(is_same(c, r->coverage, 2)); /* C is not beside it */
    assert_clean(r->coverage);
}

static void equal_borders_go_to_the_lower_code(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AABB"
                                "A..B"
                                "AABB",
                                4);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L08");
    assert_int_equal(r->steps[0].gained, 0);
    c->unit_code[0] = c->unit_code[1] + 1;
    NOI_AUTO(noi_repair_freep) noi_repair *s = repair(c, "L08");
    assert_int_equal(s->steps[0].gained, 1);
}

static void a_person_may_name_the_unit(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AAAAAC"
                                "AB..BC"
                                "ABBBBC",
                                6);
    noi_repair_options o = accepting("L08");
    noi_repair_choice choice = {106.5 + 2.5 * SQUARE, 10.5 + 1.5 * SQUARE, 0};
    o.choices = &choice;
    o.n_choices = 1;
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair_with(c, &o);
    assert_int_equal(r->steps[0].gained, 0);
    assert_true(r->steps[0].was_named);
    assert_squares(r->coverage, 0, 9);
    assert_clean(r->coverage);
    noi_repair *none = NULL;
    choice.unit = 2;
    assert_int_equal(noi_coverage_repair(&none, c, &o), NOI_ERR_INPUT); /* C is not beside it */
    choice.unit = 0;
    choice.lat += 1;
    assert_int_equal(noi_coverage_repair(&none, c, &o), NOI_ERR_INPUT); /* there is no gap */
    choice.lat -= 1;
    o.close_gaps = false;
    o.divide_overlaps = true;
    assert_int_equal(noi_coverage_repair(&none, c, &o), NOI_ERR_INPUT); /* not accepted */
}

static void an_island_in_a_gap_keeps_its_shore(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AAAAA"
                                "A...A"
                                "A.B.A"
                                "A...A"
                                "AAAAA",
                                5);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L08");
    assert_squares(r->coverage, 0, 24);
    assert_true(is_same(c, r->coverage, 1));
    assert_int_equal(count_all(r->coverage, "L08"), 0);
    assert_int_equal(r->coverage->n_rings, 3);
}

static void a_unit_in_two_parts_becomes_one(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("BBB"
                                "A.A"
                                "CCC",
                                3);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L08");
    assert_squares(r->coverage, 0, 3);
    assert_int_equal(r->coverage->unit_polygon[1], 1);
    assert_clean(r->coverage);
}

/* ---- overlaps ---- */

static void an_overlap_goes_to_the_longest_border(void **state) {
    (void)state;
    const char *const maps[] = {"AAAA...."
                                "AAAA...."
                                "AAAA....",
                                ".....BBB"
                                "...BBBBB"
                                ".....BBB",
                                "....C..."
                                "........"
                                "....D..."};
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = stack(maps, 3, 8);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L07");
    assert_int_equal(r->n_steps, 1);
    assert_int_equal(r->steps[0].gained, 0); /* on three sides */
    assert_int_equal(r->steps[0].lost, 1);
    assert_squares(r->coverage, 0, 12);
    assert_squares(r->coverage, 1, 10);
    assert_true(is_same(c, r->coverage, 2) && is_same(c, r->coverage, 3));
    assert_clean(r->coverage);
}

static void three_claims_are_settled_face_by_face(void **state) {
    (void)state;
    const char *const maps[] = {"AAA.."
                                "AAA.."
                                "AAA.."
                                ".....",
                                "..BBB"
                                "..BBB"
                                "....."
                                ".....",
                                "....."
                                ".CCC."
                                ".CCC."
                                ".CCC."};
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = stack(maps, 3, 5);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L07");
    assert_clean(r->coverage);
    double sum = squares(r->coverage, 0) + squares(r->coverage, 1) + squares(r->coverage, 2);
    assert_true(fabs(sum - 17) < 1e-6); /* 9 + 6 + 9 less the 7 that were there twice or thrice */
}

static void an_enclave_is_cut_out_of_what_is_around(void **state) {
    (void)state;
    const char *const maps[] = {"AAAA"
                                "AAAA"
                                "AAAA",
                                "...."
                                ".B.."
                                "...."};
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = stack(maps, 2, 4);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L07");
    assert_true(is_same(c, r->coverage, 1)); /* A has all the border, but B would vanish */
    assert_squares(r->coverage, 0, 11);
    assert_int_equal(count_all(r->coverage, "L07"), 0);
}

static void nobody_is_guessed_when_both_would_vanish(void **state) {
    (void)state;
    const char *const maps[] = {"AA", "BB"};
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = stack(maps, 2, 2);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, EVERYTHING);
    assert_int_equal(r->n_steps, 0);
    assert_true(are_same(c, r->coverage));
    assert_int_equal(count_all(r->coverage, "L07"), 1);
}

static void assert_refused(const noi_coverage *c, const noi_repair_choice *choices, size_t n,
                           const char *because) {
    noi_repair_options o = accepting(EVERYTHING);
    o.choices = choices;
    o.n_choices = n;
    noi_repair *r = NULL;
    assert_int_equal(noi_coverage_repair(&r, c, &o), NOI_ERR_INPUT);
    if (!strstr(noi_error_message(), because))
        fail_msg("%s", noi_error_message());
    noi_error_clear();
}

static void a_choice_is_carried_out_or_refused(void **state) {
    (void)state;
    const char *const same[] = {"AA", "BB"};
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = stack(same, 2, 2);
    const noi_repair_choice both[] = {{106.5005, 10.5005, 0}, {106.5015, 10.5005, 1}};
    assert_refused(c, both, 1, "without any land");
    assert_refused(c, both, 2, "in the same piece of land");
    const char *const most[] = {"AAA.", ".BBB"};
    NOI_AUTO(noi_coverage_freep) noi_coverage *part = stack(most, 2, 4);
    noi_repair_options o = accepting("L07");
    NOI_AUTO(noi_repair_freep) noi_repair *nobody = repair_with(part, &o);
    assert_int_equal(nobody->n_steps, 0);
    const noi_repair_choice one = {106.5015, 10.5005, 1};
    o.choices = &one;
    o.n_choices = 1;
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair_with(part, &o);
    assert_int_equal(r->n_steps, 1);
    assert_true(r->steps[0].was_named);
    assert_squares(r->coverage, 0, 1);
    assert_squares(r->coverage, 1, 3);
}

/* ---- slivers and inlets ---- */

/* Moves a vertex of one unit alone. */
static void move(noi_coverage *c, uint32_t unit, double x, double y, double dx, double dy) {
    uint32_t from = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit]]],
             to = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit + 1]]];
    for (uint32_t v = from; v < to; v++)
        if (fabs(c->xy[2 * v] - (106.5 + x * SQUARE)) < 1e-9 &&
            fabs(c->xy[2 * v + 1] - (10.5 + y * SQUARE)) < 1e-9) {
            c->xy[2 * v] += dx * SQUARE;
            c->xy[2 * v + 1] += dy * SQUARE;
            return;
        }
    fail_msg("there is no vertex at %g %g", x, y);
}

static void sliver_gaps_and_overlaps_are_slivers(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AAAAA"
                                "BBBBB"
                                "CCCCC",
                                5);
    move(c, 1, 2, 2, 0, -0.005);
    move(c, 1, 3, 1, 0, -0.005);
    NOI_AUTO(noi_repair_freep) noi_repair *left = repair(c, "L07 L08");
    assert_int_equal(left->n_steps, 0);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L12");
    assert_int_equal(r->n_steps, 2);
    assert_string_equal(r->steps[0].rule, "L12");
    assert_clean(r->coverage);
}

static void a_part_that_is_a_sliver_goes(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AAAA"
                                "BBBB",
                                4);
    const double at = 106.5 + 4 * SQUARE;
    const double free[] = {at + 0.01, 10.5, at + 0.010002, 10.5, at + 0.010002, 10.501};
    const double beside[] = {at, 10.5, at + 2e-6, 10.5, at, 10.501};
    noi_coverage_add_polygon(c); /* of B */
    noi_coverage_add_ring(c, free, 3);
    noi_coverage_add_unit(c, 99);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, beside, 3);
    assert_int_equal(count_all(c, "L12"), 2);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L12");
    assert_int_equal(r->n_steps, 1);
    assert_int_equal(r->steps[0].lost, 1);
    assert_int_equal(r->steps[0].gained, NOI_INDEX_NONE); /* it lay in the sea */
    assert_squares(r->coverage, 1, 4);
    assert_true(is_same(c, r->coverage, 2)); /* its only land */
}

static void an_inlet_is_closed(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = small_map("AAAABBBB", 8);
    move(c, 0, 4, 1, -0.004, 0);
    assert_int_equal(count_all(c, "L13"), 1);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L13");
    assert_int_equal(r->n_steps, 1);
    assert_clean(r->coverage);
    assert_squares(r->coverage, 0, 4);
}

/* ---- rings and vertices ---- */

static void a_ring_that_crosses_itself_is_mended(void **state) {
    (void)state;
    noi_coverage *c = noi_coverage_new();
    NOI_AUTO(noi_coverage_freep) noi_coverage *owner = c;
    const double bow[] = {106, 10, 106.01, 10.01, 106.01, 10, 106, 10.01};
    const double west[] = {105.99, 10, 106, 10, 106, 10.01, 105.99, 10.01};
    noi_coverage_add_unit(c, 1);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, bow, 4);
    noi_coverage_add_unit(c, 2);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, west, 4);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L06");
    assert_int_equal(r->n_steps, 1);
    assert_string_equal(r->steps[0].rule, "L06");
    assert_int_equal(r->steps[0].gained, 0);
    assert_int_equal(r->coverage->unit_polygon[1], 2);
    assert_true(is_same(c, r->coverage, 1));
    assert_clean(r->coverage);
    NOI_AUTO(noi_repair_freep) noi_repair *without = repair(c, "L07 L08 L12 L13 L15 L16 L18");
    assert_true(are_same(c, without->coverage));
}

static void vertices_at_one_place_become_one(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    const double a[] = {106,          10,     106.01, 10,  106.01, 10.005, 106.01,
                        10.005000001, 106.01, 10.01,  106, 10.01,  106,    10.01};
    const double b[] = {106.01, 10,    106.02, 10,           106.02, 10.01,
                        106.01, 10.01, 106.01, 10.005000001, 106.01, 10.005};
    noi_coverage_add_unit(c, 1);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, a, 7);
    noi_coverage_add_unit(c, 2);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, b, 6);
    NOI_AUTO(noi_repair_freep) noi_repair *twice = repair(c, "L15");
    assert_int_equal(twice->n_steps, 1);
    assert_int_equal(twice->coverage->n_vertices, 12);
    NOI_AUTO(noi_repair_freep) noi_repair *near = repair(c, "L16");
    assert_int_equal(near->n_steps, 1);
    assert_int_equal(near->coverage->n_vertices, 11);
    NOI_AUTO(noi_repair_freep) noi_repair *both = repair(c, "L15 L16");
    assert_int_equal(both->coverage->n_vertices, 10);
    assert_clean(both->coverage);
}

static void borders_drawn_twice_become_one(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
    const double a[] = {106, 10, 106.001, 10, 106.00100001, 10.0003, 106.001, 10.001, 106, 10.001};
    const double b[] = {106.001, 10,           106.002, 10,      106.002,
                        10.001,  106.00100002, 10.001,  106.001, 10.0007};
    noi_coverage_add_unit(c, 1);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, a, 5);
    noi_coverage_add_unit(c, 2);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, b, 5);
    assert_int_equal(count_all(c, "L18"), 1);
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L18");
    double gained = 0, lost = 0;
    size_t n = 0;
    for (size_t i = 0; i < r->n_steps; i++) {
        const noi_repair_step *s = &r->steps[i];
        assert_string_equal(s->rule, "L18");
        n += s->area_m2 > 0 ? 0 : 1;
        *(s->lost == NOI_INDEX_NONE ? &gained : &lost) += s->area_m2;
    }
    assert_int_equal(n, 1); /* the defect; the others tell of the land that moved with it */
    double change =
        r->area_after_m2[0] + r->area_after_m2[1] - r->area_before_m2[0] - r->area_before_m2[1];
    assert_true(fabs(gained - lost - change) < 0.02);
    assert_clean(r->coverage);
}

/* A reach wider than the units would draw one over the other. */
static void a_wide_mismatch_makes_no_overlap(void **state) {
    (void)state;
    NOI_AUTO(noi_coverage_freep)
    noi_coverage *c = small_map("AB"
                                "AB",
                                2);
    noi_repair_options o = accepting("L18");
    const double reaches[] = {10, 150, 1000, 100000};
    for (size_t i = 0; i < sizeof reaches / sizeof *reaches; i++) {
        o.check.mismatch_m = reaches[i];
        NOI_AUTO(noi_repair_freep) noi_repair *r = repair_with(c, &o);
        assert_int_equal(count_all(r->coverage, "L06") + count_all(r->coverage, "L07") +
                             count_all(r->coverage, "L08") + count_all(r->coverage, "L12"),
                         0);
    }
}

static void add_square(noi_coverage *c, double x, double size) {
    const double ring[] = {106 + x,        10 + x,        106 + x + size, 10 + x,
                           106 + x + size, 10 + x + size, 106 + x,        10 + x + size};
    noi_coverage_add_ring(c, ring, 4);
}

static void a_hole_never_becomes_land(void **state) {
    (void)state;
    const struct {
        double hole[2], inner[2]; /* from, size; 0 for none */
        double want;              /* squares */
    } cases[] = {{{0.02, 0.002}, {0, 0}, 100}, {{0.002, 0.006}, {0.003, 0.004}, 64}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_coverage_new();
        noi_coverage_add_unit(c, 1);
        noi_coverage_add_polygon(c);
        add_square(c, 0, 0.01);
        add_square(c, cases[i].hole[0], cases[i].hole[1]);
        if (cases[i].inner[1] > 0)
            add_square(c, cases[i].inner[0], cases[i].inner[1]);
        NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, "L06");
        assert_squares(r->coverage, 0, cases[i].want);
        assert_int_equal(count_all(r->coverage, "L06"), 0);
        assert_int_equal(r->n_steps, 1);
        assert_true(r->steps[0].of_ring);
    }
}

/* ---- properties ---- */

/* How far areas may differ from what the steps say: a new vertex on a long edge bends the geodesic,
 * by centimetres over a kilometre; borders that are snapped move a little. */
static noi_repair *mended(const noi_coverage *c, const char *rules, double slack_m2) {
    NOI_AUTO(noi_coverage_freep) noi_coverage *copy = noi_coverage_new();
    for (uint32_t u = 0; u < c->n_units; u++) {
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, c, u);
        assert_int_equal(noi_coverage_add_wkb(copy, c->unit_code[u], wkb.p, wkb.n), NOI_OK);
    }
    noi_repair *r = repair(c, rules);
    assert_true(are_same(c, copy)); /* the input stays */
    NOI_AUTO(noi_repair_freep) noi_repair *again = repair(r->coverage, rules);
    assert_true(are_same(r->coverage, again->coverage)); /* twice is once */
    assert_int_equal(again->n_steps, 0);
    double change = 0, steps = 0;
    for (uint32_t u = 0; u < c->n_units; u++)
        change += r->area_after_m2[u] - r->area_before_m2[u];
    for (size_t i = 0; i < r->n_steps; i++)
        steps += r->steps[i].lost == NOI_INDEX_NONE ? r->steps[i].area_m2 : -r->steps[i].area_m2;
    if (fabs(change - steps) > slack_m2)
        fail_msg("areas change by %.4f m2, the steps say %.4f m2", change, steps);
    return r;
}

static int make_land(void **state) {
    return land_make(state, 11, 900);
}

/* Moves every n-th vertex of every third unit, by up to `metres`; the unit alone, so that gaps,
 * overlaps and mismatches come about. */
static void plant(noi_coverage *c, uint32_t every, double metres) {
    uint32_t salt = 1;
    for (uint32_t u = 0; u < c->n_units; u += 3) {
        uint32_t from = c->ring_vertex[c->polygon_ring[c->unit_polygon[u]]],
                 to = c->ring_vertex[c->polygon_ring[c->unit_polygon[u + 1]]];
        for (uint32_t v = from + every / 2; v < to; v += every) {
            salt = salt * 1664525 + 1013904223;
            c->xy[2 * v] += ((salt >> 8 & 255) / 127.5 - 1) * metres / NOI_SHAPE_LON_M;
            c->xy[2 * v + 1] += ((salt >> 16 & 255) / 127.5 - 1) * metres / NOI_SHAPE_LAT_M;
        }
    }
}

static void made_up_land_is_mended(void **state) {
    const land *l = *state;
    const struct {
        uint32_t every;
        double metres, slack_m2;
    } cases[] = {{40, 30, 5}, {15, 3, 5}, {7, 0.3, 50}, {5, 0.01, 500}, {3, 2e-9, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_shape_new_layer(l->shape);
        plant(c, cases[i].every, cases[i].metres);
        size_t before = count_all(c, NULL);
        assert_true(before > 20);
        NOI_AUTO(noi_repair_freep) noi_repair *r = mended(c, EVERYTHING, cases[i].slack_m2);
        size_t after = count_all(r->coverage, NULL);
        print_message("# up to %g m: %zu defects, %zu steps, %zu left\n", cases[i].metres, before,
                      r->n_steps, after);
        assert_int_equal(after, 0);
    }
}

static void only_what_is_touched_changes(void **state) {
    const land *l = *state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *clean = noi_shape_old_layer(l->shape);
    NOI_AUTO(noi_coverage_freep) noi_coverage *c = noi_shape_old_layer(l->shape);
    NOI_AUTO(noi_repair_freep) noi_repair *none = repair(clean, EVERYTHING);
    assert_true(are_same(clean, none->coverage));
    uint32_t unit = 100, v = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit]]] + 5;
    c->xy[2 * v] += 20 / NOI_SHAPE_LON_M;
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(c, EVERYTHING);
    assert_true(r->n_steps > 0);
    uint32_t changed = 0;
    for (uint32_t u = 0; u < c->n_units; u++)
        changed += !is_same(c, r->coverage, u);
    assert_in_range(changed, 1, 3);
    assert_int_equal(count_all(r->coverage, NULL), 0);
}

/* ---- the real layers ---- */

static noi_layer *real_layer(const char *name) {
    NOI_AUTO_FREE char *path = shared_file(name);
    if (!path)
        return NULL;
    noi_layer *layer = NULL;
    if (noi_layer_file_read(&layer, path, NULL) != NOI_OK)
        fail_msg("%s", noi_error_message());
    return layer;
}

static void the_168_units_lose_all_gaps_and_overlaps(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep) noi_layer *l = real_layer("layers/new_hcmc_168.gpkg");
    if (!l)
        return;
    size_t slivers = count_all(l->coverage, "L12"), twice = count_all(l->coverage, "L15");
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(l->coverage, "L07 L08 L12");
    assert_true(slivers > 50);
    assert_int_equal(count_all(r->coverage, "L07") + count_all(r->coverage, "L08") +
                         count_all(r->coverage, "L12"),
                     0);
    assert_true(count_all(r->coverage, "L15") <= twice);
    NOI_AUTO(noi_repair_freep) noi_repair *all = repair(l->coverage, EVERYTHING);
    assert_int_equal(count_all(all->coverage, NULL), 0);
    print_message("# 168 units: %zu steps for %zu slivers\n", r->n_steps, slivers);
}

static void the_442_units_are_mended_but_for_a_passage(void **state) {
    (void)state;
    NOI_AUTO(noi_layer_freep) noi_layer *l = real_layer("layers/old_hcmc_442.gpkg");
    if (!l)
        return;
    NOI_AUTO(noi_repair_freep) noi_repair *r = repair(l->coverage, EVERYTHING);
    size_t left = count_all(r->coverage, NULL), inlets = count_all(r->coverage, "L13");
    print_message("# 442 units: %zu steps, %zu defects left, %zu of them passages\n", r->n_steps,
                  left, inlets);
    assert_int_equal(left, inlets);
    assert_true(inlets <= 1);
}

NOI_TEST_MAIN(cmocka_unit_test(a_gap_goes_to_the_longest_border),
              cmocka_unit_test(equal_borders_go_to_the_lower_code),
              cmocka_unit_test(a_person_may_name_the_unit),
              cmocka_unit_test(an_island_in_a_gap_keeps_its_shore),
              cmocka_unit_test(a_unit_in_two_parts_becomes_one),
              cmocka_unit_test(an_overlap_goes_to_the_longest_border),
              cmocka_unit_test(three_claims_are_settled_face_by_face),
              cmocka_unit_test(an_enclave_is_cut_out_of_what_is_around),
              cmocka_unit_test(nobody_is_guessed_when_both_would_vanish),
              cmocka_unit_test(a_choice_is_carried_out_or_refused),
              cmocka_unit_test(sliver_gaps_and_overlaps_are_slivers),
              cmocka_unit_test(a_part_that_is_a_sliver_goes), cmocka_unit_test(an_inlet_is_closed),
              cmocka_unit_test(a_ring_that_crosses_itself_is_mended),
              cmocka_unit_test(vertices_at_one_place_become_one),
              cmocka_unit_test(borders_drawn_twice_become_one),
              cmocka_unit_test(a_wide_mismatch_makes_no_overlap),
              cmocka_unit_test(a_hole_never_becomes_land),
              cmocka_unit_test_setup_teardown(made_up_land_is_mended, make_land, land_free),
              cmocka_unit_test_setup_teardown(only_what_is_touched_changes, make_land, land_free),
              cmocka_unit_test(the_168_units_lose_all_gaps_and_overlaps),
              cmocka_unit_test(the_442_units_are_mended_but_for_a_passage))
