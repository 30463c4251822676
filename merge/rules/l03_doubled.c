/* L03: a unit that a layer draws twice. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l03 = {
    .id = "L03",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Unit drawn twice"),
    .explanation =
        N_("Two features of the layer bear the same code. If one is a copy, areas count twice; "
           "if they are two pieces of one unit, they belong into one feature."),
    .action = N_("Merge the features, or remove the copy."),
    .find = noi_rule_layers,
};
