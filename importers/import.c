/*
 * import.c: one file, one transaction: identity, source row, the kind's importer, the account.
 *
 * A file's identity is its SHA-256. Reading a file of many GiB twice would cost as much as storing
 * it, so the digest is made on a thread of its own while the rows go in, and set in the source row
 * at the end; only when a file of the same kind and size is stored already is it made first.
 */
#include "importers/import.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/i18n.h"
#include "importers/job.h"
#include "importers/point_error.h"
#include "importers/rejects.h"
#include "registry/ledger.h"
#include "registry/stage.h"
#include "registry/store.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- keys ------------------------------------------------------------------------------------ */

static const char *const kind_keys[] = {
#define KIND_KEY(name, key) key,
    NOI_IMPORT_KIND_TABLE(KIND_KEY)
#undef KIND_KEY
};

const char *noi_import_kind_key(noi_import_kind kind) {
    return kind_keys[kind];
}

bool noi_import_kind_by_key(noi_import_kind *out, const char *key) {
    for (int i = 0; i < NOI_IMPORT_N_KINDS; i++)
        if (strcmp(kind_keys[i], key) == 0) {
            *out = (noi_import_kind)i;
            return true;
        }
    return false;
}

static const struct {
    const char *key, *sentence;
} rejects_table[NOI_REJECT_N] = {[NOI_REJECT_NONE] = {"none", ""},
#define REJECT_ROW(name, key, sentence) [name] = {key, sentence},
                                 NOI_REJECT_TABLE(REJECT_ROW)
#undef REJECT_ROW
};

const char *noi_reject_key(noi_reject reason) {
    return rejects_table[reason].key;
}

const char *noi_reject_sentence(noi_reject reason) {
    return reason == NOI_REJECT_NONE ? "" : _(rejects_table[reason].sentence);
}

const char *noi_error_from_key(noi_error_from from) {
    static const char *const keys[NOI_ERROR_FROM_N] = {[NOI_ERROR_NO_POINT] = "none",
#define ERROR_KEY(name, key) [name] = key,
                                                       NOI_ERROR_FROM_TABLE(ERROR_KEY)
#undef ERROR_KEY
    };
    return keys[from];
}

/* ---- identity -------------------------------------------------------------------------------- */

typedef struct digester {
    const char *path;
    char hex[NOI_DIGEST_HEX];
    noi_error error;
    pthread_t thread;
    bool running;
} digester;

static void *digest_main(void *argument) {
    digester *d = argument;
    noi_error_save(&d->error, noi_digest_file(d->hex, d->path));
    return NULL;
}

static noi_status digest_wait(digester *d) {
    if (d->running)
        pthread_join(d->thread, NULL);
    d->running = false;
    return noi_error_restore(&d->error);
}

static void digest_stop(digester *d) {
    if (d->running)
        pthread_join(d->thread, NULL);
    d->running = false;
}

static void digest_start(digester *d) {
    d->running = pthread_create(&d->thread, NULL, digest_main, d) == 0;
    if (!d->running)
        digest_main(d);
}

/* The account of the round, where a file was taken in to catch up. */
static noi_status find_round(noi_import_result *out, const noi_job *job) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "catch_up/account"));
    noi_bind_int(q, 1, out->source_id);
    NOI_TRY(noi_step(q, &out->is_catch_up));
    if (out->is_catch_up)
        out->catch_up = (noi_catch_up_count){
            .read = noi_column_int(q, 0),
            .added = noi_column_int(q, 1),
            .changed = noi_column_int(q, 2),
            .same = noi_column_int(q, 3),
            .older = noi_column_int(q, 4),
            .gone = noi_column_int(q, 5),
            .rejected = noi_column_int(q, 6),
        };
    return NOI_OK;
}

