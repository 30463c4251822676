/* L07: two units that share area. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l07 = {
    .id = "L07",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Two units overlap"),
    .explanation =
        N_("Two units of the layer claim the same area. A point in it belongs to two units; "
           "the first in the layer wins, which is an accident. Overlaps smaller than 0.1 m² "
           "are taken for rounding of coordinates; those too narrow to be meant are slivers, "
           "rule L12."),
    .action = N_("Decide which unit the area belongs to and correct the border; slivers of a few "
                 "square metres can be snapped."),
    .find = noi_rule_layers,
};
