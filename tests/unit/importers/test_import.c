/* Plan: the account adds up for every kind; the same file twice is once; any write that fails, at
 * whatever page, leaves the registry byte for byte as it was; every encoding brings the same rows;
 * rows are stored in the order of the file whatever the number of threads. */
#include "testing.h"

#include "address/text.h"
#include "base/digest.h"
#include "importers/import.h"
#include "registry/store.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], path[128], file[128], rejects[160];
static const noi_import_options plain = {.as_of = NOI_DAY_NONE};

static int make_folder(void **state) {
    (void)state;
    strcpy(folder, "/tmp/noi-import-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/r.noi", folder);
    snprintf(file, sizeof file, "%s/in.csv", folder);
    snprintf(rejects, sizeof rejects, "%s.rejects.csv", file);
    noi_registry *r = NULL;
    assert_int_equal(noi_registry_create(&r, path), NOI_OK);
    noi_registry_close(r);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    unlink(path);
    unlink(file);
    unlink(rejects);
    return rmdir(folder); /* fails when anything else was left behind */
}

static void write_file(noi_str bytes) {
    FILE *f = fopen(file, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    fclose(f);
}

static noi_status import_file(noi_import_result *out, noi_import_kind kind, const char *name,
                              const noi_import_options *options) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    noi_status status = noi_registry_open(&r, path, NOI_OPEN_WRITE);
    return status != NOI_OK ? status : noi_import(out, r, kind, name, options);
}

static void assert_query(const char *sql, const char *want) {
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(q, 0), want);
    sqlite3_finalize(q);
    sqlite3_close(db);
}

static void add_rows(noi_buf *out, int n) {
    noi_buf_add_str(out, "id,text,old_code\n");
    for (int i = 0; i < n; i++)
        noi_buf_printf(out, "A%05d,%d đường Lê Lợi,26740\n", i, i);
}

static void rows_keep_the_order_of_the_file(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf text = {0};
    add_rows(&text, 20000);
    write_file(noi_buf_view(&text));
    noi_import_result result;
    assert_int_equal(import_file(&result, NOI_IMPORT_ADDRESSES, file, &plain), NOI_OK);
    assert_int_equal(result.rows_read, 20000);
    assert_int_equal(result.rows_stored, 20000);
    assert_query(
        "SELECT count(*) FROM address WHERE line = id + 1 AND key = printf('A%05d', id - 1)",
        "20000");
}

/* Keys in no order take the index off until the end. Repeated ones are rejected with the line of
 * the first, wherever that stands, the index is there again, and the next file meets it. */
static void keys_in_no_order_are_sorted_at_the_end(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf text = {0};
    noi_buf_add_str(&text, "id,text\n");
    for (int i = 0; i < 100000; i++) {
        bool again = i % 1000 == 999;
        int of = again ? (i % 2000 == 1999 ? i - 1 : i / 2) : i;
        noi_buf_printf(&text, "%05d-%06d,a\n", (int)(of * 7919LL % 99991), of);
    }
    write_file(noi_buf_view(&text));
    noi_import_result result;
    assert_int_equal(import_file(&result, NOI_IMPORT_CASES, file, &plain), NOI_OK);
    assert_int_equal(result.rows_read, 100000);
    assert_int_equal(result.rejected[NOI_REJECT_DUPLICATE], 100);
    assert_int_equal(result.rows_stored, 99900);
    assert_query("SELECT count(*) FROM reject r JOIN dossier d USING (line)", "0");
    assert_query("SELECT count(*) FROM dossier a JOIN dossier b ON b.id = a.id + 1 "
                 "WHERE b.line <= a.line",
                 "0");
    assert_query("SELECT count(*) FROM dossier WHERE line = 2 + CAST(substr(key, 7) AS INTEGER)",
                 "99900");
    assert_query("SELECT sql FROM sqlite_schema WHERE name = 'dossier_key'",
                 "CREATE UNIQUE INDEX dossier_key ON dossier (key)");
    assert_query("SELECT integrity_check FROM pragma_integrity_check", "ok");
    NOI_AUTO_BUF noi_buf told = {0};
    FILE *f = fopen(rejects, "r");
    assert_non_null(f);
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        noi_buf_add(&told, block, n);
    fclose(f);
    assert_non_null(strstr(told.p, "\n1001,id,"));
    assert_non_null(strstr(told.p, "duplicate_id: first on line 501\n"));
    assert_non_null(strstr(told.p, "duplicate_id: first on line 2000\n"));
    noi_buf_add_str(&text, "99999-new,a\n");
    write_file(noi_buf_view(&text));
    assert_int_equal(import_file(&result, NOI_IMPORT_CASES, file, &plain), NOI_OK);
    assert_int_equal(result.rows_stored, 1);
    assert_int_equal(result.rejected[NOI_REJECT_DUPLICATE], 100000);
}

