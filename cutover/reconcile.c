/* reconcile.c: see reconcile.h. */
#include "cutover/reconcile.h"

#include "base/csv.h"
#include "base/i18n.h"
#include "base/progress.h"

#include <inttypes.h>
#include <string.h>

const char *noi_imbalance_key(noi_imbalance_kind kind) {
    static const char *const keys[] = {
        [NOI_IMBALANCE_READ] = "rows_read",         [NOI_IMBALANCE_STORED] = "rows_stored",
        [NOI_IMBALANCE_NO_VERDICT] = "no_verdict",  [NOI_IMBALANCE_TOO_MANY] = "too_many_verdicts",
        [NOI_IMBALANCE_FLOW] = "against_edges",     [NOI_IMBALANCE_COLUMN] = "control_total"};
    return keys[kind];
}

void noi_reconciliation_free(noi_reconciliation *r) {
    if (!r)
        return;
    noi_tally_free(r->tally);
    free(r->units);
    free(r->columns);
    free(r->items);
    noi_arena_free(r->arena);
    free(r);
}

typedef struct reconciling {
    noi_reconciliation *out;
    noi_registry *registry;
    size_t capacity, columns_capacity;
    int64_t *found;     /* rows in the registry, by position of the source */
    noi_total *actual;  /* beside out->columns */
    size_t *position;   /* of a source in the tally, by its id */
    size_t n_positions;
    size_t *first_column; /* of a source in out->columns; one more at the end */
} reconciling;

static void reconciling_clear(reconciling *r) {
    free(r->found);
    free(r->actual);
    free(r->position);
    free(r->first_column);
}

static void add(reconciling *r, noi_imbalance item) {
    NOI_GROW(r->out->items, r->capacity, r->out->n + 1);
    r->out->items[r->out->n++] = item;
}

static const char *keep(const reconciling *r, noi_str text) {
    return noi_arena_strndup(r->out->arena, text.p ? text.p : "", text.n);
}

/* ---- what there is --------------------------------------------------------------------------- */

static bool holds_records(const noi_source_count *s) {
    return s->kind || strcmp(s->kind_key, "members") == 0;
}

static void place_sources(reconciling *r) {
    const noi_tally *t = r->out->tally;
    for (size_t i = 0; i < t->n_sources; i++)
        if ((size_t)t->sources[i].id >= r->n_positions)
            r->n_positions = (size_t)t->sources[i].id + 1;
    r->position = noi_alloc(r->n_positions * sizeof *r->position);
    for (size_t i = 0; i < r->n_positions; i++)
        r->position[i] = SIZE_MAX;
    for (size_t i = 0; i < t->n_sources; i++)
        r->position[t->sources[i].id] = i;
    r->found = noi_alloc_zero(t->n_sources, sizeof *r->found);
}

static size_t position_of(const reconciling *r, int64_t source_id) {
    return source_id >= 0 && (size_t)source_id < r->n_positions ? r->position[source_id] : SIZE_MAX;
}

static noi_status load_units(reconciling *r) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    noi_reconciliation *out = r->out;
    out->units = noi_alloc(out->tally->n_units * sizeof *out->units);
    for (size_t i = 0; i < out->tally->n_units; i++)
        out->units[i] = (noi_named_unit){"", ""};
    NOI_TRY(noi_prepare(&q, r->registry, "reconcile/units"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        size_t id = (size_t)noi_column_int(q, 0);
        if (id < out->tally->n_units)
            out->units[id] = (noi_named_unit){keep(r, noi_column_text(q, 1)),
                                              keep(r, noi_column_text(q, 2))};
    }
}

/* ---- files ----------------------------------------------------------------------------------- */

static void weigh(reconciling *r, noi_imbalance_kind kind, size_t source, int64_t expected,
                  int64_t found) {
    if (expected != found)
        add(r, (noi_imbalance){.kind = kind, .source = source, .expected = expected, .found = found});
}

static void check_source(reconciling *r, size_t at) {
    const noi_source_count *s = &r->out->tally->sources[at];
    const noi_count *c = &s->count;
    if (!holds_records(s))
        return;
    weigh(r, NOI_IMBALANCE_READ, at, s->rows_read, s->rows_stored + s->rows_rejected);
    weigh(r, NOI_IMBALANCE_STORED, at, s->rows_stored, r->found[at]);
    if (!s->kind)
        return;
    int64_t settled = c->assigned + c->ambiguous + c->unplaced + c->taken_back;
    weigh(r, settled > c->records ? NOI_IMBALANCE_TOO_MANY : NOI_IMBALANCE_NO_VERDICT, at, c->records,
          settled);
}

