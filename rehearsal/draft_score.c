/* draft_score.c: see draft_score.h. */
#include "rehearsal/draft_score.h"

#include "base/csv.h"
#include "boundary/boundary.h"
#include "importers/layer_file.h"

#include <stdio.h>
#include <string.h>

/* The first thing that went wrong, in words of the key: "missed L07 27424 27628". */
static void remark(noi_draft_score *score, const char *what, noi_str rule, noi_str subject) {
    if (!score->remark[0])
        snprintf(score->remark, sizeof score->remark, "%s %.*s %.*s", what, NOI_STR_ARG(rule),
                 NOI_STR_ARG(subject));
}

/* Takes the finding that answers a row of the key. */
static bool take(const noi_layer_findings *findings, bool *taken, noi_str rule, noi_str subject) {
    for (size_t i = 0; i < findings->n; i++) {
        const noi_layer_finding *f = &findings->items[i];
        if (taken[i] || !noi_str_is(rule, f->rule) || !noi_str_is(subject, f->subject))
            continue;
        taken[i] = true;
        return true;
    }
    return false;
}

static noi_status compare(noi_draft_score *score, const noi_layer_findings *findings,
                          const char *folder) {
    NOI_AUTO_FREE bool *taken = noi_alloc_zero(findings->n + 1, sizeof *taken);
    NOI_AUTO_FREE char *path = noi_format("%s/truth/draft.csv", folder);
    NOI_AUTO(noi_csv_closep) noi_csv *key = NULL;
    NOI_TRY(noi_csv_open(&key, path));
    for (noi_csv_row row; noi_csv_next(&row, key) && row.n == 4; score->planted++) {
        if (take(findings, taken, row.field[0], row.field[1]))
            score->found++;
        else
            remark(score, "missed", row.field[0], row.field[1]);
    }
    for (size_t i = 0; i < findings->n; i++) {
        if (taken[i])
            continue;
        score->not_planted++;
        remark(score, "not planted", noi_str_of(findings->items[i].rule),
               noi_str_of(findings->items[i].subject));
    }
    return NOI_OK;
}

noi_status noi_score_draft(noi_draft_score *out, noi_registry *registry, const char *folder) {
    *out = (noi_draft_score){0};
    NOI_AUTO_FREE char *path = noi_format("%s/input/synthetic-draft.gpkg", folder);
    NOI_AUTO(noi_layer_freep) noi_layer *layer = NULL;
    NOI_AUTO(noi_boundary_law_freep) noi_boundary_law *law = NULL;
    NOI_AUTO(noi_layer_findings_freep) noi_layer_findings *findings = NULL;
    noi_boundary_options options = NOI_BOUNDARY_DEFAULTS;
    options.synthetic = true;
    NOI_TRY(noi_layer_file_read(&layer, path, NULL));
    NOI_TRY(noi_boundary_law_load(&law, registry, layer, NOI_DAY_NONE));
    NOI_TRY(noi_boundary_examine(&findings, layer, law, &options));
    return compare(out, findings, folder);
}
