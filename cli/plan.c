/* plan.c: `noi plan`: compiles the plan and tells, by a dry run, what it will do. */
#include "cli/account.h"
#include "cli/cli.h"

#include "base/file.h"
#include "base/i18n.h"
#include "merge/case_rules.h"
#include "merge/compile.h"
#include "plan/format.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct arguments {
    const char *registry, *out;
    noi_day on;
    bool json;
} arguments;

/* What the plan says, for people. */
typedef struct summary {
    size_t old_units, new_units, split_units, edges, parts[4]; /* by noi_part */
    bool new_layer, old_layer;
    const noi_case_rules *rules;
} summary;

/* ---- arguments ------------------------------------------------------------------------------- */

static noi_status read_day(noi_day *out, const char *text) {
    *out = text ? noi_day_parse(noi_str_of(text)) : NOI_DAY_NONE;
    if (!text || *out != NOI_DAY_NONE)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("'--on %s' is not a day"), text);
    noi_hint(_("write it as 2025-07-01 or 01/07/2025"));
    return status;
}

static noi_status read_arguments(arguments *out, bool *help, int argc, char **argv) {
    const char *on = NULL;
    const cli_option options[] = {{.name = "-o", .value = &out->out},
                                  {.name = "--on", .value = &on},
                                  {.name = "--json", .flag = &out->json}};
    cli_operands operands;
    NOI_TRY(
        cli_parse(&operands, help, "plan", argc, argv, options, sizeof options / sizeof *options));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands("plan", &operands, 1, 1));
    out->registry = operands.items[0];
    if (!out->out) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi plan needs a name for the plan"));
        noi_hint("noi plan %s -o PLAN", out->registry);
        return status;
    }
    return read_day(&out->on, on);
}

/* ---- the plan -------------------------------------------------------------------------------- */

/* An earlier plan may be replaced; another file was surely not meant. */
static noi_status check_place(const char *path) {
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0)
        return NOI_OK;
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, path));
    noi_str bytes = noi_map_bytes(map);
    if (bytes.n >= strlen(PLAN_MAGIC) && memcmp(bytes.p, PLAN_MAGIC, strlen(PLAN_MAGIC)) == 0)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_CONFLICT,
                                 _("%s is there already and is no plan; it is not replaced"), path);
    noi_hint(_("name another file with -o"));
    return status;
}

static noi_status write_plan(const char *path, const noi_buf *bytes) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, path));
    NOI_TRY(noi_out_write(out, bytes->p, bytes->n));
    return noi_out_commit(out);
}

/* Edges of the change that the plan carries out; earlier ones only explain older names. */
static summary summarise(const noi_plan *plan) {
    summary s = {.new_layer = plan->new_index != NULL, .old_layer = plan->old_index != NULL};
    for (uint32_t i = 0; i < plan->n_units; i++) {
        const noi_plan_unit_row *u = &plan->units[i];
        size_t out = 0, in = 0;
        for (uint32_t e = 0; e < u->n_out; e++)
            out += plan->edges[plan->out_edges[u->first_out + e]].on == plan->on;
        for (uint32_t e = 0; e < u->n_in; e++)
            in += plan->edges[plan->in_edges[u->first_in + e]].on == plan->on;
        s.old_units += out > 0;
        s.split_units += out > 1;
        s.new_units += in > 0;
    }
    for (uint32_t i = 0; i < plan->n_edges; i++) {
        if (plan->edges[i].on != plan->on)
            continue;
        s.edges++;
        s.parts[plan->edges[i].part]++;
    }
    return s;
}

static const char *layers_in_words(const summary *s) {
    if (s->new_layer && s->old_layer)
        return _("borders of before and after the change decide about points");
    if (s->new_layer)
        return _("borders of after the change decide about points");
    if (s->old_layer)
        return _("borders of before the change tell where points lie");
    return _("no boundary layer: points cannot be used");
}

/* Tables of the registry about cases; those of the program go without saying. */
static void show_tables(const noi_case_rules *rules) {
    size_t procedures = noi_procedures_count(rules->procedures);
    size_t offices = noi_offices_count(rules->offices);
    if (!rules->own && !procedures && !offices)
        return;
    printf(rules->own ? _("Cases go by %zu rules of this registry, %zu procedures, %zu offices\n")
                      : _("Cases go by the program's %zu rules, %zu procedures, %zu offices\n"),
           rules->n, procedures, offices);
}

