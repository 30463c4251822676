/*
 * layer_file.c: boundary layers through OGR. OGR opens the file and hands out shapes and attributes;
 * it never transforms: coordinates are read as they are and go through geo/crs.h, so that the
 * operation is pinned and can be recorded.
 */
#include "importers/layer_file.h"

#include "address/text.h"
#include "base/file.h"
#include "base/i18n.h"
#include "geo/crs.h"
#include "importers/held.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define MAX_LISTED 24 /* layers or fields named in a hint */
#define MAX_NESTED 32 /* collections in collections */

/* Usual names, the most telling first; ASCII case does not count. */
static const char *const code_names[] = {
    "code",      "ma",           "ma_xa",       "maxa",       "ma_phuong", "maphuong",
    "ma_px",     "mapx",         "ma_dvhc",     "madvhc",     "ma_dv",     "madonvi",
    "ma_don_vi", "gso_code",     "gso_id",      "ward_code",  "wardcode",  "commune_code",
    "com_id",    "com_code",     "unit_code",   "maphuongxa", "xa_code",   "id_xa",
    "ma_huyen",  "mahuyen",      "dist_id",     "ma_tinh",    "matinh",    "province_code",
    NULL};
static const char *const name_names[] = {
    "name",      "ten",      "ten_xa",       "tenxa",     "ten_phuong", "tenphuong", "ten_px",
    "tenpx",     "ten_dvhc", "tendvhc",      "ten_dv",    "tendonvi",   "ten_don_vi", "com_name",
    "ward_name", "wardname", "commune_name", "unit_name", "full_name",  "ten_huyen",  "tenhuyen",
    "ten_tinh",  "tentinh",  NULL};
static const char *const area_names[] = {"area_km2", "area_km2_src", "dientich_km2", "dien_tich_km2",
                                         NULL};
static const char *const population_names[] = {"population", "dan_so", "danso", "pop", NULL};
static const char *const kind_names[] = {"kind",  "loai",     "loai_dvhc", "loaidvhc", "cap",
                                         "level", "loai_hinh", "type",     NULL};

typedef struct source {
    const char *path, *base; /* base: the path's last part, for messages */
    noi_held *held;
    GDALDatasetH dataset;
    OGRLayerH layer;
    const char *crs_option;
    int code_field, name_field, kind_field, area_field, population_field;
    noi_crs *crs;
} source;

/* OGR keeps quiet while this stands; CPLGetLastErrorMsg still has its words. */
static void quiet_end(int *begun) {
    if (*begun)
        CPLPopErrorHandler();
}

static void source_close(source *s) {
    noi_crs_close(s->crs);
    if (s->dataset)
        GDALClose(s->dataset);
    noi_held_close(s->held);
}

/* ---- opening ---- */

static bool ends_with(const char *text, const char *end) {
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcasecmp(text + n - m, end) == 0;
}

static noi_status check_path(const source *s) {
    struct stat st;
    if (stat(s->path, &st) != 0)
        return noi_fail_errno(NOI_ERR_IO, _("%s cannot be opened"), s->path);
    if (S_ISDIR(st.st_mode) && !ends_with(s->path, ".gdb")) {
        noi_status status = noi_fail(NOI_ERR_IO, _("%s is a folder, not a layer file"), s->path);
        noi_hint(_("name the file in it, such as a .gpkg, .shp, .geojson, .kml or .tab"));
        return status;
    }
    if (S_ISREG(st.st_mode) && st.st_size == 0)
        return noi_fail(NOI_ERR_INPUT, _("%s is empty (0 bytes)"), s->path);
    return NOI_OK;
}

