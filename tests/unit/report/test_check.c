/*
 * test_check.c: the outcome of a check. Plan: findings of several lists are put in order by rule
 * and ranked by what they affect, notes behind everything; the decision follows the weights of the
 * rules; every threshold reads back what was set, and its default is that of the examination;
 * styles hold just the rules that a layer has; a page is written for findings of every shape, for
 * those without a place, and for none; a finding of no rule is a fault.
 */
#include "testing.h"

#include "base/file.h"
#include "drawn_map.h"
#include "report/check.h"
#include "report/check_page.h"
#include "report/check_style.h"

#include <math.h>
#include <unistd.h>

#define SQUARE 0.01

typedef struct fixture {
    noi_layer *layer;
    noi_projection projection;
    noi_layer_finding items[8];
    noi_layer_findings list;
    noi_check_file files[1];
    noi_check check;
} fixture;

static noi_layer_finding finding(const char *rule, uint32_t a, uint32_t b, double area) {
    return (noi_layer_finding){.rule = rule,
                               .key = "k",
                               .subject = "00001",
                               .area_a = a,
                               .area_b = b,
                               .found = "",
                               .expected = "",
                               .lon = 106.705,
                               .lat = 10.705,
                               .area_m2 = area,
                               .share = NAN,
                               .records = {-1, -1, -1, -1}};
}

static void fixture_open(fixture *f) {
    static char none[] = "none", system[] = "EPSG:4326";
    *f = (fixture){.layer = noi_layer_new()};
    f->layer->name = noi_strdup("drawn");
    f->layer->crs = noi_strdup(system);
    f->layer->transform = noi_strdup(none);
    noi_coverage_free(f->layer->coverage);
    f->layer->coverage = drawn_map_at("AB", 2, 106.7, 10.7, SQUARE);
    f->layer->features = noi_alloc_zero(2, sizeof *f->layer->features);
    f->layer->features[0] = (noi_layer_feature){
        .line = 1, .code = "00001", .name = "An & Bình", .kind = "xã", .has_shape = true};
    f->layer->features[1] = (noi_layer_feature){
        .line = 2, .code = "00002", .name = "Xã Bình", .kind = "xã", .has_shape = true};
    f->projection = (noi_projection){.stated = system,
                                     .used = system,
                                     .operation = none,
                                     .median_m = NAN,
                                     .stated_median_m = NAN};
    f->list.items = f->items;
    f->files[0] = (noi_check_file){.name = none, .hash = "0"};
    f->check = (noi_check){.path = "folder/drawn.gpkg",
                           .files = f->files,
                           .n_files = 1,
                           .layer = f->layer,
                           .projection = &f->projection,
                           .options = NOI_BOUNDARY_DEFAULTS,
                           .counted = {-1, -1, -1, -1}};
}

static void fixture_add(fixture *f, noi_layer_finding one) {
    f->items[f->list.n++] = one;
}

static void fixture_decide(fixture *f) {
    const noi_layer_findings *lists[] = {&f->list};
    assert_int_equal(noi_check_decide(&f->check, lists, 1), NOI_OK);
}

static void fixture_close(fixture *f) {
    noi_check_clear(&f->check);
    noi_layer_free(f->layer);
}

static void nothing_found_passes(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    fixture_decide(&f);
    assert_true(f.check.passes);
    assert_int_equal(f.check.n_rules, 0);
    fixture_close(&f);
}

static void notes_alone_pass_and_a_warning_fails(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    fixture_add(&f, finding("L15", 0, NOI_INDEX_NONE, 0));
    fixture_decide(&f);
    assert_true(f.check.passes);
    fixture_add(&f, finding("L07", 0, 1, 5));
    fixture_decide(&f);
    assert_false(f.check.passes);
    assert_int_equal(f.check.by_severity[NOI_SEVERITY_NOTE], 1);
    assert_int_equal(f.check.by_severity[NOI_SEVERITY_WARNING], 1);
    fixture_close(&f);
}

