/* score.c: see score.h. */
#include "rehearsal/score.h"

#include "base/csv.h"
#include "rehearsal/generate.h"

#include <string.h>

static bool names(noi_str candidates, noi_str code) {
    for (size_t i = 0; i + code.n <= candidates.n; i++) {
        bool starts = i == 0 || candidates.p[i - 1] == ' ';
        bool ends = i + code.n == candidates.n || candidates.p[i + code.n] == ' ';
        if (starts && ends && memcmp(candidates.p + i, code.p, code.n) == 0)
            return true;
    }
    return false;
}

void noi_score_one(noi_trap_score *score, noi_str truth_code, noi_str expected,
                   const noi_scored_verdict *verdict) {
    bool assigned = verdict->status == NOI_ASSIGNED;
    bool may_assign = truth_code.n > 0 && noi_str_is(expected, "assigned");
    bool found = assigned && may_assign && noi_str_eq(verdict->new_code, truth_code);
    score->decidable += may_assign;
    score->found += found;
    if (found)
        score->right++;
    else if (assigned)
        score->wrong++;
    else if (truth_code.n == 0)
        score->right++;
    else if (names(verdict->candidates, truth_code))
        score->asked++;
    else if (verdict->candidates.n == 0 || verdict->is_capped)
        score->unplaced++;
    else
        score->missed++;
}

static int trap_by_id(noi_str id) {
    for (int t = 0; t < NOI_N_TRAPS; t++)
        if (noi_str_is(id, noi_traps[t].id))
            return t;
    return -1;
}

/* The verdicts of one kind, one row ahead of the answer key. */
typedef struct verdicts {
    noi_stmt *stmt;
    bool row;
} verdicts;

static void count_status(noi_scorecard *card, int status) {
    card->in++;
    card->assigned += status == NOI_ASSIGNED;
    card->ambiguous += status == NOI_AMBIGUOUS;
    card->unplaced += status == NOI_UNPLACED;
}

/* The record stands in the registry: its verdict is compared. One without a verdict is lost. */
static void compare(noi_scorecard *card, noi_trap_score *score, const noi_csv_row *truth,
                    noi_stmt *stmt) {
    noi_scored_verdict verdict = {.status = (int)noi_column_int(stmt, 1),
                                  .new_code = noi_column_text(stmt, 2),
                                  .candidates = noi_column_text(stmt, 3),
                                  .is_capped =
                                      (noi_column_int(stmt, 4) & NOI_WARN_MORE_CANDIDATES) != 0};
    if (noi_column_is_null(stmt, 1)) {
        card->in++;
        card->lost++;
        return;
    }
    count_status(card, verdict.status);
    noi_score_one(score, truth->field[2], truth->field[3], &verdict);
}

static noi_status score_row(noi_scorecard *card, const noi_csv_row *truth, verdicts *of) {
    int trap = truth->n == 4 ? trap_by_id(truth->field[1]) : -1;
    if (trap < 0)
        return noi_fail_at(NOI_ERR_INPUT, "truth", truth->line,
                           _("this is not a line of the answer key"));
    noi_trap_score *score = &card->traps[trap];
    score->n++;
    bool there = of->row && !noi_str_is(truth->field[3], "rejected") &&
                 noi_str_eq(noi_column_text(of->stmt, 0), truth->field[0]);
    if (!there) {
        score->rejected++;
        card->rejected++;
        return NOI_OK;
    }
    compare(card, score, truth, of->stmt);
    return noi_step(of->stmt, &of->row);
}

static noi_status score_kind(noi_scorecard *card, noi_registry *registry, const char *folder,
                             noi_record_kind kind) {
    static const char *const queries[NOI_RECORD_KINDS] = {
        "", "rehearsal/address_verdicts", "rehearsal/household_verdicts",
        "rehearsal/parcel_verdicts", "rehearsal/dossier_verdicts"};
    NOI_AUTO_FREE char *path = noi_format("%s/%s", folder, noi_truth_file(kind));
    NOI_AUTO(noi_csv_closep) noi_csv *truth = NULL;
    NOI_TRY(noi_csv_open(&truth, path));
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, queries[kind]));
    verdicts of = {.stmt = stmt};
    NOI_TRY(noi_step(stmt, &of.row));
    noi_csv_row row;
    while (noi_csv_next(&row, truth))
        NOI_TRY(score_row(card, &row, &of));
    for (; of.row; card->lost++) /* stored, but in no answer key: the account does not hold */
        NOI_TRY(noi_step(stmt, &of.row));
    return NOI_OK;
}

noi_status noi_score(noi_scorecard *out, noi_registry *registry, const char *folder) {
    *out = (noi_scorecard){0};
    for (noi_record_kind kind = NOI_RECORD_ADDRESS; kind <= NOI_RECORD_CASE; kind++)
        NOI_TRY(score_kind(out, registry, folder, kind));
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, "rehearsal/rejected"));
    bool row;
    NOI_TRY(noi_step(stmt, &row));
    uint64_t told = row ? (uint64_t)noi_column_int(stmt, 0) : 0;
    out->lost += out->rejected > told ? out->rejected - told : told - out->rejected;
    return NOI_OK;
}
