/* R01: records without a verdict. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_r01 = {
    .id = "R01",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Record without verdict"),
    .explanation =
        N_("Every record must have exactly one verdict. These have none: they were imported "
           "after the merge, or the merge has not been run."),
    .action = N_("Make a plan and run the merge again."),
    .query = "rules/r01",
};
