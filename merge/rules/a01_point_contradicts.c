/* A01: the point lies elsewhere than the text says. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a01 = {
    .id = "A01",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Point contradicts the text"),
    .explanation =
        N_("The record's point lies in another old unit than the one that its text or code "
           "names. One of the two is wrong, and nothing in the record tells which; the point is "
           "not used against the text."),
    .action =
        N_("Check the place on the map with the person or in the field; correct the point or the"
           " text at its source."),
    .query = "rules/a01",
};
