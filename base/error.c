/* error.c: the thread's one error message; see error.h. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char message[2048];
static _Thread_local char hint[1024];

/* Cuts a text that did not fit at a whole UTF-8 letter and marks the cut. */
static void mark_cut(char *text, size_t size, int wanted) {
    if (wanted < 0 || (size_t)wanted < size)
        return;
    size_t at = size - 4;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    memcpy(text + at, "...", 4);
}

NOI_PRINTF(3, 0)
static void record(const char *file, int64_t line, const char *format, va_list args) {
    char place[512] = "";
    if (file && line > 0)
        snprintf(place, sizeof place, "%s:%lld: ", file, (long long)line);
    else if (file)
        snprintf(place, sizeof place, "%s: ", file);
    char body[sizeof message];
    mark_cut(body, sizeof body, vsnprintf(body, sizeof body, format, args));
    mark_cut(message, sizeof message, snprintf(message, sizeof message, "%s%s", place, body));
    hint[0] = '\0';
}

noi_status noi_fail(noi_status status, const char *format, ...) {
    va_list args;
    va_start(args, format);
    record(NULL, 0, format, args);
    va_end(args);
    return status;
}

noi_status noi_fail_at(noi_status status, const char *file, int64_t line, const char *format, ...) {
    va_list args;
    va_start(args, format);
    record(file, line, format, args);
    va_end(args);
    return status;
}

noi_status noi_fail_errno(noi_status status, const char *format, ...) {
    int saved = errno;
    va_list args;
    va_start(args, format);
    record(NULL, 0, format, args);
    va_end(args);
    size_t used = strlen(message);
    snprintf(message + used, sizeof message - used, ": %s", strerror(saved));
    return status;
}

void noi_hint(const char *format, ...) {
    va_list args;
    va_start(args, format);
    mark_cut(hint, sizeof hint, vsnprintf(hint, sizeof hint, format, args));
    va_end(args);
}

void noi_error_clear(void) {
    message[0] = '\0';
    hint[0] = '\0';
}

const char *noi_error_message(void) {
    return message;
}

const char *noi_error_hint(void) {
    return hint;
}

void noi_error_save(noi_error *out, noi_status status) {
    out->status = status;
    memcpy(out->message, message, sizeof message);
    memcpy(out->hint, hint, sizeof hint);
}

noi_status noi_error_restore(const noi_error *error) {
    memcpy(message, error->message, sizeof message);
    memcpy(hint, error->hint, sizeof hint);
    return error->status;
}

const char *noi_status_text(noi_status status) {
    switch (status) {
#define TEXT(name, value, exit_code, sentence)                                                     \
    case name:                                                                                     \
        return sentence;
        NOI_STATUS_TABLE(TEXT)
#undef TEXT
    }
    return "unknown status";
}

int noi_status_exit_code(noi_status status) {
    switch (status) {
#define CODE(name, value, exit_code, sentence)                                                     \
    case name:                                                                                     \
        return exit_code;
        NOI_STATUS_TABLE(CODE)
#undef CODE
    }
    return 5;
}
