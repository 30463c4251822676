/*
 * convert_table.c: the way of everything that is no CSV in UTF-8: other encodings, XLSX and what else
 * OGR reads, and results as XLSX. Rows become text in UTF-8 and keep their order and their columns;
 * of a sheet, numbers stay numbers and days stay days. Formulas, formats and further sheets of an
 * XLSX file are not carried over.
 */
#include "cli/convert.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "exporters/xlsx.h"
#include "importers/table.h"

#include <stdio.h>
#include <string.h>

/* Rows read, their fields one behind the other: field c of row i is number i * n_columns + c. */
typedef struct rows {
    size_t n;
    noi_buf cells, text, code;
    size_t *cell_at; /* CONVERT_ROWS * n_columns + 1 */
    int32_t text_at[CONVERT_ROWS + 1], code_at[CONVERT_ROWS + 1];
} rows;

typedef struct job {
    const convert_options *options;
    noi_table *table;
    size_t n_columns;
    int parts[CONVERT_MOST_PARTS], code_column;
    noi_xlsx *xlsx; /* one of these two */
    noi_out *csv;
    rows rows;
    noi_verdict *verdicts;
    convert_fields fields;
    noi_str *row; /* of all columns, those appended too */
    noi_buf line;
    convert_account account;
    noi_progress progress;
} job;

static void free_job(job *j) {
    noi_table_close(j->table);
    noi_xlsx_close(j->xlsx);
    noi_out_close(j->csv);
    noi_buf_free(&j->rows.cells);
    noi_buf_free(&j->rows.text);
    noi_buf_free(&j->rows.code);
    noi_buf_free(&j->fields.bytes);
    noi_buf_free(&j->line);
    free(j->rows.cell_at);
    free(j->verdicts);
    free(j->row);
}

/* ---- reading --------------------------------------------------------------------------------- */

static noi_status keep_cell(job *j, const noi_table_row *row, size_t column) {
    noi_encoding encoding = noi_table_encoding(j->table);
    bool has = column < row->n && row->field[column].n;
    if (!has)
        return NOI_OK;
    noi_str bytes = row->field[column];
    bool plain = encoding == NOI_ENCODING_UTF8 || encoding == NOI_ENCODING_UTF16LE ||
                 encoding == NOI_ENCODING_UTF16BE;
    if (plain && noi_utf8_is_valid(bytes)) {
        noi_buf_add(&j->rows.cells, bytes.p, bytes.n);
        return NOI_OK;
    }
    if (!plain && noi_text_to_utf8(&j->rows.cells, bytes, encoding) == NOI_OK)
        return NOI_OK;
    noi_str name = noi_table_columns(j->table)[column];
    noi_status status = noi_fail_at(NOI_ERR_INPUT, noi_path_base(j->options->in), row->line,
                                    _("column %.*s is not text in %s"), NOI_STR_ARG(name),
                                    noi_encoding_key(encoding));
    noi_hint(_("name the right encoding with --encoding"));
    return status;
}

static noi_str cell(const job *j, size_t row, int column) {
    if (column < 0)
        return (noi_str){NULL, 0};
    const size_t *at = &j->rows.cell_at[row * j->n_columns + (size_t)column];
    return (noi_str){j->rows.cells.p + at[0], at[1] - at[0]};
}

static noi_status keep_row(job *j, const noi_table_row *row) {
    rows *r = &j->rows;
    size_t i = r->n;
    if (row->defect != NOI_REJECT_NONE)
        return noi_fail_at(NOI_ERR_INPUT, noi_path_base(j->options->in), row->line,
                           _("the row cannot be read: %s"), noi_reject_key(row->defect));
    for (size_t c = 0; c < j->n_columns; c++) {
        NOI_TRY(keep_cell(j, row, c));
        r->cell_at[i * j->n_columns + c + 1] = r->cells.n;
    }
    size_t from = r->text.n;
    for (size_t p = 0; p < j->options->n_parts; p++)
        convert_add_part(&r->text, from, cell(j, i, j->parts[p]));
    noi_str code = cell(j, i, j->code_column);
    noi_buf_add(&r->code, code.p, code.n);
    r->text_at[i + 1] = (int32_t)r->text.n;
    r->code_at[i + 1] = (int32_t)r->code.n;
    r->n++;
    return NOI_OK;
}

static noi_status read_rows(job *j, bool *more) {
    rows *r = &j->rows;
    r->n = 0;
    noi_buf_clear(&r->cells);
    noi_buf_clear(&r->text);
    noi_buf_clear(&r->code);
    size_t before = noi_table_position(j->table);
    for (*more = true; *more && r->n < CONVERT_ROWS && r->cells.n < (64u << 20);) {
        noi_table_row row;
        NOI_TRY(noi_table_next(&row, more, j->table));
        if (*more)
            NOI_TRY(keep_row(j, &row));
    }
    noi_progress_add(&j->progress, noi_table_position(j->table) - before);
    return NOI_OK;
}

/* ---- writing --------------------------------------------------------------------------------- */

