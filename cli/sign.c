/* sign.c: `noi sign`: keys, signatures under plans and changes, and whose signatures a registry asks for. */
#include "cli/cli.h"

#include "base/file.h"
#include "base/i18n.h"
#include "plan/plan.h"
#include "registry/signers.h"

#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define LOCK_MS      2000 /* as a registry is waited for */
#define LOCK_STEP_MS 50

typedef struct arguments {
    const char *operand;
    const char *new_key, *key, *passphrase_file, *name; /* keys and signing */
    const char *registry;                               /* --check --registry */
    const char *trust, *revoke, *needs, *reason, *change;
    bool check, list, json;
} arguments;

/* ---- keys ------------------------------------------------------------------------------------ */

/* The first line of a file. *out is yours. */
static noi_status read_passphrase(char **out, const char *path) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    *out = NULL;
    if (!path)
        return NOI_OK;
    NOI_TRY(noi_map_open(&map, path));
    noi_str text = noi_map_bytes(map);
    const char *end = memchr(text.p, '\n', text.n);
    size_t n = end ? (size_t)(end - text.p) : text.n;
    if (n == 0)
        return noi_fail_at(NOI_ERR_INPUT, path, 1, _("the passphrase is empty"));
    *out = noi_strndup(text.p, n);
    return NOI_OK;
}

static noi_status make_key(const arguments *a) {
    NOI_AUTO_FREE char *passphrase = NULL;
    const char *name = a->name ? a->name : noi_path_base(a->new_key);
    NOI_TRY(read_passphrase(&passphrase, a->passphrase_file));
    NOI_TRY(noi_signing_key_make(a->new_key, name, passphrase));
    printf(_("%s.key signs as %s: keep it to yourself\n%s.pub is for those who check\n"), a->new_key, name,
           a->new_key);
    return NOI_OK;
}

/* ---- what is signed -------------------------------------------------------------------------- */

static bool is_change(const char *path) {
    static const char head[] = "noi-change 1\n";
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    if (noi_map_open(&map, path) != NOI_OK)
        return false;
    noi_str bytes = noi_map_bytes(map);
    return bytes.n >= sizeof head - 1 && memcmp(bytes.p, head, sizeof head - 1) == 0;
}

/* A plan's hash, or the digest of a change of signers. */
static noi_status read_subject(char out[NOI_DIGEST_HEX], const char *path) {
    noi_plan *plan = NULL;
    if (is_change(path))
        return noi_digest_file(out, path);
    NOI_TRY(noi_plan_open(&plan, path));
    snprintf(out, NOI_DIGEST_HEX, "%s", noi_plan_hash(plan));
    noi_plan_close(plan);
    return NOI_OK;
}

static noi_status read_signatures(noi_signatures *out, const char *path, const char *subject) {
    *out = (noi_signatures){.n = 0};
    snprintf(out->subject, sizeof out->subject, "%s", subject);
    if (access(path, F_OK) != 0)
        return NOI_OK;
    NOI_TRY(noi_signatures_read(out, path));
    if (strcmp(out->subject, subject) == 0)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_CONFLICT, _("%s holds signatures of something else: %s"), path, out->subject);
    noi_hint(_("remove it when it belongs to an earlier plan, then sign again"));
    return status;
}

static noi_status add_signature(noi_signatures *all, noi_signature one, const char *path) {
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->items[i].public_hex, one.public_hex) == 0) {
            all->items[i] = one;
            return NOI_OK;
        }
    if (all->n == NOI_SIGNATURES_MAX)
        return noi_fail(NOI_ERR_CONFLICT, _("%s bears %d signatures already; it takes no more"), path,
                        NOI_SIGNATURES_MAX);
    all->items[all->n++] = one;
    return NOI_OK;
}

static void close_file(int *fd) {
    if (*fd >= 0)
        close(*fd);
}

/* Until the descriptor is closed nobody else adds to the signatures of this file: of two who sign at the
 * same time each would write the list that it had read. */
