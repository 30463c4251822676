/*
 * projection.h: in which coordinate system a layer really is, found from where its units lie
 * against a reference. What a file says is one hypothesis among others: VN-2000 in every zone, UTM,
 * WGS 84, degrees or metres, axes exchanged. Rules: L25 no system stated, L26 the stated one
 * contradicts the place, L27 parts of one file in different systems (both central meridians in one
 * city), L28 units that lie outside Vietnam or far from their place.
 */
#ifndef NOI_BOUNDARY_PROJECTION_H
#define NOI_BOUNDARY_PROJECTION_H

#include "boundary/boundary.h"

/* Where a unit lies: its centre of gravity in a layer, or a sketch point, which is right to some
 * hundred metres. Ordered by code; a code may occur several times (one a vintage, one a layer). */
typedef struct noi_reference_unit {
    noi_code code;
    double lon, lat, radius_m; /* half the box's diagonal; 0: unknown, some kilometres */
    bool is_drawn;             /* by a stored layer whose borders are real */
} noi_reference_unit;

typedef struct noi_reference {
    size_t n;
    noi_reference_unit *items;
} noi_reference;

/* From the registry's layers and unit lists; NULL: from the tables that travel in the program. A
 * unit of which neither knows a place has those of its predecessors or successors. */
NOI_MUST_CHECK noi_status noi_reference_load(noi_reference **out, noi_registry *registry);
void noi_reference_free(noi_reference *reference); /* accepts NULL */
NOI_DEFINE_AUTO(noi_reference, noi_reference_free)

typedef struct noi_projection {
    char *stated;        /* what the file (or --crs) says: "EPSG:9210"; "" when nothing */
    char *used;          /* what was used in the end: "EPSG:9210"; with "/yx" behind it x and y were
                            exchanged first (noi_crs_open reads that). Of a mixed file, what most units
                            are in, or what is stated where many are in that */
    char *operation;     /* the one that was pinned for it */
    double accuracy_m;   /* NaN when PROJ states none */
    uint32_t n_compared; /* features that the reference knows */
    uint32_t n_near;     /* of these, how many lie near it in the end; 0 of 0: not confirmed */
    uint32_t n_otherwise;   /* features that another system than `used` was used for (L27) */
    double median_m;        /* how far they lie from the reference in the end; NaN without any */
    double stated_median_m; /* the same under `stated`; NaN when nothing was stated or it fails */
} noi_projection;
void noi_projection_free(noi_projection *projection); /* accepts NULL */
NOI_DEFINE_AUTO(noi_projection, noi_projection_free)

/* Takes a layer read as it stands (noi_layer_options.as_it_stands; layer->crs is what the file
 * states, "" for nothing), settles the system, brings the layer to EPSG:4326 in place (feature by
 * feature where the file mixes systems) and sets layer->crs, transform and accuracy_m. What it had
 * to correct is added to `findings` (L25 to L28), with the option that would set it right in
 * `expected`
 * ("--crs EPSG:9210"). Where the reference knows no unit of the layer, what is stated is taken, and
 * n_compared tells that nothing confirms it.
 *
 * Nothing is guessed: when no system fits, or two fit alike and neither is stated, NOI_ERR_INPUT
 * with a hint that names them; the layer is then as it was. Systems that lie some hundred metres
 * apart, such as degrees of WGS 84 and of VN-2000, are told apart only by units that a stored layer
 * draws. */
NOI_MUST_CHECK noi_status noi_projection_settle(noi_projection **out, noi_layer_findings *findings,
                                                noi_layer *layer, const noi_reference *reference);

#endif
