/* Plan: for every scope the verdicts of the scope are what they were before and no other row
 * changes; the account adds up; the registry is proved afterwards; the same undo again writes
 * nothing; an undo of the undo gives the very verdicts back, of taken-back records too; a merge
 * goes on from there; what a person decided later and what a later merge gave is listed and stays;
 * a dry run changes no byte; killed at any moment nothing is half done. */
#include "testing.h"

#include "cutover/undo.h"
#include "cutover/verify.h"
#include "unit/merge/drawn_registry.h"
#include "unit/scratch.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

static void merge_again(void) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    noi_account account;
    drawn_plan(&bytes, &plan, path);
    assert_int_equal(drawn_merge(&account, path, plan, &(noi_merge_options){.commit_every = 64}),
                     NOI_OK);
    noi_plan_close(plan);
}

typedef struct told {
    int n[3];
    char key[128];
} told;

static void tell(void *context, noi_undo_kept why, int kind, const char *key) {
    told *t = context;
    (void)kind;
    t->n[why]++;
    snprintf(t->key, sizeof t->key, "%s", key);
}

static noi_status undo(noi_undo_result *out, noi_undo_options options, told *t) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    NOI_TRY(noi_registry_open(&r, path, options.dry_run ? NOI_OPEN_READ : NOI_OPEN_WRITE));
    options.reason = "a test";
    options.account = true;
    return noi_undo(out, r, &options, t ? tell : NULL, t);
}

static noi_undo_result undo_ok(noi_undo_options options) {
    noi_undo_result result;
    noi_status status = undo(&result, options, NULL);
    if (status != NOI_OK)
        print_message("%s\n", noi_error_message());
    assert_int_equal(status, NOI_OK);
    for (int i = 0; i < 5; i++)
        assert_int_equal(result.account[i].in,
                         result.account[i].assigned + result.account[i].ambiguous +
                             result.account[i].unplaced + result.account[i].taken_back);
    assert_int_equal(result.account[0].in, 200 + 101 + 51 + 200);
    return result;
}

static void assert_proved(void) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    noi_proof proof;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    assert_int_equal(noi_verify(&proof, r, NULL), NOI_OK);
    if (proof.n_tampered)
        fail_msg("entry %lld: what %d", (long long)proof.tampered[0].entry, proof.tampered[0].what);
}

/* The outcomes as one number, whoever gave them. */
static int64_t outcomes(const char *where) {
    char sql[512];
    snprintf(sql, sizeof sql,
             "SELECT ifnull(sum((kind * 1000003 + record_id) * 7919 %% 99991 * (status * 31 + "
             "ifnull(new_unit, 0) * 7 + method)), 0) FROM verdict WHERE %s",
             where);
    return drawn_number(path, sql);
}

static void begin(void) {
    drawn_registry(path, 200);
    merge_again();
}

static void each_scope_goes_back_and_forth(void **state) {
    (void)state;
    begin();
    int64_t batch = drawn_number(path, "SELECT min(id) FROM ledger WHERE operation = 'merge'");
    int64_t run = drawn_number(path, "SELECT max(id) FROM run WHERE command = 'merge'");
    const struct {
        noi_undo_options options;
        const char *where;
    } scopes[] = {
        {{.scope = NOI_UNDO_BATCH, .number = batch}, "kind = 1 AND record_id <= 64"},
        {{.scope = NOI_UNDO_RECORD, .kind = 1, .name = "A3"}, "kind = 1 AND record_id = 4"},
        {{.scope = NOI_UNDO_OLD_UNIT, .name = "10004"},
         "old_unit = (SELECT id FROM unit WHERE code = '10004')"},
        {{.scope = NOI_UNDO_NEW_UNIT, .name = "10003"},
         "new_unit IN (SELECT id FROM unit WHERE code = '10003')"},
        {{.scope = NOI_UNDO_UNIT, .name = "10001"},
         "old_unit = (SELECT id FROM unit WHERE code = '10001')"},
        {{.scope = NOI_UNDO_SOURCE, .name = "r.noi.h.csv"}, "kind = 2"},
        {{.scope = NOI_UNDO_RUN, .number = run}, "1"},
    };
    int64_t whole = outcomes("1");
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        char sql[256];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM verdict WHERE %s", scopes[i].where);
        int64_t in_scope = drawn_number(path, sql);
        int64_t others = whole - outcomes(scopes[i].where);
        assert_true(in_scope > 0);
        noi_undo_result r = undo_ok(scopes[i].options);
        assert_int_equal(r.taken_back, in_scope);
        assert_int_equal(r.restored, 0);
        assert_int_equal(r.account[0].taken_back, in_scope);
        assert_int_equal(drawn_number(path, sql), 0);
        assert_int_equal(outcomes("1"), others);
        assert_proved();
        noi_undo_result again = undo_ok(scopes[i].options);
        assert_int_equal(again.run_id, 0);
        assert_int_equal(outcomes("1"), others);
        r = undo_ok((noi_undo_options){.scope = NOI_UNDO_RUN, .number = r.run_id});
        assert_true(r.redo);
        assert_int_equal(r.restored, in_scope);
        assert_int_equal(outcomes("1"), whole);
        assert_proved();
    }
}

