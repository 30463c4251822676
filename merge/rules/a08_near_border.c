/* A08: points too near to a border to decide. */
#include "merge/rules/rule.h"

const noi_rule noi_rule_a08 = {
    .id = "A08",
    .severity = NOI_SEVERITY_NOTE,
    .title = N_("Point too near to a border"),
    .explanation =
        N_("The error of the point reaches over the border between two new units, or the point lies "
           "where units of the layer overlap, so it does not decide. The record is asked for, with "
           "its candidates and how likely the point makes each of them, in percent; what is "
           "missing to 100 falls into no candidate."),
    .action = N_("Settle it by house number, parcel or a visit; it stands in the queue."),
    .query = "rules/a08",
};
