/*
 * judge.c: the verdict, a pure function of a record and the plan.
 *
 *   code ──▶ what the code meant on its day ──┐
 *   text ──▶ units that the text can mean ────┼─▶ hypotheses ─edges─▶ candidates ─point─▶ verdict
 *   point ─▶ unit of the map, and the border ─┘   (old units)         (new units)
 *
 * A hypothesis is a unit of the eve that the record may lie in (or, for a record that is in new
 * units already, a new unit). Each leads by the crosswalk's edges to candidates. One candidate:
 * assigned, by the law. Several: a point decides when, with its error, it reaches exactly one of
 * them; failing that, and where the record names one split unit, the rules for its parts when all
 * that hold agree and no point is against them. Nothing else assigns; there is no default.
 */
#include "plan/judge.h"

#include "base/i18n.h"
#include "plan/code_text.h"

#include <math.h>
#include <string.h>

/* ---- a unit of any vintage as hypotheses ---- */

static bool is_new(const noi_plan *plan, uint16_t unit) {
    return plan->units[unit].from >= plan->on;
}

/* Files a unit under the old units of the eve (following earlier changes) or under the new ones. */
static void add_hypothesis(hypotheses *h, const noi_plan *plan, uint16_t unit) {
    if (is_new(plan, unit)) {
        if (noi_plan_in_force(plan, unit, plan->on))
            set_add(&h->new_units, unit);
        return;
    }
    uint16_t eve[SET_MAX];
    size_t n = noi_plan_forward_to_eve(eve, SET_MAX, plan, unit);
    for (size_t i = 0; i < n && i < SET_MAX; i++)
        set_add(&h->old_units, eve[i]);
    h->old_units.more |= n > SET_MAX;
    if (n && plan->units[unit].to < plan->on)
        h->warnings |= NOI_WARN_OLDER_VINTAGE;
}

static bool is_empty(const hypotheses *h) {
    return h->old_units.n == 0 && h->new_units.n == 0;
}

/* ---- the code ---- */

/* The meaning of a code on a day; when it had none then, its latest meaning before, then the first
 * behind. */
static void read_code_on(hypotheses *h, const noi_plan *plan, noi_code code, noi_day as_of) {
    uint32_t first;
    size_t n = noi_plan_find_all(&first, plan, code);
    uint16_t chosen = NOI_NO_UNIT;
    for (size_t i = 0; i < n; i++) {
        uint16_t unit = plan->by_code[first + i];
        if (noi_plan_in_force(plan, unit, as_of)) {
            chosen = unit;
            break;
        }
        if (chosen == NOI_NO_UNIT || plan->units[unit].to <= as_of)
            chosen = unit;
    }
    if (chosen == NOI_NO_UNIT)
        return;
    if (as_of >= plan->on && noi_plan_in_force(plan, chosen, plan->on))
        set_add(&h->new_units, chosen); /* also a unit that the change left standing */
    else
        add_hypothesis(h, plan, chosen);
}

static bool is_district(const noi_plan *plan, noi_code code) {
    for (uint32_t i = 0; i < plan->n_units; i++)
        if (plan->units[i].district_code == code || plan->units[i].province_code == code)
            return true;
    return false;
}

/* Three digits may be a district, two a province: then they are not taken for a commune's code that
 * lost its zeros. */
static void read_code(evidence *e, const noi_plan *plan, noi_str text, noi_day as_of) {
    text = noi_code_clean(text);
    if (text.n == 0)
        return;
    e->has_code = true;
    e->code = noi_code_parse(text.p, text.n);
    if (e->code)
        read_code_on(&e->by_code, plan, e->code, as_of);
    if (!is_empty(&e->by_code))
        return;
    if (e->code && is_district(plan, e->code)) {
        e->district = e->code;
        return;
    }
    noi_code restored = e->code ? noi_code_restore_zeros(text) : 0;
    if (restored)
        read_code_on(&e->by_code, plan, restored, as_of);
    if (is_empty(&e->by_code))
        return;
    e->code = restored;
    e->by_code.warnings |= NOI_WARN_LOST_ZEROS;
}

