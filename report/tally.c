/*
 * tally.c: the account. Verdicts come ordered by kind and record; which source a record belongs to
 * is told by runs: a record's source is that of the last run that begins at or before it, because a
 * file is stored in one go.
 */
#include "report/tally.h"

#include "base/i18n.h"
#include "base/progress.h"

#include <string.h>

typedef struct source_run {
    int kind;
    int64_t first;
    size_t source; /* position in tally->sources */
} source_run;

typedef struct source_runs {
    source_run *items;
    size_t n, capacity;
} source_runs;

void noi_tally_free(noi_tally *tally) {
    if (!tally)
        return;
    free(tally->sources);
    free(tally->units);
    noi_arena_free(tally->arena);
    free(tally);
}

static const char *keep(noi_tally *tally, noi_str text) {
    return noi_arena_strndup(tally->arena, text.p ? text.p : "", text.n);
}

static noi_status load_sources(noi_tally *t, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, "report/sources"));
    size_t capacity = 0;
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return NOI_OK;
        NOI_GROW(t->sources, capacity, t->n_sources + 1);
        noi_source_count *s = &t->sources[t->n_sources++];
        *s = (noi_source_count){
            .id = noi_column_int(stmt, 0),
            .kind_key = keep(t, noi_column_text(stmt, 1)),
            .name = keep(t, noi_column_text(stmt, 2)),
            .sha256 = keep(t, noi_column_text(stmt, 3)),
            .as_of = keep(t, noi_column_text(stmt, 4)),
            .rows_read = noi_column_int(stmt, 5),
            .rows_rejected = noi_column_int(stmt, 7),
            .kind = (int)noi_column_int(stmt, 8),
        };
        if (s->kind) {
            s->count.records = noi_column_int(stmt, 6);
            t->kind[s->kind].records += s->count.records;
            t->all.records += s->count.records;
            t->rejected += s->rows_rejected;
        }
    }
}

static size_t source_at(const noi_tally *t, int64_t id) {
    for (size_t i = 0; i < t->n_sources; i++)
        if (t->sources[i].id == id)
            return i;
    return SIZE_MAX;
}

static noi_status load_runs(source_runs *runs, const noi_tally *t, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, "report/source_runs"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return NOI_OK;
        NOI_GROW(runs->items, runs->capacity, runs->n + 1);
        runs->items[runs->n++] = (source_run){(int)noi_column_int(stmt, 0), noi_column_int(stmt, 1),
                                              source_at(t, noi_column_int(stmt, 2))};
    }
}

static noi_status make_units(noi_tally *t, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&stmt, registry, "report/last_unit"));
    NOI_TRY(noi_step(stmt, &row));
    t->n_units = row ? (size_t)noi_column_int(stmt, 0) + 1 : 1;
    t->units = noi_alloc_zero(t->n_units, sizeof *t->units);
    return NOI_OK;
}

static void count_status(noi_count *count, int64_t status) {
    count->assigned += status == NOI_ASSIGNED;
    count->ambiguous += status == NOI_AMBIGUOUS;
    count->unplaced += status == NOI_UNPLACED;
}

/* ---- codes of candidates → unit ids ---- */

typedef struct code_entry {
    noi_code code;
    int64_t unit;
} code_entry;

typedef struct code_list {
    code_entry *items; /* ascending by code */
    size_t n, capacity;
} code_list;

static noi_status load_codes(code_list *codes, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, "report/new_codes"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return NOI_OK;
        noi_str text = noi_column_text(stmt, 0);
        NOI_GROW(codes->items, codes->capacity, codes->n + 1);
        codes->items[codes->n++] =
            (code_entry){noi_code_parse(text.p, text.n), noi_column_int(stmt, 1)};
    }
}

static int compare_codes(const void *a, const void *b) {
    const code_entry *x = a, *y = b;
    return (x->code > y->code) - (x->code < y->code);
}

static void count_candidates(noi_tally *t, const code_list *codes, noi_str text) {
    while (text.n) {
        const char *space = memchr(text.p, ' ', text.n);
        size_t n = space ? (size_t)(space - text.p) : text.n;
        code_entry wanted = {.code = noi_code_parse(text.p, n)};
        code_entry *e =
            codes->n ? bsearch(&wanted, codes->items, codes->n, sizeof *codes->items, compare_codes)
                     : NULL;
        if (e && e->unit > 0 && (size_t)e->unit < t->n_units)
            t->units[e->unit].waiting++;
        text.p += n + (space != NULL);
        text.n -= n + (space != NULL);
    }
}

/* ---- the pass ---- */

/* Columns: kind, record, status, method, reason, new unit, old unit, candidates. */
static void count_verdict(noi_tally *t, const code_list *codes, noi_stmt *v, int kind) {
    int64_t status = noi_column_int(v, 2);
    size_t method = (size_t)noi_column_int(v, 3), reason = (size_t)noi_column_int(v, 4);
    size_t new_unit = (size_t)noi_column_int(v, 5), old_unit = (size_t)noi_column_int(v, 6);
    count_status(&t->all, status);
    count_status(&t->kind[kind], status);
    if (status == NOI_ASSIGNED && method < NOI_TALLY_METHODS)
        t->method[method][kind]++;
    if (status != NOI_ASSIGNED && reason < NOI_TALLY_REASONS)
        t->reason[reason][kind]++;
    if (new_unit && new_unit < t->n_units)
        t->units[new_unit].assigned++;
    if (old_unit && old_unit < t->n_units) {
        t->units[old_unit].as_old.records++;
        count_status(&t->units[old_unit].as_old, status);
    }
    if (status == NOI_AMBIGUOUS)
        count_candidates(t, codes, noi_column_text(v, 7));
}

static noi_status count_verdicts(noi_tally *t, const source_runs *runs, const code_list *codes,
                                 noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *v = NULL;
    NOI_TRY(noi_prepare(&v, registry, "report/verdicts"));
    noi_progress progress =
        noi_progress_begin(_("adding up the account"), (uint64_t)t->all.records);
    size_t at = 0;
    for (bool row = true;;) {
        NOI_TRY(noi_step(v, &row));
        if (!row)
            break;
        int kind = (int)noi_column_int(v, 0);
        int64_t record = noi_column_int(v, 1);
        if (kind < 1 || kind >= NOI_TALLY_KINDS)
            continue;
        while (at + 1 < runs->n &&
               (runs->items[at + 1].kind < kind ||
                (runs->items[at + 1].kind == kind && runs->items[at + 1].first <= record)))
            at++;
        count_verdict(t, codes, v, kind);
        if (at < runs->n && runs->items[at].kind == kind && runs->items[at].source != SIZE_MAX)
            count_status(&t->sources[runs->items[at].source].count, noi_column_int(v, 2));
        noi_progress_add(&progress, 1);
    }
    noi_progress_end(&progress);
    return NOI_OK;
}

noi_status noi_tally_make(noi_tally **out, noi_registry *registry) {
    NOI_AUTO(noi_tally_freep) noi_tally *t = noi_alloc_zero(1, sizeof *t);
    t->arena = noi_arena_new();
    NOI_TRY(load_sources(t, registry));
    NOI_TRY(make_units(t, registry));
    source_runs runs = {0};
    code_list codes = {0};
    noi_status status = load_runs(&runs, t, registry);
    if (status == NOI_OK)
        status = load_codes(&codes, registry);
    if (status == NOI_OK)
        status = count_verdicts(t, &runs, &codes, registry);
    free(runs.items);
    free(codes.items);
    NOI_TRY(status);
    *out = t;
    t = NULL;
    return NOI_OK;
}
