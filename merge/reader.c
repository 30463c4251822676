/* reader.c: records with their evidence; see reader.h. */
#include "merge/reader.h"

#include <math.h>
#include <string.h>

/* A batch ends early when its texts reach this. */
#define BATCH_BYTES ((size_t)1 << 26)

/* A piece of evidence stands in seven columns: id, source, text, old code, lon, lat, error. */
enum { ID, SOURCE, TEXT, OLD_CODE, LON, LAT, ERROR, PIECE_COLUMNS };

typedef struct decision {
    int64_t id;
    char code[8];
} decision;

typedef struct decisions { /* of one kind, ordered by the record's id */
    size_t n, capacity;
    decision *items;
} decisions;

struct noi_reader {
    noi_registry *registry;
    noi_record_kind kind;
    noi_stmt *q;
    bool at_end;
    size_t n_sources, capacity;
    noi_day *as_of; /* by source id */
    decisions decided[NOI_RECORD_KINDS];
    const noi_case_rules *rules;
    noi_day intake_until; /* the intake unit tells nothing about later cases (R13) */
};

/* ---- batches --------------------------------------------------------------------------------- */

noi_batch *noi_batch_new(void) {
    noi_batch *b = noi_alloc_zero(1, sizeof *b);
    b->records = noi_alloc_zero(NOI_BATCH_ROWS, sizeof *b->records);
    b->verdicts = noi_alloc_zero(NOI_BATCH_ROWS, sizeof *b->verdicts);
    b->queues = noi_alloc_zero(NOI_BATCH_ROWS, sizeof *b->queues);
    b->flags = noi_alloc_zero(NOI_BATCH_ROWS, sizeof *b->flags);
    b->candidate_offsets = noi_alloc_zero(NOI_BATCH_ROWS + 1, sizeof *b->candidate_offsets);
    b->evidence = noi_evidence_new();
    return b;
}

void noi_batch_free(noi_batch *batch) {
    if (!batch)
        return;
    free(batch->records);
    free(batch->verdicts);
    free(batch->queues);
    free(batch->flags);
    free(batch->candidate_offsets);
    noi_buf_free(&batch->candidates);
    noi_evidence_free(batch->evidence);
    free(batch);
}

/* ---- opening --------------------------------------------------------------------------------- */

static noi_status load_sources(noi_reader *r) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, r->registry, "merge/sources"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        size_t id = (size_t)noi_column_int(q, 0);
        NOI_GROW(r->as_of, r->capacity, id + 1);
        while (r->n_sources <= id)
            r->as_of[r->n_sources++] = NOI_DAY_NONE;
        r->as_of[id] = noi_column_day(q, 1);
    }
}

static noi_status load_decisions(noi_reader *r) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *q = NULL;
    NOI_TRY(noi_prepare(&q, r->registry, "merge/decisions"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(q, &row));
        if (!row)
            return NOI_OK;
        decisions *of_kind = &r->decided[noi_column_int(q, 0)];
        noi_str code = noi_column_text(q, 2);
        NOI_GROW(of_kind->items, of_kind->capacity, of_kind->n + 1);
        decision *d = &of_kind->items[of_kind->n++];
        *d = (decision){.id = noi_column_int(q, 1)};
        memcpy(d->code, code.p, code.n < sizeof d->code ? code.n : sizeof d->code - 1);
    }
}

noi_status noi_reader_open(noi_reader **out, noi_registry *registry, const noi_case_rules *rules) {
    NOI_AUTO(noi_reader_closep) noi_reader *r = noi_alloc_zero(1, sizeof *r);
    const noi_case_rule *intake = noi_case_rule_find(rules, NOI_RULE_INTAKE_ANYWHERE, 0);
    r->registry = registry;
    r->rules = rules;
    r->intake_until = intake ? intake->from : NOI_DAY_OPEN;
    NOI_TRY(load_sources(r));
    NOI_TRY(load_decisions(r));
    *out = r;
    r = NULL;
    return NOI_OK;
}

void noi_reader_close(noi_reader *reader) {
    if (!reader)
        return;
    noi_stmt_close(reader->q);
    free(reader->as_of);
    for (int i = 0; i < NOI_RECORD_KINDS; i++)
        free(reader->decided[i].items);
    free(reader);
}

