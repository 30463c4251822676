/* D05: decisions about what was otherwise when they were taken. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_d05 = {
    .id = "D05",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Record changed after a person decided on it"),
    .explanation =
        N_("The text, the code or the point that the decision went by is another one since. The decision "
           "stays in force. Found: when the record changed at its source; expected: the day of the decision."),
    .action =
        N_("Look at the record again: confirm the decision, or withdraw it with noi decide."),
    .query = "rules/d05",
};
