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
#include "rehearsal/score.h"
#include "report/report.h"

static double seconds_since(uint64_t began) {
    return (double)(noi_monotonic_ns() - began) / 1e9;
}

static void note_step(noi_rehearsal *r, const char *what, uint64_t began, uint64_t rows) {
    if (r->n_steps < NOI_MAX_STEPS)
        r->steps[r->n_steps++] = (noi_step_time){what, seconds_since(began), rows};
}

static noi_status import_file(noi_rehearsal *r, noi_registry *registry,
                              const noi_input_file *file) {
    noi_import_kind kind;
    if (!noi_import_kind_by_key(&kind, file->kind))
        return noi_fail(NOI_ERR_INTERNAL, _("there is no kind of file '%s'"), file->kind);
    size_t n_maps = 0;
    while (n_maps < 4 && file->map[n_maps])
        n_maps++;
    noi_import_options options = {.as_of = file->as_of ? noi_day_parse(noi_str_of(file->as_of))
                                                       : NOI_DAY_NONE,
                                  .encoding = file->encoding,
                                  .crs = file->crs,
                                  .maps = file->map,
                                  .n_maps = n_maps,
                                  .synthetic = file->synthetic};
    NOI_AUTO_FREE char *path = noi_format("%s/input/%s", r->folder, file->name);
    noi_import_result *result = noi_alloc_zero(1, sizeof *result);
    uint64_t began = noi_monotonic_ns();
    noi_status status = noi_import(result, registry, kind, path, &options);
    if (status == NOI_OK)
        note_step(r, file->name, began, (uint64_t)result->rows_read);
    free(result);
    return status;
}

static noi_status write_bytes(const char *path, const noi_buf *bytes) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, path));
    NOI_TRY(noi_out_write(out, bytes->p, bytes->n));
    return noi_out_commit(out);
}

static noi_status make_plan(noi_rehearsal *r, noi_registry *registry, const char *path) {
    uint64_t began = noi_monotonic_ns();
    NOI_AUTO_BUF noi_buf bytes = {0};
    NOI_TRY(noi_compile_registry(&bytes, registry, NOI_DAY_NONE));
    NOI_TRY(write_bytes(path, &bytes));
    note_step(r, "plan", began, 0);
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
    note_step(r, "learn", began, learned->n_read);
    return NOI_OK;
}

static noi_status merge(noi_rehearsal *r, noi_registry *registry, const char *plan_path) {
    uint64_t began = noi_monotonic_ns();
    NOI_AUTO(close_plan) noi_plan *plan = NULL;
    NOI_TRY(noi_plan_open(&plan, plan_path));
    noi_account account;
    NOI_TRY(noi_merge_run(&account, registry, plan, &(noi_merge_options){0}));
    note_step(r, "merge", began, account.in[0]);
    return NOI_OK;
}

static noi_status validate(noi_rehearsal *r, noi_registry *registry) {
    uint64_t began = noi_monotonic_ns();
    noi_validation *validation = noi_alloc_zero(1, sizeof *validation);
    noi_status status = noi_validate(validation, registry, NULL, 0);
    uint64_t findings = 0;
    for (size_t i = 0; status == NOI_OK && i < validation->n; i++)
        findings += (uint64_t)validation->findings[i];
    free(validation);
    NOI_TRY(status);
    note_step(r, "validate", began, findings);
    return NOI_OK;
}

static noi_status report(noi_rehearsal *r, noi_registry *registry) {
    uint64_t began = noi_monotonic_ns();
    NOI_AUTO_FREE char *path = noi_format("%s/report", r->folder);
    NOI_TRY(noi_report_write(registry, path));
    note_step(r, "report", began, 0);
    r->report = noi_format("%s/index.html", path);
    return NOI_OK;
}

static noi_status score(noi_rehearsal *r, noi_registry *registry) {
    uint64_t began = noi_monotonic_ns();
    NOI_TRY(noi_score(&r->card, registry, r->folder));
    NOI_TRY(noi_score_draft(&r->card.draft, registry, r->folder));
    r->check_s = seconds_since(began);
    NOI_AUTO_BUF noi_buf json = {0};
    noi_rehearsal_json(&json, r);
    NOI_AUTO_FREE char *path = noi_format("%s/scorecard.json", r->folder);
    return write_bytes(path, &json);
}

noi_status noi_go_the_way(noi_rehearsal *r) {
    NOI_AUTO_FREE char *registry_path = noi_format("%s/city.noi", r->folder);
    NOI_AUTO_FREE char *plan_path = noi_format("%s/city.plan", r->folder);
    uint64_t began = noi_monotonic_ns();
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(noi_registry_create(&registry, registry_path));
    note_step(r, "init", began, 0);
    began = noi_monotonic_ns();
    for (const noi_input_file *file = noi_input_files; file->kind; file++)
        NOI_TRY(import_file(r, registry, file));
    NOI_TRY(learn(r, registry));
    NOI_TRY(make_plan(r, registry, plan_path));
    NOI_TRY(merge(r, registry, plan_path));
    NOI_TRY(validate(r, registry));
    NOI_TRY(report(r, registry));
    r->way_s = seconds_since(began);
    return score(r, registry);
}
