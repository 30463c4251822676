/*
 * records.c: addresses, households, members, parcels and cases: tens of millions of rows.
 *
 *     this thread                  workers                        this thread
 *     cut rows into fields ──▶ decode, check, transform ──▶ bind, insert, or reject
 *
 * A batch holds its rows' fields, values and texts; nothing is allocated per row. Rows are stored
 * in the order of the file, however many threads there are.
 *
 * Codes of cases come in no order. An index that is kept sorted while such keys arrive costs twice
 * what the rows themselves cost; where the table is empty it is made at the end instead, in the
 * same transaction, and until then a set of hashes tells which earlier rows may bear a key.
 */
#include "importers/catch_up.h"
#include "importers/records.h"

#include "base/i18n.h"
#include "base/pipeline.h"
#include "base/progress.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- batches --------------------------------------------------------------------------------- */

static void *batch_new(void *context) {
    noi_record_file *r = context;
    noi_batch *b = noi_alloc_zero(1, sizeof *b);
    b->rows = noi_alloc_zero(BATCH_ROWS, sizeof *b->rows);
    b->fields = noi_alloc_zero(BATCH_ROWS * r->kind->n, sizeof *b->fields);
    b->values = noi_alloc_zero(BATCH_ROWS * r->kind->n, sizeof *b->values);
    b->arena = noi_arena_new();
    if (!r->crs)
        return b;
    b->xy[0] = noi_alloc_zero(BATCH_ROWS, sizeof *b->xy[0]);
    b->xy[1] = noi_alloc_zero(BATCH_ROWS, sizeof *b->xy[1]);
    if (noi_crs_open(&b->crs, r->crs) != NOI_OK)
        abort(); /* the same definition was opened a moment ago */
    return b;
}

