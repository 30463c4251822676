/*
 * Plan: a right file gives no finding; each planted error is named with the option that sets it
 * right, and the areas come out where they were; files that mix systems are settled area by area;
 * what cannot be told is refused and left as it was. A wrong code or a far vertex is not taken for a
 * wrong system.
 */
#include "unit/boundary/projection_testing.h"

/* ---- right files ---- */

static void a_right_file_gives_no_finding(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const char *const systems[] = {"EPSG:4326", "EPSG:4756",  "EPSG:9210",   "EPSG:5899",
                                          "EPSG:3405", "EPSG:32648", "EPSG:5897",   "EPSG:32649",
                                          "EPSG:3857", "EPSG:9214",  "EPSG:9210/yx"};
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(systems[i]);
        write_all_in(layer, systems[i]);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        assert_int_equal(o.findings.n, 0);
        assert_string_equal(o.projection->stated, systems[i]);
        assert_string_equal(o.projection->used, systems[i]);
        assert_string_equal(layer->crs, systems[i]);
        assert_int_equal(o.projection->n_compared, N_CITY);
        assert_true(o.projection->n_near >= N_CITY - 1);
        assert_int_equal(o.projection->n_otherwise, 0);
        assert_true(o.projection->median_m < 1500);
        assert_true(o.projection->median_m == o.projection->stated_median_m);
        check_is_city(layer);
    }
}

static void the_operation_and_its_accuracy_are_stated(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:5899");
    write_all_in(layer, "EPSG:5899");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_string_equal(o.projection->operation, "VN-2000 to WGS 84 (2), EPSG:6960");
    assert_string_equal(layer->transform, "VN-2000 to WGS 84 (2), EPSG:6960");
    assert_true(o.projection->accuracy_m == 1 && layer->accuracy_m == 1);
}

static void a_text_without_codes_is_the_system_that_it_describes(void **state) {
    (void)state;
    static const char text[] =
        "PROJCS[\"VN2000 HCM 105-45\",GEOGCS[\"VN2000\",DATUM[\"VN2000\","
        "SPHEROID[\"WGS 84\",6378137,298.257223563],TOWGS84[-191.9,-39.3,-111.45,0,0,0,0]],"
        "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],"
        "PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],"
        "PARAMETER[\"central_meridian\",105.75],PARAMETER[\"scale_factor\",0.9999],"
        "PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(text);
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_string_equal(o.projection->used, "VN2000 HCM 105-45");
    check_is_city(layer);
}

/* ---- planted errors ---- */

static void a_file_without_system_is_told_what_it_fits(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    for (size_t i = 0; i < N_DEFINITE; i++)
        for (int swapped = 0; swapped < 2; swapped++) {
            char name[32], option[40];
            snprintf(name, sizeof name, "%s%s", definite[i], swapped ? "/yx" : "");
            snprintf(option, sizeof option, "--crs %s", name);
            if (strcmp(name, "EPSG:5896") == 0 || strcmp(name, "EPSG:9218") == 0)
                continue; /* the ends of the row stand in the next test */
            NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("");
            write_all_in(layer, name);
            AUTO_OUTCOME o = settle_ok(layer, reference);
            const noi_layer_finding *f = only_finding(&o, "L25", "no_system");
            assert_string_equal(o.projection->used, name);
            assert_string_equal(f->expected, option);
            assert_memory_equal(f->found, name, strlen(name));
            assert_string_equal(f->subject, "drawn");
            assert_true(isnan(o.projection->stated_median_m));
            assert_string_equal(o.projection->stated, "");
            check_is_city(layer);
        }
}

static void a_wrong_central_meridian_is_found(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    for (size_t i = 0; i + 1 < N_DEFINITE; i++) {
        const char *stated = strcmp(definite[i], "EPSG:9210") == 0 ? "EPSG:9211" : "EPSG:9210";
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(stated);
        write_all_in(layer, definite[i]);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        const noi_layer_finding *f = only_finding(&o, "L26", "wrong_zone");
        assert_string_equal(o.projection->used, definite[i]);
        assert_memory_equal(f->expected, "--crs ", 6);
        assert_string_equal(f->expected + 6, definite[i]);
        assert_memory_equal(f->found, stated, strlen(stated));
        assert_true(o.projection->stated_median_m > 20000);
        check_is_city(layer);
    }
}

