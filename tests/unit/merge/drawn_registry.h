/*
 * drawn_registry.h: a registry drawn on squared paper, through the importers: four old wards become
 * two, one of them is split, and records of every kind are made from the number of their row.
 *
 *      before             after
 *     A A B B            E E E E      A, B whole → E; C whole → F
 *     D D C C            E F F F      D is split down its middle: west → E, east → F
 */
#ifndef NOI_TESTS_DRAWN_REGISTRY_H
#define NOI_TESTS_DRAWN_REGISTRY_H

#include "importers/import.h"
#include "merge/compile.h"
#include "merge/run.h"
#include "registry/ledger.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char drawn_old[] =
    "code,kind,name,district_code,district_kind,district_name,province_code,province_name\n"
    "10001,phường,An Lạc,101,quận,Nhất,79,Thành phố Vẽ\n"
    "10002,phường,Bình Yên,101,quận,Nhất,79,Thành phố Vẽ\n"
    "10003,phường,Cát Lái,102,quận,Nhì,79,Thành phố Vẽ\n"
    "10004,phường,Đông Hồ,102,quận,Nhì,79,Thành phố Vẽ\n";
static const char drawn_new[] = "code,kind,name,province_code,province_name,resolution\n"
                                "10002,phường,Êm Đềm,79,Thành phố Vẽ,1/NQ-VE\n"
                                "10003,phường,Phong Phú,79,Thành phố Vẽ,1/NQ-VE\n";
static const char drawn_crosswalk[] = "old_code,new_code,part,scope,resolution,clause\n"
                                      "10001,10002,whole,all,1/NQ-VE,1\n"
                                      "10002,10002,whole,all,1/NQ-VE,1\n"
                                      "10003,10003,whole,all,1/NQ-VE,2\n"
                                      "10004,10002,part,area+population,1/NQ-VE,1\n"
                                      "10004,10003,remainder,area+population,1/NQ-VE,2\n";
