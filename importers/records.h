/*
 * records.h: what reading a file of records (records.c) and catching up with it (catch_up.c) share. Private to
 * this folder.
 */
#ifndef NOI_IMPORTERS_RECORDS_H
#define NOI_IMPORTERS_RECORDS_H

#include "base/progress.h"
#include "importers/job.h"
#include "importers/key_set.h"
#include "importers/point_error.h"

#define BATCH_ROWS 1024
#define GROUP_ROWS 32 /* inserted by one statement */

typedef struct noi_row {
    int64_t line;
    noi_str raw;
    noi_row_outcome outcome;
} noi_row;

typedef struct noi_batch {
    size_t n;
    noi_row *rows;
    noi_str *fields;   /* BATCH_ROWS * kind->n */
    noi_value *values; /* the same */
    noi_arena *arena;
    noi_buf scratch;
    noi_crs *crs; /* a transformation serves one thread at a time, so each batch has its own */
    double *xy[2];
} noi_batch;

typedef struct noi_record_file {
    noi_job *job;
    const noi_file_kind *kind;
    noi_table *table;
    int columns[NOI_MAX_FIELDS];
    noi_reading_rules rules;
    size_t x, y; /* fields of the point; kind->n for none */
    size_t error, geocoder, changed, gone;
    noi_point_error_rules errors;
    char *crs;   /* NULL when points are degrees already */
    noi_stmt *insert, *insert_group, *first;
    bool begun;
    noi_key_set *keys; /* NULL while the index tells of repeated keys */
    noi_stmt *at;      /* a row by its number, with `keys` */
    uint32_t last;     /* the last row's number, with `keys` */
    struct noi_catch_up *catch_up; /* NULL: keys that are stored are rejected */
    noi_progress progress;
    size_t position;
} noi_record_file;

/* The field of that type; kind->n when there is none. */
size_t noi_field_of_type(const noi_file_kind *kind, noi_field_type type);

/* Whether the field is a column of the record's table. */
bool noi_field_is_stored(noi_field_type type);

/* Binds a row from parameter `at` on; returns the parameter behind its last. */
int noi_row_bind(noi_stmt *q, int at, const noi_record_file *r, const noi_row *one, const noi_value *values);

/* Rejects a row for what its outcome says. */
NOI_MUST_CHECK noi_status noi_row_reject(noi_record_file *r, const noi_row *one, const noi_str *fields);

/* What a row adds to the control totals, by field: what was read, not what was bound, so that they also find
 * a value in the wrong column. */
void noi_row_total(noi_total *totals, const noi_record_file *r, const noi_value *values);

/* Counts what a row that is taken in tells of its file. */
void noi_row_count(noi_record_file *r, const noi_row *one, const noi_value *values);

#endif
