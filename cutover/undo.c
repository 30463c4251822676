/*
 * undo.c: takes verdicts back; see undo.h.
 *
 * First the keys of the scope are collected, in the order of kind and record, then each is looked
 * at: who gave the verdict that stands, what that displaced (a row of verdict_past that the same
 * entry ended), and whether somebody did something later. What stands again is written as a new row
 * with this undo's entry and the run that first gave it, so the history only grows.
 */
#include "cutover/undo.h"

#include "base/i18n.h"
#include "registry/ledger.h"
#include "registry/stage.h"
#include "registry/store.h"
#include "registry/unit_lists.h"
#include "registry/verdict_store.h"

#include <stdio.h>
#include <string.h>

#define MOST_MISSING 100000 /* entries in a row */

typedef struct key {
    int64_t kind, id;
    int64_t entry; /* in scope only while this entry's verdict stands; 0: whoever gave it */
} key;

typedef struct keys {
    key *items;
    size_t n, capacity;
} keys;

static void keys_clear(keys *k) {
    free(k->items);
}

typedef struct decided {
    int64_t kind, id, run_id;
} decided;

/* What an entry of the ledger was, for the verdicts that it gave. */
typedef struct entry_fact {
    bool is_undo;  /* its verdicts stand by an undo */
    bool displaced; /* it ended verdicts: some may stand again */
} entry_fact;

typedef struct undoing {
    noi_registry *registry;
    const noi_undo_options *options;
    noi_undo_result *result;
    noi_undo_tell tell;
    void *context;
    noi_undo_scope scope; /* UNIT told apart */
    bool of_undo;         /* the scope is an undo */
    noi_stmt *verdict, *before, *newest, *key;
    noi_verdict_store *store;
    decided *decisions;
    size_t n_decisions, capacity;
    entry_fact *entries; /* by number */
    size_t n_entries, entries_capacity;
    noi_chain given, ended;
    keys keys;
} undoing;

static void undoing_clear(undoing *u) {
    noi_stmt_close(u->verdict);
    noi_stmt_close(u->before);
    noi_stmt_close(u->newest);
    noi_stmt_close(u->key);
    noi_verdict_store_close(u->store);
    free(u->decisions);
    free(u->entries);
    keys_clear(&u->keys);
}

/* ---- the scope ------------------------------------------------------------------------------- */

static const char *scope_query(noi_undo_scope scope) {
    static const char *const queries[] = {
        [NOI_UNDO_RECORD] = "undo/by_record",     [NOI_UNDO_BATCH] = "undo/by_batch",
        [NOI_UNDO_OLD_UNIT] = "undo/by_old_unit", [NOI_UNDO_NEW_UNIT] = "undo/by_new_unit",
        [NOI_UNDO_SOURCE] = "undo/by_source",     [NOI_UNDO_RUN] = "undo/by_run"};
    return queries[scope];
}

static noi_status settle_unit(undoing *u) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    const char *code = u->options->name;
    bool row = false;
    NOI_TRY(noi_prepare(&q, u->registry, "undo/unit_sides"));
    noi_bind_text(q, 1, noi_str_of(code));
    NOI_TRY(noi_step(q, &row));
    bool old = noi_column_int(q, 0), new = noi_column_int(q, 1);
    if (!old && !new)
        return noi_fail(NOI_ERR_INPUT, _("no unit with code '%s' takes part in the reform"), code);
    if (old && new && u->scope == NOI_UNDO_UNIT) {
        noi_status status =
            noi_fail(NOI_ERR_USAGE, _("'%s' is the code of an old unit and of a new one"), code);
        noi_hint(_("say which: --old-unit %s for the records that were there, --new-unit %s for "
                   "those assigned to it"),
                 code, code);
        return status;
    }
    if (u->scope == NOI_UNDO_UNIT)
        u->scope = new ? NOI_UNDO_NEW_UNIT : NOI_UNDO_OLD_UNIT;
    return NOI_OK;
}

static bool gives_verdicts(noi_str operation) {
    return noi_str_is(operation, "merge") || noi_str_is(operation, "merge end") ||
           noi_str_is(operation, "undo") || noi_str_is(operation, "redo");
}

