/* L26: a stated coordinate system that the place of the units contradicts. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l26 = {
    .id = "L26",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Stated coordinate system contradicts the place"),
    .explanation =
        N_("In the coordinate system that the file states, the units do not lie where they are known "
           "to lie; in another one they do. The usual reasons are x and y exchanged, another zone "
           "or central meridian of VN-2000 (105°45′ and 107°45′ are both in use in Ho Chi Minh "
           "City), degrees under the name of metres, or WGS 84 for VN-2000, some 200 m apart, "
           "which only a stored layer of the same units can tell. What is found is the stated "
           "system and how far off the middle one of the units is in it. Looked for in files, by "
           "noi check."),
    .action =
        N_("Have the office that made the layer confirm the system and correct the file; until "
           "then, name it with the option that is expected."),
    .find = noi_rule_layers,
};
