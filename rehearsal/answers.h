/*
 * answers.h: the answer key in memory, to be asked for one record: for the people of a scenario, who know
 * the right answer to most questions, and for what became of their decisions.
 */
#ifndef NOI_REHEARSAL_ANSWERS_H
#define NOI_REHEARSAL_ANSWERS_H

#include "rehearsal/trial.h"

typedef struct noi_answers noi_answers;

/* Reads truth/ of the rehearsal's folder; rows of the key that the import rejects are not in it. */
NOI_MUST_CHECK noi_status noi_answers_read(noi_answers **out, const char *folder);
/* The later cases alone. */
NOI_MUST_CHECK noi_status noi_answers_read_later(noi_answers **out, const char *folder);
void noi_answers_free(noi_answers *answers); /* accepts NULL */
NOI_DEFINE_AUTO(noi_answers, noi_answers_free)

/* The new unit's code; empty when there is none, or no such record. Borrowed. */
noi_str noi_answer(const noi_answers *answers, noi_record_kind kind, noi_str key);

/* Remembers what is assigned now. */
NOI_MUST_CHECK noi_status noi_answers_remember(noi_answers *answers, noi_registry *registry);
/* Compares what is assigned now with what was remembered, and with the key: fills gained_* and wrong_*. */
NOI_MUST_CHECK noi_status noi_answers_compare(noi_trial *out, noi_answers *answers,
                                              noi_registry *registry);

#endif
