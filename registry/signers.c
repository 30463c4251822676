/* signers.c: see signers.h. */
#include "registry/signers.h"

#include "base/i18n.h"
#include "registry/ledger.h"
#include "registry/store.h"

#include <stdio.h>
#include <string.h>

void noi_signers_free(noi_signers *signers) {
    free(signers->items);
    *signers = (noi_signers){0};
}

/* ---- who is trusted -------------------------------------------------------------------------- */

static noi_signer *find_name(const noi_signers *s, const char *name) {
    for (size_t i = 0; i < s->n; i++)
        if (!s->items[i].revoked && strcmp(s->items[i].name, name) == 0)
            return &s->items[i];
    return NULL;
}

static noi_signer *find_key(const noi_signers *s, const char *public_hex) {
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->items[i].public_hex, public_hex) == 0)
            return &s->items[i];
    return NULL;
}

static int count_trusted(const noi_signers *s) {
    int n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += !s->items[i].revoked;
    return n;
}

static void apply(noi_signers *s, noi_stmt *q) {
    noi_str what = noi_column_text(q, 0);
    NOI_AUTO_FREE char *name = noi_strndup(noi_column_text(q, 1).p ? noi_column_text(q, 1).p : "", noi_column_text(q, 1).n);
    if (noi_str_is(what, "needs")) {
        s->needs = (int)noi_column_int(q, 3);
    } else if (noi_str_is(what, "revoke")) {
        noi_signer *signer = find_name(s, name);
        if (signer)
            signer->revoked = true;
    } else {
        NOI_GROW(s->items, s->capacity, s->n + 1);
        noi_signer *signer = &s->items[s->n++];
        *signer = (noi_signer){.revoked = false};
        snprintf(signer->name, sizeof signer->name, "%s", name);
        snprintf(signer->public_hex, sizeof signer->public_hex, "%.*s", NOI_STR_ARG(noi_column_text(q, 2)));
        if (s->needs == 0)
            s->needs = 1;
    }
}

noi_status noi_signers_load(noi_signers *out, noi_registry *registry, int64_t before) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    *out = (noi_signers){0};
    NOI_TRY(noi_prepare(&q, registry, "sign/events"));
    noi_bind_int(q, 1, before);
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        apply(out, q);
    }
}

/* ---- signatures ------------------------------------------------------------------------------ */

static bool counts(const noi_signers *signers, const noi_signature *signature, const char *subject) {
    const noi_signer *signer = find_key(signers, signature->public_hex);
    return signer && !signer->revoked && strcmp(signer->name, signature->name) == 0 &&
           noi_signature_holds(signature, subject);
}

int noi_signers_count(const noi_signers *signers, const noi_signatures *signatures, const char *subject) {
    int n = 0;
    for (size_t i = 0; signatures && i < signatures->n; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again |= strcmp(signatures->items[k].public_hex, signatures->items[i].public_hex) == 0;
        n += !again && counts(signers, &signatures->items[i], subject);
    }
    return n;
}

/* "An Nguyễn: holds; Bình: the signature is not of this plan; Chi: not trusted here" */
static void tell_signatures(noi_buf *out, const noi_signers *signers, const noi_signatures *signatures,
                            const char *subject) {
    for (size_t i = 0; signatures && i < signatures->n; i++) {
        const noi_signature *s = &signatures->items[i];
        const noi_signer *signer = find_key(signers, s->public_hex);
        const char *what = counts(signers, s, subject)                       ? _("holds")
                           : signer && signer->revoked                       ? _("revoked")
                           : !signer || strcmp(signer->name, s->name) != 0   ? _("not trusted here")
                                                                             : _("does not hold");
        noi_buf_printf(out, "%s%s: %s", out->n ? "; " : "", s->name, what);
    }
}

