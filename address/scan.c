/*
 * scan.c: see scan.h. At each word the order of attempts is: a kind word with a name behind it; a
 * name with an English kind word behind it; a sure abbreviation; the begin of a hamlet, street or
 * landmark, which swallows what follows up to the end of the part or the next kind word with a
 * name; and a bare name, only where it fills its part or follows another mention. Everything else
 * is street.
 */
#include "address/scan.h"

#include <string.h>

#define LEVEL(l)    (1u << (l))
#define UNIT_LEVELS (LEVEL(NOI_LEVEL_WARD) | LEVEL(NOI_LEVEL_DISTRICT) | LEVEL(NOI_LEVEL_PROVINCE))

int noi_scan_marks_fit(const noi_scan *scan, size_t first, const noi_posting *posting) {
    const uint32_t *marks = NOI_GAZETTEER_PART(uint32_t, scan->gazetteer, marks) + posting->marks;
    int fit = 2;
    for (size_t i = 0; i < posting->n_words && first + i < scan->n; i++) {
        uint32_t written = scan->tokens[first + i].marks;
        if (written == marks[i])
            continue;
        if (written != 0)
            return 0;
        fit = 1;
    }
    return fit;
}

/* Whether a name may go on over the gap before token i. */
static bool name_goes_on(const noi_scan *s, size_t i) {
    const noi_token *before = &s->tokens[i - 1], *here = &s->tokens[i];
    switch (here->gap) {
    case NOI_GAP_NONE:
    case NOI_GAP_SPACE:
        return true;
    case NOI_GAP_DOT:
    case NOI_GAP_STOP:
        return before->n_letters <= 2 && !before->is_number;
    case NOI_GAP_HYPHEN:
        return !before->is_number;
    default:
        return false;
    }
}

static bool is_boundary(const noi_scan *s, size_t i) {
    return i >= s->n || s->tokens[i].gap >= NOI_GAP_HYPHEN;
}

/* The first posting of a node that has the level and agrees with the marks; NULL for none. */
static const noi_posting *fitting_posting(const noi_scan *s, uint32_t node, size_t first,
                                          unsigned levels, unsigned without_flags) {
    const noi_gazetteer *g = s->gazetteer;
    const noi_node *n = NOI_GAZETTEER_PART(noi_node, g, nodes) + node;
    const noi_posting *p = NOI_GAZETTEER_PART(noi_posting, g, postings) + n->first_posting;
    if ((n->levels & levels) == 0)
        return NULL;
    for (uint32_t i = 0; i < n->n_postings; i++)
        if ((LEVEL(p[i].level) & levels) && !(p[i].flags & without_flags) &&
            noi_scan_marks_fit(s, first, &p[i]) > 0)
            return &p[i];
    return NULL;
}

typedef struct match {
    uint32_t node;
    size_t end;
    const noi_posting *posting;
} match;

/* The longest name at token i of one of the levels; end == i for none. `exactly`: must end there.
 */
static match longest(const noi_scan *s, size_t i, unsigned levels, unsigned without_flags,
                     size_t exactly) {
    const noi_node *nodes = NOI_GAZETTEER_PART(noi_node, s->gazetteer, nodes);
    match found = {.end = i};
    uint32_t node = 0;
    for (size_t k = i; k < s->n && (k == i || name_goes_on(s, k)); k++) {
        node = noi_gazetteer_step(s->gazetteer, node, s->words[k]);
        if (node == 0 || !(nodes[node].below & levels))
            break;
        if (exactly && k + 1 != exactly)
            continue;
        const noi_posting *posting = fitting_posting(s, node, i, levels, without_flags);
        if (posting)
            found = (match){.node = node, .end = k + 1, .posting = posting};
    }
    return found;
}

