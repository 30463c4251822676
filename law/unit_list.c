/* unit_list.c: see unit_list.h. */
#include "law/unit_list.h"

#include "address/text.h"
#include "base/csv.h"
#include "base/i18n.h"
#include "law/work.h"

#include <string.h>

typedef enum column {
    COL_CODE,
    COL_KIND,
    COL_NAME,
    COL_PROVINCE_CODE,
    COL_DISTRICT_CODE,
    COL_DISTRICT_KIND,
    COL_DISTRICT_NAME,
    COL_PROVINCE_NAME,
    COL_RESOLUTION,
    N_COLUMNS,
} column;

#define N_REQUIRED COL_DISTRICT_CODE

static const char *const column_names[N_COLUMNS] = {
    "code",          "kind",          "name",          "province_code", "district_code",
    "district_kind", "district_name", "province_name", "resolution"};

typedef struct reader {
    noi_law_list *list;
    const char *path;
    noi_csv_row row;
    int at[N_COLUMNS];
    noi_buf nfc;
} reader;

static noi_str field(const reader *r, column c) {
    if (r->at[c] < 0 || (size_t)r->at[c] >= r->row.n)
        return (noi_str){"", 0};
    return noi_str_trim(r->row.field[r->at[c]]);
}

static noi_status text_of(const char **out, reader *r, column c) {
    noi_str text = field(r, c);
    if (!noi_utf8_is_valid(text))
        return noi_fail_at(NOI_ERR_INPUT, r->path, r->row.line, _("column '%s' is not UTF-8"),
                           column_names[c]);
    noi_buf_clear(&r->nfc);
    NOI_TRY(noi_text_nfc(&r->nfc, text));
    *out = noi_arena_strndup(r->list->arena, r->nfc.p ? r->nfc.p : "", r->nfc.n);
    return NOI_OK;
}

/* Kinds are written "Phường" and "phường". */
static noi_status kind_of(const char **out, reader *r, column c) {
    const char *text = "";
    NOI_TRY(text_of(&text, r, c));
    size_t n = strlen(text);
    char *fold = noi_arena_alloc(r->list->arena, 2 * n + 1);
    noi_text_fold(fold, (noi_str){text, n}, NOI_FOLD_MARKS);
    *out = fold;
    return NOI_OK;
}

static noi_status code_of(noi_code *out, reader *r, column c, bool required) {
    noi_str text = field(r, c);
    *out = text.n ? noi_code_parse(text.p, text.n) : 0;
    if (*out || (text.n == 0 && !required))
        return NOI_OK;
    return noi_fail_at(NOI_ERR_INPUT, r->path, r->row.line,
                       _("column '%s' holds '%.*s', not a code"), column_names[c],
                       NOI_STR_ARG(text));
}

static noi_status read_row(reader *r) {
    noi_law_unit unit = {0};
    if (r->row.defect != NOI_CSV_FINE)
        return noi_fail_at(NOI_ERR_INPUT, r->path, r->row.line,
                           _("the row is not well-formed CSV"));
    NOI_TRY(code_of(&unit.code, r, COL_CODE, true));
    NOI_TRY(kind_of(&unit.kind, r, COL_KIND));
    NOI_TRY(text_of(&unit.name, r, COL_NAME));
    NOI_TRY(code_of(&unit.province_code, r, COL_PROVINCE_CODE, true));
    NOI_TRY(code_of(&unit.district_code, r, COL_DISTRICT_CODE, false));
    NOI_TRY(kind_of(&unit.district_kind, r, COL_DISTRICT_KIND));
    NOI_TRY(text_of(&unit.district_name, r, COL_DISTRICT_NAME));
    NOI_TRY(text_of(&unit.province_name, r, COL_PROVINCE_NAME));
    NOI_TRY(text_of(&unit.resolution, r, COL_RESOLUTION));
    law_kind kind = noi_law_kind_of(unit.kind);
    if (kind == LAW_KIND_NONE || kind == LAW_KIND_ANY || kind == LAW_KIND_PROVINCE)
        return noi_fail_at(NOI_ERR_INPUT, r->path, r->row.line,
                           _("'%s' is no kind of unit (xã, phường, thị trấn, đặc khu, huyện)"),
                           unit.kind);
    if (!*unit.name)
        return noi_fail_at(NOI_ERR_INPUT, r->path, r->row.line, _("the unit has no name"));
    NOI_GROW(r->list->units, r->list->capacity, r->list->n + 1);
    r->list->units[r->list->n++] = unit;
    return NOI_OK;
}

static noi_status find_columns(reader *r, const noi_csv *csv) {
    for (int c = 0; c < N_COLUMNS; c++) {
        r->at[c] = noi_csv_column(csv, column_names[c]);
        if (r->at[c] >= 0 || c >= (int)N_REQUIRED)
            continue;
        noi_status status = noi_fail_at(NOI_ERR_INPUT, r->path, 1, _("the column '%s' is missing"),
                                        column_names[c]);
        noi_hint(_("a unit list has the columns code, kind, name, province_code, and for old units "
                   "district_code, district_kind, district_name"));
        return status;
    }
    return NOI_OK;
}

static int by_code(const void *a, const void *b) {
    const noi_code *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static noi_status refuse_doubles(const noi_law_list *list, const char *path) {
    NOI_AUTO_FREE noi_code *codes = noi_alloc((list->n + 1) * sizeof *codes);
    for (size_t i = 0; i < list->n; i++)
        codes[i] = list->units[i].code;
    qsort(codes, list->n, sizeof *codes, by_code);
    for (size_t i = 1; i < list->n; i++) {
        char text[8];
        if (codes[i] == codes[i - 1])
            return noi_fail_at(NOI_ERR_INPUT, path, 0, _("code %s occurs twice"),
                               noi_code_format(text, codes[i]));
    }
    return NOI_OK;
}

static noi_status read_rows(reader *r, noi_csv *csv) {
    NOI_TRY(find_columns(r, csv));
    while (noi_csv_next(&r->row, csv))
        NOI_TRY(read_row(r));
    if (r->list->n == 0)
        return noi_fail_at(NOI_ERR_INPUT, r->path, 0, _("the list holds no unit"));
    return refuse_doubles(r->list, r->path);
}

noi_status noi_law_list_read(noi_law_list *list, const char *path) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    if (!list->arena)
        list->arena = noi_arena_new();
    NOI_TRY(noi_csv_open(&csv, path));
    reader r = {.list = list, .path = path};
    noi_status status = read_rows(&r, csv);
    noi_buf_free(&r.nfc);
    return status;
}

void noi_law_list_free(noi_law_list *list) {
    free(list->units);
    noi_arena_free(list->arena);
    *list = (noi_law_list){0};
}
