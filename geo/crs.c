/*
 * crs.c: projections through PROJ, one pinned operation for each CRS. See crs.h for why.
 *
 * PROJ's own proj_create_crs_to_crs keeps several operations and picks one for each point. Here the
 * list of candidates is asked for and one is taken for good: for VN-2000 the one that goes through
 * EPSG:6960, else the first that PROJ ranks for Vietnam.
 */
#include "geo/crs.h"

#include "base/i18n.h"

#include <math.h>
#include <proj.h>
#include <proj_experimental.h> /* proj_crs_alter_geodetic_crs */
#include <string.h>

#define HELMERT_CODE "6960"
#define PIECE        256 /* points turned back at a time */
#define SWAPPED      "/yx"

struct noi_crs {
    PJ_CONTEXT *context;
    PJ *operation; /* NULL: already EPSG:4326 */
    char *name, *operation_name;
    double accuracy_m;
    bool is_vn2000, is_degrees, is_swapped;
};

static void pj_free(PJ **pj) {
    proj_destroy(*pj);
}
static void list_free(PJ_OBJ_LIST **list) {
    proj_list_destroy(*list);
}
static void factory_free(PJ_OPERATION_FACTORY_CONTEXT **factory) {
    proj_operation_factory_context_destroy(*factory);
}
#define AUTO_PJ NOI_AUTO(pj_free) PJ *

/* ---- reading a definition ---- */

static noi_status unknown_crs(const char *definition) {
    noi_status status =
        noi_fail(NOI_ERR_INPUT, _("'%.200s' is not a coordinate system that PROJ knows"), definition);
    noi_hint(_("VN-2000 in Ho Chi Minh City is EPSG:9210 (105°45') or EPSG:5899 (107°45'); its "
               "other zones are EPSG:9205 to 9218 and 5896 to 5899, UTM EPSG:3405 and 3406, degrees "
               "EPSG:4756; WGS 84 is EPSG:4326"));
    return status;
}

/* PROJ looks a bare word up among the names that it knows: "foo" is in Amersfoort. Only a code, a text
 * in WKT or PROJJSON, and a PROJ string are definitions. */
