/* explain.c: `noi explain`: the reasons of one record's verdict, to be read and to be read out. */
#include "cli/explain.h"

#include "cli/cli.h"

#include "base/i18n.h"
#include "cli/lookup.h"
#include "merge/compile.h"

#include <stdio.h>
#include <string.h>

/* ---- words ----------------------------------------------------------------------------------- */

static const char *piece_words(noi_piece_kind kind, noi_record_kind of) {
    switch (kind) {
    case NOI_PIECE_OWN:
        return of == NOI_RECORD_CASE ? _("object") : _("what the record itself says");
    case NOI_PIECE_PARCEL:
        return _("parcel");
    case NOI_PIECE_ADDRESS:
        return _("its address");
    case NOI_PIECE_HEAD_OFFICE:
        return _("head office");
    case NOI_PIECE_HOUSEHOLD:
        return _("household");
    case NOI_PIECE_HANDLING_UNIT:
        return _("handling unit");
    case NOI_PIECE_INTAKE_UNIT:
        return _("intake unit");
    case NOI_PIECE_KINDS:
        break;
    }
    return "";
}

static const char *place_words(noi_matter_place place) {
    switch (place) {
    case NOI_PLACE_OBJECT:
        return _("the matter lies at the parcel or building");
    case NOI_PLACE_HEAD_OFFICE:
        return _("the matter lies at the head office");
    case NOI_PLACE_RESIDENCE:
        return _("the matter lies at the residence");
    case NOI_PLACE_CHOICE:
        return _("the matter lies at the residence or where the citizen chooses");
    case NOI_PLACE_UNKNOWN:
        break;
    }
    return _("where the matter lies is not stated");
}

static const char *status_words(int status) {
    static const char *const words[] = {N_("unknown"),       N_("registered"),
                                        N_("received"),      N_("not accepted"),
                                        N_("in process"),    N_("more papers asked"),
                                        N_("fee due"),       N_("withdrawal asked"),
                                        N_("stopped"),       N_("done"),
                                        N_("result returned")};
    bool known = status >= 0 && (size_t)status < sizeof words / sizeof *words;
    return _(words[known ? status : 0]);
}

/* ---- evidence -------------------------------------------------------------------------------- */

static const char *piece_key_of(const noi_explanation *e, noi_piece_kind kind) {
    switch (kind) {
    case NOI_PIECE_PARCEL:
        return e->parcel_key;
    case NOI_PIECE_ADDRESS:
        return e->address_key;
    case NOI_PIECE_HEAD_OFFICE:
        return e->head_office;
    case NOI_PIECE_HOUSEHOLD:
        return e->household_key;
    case NOI_PIECE_HANDLING_UNIT:
        return e->handling_unit;
    case NOI_PIECE_INTAKE_UNIT:
        return e->intake_unit;
    case NOI_PIECE_OWN:
    case NOI_PIECE_KINDS:
        break;
    }
    return e->text[0] ? e->text : e->old_code;
}

static void print_piece(const noi_plan *plan, const noi_explanation *e,
                        const noi_piece_of_evidence *piece) {
    const char *key = piece_key_of(e, piece->kind);
    printf("  - %s%s%s: ", piece_words(piece->kind, e->kind), key[0] ? " " : "", key);
    if (piece->missing) {
        puts(_("refers to a record that no file has; passed over"));
        return;
    }
    NOI_AUTO_BUF noi_buf words = {0};
    noi_verdict_in_words(&words, plan, &piece->verdict);
    printf("%s%s%s\n", words.p, piece->left_out ? ". " : "",
           piece->left_out ? _("Left out: this procedure goes by other evidence") : "");
}

/* A case need not have an object; then there is nothing to tell of it. */
static bool says_nothing(const noi_explanation *e, const noi_piece_of_evidence *piece) {
    return e->kind == NOI_RECORD_CASE && piece->kind == NOI_PIECE_OWN &&
           piece->verdict.reason == NOI_REASON_NO_EVIDENCE;
}

static void print_evidence(const noi_plan *plan, const noi_explanation *e) {
    puts(_("Evidence"));
    if (e->reasoning.decided)
        printf(_("  - %s decided on %s, which goes before all other evidence: %s\n"), e->decided_by,
               e->decided_on, e->decided_why);
    for (size_t i = 0; i < e->reasoning.n; i++)
        if (!says_nothing(e, &e->reasoning.pieces[i]))
            print_piece(plan, e, &e->reasoning.pieces[i]);
}

/* ---- procedure, rules, law ------------------------------------------------------------------- */

static void print_procedure(const noi_explanation *e) {
    const noi_procedure *p = e->reasoning.facts.procedure;
    puts(_("Procedure"));
    if (!p) {
        printf("  %s%s%s\n", e->procedure_code, e->procedure_code[0] ? ": " : "",
               _("no row of the procedures speaks of it; nothing is assumed about its place and "
                 "its handler"));
        return;
    }
    printf("  %s%s%s: %s\n", p->pattern, p->name[0] ? " " : "", p->name,
           place_words(e->reasoning.place));
    printf(_("  handled before by: %s; afterwards by: %s (source: %s)\n"),
           noi_handler_words(p->before), noi_handler_words(p->after), p->basis);
}

