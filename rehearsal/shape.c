/* shape.c: sites, their Voronoi cells, wiggly lines, layers and random points; see shape.h. */
#include "rehearsal/shape.h"

#include "base/i18n.h"

#include <math.h>
#include <string.h>

#define OUTSIDE      UINT32_MAX
#define SQUEEZE      0.98 /* cosine of the city's latitude: degrees of longitude as of latitude */
#define SEA_SPACING  0.03 /* degrees between sites in the sea */
#define SPLIT_OFFSET 0.2  /* of the distance to the nearest other unit: sites of one split unit */
#define GRID         1e7  /* coordinates are rounded to 1e-7 degrees, about a centimetre */

typedef struct site {
    double x, y;    /* x squeezed, so that distances are alike in both directions */
    uint32_t piece; /* or OUTSIDE */
} site;

/* A line between two cells; seen from a to b, `right` lies to its right. */
typedef struct line {
    uint32_t left, right; /* sites */
    uint32_t from, to;    /* corners */
    uint32_t first, n;    /* inner points in `points`, from `from` to `to` */
} line;

/* A piece's fan: triangles between its site and its border. */
typedef struct cell {
    uint32_t first_fan, n_fan;
} cell;

/* A triangle of a fan: two points, and the areas up to and with it summed up. */
typedef struct fan_blade {
    double a[2], b[2], sum;
} fan_blade;

struct noi_shape {
    const noi_tables *tables;
    uint64_t seed;
    double step;
    site *sites;
    size_t n_sites, cap_sites;
    double *corners; /* x, y */
    uint64_t (*corner_key)[3];
    size_t n_corners, cap_corners, cap_keys;
    line *lines;
    size_t n_lines, cap_lines;
    double *points; /* x, y: degrees, rounded */
    size_t n_points, cap_points;
    uint32_t *piece_site; /* of each piece */
    cell *cells;          /* of each piece */
    fan_blade *fan;       /* x, y, area up to and with the triangle that begins here */
    size_t n_fan, cap_fan;
    uint32_t *borders;      /* lines of each piece that are borders between two new units */
    uint32_t *piece_border; /* n_pieces + 1 */
    size_t n_borders, cap_borders;
};

void noi_shape_free(noi_shape *shape) {
    if (!shape)
        return;
    free(shape->sites);
    free(shape->corners);
    free(shape->corner_key);
    free(shape->lines);
    free(shape->points);
    free(shape->piece_site);
    free(shape->cells);
    free(shape->fan);
    free(shape->borders);
    free(shape->piece_border);
    free(shape);
}

/* ---- sites --------------------------------------------------------------------------------- */

static double squared(double x, double y) {
    return x * x + y * y;
}

static void add_site(noi_shape *shape, double x, double y, uint32_t piece) {
    NOI_GROW(shape->sites, shape->cap_sites, shape->n_sites + 1);
    shape->sites[shape->n_sites++] = (site){x, y, piece};
}

/* The distance from an old unit's sketch point to the nearest other one. */
static double room_around(const noi_tables *tables, uint32_t unit) {
    double best = INFINITY;
    const noi_old_unit *u = &tables->old_units[unit];
    for (uint32_t i = 0; i < tables->n_old; i++) {
        const noi_old_unit *other = &tables->old_units[i];
        double d = squared((other->lon - u->lon) * SQUEEZE, other->lat - u->lat);
        if (i != unit && d < best)
            best = d;
    }
    return sqrt(best);
}

/* The sites of one old unit: its sketch point, or, when it is split, one a piece, moved towards the
 * new unit. A little noise keeps four sites from lying on one circle. */
static void add_unit_sites(noi_shape *shape, uint32_t unit) {
    const noi_tables *tables = shape->tables;
    const noi_old_unit *u = &tables->old_units[unit];
    noi_random random = noi_random_of(shape->seed, 'S', unit);
    double room = u->n_pieces > 1 ? room_around(tables, unit) : 0;
    for (uint32_t p = 0; p < u->n_pieces; p++) {
        uint32_t piece = u->first_piece + p;
        const noi_new_unit *to = &tables->new_units[tables->pieces[piece].new_unit];
        double dx = (to->lon - u->lon) * SQUEEZE, dy = to->lat - u->lat;
        double away = sqrt(squared(dx, dy));
        double move = u->n_pieces > 1 && away > 0 ? fmin(SPLIT_OFFSET * room / away, 1) : 0;
        double noise_x = (noi_random_unit(&random) - 0.5) * 2e-3;
        double noise_y = (noi_random_unit(&random) - 0.5) * 2e-3;
        shape->piece_site[piece] = (uint32_t)shape->n_sites;
        add_site(shape, u->lon * SQUEEZE + dx * move + noise_x, u->lat + dy * move + noise_y,
                 piece);
    }
}

