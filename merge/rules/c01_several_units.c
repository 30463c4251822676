/* C01: cases that touch several new units. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_c01 = {
    .id = "C01",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Case touches several new units"),
    .explanation =
        N_("The matter of the case lies in two or more new units. Law 72/2025/QH15, Article "
           "54(8), leaves such cases to the chairman of the city: no unit may take it by itself."),
    .action = N_("Put it before the city's chairman; it waits in queue CITY_DECIDES."),
    .query = "rules/c01",
};
