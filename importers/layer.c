/*
 * layer.c: boundary layers. A feature is stored with the code that the layer gives it and, where
 * that code was in force on the layer's day, with its unit. Features without a shape or without a
 * known code are kept: the validator speaks about them.
 */
#include "importers/common.h"

#include "address/text.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "geo/measure.h"
#include "importers/layer_file.h"
#include "registry/store.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --map code=…, name=…, kind=… name the layer's fields. */
static noi_status read_maps(noi_layer_options *out, const noi_import_options *options) {
    for (size_t i = 0; i < options->n_maps; i++) {
        const char *map = options->maps[i];
        if (strncmp(map, "code=", 5) == 0) {
            out->code_field = map + 5;
        } else if (strncmp(map, "name=", 5) == 0) {
            out->name_field = map + 5;
        } else if (strncmp(map, "kind=", 5) == 0) {
            out->kind_field = map + 5;
        } else {
            noi_status status = noi_fail(NOI_ERR_USAGE, _("'--map %s' does not fit a layer"), map);
            noi_hint(_("the fields of this kind are %s"), "code, name, kind");
            return status;
        }
    }
    return NOI_OK;
}

static noi_status insert_layer(int64_t *id, noi_job *job, const noi_layer *file) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, job->registry, "import/layer_insert"));
    noi_bind_int(q, 1, job->source_id);
    noi_bind_text(q, 2, noi_str_of(file->name));
    noi_bind_day(q, 3, job->options->as_of);
    noi_bind_int(q, 4, job->options->synthetic);
    NOI_TRY(noi_run(q));
    *id = noi_last_id(job->registry);
    return NOI_OK;
}

static noi_str or_null(const char *text) {
    return text && text[0] ? noi_str_of(text) : (noi_str){NULL, 0};
}

typedef struct layer_job {
    noi_job *job;
    const noi_layer *file;
    int64_t id;
    noi_stmt *find, *insert;
    noi_buf wkb;
} layer_job;

static noi_status store_feature(layer_job *l, uint32_t i) {
    const noi_layer_feature *feature = &l->file->features[i];
    noi_unit_found unit = {0};
    if (feature->code[0])
        NOI_TRY(noi_unit_on(&unit, l->find, noi_str_of(feature->code), l->job->options->as_of));
    noi_buf_clear(&l->wkb);
    if (feature->has_shape)
        noi_coverage_wkb(&l->wkb, l->file->coverage, i);
    noi_bind_int(l->insert, 1, l->id);
    noi_bind_int(l->insert, 2, feature->line);
    noi_bind_text(l->insert, 3, or_null(feature->code));
    noi_bind_text(l->insert, 4, or_null(feature->name));
    noi_bind_text(l->insert, 5, or_null(feature->kind));
    if (unit.id)
        noi_bind_int(l->insert, 6, unit.id);
    else
        noi_bind_null(l->insert, 6);
    noi_bind_real(l->insert, 7,
                  feature->has_shape ? noi_unit_area_m2(l->file->coverage, i) / 1e6 : NAN);
    noi_bind_blob(l->insert, 8, feature->has_shape ? noi_buf_view(&l->wkb) : (noi_str){NULL, 0});
    NOI_TRY(noi_run(l->insert));
    noi_job_stored(l->job);
    return NOI_OK;
}

/* ---- does the layer draw the units of that day? ---- */

/* Layers write "Phường Sài Gòn", "Sài Gòn", "Sai Gon" or "Ward 14": the unit's name, marks aside, is
 * the last or the first words of the layer's. */
static bool is_name_of(noi_str drawn, noi_str name) {
    NOI_AUTO_FREE char *a = noi_alloc(2 * drawn.n + 1);
    NOI_AUTO_FREE char *b = noi_alloc(2 * name.n + 1);
    size_t n = noi_text_fold(a, drawn, NOI_FOLD_BARE), m = noi_text_fold(b, name, NOI_FOLD_BARE);
    if (m == 0 || n < m)
        return false;
    bool ends = memcmp(a + n - m, b, m) == 0 && (n == m || a[n - m - 1] == ' ');
    return ends || (memcmp(a, b, m) == 0 && a[m] == ' ');
}

