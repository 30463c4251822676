/* A03: metres, or the wrong central meridian. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a03 = {
    .id = "A03",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Coordinates in metres or of another zone"),
    .explanation =
        N_("The coordinates are no degrees of the region, but look like metres of VN-2000 or "
           "like the neighbouring central meridian (105°45′ and 107°45′ are both in use in the "
           "city). Taken as they are they would be hundreds of kilometres off. Where they lie in a "
           "unit when read as the one or the other, that unit is shown."),
    .action =
        N_("Ask the source for its coordinate system and import again with --crs EPSG:9210 or "
           "--crs EPSG:5899."),
    .query = "rules/a03",
};
