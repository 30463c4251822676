/*
 * repair.c: `noi repair`: proposals to mend a boundary layer, carried out only where they are
 * accepted, into another file.
 */
#include "cli/cli.h"

#include "base/file.h"
#include "base/i18n.h"
#include "cli/layer_options.h"
#include "cli/outputs.h"
#include "cli/repair_result.h"
#include "cli/repair_show.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct options {
    const char *path, *out, *registry, *table, *crs, *layer_name;
    const char *accepted[CLI_MAX_LIST], *given[CLI_MAX_LIST], *maps[CLI_MAX_LIST];
    const char *values[CLI_MAX_THRESHOLDS];
    size_t n_accepted, n_given, n_maps;
    bool dry_run, json;
    noi_layer_options reading;
    noi_boundary_options thresholds;
    char *fields[CLI_MAX_LIST]; /* names of columns from --map */
    noi_repair_options repair;
    noi_repair_choice choices[CLI_MAX_LIST];
} options;

static void options_clear(options *o) {
    for (size_t i = 0; i < o->n_maps; i++)
        free(o->fields[i]);
}

/* What is opened on the way; all of it is freed at the end. */
typedef struct work {
    noi_registry *registry;
    noi_layer *layer, *stated;
    noi_repair *repair;
    noi_impact *impact;
    noi_arena *arena; /* keys of records */
    noi_repair_record *records;
    size_t n_records, cap_records;
    noi_gpkg_losses losses;
    noi_layer mended; /* the layer's features with the mended shapes; owns nothing */
    cli_repair_result result;
    noi_repair_report report;
} work;

static void work_clear(work *w) {
    cli_repair_result_clear(&w->result);
    noi_gpkg_losses_clear(&w->losses);
    noi_impact_free(w->impact);
    noi_repair_free(w->repair);
    noi_layer_free(w->layer);
    noi_layer_free(w->stated);
    noi_registry_close(w->registry);
    noi_arena_free(w->arena);
    free(w->records);
}

/* ---- options ---- */

static noi_status read_accepted(options *o) {
    for (size_t i = 0; i < o->n_accepted; i++) {
        bool *accepted = noi_repair_accept(&o->repair, o->accepted[i]);
        if (accepted) {
            *accepted = true;
            continue;
        }
        noi_status status =
            noi_fail(NOI_ERR_USAGE, _("rule '%s' cannot be mended by noi"), o->accepted[i]);
        NOI_AUTO_BUF noi_buf rules = {0};
        for (size_t k = 0; noi_repair_rule(k); k++)
            noi_buf_printf(&rules, "%s%s", k ? ", " : "", noi_repair_rule(k));
        noi_hint(_("rules that can: %s"), rules.p);
        return status;
    }
    return NOI_OK;
}

static noi_status check_outputs(const options *o) {
    const cli_output outputs[] = {{"-o", o->out, false}, {"--table", o->table, false}};
    const char *const inputs[] = {o->path, o->registry};
    return cli_check_outputs(outputs, 2, inputs, 2);
}

static noi_status check_combination(const options *o) {
    bool needs_accept = o->out || o->n_given || o->registry || o->table || o->dry_run;
    if (!o->n_accepted && needs_accept) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi repair mends only what is accepted"));
        noi_hint(_("name the rules with --accept; 'noi repair %s' alone proposes them"), o->path);
        return status;
    }
    if (o->n_accepted && !o->out && !o->dry_run) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi repair needs -o OUT.gpkg"));
        noi_hint(_("or --dry-run, which tells all and writes nothing"));
        return status;
    }
    return NOI_OK;
}

static noi_status settle_options(options *o) {
    for (size_t i = 0; i < o->n_maps; i++)
        NOI_TRY(cli_read_layer_map(&o->reading, &o->fields[i], o->maps[i]));
    NOI_TRY(read_accepted(o));
    NOI_TRY(check_combination(o));
    NOI_TRY(cli_read_thresholds(&o->thresholds, o->values, false));
    NOI_TRY(cli_bound_mismatch(&o->thresholds));
    o->repair.check = o->thresholds.check;
    o->reading.crs = o->crs;
    o->reading.layer_name = o->layer_name;
    return check_outputs(o);
}