noi_status noi_reader_begin(noi_reader *reader, noi_record_kind kind, int64_t after) {
    static const char *const queries[NOI_RECORD_KINDS] = {
        NULL, "merge/addresses", "merge/households", "merge/parcels", "merge/dossiers"};
    noi_stmt_close(reader->q);
    reader->q = NULL;
    reader->kind = kind;
    reader->at_end = false;
    NOI_TRY(noi_prepare(&reader->q, reader->registry, queries[kind]));
    noi_bind_int(reader->q, 1, after);
    return NOI_OK;
}

/* ---- evidence -------------------------------------------------------------------------------- */

static noi_str find_decision(const decisions *list, int64_t id) {
    size_t low = 0, high = list->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == list->n || list->items[low].id != id)
        return (noi_str){NULL, 0};
    return noi_str_of(list->items[low].code);
}

static noi_day as_of(const noi_reader *r, int64_t source) {
    return source >= 0 && (size_t)source < r->n_sources ? r->as_of[source] : NOI_DAY_NONE;
}

/* The piece that begins at column `at`, of a record of `kind`; none when there is no such record.
 */
static noi_evidence_ref read_piece(bool *decided, noi_batch *batch, const noi_reader *r,
                                   noi_record_kind kind, int at) {
    *decided = false;
    if (noi_column_is_null(r->q, at + ID))
        return NOI_NO_EVIDENCE;
    noi_str code = {NULL, 0};
    if (r->decided[kind].n)
        code = find_decision(&r->decided[kind], noi_column_int(r->q, at + ID));
    *decided = code.n > 0;
    /* A parcel has no text; its sheet stands in that column. */
    bool is_parcel = kind == NOI_RECORD_PARCEL;
    const noi_evidence_piece piece = {
        .text = is_parcel ? (noi_str){NULL, 0} : noi_column_text(r->q, at + TEXT),
        .sheet = is_parcel ? noi_column_text(r->q, at + TEXT) : (noi_str){NULL, 0},
        .old_code = noi_column_text(r->q, at + OLD_CODE),
        .decided = code,
        .lon = noi_column_real(r->q, at + LON),
        .lat = noi_column_real(r->q, at + LAT),
        .error_m = (float)noi_column_real(r->q, at + ERROR),
        .as_of = as_of(r, noi_column_int(r->q, at + SOURCE)),
    };
    return noi_evidence_add(batch->evidence, &piece);
}

static noi_evidence_ref add_unit(noi_batch *batch, noi_str code, noi_day on) {
    const noi_evidence_piece piece = {
        .old_code = code, .lon = NAN, .lat = NAN, .error_m = NAN, .as_of = on};
    return noi_evidence_add(batch->evidence, &piece);
}

/* ---- records --------------------------------------------------------------------------------- */

static void read_household(noi_record *out, noi_batch *batch, const noi_reader *r) {
    bool ignored;
    out->names_address = noi_column_int(r->q, PIECE_COLUMNS);
    out->address = read_piece(&ignored, batch, r, NOI_RECORD_ADDRESS, PIECE_COLUMNS + 1);
}

/* An agency's id becomes the code of the unit that it was of, where a list of offices says it. */
static noi_str unit_of_office(const noi_reader *r, noi_str id, noi_day on) {
    if (id.n == 0 || noi_holder_of(id) != NOI_HOLDER_UNKNOWN)
        return id;
    const noi_office *office = noi_office_find(r->rules->offices, id, on);
    return office && office->unit_code[0] ? noi_str_of(office->unit_code) : id;
}

/* An office that was of no ward and no district, a department's say, and that has a new id. */
static bool has_successor(const noi_reader *r, noi_str id, noi_day on) {
    const noi_office *office = noi_office_find(r->rules->offices, id, on);
    return office && !office->unit_code[0] && office->new_id[0];
}

static noi_evidence_ref add_text(noi_batch *batch, noi_str text, noi_day on) {
    const noi_evidence_piece piece = {
        .text = text, .lon = NAN, .lat = NAN, .error_m = NAN, .as_of = on};
    return text.n ? noi_evidence_add(batch->evidence, &piece) : NOI_NO_EVIDENCE;
}

