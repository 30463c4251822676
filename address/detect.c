/*
 * detect.c: which encoding a sample is in. UTF-16 and UTF-8 show by their form. The one-byte
 * encodings all accept nearly every byte, so each is asked to read the sample, and what counts is
 * how many of the words with marks come out as syllables of Vietnamese. A syllable is strict: about
 * 160 rhymes, and before p, t, c, ch only the acute and the dot below. Text read in the wrong
 * encoding seldom passes, and where it passes nearly as often as in the right one, nothing is said.
 */
#include "address/text.h"

#include "address/letters.h"

#include <string.h>

/* All rhymes without their tone. */
static const char RHYMES[] =
    " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
    " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu"
    " i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu"
    " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi"
    " om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt"
    " u ua uân uâng uât uây uc uê uênh uêch ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya"
    " uych uyên uyêt uynh uyt uyu"
    " ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêt yêu yêng ";

static const char ONSETS[] = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x ";

/* Whether " word " stands in a list of words between spaces. */
static bool is_listed(const char *list, const char *word, size_t n) {
    if (n == 0 || n > 12)
        return false;
    char key[16] = " ";
    memcpy(key + 1, word, n);
    memcpy(key + 1 + n, " ", 2);
    return strstr(list, key) != NULL;
}

#define MAX_LETTERS 8

typedef struct syllable {
    unsigned cell[MAX_LETTERS];
    size_t n;
} syllable;

static size_t spell(char *out, const unsigned *cells, size_t n) {
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        int row = noi_vowel_row(cells[i]);
        if (row >= 0) {
            memcpy(out + at, noi_spellings[row][0].utf8, noi_spellings[row][0].n);
            at += noi_spellings[row][0].n;
        } else if (NOI_LETTER_SHAPE(cells[i]) == NOI_SHAPE_STROKE) {
            memcpy(out + at, "đ", 2);
            at += 2;
        } else {
            out[at++] = NOI_LETTER_BASE(cells[i]);
        }
    }
    return at;
}

static bool is_rhyme(const syllable *word, size_t from, unsigned tone) {
    char text[3 * MAX_LETTERS];
    size_t n = spell(text, word->cell + from, word->n - from);
    if (!is_listed(RHYMES, text, n))
        return false;
    char last = text[n - 1];
    bool is_stopped =
        last == 'p' || last == 't' || last == 'c' || (last == 'h' && n > 1 && text[n - 2] == 'c');
    return !is_stopped || tone == NOI_TONE_ACUTE || tone == NOI_TONE_DOT;
}

static bool is_syllable(const syllable *word) {
    unsigned tone = 0;
    for (size_t i = 0; i < word->n; i++) {
        unsigned of_letter = NOI_LETTER_TONE(word->cell[i]);
        if (of_letter != 0 && tone != 0)
            return false;
        tone |= of_letter;
    }
    for (size_t onset = 0; onset <= 3 && onset < word->n; onset++) {
        char text[3 * MAX_LETTERS];
        size_t n = spell(text, word->cell, onset);
        if ((n == 0 || is_listed(ONSETS, text, n)) && is_rhyme(word, onset, tone))
            return true;
    }
    return false;
}

typedef struct tally {
    size_t n_good, n_bad;
    size_t n_alone; /* letters that stand alone: they speak against others, not for */
} tally;

#define ENOUGH_WORDS 4096
#define FEWEST_WORDS 2 /* one word alone may be a syllable in two encodings */

/* Counts the words of a UTF-8 text that bear marks: syllables, and others. */
static tally count_syllables(noi_str text) {
    tally out = {0};
    if (text.n == 0)
        return out;
    const unsigned char *p = (const unsigned char *)text.p, *end = p + text.n;
    while (p < end && out.n_good + out.n_bad < ENOUGH_WORDS) {
        syllable word = {.n = 0};
        bool is_marked = false, is_strange = false;
        for (unsigned length; p < end; p += length) {
            unsigned cell;
            noi_glyph_kind kind = noi_glyph_next(&cell, &length, p, end);
            is_marked |= *p >= 0x80;
            if (kind == NOI_GLYPH_SEPARATOR || kind == NOI_GLYPH_DIGIT) {
                is_strange |= *p >= 0x80; /* a symbol beyond ASCII: odd in an address */
                p += length;
                break;
            }
            is_strange |= kind == NOI_GLYPH_LETTER && *p >= 0x80 && cell < 0x100; /* a-umlaut */
            if (kind == NOI_GLYPH_LETTER && word.n < MAX_LETTERS)
                word.cell[word.n++] = cell;
            else
                is_strange = true;
        }
        if (is_marked && !is_strange && word.n == 1)
            out.n_alone++;
        else if (is_marked && !is_strange && is_syllable(&word))
            out.n_good++;
        else if (is_marked)
            out.n_bad++;
    }
    return out;
}

