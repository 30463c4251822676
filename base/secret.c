/* secret.c: see secret.h. */
#include "base/secret.h"

#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HEX          ((size_t)(2 * NOI_SECRET_BYTES))
#define PSEUDO_BYTES 10

/* A key that is there is never replaced: link() refuses, where rename() would not. */
static bool write_new(const char *path, const char *part, const char *text) {
    unlink(part);
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    bool written = noi_write_all(fd, text, strlen(text)) && fsync(fd) == 0;
    return close(fd) == 0 && written && link(part, path) == 0;
}

noi_status noi_secret_make(const char *path) {
    unsigned char raw[NOI_SECRET_BYTES];
    char text[HEX + 2];
    if (sodium_init() < 0)
        return noi_fail(NOI_ERR_INTERNAL, _("the system gives no random numbers"));
    NOI_AUTO_FREE char *part = noi_part_name(path);
    randombytes_buf(raw, sizeof raw);
    sodium_bin2hex(text, sizeof text, raw, sizeof raw);
    text[HEX] = '\n';
    text[HEX + 1] = '\0';
    bool fine = write_new(path, part, text);
    bool is_there = !fine && errno == EEXIST;
    sodium_memzero(raw, sizeof raw);
    sodium_memzero(text, sizeof text);
    noi_status status = NOI_OK;
    if (!fine || !noi_name_on_disk(path))
        status = noi_fail_errno(is_there ? NOI_ERR_CONFLICT : NOI_ERR_IO,
                                _("cannot make the key %s"), path);
    if (is_there)
        noi_hint(_("name another file, or use the key that is there: --key %s"), path);
    if (fine && status != NOI_OK)
        unlink(path);
    unlink(part);
    return status;
}

noi_status noi_secret_read(noi_secret *out, const char *path) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    NOI_TRY(noi_map_open(&map, path));
    noi_str text = noi_str_trim(noi_map_bytes(map));
    size_t n = 0;
    if (text.n == HEX &&
        sodium_hex2bin(out->bytes, sizeof out->bytes, text.p, text.n, NULL, &n, NULL) == 0 &&
        n == NOI_SECRET_BYTES)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_INPUT, _("%s is not a key"), path);
    noi_hint(_("noi redact --new-key FILE makes one"));
    return status;
}

void noi_secret_wipe(noi_secret *secret) {
    sodium_memzero(secret, sizeof *secret);
}

void noi_pseudonym(char out[NOI_PSEUDONYM_SIZE], const noi_secret *secret, noi_str text) {
    unsigned char raw[crypto_generichash_BYTES_MIN];
    crypto_generichash(raw, sizeof raw, (const unsigned char *)(text.p ? text.p : ""), text.n,
                       secret->bytes, sizeof secret->bytes);
    out[0] = 'x';
    sodium_bin2hex(out + 1, NOI_PSEUDONYM_SIZE - 1, raw, PSEUDO_BYTES);
}
