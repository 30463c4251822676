/* L10: the law moves a part that the map does not show. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l10 = {
    .id = "L10",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Law moves a part that the map does not show"),
    .explanation =
        N_("The law leads an edge with area from an old unit to a new one, but laid over each "
           "other the two layers share less than 0.1 percent of the old unit. Records of that "
           "part can never be found by a point."),
    .action = N_("Ask the publisher of the layer; until then treat the part by street and house "
                 "number."),
    .find = noi_rule_layers,
};
