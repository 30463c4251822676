/*
 * ledger.h: what was done to a registry, in order, each entry chained to the one before it by a
 * hash (docs/decisions/0040-cutover.md, 0041-ledger.md).
 *
 * Whoever writes appends an entry in the same transaction. No clock is hashed.
 */
#ifndef NOI_REGISTRY_LEDGER_H
#define NOI_REGISTRY_LEDGER_H

#include "base/digest.h"
#include "registry/registry.h"

typedef struct noi_ledger_entry {
    int64_t run_id;
    const char *operation; /* 'import', 'merge', 'decide', 'undo', ...: a stable key */
    const char
        *subject; /* what it is about: keys, codes and file names, never a person; NULL: "" */
    int from_kind, to_kind; /* the span of records, both ends included; 0 for none */
    int64_t from_id, to_id;
    int64_t rows;                /* written */
    char digest[NOI_DIGEST_HEX]; /* of those rows; "" when there are none: 64 zeros are stored */
    int64_t ended;               /* verdicts moved to verdict_past */
    char ended_digest[NOI_DIGEST_HEX]; /* of those; "" for none */
} noi_ledger_entry;

/* The number that the next entry will have: 1, 2, 3, without a gap. */
NOI_MUST_CHECK noi_status noi_ledger_next(int64_t *number, noi_registry *registry);

/* Appends an entry within the caller's transaction; `number` may be NULL. The run's row must be
 * there: its command, version, plan and actor go into the hash. */
NOI_MUST_CHECK noi_status noi_ledger_append(int64_t *number, noi_registry *registry,
                                            const noi_ledger_entry *entry);

/* The digest of all rows that `query` gives for run ?1, with every column and its type, in the
 * order of the query; *rows is their number. Writer and verifier use the same query. */
NOI_MUST_CHECK noi_status noi_ledger_digest(char out[NOI_DIGEST_HEX], int64_t *rows,
                                            noi_registry *registry, const char *query,
                                            int64_t run_id);

/* Appends an entry of `operation` whose rows are what `query` gives for the run. */
NOI_MUST_CHECK noi_status noi_ledger_append_rows(noi_registry *registry, int64_t run_id,
                                                 const char *operation, const char *query);

/* The hash of an entry after the one whose hash is `before` ("" for the first): for the verifier.
 */
NOI_MUST_CHECK noi_status noi_ledger_hash(char out[NOI_DIGEST_HEX], noi_registry *registry,
                                          int64_t number, const noi_ledger_entry *entry,
                                          const char *before);

#endif