static unsigned levels_of(noi_keyword keyword) {
    switch (keyword) {
    case NOI_KEY_WARD:
    case NOI_KEY_COMMUNE:
    case NOI_KEY_TOWN:
    case NOI_KEY_SPECIAL:
        return LEVEL(NOI_LEVEL_WARD);
    case NOI_KEY_DISTRICT:
    case NOI_KEY_COUNTY:
    case NOI_KEY_BOROUGH:
        return LEVEL(NOI_LEVEL_DISTRICT);
    case NOI_KEY_CITY:
        return LEVEL(NOI_LEVEL_DISTRICT) | LEVEL(NOI_LEVEL_PROVINCE);
    case NOI_KEY_PROVINCE:
        return LEVEL(NOI_LEVEL_PROVINCE);
    default:
        return 0;
    }
}

static noi_mention *add_mention(noi_scan *s, noi_mention mention) {
    if (s->n_mentions == NOI_MAX_MENTIONS) {
        memmove(s->mentions, s->mentions + 1, (NOI_MAX_MENTIONS - 1) * sizeof *s->mentions);
        s->n_mentions--;
    }
    s->mentions[s->n_mentions] = mention;
    return &s->mentions[s->n_mentions++];
}

/* Only phường and quận bear numbers: "H3" is a building. */
static bool may_be_numbered(noi_keyword keyword) {
    return keyword == NOI_KEY_WARD || keyword == NOI_KEY_DISTRICT;
}

/* A number that goes on as a house number or a letter ("12/3", "12B") names no unit. */
static bool number_ends_at(const noi_scan *s, size_t end) {
    if (end >= s->n)
        return true;
    const noi_token *next = &s->tokens[end];
    bool is_close = next->from == s->tokens[end - 1].to + 1; /* "1-2", but not "1 - 2 Lê Lợi" */
    if (next->is_number &&
        (next->gap == NOI_GAP_SLASH || (next->gap == NOI_GAP_HYPHEN && is_close)))
        return false;
    return next->gap != NOI_GAP_NONE || next->bare == 'q' || next->n_letters > 1;
}

typedef struct keyword_at {
    noi_keyword keyword;
    uint8_t flags;
    size_t end;
    bool is_marked; /* written with its marks, or has none */
} keyword_at;

static bool unit_begins(const noi_scan *s, size_t i);
static keyword_at find_unit_keyword(const noi_scan *s, size_t i);

/* "phường Tân Hòa thành phố ..." is not Tân Hòa Thành: a kind word of two words begins at i. */
static bool starts_kind_of_two(const noi_scan *s, size_t i) {
    match key = longest(s, i, LEVEL(NOI_LEVEL_KEYWORD), 0, i + 2);
    return key.end == i + 2 && key.posting->id >= NOI_KEY_WARD &&
           key.posting->id <= NOI_KEY_PROVINCE;
}

/* The name behind a kind word that ends before token `at`: a number, a Roman numeral, or words. */
static match name_behind(const noi_scan *s, size_t at, noi_keyword keyword, bool *is_roman) {
    unsigned levels = levels_of(keyword);
    match found = {.end = at};
    *is_roman = false;
    if (at >= s->n || s->tokens[at].gap == NOI_GAP_COMMA || s->tokens[at].gap == NOI_GAP_SLASH)
        return found;
    found = longest(s, at, levels, 0, 0);
    if (found.end > at + 1 && starts_kind_of_two(s, found.end - 1)) {
        match shorter = longest(s, at, levels, 0, found.end - 1);
        found = shorter.end > at ? shorter : found;
    }
    if (found.end == at + 1 && s->tokens[at].is_number &&
        !(may_be_numbered(keyword) && number_ends_at(s, found.end)))
        found = (match){.end = at};
    /* Units named in Roman numerals stand under their numbers as well (gazetteer_build.c). */
    unsigned roman =
        found.end <= at + 1 && may_be_numbered(keyword) ? noi_token_roman(&s->tokens[at]) : 0;
    if (roman) {
        const noi_vocabulary_slot *slot =
            noi_gazetteer_word(s->gazetteer, noi_token_bare_number(roman));
        uint32_t node = slot ? noi_gazetteer_step(s->gazetteer, 0, slot->word) : 0;
        const noi_posting *posting = node ? fitting_posting(s, node, at, levels, 0) : NULL;
        bool ends = is_boundary(s, at + 1) || s->tokens[at + 1].is_number || unit_begins(s, at + 1);
        if (posting && ends) {
            *is_roman = true;
            return (match){.node = node, .end = at + 1, .posting = posting};
        }
    }
    return found;
}

