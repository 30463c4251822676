/*
 * table.h: rows of named columns, whatever the format. CSV is read in place from a mapped file;
 * everything else comes through OGR. Fields are bytes as the file has them: values.h turns them
 * into text.
 */
#ifndef NOI_IMPORTERS_TABLE_H
#define NOI_IMPORTERS_TABLE_H

#include "address/text.h"
#include "importers/import.h"

typedef struct noi_table_row {
    size_t n;
    const noi_str *field; /* p == NULL: no value; borrowed until the next row */
    int64_t line;         /* line of a CSV or a sheet (the header is 1), feature number otherwise */
    noi_str raw;          /* the row as it stands in a CSV file; p == NULL in other formats */
    noi_reject defect;    /* NOI_REJECT_NONE, or why the row cannot be read */
} noi_table_row;

typedef struct noi_table noi_table;

/* `encoding` as in noi_import_options, `layer` too. NOI_ERR_INPUT when the encoding cannot be told
 * (the hint names --encoding), when the file has several layers and none is named. */
NOI_MUST_CHECK noi_status noi_table_open(noi_table **out, const char *path, const char *encoding,
                                         const char *layer);
void noi_table_close(noi_table *table); /* accepts NULL */
NOI_DEFINE_AUTO(noi_table, noi_table_close)

size_t noi_table_n_columns(const noi_table *table);
const noi_str *noi_table_columns(const noi_table *table); /* UTF-8, NFC */
/* What the format itself says of a column; always text in CSV. */
typedef enum noi_column_type { NOI_COLUMN_TEXT, NOI_COLUMN_NUMBER, NOI_COLUMN_DAY } noi_column_type;
noi_column_type noi_table_column_type(const noi_table *table, size_t column);
noi_encoding noi_table_encoding(const noi_table *table);
/* The CRS of the file's points, which are its last two columns, x and y; NULL for none. */
const char *noi_table_crs(const noi_table *table);
/* True: fields that lie inside row.raw live as long as the table. */
bool noi_table_is_mapped(const noi_table *table);
/* Texts of an OGR format that hold the bytes of a one-byte encoding as Latin letters. */
bool noi_table_is_latin(const noi_table *table);

NOI_MUST_CHECK noi_status noi_table_next(noi_table_row *out, bool *more, noi_table *table);

/* For progress: how far, of how much. */
size_t noi_table_position(const noi_table *table);
size_t noi_table_size(const noi_table *table);

/* A whole text file as UTF-8, NFC, appended to `out`; `encoding` as in noi_import_options. For
 * texts that are no tables: resolutions. */
NOI_MUST_CHECK noi_status noi_text_file_read(noi_buf *out, noi_encoding *found, const char *path,
                                             const char *encoding);

/* ogr.c: the other formats. */
typedef struct noi_ogr noi_ogr;
bool noi_ogr_claims(const char *path, noi_str head); /* by magic bytes, then by the name's ending */
NOI_MUST_CHECK noi_status noi_ogr_open(noi_ogr **out, const char *path, const char *layer);
void noi_ogr_close(noi_ogr *ogr);
const noi_str *noi_ogr_columns(size_t *n, const noi_ogr *ogr);
noi_column_type noi_ogr_column_type(const noi_ogr *ogr, size_t column);
const char *noi_ogr_crs(const noi_ogr *ogr);
NOI_MUST_CHECK noi_status noi_ogr_next(noi_table_row *out, bool *more, noi_ogr *ogr);
size_t noi_ogr_n_rows(const noi_ogr *ogr); /* 0 when the format cannot tell */

#endif
