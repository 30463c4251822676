/* play.c: see play.h. */
#include "rehearsal/play.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "cutover/reconcile.h"
#include "cutover/undo.h"
#include "cutover/verify.h"
#include "importers/layer_file.h"
#include "merge/case_rules.h"
#include "merge/impact.h"
#include "registry/ledger.h"
#include "rehearsal/kill.h"
#include "rehearsal/officers.h"
#include "rehearsal/way.h"

#include <stdio.h>
#include <string.h>

/* ---- what is so now -------------------------------------------------------------------------- */

typedef struct state {
    char digest[NOI_DIGEST_HEX];
} state;

/* `without`: bits of the flags that do not count. */
static noi_status read_state(state *out, noi_registry *registry, uint32_t without) {
    int64_t rows;
    return noi_ledger_digest(out->digest, &rows, registry, "rehearsal/state", without);
}

static bool same(const state *a, const state *b) {
    return strcmp(a->digest, b->digest) == 0;
}

static noi_status ask_number(int64_t *out, noi_registry *registry, const char *query) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&q, registry, query));
    NOI_TRY(noi_step(q, &row));
    *out = row ? noi_column_int(q, 0) : 0;
    return NOI_OK;
}

/* ---- killed and resumed ---------------------------------------------------------------------- */

static noi_status copy_file(const char *from, const char *to) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_map_open(&map, from));
    NOI_TRY(noi_out_open_private(&out, to));
    NOI_TRY(noi_out_write(out, noi_map_bytes(map).p, noi_map_bytes(map).n));
    return noi_out_commit(out);
}

/* Verdicts, and the newest hash of the ledger, which holds all that was done. */
static noi_status merged_state(char out[2][NOI_DIGEST_HEX], noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    state verdicts;
    bool row = false;
    NOI_TRY(read_state(&verdicts, registry, 0));
    NOI_TRY(noi_prepare(&q, registry, "ledger/last"));
    NOI_TRY(noi_step(q, &row));
    snprintf(out[0], NOI_DIGEST_HEX, "%s", verdicts.digest);
    snprintf(out[1], NOI_DIGEST_HEX, "%.*s", NOI_STR_ARG(noi_column_text(q, 1)));
    return NOI_OK;
}

/* The same merge on a copy that nobody kills. */
static noi_status merge_unbroken(char out[2][NOI_DIGEST_HEX], noi_rehearsal *r, const char *path,
                                 const char *plan_path, const noi_merge_options *options) {
    NOI_AUTO_FREE char *copy = noi_format("%s/unbroken.noi", r->folder);
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_TRY(copy_file(path, copy));
    NOI_TRY(noi_registry_open(&registry, copy, NOI_OPEN_WRITE));
    NOI_TRY(noi_way_merge(r, registry, plan_path, options, "merge, on a copy that is not killed"));
    NOI_TRY(merged_state(out, registry));
    noi_registry_close(registry);
    registry = NULL;
    return noi_remove_tree(copy) ? NOI_OK
                                 : noi_fail_errno(NOI_ERR_IO, _("%s cannot be removed"), copy);
}

static noi_status merge_killed(noi_rehearsal *r, noi_registry **registry, const char *path,
                               const char *plan_path) {
    noi_trial *t = r->trial;
    size_t every = (size_t)t->killed_at[0] / 3 + 1;
    char whole[2][NOI_DIGEST_HEX], resumed[2][NOI_DIGEST_HEX];
    noi_merge_options options = {.commit_every = every};
    noi_registry_close(*registry);
    *registry = NULL;
    NOI_TRY(merge_unbroken(whole, r, path, plan_path, &options));
    for (size_t i = 0; i < t->n_kills; i++) {
        uint64_t began = noi_monotonic_ns(), at = (uint64_t)t->killed_at[i];
        NOI_TRY(noi_merge_killed(path, plan_path, every, at, i > 0));
        noi_way_note(r, i ? "merge, resumed and killed again" : "merge, killed", began, at);
    }
    NOI_TRY(noi_registry_open(registry, path, NOI_OPEN_WRITE));
    options.resume = true;
    NOI_TRY(noi_way_merge(r, *registry, plan_path, &options, "merge, resumed"));
    NOI_TRY(merged_state(resumed, *registry));
    t->same_after_kill = strcmp(whole[0], resumed[0]) == 0 && strcmp(whole[1], resumed[1]) == 0;
    return NOI_OK;
}

