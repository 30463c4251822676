/*
 * test_examine.c: what an examination finds, all of it. Plan: in the drawn registry of the rules' tests
 * (four old units, three new ones, their maps) nothing is found in either layer; for each rule
 * something is planted, and the answer key names every finding that must come of it, and no other
 * may; both values are told; the tolerances keep digitising noise apart from contradictions;
 * without a law only the layer as such is examined.
 */
#include "unit/boundary/drawn_reform.h"

#include <math.h>

/* "L04 10103; L23 79": the rules and subjects of all findings, in their order. */
static char *answer(const noi_layer_findings *findings) {
    noi_buf text = {0};
    noi_buf_add_str(&text, "");
    for (size_t i = 0; i < findings->n; i++)
        noi_buf_printf(&text, "%s%s %s", i ? "; " : "", findings->items[i].rule,
                       findings->items[i].subject);
    return text.p;
}

static void assert_answer(const examined *e, const char *name, const char *key) {
    NOI_AUTO_FREE char *found = answer(e->findings);
    if (strcmp(found ? found : "", key) != 0)
        fail_msg("%s: found '%s', planted '%s'", name, found, key);
}

/* ---- the answer key ---- */

#define BORDER_AT(x)                                                                               \
    "UPDATE layer_unit SET geom = " SHAPE(x, 106.63, 10.7, 10.72) " WHERE id = 13;"                \
    "UPDATE layer_unit SET geom = " SHAPE(106.61, x, 10.7, 10.72) " WHERE id = 12;"                \
    "INSERT INTO edge (decree_id, old_unit, new_unit, part, scope, basis, source_id) VALUES "      \
    "(1, 1, 13, 'part', 'area_only', 'law', 3);"
typedef struct planted {
    const char *name, *sql, *key; /* all that is found */
    const char *rule, *found, *expected; /* both values of one of them; NULL: not looked at */
} planted;

