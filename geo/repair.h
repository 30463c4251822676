/*
 * repair.h: a coverage with some of its defects mended: borders snapped, gaps closed, overlaps
 * divided, slivers removed. Only what is asked for is touched: a unit without accepted defects
 * keeps its vertices bit by bit. Neighbours share every vertex of a mended border, bit by bit. The
 * input is not changed. Deterministic. NOI_ERR_INTERNAL when GEOS cannot finish. No overlap, gap,
 * sliver or invalid ring comes about that was not there: what would make one is left as it is.
 *
 * What stays though it was accepted, because nothing may be guessed: whatever touches a unit with
 * an invalid ring (unless mend_rings mends it), an overlap where several units would lose half of
 * their land or more, a sliver that is a unit's only land. noi_coverage_check on the result names
 * it.
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
    bool close_gaps;      /* L08: to the neighbour with the longest shared border, or the named */
    bool divide_overlaps; /* L07: likewise, to one of the units that claim it; but a unit that
                             would lose half of its land or more keeps it, unless named otherwise */
    bool remove_slivers;  /* L12: gaps, overlaps and polygons that are slivers */
    bool close_inlets;    /* L13: as gaps */
    bool drop_duplicates; /* L15: vertices at one place become one */
    bool merge_near;      /* L16: vertices nearly at one place become one, for all who have them */
    bool mend_rings;      /* L06: what outer rings enclose less what their holes do; both lobes of
                             a ring that crosses itself stay, a hole never becomes land */
    const noi_repair_choice *choices;
    size_t n_choices;
} noi_repair_options;

/* The option that accepts a rule such as "L08"; NULL for a rule that cannot be mended. */
bool *noi_repair_accept(noi_repair_options *options, const char *rule);

/* The rules that can be mended, "L06" first; NULL behind the last. */
const char *noi_repair_rule(size_t i);

/* What was done, in order; the codes of rules as in check.h. Of L07, L08, L12 and L13 one step for
 * each piece of land and each unit that lost it. Of L06, L15, L16 and L18 one for each defect that
 * is gone: gained and lost are the units it was on, area_m2 is 0. And of L16 and L18 the land that
 * went with the vertices: for each unit one with all that it gained (lost is NOI_INDEX_NONE) and
 * one with all that it lost; so land that one gave another stands in two of them. */
typedef struct noi_repair_step {
    const char *rule;         /* "L08" */
    uint32_t gained, lost;    /* units; NOI_INDEX_NONE for none (a gap was nobody's) */
    double lon, lat, area_m2; /* a place on it; the area that changed hands, 0 for none */
    bool was_named;           /* a person's choice, not the longest border */
    bool of_ring;             /* L06: the whole unit's rings were made anew; its areas tell */
    noi_str wkb;              /* what changed hands; borrowed until the repair is freed */
} noi_repair_step;

typedef struct noi_repair {
    noi_coverage *coverage; /* mended; the same units in the same order */
    size_t n_steps;
    const noi_repair_step *steps;
    /* A unit, on the ellipsoid: outer rings less holes. Before, of a unit with an invalid ring,
     * that is a sum over the file's rings and no land: lobes of a ring that crosses itself cancel
     * out, a hole is taken off wherever it lies, land that is drawn twice counts twice. */
    double *area_before_m2, *area_after_m2;
    const noi_defects *defects_before, *defects_after; /* by options.check */
} noi_repair;

/* NOI_ERR_INPUT: a choice names a place that is in no accepted gap or overlap, or a unit that
 * neither borders on the gap nor claims the overlap; two choices name different units for one piece
 * of land; a choice would leave a unit without land, or cannot be carried out. */
NOI_MUST_CHECK noi_status noi_coverage_repair(noi_repair **out, const noi_coverage *coverage,
                                              const noi_repair_options *options);
void noi_repair_free(noi_repair *repair); /* accepts NULL */
NOI_DEFINE_AUTO(noi_repair, noi_repair_free)

#endif
