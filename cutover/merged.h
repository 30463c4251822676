/* merged.h: what can only be done after a merge. */
#ifndef NOI_CUTOVER_MERGED_H
#define NOI_CUTOVER_MERGED_H

#include "registry/registry.h"

/* NOI_ERR_CONFLICT when the registry has no finished merge; the hint says `why` it takes one. */
NOI_MUST_CHECK noi_status noi_want_merge(noi_registry *registry, const char *why);

#endif
