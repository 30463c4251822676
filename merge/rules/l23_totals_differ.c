/* L23: totals that differ from the law's. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l23 = {
    .id = "L23",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Total of the layer differs from the law"),
    .explanation =
        N_("The areas (or the stated populations) of all units that are drawn, added up, "
           "differ by more than the tolerance (1 percent) from the sum that the resolution "
           "states for them. Single units may be off by more without harm; the sum cannot, "
           "unless land lies outside the layer or is drawn beyond the border of the province. "
           "Missing units count on neither side."),
    .action = N_("Look at the outer edge and at the sea; then at the units that differ most."),
    .find = noi_rule_layers,
};
