/* concordance.c: `noi concordance`: old numbers beside new ones. */
#include "cli/cli.h"

#include "base/i18n.h"
#include "cutover/concordance.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

typedef struct options {
    const char *out;
    bool json;
} options;

static void print_counts(const noi_concordance *c, bool parcels) {
    int64_t all = c->kept + c->renumbered + c->waiting + c->unnumbered +
                  (parcels ? c->collisions : 0);
    const char *sentence =
        parcels ? _("%lld parcels = %lld keep their sheet + %lld get another + %lld collide + %lld "
                    "without a number + %lld wait for their unit\n")
                : _("%lld residence files = %lld keep their number + %lld get another + %lld share "
                    "theirs within one old unit + %lld wait for their unit\n");
    if (parcels)
        printf(sentence, (long long)all, (long long)c->kept, (long long)c->renumbered,
               (long long)c->collisions, (long long)c->unnumbered, (long long)c->waiting);
    else
        printf(sentence, (long long)all, (long long)c->kept, (long long)c->renumbered,
               (long long)c->unnumbered, (long long)c->waiting);
    printf(_("%lld numbers given in this run\n"), (long long)c->given);
    if (c->taken_back)
        printf(_("%lld numbers taken back, their households have another unit now\n"),
               (long long)c->taken_back);
}

static void add_int(json_object *to, const char *key, int64_t value) {
    json_object_object_add(to, key, json_object_new_int64(value));
}

static void print_json(json_object *all) {
    puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

static void counts_json(const noi_concordance *c) {
    json_object *all = json_object_new_object();
    add_int(all, "given", c->given);
    add_int(all, "taken_back", c->taken_back);
    add_int(all, "kept", c->kept);
    add_int(all, "renumbered", c->renumbered);
    add_int(all, "collisions", c->collisions);
    add_int(all, "unnumbered", c->unnumbered);
    add_int(all, "waiting", c->waiting);
    print_json(all);
}

static noi_status concord_numbers(bool *clear, noi_registry *registry, bool parcels,
                                  const options *o, noi_out *to) {
    noi_concordance c;
    if (parcels)
        NOI_TRY(noi_concord_parcels(&c, registry, to));
    else
        NOI_TRY(noi_concord_files(&c, registry, to));
    *clear = c.waiting == 0 && c.unnumbered == 0 && (!parcels || c.collisions == 0);
    if (o->json)
        counts_json(&c);
    else
        print_counts(&c, parcels);
    return noi_out_commit(to);
}

static noi_status concord_streets(bool *clear, noi_registry *registry, const options *o,
                                  noi_out *to) {
    noi_street_twins twins;
    NOI_TRY(noi_concord_streets(&twins, registry, to));
    *clear = twins.houses == 0;
    if (o->json) {
        json_object *all = json_object_new_object();
        add_int(all, "addresses", twins.addresses);
        add_int(all, "streets", twins.streets);
        add_int(all, "same_house_numbers", twins.houses);
        print_json(all);
    } else {
        printf(_("%lld street names of new units come from several old units; %lld house numbers "
                 "stand in more than one of them\n"),
               (long long)twins.streets, (long long)twins.houses);
    }
    return noi_out_commit(to);
}

static noi_status concord(bool *clear, const options *o, const cli_operands *operands) {
    NOI_TRY(cli_want_operands("concordance", operands, 2, 2));
    const char *what = operands->items[1];
    bool parcels = strcmp(what, "parcels") == 0, streets = strcmp(what, "streets") == 0;
    if (!parcels && !streets && strcmp(what, "residence-files") != 0) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("there is no concordance of '%s'"), what);
        noi_hint(_("parcels, residence-files or streets"));
        return status;
    }
    if (!o->out)
        return noi_fail(NOI_ERR_USAGE, _("noi concordance needs -o FILE.csv"));
    NOI_TRY(noi_refuse_overwrite(o->out, operands->items[0]));
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_AUTO(noi_out_closep) noi_out *to = NULL;
    NOI_TRY(noi_registry_open(&registry, operands->items[0],
                              streets ? NOI_OPEN_READ : NOI_OPEN_WRITE));
    NOI_TRY(noi_out_open_private(&to, o->out));
    return streets ? concord_streets(clear, registry, o, to)
                   : concord_numbers(clear, registry, parcels, o, to);
}

int cli_run_concordance(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {{.name = "-o", .value = &o.out},
                                {.name = "--json", .flag = &o.json}};
    cli_operands operands;
    bool help = false, clear = false;
    noi_status status = cli_parse(&operands, &help, "concordance", argc, argv, table,
                                  sizeof table / sizeof *table);
    if (help)
        return 0;
    if (status == NOI_OK)
        status = concord(&clear, &o, &operands);
    if (status != NOI_OK)
        return cli_fail(status);
    return clear ? 0 : 1;
}
