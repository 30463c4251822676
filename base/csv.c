/* csv.c: a CSV reader over mapped bytes; see csv.h. */
#include "base/csv.h"

#include "base/file.h"
#include "base/i18n.h"

#include <string.h>
#include <strings.h>

struct noi_csv {
    noi_map *map; /* NULL over bytes of the caller */
    char *name;
    const char *start, *p, *end;
    int64_t line;
    char delimiter;
    noi_str fields[NOI_CSV_MAX_FIELDS];
    noi_buf unescaped;
    noi_csv_row header;
    noi_str *header_fields;
    noi_buf header_text;
    size_t released;
};

static char sniff_delimiter(noi_str header) {
    size_t commas = 0, semicolons = 0, tabs = 0;
    bool quoted = false;
    for (size_t i = 0; i < header.n; i++) {
        char c = header.p[i];
        quoted ^= c == '"';
        commas += !quoted && c == ',';
        semicolons += !quoted && c == ';';
        tabs += !quoted && c == '\t';
    }
    if (tabs > commas && tabs >= semicolons)
        return '\t';
    return semicolons > commas ? ';' : ',';
}

/* Where the quoted field that starts behind `p` ends (its closing quote), NULL when it does not. */
static const char *closing_quote(const char *p, const char *end, bool *doubled) {
    for (;;) {
        p = memchr(p, '"', (size_t)(end - p));
        if (!p)
            return NULL;
        if (p + 1 < end && p[1] == '"') {
            *doubled = true;
            p += 2;
            continue;
        }
        return p;
    }
}

/* Undoubles quotes into the reader's buffer; the view is fixed up after the row is complete, since
 * the buffer may move: until then p holds the offset. */
static noi_str undouble(noi_csv *csv, const char *from, const char *to) {
    size_t at = csv->unescaped.n;
    while (from < to) {
        const char *quote = memchr(from, '"', (size_t)(to - from));
        const char *stop = quote ? quote + 1 : to;
        noi_buf_add(&csv->unescaped, from, (size_t)(stop - from));
        from = quote ? quote + 2 : to;
    }
    return (noi_str){NULL, csv->unescaped.n - at};
}

static const char *line_end(const char *p, const char *end) {
    const char *lf = memchr(p, '\n', (size_t)(end - p));
    return lf ? lf : end;
}

static int64_t count_lines(const char *p, const char *end) {
    int64_t n = 0;
    while ((p = memchr(p, '\n', (size_t)(end - p)))) {
        n++;
        p++;
    }
    return n;
}

/* Puts one field into place; too long or too many makes the row bad but reading goes on. */
static void keep_field(noi_csv *csv, noi_csv_row *row, noi_str field) {
    if (field.n > NOI_CSV_MAX_FIELD)
        row->defect = NOI_CSV_FIELD_TOO_LONG;
    if (row->n == NOI_CSV_MAX_FIELDS) {
        row->defect = NOI_CSV_TOO_MANY_FIELDS;
        return;
    }
    csv->fields[row->n++] = field;
}

/* A stray quote opens a field that the next quote of some later row seems to close; what tells is
 * that text follows it. Spaces are let pass. */
static bool closes_field(const noi_csv *csv, const char *close) {
    const char *p = close + 1;
    while (p < csv->end && *p == ' ')
        p++;
    return p == csv->end || *p == csv->delimiter || *p == '\n' || *p == '\r';
}

/* Reads the quoted field at p; returns where it ends. */
static const char *read_quoted(noi_csv *csv, noi_csv_row *row, const char *p) {
    bool doubled = false;
    const char *close = closing_quote(p + 1, csv->end, &doubled);
    if (!close || !closes_field(csv, close)) {
        row->defect = NOI_CSV_OPEN_QUOTE;
        const char *stop = line_end(p, csv->end);
        keep_field(csv, row, (noi_str){p, (size_t)(stop - p)});
        return stop;
    }
    row->line = csv->line; /* the caller counts the line ends inside the raw row */
    noi_str field = {p + 1, (size_t)(close - p - 1)};
    keep_field(csv, row, doubled ? undouble(csv, p + 1, close) : field);
    p = close + 1;
    while (p < csv->end && *p != csv->delimiter && *p != '\n')
        p++;
    return p;
}