static noi_status open_dataset(source *s) {
    NOI_TRY(check_path(s));
    GDALAllRegister();
    CPLErrorReset();
    NOI_TRY(noi_held_open(&s->held, s->path));
    s->dataset = GDALOpenEx(noi_held_name(s->held), GDAL_OF_VECTOR | GDAL_OF_READONLY, NULL, NULL, NULL);
    if (s->dataset)
        return NOI_OK;
    const char *said = CPLGetLastErrorMsg();
    noi_status status =
        said[0] ? noi_fail(NOI_ERR_IO, _("%s cannot be read as a layer: %.300s"), s->path, said)
                : noi_fail(NOI_ERR_IO, _("%s is not a layer file of any known format"), s->path);
    noi_hint(_("GeoPackage, Shapefile, GeoJSON, KML, MapInfo TAB and other formats of OGR are read; "
               "a copy that was cut short is not"));
    return status;
}

/* ---- the layer ---- */

static bool is_areal(OGRwkbGeometryType type) {
    switch (wkbFlatten(type)) {
    case wkbPolygon:
    case wkbMultiPolygon:
    case wkbCurvePolygon:
    case wkbMultiSurface:
    case wkbTriangle:
    case wkbTIN:
    case wkbPolyhedralSurface:
        return true;
    default:
        return false;
    }
}

static bool holds_area(OGRGeometryH shape, int depth) {
    if (!shape || depth > MAX_NESTED)
        return false;
    if (is_areal(OGR_G_GetGeometryType(shape)))
        return true;
    bool found = false;
    if (wkbFlatten(OGR_G_GetGeometryType(shape)) == wkbGeometryCollection)
        for (int i = 0; i < OGR_G_GetGeometryCount(shape) && !found; i++)
            found = holds_area(OGR_G_GetGeometryRef(shape, i), depth + 1);
    return found;
}

static bool layer_has_areas(OGRLayerH layer) {
    OGRwkbGeometryType type = wkbFlatten(OGR_L_GetGeomType(layer));
    if (is_areal(type))
        return true;
    if (type != wkbUnknown && type != wkbGeometryCollection)
        return false;
    bool found = false;
    OGRFeatureH f;
    OGR_L_ResetReading(layer);
    while (!found && (f = OGR_L_GetNextFeature(layer))) {
        found = holds_area(OGR_F_GetGeometryRef(f), 0);
        OGR_F_Destroy(f);
    }
    OGR_L_ResetReading(layer);
    return found;
}

static void list_layers(noi_buf *out, GDALDatasetH dataset) {
    int n = GDALDatasetGetLayerCount(dataset);
    for (int i = 0; i < n && i < MAX_LISTED; i++)
        noi_buf_printf(out, "%s%s", i ? ", " : "",
                       OGR_L_GetName(GDALDatasetGetLayer(dataset, i)));
    if (n > MAX_LISTED)
        noi_buf_add_str(out, ", ...");
    noi_buf_add_char(out, '\0');
}

static noi_status no_such_layer(const source *s, const char *name) {
    NOI_AUTO_BUF noi_buf names = {0};
    list_layers(&names, s->dataset);
    noi_status status =
        name ? noi_fail_at(NOI_ERR_INPUT, s->base, 0, _("there is no layer '%s'"), name)
             : noi_fail_at(NOI_ERR_INPUT, s->base, 0, _("no layer in this file has polygons"));
    if (names.p[0])
        noi_hint(_("its layers: %s"), names.p);
    return status;
}

static noi_status choose_layer(source *s, const char *name) {
    if (name) {
        s->layer = GDALDatasetGetLayerByName(s->dataset, name);
        return s->layer ? NOI_OK : no_such_layer(s, name);
    }
    for (int i = 0; i < GDALDatasetGetLayerCount(s->dataset); i++) {
        OGRLayerH layer = GDALDatasetGetLayer(s->dataset, i);
        if (!layer || !layer_has_areas(layer))
            continue;
        s->layer = layer;
        return NOI_OK;
    }
    return no_such_layer(s, NULL);
}

/* ---- the fields ---- */

