/* C08: procedures of which no row speaks. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_c08 = {
    .id = "C08",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Procedure of which nothing is known"),
    .explanation =
        N_("A table of procedures was imported, and it has no row for this one. Nothing is assumed "
           "about where its matter lies and who handles it: its cases go as any case goes, and "
           "their handler's level stays open. The value is the number of its cases."),
    .action = N_("Add a row with its source to the table of procedures and import it again."),
    .query = "rules/c08",
};
