/*
 * crs.h: the door of projections (PROJ). Everything inside noi is longitude and latitude in
 * degrees, EPSG:4326, x first. A transformation is pinned: one operation for the whole city, named
 * with its accuracy, recorded with the source. VN-2000 goes through EPSG:6960 everywhere: PROJ left
 * alone would switch to EPSG:5194 south of 11.04° N, a seam of 0.80 m through the city.
 */
#ifndef NOI_GEO_CRS_H
#define NOI_GEO_CRS_H

#include "base/memory.h"

typedef struct noi_crs noi_crs; /* a transformation to EPSG:4326 and back; one thread at a time */

/* `definition` is "EPSG:9210", a WKT text or a PROJ string; with "/yx" behind it ("EPSG:9210/yx") x
 * and y stand exchanged in the data, as VN-2000's own axes do. NOI_ERR_INPUT when PROJ does not
 * know it; the hint names the VN-2000 codes. Yours: noi_crs_close. */
NOI_MUST_CHECK noi_status noi_crs_open(noi_crs **out, const char *definition);
void noi_crs_close(noi_crs *crs); /* accepts NULL */
NOI_DEFINE_AUTO(noi_crs, noi_crs_close)

const char *noi_crs_name(const noi_crs *crs); /* "EPSG:9210", or the CRS's name; with its /yx */
const char *
noi_crs_operation(const noi_crs *crs); /* what was pinned, "VN-2000 to WGS 84 (2), EPSG:6960" */
double noi_crs_accuracy_m(const noi_crs *crs); /* stated accuracy; NaN when none is stated */
bool noi_crs_is_identity(const noi_crs *crs);  /* already EPSG:4326 */
bool noi_crs_is_vn2000(const noi_crs *crs);
bool noi_crs_is_degrees(const noi_crs *crs); /* longitude and latitude, not a projection */
bool noi_crs_is_swapped(const noi_crs *crs); /* named with /yx */

/* In place, n points, x = easting or longitude, y = northing or latitude (the order of GIS files,
 * never the authority's). A point that cannot be transformed becomes NaN, NaN. */
void noi_crs_to_wgs84(const noi_crs *crs, double *x, double *y, size_t n);
void noi_crs_from_wgs84(const noi_crs *crs, double *x, double *y, size_t n);

/* ---- which system numbers may be in ---- */

typedef enum noi_crs_kind {
    NOI_CRS_DEGREES,
    NOI_CRS_ZONE, /* transverse Mercator with its false easting of 500 km */
    NOI_CRS_WEB   /* the Mercator of web maps */
} noi_crs_kind;

/* A system that layers of Vietnam come in. */
typedef struct noi_crs_known {
    const char *definition; /* "EPSG:9210" */
    noi_crs_kind kind;
    double meridian, scale; /* of a zone: its central meridian in degrees and the scale on it */
} noi_crs_known;

/* VN-2000 in degrees, in all zones of 3 degrees and of UTM; WGS 84 in degrees, UTM and web maps. */
const noi_crs_known *noi_crs_known_systems(size_t *n);
const noi_crs_known *noi_crs_known_by_name(const char *definition); /* NULL for none */

/* Longitude and latitude, right to some kilometres and without PROJ, to see at little cost whether
 * a system is worth trying. NaN, NaN where the numbers cannot be in it. */
void noi_crs_roughly(double *lon, double *lat, const noi_crs_known *system, double x, double y);

/* Where Vietnam and its islands lie, generously. Degrees; false for NaN. */
bool noi_is_near_vietnam(double lon, double lat);

/* What coordinates look like, from their bounds alone, for a file that does not say or says it
 * wrongly. Reasons from where Vietnam lies: degrees, swapped degrees, VN-2000 in the city's two
 * central meridians (EPSG:9210, EPSG:5899), UTM 48N, X and Y swapped. boundary/projection.h knows
 * better where there are units to compare. */
typedef struct noi_crs_guess {
    const char *definition; /* "EPSG:9210"; NULL when nothing fits */
    bool swapped;           /* x and y must be exchanged first */
} noi_crs_guess;
noi_crs_guess noi_crs_guess_from(double min_x, double min_y, double max_x, double max_y);

#endif
