/*
 * reconcile.h: does in equal out? For each file, kind of record, old unit and new unit, to the record,
 * and for each column of each file (docs/decisions/0051-reconciliation.md). Reads all verdicts and all
 * records once; changes nothing.
 *
 *     file:   rows read = stored + rejected;  stored = found = assigned + ambiguous + unplaced + taken back
 *     unit:   each flow from an old to a new unit follows an edge of the law, or persons decided it
 *     column: its control total (registry/totals.h) is that of the import
 */
#ifndef NOI_CUTOVER_RECONCILE_H
#define NOI_CUTOVER_RECONCILE_H

#include "cutover/tally.h"
#include "registry/totals.h"

typedef enum noi_imbalance_kind {
    NOI_IMBALANCE_READ,       /* rows read are not rows stored and rejected */
    NOI_IMBALANCE_STORED,     /* rows stored are not the rows found in the registry */
    NOI_IMBALANCE_NO_VERDICT, /* records have neither a verdict nor one that was taken back */
    NOI_IMBALANCE_TOO_MANY,   /* more verdicts than records */
    NOI_IMBALANCE_FLOW,       /* records went where the law has no edge and nobody decided */
    NOI_IMBALANCE_COLUMN      /* a column is not what it was when it was read */
} noi_imbalance_kind;
/* "rows_read", "rows_stored", "no_verdict", "too_many_verdicts", "against_edges", "control_total". */
const char *noi_imbalance_key(noi_imbalance_kind kind);

typedef struct noi_imbalance {
    noi_imbalance_kind kind;
    size_t source;             /* position in the tally's sources; SIZE_MAX for flows */
    const char *column;        /* of a file; NULL elsewhere */
    noi_flow flow;             /* NOI_IMBALANCE_FLOW alone */
    int64_t expected, found;   /* rows; of columns: rows with a value */
    uint64_t expected_sum, found_sum; /* of columns */
} noi_imbalance;

typedef struct noi_named_unit {
    const char *code, *name; /* "" where the registry has none of that id */
} noi_named_unit;

typedef struct noi_column_total {
    size_t source;
    noi_total total; /* as stored at the import */
} noi_column_total;

typedef struct noi_reconciliation {
    noi_tally *tally;
    noi_named_unit *units; /* by unit id, tally->n_units of them */
    size_t n_columns;
    noi_column_total *columns; /* in the order of sources, then names */
    size_t n_without;          /* files of records without control totals: imported before there were any */
    int64_t old_units, new_units; /* that records came from and went to */
    int64_t decided_beyond;       /* records on flows without an edge that persons decided */
    size_t n;
    noi_imbalance *items; /* files, then flows, then columns */
    noi_arena *arena;
} noi_reconciliation;

/* NOI_OK also when something does not add up. */
NOI_MUST_CHECK noi_status noi_reconcile(noi_reconciliation **out, noi_registry *registry);
void noi_reconciliation_free(noi_reconciliation *r); /* accepts NULL */
NOI_DEFINE_AUTO(noi_reconciliation, noi_reconciliation_free)

/* Whether the law has an edge for a flow is told by `items`. The flows as CSV, one a line, with a header:
 * kind,old_code,old_name,status,new_code,new_name,records. */
void noi_flows_csv(noi_buf *out, const noi_reconciliation *r);

#endif
