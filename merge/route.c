/* route.c: the place of a household and of a case; see route.h. */
#include "merge/route.h"

#include <string.h>

/* ---- small judgements ------------------------------------------------------------------------ */

static bool is_status(const noi_verdict *v, noi_verdict_status status) {
    return v && v->status == status;
}

static bool is_placed(const noi_verdict *v) {
    return v && v->status != NOI_UNPLACED;
}

static void set_unplaced(noi_verdict *out, noi_reason reason) {
    *out = (noi_verdict){.status = NOI_UNPLACED,
                         .reason = (uint8_t)reason,
                         .new_unit = NOI_NO_UNIT,
                         .old_unit = NOI_NO_UNIT,
                         .edge = -1,
                         .rule = -1,
                         .border_m = -1,
                         .point_unit = NOI_NO_UNIT};
}

/* Takes over a verdict that was reached on another record. */
static void follow(noi_verdict *out, const noi_verdict *v, noi_method method) {
    *out = *v;
    if (out->status == NOI_ASSIGNED)
        out->method = (uint8_t)method;
}

/* The units that a verdict leaves possible, ascending. */
static size_t units_of(const uint16_t **units, const noi_verdict *v) {
    bool assigned = v->status == NOI_ASSIGNED;
    *units = assigned ? &v->new_unit : v->candidates;
    return assigned ? 1 : v->n_candidates;
}

static bool allows(const noi_verdict *v, uint16_t unit) {
    const uint16_t *units;
    size_t n = units_of(&units, v);
    for (size_t i = 0; i < n; i++)
        if (units[i] == unit)
            return true;
    return false;
}

static bool can_agree(const noi_verdict *a, const noi_verdict *b) {
    const uint16_t *units;
    size_t n = units_of(&units, a);
    for (size_t i = 0; i < n; i++)
        if (allows(b, units[i]))
            return true;
    return false;
}

static void add_candidates(noi_verdict *out, const noi_verdict *v) {
    const uint16_t *units;
    size_t n = units_of(&units, v);
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        while (at < out->n_candidates && out->candidates[at] < units[i])
            at++;
        if (at < out->n_candidates && out->candidates[at] == units[i])
            continue;
        if (out->n_candidates == NOI_MAX_CANDIDATES) {
            out->warnings |= NOI_WARN_MORE_CANDIDATES;
            continue;
        }
        memmove(&out->candidates[at + 1], &out->candidates[at],
                (out->n_candidates - at) * sizeof *out->candidates);
        out->candidates[at] = units[i];
        out->n_candidates++;
    }
}

/* Ambiguous between all that two verdicts, which cannot both be right, leave possible. */
static void ask_both(noi_verdict *out, const noi_verdict *a, const noi_verdict *b,
                     noi_reason reason) {
    noi_verdict v;
    set_unplaced(&v, reason);
    v.status = NOI_AMBIGUOUS;
    v.warnings = a->warnings | b->warnings;
    v.border_m = a->border_m >= 0 ? a->border_m : b->border_m;
    v.point_unit = a->point_unit != NOI_NO_UNIT ? a->point_unit : b->point_unit;
    if (a->old_unit == b->old_unit)
        v.old_unit = a->old_unit;
    add_candidates(&v, a);
    add_candidates(&v, b);
    *out = v;
}

/* ---- households ------------------------------------------------------------------------------ */

void noi_route_household(noi_verdict *out, const noi_household_evidence *e) {
    if (e->own && (e->decided || (!is_placed(e->address) && is_placed(e->own)))) {
        *out = *e->own;
        return;
    }
    if (e->address) {
        follow(out, e->address, NOI_BY_ADDRESS);
        return;
    }
    bool has_own = e->own && e->own->reason != NOI_REASON_NO_EVIDENCE;
    if (has_own)
        *out = *e->own;
    else
        set_unplaced(out, e->names_address ? NOI_REASON_REFERENCE : NOI_REASON_NO_EVIDENCE);
}

/* ---- cases ----------------------------------------------------------------------------------- */

noi_str noi_queue_key(noi_queue queue) {
    switch (queue) {
    case NOI_QUEUE_CITY_DECIDES:
        return NOI_STR("CITY_DECIDES");
    case NOI_QUEUE_LOCATE:
        return NOI_STR("LOCATE");
    case NOI_QUEUE_NONE:
        break;
    }
    return (noi_str){NULL, 0};
}

noi_holder noi_holder_of(noi_str code) {
    noi_code number = code.n ? noi_code_parse(code.p, code.n) : 0;
    if (!number)
        return NOI_HOLDER_UNKNOWN;
    return code.n == 5   ? NOI_HOLDER_COMMUNE
           : code.n == 3 ? NOI_HOLDER_DISTRICT
                         : NOI_HOLDER_UNKNOWN;
}

/* The place of what the case is about: its parcel, and the address or point of its object. Either
 * narrows what the other leaves open; where they exclude each other, the matter touches several new
 * units (R2). False when neither is placed. */
static bool object_place(noi_verdict *out, const noi_case_evidence *e) {
    const noi_verdict *parcel = is_placed(e->parcel) ? e->parcel : NULL;
    const noi_verdict *own = is_placed(e->own) ? e->own : NULL;
    if (!parcel && !own)
        return false;
    if (parcel && own && !can_agree(parcel, own))
        ask_both(out, parcel, own, NOI_REASON_SEVERAL_UNITS);
    else if (parcel && (!own || parcel->status == NOI_ASSIGNED || own->status == NOI_AMBIGUOUS))
        follow(out, parcel, NOI_BY_PARCEL);
    else
        *out = *own;
    return true;
}

