/* common.c: what the importers of units and edges share; see common.h. */
#include "importers/common.h"

#include "address/text.h"
#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

noi_status noi_unit_on(noi_unit_found *out, noi_stmt *query, noi_str code, noi_day on) {
    noi_reset(query);
    noi_bind_text(query, 1, code);
    noi_bind_day(query, 2, on);
    bool row = false;
    NOI_TRY(noi_step(query, &row));
    *out = (noi_unit_found){0};
    if (!row)
        return NOI_OK;
    *out = (noi_unit_found){
        .id = noi_column_int(query, 0),
        .name = noi_column_text(query, 1),
        .kind = noi_column_text(query, 2),
        .from = noi_column_day(query, 3),
        .to = noi_column_is_null(query, 4) ? NOI_DAY_OPEN : noi_column_day(query, 4),
        .district_code = noi_column_text(query, 5),
        .province_code = noi_column_text(query, 6),
        .source_id = noi_column_int(query, 7),
        .source_line = noi_column_int(query, 8),
        .list_day = noi_column_day(query, 9),
    };
    return NOI_OK;
}

static const char *find_word(const char *const *words, size_t n, noi_str word) {
    for (size_t i = 0; i < n; i++)
        if (noi_name_equal(word, noi_str_of(words[i])))
            return words[i];
    return NULL;
}

const char *noi_unit_kind_of(noi_str word) {
    static const char *const kinds[] = {"phường", "xã", "thị trấn", "đặc khu", "huyện"};
    return word.n > 0 && word.n < 32 ? find_word(kinds, sizeof kinds / sizeof *kinds, word) : NULL;
}

static noi_str or_null(const char *text) {
    return text && text[0] ? noi_str_of(text) : (noi_str){NULL, 0};
}

noi_status noi_unit_insert(int64_t *id, noi_job *job, noi_stmt *query, const noi_new_unit *unit) {
    noi_bind_text(query, 1, unit->code);
    noi_bind_text(query, 2, noi_str_of(unit->kind));
    noi_bind_text(query, 3, unit->name);
    noi_bind_text(query, 4, unit->district_code);
    noi_bind_text(query, 5, or_null(unit->district_kind));
    noi_bind_text(query, 6, unit->district_name);
    noi_bind_text(query, 7, unit->province_code);
    noi_bind_text(query, 8, unit->province_name.p ? unit->province_name : NOI_STR(""));
    noi_bind_day(query, 9, unit->from);
    noi_bind_day(query, 10, unit->to);
    noi_bind_real(query, 11, unit->area_km2 > 0 ? unit->area_km2 : NAN);
    if (isnan(unit->population))
        noi_bind_null(query, 12);
    else
        noi_bind_int(query, 12, (int64_t)unit->population);
    noi_bind_real(query, 13, unit->lon);
    noi_bind_real(query, 14, unit->lat);
    noi_bind_text(query, 15, unit->resolution);
    noi_bind_text(query, 16, unit->clause);
    noi_bind_int(query, 17, job->source_id);
    noi_bind_int(query, 18, unit->line);
    NOI_TRY(noi_run(query));
    *id = noi_last_id(job->registry);
    return NOI_OK;
}

noi_status noi_unit_set_day(noi_job *job, const char *query, int64_t unit, noi_day day) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, query));
    noi_bind_int(q, 1, unit);
    noi_bind_day(q, 2, day);
    return noi_run(q);
}

static noi_status fail_other_day(noi_str number, noi_day stored, noi_day wanted) {
    char a[12], b[12];
    noi_status status =
        noi_fail(NOI_ERR_CONFLICT, _("resolution %.*s is stored as taking effect on %s, not on %s"),
                 NOI_STR_ARG(number), noi_day_format(a, stored), noi_day_format(b, wanted));
    noi_hint(_("check --as-of: it is the first day of the new units"));
    return status;
}

noi_status noi_decree_find(int64_t *out, noi_job *job, noi_str number, noi_str province_code,
                           noi_day effective_on) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *find = NULL, *insert = NULL;
    NOI_TRY(noi_prepare(&find, job->registry, "import/decree_find"));
    noi_bind_text(find, 1, number);
    bool row = false;
    NOI_TRY(noi_step(find, &row));
    if (row && noi_column_day(find, 1) != effective_on)
        return fail_other_day(number, noi_column_day(find, 1), effective_on);
    if (row) {
        *out = noi_column_int(find, 0);
        return NOI_OK;
    }
    NOI_TRY(noi_prepare(&insert, job->registry, "import/decree_insert"));
    noi_bind_text(insert, 1, number);
    noi_bind_text(insert, 2, province_code);
    noi_bind_day(insert, 3, effective_on);
    noi_bind_int(insert, 4, job->source_id);
    NOI_TRY(noi_run(insert));
    *out = noi_last_id(job->registry);
    return NOI_OK;
}

noi_status noi_edge_insert(bool *stored, noi_job *job, noi_stmt *query, const noi_new_edge *edge) {
    noi_bind_int(query, 1, edge->decree);
    noi_bind_int(query, 2, edge->old_unit);
    noi_bind_int(query, 3, edge->new_unit);
    noi_bind_text(query, 4, edge->part);
    noi_bind_text(query, 5, edge->scope);
    noi_bind_text(query, 6, edge->clause.p ? edge->clause : NOI_STR(""));
    noi_bind_text(query, 7, noi_str_of(edge->basis));
    noi_bind_int(query, 8, job->source_id);
    NOI_TRY(noi_run(query));
    *stored = noi_changed(job->registry) > 0;
    return NOI_OK;
}

noi_status noi_close_old_units(noi_job *job, noi_day effective_on) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/close_old_units"));
    noi_bind_int(q, 1, job->source_id);
    noi_bind_day(q, 2, effective_on);
    return noi_run(q);
}

noi_status noi_need_list_of_day(noi_job *job, noi_day on) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/list_of_day"));
    noi_bind_day(q, 1, on);
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    if (row)
        return NOI_OK;
    char day[12];
    noi_day_format(day, on);
    noi_status status = noi_fail_at(NOI_ERR_INPUT, job->name, 0,
                                    _("no list of the units in force on %s is stored"), day);
    noi_hint(_("import it first: noi import REGISTRY units FILE --as-of %s"), day);
    return status;
}

noi_status noi_job_want_whole(const noi_job *job) {
    const noi_import_result *r = job->result;
    for (int i = 1; i < NOI_REJECT_N; i++) {
        if (!r->rejected[i])
            continue;
        noi_status status = noi_fail_at(NOI_ERR_INPUT, job->name, 0,
                                        _("%lld of %lld rules cannot be taken: %s"),
                                        (long long)r->rows_rejected, (long long)r->rows_read,
                                        noi_reject_sentence((noi_reject)i));
        noi_hint(_("rules are taken whole or not at all; those in force stay"));
        return status;
    }
    return NOI_OK;
}