noi_status noi_signers_want(const noi_signers *signers, const noi_signatures *signatures,
                            const char *subject, const char *what) {
    NOI_AUTO_BUF noi_buf told = {0};
    if (signers->n == 0)
        return NOI_OK;
    int n = noi_signers_count(signers, signatures, subject);
    if (n >= signers->needs)
        return NOI_OK;
    tell_signatures(&told, signers, signatures, subject);
    noi_status status =
        told.n ? noi_fail(NOI_ERR_CONFLICT, _("%s bears %d of the %d signatures that it needs (%s)"), what, n,
                          signers->needs, told.p)
               : noi_fail(NOI_ERR_CONFLICT, _("%s is not signed, and needs %d signatures"), what,
                          signers->needs);
    noi_hint(_("have it signed: noi sign FILE --key NAME.key; 'noi sign REGISTRY --list' tells who may"));
    return status;
}

static noi_status store_signatures(noi_registry *registry, int64_t run_id,
                                   const noi_signatures *signatures, const char *subject) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "sign/signature_add"));
    for (size_t i = 0; i < signatures->n; i++) {
        noi_bind_int(q, 1, run_id);
        noi_bind_int(q, 2, (int64_t)i);
        noi_bind_text(q, 3, noi_str_of(subject));
        noi_bind_text(q, 4, noi_str_of(signatures->items[i].name));
        noi_bind_text(q, 5, noi_str_of(signatures->items[i].public_hex));
        noi_bind_text(q, 6, noi_str_of(signatures->items[i].hex));
        NOI_TRY(noi_run(q));
    }
    return NOI_OK;
}

noi_status noi_signatures_store(noi_registry *registry, int64_t run_id,
                                const noi_signatures *signatures, const char *subject) {
    if (!signatures || signatures->n == 0)
        return NOI_OK;
    NOI_TRY(store_signatures(registry, run_id, signatures, subject));
    return noi_ledger_append_rows(registry, run_id, "signed", "ledger/signatures");
}

noi_status noi_signatures_of(noi_signatures *out, noi_registry *registry, int64_t run_id) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    *out = (noi_signatures){.n = 0};
    NOI_TRY(noi_prepare(&q, registry, "sign/signatures"));
    noi_bind_int(q, 1, run_id);
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row || out->n == NOI_SIGNATURES_MAX)
            return NOI_OK;
        noi_signature *s = &out->items[out->n++];
        snprintf(out->subject, sizeof out->subject, "%.*s", NOI_STR_ARG(noi_column_text(q, 0)));
        snprintf(s->name, sizeof s->name, "%.*s", NOI_STR_ARG(noi_column_text(q, 1)));
        snprintf(s->public_hex, sizeof s->public_hex, "%.*s", NOI_STR_ARG(noi_column_text(q, 2)));
        snprintf(s->hex, sizeof s->hex, "%.*s", NOI_STR_ARG(noi_column_text(q, 3)));
    }
}

/* ---- changes --------------------------------------------------------------------------------- */

static noi_status newest_hash(char out[NOI_DIGEST_HEX], noi_registry *registry) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    bool row = false;
    NOI_TRY(noi_prepare(&q, registry, "ledger/last"));
    NOI_TRY(noi_step(q, &row));
    snprintf(out, NOI_DIGEST_HEX, "%.*s", NOI_STR_ARG(row ? noi_column_text(q, 1) : NOI_STR("0")));
    return NOI_OK;
}

static noi_status check_change(const noi_signers *s, const noi_signer_change *c) {
    int trusted = count_trusted(s);
    if (c->kind == NOI_SIGNER_TRUST && find_key(s, c->public_hex))
        return noi_fail(NOI_ERR_CONFLICT, find_key(s, c->public_hex)->revoked
                                              ? _("the key of %s was revoked; make a new one")
                                              : _("the key of %s is trusted already"),
                        c->name);
    if (c->kind == NOI_SIGNER_TRUST && find_name(s, c->name))
        return noi_fail(NOI_ERR_CONFLICT, _("another key is trusted under the name %s"), c->name);
    if (c->kind == NOI_SIGNER_REVOKE && !find_name(s, c->name))
        return noi_fail(NOI_ERR_CONFLICT, _("no signer named %s is trusted"), c->name);
    if (c->kind == NOI_SIGNER_REVOKE && trusted - 1 < s->needs) {
        noi_status status = noi_fail(NOI_ERR_CONFLICT, _("without %s there would be %d signers, and %d are needed"),
                                     c->name, trusted - 1, s->needs);
        noi_hint(_("trust another one first, or lower --needs"));
        return status;
    }
    if (c->kind == NOI_SIGNER_NEEDS && (c->needs < 1 || c->needs > trusted))
        return noi_fail(NOI_ERR_CONFLICT, _("%d signatures cannot be asked for: %d signers are trusted"),
                        c->needs, trusted);
    return NOI_OK;
}

