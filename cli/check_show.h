/* check_show.h: how `noi check` shows its outcome, for people and for machines. */
#ifndef NOI_CLI_CHECK_SHOW_H
#define NOI_CLI_CHECK_SHOW_H

#include "report/check.h"

/* `defects` and `report` are the outputs written, or NULL. The last line is the decision. */
void cli_check_show(const noi_check *check, const char *defects, const char *report);
void cli_check_json(const noi_check *check, const char *defects, const char *report);

#endif
