/*
 * decision_rules.c: when a decision needs a second person: one table, and a file takes the place of the one
 * before. What its conditions mean is cutover/decision_rules.h's matter.
 */
#include "importers/common.h"

#include <math.h>

enum { ID, APPLIES_FROM, APPLIES_TO, CONDITION, LIMIT, PERSONS, TEXT, CITATION };

typedef struct defect {
    noi_reject reason;
    size_t field;
} defect;

static bool is_condition(noi_str text) {
    static const char *const keys[] = {"city_decides", "not_a_candidate", "no_candidates", "household_torn",
                                       "reaches_more_than"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (noi_str_is(text, keys[i]))
            return true;
    return false;
}

static defect check(const noi_value *v) {
    bool limited = noi_str_is(v[CONDITION].text, "reaches_more_than");
    if (!is_condition(v[CONDITION].text))
        return (defect){NOI_REJECT_CONDITION, CONDITION};
    if (limited == isnan(v[LIMIT].number))
        return (defect){NOI_REJECT_LIMIT, LIMIT};
    if (!(v[PERSONS].number >= 1 && v[PERSONS].number <= 2))
        return (defect){NOI_REJECT_PERSONS, PERSONS};
    if (v[APPLIES_TO].number <= v[APPLIES_FROM].number) /* false where one is missing */
        return (defect){NOI_REJECT_DAYS, APPLIES_TO};
    return (defect){NOI_REJECT_NONE, 0};
}

static noi_status take(noi_job *job, noi_stmt *insert, const noi_small_row *row) {
    const noi_value *v = row->values;
    defect d = check(v);
    if (d.reason != NOI_REJECT_NONE)
        return noi_job_reject_field(job, row, d.field, d.reason, NULL);
    noi_bind_text(insert, 1, v[ID].text);
    noi_bind_text(insert, 2, v[APPLIES_FROM].text);
    noi_bind_text(insert, 3, v[APPLIES_TO].text);
    noi_bind_text(insert, 4, v[CONDITION].text);
    if (isnan(v[LIMIT].number))
        noi_bind_null(insert, 5);
    else
        noi_bind_int(insert, 5, (int64_t)v[LIMIT].number);
    noi_bind_int(insert, 6, (int64_t)v[PERSONS].number);
    noi_bind_text(insert, 7, v[TEXT].text);
    noi_bind_text(insert, 8, v[CITATION].text);
    noi_bind_int(insert, 9, job->source_id);
    noi_bind_int(insert, 10, row->line);
    NOI_TRY(noi_run(insert));
    noi_job_stored(job);
    return NOI_OK;
}

noi_status noi_import_decision_rules(noi_job *job) {
    NOI_AUTO(noi_small_table_freep) noi_small_table *table = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *insert = NULL;
    NOI_TRY(noi_job_load_table(&table, job));
    NOI_TRY(noi_exec(job->registry, "import/decision_rules_clear"));
    NOI_TRY(noi_prepare(&insert, job->registry, "import/decision_rule"));
    for (size_t i = 0; i < table->n; i++)
        NOI_TRY(take(job, insert, &table->rows[i]));
    return noi_job_want_whole(job);
}
