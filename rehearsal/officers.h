/*
 * officers.h: people who answer what waits for them, as a scenario says: some are away, some err, some do
 * not agree with the colleague whose decision they should approve. They use the functions of `noi queue` and
 * `noi decide`, and know the answer key. Same seed, same answers.
 */
#ifndef NOI_REHEARSAL_OFFICERS_H
#define NOI_REHEARSAL_OFFICERS_H

#include "rehearsal/answers.h"

/* Makes the officers known, lets them answer, and fills people, waiting, absent, unknowable, answered,
 * wrong_answers, disagreements and decided of the trial. */
NOI_MUST_CHECK noi_status noi_officers_answer(noi_trial *out, noi_registry *registry,
                                              const noi_city *city, const noi_answers *answers);

#endif
