/*
 * case_rules.h: the rules of CASES as rows of data/case_rules.csv: dates, scope and citation are
 * data, so that a correction of the law is a correction of a row.
 */
#ifndef NOI_MERGE_CASE_RULES_H
#define NOI_MERGE_CASE_RULES_H

#include "base/date.h"

typedef struct noi_case_rule {
    const char *id;    /* "R3" */
    noi_day from, to;  /* the rule applies, half open; NOI_DAY_NONE, NOI_DAY_OPEN without bounds */
    noi_code province; /* of the new unit; 0 for the whole country */
    const char *text, *citation;
    bool configurable; /* differs by city */
} noi_case_rule;

typedef struct noi_case_rules {
    size_t n;
    noi_case_rule *items; /* in the order of the file */
    noi_arena *arena;
} noi_case_rules;

/* Reads the table that travels inside the program. */
NOI_MUST_CHECK noi_status noi_case_rules_load(noi_case_rules **out);
/* The same from bytes; `name` is used in messages. */
NOI_MUST_CHECK noi_status noi_case_rules_read(noi_case_rules **out, const char *name,
                                              noi_str bytes);
void noi_case_rules_free(noi_case_rules *rules); /* accepts NULL */
NOI_DEFINE_AUTO(noi_case_rules, noi_case_rules_free)

/* The rule of that id which applies in a province; NULL for none. */
const noi_case_rule *noi_case_rule_find(const noi_case_rules *rules, const char *id,
                                        noi_code province);

#endif
