/* compile.c: from a registry to a plan; see compile.h. */
#include "merge/compile.h"

#include "address/text.h"
#include "base/digest.h"
#include "base/i18n.h"
#include "merge/case_rules.h"
#include "merge/layer_day.h"
#include "merge/vintage.h"

#include <assert.h>
#include <string.h>

/* ---- the digest of the inputs ---------------------------------------------------------------- */

/* Each value goes in with its length, so that no two registries spell the same bytes. */
static void digest_value(noi_digest *digest, noi_str value, bool is_null) {
    uint64_t length = is_null ? UINT64_MAX : value.n;
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(length >> (8 * i));
    noi_digest_add(digest, bytes, sizeof bytes);
    noi_digest_add(digest, value.p ? value.p : "", value.n);
}

static noi_status digest_query(noi_digest *digest, noi_registry *registry, const char *query) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, query));
    digest_value(digest, noi_str_of(query), false);
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        for (int i = 0; i < noi_column_count(q); i++)
            digest_value(digest, noi_column_text(q, i), noi_column_is_null(q, i));
    }
}

/* The rules about cases that hold for this registry: its own, or those of the program. */
static noi_status digest_case_rules(noi_digest *digest, noi_registry *registry) {
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL;
    NOI_TRY(noi_case_rules_of(&rules, registry));
    if (rules->own)
        return digest_query(digest, registry, "merge/inputs_case_rules");
    digest_value(digest, noi_case_rules_built_in(), false);
    return NOI_OK;
}

noi_status noi_plan_inputs_digest(char out[65], noi_registry *registry) {
    static const char *const queries[] = {"merge/inputs_units",     "merge/inputs_edges",
                                          "merge/inputs_aliases",   "merge/inputs_layers",
                                          "merge/inputs_decisions", "merge/inputs_records",
                                          "merge/inputs_rules",     "merge/inputs_procedures",
                                          "merge/inputs_offices"};
    NOI_AUTO(noi_digest_freep) noi_digest *digest = noi_digest_new();
    digest_value(digest, noi_str_of(NOI_VERSION), false); /* another program may judge otherwise */
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        NOI_TRY(digest_query(digest, registry, queries[i]));
    NOI_TRY(digest_case_rules(digest, registry));
    noi_digest_end(out, digest);
    return NOI_OK;
}

/* ---- units and edges ------------------------------------------------------------------------- */

/* Everything that the source of a plan points to. */
typedef struct compilation {
    noi_registry *registry;
    noi_vintage *vintage;
    noi_plan_source source;
    noi_plan_source_unit *units;
    noi_plan_source_edge *edges;
    noi_gazetteer_district_alias *aliases;
    noi_coverage *new_coverage, *old_coverage;
    const noi_coverage *given; /* stands for the registry's layer of the day given_on; or NULL */
    noi_day given_on;
    uint32_t *new_units, *old_units; /* of the layers' areas */
    noi_plan_source_rule *rules;
    noi_arena *arena;
    char inputs[65];
} compilation;

static void compilation_clear(compilation *c) {
    noi_vintage_free(c->vintage);
    free(c->units);
    free(c->edges);
    free(c->aliases);
    free(c->rules);
    noi_coverage_free(c->new_coverage);
    noi_coverage_free(c->old_coverage);
    free(c->new_units);
    free(c->old_units);
    noi_arena_free(c->arena);
}

static void take_units(compilation *c) {
    const noi_unit_list *list = c->vintage->units;
    c->units = noi_alloc_zero(list->n + 1, sizeof *c->units);
    for (size_t i = 0; i < list->n; i++) {
        const noi_unit_row *u = &list->items[i];
        c->units[i] = (noi_plan_source_unit){.code = u->code,
                                             .kind = u->kind,
                                             .name = u->name,
                                             .district_code = u->district_code,
                                             .district_kind = u->district_kind,
                                             .district_name = u->district_name,
                                             .province_code = u->province_code,
                                             .province_name = u->province_name,
                                             .from = u->from,
                                             .to = u->to,
                                             .area_km2 = u->area_km2,
                                             .population = u->population};
    }
    c->source.units = c->units;
    c->source.n_units = list->n;
}

