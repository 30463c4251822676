/*
 * law.h: the law as a program. The text of a resolution on commune-level units becomes clauses, a
 * clause becomes operations on old units, and the operations, executed in order, become the
 * crosswalk: edges old unit → new unit with part, scope and clause, proved complete. A clause that
 * cannot be read is an error that names and quotes it, never a silent hole.
 *
 * Pure: text and unit lists in, edges and findings out. No file, no database.
 */
#ifndef NOI_LAW_LAW_H
#define NOI_LAW_LAW_H

#include "base/date.h"

typedef enum noi_part { NOI_PART_WHOLE = 1, NOI_PART_PART, NOI_PART_REMAINDER } noi_part;

/* What moves along an edge; keys as in the crosswalk's CSV. */
typedef enum noi_scope {
    NOI_SCOPE_ALL = 1,                 /* all: a whole unit */
    NOI_SCOPE_AREA_POPULATION,         /* area+population */
    NOI_SCOPE_AREA_ONLY,               /* area_only */
    NOI_SCOPE_POPULATION_ONLY,         /* population_only */
    NOI_SCOPE_PART_AREA_ALL_POPULATION,/* part_area+all_population */
    NOI_SCOPE_ALL_AREA_NO_POPULATION,  /* all_area+no_population */
} noi_scope;

const char *noi_part_key(noi_part part);    /* "whole", "part", "remainder" */
const char *noi_scope_key(noi_scope scope);
noi_part noi_part_by_key(noi_str key);      /* 0 when unknown */
noi_scope noi_scope_by_key(noi_str key);    /* 0 when unknown */

/* A unit as the law's reader needs it (columns of the unit lists). Texts UTF-8, NFC. */
typedef struct noi_law_unit {
    noi_code code;
    const char *kind, *name;
    noi_code district_code;
    const char *district_kind, *district_name; /* "" for new units */
    noi_code province_code;
    const char *province_name;
    const char *resolution; /* of new units: "1685/NQ-UBTVQH15"; "" for old ones */
} noi_law_unit;

typedef struct noi_law_edge {
    uint32_t old_unit, new_unit; /* positions in the lists that were passed */
    noi_part part;
    noi_scope scope;
    char clause[12]; /* "87"; "" for a unit that the law leaves as it is */
} noi_law_edge;

typedef struct noi_law_clause {
    int number;
    noi_str text; /* white space folded, NFC, markup removed */
} noi_law_clause;

typedef enum noi_law_severity { NOI_LAW_NOTE = 1, NOI_LAW_WARNING, NOI_LAW_ERROR } noi_law_severity;

/* A defect of the text or of the proof, in words and with its clause. */
typedef struct noi_law_finding {
    noi_law_severity severity;
    const char *key;     /* stable: "unknown_unit", "consumed_twice", "remainder_missing", ... */
    int clause;          /* 0 when it concerns no clause */
    const char *message; /* translated; names the unit and quotes the words of the law */
} noi_law_finding;

/* The compiled resolution. Everything hangs on it and dies with noi_law_free. */
typedef struct noi_law {
    const char *resolution;    /* "1685/NQ-UBTVQH15" */
    const char *province_name; /* "Thành phố Hồ Chí Minh" as the title has it */
    noi_code province_code;    /* of the new province */
    noi_day effective_on;      /* when the new units start to work: 2025-07-01 */
    size_t n_clauses, n_edges, n_findings;
    const noi_law_clause *clauses;
    const noi_law_edge *edges; /* ordered by old code, new code */
    const noi_law_finding *findings;
    size_t n_old, n_new;       /* old units consumed, new units made: the proof's account */
    bool proved;               /* each old unit of the province(s) consumed exactly once, each new
                                  unit made exactly once, counts equal those the law states */
} noi_law;

/*
 * Reads and executes one resolution.
 * name: for messages. text: UTF-8 (NFC or NFD), plain or Markdown.
 * old_units: those in force on the eve, of the whole country or of the provinces concerned; which
 * provinces the resolution merges is found from the text and the lists.
 * new_units may be NULL (n_new 0): then the new unit's code is not known, edges hold the position
 * of the unit in law->made (below), and codes are taken from the catalogue only when given.
 * NOI_ERR_INPUT when the text is not such a resolution or a clause cannot be read; the message
 * names and quotes the clause. Defects that leave the rest readable are findings.
 */
NOI_MUST_CHECK noi_status noi_law_compile(noi_law **out, const char *name, noi_str text,
                                          const noi_law_unit *old_units, size_t n_old,
                                          const noi_law_unit *new_units, size_t n_new);
void noi_law_free(noi_law *law); /* accepts NULL */
NOI_DEFINE_AUTO(noi_law, noi_law_free)

#endif
