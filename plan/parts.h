/*
 * parts.h: rules for parts of a split unit (decision 0035): within an old unit, an address for which
 * all that a rule states holds lies in its new unit. Streets and hamlets are integers here: the hot
 * path compares no text. Pure, thread-safe, allocates nothing.
 */
#ifndef NOI_PLAN_PARTS_H
#define NOI_PLAN_PARTS_H

#include "address/hamlet.h"
#include "plan/plan.h"
#include "plan/unit_set.h"

/* X(bit, key, words): what rules may state and questions may ask. Keys as in JSON. */
#define NOI_ATTRIBUTE_TABLE(X)                                                                     \
    X(NOI_ATTRIBUTE_HAMLET, 1, "hamlet")                                                           \
    X(NOI_ATTRIBUTE_STREET, 2, "street")                                                           \
    X(NOI_ATTRIBUTE_SIDE, 4, "side")                                                               \
    X(NOI_ATTRIBUTE_RANGE, 8, "house_number")                                                      \
    X(NOI_ATTRIBUTE_ALLEY, 16, "alley")                                                            \
    X(NOI_ATTRIBUTE_SHEET, 32, "sheet")                                                            \
    X(NOI_ATTRIBUTE_DISTRICT, 64, "district")                                                      \
    X(NOI_ATTRIBUTE_PROVINCE, 128, "province")                                                     \
    X(NOI_ATTRIBUTE_WARD, 256, "ward")                                                             \
    X(NOI_ATTRIBUTE_POINT, 512, "point")

typedef enum noi_attribute {
    NOI_ATTRIBUTE_NONE = 0,
#define NOI_ATTRIBUTE_ENUM(name, bit, key) name = bit,
    NOI_ATTRIBUTE_TABLE(NOI_ATTRIBUTE_ENUM)
#undef NOI_ATTRIBUTE_ENUM
} noi_attribute;

const char *noi_attribute_key(noi_attribute attribute); /* "" for NONE; static storage */

typedef enum noi_rule_origin { NOI_RULE_IMPORTED, NOI_RULE_LEARNED } noi_rule_origin;

#define NOI_RULE_HAMLETS 2

/* A rule as the plan holds it. */
typedef struct noi_plan_rule_row {
    uint64_t street, sheet, hamlet[NOI_RULE_HAMLETS]; /* noi_name_key.bare; 0 for none */
    uint32_t street_marks, hamlet_marks[NOI_RULE_HAMLETS];
    uint16_t old_unit, new_unit;
    uint32_t attributes; /* bits of noi_attribute */
    uint32_t from, to;
    uint32_t alley[NOI_HOUSE_LINKS]; /* links of noi_house */
    uint8_t alley_kind, n_alley, side, origin;
    uint32_t street_text, alley_text, hamlet_text, sheet_text, source; /* strings */
    uint32_t support;
    int32_t on;
    uint8_t hamlet_kind[NOI_RULE_HAMLETS]; /* noi_hamlet_kind */
    uint16_t pad;
    double purity;
    int64_t id;
} noi_plan_rule_row;

/* The section: this, then the rules by old unit, street, position in the source. */
typedef struct noi_plan_rules_header {
    char mark[8]; /* "parts001" */
    uint32_t n_rules, n_left_out;
} noi_plan_rules_header;
#define NOI_PLAN_RULES_MARK "parts001"

/* Builds the section from the source's rules; strings are added by `add_text`. NOI_ERR_INPUT when a
 * rule states nothing, or what cannot be read. */
NOI_MUST_CHECK noi_status noi_plan_rules_build(noi_buf *out, const noi_plan_source *source,
                                               uint32_t (*add_text)(void *, const char *),
                                               void *context);
/* Whether the bytes are a sound section of this plan, whose strings take `n_strings`; sets the
 * plan's rules. */
bool noi_plan_rules_attach(noi_plan *plan, const void *bytes, size_t n, size_t n_strings);

/* The rules of an old unit: rules[*first .. *first + n). Returns n. */
size_t noi_plan_rules_of(uint32_t *first, const noi_plan *plan, uint16_t old_unit);

/* What a record says below its ward. */
typedef struct noi_place {
    noi_name_key street, sheet;
    noi_house house;
    noi_hamlet hamlet;
    noi_name_key hamlet_keys[NOI_HAMLET_PARTS];
} noi_place;

/* From what the reader read (NULL for no text) and the sheet of a parcel. */
void noi_place_of(noi_place *out, const noi_reading *reading, noi_str sheet);

/* Which of the rule's attributes the place says nothing about, and which it denies; the rule holds
 * when both are 0. A street without a house number leaves side, range and alley unsaid; "khu phố 3"
 * denies "khu phố 4", but says nothing about "ấp 2". */
typedef struct noi_rule_fit {
    uint32_t unsaid, denied;
} noi_rule_fit;
noi_rule_fit noi_rule_fits(const noi_plan_rule_row *rule, const noi_place *place);

/* What the rules of an old unit say of a place. Only rules whose unit is one of `among` count. */
typedef struct noi_rules_say {
    unit_set units; /* of the rules that hold */
    int32_t rule;   /* the one to name: imported before learned, then the best supported; or -1 */
} noi_rules_say;
void noi_rules_weigh(noi_rules_say *out, const noi_plan *plan, uint16_t old_unit,
                     const unit_set *among, const noi_place *place);

#endif
