/*
 * decree.c: the text of a resolution becomes a decree, its clauses and its edges. The reading of
 * the law is law/'s matter; here its units are fetched and its result is stored.
 *
 * Old units are those in force on the eve, new units those of the day. The day is --as-of or stands
 * in the text; since the text is read against the units, it may be read twice.
 */
#include "importers/common.h"

#include "base/i18n.h"
#include "law/law.h"
#include "registry/store.h"

#include <stdio.h>
#include <string.h>

typedef struct side { /* the old or the new units */
    noi_unit_list *list;
    noi_law_unit *units;
} side;

static void side_clear(side *s) {
    noi_unit_list_free(s->list);
    free(s->units);
    *s = (side){0};
}

static noi_status side_load(side *s, noi_registry *registry, noi_day on) {
    side_clear(s);
    NOI_TRY(noi_unit_list_load(&s->list, registry, on));
    s->units = noi_alloc_zero(s->list->n + 1, sizeof *s->units);
    for (size_t i = 0; i < s->list->n; i++) {
        const noi_unit_row *u = &s->list->items[i];
        s->units[i] = (noi_law_unit){.code = u->code,
                                     .kind = u->kind,
                                     .name = u->name,
                                     .district_code = u->district_code,
                                     .district_kind = u->district_kind,
                                     .district_name = u->district_name,
                                     .province_code = u->province_code,
                                     .province_name = u->province_name,
                                     .resolution = u->resolution};
    }
    return NOI_OK;
}

typedef struct reading {
    noi_job *job;
    noi_day on;
    noi_str text;
    side old_side, new_side;
    noi_law *law;
} reading;

static noi_status compile_on(reading *r, noi_day on) {
    r->on = on;
    noi_law_free(r->law);
    r->law = NULL;
    NOI_TRY(side_load(&r->old_side, r->job->registry, on - 1));
    NOI_TRY(side_load(&r->new_side, r->job->registry, on));
    return noi_law_compile(&r->law, r->job->name, r->text, r->old_side.units, r->old_side.list->n,
                           r->new_side.units, r->new_side.list->n);
}

/* The first day of the newest units: with it the text is read first when no day was given. */
static noi_status newest_day(noi_day *out, noi_registry *registry) {
    NOI_AUTO(noi_unit_list_freep) noi_unit_list *all = NULL;
    NOI_TRY(noi_unit_list_load(&all, registry, NOI_DAY_NONE));
    noi_day newest = NOI_DAY_NONE;
    for (size_t i = 0; i < all->n; i++)
        if (all->items[i].from != NOI_DAY_NONE && all->items[i].from > newest)
            newest = all->items[i].from;
    *out = newest;
    return NOI_OK;
}

static noi_status fail_no_units(const noi_job *job) {
    noi_status status = noi_fail_at(NOI_ERR_INPUT, job->name, 0,
                                    _("the registry has no units of before and after the reform"));
    noi_hint(_("import both unit lists first, the one of the eve and the one of the day"));
    return status;
}

static noi_status compile(reading *r) {
    noi_day on = r->job->options->as_of;
    if (on == NOI_DAY_NONE)
        NOI_TRY(newest_day(&on, r->job->registry));
    if (on == NOI_DAY_NONE)
        return fail_no_units(r->job);
    if (r->job->options->as_of != NOI_DAY_NONE)
        NOI_TRY(noi_need_list_of_day(r->job, on));
    NOI_TRY(compile_on(r, on));
    noi_day stated = r->law->effective_on;
    if (r->job->options->as_of != NOI_DAY_NONE || stated == NOI_DAY_NONE || stated == on)
        return NOI_OK;
    NOI_TRY(noi_need_list_of_day(r->job, stated));
    return compile_on(r, stated);
}

