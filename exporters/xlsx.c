/* xlsx.c: see xlsx.h. */
#include "exporters/xlsx.h"

#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "exporters/xlsx_check.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define USUAL_WIDTH    14
#define MOST_CHOICES   250 /* letters of all choices; the format takes 255 */
#define UNIX_DAY_1     25569 /* 1970-01-01 as Excel counts days */

struct noi_xlsx {
    char *path, *part;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *bold, *day, *text;
    size_t n_columns;
    noi_xlsx_type *types;
    lxw_row_t row; /* the next */
    noi_xlsx_counts put;
};

bool noi_xlsx_is_named(const char *path) {
    const char *dot = strrchr(noi_path_base(path), '.');
    return dot && strcasecmp(dot, ".xlsx") == 0;
}

static noi_status fail(const noi_xlsx *x, lxw_error error) {
    noi_status status = noi_fail(NOI_ERR_IO, _("%s cannot be written: %s"), x->path,
                                 lxw_strerror(error));
    noi_hint(_("free some space or name another place; no half-written file was left"));
    return status;
}

static noi_status fail_lacking(const noi_xlsx *x) {
    const char *temporary = getenv("TMPDIR");
    noi_status status =
        noi_fail(NOI_ERR_IO, _("%s cannot be written: the disk did not take all of it"), x->path);
    noi_hint(_("free some space there and in %s, where temporary files go; no half-written file was "
               "left"),
             temporary && *temporary ? temporary : "/tmp");
    return status;
}

