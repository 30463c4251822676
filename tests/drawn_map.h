/*
 * drawn_map.h: coverages drawn as text. A letter on a grid is a unit made of unit squares, '.' is
 * nobody's land; the first line is the northernmost. Areas and shares are exact, and a planner can
 * read the case:
 *
 *     noi_coverage *map = drawn_map("AAB"
 *                                   "ABB", 3);
 *
 * Square (column i, row j from the south) is [i, i + 1) x [j, j + 1), scaled by `size` and moved to
 * (x, y). Units come in the order of their letters in ASCII, with codes "00001", "00002" ... for
 * letters 'A', 'B' ... Every square's corner on a border is a vertex, so neighbours share edges.
 */
#ifndef NOI_TESTS_DRAWN_MAP_H
#define NOI_TESTS_DRAWN_MAP_H

#include "geo/coverage.h"

#include <stdio.h>
#include <string.h>

typedef struct drawn_grid {
    const char *text;
    int width, height;
    double x, y, size;
} drawn_grid;

static inline char drawn_at(const drawn_grid *g, int i, int j) {
    if (i < 0 || j < 0 || i >= g->width || j >= g->height)
        return '.';
    return g->text[(g->height - 1 - j) * g->width + i];
}

/* Whether a border of `letter` leaves corner (i, j) in direction d (0 east, 1 north, 2 west, 3
 * south) with the letter on its left. */
static inline bool drawn_leaves(const drawn_grid *g, char letter, int i, int j, int d) {
    static const int left[4][2] = {{0, 0}, {-1, 0}, {-1, -1}, {0, -1}};
    static const int right[4][2] = {{0, -1}, {0, 0}, {-1, 0}, {-1, -1}};
    return drawn_at(g, i + left[d][0], j + left[d][1]) == letter &&
           drawn_at(g, i + right[d][0], j + right[d][1]) != letter;
}

/* Walks one ring from a corner, turning left where it can (so squares that touch at a corner are
 * rings of their own), and marks its edges. Returns its vertices in `xy`. */
static inline size_t drawn_ring(double *xy, uint8_t *done, const drawn_grid *g, char letter, int i,
                                int j, int d) {
    static const int step[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    size_t n = 0;
    while (!(done[j * (g->width + 1) + i] >> d & 1)) {
        done[j * (g->width + 1) + i] |= (uint8_t)(1u << d);
        xy[2 * n] = g->x + i * g->size;
        xy[2 * n++ + 1] = g->y + j * g->size;
        i += step[d][0];
        j += step[d][1];
        for (int turn = 1; turn >= -1; turn--) {
            int next = (d + turn + 4) % 4;
            if (drawn_leaves(g, letter, i, j, next)) {
                d = next;
                break;
            }
        }
    }
    return n;
}

static inline double drawn_area(const double *xy, size_t n) {
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        const double *p = xy + 2 * k, *q = xy + 2 * ((k + 1) % n);
        sum += p[0] * q[1] - q[0] * p[1];
    }
    return sum / 2;
}

static inline bool drawn_holds(const double *xy, size_t n, double x, double y) {
    bool inside = false;
    for (size_t k = 0; k < n; k++) {
        const double *p = xy + 2 * k, *q = xy + 2 * ((k + 1) % n);
        if ((p[1] <= y) != (q[1] <= y) && x < p[0] + (y - p[1]) * (q[0] - p[0]) / (q[1] - p[1]))
            inside = !inside;
    }
    return inside;
}

/* Adds a letter's unit: outer rings first found, each with the holes that lie in it. */
static inline void drawn_unit(noi_coverage *out, const drawn_grid *g, char letter) {
    enum { MOST = 64 };
    size_t corners = (size_t)(g->width + 1) * (size_t)(g->height + 1), n_rings = 0;
    double *ring[MOST];
    size_t length[MOST];
    NOI_AUTO_FREE uint8_t *done = noi_alloc_zero(corners, 1);
    for (int j = 0; j <= g->height; j++)
        for (int i = 0; i <= g->width; i++)
            for (int d = 0; d < 4 && n_rings < MOST; d++) {
                if (!drawn_leaves(g, letter, i, j, d) || (done[j * (g->width + 1) + i] >> d & 1))
                    continue;
                ring[n_rings] = noi_alloc(8 * corners * sizeof(double));
                length[n_rings] = drawn_ring(ring[n_rings], done, g, letter, i, j, d);
                n_rings++;
            }
    char code[16];
    snprintf(code, sizeof code, "%05d", letter - 'A' + 1);
    noi_coverage_add_unit(out, noi_code_parse(code, strlen(code)));
    for (size_t o = 0; o < n_rings; o++) {
        if (drawn_area(ring[o], length[o]) < 0)
            continue;
        noi_coverage_add_polygon(out);
        noi_coverage_add_ring(out, ring[o], length[o]);
        for (size_t h = 0; h < n_rings; h++) {
            double x = ring[h][0] * 2 / 3 + (ring[h][2] + ring[h][4]) / 6;
            double y = ring[h][1] * 2 / 3 + (ring[h][3] + ring[h][5]) / 6;
            if (drawn_area(ring[h], length[h]) < 0 && drawn_holds(ring[o], length[o], x, y))
                noi_coverage_add_ring(out, ring[h], length[h]);
        }
    }
    for (size_t k = 0; k < n_rings; k++)
        free(ring[k]);
}

/* `text` has its lines one behind the other, `width` letters each. Yours: noi_coverage_free. */
static inline noi_coverage *drawn_map_at(const char *text, int width, double x, double y,
                                         double size) {
    drawn_grid g = {text, width, (int)strlen(text) / width, x, y, size};
    noi_coverage *out = noi_coverage_new();
    for (char letter = 'A'; letter <= 'Z'; letter++)
        if (strchr(text, letter))
            drawn_unit(out, &g, letter);
    return out;
}

static inline noi_coverage *drawn_map(const char *text, int width) {
    return drawn_map_at(text, width, 0, 0, 1);
}

#endif
