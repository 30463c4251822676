/* table.c: one row reader over CSV and OGR, and the question of a CSV file's encoding. */
#include "importers/table.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SAMPLE_BYTES (1u << 20)
#define CHUNK_BYTES  (1u << 20)

struct noi_table {
    noi_csv *csv;
    noi_ogr *ogr;
    noi_map *map; /* of the file, or of its copy in UTF-8 */
    noi_encoding encoding;
    bool latin;
    noi_str *columns;
    size_t n_columns, n_read;
    noi_arena *arena; /* of the columns' names */
};

/* ---- encoding -------------------------------------------------------------------------------- */

static bool has_prefix(noi_str bytes, const char *prefix, size_t n) {
    return bytes.n >= n && memcmp(bytes.p, prefix, n) == 0;
}

/* Where the first byte above 0x7F stands, n when there is none. */
static size_t first_high_byte(noi_str bytes) {
    size_t i = 0;
    for (; i + 8 <= bytes.n; i += 8) {
        uint64_t word;
        memcpy(&word, bytes.p + i, 8);
        if (word & 0x8080808080808080u)
            break;
    }
    while (i < bytes.n && (unsigned char)bytes.p[i] < 0x80)
        i++;
    return i;
}

/* The part of a file by which its encoding is told: it begins with the line of the first letter
 * that is not ASCII, since a header and thousands of rows may have none. */
static noi_str sample_of(noi_str bytes) {
    size_t from = first_high_byte(bytes);
    if (from == bytes.n)
        from = 0;
    while (from > 0 && bytes.p[from - 1] != '\n')
        from--;
    size_t n = bytes.n - from;
    if (n <= SAMPLE_BYTES)
        return (noi_str){bytes.p + from, n};
    n = SAMPLE_BYTES;
    while (n > 1 && bytes.p[from + n - 1] != '\n')
        n--;
    return (noi_str){bytes.p + from, n > 1 ? n : SAMPLE_BYTES};
}

/* Lines with letters that are not ASCII tell the encoding; those of a one-byte encoding are as good
 * as never valid UTF-8. Where a file mixes the two, the larger part names the file's encoding (rows
 * of the other are rejected, one by one, with certainty); halves are not decided. */
static noi_encoding detect(noi_str sample) {
    NOI_AUTO_BUF noi_buf others = {0};
    size_t n_utf8 = 0, n_others = 0;
    for (size_t at = 0; at < sample.n;) {
        const char *from = sample.p + at;
        const char *lf = memchr(from, '\n', sample.n - at);
        noi_str line = {from, lf ? (size_t)(lf - from) + 1 : sample.n - at};
        at += line.n;
        if (first_high_byte(line) == line.n)
            continue;
        bool valid = noi_utf8_is_valid(line);
        n_utf8 += valid;
        n_others += !valid;
        if (!valid)
            noi_buf_add(&others, line.p, line.n);
    }
    if (n_others == 0 || n_utf8 > n_others)
        return NOI_ENCODING_UTF8;
    if (n_utf8 == n_others)
        return NOI_ENCODING_UNKNOWN;
    return noi_encoding_detect(noi_buf_view(&others));
}

static noi_status fail_binary(const char *name) {
    noi_status status = noi_fail_at(NOI_ERR_INPUT, name, 0, _("this is not a table of text"));
    noi_hint(_("CSV, XLSX, ODS, GeoPackage, SQLite and DBF files are read"));
    return status;
}

static noi_status find_encoding(noi_encoding *out, const char *name, noi_str bytes,
                                const char *wanted) {
    if (wanted && strcmp(wanted, "auto") != 0) {
        *out = noi_encoding_by_key(wanted);
        if (*out != NOI_ENCODING_UNKNOWN)
            return NOI_OK;
        noi_status status = noi_fail(NOI_ERR_USAGE, _("'%s' is not an encoding noi knows"), wanted);
        noi_hint(_("--encoding takes auto, utf8, utf16le, utf16be, tcvn3, vni or cp1258"));
        return status;
    }
    if (has_prefix(bytes, "\xFF\xFE", 2) || has_prefix(bytes, "\xFE\xFF", 2)) {
        *out = bytes.p[0] == '\xFF' ? NOI_ENCODING_UTF16LE : NOI_ENCODING_UTF16BE;
        return NOI_OK;
    }
    noi_str head = {bytes.p, bytes.n < 4096 ? bytes.n & ~(size_t)1 : 4096};
    if (memchr(head.p, '\0', head.n)) { /* UTF-16 without its mark, or no text at all */
        *out = noi_encoding_detect(head);
        bool wide = *out == NOI_ENCODING_UTF16LE || *out == NOI_ENCODING_UTF16BE;
        return wide ? NOI_OK : fail_binary(name);
    }
    *out = detect(sample_of(bytes));
    if (*out != NOI_ENCODING_UNKNOWN)
        return NOI_OK;
    noi_status status = noi_fail_at(NOI_ERR_INPUT, name, 0, _("its encoding cannot be told"));
    noi_hint(_("name it: --encoding utf8, utf16le, utf16be, tcvn3, vni or cp1258"));
    return status;
}

