/* rule.c: what several rules share: storing a finding, layers and their defects, overlay, twins. */
#include "merge/rules/rule.h"

#include <math.h>
#include <stdio.h>
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

noi_status noi_rule_coverage(const noi_coverage **coverage, noi_rule_run *run, noi_side side) {
    noi_drawn *drawn = &run->drawn[side];
    if (drawn->found && !drawn->coverage)
        NOI_TRY(noi_layer_load(&drawn->coverage, &drawn->unit_ids, run->registry, drawn->layer.id));
    *coverage = drawn->coverage;
    return NOI_OK;
}

/* ---- defects ---- */

static noi_status check_side(const noi_defects **out, noi_rule_run *run, noi_side side) {
    const noi_coverage *coverage = NULL;
    NOI_TRY(noi_rule_coverage(&coverage, run, side));
    noi_drawn *drawn = &run->drawn[side];
    if (coverage && !drawn->defects)
        NOI_TRY(noi_coverage_check(&drawn->defects, coverage, NULL));
    *out = drawn->defects;
    return NOI_OK;
}

static int64_t unit_id_of(const noi_drawn *drawn, uint32_t unit) {
    return unit < drawn->coverage->n_units ? drawn->unit_ids[unit] : 0;
}

static void code_of(char out[8], const noi_drawn *drawn, uint32_t unit) {
    out[0] = '\0';
    if (unit < drawn->coverage->n_units && drawn->coverage->unit_code[unit])
        noi_code_format(out, drawn->coverage->unit_code[unit]);
}

static noi_status add_defect(noi_rule_run *run, const noi_rule *rule, const noi_drawn *drawn,
                             const noi_defect *defect) {
    char a[8], b[8], day[12], key[40], found[96];
    code_of(a, drawn, defect->unit_a);
    code_of(b, drawn, defect->unit_b);
    snprintf(key, sizeof key, "%s %s%s%s", noi_day_format(day, drawn->layer.as_of), a,
             b[0] ? " " : "", b); /* which layer, which units */
    if (defect->kind == NOI_DEFECT_INVALID_RING)
        snprintf(found, sizeof found, "%s", noi_ring_fault_key(defect->ring));
    else
        snprintf(found, sizeof found, "%.1f m²; %.2f m", defect->area_m2, defect->width_m);
    const noi_finding finding = {
        .subject_kind = "layer",
        .subject_key = key,
        .unit_id = unit_id_of(drawn, defect->unit_a),
        .other_unit_id = unit_id_of(drawn, defect->unit_b),
        .found = found,
        .lon = defect->lon,
        .lat = defect->lat,
        .wkb = defect->wkb,
    };
    return noi_finding_add(run, rule, &finding);
}

/* The largest first; those without area in their own order. */
static int compare_defects(const void *a, const void *b) {
    const noi_defect *x = *(const noi_defect *const *)a, *y = *(const noi_defect *const *)b;
    if (x->area_m2 != y->area_m2)
        return x->area_m2 > y->area_m2 ? -1 : 1;
    return (x > y) - (x < y);
}

static noi_status add_defects(noi_rule_run *run, const noi_rule *rule, const noi_drawn *drawn,
                              noi_defect_kind kind, const noi_defects *defects) {
    NOI_AUTO_FREE const noi_defect **picked = noi_alloc(defects->n * sizeof *picked);
    size_t n = 0;
    for (size_t i = 0; i < defects->n; i++)
        if (defects->items[i].kind == kind)
            picked[n++] = &defects->items[i];
    if (n)
        qsort(picked, n, sizeof *picked, compare_defects);
    for (size_t i = 0; i < n; i++)
        NOI_TRY(add_defect(run, rule, drawn, picked[i]));
    return NOI_OK;
}

noi_status noi_rule_defects(noi_rule_run *run, const noi_rule *rule, noi_defect_kind kind) {
    for (int side = NOI_SIDE_NEW; side >= NOI_SIDE_OLD; side--) { /* the new layer comes first */
        const noi_defects *defects = NULL;
        NOI_TRY(check_side(&defects, run, (noi_side)side));
        if (defects)
            NOI_TRY(add_defects(run, rule, &run->drawn[side], kind, defects));
    }
    return NOI_OK;
}

/* ---- overlay ---- */

static noi_status store_overlap(noi_rule_run *run, noi_stmt *add, const noi_overlap_row *row) {
    int64_t old_id = run->drawn[NOI_SIDE_OLD].unit_ids[row->old_unit];
    int64_t new_id = run->drawn[NOI_SIDE_NEW].unit_ids[row->new_unit];
    if (!old_id || !new_id)
        return NOI_OK; /* a code that is no unit: rule L02 says so */
    noi_bind_int(add, 1, old_id);
    noi_bind_int(add, 2, new_id);
    noi_bind_real(add, 3, row->area_m2);
    noi_bind_real(add, 4, row->share_of_old);
    noi_bind_real(add, 5, row->lon);
    noi_bind_real(add, 6, row->lat);
    return noi_run(add);
}

noi_status noi_rule_overlay(noi_rule_run *run) {
    const noi_coverage *old_units = NULL, *new_units = NULL;
    if (run->overlap_done)
        return NOI_OK;
    run->overlap_done = true;
    NOI_TRY(noi_rule_coverage(&old_units, run, NOI_SIDE_OLD));
    NOI_TRY(noi_rule_coverage(&new_units, run, NOI_SIDE_NEW));
    if (!old_units || !new_units)
        return NOI_OK;
    NOI_TRY(noi_overlay(&run->overlap, &run->n_overlap, old_units, new_units));
    NOI_AUTO(noi_stmt_closep) noi_stmt *add = NULL;
    NOI_TRY(noi_prepare(&add, run->registry, "rules/overlay_add"));
    for (size_t i = 0; i < run->n_overlap; i++)
        NOI_TRY(store_overlap(run, add, &run->overlap[i]));
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
