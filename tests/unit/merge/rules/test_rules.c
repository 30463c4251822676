/*
 * test_rules.c: the validator. Plan: in a clean registry no rule finds anything; for each rule one
 * case is planted and the rule finds exactly it, with its subject and its values; running again
 * replaces findings instead of adding to them; a rule that is none changes nothing; every rule
 * speaks.
 */
#include "merge/rules/rules.h"

#include "unit/merge/rules/fixture.h"

/* What is planted, and the one finding that must come of it. `found` NULL: not looked at. A bar
 * divides the value that was found from the one that was expected, where that is looked at too. */
typedef struct planted {
    const char *rule, *sql, *key, *found;
} planted;

#define NEW_ADDRESS(verdict)                                                                       \
    "INSERT INTO address (id, source_id, line, key, text, old_code, lon, lat) VALUES "             \
    "(9, 6, 9, 'A9', 'x', '10001', 10.705, 106.615);"                                              \
    "INSERT INTO verdict_row (kind, record_id, status, method, reason, new_unit, old_unit, "           \
    "candidates, warnings, border_m, queue, flags, run_id) VALUES (1, 9, " verdict ", NULL, 0, 2)"
#define AT(lon, lat)   ";UPDATE address SET lon = " #lon ", lat = " #lat " WHERE id = 9;"
#define SAYS(point)    ";UPDATE verdict_row SET point_unit = " #point " WHERE kind = 1 AND record_id = 9;"
#define WEIGHED(likely) ";UPDATE verdict_row SET probabilities = '" likely "' WHERE record_id = 9;"
#define NEW_CASE(key, dates, status, refs)                                                         \
    "INSERT INTO dossier (id, source_id, line, key, received_on, due_on, status, household_key, "  \
    "parcel_key) VALUES (9, 10, 9, '" key "', " dates ", " status ", " refs ");"
#define CASE_VERDICT(status, candidates, queue, flags)                                             \
    "INSERT INTO verdict_row (kind, record_id, status, method, reason, new_unit, old_unit, "           \
    "candidates, warnings, queue, flags, run_id) VALUES (4, 9, " status ", " candidates            \
    ", 0, " queue ", " flags ", 2)"
#define SPLIT_RULE(old, new)                                                                       \
    "INSERT INTO split_rule (origin, state, old_unit, new_unit, street, side, source, support, "   \
    "run_id) VALUES ('learned', 'used', " #old ", " #new ", 'Lê Lợi', 'odd', 'x', 5, 1);"
#define GOOD_CODE  "000.00.01.H29-250603-0009"
#define GOOD_DATES "'2025-06-03', '2025-07-20'"
#define SHAPE(x1, x2, y1, y2)                                                                      \
    "GeomFromText('MULTIPOLYGON(((" #x1 " " #y1 ", " #x2 " " #y1 ", " #x2 " " #y2 ", " #x1 " " #y2 \
    ", " #x1 " " #y1 ")))', 4326)"

/* The border between Nam and Tây lies 100 m too far west; the law lets An go to Tây as well. */
#define WEST_DRAWS(ring)                                                                           \
    "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((" ring ")))', 4326) WHERE id = 13"
#define NAM_DRAWS(ring)                                                                            \
    "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((" ring ")))', 4326) WHERE id = 12"
#define WEST_TAKES_SOME                                                                            \
    "UPDATE layer_unit SET geom = " SHAPE(106.619, 106.63, 10.7, 10.72) " WHERE id = 13;"          \
    "UPDATE layer_unit SET geom = " SHAPE(106.61, 106.619, 10.7, 10.72) " WHERE id = 12;"          \
    "INSERT INTO edge (decree_id, old_unit, new_unit, part, scope, basis, source_id) VALUES "      \
    "(1, 1, 13, 'part', 'area_only', 'law', 3)"