static keyword_at find_keyword(const noi_scan *s, size_t i) {
    match m = longest(s, i, LEVEL(NOI_LEVEL_KEYWORD), 0, 0);
    if (m.end == i)
        return (keyword_at){.end = i};
    return (keyword_at){.keyword = (noi_keyword)m.posting->id,
                        .flags = m.posting->flags,
                        .end = m.end,
                        .is_marked = noi_scan_marks_fit(s, i, m.posting) == 2};
}

static bool is_unit_keyword(noi_keyword keyword) {
    return keyword >= NOI_KEY_WARD && keyword <= NOI_KEY_PROVINCE;
}

/* "TPHCM" at i, wherever it stands. */
static match sure_province(const noi_scan *s, size_t i) {
    const noi_node *nodes = NOI_GAZETTEER_PART(noi_node, s->gazetteer, nodes);
    uint32_t node = noi_gazetteer_step(s->gazetteer, 0, s->words[i]);
    if (node == 0 || !(nodes[node].below & NOI_BELOW_SURE))
        return (match){.end = i};
    match m = longest(s, i, LEVEL(NOI_LEVEL_PROVINCE), 0, 0);
    return m.end > i && (m.posting->flags & NOI_POSTING_SURE) ? m : (match){.end = i};
}

/* Whether a kind word is surely one, even before a name that we do not have: written out, or an
 * abbreviation of a ward with its dot ("P.Bến Nhgé"). */
static bool is_sure_kind(const noi_scan *s, const keyword_at *key) {
    if (key->end >= s->n || s->tokens[key->end].gap > NOI_GAP_STOP)
        return false;
    const noi_token *next = &s->tokens[key->end];
    if (key->flags & NOI_POSTING_LETTER)
        return levels_of(key->keyword) == LEVEL(NOI_LEVEL_WARD) &&
               (next->gap == NOI_GAP_DOT || next->gap == NOI_GAP_STOP) && !next->is_number &&
               next->n_letters > 1;
    return key->is_marked && !(key->flags & NOI_POSTING_AFTER) && next->gap < NOI_GAP_HYPHEN;
}

/* A kind word at i with a known name behind it, or a sure abbreviation: where a street must end. */
static bool unit_begins(const noi_scan *s, size_t i) {
    if (i >= s->n)
        return false;
    if (sure_province(s, i).end > i)
        return true;
    keyword_at key = find_unit_keyword(s, i);
    if (!is_unit_keyword(key.keyword))
        return false;
    bool is_roman;
    match name = name_behind(s, key.end, key.keyword, &is_roman);
    return name.end > key.end || is_sure_kind(s, &key);
}

/* The end of what a street, hamlet or landmark word at i swallows. */
static size_t swallow(const noi_scan *s, size_t i) {
    while (i < s->n && s->tokens[i].gap < NOI_GAP_STOP && !unit_begins(s, i))
        i++;
    return i;
}

/* ---- the attempts -------------------------------------------------------------------------- */

/* State of the walk over the words. */
typedef struct walk {
    size_t i;
    size_t part_start;
    uint16_t part;
    bool at_start;      /* token i begins its part */
    bool after_mention; /* token i stands right behind a mention */
    bool soft_street;   /* the street noted is only what stood first, without a house number */
} walk;

static void mention_found(noi_scan *s, walk *w, noi_mention mention) {
    mention.part = w->part;
    add_mention(s, mention);
    w->i = mention.end;
    w->after_mention = true;
}

