/*
 * resolve.c: see resolve.h. First each mention gets its role (ward, district or province): kind
 * words decide, bare names are read from the right, province before district before ward. Then
 * provinces narrow districts, and both narrow the units of the ward's name. Where nothing is left,
 * the reading says so and lists what the name alone means; where several are left, it lists all.
 */
#include "address/resolve.h"

#include "address/variants.h"

#include <string.h>

#define LEVEL(l)      (1u << (l))
#define MAX_DISTRICTS 64
#define MAX_FOUND     1024

typedef struct found_unit {
    uint16_t unit;
    bool is_exact;     /* marks written and equal */
    bool is_shortened; /* the posting has marks that the text has not */
} found_unit;

typedef struct resolver {
    const noi_scan *scan;
    const noi_gazetteer *g;
    const noi_posting *postings;
    const noi_node *nodes;
    const noi_gazetteer_row *rows;
    const noi_gazetteer_district *districts;
    const noi_gazetteer_province *provinces;
    uint8_t role[NOI_MAX_MENTIONS]; /* noi_level, or NOI_LEVEL_COUNT for none */
    uint64_t in_province[(NOI_MAX_PROVINCES + 63) / 64];
    bool has_province, names_outside;
    uint16_t district[MAX_DISTRICTS];
    size_t n_districts;
    bool unknown_district; /* one was named that we do not have */
    bool unsure_district;  /* read with another kind, or with words behind its name */
    bool districts_apart;  /* two mentions name districts that cannot be one */
    bool is_marked;        /* the text is written with marks (kind words aside) */
    found_unit found[MAX_FOUND];
    size_t n_found;
} resolver;

static bool can_be(const resolver *r, const noi_mention *m, noi_level level) {
    if (!(m->levels & LEVEL(level)) || m->node == 0)
        return false;
    return (r->nodes[m->node].levels & LEVEL(level)) != 0;
}

/* ---- roles --------------------------------------------------------------------------------- */

static bool has_role(const resolver *r, noi_level level) {
    for (size_t i = 0; i < r->scan->n_mentions; i++)
        if (r->role[i] == level)
            return true;
    return false;
}

/* "Thành phố Cao Bằng" is a district of the province of that name; "Thành phố Huế" is a province.
 */
static noi_level role_of_city(const resolver *r, const noi_mention *m) {
    if (!can_be(r, m, NOI_LEVEL_PROVINCE))
        return NOI_LEVEL_DISTRICT;
    if (!can_be(r, m, NOI_LEVEL_DISTRICT))
        return NOI_LEVEL_PROVINCE;
    const noi_node *n = &r->nodes[m->node];
    for (uint32_t k = 0; k < n->n_postings; k++) {
        const noi_posting *p = &r->postings[n->first_posting + k];
        if (p->level == NOI_LEVEL_PROVINCE && p->kind == NOI_KEY_CITY &&
            noi_scan_marks_fit(r->scan, m->name, p) > 0)
            return NOI_LEVEL_PROVINCE;
    }
    return NOI_LEVEL_DISTRICT;
}

static void give_kind_roles(resolver *r) {
    for (size_t i = 0; i < r->scan->n_mentions; i++) {
        const noi_mention *m = &r->scan->mentions[i];
        r->role[i] = NOI_LEVEL_COUNT;
        if (m->is_sure)
            r->role[i] = NOI_LEVEL_PROVINCE;
        else if (m->keyword == NOI_KEY_NONE)
            continue;
        else if (m->levels == LEVEL(NOI_LEVEL_WARD))
            r->role[i] = NOI_LEVEL_WARD;
        else if (m->levels == LEVEL(NOI_LEVEL_PROVINCE))
            r->role[i] = NOI_LEVEL_PROVINCE;
        else if (m->levels == LEVEL(NOI_LEVEL_DISTRICT))
            r->role[i] = NOI_LEVEL_DISTRICT;
        else
            r->role[i] = (uint8_t)role_of_city(r, m);
    }
}

/* "Phú Diễn, Bắc Từ Liêm, Hà Nội": nothing but bare names, one a part. */
static bool is_all_bare(const resolver *r) {
    const noi_scan *s = r->scan;
    if (s->has_number || s->n_mentions < 3 || s->n_parts != s->n_mentions)
        return false;
    for (size_t i = 0; i < s->n_mentions; i++)
        if (!s->mentions[i].fills_part)
            return false;
    return true;
}

