/*
 * execute.c: the operations on each old unit, in the order of the law, become edges; and the proof:
 * each old unit of the provinces is consumed exactly once (whole, or in parts and one remainder, or
 * in parts that name all its area and all its people), each new unit is made exactly once, and the
 * counts are those that the closing clause states.
 */
#include "law/work.h"

#include "base/i18n.h"
#include "law/lists.h"

#include <stdio.h>
#include <string.h>

static const law_statement *statement_of(const law_work *work, const law_mention *m) {
    return &work->statements[m->statement];
}

static int clause_of(const law_work *work, const law_mention *m) {
    return work->clauses[statement_of(work, m)->clause].number;
}

/* ---- new units ------------------------------------------------------------------------------ */

static noi_law_severity severity_of_names(int grain) {
    return grain == LAW_GRAIN_MIDDLE ? NOI_LAW_NOTE : NOI_LAW_WARNING;
}

static bool belongs(const law_work *work, const noi_law_unit *unit) {
    return unit->resolution && work->law->resolution &&
           strcmp(unit->resolution, work->law->resolution) == 0;
}

/* The new unit of this kind and name in the list; LAW_NO_UNIT when none or two come near. */
static uint32_t find_new_unit(int *grain, const law_work *work, law_kind kind, noi_str fold) {
    const law_index *index = &work->lists->new_units;
    uint32_t hash = noi_law_coarse(fold);
    for (*grain = LAW_GRAIN_FINE; *grain <= LAW_GRAIN_COARSE; ++*grain) {
        uint32_t found = LAW_NO_UNIT;
        size_t n = 0;
        for (uint32_t u = noi_law_chain(index, hash); u != LAW_NO_UNIT;
             u = index->entries[u].next) {
            const law_entry *entry = &index->entries[u];
            if (entry->hash != hash || entry->kind != kind || !belongs(work, &index->units[u]) ||
                noi_law_grain(entry, fold) > *grain)
                continue;
            found = u;
            n++;
        }
        if (n)
            return n == 1 ? found : LAW_NO_UNIT;
    }
    return LAW_NO_UNIT;
}

static uint32_t find_near_unit(law_work *work, law_kind kind, noi_str fold) {
    const law_index *index = &work->lists->new_units;
    noi_str coarse = noi_law_coarse_key(work->arena, fold);
    uint32_t found = LAW_NO_UNIT;
    for (uint32_t u = 0; coarse.n >= 4 && u < index->n; u++) {
        const law_entry *entry = &index->entries[u];
        if (entry->kind != kind || !belongs(work, &index->units[u]) ||
            !noi_law_one_letter_apart(entry->coarse, coarse))
            continue;
        bool digit = coarse.p[coarse.n - 1] >= '0' && coarse.p[coarse.n - 1] <= '9';
        if (found != LAW_NO_UNIT || digit)
            return LAW_NO_UNIT;
        found = u;
    }
    return found;
}

/* The only new unit of this name, of whatever kind. */
static uint32_t find_other_kind(const law_work *work, law_kind kind, noi_str fold) {
    uint32_t found = LAW_NO_UNIT;
    for (law_kind other = LAW_KIND_WARD; other <= LAW_KIND_ZONE; other++) {
        int grain;
        uint32_t unit = other == kind ? LAW_NO_UNIT : find_new_unit(&grain, work, other, fold);
        if (unit == LAW_NO_UNIT)
            continue;
        if (found != LAW_NO_UNIT)
            return LAW_NO_UNIT;
        found = unit;
    }
    return found;
}

static uint32_t match_new_unit(law_work *work, law_kind kind, noi_str name, noi_str fold,
                               int clause) {
    int grain;
    if (work->lists->new_units.n == 0)
        return LAW_NO_UNIT;
    uint32_t unit = find_new_unit(&grain, work, kind, fold);
    if (unit == LAW_NO_UNIT)
        unit = find_near_unit(work, kind, fold);
    if (unit == LAW_NO_UNIT)
        unit = find_other_kind(work, kind, fold);
    if (unit == LAW_NO_UNIT) {
        noi_law_find(
            work, NOI_LAW_ERROR, "unknown_new_unit", clause,
            _("clause %d: the list of new units has no '%s %.*s' of %s; its edges are left out"),
            clause, noi_law_kind_text(kind), NOI_STR_ARG(name),
            work->law->resolution ? work->law->resolution : _("this resolution"));
        return LAW_NO_UNIT;
    }
    const noi_law_unit *listed = &work->lists->new_units.units[unit];
    bool same_kind = work->lists->new_units.entries[unit].kind == kind;
    if (grain > LAW_GRAIN_FINE)
        noi_law_find(
            work, same_kind ? severity_of_names(grain) : NOI_LAW_WARNING,
            same_kind ? "spelling" : "kind_differs", clause,
            _("clause %d: the spelling or kind differs: the law makes '%s %.*s', the list of "
              "new units says '%s %s'"),
            clause, noi_law_kind_text(kind), NOI_STR_ARG(name), listed->kind, listed->name);
    return unit;
}

