/* result.c: the result of a rehearsal as JSON, and whether it passed; see rehearse.h. */
#include "rehearsal/rehearse.h"

#include <string.h>

void noi_rehearsal_free(noi_rehearsal *rehearsal) {
    if (!rehearsal)
        return;
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
    return drafted && wrong == 0 && card->lost == 0 && card->in > 0 &&
           card->in == card->assigned + card->ambiguous + card->unplaced;
}

static void add_text(noi_buf *out, const char *text) {
    noi_buf_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            noi_buf_add_char(out, '\\');
        if ((unsigned char)*text < 0x20)
            noi_buf_printf(out, "\\u%04x", (unsigned char)*text);
        else
            noi_buf_add_char(out, *text);
    }
    noi_buf_add_char(out, '"');
}

static void add_count(noi_buf *out, const char *name, uint64_t value) {
    noi_buf_printf(out, "\"%s\":%llu", name, (unsigned long long)value);
}

typedef struct named_count {
    const char *name;
    uint64_t value;
} named_count;

static void add_counts(noi_buf *out, const named_count *counts, size_t n) {
    for (size_t i = 0; i < n; i++) {
        noi_buf_add_str(out, i ? "," : "");
        add_count(out, counts[i].name, counts[i].value);
    }
}

static void add_account(noi_buf *out, const noi_scorecard *card) {
    const named_count account[] = {{"in", card->in},
                                   {"assigned", card->assigned},
                                   {"ambiguous", card->ambiguous},
                                   {"unplaced", card->unplaced}};
    const named_count aside[] = {{"rejected", card->rejected}, {"lost", card->lost}};
    noi_buf_add_str(out, "\"account\":{");
    add_counts(out, account, sizeof account / sizeof *account);
    noi_buf_add_str(out, "},");
    add_counts(out, aside, sizeof aside / sizeof *aside);
}

static void add_draft(noi_buf *out, const noi_draft_score *draft) {
    const named_count counts[] = {{"planted", draft->planted},
                                  {"found", draft->found},
                                  {"not_planted", draft->not_planted}};
    noi_buf_add_str(out, "\"draft_layer\":{");
    add_counts(out, counts, sizeof counts / sizeof *counts);
    noi_buf_add_str(out, ",\"remark\":");
    add_text(out, draft->remark);
    noi_buf_add_char(out, '}');
}

static void add_trap(noi_buf *out, int trap, const noi_trap_score *score) {
    noi_buf_printf(out, "{\"id\":\"%s\",", noi_traps[trap].id);
    const struct {
        const char *name;
        uint64_t value;
    } members[] = {{"n", score->n},
                   {"right", score->right},
                   {"asked", score->asked},
                   {"wrong", score->wrong},
                   {"missed", score->missed},
                   {"unplaced", score->unplaced},
                   {"rejected", score->rejected},
                   {"decidable", score->decidable}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (i)
            noi_buf_add_char(out, ',');
        add_count(out, members[i].name, members[i].value);
    }
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
        add_text(out, r->steps[i].what);
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
        add_text(out, rehearsal->report);
    else
        noi_buf_add_str(out, "null");
    noi_buf_add_str(out, ",\n\"folder\":");
    add_text(out, rehearsal->folder);
    noi_buf_printf(out, ",\"seed\":%llu,\"size\":\"%s\",\"synthetic\":true,",
                   (unsigned long long)rehearsal->seed, noi_city_size_key(rehearsal->size));
    noi_buf_printf(out, "\"seconds\":%.3f,\"generate_seconds\":%.3f,\n", rehearsal->way_s,
                   rehearsal->generate_s);
    add_steps(out, rehearsal);
    noi_buf_add_str(out, "}\n");
}