static void same_file_twice_is_once(void **state) {
    (void)state;
    write_file(NOI_STR("id,text\n1,a\n1,b\n,c\n2,d\n"));
    noi_import_result first, second;
    char before[NOI_DIGEST_HEX], after[NOI_DIGEST_HEX];
    assert_int_equal(import_file(&first, NOI_IMPORT_ADDRESSES, file, &plain), NOI_OK);
    assert_int_equal(first.rows_read, 4);
    assert_int_equal(first.rows_stored, 2);
    assert_int_equal(first.rejected[NOI_REJECT_DUPLICATE], 1);
    assert_int_equal(first.rejected[NOI_REJECT_MISSING], 1);
    assert_int_equal(noi_digest_file(before, path), NOI_OK);
    assert_int_equal(import_file(&second, NOI_IMPORT_ADDRESSES, file, &plain), NOI_OK);
    assert_int_equal(noi_digest_file(after, path), NOI_OK);
    assert_true(second.already);
    assert_int_equal(second.source_id, first.source_id);
    assert_int_equal(second.rows_rejected, 2);
    assert_string_equal(before, after);
}

/* Rows go in by groups: a group with a repeated key must lose that row and no other, whether the
 * first bearer stands in the same group, an earlier one, or an earlier file. */
static void repeated_keys_are_found_in_groups(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf text = {0};
    noi_buf_add_str(&text, "id,text\n");
    for (int i = 0; i < 400; i++)
        noi_buf_printf(&text, "%d,row %d\n", i % 50 == 49 ? i - 40 : i, i);
    write_file(noi_buf_view(&text));
    noi_import_result result;
    assert_int_equal(import_file(&result, NOI_IMPORT_ADDRESSES, file, &plain), NOI_OK);
    assert_int_equal(result.rows_stored, 392);
    assert_int_equal(result.rejected[NOI_REJECT_DUPLICATE], 8);
    assert_query("SELECT group_concat(line, ' ') FROM reject", "51 101 151 201 251 301 351 401");
    assert_query("SELECT count(*) FROM address WHERE text = 'row ' || key", "392");
    noi_buf_add_str(&text, "400,row 400\n");
    write_file(noi_buf_view(&text));
    assert_int_equal(import_file(&result, NOI_IMPORT_ADDRESSES, file, &plain), NOI_OK);
    assert_int_equal(result.rows_stored, 1);
    assert_int_equal(result.rows_rejected, 400);
}

