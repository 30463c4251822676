/* ledger.c: the chain of what was done; see ledger.h. */
#include "registry/ledger.h"

#include <string.h>

#define NO_ROWS "0000000000000000000000000000000000000000000000000000000000000000"

static noi_status read_last(int64_t *number, char hash[NOI_DIGEST_HEX], noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "ledger/last"));
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    *number = row ? noi_column_int(q, 0) : 0;
    noi_str text = row ? noi_column_text(q, 1) : NOI_STR("");
    size_t n = text.n < NOI_DIGEST_HEX ? text.n : NOI_DIGEST_HEX - 1;
    if (n)
        memcpy(hash, text.p, n);
    hash[n] = '\0';
    return NOI_OK;
}

noi_status noi_ledger_next(int64_t *number, noi_registry *registry) {
    char hash[NOI_DIGEST_HEX];
    NOI_TRY(read_last(number, hash, registry));
    ++*number;
    return NOI_OK;
}

/* ---- hashing: each value with its length, so that no two lists of values are the same bytes ----
 */

static void add_text(noi_digest *d, noi_str text) {
    uint64_t n = text.p ? text.n : UINT64_MAX; /* NULL is not "" */
    noi_digest_add(d, &n, sizeof n);
    if (text.n)
        noi_digest_add(d, text.p, text.n);
}

static void add_int(noi_digest *d, int64_t value) {
    noi_digest_add(d, &value, sizeof value);
}

static noi_status add_run(noi_digest *d, noi_registry *registry, int64_t run_id) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "ledger/run"));
    noi_bind_int(q, 1, run_id);
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    for (int i = 0; i < 4; i++)
        add_text(d, row ? noi_column_text(q, i) : (noi_str){NULL, 0});
    return NOI_OK;
}

noi_status noi_ledger_hash(char out[NOI_DIGEST_HEX], noi_registry *registry, int64_t number,
                           const noi_ledger_entry *entry, const char *before) {
    NOI_AUTO(noi_digest_freep) noi_digest *d = noi_digest_new();
    add_text(d, noi_str_of(before));
    const int64_t numbers[] = {number,         entry->run_id, entry->from_kind, entry->from_id,
                               entry->to_kind, entry->to_id,  entry->rows,      entry->ended};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_int(d, numbers[i]);
    add_text(d, noi_str_of(entry->operation));
    add_text(d, noi_str_of(entry->subject ? entry->subject : ""));
    add_text(d, noi_str_of(entry->digest[0] ? entry->digest : NO_ROWS));
    add_text(d, noi_str_of(entry->ended_digest));
    NOI_TRY(add_run(d, registry, entry->run_id));
    noi_digest_end(out, d);
    return NOI_OK;
}

noi_status noi_ledger_digest(char out[NOI_DIGEST_HEX], int64_t *rows, noi_registry *registry,
                             const char *query, int64_t run_id) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_AUTO(noi_digest_freep) noi_digest *d = noi_digest_new();
    NOI_TRY(noi_prepare(&q, registry, query));
    noi_bind_int(q, 1, run_id);
    *rows = 0;
    for (bool row = true;; ++*rows) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        for (int i = 0; i < noi_column_count(q); i++)
            add_text(d, noi_column_text(q, i));
    }
    noi_digest_end(out, d);
    return NOI_OK;
}

/* ---- appending ------------------------------------------------------------------------------- */

static void bind_entry(noi_stmt *q, int64_t number, const noi_ledger_entry *e, const char *hash) {
    noi_bind_int(q, 1, number);
    noi_bind_int(q, 2, e->run_id);
    noi_bind_text(q, 3, noi_str_of(e->operation));
    noi_bind_text(q, 4, noi_str_of(e->subject ? e->subject : ""));
    noi_bind_int(q, 5, e->from_kind);
    noi_bind_int(q, 6, e->from_id);
    noi_bind_int(q, 7, e->to_kind);
    noi_bind_int(q, 8, e->to_id);
    noi_bind_int(q, 9, e->rows);
    noi_bind_text(q, 10, noi_str_of(e->digest[0] ? e->digest : NO_ROWS));
    noi_bind_int(q, 11, e->ended);
    noi_bind_text(q, 12, noi_str_of(e->ended_digest));
    noi_bind_text(q, 13, noi_str_of(hash));
}

noi_status noi_ledger_append(int64_t *number, noi_registry *registry, const noi_ledger_entry *e) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    char before[NOI_DIGEST_HEX], hash[NOI_DIGEST_HEX];
    int64_t last = 0;
    NOI_TRY(read_last(&last, before, registry));
    NOI_TRY(noi_ledger_hash(hash, registry, last + 1, e, before));
    NOI_TRY(noi_prepare(&q, registry, "ledger/append"));
    bind_entry(q, last + 1, e, hash);
    NOI_TRY(noi_run(q));
    if (number)
        *number = last + 1;
    return NOI_OK;
}

noi_status noi_ledger_append_rows(noi_registry *registry, int64_t run_id, const char *operation,
                                  const char *query) {
    noi_ledger_entry entry = {.run_id = run_id, .operation = operation};
    NOI_TRY(noi_ledger_digest(entry.digest, &entry.rows, registry, query, run_id));
    return noi_ledger_append(NULL, registry, &entry);
}
