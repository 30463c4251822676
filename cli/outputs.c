/* outputs.c: see outputs.h. */
#include "cli/outputs.h"

#include "base/file.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

/* The path without links and dots, also of a file that is not there yet; NULL when its folder is not
 * there. Yours: free. */
static char *plain_path(const char *path) {
    char *found = realpath(path, NULL);
    if (found)
        return found;
    const char *base = noi_path_base(path);
    NOI_AUTO_FREE char *folder =
        base == path ? noi_strdup(".") : noi_strndup(path, (size_t)(base - path));
    NOI_AUTO_FREE char *real = realpath(folder, NULL);
    return real ? noi_format("%s/%s", real, base) : NULL;
}

/* Replacing an earlier folder takes everything out of it, and so would take the input. */
static noi_status refuse_inside(const cli_output *folder, const char *input) {
    NOI_AUTO_FREE char *outer = realpath(folder->path, NULL);
    NOI_AUTO_FREE char *inner = realpath(input, NULL);
    size_t n = outer ? strlen(outer) : 0;
    if (!inner || !n || strncmp(outer, inner, n) != 0 || inner[n] != '/')
        return NOI_OK;
    noi_status status =
        noi_fail(NOI_ERR_USAGE, _("%s lies in the folder %s, which would be replaced"), input,
                 folder->path);
    noi_hint(_("name another folder with %s"), folder->option);
    return status;
}

static noi_status refuse_same(const cli_output *a, const cli_output *b) {
    NOI_AUTO_FREE char *x = plain_path(a->path);
    NOI_AUTO_FREE char *y = plain_path(b->path);
    bool same = x && y ? strcmp(x, y) == 0 : strcmp(a->path, b->path) == 0;
    if (!same)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("%s and %s name the same file, %s"), a->option,
                                 b->option, b->path);
    noi_hint(_("name another file for one of them"));
    return status;
}

noi_status cli_check_outputs(const cli_output *outputs, size_t n, const char *const *inputs,
                             size_t n_inputs) {
    for (size_t i = 0; i < n; i++) {
        if (!outputs[i].path)
            continue;
        for (size_t j = 0; j < n_inputs; j++) {
            if (!inputs[j])
                continue;
            NOI_TRY(noi_refuse_overwrite(outputs[i].path, inputs[j]));
            if (outputs[i].is_folder)
                NOI_TRY(refuse_inside(&outputs[i], inputs[j]));
        }
        for (size_t j = 0; j < i; j++)
            if (outputs[j].path)
                NOI_TRY(refuse_same(&outputs[j], &outputs[i]));
    }
    return NOI_OK;
}
