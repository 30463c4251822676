/*
 * grammar.c: the language of the clauses, read by descent.
 *
 *   clause    = "Sắp xếp" sources destination "."
 *             | "Đổi tên" units destination "."
 *             | "Thành lập" new-unit "trên cơ sở" sources "."
 *             | "Giữ nguyên" units "."
 *             | closing                                                          (closing.c)
 *   sources   = group {("," | "và") group}
 *   group     = [measure] units [after]
 *   measure   = "toàn bộ" | "một phần" with "diện tích tự nhiên" and/or "quy mô dân số", each
 *               under its own or the last quantity; or "phần còn lại"; then ["của"]
 *   units     = unit {("," | "và") unit}
 *   unit      = ["các"] [kind] name [bracket]        a unit without a kind takes the last one
 *   bracket   = "(" district ["," province] ")" | "(bao gồm ...)"
 *   after     = "sau khi sắp xếp theo quy định tại" clauses ["Điều này"]
 *   destination = "thành" kind ["mới"] ["có tên gọi là"] [kind] name | "vào" kind name
 *
 * Small slips are read and told as notes. Where reading stops, the clause is an error that quotes
 * the words.
 */
#include "law/grammar.h"

#include "base/i18n.h"
#include "law/lists.h"

#include <string.h>

/* ---- words ---------------------------------------------------------------------------------- */

static const law_word *here(const law_parser *p) {
    return &p->words[p->at];
}

static const law_word *ahead(const law_parser *p, size_t n) {
    return p->at + n < p->n ? &p->words[p->at + n] : &p->words[p->n - 1];
}

/* Do the words at offset `from` read `phrase` (folded words with single spaces)? Returns how many
 * words that is, 0 for no. */
static size_t reads_at(const law_parser *p, size_t from, const char *phrase) {
    size_t n = 0;
    while (*phrase) {
        size_t length = strcspn(phrase, " ");
        const law_word *word = ahead(p, from + n);
        if (word->kind > LAW_WORD_NUMBER || word->fold.n != length ||
            memcmp(word->fold.p, phrase, length) != 0)
            return 0;
        n++;
        phrase += length;
        while (*phrase == ' ')
            phrase++;
    }
    return n;
}

bool noi_law_reads(const law_parser *p, const char *phrase) {
    return reads_at(p, 0, phrase) > 0;
}

bool noi_law_eat(law_parser *p, const char *phrase) {
    size_t n = reads_at(p, 0, phrase);
    p->at += n;
    return n > 0;
}

bool noi_law_eat_sign(law_parser *p, law_word_kind kind) {
    if (here(p)->kind != kind)
        return false;
    p->at++;
    return true;
}

static int clause_of(const law_parser *p) {
    return p->work->clauses[p->clause].number;
}

/* Up to ten words from here, as they stand. */
static noi_str quote(const law_parser *p, size_t from) {
    size_t last = from;
    while (last + 1 < p->n && last < from + 10 && p->words[last].kind != LAW_WORD_END)
        last++;
    const char *start = p->words[from].text.p;
    const char *end = p->words[last].text.p;
    noi_str text = {start, (size_t)(end - start)};
    return noi_str_trim(text);
}

bool noi_law_stop(law_parser *p, const char *wanted) {
    if (p->stopped)
        return false;
    p->stopped = true;
    noi_str words = quote(p, p->at);
    if (words.n)
        noi_law_find(p->work, NOI_LAW_ERROR, "unread_clause", clause_of(p),
                     _("clause %d cannot be read from '%.*s' on: %s was expected"), clause_of(p),
                     NOI_STR_ARG(words), wanted);
    else
        noi_law_find(p->work, NOI_LAW_ERROR, "unread_clause", clause_of(p),
                     _("clause %d ends too early, after '%.*s': %s was expected"), clause_of(p),
                     NOI_STR_ARG(quote(p, p->at > 8 ? p->at - 8 : 0)), wanted);
    return false;
}

/* ---- kinds ---------------------------------------------------------------------------------- */

