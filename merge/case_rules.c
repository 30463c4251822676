/* case_rules.c: rules about cases, from a table or from a registry; see case_rules.h. */
#include "merge/case_rules.h"

#include "base/csv.h"
#include "base/embed.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

/* The last two need not be there. */
enum { ID, APPLIES_FROM, APPLIES_TO, SCOPE, TEXT, CITATION, CONFIGURABLE, TEXT_VI, CITATION_VI, N_COLUMNS };
static const char *const column_names[N_COLUMNS] = {"id", "applies_from", "applies_to", "scope", "text",
                                                    "citation", "configurable", "text_vi", "citation_vi"};

static noi_status find_columns(int columns[N_COLUMNS], const noi_csv *csv, const char *name) {
    for (int i = 0; i < N_COLUMNS; i++) {
        columns[i] = noi_csv_column(csv, column_names[i]);
        if (columns[i] < 0 && i < TEXT_VI)
            return noi_fail_at(NOI_ERR_INPUT, name, 1, _("there is no column '%s'"),
                               column_names[i]);
    }
    return NOI_OK;
}

static noi_status read_day(noi_day *out, noi_str text, noi_day empty, const char *name,
                           int64_t line) {
    *out = text.n ? noi_day_parse(text) : empty;
    if (text.n && *out == NOI_DAY_NONE)
        return noi_fail_at(NOI_ERR_INPUT, name, line, _("'%.*s' is not a day"), NOI_STR_ARG(text));
    return NOI_OK;
}

/* "R13" → 13 */
static int number_of(const char *id) {
    char *end;
    long number = id[0] == 'R' && id[1] >= '1' && id[1] <= '9' ? strtol(id + 1, &end, 10) : 0;
    return number > 0 && *end == '\0' && number <= NOI_MAX_CASE_RULE ? (int)number : 0;
}

static noi_status read_rule(noi_case_rule *out, noi_arena *arena, const noi_csv_row *row,
                            const int columns[N_COLUMNS], const char *name) {
    noi_str v[N_COLUMNS];
    for (int i = 0; i < N_COLUMNS; i++)
        v[i] = columns[i] >= 0 && (size_t)columns[i] < row->n ? row->field[columns[i]] : (noi_str){"", 0};
    NOI_TRY(read_day(&out->from, v[APPLIES_FROM], NOI_DAY_NONE, name, row->line));
    NOI_TRY(read_day(&out->to, v[APPLIES_TO], NOI_DAY_OPEN, name, row->line));
    out->province = v[SCOPE].n ? noi_code_parse(v[SCOPE].p, v[SCOPE].n) : 0;
    if (v[SCOPE].n && !out->province)
        return noi_fail_at(NOI_ERR_INPUT, name, row->line, _("'%.*s' is not a province's code"),
                           NOI_STR_ARG(v[SCOPE]));
    out->id = noi_arena_strndup(arena, v[ID].p, v[ID].n);
    out->number = number_of(out->id);
    out->text = noi_arena_strndup(arena, v[TEXT].p, v[TEXT].n);
    out->citation = noi_arena_strndup(arena, v[CITATION].p, v[CITATION].n);
    out->text_vi = noi_arena_strndup(arena, v[TEXT_VI].p, v[TEXT_VI].n);
    out->citation_vi = noi_arena_strndup(arena, v[CITATION_VI].p, v[CITATION_VI].n);
    out->configurable = noi_str_is(v[CONFIGURABLE], "yes");
    return NOI_OK;
}

static void index_rules(noi_case_rules *rules) {
    for (int number = 0; number <= NOI_MAX_CASE_RULE; number++)
        rules->first[number] = rules->n;
    for (size_t i = rules->n; i-- > 0;)
        rules->first[rules->items[i].number] = i;
}

noi_status noi_case_rules_read(noi_case_rules **out, const char *name, noi_str bytes) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = noi_alloc_zero(1, sizeof *rules);
    rules->arena = noi_arena_new();
    int columns[N_COLUMNS];
    noi_csv_row row;
    size_t capacity = 0;
    NOI_TRY(noi_csv_open_bytes(&csv, name, bytes));
    NOI_TRY(find_columns(columns, csv, name));
    while (noi_csv_next(&row, csv)) {
        NOI_GROW(rules->items, capacity, rules->n + 1);
        NOI_TRY(read_rule(&rules->items[rules->n], rules->arena, &row, columns, name));
        rules->n++;
    }
    index_rules(rules);
    *out = rules;
    rules = NULL;
    return NOI_OK;
}