/* How far a unit reaches at its free side: about as far as to its neighbours. */
static double reach_of(const noi_shape *shape, uint32_t s) {
    double nearest[3] = {INFINITY, INFINITY, INFINITY};
    for (uint32_t i = 0; i < shape->n_sites; i++) {
        if (i == s)
            continue;
        double d =
            squared(shape->sites[i].x - shape->sites[s].x, shape->sites[i].y - shape->sites[s].y);
        if (d < nearest[2])
            nearest[2] = d;
        for (int k = 2; k > 0 && nearest[k] < nearest[k - 1]; k--) {
            double held = nearest[k];
            nearest[k] = nearest[k - 1];
            nearest[k - 1] = held;
        }
    }
    return fmin(fmax(sqrt(nearest[2]), 0.018), 0.065);
}

static bool is_island(const noi_old_unit *unit) {
    return noi_str_is(unit->code, "755") || noi_str_is(unit->code, "27676") ||
           noi_str_is(unit->code, "26545");
}

/* A ring of sea around an island: Côn Đảo, Thạnh An and Long Sơn. */
static void add_moat(noi_shape *shape, uint32_t unit) {
    static const double circle[12][2] = {
        {1, 0},  {0.866, 0.5},   {0.5, 0.866},   {0, 1},  {-0.5, 0.866}, {-0.866, 0.5},
        {-1, 0}, {-0.866, -0.5}, {-0.5, -0.866}, {0, -1}, {0.5, -0.866}, {0.866, -0.5}};
    const site *middle =
        &shape->sites[shape->piece_site[shape->tables->old_units[unit].first_piece]];
    double x = middle->x, y = middle->y;
    double radius = fmin(room_around(shape->tables, unit) * 0.6, 0.07);
    noi_random random = noi_random_of(shape->seed, 'M', unit);
    for (int i = 0; i < 12; i++) {
        double r = radius * (0.8 + 0.4 * noi_random_unit(&random));
        add_site(shape, x + circle[i][0] * r, y + circle[i][1] * r, OUTSIDE);
    }
}

typedef struct sea {
    int columns, rows;
    double x0, y0;
    uint8_t *wet; /* 1: far enough from all land, 2: and joined to the open sea */
} sea;

static void sea_place(double out[2], const sea *water, int at) {
    int row = at / water->columns, column = at % water->columns;
    out[0] = water->x0 + (column + (row % 2) * 0.5) * SEA_SPACING;
    out[1] = water->y0 + row * SEA_SPACING * 0.866;
}

static bool is_wet(const noi_shape *shape, size_t n_land, const double *reach, const double at[2]) {
    for (size_t i = 0; i < n_land; i++)
        if (squared(shape->sites[i].x - at[0], shape->sites[i].y - at[1]) < reach[i] * reach[i])
            return false;
    return true;
}

/* Joins wet places to the open sea, from the frame inwards, so that no lake becomes a hole. */
static void flood(sea *water) {
    for (bool more = true; more;) {
        more = false;
        for (int at = 0; at < water->columns * water->rows; at++) {
            int row = at / water->columns, column = at % water->columns;
            if (water->wet[at] != 1)
                continue;
            bool frame =
                row == 0 || column == 0 || row == water->rows - 1 || column == water->columns - 1;
            bool joined = frame || water->wet[at - 1] == 2 || water->wet[at + 1] == 2 ||
                          water->wet[at - water->columns] == 2 ||
                          water->wet[at + water->columns] == 2;
            if (joined) {
                water->wet[at] = 2;
                more = true;
            }
        }
    }
}

