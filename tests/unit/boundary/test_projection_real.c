/*
 * Plan: what nothing confirms stays as stated; references of every origin (the tables, a registry's
 * layers and edges); the same as in test_projection.c on the real layers, when they are there.
 */
#include "unit/boundary/projection_testing.h"

/* ---- what nothing confirms ---- */

static void units_that_nobody_knows_stay_as_stated(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = new_layer("EPSG:5899");
    add_square(layer, "20194", 108.2, 16.06);
    write_all_in(layer, "EPSG:5899");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_int_equal(o.projection->n_compared, 0);
    assert_int_equal(o.projection->n_near, 0);
    assert_true(isnan(o.projection->median_m));
    assert_true(fabs(layer->coverage->xy[0] - 108.19) < 1e-7);

    static const char *const stated[] = {"", "EPSG:4326"};
    for (size_t i = 0; i < 2; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *wrong = new_layer(stated[i]);
        add_square(wrong, "20194", 106.7, 10.8);
        write_all_in(wrong, "EPSG:9210");
        AUTO_OUTCOME p = settle(wrong, reference);
        assert_int_equal(p.status, NOI_ERR_INPUT);
        assert_non_null(strstr(noi_error_hint(), "--crs EPSG:9210"));
    }
}

/* One unit 20 km off its place: a zone beside would bring it nearer, but so may a wrong code. */
static void one_unit_does_not_refute_what_is_stated(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = new_layer("EPSG:9210");
    add_square(layer, "26740", 106.70 + 0.21, 10.78);
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_int_equal(o.projection->n_compared, 1);
    assert_int_equal(o.projection->n_near, 0);
    assert_true(o.projection->median_m > 20000);

    NOI_AUTO(noi_layer_freep) noi_layer *exact = new_layer("EPSG:9210");
    add_square(exact, "26740", 106.704, 10.7805);
    write_all_in(exact, "EPSG:9211");
    AUTO_OUTCOME p = settle_ok(exact, reference);
    only_finding(&p, "L26", "wrong_zone");
    assert_string_equal(p.projection->used, "EPSG:9211");
}

static void codes_of_other_places_fit_nothing(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = new_layer("EPSG:9210");
    for (size_t i = 0; i < N_CITY; i++)
        add_square(layer, city[(i + 5) % N_CITY].code, city[i].lon, city[i].lat);
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle(layer, reference);
    assert_int_equal(o.status, NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_message(), "no known coordinate system"));
    assert_non_null(strstr(noi_error_hint(), "codes"));
}

static void a_stated_text_beyond_proj_is_a_finding_an_identifier_an_error(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep)
    noi_layer *layer = city_layer("LOCAL_CS[\"He toa do cua phuong\",UNIT[\"metre\",1]]");
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    const noi_layer_finding *f = only_finding(&o, "L26", "wrong_system");
    assert_string_equal(f->found, "He toa do cua phuong");
    assert_string_equal(f->expected, "--crs EPSG:9210");
    assert_string_equal(o.projection->stated, "He toa do cua phuong");
    assert_true(isnan(o.projection->stated_median_m));
    check_is_city(layer);

    NOI_AUTO(noi_layer_freep) noi_layer *unknown = city_layer("EPSG:9999");
    AUTO_OUTCOME p = settle(unknown, reference);
    assert_int_equal(p.status, NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_message(), "EPSG:9999"));
}

static void a_layer_without_areas_is_no_trap(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = new_layer("EPSG:4326");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.projection->n_compared, 0);
    NOI_AUTO(noi_layer_freep) noi_layer *unnamed = new_layer("");
    AUTO_OUTCOME p = settle(unnamed, reference);
    assert_int_equal(p.status, NOI_ERR_INPUT);
}

/* ---- references ---- */

static size_t places_of(const noi_reference *reference, const char *code) {
    size_t n = 0;
    for (size_t i = 0; i < reference->n; i++)
        n += reference->items[i].code == noi_code_parse(code, strlen(code));
    return n;
}

static void the_tables_know_both_cities(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    for (size_t i = 0; i < reference->n; i++) {
        const noi_reference_unit *u = &reference->items[i];
        assert_true(u->lon > 105 && u->lon < 108 && u->lat > 8 && u->lat < 22);
        assert_false(u->is_drawn);
        assert_true(i == 0 || reference->items[i - 1].code <= u->code);
    }
    assert_int_equal(places_of(reference, "26740"), 2); /* before the reform and after */
    assert_int_equal(places_of(reference, "26923"), 0); /* its sketch point is 0, 0 */
    assert_int_equal(places_of(reference, "26732"), 1);
    assert_true(places_of(reference, "00001") > 0); /* Hanoi before the reform: by its successors */
    assert_true(places_of(reference, "00004") > 0);
}