static void show(const noi_plan *plan, const summary *s, const noi_account *account,
                 const arguments *a) {
    char day[12];
    printf(_("The change of %s: %zu units become %zu, by %zu edges (%zu whole, %zu part, %zu "
             "remainder)\n"),
           noi_day_format(day, plan->on), s->old_units, s->new_units, s->edges,
           s->parts[NOI_PART_WHOLE], s->parts[NOI_PART_PART], s->parts[NOI_PART_REMAINDER]);
    printf(_("%zu of them are split: their records need more evidence than the unit\n"),
           s->split_units);
    if (plan->handover > plan->on)
        printf(_("Handed over once more on %s: %llu unfinished cases of departments have their intake at the city's centre (R14); nothing else changes by the day\n"),
               noi_day_format(day, plan->handover), (unsigned long long)account->at_centre);
    printf("%s\n", layers_in_words(s));
    if (plan->n_rules || plan->n_rules_left_out)
        printf(_("%u rules decide about parts of split units; %u are left out (below their "
                 "thresholds, or without an edge)\n"),
               plan->n_rules, plan->n_rules_left_out);
    show_tables(s->rules);
    printf(_("What will happen to the records:\n"));
    cli_show_account(account);
    printf(_("plan %s\nwritten to %s\n"), noi_plan_hash(plan), a->out);
}

static void add_size(json_object *to, const char *name, size_t value) {
    json_object_object_add(to, name, json_object_new_uint64(value));
}

static void show_json(const noi_plan *plan, const summary *s, const noi_account *account) {
    json_object *all = json_object_new_object();
    char day[12];
    json_object_object_add(all, "plan", json_object_new_string(noi_plan_hash(plan)));
    json_object_object_add(all, "inputs", json_object_new_string(noi_plan_inputs(plan)));
    json_object_object_add(all, "on", json_object_new_string(noi_day_format(day, plan->on)));
    json_object_object_add(all, "handover",
                           json_object_new_string(noi_day_format(day, plan->handover)));
    json_object_object_add(all, "intake_at_centre", json_object_new_uint64(account->at_centre));
    add_size(all, "old_units", s->old_units);
    add_size(all, "new_units", s->new_units);
    add_size(all, "split_units", s->split_units);
    add_size(all, "edges", s->edges);
    add_size(all, "whole", s->parts[NOI_PART_WHOLE]);
    add_size(all, "part", s->parts[NOI_PART_PART]);
    add_size(all, "remainder", s->parts[NOI_PART_REMAINDER]);
    json_object_object_add(all, "new_layer", json_object_new_boolean(s->new_layer));
    json_object_object_add(all, "old_layer", json_object_new_boolean(s->old_layer));
    add_size(all, "split_rules", plan->n_rules);
    add_size(all, "split_rules_left_out", plan->n_rules_left_out);
    json_object_object_add(all, "own_case_rules", json_object_new_boolean(s->rules->own));
    add_size(all, "case_rules", s->rules->n);
    add_size(all, "procedures", noi_procedures_count(s->rules->procedures));
    add_size(all, "offices", noi_offices_count(s->rules->offices));
    json_object_object_add(all, "account", cli_account_json(account));
    printf("%s\n", json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

static noi_status plan_and_tell(const noi_plan *plan, noi_registry *registry, const noi_buf *bytes,
                                const arguments *a) {
    const noi_merge_options options = {.dry_run = true};
    NOI_AUTO(noi_case_rules_freep) noi_case_rules *rules = NULL;
    summary s = summarise(plan);
    noi_account account = {0};
    NOI_TRY(noi_case_rules_of(&rules, registry));
    s.rules = rules;
    NOI_TRY(noi_merge_run(&account, registry, plan, &options));
    NOI_TRY(write_plan(a->out, bytes));
    if (a->json)
        show_json(plan, &s, &account);
    else
        show(plan, &s, &account, a);
    return NOI_OK;
}

static noi_status make_plan(const arguments *a) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    NOI_TRY(check_place(a->out));
    NOI_TRY(noi_registry_open(&registry, a->registry, NOI_OPEN_READ));
    NOI_TRY(noi_compile_registry(&bytes, registry, a->on));
    NOI_TRY(noi_plan_attach(&plan, bytes.p, bytes.n));
    noi_status status = plan_and_tell(plan, registry, &bytes, a);
    noi_plan_close(plan);
    return status;
}

int cli_run_plan(int argc, char **argv) {
    arguments a = {0};
    bool help = false;
    noi_status status = read_arguments(&a, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = make_plan(&a);
    return status == NOI_OK ? 0 : cli_fail(status);
}
