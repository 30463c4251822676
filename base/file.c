/* file.c: mapped input and all-or-nothing output; see file.h. */
#include "base/file.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct noi_map {
    char *bytes;
    size_t n;
};

static noi_status map_descriptor(noi_map *map, int fd, const char *path) {
    struct stat st;
    if (fstat(fd, &st) != 0)
        return noi_fail_errno(NOI_ERR_IO, _("%s: cannot be read"), path);
    if (S_ISDIR(st.st_mode)) {
        noi_status status = noi_fail(NOI_ERR_IO, _("%s is a folder, not a file"), path);
        noi_hint(_("name a file inside it"));
        return status;
    }
    if (!S_ISREG(st.st_mode)) {
        noi_status status = noi_fail(NOI_ERR_IO, _("%s is not a regular file"), path);
        noi_hint(_("save what it gives in a file first, and name that"));
        return status;
    }
    map->n = (size_t)st.st_size;
    if (map->n == 0)
        return NOI_OK;
    map->bytes = mmap(NULL, map->n, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map->bytes == MAP_FAILED) {
        map->bytes = NULL;
        return noi_fail_errno(NOI_ERR_IO, _("%s: cannot be mapped into memory"), path);
    }
    madvise(map->bytes, map->n, MADV_SEQUENTIAL);
    return NOI_OK;
}

noi_status noi_map_open(noi_map **out, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        noi_status status = noi_fail_errno(NOI_ERR_IO, _("%s: cannot be opened"), path);
        noi_hint(_("check the name, and that you may read the file"));
        return status;
    }
    noi_map *map = noi_alloc_zero(1, sizeof *map);
    noi_status status = map_descriptor(map, fd, path);
    close(fd);
    if (status != NOI_OK) {
        noi_map_close(map);
        return status;
    }
    *out = map;
    return NOI_OK;
}

void noi_map_close(noi_map *map) {
    if (!map)
        return;
    if (map->bytes)
        munmap(map->bytes, map->n);
    free(map);
}

noi_str noi_map_bytes(const noi_map *map) {
    return map->bytes ? (noi_str){map->bytes, map->n} : NOI_STR("");
}

void noi_map_done_with(noi_map *map, size_t upto) {
    size_t whole = upto & ~((size_t)(1 << 20) - 1);
    if (map->bytes && whole && whole <= map->n)
        madvise(map->bytes, whole, MADV_DONTNEED);
}

struct noi_out {
    int fd;
    char *path; /* NULL for standard output */
    char *part; /* NULL for standard output and devices */
    noi_buf waiting;
    noi_error failure;
};

/* A registry, a GeoPackage: all that a city has may be in it. */
static bool is_database(const char *path) {
    static const char begin[16] = "SQLite format 3"; /* with its NUL */
    struct stat st;
    char read_here[sizeof begin];
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, read_here, sizeof read_here);
    if (fd >= 0)
        close(fd);
    return n == (ssize_t)sizeof begin && memcmp(read_here, begin, sizeof begin) == 0;
}

/* SQLite's own files beside a database: whoever replaces the journal of a transaction loses the database. */
static bool is_beside_database(const char *path) {
    static const char *const ends[] = {"-journal", "-wal", "-shm"};
    size_t n = strlen(path);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i]);
        if (n <= end || strcmp(path + n - end, ends[i]) != 0)
            continue;
        NOI_AUTO_FREE char *base = noi_strndup(path, n - end);
        return is_database(base);
    }
    return false;
}

static noi_status open_out(noi_out **out, const char *path, mode_t mode) {
    noi_out *o = noi_alloc_zero(1, sizeof *o);
    if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0) {
        o->fd = STDOUT_FILENO;
        *out = o;
        return NOI_OK;
    }
    if (is_database(path) || is_beside_database(path)) {
        noi_status status =
            noi_fail(NOI_ERR_CONFLICT, _("%s is a database, or belongs to one; it is not replaced"), path);
        noi_hint(_("name another file; check the order of the arguments"));
        free(o);
        return status;
    }
    struct stat st;
    noi_status place = noi_out_place(&o->path, path);
    if (place != NOI_OK) {
        free(o);
        return place;
    }
    bool is_there = stat(o->path, &st) == 0;
    if (!is_there || S_ISREG(st.st_mode))
        o->part = noi_part_name(o->path);
    o->fd = o->part ? open(o->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
                    : open(path, O_WRONLY | O_CLOEXEC); /* a folder fails here */
    if (o->fd < 0) {
        noi_status status = noi_fail_errno(NOI_ERR_IO, _("%s: cannot be written"), path);
        noi_hint(_("check that the folder exists and that you may write to it"));
        free(o->path);
        free(o->part);
        free(o);
        return status;
    }
    *out = o;
    return NOI_OK;
}