/* ---- the text ---- */

void noi_hypotheses_of_reading(hypotheses *out, const noi_plan *plan, const noi_reading *r) {
    for (size_t i = 0; i < r->n_units; i++)
        add_hypothesis(out, plan, r->units[i]);
    /* A former unit is listed beside the one that bears its name today: only when nothing of the
     * eve bears it is the text of an older vintage. */
    bool on_eve = false;
    for (size_t i = 0; i < r->n_units; i++)
        on_eve |= noi_plan_in_force(plan, r->units[i], plan->on - 1);
    if (on_eve)
        out->warnings &= ~(uint32_t)NOI_WARN_OLDER_VINTAGE;
    if (r->n_all > r->n_units)
        out->old_units.more = true;
    if (r->n_units && r->without_marks)
        out->warnings |= NOI_WARN_NAME_WITHOUT_MARKS;
    if (r->n_units && r->with_typo)
        out->warnings |= NOI_WARN_TYPO;
    if (r->n_units && !r->district_code && r->district.n == 0 && out->old_units.n)
        out->warnings |= NOI_WARN_DISTRICT_MISSING;
}

static void read_text(evidence *e, const noi_plan *plan, noi_str text) {
    if (noi_str_trim(text).n == 0)
        return;
    e->has_text = true;
    noi_address_read(&e->reading, plan->gazetteer, text);
    noi_hypotheses_of_reading(&e->by_text, plan, &e->reading);
}

/* The text names a unit that bore the record's code on another day: then code and text agree, and
 * that day's meaning is the right one. */
static bool text_explains_code(hypotheses *out, const evidence *e, const noi_plan *plan) {
    for (size_t i = 0; i < e->reading.n_units; i++)
        if (plan->units[e->reading.units[i]].code == e->code)
            add_hypothesis(out, plan, e->reading.units[i]);
    return !is_empty(out);
}

/* New units in `news` that take some part of a unit in `olds`. */
static void successors_among(unit_set *out, const noi_plan *plan, const unit_set *olds,
                             const unit_set *news) {
    for (size_t i = 0; i < olds->n; i++)
        for (size_t j = 0; j < news->n; j++)
            if (noi_plan_edge_between(plan, olds->items[i], news->items[j]) >= 0)
                set_add(out, news->items[j]);
}

/* Code and text together. What both allow; failing that, both, and a note that they disagree. */
static void combine(hypotheses *out, evidence *e, const noi_plan *plan) {
    const hypotheses *c = &e->by_code, *t = &e->by_text;
    out->warnings = c->warnings | t->warnings;
    set_intersect(&out->old_units, &c->old_units, &t->old_units);
    if (out->old_units.n) {
        out->warnings = c->warnings;
        return;
    }
    set_intersect(&out->new_units, &c->new_units, &t->new_units);
    successors_among(&out->new_units, plan, &c->old_units, &t->new_units);
    if (out->new_units.n)
        return;
    if (text_explains_code(out, e, plan))
        return;
    set_add_all(&out->old_units, &c->old_units);
    set_add_all(&out->old_units, &t->old_units);
    set_add_all(&out->new_units, &c->new_units);
    set_add_all(&out->new_units, &t->new_units);
    out->warnings |= NOI_WARN_CODE_CONTRADICTS;
    e->disagrees = true;
}

static bool leads_to_province(const noi_plan *plan, const noi_plan_unit_row *u, noi_code province) {
    for (uint32_t i = 0; i < u->n_out; i++) {
        const noi_plan_edge_row *edge = &plan->edges[plan->out_edges[u->first_out + i]];
        if (edge->on == plan->on && plan->units[edge->new_unit].province_code == province)
            return true;
    }
    return false;
}

