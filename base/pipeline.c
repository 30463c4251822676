/*
 * pipeline.c: a ring of slots. The caller's thread fills the next free slot, or, when none is free,
 * waits for the oldest to be worked on and writes it. Workers take filled slots in ring order.
 */
#include "base/pipeline.h"

#include "base/i18n.h"

#include <pthread.h>
#include <unistd.h>

typedef enum slot_state { SLOT_FREE, SLOT_FILLED, SLOT_WORKING, SLOT_DONE } slot_state;

typedef struct slot {
    void *batch;
    slot_state state;
    noi_error error;
} slot;

typedef struct ring {
    const noi_pipeline *pipeline;
    pthread_mutex_t lock;
    pthread_cond_t filled, done;
    slot *slots;
    size_t n_slots;
    size_t next_read, next_work, next_write; /* counts; the slot is count % n_slots */
    bool closing;
} ring;

unsigned noi_processor_count(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (unsigned)n;
}

static void *worker_main(void *argument) {
    ring *r = argument;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (r->next_work == r->next_read && !r->closing)
            pthread_cond_wait(&r->filled, &r->lock);
        if (r->next_work == r->next_read)
            break;
        slot *s = &r->slots[r->next_work++ % r->n_slots];
        s->state = SLOT_WORKING;
        pthread_mutex_unlock(&r->lock);
        noi_status status = r->pipeline->work(r->pipeline->context, s->batch);
        noi_error_save(&s->error, status);
        pthread_mutex_lock(&r->lock);
        s->state = SLOT_DONE;
        pthread_cond_signal(&r->done);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Waits for the oldest batch, passes it to `write` and frees its slot. */
static noi_status write_oldest(ring *r) {
    slot *s = &r->slots[r->next_write % r->n_slots];
    pthread_mutex_lock(&r->lock);
    while (s->state != SLOT_DONE)
        pthread_cond_wait(&r->done, &r->lock);
    pthread_mutex_unlock(&r->lock);
    if (s->error.status != NOI_OK)
        return noi_error_restore(&s->error);
    NOI_TRY(r->pipeline->write(r->pipeline->context, s->batch));
    s->state = SLOT_FREE;
    r->next_write++;
    return NOI_OK;
}

static noi_status read_next(ring *r, bool *more) {
    slot *s = &r->slots[r->next_read % r->n_slots];
    NOI_TRY(r->pipeline->read(r->pipeline->context, s->batch, more));
    if (!*more)
        return NOI_OK;
    pthread_mutex_lock(&r->lock);
    s->state = SLOT_FILLED;
    r->next_read++;
    pthread_cond_signal(&r->filled);
    pthread_mutex_unlock(&r->lock);
    return NOI_OK;
}

static noi_status run_ring(ring *r) {
    bool more = true;
    while (more) {
        if (r->next_read - r->next_write == r->n_slots)
            NOI_TRY(write_oldest(r));
        NOI_TRY(read_next(r, &more));
    }
    while (r->next_write < r->next_read)
        NOI_TRY(write_oldest(r));
    return NOI_OK;
}

static void close_ring(ring *r, pthread_t *threads, unsigned n_threads) {
    pthread_mutex_lock(&r->lock);
    r->closing = true;
    pthread_cond_broadcast(&r->filled);
    pthread_mutex_unlock(&r->lock);
    for (unsigned i = 0; i < n_threads; i++)
        pthread_join(threads[i], NULL);
}

static noi_status with_threads(ring *r, unsigned wanted) {
    NOI_AUTO_FREE pthread_t *threads = noi_alloc_zero(wanted, sizeof *threads);
    unsigned started = 0;
    while (started < wanted && pthread_create(&threads[started], NULL, worker_main, r) == 0)
        started++;
    noi_status status = started ? run_ring(r)
                                : noi_fail(NOI_ERR_INTERNAL, _("no worker thread can be started"));
    noi_error kept;
    noi_error_save(&kept, status);
    close_ring(r, threads, started);
    return noi_error_restore(&kept);
}

noi_status noi_pipeline_run(const noi_pipeline *pipeline) {
    unsigned n_workers = pipeline->n_workers ? pipeline->n_workers : noi_processor_count();
    ring r = {.pipeline = pipeline,
              .n_slots = pipeline->n_slots ? pipeline->n_slots : 4 * (size_t)n_workers,
              .lock = PTHREAD_MUTEX_INITIALIZER,
              .filled = PTHREAD_COND_INITIALIZER,
              .done = PTHREAD_COND_INITIALIZER};
    r.slots = noi_alloc_zero(r.n_slots, sizeof *r.slots);
    for (size_t i = 0; i < r.n_slots; i++)
        r.slots[i].batch = pipeline->new_batch(pipeline->context);
    noi_status status = with_threads(&r, n_workers);
    for (size_t i = 0; i < r.n_slots; i++)
        pipeline->free_batch(pipeline->context, r.slots[i].batch);
    free(r.slots);
    return status;
}
