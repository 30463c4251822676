/*
 * gazetteer.h: the inside of the gazetteer, shared by its builder and the reader. Callers use
 * reader.h.
 *
 * One block of bytes:
 *     header │ vocabulary │ edges │ nodes │ postings │ marks │ units │ districts │ provinces
 * The vocabulary maps a word without marks to a number; edges make a tree of words (node, word) ->
 * node; a node's postings say which wards, districts, provinces and kind words ("thị trấn") are
 * spelled so, each with the marks that its words bear. Vocabulary and edges are open
 * hash tables of a power of two with at least one free slot.
 */
#ifndef NOI_ADDRESS_GAZETTEER_H
#define NOI_ADDRESS_GAZETTEER_H

#include "address/reader.h"
#include "address/token.h"

#define NOI_GAZETTEER_MAGIC   UINT32_C(0x5A47494E) /* "NIGZ" */
#define NOI_GAZETTEER_VERSION 3
#define NOI_GAZETTEER_NONE    UINT16_MAX
#define NOI_MAX_NAME_WORDS    10
#define NOI_MAX_PROVINCES     192

/* What a word (or two) announces. */
typedef enum noi_keyword {
    NOI_KEY_NONE,
    NOI_KEY_WARD,         /* phường, P, ward */
    NOI_KEY_COMMUNE,      /* xã, commune */
    NOI_KEY_TOWN,         /* thị trấn, town */
    NOI_KEY_SPECIAL,      /* đặc khu */
    NOI_KEY_DISTRICT,     /* quận, Q, district */
    NOI_KEY_COUNTY,       /* huyện, H */
    NOI_KEY_BOROUGH,      /* thị xã, TX */
    NOI_KEY_CITY,         /* thành phố, TP, city: a district or a province */
    NOI_KEY_PROVINCE,     /* tỉnh, province */
    NOI_KEY_HAMLET,       /* khu phố, ấp, tổ, thôn */
    NOI_KEY_STREET,       /* đường, hẻm, quốc lộ: what follows is a street */
    NOI_KEY_STREET_AFTER, /* street, road: what came before is a street */
    NOI_KEY_PLACE,        /* chung cư, chợ, cầu: what follows is a landmark */
    NOI_KEY_COUNTRY,      /* Việt Nam */
    NOI_KEY_NUMBER_SIGN,  /* số, nhà, No.: a house number follows */
    NOI_KEY_NOTE,         /* cũ, thuộc, gọi: a name ends before it */
    NOI_KEY_COUNT
} noi_keyword;

typedef struct noi_vocabulary_slot {
    uint64_t bare; /* 0: free */
    uint32_t word; /* number in the tree's alphabet, from 1 */
    uint32_t unused;
} noi_vocabulary_slot;

typedef struct noi_edge_slot {
    uint32_t node, word, to; /* to == 0: free */
} noi_edge_slot;

typedef struct noi_node {
    uint32_t first_posting, n_postings;
    uint8_t levels; /* bits 1 << noi_level of its postings */
    uint8_t depth;  /* words from the root */
    uint8_t below;  /* the levels of this node and of all behind it, and NOI_BELOW_SURE */
    uint8_t longer; /* the levels of all behind it alone */
} noi_node;

typedef enum noi_level {
    NOI_LEVEL_WARD,
    NOI_LEVEL_DISTRICT,
    NOI_LEVEL_PROVINCE,
    NOI_LEVEL_KEYWORD, /* "thị trấn", "khu phố", "P" */
    NOI_LEVEL_COUNT
} noi_level;

enum {
    NOI_POSTING_INITIALS = 1, /* "TB" for Tân Bình: only right behind its kind word */
    NOI_POSTING_OUTSIDE = 2,  /* a province that no unit lies in */
    NOI_POSTING_SURE = 4,     /* "TPHCM": a province wherever it stands */
    NOI_POSTING_ALIAS = 8,    /* a district's former name */
    NOI_POSTING_LETTER = 16,  /* an abbreviated kind word: counts only before a name that fits */
    NOI_POSTING_AFTER = 32,   /* an English kind word: may also stand behind the name */
};

#define NOI_BELOW_SURE (1u << NOI_LEVEL_COUNT) /* a posting with NOI_POSTING_SURE */

typedef struct noi_posting {
    uint32_t id;    /* position of the unit, district or province; noi_keyword for a kind word */
    uint32_t marks; /* position of its words' marks in the table of marks */
    uint8_t level, flags, kind, n_words; /* kind: noi_keyword of what bears the name */
} noi_posting;

typedef struct noi_gazetteer_row {
    noi_code code;
    int32_t from, to;
    uint16_t district; /* NOI_GAZETTEER_NONE for a unit without */
    uint16_t province;
    uint16_t former_province; /* of the unit that bore the same code before; NONE when not known */
    uint8_t kind;             /* noi_keyword */
    uint8_t unused;
} noi_gazetteer_row;

typedef struct noi_gazetteer_district {
    noi_code code;
    uint16_t province;
    uint8_t kind, unused;
} noi_gazetteer_district;

typedef struct noi_gazetteer_province {
    noi_code code;
    uint16_t merged_into; /* the province that took it up; NONE */
    uint16_t unused;
} noi_gazetteer_province;

struct noi_gazetteer {
    uint32_t magic, version;
    uint64_t n_bytes;
    uint32_t vocabulary_mask, edge_mask;
    uint32_t n_nodes, n_postings, n_marks, n_units, n_districts, n_provinces;
    /* Offsets from the start of the block, each a multiple of 8. */
    uint32_t vocabulary, edges, nodes, postings, marks, units, districts, provinces;
};

#define NOI_GAZETTEER_PART(type, gazetteer, part)                                                  \
    ((const type *)(const void *)((const char *)(gazetteer) + (gazetteer)->part))

static inline uint32_t noi_gazetteer_hash(uint64_t key) {
    key ^= key >> 29;
    key *= UINT64_C(0xBF58476D1CE4E5B9);
    return (uint32_t)(key >> 32);
}

/* The vocabulary's row of a word, NULL when the gazetteer does not know it. */
static inline const noi_vocabulary_slot *noi_gazetteer_word(const noi_gazetteer *g, uint64_t bare) {
    const noi_vocabulary_slot *slots = NOI_GAZETTEER_PART(noi_vocabulary_slot, g, vocabulary);
    for (uint32_t i = noi_gazetteer_hash(bare);; i++) {
        const noi_vocabulary_slot *slot = &slots[i & g->vocabulary_mask];
        if (slot->bare == bare && bare != 0)
            return slot;
        if (slot->bare == 0)
            return NULL;
    }
}

/* The node behind `node` by a word; 0 for none (node 0 is the root and has no parent). */
static inline uint32_t noi_gazetteer_step(const noi_gazetteer *g, uint32_t node, uint32_t word) {
    const noi_edge_slot *slots = NOI_GAZETTEER_PART(noi_edge_slot, g, edges);
    if (word == 0)
        return 0;
    for (uint32_t i = noi_gazetteer_hash((uint64_t)node << 32 | word);; i++) {
        const noi_edge_slot *slot = &slots[i & g->edge_mask];
        if (slot->to == 0)
            return 0;
        if (slot->node == node && slot->word == word)
            return slot->to;
    }
}

#endif
