/* undo.c: `noi undo`: takes verdicts back to what they were before. */
#include "cli/cli.h"

#include "base/i18n.h"
#include "cutover/undo.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#define SHOWN 20 /* records that are left as they are, by name */

typedef struct arguments {
    const char *registry;
    noi_undo_options options;
    bool json;
} arguments;

static const char *const kinds[] = {"all", "address", "household", "parcel", "case"};

/* ---- arguments ------------------------------------------------------------------------------- */

static noi_status read_number(int64_t *out, const char *option, const char *text) {
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno || !*text || *end || value < 1) {
        noi_status status =
            noi_fail(NOI_ERR_USAGE, _("'%s %s' is not a number of the ledger"), option, text);
        noi_hint(_("'noi verify' and the table 'ledger' of the registry know them"));
        return status;
    }
    *out = value;
    return NOI_OK;
}

static noi_status read_record(noi_undo_options *out, const char *text) {
    const char *colon = strchr(text, ':');
    for (int kind = 1; colon && kind <= 4; kind++)
        if (strlen(kinds[kind]) == (size_t)(colon - text) &&
            strncmp(kinds[kind], text, (size_t)(colon - text)) == 0)
            out->kind = kind;
    if (!out->kind || !colon || !colon[1]) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("'--record %s' names no record"), text);
        noi_hint(_("KIND:KEY, where KIND is address, household, parcel or case"));
        return status;
    }
    out->name = colon + 1;
    return NOI_OK;
}

typedef struct choice {
    const char *option;
    noi_undo_scope scope;
    const char *value;
} choice;

static noi_status choose(noi_undo_options *out, const choice *choices, size_t n) {
    const choice *chosen = NULL;
    size_t given = 0;
    for (size_t i = 0; i < n; i++)
        if (choices[i].value) {
            given++;
            chosen = &choices[i];
        }
    if (given != 1) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi undo needs one scope"));
        noi_hint(_("one of --record, --batch, --unit, --old-unit, --new-unit, --source, --run"));
        return status;
    }
    out->scope = chosen->scope;
    out->name = chosen->value;
    if (out->scope == NOI_UNDO_RECORD)
        return read_record(out, chosen->value);
    if (out->scope == NOI_UNDO_BATCH || out->scope == NOI_UNDO_RUN)
        return read_number(&out->number, chosen->option, chosen->value);
    return NOI_OK;
}

static noi_status read_arguments(arguments *out, bool *help, int argc, char **argv) {
    choice choices[] = {{.option = "--record", .scope = NOI_UNDO_RECORD},
                        {.option = "--batch", .scope = NOI_UNDO_BATCH},
                        {.option = "--unit", .scope = NOI_UNDO_UNIT},
                        {.option = "--old-unit", .scope = NOI_UNDO_OLD_UNIT},
                        {.option = "--new-unit", .scope = NOI_UNDO_NEW_UNIT},
                        {.option = "--source", .scope = NOI_UNDO_SOURCE},
                        {.option = "--run", .scope = NOI_UNDO_RUN}};
    enum { CHOICES = sizeof choices / sizeof *choices };
    cli_option options[CHOICES + 4] = {{.name = "--reason", .value = &out->options.reason},
                                       {.name = "--account", .flag = &out->options.account},
                                       {.name = "--dry-run", .flag = &out->options.dry_run},
                                       {.name = "--json", .flag = &out->json}};
    for (size_t i = 0; i < CHOICES; i++)
        options[4 + i] = (cli_option){.name = choices[i].option, .value = &choices[i].value};
    cli_operands operands;
    NOI_TRY(cli_parse(&operands, help, "undo", argc, argv, options, CHOICES + 4));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands("undo", &operands, 1, 1));
    out->registry = operands.items[0];
    NOI_TRY(choose(&out->options, choices, CHOICES));
    if (!out->options.reason && out->options.dry_run)
        out->options.reason = "";
    if (out->options.reason && (out->options.reason[0] || out->options.dry_run))
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("noi undo needs a reason"));
    noi_hint(_("--reason TEXT stands in the ledger: why, without names of persons"));
    return status;
}

/* ---- telling --------------------------------------------------------------------------------- */

typedef struct kept_list {
    bool json;
    size_t n[3];
    json_object *list;
} kept_list;

static const char *const why_keys[] = {[NOI_UNDO_DECIDED] = "decided_later",
                                       [NOI_UNDO_LATER] = "merged_later",
                                       [NOI_UNDO_STANDS] = "stands_by_undo"};

