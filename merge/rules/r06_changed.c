/* R06: records that changed at their source after their verdict. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_r06 = {
    .id = "R06",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Record changed after its verdict"),
    .explanation =
        N_("A later file said something else of these records than what their verdict was given on. "
           "Found: when they changed at their source."),
    .action = N_("Make a plan and run the merge again; 'noi catch-up' tells what is pending."),
    .query = "rules/r06",
};
