/* spans.c: see spans.h. */
#include "plan/spans.h"

#include "plan/code_text.h"

#include <string.h>

#define MAX_TEXT 32

struct noi_column_counter {
    const noi_plan *plan;
    noi_column_vintage result;
    size_t code_room;
    uint32_t *slot; /* open addressing: position in result.codes + 1, 0 for free */
    size_t n_slots; /* a power of two */
    noi_arena *arena;
};

noi_column_counter *noi_column_counter_new(const noi_plan *plan) {
    noi_column_counter *c = noi_alloc_zero(1, sizeof *c);
    c->plan = plan;
    c->arena = noi_arena_new();
    c->n_slots = 1024;
    c->slot = noi_alloc_zero(c->n_slots, sizeof *c->slot);
    return c;
}

void noi_column_counter_free(noi_column_counter *counter) {
    if (!counter)
        return;
    noi_arena_free(counter->arena);
    free(counter->result.codes);
    free(counter->result.spans);
    free(counter->slot);
    free(counter);
}

/* ---- counting ---- */

static uint64_t hash_of(noi_str text) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < text.n; i++)
        hash = (hash ^ (unsigned char)text.p[i]) * UINT64_C(0x100000001b3);
    return hash ^ hash >> 31;
}

/* The slot of the text, or the free one where it belongs. */
static uint32_t *slot_of(const noi_column_counter *c, noi_str text) {
    for (size_t i = hash_of(text) & (c->n_slots - 1);; i = (i + 1) & (c->n_slots - 1)) {
        uint32_t *slot = &c->slot[i];
        if (!*slot || noi_str_is(text, c->result.codes[*slot - 1].text))
            return slot;
    }
}

static void grow_slots(noi_column_counter *c) {
    if (c->result.n_codes * 2 < c->n_slots)
        return;
    c->n_slots *= 2;
    free(c->slot);
    c->slot = noi_alloc_zero(c->n_slots, sizeof *c->slot);
    for (size_t i = 0; i < c->result.n_codes; i++)
        *slot_of(c, noi_str_of(c->result.codes[i].text)) = (uint32_t)i + 1;
}

static bool is_known(const noi_plan *plan, noi_code code) {
    uint32_t first;
    return code && noi_plan_find_all(&first, plan, code) > 0;
}

static void read_code(noi_column_code *out, const noi_plan *plan, noi_str text) {
    out->code = noi_code_parse(text.p, text.n);
    out->state = out->code ? NOI_CODE_UNKNOWN : NOI_CODE_MALFORMED;
    if (is_known(plan, out->code)) {
        out->state = NOI_CODE_KNOWN;
        return;
    }
    noi_code restored = out->code ? noi_code_restore_zeros(text) : 0;
    if (!is_known(plan, restored))
        return;
    out->code = restored;
    out->state = NOI_CODE_LOST_ZEROS;
}

void noi_column_counter_add(noi_column_counter *c, noi_str value, int64_t line) {
    noi_str text = noi_code_clean(value);
    if (text.n == 0) {
        c->result.empty++;
        return;
    }
    if (text.n > MAX_TEXT)
        text.n = MAX_TEXT; /* no code is so long */
    c->result.rows++;
    grow_slots(c);
    uint32_t *slot = slot_of(c, text);
    if (!*slot) {
        NOI_GROW(c->result.codes, c->code_room, c->result.n_codes + 1);
        noi_column_code *code = &c->result.codes[c->result.n_codes++];
        *code = (noi_column_code){.text = noi_arena_strndup(c->arena, text.p, text.n), .line = line};
        read_code(code, c->plan, text);
        *slot = (uint32_t)c->result.n_codes;
    }
    c->result.codes[*slot - 1].rows++;
}

/* ---- spans ---- */

static int compare_days(const void *a, const void *b) {
    const noi_day *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The days on which the meaning of some code of the column begins or ends. */
static size_t find_days(noi_day **out, const noi_column_counter *c) {
    size_t n = 0, capacity = 0;
    for (size_t i = 0; i < c->result.n_codes; i++) {
        uint32_t first = 0;
        noi_code code = c->result.codes[i].code;
        size_t n_units = code ? noi_plan_find_all(&first, c->plan, code) : 0;
        for (size_t k = 0; k < n_units; k++) {
            const noi_plan_unit_row *u = &c->plan->units[c->plan->by_code[first + k]];
            NOI_GROW(*out, capacity, n + 2);
            (*out)[n++] = u->from;
            (*out)[n++] = u->to;
        }
    }
    if (n)
        qsort(*out, n, sizeof **out, compare_days);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (i == 0 || (*out)[i] != (*out)[i - 1])
            (*out)[kept++] = (*out)[i];
    return kept;
}

bool noi_code_fits_span(const noi_plan *plan, noi_code code, const noi_span_of_days *span) {
    return code && noi_plan_find(plan, code, span->from) != NOI_NO_UNIT;
}

static void count_span(noi_span_of_days *span, const noi_column_counter *c) {
    for (size_t i = 0; i < c->result.n_codes; i++) {
        const noi_column_code *code = &c->result.codes[i];
        if (!noi_code_fits_span(c->plan, code->code, span))
            continue;
        span->rows += code->rows;
        span->codes++;
    }
}

static void find_spans(noi_column_counter *c) {
    NOI_AUTO_FREE noi_day *day = NULL;
    size_t n = find_days(&day, c);
    noi_column_vintage *r = &c->result;
    r->spans = noi_alloc_zero(n + 1, sizeof *r->spans);
    for (size_t i = 0; i + 1 < n; i++) {
        r->spans[r->n_spans] = (noi_span_of_days){.from = day[i], .to = day[i + 1]};
        count_span(&r->spans[r->n_spans++], c);
    }
}

static void find_best(noi_column_vintage *r) {
    for (size_t i = 1; i < r->n_spans; i++)
        if (r->spans[i].rows >= r->spans[r->best].rows)
            r->best = i; /* of equals the newest */
    for (size_t i = 0; i < r->n_spans; i++)
        r->n_best += r->spans[i].rows == r->spans[r->best].rows;
}

static int by_code(const void *a, const void *b) {
    const noi_column_code *x = a, *y = b;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return strcmp(x->text, y->text);
}

const noi_column_vintage *noi_column_counter_finish(noi_column_counter *c) {
    if (c->result.n_codes)
        qsort(c->result.codes, c->result.n_codes, sizeof *c->result.codes, by_code);
    find_spans(c);
    find_best(&c->result);
    return &c->result;
}