/* "Nguyen Cu Trinh Ward": the name that ends right before the kind word. */
static bool try_name_before(noi_scan *s, walk *w, const keyword_at *key) {
    size_t from = w->part_start;
    if (s->n_mentions && s->mentions[s->n_mentions - 1].end > from)
        from = s->mentions[s->n_mentions - 1].end;
    if (s->street.end > from && s->street.end <= w->i && s->street.first == s->street.end)
        from = s->street.end;
    if (w->i > from + 5)
        from = w->i - 5;
    for (size_t k = from; k < w->i; k++) {
        match m = longest(s, k, levels_of(key->keyword), NOI_POSTING_INITIALS, w->i);
        if (m.end != w->i)
            continue;
        noi_mention mention = {.first = (uint16_t)k,
                               .name = (uint16_t)k,
                               .end = (uint16_t)key->end,
                               .keyword = (uint8_t)key->keyword,
                               .levels = (uint8_t)levels_of(key->keyword),
                               .node = m.node};
        mention_found(s, w, mention);
        return true;
    }
    return false;
}

/* Whether wards are called like this and a word more: Thanh Xuân Bắc, Bình Hưng Hòa A. */
static bool has_longer_names(const noi_scan *s, uint32_t node) {
    return NOI_GAZETTEER_PART(noi_node, s->gazetteer, nodes)[node].longer & LEVEL(NOI_LEVEL_WARD);
}

/* Whether the words behind a name of words may belong to it, so that it may be another name:
 * "Phường Tân Sơn Nì". Case tells where it can: "Phường Tân Sơn gọi trước" is Tân Sơn; but not of a
 * single word where names do go on: "Phường Thanh Xuân rung". */
static bool name_may_go_on(const noi_scan *s, size_t end, uint32_t node) {
    const noi_token *last = &s->tokens[end - 1], *next = &s->tokens[end];
    if (is_boundary(s, end) || next->gap == NOI_GAP_SLASH || last->is_number)
        return false;
    if (next->is_number)
        return next->n_letters <= 2;
    bool is_last_word = is_boundary(s, end + 1);
    bool may_lengthen = is_last_word && has_longer_names(s, node);
    if (may_lengthen && next->n_letters == 1)
        return true; /* a letter that announces nothing: "Phường Láng H" */
    if (next->is_capital != last->is_capital && !may_lengthen)
        return false;
    return !unit_begins(s, end) && find_keyword(s, end).keyword == NOI_KEY_NONE &&
           longest(s, end, UNIT_LEVELS & ~LEVEL(NOI_LEVEL_WARD), NOI_POSTING_INITIALS, 0).end ==
               end;
}

/* "xa lo son" without marks: xã Lỗ Sơn, not a highway (xa lộ), when there is such a name. */
static keyword_at find_unit_keyword(const noi_scan *s, size_t i) {
    keyword_at key = find_keyword(s, i);
    if (is_unit_keyword(key.keyword) || key.end != i + 2 || key.is_marked)
        return key;
    match one = longest(s, i, LEVEL(NOI_LEVEL_KEYWORD), 0, i + 1);
    bool is_roman;
    if (one.end != i + 1 || !is_unit_keyword((noi_keyword)one.posting->id) ||
        name_behind(s, i + 1, (noi_keyword)one.posting->id, &is_roman).end == i + 1)
        return key;
    return (keyword_at){
        .keyword = (noi_keyword)one.posting->id, .flags = one.posting->flags, .end = i + 1};
}

/* "Số P4" and "số F11" are streets: a glued letter behind "số" numbers no ward. */
static bool is_numbered_street(const noi_scan *s, size_t i, const keyword_at *key) {
    bool glued = (key->flags & NOI_POSTING_LETTER) && key->end < s->n &&
                 s->tokens[key->end].gap == NOI_GAP_NONE;
    return glued && i > 0 && s->tokens[i].gap < NOI_GAP_STOP &&
           find_keyword(s, i - 1).keyword == NOI_KEY_NUMBER_SIGN;
}