/* A bare ward needs a street or a house before it and its district or province right behind it. */
static bool ward_position_supports(const resolver *r, size_t i) {
    const noi_scan *s = r->scan;
    const noi_mention *m = &s->mentions[i];
    if (!m->fills_part || i + 1 >= s->n_mentions || s->tokens[m->first].gap < NOI_GAP_STOP)
        return false; /* "Bình Giã - Đá Bạc" is a road between two places */
    uint8_t next = r->role[i + 1];
    if (next != NOI_LEVEL_DISTRICT && next != NOI_LEVEL_PROVINCE)
        return false;
    if (s->mentions[i + 1].part > m->part + 1)
        return false;
    return m->part > 0 || is_all_bare(r);
}

static void give_bare_roles(resolver *r) {
    for (size_t i = r->scan->n_mentions; i-- > 0;) {
        const noi_mention *m = &r->scan->mentions[i];
        if (r->role[i] != NOI_LEVEL_COUNT || m->keyword != NOI_KEY_NONE)
            continue;
        bool is_last = i + 1 == r->scan->n_mentions;
        if (is_last && can_be(r, m, NOI_LEVEL_PROVINCE) && !has_role(r, NOI_LEVEL_PROVINCE))
            r->role[i] = NOI_LEVEL_PROVINCE;
        else if (can_be(r, m, NOI_LEVEL_DISTRICT) && !has_role(r, NOI_LEVEL_DISTRICT))
            r->role[i] = NOI_LEVEL_DISTRICT;
        else if (can_be(r, m, NOI_LEVEL_WARD) && !has_role(r, NOI_LEVEL_WARD) &&
                 ward_position_supports(r, i))
            r->role[i] = NOI_LEVEL_WARD;
    }
}

/* ---- provinces ----------------------------------------------------------------------------- */

static void add_province(resolver *r, uint32_t id) {
    r->in_province[id / 64] |= UINT64_C(1) << (id % 64);
    r->has_province = true;
}

static bool has_province(const resolver *r, uint16_t id) {
    return id != NOI_GAZETTEER_NONE && (r->in_province[id / 64] >> (id % 64) & 1);
}

static void read_provinces(resolver *r) {
    for (size_t i = 0; i < r->scan->n_mentions; i++) {
        const noi_mention *m = &r->scan->mentions[i];
        if (r->role[i] != NOI_LEVEL_PROVINCE)
            continue;
        if (m->node == 0) {
            r->names_outside = true; /* "tỉnh" and a name that is no province of Vietnam's */
            continue;
        }
        const noi_node *n = &r->nodes[m->node];
        for (uint32_t k = 0; k < n->n_postings; k++) {
            const noi_posting *p = &r->postings[n->first_posting + k];
            if (p->level != NOI_LEVEL_PROVINCE || !noi_scan_marks_fit(r->scan, m->name, p))
                continue;
            if (p->flags & NOI_POSTING_OUTSIDE)
                r->names_outside = true;
            else
                add_province(r, p->id);
        }
    }
}

/* 2: lies in a province that was read (or none was); 1: its province was merged into one that was
 * read, which only a mixture of old and new writes; 0: lies elsewhere. */
static int province_fit(const resolver *r, uint16_t province, uint16_t former) {
    if (!r->has_province || has_province(r, province) || has_province(r, former))
        return 2;
    return has_province(r, r->provinces[province].merged_into) ? 1 : 0;
}

/* ---- districts ----------------------------------------------------------------------------- */

static void add_district(resolver *r, uint16_t id) {
    for (size_t i = 0; i < r->n_districts; i++)
        if (r->district[i] == id)
            return;
    if (r->n_districts < MAX_DISTRICTS)
        r->district[r->n_districts++] = id;
}

static bool has_district(const resolver *r, uint16_t id) {
    for (size_t i = 0; i < r->n_districts; i++)
        if (r->district[i] == id)
            return true;
    return false;
}

/* The districts of one name that fit at least `province`; with `kind` those of that kind only. */
static size_t districts_of(resolver *r, const noi_mention *m, int province, unsigned kind,
                           bool exact) {
    const noi_node *n = &r->nodes[m->node];
    size_t added = 0;
    for (uint32_t k = 0; k < n->n_postings; k++) {
        const noi_posting *p = &r->postings[n->first_posting + k];
        int fit = p->level == NOI_LEVEL_DISTRICT ? noi_scan_marks_fit(r->scan, m->name, p) : 0;
        if (fit == 0 || (exact && fit != 2) || (kind != NOI_KEY_NONE && p->kind != kind))
            continue;
        if (province_fit(r, r->districts[p->id].province, NOI_GAZETTEER_NONE) < province)
            continue;
        add_district(r, (uint16_t)p->id);
        added++;
    }
    return added;
}

