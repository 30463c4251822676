/* Plan: a household follows its address, else its own evidence; a case follows a decision, its
 * object (parcel, address, point), its household, its ward, in this order; pieces narrow each
 * other, never overrule each other in silence; a district alone decides nothing; only what touches
 * several new units goes to the city. For every combination of evidence: an assigned unit is one
 * that the evidence allowed. The clock's flags follow the rows of the rules. */
#include "testing.h"

#include "merge/route.h"

#include <string.h>

enum { A = 10, B = 11, C = 12 };

static noi_verdict assigned(uint16_t unit) {
    return (noi_verdict){.status = NOI_ASSIGNED,
                         .method = NOI_BY_WHOLE_EDGE,
                         .new_unit = unit,
                         .old_unit = 1,
                         .edge = unit,
                         .border_m = -1,
                         .rule = -1};
}

static noi_verdict ambiguous(uint16_t one, uint16_t other) {
    return (noi_verdict){.status = NOI_AMBIGUOUS,
                         .reason = NOI_REASON_SPLIT,
                         .n_candidates = 2,
                         .new_unit = NOI_NO_UNIT,
                         .old_unit = 1,
                         .edge = -1,
                         .border_m = -1,
                         .candidates = {one, other}};
}

static noi_verdict unplaced(noi_reason reason) {
    return (noi_verdict){.status = NOI_UNPLACED,
                         .reason = (uint8_t)reason,
                         .new_unit = NOI_NO_UNIT,
                         .old_unit = NOI_NO_UNIT,
                         .edge = -1,
                         .border_m = -1,
                         .rule = -1};
}

static void assert_assigned(const noi_verdict *v, uint16_t unit, noi_method method) {
    assert_int_equal(v->status, NOI_ASSIGNED);
    assert_int_equal(v->new_unit, unit);
    assert_int_equal(v->method, method);
    assert_int_equal(v->reason, NOI_REASON_NONE);
    assert_int_equal(v->n_candidates, 0);
}

static void assert_not_assigned(const noi_verdict *v, noi_verdict_status status, noi_reason reason,
                                size_t n_candidates) {
    assert_int_equal(v->status, status);
    assert_int_equal(v->reason, reason);
    assert_int_equal(v->n_candidates, n_candidates);
    assert_int_equal(v->new_unit, NOI_NO_UNIT);
    assert_int_equal(v->method, NOI_BY_NOTHING);
}

/* ---- households ------------------------------------------------------------------------------ */

static void household_follows_its_address(void **state) {
    (void)state;
    noi_verdict own = assigned(A), address = assigned(B), out;
    noi_route_household(
        &out, &(noi_household_evidence){.names_address = true, .own = &own, .address = &address});
    assert_assigned(&out, B, NOI_BY_ADDRESS);
    assert_int_equal(out.edge, address.edge);
    address = ambiguous(B, C);
    noi_route_household(
        &out, &(noi_household_evidence){.names_address = true, .own = &own, .address = &address});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_SPLIT, 2);
}

static void household_has_its_own_evidence_where_the_address_gives_none(void **state) {
    (void)state;
    noi_verdict own = assigned(A), address = unplaced(NOI_REASON_NO_UNIT_READ), out;
    noi_route_household(
        &out, &(noi_household_evidence){.names_address = true, .own = &own, .address = &address});
    assert_assigned(&out, A, NOI_BY_WHOLE_EDGE);
    noi_route_household(&out, &(noi_household_evidence){.names_address = true, .own = &own});
    assert_assigned(&out, A, NOI_BY_WHOLE_EDGE);
    own = unplaced(NOI_REASON_NO_EVIDENCE);
    noi_route_household(
        &out, &(noi_household_evidence){.names_address = true, .own = &own, .address = &address});
    assert_not_assigned(&out, NOI_UNPLACED, NOI_REASON_NO_UNIT_READ, 0);
}

static void broken_reference_of_a_household_is_named(void **state) {
    (void)state;
    noi_verdict own = unplaced(NOI_REASON_NO_EVIDENCE), out;
    noi_route_household(&out, &(noi_household_evidence){.names_address = true, .own = &own});
    assert_not_assigned(&out, NOI_UNPLACED, NOI_REASON_REFERENCE, 0);
    noi_route_household(&out, &(noi_household_evidence){.own = &own});
    assert_not_assigned(&out, NOI_UNPLACED, NOI_REASON_NO_EVIDENCE, 0);
}