static const planted CASES[] = {
    {"nothing", "", "", NULL, NULL, NULL},
    {"a unit that is not drawn", "DELETE FROM layer_unit WHERE id = 13", "L01 10103", "L01", "",
     "Xã Tây"},
    {"a stranger",
     "INSERT INTO layer_unit (layer_id, line, code, name, kind, geom) VALUES (2, 9, '99999', 'Lạ', "
     "'xã', " SHAPE(106.7, 106.71, 10.7, 10.72) ")",
     "L02 99999", "L02", "xã Lạ", ""},
    {"a wrong code with a right name", "UPDATE layer_unit SET code = '99999' WHERE id = 13",
     "L02 99999", "L02", "Xã Tây", "10103 Xã Tây"},
    {"no code", "UPDATE layer_unit SET code = NULL WHERE id = 13", "L02 ?", "L02", "Xã Tây",
     "10103 Xã Tây"},
    {"a unit in two features",
     "UPDATE layer_unit SET geom = " SHAPE(106.62, 106.63, 10.7, 10.71) " WHERE id = 13;"
     "INSERT INTO layer_unit (layer_id, line, code, name, kind, geom) VALUES (2, 9, '10103', "
     "'Tây', 'xã', " SHAPE(106.62, 106.63, 10.71, 10.72) ");"
     "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((106.61 10.7, 106.62 10.7, 106.62 "
     "10.71, 106.62 10.72, 106.61 10.72, 106.61 10.71, 106.61 10.7)))', 4326) WHERE id = 12;"
     "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((106.6 10.7, 106.61 10.7, 106.61 "
     "10.71, 106.61 10.72, 106.6 10.72, 106.6 10.7)))', 4326) WHERE id = 11",
     "L03 10103", "L03", "2", "1"},
    {"another name", "UPDATE layer_unit SET name = 'Tây Ninh' WHERE id = 13", "L04 10103", "L04",
     "Tây Ninh", "Xã Tây"},
    {"a missing mark", "UPDATE layer_unit SET name = 'Tay' WHERE id = 13", "L04 10103", "L04",
     "Tay", "Xã Tây"},
    {"the name of another unit", "UPDATE layer_unit SET name = 'Nam' WHERE id = 13", "L04 10103",
     "L04", "Nam (10102)", "Xã Tây"},
    {"other spellings",
     "UPDATE layer_unit SET name = 'P.  ĐÔNG' WHERE id = 11; UPDATE layer_unit SET name = 'Xã "
     "TÂY', kind = NULL WHERE id = 13",
     "", NULL, NULL, NULL},
    {"no marks at all",
     "UPDATE layer_unit SET name = CASE id WHEN 11 THEN 'Dong' WHEN 12 THEN 'NAM' ELSE 'Xa Tay' END",
     "", NULL, NULL, NULL},
    {"areas that differ",
     "UPDATE unit SET area_km2 = 2.15 WHERE id = 12; UPDATE unit SET area_km2 = 2.65 WHERE id = 13",
     "L05 10102; L05 10103", "L05", "2.420 km² (+12.6 %)", "2.150 km²"},
    {"a ring that crosses itself",
     WEST_DRAWS("106.62 10.7, 106.63 10.7, 106.63 10.72, 106.625 10.72, 106.6251 10.7201, 106.625 "
                "10.7201, 106.6251 10.72, 106.62 10.72, 106.62 10.7"),
     "L06 10103", "L06", NULL, ""},
    {"a unit without area is no lost island", WEST_DRAWS("106.62 10.7, 106.63 10.72, 106.62 10.7"),
     "L11 10103", NULL, NULL, NULL},
    {"an overlap", WEST_OVERLAPS,
     "L07 10102 10103", NULL, NULL, NULL},
    {"a gap",
     "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((106.61 10.7, 106.62 10.7, 106.62 "
     "10.705, 106.6198 10.71, 106.62 10.715, 106.62 10.72, 106.61 10.72, 106.61 10.7)))', 4326) WHERE id = 12;" WEST_DRAWS(
         "106.62 10.7, 106.63 10.7, 106.63 10.72, 106.62 10.72, 106.62 10.715, 106.62 10.705, "
         "106.62 10.7"),
     "L08 10102 10103", NULL, NULL, NULL},
    {"a phantom part of a whole unit",
     BORDER_AT(106.619) "UPDATE unit SET area_km2 = 2.18 WHERE id = 12;"
                        "UPDATE unit SET area_km2 = 2.66 WHERE id = 13",
     "L09 10003 10103; L24 10003 10102", "L09", "moved: 10.00 %; 0.12 km²; width: 100 m", "10102 whole"},
    {"a part that is not shown", EDGE_TO_WEST("area_only"), "L10 10001 10103", "L10", "0.00 %",
     "part, area_only"},
    {"people need no land", EDGE_TO_WEST("population_only"), "", NULL, NULL, NULL},
    {"a feature without geometry", "UPDATE layer_unit SET geom = NULL WHERE id = 13", "L11 10103",
     "L11", "Xã Tây", ""},
    {"an overlap too thin to be meant", WEST_SLIVER,
     "L12 10102 10103", NULL, NULL, NULL},
    {"a gap that is open to the outside",
     WEST_DRAWS("106.620003 10.7, 106.63 10.7, 106.63 10.72, 106.62 10.72, 106.62 10.705, "
                "106.620003 10.7") ";" NAM_DRAWS(
         "106.61 10.7, 106.62 10.7, 106.62 10.705, 106.62 10.72, 106.61 10.72, 106.61 10.7"),
     "L13 10102 10103", NULL, NULL, NULL},
    {"a stranger inside a unit",
     WEST_DRAWS("106.62 10.7, 106.63 10.7, 106.63 10.72, 106.62 10.72, 106.62 10.7), (106.625 "
                "10.705, 106.625 10.706, 106.626 10.706, 106.626 10.705, 106.625 10.705") ";"
     "INSERT INTO layer_unit (layer_id, line, code, name, geom) VALUES (2, 9, '99999', 'Lạ', " SHAPE(
         106.625, 106.626, 10.705, 10.706) ")",
     "L02 99999; L14 99999 10103", NULL, NULL, NULL},
    {"a vertex twice",
     WEST_DRAWS("106.62 10.7, 106.63 10.7, 106.63 10.7, 106.63 10.72, 106.62 10.72, 106.62 10.7"),
     "L15 10103", NULL, NULL, NULL},
    {"a vertex nearly twice",
     WEST_DRAWS("106.62 10.7, 106.63 10.7, 106.63 10.70000005, 106.63 10.72, 106.62 10.72, 106.62 "
                "10.7"),
     "L16 10103", NULL, NULL, NULL},
    {"a vertex far away",
     WEST_DRAWS("106.62 10.7, 106.63 10.7, 106.63 10.71, 106.7 10.71, 106.63 10.71001, 106.63 "
                "10.72, 106.62 10.72, 106.62 10.7"),
     "L17 10103", NULL, NULL, NULL},
    {"a vertex that the neighbour lacks",
     WEST_DRAWS("106.62 10.7, 106.63 10.7, 106.63 10.72, 106.62 10.72, 106.62 10.713, 106.62 10.7"),
     "L18 10102 10103", NULL, NULL, NULL},
    {"a forgotten island",
     "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((106.62 10.7, 106.63 10.7, 106.63 "
     "10.72, 106.62 10.72, 106.62 10.7)), ((106.65 10.7, 106.651 10.7, 106.651 10.701, 106.65 "
     "10.7)))', 4326) WHERE id = 4",
     "L19 10103", "L19", "0 m²", "6050 m²"},
    {"a rock too small to be missed",
     "UPDATE layer_unit SET geom = GeomFromText('MULTIPOLYGON(((106.62 10.7, 106.63 10.7, 106.63 "
     "10.72, 106.62 10.72, 106.62 10.7)), ((106.65 10.7, 106.6502 10.7, 106.6502 10.7002, 106.65 "
     "10.7)))', 4326) WHERE id = 4",
     "", NULL, NULL, NULL},
    {"another kind", "UPDATE layer_unit SET kind = 'PHƯỜNG', name = 'Tây' WHERE id = 13",
     "L20 10103", "L20", "phường", "Xã Tây"},
    {"a kind in another language", "UPDATE layer_unit SET kind = 'Gemeinde' WHERE id = 13", "", NULL,
     NULL, NULL},
    {"a code of another vintage", /* Dương was called Tây before the reform */
     "UPDATE unit SET name = 'Tây' WHERE id = 4; UPDATE layer_unit SET name = 'Tây' WHERE id = 4;"
     "UPDATE layer_unit SET code = '10004' WHERE id = 13",
     "L21 10004", "L21", "10004 Xã Tây ≤ 2025-06-30", "10103 Xã Tây"},
    {"a name of another vintage", /* the code of Tây was Dương's */
     "UPDATE unit SET code = '10103' WHERE id = 4; UPDATE layer_unit SET code = '10103' WHERE id = 4;"
     "UPDATE layer_unit SET name = 'Dương' WHERE id = 13",
     "L21 10103", "L21", "10103 Xã Dương ≤ 2025-06-30", "10103 Xã Tây"},
    {"a total that differs", "UPDATE unit SET area_km2 = 2.5 WHERE id > 10", "L23 79", "L23",
     "7.260 km² (-3.2 %)", "7.500 km²"},
};