/* Adds a new unit (or finds it again when other units are joined to it); its position in made. */
static size_t make(law_work *work, law_kind kind, noi_str name, noi_str fold, int clause,
                   bool joins) {
    const char *kind_text = noi_law_kind_text(kind);
    char *text = noi_arena_strndup(work->arena, name.p, name.n);
    for (size_t i = 0; i < work->n_made; i++) {
        noi_law_made *made = &work->made[i];
        if (strcmp(made->kind, kind_text) != 0 ||
            !noi_str_eq(noi_law_fold_name(work->arena, noi_str_of(made->name)), fold))
            continue;
        if (joins)
            return i;
        noi_law_find(work, NOI_LAW_ERROR, "made_twice", clause,
                     _("clause %d makes '%s %s', which clause %d has made"), clause, kind_text,
                     text, made->clause);
        return i;
    }
    NOI_GROW(work->made, work->cap_made, work->n_made + 1);
    work->made[work->n_made] =
        (noi_law_made){kind_text, text, clause, match_new_unit(work, kind, name, fold, clause)};
    return work->n_made++;
}

/* ---- operations ----------------------------------------------------------------------------- */

typedef struct operation {
    uint32_t unit;
    uint32_t order; /* position of the statement */
    uint32_t mention;
    uint32_t made;
} operation;

static int by_unit(const void *a, const void *b) {
    const operation *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return (x->mention > y->mention) - (x->mention < y->mention);
}

/* Lists the operations of all decided mentions, ordered by unit and then as the law stands. */
static operation *list_operations(size_t *n, law_work *work) {
    operation *ops = noi_arena_alloc(work->arena, (work->n_mentions + 1) * sizeof *ops);
    size_t *made = noi_arena_alloc(work->arena, (work->n_statements + 1) * sizeof *made);
    for (size_t i = 0; i < work->n_statements; i++) {
        const law_statement *s = &work->statements[i];
        if (s->verb == LAW_MERGE || s->verb == LAW_RENAME)
            made[i] = make(work, s->new_kind, s->new_name, s->new_fold,
                           work->clauses[s->clause].number, s->joins);
    }
    *n = 0;
    for (size_t i = 0; i < work->n_mentions; i++) {
        const law_mention *m = &work->mentions[i];
        law_verb verb = statement_of(work, m)->verb;
        bool stays = verb == LAW_KEEP || verb == LAW_CLOSING;
        size_t at = stays ? make(work, m->kind, m->name, m->fold, 0, false) : made[m->statement];
        if (m->decided)
            ops[(*n)++] = (operation){m->unit, (uint32_t)m->statement, (uint32_t)i, (uint32_t)at};
    }
    qsort(ops, *n, sizeof *ops, by_unit);
    return ops;
}

/* What the parts of one unit take together. */
typedef struct taken {
    size_t wholes, parts, rests;
    size_t area, all_area, people, all_people; /* how many parts take some or all of it */
} taken;

static taken take(const law_work *work, const operation *ops, size_t n) {
    taken t = {0};
    for (size_t i = 0; i < n; i++) {
        const law_mention *m = &work->mentions[ops[i].mention];
        bool whole = m->area == LAW_SHARE_ALL && m->people == LAW_SHARE_ALL;
        bool rest = m->area == LAW_SHARE_REST;
        t.wholes += whole;
        t.rests += rest;
        if (whole || rest)
            continue;
        t.parts++;
        t.area += m->area != LAW_SHARE_NONE;
        t.all_area += m->area == LAW_SHARE_ALL;
        t.people += m->people != LAW_SHARE_NONE;
        t.all_people += m->people == LAW_SHARE_ALL;
    }
    return t;
}