static void take_edges(compilation *c) {
    const noi_edge_list *list = c->vintage->edges;
    c->edges = noi_alloc_zero(list->n + 1, sizeof *c->edges);
    for (size_t i = 0; i < list->n; i++) {
        const noi_edge_row *e = &list->items[i];
        c->edges[i] = (noi_plan_source_edge){.old_unit = noi_vintage_unit(c->vintage, e->old_unit),
                                             .new_unit = noi_vintage_unit(c->vintage, e->new_unit),
                                             .part = noi_part_by_key(noi_str_of(e->part)),
                                             .scope = noi_scope_by_key(noi_str_of(e->scope)),
                                             .resolution = e->resolution,
                                             .clause = e->clause,
                                             .on = e->effective_on};
    }
    c->source.edges = c->edges;
    c->source.n_edges = list->n;
}

static noi_status take_aliases(compilation *c) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, c->registry, "merge/district_aliases"));
    size_t n = 0, capacity = 0;
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        noi_str code = noi_column_text(q, 0), full = noi_column_text(q, 1);
        NOI_GROW(c->aliases, capacity, n + 1);
        noi_gazetteer_district_alias *alias = &c->aliases[n++];
        noi_str name;
        noi_split_district(&alias->kind, &name, full);
        alias->name = noi_arena_strndup(c->arena, name.p, name.n);
        alias->district_code = noi_code_parse(code.p, code.n);
    }
    c->source.district_aliases = c->aliases;
    c->source.n_district_aliases = n;
    return NOI_OK;
}

/* ---- layers ---------------------------------------------------------------------------------- */

/* The unit of each area of the given layer: the one that bore its code on that day. */
static uint32_t *units_by_code(const compilation *c, noi_day on) {
    const noi_unit_list *list = c->vintage->units;
    uint32_t n = c->given->n_units, *units = noi_alloc((n + (size_t)1) * sizeof *units);
    for (uint32_t i = 0; i < n; i++) {
        const noi_unit_row *unit = noi_layer_unit(list, c->given->unit_code[i], on);
        units[i] = unit ? (uint32_t)(unit - list->items) : UINT32_MAX;
    }
    return units;
}

static noi_status take_layer(noi_plan_source_layer *out, noi_coverage **coverage, uint32_t **units,
                             const compilation *c, noi_day on) {
    if (c->given && c->given_on == on) {
        *units = units_by_code(c, on);
        *out = (noi_plan_source_layer){c->given, *units};
        return NOI_OK;
    }
    noi_layer_row layer;
    bool found = false;
    NOI_TRY(noi_layer_find(&layer, &found, c->registry, on));
    if (!found)
        return NOI_OK;
    NOI_AUTO_FREE int64_t *ids = NULL;
    NOI_TRY(noi_layer_load(coverage, &ids, c->registry, layer.id));
    size_t n = (*coverage)->n_units;
    *units = noi_alloc((n + 1) * sizeof **units);
    for (size_t i = 0; i < n; i++)
        (*units)[i] = ids[i] ? noi_vintage_unit(c->vintage, ids[i]) : UINT32_MAX;
    *out = (noi_plan_source_layer){*coverage, *units};
    return NOI_OK;
}

/* A layer drawn for one day is sought on that day only: one layer never stands for both sides. */
static noi_status take_layers(compilation *c) {
    noi_plan_source *s = &c->source;
    NOI_TRY(take_layer(&s->new_layer, &c->new_coverage, &c->new_units, c, s->on));
    return take_layer(&s->old_layer, &c->old_coverage, &c->old_units, c, s->on - 1);
}

/* ---- rules for parts of a unit ---------------------------------------------------------------- */

/* Whether the change splits the rule's old unit, and some of it goes to the rule's new unit. */
static bool has_edge(const compilation *c, const noi_plan_source_rule *rule) {
    bool found = false;
    size_t n = 0;
    for (size_t i = 0; i < c->source.n_edges; i++) {
        const noi_plan_source_edge *e = &c->source.edges[i];
        if (e->old_unit != rule->old_unit || e->on != c->source.on)
            continue;
        n++;
        found |= e->new_unit == rule->new_unit;
    }
    return found && n > 1;
}

