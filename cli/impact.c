/* impact.c: `noi impact`: who would move if another drawing of a boundary layer were adopted? */
#include "cli/cli.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/account.h"
#include "cli/outputs.h"
#include "importers/layer_file.h"
#include "report/check.h"
#include "report/format.h"
#include "report/impact.h"

#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define USUAL_NOISE_M 1.0
#define MOST_NOISE_M  1000.0
#define MOST_LINES    20 /* of a list for people; the rest is counted */

typedef struct options {
    const char *before, *after, *registry, *report, *records;
    const char *layer_before, *layer_after, *crs_before, *crs_after, *noise;
    double noise_m;
    bool json;
} options;

/* ---- options --------------------------------------------------------------------------------- */

static noi_status read_noise(options *o) {
    o->noise_m = USUAL_NOISE_M;
    if (!o->noise)
        return NOI_OK;
    char *end;
    o->noise_m = strtod(o->noise, &end);
    bool is_number = end > o->noise && *end == '\0' &&
                     strspn(o->noise, "0123456789.") == strlen(o->noise);
    if (is_number && o->noise_m <= MOST_NOISE_M)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("%s takes a number of metres, not '%s'"),
                                 "--noise", o->noise);
    noi_hint(_("pieces that are narrower on the mean are digitising noise; %.10g when not given"),
             USUAL_NOISE_M);
    return status;
}

static noi_status check_outputs(const options *o) {
    const cli_output outputs[] = {{"--report", o->report, true}, {"--records", o->records, false}};
    const char *const inputs[] = {o->before, o->after, o->registry};
    return cli_check_outputs(outputs, 2, inputs, 3);
}

static noi_status parse(options *o, bool *help, int argc, char **argv) {
    const cli_option all[] = {
        {.name = "--registry", .value = &o->registry},
        {.name = "--report", .value = &o->report},
        {.name = "--records", .value = &o->records},
        {.name = "--noise", .value = &o->noise},
        {.name = "--layer-old", .value = &o->layer_before},
        {.name = "--layer-new", .value = &o->layer_after},
        {.name = "--crs-old", .value = &o->crs_before},
        {.name = "--crs-new", .value = &o->crs_after},
        {.name = "--json", .flag = &o->json},
    };
    cli_operands operands;
    NOI_TRY(cli_parse(&operands, help, "impact", argc, argv, all, sizeof all / sizeof *all));
    if (*help)
        return NOI_OK;
    NOI_TRY(cli_want_operands("impact", &operands, 2, 2));
    o->before = operands.items[0];
    o->after = operands.items[1];
    if (!o->registry) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi impact needs a registry"));
        noi_hint(_("it holds the records that may move: noi impact %s %s --registry REGISTRY"),
                 o->before, o->after);
        return status;
    }
    NOI_TRY(read_noise(o));
    return check_outputs(o);
}

/* ---- the records as a file ------------------------------------------------------------------- */

static const char *const KIND_KEYS[NOI_RECORD_KINDS] = {"total", "address", "household", "parcel",
                                                        "case"};

static void add_degrees(noi_buf *out, double degrees) {
    noi_buf_add_char(out, ',');
    if (isfinite(degrees))
        noi_buf_printf(out, "%.7f", degrees);
}

static noi_status write_record(void *context, noi_record_kind kind, noi_str key, noi_code from,
                               noi_code to, double lon, double lat) {
    NOI_AUTO_BUF noi_buf row = {0};
    char a[16], b[16];
    noi_buf_printf(&row, "%s,", KIND_KEYS[kind]);
    noi_csv_add_field(&row, key);
    noi_buf_printf(&row, ",%s,%s", noi_impact_outcome_key(a, from), noi_impact_outcome_key(b, to));
    add_degrees(&row, lon);
    add_degrees(&row, lat);
    noi_buf_add_char(&row, '\n');
    return noi_out_write(context, row.p, row.n);
}

/* ---- the way --------------------------------------------------------------------------------- */

static noi_status read_side(noi_impact_side *out, noi_layer **layer, const char *path,
                            const char *name, const char *crs, const char *crs_option) {
    const noi_layer_options reading = {.layer_name = name, .crs = crs, .crs_option = crs_option};
    NOI_TRY(noi_layer_file_read(layer, path, &reading));
    NOI_TRY(noi_digest_file(out->hash, path));
    out->path = path;
    out->layer = *layer;
    return NOI_OK;
}

typedef struct work {
    noi_registry *registry;
    noi_layer *before, *after;
    noi_out *records;
    noi_impact_story story;
} work;

static void work_clear(work *w) {
    noi_impact_story_clear(&w->story);
    noi_out_close(w->records);
    noi_layer_free(w->before);
    noi_layer_free(w->after);
    noi_registry_close(w->registry);
}

