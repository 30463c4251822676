/* vintage.c: `noi vintage`: from which days a column of codes is, and which codes do not fit. */
#include "cli/cli.h"
#include "cli/open_plan.h"

#include "base/i18n.h"
#include "base/progress.h"
#include "importers/table.h"
#include "plan/spans.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#define MAX_SHOWN 20 /* exceptions in the text; --json has them all */

typedef struct options {
    const char *column, *plan, *encoding, *layer;
    bool json;
} options;

typedef struct found {
    const noi_plan *plan;
    const noi_column_vintage *column;
    const noi_span_of_days *best; /* NULL when no code is known */
} found;

/* ---- reading ---- */

static noi_status find_column(size_t *out, const noi_table *table, const char *name) {
    size_t n = noi_table_n_columns(table);
    const noi_str *columns = noi_table_columns(table);
    NOI_AUTO_BUF noi_buf names = {0};
    for (size_t i = 0; i < n; i++) {
        if (noi_str_is(columns[i], name)) {
            *out = i;
            return NOI_OK;
        }
        noi_buf_printf(&names, "%s%.*s", i ? ", " : "", NOI_STR_ARG(columns[i]));
    }
    noi_status status = noi_fail(NOI_ERR_INPUT, _("the file has no column '%s'"), name);
    noi_hint(_("its columns are: %s"), names.p ? names.p : "");
    return status;
}

static noi_status count_rows(noi_column_counter *counter, noi_table *table, size_t column) {
    noi_progress progress = noi_progress_begin(_("Reading"), noi_table_size(table));
    size_t position = noi_table_position(table);
    noi_table_row row;
    for (bool more = true;;) {
        NOI_TRY(noi_table_next(&row, &more, table));
        if (!more)
            break;
        noi_str value = row.defect == NOI_REJECT_NONE && column < row.n ? row.field[column]
                                                                         : (noi_str){NULL, 0};
        noi_column_counter_add(counter, value, row.line);
        noi_progress_add(&progress, noi_table_position(table) - position);
        position = noi_table_position(table);
    }
    noi_progress_end(&progress);
    return NOI_OK;
}

/* ---- words ---- */

static void span_words(char *out, size_t size, const noi_span_of_days *span) {
    char from[12], last[12];
    noi_day_format(from, span->from);
    noi_day_format(last, span->to - 1);
    if (span->from == NOI_DAY_NONE && span->to == NOI_DAY_OPEN)
        snprintf(out, size, "%s", _("on all days"));
    else if (span->from == NOI_DAY_NONE)
        snprintf(out, size, _("until %s"), last);
    else if (span->to == NOI_DAY_OPEN)
        snprintf(out, size, _("since %s"), from);
    else
        snprintf(out, size, _("%s to %s"), from, last);
}

/* "Phường 15 (until 2024-12-31), Phường Tân Bình (since 2025-07-01)". */
static void when_words(noi_buf *out, const noi_plan *plan, noi_code code) {
    uint32_t first = 0;
    size_t n = noi_plan_find_all(&first, plan, code);
    for (size_t i = 0; i < n; i++) {
        const noi_plan_unit_row *u = &plan->units[plan->by_code[first + i]];
        const noi_span_of_days span = {.from = u->from, .to = u->to};
        char days[64];
        span_words(days, sizeof days, &span);
        noi_buf_printf(out, "%s%s (%s)", i ? ", " : "", noi_plan_text(plan, u->full_name), days);
    }
    noi_buf_add_char(out, '\0');
}

static bool fits(const found *f, const noi_column_code *code) {
    return code->state == NOI_CODE_KNOWN && f->best &&
           noi_code_fits_span(f->plan, code->code, f->best);
}

static size_t count_exceptions(const found *f) {
    size_t n = 0;
    for (size_t i = 0; i < f->column->n_codes; i++)
        n += !fits(f, &f->column->codes[i]);
    return n;
}

/* ---- for people ---- */

