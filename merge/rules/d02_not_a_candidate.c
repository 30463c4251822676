/* D02: law or evidence contradict a decision by now. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_d02 = {
    .id = "D02",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Decision is no longer a candidate"),
    .explanation =
        N_("A person decided on a unit that the law, or what is known of the record by "
           "now, does not offer. The decision still stands: it is the strongest evidence, "
           "but it may rest on an older state."),
    .action =
        N_("Look at the record again and withdraw the decision. If it is right all the "
           "same, make it anew with a reason for the exception (--override)."),
    .query = "rules/d02",
};
