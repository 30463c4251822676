/* sign.c: see sign.h. */
#include "base/sign.h"

#include "base/file.h"
#include "base/i18n.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SEED  crypto_sign_SEEDBYTES
#define SALT  crypto_pwhash_SALTBYTES
#define NONCE crypto_secretbox_NONCEBYTES
#define BOX   (SEED + crypto_secretbox_MACBYTES)

_Static_assert(sizeof((noi_signing_key *)0)->secret == crypto_sign_SECRETKEYBYTES, "size of a key");
_Static_assert(NOI_SIGNATURE_HEX == 2 * crypto_sign_BYTES + 1, "size of a signature");
_Static_assert(NOI_PUBLIC_HEX == 2 * crypto_sign_PUBLICKEYBYTES + 1, "size of a public key");

static noi_status want_sodium(void) {
    return sodium_init() < 0 ? noi_fail(NOI_ERR_INTERNAL, _("the system gives no random numbers")) : NOI_OK;
}

static bool is_name(noi_str name) {
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < 32 || name.p[i] == 127)
            return false;
    return name.n > 0 && name.n < NOI_SIGNER_NAME && name.p[0] != ' ' && name.p[name.n - 1] != ' ';
}

/* Exactly n bytes of hexadecimal digits. */
static bool read_hex(unsigned char *out, size_t n, noi_str text) {
    size_t got = 0;
    return text.n == 2 * n &&
           sodium_hex2bin(out, n, text.p, text.n, NULL, &got, NULL) == 0 && got == n;
}

static void copy(char *out, size_t size, noi_str text) {
    snprintf(out, size, "%.*s", NOI_STR_ARG(text));
}

/* ---- lines of "field: value" ----------------------------------------------------------------- */

static bool next_line(noi_str *line, noi_str *rest) {
    if (rest->n == 0)
        return false;
    const char *end = memchr(rest->p, '\n', rest->n);
    size_t n = end ? (size_t)(end - rest->p) : rest->n;
    *line = (noi_str){rest->p, n};
    if (n && line->p[n - 1] == '\r')
        line->n--;
    rest->p += n + (end != NULL);
    rest->n -= n + (end != NULL);
    return true;
}

static bool starts_with(noi_str *line, const char *field) {
    size_t n = strlen(field);
    if (line->n < n || memcmp(line->p, field, n) != 0)
        return false;
    line->p += n;
    line->n -= n;
    return true;
}

/* The value of a field; an empty view when the file has no such line. */
static noi_str find_field(noi_str text, const char *field) {
    noi_str line;
    while (next_line(&line, &text))
        if (starts_with(&line, field))
            return line;
    return (noi_str){NULL, 0};
}

/* ---- keys ------------------------------------------------------------------------------------ */

static noi_status lock_with(unsigned char key[crypto_secretbox_KEYBYTES], const char *passphrase,
                            const unsigned char salt[SALT]) {
    if (crypto_pwhash(key, crypto_secretbox_KEYBYTES, passphrase, strlen(passphrase), salt,
                      crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                      crypto_pwhash_ALG_ARGON2ID13) == 0)
        return NOI_OK;
    return noi_fail(NOI_ERR_IO, _("there is not enough memory to lock or open a key"));
}

static void add_hex(noi_buf *out, const char *field, const unsigned char *bytes, size_t n) {
    noi_buf_add_str(out, field);
    for (size_t i = 0; i < n; i++)
        noi_buf_printf(out, "%02x", bytes[i]);
    noi_buf_add_char(out, '\n');
}