static noi_scope scope_of_part(const law_mention *m) {
    if (m->area == LAW_SHARE_NONE)
        return NOI_SCOPE_POPULATION_ONLY;
    if (m->people == LAW_SHARE_NONE)
        return m->area == LAW_SHARE_ALL ? NOI_SCOPE_ALL_AREA_NO_POPULATION : NOI_SCOPE_AREA_ONLY;
    return m->people == LAW_SHARE_ALL ? NOI_SCOPE_PART_AREA_ALL_POPULATION
                                      : NOI_SCOPE_AREA_POPULATION;
}

/* See noi_scope in law.h. */
static noi_scope scope_of_rest(const taken *t, bool goes_on) {
    if (t->all_area)
        return NOI_SCOPE_POPULATION_ONLY;
    if (t->all_people)
        return t->area ? NOI_SCOPE_AREA_ONLY : NOI_SCOPE_ALL_AREA_NO_POPULATION;
    if (t->people || !t->area || goes_on)
        return NOI_SCOPE_AREA_POPULATION;
    return NOI_SCOPE_PART_AREA_ALL_POPULATION;
}

/* Does the old unit go on under its own code, kind and name? */
static bool goes_on(const law_work *work, const operation *op) {
    uint32_t new_unit = work->made[op->made].new_unit;
    if (new_unit == LAW_NO_UNIT)
        return false;
    const law_index *olds = &work->lists->old_units, *news = &work->lists->new_units;
    return olds->units[op->unit].code == news->units[new_unit].code &&
           olds->entries[op->unit].kind == news->entries[new_unit].kind &&
           noi_str_eq(olds->entries[op->unit].fine, news->entries[new_unit].fine);
}

static void add_edge(law_work *work, const operation *op, noi_part part, noi_scope scope) {
    const noi_law_made *made = &work->made[op->made];
    bool listed = work->lists->new_units.n > 0;
    if (listed && made->new_unit == LAW_NO_UNIT)
        return; /* "unknown_new_unit" has told it */
    NOI_GROW(work->edges, work->cap_edges, work->n_edges + 1);
    noi_law_edge *edge = &work->edges[work->n_edges++];
    *edge = (noi_law_edge){op->unit, listed ? made->new_unit : op->made, part, scope, ""};
    law_verb verb = work->statements[op->order].verb;
    if (verb != LAW_KEEP && verb != LAW_CLOSING)
        snprintf(edge->clause, sizeof edge->clause, "%d",
                 work->clauses[work->statements[op->order].clause].number);
}

static void add_edges(law_work *work, const operation *ops, size_t n, const taken *t) {
    for (size_t i = 0; i < n; i++) {
        const law_mention *m = &work->mentions[ops[i].mention];
        if (m->area == LAW_SHARE_REST)
            add_edge(work, &ops[i], NOI_PART_REMAINDER, scope_of_rest(t, goes_on(work, &ops[i])));
        else if (m->area == LAW_SHARE_ALL && m->people == LAW_SHARE_ALL)
            add_edge(work, &ops[i], NOI_PART_WHOLE, NOI_SCOPE_ALL);
        else
            add_edge(work, &ops[i],
                     n == 1 && m->area == LAW_SHARE_ALL ? NOI_PART_WHOLE : NOI_PART_PART,
                     scope_of_part(m));
    }
}

/* ---- the proof of one old unit -------------------------------------------------------------- */

/* "3, 7 và 12", as text in the arena. */
static const char *list_clauses(law_work *work, const int *items, size_t n) {
    NOI_AUTO_BUF noi_buf text = {0};
    for (size_t i = 0; i < n; i++)
        noi_buf_printf(&text, i ? ", %d" : "%d", items[i]);
    return noi_arena_strndup(work->arena, text.p ? text.p : "", text.n);
}

static const char *clauses_of(law_work *work, const operation *ops, size_t n) {
    int *items = noi_arena_alloc(work->arena, (n + 1) * sizeof *items);
    for (size_t i = 0; i < n; i++)
        items[i] = clause_of(work, &work->mentions[ops[i].mention]);
    return list_clauses(work, items, n);
}

static void unit_error(law_work *work, const char *key, const operation *ops, size_t n,
                       const char *what) {
    const noi_law_unit *unit = &work->lists->old_units.units[ops[0].unit];
    char code[8];
    int clause = clause_of(work, &work->mentions[ops[n - 1].mention]);
    noi_law_find(work, NOI_LAW_ERROR, key, clause, _("%s, code %s, clauses %s: %s"),
                 noi_law_unit_label(work, unit), noi_code_format(code, unit->code),
                 clauses_of(work, ops, n), what);
}