/* A ward's own case follows the ward (the intake unit's, when nothing else is known). */
static void follow_unit(noi_verdict *out, const noi_case_evidence *e) {
    follow(out, e->unit, e->by_intake ? NOI_BY_INTAKE_UNIT : NOI_BY_UNIT);
}

/* The object's place is asked about: the ward that holds the case decides if it went whole into one
 * of the units in question. */
static void narrow_by_unit(noi_verdict *out, const noi_case_evidence *e) {
    bool decides = e->holder != NOI_HOLDER_DISTRICT && out->status == NOI_AMBIGUOUS &&
                   out->reason != NOI_REASON_SEVERAL_UNITS &&
                   !e->by_intake && is_status(e->unit, NOI_ASSIGNED) &&
                   allows(out, e->unit->new_unit);
    if (decides)
        follow_unit(out, e);
}

/* No object: the residence, and the ward that holds the case. They may narrow each other; a ward
 * that went whole decides what the residence leaves open; where they exclude each other, a person
 * is asked. False when neither is placed. */
static bool holder_place(noi_verdict *out, const noi_case_evidence *e) {
    const noi_verdict *home = is_placed(e->household) ? e->household : NULL;
    /* a district is a place only when it went whole into one new unit */
    bool wide = e->holder == NOI_HOLDER_DISTRICT && !is_status(e->unit, NOI_ASSIGNED);
    const noi_verdict *unit = !wide && is_placed(e->unit) ? e->unit : NULL;
    if (!home && !unit)
        return false;
    bool ward = unit && !e->by_intake; /* the intake unit comes last, it contradicts nothing */
    if (!home)
        follow_unit(out, e);
    else if (home->status == NOI_ASSIGNED && ward && !allows(unit, home->new_unit))
        ask_both(out, home, unit, NOI_REASON_EVIDENCE_DISAGREES);
    else if (home->status == NOI_AMBIGUOUS && ward && unit->status == NOI_ASSIGNED)
        follow_unit(out, e);
    else
        follow(out, home, NOI_BY_HOUSEHOLD);
    return true;
}

/* A district's case without a place: what its wards became is what a person chooses from. */
static void ask_in_district(noi_verdict *out, const noi_case_evidence *e) {
    if (e->holder != NOI_HOLDER_DISTRICT || !e->unit || out->n_candidates)
        return;
    add_candidates(out, e->unit);
    out->status = out->n_candidates > 1 ? NOI_AMBIGUOUS : NOI_UNPLACED;
}

/* Nothing places the case: the reason that helps a person most. */
static void say_why(noi_verdict *out, const noi_case_evidence *e) {
    const noi_verdict *unit = e->holder == NOI_HOLDER_DISTRICT ? NULL : e->unit;
    const noi_verdict *tried[] = {e->own, e->parcel, e->household, unit};
    bool broken = (e->names_parcel && !e->parcel) || (e->names_household && !e->household);
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++)
        if (tried[i] && tried[i]->reason != NOI_REASON_NO_EVIDENCE) {
            *out = *tried[i];
            return;
        }
    if (broken)
        set_unplaced(out, NOI_REASON_REFERENCE);
    else
        set_unplaced(out, e->holder == NOI_HOLDER_DISTRICT ? NOI_REASON_DISTRICT_ONLY
                                                           : NOI_REASON_NO_EVIDENCE);
}

static noi_queue queue_of(const noi_verdict *v, const noi_case_evidence *e) {
    if (v->status == NOI_ASSIGNED || e->everywhere)
        return NOI_QUEUE_NONE;
    bool several = v->reason == NOI_REASON_SEVERAL_UNITS && !e->nobody_decides;
    return several ? NOI_QUEUE_CITY_DECIDES : NOI_QUEUE_LOCATE;
}

/* The residence counts before an address on the case, and a head office before it. */
static void leave_out(noi_case_evidence *e, bool object, bool home) {
    if (!object) {
        e->parcel = NULL;
        e->names_parcel = false;
    }
    if (!home) {
        e->household = NULL;
        e->names_household = false;
    }
}

noi_case_evidence noi_case_pieces(const noi_case_evidence *e) {
    noi_case_evidence out = *e;
    bool ward_decides = e->chosen && !e->by_intake && is_status(e->unit, NOI_ASSIGNED);
    switch (e->place) {
    case NOI_PLACE_UNKNOWN:
        break;
    case NOI_PLACE_OBJECT:
        leave_out(&out, true, false);
        break;
    case NOI_PLACE_HEAD_OFFICE:
        leave_out(&out, false, false);
        if (is_placed(e->office))
            out.own = e->office;
        break;
    case NOI_PLACE_CHOICE:
    case NOI_PLACE_RESIDENCE:
        leave_out(&out, false, true);
        if (is_placed(e->household) || (e->place == NOI_PLACE_CHOICE && ward_decides))
            out.own = NULL;
        if (e->place == NOI_PLACE_CHOICE && ward_decides)
            leave_out(&out, false, false);
    }
    return out;
}

void noi_route_case(noi_verdict *out, noi_queue *queue, const noi_case_evidence *all) {
    const noi_case_evidence e = noi_case_pieces(all);
    if (all->decided && is_status(all->own, NOI_ASSIGNED)) {
        *out = *all->own;
    } else if (object_place(out, &e)) {
        narrow_by_unit(out, &e);
    } else if (!holder_place(out, &e)) {
        say_why(out, &e);
        ask_in_district(out, &e);
    }
    *queue = queue_of(out, &e);
}