static void an_earlier_verdict_stands_again(void **state) {
    (void)state;
    begin();
    int64_t first = outcomes("1");
    drawn_decide(path, 1, "A3", "10003");
    merge_again();
    int64_t second = outcomes("1");
    assert_int_not_equal(first, second);
    int64_t run = drawn_number(path, "SELECT max(id) FROM run WHERE command = 'merge'");
    noi_undo_result r = undo_ok((noi_undo_options){.scope = NOI_UNDO_RUN, .number = run});
    assert_true(r.restored > 0);
    assert_int_equal(r.taken_back, 0);
    assert_int_equal(outcomes("1"), first);
    assert_proved();
    merge_again();
    assert_int_equal(outcomes("1"), second);
    assert_proved();
}

static void what_was_done_later_is_listed_and_stays(void **state) {
    (void)state;
    noi_undo_result r;
    told t = {0};
    begin();
    int64_t run = drawn_number(path, "SELECT max(id) FROM run WHERE command = 'merge'");
    drawn_decide(path, 1, "A7", "10003");
    assert_int_equal(undo(&r, (noi_undo_options){.scope = NOI_UNDO_OLD_UNIT, .name = "10004"}, &t),
                     NOI_OK);
    assert_int_equal(r.decided, 1);
    assert_int_equal(t.n[NOI_UNDO_DECIDED], 1);
    assert_string_equal(t.key, "A7");
    assert_int_equal(
        drawn_number(path, "SELECT count(*) FROM verdict WHERE kind = 1 AND record_id = 8"), 1);
    merge_again();
    int64_t now = outcomes("kind = 1 AND record_id = 8");
    t = (told){0};
    assert_int_equal(undo(&r, (noi_undo_options){.scope = NOI_UNDO_RUN, .number = run}, &t),
                     NOI_OK);
    assert_true(t.n[NOI_UNDO_LATER] >= 1);
    assert_int_equal(outcomes("kind = 1 AND record_id = 8"), now);
    assert_proved();
}

static void wrong_scopes_are_refused(void **state) {
    (void)state;
    noi_undo_result r;
    begin();
    const struct {
        noi_undo_options options;
        noi_status status;
    } wrong[] = {
        {{.scope = NOI_UNDO_RECORD, .kind = 1, .name = "none"}, NOI_ERR_INPUT},
        {{.scope = NOI_UNDO_UNIT, .name = "10002"}, NOI_ERR_USAGE},
        {{.scope = NOI_UNDO_OLD_UNIT, .name = "77777"}, NOI_ERR_INPUT},
        {{.scope = NOI_UNDO_SOURCE, .name = "none.csv"}, NOI_ERR_INPUT},
        {{.scope = NOI_UNDO_RUN, .number = 999}, NOI_ERR_INPUT},
        {{.scope = NOI_UNDO_RUN, .number = 1}, NOI_ERR_CONFLICT},
        {{.scope = NOI_UNDO_BATCH, .number = 1}, NOI_ERR_CONFLICT},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(undo(&r, wrong[i].options, NULL), wrong[i].status);
    drawn_sql(path, "UPDATE run SET state = 'running' WHERE command = 'merge'");
    assert_int_equal(
        undo(&r, (noi_undo_options){.scope = NOI_UNDO_OLD_UNIT, .name = "10004"}, NULL),
        NOI_ERR_CONFLICT);
}

static void a_dry_run_writes_nothing(void **state) {
    (void)state;
    begin();
    int64_t whole = outcomes("1");
    noi_undo_result r =
        undo_ok((noi_undo_options){.scope = NOI_UNDO_OLD_UNIT, .name = "10004", .dry_run = true});
    assert_true(r.taken_back > 0);
    assert_int_equal(r.run_id, 0);
    assert_int_equal(outcomes("1"), whole);
    assert_int_equal(drawn_number(path, "SELECT count(*) FROM verdict_past"), 0);
}

static void killed_at_any_moment_nothing_is_half_done(void **state) {
    (void)state;
    begin();
    int64_t whole = drawn_number(path, "SELECT count(*) FROM verdict");
    int killed = 0;
    for (long pause = 1000; pause < 900000; pause += pause / 5) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            noi_undo_result r;
            noi_undo_options o = {.scope = NOI_UNDO_SOURCE, .name = "r.noi.a.csv"};
            _exit(undo(&r, o, NULL) == NOI_OK ? 0 : 1);
        }
        nanosleep(&(struct timespec){.tv_nsec = pause * 1000L}, NULL);
        kill(child, SIGKILL);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        killed += WIFSIGNALED(status);
        int64_t now = drawn_number(path, "SELECT count(*) FROM verdict");
        assert_true(now == whole || now == whole - 200);
        assert_int_equal(now + drawn_number(path, "SELECT count(*) FROM verdict_past"), whole);
        assert_proved();
        if (now != whole)
            break;
    }
    print_message("killed %d times\n", killed);
    assert_int_equal(drawn_number(path, "SELECT count(*) FROM verdict"), whole - 200);
    char journal[160];
    snprintf(journal, sizeof journal, "%s-journal", path);
    unlink(journal); /* SQLite leaves the empty one of a killed writer */
    assert_true(killed > 0);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FOLDER(each_scope_goes_back_and_forth),
        IN_FOLDER(an_earlier_verdict_stands_again),
        IN_FOLDER(what_was_done_later_is_listed_and_stays),
        IN_FOLDER(wrong_scopes_are_refused),
        IN_FOLDER(a_dry_run_writes_nothing),
        IN_FOLDER(killed_at_any_moment_nothing_is_half_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
