/* trial_show.h: what a scenario did, for people. */
#ifndef NOI_CLI_TRIAL_SHOW_H
#define NOI_CLI_TRIAL_SHOW_H

#include "rehearsal/trial.h"

/* The scenario's name and units, before the account. */
void cli_show_scenario(const noi_trial *trial);
/* Faults, people, second handover, ledger, and what did not hold. */
void cli_show_trial(const noi_trial *trial);
/* The scenarios inside the program; returns the status of reading them. */
NOI_MUST_CHECK noi_status cli_list_scenarios(void);

#endif