/* ---- UTF-16: a copy in UTF-8, on disk and already unlinked ----------------------------------- */

/* The end of a piece of at most CHUNK_BYTES that ends behind a line end (UTF-16 code unit 000A). */
static size_t chunk_end(noi_str bytes, size_t from, bool little) {
    if (bytes.n - from <= CHUNK_BYTES)
        return bytes.n;
    for (size_t at = from + CHUNK_BYTES; at > from; at -= 2)
        if (bytes.p[at - (little ? 2 : 1)] == '\n' && bytes.p[at - (little ? 1 : 2)] == '\0')
            return at;
    return from + CHUNK_BYTES;
}

static noi_status write_utf8(FILE *to, noi_str bytes, noi_encoding encoding) {
    NOI_AUTO_BUF noi_buf text = {0};
    bool little = encoding == NOI_ENCODING_UTF16LE;
    for (size_t at = 0; at < bytes.n;) {
        size_t end = chunk_end(bytes, at, little);
        noi_buf_clear(&text);
        NOI_TRY(noi_text_to_utf8(&text, (noi_str){bytes.p + at, end - at}, encoding));
        if (text.n && fwrite(text.p, 1, text.n, to) != text.n)
            return noi_fail_errno(NOI_ERR_IO, _("a temporary file cannot be written"));
        at = end;
    }
    return fflush(to) == 0 ? NOI_OK
                           : noi_fail_errno(NOI_ERR_IO, _("a temporary file cannot be written"));
}

static noi_status map_as_utf8(noi_map **out, noi_str bytes, noi_encoding encoding) {
    FILE *copy = tmpfile();
    if (!copy)
        return noi_fail_errno(NOI_ERR_IO, _("a temporary file cannot be made"));
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(copy));
    noi_status status = write_utf8(copy, bytes, encoding);
    if (status == NOI_OK)
        status = noi_map_open(out, path);
    fclose(copy);
    return status;
}

/* ---- opening --------------------------------------------------------------------------------- */

/* Column names as UTF-8, NFC, trimmed. */
static noi_status keep_columns(noi_table *t, const char *name, const noi_str *names, size_t n) {
    NOI_AUTO_BUF noi_buf text = {0};
    t->columns = noi_arena_alloc(t->arena, (n + 1) * sizeof *t->columns);
    for (size_t i = 0; i < n; i++) {
        noi_buf_clear(&text);
        if (noi_text_to_utf8(&text, names[i], t->encoding) != NOI_OK) {
            noi_status status = noi_fail_at(NOI_ERR_INPUT, name, 1,
                                            _("the name of column %zu is not in encoding %s"),
                                            i + 1, noi_encoding_key(t->encoding));
            noi_hint(_("name the right one with --encoding"));
            return status;
        }
        noi_str trimmed = noi_str_trim(noi_buf_view(&text));
        t->columns[i] = (noi_str){noi_arena_strndup(t->arena, trimmed.p, trimmed.n), trimmed.n};
    }
    t->n_columns = n;
    return NOI_OK;
}

/* Opens the CSV reader; UTF-16 goes through a copy in UTF-8. A file in UTF-8 is mapped by the
 * reader itself, so that it can give pages back that have been read. */
static noi_status open_csv(noi_table *t, const char *path, noi_str bytes, const char *wanted) {
    const char *name = noi_path_base(path);
    NOI_TRY(find_encoding(&t->encoding, name, bytes, wanted));
    bool wide = t->encoding == NOI_ENCODING_UTF16LE || t->encoding == NOI_ENCODING_UTF16BE;
    if (wide) {
        noi_map *copy = NULL;
        NOI_TRY(map_as_utf8(&copy, bytes, t->encoding));
        noi_map_close(t->map);
        t->map = copy;
        NOI_TRY(noi_csv_open_bytes(&t->csv, name, noi_map_bytes(copy)));
    } else {
        NOI_TRY(noi_csv_open(&t->csv, path));
    }
    noi_encoding found = t->encoding;
    t->encoding = wide ? NOI_ENCODING_UTF8 : found;
    const noi_csv_row *header = noi_csv_header(t->csv);
    NOI_TRY(keep_columns(t, name, header->field, header->n));
    t->encoding = found;
    return NOI_OK;
}

