/*
 * index.c: reading the point index: attach, locate, distances. index_format.h draws the bytes,
 * index_build.c makes them.
 *
 * How a point is located. A grid of large cells lies over the layer. Most cells lie wholly in one
 * unit, or in none, and answer at once; those with a border in them are split into 8 x 8, and again
 * where borders are dense (an island far out stretches the box, so one grid fine enough for a
 * city's wards would be mostly sea). What is left are small cells with a few edges:
 *
 *        +-----------------+     The cell knows which units hold its south-west corner. From there
 *        |      \          |     a path goes north along the cell's side to the point's height,
 *        |-------\---->p   |     then east to the point. Each edge on the way turns its units on or
 *        |        \        |     off: what is on at the end holds the point.
 *        |         \       |
 *        c----------\------+     Crossing the same edge twice changes nothing, so for an edge only
 *                                the sides of c and p count: one orientation test an edge.
 *
 * The half-open rule: a point is taken to lie (e, e*e) away from where it is, e endlessly small, so
 * it is never on an edge or a corner. That is the familiar crossing count with y in [low, high) and
 * a point on an edge taken to be on its right. Orientation is exact, coordinates are never rounded:
 * the answer is that of exact arithmetic on the layer as it is.
 */
#include "geo/index_format.h"
#include "geo/predicate.h"

#include "base/i18n.h"

#include <math.h>
#include <string.h>

/* ---- sections ---- */

static const uint32_t *tops(const noi_index *index) {
    return (const uint32_t *)(const void *)((const char *)index + index->top_at);
}

static const uint32_t *nodes(const noi_index *index) {
    return (const uint32_t *)(const void *)((const char *)index + index->node_at);
}

static const uint64_t *words(const noi_index *index) {
    return (const uint64_t *)(const void *)((const char *)index + index->block_at);
}

static const index_block *block_at(const noi_index *index, uint32_t word) {
    return (const index_block *)(const void *)(words(index) + word);
}

static const index_edge *edges(const index_block *block) {
    return (const index_edge *)(const void *)(block + 1);
}

static const uint16_t *units(const index_block *block) {
    return (const uint16_t *)(const void *)(edges(block) + block->n_edges);
}

static const index_block *next_block(const index_block *block) {
    if (!block->more)
        return NULL;
    const uint64_t *at = (const uint64_t *)(const void *)block;
    return (const index_block *)(const void *)(at + index_block_words(block->n_edges,
                                                                       block->n_units));
}

uint32_t noi_index_unit_count(const noi_index *index) {
    return index->n_units;
}

/* ---- attach: nothing behind it trusts a byte that was not checked here ---- */

static bool section_fits(uint64_t at, uint64_t size, uint64_t n) {
    return at % 16 == 0 && at >= sizeof(noi_index) && at <= n && size <= n - at;
}

static bool header_is_sound(const noi_index *h, size_t n) {
    return h->n_bytes == n && h->n_units >= 1 && h->n_units <= INDEX_MAX_UNITS && h->nx >= 1 &&
           h->nx <= INDEX_MAX_SIDE && h->ny >= 1 && h->ny <= INDEX_MAX_SIDE &&
           h->n_nodes <= ENTRY_MAX && h->n_block_words <= ENTRY_MAX && isfinite(h->x0) &&
           isfinite(h->y0) && isfinite(h->scale_x) && isfinite(h->scale_y) && h->scale_x > 0 &&
           h->scale_y > 0 && section_fits(h->top_at, 4 * (uint64_t)h->nx * h->ny, n) &&
           section_fits(h->node_at, 4 * (uint64_t)INDEX_CHILDREN * h->n_nodes, n) &&
           section_fits(h->block_at, 8 * (uint64_t)h->n_block_words, n);
}

