/*
 * trials.c: see trials.h. Setting up a transformation costs PROJ some milliseconds, so of the fifty
 * systems and their exchanged axes only those are tried that a rough formula puts near the
 * reference for one feature at least.
 */
#include "boundary/trials.h"

#include <math.h>
#include <string.h>

#define DEGREE_M 111000.0
#define DEGREE   0.017453292519943295 /* in radians */

/* The centres of units, in a sketch or in a layer of another vintage, lie up to 5 km off in open
 * country. Zones lie 27 km apart at least: no radius may reach half of that. */
#define NEAR_M       8000.0
#define FAR_ENOUGH_M 12000.0
#define ROUGH_M      5000.0 /* what noi_crs_roughly may be off, with room */

/* ---- small things ---- */

static int ascending(const void *a, const void *b) {
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

double noi_median(double *values, size_t n) {
    if (n == 0)
        return NAN;
    qsort(values, n, sizeof *values, ascending);
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

/* Metres between two places in degrees; right to a percent where they are not far apart. */
static double metres(double lon, double lat, double other_lon, double other_lat) {
    double dx = (lon - other_lon) * cos((lat + other_lat) / 2 * DEGREE);
    return hypot(dx, lat - other_lat) * DEGREE_M;
}

/* ---- the features ---- */

/* Twice the area of a ring, and its centre times that; relative to (x0, y0), near which its numbers
 * do not lose digits. */
typedef struct moment {
    double area, x, y;
} moment;

static moment ring_moment(const noi_coverage *c, uint32_t ring, double x0, double y0) {
    uint32_t from = c->ring_vertex[ring], to = c->ring_vertex[ring + 1];
    moment sum = {0, 0, 0};
    for (uint32_t v = from; v < to; v++) {
        uint32_t w = v + 1 < to ? v + 1 : from;
        double ax = c->xy[2 * v] - x0, ay = c->xy[2 * v + 1] - y0;
        double bx = c->xy[2 * w] - x0, by = c->xy[2 * w + 1] - y0, cross = ax * by - bx * ay;
        sum.area += cross;
        sum.x += (ax + bx) / 3 * cross;
        sum.y += (ay + by) / 3 * cross;
    }
    return sum;
}

/* Outer rings count with their area and holes against it, however they run. */
static moment unit_moment(const noi_coverage *c, uint32_t unit, double x0, double y0) {
    moment sum = {0, 0, 0};
    for (uint32_t p = c->unit_polygon[unit]; p < c->unit_polygon[unit + 1]; p++)
        for (uint32_t r = c->polygon_ring[p]; r < c->polygon_ring[p + 1]; r++) {
            moment ring = ring_moment(c, r, x0, y0);
            double sign = (r == c->polygon_ring[p]) == (ring.area >= 0) ? 1 : -1;
            sum.area += sign * ring.area;
            sum.x += sign * ring.x;
            sum.y += sign * ring.y;
        }
    return sum;
}

void noi_unit_centre(double out[2], const noi_coverage *c, uint32_t unit) {
    uint32_t from = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit]]];
    uint32_t to = c->ring_vertex[c->polygon_ring[c->unit_polygon[unit + 1]]];
    out[0] = out[1] = NAN;
    if (from == to)
        return;
    double x0 = c->xy[2 * from], y0 = c->xy[2 * from + 1];
    moment sum = unit_moment(c, unit, x0, y0);
    out[0] = sum.area > 0 ? x0 + sum.x / sum.area : x0;
    out[1] = sum.area > 0 ? y0 + sum.y / sum.area : y0;
}

/* Columns of numbers lose a leading zero: four digits are a commune's five. */
static noi_code whole_code(noi_code code) {
    return code >> 20 == 4 ? (code & 0xfffffu) | 5u << 20 : code;
}

