/* job.c: what the importers of the kinds share; see job.h. */
#include "importers/job.h"

#include "base/i18n.h"
#include "importers/rejects.h"
#include "registry/store.h"

#include <stdio.h>
#include <string.h>

/* ---- the account of rows ---- */

noi_status noi_job_reject(noi_job *job, int64_t line, noi_str column, noi_str value,
                          noi_reject reason, const char *remark) {
    job->result->rows_read++;
    job->result->rows_rejected++;
    job->result->rejected[reason]++;
    NOI_TRY(noi_rejects_add(job->rejects, line, column, value, reason, remark));
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/reject"));
    noi_bind_int(q, 1, job->source_id);
    noi_bind_int(q, 2, line);
    noi_bind_text(q, 3, column.p ? column : NOI_STR(""));
    noi_bind_text(q, 4, noi_str_of(noi_reject_key(reason)));
    return noi_run(q);
}

void noi_job_stored(noi_job *job) {
    job->result->rows_read++;
    job->result->rows_stored++;
}

noi_status noi_job_reject_field(noi_job *job, const noi_small_row *row, size_t field,
                                noi_reject reason, const char *remark) {
    return noi_job_reject(job, row->line, noi_str_of(job->file_kind->fields[field].name),
                          row->values[field].text, reason, remark);
}

noi_status noi_job_need_day(const noi_job *job, const char *why) {
    if (job->options->as_of != NOI_DAY_NONE)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("importing %s needs --as-of DAY"),
                                 noi_import_kind_key(job->kind));
    noi_hint("%s", why);
    return status;
}

/* ---- small tables
 * -------------------------------------------------------------------------------- */

noi_status noi_job_open_table(noi_table **out, int columns[NOI_MAX_FIELDS], bool *planar,
                              noi_job *job) {
    const noi_import_options *o = job->options;
    NOI_AUTO(noi_table_closep) noi_table *table = NULL;
    NOI_TRY(noi_table_open(&table, job->path, o->encoding, o->layer));
    NOI_TRY(noi_columns_find(columns, planar, &job->mapping, job->kind, job->name,
                             noi_table_columns(table), noi_table_n_columns(table), o->maps,
                             o->n_maps));
    snprintf(job->result->encoding, sizeof job->result->encoding, "%s",
             noi_encoding_key(noi_table_encoding(table)));
    *out = table;
    table = NULL;
    return NOI_OK;
}

/* The fields of a small row outlive it. */
static void copy_fields(noi_str *out, noi_arena *arena, const noi_table_row *row,
                        const int *columns, size_t n_fields) {
    for (size_t i = 0; i < n_fields; i++) {
        bool there = columns[i] >= 0 && (size_t)columns[i] < row->n;
        noi_str field = there ? row->field[columns[i]] : (noi_str){NULL, 0};
        out[i] = field.p ? (noi_str){noi_arena_strndup(arena, field.p, field.n), field.n} : field;
    }
}

static noi_status load_rows(noi_small_table *t, noi_job *job, noi_table *table,
                            const int *columns) {
    const noi_reading_rules rules = {job->file_kind, noi_table_encoding(table),
                                     noi_table_is_latin(table)};
    NOI_AUTO_BUF noi_buf scratch = {0};
    size_t capacity = 0;
    for (;;) {
        noi_table_row row;
        bool more = false;
        NOI_TRY(noi_table_next(&row, &more, table));
        if (!more)
            return NOI_OK;
        if (row.defect != NOI_REJECT_NONE) {
            NOI_TRY(noi_job_reject(job, row.line, NOI_STR(""), row.raw, row.defect, NULL));
            continue;
        }
        noi_str fields[NOI_MAX_FIELDS];
        copy_fields(fields, t->arena, &row, columns, job->file_kind->n);
        noi_value *values = noi_arena_alloc(t->arena, job->file_kind->n * sizeof *values);
        noi_row_outcome outcome = noi_values_read(values, fields, &rules, t->arena, &scratch);
        job->result->converted += outcome.converted;
        if (outcome.reason != NOI_REJECT_NONE) {
            NOI_TRY(noi_job_reject(job, row.line,
                                   noi_str_of(job->file_kind->fields[outcome.field].name),
                                   fields[outcome.field], outcome.reason, NULL));
            continue;
        }
        NOI_GROW(t->rows, capacity, t->n + 1);
        t->rows[t->n++] = (noi_small_row){row.line, values};
    }
}

noi_status noi_job_load_table(noi_small_table **out, noi_job *job) {
    int columns[NOI_MAX_FIELDS];
    bool planar = false;
    NOI_AUTO(noi_table_closep) noi_table *table = NULL;
    NOI_TRY(noi_job_open_table(&table, columns, &planar, job));
    NOI_AUTO(noi_small_table_freep) noi_small_table *t = noi_alloc_zero(1, sizeof *t);
    t->arena = noi_arena_new();
    NOI_TRY(load_rows(t, job, table, columns));
    *out = t;
    t = NULL;
    return NOI_OK;
}

void noi_small_table_free(noi_small_table *table) {
    if (!table)
        return;
    free(table->rows);
    noi_arena_free(table->arena);
    free(table);
}
