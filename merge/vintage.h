/*
 * vintage.h: the units and edges of a registry as a plan numbers them. Compiling a plan and running
 * it both read them here, so position p of the plan is always the same row. Private to this folder.
 */
#ifndef NOI_MERGE_VINTAGE_H
#define NOI_MERGE_VINTAGE_H

#include "registry/store.h"

typedef struct noi_vintage {
    noi_unit_list *units; /* of all days, ordered by id */
    noi_edge_list *edges; /* one basis for each old unit, see noi_vintage_load */
} noi_vintage;

/* Loads both. Where the law and an imported table speak of the same old unit on the same day, the
 * law's set of edges stands and the table's is left out: two bases are never mixed. */
NOI_MUST_CHECK noi_status noi_vintage_load(noi_vintage **out, noi_registry *registry);
void noi_vintage_free(noi_vintage *vintage); /* accepts NULL */
NOI_DEFINE_AUTO(noi_vintage, noi_vintage_free)

/* The position of a unit id, UINT32_MAX for none. */
uint32_t noi_vintage_unit(const noi_vintage *vintage, int64_t id);

#endif
