/* Plan: columns are found by their own name, by known names in any spelling, by --map; what is
 * missing is named together with what is there; every field's known names are folded and unique. */
#include "testing.h"

#include "importers/columns.h"

#include <string.h>

static int columns[NOI_MAX_FIELDS];
static bool planar;
static noi_buf mapping;

static noi_status find(noi_import_kind kind, const char *const *names, size_t n,
                       const char *const *maps, size_t n_maps) {
    noi_str views[NOI_MAX_FIELDS];
    for (size_t i = 0; i < n; i++)
        views[i] = noi_str_of(names[i]);
    noi_buf_clear(&mapping);
    return noi_columns_find(columns, &planar, &mapping, kind, "f.csv", views, n, maps, n_maps);
}
#define FIND(kind, ...)                                                                            \
    find(kind, (const char *const[]){__VA_ARGS__},                                                 \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), NULL, 0)

static void systems_names_are_known_in_any_spelling(void **state) {
    (void)state;
    assert_int_equal(FIND(NOI_IMPORT_CASES, "NgayTiepNhan", "Mã hồ sơ", "DON_VI_XU_LY"), NOI_OK);
    assert_int_equal(columns[0], 1);
    assert_int_equal(columns[2], 0);
    assert_int_equal(columns[6], 2);
    assert_string_equal(mapping.p,
                        "id=Mã hồ sơ,received_on=NgayTiepNhan,handling_unit=DON_VI_XU_LY");
}

static void own_name_goes_before_known_ones(void **state) {
    (void)state;
    assert_int_equal(FIND(NOI_IMPORT_ADDRESSES, "madiachi", "address", "text", "id"), NOI_OK);
    assert_int_equal(columns[0], 3);
    assert_int_equal(columns[1], 2);
}

static void map_goes_before_everything(void **state) {
    (void)state;
    const char *names[] = {"id", "text", "ghi chú"}, *maps[] = {"text=Ghi Chu"};
    assert_int_equal(find(NOI_IMPORT_ADDRESSES, names, 3, maps, 1), NOI_OK);
    assert_int_equal(columns[1], 2);
}

static void wrong_maps_are_refused(void **state) {
    (void)state;
    const char *names[] = {"id", "text"};
    const char *no_equals[] = {"text"}, *no_field[] = {"colour=text"}, *no_column[] = {"text=zzz"};
    assert_int_equal(find(NOI_IMPORT_ADDRESSES, names, 2, no_equals, 1), NOI_ERR_USAGE);
    assert_int_equal(find(NOI_IMPORT_ADDRESSES, names, 2, no_field, 1), NOI_ERR_USAGE);
    assert_non_null(strstr(noi_error_hint(), "old_code"));
    assert_int_equal(find(NOI_IMPORT_ADDRESSES, names, 2, no_column, 1), NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_hint(), "id, text"));
}

static void missing_columns_are_named(void **state) {
    (void)state;
    assert_int_equal(FIND(NOI_IMPORT_ADDRESSES, "text"), NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_message(), "'id'"));
    assert_int_equal(FIND(NOI_IMPORT_ADDRESSES, "id", "note"), NOI_ERR_INPUT);
    assert_int_equal(FIND(NOI_IMPORT_ADDRESSES, "id", "lon", "text"), NOI_ERR_INPUT);
    assert_non_null(strstr(noi_error_message(), "'lat'"));
}

static void x_and_y_are_planar(void **state) {
    (void)state;
    assert_int_equal(FIND(NOI_IMPORT_PARCELS, "id", "x", "y"), NOI_OK);
    assert_true(planar);
    assert_int_equal(FIND(NOI_IMPORT_PARCELS, "id", "lon", "lat", "x", "y"), NOI_OK);
    assert_false(planar);
}

static void known_names_are_folded(void **state) {
    (void)state;
    for (int kind = 0; kind < NOI_IMPORT_N_KINDS; kind++) {
        const noi_file_kind *k = noi_file_kind_of((noi_import_kind)kind);
        assert_true(k->n <= NOI_MAX_FIELDS);
        for (size_t i = 0; i < k->n; i++)
            assert_int_equal(strspn(k->fields[i].known, "abcdefghijklmnopqrstuvwxyz0123456789 "),
                             strlen(k->fields[i].known));
    }
}

static int clean_up(void **state) {
    (void)state;
    noi_buf_free(&mapping);
    return 0;
}
#define T(test) cmocka_unit_test_teardown(test, clean_up)
NOI_TEST_MAIN(T(systems_names_are_known_in_any_spelling), T(own_name_goes_before_known_ones),
              T(map_goes_before_everything), T(wrong_maps_are_refused),
              T(missing_columns_are_named), T(x_and_y_are_planar), T(known_names_are_folded))
