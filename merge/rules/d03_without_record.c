/* D03: a decision about nothing. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_d03 = {
    .id = "D03",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Decision without its record or unit"),
    .explanation =
        N_("A decision names a record that is not in the registry, or a unit that is not "
           "in force after the reform. It has no effect."),
    .action =
        N_("Check key and code; withdraw the decision where the record is gone."),
    .query = "rules/d03",
};
