/* A13: a rule for a part of a unit that the crosswalk does not carry. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a13 = {
    .id = "A13",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Rule for a part of a unit without an edge"),
    .explanation =
        N_("The rule gives a part of an old unit to a new unit that takes nothing of it by the "
           "crosswalk, or the old unit is not split. The rule is ignored."),
    .action = N_("Check both codes of the rule against the resolution."),
    .query = "rules/a13",
};
