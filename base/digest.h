/* digest.h: SHA-256 (libsodium), for the identity of files, plans and runs; BLAKE2b for rows. */
#ifndef NOI_BASE_DIGEST_H
#define NOI_BASE_DIGEST_H

#include "base/memory.h"

#define NOI_DIGEST_HEX 65 /* 64 hexadecimal digits and a NUL */

typedef struct noi_digest noi_digest;
noi_digest *noi_digest_new(void);
void noi_digest_free(noi_digest *digest); /* accepts NULL */
void noi_digest_add(noi_digest *digest, const void *bytes, size_t n);
void noi_digest_end(char out[NOI_DIGEST_HEX], noi_digest *digest);
NOI_DEFINE_AUTO(noi_digest, noi_digest_free)

void noi_digest_bytes(char out[NOI_DIGEST_HEX], const void *bytes, size_t n);

/* BLAKE2b of 32 bytes, for a row of a table. */
void noi_hash_bytes(unsigned char out[32], const void *bytes, size_t n);

/* NOI_ERR_IO when the file cannot be read to its end. */
NOI_MUST_CHECK noi_status noi_digest_file(char out[NOI_DIGEST_HEX], const char *path);

#endif