static noi_status settle_number(undoing *u) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool is_run = u->scope == NOI_UNDO_RUN, row = false;
    long long number = u->options->number;
    NOI_TRY(noi_prepare(&q, u->registry, is_run ? "undo/run" : "undo/entry"));
    noi_bind_int(q, 1, u->options->number);
    NOI_TRY(noi_step(q, &row));
    if (!row)
        return noi_fail(NOI_ERR_INPUT,
                        is_run ? _("there is no run %lld") : _("the ledger has no entry %lld"),
                        number);
    noi_str operation = noi_column_text(q, is_run);
    u->of_undo = noi_str_is(operation, "undo");
    if (gives_verdicts(operation))
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_CONFLICT,
                                 is_run ? _("run %lld gave no verdicts: it was '%.*s'")
                                        : _("entry %lld gave no verdicts: it was '%.*s'"),
                                 number, NOI_STR_ARG(noi_column_text(q, 0)));
    noi_hint(_("only what a merge or an undo did can be taken back"));
    return status;
}

static noi_status find_record(int64_t *id, const undoing *u) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&q, u->registry, "undo/find_record"));
    noi_bind_int(q, 1, u->options->kind);
    noi_bind_text(q, 2, noi_str_of(u->options->name));
    NOI_TRY(noi_step(q, &row));
    if (!row)
        return noi_fail(NOI_ERR_INPUT, _("there is no record with key '%s'"), u->options->name);
    *id = noi_column_int(q, 0);
    return NOI_OK;
}

static noi_status bind_scope(noi_stmt *q, const undoing *u) {
    int64_t id = 0;
    switch (u->scope) {
    case NOI_UNDO_RECORD:
        NOI_TRY(find_record(&id, u));
        noi_bind_int(q, 1, u->options->kind);
        noi_bind_int(q, 2, id);
        return NOI_OK;
    case NOI_UNDO_BATCH:
    case NOI_UNDO_RUN:
        noi_bind_int(q, 1, u->options->number);
        return NOI_OK;
    default:
        noi_bind_text(q, 1, noi_str_of(u->options->name));
        return NOI_OK;
    }
}

static noi_status want_source(const undoing *u) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&q, u->registry, "undo/source"));
    noi_bind_text(q, 1, noi_str_of(u->options->name));
    NOI_TRY(noi_step(q, &row));
    if (row)
        return NOI_OK;
    return noi_fail(NOI_ERR_INPUT, _("no file named '%s' was imported"), u->options->name);
}

static noi_status settle_scope(undoing *u) {
    switch (u->scope) {
    case NOI_UNDO_UNIT:
    case NOI_UNDO_OLD_UNIT:
    case NOI_UNDO_NEW_UNIT:
        return settle_unit(u);
    case NOI_UNDO_BATCH:
    case NOI_UNDO_RUN:
        return settle_number(u);
    case NOI_UNDO_SOURCE:
        return want_source(u);
    default:
        return NOI_OK;
    }
}

static void add_key(undoing *u, key k) {
    NOI_GROW(u->keys.items, u->keys.capacity, u->keys.n + 1);
    u->keys.items[u->keys.n++] = k;
}

static noi_status collect_keys(undoing *u) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, u->registry, scope_query(u->scope)));
    NOI_TRY(bind_scope(q, u));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        add_key(u, (key){noi_column_int(q, 0), noi_column_int(q, 1), 0});
    }
}

static noi_status add_listed(void *context, const noi_unit_listed *listed) {
    add_key(context, (key){listed->kind, listed->record_id, listed->entry});
    return NOI_OK;
}

static int by_kind_and_id(const void *a, const void *b) {
    const key *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* The records of a unit, from the lists that each entry left; by a walk over all verdicts where some
 * are from before there were lists. */
static noi_status collect_unit(undoing *u) {
    noi_unit_side side = u->scope == NOI_UNDO_OLD_UNIT ? NOI_UNIT_OLD : NOI_UNIT_NEW;
    bool whole = false;
    NOI_TRY(noi_unit_lists_read(&whole, u->registry, side, u->options->name, add_listed, u));
    if (!whole)
        return collect_keys(u);
    if (u->keys.n)
        qsort(u->keys.items, u->keys.n, sizeof *u->keys.items, by_kind_and_id);
    return NOI_OK;
}

static noi_status collect(undoing *u) {
    bool of_unit = u->scope == NOI_UNDO_OLD_UNIT || u->scope == NOI_UNDO_NEW_UNIT;
    return of_unit ? collect_unit(u) : collect_keys(u);
}

/* ---- what others did ------------------------------------------------------------------------- */

static noi_status load_decisions(undoing *u) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, u->registry, "undo/decisions"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        NOI_GROW(u->decisions, u->capacity, u->n_decisions + 1);
        u->decisions[u->n_decisions++] =
            (decided){noi_column_int(q, 0), noi_column_int(q, 1), noi_column_int(q, 2)};
    }
}

