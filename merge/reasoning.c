/* reasoning.c: see reasoning.h. */
#include "merge/reasoning.h"

#include "base/i18n.h"
#include "merge/judging.h"

#include <string.h>

const char *noi_piece_key(noi_piece_kind kind) {
    static const char *const keys[] = {
#define PIECE_KEY(name, key) key,
        NOI_PIECE_TABLE(PIECE_KEY)
#undef PIECE_KEY
    };
    return keys[kind];
}

static void add_piece(noi_reasoning *out, noi_piece_kind kind, const noi_verdict *verdict,
                      bool missing) {
    if (!verdict && !missing)
        return;
    noi_piece_of_evidence *piece = &out->pieces[out->n++];
    *piece = (noi_piece_of_evidence){.kind = kind, .missing = missing};
    if (verdict)
        piece->verdict = *verdict;
}

/* Another answer: another unit, or other candidates. */
static bool differs(const noi_verdict *a, const noi_verdict *b) {
    return a->status != b->status || a->new_unit != b->new_unit ||
           a->n_candidates != b->n_candidates ||
           memcmp(a->candidates, b->candidates, a->n_candidates * sizeof *a->candidates) != 0;
}

/* ---- cases ----------------------------------------------------------------------------------- */

static const noi_verdict **piece_of(noi_case_evidence *e, noi_piece_kind kind) {
    switch (kind) {
    case NOI_PIECE_PARCEL:
        return &e->parcel;
    case NOI_PIECE_HEAD_OFFICE:
        return &e->office;
    case NOI_PIECE_HOUSEHOLD:
        return &e->household;
    case NOI_PIECE_HANDLING_UNIT:
    case NOI_PIECE_INTAKE_UNIT:
        return &e->unit;
    case NOI_PIECE_OWN:
    case NOI_PIECE_ADDRESS:
    case NOI_PIECE_KINDS:
        break;
    }
    return &e->own;
}

static bool is_left_out(noi_piece_kind kind, const noi_case_evidence *all) {
    noi_case_evidence pieces = noi_case_pieces(all), whole = *all;
    if (kind == NOI_PIECE_HEAD_OFFICE)
        return pieces.own != all->office;
    return *piece_of(&pieces, kind) != *piece_of(&whole, kind);
}

static void ask_without(noi_reasoning *out, noi_piece_of_evidence *piece,
                        const noi_case_evidence *all) {
    noi_case_evidence e = *all;
    noi_queue queue;
    *piece_of(&e, piece->kind) = NULL;
    if (piece->kind == NOI_PIECE_OWN)
        e.decided = false;
    noi_route_case(&piece->without, &queue, &e);
    piece->matters = differs(&piece->without, &out->verdict);
}

static void reason_case(noi_reasoning *out, const noi_batch *batch, const noi_judging *by) {
    const noi_record *r = &batch->records[0];
    noi_verdict household;
    noi_case_evidence e;
    noi_case_gather(&e, &household, batch, r, by);
    out->province =
        noi_verdict_province(by->plan, &out->verdict, noi_case_province(batch, r, by));
    out->facts = noi_record_facts(r, out->province, by->rules);
    out->place = e.place;
    add_piece(out, NOI_PIECE_OWN, e.own, false);
    add_piece(out, NOI_PIECE_PARCEL, e.parcel, e.names_parcel && !e.parcel);
    add_piece(out, NOI_PIECE_HEAD_OFFICE, e.office, false);
    add_piece(out, NOI_PIECE_HOUSEHOLD, e.household, e.names_household && !e.household);
    add_piece(out, e.by_intake ? NOI_PIECE_INTAKE_UNIT : NOI_PIECE_HANDLING_UNIT, e.unit, false);
    for (size_t i = 0; i < out->n; i++) {
        noi_piece_of_evidence *piece = &out->pieces[i];
        piece->left_out = !piece->missing && is_left_out(piece->kind, &e);
        if (!piece->missing)
            ask_without(out, piece, &e);
    }
}

/* ---- households and the rest ----------------------------------------------------------------- */

static void reason_household(noi_reasoning *out, const noi_batch *batch) {
    const noi_record *r = &batch->records[0];
    const noi_verdict *own = noi_evidence_verdict(batch->evidence, r->own);
    const noi_verdict *address = noi_evidence_verdict(batch->evidence, r->address);
    add_piece(out, NOI_PIECE_OWN, own, false);
    add_piece(out, NOI_PIECE_ADDRESS, address, r->names_address && !address);
    for (size_t i = 0; i < out->n; i++) {
        noi_piece_of_evidence *piece = &out->pieces[i];
        bool is_own = piece->kind == NOI_PIECE_OWN;
        const noi_household_evidence e = {.decided = r->decided && !is_own,
                                          .names_address = r->names_address,
                                          .own = is_own ? NULL : own,
                                          .address = is_own ? address : NULL};
        if (piece->missing)
            continue;
        noi_route_household(&piece->without, &e);
        piece->matters = differs(&piece->without, &out->verdict);
    }
}

/* An address or a parcel has nothing but what it says itself. */
static void reason_alone(noi_reasoning *out) {
    add_piece(out, NOI_PIECE_OWN, &out->verdict, false);
    noi_route_household(&out->pieces[0].without, &(noi_household_evidence){0});
    out->pieces[0].matters = differs(&out->pieces[0].without, &out->verdict);
}

static noi_status judge_one(noi_reasoning *out, noi_batch *batch, noi_reader *reader,
                            const noi_judging *by, int64_t id) {
    NOI_TRY(noi_reader_begin(reader, out->kind, id - 1));
    NOI_TRY(noi_reader_next(batch, reader, 1));
    if (batch->n != 1 || batch->records[0].id != id)
        return noi_fail(NOI_ERR_INTERNAL, _("there is no record %lld"), (long long)id);
    NOI_TRY(noi_batch_judge(batch, by));
    out->verdict = batch->verdicts[0];
    out->queue = (noi_queue)batch->queues[0];
    out->flags = batch->flags[0];
    out->decided = batch->records[0].decided;
    out->province = noi_verdict_province(by->plan, &out->verdict, by->only_province);
    if (out->kind == NOI_RECORD_CASE)
        reason_case(out, batch, by);
    else if (out->kind == NOI_RECORD_HOUSEHOLD)
        reason_household(out, batch);
    else
        reason_alone(out);
    return NOI_OK;
}

noi_status noi_reason_about(noi_reasoning *out, noi_registry *registry, const noi_plan *plan,
                            const noi_case_rules *rules, noi_record_kind kind, int64_t id) {
    NOI_AUTO(noi_reader_closep) noi_reader *reader = NULL;
    noi_judging by = noi_judging_by(plan, rules);
    *out = (noi_reasoning){.kind = kind};
    NOI_TRY(noi_reader_open(&reader, registry, rules));
    noi_batch *batch = noi_batch_new();
    noi_status status = judge_one(out, batch, reader, &by, id);
    noi_batch_free(batch);
    return status;
}
