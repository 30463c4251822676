/*
 * examiner.h: one examination of a layer, shared by the files that look for something. Private to
 * boundary/.
 *
 *   examine.c  the whole, the defects of the layer as such, and the order of findings
 *   units.c    units, codes, names, kinds, areas and populations against the list
 *   cross.c    old layer × new layer against the edges of the law
 *   islands.c  polygons of other layers that this one lacks
 */
#ifndef NOI_BOUNDARY_EXAMINER_H
#define NOI_BOUNDARY_EXAMINER_H

#include "boundary/boundary.h"
#include "boundary/match.h"
#include "geo/index.h"

typedef struct examiner {
    const noi_layer *layer;
    const noi_boundary_law *law; /* NULL: the layer as such */
    noi_boundary_options options;
    noi_layer_findings *out;
    size_t capacity;
    uint32_t *unit_of;    /* of a feature: position in law->units, NOI_INDEX_NONE */
    uint32_t *feature_of; /* of a unit: its first feature, NOI_INDEX_NONE when none draws it */
} examiner;

/* A finding without values, to be filled in. `rule` and `key` have static storage. */
noi_layer_finding examiner_finding(const char *rule, const char *key);
void examiner_add(examiner *x, const noi_layer_finding *finding);

/* Texts in the findings' arena. */
const char *examiner_text(examiner *x, const char *format, ...) NOI_PRINTF(2, 3);
const char *examiner_code(examiner *x, noi_code code);            /* "?" for none */
const char *examiner_unit(examiner *x, const noi_unit_row *unit); /* "Phường Sài Gòn" */

const char *examiner_title(examiner *x,
                           uint32_t feature); /* kind and name, as the layer has them */

/* The unit that a feature draws; NULL. */
const noi_unit_row *examiner_unit_of(const examiner *x, uint32_t feature);
/* Puts the finding at the feature: its unit, and a point inside it. */
void examiner_place(examiner *x, noi_layer_finding *finding, uint32_t feature);

/* The parts of an examination. */
NOI_MUST_CHECK noi_status examine_units(examiner *x);
void examine_doubled(examiner *x);
void examine_codes(examiner *x); /* instead of examine_units where there is no list */
NOI_MUST_CHECK noi_status examine_cross(examiner *x);   /* needs a layer of the other side */
NOI_MUST_CHECK noi_status examine_islands(examiner *x); /* needs it or an earlier issue */

/* ---- the law's edges, by positions in the old and the new list ---- */
const noi_unit_list *law_old_units(const noi_boundary_law *law);
const noi_unit_list *law_new_units(const noi_boundary_law *law);
/* The edges that lead away from an old unit: *n of them, side by side. */
const noi_reform_edge *law_edges_from(size_t *n, const noi_boundary_law *law, uint32_t old_unit);
/* Whether the edge moves land: all do but those that move people alone. */
bool edge_has_area(const noi_reform_edge *edge);

/* Orders by rule, then by the records touched, then by size; equals stay in their order. */
void findings_sort(noi_layer_findings *findings);

#endif