static noi_status parse(options *o, bool *help, int argc, char **argv) {
    const cli_option own[] = {
        {.name = "-o", .value = &o->out},
        {.name = "--accept", .list = o->accepted, .n_list = &o->n_accepted},
        {.name = "--give", .list = o->given, .n_list = &o->n_given},
        {.name = "--registry", .value = &o->registry},
        {.name = "--table", .value = &o->table},
        {.name = "--dry-run", .flag = &o->dry_run},
        {.name = "--crs", .value = &o->crs},
        {.name = "--layer", .value = &o->layer_name},
        {.name = "--map", .list = o->maps, .n_list = &o->n_maps},
        {.name = "--json", .flag = &o->json},
    };
    NOI_TRY(cli_parse_layer(&o->path, help, "repair", argc, argv, own, sizeof own / sizeof *own,
                            o->values, false));
    if (*help)
        return NOI_OK;
    return settle_options(o);
}

/* ---- choices of a person ---- */

static noi_status refuse_choice(const char *given) {
    noi_status status = noi_fail(NOI_ERR_USAGE, _("'--give %s' is not LON,LAT=CODE"), given);
    noi_hint(_("such as --give 106.70123,10.77654=26740: a place in the gap or overlap, in "
               "degrees, and the unit that gets it"));
    return status;
}

static noi_status find_unit(uint32_t *out, const noi_layer *layer, const char *code) {
    uint32_t n = 0;
    for (uint32_t u = 0; u < layer->coverage->n_units; u++)
        if (strcmp(layer->features[u].code, code) == 0) {
            *out = u;
            n++;
        }
    if (n == 1)
        return NOI_OK;
    return n ? noi_fail(NOI_ERR_INPUT, _("the layer draws unit %s %u times"), code, n)
             : noi_fail(NOI_ERR_INPUT, _("the layer draws no unit %s"), code);
}

static noi_status read_choices(options *o, const noi_layer *layer) {
    for (size_t i = 0; i < o->n_given; i++) {
        noi_repair_choice *c = &o->choices[i];
        char *end;
        c->lon = strtod(o->given[i], &end);
        if (end == o->given[i] || *end != ',')
            return refuse_choice(o->given[i]);
        const char *lat = end + 1;
        c->lat = strtod(lat, &end);
        if (end == lat || *end != '=' || !end[1] || !isfinite(c->lon) || !isfinite(c->lat))
            return refuse_choice(o->given[i]);
        NOI_TRY(find_unit(&c->unit, layer, end + 1));
    }
    o->repair.choices = o->choices;
    o->repair.n_choices = o->n_given;
    return NOI_OK;
}

/* ---- proposals ---- */

typedef struct proposal {
    noi_repair_options options;
    noi_repair *repair;
    noi_repair_report report;
} proposal;

typedef struct proposals {
    proposal item[NOI_REPAIR_MAX_RULES];
    const noi_repair_report *shown[NOI_REPAIR_MAX_RULES];
} proposals;

static void proposals_clear(proposals *all) {
    for (size_t i = 0; noi_repair_rule(i); i++)
        noi_repair_free(all->item[i].repair);
}

static noi_status propose_rule(proposal *p, const work *w, const options *o, size_t rule) {
    p->options = o->repair;
    *noi_repair_accept(&p->options, noi_repair_rule(rule)) = true;
    NOI_TRY(noi_coverage_repair(&p->repair, w->layer->coverage, &p->options));
    p->report = w->report;
    p->report.options = &p->options;
    p->report.repair = p->repair;
    noi_repair_count_all(&p->report);
    return NOI_OK;
}

static bool is_found(const noi_defects *defects, const char *rule) {
    for (size_t i = 0; i < defects->n; i++)
        if (strcmp(noi_defect_rule(defects->items[i].kind), rule) == 0)
            return true;
    return false;
}