static bool try_unit(noi_scan *s, walk *w) {
    keyword_at key = find_unit_keyword(s, w->i);
    if (!is_unit_keyword(key.keyword) || is_numbered_street(s, w->i, &key))
        return false;
    unsigned levels = levels_of(key.keyword);
    bool is_roman, is_after = (key.flags & NOI_POSTING_AFTER) != 0;
    bool number_follows = key.end < s->n && s->tokens[key.end].is_number;
    if (is_after && !number_follows && try_name_before(s, w, &key))
        return true;
    match name = name_behind(s, key.end, key.keyword, &is_roman);
    noi_mention mention = {.first = (uint16_t)w->i,
                           .name = (uint16_t)key.end,
                           .end = (uint16_t)name.end,
                           .keyword = (uint8_t)key.keyword,
                           .levels = (uint8_t)levels,
                           .node = name.node,
                           .is_roman = is_roman,
                           .is_letter = (key.flags & NOI_POSTING_LETTER) != 0,
                           .is_glued = key.end < s->n && s->tokens[key.end].gap == NOI_GAP_NONE};
    if (name.end > key.end) {
        mention.goes_on = name_may_go_on(s, name.end, name.node);
        mention_found(s, w, mention);
        return true;
    }
    if (!is_sure_kind(s, &key))
        return false;
    mention.end = (uint16_t)swallow(s, key.end);
    mention_found(s, w, mention);
    return true;
}

static bool try_sure_province(noi_scan *s, walk *w) {
    match m = sure_province(s, w->i);
    if (m.end == w->i)
        return false;
    mention_found(s, w,
                  (noi_mention){.first = (uint16_t)w->i,
                                .name = (uint16_t)w->i,
                                .end = (uint16_t)m.end,
                                .levels = LEVEL(NOI_LEVEL_PROVINCE),
                                .node = m.node,
                                .is_sure = true});
    return true;
}

/* A bare name that fills its part, or follows another mention. */
static bool try_bare(noi_scan *s, walk *w) {
    if (!w->at_start && !w->after_mention)
        return false;
    unsigned levels = w->at_start ? UNIT_LEVELS : UNIT_LEVELS & ~LEVEL(NOI_LEVEL_WARD);
    match m = longest(s, w->i, levels, NOI_POSTING_INITIALS, 0);
    if (m.end == w->i || s->tokens[w->i].is_number)
        return false;
    bool fills = is_boundary(s, m.end) || unit_begins(s, m.end);
    if (w->at_start && !fills) { /* "Bình Tân TPHCM", "Tân Bình Hồ Chí Minh" */
        match next = longest(s, m.end, LEVEL(NOI_LEVEL_PROVINCE), NOI_POSTING_INITIALS, 0);
        fills = next.end > m.end && is_boundary(s, next.end);
    }
    if (w->at_start && !fills)
        return false;
    const noi_node *node = NOI_GAZETTEER_PART(noi_node, s->gazetteer, nodes) + m.node;
    mention_found(s, w,
                  (noi_mention){.first = (uint16_t)w->i,
                                .name = (uint16_t)w->i,
                                .end = (uint16_t)m.end,
                                .levels = (uint8_t)(node->levels & levels),
                                .node = m.node,
                                .fills_part = w->at_start,
                                .follows = !w->at_start});
    return true;
}

static void set_span(noi_span *span, size_t first, size_t end) {
    if (span->first == span->end && first < end)
        *span = (noi_span){(uint16_t)first, (uint16_t)end};
}

/* "Cau Kho Ward": the words at i are a name whose English kind word stands behind it. */
static bool is_name_before_kind(const noi_scan *s, size_t i) {
    for (size_t end = i + 1; end < s->n && end < i + 6 && s->tokens[end].gap < NOI_GAP_STOP;
         end++) {
        keyword_at key = find_keyword(s, end);
        if (is_unit_keyword(key.keyword) && (key.flags & NOI_POSTING_AFTER))
            return longest(s, i, levels_of(key.keyword), NOI_POSTING_INITIALS, end).end == end;
    }
    return false;
}

