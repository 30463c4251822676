/* merge.c: `noi merge`: gives every record its verdict, by a plan. */
#include "cli/account.h"
#include "cli/cli.h"

#include "base/i18n.h"
#include "base/sign.h"
#include "merge/run.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <unistd.h>

#define MAX_THREADS    1024
#define MAX_CHECKPOINT 1000000000

typedef struct arguments {
    const char *registry, *plan, *signature;
    noi_merge_options options;
    bool json;
} arguments;

/* False for what is no whole number from 0 to `most`. */
static bool read_count(unsigned long *out, const char *text, unsigned long most) {
    char *end = NULL;
    errno = 0;
    *out = strtoul(text, &end, 10);
    return !errno && *text && !*end && *text != '-' && *out <= most;
}

static noi_status read_threads(unsigned *out, const char *text) {
    unsigned long value = 0;
    if (!text)
        return NOI_OK;
    if (!read_count(&value, text, MAX_THREADS)) {
        noi_status status =
            noi_fail(NOI_ERR_USAGE, _("'--threads %s' is not a number of threads"), text);
        noi_hint(_("give a number from 1 to %d, or leave it out for all processors"), MAX_THREADS);
        return status;
    }
    *out = (unsigned)value;
    return NOI_OK;
}

static noi_status read_checkpoint(size_t *out, const char *text) {
    unsigned long value = 0;
    if (!text)
        return NOI_OK;
    if (!read_count(&value, text, MAX_CHECKPOINT) || value == 0) {
        noi_status status =
            noi_fail(NOI_ERR_USAGE, _("'--checkpoint %s' is not a number of records"), text);
        noi_hint(_("give a number from 1 to %d, or leave it out for 100000"), MAX_CHECKPOINT);
        return status;
    }
    *out = value;
    return NOI_OK;
}

static noi_status read_arguments(arguments *out, bool *help, int argc, char **argv) {
    const char *threads = NULL, *checkpoint = NULL;
    const cli_option options[] = {{.name = "--plan", .value = &out->plan},
                                  {.name = "--signature", .value = &out->signature},
                                  {.name = "--resume", .flag = &out->options.resume},
                                  {.name = "--dry-run", .flag = &out->options.dry_run},
                                  {.name = "--threads", .value = &threads},
                                  {.name = "--checkpoint", .value = &checkpoint},
                                  {.name = "--json", .flag = &out->json}};
    cli_operands operands;
    NOI_TRY(
        cli_parse(&operands, help, "merge", argc, argv, options, sizeof options / sizeof *options));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands("merge", &operands, 1, 1));
    out->registry = operands.items[0];
    if (!out->plan) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi merge needs a plan"));
        noi_hint(_("noi plan %s -o PLAN makes one; then noi merge %s --plan PLAN"), out->registry,
                 out->registry);
        return status;
    }
    NOI_TRY(read_checkpoint(&out->options.commit_every, checkpoint));
    return read_threads(&out->options.n_threads, threads);
}

/* PLAN.sig where no other file is named; a plan without one may be all that the registry asks for. */
static noi_status read_signatures(noi_signatures *out, noi_merge_options *options, const arguments *a) {
    NOI_AUTO_FREE char *usual = noi_format("%s.sig", a->plan);
    if (!a->signature && access(usual, F_OK) != 0)
        return NOI_OK;
    NOI_TRY(noi_signatures_read(out, a->signature ? a->signature : usual));
    options->signatures = out;
    return NOI_OK;
}

static noi_status merge(noi_account *account, char hash[65], const arguments *a) {
    noi_signatures signatures;
    noi_merge_options options = a->options;
    if (!options.dry_run)
        NOI_TRY(read_signatures(&signatures, &options, a));
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    noi_plan *plan = NULL;
    NOI_TRY(noi_registry_open(&registry, a->registry,
                              a->options.dry_run ? NOI_OPEN_READ : NOI_OPEN_WRITE));
    NOI_TRY(noi_plan_open(&plan, a->plan));
    snprintf(hash, 65, "%s", noi_plan_hash(plan));
    noi_status status = noi_merge_run(account, registry, plan, &options);
    noi_plan_close(plan);
    return status;
}

static void show(const noi_account *account, const char *hash, const arguments *a) {
    cli_show_account(account);
    printf(_("plan %s\n"), hash);
    if (a->options.dry_run)
        printf(_("This was a dry run: nothing was written to %s.\n"), a->registry);
}

static void show_json(const noi_account *account, const char *hash, const arguments *a) {
    json_object *all = json_object_new_object();
    json_object_object_add(all, "account", cli_account_json(account));
    json_object_object_add(all, "plan", json_object_new_string(hash));
    json_object_object_add(all, "dry_run", json_object_new_boolean(a->options.dry_run));
    printf("%s\n", json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

int cli_run_merge(int argc, char **argv) {
    arguments a = {0};
    bool help = false;
    noi_account account = {0};
    char hash[65] = "";
    noi_status status = read_arguments(&a, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = merge(&account, hash, &a);
    if (status != NOI_OK)
        return cli_fail(status);
    if (a.json)
        show_json(&account, hash, &a);
    else
        show(&account, hash, &a);
    return 0;
}