/* A district or a province alone: every unit of it on the eve. */
static void units_of_district(hypotheses *out, const noi_plan *plan, noi_code district) {
    for (uint32_t i = 0; i < plan->n_units; i++)
        if ((plan->units[i].district_code == district ||
             plan->units[i].province_code == district) &&
            noi_plan_in_force(plan, (uint16_t)i, plan->on - 1))
            set_add(&out->old_units, (uint16_t)i);
}

/* The text names no ward, but a district or a province in which no unit of the code lies, or a
 * province that the plan does not know at all. A unit of today is in its new province. */
static bool text_places_elsewhere(const evidence *e, const noi_plan *plan) {
    const noi_reading *r = &e->reading;
    if (r->other_province)
        return true;
    if (!r->district_code && !r->province_code)
        return false;
    for (size_t i = 0; i < e->by_code.old_units.n; i++) {
        const noi_plan_unit_row *u = &plan->units[e->by_code.old_units.items[i]];
        bool district = !r->district_code || r->district_code == u->district_code;
        bool province = !r->province_code || r->province_code == u->province_code ||
                        leads_to_province(plan, u, r->province_code);
        if (district && province)
            return false;
    }
    return e->by_code.new_units.n == 0;
}

/* The ward stands in no district that was read: one of the two is wrong (or the ward ended before
 * our records begin), so every unit of the district is as likely as the wards of that name. */
static void doubt_the_ward(hypotheses *out, evidence *e, const noi_plan *plan, bool by_code) {
    out->warnings |= NOI_WARN_DISTRICT_CONTRADICTS;
    if (by_code)
        return;
    e->disagrees = true;
    if (e->reading.district_code)
        units_of_district(out, plan, e->reading.district_code);
}

/* Whether a unit of today took nothing of the district: "Phường Sài Gòn, Quận 1" mixes old and new,
 * "Phường Sài Gòn, Quận 4" contradicts itself. Units that were made of no unit tell nothing. */
static bool took_nothing_of(const noi_plan *plan, uint16_t unit, noi_code district) {
    const noi_plan_unit_row *u = &plan->units[unit];
    for (uint32_t e = 0; e < u->n_in; e++)
        if (plan->units[plan->edges[plan->in_edges[u->first_in + e]].old_unit].district_code ==
            district)
            return false;
    return u->n_in > 0;
}

/* The text names units of today only, and a district that none of them has anything of. */
static bool new_units_lie_elsewhere(const evidence *e, const noi_plan *plan) {
    const unit_set *units = &e->by_text.new_units;
    if (!e->reading.district_code || e->by_text.old_units.n || units->more)
        return false;
    for (size_t i = 0; i < units->n; i++)
        if (!took_nothing_of(plan, units->items[i], e->reading.district_code))
            return false;
    return units->n > 0;
}

static void weigh(hypotheses *out, evidence *e, const noi_plan *plan) {
    bool code = !is_empty(&e->by_code), text = !is_empty(&e->by_text);
    if (code && text) {
        combine(out, e, plan);
    } else if (code || text) {
        *out = code ? e->by_code : e->by_text;
    } else if (e->reading.district_code || e->district) {
        e->district_only = true;
        units_of_district(out, plan, e->district ? e->district : e->reading.district_code);
    }
    if (e->has_code && !code && !e->district)
        out->warnings |= NOI_WARN_UNKNOWN_CODE;
    if (text && (e->reading.district_conflicts || new_units_lie_elsewhere(e, plan)))
        doubt_the_ward(out, e, plan, code);
    if (!code || text || !text_places_elsewhere(e, plan))
        return;
    e->disagrees = true;
    out->warnings |= NOI_WARN_CODE_CONTRADICTS;
}

/* ---- candidates ---- */