static const char drawn_borders[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"10002\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":[[[106,10],[106.1,10],[106.1,10.1],[106.4,10.1],[106.4,10.2],[106,10.2],"
    "[106,10]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"code\":\"10003\"},\"geometry\":{\"type\":\"Polygon\","
    "\"coordinates\":[[[106.1,10],[106.4,10],[106.4,10.1],[106.1,10.1],[106.1,10]]]}}]}";

static inline void drawn_write(const char *path, const char *bytes, size_t n) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static inline void drawn_import(const char *registry, noi_import_kind kind, const char *suffix,
                                noi_str bytes, const char *day) {
    char path[256];
    snprintf(path, sizeof path, "%s.%s", registry, suffix);
    drawn_write(path, bytes.p, bytes.n);
    const noi_import_options options = {.as_of = noi_day_parse(noi_str_of(day))};
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    noi_import_result result;
    assert_int_equal(noi_registry_open(&r, registry, NOI_OPEN_WRITE), NOI_OK);
    noi_status status = noi_import(&result, r, kind, path, &options);
    if (status != NOI_OK)
        print_message("%s\n", noi_error_message());
    assert_int_equal(status, NOI_OK);
    assert_int_equal(result.rows_rejected, 0);
    unlink(path);
}

/* Addresses of every sort: plain, split with a point on either side, split without, unreadable. */
static inline void drawn_addresses(noi_buf *out, int n) {
    static const char *const texts[] = {
        "%d Lê Lợi, Phường An Lạc, Quận Nhất", "%d Lê Lai, Phường Cát Lái, Quận Nhì",
        "%d Hai Bà Trưng, Phường Đông Hồ, Quận Nhì", "không rõ số %d",
        "%d Nguyễn Trãi, Phường Bình Yên, Quận Nhất"};
    noi_buf_add_str(out, "id,text,old_code,lon,lat,error_m\n");
    for (int i = 0; i < n; i++) {
        noi_buf_printf(out, "A%d,\"", i);
        noi_buf_printf(out, texts[i % 5], i);
        bool split = i % 5 == 2;
        noi_buf_printf(out, "\",%s,%s\n",
                       i % 7   ? ""
                       : split ? "10004"
                               : "",
                       split && i % 3 ? (i % 2 ? "106.05,10.05,5" : "106.15,10.05,5") : ",,");
    }
}

static inline void drawn_households(noi_buf *out, int n, int n_addresses) {
    noi_buf_add_str(out, "id,address_id,text,old_code\n");
    for (int i = 0; i < n; i++) {
        if (i % 11 == 3)
            noi_buf_printf(out, "H%d,A-lost-%d,,%s\n", i, i, i % 2 ? "10001" : "");
        else
            noi_buf_printf(out, "H%d,A%d,,\n", i, (i * 7) % n_addresses);
    }
}

static inline void drawn_parcels(noi_buf *out, int n) {
    noi_buf_add_str(out, "id,old_code,lon,lat\n");
    for (int i = 0; i < n; i++)
        noi_buf_printf(out, "P%d,1000%d,%s\n", i, 1 + i % 4, i % 8 == 3 ? "106.05,10.05" : ",");
}

static inline void drawn_cases(noi_buf *out, int n, int n_parcels, int n_households) {
    noi_buf_add_str(out,
                    "id,due_on,status,intake_unit,handling_unit,text,parcel_id,household_id\n");
    for (int i = 0; i < n; i++) {
        noi_buf_printf(out, "C%d,2025-%02d-15,%d,,%s,", i, 5 + i % 4, 1 + i % 10,
                       i % 3   ? "102"
                       : i % 2 ? "10001"
                               : "10004");
        noi_buf_add_str(out, i % 13 == 5 ? "\"1 Lê Lợi, Phường An Lạc, Quận Nhất\"," : ",");
        if (i % 4 == 1)
            noi_buf_printf(out, "P%d", (i * 3) % (n_parcels + 5));
        noi_buf_add_char(out, ',');
        if (i % 5 == 2)
            noi_buf_printf(out, "H%d", (i * 5) % n_households);
        noi_buf_add_char(out, '\n');
    }
}

static inline void drawn_records(const char *path, int n) {
    NOI_AUTO_BUF noi_buf a = {0}, h = {0}, p = {0}, c = {0};
    int n_parcels = n / 4 + 1, n_households = n / 2 + 1;
    drawn_addresses(&a, n);
    drawn_households(&h, n_households, n);
    drawn_parcels(&p, n_parcels);
    drawn_cases(&c, n, n_parcels, n_households);
    drawn_import(path, NOI_IMPORT_ADDRESSES, "a.csv", noi_buf_view(&a), "2025-06-30");
    drawn_import(path, NOI_IMPORT_HOUSEHOLDS, "h.csv", noi_buf_view(&h), "2025-06-30");
    drawn_import(path, NOI_IMPORT_PARCELS, "p.csv", noi_buf_view(&p), "2025-06-30");
    drawn_import(path, NOI_IMPORT_CASES, "c.csv", noi_buf_view(&c), "2025-06-30");
}

/* The registry with its units, and n records of each of the larger kinds. */
static inline void drawn_registry(const char *path, int n) {
    noi_registry *r = NULL;
    unlink(path);
    assert_int_equal(noi_registry_create(&r, path), NOI_OK);
    noi_registry_close(r);
    drawn_import(path, NOI_IMPORT_UNITS, "old.csv", NOI_STR(drawn_old), "2025-06-30");
    drawn_import(path, NOI_IMPORT_UNITS, "new.csv", NOI_STR(drawn_new), "2025-07-01");
    drawn_import(path, NOI_IMPORT_CROSSWALK, "x.csv", NOI_STR(drawn_crosswalk), "2025-07-01");
    drawn_import(path, NOI_IMPORT_LAYER, "geojson", NOI_STR(drawn_borders), "2025-07-01");
    if (n)
        drawn_records(path, n);
}

/* Runs SQL on the file, as a person with sqlite3 would. */
static inline void drawn_sql(const char *path, const char *sql) {
    sqlite3 *db = NULL;
    char *message = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
}

static inline int64_t drawn_number(const char *path, const char *sql) {
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return value;
}

/* A decision of a clerk on an address (kind 1) or a case (4), with its run and entry. */
static inline void drawn_decide(const char *path, int kind, const char *key, const char *code) {
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO run (command, program_version, actor, started_at, state) "
             "VALUES ('by hand', '0', 'clerk', 'then', 'done');"
             "INSERT INTO decision (kind, record_key, new_code, actor, decided_on, reason, run_id) "
             "SELECT %d, '%s', '%s', 'clerk', '2025-07-02', 'seen', max(id) FROM run",
             kind, key, code);
    drawn_sql(path, sql);
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    int64_t run = drawn_number(path, "SELECT max(id) FROM run");
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_WRITE), NOI_OK);
    assert_int_equal(noi_begin(r), NOI_OK);
    assert_int_equal(noi_ledger_append_rows(r, run, "decide", "ledger/decisions"), NOI_OK);
    assert_int_equal(noi_commit(r), NOI_OK);
}

static inline void drawn_plan(noi_buf *bytes, noi_plan **plan, const char *path) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    noi_status status = noi_compile_registry(bytes, r, NOI_DAY_NONE);
    if (status != NOI_OK)
        print_message("%s\n", noi_error_message());
    assert_int_equal(status, NOI_OK);
    if (plan)
        assert_int_equal(noi_plan_attach(plan, bytes->p, bytes->n), NOI_OK);
}

static inline noi_status drawn_merge(noi_account *account, const char *path, const noi_plan *plan,
                                     const noi_merge_options *options) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    NOI_TRY(noi_registry_open(&r, path, options->dry_run ? NOI_OPEN_READ : NOI_OPEN_WRITE));
    return noi_merge_run(account, r, plan, options);
}

#endif
