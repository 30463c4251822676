/* catch_up.c: see catch_up.h. */
#include "importers/catch_up.h"

#include "base/i18n.h"
#include "importers/moment.h"
#include "registry/ledger.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ADDED = 1, CHANGED = 2, SAID_AGAIN = 3 }; /* catch_up_row.what */

/* One row that says something else than what is stored, as temp.delta has it. */
typedef struct said {
    bool there, gone, has_time, has_total;
    int64_t line, staged, record_id; /* staged 0: said again, or gone; record_id 0: a new key */
    char at[NOI_MOMENT_SIZE];
    noi_total totals[NOI_MAX_FIELDS + 1]; /* the last: of moments, to compare only */
    noi_reject conflict; /* why nothing of it can be taken; NOI_REJECT_NONE: it can */
} said;

struct noi_catch_up {
    noi_record_file *r;
    noi_registry *registry;
    noi_catch_up_count *count;
    int64_t entry;             /* of the ledger: the round's first */
    int64_t last_id;           /* of the records' table */
    char changed_on[12];       /* "" for none */
    bool *same_kind;           /* by source id */
    char **source_names;       /* likewise; NULL for a number that no source has */
    size_t n_sources;
    int column[NOI_MAX_FIELDS]; /* of `stored`, by field; -1 for none */
    int raw[NOI_MAX_FIELDS];    /* the same of a day's text */
    noi_stmt *stored, *delta, *said_again, *taken, *row, *gone;
    char first_at[NOI_MOMENT_SIZE], last_at[NOI_MOMENT_SIZE];
    noi_buf key;               /* of the group at hand */
    said top, top_gone;        /* of that group */
};

/* ---- beginning ------------------------------------------------------------------------------- */

static noi_status prepare_for(noi_stmt **out, const noi_catch_up *c, const char *query) {
    return noi_prepare_for_table(out, c->registry, query, c->r->kind->table);
}

static noi_status run_for(const noi_catch_up *c, const char *query) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(prepare_for(&q, c, query));
    return noi_run(q);
}

/* Which sources are of the file's kind: cases, reports and documents lie in one table. */
static noi_status load_sources(noi_catch_up *c) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    c->n_sources = (size_t)c->r->job->source_id + 1;
    c->same_kind = noi_alloc_zero(c->n_sources, sizeof *c->same_kind);
    c->source_names = noi_alloc_zero(c->n_sources, sizeof *c->source_names);
    NOI_TRY(noi_prepare(&q, c->registry, "catch_up/sources"));
    noi_bind_text(q, 1, noi_str_of(noi_import_kind_key(c->r->job->kind)));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        size_t id = (size_t)noi_column_int(q, 0);
        if (id >= c->n_sources)
            continue;
        noi_str name = noi_column_text(q, 2);
        c->same_kind[id] = noi_column_int(q, 1) != 0;
        c->source_names[id] = noi_strndup(name.p, name.n);
    }
}

static int column_named(noi_stmt *q, const char *name) {
    for (int i = 0; i < noi_column_count(q); i++)
        if (strcmp(noi_column_name(q, i), name) == 0)
            return i;
    return -1;
}

static noi_status prepare_stored(noi_catch_up *c) {
    char name[64];
    snprintf(name, sizeof name, "catch_up/stored_%s", c->r->kind->table);
    NOI_TRY(noi_prepare(&c->stored, c->registry, name));
    for (size_t i = 0; i < c->r->kind->n; i++) {
        const noi_field *field = &c->r->kind->fields[i];
        c->column[i] = i > 0 && i != c->r->changed && noi_field_is_stored(field->type)
                           ? column_named(c->stored, field->name)
                           : -1;
        snprintf(name, sizeof name, "%s_raw", field->name);
        c->raw[i] = field->type == NOI_FIELD_DAY ? column_named(c->stored, name) : -1;
    }
    return NOI_OK;
}

static noi_status find_last(noi_catch_up *c) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    NOI_TRY(prepare_for(&q, c, "catch_up/last"));
    NOI_TRY(noi_step(q, &row));
    c->last_id = noi_column_int(q, 0);
    return NOI_OK;
}