#define VOICE(kind, key, code, who, needs)                                                         \
    "INSERT INTO decision_voice (kind, record_key, new_code, actor, actor_key, decided_on, reason, " \
    "needs, rules) VALUES (" kind ", '" key "', '" code "', '" who "', '" who "', '2025-07-02', "     \
    "'seen', " needs ", 'D5'); "
#define DECISION(kind, key, code)                                                                  \
    "INSERT INTO decision (kind, record_key, new_code, actor, decided_on, reason) VALUES (" kind    \
    ", '" key "', '" code "', 'An', '2025-07-02', 'seen'); "

static const planted CASES[] = {
    {"U01", "DELETE FROM edge WHERE id = 2", "10001", "whole 0, part 1, remainder 0"},
    {"U02", "UPDATE edge SET new_unit = 12 WHERE id = 5", "10103", "0"},
    {"U03", /* Cát is called An too, goes elsewhere, and Đông takes in land of its district */
     "UPDATE unit SET name = 'An' WHERE id = 3; DELETE FROM edge WHERE id = 2;"
     "UPDATE edge SET part = 'whole' WHERE id = 1; UPDATE edge SET new_unit = 11 WHERE id = 5",
     "10101", "Phường An (quận Một), Phường An (quận Hai)"},
    {"U04", "UPDATE unit SET code = '10004' WHERE id = 11", "10004", "Phường Đông"},
    {"U05", "UPDATE unit SET province_code = '80' WHERE id = 13", "10004 10103", "80"},
    {"U06",
     "INSERT INTO edge (decree_id, old_unit, new_unit, part, scope, clause, basis, source_id) "
     "SELECT 1, old_unit, new_unit, part, scope, CASE id WHEN 3 THEN '9' ELSE clause END, 'table', "
     "3 FROM edge",
     "10002 10101", "whole, all, 1"},
    {"U07", "UPDATE clause SET text = replace(text, '03', '4')", "1/NQ", "3"},
    {"U08", "UPDATE unit SET population = NULL WHERE id = 12", "10102", "2.4 km²; ?"},
    {"U09",
     "INSERT INTO unit (code, kind, name, province_code, valid_from, source_id, source_line) "
     "VALUES ('10103', 'phường', 'Tây', '79', '2026-01-01', 2, 9)",
     "10103", "Phường Tây (2026-01-01)"},
    {"U10",
     "INSERT INTO decree_note (decree_id, severity, key, clause, message) VALUES (1, 2, 'wording', "
     "2, 'clause 2 writes x for y')",
     "1/NQ, 2", "clause 2 writes x for y"},
    {"L01", "DELETE FROM layer_unit WHERE id = 13", "10103", NULL},
    {"L02", "INSERT INTO layer_unit (layer_id, line, code, name) VALUES (2, 9, '99999', 'Lạ')",
     "99999", "Lạ"},
    {"L03", "INSERT INTO layer_unit (layer_id, line, code, unit_id) VALUES (2, 9, '10103', 13)",
     "10103", "2"},
    {"L04", "UPDATE layer_unit SET name = 'Xã Tay' WHERE id = 13", "10103", "Xã Tay"},
    {"L05", "UPDATE unit SET area_km2 = 2.2 WHERE id = 12", "10102", "2.420 km² (+10.0 %)"},
    {"L06",
     "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((106.62 10.7, 106.63 10.72, 106.63 "
     "10.7, 106.62 10.72, 106.62 10.7)))', 4326) WHERE id = 13",
     "2025-07-01 10103", NULL},
    {"L07", "UPDATE layer_unit SET geom = " SHAPE(106.619, 106.63, 10.7, 10.72) " WHERE id = 13",
     "2025-07-01 10102 10103", NULL},
    {"L08",
     "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((106.61 10.7, 106.62 10.7, 106.62 "
     "10.705, 106.619 10.71, 106.62 10.715, 106.62 10.72, 106.61 10.72, 106.61 10.7)))', 4326) "
     "WHERE id = 12",
     NULL, NULL},
    {"L09", WEST_TAKES_SOME, "10003 10103", NULL},
    {"L10",
     "INSERT INTO edge (decree_id, old_unit, new_unit, part, scope, basis, source_id) VALUES "
     "(1, 1, 13, 'part', 'area_only', 'law', 3)",
     "10001 10103", "0.00 %"},
    {"L11", "UPDATE layer_unit SET geom = NULL WHERE id = 13", "10103", "Xã Tây"},
    {"L12",
     WEST_DRAWS("106.619997 10.7, 106.62 10.7, 106.63 10.7, 106.63 10.72, 106.62 10.72, "
                "106.619997 10.72, 106.619997 10.7") ";" NAM_DRAWS(
         "106.61 10.7, 106.619997 10.7, 106.62 10.7, 106.62 10.72, 106.619997 10.72, 106.61 10.72, "
         "106.61 10.7"),
     "2025-07-01 10102 10103", NULL},
    {"L13",
     WEST_DRAWS("106.620003 10.7, 106.63 10.7, 106.63 10.72, 106.62 10.72, 106.62 10.705, "
                "106.620003 10.7") ";" NAM_DRAWS(
         "106.61 10.7, 106.62 10.7, 106.62 10.705, 106.62 10.72, 106.61 10.72, 106.61 10.7"),
     "2025-07-01 10102 10103", NULL},
    {"L14",
     WEST_DRAWS("106.62 10.7, 106.63 10.7, 106.63 10.72, 106.62 10.72, 106.62 10.7), (106.625 "
                "10.705, 106.625 10.706, 106.626 10.706, 106.626 10.705, 106.625 10.705") ";"
     "INSERT INTO layer_unit (layer_id, line, code, name, geom) VALUES (2, 9, '99999', 'Lạ', " SHAPE(
         106.625, 106.626, 10.705, 10.706) ")",
     "2025-07-01 99999 10103", NULL},
    {"L15",
     "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((106.62 10.7, 106.63 10.7, 106.63 "
     "10.7, 106.63 10.72, 106.62 10.72, 106.62 10.7)))', 4326) WHERE id = 13",
     "2025-07-01 10103", NULL},
    {"L16",
     WEST_DRAWS("106.62 10.7, 106.63 10.7, 106.63 10.70000005, 106.63 10.72, 106.62 10.72, 106.62 "
                "10.7"),
     "2025-07-01 10103", NULL},
    {"L17",
     WEST_DRAWS("106.62 10.7, 106.63 10.7, 106.63 10.71, 106.7 10.71, 106.63 10.71001, 106.63 "
                "10.72, 106.62 10.72, 106.62 10.7"),
     "2025-07-01 10103", NULL},
    {"L18",
     "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((106.62 10.7, 106.63 10.7, 106.63 "
     "10.72, 106.62 10.72, 106.62 10.713, 106.62 10.7)))', 4326) WHERE id = 13",
     "2025-07-01 10102 10103", NULL},
    {"L19",
     "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((106.62 10.7, 106.63 10.7, 106.63 "
     "10.72, 106.62 10.72, 106.62 10.7)), ((106.65 10.7, 106.651 10.7, 106.651 10.701, 106.65 "
     "10.7)))', 4326) WHERE id = 4",
     "2025-07-01 10103", "0 m²"},
    {"L20", "UPDATE layer_unit SET kind = 'phường' WHERE id = 13", "10103", "phường"},
    {"L21",
     "INSERT INTO layer_unit (layer_id, line, code, name) VALUES (2, 9, '10003', 'Phường Cát')",
     "10003", "10003 Phường Cát ≤ 2025-06-30"},
    {"L23", "UPDATE unit SET area_km2 = 2.5 WHERE id > 10", "2025-07-01 79",
     "7.260 km² (-3.2 %)"},
    {"L24", WEST_TAKES_SOME, "10003 10102", NULL},
    {"A01", NEW_ADDRESS("1, 2, 0, 11, 2, NULL, 1, 5") AT(106.625, 10.705) SAYS(13), "A9",
     "106.625000, 10.705000; 10103 Xã Tây; 1732 m|10002 Phường Bình"},
    {"A02", NEW_ADDRESS("1, 2, 0, 11, 2, NULL, 4, NULL") SAYS(12), "A9", 
     "10.705000, 106.615000|106.615000, 10.705000; 10102 Phường Nam"},
    {"A03", NEW_ADDRESS("1, 2, 0, 11, 2, NULL, 8, NULL") SAYS(12), "A9",
     "10.705000, 106.615000|10102 Phường Nam"},
    {"A04", NEW_ADDRESS("1, 2, 0, 11, 2, NULL, 2, NULL"), "A9", "10001"},
    {"A05", NEW_ADDRESS("1, 2, 0, 11, 2, NULL, 32, NULL"), "A9", "10001"},
    {"A06", NEW_ADDRESS("3, 0, 6, NULL, NULL, NULL, 0, NULL"), "A9", "10001"},
    {"A07", NEW_ADDRESS("3, 0, 8, NULL, NULL, NULL, 8192, 120") AT(106.631, 10.705) SAYS(13), "A9",
     "106.631000, 10.705000|10103 Xã Tây; 120 m"},
    {"A08", NEW_ADDRESS("2, 0, 3, NULL, 1, '10101 10102', 0, 3.5") WEIGHED("48 51"), "A9",
     "3.5 m|10101 10102; 48 51 %"},
    {"A09",
     "INSERT INTO address (id, source_id, line, key, text, old_code) VALUES (9, 6, 9, 'A9', '1 Lê "
     "Lợi, P. Bình, Quận Một', '10002'), (10, 6, 10, 'A10', '1 Lê Lợi, P. Bình, Quận Một', '1')",
     "A9", NULL},
    {"A10", NEW_ADDRESS("2, 0, 2, NULL, NULL, '10101 10102', 128, NULL"), "A9", "10101 10102"},
    {"A11", NEW_ADDRESS("1, 2, 0, 11, 2, NULL, 256, NULL"), "A9", "10101 Phường Đông"},
    {"A12", /* the point lies in Nam, clear of the border; the rule says Đông */
     SPLIT_RULE(1, 11) "UPDATE verdict_row SET warnings = 524288, rule_id = 1 WHERE kind = 1 AND "
                       "record_id = 2",
     "10001 10101", "rule 1 Lê Lợi odd: 1 / 0"},
    {"A13", SPLIT_RULE(2, 13), "10002 10103", "rule 1"},
    {"H01", "UPDATE member SET address_key = 'A4' WHERE key = 'M2'", "H1", "10102"},
    {"H02", "INSERT INTO household (id, source_id, line, key) VALUES (9, 7, 9, 'H9')", "H9", NULL},
    {"H03", "UPDATE verdict_row SET new_unit = 11 WHERE kind = 2 AND record_id = 2", "H2", NULL},
    {"H04", "UPDATE member SET is_head = 1 WHERE key = 'M2'", "H1", "2"},
    {"C01",
     NEW_CASE(GOOD_CODE, GOOD_DATES, "4", "NULL, NULL")
         CASE_VERDICT("2, 0, 11, NULL, NULL", "'10101 10102'", "'CITY_DECIDES'", "0"),
     GOOD_CODE, "10101 10102"},
    {"C02",
     NEW_CASE(GOOD_CODE, GOOD_DATES, "4", "NULL, NULL")
         CASE_VERDICT("3, 0, 5, NULL, NULL", "NULL", "'LOCATE'", "0"),
     GOOD_CODE, NULL},
    {"C03",
     NEW_CASE(GOOD_CODE, "'2025-06-03', '2025-06-20'", "4", "NULL, NULL")
         CASE_VERDICT("1, 2, 0, 11, 2", "NULL", "NULL", "1"),
     GOOD_CODE, "2025-06-20"},
    {"C04", NEW_CASE(GOOD_CODE, "'2025-06-03', '2025-06-02'", "4", "NULL, NULL"), GOOD_CODE,
     "2025-06-02"},
    {"C05", NEW_CASE(GOOD_CODE, "NULL, NULL", "4", "NULL, NULL"), GOOD_CODE, "4; ?"},
    {"C06", NEW_CASE("000.00.01.H29-250613-0009", GOOD_DATES, "4", "NULL, NULL"),
     "000.00.01.H29-250613-0009", NULL},
    {"C07", NEW_CASE(GOOD_CODE, GOOD_DATES, "4", "'H77', NULL"), GOOD_CODE, "household H77"},
    {"C08",
     "INSERT INTO procedure_row (code, basis, source_id, source_line) VALUES ('1.000001', 'x', 10, "
     "2); UPDATE dossier SET procedure_code = CASE id WHEN 1 THEN '1.000002.000.00.00.H29' ELSE "
     "'1.000001.000.00.00.H29' END",
     "1.000002.000.00.00.H29", "1"},
    {"C09",
     "INSERT INTO dossier_alias (alias, dossier_key, source_id, source_line) SELECT 'SBN-1', key, "
     "10, 2 FROM dossier; INSERT INTO dossier_alias (alias, dossier_key, source_id, source_line) "
     "VALUES ('SBN-2', 'nobody', 10, 3)",
     "SBN-2", "nobody"},
    {"C10",
     "INSERT INTO office (old_id, source_id, source_line) VALUES ('H29.1', 10, 2); UPDATE dossier "
     "SET handling_unit = CASE id WHEN 1 THEN 'H29.2' ELSE 'H29.1' END",
     "H29.2", "1"},
    {"D01", VOICE("1", "A1", "10101", "an", "1") VOICE("1", "A1", "10102", "binh", "1"), "A1",
     "10101 10102"},
    {"D02", DECISION("1", "A1", "10103") "UPDATE verdict_row SET method = 1, warnings = 65536 WHERE kind = 1 "
                                         "AND record_id = 1",
     "A1", "10103"},
    {"D03", DECISION("1", "A77", "10101"), "A77", "10101"},
    {"D04", VOICE("1", "A1", "10101", "an", "2"), "A1", "10101|D5"},
    {"D05",
     DECISION("1", "A1", "10101") "INSERT INTO address_past (id, source_id, line, key, text, ended_by) "
                                  "SELECT id, source_id, line, key, 'nơi khác', 5 FROM address WHERE key = 'A1'; "
                                  "UPDATE address SET changed_at = '2025-07-05' WHERE key = 'A1'; UPDATE source "
                                  "SET rows_read = rows_read + 1, rows_stored = rows_stored + 1 WHERE id = 6",
     "A1", "2025-07-05|2025-07-02"},
    {"R01", "DELETE FROM verdict_row WHERE kind = 1 AND record_id = 4", "A4", NULL},
    {"R02", "DELETE FROM member WHERE id = 3", "members.csv", "2"},
    {"R03",
     "INSERT INTO reject VALUES (6, 7, 'lon', 'not_a_number'), (6, 8, 'lon', 'not_a_number')",
     "addresses.csv", "2 × not_a_number (lon)"},
    {"R04", NEW_ADDRESS("1, 6, 0, 4, NULL, NULL, 0, NULL"), "A9", "10004"},
    {"R05", NEW_ADDRESS("1, 4, 0, 13, 1, NULL, 0, 99"), "A9", "10103"},
    {"R06",
     "INSERT INTO catch_up VALUES (6, 1, 1, NULL, 1, 0, 1, 0, 0, 0, 0, NULL, NULL); INSERT INTO catch_up_row "
     "VALUES (6, 2, 1, 4, 2, '2025-06-29')",
     "A4", "2025-06-29"},
};
#define N_CASES (sizeof CASES / sizeof *CASES)

