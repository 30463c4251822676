/* Plan: batches are written in the order in which they were read, whatever the number of workers; a
 * failure of each of the three steps stops the run and its message reaches the caller. */
#include "testing.h"

#include "base/pipeline.h"

#include <string.h>
#include <unistd.h>

typedef struct job {
    int next, last, fail_work_at, fail_write_at, fail_read_at;
    int written[1000];
    int n_written;
} job;

static void *new_batch(void *context) {
    (void)context;
    return noi_alloc_zero(1, sizeof(int));
}

static void free_batch(void *context, void *batch) {
    (void)context;
    free(batch);
}

static noi_status read_number(void *context, void *batch, bool *more) {
    job *j = context;
    if (j->next == j->fail_read_at)
        return noi_fail(NOI_ERR_IO, "read %d", j->next);
    *more = j->next < j->last;
    *(int *)batch = j->next++;
    return NOI_OK;
}

static noi_status square(void *context, void *batch) {
    const job *j = context;
    int n = *(int *)batch;
    if (n == j->fail_work_at)
        return noi_fail(NOI_ERR_INPUT, "work %d", n);
    if (n % 7 == 0)
        usleep(200); /* so that workers finish out of order */
    *(int *)batch = n * n;
    return NOI_OK;
}

static noi_status keep(void *context, void *batch) {
    job *j = context;
    if (j->n_written == j->fail_write_at)
        return noi_fail(NOI_ERR_IO, "write %d", j->n_written);
    j->written[j->n_written++] = *(int *)batch;
    return NOI_OK;
}

static noi_status run(job *j, unsigned workers) {
    noi_pipeline p = {.context = j, .n_workers = workers, .new_batch = new_batch,
                      .free_batch = free_batch, .read = read_number, .work = square, .write = keep};
    return noi_pipeline_run(&p);
}

static void order_does_not_depend_on_the_number_of_workers(void **state) {
    (void)state;
    for (unsigned workers = 1; workers <= 5; workers++) {
        job j = {.last = 500, .fail_work_at = -1, .fail_write_at = -1, .fail_read_at = -1};
        assert_int_equal(run(&j, workers), NOI_OK);
        assert_int_equal(j.n_written, 500);
        for (int i = 0; i < 500; i++)
            assert_int_equal(j.written[i], i * i);
    }
}

static void an_empty_input_is_no_failure(void **state) {
    (void)state;
    job j = {.last = 0, .fail_work_at = -1, .fail_write_at = -1, .fail_read_at = -1};
    assert_int_equal(run(&j, 2), NOI_OK);
    assert_int_equal(j.n_written, 0);
}

static void a_failure_of_any_step_reaches_the_caller(void **state) {
    (void)state;
    job in_work = {.last = 100, .fail_work_at = 40, .fail_write_at = -1, .fail_read_at = -1};
    assert_int_equal(run(&in_work, 3), NOI_ERR_INPUT);
    assert_string_equal(noi_error_message(), "work 40");
    assert_int_equal(in_work.n_written, 40);
    job in_write = {.last = 100, .fail_work_at = -1, .fail_write_at = 30, .fail_read_at = -1};
    assert_int_equal(run(&in_write, 3), NOI_ERR_IO);
    assert_string_equal(noi_error_message(), "write 30");
    job in_read = {.last = 100, .fail_work_at = -1, .fail_write_at = -1, .fail_read_at = 50};
    assert_int_equal(run(&in_read, 3), NOI_ERR_IO);
    assert_string_equal(noi_error_message(), "read 50");
}

NOI_TEST_MAIN(cmocka_unit_test(order_does_not_depend_on_the_number_of_workers),
              cmocka_unit_test(an_empty_input_is_no_failure),
              cmocka_unit_test(a_failure_of_any_step_reaches_the_caller))
