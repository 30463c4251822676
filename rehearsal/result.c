/* result.c: the result of a rehearsal as JSON, and whether it passed; see rehearse.h. */
#include "rehearsal/json_text.h"
#include "rehearsal/trial.h"

#include <string.h>

void noi_rehearsal_free(noi_rehearsal *rehearsal) {
    if (!rehearsal)
        return;
    noi_trial_free(rehearsal->trial);
    free(rehearsal->kept);
    free(rehearsal->folder);
    free(rehearsal->report);
    free(rehearsal);
}

bool noi_rehearsal_passed(const noi_rehearsal *rehearsal) {
    const noi_scorecard *card = &rehearsal->card;
    uint64_t wrong = 0;
    for (int t = 0; t < NOI_N_TRAPS; t++)
        wrong += card->traps[t].wrong;
    const noi_draft_score *draft = &card->draft;
    bool drafted = draft->planted > 0 && draft->found == draft->planted && draft->not_planted == 0;
    bool held = !rehearsal->trial || noi_trial_failures(NULL, rehearsal->trial) == 0;
    return held && drafted && wrong == 0 && card->lost == 0 && card->in > 0 &&
           card->in == card->assigned + card->ambiguous + card->unplaced;
}

static void add_account(noi_buf *out, const noi_scorecard *card) {
    const noi_json_count account[] = {{"in", card->in},
                                      {"assigned", card->assigned},
                                      {"ambiguous", card->ambiguous},
                                      {"unplaced", card->unplaced}};
    const noi_json_count aside[] = {{"rejected", card->rejected}, {"lost", card->lost}};
    noi_buf_printf(out, "\"version\":\"%s\",\"account\":{", NOI_VERSION);
    noi_json_counts(out, account, sizeof account / sizeof *account);
    noi_buf_add_str(out, "},");
    noi_json_counts(out, aside, sizeof aside / sizeof *aside);
}

static void add_draft(noi_buf *out, const noi_draft_score *draft) {
    const noi_json_count counts[] = {{"planted", draft->planted},
                                     {"found", draft->found},
                                     {"not_planted", draft->not_planted}};
    noi_buf_add_str(out, "\"draft_layer\":{");
    noi_json_counts(out, counts, sizeof counts / sizeof *counts);
    noi_buf_add_str(out, ",\"remark\":");
    noi_json_text(out, draft->remark);
    noi_buf_add_char(out, '}');
}

static void add_trap(noi_buf *out, int trap, const noi_trap_score *score) {
    noi_buf_printf(out, "{\"id\":\"%s\",", noi_traps[trap].id);
    const noi_json_count members[] = {{"n", score->n},
                                      {"right", score->right},
                                      {"asked", score->asked},
                                      {"wrong", score->wrong},
                                      {"missed", score->missed},
                                      {"unplaced", score->unplaced},
                                      {"rejected", score->rejected},
                                      {"decidable", score->decidable}};
    noi_json_counts(out, members, sizeof members / sizeof *members);
    noi_buf_add_char(out, '}');
}

static void add_traps(noi_buf *out, const noi_scorecard *card) {
    noi_buf_add_str(out, "\"traps\":[");
    bool first = true;
    for (int t = 0; t < NOI_N_TRAPS; t++) {
        if (card->traps[t].n == 0)
            continue;
        noi_buf_add_str(out, first ? "\n " : ",\n ");
        add_trap(out, t, &card->traps[t]);
        first = false;
    }
    noi_buf_add_str(out, "]");
}

static void add_steps(noi_buf *out, const noi_rehearsal *r) {
    noi_buf_add_str(out, "\"steps\":[");
    for (size_t i = 0; i < r->n_steps; i++) {
        noi_buf_add_str(out, i ? ",\n {\"what\":" : "\n {\"what\":");
        noi_json_text(out, r->steps[i].what);
        noi_buf_printf(out, ",\"seconds\":%.3f,\"rows\":%llu}", r->steps[i].seconds,
                       (unsigned long long)r->steps[i].rows);
    }
    noi_buf_add_str(out, "]");
}

void noi_rehearsal_json(noi_buf *out, const noi_rehearsal *rehearsal) {
    noi_buf_add_char(out, '{');
    add_account(out, &rehearsal->card);
    noi_buf_add_str(out, ",\n");
    add_traps(out, &rehearsal->card);
    noi_buf_add_str(out, ",\n");
    add_draft(out, &rehearsal->card.draft);
    noi_buf_add_str(out, ",\n\"report\":");
    if (rehearsal->report)
        noi_json_text(out, rehearsal->report);
    else
        noi_buf_add_str(out, "null");
    noi_buf_add_str(out, ",\n\"folder\":");
    noi_json_text(out, rehearsal->folder);
    noi_buf_printf(out, ",\"seed\":%llu,\"size\":\"%s\",\"synthetic\":true,\"passed\":%s,\n",
                   (unsigned long long)rehearsal->seed, noi_city_size_key(rehearsal->size),
                   noi_rehearsal_passed(rehearsal) ? "true" : "false");
    noi_buf_printf(out, "\"seconds\":%.3f,\"generate_seconds\":%.3f,\n", rehearsal->way_s,
                   rehearsal->generate_s);
    noi_json_findings(out, &rehearsal->validation);
    noi_buf_add_str(out, ",\n");
    if (rehearsal->trial)
        noi_trial_json(out, rehearsal->trial);
    add_steps(out, rehearsal);
    noi_buf_add_str(out, "}\n");
}
