/*
 * convert.c: `noi convert`: a column in, columns appended, rows and their order kept. CSV in UTF-8 goes
 * its own, fast way (convert_csv.c); all else is read as a table (convert_table.c).
 */
#include "cli/convert.h"

#include "address/text.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/open_plan.h"
#include "cli/outputs.h"
#include "exporters/xlsx.h"
#include "importers/table.h"

#include <json-c/json.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SAMPLE (1u << 20) /* bytes by which an encoding is told */

const char *const convert_columns[CONVERT_N_COLUMNS] = {
    "noi_status", "noi_new_code", "noi_new_name",   "noi_old_code",
    "noi_method", "noi_clause",   "noi_candidates", "noi_warning"};

typedef struct options {
    const char *out, *code_column, *plan, *as_of, *encoding, *layer;
    const char *columns[CLI_MAX_LIST];
    size_t n_columns;
    bool json;
} options;

/* ---- the account ----------------------------------------------------------------------------- */

void convert_count(convert_account *account, const noi_verdict *verdicts, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const noi_verdict *v = &verdicts[i];
        account->status[v->status]++;
        account->method[v->method & 31]++;
        account->reason[v->reason & 31]++;
        for (uint32_t left = v->warnings; left; left &= left - 1)
            account->warning[__builtin_ctz(left)]++;
    }
}

void convert_sum(convert_account *account, const convert_account *more) {
    for (size_t i = 0; i <= NOI_UNPLACED; i++)
        account->status[i] += more->status[i];
    for (size_t i = 0; i < 32; i++) {
        account->method[i] += more->method[i];
        account->reason[i] += more->reason[i];
        account->warning[i] += more->warning[i];
    }
    account->n_bad += more->n_bad;
}

static uint64_t rows_of(const convert_account *a) {
    return a->status[NOI_ASSIGNED] + a->status[NOI_AMBIGUOUS] + a->status[NOI_UNPLACED];
}

static void show(const convert_account *a) {
    fprintf(stderr, _("in %llu = assigned %llu + ambiguous %llu + unplaced %llu\n"),
            (unsigned long long)rows_of(a), (unsigned long long)a->status[NOI_ASSIGNED],
            (unsigned long long)a->status[NOI_AMBIGUOUS],
            (unsigned long long)a->status[NOI_UNPLACED]);
    if (a->n_bad)
        fprintf(stderr, _("%llu rows are no rows of this file; kept, marked bad_row\n"),
                (unsigned long long)a->n_bad);
}

static void add_count(json_object *to, const char *key, uint64_t value) {
    json_object_object_add(to, key, json_object_new_uint64(value));
}

