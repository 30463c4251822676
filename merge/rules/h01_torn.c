/* H01: households whose members live in different new units. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_h01 = {
    .id = "H01",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Household torn between new units"),
    .explanation =
        N_("Members of one household live at addresses that lie in different new units after the"
           " reform. A household belongs to one register; it is for people to say where it "
           "continues."),
    .action =
        N_("Verify with the household (residence register, split wards are verified person by "
           "person) and decide."),
    .query = "rules/h01",
};
