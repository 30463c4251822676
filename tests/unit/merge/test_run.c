/* Plan: every record has exactly one verdict and the account adds up; the verdict of each row is
 * the one that the drawing shows; the number of threads changes no byte; killed at any moment and
 * resumed, the file is the same to the byte but for the run's clock; a dry run changes no byte and
 * gives the same account; a plan of other data is refused; a decision is followed; an earlier
 * merge is replaced; an account that does not add up is not committed. */
#include "testing.h"

#include "unit/merge/drawn_registry.h"
#include "unit/scratch.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

static void slurp(noi_buf *out, const char *from) {
    FILE *f = fopen(from, "r");
    assert_non_null(f);
    char block[65536];
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        noi_buf_add(out, block, n);
    fclose(f);
}

static void assert_same_files(const char *a, const char *b) {
    NOI_AUTO_BUF noi_buf x = {0}, y = {0};
    slurp(&x, a);
    slurp(&y, b);
    assert_int_equal(x.n, y.n);
    assert_memory_equal(x.p, y.p, x.n);
}

static void copy(const char *to, const char *from) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    slurp(&bytes, from);
    drawn_write(to, bytes.p, bytes.n);
}

/* The clock of a run is for people; everything else must be the same. */
static void stop_clocks(const char *registry) {
    drawn_sql(registry, "UPDATE run SET started_at = 'then', ended_at = 'then'");
}

static void merge_now(noi_account *account, const char *registry,
                      const noi_merge_options *options) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    drawn_plan(&bytes, &plan, registry);
    noi_status status = drawn_merge(account, registry, plan, options);
    if (status != NOI_OK)
        print_message("%s\n", noi_error_message());
    assert_int_equal(status, NOI_OK);
    noi_plan_close(plan);
}

/* The keys of verdicts are not checked row by row; SQLite's own check finds none that points into
 * the void, and the registry checks again what is written after the merge. */