noi_status noi_xlsx_create(noi_xlsx **out, const char *path) {
    NOI_AUTO(noi_xlsx_closep) noi_xlsx *x = noi_alloc_zero(1, sizeof *x);
    NOI_TRY(noi_out_place(&x->path, path));
    x->part = noi_part_name(x->path);
    int fd = open(x->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return noi_fail_errno(NOI_ERR_IO, _("%s: cannot be written"), x->path);
    close(fd); /* the library opens it again; the mode stays */
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    x->book = workbook_new_opt(x->part, &options);
    if (!x->book)
        return fail(x, LXW_ERROR_CREATING_XLSX_FILE);
    lxw_doc_properties properties = {.created = 1751328000}; /* 2025-07-01: no clock in an output */
    workbook_set_properties(x->book, &properties);
    *out = x;
    x = NULL;
    return NOI_OK;
}

noi_status noi_xlsx_begin(noi_xlsx *xlsx, const char *sheet, const noi_xlsx_column *columns,
                          size_t n) {
    xlsx->sheet = workbook_add_worksheet(xlsx->book, sheet);
    if (!xlsx->sheet)
        return fail(xlsx, LXW_ERROR_PARAMETER_VALIDATION);
    xlsx->bold = workbook_add_format(xlsx->book);
    xlsx->day = workbook_add_format(xlsx->book);
    xlsx->text = workbook_add_format(xlsx->book);
    format_set_bold(xlsx->bold);
    format_set_num_format(xlsx->day, "yyyy-mm-dd");
    format_set_num_format(xlsx->text, "@");
    xlsx->types = noi_alloc((n + 1) * sizeof *xlsx->types);
    xlsx->n_columns = n;
    for (size_t i = 0; i < n; i++) {
        NOI_AUTO_FREE char *title = noi_strndup(columns[i].title.p, columns[i].title.n);
        int width = columns[i].width ? columns[i].width : USUAL_WIDTH;
        xlsx->types[i] = columns[i].type;
        worksheet_set_column(xlsx->sheet, (lxw_col_t)i, (lxw_col_t)i, width,
                             columns[i].type == NOI_XLSX_TEXT ? xlsx->text : NULL);
        lxw_error error = worksheet_write_string(xlsx->sheet, 0, (lxw_col_t)i, title, xlsx->bold);
        if (error != LXW_NO_ERROR)
            return fail(xlsx, error);
        xlsx->put.letters += noi_xlsx_letters(title);
    }
    xlsx->put.rows = n > 0;
    xlsx->put.cells = n;
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
    xlsx->row = 1;
    return NOI_OK;
}

static lxw_error write_text(noi_xlsx *x, lxw_col_t column, noi_str text) {
    NOI_AUTO_FREE char *copy = noi_strndup(text.p, text.n);
    x->put.letters += noi_xlsx_letters(copy);
    return worksheet_write_string(x->sheet, x->row, column, copy, x->text);
}

/* A number that has more digits than Excel keeps stays a text. */
static bool is_number(double *out, noi_str text) {
    char copy[32], *end;
    if (text.n == 0 || text.n > 15)
        return false;
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    *out = strtod(copy, &end);
    return *end == '\0' && strspn(copy, "0123456789.+-eE") == text.n;
}

static lxw_error write_field(noi_xlsx *x, lxw_col_t column, noi_str text) {
    double number;
    noi_xlsx_type type = x->types[column];
    if (type == NOI_XLSX_NUMBER && is_number(&number, text))
        return worksheet_write_number(x->sheet, x->row, column, number, NULL);
    noi_day day = type == NOI_XLSX_DAY ? noi_day_parse(text) : NOI_DAY_NONE;
    if (day != NOI_DAY_NONE)
        return worksheet_write_number(x->sheet, x->row, column, (double)day + UNIX_DAY_1, x->day);
    return write_text(x, column, text);
}

noi_status noi_xlsx_row(noi_xlsx *xlsx, const noi_str *fields, size_t n) {
    if (xlsx->row > NOI_XLSX_MOST_ROWS) {
        noi_status status = noi_fail(NOI_ERR_INPUT, _("%s: a sheet has no more than %d rows"),
                                     xlsx->path, NOI_XLSX_MOST_ROWS);
        noi_hint(_("write a CSV file instead: name it .csv"));
        return status;
    }
    uint64_t before = xlsx->put.cells;
    for (size_t i = 0; i < n && i < xlsx->n_columns; i++) {
        if (fields[i].n == 0)
            continue;
        xlsx->put.cells++;
        lxw_error error = write_field(xlsx, (lxw_col_t)i, fields[i]);
        if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
            return noi_fail(NOI_ERR_INPUT, _("%s: row %u, column %zu: a cell takes %d letters"),
                            xlsx->path, xlsx->row + 1, i + 1, NOI_XLSX_MOST_LETTERS);
        if (error != LXW_NO_ERROR)
            return fail(xlsx, error);
    }
    xlsx->put.rows += xlsx->put.cells > before;
    xlsx->row++;
    return NOI_OK;
}

void noi_xlsx_choices(noi_xlsx *xlsx, size_t column, const char *const *choices, size_t n) {
    size_t letters = 0;
    for (size_t i = 0; i < n; i++)
        letters += strlen(choices[i]) + 1;
    if (n == 0 || letters > MOST_CHOICES)
        return;
    NOI_AUTO_FREE char **list = noi_alloc_zero(n + 1, sizeof *list);
    for (size_t i = 0; i < n; i++)
        list[i] = noi_strdup(choices[i]);
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST,
                                .value_list = list,
                                .ignore_blank = LXW_VALIDATION_ON,
                                .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING};
    lxw_error error =
        worksheet_data_validation_cell(xlsx->sheet, xlsx->row - 1, (lxw_col_t)column, &rule);
    xlsx->put.choices += error == LXW_NO_ERROR;
    for (size_t i = 0; i < n; i++)
        free(list[i]);
}

noi_status noi_xlsx_commit(noi_xlsx *xlsx) {
    lxw_workbook *book = xlsx->book;
    xlsx->book = NULL;
    lxw_error error = workbook_close(book); /* frees it, whatever it says */
    if (error != LXW_NO_ERROR)
        return fail(xlsx, error);
    if (!noi_xlsx_holds(xlsx->part, &xlsx->put))
        return fail_lacking(xlsx);
    if (!noi_on_disk(xlsx->part) || chmod(xlsx->part, 0600) != 0 ||
        rename(xlsx->part, xlsx->path) != 0 || !noi_name_on_disk(xlsx->path))
        return noi_fail_errno(NOI_ERR_IO, _("%s: cannot be written"), xlsx->path);
    free(xlsx->part);
    xlsx->part = NULL;
    return NOI_OK;
}

void noi_xlsx_close(noi_xlsx *xlsx) {
    if (!xlsx)
        return;
    if (xlsx->book)
        lxw_workbook_free(xlsx->book);
    if (xlsx->part)
        unlink(xlsx->part);
    free(xlsx->types);
    free(xlsx->part);
    free(xlsx->path);
    free(xlsx);
}
