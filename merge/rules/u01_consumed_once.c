/* U01: every old unit is used up exactly once by the law. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_u01 = {
    .id = "U01",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Old unit not consumed exactly once"),
    .explanation =
        N_("The law uses up every old unit exactly once: it goes whole into one new unit, or it "
           "is cut into parts, the last of which may be called the remainder. A unit without an "
           "edge, one that goes whole and also in part, a single part without a rest, or two "
           "remainders, means that a clause is missing or was read wrongly."),
    .action =
        N_("Compare the clauses that name this unit with the text of the resolution and correct "
           "the crosswalk before a plan is made."),
    .query = "rules/u01",
};