static void add_successors(candidates *out, const noi_plan *plan, uint16_t old_unit) {
    const noi_plan_unit_row *u = &plan->units[old_unit];
    bool whole = false;
    size_t n = 0;
    for (uint32_t i = 0; i < u->n_out; i++) {
        const noi_plan_edge_row *edge = &plan->edges[plan->out_edges[u->first_out + i]];
        if (edge->on != plan->on)
            continue;
        n++;
        whole |= edge->part == NOI_PART_WHOLE;
        set_add(&out->units, edge->new_unit);
        out->area_only |= edge->scope == NOI_SCOPE_AREA_ONLY;
    }
    if (n == 1 && !whole)
        out->dead_end = true; /* a part is told of, the rest is not */
    if (n)
        return;
    if (u->to > plan->on) /* the change does not touch it */
        set_add(&out->units, old_unit);
    else
        out->dead_end = true;
}

void noi_candidates_find(candidates *out, const noi_plan *plan, const hypotheses *h) {
    for (size_t i = 0; i < h->old_units.n; i++)
        add_successors(out, plan, h->old_units.items[i]);
    set_add_all(&out->units, &h->new_units);
    out->units.more |= h->old_units.more;
}

/* ---- verdicts ---- */

static void assign(noi_verdict *v, const noi_plan *plan, const hypotheses *h, uint16_t unit,
                   noi_method method) {
    v->status = NOI_ASSIGNED;
    v->method = (uint8_t)method;
    v->reason = NOI_REASON_NONE;
    v->n_candidates = 0;
    memset(v->probability, 0, sizeof v->probability);
    v->new_unit = unit;
    uint16_t only = NOI_NO_UNIT;
    size_t n = 0;
    for (size_t i = 0; i < h->old_units.n; i++) {
        int32_t edge = noi_plan_edge_between(plan, h->old_units.items[i], unit);
        if (edge < 0)
            continue;
        if (n++ == 0) {
            v->edge = edge;
            only = h->old_units.items[i];
        }
    }
    v->old_unit = n == 1 ? only : NOI_NO_UNIT;
    if (n > 1)
        v->edge = -1; /* several old units lead there: no single clause is the reason */
}

static void leave_open(noi_verdict *v, const unit_set *units, noi_reason reason) {
    v->status = units->n > 1 ? NOI_AMBIGUOUS : NOI_UNPLACED;
    v->method = NOI_BY_NOTHING;
    v->reason = (uint8_t)reason;
    v->n_candidates = (uint8_t)(units->n < NOI_MAX_CANDIDATES ? units->n : NOI_MAX_CANDIDATES);
    memcpy(v->candidates, units->items, v->n_candidates * sizeof *v->candidates);
    if (units->more || units->n > NOI_MAX_CANDIDATES)
        v->warnings |= NOI_WARN_MORE_CANDIDATES;
}

/* A point in no unit: the nearest one is a hint, however near. */
static void leave_outside(noi_verdict *v, const point *p) {
    unit_set hint = {0};
    if (p->outside && v->point_unit != NOI_NO_UNIT)
        set_add(&hint, v->point_unit);
    leave_open(v, &hint, NOI_REASON_OUTSIDE);
}

/* Only a point to go by: the map alone. */
static void judge_by_point(noi_verdict *v, const noi_plan *plan, point *p, const hypotheses *none) {
    noi_point_measure(v, p, plan);
    if (p->in == NOI_NO_UNIT) {
        leave_outside(v, p);
        return;
    }
    if (p->reach.n > 1 || p->reach.more) {
        leave_open(v, &p->reach,
                   p->holders.n > 1 ? NOI_REASON_OVERLAP : NOI_REASON_NEAR_BORDER);
        noi_point_weigh(v, p, plan);
        return;
    }
    assign(v, plan, none, p->in, NOI_BY_POINT);
    if (!plan->old_index)
        return;
    uint32_t area = noi_index_locate(plan->old_index, p->lon, p->lat);
    uint16_t old_unit = area == NOI_INDEX_NONE || plan->old_index_unit[area] == UINT32_MAX
                            ? NOI_NO_UNIT
                            : (uint16_t)plan->old_index_unit[area];
    int32_t edge = old_unit == NOI_NO_UNIT ? -1 : noi_plan_edge_between(plan, old_unit, p->in);
    if (edge < 0)
        return;
    v->old_unit = old_unit;
    v->edge = edge;
}

