/* Plan: the same registry gives the same bytes; positions are those of the unit list; the law
 * stands before the table, old unit by old unit; a code that changed its meaning has two spans;
 * what a plan depends on changes its digest, a run's clock does not; a registry without units or
 * crosswalk is refused with a hint; the built-in plan judges the merged city, Hanoi and older
 * names. */
#include "testing.h"

#include "base/progress.h"
#include "unit/merge/drawn_registry.h"

static char folder[64], path[128];

static int make_folder(void **state) {
    (void)state;
    strcpy(folder, "/tmp/noi-compile-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/r.noi", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static void same_registry_gives_the_same_plan(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf a = {0}, b = {0};
    drawn_registry(path, 20);
    drawn_plan(&a, NULL, path);
    drawn_sql(path, "UPDATE run SET started_at = 'another day'");
    drawn_plan(&b, NULL, path);
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
}

static void plan_holds_the_drawing(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    drawn_registry(path, 0);
    drawn_plan(&bytes, &plan, path);
    assert_int_equal(plan->on, noi_day_from_ymd(2025, 7, 1));
    assert_int_equal(plan->n_units, 6);
    assert_int_equal(plan->n_edges, 5);
    assert_int_equal(plan->units[3].n_out, 2);
    assert_non_null(plan->new_index);
    assert_null(plan->old_index);
    assert_int_equal(noi_plan_find(plan, noi_code_parse("10002", 5), plan->on - 1), 1);
    assert_int_equal(noi_plan_find(plan, noi_code_parse("10002", 5), plan->on), 4);
    noi_plan_close(plan);
}

/* The law says that B goes into F, the table that it goes into E; of A the law says nothing. */
static void law_stands_before_the_table(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    drawn_registry(path, 0);
    drawn_sql(path, "INSERT INTO edge (decree_id, old_unit, new_unit, part, scope, clause, basis, "
                    "source_id) SELECT decree_id, 2, 6, 'whole', 'all', '9', 'law', source_id FROM "
                    "edge WHERE old_unit = 2");
    drawn_plan(&bytes, &plan, path);
    assert_int_equal(plan->n_edges, 5);
    const noi_plan_edge_row *a = &plan->edges[plan->out_edges[plan->units[0].first_out]];
    const noi_plan_edge_row *b = &plan->edges[plan->out_edges[plan->units[1].first_out]];
    assert_int_equal(plan->units[1].n_out, 1);
    assert_int_equal(b->new_unit, 5);
    assert_string_equal(noi_plan_text(plan, b->clause), "9");
    assert_int_equal(a->new_unit, 4);
    noi_plan_close(plan);
}

static void inputs_of(char out[65]) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    assert_int_equal(noi_plan_inputs_digest(out, r), NOI_OK);
}

static void digest_knows_what_a_plan_depends_on(void **state) {
    (void)state;
    static const char *const changes[] = {
        "UPDATE unit SET name = 'An Lac' WHERE id = 1",
        "UPDATE unit SET valid_from = '2024-01-01' WHERE id = 1",
        "UPDATE edge SET clause = '7' WHERE id = 1",
        "UPDATE layer SET as_of = '2025-07-02'",
        "INSERT INTO district_alias SELECT 1, '103', 'Quận Ba', '79', '2020-12-31', 'x', '101', "
        "'Quận Nhất', 1, 1",
        "INSERT INTO decision (id, kind, record_key, new_code, actor, decided_on, reason) VALUES (1, 1, 'A1', '10002', 'clerk', '2025-07-02', 'seen')",
        "UPDATE source SET sha256 = printf('%064d', 1) WHERE kind = 'addresses'",
        "UPDATE source SET as_of = '2024-06-30' WHERE kind = 'cases'",
    };
    char before[65], after[65];
    drawn_registry(path, 10);
    inputs_of(before);
    drawn_sql(path, "UPDATE run SET started_at = 'x', state = 'undone'");
    inputs_of(after);
    assert_string_equal(before, after);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        drawn_sql(path, changes[i]);
        inputs_of(after);
        if (strcmp(before, after) == 0)
            fail_msg("the digest does not see: %s", changes[i]);
        strcpy(before, after);
    }
}