/* A second import of a file gives the first one's account. */
static noi_status find_same(noi_import_result *out, const noi_job *job, const char *hex) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/source_find"));
    noi_bind_text(q, 1, noi_str_of(noi_import_kind_key(job->kind)));
    noi_bind_text(q, 2, noi_str_of(hex));
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    if (!row)
        return NOI_OK;
    *out = (noi_import_result){.already = true,
                               .source_id = noi_column_int(q, 0),
                               .rows_read = noi_column_int(q, 1),
                               .rows_stored = noi_column_int(q, 2),
                               .rows_rejected = noi_column_int(q, 3),
                               .accuracy_m = noi_column_real(q, 6)};
    snprintf(out->encoding, sizeof out->encoding, "%.*s", NOI_STR_ARG(noi_column_text(q, 4)));
    snprintf(out->crs, sizeof out->crs, "%.*s", NOI_STR_ARG(noi_column_text(q, 5)));
    noi_reset(q);
    return find_round(out, job);
}

/* Tables that one file holds whole: a later file takes the place of an earlier one. The earlier one
 * again would seem to be stored and yet not be in force. */
static noi_status check_in_force(const noi_job *job) {
    const char *query = job->kind == NOI_IMPORT_CASE_RULES       ? "import/case_rules_of"
                        : job->kind == NOI_IMPORT_PROCEDURES     ? "import/procedures_of"
                        : job->kind == NOI_IMPORT_DECISION_RULES ? "import/decision_rules_of"
                                                                 : NULL;
    if (!query || !job->result->already)
        return NOI_OK;
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, query));
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    if (row && noi_column_int(q, 0) == job->result->source_id)
        return NOI_OK;
    noi_status status =
        row ? noi_fail(NOI_ERR_CONFLICT, _("%s was stored before, and %.*s has taken its place since"),
                       job->name, NOI_STR_ARG(noi_column_text(q, 1)))
            : noi_fail(NOI_ERR_CONFLICT, _("%s was stored before and is not in force"), job->name);
    noi_hint(_("a table that comes back is a new one: state in one of its rows that it holds again"));
    return status;
}

static noi_status same_size_stored(bool *out, const noi_job *job, int64_t bytes) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/source_of_size"));
    noi_bind_text(q, 1, noi_str_of(noi_import_kind_key(job->kind)));
    noi_bind_int(q, 2, bytes);
    NOI_TRY(noi_step(q, out));
    noi_reset(q);
    return NOI_OK;
}

/* ---- the source row -------------------------------------------------------------------------- */

static noi_status begin_source(noi_job *job, int64_t run_id, int64_t bytes) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/source_begin"));
    noi_bind_text(q, 1, noi_str_of(noi_import_kind_key(job->kind)));
    noi_bind_text(q, 2, noi_str_of(job->name));
    noi_bind_int(q, 3, bytes);
    noi_bind_day(q, 4, job->options->as_of);
    noi_bind_int(q, 5, run_id);
    NOI_TRY(noi_run(q));
    job->source_id = job->result->source_id = noi_last_id(job->registry);
    return NOI_OK;
}

static noi_str or_null(const char *text) {
    return text[0] ? noi_str_of(text) : (noi_str){NULL, 0};
}

static void note(noi_buf *notes, const char *key, int64_t n) {
    if (n)
        noi_buf_printf(notes, "%s%s=%lld", notes->n ? "," : "", key, (long long)n);
}

/* "lost_zeros=12,error_row=400,error_source=9600" */
static void write_notes(noi_buf *notes, const noi_job *job) {
    const noi_import_result *r = job->result;
    char key[32];
    note(notes, "lost_zeros", r->lost_zeros);
    note(notes, "converted", r->converted);
    for (int from = NOI_ERROR_OF_ROW; from < NOI_ERROR_FROM_N; from++) {
        snprintf(key, sizeof key, "error_%s", noi_error_from_key((noi_error_from)from));
        note(notes, key, r->error_from[from]);
    }
    note(notes, "unknown_geocoder", r->unknown_geocoders);
    if (job->options->error)
        noi_buf_printf(notes, "%s--error=%s", notes->n ? "," : "", job->options->error);
    for (size_t i = 0; i < job->options->n_errors_of; i++)
        noi_buf_printf(notes, "%s--error-of=%s", notes->n ? "," : "", job->options->errors_of[i]);
}