/* Of each entry once, where it would be asked for with each record. */
static noi_status load_entries(undoing *u) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, u->registry, "undo/entries"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        size_t id = (size_t)noi_column_int(q, 0);
        if (id > u->n_entries + MOST_MISSING)
            return noi_fail(NOI_ERR_INPUT, _("entry %lld of the ledger was written by hand"), (long long)id);
        NOI_GROW(u->entries, u->entries_capacity, id + 1);
        while (u->n_entries <= id)
            u->entries[u->n_entries++] = (entry_fact){false, true};
        u->entries[id] = (entry_fact){noi_column_int(q, 1) != 0, noi_column_int(q, 2) != 0};
    }
}

/* An entry that the ledger does not have (from before there was one) may have displaced something. */
static entry_fact fact_of(const undoing *u, int64_t entry) {
    bool known = entry > 0 && (size_t)entry < u->n_entries;
    return known ? u->entries[entry] : (entry_fact){false, true};
}

static int by_record(const void *a, const void *b) {
    const decided *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static bool decided_since(const undoing *u, const noi_verdict_row *row) {
    const decided wanted = {.kind = row->kind, .id = row->record_id};
    const decided *d =
        u->n_decisions ? bsearch(&wanted, u->decisions, u->n_decisions, sizeof wanted, by_record)
                       : NULL;
    return d && d->run_id > row->run_id;
}

static noi_status keep(undoing *u, noi_undo_kept why, int64_t kind, int64_t id) {
    int64_t *const counts[] = {[NOI_UNDO_DECIDED] = &u->result->decided,
                               [NOI_UNDO_LATER] = &u->result->later,
                               [NOI_UNDO_STANDS] = &u->result->stands};
    ++*counts[why];
    if (!u->tell)
        return NOI_OK;
    bool row = false;
    noi_bind_int(u->key, 1, kind);
    noi_bind_int(u->key, 2, id);
    NOI_TRY(noi_step(u->key, &row));
    NOI_AUTO_FREE char *text =
        row ? noi_strndup(noi_column_text(u->key, 0).p, noi_column_text(u->key, 0).n) : NULL;
    noi_reset(u->key);
    u->tell(u->context, why, (int)kind, text ? text : "");
    return NOI_OK;
}

static noi_status list_displaced(undoing *u) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    if (u->scope != NOI_UNDO_RUN && u->scope != NOI_UNDO_BATCH)
        return NOI_OK;
    NOI_TRY(noi_prepare(&q, u->registry, "undo/displaced"));
    noi_bind_int(q, 1, u->scope == NOI_UNDO_RUN ? u->options->number : -1);
    noi_bind_int(q, 2, u->scope == NOI_UNDO_BATCH ? u->options->number : -1);
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        NOI_TRY(keep(u, NOI_UNDO_LATER, noi_column_int(q, 0), noi_column_int(q, 1)));
    }
}

/* ---- one record ------------------------------------------------------------------------------ */

static noi_status stand_again(undoing *u, noi_verdict_row row) {
    u->result->restored++;
    row.entry = u->result->entry;
    if (!u->options->dry_run)
        return noi_verdict_give(u->store, &row, 1, &u->given);
    noi_chain_add(&u->given, &row);
    return NOI_OK;
}

/* Where another verdict comes in its place it is moved out, else it stays there, marked. */
static noi_status displace(undoing *u, const noi_verdict_row *row, bool another) {
    if (u->options->dry_run) {
        noi_chain_add_ended(&u->ended, row);
        return NOI_OK;
    }
    return (another ? noi_verdict_end : noi_verdict_take)(u->store, row, u->result->entry, &u->ended);
}

