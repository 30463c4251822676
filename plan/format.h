/*
 * format.h: the bytes of a plan file, little-endian, every section 16-byte aligned.
 *
 *   magic "noiplan1" | SHA-256 (64 hex digits) of everything behind it | header | sections
 *
 * strings         NUL-terminated texts, each once; offset 0 is ""
 * units           noi_plan_unit_row, in the source's order
 * edges           noi_plan_edge_row, in the source's order
 * out, in         edge positions grouped by old unit, by new unit
 * by_code         unit positions ordered by code, from
 * gazetteer       address/gazetteer
 * new_index, new_index_unit, old_index, old_index_unit
 *                 geo/index and the unit of each of its areas; empty without a layer
 * split_rules     noi_plan_rules_header, noi_plan_rule_row by old unit (parts.h); the header stands
 *                 there also without rules
 */
#ifndef NOI_PLAN_FORMAT_H
#define NOI_PLAN_FORMAT_H

#include <stdint.h>

#define PLAN_MAGIC "noiplan1"

typedef enum plan_section {
    PLAN_STRINGS,
    PLAN_UNITS,
    PLAN_EDGES,
    PLAN_OUT,
    PLAN_IN,
    PLAN_BY_CODE,
    PLAN_GAZETTEER,
    PLAN_NEW_INDEX,
    PLAN_NEW_INDEX_UNIT,
    PLAN_OLD_INDEX,
    PLAN_OLD_INDEX_UNIT,
    PLAN_SPLIT_RULES,
    PLAN_SECTIONS
} plan_section;

typedef struct plan_header {
    char magic[8];
    char hash[64];   /* of the bytes behind this field to the end of the file */
    char inputs[64];
    int32_t on;
    uint32_t n_units, n_edges;
    uint32_t later; /* days from `on` to the handover; 0: they are one day */
    struct {
        uint64_t at, size;
    } section[PLAN_SECTIONS];
} plan_header;

#define PLAN_HASHED_FROM (8 + 64)

#endif
