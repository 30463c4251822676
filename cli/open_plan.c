/* open_plan.c: see open_plan.h. */
#include "cli/open_plan.h"

#include "merge/compile.h"

static noi_status compile_registry(noi_buf *out, const char *path) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_open(&registry, path, NOI_OPEN_READ));
    return noi_compile_registry(out, registry, NOI_DAY_NONE);
}

noi_status cli_plan_open(cli_plan *out, const char *path, const char *registry) {
    if (path)
        return noi_plan_open(&out->plan, path);
    if (!registry)
        return noi_plan_builtin(&out->plan, &out->bytes);
    NOI_TRY(compile_registry(&out->bytes, registry));
    return noi_plan_attach(&out->plan, out->bytes.p, out->bytes.n);
}

void cli_plan_close(cli_plan *plan) {
    noi_plan_close(plan->plan);
    noi_buf_free(&plan->bytes);
}
