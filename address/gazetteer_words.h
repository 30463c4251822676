/* gazetteer_words.h: the tables of gazetteer_words.c. */
#ifndef NOI_ADDRESS_GAZETTEER_WORDS_H
#define NOI_ADDRESS_GAZETTEER_WORDS_H

#include "address/gazetteer.h"

typedef struct noi_kind_word {
    const char *text;
    noi_keyword keyword;
    uint8_t flags; /* NOI_POSTING_LETTER, NOI_POSTING_AFTER */
} noi_kind_word;

typedef struct noi_province_alias {
    const char *of, *text; /* `of` is one of NOI_PROVINCE_NAMES */
    uint8_t flags;         /* NOI_POSTING_SURE */
} noi_province_alias;

extern const noi_kind_word NOI_KIND_WORDS[];
extern const size_t NOI_N_KIND_WORDS;
/* The provinces before 2025-07-01, whose names still stand in addresses; without their kind. */
extern const char *const NOI_PROVINCE_NAMES[];
extern const size_t NOI_N_PROVINCE_NAMES;
/* Cities and towns under provinces (before 2025-07-01) that people write without their province. */
extern const char *const NOI_CITY_NAMES[];
extern const size_t NOI_N_CITY_NAMES;
extern const noi_province_alias NOI_PROVINCE_ALIASES[];
extern const size_t NOI_N_PROVINCE_ALIASES;

#endif
