/* compile_plan.c: writes the built-in plan to a file, once, when the program is built; see
 * noi_plan_builtin. */
#include "base/file.h"
#include "merge/compile.h"

#include <stdio.h>

static noi_status compile(const char *path) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_compile_builtin(&bytes));
    NOI_TRY(noi_out_open(&out, path));
    NOI_TRY(noi_out_write(out, bytes.p, bytes.n));
    return noi_out_commit(out);
}

int main(int argc, char **argv) {
    noi_status status =
        argc == 2 ? compile(argv[1]) : noi_fail(NOI_ERR_USAGE, "compile_plan wants a path");
    if (status == NOI_OK)
        return 0;
    fprintf(stderr, "compile_plan: %s\n", noi_error_message());
    return noi_status_exit_code(status);
}
