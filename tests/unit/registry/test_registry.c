/* Plan: a registry is made whole or not at all; what is none, newer or held is refused with the
 * right status; readers cannot write; each transaction is all or nothing, also when any of its
 * writes fails; every query in the program prepares; migrations bring an older file up to date. */
#include "testing.h"

#include "base/embed.h"
#include "base/file.h"
#include "registry/registry.h"
#include "registry/store.h"

#include <fcntl.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], path[128];

static int make_folder(void **state) {
    (void)state;
    strcpy(folder, "/tmp/noi-registry-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/r.noi", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    char other[160];
    unlink(path);
    snprintf(other, sizeof other, "%s-journal", path);
    unlink(other);
    return rmdir(folder);
}

static noi_registry *make(void) {
    noi_registry *r = NULL;
    assert_int_equal(noi_registry_create(&r, path), NOI_OK);
    return r;
}

static void write_file(const char *bytes, size_t n) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

/* Plain SQL from outside, as another program would. */
static void outside(const char *sql) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static int64_t count(const char *sql) {
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return n;
}

static void new_registry_is_private_and_whole(void **state) {
    (void)state;
    noi_registry *r = make();
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_string_equal(noi_registry_path(r), path);
    noi_registry_close(r);
    assert_int_equal(count("SELECT count(*) FROM geometry_columns"), 2);
    assert_int_equal(count("SELECT count(*) FROM record_kind"), 4);
}

static void existing_file_is_never_overwritten(void **state) {
    (void)state;
    write_file("precious", 8);
    noi_registry *r = NULL;
    assert_int_equal(noi_registry_create(&r, path), NOI_ERR_CONFLICT);
    assert_null(r);
    assert_non_null(strstr(noi_error_message(), "exists already"));
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    assert_int_equal(noi_map_open(&map, path), NOI_OK);
    assert_true(noi_str_is(noi_map_bytes(map), "precious"));
}

static void what_is_no_registry_is_refused(void **state) {
    (void)state;
    noi_registry *r = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_ERR_IO);
    assert_non_null(strstr(noi_error_hint(), "noi init"));
    assert_int_equal(noi_registry_open(&r, folder, NOI_OPEN_WRITE), NOI_ERR_IO);
    write_file("id,text\n1,a\n", 12);
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_WRITE), NOI_ERR_INPUT);
    write_file("", 0);
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_WRITE), NOI_ERR_INPUT);
    unlink(path);
    outside("CREATE TABLE t (a)");
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_WRITE), NOI_ERR_INPUT);
    assert_null(r);
}

static void newer_registry_is_refused(void **state) {
    (void)state;
    noi_registry_close(make());
    outside("PRAGMA user_version = 9999");
    noi_registry *r = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_ERR_CONFLICT);
    assert_non_null(strstr(noi_error_message(), "9999"));
}

/* A registry of schema 1 is one without the views. */
static void older_registry_is_brought_up_to_date(void **state) {
    (void)state;
    noi_registry_close(make());
    int64_t newest = count("PRAGMA user_version");
    assert_true(newest >= 2);
    int64_t n_views = count("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%_named'");
    outside("DROP VIEW border; DELETE FROM views_geometry_columns; DROP VIEW unit_named;"
            "DROP VIEW edge_named; DROP VIEW edge_disagreement; DROP VIEW source_account;"
            "DROP VIEW address_verdict; DROP VIEW household_verdict; DROP VIEW parcel_verdict;"
            "DROP VIEW case_verdict; DROP VIEW verdict_named; PRAGMA user_version = 1;"
            "INSERT INTO run VALUES (5, 'test', '0', NULL, 'me', '', '', 'done', NULL, NULL)");
    noi_registry *r = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_ERR_CONFLICT);
    assert_non_null(strstr(noi_error_message(), "older"));
    if (newest > 2)
        return; /* later migrations would meet their own tables */
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_WRITE), NOI_OK);
    noi_registry_close(r);
    assert_int_equal(count("PRAGMA user_version"), newest);
    assert_int_equal(count("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%_named'"),
                     n_views);
    assert_int_equal(count("SELECT id FROM run"), 5);
}

/* Its tables are there already, so the first migration fails: as a whole. */
static void failed_migration_changes_nothing(void **state) {
    (void)state;
    noi_registry_close(make());
    outside("PRAGMA user_version = 0");
    noi_registry *r = NULL;
    assert_int_not_equal(noi_registry_open(&r, path, NOI_OPEN_WRITE), NOI_OK);
    assert_int_equal(count("PRAGMA user_version"), 0);
    assert_int_equal(count("SELECT count(*) FROM geometry_columns"), 2);
}

static void second_writer_is_told_so(void **state) {
    (void)state;
    noi_registry *first = make(), *second = NULL;
    assert_int_equal(noi_registry_open(&second, path, NOI_OPEN_WRITE), NOI_ERR_CONFLICT);
    assert_non_null(strstr(noi_error_message(), "is being written"));
    assert_int_equal(noi_registry_open(&second, path, NOI_OPEN_READ), NOI_OK);
    noi_registry_close(second);
    noi_registry_close(first);
    assert_int_equal(noi_registry_open(&second, path, NOI_OPEN_WRITE), NOI_OK);
    noi_registry_close(second);
}

