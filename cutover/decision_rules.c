/* decision_rules.c: see decision_rules.h. */
#include "cutover/decision_rules.h"

#include "base/csv.h"
#include "base/embed.h"
#include "base/i18n.h"

#include <errno.h>
#include <string.h>

typedef enum condition {
    CITY_DECIDES,
    NOT_A_CANDIDATE,
    NO_CANDIDATES,
    HOUSEHOLD_TORN,
    REACHES_MORE_THAN,
    N_CONDITIONS
} condition;
static const char *const condition_keys[N_CONDITIONS] = {"city_decides", "not_a_candidate",
                                                         "no_candidates", "household_torn",
                                                         "reaches_more_than"};

typedef struct rule {
    const char *id;
    noi_day from, to;
    condition when;
    int64_t limit, persons;
} rule;

struct noi_decision_rules {
    size_t n, capacity;
    rule *items;
    noi_arena *arena;
};

enum { ID, FROM, TO, CONDITION, LIMIT, PERSONS, N_COLUMNS };
static const char *const column_names[N_COLUMNS] = {"id",        "applies_from", "applies_to",
                                                    "condition", "limit",        "persons"};

static noi_status read_day(noi_day *out, noi_str text, noi_day empty, const char *name,
                           int64_t line) {
    *out = text.n ? noi_day_parse(text) : empty;
    if (text.n && *out == NOI_DAY_NONE)
        return noi_fail_at(NOI_ERR_INPUT, name, line, _("'%.*s' is not a day"), NOI_STR_ARG(text));
    return NOI_OK;
}

static noi_status read_count(int64_t *out, noi_str text, const char *name, int64_t line) {
    char digits[16] = "", *end = digits;
    if (text.n && text.n < sizeof digits)
        memcpy(digits, text.p, text.n);
    *out = strtoll(digits, &end, 10);
    if (!text.n || text.n >= sizeof digits || *end || *out < 0)
        return noi_fail_at(NOI_ERR_INPUT, name, line, _("'%.*s' is not a count"),
                           NOI_STR_ARG(text));
    return NOI_OK;
}

static noi_status read_rule(rule *out, noi_arena *arena, const noi_str v[N_COLUMNS],
                            const char *name, int64_t line) {
    size_t when = 0;
    NOI_TRY(read_day(&out->from, v[FROM], NOI_DAY_NONE, name, line));
    NOI_TRY(read_day(&out->to, v[TO], NOI_DAY_OPEN, name, line));
    while (when < N_CONDITIONS && !noi_str_is(v[CONDITION], condition_keys[when]))
        when++;
    if (when == N_CONDITIONS)
        return noi_fail_at(NOI_ERR_INPUT, name, line, _("'%.*s' is not a condition"),
                           NOI_STR_ARG(v[CONDITION]));
    out->when = (condition)when;
    if (out->when == REACHES_MORE_THAN)
        NOI_TRY(read_count(&out->limit, v[LIMIT], name, line));
    NOI_TRY(read_count(&out->persons, v[PERSONS], name, line));
    if (out->persons < 1 || out->persons > 2)
        return noi_fail_at(NOI_ERR_INPUT, name, line, _("a decision is made by 1 or 2 persons"));
    out->id = noi_arena_strndup(arena, v[ID].p ? v[ID].p : "", v[ID].n);
    return NOI_OK;
}

noi_status noi_decision_rules_read(noi_decision_rules **out, const char *name, noi_str bytes) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_AUTO(noi_decision_rules_freep) noi_decision_rules *rules = noi_alloc_zero(1, sizeof *rules);
    rules->arena = noi_arena_new();
    int columns[N_COLUMNS];
    noi_csv_row row;
    NOI_TRY(noi_csv_open_bytes(&csv, name, bytes));
    for (int i = 0; i < N_COLUMNS; i++) {
        columns[i] = noi_csv_column(csv, column_names[i]);
        if (columns[i] < 0)
            return noi_fail_at(NOI_ERR_INPUT, name, 1, _("there is no column '%s'"),
                               column_names[i]);
    }
    while (noi_csv_next(&row, csv)) {
        noi_str v[N_COLUMNS];
        for (int i = 0; i < N_COLUMNS; i++)
            v[i] = (size_t)columns[i] < row.n ? row.field[columns[i]] : (noi_str){"", 0};
        NOI_GROW(rules->items, rules->capacity, rules->n + 1);
        NOI_TRY(read_rule(&rules->items[rules->n], rules->arena, v, name, row.line));
        rules->n++;
    }
    *out = rules;
    rules = NULL;
    return NOI_OK;
}

noi_status noi_decision_rules_load(noi_decision_rules **out) {
    return noi_decision_rules_read(out, "decision_rules.csv",
                                   noi_embed("data/decision_rules.csv"));
}

/* The door of the import checked each row. */
static noi_status take_stored(rule *out, noi_arena *arena, noi_stmt *q, const noi_registry *registry) {
    noi_str key = noi_column_text(q, 3), id = noi_column_text(q, 0);
    size_t when = 0;
    while (when < N_CONDITIONS && !noi_str_is(key, condition_keys[when]))
        when++;
    if (when == N_CONDITIONS)
        return noi_fail(NOI_ERR_INPUT, _("%s: '%.*s' is not a condition"), noi_registry_path(registry),
                        NOI_STR_ARG(key));
    *out = (rule){.id = noi_arena_strndup(arena, id.p ? id.p : "", id.n),
                  .from = noi_column_day(q, 1),
                  .to = noi_column_is_null(q, 2) ? NOI_DAY_OPEN : noi_column_day(q, 2),
                  .when = (condition)when,
                  .limit = noi_column_int(q, 4),
                  .persons = noi_column_int(q, 5)};
    return NOI_OK;
}

noi_status noi_decision_rules_of(noi_decision_rules **out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO(noi_decision_rules_freep) noi_decision_rules *rules = noi_alloc_zero(1, sizeof *rules);
    rules->arena = noi_arena_new();
    NOI_TRY(noi_prepare(&q, registry, "decide/rules"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        NOI_GROW(rules->items, rules->capacity, rules->n + 1);
        NOI_TRY(take_stored(&rules->items[rules->n], rules->arena, q, registry));
        rules->n++;
    }
    if (rules->n == 0)
        return noi_decision_rules_load(out);
    *out = rules;
    rules = NULL;
    return NOI_OK;
}

void noi_decision_rules_free(noi_decision_rules *rules) {
    if (!rules)
        return;
    free(rules->items);
    noi_arena_free(rules->arena);
    free(rules);
}

static bool holds(const rule *r, const noi_decision_facts *facts) {
    switch (r->when) {
    case CITY_DECIDES:
        return facts->city_decides;
    case NOT_A_CANDIDATE:
        return facts->not_a_candidate;
    case NO_CANDIDATES:
        return facts->no_candidates;
    case HOUSEHOLD_TORN:
        return facts->household_torn;
    case REACHES_MORE_THAN:
        return facts->reaches > r->limit;
    case N_CONDITIONS:
        break;
    }
    return false;
}

int64_t noi_decision_needs(noi_buf *ids, const noi_decision_rules *rules,
                           const noi_decision_facts *facts, noi_day on) {
    int64_t needs = 1;
    for (size_t i = 0; i < rules->n; i++) {
        const rule *r = &rules->items[i];
        if (on < r->from || on >= r->to || !holds(r, facts))
            continue;
        noi_buf_printf(ids, "%s%s", ids->n ? " " : "", r->id);
        needs = r->persons > needs ? r->persons : needs;
    }
    return needs;
}
