/* L19: an island that the layer forgot. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l19 = {
    .id = "L19",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Island missing in the boundary layer"),
    .explanation =
        N_("Another layer (an earlier one of the same units, or that of the other side of the "
           "reform) draws a polygon of which this layer covers nothing, less than 1 percent, "
           "although the unit that it belongs to is drawn. Islands off the coast and exclaves "
           "are lost like this when only the largest polygon of a unit is kept. Polygons "
           "narrower than 25 m on average are not looked for; those of a unit that is missing "
           "as a whole are told there (rule L01)."),
    .action = N_("Restore the polygon in the layer; until then records on it lie in no unit."),
    .find = noi_rule_layers,
};
