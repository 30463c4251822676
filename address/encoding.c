/*
 * encoding.c: the one-byte encodings of Vietnamese, UTF-16, and how to tell them apart.
 *
 * A one-byte encoding is a table from byte to code point plus a table of mark bytes, each of which
 * adds a shape and a tone to the letter before it. TCVN 5712:1993 (the ABC fonts) has both whole
 * letters and five tone bytes; Windows-1258 has whole letters for what French has too, and five
 * tone bytes; VNI writes nearly everything as a letter and one mark byte of the same case.
 */
#include "address/text.h"

#include "address/letters.h"
#include "base/i18n.h"

#include <string.h>

typedef struct mark_byte {
    uint8_t byte, shape, tone;
    uint16_t combining; /* what to write when the letter before cannot bear it; 0: an error */
} mark_byte;

typedef struct one_byte_encoding {
    uint16_t high[128]; /* code point of the bytes 0x80..0xFF, 0 for none */
    const mark_byte *marks;
    size_t n_marks;
    bool mark_follows_case; /* capital letters take the mark byte less 0x20 */
} one_byte_encoding;

static const mark_byte TCVN3_MARKS[] = {
    {0xB0, 0, NOI_TONE_GRAVE, 0x300}, {0xB1, 0, NOI_TONE_HOOK, 0x309},
    {0xB2, 0, NOI_TONE_TILDE, 0x303}, {0xB3, 0, NOI_TONE_ACUTE, 0x301},
    {0xB4, 0, NOI_TONE_DOT, 0x323},
};

static const mark_byte CP1258_MARKS[] = {
    {0xCC, 0, NOI_TONE_GRAVE, 0x300}, {0xD2, 0, NOI_TONE_HOOK, 0x309},
    {0xDE, 0, NOI_TONE_TILDE, 0x303}, {0xEC, 0, NOI_TONE_ACUTE, 0x301},
    {0xF2, 0, NOI_TONE_DOT, 0x323},
};

static const mark_byte VNI_MARKS[] = {
    {0xF9, 0, NOI_TONE_ACUTE, 0},
    {0xF8, 0, NOI_TONE_GRAVE, 0},
    {0xFB, 0, NOI_TONE_HOOK, 0},
    {0xF5, 0, NOI_TONE_TILDE, 0},
    {0xEF, 0, NOI_TONE_DOT, 0},
    {0xEA, NOI_SHAPE_BREVE, NOI_TONE_LEVEL, 0},
    {0xE9, NOI_SHAPE_BREVE, NOI_TONE_ACUTE, 0},
    {0xE8, NOI_SHAPE_BREVE, NOI_TONE_GRAVE, 0},
    {0xFA, NOI_SHAPE_BREVE, NOI_TONE_HOOK, 0},
    {0xFC, NOI_SHAPE_BREVE, NOI_TONE_TILDE, 0},
    {0xEB, NOI_SHAPE_BREVE, NOI_TONE_DOT, 0},
    {0xE2, NOI_SHAPE_CIRCUMFLEX, NOI_TONE_LEVEL, 0},
    {0xE1, NOI_SHAPE_CIRCUMFLEX, NOI_TONE_ACUTE, 0},
    {0xE0, NOI_SHAPE_CIRCUMFLEX, NOI_TONE_GRAVE, 0},
    {0xE5, NOI_SHAPE_CIRCUMFLEX, NOI_TONE_HOOK, 0},
    {0xE3, NOI_SHAPE_CIRCUMFLEX, NOI_TONE_TILDE, 0},
    {0xE4, NOI_SHAPE_CIRCUMFLEX, NOI_TONE_DOT, 0},
};

