/*
 * crs.h: the door of projections (PROJ). Everything inside noi is longitude and latitude in degrees,
 * EPSG:4326, x first. A transformation is pinned: one operation for the whole city, named with its
 * accuracy, recorded with the source. VN-2000 goes through EPSG:6960 everywhere: PROJ left alone
 * would switch to EPSG:5194 south of 11.04° N, a seam of 0.80 m through the city.
 */
#ifndef NOI_GEO_CRS_H
#define NOI_GEO_CRS_H

#include "base/memory.h"

typedef struct noi_crs noi_crs; /* a transformation to EPSG:4326 and back; one thread at a time */

/* `definition` is "EPSG:9210", a WKT text or a PROJ string. NOI_ERR_INPUT when PROJ does not know
 * it; the hint names the VN-2000 codes. Yours: noi_crs_close. */
NOI_MUST_CHECK noi_status noi_crs_open(noi_crs **out, const char *definition);
void noi_crs_close(noi_crs *crs); /* accepts NULL */
NOI_DEFINE_AUTO(noi_crs, noi_crs_close)

const char *noi_crs_name(const noi_crs *crs);      /* "EPSG:9210", or the CRS's name */
const char *noi_crs_operation(const noi_crs *crs); /* what was pinned, "VN-2000 to WGS 84 (2), EPSG:6960" */
double noi_crs_accuracy_m(const noi_crs *crs);     /* stated accuracy; NaN when none is stated */
bool noi_crs_is_identity(const noi_crs *crs);      /* already EPSG:4326 */
bool noi_crs_is_vn2000(const noi_crs *crs);

/* In place, n points, x = easting or longitude, y = northing or latitude (the order of GIS files,
 * never the authority's). A point that cannot be transformed becomes NaN, NaN. */
void noi_crs_to_wgs84(const noi_crs *crs, double *x, double *y, size_t n);
void noi_crs_from_wgs84(const noi_crs *crs, double *x, double *y, size_t n);

/* What coordinates look like, from their bounds, for a file that does not say or says it wrongly.
 * Reasons from where Vietnam lies: degrees, swapped degrees, VN-2000 in the city's two central
 * meridians (EPSG:9210, EPSG:5899), UTM 48N, X and Y swapped. */
typedef struct noi_crs_guess {
    const char *definition; /* "EPSG:9210"; NULL when nothing fits */
    bool swapped;           /* x and y must be exchanged first */
} noi_crs_guess;
noi_crs_guess noi_crs_guess_from(double min_x, double min_y, double max_x, double max_y);

#endif
