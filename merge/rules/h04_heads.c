/* H04: households without a head, or with several. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_h04 = {
    .id = "H04",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Household without head, or with several"),
    .explanation =
        N_("A household has exactly one head. None, or more than one, usually means that members"
           " of two households were joined, or that the head's row was rejected."),
    .action = N_("Compare with the register and with the reject file of the members."),
    .query = "rules/h04",
};
