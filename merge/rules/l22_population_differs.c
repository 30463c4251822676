/* L22: a stated population that is far from the law's. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l22 = {
    .id = "L22",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Population in the layer differs from the law"),
    .explanation =
        N_("The layer states a population for the unit that differs by more than the tolerance "
           "(5 percent) from the one that the resolution states. Populations are of different "
           "years and ways of counting, so this alone says little; together with a differing "
           "area it points to the unit that is drawn wrongly."),
    .action = N_("Compare with the area of the unit; correct or drop the field before the layer is "
                 "passed on."),
    .find = noi_rule_layers,
};
