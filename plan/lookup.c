/* lookup.c: verdicts in words; see lookup.h. */
#include "plan/lookup.h"

#include "base/i18n.h"
#include "plan/question.h"

#include <math.h>
#include <string.h>

static const char *full_name(const noi_plan *plan, uint16_t unit) {
    return noi_plan_text(plan, plan->units[unit].full_name);
}

/* "quận", "4" → "Quận 4" */
void noi_district_in_words(noi_buf *out, const noi_plan *plan, uint16_t unit) {
    const noi_plan_unit_row *u = &plan->units[unit];
    if (!*noi_plan_text(plan, u->district_name))
        return;
    size_t at = out->n;
    noi_buf_printf(out, "%s %s", noi_plan_text(plan, u->district_kind),
                   noi_plan_text(plan, u->district_name));
    if (out->p[at] >= 'a' && out->p[at] <= 'z')
        out->p[at] = (char)(out->p[at] - 'a' + 'A');
}

static void add_district(noi_buf *out, const noi_plan *plan, uint16_t unit) {
    if (!*noi_plan_text(plan, plan->units[unit].district_name))
        return;
    noi_buf_add_str(out, ", ");
    noi_district_in_words(out, plan, unit);
}

void noi_unit_in_words(noi_buf *out, const noi_plan *plan, uint16_t unit) {
    const noi_plan_unit_row *u = &plan->units[unit];
    noi_buf_add_str(out, full_name(plan, unit));
    add_district(out, plan, unit);
    if (*noi_plan_text(plan, u->province_name))
        noi_buf_printf(out, ", %s", noi_plan_text(plan, u->province_name));
}

/* The old unit as people call it: with its district, which tells homonyms apart. */
static void add_old(noi_buf *out, const noi_plan *plan, uint16_t unit) {
    noi_buf_add_str(out, full_name(plan, unit));
    add_district(out, plan, unit);
}

/* The clause of the old unit's edges that follows `last` in number; NULL behind the last one. */
static const char *next_clause(const noi_plan *plan, const noi_plan_unit_row *u, int last) {
    const char *next = NULL;
    for (uint32_t i = 0; i < u->n_out; i++) {
        const noi_plan_edge_row *e = &plan->edges[plan->out_edges[u->first_out + i]];
        const char *clause = noi_plan_text(plan, e->clause);
        if (e->on == plan->on && atoi(clause) > last && (!next || atoi(clause) < atoi(next)))
            next = clause;
    }
    return next;
}

/* Clauses by which the old unit goes to several, in the order of the law: "8, 9". */
static void add_clauses(noi_buf *out, const noi_plan *plan, uint16_t old_unit) {
    const char *sign = "", *clause;
    for (int last = 0; (clause = next_clause(plan, &plan->units[old_unit], last)); sign = ", ") {
        noi_buf_printf(out, "%s%s", sign, clause);
        last = atoi(clause);
    }
}

static const char *resolution_of(const noi_plan *plan, uint16_t old_unit) {
    const noi_plan_unit_row *u = &plan->units[old_unit];
    for (uint32_t i = 0; i < u->n_out; i++) {
        const noi_plan_edge_row *e = &plan->edges[plan->out_edges[u->first_out + i]];
        if (e->on == plan->on)
            return noi_plan_text(plan, e->resolution);
    }
    return "";
}

static void explain_law(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    if (v->edge < 0 || v->old_unit == NOI_NO_UNIT) {
        noi_buf_printf(out, _("every unit that the record can mean went into %s"),
                       full_name(plan, v->new_unit));
        return;
    }
    const noi_plan_edge_row *e = &plan->edges[v->edge];
    NOI_AUTO_BUF noi_buf old = {0};
    add_old(&old, plan, v->old_unit);
    const char *resolution = noi_plan_text(plan, e->resolution);
    if (!*noi_plan_text(plan, e->clause))
        noi_buf_printf(out, _("%s stays as it is (%s)"), old.p, resolution);
    else
        noi_buf_printf(out, _("%s went whole into %s: clause %s of %s"), old.p,
                       full_name(plan, v->new_unit), noi_plan_text(plan, e->clause), resolution);
}

