/*
 * token.h: the words of an address as the reader and the gazetteer compare them. A word is cut
 * where letters meet digits ("P15" is "p" and "15"), because people glue them.
 */
#ifndef NOI_ADDRESS_TOKEN_H
#define NOI_ADDRESS_TOKEN_H

#include "base/memory.h"

/* What stands between a word and the one before; the strongest of a run counts. */
typedef enum noi_gap {
    NOI_GAP_NONE,   /* glued: "P15" */
    NOI_GAP_SPACE,  /* also an apostrophe */
    NOI_GAP_DOT,    /* "P.15" */
    NOI_GAP_SLASH,  /* "127/2", and any other sign */
    NOI_GAP_HYPHEN, /* "Bà Rịa - Vũng Tàu" or the end of a part */
    NOI_GAP_STOP,   /* a dot and a space: the end of a part, unless a kind word stands before */
    NOI_GAP_COMMA,  /* the end of a part */
} noi_gap;

typedef struct noi_token {
    uint64_t bare;  /* without marks, lower case: the letters themselves up to 8, else a hash with
                       the top bit set; numbers without leading zeros; final y as i (Quy, Qui) */
    uint32_t marks; /* shapes of the letters and the tone, wherever it stands; 0 for none */
    uint32_t from, to; /* bytes in the text */
    uint8_t gap;       /* noi_gap before this word */
    bool is_number;
    uint8_t n_letters; /* saturates at 255 */
    bool is_capital;   /* begins with an ASCII or Vietnamese capital; as written */
    bool is_upper;     /* and goes on with one */
} noi_token;

#define NOI_MAX_TOKENS 160

/* Cuts a text; of a text with more words the last are kept (the units stand there). Linear. Returns
 * the number of tokens; 0 for what is no text: with NOI_GARBAGE bytes or more that are control
 * characters (but white space) or no UTF-8. `starts_late` tells that words at the front were
 * dropped. */
#define NOI_GARBAGE 8
size_t noi_tokens_cut(noi_token out[NOI_MAX_TOKENS], bool *starts_late, noi_str text);

/* A word as it looks when Telex was off while it was typed: "Phuwowngf" is Phường, "Quaanj" is Quận.
 * `written` are its bytes. False, and `token` unchanged, when it holds nothing of the kind. */
bool noi_token_telex(noi_token *token, noi_str written);

/* 1..39 for a Roman numeral of i, v and x without marks; 0 for anything else. */
unsigned noi_token_roman(const noi_token *token);

/* The `bare` of a number. */
uint64_t noi_token_bare_number(unsigned number);

#endif
