/*
 * settling.h: how the system of a layer is settled. Private to boundary/.
 *
 *   trials.c      systems tried against the reference
 *   projection.c  the main system, and the whole
 *   parts.c       parts of the layer in another system
 *   settled.c     what was settled: description, names, findings
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

#define NOI_ALIKE_M        2000.0 /* systems this near to one another fit alike, save to drawn units */
#define NOI_SAME_M         1.0    /* one system under two names */
#define NOI_OUT_OF_PLACE_M 50000.0 /* two zones' step */
#define NOI_SOME_COMPARED  3       /* fewer units cannot refute what is stated */

/* Whether two systems put the chosen features near to each other. */
bool noi_are_alike(const noi_settling *s, uint32_t a, uint32_t b, const bool *chosen);
/* Of systems that the reference cannot tell, the likeliest: `system`, or the same with its axes
 * exchanged. NOI_NO_TRIAL when neither lies near `lead`. */
uint32_t noi_preferred_beside(const noi_settling *s, uint32_t lead, uint32_t system,
                              const bool *chosen);
/* Of the systems that lie near `lead`, the one that holds for the chosen features: `preferred`
 * unless drawn units refute it, else the one that drawn units tell from all others. */
NOI_MUST_CHECK noi_status noi_settle_among(uint32_t *out, const noi_settling *s, uint32_t lead,
                                           uint32_t preferred, const bool *chosen);

/* Finds the parts that are not in the main system, and theirs. NOI_ERR_INPUT when it cannot be told
 * for one. */
NOI_MUST_CHECK noi_status noi_settle_parts(noi_settling *s);

/* What was settled. Yours: noi_projection_free. */
noi_projection *noi_settled_describe(const noi_settling *s);
/* Adds the findings L25 to L27, once the layer is transformed; `p` is the description. */
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
static inline bool noi_has_shape(const noi_settling *s, uint32_t feature) {
    return !isnan(s->trials->x[feature]);
}
static inline bool noi_is_compared(const noi_settling *s, uint32_t feature) {
    return s->trials->from[feature] < s->trials->to[feature];
}
/* It lies near its place in the system that it was taken for. */
static inline bool noi_is_settled(const noi_settling *s, uint32_t feature) {
    return noi_trial_of(s, s->system[feature])->is_near[feature];
}

#endif
