/* L13: a narrow gap that is open to the outside. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l13 = {
    .id = "L13",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Inlet between units"),
    .explanation =
        N_("Two units leave a narrow gap between them that is open to the outer edge of the "
           "layer, so no ring encloses it and a search for holes does not find it. Inlets up "
           "to 1 m wide are looked for. A point in it lies in no unit."),
    .action = N_("Snap the two borders to each other from the outer edge inwards."),
    .find = noi_rule_layers,
};
