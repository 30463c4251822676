/* L28: a unit that lies where it cannot. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l28 = {
    .id = "L28",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Unit lies elsewhere"),
    .explanation =
        N_("A vertex of the unit lies outside Vietnam, or the whole unit lies more than 50 km from "
           "every place at which its code is known. Either the shape was moved, often to 0,0 by an "
           "empty field, or it bears the code of another unit. The rest of the layer may be right. "
           "Looked for in files, by noi check."),
    .action = N_("Look at the unit on a map: correct its vertices, or its code."),
    .find = noi_rule_layers,
};