static noi_status compare(work *w, const options *o) {
    noi_impact_story *s = &w->story;
    s->registry = o->registry;
    s->noise_m = o->noise_m;
    NOI_TRY(noi_registry_open(&w->registry, o->registry, NOI_OPEN_READ));
    NOI_TRY(read_side(&s->before, &w->before, o->before, o->layer_before, o->crs_before,
                      "--crs-old"));
    NOI_TRY(read_side(&s->after, &w->after, o->after, o->layer_after, o->crs_after, "--crs-new"));
    if (o->records) {
        NOI_TRY(noi_out_open_private(&w->records, o->records));
        NOI_TRY(noi_out_printf(w->records, "kind,key,from,to,lon,lat\n"));
    }
    NOI_TRY(noi_impact_tell(s, w->registry, w->records ? write_record : NULL, w->records));
    if (o->report)
        NOI_TRY(noi_impact_write_report(s, o->report));
    return w->records ? noi_out_commit(w->records) : NOI_OK;
}

/* ---- for people ------------------------------------------------------------------------------ */

static void show_more(size_t shown, size_t n) {
    if (shown < n)
        printf(_("  and %zu more, see --json or --report\n"), n - shown);
}

static void show_length(const noi_moved *m) {
    char length[32], mean[32], far[32];
    if (m->is_whole) {
        printf(_("; the unit is drawn in one of the two only\n"));
        return;
    }
    if (m->length_m <= 0) {
        printf(_("; the two had no border there\n"));
        return;
    }
    printf(_(" along %s m of border, %s m on the mean, %s m at the farthest place\n"),
           noi_number(length, llround(m->length_m)),
           noi_decimal(mean, m->mean_m, m->mean_m < 100 ? 1 : 0),
           noi_decimal(far, m->farthest_m, m->farthest_m < 100 ? 1 : 0));
}

static void show_moved(const noi_impact_story *s, const noi_impact_pair *pair) {
    for (int i = 0; i < 2; i++) {
        const noi_moved *m = pair->moved[i];
        if (!m)
            continue;
        NOI_AUTO_BUF noi_buf from = {0}, to = {0};
        char area[40];
        noi_impact_unit_text(&from, s, m->from);
        noi_impact_unit_text(&to, s, m->to);
        printf("  %s → %s: %s", from.p, to.p, noi_check_area_text(area, m->area_m2));
        show_length(m);
    }
}

static void show_borders(const noi_impact_story *s) {
    size_t shown = 0, n = 0;
    if (s->moved->n)
        printf("%s\n", noi_impact_is_new_side(s)
                           ? _("Area that changes hands, the borders with most records first:")
                           : _("Area that changes hands, the largest first:"));
    for (size_t i = 0; i < s->n_pairs; i++) {
        if (!s->pairs[i].moved[0] && !s->pairs[i].moved[1])
            continue;
        if (n++ >= MOST_LINES)
            continue;
        show_moved(s, &s->pairs[i]);
        shown++;
    }
    show_more(shown, n);
}

static void show_row(const noi_impact_story *s, const noi_impact_row *row) {
    static const char *const words[NOI_RECORD_KINDS] = {"", N_("addresses"), N_("households"),
                                                        N_("parcels"), N_("cases")};
    NOI_AUTO_BUF noi_buf from = {0}, to = {0};
    char n[32];
    noi_impact_outcome_text(&from, s, row->from);
    noi_impact_outcome_text(&to, s, row->to);
    printf("  %s → %s: %s (", from.p, to.p, noi_number(n, row->records[0]));
    bool first = true;
    for (int kind = 1; kind < NOI_RECORD_KINDS; kind++) {
        if (!row->records[kind])
            continue;
        printf("%s%s %s", first ? "" : ", ", _(words[kind]), noi_number(n, row->records[kind]));
        first = false;
    }
    printf(")\n");
}

static void show_records(const noi_impact_story *s) {
    const noi_impact *impact = s->impact;
    if (impact->n_rows)
        printf(_("Records that change, by unit:\n"));
    for (size_t i = 0; i < impact->n_rows && i < MOST_LINES; i++)
        show_row(s, &impact->rows[i]);
    show_more(impact->n_rows < MOST_LINES ? impact->n_rows : MOST_LINES, impact->n_rows);
    char n[32];
    if (!impact->near[0])
        return;
    printf(_("Records that are asked both times, but between other units: %s"),
           noi_number(n, impact->near[0]));
    putchar('\n');
}

static void show_unknown(const noi_impact_story *s) {
    const uint32_t unknown[2] = {s->impact->unknown_before, s->impact->unknown_after};
    const char *const paths[2] = {s->before.path, s->after.path};
    char day[12];
    for (int i = 0; i < 2; i++) {
        if (!unknown[i])
            continue;
        printf(_("%s: areas whose code was not in force on %s: %u"), paths[i],
               noi_day_format(day, s->impact->day), unknown[i]);
        putchar('\n');
    }
}

