/*
 * main.c: finds the command in the table and runs it. Language, progress and the printing of errors
 * are settled here and nowhere else.
 */
#include "cli/bus.h"
#include "cli/cli.h"

#include "base/i18n.h"
#include "base/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void draw_progress(void *context, const char *task, uint64_t done, uint64_t total,
                          bool finished) {
    (void)context;
    if (total)
        fprintf(stderr, "\r%s: %llu / %llu (%llu %%) ", task, (unsigned long long)done,
                (unsigned long long)total, (unsigned long long)(done * 100 / total));
    else
        fprintf(stderr, "\r%s: %llu ", task, (unsigned long long)done);
    if (finished)
        fputs("\r\033[K", stderr);
    fflush(stderr);
}

/* Translations lie beside the program: build/locale in a checkout, ../share/locale when installed.
 */
static void find_translations(void) {
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 64);
    if (n <= 0)
        return;
    path[n] = '\0';
    static const char *const places[] = {"/locale", "/../locale", "/../share/locale"};
    char *slash = strrchr(path, '/');
    for (size_t i = 0; slash && i < sizeof places / sizeof *places; i++) {
        struct stat st;
        strcpy(slash, places[i]);
        if (stat(path, &st) != 0)
            continue;
        bindtextdomain(NOI_TEXT_DOMAIN, path);
        break;
    }
    bind_textdomain_codeset(NOI_TEXT_DOMAIN, "UTF-8");
}

/* gettext translates only under a locale other than "C"; C.UTF-8 is on every Debian machine and
 * lets LANGUAGE choose. Numbers are always written the way machines read them. */
static void set_language(const char *language) {
    if (!setlocale(LC_ALL, ""))
        setlocale(LC_ALL, "C.UTF-8");
    const char *current = setlocale(LC_MESSAGES, NULL);
    if (language)
        setenv("LANGUAGE", language, 1);
    if (language || !current || strcmp(current, "C") == 0 || strcmp(current, "POSIX") == 0) {
        setlocale(LC_MESSAGES, "C.UTF-8");
        setlocale(LC_CTYPE, "C.UTF-8");
    }
    setlocale(LC_NUMERIC, "C");
    find_translations();
    textdomain(NOI_TEXT_DOMAIN);
}

/* Takes --lang and --quiet out of the arguments, wherever they stand. */
static noi_status take_global_options(int *argc, char **argv, bool *quiet) {
    const char *language = NULL;
    int kept = 1;
    bool options = true;
    for (int i = 1; i < *argc; i++) {
        if (options && strcmp(argv[i], "--") == 0)
            options = false;
        if (options && strcmp(argv[i], "--quiet") == 0)
            *quiet = true;
        else if (options && strcmp(argv[i], "--lang") == 0 && i + 1 < *argc)
            language = argv[++i];
        else if (options && strncmp(argv[i], "--lang=", 7) == 0)
            language = argv[i] + 7;
        else
            argv[kept++] = argv[i];
    }
    *argc = kept;
    argv[kept] = NULL;
    set_language(language);
    if (!language || strcmp(language, "vi") == 0 || strcmp(language, "en") == 0)
        return NOI_OK;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("there is no language '%s'"), language);
    noi_hint(_("--lang takes vi or en"));
    return status;
}

