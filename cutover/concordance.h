/*
 * concordance.h: old numbers beside new ones, for what is numbered within a unit: the sheets of
 * parcels and the residence files of households; and streets whose name a new unit has twice.
 * docs/decisions/0045-concordances.md gives the rules.
 *
 * A number that was given stays with its record; records that get their unit later get the next
 * free one. One thread at a time per registry.
 */
#ifndef NOI_CUTOVER_CONCORDANCE_H
#define NOI_CUTOVER_CONCORDANCE_H

#include "base/file.h"
#include "registry/registry.h"

typedef struct noi_concordance {
    int64_t given;      /* sheets or files that got their number in this run */
    int64_t taken_back; /* files whose household has moved on since */
    /* Of all parcels, or of all households with a residence file: */
    int64_t kept, renumbered;
    int64_t waiting;    /* no new unit yet */
    int64_t unnumbered; /* a new unit, but no number: the parcel has no sheet or no old unit; two
                           households of one old unit share the number */
    int64_t collisions; /* parcels: others bear the same new sheet and number; files: another file
                           of the new unit has the old number (they are renumbered or unnumbered) */
} noi_concordance;

/*
 * Gives numbers to what has a new unit and none yet, in one transaction, then writes both numbers of
 * every parcel (household) to `out` as CSV, ordered by the new ones; the header names the columns.
 *   parcels: within a new unit the receiver, the old unit whose code it bears, keeps its sheets; the
 *     sheets of the others follow behind its largest, by old code and number.
 *   residence files: a number that is free in the new unit stays; one that is taken is preceded by the
 *     code of the old unit ("26740-1234").
 * NOI_ERR_CONFLICT when the registry has no finished merge.
 */
NOI_MUST_CHECK noi_status noi_concord_parcels(noi_concordance *out, noi_registry *registry,
                                              noi_out *to);
NOI_MUST_CHECK noi_status noi_concord_files(noi_concordance *out, noi_registry *registry,
                                            noi_out *to);

typedef struct noi_street_twins {
    int64_t addresses; /* with a street that was read */
    int64_t streets;   /* names that a new unit has from two or more old units */
    int64_t houses;    /* house numbers that stand in two or more of those */
} noi_street_twins;

/* Writes the streets whose name a new unit took from several old units: new code, street, old codes,
 * addresses in each, house numbers that stand in more than one. Only such numbers make an address
 * of the new unit mean two houses; a street that runs on through several units shares none. Memory:
 * 24 bytes an address. Writes nothing to the registry. */
NOI_MUST_CHECK noi_status noi_concord_streets(noi_street_twins *out, noi_registry *registry,
                                              noi_out *to);

#endif
