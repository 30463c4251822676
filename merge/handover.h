/*
 * handover.h: who handles a case after the reform, by which rules, and what is noted for the new
 * handler. Pure functions; docs/decisions/0046-what-moves.md gives the reasons.
 */
#ifndef NOI_MERGE_HANDOVER_H
#define NOI_MERGE_HANDOVER_H

#include "merge/case_rules.h"
#include "merge/route.h"

/* Flags of a verdict. Of cases, bits 4 to 6 hold the handler after the reform (noi_handler, where a
 * procedure's row says it), bit 7 + n says that rule Rn applies. */
enum {
    NOI_FLAG_OVERDUE = 1,           /* at the handover, so that the new unit is not blamed */
    NOI_FLAG_OLD_UNIT_FINISHES = 2, /* R3 */
    NOI_FLAG_VERIFY_LOCALLY = 4,    /* of households: person by person (R16) */
    NOI_FLAG_CLOCK_STILL = 8,       /* papers or a fee were asked for, or it is stopped */
};
noi_handler noi_flags_handler(uint32_t flags);
bool noi_flags_have_rule(uint32_t flags, int number);

/* What the handover of a case goes by, beside its verdict. */
typedef struct noi_case_facts {
    int status;                  /* of the portal, 1 .. 10; 0 unknown */
    noi_day received_on, due_on; /* NOI_DAY_NONE when not known */
    noi_holder holder;           /* the handling unit */
    bool has_intake;
    bool has_successor; /* its office is of no unit, and what it became is known */
    const noi_procedure *procedure; /* NULL: no row speaks of it */
} noi_case_facts;

/* Open: all but 3 (not accepted) and 10 (result returned); a status that is not known is not open. */
bool noi_status_is_open(int status);
/* Papers asked (5), fee due (6), stopped (8). */
bool noi_clock_stands_still(int status);

/* The province whose rules hold: of the new unit or the first candidate, else `elsewhere`. */
noi_code noi_verdict_province(const noi_plan *plan, const noi_verdict *verdict, noi_code elsewhere);

/* Where the matter of a case lies, and who handles it after the reform of `on`: as the row of its
 * procedure says it, and the rules that the row names. Unknown without a row. */
noi_matter_place noi_case_place(const noi_case_rules *rules, noi_code province, noi_day on,
                         const noi_case_facts *facts);
noi_handler noi_case_handler(const noi_case_rules *rules, noi_code province, noi_day on,
                             const noi_case_facts *facts);
/* The department and the city's centre work for the whole province: no place need be known. */
bool noi_handler_is_everywhere(noi_handler handler);
/* Lodged while the citizen could choose the commune (R12): then the commune that has it is chosen. */
bool noi_case_is_chosen(const noi_case_rules *rules, noi_code province,
                        const noi_case_facts *facts);

uint32_t noi_case_flags(const noi_case_rules *rules, const noi_plan *plan, noi_code elsewhere,
                        const noi_verdict *verdict, noi_queue queue, const noi_case_facts *facts);
uint32_t noi_household_flags(const noi_case_rules *rules, const noi_plan *plan, noi_code elsewhere,
                             const noi_verdict *verdict);

#endif