noi_status noi_play_merge(noi_rehearsal *r, const noi_city *city, noi_registry **registry,
                          const char *plan_path) {
    const noi_scenario *s = city->scenario;
    NOI_AUTO_FREE char *path = noi_strdup(noi_registry_path(*registry));
    r->trial = noi_alloc_zero(1, sizeof *r->trial);
    r->trial->name = noi_strdup(s->name);
    r->trial->title = noi_strdup(s->title);
    r->trial->title_vi = s->title_vi ? noi_strdup(s->title_vi) : NULL;
    memcpy(r->trial->digest, s->digest, sizeof s->digest);
    r->trial->n_units = city->n_chosen;
    r->trial->second_handover = NOI_DAY_NONE;
    r->trial->n_kills = s->faults.n_kills;
    for (size_t i = 0; i < s->faults.n_kills; i++)
        r->trial->killed_at[i] =
            s->faults.kill_after[i] * (int64_t)city->recipe.addresses / s->addresses;
    if (r->trial->n_kills == 0)
        return noi_way_merge(r, *registry, plan_path, &(noi_merge_options){0}, "merge");
    return merge_killed(r, registry, path, plan_path);
}

/* ---- taken back and given back --------------------------------------------------------------- */

static noi_status undo(noi_undo_result *out, noi_rehearsal *r, noi_registry *registry,
                       noi_undo_scope scope, const char *name, int64_t number, const char *step) {
    uint64_t began = noi_monotonic_ns();
    const noi_undo_options options = {
        .scope = scope, .name = name, .number = number, .reason = "vận hành thử"};
    NOI_TRY(noi_undo(out, registry, &options, NULL, NULL));
    noi_way_note(r, step, began, (uint64_t)(out->restored + out->taken_back));
    return NOI_OK;
}

static noi_status find_unit(char out[16], const noi_scenario *s, noi_registry *registry) {
    if (strcmp(s->faults.undo_unit, "largest") != 0) {
        snprintf(out, 16, "%s", s->faults.undo_unit);
        return NOI_OK;
    }
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&q, registry, "rehearsal/largest_unit"));
    NOI_TRY(noi_step(q, &row));
    snprintf(out, 16, "%.*s", NOI_STR_ARG(noi_column_text(q, 0)));
    return NOI_OK;
}

static noi_status play_unit(noi_rehearsal *r, const noi_scenario *s, noi_registry *registry) {
    noi_trial *t = r->trial;
    noi_undo_result back, again;
    state before, between, after;
    NOI_TRY(find_unit(t->undone_unit, s, registry));
    NOI_TRY(read_state(&before, registry, 0));
    NOI_TRY(undo(&back, r, registry, NOI_UNDO_NEW_UNIT, t->undone_unit, 0, "undo of a unit"));
    NOI_TRY(read_state(&between, registry, 0));
    t->undone = back.restored + back.taken_back;
    if (t->undone)
        NOI_TRY(undo(&again, r, registry, NOI_UNDO_RUN, NULL, back.run_id, "undo of that undo"));
    NOI_TRY(read_state(&after, registry, 0));
    t->same_after_redo = t->undone > 0 && !same(&before, &between) && same(&before, &after);
    return NOI_OK;
}

/* ---- the re-issued layer --------------------------------------------------------------------- */

static noi_status play_layer(noi_rehearsal *r, noi_registry *registry) {
    NOI_AUTO_FREE char *old_path = noi_format("%s/input/synthetic-new.gpkg", r->folder);
    NOI_AUTO_FREE char *new_path = noi_format("%s/input/synthetic-draft.gpkg", r->folder);
    NOI_AUTO(noi_layer_freep) noi_layer *before = NULL, *after = NULL;
    NOI_AUTO(noi_impact_freep) noi_impact *impact = NULL;
    uint64_t began = noi_monotonic_ns();
    NOI_TRY(noi_layer_file_read(&before, old_path, NULL));
    NOI_TRY(noi_layer_file_read(&after, new_path, NULL));
    NOI_TRY(noi_impact_judge(&impact, registry, before, after, NULL, NULL));
    r->trial->reissued = true;
    for (size_t i = 0; i < impact->n_rows; i++)
        r->trial->would_move += impact->rows[i].records[0];
    noi_way_note(r, "impact of the re-issued layer", began, (uint64_t)r->trial->would_move);
    return NOI_OK;
}

/* ---- people ---------------------------------------------------------------------------------- */

static noi_status merge_again(noi_rehearsal *r, noi_registry *registry, const char *name,
                              noi_day on, const char *step) {
    NOI_AUTO_FREE char *path = noi_format("%s/%s", r->folder, name);
    NOI_TRY(noi_way_plan(r, registry, path, on));
    return noi_way_merge(r, registry, path, &(noi_merge_options){0}, step);
}

/* What the second merge wrote goes back to what it was, and comes again. */
static noi_status take_back_and_again(noi_rehearsal *r, noi_registry *registry, const state *before) {
    noi_trial *t = r->trial;
    noi_undo_result back = {0}, again;
    state decided, taken, redone;
    int64_t run;
    NOI_TRY(read_state(&decided, registry, 0));
    NOI_TRY(ask_number(&run, registry, "rehearsal/last_merge"));
    NOI_TRY(undo(&back, r, registry, NOI_UNDO_RUN, NULL, run, "undo of the second merge"));
    NOI_TRY(read_state(&taken, registry, 0));
    if (back.run_id)
        NOI_TRY(undo(&again, r, registry, NOI_UNDO_RUN, NULL, back.run_id, "undo of that undo"));
    NOI_TRY(read_state(&redone, registry, 0));
    t->same_after_taking_back = same(before, &taken);
    t->same_after_deciding_again = same(&decided, &redone);
    return NOI_OK;
}

