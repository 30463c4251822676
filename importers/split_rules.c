/*
 * split_rules.c: rules for parts of a split unit as a table (decision 0035). What a rule states must
 * be readable as addresses are read, lead along an edge of the crosswalk, and not contradict a rule
 * that stands: then it is stored as written.
 */
#include "importers/common.h"

#include "address/hamlet.h"
#include "importers/key_set.h"

#include <inttypes.h>
#include <math.h>

enum { OLD_CODE, NEW_CODE, STREET, SIDE, FROM, TO, ALLEY, HAMLET, SHEET, SOURCE, SUPPORT, PURITY, DATE };

/* What the rules so far state, each as one text, and the unit that they give it to. */
typedef struct stated {
    char *key;
    int64_t new_unit;
} stated;

typedef struct split_rules {
    noi_job *job;
    noi_stmt *edge, *insert;
    noi_key_set *keys;
    noi_arena *arena;
    stated *rules; /* row r of the set is rules[r - 1] */
    size_t n, capacity;
} split_rules;

typedef struct rule {
    int64_t old_unit, new_unit;
    noi_street_side side;
    int64_t from, to; /* to 0: no range */
} rule;

/* ---- what is stated already ------------------------------------------------------------------ */

static void add_name(noi_buf *key, noi_name_key name) {
    noi_buf_printf(key, "|%" PRIx64 ".%" PRIx32, name.bare, name.marks);
}

/* "17|1|0-0|…": one text for what a rule states, in whatever spelling. Streets written with and
 * without marks are two. */
static void write_key(noi_buf *key, const rule *r, noi_str street, noi_str alley, noi_str hamlet,
                      noi_str sheet) {
    noi_buf_clear(key);
    noi_buf_printf(key, "%" PRId64 "|%d|%" PRId64 "-%" PRId64, r->old_unit, (int)r->side, r->from,
                   r->to);
    noi_street read;
    noi_house chain;
    noi_hamlet parts;
    noi_street_parse(&read, street);
    noi_house_parse(&chain, alley);
    noi_hamlet_parse(&parts, hamlet);
    add_name(key, read.name);
    for (size_t i = 0; i < chain.n_links; i++)
        noi_buf_printf(key, "/%" PRIu32, chain.links[i]);
    for (size_t i = 0; i < parts.n; i++)
        add_name(key, noi_hamlet_key(&parts.parts[i]));
    noi_buf_add_char(key, '|');
    add_name(key, noi_sheet_key(sheet));
}

/* The rule that states the same, NULL for none. */
static const stated *find_stated(const split_rules *s, noi_str key) {
    size_t cursor = 0;
    uint32_t row;
    while ((row = noi_key_set_next(&cursor, s->keys, key)))
        if (noi_str_is(key, s->rules[row - 1].key))
            return &s->rules[row - 1];
    return NULL;
}

static void remember(split_rules *s, noi_str key, int64_t new_unit) {
    NOI_GROW(s->rules, s->capacity, s->n + 1);
    s->rules[s->n++] = (stated){noi_arena_strndup(s->arena, key.p, key.n), new_unit};
    noi_key_set_add(s->keys, key, (uint32_t)s->n);
}

static noi_status load_stated(split_rules *s) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO_BUF noi_buf key = {0};
    NOI_TRY(noi_prepare(&q, s->job->registry, "import/split_rules_stored"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        const rule r = {.old_unit = noi_column_int(q, 0),
                        .new_unit = noi_column_int(q, 1),
                        .side = noi_side_by_word(noi_column_text(q, 3)),
                        .from = noi_column_int(q, 4),
                        .to = noi_column_int(q, 5)};
        write_key(&key, &r, noi_column_text(q, 2), noi_column_text(q, 6), noi_column_text(q, 7),
                  noi_column_text(q, 8));
        remember(s, noi_buf_view(&key), r.new_unit);
    }
}

/* ---- one row --------------------------------------------------------------------------------- */

typedef struct defect {
    noi_reject reason;
    size_t field;
} defect;

static defect check_range(rule *r, const noi_value *v) {
    bool has_from = !isnan(v[FROM].number), has_to = !isnan(v[TO].number);
    if (!has_from && !has_to)
        return (defect){NOI_REJECT_NONE, 0};
    if (has_from && v[FROM].number > NOI_HOUSE_MAX_NUMBER)
        return (defect){NOI_REJECT_NUMBER, FROM};
    if (has_to && (v[TO].number > NOI_HOUSE_MAX_NUMBER || v[TO].number < 1))
        return (defect){NOI_REJECT_NUMBER, TO};
    r->from = has_from ? (int64_t)v[FROM].number : 0;
    r->to = has_to ? (int64_t)v[TO].number : NOI_HOUSE_MAX_NUMBER;
    return r->from > r->to ? (defect){NOI_REJECT_RANGE, FROM} : (defect){NOI_REJECT_NONE, 0};
}

static defect check_names(const noi_value *v) {
    noi_street street;
    noi_street_parse(&street, v[STREET].text);
    if (v[STREET].text.n && (street.name.bare == 0 || street.alley.kind != NOI_HOUSE_NONE))
        return (defect){NOI_REJECT_STREET, STREET};
    noi_house alley;
    noi_house_parse(&alley, v[ALLEY].text);
    if (v[ALLEY].text.n && alley.n_links == 0)
        return (defect){NOI_REJECT_ALLEY, ALLEY};
    noi_hamlet hamlet;
    noi_hamlet_parse(&hamlet, v[HAMLET].text);
    if (v[HAMLET].text.n && (hamlet.n == 0 || hamlet.n > 2))
        return (defect){NOI_REJECT_HAMLET, HAMLET};
    if (v[SHEET].text.n && noi_sheet_key(v[SHEET].text).bare == 0)
        return (defect){NOI_REJECT_SHEET, SHEET};
    return (defect){NOI_REJECT_NONE, 0};
}

