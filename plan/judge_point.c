/*
 * judge_point.c: what a record's point says: the unit it lies in, how near the borders are, whether
 * it contradicts the record, and what it would say if its coordinates had not been mishandled.
 *
 * How likely a candidate is near a border is the mass of a circular normal error around the point
 * that falls into the unit. It is summed over 576 places of equal mass, 24 rings of 24, each ring
 * turned by a golden part of a step:
 *
 *        . .   .            Every place has its antipode, so a straight border through the point
 *      .  . . .  .  border  parts them into 288 and 288. Against the exact share beyond a straight
 *     . . . p . .|. ------  border, at any distance and angle, the sum is off by 0.2 percent in the
 *      .  . . . .| .        mean and 0.8 at most. Only products of constants: the same on every
 *        . .   . |          machine.
 */
#include "plan/judge.h"

#include <math.h>
#include <string.h>

/* Metres from a point to the nearest border are wanted up to here; beyond, "far" is enough. */
#define BORDER_LIMIT_M 2000.0

/* Claimed unit and point contradict each other when the unit does not come this near to the point,
 * its error counted in: layers of different offices differ by tens of metres. */
#define CONTRADICTION_M 250.0

#define PI       3.14159265358979323846
#define WGS84_A  6378137.0
#define WGS84_E2 0.00669437999014131699

static uint16_t unit_of_area(const uint32_t *units, uint32_t area) {
    return area == NOI_INDEX_NONE || units[area] == UINT32_MAX ? NOI_NO_UNIT
                                                               : (uint16_t)units[area];
}

static uint16_t locate(const noi_plan *plan, double lon, double lat) {
    return unit_of_area(plan->new_index_unit, noi_index_locate(plan->new_index, lon, lat));
}

static void add_areas(unit_set *out, const noi_plan *plan, const uint32_t *areas, size_t n) {
    out->n = 0;
    out->more = n > SET_MAX;
    for (size_t i = 0; i < n && i < SET_MAX; i++) {
        uint16_t unit = unit_of_area(plan->new_index_unit, areas[i]);
        if (unit != NOI_NO_UNIT)
            set_add(out, unit);
    }
}

static void within(unit_set *out, const noi_plan *plan, double lon, double lat, double radius_m) {
    uint32_t areas[SET_MAX];
    size_t n = noi_index_within(areas, SET_MAX, plan->new_index, lon, lat, radius_m);
    add_areas(out, plan, areas, n);
}

static bool have_common(const unit_set *a, const unit_set *b) {
    for (size_t i = 0; i < a->n; i++)
        if (set_has(b, a->items[i]))
            return true;
    return false;
}

/* ---- coordinates that were mishandled -------------------------------------------------------- */

static bool in_vietnam(double lon, double lat) {
    return lon >= 102.0 && lon <= 118.0 && lat >= 6.0 && lat <= 24.0;
}

/* The two central meridians of VN-2000 in the city, 105°45′ and 107°45′ (EPSG:9210, EPSG:5899). */
#define WEST_MERIDIAN 105.75
#define EAST_MERIDIAN 107.75

/* From VN-2000 to WGS 84 the earth's centre moves by these metres; a few metres are left over, the
 * rotations of EPSG:6960, which do not matter to the question in which unit a place lies. */
static void shift_datum(double *lon, double *lat) {
    static const double dx = -191.904, dy = -39.303, dz = -111.450;
    double x = *lon * (PI / 180), y = *lat * (PI / 180);
    double w2 = 1 - WGS84_E2 * sin(y) * sin(y);
    double east = -sin(x) * dx + cos(x) * dy;
    double north = -sin(y) * (cos(x) * dx + sin(x) * dy) + cos(y) * dz;
    *lon += east / (WGS84_A / sqrt(w2) * cos(y)) * (180 / PI);
    *lat += north / (WGS84_A * (1 - WGS84_E2) / (w2 * sqrt(w2))) * (180 / PI);
}

