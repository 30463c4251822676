/*
 * build.c: makes the bytes of a point index from a coverage. index.c tells the algorithm,
 * format.h the layout.
 *
 * Building goes cell by cell from the south-west. Each cell knows the set of units at its corner:
 * the corner of the first column lies outside of everything, and from one corner to the next the
 * set changes by the edges that cross the cell's side between them. A cell with few edges becomes a
 * block; one with many is split into 8 x 8 and the same is done inside.
 *
 * The bytes depend on the coverage alone: nothing here is random, threaded or hashed by address.
 */
#include "geo/edges.h"
#include "geo/index/format.h"
#include "geo/predicate.h"

#include "base/i18n.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#define MAX_COORDINATE 1e7   /* degrees are far below; metres of any projection too */
#define MIN_SLOP       1e-15 /* degrees: far below any digit of a map, far above the least double */
#define SPLIT_ABOVE    SKETCH_EDGES /* edges in a cell before it is split */
#define TOP_PER_EDGE 14.0         /* side of a top cell, in mean lengths of an edge */

typedef struct set {
    uint32_t *unit; /* ascending */
    size_t n, capacity;
} set;

typedef struct ids {
    uint32_t *id;
    size_t n, capacity;
} ids;

/* A grid of cells whose sides are about h, for handing out edges. */
typedef struct grid {
    double x, y, hx, hy, slop;
    uint32_t nx, ny;
} grid;

typedef struct builder {
    edges all;
    double slop;
    noi_index header;
    noi_buf nodes, blocks, sketches;
    ids stack;     /* edges of the cells being worked on, innermost last */
    size_t budget; /* how many more entries of edges in cells splitting may cost */
    set stacked;   /* see empty_cell */
    uint32_t stacked_entry;
    bool too_big;
} builder;

/* Which side of the edge a point lies on, moved by (e, e*e) for an endlessly small e: first east,
 * then north. A point is thus never on an edge. */
static bool is_left(const edge *e, double x, double y) {
    double side = noi_orient(e->ax, e->ay, e->bx, e->by, x, y);
    return side > 0 || (side == 0 && e->ay == e->by);
}

/* Whether the edge crosses the level path from (x1, y) to (x2, y), both moved as is_left says. */
static bool crosses_level(const edge *e, double y, double x1, double x2) {
    return (e->ay <= y) != (e->by <= y) && is_left(e, x1, y) != is_left(e, x2, y);
}

static bool crosses_upright(const edge *e, double x, double y1, double y2) {
    return (e->ax <= x) != (e->bx <= x) && is_left(e, x, y1) != is_left(e, x, y2);
}

/* ---- sets of units ---- */

static void set_toggle(set *s, uint32_t unit) {
    size_t i = 0;
    while (i < s->n && s->unit[i] < unit)
        i++;
    if (i < s->n && s->unit[i] == unit) {
        memmove(s->unit + i, s->unit + i + 1, (s->n - i - 1) * sizeof *s->unit);
        s->n--;
        return;
    }
    NOI_GROW(s->unit, s->capacity, s->n + 1);
    memmove(s->unit + i + 1, s->unit + i, (s->n - i) * sizeof *s->unit);
    s->unit[i] = unit;
    s->n++;
}

static bool set_has(const set *s, uint32_t unit) {
    for (size_t i = 0; i < s->n; i++)
        if (s->unit[i] == unit)
            return true;
    return false;
}

static void set_copy(set *to, const set *from) {
    NOI_GROW(to->unit, to->capacity, from->n);
    if (from->n)
        memcpy(to->unit, from->unit, from->n * sizeof *to->unit);
    to->n = from->n;
}

static void set_free(set *s) {
    free(s->unit);
}

static void toggle_edge(set *s, const builder *b, uint32_t head) {
    for (uint32_t e = head; e != EDGE_NONE; e = b->all.edge[e].next)
        set_toggle(s, b->all.edge[e].unit);
}

/* ---- which cells an edge runs through ---- */

