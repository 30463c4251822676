/* house.c: see house.h. Words are cut by token.h: "12A" is a number and a letter glued to it. */
#include "address/house.h"

#include "address/letters.h"
#include "address/token.h"

#include <string.h>

#define BIS 0x80u

typedef struct words {
    noi_str text;
    noi_token tokens[NOI_MAX_TOKENS];
    size_t n;
    bool late; /* words at the front were dropped */
} words;

static void cut(words *w, noi_str text) {
    w->text = text;
    w->n = noi_tokens_cut(w->tokens, &w->late, text);
}

/* Whether the word is `bare`, lower case without marks, of at most 8 letters. */
static bool is_word(const noi_token *t, const char *bare) {
    char letters[9] = "";
    memcpy(letters, &t->bare, 8);
    return !t->is_number && t->n_letters <= 8 && strcmp(letters, bare) == 0;
}

static bool is_any(const noi_token *t, const char *const *list) {
    for (; *list; list++)
        if (is_word(t, *list))
            return true;
    return false;
}

/* The value of a number; more than NOI_HOUSE_MAX_NUMBER for one that is too long. */
static uint32_t value_of(const noi_token *t) {
    char digits[9] = "";
    memcpy(digits, &t->bare, 8);
    uint32_t value = 0;
    for (const char *p = digits; *p; p++)
        value = value * 10 + (uint32_t)(*p - '0');
    return t->n_letters > 8 ? UINT32_MAX : value;
}

/* Whether nothing but one sign and spaces stands between a word and the one before. */
static bool parted_by(const words *w, size_t i, char sign) {
    bool seen = false;
    for (uint32_t at = w->tokens[i - 1].to; at < w->tokens[i].from; at++) {
        char c = w->text.p[at];
        if (c != ' ' && (c != sign || seen))
            return false;
        seen |= c == sign;
    }
    return seen;
}

/* ---- the chain ------------------------------------------------------------------------------- */

/* "A", "bis", "Abis" behind a number; 0 when the word is none of these. */
static uint32_t suffix_of(const noi_token *t) {
    char letters[9] = "";
    memcpy(letters, &t->bare, 8);
    if (t->is_number || t->n_letters > 4 || t->marks & 0xFF000000)
        return 0;
    uint32_t bis = 0;
    if (t->n_letters >= 3 && (strcmp(letters + t->n_letters - 3, "bis") == 0 ||
                              strcmp(letters + t->n_letters - 3, "ter") == 0)) {
        bis = BIS;
        letters[t->n_letters - 3] = '\0';
    }
    if (strlen(letters) > 1 || (letters[0] && (letters[0] < 'a' || letters[0] > 'z')))
        return 0; /* a letter of another script is none of ours */
    return bis | (letters[0] ? (uint32_t)(letters[0] - 'a' + 'A') : 0);
}

/* The suffixes behind the number at i: a letter glued to it, "bis" also behind a space. */
static uint32_t read_suffixes(const words *w, size_t *i) {
    uint32_t found = 0;
    while (*i < w->n && w->tokens[*i].gap <= NOI_GAP_SPACE) {
        uint32_t one = suffix_of(&w->tokens[*i]);
        bool glued = w->tokens[*i].gap == NOI_GAP_NONE;
        if (!one || (found & one) || (!glued && one != BIS))
            break;
        found |= one;
        ++*i;
    }
    return found;
}

static bool add_link(noi_house *h, uint32_t number, uint32_t suffixes) {
    if (number > NOI_HOUSE_MAX_NUMBER || h->n_links == NOI_HOUSE_LINKS)
        return false;
    h->links[h->n_links++] = number << 8 | suffixes;
    return true;
}

/* "-25" behind a first number. */
static bool read_last(noi_house *h, const words *w, size_t *i) {
    uint32_t last = value_of(&w->tokens[*i]);
    if (h->n_links != 1 || h->kind != NOI_HOUSE_NUMBER || last > NOI_HOUSE_MAX_NUMBER ||
        last < h->last)
        return false;
    h->last = last;
    ++*i;
    read_suffixes(w, i);
    return true;
}