static void show_spans(const found *f) {
    for (size_t i = 0; i < f->column->n_spans; i++) {
        const noi_span_of_days *span = &f->column->spans[i];
        char days[64];
        span_words(days, sizeof days, span);
        bool best = span->rows == f->best->rows;
        printf(best ? "* %-28s" : "  %-28s", days);
        printf(_(" %10llu rows  %6u codes\n"), (unsigned long long)span->rows, span->codes);
    }
}

static void show_exception(const found *f, const noi_column_code *code) {
    NOI_AUTO_BUF noi_buf when = {0};
    when_words(&when, f->plan, code->code);
    printf("  %-10s ", code->text);
    printf(_("%llu rows, first in line %lld: "), (unsigned long long)code->rows,
           (long long)code->line);
    switch (code->state) {
    case NOI_CODE_MALFORMED:
        puts(_("not a code of one to six digits"));
        break;
    case NOI_CODE_UNKNOWN:
        puts(_("was no unit's code on any day"));
        break;
    case NOI_CODE_LOST_ZEROS:
        printf(_("has lost its leading zeros; %s\n"), when.p);
        break;
    case NOI_CODE_KNOWN:
        puts(when.p);
        break;
    }
}

static void show_exceptions(const found *f, size_t n) {
    size_t shown = 0;
    printf(_("\n%zu codes do not fit:\n"), n);
    for (size_t i = 0; i < f->column->n_codes && shown < MAX_SHOWN; i++)
        if (!fits(f, &f->column->codes[i])) {
            show_exception(f, &f->column->codes[i]);
            shown++;
        }
    if (n > shown)
        printf(_("  ... and %zu more; --json lists all\n"), n - shown);
}

/* Whether the code names units of different names in spans that fit alike. */
static bool tells_apart(const found *f, const noi_column_code *code) {
    const char *name = NULL;
    for (size_t i = 0; i < f->column->n_spans; i++) {
        const noi_span_of_days *span = &f->column->spans[i];
        uint16_t here = noi_plan_find(f->plan, code->code, span->from);
        if (span->rows != f->best->rows || here == NOI_NO_UNIT)
            continue;
        const char *its = noi_plan_text(f->plan, f->plan->units[here].full_name);
        if (name && strcmp(name, its) != 0)
            return true;
        name = its;
    }
    return false;
}

static void show_doubt(const found *f) {
    printf(_("The codes fit %zu spans of days alike. Their names would tell which it is:\n"),
           f->column->n_best);
    size_t shown = 0;
    for (size_t i = 0; i < f->column->n_codes && shown < MAX_SHOWN; i++) {
        NOI_AUTO_BUF noi_buf when = {0};
        if (!tells_apart(f, &f->column->codes[i]))
            continue;
        when_words(&when, f->plan, f->column->codes[i].code);
        printf("  %s  %s\n", f->column->codes[i].text, when.p);
        shown++;
    }
}

static void show(const found *f) {
    printf(_("%llu rows with a code, %zu different codes; %llu rows without\n"),
           (unsigned long long)f->column->rows, f->column->n_codes,
           (unsigned long long)f->column->empty);
    size_t n = count_exceptions(f);
    if (f->best) {
        puts(_("\nHow many of them were in force:"));
        show_spans(f);
    }
    if (n)
        show_exceptions(f, n);
    char days[64] = "";
    if (f->best)
        span_words(days, sizeof days, f->best);
    puts("");
    if (!f->best)
        puts(_("No code of the column was a unit's code on any day."));
    else if (f->column->n_best > 1)
        show_doubt(f);
    else
        printf(_("The codes are those in force %s.\n"), days);
}

/* ---- for machines ---- */

static json_object *day_json(noi_day day) {
    char text[12];
    if (day == NOI_DAY_NONE || day == NOI_DAY_OPEN)
        return NULL;
    return json_object_new_string(noi_day_format(text, day));
}