static void decision_on_a_household_is_strongest(void **state) {
    (void)state;
    noi_verdict own = assigned(A), address = assigned(B), out;
    own.method = NOI_BY_DECISION;
    noi_route_household(
        &out, &(noi_household_evidence){.decided = true, .own = &own, .address = &address});
    assert_assigned(&out, A, NOI_BY_DECISION);
}

/* ---- cases ----------------------------------------------------------------------------------- */

static noi_verdict out;
static noi_queue queue;

static void route(noi_case_evidence e) {
    noi_route_case(&out, &queue, &e);
}

static void place_is_sought_in_the_order_of_the_rules(void **state) {
    (void)state;
    noi_verdict a = assigned(A), b = assigned(B), none = unplaced(NOI_REASON_NO_EVIDENCE);
    route((noi_case_evidence){.parcel = &a, .own = &none, .household = &b});
    assert_assigned(&out, A, NOI_BY_PARCEL);
    route((noi_case_evidence){.own = &a, .household = &b});
    assert_assigned(&out, A, NOI_BY_WHOLE_EDGE);
    route((noi_case_evidence){.own = &none, .household = &b, .holder = NOI_HOLDER_DISTRICT});
    assert_assigned(&out, B, NOI_BY_HOUSEHOLD);
    route((noi_case_evidence){.own = &none, .unit = &b, .holder = NOI_HOLDER_COMMUNE});
    assert_assigned(&out, B, NOI_BY_UNIT);
    route((noi_case_evidence){.own = &none, .unit = &b, .by_intake = true});
    assert_assigned(&out, B, NOI_BY_INTAKE_UNIT);
    assert_int_equal(queue, NOI_QUEUE_NONE);
}

static void decision_on_a_case_is_strongest(void **state) {
    (void)state;
    noi_verdict own = assigned(A), b = assigned(B);
    own.method = NOI_BY_DECISION;
    route((noi_case_evidence){.decided = true, .own = &own, .parcel = &b, .unit = &b});
    assert_assigned(&out, A, NOI_BY_DECISION);
}

static void matter_in_two_new_units_goes_to_the_city(void **state) {
    (void)state;
    noi_verdict a = assigned(A), b = assigned(B), bc = ambiguous(B, C);
    route((noi_case_evidence){.parcel = &b, .own = &a, .unit = &b});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_SEVERAL_UNITS, 2);
    assert_int_equal(out.candidates[0], A);
    assert_int_equal(out.candidates[1], B);
    assert_int_equal(queue, NOI_QUEUE_CITY_DECIDES);
    route((noi_case_evidence){.parcel = &bc, .own = &a});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_SEVERAL_UNITS, 3);
    assert_int_equal(queue, NOI_QUEUE_CITY_DECIDES);
}

static void parcel_and_object_narrow_each_other(void **state) {
    (void)state;
    noi_verdict a = assigned(A), ab = ambiguous(A, B), bc = ambiguous(B, C);
    route((noi_case_evidence){.parcel = &ab, .own = &a});
    assert_assigned(&out, A, NOI_BY_WHOLE_EDGE);
    route((noi_case_evidence){.parcel = &a, .own = &ab});
    assert_assigned(&out, A, NOI_BY_PARCEL);
    route((noi_case_evidence){.parcel = &ab, .own = &bc});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_SPLIT, 2);
    assert_int_equal(queue, NOI_QUEUE_LOCATE);
}

static void ward_that_went_whole_decides_what_is_left_open(void **state) {
    (void)state;
    noi_verdict a = assigned(A), ab = ambiguous(A, B), bc = ambiguous(B, C);
    route((noi_case_evidence){.own = &ab, .unit = &a, .holder = NOI_HOLDER_COMMUNE});
    assert_assigned(&out, A, NOI_BY_UNIT);
    route((noi_case_evidence){.own = &bc, .unit = &a, .holder = NOI_HOLDER_COMMUNE});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_SPLIT, 2);
    route((noi_case_evidence){.household = &ab, .unit = &a, .holder = NOI_HOLDER_COMMUNE});
    assert_assigned(&out, A, NOI_BY_UNIT);
    route((noi_case_evidence){.own = &ab, .unit = &a, .by_intake = true});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_SPLIT, 2);
}

