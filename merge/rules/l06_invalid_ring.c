/* L06: rings that cross themselves. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l06 = {
    .id = "L06",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Invalid ring"),
    .explanation =
        N_("A ring of the unit crosses or touches itself, so that inside and outside are not "
           "defined along it. Programs repair such rings each in their own way, and then "
           "disagree about who lives where."),
    .action = N_("Repair the ring in the layer itself and import it again; do not rely on a repair "
                 "on the fly."),
    .find = noi_rule_layers,
};
