/*
 * totals.h: control totals. For each column of a file the number of rows that have a value, and a sum
 * over hashes of key and value: added up as the rows are read, before anything is stored, kept in table
 * control_total, and added up again from the stored rows by `noi reconcile`. A sum does not depend on the
 * order of the rows, and a value that stands with another row's key changes it.
 */
#ifndef NOI_REGISTRY_TOTALS_H
#define NOI_REGISTRY_TOTALS_H

#include "registry/registry.h"

typedef struct noi_total {
    const char *column; /* borrowed: the field's name */
    int64_t filled;
    uint64_t sum; /* modulo 2^64 */
} noi_total;

/* A row's key, for the calls below. */
uint64_t noi_total_key(noi_str key);
void noi_total_text(noi_total *total, uint64_t key, noi_str text);    /* p == NULL: no value */
void noi_total_number(noi_total *total, uint64_t key, double number); /* NaN: no value */

/* Stores the totals of a source within the transaction of its import. */
NOI_MUST_CHECK noi_status noi_totals_store(noi_registry *registry, int64_t source_id,
                                           const noi_total *totals, size_t n);

#endif