static uint32_t first_not_below(const noi_reference *reference, noi_code code) {
    uint32_t low = 0, high = (uint32_t)reference->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reference->items[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void take_features(noi_trials *t, const noi_coverage *c) {
    for (uint32_t i = 0; i < t->n_features; i++) {
        noi_code code = whole_code(c->unit_code[i]);
        double centre[2];
        noi_unit_centre(centre, c, i);
        t->x[i] = centre[0];
        t->y[i] = centre[1];
        if (!code || isnan(t->x[i]))
            continue;
        t->from[i] = first_not_below(t->reference, code);
        t->to[i] = first_not_below(t->reference, code + 1);
        t->n_compared += t->from[i] < t->to[i];
    }
}

/* ---- one trial ---- */

static double reach_of(const noi_reference_unit *place) {
    return fmin(fmax(place->radius_m, NEAR_M), FAR_ENOUGH_M);
}

static void compare(noi_trial *trial, const noi_trials *t, uint32_t i) {
    trial->away[i] = trial->away_drawn[i] = NAN;
    for (uint32_t k = t->from[i]; k < t->to[i]; k++) {
        const noi_reference_unit *place = &t->reference->items[k];
        double away = metres(trial->lon[i], trial->lat[i], place->lon, place->lat);
        if (isnan(away))
            away = INFINITY;
        trial->away[i] = fmin(trial->away[i], away);
        if (place->is_drawn)
            trial->away_drawn[i] = fmin(trial->away_drawn[i], away);
        trial->is_near[i] |= away <= reach_of(place);
    }
    trial->n_near += trial->is_near[i];
}

static void measure(noi_trial *trial, const noi_trials *t) {
    NOI_AUTO_FREE double *known = noi_alloc(t->n_compared * sizeof *known);
    size_t n = 0;
    memcpy(trial->lon, t->x, t->n_features * sizeof *t->x);
    memcpy(trial->lat, t->y, t->n_features * sizeof *t->y);
    noi_crs_to_wgs84(trial->crs, trial->lon, trial->lat, t->n_features);
    for (uint32_t i = 0; i < t->n_features; i++) {
        compare(trial, t, i);
        if (t->from[i] < t->to[i])
            known[n++] = trial->away[i];
    }
    trial->median_m = noi_median(known, n);
}

/* Takes the transformation over. */
static uint32_t add_trial(noi_trials *t, noi_crs *crs, bool is_stated) {
    size_t n = t->n_features;
    noi_trial trial = {.name = noi_strdup(noi_crs_name(crs)),
                       .crs = crs,
                       .is_stated = is_stated,
                       .lon = noi_alloc(n * sizeof(double)),
                       .lat = noi_alloc(n * sizeof(double)),
                       .away = noi_alloc(n * sizeof(double)),
                       .away_drawn = noi_alloc(n * sizeof(double)),
                       .is_near = noi_alloc_zero(n, sizeof(bool))};
    measure(&trial, t);
    t->items = noi_realloc(t->items, (t->n + 1) * sizeof *t->items);
    t->items[t->n] = trial;
    return t->n++;
}

static void trial_end(noi_trial *trial) {
    noi_crs_close(trial->crs);
    free(trial->name);
    free(trial->lon);
    free(trial->lat);
    free(trial->away);
    free(trial->away_drawn);
    free(trial->is_near);
}

uint32_t noi_trials_find(const noi_trials *t, const char *name) {
    for (uint32_t i = 0; i < t->n; i++)
        if (strcmp(t->items[i].name, name) == 0)
            return i;
    return NOI_NO_TRIAL;
}

noi_status noi_trials_get(uint32_t *out, noi_trials *t, const char *name) {
    uint32_t found = noi_trials_find(t, name);
    if (found == NOI_NO_TRIAL) {
        noi_crs *crs = NULL;
        NOI_TRY(noi_crs_open(&crs, name));
        found = add_trial(t, crs, false);
    }
    *out = found;
    return NOI_OK;
}

/* ---- which systems are tried ---- */

/* The first name in a WKT text, 'PROJCRS["VN2000 HCM",...' or the text's beginning. */
static char *name_in(const char *wkt) {
    const char *quote = strchr(wkt, '"');
    const char *end = quote ? strchr(quote + 1, '"') : NULL;
    return end ? noi_strndup(quote + 1, (size_t)(end - quote - 1)) : noi_strndup(wkt, 60);
}

/* A text that came with the file may be beyond PROJ; an identifier is the user's or EPSG's. */
static noi_status take_stated(noi_trials *t, const char *stated) {
    noi_crs *crs = NULL;
    noi_status status = stated && *stated ? noi_crs_open(&crs, stated) : NOI_OK;
    if (status == NOI_ERR_INPUT && strchr(stated, '[')) {
        noi_error_clear();
        t->stated = name_in(stated);
        t->stated_fails = true;
        return NOI_OK;
    }
    NOI_TRY(status);
    t->stated = noi_strdup(crs ? noi_crs_name(crs) : "");
    if (crs)
        add_trial(t, crs, true);
    return NOI_OK;
}

static bool may_lie_near(const noi_trials *t, uint32_t i, double lon, double lat) {
    for (uint32_t k = t->from[i]; k < t->to[i]; k++) {
        const noi_reference_unit *place = &t->reference->items[k];
        if (metres(lon, lat, place->lon, place->lat) <= reach_of(place) + ROUGH_M)
            return true;
    }
    return false;
}

static bool is_worth_trying(const noi_trials *t, const noi_crs_known *system, bool swapped) {
    for (uint32_t i = 0; i < t->n_features; i++) {
        double lon, lat;
        if (t->from[i] == t->to[i])
            continue;
        noi_crs_roughly(&lon, &lat, system, swapped ? t->y[i] : t->x[i],
                        swapped ? t->x[i] : t->y[i]);
        if (may_lie_near(t, i, lon, lat))
            return true;
    }
    return false;
}

static noi_status take_known(noi_trials *t) {
    size_t n;
    const noi_crs_known *systems = noi_crs_known_systems(&n);
    for (size_t i = 0; i < 2 * n; i++) {
        const noi_crs_known *system = &systems[i % n];
        bool swapped = i >= n;
        if (!is_worth_trying(t, system, swapped))
            continue;
        NOI_AUTO_FREE char *name = noi_format("%s%s", system->definition, swapped ? "/yx" : "");
        uint32_t trial;
        NOI_TRY(noi_trials_get(&trial, t, name));
    }
    return NOI_OK;
}

noi_status noi_trials_make(noi_trials **out, const noi_layer *layer,
                           const noi_reference *reference) {
    NOI_AUTO(noi_trials_freep) noi_trials *t = noi_alloc_zero(1, sizeof *t);
    size_t n = layer->coverage->n_units;
    t->n_features = (uint32_t)n;
    t->reference = reference;
    t->x = noi_alloc(n * sizeof *t->x);
    t->y = noi_alloc(n * sizeof *t->y);
    t->from = noi_alloc_zero(n, sizeof *t->from);
    t->to = noi_alloc_zero(n, sizeof *t->to);
    take_features(t, layer->coverage);
    NOI_TRY(take_stated(t, layer->crs));
    NOI_TRY(take_known(t));
    *out = t;
    t = NULL;
    return NOI_OK;
}

void noi_trials_free(noi_trials *t) {
    if (!t)
        return;
    for (uint32_t i = 0; i < t->n; i++)
        trial_end(&t->items[i]);
    free(t->items);
    free(t->x);
    free(t->y);
    free(t->from);
    free(t->to);
    free(t->stated);
    free(t);
}

/* ---- two trials held against each other ---- */

double noi_trials_apart(const noi_trials *t, uint32_t a, uint32_t b, const bool *chosen) {
    const noi_trial *one = &t->items[a], *other = &t->items[b];
    NOI_AUTO_FREE double *apart = noi_alloc(t->n_features * sizeof *apart);
    size_t n = 0;
    for (uint32_t i = 0; i < t->n_features; i++) {
        if (!chosen[i])
            continue;
        double m = metres(one->lon[i], one->lat[i], other->lon[i], other->lat[i]);
        apart[n++] = isnan(m) ? INFINITY : m;
    }
    return noi_median(apart, n);
}

bool noi_trials_tell(const noi_trials *t, uint32_t a, uint32_t b, const bool *chosen) {
    const noi_trial *one = &t->items[a], *other = &t->items[b];
    double close = noi_trials_apart(t, a, b, chosen) / 4;
    uint32_t drawn = 0, n_one = 0, n_other = 0;
    for (uint32_t i = 0; i < t->n_features; i++) {
        if (!chosen[i] || isnan(one->away_drawn[i]))
            continue;
        drawn++;
        n_one += one->away_drawn[i] < close;
        n_other += other->away_drawn[i] < close;
    }
    uint32_t tenth = (drawn + 9) / 10, least = tenth > 3 ? tenth : drawn < 3 ? drawn : 3;
    return n_one > 0 && n_one >= least && n_one > 4 * n_other;
}