static void show_json(const convert_account *a, FILE *to) {
    json_object *all = json_object_new_object(), *methods = json_object_new_object();
    json_object *reasons = json_object_new_object(), *warnings = json_object_new_object();
    add_count(all, "in", rows_of(a));
    add_count(all, "assigned", a->status[NOI_ASSIGNED]);
    add_count(all, "ambiguous", a->status[NOI_AMBIGUOUS]);
    add_count(all, "unplaced", a->status[NOI_UNPLACED]);
    add_count(all, "bad_rows", a->n_bad);
    for (int i = 1; i < 32; i++)
        if (a->method[i])
            add_count(methods, noi_method_key((noi_method)i), a->method[i]);
    for (int i = 1; i < 32; i++)
        if (a->reason[i])
            add_count(reasons, noi_reason_key((noi_reason)i), a->reason[i]);
    for (unsigned i = 0; i < 32; i++)
        if (a->warning[i])
            add_count(warnings, noi_warning_key((noi_warning)(1u << i)), a->warning[i]);
    json_object_object_add(all, "methods", methods);
    json_object_object_add(all, "reasons", reasons);
    json_object_object_add(all, "warnings", warnings);
    fprintf(to, "%s\n", json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

/* ---- the appended columns -------------------------------------------------------------------- */

static void end_field(convert_fields *out, size_t field) {
    out->at[field + 1] = out->bytes.n;
}

static void add_code(noi_buf *out, const noi_plan *plan, uint16_t unit) {
    char code[8];
    if (unit != NOI_NO_UNIT)
        noi_buf_add_str(out, noi_code_format(code, plan->units[unit].code));
}

void convert_fill(convert_fields *out, const noi_plan *plan, const noi_verdict *v) {
    noi_buf *b = &out->bytes;
    noi_buf_clear(b);
    out->at[0] = 0;
    noi_buf_add_str(b, noi_verdict_status_key((noi_verdict_status)v->status));
    end_field(out, 0);
    add_code(b, plan, v->new_unit);
    end_field(out, 1);
    if (v->new_unit != NOI_NO_UNIT)
        noi_buf_add_str(b, noi_plan_text(plan, plan->units[v->new_unit].full_name));
    end_field(out, 2);
    add_code(b, plan, v->old_unit);
    end_field(out, 3);
    if (v->method)
        noi_buf_add_str(b, noi_method_key((noi_method)v->method));
    end_field(out, 4);
    if (v->edge >= 0)
        noi_buf_add_str(b, noi_plan_text(plan, plan->edges[v->edge].clause));
    end_field(out, 5);
    for (size_t i = 0; i < v->n_candidates; i++) {
        noi_buf_add_str(b, i ? " " : "");
        add_code(b, plan, v->candidates[i]);
    }
    end_field(out, 6);
    const char *space = "";
    for (uint32_t left = v->warnings; left; left &= left - 1) {
        noi_buf_add_str(b, space);
        noi_buf_add_str(b, noi_warning_key((noi_warning)(left & -left)));
        space = " ";
    }
    end_field(out, 7);
}

/* ---- columns of the input -------------------------------------------------------------------- */

noi_status convert_find(int *out, const noi_str *columns, size_t n, const char *name) {
    *out = -1;
    if (!name)
        return NOI_OK;
    for (size_t i = 0; i < n; i++)
        if (noi_str_is(columns[i], name)) {
            *out = (int)i;
            return NOI_OK;
        }
    noi_status status = noi_fail(NOI_ERR_INPUT, _("the file has no column '%s'"), name);
    NOI_AUTO_BUF noi_buf names = {0};
    for (size_t i = 0; i < n; i++)
        noi_buf_printf(&names, "%s%.*s", i ? ", " : "", NOI_STR_ARG(columns[i]));
    noi_hint(_("its columns are: %s"), names.p ? names.p : "");
    return status;
}

noi_status convert_refuse_twice(const noi_str *columns, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < CONVERT_N_COLUMNS; c++) {
            if (!noi_str_is(columns[i], convert_columns[c]))
                continue;
            noi_status status = noi_fail(NOI_ERR_INPUT, _("the file already has a column %s"),
                                         convert_columns[c]);
            noi_hint(_("it was converted before; take the original file"));
            return status;
        }
    return NOI_OK;
}

void convert_add_part(noi_buf *to, size_t from, noi_str part) {
    part = noi_str_trim(part);
    if (part.n && to->n > from)
        noi_buf_add(to, ", ", 2);
    noi_buf_add(to, part.p, part.n);
}

/* ---- the way --------------------------------------------------------------------------------- */

/* Standard input as a file that has no name any more when it is open. */
static noi_status spool(char **path) {
    const char *folder = getenv("TMPDIR");
    *path = noi_format("%s/noi-convert-XXXXXX", folder && *folder ? folder : "/tmp");
    int fd = mkstemp(*path);
    if (fd < 0)
        return noi_fail_errno(NOI_ERR_IO, _("%s: cannot be written"), *path);
    NOI_AUTO_FREE char *block = noi_alloc(1u << 20);
    ssize_t n;
    while ((n = read(STDIN_FILENO, block, 1u << 20)) > 0 && noi_write_all(fd, block, (size_t)n))
        ;
    int error = n == 0 ? 0 : errno;
    if (close(fd) != 0 && !error)
        error = errno;
    errno = error;
    if (error)
        return noi_fail_errno(NOI_ERR_IO, _("standard input cannot be kept in %s"), *path);
    return NOI_OK;
}

static void remove_spool(char **path) {
    if (*path)
        unlink(*path);
    free(*path);
}

static noi_status is_plain_csv(bool *out, const convert_options *o) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, o->in));
    noi_str bytes = noi_map_bytes(map);
    noi_str head = {bytes.p, bytes.n < 64 ? bytes.n : 64};
    noi_str sample = {bytes.p, bytes.n < SAMPLE ? bytes.n : SAMPLE};
    bool utf8 = o->encoding ? noi_encoding_by_key(o->encoding) == NOI_ENCODING_UTF8
                            : noi_encoding_detect(sample) == NOI_ENCODING_UTF8;
    *out = utf8 && !noi_ogr_claims(o->in, head) && !noi_xlsx_is_named(o->out);
    return NOI_OK;
}