/* The cell number of a place, kept inside [-1, n]. */
static int32_t cell_of(double at, double origin, double h, uint32_t n) {
    double cell = floor((at - origin) / h);
    return cell < 0 ? -1 : cell >= n ? (int32_t)n : (int32_t)cell;
}

typedef void emit_fn(void *context, uint32_t cell, uint32_t head);

/* Hands the edge to each cell that it may touch within a row; too many rather than too few. */
static void walk_row(const grid *g, const edge *e, uint32_t head, int32_t row, emit_fn *emit,
                     void *context) {
    double low = fmax(e->ay, g->y + row * g->hy - g->slop);
    double high = fmin(e->by, g->y + (row + 1) * g->hy + g->slop);
    double x1 = e->ax, x2 = e->bx, height = e->by - e->ay;
    if (height > g->slop) {
        double slope = (e->bx - e->ax) / height;
        x1 = e->ax + (fmin(low, e->by) - e->ay) * slope;
        x2 = e->ax + (fmax(high, e->ay) - e->ay) * slope;
    }
    int32_t from = cell_of(fmin(x1, x2) - g->slop, g->x, g->hx, g->nx);
    int32_t to = cell_of(fmax(x1, x2) + g->slop, g->x, g->hx, g->nx);
    for (int32_t i = from < 0 ? 0 : from; i <= to && i < (int32_t)g->nx; i++)
        emit(context, (uint32_t)row * g->nx + (uint32_t)i, head);
}

static void walk(const grid *g, const builder *b, uint32_t head, emit_fn *emit, void *context) {
    const edge *e = &b->all.edge[head];
    int32_t from = cell_of(e->ay - g->slop, g->y, g->hy, g->ny);
    int32_t to = cell_of(e->by + g->slop, g->y, g->hy, g->ny);
    for (int32_t row = from < 0 ? 0 : from; row <= to && row < (int32_t)g->ny; row++)
        walk_row(g, e, head, row, emit, context);
}

/* Edges handed out to the cells of a grid: those of cell c are the entries of the builder's stack
 * from base + from[c] up to base + from[c + 1], in the order in which they were given. */
typedef struct sorted {
    builder *b;
    size_t *from, base;
} sorted;

static void count_one(void *context, uint32_t cell, uint32_t head) {
    (void)head;
    sorted *s = context;
    s->from[cell + 1]++;
}

static void fill_one(void *context, uint32_t cell, uint32_t head) {
    sorted *s = context;
    s->b->stack.id[s->base + s->from[cell]++] = head;
}

/* Takes the n edges at stack[at]; puts the sorted ones on top of the stack. `from` has room for the
 * cells + 1. Counting before filling keeps the memory exact. */
static sorted sort_into_cells(builder *b, size_t *from, const grid *g, size_t at, size_t n) {
    sorted s = {b, from, b->stack.n};
    size_t n_cells = (size_t)g->nx * g->ny;
    memset(from, 0, (n_cells + 1) * sizeof *from);
    for (size_t i = 0; i < n; i++)
        walk(g, b, b->stack.id[at + i], count_one, &s);
    for (size_t c = 0; c < n_cells; c++)
        from[c + 1] += from[c];
    b->stack.n += from[n_cells];
    NOI_GROW(b->stack.id, b->stack.capacity, b->stack.n);
    for (size_t i = 0; i < n; i++)
        walk(g, b, b->stack.id[at + i], fill_one, &s);
    memmove(from + 1, from, n_cells * sizeof *from); /* filling moved each start to its end */
    from[0] = 0;
    return s;
}

/* ---- cells ---- */

typedef struct cell {
    uint32_t x, y;  /* of its corner, in finest cells */
    unsigned shift; /* its side is 1 << shift finest cells */
    double left, south;
} cell;

/* Where cell number n begins, but for rounding. The reader's arithmetic may put a point that is a
 * few ulps away from here into either cell; that harms nothing, since a cell's edges reach over its
 * sides by more than that and the path from its corner to a point may go in any direction. */
static double boundary(double origin, double scale, uint32_t n) {
    return origin + n / scale;
}

