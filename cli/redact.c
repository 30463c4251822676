/* redact.c: `noi redact`: a copy of a registry that may leave the house. */
#include "cli/cli.h"

#include "base/i18n.h"
#include "cutover/redact.h"

#include <json-c/json.h>
#include <stdio.h>
#include <unistd.h>

typedef struct options {
    const char *out, *key, *new_key;
    bool json;
} options;

static void wipe(noi_secret *secret) {
    noi_secret_wipe(secret);
}

static noi_status redact(const options *o, const cli_operands *operands) {
    NOI_AUTO(wipe) noi_secret secret = {0};
    noi_redaction done = {0};
    if (o->new_key)
        NOI_TRY(noi_secret_make(o->new_key));
    NOI_TRY(noi_secret_read(&secret, o->new_key ? o->new_key : o->key));
    noi_status status = noi_redact(&done, operands->items[0], o->out, &secret);
    if (status != NOI_OK && o->new_key)
        unlink(o->new_key); /* no copy was made by it */
    NOI_TRY(status);
    if (o->json) {
        json_object *all = json_object_new_object();
        json_object_object_add(all, "copy", json_object_new_string(o->out));
        json_object_object_add(all, "pseudonyms", json_object_new_int64(done.pseudonyms));
        puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
        json_object_put(all);
        return NOI_OK;
    }
    printf(_("%s: a copy with %lld pseudonyms, without texts, exact points, names and reasons\n"),
           o->out, (long long)done.pseudonyms);
    if (o->new_key)
        printf(_("keep %s where the copy does not go: it tells whose pseudonym is whose\n"),
               o->new_key);
    return NOI_OK;
}

static noi_status check(const options *o, const cli_operands *operands) {
    NOI_TRY(cli_want_operands("redact", operands, 1, 1));
    if (!o->out)
        return noi_fail(NOI_ERR_USAGE, _("noi redact needs -o COPY"));
    if (!o->key == !o->new_key) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi redact needs one key"));
        noi_hint(_("--new-key FILE makes one, --key FILE takes one that is there"));
        return status;
    }
    return NOI_OK;
}

int cli_run_redact(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {{.name = "-o", .value = &o.out},
                                {.name = "--key", .value = &o.key},
                                {.name = "--new-key", .value = &o.new_key},
                                {.name = "--json", .flag = &o.json}};
    cli_operands operands;
    bool help = false;
    noi_status status =
        cli_parse(&operands, &help, "redact", argc, argv, table, sizeof table / sizeof *table);
    if (help)
        return 0;
    if (status == NOI_OK)
        status = check(&o, &operands);
    if (status == NOI_OK)
        status = redact(&o, &operands);
    return status == NOI_OK ? 0 : cli_fail(status);
}