static void reader_cannot_write(void **state) {
    (void)state;
    noi_registry_close(make());
    noi_registry *r = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    int64_t run = 7;
    assert_int_not_equal(noi_run_begin(&run, r, "test", NULL), NOI_OK);
    assert_int_equal(run, 7);
    noi_registry_close(r);
    assert_int_equal(count("SELECT count(*) FROM run"), 0);
}

static void what_is_not_committed_is_gone(void **state) {
    (void)state;
    noi_registry *r = make();
    int64_t run = 0;
    assert_int_equal(noi_begin(r), NOI_OK);
    assert_int_equal(noi_run_begin(&run, r, "test", NULL), NOI_OK);
    noi_registry_close(r);
    assert_int_equal(count("SELECT count(*) FROM run"), 0);
}

static void broken_constraint_is_a_conflict_that_names_it(void **state) {
    (void)state;
    noi_registry *r = make();
    noi_stmt *q = NULL;
    assert_int_equal(noi_prepare(&q, r, "import/district_alias"), NOI_OK);
    noi_bind_text(q, 1, NOI_STR("769"));
    assert_int_equal(noi_run(q), NOI_ERR_CONFLICT);
    assert_non_null(strstr(noi_error_message(), "district_alias"));
    noi_stmt_close(q);
    noi_registry_close(r);
}

static void nulls_come_back_as_nothing(void **state) {
    (void)state;
    noi_registry *r = make();
    int64_t run = 0;
    assert_int_equal(noi_run_begin(&run, r, "test", NULL), NOI_OK);
    noi_stmt *q = NULL;
    assert_int_equal(noi_prepare(&q, r, "import/source_begin"), NOI_OK);
    noi_bind_text(q, 1, NOI_STR("units"));
    noi_bind_text(q, 2, NOI_STR("f.csv"));
    noi_bind_int(q, 3, 10);
    noi_bind_day(q, 4, NOI_DAY_NONE);
    noi_bind_int(q, 5, run);
    assert_int_equal(noi_run(q), NOI_OK);
    noi_stmt_close(q);
    assert_int_equal(noi_last_id(r), 1);
    assert_int_equal(count("SELECT as_of IS NULL FROM source"), 1);
    assert_int_equal(noi_run_end(r, run), NOI_OK);
    noi_registry_close(r);
    assert_int_equal(count("SELECT count(*) FROM run WHERE state = 'done' AND ended_at <> ''"), 1);
}

static void every_query_prepares(void **state) {
    (void)state;
    noi_registry *r = make();
    const char *name;
    noi_str sql;
    int n = 0;
    for (size_t at = 0; (at = noi_embed_next(&name, &sql, "registry/sql/", at));) {
        char query[256];
        if (strstr(name, "/schema/"))
            continue;
        snprintf(query, sizeof query, "%s", name + strlen("registry/sql/"));
        query[strlen(query) - strlen(".sql")] = '\0';
        noi_stmt *q = NULL;
        /* A query over a temporary table is prepared by its module's own tests. */
        if (noi_prepare(&q, r, query) != NOI_OK && !strstr(noi_error_message(), "table: temp."))
            fail_msg("%s: %s", name, noi_error_message());
        noi_stmt_close(q);
        n++;
    }
    assert_true(n > 20);
    noi_stmt *q = NULL;
    assert_int_equal(noi_prepare(&q, r, "import/no_such_query"), NOI_ERR_INTERNAL);
    noi_registry_close(r);
}

static void full_names_begin_with_a_capital(void **state) {
    (void)state;
    char name[64];
    noi_unit_full_name(name, sizeof name, "phường", "Sài Gòn");
    assert_string_equal(name, "Phường Sài Gòn");
    noi_unit_full_name(name, sizeof name, "đặc khu", "Côn Đảo");
    assert_string_equal(name, "Đặc khu Côn Đảo");
    noi_unit_full_name(name, sizeof name, "thị trấn", "");
    assert_string_equal(name, "Thị trấn");
    noi_unit_full_name(name, 4, "xã", "Bà Điểm");
    assert_true(strlen(name) < 4);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

NOI_TEST_MAIN(IN_FOLDER(new_registry_is_private_and_whole),
              IN_FOLDER(existing_file_is_never_overwritten),
              IN_FOLDER(what_is_no_registry_is_refused), IN_FOLDER(newer_registry_is_refused),
              IN_FOLDER(older_registry_is_brought_up_to_date),
              IN_FOLDER(failed_migration_changes_nothing), IN_FOLDER(second_writer_is_told_so),
              IN_FOLDER(reader_cannot_write), IN_FOLDER(what_is_not_committed_is_gone),
              IN_FOLDER(broken_constraint_is_a_conflict_that_names_it),
              IN_FOLDER(nulls_come_back_as_nothing), IN_FOLDER(every_query_prepares),
              cmocka_unit_test(full_names_begin_with_a_capital))