static noi_status check_not_stored(noi_job *job, int64_t decree, const char *number) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/clause_any"));
    noi_bind_int(q, 1, decree);
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    if (!row)
        return NOI_OK;
    noi_status status =
        noi_fail_at(NOI_ERR_CONFLICT, job->name, 0,
                    _("the text of resolution %s is stored already, from the file %.*s"), number,
                    NOI_STR_ARG(noi_column_text(q, 0)));
    noi_hint(_("a corrected text needs a new registry"));
    return status;
}

static noi_status store_clauses(noi_job *job, int64_t decree, const noi_law *law) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/clause_insert"));
    for (size_t i = 0; i < law->n_clauses; i++) {
        char number[16];
        snprintf(number, sizeof number, "%d", law->clauses[i].number);
        noi_bind_int(q, 1, decree);
        noi_bind_text(q, 2, noi_str_of(number));
        noi_bind_text(q, 3, law->clauses[i].text);
        NOI_TRY(noi_run(q));
    }
    return NOI_OK;
}

static noi_status store_notes(noi_job *job, int64_t decree, const noi_law *law) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/decree_note"));
    for (size_t i = 0; i < law->n_findings; i++) {
        const noi_law_finding *f = &law->findings[i];
        noi_bind_int(q, 1, decree);
        noi_bind_int(q, 2, f->severity);
        noi_bind_text(q, 3, noi_str_of(f->key));
        noi_bind_int(q, 4, f->clause);
        noi_bind_text(q, 5, noi_str_of(f->message));
        NOI_TRY(noi_run(q));
        job->result->law_notes++;
        job->result->law_errors += f->severity == NOI_LAW_ERROR;
    }
    return NOI_OK;
}

static noi_status store_edges(const reading *r, int64_t decree) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, r->job->registry, "import/edge_insert"));
    for (size_t i = 0; i < r->law->n_edges; i++) {
        const noi_law_edge *e = &r->law->edges[i];
        const noi_new_edge edge = {.decree = decree,
                                   .old_unit = r->old_side.list->items[e->old_unit].id,
                                   .new_unit = r->new_side.list->items[e->new_unit].id,
                                   .part = noi_str_of(noi_part_key(e->part)),
                                   .scope = noi_str_of(noi_scope_key(e->scope)),
                                   .clause = noi_str_of(e->clause),
                                   .basis = "law"};
        bool stored = false;
        NOI_TRY(noi_edge_insert(&stored, r->job, q, &edge));
        if (!stored)
            return noi_fail_at(NOI_ERR_CONFLICT, r->job->name, 0,
                               _("clause %s makes an edge that another resolution made already"),
                               e->clause);
        noi_job_stored(r->job);
    }
    return NOI_OK;
}

static noi_status store_law(const reading *r) {
    const noi_law *law = r->law;
    char province[8] = "";
    int64_t decree = 0;
    if (law->province_code)
        noi_code_format(province, law->province_code);
    NOI_TRY(noi_decree_find(&decree, r->job, noi_str_of(law->resolution),
                            province[0] ? noi_str_of(province) : (noi_str){NULL, 0}, r->on));
    NOI_TRY(check_not_stored(r->job, decree, law->resolution));
    NOI_TRY(store_clauses(r->job, decree, law));
    NOI_TRY(store_notes(r->job, decree, law));
    NOI_TRY(store_edges(r, decree));
    return noi_close_old_units(r->job, r->on);
}

noi_status noi_import_decree(noi_job *job) {
    NOI_AUTO_BUF noi_buf text = {0};
    noi_encoding encoding = NOI_ENCODING_UNKNOWN;
    NOI_TRY(noi_text_file_read(&text, &encoding, job->path, job->options->encoding));
    snprintf(job->result->encoding, sizeof job->result->encoding, "%s", noi_encoding_key(encoding));
    reading r = {.job = job, .text = noi_buf_view(&text)};
    noi_status status = compile(&r);
    if (status == NOI_OK)
        status = store_law(&r);
    noi_law_free(r.law);
    side_clear(&r.old_side);
    side_clear(&r.new_side);
    return status;
}