static noi_status lock_signatures(int *out, const char *path) {
    *out = open(path, O_RDONLY | O_CLOEXEC);
    if (*out < 0)
        return noi_fail_errno(NOI_ERR_IO, _("%s: cannot be opened"), path);
    for (int waited = 0; flock(*out, LOCK_EX | LOCK_NB) != 0; waited += LOCK_STEP_MS) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return NOI_OK; /* a disk that knows no locks */
        if (waited >= LOCK_MS) {
            noi_status status = noi_fail(NOI_ERR_CONFLICT, _("%s is being signed by another run of noi"), path);
            noi_hint(_("wait until it has ended and try again; this run changed nothing"));
            return status;
        }
        nanosleep(&(struct timespec){.tv_nsec = LOCK_STEP_MS * 1000000L}, NULL);
    }
    return NOI_OK;
}

static noi_status sign_file(const arguments *a) {
    NOI_AUTO_FREE char *path = noi_format("%s.sig", a->operand);
    NOI_AUTO_FREE char *passphrase = NULL;
    noi_signing_key key;
    noi_signatures all;
    char subject[NOI_DIGEST_HEX];
    NOI_AUTO(close_file) int lock = -1;
    NOI_TRY(read_subject(subject, a->operand));
    NOI_TRY(read_passphrase(&passphrase, a->passphrase_file));
    NOI_TRY(noi_signing_key_read(&key, a->key, passphrase));
    const noi_signature one = noi_sign(&key, subject);
    noi_signing_key_wipe(&key);
    NOI_TRY(lock_signatures(&lock, a->operand));
    NOI_TRY(read_signatures(&all, path, subject));
    NOI_TRY(add_signature(&all, one, path));
    NOI_TRY(noi_signatures_write(&all, path));
    printf(_("%s signed %s\n"), one.name, subject);
    printf(_("%s bears %zu signatures\n"), path, all.n);
    return NOI_OK;
}

/* ---- checking -------------------------------------------------------------------------------- */

static void show_signature(const noi_signature *s, bool holds, bool trusted, bool with_registry) {
    printf("%s  %.16s  %s%s\n", s->name, s->public_hex, holds ? _("holds") : _("DOES NOT HOLD"),
           !with_registry ? "" : trusted ? _(", trusted") : _(", NOT TRUSTED"));
}

static json_object *signature_json(const noi_signature *s, bool holds, bool trusted, bool with_registry) {
    json_object *one = json_object_new_object();
    json_object_object_add(one, "name", json_object_new_string(s->name));
    json_object_object_add(one, "key", json_object_new_string(s->public_hex));
    json_object_object_add(one, "holds", json_object_new_boolean(holds));
    if (with_registry)
        json_object_object_add(one, "trusted", json_object_new_boolean(trusted));
    return one;
}

static bool is_trusted(const noi_signers *signers, const noi_signature *s) {
    for (size_t i = 0; i < signers->n; i++)
        if (!signers->items[i].revoked && strcmp(signers->items[i].public_hex, s->public_hex) == 0 &&
            strcmp(signers->items[i].name, s->name) == 0)
            return true;
    return false;
}

static noi_status load_signers(noi_signers *out, const char *path) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    if (!path)
        return NOI_OK;
    NOI_TRY(noi_registry_open(&registry, path, NOI_OPEN_READ));
    return noi_signers_load(out, registry, INT64_MAX);
}

