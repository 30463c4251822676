/*
 * verify.c: is the registry what its ledger says; see verify.h.
 *
 * First the chain of entries, then one walk over `verdict` and `verdict_past` side by side, both in
 * the order of kind and record. Each row is added to the chain of its entry, so that hundreds of
 * chains grow at once and no row is looked up. The first seal that does not come out is what is
 * named.
 */
#include "cutover/verify.h"

#include "registry/ledger.h"
#include "registry/signers.h"
#include "registry/unit_lists.h"

#include <stdio.h>
#include <string.h>

#define MOST_MISSING 100000 /* a number further on was written by hand */

typedef struct entry {
    int64_t number, run_id, rows, n_ended;
    char digest[NOI_DIGEST_HEX], ended_digest[NOI_DIGEST_HEX];
    bool of_verdicts;
    uint64_t in_rows, in_lists; /* sums over what is listed by unit */
    noi_chain given, ended;
    noi_verdict_row last,
        broken;            /* keys alone: the row that was added last; the first that is wrong */
    int64_t before_broken; /* record before it, 0 for none */
    int before_kind;
} entry;

typedef struct verifier {
    noi_proof *proof;
    noi_registry *registry;
    const char *known;
    bool known_found;
    entry *entries; /* by number; those that are gone have number 0 */
    size_t n, capacity;
    int64_t first_run;
    noi_tampered spare; /* for what is counted and not kept */
} verifier;

static void verifier_clear(verifier *v) {
    free(v->entries);
}

/* ---- telling --------------------------------------------------------------------------------- */

static noi_status find_key(char out[128], noi_registry *registry, int kind, int64_t id) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    out[0] = '\0';
    if (kind == 0)
        return NOI_OK;
    NOI_TRY(noi_prepare(&q, registry, "ledger/key"));
    noi_bind_int(q, 1, kind);
    noi_bind_int(q, 2, id);
    NOI_TRY(noi_step(q, &row));
    if (row)
        snprintf(out, 128, "%.*s", NOI_STR_ARG(noi_column_text(q, 0)));
    return NOI_OK;
}

static noi_tampered *add(verifier *v, noi_tamper what, int64_t number) {
    noi_proof *p = v->proof;
    bool has_room = p->n_tampered < NOI_TAMPERED_MAX;
    noi_tampered *t = has_room ? &p->tampered[p->n_tampered] : &v->spare;
    p->n_tampered++;
    *t = (noi_tampered){.what = what, .entry = number};
    return t;
}

/* ---- the chain of entries -------------------------------------------------------------------- */

static void copy_hex(char out[NOI_DIGEST_HEX], noi_str text) {
    snprintf(out, NOI_DIGEST_HEX, "%.*s", NOI_STR_ARG(text));
}

/* Entries whose rows are told by one query: files, decisions. */
static noi_status check_rows(verifier *v, const noi_ledger_entry *e, int64_t number,
                             const char *query) {
    char digest[NOI_DIGEST_HEX];
    int64_t rows = 0;
    NOI_TRY(noi_ledger_digest(digest, &rows, v->registry, query, e->run_id));
    if (rows == e->rows && strcmp(digest, e->digest) == 0)
        return NOI_OK;
    noi_tampered *t = add(v, NOI_TAMPER_ROWS, number);
    t->found = rows;
    t->recorded = e->rows;
    return NOI_OK;
}

static noi_status is_newest(bool *out, noi_registry *registry, const char *operation, int64_t number) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool later = false;
    NOI_TRY(noi_prepare(&q, registry, "ledger/later"));
    noi_bind_text(q, 1, noi_str_of(operation));
    noi_bind_int(q, 2, number);
    NOI_TRY(noi_step(q, &later));
    *out = !later;
    return NOI_OK;
}

static void keep(verifier *v, const noi_ledger_entry *e, int64_t number) {
    size_t at = (size_t)number;
    size_t had = v->n;
    NOI_GROW(v->entries, v->capacity, at + 1);
    memset(v->entries + had, 0, (at + 1 - had) * sizeof *v->entries);
    v->n = at + 1;
    entry *kept = &v->entries[at];
    *kept = (entry){.number = number,
                    .run_id = e->run_id,
                    .rows = e->rows,
                    .n_ended = e->ended,
                    .of_verdicts = strcmp(e->operation, "merge") == 0 ||
                                   strcmp(e->operation, "merge end") == 0 ||
                                   strcmp(e->operation, "undo") == 0 ||
                                   strcmp(e->operation, "redo") == 0,
                    .given = noi_chain_begin(number),
                    .ended = noi_chain_begin(number)};
    memcpy(kept->digest, e->digest, NOI_DIGEST_HEX);
    memcpy(kept->ended_digest, e->ended_digest, NOI_DIGEST_HEX);
}

