/* values.c: the reading of one row's fields; see values.h. */
#include "importers/values.h"

#include "address/text.h"
#include "base/date.h"
#include "importers/moment.h"

#include <math.h>
#include <string.h>

/* ---- text ------------------------------------------------------------------------------------ */

static bool is_ascii(noi_str text) {
    size_t i = 0;
    for (; i + 8 <= text.n; i += 8) {
        uint64_t word;
        memcpy(&word, text.p + i, 8);
        if (word & 0x8080808080808080u)
            return false;
    }
    for (; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0x80)
            return false;
    return true;
}

/* Control characters other than tab and line ends: no text has them, binary files do. */
static bool has_control(noi_str text) {
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
            return true;
    }
    return false;
}

/* Text of a spreadsheet in a one-byte encoding is stored as the Latin letters of the same numbers:
 * they become the bytes again. False when a letter lies beyond them: then it is real Unicode. */
static bool latin_bytes(noi_buf *out, noi_str utf8) {
    for (size_t i = 0; i < utf8.n; i++) {
        unsigned char c = (unsigned char)utf8.p[i];
        if (c >= 0x80) {
            if ((c != 0xC2 && c != 0xC3) || i + 1 == utf8.n)
                return false;
            c = (unsigned char)((c << 6) | ((unsigned char)utf8.p[++i] & 0x3F));
        }
        noi_buf_add_char(out, (char)c);
    }
    return true;
}

/* The text of a field that is not plain ASCII. */
static noi_reject decode(noi_str *out, bool *converted, noi_str bytes,
                         const noi_reading_rules *rules, noi_arena *arena, noi_buf *scratch) {
    NOI_AUTO_BUF noi_buf latin = {0};
    noi_encoding encoding = rules->encoding;
    bool valid = noi_utf8_is_valid(bytes);
    if (rules->latin && valid) {
        if (latin_bytes(&latin, bytes))
            bytes = noi_buf_view(&latin);
        else
            encoding = NOI_ENCODING_UTF8;
        valid = encoding == NOI_ENCODING_UTF8;
    }
    if (encoding == NOI_ENCODING_UTF16LE || encoding == NOI_ENCODING_UTF16BE)
        encoding = NOI_ENCODING_UTF8; /* the table has seen to it */
    /* UTF-8 in a file of another encoding: the file changed half-way. */
    if (valid != (encoding == NOI_ENCODING_UTF8))
        return NOI_REJECT_ENCODING;
    noi_buf_clear(scratch);
    noi_status status = encoding == NOI_ENCODING_UTF8 ? noi_text_nfc(scratch, bytes)
                                                      : noi_text_to_utf8(scratch, bytes, encoding);
    if (status != NOI_OK)
        return NOI_REJECT_ENCODING;
    noi_str text = noi_buf_view(scratch);
    if (!latin.p && noi_str_eq(text, bytes)) {
        *out = bytes;
        return NOI_REJECT_NONE;
    }
    *converted = true;
    *out = (noi_str){noi_arena_strndup(arena, text.p, text.n), text.n};
    return NOI_REJECT_NONE;
}

/* ---- numbers and days
 * ---------------------------------------------------------------------------- */

/* A comma is a decimal comma, unless exactly three digits follow it: those may be thousands. */
static bool comma_to_point(char *text, bool degrees) {
    char *comma = strchr(text, ',');
    if (!comma)
        return true;
    if (strchr(text, '.') || strchr(comma + 1, ','))
        return false;
    if (!degrees && strlen(comma + 1) == 3)
        return false;
    *comma = '.';
    return true;
}

static double read_number(noi_str text, bool degrees) {
    char copy[64], *end;
    if (text.n == 0 || text.n >= sizeof copy)
        return NAN;
    for (size_t i = 0; i < text.n; i++)
        if (!strchr("0123456789+-.,eE", text.p[i]) || text.p[i] == '\0')
            return NAN;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    if (!comma_to_point(copy, degrees))
        return NAN;
    double value = strtod(copy, &end);
    return *end == '\0' && isfinite(value) ? value : NAN;
}

double noi_number_read(noi_str text) {
    return read_number(text, false);
}

/* Up to three digits before the comma are degrees: "106,695" cannot be a number of metres. */
static double read_coordinate(noi_str text) {
    const char *comma = text.n ? memchr(text.p, ',', text.n) : NULL;
    return read_number(text, comma && comma - text.p <= 3);
}

static noi_reject read_day(noi_value *value, noi_arena *arena) {
    noi_day day = noi_day_parse(value->text);
    if (day == NOI_DAY_NONE)
        return NOI_REJECT_DAY;
    if (value->text.n > 10)
        value->moment = value->text;
    char *text = noi_arena_alloc(arena, 12);
    noi_day_format(text, day);
    value->text = noi_str_of(text);
    value->number = day;
    return NOI_REJECT_NONE;
}

static noi_reject read_changed(noi_value *value, noi_arena *arena) {
    char *text = noi_arena_alloc(arena, NOI_MOMENT_SIZE);
    if (!noi_moment_read(text, value->text))
        return NOI_REJECT_MOMENT;
    value->text = noi_str_of(text);
    return NOI_REJECT_NONE;
}

static noi_reject read_whole(noi_value *value, double least, double most, noi_reject reason) {
    value->number = noi_number_read(value->text);
    bool fits = value->number >= least && value->number <= most; /* false for NaN */
    return fits && value->number == floor(value->number) ? NOI_REJECT_NONE : reason;
}