static void batch_free(void *context, void *argument) {
    (void)context;
    noi_batch *b = argument;
    noi_crs_close(b->crs);
    free(b->xy[0]);
    free(b->xy[1]);
    free(b->rows);
    free(b->fields);
    free(b->values);
    noi_arena_free(b->arena);
    noi_buf_free(&b->scratch);
    free(b);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* A field that lies in the mapped row stays where it is; any other is copied. */
static noi_str keep_field(noi_batch *b, noi_str field, noi_str raw) {
    bool inside = raw.p && field.p >= raw.p && field.p <= raw.p + raw.n;
    if (inside || !field.p)
        return field;
    return (noi_str){noi_arena_strndup(b->arena, field.p, field.n), field.n};
}

static void take_row(noi_record_file *r, noi_batch *b, const noi_table_row *from) {
    bool mapped = noi_table_is_mapped(r->table);
    noi_str raw = mapped ? from->raw : (noi_str){NULL, 0};
    b->rows[b->n] = (noi_row){.line = from->line, .raw = raw, .outcome.reason = from->defect};
    noi_str *fields = b->fields + b->n * r->kind->n;
    for (size_t i = 0; i < r->kind->n; i++) {
        bool there = r->columns[i] >= 0 && (size_t)r->columns[i] < from->n;
        fields[i] = there && from->defect == NOI_REJECT_NONE
                        ? keep_field(b, from->field[r->columns[i]], raw)
                        : (noi_str){NULL, 0};
    }
    b->n++;
}

static noi_status read_batch(void *context, void *argument, bool *any) {
    noi_record_file *r = context;
    noi_batch *b = argument;
    b->n = 0;
    noi_arena_reset(b->arena);
    bool more = true;
    while (b->n < BATCH_ROWS) {
        noi_table_row from;
        NOI_TRY(noi_table_next(&from, &more, r->table));
        if (!more)
            break;
        take_row(r, b, &from);
    }
    *any = b->n > 0;
    size_t position = noi_table_position(r->table);
    noi_progress_add(&r->progress, position - r->position);
    r->position = position;
    return NOI_OK;
}

/* ---- working --------------------------------------------------------------------------------- */

static void transform_points(const noi_record_file *r, noi_batch *b) {
    size_t n_fields = r->kind->n;
    for (size_t i = 0; i < b->n; i++) {
        bool good = b->rows[i].outcome.reason == NOI_REJECT_NONE;
        b->xy[0][i] = good ? b->values[i * n_fields + r->x].number : NAN;
        b->xy[1][i] = good ? b->values[i * n_fields + r->y].number : NAN;
    }
    noi_crs_to_wgs84(b->crs, b->xy[0], b->xy[1], b->n);
    for (size_t i = 0; i < b->n; i++) {
        noi_value *x = &b->values[i * n_fields + r->x], *y = &b->values[i * n_fields + r->y];
        noi_row_outcome *outcome = &b->rows[i].outcome;
        if (outcome->reason != NOI_REJECT_NONE || isnan(x->number))
            continue;
        x->number = b->xy[0][i];
        y->number = b->xy[1][i];
        if (!isnan(x->number) && !isnan(y->number))
            continue;
        outcome->reason = NOI_REJECT_TRANSFORM;
        outcome->field = r->x;
    }
}

/* Behind the transformation: a row that was rejected by then has no point. */
static void settle_errors(const noi_record_file *r, noi_batch *b) {
    for (size_t i = 0; i < b->n; i++) {
        noi_value *values = b->values + i * r->kind->n;
        noi_row_outcome *outcome = &b->rows[i].outcome;
        if (outcome->reason != NOI_REJECT_NONE || isnan(values[r->x].number))
            continue;
        outcome->error_from =
            noi_point_error_settle(&values[r->error].number, &outcome->unknown_geocoder,
                                   &r->errors, values[r->geocoder].text);
    }
}

/* A plain import knows no way to take in that something is gone. */
static void refuse_gone(const noi_record_file *r, noi_batch *b) {
    for (size_t i = 0; i < b->n; i++) {
        noi_row_outcome *outcome = &b->rows[i].outcome;
        if (outcome->reason != NOI_REJECT_NONE || !(b->values[i * r->kind->n + r->gone].number > 0))
            continue;
        outcome->reason = NOI_REJECT_DELETED;
        outcome->field = r->gone;
    }
}

static noi_status work_batch(void *context, void *argument) {
    const noi_record_file *r = context;
    noi_batch *b = argument;
    for (size_t i = 0; i < b->n; i++) {
        if (b->rows[i].outcome.reason != NOI_REJECT_NONE)
            continue;
        b->rows[i].outcome = noi_values_read(b->values + i * r->kind->n, b->fields + i * r->kind->n,
                                             &r->rules, b->arena, &b->scratch);
    }
    if (!r->catch_up && r->columns[r->gone] >= 0)
        refuse_gone(r, b);
    if (b->crs)
        transform_points(r, b);
    if (r->x < r->kind->n)
        settle_errors(r, b);
    return NOI_OK;
}

/* ---- writing --------------------------------------------------------------------------------- */

static void bind_value(noi_stmt *q, int at, const noi_value *value, noi_field_type type) {
    switch (type) {
    case NOI_FIELD_STATUS:
    case NOI_FIELD_FLAG:
    case NOI_FIELD_COUNT:
        if (isnan(value->number))
            noi_bind_null(q, at);
        else
            noi_bind_int(q, at, (int64_t)value->number);
        return;
    case NOI_FIELD_REAL:
    case NOI_FIELD_ERROR:
    case NOI_FIELD_X:
    case NOI_FIELD_Y:
        noi_bind_real(q, at, value->number);
        return;
    default:
        noi_bind_text(q, at, value->text);
    }
}

bool noi_field_is_stored(noi_field_type type) {
    return type != NOI_FIELD_GEOCODER && type != NOI_FIELD_GONE;
}

int noi_row_bind(noi_stmt *q, int at, const noi_record_file *r, const noi_row *one,
                    const noi_value *values) {
    noi_bind_int(q, at++, r->job->source_id);
    noi_bind_int(q, at++, one->line);
    for (size_t i = 0; i < r->kind->n; i++)
        if (noi_field_is_stored(r->kind->fields[i].type) && i != r->changed)
            bind_value(q, at++, &values[i], r->kind->fields[i].type);
    if (r->kind->keeps_raw)
        noi_bind_blob(q, at++, one->outcome.converted ? one->raw : (noi_str){NULL, 0});
    for (size_t i = 0; r->kind->keeps_moments && i < r->kind->n; i++)
        if (r->kind->fields[i].type == NOI_FIELD_DAY)
            noi_bind_text(q, at++, values[i].moment);
    noi_bind_text(q, at++, values[r->changed].text);
    return at;
}

/* `line`: where the key stands first in this file; 0 when the registry must be asked. */
static noi_status reject_duplicate(noi_record_file *r, const noi_row *one, noi_str key, noi_str bytes,
                                   int64_t line) {
    char remark[160] = "";
    bool found = false;
    if (line == 0) {
        noi_bind_text(r->first, 1, key);
        NOI_TRY(noi_step(r->first, &found));
        if (found && noi_column_int(r->first, 0) == r->job->source_id)
            line = noi_column_int(r->first, 2);
        else if (found)
            snprintf(remark, sizeof remark, "first in %.*s on line %lld",
                     NOI_STR_ARG(noi_column_text(r->first, 1)),
                     (long long)noi_column_int(r->first, 2));
        noi_reset(r->first);
    }
    if (line)
        snprintf(remark, sizeof remark, "first on line %lld", (long long)line);
    return noi_job_reject(r->job, one->line, noi_str_of(r->kind->fields[0].name), bytes,
                          NOI_REJECT_DUPLICATE, remark);
}

noi_status noi_row_reject(noi_record_file *r, const noi_row *one, const noi_str *fields) {
    noi_reject reason = one->outcome.reason;
    noi_str value = fields[one->outcome.field];
    bool empty = reason == NOI_REJECT_MISSING || reason == NOI_REJECT_HALF_POINT;
    if (!value.p && one->raw.p && !empty) /* the row as such is broken */
        return noi_job_reject(r->job, one->line, NOI_STR(""), one->raw, reason, NULL);
    return noi_job_reject(r->job, one->line, noi_str_of(r->kind->fields[one->outcome.field].name),
                          value, reason, NULL);
}

static noi_status is_stored(bool *out, noi_record_file *r, const noi_row *one, noi_str key) {
    noi_bind_text(r->first, 1, key);
    bool found = false;
    NOI_TRY(noi_step(r->first, &found));
    *out = found && noi_column_int(r->first, 0) == r->job->source_id &&
           noi_column_int(r->first, 2) == one->line;
    noi_reset(r->first);
    return NOI_OK;
}

/* Inserts a group of good rows by one statement. Keys that are there already are passed over: when
 * fewer rows went in than came, each is asked for. */
static noi_status insert_group(bool *stored, noi_record_file *r, const noi_batch *b, size_t from) {
    int at = 1;
    for (size_t i = 0; i < GROUP_ROWS; i++)
        at = noi_row_bind(r->insert_group, at, r, &b->rows[from + i],
                      b->values + (from + i) * r->kind->n);
    NOI_TRY(noi_run(r->insert_group));
    bool all = noi_changed(r->job->registry) == GROUP_ROWS;
    for (size_t i = 0; i < GROUP_ROWS; i++) {
        stored[i] = all;
        if (!all)
            NOI_TRY(is_stored(&stored[i], r, &b->rows[from + i],
                              b->values[(from + i) * r->kind->n].text));
    }
    return NOI_OK;
}

static noi_status insert_singly(bool *stored, noi_record_file *r, const noi_batch *b, size_t from, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const noi_row *one = &b->rows[from + i];
        stored[i] = false;
        if (one->outcome.reason != NOI_REJECT_NONE)
            continue;
        noi_row_bind(r->insert, 1, r, one, b->values + (from + i) * r->kind->n);
        NOI_TRY(noi_run(r->insert));
        stored[i] = noi_changed(r->job->registry) > 0;
    }
    return NOI_OK;
}

