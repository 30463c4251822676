/*
 * test_report.c: the report as a whole. Plan: the account on the page is that of the registry, by
 * source and by unit; the same registry gives the same bytes; nothing of a record but its key is
 * shown; a finding with a place has a map; an earlier report is replaced, another folder never; a
 * registry in which nothing happened yet has a report too.
 */
#include "report/report.h"

#include "merge/rules/rules.h"
#include "cutover/tally.h"
#include "unit/merge/rules/fixture.h"

#include <sys/stat.h>

static char *read_text(const char *folder, const char *name) {
    char path[192];
    noi_map *map = NULL;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(noi_map_open(&map, path), NOI_OK);
    char *text = noi_strndup(noi_map_bytes(map).p, noi_map_bytes(map).n);
    noi_map_close(map);
    return text;
}

static void write_report(const char *plant, const char *folder) {
    noi_registry *registry = fixture_open(plant);
    noi_validation validation;
    assert_int_equal(noi_validate(&validation, registry, NULL, 0), NOI_OK);
    if (noi_report_write(registry, folder) != NOI_OK)
        fail_msg("%s", noi_error_message());
    noi_registry_close(registry);
}

static void assert_holds(const char *text, const char *what) {
    if (!strstr(text, what))
        fail_msg("not there: %s", what);
}

static void the_account_adds_up(void **state) {
    (void)state;
    noi_registry *registry = fixture_open("");
    noi_tally *t = NULL;
    assert_int_equal(noi_tally_make(&t, registry), NOI_OK);
    assert_int_equal(t->all.records, 9);
    assert_int_equal(t->all.assigned, 8);
    assert_int_equal(t->all.ambiguous, 1);
    assert_int_equal(t->all.unplaced, 0);
    assert_int_equal(t->units[11].assigned, 3);
    assert_int_equal(t->units[11].waiting, 1);
    assert_int_equal(t->units[12].waiting, 1);
    assert_int_equal(t->units[1].as_old.records, 2);
    assert_int_equal(t->units[1].as_old.ambiguous, 1);
    assert_int_equal(t->method[NOI_BY_WHOLE_EDGE][1], 2);
    noi_tally_free(t);
    noi_registry_close(registry);
}

static void a_record_counts_for_its_own_source(void **state) {
    (void)state;
    noi_registry *registry = fixture_open(
        "INSERT INTO source (id, kind, name, sha256, bytes, encoding, rows_read, rows_stored, "
        "run_id)"
        " VALUES (11, 'addresses', 'more.csv', printf('%064d', 11), 1, 'utf8', 1, 1, 1);"
        "INSERT INTO address (id, source_id, line, key) VALUES (9, 11, 2, 'A9');"
        "INSERT INTO verdict_row (kind, record_id, status, method, reason, run_id) "
        "VALUES (1, 9, 3, 0, 5, 2)");
    noi_tally *t = NULL;
    assert_int_equal(noi_tally_make(&t, registry), NOI_OK);
    assert_int_equal(t->sources[5].count.assigned, 3);
    assert_int_equal(t->sources[5].count.unplaced, 0);
    assert_int_equal(t->sources[10].count.unplaced, 1);
    assert_int_equal(t->sources[9].count.assigned, 2);
    noi_tally_free(t);
    noi_registry_close(registry);
}

static void the_page_tells_account_proof_and_sources(void **state) {
    (void)state;
    char folder[128];
    snprintf(folder, sizeof folder, "%s/report", fixture_folder);
    write_report("", folder);
    char *page = read_text(folder, "index.html");
    assert_holds(page, "<b>9</b><i>records in</i>");
    assert_holds(page, "<b>8</b><i>assigned</i>");
    assert_holds(page, "Proved: each old unit");
    assert_holds(page, "00000000000000000000000000000000000000000000000000000000000000aa");
    assert_holds(page, "<svg class=\"map overview\"");
    assert_null(strstr(page, "http://noi"));
    assert_null(strstr(page, "Lê Lợi")); /* the text of an address */
    assert_null(strstr(page, "synthetic borders<"));
    char *account = read_text(folder, "account.csv");
    assert_holds(account, "addresses.csv,");
    assert_holds(account, ",address,4,0,4,3,1,0\n");
    char *crosswalk = read_text(folder, "crosswalk.csv");
    assert_holds(crosswalk, "10001,10101,part,area+population,1/NQ,1,law,");
    free(page);
    free(account);
    free(crosswalk);
}

