/*
 * values.h: from the bytes of a field to what is stored: text in UTF-8, NFC; days, numbers, codes.
 * Pure functions over one row and one arena, so that rows can be read on several threads.
 */
#ifndef NOI_IMPORTERS_VALUES_H
#define NOI_IMPORTERS_VALUES_H

#include "importers/columns.h"
#include "importers/table.h"

typedef struct noi_value {
    noi_str text;   /* as stored: trimmed, NFC; a day as YYYY-MM-DD; p == NULL when absent */
    double number;  /* of the types that are numbers; NaN when absent */
    noi_str moment; /* a day's text as written, where it tells an hour as well; else p == NULL */
} noi_value;

/* How the rows of one file are read; shared by all threads. */
typedef struct noi_reading_rules {
    const noi_file_kind *kind;
    noi_encoding encoding;
    bool latin; /* see noi_table_is_latin */
} noi_reading_rules;

/* What became of one row. */
typedef struct noi_row_outcome {
    noi_reject reason; /* NOI_REJECT_NONE: the values may be stored */
    size_t field;      /* which field is to blame, where one is */
    bool converted;    /* some text is not the bytes of the file */
    int lost_zeros;    /* codes of communes with fewer than five digits */
    noi_error_from error_from; /* who says how far the point is off */
    bool unknown_geocoder;     /* its geocoder was asked, and nothing is said of it */
} noi_row_outcome;

/* Reads the fields of a row: fields[i] are the bytes of field i of the kind (p == NULL: the file
 * has no such column or no such value). values[i] may point into fields[i] or into the arena.
 * `scratch` is working memory, reused from row to row. */
noi_row_outcome noi_values_read(noi_value *values, const noi_str *fields,
                                const noi_reading_rules *rules, noi_arena *arena, noi_buf *scratch);

/* A number as people write it: a point or a comma before the decimals, no grouping. NaN when the
 * text is none. */
double noi_number_read(noi_str text);

#endif
