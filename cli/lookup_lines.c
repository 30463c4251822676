/*
 * lookup_lines.c: many questions in a row, from standard input. On a terminal the line is edited by
 * libedit; while one types, the units that the last part may become stand dim behind the cursor,
 * and Tab takes the first. A number answers the question that the last answer asked.
 */
#include "cli/lookup.h"

#include "base/i18n.h"
#include "plan/complete.h"

#include <ctype.h>
#include <errno.h>
#include <histedit.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#define MOST_HINTS    4
#define USUAL_COLUMNS 80

typedef struct talk {
    const noi_plan *plan;
    noi_day as_of;
    bool json, on_terminal, all_assigned;
    noi_completer *completer;
    noi_buf text;     /* of a line that was no UTF-8 */
    noi_verdict last; /* n_candidates 0: nothing to be answered by a number */
} talk;

/* ---- one question ---------------------------------------------------------------------------- */

static noi_status ask(talk *t, noi_str raw) {
    noi_str text = cli_lookup_text(&t->text, t->plan, raw);
    const noi_inquiry inquiry = {
        .text = text, .lon = NAN, .lat = NAN, .error_m = NOI_UNSTATED_ERROR_M, .as_of = t->as_of};
    NOI_TRY(noi_inquire(&t->last, t->plan, &inquiry));
    t->all_assigned = t->all_assigned && t->last.status == NOI_ASSIGNED;
    if (t->json)
        cli_lookup_json(t->plan, &t->last, text);
    else if (t->on_terminal)
        cli_lookup_people(t->plan, &t->last, text, true);
    else
        cli_lookup_line(t->plan, &t->last);
    fflush(stdout);
    return NOI_OK;
}

/* "2": the second candidate of the last answer. False when it is no such number. */
static bool choose(talk *t, noi_str text) {
    size_t number = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!isdigit((unsigned char)text.p[i]) || i > 2)
            return false;
        number = 10 * number + (size_t)(text.p[i] - '0');
    }
    if (number == 0 || number > t->last.n_candidates)
        return false;
    char code[8];
    NOI_AUTO_BUF noi_buf name = {0};
    uint16_t unit = t->last.candidates[number - 1];
    noi_unit_in_words(&name, t->plan, unit);
    printf("%s  %s\n  %s\n", noi_code_format(code, t->plan->units[unit].code), name.p,
           _("by your choice; nothing was stored"));
    return true;
}

/* ---- from a file or a pipe ------------------------------------------------------------------- */

static noi_status read_lines(talk *t) {
    NOI_AUTO_FREE char *line = NULL;
    size_t room = 0;
    ssize_t n;
    while ((n = getline(&line, &room, stdin)) >= 0) {
        if (n && line[n - 1] == '\n')
            n--;
        if (n && line[n - 1] == '\r')
            n--;
        NOI_TRY(ask(t, (noi_str){line, (size_t)n})); /* an empty line has an answer too */
    }
    if (ferror(stdin))
        return noi_fail_errno(NOI_ERR_IO, _("standard input cannot be read"));
    return NOI_OK;
}

/* ---- on a terminal --------------------------------------------------------------------------- */

static size_t columns(void) {
    struct winsize size;
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col
                                                                       : USUAL_COLUMNS;
}

/* Columns that a text takes; every letter of Vietnamese takes one. */
static size_t width(noi_str text) {
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += ((unsigned char)text.p[i] & 0xC0) != 0x80;
    return n;
}

/* Writes what fits behind the cursor, dim, and leaves the cursor where it was. */
static void show_hint(const talk *t, noi_str typed) {
    uint16_t units[MOST_HINTS];
    size_t from, n = noi_complete(units, MOST_HINTS, &from, t->completer, typed);
    size_t used = width(typed) + 12, room = columns();
    printf("\0337\033[K\033[2m");
    for (size_t i = 0; i < n; i++) {
        NOI_AUTO_BUF noi_buf name = {0};
        noi_unit_in_words(&name, t->plan, units[i]);
        size_t wide = width(noi_buf_view(&name)) + 3;
        if (used + wide > room)
            break;
        used += wide;
        printf("%s%s", i ? " · " : "   ", name.p);
    }
    printf("\033[0m\0338");
    fflush(stdout);
}

