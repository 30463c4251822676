/*
 * convert_csv.c: the way of UTF-8 CSV files: rows keep their very bytes and get fields appended.
 * Batches of rows go through the pipeline, so gigabytes stream through constant memory on all
 * processors.
 */
#include "cli/convert.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/pipeline.h"
#include "base/progress.h"

#include <stdio.h>
#include <string.h>

typedef struct batch {
    size_t n;
    noi_buf raw, text, code; /* rows as they stand, and the two columns that are read */
    int32_t raw_at[CONVERT_ROWS + 1], text_at[CONVERT_ROWS + 1], code_at[CONVERT_ROWS + 1];
    bool bad[CONVERT_ROWS];  /* the row is no CSV row of this file */
    bool crlf[CONVERT_ROWS]; /* it ends with CR and LF */
    noi_verdict verdicts[CONVERT_ROWS];
    convert_fields fields;
    noi_buf out;
    convert_account account;
} batch;

typedef struct job {
    noi_csv *csv;
    noi_out *out;
    const convert_options *options;
    int parts[CONVERT_MOST_PARTS], code_column;
    char delimiter;
    bool crlf, bom; /* how the header ends, how the file begins */
    noi_progress progress;
    convert_account account;
} job;

static void *new_batch(void *context) {
    (void)context;
    return noi_alloc_zero(1, sizeof(batch));
}

static void free_batch(void *context, void *item) {
    (void)context;
    batch *b = item;
    noi_buf_free(&b->raw);
    noi_buf_free(&b->text);
    noi_buf_free(&b->code);
    noi_buf_free(&b->out);
    noi_buf_free(&b->fields.bytes);
    free(b);
}

static noi_str field_of(const noi_csv_row *row, int column) {
    return column >= 0 && (size_t)column < row->n ? row->field[column] : (noi_str){NULL, 0};
}

static void keep_fields(batch *b, const job *j, const noi_csv_row *row) {
    size_t from = b->text.n;
    for (size_t i = 0; i < j->options->n_parts; i++)
        convert_add_part(&b->text, from, field_of(row, j->parts[i]));
    noi_str code = field_of(row, j->code_column);
    noi_buf_add(&b->code, code.p, code.n);
}

static void keep_row(batch *b, const job *j, const noi_csv_row *row) {
    size_t i = b->n++;
    noi_buf_add(&b->raw, row->raw.p, row->raw.n);
    b->bad[i] = row->defect != NOI_CSV_FINE || row->n != noi_csv_header(j->csv)->n;
    if (!b->bad[i])
        keep_fields(b, j, row);
    b->account.n_bad += b->bad[i];
    /* Behind the last row may be nothing; any other has its line end behind it in the mapped file.
     */
    bool is_last = noi_csv_position(j->csv) >= noi_csv_size(j->csv);
    b->crlf[i] = is_last ? j->crlf : row->raw.p[row->raw.n] == '\r';
    b->raw_at[i + 1] = (int32_t)b->raw.n;
    b->text_at[i + 1] = (int32_t)b->text.n;
    b->code_at[i + 1] = (int32_t)b->code.n;
}

static noi_status read_rows(void *context, void *item, bool *more) {
    job *j = context;
    batch *b = item;
    b->n = 0;
    b->account = (convert_account){0};
    noi_buf_clear(&b->raw);
    noi_buf_clear(&b->text);
    noi_buf_clear(&b->code);
    size_t before = noi_csv_position(j->csv);
    noi_csv_row row;
    /* the size bound keeps offsets in 31 bits, whatever a row holds */
    while (b->n < CONVERT_ROWS && b->raw.n < (64u << 20) && noi_csv_next(&row, j->csv)) {
        if (row.raw.n > (1u << 30))
            return noi_fail(NOI_ERR_INPUT, _("line %lld is longer than 1 GiB"),
                            (long long)row.line);
        keep_row(b, j, &row);
    }
    noi_progress_add(&j->progress, noi_csv_position(j->csv) - before);
    *more = b->n > 0;
    return NOI_OK;
}

