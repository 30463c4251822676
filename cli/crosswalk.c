/* crosswalk.c: noi crosswalk, a resolution turned into edges, with the proof. */
#include "cli/cli.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "law/law.h"
#include "law/unit_list.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

typedef struct crosswalk {
    const char *decrees[CLI_MAX_LIST];
    size_t n_decrees;
    const char *old_path, *new_path;
    bool json, csv;
    noi_law_list old_list, new_list;
    noi_law_lists *lists;
    noi_law *laws[CLI_MAX_LIST];
} crosswalk;

static const noi_law_unit *old_of(const crosswalk *c, const noi_law_edge *edge) {
    return &c->old_list.units[edge->old_unit];
}

/* Code, kind and name of the new unit; the code is "" without a list of new units. */
static void describe_new(char code[8], const char **kind, const char **name, const crosswalk *c,
                         const noi_law *law, const noi_law_edge *edge) {
    code[0] = '\0';
    if (c->new_list.n == 0) {
        *kind = law->made[edge->new_unit].kind;
        *name = law->made[edge->new_unit].name;
        return;
    }
    const noi_law_unit *unit = &c->new_list.units[edge->new_unit];
    noi_code_format(code, unit->code);
    *kind = unit->kind;
    *name = unit->name;
}

/* ---- CSV ------------------------------------------------------------------------------------ */

