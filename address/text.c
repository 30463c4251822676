/*
 * text.c: folding by table, UTF-8 checks, NFC. The folding reads glyphs (letters.h), so a letter
 * written with one code point or with three comes out the same.
 *
 * Tone placement: "hoà" and "hòa", "quý" and "qúy" are one word. In a pair of o or u and a plain a,
 * e, i or y the tone always goes to the first letter. No two words of Vietnamese meet by that,
 * because where a tone stands in a syllable is a matter of spelling only.
 */
#include "address/text.h"

#include "base/i18n.h"

#include "address/letters.h"

#include <limits.h>
#include <string.h>
#include <utf8proc.h>

static size_t put_letter(char *out, unsigned cell) {
    int row = noi_vowel_row(cell);
    if (row >= 0) {
        const noi_spelling *spelling = &noi_spellings[row][NOI_LETTER_TONE(cell)];
        memcpy(out, spelling->utf8, spelling->n);
        return spelling->n;
    }
    if (NOI_LETTER_SHAPE(cell) == NOI_SHAPE_STROKE) {
        memcpy(out, "\xc4\x91", 2);
        return 2;
    }
    *out = NOI_LETTER_BASE(cell);
    return 1;
}

/* Whether the tone of this letter goes to the plain o or u before it. */
static bool tone_moves(char before, unsigned cell) {
    char base = NOI_LETTER_BASE(cell);
    return (before == 'o' || before == 'u') && NOI_LETTER_SHAPE(cell) == NOI_SHAPE_PLAIN &&
           (base == 'a' || base == 'e' || base == 'y' || base == 'i');
}

/* Writes a marked letter at out + n, moving its tone; returns the new length. */
static size_t fold_marked(char *out, size_t n, size_t word, unsigned cell) {
    unsigned tone = NOI_LETTER_TONE(cell);
    if (tone != 0 && n > word && tone_moves(out[n - 1], cell)) {
        unsigned before = (unsigned char)out[n - 1];
        n += put_letter(out + n - 1, before | (tone << 11)) - 1;
        cell &= 0xFF;
    }
    return n + put_letter(out + n, cell);
}

/* Ends a word with one space, unless none has begun. */
static size_t end_word(char *out, size_t n, size_t *word) {
    if (n > *word) {
        out[n++] = ' ';
        *word = n;
    }
    return n;
}

static size_t finish(char *out, size_t n, size_t word) {
    if (n > 0 && n == word)
        n--;
    out[n] = '\0';
    return n;
}

/* A glyph that is no Latin letter or ASCII: returns the new length; *p moves behind it. */
static size_t fold_other(char *out, size_t n, size_t *word, const unsigned char **p,
                         const unsigned char *end) {
    unsigned cell, length;
    noi_glyph_kind kind = noi_glyph_next(&cell, &length, *p, end);
    if (kind == NOI_GLYPH_SEPARATOR) {
        n = end_word(out, n, word);
    } else if (kind == NOI_GLYPH_OTHER) {
        memcpy(out + n, *p, length);
        n += length;
    } else if (kind != NOI_GLYPH_NOTHING) {
        out[n++] = NOI_LETTER_BASE(cell);
    }
    *p += length;
    return n;
}

/* Without marks a combining mark is nothing, so that no letter has to look ahead. */
static size_t fold_bare(char *out, noi_str text) {
    const unsigned char *p = (const unsigned char *)text.p, *end = p + text.n;
    size_t n = 0, word = 0;
    while (p < end) {
        unsigned c = *p, cell = 0;
        if (c < 0x80) {
            p++;
            unsigned char letter = noi_ascii_fold[c];
            if (letter)
                out[n++] = (char)letter;
            else
                n = end_word(out, n, &word);
            continue;
        }
        if (c == 0xE1 && end - p >= 3 && (p[1] & 0xFC) == 0xB8 && (p[2] & 0xC0) == 0x80) {
            cell = noi_letters_vietnamese[((p[1] & 3u) << 6) | (p[2] & 0x3Fu)];
            c = 3;
        } else if (c >= 0xC3 && c <= 0xC8 && end - p >= 2 && (p[1] & 0xC0) == 0x80) {
            cell = noi_letters_latin[(((c & 0x1F) << 6) | (p[1] & 0x3Fu)) - 0xC0];
            c = 2;
        }
        if (cell) {
            out[n++] = NOI_LETTER_BASE(cell);
            p += c;
        } else {
            n = fold_other(out, n, &word, &p, end);
        }
    }
    return finish(out, n, word);
}

static size_t fold_marks(char *out, noi_str text) {
    const unsigned char *p = (const unsigned char *)text.p, *end = p + text.n;
    size_t n = 0, word = 0; /* word: where the current word begins in `out` */
    while (p < end) {
        if (*p < 0x80 && (p + 1 == end || p[1] < 0x80)) { /* surely no mark behind it */
            unsigned char letter = noi_ascii_fold[*p++];
            if (letter)
                out[n++] = (char)letter;
            else
                n = end_word(out, n, &word);
            continue;
        }
        unsigned cell, length;
        noi_glyph_kind kind = noi_glyph_next(&cell, &length, p, end);
        if (kind != NOI_GLYPH_LETTER) {
            n = fold_other(out, n, &word, &p, end);
            continue;
        }
        if (cell < 0x100)
            out[n++] = NOI_LETTER_BASE(cell);
        else
            n = fold_marked(out, n, word, cell);
        p += length;
    }
    return finish(out, n, word);
}