static void add_columns(batch *b, const job *j, const noi_verdict *v) {
    convert_fields *f = &b->fields;
    convert_fill(f, j->options->plan, v);
    for (size_t i = 0; i < CONVERT_N_COLUMNS; i++) {
        noi_buf_add_char(&b->out, j->delimiter);
        noi_csv_add_field(&b->out, (noi_str){f->bytes.p + f->at[i], f->at[i + 1] - f->at[i]});
    }
}

static noi_status judge_rows(void *context, void *item) {
    const job *j = context;
    batch *b = item;
    const convert_options *o = j->options;
    noi_records records = {.n = b->n,
                           .text = {o->n_parts ? b->text_at : NULL, b->text.p},
                           .old_code = {j->code_column >= 0 ? b->code_at : NULL, b->code.p},
                           .as_of = o->as_of};
    NOI_TRY(noi_judge(b->verdicts, o->plan, &records));
    convert_count(&b->account, b->verdicts, b->n);
    noi_buf_clear(&b->out);
    for (size_t i = 0; i < b->n; i++) {
        noi_buf_add(&b->out, b->raw.p + b->raw_at[i], (size_t)(b->raw_at[i + 1] - b->raw_at[i]));
        add_columns(b, j, &b->verdicts[i]);
        if (b->bad[i])
            noi_buf_add_str(&b->out, "bad_row");
        noi_buf_add_str(&b->out, b->crlf[i] ? "\r\n" : "\n");
    }
    return NOI_OK;
}

static noi_status write_rows(void *context, void *item) {
    job *j = context;
    batch *b = item;
    convert_sum(&j->account, &b->account);
    return noi_out_write(j->out, b->out.p, b->out.n);
}

static noi_status write_header(job *j) {
    const noi_csv_row *header = noi_csv_header(j->csv);
    noi_str raw = header->raw;
    j->crlf = noi_csv_size(j->csv) > raw.n + 3 && raw.p[raw.n] == '\r';
    NOI_TRY(convert_refuse_twice(header->field, header->n));
    if (j->bom)
        NOI_TRY(noi_out_write(j->out, "\xEF\xBB\xBF", 3));
    NOI_TRY(noi_out_write(j->out, raw.p, raw.n));
    for (size_t i = 0; i < CONVERT_N_COLUMNS; i++)
        NOI_TRY(noi_out_printf(j->out, "%c%s", j->delimiter, convert_columns[i]));
    return noi_out_printf(j->out, "%s", j->crlf ? "\r\n" : "\n");
}

static bool begins_with_mark(noi_str bytes) {
    return bytes.n >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0;
}

static noi_status find_columns(job *j, const convert_options *o) {
    const noi_csv_row *header = noi_csv_header(j->csv);
    for (size_t i = 0; i < o->n_parts; i++)
        NOI_TRY(convert_find(&j->parts[i], header->field, header->n, o->parts[i]));
    return convert_find(&j->code_column, header->field, header->n, o->code_column);
}

static noi_status run_job(job *j, const convert_options *o) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, o->in));
    j->bom = begins_with_mark(noi_map_bytes(map));
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_TRY(noi_csv_open(&csv, o->in));
    j->csv = csv;
    j->delimiter = noi_csv_delimiter(csv);
    NOI_TRY(find_columns(j, o));
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open_private(&out, o->out));
    j->out = out;
    NOI_TRY(write_header(j));
    j->progress = noi_progress_begin(_("Converting"), noi_csv_size(csv));
    noi_pipeline pipeline = {.context = j,
                             .new_batch = new_batch,
                             .free_batch = free_batch,
                             .read = read_rows,
                             .work = judge_rows,
                             .write = write_rows};
    NOI_TRY(noi_pipeline_run(&pipeline));
    noi_progress_end(&j->progress);
    return noi_out_commit(out);
}

noi_status convert_csv(convert_account *out, const convert_options *o) {
    job j = {.options = o};
    NOI_TRY(run_job(&j, o));
    *out = j.account;
    return NOI_OK;
}
