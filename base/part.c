/*
 * part.c: names for what is being written, and the removal of what was left; see file.h. Two
 * processes may write one path at a time: each has a part of its own, and the one that ends last
 * stands.
 */
#include "base/file.h"

#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ABANDONED_S 3600 /* a part of a process that is not here may be another machine's */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at) {
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

noi_status noi_file_look_at(noi_file_look *out, const char *path) {
    struct stat st;
    if (stat(path, &st) != 0)
        return noi_fail_errno(NOI_ERR_IO, _("%s: cannot be read"), path);
    *out = (noi_file_look){st.st_dev, st.st_ino, st.st_size, st.st_mtim.tv_sec, st.st_mtim.tv_nsec};
    return NOI_OK;
}

noi_status noi_file_is_as_it_was(const noi_file_look *then, const char *path) {
    noi_file_look now = {0};
    NOI_TRY(noi_file_look_at(&now, path));
    if (now.device == then->device && now.inode == then->inode && now.bytes == then->bytes &&
        now.seconds == then->seconds && now.nanoseconds == then->nanoseconds)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_IO, _("%s changed while it was read: %lld bytes then, %lld now"),
                                 path, (long long)then->bytes, (long long)now.bytes);
    noi_hint(_("run the command again when nobody writes to the file"));
    return status;
}

bool noi_write_all(int fd, const void *bytes, size_t n) {
    for (const char *at = bytes; n > 0;) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno != EINTR)
            return false;
        at += done < 0 ? 0 : done;
        n -= done < 0 ? 0 : (size_t)done;
    }
    return true;
}

bool noi_on_disk(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    /* Some network disks bring names to the disk at once and refuse to be asked for it. */
    bool fine = fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
    int kept = errno;
    close(fd);
    errno = kept;
    return fine;
}

/* "a/b" → "a", "b" → ".", "/b" → "/". Yours: free. */
static char *folder_of(const char *path) {
    const char *base = noi_path_base(path);
    return base == path ? noi_strdup(".") : noi_strndup(path, (size_t)(base - path));
}

bool noi_name_on_disk(const char *path) {
    NOI_AUTO_FREE char *folder = folder_of(path);
    return noi_on_disk(folder);
}

bool noi_remove_tree(const char *path) {
    struct stat st;
    return lstat(path, &st) != 0 || nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0;
}

/* The process that "<base>.<pid>.part" (and "...part-journal") belongs to; 0 for other names. */
static long owner_of(const char *name, const char *base) {
    size_t n = strlen(base);
    if (strncmp(name, base, n) != 0 || name[n] != '.')
        return 0;
    char *end;
    long pid = strtol(name + n + 1, &end, 10);
    return pid > 0 && strncmp(end, ".part", 5) == 0 ? pid : 0;
}

static void remove_if_abandoned(const char *folder, const char *name, const char *base) {
    long pid = owner_of(name, base);
    struct stat st;
    NOI_AUTO_FREE char *path = noi_format("%s/%s", folder, name);
    if (pid == 0 || kill((pid_t)pid, 0) == 0 || errno != ESRCH || lstat(path, &st) != 0)
        return;
    if (st.st_mtime + ABANDONED_S < time(NULL))
        noi_remove_tree(path);
}

noi_status noi_out_place(char **out, const char *path) {
    struct stat st;
    bool is_link = lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
    *out = is_link ? realpath(path, NULL) : noi_strdup(path);
    if (*out)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_IO, _("%s is a link to a place that is not there"), path);
    noi_hint(_("remove the link, or bring back what it leads to"));
    return status;
}

char *noi_part_name(const char *path) {
    const char *base = noi_path_base(path);
    NOI_AUTO_FREE char *folder = folder_of(path);
    DIR *dir = opendir(folder);
    for (struct dirent *e = dir ? readdir(dir) : NULL; e; e = readdir(dir))
        remove_if_abandoned(folder, e->d_name, base);
    if (dir)
        closedir(dir);
    return noi_format("%s.%ld.part", path, (long)getpid());
}
