/*
 * report.c: loads what the parts of the report share and has them written.
 */
#include "report/report.h"

#include "report/folder.h"
#include "report/page.h"

#include <stdio.h>

#define KIND "merge" /* of report; see folder.h */

/* ---- what is shared ---- */

static int compare_units(const void *a, const void *b) {
    const int64_t *id = a;
    const noi_unit_row *unit = b;
    return (*id > unit->id) - (*id < unit->id);
}

const noi_unit_row *noi_report_unit(const noi_report *report, int64_t id) {
    if (id == 0 || report->units->n == 0)
        return NULL;
    return bsearch(&id, report->units->items, report->units->n, sizeof *report->units->items,
                   compare_units);
}

void noi_unit_label(noi_buf *out, const noi_report *report, int64_t id) {
    const noi_unit_row *unit = noi_report_unit(report, id);
    char code[8], name[160];
    if (!unit)
        return;
    noi_unit_full_name(name, sizeof name, unit->kind, unit->name);
    noi_buf_printf(out, "<span class=\"code\">%s</span> ", noi_code_format(code, unit->code));
    noi_html_text(out, noi_str_of(name));
}

static noi_status load_side(noi_drawing *out, noi_registry *registry, noi_day on) {
    noi_layer_row layer;
    if (on == NOI_DAY_NONE)
        return NOI_OK;
    NOI_TRY(noi_layer_find(&layer, &out->found, registry, on));
    if (!out->found)
        return NOI_OK;
    out->synthetic = layer.synthetic;
    out->name = noi_strdup(layer.name);
    return noi_layer_load(&out->coverage, &out->unit_ids, registry, layer.id);
}

static noi_status load_days(noi_report *report) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&stmt, report->registry, "report/reform"));
    NOI_TRY(noi_step(stmt, &row));
    report->eve = row ? noi_column_day(stmt, 0) : NOI_DAY_NONE;
    report->day = row ? noi_column_day(stmt, 1) : NOI_DAY_NONE;
    return NOI_OK;
}

static noi_status load_runs(noi_report *report) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&stmt, report->registry, "report/last_merge"));
    NOI_TRY(noi_step(stmt, &row));
    if (!row)
        return NOI_OK;
    noi_str hash = noi_column_text(stmt, 0);
    snprintf(report->plan_hash, sizeof report->plan_hash, "%.*s", NOI_STR_ARG(hash));
    report->validated = noi_column_int(stmt, 1) != 0;
    return NOI_OK;
}

static noi_status load(noi_report *report) {
    NOI_TRY(load_days(report));
    NOI_TRY(load_runs(report));
    NOI_TRY(noi_unit_list_load(&report->units, report->registry, NOI_DAY_NONE));
    NOI_TRY(load_side(&report->old_side, report->registry, report->eve));
    NOI_TRY(load_side(&report->new_side, report->registry, report->day));
    return noi_tally_make(&report->tally, report->registry);
}

static void unload_side(noi_drawing *side) {
    free(side->name);
    noi_coverage_free(side->coverage);
    free(side->unit_ids);
}

static void unload(noi_report *report) {
    unload_side(&report->old_side);
    unload_side(&report->new_side);
    noi_unit_list_free(report->units);
    noi_tally_free(report->tally);
}

/* ---- the page ---- */

static void page_head(noi_buf *out, const noi_report *report) {
    char day[12], a[32];
    noi_page_begin(out, KIND, _("Report on the reassignment"), NULL);
    noi_buf_printf(out, "<header><p class=\"eyebrow\">noi %s</p><h1>%s</h1>\n", NOI_VERSION,
                   _("Report on the reassignment"));
    if (report->day != NOI_DAY_NONE) {
        noi_buf_add_str(out, "<p class=\"lead\">");
        noi_buf_printf(out, _("What became of %s records when the units of %s came into force"),
                       noi_number(a, report->tally->all.records), noi_day_format(day, report->day));
        noi_buf_add_str(out, "</p>\n");
    }
    if (report->new_side.synthetic || report->old_side.synthetic)
        noi_buf_printf(out, "<p class=\"banner\">%s</p>\n",
                       _("Rehearsal: the borders on all maps are synthetic, that is, made up."));
    noi_buf_printf(
        out,
        "<nav><a href=\"#account\">%s</a><a href=\"#law\">%s</a><a href=\"#map\">%s</a>"
        "<a href=\"#findings\">%s</a><a href=\"#units\">%s</a><a href=\"#sources\">%s</a>"
        "</nav></header>\n<main>\n",
        _("The account"), _("The law"), _("Where records wait"), _("Findings"), _("By unit"),
        _("Made from"));
}

static noi_status write_page(const noi_report *report, const noi_folder *folder) {
    NOI_AUTO_BUF noi_buf page = {0};
    page_head(&page, report);
    noi_page_account(&page, report);
    NOI_TRY(noi_page_law(&page, report));
    NOI_TRY(noi_page_overview(&page, report));
    NOI_TRY(noi_page_findings(&page, report));
    NOI_TRY(noi_page_units(&page, report));
    noi_buf_add_str(&page, "</main>\n");
    noi_page_sources(&page, report);
    noi_page_end(&page);
    return noi_folder_page(folder, noi_buf_view(&page));
}

static noi_status write_all(noi_report *report, const noi_folder *folder) {
    NOI_TRY(load(report));
    NOI_TRY(noi_report_csv(report));
    NOI_TRY(noi_report_gpkg(report));
    return write_page(report, folder);
}

noi_status noi_report_write(noi_registry *registry, const char *path) {
    NOI_AUTO(noi_folder_closep) noi_folder *folder = NULL;
    NOI_TRY(noi_folder_begin(&folder, path, KIND, "-o"));
    noi_report report = {.registry = registry, .folder = noi_folder_part(folder)};
    noi_status status = write_all(&report, folder);
    unload(&report);
    return status == NOI_OK ? noi_folder_commit(folder) : status;
}