static noi_status begin(noi_catch_up *c) {
    NOI_TRY(noi_ledger_next(&c->entry, c->registry));
    NOI_TRY(load_sources(c));
    NOI_TRY(find_last(c));
    NOI_TRY(run_for(c, "catch_up/begin"));
    NOI_TRY(noi_exec(c->registry, "catch_up/delta_begin"));
    NOI_TRY(noi_exec(c->registry, "catch_up/taken_begin"));
    NOI_TRY(noi_prepare(&c->delta, c->registry, "catch_up/delta"));
    NOI_TRY(noi_prepare(&c->said_again, c->registry, "catch_up/said_again"));
    NOI_TRY(noi_prepare(&c->taken, c->registry, "catch_up/taken"));
    NOI_TRY(noi_prepare(&c->row, c->registry, "catch_up/row"));
    NOI_TRY(noi_prepare(&c->gone, c->registry, "catch_up/gone"));
    return prepare_stored(c);
}

noi_status noi_catch_up_begin(noi_catch_up **out, noi_record_file *r) {
    noi_catch_up *c = noi_alloc_zero(1, sizeof *c);
    *out = c;
    c->r = r;
    c->registry = r->job->registry;
    c->count = &r->job->result->catch_up;
    r->job->result->is_catch_up = true;
    noi_day_format(c->changed_on, r->job->options->changed_on);
    return begin(c);
}

static void close_statements(noi_catch_up *c) {
    noi_stmt **all[] = {&c->stored, &c->delta, &c->said_again, &c->taken, &c->row, &c->gone};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        noi_stmt_close(*all[i]);
        *all[i] = NULL;
    }
}

void noi_catch_up_free(noi_catch_up *c) {
    if (!c)
        return;
    close_statements(c);
    for (size_t i = 0; i < c->n_sources && c->source_names; i++)
        free(c->source_names[i]);
    free(c->source_names);
    free(c->same_kind);
    noi_buf_free(&c->key);
    free(c);
}

/* ---- rejecting ------------------------------------------------------------------------------- */

static noi_status reject(noi_catch_up *c, int64_t line, noi_str at, noi_reject reason,
                         const char *remark) {
    if (reason == NOI_REJECT_OLDER)
        c->count->older++;
    else
        c->count->rejected++;
    return noi_job_reject(c->r->job, line, NOI_STR("changed"), at.p ? at : NOI_STR(""), reason, remark);
}

/* For a row that stands against what is stored; `stored` is on it. */
static noi_status reject_against(noi_catch_up *c, const noi_row *one, noi_str at, noi_str stored_at,
                                 noi_reject reason) {
    char remark[320];
    size_t source = (size_t)noi_column_int(c->stored, 1);
    const char *name = source < c->n_sources && c->source_names[source] ? c->source_names[source] : "?";
    snprintf(remark, sizeof remark, "stored: %.*s, %.200s line %lld", (int)(stored_at.p ? stored_at.n : 1),
             stored_at.p ? stored_at.p : "-", name, (long long)noi_column_int(c->stored, 2));
    noi_reset(c->stored);
    return reject(c, one->line, at, reason, remark);
}

static noi_status fail_no_time(const noi_catch_up *c, const noi_row *one) {
    noi_status status = noi_fail_at(NOI_ERR_USAGE, c->r->job->name, one->line,
                                    _("the row differs from what is stored, and the file does not say when "
                                      "its records changed"));
    noi_hint(_("name the column with --map changed=COLUMN, or the day of the extract with --changed-on DAY"));
    return status;
}

/* ---- against what is stored ------------------------------------------------------------------ */

static bool is_number(noi_field_type type) {
    switch (type) {
    case NOI_FIELD_STATUS:
    case NOI_FIELD_FLAG:
    case NOI_FIELD_COUNT:
    case NOI_FIELD_REAL:
    case NOI_FIELD_ERROR:
    case NOI_FIELD_X:
    case NOI_FIELD_Y:
        return true;
    default:
        return false;
    }
}

static bool same_text(noi_str a, noi_str b) {
    return (a.p == NULL) == (b.p == NULL) && (!a.p || noi_str_eq(a, b));
}

/* Whether the file says anything of a field. What a point may be off follows from options as well. */
static bool speaks_of(const noi_catch_up *c, size_t field) {
    const noi_record_file *r = c->r;
    if (field == r->error && r->x < r->kind->n)
        return r->columns[r->x] >= 0;
    return r->columns[field] >= 0;
}

