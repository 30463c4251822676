/*
 * check_defects.c: the GeoPackage of what was found in a layer, for QGIS: defects as areas, lines
 * and points, each with its style; the layer itself, quiet, so that one sees where one is; the
 * other side of the reform when the registry draws it; tables of the rules and of the check.
 */
#include "report/check.h"

#include "base/embed.h"
#include "base/file.h"
#include "base/i18n.h"
#include "exporters/gpkg.h"
#include "geo/measure.h"
#include "report/check_style.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A table that only such a file has: how an earlier one is known. */
#define OUR_TABLE "check"

typedef enum defect_layer { AS_AREA, AS_LINE, AS_POINT, WITHOUT_PLACE } defect_layer;

static const struct {
    const char *name, *style;
    noi_gpkg_shape shape;
} LAYERS[] = {
    [AS_AREA] = {"defects_areas", "report/assets/check_areas.qml", NOI_GPKG_MULTIPOLYGON},
    [AS_LINE] = {"defects_lines", "report/assets/check_lines.qml", NOI_GPKG_MULTILINE},
    [AS_POINT] = {"defects_points", "report/assets/check_points.qml", NOI_GPKG_MULTIPOINT},
    [WITHOUT_PLACE] = {"defects_without_place", NULL, NOI_GPKG_NO_SHAPE},
};

static const noi_gpkg_field DEFECT_FIELDS[] = {
    {"number", NOI_GPKG_INTEGER},     {"rule", NOI_GPKG_TEXT},
    {"severity", NOI_GPKG_TEXT},      {"title", NOI_GPKG_TEXT},
    {"key", NOI_GPKG_TEXT},           {"subject", NOI_GPKG_TEXT},
    {"units", NOI_GPKG_TEXT},         {"found", NOI_GPKG_TEXT},
    {"expected", NOI_GPKG_TEXT},      {"size", NOI_GPKG_TEXT},
    {"area_m2", NOI_GPKG_REAL},       {"width_m", NOI_GPKG_REAL},
    {"share", NOI_GPKG_REAL},         {"addresses", NOI_GPKG_INTEGER},
    {"households", NOI_GPKG_INTEGER}, {"parcels", NOI_GPKG_INTEGER},
    {"cases", NOI_GPKG_INTEGER},      {"lon", NOI_GPKG_REAL},
    {"lat", NOI_GPKG_REAL},           {"action", NOI_GPKG_TEXT},
};
#define N_DEFECT_FIELDS (sizeof DEFECT_FIELDS / sizeof *DEFECT_FIELDS)

/* ---- values ---- */

static noi_gpkg_value text(const char *value) {
    return (noi_gpkg_value){.text = noi_str_of(value)};
}

static noi_gpkg_value real(double value) {
    return (noi_gpkg_value){.is_null = !isfinite(value), .real = isfinite(value) ? value : 0};
}

static noi_gpkg_value count(int64_t value) {
    return (noi_gpkg_value){.is_null = value < 0, .integer = value};
}

static noi_gpkg_value size_or_null(double value) {
    return (noi_gpkg_value){.is_null = !(value > 0), .real = value};
}

/* ---- defects ---- */

/* 1 to 7 as in WKB (point, line, polygon, multi…, collection), 0 for none. */
static uint32_t shape_of(noi_str wkb) {
    uint32_t type = 0;
    if (wkb.n < 5)
        return 0;
    memcpy(&type, wkb.p + 1, 4);
    if (wkb.p[0] == 0)
        type = __builtin_bswap32(type);
    return type % 1000;
}

static defect_layer layer_of(const noi_check *check, const noi_layer_finding *f) {
    static const defect_layer by_shape[7] = {AS_POINT, AS_POINT, AS_LINE, AS_AREA,
                                             AS_POINT, AS_LINE,  AS_AREA};
    uint32_t shape = shape_of(f->wkb);
    double place[2];
    if (shape > 0 && shape < 7)
        return by_shape[shape];
    return noi_check_place(place, check, f) ? AS_POINT : WITHOUT_PLACE;
}

