/* C09: other numbers of cases that are not there. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_c09 = {
    .id = "C09",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Other number of a case that is not there"),
    .explanation =
        N_("A list of aliases gives this number to a case that no file has: whoever asks for it "
           "finds nothing."),
    .action = N_("Look for the export that lacks the case, or correct the list of aliases."),
    .query = "rules/c09",
};
