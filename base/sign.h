/*
 * sign.h: signatures of people under a text of 64 hexadecimal digits (a plan's hash, a file's digest):
 * Ed25519, RFC 8032, by libsodium. The only files that hold them:
 *
 *     NAME.key   secret, for its owner alone; its seed may be locked with a passphrase (Argon2id)
 *     NAME.pub   name and public key
 *     FILE.sig   detached: what was signed, and one line for each signer
 *
 * All are text. A name is 1 to 100 bytes of UTF-8 without control characters. Thread-safe.
 */
#ifndef NOI_BASE_SIGN_H
#define NOI_BASE_SIGN_H

#include "base/digest.h"

#define NOI_SIGNER_NAME    101 /* with its NUL */
#define NOI_PUBLIC_HEX     65
#define NOI_SIGNATURE_HEX  129
#define NOI_SIGNATURES_MAX 32

typedef struct noi_signing_key {
    char name[NOI_SIGNER_NAME], public_hex[NOI_PUBLIC_HEX];
    unsigned char secret[64];
} noi_signing_key;

typedef struct noi_public_key {
    char name[NOI_SIGNER_NAME], hex[NOI_PUBLIC_HEX];
} noi_public_key;

/* Makes "<base>.key" and "<base>.pub"; killed in between, the same call again makes what is missing.
 * `passphrase` may be NULL. NOI_ERR_CONFLICT when one is there,
 * NOI_ERR_USAGE for a name that is none. */
NOI_MUST_CHECK noi_status noi_signing_key_make(const char *base, const char *name,
                                               const char *passphrase);
/* NOI_ERR_INPUT: no key, or the passphrase does not open it; NOI_ERR_USAGE: it is locked and `passphrase`
 * is NULL. */
NOI_MUST_CHECK noi_status noi_signing_key_read(noi_signing_key *out, const char *path,
                                               const char *passphrase);
void noi_signing_key_wipe(noi_signing_key *key);
NOI_MUST_CHECK noi_status noi_public_key_read(noi_public_key *out, const char *path);

typedef struct noi_signature {
    char name[NOI_SIGNER_NAME], public_hex[NOI_PUBLIC_HEX], hex[NOI_SIGNATURE_HEX];
} noi_signature;

typedef struct noi_signatures {
    char subject[NOI_DIGEST_HEX]; /* what they stand under */
    size_t n;
    noi_signature items[NOI_SIGNATURES_MAX];
} noi_signatures;

/* Signs `subject` under the key's name. */
noi_signature noi_sign(const noi_signing_key *key, const char *subject);
/* Whether it is the signature of its own public key under `subject`, and under its name. */
bool noi_signature_holds(const noi_signature *signature, const char *subject);

/* NOI_ERR_INPUT for a file that is none, with the line; NOI_ERR_IO when it is not there. Signatures are
 * read, not checked. */
NOI_MUST_CHECK noi_status noi_signatures_read(noi_signatures *out, const char *path);
/* Replaces the file. */
NOI_MUST_CHECK noi_status noi_signatures_write(const noi_signatures *signatures, const char *path);

#endif
