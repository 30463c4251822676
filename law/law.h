/*
 * law.h: the law as a program. The text of a resolution on commune-level units becomes clauses, a
 * clause becomes operations on old units, and the operations, executed in order, become the
 * crosswalk: edges old unit → new unit with part, scope and clause, proved complete. A clause that
 * cannot be read is an error that names and quotes it, never a silent hole.
 *
 * Pure: text and unit lists in, edges and findings out. No file, no database. Every function may be
 * called from several threads at once; a noi_law_lists may be shared by them, a noi_law belongs to
 * one. docs/decisions/law-reader.md tells why it reads as it does.
 */
#ifndef NOI_LAW_LAW_H
#define NOI_LAW_LAW_H

#include "base/date.h"

typedef enum noi_part { NOI_PART_WHOLE = 1, NOI_PART_PART, NOI_PART_REMAINDER } noi_part;

/*
 * What moves along an edge; keys as in the crosswalk's CSV. A part's scope is what its words say. A
 * remainder's follows from what the parts before it took:
 *     parts took               the remainder is
 *     area and some people     area+population
 *     area only                part_area+all_population; but area+population when the unit goes on
 *                              under its own code, kind and name (it has only ceded area)
 *     area and all people      area_only
 *     some people only         area+population
 *     all people only          all_area+no_population
 */
typedef enum noi_scope {
    NOI_SCOPE_ALL = 1,                  /* all: a whole unit */
    NOI_SCOPE_AREA_POPULATION,          /* area+population */
    NOI_SCOPE_AREA_ONLY,                /* area_only */
    NOI_SCOPE_POPULATION_ONLY,          /* population_only */
    NOI_SCOPE_PART_AREA_ALL_POPULATION, /* part_area+all_population */
    NOI_SCOPE_ALL_AREA_NO_POPULATION,   /* all_area+no_population */
} noi_scope;

const char *noi_part_key(noi_part part); /* "whole", "part", "remainder" */
const char *noi_scope_key(noi_scope scope);
noi_part noi_part_by_key(noi_str key);   /* 0 when unknown */
noi_scope noi_scope_by_key(noi_str key); /* 0 when unknown */

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
    uint32_t old_unit; /* position in the list that was passed */
    uint32_t new_unit; /* position in the list of new units; in law->made when there was none */
    noi_part part;
    noi_scope scope;
    char clause[12]; /* "87"; "" for a unit that the law leaves as it is */
} noi_law_edge;

typedef struct noi_law_clause {
    int number;
    noi_str text; /* white space folded, NFC, markup removed */
} noi_law_clause;

/* A new unit as the law makes it. */
typedef struct noi_law_made {
    const char *kind, *name; /* as the law writes it: "phường", "Sài Gòn" */
    int clause;              /* 0 for a unit that the law leaves as it is */
    uint32_t new_unit; /* position in the list of new units; UINT32_MAX when not found there */
} noi_law_made;

/* A note explains an inference or a slip that changes nothing; a warning is a defect of the text
 * that leaves the proof standing; an error spoils the proof. */
typedef enum noi_law_severity { NOI_LAW_NOTE = 1, NOI_LAW_WARNING, NOI_LAW_ERROR } noi_law_severity;
const char *noi_law_severity_key(noi_law_severity severity); /* "note", "warning", "error" */

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
    const char *province_name; /* "Thành phố Hồ Chí Minh" as the heading of Article 1 has it */
    noi_code province_code;    /* of the new province; 0 without a list of new units */
    noi_day effective_on;      /* when the new units start to work: 2025-07-01 */
    size_t n_clauses, n_edges, n_findings, n_made;
    const noi_law_clause *clauses;
    const noi_law_edge *edges;       /* ordered by old code, new code */
    const noi_law_finding *findings; /* ordered by clause; those of no clause at the end */
    const noi_law_made *made;        /* in the order of the law */
    size_t n_old, n_new;             /* old units consumed, new units made: the proof's account */
    size_t n_old_all;                /* old units of the provinces concerned */
    size_t n_provinces;
    const noi_code *provinces; /* the old provinces concerned, ascending */
    size_t n_unread;           /* clauses that could not be read: each is an error finding */
    bool proved;               /* each old unit of the province(s) consumed exactly once, each new
                                  unit made exactly once, counts equal those the law states, and no
                                  finding is an error */
} noi_law;

/* Unit lists made ready for any number of compilations. The units are borrowed and must outlive
 * it; new_units may be NULL with n_new 0. Yours: noi_law_lists_free. */
typedef struct noi_law_lists noi_law_lists;
noi_law_lists *noi_law_lists_new(const noi_law_unit *old_units, size_t n_old,
                                 const noi_law_unit *new_units, size_t n_new);
void noi_law_lists_free(noi_law_lists *lists); /* accepts NULL */
NOI_DEFINE_AUTO(noi_law_lists, noi_law_lists_free)

/*
 * Reads and executes one resolution.
 * name: for messages. text: UTF-8 (NFC or NFD), plain or Markdown.
 * Old units are those in force on the eve, of the whole country or of the provinces concerned;
 * which provinces the resolution merges is found from the text and the lists. New units are those
 * of the country or more than the resolution's: its number selects. Without them a new unit's code
 * is not known, and edges hold positions in law->made.
 * NOI_ERR_INPUT when the text is not such a resolution (not UTF-8, no Article 1, no clause).
 * A clause that cannot be read is an error finding ("unread_clause") that names it and quotes the
 * words at which reading stopped; the rest is read on, and the law is not proved.
 */
NOI_MUST_CHECK noi_status noi_law_compile_with(noi_law **out, const noi_law_lists *lists,
                                               const char *name, noi_str text);

/* The same for a single resolution, with lists that are indexed for it alone. */
NOI_MUST_CHECK noi_status noi_law_compile(noi_law **out, const char *name, noi_str text,
                                          const noi_law_unit *old_units, size_t n_old,
                                          const noi_law_unit *new_units, size_t n_new);
void noi_law_free(noi_law *law); /* accepts NULL */
NOI_DEFINE_AUTO(noi_law, noi_law_free)

#endif