static const char *keep_text(const compilation *c, noi_stmt *q, int at) {
    noi_str text = noi_column_text(q, at);
    return noi_arena_strndup(c->arena, text.p ? text.p : "", text.n);
}

static noi_plan_source_rule read_rule(const compilation *c, noi_stmt *q) {
    return (noi_plan_source_rule){
        .id = noi_column_int(q, 0),
        .learned = noi_str_is(noi_column_text(q, 1), "learned"),
        .old_unit = noi_vintage_unit(c->vintage, noi_column_int(q, 3)),
        .new_unit = noi_vintage_unit(c->vintage, noi_column_int(q, 4)),
        .street = keep_text(c, q, 5),
        .side = noi_side_by_word(noi_column_text(q, 6)),
        .from = (uint32_t)noi_column_int(q, 7),
        .to = (uint32_t)noi_column_int(q, 8),
        .alley = keep_text(c, q, 9),
        .hamlet = keep_text(c, q, 10),
        .sheet = keep_text(c, q, 11),
        .source = keep_text(c, q, 12),
        .support = (uint32_t)noi_column_int(q, 13),
        .purity = noi_column_is_null(q, 14) ? 1 : noi_column_real(q, 14),
        .on = noi_column_day(q, 15)};
}

/* Rules below their thresholds stay out, and those that no edge of this change carries. */
static noi_status take_rules(compilation *c) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, c->registry, "merge/split_rules"));
    size_t n = 0, capacity = 0;
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        noi_plan_source_rule rule = read_rule(c, q);
        bool used = noi_str_is(noi_column_text(q, 2), "used");
        if (!used || !has_edge(c, &rule)) {
            c->source.n_rules_left_out++;
            continue;
        }
        NOI_GROW(c->rules, capacity, n + 1);
        c->rules[n++] = rule;
    }
    c->source.rules = c->rules;
    c->source.n_rules = n;
    return NOI_OK;
}

/* ---- the plan -------------------------------------------------------------------------------- */

noi_status noi_latest_change(noi_day *out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "merge/latest_day"));
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    *out = noi_column_day(q, 0);
    return NOI_OK;
}

static noi_status fail_no_units(const compilation *c) {
    noi_status status =
        noi_fail(NOI_ERR_INPUT, _("%s holds no units"), noi_registry_path(c->registry));
    noi_hint(_("import the unit lists first: noi import %s units FILE --as-of DAY"),
             noi_registry_path(c->registry));
    return status;
}

static noi_status fail_no_edges(const compilation *c, noi_day on) {
    char day[12];
    noi_status status =
        on == NOI_DAY_NONE
            ? noi_fail(NOI_ERR_INPUT, _("%s holds no crosswalk"), noi_registry_path(c->registry))
            : noi_fail(NOI_ERR_INPUT, _("%s holds no crosswalk for %s"),
                       noi_registry_path(c->registry), noi_day_format(day, on));
    noi_hint(_("import a decree or a crosswalk first: noi import %s decree FILE"),
             noi_registry_path(c->registry));
    return status;
}

/* The rule holds in a province of the change. */
static bool concerns(const compilation *c, const noi_case_rule *rule) {
    for (size_t i = 0; i < c->source.n_edges; i++)
        if (c->edges[i].on == c->source.on && c->edges[i].new_unit < c->source.n_units &&
            (!rule->province || c->units[c->edges[i].new_unit].province_code == rule->province))
            return true;
    return false;
}

/* Days on which a rule begins that goes by the day of the handover. */
static bool handover_begins(noi_buf *days, const compilation *c, const noi_case_rules *rules,
                            noi_day on) {
    bool found = false;
    char day[12];
    for (size_t i = 0; i < rules->n; i++) {
        const noi_case_rule *rule = &rules->items[i];
        if (rule->number != NOI_RULE_INTAKE_CENTRE || rule->from <= c->source.on || !concerns(c, rule))
            continue;
        found |= rule->from == on;
        noi_buf_printf(days, "%s%s (%s)", days->n ? ", " : "", noi_day_format(day, rule->from),
                       rule->id);
    }
    return found;
}

