/* explain_json.c: `noi explain --json`; see explain.h. */
#include "cli/explain.h"

#include "cli/layer_show.h"
#include "cli/lookup.h"

#include <json-c/json.h>
#include <stdio.h>

static void add_bool(json_object *to, const char *key, bool value) {
    json_object_object_add(to, key, json_object_new_boolean(value));
}

static void add_text(json_object *to, const char *key, const char *value) {
    json_object_object_add(to, key, value[0] ? json_object_new_string(value) : NULL);
}

static json_object *piece_json(const noi_plan *plan, const noi_piece_of_evidence *piece) {
    json_object *o = json_object_new_object();
    bool there = !piece->missing;
    add_text(o, "piece", noi_piece_key(piece->kind));
    add_bool(o, "missing", piece->missing);
    add_bool(o, "left_out", piece->left_out);
    add_bool(o, "matters", piece->matters);
    json_object_object_add(o, "verdict",
                           there ? cli_verdict_json(plan, &piece->verdict, NOI_STR("")) : NULL);
    json_object_object_add(
        o, "without",
        piece->matters ? cli_verdict_json(plan, &piece->without, NOI_STR("")) : NULL);
    return o;
}

static json_object *procedure_json(const noi_explanation *e) {
    const noi_procedure *p = e->reasoning.facts.procedure;
    if (!p)
        return NULL;
    json_object *o = json_object_new_object();
    add_text(o, "pattern", p->pattern);
    add_text(o, "name", p->name);
    add_text(o, "place", noi_matter_place_key(e->reasoning.place));
    add_text(o, "level_before", noi_handler_key(p->before));
    add_text(o, "level_after", noi_handler_key(p->after));
    add_text(o, "source", p->basis);
    return o;
}

static json_object *rules_json(const noi_plan *plan, const noi_explanation *e) {
    const noi_case_rule *rules[NOI_MAX_CASE_RULE];
    size_t n = noi_explanation_rules(rules, NOI_MAX_CASE_RULE, e, plan);
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < n; i++) {
        json_object *o = json_object_new_object();
        char day[12];
        add_text(o, "id", rules[i]->id);
        add_text(o, "from", noi_day_format(day, rules[i]->from));
        add_text(o, "to", noi_day_format(day, rules[i]->to));
        add_text(o, "text", noi_case_rule_text(rules[i]));
        add_text(o, "citation", noi_case_rule_citation(rules[i]));
        json_object_array_add(list, o);
    }
    return list;
}

static void add_case(json_object *to, const noi_explanation *e) {
    const noi_reasoning *r = &e->reasoning;
    noi_str queue = noi_queue_key(r->queue);
    add_text(to, "system", e->system);
    add_text(to, "procedure_code", e->procedure_code);
    json_object_object_add(to, "procedure", procedure_json(e));
    cli_json_count(to, "status_of_portal", r->facts.status);
    add_text(to, "received", e->received);
    add_text(to, "due", e->due);
    add_bool(to, "clock_stands_still", r->flags & NOI_FLAG_CLOCK_STILL);
    add_bool(to, "overdue_at_handover", r->flags & NOI_FLAG_OVERDUE);
    add_bool(to, "old_unit_finishes", r->flags & NOI_FLAG_OLD_UNIT_FINISHES);
    json_object_object_add(
        to, "queue", queue.n ? json_object_new_string_len(queue.p, (int)queue.n) : NULL);
    add_text(to, "level_after", noi_handler_key(noi_flags_handler(r->flags)));
    add_text(to, "handling_unit", e->handling_unit);
    add_text(to, "intake_unit", e->intake_unit);
    add_text(to, "new_office", e->office ? e->office->new_id : "");
    add_text(to, "roles", e->roles);
}

/* What each merge said of it. */
static json_object *handovers_json(const noi_explanation *e) {
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < e->n_told; i++) {
        const noi_told *told = &e->told[i];
        static const char *const statuses[] = {"", "assigned", "ambiguous", "unplaced"};
        json_object *o = json_object_new_object();
        add_text(o, "day", told->day);
        cli_json_count(o, "run", told->run_id);
        add_text(o, "status", told->gave ? statuses[told->status] : "");
        add_text(o, "new_code", told->code);
        add_text(o, "level_after", noi_handler_key(noi_flags_handler(told->flags)));
        add_bool(o, "intake_at_centre", noi_flags_have_rule(told->flags, NOI_RULE_INTAKE_CENTRE));
        add_bool(o, "stands", told->stands);
        json_object_array_add(list, o);
    }
    return list;
}

void cli_explain_json(const noi_plan *plan, const noi_explanation *e) {
    static const char *const kinds[NOI_RECORD_KINDS] = {"", "address", "household", "parcel", "case"};
    json_object *o = json_object_new_object(), *pieces = json_object_new_array();
    for (size_t i = 0; i < e->reasoning.n; i++)
        json_object_array_add(pieces, piece_json(plan, &e->reasoning.pieces[i]));
    add_text(o, "kind", kinds[e->kind]);
    add_text(o, "key", e->key);
    add_text(o, "alias", e->alias);
    json_object_object_add(o, "verdict", cli_verdict_json(plan, &e->reasoning.verdict,
                                                          noi_str_of(e->text)));
    add_bool(o, "decided", e->reasoning.decided);
    add_text(o, "decided_by", e->decided_by);
    add_text(o, "decided_on", e->decided_on);
    add_text(o, "decided_why", e->decided_why);
    json_object_object_add(o, "evidence", pieces);
    json_object_object_add(o, "rules", rules_json(plan, e));
    add_text(o, "clause_text", e->clause_text);
    if (e->kind == NOI_RECORD_CASE)
        add_case(o, e);
    if (e->kind == NOI_RECORD_HOUSEHOLD)
        add_bool(o, "verify_locally", e->reasoning.flags & NOI_FLAG_VERIFY_LOCALLY);
    json_object_object_add(o, "handovers", handovers_json(e));
    json_object_object_add(o, "stored_same",
                           e->merged ? json_object_new_boolean(e->stored_same) : NULL);
    puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(o);
}