static void the_same_registry_gives_the_same_bytes(void **state) {
    (void)state;
    static const char *const files[] = {"index.html", "findings.gpkg", "findings.csv",
                                        "by_unit.csv"};
    char a[128], b[128], command[512];
    snprintf(a, sizeof a, "%s/same1", fixture_folder);
    snprintf(b, sizeof b, "%s/same2", fixture_folder);
    write_report("UPDATE layer_unit SET area_km2 = 2.6 WHERE id = 12", a);
    sleep(1); /* a clock in a file would differ now */
    write_report("UPDATE layer_unit SET area_km2 = 2.6 WHERE id = 12", b);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(command, sizeof command, "cmp %s/%s %s/%s", a, files[i], b, files[i]);
        assert_int_equal(system(command), 0);
    }
}

static void a_finding_with_a_place_has_a_map_and_says_when_borders_are_made_up(void **state) {
    (void)state;
    char folder[128];
    snprintf(folder, sizeof folder, "%s/map", fixture_folder);
    write_report(
        "UPDATE layer SET synthetic = 1; UPDATE layer_unit SET name = 'Xã Lạ' WHERE id = 13",
        folder);
    char *page = read_text(folder, "index.html");
    assert_holds(page, "id=\"L04\"");
    assert_holds(page, "Xã Lạ");
    assert_holds(page, "<figure class=\"place\">");
    assert_holds(page, "synthetic borders</text>");
    assert_holds(page, "Rehearsal: the borders");
    free(page);
    char *findings = read_text(folder, "findings.csv");
    assert_holds(findings, "L04,warning,unit,10103,10103,,Xã Lạ,Xã Tây,106.625000,10.710000\n");
    free(findings);
}

static void an_earlier_report_is_replaced_another_folder_never(void **state) {
    (void)state;
    char folder[128], other[128], file[160];
    struct stat st;
    snprintf(folder, sizeof folder, "%s/again", fixture_folder);
    write_report("", folder);
    write_report("", folder);
    NOI_AUTO_FREE char *part = noi_part_name(folder), *old = noi_format("%s.old", part);
    assert_int_not_equal(stat(part, &st), 0);
    assert_int_not_equal(stat(old, &st), 0);
    snprintf(other, sizeof other, "%s/mine", fixture_folder);
    snprintf(file, sizeof file, "%s/keep.txt", other);
    assert_int_equal(mkdir(other, 0700), 0);
    FILE *keep = fopen(file, "w");
    assert_non_null(keep);
    fclose(keep);
    noi_registry *registry = fixture_open("");
    assert_int_equal(noi_report_write(registry, other), NOI_ERR_CONFLICT);
    assert_int_equal(stat(file, &st), 0);
    noi_registry_close(registry);
}

static void an_empty_registry_has_a_report(void **state) {
    (void)state;
    char path[128], folder[128];
    snprintf(path, sizeof path, "%s/nothing.noi", fixture_folder);
    snprintf(folder, sizeof folder, "%s/nothing", fixture_folder);
    noi_registry *registry = NULL;
    assert_int_equal(noi_registry_create(&registry, path), NOI_OK);
    if (noi_report_write(registry, folder) != NOI_OK)
        fail_msg("%s", noi_error_message());
    char *page = read_text(folder, "index.html");
    assert_holds(page, "No rule found anything.");
    assert_holds(page, "there is no map");
    free(page);
    noi_registry_close(registry);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_account_adds_up),
        cmocka_unit_test(a_record_counts_for_its_own_source),
        cmocka_unit_test(the_page_tells_account_proof_and_sources),
        cmocka_unit_test(the_same_registry_gives_the_same_bytes),
        cmocka_unit_test(a_finding_with_a_place_has_a_map_and_says_when_borders_are_made_up),
        cmocka_unit_test(an_earlier_report_is_replaced_another_folder_never),
        cmocka_unit_test(an_empty_registry_has_a_report),
    };
    return cmocka_run_group_tests(tests, fixture_begin, fixture_end);
}
