/*
 * complete.h: names of units that go on as somebody has begun to type. Pure; a completer may be used
 * from any number of threads.
 */
#ifndef NOI_PLAN_COMPLETE_H
#define NOI_PLAN_COMPLETE_H

#include "plan/plan.h"

typedef struct noi_completer noi_completer;

/* Of the units in force on the eve of the plan's change and after it. Borrows the plan. Yours:
 * noi_completer_free. */
noi_completer *noi_completer_new(const noi_plan *plan);
void noi_completer_free(noi_completer *completer); /* accepts NULL */
NOI_DEFINE_AUTO(noi_completer, noi_completer_free)

/*
 * What the last part of `typed` (behind its last comma) may become: units whose name, with or without
 * its kind, begins with it, marks and case aside. A part with fewer than two letters completes to
 * nothing. Units whose name agrees in the marks that were typed come first, then those that the
 * plan's change concerns, then by name. Writes at most `most`, returns how many; *from is where the
 * part begins in `typed`.
 */
size_t noi_complete(uint16_t *out, size_t most, size_t *from, const noi_completer *completer,
                    noi_str typed);

#endif
