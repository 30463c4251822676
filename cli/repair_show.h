/* repair_show.h: how `noi repair` tells what it would do, or did. */
#ifndef NOI_CLI_REPAIR_SHOW_H
#define NOI_CLI_REPAIR_SHOW_H

#include "report/check.h"
#include "report/repair.h"

/* Each rule for itself: `alone[i]` is the report of the repair that accepts the i-th rule alone;
 * NULL where there is nothing to mend. */
void cli_propose_show(const noi_repair_report *const *alone, const noi_repair_report *all,
                      const char *path);
void cli_propose_json(const noi_repair_report *const *alone, const noi_repair_report *all);

/* `out` and `table` are NULL where nothing was written. `result`: what the check says of the mended
 * layer; the last line tells it. */
void cli_repair_show(const noi_repair_report *report, const noi_check *result, const char *out,
                     const char *table);
void cli_repair_json(const noi_repair_report *report, const noi_check *result, const char *out);

#endif
