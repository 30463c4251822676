/* L05: a measured area that is far from the area in law. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l05 = {
    .id = "L05",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Measured area differs from the area in law"),
    .explanation =
        N_("The area of the unit in the layer, measured on the ellipsoid, differs by more than "
           "the tolerance (5 percent) from the area that the resolution states. Small "
           "differences come from water and from rounding; larger ones mean that the layer "
           "draws another unit than the law describes. Layers whose borders are synthetic are "
           "not measured against the law."),
    .action =
        N_("Compare the border with the resolution's clause and with the units around it that "
           "differ the other way."),
    .find = noi_rule_layers,
};