static void add_sea(noi_shape *shape) {
    size_t n_land = shape->n_sites;
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    NOI_AUTO_FREE double *reach = noi_alloc(n_land * sizeof *reach);
    for (uint32_t i = 0; i < n_land; i++) {
        const site *s = &shape->sites[i];
        reach[i] = s->piece == OUTSIDE ? SEA_SPACING * 0.5 : reach_of(shape, i);
        low[0] = fmin(low[0], s->x);
        low[1] = fmin(low[1], s->y);
        high[0] = fmax(high[0], s->x);
        high[1] = fmax(high[1], s->y);
    }
    sea water = {.x0 = low[0] - 0.2, .y0 = low[1] - 0.2};
    water.columns = (int)((high[0] - low[0] + 0.4) / SEA_SPACING) + 1;
    water.rows = (int)((high[1] - low[1] + 0.4) / (SEA_SPACING * 0.866)) + 1;
    size_t n = (size_t)water.columns * (size_t)water.rows;
    NOI_AUTO_FREE uint8_t *wet = noi_alloc_zero(n, 1);
    water.wet = wet;
    double at[2];
    for (size_t i = 0; i < n; i++) {
        sea_place(at, &water, (int)i);
        wet[i] = is_wet(shape, n_land, reach, at);
    }
    flood(&water);
    for (size_t i = 0; i < n; i++) {
        if (wet[i] != 2)
            continue;
        sea_place(at, &water, (int)i);
        noi_random random = noi_random_of(shape->seed, 'W', i);
        double dx = (noi_random_unit(&random) - 0.5) * 0.4 * SEA_SPACING;
        double dy = (noi_random_unit(&random) - 0.5) * 0.4 * SEA_SPACING;
        add_site(shape, at[0] + dx, at[1] + dy, OUTSIDE);
    }
}

static void add_sites(noi_shape *shape) {
    const noi_tables *tables = shape->tables;
    shape->piece_site = noi_alloc(tables->n_pieces * sizeof *shape->piece_site);
    for (uint32_t i = 0; i < tables->n_old; i++)
        add_unit_sites(shape, i);
    for (uint32_t i = 0; i < tables->n_old; i++)
        if (is_island(&tables->old_units[i]))
            add_moat(shape, i);
    add_sea(shape);
}

/* ---- cells --------------------------------------------------------------------------------- */

/* A cell while it is being cut: corner k is where the bisectors of neighbours side[k - 1] and
 * side[k] meet; side k runs from corner k to corner k + 1. */
#define MAX_SIDES 64
#define NO_SITE   UINT32_MAX
typedef struct cutting {
    int n;
    double x[MAX_SIDES], y[MAX_SIDES];
    uint32_t side[MAX_SIDES];
} cutting;

/* Keeps the half of the cell that is nearer to `me` than to `other`. */
static void cut(cutting *c, const site *me, const site *other, uint32_t other_index) {
    double nx = other->x - me->x, ny = other->y - me->y;
    double limit = (squared(other->x, other->y) - squared(me->x, me->y)) / 2;
    double height[MAX_SIDES];
    bool any = false;
    for (int i = 0; i < c->n; i++) {
        height[i] = c->x[i] * nx + c->y[i] * ny - limit;
        any = any || height[i] > 0;
    }
    if (!any)
        return;
    cutting out = {0};
    for (int i = 0; i < c->n && out.n < MAX_SIDES - 2; i++) {
        int j = (i + 1) % c->n;
        if (height[i] <= 0) {
            out.x[out.n] = c->x[i];
            out.y[out.n] = c->y[i];
            out.side[out.n++] = c->side[i];
        }
        if ((height[i] > 0) == (height[j] > 0))
            continue;
        double t = height[i] / (height[i] - height[j]);
        out.x[out.n] = c->x[i] + t * (c->x[j] - c->x[i]);
        out.y[out.n] = c->y[i] + t * (c->y[j] - c->y[i]);
        out.side[out.n++] = height[i] <= 0 ? other_index : c->side[i];
    }
    *c = out;
}

static void cut_cell(cutting *c, const noi_shape *shape, uint32_t s) {
    const site *me = &shape->sites[s];
    double r = 0.5;
    *c = (cutting){.n = 4,
                   .x = {me->x - r, me->x + r, me->x + r, me->x - r},
                   .y = {me->y - r, me->y - r, me->y + r, me->y + r},
                   .side = {NO_SITE, NO_SITE, NO_SITE, NO_SITE}};
    for (uint32_t i = 0; i < shape->n_sites; i++) {
        const site *other = &shape->sites[i];
        if (i != s && fabs(other->x - me->x) < 2 * r && fabs(other->y - me->y) < 2 * r)
            cut(c, me, other, i);
    }
}

