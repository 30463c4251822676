/* learn.c: `noi learn`: rules for parts of split units from addresses with a point. */
#include "cli/cli.h"

#include "base/i18n.h"
#include "merge/compile.h"
#include "merge/learn.h"
#include "plan/lookup.h"
#include "report/learned.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

typedef struct arguments {
    const char *registry, *report;
    noi_learn_options options;
    bool dry_run, json;
} arguments;

/* ---- arguments ------------------------------------------------------------------------------- */

static noi_status read_numbers(noi_learn_options *out, const char *support, const char *purity) {
    char *end = NULL;
    *out = (noi_learn_options){5, 1};
    if (support) {
        unsigned long n = strtoul(support, &end, 10);
        if (!*support || *end || *support == '-' || n < 2 || n > 1000000)
            return noi_fail(NOI_ERR_USAGE, _("--min-support wants a number from 2 on, not '%s'"),
                            support);
        out->min_support = (uint32_t)n;
    }
    if (!purity)
        return NOI_OK;
    out->min_purity = strtod(purity, &end);
    if (!*purity || *end || !(out->min_purity >= 0.98 && out->min_purity <= 1))
        return noi_fail(NOI_ERR_USAGE, _("--min-purity wants a share from 0.98 to 1, not '%s'"),
                        purity);
    return NOI_OK;
}

static noi_status read_arguments(arguments *out, bool *help, int argc, char **argv) {
    const char *support = NULL, *purity = NULL;
    const cli_option options[] = {{.name = "--min-support", .value = &support},
                                  {.name = "--min-purity", .value = &purity},
                                  {.name = "--report", .value = &out->report},
                                  {.name = "--dry-run", .flag = &out->dry_run},
                                  {.name = "--json", .flag = &out->json}};
    cli_operands operands;
    NOI_TRY(
        cli_parse(&operands, help, "learn", argc, argv, options, sizeof options / sizeof *options));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands("learn", &operands, 1, 1));
    out->registry = operands.items[0];
    return read_numbers(&out->options, support, purity);
}

/* ---- for people ------------------------------------------------------------------------------ */

static double percent(uint32_t part, uint32_t whole) {
    return whole ? 100.0 * part / whole : 0;
}

static void show_rule(const noi_plan *plan, const noi_learned_rule *l) {
    NOI_AUTO_BUF noi_buf words = {0};
    noi_source_rule_in_words(&words, &l->rule);
    printf("    %s → %s: ", words.p,
           noi_plan_text(plan, plan->units[l->rule.new_unit].full_name));
    printf(_("%u addresses, purity %.3f, held out %u of %u right"), l->rule.support, l->rule.purity,
           l->held_right, l->held);
    if (l->fate != NOI_LEARN_USED)
        printf(" (%s: %s)", _("not used"), noi_learn_fate_sentence(l->fate));
    putchar('\n');
}

static void show_unit(const noi_plan *plan, const noi_learned *learned,
                      const noi_learned_unit *unit) {
    NOI_AUTO_BUF noi_buf name = {0};
    noi_unit_in_words(&name, plan, unit->old_unit);
    printf("%s\n", name.p);
    printf(_("  %u addresses taught; of %u held out %u are decided (%.1f percent), %u of them right\n"),
           unit->taught, unit->held, unit->decided, percent(unit->decided, unit->held),
           unit->right);
    size_t few = 0;
    for (size_t i = 0; i < learned->n_rules; i++) {
        if (learned->rules[i].rule.old_unit != unit->old_unit)
            continue;
        few += learned->rules[i].fate == NOI_LEARN_FEW;
        if (learned->rules[i].fate != NOI_LEARN_FEW)
            show_rule(plan, &learned->rules[i]);
    }
    if (few)
        printf(_("    and %zu not used for fewer addresses than --min-support ('--json' lists them)\n"),
               few);
}

typedef struct totals {
    uint32_t taught, held, decided, right, used, left_out;
} totals;

static totals total_of(const noi_learned *learned) {
    totals t = {0};
    for (size_t i = 0; i < learned->n_units; i++) {
        const noi_learned_unit *u = &learned->units[i];
        t.taught += u->taught;
        t.held += u->held;
        t.decided += u->decided;
        t.right += u->right;
        t.used += u->n_rules;
        t.left_out += u->n_left_out;
    }
    return t;
}

static void show(const noi_plan *plan, const noi_learned *learned, const arguments *a) {
    totals t = total_of(learned);
    for (size_t i = 0; i < learned->n_units; i++)
        if (learned->units[i].n_rules + learned->units[i].n_left_out > 0)
            show_unit(plan, learned, &learned->units[i]);
    for (size_t i = 0; i < learned->n_contradictions; i++) {
        const noi_learned_contradiction *c = &learned->contradictions[i];
        NOI_AUTO_BUF noi_buf words = {0};
        noi_rule_in_words(&words, plan, c->rule);
        printf(_("imported rule contradicted by %u of %u points: %s\n"), c->against, c->held,
               words.p);
    }
    printf(_("%llu addresses with text and point; %u of split wards taught, %u were held out\n"),
           (unsigned long long)learned->n_read, t.taught, t.held);
    printf(_("%u rules are used, %u are listed only; of the addresses held out %u are decided (%.1f "
             "percent), %u of them right\n"),
           t.used, t.left_out, t.decided, percent(t.decided, t.held), t.right);
    if (a->dry_run)
        printf(_("This was a dry run: nothing was written to %s.\n"), a->registry);
    else
        printf(_("stored; they decide from the next plan on: noi plan %s -o PLAN\n"), a->registry);
    if (a->report)
        printf(_("the evidence stands in %s/index.html\n"), a->report);
}