static void exchanged_axes_are_found(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const char *const systems[] = {"EPSG:9210", "EPSG:4326", "EPSG:4756", "EPSG:32648"};
    for (size_t i = 0; i < 4; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(systems[i]);
        char name[32];
        snprintf(name, sizeof name, "%s/yx", systems[i]);
        write_all_in(layer, name);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        const noi_layer_finding *f = only_finding(&o, "L26", "swapped_axes");
        assert_string_equal(o.projection->used, name);
        assert_memory_equal(f->expected, "--crs ", 6);
        assert_string_equal(f->expected + 6, name);
        if (i == 0)
            assert_string_equal(layer->transform,
                                "x and y exchanged; VN-2000 to WGS 84 (2), EPSG:6960");
        check_is_city(layer);
    }
}

static void metres_under_a_name_of_degrees_are_found(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:4326");
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    const noi_layer_finding *f = only_finding(&o, "L26", "wrong_system");
    assert_string_equal(f->expected, "--crs EPSG:9210");
    check_is_city(layer);
}

static void another_datum_is_another_system(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:32648");
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    only_finding(&o, "L26", "wrong_system");
    assert_string_equal(o.projection->used, "EPSG:9210");
}

/* ---- systems some hundred metres apart ---- */

static void check_refused(const outcome *o, const noi_layer *layer, const double *xy,
                          const char *const *named) {
    assert_int_equal(o->status, NOI_ERR_INPUT);
    assert_null(o->projection);
    assert_int_equal(o->findings.n, 0);
    for (size_t i = 0; named[i]; i++) {
        assert_non_null(strstr(noi_error_message(), named[i]));
        assert_non_null(strstr(noi_error_hint(), named[i]));
    }
    assert_memory_equal(layer->coverage->xy, xy, 2 * layer->coverage->n_vertices * sizeof *xy);
}

static void sketches_cannot_tell_the_two_degrees(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const char *const both[] = {"EPSG:4326", "EPSG:4756", NULL};
    static const char *const stated[] = {"", "EPSG:9210"};
    for (size_t i = 0; i < 2; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(stated[i]);
        NOI_AUTO_FREE double *before = copy_of(layer);
        AUTO_OUTCOME o = settle(layer, reference);
        check_refused(&o, layer, before, both);
        assert_string_equal(layer->crs, stated[i]);
    }
    static const char *const three[] = {"EPSG:3405", "EPSG:32648", "EPSG:5897", NULL};
    NOI_AUTO(noi_layer_freep) noi_layer *utm = city_layer("");
    write_all_in(utm, "EPSG:32648");
    NOI_AUTO_FREE double *before = copy_of(utm);
    AUTO_OUTCOME o = settle(utm, reference);
    check_refused(&o, utm, before, three);
}

