/* repair_result.c: see repair_result.h. */
#include "cli/repair_result.h"

#include "boundary/projection.h"
#include "merge/rules/rules.h"

#include <string.h>

void cli_repair_result_clear(cli_repair_result *r) {
    noi_check_clear(&r->check);
    noi_layer_findings_free(r->of_projection);
    noi_layer_findings_free(r->of_layer);
    noi_projection_free(r->projection);
    noi_reference_free(r->reference);
    noi_layer_free(r->layer);
}

static noi_status decide(cli_repair_result *out, const noi_repair_report *report, const char *path,
                         const noi_layer *layer) {
    out->check = (noi_check){.path = path,
                             .layer = layer,
                             .projection = out->projection,
                             .options = report->thresholds,
                             .counted = {-1, -1, -1, -1}};
    NOI_TRY(noi_boundary_examine(&out->of_layer, layer, NULL, &out->check.options));
    const noi_layer_findings *const lists[] = {out->of_layer, out->of_projection};
    return noi_check_decide(&out->check, lists, out->of_projection ? 2 : 1);
}

noi_status cli_repair_examine_file(cli_repair_result *out, const noi_repair_report *report,
                                   const char *path, const noi_layer_options *reading) {
    noi_layer_options again = *reading;
    again.crs = NULL;
    again.layer_name = report->layer->name;
    again.as_it_stands = true;
    NOI_TRY(noi_layer_file_read(&out->layer, path, &again));
    NOI_TRY(noi_reference_load(&out->reference, NULL));
    out->of_projection = noi_alloc_zero(1, sizeof *out->of_projection);
    out->of_projection->arena = noi_arena_new();
    NOI_TRY(
        noi_projection_settle(&out->projection, out->of_projection, out->layer, out->reference));
    return decide(out, report, path, out->layer);
}

noi_status cli_repair_examine_layer(cli_repair_result *out, const noi_repair_report *report,
                                    const noi_layer *mended) {
    return decide(out, report, report->path, mended);
}

void cli_repair_take_left(noi_repair_report *report, const cli_repair_result *result) {
    for (size_t i = 0; noi_repair_rule(i); i++)
        for (size_t k = 0; k < result->check.n_rules; k++) {
            const noi_check_rule *found = &result->check.rules[k];
            noi_repair_count *c = &report->counts[i];
            if (strcmp(found->rule->id, noi_repair_rule(i)) != 0 || found->n <= c->left)
                continue;
            c->left = found->n;
            report->stays = report->stays || noi_repair_is_accepted(report, i);
        }
}
