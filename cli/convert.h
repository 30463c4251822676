/* convert.h: what the ways of `noi convert` share: the options, the appended columns, the account. */
#ifndef NOI_CLI_CONVERT_H
#define NOI_CLI_CONVERT_H

#include "plan/lookup.h"

#define CONVERT_ROWS        4096 /* of a batch */
#define CONVERT_MOST_PARTS  8    /* columns that make one address */
#define CONVERT_N_COLUMNS   8
extern const char *const convert_columns[CONVERT_N_COLUMNS]; /* that are appended */

typedef struct convert_options {
    const char *in, *out, *code_column, *encoding, *layer;
    const char *parts[CONVERT_MOST_PARTS]; /* columns of the address, in the order to be read */
    size_t n_parts;
    const noi_plan *plan;
    noi_day as_of;
} convert_options;

typedef struct convert_account {
    uint64_t status[NOI_UNPLACED + 1];
    uint64_t method[32], reason[32], warning[32]; /* by value; warnings by bit */
    uint64_t n_bad;
} convert_account;

void convert_count(convert_account *account, const noi_verdict *verdicts, size_t n);
void convert_sum(convert_account *account, const convert_account *more);

/* The eight fields for one verdict, behind one another in `bytes`; field[i] begins at at[i], ends at
 * at[i + 1]. */
typedef struct convert_fields {
    noi_buf bytes;
    size_t at[CONVERT_N_COLUMNS + 1];
} convert_fields;
void convert_fill(convert_fields *out, const noi_plan *plan, const noi_verdict *verdict);

/* NOI_ERR_INPUT, with the columns that there are, when it is missing; *out = -1 for name == NULL. */
NOI_MUST_CHECK noi_status convert_find(int *out, const noi_str *columns, size_t n, const char *name);
/* NOI_ERR_INPUT when the table has one of the appended columns already. */
NOI_MUST_CHECK noi_status convert_refuse_twice(const noi_str *columns, size_t n);
/* Adds a part of an address behind the others. */
void convert_add_part(noi_buf *to, size_t from, noi_str part);

/* UTF-8 CSV to CSV: rows keep their very bytes. */
NOI_MUST_CHECK noi_status convert_csv(convert_account *out, const convert_options *o);
/* Everything else: rows become text in UTF-8. */
NOI_MUST_CHECK noi_status convert_table(convert_account *out, const convert_options *o);

#endif