static defect check_values(rule *r, const noi_value *v) {
    r->side = noi_side_by_word(v[SIDE].text);
    if (v[SIDE].text.n && r->side == NOI_SIDE_NONE)
        return (defect){NOI_REJECT_SIDE, SIDE};
    if (v[PURITY].number <= 0 || v[PURITY].number > 1)
        return (defect){NOI_REJECT_SHARE, PURITY};
    defect range = check_range(r, v);
    if (range.reason != NOI_REJECT_NONE)
        return range;
    bool nothing = !v[STREET].text.n && r->side == NOI_SIDE_NONE && !r->to && !v[ALLEY].text.n &&
                   !v[HAMLET].text.n && !v[SHEET].text.n;
    return nothing ? (defect){NOI_REJECT_NO_ATTRIBUTE, STREET} : check_names(v);
}

static noi_status find_edge(rule *r, split_rules *s, const noi_value *v) {
    noi_reset(s->edge);
    noi_bind_text(s->edge, 1, v[OLD_CODE].text);
    noi_bind_text(s->edge, 2, v[NEW_CODE].text);
    noi_bind_day(s->edge, 3, s->job->options->as_of);
    bool row = false;
    NOI_TRY(noi_step(s->edge, &row));
    r->old_unit = row ? noi_column_int(s->edge, 0) : 0;
    r->new_unit = row ? noi_column_int(s->edge, 1) : 0;
    noi_reset(s->edge);
    return NOI_OK;
}

static void bind_number(noi_stmt *q, int at, double value) {
    if (isnan(value))
        noi_bind_null(q, at);
    else
        noi_bind_int(q, at, (int64_t)value);
}

static noi_status insert(split_rules *s, const rule *r, const noi_small_row *row) {
    const noi_value *v = row->values;
    noi_stmt *q = s->insert;
    const char *side = noi_side_key(r->side);
    noi_bind_int(q, 1, r->old_unit);
    noi_bind_int(q, 2, r->new_unit);
    noi_bind_text(q, 3, v[STREET].text);
    noi_bind_text(q, 4, *side ? noi_str_of(side) : (noi_str){NULL, 0});
    bind_number(q, 5, r->to ? (double)r->from : NAN);
    bind_number(q, 6, r->to ? (double)r->to : NAN);
    noi_bind_text(q, 7, v[ALLEY].text);
    noi_bind_text(q, 8, v[HAMLET].text);
    noi_bind_text(q, 9, v[SHEET].text);
    noi_bind_text(q, 10, v[SOURCE].text.n ? v[SOURCE].text : noi_str_of(s->job->name));
    bind_number(q, 11, v[SUPPORT].number);
    noi_bind_real(q, 12, v[PURITY].number);
    noi_bind_text(q, 13, v[DATE].text);
    noi_bind_int(q, 14, s->job->source_id);
    noi_bind_int(q, 15, row->line);
    NOI_TRY(noi_run(q));
    noi_job_stored(s->job);
    return NOI_OK;
}

static noi_status take_rule(split_rules *s, noi_buf *key, const noi_small_row *row) {
    const noi_value *v = row->values;
    rule r = {0};
    NOI_TRY(find_edge(&r, s, v));
    if (!r.old_unit)
        return noi_job_reject_field(s->job, row, NEW_CODE, NOI_REJECT_NO_EDGE, NULL);
    defect d = check_values(&r, v);
    if (d.reason != NOI_REJECT_NONE)
        return noi_job_reject_field(s->job, row, d.field, d.reason, NULL);
    write_key(key, &r, v[STREET].text, v[ALLEY].text, v[HAMLET].text, v[SHEET].text);
    const stated *before = find_stated(s, noi_buf_view(key));
    if (before)
        return noi_job_reject_field(s->job, row, NEW_CODE,
                                    before->new_unit == r.new_unit ? NOI_REJECT_SAME_RULE
                                                                   : NOI_REJECT_CONTRADICTS,
                                    NULL);
    remember(s, noi_buf_view(key), r.new_unit);
    return insert(s, &r, row);
}

static noi_status take_rules(split_rules *s) {
    NOI_AUTO(noi_small_table_freep) noi_small_table *table = NULL;
    NOI_AUTO_BUF noi_buf key = {0};
    NOI_TRY(noi_job_load_table(&table, s->job));
    NOI_TRY(noi_prepare(&s->edge, s->job->registry, "import/edge_between"));
    NOI_TRY(noi_prepare(&s->insert, s->job->registry, "import/split_rule"));
    NOI_TRY(load_stated(s));
    for (size_t i = 0; i < table->n; i++)
        NOI_TRY(take_rule(s, &key, &table->rows[i]));
    return NOI_OK;
}

noi_status noi_import_split_rules(noi_job *job) {
    split_rules s = {.job = job, .keys = noi_key_set_new(), .arena = noi_arena_new()};
    noi_status status = take_rules(&s);
    noi_stmt_close(s.edge);
    noi_stmt_close(s.insert);
    noi_key_set_free(s.keys);
    noi_arena_free(s.arena);
    free(s.rules);
    return status;
}
