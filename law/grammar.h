/* grammar.h: what the readers of clauses share. (Inside law/ only.) */
#ifndef NOI_LAW_GRAMMAR_H
#define NOI_LAW_GRAMMAR_H

#include "law/work.h"

typedef struct law_parser {
    law_work *work;
    size_t clause; /* position in work->clauses */
    const law_word *words;
    size_t n, at;
    law_share area, people; /* of the units being read */
    size_t list_start;      /* first mention that a bracket may reach back to */
    size_t group_start;     /* first mention of the group */
    bool after_refs;        /* the last group ended with "sau khi sắp xếp ..." */
    bool stopped;           /* reading has stopped and that was told */
} law_parser;

/* Do the next words read `phrase` (folded, single spaces)? eat also steps over them. */
bool noi_law_reads(const law_parser *p, const char *phrase);
bool noi_law_eat(law_parser *p, const char *phrase);
bool noi_law_eat_sign(law_parser *p, law_word_kind kind);
law_kind noi_law_eat_kind(law_parser *p);

/* Tells once that reading stopped here, with the words; returns false. */
bool noi_law_stop(law_parser *p, const char *wanted);

/* Lists of units; adds mentions with the parser's shares. False when reading stopped. */
bool noi_law_read_units(law_parser *p);
bool noi_law_read_sources(law_parser *p);
bool noi_law_read_new_unit(law_statement *out, law_parser *p);

/* closing.c: "Sau khi sắp xếp, ... có 168 đơn vị ..." */
bool noi_law_read_closing(law_parser *p);

#endif
