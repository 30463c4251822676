/*
 * letters.h: one letter of a text at a time, for everything in this folder that compares text: a
 * letter is its ASCII base, its shape (circumflex, breve, horn, stroke) and its tone, whatever its
 * case and however its marks are written (NFC, NFD, or marks in a wrong order). Inline, because it
 * is the inner loop of the folding and of the reader.
 */
#ifndef NOI_ADDRESS_LETTERS_H
#define NOI_ADDRESS_LETTERS_H

#include "base/memory.h"

enum { NOI_SHAPE_PLAIN, NOI_SHAPE_CIRCUMFLEX, NOI_SHAPE_BREVE, NOI_SHAPE_HORN, NOI_SHAPE_STROKE };
enum {
    NOI_TONE_LEVEL,
    NOI_TONE_GRAVE,
    NOI_TONE_HOOK,
    NOI_TONE_TILDE,
    NOI_TONE_ACUTE,
    NOI_TONE_DOT
};
#define NOI_TONES  6
#define NOI_VOWELS 12

/* A cell of the table: bits 0..7 the base letter ('a'..'z'), 8..10 the shape, 11..13 the tone; 0
 * for what is no Latin letter. The tables cover U+00C0..U+024F and U+1E00..U+1EFF. */
extern const uint16_t noi_letters_latin[0x250 - 0xC0];
extern const uint16_t noi_letters_vietnamese[0x100];

/* The UTF-8 of each vowel with each tone; rows: a ă â e ê i o ô ơ u ư y. */
typedef struct noi_spelling {
    uint8_t n;
    char utf8[4];
} noi_spelling;
extern const noi_spelling noi_spellings[NOI_VOWELS][NOI_TONES];

#define NOI_LETTER_BASE(cell)  ((char)((cell)&0xFF))
#define NOI_LETTER_SHAPE(cell) (((cell) >> 8) & 7)
#define NOI_LETTER_TONE(cell)  (((cell) >> 11) & 7)

/* What stands at one place of a text. */
typedef enum noi_glyph_kind {
    NOI_GLYPH_SEPARATOR, /* white space, punctuation, symbols, bytes that are not UTF-8 */
    NOI_GLYPH_LETTER,    /* `cell` */
    NOI_GLYPH_DIGIT,     /* `cell` holds '0'..'9' */
    NOI_GLYPH_OTHER,     /* a letter of another script: compared byte by byte */
    NOI_GLYPH_NOTHING,   /* zero-width: is not there for the comparison */
} noi_glyph_kind;

/* The row of noi_spellings for a vowel's cell, -1 for consonants. */
static inline int noi_vowel_row(unsigned cell) {
    unsigned shape = NOI_LETTER_SHAPE(cell);
    switch (NOI_LETTER_BASE(cell)) {
    case 'a':
        return shape == NOI_SHAPE_CIRCUMFLEX ? 2 : shape == NOI_SHAPE_BREVE ? 1 : 0;
    case 'e':
        return shape == NOI_SHAPE_CIRCUMFLEX ? 4 : 3;
    case 'i':
        return 5;
    case 'o':
        return shape == NOI_SHAPE_CIRCUMFLEX ? 7 : shape == NOI_SHAPE_HORN ? 8 : 6;
    case 'u':
        return shape == NOI_SHAPE_HORN ? 10 : 9;
    case 'y':
        return 11;
    default:
        return -1;
    }
}

/* The length of the UTF-8 sequence at p (1..4) and its code point; 0 when it is not valid. */
unsigned noi_utf8_decode(uint32_t *code_point, const unsigned char *p, const unsigned char *end);

/* Adds a combining mark to a letter's cell; marks that the letter cannot bear are dropped. */
unsigned noi_letter_with_mark(unsigned cell, uint32_t mark);

/* Classifies what no fast path of noi_glyph_next takes. */
noi_glyph_kind noi_glyph_rare(unsigned *cell, unsigned *length, const unsigned char *p,
                              const unsigned char *end);

/* For each ASCII byte its lower-case letter or digit, 0 for a separator. */
extern const unsigned char noi_ascii_fold[128];

/* Reads the glyph at p < end with the combining marks behind it; *length is what it takes (>= 1).
 */
static inline noi_glyph_kind noi_glyph_next(unsigned *cell, unsigned *length,
                                            const unsigned char *p, const unsigned char *end) {
    noi_glyph_kind kind;
    unsigned n;
    if (*p < 0x80) {
        *cell = noi_ascii_fold[*p];
        n = 1;
        kind = *cell == 0 ? NOI_GLYPH_SEPARATOR : *cell <= '9' ? NOI_GLYPH_DIGIT : NOI_GLYPH_LETTER;
    } else if (*p == 0xE1 && end - p >= 3 && (p[1] & 0xFC) == 0xB8 && (p[2] & 0xC0) == 0x80) {
        *cell = noi_letters_vietnamese[((p[1] & 3u) << 6) | (p[2] & 0x3Fu)];
        n = 3;
        kind = *cell ? NOI_GLYPH_LETTER : NOI_GLYPH_OTHER;
    } else if (*p >= 0xC3 && *p <= 0xC8 && end - p >= 2 && (p[1] & 0xC0) == 0x80) {
        *cell = noi_letters_latin[(((*p & 0x1Fu) << 6) | (p[1] & 0x3Fu)) - 0xC0];
        n = 2;
        kind = *cell ? NOI_GLYPH_LETTER : noi_glyph_rare(cell, &n, p, end);
    } else {
        kind = noi_glyph_rare(cell, &n, p, end);
    }
    if (kind == NOI_GLYPH_LETTER)
        while (end - (p + n) >= 2 && (p[n] == 0xCC || p[n] == 0xCD) && (p[n + 1] & 0xC0) == 0x80) {
            *cell = noi_letter_with_mark(*cell, ((p[n] & 0x1Fu) << 6) | (p[n + 1] & 0x3Fu));
            n += 2;
        }
    *length = n;
    return kind;
}

#endif