size_t noi_text_fold(char *out, noi_str text, noi_fold how) {
    if (text.n == 0)
        return finish(out, 0, 0);
    return how == NOI_FOLD_BARE ? fold_bare(out, text) : fold_marks(out, text);
}

bool noi_utf8_is_valid(noi_str text) {
    if (text.n == 0)
        return true;
    const unsigned char *p = (const unsigned char *)text.p, *end = p + text.n;
    while (p < end) {
        uint64_t eight;
        if (end - p >= 8 && (memcpy(&eight, p, 8), (eight & 0x8080808080808080u) == 0)) {
            p += 8;
            continue;
        }
        /* The letters of Vietnamese at once; all else by the book. */
        if (*p < 0x80) {
            p++;
        } else if (*p >= 0xC2 && *p <= 0xDF && end - p >= 2 && (p[1] & 0xC0) == 0x80) {
            p += 2;
        } else if (*p == 0xE1 && end - p >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
            p += 3;
        } else {
            uint32_t c;
            unsigned n = noi_utf8_decode(&c, p, end);
            if (n == 0)
                return false;
            p += n;
        }
    }
    return true;
}

/* True when the text is surely NFC: Latin letters without combining marks, and what commonly stands
 * around them. False means only that utf8proc has to look. */
static bool is_surely_nfc(noi_str text) {
    const unsigned char *p = (const unsigned char *)text.p, *end = p + text.n;
    while (p < end) {
        uint32_t c = 0;
        unsigned n = *p < 0x80 ? 1 : noi_utf8_decode(&c, p, end);
        if (n == 0)
            return false;
        if (!(c < 0x300 || (c >= 0x1E00 && c < 0x1F00) || (c >= 0x2002 && c < 0x20D0) ||
              (c >= 0x4E00 && c < 0xA000)))
            return false;
        p += n;
    }
    return true;
}

noi_status noi_text_nfc(noi_buf *out, noi_str utf8) {
    if (utf8.n == 0)
        return NOI_OK;
    if (is_surely_nfc(utf8)) {
        noi_buf_add(out, utf8.p, utf8.n);
        return NOI_OK;
    }
    if (!noi_utf8_is_valid(utf8))
        return noi_fail(NOI_ERR_INPUT, _("a text of %zu bytes is not UTF-8"), utf8.n);
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)utf8.p, (utf8proc_ssize_t)utf8.n,
                                      &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0)
        return noi_fail(NOI_ERR_INPUT, _("a text of %zu bytes cannot be normalised: %s"), utf8.n,
                        utf8proc_errmsg(n));
    noi_buf_add(out, composed, (size_t)n);
    free(composed);
    return NOI_OK;
}

/* ---- names --------------------------------------------------------------------------------- */

/* Drops the leading zeros of each number of a folded text in place; returns the new length. */
/* The length of a sequence at p that is shown as a space: C0 and DEL are one byte, C1 is C2 80..9F,
 * U+200E, 200F, 2028..202E E2 80 8E.., U+2066..2069 E2 81 A6... 0 for anything else. */
static size_t steering(const unsigned char *p, size_t n) {
    if (p[0] < 0x20 || p[0] == 0x7f)
        return 1;
    if (p[0] == 0xc2 && n >= 2 && p[1] < 0xa0)
        return 2;
    if (p[0] != 0xe2 || n < 3)
        return 0;
    bool marks = p[1] == 0x80 && (p[2] == 0x8e || p[2] == 0x8f || (p[2] >= 0xa8 && p[2] <= 0xae));
    bool isolates = p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9;
    return marks || isolates ? 3 : 0;
}

void noi_text_plain(noi_buf *out, noi_str text) {
    for (size_t i = 0; i < text.n;) {
        size_t n = steering((const unsigned char *)text.p + i, text.n - i);
        noi_buf_add_char(out, n ? ' ' : text.p[i]);
        i += n ? n : 1;
    }
}

static size_t drop_leading_zeros(char *text, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool starts = i == 0 || text[i - 1] < '0' || text[i - 1] > '9';
        bool more = i + 1 < n && text[i + 1] >= '0' && text[i + 1] <= '9';
        if (starts && text[i] == '0' && more) {
            while (i + 1 < n && text[i] == '0' && text[i + 1] >= '0' && text[i + 1] <= '9')
                i++;
        }
        text[kept++] = text[i];
    }
    return kept;
}

bool noi_name_equal(noi_str a, noi_str b) {
    char small[2][256];
    NOI_AUTO_FREE char *big_a = a.n < 127 ? NULL : noi_alloc(2 * a.n + 1);
    NOI_AUTO_FREE char *big_b = b.n < 127 ? NULL : noi_alloc(2 * b.n + 1);
    char *fold_a = big_a ? big_a : small[0], *fold_b = big_b ? big_b : small[1];
    size_t n_a = drop_leading_zeros(fold_a, noi_text_fold(fold_a, a, NOI_FOLD_MARKS));
    size_t n_b = drop_leading_zeros(fold_b, noi_text_fold(fold_b, b, NOI_FOLD_MARKS));
    return n_a == n_b && memcmp(fold_a, fold_b, n_a) == 0;
}

void noi_split_district(const char **kind, noi_str *name, noi_str full_name) {
    static const char *const kinds[] = {"quận", "huyện", "thành phố", "thị xã"};
    *kind = "";
    *name = full_name;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = strlen(kinds[i]);
        if (full_name.n <= n + 1 || full_name.p[n] != ' ' ||
            !noi_name_equal((noi_str){full_name.p, n}, noi_str_of(kinds[i])))
            continue;
        *kind = kinds[i];
        *name = (noi_str){full_name.p + n + 1, full_name.n - n - 1};
        return;
    }
}
