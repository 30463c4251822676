/*
 * job.h: one file on its way into the registry: what the importers of the kinds share. Private to
 * this folder.
 */
#ifndef NOI_IMPORTERS_JOB_H
#define NOI_IMPORTERS_JOB_H

#include "base/file.h"
#include "geo/crs.h"
#include "importers/values.h"
#include "registry/totals.h"

typedef struct noi_job {
    noi_registry *registry;
    noi_import_kind kind;
    const noi_file_kind *file_kind;
    const noi_import_options *options;
    const char *path, *name; /* name: the file's own, for messages */
    noi_file_look look; /* before it was read */
    int64_t source_id;
    noi_import_result *result;
    noi_buf mapping; /* "id=MaHoSo,…" for the source row */
    struct noi_rejects *rejects;
    noi_total totals[NOI_MAX_FIELDS]; /* of records: by field, of what is stored */
} noi_job;

/* Notes that a row was rejected: counted, written to the reject file and to the registry. `column`
 * and `value` may be empty; `remark` (NULL for none) is put behind the reason in the file. */
NOI_MUST_CHECK noi_status noi_job_reject(noi_job *job, int64_t line, noi_str column, noi_str value,
                                         noi_reject reason, const char *remark);
void noi_job_stored(noi_job *job);

/* A table opened for this job, its columns found and its encoding noted in the result. */
NOI_MUST_CHECK noi_status noi_job_open_table(noi_table **out, int columns[NOI_MAX_FIELDS],
                                             bool *planar, noi_job *job);

/* All good rows of a small table, decoded; bad ones are rejected already. */
typedef struct noi_small_row {
    int64_t line;
    const noi_value *values; /* in the order of the kind's fields */
} noi_small_row;
typedef struct noi_small_table {
    size_t n;
    noi_small_row *rows;
    noi_arena *arena;
} noi_small_table;
NOI_MUST_CHECK noi_status noi_job_load_table(noi_small_table **out, noi_job *job);
void noi_small_table_free(noi_small_table *table); /* accepts NULL */
NOI_DEFINE_AUTO(noi_small_table, noi_small_table_free)

/* Rejects a row of a small table for one of its fields. */
NOI_MUST_CHECK noi_status noi_job_reject_field(noi_job *job, const noi_small_row *row, size_t field,
                                               noi_reject reason, const char *remark);

/* Refuses with NOI_ERR_USAGE when --as-of is missing; `why` says what the day is. */
NOI_MUST_CHECK noi_status noi_job_need_day(const noi_job *job, const char *why);

/* The importers. Each runs inside the job's transaction. */
NOI_MUST_CHECK noi_status noi_import_units(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_aliases(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_district_aliases(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_crosswalk(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_decree(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_layer(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_split_rules(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_case_rules(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_decision_rules(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_procedures(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_offices(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_case_aliases(noi_job *job);
NOI_MUST_CHECK noi_status noi_import_records(noi_job *job);

#endif
