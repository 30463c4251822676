/* case_rules.c: data/case_rules.csv; see case_rules.h. */
#include "merge/case_rules.h"

#include "base/csv.h"
#include "base/embed.h"
#include "base/i18n.h"

#include <string.h>

enum { ID, APPLIES_FROM, APPLIES_TO, SCOPE, TEXT, CITATION, CONFIGURABLE, N_COLUMNS };
static const char *const column_names[N_COLUMNS] = {"id",   "applies_from", "applies_to",  "scope",
                                                    "text", "citation",     "configurable"};

static noi_status find_columns(int columns[N_COLUMNS], const noi_csv *csv, const char *name) {
    for (int i = 0; i < N_COLUMNS; i++) {
        columns[i] = noi_csv_column(csv, column_names[i]);
        if (columns[i] < 0)
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

static noi_status read_rule(noi_case_rule *out, noi_arena *arena, const noi_csv_row *row,
                            const int columns[N_COLUMNS], const char *name) {
    noi_str v[N_COLUMNS];
    for (int i = 0; i < N_COLUMNS; i++)
        v[i] = (size_t)columns[i] < row->n ? row->field[columns[i]] : (noi_str){"", 0};
    NOI_TRY(read_day(&out->from, v[APPLIES_FROM], NOI_DAY_NONE, name, row->line));
    NOI_TRY(read_day(&out->to, v[APPLIES_TO], NOI_DAY_OPEN, name, row->line));
    out->province = v[SCOPE].n ? noi_code_parse(v[SCOPE].p, v[SCOPE].n) : 0;
    if (v[SCOPE].n && !out->province)
        return noi_fail_at(NOI_ERR_INPUT, name, row->line, _("'%.*s' is not a province's code"),
                           NOI_STR_ARG(v[SCOPE]));
    out->id = noi_arena_strndup(arena, v[ID].p, v[ID].n);
    out->text = noi_arena_strndup(arena, v[TEXT].p, v[TEXT].n);
    out->citation = noi_arena_strndup(arena, v[CITATION].p, v[CITATION].n);
    out->configurable = noi_str_is(v[CONFIGURABLE], "yes");
    return NOI_OK;
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
    *out = rules;
    rules = NULL;
    return NOI_OK;
}

noi_status noi_case_rules_load(noi_case_rules **out) {
    return noi_case_rules_read(out, "case_rules.csv", noi_embed("data/case_rules.csv"));
}

void noi_case_rules_free(noi_case_rules *rules) {
    if (!rules)
        return;
    free(rules->items);
    noi_arena_free(rules->arena);
    free(rules);
}

const noi_case_rule *noi_case_rule_find(const noi_case_rules *rules, const char *id,
                                        noi_code province) {
    for (size_t i = 0; i < rules->n; i++) {
        const noi_case_rule *rule = &rules->items[i];
        if (strcmp(rule->id, id) == 0 && (!rule->province || rule->province == province))
            return rule;
    }
    return NULL;
}
