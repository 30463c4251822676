/*
 * resolve.c: which old unit a mention names.
 *
 * The provinces are found first: a resolution names every unit of the provinces that it arranges,
 * and of any other province only those that happen to bear a common name. Then each mention gets
 * its candidates by kind and name, cut down by the bracket behind it. What is left open is decided
 * by evidence, strongest first, and every inference is a finding that explains itself:
 *
 *   reference    a remainder names the clauses that took the parts before it
 *   elimination  a unit that another clause consumes cannot be consumed again
 *   spelling     a name that no unit bears, but one unit that is still free nearly does
 *   neighbours   the other units of the clause lie in the district of one candidate only
 *
 * What none of them decides is an error: nothing is guessed.
 */
#include "law/work.h"

#include "base/i18n.h"
#include "law/lists.h"

#include <string.h>

#define MAX_CANDIDATES  64
#define MAX_KEY_LETTERS 64

static int clause_of(const law_work *work, const law_mention *mention) {
    return work->clauses[work->statements[mention->statement].clause].number;
}

static const noi_law_unit *old_unit(const law_work *work, uint32_t unit) {
    return &work->lists->old_units.units[unit];
}

/* ---- provinces ------------------------------------------------------------------------------ */

typedef struct province_count {
    noi_code code;
    size_t units, named;
} province_count;

typedef struct province_table {
    province_count *items;
    size_t n, capacity;
} province_table;

static province_count *province_of(province_table *table, noi_code code) {
    for (size_t i = table->n; i-- > 0;)
        if (table->items[i].code == code)
            return &table->items[i];
    NOI_GROW(table->items, table->capacity, table->n + 1);
    table->items[table->n] = (province_count){code, 0, 0};
    return &table->items[table->n++];
}

/* Marks every old unit whose kind and name some mention bears. */
static void mark_named(bool *named, const law_work *work) {
    const law_index *index = &work->lists->old_units;
    for (size_t i = 0; i < work->n_mentions; i++) {
        const law_mention *m = &work->mentions[i];
        for (uint32_t u = noi_law_chain(index, m->coarse); u != LAW_NO_UNIT;
             u = index->entries[u].next)
            if (index->entries[u].hash == m->coarse && index->entries[u].kind == m->kind &&
                noi_law_grain(&index->entries[u], m->fold) <= LAW_GRAIN_MIDDLE)
                named[u] = true;
    }
}

