/* notices.c: see notices.h. */
#include "report/notices.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cutover/merged.h"
#include "merge/handover.h"
#include "report/folder.h"
#include "report/format.h"

#include <stdio.h>
#include <string.h>

enum {
    HANDLER,
    LEVEL,
    NAME,
    KEY,
    SYSTEM,
    PROCEDURE,
    HANDLING,
    NEW_OFFICE,
    INTAKE,
    RECEIVED,
    DUE,
    STATUS,
    FLAGS
};

typedef struct writer {
    noi_notices *counts;
    noi_folder *folder;
    noi_buf page, index, line;
    noi_out *file; /* of the handler whose cases come now; NULL before the first */
    noi_buf handler, name;
    int64_t level, n, n_overdue;
} writer;

/* ---- one handler ----------------------------------------------------------------------------- */

static noi_handler handler_of(int64_t level) {
    return level > 0 && level < NOI_N_HANDLERS ? (noi_handler)level : NOI_HANDLER_UNKNOWN;
}

static const char *level_key(int64_t level) {
    return noi_handler_key(handler_of(level));
}

/* Unit codes and agency ids are plain; what is not must not become the name of a file. */
static bool is_plain(noi_str text) {
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!letter && (i == 0 || !strchr("-_.", c)))
            return false;
    }
    return text.n < 64;
}

/* "26740-commune.csv"; "26740.csv" where no procedure says the level. */
static char *file_name(const writer *w) {
    const char *level = level_key(w->level);
    noi_str handler = noi_buf_view(&w->handler);
    if (!is_plain(handler))
        return noi_format("handler-%lld.csv", (long long)w->counts->handlers + 1);
    return noi_format("%.*s%s%s.csv", NOI_STR_ARG(handler), handler.n && level[0] ? "-" : "", level);
}

static noi_status begin_handler(writer *w, noi_stmt *q) {
    noi_str handler = noi_column_text(q, HANDLER), name_of = noi_column_text(q, NAME);
    noi_buf_clear(&w->handler);
    noi_buf_clear(&w->name);
    noi_buf_add(&w->handler, handler.p ? handler.p : "", handler.n);
    noi_buf_add(&w->name, name_of.p ? name_of.p : "", name_of.n);
    w->level = noi_column_int(q, LEVEL);
    w->n = w->n_overdue = 0;
    NOI_AUTO_FREE char *name = file_name(w);
    NOI_AUTO_FREE char *path = noi_format("%s/%s", noi_folder_part(w->folder), name);
    NOI_TRY(noi_out_open_private(&w->file, path));
    return noi_out_printf(w->file, "case,system,procedure_code,old_handler,new_office,intake_unit,received,due,"
                                   "status,overdue_at_handover,clock_stands_still,rules\n");
}

static void add_row_of_page(writer *w, const char *file) {
    noi_buf_add_str(&w->page, "<tr><td>");
    noi_html_text(&w->page, noi_buf_view(&w->handler));
    noi_buf_add_str(&w->page, "</td><td>");
    noi_html_text(&w->page, noi_buf_view(&w->name));
    noi_buf_add_str(&w->page, "</td><td>");
    noi_html_text(&w->page, noi_str_of(noi_handler_words(handler_of(w->level))));
    noi_buf_add_str(&w->page, "</td>");
    noi_html_number(&w->page, w->n);
    noi_html_number(&w->page, w->n_overdue);
    noi_buf_printf(&w->page, "<td><a href=\"%s\">%s</a></td></tr>\n", file, file);
}

static noi_status end_handler(writer *w) {
    if (!w->file)
        return NOI_OK;
    NOI_AUTO_FREE char *file = file_name(w);
    noi_csv_add_field(&w->index, noi_buf_view(&w->handler));
    noi_buf_add_char(&w->index, ',');
    noi_csv_add_field(&w->index, noi_buf_view(&w->name));
    noi_buf_printf(&w->index, ",%s,%lld,%lld,%s\n", level_key(w->level), (long long)w->n,
                   (long long)w->n_overdue, file);
    add_row_of_page(w, file);
    w->counts->handlers++;
    noi_status status = noi_out_commit(w->file);
    noi_out_close(w->file);
    w->file = NULL;
    return status;
}

static bool is_next_handler(const writer *w, noi_stmt *q) {
    return !w->file || w->level != noi_column_int(q, LEVEL) ||
           !noi_str_eq(noi_column_text(q, HANDLER), noi_buf_view(&w->handler));
}

static void add_rules(noi_buf *line, uint32_t flags) {
    bool any = false;
    for (int number = 1; number <= NOI_MAX_CASE_RULE; number++) {
        if (!noi_flags_have_rule(flags, number))
            continue;
        noi_buf_printf(line, "%sR%d", any ? " " : "", number);
        any = true;
    }
}

