/* verdicts.c: rows of verdicts and their seals; see verdicts.h. */
#include "registry/verdicts.h"

#include <math.h>
#include <string.h>

void noi_verdict_read(noi_verdict_row *out, noi_stmt *q) {
    *out = (noi_verdict_row){
        .kind = noi_column_int(q, 0),
        .record_id = noi_column_int(q, 1),
        .status = noi_column_int(q, 2),
        .method = noi_column_int(q, 3),
        .reason = noi_column_int(q, 4),
        .new_unit = noi_column_int(q, 5),
        .old_unit = noi_column_int(q, 6),
        .edge_id = noi_column_int(q, 7),
        .candidates = noi_column_text(q, 8),
        .warnings = noi_column_int(q, 9),
        .border_m = noi_column_real(q, 10),
        .queue = noi_column_text(q, 11),
        .flags = noi_column_int(q, 12),
        .run_id = noi_column_int(q, 13),
        .probabilities = noi_column_text(q, 14),
        .point_unit = noi_column_int(q, 15),
        .rule_id = noi_column_int(q, 16),
        .entry = noi_column_int(q, 17),
        .seal = noi_column_int(q, 18),
    };
}

static void bind_key(noi_stmt *q, int at, int64_t key) {
    if (key)
        noi_bind_int(q, at, key);
    else
        noi_bind_null(q, at);
}

void noi_verdict_bind(noi_stmt *q, int base, const noi_verdict_row *row) {
    noi_bind_int(q, base + 1, row->kind);
    noi_bind_int(q, base + 2, row->record_id);
    noi_bind_int(q, base + 3, row->status);
    noi_bind_int(q, base + 4, row->method);
    noi_bind_int(q, base + 5, row->reason);
    bind_key(q, base + 6, row->new_unit);
    bind_key(q, base + 7, row->old_unit);
    bind_key(q, base + 8, row->edge_id);
    noi_bind_text(q, base + 9, row->candidates);
    noi_bind_int(q, base + 10, row->warnings);
    noi_bind_real(q, base + 11, row->border_m);
    noi_bind_text(q, base + 12, row->queue);
    noi_bind_int(q, base + 13, row->flags);
    noi_bind_int(q, base + 14, row->run_id);
    noi_bind_text(q, base + 15, row->probabilities);
    bind_key(q, base + 16, row->point_unit);
    bind_key(q, base + 17, row->rule_id);
    noi_bind_int(q, base + 18, row->entry);
    noi_bind_int(q, base + 19, row->seal);
}

static bool same_text(noi_str a, noi_str b) {
    return (a.p == NULL) == (b.p == NULL) && noi_str_eq(a, b);
}

bool noi_verdict_same(const noi_verdict_row *a, const noi_verdict_row *b) {
    return a->kind == b->kind && a->record_id == b->record_id && a->status == b->status &&
           a->method == b->method && a->reason == b->reason && a->new_unit == b->new_unit &&
           a->old_unit == b->old_unit && a->edge_id == b->edge_id && a->warnings == b->warnings &&
           a->flags == b->flags && a->point_unit == b->point_unit && a->rule_id == b->rule_id &&
           isnan(a->border_m) == isnan(b->border_m) &&
           (isnan(a->border_m) || a->border_m == b->border_m) &&
           same_text(a->candidates, b->candidates) && same_text(a->queue, b->queue) &&
           same_text(a->probabilities, b->probabilities);
}

int noi_verdict_order(const noi_verdict_row *a, const noi_verdict_row *b) {
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return (a->record_id > b->record_id) - (a->record_id < b->record_id);
}

/* ---- seals ----------------------------------------------------------------------------------- */

/* What is hashed at one step: the state before it, then the row's values. Most rows fit into one
 * block of the hash (128 bytes), so numbers take as few bytes as they need. */
typedef struct packed {
    unsigned char bytes[1024];
    size_t n;
} packed;

static void pack_int(packed *p, int64_t value) {
    uint64_t left = ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
    for (; left > 127; left >>= 7)
        p->bytes[p->n++] = (unsigned char)(left & 127) | 128;
    p->bytes[p->n++] = (unsigned char)left;
}

/* 0 for NULL, else the length and 1, then the text; of one too long for the buffer its digest. */
static void pack_text(packed *p, noi_str text) {
    char hex[NOI_DIGEST_HEX];
    pack_int(p, text.p ? (int64_t)text.n + 1 : 0);
    if (text.n > 200) {
        noi_digest_bytes(hex, text.p, text.n);
        text = (noi_str){hex, NOI_DIGEST_HEX - 1};
    }
    if (text.n)
        memcpy(p->bytes + p->n, text.p, text.n);
    p->n += text.n;
}

static void pack_real(packed *p, double value) {
    bool none = isnan(value);
    double plain = none ? 0 : value + 0.0; /* no negative zero */
    p->bytes[p->n++] = none;
    memcpy(p->bytes + p->n, &plain, sizeof plain);
    p->n += none ? 0 : sizeof plain;
}

static void step(noi_chain *chain, packed *p) {
    memcpy(p->bytes, chain->state, sizeof chain->state);
    noi_hash_bytes(chain->state, p->bytes, p->n);
    chain->rows++;
}

noi_chain noi_chain_begin(int64_t entry) {
    noi_chain chain = {.rows = 0};
    memcpy(chain.state, &entry, sizeof entry);
    return chain;
}

int64_t noi_chain_add(noi_chain *chain, const noi_verdict_row *row) {
    packed p = {.n = sizeof chain->state};
    const int64_t numbers[] = {row->kind,     row->record_id, row->status,     row->method,
                               row->reason,   row->new_unit,  row->old_unit,   row->edge_id,
                               row->warnings, row->flags,     row->point_unit, row->rule_id,
                               row->run_id};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        pack_int(&p, numbers[i]);
    pack_real(&p, row->border_m);
    pack_text(&p, row->candidates);
    pack_text(&p, row->queue);
    pack_text(&p, row->probabilities);
    step(chain, &p);
    int64_t seal;
    memcpy(&seal, chain->state, sizeof seal);
    return seal;
}

void noi_chain_add_ended(noi_chain *chain, const noi_verdict_row *row) {
    packed p = {.n = sizeof chain->state};
    pack_int(&p, row->kind);
    pack_int(&p, row->record_id);
    pack_int(&p, row->entry);
    pack_int(&p, row->seal);
    step(chain, &p);
}

void noi_chain_end(char out[NOI_DIGEST_HEX], const noi_chain *chain) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof chain->state; i++) {
        out[2 * i] = digits[chain->state[i] >> 4];
        out[2 * i + 1] = digits[chain->state[i] & 15];
    }
    out[NOI_DIGEST_HEX - 1] = '\0';
}
