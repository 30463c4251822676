/*
 * fault.c: a disk and a clock that misbehave on command. Loaded before a program (LD_PRELOAD), it
 * counts what the program does to the files below one folder, and lets one of these calls go wrong.
 *
 *     NOI_FAULT_UNDER   the folder; what happens elsewhere is neither counted nor touched
 *     NOI_FAULT         KIND:N[:ARGUMENT], see `kinds`; without it only counts
 *     NOI_FAULT_REPORT  where the counts go at the end, and "struck" as soon as the fault has come
 *     NOI_FAULT_SHADOW  an empty folder on the same disk, for what a power cut may bring back
 *
 * A power cut loses what was not yet brought to the disk: each write and truncation that no fsync
 * of the file followed, and each name that was made, changed or removed without an fsync of its
 * folder. A disk may have written any part of that already. So all of it is kept here until it is
 * safe; at the cut, data is put back as it was and then a part of it (by the seed ARGUMENT) written
 * again, whole or torn, and the last few names are put back.
 */
#include "fault.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define MOST_FDS 4096
#define SECTOR   512

typedef enum operation { READ, WRITE, SYNC, NAME, OPEN, MAP, CLOCK, CHANGE, OPERATIONS } operation;

static const char *const operation_keys[OPERATIONS] = {"read", "write", "sync",  "name",
                                                       "open", "map",   "clock", "change"};

typedef enum action {
    NOTHING,
    FAIL,
    SHORT,
    FULL,
    KILL,
    TORN,
    CUT,
    CUT_AT_END,
    BACK,
    STOP,
    LOST
} action;

/* What goes wrong at the N-th call of an operation. CHANGE counts writes, syncs and names together.
 */
static const struct kind {
    const char *key;
    operation at;
    action action;
    int error;
} kinds[] = {
    {"read-error", READ, FAIL, EIO},
    {"read-short", READ, SHORT, 0},
    {"write-error", WRITE, FAIL, EIO},
    {"write-short", WRITE, SHORT, 0},
    {"sync-error", SYNC, FAIL, EIO},
    {"name-error", NAME, FAIL, EIO},
    {"open-error", OPEN, FAIL, EMFILE},
    {"map-error", MAP, FAIL, ENOMEM},
    {"map-lost", MAP, LOST, 0},                /* the file loses all its bytes below the mapping */
    {"disk-full", OPERATIONS, FULL, 0},        /* N: bytes that files may still grow by */
    {"kill", CHANGE, KILL, 0},                 /* before the call */
    {"kill-torn", CHANGE, TORN, 0},            /* in the middle of it, where it writes */
    {"power-cut", CHANGE, CUT, 0},             /* ARGUMENT: the seed of what was lost */
    {"cut-at-end", OPERATIONS, CUT_AT_END, 0}, /* when the program has ended; ARGUMENT: the seed */
    {"clock-back", CLOCK, BACK, 0},            /* ARGUMENT: seconds */
    {"stop", CHANGE, STOP, 0},                 /* SIGSTOP: waits for SIGCONT */
};

typedef struct file {
    dev_t device;
    ino_t inode;
    int fd; /* ours, to read and write what the program's own may not; -1 for folders */
} file;

/* One thing that no fsync has made safe yet. */
typedef struct doing {
    enum { DATA, MADE, REMOVED, RENAMED, EXCHANGED, FOLDER_MADE, FOLDER_REMOVED } what;
    int file;     /* DATA: which; names: the folder, as a file */
    off_t offset; /* DATA: of the bytes */
    off_t size_before, size_after;
    char *before, *after; /* DATA: the bytes */
    size_t n_before, n_after;
    char *name, *other; /* names: RENAMED from `other` to `name` */
    char *kept;         /* a link to what stood under `name`; NULL for nothing */
} doing;

static struct {
    pthread_mutex_t lock;
    bool is_on, has_struck, keeps; /* keeps: a power cut is to come */
    char under[PATH_MAX];
    size_t n_under;
    const struct kind *kind;
    long long n;
    uint64_t argument;
    long long counts[OPERATIONS], grown;
    int of_fd[MOST_FDS]; /* 1 + number of the file; 0: not one of ours */
    file *files;
    size_t n_files;
    doing *doings;
    size_t n_doings, cap_doings;
    unsigned n_kept;
} s = {.lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP};

