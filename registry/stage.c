/* stage.c: see stage.h. */
#include "registry/stage.h"

#include "base/i18n.h"

#include <string.h>

static const char *const keys[NOI_STAGES] = {"draft",    "rehearsed", "frozen",
                                             "cut-over", "parallel",  "final"};

const char *noi_stage_key(noi_stage stage) {
    return keys[stage];
}

bool noi_stage_by_key(noi_stage *out, const char *key) {
    for (int i = 0; i < NOI_STAGES; i++)
        if (strcmp(keys[i], key) == 0) {
            *out = (noi_stage)i;
            return true;
        }
    return false;
}

noi_status noi_stage_now(noi_stage *out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    *out = NOI_STAGE_DRAFT;
    NOI_TRY(noi_prepare(&q, registry, "stage/now"));
    NOI_TRY(noi_step(q, &row));
    if (!row)
        return NOI_OK;
    NOI_AUTO_FREE char *key = noi_strndup(noi_column_text(q, 0).p, noi_column_text(q, 0).n);
    noi_reset(q);
    if (noi_stage_by_key(out, key))
        return NOI_OK;
    return noi_fail(NOI_ERR_INPUT, _("%s is at stage '%s', which this program does not know"),
                    noi_registry_path(registry), key);
}

noi_status noi_stage_refuse(noi_registry *registry, noi_stage from, const char *what) {
    noi_stage now;
    NOI_TRY(noi_stage_now(&now, registry));
    if (now < from)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_CONFLICT, _("%s is %s: it takes %s no more"),
                                 noi_registry_path(registry), noi_stage_key(now), what);
    noi_hint(_("'noi stage %s' tells why; 'noi stage %s %s --reason TEXT' goes back"),
             noi_registry_path(registry), noi_registry_path(registry), noi_stage_key(from - 1));
    return status;
}
