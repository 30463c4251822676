/*
 * match.h: the features of a layer held against a list of units, by code and by name. Private to
 * boundary/.
 */
#ifndef NOI_BOUNDARY_MATCH_H
#define NOI_BOUNDARY_MATCH_H

#include "geo/layer.h"
#include "registry/store.h"

/* A list of units by code; of equal codes in the order of the list. Borrows from the list. */
typedef struct code_table {
    size_t n;
    const noi_unit_row **row;
} code_table;

void code_table_make(code_table *out, const noi_unit_list *list);
void code_table_clear(code_table *table);
/* The units of a code: *n of them, side by side. */
const noi_unit_row *const *code_table_find(size_t *n, const code_table *table, noi_code code);

/* [from, to) holds the day. */
bool unit_is_in_force(const noi_unit_row *unit, noi_day on);
/* Position of the unit with this id in a list ordered by id; SIZE_MAX when it is not there. */
size_t unit_position(const noi_unit_list *list, int64_t id);

/* How a layer writes its names. A layer that bears no marks at all ("Tan Dinh") is compared without
 * them; in all others a missing mark is another name. */
bool layer_is_bare(const noi_layer *layer);
/* "Phường Sài Gòn", "P. Sài Gòn" and "Sài Gòn" are one name. */
bool names_agree(const char *drawn, const noi_unit_row *unit, bool bare);
/* The kind that the feature states in its own field, else in front of its name; "" when that is
 * none of ours. Static storage. */
const char *stated_kind(const noi_layer_feature *feature);
/* "Phường Sài Gòn" does, "Sài Gòn" does not. */
bool names_its_kind(const char *name);

/* A list of units by name, as it is without marks. */
typedef struct name_key {
    const char *folded;
    const noi_unit_row *unit;
} name_key;

typedef struct name_table {
    size_t n;
    name_key *key;
    noi_arena *arena;
} name_table;

void name_table_make(name_table *out, const noi_unit_list *list);
void name_table_clear(name_table *table);
/* The only unit whose name agrees; of several the only one of the kind; else NULL. */
const noi_unit_row *name_table_find(const name_table *table, const char *drawn, const char *kind,
                                    bool bare);

#endif