static void print_rules(const noi_plan *plan, const noi_explanation *e) {
    const noi_case_rule *rules[NOI_MAX_CASE_RULE];
    size_t n = noi_explanation_rules(rules, NOI_MAX_CASE_RULE, e, plan);
    if (n)
        puts(_("Rules that apply"));
    for (size_t i = 0; i < n; i++) {
        char from[12], to[12];
        noi_day_format(from, rules[i]->from);
        noi_day_format(to, rules[i]->to);
        printf("  %s  %s\n", rules[i]->id, noi_case_rule_text(rules[i]));
        if (to[0])
            printf(_("      %s; from %s until before %s\n"), noi_case_rule_citation(rules[i]), from,
                   to);
        else
            printf(_("      %s; from %s on\n"), noi_case_rule_citation(rules[i]), from);
    }
}

static void print_law(const noi_plan *plan, const noi_explanation *e) {
    noi_edge_info edge;
    int32_t at = e->reasoning.verdict.edge;
    if (at < 0 || noi_plan_edge(&edge, plan, at) != NOI_OK)
        return;
    puts(_("Law"));
    if (edge.clause[0])
        printf(_("  clause %s of %s (%s, %s)\n"), edge.clause, edge.resolution, edge.part,
               edge.scope);
    else
        printf(_("  %s leaves this unit as it is\n"), edge.resolution);
    if (e->clause_text[0])
        printf("  “%s”\n", e->clause_text);
}

/* ---- clock and handler ----------------------------------------------------------------------- */

static void print_clock(const noi_explanation *e) {
    const noi_reasoning *r = &e->reasoning;
    if (!r->facts.status && !e->received[0] && !e->due[0])
        return;
    puts(_("Clock"));
    printf(_("  status %d (%s); received %s; due %s; all go over unchanged\n"), r->facts.status,
           status_words(r->facts.status), e->received[0] ? e->received : "?",
           e->due[0] ? e->due : "?");
    if (r->flags & NOI_FLAG_CLOCK_STILL)
        printf("  %s\n", _("the clock stands still: papers or a fee were asked for, or it is stopped"));
    if (r->flags & NOI_FLAG_OVERDUE)
        printf("  %s\n", _("overdue at the handover: not the new unit's delay"));
    if (r->flags & NOI_FLAG_OLD_UNIT_FINISHES)
        printf("  %s\n", _("the old unit finishes it (R3)"));
}

static void print_handler(const noi_plan *plan, const noi_explanation *e) {
    const noi_reasoning *r = &e->reasoning;
    noi_handler handler = noi_flags_handler(r->flags);
    puts(_("Handler"));
    if (r->verdict.status == NOI_ASSIGNED) {
        NOI_AUTO_BUF noi_buf name = {0};
        noi_unit_in_words(&name, plan, r->verdict.new_unit);
        printf(_("  place: %s; level: %s\n"), name.p, noi_handler_words(handler));
    } else {
        printf(_("  place: open; level: %s\n"), noi_handler_words(handler));
    }
    if (r->verdict.status != NOI_ASSIGNED && r->queue == NOI_QUEUE_NONE)
        printf("  %s\n", _("its handler needs no place, so nobody is asked for it"));
    if (r->queue != NOI_QUEUE_NONE)
        printf(r->queue == NOI_QUEUE_CITY_DECIDES
                   ? _("  waits in queue CITY_DECIDES for the chairman of the province\n")
                   : _("  waits in queue LOCATE for somebody who knows the place\n"));
    if (e->office)
        printf(_("  its office %s is now %s %s\n"), e->office->old_id,
               e->office->new_id[0] ? e->office->new_id : "?", e->office->name);
    if (e->intake_unit[0])
        printf(_("  intake unit: %s, a field of its own\n"), e->intake_unit);
    if (e->roles[0])
        printf(_("  roles of the account: %s\n"), e->roles);
}

/* ---- what happened to it --------------------------------------------------------------------- */

static void print_told(const noi_told *told) {
    printf(_("  %s, run %lld: "), told->day[0] ? told->day : "?", (long long)told->run_id);
    if (!told->gave) {
        puts(_("left as it was"));
        return;
    }
    if (told->status == NOI_ASSIGNED)
        printf("%s  %s", told->code, told->name);
    else
        printf("%s", told->status == NOI_AMBIGUOUS ? _("ambiguous") : _("unplaced"));
    noi_handler handler = noi_flags_handler(told->flags);
    if (handler != NOI_HANDLER_UNKNOWN)
        printf("; %s", noi_handler_words(handler));
    if (noi_flags_have_rule(told->flags, NOI_RULE_INTAKE_CENTRE))
        printf("; %s", _("intake at the city's centre (R14)"));
    puts(told->stands ? _("; stands") : "");
}

