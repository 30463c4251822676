/*
 * scan.h: the reader's first half. It walks the words of an address once and notes every place
 * where a unit may be named ("mention"), and the spans that are house, street and hamlet. It
 * decides nothing about units: that is resolve.c.
 */
#ifndef NOI_ADDRESS_SCAN_H
#define NOI_ADDRESS_SCAN_H

#include "address/gazetteer.h"

#define NOI_MAX_MENTIONS 24

typedef struct noi_mention {
    uint16_t first, name, end; /* tokens: kind word (or name), name, one behind */
    uint8_t keyword;           /* noi_keyword read; NOI_KEY_NONE for a bare name */
    uint8_t levels;            /* bits 1 << noi_level that it may be */
    uint32_t node;             /* 0: a kind word with a name that the gazetteer does not have */
    uint16_t part;             /* parts are counted from 0; commas and dashes part them */
    bool is_sure;              /* "TPHCM": a province without a kind word */
    bool fills_part;           /* a bare name that is all of its part */
    bool follows;              /* a bare name right behind another mention */
    bool is_roman;             /* the name is a number in Roman numerals */
    bool is_letter;            /* the kind word is an abbreviation ("P", "TX") */
    bool is_glued;             /* kind word and name without a sign between ("P15") */
    bool goes_on;              /* more words follow in the same part that may belong to the name */
} noi_mention;

typedef struct noi_span {
    uint16_t first, end; /* tokens; empty when equal */
} noi_span;

typedef struct noi_scan {
    const noi_gazetteer *gazetteer;
    noi_token tokens[NOI_MAX_TOKENS];
    uint32_t words[NOI_MAX_TOKENS]; /* the gazetteer's number of each, 0 for unknown */
    size_t n;
    bool starts_late;
    noi_mention mentions[NOI_MAX_MENTIONS];
    size_t n_mentions;
    noi_span house, street, hamlet;
    size_t n_parts;
    bool has_number; /* anywhere but in a unit's name */
} noi_scan;

/* How well the marks of the words from token `first` on agree with a posting: 2 the same, 1 some
 * are not written, 0 they contradict. */
int noi_scan_marks_fit(const noi_scan *scan, size_t first, const noi_posting *posting);

void noi_scan_text(noi_scan *out, const noi_gazetteer *gazetteer, noi_str text);

#endif
