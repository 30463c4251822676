/* C04: cases that are due before they were received. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_c04 = {
    .id = "C04",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Due before received"),
    .explanation =
        N_("The due date lies before the day of receipt. One of the two is wrong, and deadlines "
           "reckoned from them would be too."),
    .action = N_("Correct the date at the source system before the case is handed over."),
    .query = "rules/c04",
};
