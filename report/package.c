/*
 * package.c: findings.gpkg, for QGIS: findings as areas, as points and without a place, the rules,
 * and the new units with their numbers, each layer of shapes with its style.
 */
#include "report/page.h"

#include "base/embed.h"
#include "exporters/gpkg.h"
#include "merge/rules/rules.h"

#include <string.h>

static const noi_gpkg_field FINDING_FIELDS[] = {
    {"rule", NOI_GPKG_TEXT},         {"severity", NOI_GPKG_TEXT}, {"title", NOI_GPKG_TEXT},
    {"subject_kind", NOI_GPKG_TEXT}, {"subject", NOI_GPKG_TEXT},  {"unit", NOI_GPKG_TEXT},
    {"other_unit", NOI_GPKG_TEXT},   {"found", NOI_GPKG_TEXT},    {"expected", NOI_GPKG_TEXT},
};
#define N_FINDING_FIELDS (sizeof FINDING_FIELDS / sizeof *FINDING_FIELDS)

typedef enum finding_layer { AS_AREA, AS_POINT, WITHOUT_PLACE } finding_layer;

static const struct {
    const char *name, *style;
    noi_gpkg_shape shape;
} LAYERS[] = {
    {"findings_areas", "report/assets/findings_areas.qml", NOI_GPKG_ANY_SHAPE},
    {"findings_points", "report/assets/findings_points.qml", NOI_GPKG_POINT},
    {"findings_without_place", NULL, NOI_GPKG_NO_SHAPE},
};

/* Columns of report/findings: 0 rule, 1 severity, 2 kind, 3 key, 4 unit, 5 other unit, 6 found,
 * 7 expected, 8 lon, 9 lat, 10 WKB. */
static noi_gpkg_value text_value(noi_str text) {
    return (noi_gpkg_value){.is_null = text.p == NULL, .text = text};
}

static void point_wkb(char out[21], double lon, double lat) {
    static const unsigned char head[5] = {1, 1, 0, 0, 0}; /* little-endian point */
    memcpy(out, head, 5);
    memcpy(out + 5, &lon, 8);
    memcpy(out + 13, &lat, 8);
}

static noi_status add_finding(noi_gpkg *gpkg, noi_stmt *f, finding_layer layer) {
    char id[8] = "", point[21];
    noi_str rule_id = noi_column_text(f, 0);
    if (rule_id.n < sizeof id)
        memcpy(id, rule_id.p, rule_id.n);
    const noi_rule *rule = noi_rule_by_id(id);
    noi_gpkg_value v[N_FINDING_FIELDS] = {
        text_value(rule_id),
        text_value(noi_str_of(noi_severity_key((noi_severity)noi_column_int(f, 1)))),
        text_value(noi_str_of(rule ? _(rule->title) : "")),
    };
    for (int i = 2; i < 8; i++)
        v[i + 1] = text_value(noi_column_text(f, i));
    if (layer == AS_AREA)
        return noi_gpkg_feature(gpkg, noi_column_blob(f, 10), v);
    if (layer == WITHOUT_PLACE)
        return noi_gpkg_feature(gpkg, (noi_str){0}, v);
    point_wkb(point, noi_column_real(f, 8), noi_column_real(f, 9));
    return noi_gpkg_feature(gpkg, (noi_str){point, sizeof point}, v);
}

static noi_status add_findings(noi_gpkg *gpkg, noi_registry *registry, finding_layer layer) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_gpkg_layer(gpkg, LAYERS[layer].name, LAYERS[layer].shape, NULL, FINDING_FIELDS,
                           N_FINDING_FIELDS));
    if (LAYERS[layer].style)
        NOI_TRY(noi_gpkg_style(gpkg, LAYERS[layer].name, noi_embed(LAYERS[layer].style)));
    NOI_TRY(noi_prepare(&stmt, registry, "report/findings"));
    noi_bind_int(stmt, 1, layer);
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return NOI_OK;
        NOI_TRY(add_finding(gpkg, stmt, layer));
    }
}

