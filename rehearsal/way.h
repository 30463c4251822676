/* way.h: the whole way through a generated city, by the same functions that the commands use. */
#ifndef NOI_REHEARSAL_WAY_H
#define NOI_REHEARSAL_WAY_H

#include "rehearsal/rehearse.h"

/* init, import, plan, merge, validate, report in r->folder, each timed in r->steps, then the
 * scorecard and scorecard.json. */
NOI_MUST_CHECK noi_status noi_go_the_way(noi_rehearsal *r);

#endif
