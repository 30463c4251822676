/*
 * crosswalk.c: edges as a table. Old codes are read on the eve, new codes on the day itself: the
 * same five digits mean two units on the two days.
 */
#include "importers/common.h"

#include "base/i18n.h"

enum { OLD_CODE, NEW_CODE, PART, SCOPE, RESOLUTION, CLAUSE };

typedef struct crosswalk {
    noi_job *job;
    noi_day on;
    noi_stmt *find_old, *find_new, *insert;
} crosswalk;

static bool is_one_of(noi_str word, const char *const *words) {
    for (; *words; words++)
        if (noi_str_is(word, *words))
            return true;
    return false;
}

static noi_reject check_words(size_t *field, const noi_value *v) {
    static const char *const parts[] = {"whole", "part", "remainder", NULL};
    static const char *const scopes[] = {"all",
                                         "area+population",
                                         "area_only",
                                         "population_only",
                                         "part_area+all_population",
                                         "all_area+no_population",
                                         NULL};
    *field = PART;
    if (!is_one_of(v[PART].text, parts))
        return NOI_REJECT_PART;
    *field = SCOPE;
    return is_one_of(v[SCOPE].text, scopes) ? NOI_REJECT_NONE : NOI_REJECT_SCOPE;
}

static noi_status take_edge(const crosswalk *c, const noi_small_row *row) {
    const noi_value *v = row->values;
    size_t field = 0;
    noi_reject reason = check_words(&field, v);
    if (reason != NOI_REJECT_NONE)
        return noi_job_reject_field(c->job, row, field, reason, NULL);
    noi_unit_found old_unit, new_unit;
    NOI_TRY(noi_unit_on(&old_unit, c->find_old, v[OLD_CODE].text, c->on - 1));
    if (!old_unit.id)
        return noi_job_reject_field(c->job, row, OLD_CODE, NOI_REJECT_OLD_UNIT, NULL);
    NOI_TRY(noi_unit_on(&new_unit, c->find_new, v[NEW_CODE].text, c->on));
    if (!new_unit.id)
        return noi_job_reject_field(c->job, row, NEW_CODE, NOI_REJECT_NEW_UNIT, NULL);
    noi_new_edge edge = {.old_unit = old_unit.id,
                         .new_unit = new_unit.id,
                         .part = v[PART].text,
                         .scope = v[SCOPE].text,
                         .clause = v[CLAUSE].text,
                         .basis = "table"};
    NOI_TRY(
        noi_decree_find(&edge.decree, c->job, v[RESOLUTION].text, new_unit.province_code, c->on));
    bool stored = false;
    NOI_TRY(noi_edge_insert(&stored, c->job, c->insert, &edge));
    if (!stored)
        return noi_job_reject_field(c->job, row, OLD_CODE, NOI_REJECT_OTHER_EDGE, NULL);
    noi_job_stored(c->job);
    return NOI_OK;
}

static noi_status fail_none(const crosswalk *c) {
    char day[12];
    noi_status status = noi_fail_at(NOI_ERR_INPUT, c->job->name, 0,
                                    _("none of its edges fits the units that are stored"));
    noi_hint(_("import the lists of the eve and of %s first; --as-of is the day of the new units"),
             noi_day_format(day, c->on));
    return status;
}

static noi_status take_edges(crosswalk *c) {
    NOI_AUTO(noi_small_table_freep) noi_small_table *table = NULL;
    NOI_TRY(noi_job_load_table(&table, c->job));
    NOI_TRY(noi_prepare(&c->find_old, c->job->registry, "import/unit_on"));
    NOI_TRY(noi_prepare(&c->find_new, c->job->registry, "import/unit_on"));
    NOI_TRY(noi_prepare(&c->insert, c->job->registry, "import/edge_insert"));
    for (size_t i = 0; i < table->n; i++)
        NOI_TRY(take_edge(c, &table->rows[i]));
    if (table->n && c->job->result->rows_stored == 0)
        return fail_none(c);
    return noi_close_old_units(c->job, c->on);
}

noi_status noi_import_crosswalk(noi_job *job) {
    NOI_TRY(noi_job_need_day(job, _("the day on which the new units start, for example --as-of "
                                    "2025-07-01")));
    NOI_TRY(noi_need_list_of_day(job, job->options->as_of));
    crosswalk c = {.job = job, .on = job->options->as_of};
    noi_status status = take_edges(&c);
    noi_stmt_close(c.find_old);
    noi_stmt_close(c.find_new);
    noi_stmt_close(c.insert);
    return status;
}
