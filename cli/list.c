/* list.c: lists for people, written and read back; see list.h. */
#include "cli/list.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "exporters/xlsx.h"
#include "importers/columns.h"
#include "importers/table.h"

#include <string.h>

#define TITLE(name, title, width) title,
const char *const cli_list_titles[LIST_COLUMNS] = {CLI_LIST_TABLE(TITLE)};
#undef TITLE
#define WIDTH(name, title, width) width,
const int cli_list_widths[LIST_COLUMNS] = {CLI_LIST_TABLE(WIDTH)};
#undef WIDTH

/* ---- writing --------------------------------------------------------------------------------- */

struct cli_list_out {
    noi_xlsx *xlsx; /* or */
    noi_out *csv;
    noi_buf line, candidates, row, known;
    noi_str fields[LIST_COLUMNS];
};

void cli_list_close(cli_list_out *list) {
    if (!list)
        return;
    noi_xlsx_close(list->xlsx);
    noi_out_close(list->csv);
    noi_buf_free(&list->line);
    noi_buf_free(&list->candidates);
    noi_buf_free(&list->row);
    noi_buf_free(&list->known);
    free(list);
}

static noi_status begin_xlsx(cli_list_out *list, const char *path) {
    noi_xlsx_column columns[LIST_COLUMNS];
    for (size_t i = 0; i < LIST_COLUMNS; i++)
        columns[i] =
            (noi_xlsx_column){noi_str_of(cli_list_titles[i]), NOI_XLSX_TEXT, cli_list_widths[i]};
    NOI_TRY(noi_xlsx_create(&list->xlsx, path));
    return noi_xlsx_begin(list->xlsx, "noi queue", columns, LIST_COLUMNS);
}

static noi_status write_line(cli_list_out *list) {
    noi_buf_clear(&list->line);
    for (size_t i = 0; i < LIST_COLUMNS; i++) {
        if (i)
            noi_buf_add_char(&list->line, ',');
        noi_csv_add_field(&list->line, list->fields[i]);
    }
    noi_buf_add_char(&list->line, '\n');
    return noi_out_write(list->csv, list->line.p, list->line.n);
}

noi_status cli_list_create(cli_list_out **out, const char *path) {
    NOI_AUTO(cli_list_closep) cli_list_out *list = noi_alloc_zero(1, sizeof *list);
    if (noi_xlsx_is_named(path)) {
        NOI_TRY(begin_xlsx(list, path));
    } else {
        NOI_TRY(noi_out_open_private(&list->csv, path));
        for (size_t i = 0; i < LIST_COLUMNS; i++)
            list->fields[i] = noi_str_of(cli_list_titles[i]);
        NOI_TRY(write_line(list));
    }
    *out = list;
    list = NULL;
    return NOI_OK;
}

static void write_candidates(noi_buf *out, const noi_queue_item *item) {
    noi_buf_clear(out);
    for (size_t i = 0; i < item->n_candidates; i++) {
        noi_buf_printf(out, "%s%s %s", i ? "; " : "", item->codes[i], item->names[i]);
        if (item->probability[i])
            noi_buf_printf(out, " (%d%%)", item->probability[i]);
    }
}

/* A text that a spreadsheet would take for a formula gets a space in front. */
static noi_str disarm(noi_buf *out, noi_str text) {
    if (!text.n || !strchr("=+-@\t\r", text.p[0]))
        return text;
    noi_buf_clear(out);
    noi_buf_add_char(out, ' ');
    noi_buf_add(out, text.p, text.n);
    return noi_buf_view(out);
}

static void fill_fields(cli_list_out *list, const noi_queue_item *item) {
    noi_str *f = list->fields;
    memset(f, 0, sizeof list->fields);
    write_candidates(&list->candidates, item);
    noi_buf_clear(&list->row);
    noi_buf_printf(&list->row, "%lld", (long long)item->row);
    f[LIST_ID] = noi_str_of(item->list_id);
    f[LIST_ROW] = noi_buf_view(&list->row);
    f[LIST_KIND] = noi_str_of(noi_record_kind_key(item->kind));
    f[LIST_KEY] = item->key;
    f[LIST_STATUS] = noi_str_of(noi_verdict_status_key(item->status));
    f[LIST_REASON] = noi_str_of(noi_reason_key(item->reason));
    f[LIST_QUEUE] = item->queue;
    f[LIST_DUE_ON] = item->due_on;
    f[LIST_OVERDUE] = item->overdue_at_handover ? NOI_STR("at_handover")
                      : item->overdue           ? NOI_STR("since")
                                                : (noi_str){NULL, 0};
    f[LIST_KNOWN] = disarm(&list->known, item->known);
    f[LIST_OLD_CODE] = item->old_code;
    f[LIST_OLD_NAME] = item->old_name;
    f[LIST_CANDIDATES] = noi_buf_view(&list->candidates);
    f[LIST_QUESTION] = item->question;
    f[LIST_ANSWERS] = item->answers;
    f[LIST_OFFICER] = item->officer;
    f[LIST_PROPOSED] = item->proposed;
    f[LIST_CHECK] = noi_str_of(item->check);
}