static noi_status write_row(job *j, size_t i) {
    size_t n = j->n_columns + CONVERT_N_COLUMNS;
    for (size_t c = 0; c < j->n_columns; c++)
        j->row[c] = cell(j, i, (int)c);
    convert_fill(&j->fields, j->options->plan, &j->verdicts[i]);
    for (size_t c = 0; c < CONVERT_N_COLUMNS; c++)
        j->row[j->n_columns + c] = (noi_str){j->fields.bytes.p + j->fields.at[c],
                                             j->fields.at[c + 1] - j->fields.at[c]};
    if (j->xlsx)
        return noi_xlsx_row(j->xlsx, j->row, n);
    noi_buf_clear(&j->line);
    for (size_t c = 0; c < n; c++) {
        if (c)
            noi_buf_add_char(&j->line, ',');
        noi_csv_add_field(&j->line, j->row[c]);
    }
    noi_buf_add_char(&j->line, '\n');
    return noi_out_write(j->csv, j->line.p, j->line.n);
}

static noi_status convert_rows(job *j) {
    const convert_options *o = j->options;
    for (bool more = true; more;) {
        NOI_TRY(read_rows(j, &more));
        const noi_records records = {
            .n = j->rows.n,
            .text = {o->n_parts ? j->rows.text_at : NULL, j->rows.text.p},
            .old_code = {j->code_column >= 0 ? j->rows.code_at : NULL, j->rows.code.p},
            .as_of = o->as_of};
        NOI_TRY(noi_judge(j->verdicts, o->plan, &records));
        convert_count(&j->account, j->verdicts, j->rows.n);
        for (size_t i = 0; i < j->rows.n; i++)
            NOI_TRY(write_row(j, i));
    }
    return NOI_OK;
}

static noi_status begin_xlsx(job *j, const noi_str *columns) {
    static const noi_xlsx_type types[] = {[NOI_COLUMN_TEXT] = NOI_XLSX_TEXT,
                                          [NOI_COLUMN_NUMBER] = NOI_XLSX_NUMBER,
                                          [NOI_COLUMN_DAY] = NOI_XLSX_DAY};
    size_t n = j->n_columns + CONVERT_N_COLUMNS;
    NOI_AUTO_FREE noi_xlsx_column *all = noi_alloc_zero(n, sizeof *all);
    for (size_t c = 0; c < j->n_columns; c++)
        all[c] = (noi_xlsx_column){columns[c], types[noi_table_column_type(j->table, c)], 0};
    for (size_t c = 0; c < CONVERT_N_COLUMNS; c++)
        all[j->n_columns + c].title = noi_str_of(convert_columns[c]);
    NOI_TRY(noi_xlsx_create(&j->xlsx, j->options->out));
    return noi_xlsx_begin(j->xlsx, "noi", all, n);
}

static noi_status begin_csv(job *j, const noi_str *columns) {
    NOI_TRY(noi_out_open_private(&j->csv, j->options->out));
    for (size_t c = 0; c < j->n_columns; c++) {
        noi_csv_add_field(&j->line, columns[c]);
        noi_buf_add_char(&j->line, ',');
    }
    for (size_t c = 0; c < CONVERT_N_COLUMNS; c++)
        noi_buf_printf(&j->line, "%s%c", convert_columns[c], c + 1 < CONVERT_N_COLUMNS ? ',' : '\n');
    return noi_out_write(j->csv, j->line.p, j->line.n);
}

static noi_status open_job(job *j) {
    const convert_options *o = j->options;
    NOI_TRY(noi_table_open(&j->table, o->in, o->encoding, o->layer));
    const noi_str *columns = noi_table_columns(j->table);
    j->n_columns = noi_table_n_columns(j->table);
    for (size_t i = 0; i < o->n_parts; i++)
        NOI_TRY(convert_find(&j->parts[i], columns, j->n_columns, o->parts[i]));
    NOI_TRY(convert_find(&j->code_column, columns, j->n_columns, o->code_column));
    NOI_TRY(convert_refuse_twice(columns, j->n_columns));
    j->rows.cell_at = noi_alloc_zero(CONVERT_ROWS * j->n_columns + 1, sizeof *j->rows.cell_at);
    j->verdicts = noi_alloc(CONVERT_ROWS * sizeof *j->verdicts);
    j->row = noi_alloc((j->n_columns + CONVERT_N_COLUMNS) * sizeof *j->row);
    return noi_xlsx_is_named(o->out) ? begin_xlsx(j, columns) : begin_csv(j, columns);
}

noi_status convert_table(convert_account *out, const convert_options *o) {
    NOI_AUTO(free_job) job j = {.options = o};
    NOI_TRY(open_job(&j));
    j.progress = noi_progress_begin(_("Converting"), noi_table_size(j.table));
    NOI_TRY(convert_rows(&j));
    noi_progress_end(&j.progress);
    NOI_TRY(j.xlsx ? noi_xlsx_commit(j.xlsx) : noi_out_commit(j.csv));
    *out = j.account;
    return NOI_OK;
}
