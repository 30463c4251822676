/*
 * drawn_plan.h: a small law on squared paper, so that every answer can be read off the drawing.
 * A square is 0.01 degree (about 1.1 km) wide; x grows to the east from 106.0, y to the north from
 * 10.0. Old units of District 1 (code 701) and District 2 (code 702):
 *
 *      old                       new
 *      0   2   4   6             0   2   4   6
 *    4 +---+---+---+           4 +---+---+---+
 *      | A | B | C |             | X | X | Z |     A, B whole → X (clauses 1)
 *    2 +---+---+---+           2 +---+-+-+---+     D part → X?  no: D west → Y, D east → Z
 *      | E |   D   |             | Y |Y|  Z  |     E whole → Y, C whole → Z
 *    0 +---+-------+           0 +---+-+-----+
 *
 * D is split at x = 3: its west goes to Y (clause 2, part), its east to Z (clause 3, remainder).
 * G (no square) ceded area only to Y and went with all people to Z; it is in District 2.
 * Names: A "Phường 1" (District 1), B "Phường Hòa Bình" (1), C "Phường 1" (District 2),
 * D "Phường Tân Lập" (2), E "Phường 5" (2), G "Xã Bình An" (2).
 * F "Phường 4" (District 2) ended on 2024-12-31 and became part of E; E's code was F's before.
 * New: X "Phường Hòa Bình", Y "Phường Tân Lập" (a false friend of E: it takes of D), Z "Phường 1".
 */
#ifndef NOI_TESTS_DRAWN_PLAN_H
#define NOI_TESTS_DRAWN_PLAN_H

#include "plan/plan.h"

#include <math.h>
#include <string.h>

enum { A, B, C, D, E, G, F, F_CODE, X, Y, Z, N_UNITS };

#define EVE 20269 /* 2025-06-30 */
#define DAY 20270 /* 2025-07-01 */

static inline double lon_at(double x) {
    return 106.0 + x * 0.01;
}

static inline double lat_at(double y) {
    return 10.0 + y * 0.01;
}

static inline noi_code code5(const char *text) {
    return noi_code_parse(text, strlen(text));
}

static inline noi_plan_source_unit drawn_unit(const char *code, const char *kind, const char *name,
                                              int district, noi_day from, noi_day to) {
    static const char *const names[] = {"", "1", "2"};
    static const char *const codes[] = {"", "701", "702"};
    return (noi_plan_source_unit){.code = code5(code),
                                  .kind = kind,
                                  .name = name,
                                  .district_code = district ? code5(codes[district]) : 0,
                                  .district_kind = district ? "quận" : "",
                                  .district_name = names[district],
                                  .province_code = code5("79"),
                                  .province_name = "Thành phố Hồ Chí Minh",
                                  .from = from,
                                  .to = to,
                                  .area_km2 = NAN,
                                  .population = -1};
}

static inline void drawn_units(noi_plan_source_unit u[N_UNITS]) {
    const char *p = "phường";
    noi_day since = NOI_DAY_NONE, open = NOI_DAY_OPEN, turn = 20089; /* 2025-01-01 */
    u[A] = drawn_unit("20001", p, "1", 1, since, DAY);
    u[B] = drawn_unit("20004", p, "Hòa Bình", 1, since, DAY);
    u[C] = drawn_unit("20007", p, "1", 2, since, DAY);
    u[D] = drawn_unit("20010", p, "Tân Lập", 2, since, DAY);
    u[E] = drawn_unit("20013", p, "5", 2, turn, DAY);
    u[G] = drawn_unit("20016", "xã", "Bình An", 2, since, DAY);
    u[F] = drawn_unit("20019", p, "4", 2, since, turn);
    u[F_CODE] = drawn_unit("20013", p, "6", 2, since, turn); /* what E's code meant before */
    u[X] = drawn_unit("20004", p, "Hòa Bình", 0, DAY, open);
    u[Y] = drawn_unit("20013", p, "Tân Lập", 0, DAY, open);
    u[Z] = drawn_unit("20007", p, "1", 0, DAY, open);
}

