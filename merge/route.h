/*
 * route.h: from the verdicts on the pieces of evidence of a record to the verdict on the record.
 * Pure functions; docs/decisions/0031-routing-of-cases.md gives the reasons. Private to this
 * folder.
 */
#ifndef NOI_MERGE_ROUTE_H
#define NOI_MERGE_ROUTE_H

#include "merge/case_rules.h"
#include "plan/plan.h"

typedef enum noi_queue { NOI_QUEUE_NONE, NOI_QUEUE_CITY_DECIDES, NOI_QUEUE_LOCATE } noi_queue;
/* "CITY_DECIDES"; an empty view for NOI_QUEUE_NONE. */
noi_str noi_queue_key(noi_queue queue);

enum { NOI_FLAG_OVERDUE = 1, NOI_FLAG_OLD_UNIT_FINISHES = 2 };

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
} noi_case_evidence;

void noi_route_case(noi_verdict *out, noi_queue *queue, const noi_case_evidence *e);

/* Status of the portal 1..10 (0 unknown), due day (NOI_DAY_NONE unknown); `elsewhere` is the
 * province whose rules hold for a case without a place, 0 for none. */
uint8_t noi_case_flags(const noi_case_rules *rules, const noi_plan *plan, noi_code elsewhere,
                       const noi_verdict *verdict, int status, noi_day due_on);

#endif
