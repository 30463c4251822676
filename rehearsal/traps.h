/*
 * traps.h: the traps of the rehearsal city, each with its id: what is wrong with the record, and so
 * what an honest engine does with it. Traps that cannot occur in this city are not planted: its
 * unit codes begin with 2 and its one three-digit code with 7, so no leading zero can be lost here.
 */
#ifndef NOI_REHEARSAL_TRAPS_H
#define NOI_REHEARSAL_TRAPS_H

#include "base/i18n.h"
#include "merge/run.h"

/* X(name, id, kind, what it is) */
#define NOI_TRAP_TABLE(X)                                                                          \
    X(NOI_TRAP_PLAIN, "plain", 1, N_("nothing wrong: the control"))                                \
    X(NOI_TRAP_HOMONYM, "homonym", 1, N_("district missing, several old units of the name"))       \
    X(NOI_TRAP_NO_MARKS, "no_marks", 1, N_("written without marks"))                               \
    X(NOI_TRAP_BARE_HOMONYM, "no_marks_homonym", 1,                                                \
      N_("without marks and district, two names become one (Thanh An, Thạnh An)"))                 \
    X(NOI_TRAP_TYPO, "typo", 1, N_("a letter of the ward's name is missing"))                      \
    X(NOI_TRAP_NUMBER_CODE, "number_code", 1, N_("code spoiled by a spreadsheet: 26740.0"))        \
    X(NOI_TRAP_NFD, "nfd", 1, N_("letters and marks apart (NFD)"))                                 \
    X(NOI_TRAP_TCVN3, "tcvn3", 1, N_("file in TCVN3"))                                             \
    X(NOI_TRAP_VNI, "vni", 1, N_("file in VNI"))                                                   \
    X(NOI_TRAP_CP1258, "cp1258", 1, N_("file in Windows-1258"))                                    \
    X(NOI_TRAP_UTF16, "utf16", 1, N_("file in UTF-16"))                                            \
    X(NOI_TRAP_VN2000, "vn2000", 1, N_("coordinates in VN-2000, labelled"))                        \
    X(NOI_TRAP_WRONG_ZONE, "wrong_zone", 1, N_("VN-2000 of the other central meridian"))           \
    X(NOI_TRAP_METRES, "metres_as_degrees", 1, N_("metres where degrees belong"))                  \
    X(NOI_TRAP_SHIFTED, "shifted_datum", 1,                                                        \
      N_("VN-2000 degrees without a label, about 226 m off"))                                      \
    X(NOI_TRAP_SWAPPED, "swapped_axes", 1, N_("longitude and latitude exchanged"))                 \
    X(NOI_TRAP_NEAR_BORDER, "near_border", 1,                                                      \
      N_("a point alone, its error reaching over a border"))                                       \
    X(NOI_TRAP_BORDER_TEXT, "near_border_text", 1, N_("the same, with an address that decides"))   \
    X(NOI_TRAP_SPLIT_POINT, "split_point", 1, N_("split ward with a point that decides"))          \
    X(NOI_TRAP_SPLIT_BLIND, "split_no_evidence", 1, N_("split ward, nothing decides"))             \
    X(NOI_TRAP_SPLIT_TAUGHT, "split_taught", 1,                                                    \
      N_("split ward, a street with one side in each new unit, with a point"))                     \
    X(NOI_TRAP_SPLIT_RULE, "split_rule", 1,                                                        \
      N_("the same street without a point: what was learned decides"))                             \
    X(NOI_TRAP_OLDER_TEXT, "older_vintage", 1, N_("names a ward that ended before 2025"))          \
    X(NOI_TRAP_OLDER_CODE, "older_vintage_code", 1, N_("code of a list of 2024"))                  \
    X(NOI_TRAP_FLIP, "code_flip", 1, N_("code that moved again in early 2025"))                    \
    X(NOI_TRAP_REUSED, "code_reused", 1, N_("code that now means another unit"))                   \
    X(NOI_TRAP_ALREADY_NEW, "already_new", 1, N_("already names a new unit"))                      \
    X(NOI_TRAP_ALREADY_NEW_CODE, "already_new_code", 1, N_("already bears a new unit's code"))     \
    X(NOI_TRAP_FALSE_FRIEND, "false_friend", 1, N_("a new unit of the same name lies elsewhere"))  \
    X(NOI_TRAP_CODE_CONTRADICTS, "code_contradicts", 1, N_("code and text name different units"))  \
    X(NOI_TRAP_POINT_CONTRADICTS, "point_contradicts", 1,                                          \
      N_("the point lies far from the address"))                                                   \
    X(NOI_TRAP_DISTRICT_ONLY, "district_only", 1, N_("only the district is named"))                \
    X(NOI_TRAP_NOISE, "noise", 1, N_("no address at all"))                                         \
    X(NOI_TRAP_OTHER_PROVINCE, "other_province", 1, N_("an address in another province"))          \
    X(NOI_TRAP_DUPLICATE, "duplicate", 1, N_("the same address under two ids"))                    \
    X(NOI_TRAP_DUPLICATE_ID, "duplicate_id", 1, N_("an id that was there before"))                 \
    X(NOI_TRAP_NO_ID, "missing_id", 1, N_("no id"))                                                \
    X(NOI_TRAP_HOUSEHOLD, "household", 2, N_("household at its address"))                          \
    X(NOI_TRAP_HOUSEHOLD_TEXT, "household_text", 2, N_("household with a text of its own"))        \
    X(NOI_TRAP_TORN, "household_torn", 2, N_("members at both sides of a new border"))             \
    X(NOI_TRAP_HOUSEHOLD_LOST, "household_broken", 2,                                              \
      N_("refers to an address that is not there"))                                                \
    X(NOI_TRAP_PARCEL, "parcel", 3, N_("parcel of an old unit"))                                   \
    X(NOI_TRAP_PARCEL_SPLIT, "parcel_split_point", 3, N_("parcel of a split ward, with a point"))  \
    X(NOI_TRAP_PARCEL_BLIND, "parcel_split", 3, N_("parcel of a split ward, without a point"))     \
    X(NOI_TRAP_CASE_TEXT, "case_object", 4, N_("ward's case with an object address"))              \
    X(NOI_TRAP_CASE_WARD, "case_ward", 4, N_("ward's case, nothing but the ward"))                 \
    X(NOI_TRAP_CASE_WARD_SPLIT, "case_split_ward", 4,                                              \
      N_("split ward's case, nothing but the ward"))                                               \
    X(NOI_TRAP_CASE_SPLIT_POINT, "case_split_point", 4, N_("split ward's case with a point"))      \
    X(NOI_TRAP_CASE_HOUSEHOLD, "case_household", 4, N_("ward's case of a household"))              \
    X(NOI_TRAP_CASE_DISTRICT_TEXT, "case_district_object", 4,                                      \
      N_("abolished district's case with an object address"))                                      \
    X(NOI_TRAP_CASE_DISTRICT_PARCEL, "case_district_parcel", 4,                                    \
      N_("abolished district's case with a parcel"))                                               \
    X(NOI_TRAP_CASE_DISTRICT, "case_district_blind", 4,                                            \
      N_("abolished district's case without an object"))                                           \
    X(NOI_TRAP_CASE_TWO, "case_two_units", 4, N_("touches two new units"))                         \
    X(NOI_TRAP_CASE_LOST, "case_broken", 4, N_("refers to a parcel that is not there"))            \
    X(NOI_TRAP_CASE_OFFICE, "case_head_office", 4,                                                 \
      N_("a business: its head office lies elsewhere than parcel and residence"))                  \
    X(NOI_TRAP_CASE_OWNER, "case_owner_elsewhere", 4,                                              \
      N_("a land case without a parcel: its owner's residence is no evidence"))                    \
    X(NOI_TRAP_CASE_AGENCY, "case_agency", 4,                                                      \
      N_("handled by an agency whose id only the list of offices explains"))                       \
    X(NOI_TRAP_REPORT, "report_point", 4, N_("a citizen's report (1022): a point, nothing else")) \
    X(NOI_TRAP_CASE_DEPARTMENT, "case_department", 4,                                              \
      N_("a department's case: it needs no place"))                                                \
    X(NOI_TRAP_DOCUMENT, "document_office", 4, N_("a document addressed to a ward's office"))      \
    X(NOI_TRAP_ACCOUNT, "account_office", 4, N_("an account of a ward's office"))                  \
    X(NOI_TRAP_LATER, "case_later", 4, N_("a case of after the change, at a new commune"))

typedef enum noi_trap {
#define NOI_TRAP_ENUM(name, id, kind, what) name,
    NOI_TRAP_TABLE(NOI_TRAP_ENUM)
#undef NOI_TRAP_ENUM
        NOI_N_TRAPS
} noi_trap;

typedef struct noi_trap_info {
    const char *id;
    int kind;         /* noi_record_kind */
    const char *what; /* translate when shown */
} noi_trap_info;
extern const noi_trap_info noi_traps[NOI_N_TRAPS];

/* What an honest engine does. */
typedef enum noi_expected {
    NOI_EXPECT_ASSIGNED, /* evidence decides; asking is allowed, but counts against recall */
    NOI_EXPECT_ASKED,    /* nothing decides; assigning would be a guess, even a lucky one */
    NOI_EXPECT_REJECTED, /* the row cannot be taken */
} noi_expected;
extern const char *const noi_expected_keys[3]; /* "assigned", "asked", "rejected" */

#endif