/* clang-format off */
static const one_byte_encoding TCVN3 = {
    .high = {
        0x00C0, 0x1EA2, 0x00C3, 0x00C1, 0x1EA0, 0x1EB6, 0x1EAC, 0x00C8,
        0x1EBA, 0x1EBC, 0x00C9, 0x1EB8, 0x1EC6, 0x00CC, 0x1EC8, 0x0128,
        0x00CD, 0x1ECA, 0x00D2, 0x1ECE, 0x00D5, 0x00D3, 0x1ECC, 0x1ED8,
        0x1EDC, 0x1EDE, 0x1EE0, 0x1EDA, 0x1EE2, 0x00D9, 0x1EE6, 0x0168,
        0x00A0, 0x0102, 0x00C2, 0x00CA, 0x00D4, 0x01A0, 0x01AF, 0x0110,
        0x0103, 0x00E2, 0x00EA, 0x00F4, 0x01A1, 0x01B0, 0x0111, 0x1EB0,
        0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x00E0, 0x1EA3, 0x00E3,
        0x00E1, 0x1EA1, 0x1EB2, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB4,
        0x1EAE, 0x1EA6, 0x1EA8, 0x1EAA, 0x1EA4, 0x1EC0, 0x1EB7, 0x1EA7,
        0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0x00E8, 0x1EC2, 0x1EBB, 0x1EBD,
        0x00E9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0x00EC,
        0x1EC9, 0x1EC4, 0x1EBE, 0x1ED2, 0x0129, 0x00ED, 0x1ECB, 0x00F2,
        0x1ED4, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7,
        0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0x00F9,
        0x1ED6, 0x1EE7, 0x0169, 0x00FA, 0x1EE5, 0x1EEB, 0x1EED, 0x1EEF,
        0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5, 0x1ED0,
    },
    .marks = TCVN3_MARKS, .n_marks = sizeof TCVN3_MARKS / sizeof *TCVN3_MARKS,
};

static const one_byte_encoding CP1258 = {
    .high = {
        0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0000, 0x2039, 0x0152, 0x0000, 0x0000, 0x0000,
        0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0000, 0x203A, 0x0153, 0x0000, 0x0000, 0x0178,
        0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7,
        0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
        0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
        0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF,
        0x00C0, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x00C5, 0x00C6, 0x00C7,
        0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x0000, 0x00CD, 0x00CE, 0x00CF,
        0x0110, 0x00D1, 0x0000, 0x00D3, 0x00D4, 0x01A0, 0x00D6, 0x00D7,
        0x00D8, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x01AF, 0x0000, 0x00DF,
        0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
        0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x0000, 0x00ED, 0x00EE, 0x00EF,
        0x0111, 0x00F1, 0x0000, 0x00F3, 0x00F4, 0x01A1, 0x00F6, 0x00F7,
        0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x01B0, 0x20AB, 0x00FF,
    },
    .marks = CP1258_MARKS, .n_marks = sizeof CP1258_MARKS / sizeof *CP1258_MARKS,
};

static const one_byte_encoding VNI = {
    .high = {
        0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x0000, 0x017D, 0x0000,
        0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x0000, 0x017E, 0x0178,
        0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7,
        0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
        0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
        0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF,
        0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x1EC8, 0x0000,
        0x0000, 0x0000, 0x0000, 0x0000, 0x00CC, 0x00CD, 0x1EF4, 0x0000,
        0x0000, 0x0110, 0x1ECA, 0x0128, 0x01A0, 0x0000, 0x01AF, 0x0000,
        0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000,
        0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x1EC9, 0x0000,
        0x0000, 0x0000, 0x0000, 0x0000, 0x00EC, 0x00ED, 0x1EF5, 0x0000,
        0x0000, 0x0111, 0x1ECB, 0x0129, 0x01A1, 0x0000, 0x01B0, 0x0000,
        0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000,
    },
    .marks = VNI_MARKS, .n_marks = sizeof VNI_MARKS / sizeof *VNI_MARKS, .mark_follows_case = true,
};
/* clang-format on */

static const one_byte_encoding *table_of(noi_encoding encoding) {
    switch (encoding) {
    case NOI_ENCODING_TCVN3:
        return &TCVN3;
    case NOI_ENCODING_VNI:
        return &VNI;
    case NOI_ENCODING_CP1258:
        return &CP1258;
    default:
        return NULL;
    }
}

/* ---- names --------------------------------------------------------------------------------- */

static const char *const KEYS[] = {"unknown", "utf8", "utf16le", "utf16be",
                                   "tcvn3",   "vni",  "cp1258"};

const char *noi_encoding_key(noi_encoding encoding) {
    return (size_t)encoding < sizeof KEYS / sizeof *KEYS ? KEYS[encoding] : KEYS[0];
}

noi_encoding noi_encoding_by_key(const char *key) {
    for (size_t i = 1; key && i < sizeof KEYS / sizeof *KEYS; i++)
        if (strcmp(key, KEYS[i]) == 0)
            return (noi_encoding)i;
    return NOI_ENCODING_UNKNOWN;
}

/* ---- letters ------------------------------------------------------------------------------- */