static bool block_is_sound(const noi_index *index, const index_block *b, size_t room) {
    if (b->n_units > INDEX_GROUP || b->more > 1 || b->n_edges > room ||
        index_block_words(b->n_edges, b->n_units) > room)
        return false;
    uint32_t known = b->n_units == INDEX_GROUP ? UINT32_MAX : (1u << b->n_units) - 1;
    bool sound = isfinite(b->x) && isfinite(b->y) && (b->start & ~known) == 0;
    for (uint32_t i = 0; i < b->n_edges; i++) {
        const index_edge *e = edges(b) + i;
        sound = sound && (e->mask & ~known) == 0 && isfinite(e->ax) && isfinite(e->ay) &&
                isfinite(e->bx) && isfinite(e->by);
    }
    for (uint32_t i = 0; i < b->n_units; i++)
        sound = sound && units(b)[i] < index->n_units;
    return sound;
}

/* What the walk over the sections notes down, one bit each. */
typedef struct marks {
    uint8_t *chain;  /* words at which a cell's first block begins */
    uint8_t *shared; /* those of them that several cells may name: they have no edges */
    uint8_t *node;   /* nodes that a cell has named */
} marks;

static bool has_bit(const uint8_t *bits, uint32_t at) {
    return bits[at / 8] >> at % 8 & 1;
}

static void set_bit(uint8_t *bits, uint32_t at) {
    bits[at / 8] |= (uint8_t)(1u << at % 8);
}

static void clear_bit(uint8_t *bits, uint32_t at) {
    bits[at / 8] &= (uint8_t) ~(1u << at % 8);
}

/* Walks the blocks one by one and marks where each cell's begin. */
static bool blocks_are_sound(const noi_index *index, marks *m) {
    uint32_t at = 0, chain = 0;
    bool more = false;
    while (at < index->n_block_words) {
        size_t room = index->n_block_words - at;
        const index_block *b = block_at(index, at);
        if (room < sizeof *b / 8 || !block_is_sound(index, b, room))
            return false;
        if (!more) {
            chain = at;
            set_bit(m->chain, at);
            set_bit(m->shared, at);
        }
        if (b->n_edges)
            clear_bit(m->shared, chain);
        at += (uint32_t)index_block_words(b->n_edges, b->n_units);
        more = b->more;
    }
    return !more;
}

/* A node leads only to nodes behind it (`least` and up), and node and edges belong to one cell
 * each: so nothing is endless, and a search visits no byte twice. */
static bool entry_is_sound(const noi_index *index, uint32_t entry, uint32_t least, marks *m) {
    uint32_t value = entry_value(entry);
    switch (entry_kind(entry)) {
    case ENTRY_UNIT:
        return value <= index->n_units;
    case ENTRY_NODE:
        if (value < least || value >= index->n_nodes || has_bit(m->node, value))
            return false;
        set_bit(m->node, value);
        return true;
    case ENTRY_BLOCK:
        if (value >= index->n_block_words || !has_bit(m->chain, value))
            return false;
        if (!has_bit(m->shared, value))
            clear_bit(m->chain, value);
        return true;
    default:
        return false;
    }
}

static bool index_is_sound(const noi_index *index) {
    NOI_AUTO_FREE uint8_t *chain = noi_alloc_zero(index->n_block_words / 8 + 1, 1);
    NOI_AUTO_FREE uint8_t *shared = noi_alloc_zero(index->n_block_words / 8 + 1, 1);
    NOI_AUTO_FREE uint8_t *node = noi_alloc_zero(index->n_nodes / 8 + 1, 1);
    marks m = {chain, shared, node};
    if (!blocks_are_sound(index, &m))
        return false;
    size_t n_top = (size_t)index->nx * index->ny;
    for (size_t i = 0; i < n_top; i++)
        if (!entry_is_sound(index, tops(index)[i], 0, &m))
            return false;
    size_t n_child = (size_t)index->n_nodes * INDEX_CHILDREN;
    for (size_t i = 0; i < n_child; i++)
        if (!entry_is_sound(index, nodes(index)[i], (uint32_t)(i / INDEX_CHILDREN) + 1, &m))
            return false;
    return true;
}

