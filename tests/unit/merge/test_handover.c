/* Plan: each rule's row does what decision 46 says, while it is in force and where it holds, and
 * nothing without it: R1 to R16, one after the other, on tables that have or have not the row. Rows of
 * procedures: by code, by field, by province; none is no guess. Offices by id and day. */
#include "testing.h"

#include "unit/merge/drawn_registry.h"
#include "unit/scratch.h"

#include "merge/handover.h"

#include <string.h>

#define HEADER "id,applies_from,applies_to,scope,text,citation,configurable\n"
enum { HERE = 0, THERE = 1, OLD = 2 };

static noi_plan_unit_row units[3];
static noi_plan_edge_row edges[2];
static const uint32_t out_edges[] = {0, 1};
static noi_plan plan;
static noi_day on, handover; /* handover 0: that of the change */

static void settle_plan(void) {
    on = noi_day_from_ymd(2025, 7, 1);
    units[HERE].province_code = noi_code_parse("79", 2);
    units[THERE].province_code = noi_code_parse("01", 2);
    units[OLD].n_out = 2; /* the first by an earlier change */
    edges[0].on = on - 181;
    edges[1].on = on;
    plan = (noi_plan){.on = on, .handover = handover ? handover : on, .n_units = 3, .units = units, .edges = edges, .out_edges = out_edges};
}

static noi_verdict placed(uint16_t unit) {
    return (noi_verdict){.status = NOI_ASSIGNED, .new_unit = unit, .old_unit = OLD};
}

#define DAY(n) (noi_day_from_ymd(2025, 7, 1) + (n))
#define FACTS(...) with_defaults((noi_case_facts){__VA_ARGS__})

/* In process, received before the reform, due after it, unless the test says otherwise. */
static noi_case_facts with_defaults(noi_case_facts f) {
    f.status = f.status ? f.status : 4;
    f.received_on = f.received_on ? f.received_on : DAY(-20);
    f.due_on = f.due_on ? f.due_on : DAY(10);
    return f;
}

/* Flags of a case in unit HERE under these rules. */
static uint32_t flags_under(const char *table, noi_case_facts facts) {
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL;
    NOI_AUTO_FREE char *whole = noi_format("%s%s", HEADER, table);
    assert_int_equal(noi_case_rules_read(&rules, "t", noi_str_of(whole)), NOI_OK);
    noi_verdict v = placed(HERE);
    settle_plan();
    return noi_case_flags(rules, &plan, 0, &v, NOI_QUEUE_NONE, &facts);
}

static noi_handler handler_under(const char *table, noi_case_facts facts) {
    return noi_flags_handler(flags_under(table, facts));
}

/* The rule is noted under its row, and not without it, nor in another province. */
static void assert_rule(int number, const char *more, noi_case_facts facts) {
    NOI_AUTO_FREE char *with = noi_format("R%d,2025-07-01,,79,t,c,no\n%s", number, more);
    NOI_AUTO_FREE char *elsewhere = noi_format("R%d,2025-07-01,,01,t,c,no\n%s", number, more);
    assert_true(noi_flags_have_rule(flags_under(with, facts), number));
    assert_false(noi_flags_have_rule(flags_under(more, facts), number));
    assert_false(noi_flags_have_rule(flags_under(elsewhere, facts), number));
}

/* ---- the clock ------------------------------------------------------------------------------- */

