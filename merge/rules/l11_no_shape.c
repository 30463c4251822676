/* L11: a feature without geometry. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l11 = {
    .id = "L11",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Feature without geometry"),
    .explanation =
        N_("The layer has a row for the unit but no area. It counts as drawn and yet holds no "
           "point."),
    .action = N_("Restore the area in the layer and import it again."),
    .find = noi_rule_layers,
};