/* A word that begins a name elsewhere ends one here: "Lý Thường Kiệt, P9", "Lý Thường Kiệt P9". */
static bool ends_a_name(const noi_scan *s, const walk *w, keyword_at key, bool is_clear) {
    if (key.flags & NOI_POSTING_AFTER)
        return false;
    bool is_alley = memcmp(&s->tokens[w->i].bare, "kiet\0\0\0", 8) == 0;
    return (is_alley && !is_clear) || key.end >= s->n || s->tokens[key.end].gap >= NOI_GAP_STOP;
}

/* Hamlets, streets and landmarks swallow their names. */
static bool try_swallower(noi_scan *s, walk *w) {
    keyword_at key = find_keyword(s, w->i);
    bool number_follows =
        key.end < s->n && s->tokens[key.end].is_number && s->tokens[key.end].gap < NOI_GAP_STOP;
    bool after_number = w->i > 0 && s->tokens[w->i - 1].is_number;
    bool is_clear = w->at_start || w->after_mention || after_number;
    switch (key.keyword) {
    case NOI_KEY_HAMLET:
        if (!(number_follows || (key.is_marked && s->tokens[w->i].marks) || w->at_start))
            return false;
        break;
    case NOI_KEY_STREET:
    case NOI_KEY_PLACE:
        if (!is_clear && !(key.is_marked && s->tokens[w->i].marks))
            return false;
        if ((key.flags & NOI_POSTING_AFTER) && !number_follows)
            return false;
        break;
    default:
        return false;
    }
    if (ends_a_name(s, w, key, is_clear))
        return false;
    bool is_lettered = key.keyword == NOI_KEY_STREET && key.end + 1 < s->n &&
                       s->tokens[key.end].n_letters <= 2 && s->tokens[key.end + 1].is_number &&
                       s->tokens[key.end + 1].gap == NOI_GAP_NONE; /* "đường F11" */
    size_t end = swallow(s, key.end + (is_lettered ? 2 : 0));
    if (end == key.end || (!key.is_marked && is_name_before_kind(s, w->i)))
        return false;
    if (key.keyword == NOI_KEY_HAMLET) {
        if (s->hamlet.end == w->i && s->hamlet.end > 0)
            s->hamlet.end = (uint16_t)end;
        else
            set_span(&s->hamlet, w->i, end);
    } else if (key.keyword == NOI_KEY_STREET) {
        bool is_short = s->tokens[w->i].bare == 'd' && key.is_marked;
        bool is_plain =
            key.end == w->i + 1 && (is_short || memcmp(&s->tokens[w->i].bare, "duong\0\0", 8) == 0);
        set_span(&s->street, is_plain ? key.end : w->i, end);
    }
    w->i = end;
    w->after_mention = false;
    return true;
}

/* ---- house and street ---------------------------------------------------------------------- */

/* The house number at the begin: "1806/127/2/6", "12A", "B12", "12-14", "45bis". */
static size_t house_end(const noi_scan *s, size_t i) {
    bool letter_first = !s->tokens[i].is_number && s->tokens[i].n_letters <= 2 && i + 1 < s->n &&
                        s->tokens[i + 1].is_number && s->tokens[i + 1].gap == NOI_GAP_NONE;
    if (!s->tokens[i].is_number && !letter_first)
        return i;
    size_t end = i + 1;
    while (end < s->n) {
        const noi_token *t = &s->tokens[end];
        bool chained =
            t->gap == NOI_GAP_NONE || t->gap == NOI_GAP_SLASH ||
            (t->gap == NOI_GAP_HYPHEN && t->is_number && t->from - s->tokens[end - 1].to < 2);
        if (!chained || t->n_letters > 6)
            break;
        end++;
    }
    return end;
}