static void put_utf8(noi_buf *out, uint32_t c) {
    char b[4];
    size_t n = 0;
    if (c < 0x80) {
        b[n++] = (char)c;
    } else if (c < 0x800) {
        b[n++] = (char)(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
        b[n++] = (char)(0xE0 | (c >> 12));
        b[n++] = (char)(0x80 | ((c >> 6) & 0x3F));
    } else {
        b[n++] = (char)(0xF0 | (c >> 18));
        b[n++] = (char)(0x80 | ((c >> 12) & 0x3F));
        b[n++] = (char)(0x80 | ((c >> 6) & 0x3F));
    }
    if (c >= 0x80)
        b[n++] = (char)(0x80 | (c & 0x3F));
    noi_buf_add(out, b, n);
}

/* The cell (letters.h) of a code point, 0 when it is no Latin letter. */
static unsigned cell_of(uint32_t c) {
    if (c < 0x80)
        return c >= 'A' ? noi_ascii_fold[c] : 0;
    if (c >= 0xC0 && c < 0x250)
        return noi_letters_latin[c - 0xC0];
    return c >= 0x1E00 && c < 0x1F00 ? noi_letters_vietnamese[c - 0x1E00] : 0;
}

/* Vietnamese letters stand in pairs: capitals even and small letters odd, except in Latin-1 and for
 * U+01AF, U+01B0. */
static uint32_t capital_of(uint32_t c) {
    if (c < 0x80 || (c >= 0xE0 && c <= 0xFE))
        return c - 0x20;
    return c - 1;
}

static bool is_capital(uint32_t c) {
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    if (c < 0x100)
        return c < 0xE0;
    return c == 0x1AF || (c != 0x1B0 && (c & 1) == 0);
}

/* The code point of a Vietnamese letter, 0 when the cell is none that Unicode writes as one. */
static uint32_t letter_of(unsigned cell, bool capital) {
    uint32_t c = (unsigned char)NOI_LETTER_BASE(cell);
    int row = noi_vowel_row(cell);
    if (row >= 0) {
        const noi_spelling *s = &noi_spellings[row][NOI_LETTER_TONE(cell)];
        const unsigned char *p = (const unsigned char *)s->utf8;
        noi_utf8_decode(&c, p, p + s->n);
    } else if (NOI_LETTER_SHAPE(cell) == NOI_SHAPE_STROKE) {
        c = 0x111;
    }
    return capital ? capital_of(c) : c;
}

/* Splits a letter; false when it is no Vietnamese letter (so that nothing is lost by the cell). */
static bool split_letter(unsigned *cell, bool *capital, uint32_t c) {
    *cell = cell_of(c);
    *capital = is_capital(c);
    return *cell != 0 && letter_of(*cell, *capital) == c;
}

/* ---- one byte to UTF-8 --------------------------------------------------------------------- */

static noi_status fail_byte(noi_str bytes, size_t at, noi_encoding encoding) {
    noi_status status =
        noi_fail(NOI_ERR_INPUT, _("byte 0x%02X at offset %zu does not belong to the encoding %s"),
                 (unsigned char)bytes.p[at], at, noi_encoding_key(encoding));
    noi_hint(_("name the right encoding: utf8, utf16le, utf16be, tcvn3, vni or cp1258"));
    return status;
}

static const mark_byte *mark_of(const one_byte_encoding *table, unsigned byte) {
    if (table->mark_follows_case && byte < 0xE0)
        byte += 0x20;
    for (size_t i = 0; i < table->n_marks; i++)
        if (table->marks[i].byte == byte)
            return &table->marks[i];
    return NULL;
}

/* In VNI i takes no mark byte and y no dot below: these letters have bytes of their own. */
static bool takes_mark(const one_byte_encoding *table, unsigned cell, const mark_byte *mark) {
    char base = NOI_LETTER_BASE(cell);
    if (noi_vowel_row(cell) < 0)
        return false;
    if (mark->shape != 0)
        return NOI_LETTER_SHAPE(cell) == 0 &&
               (mark->shape == NOI_SHAPE_BREVE ? base == 'a'
                                               : base == 'a' || base == 'e' || base == 'o');
    return !table->mark_follows_case ||
           !(base == 'i' || (base == 'y' && mark->tone == NOI_TONE_DOT));
}

/* Adds a mark to the letter before; 0 when it cannot bear it. */
static uint32_t with_mark(const one_byte_encoding *table, uint32_t letter, const mark_byte *mark) {
    unsigned cell;
    bool capital;
    if (!split_letter(&cell, &capital, letter) || NOI_LETTER_TONE(cell) != 0 ||
        !takes_mark(table, cell, mark))
        return 0;
    if (mark->shape != 0)
        cell |= (unsigned)mark->shape << 8;
    return letter_of(cell | ((unsigned)mark->tone << 11), capital);
}

static noi_status one_byte_to_utf8(noi_buf *out, noi_str bytes, noi_encoding encoding) {
    const one_byte_encoding *table = table_of(encoding);
    size_t n_before = out->n;
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char byte = (unsigned char)bytes.p[i];
        uint32_t c = byte < 0x80 ? byte : table->high[byte - 0x80];
        const mark_byte *mark = c ? NULL : mark_of(table, byte);
        if (mark && mark->combining)
            c = mark->combining; /* a tone byte that follows no letter */
        if (c == 0 && byte != 0) {
            out->n = n_before;
            return fail_byte(bytes, i, encoding);
        }
        if (i + 1 < bytes.n && (unsigned char)bytes.p[i + 1] >= 0x80 &&
            !table->high[(unsigned char)bytes.p[i + 1] - 0x80]) {
            const mark_byte *next = mark_of(table, (unsigned char)bytes.p[i + 1]);
            uint32_t marked = next ? with_mark(table, c, next) : 0;
            i += marked ? 1 : 0;
            c = marked ? marked : c;
        }
        put_utf8(out, c);
    }
    return NOI_OK;
}