static noi_status run(convert_account *account, convert_options *o) {
    NOI_AUTO(remove_spool) char *kept = NULL;
    bool plain = false;
    if (strcmp(o->in, "-") == 0) {
        NOI_TRY(spool(&kept));
        o->in = kept;
    }
    NOI_TRY(is_plain_csv(&plain, o));
    return plain ? convert_csv(account, o) : convert_table(account, o);
}

static noi_status read_options(convert_options *out, const options *o, const char *in) {
    *out = (convert_options){.in = in,
                             .out = o->out,
                             .code_column = o->code_column,
                             .encoding = o->encoding,
                             .layer = o->layer,
                             .n_parts = o->n_columns,
                             .as_of = NOI_DAY_NONE};
    if (!o->out || (!o->n_columns && !o->code_column))
        return noi_fail(NOI_ERR_USAGE, _("noi convert needs -o OUT and --column COLUMN or "
                                         "--code-column COLUMN"));
    if (o->n_columns > CONVERT_MOST_PARTS)
        return noi_fail(NOI_ERR_USAGE, _("an address has at most %d columns"), CONVERT_MOST_PARTS);
    memcpy(out->parts, o->columns, o->n_columns * sizeof *o->columns);
    if (o->encoding && strcmp(o->encoding, "auto") == 0)
        out->encoding = NULL;
    if (o->as_of && (out->as_of = noi_day_parse(noi_str_of(o->as_of))) == NOI_DAY_NONE)
        return noi_fail(NOI_ERR_USAGE, _("--as-of wants a day such as 2025-06-30, not '%s'"),
                        o->as_of);
    const cli_output output = {"-o", o->out, false};
    return cli_check_outputs(&output, 1, (const char *const[]){in, o->plan}, 2);
}

static noi_status convert(const options *o, const cli_operands *operands) {
    convert_options settled;
    convert_account account = {0};
    NOI_TRY(cli_want_operands("convert", operands, 1, 1));
    NOI_TRY(read_options(&settled, o, operands->items[0]));
    NOI_AUTO(cli_plan_close) cli_plan plan = {0};
    NOI_TRY(cli_plan_open(&plan, o->plan, NULL));
    settled.plan = plan.plan;
    NOI_TRY(run(&account, &settled));
    if (o->json)
        show_json(&account, strcmp(o->out, "-") == 0 ? stderr : stdout);
    else
        show(&account);
    return NOI_OK;
}

int cli_run_convert(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {
        {.name = "-o", .value = &o.out},
        {.name = "--column", .list = o.columns, .n_list = &o.n_columns},
        {.name = "--code-column", .value = &o.code_column},
        {.name = "--plan", .value = &o.plan},
        {.name = "--as-of", .value = &o.as_of},
        {.name = "--encoding", .value = &o.encoding},
        {.name = "--layer", .value = &o.layer},
        {.name = "--json", .flag = &o.json},
    };
    cli_operands operands;
    bool help = false;
    noi_status status =
        cli_parse(&operands, &help, "convert", argc, argv, table, sizeof table / sizeof *table);
    if (help)
        return 0;
    if (status == NOI_OK)
        status = convert(&o, &operands);
    return status == NOI_OK ? 0 : cli_fail(status);
}
