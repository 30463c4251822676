/* csv_files.c: the tables of the report as CSV: UTF-8, comma, column names that do not change. */
#include "report/page.h"

#include "base/csv.h"
#include "base/file.h"

#include <inttypes.h>
#include <stdio.h>

/* One more field; the first field of every row here is never empty. */
static void text(noi_buf *row, const char *value) {
    if (row->n)
        noi_buf_add_char(row, ',');
    noi_csv_add_field(row, noi_str_of(value ? value : ""));
}

static void number(noi_buf *row, int64_t value) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, value);
    text(row, digits);
}

static void count(noi_buf *row, const noi_count *c) {
    number(row, c->records);
    number(row, c->assigned);
    number(row, c->ambiguous);
    number(row, c->unplaced);
}

static noi_status open_file(noi_out **out, const noi_report *report, const char *name,
                            const char *header) {
    NOI_AUTO_FREE char *path = noi_format("%s/%s", report->folder, name);
    NOI_TRY(noi_out_open(out, path));
    return noi_out_printf(*out, "%s\n", header);
}

/* Ends the row, writes it and empties it for the next. */
static noi_status write_row(noi_out *out, noi_buf *row) {
    noi_buf_add_char(row, '\n');
    noi_status status = noi_out_write(out, row->p, row->n);
    noi_buf_clear(row);
    return status;
}

static const char *kind_key(int kind) {
    static const char *const keys[NOI_TALLY_KINDS] = {"", "address", "household", "parcel", "case"};
    return keys[kind];
}

static noi_status account(const noi_report *report) {
    const noi_tally *t = report->tally;
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_AUTO_BUF noi_buf row = {0};
    NOI_TRY(open_file(
        &out, report, "account.csv",
        "source,sha256,kind,rows_read,rows_rejected,records,assigned,ambiguous,unplaced"));
    for (size_t i = 0; i < t->n_sources; i++) {
        const noi_source_count *s = &t->sources[i];
        if (!s->kind)
            continue;
        text(&row, s->name);
        text(&row, s->sha256);
        text(&row, kind_key(s->kind));
        number(&row, s->rows_read);
        number(&row, s->rows_rejected);
        count(&row, &s->count);
        NOI_TRY(write_row(out, &row));
    }
    return noi_out_commit(out);
}

static noi_status by_key(const noi_report *report) {
    const noi_tally *t = report->tally;
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_AUTO_BUF noi_buf row = {0};
    NOI_TRY(open_file(&out, report, "by_method.csv", "verdict,kind,method_or_reason,records"));
    for (int kind = 1; kind < NOI_TALLY_KINDS; kind++)
        for (size_t i = 0; i < NOI_TALLY_METHODS + NOI_TALLY_REASONS; i++) {
            bool assigned = i < NOI_TALLY_METHODS;
            size_t at = assigned ? i : i - NOI_TALLY_METHODS;
            int64_t n = assigned ? t->method[at][kind] : t->reason[at][kind];
            if (n == 0)
                continue;
            text(&row, assigned ? "assigned" : "not_assigned");
            text(&row, kind_key(kind));
            text(&row, assigned ? noi_method_key((noi_method)at) : noi_reason_key((noi_reason)at));
            number(&row, n);
            NOI_TRY(write_row(out, &row));
        }
    return noi_out_commit(out);
}

static void unit_fields(noi_buf *row, const noi_unit_row *unit) {
    char code[8];
    text(row, noi_code_format(code, unit->code));
    text(row, unit->kind);
    text(row, unit->name);
}

/* Both tables of units come from one query: id, old units that lead in, new units it leads to. */
static noi_status by_unit(const noi_report *report, bool old_side) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_AUTO_BUF noi_buf line = {0};
    NOI_TRY(open_file(&out, report, old_side ? "by_old_unit.csv" : "by_unit.csv",
                      old_side
                          ? "code,kind,name,district,new_units,records,assigned,ambiguous,unplaced"
                          : "code,kind,name,old_units,assigned,may_still_come"));
    NOI_TRY(noi_prepare(&stmt, report->registry, "report/unit_edges"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return noi_out_commit(out);
        int64_t id = noi_column_int(stmt, 0), n = noi_column_int(stmt, old_side ? 2 : 1);
        const noi_unit_row *unit = noi_report_unit(report, id);
        if (!unit || n == 0 || (size_t)id >= report->tally->n_units)
            continue;
        const noi_unit_count *c = &report->tally->units[id];
        unit_fields(&line, unit);
        if (old_side) {
            text(&line, unit->district_name);
            number(&line, n);
            count(&line, &c->as_old);
        } else {
            number(&line, n);
            number(&line, c->assigned);
            number(&line, c->waiting);
        }
        NOI_TRY(write_row(out, &line));
    }
}

/* All rows of a query, its first `columns` columns as texts. */
static noi_status from_query(const noi_report *report, const char *file, const char *header,
                             const char *query, int columns) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_AUTO_BUF noi_buf line = {0};
    NOI_TRY(open_file(&out, report, file, header));
    NOI_TRY(noi_prepare(&stmt, report->registry, query));
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return noi_out_commit(out);
        for (int i = 0; i < columns; i++) {
            if (i)
                noi_buf_add_char(&line, ',');
            noi_csv_add_field(&line, noi_column_text(stmt, i));
        }
        NOI_TRY(write_row(out, &line));
    }
}

noi_status noi_report_csv(const noi_report *report) {
    NOI_TRY(account(report));
    NOI_TRY(by_key(report));
    NOI_TRY(by_unit(report, false));
    NOI_TRY(by_unit(report, true));
    NOI_TRY(from_query(report, "crosswalk.csv",
                       "old_code,new_code,part,scope,resolution,clause,basis,old_full_name,"
                       "old_district,new_full_name",
                       "report/crosswalk", 10));
    return from_query(report, "findings.csv",
                      "rule,severity,subject_kind,subject,unit,other_unit,found,expected,lon,lat",
                      "report/findings_table", 10);
}
