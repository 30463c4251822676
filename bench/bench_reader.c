/*
 * bench_reader.c: how many addresses a second the folding, the reader and UTF-8 checks do on one
 * core, over texts as people write them: made from all units of the country (or of the merged city)
 * and, when ../shared is there, street names of 2019. Prints a table and one line of JSON.
 * Processor time is measured, and the best of five rounds counts.
 */
#include "tests/unit/address/city.h"

#include "base/progress.h"

#include <time.h>

#define N_TEXTS  100000
#define N_ROUNDS 5

typedef struct texts {
    noi_buf bytes;
    size_t *from; /* N_TEXTS + 1 */
    char **streets;
    size_t n_streets, streets_capacity;
} texts;

static void read_streets(texts *t) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    const char *shared = getenv("NOI_SHARED");
    NOI_AUTO_FREE char *path =
        noi_format("%s/addresses/streets_by_district_2019.csv", shared ? shared : "../shared");
    if (noi_csv_open(&csv, path) != NOI_OK) {
        printf("SKIPPED LOUDLY: ../shared is absent; one street name for all\n");
        NOI_GROW(t->streets, t->streets_capacity, 1);
        t->streets[t->n_streets++] = noi_strdup("Nguyễn Trãi");
        return;
    }
    int column = noi_csv_column(csv, "street");
    noi_csv_row row;
    while (noi_csv_next(&row, csv)) {
        NOI_GROW(t->streets, t->streets_capacity, t->n_streets + 1);
        t->streets[t->n_streets++] = noi_strndup(row.field[column].p, row.field[column].n);
    }
}

static unsigned next_random(unsigned *seed) {
    return (*seed = *seed * 1664525u + 1013904223u) >> 8;
}

static const char *short_kind(const char *kind) {
    return strcmp(kind, "phường") == 0 ? "P." : strcmp(kind, "xã") == 0 ? "X." : "TT.";
}

/* Half written out, a quarter shortened, an eighth without marks, an eighth without the district.
 */
static void add_text(texts *t, const noi_gazetteer_unit *u, unsigned *seed) {
    const char *street = t->streets[next_random(seed) % t->n_streets];
    unsigned how = next_random(seed) % 8, house = next_random(seed) % 2000 + 1;
    size_t start = t->bytes.n;
    if (how < 4)
        noi_buf_printf(&t->bytes, "%u/%u Đường %s, %s %s, %s %s, %s", house, how + 1, street,
                       u->kind, u->name, u->district_kind, u->district_name, u->province_name);
    else if (how < 6)
        noi_buf_printf(&t->bytes, "%u %s %s%s Q.%s TP.HCM", house, street, short_kind(u->kind),
                       u->name, u->district_name);
    else if (how == 6)
        noi_buf_printf(&t->bytes, "%u %s, %s %s, %s", house, street, u->kind, u->name,
                       u->province_name);
    else
        noi_buf_printf(&t->bytes, "%u duong %s, %s %s, %s", house, street, u->kind, u->name,
                       u->district_name);
    if (how == 7) {
        char folded[1024];
        size_t n = t->bytes.n - start < 500 ? t->bytes.n - start : 500;
        n = noi_text_fold(folded, (noi_str){t->bytes.p + start, n}, NOI_FOLD_BARE);
        t->bytes.n = start;
        noi_buf_add(&t->bytes, folded, n);
    }
}

static void make_texts(texts *t, const city *c) {
    unsigned seed = 42;
    t->from = noi_alloc((N_TEXTS + 1) * sizeof *t->from);
    for (size_t i = 0; i < N_TEXTS; i++) {
        t->from[i] = t->bytes.n;
        add_text(t, &c->units[next_random(&seed) % c->n_units], &seed);
    }
    t->from[N_TEXTS] = t->bytes.n;
}

static noi_str text_at(const texts *t, size_t i) {
    return (noi_str){t->bytes.p + t->from[i], t->from[i + 1] - t->from[i]};
}

typedef size_t work(const city *c, noi_str text);

static size_t read_one(const city *c, noi_str text) {
    noi_reading r;
    noi_address_read(&r, c->gazetteer, text);
    return r.n_units == 1;
}

static size_t fold_one(const city *c, noi_str text) {
    char out[4096];
    (void)c;
    return text.n < 2000 ? noi_text_fold(out, text, NOI_FOLD_BARE) : 0;
}

static size_t fold_marks(const city *c, noi_str text) {
    char out[4096];
    (void)c;
    return text.n < 2000 ? noi_text_fold(out, text, NOI_FOLD_MARKS) : 0;
}

static size_t check_one(const city *c, noi_str text) {
    (void)c;
    return noi_utf8_is_valid(text);
}

/* Nanoseconds of processor time of this thread: other work on the machine does not count. */
static uint64_t processor_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static double per_second(const char *name, const city *c, const texts *t, work *f) {
    uint64_t best = UINT64_MAX;
    size_t sum = 0;
    for (int round = 0; round < N_ROUNDS; round++) {
        uint64_t start = processor_ns();
        sum = 0;
        for (size_t i = 0; i < N_TEXTS; i++)
            sum += f(c, text_at(t, i));
        uint64_t took = processor_ns() - start;
        best = took < best ? took : best;
    }
    double rate = (double)N_TEXTS * 1e9 / (double)best;
    printf("%-28s %12.0f addresses/s   (sum %zu)\n", name, rate, sum);
    return rate;
}

static void free_texts(texts *t) {
    for (size_t i = 0; i < t->n_streets; i++)
        free(t->streets[i]);
    free(t->streets);
    free(t->from);
    noi_buf_free(&t->bytes);
}

static double attach_ms(const city *c) {
    const noi_gazetteer *g = NULL;
    uint64_t start = noi_monotonic_ns();
    if (noi_gazetteer_attach(&g, c->bytes.p, c->bytes.n) != NOI_OK)
        return -1;
    return (double)(noi_monotonic_ns() - start) / 1e6;
}

int main(void) {
    city merged, country;
    if (!city_open(&merged, false) || !city_open(&country, true)) {
        fprintf(stderr, "bench_reader: %s\n", noi_error_message());
        return 1;
    }
    texts in_city = {0}, in_country = {0};
    read_streets(&in_city);
    read_streets(&in_country);
    make_texts(&in_city, &merged);
    make_texts(&in_country, &country);
    printf("%d texts of %zu bytes on average, one core\n", N_TEXTS, in_city.bytes.n / N_TEXTS);
    double city_rate = per_second("reader, merged city", &merged, &in_city, read_one);
    double country_rate = per_second("reader, whole country", &country, &in_country, read_one);
    double bare = per_second("folding without marks", &merged, &in_city, fold_one);
    double marked = per_second("folding with marks", &merged, &in_city, fold_marks);
    double valid = per_second("UTF-8 check", &merged, &in_city, check_one);
    printf("the country's gazetteer: %zu KiB, attached in %.2f ms\n", country.bytes.n / 1024,
           attach_ms(&country));
    printf("{\"reader\":{\"addresses_per_s\":%.0f,\"country_addresses_per_s\":%.0f,"
           "\"attach_ms\":%.2f},\"fold\":{\"addresses_per_s\":%.0f,\"marks_addresses_per_s\":%.0f},"
           "\"utf8\":{\"addresses_per_s\":%.0f}}\n",
           city_rate, country_rate, attach_ms(&country), bare, marked, valid);
    free_texts(&in_city);
    free_texts(&in_country);
    city_close(&merged);
    city_close(&country);
    return 0;
}
