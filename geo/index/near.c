/*
 * near.c: what lies near a point: distances to borders, units within a radius, the nearest
 * unit, and all units that hold the point. index.c tells how the index is made.
 */
#include "geo/index/format.h"

#include <math.h>
#include <string.h>

static bool has_bit(const uint8_t *bits, uint32_t at) {
    return bits[at / 8] >> at % 8 & 1;
}

static void set_bit(uint8_t *bits, uint32_t at) {
    bits[at / 8] |= (uint8_t)(1u << at % 8);
}

/* ---- distances ---- */

#define PI          3.14159265358979323846
#define WGS84_A     6378137.0
#define WGS84_E2    0.00669437999014131699
#define MAX_LIMIT_M 100000.0

/* A search for edges near a point. Positions are in finest cells, distances in square metres.
 * `reach2` is how far to look; whoever is visited may make it smaller. */
typedef struct search {
    const noi_index *index;
    double lon, lat, x, y;
    double mx, my; /* metres a degree at the point */
    double cx, cy; /* metres a finest cell */
    double reach2;
    noi_index_visit *visit;
    void *context;
} search;

/* Metres a degree of longitude and of latitude on the WGS 84 ellipsoid. */
static void metres_a_degree(double *mx, double *my, double lat) {
    double sine = sin(lat * (PI / 180)), w2 = 1 - WGS84_E2 * sine * sine;
    *my = WGS84_A * (1 - WGS84_E2) / (w2 * sqrt(w2)) * (PI / 180);
    *mx = WGS84_A / sqrt(w2) * cos(lat * (PI / 180)) * (PI / 180);
}

static double edge_distance2(const search *s, const index_edge *e) {
    double ax = (e->ax - s->lon) * s->mx, ay = (e->ay - s->lat) * s->my;
    double dx = (e->bx - e->ax) * s->mx, dy = (e->by - e->ay) * s->my;
    double length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? -(ax * dx + ay * dy) / length2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    ax += t * dx;
    ay += t * dy;
    return ax * ax + ay * ay;
}

static void search_block(search *s, const index_block *block) {
    for (const index_block *b = block; b; b = index_next_block(b))
        for (uint32_t i = 0; i < b->n_edges; i++) {
            const index_edge *e = &index_edges(b)[i];
            double metres2 = e->mask ? edge_distance2(s, e) : INFINITY;
            if (metres2 <= s->reach2)
                s->visit(s->context, &s->reach2, metres2, e, index_units(b));
        }
}

/* The cells of one grid, the top one or a node's; `x` and `y` count sides from the whole index's
 * south-west corner. */
typedef struct cells {
    const uint32_t *entry;
    uint32_t x, y, nx, ny;
    unsigned shift; /* a side is 1 << shift finest cells */
} cells;

static double gap(double at, double from, double side) {
    return at < from ? from - at : at > from + side ? at - from - side : 0;
}

/* Which of n cells from number `first` on is nearest. */
static uint32_t nearest_cell(double at, uint32_t first, uint32_t n, unsigned shift) {
    double cell = floor(at / (double)(1u << shift)) - first;
    return cell < 0 ? 0 : cell < n ? (uint32_t)cell : n - 1;
}

static void search_cells(search *s, const cells *grid);

static void search_cell(search *s, const cells *grid, uint32_t i, uint32_t j) {
    uint32_t entry = grid->entry[(size_t)j * grid->nx + i], kind = entry_kind(entry);
    if (kind == ENTRY_UNIT)
        return;
    if (kind != ENTRY_NODE) {
        search_block(s, index_entry_block(s->index, entry));
        return;
    }
    cells below = {index_nodes(s->index) + (size_t)entry_value(entry) * INDEX_CHILDREN,
                   (grid->x + i) << INDEX_BITS,
                   (grid->y + j) << INDEX_BITS,
                   INDEX_SIDE,
                   INDEX_SIDE,
                   grid->shift - INDEX_BITS};
    if (grid->shift)
        search_cells(s, &below);
}

/* The cells of row j, from the nearest one to the east and to the west, as far as the reach, which
 * what is found may make shorter. False when the whole row is beyond it. */
static bool search_row(search *s, const cells *grid, uint32_t j) {
    double side = (double)(1u << grid->shift);
    double dy = gap(s->y, (grid->y + j) * side, side) * s->cy;
    uint32_t nearest = nearest_cell(s->x, grid->x, grid->nx, grid->shift);
    if (dy * dy > s->reach2)
        return false;
    for (uint32_t i = nearest; i < grid->nx; i++) {
        double dx = gap(s->x, (grid->x + i) * side, side) * s->cx;
        if (dx * dx + dy * dy > s->reach2)
            break;
        search_cell(s, grid, i, j);
    }
    for (uint32_t i = nearest; i-- > 0;) {
        double dx = gap(s->x, (grid->x + i) * side, side) * s->cx;
        if (dx * dx + dy * dy > s->reach2)
            break;
        search_cell(s, grid, i, j);
    }
    return true;
}

