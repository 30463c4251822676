/* rule.c: what several rules share: storing a finding, the examination of the layers, twins. */
#include "merge/rules/rule.h"

#include <stdlib.h>
#include <string.h>

noi_status noi_finding_add(noi_rule_run *run, const noi_rule *rule, const noi_finding *f) {
    if (!run->add)
        NOI_TRY(noi_prepare(&run->add, run->registry, "rules/finding_add"));
    noi_stmt *add = run->add;
    noi_bind_text(add, 1, noi_str_of(rule->id));
    noi_bind_int(add, 2, rule->severity);
    noi_bind_int(add, 3, run->run_id);
    noi_bind_text(add, 4, noi_str_of(f->subject_kind));
    noi_bind_text(add, 5, noi_str_of(f->subject_key));
    if (f->unit_id)
        noi_bind_int(add, 6, f->unit_id);
    else
        noi_bind_null(add, 6);
    if (f->other_unit_id)
        noi_bind_int(add, 7, f->other_unit_id);
    else
        noi_bind_null(add, 7);
    noi_bind_text(add, 8, noi_str_of(f->found));
    noi_bind_text(add, 9, noi_str_of(f->expected));
    noi_bind_real(add, 10, f->lon);
    noi_bind_real(add, 11, f->lat);
    noi_bind_blob(add, 12, f->wkb);
    return noi_run(add);
}

/* ---- layers ---- */

/* A layer none of whose codes is known has no law, and is examined as such. */
static noi_status load_law(noi_boundary_law **out, noi_rule_run *run, const noi_layer *layer,
                           noi_day day) {
    noi_status status = noi_boundary_law_load_stored(out, run->registry, layer, day);
    if (status != NOI_ERR_INPUT)
        return status;
    noi_error_clear();
    return NOI_OK;
}

/* Made-up borders and real ones say nothing about each other. */
static void part_made_up_from_real(noi_boundary_law *law, bool is_made_up) {
    if (!law || !law->other_coverage || law->other_synthetic == is_made_up)
        return;
    noi_coverage_free(law->other_coverage);
    law->other_coverage = NULL;
}

/* The new layer is examined with all that the two say against each other; the old one alone. */
static noi_status examine_side(noi_rule_run *run, noi_side side) {
    noi_drawn *drawn = &run->drawn[side];
    NOI_AUTO(noi_layer_freep) noi_layer *layer = NULL;
    NOI_AUTO(noi_boundary_law_freep) noi_boundary_law *law = NULL;
    NOI_TRY(noi_layer_load_whole(&layer, NULL, run->registry, drawn->layer.id));
    NOI_TRY(load_law(&law, run, layer, drawn->day));
    part_made_up_from_real(law, drawn->layer.synthetic);
    noi_boundary_options options = NOI_BOUNDARY_DEFAULTS;
    options.synthetic = drawn->layer.synthetic;
    options.one_side = side == NOI_SIDE_OLD && run->drawn[NOI_SIDE_NEW].found;
    return noi_boundary_examine(&drawn->findings, layer, law, &options);
}

/* Of one area or of two the layer's day tells which layer is meant. */
static bool is_about_shape(const char *id) {
    int number = atoi(id + 1);
    return (number >= 6 && number <= 8) || (number >= 12 && number <= 19) || number == 23;
}

static const char *subject_kind(const char *id) {
    if (is_about_shape(id) || strcmp(id, "L02") == 0 || strcmp(id, "L11") == 0)
        return "layer";
    bool of_pair = strcmp(id, "L09") == 0 || strcmp(id, "L10") == 0 || strcmp(id, "L24") == 0;
    return of_pair ? "edge" : "unit";
}

static noi_status add_found(noi_rule_run *run, const noi_rule *rule, const noi_drawn *drawn,
                            const noi_layer_finding *f) {
    char day[12];
    NOI_AUTO_FREE char *dated =
        noi_format("%s %s", noi_day_format(day, drawn->layer.as_of), f->subject);
    const noi_finding finding = {
        .subject_kind = subject_kind(rule->id),
        .subject_key = is_about_shape(rule->id) ? dated : f->subject,
        .unit_id = f->unit_id,
        .other_unit_id = f->other_unit_id,
        .found = f->found[0] ? f->found : NULL,
        .expected = f->expected[0] ? f->expected : NULL,
        .lon = f->lon,
        .lat = f->lat,
        .wkb = f->wkb,
    };
    return noi_finding_add(run, rule, &finding);
}

noi_status noi_rule_layers(noi_rule_run *run, const noi_rule *rule) {
    for (int side = NOI_SIDE_NEW; side >= NOI_SIDE_OLD; side--) { /* the new layer comes first */
        noi_drawn *drawn = &run->drawn[side];
        if (!drawn->found)
            continue;
        if (!drawn->findings)
            NOI_TRY(examine_side(run, (noi_side)side));
        for (size_t i = 0; i < drawn->findings->n; i++)
            if (strcmp(drawn->findings->items[i].rule, rule->id) == 0)
                NOI_TRY(add_found(run, rule, drawn, &drawn->findings->items[i]));
    }
    return NOI_OK;
}

/* ---- twins ---- */

typedef struct hashed {
    uint64_t hash;
    int64_t id;
} hashed;

static uint64_t hash_text(uint64_t hash, noi_str text) {
    for (size_t i = 0; i < text.n; i++)
        hash = (hash ^ (unsigned char)text.p[i]) * UINT64_C(0x100000001b3); /* FNV-1a */
    hash = (hash ^ 0xff) * UINT64_C(0x100000001b3); /* a byte that no UTF-8 has ends a column */
    return hash ^ hash >> 29;
}

static int compare_hashed(const void *a, const void *b) {
    const hashed *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static noi_status hash_rows(hashed **rows, size_t *n, noi_registry *registry, const char *query) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *stmt = NULL;
    NOI_TRY(noi_prepare(&stmt, registry, query));
    size_t capacity = 0;
    int columns = noi_column_count(stmt);
    for (bool row = true;;) {
        NOI_TRY(noi_step(stmt, &row));
        if (!row)
            return NOI_OK;
        uint64_t hash = UINT64_C(0xcbf29ce484222325);
        for (int i = 1; i < columns; i++)
            hash = hash_text(hash, noi_column_text(stmt, i));
        NOI_GROW(*rows, capacity, *n + 1);
        (*rows)[(*n)++] = (hashed){hash, noi_column_int(stmt, 0)};
    }
}

static noi_status store_twins(noi_registry *registry, const hashed *rows, size_t n) {
    NOI_AUTO(noi_stmt_closep) noi_stmt *add = NULL;
    NOI_TRY(noi_exec(registry, "rules/twin_clear"));
    NOI_TRY(noi_prepare(&add, registry, "rules/twin_add"));
    for (size_t i = 0; i < n; i++) {
        bool like_last = i > 0 && rows[i - 1].hash == rows[i].hash;
        bool like_next = i + 1 < n && rows[i + 1].hash == rows[i].hash;
        if (!like_last && !like_next)
            continue;
        noi_bind_int(add, 1, (int64_t)(rows[i].hash >> 1));
        noi_bind_int(add, 2, rows[i].id);
        NOI_TRY(noi_run(add));
    }
    return NOI_OK;
}

noi_status noi_rule_twins(noi_rule_run *run, const char *query) {
    NOI_AUTO_FREE hashed *rows = NULL;
    size_t n = 0;
    NOI_TRY(hash_rows(&rows, &n, run->registry, query));
    if (n)
        qsort(rows, n, sizeof *rows, compare_hashed);
    return store_twins(run->registry, rows, n);
}
