/* evidence.c: the columns of a batch; see evidence.h. */
#include "merge/evidence.h"

#include "merge/run.h"

/* A reference is the table's number in the upper 8 bits, the row in the lower 24. */
#define ROW_BITS 24
#define ROW_MASK ((1u << ROW_BITS) - 1)

typedef struct column {
    noi_buf bytes;
    int32_t *offsets; /* n + 1 of them */
    size_t capacity;
} column;

typedef struct table {
    int32_t as_of;
    size_t n, lon_room, lat_room, error_room, verdict_room;
    column text, old_code, decided, sheet;
    double *lon, *lat;
    float *error_m;
    noi_verdict *verdicts;
} table;

struct noi_evidence {
    size_t n_tables, capacity;
    table *tables;
};

noi_evidence *noi_evidence_new(void) {
    return noi_alloc_zero(1, sizeof(noi_evidence));
}

static void column_free(column *c) {
    noi_buf_free(&c->bytes);
    free(c->offsets);
}

void noi_evidence_free(noi_evidence *evidence) {
    if (!evidence)
        return;
    for (size_t i = 0; i < evidence->n_tables; i++) {
        table *t = &evidence->tables[i];
        column_free(&t->text);
        column_free(&t->old_code);
        column_free(&t->decided);
        column_free(&t->sheet);
        free(t->lon);
        free(t->lat);
        free(t->error_m);
        free(t->verdicts);
    }
    free(evidence->tables);
    free(evidence);
}

void noi_evidence_clear(noi_evidence *evidence) {
    for (size_t i = 0; i < evidence->n_tables; i++) {
        table *t = &evidence->tables[i];
        t->n = 0;
        noi_buf_clear(&t->text.bytes);
        noi_buf_clear(&t->old_code.bytes);
        noi_buf_clear(&t->decided.bytes);
        noi_buf_clear(&t->sheet.bytes);
    }
}

static table *table_of(noi_evidence *evidence, int32_t as_of, uint32_t *number) {
    size_t i = 0;
    while (i < evidence->n_tables && evidence->tables[i].as_of != as_of)
        i++;
    if (i == evidence->n_tables) {
        NOI_GROW(evidence->tables, evidence->capacity, i + 1);
        evidence->tables[i] = (table){.as_of = as_of};
        evidence->n_tables++;
    }
    *number = (uint32_t)i;
    return &evidence->tables[i];
}

static void column_add(column *c, size_t row, noi_str value) {
    NOI_GROW(c->offsets, c->capacity, row + 2);
    if (row == 0)
        c->offsets[0] = 0;
    if (value.n)
        noi_buf_add(&c->bytes, value.p, value.n);
    c->offsets[row + 1] = (int32_t)c->bytes.n;
}

noi_evidence_ref noi_evidence_add(noi_evidence *evidence, const noi_evidence_piece *piece) {
    uint32_t number;
    table *t = table_of(evidence, piece->as_of, &number);
    size_t row = t->n++;
    column_add(&t->text, row, piece->text);
    column_add(&t->old_code, row, piece->old_code);
    column_add(&t->decided, row, piece->decided);
    column_add(&t->sheet, row, piece->sheet);
    NOI_GROW(t->lon, t->lon_room, row + 1);
    NOI_GROW(t->lat, t->lat_room, row + 1);
    NOI_GROW(t->error_m, t->error_room, row + 1);
    t->lon[row] = piece->lon;
    t->lat[row] = piece->lat;
    t->error_m[row] = piece->error_m;
    return number << ROW_BITS | ((uint32_t)row & ROW_MASK);
}

size_t noi_evidence_bytes(const noi_evidence *evidence) {
    size_t n = 0;
    for (size_t i = 0; i < evidence->n_tables; i++)
        n += evidence->tables[i].text.bytes.n;
    return n;
}

/* A column in which nothing stands is passed as absent. */
static noi_text_column view(const column *c) {
    if (c->bytes.n == 0)
        return (noi_text_column){NULL, NULL};
    return (noi_text_column){c->offsets, c->bytes.p};
}

noi_status noi_evidence_judge(noi_evidence *evidence, const noi_plan *plan) {
    for (size_t i = 0; i < evidence->n_tables; i++) {
        table *t = &evidence->tables[i];
        NOI_GROW(t->verdicts, t->verdict_room, t->n);
        const noi_records records = {.n = t->n,
                                     .text = view(&t->text),
                                     .old_code = view(&t->old_code),
                                     .decided = view(&t->decided),
                                     .sheet = view(&t->sheet),
                                     .lon = t->lon,
                                     .lat = t->lat,
                                     .error_m = t->error_m,
                                     .default_error_m = NOI_UNSTATED_ERROR_M,
                                     .as_of = t->as_of};
        if (t->n)
            NOI_TRY(noi_judge(t->verdicts, plan, &records));
    }
    return NOI_OK;
}

const noi_verdict *noi_evidence_verdict(const noi_evidence *evidence, noi_evidence_ref ref) {
    if (ref == NOI_NO_EVIDENCE)
        return NULL;
    return &evidence->tables[ref >> ROW_BITS].verdicts[ref & ROW_MASK];
}
