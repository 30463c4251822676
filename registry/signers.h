/*
 * signers.h: whose signatures a registry asks for (docs/decisions/0047-signing.md). What was decided about
 * signers is a list of events that only grows; who is trusted on any day follows from it.
 *
 * Without signers a registry is a draft, and whoever can write to it may merge. As soon as one is trusted,
 * a merge wants a plan that enough of them signed, and so does every further change of the signers.
 */
#ifndef NOI_REGISTRY_SIGNERS_H
#define NOI_REGISTRY_SIGNERS_H

#include "base/sign.h"
#include "registry/registry.h"

typedef struct noi_signer {
    char name[NOI_SIGNER_NAME], public_hex[NOI_PUBLIC_HEX];
    bool revoked;
} noi_signer;

typedef struct noi_signers {
    size_t n, capacity;
    noi_signer *items; /* in the order in which they were trusted first */
    int needs;         /* different signers that a plan needs; 0 while there is none */
} noi_signers;
void noi_signers_free(noi_signers *signers); /* also of one that is zeroed */

/* As it was before run `before`; INT64_MAX: as it is. */
NOI_MUST_CHECK noi_status noi_signers_load(noi_signers *out, noi_registry *registry, int64_t before);

/* How many different trusted signers, none of them revoked, signed `subject`, and it holds. */
int noi_signers_count(const noi_signers *signers, const noi_signatures *signatures, const char *subject);

/* NOI_OK when that are enough (or there are no signers). `signatures` may be NULL: none. NOI_ERR_CONFLICT
 * with who signed, who is missing and what to do; `what` is named in it. */
NOI_MUST_CHECK noi_status noi_signers_want(const noi_signers *signers, const noi_signatures *signatures,
                                           const char *subject, const char *what);

/* Stores what was signed with, under its run, and the ledger's entry of it. Nothing for NULL. */
NOI_MUST_CHECK noi_status noi_signatures_store(noi_registry *registry, int64_t run_id,
                                               const noi_signatures *signatures, const char *subject);
/* The signatures that were stored for a run; n == 0 for none. */
NOI_MUST_CHECK noi_status noi_signatures_of(noi_signatures *out, noi_registry *registry, int64_t run_id);

typedef enum noi_signer_change_kind {
    NOI_SIGNER_TRUST,  /* name and key */
    NOI_SIGNER_REVOKE, /* name */
    NOI_SIGNER_NEEDS   /* number */
} noi_signer_change_kind;

typedef struct noi_signer_change {
    noi_signer_change_kind kind;
    const char *name, *public_hex;
    int needs;
    const char *reason; /* NULL for none */
} noi_signer_change;

/* The text that signers sign for a change, with the newest hash of the ledger, so that it is good once.
 * Appends to `out`. NOI_ERR_CONFLICT: the change is none (trusted already, not there, more needed than
 * there are). */
NOI_MUST_CHECK noi_status noi_signer_change_text(noi_buf *out, noi_registry *registry,
                                                 const noi_signer_change *change);
/* Makes the change, in a transaction of its own with its entry in the ledger. `signatures` (NULL: none)
 * are over the digest of that text; they must be enough once there are signers. */
NOI_MUST_CHECK noi_status noi_signers_change(noi_registry *registry, const noi_signer_change *change,
                                             const noi_signatures *signatures);

#endif
