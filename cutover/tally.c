/*
 * tally.c: the account. Verdicts come ordered by kind and record; which source a record belongs to
 * is told by runs: a record's source is that of the last run that begins at or before it, because a
 * file is stored in one go.
 */
#include "cutover/tally.h"

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
    free(tally->flows);
    noi_arena_free(tally->arena);
    free(tally);
}

static const char *keep(noi_tally *tally, noi_str text) {
    return noi_arena_strndup(tally->arena, text.p ? text.p : "", text.n);
}

static noi_status load_sources(noi_tally *t, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, "tally/sources"));
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
            .rows_stored = noi_column_int(stmt, 6),
            .rows_rejected = noi_column_int(stmt, 7),
            .kind = (int)noi_column_int(stmt, 8),
        };
        if (s->kind) {
            s->count.records = noi_column_int(stmt, 9);
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
    NOI_TRY(noi_prepare(&stmt, registry, "tally/source_runs"));
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
    NOI_TRY(noi_prepare(&stmt, registry, "tally/last_unit"));
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
    NOI_TRY(noi_prepare(&stmt, registry, "tally/new_codes"));
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

/* ---- from unit to unit ---- */

/* Flows by their key, with open addresses; slots without records are free. */
typedef struct flow_table {
    noi_flow *slots;
    size_t n, capacity; /* a power of two */
} flow_table;

static uint64_t flow_hash(const noi_flow *f) {
    uint64_t h = (uint64_t)f->old_unit * UINT64_C(0x9E3779B97F4A7C15) ^ (uint64_t)f->new_unit;
    h = (h ^ (uint64_t)(f->kind * 4 + f->status) << 40) * UINT64_C(0xBF58476D1CE4E5B9);
    return h ^ h >> 29;
}

static bool same_flow(const noi_flow *a, const noi_flow *b) {
    return a->old_unit == b->old_unit && a->new_unit == b->new_unit && a->kind == b->kind &&
           a->status == b->status;
}

static noi_flow *find_flow(const flow_table *t, const noi_flow *key) {
    size_t at = flow_hash(key) & (t->capacity - 1);
    while (t->slots[at].records && !same_flow(&t->slots[at], key))
        at = (at + 1) & (t->capacity - 1);
    return &t->slots[at];
}

static void grow_flows(flow_table *t) {
    flow_table wider = {.capacity = t->capacity ? 2 * t->capacity : 4096, .n = t->n};
    wider.slots = noi_alloc_zero(wider.capacity, sizeof *wider.slots);
    for (size_t i = 0; i < t->capacity; i++)
        if (t->slots[i].records)
            *find_flow(&wider, &t->slots[i]) = t->slots[i];
    free(t->slots);
    *t = wider;
}

static void count_flow(flow_table *t, noi_flow key, bool decided) {
    if (2 * t->n >= t->capacity)
        grow_flows(t);
    noi_flow *flow = find_flow(t, &key);
    if (!flow->records) {
        *flow = key;
        flow->records = 0;
        t->n++;
    }
    flow->records++;
    flow->decided += decided;
}

static int compare_flows(const void *a, const void *b) {
    const noi_flow *x = a, *y = b;
    const int64_t parts[][2] = {{x->kind, y->kind},
                                {x->old_unit, y->old_unit},
                                {x->status, y->status},
                                {x->new_unit, y->new_unit}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i][0] != parts[i][1])
            return parts[i][0] < parts[i][1] ? -1 : 1;
    return 0;
}

static void keep_flows(noi_tally *t, const flow_table *table) {
    t->flows = noi_alloc_zero(table->n, sizeof *t->flows);
    for (size_t i = 0; i < table->capacity; i++)
        if (table->slots[i].records)
            t->flows[t->n_flows++] = table->slots[i];
    if (t->n_flows)
        qsort(t->flows, t->n_flows, sizeof *t->flows, compare_flows);
}

/* ---- the pass ---- */

/* Walks along the runs: the source of a record, SIZE_MAX for none. Records come in their order. */
static size_t source_of(const source_runs *runs, size_t *at, int kind, int64_t record) {
    while (*at + 1 < runs->n &&
           (runs->items[*at + 1].kind < kind ||
            (runs->items[*at + 1].kind == kind && runs->items[*at + 1].first <= record)))
        ++*at;
    return *at < runs->n && runs->items[*at].kind == kind ? runs->items[*at].source : SIZE_MAX;
}

static noi_status count_taken(noi_tally *t, const source_runs *runs, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    size_t at = 0;
    NOI_TRY(noi_prepare(&q, registry, "tally/taken"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        int kind = (int)noi_column_int(q, 0);
        if (kind < 1 || kind >= NOI_TALLY_KINDS)
            continue;
        size_t source = source_of(runs, &at, kind, noi_column_int(q, 1));
        t->all.taken_back++;
        t->kind[kind].taken_back++;
        if (source != SIZE_MAX)
            t->sources[source].count.taken_back++;
    }
}

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
                                 flow_table *flows, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *v = NULL;
    NOI_TRY(noi_prepare(&v, registry, "tally/verdicts"));
    noi_progress progress =
        noi_progress_begin(_("adding up the account"), (uint64_t)t->all.records);
    size_t at = 0;
    for (bool row = true;;) {
        NOI_TRY(noi_step(v, &row));
        if (!row)
            break;
        int kind = (int)noi_column_int(v, 0);
        if (kind < 1 || kind >= NOI_TALLY_KINDS)
            continue;
        count_verdict(t, codes, v, kind);
        count_flow(flows,
                   (noi_flow){.kind = kind,
                              .status = (int)noi_column_int(v, 2),
                              .new_unit = noi_column_int(v, 5),
                              .old_unit = noi_column_int(v, 6)},
                   noi_column_int(v, 3) == NOI_BY_DECISION);
        size_t source = source_of(runs, &at, kind, noi_column_int(v, 1));
        if (source != SIZE_MAX)
            count_status(&t->sources[source].count, noi_column_int(v, 2));
        noi_progress_add(&progress, 1);
    }
    noi_progress_end(&progress);
    keep_flows(t, flows);
    return NOI_OK;
}

noi_status noi_tally_make(noi_tally **out, noi_registry *registry) {
    NOI_AUTO(noi_tally_freep) noi_tally *t = noi_alloc_zero(1, sizeof *t);
    t->arena = noi_arena_new();
    NOI_TRY(load_sources(t, registry));
    NOI_TRY(make_units(t, registry));
    source_runs runs = {0};
    code_list codes = {0};
    flow_table flows = {0};
    noi_status status = load_runs(&runs, t, registry);
    if (status == NOI_OK)
        status = load_codes(&codes, registry);
    if (status == NOI_OK)
        status = count_verdicts(t, &runs, &codes, &flows, registry);
    if (status == NOI_OK)
        status = count_taken(t, &runs, registry);
    free(flows.slots);
    free(runs.items);
    free(codes.items);
    NOI_TRY(status);
    *out = t;
    t = NULL;
    return NOI_OK;
}
