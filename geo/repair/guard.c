/*
 * guard.c: no stage of a repair makes an overlap, gap or sliver that was not there. What
 * noi_coverage_check says before and after a stage is held side by side: a piece of land that is
 * wrong afterwards must have been wrong before, between the same units, and must not have grown.
 */
#include "geo/repair/mender.h"

#include <math.h>
#include <string.h>

#define MORE      1.1 /* a piece may grow by this share ... */
#define MORE_M2   1.0 /* ... and by this: borders beside it are snapped */
#define WKB_PLACE (2 * sizeof(double))

typedef struct box {
    double x1, y1, x2, y2;
} box;

static uint32_t read_u32(const char *at) {
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

/* Each place of a polygon or multipolygon as this program writes it. */
typedef void each_place(void *context, const double *at);

static const char *walk_polygon(const char *at, each_place *take, void *context) {
    uint32_t rings = read_u32(at + 5);
    for (at += 9; rings; rings--) {
        uint32_t n = read_u32(at);
        for (at += 4; n; n--, at += WKB_PLACE) {
            double place[2];
            memcpy(place, at, sizeof place);
            take(context, place);
        }
    }
    return at;
}

static void walk(const noi_defect *d, each_place *take, void *context) {
    enum { POLYGON = 3, MULTIPOLYGON = 6 };
    if (d->wkb.n < 9)
        return;
    uint32_t type = read_u32(d->wkb.p + 1);
    if (type == POLYGON)
        walk_polygon(d->wkb.p, take, context);
    if (type != MULTIPOLYGON)
        return;
    const char *at = d->wkb.p + 9;
    for (uint32_t n = read_u32(d->wkb.p + 5); n; n--)
        at = walk_polygon(at, take, context);
}

static void widen(void *context, const double *at) {
    box *b = context;
    b->x1 = fmin(b->x1, at[0]);
    b->y1 = fmin(b->y1, at[1]);
    b->x2 = fmax(b->x2, at[0]);
    b->y2 = fmax(b->y2, at[1]);
}

static box box_of(const noi_defect *d) {
    box b = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    walk(d, widen, &b);
    return b;
}

static bool meet(const box *a, const box *b, double reach) {
    return a->x1 <= b->x2 + reach && b->x1 <= a->x2 + reach && a->y1 <= b->y2 + reach &&
           b->y1 <= a->y2 + reach;
}

static bool is_land(const noi_defect *d) {
    return d->of == NOI_DEFECT_OVERLAP || d->of == NOI_DEFECT_GAP || d->of == NOI_DEFECT_SLIVER;
}

/* Whether `was` may be what became `is`: of a gap the units beside it may change, since what is
 * beside it may be dealt out. */
static bool is_same_place(const noi_defect *was, const noi_defect *is, const box *its,
                          double reach) {
    if (was->of != is->of)
        return false;
    if (is->of != NOI_DEFECT_GAP && (was->unit_a != is->unit_a || was->unit_b != is->unit_b))
        return false;
    box b = box_of(was);
    return meet(&b, its, reach);
}

static bool was_there(const noi_defects *before, const noi_defect *d, double reach) {
    box its = box_of(d);
    double area = 0;
    for (size_t i = 0; i < before->n; i++)
        if (is_land(&before->items[i]) && is_same_place(&before->items[i], d, &its, reach))
            area += before->items[i].area_m2;
    return area > 0 && d->area_m2 <= MORE * area + MORE_M2;
}

typedef struct avoiding {
    mender *m;
    bool any;
} avoiding;

static void avoid_place(void *context, const double *at) {
    avoiding *a = context;
    if (repair_is_avoided(a->m, at))
        return;
    noi_buf_add(&a->m->avoided, at, 2 * sizeof *at);
    a->any = true;
}

static void fix(mender *m, uint32_t unit) {
    if (unit != NOI_INDEX_NONE)
        m->is_fixed[unit] = true;
}

static double reach_of(const mender *m) {
    const double degrees_a_metre = 1 / 111000.0;
    return 2 * m->options.check.mismatch_m * degrees_a_metre;
}

static bool will_be_mended(mender *m, const noi_defect *d) {
    const bool *accepted = noi_repair_accept(&m->options, noi_defect_rule(d->kind));
    return accepted && *accepted && !m->is_strict;
}

bool repair_guard(mender *m, const noi_defects *before, const noi_defects *after, bool by_place) {
    bool any = false;
    for (size_t i = 0; i < after->n; i++) {
        const noi_defect *d = &after->items[i];
        if (!is_land(d) || will_be_mended(m, d) || was_there(before, d, reach_of(m)))
            continue;
        avoiding a = {.m = m};
        if (by_place)
            walk(d, avoid_place, &a);
        if (!a.any) {
            fix(m, d->unit_a);
            fix(m, d->unit_b);
        }
        any = true;
    }
    return any;
}

bool repair_is_worse(const mender *m, const noi_defects *before, const noi_defects *after) {
    for (size_t i = 0; i < after->n; i++)
        if (is_land(&after->items[i]) && !was_there(before, &after->items[i], reach_of(m)))
            return true;
    return false;
}

noi_status repair_watch(noi_defects **out, const mender *m, const noi_coverage *coverage) {
    const noi_check_options usual = NOI_CHECK_DEFAULTS;
    noi_check_options o = m->options.check;
    o.min_area_m2 = fmin(o.min_area_m2, usual.min_area_m2);
    o.narrower_than_m = fmax(o.narrower_than_m, usual.narrower_than_m);
    o.wider_than_m = 0;
    return noi_coverage_check(out, coverage, &o);
}

bool repair_watches_more(const mender *m) {
    const noi_check_options usual = NOI_CHECK_DEFAULTS, *o = &m->options.check;
    return o->min_area_m2 > usual.min_area_m2 || o->narrower_than_m < usual.narrower_than_m ||
           o->wider_than_m > 0;
}
