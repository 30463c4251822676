/* L08: area between units that belongs to none. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l08 = {
    .id = "L08",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Gap between units"),
    .explanation =
        N_("An area enclosed by units of the layer belongs to none of them. A point in it is "
           "reported as outside every unit. Gaps smaller than 0.1 m² are taken for rounding of "
           "coordinates; those too narrow to be meant are slivers, rule L12; those too wide to "
           "be a slip are enclaves, rule L14."),
    .action = N_("Close the gap in the layer; ask which unit the area belongs to when it is more "
                 "than a sliver."),
    .find = noi_rule_layers,
};