static bool all_good(const noi_batch *b, size_t from, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (b->rows[from + i].outcome.reason != NOI_REJECT_NONE)
            return false;
    return true;
}

/* ---- keys that come in no order -------------------------------------------------------------- */

/* The line of the stored row that bears the key, 0 for none. */
static noi_status find_key(int64_t *line, noi_record_file *r, noi_str key) {
    *line = 0;
    size_t cursor = 0;
    for (uint32_t id; *line == 0 && (id = noi_key_set_next(&cursor, r->keys, key));) {
        bool found = false;
        noi_bind_int(r->at, 1, id);
        NOI_TRY(noi_step(r->at, &found));
        if (found && noi_str_eq(noi_column_text(r->at, 0), key))
            *line = noi_column_int(r->at, 1);
        noi_reset(r->at);
    }
    return NOI_OK;
}

/* Inserts good rows of new keys and checks that they got the numbers that the set gave them. */
static noi_status insert_new(noi_record_file *r, const noi_batch *b, size_t from, size_t n) {
    bool stored[GROUP_ROWS];
    if (n == GROUP_ROWS)
        NOI_TRY(insert_group(stored, r, b, from));
    else
        NOI_TRY(insert_singly(stored, r, b, from, n));
    if (n == 0 || noi_last_id(r->job->registry) == (int64_t)r->last)
        return NOI_OK;
    return noi_fail(NOI_ERR_INTERNAL, "%s: the rows are not numbered in their order", r->job->name);
}

