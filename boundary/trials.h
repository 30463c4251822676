/*
 * trials.h: a layer tried in coordinate systems: one point of each feature, its centre,
 * is brought to degrees in each system that might be meant, and held against where the reference
 * knows the feature's unit to lie. Used by projection.c alone.
 */
#ifndef NOI_BOUNDARY_TRIALS_H
#define NOI_BOUNDARY_TRIALS_H

#include "boundary/projection.h"
#include "geo/crs.h"

#define NOI_NO_TRIAL UINT32_MAX

typedef struct noi_trial {
    char *name; /* "EPSG:9210/yx" */
    noi_crs *crs;
    bool is_stated;
    double *lon, *lat; /* of each feature; NaN without a shape */
    double *away; /* metres to the nearest place that the reference has for its unit; NaN: none */
    double *away_drawn; /* the same, of places that a stored layer draws */
    bool *is_near;      /* nearer than the unit's radius or some kilometres */
    uint32_t n_near;
    double median_m; /* of `away`; NaN when nothing is compared */
} noi_trial;

typedef struct noi_trials {
    uint32_t n_features, n_compared;
    double *x, *y;       /* the features' centres of gravity, in the file's own numbers */
    uint32_t *from, *to; /* each feature's places in the reference; from == to: none */
    const noi_reference *reference;
    char *stated;      /* the name of what is stated; "" for nothing */
    bool stated_fails; /* it is a text that PROJ does not understand */
    uint32_t n;
    noi_trial *items; /* the stated system first, if any; then those with units near their place */
} noi_trials;

/* NOI_ERR_INPUT when the stated system has an identifier that PROJ does not know. */
NOI_MUST_CHECK noi_status noi_trials_make(noi_trials **out, const noi_layer *layer,
                                          const noi_reference *reference);
void noi_trials_free(noi_trials *trials); /* accepts NULL */
NOI_DEFINE_AUTO(noi_trials, noi_trials_free)

/* The trial of that name, made if it is not there yet. Moves `items`. */
NOI_MUST_CHECK noi_status noi_trials_get(uint32_t *out, noi_trials *trials, const char *name);
uint32_t noi_trials_find(const noi_trials *trials, const char *name); /* NOI_NO_TRIAL for none */

/* How far two trials put the chosen features apart: the median, in metres. */
double noi_trials_apart(const noi_trials *trials, uint32_t a, uint32_t b, const bool *chosen);

/* Whether units that stored layers draw say that `a` is right and `b` is not: of the chosen
 * features a tenth, and three at least, lie within a quarter of what separates the two from their
 * place under `a`, and four times as many as under `b`. */
bool noi_trials_tell(const noi_trials *trials, uint32_t a, uint32_t b, const bool *chosen);

/* The centre of gravity of a unit's area, in the coverage's own numbers; NaN, NaN without a shape.
 */
void noi_unit_centre(double out[2], const noi_coverage *coverage, uint32_t unit);

/* The median; reorders. NaN for none. */
double noi_median(double *values, size_t n);

#endif