static void take(void) {
    pthread_mutex_lock(&s.lock);
}

static void leave(void) {
    int kept = errno;
    pthread_mutex_unlock(&s.lock);
    errno = kept;
}

/* ---- beginning, end, and the fault itself ------------------------------------------------------
 */

static void report(const char *text) {
    const char *path = getenv("NOI_FAULT_REPORT");
    int fd = path ? NEXT(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (fd < 0)
        return;
    if (NEXT(write)(fd, text, strlen(text)) < 0)
        abort();
    NEXT(close)(fd);
}

static void read_fault(const char *text) {
    size_t n = strcspn(text, ":");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i].key) == n && strncmp(kinds[i].key, text, n) == 0)
            s.kind = &kinds[i];
    if (!s.kind || text[n] != ':') {
        fprintf(stderr, "fault: there is no fault '%s'\n", text);
        _exit(99);
    }
    char *end;
    s.n = strtoll(text + n + 1, &end, 10);
    s.argument = *end == ':' ? strtoull(end + 1, NULL, 10) : 0;
    s.keeps = s.kind->action == CUT || s.kind->action == CUT_AT_END;
}

__attribute__((constructor)) static void begin(void) {
    const char *under = getenv("NOI_FAULT_UNDER"), *fault = getenv("NOI_FAULT");
    if (!under || !realpath(under, s.under))
        return;
    s.n_under = strlen(s.under);
    if (fault && *fault)
        read_fault(fault);
    s.is_on = true;
}

static void cut_power(void);

__attribute__((destructor)) static void end(void) {
    char line[64];
    if (!s.is_on)
        return;
    take();
    if (s.kind && s.kind->action == CUT_AT_END)
        cut_power();
    s.is_on = false;
    for (int i = 0; i < OPERATIONS; i++) {
        snprintf(line, sizeof line, "%s %lld\n", operation_keys[i], s.counts[i]);
        report(line);
    }
    snprintf(line, sizeof line, "grown %lld\n", s.grown);
    report(line);
    leave();
}

static void has_struck(void) {
    if (!s.has_struck)
        report("struck\n");
    s.has_struck = true;
}

/* Counts a call; true when it is the one that goes wrong in the way `how`. */
static bool strikes(operation at, action how) {
    bool now = s.kind && s.kind->at == at && s.kind->action == how && s.counts[at] == s.n;
    if (now)
        has_struck();
    return now;
}

static bool fails(operation at) {
    s.counts[at]++;
    if (!strikes(at, FAIL))
        return false;
    errno = s.kind->error;
    return true;
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

/* Before each change: the moment for whatever ends the process. */
static void change(void) {
    s.counts[CHANGE]++;
    if (strikes(CHANGE, KILL))
        die();
    if (strikes(CHANGE, CUT)) {
        cut_power();
        die();
    }
    if (strikes(CHANGE, STOP)) {
        leave();
        raise(SIGSTOP);
        take();
    }
}

/* ---- which files are ours ----------------------------------------------------------------------
 */

bool is_under(const char *path) {
    char whole[PATH_MAX];
    if (!s.is_on || !path)
        return false;
    if (path[0] != '/') {
        if (!getcwd(whole, sizeof whole))
            return false;
        path = whole;
    }
    return strncmp(path, s.under, s.n_under) == 0 &&
           (path[s.n_under] == '/' || path[s.n_under] == '\0');
}

static int file_of(const struct stat *st, int fd) {
    for (size_t i = 0; i < s.n_files; i++)
        if (s.files[i].device == st->st_dev && s.files[i].inode == st->st_ino)
            return (int)i;
    file f = {st->st_dev, st->st_ino, -1};
    if (S_ISREG(st->st_mode) && s.keeps) {
        char path[64];
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        f.fd =
            NEXT(open)(path, O_RDWR | O_CLOEXEC); /* never closed: that would drop SQLite's locks */
    }
    s.files = realloc(s.files, (s.n_files + 1) * sizeof *s.files);
    if (!s.files)
        abort();
    s.files[s.n_files] = f;
    return (int)s.n_files++;
}

static void know(int fd) {
    struct stat st;
    if (fd < 0 || fd >= MOST_FDS || fstat(fd, &st) != 0)
        return;
    if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))
        s.of_fd[fd] = 1 + file_of(&st, fd);
}