static uint32_t unit_bit(const set *units, size_t from, uint32_t unit) {
    for (size_t i = from; i < units->n && i < from + INDEX_GROUP; i++)
        if (units->unit[i] == unit)
            return 1u << (i - from);
    return 0;
}

static uint32_t edge_mask(const builder *b, uint32_t head, const set *units, size_t from) {
    uint32_t mask = 0;
    for (uint32_t e = head; e != EDGE_NONE; e = b->all.edge[e].next)
        mask ^= unit_bit(units, from, b->all.edge[e].unit);
    return mask;
}

static index_edge make_edge(const edge *e, const cell *c, uint32_t mask) {
    bool crosses = (e->ax <= c->left) != (e->bx <= c->left);
    bool left = crosses ? is_left(e, c->left, c->south) : e->ax > c->left;
    uint32_t flags = (crosses ? EDGE_CROSSES : 0u) | (left ? EDGE_REF_LEFT : 0u) |
                     (e->bx > e->ax ? EDGE_EAST : 0u);
    return (index_edge){e->ax, e->ay, e->bx, e->by, mask, flags};
}

static void add_units(noi_buf *out, const set *units, size_t from, size_t n) {
    uint16_t unit[INDEX_GROUP] = {0};
    for (size_t i = 0; i < n; i++)
        unit[i] = (uint16_t)units->unit[from + i];
    noi_buf_add(out, unit, (n + 3) / 4 * 8);
}

/* Adds the units from number `from` on, at most INDEX_GROUP, as one block; *last is the byte of the
 * cell's block before it, or SIZE_MAX. A block that says nothing is left out. */
static void add_group(builder *b, size_t *last, const cell *c, const set *corner, const set *units,
                      size_t from, size_t at, size_t n) {
    size_t n_units = units->n - from < INDEX_GROUP ? units->n - from : INDEX_GROUP;
    index_block block = {.n_units = (uint16_t)n_units};
    for (size_t i = 0; i < corner->n; i++)
        block.start |= unit_bit(units, from, corner->unit[i]);
    size_t byte = b->blocks.n;
    noi_buf_add(&b->blocks, &block, sizeof block);
    for (size_t i = 0; i < n; i++) {
        uint32_t head = b->stack.id[at + i], mask = edge_mask(b, head, units, from);
        index_edge e = make_edge(&b->all.edge[head], c, mask);
        if (mask)
            noi_buf_add(&b->blocks, &e, sizeof e);
        block.n_edges += mask != 0;
    }
    if (!block.start && !block.n_edges) {
        b->blocks.n = byte;
        return;
    }
    add_units(&b->blocks, units, from, n_units);
    memcpy(b->blocks.p + byte, &block, sizeof block);
    const uint16_t more = 1;
    if (*last != SIZE_MAX)
        memcpy(b->blocks.p + *last + offsetof(index_block, more), &more, sizeof more);
    *last = byte;
}

/* ---- the sketch of a cell ---- */

typedef struct place {
    double x, y;
} place;

static place sketch_place(const builder *b, const cell *c, double lon, double lat) {
    const noi_index *h = &b->header;
    double unit = (double)SKETCH_SIDE / (1u << c->shift);
    return (place){((lon - h->x0) * h->scale_x - c->x) * unit,
                   ((lat - h->y0) * h->scale_y - c->y) * unit};
}

/* Cuts [*from, *to] of the way from `at` by `step` down to what lies within the margin. */
static void cut_way(double *from, double *to, double at, double step) {
    const double low = -SKETCH_MARGIN, high = SKETCH_SIDE + SKETCH_MARGIN;
    if (step == 0) {
        *to = at >= low && at <= high ? *to : -1;
        return;
    }
    double enters = ((step > 0 ? low : high) - at) / step;
    double leaves = ((step > 0 ? high : low) - at) / step;
    *from = fmax(*from, enters);
    *to = fmin(*to, leaves);
}

/* Draws an edge as number *n, unless it only passes by. False when it is left open on which side of
 * it the corner is. `change`: see index_sketch.low. */
