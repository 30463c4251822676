/* L08: area between units that belongs to none. */
#include "merge/rules/rule.h"

static noi_status find_defects(noi_rule_run *run, const noi_rule *rule) {
    return noi_rule_defects(run, rule, NOI_DEFECT_GAP);
}

const noi_rule noi_rule_l08 = {
    .id = "L08",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Gap between units"),
    .explanation =
        N_("An area enclosed by units of the layer belongs to none of them. A point in it is "
           "reported as outside every unit."),
    .action =
        N_("Close the gap in the layer; ask which unit the area belongs to when it is more than "
           "a sliver."),
    .find = find_defects,
};