/* ---- for machines ---------------------------------------------------------------------------- */

static void add_count(json_object *to, const char *name, uint64_t value) {
    json_object_object_add(to, name, json_object_new_uint64(value));
}

static void add_text(json_object *to, const char *name, const char *value) {
    json_object_object_add(to, name, value && *value ? json_object_new_string(value) : NULL);
}

static void add_unit_code(json_object *to, const char *name, const noi_plan *plan, uint32_t unit) {
    char code[8];
    json_object_object_add(
        to, name, json_object_new_string(noi_code_format(code, plan->units[unit].code)));
}

static json_object *rule_json(const noi_plan *plan, const noi_learned_rule *l) {
    const noi_plan_source_rule *r = &l->rule;
    json_object *o = json_object_new_object();
    char purity[16];
    add_unit_code(o, "old_code", plan, r->old_unit);
    add_unit_code(o, "new_code", plan, r->new_unit);
    add_text(o, "street", r->street);
    add_text(o, "side", noi_side_key(r->side));
    json_object_object_add(o, "from", r->to ? json_object_new_int64(r->from) : NULL);
    json_object_object_add(o, "to", r->to ? json_object_new_int64(r->to) : NULL);
    add_text(o, "alley", r->alley);
    add_text(o, "hamlet", r->hamlet);
    add_count(o, "support", r->support);
    snprintf(purity, sizeof purity, "%.4f", r->purity);
    json_object_object_add(o, "purity", json_object_new_double_s(r->purity, purity));
    add_count(o, "held_out", l->held);
    add_count(o, "held_out_right", l->held_right);
    add_text(o, "state", noi_learn_fate_key(l->fate));
    return o;
}

static json_object *unit_json(const noi_plan *plan, const noi_learned_unit *u) {
    json_object *o = json_object_new_object();
    add_unit_code(o, "old_code", plan, u->old_unit);
    add_count(o, "taught", u->taught);
    add_count(o, "held_out", u->held);
    add_count(o, "decided", u->decided);
    add_count(o, "right", u->right);
    add_count(o, "rules", u->n_rules);
    add_count(o, "left_out", u->n_left_out);
    return o;
}

static void show_json(const noi_plan *plan, const noi_learned *learned, const arguments *a) {
    json_object *all = json_object_new_object(), *rules = json_object_new_array();
    json_object *units = json_object_new_array(), *against = json_object_new_array();
    totals t = total_of(learned);
    add_count(all, "addresses", learned->n_read);
    add_count(all, "repeated", learned->n_repeated);
    add_count(all, "taught", t.taught);
    add_count(all, "held_out", t.held);
    add_count(all, "decided", t.decided);
    add_count(all, "right", t.right);
    for (size_t i = 0; i < learned->n_units; i++)
        json_object_array_add(units, unit_json(plan, &learned->units[i]));
    for (size_t i = 0; i < learned->n_rules; i++)
        json_object_array_add(rules, rule_json(plan, &learned->rules[i]));
    for (size_t i = 0; i < learned->n_contradictions; i++) {
        const noi_learned_contradiction *c = &learned->contradictions[i];
        json_object *o = json_object_new_object();
        json_object_object_add(o, "rule", json_object_new_int64(plan->rules[c->rule].id));
        add_count(o, "points", c->held);
        add_count(o, "against", c->against);
        json_object_array_add(against, o);
    }
    json_object_object_add(all, "units", units);
    json_object_object_add(all, "rules", rules);
    json_object_object_add(all, "contradicted", against);
    json_object_object_add(all, "dry_run", json_object_new_boolean(a->dry_run));
    puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(all);
}

/* ---- the command ----------------------------------------------------------------------------- */

static noi_status learn(int *code, noi_registry *registry, const noi_plan *plan,
                        const arguments *a) {
    NOI_AUTO(noi_learned_freep) noi_learned *learned = NULL;
    NOI_TRY(noi_learn(&learned, registry, plan, &a->options));
    if (a->report)
        NOI_TRY(noi_report_learned(a->report, registry, plan, learned));
    if (!a->dry_run)
        NOI_TRY(noi_learn_store(registry, plan, learned));
    if (a->json)
        show_json(plan, learned, a);
    else
        show(plan, learned, a);
    *code = learned->n_contradictions ? 1 : 0;
    return NOI_OK;
}

static noi_status run(int *code, const arguments *a) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    NOI_TRY(noi_registry_open(&registry, a->registry, a->dry_run ? NOI_OPEN_READ : NOI_OPEN_WRITE));
    NOI_TRY(noi_compile_registry(&bytes, registry, NOI_DAY_NONE));
    NOI_TRY(noi_plan_attach(&plan, bytes.p, bytes.n));
    noi_status status = learn(code, registry, plan, a);
    noi_plan_close(plan);
    return status;
}

int cli_run_learn(int argc, char **argv) {
    arguments a = {0};
    bool help = false;
    int code = 0;
    noi_status status = read_arguments(&a, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = run(&code, &a);
    return status == NOI_OK ? code : cli_fail(status);
}