static void the_answer_key_is_met(void **state) {
    const planted *p = *state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, p->sql, NEW_LAYER);
    examine(&e, NULL);
    assert_answer(&e, p->name, p->key);
    if (!p->rule)
        return;
    const noi_layer_finding *f = finding_of(e.findings, p->rule);
    if (p->found)
        assert_string_equal(f->found, p->found);
    if (p->expected)
        assert_string_equal(f->expected, p->expected);
}

/* ---- what the registry does not store ---- */

static void populations(noi_layer *layer, int64_t east, int64_t middle, int64_t west) {
    layer->features[0].population = east;
    layer->features[1].population = middle;
    layer->features[2].population = west;
}

static void a_population_that_differs_is_told(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, "", NEW_LAYER);
    populations(e.layer, 29400, 20000, 10600);
    examine(&e, NULL);
    assert_answer(&e, "population", "L22 10103");
    assert_string_equal(e.findings->items[0].found, "10600 (+6.0 %)");
    assert_string_equal(e.findings->items[0].expected, "10000");
}

static void a_total_of_people_that_differs_is_told(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, "", NEW_LAYER);
    populations(e.layer, 30900, 20600, 10300);
    examine(&e, NULL);
    assert_answer(&e, "total population", "L23 79");
    assert_string_equal(e.findings->items[0].key, "total_population");
}

/* ---- tolerances ---- */

/* A border that lies `metres` too far west: how many findings of L09 and L24 come of it. */
static size_t contradictions(const char *plant) {
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, plant, NEW_LAYER);
    examine(&e, NULL);
    size_t n = 0;
    for (size_t i = 0; i < e.findings->n; i++)
        n += strcmp(e.findings->items[i].rule, "L09") == 0 ||
             strcmp(e.findings->items[i].rule, "L24") == 0;
    return n;
}

/* Cát is 1,093 m wide. 24 m are 2.2 % of it, and yet no wider than noise; 21 m are wide enough for
 * no tolerance of 2 %; 31 m are both. */
static void noise_is_told_from_contradiction_by_share_and_width(void **state) {
    (void)state;
    assert_int_equal(contradictions(BORDER_AT(106.61978)), 0);
    assert_int_equal(contradictions(BORDER_AT(106.61981)), 0);
    assert_int_equal(contradictions(BORDER_AT(106.61972)), 2);
}

