/* R04: verdicts that name a unit which is not in force. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_r04 = {
    .id = "R04",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Assigned to a unit that is not in force"),
    .explanation =
        N_("A verdict assigns a record to a unit that is none of the reform's new units."),
    .action = N_("Make a new plan and run the merge again; verdicts of an earlier plan must not be "
                 "used."),
    .query = "rules/r04",
};
