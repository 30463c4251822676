/*
 * columns.h: what each kind of file holds: its fields, their types, and the names under which
 * people's and systems' files carry them. Tables, no code paths: a new name is one more word.
 */
#ifndef NOI_IMPORTERS_COLUMNS_H
#define NOI_IMPORTERS_COLUMNS_H

#include "importers/import.h"

typedef enum noi_field_type {
    NOI_FIELD_KEY, /* an identifier; never empty when required */
    NOI_FIELD_TEXT,
    NOI_FIELD_CODE,        /* the code of a commune as written; lost zeros are counted */
    NOI_FIELD_UNIT,        /* the code of a ward, district or agency as written */
    NOI_FIELD_STRICT_CODE, /* 2 to 6 digits, else the row is rejected */
    NOI_FIELD_DAY,         /* stored as YYYY-MM-DD */
    NOI_FIELD_STATUS,      /* 1 to 10 */
    NOI_FIELD_FLAG,        /* 0 or 1 */
    NOI_FIELD_COUNT,       /* a whole number >= 0 */
    NOI_FIELD_REAL,        /* a number >= 0 */
    NOI_FIELD_X,           /* degrees east or metres */
    NOI_FIELD_Y,
    NOI_FIELD_ERROR,    /* of the point: metres >= 0 */
    NOI_FIELD_GEOCODER, /* who made the point; decides its error, is not stored itself */
    NOI_FIELD_CHANGED,  /* when the record changed at its source; see moment.h */
    NOI_FIELD_GONE,     /* 1: it is deleted there; not stored itself */
} noi_field_type;

typedef struct noi_field {
    const char *name;
    noi_field_type type;
    bool required;
    const char *known; /* other names, folded and without spaces, one space between */
} noi_field;

#define NOI_MAX_FIELDS 20

typedef struct noi_file_kind {
    const noi_field *fields;
    size_t n;
    const char *any_of; /* fields of which the file must have at least one; NULL for none */
    const char *insert; /* query that stores one row; NULL where a kind has its own importer */
    const char *first;  /* query that tells where a key was stored first */
    bool keeps_raw;     /* a parameter of `insert` behind the fields: the row's bytes */
    bool keeps_moments; /* then, for each day in order, its text where it tells an hour */
    bool sorts_keys;    /* has queries <insert>_any, _at, _unindex and _index, see records.c */
    const char *table;  /* of records: where they lie, for catch_up.c; NULL for other kinds */
    int record_kind;    /* as table record_kind; 5: member */
} noi_file_kind;

const noi_file_kind *noi_file_kind_of(noi_import_kind kind);

/* "Mã hồ sơ", "MA_HO_SO" → "mahoso": letters and digits alone, bare; cut after 63. */
void noi_column_key(char out[64], noi_str name);

/* Whether `word` stands in a list of words with one space between; false for "". */
bool noi_word_in(const char *words, const char *word);

/* Where each field of the kind stands in the file: columns[i] is -1 for a field that is absent.
 * `names` are the file's columns, UTF-8, NFC. Planar is set when coordinates came as x and y.
 * NOI_ERR_USAGE for a map that is no map, NOI_ERR_INPUT for columns that are not there; the hint
 * lists those that are. Appends "id=MaHoSo,text=DiaChi" to `mapping`. */
NOI_MUST_CHECK noi_status noi_columns_find(int columns[NOI_MAX_FIELDS], bool *planar,
                                           noi_buf *mapping, noi_import_kind kind, const char *file,
                                           const noi_str *names, size_t n_names,
                                           const char *const *maps, size_t n_maps);

#endif