/* Whether the words behind a name surely belong to it: "huyện Tân Phú Đông" is not Tân Phú. */
static bool is_other_name(const resolver *r, const noi_mention *m) {
    const noi_token *tail = &r->scan->tokens[m->end];
    return m->goes_on && (tail->is_number || (tail->is_capital && !tail->is_upper));
}

/* The strictest reading that finds something: right province before merged one, right kind before
 * any, marks as written before marks left out. */
static bool read_district(resolver *r, const noi_mention *m) {
    if (m->node == 0 || is_other_name(r, m))
        return false;
    for (int province = 2; province > 0; province--)
        for (int loose = 0; loose < 4; loose++) {
            unsigned kind = loose & 1 ? NOI_KEY_NONE : m->keyword;
            if (districts_of(r, m, province, kind, loose < 2 && r->is_marked) > 0) {
                r->unsure_district |= m->goes_on || (loose & 1 && m->keyword != NOI_KEY_NONE);
                return true;
            }
        }
    return false;
}

/* "Quận 4, Quận 7": the second names none of those that the first can mean. */
static bool lies_apart(const resolver *r, const uint16_t *before, size_t n_before,
                       const noi_mention *m) {
    const noi_node *n = &r->nodes[m->node];
    for (uint32_t k = 0; k < n->n_postings; k++) {
        const noi_posting *p = &r->postings[n->first_posting + k];
        for (size_t i = 0; p->level == NOI_LEVEL_DISTRICT && i < n_before; i++)
            if (before[i] == p->id)
                return false;
    }
    return n_before > 0;
}

/* "Quận 5, Vũng Tàu": a bare name behind the district that can only be another district. */
static bool names_another_district(const resolver *r, size_t i) {
    const noi_mention *m = &r->scan->mentions[i];
    return r->role[i] == NOI_LEVEL_COUNT && m->keyword == NOI_KEY_NONE && m->fills_part &&
           can_be(r, m, NOI_LEVEL_DISTRICT) && !can_be(r, m, NOI_LEVEL_PROVINCE) &&
           lies_apart(r, r->district, r->n_districts, m);
}

static void doubt_districts(resolver *r) {
    bool behind = false;
    for (size_t i = 0; i < r->scan->n_mentions; i++) {
        r->districts_apart |= behind && names_another_district(r, i);
        behind |= r->role[i] == NOI_LEVEL_DISTRICT;
    }
}

static void read_districts(resolver *r) {
    for (size_t i = 0; i < r->scan->n_mentions; i++) {
        const noi_mention *m = &r->scan->mentions[i];
        if (r->role[i] != NOI_LEVEL_DISTRICT)
            continue;
        size_t n_before = r->n_districts;
        if (!read_district(r, m))
            r->unknown_district = true;
        else if (m->keyword != NOI_KEY_NONE)
            r->districts_apart |= lies_apart(r, r->district, n_before, m);
    }
    doubt_districts(r);
}

/* ---- wards --------------------------------------------------------------------------------- */

/* What one pass over the postings of a ward's name accepts. */
typedef struct sieve {
    bool any_kind;
    bool in_district; /* only units of a district that was read */
    bool no_district; /* only units that have no district */
    int province;     /* at least this fit */
} sieve;

static bool kind_fits(unsigned read, unsigned kind) {
    return read == NOI_KEY_NONE ? kind != NOI_KEY_COUNTY : read == kind;
}

static size_t sift(resolver *r, const noi_mention *m, sieve by) {
    const noi_node *n = &r->nodes[m->node];
    size_t before = r->n_found;
    for (uint32_t k = 0; k < n->n_postings && r->n_found < MAX_FOUND; k++) {
        const noi_posting *p = &r->postings[n->first_posting + k];
        if (p->level != NOI_LEVEL_WARD || (p->flags & NOI_POSTING_INITIALS))
            continue;
        const noi_gazetteer_row *row = &r->rows[p->id];
        if (!by.any_kind && !kind_fits(m->keyword, p->kind))
            continue;
        if (by.in_district && !has_district(r, row->district))
            continue;
        if (by.no_district && row->district != NOI_GAZETTEER_NONE)
            continue;
        if (province_fit(r, row->province, row->former_province) < by.province)
            continue;
        int fit = m->is_roman ? 2 : noi_scan_marks_fit(r->scan, m->name, p);
        if (fit > 0)
            r->found[r->n_found++] = (found_unit){
                .unit = (uint16_t)p->id, .is_exact = fit == 2, .is_shortened = fit == 1};
    }
    return r->n_found - before;
}

