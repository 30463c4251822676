/* L09: the map moves a part that the law does not. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l09 = {
    .id = "L09",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Map moves a part that the law does not"),
    .explanation =
        N_("Laid over each other, the two layers put part of an old unit into a new unit to "
           "which the law leads no land of it. Two offices never draw one border alike, so the "
           "tolerance separates digitising noise from contradiction: a piece counts only when "
           "it is wider than 25 m on average (twice its area divided by its perimeter), and "
           "the part only when its pieces together are at least 2 percent of the old unit. "
           "Points in this area contradict the law and are never assigned by the map alone."),
    .action =
        N_("Compare both borders with the clause. Until it is settled, records here are asked "
           "for in the queue."),
    .find = noi_rule_layers,
};