static noi_status open_ogr(noi_table *t, const char *path, const char *wanted, const char *layer) {
    noi_encoding named = NOI_ENCODING_UTF8;
    if (wanted && strcmp(wanted, "auto") != 0)
        NOI_TRY(find_encoding(&named, path, NOI_STR(""), wanted));
    NOI_TRY(noi_ogr_open(&t->ogr, path, layer));
    t->encoding = NOI_ENCODING_UTF8;
    size_t n = 0;
    const noi_str *names = noi_ogr_columns(&n, t->ogr);
    NOI_TRY(keep_columns(t, noi_path_base(path), names, n));
    t->encoding = named;
    t->latin =
        named == NOI_ENCODING_TCVN3 || named == NOI_ENCODING_VNI || named == NOI_ENCODING_CP1258;
    return NOI_OK;
}

static noi_status open_any(noi_table *t, const char *path, const char *encoding,
                           const char *layer) {
    NOI_TRY(noi_map_open(&t->map, path));
    noi_str bytes = noi_map_bytes(t->map);
    if (bytes.n == 0) {
        noi_status status =
            noi_fail_at(NOI_ERR_INPUT, noi_path_base(path), 0, _("the file is empty"));
        noi_hint(_("a table begins with a line of column names"));
        return status;
    }
    if (noi_ogr_claims(path, (noi_str){bytes.p, bytes.n < 64 ? bytes.n : 64}))
        return open_ogr(t, path, encoding, layer);
    return open_csv(t, path, bytes, encoding);
}

noi_status noi_table_open(noi_table **out, const char *path, const char *encoding,
                          const char *layer) {
    NOI_AUTO(noi_table_closep) noi_table *t = noi_alloc_zero(1, sizeof *t);
    t->arena = noi_arena_new();
    NOI_TRY(open_any(t, path, encoding, layer));
    *out = t;
    t = NULL;
    return NOI_OK;
}

void noi_table_close(noi_table *table) {
    if (!table)
        return;
    noi_csv_close(table->csv);
    noi_ogr_close(table->ogr);
    noi_map_close(table->map);
    noi_arena_free(table->arena);
    free(table);
}

size_t noi_table_n_columns(const noi_table *table) {
    return table->n_columns;
}

const noi_str *noi_table_columns(const noi_table *table) {
    return table->columns;
}

noi_column_type noi_table_column_type(const noi_table *table, size_t column) {
    return table->ogr ? noi_ogr_column_type(table->ogr, column) : NOI_COLUMN_TEXT;
}

noi_encoding noi_table_encoding(const noi_table *table) {
    return table->encoding;
}

const char *noi_table_crs(const noi_table *table) {
    return table->ogr ? noi_ogr_crs(table->ogr) : NULL;
}

bool noi_table_is_mapped(const noi_table *table) {
    return table->csv != NULL;
}

bool noi_table_is_latin(const noi_table *table) {
    return table->latin;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static noi_reject defect_of(const noi_csv_row *row, size_t n_columns) {
    static const noi_reject reasons[] = {
        [NOI_CSV_FINE] = NOI_REJECT_NONE,
        [NOI_CSV_FIELD_TOO_LONG] = NOI_REJECT_TOO_LONG,
        [NOI_CSV_TOO_MANY_FIELDS] = NOI_REJECT_MANY_FIELDS,
        [NOI_CSV_OPEN_QUOTE] = NOI_REJECT_OPEN_QUOTE,
    };
    if (row->defect != NOI_CSV_FINE)
        return reasons[row->defect];
    if (row->n == n_columns)
        return NOI_REJECT_NONE;
    return row->n < n_columns ? NOI_REJECT_FEW_FIELDS : NOI_REJECT_MANY_FIELDS;
}

noi_status noi_table_next(noi_table_row *out, bool *more, noi_table *table) {
    if (table->ogr) {
        table->n_read++;
        return noi_ogr_next(out, more, table->ogr);
    }
    noi_csv_row row;
    *more = noi_csv_next(&row, table->csv);
    if (!*more)
        return NOI_OK;
    *out = (noi_table_row){.n = row.n,
                           .field = row.field,
                           .line = row.line,
                           .raw = row.raw,
                           .defect = defect_of(&row, table->n_columns)};
    return NOI_OK;
}

size_t noi_table_position(const noi_table *table) {
    return table->csv ? noi_csv_position(table->csv) : table->n_read;
}

size_t noi_table_size(const noi_table *table) {
    return table->csv ? noi_csv_size(table->csv) : noi_ogr_n_rows(table->ogr);
}

noi_status noi_text_file_read(noi_buf *out, noi_encoding *found, const char *path,
                              const char *encoding) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, path));
    noi_encoding chosen = NOI_ENCODING_UNKNOWN;
    NOI_TRY(find_encoding(&chosen, noi_path_base(path), noi_map_bytes(map), encoding));
    NOI_TRY(noi_text_to_utf8(out, noi_map_bytes(map), chosen));
    *found = chosen;
    return NOI_OK;
}