static noi_status propose(bool *any, work *w, const options *o) {
    NOI_AUTO(noi_defects_freep) noi_defects *defects = NULL;
    NOI_AUTO(proposals_clear) proposals all = {0};
    NOI_TRY(noi_coverage_check(&defects, w->layer->coverage, &o->repair.check));
    for (size_t i = 0; noi_repair_rule(i); i++) {
        if (!is_found(defects, noi_repair_rule(i)))
            continue;
        NOI_TRY(propose_rule(&all.item[i], w, o, i));
        all.shown[i] = &all.item[i].report;
        *any = true;
    }
    if (o->json)
        cli_propose_json(all.shown, &w->report);
    else
        cli_propose_show(all.shown, &w->report, o->path);
    return NOI_OK;
}

/* ---- the repair ---- */

static noi_status take_record(void *context, noi_record_kind kind, noi_str key, noi_code from,
                              noi_code to, double lon, double lat) {
    work *w = context;
    NOI_GROW(w->records, w->cap_records, w->n_records + 1);
    w->records[w->n_records++] =
        (noi_repair_record){kind, noi_arena_strndup(w->arena, key.p, key.n), from, to, lon, lat};
    return NOI_OK;
}

static noi_status judge_records(work *w, const options *o) {
    if (!o->registry)
        return NOI_OK;
    NOI_TRY(noi_registry_open(&w->registry, o->registry, NOI_OPEN_READ));
    NOI_TRY(noi_impact_judge(&w->impact, w->registry, w->layer, &w->mended, take_record, w));
    w->report.registry = o->registry;
    w->report.impact = w->impact;
    w->report.records = w->records;
    w->report.n_records = w->n_records;
    return NOI_OK;
}

static noi_status read_layer(work *w, options *o) {
    noi_layer_options as_it_stands = o->reading;
    as_it_stands.as_it_stands = true;
    NOI_TRY(noi_layer_file_read(&w->layer, o->path, &o->reading));
    NOI_TRY(noi_layer_file_read(&w->stated, o->path, &as_it_stands));
    NOI_TRY(noi_digest_file(w->report.hash, o->path));
    w->arena = noi_arena_new();
    w->report.path = o->path;
    w->report.layer = w->layer;
    w->report.stated = w->stated;
    w->report.thresholds = o->thresholds;
    w->report.options = &o->repair;
    return read_choices(o, w->layer);
}

static noi_status mend(work *w, const options *o) {
    const char *out = o->dry_run ? NULL : o->out, *table = o->dry_run ? NULL : o->table;
    NOI_TRY(noi_coverage_repair(&w->repair, w->layer->coverage, &o->repair));
    w->report.repair = w->repair;
    w->mended = *w->layer;
    w->mended.coverage = w->repair->coverage;
    NOI_TRY(noi_gpkg_find_losses(&w->losses, o->path, w->layer->name));
    w->report.losses = &w->losses;
    noi_repair_count_all(&w->report);
    NOI_TRY(judge_records(w, o));
    if (out)
        NOI_TRY(noi_repair_write(&w->report, out));
    if (table)
        NOI_TRY(noi_repair_write_table(&w->report, table));
    NOI_TRY(out ? cli_repair_examine_file(&w->result, &w->report, out, &o->reading)
                : cli_repair_examine_layer(&w->result, &w->report, &w->mended));
    cli_repair_take_left(&w->report, &w->result);
    if (o->json)
        cli_repair_json(&w->report, &w->result.check, out);
    else
        cli_repair_show(&w->report, &w->result.check, out, table);
    return NOI_OK;
}

int cli_run_repair(int argc, char **argv) {
    NOI_AUTO(options_clear) options o = {.thresholds = NOI_BOUNDARY_DEFAULTS};
    NOI_AUTO(work_clear) work w = {0};
    bool help = false, any = false;
    noi_status status = parse(&o, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = read_layer(&w, &o);
    if (status == NOI_OK)
        status = o.n_accepted ? mend(&w, &o) : propose(&any, &w, &o);
    if (status != NOI_OK)
        return cli_fail(status);
    return any || w.report.stays ? 1 : 0;
}
