/*
 * test_real.c: the real layers against the real law. Plan: each layer is taken for the day that it
 * draws; Phường 15 of Phú Nhuận falls into Xuân Hòa, to which the law leads nothing of it; islands
 * that are dropped are missed; the layers of the city and of Hanoi name their units as the law does;
 * Hanoi's areas differ in two units; the clean layer of 2019, whose names bear no marks, has notes
 * alone (vertices 7 mm apart). Needs ../shared, and says so when it is absent.
 */
#include "testing.h"

#include "boundary/boundary.h"
#include "importers/import.h"
#include "importers/layer_file.h"
#include "shared.h"

#include <math.h>
#include <string.h>

typedef struct city {
    char folder[64];
    noi_registry *registry;
    noi_layer *layer;
    noi_boundary_law *law;
    noi_layer_findings *findings;
} city;

static void city_clear(city *c) {
    noi_layer_findings_free(c->findings);
    noi_boundary_law_free(c->law);
    noi_layer_free(c->layer);
    noi_registry_close(c->registry);
    NOI_AUTO_FREE char *command = noi_format("rm -rf %s", c->folder);
    if (c->folder[0] && system(command) != 0)
        printf("# %s is left behind\n", c->folder);
}

static void must(noi_status status) {
    if (status != NOI_OK)
        fail_msg("%s", noi_error_message());
}

static void import(city *c, noi_import_kind kind, const char *path, const char *as_of) {
    const noi_import_options options = {.as_of = noi_day_parse(noi_str_of(as_of))};
    noi_import_result result;
    must(noi_import(&result, c->registry, kind, path, &options));
}

static void begin(city *c) {
    strcpy(c->folder, "/tmp/noi-real-XXXXXX");
    assert_non_null(mkdtemp(c->folder));
    NOI_AUTO_FREE char *path = noi_format("%s/r.noi", c->folder);
    must(noi_registry_create(&c->registry, path));
}

static void begin_city(city *c) {
    begin(c);
    import(c, NOI_IMPORT_UNITS, "data/units_old.csv", "2025-06-30");
    import(c, NOI_IMPORT_UNITS, "data/units_new.csv", "2025-07-01");
    import(c, NOI_IMPORT_ALIASES, "data/aliases_2024.csv", "");
    import(c, NOI_IMPORT_CROSSWALK, "data/crosswalk.csv", "2025-07-01");
}

static void examine(city *c, const char *path, const char *day) {
    const noi_layer_options options = {0};
    char text[12];
    must(noi_layer_file_read(&c->layer, path, &options));
    must(noi_boundary_law_load(&c->law, c->registry, c->layer, NOI_DAY_NONE));
    assert_string_equal(noi_day_format(text, c->law->day), day);
    must(noi_boundary_examine(&c->findings, c->layer, c->law, NULL));
}

static size_t count(const city *c, const char *rule) {
    size_t n = 0;
    for (size_t i = 0; i < c->findings->n; i++)
        n += strcmp(c->findings->items[i].rule, rule) == 0;
    return n;
}

static void assert_names_and_codes_are_right(const city *c) {
    static const char *const rules[] = {"L01", "L02", "L03", "L04", "L11", "L20", "L21"};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (count(c, rules[i]))
            fail_msg("%s finds something", rules[i]);
}

/* The new layer examined against the law and the old layer; false without ../shared. */
static bool examine_new_against_old(city *c) {
    NOI_AUTO_FREE char *old = shared_file("layers/old_hcmc_442.gpkg");
    NOI_AUTO_FREE char *new = shared_file("layers/new_hcmc_168.gpkg");
    if (!old || !new)
        return false;
    begin_city(c);
    import(c, NOI_IMPORT_LAYER, old, "2025-06-30");
    examine(c, new, "2025-07-01");
    return true;
}

static void the_new_layer_contradicts_the_law(void **state) {
    (void)state;
    NOI_AUTO(city_clear) city c = {0};
    if (!examine_new_against_old(&c))
        return;
    assert_int_equal(c.law->units->n, 168);
    assert_int_equal(c.law->other->n, 442);
    assert_int_equal(c.law->n_edges, 493);
    assert_names_and_codes_are_right(&c);
    const noi_layer_finding *phantom = NULL;
    for (size_t i = 0; i < c.findings->n && !phantom; i++)
        if (strcmp(c.findings->items[i].rule, "L09") == 0)
            phantom = &c.findings->items[i]; /* by rule the largest comes first ... */
    assert_non_null(phantom);
    for (size_t i = 0; i < c.findings->n; i++) /* ... but the largest share is this one */
        if (strcmp(c.findings->items[i].rule, "L09") == 0 &&
            c.findings->items[i].share > phantom->share)
            phantom = &c.findings->items[i];
    assert_string_equal(phantom->subject, "27076 27139");
    assert_true(phantom->share > 0.37 && phantom->share < 0.40);
    assert_true(phantom->width_m > 100 && phantom->wkb.n > 0);
    assert_string_equal(phantom->expected, "27058 part, 27073 remainder");
    assert_int_equal(count(&c, "L10"), 0);
}