/* Names written with marks mean themselves: then what fits without marks only is dropped. In a text
 * without marks everything stays. */
static void prefer_exact_marks(resolver *r, const noi_mention *m, size_t from) {
    bool name_is_marked = false, any_exact = false;
    for (size_t i = m->name; i < m->end && i < r->scan->n; i++)
        name_is_marked |= r->scan->tokens[i].marks != 0;
    for (size_t i = from; i < r->n_found; i++)
        any_exact |= r->found[i].is_exact;
    if (!any_exact || !(name_is_marked || r->is_marked))
        return;
    size_t kept = from;
    for (size_t i = from; i < r->n_found; i++)
        if (r->found[i].is_exact)
            r->found[kept++] = r->found[i];
    r->n_found = kept;
}

/* A ward that was read in no district that fits: first in any district that could be meant ... */
static void sift_elsewhere(noi_reading *out, resolver *r, const noi_mention *m) {
    for (int province = 2; province > 0; province--) {
        size_t from = r->n_found;
        size_t n = sift(r, m, (sieve){.province = province});
        if (n == 0)
            continue;
        bool all_new = true; /* a new unit has no district that it could contradict */
        for (size_t i = from; i < r->n_found; i++)
            all_new &= r->rows[r->found[i].unit].district == NOI_GAZETTEER_NONE;
        out->district_conflicts |= !all_new || (r->unknown_district && r->n_districts == 0);
        return;
    }
}

/* A unit of today and today's province are of one vintage: no mixture has to be thought of. */
static bool has_unit_of_today(const resolver *r, size_t from) {
    for (size_t i = from; i < r->n_found; i++)
        if (r->rows[r->found[i].unit].district == NOI_GAZETTEER_NONE)
            return true;
    return false;
}

/* No district: the province may be today's, which holds what was merged into it. */
static void sift_merged(resolver *r, const noi_mention *m, size_t from) {
    r->n_found = from;
    sift(r, m, (sieve){.province = 1});
}

static void sift_ward(noi_reading *out, resolver *r, const noi_mention *m) {
    size_t from = r->n_found;
    out->district_conflicts |= r->districts_apart;
    if (r->n_districts > 0) {
        size_t n = sift(r, m, (sieve){.in_district = true, .province = 1});
        if (n == 0 && m->keyword != NOI_KEY_NONE && !r->unsure_district)
            n = sift(r, m, (sieve){.in_district = true, .any_kind = true, .province = 1});
        bool may_be_street = m->is_letter && m->is_glued; /* "P2", "F11" are streets, too */
        if (n == 0 && m->keyword != NOI_KEY_NONE && !may_be_street)
            sift_elsewhere(out, r, m);
    } else if (r->unknown_district) {
        if (m->keyword != NOI_KEY_NONE)
            sift_elsewhere(out, r, m);
    } else {
        sift(r, m, (sieve){.province = 2});
        if (m->keyword != NOI_KEY_NONE && !has_unit_of_today(r, from))
            sift_merged(r, m, from);
    }
    prefer_exact_marks(r, m, from);
}

/* ---- typing errors ------------------------------------------------------------------------- */

typedef struct typo_search {
    resolver *r;
    const noi_mention *mention;
} typo_search;

/* Words, but for `wrong`, whose marks are written and other ones. */
static unsigned wrong_marks(const resolver *r, size_t first, size_t wrong, const noi_posting *p) {
    const uint32_t *marks = NOI_GAZETTEER_PART(uint32_t, r->scan->gazetteer, marks) + p->marks;
    unsigned n = 0;
    for (size_t i = 0; i < p->n_words && first + i < r->scan->n; i++) {
        uint32_t written = r->scan->tokens[first + i].marks;
        n += first + i != wrong && written != 0 && written != marks[i];
    }
    return n;
}

/* Short names are one edit away from too many others: Tân Phú, Tam Phú, An Phú. */
#define LEAST_LETTERS 7
static unsigned letters_of(const resolver *r, size_t first, size_t end) {
    unsigned n = 0;
    for (size_t i = first; i < end; i++)
        n += r->scan->tokens[i].n_letters;
    return n;
}

