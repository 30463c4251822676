/*
 * work.h: what the stages of a compilation hand to each other. (Inside law/ only.)
 *
 *   document.c   text → number, province, day, clauses
 *   words.c      clause → words
 *   grammar.c    words → statement: mentions of old units, the new unit    closing.c: the last one
 *   lists.c      unit lists, found by name
 *   resolve.c    mention → old unit; which provinces
 *   execute.c    statements, in order → edges and the proof
 *   compile.c    all of it
 */
#ifndef NOI_LAW_WORK_H
#define NOI_LAW_WORK_H

#include "law/law.h"
#include "law/words.h"

#define LAW_NO_UNIT UINT32_MAX

typedef enum law_kind {
    LAW_KIND_NONE = 0,
    LAW_KIND_WARD,    /* phường */
    LAW_KIND_COMMUNE, /* xã */
    LAW_KIND_TOWN,    /* thị trấn */
    LAW_KIND_ZONE,    /* đặc khu */
    LAW_KIND_ANY,     /* "đơn vị hành chính cấp xã", in counts */
    LAW_KIND_RURAL,   /* huyện: from here on districts and provinces */
    LAW_KIND_URBAN,   /* quận */
    LAW_KIND_CITY,    /* thành phố */
    LAW_KIND_BOROUGH, /* thị xã */
    LAW_KIND_PROVINCE,
} law_kind;

const char *noi_law_kind_text(law_kind kind); /* "phường", ... */
law_kind noi_law_kind_of(const char *text);   /* of a unit list's kind; LAW_KIND_NONE if unknown */

/* How much of a unit's area or people an operation takes. */
typedef enum law_share {
    LAW_SHARE_NONE = 0,
    LAW_SHARE_PART,
    LAW_SHARE_ALL,
    LAW_SHARE_REST
} law_share;

typedef struct law_qualifier {
    law_kind kind;    /* of the district; LAW_KIND_NONE when only a province is named */
    noi_str name;     /* folded; empty when only a province is named */
    noi_str province; /* folded, without "tỉnh"; may be empty */
    noi_str words;    /* as written */
    int clause;       /* position in work->clauses */
    int level;        /* how loosely it must be read to name a district; see resolve.c */
} law_qualifier;

typedef enum law_decided { LAW_UNDECIDED = 0, LAW_BY_NAME, LAW_BY_INFERENCE } law_decided;

/* One old unit named by a clause. */
typedef struct law_mention {
    size_t statement;
    law_kind kind;
    bool bare_kind; /* the kind was written with a capital and may belong to the name: "Phường Đúc"
                     */
    noi_str name; /* as written */
    noi_str fold;
    uint32_t coarse; /* hash of the coarse key, see lists.h */
    law_share area, people;
    size_t refs, n_refs; /* clauses that a remainder refers to: work->refs[refs ...] */
    int own, listed;     /* qualifiers in brackets: positions in work->qualifiers, or -1 */
    law_decided decided;
    uint32_t unit; /* LAW_NO_UNIT until decided */
    uint32_t *candidates;
    size_t n_candidates;
} law_mention;

typedef enum law_verb { LAW_MERGE = 1, LAW_RENAME, LAW_KEEP, LAW_CLOSING } law_verb;

/* A clause that has been read. */
typedef struct law_statement {
    law_verb verb;
    size_t clause; /* position in work->clauses */
    size_t mentions, n_mentions;
    law_kind new_kind;
    noi_str new_name, new_fold;
    bool joins; /* "nhập ... vào xã B": the new unit goes on from the old one of its name */
} law_statement;

/* What the closing clause states; -1 where it states nothing. Indexed by law_kind up to ANY. */
typedef struct law_counts {
    bool found;
    int clause;
    int total;
    int by_kind[LAW_KIND_ANY + 1];
    int formed[LAW_KIND_ANY + 1];
    int kept;
} law_counts;

/* Who takes an old unit: counts of mentions that are decided. */
typedef struct law_claim {
    bool concerned; /* lies in one of the provinces */
    uint16_t wholes, parts, rests;
} law_claim;

typedef struct law_work {
    noi_arena *arena;
    const char *name;
    const noi_law_lists *lists;
    noi_law *law;
    /* growing arrays, freed by the compiler */
    noi_law_clause *clauses;
    size_t n_clauses, cap_clauses;
    law_statement *statements;
    size_t n_statements, cap_statements;
    law_mention *mentions;
    size_t n_mentions, cap_mentions;
    law_qualifier *qualifiers;
    size_t n_qualifiers, cap_qualifiers;
    int *refs;
    size_t n_refs, cap_refs;
    noi_law_finding *findings;
    size_t n_findings, cap_findings;
    noi_law_edge *edges;
    size_t n_edges, cap_edges;
    noi_law_made *made;
    size_t n_made, cap_made;
    law_counts counts;
    noi_code *provinces;
    size_t n_provinces, cap_provinces;
    law_claim *claims; /* of each old unit */
} law_work;

/* findings.c: the message lies in the arena. */
void noi_law_find(law_work *work, noi_law_severity severity, const char *key, int clause,
                  const char *format, ...) NOI_PRINTF(5, 6);
/* "xã Tân Thành (huyện Bù Đốp)", in the arena. */
const char *noi_law_unit_label(law_work *work, const noi_law_unit *unit);
/* The words of a mention: "xã Tân Thành". */
const char *noi_law_mention_label(law_work *work, const law_mention *mention);

/* document.c: fills resolution, province, day and work->clauses. */
NOI_MUST_CHECK noi_status noi_law_read_document(law_work *work, noi_str text);

/* grammar.c: reads every clause into work->statements; an unreadable one is a finding. */
void noi_law_read_clauses(law_work *work);

/* resolve.c */
void noi_law_find_provinces(law_work *work);
void noi_law_resolve(law_work *work);

/* execute.c: edges and the proof. */
void noi_law_execute(law_work *work);

#endif