typedef struct kind_phrase {
    const char *phrase;
    law_kind kind;
} kind_phrase;

static const kind_phrase unit_kinds[] = {
    {"phường", LAW_KIND_WARD},   {"thị trấn", LAW_KIND_TOWN},   {"xã", LAW_KIND_COMMUNE},
    {"đặc khu", LAW_KIND_ZONE},  {"huyện đảo", LAW_KIND_RURAL}, {"huyện", LAW_KIND_RURAL},
    {"quận", LAW_KIND_URBAN},    {"thành phố", LAW_KIND_CITY},  {"thị xã", LAW_KIND_BOROUGH},
    {"tỉnh", LAW_KIND_PROVINCE}, {"tp", LAW_KIND_CITY},         {"tt", LAW_KIND_TOWN},
    {"tx", LAW_KIND_BOROUGH},
};
#define N_KINDS (sizeof unit_kinds / sizeof *unit_kinds)

static law_kind kind_at(size_t *n, const law_parser *p, size_t from) {
    for (size_t i = 0; i < N_KINDS; i++) {
        *n = reads_at(p, from, unit_kinds[i].phrase);
        bool name = *n > 1 && unit_kinds[i].kind == LAW_KIND_RURAL &&
                    ahead(p, from + 1)->kind == LAW_WORD_NAME; /* huyện Đảo Xa */
        if (*n && !name)
            return unit_kinds[i].kind;
    }
    *n = 0;
    return LAW_KIND_NONE;
}

law_kind noi_law_eat_kind(law_parser *p) {
    size_t n;
    law_kind kind = kind_at(&n, p, 0);
    p->at += n;
    bool short_form = n == 1 && p->words[p->at - 1].fold.n == 2 && kind != LAW_KIND_COMMUNE;
    if (short_form)
        noi_law_eat_sign(p, LAW_WORD_STOP); /* "TP." */
    return kind;
}

/* ---- names ---------------------------------------------------------------------------------- */

/* Is this the "thành" in front of the new unit, and not the end of a name? */
static bool at_destination(const law_parser *p, size_t from) {
    size_t n = reads_at(p, from, "thành lập");
    if (n)
        return true;
    n = reads_at(p, from, "để thành lập");
    if (n || reads_at(p, from, "để thành"))
        return true;
    if (!reads_at(p, from, "thành"))
        return false;
    size_t m, counted = ahead(p, from + 1)->kind == LAW_WORD_NUMBER; /* "thành 01 xã" */
    law_kind kind = kind_at(&m, p, from + 1 + counted);
    m += counted;
    if (kind == LAW_KIND_NONE || kind > LAW_KIND_ZONE)
        return reads_at(p, from + 1, "đơn vị hành chính") > 0;
    if (ahead(p, from)->kind == LAW_WORD_PLAIN)
        return true;
    /* "Thành xã mới": a capital where none belongs; "Tân Thành, xã ..." is not it. */
    return reads_at(p, from + 1 + m, "mới") > 0;
}

static bool is_name_word(const law_parser *p, size_t from, size_t so_far) {
    const law_word *word = ahead(p, from);
    switch (word->kind) {
    case LAW_WORD_NAME:
        return !at_destination(p, from);
    case LAW_WORD_NUMBER:
        return true;
    case LAW_WORD_STOP: /* "N.T Phong Hải" */
        return so_far > 0 && ahead(p, from - 1)->text.n <= 2 &&
               ahead(p, from - 1)->kind == LAW_WORD_NAME && word[1].kind == LAW_WORD_NAME &&
               word[1].text.p == word->text.p + 1;
    case LAW_WORD_DASH: {
        law_word_kind next = ahead(p, from + 1)->kind;
        return so_far > 0 && (next == LAW_WORD_NAME || next == LAW_WORD_NUMBER);
    }
    case LAW_WORD_PLAIN:
        /* "Tân thành thành xã": a small letter where a capital belongs. */
        return so_far > 0 && noi_str_is(word->fold, "thành") && !at_destination(p, from);
    default:
        return false;
    }
}

