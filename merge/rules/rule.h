/*
 * rule.h: what the files of the rules share: the run, what several rules need and only one computes
 * (the examination of the layers), and the way to store a finding.
 */
#ifndef NOI_MERGE_RULES_RULE_H
#define NOI_MERGE_RULES_RULE_H

#include "base/i18n.h"
#include "boundary/boundary.h"
#include "merge/rules/rules.h"
#include "registry/store.h"

typedef enum noi_side { NOI_SIDE_OLD = 0, NOI_SIDE_NEW = 1 } noi_side;

/* One side of the reform as a stored layer draws it, and what its examination found. */
typedef struct noi_drawn {
    bool found; /* there is such a layer */
    noi_day day; /* whose units it draws */
    noi_layer_row layer;
    noi_layer_findings *findings; /* NULL until a rule asks */
} noi_drawn;

struct noi_rule_run {
    noi_registry *registry;
    int64_t run_id;
    noi_drawn drawn[2]; /* by noi_side */
    noi_stmt *add; /* stores one finding */
};

/* One finding. Keys and values are texts without language: codes, names, numbers. */
typedef struct noi_finding {
    const char *subject_kind; /* "unit", "edge", "layer", "address", ... */
    const char *subject_key;
    int64_t unit_id, other_unit_id; /* 0 for none */
    const char *found, *expected;   /* NULL for none */
    double lon, lat;                /* NaN for none */
    noi_str wkb;                    /* empty for none */
} noi_finding;

NOI_MUST_CHECK noi_status noi_finding_add(noi_rule_run *run, const noi_rule *rule,
                                          const noi_finding *finding);

/* Stores what the examination of the two layers (boundary/boundary.h) found under the rule's id, the
 * new layer's first. Both layers are examined once a run, when the first rule asks. */
NOI_MUST_CHECK noi_status noi_rule_layers(noi_rule_run *run, const noi_rule *rule);

/* Finds rows that agree in all columns but the first, their id: `query` is streamed and hashed, and
 * temp.twin (hash, id) gets the rows whose hash occurs more than once. Two texts may share a hash:
 * the rule's query compares the texts themselves. Memory: 16 bytes a row. */
NOI_MUST_CHECK noi_status noi_rule_twins(noi_rule_run *run, const char *query);

#define NOI_RULE_LIST(X)                                                                           \
    X(u01) X(u02) X(u03) X(u04) X(u05) X(u06) X(u07) X(u08) X(u09) X(u10)                          \
    X(l01) X(l02) X(l03) X(l04) X(l05) X(l06) X(l07) X(l08) X(l09) X(l10)                          \
    X(l11) X(l12) X(l13) X(l14) X(l15) X(l16) X(l17) X(l18) X(l19) X(l20)                          \
    X(l21) X(l22) X(l23) X(l24) X(l25) X(l26) X(l27) X(l28)                                          \
    X(a01) X(a02) X(a03) X(a04) X(a05) X(a06) X(a07) X(a08) X(a09) X(a10) X(a11) X(a12) X(a13)     \
    X(h01) X(h02) X(h03) X(h04)                                                                    \
    X(c01) X(c02) X(c03) X(c04) X(c05) X(c06) X(c07) X(c08) X(c09) X(c10)                          \
    X(d01) X(d02) X(d03) X(d04) X(d05)                                                                    \
    X(r01) X(r02) X(r03) X(r04) X(r05) X(r06)
#define NOI_RULE_DECLARE(name) extern const noi_rule noi_rule_##name;
NOI_RULE_LIST(NOI_RULE_DECLARE)
#undef NOI_RULE_DECLARE

#endif
