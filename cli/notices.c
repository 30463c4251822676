/* notices.c: `noi notices`: a list for each new handler. */
#include "cli/cli.h"

#include "base/i18n.h"
#include "cli/layer_show.h"
#include "report/notices.h"

#include <json-c/json.h>
#include <stdio.h>

typedef struct options {
    const char *out;
    bool json;
} options;

static void print_json(const noi_notices *n) {
    json_object *o = json_object_new_object();
    cli_json_count(o, "cases", n->cases);
    cli_json_count(o, "announced", n->announced);
    cli_json_count(o, "city_decides", n->city_decides);
    cli_json_count(o, "locate", n->locate);
    cli_json_count(o, "stay", n->stay);
    cli_json_count(o, "old_unit_finishes", n->old_unit_finishes);
    cli_json_count(o, "overdue_at_handover", n->overdue);
    cli_json_count(o, "handlers", n->handlers);
    puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN));
    json_object_put(o);
}

static void print_people(const noi_notices *n, const char *folder) {
    printf(_("%lld cases = %lld get another handler + %lld wait for a decision of the city + %lld wait "
             "for their place + %lld stay with theirs or are closed"),
           (long long)n->cases, (long long)n->announced, (long long)n->city_decides,
           (long long)n->locate, (long long)n->stay);
    putchar('\n');
    if (n->old_unit_finishes)
        printf(_("%lld cases are finished by the old unit (R3)\n"), (long long)n->old_unit_finishes);
    if (n->overdue)
        printf(_("%lld cases of the lists were overdue at the handover\n"), (long long)n->overdue);
    printf(_("%lld handlers: %s/handlers.csv and a list for each; %s/index.html to print\n"),
           (long long)n->handlers, folder, folder);
}

static noi_status write_notices(bool *settled, const options *o, const cli_operands *operands) {
    NOI_TRY(cli_want_operands("notices", operands, 1, 1));
    if (!o->out)
        return noi_fail(NOI_ERR_USAGE, _("noi notices needs -o DIR"));
    noi_notices notices;
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_open(&registry, operands->items[0], NOI_OPEN_READ));
    NOI_TRY(noi_notices_write(&notices, registry, o->out));
    *settled = notices.city_decides + notices.locate == 0;
    if (o->json)
        print_json(&notices);
    else
        print_people(&notices, o->out);
    return NOI_OK;
}

int cli_run_notices(int argc, char **argv) {
    options o = {0};
    const cli_option table[] = {{.name = "-o", .value = &o.out},
                                {.name = "--output", .value = &o.out},
                                {.name = "--json", .flag = &o.json}};
    cli_operands operands;
    bool help = false, settled = false;
    noi_status status =
        cli_parse(&operands, &help, "notices", argc, argv, table, sizeof table / sizeof *table);
    if (help)
        return 0;
    if (status == NOI_OK)
        status = write_notices(&settled, &o, &operands);
    if (status != NOI_OK)
        return cli_fail(status);
    return settled ? 0 : 1;
}
