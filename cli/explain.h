/* explain.h: what the two halves of `noi explain` share. */
#ifndef NOI_CLI_EXPLAIN_H
#define NOI_CLI_EXPLAIN_H

#include "cutover/explain.h"

void cli_explain_people(const noi_plan *plan, const noi_explanation *e);
void cli_explain_json(const noi_plan *plan, const noi_explanation *e);

#endif
