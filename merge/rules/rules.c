/*
 * rules.c: the table of rules, and their run: one transaction in which what the rules share is
 * prepared (temporary tables, see registry/sql/rules/begin.sql), each rule stores its findings in
 * place of its earlier ones, and the run's row is written.
 */
#include "merge/rules/rule.h"

#include "base/progress.h"
#include "merge/rules/noted.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define POINTER(name) &noi_rule_##name,
static const noi_rule *const RULES[] = {NOI_RULE_LIST(POINTER)};
#undef POINTER
#define N_RULES (sizeof RULES / sizeof *RULES)
_Static_assert(N_RULES <= sizeof((noi_validation *)0)->rule / sizeof(noi_rule *),
               "noi_validation has room for all rules");

const noi_rule *const *noi_rules(size_t *n) {
    *n = N_RULES;
    return RULES;
}

const noi_rule *noi_rule_by_id(const char *id) {
    for (size_t i = 0; i < N_RULES; i++)
        if (strcasecmp(RULES[i]->id, id) == 0)
            return RULES[i];
    return NULL;
}

const char *noi_rule_family(char letter) {
    switch (letter) {
    case 'U':
        return _("Units and law");
    case 'L':
        return _("Boundary layers");
    case 'A':
        return _("Addresses and other records");
    case 'H':
        return _("Households");
    case 'C':
        return _("Open cases");
    case 'D':
        return _("Decisions of people");
    case 'R':
        return _("Reconciliation");
    default:
        return "";
    }
}

const char *noi_severity_key(noi_severity severity) {
    switch (severity) {
    case NOI_SEVERITY_NOTE:
        return "note";
    case NOI_SEVERITY_WARNING:
        return "warning";
    case NOI_SEVERITY_ERROR:
        return "error";
    }
    return "unknown";
}

/* ---- choosing ---- */

static bool is_chosen(const noi_rule *rule, const char *const *ids, size_t n_ids) {
    for (size_t i = 0; i < n_ids; i++)
        if (strcasecmp(rule->id, ids[i]) == 0)
            return true;
    return n_ids == 0;
}

static noi_status choose(noi_validation *out, const char *const *ids, size_t n_ids) {
    for (size_t i = 0; i < n_ids; i++)
        if (!noi_rule_by_id(ids[i])) {
            noi_status status = noi_fail(NOI_ERR_USAGE, _("there is no rule '%s'"), ids[i]);
            noi_hint(_("rules are numbered %s to %s; 'noi validate --list' lists them"),
                     RULES[0]->id, RULES[N_RULES - 1]->id);
            return status;
        }
    for (size_t i = 0; i < N_RULES; i++)
        if (is_chosen(RULES[i], ids, n_ids))
            out->rule[out->n++] = RULES[i];
    return NOI_OK;
}

static bool any_of(const noi_validation *chosen, const char *families) {
    for (size_t i = 0; i < chosen->n; i++)
        if (strchr(families, chosen->rule[i]->id[0]))
            return true;
    return false;
}

/* ---- what the rules share ---- */

static noi_status reform_days(noi_day days[2], noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&stmt, registry, "rules/reform"));
    NOI_TRY(noi_step(stmt, &row));
    days[NOI_SIDE_OLD] = row ? noi_column_day(stmt, 0) : NOI_DAY_NONE;
    days[NOI_SIDE_NEW] = row ? noi_column_day(stmt, 1) : NOI_DAY_NONE;
    return NOI_OK;
}

/* Without a reform there are no sides: the newest layer stands for itself. */
static noi_status find_newest_layer(noi_drawn *drawn, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, "rules/newest_layer"));
    NOI_TRY(noi_step(stmt, &drawn->found));
    if (!drawn->found)
        return NOI_OK;
    drawn->layer = (noi_layer_row){.id = noi_column_int(stmt, 0),
                                   .as_of = noi_column_day(stmt, 1),
                                   .synthetic = noi_column_int(stmt, 2) != 0};
    drawn->day = drawn->layer.as_of;
    return NOI_OK;
}