static void tell(void *context, noi_undo_kept why, int kind, const char *key) {
    static const char *const texts[] = {
        [NOI_UNDO_DECIDED] = N_("%s %s stays: a person decided on it later\n"),
        [NOI_UNDO_LATER] = N_("%s %s stays: a later merge gave it another verdict\n"),
        [NOI_UNDO_STANDS] = N_("%s %s stays: an earlier undo has taken it back already\n")};
    kept_list *k = context;
    k->n[why]++;
    if (k->json) {
        json_object *one = json_object_new_object();
        json_object_object_add(one, "why", json_object_new_string(why_keys[why]));
        json_object_object_add(one, "kind", json_object_new_string(kinds[kind]));
        json_object_object_add(one, "key", json_object_new_string(key));
        json_object_array_add(k->list, one);
        return;
    }
    if (k->n[why] <= SHOWN)
        printf(_(texts[why]), kinds[kind], key);
}

static void show_account(const noi_undo_result *r) {
    static const char *const names[] = {N_("all records"), N_("addresses"), N_("households"),
                                        N_("parcels"), N_("cases")};
    for (int i = 1; i <= 5; i++) {
        int kind = i % 5;
        if (kind && r->account[kind].in == 0)
            continue;
        printf(
            _("%s: in %lld = assigned %lld + ambiguous %lld + unplaced %lld + taken back %lld\n"),
            _(names[kind]), (long long)r->account[kind].in, (long long)r->account[kind].assigned,
            (long long)r->account[kind].ambiguous, (long long)r->account[kind].unplaced,
            (long long)r->account[kind].taken_back);
    }
}

static void show(const noi_undo_result *r, const kept_list *k, const arguments *a) {
    for (int i = 0; i < 3; i++)
        if (k->n[i] > SHOWN)
            printf(_("and %zu more that stay for the same reason (%s)\n"), k->n[i] - SHOWN,
                   why_keys[i]);
    printf(_("%lld verdicts are again what they were before; %lld records have none any more\n"),
           (long long)r->restored, (long long)r->taken_back);
    if (a->options.account)
        show_account(r);
    if (a->options.dry_run)
        printf(_("This was a dry run: nothing was written to %s.\n"), a->registry);
    else if (r->run_id)
        printf(_("run %lld, entry %lld of the ledger; noi undo %s --run %lld takes it back\n"),
               (long long)r->run_id, (long long)r->entry, a->registry, (long long)r->run_id);
    else
        printf(_("There was nothing to take back; nothing was written.\n"));
}

static void show_json(const noi_undo_result *r, const kept_list *k, const arguments *a) {
    json_object *all = json_object_new_object(), *account = json_object_new_object();
    json_object_object_add(all, "restored", json_object_new_int64(r->restored));
    json_object_object_add(all, "taken_back", json_object_new_int64(r->taken_back));
    json_object_object_add(all, "run", json_object_new_int64(r->run_id));
    json_object_object_add(all, "entry", json_object_new_int64(r->entry));
    json_object_object_add(all, "dry_run", json_object_new_boolean(a->options.dry_run));
    json_object_object_add(all, "stay", json_object_get(k->list));
    for (int i = 0; i < 5 && a->options.account; i++) {
        json_object *one = json_object_new_object();
        json_object_object_add(one, "in", json_object_new_int64(r->account[i].in));
        json_object_object_add(one, "assigned", json_object_new_int64(r->account[i].assigned));
        json_object_object_add(one, "ambiguous", json_object_new_int64(r->account[i].ambiguous));
        json_object_object_add(one, "unplaced", json_object_new_int64(r->account[i].unplaced));
        json_object_object_add(one, "taken_back", json_object_new_int64(r->account[i].taken_back));
        json_object_object_add(account, kinds[i], one);
    }
    json_object_object_add(all, "account", account);
    printf("%s\n", json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

static noi_status undo(noi_undo_result *result, kept_list *kept, const arguments *a) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_open(&registry, a->registry,
                              a->options.dry_run ? NOI_OPEN_READ : NOI_OPEN_WRITE));
    return noi_undo(result, registry, &a->options, tell, kept);
}

int cli_run_undo(int argc, char **argv) {
    arguments a = {0};
    bool help = false;
    noi_undo_result result;
    noi_status status = read_arguments(&a, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    kept_list kept = {.json = a.json, .list = json_object_new_array()};
    if (status == NOI_OK)
        status = undo(&result, &kept, &a);
    if (status == NOI_OK && a.json)
        show_json(&result, &kept, &a);
    else if (status == NOI_OK)
        show(&result, &kept, &a);
    json_object_put(kept.list);
    return status == NOI_OK ? 0 : cli_fail(status);
}
