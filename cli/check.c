/* check.c: `noi check`: may this boundary layer be adopted? */
#include "cli/cli.h"

#include "base/file.h"
#include "base/i18n.h"
#include "cli/check_show.h"
#include "cli/layer_options.h"
#include "cli/outputs.h"
#include "importers/layer_file.h"
#include "merge/rules/rules.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct options {
    const char *path, *against, *as_of, *defects, *report, *crs, *layer_name;
    const char *maps[CLI_MAX_LIST], *values[CLI_MAX_THRESHOLDS];
    size_t n_maps;
    bool json, synthetic;
    noi_day day;
    noi_layer_options reading;
    noi_boundary_options thresholds;
    char *fields[CLI_MAX_LIST]; /* names of columns from --map */
} options;

/* What is opened on the way; all of it is freed at the end. */
typedef struct work {
    noi_registry *registry;
    noi_layer *layer;
    noi_reference *reference;
    noi_projection *projection;
    noi_boundary_law *law;
    noi_layer_findings *of_projection, *of_layer;
    noi_check_file *files;
    size_t n_files;
    noi_check check;
} work;

static void work_clear(work *w) {
    noi_check_clear(&w->check);
    noi_check_files_free(w->files, w->n_files);
    noi_layer_findings_free(w->of_projection);
    noi_layer_findings_free(w->of_layer);
    noi_boundary_law_free(w->law);
    noi_projection_free(w->projection);
    noi_reference_free(w->reference);
    noi_layer_free(w->layer);
    noi_registry_close(w->registry);
}

static void options_clear(options *o) {
    for (size_t i = 0; i < o->n_maps; i++)
        free(o->fields[i]);
}

/* ---- options ---- */

static noi_status read_day(options *o) {
    o->day = NOI_DAY_NONE;
    if (!o->as_of)
        return NOI_OK;
    if (!o->against)
        return noi_fail(NOI_ERR_USAGE, _("%s has a meaning only with --against"), "--as-of");
    o->day = noi_day_parse(noi_str_of(o->as_of));
    if (o->day != NOI_DAY_NONE)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("'%s' is not a day"), o->as_of);
    noi_hint(_("write it as 2025-07-01"));
    return status;
}

static noi_status check_outputs(const options *o) {
    const cli_output outputs[] = {{"--defects", o->defects, false}, {"--report", o->report, true}};
    const char *const inputs[] = {o->path, o->against};
    return cli_check_outputs(outputs, 2, inputs, 2);
}

static noi_status settle_options(options *o) {
    for (size_t i = 0; i < o->n_maps; i++)
        NOI_TRY(cli_read_layer_map(&o->reading, &o->fields[i], o->maps[i]));
    NOI_TRY(cli_read_thresholds(&o->thresholds, o->values, o->against != NULL));
    NOI_TRY(read_day(o));
    o->reading.crs = o->crs;
    o->reading.layer_name = o->layer_name;
    o->reading.as_it_stands = true;
    o->thresholds.synthetic = o->synthetic;
    return check_outputs(o);
}

static noi_status parse(options *o, bool *help, int argc, char **argv) {
    const cli_option own[] = {
        {.name = "--against", .value = &o->against},
        {.name = "--as-of", .value = &o->as_of},
        {.name = "--defects", .value = &o->defects},
        {.name = "--report", .value = &o->report},
        {.name = "--crs", .value = &o->crs},
        {.name = "--layer", .value = &o->layer_name},
        {.name = "--map", .list = o->maps, .n_list = &o->n_maps},
        {.name = "--json", .flag = &o->json},
        {.name = "--synthetic", .flag = &o->synthetic},
    };
    NOI_TRY(cli_parse_layer(&o->path, help, "check", argc, argv, own, sizeof own / sizeof *own,
                            o->values, true));
    if (*help)
        return NOI_OK;
    return settle_options(o);
}

/* ---- the way ---- */

/* Law and map can only be held against each other as well as the other layer is. */
static noi_status count_other_defects(size_t *n, const noi_boundary_law *law) {
    NOI_AUTO(noi_defects_freep) noi_defects *defects = NULL;
    *n = 0;
    if (!law->other_coverage)
        return NOI_OK;
    NOI_TRY(noi_coverage_check(&defects, law->other_coverage, NULL));
    for (size_t i = 0; i < defects->n; i++)
        *n +=
            noi_rule_by_id(noi_defect_rule(defects->items[i].kind))->severity != NOI_SEVERITY_NOTE;
    return NOI_OK;
}

static noi_status hold_against(work *w, const options *o) {
    NOI_TRY(noi_boundary_law_load(&w->law, w->registry, w->layer, o->day));
    w->check.options.synthetic |= w->law->other_synthetic;
    w->check.law = w->law;
    w->check.registry = o->against;
    w->check.day_was_named = o->day != NOI_DAY_NONE;
    return count_other_defects(&w->check.other_defects, w->law);
}

static noi_status examine(work *w, const options *o) {
    w->check = (noi_check){.path = o->path, .options = o->thresholds, .counted = {-1, -1, -1, -1}};
    if (o->against)
        NOI_TRY(noi_registry_open(&w->registry, o->against, NOI_OPEN_READ));
    NOI_TRY(noi_layer_file_read(&w->layer, o->path, &o->reading));
    NOI_TRY(noi_check_files_list(&w->files, &w->n_files, o->path));
    w->check.files = w->files;
    w->check.n_files = w->n_files;
    NOI_TRY(noi_reference_load(&w->reference, w->registry));
    w->of_projection = noi_alloc_zero(1, sizeof *w->of_projection);
    w->of_projection->arena = noi_arena_new();
    NOI_TRY(noi_projection_settle(&w->projection, w->of_projection, w->layer, w->reference));
    w->check.layer = w->layer;
    w->check.projection = w->projection;
    if (w->registry)
        NOI_TRY(hold_against(w, o));
    NOI_TRY(noi_boundary_examine(&w->of_layer, w->layer, w->law, &w->check.options));
    if (w->registry)
        NOI_TRY(noi_boundary_count(w->of_layer, &w->check.counted, w->layer, w->law, w->registry));
    const noi_layer_findings *const lists[] = {w->of_projection, w->of_layer};
    return noi_check_decide(&w->check, lists, 2);
}

static noi_status check(work *w, const options *o) {
    NOI_TRY(examine(w, o));
    if (o->report)
        NOI_TRY(noi_check_write_report(&w->check, o->report, o->defects));
    if (o->defects) /* last: it may lie in the folder of the report */
        NOI_TRY(noi_check_write_defects(&w->check, o->defects));
    return NOI_OK;
}

int cli_run_check(int argc, char **argv) {
    NOI_AUTO(options_clear) options o = {.thresholds = NOI_BOUNDARY_DEFAULTS};
    NOI_AUTO(work_clear) work w = {0};
    bool help = false;
    noi_status status = parse(&o, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = check(&w, &o);
    if (status != NOI_OK)
        return cli_fail(status);
    (o.json ? cli_check_json : cli_check_show)(&w.check, o.defects, o.report);
    return w.check.passes ? 0 : 1;
}