static noi_status find_layers(noi_rule_run *run) {
    noi_day days[2];
    NOI_TRY(reform_days(days, run->registry));
    if (days[NOI_SIDE_NEW] == NOI_DAY_NONE)
        return find_newest_layer(&run->drawn[NOI_SIDE_NEW], run->registry);
    for (int side = 0; side < 2; side++) {
        noi_drawn *drawn = &run->drawn[side];
        if (days[side] == NOI_DAY_NONE)
            continue;
        NOI_TRY(noi_layer_find(&drawn->layer, &drawn->found, run->registry, days[side]));
        drawn->layer.name = NULL; /* borrowed; not needed later */
        drawn->day = days[side];
    }
    return NOI_OK;
}

static noi_status prepare_run(noi_rule_run *run, const noi_validation *chosen) {
    NOI_TRY(noi_exec(run->registry, "rules/begin"));
    NOI_TRY(find_layers(run));
    if (any_of(chosen, "AHCR"))
        NOI_TRY(noi_rule_note_verdicts(run->registry));
    return NOI_OK;
}

static void forget(noi_rule_run *run) {
    noi_stmt_close(run->add);
    for (int side = 0; side < 2; side++)
        noi_layer_findings_free(run->drawn[side].findings);
}

/* ---- running ---- */

static noi_status run_query(noi_rule_run *run, const noi_rule *rule) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, run->registry, rule->query));
    noi_bind_text(stmt, 1, noi_str_of(rule->id));
    noi_bind_int(stmt, 2, rule->severity);
    noi_bind_int(stmt, 3, run->run_id);
    return noi_run(stmt);
}

static noi_status forget_findings(noi_registry *registry, const noi_rule *rule) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, "rules/forget"));
    noi_bind_text(stmt, 1, noi_str_of(rule->id));
    return noi_run(stmt);
}

/* All findings of the rule, and those that are more than a note. */
static noi_status count_findings(int64_t *all, int64_t *to_act_on, noi_registry *registry,
                                 const noi_rule *rule) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&stmt, registry, "rules/count"));
    noi_bind_text(stmt, 1, noi_str_of(rule->id));
    NOI_TRY(noi_step(stmt, &row));
    *all = row ? noi_column_int(stmt, 0) : 0;
    *to_act_on += row ? noi_column_int(stmt, 1) : 0;
    return NOI_OK;
}

static noi_status run_rule(noi_rule_run *run, const noi_rule *rule) {
    NOI_TRY(forget_findings(run->registry, rule));
    if (rule->find)
        NOI_TRY(rule->find(run, rule));
    return rule->query ? run_query(run, rule) : NOI_OK;
}

static noi_status run_rules(noi_validation *out, noi_rule_run *run) {
    NOI_TRY(prepare_run(run, out));
    noi_progress progress = noi_progress_begin(_("checking the rules"), out->n);
    for (size_t i = 0; i < out->n; i++) {
        NOI_TRY(run_rule(run, out->rule[i]));
        NOI_TRY(count_findings(&out->findings[i], &out->to_act_on, run->registry, out->rule[i]));
        noi_progress_add(&progress, 1);
    }
    noi_progress_end(&progress);
    return NOI_OK;
}

noi_status noi_validate(noi_validation *out, noi_registry *registry, const char *const *ids,
                        size_t n_ids) {
    noi_validation validation = {0};
    NOI_TRY(choose(&validation, ids, n_ids));
    noi_rule_run run = {.registry = registry};
    NOI_TRY(noi_begin(registry));
    noi_status status = noi_run_begin(&run.run_id, registry, "validate", NULL);
    if (status == NOI_OK)
        status = run_rules(&validation, &run);
    forget(&run);
    if (status == NOI_OK)
        status = noi_exec(registry, "rules/end");
    if (status == NOI_OK)
        status = noi_run_end(registry, run.run_id);
    if (status == NOI_OK)
        status = noi_commit(registry);
    if (status != NOI_OK) {
        noi_rollback(registry);
        return status;
    }
    *out = validation;
    return NOI_OK;
}