/* ---- UTF-16 -------------------------------------------------------------------------------- */

static uint32_t unit_at(noi_str bytes, size_t i, bool big) {
    const unsigned char *p = (const unsigned char *)bytes.p + i;
    return big ? ((uint32_t)p[0] << 8 | p[1]) : ((uint32_t)p[1] << 8 | p[0]);
}

static noi_status utf16_to_utf8(noi_buf *out, noi_str bytes, noi_encoding encoding) {
    bool big = encoding == NOI_ENCODING_UTF16BE;
    size_t n_before = out->n, i = 0;
    if (bytes.n >= 2 && unit_at(bytes, 0, big) == 0xFEFF)
        i = 2;
    for (; i + 1 < bytes.n; i += 2) {
        uint32_t c = unit_at(bytes, i, big);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.n) {
            uint32_t low = unit_at(bytes, i + 2, big);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (c >= 0xD800 && c < 0xE000)
            break;
        put_utf8(out, c);
    }
    if (i < bytes.n) {
        out->n = n_before;
        return fail_byte(bytes, i, encoding);
    }
    return NOI_OK;
}

static noi_status utf8_to_utf8(noi_buf *out, noi_str bytes) {
    const unsigned char *p = (const unsigned char *)bytes.p, *end = p + bytes.n;
    uint32_t c;
    for (unsigned n; p < end; p += n)
        if ((n = noi_utf8_decode(&c, p, end)) == 0)
            return fail_byte(bytes, (size_t)(p - (const unsigned char *)bytes.p),
                             NOI_ENCODING_UTF8);
    if (bytes.n >= 3 && memcmp(bytes.p, "\xef\xbb\xbf", 3) == 0)
        bytes = (noi_str){bytes.p + 3, bytes.n - 3};
    return noi_text_nfc(out, bytes);
}

noi_status noi_text_to_utf8(noi_buf *out, noi_str bytes, noi_encoding encoding) {
    if (bytes.n == 0)
        bytes.p = ""; /* so that nothing is added to a null pointer */
    NOI_AUTO_BUF noi_buf raw = {0};
    switch (encoding) {
    case NOI_ENCODING_UTF8:
        return utf8_to_utf8(out, bytes);
    case NOI_ENCODING_UTF16LE:
    case NOI_ENCODING_UTF16BE:
        NOI_TRY(utf16_to_utf8(&raw, bytes, encoding));
        return noi_text_nfc(out, noi_buf_view(&raw));
    case NOI_ENCODING_TCVN3:
    case NOI_ENCODING_VNI:
    case NOI_ENCODING_CP1258:
        NOI_TRY(one_byte_to_utf8(&raw, bytes, encoding));
        return noi_text_nfc(out, noi_buf_view(&raw));
    default:
        return noi_fail(NOI_ERR_USAGE, _("no encoding was named"));
    }
}

/* ---- UTF-8 to the others ------------------------------------------------------------------- */