/* A node that the written name becomes by one edit: its units in the district that was read. Those
 * that need more (a letter and the marks of another word, the marks of two) are rivals too. */
static void take_variant(void *context, uint32_t node, size_t end, size_t wrong, bool is_rival) {
    typo_search *search = context;
    resolver *r = search->r;
    const noi_node *n = &r->nodes[node];
    for (uint32_t k = 0; k < n->n_postings && r->n_found < MAX_FOUND; k++) {
        const noi_posting *p = &r->postings[n->first_posting + k];
        if (p->level != NOI_LEVEL_WARD || p->flags != 0 ||
            !kind_fits(search->mention->keyword, p->kind) ||
            !has_district(r, r->rows[p->id].district))
            continue;
        unsigned most = wrong == end ? 1 : 0;
        bool is_whole = !(n->longer & (1u << NOI_LEVEL_WARD)); /* not Hòa of Hòa A, Hòa B */
        bool is_sure = !is_rival && is_whole && letters_of(r, search->mention->name, end) >= LEAST_LETTERS && wrong_marks(r, search->mention->name, wrong, p) <= most;
        r->found[r->n_found++] = (found_unit){.unit = (uint16_t)p->id, .is_exact = is_sure};
    }
}

/* With kind and district read, a name one edit away from exactly one unit there, where no other is
 * as near by an edit that is not believed. */
static void sift_typo(noi_reading *out, resolver *r, const noi_mention *m) {
    if (r->n_districts != 1 || r->unsure_district || m->keyword == NOI_KEY_NONE ||
        r->scan->tokens[m->name].is_number)
        return;
    size_t from = r->n_found, sure = from;
    typo_search search = {r, m};
    noi_variants_find(r->scan, m->name, take_variant, &search);
    while (sure < r->n_found && !r->found[sure].is_exact)
        sure++;
    bool is_unique = sure < r->n_found && r->n_found < MAX_FOUND;
    for (size_t i = from; is_unique && i < r->n_found; i++)
        is_unique = r->found[i].unit == r->found[sure].unit;
    r->n_found = from;
    if (!is_unique)
        return;
    r->found[r->n_found++] = r->found[sure];
    out->with_typo = true;
}

/* A name behind which more words stand is the begin of another ("Thới An Đông" is not Thới An), or
 * has a typing error; only a house number and its street may stand behind it. */
static void sift_unfinished(noi_reading *out, resolver *r, const noi_mention *m) {
    const noi_scan *s = r->scan;
    size_t before = r->n_found, after = m->end + 1u;
    sift_typo(out, r, m);
    bool is_house = s->tokens[m->end].is_number && after < s->n &&
                    s->tokens[after].gap < NOI_GAP_HYPHEN && !s->tokens[after].is_number;
    if (r->n_found == before && is_house && r->n_districts > 0)
        sift(r, m, (sieve){.in_district = true, .province = 1});
}

/* "F13, 42 Đoàn Văn Bơ, Phường 18": beside a unit written out, an abbreviation before it is a flat,
 * a building or a house number. */
static void drop_abbreviations(resolver *r, noi_level level) {
    const noi_scan *s = r->scan;
    size_t full = 0;
    for (size_t i = 0; i < s->n_mentions; i++)
        if (r->role[i] == level && s->mentions[i].keyword != NOI_KEY_NONE &&
            !s->mentions[i].is_letter)
            full = i + 1;
    for (size_t i = 0; i < full; i++)
        if (r->role[i] == level && s->mentions[i].is_letter)
            r->role[i] = NOI_LEVEL_COUNT;
}

/* ---- the whole ----------------------------------------------------------------------------- */

static void read_wards(noi_reading *out, noi_resolved *which, resolver *r) {
    for (size_t i = 0; i < r->scan->n_mentions; i++) {
        const noi_mention *m = &r->scan->mentions[i];
        if (r->role[i] != NOI_LEVEL_WARD)
            continue;
        size_t before = r->n_found;
        if (m->goes_on)
            sift_unfinished(out, r, m);
        else if (m->node != 0)
            sift_ward(out, r, m);
        else
            sift_typo(out, r, m);
        /* A bare name that means no ward here is a street or a landmark. */
        if (r->n_found > before || m->keyword != NOI_KEY_NONE)
            which->ward = which->ward < 0 || r->n_found > before ? (int)i : which->ward;
    }
}