/* The latitude, in radians, whose meridian arc from the equator is `arc` metres. */
static double footpoint(double arc) {
    const double e2 = WGS84_E2, e4 = e2 * e2, e6 = e4 * e2;
    const double root = sqrt(1 - e2), n = (1 - root) / (1 + root), n2 = n * n;
    double mu = arc / (WGS84_A * (1 - e2 / 4 - 3 * e4 / 64 - 5 * e6 / 256));
    return mu + (3 * n / 2 - 27 * n * n2 / 32) * sin(2 * mu) +
           (21 * n2 / 16 - 55 * n2 * n2 / 32) * sin(4 * mu) + 151 * n * n2 / 96 * sin(6 * mu);
}

/* VN-2000 metres to degrees (J. P. Snyder, 1987, p. 63), better than 0.1 m within the city. */
static void from_metres(double *lon, double *lat, double easting, double northing,
                        double meridian) {
    const double e2 = WGS84_E2, second = e2 / (1 - e2), scale = 0.9999;
    double foot = footpoint(northing / scale), sine = sin(foot), cosine = cos(foot);
    double w2 = 1 - e2 * sine * sine, c = second * cosine * cosine;
    double t = (sine / cosine) * (sine / cosine), normal = WGS84_A / sqrt(w2);
    double radius = WGS84_A * (1 - e2) / (w2 * sqrt(w2));
    double d = (easting - 500000) / (normal * scale), d2 = d * d;
    *lat = foot - normal * (sine / cosine) / radius * d2 *
                      (0.5 - (5 + 3 * t + 10 * c - 4 * c * c - 9 * second) * d2 / 24);
    *lon = d *
           (1 - (1 + 2 * t + c) * d2 / 6 +
            (5 - 2 * c + 28 * t - 3 * c * c + 8 * second + 24 * t * t) * d2 * d2 / 120) /
           cosine;
    *lat *= 180 / PI;
    *lon = meridian + *lon * (180 / PI);
    shift_datum(lon, lat);
}

static bool is_planar(double easting, double northing) {
    return easting > 200000 && easting < 800000 && northing > 600000 && northing < 2700000;
}

/* Metres taken for degrees: the unit, when they lie in one and only one of the zones. */
static uint16_t unit_of_metres(const noi_plan *plan, double x, double y) {
    uint16_t found = NOI_NO_UNIT;
    for (int i = 0; i < 4; i++) {
        double lon, lat, easting = i & 1 ? y : x, northing = i & 1 ? x : y;
        if (!is_planar(easting, northing))
            continue;
        from_metres(&lon, &lat, easting, northing, i & 2 ? EAST_MERIDIAN : WEST_MERIDIAN);
        uint16_t unit = locate(plan, lon, lat);
        if (unit != NOI_NO_UNIT && found != NOI_NO_UNIT)
            return NOI_NO_UNIT;
        found = unit != NOI_NO_UNIT ? unit : found;
    }
    return found;
}

static void read_implausible(point *p, const noi_plan *plan) {
    bool swapped = in_vietnam(p->lat, p->lon);
    p->warnings = swapped ? NOI_WARN_SWAPPED_AXES : NOI_WARN_WRONG_ZONE;
    if (plan->new_index)
        p->says = swapped ? locate(plan, p->lat, p->lon) : unit_of_metres(plan, p->lon, p->lat);
}

/* A point that was read with the other central meridian lies two degrees beside its place. */
static void look_beside(point *p, const noi_plan *plan) {
    const double step = EAST_MERIDIAN - WEST_MERIDIAN;
    for (int side = -1; side <= 1 && !p->beside; side += 2) {
        uint32_t area = noi_index_locate(plan->new_index, p->lon + side * step, p->lat);
        p->beside = area != NOI_INDEX_NONE;
        p->zone = side * step;
    }
}

void noi_point_settle(point *p, const noi_plan *plan, const unit_set *units) {
    if (!p->beside)
        return;
    unit_set near;
    within(&near, plan, p->lon + p->zone, p->lat, p->error_m + CONTRADICTION_M);
    if (units->n && !have_common(&near, units))
        return;
    p->usable = false;
    p->warnings = NOI_WARN_WRONG_ZONE;
    p->says = locate(plan, p->lon + p->zone, p->lat);
}

/* ---- the point as it is ---------------------------------------------------------------------- */