static void explain_point(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    noi_buf_printf(out, _("the point lies in %s, %.0f m from the nearest border"),
                   full_name(plan, v->new_unit), (double)v->border_m);
    if (v->edge < 0)
        return;
    const noi_plan_edge_row *e = &plan->edges[v->edge];
    NOI_AUTO_BUF noi_buf old = {0};
    add_old(&old, plan, e->old_unit);
    noi_buf_printf(out, _("; it took part of %s by clause %s of %s"), old.p,
                   noi_plan_text(plan, e->clause), noi_plan_text(plan, e->resolution));
}

static void add_item(noi_buf *out, const char *format, const char *text) {
    if (!*text)
        return;
    noi_buf_add_str(out, out->n ? ", " : "");
    noi_buf_printf(out, format, text);
}

/* "street Lê Lợi, even house numbers, house numbers 2 to 98": what the rule states. */
static void add_attributes(noi_buf *out, const noi_rule_info *r) {
    NOI_AUTO_BUF noi_buf list = {0};
    add_item(&list, "%s", r->hamlet);
    add_item(&list, _("street %s"), r->street);
    if (*r->side)
        add_item(&list, "%s",
                 strcmp(r->side, "odd") == 0 ? _("odd house numbers") : _("even house numbers"));
    if (r->to) {
        NOI_AUTO_FREE char *range =
            r->to == NOI_HOUSE_MAX_NUMBER
                ? noi_format(_("house numbers from %u on"), r->from)
                : noi_format(_("house numbers %u to %u"), r->from, r->to);
        add_item(&list, "%s", range);
    }
    add_item(&list, _("alley %s"), r->alley);
    add_item(&list, _("sheet %s of the cadastral map"), r->sheet);
    noi_buf_add_str(out, list.p);
}

void noi_source_rule_in_words(noi_buf *out, const noi_plan_source_rule *rule) {
    const noi_rule_info r = {.street = rule->street ? rule->street : "",
                             .side = noi_side_key(rule->side),
                             .from = rule->from,
                             .to = rule->to,
                             .alley = rule->alley ? rule->alley : "",
                             .hamlet = rule->hamlet ? rule->hamlet : "",
                             .sheet = rule->sheet ? rule->sheet : ""};
    add_attributes(out, &r);
}

void noi_rule_in_words(noi_buf *out, const noi_plan *plan, int32_t rule) {
    noi_rule_info r;
    if (noi_plan_rule(&r, plan, rule) != NOI_OK)
        return;
    NOI_AUTO_BUF noi_buf what = {0};
    add_attributes(&what, &r);
    noi_buf_printf(out, _("%s: %s lies in %s (source: %s"), full_name(plan, r.old_unit), what.p,
                   full_name(plan, r.new_unit), r.source);
    if (r.support && strcmp(r.origin, "learned") == 0)
        noi_buf_printf(out, _("; learned from %u addresses, %.1f percent of them there"), r.support,
                       100 * r.purity);
    noi_buf_add_char(out, ')');
}

static void explain_rule(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    noi_buf_add_str(out, _("a rule for a part of the split unit holds: "));
    noi_rule_in_words(out, plan, v->rule);
    if (v->edge >= 0)
        noi_buf_printf(out, _("; clause %s of %s"),
                       noi_plan_text(plan, plan->edges[v->edge].clause),
                       noi_plan_text(plan, plan->edges[v->edge].resolution));
}

static void explain_assigned(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    switch ((noi_method)v->method) {
    case NOI_BY_WHOLE_EDGE:
        explain_law(out, plan, v);
        return;
    case NOI_BY_POINT:
        explain_point(out, plan, v);
        return;
    case NOI_BY_NEW_NAME:
        noi_buf_printf(out, _("the record already names %s, a unit of today"),
                       full_name(plan, v->new_unit));
        return;
    case NOI_BY_DECISION:
        noi_buf_add_str(out, _("a person decided so"));
        return;
    case NOI_BY_SPLIT_RULE:
        explain_rule(out, plan, v);
        return;
    case NOI_BY_PARCEL:
    case NOI_BY_ADDRESS:
    case NOI_BY_HOUSEHOLD:
    case NOI_BY_INTAKE_UNIT:
    case NOI_BY_UNIT:
    case NOI_BY_NOTHING:
        break;
    }
    noi_buf_printf(out, _("it follows the record that it belongs to, in %s"),
                   full_name(plan, v->new_unit));
}