static noi_reason why_nothing(const evidence *e, const point *p) {
    if (e->reading.other_province)
        return NOI_REASON_OTHER_PROVINCE;
    if (e->has_code && !e->has_text)
        return NOI_REASON_UNKNOWN_CODE;
    if (e->reading.district.n || e->reading.province_code)
        return NOI_REASON_DISTRICT_ONLY;
    if (e->has_code)
        return NOI_REASON_UNKNOWN_CODE;
    if (e->has_text)
        return NOI_REASON_NO_UNIT_READ;
    return p->outside ? NOI_REASON_OUTSIDE : NOI_REASON_NO_EVIDENCE;
}

static void judge_without_unit(noi_verdict *v, const noi_plan *plan, const evidence *e, point *p,
                               const hypotheses *none) {
    if (p->usable && !e->reading.other_province) {
        judge_by_point(v, plan, p, none);
        return;
    }
    unit_set hint = {0};
    if (p->in != NOI_NO_UNIT) { /* the text names another province, the point lies here */
        set_add(&hint, p->in);
        v->warnings |= NOI_WARN_POINT_CONTRADICTS;
    }
    leave_open(v, &hint, why_nothing(e, p));
}

static noi_reason why_open(const evidence *e, const hypotheses *h, const unit_set *reached,
                           const unit_set *holders) {
    if (e->disagrees)
        return NOI_REASON_EVIDENCE_DISAGREES;
    if (reached->n > 1)
        return holders->n > 1 ? NOI_REASON_OVERLAP : NOI_REASON_NEAR_BORDER;
    if (e->district_only)
        return NOI_REASON_DISTRICT_ONLY;
    return h->old_units.n + h->new_units.n > 1 ? NOI_REASON_HOMONYM : NOI_REASON_SPLIT;
}

/* What the rules for parts of a unit say: asked only where the record names one unit, and nothing in
 * it names another place. */
static void ask_rules(noi_rules_say *says, const noi_plan *plan, const evidence *e,
                      const hypotheses *h, const candidates *c) {
    says->units.n = 0;
    says->units.more = false;
    says->rule = -1;
    bool single = h->old_units.n == 1 && h->new_units.n == 0 && !h->old_units.more;
    if (plan->n_rules == 0 || !single || e->disagrees || e->district_only || c->dead_end ||
        c->units.more)
        return;
    uint32_t first;
    if (noi_plan_rules_of(&first, plan, h->old_units.items[0]) == 0)
        return;
    noi_place place;
    noi_place_of(&place, e->has_text ? &e->reading : NULL, e->sheet);
    noi_rules_weigh(says, plan, h->old_units.items[0], &c->units, &place);
}

/* The point is stronger than a rule: a rule that names none of the units it leaves is told of. */
static void note_contradicted_rule(noi_verdict *v, const noi_rules_say *says,
                                   const unit_set *left) {
    unit_set common;
    set_intersect(&common, &says->units, left);
    if (says->units.n == 0 || common.n)
        return;
    v->warnings |= NOI_WARN_RULE_CONTRADICTED;
    v->rule = says->rule;
}

/* Several candidates: the point decides when it lies in one of them and its error reaches no other;
 * when it reaches some, only those stay. */