/* The links from word i on. Returns where they end; 0 when they are no chain. */
static size_t read_links(noi_house *h, const words *w, size_t i) {
    for (;;) {
        if (i >= w->n || !w->tokens[i].is_number)
            return 0;
        uint32_t number = value_of(&w->tokens[i]);
        i++;
        if (!add_link(h, number, read_suffixes(w, &i)))
            return 0;
        if (h->n_links == 1)
            h->last = number;
        while (i < w->n && w->tokens[i].is_number && parted_by(w, i, '-'))
            if (!read_last(h, w, &i))
                return 0;
        if (i >= w->n || !parted_by(w, i, '/'))
            return i;
    }
}

/* "A12": a letter glued to the number behind it. */
static bool begins_with_letter(const words *w, size_t i) {
    return i + 1 < w->n && !w->tokens[i].is_number && w->tokens[i].n_letters == 1 &&
           w->tokens[i + 1].is_number && w->tokens[i + 1].gap == NOI_GAP_NONE;
}

static size_t read_chain(noi_house *h, const words *w, size_t i) {
    h->kind = NOI_HOUSE_NUMBER;
    if (begins_with_letter(w, i)) {
        h->kind = NOI_HOUSE_LETTERED;
        h->links[h->n_links++] = suffix_of(&w->tokens[i]);
        i++;
    }
    size_t end = read_links(h, w, i);
    if (end == 0)
        *h = (noi_house){.kind = NOI_HOUSE_OTHER};
    return end;
}

static size_t skip(const words *w, size_t i, const char *const *list) {
    while (i < w->n && is_any(&w->tokens[i], list))
        i++;
    return i;
}

void noi_house_parse(noi_house *out, noi_str house) {
    static const char *const signs[] = {"so", "nha", "sn", "no", NULL};
    words w;
    *out = (noi_house){.kind = NOI_HOUSE_NONE};
    cut(&w, house);
    size_t i = skip(&w, 0, signs);
    if (i >= w.n)
        return;
    if (w.late || read_chain(out, &w, i) != w.n)
        *out = (noi_house){.kind = NOI_HOUSE_OTHER};
}

/* ---- what rules ask -------------------------------------------------------------------------- */

const char *noi_side_key(noi_street_side side) {
    return side == NOI_SIDE_ODD ? "odd" : side == NOI_SIDE_EVEN ? "even" : "";
}

noi_street_side noi_side_by_word(noi_str word) {
    words w;
    cut(&w, word);
    if (w.n == 2 && is_word(&w.tokens[0], "so")) /* "số lẻ" */
        w.tokens[0] = w.tokens[1];
    else if (w.n != 1)
        return NOI_SIDE_NONE;
    if (is_word(&w.tokens[0], "odd") || is_word(&w.tokens[0], "le"))
        return NOI_SIDE_ODD;
    if (is_word(&w.tokens[0], "even") || is_word(&w.tokens[0], "chan"))
        return NOI_SIDE_EVEN;
    return NOI_SIDE_NONE;
}

noi_street_side noi_house_side(const noi_house *house) {
    if (house->kind != NOI_HOUSE_NUMBER)
        return NOI_SIDE_NONE;
    uint32_t first = noi_house_number_of(house->links[0]);
    if ((first ^ house->last) & 1)
        return NOI_SIDE_NONE;
    return first & 1 ? NOI_SIDE_ODD : NOI_SIDE_EVEN;
}

bool noi_house_in_range(const noi_house *house, uint32_t from, uint32_t to) {
    return house->kind == NOI_HOUSE_NUMBER && noi_house_number_of(house->links[0]) >= from &&
           house->last <= to;
}

bool noi_house_in_alley(const noi_house *house, const noi_house *alley) {
    return alley->n_links > 0 && house->kind == alley->kind && house->n_links > alley->n_links &&
           memcmp(house->links, alley->links, alley->n_links * sizeof *alley->links) == 0;
}

/* ---- names ----------------------------------------------------------------------------------- */

static noi_name_key key_of(const words *w, size_t from) {
    noi_name_key key = {0};
    for (size_t i = from; i < w->n; i++) {
        key.bare = (key.bare ^ w->tokens[i].bare) * UINT64_C(0x9E3779B97F4A7C15);
        key.bare ^= key.bare >> 29;
        key.marks = (key.marks ^ w->tokens[i].marks) * 0x01000193u;
    }
    bool marked = false;
    for (size_t i = from; i < w->n; i++)
        marked |= w->tokens[i].marks != 0;
    if (w->n > from && key.bare == 0)
        key.bare = 1;
    key.marks = !marked ? 0 : key.marks ? key.marks : 1;
    return key;
}

