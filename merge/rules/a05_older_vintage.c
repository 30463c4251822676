/* A05: units that had ended before the eve of the reform. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a05 = {
    .id = "A05",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Unit of an older vintage"),
    .explanation =
        N_("The record names a unit that had already ended before the eve of this reform, and "
           "was followed through its earlier merger."),
    .action = N_("Nothing has to be done for the verdict; have the source brought up to date."),
    .query = "rules/a05",
};
