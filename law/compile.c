/* compile.c: the stages of work.h, one after the other, and the law that hangs on one arena. */
#include "law/work.h"

#include "base/i18n.h"
#include "law/lists.h"

#include <string.h>

/* A law and what it hangs on. */
typedef struct law_owner {
    noi_law law;
    noi_arena *arena;
} law_owner;

void noi_law_free(noi_law *law) {
    if (!law)
        return;
    law_owner *owner = (law_owner *)(void *)law;
    noi_arena_free(owner->arena);
    free(owner);
}

static void free_work(law_work *work) {
    free(work->clauses);
    free(work->statements);
    free(work->mentions);
    free(work->qualifiers);
    free(work->refs);
    free(work->findings);
    free(work->edges);
    free(work->made);
    free(work->provinces);
}

static void *keep(noi_arena *arena, const void *items, size_t n, size_t size) {
    void *out = noi_arena_alloc(arena, n * size + 1);
    if (n)
        memcpy(out, items, n * size);
    return out;
}

/* ---- order ---------------------------------------------------------------------------------- */

static int compare_codes(noi_code a, noi_code b) {
    char x[8], y[8];
    return strcmp(noi_code_format(x, a), noi_code_format(y, b));
}

/* A district that had no communes (three digits) stands where its new unit's code belongs, as in
 * the official conversion tables. */
typedef struct keyed_edge {
    noi_law_edge edge;
    noi_code old_code, new_code;
} keyed_edge;

static noi_code place_of(noi_code old_code, noi_code new_code) {
    char text[8];
    return new_code && strlen(noi_code_format(text, old_code)) < 5 ? new_code : old_code;
}

static int by_codes(const void *a, const void *b) {
    const keyed_edge *x = a, *y = b;
    if (x->old_code != y->old_code)
        return compare_codes(x->old_code, y->old_code);
    if (x->new_code != y->new_code)
        return compare_codes(x->new_code, y->new_code);
    if (x->edge.new_unit != y->edge.new_unit)
        return x->edge.new_unit < y->edge.new_unit ? -1 : 1;
    return strcmp(x->edge.clause, y->edge.clause);
}

static void sort_edges(law_work *work) {
    const law_index *olds = &work->lists->old_units, *news = &work->lists->new_units;
    NOI_AUTO_FREE keyed_edge *keyed = noi_alloc((work->n_edges + 1) * sizeof *keyed);
    for (size_t i = 0; i < work->n_edges; i++) {
        const noi_law_edge *edge = &work->edges[i];
        noi_code new_code = news->n ? news->units[edge->new_unit].code : 0;
        keyed[i] =
            (keyed_edge){*edge, place_of(olds->units[edge->old_unit].code, new_code), new_code};
    }
    qsort(keyed, work->n_edges, sizeof *keyed, by_codes);
    for (size_t i = 0; i < work->n_edges; i++)
        work->edges[i] = keyed[i].edge;
}

/* By clause, those of no clause last; in one clause as they were found (insertion keeps order). */
static void sort_findings(law_work *work) {
    for (size_t i = 1; i < work->n_findings; i++) {
        noi_law_finding finding = work->findings[i];
        unsigned key = (unsigned)finding.clause - 1;
        size_t k = i;
        for (; k > 0 && (unsigned)work->findings[k - 1].clause - 1 > key; k--)
            work->findings[k] = work->findings[k - 1];
        work->findings[k] = finding;
    }
}

/* ---- the new province ----------------------------------------------------------------------- */

static bool same_province(law_work *work, const char *a, const char *b) {
    noi_str x = noi_law_fold_name(work->arena, noi_str_of(a));
    noi_str y = noi_law_fold_name(work->arena, noi_str_of(b));
    return noi_str_eq(noi_law_coarse_key(work->arena, x), noi_law_coarse_key(work->arena, y));
}

/* The number of the resolution selects the new units; a text that has lost its number is found by
 * its province. */