void noi_point_read(point *p, const noi_plan *plan, const noi_records *r, size_t i) {
    p->lon = r->lon ? r->lon[i] : NAN;
    p->lat = r->lat ? r->lat[i] : NAN;
    p->usable = p->outside = p->beside = false;
    p->in = p->says = NOI_NO_UNIT;
    p->warnings = 0;
    p->holders.n = p->reach.n = 0;
    p->holders.more = p->reach.more = false;
    if (isnan(p->lon) || isnan(p->lat))
        return;
    float error = r->error_m ? r->error_m[i] : NAN;
    p->error_m = isnan(error) ? r->default_error_m : error;
    if (!in_vietnam(p->lon, p->lat)) {
        read_implausible(p, plan);
        return;
    }
    if (!plan->new_index)
        return;
    p->usable = true;
    uint32_t area = noi_index_locate(plan->new_index, p->lon, p->lat);
    p->in = p->says = unit_of_area(plan->new_index_unit, area);
    p->outside = area == NOI_INDEX_NONE;
    if (!p->outside)
        return;
    p->warnings = NOI_WARN_OUTSIDE_COVERAGE;
    look_beside(p, plan);
}

void noi_point_measure(noi_verdict *v, point *p, const noi_plan *plan) {
    if (!p->usable)
        return;
    if (v->border_m < 0) {
        double border = noi_index_border_m(plan->new_index, p->lon, p->lat, BORDER_LIMIT_M);
        v->border_m = isfinite(border) ? (float)border : (float)BORDER_LIMIT_M;
    }
    within(&p->reach, plan, p->lon, p->lat, p->error_m);
    if (p->reach.n <= 1 && p->in != NOI_NO_UNIT) {
        set_add(&p->holders, p->in); /* whatever holds a point is within its reach */
        return;
    }
    uint32_t areas[SET_MAX];
    size_t n = noi_index_holders(areas, SET_MAX, plan->new_index, p->lon, p->lat);
    add_areas(&p->holders, plan, areas, n);
}

uint32_t noi_point_contradiction(point *p, const noi_plan *plan, const hypotheses *h,
                                 const unit_set *units) {
    if (!p->usable || set_has(units, p->in))
        return 0;
    unit_set near;
    within(&near, plan, p->lon, p->lat, p->error_m + CONTRADICTION_M);
    if (have_common(&near, units))
        return 0;
    if (plan->old_index) {
        uint32_t area = noi_index_locate(plan->old_index, p->lon, p->lat);
        uint16_t old_unit = unit_of_area(plan->old_index_unit, area);
        if (old_unit != NOI_NO_UNIT && set_has(&h->old_units, old_unit))
            return NOI_WARN_MAP_CONTRADICTS_LAW;
    }
    return NOI_WARN_POINT_CONTRADICTS;
}

bool noi_point_in_another_old_unit(const noi_plan *plan, const point *p, const hypotheses *h) {
    if (!plan->old_index || h->old_units.n == 0 || h->new_units.n)
        return false;
    uint32_t areas[SET_MAX];
    size_t n = noi_index_within(areas, SET_MAX, plan->old_index, p->lon, p->lat,
                                p->error_m + CONTRADICTION_M);
    if (n == 0 || n > SET_MAX)
        return false; /* the old map does not tell */
    for (size_t i = 0; i < n; i++)
        if (set_has(&h->old_units, unit_of_area(plan->old_index_unit, areas[i])))
            return false;
    return true;
}

void noi_point_tell(noi_verdict *v, const point *p, const noi_plan *plan) {
    v->point_unit = p->says;
    if (!p->usable || !p->outside)
        return;
    double metres;
    uint32_t area =
        noi_index_nearest(&metres, plan->new_index, p->lon, p->lat, NOI_NEAREST_LIMIT_M);
    v->point_unit = unit_of_area(plan->new_index_unit, area);
    if (v->point_unit != NOI_NO_UNIT)
        v->border_m = (float)metres;
}

/* ---- how likely each candidate is ------------------------------------------------------------ */

#define RINGS   24
#define SPOKES  24 /* even: every place has its antipode */
#define NOWHERE NOI_MAX_CANDIDATES

