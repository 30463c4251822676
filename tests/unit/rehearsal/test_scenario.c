/* Plan: the scenarios of the program can be read and choose 6, 102, 168 and 126 units; provinces choose
 * theirs. Any choice of units, one unit alone among them, makes a city whose records end, lie in units that
 * take part, and refer to records that are there. Without a scenario the city is what it was. */
#include "rehearsal/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static size_t choose(const noi_scenario *s) {
    NOI_AUTO(noi_tables_freep) noi_tables *tables = NULL;
    size_t n = 0;
    assert_int_equal(noi_tables_load_of(&tables, s->world), NOI_OK);
    NOI_AUTO_FREE bool *chosen = noi_alloc_zero(tables->n_new, sizeof *chosen);
    assert_int_equal(noi_scenario_choose(chosen, &n, s, tables), NOI_OK);
    return n;
}

static void the_scenarios_of_the_reform_have_their_units(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t units;
    } want[] = {{"city", 168}, {"hanoi", 126}, {"old-city", 102}, {"six", 6}};
    size_t position = 0;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        NOI_AUTO(noi_scenario_freep) noi_scenario *s = NULL;
        assert_int_equal(noi_scenario_next(&s, &position), NOI_OK);
        assert_string_equal(s->name, want[i].name);
        assert_int_equal(choose(s), want[i].units);
        assert_non_null(s->title_vi);
    }
    noi_scenario *none = NULL;
    assert_int_equal(noi_scenario_next(&none, &position), NOI_OK);
    assert_int_equal(position, 0);
    assert_null(none);
}

static noi_scenario *scenario(const char *units, const char *systems) {
    noi_scenario *s = NULL;
    NOI_AUTO_FREE char *text =
        noi_format("[scenario]\nunits = %s\n[systems]\naddresses = 800\n%s", units, systems);
    assert_int_equal(noi_scenario_read(&s, "t.ini", noi_str_of(text)), NOI_OK);
    return s;
}

static void provinces_choose_what_their_units_became(void **state) {
    (void)state;
    static const struct {
        const char *units;
        size_t n;
    } want[] = {{"79", 102}, {"74", 36}, {"77", 30}, {"74 77", 66}, {"26740", 1}, {"26740 79", 102}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        NOI_AUTO(noi_scenario_freep) noi_scenario *s = scenario(want[i].units, "");
        assert_int_equal(choose(s), want[i].n);
    }
}

static bool takes_part(const noi_city *city, uint32_t new_unit) {
    for (size_t i = 0; i < city->pools[NOI_POOL_NEW].n; i++)
        if (city->pools[NOI_POOL_NEW].items[i] == new_unit)
            return true;
    return false;
}

static void assert_at_home(const noi_city *city, const noi_fate *fate) {
    if (fate->new_unit != NOI_TABLE_NONE && !takes_part(city, fate->new_unit))
        fail_msg("%s lies in %.*s, which takes no part", noi_traps[fate->trap].id,
                 NOI_STR_ARG(city->tables->new_units[fate->new_unit].code));
}

/* Every record of the city; that this ends is the half of what is tested. */
static void make_all(const noi_city *city) {
    noi_address address = {0};
    noi_household household;
    noi_parcel parcel;
    noi_case c = {0};
    for (uint64_t i = 0; i < noi_address_begin(city, NOI_ADDRESS_FILES); i++) {
        noi_address_make(&address, city, i);
        assert_at_home(city, &address.fate);
    }
    for (uint64_t i = 0; i < city->recipe.households; i++) {
        noi_household_make(&household, city, i);
        assert_at_home(city, &household.fate);
    }
    for (uint64_t i = 0; i < city->recipe.parcels; i++) {
        noi_parcel_make(&parcel, city, i);
        assert_at_home(city, &parcel.fate);
    }
    for (uint64_t i = 0; i < city->recipe.cases; i++) {
        noi_case_make(&c, city, i);
        assert_at_home(city, &c.fate);
        assert_true(!c.has_parcel || city->recipe.parcels > 0);
        assert_true(!c.has_household || city->recipe.households > 0);
    }
    for (uint64_t i = 0; i < city->recipe.documents; i++) {
        noi_document_make(&c, city, i);
        assert_at_home(city, &c.fate);
    }
    noi_buf_free(&address.text);
    noi_buf_free(&c.text);
    noi_buf_free(&c.office);
}

static void any_choice_of_units_makes_a_city(void **state) {
    (void)state;
    static const char all[] = "households = 200\nmembers_per_thousand = 2600\nparcels = 60\ncases = 400\n"
                              "reports = 20\ndocuments = 20\naccounts = 5\n"
                              "files = nfd tcvn3 vni cp1258 utf16 vn2000 2024 new\n"
                              "[traps]\nhousehold_torn = 800\ncase_department = 500\n";
    static const struct {
        const char *units, *systems;
    } cities[] = {{"26740", all},       /* one unit alone: the other halves of its split wards lie outside */
                  {"27139", all},       /* one half of a ward, and none of the other */
                  {"26732", all},       /* Côn Đảo: a district without communes */
                  {"25807 26740", all}, /* far apart */
                  {"27265 27286", "cases = 400\n"},
                  {"77", "households = 200\nreports = 20\n"}};
    for (size_t i = 0; i < sizeof cities / sizeof *cities; i++) {
        NOI_AUTO(noi_scenario_freep) noi_scenario *s = scenario(cities[i].units, cities[i].systems);
        NOI_AUTO(noi_city_freep) noi_city *city = NULL;
        noi_status status = noi_city_make_of(&city, s, NOI_CITY_SMALL, 7);
        if (status == NOI_OK)
            make_all(city);
        else /* what cannot be rehearsed alone is told, not made up */
            assert_non_null(strstr(noi_error_message(), "none of the 1 new units is made of a whole unit"));
    }
}

static void hanoi_has_a_place_and_a_street_for_everybody(void **state) {
    (void)state;
    NOI_AUTO(noi_tables_freep) noi_tables *tables = NULL;
    assert_int_equal(noi_tables_load_of(&tables, NOI_WORLD_HANOI), NOI_OK);
    assert_int_equal(tables->n_old, 526);
    assert_int_equal(tables->n_new, 126);
    for (size_t i = 0; i < tables->n_old; i++) {
        assert_in_range((int)(tables->old_units[i].lon * 1000), 105200, 106100);
        assert_in_range((int)(tables->old_units[i].lat * 1000), 20500, 21500);
    }
    for (size_t i = 0; i < tables->n_districts; i++)
        assert_true(tables->districts[i].n_streets > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_scenarios_of_the_reform_have_their_units),
                                       cmocka_unit_test(provinces_choose_what_their_units_became),
                                       cmocka_unit_test(any_choice_of_units_makes_a_city),
                                       cmocka_unit_test(hanoi_has_a_place_and_a_street_for_everybody)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