static const cli_command *find_command(const char *name) {
    for (const cli_command *c = cli_commands; c->name; c++)
        if (c->run && strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

static void print_commands(FILE *to) {
    fprintf(to, "%s\n\n", _("noi carries a city's records through an administrative merger."));
    fprintf(to, "%s\n", _("Usage: noi COMMAND [ARGUMENT]... [--lang vi|en] [--quiet]"));
    fprintf(to, "\n%s\n", _("Commands:"));
    for (const cli_command *c = cli_commands; c->name; c++)
        if (c->run)
            fprintf(to, "  %-12s %s\n", c->name, _(c->summary));
    fprintf(to, "\n%s\n", _("'noi help COMMAND' tells more about one of them."));
    fprintf(to, "%s\n",
            _("Exit codes: 0 done, 1 findings or ambiguities, 2 usage, 3 input, "
              "4 conflict with what is stored, 5 a fault of noi."));
}

static void print_command_help(const cli_command *c) {
    printf("%s\n\n%s\n", _(c->summary), c->synopsis);
    if (c->details[0]) /* gettext gives the catalogue's header for an empty text */
        printf("\n%s\n", _(c->details));
}

int cli_fail(noi_status status) {
    fprintf(stderr, "noi: %s\n", noi_error_message());
    if (noi_error_hint()[0])
        fprintf(stderr, "%s: %s\n", _("hint"), noi_error_hint());
    return noi_status_exit_code(status);
}

/* Edit distance of two short words, for "did you mean". */
static size_t distance(const char *a, const char *b) {
    size_t n = strlen(b), row[64];
    if (n >= 63)
        return n;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t up = row[j];
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            if (up + 1 < best)
                best = up + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = up;
            row[j] = best;
        }
    }
    return row[n];
}

static int unknown_command(const char *name) {
    const cli_command *nearest = NULL;
    for (const cli_command *c = cli_commands; c->name; c++)
        if (c->run && distance(name, c->name) <= 2 &&
            (!nearest || distance(name, c->name) < distance(name, nearest->name)))
            nearest = c;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("there is no command '%s'"), name);
    if (nearest)
        noi_hint(_("did you mean 'noi %s'?"), nearest->name);
    else
        noi_hint(_("'noi help' lists the commands"));
    return cli_fail(status);
}

static int run_help(int argc, char **argv) {
    if (argc < 1) {
        print_commands(stdout);
        return 0;
    }
    const cli_command *c = find_command(argv[0]);
    if (!c)
        return unknown_command(argv[0]);
    print_command_help(c);
    return 0;
}

/* ---- options of commands ---- */

static const cli_option *find_option(const cli_option *options, size_t n, const char *text,
                                     size_t length) {
    for (size_t i = 0; i < n; i++)
        if (strlen(options[i].name) == length && strncmp(options[i].name, text, length) == 0)
            return &options[i];
    return NULL;
}

static noi_status unknown_option(const char *text, size_t length, const char *command,
                                 const cli_option *options, size_t n) {
    char given[64];
    snprintf(given, sizeof given, "%.*s", (int)length, text);
    const char *nearest = NULL;
    for (size_t i = 0; i < n; i++)
        if (distance(given, options[i].name) <= 3 &&
            (!nearest || distance(given, options[i].name) < distance(given, nearest)))
            nearest = options[i].name;
    noi_status status = noi_fail(NOI_ERR_USAGE, _("noi %s has no option '%s'"), command, given);
    if (nearest)
        noi_hint(_("did you mean %s?"), nearest);
    else
        noi_hint(_("'noi help %s' lists its options"), command);
    return status;
}

static noi_status store_option(const cli_option *o, const char *value) {
    if (o->value)
        *o->value = value;
    if (o->list) {
        if (*o->n_list == CLI_MAX_LIST)
            return noi_fail(NOI_ERR_USAGE, _("%s is given more than %d times"), o->name,
                            CLI_MAX_LIST);
        o->list[(*o->n_list)++] = value;
    }
    return NOI_OK;
}

