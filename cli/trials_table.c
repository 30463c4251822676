/* trials_table.c: stub */
#include "cli/trials.h"
noi_status cli_trials(const char *folder, bool json) {
    (void)json;
    return noi_fail(NOI_ERR_INPUT, "%s", folder);
}
