/*
 * repair.h: what a repair did to a boundary layer, and the file that is written about it: the
 * mended layer with every field of the original, each step, each unit's area before and after, and
 * the records that change unit. `noi repair` fills it.
 *
 * Deterministic: the same layer, registry and options give the same content; no clock.
 */
#ifndef NOI_REPORT_REPAIR_H
#define NOI_REPORT_REPAIR_H

#include "base/digest.h"
#include "boundary/boundary.h"
#include "exporters/gpkg.h"
#include "geo/repair.h"
#include "merge/impact.h"

typedef struct noi_repair_record { /* that would go to another unit */
    noi_record_kind kind;
    const char *key;
    noi_code from, to; /* as in noi_impact_row */
    double lon, lat;   /* NaN for none */
} noi_repair_record;

#define NOI_REPAIR_MAX_RULES 16

typedef struct noi_repair_count { /* by position in noi_repair_rule */
    size_t found, left;           /* defects before and after */
    size_t steps;
    double area_m2; /* that changed hands */
} noi_repair_count;

typedef struct noi_repair_report {
    /* ---- filled by the caller; borrowed ---- */
    const char *path;          /* of the layer's file, as named */
    char hash[NOI_DIGEST_HEX]; /* of its bytes */
    const noi_layer *layer;    /* EPSG:4326 */
    const noi_layer *stated;   /* the same file read as it stands: its own coordinates and system */
    noi_boundary_options thresholds;
    const noi_repair_options *options;
    const noi_repair *repair;
    const noi_gpkg_losses *losses; /* of the layer in the file that is written; NULL: not asked */
    const char *registry;          /* its path; NULL */
    const noi_impact *impact;      /* NULL without a registry */
    const noi_repair_record *records;
    size_t n_records;
    /* ---- filled by noi_repair_count_all ---- */
    noi_repair_count counts[NOI_REPAIR_MAX_RULES];
    bool stays; /* something accepted could not be mended */
} noi_repair_report;

void noi_repair_count_all(noi_repair_report *report);

/* Whether an invalid ring of the unit makes its area before a sum of rings, see geo/repair.h. */
bool noi_repair_was_invalid(const noi_repair_report *report, uint32_t unit);

/* Whether the file gives y before x: what is written has x first. */
bool noi_repair_turns_axes(const noi_repair_report *report);

/* After less before; never -0. */
double noi_repair_difference_m2(const noi_repair_report *report, uint32_t unit);

/* Whether the unit's vertices are not as they were. */
bool noi_repair_has_touched(const noi_repair_report *report, uint32_t unit);
bool noi_repair_is_accepted(const noi_repair_report *report, size_t rule);

/* "address", "household", "parcel", "case". */
const char *noi_repair_kind_key(noi_record_kind kind);

/* The GeoPackage. The layer is written in the system of its file; vertices that were there keep the
 * very coordinates of the file. An existing file is replaced when it is such a GeoPackage of the
 * same layer of a file of the same name; anything else is NOI_ERR_CONFLICT. */
NOI_MUST_CHECK noi_status noi_repair_write(const noi_repair_report *report, const char *path);

/* Every unit's area before and after, as CSV. */
NOI_MUST_CHECK noi_status noi_repair_write_table(const noi_repair_report *report, const char *path);

#endif
