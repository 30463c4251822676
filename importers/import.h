/*
 * import.h: the one entry for files that come in. One file is one transaction: it is stored whole
 * or the registry stays as it was. A row that cannot be taken goes to the reject file and is
 * counted; rows read = rows stored + rows rejected, and the database checks it.
 */
#ifndef NOI_IMPORTERS_IMPORT_H
#define NOI_IMPORTERS_IMPORT_H

#include "registry/registry.h"

/* X(name, key): the kinds of files, keys as on the command line and in source.kind. */
#define NOI_IMPORT_KIND_TABLE(X)                                                                   \
    X(NOI_IMPORT_UNITS, "units")                                                                   \
    X(NOI_IMPORT_ALIASES, "aliases")                                                               \
    X(NOI_IMPORT_DISTRICT_ALIASES, "district-aliases")                                             \
    X(NOI_IMPORT_CROSSWALK, "crosswalk")                                                           \
    X(NOI_IMPORT_DECREE, "decree")                                                                 \
    X(NOI_IMPORT_LAYER, "layer")                                                                   \
    X(NOI_IMPORT_ADDRESSES, "addresses")                                                           \
    X(NOI_IMPORT_HOUSEHOLDS, "households")                                                         \
    X(NOI_IMPORT_MEMBERS, "members")                                                               \
    X(NOI_IMPORT_PARCELS, "parcels")                                                               \
    X(NOI_IMPORT_CASES, "cases")                                                                   \
    X(NOI_IMPORT_REPORTS, "reports")                                                               \
    X(NOI_IMPORT_DOCUMENTS, "documents")                                                           \
    X(NOI_IMPORT_ACCOUNTS, "accounts")                                                             \
    X(NOI_IMPORT_CASE_ALIASES, "case-aliases")                                                     \
    X(NOI_IMPORT_DECISION_RULES, "decision-rules")                                                 \
    X(NOI_IMPORT_CASE_RULES, "case-rules")                                                         \
    X(NOI_IMPORT_PROCEDURES, "procedures")                                                         \
    X(NOI_IMPORT_OFFICES, "offices")                                                               \
    X(NOI_IMPORT_SPLIT_RULES, "split-rules")

typedef enum noi_import_kind {
#define NOI_IMPORT_KIND_ENUM(name, key) name,
    NOI_IMPORT_KIND_TABLE(NOI_IMPORT_KIND_ENUM)
#undef NOI_IMPORT_KIND_ENUM
        NOI_IMPORT_N_KINDS
} noi_import_kind;

const char *noi_import_kind_key(noi_import_kind kind);
/* False when there is no such kind. */
bool noi_import_kind_by_key(noi_import_kind *out, const char *key);

