/* concordance.c: sheets and residence files; see concordance.h. */
#include "cutover/concordance.h"

#include "base/csv.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "cutover/merged.h"
#include "registry/ledger.h"
#include "registry/store.h"

#include <stdio.h>
#include <string.h>

/* ---- what both share ------------------------------------------------------------------------- */

typedef noi_status (*giver)(noi_concordance *out, noi_registry *registry, int64_t run);

static noi_status give_numbers(noi_concordance *out, noi_registry *registry, const char *command,
                               const char *query, giver give) {
    int64_t run = 0;
    NOI_TRY(noi_want_merge(registry, _("numbers follow the new units: 'noi plan', then 'noi merge'")));
    NOI_TRY(noi_begin(registry));
    noi_status status = noi_run_begin(&run, registry, command, NULL);
    if (status == NOI_OK)
        status = give(out, registry, run);
    if (status == NOI_OK)
        status = noi_ledger_append_rows(registry, run, command, query);
    if (status == NOI_OK)
        status = noi_run_end(registry, run);
    bool gave = out->given > 0 || out->taken_back > 0;
    if (status == NOI_OK && gave)
        return noi_commit(registry);
    noi_rollback(registry); /* where nothing is new, no run is left either */
    return status;
}

/* ---- sheets ---------------------------------------------------------------------------------- */

typedef struct largest { /* by new unit, ordered by its id */
    size_t n, capacity;
    struct {
        int64_t unit, sheet;
    } * items;
} largest;

static void free_largest(largest *list) {
    free(list->items);
}

static noi_status load_largest(largest *out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "concordance/largest_sheets"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        NOI_GROW(out->items, out->capacity, out->n + 1);
        out->items[out->n].unit = noi_column_int(q, 0);
        out->items[out->n++].sheet = noi_column_int(q, 1);
    }
}

static int64_t largest_of(const largest *list, int64_t unit) {
    size_t low = 0, high = list->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].unit < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->n && list->items[low].unit == unit ? list->items[low].sheet : 0;
}

static noi_status add_sheet(bool *added, noi_stmt *add, noi_registry *registry, noi_stmt *row,
                            noi_str number) {
    noi_bind_int(add, 1, noi_column_int(row, 2));
    noi_bind_text(add, 2, noi_column_text(row, 4));
    noi_bind_int(add, 3, noi_column_int(row, 0));
    noi_bind_text(add, 4, number);
    NOI_TRY(noi_run(add));
    *added = noi_changed(registry) == 1;
    return NOI_OK;
}

/* The receiver's sheet keeps its number, unless a moved one bears it by now. */
static noi_status give_sheet(int64_t *last, noi_stmt *add, noi_registry *registry, noi_stmt *row) {
    bool receiver = noi_str_eq(noi_column_text(row, 1), noi_column_text(row, 3)), added = false;
    if (receiver)
        NOI_TRY(add_sheet(&added, add, registry, row, noi_column_text(row, 4)));
    while (!added) {
        char number[24];
        snprintf(number, sizeof number, "%lld", (long long)++*last);
        NOI_TRY(add_sheet(&added, add, registry, row, noi_str_of(number)));
    }
    return NOI_OK;
}

static noi_status give_sheets(noi_concordance *out, noi_registry *registry, int64_t run) {
    NOI_AUTO(free_largest) largest in_use = {0};
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *add = NULL;
    NOI_TRY(load_largest(&in_use, registry));
    NOI_TRY(noi_prepare(&q, registry, "concordance/sheets"));
    NOI_TRY(noi_prepare(&add, registry, "concordance/sheet_add"));
    noi_bind_int(add, 5, run);
    int64_t unit = 0, last = 0;
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        if (noi_column_int(q, 0) != unit) {
            unit = noi_column_int(q, 0);
            last = largest_of(&in_use, unit);
        }
        NOI_TRY(give_sheet(&last, add, registry, q));
        out->given++;
    }
}

/* What became of one parcel; counted. */
static const char *parcel_state(noi_concordance *out, noi_stmt *row) {
    if (noi_column_text(row, 5).n == 0) {
        bool assigned = noi_column_int(row, 7) == 1;
        *(assigned ? &out->unnumbered : &out->waiting) += 1;
        return assigned ? "unnumbered" : "waiting";
    }
    if (noi_column_int(row, 6) > 1) {
        out->collisions++;
        return "collision";
    }
    bool same = noi_str_eq(noi_column_text(row, 2), noi_column_text(row, 5));
    *(same ? &out->kept : &out->renumbered) += 1;
    return same ? "kept" : "renumbered";
}

