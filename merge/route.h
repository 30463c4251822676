/*
 * route.h: from the verdicts on the pieces of evidence of a record to the verdict on the record.
 * Pure functions; docs/decisions/0031-routing-of-cases.md gives the reasons. Private to this
 * folder.
 */
#ifndef NOI_MERGE_ROUTE_H
#define NOI_MERGE_ROUTE_H

#include "merge/procedures.h"
#include "plan/plan.h"

typedef enum noi_queue { NOI_QUEUE_NONE, NOI_QUEUE_CITY_DECIDES, NOI_QUEUE_LOCATE } noi_queue;
/* "CITY_DECIDES"; an empty view for NOI_QUEUE_NONE. */
noi_str noi_queue_key(noi_queue queue);

/* Verdicts that are NULL: the record has no such evidence. */
typedef struct noi_household_evidence {
    bool decided;           /* `own` is a person's decision */
    bool names_address;     /* refers to an address, there or not */
    const noi_verdict *own; /* on its own text and code */
    const noi_verdict *address;
} noi_household_evidence;

void noi_route_household(noi_verdict *out, const noi_household_evidence *e);

/* Who holds a case, by the digits of the unit's code. */
typedef enum noi_holder {
    NOI_HOLDER_UNKNOWN,  /* none, or an agency */
    NOI_HOLDER_COMMUNE,  /* a ward: 5 digits */
    NOI_HOLDER_DISTRICT, /* 3 digits */
} noi_holder;
noi_holder noi_holder_of(noi_str code);

typedef struct noi_case_evidence {
    bool decided;
    bool names_parcel, names_household;
    const noi_verdict *own; /* on the object's address and point */
    const noi_verdict *parcel;
    const noi_verdict *household; /* routed already */
    noi_holder holder;            /* the handling unit */
    bool by_intake;               /* `unit` is the intake unit, not the handling unit */
    const noi_verdict *unit;      /* on the ward's or district's code alone */
    const noi_verdict *office;    /* on the address of the head office */
    noi_matter_place place;              /* what the row of the procedure says; unknown without one */
    bool chosen;                  /* the citizen chose the commune that has the case */
    bool everywhere;              /* the handler needs no place: nobody is asked for it */
    bool nobody_decides;          /* no rule sends what touches several units to the city (R2) */
} noi_case_evidence;

/* The pieces that are evidence for the place of the matter at all, as the procedure has it: for a
 * business its head office, not where its owner lives. A copy of `e` with the others left out. */
noi_case_evidence noi_case_pieces(const noi_case_evidence *e);

void noi_route_case(noi_verdict *out, noi_queue *queue, const noi_case_evidence *e);

#endif