/* ---- units ----------------------------------------------------------------------------------- */

typedef struct edge {
    int64_t from, to;
} edge;

static int compare_edges(const void *a, const void *b) {
    const edge *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static noi_status load_edges(edge **items, size_t *n, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    size_t capacity = 0;
    NOI_TRY(noi_prepare(&q, registry, "reconcile/edges"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        NOI_GROW(*items, capacity, *n + 1);
        (*items)[(*n)++] = (edge){noi_column_int(q, 0), noi_column_int(q, 1)};
    }
}

static void count_units(noi_reconciliation *out) {
    for (size_t i = 0; i < out->tally->n_units; i++) {
        out->old_units += out->tally->units[i].as_old.records > 0;
        out->new_units += out->tally->units[i].assigned > 0;
    }
}

/* A flow within one unit is that of a unit which the change leaves alone. */
static void check_flow(reconciling *r, const noi_flow *f, const edge *edges, size_t n) {
    const edge wanted = {f->old_unit, f->new_unit};
    if (f->status != NOI_ASSIGNED || f->old_unit == 0 || f->old_unit == f->new_unit)
        return;
    if (n && bsearch(&wanted, edges, n, sizeof *edges, compare_edges))
        return;
    r->out->decided_beyond += f->decided;
    if (f->decided == 0)
        add(r, (noi_imbalance){.kind = NOI_IMBALANCE_FLOW, .source = SIZE_MAX, .flow = *f,
                               .expected = 0, .found = f->records});
}

static noi_status check_flows(reconciling *r) {
    NOI_AUTO_FREE edge *edges = NULL;
    size_t n = 0;
    NOI_TRY(load_edges(&edges, &n, r->registry));
    for (size_t i = 0; i < r->out->tally->n_flows; i++)
        check_flow(r, &r->out->tally->flows[i], edges, n);
    return NOI_OK;
}

/* ---- columns --------------------------------------------------------------------------------- */

static noi_status load_totals(reconciling *r) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    noi_reconciliation *out = r->out;
    NOI_TRY(noi_prepare(&q, r->registry, "reconcile/totals"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        NOI_GROW(out->columns, r->columns_capacity, out->n_columns + 1);
        out->columns[out->n_columns++] =
            (noi_column_total){position_of(r, noi_column_int(q, 0)),
                               {.column = keep(r, noi_column_text(q, 1)),
                                .filled = noi_column_int(q, 2),
                                .sum = (uint64_t)noi_column_int(q, 3)}};
    }
    r->actual = noi_alloc_zero(out->n_columns, sizeof *r->actual);
    r->first_column = noi_alloc_zero(out->tally->n_sources + 1, sizeof *r->first_column);
    size_t c = 0;
    for (size_t s = 0; s <= out->tally->n_sources; s++) {
        while (c < out->n_columns && out->columns[c].source < s)
            c++;
        r->first_column[s] = c;
    }
    for (size_t s = 0; s < out->tally->n_sources; s++)
        out->n_without += holds_records(&out->tally->sources[s]) &&
                          r->first_column[s] == r->first_column[s + 1];
    return NOI_OK;
}

#define MOST_COLUMNS 32

/* For the source at hand: which total a column of the query belongs to, SIZE_MAX for none. */
static void match_columns(size_t map[MOST_COLUMNS], const reconciling *r, noi_stmt *q, size_t source) {
    for (int i = 1; i < noi_column_count(q) && i < MOST_COLUMNS; i++) {
        map[i] = SIZE_MAX;
        for (size_t c = r->first_column[source]; c < r->first_column[source + 1]; c++)
            if (strcmp(r->out->columns[c].total.column, noi_column_name(q, i)) == 0)
                map[i] = c;
    }
}

static void add_row(reconciling *r, noi_stmt *q, const size_t map[MOST_COLUMNS]) {
    uint64_t key = noi_total_key(noi_column_text(q, 1));
    for (int i = 1; i < noi_column_count(q); i++) {
        if (map[i] == SIZE_MAX)
            continue;
        if (noi_column_is_text(q, i))
            noi_total_text(&r->actual[map[i]], key, noi_column_text(q, i));
        else
            noi_total_number(&r->actual[map[i]], key, noi_column_real(q, i));
    }
}

static noi_status add_rows(reconciling *r, const char *query, noi_progress *progress) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    size_t map[MOST_COLUMNS], source = SIZE_MAX;
    int64_t source_id = -1;
    NOI_TRY(noi_prepare(&q, r->registry, query));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        if (noi_column_int(q, 0) != source_id) {
            source_id = noi_column_int(q, 0);
            source = position_of(r, source_id);
            if (source != SIZE_MAX)
                match_columns(map, r, q, source);
        }
        noi_progress_add(progress, 1);
        if (source == SIZE_MAX)
            continue;
        r->found[source]++;
        add_row(r, q, map);
    }
}

