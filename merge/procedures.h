/*
 * procedures.h: what is known of procedures (thủ tục hành chính) and of offices, as a registry holds
 * it: `noi import REGISTRY procedures FILE`, `noi import REGISTRY offices FILE`. A procedure that no
 * row speaks of is not guessed about: its cases go as any case goes.
 */
#ifndef NOI_MERGE_PROCEDURES_H
#define NOI_MERGE_PROCEDURES_H

#include "base/date.h"
#include "registry/registry.h"

/* X(name, key): where the matter of a procedure lies. */
#define NOI_PLACE_TABLE(X)                                                                         \
    X(NOI_PLACE_OBJECT, "object")           /* the parcel or building that it is about */          \
    X(NOI_PLACE_HEAD_OFFICE, "head_office") /* of a business */                                    \
    X(NOI_PLACE_RESIDENCE, "residence")                                                            \
    X(NOI_PLACE_CHOICE, "residence_or_choice") /* or wherever the citizen lodges it */

typedef enum noi_matter_place {
    NOI_PLACE_UNKNOWN = 0,
#define NOI_PLACE_ENUM(name, key) name,
    NOI_PLACE_TABLE(NOI_PLACE_ENUM)
#undef NOI_PLACE_ENUM
} noi_matter_place;

/* X(name, key): who handles a case. Three bits of a case's flags hold it: values are stable. */
#define NOI_HANDLER_TABLE(X)                                                                       \
    X(NOI_HANDLER_COMMUNE, "commune")                                                              \
    X(NOI_HANDLER_DISTRICT, "district")           /* until the reform */                           \
    X(NOI_HANDLER_DEPARTMENT, "department")       /* of the province (sở) */                       \
    X(NOI_HANDLER_CITY_CENTRE, "city_centre")     /* the province's centre for public services */  \
    X(NOI_HANDLER_LAND_REGISTRY, "land_registry") /* a branch of the land registration office */   \
    X(NOI_HANDLER_POLICE, "police")

typedef enum noi_handler {
    NOI_HANDLER_UNKNOWN = 0,
#define NOI_HANDLER_ENUM(name, key) name,
    NOI_HANDLER_TABLE(NOI_HANDLER_ENUM)
#undef NOI_HANDLER_ENUM
        NOI_N_HANDLERS
} noi_handler;

/* "commune"; "" for NOI_HANDLER_UNKNOWN. Likewise for places. Static storage. */
const char *noi_handler_key(noi_handler handler);
const char *noi_matter_place_key(noi_matter_place place);
/* The handler for people, translated: "commune", "department of the province", "not stated". */
const char *noi_handler_words(noi_handler handler);
/* The unknown one for a word that is none. */
noi_handler noi_handler_by_key(noi_str key);
noi_matter_place noi_matter_place_by_key(noi_str key);

typedef struct noi_procedure {
    uint32_t code;      /* "1.009994" as 1009994; 0: the row is about a field */
    const char *field;  /* folded; "" for none */
    noi_code province;  /* of the new unit; 0 for the whole country */
    noi_matter_place place;
    noi_handler before, after;
    uint32_t rules;     /* bit n: rule Rn may apply */
    const char *pattern, *name, *basis; /* as the row writes them: code or field; "" for none */
} noi_procedure;

typedef struct noi_procedures noi_procedures;

/* All rows of the registry; none is no error. */
NOI_MUST_CHECK noi_status noi_procedures_load(noi_procedures **out, noi_registry *registry);
void noi_procedures_free(noi_procedures *procedures); /* accepts NULL */
NOI_DEFINE_AUTO(noi_procedures, noi_procedures_free)
size_t noi_procedures_count(const noi_procedures *procedures); /* 0 for NULL */

/* "1.009994", also with an agency behind it ("1.009994.000.00.00.H29"): 1009994; 0 for no code. */
uint32_t noi_procedure_code(noi_str text);

/* The row that speaks of a case: that of its code before that of its field, that of the province
 * before that of the country; NULL for none. `province` 0: not known, then only rows of the whole
 * country speak. */
const noi_procedure *noi_procedure_find(const noi_procedures *procedures, uint32_t code,
                                        noi_str field, noi_code province);

typedef struct noi_office {
    const char *old_id, *new_id, *unit_code, *name; /* "" for none */
    noi_day starts_on;                              /* of the new id; NOI_DAY_NONE when not stated */
} noi_office;

typedef struct noi_offices noi_offices;
NOI_MUST_CHECK noi_status noi_offices_load(noi_offices **out, noi_registry *registry);
void noi_offices_free(noi_offices *offices); /* accepts NULL */
NOI_DEFINE_AUTO(noi_offices, noi_offices_free)
size_t noi_offices_count(const noi_offices *offices); /* 0 for NULL */
/* What an agency id became as of a day (the last row that has begun by then; NOI_DAY_NONE: the last
 * of all); NULL for none. */
const noi_office *noi_office_find(const noi_offices *offices, noi_str old_id, noi_day on);

#endif