static void a_stored_layer_tells_the_two_degrees(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = drawn_reference();
    static const struct {
        const char *is, *stated, *rule, *key;
    } cases[] = {{"EPSG:4326", "", "L25", "no_system"},
                 {"EPSG:4756", "", "L25", "no_system"},
                 {"EPSG:4326", "EPSG:4756", "L26", "wrong_system"},
                 {"EPSG:4756", "EPSG:4326", "L26", "wrong_system"},
                 {"EPSG:4326", "EPSG:9210", "L26", "degrees_as_metres"},
                 {"EPSG:4756", "EPSG:9210", "L26", "degrees_as_metres"},
                 {"EPSG:3405", "EPSG:32648", "L26", "wrong_system"},
                 {"EPSG:5897", "EPSG:3405", "L26", "wrong_zone"},
                 {"EPSG:32648", "", "L25", "no_system"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(cases[i].stated);
        write_all_in(layer, cases[i].is);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        only_finding(&o, cases[i].rule, cases[i].key);
        assert_string_equal(o.projection->used, cases[i].is);
        check_is_city(layer);
    }
}

/* Three areas are where the stored layer has them, the others were redrawn. */
static void few_unchanged_units_are_enough(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = drawn_reference();
    for (size_t i = 3; i < reference->n; i++)
        reference->items[i].lon += 0.02;
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:4326");
    write_all_in(layer, "EPSG:4756");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    only_finding(&o, "L26", "wrong_system");
    for (size_t i = 0; i < 3; i++)
        reference->items[i].lon += 0.02;
    NOI_AUTO(noi_layer_freep) noi_layer *untold = city_layer("EPSG:4326");
    write_all_in(untold, "EPSG:4756");
    AUTO_OUTCOME p = settle_ok(untold, reference);
    assert_int_equal(p.findings.n, 0);
    assert_string_equal(p.projection->used, "EPSG:4326");
}

/* ---- mixed files ---- */

static void both_meridians_in_one_file_are_settled(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const char *const stated[] = {"EPSG:9210", "EPSG:5899", ""};
    for (size_t i = 0; i < 3; i++) {
        NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(stated[i]);
        write_in(layer, "EPSG:5899", 0, 5);
        write_in(layer, "EPSG:9210", 5, N_CITY);
        AUTO_OUTCOME o = settle_ok(layer, reference);
        assert_int_equal(o.findings.n, i == 2 ? 2 : 1);
        const noi_layer_finding *f = &o.findings.items[o.findings.n - 1];
        assert_string_equal(f->rule, "L27");
        assert_string_equal(f->found, i == 1 ? "EPSG:9210" : "EPSG:5899");
        assert_string_equal(f->expected, i == 1 ? "EPSG:5899" : "EPSG:9210");
        if (i != 1)
            assert_string_equal(f->subject, "26740 25747 27553 27628 26809");
        assert_int_equal(f->area_a, UINT32_MAX); /* no single one */
        NOI_AUTO(noi_coverage_freep) noi_coverage *shape = noi_coverage_new();
        assert_int_equal(noi_coverage_add_wkb(shape, 0, f->wkb.p, f->wkb.n), NOI_OK);
        assert_int_equal(shape->n_polygons, i == 1 ? N_CITY - 5 : 5);
        double km2 = f->area_m2 / 1e6 / (double)shape->n_polygons; /* of a square */
        assert_true(km2 > 4.8 && km2 < 4.9);
        assert_true(fabs(shape->xy[0] - (i == 1 ? 106.76 : 106.69)) < 1e-7);
        assert_int_equal(o.projection->n_otherwise, i == 1 ? N_CITY - 5 : 5);
        assert_string_equal(layer->crs, i == 1 ? "EPSG:5899, EPSG:9210" : "EPSG:9210, EPSG:5899");
        assert_string_equal(layer->transform, "VN-2000 to WGS 84 (2), EPSG:6960");
        assert_true(o.projection->median_m < 1500);
        check_is_city(layer);
    }
}

static void one_area_with_exchanged_axes_is_settled(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    static const char *const systems[] = {"EPSG:9210", "EPSG:4326", "EPSG:4756"};
    for (uint32_t at = 0; at < N_CITY; at++)
        for (size_t i = 0; i < 3; i++) {
            NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer(systems[i]);
            char name[32];
            snprintf(name, sizeof name, "%s/yx", systems[i]);
            write_all_in(layer, systems[i]);
            for (uint32_t v = 4 * at; v < 4 * at + 4; v++) {
                double *xy = &layer->coverage->xy[2 * v], x = xy[0];
                xy[0] = xy[1];
                xy[1] = x;
            }
            AUTO_OUTCOME o = settle_ok(layer, reference);
            const noi_layer_finding *f = only_finding(&o, "L27", "mixed");
            assert_string_equal(f->subject, city[at].code);
            assert_string_equal(f->found, name);
            assert_int_equal(f->area_a, at);
            assert_true(fabs(f->lon - city[at].lon) < 1e-6 && fabs(f->lat - city[at].lat) < 1e-6);
            check_is_city(layer);
        }
}

/* Neighbouring zones: an area in the wrong one still lies within the city. */
static void zones_side_by_side_in_one_file_are_settled(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    write_in(layer, "EPSG:9211", 0, 4);
    write_in(layer, "EPSG:9210", 4, N_CITY);
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_string_equal(only_finding(&o, "L27", "mixed")->found, "EPSG:9211");
    check_is_city(layer);
}

static void areas_without_a_known_code_go_with_their_neighbours(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    add_square(layer, "", 106.67, 10.99);      /* beside one in 5899 */
    add_square(layer, "99999", 107.12, 10.50); /* beside one in 9210 */
    add_square(layer, "", 106.80, 10.80);      /* alone, axes exchanged */
    write_in(layer, "EPSG:5899", 0, 5);
    write_in(layer, "EPSG:9210", 5, N_CITY);
    write_in(layer, "EPSG:5899", N_CITY, N_CITY + 1);
    write_in(layer, "EPSG:9210", N_CITY + 1, N_CITY + 2);
    write_in(layer, "EPSG:9210/yx", N_CITY + 2, N_CITY + 3);
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 2);
    assert_string_equal(o.findings.items[0].subject, "26740 25747 27553 27628 26809 #13");
    assert_string_equal(o.findings.items[1].subject, "#15");
    assert_int_equal(o.projection->n_compared, N_CITY);
    const double *xy = layer->coverage->xy;
    assert_true(fabs(xy[8 * N_CITY] - 106.66) < 1e-7);
    assert_true(fabs(xy[8 * N_CITY + 8] - 107.11) < 1e-7);
    assert_true(fabs(xy[8 * N_CITY + 16] - 106.79) < 1e-7);
    check_is_city(layer);
}