/* One merge alone needs no history. */
static void print_history(const noi_explanation *e) {
    if (e->n_told < 2)
        return;
    puts(_("Handovers"));
    for (size_t i = 0; i < e->n_told; i++)
        print_told(&e->told[i]);
}

/* ---- what would change it -------------------------------------------------------------------- */

static void print_without(const noi_plan *plan, const noi_explanation *e,
                          const noi_piece_of_evidence *piece) {
    const noi_verdict *v = &piece->without;
    printf(_("  - without %s: "), piece_words(piece->kind, e->kind));
    if (v->status == NOI_ASSIGNED) {
        NOI_AUTO_BUF noi_buf name = {0};
        noi_unit_in_words(&name, plan, v->new_unit);
        puts(name.p);
    } else {
        puts(v->status == NOI_AMBIGUOUS ? _("it would be ambiguous") : _("it would be unplaced"));
    }
}

static void print_changes(const noi_plan *plan, const noi_explanation *e) {
    puts(_("What would change the answer"));
    for (size_t i = 0; i < e->reasoning.n; i++)
        if (e->reasoning.pieces[i].matters)
            print_without(plan, e, &e->reasoning.pieces[i]);
    printf("  - %s\n", _("a decision of a person, with a reason"));
}

static void print_stored(const noi_explanation *e) {
    if (!e->merged)
        puts(_("No verdict is stored yet: this is what a merge would say."));
    else if (!e->stored_same)
        printf(_("The stored verdict says otherwise (%s): the data or the rules have changed since "
                 "the merge.\n"),
               e->stored_code[0] ? e->stored_code : _("open"));
}

void cli_explain_people(const noi_plan *plan, const noi_explanation *e) {
    bool is_case = e->kind == NOI_RECORD_CASE;
    if (e->alias[0])
        printf(_("%s is another number of %s\n"), e->alias, e->key);
    printf("%s%s%s%s\n", e->key, e->system[0] ? " (" : "", e->system, e->system[0] ? ")" : "");
    cli_lookup_people(plan, &e->reasoning.verdict, noi_str_of(e->text), false);
    print_stored(e);
    print_evidence(plan, e);
    if (is_case)
        print_procedure(e);
    print_rules(plan, e);
    print_law(plan, e);
    if (is_case) {
        print_clock(e);
        print_handler(plan, e);
    }
    if (e->reasoning.flags & NOI_FLAG_VERIFY_LOCALLY && e->kind == NOI_RECORD_HOUSEHOLD)
        puts(_("Its old unit was split: verified on the spot, person by person (R16)"));
    print_history(e);
    print_changes(plan, e);
}

/* ---- the command ----------------------------------------------------------------------------- */

typedef struct options {
    const char *plan;
    bool json;
} options;

/* A plan of other data answers all the same, and says so. */
static noi_status tell_other_data(noi_registry *registry, const noi_plan *plan) {
    char inputs[65];
    NOI_TRY(noi_plan_inputs_digest(inputs, registry));
    if (strcmp(inputs, noi_plan_inputs(plan)) != 0)
        fprintf(stderr, "noi: %s\n",
                _("note: this plan was made from other data than the registry holds now"));
    return NOI_OK;
}

static noi_status answer(bool *assigned, const options *o, const cli_operands *operands) {
    NOI_TRY(cli_want_operands("explain", operands, 2, 2));
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_AUTO(noi_explanation_freep) noi_explanation *e = NULL;
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    NOI_TRY(noi_registry_open(&registry, operands->items[0], NOI_OPEN_READ));
    if (o->plan) {
        NOI_TRY(noi_plan_open(&plan, o->plan));
    } else {
        NOI_TRY(noi_compile_registry(&bytes, registry, NOI_DAY_NONE));
        NOI_TRY(noi_plan_attach(&plan, bytes.p, bytes.n));
    }
    noi_status status = o->plan ? tell_other_data(registry, plan) : NOI_OK;
    if (status == NOI_OK)
        status = noi_explain(&e, registry, plan, operands->items[1]);
    if (status == NOI_OK) {
        *assigned = e->reasoning.verdict.status == NOI_ASSIGNED;
        if (o->json)
            cli_explain_json(plan, e);
        else
            cli_explain_people(plan, e);
    }
    noi_plan_close(plan);
    return status;
}

int cli_run_explain(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {{.name = "--plan", .value = &o.plan},
                                {.name = "--json", .flag = &o.json}};
    cli_operands operands;
    bool help = false, assigned = false;
    noi_status status =
        cli_parse(&operands, &help, "explain", argc, argv, table, sizeof table / sizeof *table);
    if (help)
        return 0;
    if (status == NOI_OK)
        status = answer(&assigned, &o, &operands);
    if (status != NOI_OK)
        return cli_fail(status);
    return assigned ? 0 : 1;
}
