/*
 * error.h: how a failure is told. A function that meets a fact it cannot accept records one message
 * where the facts are (place in the data, both values) and returns a noi_status; callers pass the
 * status up and never overwrite the message. Only cli/ prints.
 *
 * The message and the hint are kept per thread. All functions are thread-safe.
 */
#ifndef NOI_BASE_ERROR_H
#define NOI_BASE_ERROR_H

#include "noi.h"

#define NOI_PRINTF(f, a) __attribute__((format(printf, f, a)))

/* Records a message (printf style, one sentence, no final full stop) and returns `status`, so that
 * `return noi_fail(NOI_ERR_INPUT, ...)` reads well. Clears the hint. */
NOI_MUST_CHECK noi_status noi_fail(noi_status status, const char *format, ...) NOI_PRINTF(2, 3);

/* The same, with the place in front: "addresses.csv:1042: ...". `line` < 1 leaves the line out. */
NOI_MUST_CHECK noi_status noi_fail_at(noi_status status, const char *file, int64_t line,
                                      const char *format, ...) NOI_PRINTF(4, 5);

/* The same for a failed call of the system: appends ": " and strerror(errno). */
NOI_MUST_CHECK noi_status noi_fail_errno(noi_status status, const char *format, ...)
    NOI_PRINTF(2, 3);

/* Says what to do next about the failure just recorded. */
void noi_hint(const char *format, ...) NOI_PRINTF(1, 2);

void noi_error_clear(void);

/* An error as a value, to carry it from a worker thread to the thread that reports it. */
typedef struct noi_error {
    noi_status status;
    char message[2048];
    char hint[1024];
} noi_error;

void noi_error_save(noi_error *out, noi_status status);
noi_status noi_error_restore(const noi_error *error);

/* The exit code that a status ends the program with. */
int noi_status_exit_code(noi_status status);

/* Passes a failure up unchanged. */
#define NOI_TRY(expression)                                                                        \
    do {                                                                                           \
        noi_status try_status_ = (expression);                                                     \
        if (try_status_ != NOI_OK)                                                                 \
            return try_status_;                                                                    \
    } while (0)

#endif