/* Stores up to GROUP_ROWS rows. Rows wait while their keys are surely new; one that may repeat a
 * key is compared with what is stored, so those before it go in first. */
static noi_status insert_unsorted(bool *stored, int64_t *first, noi_record_file *r, const noi_batch *b,
                                  size_t from, size_t n) {
    size_t waiting = 0;
    for (size_t i = 0; i < n; i++) {
        noi_str key = b->values[(from + i) * r->kind->n].text;
        bool good = b->rows[from + i].outcome.reason == NOI_REJECT_NONE;
        size_t cursor = 0;
        if (!good || noi_key_set_next(&cursor, r->keys, key)) {
            NOI_TRY(insert_new(r, b, from + i - waiting, waiting));
            waiting = 0;
        }
        if (good)
            NOI_TRY(find_key(&first[i], r, key));
        stored[i] = good && first[i] == 0;
        if (!stored[i])
            continue;
        noi_key_set_add(r->keys, key, ++r->last);
        waiting++;
    }
    return insert_new(r, b, from + n - waiting, waiting);
}

/* Whether the keys of a batch ascend, as those of a register usually do. */
static bool ascends(const noi_record_file *r, const noi_batch *b) {
    noi_str before = {"", 0};
    for (size_t i = 0; i < b->n; i++) {
        noi_str key = b->values[i * r->kind->n].text;
        if (b->rows[i].outcome.reason != NOI_REJECT_NONE)
            continue;
        int order = memcmp(before.p, key.p, before.n < key.n ? before.n : key.n);
        if (order > 0 || (order == 0 && before.n > key.n))
            return false;
        before = key;
    }
    return true;
}

static noi_status prepare_for(noi_stmt **out, const noi_record_file *r, const char *what) {
    char name[64];
    snprintf(name, sizeof name, "%s%s", r->kind->insert, what);
    return noi_prepare(out, r->job->registry, name);
}

static noi_status run_for(const noi_record_file *r, const char *what) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(prepare_for(&q, r, what));
    return noi_run(q);
}

/* Looks at the first batch: many rows, in no order, into an empty table take the index off. */
static noi_status begin_rows(noi_record_file *r, const noi_batch *b) {
    r->begun = true;
    if (!r->kind->sorts_keys || b->n < BATCH_ROWS || ascends(r, b))
        return NOI_OK;
    NOI_AUTO(noi_stmt_closep) noi_stmt *any = NULL;
    bool found = false;
    NOI_TRY(prepare_for(&any, r, "_any"));
    NOI_TRY(noi_step(any, &found));
    noi_reset(any);
    if (found)
        return NOI_OK;
    NOI_TRY(run_for(r, "_unindex"));
    r->keys = noi_key_set_new();
    return prepare_for(&r->at, r, "_at");
}

