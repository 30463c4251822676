/* way.h: the whole way through a generated city, by the same functions that the commands use. */
#ifndef NOI_REHEARSAL_WAY_H
#define NOI_REHEARSAL_WAY_H

#include "rehearsal/generate.h"
#include "rehearsal/rehearse.h"

/* init, import, plan, merge, validate, report in r->folder, each timed in r->steps, then the
 * scorecard, scorecard.json and trials/N.json. */
NOI_MUST_CHECK noi_status noi_go_the_way(noi_rehearsal *r, const noi_city *city);

/* Steps of it that a scenario takes again; each is noted with its time. */
void noi_way_note(noi_rehearsal *r, const char *what, uint64_t began, uint64_t rows);
NOI_MUST_CHECK noi_status noi_way_import(noi_rehearsal *r, const noi_city *city, noi_registry *registry,
                                         const noi_input_file *file);
NOI_MUST_CHECK noi_status noi_way_plan(noi_rehearsal *r, noi_registry *registry, const char *path,
                                       noi_day on);
/* The account is in r->account. */
NOI_MUST_CHECK noi_status noi_way_merge(noi_rehearsal *r, noi_registry *registry,
                                        const char *plan_path, const noi_merge_options *options,
                                        const char *step);
NOI_MUST_CHECK noi_status noi_way_validate(noi_rehearsal *r, noi_validation *out,
                                           noi_registry *registry, const char *step);

#endif