static void the_keys_of_verdicts_point_at_rows(void **state) {
    (void)state;
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    noi_account a;
    noi_plan *plan = NULL;
    NOI_AUTO_BUF noi_buf bytes = {0};
    drawn_registry(path, 500);
    drawn_plan(&bytes, &plan, path);
    assert_int_equal(noi_registry_open(&registry, path, NOI_OPEN_WRITE), NOI_OK);
    assert_int_equal(noi_merge_run(&a, registry, plan, &(noi_merge_options){.commit_every = 64}),
                     NOI_OK);
    noi_plan_close(plan);
    assert_int_equal(drawn_number(path, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_true(drawn_number(path, "SELECT count(*) FROM verdict WHERE edge_id > 0") > 0);
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    assert_int_equal(noi_prepare(&q, registry, "merge/verdict"), NOI_OK);
    for (int at = 1; at <= 14; at++)
        noi_bind_int(q, at, at == 12 ? 0 : 1);
    noi_bind_null(q, 9);
    noi_bind_null(q, 12);
    noi_bind_int(q, 2, 1000000);
    noi_bind_int(q, 14, 999);
    noi_bind_int(q, 18, 0);
    noi_bind_int(q, 19, 0);
    assert_int_equal(noi_run(q), NOI_ERR_CONFLICT);
    assert_non_null(strstr(noi_error_message(), "FOREIGN KEY"));
}

static void every_record_has_exactly_one_verdict(void **state) {
    (void)state;
    noi_account a;
    drawn_registry(path, 500);
    merge_now(&a, path, &(noi_merge_options){.commit_every = 64});
    assert_int_equal(a.in[0], 500 + 251 + 126 + 500);
    for (int kind = 0; kind < NOI_RECORD_KINDS; kind++)
        assert_int_equal(a.in[kind], a.assigned[kind] + a.ambiguous[kind] + a.unplaced[kind]);
    assert_int_equal(a.in[NOI_RECORD_HOUSEHOLD], 251);
    assert_true(a.assigned[0] && a.ambiguous[0] && a.unplaced[0]);
    assert_int_equal(drawn_number(path, "SELECT count(*) FROM verdict"), a.in[0]);
    assert_int_equal(drawn_number(path, "SELECT count(*) FROM verdict WHERE status = 1"),
                     a.assigned[0]);
    assert_int_equal(
        drawn_number(path, "SELECT count(*) FROM address a WHERE NOT EXISTS (SELECT 1 FROM verdict "
                           "v WHERE v.kind = 1 AND v.record_id = a.id)"),
        0);
    assert_int_equal(drawn_number(path, "SELECT count(*) FROM run WHERE state = 'running'"), 0);
}

static void assert_rows(const char *where, int64_t n) {
    char sql[1024];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM verdict v LEFT JOIN unit u ON u.id = v.new_unit "
             "LEFT JOIN edge e ON e.id = v.edge_id LEFT JOIN unit o ON o.id = v.old_unit "
             "LEFT JOIN address a ON v.kind = 1 AND a.id = v.record_id "
             "LEFT JOIN household h ON v.kind = 2 AND h.id = v.record_id "
             "LEFT JOIN dossier d ON v.kind = 4 AND d.id = v.record_id WHERE %s",
             where);
    if (drawn_number(path, sql) != n)
        fail_msg("%s: %lld rows, not %lld", where, (long long)drawn_number(path, sql),
                 (long long)n);
}

static void verdicts_are_those_of_the_drawing(void **state) {
    (void)state;
    noi_account a;
    drawn_registry(path, 210);
    merge_now(&a, path, &(noi_merge_options){0});
    assert_rows("a.text LIKE '%An Lạc%'", 42);
    assert_rows("a.text LIKE '%An Lạc%' AND u.code = '10002' AND u.name = 'Êm Đềm' AND "
                "o.code = '10001' AND e.clause = '1'",
                42);
    assert_rows("a.text LIKE '%Cát Lái%' AND u.code = '10003' AND e.clause = '2'", 42);
    assert_rows("a.text LIKE '%Đông Hồ%' AND a.lon = 106.05 AND u.code = '10002'", 14);
    assert_rows("a.text LIKE '%Đông Hồ%' AND a.lon = 106.15 AND u.code = '10003'", 14);
    assert_rows("a.text LIKE '%Đông Hồ%' AND a.lon IS NULL AND v.status = 2 AND "
                "v.candidates = '10002 10003'",
                14);
    assert_rows("a.text LIKE 'không%' AND v.status = 3", 42);
    assert_rows("v.kind = 1 AND v.queue IS NOT NULL", 0);
    assert_rows("h.address_key LIKE 'A-lost%' AND h.old_code IS NULL AND "
                "(v.status <> 3 OR v.reason <> 12)",
                0);
    assert_rows("h.address_key LIKE 'A-lost%' AND h.old_code IS NOT NULL AND u.code <> '10002'", 0);
    assert_rows("v.kind = 4 AND (v.queue IS NULL) <> (v.status = 1)", 0);
    assert_rows("v.queue = 'CITY_DECIDES' AND v.reason <> 11", 0);
    assert_rows(
        "d.handling_unit = '10001' AND d.parcel_key IS NULL AND d.household_key IS NULL AND "
        "u.code <> '10002'",
        0);
    assert_rows(
        "d.handling_unit = '10004' AND d.parcel_key IS NULL AND d.household_key IS NULL AND "
        "d.text IS NULL AND (v.status <> 2 OR v.queue <> 'LOCATE')",
        0);
    assert_rows("d.handling_unit = '102' AND d.parcel_key IS NULL AND d.household_key IS NULL AND "
                "d.text IS NULL AND (v.status <> 2 OR v.reason <> 13 OR v.queue <> 'LOCATE' OR "
                "v.candidates <> '10002 10003')",
                0);
    assert_rows("(d.due_on < '2025-07-01' AND d.status NOT IN (3, 10)) <> (v.flags & 3 = 3)", 0);
    assert_rows("v.kind = 4 AND v.flags & 3 = 3", 85);
}

static void household_has_the_verdict_of_its_address(void **state) {
    (void)state;
    noi_account a;
    drawn_registry(path, 300);
    merge_now(&a, path, &(noi_merge_options){0});
    assert_int_equal(
        drawn_number(path, "SELECT count(*) FROM household h JOIN address a ON a.key = "
                           "h.address_key JOIN verdict v ON v.kind = 2 AND v.record_id = h.id JOIN "
                           "verdict w ON w.kind = 1 AND w.record_id = a.id WHERE v.status <> "
                           "w.status OR v.new_unit IS NOT w.new_unit OR v.edge_id IS NOT w.edge_id "
                           "OR v.candidates IS NOT w.candidates OR v.reason <> w.reason OR "
                           "v.method <> CASE v.status WHEN 1 THEN 7 ELSE 0 END"),
        0);
}

static void threads_change_no_byte(void **state) {
    (void)state;
    noi_account one, four;
    drawn_registry(path, 9000);
    copy(other, path);
    merge_now(&one, path, &(noi_merge_options){.n_threads = 1});
    merge_now(&four, other, &(noi_merge_options){.n_threads = 4});
    assert_memory_equal(&one, &four, sizeof one);
    stop_clocks(path);
    stop_clocks(other);
    assert_same_files(path, other);
}

/* ---- killed and resumed ---------------------------------------------------------------------- */

/* Merges in a process of its own that is killed after some time. True when it came to its end. */
static bool merge_until(const noi_plan *plan, long microseconds) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        noi_account account;
        const noi_merge_options options = {.resume = true, .commit_every = 40, .n_threads = 2};
        _exit(drawn_merge(&account, path, plan, &options) == NOI_OK ? 0 : 1);
    }
    struct timespec pause = {.tv_nsec = microseconds * 1000L};
    nanosleep(&pause, NULL);
    kill(child, SIGKILL);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(!WIFEXITED(status) || WEXITSTATUS(status) == 0);
    return WIFEXITED(status);
}

