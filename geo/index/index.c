/*
 * index.c: reading the point index: attach and locate. format.h draws the bytes,
 * build.c makes them, near.c measures distances.
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
 * A border cell is asked in two steps. Its sketch has the edges rounded, in one line of cache, and
 * decides by a few instructions for all edges at once; it also knows when a point is so near to an
 * edge that rounding could matter, about one in 300. Such a point is asked of the cell's block,
 * which has the edges as the layer has them.
 *
 * The half-open rule: a point is taken to lie (e, e*e) away from where it is, e endlessly small, so
 * it is never on an edge or a corner. That is the familiar crossing count with y in [low, high) and
 * a point on an edge taken to be on its right. Orientation is exact, coordinates are never rounded:
 * the answer is that of exact arithmetic on the layer as it is.
 */
#include "geo/index/format.h"
#include "geo/predicate.h"

#include "base/i18n.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

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
           h->scale_y > 0 && h->n_sketches <= ENTRY_MAX &&
           section_fits(h->sketch_at, sizeof(index_sketch) * (uint64_t)h->n_sketches, n) &&
           section_fits(h->top_at, 4 * (uint64_t)h->nx * h->ny, n) &&
           section_fits(h->plain_at, 2 * (uint64_t)h->nx * h->ny, n) &&
           section_fits(h->node_at, 4 * (uint64_t)INDEX_CHILDREN * h->n_nodes, n) &&
           section_fits(h->block_at, 8 * (uint64_t)h->n_block_words, n);
}

static bool block_is_sound(const noi_index *index, const index_block *b, size_t room) {
    if (b->n_units > INDEX_GROUP || b->more > 1 || b->n_edges > room ||
        index_block_words(b->n_edges, b->n_units) > room)
        return false;
    uint32_t known = b->n_units == INDEX_GROUP ? UINT32_MAX : (1u << b->n_units) - 1;
    bool sound = (b->start & ~known) == 0;
    for (uint32_t i = 0; i < b->n_edges; i++) {
        const index_edge *e = index_edges(b) + i;
        sound = sound && (e->mask & ~known) == 0 && isfinite(e->ax) && isfinite(e->ay) &&
                isfinite(e->bx) && isfinite(e->by);
    }
    for (uint32_t i = 0; i < b->n_units; i++)
        sound = sound && index_units(b)[i] < index->n_units;
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
        const index_block *b = index_block_at(index, at);
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

/* A cell's first block, named by its entry or its sketch. */
static bool chain_is_sound(const noi_index *index, uint32_t word, marks *m) {
    if (word >= index->n_block_words || !has_bit(m->chain, word))
        return false;
    if (!has_bit(m->shared, word))
        clear_bit(m->chain, word);
    return true;
}

static bool sketch_is_sound(const noi_index *index, uint32_t number, marks *m) {
    if (number >= index->n_sketches)
        return false;
    const index_sketch *s = index_sketches(index) + number;
    bool sound = true;
    for (int i = 0; i < 4; i++)
        sound = sound && s->answer[i] <= index->n_units;
    return sound && chain_is_sound(index, s->block, m);
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
    case ENTRY_SKETCH:
        return sketch_is_sound(index, value, m);
    default:
        return false;
    }
}

