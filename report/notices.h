/*
 * notices.h: who gets which cases (rule R6): a folder with one CSV file for each new handler and a
 * page to print with their counts. Keys only, readable by their owner alone.
 */
#ifndef NOI_REPORT_NOTICES_H
#define NOI_REPORT_NOTICES_H

#include "merge/procedures.h"

typedef struct noi_notices {
    int64_t cases;      /* all = announced + city_decides + locate + stay */
    int64_t announced;  /* get another handler */
    int64_t city_decides, locate; /* wait */
    int64_t stay;       /* closed, or with the handler that they had */
    int64_t old_unit_finishes; /* of those that stay or wait */
    int64_t handlers, overdue; /* files written; cases overdue at the handover among announced */
} noi_notices;

/* Writes the folder, whole or not at all; a former one of this kind is replaced. NOI_ERR_CONFLICT:
 * no finished merge, or something else stands at `path`. */
NOI_MUST_CHECK noi_status noi_notices_write(noi_notices *out, noi_registry *registry,
                                            const char *path);

#endif
