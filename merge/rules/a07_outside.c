/* A07: points in no unit. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a07 = {
    .id = "A07",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Point outside every unit"),
    .explanation =
        N_("The point lies in no unit of the layer: in the sea, in a neighbouring province, or "
           "in a gap. The nearest unit within 5 km is shown with its distance: a hint, nothing is "
           "assigned to it."),
    .action = N_("Check the point; look at rule L08 for gaps of the layer at this place."),
    .query = "rules/a07",
};