/* Reads a name into *name and its folded form; false when there is none. */
static bool eat_name(noi_str *name, noi_str *fold, law_parser *p) {
    size_t n = 0;
    while (is_name_word(p, n, n))
        n++;
    if (n == 0)
        return false;
    const law_word *first = here(p), *last = ahead(p, n - 1);
    *name = (noi_str){first->text.p, (size_t)(last->text.p + last->text.n - first->text.p)};
    *fold = noi_law_fold_name(p->work->arena, *name);
    p->at += n;
    return true;
}

static bool read_after(law_parser *p);

/* ---- brackets ------------------------------------------------------------------------------- */

static size_t closing_bracket(const law_parser *p) {
    for (size_t i = 0; ahead(p, i)->kind != LAW_WORD_END; i++)
        if (ahead(p, i)->kind == LAW_WORD_CLOSE)
            return i;
    return 0;
}

static int add_qualifier(law_parser *p, law_qualifier qualifier) {
    law_work *work = p->work;
    NOI_GROW(work->qualifiers, work->cap_qualifiers, work->n_qualifiers + 1);
    work->qualifiers[work->n_qualifiers] = qualifier;
    return (int)work->n_qualifiers++;
}

/* "huyện Châu Thành, tỉnh Trà Vinh": -1 when the words in the bracket are something else. */
static int read_qualifier(law_parser *p, noi_str words) {
    law_qualifier q = {.words = words, .clause = (int)p->clause};
    noi_str name;
    noi_law_eat(p, "thuộc");
    noi_law_eat(p, "của");
    law_kind kind = noi_law_eat_kind(p);
    if (kind < LAW_KIND_RURAL || !eat_name(&name, &q.name, p))
        return -1;
    q.kind = kind;
    if (kind == LAW_KIND_PROVINCE)
        q = (law_qualifier){.province = q.name, .words = words, .clause = (int)p->clause};
    noi_law_eat_sign(p, LAW_WORD_COMMA);
    noi_law_eat(p, "thuộc");
    noi_law_eat(p, "của");
    kind = noi_law_eat_kind(p);
    if (kind != LAW_KIND_NONE && !eat_name(&name, &q.province, p))
        return -1;
    return add_qualifier(p, q);
}

/* Applies a qualifier to the unit before it, and to those of its list that have none of their own:
 * "Phường 1, Phường 2 và Phường 4 (Quận 5)". */
static void apply_qualifier(law_parser *p, int qualifier) {
    law_work *work = p->work;
    for (size_t i = work->n_mentions; i-- > p->list_start;) {
        law_mention *mention = &work->mentions[i];
        if (i + 1 == work->n_mentions)
            mention->own = qualifier;
        else if (mention->own < 0 && mention->listed < 0)
            mention->listed = qualifier;
        else
            break;
    }
}

static bool read_bracket(law_parser *p) {
    if (here(p)->kind != LAW_WORD_OPEN)
        return true;
    size_t close = closing_bracket(p);
    if (close == 0)
        return noi_law_stop(p, _("a closing bracket"));
    const char *start = here(p)->text.p + 1, *end = ahead(p, close)->text.p;
    noi_str words = noi_str_trim((noi_str){start, (size_t)(end - start)});
    size_t behind = p->at + close;
    p->at++;
    if (noi_law_reads(p, "sau khi"))
        return read_after(p) &&
               (noi_law_eat_sign(p, LAW_WORD_CLOSE) || noi_law_stop(p, _("a closing bracket")));
    bool aside = noi_law_reads(p, "bao gồm") || noi_law_reads(p, "gồm") ||
                 noi_law_reads(p, "kể cả") || noi_law_reads(p, "cả");
    int qualifier = aside ? -1 : read_qualifier(p, words);
    if (qualifier >= 0 && p->at == behind)
        apply_qualifier(p, qualifier);
    else
        noi_law_find(p->work, aside ? NOI_LAW_NOTE : NOI_LAW_WARNING,
                     aside ? "aside" : "bracket_not_read", clause_of(p),
                     aside
                         ? _("clause %d: the words '(%.*s)' tell what the unit includes; they "
                             "change no edge")
                         : _("clause %d: the words '(%.*s)' name no district; they were not used"),
                     clause_of(p), NOI_STR_ARG(words));
    p->at = behind + 1;
    return true;
}

