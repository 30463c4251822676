/* handover.c: the handler of a case, its clock and the rules that apply; see handover.h. */
#include "merge/handover.h"

enum { HANDLER_SHIFT = 4, HANDLER_MASK = 7, RULE_SHIFT = 7 };

noi_handler noi_flags_handler(uint32_t flags) {
    return (noi_handler)(flags >> HANDLER_SHIFT & HANDLER_MASK);
}

bool noi_flags_have_rule(uint32_t flags, int number) {
    return flags >> (RULE_SHIFT + number) & 1;
}

bool noi_status_is_open(int status) {
    return status >= 1 && status <= 9 && status != 3;
}

bool noi_clock_stands_still(int status) {
    return status == 5 || status == 6 || status == 8;
}

noi_code noi_verdict_province(const noi_plan *plan, const noi_verdict *verdict,
                              noi_code elsewhere) {
    if (verdict && verdict->status == NOI_ASSIGNED)
        return plan->units[verdict->new_unit].province_code;
    return verdict && verdict->n_candidates ? plan->units[verdict->candidates[0]].province_code
                                            : elsewhere;
}

/* ---- by the procedure ------------------------------------------------------------------------ */

/* The row of the procedure names the rule, and the rule is in force. */
static const noi_case_rule *named(const noi_case_rules *rules, int number, noi_code province,
                                  noi_day on, const noi_case_facts *facts) {
    if (!facts->procedure || !(facts->procedure->rules >> number & 1))
        return NULL;
    return noi_case_rule_on(rules, number, province, on);
}

static bool before(noi_day day, noi_day other) {
    return day != NOI_DAY_NONE && day < other;
}

noi_matter_place noi_case_place(const noi_case_rules *rules, noi_code province, noi_day on,
                         const noi_case_facts *facts) {
    static const struct {
        int rule;
        noi_matter_place place;
    } by_rule[] = {{NOI_RULE_LAND, NOI_PLACE_OBJECT},
                   {NOI_RULE_LAND_RECOVERY, NOI_PLACE_OBJECT},
                   {NOI_RULE_BUILDING, NOI_PLACE_OBJECT},
                   {NOI_RULE_HEAD_OFFICE, NOI_PLACE_HEAD_OFFICE},
                   {NOI_RULE_CIVIL_STATUS, NOI_PLACE_CHOICE}};
    if (!facts->procedure)
        return NOI_PLACE_UNKNOWN;
    if (facts->procedure->place != NOI_PLACE_UNKNOWN)
        return facts->procedure->place;
    for (size_t i = 0; i < sizeof by_rule / sizeof *by_rule; i++)
        if (named(rules, by_rule[i].rule, province, on, facts))
            return by_rule[i].place;
    return NOI_PLACE_UNKNOWN;
}

/* What was lodged before goes by its own rule: a province's land case keeps its procedure and its
 * department, a district's goes to the commune (R8); so does a district's land recovery (R9). */
noi_handler noi_case_handler(const noi_case_rules *rules, noi_code province, noi_day on,
                             const noi_case_facts *facts) {
    const noi_procedure *p = facts->procedure;
    if (!p)
        return NOI_HANDLER_UNKNOWN;
    const noi_case_rule *land = named(rules, NOI_RULE_LAND, province, on, facts);
    if (land && before(facts->received_on, land->from)) {
        if (p->before == NOI_HANDLER_DISTRICT)
            return NOI_HANDLER_COMMUNE;
        if (p->before == NOI_HANDLER_DEPARTMENT)
            return NOI_HANDLER_DEPARTMENT;
    }
    if (p->before == NOI_HANDLER_DISTRICT &&
        named(rules, NOI_RULE_LAND_RECOVERY, province, on, facts))
        return NOI_HANDLER_COMMUNE;
    return p->after;
}

bool noi_handler_is_everywhere(noi_handler handler) {
    return handler == NOI_HANDLER_DEPARTMENT || handler == NOI_HANDLER_CITY_CENTRE;
}

bool noi_case_is_chosen(const noi_case_rules *rules, noi_code province,
                        const noi_case_facts *facts) {
    if (facts->received_on == NOI_DAY_NONE)
        return false;
    return noi_case_rule_on(rules, NOI_RULE_CIVIL_STATUS, province, facts->received_on) != NULL;
}

/* ---- flags ----------------------------------------------------------------------------------- */

typedef struct noting {
    const noi_case_rules *rules;
    const noi_plan *plan;
    const noi_verdict *verdict;
    const noi_case_facts *facts;
    noi_code province;
    uint32_t flags;
} noting;

static void add_rule(noting *n, int number) {
    n->flags |= 1u << (RULE_SHIFT + number);
}

/* Adds the rule if it is in force on the day of the plan. */
static bool apply(noting *n, int number) {
    bool applies = noi_case_rule_on(n->rules, number, n->province, n->plan->on) != NULL;
    if (applies)
        add_rule(n, number);
    return applies;
}

/* Overdue: due before the new units began. They begin on the day of the plan, or later where the row
 * of R7 says so. */
static void note_clock(noting *n) {
    const noi_case_facts *f = n->facts;
    if (!noi_status_is_open(f->status))
        return;
    if (noi_clock_stands_still(f->status))
        n->flags |= NOI_FLAG_CLOCK_STILL;
    if (f->due_on == NOI_DAY_NONE)
        return;
    const noi_case_rule *start =
        noi_case_rule_find(n->rules, NOI_RULE_OLD_UNITS_WORK_ON, n->province);
    const noi_case_rule *cut =
        noi_case_rule_find(n->rules, NOI_RULE_OLD_UNIT_FINISHES, n->province);
    noi_day begins = start && start->from > n->plan->on ? start->from : n->plan->on;
    if (f->due_on < begins) {
        n->flags |= NOI_FLAG_OVERDUE;
        if (start)
            add_rule(n, NOI_RULE_OLD_UNITS_WORK_ON);
    }
    if (cut)
        add_rule(n, NOI_RULE_OLD_UNIT_FINISHES);
    if (cut && f->due_on < cut->from)
        n->flags |= NOI_FLAG_OLD_UNIT_FINISHES;
}

