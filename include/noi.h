/*
 * noi.h: the public face of libnoi, the engine that judges records after an administrative merger.
 *
 * A plan is one read-only file made by `noi plan`: units of every vintage, the crosswalk with its
 * clauses, the gazetteer of the address reader and the point index. A program opens it once, then
 * judges batches of records held in columns. Judging is a pure function of a record and the plan:
 * no clock, no locale, no file, no hidden state; the same record gives the same verdict on every
 * machine and on every number of threads.
 *
 * Thread safety: a noi_plan may be used from any number of threads at once after noi_plan_open
 * has returned. The error text is kept per thread.
 */
#ifndef NOI_H
#define NOI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NOI_VERSION "0.1.0"

#if defined(__GNUC__)
#define NOI_API __attribute__((visibility("default")))
#define NOI_MUST_CHECK __attribute__((warn_unused_result))
#else
#define NOI_API
#define NOI_MUST_CHECK
#endif

/*
 * Every function that can fail returns one of these. X(name, value, exit code, sentence).
 * The exit code is what the command line ends with.
 */
#define NOI_STATUS_TABLE(X)                                                                        \
    X(NOI_OK, 0, 0, "done")                                                                        \
    X(NOI_ERR_USAGE, -1, 2, "the command was not understood")                                      \
    X(NOI_ERR_INPUT, -2, 3, "the input cannot be used")                                            \
    X(NOI_ERR_IO, -3, 3, "a file cannot be read or written")                                       \
    X(NOI_ERR_CONFLICT, -4, 4, "the request conflicts with what is stored")                        \
    X(NOI_ERR_INTERNAL, -5, 5, "noi met a fault of its own")

typedef enum noi_status {
#define NOI_STATUS_ENUM(name, value, exit_code, sentence) name = value,
    NOI_STATUS_TABLE(NOI_STATUS_ENUM)
#undef NOI_STATUS_ENUM
} noi_status;

/* The sentence for a status, in English, never NULL. Static storage. */
NOI_API const char *noi_status_text(noi_status status);

/* What the last failed call of this thread said, with its place in the data, and the next step.
 * Empty strings when nothing failed. Valid until the next call into noi on this thread. */
NOI_API const char *noi_error_message(void);
NOI_API const char *noi_error_hint(void);

/*
 * The code of an admin unit. Codes are texts with leading zeros: five digits for a commune
 * ("00001"), three for a district ("755"), two for a province ("79"). A noi_code packs the number
 * of digits (bits 20..23) and the number itself (bits 0..19), so that codes compare and hash as
 * integers and "755" is not "00755". 0 means "no code".
 */
typedef uint32_t noi_code;

/* Reads 1..6 ASCII digits; returns 0 for anything else. */
NOI_API noi_code noi_code_parse(const char *text, size_t length);

/* Writes the code with its zeros and a final NUL; at least 8 bytes. Returns `out`. */
NOI_API char *noi_code_format(char out[8], noi_code code);

/* ---- verdicts ------------------------------------------------------------------------------ */

typedef enum noi_verdict_status {
    NOI_ASSIGNED = 1,  /* exactly one new unit, with its evidence */
    NOI_AMBIGUOUS = 2, /* two or more candidates and a question that decides */
    NOI_UNPLACED = 3,  /* nothing to go by; `reason` says why */
} noi_verdict_status;

/* X(name, value, key). How a verdict was reached: the strongest evidence that decided. */
#define NOI_METHOD_TABLE(X)                                                                        \
    X(NOI_BY_NOTHING, 0, "none")                                                                   \
    X(NOI_BY_DECISION, 1, "decision")       /* a person decided */                                 \
    X(NOI_BY_WHOLE_EDGE, 2, "whole_edge")   /* old unit went whole into one new unit */            \
    X(NOI_BY_PARCEL, 3, "parcel")           /* the parcel's own concordance */                     \
    X(NOI_BY_POINT, 4, "point")             /* the point lies in the unit, clear of the border */  \
    X(NOI_BY_SPLIT_RULE, 5, "split_rule")   /* street, side, number range, alley, khu phố */       \
    X(NOI_BY_NEW_NAME, 6, "new_unit")       /* the record already names a unit of the new vintage */ \
    X(NOI_BY_ADDRESS, 7, "address")         /* follows the verdict of the address it refers to */  \
    X(NOI_BY_HOUSEHOLD, 8, "household")     /* follows the verdict of its household */             \
    X(NOI_BY_INTAKE_UNIT, 9, "intake_unit") /* last resort of CASES.md routing step 1 */           \
    X(NOI_BY_UNIT, 10, "handling_unit")     /* a ward's own case follows the ward crosswalk */

