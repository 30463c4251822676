/* L02: a code that is no unit of the layer's day. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l02 = {
    .id = "L02",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Unknown code in the boundary layer"),
    .explanation =
        N_("The layer draws an area under a code that is no unit of its day and never bore "
           "this name: a slip, a code that is left out, or a unit of a province that the layer "
           "does not otherwise draw. When the name is that of exactly one unit that is not "
           "drawn otherwise, its code is proposed. Such an area receives no record."),
    .action = N_("Correct the code in the layer, or cut the layer to the province before importing "
                 "it."),
    .find = noi_rule_layers,
};
