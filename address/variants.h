/* variants.h: names one edit away from what was written. */
#ifndef NOI_ADDRESS_VARIANTS_H
#define NOI_ADDRESS_VARIANTS_H

#include "address/scan.h"

/* `wrong` is the token with the error, `end` when only marks are wrong. `is_rival`: the error would be
 * in the first letter or in a word of two, which is not believed, but may be what was meant. */
typedef void noi_variant_found(void *context, uint32_t node, size_t end, size_t wrong,
                               bool is_rival);

/* Calls `found` for every node of the gazetteer whose words are those from token `first` on with
 * one letter of one word left out, put in, exchanged or swapped with its neighbour; and with wrong
 * marks only. The name must end where its part or the next mention does. */
void noi_variants_find(const noi_scan *scan, size_t first, noi_variant_found *found, void *context);

#endif