/* Files may grow to `bytes` and no further: the write that would go beyond fails. */
static void limit_files(rlim_t bytes) {
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void failing_write_leaves_the_registry_as_it_was(void **state) {
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    NOI_AUTO_BUF noi_buf text = {0};
    add_rows(&text, 3000);
    noi_buf_add_str(&text, ",rejected,\n");
    write_file(noi_buf_view(&text));
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    char before[NOI_DIGEST_HEX], after[NOI_DIGEST_HEX];
    assert_int_equal(noi_digest_file(before, path), NOI_OK);
    int n_failed = 0;
    noi_status status = NOI_ERR_IO;
    for (rlim_t pages = 0; status != NOI_OK && pages < 100; pages++) {
        noi_import_result result;
        limit_files((rlim_t)st.st_size + pages * 8192);
        status = import_file(&result, NOI_IMPORT_ADDRESSES, file, &plain);
        limit_files(RLIM_INFINITY);
        if (status == NOI_OK)
            break;
        n_failed++;
        assert_int_equal(status, NOI_ERR_IO);
        assert_true(noi_error_hint()[0] != '\0');
        assert_int_equal(noi_digest_file(after, path), NOI_OK);
        assert_string_equal(before, after);
        assert_int_not_equal(access(rejects, F_OK), 0);
    }
    assert_int_equal(status, NOI_OK);
    assert_true(n_failed > 20);
    assert_query("SELECT count(*) FROM address", "3000");
}

static void every_encoding_brings_the_same_rows(void **state) {
    (void)state;
    static const noi_encoding encodings[] = {NOI_ENCODING_UTF8,    NOI_ENCODING_UTF16LE,
                                             NOI_ENCODING_UTF16BE, NOI_ENCODING_TCVN3,
                                             NOI_ENCODING_VNI,     NOI_ENCODING_CP1258};
    static const char rows[] = "id,text\n%d1,\"12 đường nguyễn huệ, phường bến nghé\"\n"
                               "%d2,\"khu phố 3, phường tân thới hiệp, quận 12\"\n";
    for (int i = 0; i < 6; i++) {
        NOI_AUTO_BUF noi_buf text = {0};
        NOI_AUTO_BUF noi_buf bytes = {0};
        noi_buf_printf(&text, rows, i, i);
        assert_int_equal(noi_text_from_utf8(&bytes, noi_buf_view(&text), encodings[i]), NOI_OK);
        write_file(noi_buf_view(&bytes));
        noi_import_result result;
        if (import_file(&result, NOI_IMPORT_ADDRESSES, file, &plain) != NOI_OK)
            fail_msg("%s: %s", noi_encoding_key(encodings[i]), noi_error_message());
        assert_int_equal(result.rows_stored, 2);
        assert_string_equal(result.encoding, noi_encoding_key(encodings[i]));
    }
    assert_query("SELECT count(DISTINCT text) FROM address", "2");
    assert_query("SELECT count(*) FROM address", "12");
    assert_query("SELECT sum(raw IS NOT NULL) FROM address", "6"); /* the three one-byte ones */
}

static noi_day day(const char *text) {
    return noi_day_parse(noi_str_of(text));
}

static void import_units_and_edges(bool aliases_first) {
    noi_import_result r;
    noi_import_options eve = {.as_of = day("2025-06-30")}, on = {.as_of = day("2025-07-01")};
    assert_int_equal(import_file(&r, NOI_IMPORT_UNITS, "data/units_old.csv", &eve), NOI_OK);
    if (aliases_first)
        assert_int_equal(import_file(&r, NOI_IMPORT_ALIASES, "data/aliases_2024.csv", &plain),
                         NOI_OK);
    assert_int_equal(import_file(&r, NOI_IMPORT_UNITS, "data/units_new.csv", &on), NOI_OK);
    assert_int_equal(import_file(&r, NOI_IMPORT_CROSSWALK, "data/crosswalk.csv", &on), NOI_OK);
    assert_int_equal(r.rows_stored, 493);
    if (!aliases_first)
        assert_int_equal(import_file(&r, NOI_IMPORT_ALIASES, "data/aliases_2024.csv", &plain),
                         NOI_OK);
}

static size_t units_on(noi_registry *registry, const char *on) {
    NOI_AUTO(noi_unit_list_freep) noi_unit_list *list = NULL;
    assert_int_equal(noi_unit_list_load(&list, registry, day(on)), NOI_OK);
    return list->n;
}

static void store_reads_what_was_imported(void **state) {
    (void)state;
    import_units_and_edges(true);
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    assert_int_equal(units_on(r, "2025-06-30"), 442);
    assert_int_equal(units_on(r, "2025-07-01"), 168);
    NOI_AUTO(noi_edge_list_freep) noi_edge_list *edges = NULL;
    assert_int_equal(noi_edge_list_load(&edges, r), NOI_OK);
    size_t n_2025 = 0;
    for (size_t i = 0; i < edges->n; i++) {
        n_2025 += strcmp(edges->items[i].resolution, "1685/NQ-UBTVQH15") == 0;
        assert_true(i == 0 || edges->items[i - 1].effective_on <= edges->items[i].effective_on);
    }
    assert_int_equal(n_2025, 493);
    noi_layer_row layer;
    bool found = true;
    assert_int_equal(noi_layer_find(&layer, &found, r, day("2025-07-01")), NOI_OK);
    assert_false(found);
}

static void all_units(noi_buf *out) {
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "SELECT code || ' ' || name || ' ' || ifnull(valid_from, '') "
                           "|| '..' || ifnull(valid_to, '') FROM unit ORDER BY 1",
                           -1, &q, NULL),
        SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW)
        noi_buf_printf(out, "%s\n", (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    sqlite3_close(db);
}

static void former_units_may_come_first_or_last(void **state) {
    NOI_AUTO_BUF noi_buf first = {0};
    NOI_AUTO_BUF noi_buf last = {0};
    import_units_and_edges(true);
    all_units(&first);
    assert_query("SELECT count(*) FROM unit WHERE valid_to = '2025-01-01'", "88");
    assert_query("SELECT name || ' ' || valid_from || ' ' || valid_to FROM unit "
                 "WHERE code = '26872' AND valid_from = '2025-01-01'",
                 "15 2025-01-01 2025-07-01");
    assert_int_equal(remove_folder(state), 0);
    assert_int_equal(make_folder(state), 0);
    import_units_and_edges(false);
    all_units(&last);
    assert_string_equal(first.p, last.p);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

NOI_TEST_MAIN(IN_FOLDER(rows_keep_the_order_of_the_file),
              IN_FOLDER(keys_in_no_order_are_sorted_at_the_end), IN_FOLDER(same_file_twice_is_once),
              IN_FOLDER(repeated_keys_are_found_in_groups),
              IN_FOLDER(failing_write_leaves_the_registry_as_it_was),
              IN_FOLDER(every_encoding_brings_the_same_rows),
              IN_FOLDER(store_reads_what_was_imported),
              IN_FOLDER(former_units_may_come_first_or_last))