/* Two zones, and a unit that nobody knows far from all others: both zones put it on land. */
static void an_unknown_area_far_from_all_others_is_not_guessed(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    add_square(layer, "20194", 108.2, 16.06);
    write_in(layer, "EPSG:5899", 0, 5);
    write_in(layer, "EPSG:9210", 5, N_CITY);
    write_in(layer, "EPSG:5899", N_CITY, N_CITY + 1);
    NOI_AUTO_FREE double *before = copy_of(layer);
    AUTO_OUTCOME o = settle(layer, reference);
    assert_int_equal(o.status, NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_message(), "drawn:13: "));
    assert_non_null(strstr(noi_error_message(), "'20194'"));
    assert_memory_equal(layer->coverage->xy, before,
                        2 * layer->coverage->n_vertices * sizeof *before);

    NOI_AUTO(noi_layer_freep) noi_layer *whole = city_layer("EPSG:9210");
    add_square(whole, "20194", 108.2, 16.06); /* beside one unit with exchanged axes it is told */
    write_in(whole, "EPSG:9210/yx", 0, 1);
    write_in(whole, "EPSG:9210", 1, N_CITY + 1);
    AUTO_OUTCOME p = settle_ok(whole, reference);
    assert_string_equal(only_finding(&p, "L27", "mixed")->subject, "26740");
    assert_true(fabs(whole->coverage->xy[8 * N_CITY] - 108.19) < 1e-7);
}

/* Four areas came from VN-2000 without a shift: a stored layer tells, and that nothing else moved.
 */
static void two_degrees_in_one_file_are_settled(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = drawn_reference();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:4326");
    write_in(layer, "EPSG:4756", 2, 6);
    AUTO_OUTCOME o = settle_ok(layer, reference);
    const noi_layer_finding *f = only_finding(&o, "L27", "mixed");
    assert_string_equal(f->found, "EPSG:4756");
    assert_string_equal(f->subject, "27553 27628 26809 25882");
    assert_string_equal(layer->transform, "none, VN-2000 to WGS 84 (2), EPSG:6960");
    check_is_city(layer);

    NOI_AUTO(noi_layer_freep) noi_layer *redrawn = city_layer("EPSG:4326");
    write_in(redrawn, "EPSG:4756", 2, 4); /* two may as well have new borders */
    AUTO_OUTCOME p = settle_ok(redrawn, reference);
    assert_int_equal(p.findings.n, 0);
}

static void a_dozen_codes_are_named(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    for (uint32_t i = 0; i < N_CITY; i++)
        add_square(layer, city[i].code, city[i].lon, city[i].lat);
    for (uint32_t i = 0; i < 3; i++)
        add_square(layer, city[i].code, city[i].lon, city[i].lat);
    write_in(layer, "EPSG:9210", 0, N_CITY);
    write_in(layer, "EPSG:5899", N_CITY, 2 * N_CITY + 3);
    AUTO_OUTCOME o = settle_ok(layer, reference);
    const char *subject = only_finding(&o, "L27", "mixed")->subject;
    assert_non_null(strstr(subject, "26506 26732 … +3"));
}

/* ---- what is not a matter of systems ---- */

/* 25882 and 27553 lie some 26 km apart from west to east, one zone's step: their codes exchanged
 * look like two areas in the next zones. */
static void exchanged_codes_are_not_taken_for_a_zone(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    add_square(layer, "27484", 106.75, 10.73);
    add_square(layer, "26968", 106.66, 10.80);
    write_all_in(layer, "EPSG:9210");
    noi_coverage *c = layer->coverage;
    for (uint32_t i = 0; i < 3; i++) { /* 0 bears the code of 3, and so on */
        noi_code kept = c->unit_code[i];
        c->unit_code[i] = c->unit_code[i + 6];
        c->unit_code[i + 6] = kept;
    }
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 4); /* two of the six are less than 50 km off */
    for (size_t i = 0; i < o.findings.n; i++) {
        assert_string_equal(o.findings.items[i].rule, "L28");
        assert_string_equal(o.findings.items[i].key, "elsewhere");
    }
    assert_int_equal(o.projection->n_near, c->n_units - 6);
    check_is_city(layer);
}