static void the_shape_of_a_phantom_part_is_given(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, BORDER_AT(106.619), NEW_LAYER);
    examine(&e, NULL);
    const noi_layer_finding *f = finding_of(e.findings, "L09");
    NOI_AUTO(noi_coverage_freep) noi_coverage *shape = noi_coverage_new();
    must(noi_coverage_add_wkb(shape, 0, f->wkb.p, f->wkb.n));
    double box[4];
    noi_coverage_bounds(box, shape);
    assert_true(fabs(box[0] - 106.619) < 1e-9 && fabs(box[2] - 106.62) < 1e-9);
    assert_true(fabs(box[1] - 10.71) < 1e-9 && fabs(box[3] - 10.72) < 1e-9);
    assert_true(fabs(f->share - 0.1) < 1e-3 && fabs(f->width_m - 100.3) < 1);
    assert_true(f->lon > 106.619 && f->lon < 106.62 && f->lat > 10.71 && f->lat < 10.72);
    assert_int_equal(f->unit_id, 3);
    assert_int_equal(f->other_unit_id, 13);
    assert_true(fabs(finding_of(e.findings, "L24")->share - 0.9) < 1e-3);
}

static void options_move_the_thresholds(void **state) {
    (void)state;
    noi_boundary_options options = NOI_BOUNDARY_DEFAULTS;
    options.phantom_share = 0.15;
    options.whole_share = 0.85;
    options.area_tolerance = options.total_tolerance = 0.2;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, BORDER_AT(106.619), NEW_LAYER);
    examine(&e, &options);
    assert_answer(&e, "wide tolerances", "");
}

static void made_up_borders_are_not_held_against_areas(void **state) {
    (void)state;
    noi_boundary_options options = NOI_BOUNDARY_DEFAULTS;
    options.synthetic = true;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, "UPDATE unit SET area_km2 = 9 WHERE id = 12", NEW_LAYER);
    examine(&e, &options);
    assert_answer(&e, "synthetic", "");
}

/* ---- the other side, and no side ---- */

static void the_old_layer_finds_the_same_contradictions(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, BORDER_AT(106.619), OLD_LAYER);
    assert_false(e.law->layer_is_new);
    examine(&e, NULL);
    assert_answer(&e, "old side", "L09 10003 10103; L24 10003 10102");
    const noi_layer_finding *f = finding_of(e.findings, "L09");
    assert_string_equal(e.layer->features[f->area_a].code, "10003");
    NOI_AUTO(examined_clear) examined clean = {0};
    load(&clean, "", OLD_LAYER);
    examine(&clean, NULL);
    assert_answer(&clean, "clean old side", "");
}

static void one_side_leaves_the_contradictions_to_the_other(void **state) {
    (void)state;
    noi_boundary_options options = NOI_BOUNDARY_DEFAULTS;
    options.one_side = true;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e, BORDER_AT(106.619), OLD_LAYER);
    examine(&e, &options);
    assert_answer(&e, "one side", "");
}

static void without_a_law_the_layer_as_such_is_examined(void **state) {
    (void)state;
    NOI_AUTO(examined_clear) examined e = {0};
    load(&e,
         "UPDATE layer_unit SET code = '99999', name = 'Lạ' WHERE id = 13;"
         WEST_OVERLAPS ";INSERT INTO layer_unit (layer_id, line, code, geom) VALUES (2, 9, '99999', " SHAPE(
             106.7, 106.71, 10.7, 10.72) ")",
         NEW_LAYER);
    must(noi_boundary_examine(&e.findings, e.layer, NULL, NULL));
    assert_answer(&e, "no law", "L03 99999; L07 10102 99999");
    assert_int_equal(e.findings->items[0].records.addresses, -1);
}

int main(void) {
    enum { N_CASES = sizeof CASES / sizeof *CASES };
    const struct CMUnitTest others[] = {
        cmocka_unit_test(a_population_that_differs_is_told),
        cmocka_unit_test(a_total_of_people_that_differs_is_told),
        cmocka_unit_test(noise_is_told_from_contradiction_by_share_and_width),
        cmocka_unit_test(the_shape_of_a_phantom_part_is_given),
        cmocka_unit_test(options_move_the_thresholds),
        cmocka_unit_test(made_up_borders_are_not_held_against_areas),
        cmocka_unit_test(the_old_layer_finds_the_same_contradictions),
        cmocka_unit_test(one_side_leaves_the_contradictions_to_the_other),
        cmocka_unit_test(without_a_law_the_layer_as_such_is_examined),
    };
    static struct CMUnitTest tests[N_CASES + sizeof others / sizeof *others];
    for (size_t i = 0; i < N_CASES; i++)
        tests[i] = (struct CMUnitTest){CASES[i].name, the_answer_key_is_met, NULL, NULL,
                                       (void *)(uintptr_t)&CASES[i]};
    memcpy(tests + N_CASES, others, sizeof others);
    return cmocka_run_group_tests(tests, fixture_begin, fixture_end);
}
