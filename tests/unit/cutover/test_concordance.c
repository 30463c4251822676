/* Plan: the receiver keeps its sheets, the others follow behind its largest in the order of old code
 * and number, also of a sheet whose parcels still wait; a number once given stays when others come;
 * a doubled parcel collides; residence files keep a free number, a taken one gets the old code
 * before it, and two of one old unit stay unnumbered; a household that moves on loses its number;
 * a street is told only where two old units share it, with the house numbers that both have; before a
 * merge nothing is given. */
#include "testing.h"

#include "cutover/concordance.h"
#include "unit/merge/drawn_registry.h"
#include "unit/scratch.h"

static void merge_now(void) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    NOI_AUTO(noi_plan_closep) noi_plan *plan = NULL;
    NOI_AUTO_BUF noi_buf bytes = {0};
    noi_account account;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_WRITE), NOI_OK);
    assert_int_equal(noi_compile_registry(&bytes, r, NOI_DAY_NONE), NOI_OK);
    assert_int_equal(noi_plan_attach(&plan, bytes.p, bytes.n), NOI_OK);
    const noi_merge_options options = {.n_threads = 1};
    assert_int_equal(noi_merge_run(&account, r, plan, &options), NOI_OK);
}

typedef noi_status (*concord)(noi_concordance *, noi_registry *, noi_out *);

static noi_concordance run(concord f, noi_status expected) {
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    noi_concordance c = {0};
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_WRITE), NOI_OK);
    assert_int_equal(noi_out_open(&out, other), NOI_OK);
    assert_int_equal(f(&c, r, out), expected);
    if (expected == NOI_OK)
        assert_int_equal(noi_out_commit(out), NOI_OK);
    return c;
}

static void assert_list(const char *expected) {
    NOI_AUTO(noi_map_closep) noi_map *map = NULL;
    assert_int_equal(noi_map_open(&map, other), NOI_OK);
    NOI_AUTO_FREE char *text = noi_strndup(noi_map_bytes(map).p, noi_map_bytes(map).n);
    assert_string_equal(text, expected);
}

static void import(noi_import_kind kind, const char *rows) {
    drawn_import(path, kind, "rows.csv", noi_str_of(rows), "2025-06-30");
}

static void sheets_follow_the_receiver(void **state) {
    (void)state;
    drawn_registry(path, 0);
    import(NOI_IMPORT_PARCELS, "id,old_code,sheet,number,lon,lat\n"
                               "P1,10002,7,1,,\n"  /* the receiver's: 7 stays */
                               "P2,10001,10,1,,\n" /* A goes whole: 3 and 10 become 8 and 9 */
                               "P3,10001,3,4,,\n"
                               "P4,10001,3,5,,\n"
                               "P5,10004,2,9,106.05,10.05\n"  /* D, west: 10 */
                               "P6,10004,2,10,106.15,10.05\n" /* D, east: behind C's 12 */
                               "P7,10004,2,11,,\n"            /* D, somewhere: waits */
                               "P8,10003,12,1,,\n"
                               "P9,10003,12,1,,\n" /* the same parcel twice */
                               "P10,10003,,1,,\n");
    merge_now();
    noi_concordance c = run(noi_concord_parcels, NOI_OK);
    assert_list("new_code,new_sheet,new_parcel,old_code,old_sheet,old_parcel,key,state\n"
                "10002,7,1,10002,7,1,P1,kept\n"
                "10002,8,4,10001,3,4,P3,renumbered\n"
                "10002,8,5,10001,3,5,P4,renumbered\n"
                "10002,9,1,10001,10,1,P2,renumbered\n"
                "10002,10,9,10004,2,9,P5,renumbered\n"
                "10003,,1,10003,,1,P10,unnumbered\n"
                "10003,12,1,10003,12,1,P8,collision\n"
                "10003,12,1,10003,12,1,P9,collision\n"
                "10003,13,10,10004,2,10,P6,renumbered\n"
                ",,11,10004,2,11,P7,waiting\n");
    assert_int_equal(c.given, 6);
    assert_int_equal(c.kept, 1);
    assert_int_equal(c.renumbered, 5);
    assert_int_equal(c.collisions, 2);
    assert_int_equal(c.unnumbered, 1);
    assert_int_equal(c.waiting, 1);
}