static noi_status end_rows(noi_record_file *r) {
    if (!r->keys)
        return NOI_OK;
    noi_key_set_free(r->keys); /* a hundred megabytes that sorting can use */
    r->keys = NULL;
    return run_for(r, "_index");
}

/* ---- groups ---------------------------------------------------------------------------------- */

/* Names the first few geocoders of which nothing is said. */
static void name_geocoder(noi_import_result *out, noi_str key) {
    size_t n = strlen(out->unknown_geocoder), room = sizeof out->unknown_geocoder - n;
    if (key.n > 40 || key.n + 3 > room)
        return;
    for (const char *p = out->unknown_geocoder; *p;) {
        size_t one = strcspn(p, ",");
        if (one == key.n && memcmp(p, key.p, one) == 0)
            return;
        p += one;
        p += strspn(p, ", ");
    }
    snprintf(out->unknown_geocoder + n, room, "%s%.*s", n ? ", " : "", NOI_STR_ARG(key));
}

void noi_row_total(noi_total *totals, const noi_record_file *r, const noi_value *values) {
    uint64_t key = noi_total_key(values[0].text);
    for (size_t i = 0; i < r->kind->n; i++) {
        noi_total *total = &totals[i];
        switch (r->kind->fields[i].type) {
        case NOI_FIELD_GEOCODER:
        case NOI_FIELD_GONE:
            break;
        case NOI_FIELD_FLAG: /* without a value it is no */
            noi_total_number(total, key, isnan(values[i].number) ? 0 : values[i].number);
            break;
        case NOI_FIELD_STATUS:
        case NOI_FIELD_COUNT:
        case NOI_FIELD_REAL:
        case NOI_FIELD_ERROR:
        case NOI_FIELD_X:
        case NOI_FIELD_Y:
            noi_total_number(total, key, values[i].number);
            break;
        default:
            noi_total_text(total, key, values[i].text);
        }
    }
}

void noi_row_count(noi_record_file *r, const noi_row *one, const noi_value *values) {
    noi_import_result *result = r->job->result;
    result->lost_zeros += one->outcome.lost_zeros;
    result->converted += one->outcome.converted;
    result->error_from[one->outcome.error_from]++;
    if (!one->outcome.unknown_geocoder)
        return;
    result->unknown_geocoders++;
    name_geocoder(result, values[r->geocoder].text);
}

static void count_stored(noi_record_file *r, const noi_row *one, const noi_value *values) {
    noi_row_total(r->job->totals, r, values);
    noi_job_stored(r->job);
    noi_row_count(r, one, values);
}

/* Stores up to GROUP_ROWS rows, then tells what became of each, in the order of the file. */
static noi_status write_group(noi_record_file *r, const noi_batch *b, size_t from, size_t n) {
    bool stored[GROUP_ROWS];
    int64_t first[GROUP_ROWS] = {0};
    if (r->keys)
        NOI_TRY(insert_unsorted(stored, first, r, b, from, n));
    else if (n == GROUP_ROWS && all_good(b, from, n))
        NOI_TRY(insert_group(stored, r, b, from));
    else
        NOI_TRY(insert_singly(stored, r, b, from, n));
    for (size_t i = 0; i < n; i++) {
        const noi_row *one = &b->rows[from + i];
        const noi_str *fields = b->fields + (from + i) * r->kind->n;
        if (stored[i]) {
            count_stored(r, one, b->values + (from + i) * r->kind->n);
        } else if (one->outcome.reason != NOI_REJECT_NONE) {
            NOI_TRY(noi_row_reject(r, one, fields));
        } else {
            NOI_TRY(reject_duplicate(r, one, b->values[(from + i) * r->kind->n].text, fields[0],
                                     first[i]));
        }
    }
    return NOI_OK;
}

static noi_status write_batch(void *context, void *argument) {
    noi_record_file *r = context;
    noi_batch *b = argument;
    if (r->catch_up)
        return noi_catch_up_rows(r->catch_up, b);
    if (!r->begun)
        NOI_TRY(begin_rows(r, b));
    for (size_t i = 0; i < b->n; i += GROUP_ROWS)
        NOI_TRY(write_group(r, b, i, b->n - i < GROUP_ROWS ? b->n - i : GROUP_ROWS));
    return NOI_OK;
}