static noi_status of_another_day(const layer_job *l, size_t known, size_t named, size_t same) {
    char day[12];
    noi_day_format(day, l->job->options->as_of);
    noi_status status =
        known ? noi_fail_at(NOI_ERR_INPUT, l->job->name, 0,
                            _("the layer does not draw the units of %s: of %zu areas whose codes were "
                              "in force then, %zu bear the name that the code had"),
                            day, named, same)
              : noi_fail_at(NOI_ERR_INPUT, l->job->name, 0,
                            _("the layer does not draw the units of %s: no code of it was in force "
                              "then"),
                            day);
    noi_hint(_("name another day with --as-of; 'noi check LAYER --against REGISTRY' tells which day a "
               "layer draws, and whether the registry has its units"));
    return status;
}

#define NAMES_TO_JUDGE 10 /* fewer prove nothing */

/* Nearly every code of today was an old unit's: so names have to agree as well, for two fifths of the
 * areas at least (a third of today's names is the one that the code had before). Nothing is stored of
 * a layer of another day or another city. */
static noi_status check_day(layer_job *l) {
    size_t known = 0, named = 0, same = 0;
    for (uint32_t i = 0; i < l->file->coverage->n_units; i++) {
        const noi_layer_feature *feature = &l->file->features[i];
        noi_unit_found unit = {0};
        if (feature->code[0])
            NOI_TRY(noi_unit_on(&unit, l->find, noi_str_of(feature->code), l->job->options->as_of));
        known += unit.id != 0;
        if (!unit.id || !feature->name[0])
            continue;
        named++;
        same += is_name_of(noi_str_of(feature->name), unit.name);
    }
    bool other_names = named >= NAMES_TO_JUDGE && same * 5 < named * 2;
    return known == 0 || other_names ? of_another_day(l, known, named, same) : NOI_OK;
}

static noi_status store_layer(layer_job *l) {
    NOI_TRY(noi_prepare(&l->find, l->job->registry, "import/unit_on"));
    NOI_TRY(check_day(l));
    NOI_TRY(insert_layer(&l->id, l->job, l->file));
    NOI_TRY(noi_prepare(&l->insert, l->job->registry, "import/layer_unit_insert"));
    noi_progress progress = noi_progress_begin(l->job->name, l->file->coverage->n_units);
    for (uint32_t i = 0; i < l->file->coverage->n_units; i++) {
        NOI_TRY(store_feature(l, i));
        noi_progress_add(&progress, 1);
    }
    noi_progress_end(&progress);
    return NOI_OK;
}

noi_status noi_import_layer(noi_job *job) {
    NOI_TRY(noi_job_need_day(job, _("the day whose units the layer draws, for example --as-of "
                                    "2025-07-01")));
    noi_layer_options options = {.crs = job->options->crs, .layer_name = job->options->layer};
    NOI_TRY(read_maps(&options, job->options));
    NOI_AUTO(noi_layer_freep) noi_layer *file = NULL;
    NOI_TRY(noi_layer_file_read(&file, job->path, &options));
    noi_import_result *r = job->result;
    snprintf(r->crs, sizeof r->crs, "%s", file->crs);
    snprintf(r->transform, sizeof r->transform, "%s", file->transform);
    r->accuracy_m = file->accuracy_m;
    noi_layer_row former = {0}, now = {0};
    bool had_one = false, has_one = false;
    char former_name[sizeof r->replaced_layer] = "";
    NOI_TRY(noi_layer_find(&former, &had_one, job->registry, job->options->as_of));
    if (had_one)
        snprintf(former_name, sizeof former_name, "%s", former.name);
    layer_job l = {.job = job, .file = file};
    noi_status status = store_layer(&l);
    if (status == NOI_OK)
        status = noi_layer_find(&now, &has_one, job->registry, job->options->as_of);
    if (had_one && has_one && now.id != former.id)
        memcpy(r->replaced_layer, former_name, sizeof former_name);
    noi_stmt_close(l.find);
    noi_stmt_close(l.insert);
    noi_buf_free(&l.wkb);
    return status;
}
