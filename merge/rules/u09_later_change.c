/* U09: names and kinds that changed again after the reform. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_u09 = {
    .id = "U09",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Unit changed again after the reform"),
    .explanation =
        N_("The same code bears another name or kind in a list of a later day. Records made "
           "after that day use the later name, and it is not an error of theirs."),
    .action =
        N_("Nothing in the records; make sure that letters and forms use the name of the day."),
    .query = "rules/u09",
};
