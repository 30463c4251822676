/* decision_rules.h: data/decision_rules.csv: when a decision needs more than one person. */
#ifndef NOI_CUTOVER_DECISION_RULES_H
#define NOI_CUTOVER_DECISION_RULES_H

#include "base/date.h"
#include "registry/registry.h"

/* What holds of one decision. */
typedef struct noi_decision_facts {
    bool city_decides, not_a_candidate, no_candidates, household_torn;
    int64_t reaches; /* records that follow */
} noi_decision_facts;

typedef struct noi_decision_rules noi_decision_rules;
/* NOI_ERR_INPUT with the line for a table that is none. */
NOI_MUST_CHECK noi_status noi_decision_rules_read(noi_decision_rules **out, const char *name,
                                                  noi_str bytes);
/* Those that the registry brings (noi import REGISTRY decision-rules), else the program's. */
NOI_MUST_CHECK noi_status noi_decision_rules_of(noi_decision_rules **out, noi_registry *registry);
NOI_MUST_CHECK noi_status noi_decision_rules_load(noi_decision_rules **out); /* the program's */
void noi_decision_rules_free(noi_decision_rules *rules);
NOI_DEFINE_AUTO(noi_decision_rules, noi_decision_rules_free)

/* How many persons, at least 1; appends the ids of the rules that hold on the day: "D1 D4". */
int64_t noi_decision_needs(noi_buf *ids, const noi_decision_rules *rules,
                           const noi_decision_facts *facts, noi_day on);

#endif
