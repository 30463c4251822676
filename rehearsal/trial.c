/* trial.c: see trial.h. */
#include "rehearsal/trial.h"

#include "base/file.h"
#include "rehearsal/json_text.h"

#include <dirent.h>
#include <limits.h>
#include <string.h>

void noi_trial_free(noi_trial *trial) {
    if (!trial)
        return;
    free(trial->name);
    free(trial->title);
    free(trial->title_vi);
    free(trial);
}

size_t noi_trial_failures(noi_buf *out, const noi_trial *t) {
    const struct {
        bool failed;
        const char *key;
    } all[] = {{t->n_kills && !t->same_after_kill, "killed_merge_differs"},
               {t->undone_unit[0] && !t->same_after_redo, "undone_unit_differs"},
               {t->people && t->wrong_untraced > 0, "wrong_answer_untraced"},
               {t->people && !t->same_after_taking_back, "decisions_not_taken_back"},
               {t->people && !t->same_after_deciding_again, "decisions_again_differ"},
               {t->second_handover != NOI_DAY_NONE && !t->nothing_else_moved,
                "second_handover_moved_more"},
               {t->later_wrong > 0, "later_case_wrong"},
               {t->tampered > 0, "ledger_broken"},
               {t->imbalances > 0, "does_not_add_up"}};
    size_t n = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!all[i].failed)
            continue;
        if (out)
            noi_buf_printf(out, "%s%s", n ? " " : "", all[i].key);
        n++;
    }
    return n;
}

static void add_bool(noi_buf *out, const char *name, bool value) {
    noi_buf_printf(out, ",\"%s\":%s", name, value ? "true" : "false");
}

static void add_faults(noi_buf *out, const noi_trial *t) {
    if (t->n_kills) {
        noi_buf_add_str(out, ",\n \"killed\":{\"at\":[");
        for (size_t i = 0; i < t->n_kills; i++)
            noi_buf_printf(out, "%s%lld", i ? "," : "", (long long)t->killed_at[i]);
        noi_buf_add_char(out, ']');
        add_bool(out, "same_bytes", t->same_after_kill);
        noi_buf_add_char(out, '}');
    }
    if (t->reissued)
        noi_buf_printf(out, ",\n \"reissued_layer\":{\"would_move\":%lld}",
                       (long long)t->would_move);
    if (t->undone_unit[0]) {
        noi_buf_printf(out, ",\n \"undone\":{\"unit\":\"%s\",\"verdicts\":%lld", t->undone_unit,
                       (long long)t->undone);
        add_bool(out, "same_bytes", t->same_after_redo);
        noi_buf_add_char(out, '}');
    }
}

static void add_decided(noi_buf *out, const noi_trial *t) {
    noi_buf_add_str(out, ",\"results\":{");
    bool first = true;
    for (int i = 0; i < NOI_DECIDE_RESULTS; i++) {
        if (t->decided.of[i] == 0)
            continue;
        const noi_json_count one = {noi_decide_key((noi_decide_result)i), (uint64_t)t->decided.of[i]};
        noi_buf_add_str(out, first ? "" : ",");
        noi_json_counts(out, &one, 1);
        first = false;
    }
    noi_buf_add_char(out, '}');
}

static void add_people(noi_buf *out, const noi_trial *t) {
    const noi_json_count counts[] = {{"waiting", (uint64_t)t->waiting},
                                     {"waiting_after", (uint64_t)t->waiting_after},
                                     {"absent", (uint64_t)t->absent},
                                     {"unknowable", (uint64_t)t->unknowable},
                                     {"answered", (uint64_t)t->answered},
                                     {"wrong_answers", (uint64_t)t->wrong_answers},
                                     {"disagreements", (uint64_t)t->disagreements},
                                     {"gained_right", (uint64_t)t->gained_right},
                                     {"gained_wrong", (uint64_t)t->gained_wrong},
                                     {"wrong_own", (uint64_t)t->wrong_own},
                                     {"wrong_following", (uint64_t)t->wrong_following},
                                     {"wrong_untraced", (uint64_t)t->wrong_untraced}};
    const noi_json_count after[] = {{"in", t->after.in[0]},
                                    {"assigned", t->after.assigned[0]},
                                    {"ambiguous", t->after.ambiguous[0]},
                                    {"unplaced", t->after.unplaced[0]}};
    noi_buf_add_str(out, ",\n \"people\":{");
    noi_json_counts(out, counts, sizeof counts / sizeof *counts);
    add_decided(out, t);
    add_bool(out, "taken_back_to_same_bytes", t->same_after_taking_back);
    add_bool(out, "again_to_same_bytes", t->same_after_deciding_again);
    noi_buf_add_str(out, ",\"account\":{");
    noi_json_counts(out, after, sizeof after / sizeof *after);
    noi_buf_add_str(out, "},");
    noi_json_findings(out, &t->validation);
    noi_buf_add_char(out, '}');
}

void noi_trial_json(noi_buf *out, const noi_trial *t) {
    char day[12];
    NOI_AUTO_BUF noi_buf failures = {0};
    noi_trial_failures(&failures, t);
    noi_buf_add_str(out, "\"scenario\":{\"name\":");
    noi_json_text(out, t->name);
    noi_buf_add_str(out, ",\"title\":");
    noi_json_text(out, t->title);
    noi_buf_add_str(out, ",\"title_vi\":");
    noi_json_text(out, t->title_vi);
    noi_buf_printf(out, ",\"sha256\":\"%s\",\"units\":%zu,\"failures\":\"%s\"", t->digest, t->n_units,
                   failures.p ? failures.p : "");
    add_faults(out, t);
    if (t->people)
        add_people(out, t);
    if (t->second_handover != NOI_DAY_NONE) {
        noi_buf_printf(out, ",\n \"second_handover\":{\"day\":\"%s\",\"intakes\":%lld,\"later_cases\":%lld,"
                            "\"later_right\":%lld,\"later_wrong\":%lld",
                       noi_day_format(day, t->second_handover), (long long)t->moved_intakes,
                       (long long)t->later, (long long)t->later_right, (long long)t->later_wrong);
        add_bool(out, "nothing_else", t->nothing_else_moved);
        noi_buf_add_char(out, '}');
    }
    noi_buf_printf(out, ",\n \"ledger\":{\"entries\":%lld,\"tampered\":%lld},\"imbalances\":%lld},\n",
                   (long long)t->entries, (long long)t->tampered, (long long)t->imbalances);
}

int noi_trial_newest(const char *folder) {
    NOI_AUTO_FREE char *trials = noi_format("%s/trials", folder);
    DIR *dir = opendir(trials);
    int newest = 0;
    for (struct dirent *e = dir ? readdir(dir) : NULL; e; e = readdir(dir)) {
        char *end = NULL;
        long number = strtol(e->d_name, &end, 10);
        bool is_card = end != e->d_name && strcmp(end, ".json") == 0;
        if (is_card && number > newest && number < INT_MAX)
            newest = (int)number;
    }
    if (dir)
        closedir(dir);
    return newest;
}

noi_status noi_trial_keep(char **path, const char *folder, const noi_buf *json) {
    NOI_AUTO_FREE char *trials = noi_format("%s/trials", folder);
    NOI_TRY(noi_make_folder(trials));
    *path = noi_format("%s/%d.json", trials, noi_trial_newest(folder) + 1);
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, *path));
    NOI_TRY(noi_out_write(out, json->p, json->n));
    return noi_out_commit(out);
}
