/*
 * checker.h: what the files of the check share; check.c tells the way through them. Private
 * to geo/.
 */
#ifndef NOI_GEO_CHECK_CHECKER_H
#define NOI_GEO_CHECK_CHECKER_H

#include "geo/check.h"
#include "geo/check/borders.h"
#include "geo/geos.h"
#include "geo/index.h"

#include <pthread.h>
#include <stdatomic.h>

struct GEOSWKBWriter_t;
struct GEOSSTRtree_t;

/* The list as callers see it, with what it owns behind. */
typedef struct defect_list {
    noi_defects seen; /* first: a noi_defects is the beginning of a list */
    noi_defect *item;
    size_t capacity;
    noi_arena *arena;
} defect_list;

typedef struct checker {
    const noi_coverage *coverage;
    noi_check_options options;
    geos g;
    struct GEOSWKBWriter_t *writer;
    bool *is_valid;   /* a unit */
    double *unit_box; /* min x, min y, max x, max y of each unit */
    borders borders;
    uint8_t *parity;         /* a unit: scratch of holders_of, all 0 between calls */
    struct GEOSGeom_t **gap; /* closed in, held by no unit, however small; enclaves are none */
    size_t n_gaps, cap_gaps;
    defect_list *out;
} checker;

/* ---- list.c ---- */

void defect_list_free(defect_list *l); /* accepts NULL */
NOI_DEFINE_AUTO(defect_list, defect_list_free)
void check_sort(defect_list *l); /* into the order of noi_defects, and to be seen */

/* Adds it, with its shape as WKB (NULL for none). */
void check_add(checker *k, noi_defect d, const struct GEOSGeom_t *shape);
void check_add_point(checker *k, noi_defect d); /* its shape is its place */

int check_compare(double a, double b);

/* ---- measure.c ---- */

void check_find_boxes(checker *k); /* fills unit_box */

/* Area, mean width and place of a shape; false when it has no area. */
bool check_measure(checker *k, noi_defect *d, const struct GEOSGeom_t *shape);

/* The units that hold a point, ascending, at most `most`; returns how many there are in all. */
size_t check_holders(uint32_t *out, size_t most, checker *k, double x, double y);

/* ---- noding.c ---- */
/* A face of the unbalanced edges, without holes for what lies in it and does not touch it. */
typedef struct noded_face {
    uint32_t part; /* of edges that hang together */
    double area;   /* square degrees */
    struct GEOSGeom_t *shape;
} noded_face;

typedef struct faces {
    checker *k;
    noded_face *item;
    size_t n, capacity;
    struct GEOSSTRtree_t *tree;
} faces;

noi_status faces_make(faces *out, checker *k);
void faces_free(faces *f);

/* A point of the face that lies in no inner one; false when there is none. */
bool face_point(double out[2], const faces *all, const noded_face *f);
/* Its shape less the inner ones; yours. NULL when GEOS fails. */
struct GEOSGeom_t *face_without_inner(const faces *all, const noded_face *f);

/* ---- rings.c ---- */
typedef struct ring_worker {
    checker *k; /* read only, but for is_valid */
    geos g;
    atomic_uint *next; /* the unit to look at next */
    noi_defect *fault;
    size_t n, capacity;
} ring_worker;

typedef struct ring_check {
    atomic_uint next;
    ring_worker worker[2]; /* the thread's and the caller's */
    pthread_t thread;
    bool has_thread;
} ring_check;

/* Units that are invalid or empty; fills is_valid. A second thread works from begin on, the caller
 * joins it at end. */
void check_rings_begin(ring_check *r, checker *k);
void check_rings_end(ring_check *r, checker *k);

/* ---- one file each ---- */
void check_parts(checker *k);    /* polygons that are slivers */
void check_vertices(checker *k); /* duplicate, near, far */
void check_mismatches(checker *k);
noi_status check_faces(checker *k);  /* gaps, overlaps, slivers of them, enclaves that are holes */
void check_insiders(checker *k);     /* units inside one other unit */
noi_status check_inlets(checker *k); /* after check_faces */

#endif
