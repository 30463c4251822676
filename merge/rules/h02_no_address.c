/* H02: households that cannot be placed for want of an address. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_h02 = {
    .id = "H02",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Household without address"),
    .explanation =
        N_("The household has no text, no unit code, and no address record that exists. Nothing "
           "says where it lives."),
    .action = N_("Ask the register for the address; until then the household stays in the queue."),
    .query = "rules/h02",
};