/* "26740 Phường Sài Gòn", or the codes alone where the names are too long for a cell's list. */
static void offer_candidates(cli_list_out *list, const noi_queue_item *item) {
    char *named[NOI_MAX_CANDIDATES];
    size_t letters = 0;
    for (size_t i = 0; i < item->n_candidates; i++) {
        named[i] = noi_format("%s %s", item->codes[i], item->names[i]);
        letters += strlen(named[i]) + 1;
    }
    bool fits = letters <= 255;
    noi_xlsx_choices(list->xlsx, LIST_DECISION, fits ? (const char *const *)named : item->codes,
                     item->n_candidates);
    for (size_t i = 0; i < item->n_candidates; i++)
        free(named[i]);
}

noi_status cli_list_add(cli_list_out *list, const noi_queue_item *item) {
    fill_fields(list, item);
    if (!list->xlsx)
        return write_line(list);
    NOI_TRY(noi_xlsx_row(list->xlsx, list->fields, LIST_COLUMNS));
    if (item->n_candidates)
        offer_candidates(list, item);
    return NOI_OK;
}

noi_status cli_list_commit(cli_list_out *list) {
    return list->xlsx ? noi_xlsx_commit(list->xlsx) : noi_out_commit(list->csv);
}

/* ---- reading --------------------------------------------------------------------------------- */

typedef struct source {
    noi_table *table;
    const char *name;
    noi_buf text;
} source;

static void close_source(source *s) {
    noi_table_close(s->table);
    noi_buf_free(&s->text);
}

static noi_status open_source(source *s, const char *path, const char *encoding,
                              const char *layer) {
    s->name = noi_path_base(path);
    return noi_table_open(&s->table, path, encoding, layer);
}

/* The column of one of these titles ("a b"), -1 for none; titles are compared folded. */
static int find_column(const source *s, const char *titles) {
    noi_str rest = noi_str_of(titles);
    const noi_str *columns = noi_table_columns(s->table);
    while (rest.n) {
        const char *space = memchr(rest.p, ' ', rest.n);
        noi_str title = {rest.p, space ? (size_t)(space - rest.p) : rest.n};
        size_t used = title.n + (space != NULL);
        rest = (noi_str){rest.p + used, rest.n - used};
        for (size_t i = 0; i < noi_table_n_columns(s->table); i++) {
            char key[64];
            noi_column_key(key, columns[i]);
            if (noi_str_is(title, key))
                return (int)i;
        }
    }
    return -1;
}

/* A cell as UTF-8, NFC, trimmed, on the arena; empty where there is none. */
static noi_status read_cell(noi_str *out, source *s, const noi_table_row *row, int column,
                            noi_arena *arena) {
    *out = (noi_str){NULL, 0};
    if (column < 0 || (size_t)column >= row->n || !row->field[column].n)
        return NOI_OK;
    noi_encoding encoding = noi_table_encoding(s->table);
    noi_str bytes = row->field[column];
    noi_buf_clear(&s->text);
    bool plain = encoding == NOI_ENCODING_UTF8 || encoding == NOI_ENCODING_UTF16LE ||
                 encoding == NOI_ENCODING_UTF16BE;
    noi_status status = plain ? noi_text_nfc(&s->text, bytes)
                              : noi_text_to_utf8(&s->text, bytes, encoding);
    if (status != NOI_OK) {
        status = noi_fail_at(NOI_ERR_INPUT, s->name, row->line, _("column %.*s is not text in %s"),
                             NOI_STR_ARG(noi_table_columns(s->table)[column]),
                             noi_encoding_key(encoding));
        noi_hint(_("name the right encoding with --encoding"));
        return status;
    }
    noi_str text = noi_str_trim(noi_buf_view(&s->text));
    if (text.n)
        *out = (noi_str){noi_arena_strndup(arena, text.p, text.n), text.n};
    return NOI_OK;
}

/* "26740 Phường Sài Gòn" → "26740" */
static noi_str code_of(noi_str text) {
    const char *space = text.n ? memchr(text.p, ' ', text.n) : NULL;
    return space ? (noi_str){text.p, (size_t)(space - text.p)} : text;
}

static int64_t number_of(noi_str text) {
    int64_t value = 0;
    for (size_t i = 0; i < text.n && value < INT32_MAX; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return text.p[i] == '.' || text.p[i] == ',' ? value : 0;
        value = 10 * value + (text.p[i] - '0');
    }
    return value;
}