/* ---- measures ------------------------------------------------------------------------------- */

typedef struct measure {
    law_share area, people;
} measure;

static const measure whole = {LAW_SHARE_ALL, LAW_SHARE_ALL};
static const measure rest = {LAW_SHARE_REST, LAW_SHARE_REST};

static bool at_measure(const law_parser *p) {
    return noi_law_reads(p, "toàn bộ") || noi_law_reads(p, "một phần") ||
           noi_law_reads(p, "phần") || noi_law_reads(p, "diện tích") ||
           noi_law_reads(p, "quy mô") || noi_law_reads(p, "dân số") ||
           noi_law_reads(p, "nguyên trạng");
}

static bool eat_area(law_parser *p) {
    if (noi_law_eat(p, "diện tích tự nhiên") || noi_law_eat(p, "diện tích"))
        return true;
    return noi_law_eat(p, "tự nhiên");
}

/* "quy mô dân số", and what is left of it after slips: "quy mô dân", "quy mô", "dân số". */
static bool eat_people(law_parser *p) {
    static const char *const forms[] = {"quy mô dân số", "quy mô về dân số", "quy mô dân",
                                        "quy mô số",     "qui mô dân số",    "quy dân số",
                                        "mô dân số",     "quy mô",           "dân số"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!noi_law_eat(p, forms[i]))
            continue;
        if (i != 0 && i != 4 && i != 8)
            noi_law_find(p->work, NOI_LAW_NOTE, "wording", clause_of(p),
                         _("clause %d writes '%s' for 'quy mô dân số'"), clause_of(p), forms[i]);
        return true;
    }
    return false;
}

static law_share eat_quantity(law_parser *p) {
    bool as_it_is = noi_law_eat(p, "nguyên trạng");
    if (noi_law_eat(p, "toàn bộ") || as_it_is)
        return LAW_SHARE_ALL;
    if (noi_law_eat(p, "một phần") || noi_law_eat(p, "phần"))
        return LAW_SHARE_PART;
    return LAW_SHARE_NONE;
}

static bool is_unit_of_measure(const law_word *word) {
    return word->kind <= LAW_WORD_NAME &&
           (noi_str_is(word->fold, "km2") || noi_str_is(word->fold, "km²") ||
            noi_str_is(word->fold, "ha") || noi_str_is(word->fold, "người"));
}

/* "là 12,34 km2", "5.120 người": figures beside an aspect, as earlier resolutions have them. */
static void eat_figure(law_parser *p) {
    size_t n = reads_at(p, 0, "là");
    if (ahead(p, n)->kind != LAW_WORD_NUMBER)
        return;
    while (ahead(p, n)->kind == LAW_WORD_NUMBER || ahead(p, n)->kind == LAW_WORD_COMMA ||
           ahead(p, n)->kind == LAW_WORD_STOP)
        n++;
    if (is_unit_of_measure(ahead(p, n)))
        p->at += n + 1;
}

/* May the comma or "và" here be followed by one more aspect of the same measure? */
static void eat_aspect_separator(law_parser *p) {
    size_t at = p->at;
    if (!noi_law_eat_sign(p, LAW_WORD_COMMA))
        noi_law_eat(p, "và");
    else
        noi_law_eat(p, "và");
    if (!at_measure(p))
        p->at = at;
}