static void assert_values(const planted *p, noi_str found, noi_str expected) {
    const char *bar = strchr(p->found, '|');
    noi_str wanted = {p->found, bar ? (size_t)(bar - p->found) : strlen(p->found)};
    if (!noi_str_eq(found, wanted))
        fail_msg("%s: found %.*s", p->rule, NOI_STR_ARG(found));
    if (bar && !noi_str_is(expected, bar + 1))
        fail_msg("%s: expected %.*s", p->rule, NOI_STR_ARG(expected));
}

static void the_rule_finds_exactly_what_was_planted(void **state) {
    const planted *p = *state;
    noi_registry *registry = fixture_open(p->sql);
    noi_validation validation;
    noi_status status = noi_validate(&validation, registry, &p->rule, 1);
    if (status != NOI_OK)
        fail_msg("%s: %s", p->rule, noi_error_message());
    assert_int_equal(validation.n, 1);
    assert_int_equal(validation.findings[0], 1);
    noi_stmt *stmt = NULL;
    bool row = false;
    assert_int_equal(noi_prepare(&stmt, registry, "report/findings"), NOI_OK);
    assert_int_equal(noi_step(stmt, &row), NOI_OK);
    assert_true(row);
    assert_true(noi_str_is(noi_column_text(stmt, 0), p->rule));
    if (p->key && !noi_str_is(noi_column_text(stmt, 3), p->key))
        fail_msg("%s: subject %.*s", p->rule, NOI_STR_ARG(noi_column_text(stmt, 3)));
    if (p->found)
        assert_values(p, noi_column_text(stmt, 6), noi_column_text(stmt, 7));
    noi_stmt_close(stmt);
    noi_registry_close(registry);
}

