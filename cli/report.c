/* report.c: `noi report`: writes what people look at. */
#include "cli/cli.h"

#include "base/i18n.h"
#include "report/report.h"

#include <stdio.h>

static noi_status write_report(const char *registry_path, const char *folder) {
    if (!folder) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi report needs a folder to write to"));
        noi_hint(_("name it with -o DIR"));
        return status;
    }
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_open(&registry, registry_path, NOI_OPEN_READ));
    return noi_report_write(registry, folder);
}

int cli_run_report(int argc, char **argv) {
    const char *folder = NULL;
    bool help = false;
    const cli_option options[] = {
        {.name = "-o", .value = &folder},
        {.name = "--output", .value = &folder},
    };
    cli_operands operands;
    noi_status status = cli_parse(&operands, &help, "report", argc, argv, options,
                                  sizeof options / sizeof *options);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = cli_want_operands("report", &operands, 1, 1);
    if (status == NOI_OK)
        status = write_report(operands.items[0], folder);
    if (status != NOI_OK)
        return cli_fail(status);
    printf(_("%s/index.html: the report; CSV tables and findings.gpkg lie beside it\n"), folder);
    return 0;
}
