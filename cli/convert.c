/*
 * convert.c: `noi convert`: a column in, columns appended, rows and their order kept. Batches of
 * rows go through the pipeline, so gigabytes stream through constant memory on all processors.
 */
#include "cli/cli.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/pipeline.h"
#include "base/progress.h"
#include "merge/compile.h"
#include "plan/lookup.h"

#include <stdio.h>
#include <string.h>

#define ROWS 4096 /* of a batch */

typedef struct options {
    const char *out, *column, *code_column, *plan, *as_of;
} options;

typedef struct batch {
    size_t n;
    noi_buf raw, text, code; /* rows as they stand, and the two columns that are read */
    int32_t raw_at[ROWS + 1], text_at[ROWS + 1], code_at[ROWS + 1];
    bool bad[ROWS];  /* the row is no CSV row of this file */
    bool crlf[ROWS]; /* it ends with CR and LF */
    size_t n_bad;
    noi_verdict verdicts[ROWS];
    noi_buf out;
    uint64_t counts[NOI_UNPLACED + 1];
} batch;

typedef struct job {
    noi_csv *csv;
    noi_out *out;
    const noi_plan *plan;
    int text_column, code_column;
    noi_day as_of;
    char delimiter;
    bool crlf, bom; /* how the header ends, how the file begins */
    noi_progress progress;
    uint64_t counts[NOI_UNPLACED + 1], n_bad;
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
    free(b);
}

static void keep_field(noi_buf *to, const noi_csv_row *row, int column) {
    if (column >= 0 && (size_t)column < row->n)
        noi_buf_add(to, row->field[column].p, row->field[column].n);
}

static void keep_row(batch *b, const job *j, const noi_csv_row *row) {
    size_t i = b->n++;
    noi_buf_add(&b->raw, row->raw.p, row->raw.n);
    b->bad[i] = row->defect != NOI_CSV_FINE || row->n != noi_csv_header(j->csv)->n;
    if (!b->bad[i]) {
        keep_field(&b->text, row, j->text_column);
        keep_field(&b->code, row, j->code_column);
    }
    b->n_bad += b->bad[i];
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
    b->n = b->n_bad = 0;
    noi_buf_clear(&b->raw);
    noi_buf_clear(&b->text);
    noi_buf_clear(&b->code);
    size_t before = noi_csv_position(j->csv);
    noi_csv_row row;
    /* the size bound keeps offsets in 31 bits, whatever a row holds */
    while (b->n < ROWS && b->raw.n < (64u << 20) && noi_csv_next(&row, j->csv)) {
        if (row.raw.n > (1u << 30))
            return noi_fail(NOI_ERR_INPUT, _("line %lld is longer than 1 GiB"),
                            (long long)row.line);
        keep_row(b, j, &row);
    }
    noi_progress_add(&j->progress, noi_csv_position(j->csv) - before);
    *more = b->n > 0;
    return NOI_OK;
}

static void add_unit_fields(noi_buf *out, const noi_plan *plan, const noi_verdict *v, char mark) {
    char code[8] = "";
    bool assigned = v->new_unit != NOI_NO_UNIT;
    noi_buf_add_str(out, assigned ? noi_code_format(code, plan->units[v->new_unit].code) : "");
    noi_buf_add_char(out, mark);
    if (assigned)
        noi_csv_add_field(out, noi_str_of(noi_plan_text(plan, plan->units[v->new_unit].full_name)));
    noi_buf_add_char(out, mark);
    if (v->old_unit != NOI_NO_UNIT)
        noi_buf_add_str(out, noi_code_format(code, plan->units[v->old_unit].code));
    noi_buf_add_char(out, mark);
}