/* Puts `row` aside and what it had displaced in its place. */
static noi_status take_back(undoing *u, const noi_verdict_row *row) {
    bool had = false;
    noi_verdict_row earlier;
    if (fact_of(u, row->entry).displaced) {
        noi_bind_int(u->before, 1, row->kind);
        noi_bind_int(u->before, 2, row->record_id);
        noi_bind_int(u->before, 3, row->entry);
        NOI_TRY(noi_step(u->before, &had));
    }
    if (had)
        noi_verdict_read(&earlier, u->before);
    noi_status status = displace(u, row, had);
    if (status == NOI_OK && had)
        status = stand_again(u, earlier);
    u->result->taken_back += !had;
    noi_reset(u->before);
    return status;
}

static bool may_undo_undo(const undoing *u) {
    return u->of_undo && (u->scope == NOI_UNDO_RUN || u->scope == NOI_UNDO_BATCH);
}

/* The record has no verdict: an undo of that undo gives it back. */
static noi_status give_back(undoing *u, const key *k) {
    bool there = false;
    noi_verdict_row row;
    if (!may_undo_undo(u))
        return NOI_OK;
    noi_bind_int(u->newest, 1, k->kind);
    noi_bind_int(u->newest, 2, k->id);
    NOI_TRY(noi_step(u->newest, &there));
    if (!there)
        return NOI_OK;
    int64_t by =
        noi_column_int(u->newest, NOI_VERDICT_COLUMNS + (u->scope == NOI_UNDO_RUN ? 1 : 2));
    NOI_AUTO(noi_verdict_list_free) noi_verdict_list kept = {0}; /* its texts, once it is moved */
    noi_verdict_read(&row, u->newest);
    noi_verdict_list_add(&kept, &row);
    noi_reset(u->newest);
    if (by != u->options->number)
        return NOI_OK;
    if (!u->options->dry_run)
        NOI_TRY(noi_verdict_clear(u->store, k->kind, k->id));
    return stand_again(u, kept.items[0]);
}

static noi_status treat_row(undoing *u, const noi_verdict_row *row, bool by_undo) {
    if (by_undo && !may_undo_undo(u))
        return keep(u, NOI_UNDO_STANDS, row->kind, row->record_id);
    if (u->scope != NOI_UNDO_RECORD && !by_undo && decided_since(u, row))
        return keep(u, NOI_UNDO_DECIDED, row->kind, row->record_id);
    return take_back(u, row);
}

static noi_status treat(undoing *u, const key *k) {
    bool there = false;
    noi_verdict_row row;
    noi_bind_int(u->verdict, 1, k->kind);
    noi_bind_int(u->verdict, 2, k->id);
    NOI_TRY(noi_step(u->verdict, &there));
    if (!there)
        return give_back(u, k);
    /* The statement is left before its row is removed, so its texts are kept. */
    NOI_AUTO(noi_verdict_list_free) noi_verdict_list kept = {0};
    noi_verdict_read(&row, u->verdict);
    noi_verdict_list_add(&kept, &row);
    noi_reset(u->verdict);
    bool by_undo = fact_of(u, kept.items[0].entry).is_undo;
    if (k->entry && k->entry != kept.items[0].entry)
        return NOI_OK; /* another verdict stands by now */
    return treat_row(u, &kept.items[0], by_undo);
}

/* ---- the run --------------------------------------------------------------------------------- */

static noi_status check_finished(noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool unfinished = false;
    NOI_TRY(noi_prepare(&q, registry, "undo/unfinished"));
    NOI_TRY(noi_step(q, &unfinished));
    if (!unfinished)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_CONFLICT, _("a merge was begun in %s and did not end"),
                                 noi_registry_path(registry));
    noi_hint(_("let it end first: noi merge %s --plan PLAN --resume"), noi_registry_path(registry));
    return status;
}

