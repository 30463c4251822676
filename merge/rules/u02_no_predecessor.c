/* U02: every new unit has at least one predecessor. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_u02 = {
    .id = "U02",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("New unit without predecessor"),
    .explanation =
        N_("A new unit must receive at least one old unit or part of one. Without a predecessor "
           "nothing can ever be assigned to it, and what belongs to it waits elsewhere."),
    .action =
        N_("Look for the clause that forms this unit; it is missing from the crosswalk or names "
           "the unit in another spelling."),
    .query = "rules/u02",
};
