/* progress.c: see progress.h. */
#include "base/progress.h"

#include <time.h>

static noi_progress_sink *current_sink;
static void *current_context;

void noi_progress_set_sink(noi_progress_sink *sink, void *context) {
    current_sink = sink;
    current_context = context;
}

uint64_t noi_monotonic_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

noi_progress noi_progress_begin(const char *task, uint64_t total) {
    return (noi_progress){.task = task, .total = total, .last_ns = noi_monotonic_ns()};
}

void noi_progress_add(noi_progress *progress, uint64_t more) {
    progress->done += more;
    if (!current_sink)
        return;
    uint64_t now = noi_monotonic_ns();
    if (now - progress->last_ns < 100000000u)
        return;
    progress->last_ns = now;
    current_sink(current_context, progress->task, progress->done, progress->total, false);
}

void noi_progress_end(noi_progress *progress) {
    if (current_sink)
        current_sink(current_context, progress->task, progress->done, progress->total, true);
}
