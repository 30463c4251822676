/*
 * explain.h: a record found by any of its names, and all that its verdict rests on: for `noi explain`.
 * Records are told by their keys; addresses are those of objects and places, never names of people.
 */
#ifndef NOI_CUTOVER_EXPLAIN_H
#define NOI_CUTOVER_EXPLAIN_H

#include "merge/reasoning.h"

/* What one merge said of the record. */
typedef struct noi_told {
    const char *day; /* of the handover; "" for a merge before days were written down */
    int64_t run_id;
    bool gave;       /* a verdict of its own; else it left what stood */
    bool stands;     /* its verdict stands now */
    int status;      /* noi_verdict_status; code, name "" unless assigned */
    const char *code, *name;
    uint32_t flags;
} noi_told;

typedef struct noi_explanation {
    noi_record_kind kind;
    int64_t id;
    const char *key;
    const char *alias; /* the other number by which it was asked for; "" for its key */
    /* of cases; "" for what is not known */
    const char *system, *procedure_code, *intake_unit, *handling_unit, *text, *parcel_key,
        *household_key, *head_office, *roles, *address_key, *old_code, *received, *due;
    const char *decided_by, *decided_on, *decided_why; /* a person's decision; "" for none */
    const noi_office *office;  /* of the handling unit; NULL when no list of offices has it */
    noi_reasoning reasoning;
    const char *clause_text;   /* of the law, where the registry has it; "" otherwise */
    bool merged, stored_same;  /* a verdict is stored; it says the same */
    const char *stored_code;   /* new unit of the stored verdict, "" for none */
    size_t n_told;
    noi_told *told;            /* by each merge that ended, in their order */
    noi_case_rules *rules;
    noi_arena *arena;
} noi_explanation;

/*
 * `name`: a case by its code or an alias, or KIND:KEY with KIND address, household, parcel or case.
 * NOI_ERR_INPUT when no record, or an alias of several cases, bears it (the hint names them). Yours:
 * noi_explanation_free.
 */
NOI_MUST_CHECK noi_status noi_explain(noi_explanation **out, noi_registry *registry,
                                      const noi_plan *plan, const char *name);
void noi_explanation_free(noi_explanation *explanation); /* accepts NULL */
NOI_DEFINE_AUTO(noi_explanation, noi_explanation_free)

/* The rules that apply, in the order of their table: writes at most `most`, returns how many. */
size_t noi_explanation_rules(const noi_case_rule **out, size_t most, const noi_explanation *e,
                             const noi_plan *plan);

#endif