/* ---- coordinates ----------------------------------------------------------------------------- */

size_t noi_field_of_type(const noi_file_kind *kind, noi_field_type type) {
    size_t i = 0;
    while (i < kind->n && kind->fields[i].type != type)
        i++;
    return i;
}

/* The bounds of the first points, to tell what coordinates without a CRS look like. */
static noi_status sample_bounds(double out[4], const noi_record_file *r) {
    NOI_AUTO(noi_table_closep) noi_table *table = NULL;
    NOI_TRY(
        noi_table_open(&table, r->job->path, r->job->options->encoding, r->job->options->layer));
    double bounds[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int n = 0; n < 1000; n++) {
        noi_table_row one;
        bool more = false;
        NOI_TRY(noi_table_next(&one, &more, table));
        if (!more)
            break;
        size_t cx = (size_t)r->columns[r->x], cy = (size_t)r->columns[r->y];
        if (one.defect != NOI_REJECT_NONE || cx >= one.n || cy >= one.n)
            continue;
        double x = noi_number_read(noi_str_trim(one.field[cx]));
        double y = noi_number_read(noi_str_trim(one.field[cy]));
        if (isnan(x) || isnan(y))
            continue;
        bounds[0] = fmin(bounds[0], x);
        bounds[1] = fmin(bounds[1], y);
        bounds[2] = fmax(bounds[2], x);
        bounds[3] = fmax(bounds[3], y);
    }
    memcpy(out, bounds, sizeof bounds);
    return NOI_OK;
}

static noi_status fail_no_crs(const noi_record_file *r, noi_crs_guess guess) {
    noi_status status = noi_fail_at(NOI_ERR_INPUT, r->job->name, 0,
                                    _("the columns x and y do not say in which system they are"));
    if (!guess.definition)
        noi_hint(_("name it with --crs EPSG:n; VN-2000 here is EPSG:9210 or EPSG:5899"));
    else if (guess.swapped)
        noi_hint(_("they look like %s with x and y exchanged: --crs %s --map x=Y --map y=X"),
                 guess.definition, guess.definition);
    else
        noi_hint(_("they look like %s: --crs %s"), guess.definition, guess.definition);
    return status;
}

static noi_status check_swapped(const noi_record_file *r, const char *crs, noi_crs_guess guess) {
    if (!guess.definition || !guess.swapped)
        return NOI_OK;
    noi_status status =
        noi_fail_at(NOI_ERR_INPUT, r->job->name, 0,
                    _("x and y are exchanged: in %s x is the easting, y the northing"), crs);
    noi_hint(_("exchange them with --map x=COLUMN --map y=COLUMN"));
    return status;
}

/* Which transformation the points need. Longitude and latitude need none unless --crs says so. */
static noi_status settle_crs(noi_record_file *r, bool planar) {
    const char *named = r->job->options->crs;
    bool is_auto = !named || strcmp(named, "auto") == 0;
    const char *crs = is_auto ? noi_table_crs(r->table) : named;
    if (is_auto && !planar)
        crs = "EPSG:4326";
    if (!crs || planar) {
        double b[4];
        NOI_TRY(sample_bounds(b, r));
        noi_crs_guess guess = {0};
        if (b[0] <= b[2])
            guess = noi_crs_guess_from(b[0], b[1], b[2], b[3]);
        if (!crs)
            return fail_no_crs(r, guess);
        NOI_TRY(check_swapped(r, crs, guess));
    }
    NOI_AUTO(noi_crs_closep) noi_crs *opened = NULL;
    NOI_TRY(noi_crs_open(&opened, crs));
    noi_import_result *result = r->job->result;
    snprintf(result->crs, sizeof result->crs, "%s", noi_crs_name(opened));
    snprintf(result->transform, sizeof result->transform, "%s", noi_crs_operation(opened));
    result->accuracy_m = noi_crs_accuracy_m(opened);
    if (!noi_crs_is_identity(opened))
        r->crs = noi_strdup(crs);
    return NOI_OK;
}

