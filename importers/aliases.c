/*
 * aliases.c: units that ended before the lists we have, and what became of them.
 *
 * "A code means something only with a date": code 26872 was Phường 13 until 2024-12-31 and is
 * Phường 15 from the next day on. So each row makes the former unit, with its end, and where its
 * code went on, the unit that bears the code now begins on that day. Rows are taken from the latest
 * to the earliest, so that a unit which ended in 2020 finds the one that stood in 2021, not the one
 * of today.
 */
#include "importers/common.h"

#include "address/text.h"

#include <math.h>
#include <stdlib.h>

enum {
    CODE,
    NAME,
    KIND,
    DISTRICT_CODE,
    DISTRICT,
    PROVINCE_CODE,
    LAST_DAY,
    RESOLUTION,
    SUCCESSOR_CODE,
    SUCCESSOR_NAME,
    SUCCESSOR_KIND,
    PART
};

typedef struct aliases {
    noi_job *job;
    const noi_small_table *table;
    noi_stmt *find, *find_next, *insert, *edge, *last_end, *province;
} aliases;

static noi_day ended_on(const noi_small_row *row) {
    return (noi_day)row->values[LAST_DAY].number + 1;
}

static int latest_first(const void *a, const void *b) {
    const noi_small_row *x = a, *y = b;
    double dx = x->values[LAST_DAY].number, dy = y->values[LAST_DAY].number;
    if (dx != dy)
        return dx < dy ? 1 : -1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* How many rows tell of the same former unit: with two, neither is the whole. */
static size_t rows_of_unit(const aliases *a, const noi_small_row *row) {
    size_t n = 0;
    for (size_t i = 0; i < a->table->n; i++) {
        const noi_value *v = a->table->rows[i].values;
        n += noi_str_eq(v[CODE].text, row->values[CODE].text) &&
             noi_str_eq(v[LAST_DAY].text, row->values[LAST_DAY].text);
    }
    return n;
}

/* "whole" beside a part to another unit is what remained. */
static noi_str true_part(const aliases *a, const noi_small_row *row) {
    noi_str part = row->values[PART].text;
    return noi_str_is(part, "whole") && rows_of_unit(a, row) > 1 ? NOI_STR("remainder") : part;
}

static noi_status previous_end(noi_day *out, const aliases *a, noi_str code, noi_day before) {
    noi_bind_text(a->last_end, 1, code);
    noi_bind_day(a->last_end, 2, before);
    bool row = false;
    NOI_TRY(noi_step(a->last_end, &row));
    *out = row ? noi_column_day(a->last_end, 0) : NOI_DAY_NONE;
    noi_reset(a->last_end);
    return NOI_OK;
}

static noi_status insert_former(int64_t *id, const aliases *a, const noi_small_row *row,
                                const char *kind, int64_t successor) {
    const noi_value *v = row->values;
    noi_new_unit unit = {.code = v[CODE].text,
                         .kind = kind,
                         .name = v[NAME].text,
                         .district_code = v[DISTRICT_CODE].text,
                         .province_code = v[PROVINCE_CODE].text,
                         .to = ended_on(row),
                         .area_km2 = NAN,
                         .population = NAN,
                         .lon = NAN,
                         .lat = NAN,
                         .line = row->line};
    noi_split_district(&unit.district_kind, &unit.district_name, v[DISTRICT].text);
    NOI_TRY(previous_end(&unit.from, a, v[CODE].text, unit.to));
    noi_bind_int(a->province, 1, successor);
    bool there = false;
    NOI_TRY(noi_step(a->province, &there));
    unit.province_name = there ? noi_column_text(a->province, 0) : NOI_STR("");
    noi_status status = noi_unit_insert(id, a->job, a->insert, &unit);
    noi_reset(a->province);
    return status;
}

/* The former unit: stored already (by another row, or by a list of its time), or new. */
static noi_status former_unit(int64_t *id, noi_reject *reason, const aliases *a,
                              const noi_small_row *row, const char *kind, int64_t successor) {
    const noi_value *v = row->values;
    noi_day end = ended_on(row);
    noi_unit_found before, after;
    NOI_TRY(noi_unit_on(&before, a->find, v[CODE].text, end - 1));
    bool of_its_time = before.id && (before.to == end ||
                                     (before.list_day != NOI_DAY_NONE && before.list_day < end));
    if (of_its_time) {
        bool same = noi_name_equal(before.name, v[NAME].text) && noi_str_is(before.kind, kind);
        *reason = same ? NOI_REJECT_NONE : NOI_REJECT_OTHER_NAME;
        *id = before.id;
        return same && before.to != end
                   ? noi_unit_set_day(a->job, "import/unit_close", before.id, end)
                   : NOI_OK;
    }
    NOI_TRY(noi_unit_on(&after, a->find_next, v[CODE].text, end));
    if (after.id && (after.from == NOI_DAY_NONE || after.from < end))
        NOI_TRY(noi_unit_set_day(a->job, "import/unit_begin", after.id, end));
    return insert_former(id, a, row, kind, successor);
}

static noi_status store_edge(const aliases *a, const noi_small_row *row, int64_t former,
                             int64_t successor) {
    const noi_value *v = row->values;
    noi_new_edge edge = {
        .old_unit = former, .new_unit = successor, .part = true_part(a, row), .basis = "table"};
    edge.scope = noi_str_is(edge.part, "whole") ? NOI_STR("all") : NOI_STR("area+population");
    NOI_TRY(noi_decree_find(&edge.decree, a->job, v[RESOLUTION].text, v[PROVINCE_CODE].text,
                            ended_on(row)));
    bool stored = false;
    NOI_TRY(noi_edge_insert(&stored, a->job, a->edge, &edge));
    if (!stored)
        return noi_job_reject_field(a->job, row, SUCCESSOR_CODE, NOI_REJECT_OTHER_EDGE, NULL);
    noi_job_stored(a->job);
    return NOI_OK;
}

static bool is_part(noi_str part) {
    return noi_str_is(part, "whole") || noi_str_is(part, "part") || noi_str_is(part, "remainder");
}

static noi_status take_alias(const aliases *a, const noi_small_row *row) {
    const noi_value *v = row->values;
    const char *kind = noi_unit_kind_of(v[KIND].text);
    if (!kind)
        return noi_job_reject_field(a->job, row, KIND, NOI_REJECT_KIND, NULL);
    if (!is_part(v[PART].text))
        return noi_job_reject_field(a->job, row, PART, NOI_REJECT_PART, NULL);
    noi_unit_found successor;
    NOI_TRY(noi_unit_on(&successor, a->find, v[SUCCESSOR_CODE].text, ended_on(row)));
    if (!successor.id)
        return noi_job_reject_field(a->job, row, SUCCESSOR_CODE, NOI_REJECT_NEW_UNIT, NULL);
    if (!noi_name_equal(successor.name, v[SUCCESSOR_NAME].text))
        return noi_job_reject_field(a->job, row, SUCCESSOR_NAME, NOI_REJECT_OTHER_NAME, NULL);
    int64_t successor_id = successor.id, former_id = 0;
    noi_reject reason = NOI_REJECT_NONE;
    NOI_TRY(former_unit(&former_id, &reason, a, row, kind, successor_id));
    if (reason != NOI_REJECT_NONE)
        return noi_job_reject_field(a->job, row, NAME, reason, NULL);
    return store_edge(a, row, former_id, successor_id);
}

static noi_status take_aliases(aliases *a, noi_small_table *table) {
    a->table = table;
    NOI_TRY(noi_prepare(&a->find, a->job->registry, "import/unit_on"));
    NOI_TRY(noi_prepare(&a->find_next, a->job->registry, "import/unit_on"));
    NOI_TRY(noi_prepare(&a->insert, a->job->registry, "import/unit_insert"));
    NOI_TRY(noi_prepare(&a->edge, a->job->registry, "import/edge_insert"));
    NOI_TRY(noi_prepare(&a->last_end, a->job->registry, "import/unit_last_end"));
    NOI_TRY(noi_prepare(&a->province, a->job->registry, "import/province_name"));
    if (table->n)
        qsort(table->rows, table->n, sizeof *table->rows, latest_first);
    for (size_t i = 0; i < table->n; i++)
        NOI_TRY(take_alias(a, &table->rows[i]));
    return NOI_OK;
}

noi_status noi_import_aliases(noi_job *job) {
    NOI_AUTO(noi_small_table_freep) noi_small_table *table = NULL;
    NOI_TRY(noi_job_load_table(&table, job));
    aliases a = {.job = job};
    noi_status status = take_aliases(&a, table);
    noi_stmt_close(a.find);
    noi_stmt_close(a.find_next);
    noi_stmt_close(a.insert);
    noi_stmt_close(a.edge);
    noi_stmt_close(a.last_end);
    noi_stmt_close(a.province);
    return status;
}

/* Earlier names of districts: kept as they stand. */
noi_status noi_import_district_aliases(noi_job *job) {
    NOI_AUTO(noi_small_table_freep) noi_small_table *table = NULL;
    NOI_TRY(noi_job_load_table(&table, job));
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/district_alias"));
    for (size_t i = 0; i < table->n; i++) {
        const noi_small_row *row = &table->rows[i];
        for (int field = 0; field < 7; field++)
            noi_bind_text(q, field + 1, row->values[field].text);
        noi_bind_int(q, 8, job->source_id);
        noi_bind_int(q, 9, row->line);
        NOI_TRY(noi_run(q));
        noi_job_stored(job);
    }
    return NOI_OK;
}
