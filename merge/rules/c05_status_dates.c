/* C05: status and dates that do not fit. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_c05 = {
    .id = "C05",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Status and dates do not fit"),
    .explanation =
        N_("The status is missing, or it says that the case was received while the day of "
           "receipt is missing, or the day of receipt lies after the day of the export."),
    .action = N_("Compare with the paper file and correct it at the source system."),
    .query = "rules/c05",
};
