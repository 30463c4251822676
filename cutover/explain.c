/* explain.c: see explain.h. */
#include "cutover/explain.h"

#include "base/i18n.h"

#include <string.h>

/* ---- finding the record ---------------------------------------------------------------------- */

static const struct {
    const char *word, *query;
} kinds[NOI_RECORD_KINDS] = {{NULL, NULL},
                             {"address", "explain/address"},
                             {"household", "explain/household"},
                             {"parcel", "explain/parcel"},
                             {"case", "explain/dossier"}};

static const char *keep(noi_arena *arena, noi_stmt *q, int at) {
    noi_str text = noi_column_text(q, at);
    return noi_arena_strndup(arena, text.p ? text.p : "", text.n);
}

static void take_record(noi_explanation *e, noi_stmt *q) {
    e->id = noi_column_int(q, 0);
    e->system = keep(e->arena, q, 1);
    e->procedure_code = keep(e->arena, q, 2);
    e->intake_unit = keep(e->arena, q, 3);
    e->handling_unit = keep(e->arena, q, 4);
    e->text = keep(e->arena, q, 5);
    e->parcel_key = keep(e->arena, q, 6);
    e->household_key = keep(e->arena, q, 7);
    e->head_office = keep(e->arena, q, 8);
    e->roles = keep(e->arena, q, 9);
    e->address_key = keep(e->arena, q, 10);
    e->old_code = keep(e->arena, q, 11);
    e->received = keep(e->arena, q, 12);
    e->due = keep(e->arena, q, 13);
}

static noi_status find_key(bool *found, noi_explanation *e, noi_registry *registry,
                           noi_record_kind kind, const char *key) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, kinds[kind].query));
    noi_bind_text(q, 1, noi_str_of(key));
    NOI_TRY(noi_step(q, found));
    if (!*found)
        return NOI_OK;
    e->kind = kind;
    e->key = noi_arena_strndup(e->arena, key, strlen(key));
    take_record(e, q);
    return NOI_OK;
}

static noi_status fail_several(const char *alias, const noi_buf *keys) {
    noi_status status =
        noi_fail(NOI_ERR_INPUT, _("'%s' is another number of several cases"), alias);
    noi_hint(_("ask for one of them: %s"), keys->p);
    return status;
}

static noi_status find_alias(bool *found, noi_explanation *e, noi_registry *registry,
                             const char *alias) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO_BUF noi_buf keys = {0};
    NOI_TRY(noi_prepare(&q, registry, "explain/alias"));
    noi_bind_text(q, 1, noi_str_of(alias));
    size_t n = 0;
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        noi_str key = noi_column_text(q, 0);
        noi_buf_printf(&keys, "%s%.*s", n++ ? ", " : "", NOI_STR_ARG(key));
    }
    if (n > 1)
        return fail_several(alias, &keys);
    if (n == 0)
        return NOI_OK;
    e->alias = noi_arena_strndup(e->arena, alias, strlen(alias));
    return find_key(found, e, registry, NOI_RECORD_CASE, keys.p);
}

static noi_status fail_not_found(const char *name) {
    noi_status status = noi_fail(NOI_ERR_INPUT, _("no record is called '%s'"), name);
    noi_hint(_("name a case by its code or another number of it, or write address:KEY, "
               "household:KEY or parcel:KEY"));
    return status;
}

static noi_status find_record(noi_explanation *e, noi_registry *registry, const char *name) {
    const char *colon = strchr(name, ':');
    bool found = false;
    NOI_TRY(find_key(&found, e, registry, NOI_RECORD_CASE, name));
    for (int kind = 1; !found && colon && kind < NOI_RECORD_KINDS; kind++)
        if (noi_str_is((noi_str){name, (size_t)(colon - name)}, kinds[kind].word))
            NOI_TRY(find_key(&found, e, registry, (noi_record_kind)kind, colon + 1));
    if (!found)
        NOI_TRY(find_alias(&found, e, registry, name));
    return found ? NOI_OK : fail_not_found(name);
}

/* ---- what its verdict rests on --------------------------------------------------------------- */

static noi_status load_clause(noi_explanation *e, noi_registry *registry, const noi_plan *plan) {
    noi_edge_info edge;
    int32_t at = e->reasoning.verdict.edge;
    if (at < 0 || noi_plan_edge(&edge, plan, at) != NOI_OK)
        return NOI_OK;
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "explain/clause"));
    noi_bind_text(q, 1, noi_str_of(edge.resolution));
    noi_bind_text(q, 2, noi_str_of(edge.clause));
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    if (row)
        e->clause_text = keep(e->arena, q, 0);
    return NOI_OK;
}

