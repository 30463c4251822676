/*
 * bench_judge.c: how many verdicts a second noi_judge gives on one core, by the kind of evidence:
 * codes, texts, both, and, when a plan with layers is named (bench_judge PLAN, as `noi plan` makes
 * it), points alone and points of split units. Prints a table and one line of JSON. Processor time
 * is measured, and the best of five rounds counts.
 */
#include "merge/compile.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { N_RECORDS = 100000, N_ROUNDS = 5 };

typedef struct column {
    noi_buf bytes;
    int32_t *offsets; /* N_RECORDS + 1 */
} column;

static column new_column(void) {
    return (column){.offsets = noi_alloc_zero(N_RECORDS + 1, sizeof(int32_t))};
}

static void free_column(column *c) {
    noi_buf_free(&c->bytes);
    free(c->offsets);
}

static noi_text_column view(const column *c) {
    return (noi_text_column){c->offsets, c->bytes.p};
}

static unsigned next_random(unsigned *seed) {
    return (*seed = *seed * 1664525u + 1013904223u) >> 8;
}

/* Units of the eve, taken again and again: house, street, ward, district, province. */
static void fill(column *text, column *code, const noi_plan *plan) {
    unsigned seed = 1685;
    for (size_t i = 0; i < N_RECORDS;) {
        uint16_t unit = (uint16_t)(next_random(&seed) % plan->n_units);
        if (!noi_plan_in_force(plan, unit, plan->on - 1))
            continue;
        const noi_plan_unit_row *u = &plan->units[unit];
        char digits[8];
        noi_buf_add_str(&code->bytes, noi_code_format(digits, u->code));
        noi_buf_printf(&text->bytes, "%u Đường Nguyễn Trãi, %s, %s %s, %s",
                       next_random(&seed) % 2000 + 1, noi_plan_text(plan, u->full_name),
                       noi_plan_text(plan, u->district_kind), noi_plan_text(plan, u->district_name),
                       noi_plan_text(plan, u->province_name));
        i++;
        text->offsets[i] = (int32_t)text->bytes.n;
        code->offsets[i] = (int32_t)code->bytes.n;
    }
}

/* Points over the box in which the city's mainland lies. */
static void scatter(double *lon, double *lat) {
    unsigned seed = 168;
    for (size_t i = 0; i < N_RECORDS; i++) {
        lon[i] = 106.4 + 0.9 * next_random(&seed) / (double)(1 << 24);
        lat[i] = 10.4 + 0.9 * next_random(&seed) / (double)(1 << 24);
    }
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static noi_status measure(double *per_s, const char *name, const noi_plan *plan,
                          const noi_records *records) {
    NOI_AUTO_FREE noi_verdict *verdicts = noi_alloc_zero(records->n, sizeof *verdicts);
    double best = 1e9;
    for (int round = 0; round < N_ROUNDS; round++) {
        double start = seconds();
        NOI_TRY(noi_judge(verdicts, plan, records));
        double took = seconds() - start;
        best = took < best ? took : best;
    }
    size_t assigned = 0;
    for (size_t i = 0; i < records->n; i++)
        assigned += verdicts[i].status == NOI_ASSIGNED;
    *per_s = (double)records->n / best;
    printf("  %-16s %12.0f verdicts a second, %5.1f %% assigned\n", name, *per_s,
           100.0 * (double)assigned / (double)records->n);
    return NOI_OK;
}

static noi_status run(const char *path) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_plan *plan = NULL;
    double start = seconds(), code_s, text_s, both_s, point_s = 0, mixed_s = 0, opened;
    if (path) {
        NOI_TRY(noi_plan_open(&plan, path));
    } else {
        NOI_TRY(noi_compile_builtin(&bytes));
        NOI_TRY(noi_plan_attach(&plan, bytes.p, bytes.n));
    }
    opened = seconds() - start;
    printf("  %-16s %12.1f ms\n", path ? "open the plan" : "built-in plan", opened * 1e3);
    column text = new_column(), code = new_column();
    NOI_AUTO_FREE double *x = noi_alloc_zero(N_RECORDS, sizeof *x);
    NOI_AUTO_FREE double *y = noi_alloc_zero(N_RECORDS, sizeof *y);
    fill(&text, &code, plan);
    scatter(x, y);
    noi_records r = {.n = N_RECORDS, .as_of = INT32_MIN, .default_error_m = 20};
    noi_records by_code = r, by_text = r, by_both = r, by_point = r, mixed = r;
    by_code.old_code = by_both.old_code = mixed.old_code = view(&code);
    by_text.text = by_both.text = mixed.text = view(&text);
    by_point.lon = mixed.lon = x;
    by_point.lat = mixed.lat = y;
    NOI_TRY(measure(&code_s, "code", plan, &by_code));
    NOI_TRY(measure(&text_s, "text", plan, &by_text));
    NOI_TRY(measure(&both_s, "code and text", plan, &by_both));
    if (plan->new_index) {
        NOI_TRY(measure(&point_s, "point", plan, &by_point));
        NOI_TRY(measure(&mixed_s, "all three", plan, &mixed));
    }
    printf("{\"judge\":{\"plan_ms\":%.1f,\"code_per_s\":%.0f,\"text_per_s\":%.0f,"
           "\"code_text_per_s\":%.0f,\"point_per_s\":%.0f,\"mixed_per_s\":%.0f}}\n",
           opened * 1e3, code_s, text_s, both_s, point_s, mixed_s);
    free_column(&text);
    free_column(&code);
    noi_plan_close(plan);
    return NOI_OK;
}

int main(int argc, char **argv) {
    noi_status status = run(argc > 1 ? argv[1] : NULL);
    if (status != NOI_OK)
        fprintf(stderr, "bench_judge: %s\n", noi_error_message());
    return noi_status_exit_code(status);
}