/* What the rules mean and what to do, once a rule: findings name it by its id. */
static noi_status add_rules(noi_gpkg *gpkg) {
    static const noi_gpkg_field fields[] = {
        {"rule", NOI_GPKG_TEXT},        {"severity", NOI_GPKG_TEXT}, {"title", NOI_GPKG_TEXT},
        {"explanation", NOI_GPKG_TEXT}, {"action", NOI_GPKG_TEXT},
    };
    size_t n;
    const noi_rule *const *rules = noi_rules(&n);
    NOI_TRY(noi_gpkg_layer(gpkg, "rules", NOI_GPKG_NO_SHAPE, NULL, fields,
                           sizeof fields / sizeof *fields));
    for (size_t i = 0; i < n; i++) {
        const noi_gpkg_value values[] = {
            text_value(noi_str_of(rules[i]->id)),
            text_value(noi_str_of(noi_severity_key(rules[i]->severity))),
            text_value(noi_str_of(_(rules[i]->title))),
            text_value(noi_str_of(_(rules[i]->explanation))),
            text_value(noi_str_of(_(rules[i]->action))),
        };
        NOI_TRY(noi_gpkg_feature(gpkg, (noi_str){0}, values));
    }
    return NOI_OK;
}

static noi_status add_unit(noi_gpkg *gpkg, const noi_report *report, uint32_t u) {
    int64_t id = report->new_side.unit_ids[u];
    const noi_unit_row *unit = noi_report_unit(report, id);
    NOI_AUTO_BUF noi_buf wkb = {0};
    char code[8];
    if (!unit || (size_t)id >= report->tally->n_units)
        return NOI_OK;
    const noi_unit_count *c = &report->tally->units[id];
    int64_t all = c->assigned + c->waiting;
    const noi_gpkg_value values[] = {
        text_value(noi_str_of(noi_code_format(code, unit->code))),
        text_value(noi_str_of(unit->kind)),
        text_value(noi_str_of(unit->name)),
        {.integer = c->assigned},
        {.integer = c->waiting},
        {.is_null = all == 0, .real = all ? 100.0 * (double)c->waiting / (double)all : 0},
        {.integer = report->new_side.synthetic},
    };
    noi_coverage_wkb(&wkb, report->new_side.coverage, u);
    return noi_gpkg_feature(gpkg, noi_buf_view(&wkb), values);
}

static noi_status add_units(noi_gpkg *gpkg, const noi_report *report) {
    static const noi_gpkg_field fields[] = {
        {"code", NOI_GPKG_TEXT},         {"kind", NOI_GPKG_TEXT},
        {"name", NOI_GPKG_TEXT},         {"assigned", NOI_GPKG_INTEGER},
        {"waiting", NOI_GPKG_INTEGER},   {"waiting_percent", NOI_GPKG_REAL},
        {"synthetic", NOI_GPKG_INTEGER},
    };
    if (!report->new_side.found)
        return NOI_OK;
    NOI_TRY(noi_gpkg_layer(gpkg, "new_units", NOI_GPKG_MULTIPOLYGON, NULL, fields,
                           sizeof fields / sizeof *fields));
    NOI_TRY(noi_gpkg_style(gpkg, "new_units", noi_embed("report/assets/new_units.qml")));
    for (uint32_t u = 0; u < report->new_side.coverage->n_units; u++)
        NOI_TRY(add_unit(gpkg, report, u));
    return NOI_OK;
}

noi_status noi_report_gpkg(const noi_report *report) {
    NOI_AUTO_FREE char *path = noi_format("%s/findings.gpkg", report->folder);
    NOI_AUTO(noi_gpkg_closep) noi_gpkg *gpkg = NULL;
    NOI_TRY(noi_gpkg_create(&gpkg, path));
    NOI_TRY(add_findings(gpkg, report->registry, AS_POINT));
    NOI_TRY(add_findings(gpkg, report->registry, AS_AREA));
    NOI_TRY(add_findings(gpkg, report->registry, WITHOUT_PLACE));
    NOI_TRY(add_rules(gpkg));
    NOI_TRY(add_units(gpkg, report));
    return noi_gpkg_commit(gpkg);
}