static bool is_definition(const char *text) {
    if (strchr(text, '[') || text[0] == '{' || text[0] == '+' || strncmp(text, "urn:ogc:", 8) == 0)
        return true;
    size_t authority = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
    size_t code = text[authority] == ':' ? strspn(text + authority + 1, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;
    return authority && code && text[authority + 1 + code] == '\0';
}

/* PROJ reads a bare "+proj=..." as an operation unless told that it is a CRS. */
static PJ *create_crs(PJ_CONTEXT *context, const char *definition) {
    if (!is_definition(definition))
        return NULL;
    NOI_AUTO_FREE char *text = strncmp(definition, "+proj=", 6) == 0 &&
                                       !strstr(definition, "+type=crs")
                                   ? noi_format("%s +type=crs", definition)
                                   : noi_strdup(definition);
    PJ *pj = proj_create(context, text);
    if (pj && proj_is_crs(pj))
        return pj;
    proj_destroy(pj);
    return NULL;
}

/* The horizontal part of a compound CRS, or NULL. */
static PJ *horizontal_part(PJ_CONTEXT *context, const PJ *pj) {
    return proj_get_type(pj) == PJ_TYPE_COMPOUND_CRS ? proj_crs_get_sub_crs(context, pj, 0) : NULL;
}

static bool names_vn2000(const char *name) {
    static const char *const spellings[] = {"VN-2000", "VN_2000", "VN2000", "VN 2000",
                                            "Vietnam 2000", "Vietnam_2000"};
    for (size_t i = 0; name && i < sizeof spellings / sizeof *spellings; i++)
        if (strcasestr(name, spellings[i]))
            return true;
    return false;
}

static bool is_vn2000(PJ_CONTEXT *context, const PJ *crs) {
    AUTO_PJ geodetic = proj_crs_get_geodetic_crs(context, crs);
    AUTO_PJ datum = geodetic ? proj_crs_get_datum(context, geodetic) : NULL;
    const char *auth = geodetic ? proj_get_id_auth_name(geodetic, 0) : NULL;
    const char *code = geodetic ? proj_get_id_code(geodetic, 0) : NULL;
    return (auth && code && strcmp(auth, "EPSG") == 0 && strcmp(code, "4756") == 0) ||
           names_vn2000(proj_get_name(crs)) || (geodetic && names_vn2000(proj_get_name(geodetic))) ||
           (datum && names_vn2000(proj_get_name(datum)));
}

/* A file's own +towgs84 makes a bound CRS. For VN-2000 the pinned shift is used instead of it. */
static PJ *without_bound_shift(PJ_CONTEXT *context, const PJ *crs) {
    if (proj_get_type(crs) != PJ_TYPE_BOUND_CRS)
        return NULL;
    AUTO_PJ source = proj_get_source_crs(context, crs);
    if (!source || !is_vn2000(context, source))
        return NULL;
    return proj_clone(context, source);
}

/* Texts without an identifier (a shapefile's .prj) often say word for word what EPSG defines. */
static PJ *identified(PJ_CONTEXT *context, const PJ *crs) {
    if (proj_get_id_code(crs, 0))
        return NULL;
    int *confidence = NULL;
    NOI_AUTO(list_free) PJ_OBJ_LIST *list = proj_identify(context, crs, "EPSG", NULL, &confidence);
    PJ *found = NULL;
    if (list && proj_list_get_count(list) == 1 && confidence[0] >= 90)
        found = proj_list_get(context, list, 0);
    proj_int_list_destroy(confidence);
    return found;
}

/* Replaces *crs by what `step` makes of it, if it makes anything. */
static void refine(PJ_CONTEXT *context, PJ **crs, PJ *(*step)(PJ_CONTEXT *, const PJ *)) {
    PJ *better = step(context, *crs);
    if (!better)
        return;
    proj_destroy(*crs);
    *crs = better;
}

/* A VN-2000 text that names neither the datum's code nor its usual name would get no shift at all:
 * the datum is replaced by EPSG:4756, the projection stays. */
static PJ *on_vn2000(PJ_CONTEXT *context, const PJ *crs) {
    AUTO_PJ geodetic = proj_crs_get_geodetic_crs(context, crs);
    if (!geodetic || proj_get_id_code(geodetic, 0) || !is_vn2000(context, crs))
        return NULL;
    AUTO_PJ vn2000 = proj_create(context, "EPSG:4756");
    return vn2000 && proj_get_type(crs) == PJ_TYPE_PROJECTED_CRS
               ? proj_crs_alter_geodetic_crs(context, crs, vn2000)
               : NULL;
}

static char *name_of(const PJ *crs) {
    const char *auth = proj_get_id_auth_name(crs, 0), *code = proj_get_id_code(crs, 0);
    const char *name = proj_get_name(crs);
    return auth && code ? noi_format("%s:%s", auth, code)
                        : noi_strdup(name && *name ? name : "unnamed");
}

/* ---- choosing the operation ---- */

static PJ_OBJ_LIST *candidates(PJ_CONTEXT *context, const PJ *from, const PJ *to, bool ballpark) {
    NOI_AUTO(factory_free) PJ_OPERATION_FACTORY_CONTEXT *factory =
        proj_create_operation_factory_context(context, NULL);
    proj_operation_factory_context_set_area_of_interest(context, factory, 102, 6, 118, 24);
    proj_operation_factory_context_set_spatial_criterion(
        context, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(
        context, factory, PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    proj_operation_factory_context_set_allow_ballpark_transformations(context, factory, ballpark);
    return proj_create_operations(context, from, to, factory);
}

static bool has_code(const PJ *operation, const char *code) {
    const char *its = proj_get_id_code(operation, 0);
    return its && strcmp(its, code) == 0;
}

/* Whether the operation is, or has as a step, the one of that EPSG code. */
static bool goes_through(PJ_CONTEXT *context, const PJ *operation, const char *code) {
    if (has_code(operation, code))
        return true;
    int n = proj_get_type(operation) == PJ_TYPE_CONCATENATED_OPERATION
                ? proj_concatoperation_get_step_count(context, operation)
                : 0;
    for (int i = 0; i < n; i++) {
        AUTO_PJ step = proj_concatoperation_get_step(context, operation, i);
        if (step && has_code(step, code))
            return true;
    }
    return false;
}

static PJ *choose(PJ_CONTEXT *context, const PJ_OBJ_LIST *list, bool vn2000) {
    int n = list ? proj_list_get_count(list) : 0;
    for (int i = 0; i < n; i++) {
        AUTO_PJ operation = proj_list_get(context, list, i);
        if (!operation || !proj_coordoperation_is_instantiable(context, operation) ||
            (vn2000 && !goes_through(context, operation, HELMERT_CODE)))
            continue;
        return proj_clone(context, operation);
    }
    return NULL;
}

static noi_status pin(noi_crs *crs, const PJ *from, const PJ *to) {
    AUTO_PJ found = NULL;
    for (int ballpark = 0; ballpark <= 1 && !found; ballpark++) {
        NOI_AUTO(list_free) PJ_OBJ_LIST *list = candidates(crs->context, from, to, ballpark);
        found = choose(crs->context, list, crs->is_vn2000);
    }
    if (!found)
        return noi_fail(NOI_ERR_INPUT, _("PROJ knows no way from %s to EPSG:4326"), crs->name);
    crs->operation = proj_normalize_for_visualization(crs->context, found);
    if (!crs->operation)
        return noi_fail(NOI_ERR_INTERNAL, _("PROJ cannot set the axis order of %s"), crs->name);
    double accuracy = proj_coordoperation_get_accuracy(crs->context, found);
    bool exact = proj_get_type(found) == PJ_TYPE_CONVERSION; /* a projection alone, no shift */
    crs->accuracy_m = exact ? 0 : accuracy < 0 ? NAN : accuracy;
    const char *name = proj_get_name(found), *code = proj_get_id_code(found, 0);
    const char *auth = proj_get_id_auth_name(found, 0);
    if (crs->is_vn2000)
        crs->operation_name = noi_strdup("VN-2000 to WGS 84 (2), EPSG:" HELMERT_CODE);
    else if (code && auth && strcmp(auth, "EPSG") == 0)
        crs->operation_name = noi_format("%s, EPSG:%s", name, code);
    else
        crs->operation_name = noi_strdup(name ? name : "unnamed");
    return NOI_OK;
}

static bool is_degrees(PJ_CONTEXT *context, const PJ *crs) {
    AUTO_PJ bound = proj_get_type(crs) == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(context, crs) : NULL;
    PJ_TYPE type = proj_get_type(bound ? bound : crs);
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

static noi_status open_in(noi_crs *crs, const char *definition) {
    AUTO_PJ source = create_crs(crs->context, definition);
    if (!source)
        return unknown_crs(definition);
    refine(crs->context, &source, horizontal_part);
    refine(crs->context, &source, without_bound_shift);
    refine(crs->context, &source, identified);
    refine(crs->context, &source, on_vn2000);
    AUTO_PJ wgs84 = proj_create(crs->context, "EPSG:4326");
    if (!wgs84)
        return noi_fail(NOI_ERR_INTERNAL, _("PROJ does not find its database of coordinate systems"));
    crs->is_vn2000 = is_vn2000(crs->context, source);
    crs->is_degrees = is_degrees(crs->context, source);
    crs->accuracy_m = 0;
    if (proj_is_equivalent_to_with_ctx(crs->context, source, wgs84,
                                       PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS)) {
        crs->name = noi_strdup("EPSG:4326");
        crs->operation_name = noi_strdup("none");
        return NOI_OK;
    }
    crs->name = name_of(source);
    return pin(crs, source, wgs84);
}

/* The definition without its "/yx". Yours: free. */
static char *without_mark(const char *definition) {
    size_t n = strlen(definition), mark = strlen(SWAPPED);
    bool marked = n > mark && strcmp(definition + n - mark, SWAPPED) == 0;
    return noi_strndup(definition, marked ? n - mark : n);
}

static void swap(noi_crs *crs) {
    char *name = noi_format("%s" SWAPPED, crs->name);
    char *operation = crs->operation ? noi_format("x and y exchanged; %s", crs->operation_name)
                                     : noi_strdup("x and y exchanged");
    free(crs->name);
    free(crs->operation_name);
    crs->name = name;
    crs->operation_name = operation;
    crs->is_swapped = true;
}

noi_status noi_crs_open(noi_crs **out, const char *definition) {
    NOI_AUTO(noi_crs_closep) noi_crs *crs = noi_alloc_zero(1, sizeof *crs);
    crs->context = proj_context_create();
    if (!crs->context)
        return noi_fail(NOI_ERR_INTERNAL, _("PROJ cannot be started"));
    proj_log_level(crs->context, PJ_LOG_NONE);
    proj_context_set_enable_network(crs->context, 0);
    NOI_AUTO_FREE char *plain = without_mark(definition);
    NOI_TRY(open_in(crs, plain));
    if (strcmp(plain, definition) != 0)
        swap(crs);
    *out = crs;
    crs = NULL;
    return NOI_OK;
}

void noi_crs_close(noi_crs *crs) {
    if (!crs)
        return;
    proj_destroy(crs->operation);
    if (crs->context)
        proj_context_destroy(crs->context);
    free(crs->name);
    free(crs->operation_name);
    free(crs);
}

const char *noi_crs_name(const noi_crs *crs) {
    return crs->name;
}

const char *noi_crs_operation(const noi_crs *crs) {
    return crs->operation_name;
}

double noi_crs_accuracy_m(const noi_crs *crs) {
    return crs->accuracy_m;
}

bool noi_crs_is_identity(const noi_crs *crs) {
    return !crs->operation && !crs->is_swapped;
}

bool noi_crs_is_vn2000(const noi_crs *crs) {
    return crs->is_vn2000;
}

bool noi_crs_is_degrees(const noi_crs *crs) {
    return crs->is_degrees;
}

bool noi_crs_is_swapped(const noi_crs *crs) {
    return crs->is_swapped;
}

/* ---- transforming ---- */

static void exchange(double *x, double *y, size_t n) {
    for (size_t i = 0; i < n; i++) {
        double kept = x[i];
        x[i] = y[i];
        y[i] = kept;
    }
}

static void transform(const noi_crs *crs, PJ_DIRECTION direction, double *x, double *y, size_t n) {
    if (crs->is_swapped && direction == PJ_FWD)
        exchange(x, y, n);
    if (crs->operation)
        proj_trans_generic(crs->operation, direction, x, sizeof *x, n, y, sizeof *y, n, NULL, 0, 0,
                           NULL, 0, 0);
    if (crs->is_swapped && direction == PJ_INV)
        exchange(x, y, n);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(y[i]))
            x[i] = y[i] = NAN;
}

void noi_crs_to_wgs84(const noi_crs *crs, double *x, double *y, size_t n) {
    transform(crs, PJ_FWD, x, y, n);
}

/* PROJ's inverse of a Helmert shift with rotations is off by up to a millimetre. Going there, back
 * and there again with the difference taken off leaves a millionth of that. */
static void inverse_piece(const noi_crs *crs, double *x, double *y, size_t n) {
    double gx[PIECE], gy[PIECE];
    memcpy(gx, x, n * sizeof *x);
    memcpy(gy, y, n * sizeof *y);
    transform(crs, PJ_INV, gx, gy, n);
    transform(crs, PJ_FWD, gx, gy, n);
    for (size_t i = 0; i < n; i++) {
        x[i] += x[i] - gx[i];
        y[i] += y[i] - gy[i];
    }
    transform(crs, PJ_INV, x, y, n);
}

void noi_crs_from_wgs84(const noi_crs *crs, double *x, double *y, size_t n) {
    for (size_t from = 0; from < n; from += PIECE)
        inverse_piece(crs, x + from, y + from, n - from < PIECE ? n - from : PIECE);
}