static void overdue_at_the_handover_is_told_apart(void **state) {
    (void)state;
    static const char cut[] = "R3,2025-07-01,,79,a cut,a plan,yes\n";
    const uint32_t both = NOI_FLAG_OVERDUE | NOI_FLAG_OLD_UNIT_FINISHES;
    assert_int_equal(flags_under(cut, FACTS(.due_on = DAY(-1))) & 15, both);
    assert_int_equal(flags_under(cut, FACTS(.due_on = DAY(-1), .status = 9)) & 15, both);
    assert_int_equal(flags_under(cut, FACTS(.due_on = DAY(0))) & 15, 0);
    assert_int_equal(flags_under(cut, FACTS(.due_on = DAY(-1), .status = 3)) & 15, 0);
    assert_int_equal(flags_under(cut, FACTS(.due_on = DAY(-1), .status = 10)) & 15, 0);
    assert_int_equal(flags_under(cut, FACTS(.due_on = NOI_DAY_NONE)) & 15, 0);
    assert_int_equal(flags_under("", FACTS(.due_on = DAY(-1))) & 15, NOI_FLAG_OVERDUE);
}

static void the_clock_stands_still(void **state) {
    (void)state;
    for (int status = 1; status <= 10; status++) {
        bool still = status == 5 || status == 6 || status == 8;
        uint32_t flags = flags_under("", FACTS(.status = status));
        assert_int_equal((flags & NOI_FLAG_CLOCK_STILL) != 0, still);
    }
}

static void a_case_without_a_place_goes_by_the_only_province(void **state) {
    (void)state;
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL;
    assert_int_equal(
        noi_case_rules_read(&rules, "t", NOI_STR(HEADER "R3,2025-07-01,,79,a cut,a plan,yes\n")),
        NOI_OK);
    settle_plan();
    noi_verdict none = {.status = NOI_UNPLACED, .new_unit = NOI_NO_UNIT, .old_unit = NOI_NO_UNIT};
    noi_case_facts facts = FACTS(.due_on = DAY(-1));
    const noi_code here = units[HERE].province_code, there = units[THERE].province_code;
    uint32_t flags = noi_case_flags(rules, &plan, here, &none, NOI_QUEUE_LOCATE, &facts);
    assert_true(flags & NOI_FLAG_OLD_UNIT_FINISHES);
    flags = noi_case_flags(rules, &plan, there, &none, NOI_QUEUE_LOCATE, &facts);
    assert_false(flags & NOI_FLAG_OLD_UNIT_FINISHES);
}

/* ---- R1 to R7 -------------------------------------------------------------------------------- */

static void r01_districts_work_goes_to_the_new_commune(void **state) {
    (void)state;
    assert_rule(1, "", FACTS(.holder = NOI_HOLDER_DISTRICT));
    const noi_procedure of_district = {.before = NOI_HANDLER_DISTRICT};
    assert_rule(1, "", FACTS(.procedure = &of_district));
    uint32_t ward = flags_under("R1,2025-07-01,,,t,c,no\n", FACTS(.holder = NOI_HOLDER_COMMUNE));
    assert_false(noi_flags_have_rule(ward, 1));
    uint32_t ended = flags_under("R1,2025-01-01,2025-07-01,,t,c,no\n",
                                 FACTS(.holder = NOI_HOLDER_DISTRICT));
    assert_false(noi_flags_have_rule(ended, 1));
}

static void r02_the_city_decides_what_touches_several_units(void **state) {
    (void)state;
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL;
    assert_int_equal(noi_case_rules_load(&rules), NOI_OK);
    settle_plan();
    noi_verdict two = {.status = NOI_AMBIGUOUS,
                       .n_candidates = 2,
                       .new_unit = NOI_NO_UNIT,
                       .old_unit = NOI_NO_UNIT,
                       .candidates = {HERE, THERE}};
    noi_case_facts facts = FACTS(.holder = NOI_HOLDER_DISTRICT);
    uint32_t flags = noi_case_flags(rules, &plan, 0, &two, NOI_QUEUE_CITY_DECIDES, &facts);
    assert_true(noi_flags_have_rule(flags, 2));
    flags = noi_case_flags(rules, &plan, 0, &two, NOI_QUEUE_LOCATE, &facts);
    assert_false(noi_flags_have_rule(flags, 2));
}