/* X(name, key, sentence): why a row is rejected. Keys are stable: table reject, reject file. */
#define NOI_REJECT_TABLE(X)                                                                        \
    X(NOI_REJECT_MISSING, "missing_value", N_("a required value is missing"))                      \
    X(NOI_REJECT_DUPLICATE, "duplicate_id", N_("the identifier is stored already"))                \
    X(NOI_REJECT_ENCODING, "bad_encoding", N_("bytes do not belong to the file's encoding"))       \
    X(NOI_REJECT_CONTROL, "control_bytes", N_("the row holds binary bytes"))                       \
    X(NOI_REJECT_TOO_LONG, "field_too_long", N_("a field is longer than 65,536 bytes"))            \
    X(NOI_REJECT_MANY_FIELDS, "too_many_fields", N_("the row has more fields than the header"))    \
    X(NOI_REJECT_FEW_FIELDS, "too_few_fields", N_("the row has fewer fields than the header"))     \
    X(NOI_REJECT_OPEN_QUOTE, "open_quote", N_("a quotation mark is not closed"))                   \
    X(NOI_REJECT_NUMBER, "not_a_number", N_("a value is not a number, or not one that fits"))      \
    X(NOI_REJECT_HALF_POINT, "half_a_point", N_("one of the two coordinates is missing"))          \
    X(NOI_REJECT_TRANSFORM, "not_transformable", N_("the coordinates lie outside their system"))   \
    X(NOI_REJECT_DAY, "not_a_day", N_("a value is not a day"))                                     \
    X(NOI_REJECT_MOMENT, "not_a_time", N_("a value is not a time at which something changed"))      \
    X(NOI_REJECT_OLDER, "older", N_("what is stored, or another row of the file, is as new or newer")) \
    X(NOI_REJECT_SAME_TIME, "same_time", N_("two rows of the file say different things at the same time")) \
    X(NOI_REJECT_UNCLEAR, "unclear_time", N_("one of two times is a day or an hour, and the other lies within it")) \
    X(NOI_REJECT_NO_TIME, "no_change_time", N_("the row differs from what is stored and does not say when it changed")) \
    X(NOI_REJECT_DELETED, "deleted", N_("the row says that its record is deleted; only --catch-up takes that")) \
    X(NOI_REJECT_STATUS, "unknown_status", N_("the status is not one of 1 to 10"))                 \
    X(NOI_REJECT_FLAG, "not_a_flag", N_("a value is neither 0 nor 1"))                             \
    X(NOI_REJECT_CODE, "not_a_code", N_("a value is not the code of a unit"))                      \
    X(NOI_REJECT_KIND, "unknown_kind", N_("the kind of unit is not known"))                        \
    X(NOI_REJECT_PART, "unknown_part", N_("the part is not whole, part or remainder"))             \
    X(NOI_REJECT_SCOPE, "unknown_scope", N_("the scope is not known"))                             \
    X(NOI_REJECT_OLD_UNIT, "unknown_old_unit", N_("no unit bore the old code on the eve"))         \
    X(NOI_REJECT_NEW_UNIT, "unknown_new_unit", N_("no unit bears the new code on that day"))       \
    X(NOI_REJECT_OTHER_NAME, "other_name", N_("the code belongs to a unit of another name"))       \
    X(NOI_REJECT_OTHER_EDGE, "other_edge", N_("an edge between the two units is stored already"))  \
    X(NOI_REJECT_NO_EDGE, "no_such_edge", N_("the crosswalk has no edge between the two codes"))   \
    X(NOI_REJECT_NO_ATTRIBUTE, "no_attribute", N_("the rule states nothing that decides"))         \
    X(NOI_REJECT_STREET, "unreadable_street", N_("the street cannot be read"))                     \
    X(NOI_REJECT_SIDE, "unknown_side", N_("the side is neither odd nor even"))                     \
    X(NOI_REJECT_RANGE, "range_backwards", N_("the first house number is higher than the last"))   \
    X(NOI_REJECT_ALLEY, "unreadable_alley", N_("the alley is no chain of numbers"))                \
    X(NOI_REJECT_HAMLET, "unreadable_hamlet", N_("the hamlet is not one or two of khu phố, ấp, "   \
                                                 "tổ, thôn with number or name"))                  \
    X(NOI_REJECT_SHEET, "unreadable_sheet", N_("the sheet of the map cannot be read"))             \
    X(NOI_REJECT_SHARE, "not_a_share", N_("the purity is not above 0 and up to 1"))                \
    X(NOI_REJECT_CONDITION, "not_a_condition",                                                     \
      N_("a condition is city_decides, not_a_candidate, no_candidates, household_torn or reaches_more_than")) \
    X(NOI_REJECT_PERSONS, "not_1_or_2", N_("a decision is made by 1 or 2 persons"))                \
    X(NOI_REJECT_LIMIT, "no_limit", N_("reaches_more_than needs a limit, and nothing else has one")) \
    X(NOI_REJECT_RULE, "not_a_rule", N_("a rule is R and a number from 1 to 24"))                  \
    X(NOI_REJECT_DAYS, "days_backwards", N_("the last day lies before the first"))                 \
    X(NOI_REJECT_PROVINCE, "not_a_province", N_("the scope is not the code of a province"))        \
    X(NOI_REJECT_YES_NO, "not_yes_or_no", N_("a value is neither yes nor no"))                     \
    X(NOI_REJECT_PROCEDURE, "not_a_procedure",                                                     \
      N_("the row needs a procedure code (n.nnnnnn) or a field, and not both"))                    \
    X(NOI_REJECT_PLACE, "unknown_place", N_("the place of the matter is not known"))               \
    X(NOI_REJECT_LEVEL, "unknown_level", N_("the level of the handler is not known"))              \
    X(NOI_REJECT_SAME_ID, "same_id", N_("the two identifiers are the same"))                       \
    X(NOI_REJECT_SAME_RULE, "same_rule", N_("the same rule is stored already"))                    \
    X(NOI_REJECT_CONTRADICTS, "contradicts_rule",                                                  \
      N_("an earlier rule gives what is stated here to another unit"))