static noi_str typed_so_far(EditLine *editor) {
    const LineInfo *line = el_line(editor);
    return (noi_str){line->buffer, (size_t)(line->cursor - line->buffer)};
}

static int read_letter(EditLine *editor, wchar_t *out) {
    talk *t = NULL;
    el_get(editor, EL_CLIENTDATA, &t);
    show_hint(t, typed_so_far(editor));
    unsigned char bytes[4];
    ssize_t n;
    while ((n = read(STDIN_FILENO, bytes, 1)) < 0 && errno == EINTR)
        ;
    if (n <= 0)
        return (int)n;
    size_t need = bytes[0] < 0x80 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    for (size_t i = 1; i < need; i++)
        if (read(STDIN_FILENO, bytes + i, 1) != 1)
            return 0;
    static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    wchar_t letter = bytes[0] & masks[need];
    for (size_t i = 1; i < need; i++)
        letter = (wchar_t)(letter << 6 | (bytes[i] & 0x3F));
    *out = letter;
    return 1;
}

static unsigned char complete_line(EditLine *editor, int key) {
    (void)key;
    talk *t = NULL;
    el_get(editor, EL_CLIENTDATA, &t);
    noi_str typed = typed_so_far(editor);
    uint16_t unit;
    size_t from;
    if (!noi_complete(&unit, 1, &from, t->completer, typed))
        return CC_REFRESH_BEEP;
    NOI_AUTO_BUF noi_buf name = {0};
    noi_unit_in_words(&name, t->plan, unit);
    el_deletestr(editor, (int)width((noi_str){typed.p + from, typed.n - from}));
    return el_insertstr(editor, name.p) == 0 ? CC_REFRESH : CC_ERROR;
}

static const char *prompt(EditLine *editor) {
    (void)editor;
    return "noi> ";
}

static noi_status answer_line(talk *t, noi_str text) {
    if (text.n == 0 || choose(t, text))
        return NOI_OK;
    return ask(t, text);
}

static noi_status edit_lines(talk *t, EditLine *editor, History *past) {
    HistEvent event;
    int n = 0;
    for (const char *line; (line = el_gets(editor, &n)) && n > 0;) {
        noi_str text = noi_str_trim((noi_str){line, (size_t)n});
        printf("\033[K");
        if (text.n)
            history(past, &event, H_ENTER, line);
        NOI_TRY(answer_line(t, text));
    }
    puts("");
    return NOI_OK;
}

static noi_status converse(talk *t) {
    setlocale(LC_CTYPE, "C.UTF-8"); /* what noi reads and writes, whatever the locale says */
    EditLine *editor = el_init("noi", stdin, stdout, stderr);
    History *past = history_init();
    HistEvent event;
    if (!editor || !past)
        return noi_fail(NOI_ERR_IO, _("this terminal cannot be used"));
    history(past, &event, H_SETSIZE, 1000);
    el_set(editor, EL_PROMPT, prompt);
    el_set(editor, EL_EDITOR, "emacs");
    el_set(editor, EL_SIGNAL, 1); /* gives the terminal back as it was, whatever signal comes */
    el_set(editor, EL_HIST, history, past);
    el_set(editor, EL_CLIENTDATA, t);
    el_set(editor, EL_ADDFN, "noi-complete", "take the first name", complete_line);
    el_set(editor, EL_BIND, "^I", "noi-complete", NULL);
    el_set(editor, EL_GETCFN, read_letter);
    puts(_("An address, Tab for the name that stands behind the cursor, Ctrl-D to end."));
    noi_status status = edit_lines(t, editor, past);
    history_end(past);
    el_end(editor);
    return status;
}

noi_status cli_lookup_lines(bool *all_assigned, const noi_plan *plan, noi_day as_of, bool json) {
    bool on_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && !json;
    talk t = {.plan = plan,
              .as_of = as_of,
              .json = json,
              .on_terminal = on_terminal,
              .all_assigned = true};
    if (on_terminal)
        t.completer = noi_completer_new(plan);
    noi_status status = on_terminal ? converse(&t) : read_lines(&t);
    noi_completer_free(t.completer);
    noi_buf_free(&t.text);
    *all_assigned = t.all_assigned;
    return status;
}
