/* A01: the point lies elsewhere than the text says. */
#include "geo/distance.h"
#include "merge/rules/rule.h"

#include <math.h>
#include <string.h>

enum { SUBJECT, KEY, OLD_ID, NEW_ID, LON, LAT, POINT_SAYS, RECORD_SAYS, OLD_CODE, NEW_CODES };

typedef struct maps {
    noi_coverage *side[2]; /* by noi_side; NULL without a layer */
} maps;

static void free_maps(maps *m) {
    noi_coverage_free(m->side[NOI_SIDE_OLD]);
    noi_coverage_free(m->side[NOI_SIDE_NEW]);
}

static noi_status load_maps(maps *out, noi_rule_run *run) {
    for (int side = 0; side < 2; side++) {
        int64_t *ids = NULL;
        if (!run->drawn[side].found)
            continue;
        NOI_TRY(noi_layer_load(&out->side[side], &ids, run->registry, run->drawn[side].layer.id));
        free(ids);
    }
    return NOI_OK;
}

static double distance_to_code(const noi_coverage *c, noi_code code, double lon, double lat) {
    double nearest = INFINITY;
    for (uint32_t u = 0; u < c->n_units; u++)
        if (c->unit_code[u] == code)
            nearest = fmin(nearest, noi_unit_distance_m(c, u, lon, lat));
    return nearest;
}

/* Metres to the nearest of the units whose codes stand in the text; INFINITY for none on the map.
 */
static double distance_to(const noi_coverage *c, noi_str codes, double lon, double lat) {
    double nearest = INFINITY;
    while (c && codes.n) {
        const char *space = memchr(codes.p, ' ', codes.n);
        size_t n = space ? (size_t)(space - codes.p) : codes.n;
        nearest = fmin(nearest, distance_to_code(c, noi_code_parse(codes.p, n), lon, lat));
        codes.p += n + (space != NULL);
        codes.n -= n + (space != NULL);
    }
    return nearest;
}

/* To the old unit that the record names, where the old map draws it; else to the new ones. */
static double distance_to_claimed(const maps *m, noi_stmt *row) {
    double lon = noi_column_real(row, LON), lat = noi_column_real(row, LAT);
    double metres = distance_to(m->side[NOI_SIDE_OLD], noi_column_text(row, OLD_CODE), lon, lat);
    if (isfinite(metres))
        return metres;
    return distance_to(m->side[NOI_SIDE_NEW], noi_column_text(row, NEW_CODES), lon, lat);
}

/* "106.700000, 10.770000; 27043 Phường Gò Vấp; 3120 m" */
static void write_found(noi_buf *out, const maps *m, noi_stmt *row) {
    if (noi_column_is_null(row, LON))
        return;
    noi_buf_printf(out, "%.6f, %.6f", noi_column_real(row, LON), noi_column_real(row, LAT));
    if (!noi_column_is_null(row, POINT_SAYS))
        noi_buf_printf(out, "; %.*s", NOI_STR_ARG(noi_column_text(row, POINT_SAYS)));
    double metres = distance_to_claimed(m, row);
    if (isfinite(metres))
        noi_buf_printf(out, "; %.0f m", metres);
}

static noi_status add_contradiction(noi_rule_run *run, const noi_rule *rule, const maps *m,
                                    noi_stmt *row) {
    NOI_AUTO_BUF noi_buf found = {0};
    write_found(&found, m, row);
    NOI_AUTO_FREE char *subject = noi_format("%.*s", NOI_STR_ARG(noi_column_text(row, SUBJECT)));
    NOI_AUTO_FREE char *key = noi_format("%.*s", NOI_STR_ARG(noi_column_text(row, KEY)));
    NOI_AUTO_FREE char *claims = noi_format("%.*s", NOI_STR_ARG(noi_column_text(row, RECORD_SAYS)));
    const noi_finding finding = {.subject_kind = subject,
                                 .subject_key = key,
                                 .unit_id = noi_column_int(row, OLD_ID),
                                 .other_unit_id = noi_column_int(row, NEW_ID),
                                 .found = found.p,
                                 .expected = claims[0] ? claims : NULL,
                                 .lon = noi_column_real(row, LON),
                                 .lat = noi_column_real(row, LAT)};
    return noi_finding_add(run, rule, &finding);
}

static noi_status find_contradictions(noi_rule_run *run, const noi_rule *rule) {
    NOI_AUTO(free_maps) maps m = {{NULL, NULL}};
    NOI_AUTO(noi_stmt_closep) noi_stmt *rows = NULL;
    NOI_TRY(load_maps(&m, run));
    NOI_TRY(noi_prepare(&rows, run->registry, "rules/a01"));
    for (bool row = true;;) {
        NOI_TRY(noi_step(rows, &row));
        if (!row)
            return NOI_OK;
        NOI_TRY(add_contradiction(run, rule, &m, rows));
    }
}

const noi_rule noi_rule_a01 = {
    .id = "A01",
    .severity = NOI_SEVERITY_WARNING,
    .title = N_("Point contradicts the text"),
    .explanation =
        N_("The record's point lies in another unit than the one that its text or code names, and "
           "more than 250 m and its error away from it. Both readings are shown: where the point lies, "
           "with its distance to the named unit, and what the record names. One of the two is "
           "wrong, and nothing in the record tells which; the point is not used against the text."),
    .action =
        N_("Check the place on the map with the person or in the field; correct the point or the"
           " text at its source."),
    .find = find_contradictions,
};