/* Reads a measure; *out is untouched when there is none. False when it makes no sense. */
static bool read_measure(measure *out, law_parser *p) {
    if (!at_measure(p))
        return true;
    measure m = {LAW_SHARE_NONE, LAW_SHARE_NONE};
    law_share quantity = LAW_SHARE_NONE;
    bool remainder = false;
    size_t from;
    do {
        from = p->at;
        law_share q = eat_quantity(p);
        quantity = q ? q : quantity;
        if (noi_law_eat(p, "còn lại"))
            remainder = true;
        eat_figure(p);
        if (eat_area(p))
            m.area = quantity;
        else if (eat_people(p))
            m.people = quantity;
        eat_figure(p);
        if (noi_law_eat(p, "còn lại"))
            remainder = true;
        eat_aspect_separator(p);
    } while (p->at > from && at_measure(p));
    noi_law_eat(p, "của");
    noi_law_eat(p, "thuộc");
    if (remainder) {
        *out = rest;
        return true;
    }
    if (quantity == LAW_SHARE_NONE)
        return noi_law_stop(p, _("'toàn bộ', 'một phần' or 'phần còn lại'"));
    if (m.area == LAW_SHARE_NONE && m.people == LAW_SHARE_NONE)
        m = (measure){quantity, quantity};
    *out = m;
    return true;
}

/* ---- references ----------------------------------------------------------------------------- */

static void add_ref(law_parser *p, int clause) {
    law_work *work = p->work;
    NOI_GROW(work->refs, work->cap_refs, work->n_refs + 1);
    work->refs[work->n_refs++] = clause;
}

/* A comma or "và" and then one more clause? */
static bool eat_next_ref(law_parser *p) {
    size_t at = p->at;
    noi_law_eat_sign(p, LAW_WORD_COMMA);
    noi_law_eat(p, "và");
    bool moved = p->at > at;
    noi_law_eat(p, "tại");
    noi_law_eat(p, "các");
    bool khoan = noi_law_eat(p, "khoản");
    if (here(p)->kind == LAW_WORD_NUMBER && (moved || khoan))
        return true;
    p->at = at;
    return false;
}

static void read_this_article(law_parser *p) {
    noi_law_eat(p, "của");
    if (noi_law_eat(p, "điều này") || noi_law_eat(p, "nghị quyết này"))
        return;
    if (noi_law_eat(p, "điều") && noi_law_eat_sign(p, LAW_WORD_NUMBER)) {
        noi_law_eat(p, "của");
        noi_law_eat(p, "nghị quyết này");
        return;
    }
    noi_law_eat(p, "này");
    noi_law_find(p->work, NOI_LAW_NOTE, "wording", clause_of(p),
                 _("clause %d: the words 'Điều này' are missing in front of '%.*s'"), clause_of(p),
                 NOI_STR_ARG(quote(p, p->at)));
}

static bool is_after_word(const law_word *word) {
    return word->kind == LAW_WORD_PLAIN && !noi_str_is(word->fold, "khoản") &&
           !noi_str_is(word->fold, "thành") && !noi_str_is(word->fold, "và");
}

/* "sau khi sắp xếp theo quy định tại khoản 41, khoản 62 Điều này": gives the clauses to the units
 * of the group. */
static bool read_after(law_parser *p) {
    static const char *const forms[] = {"sau khi",      "sau sắp xếp",  "theo quy định",
                                        "quy định tại", "đã sắp xếp",   "theo khoản",
                                        "tại khoản",    "tại các khoản"};
    bool found = false;
    for (size_t i = 0; !found && i < sizeof forms / sizeof *forms; i++)
        found = noi_law_reads(p, forms[i]);
    if (!found)
        return true;
    size_t first = p->work->n_refs;
    while (is_after_word(here(p)))
        p->at++;
    if (!noi_law_eat(p, "khoản") || here(p)->kind != LAW_WORD_NUMBER)
        return noi_law_stop(p, _("'khoản' and the number of a clause"));
    do {
        add_ref(p, here(p)->number);
        p->at++;
    } while (eat_next_ref(p));
    read_this_article(p);
    for (size_t i = p->group_start; i < p->work->n_mentions; i++) {
        law_mention *mention = &p->work->mentions[i];
        mention->refs = first;
        mention->n_refs = p->work->n_refs - first;
        if (mention->area != LAW_SHARE_REST)
            return noi_law_stop(p, _("'phần còn lại' before 'sau khi sắp xếp'"));
    }
    return true;
}