/* The rules that the row of the procedure names. */
static void note_procedure(noting *n, noi_handler handler) {
    const noi_case_facts *f = n->facts;
    n->flags |= (uint32_t)handler << HANDLER_SHIFT;
    bool any = false;
    for (int number = NOI_RULE_LAND; number <= NOI_RULE_CIVIL_STATUS; number++) {
        const noi_case_rule *rule = named(n->rules, number, n->province, n->plan->on, f);
        bool applies = rule && (number != NOI_RULE_LAND || before(f->received_on, rule->from));
        if (applies)
            add_rule(n, number);
        any |= applies;
    }
    if (any && noi_case_rule_find(n->rules, NOI_RULE_DECREES, n->province))
        add_rule(n, NOI_RULE_DECREES);
}

static bool is_unfinished(const noi_case_facts *facts) {
    return facts->status == 0 || noi_status_is_open(facts->status);
}

/* In force on the day; on no day when it is not known. */
static bool in_force(const noting *n, int number, noi_day day) {
    return day != NOI_DAY_NONE && noi_case_rule_on(n->rules, number, n->province, day);
}

/* The counter: intake is anywhere in the province for what came in since R13, and at the city's
 * centre for what departments got since R14, or have unfinished when it begins. That is the one rule
 * that goes by the day of the handover: the rest was settled on the day of the change. */
static void note_intake(noting *n, noi_handler handler) {
    const noi_case_facts *f = n->facts;
    if (f->has_intake && in_force(n, NOI_RULE_INTAKE_ANYWHERE, f->received_on))
        add_rule(n, NOI_RULE_INTAKE_ANYWHERE);
    if (handler != NOI_HANDLER_DEPARTMENT)
        return;
    bool moves = is_unfinished(f) && in_force(n, NOI_RULE_INTAKE_CENTRE, n->plan->handover);
    if (moves || in_force(n, NOI_RULE_INTAKE_CENTRE, f->received_on))
        add_rule(n, NOI_RULE_INTAKE_CENTRE);
}

/* Somebody else than before handles it. */
static bool handler_changes(const noting *n, noi_handler handler) {
    const noi_verdict *v = n->verdict;
    bool placed = v->status == NOI_ASSIGNED, everywhere = noi_handler_is_everywhere(handler);
    if (!placed && !everywhere)
        return n->facts->has_successor;
    if (everywhere)
        return !n->facts->procedure || n->facts->procedure->before != handler;
    return v->old_unit != v->new_unit;
}

/* What the move itself goes by. A result that waits to be fetched is a paper that stays valid. */
static void note_move(noting *n, noi_handler handler, noi_queue queue) {
    const noi_case_facts *f = n->facts;
    bool unfinished = is_unfinished(f);
    bool of_district = f->holder == NOI_HOLDER_DISTRICT ||
                       (f->procedure && f->procedure->before == NOI_HANDLER_DISTRICT);
    bool placed = n->verdict->status == NOI_ASSIGNED;
    if (queue == NOI_QUEUE_CITY_DECIDES)
        apply(n, NOI_RULE_CITY_DECIDES);
    if (f->status >= 9)
        apply(n, NOI_RULE_PAPERS_VALID);
    if (placed && unfinished && of_district)
        apply(n, NOI_RULE_DISTRICT_WORK);
    if (!unfinished || n->flags & NOI_FLAG_OLD_UNIT_FINISHES || !handler_changes(n, handler))
        return;
    apply(n, NOI_RULE_NOTHING_AGAIN);
    apply(n, NOI_RULE_NOTICE);
}

uint32_t noi_case_flags(const noi_case_rules *rules, const noi_plan *plan, noi_code elsewhere,
                        const noi_verdict *verdict, noi_queue queue, const noi_case_facts *facts) {
    noting n = {.rules = rules,
                .plan = plan,
                .verdict = verdict,
                .facts = facts,
                .province = noi_verdict_province(plan, verdict, elsewhere)};
    noi_handler handler = noi_case_handler(rules, n.province, plan->on, facts);
    note_clock(&n);
    note_procedure(&n, handler);
    note_intake(&n, handler);
    note_move(&n, handler, queue);
    return n.flags;
}

/* The change of the plan divides it. */
static bool is_split(const noi_plan *plan, uint16_t unit) {
    const noi_plan_unit_row *u = &plan->units[unit];
    size_t n = 0;
    for (uint32_t i = 0; i < u->n_out; i++)
        n += plan->edges[plan->out_edges[u->first_out + i]].on == plan->on;
    return n > 1;
}

/* Whole units move by their code, at the centre; what is split is verified on the spot. */
uint32_t noi_household_flags(const noi_case_rules *rules, const noi_plan *plan, noi_code elsewhere,
                             const noi_verdict *v) {
    noting n = {.rules = rules,
                .plan = plan,
                .verdict = v,
                .province = noi_verdict_province(plan, v, elsewhere)};
    bool known = v->old_unit != NOI_NO_UNIT;
    if (!known || !apply(&n, NOI_RULE_RESIDENCE_REGISTER))
        return 0;
    if (is_split(plan, v->old_unit))
        n.flags |= NOI_FLAG_VERIFY_LOCALLY;
    return n.flags;
}
