/*
 * edges.h: the edges of a coverage, with those that several units share found by their equal ends.
 * Private to geo/; needs neither GEOS nor PROJ.
 */
#ifndef NOI_GEO_EDGES_H
#define NOI_GEO_EDGES_H

#include "geo/coverage.h"

#define EDGE_NONE UINT32_MAX

/* An edge of one unit, its lower end first (of a level edge the western one). Equal edges form a
 * list by `next`, whose first member stands in `head`. Edges without length are left out. */
typedef struct edge {
    double ax, ay, bx, by;
    uint32_t unit, next;
    uint32_t vertex; /* where it starts in its ring */
    bool turned;     /* the ring runs from b to a */
} edge;

typedef struct edges {
    edge *edge;
    size_t n, capacity;
    uint32_t *head; /* the lists, in the order in which their first members stand in the coverage */
    uint32_t n_heads;
    double total_length; /* of the lists, in degrees */
} edges;

void edges_make(edges *out, const noi_coverage *coverage);
void edges_free(edges *e);

#endif
