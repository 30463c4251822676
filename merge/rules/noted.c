/*
 * noted.c: the one pass over table verdict that all record rules share. Of 22 million verdicts most
 * are plain; the few that carry a warning, wait in a queue, were not assigned for a reason that a
 * rule names, or contradict the law's edges go to temp.noted, and the rules read only that.
 */
#include "merge/rules/noted.h"

#include "noi.h"

#include <stdlib.h>

#define WARNINGS_OF_RULES                                                                          \
    (NOI_WARN_POINT_CONTRADICTS | NOI_WARN_CODE_CONTRADICTS | NOI_WARN_SWAPPED_AXES |              \
     NOI_WARN_WRONG_ZONE | NOI_WARN_OLDER_VINTAGE | NOI_WARN_FALSE_FRIEND |                        \
     NOI_WARN_OUTSIDE_COVERAGE)
#define REASONS_OF_RULES                                                                           \
    (1u << NOI_REASON_HOMONYM | 1u << NOI_REASON_NEAR_BORDER | 1u << NOI_REASON_NO_EVIDENCE |      \
     1u << NOI_REASON_UNKNOWN_CODE | 1u << NOI_REASON_OUTSIDE | 1u << NOI_REASON_REFERENCE |       \
     1u << NOI_REASON_OVERLAP)
#define OVERDUE_FLAG 1

typedef struct pair {
    int64_t old_unit, new_unit;
} pair;

typedef struct known {
    pair *edges; /* ascending */
    size_t n_edges, cap_edges;
    int64_t *units; /* new units of the reform, ascending */
    size_t n_units, cap_units;
} known;

static int compare_pairs(const void *a, const void *b) {
    const pair *x = a, *y = b;
    if (x->old_unit != y->old_unit)
        return x->old_unit < y->old_unit ? -1 : 1;
    return (x->new_unit > y->new_unit) - (x->new_unit < y->new_unit);
}

static int compare_ids(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static noi_status load_edges(known *out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, "rules/noted_edges"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return NOI_OK;
        NOI_GROW(out->edges, out->cap_edges, out->n_edges + 1);
        out->edges[out->n_edges++] = (pair){noi_column_int(stmt, 0), noi_column_int(stmt, 1)};
    }
}

static noi_status load_units(known *out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, "rules/noted_units"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return NOI_OK;
        NOI_GROW(out->units, out->cap_units, out->n_units + 1);
        out->units[out->n_units++] = noi_column_int(stmt, 0);
    }
}

/* A record that already names its new unit, or that a person decided, needs no edge. */
static int why(const known *k, noi_method method, int64_t old_unit, int64_t new_unit) {
    if (new_unit == 0)
        return 0;
    int bits = 0;
    if (!bsearch(&new_unit, k->units, k->n_units, sizeof *k->units, compare_ids))
        bits |= NOI_NOTED_NOT_IN_FORCE;
    pair edge = {old_unit, new_unit};
    if (old_unit != 0 && method != NOI_BY_DECISION && method != NOI_BY_NEW_NAME &&
        !bsearch(&edge, k->edges, k->n_edges, sizeof *k->edges, compare_pairs))
        bits |= NOI_NOTED_NO_EDGE;
    return bits;
}

/* Columns: kind, record_id, method, reason, new_unit, old_unit, warnings, flags, has a queue. */
static bool is_noted(int *bits, const known *k, noi_stmt *v) {
    *bits = why(k, (noi_method)noi_column_int(v, 2), noi_column_int(v, 5), noi_column_int(v, 4));
    uint64_t reason = (uint64_t)noi_column_int(v, 3);
    return *bits || (noi_column_int(v, 6) & WARNINGS_OF_RULES) ||
           (reason < 32 && (REASONS_OF_RULES >> reason & 1)) ||
           (noi_column_int(v, 7) & OVERDUE_FLAG) || noi_column_int(v, 8);
}

static noi_status pass(const known *k, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *verdicts = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *add = NULL;
    NOI_TRY(noi_prepare(&verdicts, registry, "rules/noted_verdicts"));
    NOI_TRY(noi_prepare(&add, registry, "rules/noted_add"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(verdicts, &row));
        if (!row)
            return NOI_OK;
        int bits = 0;
        if (!is_noted(&bits, k, verdicts))
            continue;
        noi_bind_int(add, 1, noi_column_int(verdicts, 0));
        noi_bind_int(add, 2, noi_column_int(verdicts, 1));
        noi_bind_int(add, 3, bits);
        NOI_TRY(noi_run(add));
    }
}

noi_status noi_rule_note_verdicts(noi_registry *registry) {
    known k = {0};
    noi_status status = load_edges(&k, registry);
    if (status == NOI_OK)
        status = load_units(&k, registry);
    if (k.n_edges)
        qsort(k.edges, k.n_edges, sizeof *k.edges, compare_pairs);
    if (status == NOI_OK)
        status = pass(&k, registry);
    free(k.edges);
    free(k.units);
    return status;
}
