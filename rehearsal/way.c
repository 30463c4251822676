/* way.c: see way.h. */
#include "rehearsal/way.h"

#include "base/file.h"
#include "base/progress.h"
#include "importers/import.h"
#include "merge/compile.h"
#include "merge/learn.h"
#include "merge/rules/rules.h"
#include "rehearsal/draft_score.h"
#include "rehearsal/generate.h"
#include "rehearsal/play.h"
#include "rehearsal/score.h"
#include "report/report.h"

static double seconds_since(uint64_t began) {
    return (double)(noi_monotonic_ns() - began) / 1e9;
}

void noi_way_note(noi_rehearsal *r, const char *what, uint64_t began, uint64_t rows) {
    if (r->n_steps < NOI_MAX_STEPS)
        r->steps[r->n_steps++] = (noi_step_time){what, seconds_since(began), rows};
}

noi_status noi_way_import(noi_rehearsal *r, const noi_city *city, noi_registry *registry,
                          const noi_input_file *file) {
    noi_import_kind kind;
    if (!noi_import_kind_by_key(&kind, file->kind))
        return noi_fail(NOI_ERR_INTERNAL, _("there is no kind of file '%s'"), file->kind);
    size_t n_maps = 0;
    while (n_maps < 4 && file->map[n_maps])
        n_maps++;
    noi_import_options options = {.as_of = file->as_of ? noi_day_parse(noi_str_of(file->as_of))
                                                       : NOI_DAY_NONE,
                                  .encoding = city->scenario ? file->said : file->encoding,
                                  .crs = file->crs,
                                  .maps = file->map,
                                  .n_maps = n_maps,
                                  .synthetic = file->synthetic};
    NOI_AUTO_FREE char *path = noi_format("%s/input/%s", r->folder, file->name);
    noi_import_result *result = noi_alloc_zero(1, sizeof *result);
    uint64_t began = noi_monotonic_ns();
    noi_status status = noi_import(result, registry, kind, path, &options);
    if (status == NOI_OK)
        noi_way_note(r, file->name, began, (uint64_t)result->rows_read);
    free(result);
    return status;
}

static noi_status write_bytes(const char *path, const noi_buf *bytes) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, path));
    NOI_TRY(noi_out_write(out, bytes->p, bytes->n));
    return noi_out_commit(out);
}

noi_status noi_way_plan(noi_rehearsal *r, noi_registry *registry, const char *path, noi_day on) {
    uint64_t began = noi_monotonic_ns();
    NOI_AUTO_BUF noi_buf bytes = {0};
    NOI_TRY(noi_compile_registry(&bytes, registry, on));
    NOI_TRY(write_bytes(path, &bytes));
    noi_way_note(r, "plan", began, 0);
    return NOI_OK;
}

static void close_plan(noi_plan **plan) {
    noi_plan_close(*plan);
}

/* What split wards' located addresses teach, before the plan is made. */
static noi_status learn(noi_rehearsal *r, noi_registry *registry) {
    uint64_t began = noi_monotonic_ns();
    NOI_AUTO_BUF noi_buf bytes = {0};
    NOI_AUTO(close_plan) noi_plan *plan = NULL;
    NOI_AUTO(noi_learned_freep) noi_learned *learned = NULL;
    NOI_TRY(noi_compile_registry(&bytes, registry, NOI_DAY_NONE));
    NOI_TRY(noi_plan_attach(&plan, bytes.p, bytes.n));
    NOI_TRY(noi_learn(&learned, registry, plan, &(noi_learn_options){5, 1}));
    NOI_TRY(noi_learn_store(registry, plan, learned));
    noi_way_note(r, "learn", began, learned->n_read);
    return NOI_OK;
}

noi_status noi_way_merge(noi_rehearsal *r, noi_registry *registry, const char *plan_path,
                         const noi_merge_options *options, const char *step) {
    uint64_t began = noi_monotonic_ns();
    NOI_AUTO(close_plan) noi_plan *plan = NULL;
    NOI_TRY(noi_plan_open(&plan, plan_path));
    NOI_TRY(noi_merge_run(&r->account, registry, plan, options));
    noi_way_note(r, step, began, r->account.in[0]);
    return NOI_OK;
}

noi_status noi_way_validate(noi_rehearsal *r, noi_validation *out, noi_registry *registry,
                            const char *step) {
    uint64_t began = noi_monotonic_ns(), findings = 0;
    NOI_TRY(noi_validate(out, registry, NULL, 0));
    for (size_t i = 0; i < out->n; i++)
        findings += (uint64_t)out->findings[i];
    noi_way_note(r, step, began, findings);
    return NOI_OK;
}

static noi_status report(noi_rehearsal *r, noi_registry *registry) {
    uint64_t began = noi_monotonic_ns();
    NOI_AUTO_FREE char *path = noi_format("%s/report", r->folder);
    NOI_TRY(noi_report_write(registry, path));
    noi_way_note(r, "report", began, 0);
    r->report = noi_format("%s/index.html", path);
    return NOI_OK;
}

/* Against the answer key: before people have a hand in it. */
static noi_status score(noi_rehearsal *r, noi_registry *registry) {
    uint64_t began = noi_monotonic_ns();
    NOI_TRY(noi_score(&r->card, registry, r->folder));
    NOI_TRY(noi_score_draft(&r->card.draft, registry, r->folder));
    r->check_s = seconds_since(began);
    return NOI_OK;
}

static noi_status keep(noi_rehearsal *r) {
    NOI_AUTO_BUF noi_buf json = {0};
    NOI_AUTO_FREE char *path = noi_format("%s/scorecard.json", r->folder);
    noi_rehearsal_json(&json, r);
    NOI_TRY(write_bytes(path, &json));
    return noi_trial_keep(&r->kept, r->folder, &json);
}

/* The scenario's part. The report shows the registry as it is in the end. */
static noi_status play(noi_rehearsal *r, const noi_city *city, noi_registry *registry) {
    NOI_TRY(score(r, registry));
    NOI_TRY(noi_play_on(r, city, registry));
    return report(r, registry);
}

noi_status noi_go_the_way(noi_rehearsal *r, const noi_city *city) {
    NOI_AUTO_FREE char *registry_path = noi_format("%s/city.noi", r->folder);
    NOI_AUTO_FREE char *plan_path = noi_format("%s/city.plan", r->folder);
    uint64_t began = noi_monotonic_ns();
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_create(&registry, registry_path));
    noi_way_note(r, "init", began, 0);
    began = noi_monotonic_ns();
    for (const noi_input_file *file = noi_input_files; file->kind; file++)
        if (noi_input_takes_part(city, file))
            NOI_TRY(noi_way_import(r, city, registry, file));
    NOI_TRY(learn(r, registry));
    NOI_TRY(noi_way_plan(r, registry, plan_path, NOI_DAY_NONE));
    if (city->scenario)
        NOI_TRY(noi_play_merge(r, city, &registry, plan_path));
    else
        NOI_TRY(noi_way_merge(r, registry, plan_path, &(noi_merge_options){0}, "merge"));
    NOI_TRY(noi_way_validate(r, &r->validation, registry, "validate"));
    NOI_TRY(city->scenario ? play(r, city, registry) : report(r, registry));
    r->way_s = seconds_since(began);
    if (!city->scenario)
        NOI_TRY(score(r, registry));
    return keep(r);
}
