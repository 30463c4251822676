/*
 * planar_nodes.c: lines cut at every place where they meet.
 *
 * Round by round: pieces in the order of their lower ends are held against those whose heights and
 * widths meet theirs. A vertex that lies on a piece (within PLANAR_REACH) cuts it, bending it by no
 * more than that; pieces that cross are cut at the crossing, rounded to the nearest double, or at a
 * vertex beside it. Bending and rounding can make new crossings, so what was cut is held against
 * all again, until a round finds nothing. Whether pieces cross is decided exactly
 * (geo/predicate.h).
 */
#include "geo/planar_nodes.h"

#include "base/i18n.h"
#include "geo/predicate.h"

#include <math.h>
#include <string.h>

#define MOST_ROUNDS 64

/* ---- nodes ---- */

static size_t hash_place(double x, double y) {
    uint64_t a, b;
    memcpy(&a, &x, sizeof a);
    memcpy(&b, &y, sizeof b);
    uint64_t h = (a ^ 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u;
    h = ((h ^ h >> 29) ^ b) * 0x94D049BB133111EBu;
    return (size_t)(h ^ h >> 31);
}

static void add_slot(cutter *c, uint32_t node) {
    size_t at = hash_place(c->xy[2 * (size_t)node], c->xy[2 * (size_t)node + 1]);
    for (at &= c->n_slots - 1; c->slot[at] != PLANAR_NONE;)
        at = (at + 1) & (c->n_slots - 1);
    c->slot[at] = node;
}

static void grow_slots(cutter *c) {
    c->n_slots = c->n_slots ? 2 * c->n_slots : 1024;
    c->slot = noi_realloc(c->slot, c->n_slots * sizeof *c->slot);
    memset(c->slot, 0xFF, c->n_slots * sizeof *c->slot);
    for (uint32_t i = 0; i < c->n_nodes; i++)
        add_slot(c, i);
}

uint32_t cutter_find(const cutter *c, double x, double y) {
    x += 0.0; /* -0 becomes 0: equal places have equal bytes */
    y += 0.0;
    for (size_t at = hash_place(x, y); c->n_slots; at++) {
        uint32_t node = c->slot[at & (c->n_slots - 1)];
        if (node == PLANAR_NONE ||
            (c->xy[2 * (size_t)node] == x && c->xy[2 * (size_t)node + 1] == y))
            return node;
    }
    return PLANAR_NONE;
}

uint32_t cutter_node(cutter *c, double x, double y) {
    uint32_t found = cutter_find(c, x, y);
    if (found != PLANAR_NONE)
        return found;
    if (2 * (size_t)c->n_nodes >= c->n_slots)
        grow_slots(c);
    NOI_GROW(c->xy, c->cap_nodes, 2 * ((size_t)c->n_nodes + 1));
    c->xy[2 * (size_t)c->n_nodes] = x + 0.0;
    c->xy[2 * (size_t)c->n_nodes + 1] = y + 0.0;
    add_slot(c, c->n_nodes);
    return c->n_nodes++;
}

void cutter_line(cutter *c, uint32_t a, uint32_t b) {
    NOI_GROW(c->pieces, c->cap_pieces, c->n_pieces + 1);
    c->pieces[c->n_pieces++] = (piece){a, b, PLANAR_NONE, true};
}

void cutter_free(cutter *c) {
    free(c->xy);
    free(c->slot);
    free(c->pieces);
}

/* ---- one round ---- */

typedef struct cut {
    uint32_t piece, node;
    double along; /* 0..1 */
} cut;

typedef struct cuts {
    cut *item;
    size_t n, capacity;
} cuts;

typedef struct box {
    double x1, y1, x2, y2;
    uint32_t piece;
} box;

static const double *place(const cutter *c, uint32_t node) {
    return c->xy + 2 * (size_t)node;
}

static void add_cut(cuts *out, const cutter *c, uint32_t at, uint32_t node) {
    const double *a = place(c, c->pieces[at].a), *b = place(c, c->pieces[at].b),
                 *v = place(c, node);
    double dx = b[0] - a[0], dy = b[1] - a[1];
    double along = ((v[0] - a[0]) * dx + (v[1] - a[1]) * dy) / (dx * dx + dy * dy);
    NOI_GROW(out->item, out->capacity, out->n + 1);
    out->item[out->n++] = (cut){at, node, along};
}

/* Whether a node lies on the piece, away from its ends. */
static bool lies_on(const cutter *c, const piece *p, uint32_t node) {
    const double *a = place(c, p->a), *b = place(c, p->b), *v = place(c, node);
    double dx = b[0] - a[0], dy = b[1] - a[1], length2 = dx * dx + dy * dy;
    double vx = v[0] - a[0], vy = v[1] - a[1], wx = v[0] - b[0], wy = v[1] - b[1];
    double along = vx * dx + vy * dy, across = vx * dy - vy * dx;
    if (along <= 0 || along >= length2 || across * across > PLANAR_REACH * PLANAR_REACH * length2)
        return false;
    if (hypot(vx, vy) > PLANAR_REACH && hypot(wx, wy) > PLANAR_REACH)
        return true;
    return noi_orient(a[0], a[1], b[0], b[1], v[0], v[1]) == 0;
}

static bool has_end(const piece *p, uint32_t node) {
    return p->a == node || p->b == node;
}

static bool are_apart(double s, double t) {
    return (s > 0 && t < 0) || (s < 0 && t > 0);
}

/* Where two pieces that cross do so. */
static void find_crossing(double out[2], const double *a, const double *b, const double *p,
                          const double *q) {
    double dx = b[0] - a[0], dy = b[1] - a[1], ex = q[0] - p[0], ey = q[1] - p[1];
    double t = ((p[0] - a[0]) * ey - (p[1] - a[1]) * ex) / (dx * ey - dy * ex);
    t = fmin(1, fmax(0, t)); /* also for nearly parallel pieces */
    out[0] = a[0] + t * dx;
    out[1] = a[1] + t * dy;
}

static void cross(cuts *out, cutter *c, uint32_t i, uint32_t j) {
    const piece one = c->pieces[i], two = c->pieces[j];
    double x[2], least = PLANAR_REACH;
    const uint32_t end[4] = {one.a, one.b, two.a, two.b};
    find_crossing(x, place(c, one.a), place(c, one.b), place(c, two.a), place(c, two.b));
    int nearest = -1;
    for (int k = 0; k < 4; k++) {
        const double *e = place(c, end[k]);
        double d = hypot(e[0] - x[0], e[1] - x[1]);
        if (d <= least) {
            least = d;
            nearest = k;
        }
    }
    if (nearest >= 0) {
        add_cut(out, c, nearest < 2 ? j : i, end[nearest]);
        return;
    }
    uint32_t node = cutter_node(c, x[0], x[1]);
    add_cut(out, c, i, node);
    add_cut(out, c, j, node);
}

static void hold_against(cuts *out, cutter *c, uint32_t i, uint32_t j) {
    const piece *one = &c->pieces[i], *two = &c->pieces[j];
    const uint32_t end[4] = {one->a, one->b, two->a, two->b};
    size_t before = out->n;
    bool share = false;
    for (int k = 0; k < 4; k++) {
        uint32_t other = k < 2 ? j : i;
        if (has_end(&c->pieces[other], end[k]))
            share = true;
        else if (lies_on(c, &c->pieces[other], end[k]))
            add_cut(out, c, other, end[k]);
    }
    if (share || out->n > before)
        return;
    const double *a = place(c, one->a), *b = place(c, one->b), *p = place(c, two->a),
                 *q = place(c, two->b);
    if (are_apart(noi_orient(a[0], a[1], b[0], b[1], p[0], p[1]),
                  noi_orient(a[0], a[1], b[0], b[1], q[0], q[1])) &&
        are_apart(noi_orient(p[0], p[1], q[0], q[1], a[0], a[1]),
                  noi_orient(p[0], p[1], q[0], q[1], b[0], b[1])))
        cross(out, c, i, j);
}

static int by_lower_end(const void *p, const void *q) {
    const box *a = p, *b = q;
    if (a->y1 != b->y1)
        return a->y1 < b->y1 ? -1 : 1;
    return (a->piece > b->piece) - (a->piece < b->piece);
}

static box *make_boxes(const cutter *c) {
    box *boxes = noi_alloc(c->n_pieces * sizeof *boxes);
    for (size_t i = 0; i < c->n_pieces; i++) {
        const double *a = place(c, c->pieces[i].a), *b = place(c, c->pieces[i].b);
        boxes[i] =
            (box){fmin(a[0], b[0]) - PLANAR_REACH, fmin(a[1], b[1]) - PLANAR_REACH,
                  fmax(a[0], b[0]) + PLANAR_REACH, fmax(a[1], b[1]) + PLANAR_REACH, (uint32_t)i};
    }
    if (c->n_pieces)
        qsort(boxes, c->n_pieces, sizeof *boxes, by_lower_end);
    return boxes;
}

static void find_cuts(cuts *out, cutter *c) {
    NOI_AUTO_FREE box *boxes = make_boxes(c);
    for (size_t i = 0; i < c->n_pieces; i++)
        for (size_t j = i + 1; j < c->n_pieces && boxes[j].y1 <= boxes[i].y2; j++) {
            const box *a = &boxes[i], *b = &boxes[j];
            if (b->x1 <= a->x2 && a->x1 <= b->x2 &&
                (c->pieces[a->piece].is_fresh || c->pieces[b->piece].is_fresh))
                hold_against(out, c, a->piece, b->piece);
        }
}

static int by_piece_and_place(const void *p, const void *q) {
    const cut *a = p, *b = q;
    if (a->piece != b->piece)
        return a->piece < b->piece ? -1 : 1;
    if (a->along != b->along)
        return a->along < b->along ? -1 : 1;
    return (a->node > b->node) - (a->node < b->node);
}

/* Cuts pieces at the nodes found; the new pieces stand behind the old in the chain of the line. */
static void make_cuts(cutter *c, const cuts *found) {
    for (size_t i = 0; i < c->n_pieces; i++)
        c->pieces[i].is_fresh = false;
    uint32_t last = PLANAR_NONE; /* the piece that still reaches to the old end */
    for (size_t i = 0; i < found->n; i++) {
        const cut *k = &found->item[i];
        bool goes_on = i > 0 && k[-1].piece == k->piece;
        if (goes_on && k[-1].node == k->node)
            continue;
        if (!goes_on)
            last = k->piece;
        NOI_GROW(c->pieces, c->cap_pieces, c->n_pieces + 1);
        piece *old = &c->pieces[last];
        c->pieces[c->n_pieces] = (piece){k->node, old->b, old->next, true};
        old->b = k->node;
        old->next = (uint32_t)c->n_pieces;
        old->is_fresh = true;
        last = (uint32_t)c->n_pieces++;
    }
}

noi_status cutter_cut(cutter *c) {
    NOI_AUTO_FREE cut *items = NULL;
    cuts found = {0};
    for (int round = 0; round < MOST_ROUNDS; round++) {
        found.n = 0;
        find_cuts(&found, c);
        items = found.item;
        if (!found.n)
            return NOI_OK;
        qsort(found.item, found.n, sizeof *found.item, by_piece_and_place);
        make_cuts(c, &found);
    }
    return noi_fail(NOI_ERR_INTERNAL, _("cutting borders where they meet does not come to an end"));
}
