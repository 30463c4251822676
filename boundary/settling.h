/*
 * settling.h: what projection.c has settled about a layer, for settled.c, which tells of it.
 */
#ifndef NOI_BOUNDARY_SETTLING_H
#define NOI_BOUNDARY_SETTLING_H

#include "boundary/trials.h"

#include <math.h>

typedef struct noi_settling {
    noi_layer *layer;
    noi_trials *trials;
    uint32_t main;
    uint32_t *system; /* of each feature: its trial */
    bool *is_open;    /* the main system does not bring it near its place */
    double extent[4]; /* of the units near their place, with the margin: west, south, east, north */
} noi_settling;

/* What was settled. Yours: noi_projection_free. */
noi_projection *noi_settled_describe(const noi_settling *s);
/* Adds the findings L25 to L27; `p` is the description. */
void noi_settled_tell(noi_layer_findings *findings, const noi_settling *s, const noi_projection *p);
/* Names the systems, operations and accuracy in the layer, in place of what was stated. */
void noi_settled_name(const noi_settling *s);

/* "EPSG:9210" for "EPSG:9210/yx" and the other way round. Yours: free. */
char *noi_exchanged_name(const char *name);

static inline const noi_trial *noi_trial_of(const noi_settling *s, uint32_t trial) {
    return &s->trials->items[trial];
}
static inline uint32_t noi_stated_trial(const noi_settling *s) {
    return s->trials->n && s->trials->items[0].is_stated ? 0 : NOI_NO_TRIAL;
}
static inline bool noi_is_compared(const noi_settling *s, uint32_t feature) {
    return s->trials->from[feature] < s->trials->to[feature];
}
/* It lies near its place in the system that it was taken for. */
static inline bool noi_is_settled(const noi_settling *s, uint32_t feature) {
    return noi_trial_of(s, s->system[feature])->is_near[feature];
}

#endif