static inline void add_box(noi_coverage *c, noi_code code, double x0, double y0, double x1,
                           double y1) {
    double xy[] = {lon_at(x0), lat_at(y0), lon_at(x1), lat_at(y0),
                   lon_at(x1), lat_at(y1), lon_at(x0), lat_at(y1)};
    noi_coverage_add_unit(c, code);
    noi_coverage_add_polygon(c);
    noi_coverage_add_ring(c, xy, 4);
}

/* The plan's bytes; with or without its maps, with these rules. */
static inline noi_status drawn_plan_with_rules(noi_buf *out, bool maps,
                                               const noi_plan_source_rule *rules, size_t n_rules) {
    static noi_plan_source_unit units[N_UNITS];
    drawn_units(units);
    const char *r = "1/NQ", *r0 = "0/NQ";
    noi_day turn = 20089;
    noi_plan_source_edge edges[] = {
        {A, X, NOI_PART_WHOLE, NOI_SCOPE_ALL, r, "1", DAY},
        {B, X, NOI_PART_WHOLE, NOI_SCOPE_ALL, r, "1", DAY},
        {C, Z, NOI_PART_WHOLE, NOI_SCOPE_ALL, r, "3", DAY},
        {D, Y, NOI_PART_PART, NOI_SCOPE_AREA_POPULATION, r, "2", DAY},
        {D, Z, NOI_PART_REMAINDER, NOI_SCOPE_AREA_POPULATION, r, "3", DAY},
        {E, Y, NOI_PART_WHOLE, NOI_SCOPE_ALL, r, "2", DAY},
        {G, Y, NOI_PART_PART, NOI_SCOPE_AREA_ONLY, r, "2", DAY},
        {G, Z, NOI_PART_REMAINDER, NOI_SCOPE_PART_AREA_ALL_POPULATION, r, "3", DAY},
        {F, E, NOI_PART_WHOLE, NOI_SCOPE_ALL, r0, "1", turn},
        {F_CODE, D, NOI_PART_WHOLE, NOI_SCOPE_ALL, r0, "2", turn},
    };
    NOI_AUTO(noi_coverage_freep) noi_coverage *news = noi_coverage_new();
    NOI_AUTO(noi_coverage_freep) noi_coverage *olds = noi_coverage_new();
    add_box(news, units[X].code, 0, 2, 4, 4);
    add_box(news, units[Y].code, 0, 0, 3, 2);
    add_box(news, units[Z].code, 3, 0, 6, 2);
    add_box(news, units[Z].code, 4, 2, 6, 4);
    add_box(olds, units[A].code, 0, 2, 2, 4);
    add_box(olds, units[B].code, 2, 2, 4, 4);
    add_box(olds, units[C].code, 4, 2, 6, 4);
    add_box(olds, units[D].code, 2, 0, 6, 2);
    add_box(olds, units[E].code, 0, 0, 2, 2);
    const uint32_t new_units[] = {X, Y, Z, Z}, old_units[] = {A, B, C, D, E};
    char inputs[65];
    memset(inputs, 'a', 64);
    inputs[64] = '\0';
    noi_plan_source s = {.on = DAY, .n_units = N_UNITS, .units = units,
                         .n_edges = sizeof edges / sizeof *edges, .edges = edges, .inputs = inputs,
                         .rules = rules, .n_rules = n_rules};
    if (maps) {
        s.new_layer = (noi_plan_source_layer){news, new_units};
        s.old_layer = (noi_plan_source_layer){olds, old_units};
    }
    return noi_plan_build(out, &s);
}

static inline noi_status drawn_plan_bytes(noi_buf *out, bool maps) {
    return drawn_plan_with_rules(out, maps, NULL, 0);
}

#endif
