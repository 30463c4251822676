/*
 * Plan: how a mention finds its unit: brackets that reach back, homonyms decided by each kind of
 * evidence (and told), slips of spelling, kinds and districts, what stays undecided; provinces.
 */
#include "drawn.h"

#define OLD                                                                                           \
    "10001 phường|1|quận|3\n10002 phường|2|quận|3\n10003 phường|1|thành phố|Biển\n" \
    "10004 phường|2|thành phố|Biển\n10005 phường|Đồi|quận|3\n10006 phường|Bãi|thành phố|Biển"
#define CLOSING  "\n\n3\\. Sau khi sắp xếp, tỉnh Mẫu có 02 đơn vị hành chính cấp xã, gồm 02 phường."
#define TO(name) " thành phường mới có tên gọi là phường " name "."
#define SPLIT                                                                                           \
    "10001 phường Ba whole all 1\n10002 phường Ba whole all 1\n10003 phường Hai whole all 2\n" \
    "10004 phường Hai whole all 2\n10005 phường Ba whole all 1\n10006 phường Hai whole all 2\n"

static void expect_split(const char *clauses, const char *note) {
    drawn d;
    draw(&d, OLD, NULL, clauses);
    EXPECT(&d, SPLIT, true);
    if (note)
        EXPECT_FINDING(&d, note, NOI_LAW_NOTE, 1, "Quận 3");
    undraw(&d);
}

static void a_bracket_reaches_back_over_its_list(void **state) {
    (void)state;
    expect_split("1\\. Sắp xếp toàn bộ Phường 1, Phường 2 (Quận 3) và phường Đồi" TO(
                     "Ba") "\n\n2\\. Sắp "
                           "xếp toàn bộ Phường 1 và Phường 02 (thành phố Biển), phường Bãi" TO(
                               "Hai") CLOSING,
                 NULL);
}

static void a_bracket_may_name_the_province(void **state) {
    (void)state;
    expect_split("1\\. Sắp xếp Phường 1 và Phường 2 (Quận 3, tỉnh Mẫu), phường Đồi" TO(
                     "Ba") "\n\n2\\. "
                           "Sắp xếp Phường 1 và Phường 2 (thuộc TP. Biển), phường Bãi" TO("Hai")
                               CLOSING,
                 NULL);
}

static void elimination_decides(void **state) {
    (void)state;
    expect_split("1\\. Sắp xếp Phường 1, Phường 2 và phường Đồi" TO(
                     "Ba") "\n\n2\\. Sắp xếp Phường 1 và "
                           "Phường 2 (thành phố Biển), phường Bãi" TO("Hai") CLOSING,
                 "decided_by_elimination");
}

static void neighbours_decide(void **state) {
    (void)state;
    expect_split("1\\. Sắp xếp Phường 1, Phường 2 và phường Đồi" TO(
                     "Ba") "\n\n2\\. Sắp xếp Phường 1, "
                           "Phường 2 và phường Bãi" TO("Hai") CLOSING,
                 "decided_by_neighbours");
}

static void references_decide(void **state) {
    (void)state;
    drawn d;
    draw(&d, OLD, NULL,
         "1\\. Sắp xếp Phường 2 (Quận 3), phường Đồi và một phần diện tích tự nhiên, quy mô dân số "
         "của "
         "Phường 1 (Quận 3)" TO(
             "Ba") "\n\n2\\. Sắp xếp Phường 2 (thành phố Biển), phường Bãi, một phần "
                   "diện tích tự nhiên của Phường 1 (thành phố Biển) và phần còn lại của Phường 1 "
                   "sau khi sắp xếp "
                   "theo quy định tại khoản 1 Điều này" TO(
                       "Hai") "\n\n3\\. Sắp xếp phần còn lại của Phường 1 (thành "
                              "phố Biển) sau khi sắp xếp theo quy định tại khoản 2 Điều này" TO(
                                  "Tư") "\n\n4\\. Sau khi sắp "
                                        "xếp, tỉnh Mẫu có 03 đơn vị hành chính cấp xã, gồm 03 "
                                        "phường.");
    assert_true(d.law->proved);
    assert_non_null(strstr(d.edges.p, "10001 phường Hai remainder area+population 2"));
    assert_non_null(strstr(d.edges.p, "10003 phường Tư remainder part_area+all_population 3"));
    undraw(&d);
}