static json_object *span_json(const noi_span_of_days *span) {
    json_object *o = json_object_new_object();
    json_object_object_add(o, "from", day_json(span->from));
    json_object_object_add(o, "to", day_json(span->to == NOI_DAY_OPEN ? span->to : span->to - 1));
    json_object_object_add(o, "rows", json_object_new_int64((int64_t)span->rows));
    json_object_object_add(o, "codes", json_object_new_int64(span->codes));
    return o;
}

static json_object *exceptions_json(const found *f) {
    static const char *const states[] = {"other_days", "unknown", "malformed", "lost_zeros"};
    json_object *list = json_object_new_array();
    for (size_t i = 0; i < f->column->n_codes; i++) {
        const noi_column_code *code = &f->column->codes[i];
        if (fits(f, code))
            continue;
        json_object *o = json_object_new_object();
        json_object_object_add(o, "code", json_object_new_string(code->text));
        json_object_object_add(o, "why", json_object_new_string(states[code->state]));
        json_object_object_add(o, "rows", json_object_new_int64((int64_t)code->rows));
        json_object_object_add(o, "first_line", json_object_new_int64(code->line));
        json_object_array_add(list, o);
    }
    return list;
}

static void show_json(const found *f) {
    json_object *all = json_object_new_object(), *spans = json_object_new_array();
    for (size_t i = 0; i < f->column->n_spans; i++)
        json_object_array_add(spans, span_json(&f->column->spans[i]));
    json_object_object_add(all, "rows", json_object_new_int64((int64_t)f->column->rows));
    json_object_object_add(all, "empty", json_object_new_int64((int64_t)f->column->empty));
    json_object_object_add(all, "codes", json_object_new_int64((int64_t)f->column->n_codes));
    json_object_object_add(all, "vintage",
                           f->best && f->column->n_best == 1 ? span_json(f->best) : NULL);
    json_object_object_add(all, "spans", spans);
    json_object_object_add(all, "exceptions", exceptions_json(f));
    puts(json_object_to_json_string_ext(all,
                                        JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(all);
}

/* ---- the command ---- */

static noi_status run(bool *clear, const options *o, const cli_operands *operands) {
    NOI_TRY(cli_want_operands("vintage", operands, 1, 1));
    if (!o->column) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi vintage needs --column COLUMN"));
        noi_hint(_("name the column that holds the codes"));
        return status;
    }
    NOI_AUTO(cli_plan_close) cli_plan opened = {0};
    NOI_AUTO(noi_table_closep) noi_table *table = NULL;
    size_t column = 0;
    NOI_TRY(noi_table_open(&table, operands->items[0], o->encoding, o->layer));
    NOI_TRY(find_column(&column, table, o->column));
    NOI_TRY(cli_plan_open(&opened, o->plan, NULL));
    const noi_plan *plan = opened.plan;
    NOI_AUTO(noi_column_counter_freep) noi_column_counter *counter = noi_column_counter_new(plan);
    NOI_TRY(count_rows(counter, table, column));
    found f = {.plan = plan, .column = noi_column_counter_finish(counter)};
    f.best = f.column->n_spans ? &f.column->spans[f.column->best] : NULL;
    *clear = f.best && f.column->n_best == 1 && count_exceptions(&f) == 0;
    if (o->json)
        show_json(&f);
    else
        show(&f);
    return NOI_OK;
}

int cli_run_vintage(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {{.name = "--column", .value = &o.column},
                                {.name = "--plan", .value = &o.plan},
                                {.name = "--encoding", .value = &o.encoding},
                                {.name = "--layer", .value = &o.layer},
                                {.name = "--json", .flag = &o.json}};
    cli_operands operands;
    bool help = false, clear = false;
    noi_status status =
        cli_parse(&operands, &help, "vintage", argc, argv, table, sizeof table / sizeof *table);
    if (help)
        return 0;
    if (status == NOI_OK)
        status = run(&clear, &o, &operands);
    if (status != NOI_OK)
        return cli_fail(status);
    return clear ? 0 : 1;
}
