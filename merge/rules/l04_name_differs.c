/* L04: a layer that names a unit otherwise than the law does. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l04 = {
    .id = "L04",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Name in the layer differs from the list of units"),
    .explanation =
        N_("The layer's name for this code is another one than the law's, beyond spelling "
           "(capitals, the place of the tone mark, leading zeros, the kind of unit in front; "
           "in a layer that bears no marks at all, the marks). Either the name or the code of "
           "the area is wrong. When another unit of the day bears the name, its code stands "
           "behind it."),
    .action = N_("Look which of the two fits the place; a wrong code moves every record inside."),
    .find = noi_rule_layers,
};
