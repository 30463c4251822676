/* steps.c: what the stages of a repair share; see mender.h. */
#include "geo/planar.h"
#include "geo/repair/mender.h"

#include <math.h>

void repair_add_step(mender *m, noi_repair_step step, noi_str wkb) {
    step.wkb = (noi_str){noi_arena_strndup(m->arena, wkb.p, wkb.n), wkb.n};
    NOI_GROW(m->step, m->cap_steps, m->seen.n_steps + 1);
    m->step[m->seen.n_steps++] = step;
}

bool repair_is_avoided(const mender *m, const double *at) {
    const double reach = 10 * fmax(m->options.check.mismatch_m, m->options.check.near_vertex_m);
    const double *place = (const double *)(const void *)m->avoided.p;
    double mx, my;
    planar_metres(&mx, &my, at[1]);
    for (size_t i = 0; i < m->avoided.n / sizeof(double); i += 2)
        if (hypot((place[i] - at[0]) * mx, (place[i + 1] - at[1]) * my) < reach)
            return true;
    return false;
}
