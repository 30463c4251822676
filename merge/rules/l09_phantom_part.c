/* L09: the map moves a part that the law does not. */
#include "merge/rules/rule.h"

static noi_status find_overlay(noi_rule_run *run, const noi_rule *rule) {
    (void)rule; /* the query stores the findings; it needs temp.overlay */
    return noi_rule_overlay(run);
}

const noi_rule noi_rule_l09 = {
    .id = "L09",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Map moves a part that the law does not"),
    .explanation =
        N_("Laid over each other, the two layers put part of an old unit into a new unit to "
           "which the law leads no edge of it. Shares under 2 percent of the old unit are taken for "
           "imprecise drawing. Points in this area contradict the law and are never assigned by "
           "the map alone."),
    .action =
        N_("Compare both borders with the clause. Until it is settled, records here are asked "
           "for in the queue."),
    .query = "rules/l09",
    .find = find_overlay,
};
