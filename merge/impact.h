/*
 * impact.h: who would move if a boundary layer were replaced by another one of the same day. Every
 * record is judged twice, by plans that differ in that layer alone; nothing is written.
 */
#ifndef NOI_MERGE_IMPACT_H
#define NOI_MERGE_IMPACT_H

#include "geo/layer.h"
#include "merge/run.h"

/* Records that go from one outcome to another. A unit is the code of a unit after the reform, to
 * which `noi merge` would assign the record, whichever side of the reform the layers draw; 0: asked
 * (ambiguous), 1: unplaced. */
#define NOI_IMPACT_ASKED    ((noi_code)0)
#define NOI_IMPACT_UNPLACED ((noi_code)1)
typedef struct noi_impact_row {
    noi_code from, to;
    int64_t records[NOI_RECORD_KINDS]; /* by kind; 0 holds the sum */
} noi_impact_row;

typedef struct noi_impact {
    noi_day on;            /* the first day of the registry's newest reform */
    noi_day day;           /* whose units both layers draw: `on`, or its eve */
    uint32_t unknown_before, unknown_after; /* areas whose code was not in force on that day */
    noi_account before, after;
    size_t n_rows;
    noi_impact_row *rows;  /* only where from != to; the most records first, then by codes */
    int64_t near[NOI_RECORD_KINDS]; /* records that are asked both times, but between other units */
} noi_impact;

/* Called for each record that changes, in the order of kinds and ids, on the caller's thread; may be
 * NULL. The place is the record's own, or that of the parcel or address that it names; NaN for none.
 * Its failure ends the comparison. */
typedef noi_status (*noi_impact_record)(void *context, noi_record_kind kind, noi_str key,
                                        noi_code from, noi_code to, double lon, double lat);

/* The reform, and the day whose units both layers draw, as noi_impact_judge finds them (and refuses
 * layers): before any longer work is done with them. */
NOI_MUST_CHECK noi_status noi_impact_days(noi_day *on, noi_day *day, noi_registry *registry,
                                          const noi_layer *before, const noi_layer *after);

/* Units are told by the codes of the layers' areas. NOI_ERR_INPUT: the two layers draw units of
 * different days, or of a day that is no side of the registry's newest reform (the message names
 * the days); the registry holds no crosswalk. */
NOI_MUST_CHECK noi_status noi_impact_judge(noi_impact **out, noi_registry *registry,
                                           const noi_layer *before, const noi_layer *after,
                                           noi_impact_record record, void *context);
void noi_impact_free(noi_impact *impact); /* accepts NULL */
NOI_DEFINE_AUTO(noi_impact, noi_impact_free)

#endif