static noi_status append_entry(const undoing *u) {
    NOI_TRY(noi_verdict_given(u->store));
    NOI_AUTO_BUF noi_buf subject = {0};
    static const char *const scopes[] = {"record", "batch",  "old unit", "new unit",
                                         "unit",   "source", "run"};
    const noi_undo_options *o = u->options;
    bool by_number = u->scope == NOI_UNDO_BATCH || u->scope == NOI_UNDO_RUN;
    if (by_number)
        noi_buf_printf(&subject, "%s %lld: %s", scopes[u->scope], (long long)o->number, o->reason);
    else
        noi_buf_printf(&subject, "%s %s: %s", scopes[u->scope], o->name, o->reason);
    noi_ledger_entry entry = {.run_id = u->result->run_id,
                              .operation = u->result->redo ? "redo" : "undo",
                              .subject = subject.p,
                              .from_kind = (int)u->keys.items[0].kind,
                              .from_id = u->keys.items[0].id,
                              .to_kind = (int)u->keys.items[u->keys.n - 1].kind,
                              .to_id = u->keys.items[u->keys.n - 1].id,
                              .rows = u->given.rows,
                              .ended = u->ended.rows};
    noi_chain_end(entry.digest, &u->given);
    noi_chain_end(entry.ended_digest, &u->ended);
    return noi_ledger_append(NULL, u->registry, &entry);
}

static noi_status prepare(undoing *u) {
    NOI_TRY(noi_prepare(&u->verdict, u->registry, "undo/verdict"));
    NOI_TRY(noi_prepare(&u->before, u->registry, "undo/before"));
    NOI_TRY(noi_prepare(&u->newest, u->registry, "undo/newest_past"));
    NOI_TRY(noi_prepare(&u->key, u->registry, "ledger/key"));
    NOI_TRY(noi_verdict_store_open(&u->store, u->registry));
    NOI_TRY(load_decisions(u));
    NOI_TRY(load_entries(u));
    return collect(u);
}

/* All that happens in the transaction. */
static noi_status run(undoing *u) {
    NOI_TRY(prepare(u));
    u->result->redo = may_undo_undo(u);
    NOI_TRY(noi_ledger_next(&u->result->entry, u->registry));
    u->given = u->ended = noi_chain_begin(u->result->entry);
    if (!u->options->dry_run)
        NOI_TRY(noi_run_begin(&u->result->run_id, u->registry, "undo", NULL));
    NOI_TRY(list_displaced(u));
    for (size_t i = 0; i < u->keys.n; i++)
        NOI_TRY(treat(u, &u->keys.items[i]));
    if (u->options->dry_run || u->given.rows + u->ended.rows == 0)
        return NOI_OK;
    NOI_TRY(append_entry(u));
    return noi_run_end(u->registry, u->result->run_id);
}

static noi_status read_account(noi_undo_result *out, noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "undo/account"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        int64_t kind = noi_column_int(q, 0);
        for (int at = 0; at <= 1; at++) {
            int i = at ? (int)kind : 0;
            out->account[i].assigned += noi_column_int(q, 1);
            out->account[i].ambiguous += noi_column_int(q, 2);
            out->account[i].unplaced += noi_column_int(q, 3);
            out->account[i].taken_back += noi_column_int(q, 4);
            out->account[i].in = out->account[i].assigned + out->account[i].ambiguous +
                                 out->account[i].unplaced + out->account[i].taken_back;
        }
    }
}

/* Commits what was written; an undo with nothing to take back leaves no run and no entry. */
static noi_status finish(undoing *u, noi_status status) {
    bool wrote = status == NOI_OK && !u->options->dry_run && u->given.rows + u->ended.rows > 0;
    if (u->options->dry_run || !wrote)
        u->result->run_id = u->result->entry = 0;
    if (u->options->dry_run)
        return status;
    if (wrote)
        return noi_commit(u->registry);
    noi_error kept;
    noi_error_save(&kept, status);
    noi_rollback(u->registry);
    return noi_error_restore(&kept);
}

noi_status noi_undo(noi_undo_result *out, noi_registry *registry, const noi_undo_options *options,
                    noi_undo_tell tell, void *context) {
    noi_undo_result result = {0};
    NOI_AUTO(undoing_clear)
    undoing u = {.registry = registry,
                 .options = options,
                 .result = &result,
                 .tell = tell,
                 .context = context,
                 .scope = options->scope};
    NOI_TRY(check_finished(registry));
    NOI_TRY(settle_scope(&u));
    if (!options->dry_run) {
        NOI_TRY(noi_stage_refuse(registry, NOI_STAGE_FINAL, _("undoing")));
        NOI_TRY(noi_begin(registry));
    }
    NOI_TRY(finish(&u, run(&u)));
    if (options->account)
        NOI_TRY(read_account(&result, registry));
    *out = result;
    return NOI_OK;
}