/* Rows likewise: from the nearest one to the north and to the south. */
static void search_cells(search *s, const cells *grid) {
    uint32_t nearest = nearest_cell(s->y, grid->y, grid->ny, grid->shift);
    for (uint32_t j = nearest; j < grid->ny; j++)
        if (!search_row(s, grid, j))
            break;
    for (uint32_t j = nearest; j-- > 0;)
        if (!search_row(s, grid, j))
            break;
}

void noi_index_visit_edges(const noi_index *index, double lon, double lat, double reach_m,
                           noi_index_visit *visit, void *context) {
    double reach = fmin(reach_m, MAX_LIMIT_M);
    search s = {.index = index, .lon = lon, .lat = lat, .visit = visit, .context = context};
    if (!isfinite(lon) || !(fabs(lat) < 90) || !(reach >= 0))
        return;
    metres_a_degree(&s.mx, &s.my, lat);
    s.x = (lon - index->x0) * index->scale_x;
    s.y = (lat - index->y0) * index->scale_y;
    s.cx = s.mx / index->scale_x;
    s.cy = s.my / index->scale_y;
    s.reach2 = reach * reach;
    cells top = {index_tops(index), 0, 0, index->nx, index->ny, INDEX_SHIFT};
    search_cells(&s, &top);
}

/* The nearest edge so far, and the first of its units. */
typedef struct nearest {
    double metres2;
    uint32_t unit;
} nearest;

static void take_nearest(void *context, double *reach2, double metres2, const index_edge *e,
                         const uint16_t *unit) {
    nearest *best = context;
    uint32_t first = unit[__builtin_ctz(e->mask)];
    if (metres2 == best->metres2 && best->unit < first)
        return;
    *best = (nearest){metres2, first};
    *reach2 = metres2;
}

/* Looks close by first: most points have a border nearer than a caller's limit. */
static nearest find_nearest(const noi_index *index, double lon, double lat, double limit_m) {
    nearest best = {INFINITY, NOI_INDEX_NONE};
    double limit = fmin(limit_m, MAX_LIMIT_M);
    for (double reach = fmin(limit, 250); reach >= 0; reach = fmin(limit, reach * 8)) {
        noi_index_visit_edges(index, lon, lat, reach, take_nearest, &best);
        if (best.unit != NOI_INDEX_NONE || reach >= limit)
            break;
    }
    return best;
}

double noi_index_border_m(const noi_index *index, double lon, double lat, double limit_m) {
    return sqrt(find_nearest(index, lon, lat, limit_m).metres2);
}

uint32_t noi_index_nearest(double *metres, const noi_index *index, double lon, double lat,
                           double limit_m) {
    *metres = 0;
    uint32_t inside = noi_index_locate(index, lon, lat);
    if (inside != NOI_INDEX_NONE)
        return inside;
    nearest best = find_nearest(index, lon, lat, limit_m);
    *metres = sqrt(best.metres2);
    return best.unit;
}

/* ---- units nearby ---- */

static void see_units(uint8_t *seen, const uint16_t *unit, uint32_t mask) {
    for (; mask; mask &= mask - 1)
        set_bit(seen, unit[__builtin_ctz(mask)]);
}

static void see_edge(void *context, double *reach2, double metres2, const index_edge *e,
                     const uint16_t *unit) {
    (void)reach2;
    (void)metres2;
    see_units(context, unit, e->mask);
}

/* All units that hold the point, of which locate names the first. */
static void see_holders(uint8_t *seen, const noi_index *index, double lon, double lat) {
    uint32_t entry = noi_index_entry(index, lon, lat), value = entry_value(entry);
    if (entry_kind(entry) == ENTRY_UNIT && value)
        set_bit(seen, value - 1);
    for (const index_block *b = index_entry_block(index, entry); b; b = index_next_block(b))
        see_units(seen, index_units(b), noi_index_holders_mask(b, lon, lat));
}

static size_t list_seen(uint32_t *out, size_t most, const uint8_t *seen, uint32_t n_units,
                        uint32_t first) {
    size_t n = 0;
    if (first != NOI_INDEX_NONE && n++ < most)
        out[0] = first;
    for (uint32_t u = 0; u < n_units; u++) {
        if (u == first || !has_bit(seen, u))
            continue;
        if (n < most)
            out[n] = u;
        n++;
    }
    return n;
}

size_t noi_index_within(uint32_t *out, size_t most, const noi_index *index, double lon, double lat,
                        double radius_m) {
    uint8_t seen[INDEX_MAX_UNITS / 8 + 1];
    memset(seen, 0, index->n_units / 8 + 1);
    noi_index_visit_edges(index, lon, lat, radius_m, see_edge, seen);
    see_holders(seen, index, lon, lat);
    uint32_t first = noi_index_locate(index, lon, lat);
    return list_seen(out, most, seen, index->n_units, first);
}

size_t noi_index_holders(uint32_t *out, size_t most, const noi_index *index, double lon,
                         double lat) {
    uint8_t seen[INDEX_MAX_UNITS / 8 + 1];
    memset(seen, 0, index->n_units / 8 + 1);
    see_holders(seen, index, lon, lat);
    return list_seen(out, most, seen, index->n_units, NOI_INDEX_NONE);
}
