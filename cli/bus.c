/*
 * bus.c: see bus.h. Nothing but what a signal handler may call is called in it: the texts are
 * translated before, and the file is looked up in /proc/self/maps by the address that could not be
 * read.
 */
#include "cli/bus.h"

#include "base/file.h"
#include "base/i18n.h"
#include "noi.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

static const char *sentence, *hint_word, *hint_text; /* for the handler, set before it is */

static void say(const char *text, size_t n) {
    if (!noi_write_all(STDERR_FILENO, text, n))
        return; /* there is nobody left to tell */
}

static uintptr_t read_hex(const char **at) {
    uintptr_t value = 0;
    for (;; (*at)++) {
        char c = **at;
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0)
            return value;
        value = value << 4 | (uintptr_t)digit;
    }
}

/* "7f00-7f20 r--p 00000000 fd:00 12   /city/addresses.csv": the path, when the address lies in it.
 */
static const char *path_in(const char *line, uintptr_t address) {
    uintptr_t from = read_hex(&line);
    line += *line == '-';
    uintptr_t to = read_hex(&line);
    return address >= from && address < to ? strchr(line, '/') : NULL;
}

/* The file that is mapped at an address: a line of /proc/self/maps, read without a stream. */
static bool find_path(char *line, size_t size, uintptr_t address) {
    int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    size_t n = 0;
    char c;
    while (fd >= 0 && read(fd, &c, 1) == 1) {
        if (c != '\n') {
            line[n] = c;
            n += n + 1 < size;
            continue;
        }
        line[n] = '\0';
        n = 0;
        const char *path = path_in(line, address);
        if (!path)
            continue;
        memmove(line, path, strlen(path) + 1);
        close(fd);
        return true;
    }
    if (fd >= 0)
        close(fd);
    return false;
}

static void tell(int number, siginfo_t *info, void *context) {
    (void)context;
    char line[PATH_MAX + 128];
    if (!find_path(line, sizeof line, (uintptr_t)info->si_addr)) {
        signal(number, SIG_DFL); /* no file: a fault of ours */
        return;
    }
    const char *const parts[] = {"noi: ",   line, ": ",      sentence, "\n",
                                 hint_word, ": ", hint_text, "\n"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        say(parts[i], strlen(parts[i]));
    _exit(noi_status_exit_code(NOI_ERR_IO));
}

void cli_catch_lost_pages(void) {
    sentence = _("cannot be read to its end: it became shorter, or the disk fails");
    hint_word = _("hint");
    hint_text =
        _("let nobody write to a file while noi reads it, and look after the disk; then run "
          "the command again");
    struct sigaction action = {.sa_sigaction = tell, .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}
