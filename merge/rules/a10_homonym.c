/* A10: texts that fit several old units. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a10 = {
    .id = "A10",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Name fits several old units"),
    .explanation =
        N_("The text names a unit whose name several old units bear, and neither district nor "
           "code nor point tells them apart. The record is not assigned."),
    .action = N_("Ask for the old district; it stands in the queue with its candidates."),
    .query = "rules/a10",
};
