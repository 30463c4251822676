/* A09: the same text and code twice. */
#include "merge/rules/rule.h"

static noi_status find_twins(noi_rule_run *run, const noi_rule *rule) {
    (void)rule; /* the query compares the texts themselves */
    return noi_rule_twins(run, "rules/a09_rows");
}

const noi_rule noi_rule_a09 = {
    .id = "A09",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Same address twice"),
    .explanation =
        N_("Two records of the address source have the same text and the same code. They get the"
           " same verdict; whether they are one place recorded twice, only the source knows."),
    .action = N_("Let the source decide which record stays, and keep the other's key as an alias."),
    .query = "rules/a09",
    .find = find_twins,
};
