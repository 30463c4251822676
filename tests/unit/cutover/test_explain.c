/* Plan: the explanation of a record is the verdict that the merge stored, with its queue and flags,
 * for every record of every kind; a piece that matters is one without which the answer is another;
 * each rule in the flags is told, and no other; a record is found by its key, by its kind, by another
 * number, and by nothing else. */
#include "testing.h"

#include "cutover/explain.h"
#include "unit/merge/drawn_registry.h"
#include "unit/scratch.h"

static const char PROCEDURES[] = "code,place,level_before,level_after,rules,source\n"
                                 "1.000001,object,district,commune,R8 R11,x\n"
                                 "1.000002,residence_or_choice,commune,commune,R12,x\n"
                                 "1.000003,head_office,district,department,R10,x\n";

/* Registry with records, some cases with procedures, merged. */
static void make_merged(void) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    noi_account account;
    drawn_registry(path, 120);
    drawn_import(path, NOI_IMPORT_PROCEDURES, "p.csv", NOI_STR(PROCEDURES), "2025-07-01");
    drawn_sql(path, "UPDATE dossier SET procedure_code = printf('1.%06d', id % 5), received_on = "
                    "date('2025-06-25', id % 12 || ' days'), head_office = CASE WHEN id % 3 = 0 "
                    "THEN '1 Lê Lợi, Phường Bình Yên, Quận Nhất' END");
    drawn_plan(&bytes, &plan, path);
    assert_int_equal(drawn_merge(&account, path, plan, &(noi_merge_options){0}), NOI_OK);
    noi_plan_close(plan);
}

typedef struct opened {
    noi_registry *registry;
    noi_buf bytes;
    noi_plan *plan;
} opened;

static void open_all(opened *o) {
    drawn_plan(&o->bytes, &o->plan, path);
    assert_int_equal(noi_registry_open(&o->registry, path, NOI_OPEN_READ), NOI_OK);
}

static void close_all(opened *o) {
    noi_registry_close(o->registry);
    noi_plan_close(o->plan);
    noi_buf_free(&o->bytes);
}

static void assert_told(const noi_explanation *e, const noi_plan *plan) {
    const noi_case_rule *rules[NOI_MAX_CASE_RULE];
    size_t n = noi_explanation_rules(rules, NOI_MAX_CASE_RULE, e, plan), in_flags = 0;
    for (int number = 1; number <= NOI_MAX_CASE_RULE; number++)
        in_flags += noi_flags_have_rule(e->reasoning.flags, number);
    assert_int_equal(n, in_flags);
    for (size_t i = 0; i < n; i++)
        assert_true(noi_flags_have_rule(e->reasoning.flags, rules[i]->number));
}

static void assert_pieces(const noi_explanation *e) {
    const noi_verdict *v = &e->reasoning.verdict;
    for (size_t i = 0; i < e->reasoning.n; i++) {
        const noi_piece_of_evidence *p = &e->reasoning.pieces[i];
        bool changed = p->without.status != v->status || p->without.new_unit != v->new_unit;
        assert_false(p->missing && p->matters);
        assert_false(changed && !p->missing && !p->matters);
        assert_false(p->left_out && p->matters);
    }
}

/* What is stored, as one number: status, queue, flags. */
static void assert_stored(const noi_explanation *e, int kind, int64_t id) {
    char sql[256];
    int64_t queue = e->reasoning.queue;
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM verdict WHERE kind = %d AND record_id = %lld AND status = %d AND "
             "flags = %u AND ifnull(queue, '') = '%.*s'",
             kind, (long long)id, e->reasoning.verdict.status, e->reasoning.flags,
             NOI_STR_ARG(noi_queue_key((noi_queue)queue)));
    assert_int_equal(drawn_number(path, sql), 1);
    assert_true(e->merged && e->stored_same);
}

static void every_record_is_explained_as_it_is_stored(void **state) {
    (void)state;
    static const char *const prefix[] = {"", "address:A", "household:H", "parcel:P", "case:C"};
    static const char *const tables[] = {"", "address", "household", "parcel", "dossier"};
    make_merged();
    opened o = {0};
    open_all(&o);
    for (int kind = 1; kind < NOI_RECORD_KINDS; kind++) {
        char name[64];
        snprintf(name, sizeof name, "SELECT count(*) FROM %s", tables[kind]);
        int64_t n = drawn_number(path, name);
        for (int64_t i = 0; i < n; i++) {
            NOI_AUTO(noi_explanation_freep) noi_explanation *e = NULL;
            snprintf(name, sizeof name, "%s%lld", prefix[kind], (long long)i);
            assert_int_equal(noi_explain(&e, o.registry, o.plan, name), NOI_OK);
            assert_int_equal(e->kind, kind);
            assert_stored(e, kind, e->id);
            assert_told(e, o.plan);
            assert_pieces(e);
        }
    }
    close_all(&o);
}

static void records_are_found_by_their_names(void **state) {
    (void)state;
    static const char aliases[] = "alias,id\nOLD-1,C1\nBOTH,C1\nBOTH,C2\nLOST,C9999\n";
    make_merged();
    drawn_import(path, NOI_IMPORT_CASE_ALIASES, "al.csv", NOI_STR(aliases), "2025-07-01");
    opened o = {0};
    open_all(&o);
    noi_explanation *e = NULL;
    assert_int_equal(noi_explain(&e, o.registry, o.plan, "OLD-1"), NOI_OK);
    assert_string_equal(e->key, "C1");
    assert_string_equal(e->alias, "OLD-1");
    noi_explanation_free(e);
    e = NULL;
    assert_int_equal(noi_explain(&e, o.registry, o.plan, "C1"), NOI_OK);
    assert_string_equal(e->alias, "");
    noi_explanation_free(e);
    e = NULL;
    static const char *const none[] = {"BOTH", "LOST", "A1", "address:C1", "address:", ":", ""};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(noi_explain(&e, o.registry, o.plan, none[i]), NOI_ERR_INPUT);
    close_all(&o);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
NOI_TEST_MAIN(IN_FOLDER(every_record_is_explained_as_it_is_stored),
              IN_FOLDER(records_are_found_by_their_names))
