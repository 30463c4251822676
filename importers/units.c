/*
 * units.c: lists of the units in force on a day.
 *
 * A list says what stands on its day, not since when. The first list known for a province opens its
 * units "since before our records"; a later list changes only what differs: a code that names
 * another unit now ends the old one on the day of the list and begins the new one. Lists that say
 * something new come in the order of their days.
 */
#include "importers/common.h"

#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    CODE,
    KIND,
    NAME,
    DISTRICT_CODE,
    DISTRICT_KIND,
    DISTRICT_NAME,
    PROVINCE_CODE,
    PROVINCE_NAME,
    AREA,
    POPULATION,
    RESOLUTION,
    CLAUSE,
    LON,
    LAT
};

typedef struct province {
    char code[8];
    noi_day first, last; /* days of the lists that were stored before this one */
} province;

typedef struct units {
    noi_job *job;
    noi_day on;
    noi_stmt *find, *insert;
    province *provinces;
    size_t n_provinces, capacity;
} units;

static noi_status fail_older(const units *u, const province *p) {
    char stored[12], given[12];
    noi_status status = noi_fail(
        NOI_ERR_CONFLICT,
        _("%s is a list of %s, but for province %s a list of the later day %s is stored"),
        u->job->name, noi_day_format(given, u->on), p->code, noi_day_format(stored, p->last));
    noi_hint(_("import unit lists in the order of their days, into a new registry"));
    return status;
}

static noi_status read_province(units *u, province *p, noi_str code) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, u->job->registry, "import/province_lists"));
    noi_bind_text(q, 1, code);
    noi_bind_int(q, 2, u->job->source_id);
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    snprintf(p->code, sizeof p->code, "%.*s", NOI_STR_ARG(code));
    p->first = noi_column_day(q, 0);
    p->last = noi_column_day(q, 1);
    return NOI_OK;
}

static noi_status find_province(const province **out, units *u, noi_str code) {
    for (size_t i = 0; i < u->n_provinces; i++)
        if (noi_str_is(code, u->provinces[i].code)) {
            *out = &u->provinces[i];
            return NOI_OK;
        }
    NOI_GROW(u->provinces, u->capacity, u->n_provinces + 1);
    NOI_TRY(read_province(u, &u->provinces[u->n_provinces], code));
    *out = &u->provinces[u->n_provinces++];
    return NOI_OK;
}

static noi_status reject_second(const units *u, const noi_small_row *row, int64_t first_line) {
    char remark[64];
    snprintf(remark, sizeof remark, "first on line %lld", (long long)first_line);
    return noi_job_reject_field(u->job, row, CODE, NOI_REJECT_DUPLICATE, remark);
}

static noi_status insert_unit(units *u, const noi_small_row *row, const char *kind, noi_day from) {
    const noi_value *v = row->values;
    int64_t id = 0;
    const noi_new_unit unit = {
        .code = v[CODE].text,
        .kind = kind,
        .name = v[NAME].text,
        .district_code = v[DISTRICT_CODE].text,
        .district_name = v[DISTRICT_NAME].text,
        .province_code = v[PROVINCE_CODE].text,
        .province_name = v[PROVINCE_NAME].text,
        .from = from,
        .to = NOI_DAY_OPEN,
        .area_km2 = v[AREA].number,
        .population = v[POPULATION].number,
        .lon = v[LON].number,
        .lat = v[LAT].number,
        .resolution = v[RESOLUTION].text,
        .clause = v[CLAUSE].text,
        .line = row->line,
    };
    char district_kind[64] = "";
    snprintf(district_kind, sizeof district_kind, "%.*s", NOI_STR_ARG(v[DISTRICT_KIND].text));
    noi_new_unit with_kind = unit;
    with_kind.district_kind = district_kind;
    NOI_TRY(noi_unit_insert(&id, u->job, u->insert, &with_kind));
    noi_job_stored(u->job);
    return NOI_OK;
}

static bool is_same(const noi_unit_found *found, const noi_value *v, const char *kind) {
    return noi_str_eq(found->name, v[NAME].text) && noi_str_is(found->kind, kind) &&
           noi_str_eq(found->district_code, v[DISTRICT_CODE].text) &&
           noi_str_eq(found->province_code, v[PROVINCE_CODE].text);
}

static noi_status take_unit(units *u, const noi_small_row *row) {
    const noi_value *v = row->values;
    const char *kind = noi_unit_kind_of(v[KIND].text);
    if (!kind)
        return noi_job_reject_field(u->job, row, KIND, NOI_REJECT_KIND, NULL);
    const province *p = NULL;
    NOI_TRY(find_province(&p, u, v[PROVINCE_CODE].text));
    noi_unit_found found;
    NOI_TRY(noi_unit_on(&found, u->find, v[CODE].text, u->on));
    if (found.id && found.source_id == u->job->source_id)
        return reject_second(u, row, found.source_line);
    if (found.id && is_same(&found, v, kind)) {
        noi_job_stored(u->job); /* the registry has it, since an earlier list */
        return NOI_OK;
    }
    if (p->last != NOI_DAY_NONE && p->last > u->on)
        return fail_older(u, p);
    if (found.id && found.list_day == u->on)
        return noi_job_reject_field(u->job, row, NAME, NOI_REJECT_OTHER_NAME, NULL);
    bool first_list = p->first == NOI_DAY_NONE || u->on <= p->first;
    if (found.id && first_list && found.from == NOI_DAY_NONE)
        first_list = false; /* the code comes from another province, whose unit was there before */
    if (found.id)
        NOI_TRY(noi_unit_set_day(u->job, "import/unit_close", found.id, u->on));
    return insert_unit(u, row, kind, first_list ? NOI_DAY_NONE : u->on);
}

static noi_status take_units(units *u) {
    NOI_AUTO(noi_small_table_freep) noi_small_table *table = NULL;
    NOI_TRY(noi_job_load_table(&table, u->job));
    NOI_TRY(noi_prepare(&u->find, u->job->registry, "import/unit_on"));
    NOI_TRY(noi_prepare(&u->insert, u->job->registry, "import/unit_insert"));
    for (size_t i = 0; i < table->n; i++)
        NOI_TRY(take_unit(u, &table->rows[i]));
    return NOI_OK;
}

noi_status noi_import_units(noi_job *job) {
    NOI_TRY(noi_job_need_day(job, _("the day on which the units of the list are in force, for "
                                    "example --as-of 2025-06-30")));
    units u = {.job = job, .on = job->options->as_of};
    noi_status status = take_units(&u);
    noi_stmt_close(u.find);
    noi_stmt_close(u.insert);
    free(u.provinces);
    return status;
}