/* The field of a procedure, as far as it has room. */
static void keep_field(char *out, size_t size, noi_str field) {
    size_t n = field.n < size ? field.n : size - 1;
    while (n > 0 && n < field.n && ((unsigned char)field.p[n] & 0xC0) == 0x80)
        n--;
    if (n)
        memcpy(out, field.p, n);
    out[n] = '\0';
}

/* A ward's own case has the ward to go by, a district's the units that its wards became: they place
 * nothing, but they are the candidates that a person chooses from. The intake unit is the last resort: where no unit that
 * we know handles the case, and it came in while intake was still territorial. */
static void read_unit(noi_record *out, noi_batch *batch, const noi_reader *r, int at) {
    noi_day received_on = noi_column_day(r->q, at);
    noi_day on = as_of(r, noi_column_int(r->q, SOURCE));
    noi_str intake = unit_of_office(r, noi_column_text(r->q, at + 3), on);
    noi_str office = noi_column_text(r->q, at + 4), handling = unit_of_office(r, office, on);
    out->has_intake = intake.n > 0;
    out->has_successor = has_successor(r, office, on);
    out->received_on = received_on;
    noi_holder holder = noi_holder_of(handling);
    out->holder = (uint8_t)holder;
    if (holder != NOI_HOLDER_UNKNOWN)
        out->unit = add_unit(batch, handling, on);
    if (holder != NOI_HOLDER_UNKNOWN || noi_holder_of(intake) != NOI_HOLDER_COMMUNE ||
        received_on >= r->intake_until)
        return;
    out->by_intake = true;
    out->unit = add_unit(batch, intake, on);
}

static void read_case(noi_record *out, noi_batch *batch, const noi_reader *r) {
    enum {
        PARCEL = PIECE_COLUMNS,
        HOUSEHOLD = 2 * PIECE_COLUMNS + 1,
        ADDRESS = 3 * PIECE_COLUMNS + 2,
        REST = 4 * PIECE_COLUMNS + 3
    };
    bool parcel_decided, address_decided;
    out->names_parcel = noi_column_int(r->q, PARCEL);
    out->parcel = read_piece(&parcel_decided, batch, r, NOI_RECORD_PARCEL, PARCEL + 1);
    out->names_household = noi_column_int(r->q, HOUSEHOLD);
    out->home = read_piece(&out->home_decided, batch, r, NOI_RECORD_HOUSEHOLD, HOUSEHOLD + 1);
    out->names_address = noi_column_int(r->q, ADDRESS);
    out->address = read_piece(&address_decided, batch, r, NOI_RECORD_ADDRESS, ADDRESS + 1);
    read_unit(out, batch, r, REST);
    out->due_on = noi_column_day(r->q, REST + 1);
    out->status = (int)noi_column_int(r->q, REST + 2);
    out->procedure_code = noi_procedure_code(noi_column_text(r->q, REST + 5));
    keep_field(out->field, sizeof out->field, noi_column_text(r->q, REST + 6));
    out->office = add_text(batch, noi_column_text(r->q, REST + 7),
                           as_of(r, noi_column_int(r->q, SOURCE)));
}

static void read_record(noi_batch *batch, const noi_reader *r) {
    noi_record *out = &batch->records[batch->n++];
    *out = (noi_record){.id = noi_column_int(r->q, ID),
                        .parcel = NOI_NO_EVIDENCE,
                        .home = NOI_NO_EVIDENCE,
                        .address = NOI_NO_EVIDENCE,
                        .unit = NOI_NO_EVIDENCE,
                        .office = NOI_NO_EVIDENCE,
                        .received_on = NOI_DAY_NONE,
                        .due_on = NOI_DAY_NONE};
    out->own = read_piece(&out->decided, batch, r, r->kind, 0);
    if (r->kind == NOI_RECORD_HOUSEHOLD)
        read_household(out, batch, r);
    else if (r->kind == NOI_RECORD_CASE)
        read_case(out, batch, r);
}

noi_status noi_reader_next(noi_batch *batch, noi_reader *reader, size_t most) {
    batch->kind = reader->kind;
    batch->n = 0;
    noi_evidence_clear(batch->evidence);
    while (!reader->at_end && batch->n < most &&
           noi_evidence_bytes(batch->evidence) < BATCH_BYTES) {
        bool row = false;
        NOI_TRY(noi_step(reader->q, &row));
        if (row)
            read_record(batch, reader);
        else
            reader->at_end = true;
    }
    return NOI_OK;
}