static void point_wkb(char out[21], const double at[2]) {
    static const unsigned char head[5] = {1, 1, 0, 0, 0}; /* little-endian point */
    memcpy(out, head, 5);
    memcpy(out + 5, at, 16);
}

static noi_status add_defect(noi_gpkg *gpkg, const noi_check *check, const noi_check_rule *r,
                             size_t at) {
    const noi_layer_finding *f = check->findings[at];
    NOI_AUTO_BUF noi_buf units = {0};
    char point[21], size[40] = "";
    double place[2] = {NAN, NAN};
    bool has_place = noi_check_place(place, check, f);
    noi_check_units(&units, check, f);
    if (f->area_m2 > 0)
        noi_check_area_text(size, f->area_m2);
    const noi_gpkg_value values[N_DEFECT_FIELDS] = {
        {.integer = (int64_t)check->number[at]},
        text(r->rule->id),
        text(noi_severity_key(r->rule->severity)),
        text(_(r->rule->title)),
        text(f->key),
        text(f->subject),
        {.text = noi_buf_view(&units)},
        text(f->found),
        text(f->expected),
        text(size),
        size_or_null(f->area_m2),
        size_or_null(f->width_m),
        real(f->share),
        count(f->records.addresses),
        count(f->records.households),
        count(f->records.parcels),
        count(f->records.cases),
        real(place[0]),
        real(place[1]),
        text(_(r->rule->action)),
    };
    uint32_t shape = shape_of(f->wkb);
    if (shape > 0 && shape < 7)
        return noi_gpkg_feature(gpkg, f->wkb, values);
    point_wkb(point, place);
    return noi_gpkg_feature(gpkg, has_place ? (noi_str){point, sizeof point} : (noi_str){0},
                            values);
}

static noi_status add_defects(noi_gpkg *gpkg, const noi_check *check, const defect_layer *layers,
                              defect_layer layer) {
    size_t counts[NOI_CHECK_MAX_RULES] = {0};
    bool begun = false;
    for (size_t r = 0; r < check->n_rules; r++)
        for (size_t i = 0; i < check->rules[r].n; i++) {
            size_t at = check->rules[r].first + i;
            if (layers[at] != layer)
                continue;
            if (!begun)
                NOI_TRY(noi_gpkg_layer(gpkg, LAYERS[layer].name, LAYERS[layer].shape, NULL,
                                       DEFECT_FIELDS, N_DEFECT_FIELDS));
            begun = true;
            counts[r]++;
            NOI_TRY(add_defect(gpkg, check, &check->rules[r], at));
        }
    if (!begun || !LAYERS[layer].style)
        return NOI_OK;
    NOI_AUTO_BUF noi_buf style = {0};
    noi_check_style(&style, check, counts, LAYERS[layer].style);
    return noi_gpkg_style(gpkg, LAYERS[layer].name, noi_buf_view(&style));
}

/* ---- the layer itself, and the other side ---- */

static noi_status add_feature(noi_gpkg *gpkg, const noi_check *check, uint32_t u,
                              int64_t n_findings) {
    const noi_layer_feature *f = &check->layer->features[u];
    NOI_AUTO_BUF noi_buf wkb = {0};
    double area = f->has_shape ? noi_unit_area_m2(check->layer->coverage, u) / 1e6 : NAN;
    const noi_gpkg_value values[] = {
        {.integer = f->line}, text(f->code), text(f->kind),
        text(f->name),        real(area),    {.integer = n_findings},
    };
    noi_coverage_wkb(&wkb, check->layer->coverage, u);
    return noi_gpkg_feature(gpkg, f->has_shape ? noi_buf_view(&wkb) : (noi_str){0}, values);
}