static noi_ledger_entry read_entry(noi_stmt *q, char operation[64], char subject[1024]) {
    noi_ledger_entry e = {.run_id = noi_column_int(q, 1),
                          .operation = operation,
                          .subject = subject,
                          .from_kind = (int)noi_column_int(q, 4),
                          .from_id = noi_column_int(q, 5),
                          .to_kind = (int)noi_column_int(q, 6),
                          .to_id = noi_column_int(q, 7),
                          .rows = noi_column_int(q, 8),
                          .ended = noi_column_int(q, 10)};
    snprintf(operation, 64, "%.*s", NOI_STR_ARG(noi_column_text(q, 2)));
    snprintf(subject, 1024, "%.*s", NOI_STR_ARG(noi_column_text(q, 3)));
    copy_hex(e.digest, noi_column_text(q, 9));
    copy_hex(e.ended_digest, noi_column_text(q, 11));
    return e;
}

/* What an entry took in is told by a query: what of its run alone, or the whole table as the run left it,
 * which only the newest of its kind can be held against. */
static noi_status check_table(verifier *v, const noi_ledger_entry *e, int64_t number) {
    static const struct {
        const char *operation, *query;
        bool whole;
    } tables[] = {{"import", "ledger/sources", false},
                  {"totals", "ledger/totals", false},
                  {"decide", "ledger/decisions", false},
                  {"signers", "ledger/signers", false},
                  {"signed", "ledger/signatures", false},
                  {"stage", "ledger/steps", false},
                  {"catch-up", "ledger/catch_up", false},
                  {"catch-up address", "ledger/catch_up_address", false},
                  {"catch-up household", "ledger/catch_up_household", false},
                  {"catch-up member", "ledger/catch_up_member", false},
                  {"catch-up parcel", "ledger/catch_up_parcel", false},
                  {"catch-up dossier", "ledger/catch_up_dossier", false},
                  {"law", "ledger/law", true},
                  {"assign", "ledger/officers", true},
                  {"learn", "ledger/learned", true},
                  {"concordance parcels", "ledger/sheet_numbers", true},
                  {"concordance residence-files", "ledger/file_numbers", true}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        bool newest = true;
        if (strcmp(e->operation, tables[i].operation) != 0)
            continue;
        if (tables[i].whole)
            NOI_TRY(is_newest(&newest, v->registry, e->operation, number));
        return newest ? check_rows(v, e, number, tables[i].query) : NOI_OK;
    }
    return NOI_OK;
}

/* An entry that was changed and hashed anew shows in the next one. */
static noi_status check_entry(verifier *v, noi_stmt *q, int64_t expected, const char *before) {
    char operation[64], subject[1024], hash[NOI_DIGEST_HEX];
    noi_ledger_entry e = read_entry(q, operation, subject);
    int64_t number = noi_column_int(q, 0);
    if (number < 1 || number - expected > MOST_MISSING || number < expected) {
        (void)add(v, NOI_TAMPER_ENTRY_CHANGED, number);
        return NOI_OK;
    }
    if (number != expected) {
        noi_tampered *t = add(v, NOI_TAMPER_ENTRY_MISSING, number);
        t->found = number;
        t->recorded = expected;
    }
    NOI_TRY(noi_ledger_hash(hash, v->registry, number, &e, before));
    bool follows = noi_str_is(noi_column_text(q, 12), hash);
    if (!follows && number == expected)
        (void)add(v, NOI_TAMPER_ENTRY_CHANGED, number);
    if (v->known && noi_str_is(noi_column_text(q, 12), v->known))
        v->known_found = true;
    if (v->first_run == 0)
        v->first_run = e.run_id;
    keep(v, &e, number);
    return check_table(v, &e, number);
}

static noi_status check_chain(verifier *v) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    char before[NOI_DIGEST_HEX] = "";
    int64_t expected = 1;
    NOI_TRY(noi_prepare(&q, v->registry, "ledger/entries"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            break;
        NOI_TRY(check_entry(v, q, expected, before));
        copy_hex(before, noi_column_text(q, 12));
        expected = noi_column_int(q, 0) + 1;
        v->proof->entries++;
    }
    memcpy(v->proof->head, before, sizeof before);
    if (v->known && !v->known_found)
        (void)add(v, NOI_TAMPER_HEAD, 0);
    return NOI_OK;
}