/* Reads the option at argv[i]; moves i to its value when that is an argument of its own. */
static noi_status take_option(int *i, int argc, char **argv, uint64_t *seen, const char *command,
                              const cli_option *options, size_t n) {
    const char *text = argv[*i];
    const char *equals = strchr(text, '=');
    size_t length = equals ? (size_t)(equals - text) : strlen(text);
    const cli_option *o = find_option(options, n, text, length);
    if (!o)
        return unknown_option(text, length, command, options, n);
    if (o->flag) {
        if (equals)
            return noi_fail(NOI_ERR_USAGE, _("%s takes no value"), o->name);
        *o->flag = true;
        return NOI_OK;
    }
    if (!equals && *i + 1 >= argc)
        return noi_fail(NOI_ERR_USAGE, _("%s needs a value"), o->name);
    uint64_t bit = UINT64_C(1) << (o - options);
    if (!o->list && *seen & bit) /* which of the two was meant would be a guess */
        return noi_fail(NOI_ERR_USAGE, _("option %s is given twice"), o->name);
    *seen |= bit;
    return store_option(o, equals ? equals + 1 : argv[++*i]);
}

noi_status cli_parse(cli_operands *out, bool *help, const char *command, int argc, char **argv,
                     const cli_option *options, size_t n_options) {
    *out = (cli_operands){0, argv};
    bool only_operands = false;
    uint64_t seen = 0; /* options with a value, by their place in the table */
    for (int i = 0; i < argc; i++) {
        char *text = argv[i];
        bool is_option = !only_operands && text[0] == '-' && text[1] != '\0';
        if (!is_option) {
            argv[out->n++] = text;
        } else if (strcmp(text, "--") == 0) {
            only_operands = true;
        } else if (strcmp(text, "--help") == 0 || strcmp(text, "-h") == 0) {
            print_command_help(find_command(command));
            *help = true;
            return NOI_OK;
        } else {
            NOI_TRY(take_option(&i, argc, argv, &seen, command, options, n_options));
        }
    }
    return NOI_OK;
}

noi_status cli_want_operands(const char *command, const cli_operands *operands, size_t min,
                             size_t max) {
    if (operands->n >= min && operands->n <= max)
        return NOI_OK;
    noi_status status =
        operands->n < min ? noi_fail(NOI_ERR_USAGE, _("noi %s needs more arguments"), command)
                          : noi_fail(NOI_ERR_USAGE, _("noi %s does not know what to do with '%s'"),
                                     command, operands->items[max]);
    noi_hint("%s", find_command(command)->synopsis);
    return status;
}

/* A file opened while 0, 1 or 2 is closed would take its place, and messages would be written into
 * it. What stands there instead cannot be written to, so that a lost answer is noticed. */
static void keep_standard_streams(void) {
    int fd;
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

/* An answer that was not delivered is no success. A reader that stopped reading (noi ... | head)
 * has what it wanted. */
static int check_standard_output(int exit_code) {
    errno = 0;
    bool failed = fflush(stdout) != 0 || ferror(stdout);
    if (!failed || errno == EPIPE)
        return exit_code;
    noi_status status = errno ? noi_fail_errno(NOI_ERR_IO, _("%s: cannot be written"), _("standard output"))
                              : noi_fail(NOI_ERR_IO, _("%s: cannot be written"), _("standard output"));
    noi_hint(_("what was asked is done, but the answer could not be shown; check where it goes"));
    int code = cli_fail(status);
    return exit_code > code ? exit_code : code;
}

static int run_command(int argc, char **argv) {
    bool quiet = false;
    noi_status status = take_global_options(&argc, argv, &quiet);
    if (status != NOI_OK)
        return cli_fail(status);
    cli_catch_lost_pages();
    if (!quiet && isatty(STDERR_FILENO))
        noi_progress_set_sink(draw_progress, NULL);
    if (argc < 2) {
        print_commands(stderr);
        return 2;
    }
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0 ||
        strcmp(argv[1], "-h") == 0)
        return run_help(argc - 2, argv + 2);
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0) {
        printf("noi %s\n", NOI_VERSION);
        return 0;
    }
    const cli_command *command = find_command(argv[1]);
    return command ? command->run(argc - 2, argv + 2) : unknown_command(argv[1]);
}

int main(int argc, char **argv) {
    keep_standard_streams();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is an error of writing, told as such */
    return check_standard_output(run_command(argc, argv));
}