static void a_clean_registry_has_no_findings(void **state) {
    (void)state;
    noi_registry *registry = fixture_open("");
    noi_validation validation;
    if (noi_validate(&validation, registry, NULL, 0) != NOI_OK)
        fail_msg("%s", noi_error_message());
    assert_true(validation.n >= N_CASES);
    for (size_t i = 0; i < validation.n; i++)
        if (validation.findings[i])
            fail_msg("%s finds something", validation.rule[i]->id);
    assert_int_equal(validation.to_act_on, 0);
    noi_registry_close(registry);
}

static int64_t findings_of(noi_registry *registry, const char *rule) {
    noi_validation validation;
    if (noi_validate(&validation, registry, &rule, 1) != NOI_OK)
        fail_msg("%s: %s", rule, noi_error_message());
    return validation.findings[0];
}

/* The newest layer is held against its units; one of which no code is known, as such. */
static void without_a_reform_the_newest_layer_is_examined(void **state) {
    (void)state;
    noi_registry *registry =
        fixture_open("DELETE FROM verdict_row; DELETE FROM edge; UPDATE layer_unit SET name = 'Lạ', geom "
                     "= " SHAPE(106.619, 106.63, 10.7, 10.72) " WHERE id = 13");
    assert_int_equal(findings_of(registry, "L04"), 1);
    assert_int_equal(findings_of(registry, "L07"), 1);
    assert_int_equal(findings_of(registry, "L09"), 0);
    noi_registry_close(registry);
    registry = fixture_open("DELETE FROM verdict_row; DELETE FROM edge; UPDATE layer_unit SET geom = " SHAPE(
        106.619, 106.63, 10.7, 10.72) " WHERE id = 13; UPDATE layer_unit SET unit_id = NULL, code = "
                                      "code + 50000");
    assert_int_equal(findings_of(registry, "L02"), 0);
    assert_int_equal(findings_of(registry, "L07"), 1);
    noi_registry_close(registry);
}

