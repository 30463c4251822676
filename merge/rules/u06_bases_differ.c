/* U06: the crosswalk read from the law and the one from a table disagree. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_u06 = {
    .id = "U06",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Law and table disagree on an edge"),
    .explanation =
        N_("The registry holds the crosswalk twice: read from the resolution's text, and taken "
           "from a published table. An edge that stands in only one of them, or with another "
           "part, scope or clause, is either a defect of the text, of the table, or of the "
           "reading."),
    .action =
        N_("Read the clause. The law decides; report the error to whoever publishes the table, "
           "or correct the text that was imported."),
    .query = "rules/u06",
};
