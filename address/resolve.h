/* resolve.h: the reader's second half: from mentions to the units that they leave open. */
#ifndef NOI_ADDRESS_RESOLVE_H
#define NOI_ADDRESS_RESOLVE_H

#include "address/scan.h"

/* Which mention (position in scan->mentions) was read as what; -1 for none. */
typedef struct noi_resolved {
    int ward, district, province;
} noi_resolved;

/* Fills everything of the reading but its views. */
void noi_resolve(noi_reading *out, noi_resolved *which, const noi_scan *scan);

#endif