static void add_lists(noi_buf *out, const noi_plan *plan, const noi_verdict *v, char mark) {
    char code[8];
    for (size_t i = 0; i < v->n_candidates; i++)
        noi_buf_printf(out, "%s%s", i ? " " : "",
                       noi_code_format(code, plan->units[v->candidates[i]].code));
    noi_buf_add_char(out, mark);
    const char *space = "";
    for (uint32_t bit = 1; bit && bit <= v->warnings; bit <<= 1) {
        if (!(v->warnings & bit))
            continue;
        noi_buf_printf(out, "%s%s", space, noi_warning_key((noi_warning)bit));
        space = " ";
    }
}

static void add_columns(noi_buf *out, const job *j, const noi_verdict *v) {
    char mark = j->delimiter;
    noi_buf_add_char(out, mark);
    noi_buf_add_str(out, noi_verdict_status_key((noi_verdict_status)v->status));
    noi_buf_add_char(out, mark);
    add_unit_fields(out, j->plan, v, mark);
    if (v->method)
        noi_buf_add_str(out, noi_method_key((noi_method)v->method));
    noi_buf_add_char(out, mark);
    if (v->edge >= 0)
        noi_buf_add_str(out, noi_plan_text(j->plan, j->plan->edges[v->edge].clause));
    noi_buf_add_char(out, mark);
    add_lists(out, j->plan, v, mark);
}

static noi_status judge_rows(void *context, void *item) {
    const job *j = context;
    batch *b = item;
    noi_records records = {.n = b->n,
                           .text = {j->text_column >= 0 ? b->text_at : NULL, b->text.p},
                           .old_code = {j->code_column >= 0 ? b->code_at : NULL, b->code.p},
                           .as_of = j->as_of};
    NOI_TRY(noi_judge(b->verdicts, j->plan, &records));
    noi_buf_clear(&b->out);
    memset(b->counts, 0, sizeof b->counts);
    for (size_t i = 0; i < b->n; i++) {
        noi_buf_add(&b->out, b->raw.p + b->raw_at[i], (size_t)(b->raw_at[i + 1] - b->raw_at[i]));
        add_columns(&b->out, j, &b->verdicts[i]);
        if (b->bad[i])
            noi_buf_add_str(&b->out, "bad_row");
        noi_buf_add_str(&b->out, b->crlf[i] ? "\r\n" : "\n");
        b->counts[b->verdicts[i].status]++;
    }
    return NOI_OK;
}

static noi_status write_rows(void *context, void *item) {
    job *j = context;
    batch *b = item;
    for (size_t i = 0; i <= NOI_UNPLACED; i++)
        j->counts[i] += b->counts[i];
    j->n_bad += b->n_bad;
    return noi_out_write(j->out, b->out.p, b->out.n);
}

static noi_status write_header(job *j) {
    static const char *const names[] = {"noi_status",     "noi_new_code", "noi_new_name",
                                        "noi_old_code",   "noi_method",   "noi_clause",
                                        "noi_candidates", "noi_warning"};
    noi_str raw = noi_csv_header(j->csv)->raw;
    j->crlf = noi_csv_size(j->csv) > raw.n + 3 && raw.p[raw.n] == '\r';
    if (j->bom)
        NOI_TRY(noi_out_write(j->out, "\xEF\xBB\xBF", 3));
    NOI_TRY(noi_out_write(j->out, raw.p, raw.n));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (noi_csv_column(j->csv, names[i]) >= 0) {
            noi_status status =
                noi_fail(NOI_ERR_INPUT, _("the file already has a column %s"), names[i]);
            noi_hint(_("it was converted before; take the original file"));
            return status;
        }
        NOI_TRY(noi_out_printf(j->out, "%c%s", j->delimiter, names[i]));
    }
    return noi_out_printf(j->out, "%s", j->crlf ? "\r\n" : "\n");
}

static noi_status find_column(int *out, const noi_csv *csv, const char *name) {
    *out = name ? noi_csv_column(csv, name) : -1;
    if (!name || *out >= 0)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_INPUT, _("the file has no column '%s'"), name);
    NOI_AUTO_BUF noi_buf names = {0};
    const noi_csv_row *header = noi_csv_header(csv);
    for (size_t i = 0; i < header->n; i++)
        noi_buf_printf(&names, "%s%.*s", i ? ", " : "", NOI_STR_ARG(header->field[i]));
    noi_hint(_("its columns are: %s"), names.p);
    return status;
}

