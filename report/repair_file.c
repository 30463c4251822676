/*
 * repair_file.c: the GeoPackage of a repair: the mended layer, and in tables noi_repair (land that
 * changed hands), noi_repair_vertices, noi_repair_units, noi_repair_records and noi_repair_run what
 * was done to it and by what. All in the system of the layer's file. Vertices that the file has go
 * out with its own numbers, so that a unit that was not touched is the same bit by bit; only new
 * vertices are transformed.
 */
#include "report/repair.h"

#include "base/embed.h"
#include "base/file.h"
#include "base/i18n.h"
#include "exporters/gpkg.h"
#include "geo/crs.h"
#include "geo/measure.h"
#include "report/check.h"
#include "report/impact.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A table that only such a file has: how an earlier one is known. */
#define OUR_TABLE "noi_repair_run"

/* A vertex of the layer, and as its file gives it. */
typedef struct known {
    double lon, lat, x, y;
} known;

typedef struct writer {
    const noi_repair_report *r;
    noi_gpkg *gpkg;
    char *definition; /* of the file's system, for OGR */
    bool swaps;       /* the file gives y first */
    noi_crs *crs;     /* NULL: EPSG:4326, nothing to do */
    known *places;    /* by lon, lat */
    size_t n_places;
    noi_buf wkb;
} writer;

static void writer_clear(writer *w) {
    noi_crs_close(w->crs);
    free(w->definition);
    free(w->places);
    noi_buf_free(&w->wkb);
}

/* ---- back to the system of the file ---- */

static int by_place(const void *p, const void *q) {
    const known *a = p, *b = q;
    if (a->lon != b->lon)
        return a->lon < b->lon ? -1 : 1;
    return (a->lat > b->lat) - (a->lat < b->lat);
}

static noi_status know_places(writer *w) {
    const noi_coverage *c = w->r->layer->coverage, *own = w->r->stated->coverage;
    if (c->n_vertices != own->n_vertices)
        return noi_fail(NOI_ERR_INPUT, _("%s has changed since it was read"), w->r->path);
    w->n_places = c->n_vertices;
    w->places = noi_alloc((w->n_places + 1) * sizeof *w->places);
    for (size_t v = 0; v < w->n_places; v++)
        w->places[v] = (known){c->xy[2 * v], c->xy[2 * v + 1], own->xy[2 * v + w->swaps],
                               own->xy[2 * v + !w->swaps]};
    qsort(w->places, w->n_places, sizeof *w->places, by_place);
    return NOI_OK;
}

/* The system as OGR takes it: "/yx" at its end is noi's own, and what is written has x first. */
static noi_status open_system(writer *w) {
    size_t n = strlen(w->r->stated->crs);
    w->swaps = noi_repair_turns_axes(w->r);
    w->definition = noi_strndup(w->r->stated->crs, w->swaps ? n - 3 : n);
    NOI_AUTO(noi_crs_closep) noi_crs *crs = NULL;
    NOI_TRY(noi_crs_open(&crs, w->definition));
    if (noi_crs_is_identity(crs) && !w->swaps)
        return NOI_OK;
    w->crs = crs;
    crs = NULL;
    return know_places(w);
}

static void own_place(const writer *w, double *at) {
    known key = {.lon = at[0], .lat = at[1]};
    const known *found = bsearch(&key, w->places, w->n_places, sizeof key, by_place);
    if (found) {
        at[0] = found->x;
        at[1] = found->y;
        return;
    }
    noi_crs_from_wgs84(w->crs, &at[0], &at[1], 1);
}

