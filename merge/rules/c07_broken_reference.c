/* C07: cases that name a household or parcel that is not there. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_c07 = {
    .id = "C07",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Case refers to a missing household or parcel"),
    .explanation =
        N_("The case names a household or a parcel that no imported source holds. Its place "
           "cannot be found that way."),
    .action = N_("Import the missing source, or correct the reference."),
    .query = "rules/c07",
};