static noi_status load_decision(noi_explanation *e, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    if (!e->reasoning.decided)
        return NOI_OK;
    NOI_TRY(noi_prepare(&q, registry, "explain/decision"));
    noi_bind_int(q, 1, e->kind);
    noi_bind_text(q, 2, noi_str_of(e->key));
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    if (!row)
        return NOI_OK;
    e->decided_by = keep(e->arena, q, 0);
    e->decided_on = keep(e->arena, q, 1);
    e->decided_why = keep(e->arena, q, 2);
    return NOI_OK;
}

/* The stored verdict may be older than the data. */
static noi_status load_stored(noi_explanation *e, noi_registry *registry, const noi_plan *plan) {
    const noi_verdict *v = &e->reasoning.verdict;
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "explain/stored"));
    noi_bind_int(q, 1, e->kind);
    noi_bind_int(q, 2, e->id);
    NOI_TRY(noi_step(q, &e->merged));
    if (!e->merged)
        return NOI_OK;
    char code[8] = "";
    if (v->status == NOI_ASSIGNED)
        noi_code_format(code, plan->units[v->new_unit].code);
    e->stored_code = keep(e->arena, q, 1);
    e->stored_same = noi_column_int(q, 0) == v->status && strcmp(e->stored_code, code) == 0;
    return NOI_OK;
}

/* Every merge has said something of the record, if only that what stood stands. */
static noi_status load_told(noi_explanation *e, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    size_t capacity = 0;
    NOI_TRY(noi_prepare(&q, registry, "explain/handovers"));
    noi_bind_int(q, 1, e->kind);
    noi_bind_int(q, 2, e->id);
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        NOI_GROW(e->told, capacity, e->n_told + 1);
        e->told[e->n_told++] = (noi_told){.day = keep(e->arena, q, 0),
                                          .run_id = noi_column_int(q, 1),
                                          .gave = !noi_column_is_null(q, 2),
                                          .status = (int)noi_column_int(q, 2),
                                          .code = keep(e->arena, q, 3),
                                          .name = keep(e->arena, q, 4),
                                          .flags = (uint32_t)noi_column_int(q, 5),
                                          .stands = noi_column_int(q, 6) != 0};
    }
}

static noi_status explain(noi_explanation *e, noi_registry *registry, const noi_plan *plan,
                          const char *name) {
    NOI_TRY(find_record(e, registry, name));
    NOI_TRY(noi_case_rules_of(&e->rules, registry));
    NOI_TRY(noi_reason_about(&e->reasoning, registry, plan, e->rules, e->kind, e->id));
    e->office = noi_office_find(e->rules->offices, noi_str_of(e->handling_unit), plan->on);
    NOI_TRY(load_decision(e, registry));
    NOI_TRY(load_clause(e, registry, plan));
    NOI_TRY(load_told(e, registry));
    return load_stored(e, registry, plan);
}

noi_status noi_explain(noi_explanation **out, noi_registry *registry, const noi_plan *plan,
                       const char *name) {
    NOI_AUTO(noi_explanation_freep) noi_explanation *e = noi_alloc_zero(1, sizeof *e);
    e->arena = noi_arena_new();
    e->alias = e->clause_text = e->stored_code = "";
    e->decided_by = e->decided_on = e->decided_why = "";
    NOI_TRY(explain(e, registry, plan, name));
    *out = e;
    e = NULL;
    return NOI_OK;
}

void noi_explanation_free(noi_explanation *explanation) {
    if (!explanation)
        return;
    noi_case_rules_free(explanation->rules);
    free(explanation->told);
    noi_arena_free(explanation->arena);
    free(explanation);
}

size_t noi_explanation_rules(const noi_case_rule **out, size_t most, const noi_explanation *e,
                             const noi_plan *plan) {
    size_t n = 0;
    for (int number = 1; number <= NOI_MAX_CASE_RULE && n < most; number++) {
        if (!noi_flags_have_rule(e->reasoning.flags, number))
            continue;
        const noi_code province = e->reasoning.province;
        const noi_case_rule *rule = noi_case_rule_on(e->rules, number, province, plan->on);
        rule = rule ? rule : noi_case_rule_find(e->rules, number, province);
        if (rule)
            out[n++] = rule;
    }
    return n;
}