static void assert_refused(noi_day on, const char *message, const char *hint) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    NOI_AUTO_BUF noi_buf bytes = {0};
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    assert_int_equal(noi_compile_registry(&bytes, r, on), NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_message(), message));
    assert_non_null(strstr(noi_error_hint(), hint));
}

static void registry_that_lacks_something_is_refused(void **state) {
    (void)state;
    noi_registry *r = NULL;
    assert_int_equal(noi_registry_create(&r, path), NOI_OK);
    noi_registry_close(r);
    assert_refused(NOI_DAY_NONE, "holds no units", "units FILE");
    drawn_import(path, NOI_IMPORT_UNITS, "old.csv", NOI_STR(drawn_old), "2025-06-30");
    assert_refused(NOI_DAY_NONE, "holds no crosswalk", "decree FILE");
    drawn_registry(path, 0);
    assert_refused(noi_day_from_ymd(2026, 1, 1), "for 2026-01-01", "decree FILE");
}

/* ---- the plan inside the program ------------------------------------------------------------- */

static noi_verdict judge(const noi_plan *plan, const char *text, const char *code, noi_day as_of) {
    const int32_t text_at[] = {0, (int32_t)strlen(text)}, code_at[] = {0, (int32_t)strlen(code)};
    const noi_records one = {
        .n = 1, .text = {text_at, text}, .old_code = {code_at, code}, .as_of = as_of};
    noi_verdict v;
    assert_int_equal(noi_judge(&v, plan, &one), NOI_OK);
    return v;
}

static void assert_goes_to(const noi_plan *plan, const char *text, const char *code, noi_day as_of,
                           const char *want) {
    noi_verdict v = judge(plan, text, code, as_of);
    char got[8];
    if (v.status != NOI_ASSIGNED)
        fail_msg("'%s' %s: %s, %s", text, code, noi_verdict_status_key(v.status),
                 noi_reason_key(v.reason));
    assert_string_equal(noi_code_format(got, plan->units[v.new_unit].code), want);
}

static void built_in_plan_judges_city_capital_and_older_names(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf bytes = {0}, again = {0};
    noi_plan *plan = NULL;
    uint64_t began = noi_monotonic_ns();
    assert_int_equal(noi_compile_builtin(&bytes), NOI_OK);
    print_message("built in %.0f ms under sanitizers, %zu bytes\n",
                  (double)(noi_monotonic_ns() - began) / 1e6, bytes.n);
    assert_int_equal(noi_compile_builtin(&again), NOI_OK);
    assert_int_equal(bytes.n, again.n);
    assert_memory_equal(bytes.p, again.p, bytes.n);
    assert_int_equal(noi_plan_attach(&plan, bytes.p, bytes.n), NOI_OK);
    const noi_day eve = plan->on - 1, in_2024 = noi_day_from_ymd(2024, 6, 30);
    assert_goes_to(plan, "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh", "", eve, "26740");
    assert_goes_to(plan, "", "26740", eve, "26740");
    assert_goes_to(plan, "Phường Phúc Xá, Quận Ba Đình, Hà Nội", "", eve, "00097");
    /* Code 26872 was Phường 13 of Gò Vấp until 2024, which went on into two wards. */
    noi_verdict v = judge(plan, "", "26872", in_2024);
    assert_int_not_equal(v.status, NOI_UNPLACED);
    uint32_t first;
    assert_int_equal(noi_plan_find_all(&first, plan, noi_code_parse("26872", 5)), 2);
    const noi_plan_unit_row *former = &plan->units[plan->by_code[first]];
    const noi_plan_unit_row *latter = &plan->units[plan->by_code[first + 1]];
    assert_string_equal(noi_plan_text(plan, former->name), "13");
    assert_string_equal(noi_plan_text(plan, latter->name), "15");
    assert_int_equal(former->to, noi_day_from_ymd(2025, 1, 1));
    assert_int_equal(latter->from, former->to);
    noi_plan_close(plan);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

NOI_TEST_MAIN(IN_FOLDER(same_registry_gives_the_same_plan), IN_FOLDER(plan_holds_the_drawing),
              IN_FOLDER(law_stands_before_the_table),
              IN_FOLDER(digest_knows_what_a_plan_depends_on),
              IN_FOLDER(registry_that_lacks_something_is_refused),
              cmocka_unit_test(built_in_plan_judges_city_capital_and_older_names))
