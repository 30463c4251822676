/*
 * predicate.c: the exact stage of orientation: the determinant is summed without any rounding as an
 * expansion, a list of doubles that do not overlap (TWO-SUM, TWO-PRODUCT and GROW-EXPANSION of the
 * paper that predicate.h names).
 */
#include "geo/predicate.h"

/* x + y = sum + error, exactly. */
static void two_sum(double *sum, double *error, double x, double y) {
    *sum = x + y;
    double y_virtual = *sum - x;
    double x_virtual = *sum - y_virtual;
    *error = (x - x_virtual) + (y - y_virtual);
}

/* Adds x to the expansion e of n components, which stays non-overlapping, smallest first. */
static void grow(double *e, int *n, double x) {
    int kept = 0;
    for (int i = 0; i < *n; i++) {
        double error;
        two_sum(&x, &error, x, e[i]);
        if (error != 0)
            e[kept++] = error;
    }
    if (x != 0)
        e[kept++] = x;
    *n = kept;
}

/* Adds the exact product of two differences, each held as a sum of two doubles. */
static void grow_product(double *e, int *n, const double x[2], const double y[2], double sign) {
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++) {
            double product = x[i] * y[j];
            grow(e, n, sign * fma(x[i], y[j], -product));
            grow(e, n, sign * product);
        }
}

double noi_orient_exactly(double ax, double ay, double bx, double by, double px, double py) {
    double abx[2], aby[2], apx[2], apy[2];
    two_sum(&abx[0], &abx[1], bx, -ax);
    two_sum(&aby[0], &aby[1], by, -ay);
    two_sum(&apx[0], &apx[1], px, -ax);
    two_sum(&apy[0], &apy[1], py, -ay);
    double e[16]; /* two products of four terms, two components a term */
    int n = 0;
    grow_product(e, &n, abx, apy, 1);
    grow_product(e, &n, aby, apx, -1);
    return n ? e[n - 1] : 0; /* the largest component carries the sign */
}