static void find_new_province(law_work *work) {
    const law_index *news = &work->lists->new_units;
    noi_law *law = work->law;
    const noi_law_unit *found = NULL;
    for (size_t i = 0; i < news->n && !found && law->resolution; i++)
        if (news->units[i].resolution && strcmp(news->units[i].resolution, law->resolution) == 0)
            found = &news->units[i];
    if (!law->resolution)
        noi_law_find(work, NOI_LAW_WARNING, "no_number", 0,
                     _("the text bears no number of a resolution ('Số: .../NQ-UBTVQH15')"));
    for (size_t i = 0; i < news->n && !found && !law->resolution && law->province_name; i++)
        if (same_province(work, news->units[i].province_name, law->province_name))
            found = &news->units[i];
    if (!law->province_name)
        law->province_name = found ? noi_arena_format(work->arena, "%s", found->province_name) : "";
    if (found) {
        law->province_code = found->province_code;
        if (!law->resolution)
            law->resolution = noi_arena_format(work->arena, "%s", found->resolution);
        if (!same_province(work, found->province_name, law->province_name))
            noi_law_find(work, NOI_LAW_WARNING, "province_differs", 0,
                         _("Article 1 speaks of '%s', the list of new units has %s under '%s'"),
                         law->province_name, law->resolution, found->province_name);
        return;
    }
    if (news->n)
        noi_law_find(work, NOI_LAW_ERROR, "no_new_units", 0,
                     _("the list of new units has none of resolution '%s'"),
                     law->resolution ? law->resolution : "");
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void finish(law_work *work) {
    noi_law *law = work->law;
    noi_arena *arena = work->arena;
    sort_edges(work);
    sort_findings(work);
    law->proved = law->n_unread == 0 && work->n_provinces > 0;
    for (size_t i = 0; i < work->n_findings; i++)
        law->proved = law->proved && work->findings[i].severity != NOI_LAW_ERROR;
    law->n_clauses = work->n_clauses;
    law->clauses = keep(arena, work->clauses, work->n_clauses, sizeof *work->clauses);
    law->n_edges = work->n_edges;
    law->edges = keep(arena, work->edges, work->n_edges, sizeof *work->edges);
    law->n_findings = work->n_findings;
    law->findings = keep(arena, work->findings, work->n_findings, sizeof *work->findings);
    law->n_made = work->n_made;
    law->made = keep(arena, work->made, work->n_made, sizeof *work->made);
    law->n_provinces = work->n_provinces;
    law->provinces = keep(arena, work->provinces, work->n_provinces, sizeof *work->provinces);
    if (!law->resolution)
        law->resolution = "";
}

static noi_status compile(law_work *work, noi_str text) {
    NOI_TRY(noi_law_read_document(work, text));
    noi_law_read_clauses(work);
    find_new_province(work);
    noi_law_find_provinces(work);
    noi_law_resolve(work);
    noi_law_execute(work);
    finish(work);
    return NOI_OK;
}

noi_status noi_law_compile_with(noi_law **out, const noi_law_lists *lists, const char *name,
                                noi_str text) {
    law_owner *owner = noi_alloc_zero(1, sizeof *owner);
    owner->arena = noi_arena_new();
    law_work work = {.arena = owner->arena, .name = name, .lists = lists, .law = &owner->law};
    noi_status status = compile(&work, text);
    free_work(&work);
    if (status == NOI_OK)
        *out = &owner->law;
    else
        noi_law_free(&owner->law);
    return status;
}

noi_status noi_law_compile(noi_law **out, const char *name, noi_str text,
                           const noi_law_unit *old_units, size_t n_old,
                           const noi_law_unit *new_units, size_t n_new) {
    NOI_AUTO(noi_law_lists_freep)
    noi_law_lists *lists = noi_law_lists_new(old_units, n_old, new_units, n_new);
    return noi_law_compile_with(out, lists, name, text);
}
