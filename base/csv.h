/*
 * csv.h: CSV, the one format that carries tens of millions of rows. The reader walks a mapped file
 * and hands out views: no copy, no allocation per row, except for fields with doubled quotes, which
 * are unescaped into a buffer of the reader.
 *
 * RFC 4180 with the liberties that exports take: comma, semicolon or tab (sniffed from the header),
 * LF or CRLF, a UTF-8 byte order mark. Bytes are not interpreted beyond that: the encoding is the
 * caller's matter. A reader belongs to one thread.
 */
#ifndef NOI_BASE_CSV_H
#define NOI_BASE_CSV_H

#include "base/memory.h"

#define NOI_CSV_MAX_FIELDS 512
#define NOI_CSV_MAX_FIELD  (1 << 16) /* bytes; a longer field makes its row bad, not the file */

typedef enum noi_csv_defect {
    NOI_CSV_FINE = 0,
    NOI_CSV_FIELD_TOO_LONG,
    NOI_CSV_TOO_MANY_FIELDS,
    NOI_CSV_OPEN_QUOTE, /* a quote that is not closed, or closed with text behind it: the row ends
                           at its first line end */
} noi_csv_defect;

typedef struct noi_csv_row {
    size_t n;             /* fields */
    const noi_str *field; /* borrowed; valid until the next call of noi_csv_next */
    int64_t line;         /* of the row's first byte; the header is line 1 */
    noi_str raw;          /* the whole row as it stands in the file, without its line end */
    noi_csv_defect defect;
} noi_csv_row;

typedef struct noi_csv noi_csv;

/* Maps `path` and reads its header. NOI_ERR_IO as noi_map_open; NOI_ERR_INPUT for an empty file, a
 * header with a NUL byte, or one with empty or doubled column names. */
NOI_MUST_CHECK noi_status noi_csv_open(noi_csv **out, const char *path);
/* The same over bytes that outlive the reader; `name` is used in messages. */
NOI_MUST_CHECK noi_status noi_csv_open_bytes(noi_csv **out, const char *name, noi_str bytes);
void noi_csv_close(noi_csv *csv); /* accepts NULL */
NOI_DEFINE_AUTO(noi_csv, noi_csv_close)

const noi_csv_row *noi_csv_header(const noi_csv *csv);
char noi_csv_delimiter(const noi_csv *csv);
/* The column of that name (ASCII case does not count), -1 for none. */
int noi_csv_column(const noi_csv *csv, const char *name);
/* The next row, skipping empty lines; false at the end. A bad row comes with its defect. */
bool noi_csv_next(noi_csv_row *out, noi_csv *csv);
/* Bytes consumed and in all, for progress. */
size_t noi_csv_position(const noi_csv *csv);
size_t noi_csv_size(const noi_csv *csv);

/* Appends one field, quoted when it must be; the caller adds commas and line ends. */
void noi_csv_add_field(noi_buf *out, noi_str field);

#endif
