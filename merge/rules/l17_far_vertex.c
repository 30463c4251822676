/* L17: one vertex far off its neighbours. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l17 = {
    .id = "L17",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Vertex far off its ring"),
    .explanation =
        N_("A single vertex lies more than 5 km from both its neighbours, which lie much "
           "nearer to each other: a slip of the digitiser or of a digit in its coordinates. "
           "The spike claims land of other units, and points in it go astray."),
    .action = N_("Look at the vertex; remove it, or correct its coordinates after the source."),
    .find = noi_rule_layers,
};
