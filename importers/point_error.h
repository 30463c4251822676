/*
 * point_error.h: how far a point may be off. The row's own word goes first, then what is said of
 * its geocoder, then what is said of the whole file. Where nobody says, nothing is stored, and the
 * merge takes NOI_UNSTATED_ERROR_M. What an error means is told in noi.h: noi_records.error_m.
 */
#ifndef NOI_IMPORTERS_POINT_ERROR_H
#define NOI_IMPORTERS_POINT_ERROR_H

#include "importers/import.h"

#define NOI_MAX_GEOCODERS 64

typedef struct noi_point_error_rules {
    double source_m; /* of the whole file; NaN when nothing is said */
    size_t n;
    struct {
        char key[64]; /* folded: case, marks, spaces and underscores do not count */
        double metres;
    } geocoder[NOI_MAX_GEOCODERS];
} noi_point_error_rules;

/* From --error and --error-of. NOI_ERR_USAGE for what is no number of metres, or a geocoder named
 * twice. */
NOI_MUST_CHECK noi_status noi_point_error_rules_read(noi_point_error_rules *out,
                                                     const noi_import_options *options);

/* Settles the error of a point in *metres (NaN: the row says nothing), by its geocoder's key (empty
 * for none). *unknown: the geocoder was asked, and nothing is said of it. Thread-safe. */
noi_error_from noi_point_error_settle(double *metres, bool *unknown,
                                      const noi_point_error_rules *rules, noi_str geocoder);

#endif
