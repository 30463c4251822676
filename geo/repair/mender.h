/*
 * mender.h: what the files of the repair share; repair.c tells the way through them.
 * Private to geo/.
 */
#ifndef NOI_GEO_REPAIR_MENDER_H
#define NOI_GEO_REPAIR_MENDER_H

#include "geo/geos.h"
#include "geo/index.h"
#include "geo/planar.h"
#include "geo/repair.h"

typedef struct mender {
    noi_repair seen; /* first: a noi_repair is the beginning of a mender */
    noi_repair_step *step;
    size_t cap_steps;
    noi_arena *arena;
    noi_repair_options options;
    bool
        *is_fixed; /* a unit that may neither gain nor lose nor move: invalid, or would become so */
    noi_buf avoided;    /* pairs of doubles: places where drawing vertices together breaks a ring */
    double *area_m2;    /* of a unit, as it stands */
    noi_buf forced;     /* pairs of doubles: new vertices of mended rings, for all who pass there */
    bool is_strict;     /* no stage may make what a later one would mend */
    noi_defects *first; /* of the layer as it came */
    noi_defects *now;   /* of seen.coverage as it stands, by the options' check */
    noi_defects *watched; /* likewise by repair_watch; NULL: `now` says it all */
} mender;

void repair_add_step(mender *m, noi_repair_step step, noi_str wkb);

/* Whether a place lies beside one where drawing vertices together breaks a ring. */
bool repair_is_avoided(const mender *m, const double *at);

/* ---- guard.c: no stage makes an overlap, gap or sliver that was not there ---- */

/* Whether a stage has made new ones. They are left alone from now on: the places, in stages that
 * move vertices, else the units. Unless the repair is strict, a stage may make what is accepted for
 * mending: the next round mends it. */
bool repair_guard(mender *m, const noi_defects *before, const noi_defects *after, bool by_place);

/* Whether `after` has any that `before` had not. */
bool repair_is_worse(const mender *m, const noi_defects *before, const noi_defects *after);

/* All overlaps, gaps and slivers, whatever the user's thresholds leave out. */
NOI_MUST_CHECK noi_status repair_watch(noi_defects **out, const mender *m,
                                       const noi_coverage *coverage);
bool repair_watches_more(const mender *m); /* than the user's thresholds do */

/* ---- moves.c ---- */

/* Steps for the land that the unit gains and loses when its vertices move to those of `next`. */
void repair_tell_moves(mender *m, geos *g, const noi_coverage *next, uint32_t unit,
                       const char *rule);

/* ---- owners.c: whose is each face of a gap, an overlap, a sliver ---- */

typedef struct deal {
    mender *m;
    planar p;
    planar_counts *before; /* of a face: who held it */
    bool *was_dealt;       /* a face */
    const noi_defects *defects;
    bool any;
} deal;

/* Decides; p.holders then says who holds each face afterwards. */
NOI_MUST_CHECK noi_status repair_deal(deal *d);

/* ---- rings.c: rings again from faces ---- */

/* The coverage with each unit's faces as dealt. Yours. */
noi_coverage *repair_rebuild(const deal *d);

/* Adds a ring with all its vertices, also where the last lies at the place of the first. */
void repair_add_ring(noi_coverage *out, const double *xy, size_t n);

/* Faces together as a unit, added to `out`. */
void repair_add_faces(noi_coverage *out, const planar *p, const uint32_t *faces, uint32_t n);

/* ---- vertices.c ---- */

/* Each makes a new coverage, yours; NULL when there is nothing to change. */
noi_coverage *repair_duplicates(const mender *m, const noi_coverage *coverage);
noi_coverage *repair_near(const mender *m, const noi_coverage *coverage);
noi_coverage *repair_mismatches(const mender *m, const noi_coverage *coverage,
                                const noi_defects *defects);

#endif
