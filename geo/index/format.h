/*
 * format.h: the bytes of a point index, shared by the files that build, check and read it.
 * Private to geo/. The algorithm is told in index.c.
 *
 *   header | sketches (64 bytes each) | top entries (nx * ny) | plain (nx * ny) |
 *   nodes (64 entries each) | blocks (8-byte words)
 *
 * Coordinates become cell numbers by X = (lon - x0) * scale_x, cut to an integer: the number of a
 * cell of the finest level. X >> shift is the column of the top grid; each level below takes three
 * more bits. Rounding may put a point on a cell's side into either neighbour: both give the same
 * answer, since each knows all edges near it.
 */
#ifndef NOI_GEO_INDEX_FORMAT_H
#define NOI_GEO_INDEX_FORMAT_H

#include "geo/index.h"

#define INDEX_MAGIC     "noi-pix2"
#define INDEX_ENDIAN    0x01020304u
#define INDEX_BITS      3 /* a node splits a cell into 8 x 8 */
#define INDEX_SIDE      (1u << INDEX_BITS)
#define INDEX_CHILDREN  (INDEX_SIDE * INDEX_SIDE)
#define INDEX_LEVELS    5 /* nodes below one another, at most */
#define INDEX_SHIFT     (INDEX_BITS * INDEX_LEVELS)
#define INDEX_MAX_SIDE  (1u << 14) /* columns or rows of the top grid */
#define INDEX_MAX_UNITS 65534u
#define INDEX_GROUP     32 /* units in a block: one bit each */

struct noi_index {
    char magic[8];
    uint32_t endian, n_units;
    uint64_t n_bytes;
    double x0, y0, scale_x, scale_y; /* finest cells a degree */
    uint32_t nx, ny;                 /* the top grid, row by row from the south-west */
    uint32_t n_nodes, n_block_words, n_sketches, zero;
    uint64_t sketch_at, top_at, plain_at, node_at, block_at; /* bytes from the header's first */
};

/* An entry tells what a cell is: two bits of kind, thirty of value. A cell without borders is a
 * unit's, one with borders is split into a node or, when it has few edges, has a sketch. */
enum { ENTRY_UNIT = 0, ENTRY_NODE = 1, ENTRY_SKETCH = 2 };
#define ENTRY_VALUE_BITS 30
#define ENTRY_MAX        ((1u << ENTRY_VALUE_BITS) - 1)

static inline uint32_t entry_make(uint32_t kind, uint32_t value) {
    return kind << ENTRY_VALUE_BITS | value;
}
static inline uint32_t entry_kind(uint32_t entry) {
    return entry >> ENTRY_VALUE_BITS;
}
/* A unit's value is its position + 1, 0 for no unit; a node's and a sketch's its number. */
static inline uint32_t entry_value(uint32_t entry) {
    return entry & ENTRY_MAX;
}

/* The top grid once more, in half the memory, for the cells that are a unit's, which most points
 * hit: the entry's value, or NOT_PLAIN. */
#define NOT_PLAIN UINT16_MAX

/* A border cell's edges in one line of cache, in units of 1/16384 of the cell's side from its
 * south-west corner, cut off a little outside of the cell. It decides all points but those within
 * a few units of an edge or of the height of an edge's end; these are asked of the block. Cells
 * that would need more have only a block. */
#define SKETCH_BITS   14
#define SKETCH_SIDE   (1 << SKETCH_BITS)
#define SKETCH_MARGIN (SKETCH_SIDE / 8) /* how far outside of the cell edges are cut off */
#define SKETCH_EDGES  5
#define SKETCH_UNIT   32000 /* length of an edge's direction */

