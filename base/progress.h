/*
 * progress.h: how long work tells how far it is. Libraries report; whoever runs them (cli/) sets a
 * sink that draws or stays silent. Reports are made at most every 100 ms, so a call per batch is
 * cheap. The sink may be called from the thread that works.
 */
#ifndef NOI_BASE_PROGRESS_H
#define NOI_BASE_PROGRESS_H

#include "base/memory.h"

/* `total` is 0 when unknown; `finished` is true for the last report of a task. */
typedef void noi_progress_sink(void *context, const char *task, uint64_t done, uint64_t total,
                               bool finished);
void noi_progress_set_sink(noi_progress_sink *sink, void *context);

typedef struct noi_progress {
    const char *task; /* already translated; must outlive the task */
    uint64_t done, total;
    uint64_t last_ns;
} noi_progress;

noi_progress noi_progress_begin(const char *task, uint64_t total);
void noi_progress_add(noi_progress *progress, uint64_t more);
void noi_progress_end(noi_progress *progress);

/* Monotonic nanoseconds, for progress and measurements; never for results. */
uint64_t noi_monotonic_ns(void);

#endif
