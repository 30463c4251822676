/* layer_options.h: the options that `noi check` and `noi repair` share. */
#ifndef NOI_CLI_LAYER_OPTIONS_H
#define NOI_CLI_LAYER_OPTIONS_H

#include "cli/cli.h"
#include "importers/layer_file.h"
#include "report/check.h"

#define CLI_MAX_THRESHOLDS 32

/* Adds an option for each threshold to `options`, with its value in `values`, by position in
 * noi_check_thresholds. Those that only a registry gives a meaning are left out unless `with_law`.
 * Returns how many were added. */
size_t cli_add_thresholds(cli_option *options, const char **values, bool with_law);

/* Parses a command about one layer, `own` options and those of the thresholds: *path is its
 * operand, borrowed from argv. */
NOI_MUST_CHECK noi_status cli_parse_layer(const char **path, bool *help, const char *command,
                                          int argc, char **argv, const cli_option *own,
                                          size_t n_own, const char **values, bool with_law);

/* Takes the values that were given. NOI_ERR_USAGE: no number, out of range, nothing between
 * --wider-than and --narrower-than, or a threshold of the law without a registry. */
NOI_MUST_CHECK noi_status cli_read_thresholds(noi_boundary_options *out, const char *const *values,
                                              bool has_registry);

/* What a repair may draw together: NOI_ERR_USAGE when --mismatch is more. */
NOI_MUST_CHECK noi_status cli_bound_mismatch(const noi_boundary_options *thresholds);

/* "code=MA_XA". The name of the column is kept in *owned, yours: free. */
NOI_MUST_CHECK noi_status cli_read_layer_map(noi_layer_options *out, char **owned, const char *map);

#endif
