/* L24: a whole unit that is not whole. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l24 = {
    .id = "L24",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Whole unit is not whole on the map"),
    .explanation =
        N_("The law leads the whole of an old unit into one new unit, but laid over each other "
           "less than 98 percent of it lie there. The share that is told leaves out digitising "
           "noise: only pieces that are wider than 25 m on average count as outside. Where the "
           "rest lies in another unit, rule L09 names that unit; where it lies in none, the "
           "layers disagree about the coast or the edge of the province."),
    .action = N_("Compare both borders; one of the two layers is not the one that the law was made "
                 "with."),
    .find = noi_rule_layers,
};
