/* L01: a unit that the layer does not draw. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l01 = {
    .id = "L01",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Unit missing in the boundary layer"),
    .explanation =
        N_("The layer that draws this vintage has no area for a unit that was in force on its "
           "day. Points in it fall into a hole or into a neighbour."),
    .action = N_("Ask the layer's publisher for the unit, or import a newer issue of the layer."),
    .find = noi_rule_layers,
};
