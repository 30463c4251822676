/* Plan: an untampered registry is proved, after one merge, after a second, killed and resumed; each
 * column of verdict, verdict_past, ledger and source that is changed is found; a row removed, two
 * swapped, one sealed anew are named by their key; a hash written down shows a ledger made anew; a
 * second merge displaces only what changed and keeps what was. */
#include "testing.h"

#include "cutover/undo.h"
#include "cutover/verify.h"
#include "registry/verdicts.h"
#include "unit/merge/drawn_registry.h"
#include "unit/scratch.h"

static char clean[160];

static void copy_file(const char *to, const char *from) {
    static char block[1 << 16];
    FILE *in = fopen(from, "r"), *out = fopen(to, "w");
    assert_non_null(in);
    assert_non_null(out);
    for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0;)
        assert_int_equal(fwrite(block, 1, n, out), n);
    fclose(in);
    assert_int_equal(fclose(out), 0);
}

static void merge_again(const char *registry) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    noi_account account;
    drawn_plan(&bytes, &plan, registry);
    assert_int_equal(
        drawn_merge(&account, registry, plan, &(noi_merge_options){.commit_every = 64}), NOI_OK);
    noi_plan_close(plan);
}

/* Two merges, between which people decided two records: so something ended. */
static int make_clean(void **state) {
    make_folder(state);
    snprintf(clean, sizeof clean, "%s/clean.noi", folder);
    drawn_registry(clean, 200);
    merge_again(clean);
    drawn_decide(clean, 1, "A3", "10003");
    drawn_decide(clean, 4, "C1", "10002");
    merge_again(clean);
    return 0;
}

static int remove_clean(void **state) {
    unlink(clean);
    return remove_folder(state);
}

static noi_proof prove(const char *registry, const char *known) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    noi_proof proof;
    assert_int_equal(noi_registry_open(&r, registry, NOI_OPEN_READ), NOI_OK);
    assert_int_equal(noi_verify(&proof, r, known), NOI_OK);
    return proof;
}

/* The registry after somebody changed it with SQLite's shell. */
static noi_proof after(const char *sql) {
    copy_file(path, clean);
    drawn_sql(path, sql);
    noi_proof proof = prove(path, NULL);
    if (proof.n_tampered == 0)
        fail_msg("not found: %s", sql);
    return proof;
}

static void an_untampered_registry_is_proved(void **state) {
    (void)state;
    noi_proof proof = prove(clean, NULL);
    assert_int_equal(proof.n_tampered, 0);
    assert_int_equal(proof.unsealed, 0);
    assert_int_equal(proof.verdicts, drawn_number(clean, "SELECT count(*) FROM verdict"));
    assert_int_equal(proof.past, drawn_number(clean, "SELECT count(*) FROM verdict_past"));
    assert_int_equal(proof.entries, drawn_number(clean, "SELECT count(*) FROM ledger"));
    assert_int_equal(strlen(proof.head), 64);
    assert_int_equal(prove(clean, proof.head).n_tampered, 0);
}

static void a_second_merge_displaces_only_what_changed(void **state) {
    (void)state;
    assert_int_equal(drawn_number(clean, "SELECT count(DISTINCT run_id) FROM verdict"), 2);
    int64_t past = drawn_number(clean, "SELECT count(*) FROM verdict_past");
    assert_true(past >= 2 && past < 20); /* the two, and the records that refer to them */
    assert_int_equal(drawn_number(clean,
                                  "SELECT count(*) FROM verdict v JOIN ledger l ON l.id = v.entry "
                                  "WHERE l.run_id = (SELECT max(run_id) FROM ledger)"),
                     past);
    assert_int_equal(drawn_number(clean, "SELECT count(*) FROM verdict_past p JOIN verdict v USING "
                                         "(kind, record_id) WHERE p.run_id < v.run_id"),
                     past);
}