typedef enum noi_reject {
    NOI_REJECT_NONE = 0,
#define NOI_REJECT_ENUM(name, key, sentence) name,
    NOI_REJECT_TABLE(NOI_REJECT_ENUM)
#undef NOI_REJECT_ENUM
        NOI_REJECT_N
} noi_reject;

const char *noi_reject_key(noi_reject reason);
const char *noi_reject_sentence(noi_reject reason); /* translated */

/* X(name, key): who says how far a point may be off; see point_error.h. */
#define NOI_ERROR_FROM_TABLE(X)                                                                    \
    X(NOI_ERROR_OF_ROW, "row")                                                                     \
    X(NOI_ERROR_OF_GEOCODER, "geocoder")                                                           \
    X(NOI_ERROR_OF_SOURCE, "source")                                                               \
    X(NOI_ERROR_UNSTATED, "unstated")

typedef enum noi_error_from {
    NOI_ERROR_NO_POINT = 0,
#define NOI_ERROR_FROM_ENUM(name, key) name,
    NOI_ERROR_FROM_TABLE(NOI_ERROR_FROM_ENUM)
#undef NOI_ERROR_FROM_ENUM
        NOI_ERROR_FROM_N
} noi_error_from;

const char *noi_error_from_key(noi_error_from from); /* "none" for a row without a point */

typedef struct noi_import_options {
    noi_day as_of;           /* NOI_DAY_NONE when not given */
    const char *encoding;    /* NULL or "auto", or a key of address/text.h */
    const char *crs;         /* NULL or "auto", or "EPSG:n" */
    const char *const *maps; /* "FIELD=COLUMN" */
    size_t n_maps;
    const char *layer;       /* layer or sheet of a file that has several; NULL: the only one */
    const char *reject_path; /* NULL: "<file>.rejects.csv" */
    bool synthetic;          /* layers: the borders are made up */
    const char *error;       /* metres that the file's points may be off; NULL: nothing is said */
    const char *const *errors_of; /* "GEOCODER=metres" */
    size_t n_errors_of;
    bool catch_up;           /* records: known keys are compared and replaced; see catch_up.h */
    noi_day changed_on;      /* with catch_up: the day that stands for a time that rows lack */
} noi_import_options;

/* What became of the rows of a file that was taken in with --catch-up. */
typedef struct noi_catch_up_count {
    int64_t read; /* = added + changed + same + older + gone + rejected */
    int64_t added, changed, same, older, gone, rejected;
} noi_catch_up_count;

typedef struct noi_import_result {
    bool already; /* the same file is stored: nothing was changed; source_id, counts are its own */
    int64_t source_id;
    int64_t rows_read, rows_stored, rows_rejected; /* of a round of --catch-up: see table catch_up */
    bool is_catch_up;
    noi_catch_up_count catch_up;
    int64_t rejected[NOI_REJECT_N]; /* by reason */
    int64_t lost_zeros;             /* codes shorter than codes are, kept as written */
    int64_t converted;              /* rows whose bytes changed on the way to UTF-8, NFC */
    int64_t law_notes, law_errors;  /* decrees: what the reading found; errors: it is not proved */
    int64_t error_from[NOI_ERROR_FROM_N]; /* points stored, by who says their error */
    int64_t unknown_geocoders;            /* points of a geocoder of which nothing is said */
    char unknown_geocoder[120];           /* the first few of those, ", " between */
    char encoding[16];              /* "utf8", ...; "" where a format has its own */
    char crs[64], transform[160];   /* "" without coordinates */
    double accuracy_m;              /* NaN when none is stated */
    char replaced_layer[120];       /* the layer that drew those units until now; "" for none */
    char reject_path[4096];         /* "" when every row was taken */
} noi_import_result;

/*
 * Takes one file into a registry that is open for writing and in no transaction.
 * NOI_ERR_IO: file or registry cannot be read or written; NOI_ERR_INPUT: the file cannot be this
 * kind (empty, wrong columns, no CRS, an encoding that cannot be told); NOI_ERR_USAGE: an option is
 * missing or wrong; NOI_ERR_CONFLICT: contradicts what is stored. On failure the registry is as it
 * was and no reject file is left.
 */
NOI_MUST_CHECK noi_status noi_import(noi_import_result *out, noi_registry *registry,
                                     noi_import_kind kind, const char *path,
                                     const noi_import_options *options);

#endif