static bool plain_is_sound(const noi_index *index, size_t i) {
    uint32_t entry = index_tops(index)[i];
    bool plain = entry_kind(entry) == ENTRY_UNIT;
    return index_plain(index)[i] == (plain ? entry_value(entry) : NOT_PLAIN);
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
        if (!entry_is_sound(index, index_tops(index)[i], 0, &m) || !plain_is_sound(index, i))
            return false;
    size_t n_child = (size_t)index->n_nodes * INDEX_CHILDREN;
    for (size_t i = 0; i < n_child; i++)
        if (!entry_is_sound(index, index_nodes(index)[i], (uint32_t)(i / INDEX_CHILDREN) + 1, &m))
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

uint32_t noi_index_holders_mask(const index_block *block, double x, double y) {
    uint32_t state = block->start;
    const index_edge *e = index_edges(block);
    for (uint32_t i = 0; i < block->n_edges; i++)
        state ^= crosses_path(&e[i], x, y) ? e[i].mask : 0;
    return state;
}

static uint32_t locate_in_block(const index_block *block, double x, double y) {
    for (; block; block = index_next_block(block)) {
        uint32_t state = noi_index_holders_mask(block, x, y);
        if (state)
            return index_units(block)[__builtin_ctz(state)];
    }
    return NOI_INDEX_NONE;
}

/* ---- the sketch of a cell ---- */

#define LANES 8 /* loops of so many rounds become a few instructions for all at once */

static_assert(SKETCH_EDGES == 5 && sizeof(index_sketch) == 64, "lanes and sketch belong together");

static inline void load_lanes(int16_t lanes[LANES], const index_sketch *sketch, size_t at) {
    memcpy(lanes, (const char *)sketch + at, LANES * sizeof *lanes);
}

/* The lanes beyond SKETCH_EDGES have other members of the sketch in them and count for nothing. */
static inline bool any_lane(const int16_t lanes[LANES]) {
    uint64_t first;
    memcpy(&first, lanes, sizeof first);
    return (first | (uint64_t)(uint16_t)lanes[4]) != 0;
}

static inline unsigned xor_lanes(const int16_t lanes[LANES]) {
    uint64_t first;
    memcpy(&first, lanes, sizeof first);
    first ^= first >> 32;
    return (unsigned)(first ^ first >> 16) ^ (unsigned)lanes[4];
}

/* The unit that holds the place (x, y), in the sketch's units from the cell's corner; *unsure when
 * rounding might have changed the answer. Rounding changes `side` by less than 3 (two cuts to
 * integers: 1, c: 0.5, directions: 0.3, the place: 0.7), and the order of two heights only when
 * they differ by less than the 2 units of place and height and what the last bits add. */
static inline uint32_t ask_sketch(bool *unsure, const index_sketch *s, int16_t x, int16_t y) {
    int16_t nx[LANES], ny[LANES], c[LANES], low[LANES], high[LANES];
    load_lanes(nx, s, offsetof(index_sketch, nx));
    load_lanes(ny, s, offsetof(index_sketch, ny));
    load_lanes(c, s, offsetof(index_sketch, c));
    load_lanes(low, s, offsetof(index_sketch, low));
    load_lanes(high, s, offsetof(index_sketch, high));
    int16_t side[LANES], change[LANES], doubt[LANES];
    for (int i = 0; i < LANES; i++)
        side[i] = (int16_t)((int16_t)(nx[i] * y >> 16) - (int16_t)(ny[i] * x >> 16) - c[i]);
    for (int i = 0; i < LANES; i++) {
        int16_t over_low = (int16_t)(y - low[i]), over_high = (int16_t)(y - high[i]);
        int16_t spans = (over_low >= 0 ? -1 : 0) & (over_high < 0 ? -1 : 0);
        int16_t above = (over_high >= 0 ? -1 : 0) & (int16_t) - (high[i] & 1);
        int16_t crossed = (int16_t)((spans & (side[i] > 0 ? -1 : 0)) | above);
        int16_t beside = (int16_t)(spans & (abs(side[i]) < 3 ? -1 : 0));
        int16_t level = (int16_t)((abs(over_low) < 6 ? -1 : 0) | (abs(over_high) < 4 ? -1 : 0));
        change[i] = crossed & low[i];
        doubt[i] = beside | level;
    }
    *unsure = any_lane(doubt);
    return s->answer[xor_lanes(change) & 3] - 1u;
}

/* From finest cells to the sketch's units. */
static inline int16_t sketch_place(double x, unsigned shift) {
    double corner = (double)((uint32_t)x >> shift << shift);
    return (int16_t)((int32_t)((x - corner) * SKETCH_SIDE) >> shift);
}

/* ---- one point ---- */

/* A coordinate in finest cells, kept inside the grid, whose outermost cells lie outside of all
 * units: what is not near the layer, and NaN, falls into one of these. */
static inline double finest(double at, double origin, double scale, double most) {
    double x = (at - origin) * scale;
    x = x > 0 ? x : 0;
    return x < most ? x : most;
}

static inline double most_finest(uint32_t n) {
    return (double)(n << INDEX_SHIFT) - 1;
}

static inline uint32_t child_of(uint32_t x, uint32_t y, unsigned shift) {
    return (y >> shift & (INDEX_SIDE - 1)) << INDEX_BITS | (x >> shift & (INDEX_SIDE - 1));
}

/* The entry of the smallest cell that holds the place, and that cell's size. */
static uint32_t descend(unsigned *shift, const noi_index *index, uint32_t x, uint32_t y) {
    *shift = INDEX_SHIFT;
    uint32_t entry = index_tops(index)[(y >> INDEX_SHIFT) * index->nx + (x >> INDEX_SHIFT)];
    while (entry_kind(entry) == ENTRY_NODE) {
        if (*shift == 0)
            return entry_make(ENTRY_UNIT, 0);
        *shift -= INDEX_BITS;
        entry = index_nodes(
            index)[(size_t)entry_value(entry) * INDEX_CHILDREN + child_of(x, y, *shift)];
    }
    return entry;
}

uint32_t noi_index_entry(const noi_index *index, double lon, double lat) {
    unsigned shift;
    double x = finest(lon, index->x0, index->scale_x, most_finest(index->nx));
    double y = finest(lat, index->y0, index->scale_y, most_finest(index->ny));
    return descend(&shift, index, (uint32_t)x, (uint32_t)y);
}

uint32_t noi_index_locate(const noi_index *index, double lon, double lat) {
    unsigned shift;
    double x = finest(lon, index->x0, index->scale_x, most_finest(index->nx));
    double y = finest(lat, index->y0, index->scale_y, most_finest(index->ny));
    uint32_t entry = descend(&shift, index, (uint32_t)x, (uint32_t)y);
    if (entry_kind(entry) == ENTRY_UNIT)
        return entry_value(entry) - 1; /* 0 - 1 is NOI_INDEX_NONE */
    bool unsure;
    const index_sketch *sketch = index_sketches(index) + entry_value(entry);
    uint32_t unit = ask_sketch(&unsure, sketch, sketch_place(x, shift), sketch_place(y, shift));
    return unsure ? locate_in_block(index_block_at(index, sketch->block), lon, lat) : unit;
}

/* ---- many points ---- */

#define BATCH 256 /* points at a time: what is known of them stays in the first cache */

/* Points go through the steps together, so that the waiting for memory of one overlaps with that
 * of the others. Lists are made without branches: a number is always written, and counted when it
 * belongs there. */
typedef struct batch {
    int32_t column[BATCH], row[BATCH]; /* in the top grid */
    uint32_t cell[BATCH];
    uint32_t n_open, n_sketch, n_unsure;
    uint16_t open[BATCH], sketch[BATCH], unsure[BATCH]; /* lists of points */
    double x[BATCH], y[BATCH];                          /* of those in the lists, in finest cells */
    uint32_t entry[BATCH];
    uint16_t shift[BATCH]; /* of the cells of those with a sketch */
} batch;

/* Columns or rows in the top grid: finest() >> INDEX_SHIFT, since scaling by a power of two does
 * not round. */
static void find_tops(int32_t *restrict top, const double *restrict at, double origin, double scale,
                      double most) {
    const double unit = 1.0 / (1u << INDEX_SHIFT);
    scale *= unit;
    most *= unit;
    for (size_t i = 0; i < BATCH; i++)
        top[i] = (int32_t)finest(at[i], origin, scale, most);
}

/* The top grid: most points have their answer there. */
static void ask_plain(batch *b, uint32_t *restrict out, const noi_index *index) {
    const uint16_t *plain = index_plain(index);
    const uint32_t nx = index->nx;
    for (uint32_t i = 0; i < BATCH; i++)
        b->cell[i] = (uint32_t)b->row[i] * nx + (uint32_t)b->column[i];
    uint32_t n = 0;
    for (uint32_t i = 0; i < BATCH; i++) {
        uint32_t value = plain[b->cell[i]];
        out[i] = value - 1;
        b->open[n] = (uint16_t)i;
        n += value == NOT_PLAIN;
    }
    b->n_open = n;
}

/* What becomes of point i, whose cell has this entry: an answer, unless it has a sketch or stays
 * open. */
static inline void take_entry(batch *b, uint32_t *out, uint16_t i, uint32_t entry, unsigned shift) {
    uint32_t kind = entry_kind(entry);
    b->entry[i] = entry;
    out[i] = entry_value(entry) - 1;
    b->sketch[b->n_sketch] = i;
    b->shift[b->n_sketch] = (uint16_t)shift;
    b->n_sketch += kind == ENTRY_SKETCH;
    b->open[b->n_open] = i;
    b->n_open += kind == ENTRY_NODE;
}

static void open_tops(batch *b, uint32_t *restrict out, const noi_index *index, const double *lon,
                      const double *lat) {
    const uint32_t *top = index_tops(index), n = b->n_open;
    const double most_x = most_finest(index->nx), most_y = most_finest(index->ny);
    b->n_open = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint16_t i = b->open[k];
        b->x[i] = finest(lon[i], index->x0, index->scale_x, most_x);
        b->y[i] = finest(lat[i], index->y0, index->scale_y, most_y);
        take_entry(b, out, i, top[b->cell[i]], INDEX_SHIFT);
    }
}

