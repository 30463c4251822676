/*
 * verify.h: proves that a registry holds what its ledger says, in one pass over the verdicts, and
 * names what was changed from outside (docs/decisions/0041-ledger.md).
 */
#ifndef NOI_CUTOVER_VERIFY_H
#define NOI_CUTOVER_VERIFY_H

#include "base/digest.h"
#include "registry/registry.h"

typedef enum noi_tamper {
    NOI_TAMPER_NONE,
    NOI_TAMPER_ENTRY_MISSING,  /* entries of the ledger are gone before `entry` */
    NOI_TAMPER_ENTRY_CHANGED,  /* `entry` or its run is not what its hash says, or the entry before
                                  was  changed and hashed anew */
    NOI_TAMPER_RUN_UNKNOWN,    /* run `found` ended and has no entry */
    NOI_TAMPER_ROWS,           /* sources or decisions of `entry` were changed, added or removed */
    NOI_TAMPER_VERDICT,        /* the verdict was changed, or the one before it, sealed anew */
    NOI_TAMPER_VERDICT_ABSENT, /* verdicts are gone, the first before this record (0: at the end) */
    NOI_TAMPER_VERDICT_EXTRA,  /* a verdict that the entry did not give */
    NOI_TAMPER_ENDED,          /* what the entry displaced is not what it recorded */
    NOI_TAMPER_LISTS,          /* the lists of units' records are not those of what the entry gave */
    NOI_TAMPER_STRAY,          /* a row that no run of the ledger wrote: `key` says what */
    NOI_TAMPER_UNSIGNED,       /* run `recorded` needed more signatures than the `found` that hold */
    NOI_TAMPER_HEAD            /* the hash that was written down is not in the chain */
} noi_tamper;

typedef struct noi_tampered {
    noi_tamper what;
    int64_t entry; /* of the ledger, 0 for none */
    int kind;      /* of the record, 0 for none */
    int64_t record_id;
    char key[128];           /* of the record, "" when unknown */
    char before[128];        /* key of the row before it in the same entry, "" for none */
    int64_t found, recorded; /* rows */
} noi_tampered;

#define NOI_TAMPERED_MAX 64

typedef struct noi_proof {
    int64_t entries, verdicts, past;
    int64_t unsealed;                        /* verdicts from before there was a ledger */
    char head[NOI_DIGEST_HEX];               /* hash of the newest entry, "" for none */
    size_t n_tampered;                       /* all that was found */
    noi_tampered tampered[NOI_TAMPERED_MAX]; /* the first, by entry */
} noi_proof;

/* `known`: the hash of an entry that was written down earlier, or NULL; that catches a ledger that
 * was made anew from there on. NOI_OK also when something was tampered with. */
NOI_MUST_CHECK noi_status noi_verify(noi_proof *out, noi_registry *registry, const char *known);

#endif
