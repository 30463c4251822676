/* A11: a new unit of the same name lies elsewhere. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a11 = {
    .id = "A11",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("New unit of the same name lies elsewhere"),
    .explanation =
        N_("The old unit named in the record goes to a new unit of another name, while a new "
           "unit that bears the old name lies elsewhere. Anyone who reads the record without its"
           " date will take it for the wrong unit."),
    .action =
        N_("Have the new name written into the record soon; until then always show it with its "
           "date."),
    .query = "rules/a11",
};
