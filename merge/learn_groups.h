/* learn_groups.h: from the points of one old unit to rules. Private to this folder. */
#ifndef NOI_MERGE_LEARN_GROUPS_H
#define NOI_MERGE_LEARN_GROUPS_H

#include "merge/learn.h"

typedef struct noi_learning {
    const noi_learn_options *options;
    noi_learned *out;
    size_t rules_room;
} noi_learning;

/* Adds the rules that the teaching points [first, first + n) of one old unit give, used ones and
 * those that stay below a threshold. */
void noi_learn_unit(noi_learning *learning, size_t first, size_t n);

#endif
