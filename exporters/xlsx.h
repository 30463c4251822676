/*
 * xlsx.h: writing an XLSX file (libxlsxwriter), row by row in constant memory. The file appears
 * whole or not at all (written beside and renamed), readable by its owner alone: lists tell of
 * people. Deterministic: no clock is written.
 */
#ifndef NOI_EXPORTERS_XLSX_H
#define NOI_EXPORTERS_XLSX_H

#include "base/memory.h"

#include <stdbool.h>

typedef struct noi_xlsx noi_xlsx;

typedef enum noi_xlsx_type {
    NOI_XLSX_TEXT,   /* also what looks like a number: a code keeps its zeros */
    NOI_XLSX_NUMBER, /* a text that is no number is written as text */
    NOI_XLSX_DAY     /* "2025-07-01"; likewise */
} noi_xlsx_type;

typedef struct noi_xlsx_column {
    noi_str title;
    noi_xlsx_type type;
    int width; /* characters; 0 for a usual one */
} noi_xlsx_column;

#define NOI_XLSX_MOST_ROWS    1048575 /* below the title */
#define NOI_XLSX_MOST_LETTERS 32767   /* of a cell */

/* An existing file of that name is replaced on commit. Yours: noi_xlsx_close. */
NOI_MUST_CHECK noi_status noi_xlsx_create(noi_xlsx **out, const char *path);
void noi_xlsx_close(noi_xlsx *xlsx); /* accepts NULL; without commit nothing is left behind */
NOI_DEFINE_AUTO(noi_xlsx, noi_xlsx_close)

/* The one sheet: its name (31 letters at most, without []:*?/\) and its columns, as a bold row that
 * stays in sight. */
NOI_MUST_CHECK noi_status noi_xlsx_begin(noi_xlsx *xlsx, const char *sheet,
                                         const noi_xlsx_column *columns, size_t n);
/* One row; fields with p == NULL are left empty. NOI_ERR_INPUT for a row too many, or a field that is
 * longer than a cell. */
NOI_MUST_CHECK noi_status noi_xlsx_row(noi_xlsx *xlsx, const noi_str *fields, size_t n);
/* The cell of the row written last offers these texts to choose from. Longer lists than a cell takes
 * (255 letters) are not offered. */
void noi_xlsx_choices(noi_xlsx *xlsx, size_t column, const char *const *choices, size_t n);
NOI_MUST_CHECK noi_status noi_xlsx_commit(noi_xlsx *xlsx);

/* Whether a path asks for this format by its ending. */
bool noi_xlsx_is_named(const char *path);

#endif