static void made_up_borders_and_real_ones_are_not_held_against_each_other(void **state) {
    (void)state;
    noi_registry *registry = fixture_open(WEST_TAKES_SOME ";UPDATE layer SET synthetic = 1");
    assert_int_equal(findings_of(registry, "L09"), 1);
    noi_registry_close(registry);
    registry = fixture_open(WEST_TAKES_SOME ";UPDATE layer SET synthetic = 1 WHERE id = 1");
    assert_int_equal(findings_of(registry, "L09"), 0);
    noi_registry_close(registry);
}

static void findings_are_replaced_not_added(void **state) {
    (void)state;
    noi_registry *registry = fixture_open("DELETE FROM edge WHERE id = 2");
    const char *rule = "u01"; /* case does not count */
    noi_validation validation;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(noi_validate(&validation, registry, &rule, 1), NOI_OK);
        assert_int_equal(validation.findings[0], 1);
        assert_int_equal(validation.to_act_on, 1);
    }
    noi_registry_close(registry);
}

static void an_unknown_rule_is_refused(void **state) {
    (void)state;
    noi_registry *registry = fixture_open("");
    const char *rules[] = {"U01", "Z99"};
    noi_validation validation;
    assert_int_equal(noi_validate(&validation, registry, rules, 2), NOI_ERR_USAGE);
    assert_non_null(strstr(noi_error_message(), "Z99"));
    noi_registry_close(registry);
}