static void add_csv(noi_buf *out, const crosswalk *c, const noi_law *law) {
    for (size_t i = 0; i < law->n_edges; i++) {
        const noi_law_edge *edge = &law->edges[i];
        char old_code[8], new_code[8];
        const char *kind, *name;
        noi_code_format(old_code, old_of(c, edge)->code);
        describe_new(new_code, &kind, &name, c, law, edge);
        noi_buf_printf(out, "%s,%s,%s,%s,", old_code, new_code, noi_part_key(edge->part),
                       noi_scope_key(edge->scope));
        noi_csv_add_field(out, noi_str_of(law->resolution));
        noi_buf_printf(out, ",%s\n", edge->clause);
    }
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static void add_text(json_object *to, const char *key, const char *text) {
    json_object_object_add(to, key, json_object_new_string(text));
}

static void add_number(json_object *to, const char *key, size_t number) {
    json_object_object_add(to, key, json_object_new_int64((int64_t)number));
}

static size_t count_edges(const noi_law *law, noi_part part, noi_scope scope) {
    size_t n = 0;
    for (size_t i = 0; i < law->n_edges; i++)
        n += (part == 0 || law->edges[i].part == part) &&
             (scope == 0 || law->edges[i].scope == scope);
    return n;
}

static json_object *json_account(const noi_law *law) {
    json_object *account = json_object_new_object();
    add_number(account, "clauses", law->n_clauses);
    add_number(account, "clauses_unread", law->n_unread);
    add_number(account, "old_units", law->n_old_all);
    add_number(account, "old_units_consumed", law->n_old);
    add_number(account, "new_units_made", law->n_new);
    add_number(account, "edges", law->n_edges);
    json_object *parts = json_object_new_object(), *scopes = json_object_new_object();
    for (noi_part part = NOI_PART_WHOLE; part <= NOI_PART_REMAINDER; part++)
        add_number(parts, noi_part_key(part), count_edges(law, part, 0));
    for (noi_scope scope = NOI_SCOPE_ALL; scope <= NOI_SCOPE_ALL_AREA_NO_POPULATION; scope++)
        add_number(scopes, noi_scope_key(scope), count_edges(law, 0, scope));
    json_object_object_add(account, "parts", parts);
    json_object_object_add(account, "scopes", scopes);
    json_object *provinces = json_object_new_array();
    for (size_t i = 0; i < law->n_provinces; i++) {
        char code[8];
        json_object_array_add(provinces,
                              json_object_new_string(noi_code_format(code, law->provinces[i])));
    }
    json_object_object_add(account, "old_provinces", provinces);
    return account;
}

static json_object *json_edge(const crosswalk *c, const noi_law *law, const noi_law_edge *edge) {
    json_object *out = json_object_new_object();
    char old_code[8], new_code[8];
    const char *kind, *name;
    const noi_law_unit *old_unit = old_of(c, edge);
    describe_new(new_code, &kind, &name, c, law, edge);
    add_text(out, "old_code", noi_code_format(old_code, old_unit->code));
    add_text(out, "new_code", new_code);
    add_text(out, "part", noi_part_key(edge->part));
    add_text(out, "scope", noi_scope_key(edge->scope));
    add_text(out, "resolution", law->resolution);
    add_text(out, "clause", edge->clause);
    NOI_AUTO_FREE char *old_name = noi_format("%s %s", old_unit->kind, old_unit->name);
    NOI_AUTO_FREE char *new_name = noi_format("%s %s", kind, name);
    add_text(out, "old_name", old_name);
    add_text(out, "new_name", new_name);
    return out;
}

static json_object *json_law(const crosswalk *c, const noi_law *law) {
    json_object *out = json_object_new_object();
    char province[8] = "", day[12];
    if (law->province_code)
        noi_code_format(province, law->province_code);
    add_text(out, "resolution", law->resolution);
    add_text(out, "province_code", province);
    add_text(out, "province_name", law->province_name);
    add_text(out, "effective_on", noi_day_format(day, law->effective_on));
    json_object_object_add(out, "proved", json_object_new_boolean(law->proved));
    json_object_object_add(out, "account", json_account(law));
    json_object *edges = json_object_new_array(), *findings = json_object_new_array();
    for (size_t i = 0; i < law->n_edges; i++)
        json_object_array_add(edges, json_edge(c, law, &law->edges[i]));
    for (size_t i = 0; i < law->n_findings; i++) {
        const noi_law_finding *finding = &law->findings[i];
        json_object *item = json_object_new_object();
        add_text(item, "severity", noi_law_severity_key(finding->severity));
        add_text(item, "key", finding->key);
        json_object_object_add(item, "clause", json_object_new_int(finding->clause));
        add_text(item, "message", finding->message);
        json_object_array_add(findings, item);
    }
    json_object_object_add(out, "edges", edges);
    json_object_object_add(out, "findings", findings);
    return out;
}

/* One decree is one object; several are an array of them. */
static void add_json(noi_buf *out, const crosswalk *c) {
    json_object *all = c->n_decrees == 1 ? json_law(c, c->laws[0]) : json_object_new_array();
    for (size_t i = 0; c->n_decrees > 1 && i < c->n_decrees; i++)
        json_object_array_add(all, json_law(c, c->laws[i]));
    noi_buf_add_str(out, json_object_to_json_string_ext(all, JSON_C_TO_STRING_PRETTY |
                                                                 JSON_C_TO_STRING_NOSLASHESCAPE));
    noi_buf_add_char(out, '\n');
    json_object_put(all);
}

/* ---- for people ----------------------------------------------------------------------------- */

static const char *severity_word(noi_law_severity severity) {
    switch (severity) {
    case NOI_LAW_NOTE:
        return _("note");
    case NOI_LAW_WARNING:
        return _("warning");
    case NOI_LAW_ERROR:
        return _("error");
    }
    return "";
}

static size_t count_findings(const noi_law *law, noi_law_severity severity) {
    size_t n = 0;
    for (size_t i = 0; i < law->n_findings; i++)
        n += law->findings[i].severity == severity;
    return n;
}

static void add_findings(noi_buf *out, const noi_law *law) {
    for (size_t i = 0; i < law->n_findings; i++)
        noi_buf_printf(out, "  %s: %s\n", severity_word(law->findings[i].severity),
                       law->findings[i].message);
}

static void add_proof(noi_buf *out, const noi_law *law) {
    char day[12];
    noi_day_format(day, law->effective_on);
    noi_buf_printf(out, "%s, %s", law->resolution, law->province_name);
    if (*day)
        noi_buf_printf(out, _(", in force from %s"), day);
    noi_buf_printf(out, _("\n  clauses: %zu"), law->n_clauses);
    if (law->n_unread)
        noi_buf_printf(out, _(", of which %zu could not be read"), law->n_unread);
    noi_buf_printf(out, _("\n  old units consumed: %zu of %zu; new units made: %zu\n"), law->n_old,
                   law->n_old_all, law->n_new);
    noi_buf_printf(out, _("  edges: %zu\n"), law->n_edges);
    for (noi_part part = NOI_PART_WHOLE; part <= NOI_PART_REMAINDER; part++)
        for (noi_scope scope = NOI_SCOPE_ALL; scope <= NOI_SCOPE_ALL_AREA_NO_POPULATION; scope++) {
            size_t n = count_edges(law, part, scope);
            if (n)
                noi_buf_printf(out, "    %-10s %-25s %6zu\n", noi_part_key(part),
                               noi_scope_key(scope), n);
        }
    noi_buf_printf(out, _("  findings: %zu errors, %zu warnings, %zu notes\n"),
                   count_findings(law, NOI_LAW_ERROR), count_findings(law, NOI_LAW_WARNING),
                   count_findings(law, NOI_LAW_NOTE));
    add_findings(out, law);
    noi_buf_add_str(out, law->proved
                             ? _("  proved: each old unit is consumed once, each new unit is "
                                 "made once, and the counts are those of the law\n")
                             : _("  NOT proved: see the errors above\n"));
}

/* Findings that spoil a proof are also told on stderr when stdout is for machines. */
static void warn_of_errors(const noi_law *law, const char *path) {
    for (size_t i = 0; i < law->n_findings; i++)
        if (law->findings[i].severity >= NOI_LAW_WARNING)
            fprintf(stderr, "noi: %s: %s: %s\n", path, severity_word(law->findings[i].severity),
                    law->findings[i].message);
}

/* ---- the command ---------------------------------------------------------------------------- */

static noi_status read_laws(crosswalk *c) {
    NOI_TRY(noi_law_list_read(&c->old_list, c->old_path));
    if (c->new_path)
        NOI_TRY(noi_law_list_read(&c->new_list, c->new_path));
    c->lists =
        noi_law_lists_new(c->old_list.units, c->old_list.n, c->new_list.units, c->new_list.n);
    for (size_t i = 0; i < c->n_decrees; i++) {
        NOI_AUTO(noi_map_closep) noi_map *map = NULL;
        NOI_TRY(noi_map_open(&map, c->decrees[i]));
        NOI_TRY(noi_law_compile_with(&c->laws[i], c->lists, c->decrees[i], noi_map_bytes(map)));
    }
    return NOI_OK;
}

static noi_status print_laws(const crosswalk *c) {
    NOI_AUTO_BUF noi_buf text = {0};
    if (c->csv)
        noi_buf_add_str(&text, "old_code,new_code,part,scope,resolution,clause\n");
    for (size_t i = 0; i < c->n_decrees && !c->json; i++) {
        if (c->csv)
            add_csv(&text, c, c->laws[i]);
        else
            add_proof(&text, c->laws[i]);
    }
    if (c->json)
        add_json(&text, c);
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, "-"));
    NOI_TRY(noi_out_write(out, text.p, text.n));
    return noi_out_commit(out);
}