typedef enum noi_method {
#define NOI_METHOD_ENUM(name, value, key) name = value,
    NOI_METHOD_TABLE(NOI_METHOD_ENUM)
#undef NOI_METHOD_ENUM
} noi_method;

/* X(name, value, key). Why a verdict is not "assigned". */
#define NOI_REASON_TABLE(X)                                                                        \
    X(NOI_REASON_NONE, 0, "none")                                                                  \
    X(NOI_REASON_SPLIT, 1, "split_unit")             /* the old unit is split, nothing decides */  \
    X(NOI_REASON_HOMONYM, 2, "homonym")              /* the text fits several old units */         \
    X(NOI_REASON_NEAR_BORDER, 3, "near_border")      /* the point's error reaches over a border */ \
    X(NOI_REASON_EVIDENCE_DISAGREES, 4, "evidence_disagrees")                                      \
    X(NOI_REASON_NO_EVIDENCE, 5, "no_evidence")      /* no text, code or point at all */           \
    X(NOI_REASON_UNKNOWN_CODE, 6, "unknown_code")    /* a code that was in force on no known day */ \
    X(NOI_REASON_NO_UNIT_READ, 7, "no_unit_in_text") /* the text names no unit we know */          \
    X(NOI_REASON_OUTSIDE, 8, "outside_coverage")     /* the point lies in no unit */               \
    X(NOI_REASON_VINTAGE, 9, "vintage")              /* the code meant two units at two days */    \
    X(NOI_REASON_OTHER_PROVINCE, 10, "other_province") /* names a place the plan does not cover */ \
    X(NOI_REASON_SEVERAL_UNITS, 11, "several_units") /* the matter touches several new units (R2) */ \
    X(NOI_REASON_REFERENCE, 12, "broken_reference")  /* refers to a record that is not there */    \
    X(NOI_REASON_DISTRICT_ONLY, 13, "district_only") /* only a district or province is known */    \
    X(NOI_REASON_OVERLAP, 14, "overlap")             /* the point lies where units overlap */      \
    X(NOI_REASON_RULES_DISAGREE, 15, "rules_disagree") /* split rules name different units */

typedef enum noi_reason {
#define NOI_REASON_ENUM(name, value, key) name = value,
    NOI_REASON_TABLE(NOI_REASON_ENUM)
#undef NOI_REASON_ENUM
} noi_reason;

/* X(name, bit, key). Things a person should know although (or because) of the verdict. */
#define NOI_WARNING_TABLE(X)                                                                       \
    X(NOI_WARN_POINT_CONTRADICTS, 0, "point_contradicts_text") /* point lies in another unit */    \
    X(NOI_WARN_CODE_CONTRADICTS, 1, "code_contradicts_text")                                       \
    X(NOI_WARN_SWAPPED_AXES, 2, "swapped_axes")       /* lon and lat look exchanged; not used */   \
    X(NOI_WARN_WRONG_ZONE, 3, "wrong_zone")           /* looks like metres or another zone */      \
    X(NOI_WARN_LOST_ZEROS, 4, "lost_leading_zeros")   /* code matched after restoring zeros */     \
    X(NOI_WARN_OLDER_VINTAGE, 5, "older_vintage")     /* names a unit that ended before 2025-07 */ \
    X(NOI_WARN_NEW_VINTAGE, 6, "already_new")         /* the record is already in new units */     \
    X(NOI_WARN_HOMONYM, 7, "homonym")                 /* another unit bears this name */           \
    X(NOI_WARN_FALSE_FRIEND, 8, "false_friend") /* new (or old) unit of this name lies elsewhere */   \
    X(NOI_WARN_NAME_WITHOUT_MARKS, 9, "read_without_marks")                                        \
    X(NOI_WARN_TYPO, 10, "read_with_typing_error")                                                 \
    X(NOI_WARN_DISTRICT_MISSING, 11, "district_missing")                                           \
    X(NOI_WARN_MORE_CANDIDATES, 12, "more_candidates") /* more than NOI_MAX_CANDIDATES */          \
    X(NOI_WARN_OUTSIDE_COVERAGE, 13, "point_outside_coverage")                                     \
    X(NOI_WARN_MAP_CONTRADICTS_LAW, 14, "map_contradicts_law") /* point in a unit no edge allows */ \
    X(NOI_WARN_AREA_ONLY, 15, "area_only_edge")  /* a candidate received area but no people */     \
    X(NOI_WARN_DECISION_CONTRADICTED, 16, "decision_contradicted")                                 \
    X(NOI_WARN_UNKNOWN_CODE, 17, "unknown_code") /* the code was never in force; other evidence used */  \
    X(NOI_WARN_DISTRICT_CONTRADICTS, 18, "district_contradicts_ward") /* no such ward in it */ \
    X(NOI_WARN_RULE_CONTRADICTED, 19, "rule_contradicted") /* a split rule says otherwise than the point */