static bool same_field(const noi_catch_up *c, size_t i, const noi_value *value) {
    noi_field_type type = c->r->kind->fields[i].type;
    if (is_number(type)) {
        double stored = noi_column_real(c->stored, c->column[i]);
        double read = type == NOI_FIELD_FLAG && isnan(value->number) ? 0 : value->number;
        return isnan(stored) ? isnan(read) : stored == read;
    }
    if (!same_text(noi_column_text(c->stored, c->column[i]), value->text))
        return false;
    return c->raw[i] < 0 || !c->r->kind->keeps_moments ||
           same_text(noi_column_text(c->stored, c->raw[i]), value->moment);
}

static bool same_content(const noi_catch_up *c, const noi_value *values) {
    for (size_t i = 1; i < c->r->kind->n; i++)
        if (c->column[i] >= 0 && speaks_of(c, i) && !same_field(c, i, &values[i]))
            return false;
    return true;
}

static noi_str keep(noi_arena *arena, noi_str text) {
    return text.p ? (noi_str){noi_arena_strndup(arena, text.p, text.n), text.n} : text;
}

/* A column that the file lacks says nothing: what is stored stays. */
static void fill(const noi_catch_up *c, noi_value *values, noi_arena *arena) {
    for (size_t i = 1; i < c->r->kind->n; i++) {
        if (c->column[i] < 0 || speaks_of(c, i))
            continue;
        if (is_number(c->r->kind->fields[i].type)) {
            values[i].number = noi_column_real(c->stored, c->column[i]);
            continue;
        }
        values[i].text = keep(arena, noi_column_text(c->stored, c->column[i]));
        if (c->raw[i] >= 0)
            values[i].moment = keep(arena, noi_column_text(c->stored, c->raw[i]));
    }
}

/* How the row's time lies to that of what is stored, or to when that was last said again. */
static noi_status compare_times(noi_moment_order *out, noi_catch_up *c, noi_str at, noi_str stored_at) {
    *out = noi_moment_compare(at, stored_at);
    if (*out != NOI_MOMENT_LATER)
        return NOI_OK;
    bool row = false;
    noi_bind_int(c->said_again, 1, c->r->kind->record_kind);
    noi_bind_int(c->said_again, 2, noi_column_int(c->stored, 0));
    NOI_TRY(noi_step(c->said_again, &row));
    *out = noi_moment_compare(at, noi_column_text(c->said_again, 0));
    noi_reset(c->said_again);
    return NOI_OK;
}

/* ---- what differs, beside -------------------------------------------------------------------- */

static void total_of(noi_total totals[NOI_MAX_FIELDS + 1], const noi_record_file *r, const noi_value *values) {
    memset(totals, 0, (NOI_MAX_FIELDS + 1) * sizeof *totals);
    noi_row_total(totals, r, values);
    for (size_t i = 0; i < r->kind->n; i++)
        if (r->kind->fields[i].type == NOI_FIELD_DAY)
            noi_total_text(&totals[NOI_MAX_FIELDS], i, values[i].moment);
}

typedef struct what {
    bool gone, staged;
    int64_t record_id;
} what;

static noi_status put_aside(noi_catch_up *c, const noi_row *one, const noi_value *values, noi_str at, what w) {
    noi_total totals[NOI_MAX_FIELDS + 1];
    int64_t staged = 0;
    if (w.staged) {
        noi_row_bind(c->r->insert, 1, c->r, one, values);
        NOI_TRY(noi_run(c->r->insert));
        staged = noi_last_id(c->registry);
        total_of(totals, c->r, values);
        noi_row_count(c->r, one, values);
    }
    noi_bind_text(c->delta, 1, values[0].text);
    noi_bind_int(c->delta, 2, w.gone);
    noi_bind_text(c->delta, 3, at);
    noi_bind_int(c->delta, 4, one->line);
    noi_bind_int(c->delta, 5, staged);
    noi_bind_int(c->delta, 6, w.record_id);
    noi_bind_blob(c->delta, 7, w.staged ? (noi_str){(const char *)totals, sizeof totals} : (noi_str){NULL, 0});
    return noi_run(c->delta);
}

/* ---- one row --------------------------------------------------------------------------------- */