typedef struct index_sketch {
    int16_t nx[SKETCH_EDGES], ny[SKETCH_EDGES]; /* direction, upwards; downwards when the path to a
                                                   point starts on the edge's left */
    int16_t c[SKETCH_EDGES];    /* (nx * y - ny * x) / 65536 is this much where the edge is */
    int16_t low[SKETCH_EDGES];  /* height of the lower end; the two last bits: which bits of the
                                   answer's number change where the edge is crossed */
    int16_t high[SKETCH_EDGES]; /* of the upper end; the last bit: whether the edge crosses the
                                   cell's west side, above the corner */
    uint16_t answer[4];         /* a unit's position + 1, or 0 */
    uint16_t zero;
    uint32_t block; /* the word where the exact edges are */
} index_sketch;

/* A border cell: which units hold its south-west corner, and the edges that run through it.
 * Followed by the edges and by the units' positions (ascending), padded to 8 bytes. A cell of more
 * than 32 units has several blocks in a row, by ascending units; `more` is 1 in all but the last.
 */
typedef struct index_block {
    uint32_t start;
    uint32_t n_edges;
    uint16_t n_units, more;
    uint32_t zero;
} index_block;

/* An edge as the layer has it, lower end first (of a level edge the western end): never rounded or
 * clipped. */
typedef struct index_edge {
    double ax, ay, bx, by;
    uint32_t mask; /* the units that it bounds */
    uint32_t flags;
} index_edge;

enum {
    EDGE_CROSSES = 1,  /* runs across the vertical line through the corner */
    EDGE_REF_LEFT = 2, /* where the path to a point starts, it is on the edge's left */
    EDGE_EAST = 4,     /* b lies east of a */
};

/* ---- where things are ---- */

static inline size_t index_block_words(size_t n_edges, size_t n_units) {
    return (sizeof(index_block) + n_edges * sizeof(index_edge) + (n_units * sizeof(uint16_t) + 7)) /
           8;
}

static inline const index_sketch *index_sketches(const noi_index *index) {
    return (const index_sketch *)(const void *)((const char *)index + index->sketch_at);
}

static inline const uint32_t *index_tops(const noi_index *index) {
    return (const uint32_t *)(const void *)((const char *)index + index->top_at);
}

static inline const uint32_t *index_nodes(const noi_index *index) {
    return (const uint32_t *)(const void *)((const char *)index + index->node_at);
}

static inline const index_block *index_block_at(const noi_index *index, uint32_t word) {
    const char *first = (const char *)index + index->block_at;
    return (const index_block *)(const void *)(first + 8 * (size_t)word);
}

static inline const index_edge *index_edges(const index_block *block) {
    return (const index_edge *)(const void *)(block + 1);
}

static inline const uint16_t *index_units(const index_block *block) {
    return (const uint16_t *)(const void *)(index_edges(block) + block->n_edges);
}

static inline const index_block *index_next_block(const index_block *block) {
    if (!block->more)
        return NULL;
    const uint64_t *at = (const uint64_t *)(const void *)block;
    return (const index_block *)(const void *)(at +
                                               index_block_words(block->n_edges, block->n_units));
}

static inline const uint16_t *index_plain(const noi_index *index) {
    return (const uint16_t *)(const void *)((const char *)index + index->plain_at);
}

/* The first block of a border cell's entry; NULL for any other entry. */
static inline const index_block *index_entry_block(const noi_index *index, uint32_t entry) {
    if (entry_kind(entry) != ENTRY_SKETCH)
        return NULL;
    return index_block_at(index, index_sketches(index)[entry_value(entry)].block);
}

/* ---- what index.c and near.c have in common ---- */

/* The entry of the smallest cell that holds the point: not a node's. */
uint32_t noi_index_entry(const noi_index *index, double lon, double lat);

/* The block's units that hold the point, one bit each. */
uint32_t noi_index_holders_mask(const index_block *block, double lon, double lat);

/* Calls `visit` for each edge within reach of the point, nearer cells first, some edges more than
 * once. `visit` may make *reach2 (square metres) smaller; `unit` is what the edge's mask speaks of.
 */
typedef void noi_index_visit(void *context, double *reach2, double metres2, const index_edge *edge,
                             const uint16_t *unit);
void noi_index_visit_edges(const noi_index *index, double lon, double lat, double reach_m,
                           noi_index_visit *visit, void *context);

#endif
