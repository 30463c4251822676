/*
 * key_set.h: which rows may bear a key: a hash and a row number, eight bytes a key. Hashes of 32
 * bits meet now and then, so what it finds must be compared; a row that it does not find bears no
 * such key. Private to this folder. One thread at a time.
 */
#ifndef NOI_IMPORTERS_KEY_SET_H
#define NOI_IMPORTERS_KEY_SET_H

#include "base/memory.h"

typedef struct noi_key_set noi_key_set;
noi_key_set *noi_key_set_new(void);
void noi_key_set_free(noi_key_set *set); /* accepts NULL */

/* Rows count from 1, at most UINT32_MAX. The same key may be added for several rows. */
void noi_key_set_add(noi_key_set *set, noi_str key, uint32_t row);

/* The next row whose key has the same hash, 0 when there is none. Begins with *cursor = 0; nothing
 * may be added meanwhile. Rows come in the order in which they were added. */
uint32_t noi_key_set_next(size_t *cursor, const noi_key_set *set, noi_str key);

#endif