/* The street begins at token i, unless a unit or a hamlet does. */
static void note_street(noi_scan *s, walk *w) {
    if (s->street.first != s->street.end || s->n_mentions > 0 || s->hamlet.end > s->hamlet.first ||
        is_name_before_kind(s, w->i))
        return;
    size_t end = w->i;
    while (end < s->n && (end == w->i || s->tokens[end].gap < NOI_GAP_STOP) && !unit_begins(s, end))
        end++;
    keyword_at last = end > w->i ? find_keyword(s, end - 1) : (keyword_at){0};
    if (last.keyword == NOI_KEY_STREET && (last.flags & NOI_POSTING_AFTER) && end - 1 > w->i)
        end--;
    w->soft_street = s->house.end == 0;
    set_span(&s->street, w->i, end);
}

static void read_house(noi_scan *s, walk *w) {
    keyword_at sign = find_keyword(s, w->i);
    size_t at = sign.keyword == NOI_KEY_NUMBER_SIGN && sign.end < s->n ? sign.end : w->i;
    size_t end = house_end(s, at);
    if (end == at)
        return;
    if (w->soft_street && s->tokens[at].is_number)
        s->street = (noi_span){0, 0};
    w->soft_street = false;
    set_span(&s->house, at, end);
    s->has_number = true;
    w->i = end;
    w->at_start = false;
}

/* ---- the walk ------------------------------------------------------------------------------ */

static void begin_part(noi_scan *s, walk *w) {
    if (w->i > 0)
        w->part++;
    s->n_parts = w->part + 1u;
    w->part_start = w->i;
    w->at_start = true;
    w->after_mention = false;
}

static void step(noi_scan *s, walk *w) {
    size_t before = w->i;
    if (w->part_start != before && is_boundary(s, before))
        begin_part(s, w);
    if (try_sure_province(s, w) || try_unit(s, w) || try_bare(s, w) || try_swallower(s, w)) {
        w->at_start = false;
        if (w->i < s->n && is_boundary(s, w->i))
            begin_part(s, w);
        return;
    }
    bool could_be_house = s->house.first == s->house.end && w->at_start &&
                          (w->soft_street || s->street.first == s->street.end);
    if (could_be_house)
        read_house(s, w);
    if (w->i == before) {
        if (w->at_start)
            note_street(s, w);
        s->has_number |= s->tokens[w->i].is_number;
        w->i++;
    } else if (w->i < s->n && !unit_begins(s, w->i) && s->tokens[w->i].gap < NOI_GAP_STOP &&
               find_keyword(s, w->i).keyword == NOI_KEY_NONE) {
        note_street(s, w);
    }
    w->at_start = false;
    w->after_mention = false;
}

/* The gazetteer's number of a word; one that it does not know may be a known one in raw Telex. */
static uint32_t word_of(const noi_scan *s, noi_token *token, noi_str text) {
    const noi_vocabulary_slot *slot = noi_gazetteer_word(s->gazetteer, token->bare);
    if (slot)
        return slot->word;
    noi_token typed = *token;
    const noi_str written = {text.p + token->from, token->to - token->from};
    if (token->is_number || !noi_token_telex(&typed, written))
        return 0;
    slot = noi_gazetteer_word(s->gazetteer, typed.bare);
    if (!slot)
        return 0;
    *token = typed;
    return slot->word;
}

void noi_scan_text(noi_scan *out, const noi_gazetteer *gazetteer, noi_str text) {
    out->gazetteer = gazetteer;
    out->n_mentions = out->n_parts = 0;
    out->house = out->street = out->hamlet = (noi_span){0, 0};
    out->has_number = false;
    out->n = noi_tokens_cut(out->tokens, &out->starts_late, text);
    for (size_t i = 0; i < out->n; i++)
        out->words[i] = word_of(out, &out->tokens[i], text);
    walk w = {.at_start = true};
    begin_part(out, &w);
    while (w.i < out->n)
        step(out, &w);
}