/* Radii, in errors, of rings with equal mass between them: sqrt(ln(1 - (i + ½) / 24) / ln 0.05). */
static const double ring_radius[RINGS] = {
    0.08383197864079688, 0.14677699961666479, 0.19162254801137302, 0.22938577602393595,
    0.26327119620297984, 0.29476199331460851, 0.32470649012561514, 0.35366049563156671,
    0.38202821105401957, 0.41013129820148436, 0.43824795487813450, 0.46663850743392155,
    0.49556529486151946, 0.52531141912973234, 0.55620209122976660, 0.58863298872532233,
    0.62311257326309433, 0.66033136688501515, 0.70128563190218729, 0.74752060927906994,
    0.80167192691909694, 0.86890452312129196, 0.96203578552933089, 1.13676675003323391};

typedef struct direction {
    double x, y;
} direction;

static direction turned(direction d, direction by) {
    return (direction){d.x * by.x - d.y * by.y, d.x * by.y + d.y * by.x};
}

static size_t slot_of(const noi_verdict *v, uint16_t unit) {
    for (size_t i = 0; i < v->n_candidates; i++)
        if (v->candidates[i] == unit)
            return i;
    return NOWHERE;
}

/* One place: its unit gets the mass; where units overlap, each of them gets its part. */
static void weigh_place(double mass[NOWHERE + 1], const noi_verdict *v, const noi_plan *plan,
                        double lon, double lat, bool overlaps) {
    if (!overlaps) {
        mass[slot_of(v, locate(plan, lon, lat))] += 1;
        return;
    }
    uint32_t areas[SET_MAX];
    size_t n = noi_index_holders(areas, SET_MAX, plan->new_index, lon, lat);
    n = n > SET_MAX ? SET_MAX : n;
    for (size_t i = 0; i < n; i++)
        mass[slot_of(v, unit_of_area(plan->new_index_unit, areas[i]))] += 1.0 / (double)n;
    mass[NOWHERE] += n == 0;
}

/* Whole percents that add up to 100: what rounding down leaves goes to the largest remainders. */
static void round_shares(uint8_t percent[NOWHERE + 1], const double mass[NOWHERE + 1]) {
    double rest[NOWHERE + 1];
    int left = 100;
    for (size_t i = 0; i <= NOWHERE; i++) {
        double share = mass[i] * (100.0 / (RINGS * SPOKES));
        percent[i] = (uint8_t)(share + 1e-9);
        rest[i] = share - percent[i];
        left -= percent[i];
    }
    for (; left > 0; left--) {
        size_t most = 0;
        for (size_t i = 1; i <= NOWHERE; i++)
            most = rest[i] > rest[most] + 1e-9 ? i : most;
        percent[most]++;
        rest[most] = -1;
    }
}

void noi_point_weigh(noi_verdict *v, const point *p, const noi_plan *plan) {
    static const direction step = {0.96592582628906831, 0.25881904510252074};  /* 1 / 24 */
    static const direction drift = {0.98693876326014374, 0.16109586454821881}; /* 0.618 / 24 */
    static const direction first = {0.99672934221385889, 0.08081224146085887}; /* half of it */
    if (!(p->error_m > 0) || !isfinite(p->error_m))
        return; /* a point without an error lies on one side, whatever the half-open rule says */
    double sine = sin(p->lat * (PI / 180)), w2 = 1 - WGS84_E2 * sine * sine;
    double a_metre_north = w2 * sqrt(w2) / (WGS84_A * (1 - WGS84_E2)) * (180 / PI);
    double a_metre_east = sqrt(w2) / (WGS84_A * cos(p->lat * (PI / 180))) * (180 / PI);
    double mass[NOWHERE + 1] = {0};
    direction start = first;
    for (int ring = 0; ring < RINGS; ring++, start = turned(start, drift)) {
        double east = ring_radius[ring] * p->error_m * a_metre_east;
        double north = ring_radius[ring] * p->error_m * a_metre_north;
        direction d = start;
        for (int i = 0; i < SPOKES / 2; i++, d = turned(d, step)) {
            bool overlaps = p->holders.n > 1;
            weigh_place(mass, v, plan, p->lon + d.x * east, p->lat + d.y * north, overlaps);
            weigh_place(mass, v, plan, p->lon - d.x * east, p->lat - d.y * north, overlaps);
        }
    }
    uint8_t percent[NOWHERE + 1];
    round_shares(percent, mass);
    memcpy(v->probability, percent, sizeof v->probability);
}