bool is_ours(int fd) {
    return s.is_on && fd >= 0 && fd < MOST_FDS && s.of_fd[fd] > 0;
}

/* The folder that a name stands in, as a file; -1 when it is not there. */
static int folder_of(const char *name) {
    char folder[PATH_MAX];
    struct stat st;
    const char *slash = strrchr(name, '/');
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - name) : 1, slash ? name : ".");
    return stat(folder, &st) == 0 ? file_of(&st, -1) : -1;
}

/* ---- what is not safe yet ----------------------------------------------------------------------
 */

static doing *keep(doing d) {
    if (s.n_doings == s.cap_doings) {
        s.cap_doings = s.cap_doings ? 2 * s.cap_doings : 256;
        s.doings = realloc(s.doings, s.cap_doings * sizeof *s.doings);
        if (!s.doings)
            abort();
    }
    s.doings[s.n_doings] = d;
    return &s.doings[s.n_doings++];
}

static char *copy_of(const void *bytes, size_t n) {
    char *copy = malloc(n + 1);
    if (!copy)
        abort();
    if (bytes)
        memcpy(copy, bytes, n);
    copy[n] = '\0';
    return copy;
}

static off_t size_of(int fd) {
    struct stat st;
    return fstat(fd, &st) == 0 ? st.st_size : 0;
}

/* Keeps what lies from `offset` on, n bytes or as many as there are. */
static void keep_before(doing *d, off_t offset, size_t n) {
    int fd = s.files[d->file].fd;
    d->before = copy_of(NULL, n);
    ssize_t got = NEXT(pread)(fd, d->before, n, offset);
    d->n_before = got > 0 ? (size_t)got : 0;
}

static void keep_write(int fd, const void *bytes, size_t n, off_t offset) {
    int number = s.of_fd[fd] - 1;
    if (!s.keeps || s.files[number].fd < 0)
        return;
    off_t size = size_of(fd), end = offset + (off_t)n;
    doing d = {.what = DATA, .file = number, .offset = offset, .size_before = size};
    d.size_after = end > size ? end : size;
    d.after = copy_of(bytes, n);
    d.n_after = n;
    keep_before(&d, offset, n);
    keep(d);
}

static void keep_truncate(int fd, off_t size) {
    int number = s.of_fd[fd] - 1;
    if (!s.keeps || s.files[number].fd < 0)
        return;
    off_t now = size_of(fd);
    doing d = {
        .what = DATA, .file = number, .offset = size, .size_before = now, .size_after = size};
    keep_before(&d, size, now > size ? (size_t)(now - size) : 0);
    keep(d);
}

static char *absolute(const char *path) {
    char folder[PATH_MAX], whole[2 * PATH_MAX];
    if (path[0] == '/' || !getcwd(folder, sizeof folder))
        return copy_of(path, strlen(path));
    snprintf(whole, sizeof whole, "%s/%s", folder, path);
    return copy_of(whole, strlen(whole));
}

/* Keeps a change of names; what stands under `name` now stays reachable by a link. */
static void keep_name(int what, const char *name, const char *other) {
    const char *shadow = getenv("NOI_FAULT_SHADOW");
    struct stat st;
    if (!s.keeps || !shadow)
        return;
    doing d = {.what = what, .name = absolute(name), .other = other ? absolute(other) : NULL};
    d.file = folder_of(d.name);
    if (what != MADE && what != EXCHANGED && lstat(name, &st) == 0 && S_ISREG(st.st_mode)) {
        char kept[PATH_MAX];
        snprintf(kept, sizeof kept, "%s/%u", shadow, s.n_kept++);
        if (NEXT(link)(name, kept) == 0)
            d.kept = copy_of(kept, strlen(kept));
    }
    keep(d);
}

/* The call that was kept last has failed: nothing came of it. */
static void forget_last(bool failed) {
    if (failed && s.keeps && s.n_doings)
        s.n_doings--;
}

/* An fsync has come back: what it covers is safe. */
static void settle(int fd) {
    size_t n = 0;
    if (!s.keeps)
        return;
    for (size_t i = 0; i < s.n_doings; i++)
        if (s.doings[i].file != s.of_fd[fd] - 1)
            s.doings[n++] = s.doings[i];
    s.n_doings = n;
}

