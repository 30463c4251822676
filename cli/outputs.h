/* outputs.h: what every command that writes asks before it does any work. */
#ifndef NOI_CLI_OUTPUTS_H
#define NOI_CLI_OUTPUTS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct cli_output {
    const char *option; /* "--report" */
    const char *path;   /* NULL when it was not given */
    bool is_folder;     /* replaced with all that is in it */
} cli_output;

/* NOI_ERR_USAGE when an output would replace an input (NULL inputs are skipped), when a folder that is
 * replaced holds one, or when two outputs are one path, by whatever spelling or link. */
NOI_MUST_CHECK noi_status cli_check_outputs(const cli_output *outputs, size_t n,
                                            const char *const *inputs, size_t n_inputs);

#endif
