/*
 * store.h: what several folders read from the registry, as plain structures: units, edges, layers.
 * Everything returned hangs on one object and dies with it. One thread at a time per registry.
 */
#ifndef NOI_REGISTRY_STORE_H
#define NOI_REGISTRY_STORE_H

#include "geo/layer.h"
#include "registry/registry.h"

typedef struct noi_unit_row {
    int64_t id;
    noi_code code;
    const char *kind, *name;
    noi_code district_code;                    /* 0 for none */
    const char *district_kind, *district_name; /* "" for none */
    noi_code province_code;
    const char *province_name;
    noi_day from, to;   /* half open; from = NOI_DAY_NONE: since before our records; to =
                           NOI_DAY_OPEN: still in force */
    double area_km2;    /* as the law states it; NaN when it states none */
    int64_t population; /* likewise; -1 for none */
    double lon, lat;    /* sketch point; NaN for none */
    const char *resolution, *clause; /* "" for none */
} noi_unit_row;

typedef struct noi_unit_list {
    size_t n;
    noi_unit_row *items; /* ordered by id */
    noi_arena *arena;    /* owns the texts */
} noi_unit_list;

/* The units in force on a day; all of all days for NOI_DAY_NONE. */
NOI_MUST_CHECK noi_status noi_unit_list_load(noi_unit_list **out, noi_registry *registry,
                                             noi_day on);
void noi_unit_list_free(noi_unit_list *list); /* accepts NULL */
NOI_DEFINE_AUTO(noi_unit_list, noi_unit_list_free)

/* "Phường Sài Gòn", "Phường 15": kind with a capital, a space, the name. Writes at most `size`. */
void noi_unit_full_name(char *out, size_t size, const char *kind, const char *name);

typedef struct noi_edge_row {
    int64_t id;
    int64_t old_unit, new_unit; /* unit ids */
    const char *part, *scope, *resolution, *clause, *basis;
    noi_day effective_on;
} noi_edge_row;

typedef struct noi_edge_list {
    size_t n;
    noi_edge_row *items; /* ordered by effective_on, old unit's code, new unit's code, basis */
    noi_arena *arena;
} noi_edge_list;

NOI_MUST_CHECK noi_status noi_edge_list_load(noi_edge_list **out, noi_registry *registry);
void noi_edge_list_free(noi_edge_list *list); /* accepts NULL */
NOI_DEFINE_AUTO(noi_edge_list, noi_edge_list_free)

typedef struct noi_layer_row {
    int64_t id;
    const char *name;
    noi_day as_of;
    bool synthetic;
} noi_layer_row;

/* The layer that draws the units in force on a day best, of equals the newest (highest id); NOI_OK
 * with *found = false when none draws mostly units of that day. `name` is borrowed until the next
 * call on this registry. */
NOI_MUST_CHECK noi_status noi_layer_find(noi_layer_row *out, bool *found, noi_registry *registry,
                                         noi_day on);

/* A layer's areas: coverage unit i is the feature whose unit.id is (*unit_ids)[i] (0 when the
 * layer's code was unknown), ordered by layer_unit.id; features without geometry are left out.
 * Both are yours: noi_coverage_free, free. */
NOI_MUST_CHECK noi_status noi_layer_load(noi_coverage **coverage, int64_t **unit_ids,
                                         noi_registry *registry, int64_t layer_id);

/* The whole of a stored layer, also its features without geometry. Areas and populations that a file
 * states are not kept: NaN and -1. (*unit_ids)[i] is the unit of feature i, 0 when the layer's code
 * was unknown; `unit_ids` may be NULL. Both are yours: noi_layer_free, free. NOI_ERR_INPUT when there
 * is no such layer. */
NOI_MUST_CHECK noi_status noi_layer_load_whole(noi_layer **out, int64_t **unit_ids,
                                               noi_registry *registry, int64_t layer_id);

/* Begins the row of a command that writes (state 'running'), returns its id; the actor is the
 * user's login name. Ends it as 'done'. Within the caller's transaction. */
NOI_MUST_CHECK noi_status noi_run_begin(int64_t *run_id, noi_registry *registry,
                                        const char *command, const char *plan_hash);
NOI_MUST_CHECK noi_status noi_run_end(noi_registry *registry, int64_t run_id);

#endif