/* From nodes to their children. */
static void open_nodes(batch *b, uint32_t *restrict out, const noi_index *index, unsigned shift) {
    const uint32_t *node = index_nodes(index), n = b->n_open;
    b->n_open = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint16_t i = b->open[k];
        uint32_t child = child_of((uint32_t)b->x[i], (uint32_t)b->y[i], shift);
        take_entry(b, out, i, node[(size_t)entry_value(b->entry[i]) * INDEX_CHILDREN + child],
                   shift);
    }
}

static void ask_sketches(batch *b, uint32_t *restrict out, const noi_index *index) {
    const index_sketch *sketch = index_sketches(index);
    uint32_t n_unsure = 0;
    for (uint32_t k = 0; k < b->n_sketch; k++)
        __builtin_prefetch(sketch + entry_value(b->entry[b->sketch[k]]));
    for (uint32_t k = 0; k < b->n_sketch; k++) {
        uint16_t i = b->sketch[k];
        bool unsure;
        out[i] = ask_sketch(&unsure, sketch + entry_value(b->entry[i]),
                            sketch_place(b->x[i], b->shift[k]), sketch_place(b->y[i], b->shift[k]));
        b->unsure[n_unsure] = i;
        n_unsure += unsure;
    }
    b->n_unsure = n_unsure;
}

