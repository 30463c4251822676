/* C03: cases that were overdue when they were handed over. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_c03 = {
    .id = "C03",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Overdue at handover"),
    .explanation =
        N_("The case was past its due date on the day of handover. The due date moves unchanged;"
           " the flag keeps the new unit from being blamed for it."),
    .action = N_("Treat these first; show them apart in the statistics of the new unit."),
    .query = "rules/c03",
};
