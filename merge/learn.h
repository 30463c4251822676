/*
 * learn.h: rules for parts of split units, learned from addresses with a point (decision 0035).
 *
 * An address teaches when its record names one split unit and its point lies in one new unit, clear
 * of every border by its error. Four fifths teach, one fifth (chosen by what the address says, so
 * the same every time) is held out and only tests. From general to special: hamlet, street, street
 * and side, street and range, street and alley, street, side and range; of what is pure the most
 * general is kept. The same registry gives the same rules.
 */
#ifndef NOI_MERGE_LEARN_H
#define NOI_MERGE_LEARN_H

#include "plan/parts.h"
#include "registry/registry.h"

typedef struct noi_learn_options {
    uint32_t min_support; /* addresses in the rule's unit, >= 2; usually 5 */
    double min_purity;    /* 0.98 .. 1; usually 1 */
} noi_learn_options;

/* X(name, key, sentence): why a rule is not used. */
#define NOI_LEARN_FATE_TABLE(X)                                                                    \
    X(NOI_LEARN_USED, "used", N_("used"))                                                          \
    X(NOI_LEARN_FEW, "few_addresses", N_("fewer addresses than --min-support"))                    \
    X(NOI_LEARN_CHANCE, "may_be_chance",                                                           \
      N_("so many addresses of the ward lie there that this may be chance"))                       \
    X(NOI_LEARN_FAILED, "failed_held_out", N_("it fails on the addresses held out"))

typedef enum noi_learn_fate {
#define NOI_LEARN_FATE_ENUM(name, key, sentence) name,
    NOI_LEARN_FATE_TABLE(NOI_LEARN_FATE_ENUM)
#undef NOI_LEARN_FATE_ENUM
} noi_learn_fate;

const char *noi_learn_fate_key(noi_learn_fate fate);
const char *noi_learn_fate_sentence(noi_learn_fate fate); /* translated */

typedef struct noi_learned_rule {
    noi_plan_source_rule rule;   /* texts live as long as the result; id: position in `rules` */
    noi_learn_fate fate;
    uint32_t held, held_right;   /* held-out addresses for which it holds, and that it gets right */
} noi_learned_rule;

/* An address that taught or tested. */
typedef struct noi_learned_point {
    uint16_t old_unit, new_unit;
    bool is_held;
    noi_name_key street, hamlet[NOI_HAMLET_PARTS];
    uint8_t hamlet_kind[NOI_HAMLET_PARTS], n_hamlets;
    noi_house house;
    noi_str street_text, hamlet_text[NOI_HAMLET_PARTS];
    uint64_t place; /* what the address says below its ward, as one number */
    double lon, lat;
} noi_learned_point;

/* What the used rules do with the held-out addresses of an old unit. */
typedef struct noi_learned_unit {
    uint16_t old_unit;
    uint32_t first_point, n_points; /* in `points` */
    uint32_t taught, held, decided, right; /* decided <= held: coverage; right of decided: precision */
    uint32_t n_rules, n_left_out;
} noi_learned_unit;

/* A rule of the registry's import that points contradict. */
typedef struct noi_learned_contradiction {
    int32_t rule; /* of the plan */
    uint32_t held, against;
} noi_learned_contradiction;

typedef struct noi_learned {
    size_t n_rules, n_points, n_units, n_contradictions;
    noi_learned_rule *rules;   /* by old unit, from general to special */
    noi_learned_point *points; /* by old unit; each place and new unit once */
    noi_learned_unit *units;
    noi_learned_contradiction *contradictions;
    uint64_t n_read, n_repeated; /* addresses with text and point; of them the same place again */
    noi_arena *texts;
} noi_learned;

/* Learns from the addresses of the registry by a plan that was compiled from it. NOI_ERR_INPUT when
 * the plan has no layer of after the change. */
NOI_MUST_CHECK noi_status noi_learn(noi_learned **out, noi_registry *registry,
                                    const noi_plan *plan, const noi_learn_options *options);
void noi_learned_free(noi_learned *learned); /* accepts NULL */
NOI_DEFINE_AUTO(noi_learned, noi_learned_free)

/* Sets marks[i] where the rule holds for points[i]; leaves the others as they are. */
void noi_learned_mark(bool *marks, const noi_plan_source_rule *rule,
                      const noi_learned_point *points, size_t n);

/* Puts the rules in the place of those learned before, in one transaction; imported ones stay. Rules
 * that verdicts name are kept as retired. */
NOI_MUST_CHECK noi_status noi_learn_store(noi_registry *registry, const noi_plan *plan,
                                          const noi_learned *learned);

#endif
