/* A06: codes that were in force on no day. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a06 = {
    .id = "A06",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Unknown code"),
    .explanation =
        N_("The record bears a code that was no unit's code on any day known here: a slip, a "
           "code of another catalogue, or one that lost digits."),
    .action = N_("Correct the code at the source; if it is a unit that is missing here, import the "
                 "list that holds it."),
    .query = "rules/a06",
};
