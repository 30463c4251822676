/*
 * test_law.c: what the registry knows for a layer. Plan: the day is found by codes and names together,
 * also when the codes are those of another day, when names bear no marks and when there are none;
 * a layer that fits no day is refused; the reform's edges, with the text before the table; the
 * stored layers of the other side and of the same units; a neighbour's units are strangers.
 */
#include "unit/boundary/drawn_reform.h"

#include "boundary/match.h"

/* As in life: the new units bear codes of old ones. */
#define CODES_OF_OLD                                                                               \
    "UPDATE unit SET code = '1000' || (id - 10) WHERE id > 10;"                                    \
    "UPDATE layer_unit SET code = '1000' || (id - 10) WHERE id > 10;"
#define REFORM "2025-07-01"
#define EVE    "2025-06-30"

static void assert_day(noi_day day, const char *want) {
    char text[12];
    assert_string_equal(noi_day_format(text, day), want);
}

static void assert_day_of(const char *plant, int64_t layer, const char *want) {
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, plant, layer);
    assert_day(e.law->day, want);
    assert_int_equal(e.law->layer_is_new, strcmp(want, REFORM) == 0);
}

static void the_day_is_found_by_codes_and_names(void **state) {
    (void)state;
    assert_day_of("", NEW_LAYER, REFORM);
    assert_day_of("", OLD_LAYER, EVE);
    assert_day_of(CODES_OF_OLD, NEW_LAYER, REFORM);
    assert_day_of(CODES_OF_OLD, OLD_LAYER, EVE);
    assert_day_of(CODES_OF_OLD "UPDATE layer_unit SET name = 'Phuong Dong' WHERE id = 11;"
                               "UPDATE layer_unit SET name = 'NAM' WHERE id = 12;"
                               "UPDATE layer_unit SET name = 'Tay' WHERE id = 13",
                  NEW_LAYER, REFORM);
}

/* Three codes without names are units of both days; four are only of the old one. */
static void of_equal_days_the_newest_side_of_a_reform_is_taken(void **state) {
    (void)state;
    assert_day_of(CODES_OF_OLD "UPDATE layer_unit SET name = NULL", NEW_LAYER, REFORM);
    assert_day_of(CODES_OF_OLD "UPDATE layer_unit SET name = NULL", OLD_LAYER, EVE);
    /* A later day on which another province changes is as good, but no side of the reform. */
    assert_day_of("INSERT INTO unit (code, kind, name, province_code, valid_from, source_id, "
                  "source_line) VALUES ('20001', 'xã', 'Xa', '80', '2026-01-01', 2, 9)",
                  NEW_LAYER, REFORM);
}

static void a_day_that_is_named_holds(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, CODES_OF_OLD, NEW_LAYER);
    noi_boundary_law *law = NULL;
    must(noi_boundary_law_load(&law, e.registry, e.layer, noi_day_parse(NOI_STR("2025-06-01"))));
    assert_day(law->day, "2025-06-01");
    assert_int_equal(law->units->n, 4);
    assert_false(law->layer_is_new);
    assert_int_equal(law->other->n, 3); /* the eve's units are in force on that day as well */
    noi_boundary_law_free(law);
}

static void a_layer_that_fits_no_day_is_refused(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, "", NEW_LAYER);
    noi_boundary_law *law = NULL;
    noi_day eve = noi_day_parse(NOI_STR(EVE));
    assert_int_equal(noi_boundary_law_load(&law, e.registry, e.layer, eve), NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_message(), EVE));
    for (uint32_t i = 0; i < e.layer->coverage->n_units; i++)
        e.layer->coverage->unit_code[i] = noi_code_parse("99999", 5) - i;
    assert_int_equal(noi_boundary_law_load(&law, e.registry, e.layer, NOI_DAY_NONE),
                     NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_hint(), "noi import"));
    assert_null(law);
}

static void edges_stand_by_position_and_the_text_comes_before_the_table(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e,
         "INSERT INTO edge (decree_id, old_unit, new_unit, part, scope, clause, basis, source_id) "
         "SELECT 1, old_unit, new_unit, part, scope, '99', 'table', 3 FROM edge",
         NEW_LAYER);
    const noi_boundary_law *law = e.law;
    assert_int_equal(law->n_edges, 5);
    static const int64_t want[][2] = {{1, 11}, {1, 12}, {2, 11}, {3, 12}, {4, 13}};
    for (size_t i = 0; i < law->n_edges; i++) {
        assert_int_equal(law->other->items[law->law_edges[i].old_unit].id, want[i][0]);
        assert_int_equal(law->units->items[law->law_edges[i].new_unit].id, want[i][1]);
        assert_string_not_equal(law->law_edges[i].clause, "99");
    }
    NOI_AUTO(examined_clear) examined table = {0};
    load(&table, "UPDATE edge SET basis = 'table'", NEW_LAYER);
    assert_int_equal(table.law->n_edges, 5);
}

static void the_layer_of_the_other_side_is_found(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, "UPDATE layer SET synthetic = 1 WHERE id = 1", NEW_LAYER);
    assert_string_equal(e.law->other_name, "old");
    assert_true(e.law->other_synthetic);
    assert_int_equal(e.law->other_coverage->n_units, 4);
    assert_int_equal(e.law->other_unit_ids[3], 4);
    NOI_AUTO(examined_clear) examined alone = {0};
    load(&alone, "DELETE FROM layer_unit WHERE layer_id = 1; DELETE FROM layer WHERE id = 1",
         NEW_LAYER);
    assert_null(alone.law->other_coverage);
    assert_int_equal(alone.law->n_edges, 5);
}