noi_status noi_index_attach(const noi_index **out, const void *bytes, size_t n) {
    const noi_index *index = bytes;
    if ((uintptr_t)bytes % 16 != 0)
        return noi_fail(NOI_ERR_INPUT, _("the point index does not lie on a multiple of 16 bytes"));
    if (n < sizeof *index || memcmp(index->magic, INDEX_MAGIC, sizeof index->magic) != 0)
        return noi_fail(NOI_ERR_INPUT, _("these bytes are not a point index"));
    if (index->endian != INDEX_ENDIAN)
        return noi_fail(NOI_ERR_INPUT, _("the point index was made on another kind of machine"));
    if (!header_is_sound(index, n) || !index_is_sound(index))
        return noi_fail(NOI_ERR_INPUT, _("the point index is damaged or truncated"));
    *out = index;
    return NOI_OK;
}

/* ---- locate ---- */

/* Whether the path from the block's corner to the point crosses the edge; see above. */
static inline bool crosses_path(const index_edge *e, double x, double y) {
    bool a_low = e->ay <= y, b_low = e->by <= y;
    bool ref_left = e->flags & EDGE_REF_LEFT;
    if (a_low != b_low) {
        bool left = noi_orient(e->ax, e->ay, e->bx, e->by, x, y) > 0;
        return left != ref_left;
    }
    if (!(e->flags & EDGE_CROSSES))
        return false;
    bool east = e->flags & EDGE_EAST;
    return (b_low == east) != ref_left; /* below the point, an edge going east has it on its left */
}

static inline uint32_t holders(const index_block *block, double x, double y) {
    uint32_t state = block->start;
    const index_edge *e = edges(block);
    for (uint32_t i = 0; i < block->n_edges; i++)
        state ^= crosses_path(&e[i], x, y) ? e[i].mask : 0;
    return state;
}

static uint32_t locate_in_block(const index_block *block, double x, double y) {
    for (; block; block = next_block(block)) {
        uint32_t state = holders(block, x, y);
        if (state)
            return units(block)[__builtin_ctz(state)];
    }
    return NOI_INDEX_NONE;
}

/* The entry of the smallest cell that holds the point: a unit's or a block's. */
static inline uint32_t find_entry(const noi_index *index, double lon, double lat) {
    double fx = (lon - index->x0) * index->scale_x, fy = (lat - index->y0) * index->scale_y;
    const double wx = (double)((uint64_t)index->nx << INDEX_SHIFT);
    const double wy = (double)((uint64_t)index->ny << INDEX_SHIFT);
    if (!(fx >= 0 && fx < wx && fy >= 0 && fy < wy))
        return entry_make(ENTRY_UNIT, 0);
    uint32_t x = (uint32_t)fx, y = (uint32_t)fy;
    unsigned shift = INDEX_SHIFT;
    uint32_t entry = tops(index)[(size_t)(y >> shift) * index->nx + (x >> shift)];
    while (entry_kind(entry) == ENTRY_NODE && shift) {
        shift -= INDEX_BITS;
        uint32_t child = (y >> shift & (INDEX_SIDE - 1)) << INDEX_BITS |
                         (x >> shift & (INDEX_SIDE - 1));
        entry = nodes(index)[(size_t)entry_value(entry) * INDEX_CHILDREN + child];
    }
    return entry_kind(entry) == ENTRY_NODE ? entry_make(ENTRY_UNIT, 0) : entry;
}

uint32_t noi_index_locate(const noi_index *index, double lon, double lat) {
    uint32_t entry = find_entry(index, lon, lat);
    if (entry_kind(entry) == ENTRY_BLOCK)
        return locate_in_block(block_at(index, entry_value(entry)), lon, lat);
    return entry_value(entry) - 1; /* 0 - 1 is NOI_INDEX_NONE */
}

void noi_index_locate_many(uint32_t *out, const noi_index *index, const double *lon,
                           const double *lat, size_t n) {
    for (size_t i = 0; i < n; i++)
        out[i] = noi_index_locate(index, lon[i], lat[i]);
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
    for (const index_block *b = block; b; b = next_block(b))
        for (uint32_t i = 0; i < b->n_edges; i++) {
            const index_edge *e = &edges(b)[i];
            double metres2 = e->mask ? edge_distance2(s, e) : INFINITY;
            if (metres2 <= s->reach2)
                s->visit(s->context, &s->reach2, metres2, e, units(b));
        }
}