static void killed_and_resumed_ends_with_the_same_bytes(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    noi_account whole;
    int kills = 0, kills_between = 0;
    drawn_registry(path, 3000);
    copy(other, path);
    drawn_plan(&bytes, &plan, path);
    merge_now(&whole, other, &(noi_merge_options){.commit_every = 40});
    for (long pause = 500; !merge_until(plan, pause); pause += 6000) {
        kills++;
        kills_between +=
            (int)drawn_number(path, "SELECT count(*) FROM run WHERE state = 'running'");
    }
    noi_account again;
    assert_int_equal(drawn_merge(&again, path, plan, &(noi_merge_options){.resume = true}), NOI_OK);
    assert_memory_equal(&again, &whole, sizeof whole); /* it has ended: told, and nothing written */
    noi_plan_close(plan);
    print_message("killed %d times, %d of them between two commits\n", kills, kills_between);
    assert_true(kills_between > 0);
    stop_clocks(path);
    stop_clocks(other);
    assert_same_files(path, other);
}

static void unfinished_merge_is_not_begun_anew_unasked(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    noi_account account;
    drawn_registry(path, 60);
    drawn_plan(&bytes, &plan, path);
    assert_int_equal(drawn_merge(&account, path, plan, &(noi_merge_options){.commit_every = 20}),
                     NOI_OK);
    drawn_sql(path, "UPDATE run SET state = 'running', ended_at = NULL WHERE command = 'merge';"
                    "DELETE FROM verdict_row WHERE (kind, record_id) > "
                    "(SELECT checkpoint_kind, checkpoint_id FROM run WHERE command = 'merge')");
    assert_int_equal(drawn_merge(&account, path, plan, &(noi_merge_options){0}), NOI_ERR_CONFLICT);
    assert_non_null(strstr(noi_error_hint(), "--resume"));
    assert_int_equal(drawn_merge(&account, path, plan, &(noi_merge_options){.resume = true}),
                     NOI_OK);
    assert_int_equal(account.in[0], drawn_number(path, "SELECT count(*) FROM verdict"));
    assert_int_equal(account.in[0], 60 + 31 + 16 + 60);
    noi_plan_close(plan);
}

