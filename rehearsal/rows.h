/* rows.h: the records as CSV rows, appended to a buffer, and the lines of the answer key. */
#ifndef NOI_REHEARSAL_ROWS_H
#define NOI_REHEARSAL_ROWS_H

#include "rehearsal/people.h"

/* How one file of addresses is written. */
typedef struct noi_row_style {
    char delimiter;
    bool nfd, small; /* text in NFD; in small letters */
    bool projected;  /* x, y in metres instead of degrees */
} noi_row_style;

void noi_add_address_id(noi_buf *out, uint64_t number);   /* "A00000001" for 0 */
void noi_add_household_id(noi_buf *out, uint64_t number); /* "H00000001" */
void noi_add_parcel_id(noi_buf *out, uint64_t number);    /* "P00000001" */

/* id, text, old_code, lon, lat, error_m (or x, y). */
void noi_add_address_row(noi_buf *out, const noi_address *address, uint64_t number,
                         const noi_row_style *style);
void noi_add_household_row(noi_buf *out, const noi_household *household, uint64_t number,
                           const noi_city *city, noi_buf *scratch);
/* The household's members; *next is the number of the next member. */
void noi_add_member_rows(noi_buf *out, const noi_household *household, uint64_t number,
                         uint64_t *next);
void noi_add_parcel_row(noi_buf *out, const noi_parcel *parcel, uint64_t number);
/* `serials` counts dossiers by agency and day: noi_case_serials(city) zeroed entries. */
void noi_add_case_row(noi_buf *out, noi_buf *id, const noi_case *c, const noi_city *city,
                      uint32_t *serials);
/* system,received_on,office as documents and accounts have them. */
void noi_add_document_row(noi_buf *out, noi_buf *id, const noi_case *c, const noi_city *city,
                          uint64_t number);
void noi_add_account_row(noi_buf *out, noi_buf *id, const noi_case *c, const noi_city *city,
                         uint64_t number);
/* The id of a department's agency, 1 .. NOI_DEPARTMENTS. */
void noi_add_department_id(noi_buf *out, const noi_city *city, uint32_t department);
/* The columns of a case. */
void noi_add_later_row(noi_buf *out, noi_buf *id, const noi_case *c, const noi_city *city,
                       uint64_t number);
void noi_add_report_row(noi_buf *out, noi_buf *id, const noi_case *c, uint64_t number);
/* The id of an agency: an old unit's, or from n_old on a district's. */
void noi_add_agency_id(noi_buf *out, const noi_city *city, uint32_t agency);
size_t noi_case_serials(const noi_city *city);

/* id,trap,new_code,expected */
void noi_add_truth(noi_buf *out, noi_str id, const noi_fate *fate, const noi_tables *tables);

#endif