static void an_empty_registry_is_no_error(void **state) {
    (void)state;
    char path[96];
    snprintf(path, sizeof path, "%s/empty.noi", fixture_folder);
    noi_registry *registry = NULL;
    assert_int_equal(noi_registry_create(&registry, path), NOI_OK);
    noi_validation validation;
    if (noi_validate(&validation, registry, NULL, 0) != NOI_OK)
        fail_msg("%s", noi_error_message());
    assert_int_equal(validation.to_act_on, 0);
    noi_registry_close(registry);
}

/* What a stored layer cannot hold: the populations and the system that its file states. */
static bool is_planted_elsewhere(const char *id) {
    static const char *const others[] = {"L22", "L25", "L26", "L27", "L28"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(id, others[i]) == 0)
            return true;
    return false;
}

static void every_rule_speaks_and_has_a_planted_case(void **state) {
    (void)state;
    size_t n, at = 0;
    const noi_rule *const *rules = noi_rules(&n);
    for (size_t i = 0; i < n; i++) {
        if (!is_planted_elsewhere(rules[i]->id))
            assert_string_equal(rules[i]->id, at < N_CASES ? CASES[at++].rule : "");
        assert_true(strlen(rules[i]->title) > 8 && strlen(rules[i]->explanation) > 60);
        assert_true(strlen(rules[i]->action) > 20);
        assert_true(rules[i]->query || rules[i]->find);
        assert_true(noi_rule_family(rules[i]->id[0])[0] != '\0');
    }
    assert_int_equal(at, N_CASES);
}

int main(void) {
    static struct CMUnitTest tests[N_CASES + 7];
    static char names[N_CASES][64];
    for (size_t i = 0; i < N_CASES; i++) {
        snprintf(names[i], sizeof names[i], "%s_finds_exactly_what_was_planted", CASES[i].rule);
        tests[i] = (struct CMUnitTest){names[i], the_rule_finds_exactly_what_was_planted, NULL,
                                       NULL, (void *)(uintptr_t)&CASES[i]};
    }
    const struct CMUnitTest others[] = {
        cmocka_unit_test(a_clean_registry_has_no_findings),
        cmocka_unit_test(without_a_reform_the_newest_layer_is_examined),
        cmocka_unit_test(made_up_borders_and_real_ones_are_not_held_against_each_other),
        cmocka_unit_test(findings_are_replaced_not_added),
        cmocka_unit_test(an_unknown_rule_is_refused),
        cmocka_unit_test(an_empty_registry_is_no_error),
        cmocka_unit_test(every_rule_speaks_and_has_a_planted_case),
    };
    memcpy(tests + N_CASES, others, sizeof others);
    return cmocka_run_group_tests(tests, fixture_begin, fixture_end);
}