static void show(const noi_impact_story *s, const options *o) {
    NOI_AUTO_BUF noi_buf summary = {0};
    char day[12];
    noi_impact_summary(&summary, s);
    printf(_("%s instead of %s, units of %s"), o->after, o->before,
           noi_day_format(day, s->impact->day));
    printf("\n%s\n", summary.p);
    NOI_AUTO_BUF noi_buf more = {0};
    noi_impact_shift_text(&more, s);
    if (more.n)
        printf("%s\n", more.p);
    show_unknown(s);
    show_borders(s);
    if (s->n_pairs) {
        noi_buf_clear(&more);
        noi_impact_area_text(&more, s);
        printf("%s\n", more.p);
    }
    show_records(s);
    if (o->records)
        printf(_("Records that change: %s\n"), o->records);
    if (o->report)
        printf(_("The report: %s/index.html\n"), o->report);
}

/* ---- for machines ---------------------------------------------------------------------------- */

static void add_text(json_object *to, const char *key, const char *value) {
    json_object_object_add(to, key, json_object_new_string(value));
}

/* NULL for NaN; metres need no more than centimetres, degrees no more than 1e-7. */
static void add_real(json_object *to, const char *key, double value, const char *format) {
    char text[64];
    snprintf(text, sizeof text, format, value);
    json_object_object_add(to, key,
                           isfinite(value) ? json_object_new_double_s(value, text) : NULL);
}

static json_object *side_json(const noi_impact_side *side, uint32_t unknown) {
    json_object *out = json_object_new_object();
    add_text(out, "file", side->path);
    add_text(out, "sha256", side->hash);
    add_text(out, "layer", side->layer->name);
    add_text(out, "crs", side->layer->crs);
    json_object_object_add(out, "units", json_object_new_int64(side->layer->coverage->n_units));
    json_object_object_add(out, "unknown_codes", json_object_new_int64(unknown));
    return out;
}

static json_object *counts_json(const int64_t counts[NOI_RECORD_KINDS]) {
    json_object *out = json_object_new_object();
    for (int kind = 1; kind <= NOI_RECORD_KINDS; kind++)
        json_object_object_add(out, KIND_KEYS[kind % NOI_RECORD_KINDS],
                               json_object_new_int64(counts[kind % NOI_RECORD_KINDS]));
    return out;
}

static json_object *code_json(noi_code code) {
    char digits[8];
    return code ? json_object_new_string(noi_code_format(digits, code)) : NULL;
}

static json_object *moved_json(const noi_moved *m) {
    json_object *out = json_object_new_object();
    json_object_object_add(out, "from", code_json(m->from));
    json_object_object_add(out, "to", code_json(m->to));
    json_object_object_add(out, "pieces", json_object_new_int64(m->n_pieces));
    json_object_object_add(out, "whole_unit", json_object_new_boolean(m->is_whole));
    add_real(out, "area_m2", m->area_m2, "%.2f");
    add_real(out, "length_m", m->length_m, "%.2f");
    add_real(out, "mean_m", m->mean_m, "%.2f");
    add_real(out, "farthest_m", m->farthest_m, "%.2f");
    add_real(out, "lon", m->lon, "%.7f");
    add_real(out, "lat", m->lat, "%.7f");
    return out;
}

/* A pair of neighbours; records speak of the same units on the new side alone. */
static json_object *pair_json(const noi_impact_story *s, const noi_impact_pair *pair) {
    json_object *out = json_object_new_object(), *moved = json_object_new_array();
    json_object_object_add(out, "a", code_json(pair->a));
    json_object_object_add(out, "b", code_json(pair->b));
    add_real(out, "area_m2", pair->area_m2, "%.2f");
    add_real(out, "farthest_m", pair->farthest_m, "%.2f");
    for (int i = 0; i < 2; i++)
        if (pair->moved[i])
            json_object_array_add(moved, moved_json(pair->moved[i]));
    json_object_object_add(out, "moved", moved);
    if (!noi_impact_is_new_side(s))
        return out;
    json_object_object_add(out, "a_to_b", counts_json(pair->records[0]));
    json_object_object_add(out, "b_to_a", counts_json(pair->records[1]));
    json_object_object_add(out, "asked", json_object_new_int64(pair->asked));
    json_object_object_add(out, "settled", json_object_new_int64(pair->settled));
    return out;
}

static json_object *row_json(const noi_impact_row *row) {
    json_object *out = json_object_new_object();
    char key[16];
    add_text(out, "from", noi_impact_outcome_key(key, row->from));
    add_text(out, "to", noi_impact_outcome_key(key, row->to));
    json_object_object_add(out, "records", counts_json(row->records));
    return out;
}