/* ---- units ---------------------------------------------------------------------------------- */

static void add_mention(law_parser *p, law_kind kind, bool bare, noi_str name, noi_str fold) {
    law_work *work = p->work;
    NOI_GROW(work->mentions, work->cap_mentions, work->n_mentions + 1);
    work->mentions[work->n_mentions++] = (law_mention){
        .statement = work->n_statements,
        .kind = kind,
        .bare_kind = bare,
        .name = name,
        .fold = fold,
        .coarse = noi_law_coarse(fold),
        .area = p->area,
        .people = p->people,
        .own = -1,
        .listed = -1,
        .unit = LAW_NO_UNIT,
    };
}

/* One unit: a kind or the last one, a name, perhaps a bracket. */
static bool read_unit(law_parser *p, law_kind *kind) {
    if (here(p)->kind == LAW_WORD_PLAIN && !noi_law_eat(p, "các")) /* but xã Các Sơn */
        noi_law_eat(p, "những");
    size_t n;
    if (here(p)->kind == LAW_WORD_NUMBER && ahead(p, 1)->kind == LAW_WORD_PLAIN &&
        kind_at(&n, p, 1) != LAW_KIND_NONE)
        p->at++; /* "của 03 xã A, B và C" */
    bool capital = here(p)->kind == LAW_WORD_NAME;
    law_kind own = noi_law_eat_kind(p);
    if (own != LAW_KIND_NONE && kind_at(&n, p, 0) == own && n == 1 &&
        ahead(p, 1)->kind == LAW_WORD_NUMBER) { /* "phường Phường 4" */
        noi_law_find(p->work, NOI_LAW_NOTE, "doubled_word", clause_of(p),
                     _("clause %d writes '%s' twice"), clause_of(p), noi_law_kind_text(own));
        p->at++;
    }
    if (own != LAW_KIND_NONE)
        *kind = own;
    if (*kind == LAW_KIND_NONE)
        return noi_law_stop(p, _("a kind of unit ('xã', 'phường', 'thị trấn')"));
    noi_str name, fold;
    if (!eat_name(&name, &fold, p))
        return noi_law_stop(p, _("the name of a unit"));
    add_mention(p, *kind, own != LAW_KIND_NONE && capital, name, fold);
    return read_bracket(p);
}

static bool at_unit(const law_parser *p) {
    size_t n;
    if (at_destination(p, 0))
        return false;
    return (here(p)->kind == LAW_WORD_PLAIN && noi_law_reads(p, "các")) ||
           kind_at(&n, p, 0) != LAW_KIND_NONE || is_name_word(p, 0, 0);
}

/* A comma, a semicolon, "và", "cùng với"; they may come together. */
static bool eat_separator(law_parser *p) {
    size_t at = p->at;
    noi_law_eat_sign(p, LAW_WORD_COMMA);
    if (!noi_law_eat(p, "và") && !noi_law_eat(p, "cùng với"))
        noi_law_eat(p, "với");
    noi_law_eat_sign(p, LAW_WORD_COMMA);
    return p->at > at;
}

bool noi_law_read_units(law_parser *p) {
    law_kind kind = LAW_KIND_NONE;
    p->list_start = p->group_start = p->work->n_mentions;
    for (;;) {
        if (!read_unit(p, &kind))
            return false;
        size_t at = p->at;
        if (eat_separator(p) && at_unit(p) && !at_measure(p))
            continue;
        p->at = at;
        if (!at_unit(p) || at_measure(p))
            return true;
        noi_law_find(p->work, NOI_LAW_NOTE, "wording", clause_of(p),
                     _("clause %d: a comma is missing in front of '%.*s'"), clause_of(p),
                     NOI_STR_ARG(quote(p, p->at)));
    }
}

