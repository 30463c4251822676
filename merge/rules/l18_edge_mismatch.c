/* L18: a border that neighbours draw differently. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_l18 = {
    .id = "L18",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Neighbours draw their border differently"),
    .explanation =
        N_("A vertex of one unit lies on the border of its neighbour (within 2 cm) without "
           "being a vertex of it. The border looks the same, but whenever coordinates are "
           "transformed or rounded, hairline gaps and overlaps open along it."),
    .action =
        N_("Give both units the same vertices; 'noi repair' proposes it and keeps every other "
           "border as it is."),
    .find = noi_rule_layers,
};