static int by_code(const void *a, const void *b) {
    const noi_code *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

void noi_law_find_provinces(law_work *work) {
    const law_index *index = &work->lists->old_units;
    NOI_AUTO_FREE bool *named = noi_alloc_zero(index->n + 1, sizeof *named);
    province_table table = {NULL, 0, 0};
    mark_named(named, work);
    for (size_t i = 0; i < index->n; i++) {
        province_count *province = province_of(&table, index->units[i].province_code);
        province->units++;
        province->named += named[i];
    }
    for (size_t i = 0; i < table.n; i++) {
        if (table.items[i].named * 2 < table.items[i].units || table.items[i].named == 0)
            continue;
        NOI_GROW(work->provinces, work->cap_provinces, work->n_provinces + 1);
        work->provinces[work->n_provinces++] = table.items[i].code;
    }
    free(table.items);
    if (work->n_provinces)
        qsort(work->provinces, work->n_provinces, sizeof *work->provinces, by_code);
    else
        noi_law_find(
            work, NOI_LAW_ERROR, "no_province", 0,
            _("the clauses do not name the units of any province in the list of old units"));
    work->claims = noi_arena_alloc(work->arena, (index->n + 1) * sizeof *work->claims);
    memset(work->claims, 0, (index->n + 1) * sizeof *work->claims);
    for (size_t i = 0; i < index->n; i++)
        for (size_t k = 0; k < work->n_provinces; k++)
            if (index->units[i].province_code == work->provinces[k])
                work->claims[i].concerned = true;
}

/* ---- claims --------------------------------------------------------------------------------- */

static bool is_whole(const law_mention *m) {
    return m->area == LAW_SHARE_ALL && m->people == LAW_SHARE_ALL;
}

static bool is_rest(const law_mention *m) {
    return m->area == LAW_SHARE_REST;
}

/* May the mention take this unit, beside those that are decided? */
static bool is_free_for(const law_work *work, const law_mention *m, uint32_t unit) {
    const law_claim *claim = &work->claims[unit];
    if (claim->wholes)
        return false;
    if (is_whole(m))
        return claim->parts == 0 && claim->rests == 0;
    return !is_rest(m) || claim->rests == 0;
}

static void decide(law_work *work, law_mention *m, uint32_t unit, law_decided how) {
    m->unit = unit;
    m->decided = how;
    law_claim *claim = &work->claims[unit];
    if (is_whole(m))
        claim->wholes++;
    else if (is_rest(m))
        claim->rests++;
    else
        claim->parts++;
}

/* ---- qualifiers ----------------------------------------------------------------------------- */

/* How loosely a qualifier is read: 0 kind and name, 1 kind and name but for marks and spaces, 2 the
 * name alone, 3 the name but for one letter; NO_LEVEL when no district fits. */
#define NO_LEVEL 4

static bool in_district(const law_district *district, const law_qualifier *q, int level,
                        noi_str coarse, noi_str province_coarse) {
    if (q->province.n && !noi_str_eq(district->province_coarse, province_coarse))
        return false;
    if (q->name.n == 0)
        return true;
    bool kind = district->kind == q->kind;
    switch (level) {
    case 0:
        return kind && noi_str_eq(district->fold, q->name);
    case 1:
        return kind && noi_str_eq(district->coarse, coarse);
    case 2:
        return noi_str_eq(district->coarse, coarse);
    default:
        return coarse.n >= 4 && noi_law_one_letter_apart(district->coarse, coarse);
    }
}

static bool fits(const law_work *work, const law_qualifier *q, int level, uint32_t unit) {
    uint32_t d = work->lists->district_of[unit];
    if (d == LAW_NO_UNIT || level >= NO_LEVEL)
        return false;
    return in_district(&work->lists->districts[d], q, level,
                       noi_law_coarse_key(work->arena, q->name),
                       noi_law_coarse_key(work->arena, q->province));
}

static int level_of(const law_work *work, const law_qualifier *q) {
    noi_str coarse = noi_law_coarse_key(work->arena, q->name);
    noi_str province = noi_law_coarse_key(work->arena, q->province);
    for (int level = 0; level < NO_LEVEL; level++)
        for (size_t i = 0; i < work->lists->n_districts; i++) {
            const law_district *district = &work->lists->districts[i];
            bool concerned = false;
            for (size_t k = 0; k < work->n_provinces; k++)
                concerned = concerned || work->provinces[k] == district->province;
            if (concerned && in_district(district, q, level, coarse, province))
                return level;
        }
    return NO_LEVEL;
}

static void read_qualifiers(law_work *work) {
    for (size_t i = 0; i < work->n_qualifiers; i++) {
        law_qualifier *q = &work->qualifiers[i];
        int clause = work->clauses[q->clause].number;
        q->level = level_of(work, q);
        if (q->level == NO_LEVEL)
            noi_law_find(work, NOI_LAW_WARNING, "unknown_district", clause,
                         _("clause %d: no district of the provinces concerned is called '%.*s'"),
                         clause, NOI_STR_ARG(q->words));
        else if (q->level >= 2)
            noi_law_find(
                work, NOI_LAW_WARNING, "district_differs", clause,
                _("clause %d: the district '%.*s' stands in the list of units with another "
                  "kind or spelling"),
                clause, NOI_STR_ARG(q->words));
    }
}

/* Keeps the candidates that the qualifier fits; all of them when it fits none. */
static size_t filter(const law_work *work, uint32_t *items, size_t n, int qualifier) {
    if (qualifier < 0)
        return n;
    const law_qualifier *q = &work->qualifiers[qualifier];
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        kept += fits(work, q, q->level, items[i]);
    if (kept == 0)
        return n;
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (fits(work, q, q->level, items[i]))
            items[m++] = items[i];
    return m;
}

static bool fits_own(const law_work *work, const law_mention *m, uint32_t unit) {
    if (m->own < 0 || work->qualifiers[m->own].level == NO_LEVEL)
        return true;
    return fits(work, &work->qualifiers[m->own], work->qualifiers[m->own].level, unit);
}

/* ---- candidates ----------------------------------------------------------------------------- */

/* Units of the provinces whose name is at most `grain` away from `fine`. */
static size_t gather(uint32_t *out, const law_work *work, const law_mention *m, noi_str fine,
                     int grain, bool any_kind) {
    const law_index *index = &work->lists->old_units;
    uint32_t hash = noi_law_coarse(fine);
    size_t n = 0;
    for (uint32_t u = noi_law_chain(index, hash); u != LAW_NO_UNIT && n < MAX_CANDIDATES;
         u = index->entries[u].next) {
        const law_entry *entry = &index->entries[u];
        if (entry->hash == hash && work->claims[u].concerned &&
            (any_kind || entry->kind == m->kind) && noi_law_grain(entry, fine) <= grain)
            out[n++] = u;
    }
    return n;
}

static size_t keep_own(const law_work *work, const law_mention *m, uint32_t *items, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (fits_own(work, m, items[i]))
            items[kept++] = items[i];
    return kept;
}

static void keep_candidates(law_work *work, law_mention *m, const uint32_t *items, size_t n) {
    m->candidates = noi_arena_alloc(work->arena, (n + 1) * sizeof *items);
    memcpy(m->candidates, items, n * sizeof *items);
    m->n_candidates = n;
}

/* "Phường Đúc": a kind with a capital may be the beginning of the name. */
static noi_str with_kind(law_work *work, const law_mention *m) {
    const char *text =
        noi_arena_format(work->arena, "%s %.*s", noi_law_kind_text(m->kind), NOI_STR_ARG(m->fold));
    return noi_str_of(text);
}

/* The units that bear the mention's kind and name, in the district that its bracket names. */
static void find_candidates(law_work *work, law_mention *m) {
    uint32_t items[MAX_CANDIDATES];
    for (int grain = LAW_GRAIN_FINE; grain <= LAW_GRAIN_MIDDLE; grain++) {
        size_t n = keep_own(work, m, items, gather(items, work, m, m->fold, grain, false));
        if (n == 0 && m->bare_kind)
            n = keep_own(work, m, items, gather(items, work, m, with_kind(work, m), grain, false));
        if (n == 0)
            continue;
        n = filter(work, items, n, m->listed);
        keep_candidates(work, m, items, n);
        break;
    }
    if (m->n_candidates == 1)
        decide(work, m, m->candidates[0], LAW_BY_NAME);
}

/* ---- inferences ----------------------------------------------------------------------------- */

static void tell(law_work *work, const law_mention *m, noi_law_severity severity, const char *key,
                 const char *why) {
    noi_law_find(work, severity, key, clause_of(work, m), _("clause %d: '%s' was read as %s: %s"),
                 clause_of(work, m), noi_law_mention_label(work, m),
                 noi_law_unit_label(work, old_unit(work, m->unit)), why);
}

static bool refers_to(const law_work *work, const law_mention *m, int clause) {
    for (size_t i = 0; i < m->n_refs; i++)
        if (work->refs[m->refs + i] == clause)
            return true;
    return false;
}

/* Does a decided mention on the other side of a reference take this unit? */
static bool is_referred(const law_work *work, const law_mention *m, uint32_t unit) {
    for (size_t i = 0; i < work->n_mentions; i++) {
        const law_mention *other = &work->mentions[i];
        if (!other->decided || other->unit != unit || is_whole(other))
            continue;
        if (is_rest(m) && !is_rest(other) && refers_to(work, m, clause_of(work, other)))
            return true;
        if (!is_rest(m) && is_rest(other) && refers_to(work, other, clause_of(work, m)))
            return true;
    }
    return false;
}

static bool infer_by_reference(law_work *work, law_mention *m) {
    if (is_whole(m) || m->n_candidates < 2)
        return false;
    uint32_t found = LAW_NO_UNIT;
    size_t n = 0;
    for (size_t i = 0; i < m->n_candidates; i++)
        if (is_free_for(work, m, m->candidates[i]) && is_referred(work, m, m->candidates[i])) {
            found = m->candidates[i];
            n++;
        }
    if (n != 1)
        return false;
    decide(work, m, found, LAW_BY_INFERENCE);
    tell(work, m, NOI_LAW_NOTE, "decided_by_reference",
         _("the clauses that refer to each other speak of one unit"));
    return true;
}

static bool infer_by_elimination(law_work *work, law_mention *m) {
    if (m->n_candidates < 2)
        return false;
    uint32_t found = LAW_NO_UNIT;
    size_t n = 0;
    for (size_t i = 0; i < m->n_candidates; i++)
        if (is_free_for(work, m, m->candidates[i])) {
            found = m->candidates[i];
            n++;
        }
    if (n != 1)
        return false;
    decide(work, m, found, LAW_BY_INFERENCE);
    tell(work, m, NOI_LAW_NOTE, "decided_by_elimination",
         _("other clauses consume the other units of this name"));
    return true;
}

static size_t keep_free(const law_work *work, const law_mention *m, uint32_t *items, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (is_free_for(work, m, items[i]))
            items[kept++] = items[i];
    return kept;
}

static bool same_digits(noi_str a, noi_str b) {
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.n && !(a.p[i] >= '0' && a.p[i] <= '9'))
            i++;
        while (j < b.n && !(b.p[j] >= '0' && b.p[j] <= '9'))
            j++;
        if (i == a.n || j == b.n)
            return i == a.n && j == b.n;
        if (a.p[i++] != b.p[j++])
            return false;
    }
}

