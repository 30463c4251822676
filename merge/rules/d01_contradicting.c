/* D01: people decided differently on one record. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_d01 = {
    .id = "D01",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Decisions contradict each other"),
    .explanation =
        N_("Two or more people named different new units for one record. None of these "
           "decisions is effective; the record stays as the evidence leaves it."),
    .action =
        N_("Let them agree: one withdraws (noi decide --withdraw), then the decision that "
           "is left is effective."),
    .query = "rules/d01",
};
