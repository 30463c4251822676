/* L20: a kind of unit that differs from the law's. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l20 = {
    .id = "L20",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Kind of unit differs from the list of units"),
    .explanation =
        N_("The layer calls the unit by another kind than the law (xã for phường and the "
           "like), in its field for the kind or in front of the name. Often the layer is older "
           "or newer than the day that it is taken for. A word that is no kind of unit is not "
           "compared."),
    .action = N_("Correct the kind in the layer, or check which day the layer draws."),
    .find = noi_rule_layers,
};
