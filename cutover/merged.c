/* merged.c: see merged.h. */
#include "cutover/merged.h"

#include "base/i18n.h"

noi_status noi_want_merge(noi_registry *registry, const char *why) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "report/last_merge"));
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    if (row && noi_column_text(q, 0).n)
        return NOI_OK;
    noi_status status =
        noi_fail(NOI_ERR_CONFLICT, _("%s has no finished merge"), noi_registry_path(registry));
    noi_hint("%s", why);
    return status;
}
