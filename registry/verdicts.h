/*
 * verdicts.h: a row of `verdict` or `verdict_past` as a structure, and the seals of rows.
 *
 * The rows that one entry of the ledger gave are chained in the order of kind and record: the seal
 * of a row is made of all its values and of the rows before it in its entry; the last state of the
 * chain is the entry's digest. A row keeps its entry and seal when it moves to verdict_past.
 */
#ifndef NOI_REGISTRY_VERDICTS_H
#define NOI_REGISTRY_VERDICTS_H

#include "base/digest.h"
#include "registry/registry.h"

/* NULL of a key reads as 0, of a text as p == NULL, of border_m as NaN. */
typedef struct noi_verdict_row {
    int64_t kind, record_id, status, method, reason, new_unit, old_unit, edge_id;
    noi_str candidates;
    int64_t warnings;
    double border_m;
    noi_str queue;
    int64_t flags, run_id;
    noi_str probabilities;
    int64_t point_unit, rule_id;
    int64_t entry, seal;
    int64_t taken_by; /* not read by noi_verdict_read: the entry that took it back where it lies, or 0 */
} noi_verdict_row;

#define NOI_VERDICT_COLUMNS 19 /* in the order above, as every query names them */

/* Texts are borrowed until the next step. */
void noi_verdict_read(noi_verdict_row *out, noi_stmt *q);
/* Columns from `base` + 1 on. Texts must live until the statement has run. */
void noi_verdict_bind(noi_stmt *q, int base, const noi_verdict_row *row);
/* The same outcome for the same record, whoever gave it: all but run, entry and seal. */
bool noi_verdict_same(const noi_verdict_row *a, const noi_verdict_row *b);
/* Less than 0, 0 or more: the order of kind and record. */
int noi_verdict_order(const noi_verdict_row *a, const noi_verdict_row *b);

/* A chain of seals, of the rows that one entry gave, or of those that it ended. */
typedef struct noi_chain {
    unsigned char state[32];
    int64_t rows;
} noi_chain;

noi_chain noi_chain_begin(int64_t entry);
int64_t noi_chain_add(noi_chain *chain, const noi_verdict_row *row); /* gives the row's seal */
void noi_chain_add_ended(noi_chain *chain,
                         const noi_verdict_row *row); /* key, entry and seal alone */
void noi_chain_end(char out[NOI_DIGEST_HEX], const noi_chain *chain);

#endif