/* The corner of three sites, the same number for all three cells. */
static uint32_t corner_of(noi_shape *shape, uint32_t a, uint32_t b, uint32_t c, double x,
                          double y) {
    uint64_t key[3] = {a, b, c};
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < 2; i++)
            if (key[i] > key[i + 1]) {
                uint64_t held = key[i];
                key[i] = key[i + 1];
                key[i + 1] = held;
            }
    for (size_t i = 0; i < shape->n_corners; i++)
        if (memcmp(shape->corner_key[i], key, sizeof key) == 0)
            return (uint32_t)i;
    NOI_GROW(shape->corners, shape->cap_corners, 2 * (shape->n_corners + 1));
    NOI_GROW(shape->corner_key, shape->cap_keys, shape->n_corners + 1);
    memcpy(shape->corner_key[shape->n_corners], key, sizeof key);
    shape->corners[2 * shape->n_corners] = x;
    shape->corners[2 * shape->n_corners + 1] = y;
    return (uint32_t)shape->n_corners++;
}

static uint32_t line_between(const noi_shape *shape, uint32_t a, uint32_t b) {
    for (size_t i = 0; i < shape->n_lines; i++) {
        const line *l = &shape->lines[i];
        if ((l->left == a && l->right == b) || (l->left == b && l->right == a))
            return (uint32_t)i;
    }
    return NO_SITE;
}

/* The cell's lines; those that its neighbours have made already are only checked. */
static noi_status add_cell(noi_shape *shape, uint32_t s) {
    cutting c;
    cut_cell(&c, shape, s);
    uint32_t corner[MAX_SIDES];
    for (int i = 0; i < c.n; i++) {
        uint32_t before = c.side[(i + c.n - 1) % c.n], after = c.side[i];
        if (before == NO_SITE || after == NO_SITE)
            return noi_fail(NOI_ERR_INTERNAL, _("a cell of the rehearsal city has no end"));
        corner[i] = corner_of(shape, s, before, after, c.x[i], c.y[i]);
    }
    for (int i = 0; i < c.n; i++) {
        uint32_t from = corner[i], to = corner[(i + 1) % c.n];
        uint32_t known = line_between(shape, s, c.side[i]);
        if (known != NO_SITE) {
            if (shape->lines[known].from != to || shape->lines[known].to != from)
                return noi_fail(NOI_ERR_INTERNAL,
                                _("two cells of the rehearsal city draw their border differently"));
            continue;
        }
        NOI_GROW(shape->lines, shape->cap_lines, shape->n_lines + 1);
        shape->lines[shape->n_lines++] =
            (line){.left = s, .right = c.side[i], .from = from, .to = to};
    }
    return NOI_OK;
}

/* ---- wiggles ------------------------------------------------------------------------------- */

static double rounded(double value) {
    return floor(value * GRID + 0.5) / GRID;
}

static void add_point(noi_shape *shape, double x, double y) {
    NOI_GROW(shape->points, shape->cap_points, 2 * (shape->n_points + 1));
    shape->points[2 * shape->n_points] = rounded(x / SQUEEZE);
    shape->points[2 * shape->n_points + 1] = rounded(y);
    shape->n_points++;
}

/* Midpoint displacement: lean[i] is how far the line leans at i / n of its way towards its left
 * (> 0) or right site (< 0), as a share of the way to that site. n is a power of two. */
static void displace(double *lean, int n, double strength, noi_random *random) {
    lean[0] = lean[n] = 0;
    for (int span = n; span > 1; span /= 2, strength *= 0.52)
        for (int i = span / 2; i < n; i += span) {
            double middle = (lean[i - span / 2] + lean[i + span / 2]) / 2;
            double value = middle + (noi_random_unit(random) - 0.5) * 2 * strength;
            lean[i] = fmax(-0.4, fmin(0.4, value));
        }
}