static void r03_the_old_unit_finishes_what_was_due(void **state) {
    (void)state;
    assert_rule(3, "", FACTS(.due_on = DAY(-1)));
    uint32_t later = flags_under("R3,2025-06-01,,79,t,c,yes\n", FACTS(.due_on = DAY(-1)));
    assert_false(later & NOI_FLAG_OLD_UNIT_FINISHES); /* the cut's own day counts */
}

static void r04_and_r06_hold_for_what_changes_hands(void **state) {
    (void)state;
    assert_rule(4, "", FACTS(.status = 4));
    assert_rule(6, "", FACTS(.status = 4));
    static const char both[] = "R4,2025-07-01,,,t,c,no\nR6,2025-07-01,,,t,c,no\n";
    uint32_t returned = flags_under(both, FACTS(.status = 10));
    assert_false(noi_flags_have_rule(returned, 4) || noi_flags_have_rule(returned, 6));
    static const char cut[] = "R3,2025-07-01,,,t,c,no\nR4,2025-07-01,,,t,c,no\n"
                              "R6,2025-07-01,,,t,c,no\n";
    uint32_t stays = flags_under(cut, FACTS(.due_on = DAY(-1)));
    assert_false(noi_flags_have_rule(stays, 4) || noi_flags_have_rule(stays, 6));
}

static void r05_papers_stay_valid(void **state) {
    (void)state;
    assert_rule(5, "", FACTS(.status = 9));
    assert_false(noi_flags_have_rule(flags_under("R5,2025-07-01,,,t,c,no\n", FACTS(.status = 4)), 5));
}

static void r07_dates_the_beginning_of_the_new_units(void **state) {
    (void)state;
    assert_rule(7, "", FACTS(.due_on = DAY(-1)));
    static const char late[] = "R7,2025-07-15,,79,t,c,no\n";
    assert_true(flags_under(late, FACTS(.due_on = DAY(10))) & NOI_FLAG_OVERDUE);
    assert_false(flags_under(late, FACTS(.due_on = DAY(14))) & NOI_FLAG_OVERDUE);
}

/* ---- R8 to R15: what a procedure's row names ------------------------------------------------- */

static const noi_procedure district_land = {.before = NOI_HANDLER_DISTRICT,
                                            .after = NOI_HANDLER_LAND_REGISTRY,
                                            .rules = 1 << 8};

static void r08_land_lodged_before_goes_by_who_had_it(void **state) {
    (void)state;
    static const char row[] = "R8,2025-07-01,,,t,c,no\n";
    noi_procedure of_province = district_land;
    of_province.before = NOI_HANDLER_DEPARTMENT;
    assert_rule(8, "", FACTS(.procedure = &district_land));
    assert_int_equal(handler_under(row, FACTS(.procedure = &district_land)), NOI_HANDLER_COMMUNE);
    assert_int_equal(handler_under(row, FACTS(.procedure = &of_province)), NOI_HANDLER_DEPARTMENT);
    noi_case_facts later = FACTS(.procedure = &district_land, .received_on = DAY(3));
    assert_int_equal(handler_under(row, later), NOI_HANDLER_LAND_REGISTRY);
    assert_false(noi_flags_have_rule(flags_under(row, later), 8));
    assert_int_equal(handler_under("", FACTS(.procedure = &district_land)),
                     NOI_HANDLER_LAND_REGISTRY);
}

static void r09_land_recovery_goes_to_the_commune(void **state) {
    (void)state;
    const noi_procedure recovery = {.before = NOI_HANDLER_DISTRICT, .rules = 1 << 9};
    assert_rule(9, "", FACTS(.procedure = &recovery));
    assert_int_equal(handler_under("R9,2025-07-01,,,t,c,no\n", FACTS(.procedure = &recovery)),
                     NOI_HANDLER_COMMUNE);
    assert_int_equal(handler_under("", FACTS(.procedure = &recovery)), NOI_HANDLER_UNKNOWN);
}