typedef enum noi_warning {
#define NOI_WARNING_ENUM(name, bit, key) name = 1 << bit,
    NOI_WARNING_TABLE(NOI_WARNING_ENUM)
#undef NOI_WARNING_ENUM
} noi_warning;

/* Stable machine names, as in JSON and CSV ("whole_edge"). Never NULL. Static storage. */
NOI_API const char *noi_verdict_status_key(noi_verdict_status status);
NOI_API const char *noi_method_key(noi_method method);
NOI_API const char *noi_reason_key(noi_reason reason);
NOI_API const char *noi_warning_key(noi_warning one_bit);

#define NOI_MAX_CANDIDATES  24
#define NOI_NO_UNIT         UINT16_MAX
#define NOI_NEAREST_LIMIT_M 5000 /* a unit farther from a point is no hint */

/* Metres: what the program noi takes for a point's error where nobody says, see noi_records. */
#define NOI_UNSTATED_ERROR_M 50.0F

/*
 * One verdict. Unit numbers are positions in the plan: see noi_plan_unit.
 *
 * `point_unit` is what the point says, whatever became of the record:
 *   - the unit that holds it (where units overlap: the one that comes first in the layer);
 *   - with NOI_WARN_OUTSIDE_COVERAGE, the nearest unit within NOI_NEAREST_LIMIT_M, a hint and no more;
 *   - with NOI_WARN_SWAPPED_AXES or NOI_WARN_WRONG_ZONE, the unit in which it would lie with its axes
 *     exchanged, or read in the other zone, where that is one.
 *
 * `probability` says, for a point that does not decide, how likely each candidate is: the share of a
 * circular normal error around the point (see noi_records.error_m) that falls into the unit, in
 * percent, true to about one. What is missing to 100 falls into units that are no candidates (the
 * law does not allow them) or into none. All are 0 where no point speaks. Nothing is ever assigned
 * by a probability, be it 99: it is there for the person who is asked.
 *
 * `rule` is the split rule that decided, with NOI_BY_SPLIT_RULE; with NOI_WARN_RULE_CONTRADICTED,
 * the rule that the point contradicts; of several, the imported one, then the best supported. A
 * verdict that follows another record's keeps its rule.
 */
typedef struct noi_verdict {
    uint8_t status;          /* noi_verdict_status */
    uint8_t method;          /* noi_method; NOI_BY_NOTHING unless assigned */
    uint8_t reason;          /* noi_reason; NOI_REASON_NONE when assigned */
    uint8_t n_candidates;    /* candidates listed below; 0 when assigned */
    uint16_t new_unit;       /* NOI_NO_UNIT unless assigned */
    uint16_t old_unit;       /* the unit of the eve of the change that was read; or NOI_NO_UNIT */
    int32_t edge;            /* the edge that led there, see noi_plan_edge; -1 for none */
    uint32_t warnings;       /* noi_warning bits */
    float border_m;          /* metres from the point to the nearest border, 2000 for farther ones;
                                of a point in no unit, to the nearest unit; -1 without a point, and
                                where the point did not matter */
    uint16_t point_unit;     /* what the point says, see above; or NOI_NO_UNIT */
    uint16_t candidates[NOI_MAX_CANDIDATES];   /* new units, ascending by position */
    uint8_t probability[NOI_MAX_CANDIDATES];   /* of each, percent, see above */
    uint16_t reserved;       /* 0 */
    int32_t rule;            /* see above and noi_plan_rule; -1 for none */
} noi_verdict;

/* ---- the plan ------------------------------------------------------------------------------ */

typedef struct noi_plan noi_plan;

/* Maps a plan file made by `noi plan`. NOI_ERR_IO when it cannot be read, NOI_ERR_INPUT when it is
 * not a plan, is truncated, or fails its own hash. The plan is yours: noi_plan_close. */
NOI_API NOI_MUST_CHECK noi_status noi_plan_open(noi_plan **out, const char *path);

/* Accepts NULL. */
NOI_API void noi_plan_close(noi_plan *plan);

/* The plan's hash: 64 lower-case hexadecimal digits of SHA-256. Borrowed from the plan. */
NOI_API const char *noi_plan_hash(const noi_plan *plan);

