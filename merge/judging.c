/* judging.c: the one way from a batch of records to verdicts and an account; see judging.h. */
#include "merge/judging.h"

#include "base/i18n.h"

/* ---- records --------------------------------------------------------------------------------- */

static void judge_household(noi_verdict *out, const noi_evidence *e, const noi_record *r,
                            noi_evidence_ref own, bool decided) {
    const noi_household_evidence evidence = {.decided = decided,
                                             .names_address = r->names_address,
                                             .own = noi_evidence_verdict(e, own),
                                             .address = noi_evidence_verdict(e, r->address)};
    noi_route_household(out, &evidence);
}

noi_case_facts noi_record_facts(const noi_record *r, noi_code province, const noi_case_rules *rules) {
    return (noi_case_facts){
        .status = r->status,
        .received_on = r->received_on,
        .due_on = r->due_on,
        .holder = (noi_holder)r->holder,
        .has_intake = r->has_intake,
        .has_successor = r->has_successor,
        .procedure = noi_procedure_find(rules->procedures, r->procedure_code,
                                        noi_str_of(r->field), province),
    };
}

noi_code noi_case_province(const noi_batch *batch, const noi_record *r, const noi_judging *by) {
    return noi_verdict_province(by->plan, noi_evidence_verdict(batch->evidence, r->unit),
                                by->only_province);
}

void noi_case_gather(noi_case_evidence *out, noi_verdict *household, const noi_batch *batch,
                     const noi_record *r, const noi_judging *by) {
    const noi_evidence *e = batch->evidence;
    noi_code province = noi_case_province(batch, r, by);
    noi_case_facts facts = noi_record_facts(r, province, by->rules);
    noi_day on = by->plan->on;
    if (r->home != NOI_NO_EVIDENCE)
        judge_household(household, e, r, r->home, r->home_decided);
    noi_handler handler = noi_case_handler(by->rules, province, on, &facts);
    *out = (noi_case_evidence){
        .decided = r->decided,
        .names_parcel = r->names_parcel,
        .names_household = r->names_household,
        .own = noi_evidence_verdict(e, r->own),
        .parcel = noi_evidence_verdict(e, r->parcel),
        .household = r->home == NOI_NO_EVIDENCE ? NULL : household,
        .holder = (noi_holder)r->holder,
        .by_intake = r->by_intake,
        .unit = noi_evidence_verdict(e, r->unit),
        .office = noi_evidence_verdict(e, r->office),
        .place = noi_case_place(by->rules, province, on, &facts),
        .chosen = noi_case_is_chosen(by->rules, province, &facts),
        .everywhere = r->has_successor || noi_handler_is_everywhere(handler),
        .nobody_decides = !noi_case_rule_on(by->rules, NOI_RULE_CITY_DECIDES, province, on),
    };
}

static void judge_case(noi_batch *batch, size_t at, const noi_judging *by) {
    const noi_record *r = &batch->records[at];
    noi_verdict household, *out = &batch->verdicts[at];
    noi_case_evidence evidence;
    noi_queue queue;
    noi_case_gather(&evidence, &household, batch, r, by);
    noi_route_case(out, &queue, &evidence);
    batch->queues[at] = (uint8_t)queue;
    noi_code province = noi_verdict_province(by->plan, out, noi_case_province(batch, r, by));
    noi_case_facts facts = noi_record_facts(r, province, by->rules);
    batch->flags[at] = noi_case_flags(by->rules, by->plan, province, out, queue, &facts);
}

static void judge_record(noi_batch *batch, size_t at, const noi_judging *by) {
    const noi_record *r = &batch->records[at];
    noi_verdict *out = &batch->verdicts[at];
    batch->queues[at] = NOI_QUEUE_NONE;
    batch->flags[at] = 0;
    if (batch->kind == NOI_RECORD_CASE) {
        judge_case(batch, at, by);
    } else if (batch->kind == NOI_RECORD_HOUSEHOLD) {
        judge_household(out, batch->evidence, r, r->own, r->decided);
        batch->flags[at] = noi_household_flags(by->rules, by->plan, by->only_province, out);
    } else {
        *out = *noi_evidence_verdict(batch->evidence, r->own);
    }
}

noi_status noi_batch_judge(noi_batch *batch, const noi_judging *by) {
    NOI_TRY(noi_evidence_judge(batch->evidence, by->plan));
    for (size_t i = 0; i < batch->n; i++)
        judge_record(batch, i, by);
    return NOI_OK;
}

static noi_code only_province(const noi_plan *plan) {
    noi_code only = 0;
    for (uint32_t i = 0; i < plan->n_edges; i++) {
        noi_code one = plan->units[plan->edges[i].new_unit].province_code;
        if (plan->edges[i].on != plan->on)
            continue;
        if (only && one != only)
            return 0;
        only = one;
    }
    return only;
}

noi_judging noi_judging_by(const noi_plan *plan, const noi_case_rules *rules) {
    return (noi_judging){.plan = plan, .rules = rules, .only_province = only_province(plan)};
}

static int by_code(const void *a, const void *b) {
    noi_code x = *(const noi_code *)a, y = *(const noi_code *)b;
    return x < y ? -1 : x > y;
}

size_t noi_candidate_codes(noi_code out[NOI_MAX_CANDIDATES], const noi_verdict *v,
                           const noi_plan *plan) {
    for (size_t i = 0; i < v->n_candidates; i++)
        out[i] = plan->units[v->candidates[i]].code;
    if (v->n_candidates > 1)
        qsort(out, v->n_candidates, sizeof *out, by_code);
    return v->n_candidates;
}

/* ---- the account ----------------------------------------------------------------------------- */

void noi_account_add(noi_account *account, noi_record_kind kind, const noi_verdict *verdicts,
                     size_t n) {
    uint64_t *const by_status[] = {NULL, account->assigned, account->ambiguous, account->unplaced};
    for (size_t i = 0; i < n; i++)
        by_status[verdicts[i].status][kind]++;
    account->in[kind] += n;
}

noi_status noi_account_fail(const char *what, uint64_t records, uint64_t verdicts) {
    return noi_fail(NOI_ERR_INTERNAL,
                    _("the account does not add up: %s: %llu in the registry, %llu judged"), what,
                    (unsigned long long)records, (unsigned long long)verdicts);
}

static void add_up(noi_account *a) {
    for (int kind = 1; kind < NOI_RECORD_KINDS; kind++) {
        a->in[0] += a->in[kind];
        a->assigned[0] += a->assigned[kind];
        a->ambiguous[0] += a->ambiguous[kind];
        a->unplaced[0] += a->unplaced[kind];
    }
}

noi_status noi_account_close(noi_account *a, uint64_t *stored, noi_registry *registry) {
    static const char *const kinds[NOI_RECORD_KINDS] = {"", "addresses", "households", "parcels",
                                                        "cases"};
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "merge/counts"));
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    for (int kind = 1; kind < NOI_RECORD_KINDS; kind++) {
        uint64_t records = (uint64_t)noi_column_int(q, kind - 1);
        uint64_t verdicts = a->assigned[kind] + a->ambiguous[kind] + a->unplaced[kind];
        if (records != a->in[kind] || records != verdicts)
            return noi_account_fail(kinds[kind], records, verdicts);
    }
    if (stored)
        *stored = (uint64_t)noi_column_int(q, NOI_RECORD_KINDS - 1);
    add_up(a);
    return NOI_OK;
}

noi_status noi_records_expected(uint64_t *out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "merge/expected"));
    bool row = false;
    NOI_TRY(noi_step(q, &row));
    *out = (uint64_t)noi_column_int(q, 0);
    return NOI_OK;
}