static void unfinished_merge_of_another_plan_is_replaced(void **state) {
    (void)state;
    noi_account account;
    drawn_registry(path, 60);
    merge_now(&account, path, &(noi_merge_options){0});
    drawn_sql(path, "UPDATE run SET state = 'running', plan_hash = printf('%064d', 7) "
                    "WHERE command = 'merge'");
    merge_now(&account, path, &(noi_merge_options){0});
    assert_int_equal(drawn_number(path, "SELECT count(*) FROM run WHERE state = 'undone'"), 1);
    assert_int_equal(drawn_number(path, "SELECT count(DISTINCT run_id) FROM verdict"), 1);
    assert_int_equal(drawn_number(path, "SELECT count(*) FROM verdict"), account.in[0]);
}

/* ---- what is refused, what is not written ---------------------------------------------------- */

static void dry_run_changes_no_byte(void **state) {
    (void)state;
    noi_account dry, wet;
    drawn_registry(path, 400);
    copy(other, path);
    merge_now(&dry, path, &(noi_merge_options){.dry_run = true});
    assert_same_files(path, other);
    merge_now(&wet, path, &(noi_merge_options){0});
    assert_memory_equal(&dry, &wet, sizeof dry);
}

static void plan_of_other_data_is_refused(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    noi_account account = {0};
    drawn_registry(path, 50);
    drawn_plan(&bytes, &plan, path);
    drawn_import(path, NOI_IMPORT_ADDRESSES, "more.csv",
                 NOI_STR("id,text\nX1,\"1 Lê Lợi, Phường An Lạc\"\n"), "2025-06-30");
    copy(other, path);
    assert_int_equal(drawn_merge(&account, path, plan, &(noi_merge_options){0}), NOI_ERR_CONFLICT);
    assert_non_null(strstr(noi_error_hint(), "noi plan"));
    assert_same_files(path, other);
    noi_plan_close(plan);
}

static void decision_needs_a_new_plan_and_is_followed(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    noi_account account = {0};
    drawn_registry(path, 50);
    drawn_plan(&bytes, &plan, path);
    drawn_sql(path, "INSERT INTO decision (kind, record_key, new_code, actor, decided_on, reason) "
                    "VALUES (1, 'A3', '10003', 'clerk', '2025-07-02', 'seen on the spot'), "
                    "(4, 'C1', '10002', 'clerk', '2025-07-02', 'seen on the spot')");
    assert_int_equal(drawn_merge(&account, path, plan, &(noi_merge_options){0}), NOI_ERR_CONFLICT);
    merge_now(&account, path, &(noi_merge_options){0});
    assert_rows("a.key = 'A3' AND v.method = 1 AND u.code = '10003'", 1);
    assert_rows("d.key = 'C1' AND v.method = 1 AND u.code = '10002' AND v.queue IS NULL", 1);
    assert_rows("v.method = 1 AND v.kind = 1", 1);
    noi_plan_close(plan);
}

static void second_merge_replaces_the_first(void **state) {
    (void)state;
    noi_account first, second;
    drawn_registry(path, 200);
    merge_now(&first, path, &(noi_merge_options){0});
    merge_now(&second, path, &(noi_merge_options){.commit_every = 30});
    assert_memory_equal(&first, &second, sizeof first);
    assert_int_equal(drawn_number(path, "SELECT count(*) FROM verdict"), second.in[0]);
    assert_int_equal(drawn_number(path, "SELECT min(run_id) = max(run_id) FROM verdict"), 1);
}

