/* noted.h: one pass over all verdicts, which keeps those that some rule cares for. */
#ifndef NOI_MERGE_RULES_NOTED_H
#define NOI_MERGE_RULES_NOTED_H

#include "registry/registry.h"

/* Why a verdict is noted beyond what it says of itself. */
#define NOI_NOTED_NOT_IN_FORCE 1 /* its new unit is not one of the reform */
#define NOI_NOTED_NO_EDGE      2 /* the law has no edge from its old unit to its new unit */

/* Fills temp.noted; needs rules/begin. Memory does not grow with the verdicts. */
NOI_MUST_CHECK noi_status noi_rule_note_verdicts(noi_registry *registry);

#endif
