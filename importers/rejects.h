/* rejects.h: the reject file, line,column,value,reason: made only when there is something in it,
 * and there whole or not at all. */
#ifndef NOI_IMPORTERS_REJECTS_H
#define NOI_IMPORTERS_REJECTS_H

#include "importers/import.h"

typedef struct noi_rejects noi_rejects;

noi_rejects *noi_rejects_new(const char *path); /* opens nothing yet */
NOI_MUST_CHECK noi_status noi_rejects_add(noi_rejects *rejects, int64_t line, noi_str column,
                                          noi_str value, noi_reject reason, const char *remark);
/* Puts the file in its place; *path is "" when there was nothing to write. Borrowed. */
NOI_MUST_CHECK noi_status noi_rejects_commit(const char **path, noi_rejects *rejects);
void noi_rejects_free(noi_rejects *rejects); /* accepts NULL; without commit nothing is left */
NOI_DEFINE_AUTO(noi_rejects, noi_rejects_free)

#endif