/* ---- the power cut -----------------------------------------------------------------------------
 */

static uint64_t random_below(uint64_t n) {
    s.argument += 0x9e3779b97f4a7c15;
    uint64_t z = s.argument;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return n ? (z ^ (z >> 31)) % n : 0;
}

static void put(int fd, const char *bytes, size_t n, off_t offset) {
    if (n && NEXT(pwrite)(fd, bytes, n, offset) != (ssize_t)n)
        abort();
}

static void undo_data(const doing *d) {
    int fd = s.files[d->file].fd;
    if (NEXT(ftruncate)(fd, d->size_before) != 0)
        abort();
    put(fd, d->before, d->n_before, d->offset);
}

/* Whole, or only some of its sectors. */
static void redo_data(const doing *d, bool torn) {
    int fd = s.files[d->file].fd;
    if (!d->after) {
        if (!torn && NEXT(ftruncate)(fd, d->size_after) != 0)
            abort();
        return;
    }
    for (size_t at = 0; at < d->n_after; at += SECTOR) {
        size_t n = d->n_after - at < SECTOR ? d->n_after - at : SECTOR;
        if (!torn || random_below(2))
            put(fd, d->after + at, n, d->offset + (off_t)at);
    }
}

static void undo_name(const doing *d) {
    switch (d->what) {
    case MADE:
        NEXT(unlink)(d->name);
        break;
    case RENAMED:
        NEXT(rename)(d->name, d->other);
        break;
    case EXCHANGED:
        NEXT(renameat2)(AT_FDCWD, d->name, AT_FDCWD, d->other, RENAME_EXCHANGE);
        break;
    case FOLDER_MADE:
        NEXT(rmdir)(d->name);
        break;
    case FOLDER_REMOVED:
        NEXT(mkdir)(d->name, 0700);
        break;
    default:
        break;
    }
    if (d->kept)
        NEXT(link)(d->kept, d->name);
}

/* One time in three all that was not safe is gone; else the disk has written some of it. */
static void cut_data(void) {
    bool all_gone = random_below(3) == 0;
    for (size_t i = s.n_doings; i-- > 0;)
        if (s.doings[i].what == DATA)
            undo_data(&s.doings[i]);
    for (size_t i = 0; i < s.n_doings && !all_gone; i++) {
        uint64_t fate = random_below(4);
        if (s.doings[i].what == DATA && fate != 0)
            redo_data(&s.doings[i], fate == 1);
    }
}

static void cut_power(void) {
    size_t names = 0;
    has_struck();
    cut_data();
    for (size_t i = 0; i < s.n_doings; i++)
        names += s.doings[i].what != DATA;
    size_t gone = random_below(2) ? names : (size_t)random_below(names + 1);
    for (size_t i = s.n_doings; i-- > 0 && gone;)
        if (s.doings[i].what != DATA) {
            undo_name(&s.doings[i]);
            gone--;
        }
    s.n_doings = 0;
    s.keeps = false;
}

/* ---- files -------------------------------------------------------------------------------------
 */

static int opened(int folder, const char *path, int flags, mode_t mode) {
    int (*next)(int, const char *, int, ...) = NEXT(openat);
    struct stat st;
    take();
    bool ours = is_under(path);
    bool makes = ours && (flags & O_CREAT) && lstat(path, &st) != 0;
    if (ours && (fails(OPEN) || (makes && fails(NAME)))) {
        leave();
        return -1;
    }
    if (makes) {
        change();
        keep_name(MADE, path, NULL);
    }
    int fd = next(folder, path, makes || !(flags & O_TRUNC) ? flags : flags & ~O_TRUNC, mode);
    if (makes)
        forget_last(fd < 0);
    if (fd >= 0 && ours) {
        know(fd);
        if (!makes && (flags & O_TRUNC) && ftruncate(fd, 0) != 0) {
            close(fd);
            fd = -1;
        }
    }
    leave();
    return fd;
}

static mode_t mode_of(int flags, va_list more) {
    return (flags & (O_CREAT | O_TMPFILE)) ? (mode_t)va_arg(more, int) : 0;
}