static void lean_point(double out[2], const double a[2], const double b[2], double t, double lean,
                       const site *left, const site *right) {
    double x = a[0] + t * (b[0] - a[0]), y = a[1] + t * (b[1] - a[1]);
    const site *towards = lean > 0 ? left : right;
    double share = fabs(lean);
    out[0] = x + share * (towards->x - x);
    out[1] = y + share * (towards->y - y);
}

static int steps_for(double length, double step) {
    int n = 2;
    while (n < 512 && length / n > step)
        n *= 2;
    return n;
}

/* Seeded by the line's ends, so that it is one line for both neighbours. Where it passes from one
 * triangle of its kite to the other it touches their common side. */
static void wiggle(noi_shape *shape, line *l) {
    const double *a = &shape->corners[2 * (size_t)l->from], *b = &shape->corners[2 * (size_t)l->to];
    const site *left = &shape->sites[l->left], *right = &shape->sites[l->right];
    double length = sqrt(squared(b[0] - a[0], b[1] - a[1]));
    double apart = sqrt(squared(left->x - right->x, left->y - right->y)) / 2;
    int n = steps_for(length, shape->step);
    double lean[513], at[2];
    uint32_t low = l->left < l->right ? l->left : l->right;
    uint32_t high = l->left < l->right ? l->right : l->left;
    noi_random random = noi_random_of(shape->seed, 'L', ((uint64_t)low << 32) | high);
    displace(lean, n, fmin(0.3 * length / apart, 0.3), &random);
    l->first = (uint32_t)shape->n_points;
    for (int i = 1; i < n; i++) {
        if (lean[i - 1] * lean[i] < 0) {
            lean_point(at, a, b, (i - 0.5) / n, 0, left, right);
            add_point(shape, at[0], at[1]);
        }
        lean_point(at, a, b, (double)i / n, lean[i], left, right);
        add_point(shape, at[0], at[1]);
    }
    l->n = (uint32_t)shape->n_points - l->first;
}

/* A line that matters: at least one side is land. */
static bool is_drawn(const noi_shape *shape, const line *l) {
    return shape->sites[l->left].piece != OUTSIDE || shape->sites[l->right].piece != OUTSIDE;
}

/* ---- layers -------------------------------------------------------------------------------- */

typedef enum layer_kind { OLD_UNITS, NEW_UNITS, PIECES } layer_kind;

static uint32_t label_of(const noi_shape *shape, uint32_t s, layer_kind kind) {
    uint32_t piece = shape->sites[s].piece;
    if (piece == OUTSIDE || kind == PIECES)
        return piece;
    const noi_piece *p = &shape->tables->pieces[piece];
    return kind == OLD_UNITS ? p->old_unit : p->new_unit;
}

/* A line as one unit sees it: from its `from` with the unit at its left. */
typedef struct side {
    uint32_t unit, from, to, line;
    bool reversed, used;
} side;

static int by_unit_then_from(const void *a, const void *b) {
    const side *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return x->from < y->from ? -1 : x->from > y->from;
}

static side *collect_sides(size_t *n, const noi_shape *shape, layer_kind kind) {
    side *sides = noi_alloc(2 * shape->n_lines * sizeof *sides);
    *n = 0;
    for (uint32_t i = 0; i < shape->n_lines; i++) {
        const line *l = &shape->lines[i];
        uint32_t left = label_of(shape, l->left, kind), right = label_of(shape, l->right, kind);
        if (left == right)
            continue;
        if (left != OUTSIDE)
            sides[(*n)++] = (side){left, l->from, l->to, i, false, false};
        if (right != OUTSIDE)
            sides[(*n)++] = (side){right, l->to, l->from, i, true, false};
    }
    qsort(sides, *n, sizeof *sides, by_unit_then_from);
    return sides;
}

typedef struct ring {
    double *xy;
    size_t n, capacity;
    double area; /* signed, square degrees; > 0 for an outer ring */
} ring;

static void ring_add(ring *r, double x, double y) {
    if (r->n && r->xy[2 * r->n - 2] == x && r->xy[2 * r->n - 1] == y)
        return;
    NOI_GROW(r->xy, r->capacity, 2 * (r->n + 1));
    r->xy[2 * r->n] = x;
    r->xy[2 * r->n + 1] = y;
    r->n++;
}