static void a_number_given_stays(void **state) {
    (void)state;
    drawn_registry(path, 0);
    import(NOI_IMPORT_PARCELS, "id,old_code,sheet,number\nP1,10002,7,1\nP2,10001,3,1\n");
    merge_now();
    assert_int_equal(run(noi_concord_parcels, NOI_OK).given, 2);
    assert_int_equal(run(noi_concord_parcels, NOI_OK).given, 0);
    import(NOI_IMPORT_PARCELS, "id,old_code,sheet,number\nP3,10001,1,1\nP4,10002,8,1\n");
    merge_now();
    assert_int_equal(run(noi_concord_parcels, NOI_OK).given, 2);
    assert_list("new_code,new_sheet,new_parcel,old_code,old_sheet,old_parcel,key,state\n"
                "10002,7,1,10002,7,1,P1,kept\n"
                "10002,8,1,10001,3,1,P2,renumbered\n" /* given away before the receiver's 8 came */
                "10002,9,1,10002,8,1,P4,renumbered\n"
                "10002,10,1,10001,1,1,P3,renumbered\n");
}

static void files_keep_what_is_free(void **state) {
    (void)state;
    drawn_registry(path, 0);
    import(NOI_IMPORT_HOUSEHOLDS, "id,old_code,residence_file\n"
                                  "H1,10001,100\n"
                                  "H2,10002,100\n" /* the receiver's: it keeps 100 */
                                  "H3,10001,200\n"
                                  "H4,10001,200\n" /* one old unit, one number, two households */
                                  "H5,10001,200\n"
                                  "H6,10004,300\n"
                                  "H7,10003,\n");
    merge_now();
    noi_concordance c = run(noi_concord_files, NOI_OK);
    assert_list("new_code,new_file,old_code,old_file,key,state\n"
                "10002,100,10002,100,H2,kept\n"
                "10002,10001-100,10001,100,H1,renumbered\n"
                "10002,10001-200,10001,200,H4,renumbered\n"
                "10002,200,10001,200,H3,kept\n"
                "10002,,10001,200,H5,doubled\n"
                ",,10004,300,H6,waiting\n");
    assert_int_equal(c.kept, 2);
    (void)c;
}

static void a_household_that_moves_on_gets_another(void **state) {
    (void)state;
    drawn_registry(path, 0);
    import(NOI_IMPORT_HOUSEHOLDS, "id,old_code,residence_file\nH1,10001,100\nH2,10003,100\n");
    merge_now();
    assert_int_equal(run(noi_concord_files, NOI_OK).given, 2);
    drawn_sql(path, "UPDATE verdict_row SET new_unit = (SELECT id FROM unit WHERE code = '10003' AND "
                    "valid_to IS NULL) WHERE record_id = 1");
    noi_concordance c = run(noi_concord_files, NOI_OK);
    assert_int_equal(c.taken_back, 1);
    assert_int_equal(c.given, 1);
    assert_list("new_code,new_file,old_code,old_file,key,state\n"
                "10003,100,10003,100,H2,kept\n"
                "10003,10001-100,10001,100,H1,renumbered\n");
}

static void streets_are_twins_by_their_houses(void **state) {
    (void)state;
    drawn_registry(path, 0);
    import(NOI_IMPORT_ADDRESSES, "id,text\n"
                                 "A1,\"1 Lê Lợi, Phường An Lạc, Quận Nhất\"\n"
                                 "A2,\"2 Lê Lợi, Phường An Lạc, Quận Nhất\"\n"
                                 "A3,\"2 LE LOI, Phường Bình Yên, Quận Nhất\"\n"
                                 "A4,\"2 Lê Lợi, Phường Bình Yên, Quận Nhất\"\n"
                                 "A5,\"7 Lê Lợi, Phường Cát Lái, Quận Nhì\"\n"
                                 "A6,\"9 Hai Bà Trưng, Phường Bình Yên, Quận Nhất\"\n");
    merge_now();
    NOI_AUTO(noi_registry_closep) noi_registry *r = NULL;
    NOI_AUTO(noi_out_closep) noi_out *out = NULL;
    noi_street_twins twins;
    assert_int_equal(noi_registry_open(&r, path, NOI_OPEN_READ), NOI_OK);
    assert_int_equal(noi_out_open(&out, other), NOI_OK);
    assert_int_equal(noi_concord_streets(&twins, r, out), NOI_OK);
    assert_int_equal(noi_out_commit(out), NOI_OK);
    assert_list("new_code,street,old_codes,same_house_numbers\n"
                "10002,Lê Lợi,10001:2 10002:1,1\n");
    assert_int_equal(twins.addresses, 6);
}

static void nothing_before_a_merge(void **state) {
    (void)state;
    drawn_registry(path, 8);
    run(noi_concord_parcels, NOI_ERR_CONFLICT);
    run(noi_concord_files, NOI_ERR_CONFLICT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_follow_the_receiver),
        cmocka_unit_test(a_number_given_stays),
        cmocka_unit_test(files_keep_what_is_free),
        cmocka_unit_test(a_household_that_moves_on_gets_another),
        cmocka_unit_test(streets_are_twins_by_their_houses),
        cmocka_unit_test(nothing_before_a_merge),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