static void one_code_27_km_away_is_not_taken_for_a_zone(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    add_square(layer, "26876", 106.68 + 0.25, 10.84); /* just where EPSG:9209 would put it */
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_true(fabs(layer->coverage->xy[8 * N_CITY] - 106.92) < 1e-7);
}

/* An island whose place in the reference is 0.2 degrees off lies beyond the extent of the others,
 * and a neighbouring zone would bring it near. */
static void an_island_off_its_sketch_is_not_taken_for_a_zone(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    for (size_t i = 0; i < reference->n; i++)
        if (reference->items[i].code == noi_code_parse("26732", 5))
            reference->items[i].lon += 0.2;
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    write_all_in(layer, "EPSG:9210");
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_int_equal(o.projection->n_near, N_CITY - 1);
    check_is_city(layer);
}

static void a_far_vertex_does_not_mislead(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("");
    write_all_in(layer, "EPSG:9210");
    layer->coverage->xy[0] = layer->coverage->xy[1] = 0;
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 2);
    assert_string_equal(o.findings.items[0].key, "no_system");
    assert_string_equal(o.findings.items[1].rule, "L28");
    assert_string_equal(o.findings.items[1].key, "outside_vietnam");
    assert_string_equal(o.findings.items[1].subject, layer->features[0].code);
    assert_string_equal(o.projection->used, "EPSG:9210");
    assert_true(fabs(layer->coverage->xy[2] - 106.71) < 1e-7);
}

static void an_area_without_shape_is_passed_over(void **state) {
    (void)state;
    NOI_AUTO(noi_reference_freep) noi_reference *reference = tables();
    NOI_AUTO(noi_layer_freep) noi_layer *layer = city_layer("EPSG:9210");
    write_all_in(layer, "EPSG:9210");
    noi_coverage_add_unit(layer->coverage, noi_code_parse("26968", 5));
    layer->features = noi_realloc(layer->features, (N_CITY + 1) * sizeof *layer->features);
    layer->features[N_CITY] = (noi_layer_feature){.line = N_CITY + 1, .code = "26968"};
    AUTO_OUTCOME o = settle_ok(layer, reference);
    assert_int_equal(o.findings.n, 0);
    assert_int_equal(o.projection->n_compared, N_CITY);
    check_is_city(layer);
}

NOI_TEST_MAIN(cmocka_unit_test(a_right_file_gives_no_finding),
              cmocka_unit_test(the_operation_and_its_accuracy_are_stated),
              cmocka_unit_test(a_text_without_codes_is_the_system_that_it_describes),
              cmocka_unit_test(a_file_without_system_is_told_what_it_fits),
              cmocka_unit_test(a_wrong_central_meridian_is_found),
              cmocka_unit_test(exchanged_axes_are_found),
              cmocka_unit_test(metres_under_a_name_of_degrees_are_found),
              cmocka_unit_test(another_datum_is_another_system),
              cmocka_unit_test(sketches_cannot_tell_the_two_degrees),
              cmocka_unit_test(a_stored_layer_tells_the_two_degrees),
              cmocka_unit_test(few_unchanged_units_are_enough),
              cmocka_unit_test(both_meridians_in_one_file_are_settled),
              cmocka_unit_test(one_area_with_exchanged_axes_is_settled),
              cmocka_unit_test(zones_side_by_side_in_one_file_are_settled),
              cmocka_unit_test(areas_without_a_known_code_go_with_their_neighbours),
              cmocka_unit_test(an_unknown_area_far_from_all_others_is_not_guessed),
              cmocka_unit_test(two_degrees_in_one_file_are_settled),
              cmocka_unit_test(a_dozen_codes_are_named),
              cmocka_unit_test(exchanged_codes_are_not_taken_for_a_zone),
              cmocka_unit_test(one_code_27_km_away_is_not_taken_for_a_zone),
              cmocka_unit_test(an_island_off_its_sketch_is_not_taken_for_a_zone),
              cmocka_unit_test(a_far_vertex_does_not_mislead),
              cmocka_unit_test(an_area_without_shape_is_passed_over))
