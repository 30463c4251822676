/* A02: longitude and latitude exchanged. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a02 = {
    .id = "A02",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Longitude and latitude exchanged"),
    .explanation =
        N_("The two coordinates lie in the country only when they are exchanged; shown is where "
           "they lie then, with the unit that holds that place. noi does not exchange them by itself: it would be a guess for each record, and often the whole "
           "column of the export is affected."),
    .action = N_("Import the source again with the two columns mapped the other way round."),
    .query = "rules/a02",
};
