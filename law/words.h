/*
 * words.h: the words of a clause. The texts that people pass around have lost spaces ("thànhxã",
 * "gọilà", "Côn Minhthành"), so words that are glued together are taken apart here, once, and the
 * grammar sees clean words. (Inside law/ only.)
 */
#ifndef NOI_LAW_WORDS_H
#define NOI_LAW_WORDS_H

#include "base/memory.h"

typedef enum law_word_kind {
    LAW_WORD_END = 0,
    LAW_WORD_PLAIN, /* a word of the legal language in lower case: "sắp", "của", "xã" */
    LAW_WORD_NAME,  /* any other word: begins with a capital, or is not a word of that language */
    LAW_WORD_NUMBER,
    LAW_WORD_COMMA, /* "," and ";" and ":" */
    LAW_WORD_STOP,  /* "." */
    LAW_WORD_OPEN,  /* "(" */
    LAW_WORD_CLOSE, /* ")" */
    LAW_WORD_DASH,
    LAW_WORD_OTHER,
} law_word_kind;

typedef struct law_word {
    law_word_kind kind;
    noi_str text; /* a view of the clause's text */
    noi_str fold; /* lower case, marks kept, tone placement unified */
    int number;   /* of LAW_WORD_NUMBER */
} law_word;

/* Splits NFC text; the result lies in the arena and ends with a LAW_WORD_END at the text's end.
 * A word of the legal language written twice in a row ("của của") is kept once; *n_doubled counts
 * how often that happened and *doubled is the last such word. */
const law_word *noi_law_words(size_t *n, size_t *n_doubled, noi_str *doubled, noi_arena *arena,
                              noi_str text);

#endif
