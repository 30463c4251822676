/* L12: an area too narrow to be meant. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l12 = {
    .id = "L12",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Sliver: an area too narrow to be meant"),
    .explanation =
        N_("A gap, an overlap or a polygon of a unit that is narrower than 1 m on average "
           "(twice its area divided by its perimeter) or smaller than 1 m². Nobody drew it on "
           "purpose: it is left over where a border was digitised twice or cut by another "
           "layer. Few points fall into it, but programs that compare areas stumble over it."),
    .action = N_("Let the border be snapped: 'noi repair' proposes it for slivers and shows what "
                 "changes hands."),
    .find = noi_rule_layers,
};