/* Another value of each column, of the same type, in one row. */
static void change_each_column(const char *table, const char *key, const char *where) {
    char sql[768], names[64][160];
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    size_t n = 0;
    assert_int_equal(sqlite3_open(clean, &db), SQLITE_OK);
    snprintf(sql, sizeof sql, "SELECT name, type FROM pragma_table_info('%s')", table);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    for (; sqlite3_step(q) == SQLITE_ROW; n++) {
        const char *name = (const char *)sqlite3_column_text(q, 0);
        const char *type = (const char *)sqlite3_column_text(q, 1);
        snprintf(names[n], 160, "%s = %s", name,
                 strcmp(type, "TEXT") == 0   ? ""
                 : strcmp(type, "REAL") == 0 ? "1.5"
                                             : "");
        if (strcmp(type, "TEXT") == 0)
            snprintf(names[n], 160,
                     "%s = CASE substr(%s, 1, 1) WHEN 'a' THEN 'b' ELSE 'a' END || ifnull(substr(%s, 2), '')",
                     name, name, name);
        else if (strcmp(type, "INTEGER") == 0)
            snprintf(names[n], 160, "%s = ifnull(%s, 0) + 7000", name, name);
    }
    sqlite3_finalize(q);
    sqlite3_close(db);
    assert_true(n > 5);
    for (size_t i = 0; i < n; i++) {
        snprintf(sql, sizeof sql,
                 "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;"
                 "UPDATE %s SET %s WHERE %s = (SELECT %s FROM %s WHERE %s LIMIT 1 OFFSET 1) AND %s",
                 table, names[i], key, key, table, where, where);
        (void)after(sql);
    }
}

static void each_column_that_is_changed_is_found(void **state) {
    (void)state;
    change_each_column("verdict_row", "record_id", "kind = 1");
    change_each_column("verdict_row_past", "record_id", "kind IN (1, 4)");
    change_each_column("ledger", "id", "operation = 'merge'");
    change_each_column("ledger", "id", "id < 9");
    change_each_column("source", "id", "id < 9");
    (void)after("UPDATE run SET actor = 'nobody' WHERE command = 'merge'");
    (void)after("UPDATE run SET plan_hash = printf('%064d', 1) WHERE command = 'merge'");
}

static void a_changed_verdict_is_named(void **state) {
    (void)state;
    noi_proof p =
        after("UPDATE verdict_row SET new_unit = (SELECT max(new_unit) FROM verdict) "
              "WHERE kind = 1 AND record_id = (SELECT id FROM address WHERE key = 'A10')");
    assert_int_equal(p.n_tampered, 1);
    assert_int_equal(p.tampered[0].what, NOI_TAMPER_VERDICT);
    assert_int_equal(p.tampered[0].kind, 1);
    assert_string_equal(p.tampered[0].key, "A10");
    assert_true(p.tampered[0].entry > 0);
}

static void a_removed_verdict_is_named_by_its_neighbours(void **state) {
    (void)state;
    noi_proof p = after("DELETE FROM verdict_row WHERE kind = 1 AND record_id = "
                        "(SELECT id FROM address WHERE key = 'A10')");
    assert_int_equal(p.n_tampered, 1);
    assert_int_equal(p.tampered[0].what, NOI_TAMPER_VERDICT_ABSENT);
    assert_string_equal(p.tampered[0].before, "A9");
    assert_string_equal(p.tampered[0].key, "A11");
    assert_int_equal(p.tampered[0].found + 1, p.tampered[0].recorded);
    p = after("DELETE FROM verdict_row");
    assert_true(p.n_tampered > 5);
}

static void swapped_verdicts_are_named(void **state) {
    (void)state;
    noi_proof p = after("UPDATE verdict_row SET record_id = -1 WHERE kind = 1 AND record_id = 11;"
                        "UPDATE verdict_row SET record_id = 11 WHERE kind = 1 AND record_id = 13;"
                        "UPDATE verdict_row SET record_id = 13 WHERE kind = 1 AND record_id = -1;");
    assert_int_equal(p.n_tampered, 1);
    assert_string_equal(p.tampered[0].key, "A10");
}

/* Whoever recomputes the seal of the row he changed must recompute those of all rows behind it, and
 * then the digest, and the hashes of all entries. */
static void a_verdict_that_was_sealed_anew_shows_in_the_next(void **state) {
    (void)state;
    copy_file(path, clean);
    noi_registry *r = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    noi_stmt *q = NULL;
    assert_int_equal(noi_prepare(&q, r, "ledger/verdicts"), NOI_OK);
    noi_verdict_row row = {0};
    noi_chain chain = {0};
    bool there = true;
    while (noi_step(q, &there) == NOI_OK && there) {
        noi_verdict_read(&row, q);
        if (row.record_id == 1)
            chain = noi_chain_begin(row.entry);
        if (row.record_id == 3)
            row.warnings ^= 1;
        row.seal = noi_chain_add(&chain, &row);
        if (row.record_id == 3)
            break;
    }
    noi_stmt_close(q);
    noi_registry_close(r);
    char sql[256];
    snprintf(sql, sizeof sql,
             "UPDATE verdict_row SET warnings = %lld, seal = %lld WHERE kind = 1 AND record_id = 3",
             (long long)row.warnings, (long long)row.seal);
    drawn_sql(path, sql);
    noi_proof p = prove(path, NULL);
    assert_int_equal(p.n_tampered, 1);
    assert_int_equal(p.tampered[0].what, NOI_TAMPER_VERDICT);
    assert_string_equal(p.tampered[0].before, "A2");
}

