/* init.c: `noi init`: makes an empty registry. */
#include "cli/cli.h"

#include "base/i18n.h"
#include "registry/registry.h"

#include <stdio.h>

int cli_run_init(int argc, char **argv) {
    cli_operands operands;
    bool help = false;
    noi_status status = cli_parse(&operands, &help, "init", argc, argv, NULL, 0);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = cli_want_operands("init", &operands, 1, 1);
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    if (status == NOI_OK)
        status = noi_registry_create(&registry, operands.items[0]);
    if (status != NOI_OK)
        return cli_fail(status);
    printf(_("%s is ready: an empty registry that only you may read\n"), operands.items[0]);
    return 0;
}