static bool sketch_edge(index_sketch *s, int *n, const place *a, const place *b, uint32_t change) {
    double from = 0, to = 1, wx = b->x - a->x, wy = b->y - a->y, length = hypot(wx, wy);
    cut_way(&from, &to, a->x, wx);
    cut_way(&from, &to, a->y, wy);
    if (!(from <= to))
        return true;
    double x1 = a->x + from * wx, x2 = a->x + to * wx;
    double y1 = a->y + from * wy, y2 = a->y + to * wy;
    bool crosses = (x1 < 0) != (x2 < 0), left = x1 > 0;
    double corner = (wy * x1 - wx * y1) / length; /* > 0: the corner is on the left */
    if (fabs(x1) < 0.25 || fabs(x2) < 0.25 || (crosses && fabs(corner) < 0.25))
        return false;
    if (crosses)
        left = corner > 0;
    bool above = crosses && left != (wx > 0); /* an edge going east has what is above on its left */
    double unit = (left ? -SKETCH_UNIT : SKETCH_UNIT) / length;
    int i = (*n)++;
    s->nx[i] = (int16_t)lrint(wx * unit);
    s->ny[i] = (int16_t)lrint(wy * unit);
    s->c[i] = (int16_t)lrint((s->nx[i] * y1 - s->ny[i] * x1) / 65536);
    s->low[i] = (int16_t)(((int)lrint(y1) & ~3) | (int)change);
    s->high[i] = (int16_t)(((int)lrint(y2) & ~1) | above);
    return true;
}

static uint16_t first_unit(const index_block *block, uint32_t state) {
    return state ? (uint16_t)(index_units(block)[__builtin_ctz(state)] + 1) : 0;
}

/* Which bits of the answer's number change where units of `mask` begin or end: `kind` are the masks
 * of the two bits, found as they come. 0 when there are too many kinds of edges. */
static uint32_t change_of(uint32_t kind[2], uint32_t mask) {
    for (uint32_t k = 0; k < 2; k++) {
        if (kind[k] == 0)
            kind[k] = mask;
        if (kind[k] == mask)
            return k + 1;
    }
    return (kind[0] ^ kind[1]) == mask ? 3 : 0;
}

/* Draws the edges of a block; false when they do not fit. */
static bool draw_sketch(index_sketch *s, const builder *b, const cell *c,
                        const index_block *block) {
    const index_edge *e = index_edges(block);
    uint32_t kind[2] = {0};
    int n = 0;
    for (uint32_t i = 0; i < block->n_edges; i++) {
        place low = sketch_place(b, c, e[i].ax, e[i].ay),
              high = sketch_place(b, c, e[i].bx, e[i].by);
        uint32_t change = change_of(kind, e[i].mask);
        if (n == SKETCH_EDGES || !change || !sketch_edge(s, &n, &low, &high, change))
            return false;
    }
    for (; n < SKETCH_EDGES; n++) /* north of the cell: never reached */
        s->low[n] = s->high[n] = SKETCH_SIDE + SKETCH_MARGIN;
    for (uint32_t k = 0; k < 4; k++) {
        uint32_t state = block->start ^ (k & 1 ? kind[0] : 0) ^ (k & 2 ? kind[1] : 0);
        s->answer[k] = first_unit(block, state);
    }
    return true;
}

/* Adds the sketch of a border cell, whose blocks begin at `byte`. */
static uint32_t add_sketch(builder *b, const cell *c, size_t byte) {
    const index_block *block = (const index_block *)(const void *)(b->blocks.p + byte);
    const index_sketch open = {.low = {-SKETCH_MARGIN}, .high = {SKETCH_SIDE + SKETCH_MARGIN}};
    index_sketch s = {0};
    if (block->more || !draw_sketch(&s, b, c, block))
        s = open; /* an edge without direction, beside which all points are */
    size_t number = b->sketches.n / sizeof s;
    b->too_big = b->too_big || number > ENTRY_MAX || byte / 8 > ENTRY_MAX;
    s.block = (uint32_t)(byte / 8);
    noi_buf_add(&b->sketches, &s, sizeof s);
    return entry_make(ENTRY_SKETCH, (uint32_t)number & ENTRY_MAX);
}