/* Columns would be appended in UTF-8 to rows in another encoding: refused, not mixed. */
static noi_status check_encoding(bool *bom, const char *path) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, path));
    noi_str sample = noi_map_bytes(map);
    sample.n = sample.n < (1u << 20) ? sample.n : 1u << 20;
    *bom = sample.n >= 3 && memcmp(sample.p, "\xEF\xBB\xBF", 3) == 0;
    noi_encoding encoding = noi_encoding_detect(sample);
    if (encoding == NOI_ENCODING_UTF8)
        return NOI_OK;
    noi_status status =
        noi_fail_at(NOI_ERR_INPUT, noi_path_base(path), 0,
                    _("the text is not UTF-8 (it looks like: %s)"), noi_encoding_key(encoding));
    noi_hint(_("save it as UTF-8 first; 'noi import' reads the other encodings as they are"));
    return status;
}

static noi_status run_job(job *j, const options *o, const char *in) {
    NOI_TRY(noi_refuse_overwrite(o->out, in));
    NOI_TRY(check_encoding(&j->bom, in));
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    NOI_TRY(noi_csv_open(&csv, in));
    j->csv = csv;
    j->delimiter = noi_csv_delimiter(csv);
    NOI_TRY(find_column(&j->text_column, csv, o->column));
    NOI_TRY(find_column(&j->code_column, csv, o->code_column));
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, o->out));
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

static noi_status convert(const options *o, const cli_operands *operands) {
    NOI_TRY(cli_want_operands("convert", operands, 1, 1));
    if (!o->out || (!o->column && !o->code_column))
        return noi_fail(NOI_ERR_USAGE, _("noi convert needs -o OUT.csv and --column COLUMN or "
                                         "--code-column COLUMN"));
    job j = {.as_of = NOI_DAY_NONE};
    if (o->as_of && (j.as_of = noi_day_parse(noi_str_of(o->as_of))) == NOI_DAY_NONE)
        return noi_fail(NOI_ERR_USAGE, _("--as-of wants a day such as 2025-06-30, not '%s'"),
                        o->as_of);
    NOI_AUTO_BUF noi_buf bytes = {0};
    NOI_AUTO(noi_plan_closep) noi_plan *plan = NULL;
    if (o->plan) {
        NOI_TRY(noi_plan_open(&plan, o->plan));
    } else {
        NOI_TRY(noi_plan_builtin(&plan, &bytes));
    }
    j.plan = plan;
    NOI_TRY(run_job(&j, o, operands->items[0]));
    uint64_t in = j.counts[NOI_ASSIGNED] + j.counts[NOI_AMBIGUOUS] + j.counts[NOI_UNPLACED];
    fprintf(stderr, _("in %llu = assigned %llu + ambiguous %llu + unplaced %llu\n"),
            (unsigned long long)in, (unsigned long long)j.counts[NOI_ASSIGNED],
            (unsigned long long)j.counts[NOI_AMBIGUOUS],
            (unsigned long long)j.counts[NOI_UNPLACED]);
    if (j.n_bad)
        fprintf(stderr, _("%llu rows are no rows of this file; kept, marked bad_row\n"),
                (unsigned long long)j.n_bad);
    return NOI_OK;
}

int cli_run_convert(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {
        {.name = "-o", .value = &o.out},
        {.name = "--column", .value = &o.column},
        {.name = "--code-column", .value = &o.code_column},
        {.name = "--plan", .value = &o.plan},
        {.name = "--as-of", .value = &o.as_of},
    };
    cli_operands operands;
    bool help = false;
    noi_status status =
        cli_parse(&operands, &help, "convert", argc, argv, table, sizeof table / sizeof *table);
    if (help)
        return 0;
    if (status == NOI_OK)
        status = convert(&o, &operands);
    return status == NOI_OK ? 0 : cli_fail(status);
}
