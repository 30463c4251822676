/* hamlet.c: see hamlet.h. */
#include "address/hamlet.h"

#include "address/token.h"

#include <string.h>

const char *noi_hamlet_kind_words(noi_hamlet_kind kind) {
    static const char *const words[] = {"",
#define HAMLET_WORDS(name, key, words) words,
                                        NOI_HAMLET_TABLE(HAMLET_WORDS)
#undef HAMLET_WORDS
    };
    return words[kind];
}

/* Spellings as words without marks, the longer before what they begin with. */
static const struct {
    uint8_t kind, n;
    const char *words[3];
} spellings[] = {
    {NOI_HAMLET_GROUP, 3, {"to", "dan", "pho"}}, {NOI_HAMLET_GROUP, 3, {"to", "nhan", "dan"}},
    {NOI_HAMLET_QUARTER, 2, {"khu", "pho"}},     {NOI_HAMLET_QUARTER, 1, {"kp"}},
    {NOI_HAMLET_QUARTER, 2, {"k", "p"}},         {NOI_HAMLET_QUARTER, 1, {"quarter"}},
    {NOI_HAMLET_GROUP, 1, {"tdp"}},              {NOI_HAMLET_GROUP, 1, {"to"}},
    {NOI_HAMLET_AP, 1, {"ap"}},                  {NOI_HAMLET_AP, 1, {"hamlet"}},
    {NOI_HAMLET_THON, 1, {"thon"}},              {NOI_HAMLET_KHOM, 1, {"khom"}},
    {NOI_HAMLET_XOM, 1, {"xom"}},                {NOI_HAMLET_BAN, 1, {"ban"}},
    {NOI_HAMLET_BUON, 1, {"buon"}},
};

typedef struct walk {
    noi_str text;
    noi_token tokens[NOI_MAX_TOKENS];
    size_t n;
} walk;

static bool is_word(const noi_token *t, const char *bare) {
    char letters[9] = "";
    memcpy(letters, &t->bare, 8);
    return !t->is_number && t->n_letters <= 8 && strcmp(letters, bare) == 0;
}

/* The kind that begins at word i, and where it ends; NONE for none. */
static noi_hamlet_kind kind_at(const walk *w, size_t i, size_t *end) {
    for (size_t s = 0; s < sizeof spellings / sizeof *spellings; s++) {
        size_t n = 0;
        while (n < spellings[s].n && i + n < w->n &&
               is_word(&w->tokens[i + n], spellings[s].words[n]))
            n++;
        if (n < spellings[s].n)
            continue;
        *end = i + n;
        return (noi_hamlet_kind)spellings[s].kind;
    }
    return NOI_HAMLET_NONE;
}

/* A Roman numeral fills its part: "ấp II", but "ấp Vi Xuyên" is a name. */
static unsigned roman_at(const walk *w, size_t at) {
    size_t end;
    bool ends = at + 1 >= w->n || w->tokens[at + 1].gap >= NOI_GAP_STOP || kind_at(w, at + 1, &end);
    return ends ? noi_token_roman(&w->tokens[at]) : 0;
}

/* A number may stand behind "số" and a dot, with one letter glued to it: "KP.3", "tổ số 15A". */
static bool read_number(noi_hamlet_part *part, const walk *w, size_t *i) {
    size_t at = *i + (*i + 1 < w->n && is_word(&w->tokens[*i], "so"));
    if (at >= w->n || w->tokens[at].gap == NOI_GAP_COMMA)
        return false;
    const noi_token *t = &w->tokens[at];
    unsigned roman = roman_at(w, at);
    if (!roman && (!t->is_number || t->n_letters > 4))
        return false;
    char digits[9] = "";
    memcpy(digits, &t->bare, 8);
    part->number = roman ? roman : (uint32_t)strtoul(digits, NULL, 10);
    at++;
    if (!roman && at < w->n && w->tokens[at].gap == NOI_GAP_NONE && !w->tokens[at].is_number &&
        w->tokens[at].n_letters == 1) {
        char letter[9] = "";
        memcpy(letter, &w->tokens[at].bare, 8);
        if (letter[0] >= 'a' && letter[0] <= 'z') {
            part->letter = (uint8_t)(letter[0] - 'a' + 'A');
            at++;
        }
    }
    *i = at;
    return part->number > 0;
}

/* The words up to the end of the part, or to the next kind with a number. */
static bool read_name(noi_hamlet_part *part, const walk *w, size_t *i) {
    size_t from = *i, at = from;
    while (at < w->n && w->tokens[at].gap < NOI_GAP_COMMA) {
        size_t end;
        if (at > from && kind_at(w, at, &end) && end < w->n && w->tokens[end].is_number)
            break;
        at++;
    }
    *i = at;
    if (at == from)
        return false;
    part->name = noi_name_key_of(
        (noi_str){w->text.p + w->tokens[from].from, w->tokens[at - 1].to - w->tokens[from].from});
    return true;
}

void noi_hamlet_parse(noi_hamlet *out, noi_str text) {
    walk w; /* not zeroed: it is large, and this is asked for every address of a split unit */
    bool late;
    out->n = 0;
    if (text.n == 0)
        return;
    w.text = text;
    w.n = noi_tokens_cut(w.tokens, &late, text);
    bool may_begin = true; /* a name stands behind its kind; "Tân Tổ" begins no part */
    for (size_t i = 0; i < w.n && out->n < NOI_HAMLET_PARTS && !late;) {
        noi_hamlet_part part = {0};
        size_t first = i, end = i;
        may_begin |= w.tokens[i].gap >= NOI_GAP_STOP;
        part.kind = (uint8_t)kind_at(&w, i, &end);
        if (!part.kind || (!may_begin && !(end < w.n && w.tokens[end].is_number))) {
            may_begin = false;
            i++;
            continue;
        }
        i = end;
        if (!read_number(&part, &w, &i) && !read_name(&part, &w, &i))
            continue;
        part.text = (noi_str){text.p + w.tokens[first].from,
                              w.tokens[i - 1].to - w.tokens[first].from};
        out->parts[out->n++] = part;
        may_begin = true;
    }
}

noi_name_key noi_hamlet_key(const noi_hamlet_part *part) {
    uint64_t bare = part->name.bare ^ ((uint64_t)part->number << 16 | (uint64_t)part->letter << 8 |
                                       part->kind) * UINT64_C(0x9E3779B97F4A7C15);
    return (noi_name_key){bare ? bare : 1, part->name.marks};
}