static noi_status no_such_field(const source *s, const char *what) {
    OGRFeatureDefnH defn = OGR_L_GetLayerDefn(s->layer);
    NOI_AUTO_BUF noi_buf names = {0};
    for (int i = 0; i < OGR_FD_GetFieldCount(defn) && i < MAX_LISTED; i++)
        noi_buf_printf(&names, "%s%s", i ? ", " : "",
                       OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(defn, i)));
    noi_buf_add_char(&names, '\0');
    noi_status status = noi_fail_at(NOI_ERR_INPUT, s->base, 0, "%s", what);
    if (names.p[0])
        noi_hint(_("name the field with --map code=FIELD; the layer's fields: %s"), names.p);
    else
        noi_hint(_("the layer has no fields at all; each area needs the code of its unit"));
    return status;
}

/* The field of that name, -1 for none; ASCII case does not count. */
static int field_named(const source *s, const char *name) {
    OGRFeatureDefnH defn = OGR_L_GetLayerDefn(s->layer);
    for (int i = 0; i < OGR_FD_GetFieldCount(defn); i++)
        if (strcasecmp(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(defn, i)), name) == 0)
            return i;
    return -1;
}

static bool has_values(const source *s, int field) {
    bool found = false;
    OGRFeatureH f;
    OGR_L_ResetReading(s->layer);
    while (!found && (f = OGR_L_GetNextFeature(s->layer))) {
        found = OGR_F_IsFieldSetAndNotNull(f, field) && OGR_F_GetFieldAsString(f, field)[0];
        OGR_F_Destroy(f);
    }
    OGR_L_ResetReading(s->layer);
    return found;
}

/* Of the usual names the first whose field has a value anywhere: some formats, such as KML, always
 * have a field "Name", and leave it empty. */
static noi_status find_field(int *out, const source *s, const char *asked,
                             const char *const *usual) {
    *out = -1;
    if (asked) {
        *out = field_named(s, asked);
        NOI_AUTO_FREE char *what = noi_format(_("the layer has no field '%s'"), asked);
        return *out >= 0 ? NOI_OK : no_such_field(s, what);
    }
    for (size_t i = 0; usual[i] && *out < 0; i++) {
        int field = field_named(s, usual[i]);
        if (field >= 0 && has_values(s, field))
            *out = field;
    }
    return NOI_OK;
}

static noi_status find_fields(source *s, const noi_layer_options *options) {
    NOI_TRY(find_field(&s->code_field, s, options->code_field, code_names));
    NOI_TRY(find_field(&s->name_field, s, options->name_field, name_names));
    NOI_TRY(find_field(&s->kind_field, s, options->kind_field, kind_names));
    NOI_TRY(find_field(&s->area_field, s, options->area_field, area_names));
    NOI_TRY(find_field(&s->population_field, s, options->population_field, population_names));
    if (s->code_field < 0)
        return no_such_field(s, _("no field of the layer is known to hold the units' codes"));
    return NOI_OK;
}

/* ---- the coordinate system ---- */

static noi_status no_crs(const source *s, const char *wrong) {
    OGREnvelope e = {0, 0, 0, 0};
    bool known = OGR_L_GetExtent(s->layer, &e, TRUE) == OGRERR_NONE;
    noi_crs_guess guess = {NULL, false};
    if (known)
        guess = noi_crs_guess_from(e.MinX, e.MinY, e.MaxX, e.MaxY);
    noi_status status = noi_fail_at(NOI_ERR_INPUT, s->base, 0, "%s", wrong);
    if (!guess.definition)
        noi_hint(_("name it with %s EPSG:n; x runs from %.10g to %.10g, y from %.10g to %.10g"),
                 s->crs_option, e.MinX, e.MaxX, e.MinY, e.MaxY);
    else if (guess.swapped)
        noi_hint(_("the numbers look like %s with x and y exchanged (x %.10g to %.10g, y %.10g to "
                   "%.10g): if so, pass %s %s/yx"),
                 guess.definition, e.MinX, e.MaxX, e.MinY, e.MaxY, s->crs_option,
                 guess.definition);
    else
        noi_hint(_("the numbers look like %s (x %.10g to %.10g, y %.10g to %.10g): if so, pass "
                   "%s %s"),
                 guess.definition, e.MinX, e.MaxX, e.MinY, e.MaxY, s->crs_option,
                 guess.definition);
    return status;
}