/* A cell with edges, or with several units one over the other. */
static uint32_t add_block(builder *b, const cell *c, const set *corner, size_t at, size_t n) {
    set units = {0};
    set_copy(&units, corner);
    for (size_t i = 0; i < n; i++)
        for (uint32_t e = b->stack.id[at + i]; e != EDGE_NONE; e = b->all.edge[e].next)
            if (!set_has(&units, b->all.edge[e].unit))
                set_toggle(&units, b->all.edge[e].unit);
    size_t first = b->blocks.n, last = SIZE_MAX;
    for (size_t from = 0; from < units.n; from += INDEX_GROUP)
        add_group(b, &last, c, corner, &units, from, at, n);
    set_free(&units);
    return last == SIZE_MAX ? entry_make(ENTRY_UNIT, 0) : add_sketch(b, c, first);
}

/* A cell without edges. Cells in a row that lie in the same units one over the other share a block.
 */
static uint32_t empty_cell(builder *b, const cell *c, const set *corner) {
    if (corner->n <= 1)
        return entry_make(ENTRY_UNIT, corner->n ? corner->unit[0] + 1 : 0);
    if (corner->n != b->stacked.n ||
        memcmp(corner->unit, b->stacked.unit, corner->n * sizeof *corner->unit) != 0) {
        set_copy(&b->stacked, corner);
        b->stacked_entry = add_block(b, c, corner, 0, 0);
    }
    return b->stacked_entry;
}

static uint32_t build_cell(builder *b, const cell *c, const set *corner, size_t at, size_t n);

/* Builds the cells of a grid, whose sides are xs and ys, into `entries` from number `first` on. */
static void build_grid(builder *b, noi_buf *entries, size_t first, const cell *whole,
                       unsigned shift, const grid *g, const double *xs, const double *ys,
                       const set *corner, const sorted *s) {
    set row = {0}, here = {0};
    set_copy(&row, corner);
    for (uint32_t k = 0; k < g->nx * g->ny; k++) {
        uint32_t i = k % g->nx, j = k / g->nx;
        size_t at = s->base + s->from[k], n = s->from[k + 1] - s->from[k];
        if (i == 0)
            set_copy(&here, &row);
        cell c = {whole->x + (i << shift), whole->y + (j << shift), shift, xs[i], ys[j]};
        uint32_t entry = build_cell(b, &c, &here, at, n);
        memcpy(entries->p + (first + k) * sizeof entry, &entry, sizeof entry);
        for (size_t m = 0; m < n; m++) {
            uint32_t head = b->stack.id[at + m];
            if (crosses_level(&b->all.edge[head], ys[j], xs[i], xs[i + 1]))
                toggle_edge(&here, b, head);
            if (i == 0 && crosses_upright(&b->all.edge[head], xs[0], ys[j], ys[j + 1]))
                toggle_edge(&row, b, head);
        }
    }
    set_free(&row);
    set_free(&here);
}

/* Splits a cell; false, and nothing done, when that would cost more than the budget has left. */
static bool add_node(uint32_t *entry, builder *b, const cell *c, const set *corner, size_t at,
                     size_t n) {
    unsigned shift = c->shift - INDEX_BITS;
    double xs[INDEX_SIDE + 1], ys[INDEX_SIDE + 1];
    for (uint32_t i = 0; i <= INDEX_SIDE; i++) {
        xs[i] = boundary(b->header.x0, b->header.scale_x, c->x + (i << shift));
        ys[i] = boundary(b->header.y0, b->header.scale_y, c->y + (i << shift));
    }
    grid g = {xs[0],
              ys[0],
              (double)(1u << shift) / b->header.scale_x,
              (double)(1u << shift) / b->header.scale_y,
              b->slop,
              INDEX_SIDE,
              INDEX_SIDE};
    g.slop += 1e-6 * fmax(g.hx, g.hy);
    size_t from[INDEX_CHILDREN + 1], before = b->stack.n;
    sorted s = sort_into_cells(b, from, &g, at, n);
    size_t cost = b->stack.n - before;
    if (cost > b->budget || b->header.n_nodes >= ENTRY_MAX) {
        b->stack.n = before;
        return false;
    }
    b->budget -= cost;
    uint32_t number = b->header.n_nodes++;
    const uint32_t children[INDEX_CHILDREN] = {0};
    noi_buf_add(&b->nodes, children, sizeof children);
    build_grid(b, &b->nodes, (size_t)number * INDEX_CHILDREN, c, shift, &g, xs, ys, corner, &s);
    b->stack.n = before;
    *entry = entry_make(ENTRY_NODE, number);
    return true;
}