static noi_status add_case(writer *w, noi_stmt *q) {
    uint32_t flags = (uint32_t)noi_column_int(q, FLAGS);
    bool overdue = flags & NOI_FLAG_OVERDUE;
    noi_buf_clear(&w->line);
    for (int at = KEY; at <= STATUS; at++) {
        noi_csv_add_field(&w->line, noi_column_text(q, at));
        noi_buf_add_char(&w->line, ',');
    }
    noi_buf_printf(&w->line, "%d,%d,", overdue, (flags & NOI_FLAG_CLOCK_STILL) != 0);
    add_rules(&w->line, flags);
    noi_buf_add_char(&w->line, '\n');
    w->n++;
    w->n_overdue += overdue;
    w->counts->overdue += overdue;
    return noi_out_write(w->file, w->line.p, w->line.n);
}

static noi_status write_cases(writer *w, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "notices/cases"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return end_handler(w);
        if (is_next_handler(w, q)) {
            NOI_TRY(end_handler(w));
            NOI_TRY(begin_handler(w, q));
        }
        NOI_TRY(add_case(w, q));
    }
}

/* ---- the folder ------------------------------------------------------------------------------ */

static noi_status count_cases(noi_notices *out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "notices/account"));
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    *out = (noi_notices){.cases = noi_column_int(q, 0),
                         .announced = noi_column_int(q, 1),
                         .city_decides = noi_column_int(q, 2),
                         .locate = noi_column_int(q, 3),
                         .old_unit_finishes = noi_column_int(q, 4)};
    out->stay = out->cases - out->announced - out->city_decides - out->locate;
    return NOI_OK;
}

static void begin_page(writer *w) {
    noi_page_begin(&w->page, "notices", _("Cases by their new handler"), NULL);
    noi_buf_add_str(&w->page, "<h1>");
    noi_html_text(&w->page, noi_str_of(_("Cases by their new handler")));
    noi_buf_add_str(&w->page, "</h1>\n<table><thead><tr>");
    const char *const heads[] = {_("Code"),     _("Handler"),               _("Level"),
                                 _("Cases"),    _("Overdue at the handover"), _("List")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        noi_buf_add_str(&w->page, "<th>");
        noi_html_text(&w->page, noi_str_of(heads[i]));
        noi_buf_add_str(&w->page, "</th>");
    }
    noi_buf_add_str(&w->page, "</tr></thead><tbody>\n");
}

static noi_status write_index(const writer *w) {
    NOI_AUTO_FREE char *path = noi_format("%s/handlers.csv", noi_folder_part(w->folder));
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open_private(&out, path));
    NOI_TRY(noi_out_write(out, w->index.p, w->index.n));
    return noi_out_commit(out);
}

static void end_page(writer *w) {
    const noi_notices *c = w->counts;
    NOI_AUTO_FREE char *account = noi_format(
        _("%lld cases = %lld get another handler + %lld wait for a decision of the city + %lld wait "
          "for their place + %lld stay with theirs or are closed"),
        (long long)c->cases, (long long)c->announced, (long long)c->city_decides,
        (long long)c->locate, (long long)c->stay);
    noi_buf_add_str(&w->page, "</tbody></table>\n<p>");
    noi_html_text(&w->page, noi_str_of(account));
    noi_buf_add_str(&w->page, "</p>\n");
    noi_page_end(&w->page);
}

static noi_status write_all(writer *w, noi_registry *registry) {
    begin_page(w);
    noi_buf_add_str(&w->index, "handler,name,level,cases,overdue_at_handover,file\n");
    NOI_TRY(write_cases(w, registry));
    end_page(w);
    NOI_TRY(write_index(w));
    NOI_TRY(noi_folder_page(w->folder, noi_buf_view(&w->page)));
    return noi_folder_commit(w->folder);
}

noi_status noi_notices_write(noi_notices *out, noi_registry *registry, const char *path) {
    NOI_AUTO(noi_folder_closep) noi_folder *folder = NULL;
    NOI_TRY(noi_want_merge(
        registry, _("cases have no new handler before it: 'noi plan', then 'noi merge'")));
    NOI_TRY(noi_folder_begin(&folder, path, "notices", "-o"));
    NOI_TRY(count_cases(out, registry));
    NOI_TRY(noi_sort_on_disk(registry, true)); /* millions of cases are put in order */
    writer w = {.counts = out, .folder = folder};
    noi_status status = write_all(&w, registry);
    noi_out_close(w.file);
    noi_buf_free(&w.page);
    noi_buf_free(&w.index);
    noi_buf_free(&w.line);
    noi_buf_free(&w.handler);
    noi_buf_free(&w.name);
    noi_error kept;
    noi_error_save(&kept, status);
    NOI_TRY(noi_sort_on_disk(registry, false));
    return noi_error_restore(&kept);
}
