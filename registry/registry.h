/*
 * registry.h: the one SQLite/SpatiaLite file in which everything is stored, and the only door to
 * it. The schema is registry/sql/schema/NNN_*.sql, applied in order (PRAGMA user_version counts).
 * Every query is a file, registry/sql/<module>/<name>.sql, embedded in the program, prepared by its
 * name "<module>/<name>"; it opens as it is in SQLite's own shell.
 *
 * One connection belongs to one thread at a time. Statements belong to their registry and must be
 * closed before it.
 */
#ifndef NOI_REGISTRY_REGISTRY_H
#define NOI_REGISTRY_REGISTRY_H

#include "base/date.h"

typedef struct noi_registry noi_registry;
typedef struct noi_stmt noi_stmt;

/* Makes a new registry, readable by its owner alone. NOI_ERR_CONFLICT when the file exists. */
NOI_MUST_CHECK noi_status noi_registry_create(noi_registry **out, const char *path);

typedef enum noi_open_mode { NOI_OPEN_READ, NOI_OPEN_WRITE } noi_open_mode;
/* Opens, and in NOI_OPEN_WRITE mode applies newer migrations. NOI_ERR_IO: not there or not
 * readable; NOI_ERR_INPUT: not a registry; NOI_ERR_CONFLICT: of a newer program, or held by another
 * writer (waits at most 2 s, then names the fact). A registry opened to read refuses writes. */
NOI_MUST_CHECK noi_status noi_registry_open(noi_registry **out, const char *path,
                                            noi_open_mode mode);
void noi_registry_close(
    noi_registry *registry); /* accepts NULL; rolls back what is not committed */
NOI_DEFINE_AUTO(noi_registry, noi_registry_close)
const char *noi_registry_path(const noi_registry *registry);

/* Transactions do not nest. Closing without commit rolls back. noi_begin takes the write lock at
 * once (BEGIN IMMEDIATE). */
NOI_MUST_CHECK noi_status noi_begin(noi_registry *registry);
NOI_MUST_CHECK noi_status noi_commit(noi_registry *registry);
void noi_rollback(noi_registry *registry);
/* Commits after NOI_OK; rolls back after a failure, which is returned with its message. */
NOI_MUST_CHECK noi_status noi_end(noi_registry *registry, noi_status status);

/* Foreign keys are checked at every row until this is asked for `false`: for millions of rows whose
 * keys were all read from the tables they point into while this writer held the lock. Whoever turns
 * it off turns it on again when the rows are in. NOI_ERR_INTERNAL inside a transaction. */
NOI_MUST_CHECK noi_status noi_check_keys(noi_registry *registry, bool on);

/* Sorting stays in memory, however much it takes, until this is asked for `true`: then it spills to
 * the folder of temporary files (SQLITE_TMPDIR, else /var/tmp or /tmp) beyond the size of the page
 * cache. NOI_ERR_INTERNAL inside a transaction. Drops temporary tables. */
NOI_MUST_CHECK noi_status noi_sort_on_disk(noi_registry *registry, bool on);

/* Prepares "<module>/<name>". Yours: noi_stmt_close. A missing name is NOI_ERR_INTERNAL. */
NOI_MUST_CHECK noi_status noi_prepare(noi_stmt **out, noi_registry *registry, const char *query);
/* The same for an INSERT of many rows at once, a third cheaper a row than one by one: its VALUES
 * (?1, …, ?n) is repeated `rows` times, parameter j of row i (from 0) is number i * n + j. */
NOI_MUST_CHECK noi_status noi_prepare_rows(noi_stmt **out, noi_registry *registry,
                                           const char *query, int rows);
/* For tables of one layout: the query is written for table `address`; that word, and address_past, stand for
 * `table` and its past. */
NOI_MUST_CHECK noi_status noi_prepare_for_table(noi_stmt **out, noi_registry *registry,
                                                const char *query, const char *table);
void noi_stmt_close(noi_stmt *stmt); /* accepts NULL */
NOI_DEFINE_AUTO(noi_stmt, noi_stmt_close)

/* Parameters count from 1. Texts must live until the next reset (not copied). An empty noi_str with
 * p == NULL binds NULL; noi_bind_day binds "YYYY-MM-DD", NULL for NOI_DAY_NONE and NOI_DAY_OPEN
 * (this text is copied). noi_bind_real binds NULL for NaN. */
void noi_bind_int(noi_stmt *stmt, int at, int64_t value);
void noi_bind_real(noi_stmt *stmt, int at, double value);
void noi_bind_text(noi_stmt *stmt, int at, noi_str value);
void noi_bind_blob(noi_stmt *stmt, int at, noi_str value);
void noi_bind_day(noi_stmt *stmt, int at, noi_day value);
void noi_bind_null(noi_stmt *stmt, int at);

/* One step of a query: *row is false at its end (the statement is then reset). A broken constraint
 * is NOI_ERR_CONFLICT with the constraint's name in the message; a full disk NOI_ERR_IO. */
NOI_MUST_CHECK noi_status noi_step(noi_stmt *stmt, bool *row);
/* Runs a statement that gives no rows, and resets it. */
NOI_MUST_CHECK noi_status noi_run(noi_stmt *stmt);
void noi_reset(noi_stmt *stmt);

/* Columns of the current row, from 0. Texts are borrowed until the next step. NULL reads as 0, NaN,
 * an empty view (p == NULL), NOI_DAY_NONE. */
int64_t noi_column_int(noi_stmt *stmt, int at);
double noi_column_real(noi_stmt *stmt, int at);
noi_str noi_column_text(noi_stmt *stmt, int at);
noi_str noi_column_blob(noi_stmt *stmt, int at);
noi_day noi_column_day(noi_stmt *stmt, int at);
bool noi_column_is_null(noi_stmt *stmt, int at);
int noi_column_count(noi_stmt *stmt);
const char *noi_column_name(noi_stmt *stmt, int at); /* borrowed from the statement */
bool noi_column_is_text(noi_stmt *stmt, int at);     /* of the current row; of numbers and NULL not */

/* Prepares, runs and closes in one go: for statements without parameters. */
NOI_MUST_CHECK noi_status noi_exec(noi_registry *registry, const char *query);
int64_t noi_last_id(noi_registry *registry);
int64_t noi_changed(noi_registry *registry); /* rows changed by the last noi_run */

#endif
