/*
 * house.h: a house number as a chain of numbers, and the street beside it, in a form that can be
 * compared: what rules below the ward go by. Pure, allocates nothing, thread-safe.
 *
 *     "1806/127/2/6"  alley 1806, in it alley 127, in it alley 2, house 6
 *     "12A bis"       12, letter A, bis
 *     "23-25"         one house that takes 23 to 25
 *     "A12/7"         a letter before the number: a chain, but no place in the row of a street
 *     "Lô B12"        no number of a house
 */
#ifndef NOI_ADDRESS_HOUSE_H
#define NOI_ADDRESS_HOUSE_H

#include "base/memory.h"

typedef enum noi_house_kind {
    NOI_HOUSE_NONE,     /* nothing there */
    NOI_HOUSE_NUMBER,   /* a number, or a chain that begins with one */
    NOI_HOUSE_LETTERED, /* "A12/7": a chain whose first link is a letter: no side, no range */
    NOI_HOUSE_OTHER,    /* something there that is no number of a house, or not to its end */
} noi_house_kind;

#define NOI_HOUSE_LINKS      8
#define NOI_HOUSE_MAX_NUMBER 999999

/* A link is number << 8 | bis << 7 | letter (ASCII capital, 0 for none): "12A" is not "12". */
typedef struct noi_house {
    uint8_t kind;    /* noi_house_kind */
    uint8_t n_links; /* 0 for NONE and OTHER */
    uint32_t last;   /* of "23-25" 25; else the first number */
    uint32_t links[NOI_HOUSE_LINKS];
} noi_house;

static inline uint32_t noi_house_number_of(uint32_t link) {
    return link >> 8;
}

/* Reads "1806/127/2/6", "số 45/3Bis", "12A", "23-25". A chain of more than NOI_HOUSE_LINKS links is
 * OTHER, so is a number over NOI_HOUSE_MAX_NUMBER: what is compared is always the whole. */
void noi_house_parse(noi_house *out, noi_str house);

typedef enum noi_street_side { NOI_SIDE_NONE, NOI_SIDE_ODD, NOI_SIDE_EVEN } noi_street_side;

/* X: "odd", "even", "" */
const char *noi_side_key(noi_street_side side);
/* Also "lẻ", "chẵn", with and without marks; NOI_SIDE_NONE for anything else. */
noi_street_side noi_side_by_word(noi_str word);

/* The side of the first number; NONE without one, and for a house that takes numbers of both. */
noi_street_side noi_house_side(const noi_house *house);

/* Whether all that the house takes lies in from..to, both included. Letters belong to their number:
 * "12A" is in 1..12. */
bool noi_house_in_range(const noi_house *house, uint32_t from, uint32_t to);

/* Whether the house stands in the alley: the chain begins with the alley's and goes on. The house
 * "1806" itself stands at the mouth, on the street. */
bool noi_house_in_alley(const noi_house *house, const noi_house *alley);

/* A name as it is compared: words without marks and case, and the marks for when both write them. */
typedef struct noi_name_key {
    uint64_t bare;  /* 0: no name */
    uint32_t marks; /* 0: written without marks */
} noi_name_key;

noi_name_key noi_name_key_of(noi_str name);
static inline bool noi_name_key_fits(noi_name_key a, noi_name_key b) {
    return a.bare && a.bare == b.bare && (!a.marks || !b.marks || a.marks == b.marks);
}

/* A street as addresses write it: "đường Lê Lợi", "hẻm 1806 Huỳnh Tấn Phát". */
typedef struct noi_street {
    noi_name_key name;
    noi_str text;    /* the name as written, without "đường" and alley; points into the text */
    noi_house alley; /* NONE when no alley stands before the name */
} noi_street;
void noi_street_parse(noi_street *out, noi_str street);

/* House and street together: "25" and "hẻm 1806 Huỳnh Tấn Phát" are "1806/25". */
void noi_house_join(noi_house *house, const noi_street *street);

/* "12", "tờ số 12", "TBĐ 12A" → a key of the sheet; bare is 0 for an empty text. */
noi_name_key noi_sheet_key(noi_str sheet);

#endif
