/* L02: a code in a layer that is no unit of its day. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l02 = {
    .id = "L02",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Unknown code in the boundary layer"),
    .explanation =
        N_("The layer draws an area under a code that was no unit on the layer's day: a code of "
           "another vintage, of a neighbouring province, or a slip. Such an area takes part in "
           "no check and receives no record."),
    .action =
        N_("Correct the code in the layer, or cut the layer to the province before importing it."),
    .query = "rules/l02",
};