static noi_status write_seed(noi_buf *out, const unsigned char seed[SEED], const char *passphrase) {
    unsigned char salt[SALT], nonce[NONCE], box[BOX], key[crypto_secretbox_KEYBYTES];
    if (!passphrase) {
        add_hex(out, "secret: ", seed, SEED);
        return NOI_OK;
    }
    randombytes_buf(salt, sizeof salt);
    randombytes_buf(nonce, sizeof nonce);
    NOI_TRY(lock_with(key, passphrase, salt));
    crypto_secretbox_easy(box, seed, SEED, nonce, key);
    sodium_memzero(key, sizeof key);
    add_hex(out, "salt: ", salt, sizeof salt);
    add_hex(out, "nonce: ", nonce, sizeof nonce);
    add_hex(out, "locked: ", box, sizeof box);
    return NOI_OK;
}

static noi_status refuse_present(const char *path) {
    if (access(path, F_OK) != 0)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_CONFLICT, _("the key %s is there already"), path);
    noi_hint(_("a key is never replaced: what it signed could not be checked any more"));
    return status;
}

static noi_status write_key_file(const char *path, const noi_buf *text, bool is_secret) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(is_secret ? noi_out_open_private(&out, path) : noi_out_open(&out, path));
    NOI_TRY(noi_out_write(out, text->p, text->n));
    return is_secret ? noi_out_commit_new(out) : noi_out_commit(out); /* the key has its name: the
                                                                          public half is its own */
}

static void wipe_buf(noi_buf *buf) {
    if (buf->p)
        sodium_memzero(buf->p, buf->capacity);
    noi_buf_free(buf);
}

static noi_status write_public(const char *path, const char *name, const char *hex) {
    NOI_AUTO_BUF noi_buf text = {0};
    noi_buf_printf(&text, "noi-public-key 1\nname: %s\npublic: %s\n", name, hex);
    return write_key_file(path, &text, false);
}

/* A secret key whose public half was not written any more: by the same name and passphrase it is what was
 * asked for, and gets its public half. */
static noi_status complete(bool *done, const char *key_path, const char *pub_path, const char *name,
                           const char *passphrase) {
    noi_signing_key key;
    *done = false;
    if (access(key_path, F_OK) != 0 || access(pub_path, F_OK) == 0)
        return NOI_OK;
    bool opens = noi_signing_key_read(&key, key_path, passphrase) == NOI_OK;
    noi_error_clear();
    if (!opens || strcmp(key.name, name) != 0)
        return NOI_OK; /* refused as one that is there */
    *done = true;
    noi_status status = write_public(pub_path, key.name, key.public_hex);
    noi_signing_key_wipe(&key);
    return status;
}

noi_status noi_signing_key_make(const char *base, const char *name, const char *passphrase) {
    NOI_AUTO(wipe_buf) noi_buf secret = {0};
    unsigned char seed[SEED], pk[crypto_sign_PUBLICKEYBYTES], sk[crypto_sign_SECRETKEYBYTES];
    NOI_TRY(want_sodium());
    if (!is_name(noi_str_of(name)))
        return noi_fail(NOI_ERR_USAGE, _("'%s' is no name of a signer: 1 to %d bytes, no line ends"), name,
                        NOI_SIGNER_NAME - 1);
    NOI_AUTO_FREE char *key_path = noi_format("%s.key", base);
    NOI_AUTO_FREE char *pub_path = noi_format("%s.pub", base);
    bool done = false;
    NOI_TRY(complete(&done, key_path, pub_path, name, passphrase));
    if (done)
        return NOI_OK;
    NOI_TRY(refuse_present(key_path));
    NOI_TRY(refuse_present(pub_path));
    randombytes_buf(seed, sizeof seed);
    crypto_sign_seed_keypair(pk, sk, seed);
    noi_buf_printf(&secret, "noi-secret-key 1\nname: %s\n", name);
    add_hex(&secret, "public: ", pk, sizeof pk);
    noi_status status = write_seed(&secret, seed, passphrase);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(sk, sizeof sk);
    NOI_TRY(status);
    char hex[NOI_PUBLIC_HEX];
    sodium_bin2hex(hex, sizeof hex, pk, sizeof pk);
    NOI_TRY(write_key_file(key_path, &secret, true));
    return write_public(pub_path, name, hex);
}