static uint32_t read_u32(const char *at) {
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

/* Places in a row, in place. */
static char *own_places(const writer *w, char *at, uint32_t n) {
    for (; n; n--, at += 2 * sizeof(double)) {
        double place[2];
        memcpy(place, at, sizeof place);
        own_place(w, place);
        memcpy(at, place, sizeof place);
    }
    return at;
}

/* A shape as this program writes it (little-endian, two dimensions), in place. */
static char *own_shape(const writer *w, char *at) {
    enum { POINT = 1, LINE = 2, POLYGON = 3 };
    uint32_t type = read_u32(at + 1), n;
    at += 5;
    if (type == POINT)
        return own_places(w, at, 1);
    n = read_u32(at);
    at += 4;
    if (type == LINE)
        return own_places(w, at, n);
    for (; n; n--)
        at = type == POLYGON ? own_places(w, at + 4, read_u32(at)) : own_shape(w, at);
    return at;
}

static noi_str in_own_system(writer *w) {
    if (w->crs && w->wkb.n)
        own_shape(w, w->wkb.p);
    return noi_buf_view(&w->wkb);
}

static noi_str unit_shape(writer *w, uint32_t unit) {
    const noi_coverage *c = w->r->repair->coverage;
    noi_buf_clear(&w->wkb);
    if (c->unit_polygon[unit] == c->unit_polygon[unit + 1])
        return (noi_str){0};
    noi_coverage_wkb(&w->wkb, c, unit);
    return in_own_system(w);
}

/* ---- values ---- */

static noi_gpkg_value text(const char *value) {
    return (noi_gpkg_value){.text = noi_str_of(value)};
}

static noi_gpkg_value real(double value) {
    return (noi_gpkg_value){.is_null = !isfinite(value), .real = isfinite(value) ? value : 0};
}

static const char *unit_code(const writer *w, uint32_t unit) {
    return unit == NOI_INDEX_NONE ? "" : w->r->layer->features[unit].code;
}

static const char *unit_name(const writer *w, uint32_t unit) {
    return unit == NOI_INDEX_NONE ? "" : w->r->layer->features[unit].name;
}

/* ---- the layer and what was done ---- */

static noi_str shape_of_feature(void *context, size_t n) {
    writer *w = context;
    return n < w->r->repair->coverage->n_units ? unit_shape(w, (uint32_t)n) : (noi_str){0};
}

static noi_status add_layer(writer *w) {
    const noi_layer *layer = w->r->layer;
    if (strncmp(layer->name, "noi_repair", strlen("noi_repair")) == 0)
        return noi_fail(NOI_ERR_INPUT, _("the layer is called %s, as a table about repairs is"),
                        layer->name);
    NOI_TRY(noi_gpkg_copy_layer(w->gpkg, w->r->path, layer->name, w->definition,
                                layer->coverage->n_units, shape_of_feature, w));
    return noi_gpkg_style(w->gpkg, "noi", noi_embed("report/assets/check_layer.qml"));
}

static bool moves_land(const noi_repair_step *step) {
    return step->area_m2 > 0;
}

static const char *owner_by(const noi_repair_step *s) {
    if (!moves_land(s))
        return "";
    if (strcmp(s->rule, "L16") == 0 || strcmp(s->rule, "L18") == 0)
        return "moved vertices";
    return s->was_named ? "named" : "longest border";
}

static noi_status add_steps(writer *w, bool land) {
    static const noi_gpkg_field fields[] = {
        {"step", NOI_GPKG_INTEGER},
        {"rule", NOI_GPKG_TEXT},
        {"gained", NOI_GPKG_TEXT},
        {"gained_name", NOI_GPKG_TEXT},
        {"lost", NOI_GPKG_TEXT},
        {"lost_name", NOI_GPKG_TEXT},
        {"area_m2", NOI_GPKG_REAL},
        {"owner_by", NOI_GPKG_TEXT},
        {"lon", NOI_GPKG_REAL},
        {"lat", NOI_GPKG_REAL},
        {"area_before_m2", NOI_GPKG_REAL},
        {"area_after_m2", NOI_GPKG_REAL},
    };
    const noi_repair *r = w->r->repair;
    NOI_TRY(noi_gpkg_layer(w->gpkg, land ? "noi_repair" : "noi_repair_vertices",
                           land ? NOI_GPKG_MULTIPOLYGON : NOI_GPKG_MULTIPOINT, w->definition,
                           fields, sizeof fields / sizeof *fields));
    for (size_t i = 0; i < w->r->repair->n_steps; i++) {
        const noi_repair_step *s = &w->r->repair->steps[i];
        if (moves_land(s) != land)
            continue;
        const noi_gpkg_value values[] = {
            {.integer = (int64_t)i + 1},
            text(s->rule),
            text(unit_code(w, s->gained)),
            text(unit_name(w, s->gained)),
            text(unit_code(w, s->lost)),
            text(unit_name(w, s->lost)),
            real(s->area_m2),
            text(owner_by(s)),
            real(s->lon),
            real(s->lat),
            real(s->of_ring ? r->area_before_m2[s->gained] : NAN),
            real(s->of_ring ? r->area_after_m2[s->gained] : NAN),
        };
        noi_buf_clear(&w->wkb);
        noi_buf_add(&w->wkb, s->wkb.p, s->wkb.n);
        NOI_TRY(noi_gpkg_feature(w->gpkg, s->wkb.n ? in_own_system(w) : (noi_str){0}, values));
    }
    return noi_gpkg_style(
        w->gpkg, "noi",
        noi_embed(land ? "report/assets/repair_land.qml" : "report/assets/repair_vertices.qml"));
}

static noi_status add_units(writer *w) {
    static const noi_gpkg_field fields[] = {
        {"code", NOI_GPKG_TEXT},
        {"name", NOI_GPKG_TEXT},
        {"area_before_m2", NOI_GPKG_REAL},
        {"area_after_m2", NOI_GPKG_REAL},
        {"difference_m2", NOI_GPKG_REAL},
        {"touched", NOI_GPKG_INTEGER},
        {"invalid_before", NOI_GPKG_INTEGER},
    };
    const noi_repair *r = w->r->repair;
    NOI_TRY(noi_gpkg_layer(w->gpkg, "noi_repair_units", NOI_GPKG_MULTIPOLYGON, w->definition,
                           fields, sizeof fields / sizeof *fields));
    for (uint32_t u = 0; u < r->coverage->n_units; u++) {
        bool touched = noi_repair_has_touched(w->r, u);
        const noi_gpkg_value values[] = {
            text(unit_code(w, u)),
            text(unit_name(w, u)),
            real(r->area_before_m2[u]),
            real(r->area_after_m2[u]),
            real(noi_repair_difference_m2(w->r, u)),
            {.integer = touched},
            {.integer = noi_repair_was_invalid(w->r, u)},
        };
        NOI_TRY(noi_gpkg_feature(w->gpkg, touched ? unit_shape(w, u) : (noi_str){0}, values));
    }
    return noi_gpkg_style(w->gpkg, "noi", noi_embed("report/assets/repair_units.qml"));
}

/* ---- records ---- */

static noi_status add_records(writer *w) {
    static const noi_gpkg_field fields[] = {{"kind", NOI_GPKG_TEXT},
                                            {"key", NOI_GPKG_TEXT},
                                            {"from_code", NOI_GPKG_TEXT},
                                            {"to_code", NOI_GPKG_TEXT}};
    if (!w->r->impact)
        return NOI_OK;
    NOI_TRY(noi_gpkg_layer(w->gpkg, "noi_repair_records", NOI_GPKG_MULTIPOINT, w->definition,
                           fields, sizeof fields / sizeof *fields));
    for (size_t i = 0; i < w->r->n_records; i++) {
        const noi_repair_record *one = &w->r->records[i];
        const uint32_t head[2] = {4, 1}, point = 1; /* a multipoint of one point */
        double at[2] = {one->lon, one->lat};
        char from[16], to[16];
        noi_buf_clear(&w->wkb);
        if (isfinite(one->lon)) {
            noi_buf_add_char(&w->wkb, 1);
            noi_buf_add(&w->wkb, head, sizeof head);
            noi_buf_add_char(&w->wkb, 1);
            noi_buf_add(&w->wkb, &point, sizeof point);
            noi_buf_add(&w->wkb, at, sizeof at);
        }
        const noi_gpkg_value values[] = {text(noi_repair_kind_key(one->kind)), text(one->key),
                                         text(noi_impact_outcome_key(from, one->from)),
                                         text(noi_impact_outcome_key(to, one->to))};
        NOI_TRY(noi_gpkg_feature(w->gpkg, w->wkb.n ? in_own_system(w) : (noi_str){0}, values));
    }
    return noi_gpkg_style(w->gpkg, "noi", noi_embed("report/assets/repair_records.qml"));
}

/* ---- by what ---- */

static noi_status add_fact(writer *w, const char *key, const char *value) {
    const noi_gpkg_value values[] = {text(key), text(value)};
    return noi_gpkg_feature(w->gpkg, (noi_str){0}, values);
}

static noi_status add_thresholds(writer *w) {
    size_t n;
    const noi_check_threshold *t = noi_check_thresholds(&n);
    for (size_t i = 0; i < n; i++) {
        char value[32];
        if (t[i].of_law)
            continue;
        snprintf(value, sizeof value, "%.10g", noi_check_threshold_get(&w->r->thresholds, &t[i]));
        NOI_TRY(add_fact(w, t[i].key, value));
    }
    return NOI_OK;
}

static noi_status add_accepted(writer *w) {
    for (size_t i = 0; noi_repair_rule(i); i++) {
        if (!noi_repair_is_accepted(w->r, i))
            continue;
        const noi_repair_count *c = &w->r->counts[i];
        NOI_AUTO_FREE char *told =
            noi_format("found %zu, steps %zu, left %zu", c->found, c->steps, c->left);
        NOI_AUTO_FREE char *key = noi_format("accepted_%s", noi_repair_rule(i));
        NOI_TRY(add_fact(w, key, told));
    }
    return NOI_OK;
}

static noi_status add_choices(writer *w) {
    for (size_t i = 0; i < w->r->options->n_choices; i++) {
        const noi_repair_choice *c = &w->r->options->choices[i];
        NOI_AUTO_FREE char *told =
            noi_format("%.9f,%.9f=%s", c->lon, c->lat, unit_code(w, c->unit));
        NOI_TRY(add_fact(w, "named", told));
    }
    return NOI_OK;
}

/* "dropped_nan" -> "height: 3". */
static noi_status add_losses(writer *w) {
    const noi_gpkg_losses *all = w->r->losses;
    for (size_t i = 0; all && i < all->n; i++) {
        const noi_gpkg_loss *loss = &all->items[i];
        NOI_AUTO_FREE char *key = noi_format("dropped_%s", noi_gpkg_loss_key(loss->kind));
        NOI_AUTO_FREE char *told =
            noi_format("%s%s%" PRId64, loss->name, *loss->name ? ": " : "", loss->n);
        NOI_TRY(add_fact(w, key, told));
    }
    return NOI_OK;
}

static noi_status add_run(writer *w) {
    static const noi_gpkg_field fields[] = {{"key", NOI_GPKG_TEXT}, {"value", NOI_GPKG_TEXT}};
    NOI_TRY(noi_gpkg_layer(w->gpkg, OUR_TABLE, NOI_GPKG_NO_SHAPE, NULL, fields, 2));
    NOI_TRY(add_fact(w, "program", "noi " NOI_VERSION));
    NOI_TRY(add_fact(w, "file", noi_path_base(w->r->path)));
    NOI_TRY(add_fact(w, "sha256", w->r->hash));
    NOI_TRY(add_fact(w, "layer", w->r->layer->name));
    NOI_TRY(add_fact(w, "crs", w->r->layer->crs));
    NOI_TRY(add_fact(w, "operation", w->r->layer->transform));
    if (w->swaps)
        NOI_TRY(add_fact(w, "axes", "exchanged: x first"));
    NOI_TRY(add_losses(w));
    NOI_TRY(add_accepted(w));
    NOI_TRY(add_choices(w));
    return add_thresholds(w);
}

/* The repair of another layer is somebody's work. */
static noi_status may_replace(const noi_repair_report *r, const char *path) {
    NOI_TRY(noi_gpkg_may_replace(path, OUR_TABLE));
    NOI_AUTO_FREE char *file = noi_gpkg_fact(path, OUR_TABLE, "file");
    NOI_AUTO_FREE char *layer = noi_gpkg_fact(path, OUR_TABLE, "layer");
    bool is_same = file && layer && strcmp(file, noi_path_base(r->path)) == 0 &&
                   strcmp(layer, r->layer->name) == 0;
    if (is_same || !file)
        return NOI_OK;
    noi_status status =
        noi_fail(NOI_ERR_CONFLICT, _("%s holds the repair of %s (layer %s), not of %s (layer %s)"),
                 path, file, layer ? layer : "?", noi_path_base(r->path), r->layer->name);
    noi_hint(_("name another file, or remove this one yourself"));
    return status;
}

noi_status noi_repair_write(const noi_repair_report *report, const char *path) {
    NOI_AUTO(noi_gpkg_closep) noi_gpkg *gpkg = NULL;
    NOI_AUTO(writer_clear) writer w = {.r = report};
    NOI_TRY(may_replace(report, path));
    NOI_TRY(open_system(&w));
    NOI_TRY(noi_gpkg_create(&gpkg, path));
    w.gpkg = gpkg;
    NOI_TRY(add_layer(&w));
    NOI_TRY(add_steps(&w, true));
    NOI_TRY(add_steps(&w, false));
    NOI_TRY(add_units(&w));
    NOI_TRY(add_records(&w));
    NOI_TRY(add_run(&w));
    NOI_TRY(noi_gpkg_commit(gpkg));
    if (report->impact && chmod(path, S_IRUSR | S_IWUSR) != 0) /* keys of records: its owner's */
        return noi_fail_errno(NOI_ERR_IO, _("%s cannot be written"), path);
    return NOI_OK;
}
