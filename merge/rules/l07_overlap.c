/* L07: two units that share area. */
#include "merge/rules/rule.h"

static noi_status find_defects(noi_rule_run *run, const noi_rule *rule) {
    return noi_rule_defects(run, rule, NOI_DEFECT_OVERLAP);
}

const noi_rule noi_rule_l07 = {
    .id = "L07",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Two units overlap"),
    .explanation =
        N_("Two units of the layer claim the same area. A point in it belongs to two units; the "
           "first in the layer wins, which is an accident."),
    .action = N_("Decide which unit the area belongs to and correct the border; slivers of a few "
                 "square metres can be snapped."),
    .find = find_defects,
};
