/* repair.c: what a repair did, counted by rule, and the table of units. See repair.h. */
#include "report/repair.h"

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static size_t rule_at(const char *rule) {
    size_t i = 0;
    while (noi_repair_rule(i) && strcmp(noi_repair_rule(i), rule) != 0)
        i++;
    return i;
}

static void count_defects(noi_repair_report *r, const noi_defects *defects, bool after) {
    for (size_t i = 0; i < defects->n; i++) {
        size_t at = rule_at(noi_defect_rule(defects->items[i].kind));
        if (noi_repair_rule(at))
            (*(after ? &r->counts[at].left : &r->counts[at].found))++;
    }
}

bool noi_repair_is_accepted(const noi_repair_report *report, size_t rule) {
    noi_repair_options copy = *report->options;
    return *noi_repair_accept(&copy, noi_repair_rule(rule));
}

/* Land that a moved border gave one unit and took from another stands in two steps. */
static void count_steps(noi_repair_count *c, const noi_repair *repair, const char *rule) {
    double both = 0, gained = 0, lost = 0;
    for (size_t i = 0; i < repair->n_steps; i++) {
        const noi_repair_step *s = &repair->steps[i];
        if (strcmp(s->rule, rule) != 0)
            continue;
        c->steps++;
        *(s->lost == NOI_INDEX_NONE     ? &gained
          : s->gained == NOI_INDEX_NONE ? &lost
                                        : &both) += s->area_m2;
    }
    bool moves = strcmp(rule, "L16") == 0 || strcmp(rule, "L18") == 0;
    c->area_m2 = both + (moves && gained < lost ? lost : gained) + (moves ? 0 : lost);
}

void noi_repair_count_all(noi_repair_report *r) {
    count_defects(r, r->repair->defects_before, false);
    count_defects(r, r->repair->defects_after, true);
    for (size_t i = 0; noi_repair_rule(i); i++) {
        count_steps(&r->counts[i], r->repair, noi_repair_rule(i));
        r->stays = r->stays || (noi_repair_is_accepted(r, i) && r->counts[i].left);
    }
}

bool noi_repair_was_invalid(const noi_repair_report *r, uint32_t unit) {
    const noi_defects *before = r->repair->defects_before;
    for (size_t i = 0; i < before->n; i++)
        if (before->items[i].kind == NOI_DEFECT_INVALID_RING && before->items[i].unit_a == unit)
            return true;
    return false;
}

bool noi_repair_turns_axes(const noi_repair_report *r) {
    size_t n = strlen(r->stated->crs);
    return n > 3 && strcmp(r->stated->crs + n - 3, "/yx") == 0;
}

double noi_repair_difference_m2(const noi_repair_report *r, uint32_t unit) {
    const double shown = 0.005; /* less is nothing in every table */
    double change = r->repair->area_after_m2[unit] - r->repair->area_before_m2[unit];
    return fabs(change) < shown ? 0 : change;
}

bool noi_repair_has_touched(const noi_repair_report *r, uint32_t unit) {
    const noi_coverage *a = r->layer->coverage, *b = r->repair->coverage;
    uint32_t ra = a->polygon_ring[a->unit_polygon[unit]],
             rb = b->polygon_ring[b->unit_polygon[unit]],
             na = a->polygon_ring[a->unit_polygon[unit + 1]] - ra,
             nb = b->polygon_ring[b->unit_polygon[unit + 1]] - rb;
    uint32_t va = a->ring_vertex[ra], vb = b->ring_vertex[rb], n = a->ring_vertex[ra + na] - va;
    return na != nb || n != b->ring_vertex[rb + nb] - vb ||
           memcmp(a->xy + 2 * (size_t)va, b->xy + 2 * (size_t)vb, 2 * n * sizeof *a->xy) != 0;
}

const char *noi_repair_kind_key(noi_record_kind kind) {
    static const char *const keys[NOI_RECORD_KINDS] = {
        [NOI_RECORD_ADDRESS] = "address",
        [NOI_RECORD_HOUSEHOLD] = "household",
        [NOI_RECORD_PARCEL] = "parcel",
        [NOI_RECORD_CASE] = "case",
    };
    return keys[kind];
}

noi_status noi_repair_write_table(const noi_repair_report *r, const char *path) {
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    NOI_TRY(noi_out_open(&out, path));
    NOI_TRY(noi_out_printf(out, "code,name,area_before_m2,area_after_m2,difference_m2,"
                                "invalid_before\n"));
    NOI_AUTO_BUF noi_buf row = {0};
    for (uint32_t u = 0; u < r->layer->coverage->n_units; u++) {
        double before = r->repair->area_before_m2[u], after = r->repair->area_after_m2[u];
        noi_buf_clear(&row);
        noi_csv_add_field(&row, noi_str_of(r->layer->features[u].code));
        noi_buf_add_char(&row, ',');
        noi_csv_add_field(&row, noi_str_of(r->layer->features[u].name));
        NOI_TRY(noi_out_write(out, row.p, row.n));
        NOI_TRY(noi_out_printf(out, ",%.2f,%.2f,%.2f,%d\n", before, after,
                               noi_repair_difference_m2(r, u), noi_repair_was_invalid(r, u)));
    }
    return noi_out_commit(out);
}
