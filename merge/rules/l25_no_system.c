/* L25: a layer that does not say in which coordinate system it is. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l25 = {
    .id = "L25",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("No coordinate system stated"),
    .explanation =
        N_("The file does not say in which coordinate system its numbers are. All systems that are "
           "in use in Vietnam were tried, with their axes exchanged as well, and one alone brings "
           "the units to where they are known to lie; what is found is that system and how far off "
           "the middle one of the units is in it. Another program would take the numbers for "
           "something else. Looked for in files, by noi check."),
    .action =
        N_("Ask the office that made the layer to write the system into the file; until then, name "
           "it with the option that is expected."),
    .find = noi_rule_layers,
};