/* The file's own CRS as "EPSG:n" or WKT; NULL when it names none. The text is yours: free. */
static char *stated_crs(OGRLayerH layer) {
    OGRSpatialReferenceH srs = OGR_L_GetSpatialRef(layer);
    if (!srs || OSRIsLocal(srs))
        return NULL;
    const char *name = OSRGetName(srs);
    if (name && strncasecmp(name, "undefined", 9) == 0)
        return NULL;
    const char *auth = OSRGetAuthorityName(srs, NULL), *code = OSRGetAuthorityCode(srs, NULL);
    if (auth && code)
        return noi_format("%s:%s", auth, code);
    char *wkt = NULL;
    const char *const wkt2[] = {"FORMAT=WKT2_2018", NULL};
    char *text = OSRExportToWktEx(srs, &wkt, wkt2) == OGRERR_NONE && wkt && wkt[0]
                     ? noi_strdup(wkt)
                     : NULL;
    CPLFree(wkt);
    return text;
}

static noi_status open_crs(source *s, const char *asked) {
    if (asked && strcmp(asked, "auto") != 0)
        return noi_crs_open(&s->crs, asked);
    NOI_AUTO_FREE char *stated = stated_crs(s->layer);
    if (!stated)
        return no_crs(s, _("the file does not say in which coordinate system it is"));
    return noi_crs_open(&s->crs, stated);
}

/* What noi_crs_open takes; "" when neither the file nor the user says. */
static char *definition_as_stated(const source *s, const char *asked) {
    if (asked && strcmp(asked, "auto") != 0)
        return noi_strdup(asked);
    char *stated = stated_crs(s->layer);
    return stated ? stated : noi_strdup("");
}

/* ---- shapes ---- */

static noi_status add_ring(noi_coverage *c, const source *s, int64_t line, OGRGeometryH ring) {
    int n = OGR_G_GetPointCount(ring);
    if (n <= 0)
        return NOI_OK;
    NOI_AUTO_FREE double *xy = noi_alloc((size_t)n * 2 * sizeof *xy);
    OGR_G_GetPoints(ring, xy, 2 * sizeof *xy, xy + 1, 2 * sizeof *xy, NULL, 0);
    for (size_t i = 0; i < 2 * (size_t)n; i++)
        if (!isfinite(xy[i]))
            return noi_fail_at(NOI_ERR_INPUT, s->base, line,
                               _("a vertex of the shape is not a finite number"));
    noi_coverage_add_ring(c, xy, (size_t)n);
    return NOI_OK;
}

/* Adds the polygons of a shape, also those inside collections; anything else in it is no area. */
static noi_status add_shape(noi_coverage *c, const source *s, int64_t line, OGRGeometryH shape,
                            int depth) {
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(shape));
    if (depth > MAX_NESTED)
        return noi_fail_at(NOI_ERR_INPUT, s->base, line,
                           _("collections lie more than %d deep in one another"), MAX_NESTED);
    if (type != wkbPolygon && type != wkbTriangle) {
        for (int i = 0; i < OGR_G_GetGeometryCount(shape); i++)
            if (holds_area(OGR_G_GetGeometryRef(shape, i), 0))
                NOI_TRY(add_shape(c, s, line, OGR_G_GetGeometryRef(shape, i), depth + 1));
        return NOI_OK;
    }
    if (OGR_G_GetGeometryCount(shape) > 0)
        noi_coverage_add_polygon(c);
    for (int i = 0; i < OGR_G_GetGeometryCount(shape); i++)
        NOI_TRY(add_ring(c, s, line, OGR_G_GetGeometryRef(shape, i)));
    return NOI_OK;
}

static void geometry_free(OGRGeometryH *shape) {
    if (*shape)
        OGR_G_DestroyGeometry(*shape);
}

