/*
 * cli.h: one file and one table row per command. A command's function gets its own arguments
 * (without "noi" and its name) and returns the exit code: 0 done, 1 findings or ambiguities of the
 * asked kind, or noi_status_exit_code of a failure that cli_fail has printed.
 */
#ifndef NOI_CLI_CLI_H
#define NOI_CLI_CLI_H

#include "base/error.h"
#include "base/memory.h"

typedef struct cli_command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary;  /* N_(): one line for `noi help` */
    const char *synopsis; /* usage lines, as in DESIGN's contract; not translated */
    const char *details;  /* N_(): options and exit codes, a paragraph or two, 80 columns */
} cli_command;

extern const cli_command cli_commands[]; /* ends with name == NULL */

/* Prints "noi: <message>" and "hint: <hint>" of this thread's error to stderr; returns the exit
 * code of the status. */
int cli_fail(noi_status status);

/* Options. Each command declares its options in a table; cli_parse fills the values, leaves the
 * operands in argv order, knows --help and "--", accepts "--name value" and "--name=value", refuses
 * unknown options with the nearest known one as a hint. */
typedef struct cli_option {
    const char *name;      /* "--as-of" */
    const char **value;    /* takes a value, once: where it goes; or NULL */
    bool *flag;            /* takes none: set to true; or NULL */
    const char **list;     /* may be repeated: array of CLI_MAX_LIST, filled in order; or NULL */
    size_t *n_list;
} cli_option;
#define CLI_MAX_LIST 64

typedef struct cli_operands {
    size_t n;
    char **items;
} cli_operands;

/* NOI_ERR_USAGE on anything wrong. When --help was given, prints the command's help and sets
 * *help: the command then returns 0. `command` is the name, to find its help. */
NOI_MUST_CHECK noi_status cli_parse(cli_operands *out, bool *help, const char *command, int argc,
                                    char **argv, const cli_option *options, size_t n_options);

/* For operands: NOI_ERR_USAGE with the command's synopsis as a hint unless min <= n <= max. */
NOI_MUST_CHECK noi_status cli_want_operands(const char *command, const cli_operands *operands,
                                            size_t min, size_t max);

int cli_run_init(int argc, char **argv);
int cli_run_import(int argc, char **argv);
int cli_run_crosswalk(int argc, char **argv);
int cli_run_plan(int argc, char **argv);
int cli_run_merge(int argc, char **argv);
int cli_run_verify(int argc, char **argv);
int cli_run_undo(int argc, char **argv);
int cli_run_sign(int argc, char **argv);
int cli_run_stage(int argc, char **argv);
int cli_run_catch_up(int argc, char **argv);
int cli_run_reconcile(int argc, char **argv);
int cli_run_validate(int argc, char **argv);
int cli_run_check(int argc, char **argv);
int cli_run_impact(int argc, char **argv);
int cli_run_repair(int argc, char **argv);
int cli_run_report(int argc, char **argv);
int cli_run_lookup(int argc, char **argv);
int cli_run_convert(int argc, char **argv);
int cli_run_locate(int argc, char **argv);
int cli_run_vintage(int argc, char **argv);
int cli_run_learn(int argc, char **argv);
int cli_run_concordance(int argc, char **argv);
int cli_run_explain(int argc, char **argv);
int cli_run_notices(int argc, char **argv);
int cli_run_queue(int argc, char **argv);
int cli_run_decide(int argc, char **argv);
int cli_run_redact(int argc, char **argv);
int cli_run_compare(int argc, char **argv);
int cli_run_rehearse(int argc, char **argv);

#endif
