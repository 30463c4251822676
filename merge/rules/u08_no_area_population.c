/* U08: new units whose area or population is not stated. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_u08 = {
    .id = "U08",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Area or population of a new unit is missing"),
    .explanation =
        N_("The resolution states an area and a population for each new unit. Where the list of "
           "units lacks them, neither the boundary layer nor the households can be checked "
           "against the law for this unit."),
    .action = N_("Add the two figures from the resolution to the unit list and import it again."),
    .query = "rules/u08",
};
