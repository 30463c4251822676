/* digest.c: SHA-256 through libsodium; see digest.h. */
#include "base/digest.h"

#include "base/file.h"

#include <sodium.h>

struct noi_digest {
    crypto_hash_sha256_state state;
};

noi_digest *noi_digest_new(void) {
    noi_digest *digest = noi_alloc(sizeof *digest);
    crypto_hash_sha256_init(&digest->state);
    return digest;
}

void noi_digest_free(noi_digest *digest) {
    free(digest);
}

void noi_digest_add(noi_digest *digest, const void *bytes, size_t n) {
    crypto_hash_sha256_update(&digest->state, bytes, n);
}

void noi_digest_end(char out[NOI_DIGEST_HEX], noi_digest *digest) {
    unsigned char raw[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&digest->state, raw);
    sodium_bin2hex(out, NOI_DIGEST_HEX, raw, sizeof raw);
}

void noi_digest_bytes(char out[NOI_DIGEST_HEX], const void *bytes, size_t n) {
    NOI_AUTO(noi_digest_freep) noi_digest *digest = noi_digest_new();
    noi_digest_add(digest, bytes, n);
    noi_digest_end(out, digest);
}

void noi_hash_bytes(unsigned char out[32], const void *bytes, size_t n) {
    crypto_generichash(out, 32, bytes, n, NULL, 0);
}

/* Piece by piece, so that a file of gigabytes does not stay in memory. */
#define PIECE ((size_t)16 << 20)

noi_status noi_digest_file(char out[NOI_DIGEST_HEX], const char *path) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, path));
    noi_str bytes = noi_map_bytes(map);
    noi_digest *digest = noi_digest_new();
    for (size_t at = 0; at < bytes.n; at += PIECE) {
        noi_digest_add(digest, bytes.p + at, bytes.n - at < PIECE ? bytes.n - at : PIECE);
        noi_map_done_with(map, at);
    }
    noi_digest_end(out, digest);
    noi_digest_free(digest);
    return NOI_OK;
}
