/*
 * layer_day.h: which day's units a layer draws, told by its codes and names. Private to this folder.
 */
#ifndef NOI_MERGE_LAYER_DAY_H
#define NOI_MERGE_LAYER_DAY_H

#include "geo/layer.h"
#include "registry/store.h"

/* The unit that bears a code on a day; NULL for none (and for code 0). Borrowed. */
const noi_unit_row *noi_layer_unit(const noi_unit_list *units, noi_code code, noi_day on);

/* The day among `on`, its eve and all days on which a unit of the list (of all days) begins or ends
 * whose units the layer draws best: by the share of areas whose code, and name where the layer has
 * names, were in force; then by how nearly all units of those provinces are drawn; then in this
 * order, the newest first. Differences below 5 % count as none. NOI_DAY_NONE when on no day half of
 * the areas fit. */
noi_day noi_layer_day(const noi_layer *layer, const noi_unit_list *units, noi_day on);

/* Areas of the layer whose code was not in force on the day. */
uint32_t noi_layer_unknown(const noi_layer *layer, const noi_unit_list *units, noi_day on);

#endif