static noi_status fail_no_key(const char *path) {
    noi_status status = noi_fail(NOI_ERR_INPUT, _("%s is not a key for signing"), path);
    noi_hint(_("noi sign --new-key NAME makes one"));
    return status;
}

static noi_status read_names(char name[NOI_SIGNER_NAME], char hex[NOI_PUBLIC_HEX], noi_str text,
                             const char *kind, const char *path) {
    unsigned char pk[crypto_sign_PUBLICKEYBYTES];
    noi_str n = find_field(text, "name: "), p = find_field(text, "public: ");
    if (!starts_with(&text, kind) || !is_name(n) || !read_hex(pk, sizeof pk, p))
        return fail_no_key(path);
    copy(name, NOI_SIGNER_NAME, n);
    copy(hex, NOI_PUBLIC_HEX, p);
    return NOI_OK;
}

static noi_status open_seed(unsigned char seed[SEED], noi_str text, const char *path,
                            const char *passphrase) {
    unsigned char salt[SALT], nonce[NONCE], box[BOX], key[crypto_secretbox_KEYBYTES];
    if (read_hex(seed, SEED, find_field(text, "secret: ")))
        return NOI_OK;
    if (!read_hex(salt, sizeof salt, find_field(text, "salt: ")) ||
        !read_hex(nonce, sizeof nonce, find_field(text, "nonce: ")) ||
        !read_hex(box, sizeof box, find_field(text, "locked: ")))
        return fail_no_key(path);
    if (!passphrase) {
        noi_status status = noi_fail(NOI_ERR_USAGE, _("the key %s is locked with a passphrase"), path);
        noi_hint(_("--passphrase-file FILE: its first line opens the key"));
        return status;
    }
    NOI_TRY(lock_with(key, passphrase, salt));
    bool opened = crypto_secretbox_open_easy(seed, box, sizeof box, nonce, key) == 0;
    sodium_memzero(key, sizeof key);
    return opened ? NOI_OK : noi_fail(NOI_ERR_INPUT, _("the passphrase does not open the key %s"), path);
}

noi_status noi_signing_key_read(noi_signing_key *out, const char *path, const char *passphrase) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    unsigned char seed[SEED], pk[crypto_sign_PUBLICKEYBYTES], stated[crypto_sign_PUBLICKEYBYTES];
    NOI_TRY(want_sodium());
    NOI_TRY(noi_map_open(&map, path));
    NOI_TRY(read_names(out->name, out->public_hex, noi_map_bytes(map), "noi-secret-key 1\n", path));
    NOI_TRY(open_seed(seed, noi_map_bytes(map), path, passphrase));
    crypto_sign_seed_keypair(pk, out->secret, seed);
    sodium_memzero(seed, sizeof seed);
    (void)read_hex(stated, sizeof stated, noi_str_of(out->public_hex));
    if (memcmp(pk, stated, sizeof pk) == 0)
        return NOI_OK;
    noi_signing_key_wipe(out);
    return noi_fail(NOI_ERR_INPUT, _("the two halves of the key %s do not belong together"), path);
}

void noi_signing_key_wipe(noi_signing_key *key) {
    sodium_memzero(key, sizeof *key);
}

noi_status noi_public_key_read(noi_public_key *out, const char *path) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, path));
    return read_names(out->name, out->hex, noi_map_bytes(map), "noi-public-key 1\n", path);
}

/* ---- signing --------------------------------------------------------------------------------- */

/* What is signed says what for: a signature of noi is one of nothing else. */
static void add_message(noi_buf *out, const char *subject, const char *name) {
    noi_buf_printf(out, "noi signature 1\n%s\n%s\n", subject, name);
}