static const char *read_plain(noi_csv *csv, noi_csv_row *row, const char *p) {
    const char *from = p;
    char delimiter = csv->delimiter;
    while (p < csv->end && *p != delimiter && *p != '\n')
        p++;
    size_t n = (size_t)(p - from);
    if (n && from[n - 1] == '\r' && (p == csv->end || *p == '\n'))
        n--;
    keep_field(csv, row, (noi_str){from, n});
    return p;
}

/* Gives the undoubled fields their addresses, now that the buffer does not move any more. */
static void place_undoubled(noi_csv *csv, noi_csv_row *row) {
    size_t at = 0;
    for (size_t i = 0; csv->unescaped.n && i < row->n; i++) {
        if (csv->fields[i].p)
            continue;
        csv->fields[i].p = csv->unescaped.p + at;
        at += csv->fields[i].n;
    }
}

static void read_row(noi_csv_row *out, noi_csv *csv) {
    const char *from = csv->p, *p = csv->p;
    noi_csv_row row = {.field = csv->fields, .line = csv->line};
    noi_buf_clear(&csv->unescaped);
    bool quoted = false;
    for (;;) {
        if (p < csv->end && *p == '"') {
            quoted = true;
            p = read_quoted(csv, &row, p);
        } else {
            p = read_plain(csv, &row, p);
        }
        if (p >= csv->end || *p == '\n')
            break;
        p++;
    }
    size_t n = (size_t)(p - from);
    csv->line += 1 + (quoted ? count_lines(from, p) : 0);
    csv->p = p < csv->end ? p + 1 : p;
    row.raw = (noi_str){from, n && from[n - 1] == '\r' ? n - 1 : n};
    place_undoubled(csv, &row);
    *out = row;
}

static bool at_empty_line(const noi_csv *csv) {
    return csv->p < csv->end &&
           (*csv->p == '\n' || (*csv->p == '\r' && csv->p + 1 < csv->end && csv->p[1] == '\n'));
}

bool noi_csv_next(noi_csv_row *out, noi_csv *csv) {
    while (at_empty_line(csv)) {
        csv->p += *csv->p == '\r' ? 2 : 1;
        csv->line++;
    }
    if (csv->p >= csv->end)
        return false;
    read_row(out, csv);
    size_t position = noi_csv_position(csv);
    if (csv->map && position - csv->released > (64u << 20)) {
        noi_map_done_with(csv->map, position - (1u << 20));
        csv->released = position;
    }
    return true;
}

static noi_status fail_doubled(const noi_csv *csv, size_t first, size_t second) {
    noi_status status =
        noi_fail_at(NOI_ERR_INPUT, csv->name, 1, _("columns %zu and %zu are both named '%.*s'"),
                    first + 1, second + 1, NOI_STR_ARG(csv->header.field[second]));
    noi_hint(_("give one of them another name in the first line"));
    return status;
}

static noi_status check_header(const noi_csv *csv) {
    const noi_csv_row *h = &csv->header;
    noi_status status = NOI_OK;
    if (h->defect != NOI_CSV_FINE || memchr(h->raw.p, '\0', h->raw.n)) {
        status =
            noi_fail_at(NOI_ERR_INPUT, csv->name, 1, _("the header is not that of a CSV file"));
        if (h->defect == NOI_CSV_TOO_MANY_FIELDS)
            noi_hint(_("it has more than %d columns; take out those that are not needed"),
                     NOI_CSV_MAX_FIELDS);
        else
            noi_hint(_("a CSV file begins with a line of column names"));
    }
    for (size_t i = 0; status == NOI_OK && i < h->n; i++) {
        if (h->field[i].n == 0) {
            status = noi_fail_at(NOI_ERR_INPUT, csv->name, 1, _("column %zu has no name"), i + 1);
            noi_hint(_("give it a name in the first line, or take the column out"));
        }
        for (size_t j = 0; status == NOI_OK && j < i; j++)
            if (noi_str_eq(h->field[i], h->field[j]))
                status = fail_doubled(csv, j, i);
    }
    return status;
}

