/* learned.h: the evidence of learned rules: a page with a map for each rule. */
#ifndef NOI_REPORT_LEARNED_H
#define NOI_REPORT_LEARNED_H

#include "merge/learn.h"

/* Writes the folder `path` (index.html): for each old unit its rules with support, purity and what
 * the held-out addresses say, and for each rule a map: the new borders, the addresses of its street
 * or hamlet in the colour of the unit their point lies in. NOI_ERR_CONFLICT when something else
 * stands at `path`. */
NOI_MUST_CHECK noi_status noi_report_learned(const char *path, noi_registry *registry,
                                             const noi_plan *plan, const noi_learned *learned);

#endif