static noi_status end_source(noi_job *job, const char *hex) {
    const noi_import_result *r = job->result;
    NOI_AUTO_BUF noi_buf notes = {0};
    write_notes(&notes, job);
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/source_end"));
    noi_bind_int(q, 1, job->source_id);
    noi_bind_text(q, 2, noi_str_of(hex));
    noi_bind_text(q, 3, noi_str_of(r->encoding));
    noi_bind_text(q, 4, or_null(r->crs));
    noi_bind_text(q, 5, or_null(r->transform));
    noi_bind_real(q, 6, r->accuracy_m);
    noi_bind_text(q, 7, noi_buf_view(&job->mapping));
    noi_bind_int(q, 8, r->rows_read);
    noi_bind_int(q, 9, r->rows_stored);
    noi_bind_int(q, 10, r->rows_rejected);
    noi_bind_text(q, 11, notes.n ? noi_buf_view(&notes) : (noi_str){NULL, 0});
    return noi_run(q);
}

/* ---- the entry ------------------------------------------------------------------------------- */

static noi_status run_kind(noi_job *job) {
    switch (job->kind) {
    case NOI_IMPORT_UNITS:
        return noi_import_units(job);
    case NOI_IMPORT_ALIASES:
        return noi_import_aliases(job);
    case NOI_IMPORT_DISTRICT_ALIASES:
        return noi_import_district_aliases(job);
    case NOI_IMPORT_CROSSWALK:
        return noi_import_crosswalk(job);
    case NOI_IMPORT_DECREE:
        return noi_import_decree(job);
    case NOI_IMPORT_LAYER:
        return noi_import_layer(job);
    case NOI_IMPORT_SPLIT_RULES:
        return noi_import_split_rules(job);
    case NOI_IMPORT_CASE_RULES:
        return noi_import_case_rules(job);
    case NOI_IMPORT_DECISION_RULES:
        return noi_import_decision_rules(job);
    case NOI_IMPORT_PROCEDURES:
        return noi_import_procedures(job);
    case NOI_IMPORT_OFFICES:
        return noi_import_offices(job);
    case NOI_IMPORT_CASE_ALIASES:
        return noi_import_case_aliases(job);
    default:
        return noi_import_records(job);
    }
}

static noi_status fail_no_rows(const noi_job *job) {
    noi_status status =
        noi_fail_at(NOI_ERR_INPUT, job->name, 0, _("the file has no row below its header"));
    noi_hint(_("check that the export was complete"));
    return status;
}

/* A round's account, and the rows that it took in, wherever they stand later. */
static noi_status append_round(const noi_job *job, noi_ledger_entry entry) {
    char operation[64], query[64];
    entry.operation = "catch-up";
    NOI_TRY(noi_ledger_digest(entry.digest, &entry.rows, job->registry, "ledger/catch_up", entry.run_id));
    NOI_TRY(noi_ledger_append(NULL, job->registry, &entry));
    snprintf(operation, sizeof operation, "catch-up %s", job->file_kind->table);
    snprintf(query, sizeof query, "ledger/catch_up_%s", job->file_kind->table);
    entry.operation = operation;
    NOI_TRY(noi_ledger_digest(entry.digest, &entry.rows, job->registry, query, entry.run_id));
    return noi_ledger_append(NULL, job->registry, &entry);
}

static noi_status append_to_ledger(const noi_job *job, int64_t run_id) {
    noi_ledger_entry entry = {.run_id = run_id, .operation = "import", .subject = job->name};
    NOI_TRY(noi_ledger_digest(entry.digest, &entry.rows, job->registry, "ledger/sources", run_id));
    NOI_TRY(noi_ledger_append(NULL, job->registry, &entry));
    entry.operation = "totals";
    NOI_TRY(noi_ledger_digest(entry.digest, &entry.rows, job->registry, "ledger/totals", run_id));
    if (entry.rows)
        NOI_TRY(noi_ledger_append(NULL, job->registry, &entry));
    else /* not of records: of what they are judged by */
        NOI_TRY(noi_ledger_append_rows(job->registry, run_id, "law", "ledger/law"));
    return job->options->catch_up ? append_round(job, entry) : NOI_OK;
}

