/*
 * moves.c: the land that vertices take along when they move. A border that is drawn together is
 * not handed over as a gap is, but what it gives a unit and takes from it is told all the same:
 * one step for each unit and side.
 */
#include "geo/repair/mender.h"

#include <geos_c.h>

#define LEAST_M2 0.005 /* half of the last digit that tables show */

/* What `more` has and `less` has not, as a step of `unit`. */
static void tell(mender *m, geos *g, noi_repair_step step, const GEOSGeometry *more,
                 const GEOSGeometry *less) {
    GEOSGeometry *land = more && less ? GEOSDifference_r(g->handle, more, less) : NULL;
    if (!land)
        return;
    step.area_m2 = geos_area_m2(g, NULL, land);
    double at[2];
    if (step.area_m2 >= LEAST_M2 && geos_point_on(g, at, land)) {
        step.lon = at[0];
        step.lat = at[1];
        size_t n = 0;
        GEOSWKBWriter *writer = GEOSWKBWriter_create_r(g->handle);
        unsigned char *wkb = GEOSWKBWriter_write_r(g->handle, writer, land, &n);
        repair_add_step(m, step, (noi_str){(char *)wkb, wkb ? n : 0});
        GEOSFree_r(g->handle, wkb);
        GEOSWKBWriter_destroy_r(g->handle, writer);
    }
    GEOSGeom_destroy_r(g->handle, land);
}

void repair_tell_moves(mender *m, geos *g, const noi_coverage *next, uint32_t unit,
                       const char *rule) {
    GEOSGeometry *before = geos_valid_unit(g, m->seen.coverage, unit);
    GEOSGeometry *after = geos_valid_unit(g, next, unit);
    tell(m, g, (noi_repair_step){.rule = rule, .gained = unit, .lost = NOI_INDEX_NONE}, after,
         before);
    tell(m, g, (noi_repair_step){.rule = rule, .gained = NOI_INDEX_NONE, .lost = unit}, before,
         after);
    if (before)
        GEOSGeom_destroy_r(g->handle, before);
    if (after)
        GEOSGeom_destroy_r(g->handle, after);
}