static noi_reference *reference_of(const char *path) {
    NOI_AUTO(noi_registry_closep) noi_registry *registry = NULL;
    noi_reference *reference = NULL;
    assert_int_equal(noi_registry_open(&registry, path, NOI_OPEN_READ), NOI_OK);
    if (noi_reference_load(&reference, registry) != NOI_OK)
        fail_msg("%s", noi_error_message());
    return reference;
}

/* The drawn registry knows the places of two new units alone, by its layer; its list has no points.
 * 10001 became part of 10002; 10004 of both. */
static void a_registry_knows_places_by_layers_and_edges(void **state) {
    (void)state;
    char path[] = "/tmp/noi-reference-XXXXXX";
    assert_true(mkdtemp(path) != NULL);
    NOI_AUTO_FREE char *file = noi_format("%s/r.noi", path);
    drawn_registry(file, 0);
    NOI_AUTO(noi_reference_freep) noi_reference *r = reference_of(file);
    assert_int_equal(places_of(r, "10001"), 1);
    assert_int_equal(places_of(r, "10004"), 2);
    assert_true(places_of(r, "10002") >= 1 && places_of(r, "10003") >= 1);
    for (size_t i = 0; i < r->n; i++) {
        const noi_reference_unit *u = &r->items[i];
        bool by_edge =
            u->code == noi_code_parse("10001", 5) || u->code == noi_code_parse("10004", 5);
        bool west = fabs(u->lon - 106.17) < 1e-9 && fabs(u->lat - 10.13) < 1e-9;
        assert_true(west || (fabs(u->lon - 106.25) < 1e-9 && fabs(u->lat - 10.05) < 1e-9));
        assert_true(u->radius_m > 15000 && u->radius_m < 25000);
        if (by_edge)
            assert_false(u->is_drawn);
    }
    drawn_sql(file, "UPDATE layer SET synthetic = 1");
    NOI_AUTO(noi_reference_freep) noi_reference *made_up = reference_of(file);
    for (size_t i = 0; i < made_up->n; i++)
        assert_false(made_up->items[i].is_drawn);
    drawn_sql(file, "DELETE FROM layer_unit; UPDATE unit SET lon = 106.5, lat = 10.1 WHERE code = "
                    "'10001'; UPDATE unit SET lon = 0, lat = 0 WHERE code = '10002'");
    NOI_AUTO(noi_reference_freep) noi_reference *sketched = reference_of(file);
    assert_int_equal(sketched->n, 2); /* the old unit itself and the new one that received it */
    assert_true(sketched->items[0].radius_m == 0 && sketched->items[1].lon == 106.5);
    unlink(file);
    rmdir(path);
}

/* ---- the real layers ---- */

static noi_layer *real_layer(const char *name) {
    NOI_AUTO_FREE char *path = shared_file(name);
    noi_layer *layer = NULL;
    if (path && noi_layer_file_read(&layer, path, NULL) != NOI_OK)
        fail_msg("%s: %s", path, noi_error_message());
    return layer;
}

static void state_it(noi_layer *layer, const char *stated) {
    free(layer->crs);
    layer->crs = noi_strdup(stated);
}

static void check_within_a_millimetre(const noi_layer *layer, const double *xy) {
    double worst = 0;
    for (uint32_t v = 0; v < layer->coverage->n_vertices; v++)
        worst = fmax(worst, hypot(layer->coverage->xy[2 * v] - xy[2 * v],
                                  layer->coverage->xy[2 * v + 1] - xy[2 * v + 1]));
    assert_true(worst * 111000 < 0.001);
}

static void right_real_files_give_no_finding(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const struct {
        const char *file;
        uint32_t n;
    } files[] = {{"layers/new_hcmc_168.gpkg", 168},
                 {"layers/old_hcmc_442.gpkg", 442},
                 {"layers/new_hanoi_126.gpkg", 126}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = real_layer(files[i].file);
        if (!layer)
            continue;
        NOI_AUTO_FREE double *xy = copy_of(layer);
        clock_t begun = clock();
        AUTO_OUTCOME o = settle_ok(layer, reference);
        double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
        assert_int_equal(o.findings.n, 0);
        assert_true(o.projection->n_compared + 2 >= files[i].n);
        assert_true(o.projection->n_near + 2 >= files[i].n);
        assert_memory_equal(layer->coverage->xy, xy, 2 * layer->coverage->n_vertices * sizeof *xy);
        print_message("# %s: %u of %u near, median %.0f m, %.0f ms\n", files[i].file,
                      o.projection->n_near, o.projection->n_compared, o.projection->median_m,
                      seconds * 1000);
    }
}