/* All that happens between BEGIN and COMMIT. */
static noi_status store(noi_job *job, digester *d, int64_t bytes) {
    char command[64];
    int64_t run_id = 0;
    const char *rejects_path = "";
    NOI_TRY(noi_stage_refuse(job->registry, NOI_STAGE_FROZEN, _("imports")));
    snprintf(command, sizeof command, "import %s", noi_import_kind_key(job->kind));
    NOI_TRY(noi_run_begin(&run_id, job->registry, command, NULL));
    NOI_TRY(begin_source(job, run_id, bytes));
    NOI_TRY(run_kind(job));
    if (job->result->rows_read == 0 && !job->options->catch_up) /* nothing new is what a round may find */
        return fail_no_rows(job);
    NOI_TRY(digest_wait(d));
    NOI_TRY(noi_file_is_as_it_was(&job->look, job->path)); /* else the digest is of other rows */
    NOI_TRY(end_source(job, d->hex));
    NOI_TRY(append_to_ledger(job, run_id));
    NOI_TRY(noi_run_end(job->registry, run_id));
    NOI_TRY(noi_rejects_commit(&rejects_path, job->rejects));
    snprintf(job->result->reject_path, sizeof job->result->reject_path, "%s", rejects_path);
    noi_status status = noi_commit(job->registry);
    if (status != NOI_OK && rejects_path[0])
        unlink(rejects_path);
    return status;
}

static noi_status check_path(int64_t *bytes, const char *path) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL; /* says what is wrong with a folder or a pipe */
    NOI_TRY(noi_map_open(&map, path));
    *bytes = (int64_t)noi_map_bytes(map).n;
    if (*bytes > 0)
        return NOI_OK;
    noi_status status = noi_fail_at(NOI_ERR_INPUT, noi_path_base(path), 0, _("the file is empty"));
    noi_hint(_("check that the export was complete"));
    return status;
}

static noi_status run_job(noi_job *job, int64_t bytes) {
    digester d = {.path = job->path};
    bool maybe_same = false;
    NOI_TRY(same_size_stored(&maybe_same, job, bytes));
    if (maybe_same) {
        NOI_TRY(noi_digest_file(d.hex, job->path));
        NOI_TRY(find_same(job->result, job, d.hex));
        if (job->result->already)
            return check_in_force(job);
    }
    NOI_TRY(noi_sort_on_disk(job->registry, true));
    NOI_TRY(noi_begin(job->registry));
    if (!maybe_same)
        digest_start(&d);
    noi_status status = store(job, &d, bytes);
    if (status != NOI_OK)
        noi_rollback(job->registry);
    digest_stop(&d);
    noi_error kept;
    noi_error_save(&kept, status);
    NOI_TRY(noi_sort_on_disk(job->registry, false));
    return noi_error_restore(&kept);
}

noi_status noi_import(noi_import_result *out, noi_registry *registry, noi_import_kind kind,
                      const char *path, const noi_import_options *options) {
    int64_t bytes = 0;
    noi_point_error_rules errors; /* read again where they are used; a slip is told of any file */
    NOI_TRY(noi_point_error_rules_read(&errors, options));
    NOI_TRY(check_path(&bytes, path));
    noi_import_result result = {.accuracy_m = NAN};
    NOI_AUTO_FREE char *usual = noi_format("%s.rejects.csv", path);
    NOI_AUTO(noi_rejects_freep)
    noi_rejects *rejects = noi_rejects_new(options->reject_path ? options->reject_path : usual);
    noi_job job = {.registry = registry,
                   .kind = kind,
                   .file_kind = noi_file_kind_of(kind),
                   .options = options,
                   .path = path,
                   .name = noi_path_base(path),
                   .result = &result,
                   .rejects = rejects};
    NOI_TRY(noi_file_look_at(&job.look, path));
    noi_status status = run_job(&job, bytes);
    noi_buf_free(&job.mapping);
    if (status == NOI_OK)
        *out = result;
    return status;
}
