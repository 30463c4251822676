/*
 * planar.h: a coverage as one plane graph: all borders cut where they meet, the faces between them,
 * and which units hold each face. Private to geo/; neither GEOS nor PROJ.
 *
 *   line   an edge as units draw it (equal edges are one line), or a helping line of the caller
 *   node   a place where lines begin, end or meet
 *   edge   a stretch of lines between two nodes; its half-edges 2e and 2e + 1 run both ways, half h
 *          from node end[h] to node end[h ^ 1]
 *   face   what half-edges have on their left; face 0 is the land outside of everything
 *
 * Who holds a face is not found by points, which a face narrower than rounding does not have, but
 * by counting from the outside inwards which borders are crossed.
 */
#ifndef NOI_GEO_PLANAR_H
#define NOI_GEO_PLANAR_H

#include "geo/edges.h"

#define PLANAR_NONE UINT32_MAX
/* Nearer than this (degrees; 0.01 mm) a vertex lies on a line. */
#define PLANAR_REACH 1e-10

typedef struct planar_count { /* a unit, and how often */
    uint32_t unit;
    int32_t times;
} planar_count;

typedef struct planar_counts { /* ascending by unit; only those with times != 0 */
    planar_count *item;
    uint32_t n;
} planar_counts;

typedef struct planar {
    const noi_coverage *coverage;
    edges drawn;
    uint32_t *line_of;               /* a record of `drawn` */
    uint32_t n_lines;                /* those of `drawn`, then the helping lines */
    uint32_t n_nodes, n_vertices;    /* the nodes below n_vertices are vertices of the coverage */
    double *xy;                      /* of a node */
    uint32_t *line_from, *line_half; /* a line's half-edges from its lower end on */
    uint32_t n_edges;
    uint32_t *end;       /* 2 * n_edges */
    uint32_t *edge_from; /* n_edges + 1: which lines an edge is a stretch of */
    uint32_t *edge_line;
    planar_counts *sides; /* an edge: how many times more a unit lies left of half 2e than right */
    bool *is_help;        /* an edge that a helping line runs along */
    int8_t *side; /* of a vertex: 1 when its unit lies left of its ring as that runs, else -1 */
    uint32_t *node_from, *node_half; /* halves that leave a node, counterclockwise */
    uint32_t *rank;                  /* of a half-edge at its node */
    uint32_t *next, *face;           /* of a half-edge; PLANAR_NONE for edges that bound nothing */
    uint32_t n_faces, *face_from, *face_half;
    planar_counts *holders; /* of a face */
    noi_arena *arena;
    struct planar_rows *rows; /* edges by their height, for planar_face_at */
} planar;

/* `help` are n_help lines of four numbers each: helping lines that bound faces but no unit. */
NOI_MUST_CHECK noi_status planar_make(planar *out, const noi_coverage *coverage, const double *help,
                                      size_t n_help);
void planar_free(planar *p);

uint32_t planar_face_at(const planar *p, double x, double y);
bool planar_holds(const planar *p, uint32_t face, uint32_t unit);

/* Simple rings made of half-edges (each at most once, never both of an edge): every one keeps the
 * land of its side; where rings touch in a point they stay apart, so that polygons are valid. */
typedef struct planar_rings {
    uint32_t n, *from, *half; /* ring i = half[from[i]] .. half[from[i + 1]] */
    size_t cap_from, cap_half;
} planar_rings;
void planar_trace(planar_rings *out, const planar *p, const uint32_t *half, size_t n);
void planar_rings_free(planar_rings *rings);

/* Metres a degree of longitude and of latitude at a latitude, on the ellipsoid of WGS 84. */
void planar_metres(double *mx, double *my, double lat);

#endif