noi_status noi_out_open(noi_out **out, const char *path) {
    return open_out(out, path, 0666);
}

noi_status noi_out_open_private(noi_out **out, const char *path) {
    NOI_AUTO(noi_out_closep) noi_out *o = NULL;
    NOI_TRY(open_out(&o, path, 0600));
    if (o->part && fchmod(o->fd, 0600) != 0) /* a part file that a killed run had left */
        return noi_fail_errno(NOI_ERR_IO, _("%s: cannot be written"), path);
    *out = o;
    o = NULL;
    return NOI_OK;
}

static noi_status flush_waiting(noi_out *out) {
    if (!noi_write_all(out->fd, out->waiting.p, out->waiting.n)) {
        noi_status status = noi_fail_errno(NOI_ERR_IO, _("%s: cannot be written"),
                                           out->path ? out->path : _("standard output"));
        noi_hint(_("free some space or name another place; no half-written file was left"));
        noi_error_save(&out->failure, status);
        return status;
    }
    noi_buf_clear(&out->waiting);
    return NOI_OK;
}

noi_status noi_out_write(noi_out *out, const void *bytes, size_t n) {
    if (out->failure.status != NOI_OK)
        return noi_error_restore(&out->failure);
    noi_buf_add(&out->waiting, bytes, n);
    return out->waiting.n >= (1 << 18) ? flush_waiting(out) : NOI_OK;
}

noi_status noi_out_printf(noi_out *out, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    NOI_AUTO_FREE char *text = noi_alloc(n < 0 ? 1 : (size_t)n + 1);
    if (n >= 0)
        vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return noi_out_write(out, text, n < 0 ? 0 : (size_t)n);
}

/* Gives the part its name: by a rename, or by a link, which refuses where the name is taken. */
static bool place_part(const noi_out *out, bool is_new) {
    if (!is_new)
        return rename(out->part, out->path) == 0;
    if (link(out->part, out->path) != 0)
        return false;
    unlink(out->part);
    return true;
}

static noi_status commit(noi_out *out, bool is_new) {
    if (out->failure.status != NOI_OK)
        return noi_error_restore(&out->failure);
    NOI_TRY(flush_waiting(out));
    if (!out->path)
        return NOI_OK;
    int synced = out->part ? fsync(out->fd) : 0;
    int closed = close(out->fd);
    out->fd = -1;
    if (synced != 0 || closed != 0)
        return noi_fail_errno(NOI_ERR_IO, _("%s: cannot be written"), out->path);
    if (out->part && !place_part(out, is_new)) {
        if (!is_new || errno != EEXIST)
            return noi_fail_errno(NOI_ERR_IO, _("%s: cannot be written"), out->path);
        noi_status status = noi_fail(NOI_ERR_CONFLICT, _("%s exists already"), out->path);
        noi_hint(_("name another file; this one is not replaced"));
        return status;
    }
    bool is_safe = !out->part || noi_name_on_disk(out->path);
    free(out->part);
    out->part = NULL;
    return is_safe ? NOI_OK : noi_fail_errno(NOI_ERR_IO, _("%s: cannot be written"), out->path);
}

noi_status noi_out_commit(noi_out *out) {
    return commit(out, false);
}

noi_status noi_out_commit_new(noi_out *out) {
    return commit(out, true);
}

void noi_out_close(noi_out *out) {
    if (!out)
        return;
    if (out->path && out->fd >= 0)
        close(out->fd);
    if (out->part)
        unlink(out->part);
    free(out->part);
    free(out->path);
    noi_buf_free(&out->waiting);
    free(out);
}

noi_status noi_refuse_overwrite(const char *out, const char *in) {
    struct stat a, b;
    bool same = stat(out, &a) == 0 && stat(in, &b) == 0 && S_ISREG(a.st_mode) &&
                a.st_dev == b.st_dev && a.st_ino == b.st_ino;
    if (!same)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("%s would replace its own input"), out);
    noi_hint(_("name another file for the result"));
    return status;
}

const char *noi_path_base(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

noi_status noi_make_folder(const char *path) {
    NOI_AUTO_FREE char *copy = noi_strdup(path);
    for (char *p = copy + 1; p[-1]; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        char kept = *p;
        *p = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            return noi_fail_errno(NOI_ERR_IO, _("%s: the folder cannot be made"), copy);
        *p = kept;
        if (!kept)
            break;
    }
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
        return noi_fail(NOI_ERR_IO, _("%s is in the way: it is not a folder"), path);
    return NOI_OK;
}
