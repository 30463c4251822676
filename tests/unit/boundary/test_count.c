/*
 * test_count.c: records that findings touch. Plan: points in a shape, in a unit as drawn, in the hole
 * that a missing unit leaves, on both sides of an edge; households and cases follow what they
 * name; what has no place is not counted; findings are ordered by what they touch; any number of
 * shapes may lie over one point; a registry without points counts nothing.
 */
#include "unit/boundary/drawn_reform.h"

#include <math.h>

/* Addresses in Tây's overlap with Nam (A10), in the middle of Tây (A11) and 20 cm inside Nam (A12), and
 * what hangs on them. */
#define RECORDS                                                                                    \
    ";INSERT INTO address (id, source_id, line, key, lon, lat) VALUES "                            \
    "(10, 6, 10, 'A10', 106.619985, 10.705), (11, 6, 11, 'A11', 106.625, 10.71), "                 \
    "(12, 6, 12, 'A12', 106.619998, 10.705);"                                                      \
    "INSERT INTO household (id, source_id, line, key, address_key) VALUES "                        \
    "(10, 7, 10, 'H10', 'A10'), (11, 7, 11, 'H11', 'A11'), (12, 7, 12, 'H12', 'A1');"              \
    "INSERT INTO parcel (id, source_id, line, key, lon, lat) VALUES "                              \
    "(10, 9, 10, 'P10', 106.619985, 10.715);"                                                      \
    "INSERT INTO dossier (id, source_id, line, key, lon, lat, parcel_key, household_key) VALUES "  \
    "(10, 10, 10, 'C10', 106.619985, 10.71, NULL, NULL), (11, 10, 11, 'C11', NULL, NULL, 'P10', "  \
    "'H11'), (12, 10, 12, 'C12', NULL, NULL, NULL, 'H11'), (13, 10, 13, 'C13', NULL, NULL, 'P1', " \
    "'H11'), (14, 10, 14, 'C14', NULL, NULL, NULL, 'H12')"

static void assert_records(noi_concerned r, int64_t addresses, int64_t households, int64_t parcels,
                           int64_t cases) {
    if (r.addresses != addresses || r.households != households || r.parcels != parcels ||
        r.cases != cases)
        fail_msg("%lld addresses, %lld households, %lld parcels, %lld cases", (long long)r.addresses,
                 (long long)r.households, (long long)r.parcels, (long long)r.cases);
}

static noi_concerned count(examined *e, const char *plant) {
    noi_concerned all;
    load(e, plant, NEW_LAYER);
    examine(e, NULL);
    must(noi_boundary_count(e->findings, &all, e->layer, e->law, e->registry));
    return all;
}

/* C11 lies where its parcel does, C12 and C13 where their household lives. */
static void points_are_counted_by_shape_and_by_unit(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    noi_concerned all =
        count(&e, WEST_OVERLAPS RECORDS ";UPDATE layer_unit SET name = 'Sai' WHERE id = 13");
    assert_records(all, 4, 2, 1, 4); /* with A2 in Nam */
    assert_records(finding_of(e.findings, "L04")->records, 3, 2, 1, 4);
    assert_records(finding_of(e.findings, "L07")->records, 2, 1, 1, 2);
}

static void the_hole_of_a_missing_unit_is_counted(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    (void)count(&e, "DELETE FROM layer_unit WHERE id = 13" RECORDS);
    assert_int_equal(e.findings->n, 1);
    assert_records(e.findings->items[0].records, 1, 1, 0, 2);
}

static void an_edge_counts_what_lies_in_both_units(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    (void)count(&e, WEST_SLIVER ";" EDGE_TO_WEST("area_only") RECORDS);
    assert_string_equal(finding_of(e.findings, "L10")->subject, "10001 10103");
    assert_records(finding_of(e.findings, "L10")->records, 1, 0, 0, 0); /* A12 */
}

static void findings_are_ordered_by_what_they_touch(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    (void)count(&e, "UPDATE layer_unit SET name = 'Lạ ' || id WHERE id > 10" RECORDS);
    static const char *const want[] = {"10102", "10103", "10101"};
    assert_int_equal(e.findings->n, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(e.findings->items[i].subject, want[i]);
    assert_records(e.findings->items[2].records, 0, 0, 0, 0);
}

/* More shapes over one place than an index tells at once. */
static void any_number_of_shapes_may_lie_over_a_point(void **state) {
    (void)state;
    enum { MANY = 150 };
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, WEST_OVERLAPS RECORDS, NEW_LAYER);
    examine(&e, NULL);
    noi_layer_finding one = *finding_of(e.findings, "L07");
    noi_layer_findings many = {.n = MANY, .items = noi_alloc(MANY * sizeof one)};
    for (size_t i = 0; i < MANY; i++)
        many.items[i] = one;
    must(noi_boundary_count(&many, NULL, e.layer, e.law, e.registry));
    for (size_t i = 0; i < MANY; i++)
        assert_records(many.items[i].records, 2, 1, 1, 2);
    free(many.items);
}

static void without_points_nothing_is_counted(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    noi_concerned all = count(&e, WEST_OVERLAPS ";UPDATE address SET lon = NULL, lat = NULL");
    assert_records(all, 0, 0, 0, 0);
    assert_records(e.findings->items[0].records, 0, 0, 0, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_counted_by_shape_and_by_unit),
        cmocka_unit_test(the_hole_of_a_missing_unit_is_counted),
        cmocka_unit_test(an_edge_counts_what_lies_in_both_units),
        cmocka_unit_test(findings_are_ordered_by_what_they_touch),
        cmocka_unit_test(any_number_of_shapes_may_lie_over_a_point),
        cmocka_unit_test(without_points_nothing_is_counted),
    };
    return cmocka_run_group_tests(tests, fixture_begin, fixture_end);
}
