/* U04: a code that means another unit after the reform. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_u04 = {
    .id = "U04",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Code that changes its meaning"),
    .explanation =
        N_("The code stays in use, but from the day of the reform it names a unit of another "
           "name. A record that bears this code can only be read with its date."),
    .action =
        N_("Never join old and new data by this code without a date; keep the date of each list "
           "with it."),
    .query = "rules/u04",
};
