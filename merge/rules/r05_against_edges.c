/* R05: verdicts that no edge of the law allows. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_r05 = {
    .id = "R05",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Verdict contradicts the law's edges"),
    .explanation =
        N_("A record of an old unit was assigned to a new unit to which the law leads no edge of"
           " that old unit."),
    .action =
        N_("Make a new plan and run the merge again; if it stays, report it: it is a fault of "
           "the program."),
    .query = "rules/r05",
};