static noi_status add_all_rows(reconciling *r) {
    static const char *const queries[] = {"reconcile/addresses", "reconcile/households",
                                          "reconcile/members", "reconcile/parcels",
                                          "reconcile/dossiers"};
    noi_progress progress = noi_progress_begin(_("adding up the columns"),
                                               (uint64_t)r->out->tally->all.records);
    noi_status status = NOI_OK;
    for (size_t i = 0; i < sizeof queries / sizeof *queries && status == NOI_OK; i++)
        status = add_rows(r, queries[i], &progress);
    noi_progress_end(&progress);
    return status;
}

static void check_columns(reconciling *r) {
    for (size_t i = 0; i < r->out->n_columns; i++) {
        const noi_column_total *c = &r->out->columns[i];
        if (c->total.filled == r->actual[i].filled && c->total.sum == r->actual[i].sum)
            continue;
        add(r, (noi_imbalance){.kind = NOI_IMBALANCE_COLUMN,
                               .source = c->source,
                               .column = c->total.column,
                               .expected = c->total.filled,
                               .found = r->actual[i].filled,
                               .expected_sum = c->total.sum,
                               .found_sum = r->actual[i].sum});
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

noi_status noi_reconcile(noi_reconciliation **out, noi_registry *registry) {
    NOI_AUTO(noi_reconciliation_freep)
    noi_reconciliation *result = noi_alloc_zero(1, sizeof *result);
    NOI_AUTO(reconciling_clear) reconciling r = {.out = result, .registry = registry};
    result->arena = noi_arena_new();
    NOI_TRY(noi_tally_make(&result->tally, registry));
    place_sources(&r);
    NOI_TRY(load_units(&r));
    NOI_TRY(load_totals(&r));
    NOI_TRY(add_all_rows(&r));
    for (size_t i = 0; i < result->tally->n_sources; i++)
        check_source(&r, i);
    count_units(result);
    NOI_TRY(check_flows(&r));
    check_columns(&r);
    *out = result;
    result = NULL;
    return NOI_OK;
}

static void add_unit(noi_buf *out, const noi_reconciliation *r, int64_t id) {
    const noi_named_unit none = {"", ""};
    const noi_named_unit *u = id > 0 && (size_t)id < r->tally->n_units ? &r->units[id] : &none;
    noi_csv_add_field(out, noi_str_of(u->code));
    noi_buf_add_char(out, ',');
    noi_csv_add_field(out, noi_str_of(u->name));
    noi_buf_add_char(out, ',');
}

void noi_flows_csv(noi_buf *out, const noi_reconciliation *r) {
    static const char *const kinds[] = {"", "address", "household", "parcel", "case"};
    static const char *const statuses[] = {"", "assigned", "ambiguous", "unplaced"};
    noi_buf_add_str(out, "kind,old_code,old_name,status,new_code,new_name,records\n");
    for (size_t i = 0; i < r->tally->n_flows; i++) {
        const noi_flow *f = &r->tally->flows[i];
        noi_buf_printf(out, "%s,", kinds[f->kind]);
        add_unit(out, r, f->old_unit);
        noi_buf_printf(out, "%s,", f->status >= 1 && f->status <= 3 ? statuses[f->status] : "");
        add_unit(out, r, f->new_unit);
        noi_buf_printf(out, "%" PRId64 "\n", f->records);
    }
}
