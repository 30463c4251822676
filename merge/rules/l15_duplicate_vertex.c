/* L15: two vertices in a row at one place. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l15 = {
    .id = "L15",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Duplicate vertex"),
    .explanation =
        N_("Two vertices in a row of one ring lie at the same place. It changes no area, but "
           "some programs refuse such rings or compute a wrong direction there."),
    .action =
        N_("Remove the repetition when the layer is next edited; 'noi repair' does it without "
           "moving the border."),
    .find = noi_rule_layers,
};