static noi_status play_people(noi_rehearsal *r, const noi_city *city, noi_registry *registry) {
    NOI_AUTO(noi_answers_freep) noi_answers *answers = NULL;
    noi_trial *t = r->trial;
    state before;
    NOI_TRY(noi_answers_read(&answers, r->folder));
    NOI_TRY(noi_answers_remember(answers, registry));
    NOI_TRY(read_state(&before, registry, 0));
    uint64_t began = noi_monotonic_ns();
    NOI_TRY(noi_officers_answer(t, registry, city, answers));
    noi_way_note(r, "people decide", began, (uint64_t)t->answered);
    NOI_TRY(merge_again(r, registry, "decided.plan", NOI_DAY_NONE, "merge, after the decisions"));
    t->after = r->account;
    t->waiting_after = (int64_t)(t->after.ambiguous[0] + t->after.unplaced[0]);
    NOI_TRY(noi_answers_compare(t, answers, registry));
    return take_back_and_again(r, registry, &before);
}

/* ---- the second handover --------------------------------------------------------------------- */

/* What new communes received since the change comes in and goes where it belongs. */
static noi_status play_later(noi_rehearsal *r, const noi_city *city, noi_registry *registry) {
    NOI_AUTO(noi_answers_freep) noi_answers *answers = NULL;
    NOI_AUTO_FREE noi_trial *gained = noi_alloc_zero(1, sizeof *gained);
    noi_trial *t = r->trial;
    NOI_TRY(noi_way_import(r, city, registry, &noi_later_cases));
    NOI_TRY(merge_again(r, registry, "later.plan", NOI_DAY_NONE, "merge, with what came since"));
    NOI_TRY(noi_answers_read_later(&answers, r->folder));
    NOI_TRY(noi_answers_compare(gained, answers, registry));
    t->later = (int64_t)city->recipe.later_cases;
    t->later_right = gained->gained_right;
    t->later_wrong = gained->gained_wrong;
    return NOI_OK;
}

static noi_status play_second(noi_rehearsal *r, noi_day on, noi_registry *registry) {
    const uint32_t centre = UINT32_C(1) << (7 + NOI_RULE_INTAKE_CENTRE);
    noi_trial *t = r->trial;
    state before, after;
    int64_t had, has;
    t->second_handover = on;
    NOI_TRY(read_state(&before, registry, centre));
    NOI_TRY(ask_number(&had, registry, "rehearsal/intakes"));
    NOI_TRY(merge_again(r, registry, "second.plan", on, "merge, second handover"));
    NOI_TRY(ask_number(&has, registry, "rehearsal/intakes"));
    NOI_TRY(read_state(&after, registry, centre));
    t->moved_intakes = has - had;
    t->nothing_else_moved = same(&before, &after);
    return NOI_OK;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static noi_status prove(noi_rehearsal *r, noi_registry *registry) {
    noi_proof *proof = noi_alloc_zero(1, sizeof *proof);
    uint64_t began = noi_monotonic_ns();
    noi_status status = noi_verify(proof, registry, NULL);
    r->trial->entries = proof->entries;
    r->trial->tampered = (int64_t)proof->n_tampered;
    free(proof);
    noi_way_note(r, "verify", began, (uint64_t)r->trial->entries);
    return status;
}

/* In = out after all that happened. Where people decided against the law's edges, they said so. */
static noi_status reconcile(noi_rehearsal *r, noi_registry *registry) {
    NOI_AUTO(noi_reconciliation_freep) noi_reconciliation *balance = NULL;
    uint64_t began = noi_monotonic_ns();
    NOI_TRY(noi_reconcile(&balance, registry));
    r->trial->imbalances = (int64_t)balance->n;
    noi_way_note(r, "reconcile", began, balance->tally->n_units);
    return NOI_OK;
}

noi_status noi_play_on(noi_rehearsal *r, const noi_city *city, noi_registry *registry) {
    const noi_scenario *s = city->scenario;
    noi_trial *t = r->trial;
    if (s->faults.reissued_layer)
        NOI_TRY(play_layer(r, registry));
    if (s->faults.undo_unit[0])
        NOI_TRY(play_unit(r, s, registry));
    if (s->people.officers)
        NOI_TRY(play_people(r, city, registry));
    if (city->recipe.later_cases)
        NOI_TRY(play_later(r, city, registry));
    if (s->faults.second_handover != NOI_DAY_NONE)
        NOI_TRY(play_second(r, s->faults.second_handover, registry));
    if (s->people.officers)
        NOI_TRY(noi_way_validate(r, &t->validation, registry, "validate, after the decisions"));
    NOI_TRY(reconcile(r, registry));
    return prove(r, registry);
}