static noi_status check_runs(verifier *v) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, v->registry, "ledger/runs_without"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        noi_tampered *t = add(v, NOI_TAMPER_RUN_UNKNOWN, 0);
        t->found = noi_column_int(q, 0);
    }
}

/* ---- rows that nobody wrote, merges that nobody signed ---------------------------------------- */

static noi_status check_strays(verifier *v) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, v->registry, "ledger/strays"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        noi_tampered *t = add(v, NOI_TAMPER_STRAY, 0);
        t->found = noi_column_int(q, 3);
        snprintf(t->key, sizeof t->key, "%.*s %.*s", NOI_STR_ARG(noi_column_text(q, 0)),
                 NOI_STR_ARG(noi_column_text(q, 2)));
    }
}

/* By those who were trusted when the run began. */
static noi_status check_signed(verifier *v, int64_t run_id, const char *subject) {
    NOI_AUTO(noi_signers_free) noi_signers signers = {0};
    noi_signatures signatures;
    NOI_TRY(noi_signers_load(&signers, v->registry, run_id));
    if (signers.n == 0)
        return NOI_OK;
    NOI_TRY(noi_signatures_of(&signatures, v->registry, run_id));
    int n = noi_signers_count(&signers, &signatures, subject);
    if (n >= signers.needs)
        return NOI_OK;
    noi_tampered *t = add(v, NOI_TAMPER_UNSIGNED, 0);
    t->found = n;
    t->recorded = run_id;
    return NOI_OK;
}

static noi_status check_signatures(verifier *v) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, v->registry, "sign/runs"));
    for (bool row = true;;) {
        char subject[NOI_DIGEST_HEX];
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        noi_str plan = noi_column_text(q, 2), change = noi_column_text(q, 3);
        if (change.p)
            noi_digest_bytes(subject, change.p, change.n);
        else
            copy_hex(subject, plan);
        NOI_TRY(check_signed(v, noi_column_int(q, 0), subject));
    }
}

/* ---- the verdicts ---------------------------------------------------------------------------- */

static entry *entry_of(verifier *v, int64_t number) {
    bool known = number > 0 && (size_t)number < v->n && v->entries[number].number;
    return known ? &v->entries[number] : NULL;
}

static noi_status add_extra(verifier *v, const noi_verdict_row *row) {
    noi_tampered *t = add(v, NOI_TAMPER_VERDICT_EXTRA, row->entry);
    t->kind = (int)row->kind;
    t->record_id = row->record_id;
    if (t == &v->spare)
        return NOI_OK;
    return find_key(t->key, v->registry, t->kind, t->record_id);
}

static noi_status add_row(verifier *v, const noi_verdict_row *row) {
    entry *e = entry_of(v, row->entry);
    if (row->entry == 0 && (v->first_run == 0 || row->run_id < v->first_run)) {
        v->proof->unsealed++;
        return NOI_OK;
    }
    if (!e || !e->of_verdicts)
        return add_extra(v, row);
    int64_t seal = noi_chain_add(&e->given, row);
    e->in_rows += noi_unit_lists_mark(row);
    if (seal != row->seal && !e->broken.kind) {
        e->broken = (noi_verdict_row){.kind = row->kind, .record_id = row->record_id};
        e->before_broken = e->last.record_id;
        e->before_kind = (int)e->last.kind;
    }
    e->last = (noi_verdict_row){.kind = row->kind, .record_id = row->record_id};
    return NOI_OK;
}

static noi_status add_past(verifier *v, const noi_verdict_row *row, int64_t ended_by) {
    entry *e = entry_of(v, ended_by);
    NOI_TRY(add_row(v, row));
    if (!e)
        return add_extra(v, row);
    noi_chain_add_ended(&e->ended, row);
    return NOI_OK;
}

static noi_status next(noi_verdict_row *out, bool *there, noi_stmt *q) {
    NOI_TRY(noi_step(q, there));
    if (*there)
        noi_verdict_read(out, q);
    return NOI_OK;
}