static void absent_entries_are_told(void **state) {
    (void)state;
    noi_proof p = after("DELETE FROM ledger WHERE id = 3");
    assert_int_equal(p.tampered[0].what, NOI_TAMPER_ENTRY_MISSING);
    assert_int_equal(p.tampered[0].recorded, 3);
    (void)after("DELETE FROM ledger WHERE id = (SELECT max(id) FROM ledger)");
    (void)after("DELETE FROM ledger");
    (void)after("UPDATE ledger SET id = 2000000000 WHERE id = (SELECT max(id) FROM ledger)");
    copy_file(path, clean);
    char known[65];
    snprintf(known, sizeof known, "%064d", 5);
    p = prove(path, known);
    assert_int_equal(p.n_tampered, 1);
    assert_int_equal(p.tampered[0].what, NOI_TAMPER_HEAD);
}

static void verdicts_that_nobody_gave_are_told(void **state) {
    (void)state;
    (void)after(
        "INSERT INTO verdict_row SELECT kind, 100000, status, method, reason, new_unit, old_unit, "
        "edge_id, candidates, warnings, border_m, queue, flags, run_id, probabilities, point_unit, "
        "rule_id, 0, 0 FROM verdict WHERE kind = 1 AND record_id = 1");
    (void)after("INSERT INTO verdict_row_past (kind, record_id, ended_by, status, method, reason, "
                "new_unit, old_unit, "
                "edge_id, warnings, flags, run_id, entry, seal) SELECT kind, record_id, 99, "
                "status, method, "
                "reason, new_unit, old_unit, edge_id, warnings, flags, run_id, entry, seal "
                "FROM verdict WHERE kind = 1 AND record_id = 1");
    (void)after("DELETE FROM verdict_row_past");
}

/* What an undo left in its place, marked, and the lists that an undo of a unit goes by. */
static void marks_and_lists_are_proved(void **state) {
    (void)state;
    char kept[300];
    snprintf(kept, sizeof kept, "%s.kept", clean);
    copy_file(kept, clean);
    {
        NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
        noi_undo_result result;
        assert_int_equal(noi_registry_open(&r, clean, NOI_OPEN_WRITE), NOI_OK);
        assert_int_equal(noi_undo(&result, r,
                                  &(noi_undo_options){.scope = NOI_UNDO_OLD_UNIT,
                                                      .name = "10004",
                                                      .reason = "a test"},
                                  NULL, NULL),
                         NOI_OK);
        assert_true(result.taken_back > 3);
    }
    assert_int_equal(prove(clean, NULL).n_tampered, 0);
    (void)after(
        "DELETE FROM verdict_taken WHERE record_id = (SELECT min(record_id) FROM verdict_taken)");
    (void)after("UPDATE verdict_taken SET ended_by = ended_by - 1 WHERE record_id = (SELECT "
                "min(record_id) FROM verdict_taken)");
    (void)after("INSERT INTO verdict_taken SELECT kind, record_id, (SELECT max(id) FROM ledger) "
                "FROM verdict LIMIT 1");
    assert_int_equal(after("DELETE FROM verdict_unit WHERE entry = (SELECT min(entry) FROM "
                           "verdict_unit) AND side = 1")
                         .tampered[0]
                         .what,
                     NOI_TAMPER_LISTS);
    assert_int_equal(after("UPDATE verdict_unit SET unit_id = unit_id + 1 WHERE entry = (SELECT "
                           "max(entry) FROM verdict_unit) AND side = 1")
                         .tampered[0]
                         .what,
                     NOI_TAMPER_LISTS);
    copy_file(clean, kept);
    assert_int_equal(remove(kept), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_and_lists_are_proved),
        cmocka_unit_test(an_untampered_registry_is_proved),
        cmocka_unit_test(a_second_merge_displaces_only_what_changed),
        cmocka_unit_test(each_column_that_is_changed_is_found),
        cmocka_unit_test(a_changed_verdict_is_named),
        cmocka_unit_test(a_removed_verdict_is_named_by_its_neighbours),
        cmocka_unit_test(swapped_verdicts_are_named),
        cmocka_unit_test(a_verdict_that_was_sealed_anew_shows_in_the_next),
        cmocka_unit_test(absent_entries_are_told),
        cmocka_unit_test(verdicts_that_nobody_gave_are_told),
    };
    return cmocka_run_group_tests(tests, make_clean, remove_clean);
}
