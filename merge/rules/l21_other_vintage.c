/* L21: a code of another vintage. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l21 = {
    .id = "L21",
    .severity = NOI_SEVERITY_ERROR,
    .title = N_("Code of another vintage"),
    .explanation =
        N_("The feature's code and name belong together, but on another day: the code was, or "
           "will be, that of a unit of this name until or from the day that is told. A code "
           "means something only with a date; on the layer's own day it is another unit or "
           "none, and every record inside would go astray. What is expected is the code that "
           "the name bears on the layer's day, else the name that the code bears."),
    .action = N_("Replace the code by the one of the layer's day; if many features are concerned, "
                 "the layer draws another day than it is taken for."),
    .find = noi_rule_layers,
};