static void an_earlier_issue_of_the_layer_is_found(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, "", NEW_LAYER);
    assert_null(e.law->same_coverage);
    NOI_AUTO(noi_boundary_law_freep) noi_boundary_law *law = NULL;
    must(noi_boundary_law_load(&law, e.registry, e.layer, NOI_DAY_NONE));
    assert_string_equal(law->same_name, "new");
    assert_int_equal(law->same_coverage->n_units, 3);
    assert_int_equal(law->same_unit_ids[2], 13);
}

/* An island that only the earlier issue of the layer draws. */
static void an_island_of_an_earlier_issue_is_missed(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, "", NEW_LAYER);
    fixture_sql(noi_registry_path(e.registry),
                "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((106.62 10.7, 106.63 "
                "10.7, 106.63 10.72, 106.62 10.72, 106.62 10.7)), ((106.65 10.7, 106.651 10.7, "
                "106.651 10.701, 106.65 10.7)))', 4326) WHERE id = 13");
    NOI_AUTO(noi_boundary_law_freep) noi_boundary_law *law = NULL;
    must(noi_boundary_law_load(&law, e.registry, e.layer, NOI_DAY_NONE));
    must(noi_boundary_examine(&e.findings, e.layer, law, NULL));
    assert_int_equal(e.findings->n, 1);
    assert_string_equal(e.findings->items[0].rule, "L19");
    assert_string_equal(e.findings->items[0].subject, "10103");
    assert_int_equal(e.findings->items[0].other_unit_id, 0);
}

static void units_of_a_neighbour_are_strangers(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e,
         "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) "
         "INSERT INTO unit (id, code, kind, name, province_code, valid_from, source_id, "
         "source_line) SELECT 100 + i, 20000 + i, 'xã', 'Làng ' || i, CASE WHEN i <= 10 THEN '79' "
         "ELSE '80' END, '2025-07-01', 2, 9 + i FROM n;"
         "INSERT INTO layer_unit (layer_id, line, code, name) SELECT 2, id, code, name FROM unit "
         "WHERE code BETWEEN '20001' AND '20011'",
         NEW_LAYER);
    assert_int_equal(e.law->units->n, 13);
    examine(&e, NULL);
    const noi_layer_finding *f = finding_of(e.findings, "L02");
    assert_string_equal(f->subject, "20011");
    assert_string_equal(f->key, "other_province");
}

/* ---- names ---- */

static bool agree(const char *drawn, const char *kind, const char *name, bool bare) {
    const noi_unit_row unit = {.kind = kind, .name = name};
    return names_agree(drawn, &unit, bare);
}

static void names_are_compared_as_people_write_them(void **state) {
    (void)state;
    assert_true(agree("Sài Gòn", "phường", "Sài Gòn", false));
    assert_true(agree("PHƯỜNG SÀI GÒN", "phường", "Sài Gòn", false));
    assert_true(agree("P.Sài Gòn", "phường", "Sài Gòn", false));
    assert_true(agree("Phường 01", "phường", "1", false));
    assert_true(agree("TT. Nhà Bè", "thị trấn", "Nhà Bè", false));
    assert_true(agree("Thị trấn Nhà Bè", "thị trấn", "Nhà Bè", false));
    assert_true(agree("Xã Hòa Hội", "phường", "Hoà Hội", false)); /* the kind is compared apart */
    assert_true(agree("Phường Đúc", "phường", "Phường Đúc", false)); /* a ward of Huế */
    assert_false(agree("Sai Gon", "phường", "Sài Gòn", false));
    assert_true(agree("Sai Gon", "phường", "Sài Gòn", true));
    assert_false(agree("Thanh An", "xã", "Thạnh An", false));
    assert_false(agree("Phường 1", "phường", "11", false));
    assert_false(agree("Phường", "phường", "1", false));
    assert_false(agree("", "phường", "1", false));
}

static const char *kind_in(const char *kind, const char *name) {
    const noi_layer_feature feature = {.kind = kind, .name = name};
    return stated_kind(&feature);
}

static void kinds_are_read_from_their_field_or_from_the_name(void **state) {
    (void)state;
    assert_string_equal(kind_in("Phường", "x"), "phường");
    assert_string_equal(kind_in("THI TRAN", ""), "thị trấn");
    assert_string_equal(kind_in("P", ""), "phường");
    assert_string_equal(kind_in("", "Đặc khu Côn Đảo"), "đặc khu");
    assert_string_equal(kind_in("", "Côn Đảo"), "");
    assert_string_equal(kind_in("", "X 5"), "");
    assert_string_equal(kind_in("Gemeinde", "Xã Tây"), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_day_is_found_by_codes_and_names),
        cmocka_unit_test(of_equal_days_the_newest_side_of_a_reform_is_taken),
        cmocka_unit_test(a_day_that_is_named_holds),
        cmocka_unit_test(a_layer_that_fits_no_day_is_refused),
        cmocka_unit_test(edges_stand_by_position_and_the_text_comes_before_the_table),
        cmocka_unit_test(the_layer_of_the_other_side_is_found),
        cmocka_unit_test(an_earlier_issue_of_the_layer_is_found),
        cmocka_unit_test(an_island_of_an_earlier_issue_is_missed),
        cmocka_unit_test(units_of_a_neighbour_are_strangers),
        cmocka_unit_test(names_are_compared_as_people_write_them),
        cmocka_unit_test(kinds_are_read_from_their_field_or_from_the_name),
    };
    return cmocka_run_group_tests(tests, fixture_begin, fixture_end);
}
