/*
 * unit_lists.h: which records each entry of the ledger gave a verdict that names a unit, as its old
 * unit or its new one (table verdict_unit). An index of `verdict` by unit would be written at
 * random places, row by row; these lists are written in one go with their entry, and cost two bytes
 * a record.
 *
 * A record in a list may have another verdict by now: whoever reads compares the entry.
 */
#ifndef NOI_REGISTRY_UNIT_LISTS_H
#define NOI_REGISTRY_UNIT_LISTS_H

#include "registry/verdicts.h"

typedef enum noi_unit_side { NOI_UNIT_OLD = 0, NOI_UNIT_NEW = 1 } noi_unit_side;

typedef struct noi_unit_lists noi_unit_lists;
NOI_MUST_CHECK noi_status noi_unit_lists_open(noi_unit_lists **out, noi_registry *registry);
void noi_unit_lists_close(noi_unit_lists *lists); /* accepts NULL */
NOI_DEFINE_AUTO(noi_unit_lists, noi_unit_lists_close)

/* Rows of one entry come in the order of kind and record. NOI_ERR_INPUT for a unit whose id no
 * registry has. */
NOI_MUST_CHECK noi_status noi_unit_lists_add(noi_unit_lists *lists, const noi_verdict_row *row);
/* Writes what is not written yet: before the transaction of the entry ends. */
NOI_MUST_CHECK noi_status noi_unit_lists_end(noi_unit_lists *lists);

typedef struct noi_unit_listed {
    int64_t entry;
    noi_unit_side side;
    int64_t unit_id, kind, record_id;
} noi_unit_listed;

typedef noi_status (*noi_unit_lists_tell)(void *context, const noi_unit_listed *listed);
/* Tells the records of the unit with this code on one side, or with NULL those of every unit on
 * both, entry by entry, each unit's in the order of kind and record. *whole is false when verdicts
 * stand that no list knows (they were given before there were lists): then nothing is told.
 * NOI_ERR_INPUT for a list that is damaged. */
NOI_MUST_CHECK noi_status noi_unit_lists_read(bool *whole, noi_registry *registry,
                                              noi_unit_side side, const char *code,
                                              noi_unit_lists_tell tell, void *context);

/* To compare lists with the rows that they were made of: a number for what is listed, and the sum
 * of those numbers for what a row puts into lists. */
uint64_t noi_unit_listed_mark(const noi_unit_listed *listed);
uint64_t noi_unit_lists_mark(const noi_verdict_row *row);

#endif