static noi_status add_feature_shape(noi_layer *file, const source *s, int64_t line,
                                    OGRFeatureH f) {
    OGRGeometryH shape = OGR_F_GetGeometryRef(f);
    if (!shape || !holds_area(shape, 0))
        return NOI_OK;
    if (!OGR_G_HasCurveGeometry(shape, FALSE))
        return add_shape(file->coverage, s, line, shape, 0);
    NOI_AUTO(geometry_free) OGRGeometryH linear = OGR_G_GetLinearGeometry(shape, 0, NULL);
    return linear ? add_shape(file->coverage, s, line, linear, 0) : NOI_OK;
}

/* ---- attributes ---- */

static noi_status text_of(const char **out, noi_layer *file, const source *s, int64_t line,
                          OGRFeatureH f, int field) {
    *out = "";
    if (field < 0 || !OGR_F_IsFieldSetAndNotNull(f, field))
        return NOI_OK;
    noi_str raw = noi_str_trim(noi_str_of(OGR_F_GetFieldAsString(f, field)));
    if (!noi_utf8_is_valid(raw)) {
        noi_status status = noi_fail_at(NOI_ERR_INPUT, s->base, line,
                                        _("field %s is not text in UTF-8"),
                                        OGR_Fld_GetNameRef(OGR_F_GetFieldDefnRef(f, field)));
        noi_hint(_("save the layer again in UTF-8, or put a .cpg file beside the shapefile"));
        return status;
    }
    NOI_AUTO_BUF noi_buf nfc = {0};
    NOI_TRY(noi_text_nfc(&nfc, raw));
    NOI_AUTO_BUF noi_buf plain = {0};
    noi_text_plain(&plain, noi_buf_view(&nfc));
    noi_str text = noi_str_trim(noi_buf_view(&plain));
    *out = noi_arena_strndup(file->arena, text.p ? text.p : "", text.n);
    return NOI_OK;
}

/* A number that is 0 or more; NaN for none. */
static double number_of(OGRFeatureH f, int field) {
    if (field < 0 || !OGR_F_IsFieldSetAndNotNull(f, field))
        return NAN;
    const char *text = OGR_F_GetFieldAsString(f, field);
    char *end;
    double value = strtod(text, &end);
    return end > text && isfinite(value) && value >= 0 ? value : NAN;
}

static const char *other_shape(noi_layer *file, OGRFeatureH f) {
    OGRGeometryH shape = OGR_F_GetGeometryRef(f);
    if (!shape || holds_area(shape, 0) || OGR_G_IsEmpty(shape))
        return "";
    const char *name = OGRGeometryTypeToName(wkbFlatten(OGR_G_GetGeometryType(shape)));
    return noi_arena_strndup(file->arena, name, strlen(name));
}

static noi_status add_feature(noi_layer *file, size_t *capacity, const source *s,
                              OGRFeatureH f) {
    noi_coverage *c = file->coverage;
    int64_t line = (int64_t)c->n_units + 1;
    noi_layer_feature feature = {.line = line};
    NOI_TRY(text_of(&feature.code, file, s, line, f, s->code_field));
    NOI_TRY(text_of(&feature.name, file, s, line, f, s->name_field));
    NOI_TRY(text_of(&feature.kind, file, s, line, f, s->kind_field));
    feature.area_km2 = number_of(f, s->area_field);
    double population = number_of(f, s->population_field);
    feature.population = isnan(population) || population > 1e9 ? -1 : (int64_t)population;
    noi_coverage_add_unit(c, noi_code_parse(feature.code, strlen(feature.code)));
    NOI_TRY(add_feature_shape(file, s, line, f));
    feature.other_shape = other_shape(file, f);
    feature.has_shape = c->unit_polygon[c->n_units] > c->unit_polygon[c->n_units - 1];
    NOI_GROW(file->features, *capacity, (size_t)c->n_units);
    file->features[c->n_units - 1] = feature;
    return NOI_OK;
}