static void add_fields(noi_buf *line, noi_stmt *row, const int *columns, size_t n) {
    for (size_t i = 0; i < n; i++) {
        noi_csv_add_field(line, noi_column_text(row, columns[i]));
        noi_buf_add_char(line, ',');
    }
}

/* Rows of a query as CSV, the state last. */
static noi_status write_rows(noi_concordance *out, noi_registry *registry, const char *query,
                             const int *columns, size_t n,
                             const char *(*state)(noi_concordance *, noi_stmt *), noi_out *to) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO_BUF noi_buf line = {0};
    NOI_TRY(noi_prepare(&q, registry, query));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        noi_buf_clear(&line);
        add_fields(&line, q, columns, n);
        noi_buf_printf(&line, "%s\n", state(out, q));
        NOI_TRY(noi_out_write(to, line.p, line.n));
    }
}

noi_status noi_concord_parcels(noi_concordance *out, noi_registry *registry, noi_out *to) {
    static const int columns[] = {4, 5, 3, 1, 2, 3, 0};
    *out = (noi_concordance){0};
    NOI_TRY(give_numbers(out, registry, "concordance parcels", "ledger/sheet_numbers",
                         give_sheets));
    NOI_TRY(noi_out_printf(to, "new_code,new_sheet,new_parcel,old_code,old_sheet,old_parcel,key,"
                               "state\n"));
    return write_rows(out, registry, "concordance/parcels", columns,
                      sizeof columns / sizeof *columns, parcel_state, to);
}

/* ---- residence files ------------------------------------------------------------------------- */

static noi_status add_file(bool *added, noi_stmt *add, noi_registry *registry, noi_stmt *row,
                           noi_str number) {
    noi_bind_int(add, 1, noi_column_int(row, 0));
    noi_bind_int(add, 2, noi_column_int(row, 1));
    noi_bind_text(add, 3, number);
    NOI_TRY(noi_run(add));
    *added = noi_changed(registry) == 1;
    return NOI_OK;
}

/* Two files of one old unit with one number stay a person's matter: the second gets none. */
static noi_status give_file(noi_concordance *out, noi_stmt *add, noi_registry *registry,
                            noi_stmt *row, noi_buf *longer) {
    bool added = false;
    NOI_TRY(add_file(&added, add, registry, row, noi_column_text(row, 3)));
    noi_str old_code = noi_column_text(row, 2);
    if (!added && old_code.n) {
        noi_buf_clear(longer);
        noi_buf_printf(longer, "%.*s-%.*s", NOI_STR_ARG(old_code),
                       NOI_STR_ARG(noi_column_text(row, 3)));
        NOI_TRY(add_file(&added, add, registry, row, noi_buf_view(longer)));
    }
    out->given += added;
    return NOI_OK;
}

static noi_status give_files(noi_concordance *out, noi_registry *registry, int64_t run) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *moved_on = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *add = NULL;
    NOI_AUTO_BUF noi_buf longer = {0};
    NOI_TRY(noi_prepare(&moved_on, registry, "concordance/files_moved_on"));
    NOI_TRY(noi_run(moved_on));
    out->taken_back = noi_changed(registry);
    NOI_TRY(noi_prepare(&q, registry, "concordance/files"));
    NOI_TRY(noi_prepare(&add, registry, "concordance/file_add"));
    noi_bind_int(add, 4, run);
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        NOI_TRY(give_file(out, add, registry, q, &longer));
    }
}

static const char *file_state(noi_concordance *out, noi_stmt *row) {
    bool assigned = noi_column_int(row, 5) == 1;
    if (noi_column_text(row, 4).n == 0) {
        *(assigned ? &out->unnumbered : &out->waiting) += 1;
        return assigned ? "doubled" : "waiting";
    }
    bool same = noi_str_eq(noi_column_text(row, 2), noi_column_text(row, 4));
    *(same ? &out->kept : &out->renumbered) += 1;
    return same ? "kept" : "renumbered";
}

noi_status noi_concord_files(noi_concordance *out, noi_registry *registry, noi_out *to) {
    static const int columns[] = {3, 4, 1, 2, 0};
    *out = (noi_concordance){0};
    NOI_TRY(give_numbers(out, registry, "concordance residence-files", "ledger/file_numbers",
                         give_files));
    NOI_TRY(noi_out_printf(to, "new_code,new_file,old_code,old_file,key,state\n"));
    NOI_TRY(write_rows(out, registry, "concordance/households", columns,
                       sizeof columns / sizeof *columns, file_state, to));
    out->collisions = out->renumbered + out->unnumbered;
    return NOI_OK;
}