/* A row without a place gets it from the rule that it names. */
static void assert_place(int number, noi_matter_place place) {
    const noi_procedure p = {.rules = 1u << number};
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *with = NULL, *without = NULL;
    NOI_AUTO_FREE char *table = noi_format(HEADER "R%d,2025-07-01,,79,t,c,no\n", number);
    assert_int_equal(noi_case_rules_read(&with, "t", noi_str_of(table)), NOI_OK);
    assert_int_equal(noi_case_rules_read(&without, "t", NOI_STR(HEADER)), NOI_OK);
    settle_plan();
    const noi_code here = units[HERE].province_code, there = units[THERE].province_code;
    const noi_case_facts facts = FACTS(.procedure = &p);
    assert_int_equal(noi_case_place(with, here, on, &facts), place);
    assert_int_equal(noi_case_place(with, there, on, &facts), NOI_PLACE_UNKNOWN);
    assert_int_equal(noi_case_place(with, here, on - 1, &facts), NOI_PLACE_UNKNOWN);
    assert_int_equal(noi_case_place(without, here, on, &facts), NOI_PLACE_UNKNOWN);
}

static void r08_to_r12_say_where_the_matter_lies(void **state) {
    (void)state;
    assert_place(8, NOI_PLACE_OBJECT);
    assert_place(9, NOI_PLACE_OBJECT);
    assert_place(10, NOI_PLACE_HEAD_OFFICE);
    assert_place(11, NOI_PLACE_OBJECT);
    assert_place(12, NOI_PLACE_CHOICE);
    const noi_procedure business = {.rules = 1 << 10}, building = {.rules = 1 << 11},
                        civil = {.rules = 1 << 12};
    assert_rule(10, "", FACTS(.procedure = &business));
    assert_rule(11, "", FACTS(.procedure = &building));
    assert_rule(12, "", FACTS(.procedure = &civil));
}

static void r12_a_choice_counts_since_it_is_free(void **state) {
    (void)state;
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL;
    assert_int_equal(noi_case_rules_load(&rules), NOI_OK);
    const noi_code here = noi_code_parse("79", 2);
    noi_case_facts facts = FACTS(.received_on = DAY(-1));
    assert_false(noi_case_is_chosen(rules, here, &facts));
    facts.received_on = DAY(0);
    assert_true(noi_case_is_chosen(rules, here, &facts));
    facts.received_on = NOI_DAY_NONE;
    assert_false(noi_case_is_chosen(rules, here, &facts));
}

static void r13_intake_is_a_field_of_its_own(void **state) {
    (void)state;
    assert_rule(13, "", FACTS(.has_intake = true, .received_on = DAY(5)));
    static const char row[] = "R13,2025-07-01,,,t,c,no\n";
    assert_false(noi_flags_have_rule(flags_under(row, FACTS(.has_intake = true)), 13));
    assert_false(noi_flags_have_rule(flags_under(row, FACTS(.received_on = DAY(5))), 13));
}

static void r14_departments_take_in_at_the_centre_later(void **state) {
    (void)state;
    const noi_procedure department = {.after = NOI_HANDLER_DEPARTMENT};
    const noi_procedure commune = {.after = NOI_HANDLER_COMMUNE};
    static const char row[] = "R14,2025-12-27,,79,t,c,yes\n";
    noi_day since = noi_day_from_ymd(2025, 12, 27);
    assert_true(noi_flags_have_rule(
        flags_under(row, FACTS(.procedure = &department, .received_on = since)), 14));
    assert_false(noi_flags_have_rule(
        flags_under(row, FACTS(.procedure = &department, .received_on = since - 1)), 14));
    assert_false(noi_flags_have_rule(
        flags_under(row, FACTS(.procedure = &commune, .received_on = since)), 14));
}

