/*
 * catch_up.h: a file of records that changed at their source, merged by key and change time
 * (docs/decisions/0048-catch-up.md). Private to this folder.
 *
 * Rows that say what is stored are counted as they come; all others are kept beside until the file has ended.
 * Then, key by key, the latest row wins. What is stored in the end depends neither on the order of rows nor on
 * that of files.
 */
#ifndef NOI_IMPORTERS_CATCH_UP_H
#define NOI_IMPORTERS_CATCH_UP_H

#include "importers/records.h"

typedef struct noi_catch_up noi_catch_up;

/* Within the job's transaction, before the statements that store rows are prepared. */
NOI_MUST_CHECK noi_status noi_catch_up_begin(noi_catch_up **out, noi_record_file *r);
void noi_catch_up_free(noi_catch_up *c); /* accepts NULL */

/* Looks at the rows of a batch, in the order of the file. Values that the file has no column for become those
 * that are stored. */
NOI_MUST_CHECK noi_status noi_catch_up_rows(noi_catch_up *c, noi_batch *b);

/* Takes in what wins, and stores the account of the round. */
NOI_MUST_CHECK noi_status noi_catch_up_end(noi_catch_up *c);

#endif
