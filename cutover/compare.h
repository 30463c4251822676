/*
 * compare.h: two systems' exports of the same records, paired by identifier, field by field, each
 * difference with its cause (docs/decisions/0043-compare.md). Knows no file format: rows of A are added,
 * then rows of B. Memory: A's keys and compared fields, and 17 bytes a row. One thread at a time.
 */
#ifndef NOI_CUTOVER_COMPARE_H
#define NOI_CUTOVER_COMPARE_H

#include "plan/plan.h"

#define NOI_COMPARE_MAX     32 /* fields */
#define NOI_COMPARE_SAMPLES 5

typedef enum noi_compare_type {
    NOI_COMPARE_TEXT,
    NOI_COMPARE_CODE, /* of a commune */
    NOI_COMPARE_DAY,
    NOI_COMPARE_STATUS,
    NOI_COMPARE_NUMBER
} noi_compare_type;

/* X(name, key, words): causes, the harmless first. */
#define NOI_CAUSE_TABLE(X)                                                                         \
    X(NOI_CAUSE_NONE, "same", N_("the same"))                                                      \
    X(NOI_CAUSE_FORM, "whitespace", N_("white space or Unicode form (NFC, NFD)"))                  \
    X(NOI_CAUSE_CASE, "case", N_("capitals or punctuation"))                                       \
    X(NOI_CAUSE_ZEROS, "lost_zeros", N_("leading zeros lost"))                                     \
    X(NOI_CAUSE_DATE, "date_format", N_("the same day, written differently"))                      \
    X(NOI_CAUSE_NUMBER, "number_format", N_("the same number, written differently"))               \
    X(NOI_CAUSE_STATUS, "status_mapping", N_("the status that the mapping leads to"))              \
    X(NOI_CAUSE_VINTAGE, "other_vintage", N_("codes of two vintages: old unit and new unit"))      \
    X(NOI_CAUSE_MARKS, "marks_lost", N_("Vietnamese marks lost"))                                  \
    X(NOI_CAUSE_SWAPPED, "day_month", N_("day and month exchanged"))                               \
    X(NOI_CAUSE_NOT_A, "missing_in_a", N_("missing in the first file"))                            \
    X(NOI_CAUSE_NOT_B, "missing_in_b", N_("missing in the second file"))                           \
    X(NOI_CAUSE_OTHER, "different", N_("really different"))

typedef enum noi_cause {
#define NOI_CAUSE_ENUM(name, key, words) name,
    NOI_CAUSE_TABLE(NOI_CAUSE_ENUM)
#undef NOI_CAUSE_ENUM
    NOI_CAUSES
} noi_cause;
const char *noi_cause_key(noi_cause cause);
const char *noi_cause_words(noi_cause cause); /* translated */

typedef struct noi_status_pair {
    noi_str a, b;
} noi_status_pair;

typedef struct noi_compare_spec {
    size_t n;
    noi_compare_type types[NOI_COMPARE_MAX];
    int unit, day; /* fields that the table goes by, -1 for none */
    const noi_plan *plan; /* for codes; NULL for none */
    const noi_status_pair *statuses;
    size_t n_statuses;
} noi_compare_spec;

typedef struct noi_compare_line { /* of the table; ordered by unit and day */
    const char *unit, *day;       /* as A writes them; of what B alone has, as B does */
    int64_t only_a, only_b, same, different;
} noi_compare_line;

typedef struct noi_comparison {
    int64_t a, b, paired, same, different, only_a, only_b;
    int64_t doubles_a, doubles_b; /* rows whose key came before in their file; not compared */
    int64_t without_key_a, without_key_b;
    int64_t keys_written_differently;
    int64_t by[NOI_COMPARE_MAX][NOI_CAUSES];
    const char *samples[NOI_COMPARE_MAX][NOI_CAUSES][NOI_COMPARE_SAMPLES]; /* keys; NULL behind the last */
    size_t n_lines;
    noi_compare_line *lines;
} noi_comparison;

typedef struct noi_compare noi_compare;
/* The spec is copied, its plan and statuses are borrowed. Yours: noi_compare_free. */
noi_compare *noi_compare_new(const noi_compare_spec *spec);
void noi_compare_free(noi_compare *compare); /* accepts NULL */
NOI_DEFINE_AUTO(noi_compare, noi_compare_free)

/* What is told of each difference; `field` is -1 for what has no partner. Keys as the file has them. */
typedef struct noi_difference {
    noi_str key;
    int64_t line_a, line_b; /* 0: not there */
    int field;
    noi_cause cause;
} noi_difference;
typedef noi_status (*noi_compare_tell)(void *context, const noi_difference *difference);

/* Texts are UTF-8, borrowed during the call. All of A first. NOI_ERR_INPUT beyond 2^32 - 2 rows. */
NOI_MUST_CHECK noi_status noi_compare_add_a(noi_compare *compare, noi_str key, const noi_str *fields,
                                            int64_t line);
NOI_MUST_CHECK noi_status noi_compare_add_b(noi_compare *compare, noi_str key, const noi_str *fields,
                                            int64_t line, noi_compare_tell tell, void *context);
/* The end: what A alone has. Borrowed from the comparison. */
NOI_MUST_CHECK noi_status noi_compare_end(const noi_comparison **out, noi_compare *compare,
                                          noi_compare_tell tell, void *context);

/* One value beside another. */
noi_cause noi_compare_values(const noi_compare_spec *spec, noi_compare_type type, noi_str a,
                             noi_str b);

#endif