static void planted_errors_in_the_real_layer_are_found(void **state) {
    (void)state;
    static const struct {
        const char *is, *stated, *rule, *key;
    } cases[] = {{"EPSG:9210", "", "L25", "no_system"},
                 {"EPSG:5899", "EPSG:9210", "L26", "wrong_zone"},
                 {"EPSG:9210", "EPSG:9209", "L26", "wrong_zone"},
                 {"EPSG:9210/yx", "EPSG:9210", "L26", "swapped_axes"},
                 {"EPSG:4326/yx", "EPSG:4326", "L26", "swapped_axes"},
                 {"EPSG:9210", "EPSG:4326", "L26", "wrong_system"}};
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = real_layer("layers/new_hcmc_168.gpkg");
        if (!layer)
            return;
        NOI_AUTO_FREE double *xy = copy_of(layer);
        state_it(layer, cases[i].stated);
        write_all_in(layer, cases[i].is);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        only_finding(&o, cases[i].rule, cases[i].key);
        assert_string_equal(o.projection->used, cases[i].is);
        check_within_a_millimetre(layer, xy);
    }
}

/* The west of the real layer in one zone and the rest in the other, as the two former provinces. */
static void both_meridians_in_the_real_layer_are_settled(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = real_layer("layers/new_hcmc_168.gpkg");
    if (!layer)
        return;
    NOI_AUTO_FREE double *xy = copy_of(layer);
    uint32_t n = layer->coverage->n_units, east = 0;
    state_it(layer, "EPSG:9210");
    for (uint32_t i = 0; i < n; i++) {
        bool is_east = layer->coverage->xy[2 * first_vertex(layer->coverage, i)] > 107;
        write_in(layer, is_east ? "EPSG:5899" : "EPSG:9210", i, i + 1);
        east += is_east;
    }
    AUTO_OUTCOME o = settle_ok(layer, reference);
    const noi_layer_finding *f = only_finding(&o, "L27", "mixed");
    assert_string_equal(f->found, "EPSG:5899");
    assert_int_equal(o.projection->n_otherwise, east);
    assert_true(east > 12 && strstr(f->subject, " … +"));
    check_within_a_millimetre(layer, xy);
}

/* The layer that the registry holds, under the name of the other degrees. */
static void a_stored_real_layer_tells_the_two_degrees(void **state) {
    (void)state;
    NOI_AUTO_FREE char *old_layer = shared_file("layers/old_hcmc_442.gpkg");
    NOI_AUTO(noi_layer_freep) noi_layer *layer = real_layer("layers/old_hcmc_442.gpkg");
    if (!layer)
        return;
    char folder[] = "/tmp/noi-reference-XXXXXX";
    assert_true(mkdtemp(folder) != NULL);
    NOI_AUTO_FREE char *file = noi_format("%s/r.noi", folder);
    noi_registry *registry = NULL;
    noi_import_result result;
    const noi_import_options options = {.as_of = noi_day_from_ymd(2025, 6, 30)};
    assert_int_equal(noi_registry_create(&registry, file), NOI_OK);
    assert_int_equal(
        noi_import(&result, registry, NOI_IMPORT_UNITS, "data/units_old.csv", &options), NOI_OK);
    assert_int_equal(noi_import(&result, registry, NOI_IMPORT_LAYER, old_layer, &options), NOI_OK);
    noi_registry_close(registry);
    NOI_AUTO(noi_reference_freep) noi_reference *reference = reference_of(file);
    NOI_AUTO_FREE double *xy = copy_of(layer);
    write_all_in(layer, "EPSG:4756");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    only_finding(&o, "L26", "wrong_system");
    assert_string_equal(o.projection->used, "EPSG:4756");
    assert_true(o.projection->stated_median_m > 180 && o.projection->stated_median_m < 260);
    assert_true(o.projection->median_m < 1);
    check_within_a_millimetre(layer, xy);
    unlink(file);
    rmdir(folder);
}

NOI_TEST_MAIN(cmocka_unit_test(units_that_nobody_knows_stay_as_stated),
              cmocka_unit_test(one_unit_does_not_refute_what_is_stated),
              cmocka_unit_test(codes_of_other_places_fit_nothing),
              cmocka_unit_test(a_stated_text_beyond_proj_is_a_finding_an_identifier_an_error),
              cmocka_unit_test(a_layer_without_areas_is_no_trap),
              cmocka_unit_test(the_tables_know_both_cities),
              cmocka_unit_test(a_registry_knows_places_by_layers_and_edges),
              cmocka_unit_test(right_real_files_give_no_finding),
              cmocka_unit_test(planted_errors_in_the_real_layer_are_found),
              cmocka_unit_test(both_meridians_in_the_real_layer_are_settled),
              cmocka_unit_test(a_stored_real_layer_tells_the_two_degrees))
