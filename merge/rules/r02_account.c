/* R02: the account of a source does not add up. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_r02 = {
    .id = "R02",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Account of a source does not add up"),
    .explanation =
        N_("For each source, the rows read must be the rows stored and the rows rejected, and "
           "the rows stored must be found in the registry. A difference means that the registry "
           "was changed from outside."),
    .action = N_("Do not go on. Restore the registry from its backup, or import anew."),
    .query = "rules/r02",
};