/* A day on which nothing begins is a slip of the pen. */
static noi_status check_handover(const compilation *c, noi_day on) {
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL;
    NOI_AUTO_BUF noi_buf days = {0};
    char day[12], change[12];
    NOI_TRY(noi_case_rules_of(&rules, c->registry));
    if (handover_begins(&days, c, rules, on))
        return NOI_OK;
    noi_status status = noi_fail(
        NOI_ERR_INPUT, _("%s holds no crosswalk for %s, and no rule hands over once more on that day"),
        noi_registry_path(c->registry), noi_day_format(day, on));
    noi_hint(_("the change is of %s, later handovers of it: %s; for another change import its decree or "
               "crosswalk first: noi import %s decree FILE"),
             noi_day_format(change, c->source.on), days.n ? days.p : "-",
             noi_registry_path(c->registry));
    return status;
}

static bool has_edges_on(const compilation *c, noi_day on) {
    for (size_t i = 0; i < c->source.n_edges; i++)
        if (c->source.edges[i].on == on)
            return true;
    return false;
}

/* The newest change that has taken effect by a day; NOI_DAY_NONE for none. */
static noi_day change_by(const compilation *c, noi_day on) {
    noi_day newest = NOI_DAY_NONE;
    for (size_t i = 0; i < c->source.n_edges; i++)
        if (c->source.edges[i].on <= on && c->source.edges[i].on > newest)
            newest = c->source.edges[i].on;
    return newest;
}

/* A day of a change, or a later one on which its work is handed over once more. */
static noi_status choose_day(compilation *c, noi_day on) {
    c->source.on = c->source.handover = on;
    if (has_edges_on(c, on))
        return NOI_OK;
    noi_day change = change_by(c, on);
    if (change == NOI_DAY_NONE || c->given)
        return fail_no_edges(c, on);
    c->source.on = change;
    return check_handover(c, on);
}

/* The newest change; and its newest handover that a merge carried out, so that a plan that is made
 * without naming a day takes nothing back. */
static noi_status choose_newest(compilation *c) {
    NOI_TRY(noi_latest_change(&c->source.on, c->registry));
    if (!has_edges_on(c, c->source.on))
        return fail_no_edges(c, c->source.on);
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&q, c->registry, "merge/handover"));
    NOI_TRY(noi_step(q, &row));
    c->source.handover = row ? noi_column_day(q, 0) : NOI_DAY_NONE;
    return NOI_OK;
}

static noi_status compile(noi_buf *out, compilation *c, noi_day on) {
    NOI_TRY(noi_vintage_load(&c->vintage, c->registry));
    if (c->vintage->units->n == 0)
        return fail_no_units(c);
    take_units(c);
    take_edges(c);
    NOI_TRY(take_aliases(c));
    NOI_TRY(on == NOI_DAY_NONE ? choose_newest(c) : choose_day(c, on));
    NOI_TRY(take_layers(c));
    NOI_TRY(take_rules(c));
    NOI_TRY(noi_plan_inputs_digest(c->inputs, c->registry));
    c->source.inputs = c->inputs;
    return noi_plan_build(out, &c->source);
}

static noi_status compile_all(noi_buf *out, compilation *c, noi_day on) {
    c->arena = noi_arena_new();
    noi_status status = compile(out, c, on);
    compilation_clear(c);
    return status;
}

noi_status noi_compile_registry(noi_buf *out, noi_registry *registry, noi_day on) {
    compilation c = {.registry = registry};
    return compile_all(out, &c, on);
}

noi_status noi_compile_with_layer(noi_buf *out, noi_registry *registry, noi_day on,
                                  const noi_coverage *coverage, noi_day drawn_on) {
    assert(drawn_on == on || drawn_on == on - 1);
    compilation c = {.registry = registry, .given = coverage, .given_on = drawn_on};
    return compile_all(out, &c, on);
}