static void verdicts_do_not_depend_on_the_order_of_import(void **state) {
    (void)state;
    noi_account account;
    NOI_AUTO_BUF noi_buf up = {0}, down = {0};
    const char *header = "id,text,old_code\n";
    noi_buf_add_str(&up, header);
    noi_buf_add_str(&down, header);
    for (int i = 0; i < 100; i++) {
        noi_buf_printf(&up, "A%d,,1000%d\n", i, i % 6);
        noi_buf_printf(&down, "A%d,,1000%d\n", 99 - i, (99 - i) % 6);
    }
    drawn_registry(path, 0);
    drawn_registry(other, 0);
    drawn_import(path, NOI_IMPORT_ADDRESSES, "a.csv", noi_buf_view(&up), "2025-06-30");
    drawn_import(other, NOI_IMPORT_ADDRESSES, "a.csv", noi_buf_view(&down), "2025-06-30");
    merge_now(&account, path, &(noi_merge_options){0});
    merge_now(&account, other, &(noi_merge_options){0});
    char sql[1024];
    snprintf(sql, sizeof sql,
             "ATTACH '%s' AS o; CREATE TEMP TABLE t (n CHECK (n = 100)); INSERT INTO t "
             "SELECT count(*) FROM address a JOIN verdict v ON v.kind = 1 AND v.record_id = a.id "
             "JOIN o.address b ON b.key = a.key JOIN o.verdict w ON w.kind = 1 AND w.record_id = "
             "b.id WHERE v.status = w.status AND v.new_unit IS w.new_unit AND v.reason = w.reason "
             "AND v.candidates IS w.candidates",
             other);
    drawn_sql(path, sql);
}

/* A row that SQLite hides from the count but not from the reader cannot be made; a verdict too many
 * can: a resumed run finds one that no record has. */
static void account_that_does_not_add_up_is_not_committed(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    noi_account account = {0};
    drawn_registry(path, 60);
    drawn_plan(&bytes, &plan, path);
    assert_int_equal(drawn_merge(&account, path, plan, &(noi_merge_options){.commit_every = 20}),
                     NOI_OK);
    drawn_sql(path, "UPDATE run SET state = 'running', ended_at = NULL WHERE command = 'merge';"
                    "DELETE FROM verdict_row WHERE (kind, record_id) > "
                    "(SELECT checkpoint_kind, checkpoint_id FROM run WHERE command = 'merge');"
                    "UPDATE verdict_row SET record_id = -1 WHERE kind = 1 AND record_id = 1;"
                    "DELETE FROM verdict_row WHERE kind = 1 AND record_id = 2;");
    copy(other, path);
    assert_int_equal(drawn_merge(&account, path, plan, &(noi_merge_options){.resume = true}),
                     NOI_ERR_INTERNAL);
    assert_non_null(strstr(noi_error_message(), "does not add up"));
    assert_same_files(path, other);
    noi_plan_close(plan);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

NOI_TEST_MAIN(IN_FOLDER(every_record_has_exactly_one_verdict),
              IN_FOLDER(the_keys_of_verdicts_point_at_rows),
              IN_FOLDER(verdicts_are_those_of_the_drawing),
              IN_FOLDER(household_has_the_verdict_of_its_address),
              IN_FOLDER(threads_change_no_byte),
              IN_FOLDER(killed_and_resumed_ends_with_the_same_bytes),
              IN_FOLDER(unfinished_merge_is_not_begun_anew_unasked),
              IN_FOLDER(unfinished_merge_of_another_plan_is_replaced),
              IN_FOLDER(dry_run_changes_no_byte), IN_FOLDER(plan_of_other_data_is_refused),
              IN_FOLDER(decision_needs_a_new_plan_and_is_followed),
              IN_FOLDER(second_merge_replaces_the_first),
              IN_FOLDER(verdicts_do_not_depend_on_the_order_of_import),
              IN_FOLDER(account_that_does_not_add_up_is_not_committed))