static void findings_rank_by_weight_then_records_then_area(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    fixture_add(&f, finding("L15", 0, NOI_INDEX_NONE, 1e9)); /* a note, however large */
    fixture_add(&f, finding("L08", 0, 1, 900));
    fixture_add(&f, finding("L07", 0, 1, 5));
    fixture_add(&f, finding("L07", 0, 1, 70));
    f.items[2].records = (noi_concerned){3, 1, 0, -1};
    fixture_decide(&f);
    assert_int_equal(f.check.n_rules, 3);
    assert_string_equal(f.check.rules[0].rule->id, "L07");
    assert_int_equal(f.check.rules[0].n, 2);
    assert_int_equal(noi_concerned_sum(&f.check.rules[0].records), 4);
    assert_string_equal(f.check.rules[2].rule->id, "L15");
    const double areas[] = {5, 900, 70, 1e9};
    for (size_t i = 0; i < 4; i++) {
        size_t at = f.check.ranked[i];
        assert_true(f.check.findings[at]->area_m2 == areas[i]);
        assert_int_equal(f.check.number[at], i + 1);
    }
    fixture_close(&f);
}

static void a_finding_of_no_rule_is_a_fault(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f);
    fixture_add(&f, finding("L99", 0, 1, 5));
    const noi_layer_findings *lists[] = {&f.list};
    assert_int_equal(noi_check_decide(&f.check, lists, 1), NOI_ERR_INTERNAL);
    fixture_close(&f);
}

static void units_are_named_once_with_their_kind(void **state) {
    (void)state;
    fixture f;
    NOI_AUTO_BUF noi_buf text = {0};
    fixture_open(&f);
    noi_layer_finding one = finding("L07", 0, 1, 5);
    noi_check_units(&text, &f.check, &one);
    assert_string_equal(text.p, "00001 Xã An & Bình, 00002 Xã Bình");
    fixture_close(&f);
}

static void a_finding_without_a_place_has_that_of_its_unit(void **state) {
    (void)state;
    fixture f;
    double at[2];
    fixture_open(&f);
    noi_layer_finding one = finding("L04", 1, NOI_INDEX_NONE, 0);
    one.lon = one.lat = NAN;
    assert_true(noi_check_place(at, &f.check, &one));
    assert_true(at[0] > 106.71 && at[0] < 106.72 && at[1] > 10.7 && at[1] < 10.71);
    one.area_a = NOI_INDEX_NONE;
    assert_false(noi_check_place(at, &f.check, &one));
    fixture_close(&f);
}

static void thresholds_read_back_what_was_set(void **state) {
    (void)state;
    size_t n;
    const noi_check_threshold *t = noi_check_thresholds(&n);
    const noi_boundary_options usual = NOI_BOUNDARY_DEFAULTS;
    assert_true(usual.phantom_share == 0.02);
    for (size_t i = 0; i < n; i++) {
        noi_boundary_options o = NOI_BOUNDARY_DEFAULTS;
        noi_check_threshold_set(&o, &t[i], 7);
        assert_true(noi_check_threshold_get(&o, &t[i]) == 7);
        for (size_t j = 0; j < n; j++) /* and nothing else changed */
            if (j != i)
                assert_true(noi_check_threshold_get(&o, &t[j]) ==
                            noi_check_threshold_get(&usual, &t[j]));
        if (strcmp(t[i].option, "--phantom-share") == 0)
            assert_true(noi_check_threshold_get(&usual, &t[i]) == 2);
    }
}

static void areas_are_read_at_a_glance(void **state) {
    (void)state;
    char text[40];
    assert_string_equal(noi_check_area_text(text, 0.44), "0.4 m²");
    assert_string_equal(noi_check_area_text(text, 9999), "9,999 m²");
    assert_string_equal(noi_check_area_text(text, 26300), "0.026 km²");
    assert_string_equal(noi_check_area_text(text, 1.5e9), "1,500.00 km²");
}

