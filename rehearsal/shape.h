/*
 * shape.h: the land of the rehearsal city. Every border is made up: nothing here is traced from a
 * map. Only the units' sketch points (rounded to about 100 m) are real.
 *
 * Each piece (the people of one old unit that go to one new unit) gets a site; sites in the sea
 * around it stand for "outside". The Voronoi cells of the sites are the pieces, and each edge
 * between two cells is replaced by one wiggly line. That line stays inside the two triangles that
 * the edge makes with its two sites, its kite:
 *
 *              B           The kites of all edges tile the plane, so no two lines can cross.
 *            /   \         In a triangle a line is drawn by rays from the triangle's site, so the
 *         v1 ~~~_~ v2      part of a cell inside its own triangles is star-shaped, and a random
 *            \   /         point of it is a random point of a fan of triangles.
 *              A
 *
 * Both neighbours use the same line, so the coverage is exactly noded: no gaps, no overlaps. A
 * layer of units is had by leaving out the lines between pieces of one unit; no geometry is
 * computed.
 */
#ifndef NOI_REHEARSAL_SHAPE_H
#define NOI_REHEARSAL_SHAPE_H

#include "geo/coverage.h"
#include "rehearsal/random.h"
#include "rehearsal/tables.h"

typedef struct noi_shape noi_shape;

/* `step_m` is the wished length of a border's segments in metres (> 0): the smaller, the more
 * vertices. Read-only afterwards, and then usable from many threads. */
NOI_MUST_CHECK noi_status noi_shape_make(noi_shape **out, const noi_tables *tables, uint64_t seed,
                                         double step_m);
void noi_shape_free(noi_shape *shape); /* accepts NULL */
NOI_DEFINE_AUTO(noi_shape, noi_shape_free)

/* Layers: one unit for each old unit, new unit or piece, in the order of the tables. Yours. */
noi_coverage *noi_shape_old_layer(const noi_shape *shape);
noi_coverage *noi_shape_new_layer(const noi_shape *shape);
noi_coverage *noi_shape_piece_layer(const noi_shape *shape);

/* A random point of the piece, degrees, evenly spread over the part inside its own triangles. */
void noi_shape_point(double out[2], const noi_shape *shape, uint32_t piece, noi_random *random);

/* Whether the piece has a border with another new unit (the sea does not count), and a random point
 * of the piece at most `inside_m` metres from such a border. */
bool noi_shape_has_border(const noi_shape *shape, uint32_t piece);
void noi_shape_border_point(double out[2], const noi_shape *shape, uint32_t piece, double inside_m,
                            noi_random *random);

/* The metres of a degree of longitude and latitude in the middle of the city, near enough for
 * errors of points. */
#define NOI_SHAPE_LON_M 109300.0
#define NOI_SHAPE_LAT_M 110600.0

#endif
