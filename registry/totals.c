/* totals.c: see totals.h. */
#include "registry/totals.h"

#include <math.h>

#include <xxhash.h>

uint64_t noi_total_key(noi_str key) {
    return XXH3_64bits(key.p, key.n);
}

void noi_total_text(noi_total *total, uint64_t key, noi_str text) {
    if (!text.p)
        return;
    total->filled++;
    total->sum += XXH3_64bits_withSeed(text.p, text.n, key);
}

void noi_total_number(noi_total *total, uint64_t key, double number) {
    if (isnan(number))
        return;
    double plain = number + 0.0; /* no negative zero */
    total->filled++;
    total->sum += XXH3_64bits_withSeed(&plain, sizeof plain, key);
}

noi_status noi_totals_store(noi_registry *registry, int64_t source_id, const noi_total *totals,
                            size_t n) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, registry, "import/control_total"));
    for (size_t i = 0; i < n; i++) {
        noi_bind_int(q, 1, source_id);
        noi_bind_text(q, 2, noi_str_of(totals[i].column));
        noi_bind_int(q, 3, totals[i].filled);
        noi_bind_int(q, 4, (int64_t)totals[i].sum);
        NOI_TRY(noi_run(q));
    }
    return NOI_OK;
}
