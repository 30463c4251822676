/*
 * hamlet.h: what lies between house and ward: khu phố, ấp, tổ dân phố, thôn, with number or name.
 * Pure, allocates nothing, thread-safe.
 */
#ifndef NOI_ADDRESS_HAMLET_H
#define NOI_ADDRESS_HAMLET_H

#include "address/house.h"

/* X(name, key, words): the first of the words is how people are told it. */
#define NOI_HAMLET_TABLE(X)                                                                        \
    X(NOI_HAMLET_QUARTER, "khu_pho", "khu phố")                                                    \
    X(NOI_HAMLET_AP, "ap", "ấp")                                                                   \
    X(NOI_HAMLET_GROUP, "to", "tổ")                                                                \
    X(NOI_HAMLET_THON, "thon", "thôn")                                                             \
    X(NOI_HAMLET_KHOM, "khom", "khóm")                                                             \
    X(NOI_HAMLET_XOM, "xom", "xóm")                                                                \
    X(NOI_HAMLET_BAN, "ban", "bản")                                                                \
    X(NOI_HAMLET_BUON, "buon", "buôn")

typedef enum noi_hamlet_kind {
    NOI_HAMLET_NONE,
#define NOI_HAMLET_ENUM(name, key, words) name,
    NOI_HAMLET_TABLE(NOI_HAMLET_ENUM)
#undef NOI_HAMLET_ENUM
} noi_hamlet_kind;

/* "khu phố"; "" for NONE. Static storage. */
const char *noi_hamlet_kind_words(noi_hamlet_kind kind);

typedef struct noi_hamlet_part {
    uint8_t kind;      /* noi_hamlet_kind */
    uint8_t letter;    /* "khu phố 3A": 'A'; 0 for none */
    uint32_t number;   /* 0: it has a name */
    noi_name_key name; /* bare 0: it has a number */
    noi_str text;      /* as written, "KP.3"; points into the text */
} noi_hamlet_part;

#define NOI_HAMLET_PARTS 4
typedef struct noi_hamlet {
    size_t n;
    noi_hamlet_part parts[NOI_HAMLET_PARTS];
} noi_hamlet;

/* Reads "tổ 15, khu phố 3, ấp 2", "KP3", "ấp Tân Phú". What is no part is passed over; of more than
 * four parts the first are kept. */
void noi_hamlet_parse(noi_hamlet *out, noi_str text);

/* Kind, number, letter and name in one: the same part in every spelling. Marks as of a name. */
noi_name_key noi_hamlet_key(const noi_hamlet_part *part);

#endif
