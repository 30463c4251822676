/* letters.c: Vietnamese letters by table; see letters.h. */
#include "rehearsal/letters.h"

#include <string.h>

#define TONES 6
enum { HORN = 0x31B, DOT = 0x323, BREVE = 0x306, CIRCUMFLEX = 0x302 };

/* Each row: a letter without tone, then with grave, acute, hook, tilde and dot. */
static const struct {
    char base;
    uint16_t shape; /* combining mark of the letter itself, 0 for none */
    uint16_t letter[TONES];
} rows[] = {
    {'a', 0, {'a', 0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1}},
    {'a', BREVE, {0x103, 0x1EB1, 0x1EAF, 0x1EB3, 0x1EB5, 0x1EB7}},
    {'a', CIRCUMFLEX, {0xE2, 0x1EA7, 0x1EA5, 0x1EA9, 0x1EAB, 0x1EAD}},
    {'e', 0, {'e', 0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9}},
    {'e', CIRCUMFLEX, {0xEA, 0x1EC1, 0x1EBF, 0x1EC3, 0x1EC5, 0x1EC7}},
    {'i', 0, {'i', 0xEC, 0xED, 0x1EC9, 0x129, 0x1ECB}},
    {'o', 0, {'o', 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD}},
    {'o', CIRCUMFLEX, {0xF4, 0x1ED3, 0x1ED1, 0x1ED5, 0x1ED7, 0x1ED9}},
    {'o', HORN, {0x1A1, 0x1EDD, 0x1EDB, 0x1EDF, 0x1EE1, 0x1EE3}},
    {'u', 0, {'u', 0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5}},
    {'u', HORN, {0x1B0, 0x1EEB, 0x1EE9, 0x1EED, 0x1EEF, 0x1EF1}},
    {'y', 0, {'y', 0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5}},
};
static const uint16_t tone_marks[TONES] = {0, 0x300, 0x301, 0x309, 0x303, DOT};

static uint32_t next_letter(noi_str *text) {
    const unsigned char *p = (const unsigned char *)text->p;
    size_t n = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (n > text->n)
        n = text->n;
    uint32_t letter = n == 1 ? p[0] : p[0] & (0x7FU >> n);
    for (size_t i = 1; i < n; i++)
        letter = letter << 6 | (p[i] & 0x3FU);
    *text = (noi_str){text->p + n, text->n - n};
    return letter;
}

static void add_letter(noi_buf *out, uint32_t letter) {
    if (letter < 0x80) {
        noi_buf_add_char(out, (char)letter);
        return;
    }
    if (letter >= 0x800)
        noi_buf_add_char(out, (char)(0xE0 | letter >> 12));
    noi_buf_add_char(out,
                     (char)(letter >= 0x800 ? 0x80 | (letter >> 6 & 0x3F) : 0xC0 | letter >> 6));
    noi_buf_add_char(out, (char)(0x80 | (letter & 0x3F)));
}

/* In Latin Extended-A and Additional, capitals are the even one of a pair; so is Ơ odd and Ư even
 * before its small letter. */
static uint32_t upper(uint32_t letter) {
    if ((letter >= 'a' && letter <= 'z') || (letter >= 0xE0 && letter <= 0xFE && letter != 0xF7))
        return letter - 0x20;
    bool pair = letter == 0x103 || letter == 0x111 || letter == 0x129 || letter == 0x169 ||
                letter == 0x1A1 || letter == 0x1B0 ||
                (letter >= 0x1EA0 && letter <= 0x1EF9 && letter % 2 == 1);
    return pair ? letter - 1 : letter;
}

static uint32_t lower(uint32_t letter) {
    if (letter < 0x80)
        return letter >= 'A' && letter <= 'Z' ? letter + 0x20 : letter;
    if (upper(letter) == letter && upper(letter + 1) == letter)
        return letter + 1;
    return letter >= 0xC0 && letter <= 0xDE && letter != 0xD7 ? letter + 0x20 : letter;
}

/* The row and tone of a small letter. */
static bool find(size_t *row, size_t *tone, uint32_t letter) {
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (size_t t = 0; t < TONES; t++)
            if (rows[r].letter[t] == letter) {
                *row = r;
                *tone = t;
                return true;
            }
    return false;
}

void noi_letters_upper(noi_buf *out, noi_str text) {
    while (text.n)
        add_letter(out, upper(next_letter(&text)));
}

void noi_letters_bare(noi_buf *out, noi_str text) {
    while (text.n) {
        uint32_t letter = next_letter(&text), small = lower(letter);
        size_t row, tone;
        uint32_t base = letter;
        if (small == 0x111)
            base = letter == small ? 'd' : 'D';
        else if (letter >= 0x80 && find(&row, &tone, small))
            base = (uint32_t)rows[row].base - (letter == small ? 0 : 0x20);
        add_letter(out, base);
    }
}

void noi_letters_small(noi_buf *out, noi_str text) {
    while (text.n) {
        uint32_t letter = next_letter(&text);
        add_letter(out, letter < 0x80 ? letter : lower(letter));
    }
}

/* Marks in canonical order: horn, dot below, then those above. */
static void add_marks(noi_buf *out, uint16_t shape, uint16_t tone) {
    bool dot_first = tone == DOT && shape != HORN;
    if (dot_first)
        add_letter(out, tone);
    if (shape)
        add_letter(out, shape);
    if (tone && !dot_first)
        add_letter(out, tone);
}

void noi_letters_nfd(noi_buf *out, noi_str text) {
    while (text.n) {
        uint32_t letter = next_letter(&text), small = lower(letter);
        size_t row, tone;
        if (letter < 0x80 || !find(&row, &tone, small)) {
            add_letter(out, letter);
            continue;
        }
        add_letter(out, (uint32_t)rows[row].base - (letter == small ? 0 : 0x20));
        add_marks(out, rows[row].shape, tone_marks[tone]);
    }
}