enum { IN_LIST, IN_ROW, IN_KIND, IN_KEY, IN_CODE, IN_WHY, IN_EVIDENCE, IN_OVERRIDE, IN_CHECK, N_IN };
static const char *const in_titles[N_IN] = {"listid",
                                            "row stt",
                                            "kind loai",
                                            "key ma mahoso",
                                            "decision quyetdinh newcode mamoi",
                                            "why lydo reason",
                                            "evidence cancu",
                                            "override ngoaile",
                                            "check makiemtra"};

static noi_status find_columns(int columns[N_IN], const source *s) {
    for (int i = 0; i < N_IN; i++)
        columns[i] = find_column(s, in_titles[i]);
    /* "reason" of our own lists says why the record waits, not why it was decided. */
    static const int wanted[] = {IN_KIND, IN_KEY, IN_CODE};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (columns[wanted[i]] >= 0)
            continue;
        noi_status status = noi_fail(NOI_ERR_INPUT, _("%s has no column '%.*s'"), s->name,
                                     (int)strcspn(in_titles[wanted[i]], " "), in_titles[wanted[i]]);
        noi_hint(_("a list is written by 'noi queue'; kind, key and decision are needed"));
        return status;
    }
    if (columns[IN_LIST] >= 0 && columns[IN_WHY] >= 0)
        columns[IN_WHY] = find_column(s, "why lydo");
    return NOI_OK;
}

static noi_status read_row(cli_list_rows *out, source *s, const noi_table_row *row,
                           const int columns[N_IN]) {
    noi_str v[N_IN];
    if (row->defect != NOI_REJECT_NONE)
        return noi_fail_at(NOI_ERR_INPUT, s->name, row->line, _("the row cannot be read"));
    for (int i = 0; i < N_IN; i++)
        NOI_TRY(read_cell(&v[i], s, row, columns[i], out->arena));
    NOI_GROW(out->items, out->capacity, out->n + 1);
    out->items[out->n++] = (noi_decide_row){.kind = noi_record_kind_by_key(v[IN_KIND]),
                                            .key = v[IN_KEY],
                                            .code = code_of(v[IN_CODE]),
                                            .why = v[IN_WHY],
                                            .evidence = v[IN_EVIDENCE],
                                            .override = v[IN_OVERRIDE],
                                            .list_id = v[IN_LIST],
                                            .check = v[IN_CHECK],
                                            .list_row = number_of(v[IN_ROW]),
                                            .line = row->line};
    return NOI_OK;
}

noi_status cli_list_read(cli_list_rows *out, const char *path, const char *encoding,
                         const char *layer) {
    NOI_AUTO(close_source) source s = {0};
    int columns[N_IN];
    noi_table_row row;
    out->arena = noi_arena_new();
    NOI_TRY(open_source(&s, path, encoding, layer));
    NOI_TRY(find_columns(columns, &s));
    for (bool more = true;;) {
        NOI_TRY(noi_table_next(&row, &more, s.table));
        if (!more)
            return NOI_OK;
        NOI_TRY(read_row(out, &s, &row, columns));
    }
}

void cli_list_rows_free(cli_list_rows *rows) {
    free(rows->items);
    noi_arena_free(rows->arena);
}

noi_status cli_officers_read(noi_officer **out, size_t *n, noi_arena *arena, const char *path) {
    NOI_AUTO(close_source) source s = {0};
    NOI_AUTO_FREE noi_officer *all = NULL;
    size_t count = 0, capacity = 0;
    noi_table_row row;
    NOI_TRY(open_source(&s, path, NULL, NULL));
    const int unit = find_column(&s, "unit unitcode oldcode madonvi"), kind = find_column(&s, "kind loai"),
              name = find_column(&s, "officer name canbo");
    if (name < 0)
        return noi_fail(NOI_ERR_INPUT, _("%s has no column '%s'"), s.name, "officer");
    for (bool more = true;;) {
        NOI_TRY(noi_table_next(&row, &more, s.table));
        if (!more)
            break;
        NOI_GROW(all, capacity, count + 1);
        noi_officer *o = &all[count++];
        NOI_TRY(read_cell(&o->unit, &s, &row, unit, arena));
        NOI_TRY(read_cell(&o->kind, &s, &row, kind, arena));
        NOI_TRY(read_cell(&o->name, &s, &row, name, arena));
        if (!o->name.n)
            return noi_fail_at(NOI_ERR_INPUT, s.name, row.line, _("the row names no officer"));
        if (o->kind.n && !noi_record_kind_by_key(o->kind))
            return noi_fail_at(NOI_ERR_INPUT, s.name, row.line,
                               _("'%.*s' is not a kind of record"), NOI_STR_ARG(o->kind));
    }
    *out = all;
    all = NULL;
    *n = count;
    return NOI_OK;
}