static bool is_digits(noi_str text) {
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
    return text.n > 0;
}

static noi_reject read_flag(noi_value *value) {
    static const char *const yes[] = {"1", "true", "TRUE", "True", "có", "Có", "x", "X"};
    static const char *const no[] = {"0", "false", "FALSE", "False", "không", "Không"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (noi_str_is(value->text, yes[i])) {
            value->number = 1;
            return NOI_REJECT_NONE;
        }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (noi_str_is(value->text, no[i])) {
            value->number = 0;
            return NOI_REJECT_NONE;
        }
    return NOI_REJECT_FLAG;
}

/* Official tables write these words where a number is still to come. */
static bool says_nothing(noi_str text) {
    static const char *const words[] = {"đang cập nhật", "chưa có số liệu", "chưa có", "-", "…"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (noi_str_is(text, words[i]))
            return true;
    return false;
}

/* ---- one field, one row ---------------------------------------------------------------------- */

static noi_reject read_typed(noi_value *value, noi_row_outcome *outcome, noi_field_type type,
                             noi_arena *arena) {
    switch (type) {
    case NOI_FIELD_KEY:
    case NOI_FIELD_TEXT:
    case NOI_FIELD_UNIT:
    case NOI_FIELD_GEOCODER:
        return NOI_REJECT_NONE;
    case NOI_FIELD_CODE:
        outcome->lost_zeros += is_digits(value->text) && value->text.n < 5;
        return NOI_REJECT_NONE;
    case NOI_FIELD_STRICT_CODE: {
        bool fits = is_digits(value->text) && value->text.n >= 2 && value->text.n <= 6;
        return fits ? NOI_REJECT_NONE : NOI_REJECT_CODE;
    }
    case NOI_FIELD_DAY:
        return read_day(value, arena);
    case NOI_FIELD_STATUS:
        return read_whole(value, 1, 10, NOI_REJECT_STATUS);
    case NOI_FIELD_FLAG:
    case NOI_FIELD_GONE:
        return read_flag(value);
    case NOI_FIELD_CHANGED:
        return read_changed(value, arena);
    case NOI_FIELD_COUNT:
        return read_whole(value, 0, 1e15, NOI_REJECT_NUMBER);
    case NOI_FIELD_REAL:
    case NOI_FIELD_ERROR:
        value->number = noi_number_read(value->text);
        return value->number >= 0 ? NOI_REJECT_NONE : NOI_REJECT_NUMBER;
    case NOI_FIELD_X:
    case NOI_FIELD_Y:
        value->number = read_coordinate(value->text);
        return isnan(value->number) ? NOI_REJECT_NUMBER : NOI_REJECT_NONE;
    }
    return NOI_REJECT_NONE;
}

static noi_reject read_field(noi_value *value, noi_row_outcome *outcome, noi_str bytes,
                             const noi_field *field, const noi_reading_rules *rules,
                             noi_arena *arena, noi_buf *scratch) {
    *value = (noi_value){{NULL, 0}, NAN, {NULL, 0}};
    noi_str text = bytes;
    if (!is_ascii(bytes)) {
        noi_reject reason = decode(&text, &outcome->converted, bytes, rules, arena, scratch);
        if (reason != NOI_REJECT_NONE)
            return reason;
    }
    text = noi_str_trim(text);
    if (text.n == 0)
        return field->required ? NOI_REJECT_MISSING : NOI_REJECT_NONE;
    if (has_control(text))
        return NOI_REJECT_CONTROL;
    bool is_number = field->type == NOI_FIELD_COUNT || field->type == NOI_FIELD_REAL ||
                     field->type == NOI_FIELD_ERROR;
    if (is_number && says_nothing(text))
        return NOI_REJECT_NONE;
    value->text = text;
    return read_typed(value, outcome, field->type, arena);
}

/* A record that is deleted at its source needs nothing but its key. */
static bool says_gone(const noi_str *fields, const noi_file_kind *kind) {
    for (size_t i = kind->n; i-- > 0 && i + 2 > kind->n;) {
        if (kind->fields[i].type != NOI_FIELD_GONE)
            continue;
        noi_value value = {.text = noi_str_trim(fields[i])};
        return value.text.n > 0 && read_flag(&value) == NOI_REJECT_NONE && value.number > 0;
    }
    return false;
}

noi_row_outcome noi_values_read(noi_value *values, const noi_str *fields,
                                const noi_reading_rules *rules, noi_arena *arena,
                                noi_buf *scratch) {
    noi_row_outcome outcome = {0};
    const noi_value *x = NULL, *y = NULL;
    bool gone = says_gone(fields, rules->kind);
    for (size_t i = 0; i < rules->kind->n; i++) {
        const noi_field *field = &rules->kind->fields[i];
        outcome.reason = read_field(&values[i], &outcome, fields[i], field, rules, arena, scratch);
        outcome.field = i;
        if (outcome.reason == NOI_REJECT_MISSING && gone && i > 0)
            outcome.reason = NOI_REJECT_NONE;
        if (outcome.reason != NOI_REJECT_NONE)
            return outcome;
        if (field->type == NOI_FIELD_X)
            x = &values[i];
        if (field->type == NOI_FIELD_Y)
            y = &values[i];
    }
    if (!x || !y || isnan(x->number) == isnan(y->number))
        return outcome;
    outcome.reason = NOI_REJECT_HALF_POINT;
    outcome.field = (size_t)((isnan(x->number) ? x : y) - values);
    return outcome;
}
