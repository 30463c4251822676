/* A12: points of addresses contradict a rule for a part of a unit. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a12 = {
    .id = "A12",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Points contradict a rule for a part of a split unit"),
    .explanation =
        N_("A rule says that a street, a side, house numbers or a hamlet of the old unit went to "
           "one new unit, but points of addresses for which it holds lie in another. The points "
           "were taken. Found: how many records contradict the rule, and how many it decided; "
           "these may be wrong."),
    .action =
        N_("Check the rule against its source and the map. Correct the table, import it again, "
           "and make plan and merge anew."),
    .query = "rules/a12",
};