static void residence_outside_the_ward_is_asked_about(void **state) {
    (void)state;
    noi_verdict a = assigned(A), b = assigned(B), bc = ambiguous(B, C);
    route((noi_case_evidence){.household = &a, .unit = &b, .holder = NOI_HOLDER_COMMUNE});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_EVIDENCE_DISAGREES, 2);
    assert_int_equal(queue, NOI_QUEUE_LOCATE);
    route((noi_case_evidence){.household = &a, .unit = &bc, .holder = NOI_HOLDER_COMMUNE});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_EVIDENCE_DISAGREES, 3);
    route((noi_case_evidence){.household = &b, .unit = &bc, .holder = NOI_HOLDER_COMMUNE});
    assert_assigned(&out, B, NOI_BY_HOUSEHOLD);
    route((noi_case_evidence){.household = &a, .unit = &b, .by_intake = true});
    assert_assigned(&out, A, NOI_BY_HOUSEHOLD);
}

static void split_ward_without_a_place_is_located(void **state) {
    (void)state;
    noi_verdict ab = ambiguous(A, B), none = unplaced(NOI_REASON_NO_EVIDENCE);
    route((noi_case_evidence){.own = &none, .unit = &ab, .holder = NOI_HOLDER_COMMUNE});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_SPLIT, 2);
    assert_int_equal(queue, NOI_QUEUE_LOCATE);
}

static void nothing_to_go_by_says_why(void **state) {
    (void)state;
    noi_verdict none = unplaced(NOI_REASON_NO_EVIDENCE), unread = unplaced(NOI_REASON_NO_UNIT_READ);
    route((noi_case_evidence){.own = &none, .holder = NOI_HOLDER_DISTRICT});
    assert_not_assigned(&out, NOI_UNPLACED, NOI_REASON_DISTRICT_ONLY, 0);
    assert_int_equal(queue, NOI_QUEUE_LOCATE);
    route((noi_case_evidence){.own = &none});
    assert_not_assigned(&out, NOI_UNPLACED, NOI_REASON_NO_EVIDENCE, 0);
    route((noi_case_evidence){.own = &none, .names_parcel = true, .holder = NOI_HOLDER_DISTRICT});
    assert_not_assigned(&out, NOI_UNPLACED, NOI_REASON_REFERENCE, 0);
    route((noi_case_evidence){.own = &unread, .names_parcel = true});
    assert_not_assigned(&out, NOI_UNPLACED, NOI_REASON_NO_UNIT_READ, 0);
}

static void a_districts_case_is_asked_among_what_its_wards_became(void **state) {
    (void)state;
    noi_verdict ab = ambiguous(A, B), none = unplaced(NOI_REASON_NO_EVIDENCE);
    route((noi_case_evidence){.own = &none, .unit = &ab, .holder = NOI_HOLDER_DISTRICT});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_DISTRICT_ONLY, 2);
    assert_int_equal(queue, NOI_QUEUE_LOCATE);
    noi_verdict a = assigned(A); /* a district that became one unit: Côn Đảo */
    route((noi_case_evidence){.own = &none, .unit = &a, .holder = NOI_HOLDER_DISTRICT});
    assert_int_equal(out.status, NOI_ASSIGNED);
    assert_int_equal(out.new_unit, A);
    assert_int_equal(out.method, NOI_BY_UNIT);
}

/* Is the unit one that some piece of evidence allows? */
static bool is_allowed(const noi_case_evidence *e, uint16_t unit) {
    const noi_verdict *pieces[] = {e->own, e->parcel, e->household, e->unit};
    for (size_t i = 0; i < 4; i++) {
        if (!pieces[i])
            continue;
        if (pieces[i]->status == NOI_ASSIGNED && pieces[i]->new_unit == unit)
            return true;
        for (size_t k = 0; k < pieces[i]->n_candidates; k++)
            if (pieces[i]->candidates[k] == unit)
                return true;
    }
    return false;
}