static void nothing_decides(void **state) {
    (void)state;
    drawn d;
    draw(
        &d, OLD, NULL,
        "1\\. Sắp xếp Phường 1" TO("Ba") "\n\n2\\. Sắp xếp các phường Bãi, Đồi, Phường 2 (Quận 3), "
                                         "Phường 2 (thành phố Biển), Phường 1" TO("Hai") CLOSING);
    assert_false(d.law->proved);
    EXPECT_FINDING(&d, "ambiguous_unit", NOI_LAW_ERROR, 1,
                   "Phường 1 (Quận 3), Phường 1 (thành phố Biển)");
    undraw(&d);
}

#define RURAL                                                                                                  \
    "10001 xã|Đắk Hà|huyện|Núi\n10002 xã|Kim Chung|huyện|Núi\n10003 xã|Hưng Yên|huyện|Núi\n" \
    "10004 xã|Lưỡng Minh|huyện|Núi\n10005 thị trấn|Chợ Núi|huyện|Núi\n10006 xã|An "          \
    "Quí|huyện|Sông\n"                                                                                     \
    "10007 xã|Bến Sông|huyện|Sông"

/* One unit of RURAL is called otherwise by the law; the rest as listed. */
static void slip(const char *units, const char *key, noi_law_severity severity, const char *words) {
    drawn d;
    noi_arena *arena = noi_arena_new();
    draw(&d, RURAL, NULL,
         noi_arena_format(
             arena,
             "1\\. Sắp xếp %s thành xã mới có tên gọi là xã Núi Sông.\n\n2\\. Sau khi sắp "
             "xếp, tỉnh Mẫu có 01 đơn vị hành chính cấp xã, gồm 01 xã.",
             units));
    assert_int_equal(d.law->n_edges, 7);
    assert_true(d.law->proved);
    if (key)
        EXPECT_FINDING(&d, key, severity, 1, words);
    else
        assert_int_equal(d.law->n_findings, 0);
    undraw(&d);
    noi_arena_free(arena);
}

static void slips_of_spelling_are_told(void **state) {
    (void)state;
    slip("các xã Đắk Hà, Kim Chung, Hưng Yên, Lưỡng Minh, An Quý, Bến Sông, thị trấn Chợ Núi", NULL,
         0, "");
    slip("các xã Đak Hà, Kim Chung, Hưng Yên, Lưỡng Minh, An Quí, Bến Sông, thị trấn Chợ Núi",
         "spelling", NOI_LAW_WARNING, "the law says 'xã Đak Hà', the list says 'xã Đắk Hà'");
    slip("các xã Đắk Hà, Kim Chung, Hưng Yên, Lưỡng Min, An Quí, Bến Sông, thị trấn Chợ Núi",
         "spelling", NOI_LAW_WARNING, "'xã Lưỡng Min'");
    slip("các xã Đắk Hà, Kim Trung, Hưng Yên, Lưỡng Minh, An Quí, Bến Sông, thị trấn Chợ Núi",
         "spelling", NOI_LAW_WARNING, "'xã Kim Trung' was read as xã Kim Chung (huyện Núi)");
    slip("các xã Đắk Hà, Kim Chung, Hưng Yên Nam, Lưỡng Minh, An Quí, Bến Sông, thị trấn Chợ Núi",
         "spelling", NOI_LAW_WARNING, "'xã Hưng Yên Nam' was read as xã Hưng Yên");
    slip("các xã Đắk Hà, Kim Chung, Hưng Yên, Lưỡng Minh, An Quí, Bến Sông, xã Chợ Núi",
         "kind_differs", NOI_LAW_WARNING, "'xã Chợ Núi' was read as thị trấn Chợ Núi");
    slip("các xã Đắk Hà, Kim Chung, Hưng Yên, Lưỡng Minh, An Quí (huyện Núi), Bến Sông, thị trấn "
         "Chợ Núi",
         "qualifier_mismatch", NOI_LAW_WARNING, "An Quí");
    slip("các xã Đắk Hà (huyện Trăng), Kim Chung, Hưng Yên, Lưỡng Minh, An Quí, Bến Sông, thị trấn "
         "Chợ "
         "Núi",
         "unknown_district", NOI_LAW_WARNING, "huyện Trăng");
    slip("các xã Đắk Hà (thị xã Núi), Kim Chung, Hưng Yên, Lưỡng Minh, An Quí, Bến Sông, thị trấn "
         "Chợ "
         "Núi",
         "district_differs", NOI_LAW_WARNING, "thị xã Núi");
}