/* The first bytes of a sample: enough words, and never a mark cut from its letter. */
static noi_str head_of(noi_str sample) {
    size_t n = sample.n < ENOUGH_WORDS * 64 ? sample.n : ENOUGH_WORDS * 64;
    size_t space = n;
    while (space > 0 && space < sample.n && sample.p[space] != ' ' && sample.p[space] != '\n')
        space--;
    return (noi_str){sample.p, space > 0 ? space : n};
}

static noi_encoding detect_one_byte(noi_str sample) {
    static const noi_encoding CANDIDATES[] = {NOI_ENCODING_TCVN3, NOI_ENCODING_VNI,
                                              NOI_ENCODING_CP1258};
    noi_str head = head_of(sample);
    tally tallies[3] = {{0}};
    for (size_t i = 0; i < 3; i++) {
        NOI_AUTO_BUF noi_buf text = {0};
        if (noi_text_to_utf8(&text, head, CANDIDATES[i]) == NOI_OK)
            tallies[i] = count_syllables(noi_buf_view(&text));
    }
    noi_error_clear();
    for (size_t i = 0; i < 3; i++) {
        bool is_vietnamese =
            tallies[i].n_good >= FEWEST_WORDS && tallies[i].n_bad * 2 <= tallies[i].n_good;
        for (size_t other = 0; other < 3; other++)
            is_vietnamese &= other == i || (tallies[other].n_good + tallies[other].n_alone) * 3 <
                                               tallies[i].n_good;
        if (is_vietnamese)
            return CANDIDATES[i];
    }
    return NOI_ENCODING_UNKNOWN;
}

/* Valid UTF-8, or would be but for a sequence that the end of the sample cuts; then at least one
 * whole sequence must have come before, for a last letter with a mark looks cut in any encoding. */
static bool looks_utf8(noi_str sample) {
    const unsigned char *p = (const unsigned char *)sample.p, *end = p + sample.n;
    bool is_marked = false;
    uint32_t c;
    for (unsigned n; p < end && (n = noi_utf8_decode(&c, p, end)) != 0; p += n)
        is_marked |= n > 1;
    if (p == end)
        return true;
    size_t n_left = (size_t)(end - p);
    size_t n_due = *p >= 0xF0 && *p < 0xF5 ? 4 : *p >= 0xE0 ? 3 : 2;
    bool is_cut = is_marked && *p >= 0xC2 && *p < 0xF5 && n_left < n_due;
    for (size_t i = 1; i < n_left; i++)
        is_cut &= (p[i] & 0xC0) == 0x80;
    return is_cut;
}

/* UTF-16 without a mark in front: ASCII has a zero in every second byte. */
static noi_encoding detect_utf16(noi_str sample) {
    if (sample.n >= 2 && memcmp(sample.p, "\xff\xfe", 2) == 0)
        return NOI_ENCODING_UTF16LE;
    if (sample.n >= 2 && memcmp(sample.p, "\xfe\xff", 2) == 0)
        return NOI_ENCODING_UTF16BE;
    size_t n_zero[2] = {0, 0};
    for (size_t i = 0; i < sample.n; i++)
        n_zero[i & 1] += sample.p[i] == '\0';
    if (n_zero[1] * 4 > sample.n && n_zero[0] == 0)
        return NOI_ENCODING_UTF16LE;
    if (n_zero[0] * 4 > sample.n && n_zero[1] == 0)
        return NOI_ENCODING_UTF16BE;
    return NOI_ENCODING_UNKNOWN;
}

noi_encoding noi_encoding_detect(noi_str sample) {
    if (sample.n == 0)
        return NOI_ENCODING_UTF8;
    noi_encoding wide = detect_utf16(sample);
    if (wide != NOI_ENCODING_UNKNOWN)
        return wide;
    if (memchr(sample.p, '\0', sample.n) != NULL)
        return NOI_ENCODING_UNKNOWN;
    return looks_utf8(sample) ? NOI_ENCODING_UTF8 : detect_one_byte(sample);
}