static void ring_add_side(ring *r, const noi_shape *shape, const side *s) {
    const line *l = &shape->lines[s->line];
    const double *corner = &shape->corners[2 * (size_t)s->from];
    ring_add(r, rounded(corner[0] / SQUEEZE), rounded(corner[1]));
    for (uint32_t i = 0; i < l->n; i++) {
        size_t at = s->reversed ? l->first + l->n - 1 - i : l->first + i;
        ring_add(r, shape->points[2 * at], shape->points[2 * at + 1]);
    }
}

static double ring_area(const ring *r) {
    double sum = 0;
    for (size_t i = 0; i < r->n; i++) {
        size_t j = i + 1 == r->n ? 0 : i + 1;
        sum += (r->xy[2 * i] - r->xy[0]) * (r->xy[2 * j + 1] - r->xy[1]) -
               (r->xy[2 * j] - r->xy[0]) * (r->xy[2 * i + 1] - r->xy[1]);
    }
    return sum / 2;
}

/* Three cells meet in a corner, so a unit has at most one way on from each. */
static side *way_on(side *sides, size_t n, uint32_t from) {
    for (size_t i = 0; i < n; i++)
        if (sides[i].from == from && !sides[i].used)
            return &sides[i];
    return NULL;
}

static bool ring_holds(const ring *r, const double at[2]) {
    bool inside = false;
    for (size_t i = 0, j = r->n - 1; i < r->n; j = i++) {
        const double *a = &r->xy[2 * i], *b = &r->xy[2 * j];
        if ((a[1] > at[1]) != (b[1] > at[1]) &&
            at[0] < (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1]) + a[0])
            inside = !inside;
    }
    return inside;
}

static int by_area_falling(const void *a, const void *b) {
    double x = ((const ring *)a)->area, y = ((const ring *)b)->area;
    return x > y ? -1 : x < y;
}

/* The unit's rings as polygons: each hole goes to the outer ring that holds it. */
static void add_polygons(noi_coverage *coverage, ring *rings, size_t n) {
    qsort(rings, n, sizeof *rings, by_area_falling);
    for (size_t i = 0; i < n && rings[i].area > 0; i++) {
        noi_coverage_add_polygon(coverage);
        noi_coverage_add_ring(coverage, rings[i].xy, rings[i].n);
        for (size_t h = 0; h < n; h++)
            if (rings[h].area < 0 && ring_holds(&rings[i], rings[h].xy))
                noi_coverage_add_ring(coverage, rings[h].xy, rings[h].n);
    }
}

static void add_unit(noi_coverage *coverage, const noi_shape *shape, side *sides, size_t n) {
    ring *rings = noi_alloc_zero(n + 1, sizeof *rings);
    size_t n_rings = 0;
    for (size_t i = 0; i < n; i++) {
        if (sides[i].used)
            continue;
        ring *r = &rings[n_rings++];
        for (side *s = &sides[i]; s; s = way_on(sides, n, s->to)) {
            s->used = true;
            ring_add_side(r, shape, s);
        }
        r->area = ring_area(r);
    }
    add_polygons(coverage, rings, n_rings);
    for (size_t i = 0; i < n_rings; i++)
        free(rings[i].xy);
    free(rings);
}

static noi_code code_of(const noi_tables *tables, uint32_t unit, layer_kind kind) {
    if (kind == PIECES)
        unit = tables->pieces[unit].new_unit;
    noi_str code = kind == OLD_UNITS ? tables->old_units[unit].code : tables->new_units[unit].code;
    return noi_code_parse(code.p, code.n);
}

static noi_coverage *make_layer(const noi_shape *shape, layer_kind kind, size_t n_units) {
    noi_coverage *coverage = noi_coverage_new();
    size_t n_sides;
    NOI_AUTO_FREE side *sides = collect_sides(&n_sides, shape, kind);
    size_t at = 0;
    for (uint32_t u = 0; u < n_units; u++) {
        size_t end = at;
        while (end < n_sides && sides[end].unit == u)
            end++;
        noi_coverage_add_unit(coverage, code_of(shape->tables, u, kind));
        add_unit(coverage, shape, sides + at, end - at);
        at = end;
    }
    return coverage;
}

noi_coverage *noi_shape_old_layer(const noi_shape *shape) {
    return make_layer(shape, OLD_UNITS, shape->tables->n_old);
}

noi_coverage *noi_shape_new_layer(const noi_shape *shape) {
    return make_layer(shape, NEW_UNITS, shape->tables->n_new);
}

