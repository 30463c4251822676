/* open_plan.h: the plan that answers: a file, a registry's compiled now, or the built-in one. */
#ifndef NOI_CLI_OPEN_PLAN_H
#define NOI_CLI_OPEN_PLAN_H

#include "plan/plan.h"

typedef struct cli_plan {
    noi_plan *plan;
    noi_buf bytes; /* in which it lies when it was compiled just now */
} cli_plan;

/* `path` goes before `registry`; both NULL for the built-in plan. */
NOI_MUST_CHECK noi_status cli_plan_open(cli_plan *out, const char *path, const char *registry);
void cli_plan_close(cli_plan *plan); /* accepts a zeroed one */

#endif