/* 3 when a clause could not be read, 1 when a proof failed, else 0. */
static int verdict(const crosswalk *c) {
    int code = 0;
    for (size_t i = 0; i < c->n_decrees; i++) {
        const noi_law *law = c->laws[i];
        if (c->csv || c->json)
            warn_of_errors(law, c->decrees[i]);
        if (law->n_unread)
            code = noi_status_exit_code(NOI_ERR_INPUT);
        else if (!law->proved && code == 0)
            code = 1;
    }
    if (c->csv && !c->new_path)
        fprintf(stderr, _("hint: new_code is empty; pass --new-units to have it filled in\n"));
    return code;
}

static void free_crosswalk(crosswalk *c) {
    for (size_t i = 0; i < c->n_decrees; i++)
        noi_law_free(c->laws[i]);
    noi_law_lists_free(c->lists);
    noi_law_list_free(&c->old_list);
    noi_law_list_free(&c->new_list);
}

static noi_status check_options(const crosswalk *c) {
    noi_status status = NOI_OK;
    if (c->n_decrees == 0 || !c->old_path)
        status = noi_fail(NOI_ERR_USAGE, _("--decree and --units are needed"));
    else if (c->json && c->csv)
        status = noi_fail(NOI_ERR_USAGE, _("--json and --csv exclude each other"));
    if (status != NOI_OK)
        noi_hint("noi crosswalk --decree FILE... --units FILE [--new-units FILE] [--json|--csv]");
    return status;
}

int cli_run_crosswalk(int argc, char **argv) {
    crosswalk c = {0};
    cli_option options[] = {
        {.name = "--decree", .list = c.decrees, .n_list = &c.n_decrees},
        {.name = "--units", .value = &c.old_path},
        {.name = "--new-units", .value = &c.new_path},
        {.name = "--json", .flag = &c.json},
        {.name = "--csv", .flag = &c.csv},
    };
    cli_operands operands;
    bool help = false;
    noi_status status = cli_parse(&operands, &help, "crosswalk", argc, argv, options,
                                  sizeof options / sizeof *options);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = cli_want_operands("crosswalk", &operands, 0, 0);
    if (status == NOI_OK)
        status = check_options(&c);
    if (status == NOI_OK)
        status = read_laws(&c);
    if (status == NOI_OK)
        status = print_laws(&c);
    int code = status == NOI_OK ? verdict(&c) : cli_fail(status);
    free_crosswalk(&c);
    return code;
}