noi_signature noi_sign(const noi_signing_key *key, const char *subject) {
    NOI_AUTO_BUF noi_buf message = {0};
    noi_signature signature = {0};
    unsigned char bytes[crypto_sign_BYTES];
    add_message(&message, subject, key->name);
    crypto_sign_detached(bytes, NULL, (const unsigned char *)message.p, message.n, key->secret);
    memcpy(signature.name, key->name, sizeof signature.name);
    memcpy(signature.public_hex, key->public_hex, sizeof signature.public_hex);
    sodium_bin2hex(signature.hex, sizeof signature.hex, bytes, sizeof bytes);
    return signature;
}

bool noi_signature_holds(const noi_signature *signature, const char *subject) {
    NOI_AUTO_BUF noi_buf message = {0};
    unsigned char bytes[crypto_sign_BYTES], pk[crypto_sign_PUBLICKEYBYTES];
    if (sodium_init() < 0 || !read_hex(bytes, sizeof bytes, noi_str_of(signature->hex)) ||
        !read_hex(pk, sizeof pk, noi_str_of(signature->public_hex)))
        return false;
    add_message(&message, subject, signature->name);
    return crypto_sign_verify_detached(bytes, (const unsigned char *)message.p, message.n, pk) == 0;
}

/* ---- files of signatures --------------------------------------------------------------------- */

static noi_status fail_line(const char *path, int line) {
    noi_status status = noi_fail_at(NOI_ERR_INPUT, path, line, _("this is not a file of signatures"));
    noi_hint(_("noi sign FILE --key NAME.key writes FILE.sig"));
    return status;
}

/* "signed: PUBLIC SIGNATURE NAME" */
static bool read_signature(noi_signature *out, noi_str line) {
    unsigned char bytes[crypto_sign_BYTES], pk[crypto_sign_PUBLICKEYBYTES];
    const size_t p = NOI_PUBLIC_HEX - 1, s = NOI_SIGNATURE_HEX - 1;
    if (!starts_with(&line, "signed: ") || line.n < p + s + 3 || line.p[p] != ' ' || line.p[p + 1 + s] != ' ')
        return false;
    noi_str public = {line.p, p}, hex = {line.p + p + 1, s};
    noi_str name = {line.p + p + s + 2, line.n - p - s - 2};
    if (!read_hex(pk, sizeof pk, public) || !read_hex(bytes, sizeof bytes, hex) || !is_name(name))
        return false;
    copy(out->name, sizeof out->name, name);
    copy(out->public_hex, sizeof out->public_hex, public);
    copy(out->hex, sizeof out->hex, hex);
    return true;
}

noi_status noi_signatures_read(noi_signatures *out, const char *path) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    unsigned char subject[32];
    NOI_TRY(noi_map_open(&map, path));
    noi_str rest = noi_map_bytes(map), line = {NULL, 0};
    *out = (noi_signatures){.n = 0};
    if (!next_line(&line, &rest) || !noi_str_is(line, "noi-signatures 1"))
        return fail_line(path, 1);
    if (!next_line(&line, &rest) || !starts_with(&line, "of: ") || !read_hex(subject, sizeof subject, line))
        return fail_line(path, 2);
    copy(out->subject, sizeof out->subject, line);
    for (int number = 3; next_line(&line, &rest); number++) {
        if (out->n == NOI_SIGNATURES_MAX)
            return noi_fail_at(NOI_ERR_INPUT, path, number, _("more than %d signatures"), NOI_SIGNATURES_MAX);
        if (!read_signature(&out->items[out->n], line))
            return fail_line(path, number);
        out->n++;
    }
    return NOI_OK;
}

noi_status noi_signatures_write(const noi_signatures *signatures, const char *path) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, path));
    NOI_TRY(noi_out_printf(out, "noi-signatures 1\nof: %s\n", signatures->subject));
    for (size_t i = 0; i < signatures->n; i++)
        NOI_TRY(noi_out_printf(out, "signed: %s %s %s\n", signatures->items[i].public_hex,
                               signatures->items[i].hex, signatures->items[i].name));
    return noi_out_commit(out);
}
