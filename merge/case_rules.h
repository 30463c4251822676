/*
 * case_rules.h: the rules about open cases as rows: dates, scope and citation are data, so that a
 * correction of the law is a correction of a row. data/case_rules.csv travels inside the program;
 * `noi import REGISTRY case-rules FILE` replaces it for one registry.
 *
 * What a rule does is decided by its number (docs/decisions/0046-what-moves.md); whether, when and
 * where it does it, by its row.
 */
#ifndef NOI_MERGE_CASE_RULES_H
#define NOI_MERGE_CASE_RULES_H

#include "merge/procedures.h"

/* Numbers of rules whose rows do something. */
enum {
    NOI_RULE_DISTRICT_WORK = 1,
    NOI_RULE_CITY_DECIDES = 2,
    NOI_RULE_OLD_UNIT_FINISHES = 3,
    NOI_RULE_NOTHING_AGAIN = 4,
    NOI_RULE_PAPERS_VALID = 5,
    NOI_RULE_NOTICE = 6,
    NOI_RULE_OLD_UNITS_WORK_ON = 7,
    NOI_RULE_LAND = 8,
    NOI_RULE_LAND_RECOVERY = 9,
    NOI_RULE_HEAD_OFFICE = 10,
    NOI_RULE_BUILDING = 11,
    NOI_RULE_CIVIL_STATUS = 12,
    NOI_RULE_INTAKE_ANYWHERE = 13,
    NOI_RULE_INTAKE_CENTRE = 14,
    NOI_RULE_DECREES = 15,
    NOI_RULE_RESIDENCE_REGISTER = 16,
    NOI_MAX_CASE_RULE = 24
};

typedef struct noi_case_rule {
    const char *id;    /* "R3" */
    int number;        /* 3; 0 for an id that is not R and 1 .. NOI_MAX_CASE_RULE */
    noi_day from, to;  /* the rule applies, half open; NOI_DAY_NONE, NOI_DAY_OPEN without bounds */
    noi_code province; /* of the new unit; 0 for the whole country */
    const char *text, *citation;
    const char *text_vi, *citation_vi; /* "" where the table has them in one language */
    bool configurable; /* differs by city */
} noi_case_rule;

typedef struct noi_case_rules {
    size_t n;
    noi_case_rule *items; /* in the order of the file */
    size_t first[NOI_MAX_CASE_RULE + 1]; /* the first row of each number; n for none */
    bool own;             /* they are the registry's, not the program's */
    noi_procedures *procedures; /* of the registry; NULL when the rules were read alone */
    noi_offices *offices;
    noi_arena *arena;
} noi_case_rules;

/* Reads the table that travels inside the program. */
NOI_MUST_CHECK noi_status noi_case_rules_load(noi_case_rules **out);
/* The registry's own table, or that of the program where it brings none; with its procedures and
 * offices. */
NOI_MUST_CHECK noi_status noi_case_rules_of(noi_case_rules **out, noi_registry *registry);
/* The table that travels inside the program, as bytes. */
noi_str noi_case_rules_built_in(void);
/* The same from bytes; `name` is used in messages. */
NOI_MUST_CHECK noi_status noi_case_rules_read(noi_case_rules **out, const char *name,
                                              noi_str bytes);
void noi_case_rules_free(noi_case_rules *rules); /* accepts NULL */
NOI_DEFINE_AUTO(noi_case_rules, noi_case_rules_free)

/* In the language of the program's messages, where the table has it. */
const char *noi_case_rule_text(const noi_case_rule *rule);
const char *noi_case_rule_citation(const noi_case_rule *rule);

/* The first rule of that number which applies in a province, whatever its days; NULL for none. */
const noi_case_rule *noi_case_rule_find(const noi_case_rules *rules, int number, noi_code province);

/* The same among those in force on a day. Rules 8 to 12 stand in the decrees that rule 15 dates:
 * where it has a row, they end when it ends. */
const noi_case_rule *noi_case_rule_on(const noi_case_rules *rules, int number, noi_code province,
                                      noi_day on);

#endif