/* "Huyện Côn Đảo" had no communes: the district itself is the unit. */
static void read_district_as_unit(noi_reading *out, noi_resolved *which, resolver *r) {
    if (which->ward >= 0 || which->district < 0)
        return;
    noi_mention m = r->scan->mentions[which->district];
    if (m.keyword != NOI_KEY_COUNTY || m.node == 0)
        return;
    if (sift(r, &m, (sieve){.province = 2}) > 0)
        which->ward = which->district;
    (void)out;
}

static int by_unit(const void *a, const void *b) {
    return (int)((const found_unit *)a)->unit - (int)((const found_unit *)b)->unit;
}

static void write_units(noi_reading *out, resolver *r) {
    bool is_sorted = true, any_shortened = false, any_exact = false;
    for (size_t i = 0; i < r->n_found; i++) {
        is_sorted &= i == 0 || r->found[i - 1].unit < r->found[i].unit;
        any_shortened |= r->found[i].is_shortened;
        any_exact |= r->found[i].is_exact;
    }
    if (!is_sorted)
        qsort(r->found, r->n_found, sizeof *r->found, by_unit);
    for (size_t i = 0; i < r->n_found; i++) {
        if (i > 0 && r->found[i].unit == r->found[i - 1].unit)
            continue;
        if (out->n_units < NOI_READING_MAX_UNITS)
            out->units[out->n_units++] = r->found[i].unit;
        out->n_all++;
    }
    out->without_marks = any_shortened;
}

/* The code of the province, or of the district: when exactly one fits, and for districts the one
 * where the units lie. */
static void write_codes(noi_reading *out, const resolver *r) {
    size_t n = 0;
    for (uint32_t i = 0; i < r->g->n_provinces; i++)
        if (has_province(r, (uint16_t)i) &&
            (n == 0 || r->provinces[i].code != out->province_code)) {
            out->province_code = r->provinces[i].code;
            n++;
        }
    if (n != 1)
        out->province_code = 0;
    uint16_t only = r->n_districts == 1 ? r->district[0] : NOI_GAZETTEER_NONE;
    if (r->n_districts > 1 && out->n_units > 0 && !out->district_conflicts) {
        only = r->rows[out->units[0]].district;
        for (size_t i = 1; i < out->n_units; i++)
            if (r->rows[out->units[i]].district != only)
                only = NOI_GAZETTEER_NONE;
    }
    out->district_code = only == NOI_GAZETTEER_NONE ? 0 : r->districts[only].code;
}

static bool is_written_with_marks(const noi_scan *s) {
    for (size_t i = 0; i < s->n; i++) {
        if (s->tokens[i].marks == 0)
            continue;
        bool is_kind_word = false;
        for (size_t k = 0; k < s->n_mentions; k++)
            is_kind_word |= i >= s->mentions[k].first && i < s->mentions[k].name;
        if (!is_kind_word)
            return true;
    }
    return false;
}

void noi_resolve(noi_reading *out, noi_resolved *which, const noi_scan *scan) {
    const noi_gazetteer *g = scan->gazetteer;
    *which = (noi_resolved){-1, -1, -1};
    if (scan->n_mentions == 0)
        return;
    resolver r;
    memset(&r, 0, offsetof(resolver, found));
    r.n_found = 0;
    r.scan = scan;
    r.g = g;
    r.postings = NOI_GAZETTEER_PART(noi_posting, g, postings);
    r.nodes = NOI_GAZETTEER_PART(noi_node, g, nodes);
    r.rows = NOI_GAZETTEER_PART(noi_gazetteer_row, g, units);
    r.districts = NOI_GAZETTEER_PART(noi_gazetteer_district, g, districts);
    r.provinces = NOI_GAZETTEER_PART(noi_gazetteer_province, g, provinces);
    r.is_marked = is_written_with_marks(scan);
    give_kind_roles(&r);
    drop_abbreviations(&r, NOI_LEVEL_WARD);
    drop_abbreviations(&r, NOI_LEVEL_DISTRICT);
    give_bare_roles(&r);
    read_provinces(&r);
    read_districts(&r);
    out->other_province = r.names_outside && !r.has_province;
    for (size_t i = 0; i < scan->n_mentions; i++) {
        if (r.role[i] == NOI_LEVEL_DISTRICT)
            which->district = (int)i;
        if (r.role[i] == NOI_LEVEL_PROVINCE)
            which->province = (int)i;
    }
    if (!out->other_province) {
        read_wards(out, which, &r);
        read_district_as_unit(out, which, &r);
    }
    write_units(out, &r);
    write_codes(out, &r);
}