static void locate_batch(batch *b, uint32_t *out, const noi_index *index, const double *lon,
                         const double *lat) {
    find_tops(b->column, lon, index->x0, index->scale_x, most_finest(index->nx));
    find_tops(b->row, lat, index->y0, index->scale_y, most_finest(index->ny));
    ask_plain(b, out, index);
    b->n_sketch = 0;
    open_tops(b, out, index, lon, lat);
    for (unsigned shift = INDEX_SHIFT; b->n_open && shift;)
        open_nodes(b, out, index, shift -= INDEX_BITS);
    for (uint32_t k = 0; k < b->n_open; k++) /* nodes too deep: hostile bytes */
        out[b->open[k]] = NOI_INDEX_NONE;
    ask_sketches(b, out, index);
    for (uint32_t k = 0; k < b->n_unsure; k++) {
        uint16_t i = b->unsure[k];
        out[i] = locate_in_block(index_entry_block(index, b->entry[i]), lon[i], lat[i]);
    }
}

void noi_index_locate_many(uint32_t *out, const noi_index *index, const double *lon,
                           const double *lat, size_t n) {
    batch b;
    for (; n >= BATCH; n -= BATCH, out += BATCH, lon += BATCH, lat += BATCH)
        locate_batch(&b, out, index, lon, lat);
    for (size_t i = 0; i < n; i++)
        out[i] = noi_index_locate(index, lon[i], lat[i]);
}