static uint32_t build_cell(builder *b, const cell *c, const set *corner, size_t at, size_t n) {
    if (n == 0)
        return empty_cell(b, c, corner);
    uint32_t entry;
    if (n > SPLIT_ABOVE && c->shift >= INDEX_BITS && add_node(&entry, b, c, corner, at, n))
        return entry;
    return add_block(b, c, corner, at, n);
}

/* ---- the top grid ---- */

/* The side of a top cell in degrees: a few lengths of an edge, within what memory and the widths of
 * the numbers allow. */
static double choose_side(const builder *b, double width, double height) {
    double n = b->all.n_heads, longer = fmax(width, height);
    double side = fmin(TOP_PER_EDGE * b->all.total_length / n, longer / 64);
    side = fmax(side, b->all.total_length / (4 * n + 100000)); /* entries of edges in cells */
    side = fmax(side, longer / (INDEX_MAX_SIDE - 6));
    double most = 65536 + 4 * n;
    if ((width / side + 2) * (height / side + 2) > most)
        side = fmax(side, fmax(sqrt(4 * width * height / most), 4 * longer / most));
    return fmax(side, 4096 * b->slop);
}

static void lay_grid(builder *b, const double bounds[4]) {
    double width = bounds[2] - bounds[0], height = bounds[3] - bounds[1];
    double side = choose_side(b, width, height);
    noi_index *h = &b->header;
    h->x0 = bounds[0] - 1.5 * side; /* the outermost cells are empty; see finest() of index.c */
    h->y0 = bounds[1] - 1.5 * side;
    h->scale_x = h->scale_y = (double)(1u << INDEX_SHIFT) / side;
    h->nx = (uint32_t)(width / side + 1.5) + 3;
    h->ny = (uint32_t)(height / side + 1.5) + 3;
}

static void build_top(builder *b, noi_buf *top) {
    noi_index *h = &b->header;
    NOI_AUTO_FREE double *xs = noi_alloc((h->nx + 1) * sizeof *xs);
    NOI_AUTO_FREE double *ys = noi_alloc((h->ny + 1) * sizeof *ys);
    for (uint32_t i = 0; i <= h->nx; i++)
        xs[i] = boundary(h->x0, h->scale_x, i << INDEX_SHIFT);
    for (uint32_t j = 0; j <= h->ny; j++)
        ys[j] = boundary(h->y0, h->scale_y, j << INDEX_SHIFT);
    double hx = (1u << INDEX_SHIFT) / h->scale_x, hy = (1u << INDEX_SHIFT) / h->scale_y;
    grid g = {h->x0, h->y0, hx, hy, b->slop + 1e-6 * fmax(hx, hy), h->nx, h->ny};
    size_t n_cells = (size_t)h->nx * h->ny;
    NOI_AUTO_FREE size_t *from = noi_alloc((n_cells + 1) * sizeof *from);
    NOI_AUTO_FREE uint32_t *entries = noi_alloc_zero(n_cells, sizeof *entries);
    noi_buf_add(top, entries, n_cells * sizeof *entries);
    b->stack.n = b->all.n_heads;
    NOI_GROW(b->stack.id, b->stack.capacity, b->stack.n);
    memcpy(b->stack.id, b->all.head, b->all.n_heads * sizeof *b->all.head);
    sorted s = sort_into_cells(b, from, &g, 0, b->all.n_heads);
    const cell whole = {.shift = INDEX_SHIFT};
    const set nobody = {0};
    build_grid(b, top, 0, &whole, INDEX_SHIFT, &g, xs, ys, &nobody, &s);
}