static noi_status look_at_gone(noi_catch_up *c, const noi_row *one, const noi_value *values, noi_str at,
                               bool found) {
    what w = {.gone = true};
    if (!at.p && c->r->columns[c->r->changed] < 0)
        return fail_no_time(c, one);
    if (!at.p) {
        noi_reset(c->stored);
        return reject(c, one->line, at, NOI_REJECT_NO_TIME, NULL);
    }
    if (found) {
        noi_moment_order order;
        noi_str stored_at = noi_column_text(c->stored, 3);
        NOI_TRY(compare_times(&order, c, at, stored_at));
        if (order != NOI_MOMENT_LATER)
            return reject_against(c, one, at, stored_at,
                                  order == NOI_MOMENT_UNCLEAR ? NOI_REJECT_UNCLEAR : NOI_REJECT_OLDER);
        w.record_id = noi_column_int(c->stored, 0);
    }
    noi_reset(c->stored);
    return put_aside(c, one, values, at, w);
}

/* The record is stored; `stored` is on it. */
static noi_status look_at_known(noi_catch_up *c, const noi_row *one, noi_value *values, noi_arena *arena,
                                noi_str at) {
    noi_moment_order order;
    noi_str stored_at = noi_column_text(c->stored, 3);
    bool same = same_content(c, values);
    what w = {.staged = !same, .record_id = noi_column_int(c->stored, 0)};
    if (!same && !at.p && c->r->columns[c->r->changed] < 0)
        return fail_no_time(c, one);
    if (!same && !at.p)
        return reject_against(c, one, at, stored_at, NOI_REJECT_NO_TIME);
    NOI_TRY(compare_times(&order, c, at, stored_at));
    if (same && order != NOI_MOMENT_LATER) {
        c->count->same++;
        noi_reset(c->stored);
        return NOI_OK;
    }
    if (order != NOI_MOMENT_LATER)
        return reject_against(c, one, at, stored_at,
                              order == NOI_MOMENT_UNCLEAR ? NOI_REJECT_UNCLEAR : NOI_REJECT_OLDER);
    if (!same)
        fill(c, values, arena);
    noi_reset(c->stored);
    return put_aside(c, one, values, at, w);
}

static noi_status reject_other_kind(noi_catch_up *c, const noi_row *one, noi_str key) {
    char remark[320];
    size_t source = (size_t)noi_column_int(c->stored, 1);
    snprintf(remark, sizeof remark, "first in %.200s on line %lld",
             source < c->n_sources && c->source_names[source] ? c->source_names[source] : "?",
             (long long)noi_column_int(c->stored, 2));
    noi_reset(c->stored);
    c->count->rejected++;
    return noi_job_reject(c->r->job, one->line, noi_str_of(c->r->kind->fields[0].name), key,
                          NOI_REJECT_DUPLICATE, remark);
}

static noi_status look_at(noi_catch_up *c, noi_batch *b, size_t i) {
    const noi_row *one = &b->rows[i];
    noi_value *values = b->values + i * c->r->kind->n;
    bool found = false;
    noi_str at = values[c->r->changed].text;
    if (!at.p && c->changed_on[0])
        at = values[c->r->changed].text = noi_str_of(c->changed_on);
    noi_bind_text(c->stored, 1, values[0].text);
    NOI_TRY(noi_step(c->stored, &found));
    size_t source = found ? (size_t)noi_column_int(c->stored, 1) : 0;
    if (found && (source >= c->n_sources || !c->same_kind[source]))
        return reject_other_kind(c, one, values[0].text);
    if (values[c->r->gone].number > 0)
        return look_at_gone(c, one, values, at, found);
    if (found)
        return look_at_known(c, one, values, b->arena, at);
    return put_aside(c, one, values, at, (what){.staged = true});
}

noi_status noi_catch_up_rows(noi_catch_up *c, noi_batch *b) {
    for (size_t i = 0; i < b->n; i++) {
        c->count->read++;
        if (b->rows[i].outcome.reason == NOI_REJECT_NONE) {
            NOI_TRY(look_at(c, b, i));
            continue;
        }
        c->count->rejected++;
        NOI_TRY(noi_row_reject(c->r, &b->rows[i], b->fields + i * c->r->kind->n));
    }
    return NOI_OK;
}

/* ---- key by key ------------------------------------------------------------------------------ */