typedef struct noi_unit_info {
    noi_code code;
    const char *kind;          /* "phường", "xã", "thị trấn", "đặc khu", "huyện" */
    const char *name;          /* "Sài Gòn", or "15" for Phường 15; UTF-8, NFC */
    const char *full_name;     /* "Phường Sài Gòn" */
    const char *district_name; /* "Quận 1"; "" after the reform */
    const char *province_name; /* "Thành phố Hồ Chí Minh" */
    int32_t from, to;          /* in force: days since 1970-01-01, half open; INT32_MAX = open end */
} noi_unit_info;

/* How many units (of all vintages) the plan holds. */
NOI_API size_t noi_plan_unit_count(const noi_plan *plan);

/* Fills `out` with strings borrowed from the plan. 0 on success, NOI_ERR_USAGE out of range. */
NOI_API NOI_MUST_CHECK noi_status noi_plan_unit(noi_unit_info *out, const noi_plan *plan,
                                                uint16_t unit);

typedef struct noi_edge_info {
    uint16_t old_unit, new_unit;
    const char *part;       /* "whole", "part", "remainder" */
    const char *scope;      /* as in the crosswalk's CSV: "all", "area+population", ... */
    const char *resolution; /* "1685/NQ-UBTVQH15" */
    const char *clause;     /* "1"; "" for a unit that the law leaves as it is */
} noi_edge_info;

NOI_API NOI_MUST_CHECK noi_status noi_plan_edge(noi_edge_info *out, const noi_plan *plan,
                                                int32_t edge);

/* A rule for a part of a split unit: an address in old_unit for which all that is stated holds lies
 * in new_unit. Texts are "" and numbers 0 for what it does not state. */
typedef struct noi_rule_info {
    uint16_t old_unit, new_unit;
    const char *street;         /* "Lê Lợi" */
    const char *side;           /* "odd", "even": of the first number of the house */
    uint32_t from, to;          /* first number of the house, both included; to = 0: no range */
    const char *alley;          /* "1806/127" */
    const char *hamlet;         /* "khu phố 3" */
    const char *sheet;          /* of the cadastral map */
    const char *source;         /* who says so */
    const char *origin;         /* "imported", "learned" */
    uint32_t support;           /* addresses that it was learned from; 0: not stated */
    double purity;              /* share of them in new_unit, 0 .. 1; 1 where none is stated */
    int32_t on;                 /* when it was stated, days since 1970-01-01; INT32_MIN: not known */
    int64_t id;                 /* its number in the registry */
} noi_rule_info;

/* How many rules the plan holds. */
NOI_API size_t noi_plan_rule_count(const noi_plan *plan);

/* Fills `out` with strings borrowed from the plan. 0 on success, NOI_ERR_USAGE out of range. */
NOI_API NOI_MUST_CHECK noi_status noi_plan_rule(noi_rule_info *out, const noi_plan *plan,
                                                int32_t rule);

/* ---- records in columns -------------------------------------------------------------------- */

/* A column of UTF-8 texts in Arrow's layout: value i is bytes[offsets[i] .. offsets[i + 1]).
 * An empty value means "absent". offsets == NULL means that the whole column is absent. */
typedef struct noi_text_column {
    const int32_t *offsets; /* n + 1 entries */
    const char *bytes;
} noi_text_column;

/* A batch of records. Any column but `n` may be absent (NULL). */
typedef struct noi_records {
    size_t n;
    noi_text_column text;     /* the address as people wrote it */
    noi_text_column old_code; /* the commune code the record bears */
    noi_text_column decided;  /* the new code that a person decided on, strongest evidence */
    const double *lon, *lat;  /* degrees, EPSG:4326; NaN means "no point" */
    const float *error_m;     /* positional error, metres: the radius of the circle around the point
                                 that holds the true place in 95 of 100 cases; 0 or more, NaN means
                                 default_error_m. A radius of 68 of 100 (Android) times 1.62, a radial
                                 mean square error times 1.73, of 50 of 100 (CEP) times 2.08 */
    float default_error_m;    /* used where error_m has none; >= 0 */
    int32_t as_of;            /* the day whose codes and names the records use (days since
                                 1970-01-01); INT32_MIN: the eve of the plan's change */
    noi_text_column sheet;    /* the sheet of the cadastral map (tờ bản đồ) of a parcel */
} noi_records;

/*
 * Judges records [0, n) and writes one verdict for each to out[0, n).
 * Never allocates per record. Returns NOI_ERR_USAGE when a required pointer is missing; bad values
 * in a record are never an error of the call: they end in that record's verdict.
 */
NOI_API NOI_MUST_CHECK noi_status noi_judge(noi_verdict *out, const noi_plan *plan,
                                            const noi_records *records);

#ifdef __cplusplus
}
#endif
#endif