static noi_status add_layer(noi_gpkg *gpkg, const noi_check *check) {
    static const noi_gpkg_field fields[] = {
        {"feature", NOI_GPKG_INTEGER}, {"code", NOI_GPKG_TEXT},     {"kind", NOI_GPKG_TEXT},
        {"name", NOI_GPKG_TEXT},       {"area_km2", NOI_GPKG_REAL}, {"findings", NOI_GPKG_INTEGER},
    };
    uint32_t n = check->layer->coverage->n_units;
    NOI_AUTO_FREE int64_t *findings = noi_alloc_zero(n, sizeof *findings);
    for (size_t i = 0; i < check->n_findings; i++) {
        uint32_t a = check->findings[i]->area_a, b = check->findings[i]->area_b;
        if (a < n)
            findings[a]++;
        if (b < n)
            findings[b]++;
    }
    NOI_TRY(noi_gpkg_layer(gpkg, "layer", NOI_GPKG_MULTIPOLYGON, NULL, fields,
                           sizeof fields / sizeof *fields));
    NOI_TRY(noi_gpkg_style(gpkg, "layer", noi_embed("report/assets/check_layer.qml")));
    for (uint32_t u = 0; u < n; u++)
        NOI_TRY(add_feature(gpkg, check, u, findings[u]));
    return NOI_OK;
}

static const noi_unit_row *other_unit(const noi_boundary_law *law, uint32_t area) {
    int64_t id = law->other_unit_ids[area];
    for (size_t i = 0; law->other && id && i < law->other->n; i++)
        if (law->other->items[i].id == id)
            return &law->other->items[i];
    return NULL;
}

static noi_status add_other_side(noi_gpkg *gpkg, const noi_boundary_law *law) {
    static const noi_gpkg_field fields[] = {
        {"code", NOI_GPKG_TEXT}, {"kind", NOI_GPKG_TEXT}, {"name", NOI_GPKG_TEXT}};
    if (!law || !law->other_coverage)
        return NOI_OK;
    const char *name = law->layer_is_new ? "old_units" : "new_units";
    NOI_TRY(noi_gpkg_layer(gpkg, name, NOI_GPKG_MULTIPOLYGON, NULL, fields, 3));
    NOI_TRY(noi_gpkg_style(gpkg, name, noi_embed("report/assets/check_other.qml")));
    for (uint32_t u = 0; u < law->other_coverage->n_units; u++) {
        const noi_unit_row *unit = other_unit(law, u);
        char code[8];
        const noi_gpkg_value values[3] = {
            text(noi_code_format(code, law->other_coverage->unit_code[u])),
            text(unit ? unit->kind : ""),
            text(unit ? unit->name : ""),
        };
        NOI_AUTO_BUF noi_buf wkb = {0};
        noi_coverage_wkb(&wkb, law->other_coverage, u);
        NOI_TRY(noi_gpkg_feature(gpkg, noi_buf_view(&wkb), values));
    }
    return NOI_OK;
}

/* ---- tables ---- */

static noi_status add_rules(noi_gpkg *gpkg, const noi_check *check) {
    static const noi_gpkg_field fields[] = {
        {"rule", NOI_GPKG_TEXT},        {"severity", NOI_GPKG_TEXT},    {"title", NOI_GPKG_TEXT},
        {"findings", NOI_GPKG_INTEGER}, {"explanation", NOI_GPKG_TEXT}, {"action", NOI_GPKG_TEXT},
    };
    size_t n;
    const noi_rule *const *rules = noi_rules(&n);
    NOI_TRY(noi_gpkg_layer(gpkg, "rules", NOI_GPKG_NO_SHAPE, NULL, fields,
                           sizeof fields / sizeof *fields));
    for (size_t i = 0; i < n; i++) {
        int64_t found = 0;
        if (rules[i]->id[0] != 'L')
            continue;
        for (size_t r = 0; r < check->n_rules; r++)
            if (check->rules[r].rule == rules[i])
                found = (int64_t)check->rules[r].n;
        const noi_gpkg_value values[] = {
            text(rules[i]->id),
            text(noi_severity_key(rules[i]->severity)),
            text(_(rules[i]->title)),
            {.integer = found},
            text(_(rules[i]->explanation)),
            text(_(rules[i]->action)),
        };
        NOI_TRY(noi_gpkg_feature(gpkg, (noi_str){0}, values));
    }
    return NOI_OK;
}

