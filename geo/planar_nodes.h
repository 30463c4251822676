/*
 * planar_nodes.h: lines cut at every place where they meet; see planar.h. Private to geo/planar*.c.
 */
#ifndef NOI_GEO_PLANAR_NODES_H
#define NOI_GEO_PLANAR_NODES_H

#include "geo/planar.h"

/* A piece of a line; the pieces of a line follow each other by `next`, the first being the piece
 * with the line's number. */
typedef struct piece {
    uint32_t a, b, next;
    bool is_fresh; /* not yet held against the others */
} piece;

typedef struct cutter {
    double *xy;
    uint32_t n_nodes;
    size_t cap_nodes;
    uint32_t *slot; /* nodes by their place */
    size_t n_slots;
    piece *pieces;
    size_t n_pieces, cap_pieces;
} cutter;

uint32_t cutter_node(cutter *c, double x, double y); /* the node there; made when there is none */
uint32_t cutter_find(const cutter *c, double x, double y); /* PLANAR_NONE when there is none */
void cutter_line(cutter *c, uint32_t a, uint32_t b);       /* a whole line, before cutting */
/* NOI_ERR_INTERNAL when cutting does not come to an end. */
NOI_MUST_CHECK noi_status cutter_cut(cutter *c);
void cutter_free(cutter *c);

#endif