/* Options about points want points: silently passed over they would be taken for heeded. */
static noi_status check_errors(const noi_record_file *r) {
    const noi_import_options *o = r->job->options;
    if (o->n_errors_of == 0 || r->columns[r->geocoder] >= 0)
        return NOI_OK;
    noi_status status =
        noi_fail_at(NOI_ERR_INPUT, r->job->name, 1, _("no column holds '%s'"), "geocoder");
    noi_hint(_("--error-of goes by it; name the column with --map geocoder=COLUMN"));
    return status;
}

static noi_status settle_point(noi_record_file *r, bool planar) {
    NOI_TRY(noi_point_error_rules_read(&r->errors, r->job->options));
    r->x = noi_field_of_type(r->kind, NOI_FIELD_X);
    r->y = noi_field_of_type(r->kind, NOI_FIELD_Y);
    r->error = noi_field_of_type(r->kind, NOI_FIELD_ERROR);
    r->geocoder = noi_field_of_type(r->kind, NOI_FIELD_GEOCODER);
    if (r->x == r->kind->n)
        return NOI_OK;
    NOI_TRY(check_errors(r));
    return r->columns[r->x] >= 0 && r->columns[r->y] >= 0 ? settle_crs(r, planar) : NOI_OK;
}

/* ---- the run --------------------------------------------------------------------------------- */

static noi_status run_records(noi_record_file *r) {
    bool planar = false;
    NOI_TRY(noi_job_open_table(&r->table, r->columns, &planar, r->job));
    NOI_TRY(settle_point(r, planar));
    r->rules =
        (noi_reading_rules){r->kind, noi_table_encoding(r->table), noi_table_is_latin(r->table)};
    if (r->job->options->catch_up)
        NOI_TRY(noi_catch_up_begin(&r->catch_up, r));
    NOI_TRY(noi_prepare(&r->insert, r->job->registry, r->kind->insert));
    NOI_TRY(noi_prepare_rows(&r->insert_group, r->job->registry, r->kind->insert, GROUP_ROWS));
    NOI_TRY(noi_prepare(&r->first, r->job->registry, r->kind->first));
    r->progress = noi_progress_begin(r->job->name, noi_table_size(r->table));
    const noi_pipeline pipeline = {.context = r,
                                   .new_batch = batch_new,
                                   .free_batch = batch_free,
                                   .read = read_batch,
                                   .work = work_batch,
                                   .write = write_batch};
    noi_status status = noi_pipeline_run(&pipeline);
    noi_progress_end(&r->progress);
    if (status == NOI_OK && r->catch_up)
        return noi_catch_up_end(r->catch_up);
    return status == NOI_OK ? end_rows(r) : status;
}

/* A field that the file lacks has a total as well: nothing. */
static noi_status store_totals(noi_job *job) {
    noi_total stored[NOI_MAX_FIELDS];
    size_t n = 0;
    for (size_t i = 0; i < job->file_kind->n; i++) {
        stored[n] = job->totals[i];
        stored[n].column = job->file_kind->fields[i].name;
        n += noi_field_is_stored(job->file_kind->fields[i].type);
    }
    return noi_totals_store(job->registry, job->source_id, stored, n);
}

noi_status noi_import_records(noi_job *job) {
    noi_record_file r = {.job = job, .kind = job->file_kind};
    r.changed = noi_field_of_type(r.kind, NOI_FIELD_CHANGED);
    r.gone = noi_field_of_type(r.kind, NOI_FIELD_GONE);
    noi_status status = run_records(&r);
    noi_catch_up_free(r.catch_up);
    if (status == NOI_OK)
        status = store_totals(job);
    noi_stmt_close(r.insert);
    noi_stmt_close(r.insert_group);
    noi_stmt_close(r.first);
    noi_stmt_close(r.at);
    noi_key_set_free(r.keys);
    noi_table_close(r.table);
    free(r.crs);
    return status;
}