/* Free units of the kind whose coarse name is one letter away. */
static size_t gather_near(uint32_t *out, law_work *work, const law_mention *m) {
    const law_index *index = &work->lists->old_units;
    noi_str coarse = noi_law_coarse_key(work->arena, m->fold);
    size_t n = 0;
    for (uint32_t u = 0; coarse.n >= 4 && u < index->n && n < MAX_CANDIDATES; u++)
        if (work->claims[u].concerned && index->entries[u].kind == m->kind &&
            is_free_for(work, m, u) && fits_own(work, m, u) &&
            noi_law_one_letter_apart(index->entries[u].coarse, coarse) &&
            same_digits(index->entries[u].coarse, coarse))
            out[n++] = u;
    return n;
}

static bool is_neighbour_district(const law_work *work, const law_mention *m, uint32_t district) {
    for (size_t i = 0; i < work->n_mentions; i++) {
        const law_mention *other = &work->mentions[i];
        if (other->statement == m->statement && other->decided &&
            work->lists->district_of[other->unit] == district)
            return true;
    }
    return false;
}

/* Are two coarse keys at most two letters apart? */
static bool is_like(noi_str a, noi_str b) {
    size_t limit = 2, rows[2][MAX_KEY_LETTERS + 1];
    if (a.n < 6 || b.n < 6 || b.n > MAX_KEY_LETTERS || a.n > b.n + limit || b.n > a.n + limit)
        return false;
    for (size_t j = 0; j <= b.n; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *before = rows[(i - 1) % 2], *now = rows[i % 2];
        now[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t change = before[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            size_t other = (before[j] < now[j - 1] ? before[j] : now[j - 1]) + 1;
            now[j] = change < other ? change : other;
        }
    }
    return rows[a.n % 2][b.n] <= limit;
}

static size_t count_words(noi_str fine) {
    size_t n = fine.n > 0;
    for (size_t i = 0; i < fine.n; i++)
        n += fine.p[i] == ' ';
    return n;
}

/* Do two names share their first or their last two words? "Hưng Yên" and "Hưng Yên Nam", "N.T Phong
 * Hải" and "Nông trường Phong Hải"; one of them must have no more words than those. */
static bool shares_words(noi_str a, noi_str b) {
    size_t spaces = 0, front = 0, back = 0;
    if (count_words(a) < 2 || count_words(b) < 2)
        return false;
    for (; front < a.n && front < b.n && a.p[front] == b.p[front]; front++)
        spaces += a.p[front] == ' ';
    bool a_ends = front == a.n && (front == b.n || b.p[front] == ' ');
    bool b_ends = front == b.n && (front == a.n || a.p[front] == ' ');
    if ((a_ends || b_ends) && spaces >= 1)
        return true;
    for (spaces = 0; back < a.n && back < b.n && a.p[a.n - 1 - back] == b.p[b.n - 1 - back]; back++)
        spaces += a.p[a.n - 1 - back] == ' ';
    return spaces >= 2 || (spaces >= 1 && (back == a.n || back == b.n));
}

/* Units that no clause names, in the districts of the clause's other units or of the bracket, whose
 * name is like the one that no unit bears. */
static size_t gather_far(uint32_t *out, law_work *work, const law_mention *m) {
    const law_index *index = &work->lists->old_units;
    noi_str coarse = noi_law_coarse_key(work->arena, m->fold);
    size_t n = 0;
    for (uint32_t u = 0; u < index->n && n < MAX_CANDIDATES; u++) {
        const law_entry *entry = &index->entries[u];
        const law_claim *claim = &work->claims[u];
        if (!claim->concerned || entry->kind != m->kind || claim->wholes || claim->parts ||
            claim->rests || !fits_own(work, m, u))
            continue;
        if (m->own < 0 && !is_neighbour_district(work, m, work->lists->district_of[u]))
            continue;
        if (same_digits(entry->coarse, coarse) &&
            (is_like(entry->coarse, coarse) || shares_words(entry->fine, m->fold)))
            out[n++] = u;
    }
    return n;
}

typedef enum slip {
    SLIP_MARKS = 0,
    SLIP_LETTER,
    SLIP_KIND,
    SLIP_FAR,
    SLIP_DISTRICT,
    N_SLIPS,
} slip;

static size_t gather_slip(uint32_t *items, law_work *work, const law_mention *m, slip how) {
    size_t n;
    switch (how) {
    case SLIP_MARKS:
        n = gather(items, work, m, m->fold, LAW_GRAIN_COARSE, false);
        break;
    case SLIP_LETTER:
        return gather_near(items, work, m);
    case SLIP_FAR:
        return gather_far(items, work, m);
    case SLIP_KIND:
        n = gather(items, work, m, m->fold, LAW_GRAIN_MIDDLE, true);
        break;
    default: /* the bracket contradicts the list */
        n = gather(items, work, m, m->fold, LAW_GRAIN_MIDDLE, false);
        return keep_free(work, m, items, n);
    }
    return keep_free(work, m, items, keep_own(work, m, items, n));
}

static void tell_slip(law_work *work, const law_mention *m, slip how) {
    const noi_law_unit *unit = old_unit(work, m->unit);
    if (how == SLIP_DISTRICT)
        tell(work, m, NOI_LAW_WARNING, "qualifier_mismatch",
             _("the list has no unit of this name in the district that the law puts in brackets"));
    else if (how == SLIP_KIND)
        tell(work, m, NOI_LAW_WARNING, "kind_differs",
             _("the list has no unit of this kind and name"));
    else if (how == SLIP_FAR)
        tell(work, m, NOI_LAW_WARNING, "spelling",
             _("no unit bears that name, and this one is the only unit there whose name is like it "
               "and "
               "that no other clause names"));
    else
        noi_law_find(work, NOI_LAW_WARNING, "spelling", clause_of(work, m),
                     _("clause %d: the spelling differs: the law says '%s', the list says '%s %s'; "
                       "no other unit comes near"),
                     clause_of(work, m), noi_law_mention_label(work, m), unit->kind, unit->name);
}

static bool infer_by_spelling(law_work *work, law_mention *m) {
    if (m->n_candidates > 0)
        return false;
    for (slip how = SLIP_MARKS; how < N_SLIPS; how++) {
        uint32_t items[MAX_CANDIDATES];
        size_t n = gather_slip(items, work, m, how);
        if (n == 0)
            continue;
        n = filter(work, items, n, m->listed);
        keep_candidates(work, m, items, n);
        if (n > 1)
            return true; /* now the other inferences have something to choose from */
        decide(work, m, items[0], LAW_BY_INFERENCE);
        tell_slip(work, m, how);
        return true;
    }
    return false;
}

static bool infer_by_neighbours(law_work *work, law_mention *m) {
    if (m->n_candidates < 2 || work->statements[m->statement].verb == LAW_CLOSING)
        return false;
    uint32_t found = LAW_NO_UNIT;
    size_t n = 0;
    for (size_t i = 0; i < m->n_candidates; i++)
        if (is_free_for(work, m, m->candidates[i]) &&
            is_neighbour_district(work, m, work->lists->district_of[m->candidates[i]])) {
            found = m->candidates[i];
            n++;
        }
    if (n != 1)
        return false;
    decide(work, m, found, LAW_BY_INFERENCE);
    tell(work, m, NOI_LAW_NOTE, "decided_by_neighbours",
         _("the other units of the clause lie in its district"));
    return true;
}

typedef bool (*inference)(law_work *work, law_mention *m);

/* Tries one kind of evidence on all open mentions; `one` stops behind the first success. */
static bool try_all(law_work *work, inference infer, bool one) {
    bool any = false;
    for (size_t i = 0; i < work->n_mentions && !(any && one); i++)
        if (!work->mentions[i].decided)
            any = infer(work, &work->mentions[i]) || any;
    return any;
}

/* ---- what is left --------------------------------------------------------------------------- */

/* "huyện Vân Đồn": a district stands for its communes that no other clause names. */
static bool expand_district(law_work *work, size_t at) {
    law_mention m = work->mentions[at];
    if (m.kind < LAW_KIND_RURAL || m.kind > LAW_KIND_BOROUGH || m.n_candidates)
        return false;
    law_qualifier q = {.kind = m.kind, .name = m.fold};
    size_t n = 0, n_units = work->lists->old_units.n;
    for (uint32_t u = 0; u < n_units; u++) {
        if (!work->claims[u].concerned || !fits(work, &q, 0, u) || !is_free_for(work, &m, u))
            continue;
        law_mention *to = &work->mentions[at];
        if (n++) {
            NOI_GROW(work->mentions, work->cap_mentions, work->n_mentions + 1);
            to = &work->mentions[work->n_mentions++];
            *to = m;
        }
        decide(work, to, u, LAW_BY_INFERENCE);
    }
    if (n)
        noi_law_find(work, NOI_LAW_NOTE, "district_expanded", clause_of(work, &m),
                     _("clause %d: '%s' stands for its %zu communes that no other clause names"),
                     clause_of(work, &m), noi_law_mention_label(work, &m), n);
    return n > 0;
}

static void tell_open(law_work *work, const law_mention *m) {
    int clause = clause_of(work, m);
    const char *label = noi_law_mention_label(work, m);
    if (m->n_candidates == 0) {
        noi_law_find(work, NOI_LAW_ERROR, "unknown_unit", clause,
                     _("clause %d: no old unit of the provinces concerned is called '%s'"), clause,
                     label);
        return;
    }
    NOI_AUTO_BUF noi_buf list = {0};
    for (size_t i = 0; i < m->n_candidates; i++)
        noi_buf_printf(&list, "%s%s", i ? ", " : "",
                       noi_law_unit_label(work, old_unit(work, m->candidates[i])));
    noi_law_find(work, NOI_LAW_ERROR, "ambiguous_unit", clause,
                 _("clause %d: '%s' may be %s; nothing in the text decides"), clause, label,
                 list.p);
}

/* "nhập vào xã B": the old unit of the new one's name goes on in it. */
static void add_receiver(law_work *work, size_t statement) {
    const law_statement *s = &work->statements[statement];
    law_mention m = {.statement = statement,
                     .kind = s->new_kind,
                     .name = s->new_name,
                     .fold = s->new_fold,
                     .area = LAW_SHARE_ALL,
                     .people = LAW_SHARE_ALL,
                     .own = -1,
                     .listed = -1,
                     .unit = LAW_NO_UNIT};
    uint32_t items[MAX_CANDIDATES];
    size_t n = keep_free(work, &m, items, gather(items, work, &m, m.fold, LAW_GRAIN_MIDDLE, false));
    if (n != 1)
        return;
    NOI_GROW(work->mentions, work->cap_mentions, work->n_mentions + 1);
    work->mentions[work->n_mentions++] = m;
    law_mention *added = &work->mentions[work->n_mentions - 1];
    decide(work, added, items[0], LAW_BY_INFERENCE);
    tell(work, added, NOI_LAW_NOTE, "receiver_goes_on",
         _("other units are joined to it, so it goes on whole in the new unit"));
}

void noi_law_resolve(law_work *work) {
    if (work->n_provinces == 0)
        return;
    read_qualifiers(work);
    for (size_t i = 0; i < work->n_mentions; i++)
        find_candidates(work, &work->mentions[i]);
    bool more = true;
    while (more)
        more = try_all(work, infer_by_reference, false) ||
               try_all(work, infer_by_elimination, false) ||
               try_all(work, infer_by_spelling, true) || try_all(work, infer_by_neighbours, true);
    size_t n = work->n_mentions;
    for (size_t i = 0; i < n; i++)
        if (!work->mentions[i].decided && !expand_district(work, i))
            tell_open(work, &work->mentions[i]);
    for (size_t i = 0; i < work->n_statements; i++)
        if (work->statements[i].joins)
            add_receiver(work, i);
}