static void write_change(noi_buf *out, const noi_signer_change *c, const char *head) {
    noi_buf_printf(out, "noi-change 1\nledger: %s\n", head);
    if (c->kind == NOI_SIGNER_TRUST)
        noi_buf_printf(out, "trust: %s %s\n", c->public_hex, c->name);
    if (c->kind == NOI_SIGNER_REVOKE)
        noi_buf_printf(out, "revoke: %s\n", c->name);
    if (c->kind == NOI_SIGNER_NEEDS)
        noi_buf_printf(out, "needs: %d\n", c->needs);
    if (c->reason)
        noi_buf_printf(out, "reason: %s\n", c->reason);
}

static noi_status make_text(noi_buf *out, noi_signers *signers, noi_registry *registry,
                            const noi_signer_change *change) {
    char head[NOI_DIGEST_HEX];
    NOI_TRY(noi_signers_load(signers, registry, INT64_MAX));
    NOI_TRY(check_change(signers, change));
    NOI_TRY(newest_hash(head, registry));
    write_change(out, change, head);
    return NOI_OK;
}

noi_status noi_signer_change_text(noi_buf *out, noi_registry *registry, const noi_signer_change *change) {
    NOI_AUTO(noi_signers_free) noi_signers signers = {0};
    return make_text(out, &signers, registry, change);
}

static void bind_or_null(noi_stmt *q, int at, const char *text) {
    noi_bind_text(q, at, text ? noi_str_of(text) : (noi_str){NULL, 0});
}

static noi_status store_change(noi_registry *registry, const noi_signer_change *c, noi_str text,
                               const noi_signatures *signatures, const char *subject) {
    static const char *const keys[] = {"trust", "revoke", "needs"};
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    int64_t run_id = 0;
    NOI_TRY(noi_run_begin(&run_id, registry, "sign", NULL));
    NOI_TRY(noi_prepare(&q, registry, "sign/event_add"));
    noi_bind_text(q, 1, noi_str_of(keys[c->kind]));
    bind_or_null(q, 2, c->kind == NOI_SIGNER_NEEDS ? NULL : c->name);
    bind_or_null(q, 3, c->kind == NOI_SIGNER_TRUST ? c->public_hex : NULL);
    if (c->kind == NOI_SIGNER_NEEDS)
        noi_bind_int(q, 4, c->needs);
    else
        noi_bind_null(q, 4);
    bind_or_null(q, 5, c->reason);
    noi_bind_text(q, 6, text);
    noi_bind_int(q, 7, run_id);
    NOI_TRY(noi_run(q));
    NOI_TRY(noi_ledger_append_rows(registry, run_id, "signers", "ledger/signers"));
    NOI_TRY(noi_signatures_store(registry, run_id, signatures, subject));
    return noi_run_end(registry, run_id);
}

/* All between begin and commit: the text is made from what stands under the lock. */
static noi_status change(noi_registry *registry, const noi_signer_change *c,
                         const noi_signatures *signatures) {
    NOI_AUTO(noi_signers_free) noi_signers signers = {0};
    NOI_AUTO_BUF noi_buf text = {0};
    char subject[NOI_DIGEST_HEX];
    NOI_TRY(make_text(&text, &signers, registry, c));
    noi_digest_bytes(subject, text.p, text.n);
    NOI_TRY(noi_signers_want(&signers, signatures, subject, _("the change of signers")));
    return store_change(registry, c, noi_buf_view(&text), signers.n ? signatures : NULL, subject);
}

noi_status noi_signers_change(noi_registry *registry, const noi_signer_change *c,
                              const noi_signatures *signatures) {
    NOI_TRY(noi_begin(registry));
    return noi_end(registry, change(registry, c, signatures));
}