static noi_status check_file(bool *fine, const arguments *a) {
    NOI_AUTO_FREE char *path = noi_format("%s.sig", a->operand);
    NOI_AUTO(noi_signers_free) noi_signers signers = {0};
    char subject[NOI_DIGEST_HEX];
    noi_signatures all;
    NOI_TRY(read_subject(subject, a->operand));
    NOI_TRY(read_signatures(&all, path, subject));
    NOI_TRY(load_signers(&signers, a->registry));
    json_object *list = json_object_new_array();
    int needs = a->registry ? signers.needs : 1;
    bool all_hold = true;
    for (size_t i = 0; i < all.n; i++) {
        bool holds = noi_signature_holds(&all.items[i], subject), trusted = is_trusted(&signers, &all.items[i]);
        all_hold &= holds;
        if (!a->json)
            show_signature(&all.items[i], holds, trusted, a->registry != NULL);
        json_object_array_add(list, signature_json(&all.items[i], holds, trusted, a->registry != NULL));
    }
    int count = a->registry ? noi_signers_count(&signers, &all, subject) : (int)all.n;
    *fine = all_hold && count >= needs;
    if (a->json) {
        json_object *o = json_object_new_object();
        json_object_object_add(o, "of", json_object_new_string(subject));
        json_object_object_add(o, "signatures", json_object_get(list));
        json_object_object_add(o, "count", json_object_new_int(count));
        json_object_object_add(o, "needs", json_object_new_int(needs));
        json_object_object_add(o, "enough", json_object_new_boolean(*fine));
        puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN));
        json_object_put(o);
    } else {
        printf(_("%s: %d signatures count, %d are needed\n"), subject, count, needs);
    }
    json_object_put(list);
    return NOI_OK;
}

/* ---- whose signatures are asked for ---------------------------------------------------------- */

static noi_status list_signers(const arguments *a) {
    NOI_AUTO(noi_signers_free) noi_signers signers = {0};
    NOI_TRY(load_signers(&signers, a->operand));
    json_object *all = json_object_new_object(), *list = json_object_new_array();
    for (size_t i = 0; i < signers.n; i++) {
        const noi_signer *s = &signers.items[i];
        json_object *one = json_object_new_object();
        json_object_object_add(one, "name", json_object_new_string(s->name));
        json_object_object_add(one, "key", json_object_new_string(s->public_hex));
        json_object_object_add(one, "revoked", json_object_new_boolean(s->revoked));
        json_object_array_add(list, one);
        if (!a->json)
            printf("%s  %.16s  %s\n", s->name, s->public_hex, s->revoked ? _("revoked") : _("trusted"));
    }
    json_object_object_add(all, "needs", json_object_new_int(signers.needs));
    json_object_object_add(all, "signers", list);
    if (a->json)
        puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PLAIN));
    else if (signers.n == 0)
        printf(_("%s has no signers: it is a draft, and any plan may be merged\n"), a->operand);
    else
        printf(_("a plan needs %d signatures\n"), signers.needs);
    json_object_put(all);
    return NOI_OK;
}

static noi_status read_needs(int *out, const char *text) {
    char *end = NULL;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno || !*text || *end || value < 1 || value > NOI_SIGNATURES_MAX)
        return noi_fail(NOI_ERR_USAGE, _("'--needs %s' is not a number from 1 to %d"), text, NOI_SIGNATURES_MAX);
    *out = (int)value;
    return NOI_OK;
}

static noi_status read_change(noi_signer_change *out, noi_public_key *key, const arguments *a) {
    *out = (noi_signer_change){.reason = a->reason};
    if (a->trust) {
        NOI_TRY(noi_public_key_read(key, a->trust));
        out->kind = NOI_SIGNER_TRUST;
        out->name = key->name;
        out->public_hex = key->hex;
        return NOI_OK;
    }
    if (a->revoke) {
        out->kind = NOI_SIGNER_REVOKE;
        out->name = a->revoke;
        return NOI_OK;
    }
    out->kind = NOI_SIGNER_NEEDS;
    return read_needs(&out->needs, a->needs);
}

/* Writes what has to be signed, once; the next call with the same options carries it out. */
static noi_status write_change(const arguments *a, const noi_buf *text) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, a->change));
    NOI_TRY(noi_out_write(out, text->p, text->n));
    NOI_TRY(noi_out_commit(out));
    printf(_("%s says what would change. Have it signed: noi sign %s --key NAME.key; then run this again\n"),
           a->change, a->change);
    return NOI_OK;
}