static noi_status read_features(noi_layer *file, const source *s) {
    size_t capacity = 0;
    noi_status status = NOI_OK;
    OGRFeatureH f;
    OGR_L_ResetReading(s->layer);
    CPLErrorReset();
    while (status == NOI_OK && (f = OGR_L_GetNextFeature(s->layer))) {
        status = add_feature(file, &capacity, s, f);
        OGR_F_Destroy(f);
    }
    NOI_TRY(status);
    uint32_t n = file->coverage->n_units;
    if (CPLGetLastErrorType() >= CE_Failure)
        return noi_fail_at(NOI_ERR_INPUT, s->base, (int64_t)n + 1,
                           _("the file is damaged behind %u features: %.300s"), n,
                           CPLGetLastErrorMsg());
    if (n == 0)
        return noi_fail_at(NOI_ERR_INPUT, s->base, 0, _("the layer has no features"));
    if (file->coverage->n_vertices == 0)
        return noi_fail_at(NOI_ERR_INPUT, s->base, 0, _("no feature of the layer has an area"));
    return NOI_OK;
}

/* ---- from the file's coordinates to degrees ---- */

static void transform(noi_coverage *c, const noi_crs *crs) {
    enum { PIECE = 1024 };
    double x[PIECE], y[PIECE];
    for (size_t from = 0; from < c->n_vertices; from += PIECE) {
        size_t n = c->n_vertices - from < PIECE ? c->n_vertices - from : PIECE;
        double *xy = c->xy + 2 * from;
        for (size_t i = 0; i < n; i++) {
            x[i] = xy[2 * i];
            y[i] = xy[2 * i + 1];
        }
        noi_crs_to_wgs84(crs, x, y, n);
        for (size_t i = 0; i < n; i++) {
            xy[2 * i] = x[i];
            xy[2 * i + 1] = y[i];
        }
    }
}

static noi_status check_place(const source *s, const noi_coverage *c, const double *raw) {
    for (size_t v = 0; v < c->n_vertices; v++) {
        if (noi_is_near_vietnam(c->xy[2 * v], c->xy[2 * v + 1]))
            continue;
        NOI_AUTO_FREE char *wrong = noi_format(
            _("the coordinates contradict %s: x = %.10g, y = %.10g does not lie in Vietnam"),
            noi_crs_name(s->crs), raw[2 * v], raw[2 * v + 1]);
        return no_crs(s, wrong);
    }
    return NOI_OK;
}

static noi_status normalise(noi_layer *file, const source *s) {
    noi_coverage *c = file->coverage;
    NOI_AUTO_FREE double *raw = noi_alloc(2 * (size_t)c->n_vertices * sizeof *raw);
    memcpy(raw, c->xy, 2 * (size_t)c->n_vertices * sizeof *raw);
    transform(c, s->crs);
    NOI_TRY(check_place(s, c, raw));
    file->crs = noi_strdup(noi_crs_name(s->crs));
    file->transform = noi_strdup(noi_crs_operation(s->crs));
    file->accuracy_m = noi_crs_accuracy_m(s->crs);
    return NOI_OK;
}

noi_status noi_layer_file_read(noi_layer **out, const char *path,
                               const noi_layer_options *options) {
    static const noi_layer_options usual = {0};
    const noi_layer_options *o = options ? options : &usual;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    NOI_AUTO(quiet_end) int begun = 1;
    NOI_AUTO(source_close) source s = {
        .path = path, .base = noi_path_base(path), .crs_option = o->crs_option ? o->crs_option : "--crs"};
    NOI_TRY(open_dataset(&s));
    NOI_TRY(choose_layer(&s, o->layer_name));
    NOI_TRY(find_fields(&s, o));
    if (!o->as_it_stands)
        NOI_TRY(open_crs(&s, o->crs));
    NOI_AUTO(noi_layer_freep) noi_layer *file = noi_layer_new();
    file->name = noi_strdup(OGR_L_GetName(s.layer));
    NOI_TRY(read_features(file, &s));
    if (o->as_it_stands)
        file->crs = definition_as_stated(&s, o->crs);
    else
        NOI_TRY(normalise(file, &s));
    *out = file;
    file = NULL;
    return NOI_OK;
}
