/* R03: rows that were rejected at the door. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_r03 = {
    .id = "R03",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Rows were rejected"),
    .explanation =
        N_("Rows of this source could not be taken: they are counted, and their values stand in "
           "the reject file with the reason. They have no verdict, because they are no records "
           "yet."),
    .action = N_("Correct the rows in the reject file's source and import them."),
    .query = "rules/r03",
};
