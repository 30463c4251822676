/*
 * xlsx_check.h: is an XLSX file what was written into it? libxlsxwriter writes through temporary files and
 * does not ask whether they took it: on a full disk it makes a file that lacks rows and says nothing.
 */
#ifndef NOI_EXPORTERS_XLSX_CHECK_H
#define NOI_EXPORTERS_XLSX_CHECK_H

#include "base/memory.h"

#include <stdbool.h>

/* What was put into the one sheet. */
typedef struct noi_xlsx_counts {
    uint64_t rows, cells, choices; /* rows with a cell; cells that offer choices */
    uint64_t letters;              /* bytes of the texts of all cells, as XML writes them */
} noi_xlsx_counts;

/* The bytes that XML takes for a text. */
size_t noi_xlsx_letters(const char *text);

/* Whether every document in the file is whole XML and the sheet holds as much as was put into it. Reads
 * the file once through, in constant memory. */
bool noi_xlsx_holds(const char *path, const noi_xlsx_counts *put);

#endif