/* ---- all of it ---- */

/* To the next line of cache, for the sketches' sake. */
static void pad(noi_buf *out, size_t start) {
    while ((out->n - start) % sizeof(index_sketch))
        noi_buf_add_char(out, 0);
}

static uint64_t add_section(noi_buf *out, size_t start, const noi_buf *section) {
    pad(out, start);
    if (section->n)
        noi_buf_add(out, section->p, section->n);
    return out->n - start - section->n;
}

static void make_plain(noi_buf *plain, const noi_buf *top) {
    for (size_t at = 0; at < top->n; at += sizeof(uint32_t)) {
        uint32_t entry;
        memcpy(&entry, top->p + at, sizeof entry);
        bool is_plain = entry_kind(entry) == ENTRY_UNIT;
        uint16_t value = is_plain ? (uint16_t)entry_value(entry) : NOT_PLAIN;
        noi_buf_add(plain, &value, sizeof value);
    }
}

static void put_together(noi_buf *out, builder *b, const noi_buf *top) {
    noi_index *h = &b->header;
    size_t start = out->n;
    NOI_AUTO_BUF noi_buf plain = {0};
    make_plain(&plain, top);
    memcpy(h->magic, INDEX_MAGIC, sizeof h->magic);
    h->endian = INDEX_ENDIAN;
    h->n_block_words = (uint32_t)(b->blocks.n / 8);
    h->n_sketches = (uint32_t)(b->sketches.n / sizeof(index_sketch));
    noi_buf_add(out, h, sizeof *h);
    h->sketch_at = add_section(out, start, &b->sketches);
    h->top_at = add_section(out, start, top);
    h->plain_at = add_section(out, start, &plain);
    h->node_at = add_section(out, start, &b->nodes);
    h->block_at = add_section(out, start, &b->blocks);
    pad(out, start);
    h->n_bytes = out->n - start;
    memcpy(out->p + start, h, sizeof *h);
}

static noi_status check_coverage(double bounds[4], const noi_coverage *c) {
    noi_coverage_bounds(bounds, c);
    if (c->n_units > INDEX_MAX_UNITS)
        return noi_fail(NOI_ERR_INPUT, _("the layer has %u units; an index takes at most %u"),
                        c->n_units, INDEX_MAX_UNITS);
    if (isnan(bounds[0]))
        return noi_fail(NOI_ERR_INPUT, _("the layer has no areas"));
    for (int i = 0; i < 4; i++)
        if (!(fabs(bounds[i]) <= MAX_COORDINATE))
            return noi_fail(NOI_ERR_INPUT, _("the coordinate %g is not in degrees"), bounds[i]);
    return NOI_OK;
}

static void builder_clear(builder *b) {
    edges_free(&b->all);
    free(b->stack.id);
    set_free(&b->stacked);
    noi_buf_free(&b->nodes);
    noi_buf_free(&b->blocks);
    noi_buf_free(&b->sketches);
}

noi_status noi_index_build(noi_buf *out, const noi_coverage *coverage) {
    assert(out->n % 16 == 0);
    double bounds[4];
    NOI_TRY(check_coverage(bounds, coverage));
    NOI_AUTO(builder_clear) builder b = {.header.n_units = coverage->n_units};
    edges_make(&b.all, coverage);
    if (!b.all.n)
        return noi_fail(NOI_ERR_INPUT, _("the layer has no areas"));
    b.slop = MIN_SLOP;
    for (int i = 0; i < 4; i++)
        b.slop = fmax(b.slop, 16 * DBL_EPSILON * fabs(bounds[i]));
    b.budget = 16 * (size_t)b.all.n_heads + 1000000;
    lay_grid(&b, bounds);
    NOI_AUTO_BUF noi_buf top = {0};
    build_top(&b, &top);
    if (b.too_big)
        return noi_fail(NOI_ERR_INPUT, _("the layer is too large for a point index"));
    put_together(out, &b, &top);
    return NOI_OK;
}
