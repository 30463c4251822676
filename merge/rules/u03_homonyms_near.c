/* U03: old units of one name around one new unit. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_u03 = {
    .id = "U03",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Old units of the same name around one new unit"),
    .explanation =
        N_("A new unit takes in land of one or more old districts. Where these districts held "
           "two old units of the same name that go to different new units (Phường 1 of two "
           "districts), an address that names the ward without its district cannot be placed."),
    .action =
        N_("Tell the counters of this unit to ask for the old district; do not correct records "
           "by name alone."),
    .query = "rules/u03",
};
