/* U05: an edge that leads into another province. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_u05 = {
    .id = "U05",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Edge into another province"),
    .explanation =
        N_("A resolution arranges the communes of one province after the merger. An edge that "
           "leads to a unit of a different province than the rest of its resolution is almost "
           "always a unit of the same name that was taken for the right one."),
    .action =
        N_("Check the name in the clause against the list of new units of the resolution's own "
           "province."),
    .query = "rules/u05",
};
