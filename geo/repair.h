/*
 * repair.h: a coverage with some of its defects mended: borders snapped, gaps closed, overlaps
 * divided, slivers removed. Only what is asked for is touched: a unit without accepted defects keeps
 * its vertices bit by bit. The input is not changed. Deterministic. NOI_ERR_INTERNAL when GEOS
 * cannot finish.
 */
#ifndef NOI_GEO_REPAIR_H
#define NOI_GEO_REPAIR_H

#include "geo/check.h"

/* A gap or overlap (one that holds the point) for which a person has named the unit. */
typedef struct noi_repair_choice {
    double lon, lat;
    uint32_t unit; /* position in the coverage */
} noi_repair_choice;

typedef struct noi_repair_options {
    noi_check_options check; /* what counts as a gap, a sliver ... */
    bool snap_borders;       /* L18: borders nearer than check.mismatch_m become one */
    bool close_gaps;         /* L08: to the neighbour with the longest shared border, or the named */
    bool divide_overlaps;    /* L07: likewise, to one of the units that claim it */
    bool remove_slivers;     /* L12, L13: gaps, overlaps, inlets and polygons that are slivers */
    bool drop_duplicates;    /* L15, L16: vertices at (nearly) one place become one */
    bool mend_rings;         /* L06: what GEOS's make-valid gives, areas only */
    const noi_repair_choice *choices;
    size_t n_choices;
} noi_repair_options;

/* What was done, in order; the codes of rules as in check.h. */
typedef struct noi_repair_step {
    const char *rule;            /* "L08" */
    uint32_t gained, lost;       /* units; NOI_INDEX_NONE for none (a gap was nobody's) */
    double lon, lat, area_m2;    /* a place on it; the area that changed hands, 0 for none */
    bool was_named;              /* a person's choice, not the longest border */
    noi_str wkb;                 /* what changed hands; borrowed until the repair is freed */
} noi_repair_step;

typedef struct noi_repair {
    noi_coverage *coverage; /* mended; the same units in the same order */
    size_t n_steps;
    const noi_repair_step *steps;
    double *area_before_m2, *area_after_m2; /* a unit, on the ellipsoid */
} noi_repair;

NOI_MUST_CHECK noi_status noi_coverage_repair(noi_repair **out, const noi_coverage *coverage,
                                              const noi_repair_options *options);
void noi_repair_free(noi_repair *repair); /* accepts NULL */
NOI_DEFINE_AUTO(noi_repair, noi_repair_free)

#endif
