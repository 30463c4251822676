/*
 * secret.h: a secret key that its owner keeps, and pseudonyms made with it: the same text has the same
 * pseudonym under one key, and nobody without the key can tell which text it was, not even by trying
 * all (BLAKE2b with a key, RFC 7693). Thread-safe.
 */
#ifndef NOI_BASE_SECRET_H
#define NOI_BASE_SECRET_H

#include "base/memory.h"

#define NOI_SECRET_BYTES    32
#define NOI_PSEUDONYM_SIZE  22 /* "x", 20 hexadecimal digits, NUL */

typedef struct noi_secret {
    unsigned char bytes[NOI_SECRET_BYTES];
} noi_secret;

/* Makes a file with a new key, readable by its owner alone. NOI_ERR_CONFLICT when it is there. */
NOI_MUST_CHECK noi_status noi_secret_make(const char *path);
/* NOI_ERR_INPUT for a file that is no key. */
NOI_MUST_CHECK noi_status noi_secret_read(noi_secret *out, const char *path);
void noi_secret_wipe(noi_secret *secret);

void noi_pseudonym(char out[NOI_PSEUDONYM_SIZE], const noi_secret *secret, noi_str text);

#endif