static noi_status add_fact(noi_gpkg *gpkg, const char *key, const char *value,
                           const char *meaning) {
    const noi_gpkg_value values[3] = {text(key), text(value), text(meaning)};
    return noi_gpkg_feature(gpkg, (noi_str){0}, values);
}

static noi_status add_thresholds(noi_gpkg *gpkg, const noi_check *check) {
    size_t n;
    const noi_check_threshold *t = noi_check_thresholds(&n);
    for (size_t i = 0; i < n; i++) {
        char value[32];
        if (t[i].of_law && !check->law)
            continue;
        snprintf(value, sizeof value, "%.10g", noi_check_threshold_get(&check->options, &t[i]));
        NOI_TRY(add_fact(gpkg, t[i].key, value, _(t[i].meaning)));
    }
    return NOI_OK;
}

/* What was checked, how, and the decision: rows that a later reader can compare. No clock. */
static noi_status add_check(noi_gpkg *gpkg, const noi_check *check) {
    static const noi_gpkg_field fields[] = {
        {"key", NOI_GPKG_TEXT}, {"value", NOI_GPKG_TEXT}, {"meaning", NOI_GPKG_TEXT}};
    char accuracy[32] = "", day[12] = "";
    if (isfinite(check->layer->accuracy_m))
        snprintf(accuracy, sizeof accuracy, "%.10g", check->layer->accuracy_m);
    NOI_TRY(noi_gpkg_layer(gpkg, OUR_TABLE, NOI_GPKG_NO_SHAPE, NULL, fields, 3));
    NOI_TRY(add_fact(gpkg, "decision", check->passes ? "pass" : "fail",
                     _("pass: no finding is a warning or an error")));
    NOI_TRY(add_fact(gpkg, "program", "noi " NOI_VERSION, ""));
    NOI_TRY(add_fact(gpkg, "file", noi_path_base(check->path), ""));
    for (size_t i = 0; i < check->n_files; i++) {
        NOI_AUTO_FREE char *key = noi_format("sha256 %s", check->files[i].name);
        NOI_TRY(add_fact(gpkg, i ? key : "sha256", check->files[i].hash,
                         _("of the file that was checked")));
    }
    NOI_TRY(add_fact(gpkg, "layer", check->layer->name, ""));
    NOI_TRY(add_fact(gpkg, "crs", check->layer->crs, _("system of the coordinates in the file")));
    NOI_TRY(add_fact(gpkg, "operation", check->layer->transform, _("from there to EPSG:4326")));
    NOI_TRY(add_fact(gpkg, "accuracy_m", accuracy, _("of that operation, as stated")));
    if (check->law)
        NOI_TRY(add_fact(gpkg, "day", noi_day_format(day, check->law->day),
                         _("day whose units the layer was held against")));
    return add_thresholds(gpkg, check);
}

static noi_status write_all(noi_gpkg *gpkg, const noi_check *check) {
    NOI_AUTO_FREE defect_layer *layers = noi_alloc(check->n_findings * sizeof *layers);
    for (size_t i = 0; i < check->n_findings; i++)
        layers[i] = layer_of(check, check->findings[i]);
    NOI_TRY(add_layer(gpkg, check));
    NOI_TRY(add_other_side(gpkg, check->law));
    for (int layer = AS_AREA; layer <= WITHOUT_PLACE; layer++)
        NOI_TRY(add_defects(gpkg, check, layers, (defect_layer)layer));
    NOI_TRY(add_rules(gpkg, check));
    return add_check(gpkg, check);
}

noi_status noi_check_write_defects(const noi_check *check, const char *path) {
    NOI_AUTO(noi_gpkg_closep) noi_gpkg *gpkg = NULL;
    NOI_TRY(noi_gpkg_may_replace(path, OUR_TABLE));
    NOI_TRY(noi_gpkg_create(&gpkg, path));
    NOI_TRY(write_all(gpkg, check));
    return noi_gpkg_commit(gpkg);
}