static void judge_by_point_among(noi_verdict *v, const noi_plan *plan, const evidence *e,
                                 const hypotheses *h, const candidates *c, point *p) {
    noi_point_measure(v, p, plan);
    unit_set reached, holders; /* of the candidates; none without a usable point */
    set_intersect(&reached, &p->reach, &c->units);
    set_intersect(&holders, &p->holders, &c->units);
    bool inside = holders.n > 0;
    bool elsewhere = inside && noi_point_in_another_old_unit(plan, p, h);
    noi_rules_say says;
    ask_rules(&says, plan, e, h, c);
    if (inside && !elsewhere && reached.n == 1 && !c->units.more && !p->reach.more) {
        assign(v, plan, h, reached.items[0], NOI_BY_POINT);
        note_contradicted_rule(v, &says, &reached);
        return;
    }
    bool allowed = !p->usable || p->outside || (inside && !elsewhere);
    if (allowed && says.units.n == 1 && (!inside || set_has(&reached, says.units.items[0]))) {
        assign(v, plan, h, says.units.items[0], NOI_BY_SPLIT_RULE);
        v->rule = says.rule;
        return;
    }
    if (elsewhere)
        v->warnings |= NOI_WARN_POINT_CONTRADICTS;
    if (p->usable && reached.n == 0)
        v->warnings |= noi_point_contradiction(p, plan, h, &c->units);
    if (c->area_only)
        v->warnings |= NOI_WARN_AREA_ONLY;
    if (h->old_units.n == 1 && h->new_units.n == 0)
        v->old_unit = h->old_units.items[0];
    bool narrows = inside && !elsewhere && reached.n > 1;
    if (says.units.n > 1 && (!p->usable || p->outside)) {
        leave_open(v, &says.units, NOI_REASON_RULES_DISAGREE);
        return;
    }
    if (p->usable && inside)
        note_contradicted_rule(v, &says, &reached);
    leave_open(v, narrows ? &reached : &c->units,
               elsewhere ? NOI_REASON_EVIDENCE_DISAGREES : why_open(e, h, &reached, &holders));
    if (reached.n && v->reason != NOI_REASON_EVIDENCE_DISAGREES)
        noi_point_weigh(v, p, plan);
}

/* One candidate. Code and text that name different old units may still lead to one new unit, and
 * then agree. A ward read beside a district that does not hold it, a code beside a district or
 * province that does not hold its unit, and a part without the rest do not decide alone. */
static void judge_single(noi_verdict *v, const noi_plan *plan, const evidence *e,
                         const hypotheses *h, const candidates *c, point *p) {
    uint16_t unit = c->units.items[0];
    bool agree = !e->disagrees || (!is_empty(&e->by_code) && !is_empty(&e->by_text));
    bool doubtful = c->dead_end || c->units.more || !agree;
    if (doubtful)
        noi_point_measure(v, p, plan);
    if (doubtful && !(p->usable && p->reach.n == 1 && set_has(&p->reach, unit))) {
        leave_open(v, &c->units, NOI_REASON_EVIDENCE_DISAGREES);
        return;
    }
    if (doubtful)
        assign(v, plan, h, unit, NOI_BY_POINT);
    else if (h->old_units.n)
        assign(v, plan, h, unit, NOI_BY_WHOLE_EDGE);
    else
        assign(v, plan, h, unit, NOI_BY_NEW_NAME);
    v->warnings |= noi_point_contradiction(p, plan, h, &c->units);
}

static void warn_of_names(noi_verdict *v, const noi_plan *plan, const evidence *e,
                          const hypotheses *h) {
    if (v->status == NOI_ASSIGNED && h->new_units.n && h->old_units.n == 0)
        v->warnings |= NOI_WARN_NEW_VINTAGE;
    if (e->has_text && v->old_unit != NOI_NO_UNIT &&
        plan->units[v->old_unit].flags & NOI_PLAN_FALSE_FRIEND)
        v->warnings |= NOI_WARN_FALSE_FRIEND;
    if (e->has_text && v->method == NOI_BY_NEW_NAME &&
        plan->units[v->new_unit].flags & NOI_PLAN_NAMESAKE)
        v->warnings |= NOI_WARN_FALSE_FRIEND;
    if (e->reading.n_all > 1 && h->old_units.n + h->new_units.n > 1)
        v->warnings |= NOI_WARN_HOMONYM;
}