static noi_str time_of(const said *s) {
    return s->has_time ? noi_str_of(s->at) : (noi_str){NULL, 0};
}

static void read_said(said *out, noi_stmt *q) {
    noi_str at = noi_column_text(q, 2), totals = noi_column_blob(q, 6);
    *out = (said){.there = true,
                  .gone = noi_column_int(q, 1) != 0,
                  .has_time = at.p != NULL,
                  .has_total = totals.n == sizeof out->totals,
                  .line = noi_column_int(q, 3),
                  .staged = noi_column_int(q, 4),
                  .record_id = noi_column_int(q, 5)};
    snprintf(out->at, sizeof out->at, "%.*s", at.p ? (int)at.n : 0, at.p ? at.p : "");
    if (out->has_total)
        memcpy(out->totals, totals.p, sizeof out->totals);
}

/* What was said again is what is stored; what was put aside is not. */
static bool says_the_same(const noi_catch_up *c, const said *a, const said *b) {
    if (a->has_total != b->has_total)
        return false;
    for (size_t i = 0; a->has_total && i < NOI_MAX_FIELDS + 1; i++)
        if (i != c->r->changed &&
            (a->totals[i].filled != b->totals[i].filled || a->totals[i].sum != b->totals[i].sum))
            return false;
    return true;
}

static noi_status reject_beside(noi_catch_up *c, const said *s, noi_reject reason, const said *other) {
    char remark[96];
    snprintf(remark, sizeof remark, "line %lld: %s", (long long)other->line,
             other->has_time ? other->at : "-");
    return reject(c, s->line, time_of(s), reason, remark);
}

/* A row of the group at hand behind its first: of two rows of one file the later one wins, and two that say
 * different things at one time are both no evidence. */
static noi_status weigh(noi_catch_up *c, const said *s, said *top) {
    noi_moment_order order = noi_moment_compare(time_of(s), time_of(top));
    bool same = s->gone == top->gone && says_the_same(c, s, top);
    if (order == NOI_MOMENT_EARLIER)
        return reject_beside(c, s, NOI_REJECT_OLDER, top);
    if (same) {
        c->count->same++;
        return NOI_OK;
    }
    noi_reject reason = order == NOI_MOMENT_UNCLEAR ? NOI_REJECT_UNCLEAR : NOI_REJECT_SAME_TIME;
    if (top->conflict == NOI_REJECT_NONE)
        top->conflict = reason;
    return reject_beside(c, s, reason, top);
}

static noi_status add_to_group(noi_catch_up *c, const said *s) {
    if (!s->gone && c->top.there)
        return weigh(c, s, &c->top);
    bool beyond = !c->top.there ||
                  noi_moment_compare(time_of(s), time_of(&c->top)) == NOI_MOMENT_LATER;
    if (s->gone && !beyond)
        return weigh(c, s, &c->top);
    if (s->gone && c->top_gone.there)
        return weigh(c, s, &c->top_gone);
    *(s->gone ? &c->top_gone : &c->top) = *s;
    return NOI_OK;
}

static void note_time(noi_catch_up *c, const said *s) {
    if (!s->has_time)
        return;
    if (!c->first_at[0] || strcmp(s->at, c->first_at) < 0)
        memcpy(c->first_at, s->at, sizeof c->first_at);
    if (strcmp(s->at, c->last_at) > 0)
        memcpy(c->last_at, s->at, sizeof c->last_at);
}

static noi_status note_row(noi_catch_up *c, const said *s, int64_t record_id, int did) {
    noi_bind_int(c->row, 1, c->r->job->source_id);
    noi_bind_int(c->row, 2, s->line);
    noi_bind_int(c->row, 3, c->r->kind->record_kind);
    noi_bind_int(c->row, 4, record_id);
    noi_bind_int(c->row, 5, did);
    noi_bind_text(c->row, 6, time_of(s));
    return noi_run(c->row);
}