static noi_status same_text(const char *path, const noi_buf *text) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, path));
    if (noi_str_eq(noi_map_bytes(map), noi_buf_view(text)))
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_CONFLICT, _("%s is about another change, or the registry changed since"), path);
    noi_hint(_("remove it and its .sig, and run this again: it is written anew"));
    return status;
}

static noi_status change_signers(bool *done, const arguments *a) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    NOI_AUTO(noi_signers_free) noi_signers signers = {0};
    NOI_AUTO_BUF noi_buf text = {0};
    noi_signer_change change;
    noi_public_key key;
    noi_signatures signatures = {.n = 0};
    *done = true;
    NOI_TRY(read_change(&change, &key, a));
    NOI_TRY(noi_registry_open(&registry, a->operand, NOI_OPEN_WRITE));
    NOI_TRY(noi_signers_load(&signers, registry, INT64_MAX));
    if (signers.n) {
        if (!a->change) {
            noi_status status = noi_fail(NOI_ERR_CONFLICT, _("%s has signers: a change of them must be signed"), a->operand);
            noi_hint(_("--change FILE writes what to sign, and carries it out when it is signed"));
            return status;
        }
        NOI_TRY(noi_signer_change_text(&text, registry, &change));
        if (access(a->change, F_OK) != 0) {
            *done = false;
            return write_change(a, &text);
        }
        NOI_AUTO_FREE char *path = noi_format("%s.sig", a->change);
        NOI_TRY(same_text(a->change, &text));
        if (access(path, F_OK) == 0)
            NOI_TRY(noi_signatures_read(&signatures, path));
    }
    NOI_TRY(noi_signers_change(registry, &change, signatures.n ? &signatures : NULL));
    printf(_("done; 'noi sign %s --list' shows who may sign\n"), a->operand);
    return NOI_OK;
}

/* ---- the command ----------------------------------------------------------------------------- */

static noi_status read_arguments(arguments *out, bool *help, int argc, char **argv) {
    const cli_option options[] = {{.name = "--new-key", .value = &out->new_key},
                                  {.name = "--name", .value = &out->name},
                                  {.name = "--key", .value = &out->key},
                                  {.name = "--passphrase-file", .value = &out->passphrase_file},
                                  {.name = "--registry", .value = &out->registry},
                                  {.name = "--trust", .value = &out->trust},
                                  {.name = "--revoke", .value = &out->revoke},
                                  {.name = "--needs", .value = &out->needs},
                                  {.name = "--reason", .value = &out->reason},
                                  {.name = "--change", .value = &out->change},
                                  {.name = "--check", .flag = &out->check},
                                  {.name = "--list", .flag = &out->list},
                                  {.name = "--json", .flag = &out->json}};
    cli_operands operands;
    NOI_TRY(cli_parse(&operands, help, "sign", argc, argv, options, sizeof options / sizeof *options));
    if (*help)
        return NOI_OK;
    int asked = (out->new_key != NULL) + (out->key != NULL) + (out->trust != NULL) + (out->revoke != NULL) +
                (out->needs != NULL) + out->check + out->list;
    if (asked != 1) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("noi sign does one thing at a time"));
        noi_hint(_("one of --new-key, --key, --check, --list, --trust, --revoke, --needs"));
        return status;
    }
    NOI_TRY(cli_want_operands("sign", &operands, out->new_key ? 0 : 1, out->new_key ? 0 : 1));
    out->operand = operands.n ? operands.items[0] : NULL;
    return NOI_OK;
}

static noi_status run(bool *fine, const arguments *a) {
    if (a->new_key)
        return make_key(a);
    if (a->key)
        return sign_file(a);
    if (a->check)
        return check_file(fine, a);
    if (a->list)
        return list_signers(a);
    return change_signers(fine, a);
}

int cli_run_sign(int argc, char **argv) {
    arguments a = {0};
    bool help = false, fine = true;
    noi_status status = read_arguments(&a, &help, argc, argv);
    if (status == NOI_OK && help)
        return 0;
    if (status == NOI_OK)
        status = run(&fine, &a);
    if (status != NOI_OK)
        return cli_fail(status);
    return fine ? 0 : 1;
}
