/* C02: cases whose place is not known. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_c02 = {
    .id = "C02",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Case cannot be located"),
    .explanation =
        N_("Neither parcel nor object address, household, point or intake unit says where the "
           "matter lies."),
    .action =
        N_("The unit that handled it looks into the file and gives the place; it waits in queue "
           "LOCATE."),
    .query = "rules/c02",
};