static noi_status take_said(noi_catch_up *c, const said *s) {
    note_time(c, s);
    if (!s->staged) {
        c->count->same++;
        return note_row(c, s, s->record_id, SAID_AGAIN);
    }
    int did = s->record_id ? CHANGED : ADDED;
    int64_t id = s->record_id ? s->record_id : ++c->last_id;
    *(did == ADDED ? &c->count->added : &c->count->changed) += 1;
    noi_job_stored(c->r->job);
    for (size_t i = 0; i < c->r->kind->n; i++) {
        c->r->job->totals[i].filled += s->totals[i].filled;
        c->r->job->totals[i].sum += s->totals[i].sum;
    }
    noi_bind_int(c->taken, 1, s->staged);
    noi_bind_int(c->taken, 2, id);
    noi_bind_int(c->taken, 3, did);
    NOI_TRY(noi_run(c->taken));
    return note_row(c, s, id, did);
}

static noi_status take_gone(noi_catch_up *c, const said *s) {
    noi_bind_int(c->gone, 1, c->r->kind->record_kind);
    noi_bind_text(c->gone, 2, noi_buf_view(&c->key));
    noi_bind_text(c->gone, 3, time_of(s));
    noi_bind_int(c->gone, 4, c->r->job->source_id);
    noi_bind_int(c->gone, 5, s->line);
    NOI_TRY(noi_run(c->gone));
    if (noi_changed(c->registry) == 0) {
        c->count->same++;
        return NOI_OK;
    }
    c->count->gone++;
    note_time(c, s);
    return NOI_OK;
}

static noi_status end_group(noi_catch_up *c) {
    said top = c->top, gone = c->top_gone;
    c->top.there = c->top_gone.there = false;
    if (top.there)
        NOI_TRY(top.conflict ? reject(c, top.line, time_of(&top), top.conflict, NULL) : take_said(c, &top));
    if (gone.there)
        NOI_TRY(gone.conflict ? reject(c, gone.line, time_of(&gone), gone.conflict, NULL)
                              : take_gone(c, &gone));
    return NOI_OK;
}

static noi_status take_all(noi_catch_up *c) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    said s;
    NOI_TRY(noi_prepare(&q, c->registry, "catch_up/groups"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return end_group(c);
        noi_str key = noi_column_text(q, 0);
        if (!noi_str_eq(key, noi_buf_view(&c->key))) {
            NOI_TRY(end_group(c));
            noi_buf_clear(&c->key);
            noi_buf_add(&c->key, key.p, key.n);
        }
        read_said(&s, q);
        NOI_TRY(add_to_group(c, &s));
    }
}

/* ---- the end --------------------------------------------------------------------------------- */

static noi_str or_null(const char *text) {
    return text[0] ? noi_str_of(text) : (noi_str){NULL, 0};
}

static noi_status store_round(const noi_catch_up *c) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    const noi_catch_up_count *n = c->count;
    NOI_TRY(noi_prepare(&q, c->registry, "catch_up/round"));
    noi_bind_int(q, 1, c->r->job->source_id);
    noi_bind_int(q, 2, c->r->kind->record_kind);
    noi_bind_int(q, 3, c->entry);
    noi_bind_text(q, 4, or_null(c->changed_on));
    noi_bind_int(q, 5, n->read);
    noi_bind_int(q, 6, n->added);
    noi_bind_int(q, 7, n->changed);
    noi_bind_int(q, 8, n->same);
    noi_bind_int(q, 9, n->older);
    noi_bind_int(q, 10, n->gone);
    noi_bind_int(q, 11, n->rejected);
    noi_bind_text(q, 12, or_null(c->first_at));
    noi_bind_text(q, 13, or_null(c->last_at));
    return noi_run(q);
}

static noi_status replace(noi_catch_up *c) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *past = NULL;
    if (c->count->added + c->count->changed == 0)
        return NOI_OK;
    NOI_TRY(run_for(c, "catch_up/number"));
    NOI_TRY(prepare_for(&past, c, "catch_up/past"));
    noi_bind_int(past, 1, c->entry);
    NOI_TRY(noi_run(past));
    return run_for(c, "catch_up/put");
}

noi_status noi_catch_up_end(noi_catch_up *c) {
    NOI_TRY(take_all(c));
    NOI_TRY(replace(c));
    close_statements(c);
    noi_stmt_close(c->r->insert);
    noi_stmt_close(c->r->insert_group);
    c->r->insert = c->r->insert_group = NULL;
    NOI_TRY(run_for(c, "catch_up/drop"));
    NOI_TRY(noi_exec(c->registry, "catch_up/delta_drop"));
    NOI_TRY(noi_exec(c->registry, "catch_up/taken_drop"));
    return store_round(c);
}