noi_coverage *noi_shape_piece_layer(const noi_shape *shape) {
    return make_layer(shape, PIECES, shape->tables->n_pieces);
}

/* ---- random points ------------------------------------------------------------------------- */

/* Where the way from `site` to `p` meets the straight line through a and b. */
static void foot(double out[2], const double a[2], const double b[2], const double from[2],
                 const double p[2]) {
    double dx = b[0] - a[0], dy = b[1] - a[1], ex = p[0] - from[0], ey = p[1] - from[1];
    double det = dx * ey - dy * ex;
    double t = det == 0 ? 0 : ((from[0] - a[0]) * ey - (from[1] - a[1]) * ex) / det;
    t = fmax(0, fmin(1, t));
    out[0] = a[0] + t * dx;
    out[1] = a[1] + t * dy;
}

static void site_place(double out[2], const site *s) {
    out[0] = s->x / SQUEEZE;
    out[1] = s->y;
}

static void corner_place(double out[2], const noi_shape *shape, uint32_t corner) {
    out[0] = shape->corners[2 * (size_t)corner] / SQUEEZE;
    out[1] = shape->corners[2 * (size_t)corner + 1];
}

/* How high a point stands over the straight line from a to b: 1 at `me`, 0 on the line, below 0
 * beyond it. */
static double height_of(const double a[2], const double b[2], const double me[2],
                        const double p[2]) {
    double mine = (b[0] - a[0]) * (me[1] - a[1]) - (b[1] - a[1]) * (me[0] - a[0]);
    double its = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
    return its / mine;
}

/* What rounding alone moved beyond the line is not beyond. */
#define ROUNDING (-3e-5)

static void add_blade(noi_shape *shape, const double me[2], const double a[2], const double b[2],
                      double *sum) {
    *sum += fabs((a[0] - me[0]) * (b[1] - me[1]) - (b[0] - me[0]) * (a[1] - me[1]));
    NOI_GROW(shape->fan, shape->cap_fan, shape->n_fan + 1);
    shape->fan[shape->n_fan++] = (fan_blade){{a[0], a[1]}, {b[0], b[1]}, *sum};
}

/* The blades under one line. Where the line bulges out over the straight way between its corners it
 * is drawn by rays from the other site, so the fan follows the straight way there. */
static void add_blades(noi_shape *shape, uint32_t s, const line *l, double *sum) {
    double a[2], b[2], me[2], other[2], before[2], at[2];
    corner_place(a, shape, l->from);
    corner_place(b, shape, l->to);
    site_place(me, &shape->sites[s]);
    site_place(other, &shape->sites[l->left == s ? l->right : l->left]);
    memcpy(before, a, sizeof before);
    for (uint32_t i = 0; i < l->n; i++) {
        const double *p = &shape->points[2 * (size_t)(l->first + i)];
        memcpy(at, p, sizeof at);
        if (height_of(a, b, me, p) < ROUNDING)
            foot(at, a, b, other, p);
        add_blade(shape, me, before, at, sum);
        memcpy(before, at, sizeof before);
    }
    add_blade(shape, me, before, b, sum);
}

static void add_fan(noi_shape *shape, uint32_t piece) {
    uint32_t s = shape->piece_site[piece];
    double sum = 0;
    shape->cells[piece].first_fan = (uint32_t)shape->n_fan;
    for (size_t i = 0; i < shape->n_lines; i++)
        if (shape->lines[i].left == s || shape->lines[i].right == s)
            add_blades(shape, s, &shape->lines[i], &sum);
    shape->cells[piece].n_fan = (uint32_t)shape->n_fan - shape->cells[piece].first_fan;
}

