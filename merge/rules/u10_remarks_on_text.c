/* U10: what the reading of a resolution's text had to remark. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_u10 = {
    .id = "U10",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Remark on the text of a resolution"),
    .explanation = N_(
        "While the text of the resolution was read, something in it had to be interpreted or does "
        "not fit: a slip of the pen, a name that several units bear and that other clauses "
        "decide, a figure that does not add up. Each remark has its own weight."),
    .action = N_("Read the clause and confirm the interpretation; a remark that is a warning or an "
                 "error must be settled before the cutover."),
    .query = "rules/u10",
};