bool noi_law_read_sources(law_parser *p) {
    measure m = whole;
    for (;;) {
        bool measured = at_measure(p);
        if (!read_measure(&m, p))
            return false;
        if (!measured && p->after_refs) { /* "phần còn lại ... Điều này, xã B": B goes whole */
            m = whole;
            noi_law_find(p->work, NOI_LAW_WARNING, "measure_inferred", clause_of(p),
                         _("clause %d does not say how much of '%.*s' moves; read as the whole"),
                         clause_of(p), NOI_STR_ARG(quote(p, p->at)));
        }
        p->area = m.area;
        p->people = m.people;
        size_t refs = p->work->n_refs;
        if (!noi_law_read_units(p) || !read_after(p))
            return false;
        p->after_refs = p->work->n_refs > refs;
        size_t at = p->at;
        bool more = eat_separator(p);
        if (!at_measure(p) && !(more && at_unit(p))) {
            p->at = at;
            return true;
        }
    }
}

/* ---- the new unit --------------------------------------------------------------------------- */

static void skip_naming(law_parser *p) {
    static const char *const words[] = {"mới", "có",   "tên", "gọi",  "là",
                                        "lấy", "mang", "đặt", "được", "nay"};
    bool found = true;
    while (found) {
        found = false;
        noi_law_eat_sign(p, LAW_WORD_COMMA);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            found = noi_law_eat(p, words[i]) || found;
    }
}

/* "phường mới có tên gọi là phường Sài Gòn" */
bool noi_law_read_new_unit(law_statement *out, law_parser *p) {
    noi_law_eat(p, "đơn vị hành chính cấp xã");
    noi_law_eat(p, "một");
    noi_law_eat_sign(p, LAW_WORD_NUMBER);
    law_kind announced = noi_law_eat_kind(p);
    skip_naming(p);
    size_t n;
    law_kind named = kind_at(&n, p, 0);
    p->at += n;
    out->new_kind = named ? named : announced;
    if (out->new_kind == LAW_KIND_NONE || out->new_kind > LAW_KIND_ZONE)
        return noi_law_stop(p, _("the kind of the new unit"));
    if (named && announced && named != announced)
        noi_law_find(p->work, NOI_LAW_WARNING, "kind_slip", clause_of(p),
                     _("clause %d makes a new '%s' and calls it '%s'; the latter was taken"),
                     clause_of(p), noi_law_kind_text(announced), noi_law_kind_text(named));
    if (!eat_name(&out->new_name, &out->new_fold, p))
        return noi_law_stop(p, _("the name of the new unit"));
    return true;
}

static bool read_destination(law_statement *out, law_parser *p) {
    noi_law_eat_sign(p, LAW_WORD_COMMA);
    noi_law_eat(p, "để");
    out->joins = noi_law_eat(p, "nhập vào") || noi_law_eat(p, "vào") || noi_law_eat(p, "về");
    if (!out->joins && !noi_law_eat(p, "thành lập") && !noi_law_eat(p, "hình thành") &&
        !noi_law_eat(p, "thành"))
        return noi_law_stop(p, _("a comma, 'và' or 'thành' and the new unit"));
    return noi_law_read_new_unit(out, p);
}

/* The end: at most a full stop, a semicolon or an aside in brackets. */
static bool read_end(law_parser *p) {
    while (here(p)->kind == LAW_WORD_OPEN && closing_bracket(p))
        p->at += closing_bracket(p) + 1;
    noi_law_eat_sign(p, LAW_WORD_STOP);
    noi_law_eat_sign(p, LAW_WORD_COMMA);
    noi_law_eat_sign(p, LAW_WORD_STOP);
    if (here(p)->kind == LAW_WORD_END)
        return true;
    return noi_law_stop(p, _("the end of the clause"));
}

/* ---- clauses -------------------------------------------------------------------------------- */