#define OPEN_LIKE(name)                                                                            \
    PUBLIC int name(const char *path, int flags, ...) {                                            \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        mode_t mode = mode_of(flags, more);                                                        \
        va_end(more);                                                                              \
        return opened(AT_FDCWD, path, flags, mode);                                                \
    }
OPEN_LIKE(open)
OPEN_LIKE(open64)

PUBLIC int close(int fd) {
    take();
    if (fd >= 0 && fd < MOST_FDS)
        s.of_fd[fd] = 0;
    leave();
    return NEXT(close)(fd);
}

/* How many of n bytes this call may move: fewer for a short one. */
static size_t shortened(operation at, size_t n) {
    return strikes(at, SHORT) && n > 1 ? n / 2 : n;
}

static ssize_t read_at(int fd, void *to, size_t n, off_t offset) {
    take();
    if (is_ours(fd)) {
        if (fails(READ)) {
            leave();
            return -1;
        }
        n = shortened(READ, n);
    }
    leave();
    return offset < 0 ? NEXT(read)(fd, to, n) : NEXT(pread)(fd, to, n, offset);
}

PUBLIC ssize_t read(int fd, void *to, size_t n) {
    return read_at(fd, to, n, -1);
}

PUBLIC ssize_t pread(int fd, void *to, size_t n, off_t offset) {
    return read_at(fd, to, n, offset);
}

PUBLIC ssize_t pread64(int fd, void *to, size_t n, off64_t offset) {
    return read_at(fd, to, n, offset);
}

/* Bytes that the disk has room for, of n that would end at `end`. */
static size_t room_for(int fd, size_t n, off_t end) {
    off_t grows = end - size_of(fd);
    if (grows > (off_t)n)
        grows = (off_t)n;
    if (grows <= 0)
        return n;
    if (s.kind && s.kind->action == FULL && s.grown + grows > s.n) {
        has_struck();
        long long room = s.n > s.grown ? s.n - s.grown : 0;
        n -= (size_t)(grows - room);
        grows = room;
    }
    s.grown += grows;
    return n;
}

static ssize_t write_ours(int fd, const void *from, size_t n, off_t at) {
    off_t offset = at < 0 ? lseek(fd, 0, SEEK_CUR) : at;
    if (fails(WRITE))
        return -1;
    change();
    bool torn = strikes(CHANGE, TORN);
    size_t want = torn ? n / 2 : shortened(WRITE, n);
    size_t room = room_for(fd, want, offset + (off_t)want);
    if (room == 0 && want > 0) {
        errno = ENOSPC;
        return -1;
    }
    keep_write(fd, from, room, offset);
    ssize_t done = at < 0 ? NEXT(write)(fd, from, room) : NEXT(pwrite)(fd, from, room, at);
    if (torn)
        die();
    return done;
}

static ssize_t write_at(int fd, const void *from, size_t n, off_t at) {
    if (!is_ours(fd))
        return at < 0 ? NEXT(write)(fd, from, n) : NEXT(pwrite)(fd, from, n, at);
    take();
    ssize_t done = write_ours(fd, from, n, at);
    leave();
    return done;
}

PUBLIC ssize_t write(int fd, const void *from, size_t n) {
    return write_at(fd, from, n, -1);
}

PUBLIC ssize_t pwrite(int fd, const void *from, size_t n, off_t offset) {
    return write_at(fd, from, n, offset);
}

PUBLIC ssize_t pwrite64(int fd, const void *from, size_t n, off64_t offset) {
    return write_at(fd, from, n, offset);
}

PUBLIC int ftruncate(int fd, off_t size) {
    if (!is_ours(fd))
        return NEXT(ftruncate)(fd, size);
    take();
    int result = -1;
    if (!fails(WRITE)) {
        change();
        if (strikes(CHANGE, TORN))
            die();
        keep_truncate(fd, size);
        result = NEXT(ftruncate)(fd, size);
    }
    leave();
    return result;
}

PUBLIC int ftruncate64(int fd, off64_t size) {
    return ftruncate(fd, size);
}

static int sync_by(int (*next)(int), int fd) {
    if (!is_ours(fd))
        return next(fd);
    take();
    int result = -1;
    if (!fails(SYNC)) {
        change();
        if (strikes(CHANGE, TORN))
            die();
        result = next(fd);
        if (result == 0)
            settle(fd);
    }
    leave();
    return result;
}