/* The second handover: what departments have unfinished on its day, and nothing else by that day. */
static void r14_moves_the_intake_of_unfinished_cases_at_the_later_handover(void **state) {
    (void)state;
    const noi_procedure department = {.before = NOI_HANDLER_DEPARTMENT,
                                      .after = NOI_HANDLER_DEPARTMENT};
    const noi_procedure commune = {.before = NOI_HANDLER_COMMUNE, .after = NOI_HANDLER_COMMUNE};
    static const char rows[] = "R14,2025-12-27,,79,t,c,yes\nR1,2025-12-27,,,t,c,no\n"
                               "R4,2025-12-27,,,t,c,no\nR6,2025-12-27,,,t,c,no\n";
    handover = noi_day_from_ymd(2025, 12, 27);
    uint32_t moved = flags_under(rows, FACTS(.procedure = &department));
    uint32_t returned = flags_under(rows, FACTS(.procedure = &department, .status = 10));
    uint32_t stays = flags_under(rows, FACTS(.procedure = &commune));
    handover--;
    uint32_t eve = flags_under(rows, FACTS(.procedure = &department));
    handover = 0;
    uint32_t first = flags_under(rows, FACTS(.procedure = &department));
    assert_true(noi_flags_have_rule(moved, 14));
    assert_false(noi_flags_have_rule(returned, 14));
    assert_false(noi_flags_have_rule(stays, 14));
    assert_int_equal(eve, first);
    assert_int_equal(moved & ~(1u << (7 + 14)), first); /* R1, R4, R6 go by the day of the change */
}

static void r15_ends_the_decrees(void **state) {
    (void)state;
    const noi_procedure business = {.rules = 1 << 10};
    static const char open[] = "R10,2025-07-01,,,t,c,no\nR15,2025-07-01,2027-03-01,,t,c,no\n";
    static const char ended[] = "R10,2025-07-01,,,t,c,no\nR15,2024-07-01,2025-07-01,,t,c,no\n";
    uint32_t flags = flags_under(open, FACTS(.procedure = &business));
    assert_true(noi_flags_have_rule(flags, 10) && noi_flags_have_rule(flags, 15));
    flags = flags_under(ended, FACTS(.procedure = &business));
    assert_false(noi_flags_have_rule(flags, 10) || noi_flags_have_rule(flags, 15));
    flags = flags_under(open, FACTS(.status = 4));
    assert_false(noi_flags_have_rule(flags, 15));
}

static void r16_split_wards_are_verified_on_the_spot(void **state) {
    (void)state;
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL, *none = NULL;
    assert_int_equal(noi_case_rules_load(&rules), NOI_OK);
    assert_int_equal(noi_case_rules_read(&none, "t", NOI_STR(HEADER)), NOI_OK);
    settle_plan();
    noi_verdict v = placed(HERE);
    uint32_t whole = noi_household_flags(rules, &plan, 0, &v);
    assert_true(noi_flags_have_rule(whole, 16));
    assert_false(whole & NOI_FLAG_VERIFY_LOCALLY);
    edges[0].on = on;
    assert_true(noi_household_flags(rules, &plan, 0, &v) & NOI_FLAG_VERIFY_LOCALLY);
    assert_int_equal(noi_household_flags(none, &plan, 0, &v), 0);
    v.old_unit = NOI_NO_UNIT;
    assert_int_equal(noi_household_flags(rules, &plan, 0, &v), 0);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void rules_inside_the_program_are_all_there(void **state) {
    (void)state;
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL;
    assert_int_equal(noi_case_rules_load(&rules), NOI_OK);
    const noi_code city = noi_code_parse("79", 2), hanoi = noi_code_parse("01", 2);
    for (int number = 1; number <= 16; number++)
        assert_non_null(noi_case_rule_find(rules, number, city));
    assert_null(noi_case_rule_find(rules, 3, hanoi));
    for (size_t i = 0; i < rules->n; i++)
        assert_true(rules->items[i].citation[0] && rules->items[i].text[0]);
}

static void broken_rules_are_refused_with_their_place(void **state) {
    (void)state;
    noi_case_rules *rules = NULL;
    assert_int_equal(noi_case_rules_read(&rules, "t.csv", NOI_STR("id,text\nR1,x\n")),
                     NOI_ERR_INPUT);
    assert_int_equal(
        noi_case_rules_read(&rules, "t.csv", NOI_STR(HEADER "R1,tomorrow,,,x,y,no\n")),
        NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_message(), "t.csv:2"));
    assert_non_null(strstr(noi_error_message(), "tomorrow"));
}