/* Checks that the unit is consumed exactly once; returns whether it is. */
static bool prove_unit(law_work *work, const operation *ops, size_t n, const taken *t) {
    const char *key = NULL, *what = NULL;
    if (t->wholes && n > 1)
        key = "consumed_twice", what = _("a clause takes the whole unit, and another takes it too");
    else if (t->rests > 1)
        key = "remainder_twice", what = _("two clauses take what remains of it");
    else if (t->all_area > 1 || t->all_people > 1)
        key = "consumed_twice", what = _("two clauses take all of its area or of its people");
    else if ((t->all_area && t->area > 1) || (t->all_people && t->people > 1))
        key = "consumed_twice",
        what = _("a clause takes all of its area or people, and another takes some of it");
    else if (t->rests && t->parts == 0)
        key = "part_missing", what = _("its remainder moves, but no clause takes a part of it");
    else if (t->rests && t->all_area && t->all_people)
        key = "consumed_twice", what = _("nothing can remain: parts take all area and all people");
    else if (t->parts && !t->rests && !t->all_area)
        key = "remainder_missing", what = _("parts of it move, but no clause takes what remains");
    else if (t->parts > 1 && !t->rests && !t->all_people)
        key = "remainder_missing", what = _("not all of its people are moved by some clause");
    if (key)
        unit_error(work, key, ops, n, what);
    else if (t->parts == 1 && !t->rests && !t->all_people)
        noi_law_find(work, NOI_LAW_WARNING, "people_not_named",
                     clause_of(work, &work->mentions[ops[0].mention]),
                     _("%s moves with all of its area, but the clause does not name its people"),
                     noi_law_unit_label(work, &work->lists->old_units.units[ops[0].unit]));
    return key == NULL;
}

