/*
 * borders.h: the edges of a coverage for checking it: which are one and the same, on which
 * side of each its unit lies, which edges are near a place. Private to geo/; neither GEOS nor PROJ.
 *
 * An edge has no record. It is the number of the vertex that it starts at, and runs to the next
 * vertex of the ring; what is kept of it is one number and a few bits. That is what lets seven
 * million vertices be checked in a small part of a GiB.
 */
#ifndef NOI_GEO_CHECK_BORDERS_H
#define NOI_GEO_CHECK_BORDERS_H

#include "geo/coverage.h"

#define EDGE_NONE  UINT32_MAX
#define EDGE_GROUP 16 /* edges, or boxes, under one box of the tree */

enum {
    EDGE_ENDS_RING = 1,     /* runs to the first vertex of its ring */
    EDGE_UNIT_ON_LEFT = 2,  /* of the edge as the ring runs; else on its right */
    EDGE_OF_OUTER_RING = 4, /* of a polygon */
    EDGE_IS_UNBALANCED = 8, /* not as many units on its left as on its right, or not known */
};

/* A tree of boxes over edges in the order of their rings, which is a good order in space: each box
 * holds the EDGE_GROUP edges, or boxes of the level below, that stand side by side. */
typedef struct edge_tree {
    const uint32_t *edge; /* NULL: all edges, 0, 1, 2 ... */
    size_t n;
    int n_levels;
    size_t n_boxes[8];
    double *box[8]; /* min x, min y, max x, max y; level 0 over the edges */
} edge_tree;

typedef struct borders {
    const noi_coverage *coverage;
    uint32_t *ring_unit; /* the unit of a ring */
    uint8_t *flags;      /* of an edge */
    uint32_t *first;     /* the first edge at an edge's place, in either direction; EDGE_NONE for an
                            edge without length */
    uint32_t *unbalanced; /* those edges, in order */
    size_t n_unbalanced;
    edge_tree all, open; /* over all edges; over the unbalanced */
} borders;

void borders_make(borders *out, const noi_coverage *coverage);
/* Edges of units that are not valid have no dependable side and count as unbalanced. */
void borders_find_unbalanced(borders *b, const bool *is_valid);
void borders_free(borders *b);

/* The ring of an edge. *hint is a ring to try first and is set to the ring found. */
uint32_t borders_ring(const borders *b, uint32_t *hint, uint32_t edge);

/* Start x, start y, end x, end y, as the ring runs. */
void borders_ends(double out[4], const borders *b, uint32_t edge);

/* How many groups of edges a search of this box would look into, counted up to `most`. */
size_t borders_cost(const edge_tree *tree, const double box[4], size_t most);

/* Calls `visit` for each edge of the tree whose box meets `box` (min x, min y, max x, max y). */
typedef void borders_visit(void *context, uint32_t edge, const double ends[4]);
void borders_search(const borders *b, const edge_tree *tree, const double box[4],
                    borders_visit *visit, void *context);

/* Unbalanced edges that follow one another in a ring, at most EDGE_GROUP, and those near them.
 * Neighbours are looked for by stretches, since one search then serves them all. */
typedef struct near_edge {
    uint32_t edge;
    double end[4]; /* as of borders_ends */
    double box[4];
} near_edge;

typedef struct stretch {
    size_t from, to;           /* in `unbalanced`; start with 0, 0 */
    near_edge own[EDGE_GROUP]; /* the stretch itself */
    near_edge *near;           /* all unbalanced edges within reach of its box, itself included */
    size_t n_near, capacity;
} stretch;

/* Goes on to the next stretch; false when there is none. The reach is in metres. */
bool borders_next_stretch(stretch *s, const borders *b, double reach_m);
void stretch_free(stretch *s);

bool boxes_meet(const double a[4], const double b[4]);

/* Metres a degree of longitude and of latitude, on the WGS 84 ellipsoid. */
void metres_a_degree(double *mx, double *my, double lat);

#endif