PUBLIC int fsync(int fd) {
    return sync_by(NEXT(fsync), fd);
}

PUBLIC int fdatasync(int fd) {
    return sync_by(NEXT(fdatasync), fd);
}

static void lose_bytes(int fd) {
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int other = NEXT(open)(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (other < 0)
        abort();
    NEXT(close)(other);
}

static void *map_by(void *(*next)(void *, size_t, int, int, int, off_t), void *at, size_t n,
                    int protection, int flags, int fd, off_t offset) {
    if (!is_ours(fd))
        return next(at, n, protection, flags, fd, offset);
    take();
    void *mapped = fails(MAP) ? MAP_FAILED : next(at, n, protection, flags, fd, offset);
    if (strikes(MAP, LOST))
        lose_bytes(fd);
    leave();
    return mapped;
}

PUBLIC void *mmap(void *at, size_t n, int protection, int flags, int fd, off_t offset) {
    return map_by(NEXT(mmap), at, n, protection, flags, fd, offset);
}

PUBLIC void *mmap64(void *at, size_t n, int protection, int flags, int fd, off64_t offset) {
    return map_by(NEXT(mmap64), at, n, protection, flags, fd, offset);
}

/* ---- names -------------------------------------------------------------------------------------
 */

/* Before a change of a name of ours: false when it is to fail. */
static bool may_name(int what, const char *name, const char *other) {
    if (fails(NAME))
        return false;
    change();
    if (strikes(CHANGE, TORN))
        die();
    keep_name(what, name, other);
    return true;
}

static int ended(int result) {
    forget_last(result != 0);
    leave();
    return result;
}

/* A call that changes names: ours when `name` is below the folder. */
#define NAMING(name_of_call, parameters, name, other, what, ...)                                   \
    PUBLIC int name_of_call parameters {                                                           \
        if (!is_under(name))                                                                       \
            return NEXT(name_of_call)(__VA_ARGS__);                                                \
        take();                                                                                    \
        if (may_name(what, name, other))                                                           \
            return ended(NEXT(name_of_call)(__VA_ARGS__));                                         \
        leave();                                                                                   \
        return -1;                                                                                 \
    }
NAMING(rename, (const char *from, const char *to), to, from, RENAMED, from, to)
NAMING(renameat2, (int f, const char *from, int t, const char *to, unsigned flags), to, from,
       (flags & RENAME_EXCHANGE ? EXCHANGED : RENAMED), f, from, t, to, flags)
NAMING(link, (const char *from, const char *to), to, NULL, MADE, from, to)
NAMING(symlink, (const char *from, const char *to), to, NULL, MADE, from, to)
NAMING(unlink, (const char *path), path, NULL, REMOVED, path)
NAMING(rmdir, (const char *path), path, NULL, FOLDER_REMOVED, path)
NAMING(mkdir, (const char *path, mode_t mode), path, NULL, FOLDER_MADE, path, mode)

PUBLIC int remove(const char *path) {
    struct stat st;
    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode) ? rmdir(path) : unlink(path);
}

/* ---- clocks ------------------------------------------------------------------------------------
 */

/* Seconds that the clock of the wall is behind by now. */
static time_t behind(void) {
    if (!s.is_on)
        return 0;
    take();
    s.counts[CLOCK]++;
    bool back = s.kind && s.kind->action == BACK && s.counts[CLOCK] >= s.n;
    if (back)
        has_struck();
    leave();
    return back ? (time_t)s.argument : 0;
}

PUBLIC int clock_gettime(clockid_t clock, struct timespec *out) {
    int result = NEXT(clock_gettime)(clock, out);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
        out->tv_sec -= behind();
    return result;
}

PUBLIC int gettimeofday(struct timeval *restrict out, void *restrict zone) {
    int result = NEXT(gettimeofday)(out, zone);
    out->tv_sec -= behind();
    return result;
}

PUBLIC time_t time(time_t *out) {
    struct timespec now;
    NEXT(clock_gettime)(CLOCK_REALTIME, &now);
    time_t seen = now.tv_sec - behind();
    if (out)
        *out = seen;
    return seen;
}