/* A layer with the largest polygon of each unit alone, as careless programs make them. */
static void keep_largest_polygons(noi_layer *layer) {
    const noi_coverage *c = layer->coverage;
    noi_coverage *one = noi_coverage_new();
    for (uint32_t u = 0; u < c->n_units; u++) {
        uint32_t largest = c->unit_polygon[u], most = 0;
        for (uint32_t p = c->unit_polygon[u]; p < c->unit_polygon[u + 1]; p++) {
            uint32_t ring = c->polygon_ring[p], n = c->ring_vertex[ring + 1] - c->ring_vertex[ring];
            if (n > most)
                largest = p;
            most = n > most ? n : most;
        }
        noi_coverage_add_unit(one, c->unit_code[u]);
        noi_coverage_add_polygon(one);
        for (uint32_t r = c->polygon_ring[largest]; r < c->polygon_ring[largest + 1]; r++)
            noi_coverage_add_ring(one, c->xy + 2 * (size_t)c->ring_vertex[r],
                                  c->ring_vertex[r + 1] - c->ring_vertex[r]);
    }
    noi_coverage_free(layer->coverage);
    layer->coverage = one;
}

static void islands_that_are_dropped_are_missed(void **state) {
    (void)state;
    NOI_AUTO(city_clear) city c = {0};
    if (!examine_new_against_old(&c))
        return;
    assert_int_equal(count(&c, "L19"), 0);
    noi_layer_findings_free(c.findings);
    c.findings = NULL;
    keep_largest_polygons(c.layer);
    must(noi_boundary_examine(&c.findings, c.layer, c.law, NULL));
    size_t n = 0; /* Côn Đảo has sixteen islands */
    for (size_t i = 0; i < c.findings->n; i++)
        n += strcmp(c.findings->items[i].rule, "L19") == 0 &&
             strcmp(c.findings->items[i].subject, "26732") == 0;
    assert_int_equal(n, 15);
}

static void the_old_layer_is_taken_for_the_eve(void **state) {
    (void)state;
    NOI_AUTO_FREE char *old = shared_file("layers/old_hcmc_442.gpkg");
    if (!old)
        return;
    NOI_AUTO(city_clear) city c = {0};
    begin_city(&c);
    examine(&c, old, "2025-06-30");
    assert_false(c.law->layer_is_new);
    assert_names_and_codes_are_right(&c);
    assert_int_equal(count(&c, "L06"), 2); /* the ring of 26923 and one more */
}

static void the_clean_layer_of_2019_has_notes_alone(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = shared_file("layers/old_hcmc_322_2019_utm48n.gpkg");
    if (!path)
        return;
    NOI_AUTO(city_clear) city c = {0};
    begin_city(&c);
    examine(&c, path, "2020-12-31");
    for (size_t i = 0; i < c.findings->n; i++)
        if (strcmp(c.findings->items[i].rule, "L16") != 0) /* a note: vertices 7 mm apart */
            fail_msg("%s %s: %s", c.findings->items[i].rule, c.findings->items[i].subject,
                     c.findings->items[i].found);
}

static void hanoi_is_examined_against_its_own_law(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = shared_file("layers/new_hanoi_126.gpkg");
    NOI_AUTO_FREE char *law = shared_file("law/1656_NQ-UBTVQH15.md");
    if (!path || !law)
        return;
    NOI_AUTO(city_clear) city c = {0};
    begin_city(&c); /* the other city stands in the same registry */
    import(&c, NOI_IMPORT_UNITS, "data/units_old_hanoi.csv", "2025-06-30");
    import(&c, NOI_IMPORT_UNITS, "data/units_new_hanoi.csv", "2025-07-01");
    import(&c, NOI_IMPORT_DECREE, law, "2025-07-01");
    examine(&c, path, "2025-07-01");
    assert_int_equal(c.law->units->n, 126);
    assert_int_equal(c.law->other->n, 526);
    assert_names_and_codes_are_right(&c);
    assert_int_equal(count(&c, "L05"), 2);
    assert_int_equal(count(&c, "L23"), 0);
}

static void a_city_of_which_nothing_is_known_is_refused(void **state) {
    (void)state;
    NOI_AUTO_FREE char *path = shared_file("layers/new_hanoi_126.gpkg");
    if (!path)
        return;
    NOI_AUTO(city_clear) city c = {0};
    begin_city(&c);
    const noi_layer_options options = {0};
    must(noi_layer_file_read(&c.layer, path, &options));
    assert_int_equal(noi_boundary_law_load(&c.law, c.registry, c.layer, NOI_DAY_NONE),
                     NOI_ERR_INPUT);
}

NOI_TEST_MAIN(cmocka_unit_test(the_new_layer_contradicts_the_law),
              cmocka_unit_test(islands_that_are_dropped_are_missed),
              cmocka_unit_test(the_old_layer_is_taken_for_the_eve),
              cmocka_unit_test(the_clean_layer_of_2019_has_notes_alone),
              cmocka_unit_test(hanoi_is_examined_against_its_own_law),
              cmocka_unit_test(a_city_of_which_nothing_is_known_is_refused))