static noi_status check_verdicts(verifier *v) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *now = NULL;
    NOI_AUTO(noi_stmt_closep) noi_stmt *past = NULL;
    noi_verdict_row a, b;
    bool has_a = false, has_b = false;
    NOI_TRY(noi_prepare(&now, v->registry, "ledger/verdicts"));
    NOI_TRY(noi_prepare(&past, v->registry, "ledger/past"));
    NOI_TRY(next(&a, &has_a, now));
    NOI_TRY(next(&b, &has_b, past));
    while (has_a || has_b) {
        if (has_b && (!has_a || noi_verdict_order(&b, &a) <= 0)) {
            NOI_TRY(add_past(v, &b, noi_column_int(past, NOI_VERDICT_COLUMNS)));
            NOI_TRY(next(&b, &has_b, past));
            v->proof->past++;
            continue;
        }
        NOI_TRY(add_row(v, &a));
        NOI_TRY(next(&a, &has_a, now));
        v->proof->verdicts++;
    }
    return NOI_OK;
}

/* ---- what each entry recorded ---------------------------------------------------------------- */

static noi_tamper judge_rows(const entry *e) {
    char digest[NOI_DIGEST_HEX];
    if (e->given.rows < e->rows)
        return NOI_TAMPER_VERDICT_ABSENT;
    if (e->given.rows > e->rows)
        return NOI_TAMPER_VERDICT_EXTRA;
    noi_chain_end(digest, &e->given);
    return e->broken.kind || strcmp(digest, e->digest) != 0 ? NOI_TAMPER_VERDICT : NOI_TAMPER_NONE;
}

/* The row that is named: the first with a wrong seal; where every seal comes out and the digest
 * does not, the last row was sealed anew. */
static noi_status name_row(verifier *v, const entry *e, noi_tamper what) {
    noi_tampered *t = add(v, what, e->number);
    bool at_end = !e->broken.kind;
    t->found = e->given.rows;
    t->recorded = e->rows;
    if (!at_end || what == NOI_TAMPER_VERDICT) {
        t->kind = (int)(at_end ? e->last.kind : e->broken.kind);
        t->record_id = at_end ? e->last.record_id : e->broken.record_id;
    }
    NOI_TRY(find_key(t->key, v->registry, t->kind, t->record_id));
    if (at_end && what == NOI_TAMPER_VERDICT)
        return NOI_OK;
    return find_key(t->before, v->registry, at_end ? (int)e->last.kind : e->before_kind,
                    at_end ? e->last.record_id : e->before_broken);
}

static noi_status check_digests(verifier *v) {
    char digest[NOI_DIGEST_HEX];
    for (size_t i = 1; i < v->n; i++) {
        const entry *e = &v->entries[i];
        if (!e->number || !e->of_verdicts)
            continue;
        noi_tamper what = judge_rows(e);
        if (what != NOI_TAMPER_NONE)
            NOI_TRY(name_row(v, e, what));
        noi_chain_end(digest, &e->ended);
        if (e->ended.rows == e->n_ended && strcmp(digest, e->ended_digest) == 0)
            continue;
        noi_tampered *t = add(v, NOI_TAMPER_ENDED, e->number);
        t->found = e->ended.rows;
        t->recorded = e->n_ended;
    }
    return NOI_OK;
}

/* ---- the lists of units' records ------------------------------------------------------------- */

static noi_status add_listed(void *context, const noi_unit_listed *listed) {
    entry *e = entry_of(context, listed->entry);
    if (e)
        e->in_lists += noi_unit_listed_mark(listed);
    return NOI_OK;
}

static noi_status check_lists(verifier *v) {
    bool whole = false;
    NOI_TRY(noi_unit_lists_read(&whole, v->registry, NOI_UNIT_OLD, NULL, add_listed, v));
    for (size_t i = 1; whole && i < v->n; i++) {
        const entry *e = &v->entries[i];
        bool rows_hold = e->number && e->of_verdicts && judge_rows(e) == NOI_TAMPER_NONE;
        if (rows_hold && e->in_rows != e->in_lists)
            (void)add(v, NOI_TAMPER_LISTS, e->number);
    }
    return NOI_OK;
}

noi_status noi_verify(noi_proof *out, noi_registry *registry, const char *known) {
    *out = (noi_proof){0};
    NOI_AUTO(verifier_clear) verifier v = {.proof = out, .registry = registry, .known = known};
    NOI_TRY(check_chain(&v));
    NOI_TRY(check_runs(&v));
    NOI_TRY(check_strays(&v));
    NOI_TRY(check_signatures(&v));
    NOI_TRY(check_verdicts(&v));
    NOI_TRY(check_digests(&v));
    return check_lists(&v);
}
