/* D04: proposals that wait for a second person. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_d04 = {
    .id = "D04",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Decision waits for a second person"),
    .explanation =
        N_("A rule asks for two people here; one has decided so far, and the decision is "
           "not effective. Expected: the rules that ask for it."),
    .action =
        N_("Another person approves: noi decide REGISTRY KIND:KEY --approve --by NAME."),
    .query = "rules/d04",
};
