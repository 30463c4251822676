/* validate.c: `noi validate`: checks all that is stored against the numbered rules. */
#include "cli/cli.h"

#include "base/i18n.h"
#include "merge/rules/rules.h"

#include <json-c/json.h>
#include <stdio.h>

static const char *severity_word(noi_severity severity) {
    switch (severity) {
    case NOI_SEVERITY_NOTE:
        return _("note");
    case NOI_SEVERITY_WARNING:
        return _("warning");
    case NOI_SEVERITY_ERROR:
        return _("error");
    }
    return "";
}

static int list_rules(void) {
    size_t n;
    const noi_rule *const *rules = noi_rules(&n);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || rules[i]->id[0] != rules[i - 1]->id[0])
            printf("%s%s\n", i ? "\n" : "", noi_rule_family(rules[i]->id[0]));
        printf("  %s  %s (%s)\n", rules[i]->id, _(rules[i]->title),
               severity_word(rules[i]->severity));
    }
    return 0;
}

static int explain(const char *id) {
    const noi_rule *rule = noi_rule_by_id(id);
    if (!rule) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("there is no rule '%s'"), id);
        noi_hint(_("'noi validate --list' lists the rules"));
        return cli_fail(status);
    }
    printf("%s  %s (%s)\n\n%s\n\n%s: %s\n", rule->id, _(rule->title), severity_word(rule->severity),
           _(rule->explanation), _("Proposed action"), _(rule->action));
    return 0;
}

static void print_json(const noi_validation *v) {
    json_object *rules = json_object_new_array();
    for (size_t i = 0; i < v->n; i++) {
        json_object *rule = json_object_new_object();
        json_object_object_add(rule, "rule", json_object_new_string(v->rule[i]->id));
        json_object_object_add(rule, "severity",
                               json_object_new_string(noi_severity_key(v->rule[i]->severity)));
        json_object_object_add(rule, "title", json_object_new_string(_(v->rule[i]->title)));
        json_object_object_add(rule, "findings", json_object_new_int64(v->findings[i]));
        json_object_array_add(rules, rule);
    }
    json_object *all = json_object_new_object();
    json_object_object_add(all, "to_act_on", json_object_new_int64(v->to_act_on));
    json_object_object_add(all, "rules", rules);
    puts(json_object_to_json_string_ext(all,
                                        JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
    json_object_put(all);
}

static void print_table(const noi_validation *v) {
    char family = '\0';
    size_t clean = 0;
    for (size_t i = 0; i < v->n; i++) {
        const noi_rule *rule = v->rule[i];
        clean += v->findings[i] == 0;
        if (v->findings[i] == 0)
            continue;
        if (rule->id[0] != family)
            printf("%s%s\n", family ? "\n" : "", noi_rule_family(rule->id[0]));
        family = rule->id[0];
        printf("  %s %9lld  %s (%s)\n", rule->id, (long long)v->findings[i], _(rule->title),
               severity_word(rule->severity));
    }
    printf("%s", family ? "\n" : "");
    printf(_("%zu rules were run, %zu of them found nothing; %lld findings want a person\n"), v->n,
           clean, (long long)v->to_act_on);
}

static noi_status validate(noi_validation *out, const char *path, const char **rules, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!noi_rule_by_id(rules[i])) {
            noi_status status = noi_fail(NOI_ERR_USAGE, _("there is no rule '%s'"), rules[i]);
            noi_hint(_("'noi validate --list' lists the rules"));
            return status;
        }
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_open(&registry, path, NOI_OPEN_WRITE));
    return noi_validate(out, registry, rules, n);
}

int cli_run_validate(int argc, char **argv) {
    const char *rules[CLI_MAX_LIST], *explained = NULL;
    size_t n_rules = 0;
    bool help = false, json = false, list = false;
    const cli_option options[] = {
        {.name = "--rule", .list = rules, .n_list = &n_rules},
        {.name = "--json", .flag = &json},
        {.name = "--explain", .value = &explained},
        {.name = "--list", .flag = &list},
    };
    cli_operands operands;
    noi_status status = cli_parse(&operands, &help, "validate", argc, argv, options,
                                  sizeof options / sizeof *options);
    if (status != NOI_OK)
        return cli_fail(status);
    if (help)
        return 0;
    if (list)
        return list_rules();
    if (explained)
        return explain(explained);
    noi_validation validation;
    status = cli_want_operands("validate", &operands, 1, 1);
    if (status == NOI_OK)
        status = validate(&validation, operands.items[0], rules, n_rules);
    if (status != NOI_OK)
        return cli_fail(status);
    (json ? print_json : print_table)(&validation);
    return validation.to_act_on > 0;
}