static unsigned byte_of(const one_byte_encoding *table, uint32_t c) {
    if (c < 0x80)
        return c;
    for (unsigned i = 0; i < 128; i++)
        if (table->high[i] == c)
            return i + 0x80;
    return 0;
}

static unsigned mark_for(const one_byte_encoding *table, unsigned shape, unsigned tone,
                         bool capital) {
    for (size_t i = 0; i < table->n_marks; i++)
        if (table->marks[i].shape == shape && table->marks[i].tone == tone)
            return table->marks[i].byte - (table->mark_follows_case && capital ? 0x20u : 0u);
    return 0;
}

/* A letter that has no byte of its own: letter with its shape and a tone mark, or bare letter and a
 * mark of both. False when the encoding has neither. */
static bool put_split(noi_buf *out, const one_byte_encoding *table, uint32_t c) {
    unsigned cell;
    bool capital;
    if (!split_letter(&cell, &capital, c) || noi_vowel_row(cell) < 0)
        return false;
    unsigned shape = NOI_LETTER_SHAPE(cell), tone = NOI_LETTER_TONE(cell);
    unsigned letter = byte_of(table, letter_of(cell & 0x7FF, capital));
    unsigned mark = mark_for(table, 0, tone, capital);
    if (letter == 0 || mark == 0) {
        letter = byte_of(table, letter_of(cell & 0xFF, capital));
        mark = mark_for(table, shape, tone, capital);
    }
    if (letter == 0 || mark == 0)
        return false;
    noi_buf_add_char(out, (char)letter);
    noi_buf_add_char(out, (char)mark);
    return true;
}

static bool put_combining(noi_buf *out, const one_byte_encoding *table, uint32_t c) {
    for (size_t i = 0; i < table->n_marks; i++)
        if (table->marks[i].combining == c && c != 0) {
            noi_buf_add_char(out, (char)table->marks[i].byte);
            return true;
        }
    return false;
}

static void put_utf16(noi_buf *out, uint32_t c, bool big) {
    uint32_t units[2] = {c, 0};
    size_t n = 1;
    if (c >= 0x10000) {
        units[0] = 0xD800 + ((c - 0x10000) >> 10);
        units[1] = 0xDC00 + ((c - 0x10000) & 0x3FF);
        n = 2;
    }
    for (size_t i = 0; i < n; i++) {
        char high = (char)(units[i] >> 8), low = (char)(units[i] & 0xFF);
        noi_buf_add_char(out, big ? high : low);
        noi_buf_add_char(out, big ? low : high);
    }
}

static bool put_encoded(noi_buf *out, uint32_t c, noi_encoding encoding) {
    const one_byte_encoding *table = table_of(encoding);
    if (!table) {
        put_utf16(out, c, encoding == NOI_ENCODING_UTF16BE);
        return true;
    }
    unsigned byte = byte_of(table, c);
    if (byte != 0 || c == 0) {
        noi_buf_add_char(out, (char)byte);
        return true;
    }
    return put_split(out, table, c) || put_combining(out, table, c);
}

noi_status noi_text_from_utf8(noi_buf *out, noi_str utf8, noi_encoding encoding) {
    if (encoding == NOI_ENCODING_UNKNOWN || encoding > NOI_ENCODING_CP1258)
        return noi_fail(NOI_ERR_USAGE, _("no encoding was named"));
    NOI_AUTO_BUF noi_buf composed = {0};
    NOI_TRY(noi_text_nfc(&composed, utf8));
    noi_buf_add_str(&composed, ""); /* a place to point at, even for no text */
    if (encoding == NOI_ENCODING_UTF8) {
        noi_buf_add(out, composed.p, composed.n);
        return NOI_OK;
    }
    size_t n_before = out->n;
    if (encoding == NOI_ENCODING_UTF16LE || encoding == NOI_ENCODING_UTF16BE)
        put_utf16(out, 0xFEFF, encoding == NOI_ENCODING_UTF16BE);
    const unsigned char *p = (const unsigned char *)composed.p, *end = p + composed.n;
    uint32_t c;
    for (unsigned n; p < end && (n = noi_utf8_decode(&c, p, end)) != 0; p += n) {
        if (put_encoded(out, c, encoding))
            continue;
        out->n = n_before;
        return noi_fail(NOI_ERR_INPUT, _("the encoding %s has no letter for U+%04X"),
                        noi_encoding_key(encoding), (unsigned)c);
    }
    return NOI_OK;
}
