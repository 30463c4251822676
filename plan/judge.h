/* judge.h: what judge.c works with, record by record; nothing here is allocated. */
#ifndef NOI_PLAN_JUDGE_H
#define NOI_PLAN_JUDGE_H

#include "plan/parts.h"

/* Where the record may lie: old units of the eve, or new units that it already names. */
typedef struct hypotheses {
    unit_set old_units, new_units;
    uint32_t warnings;
} hypotheses;

typedef struct evidence {
    bool has_code, has_text;
    bool disagrees;     /* code and text, or ward and district, contradict each other */
    bool district_only; /* no ward was read, a district was */
    noi_code code;
    noi_code district; /* the code is a district's */
    hypotheses by_code, by_text;
    noi_str sheet;
    noi_reading reading;
} evidence;

/* The new units that the hypotheses lead to. */
typedef struct candidates {
    unit_set units;
    bool area_only; /* one of them received area, but no people */
    bool dead_end;  /* a hypothesis ended without an edge: the plan does not cover it */
} candidates;

/* The units that a reading can mean, with what is to be warned of. */
void noi_hypotheses_of_reading(hypotheses *out, const noi_plan *plan, const noi_reading *reading);

/* The new units that hypotheses lead to. */
void noi_candidates_find(candidates *out, const noi_plan *plan, const hypotheses *h);

/* ---- the point: judge_point.c ---------------------------------------------------------------- */

typedef struct point {
    double lon, lat;
    double error_m;   /* holds the true place in 95 of 100 cases */
    bool usable;      /* plausible, and the plan has a layer */
    bool outside;     /* in no area of the layer */
    bool beside;      /* outside, but not when read in the zone beside: see noi_point_settle */
    uint16_t in;      /* the new unit that holds it; the first of them where units overlap */
    uint16_t says;    /* what becomes noi_verdict.point_unit */
    double zone;      /* degrees of longitude to the zone beside */
    unit_set holders; /* new units that hold it; measured points only */
    unit_set reach;   /* new units within its error; measured points only */
    uint32_t warnings;
} point;

/* Record i's point: where it is, and whether it can be used at all. */
void noi_point_read(point *p, const noi_plan *plan, const noi_records *records, size_t i);

/* A point outside the layer that would lie inside when read in the zone beside was read in the
 * wrong zone, unless the record can only lie elsewhere: `units` are the new units that it leaves
 * possible, empty for all. */
void noi_point_settle(point *p, const noi_plan *plan, const unit_set *units);

/* How near the borders are, which units its error reaches. Asked only where the point is weighed:
 * for most records the law alone decides, and this would cost more than all the rest. */
void noi_point_measure(noi_verdict *v, point *p, const noi_plan *plan);

/* The warning for a point that lies far from all of `units`: a contradiction of the record or, when
 * the old map puts the point into the very old unit, of the new map. 0 when there is none. */
uint32_t noi_point_contradiction(point *p, const noi_plan *plan, const hypotheses *h,
                                 const unit_set *units);

/* The old map shows the point far from every old unit that the record can mean: then the point
 * speaks of another place, even where the new units are the same. */
bool noi_point_in_another_old_unit(const noi_plan *plan, const point *p, const hypotheses *h);

/* Weighs the verdict's candidates by a measured point: noi_verdict.probability. */
void noi_point_weigh(noi_verdict *v, const point *p, const noi_plan *plan);

/* Settled, what it says: noi_verdict.point_unit, and how far the nearest unit is from a point in
 * none. */
void noi_point_tell(noi_verdict *v, const point *p, const noi_plan *plan);

#endif
