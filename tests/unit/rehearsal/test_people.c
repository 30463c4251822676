/*
 * test_people.c: the people of the city are what the answer key says.
 *   - every trap of the recipe occurs, and a record is the same each time it is made
 *   - a stated error covers the way from where the point is to where it is said to be
 *   - what must be asked has two answers by the law; what is assigned has one
 *   - a torn household's member lives in another new unit
 */
#include "geo/index.h"
#include "rehearsal/people.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static int make_city(void **state) {
    noi_city *city = NULL;
    assert_int_equal(noi_city_make(&city, NOI_CITY_SMALL, 3), NOI_OK);
    *state = city;
    return 0;
}

static int free_city(void **state) {
    noi_city_free(*state);
    return 0;
}

static void every_trap_occurs(void **state) {
    const noi_city *city = *state;
    size_t n[NOI_N_TRAPS] = {0};
    for (uint64_t i = 0; i < noi_address_begin(city, NOI_ADDRESS_FILES); i++)
        n[noi_address_fate(city, i).trap]++;
    for (int t = 0; t < NOI_N_TRAPS; t++)
        if (noi_traps[t].kind == NOI_RECORD_ADDRESS && t != NOI_TRAP_DUPLICATE_ID &&
            t != NOI_TRAP_NO_ID && n[t] == 0)
            fail_msg("no address falls into the trap %s", noi_traps[t].id);
}

static void an_address_is_the_same_each_time(void **state) {
    const noi_city *city = *state;
    noi_address a = {0}, b = {0};
    for (uint64_t i = 0; i < 500; i++) {
        noi_address_make(&a, city, i);
        noi_address_make(&b, city, i + 1);
        noi_address_make(&b, city, i);
        assert_true(noi_str_eq(noi_buf_view(&a.text), noi_buf_view(&b.text)));
        assert_string_equal(a.code, b.code);
        assert_memory_equal(&a.lon, &b.lon, sizeof a.lon);
    }
    noi_buf_free(&a.text);
    noi_buf_free(&b.text);
}

static void errors_cover_the_way_to_the_border(void **state) {
    const noi_city *city = *state;
    NOI_AUTO(noi_coverage_freep) noi_coverage *layer = noi_shape_new_layer(city->shape);
    NOI_AUTO_BUF noi_buf bytes = {0};
    const noi_index *index = NULL;
    assert_int_equal(noi_index_build(&bytes, layer), NOI_OK);
    assert_int_equal(noi_index_attach(&index, bytes.p, bytes.n), NOI_OK);
    noi_address a = {0};
    for (uint64_t i = 0; i < 20000; i++) {
        noi_address_make(&a, city, i);
        if (a.fate.trap != NOI_TRAP_PLAIN || isnan(a.lon))
            continue;
        double error = a.error_m < 0 ? 5 : a.error_m;
        bool inside = noi_index_locate(index, a.lon, a.lat) == a.fate.new_unit;
        double border = noi_index_border_m(index, a.lon, a.lat, 200);
        if (!inside && border > error)
            fail_msg("address %llu, piece %u: %f m over the border with an error of %f m",
                     (unsigned long long)i, a.fate.piece, border, error);
    }
    noi_buf_free(&a.text);
}

static void asking_is_for_what_nothing_decides(void **state) {
    const noi_city *city = *state;
    for (uint64_t i = 0; i < 20000; i++) {
        noi_fate fate = noi_address_fate(city, i);
        if (fate.trap == NOI_TRAP_SPLIT_BLIND) {
            const noi_piece *piece = &city->tables->pieces[fate.piece];
            assert_true(city->tables->old_units[piece->old_unit].split);
            assert_false(fate.has_point);
        }
        if (fate.trap == NOI_TRAP_PLAIN && !fate.has_point) {
            const noi_piece *piece = &city->tables->pieces[fate.piece];
            assert_int_equal(city->tables->old_units[piece->old_unit].n_pieces, 1);
        }
        if (fate.trap == NOI_TRAP_PLAIN)
            assert_true(fate.has_text || fate.has_code || fate.has_point);
    }
}

static void torn_households_live_in_two_units(void **state) {
    const noi_city *city = *state;
    size_t n = 0;
    for (uint64_t i = 0; i < city->recipe.households; i++) {
        noi_household h;
        noi_household_make(&h, city, i);
        if (h.fate.trap != NOI_TRAP_TORN)
            continue;
        n++;
        assert_int_equal(noi_address_fate(city, h.address).new_unit, h.fate.new_unit);
        assert_int_not_equal(noi_address_fate(city, h.torn_to).new_unit, h.fate.new_unit);
    }
    assert_true(n > 10);
}

/* The traps of cases say what they are: the head office lies elsewhere than the parcel, an owner's
 * land case has no parcel, an agency's id stands for the ward. */
static void cases_are_what_their_traps_say(void **state) {
    const noi_city *city = *state;
    size_t n[NOI_N_TRAPS] = {0};
    noi_case c = {0};
    for (uint64_t i = 0; i < 20000; i++) {
        noi_case_make(&c, city, i);
        noi_trap trap = c.fate.trap;
        n[trap]++;
        assert_int_equal(c.office.n > 0, trap == NOI_TRAP_CASE_OFFICE);
        assert_int_equal(c.by_agency, trap == NOI_TRAP_CASE_AGENCY);
        if (trap == NOI_TRAP_CASE_OWNER)
            assert_true(c.has_household && !c.has_parcel && c.text.n == 0);
        if (trap != NOI_TRAP_CASE_OFFICE)
            continue;
        noi_parcel parcel;
        noi_parcel_make(&parcel, city, c.parcel);
        assert_int_not_equal(parcel.fate.new_unit, c.fate.new_unit);
    }
    for (int t = 0; t < NOI_TRAP_CASE_DEPARTMENT; t++) /* the later ones are of scenarios alone */
        if (noi_traps[t].kind == NOI_RECORD_CASE && t != NOI_TRAP_REPORT && n[t] == 0)
            fail_msg("no case falls into the trap %s", noi_traps[t].id);
    noi_report_make(&c, city, 7);
    assert_true(c.lon > 100 && c.lon < 110);
    assert_int_equal(c.text.n, 0);
    noi_buf_free(&c.text);
    noi_buf_free(&c.office);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_trap_occurs),
        cmocka_unit_test(an_address_is_the_same_each_time),
        cmocka_unit_test(errors_cover_the_way_to_the_border),
        cmocka_unit_test(asking_is_for_what_nothing_decides),
        cmocka_unit_test(torn_households_live_in_two_units),
        cmocka_unit_test(cases_are_what_their_traps_say),
    };
    return cmocka_run_group_tests(tests, make_city, free_city);
}