static void a_style_has_the_rules_of_its_layer(void **state) {
    (void)state;
    fixture f;
    NOI_AUTO_BUF noi_buf style = {0};
    fixture_open(&f);
    fixture_add(&f, finding("L07", 0, 1, 5));
    fixture_add(&f, finding("L08", 0, 1, 5));
    fixture_decide(&f);
    noi_check_style(&style, &f.check, (const size_t[]){0, 3}, "report/assets/check_areas.qml");
    assert_null(strstr(style.p, "\"L07\""));
    assert_non_null(strstr(style.p, "value=\"L08\""));
    assert_non_null(strstr(style.p, "(3)"));
    assert_null(strstr(style.p, "{{"));
    assert_null(strstr(style.p, "<!--"));
    fixture_close(&f);
}

/* A multipoint or a line of two vertices, little-endian. */
static noi_str two_places(char out[64], bool line) {
    const double xy[4] = {106.702, 10.702, 106.708, 10.703};
    size_t n = 0;
    uint32_t type = line ? 2 : 4, two = 2, point = 1;
    out[n++] = 1;
    memcpy(out + n, &type, 4), n += 4;
    memcpy(out + n, &two, 4), n += 4;
    for (int i = 0; i < 2; i++) {
        if (!line) {
            out[n++] = 1;
            memcpy(out + n, &point, 4), n += 4;
        }
        memcpy(out + n, &xy[2 * i], 16), n += 16;
    }
    return (noi_str){out, n};
}

static void every_shape_has_a_map(void **state) {
    (void)state;
    fixture f;
    char points[64], line[64];
    NOI_AUTO_BUF noi_buf area = {0};
    fixture_open(&f);
    noi_coverage_wkb(&area, f.layer->coverage, 0);
    fixture_add(&f, finding("L18", 0, 1, 0));
    f.items[0].wkb = two_places(points, false);
    fixture_add(&f, finding("L13", 0, 1, 0));
    f.items[1].wkb = two_places(line, true);
    fixture_add(&f, finding("L07", 0, 1, 5));
    f.items[2].wkb = noi_buf_view(&area);
    fixture_add(&f, finding("L04", 0, NOI_INDEX_NONE, 0));
    f.items[3].wkb =
        (noi_str){"\1\4\0\0\0\377\377\377\377", 9}; /* cut short: a place all the same */
    fixture_decide(&f);
    for (size_t i = 0; i < 4; i++) {
        NOI_AUTO_BUF noi_buf map = {0};
        assert_true(noi_check_map(&map, &f.check, i));
        assert_non_null(strstr(map.p, "</svg>"));
        assert_non_null(strstr(map.p, "An &amp; Bình"));
        assert_null(strstr(map.p, "nan"));
    }
    fixture_close(&f);
}

static void outputs_are_written_for_any_outcome(void **state) {
    (void)state;
    char folder[] = "/tmp/noi-check-XXXXXX", path[64], gpkg[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/page", folder);
    snprintf(gpkg, sizeof gpkg, "%s/d.gpkg", folder);
    for (int round = 0; round < 2; round++) {
        fixture f;
        fixture_open(&f);
        if (round) {
            fixture_add(&f, finding("L23", NOI_INDEX_NONE, NOI_INDEX_NONE, 0));
            f.items[0].lon = NAN;
        }
        fixture_decide(&f);
        assert_int_equal(noi_check_write_report(&f.check, path, NULL), NOI_OK);
        assert_int_equal(noi_check_write_defects(&f.check, gpkg), NOI_OK);
        fixture_close(&f);
    }
    NOI_AUTO_FREE char *clean = noi_format("rm -r %s", folder);
    assert_int_equal(system(clean), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_found_passes),
        cmocka_unit_test(notes_alone_pass_and_a_warning_fails),
        cmocka_unit_test(findings_rank_by_weight_then_records_then_area),
        cmocka_unit_test(a_finding_of_no_rule_is_a_fault),
        cmocka_unit_test(units_are_named_once_with_their_kind),
        cmocka_unit_test(a_finding_without_a_place_has_that_of_its_unit),
        cmocka_unit_test(thresholds_read_back_what_was_set),
        cmocka_unit_test(areas_are_read_at_a_glance),
        cmocka_unit_test(a_style_has_the_rules_of_its_layer),
        cmocka_unit_test(every_shape_has_a_map),
        cmocka_unit_test(outputs_are_written_for_any_outcome),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
