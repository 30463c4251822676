/* L27: units of one file in different coordinate systems. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l27 = {
    .id = "L27",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Units in another coordinate system than the rest"),
    .explanation =
        N_("The named units lie where they are known to lie only in another coordinate system than "
           "the rest of the file, such as the other central meridian (105°45′ and 107°45′ in Ho Chi "
           "Minh City), or with x and y exchanged. Layers put together from several offices are "
           "like that. noi settled each unit by its own system, all vertices of a unit alike, and "
           "examined the layer so; other programs will draw these units elsewhere. Looked for in "
           "files, by noi check."),
    .action =
        N_("Transform the named units from the system that is found to the one that is expected, "
           "and check the borders between the two parts."),
    .find = noi_rule_layers,
};