static int by_number(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

static bool has_number(const int *items, size_t n, int wanted) {
    for (size_t i = 0; i < n; i++)
        if (items[i] == wanted)
            return true;
    return false;
}

/* "sau khi sắp xếp theo quy định tại khoản N": must name the clauses that took the parts. Units of
 * one list share their references, so a clause that took from a companion is no contradiction. */
static void check_references(law_work *work, const operation *ops, size_t n, size_t at) {
    const law_mention *m = &work->mentions[ops[at].mention];
    int clause = clause_of(work, m);
    int *parts = noi_arena_alloc(work->arena, (n + 1) * sizeof *parts);
    size_t n_parts = 0;
    for (size_t i = 0; i < n; i++)
        if (i != at)
            parts[n_parts++] = clause_of(work, &work->mentions[ops[i].mention]);
    qsort(parts, n_parts, sizeof *parts, by_number);
    const int *refs = work->refs + m->refs;
    bool same = m->n_refs == n_parts;
    for (size_t i = 0; i < n_parts; i++) {
        bool named = has_number(refs, m->n_refs, parts[i]);
        same = same && named;
        if (parts[i] > clause && !named)
            unit_error(work, "part_after_remainder", ops, n,
                       _("a part is taken after the remainder has moved"));
    }
    if (same)
        return;
    noi_law_find(work, NOI_LAW_WARNING, "reference_differs", clause,
                 m->n_refs
                     ? _("clause %d: the remainder of %s is said to be what clauses %s left, but "
                         "the clauses that took parts of it are %s")
                     : _("clause %d: the remainder of %s names no clause%s; the clauses that "
                         "took parts of it are %s"),
                 clause, noi_law_unit_label(work, &work->lists->old_units.units[ops[0].unit]),
                 list_clauses(work, refs, m->n_refs), list_clauses(work, parts, n_parts));
}

static void check_doubles(law_work *work, const operation *ops, size_t n) {
    for (size_t i = 1; i < n; i++)
        if (ops[i].made == ops[i - 1].made)
            unit_error(work, "named_twice", ops, n, _("one clause names it twice"));
}

/* One unit: its edges and its proof. Returns whether it is consumed exactly once. */
static bool execute_unit(law_work *work, const operation *ops, size_t n) {
    taken t = take(work, ops, n);
    add_edges(work, ops, n, &t);
    bool fine = prove_unit(work, ops, n, &t);
    check_doubles(work, ops, n);
    for (size_t i = 0; i < n; i++)
        if (work->mentions[ops[i].mention].area == LAW_SHARE_REST)
            check_references(work, ops, n, i);
    return fine;
}

/* ---- the proof of the whole ----------------------------------------------------------------- */

static void check_untouched(law_work *work, const bool *touched) {
    const law_index *olds = &work->lists->old_units;
    for (size_t i = 0; i < olds->n; i++) {
        work->law->n_old_all += work->claims[i].concerned;
        if (!work->claims[i].concerned || touched[i])
            continue;
        char code[8];
        noi_law_find(work, NOI_LAW_ERROR, "unit_untouched", 0, _("no clause names %s, code %s"),
                     noi_law_unit_label(work, &olds->units[i]),
                     noi_code_format(code, olds->units[i].code));
    }
}

static void check_new_units(law_work *work) {
    const law_index *news = &work->lists->new_units;
    if (news->n == 0)
        return;
    NOI_AUTO_FREE uint16_t *times = noi_alloc_zero(news->n, sizeof *times);
    for (size_t i = 0; i < work->n_made; i++)
        if (work->made[i].new_unit != LAW_NO_UNIT)
            times[work->made[i].new_unit]++;
    for (size_t i = 0; i < news->n; i++) {
        if (!belongs(work, &news->units[i]) || times[i] == 1)
            continue;
        char code[8];
        noi_code_format(code, news->units[i].code);
        if (times[i])
            noi_law_find(work, NOI_LAW_ERROR, "made_twice", 0, _("%s, code %s, is made %d times"),
                         noi_law_unit_label(work, &news->units[i]), code, times[i]);
        else
            noi_law_find(work, NOI_LAW_ERROR, "new_unit_not_made", 0,
                         _("no clause makes %s, code %s"),
                         noi_law_unit_label(work, &news->units[i]), code);
    }
}

static void check_count(law_work *work, int stated, size_t counted, const char *of) {
    if (stated < 0 || (size_t)stated == counted)
        return;
    noi_law_find(work, NOI_LAW_ERROR, "count_differs", work->counts.clause,
                 _("clause %d states %d %s; the clauses make %zu"), work->counts.clause, stated, of,
                 counted);
}

/* Counts of a kind: stated in the closing clause, made by the clauses. LAW_KIND_ANY counts all. */
static void check_kinds(law_work *work, const int *stated, bool formed) {
    size_t total = 0, stated_total = 0;
    bool any = false;
    for (law_kind kind = LAW_KIND_WARD; kind <= LAW_KIND_ANY; kind++) {
        size_t counted = 0;
        for (size_t i = 0; i < work->n_made; i++)
            if ((kind == LAW_KIND_ANY || noi_law_kind_of(work->made[i].kind) == kind) &&
                !(formed && work->made[i].clause == 0))
                counted++;
        if (stated[kind] >= 0) {
            check_count(work, stated[kind], counted, noi_law_kind_text(kind));
            any = true;
            stated_total += (size_t)stated[kind];
        }
        total = counted;
    }
    if (any && stated[LAW_KIND_ANY] < 0 && stated_total != total)
        check_count(work, (int)stated_total, total, noi_law_kind_text(LAW_KIND_ANY));
}

static void check_counts(law_work *work) {
    const law_counts *counts = &work->counts;
    if (!counts->found) {
        noi_law_find(
            work, NOI_LAW_ERROR, "closing_missing", 0,
            _("there is no closing clause 'Sau khi sắp xếp, ... có ... đơn vị hành chính cấp "
              "xã', so the counts cannot be proved"));
        return;
    }
    size_t kept = 0;
    for (size_t i = 0; i < work->n_made; i++)
        kept += work->made[i].clause == 0;
    check_count(work, counts->total, work->n_made, _("commune-level units in all"));
    check_kinds(work, counts->by_kind, false);
    check_kinds(work, counts->formed, true);
    check_count(work, counts->kept < 0 ? 0 : counts->kept, kept,
                _("units that are not rearranged"));
}

void noi_law_execute(law_work *work) {
    size_t n;
    operation *ops = list_operations(&n, work);
    NOI_AUTO_FREE bool *touched = noi_alloc_zero(work->lists->old_units.n + 1, sizeof *touched);
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && ops[end].unit == ops[i].unit)
            end++;
        touched[ops[i].unit] = true;
        work->law->n_old += execute_unit(work, ops + i, end - i);
        i = end;
    }
    work->law->n_new = work->n_made;
    if (work->n_provinces) {
        check_untouched(work, touched);
        check_new_units(work);
        check_counts(work);
    }
}
