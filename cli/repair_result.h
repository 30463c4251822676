/* repair_result.h: what `noi check` says of the mended layer. */
#ifndef NOI_CLI_REPAIR_RESULT_H
#define NOI_CLI_REPAIR_RESULT_H

#include "importers/layer_file.h"
#include "report/check.h"
#include "report/repair.h"

typedef struct cli_repair_result {
    noi_layer *layer;
    noi_reference *reference;
    noi_projection *projection;
    noi_layer_findings *of_projection, *of_layer;
    noi_check check; /* decided; of the layer as such, not against a registry */
} cli_repair_result;

/* Of the file that was written, read anew as `noi check` reads it; `reading` is how the layer's own
 * file was read. */
NOI_MUST_CHECK noi_status cli_repair_examine_file(cli_repair_result *out,
                                                  const noi_repair_report *report, const char *path,
                                                  const noi_layer_options *reading);

/* Of the layer in memory, where nothing is written. `mended` must outlive the result. */
NOI_MUST_CHECK noi_status cli_repair_examine_layer(cli_repair_result *out,
                                                   const noi_repair_report *report,
                                                   const noi_layer *mended);
void cli_repair_result_clear(cli_repair_result *result);

/* What the check of the result says is left of an accepted rule goes into the counts, where it is
 * more. */
void cli_repair_take_left(noi_repair_report *report, const cli_repair_result *result);

#endif
