/*
 * crs_known.c: the coordinate systems that layers of Vietnam come in, roughly and without PROJ: one
 * table for every place that asks "what might these numbers be". See crs.h.
 */
#include "geo/crs.h"

#include <math.h>
#include <string.h>

#define DEGREE 0.017453292519943295

static const noi_crs_known systems[] = {
    {"EPSG:4326", NOI_CRS_DEGREES, 0, 0},
    {"EPSG:4756", NOI_CRS_DEGREES, 0, 0},
    {"EPSG:5896", NOI_CRS_ZONE, 102, 0.9999},
    {"EPSG:9205", NOI_CRS_ZONE, 103, 0.9999},
    {"EPSG:9206", NOI_CRS_ZONE, 104, 0.9999},
    {"EPSG:9207", NOI_CRS_ZONE, 104.5, 0.9999},
    {"EPSG:9208", NOI_CRS_ZONE, 104.75, 0.9999},
    {"EPSG:5897", NOI_CRS_ZONE, 105, 0.9999},
    {"EPSG:9209", NOI_CRS_ZONE, 105.5, 0.9999},
    {"EPSG:9210", NOI_CRS_ZONE, 105.75, 0.9999},
    {"EPSG:9211", NOI_CRS_ZONE, 106, 0.9999},
    {"EPSG:9212", NOI_CRS_ZONE, 106.25, 0.9999},
    {"EPSG:9213", NOI_CRS_ZONE, 106.5, 0.9999},
    {"EPSG:9214", NOI_CRS_ZONE, 107, 0.9999},
    {"EPSG:9215", NOI_CRS_ZONE, 107.25, 0.9999},
    {"EPSG:9216", NOI_CRS_ZONE, 107.5, 0.9999},
    {"EPSG:5899", NOI_CRS_ZONE, 107.75, 0.9999},
    {"EPSG:5898", NOI_CRS_ZONE, 108, 0.9999},
    {"EPSG:9217", NOI_CRS_ZONE, 108.25, 0.9999},
    {"EPSG:9218", NOI_CRS_ZONE, 108.5, 0.9999},
    {"EPSG:3405", NOI_CRS_ZONE, 105, 0.9996},
    {"EPSG:3406", NOI_CRS_ZONE, 111, 0.9996},
    {"EPSG:32648", NOI_CRS_ZONE, 105, 0.9996},
    {"EPSG:32649", NOI_CRS_ZONE, 111, 0.9996},
    {"EPSG:3857", NOI_CRS_WEB, 0, 1},
};
#define N_SYSTEMS (sizeof systems / sizeof *systems)

const noi_crs_known *noi_crs_known_systems(size_t *n) {
    *n = N_SYSTEMS;
    return systems;
}

const noi_crs_known *noi_crs_known_by_name(const char *definition) {
    for (size_t i = 0; i < N_SYSTEMS; i++)
        if (strcmp(systems[i].definition, definition) == 0)
            return &systems[i];
    return NULL;
}

/* ---- roughly where ---- */

/* The sphere's formulas (Snyder, Map Projections: A Working Manual, 8-7 and 8-8), with the radii
 * that the ellipsoid has around 15 degrees north: one along meridians, one along parallels. */
static void zone_roughly(double *lon, double *lat, const noi_crs_known *zone, double x, double y) {
    const double along_meridian = 6337500, along_parallel = 6379500;
    double east = (x - 500000) / (zone->scale * along_parallel);
    double north = y / (zone->scale * along_meridian);
    if (!(fabs(east) < 0.5) || !(fabs(north) < 1.5))
        return;
    *lon = zone->meridian + atan2(sinh(east), cos(north)) / DEGREE;
    *lat = asin(sin(north) / cosh(east)) / DEGREE;
}

void noi_crs_roughly(double *lon, double *lat, const noi_crs_known *system, double x, double y) {
    const double web_radius = 6378137;
    *lon = *lat = NAN;
    switch (system->kind) {
    case NOI_CRS_DEGREES:
        if (!(fabs(x) <= 180) || !(fabs(y) <= 90))
            return;
        *lon = x;
        *lat = y;
        return;
    case NOI_CRS_ZONE:
        zone_roughly(lon, lat, system, x, y);
        return;
    case NOI_CRS_WEB:
        *lon = x / web_radius / DEGREE;
        *lat = atan(sinh(y / web_radius)) / DEGREE;
        return;
    }
}

/* ---- guessing from bounds ---- */

typedef struct box {
    double min_x, min_y, max_x, max_y;
} box;

/* Vietnam with its islands, and the merged city with Côn Đảo, in degrees. */
static const box vietnam = {101.5, 6, 118.5, 24};
static const box city = {106.0, 8.4, 107.7, 11.7};

static bool inside(const box *inner, const box *outer) {
    return inner->min_x >= outer->min_x && inner->max_x <= outer->max_x &&
           inner->min_y >= outer->min_y && inner->max_y <= outer->max_y;
}

/* Whether the bounds lie there in that system; what is no number lies nowhere. */
static bool lies_in(const box *b, const char *definition, const box *where) {
    const noi_crs_known *system = noi_crs_known_by_name(definition);
    box degrees;
    noi_crs_roughly(&degrees.min_x, &degrees.min_y, system, b->min_x, b->min_y);
    noi_crs_roughly(&degrees.max_x, &degrees.max_y, system, b->max_x, b->max_y);
    return inside(&degrees, where);
}

/* The zones lie too near to one another to be told by bounds, save those of the city, the two of
 * which cover places that are 200 km apart. */
static const char *guess_unswapped(const box *b) {
    static const struct {
        const char *definition;
        const box *where;
    } order[] = {{"EPSG:4326", &vietnam},
                 {"EPSG:9210", &city},
                 {"EPSG:5899", &city},
                 {"EPSG:32648", &vietnam}};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (lies_in(b, order[i].definition, order[i].where))
            return order[i].definition;
    return NULL;
}

noi_crs_guess noi_crs_guess_from(double min_x, double min_y, double max_x, double max_y) {
    const box b = {min_x, min_y, max_x, max_y}, swapped = {min_y, min_x, max_y, max_x};
    const char *definition = guess_unswapped(&b);
    if (definition)
        return (noi_crs_guess){definition, false};
    definition = guess_unswapped(&swapped);
    return (noi_crs_guess){definition, definition != NULL};
}

bool noi_is_near_vietnam(double lon, double lat) {
    return lon >= 100 && lon <= 120 && lat >= 5 && lat <= 25;
}
