/* L16: two vertices in a row nearly at one place. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l16 = {
    .id = "L16",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Nearly duplicate vertex"),
    .explanation =
        N_("Two vertices in a row of one ring lie less than 1 cm apart, nearer than any survey "
           "is exact. Neighbours that keep one of them each no longer share the border."),
    .action = N_("Keep one of the two, the same one in both neighbours."),
    .find = noi_rule_layers,
};
