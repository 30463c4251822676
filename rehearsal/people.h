/*
 * people.h: the records of the rehearsal city. Each is a pure function of the city and its number,
 * so that a household can refer to an address, and a case to a household, without either being kept
 * in memory, and so that several threads write several files.
 */
#ifndef NOI_REHEARSAL_PEOPLE_H
#define NOI_REHEARSAL_PEOPLE_H

#include "base/date.h"
#include "rehearsal/city.h"

/* The first number of a file; of NOI_ADDRESS_FILES: how many addresses there are. */
uint64_t noi_address_begin(const noi_city *city, noi_address_file file);

/* What is decided about a record before it is written. */
typedef struct noi_fate {
    noi_trap trap;
    noi_expected expected;
    uint32_t piece;    /* where it truly lies; NOI_TABLE_NONE for nowhere in the city */
    uint32_t new_unit; /* the right answer; NOI_TABLE_NONE when there is none */
    uint32_t other;    /* the former unit, new unit or second piece that the trap plays with */
    bool has_text, has_code, has_point;
} noi_fate;

typedef struct noi_address {
    noi_fate fate;
    noi_buf text;    /* UTF-8, NFC; kept from call to call */
    char code[16];   /* as written; "" for none */
    double lon, lat; /* as written: degrees, NaN for none */
    int error_m;     /* -1 for none */
    bool in_metres;  /* lon, lat hold UTM-like metres: written with two decimals */
} noi_address;

/* What becomes of address `number`; cheap. */
noi_fate noi_address_fate(const noi_city *city, uint64_t number);
/* The whole address. `out` starts zeroed; its text is reused. Yours: noi_buf_free(&out->text). */
void noi_address_make(noi_address *out, const noi_city *city, uint64_t number);

typedef struct noi_household {
    noi_fate fate;
    uint64_t address; /* number; UINT64_MAX for one that does not exist; see has_address */
    bool has_address;
    uint32_t n_members; /* that are listed */
    uint64_t torn_to;   /* address of the last member when torn, else UINT64_MAX */
    char code[16];
} noi_household;
void noi_household_make(noi_household *out, const noi_city *city, uint64_t number);

typedef struct noi_parcel {
    noi_fate fate;
    uint32_t sheet, plot;
    double lon, lat;
    int error_m;
    char code[16];
} noi_parcel;
void noi_parcel_make(noi_parcel *out, const noi_city *city, uint64_t number);

/* Departments and their one procedure are made up: no catalogue has a code that begins with 9. */
#define NOI_DEPARTMENTS          6
#define NOI_DEPARTMENT_PROCEDURE "9.000001"

typedef struct noi_case {
    noi_fate fate;
    const char *procedure;
    noi_day received_on, due_on;
    int status;
    char intake[16], handling[16];
    uint32_t agency; /* old unit, or n_old + district: whose serial the dossier code counts */
    bool by_agency;  /* the handling unit is written as an agency's id */
    uint32_t department; /* 1 .. NOI_DEPARTMENTS: its agency is this department's; 0: a unit's */
    noi_buf text, office; /* address of the object, of the head office */
    double lon, lat;
    int error_m;
    bool has_parcel, has_household;
    uint64_t parcel, household; /* numbers; UINT64_MAX for one that does not exist */
} noi_case;
/* As noi_address_make about `text` and `office`. */
void noi_case_make(noi_case *out, const noi_city *city, uint64_t number);
/* A document addressed to a ward's office, and an account of one. */
void noi_document_make(noi_case *out, const noi_city *city, uint64_t number);
void noi_account_make(noi_case *out, const noi_city *city, uint64_t number);
/* A case that a new commune received after the change: its own, or one of a department, which it only
 * takes in. */
void noi_later_case_make(noi_case *out, const noi_city *city, uint64_t number);
/* A citizen's report: of a case's fields, those that a report has. */
void noi_report_make(noi_case *out, const noi_city *city, uint64_t number);

#endif