/* A number is never taken for a slip of another number. */
static void numbers_do_not_slip(void **state) {
    (void)state;
    drawn d;
    draw(&d, "10001 xã|Tân Xuân 1|huyện|Núi\n10002 xã|Tân Xuân 2|huyện|Núi", NULL,
         "1\\. Sắp xếp xã Tân Xuân 1 và xã Tân Xuân 3 thành xã mới có tên gọi là xã Tân.\n\n2\\. "
         "Sau khi "
         "sắp xếp, tỉnh Mẫu có 01 đơn vị hành chính cấp xã, gồm 01 xã.");
    assert_false(d.law->proved);
    EXPECT_FINDING(&d, "unknown_unit", NOI_LAW_ERROR, 1, "xã Tân Xuân 3");
    undraw(&d);
}

static void other_provinces_are_not_concerned(void **state) {
    (void)state;
    drawn d = {.arena = noi_arena_new()};
    d.n_old = read_units(d.old_units, d.arena,
                         "10001 xã|An Phú|huyện|Sông\n10002 xã|Bình Hòa|huyện|Sông\n10003 xã|An "
                         "Phú|huyện|Xa\n10004 xã|Cồn|huyện|Xa\n10005 xã|Đồi|huyện|Xa");
    for (size_t i = 2; i < d.n_old; i++)
        d.old_units[i].province_code = noi_code_parse("11", 2);
    const char *text = law_text(
        d.arena, "1\\. Sắp xếp xã An Phú và xã Bình Hòa thành xã mới có tên gọi là xã An.\n\n2\\. "
                 "Sau khi sắp xếp, tỉnh Mẫu có 01 đơn vị hành chính cấp xã, gồm 01 xã.");
    assert_int_equal(
        noi_law_compile(&d.law, "drawn", noi_str_of(text), d.old_units, d.n_old, NULL, 0), NOI_OK);
    assert_true(d.law->proved);
    assert_int_equal(d.law->n_provinces, 1);
    assert_int_equal(d.law->provinces[0], noi_code_parse("10", 2));
    assert_int_equal(d.law->n_old_all, 2);
    undraw(&d);
}

static void no_province_at_all(void **state) {
    (void)state;
    drawn d;
    draw(&d, RURAL, NULL, "1\\. Sắp xếp xã Đâu Đó thành xã mới có tên gọi là xã Đó.");
    assert_false(d.law->proved);
    EXPECT_FINDING(&d, "no_province", NOI_LAW_ERROR, 0, "province");
    undraw(&d);
}

NOI_TEST_MAIN(cmocka_unit_test(a_bracket_reaches_back_over_its_list),
              cmocka_unit_test(a_bracket_may_name_the_province),
              cmocka_unit_test(elimination_decides), cmocka_unit_test(neighbours_decide),
              cmocka_unit_test(references_decide), cmocka_unit_test(nothing_decides),
              cmocka_unit_test(slips_of_spelling_are_told), cmocka_unit_test(numbers_do_not_slip),
              cmocka_unit_test(other_provinces_are_not_concerned),
              cmocka_unit_test(no_province_at_all))
