/* decide.c: `noi decide`: what people decided, from a list or one by one. */
#include "cli/cli.h"
#include "cli/list.h"
#include "cli/outputs.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

typedef struct options {
    const char *registry, *by, *why, *evidence, *override, *on, *reject, *encoding, *layer;
    bool dry_run, approve, withdraw, json;
} options;

/* ---- the reject file ------------------------------------------------------------------------- */

typedef struct rejects {
    const char *path;
    noi_out *out; /* made by the first reject */
    noi_buf line;
} rejects;

static void close_rejects(rejects *r) {
    noi_out_close(r->out);
    noi_buf_free(&r->line);
}

static const char *column_of(noi_decide_result result) {
    switch (result) {
    case NOI_DECIDE_NO_RECORD:
        return "key";
    case NOI_DECIDE_CHANGED_ROW:
        return "check";
    case NOI_DECIDE_NO_REASON:
        return "why";
    default:
        return "decision";
    }
}

static noi_str value_of(const noi_decide_row *row, noi_decide_result result) {
    switch (result) {
    case NOI_DECIDE_NO_RECORD:
        return row->key;
    case NOI_DECIDE_CHANGED_ROW:
        return row->check;
    case NOI_DECIDE_NO_REASON:
        return row->why;
    default:
        return row->code;
    }
}

static noi_status tell_reject(rejects *r, const noi_decide_row *row, noi_decide_result result) {
    noi_buf_clear(&r->line);
    if (!r->path) {
        fprintf(stderr, _("line %lld: %s: %s '%.*s': %s\n"), (long long)row->line,
                noi_decide_key(result), column_of(result), NOI_STR_ARG(value_of(row, result)),
                noi_decide_words(result));
        return NOI_OK;
    }
    if (!r->out) {
        NOI_TRY(noi_out_open_private(&r->out, r->path));
        NOI_TRY(noi_out_printf(r->out, "line,column,value,reason\n"));
    }
    noi_buf_printf(&r->line, "%lld,%s,", (long long)row->line, column_of(result));
    noi_csv_add_field(&r->line, value_of(row, result));
    noi_buf_printf(&r->line, ",%s\n", noi_decide_key(result));
    return noi_out_write(r->out, r->line.p, r->line.n);
}

static noi_status tell(void *context, const noi_decide_row *row, noi_decide_result result) {
    return result >= NOI_DECIDE_NO_RECORD ? tell_reject(context, row, result) : NOI_OK;
}

/* ---- the rows -------------------------------------------------------------------------------- */

/* "case:000.00.01.H29-260310-0420" */
static bool read_subject(noi_decide_row *row, const char *text) {
    const char *colon = strchr(text, ':');
    if (!colon)
        return false;
    row->kind = noi_record_kind_by_key((noi_str){text, (size_t)(colon - text)});
    row->key = noi_str_of(colon + 1);
    return row->kind != 0;
}

static noi_status read_rows(cli_list_rows *out, const options *o, const cli_operands *operands) {
    noi_decide_row one = {.line = 1, .evidence = noi_str_of(o->evidence)};
    bool single = read_subject(&one, operands->items[1]);
    bool wants_code = single && !o->approve && !o->withdraw;
    NOI_TRY(cli_want_operands("decide", operands, wants_code ? 3 : 2, single ? 3 : 2));
    if (!single)
        return cli_list_read(out, operands->items[1], o->encoding, o->layer);
    if (operands->n == 3)
        one.code = noi_str_of(operands->items[2]);
    NOI_GROW(out->items, out->capacity, 1);
    out->items[out->n++] = one;
    return NOI_OK;
}

static noi_status read_options(noi_decide_options *out, const options *o) {
    *out = (noi_decide_options){.act = o->approve    ? NOI_APPROVE
                                       : o->withdraw ? NOI_WITHDRAW
                                                     : NOI_DECIDE,
                                .by = noi_str_of(o->by),
                                .on = NOI_DAY_NONE,
                                .why = noi_str_of(o->why),
                                .override = noi_str_of(o->override),
                                .dry_run = o->dry_run};
    if (o->approve && o->withdraw)
        return noi_fail(NOI_ERR_USAGE, _("--approve and --withdraw exclude each other"));
    if (!o->by) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("a decision needs the name of who makes it"));
        noi_hint(_("--by NAME"));
        return status;
    }
    if (!o->on)
        return NOI_OK;
    out->on = noi_day_parse(noi_str_of(o->on));
    return out->on == NOI_DAY_NONE ? noi_fail(NOI_ERR_USAGE, _("'%s' is not a day"), o->on)
                                   : NOI_OK;
}