static void judge_evidence(noi_verdict *v, const noi_plan *plan, evidence *e, point *p) {
    hypotheses h = {0};
    candidates c = {0};
    weigh(&h, e, plan);
    noi_candidates_find(&c, plan, &h);
    noi_point_settle(p, plan, &c.units);
    noi_point_tell(v, p, plan);
    v->warnings |= h.warnings | p->warnings;
    if (is_empty(&h))
        judge_without_unit(v, plan, e, p, &h);
    else if (c.units.n == 0)
        leave_open(v, &c.units, NOI_REASON_OTHER_PROVINCE);
    else if (c.units.n == 1)
        judge_single(v, plan, e, &h, &c, p);
    else
        judge_by_point_among(v, plan, e, &h, &c, p);
    warn_of_names(v, plan, e, &h);
}

/* A person's decision stands above all other evidence; what the evidence says is kept as a warning
 * when it says otherwise. */
static void apply_decision(noi_verdict *v, const noi_plan *plan, noi_str decided) {
    decided = noi_code_clean(decided);
    noi_code code = decided.n ? noi_code_parse(decided.p, decided.n) : 0;
    uint16_t unit = code ? noi_plan_find(plan, code, plan->on) : NOI_NO_UNIT;
    if (unit ==
        NOI_NO_UNIT) { /* a decision for a unit that is not: the evidence stands, and a note */
        if (decided.n)
            v->warnings |= NOI_WARN_DECISION_CONTRADICTED;
        return;
    }
    bool contradicted = v->status == NOI_ASSIGNED && v->new_unit != unit;
    bool listed = v->n_candidates == 0;
    for (size_t i = 0; i < v->n_candidates; i++)
        listed |= v->candidates[i] == unit;
    contradicted |= v->status == NOI_AMBIGUOUS && !listed;
    uint16_t old_unit = v->old_unit;
    hypotheses h = {0};
    if (old_unit != NOI_NO_UNIT)
        set_add(&h.old_units, old_unit);
    v->edge = -1;
    if (v->method == NOI_BY_SPLIT_RULE)
        v->rule = -1;
    assign(v, plan, &h, unit, NOI_BY_DECISION);
    v->old_unit = old_unit;
    if (contradicted)
        v->warnings |= NOI_WARN_DECISION_CONTRADICTED;
}

static noi_str value_at(const noi_text_column *column, size_t i) {
    if (!column->offsets || column->offsets[i + 1] <= column->offsets[i])
        return (noi_str){NULL, 0};
    return (noi_str){column->bytes + column->offsets[i],
                     (size_t)(column->offsets[i + 1] - column->offsets[i])};
}

static void judge_one(noi_verdict *v, const noi_plan *plan, const noi_records *r, size_t i) {
    *v = (noi_verdict){.new_unit = NOI_NO_UNIT,
                       .old_unit = NOI_NO_UNIT,
                       .edge = -1,
                       .border_m = -1,
                       .point_unit = NOI_NO_UNIT,
                       .rule = -1};
    evidence e = {0};
    point p;
    noi_day as_of = r->as_of == NOI_DAY_NONE ? plan->on - 1 : r->as_of;
    read_code(&e, plan, value_at(&r->old_code, i), as_of);
    read_text(&e, plan, value_at(&r->text, i));
    e.sheet = value_at(&r->sheet, i);
    noi_point_read(&p, plan, r, i);
    judge_evidence(v, plan, &e, &p);
    apply_decision(v, plan, value_at(&r->decided, i));
}

noi_status noi_judge(noi_verdict *out, const noi_plan *plan, const noi_records *records) {
    if (!plan || !records || (records->n && !out))
        return noi_fail(NOI_ERR_USAGE,
                        _("noi_judge needs a plan, records and a place for verdicts"));
    if (isnan(records->default_error_m) || records->default_error_m < 0)
        return noi_fail(NOI_ERR_USAGE, _("the default error of points must be 0 m or more"));
    for (size_t i = 0; i < records->n; i++)
        judge_one(&out[i], plan, records, i);
    return NOI_OK;
}
