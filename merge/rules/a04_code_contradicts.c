/* A04: code and text name different units. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a04 = {
    .id = "A04",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Code contradicts the text"),
    .explanation =
        N_("The unit's code in the record and the unit named in its text are two different units"
           " of that day. It happens when a code was filled in by default, or when the text was "
           "brought up to date and the code was not."),
    .action = N_("Ask which is right; correct it at the source."),
    .query = "rules/a04",
};