/* Keeps the header's names in memory of their own. */
static void keep_header(noi_csv *csv, const noi_csv_row *row) {
    csv->header = *row;
    csv->header_fields = noi_alloc_zero(row->n, sizeof *csv->header_fields);
    for (size_t i = 0; i < row->n; i++)
        noi_buf_add(&csv->header_text, row->field[i].p, row->field[i].n);
    size_t at = 0;
    for (size_t i = 0; i < row->n; i++) {
        noi_str whole = {csv->header_text.p + at, row->field[i].n};
        csv->header_fields[i] = noi_str_trim(whole);
        at += whole.n;
    }
    csv->header.field = csv->header_fields;
}

static noi_status open_over(noi_csv *csv, noi_str bytes) {
    if (bytes.n >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0) {
        bytes.p += 3;
        bytes.n -= 3;
    }
    csv->start = csv->p = bytes.p;
    csv->end = bytes.p + bytes.n;
    csv->line = 1;
    csv->delimiter =
        sniff_delimiter((noi_str){bytes.p, (size_t)(line_end(bytes.p, csv->end) - bytes.p)});
    noi_csv_row row;
    if (!noi_csv_next(&row, csv)) {
        noi_status status = noi_fail_at(NOI_ERR_INPUT, csv->name, 0, _("the file is empty"));
        noi_hint(_("a CSV file begins with a line of column names"));
        return status;
    }
    keep_header(csv, &row);
    return check_header(csv);
}

noi_status noi_csv_open_bytes(noi_csv **out, const char *name, noi_str bytes) {
    noi_csv *csv = noi_alloc_zero(1, sizeof *csv);
    csv->name = noi_strdup(name);
    noi_status status = open_over(csv, bytes);
    if (status != NOI_OK) {
        noi_csv_close(csv);
        return status;
    }
    *out = csv;
    return NOI_OK;
}

noi_status noi_csv_open(noi_csv **out, const char *path) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, path));
    noi_csv *csv = NULL;
    NOI_TRY(noi_csv_open_bytes(&csv, noi_path_base(path), noi_map_bytes(map)));
    csv->map = map;
    map = NULL;
    *out = csv;
    return NOI_OK;
}

void noi_csv_close(noi_csv *csv) {
    if (!csv)
        return;
    noi_map_close(csv->map);
    noi_buf_free(&csv->unescaped);
    noi_buf_free(&csv->header_text);
    free(csv->header_fields);
    free(csv->name);
    free(csv);
}

const noi_csv_row *noi_csv_header(const noi_csv *csv) {
    return &csv->header;
}

char noi_csv_delimiter(const noi_csv *csv) {
    return csv->delimiter;
}

int noi_csv_column(const noi_csv *csv, const char *name) {
    size_t n = strlen(name);
    for (size_t i = 0; i < csv->header.n; i++)
        if (csv->header.field[i].n == n && strncasecmp(csv->header.field[i].p, name, n) == 0)
            return (int)i;
    return -1;
}

size_t noi_csv_position(const noi_csv *csv) {
    return (size_t)(csv->p - csv->start);
}

size_t noi_csv_size(const noi_csv *csv) {
    return (size_t)(csv->end - csv->start);
}

void noi_csv_add_field(noi_buf *out, noi_str field) {
    bool plain = true;
    for (size_t i = 0; i < field.n && plain; i++)
        plain = !strchr(",\"\r\n;\t", field.p[i]) || field.p[i] == '\0';
    if (plain && field.n && (field.p[0] == ' ' || field.p[field.n - 1] == ' '))
        plain = false;
    if (plain) {
        noi_buf_add(out, field.p, field.n);
        return;
    }
    noi_buf_add_char(out, '"');
    for (size_t i = 0; i < field.n; i++) {
        if (field.p[i] == '"')
            noi_buf_add_char(out, '"');
        noi_buf_add_char(out, field.p[i]);
    }
    noi_buf_add_char(out, '"');
}
