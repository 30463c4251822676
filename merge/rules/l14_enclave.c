/* L14: a wide hole, or a unit inside another one. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l14 = {
    .id = "L14",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Enclave or wide hole"),
    .explanation =
        N_("Land enclosed by the layer that is too wide to be a slip (1,000 m or more on "
           "average), or a unit that lies wholly inside one other unit. Both occur: a lake, a "
           "military area, a commune within a ward. Both also arise when a unit is missing or "
           "drawn in the wrong place."),
    .action = N_("Make sure that the land is meant to be nobody's, or the unit to lie inside the "
                 "other."),
    .find = noi_rule_layers,
};