static void explain_split(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    if (v->old_unit == NOI_NO_UNIT) {
        noi_buf_add_str(out, _("the unit was split and nothing in the record decides"));
        return;
    }
    NOI_AUTO_BUF noi_buf old = {0}, clauses = {0};
    add_old(&old, plan, v->old_unit);
    add_clauses(&clauses, plan, v->old_unit);
    noi_buf_printf(out, _("%s was split by clauses %s of %s, and nothing in the record decides"),
                   old.p, clauses.p ? clauses.p : "", resolution_of(plan, v->old_unit));
}

static const char *reason_sentence(noi_reason reason) {
    switch (reason) {
    case NOI_REASON_NONE:
    case NOI_REASON_SPLIT:
        break;
    case NOI_REASON_HOMONYM:
        return _("several units of this name fit");
    case NOI_REASON_NEAR_BORDER:
        return _("the point lies nearer to a border than its error");
    case NOI_REASON_EVIDENCE_DISAGREES:
        return _("the record contradicts itself: its parts name different places");
    case NOI_REASON_NO_EVIDENCE:
        return _("the record has no text, no code and no point that can be used");
    case NOI_REASON_UNKNOWN_CODE:
        return _("the code was in force on no day that is known");
    case NOI_REASON_NO_UNIT_READ:
        return _("the text names no unit that is known");
    case NOI_REASON_OUTSIDE:
        return _("the point lies in no unit of the layer");
    case NOI_REASON_VINTAGE:
        return _("the code meant different units on different days");
    case NOI_REASON_OTHER_PROVINCE:
        return _("the record names a place that this plan does not cover");
    case NOI_REASON_SEVERAL_UNITS:
        return _("the matter touches several new units");
    case NOI_REASON_REFERENCE:
        return _("it refers to a record that is not there");
    case NOI_REASON_DISTRICT_ONLY:
        return _("only a district or a province is named, no ward or commune");
    case NOI_REASON_OVERLAP:
        return _("the point lies where units of the layer overlap");
    case NOI_REASON_RULES_DISAGREE:
        return _("rules for parts of the split unit hold and name different units");
    }
    return _("nothing decides");
}

void noi_verdict_in_words(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    if (v->status == NOI_ASSIGNED)
        explain_assigned(out, plan, v);
    else if (v->reason == NOI_REASON_SPLIT)
        explain_split(out, plan, v);
    else
        noi_buf_add_str(out, reason_sentence((noi_reason)v->reason));
    if (v->reason == NOI_REASON_NEAR_BORDER && v->point_unit != NOI_NO_UNIT)
        noi_buf_printf(out, _(": %.0f m from it, in %s"), (double)v->border_m,
                       full_name(plan, v->point_unit));
}

void noi_question_in_words(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    noi_question question;
    noi_question_find(&question, plan, v, NOI_STR(""));
    noi_question_words(out, plan, v, &question);
    noi_question_free(&question);
}

static const char *warning_sentence(noi_warning bit) {
    switch (bit) {
    case NOI_WARN_POINT_CONTRADICTS:
        return _("the point lies far from the unit that the record names");
    case NOI_WARN_CODE_CONTRADICTS:
        return _("code and text name different units");
    case NOI_WARN_SWAPPED_AXES:
        return _("longitude and latitude look exchanged; the point was not used");
    case NOI_WARN_WRONG_ZONE:
        return _("the coordinates look like metres or like another VN-2000 zone; the point was not "
                 "used");
    case NOI_WARN_LOST_ZEROS:
        return _("the code had lost its leading zeros");
    case NOI_WARN_OLDER_VINTAGE:
        return _("the record names a unit that had ended earlier; its successor was taken");
    case NOI_WARN_NEW_VINTAGE:
        return _("the record is already in units of today");
    case NOI_WARN_HOMONYM:
        return _("other units bear the same name");
    case NOI_WARN_FALSE_FRIEND:
        return _("a unit of today bears the old name, but lies elsewhere");
    case NOI_WARN_NAME_WITHOUT_MARKS:
        return _("the name was written without its marks");
    case NOI_WARN_TYPO:
        return _("the name was read with a typing error");
    case NOI_WARN_DISTRICT_MISSING:
        return _("the district is missing");
    case NOI_WARN_MORE_CANDIDATES:
        return _("there are more candidates than are listed");
    case NOI_WARN_OUTSIDE_COVERAGE:
        return _("the point lies in no unit of the layer");
    case NOI_WARN_MAP_CONTRADICTS_LAW:
        return _("the map puts the point where the law does not");
    case NOI_WARN_AREA_ONLY:
        return _("one candidate received area but no people");
    case NOI_WARN_DECISION_CONTRADICTED:
        return _("the evidence says otherwise than the decision");
    case NOI_WARN_DISTRICT_CONTRADICTS:
        return _("there is no ward of this name in the district that is named");
    case NOI_WARN_UNKNOWN_CODE:
        return _("the code was in force on no day that is known; it was not used");
    case NOI_WARN_RULE_CONTRADICTED:
        return _("a rule for a part of the unit says otherwise than the point");
    }
    return "";
}

