/* token.c: see token.h. One pass over the glyphs (letters.h), no allocation. */
#include "address/token.h"

#include "address/letters.h"

#include <string.h>

#define HASHED (UINT64_C(1) << 63)

static noi_gap gap_of(unsigned char byte, unsigned char next) {
    switch (byte) {
    case ' ':
    case '\'':
    case '`':
    case 0xC2: /* no-break space */
    case 0xE2: /* curly quotes and thin spaces; dashes are told apart by the caller */
        return NOI_GAP_SPACE;
    case '.':
        return next == ' ' ? NOI_GAP_STOP : NOI_GAP_DOT;
    case ':':
        return NOI_GAP_DOT;
    case '-':
    case '_':
        return NOI_GAP_HYPHEN;
    case ',':
    case ';':
    case '\n':
    case '\r':
    case '\t':
    case '|':
    case '(':
    case ')':
    case '[':
    case ']':
    case '"':
        return NOI_GAP_COMMA;
    default:
        return NOI_GAP_SLASH;
    }
}

/* U+2010..U+2015 are dashes; U+201C, U+201D quotes around a name. */
static noi_gap gap_at(const unsigned char *p, const unsigned char *end) {
    if (*p == 0xE2 && end - p >= 3 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0x95)
        return NOI_GAP_HYPHEN;
    if (*p == 0xE2 && end - p >= 3 && p[1] == 0x80 && (p[2] == 0x9C || p[2] == 0x9D))
        return NOI_GAP_COMMA;
    return gap_of(*p, end - p > 1 ? p[1] : ' ');
}

typedef struct word {
    char letters[8];
    unsigned n;
    uint64_t hash;
    uint32_t shapes, tones;
} word;

static void word_add(word *w, unsigned cell) {
    char base = NOI_LETTER_BASE(cell);
    if (w->n < 8) {
        w->letters[w->n] = base;
        w->shapes |= NOI_LETTER_SHAPE(cell) << (3 * w->n);
    } else {
        w->shapes = w->shapes * 31 + NOI_LETTER_SHAPE(cell);
    }
    if (NOI_LETTER_TONE(cell))
        w->tones = w->tones * 6 + NOI_LETTER_TONE(cell);
    w->hash = (w->hash ^ (unsigned char)base) * UINT64_C(0x100000001B3);
    w->n += w->n < 255;
}

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* "My" and "Mi", "Quy" and "Qui" are one: a final y behind a consonant or behind "qu". */
static void unify_y(word *w) {
    if (w->n < 2 || w->n > 8 || w->letters[w->n - 1] != 'y')
        return;
    char before = w->letters[w->n - 2];
    bool after_qu = before == 'u' && w->n == 3 && w->letters[0] == 'q';
    if (!is_vowel(before) || after_qu)
        w->letters[w->n - 1] = 'i';
}

static void word_end(noi_token *token, word *w) {
    if (token->is_number) {
        unsigned zeros = 0;
        unsigned n = w->n < 8 ? w->n : 8;
        while (zeros + 1 < n && w->letters[zeros] == '0')
            zeros++;
        if (zeros && w->n <= 8) {
            memmove(w->letters, w->letters + zeros, n - zeros);
            memset(w->letters + n - zeros, 0, zeros);
        }
    } else {
        unify_y(w);
    }
    if (w->n <= 8)
        memcpy(&token->bare, w->letters, 8);
    else
        token->bare = w->hash | HASHED;
    token->marks = (w->shapes & 0xFFFFFF) | (w->tones & 0xFF) << 24;
    token->n_letters = (uint8_t)w->n;
}

static bool is_capital_at(const unsigned char *p, const unsigned char *end) {
    if (*p < 0x80)
        return *p >= 'A' && *p <= 'Z';
    uint32_t c = 0;
    if (noi_utf8_decode(&c, p, end) == 0)
        return false;
    if (c < 0x100)
        return c < 0xE0;
    return c == 0x1AF || (c != 0x1B0 && (c & 1) == 0);
}

/* A control character that is no white space, or a byte that belongs to no letter. */
static bool is_garbage(unsigned char byte, unsigned length) {
    bool is_control = byte < 0x20 && (byte < '\t' || byte > '\r');
    return is_control || byte == 0x7F || (length == 1 && byte >= 0x80);
}

size_t noi_tokens_cut(noi_token out[NOI_MAX_TOKENS], bool *starts_late, noi_str text) {
    *starts_late = false;
    if (text.n == 0)
        return 0;
    const unsigned char *start = (const unsigned char *)text.p, *p = start, *end = p + text.n;
    size_t n = 0, n_garbage = 0;
    noi_gap gap = NOI_GAP_COMMA;
    while (p < end) {
        unsigned cell, length;
        noi_glyph_kind kind = noi_glyph_next(&cell, &length, p, end);
        if (kind == NOI_GLYPH_SEPARATOR || kind == NOI_GLYPH_NOTHING) {
            noi_gap here = kind == NOI_GLYPH_NOTHING ? NOI_GAP_NONE : gap_at(p, end);
            gap = here > gap ? here : gap;
            n_garbage += is_garbage(*p, length);
            p += length;
            continue;
        }
        if (n == NOI_MAX_TOKENS) {
            n /= 2;
            memmove(out, out + (NOI_MAX_TOKENS - n), n * sizeof *out);
            *starts_late = true;
        }
        noi_token *token = &out[n++];
        word w = {.n = 0};
        *token = (noi_token){.from = (uint32_t)(p - start),
                             .gap = (uint8_t)gap,
                             .is_number = kind == NOI_GLYPH_DIGIT,
                             .is_capital = is_capital_at(p, end)};
        bool is_second = false;
        do {
            if (is_second && token->is_capital && w.n == 1)
                token->is_upper = is_capital_at(p, end);
            is_second = true;
            if (kind != NOI_GLYPH_NOTHING)
                word_add(&w, kind == NOI_GLYPH_OTHER ? *p : cell);
            p += length;
            if (p >= end)
                break;
            kind = noi_glyph_next(&cell, &length, p, end);
        } while (kind == NOI_GLYPH_NOTHING ||
                 (token->is_number ? kind == NOI_GLYPH_DIGIT
                                   : kind == NOI_GLYPH_LETTER || kind == NOI_GLYPH_OTHER));
        word_end(token, &w);
        token->to = (uint32_t)(p - start);
        gap = NOI_GAP_NONE;
    }
    return n_garbage < NOI_GARBAGE ? n : 0;
}