/* The shift of the whole drawing, null where there is none. */
static json_object *shift_json(const noi_impact_story *s) {
    if (!s->is_shifted)
        return NULL;
    json_object *out = json_object_new_object();
    add_real(out, "east_m", s->shift.east_m, "%.2f");
    add_real(out, "north_m", s->shift.north_m, "%.2f");
    add_real(out, "length_m", s->shift.length_m, "%.2f");
    json_object_object_add(out, "units_alike", json_object_new_int64(s->shift.n_alike));
    json_object_object_add(out, "units", json_object_new_int64(s->shift.n_units));
    return out;
}

static json_object *areas_json(const noi_impact_story *s) {
    json_object *out = json_object_new_object(), *units = json_object_new_array();
    add_real(out, "old_m2", s->area_before_m2, "%.2f");
    add_real(out, "new_m2", s->area_after_m2, "%.2f");
    add_real(out, "claims_begin_m2", s->moved->claims_begin_m2, "%.2f");
    add_real(out, "claims_end_m2", s->moved->claims_end_m2, "%.2f");
    json_object_object_add(out, "noise_pieces", json_object_new_int64(s->moved->n_noise));
    add_real(out, "noise_m2", s->moved->noise_m2, "%.2f");
    add_real(out, "noise_balance_m2", s->moved->noise_sum_m2, "%.2f");
    for (size_t i = 0; i < s->n_areas; i++) {
        const noi_impact_area *a = &s->areas[i];
        json_object *unit = json_object_new_object();
        json_object_object_add(unit, "code", code_json(a->code));
        add_real(unit, "old_m2", a->before_m2, "%.2f");
        add_real(unit, "new_m2", a->after_m2, "%.2f");
        add_real(unit, "gained_m2", a->gained_m2, "%.2f");
        add_real(unit, "lost_m2", a->lost_m2, "%.2f");
        add_real(unit, "rest_m2", a->rest_m2, "%.2f");
        json_object_array_add(units, unit);
    }
    json_object_object_add(out, "units", units);
    return out;
}

static json_object *queue_json(const noi_account *account) {
    json_object *out = json_object_new_object();
    json_object_object_add(out, "ambiguous", json_object_new_uint64(account->ambiguous[0]));
    json_object_object_add(out, "unplaced", json_object_new_uint64(account->unplaced[0]));
    json_object_object_add(out, "total", json_object_new_int64(noi_impact_queue(account, 0)));
    return out;
}

static void show_json(const noi_impact_story *s) {
    json_object *all = json_object_new_object(), *pairs = json_object_new_array();
    json_object *rows = json_object_new_array(), *queue = json_object_new_object();
    int64_t changes[NOI_RECORD_KINDS];
    char day[12];
    for (int kind = 0; kind < NOI_RECORD_KINDS; kind++)
        changes[kind] = noi_impact_changes(s, kind);
    for (size_t i = 0; i < s->n_pairs; i++)
        json_object_array_add(pairs, pair_json(s, &s->pairs[i]));
    for (size_t i = 0; i < s->impact->n_rows; i++)
        json_object_array_add(rows, row_json(&s->impact->rows[i]));
    json_object_object_add(all, "moves", json_object_new_boolean(!noi_impact_is_none(s)));
    add_text(all, "day", noi_day_format(day, s->impact->day));
    add_text(all, "registry", s->registry);
    json_object_object_add(all, "old", side_json(&s->before, s->impact->unknown_before));
    json_object_object_add(all, "new", side_json(&s->after, s->impact->unknown_after));
    add_real(all, "noise_m", s->noise_m, "%.10g");
    json_object_object_add(all, "shift", shift_json(s));
    json_object_object_add(all, "areas", areas_json(s));
    json_object_object_add(all, "pairs", pairs);
    json_object_object_add(all, "changes", counts_json(changes));
    json_object_object_add(all, "rows", rows);
    json_object_object_add(all, "asked_between_others", counts_json(s->impact->near));
    json_object_object_add(queue, "old", queue_json(&s->impact->before));
    json_object_object_add(queue, "new", queue_json(&s->impact->after));
    json_object_object_add(all, "queue", queue);
    json_object_object_add(all, "account_old", cli_account_json(&s->impact->before));
    json_object_object_add(all, "account_new", cli_account_json(&s->impact->after));
    printf("%s\n", json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    json_object_put(all);
}

int cli_run_impact(int argc, char **argv) {
    options o = {0};
    bool help = false;
    NOI_AUTO(work_clear) work w = {0};
    noi_status status = parse(&o, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = compare(&w, &o);
    if (status != NOI_OK)
        return cli_fail(status);
    if (o.json)
        show_json(&w.story);
    else
        show(&w.story, &o);
    return noi_impact_is_none(&w.story) ? 0 : 1;
}