noi_name_key noi_name_key_of(noi_str name) {
    words w;
    cut(&w, name);
    return key_of(&w, 0);
}

noi_name_key noi_sheet_key(noi_str sheet) {
    static const char *const signs[] = {"to", "ban", "do", "so", "tbd", NULL};
    words w;
    cut(&w, sheet);
    return key_of(&w, skip(&w, 0, signs));
}

/* A word with its marks, as noi_token.marks has them: three bits a letter for its shape, the tone in
 * the highest byte. */
typedef struct marked_word {
    const char *bare;
    uint32_t marks;
} marked_word;

#define SHAPE(letter, shape) ((uint32_t)(shape) << (3 * (letter)))
#define TONE(tone)           ((uint32_t)(tone) << 24)

static const marked_word street_kinds[] = {
    {"duong", SHAPE(0, NOI_SHAPE_STROKE) | SHAPE(1, NOI_SHAPE_HORN) | SHAPE(2, NOI_SHAPE_HORN) |
                  TONE(NOI_TONE_GRAVE)},
    {"dg", SHAPE(0, NOI_SHAPE_STROKE)},
    {"d", SHAPE(0, NOI_SHAPE_STROKE)},
    {"pho", SHAPE(2, NOI_SHAPE_CIRCUMFLEX) | TONE(NOI_TONE_ACUTE)},
    {NULL, 0},
};

static const marked_word alley_kinds[] = {
    {"hem", TONE(NOI_TONE_HOOK)},   {"ngo", TONE(NOI_TONE_TILDE)},
    {"ngach", TONE(NOI_TONE_ACUTE)}, {"kiet", SHAPE(2, NOI_SHAPE_CIRCUMFLEX) | TONE(NOI_TONE_DOT)},
    {"alley", 0},                    {"lane", 0},
    {NULL, 0},
};

/* Without marks, too, where `loose`: "Dương Bá Trạc" is no "đường", "Phó Đức Chính" no "phố". */
static bool is_kind(const noi_token *t, const marked_word *kinds, bool loose) {
    for (; kinds->bare; kinds++)
        if (is_word(t, kinds->bare) && (t->marks == kinds->marks || (loose && t->marks == 0)))
            return true;
    return false;
}

/* "hẻm 1806/127", "ngõ số 5" at the begin; "Ngô Quyền", "hẻm Cây Điệp" are names. Returns the end. */
static size_t read_alley(noi_house *alley, const words *w) {
    if (w->n < 2 || !is_kind(&w->tokens[0], alley_kinds, true))
        return 0;
    size_t end = read_chain(alley, w, w->n > 2 && is_word(&w->tokens[1], "so") ? 2 : 1);
    if (end == 0)
        *alley = (noi_house){.kind = NOI_HOUSE_NONE};
    return end;
}

void noi_street_parse(noi_street *out, noi_str street) {
    words w;
    cut(&w, street);
    *out = (noi_street){.alley = {.kind = NOI_HOUSE_NONE}};
    size_t name = read_alley(&out->alley, &w);
    if (name + 1 < w.n && is_kind(&w.tokens[name], street_kinds, false) &&
        !(w.tokens[name + 1].is_number && w.tokens[name + 1].gap == NOI_GAP_NONE)) /* "Đ12" */
        name++;
    if (w.late || name >= w.n)
        return;
    out->name = key_of(&w, name);
    out->text = (noi_str){street.p + w.tokens[name].from,
                          w.tokens[w.n - 1].to - w.tokens[name].from};
}

void noi_house_join(noi_house *house, const noi_street *street) {
    const noi_house *alley = &street->alley;
    if (alley->kind == NOI_HOUSE_NONE)
        return;
    size_t n = alley->n_links + (size_t)house->n_links;
    bool fits = house->kind != NOI_HOUSE_OTHER && alley->n_links > 0 && n <= NOI_HOUSE_LINKS;
    if (!fits) {
        *house = (noi_house){.kind = NOI_HOUSE_OTHER};
        return;
    }
    noi_house joined = *alley;
    memcpy(joined.links + alley->n_links, house->links, house->n_links * sizeof *house->links);
    joined.n_links = (uint8_t)n;
    *house = joined;
}
