/*
 * predicate.h: on which side of a line a point lies, decided exactly.
 *
 * J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric
 * Predicates", 1997. Needs IEEE doubles without contraction or excess precision, which -std=c17 on
 * a 64-bit machine gives. Exact for coordinates that are 0 or between 1e-100 and 1e100 in size.
 * Thread-safe.
 */
#ifndef NOI_GEO_PREDICATE_H
#define NOI_GEO_PREDICATE_H

#include <float.h>
#include <math.h>

/* The second stage, for when rounding could have changed the sign. */
double noi_orient_exactly(double ax, double ay, double bx, double by, double px, double py);

/* The sign of (b - a) x (p - a): > 0 when p lies left of the line from a to b, < 0 right of it, 0
 * exactly on it. The value itself is only about twice the triangle's area. A quick determinant with
 * a bound on its rounding error (Shewchuk's ccwerrboundA) decides nearly always. */
static inline double noi_orient(double ax, double ay, double bx, double by, double px, double py) {
    double left = (bx - ax) * (py - ay), right = (by - ay) * (px - ax);
    double determinant = left - right;
    const double bound = (3 + 8 * DBL_EPSILON) * (DBL_EPSILON / 2);
    if (fabs(determinant) > bound * (fabs(left) + fabs(right)))
        return determinant;
    return noi_orient_exactly(ax, ay, bx, by, px, py);
}

#endif