/* ---- Telex ----------------------------------------------------------------------------------- */

#define TELEX_MOST 16

typedef struct telex {
    unsigned cells[TELEX_MOST];
    unsigned n, tone;
    bool changed;
} telex;

static unsigned tone_of_key(char key) {
    switch (key) {
    case 'f':
        return NOI_TONE_GRAVE;
    case 'r':
        return NOI_TONE_HOOK;
    case 'x':
        return NOI_TONE_TILDE;
    case 's':
        return NOI_TONE_ACUTE;
    case 'j':
        return NOI_TONE_DOT;
    default:
        return NOI_TONE_LEVEL;
    }
}

static unsigned shaped(char base, unsigned shape) {
    return (unsigned char)base | shape << 8;
}

static bool is_plain(const telex *t, unsigned i, char base) {
    return t->cells[i] == (unsigned char)base;
}

/* w: the last a, o or u gets its breve or horn; of "uo" both. */
static bool take_w(telex *t) {
    for (unsigned i = t->n; i-- > 0;) {
        if (is_plain(t, i, 'a')) {
            t->cells[i] = shaped('a', NOI_SHAPE_BREVE);
            return true;
        }
        if (!is_plain(t, i, 'o') && !is_plain(t, i, 'u'))
            continue;
        bool is_uo = is_plain(t, i, 'o') && i && is_plain(t, i - 1, 'u');
        t->cells[i] = shaped(NOI_LETTER_BASE(t->cells[i]), NOI_SHAPE_HORN);
        if (is_uo)
            t->cells[i - 1] = shaped('u', NOI_SHAPE_HORN);
        return true;
    }
    return false;
}

/* aa, ee, oo, dd: the second letter is a mark on the first. */
static bool take_double(telex *t, char key) {
    bool doubles = key == 'a' || key == 'e' || key == 'o' || key == 'd';
    if (!doubles || !t->n || !is_plain(t, t->n - 1, key))
        return false;
    t->cells[t->n - 1] = shaped(key, key == 'd' ? NOI_SHAPE_STROKE : NOI_SHAPE_CIRCUMFLEX);
    return true;
}

static bool has_vowel(const telex *t) {
    for (unsigned i = 0; i < t->n; i++)
        if (is_vowel(NOI_LETTER_BASE(t->cells[i])))
            return true;
    return false;
}

static void take_key(telex *t, char key) {
    bool marked = (key == 'w' && take_w(t)) || take_double(t, key);
    if (!marked && tone_of_key(key) && !t->tone && has_vowel(t)) {
        t->tone = tone_of_key(key);
        marked = true;
    }
    if (!marked)
        t->cells[t->n++] = (unsigned char)key;
    t->changed |= marked;
}

bool noi_token_telex(noi_token *token, noi_str written) {
    telex t = {.n = 0};
    if (written.n < 2 || written.n > TELEX_MOST)
        return false;
    for (size_t i = 0; i < written.n; i++) {
        unsigned char byte = (unsigned char)written.p[i];
        char key = byte < 0x80 ? (char)noi_ascii_fold[byte] : '\0';
        if (key < 'a' || key > 'z')
            return false;
        take_key(&t, key);
    }
    if (!t.changed)
        return false;
    word w = {.n = 0};
    for (unsigned i = 0; i < t.n; i++) {
        word_add(&w, t.cells[i] | (t.tone && is_vowel(NOI_LETTER_BASE(t.cells[i])) ? t.tone << 11 : 0));
        if (is_vowel(NOI_LETTER_BASE(t.cells[i])))
            t.tone = 0; /* a word has one, wherever it stands */
    }
    word_end(token, &w);
    return true;
}

unsigned noi_token_roman(const noi_token *token) {
    if (token->is_number || token->marks != 0 || token->n_letters > 6)
        return 0;
    char text[9] = "";
    memcpy(text, &token->bare, 8);
    unsigned sum = 0, last = 40;
    for (unsigned i = 0; i < token->n_letters; i++) {
        unsigned here = text[i] == 'i' ? 1 : text[i] == 'v' ? 5 : text[i] == 'x' ? 10 : 0;
        unsigned next = i + 1 >= token->n_letters ? 0
                        : text[i + 1] == 'v'      ? 5
                        : text[i + 1] == 'x'      ? 10
                                                  : 1;
        if (here == 0 || here > last)
            return 0;
        if (here == 1 && next > 1) { /* iv, ix end the numeral */
            return i + 2 == token->n_letters && last > 1 ? sum + next - 1 : 0;
        }
        sum += here;
        last = here;
    }
    return sum <= 39 ? sum : 0;
}

uint64_t noi_token_bare_number(unsigned number) {
    char digits[8] = "";
    char reversed[8];
    size_t n = 0;
    do {
        reversed[n++] = (char)('0' + number % 10);
        number /= 10;
    } while (number && n < 8);
    for (size_t i = 0; i < n; i++)
        digits[i] = reversed[n - 1 - i];
    uint64_t bare;
    memcpy(&bare, digits, 8);
    return bare;
}