void noi_shape_point(double out[2], const noi_shape *shape, uint32_t piece, noi_random *random) {
    const cell *c = &shape->cells[piece];
    const fan_blade *fan = &shape->fan[c->first_fan];
    double wanted = noi_random_unit(random) * fan[c->n_fan - 1].sum;
    uint32_t low = 0, high = c->n_fan - 1;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (fan[middle].sum < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    double u = noi_random_unit(random), v = noi_random_unit(random), me[2];
    if (u + v > 1) {
        u = 1 - u;
        v = 1 - v;
    }
    site_place(me, &shape->sites[shape->piece_site[piece]]);
    for (int i = 0; i < 2; i++)
        out[i] = me[i] + u * (fan[low].a[i] - me[i]) + v * (fan[low].b[i] - me[i]);
}

/* The lines of each piece beyond which another new unit lies. */
static void find_borders(noi_shape *shape) {
    size_t n = shape->tables->n_pieces;
    shape->piece_border = noi_alloc_zero(n + 1, sizeof *shape->piece_border);
    for (uint32_t p = 0; p < n; p++) {
        uint32_t s = shape->piece_site[p];
        shape->piece_border[p] = (uint32_t)shape->n_borders;
        for (uint32_t i = 0; i < shape->n_lines; i++) {
            const line *l = &shape->lines[i];
            if (l->left != s && l->right != s)
                continue;
            uint32_t left = label_of(shape, l->left, NEW_UNITS);
            uint32_t right = label_of(shape, l->right, NEW_UNITS);
            if (left == right || left == OUTSIDE || right == OUTSIDE || l->n < 2)
                continue;
            NOI_GROW(shape->borders, shape->cap_borders, shape->n_borders + 1);
            shape->borders[shape->n_borders++] = i;
        }
    }
    shape->piece_border[n] = (uint32_t)shape->n_borders;
}

bool noi_shape_has_border(const noi_shape *shape, uint32_t piece) {
    return shape->piece_border[piece] < shape->piece_border[piece + 1];
}

void noi_shape_border_point(double out[2], const noi_shape *shape, uint32_t piece, double inside_m,
                            noi_random *random) {
    uint32_t first = shape->piece_border[piece], n = shape->piece_border[piece + 1] - first;
    const line *l = &shape->lines[shape->borders[first + noi_random_below(random, n)]];
    double a[2], b[2], me[2], to[2], height = 0;
    corner_place(a, shape, l->from);
    corner_place(b, shape, l->to);
    site_place(me, &shape->sites[shape->piece_site[piece]]);
    const double *at = a;
    for (int tries = 0; tries < 20 && fabs(height) < 0.01; tries++) {
        at = &shape->points[2 * (size_t)(l->first + noi_random_below(random, l->n))];
        height = height_of(a, b, me, at);
    }
    /* Inwards along the ray by which the line was drawn here: towards the piece's own site, or,
     * beyond the straight way, away from the other site and back to the straight way. */
    memcpy(to, me, sizeof to);
    if (height < 0) {
        uint32_t other = l->left == shape->piece_site[piece] ? l->right : l->left;
        double site_at[2];
        site_place(site_at, &shape->sites[other]);
        foot(to, a, b, site_at, at);
    }
    double dx = to[0] - at[0], dy = to[1] - at[1];
    double metres = sqrt(squared(dx * NOI_SHAPE_LON_M, dy * NOI_SHAPE_LAT_M));
    double share = fmin(inside_m * (0.2 + 0.8 * noi_random_unit(random)) / metres, 0.5);
    out[0] = at[0] + share * dx;
    out[1] = at[1] + share * dy;
}

/* ---- the whole ----------------------------------------------------------------------------- */

static noi_status build(noi_shape *shape) {
    add_sites(shape);
    for (uint32_t i = 0; i < shape->n_sites; i++)
        if (shape->sites[i].piece != OUTSIDE)
            NOI_TRY(add_cell(shape, i));
    for (size_t i = 0; i < shape->n_lines; i++)
        if (is_drawn(shape, &shape->lines[i]))
            wiggle(shape, &shape->lines[i]);
    shape->cells = noi_alloc_zero(shape->tables->n_pieces, sizeof *shape->cells);
    for (uint32_t p = 0; p < shape->tables->n_pieces; p++)
        add_fan(shape, p);
    find_borders(shape);
    return NOI_OK;
}

noi_status noi_shape_make(noi_shape **out, const noi_tables *tables, uint64_t seed, double step_m) {
    NOI_AUTO(noi_shape_freep) noi_shape *shape = noi_alloc_zero(1, sizeof *shape);
    shape->tables = tables;
    shape->seed = seed;
    shape->step = step_m / NOI_SHAPE_LAT_M;
    NOI_TRY(build(shape));
    *out = shape;
    shape = NULL;
    return NOI_OK;
}
