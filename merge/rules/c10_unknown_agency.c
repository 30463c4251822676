/* C10: agencies that the list of offices does not have. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_c10 = {
    .id = "C10",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Agency of which nothing is known"),
    .explanation =
        N_("Cases are handled by an agency whose id no list of offices has. It is no evidence for "
           "their place, and its successor cannot be named. The value is the number of its "
           "cases."),
    .action = N_("Add the agency to the list of offices (noi import REGISTRY offices FILE)."),
    .query = "rules/c10",
};