noi_str noi_case_rules_built_in(void) {
    return noi_embed("data/case_rules.csv");
}

noi_status noi_case_rules_load(noi_case_rules **out) {
    return noi_case_rules_read(out, "case_rules.csv", noi_case_rules_built_in());
}

/* ---- of a registry --------------------------------------------------------------------------- */

static const char *keep(noi_arena *arena, noi_str text) {
    return noi_arena_strndup(arena, text.p ? text.p : "", text.n);
}

static void take_stored(noi_case_rule *out, noi_arena *arena, noi_stmt *q) {
    noi_str province = noi_column_text(q, 3);
    *out = (noi_case_rule){
        .id = keep(arena, noi_column_text(q, 0)),
        .from = noi_column_day(q, 1),
        .to = noi_column_is_null(q, 2) ? NOI_DAY_OPEN : noi_column_day(q, 2),
        .province = province.n ? noi_code_parse(province.p, province.n) : 0,
        .text = keep(arena, noi_column_text(q, 4)),
        .citation = keep(arena, noi_column_text(q, 5)),
        .configurable = noi_column_int(q, 6) != 0,
        .text_vi = keep(arena, noi_column_text(q, 7)),
        .citation_vi = keep(arena, noi_column_text(q, 8)),
    };
    out->number = number_of(out->id);
}

static noi_status load_stored(noi_case_rules **out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = noi_alloc_zero(1, sizeof *rules);
    size_t capacity = 0;
    rules->arena = noi_arena_new();
    rules->own = true;
    NOI_TRY(noi_prepare(&q, registry, "merge/case_rules"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        NOI_GROW(rules->items, capacity, rules->n + 1);
        take_stored(&rules->items[rules->n++], rules->arena, q);
    }
    if (rules->n == 0)
        return noi_case_rules_load(out);
    index_rules(rules);
    *out = rules;
    rules = NULL;
    return NOI_OK;
}

noi_status noi_case_rules_of(noi_case_rules **out, noi_registry *registry) {
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL;
    NOI_TRY(load_stored(&rules, registry));
    NOI_TRY(noi_procedures_load(&rules->procedures, registry));
    NOI_TRY(noi_offices_load(&rules->offices, registry));
    *out = rules;
    rules = NULL;
    return NOI_OK;
}

void noi_case_rules_free(noi_case_rules *rules) {
    if (!rules)
        return;
    free(rules->items);
    noi_procedures_free(rules->procedures);
    noi_offices_free(rules->offices);
    noi_arena_free(rules->arena);
    free(rules);
}

static bool in_vietnamese(void) {
    /* translators: the code of your language */
    return strcmp(_("en"), "vi") == 0;
}

const char *noi_case_rule_text(const noi_case_rule *rule) {
    return rule->text_vi[0] && in_vietnamese() ? rule->text_vi : rule->text;
}

const char *noi_case_rule_citation(const noi_case_rule *rule) {
    return rule->citation_vi[0] && in_vietnamese() ? rule->citation_vi : rule->citation;
}

/* ---- which applies --------------------------------------------------------------------------- */

static bool applies_in(const noi_case_rule *rule, int number, noi_code province) {
    return rule->number == number && (!rule->province || rule->province == province);
}

const noi_case_rule *noi_case_rule_find(const noi_case_rules *rules, int number,
                                        noi_code province) {
    for (size_t i = rules->first[number]; i < rules->n; i++)
        if (applies_in(&rules->items[i], number, province))
            return &rules->items[i];
    return NULL;
}

static const noi_case_rule *in_force(const noi_case_rules *rules, int number, noi_code province,
                                     noi_day on) {
    for (size_t i = rules->first[number]; i < rules->n; i++) {
        const noi_case_rule *rule = &rules->items[i];
        if (applies_in(rule, number, province) && rule->from <= on && on < rule->to)
            return rule;
    }
    return NULL;
}

const noi_case_rule *noi_case_rule_on(const noi_case_rules *rules, int number, noi_code province,
                                      noi_day on) {
    bool of_decrees = number >= NOI_RULE_LAND && number <= NOI_RULE_CIVIL_STATUS;
    bool dated = of_decrees && noi_case_rule_find(rules, NOI_RULE_DECREES, province);
    if (dated && !in_force(rules, NOI_RULE_DECREES, province, on))
        return NULL;
    return in_force(rules, number, province, on);
}