static bool read_founding(law_statement *out, law_parser *p) {
    if (!noi_law_read_new_unit(out, p))
        return false;
    noi_law_eat_sign(p, LAW_WORD_COMMA);
    static const char *const forms[] = {"trên cơ sở", "từ", "bằng cách", "bao gồm", "gồm"};
    bool found = false;
    for (size_t i = 0; !found && i < sizeof forms / sizeof *forms; i++)
        found = noi_law_eat(p, forms[i]);
    if (!found)
        return noi_law_stop(p, _("'trên cơ sở' and the units that it is made of"));
    noi_law_eat(p, "việc");
    if (!noi_law_eat(p, "sắp xếp"))
        noi_law_eat(p, "nhập");
    return noi_law_read_sources(p);
}

static bool read_keep(law_parser *p) {
    noi_law_eat(p, "hiện trạng");
    noi_law_eat(p, "nguyên trạng");
    noi_law_eat(p, "đối với");
    p->area = p->people = LAW_SHARE_ALL;
    if (at_measure(p))
        return noi_law_read_sources(p);
    return noi_law_read_units(p);
}

static bool eat_merge_verb(law_parser *p) {
    static const char *const forms[] = {"sắp xếp lại", "sắp xếp",    "sáp nhập",    "hợp nhất",
                                        "nhập",        "điều chỉnh", "tổ chức lại", "chuyển"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (noi_law_eat(p, forms[i]))
            return true;
    return at_measure(p);
}

static bool read_clause(law_statement *out, law_parser *p) {
    if (noi_law_eat(p, "thực hiện đổi tên") || noi_law_eat(p, "đổi tên")) {
        out->verb = LAW_RENAME;
        p->area = p->people = LAW_SHARE_ALL;
        noi_law_eat(p, "của");
        return noi_law_read_units(p) && read_destination(out, p);
    }
    if (noi_law_eat(p, "thành lập"))
        return read_founding(out, p);
    if (noi_law_eat(p, "giữ nguyên")) {
        out->verb = LAW_KEEP;
        return read_keep(p);
    }
    if (!eat_merge_verb(p))
        return noi_law_stop(p, _("'Sắp xếp', 'Nhập', 'Đổi tên' or 'Thành lập'"));
    return noi_law_read_sources(p) && read_destination(out, p);
}

static bool is_closing(const law_parser *p) {
    return noi_law_reads(p, "sau khi sắp xếp") || noi_law_reads(p, "sau sắp xếp") ||
           noi_law_reads(p, "sau khi thực hiện");
}

static void add_statement(law_parser *p, law_statement statement, size_t first_mention) {
    law_work *work = p->work;
    statement.mentions = first_mention;
    statement.n_mentions = work->n_mentions - first_mention;
    NOI_GROW(work->statements, work->cap_statements, work->n_statements + 1);
    work->statements[work->n_statements++] = statement;
}

static void read_one(law_work *work, size_t clause) {
    law_parser p = {.work = work, .clause = clause};
    size_t n_doubled;
    noi_str doubled;
    p.words = noi_law_words(&p.n, &n_doubled, &doubled, work->arena, work->clauses[clause].text);
    if (n_doubled)
        noi_law_find(work, NOI_LAW_NOTE, "doubled_word", work->clauses[clause].number,
                     _("clause %d writes '%.*s' twice"), work->clauses[clause].number,
                     NOI_STR_ARG(doubled));
    law_statement statement = {.verb = LAW_MERGE, .clause = clause};
    size_t first = work->n_mentions;
    if (is_closing(&p)) {
        statement.verb = LAW_CLOSING;
        if (!noi_law_read_closing(&p))
            work->law->n_unread++;
        add_statement(&p, statement, first);
        return;
    }
    if (read_clause(&statement, &p) && read_end(&p)) {
        add_statement(&p, statement, first);
        return;
    }
    work->n_mentions = first;
    work->law->n_unread++;
}

void noi_law_read_clauses(law_work *work) {
    for (size_t i = 0; i < work->n_clauses; i++)
        read_one(work, i);
}