/* Cells [x, x + nx) by [y, y + ny), counted in sides of 1 << shift finest cells. */
typedef struct span {
    uint32_t x, y, nx, ny;
} span;

static double gap(double at, double from, double to) {
    return at < from ? from - at : at > to ? at - to : 0;
}

static double span_distance2(const search *s, const span *c, unsigned shift) {
    double side = (double)(1u << shift);
    double dx = gap(s->x, c->x * side, (c->x + c->nx) * side) * s->cx;
    double dy = gap(s->y, c->y * side, (c->y + c->ny) * side) * s->cy;
    return dx * dx + dy * dy;
}

/* Cuts a span across its longer side; *near is the half on the point's side. */
static void halve(span *near, span *far, const search *s, const span *c, unsigned shift) {
    double side = (double)(1u << shift);
    *near = *far = *c;
    bool near_first;
    if (c->nx >= c->ny) {
        near->nx = c->nx / 2;
        far->x = c->x + near->nx;
        far->nx = c->nx - near->nx;
        near_first = s->x < far->x * side;
    } else {
        near->ny = c->ny / 2;
        far->y = c->y + near->ny;
        far->ny = c->ny - near->ny;
        near_first = s->y < far->y * side;
    }
    span swap = *near;
    if (!near_first) {
        *near = *far;
        *far = swap;
    }
}

/* The cells of one grid: the top one or a node. */
typedef struct cells {
    const uint32_t *entry;
    uint32_t x, y, stride;
    unsigned shift;
} cells;

/* Visits the cells of a span, nearest first. Depth: at most 2 * 14 halvings in the top grid and
 * 2 * 3 more in each level of nodes. */
static void search_span(search *s, const span *c, const cells *grid) {
    if (span_distance2(s, c, grid->shift) > s->reach2)
        return;
    if (c->nx > 1 || c->ny > 1) {
        span near, far;
        halve(&near, &far, s, c, grid->shift);
        search_span(s, &near, grid);
        search_span(s, &far, grid);
        return;
    }
    uint32_t entry = grid->entry[(size_t)(c->y - grid->y) * grid->stride + (c->x - grid->x)];
    if (entry_kind(entry) == ENTRY_BLOCK)
        search_block(s, block_at(s->index, entry_value(entry)));
    if (entry_kind(entry) != ENTRY_NODE || grid->shift == 0)
        return;
    span inner = {c->x << INDEX_BITS, c->y << INDEX_BITS, INDEX_SIDE, INDEX_SIDE};
    cells below = {nodes(s->index) + (size_t)entry_value(entry) * INDEX_CHILDREN, inner.x, inner.y,
                   INDEX_SIDE, grid->shift - INDEX_BITS};
    search_span(s, &inner, &below);
}

/* Cuts [from, to] in finest cells down to top cells [*first, *first + *n); false when none is left. */
static bool clip(uint32_t *first, uint32_t *n, double from, double to, uint32_t side) {
    const double top = (double)(1u << INDEX_SHIFT);
    double low = floor(from / top), high = floor(to / top);
    if (!(high >= 0 && low < side))
        return false;
    *first = low < 0 ? 0 : (uint32_t)low;
    *n = (high >= side ? side - 1 : (uint32_t)high) - *first + 1;
    return true;
}

static void search_run(search *s) {
    const noi_index *h = s->index;
    double reach = sqrt(s->reach2), rx = reach / s->cx, ry = reach / s->cy;
    span c;
    if (!clip(&c.x, &c.nx, s->x - rx, s->x + rx, h->nx) ||
        !clip(&c.y, &c.ny, s->y - ry, s->y + ry, h->ny))
        return;
    cells top = {tops(h), 0, 0, h->nx, INDEX_SHIFT};
    search_span(s, &c, &top);
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
    search_run(&s);
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
    uint32_t entry = find_entry(index, lon, lat), value = entry_value(entry);
    if (entry_kind(entry) == ENTRY_UNIT && value)
        set_bit(seen, value - 1);
    if (entry_kind(entry) != ENTRY_BLOCK)
        return;
    for (const index_block *b = block_at(index, value); b; b = next_block(b))
        see_units(seen, units(b), holders(b, lon, lat));
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
