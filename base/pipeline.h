/*
 * pipeline.h: batches read by one thread, worked on by several, written by one, in order.
 *
 *     read (caller's thread) ──▶ work (n threads, any order) ──▶ write (caller's thread, in order)
 *
 * The result cannot depend on the number of threads: `work` sees one batch alone and `write` gets
 * the batches in the order in which they were read. Reading and writing share the caller's thread,
 * so a database connection may be used by both.
 */
#ifndef NOI_BASE_PIPELINE_H
#define NOI_BASE_PIPELINE_H

#include "base/memory.h"

typedef struct noi_pipeline {
    void *context;
    size_t n_slots; /* batches in flight; 0 gives 4 a worker */
    unsigned n_workers; /* 0 gives the number of processors */
    void *(*new_batch)(void *context);               /* made n_slots times, reused */
    void (*free_batch)(void *context, void *batch);
    noi_status (*read)(void *context, void *batch, bool *more); /* *more = false: nothing read */
    noi_status (*work)(void *context, void *batch);             /* must touch only the batch */
    noi_status (*write)(void *context, void *batch);
} noi_pipeline;

/* Runs to the end of the input or to the first failure, whose message is this thread's error. */
NOI_MUST_CHECK noi_status noi_pipeline_run(const noi_pipeline *pipeline);

unsigned noi_processor_count(void);

#endif
