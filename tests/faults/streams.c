/*
 * streams.c: streams of the C library call the kernel from within it, where nothing can be put in
 * between; so a stream of a file below the folder is made of calls of ours (fopencookie).
 */
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_STREAMS 64

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    FILE *stream;
    int fd;
} streams[MOST_STREAMS];

static int fd_of(void *cookie) {
    return (int)(intptr_t)cookie;
}

static ssize_t cookie_read(void *cookie, char *to, size_t n) {
    return read(fd_of(cookie), to, n);
}

static ssize_t cookie_write(void *cookie, const char *from, size_t n) {
    size_t done = 0;
    while (done < n) {
        ssize_t more = write(fd_of(cookie), from + done, n - done);
        if (more <= 0)
            return 0; /* so a cookie tells an error */
        done += (size_t)more;
    }
    return (ssize_t)n;
}

static int cookie_seek(void *cookie, off64_t *offset, int whence) {
    off64_t at = lseek64(fd_of(cookie), *offset, whence);
    if (at < 0)
        return -1;
    *offset = at;
    return 0;
}

static int cookie_close(void *cookie) {
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < MOST_STREAMS; i++)
        if (streams[i].stream && streams[i].fd == fd_of(cookie))
            streams[i].stream = NULL;
    pthread_mutex_unlock(&lock);
    return close(fd_of(cookie));
}

static FILE *stream_of(int fd, const char *mode) {
    const cookie_io_functions_t calls = {cookie_read, cookie_write, cookie_seek, cookie_close};
    FILE *stream = fd < 0 ? NULL : fopencookie((void *)(intptr_t)fd, mode, calls);
    pthread_mutex_lock(&lock);
    for (size_t i = 0; stream && i < MOST_STREAMS; i++)
        if (!streams[i].stream) {
            streams[i].stream = stream;
            streams[i].fd = fd;
            break;
        }
    pthread_mutex_unlock(&lock);
    return stream;
}

static int flags_of(const char *mode) {
    bool both = strchr(mode, '+');
    if (mode[0] == 'r')
        return both ? O_RDWR : O_RDONLY;
    return (both ? O_RDWR : O_WRONLY) | O_CREAT | (mode[0] == 'w' ? O_TRUNC : O_APPEND);
}

PUBLIC FILE *fopen(const char *path, const char *mode) {
    return is_under(path) ? stream_of(open(path, flags_of(mode), 0666), mode)
                          : NEXT(fopen)(path, mode);
}

PUBLIC FILE *fopen64(const char *path, const char *mode) {
    return is_under(path) ? stream_of(open(path, flags_of(mode), 0666), mode)
                          : NEXT(fopen64)(path, mode);
}

PUBLIC FILE *fdopen(int fd, const char *mode) {
    return is_ours(fd) ? stream_of(fd, mode) : NEXT(fdopen)(fd, mode);
}

PUBLIC int fileno(FILE *stream) {
    for (size_t i = 0; i < MOST_STREAMS; i++)
        if (streams[i].stream == stream)
            return streams[i].fd;
    return NEXT(fileno)(stream);
}

PUBLIC int mkstemp(char *pattern) {
    size_t n = strlen(pattern);
    for (int tries = 0; tries < 1000 && n >= 6; tries++) {
        for (size_t i = n - 6; i < n; i++)
            pattern[i] = "abcdefghijklmnopqrstuvwxyz"[(unsigned)rand() % 26];
        int fd = open(pattern, O_RDWR | O_CREAT | O_EXCL, 0600);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

PUBLIC int mkstemp64(char *pattern) {
    return mkstemp(pattern);
}

PUBLIC FILE *tmpfile(void) {
    char path[PATH_MAX];
    const char *folder = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/stream-XXXXXX", folder ? folder : "/tmp");
    int fd = mkstemp(path);
    if (fd >= 0)
        NEXT(unlink)(path);
    return fd < 0 ? NULL : is_ours(fd) ? stream_of(fd, "w+") : NEXT(fdopen)(fd, "w+");
}

PUBLIC FILE *tmpfile64(void) {
    return tmpfile();
}