/* An object in one place is never left for another. */
static void assert_sound(const noi_case_evidence *e) {
    route(*e);
    assert_true((out.status == NOI_ASSIGNED) == (out.new_unit != NOI_NO_UNIT));
    assert_true((out.status == NOI_ASSIGNED) == (queue == NOI_QUEUE_NONE));
    assert_true((out.status == NOI_AMBIGUOUS) == (out.n_candidates >= 2));
    assert_true((out.status == NOI_ASSIGNED) == (out.reason == NOI_REASON_NONE));
    if (out.status == NOI_ASSIGNED)
        assert_true(is_allowed(e, out.new_unit));
    for (size_t i = 0; i < out.n_candidates; i++) {
        assert_true(is_allowed(e, out.candidates[i]));
        assert_true(i == 0 || out.candidates[i - 1] < out.candidates[i]);
    }
    const noi_case_evidence pieces = noi_case_pieces(e);
    const noi_verdict *object[] = {pieces.parcel, pieces.own};
    for (size_t i = 0; i < 2 && out.status == NOI_ASSIGNED; i++)
        if (object[i] && object[i]->status == NOI_ASSIGNED)
            assert_int_equal(out.new_unit, object[i]->new_unit);
}

static void every_combination_is_sound(void **state) {
    (void)state;
    const noi_verdict kinds[] = {assigned(A),     assigned(B),
                                 ambiguous(A, B), ambiguous(B, C),
                                 ambiguous(A, C), unplaced(NOI_REASON_NO_EVIDENCE)};
    enum { N = sizeof kinds / sizeof *kinds + 1 };
    for (size_t i = 0; i < 10 * N * N * N * N; i++) {
        size_t pick[4] = {i / 10 % N, i / 10 / N % N, i / 10 / N / N % N, i / 10 / N / N / N};
        const noi_verdict *v[4];
        for (size_t k = 0; k < 4; k++)
            v[k] = pick[k] == N - 1 ? NULL : &kinds[pick[k]];
        assert_sound(
            &(noi_case_evidence){.own = v[0],
                                 .parcel = v[1],
                                 .household = v[2],
                                 .unit = v[3],
                                 .place = (noi_matter_place)(i / 2 % 5),
                                 .chosen = i % 3 == 0,
                                 .by_intake = i % 2,
                                 .holder = i % 2 ? NOI_HOLDER_UNKNOWN : NOI_HOLDER_COMMUNE});
    }
}

static void holder_is_told_by_its_code(void **state) {
    (void)state;
    assert_int_equal(noi_holder_of(NOI_STR("26740")), NOI_HOLDER_COMMUNE);
    assert_int_equal(noi_holder_of(NOI_STR("760")), NOI_HOLDER_DISTRICT);
    assert_int_equal(noi_holder_of(NOI_STR("79")), NOI_HOLDER_UNKNOWN);
    assert_int_equal(noi_holder_of(NOI_STR("H29.12")), NOI_HOLDER_UNKNOWN);
    assert_int_equal(noi_holder_of(NOI_STR("")), NOI_HOLDER_UNKNOWN);
}

/* ---- what a procedure says ------------------------------------------------------------------- */

static void procedure_of_an_object_leaves_the_residence_out(void **state) {
    (void)state;
    noi_verdict a = assigned(A), b = assigned(B), c = assigned(C);
    route((noi_case_evidence){.place = NOI_PLACE_OBJECT, .parcel = &a, .household = &b});
    assert_assigned(&out, A, NOI_BY_PARCEL);
    route((noi_case_evidence){.place = NOI_PLACE_OBJECT, .household = &b, .unit = &c,
                              .holder = NOI_HOLDER_COMMUNE});
    assert_assigned(&out, C, NOI_BY_UNIT);
    route((noi_case_evidence){.place = NOI_PLACE_OBJECT, .household = &b,
                              .holder = NOI_HOLDER_DISTRICT});
    assert_not_assigned(&out, NOI_UNPLACED, NOI_REASON_DISTRICT_ONLY, 0);
    assert_int_equal(queue, NOI_QUEUE_LOCATE);
}

