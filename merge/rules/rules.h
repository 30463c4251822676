/*
 * rules.h: the validator: numbered rules over all that is stored. A rule says in one paragraph what
 * it looks for, why that matters and what to do about it; its findings are rows of table `finding`.
 * The action is proposed, never carried out.
 *
 * Families: U units and law, L layers, A addresses, H households, C cases, R reconciliation.
 * Each rule is one file, merge/rules/<id>_<name>.c, with its query in registry/sql/rules/<id>.sql.
 */
#ifndef NOI_MERGE_RULES_RULES_H
#define NOI_MERGE_RULES_RULES_H

#include "registry/registry.h"

typedef enum noi_severity {
    NOI_SEVERITY_NOTE = 1,    /* worth knowing; nothing has to be done */
    NOI_SEVERITY_WARNING = 2, /* a person should look */
    NOI_SEVERITY_ERROR = 3,   /* must be settled before the cutover */
} noi_severity;

typedef struct noi_rule_run noi_rule_run;

typedef struct noi_rule {
    const char *id; /* "U01" */
    noi_severity severity;
    const char *title, *explanation, *action; /* N_(): for people */
    /* Both may be set: `find` goes first. A query stores findings itself; its parameters are
     * ?1 rule, ?2 severity, ?3 run id. */
    const char *query;
    noi_status (*find)(noi_rule_run *run, const struct noi_rule *rule);
} noi_rule;

/* All rules in the order of their ids. Static storage. */
const noi_rule *const *noi_rules(size_t *n);
/* NULL when there is none of that id (case does not count). */
const noi_rule *noi_rule_by_id(const char *id);
/* "Units and law" for 'U'; "" for a letter that is no family. Translated. */
const char *noi_rule_family(char letter);
/* "note", "warning", "error": stable keys. */
const char *noi_severity_key(noi_severity severity);

typedef struct noi_validation {
    size_t n;
    const noi_rule *rule[96];
    int64_t findings[96]; /* of the rule at the same position */
    int64_t to_act_on;    /* findings that are warnings or errors */
} noi_validation;

/* Runs the named rules (all of them when n_ids is 0) and replaces their findings, in one
 * transaction: on failure the registry is as it was. NOI_ERR_USAGE for an id that is none.
 * The registry must be open for writing. */
NOI_MUST_CHECK noi_status noi_validate(noi_validation *out, noi_registry *registry,
                                       const char *const *ids, size_t n_ids);

#endif