void noi_warning_in_words(noi_buf *out, const noi_plan *plan, const noi_verdict *v,
                          noi_warning bit) {
    bool namesake = bit == NOI_WARN_FALSE_FRIEND && v->old_unit == NOI_NO_UNIT;
    noi_buf_add_str(out, namesake ? _("until the change a unit of this name lay elsewhere")
                                  : warning_sentence(bit));
    if (bit == NOI_WARN_FALSE_FRIEND && v->old_unit != NOI_NO_UNIT)
        noi_buf_printf(out, " (%s)", noi_plan_text(plan, plan->units[v->old_unit].name));
    if (bit != NOI_WARN_RULE_CONTRADICTED || v->rule < 0)
        return;
    noi_buf_add_str(out, ": ");
    noi_rule_in_words(out, plan, v->rule);
}

/* ---- the point ---- */

noi_point_says noi_point_reading(const noi_verdict *v) {
    if (v->point_unit == NOI_NO_UNIT)
        return NOI_POINT_SAYS_NOTHING;
    if (v->warnings & (NOI_WARN_SWAPPED_AXES | NOI_WARN_WRONG_ZONE))
        return NOI_POINT_CORRECTED;
    return v->warnings & NOI_WARN_OUTSIDE_COVERAGE ? NOI_POINT_NEAREST : NOI_POINT_LIES_IN;
}

void noi_point_in_words(noi_buf *out, const noi_plan *plan, const noi_verdict *v) {
    const uint32_t elsewhere = NOI_WARN_POINT_CONTRADICTS | NOI_WARN_MAP_CONTRADICTS_LAW;
    switch (noi_point_reading(v)) {
    case NOI_POINT_SAYS_NOTHING:
        return;
    case NOI_POINT_NEAREST:
        noi_buf_printf(out, _("the nearest unit is %s, %.0f m from the point"),
                       full_name(plan, v->point_unit), (double)v->border_m);
        return;
    case NOI_POINT_CORRECTED:
        noi_buf_printf(out,
                       v->warnings & NOI_WARN_SWAPPED_AXES
                           ? _("with longitude and latitude exchanged, the point lies in %s")
                           : _("read in the right zone of VN-2000, the point lies in %s"),
                       full_name(plan, v->point_unit));
        return;
    case NOI_POINT_LIES_IN:
        if (v->warnings & elsewhere)
            noi_buf_printf(out, _("the point lies in %s"), full_name(plan, v->point_unit));
        return;
    }
}

bool noi_verdict_is_weighed(const noi_verdict *v) {
    for (size_t i = 0; i < v->n_candidates; i++)
        if (v->probability[i])
            return true;
    return false;
}

void noi_probability_in_words(noi_buf *out, const noi_verdict *v, size_t at) {
    if (!noi_verdict_is_weighed(v))
        return;
    if (v->probability[at])
        noi_buf_printf(out, _("%d percent"), v->probability[at]);
    else
        noi_buf_add_str(out, _("under 1 percent"));
}

noi_status noi_inquire(noi_verdict *out, const noi_plan *plan, const noi_inquiry *q) {
    int32_t text[2] = {0, (int32_t)q->text.n}, code[2] = {0, (int32_t)q->code.n};
    if (q->text.n > INT32_MAX || q->code.n > INT32_MAX)
        return noi_fail(NOI_ERR_INPUT, _("the text is too long"));
    noi_records records = {.n = 1,
                           .text = {text, q->text.p},
                           .old_code = {code, q->code.p},
                           .lon = &q->lon,
                           .lat = &q->lat,
                           .default_error_m = (float)q->error_m,
                           .as_of = q->as_of};
    return noi_judge(out, plan, &records);
}