static void procedure_of_a_business_goes_by_its_head_office(void **state) {
    (void)state;
    noi_verdict a = assigned(A), b = assigned(B), c = assigned(C);
    route((noi_case_evidence){.place = NOI_PLACE_HEAD_OFFICE, .office = &a, .own = &b,
                              .parcel = &c, .household = &c});
    assert_assigned(&out, A, NOI_BY_WHOLE_EDGE);
    noi_verdict unread = unplaced(NOI_REASON_NO_UNIT_READ);
    route((noi_case_evidence){.place = NOI_PLACE_HEAD_OFFICE, .office = &unread, .own = &b,
                              .parcel = &c});
    assert_assigned(&out, B, NOI_BY_WHOLE_EDGE);
    route((noi_case_evidence){.place = NOI_PLACE_HEAD_OFFICE, .parcel = &c, .household = &c});
    assert_int_equal(out.status, NOI_UNPLACED);
}

static void procedure_of_residence_leaves_the_object_out(void **state) {
    (void)state;
    noi_verdict a = assigned(A), b = assigned(B), c = assigned(C);
    route((noi_case_evidence){.place = NOI_PLACE_RESIDENCE, .household = &a, .own = &b,
                              .parcel = &c, .unit = &a, .holder = NOI_HOLDER_COMMUNE});
    assert_assigned(&out, A, NOI_BY_HOUSEHOLD);
    route((noi_case_evidence){.place = NOI_PLACE_RESIDENCE, .own = &b, .parcel = &c});
    assert_assigned(&out, B, NOI_BY_WHOLE_EDGE);
    route((noi_case_evidence){.place = NOI_PLACE_RESIDENCE, .chosen = true, .household = &a,
                              .unit = &b, .holder = NOI_HOLDER_COMMUNE});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_EVIDENCE_DISAGREES, 2);
}

static void a_choice_counts_once_it_was_free(void **state) {
    (void)state;
    noi_verdict a = assigned(A), b = assigned(B), bc = ambiguous(B, C);
    noi_case_evidence e = {.place = NOI_PLACE_CHOICE, .household = &a, .unit = &b,
                           .holder = NOI_HOLDER_COMMUNE};
    route(e);
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_EVIDENCE_DISAGREES, 2);
    e.chosen = true;
    route(e);
    assert_assigned(&out, B, NOI_BY_UNIT);
    e.household = &b;
    e.unit = &bc; /* the chosen ward is split: the residence narrows it */
    route(e);
    assert_assigned(&out, B, NOI_BY_HOUSEHOLD);
}

static void queues_follow_handler_and_rule(void **state) {
    (void)state;
    noi_verdict a = assigned(A), b = assigned(B);
    route((noi_case_evidence){.parcel = &a, .own = &b, .nobody_decides = true});
    assert_not_assigned(&out, NOI_AMBIGUOUS, NOI_REASON_SEVERAL_UNITS, 2);
    assert_int_equal(queue, NOI_QUEUE_LOCATE);
    route((noi_case_evidence){.parcel = &a, .own = &b, .everywhere = true});
    assert_int_equal(queue, NOI_QUEUE_NONE);
}

NOI_TEST_MAIN(cmocka_unit_test(household_follows_its_address),
              cmocka_unit_test(household_has_its_own_evidence_where_the_address_gives_none),
              cmocka_unit_test(broken_reference_of_a_household_is_named),
              cmocka_unit_test(decision_on_a_household_is_strongest),
              cmocka_unit_test(place_is_sought_in_the_order_of_the_rules),
              cmocka_unit_test(decision_on_a_case_is_strongest),
              cmocka_unit_test(matter_in_two_new_units_goes_to_the_city),
              cmocka_unit_test(parcel_and_object_narrow_each_other),
              cmocka_unit_test(ward_that_went_whole_decides_what_is_left_open),
              cmocka_unit_test(residence_outside_the_ward_is_asked_about),
              cmocka_unit_test(split_ward_without_a_place_is_located),
              cmocka_unit_test(nothing_to_go_by_says_why),
        cmocka_unit_test(a_districts_case_is_asked_among_what_its_wards_became),
              cmocka_unit_test(every_combination_is_sound),
              cmocka_unit_test(holder_is_told_by_its_code),
              cmocka_unit_test(procedure_of_an_object_leaves_the_residence_out),
              cmocka_unit_test(procedure_of_a_business_goes_by_its_head_office),
              cmocka_unit_test(procedure_of_residence_leaves_the_object_out),
              cmocka_unit_test(a_choice_counts_once_it_was_free),
              cmocka_unit_test(queues_follow_handler_and_rule))