/* ---- what came of it ------------------------------------------------------------------------- */

static void show(const noi_decide_counts *c, const options *o) {
    printf(_("%lld rows\n"), (long long)c->rows);
    for (int i = 0; i < NOI_DECIDE_RESULTS; i++)
        if (c->of[i])
            printf("%9lld  %s\n", (long long)c->of[i], noi_decide_words((noi_decide_result)i));
    if (c->rejected && o->reject)
        printf(_("rows that cannot be taken are in %s\n"), o->reject);
    if (o->dry_run)
        printf(_("This was a dry run: nothing was written to %s.\n"), o->registry);
    else if (c->of[NOI_DECIDE_EFFECTIVE] || c->of[NOI_DECIDE_WITHDRAWN])
        printf(_("The verdicts follow with the next plan: noi plan %s -o PLAN, then noi merge\n"),
               o->registry);
}

static void show_json(const noi_decide_counts *c, const options *o) {
    json_object *all = json_object_new_object(), *of = json_object_new_object();
    json_object_object_add(all, "rows", json_object_new_int64(c->rows));
    json_object_object_add(all, "rejected", json_object_new_int64(c->rejected));
    json_object_object_add(all, "dry_run", json_object_new_boolean(o->dry_run));
    for (int i = 0; i < NOI_DECIDE_RESULTS; i++)
        json_object_object_add(of, noi_decide_key((noi_decide_result)i),
                               json_object_new_int64(c->of[i]));
    json_object_object_add(all, "results", of);
    puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

static noi_status decide(noi_decide_counts *counts, const options *o, cli_operands *operands) {
    NOI_AUTO(cli_list_rows_free) cli_list_rows rows = {0};
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_AUTO(close_rejects) rejects rejected = {.path = o->reject};
    noi_decide_options wanted;
    const cli_output outputs[] = {{"--reject", o->reject, false}};
    const char *const inputs[] = {operands->items[0], operands->items[1]};
    NOI_TRY(read_options(&wanted, o));
    NOI_TRY(cli_check_outputs(outputs, 1, inputs, 2));
    NOI_TRY(read_rows(&rows, o, operands));
    NOI_TRY(noi_registry_open(&registry, o->registry, NOI_OPEN_WRITE));
    NOI_TRY(noi_decide(counts, registry, rows.items, rows.n, &wanted, tell, &rejected));
    return rejected.out ? noi_out_commit(rejected.out) : NOI_OK;
}

static int run(options *o, cli_operands *operands) {
    noi_decide_counts counts = {0};
    o->registry = operands->items[0];
    noi_status status = decide(&counts, o, operands);
    if (status != NOI_OK)
        return cli_fail(status);
    if (o->json)
        show_json(&counts, o);
    else
        show(&counts, o);
    return counts.rejected || counts.of[NOI_DECIDE_CONTRADICTS] ? 1 : 0;
}

int cli_run_decide(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {
        {.name = "--by", .value = &o.by},             {.name = "--why", .value = &o.why},
        {.name = "--evidence", .value = &o.evidence}, {.name = "--override", .value = &o.override},
        {.name = "--on", .value = &o.on},             {.name = "--reject", .value = &o.reject},
        {.name = "--encoding", .value = &o.encoding}, {.name = "--layer", .value = &o.layer},
        {.name = "--dry-run", .flag = &o.dry_run},    {.name = "--approve", .flag = &o.approve},
        {.name = "--withdraw", .flag = &o.withdraw},  {.name = "--json", .flag = &o.json}};
    cli_operands operands;
    bool help = false;
    noi_status status =
        cli_parse(&operands, &help, "decide", argc, argv, table, sizeof table / sizeof *table);
    if (help)
        return 0;
    if (status == NOI_OK)
        status = cli_want_operands("decide", &operands, 2, 3);
    return status == NOI_OK ? run(&o, &operands) : cli_fail(status);
}
