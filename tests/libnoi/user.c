/*
 * user.c: a stranger's program that knows noi by noi.h and libnoi.so alone. It judges one batch
 * from four threads at once and from one, in one piece and record by record, and says whether all
 * gave the same; then prints each verdict. Usage: user PLAN CODE...
 */
#include <noi.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_THREADS = 4, N_ROUNDS = 50, MOST = 1000 };

static const noi_plan *plan;
static noi_records records;
static noi_verdict expected[MOST];

/* Judges the batch again and again; the value is NULL when every round gave the expected. */
static void *judge_rounds(void *own) {
    noi_verdict *verdicts = own;
    for (int round = 0; round < N_ROUNDS; round++) {
        memset(verdicts, 0x55, sizeof(noi_verdict) * records.n);
        if (noi_judge(verdicts, plan, &records) != NOI_OK)
            return own;
        if (memcmp(verdicts, expected, sizeof(noi_verdict) * records.n) != 0)
            return own;
    }
    return NULL;
}

static int judge_from_threads(void) {
    pthread_t threads[N_THREADS];
    int bad = 0;
    static noi_verdict own[N_THREADS][MOST];
    for (int i = 0; i < N_THREADS; i++)
        if (pthread_create(&threads[i], NULL, judge_rounds, own[i]) != 0)
            return 1;
    for (int i = 0; i < N_THREADS; i++) {
        void *result = NULL;
        pthread_join(threads[i], &result);
        bad |= result != NULL;
    }
    return bad;
}

/* A batch of one gives what the record gave among the others. */
static int judge_one_by_one(void) {
    for (size_t i = 0; i < records.n; i++) {
        noi_records one = records;
        noi_verdict verdict;
        one.n = 1;
        one.old_code.offsets += i;
        if (noi_judge(&verdict, plan, &one) != NOI_OK)
            return 1;
        if (memcmp(&verdict, &expected[i], sizeof verdict) != 0)
            return 1;
    }
    return 0;
}

static void print_verdict(const char *code, const noi_verdict *v) {
    noi_unit_info unit;
    char text[8];
    printf("%s %s", code, noi_verdict_status_key((noi_verdict_status)v->status));
    if (v->status == NOI_ASSIGNED && noi_plan_unit(&unit, plan, v->new_unit) == NOI_OK)
        printf(" %s %s", noi_code_format(text, unit.code), unit.full_name);
    for (int i = 0; i < v->n_candidates; i++)
        if (noi_plan_unit(&unit, plan, v->candidates[i]) == NOI_OK)
            printf(" %s", noi_code_format(text, unit.code));
    printf(" %s\n", noi_reason_key((noi_reason)v->reason));
}

int main(int argc, char **argv) {
    if (argc < 3 || argc - 2 > MOST)
        return 2;
    noi_plan *opened = NULL;
    if (noi_plan_open(&opened, argv[1]) != NOI_OK) {
        fprintf(stderr, "%s\n%s\n", noi_error_message(), noi_error_hint());
        return 3;
    }
    plan = opened;
    static int32_t offsets[MOST + 1];
    static char bytes[MOST * 16];
    for (int i = 2; i < argc; i++) {
        size_t n = strlen(argv[i]);
        if (n > 15)
            return 2;
        memcpy(bytes + offsets[i - 2], argv[i], n);
        offsets[i - 1] = offsets[i - 2] + (int32_t)n;
    }
    records = (noi_records){.n = (size_t)argc - 2, .as_of = INT32_MIN,
                            .old_code = {.offsets = offsets, .bytes = bytes}};
    if (noi_judge(expected, plan, &records) != NOI_OK)
        return 5;
    printf("threads %s\n", judge_from_threads() ? "differ" : "agree");
    printf("batches %s\n", judge_one_by_one() ? "differ" : "agree");
    for (int i = 2; i < argc; i++)
        print_verdict(argv[i], &expected[i - 2]);
    noi_plan_close(opened);
    return 0;
}