static void procedure_codes_are_read(void **state) {
    (void)state;
    assert_int_equal(noi_procedure_code(NOI_STR("1.009994")), 1009994);
    assert_int_equal(noi_procedure_code(NOI_STR("2.000720.000.00.00.H29")), 2000720);
    static const char *const none[] = {"", "1.00999", "1.0099945", "1009994", "a.009994",
                                       "1.00999x", "0.009994"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(noi_procedure_code(noi_str_of(none[i])), 0);
}

static const char PROCEDURES[] =
    "code,field,scope,place,level_before,level_after,rules,source\n"
    "1.009994,,,object,district,commune,R11,a\n"
    "1.009994,,79,công trình,quận,Sở,R11,b\n"
    "1.001612.000.00.00.H29,,,Trụ sở,huyện,xã,R10,c\n"
    ",Hộ tịch,,residence_or_choice,xã,xã,R12,d\n";
static const char OFFICES[] = "old_id,new_id,unit_code,starts_on\n"
                              "000.01.02.H29,H29.7,10004,2025-07-01\n"
                              "000.01.02.H29,H29.8,,2026-01-01\n"
                              "000.01.03.H29,,102,\n";

/* The words that the importer knows are those that the plan reads. */
static void every_key_is_a_word_of_the_table(void **state) {
    (void)state;
    drawn_registry(path, 0);
    NOI_AUTO_BUF noi_buf table = {0};
    noi_buf_add_str(&table, "code,place,level_before,source\n");
    for (int i = 1; i < NOI_N_HANDLERS; i++)
        noi_buf_printf(&table, "1.00000%d,%s,%s,x\n", i,
                       i <= NOI_PLACE_CHOICE ? noi_matter_place_key((noi_matter_place)i) : "",
                       noi_handler_key((noi_handler)i));
    drawn_import(path, NOI_IMPORT_PROCEDURES, "k.csv", noi_buf_view(&table), "2025-07-01");
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    NOI_AUTO(noi_procedures_freep) noi_procedures *all = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    assert_int_equal(noi_procedures_load(&all, r), NOI_OK);
    for (uint32_t i = 1; i < NOI_N_HANDLERS; i++) {
        const noi_procedure *p = noi_procedure_find(all, 1000000 + i, NOI_STR(""), 0);
        assert_int_equal(p->before, i);
        assert_int_equal(p->place, i <= NOI_PLACE_CHOICE ? i : NOI_PLACE_UNKNOWN);
    }
}

static void rows_of_the_registry_are_found(void **state) {
    (void)state;
    drawn_registry(path, 0);
    drawn_import(path, NOI_IMPORT_PROCEDURES, "p.csv", NOI_STR(PROCEDURES), "2025-07-01");
    drawn_import(path, NOI_IMPORT_OFFICES, "o.csv", NOI_STR(OFFICES), "2025-07-01");
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    assert_int_equal(noi_case_rules_of(&rules, r), NOI_OK);
    assert_false(rules->own);
    const noi_code city = noi_code_parse("79", 2);
    const noi_procedures *all = rules->procedures;
    assert_int_equal(noi_procedures_count(all), 4);
    assert_string_equal(noi_procedure_find(all, 1009994, NOI_STR(""), city)->basis, "b");
    assert_int_equal(noi_procedure_find(all, 1009994, NOI_STR(""), city)->after,
                     NOI_HANDLER_DEPARTMENT);
    assert_string_equal(noi_procedure_find(all, 1009994, NOI_STR(""), 0)->basis, "a");
    const noi_procedure *business = noi_procedure_find(all, 1001612, NOI_STR("hộ tịch"), city);
    assert_string_equal(business->basis, "c");
    assert_int_equal(business->place, NOI_PLACE_HEAD_OFFICE);
    assert_int_equal(business->rules, 1 << 10);
    assert_string_equal(noi_procedure_find(all, 1999999, NOI_STR("HO TICH"), city)->basis, "d");
    assert_null(noi_procedure_find(all, 1999999, NOI_STR("đất đai"), city));
    noi_str id = NOI_STR("000.01.02.H29");
    noi_day july = noi_day_from_ymd(2025, 7, 1);
    assert_string_equal(noi_office_find(rules->offices, id, july)->new_id, "H29.7");
    assert_string_equal(noi_office_find(rules->offices, id, NOI_DAY_NONE)->new_id, "H29.8");
    assert_string_equal(noi_office_find(rules->offices, NOI_STR("000.01.03.H29"), july)->unit_code,
                        "102");
    assert_null(noi_office_find(rules->offices, NOI_STR("000.01.0"), july));
}

/* A table of the registry's own takes the place of the program's, and changes what a plan depends on. */
static void own_rules_replace_those_of_the_program(void **state) {
    (void)state;
    static const char own[] = HEADER "R3,2025-08-01,,79,another cut,our plan,yes\n";
    NOI_AUTO_BUF noi_buf first = {0}, second = {0};
    noi_plan *before = NULL, *after = NULL;
    drawn_registry(path, 0);
    drawn_plan(&first, &before, path);
    drawn_import(path, NOI_IMPORT_CASE_RULES, "r.csv", NOI_STR(own), "2025-07-01");
    drawn_plan(&second, &after, path);
    assert_string_not_equal(noi_plan_inputs(before), noi_plan_inputs(after));
    noi_plan_close(before);
    noi_plan_close(after);
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    assert_int_equal(noi_case_rules_of(&rules, r), NOI_OK);
    assert_true(rules->own);
    assert_int_equal(rules->n, 1);
    assert_string_equal(rules->items[0].citation, "our plan");
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
NOI_TEST_MAIN(cmocka_unit_test(overdue_at_the_handover_is_told_apart),
              cmocka_unit_test(the_clock_stands_still),
              cmocka_unit_test(a_case_without_a_place_goes_by_the_only_province),
              cmocka_unit_test(r01_districts_work_goes_to_the_new_commune),
              cmocka_unit_test(r02_the_city_decides_what_touches_several_units),
              cmocka_unit_test(r03_the_old_unit_finishes_what_was_due),
              cmocka_unit_test(r04_and_r06_hold_for_what_changes_hands),
              cmocka_unit_test(r05_papers_stay_valid),
              cmocka_unit_test(r07_dates_the_beginning_of_the_new_units),
              cmocka_unit_test(r08_land_lodged_before_goes_by_who_had_it),
              cmocka_unit_test(r09_land_recovery_goes_to_the_commune),
              cmocka_unit_test(r08_to_r12_say_where_the_matter_lies),
              cmocka_unit_test(r12_a_choice_counts_since_it_is_free),
              cmocka_unit_test(r13_intake_is_a_field_of_its_own),
              cmocka_unit_test(r14_departments_take_in_at_the_centre_later),
              cmocka_unit_test(r14_moves_the_intake_of_unfinished_cases_at_the_later_handover),
              cmocka_unit_test(r15_ends_the_decrees),
              cmocka_unit_test(r16_split_wards_are_verified_on_the_spot),
              cmocka_unit_test(rules_inside_the_program_are_all_there),
              cmocka_unit_test(broken_rules_are_refused_with_their_place),
              cmocka_unit_test(procedure_codes_are_read),
              IN_FOLDER(every_key_is_a_word_of_the_table),
              IN_FOLDER(rows_of_the_registry_are_found),
              IN_FOLDER(own_rules_replace_those_of_the_program))
