/* H03: one residence file number twice inside one new unit. */
#include "merge/rules/rule.h"

static noi_status find_twins(noi_rule_run *run, const noi_rule *rule) {
    (void)rule; /* the query compares the numbers themselves */
    return noi_rule_twins(run, "rules/h03_rows");
}

const noi_rule noi_rule_h03 = {
    .id = "H03",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Residence file number used twice inside one new unit"),
    .explanation =
        N_("Two old units may have used the same residence file number. Now that both households"
           " belong to one new unit, the number no longer tells them apart."),
    .action = N_("Give one of them a new number and keep both in the two-way concordance."),
    .query = "rules/h03",
    .find = find_twins,
};
