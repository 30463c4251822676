/*
 * Plan: one drawn law for each way in which conservation can fail, and for what the proof counts:
 * old units consumed once, new units made once, the counts of the closing clause; scopes that
 * depend on the list of new units.
 */
#include "drawn.h"

#define OLD                                                                                                     \
    "10001 xã|An Phú|huyện|Sông\n10002 xã|Bình Hòa|huyện|Sông\n10003 xã|Cồn Cát|huyện|Sông\n" \
    "10004 xã|Đông Hải|huyện|Sông"
#define CLOSING(n)                                                                                 \
    "\n\n9\\. Sau khi sắp xếp, tỉnh Mẫu có " n " đơn vị hành chính cấp xã, gồm " n " xã."

/* A law that is defective in one place: the finding's key, clause and words. */
static void expect_defect(const char *clauses, const char *key, int clause, const char *words) {
    drawn d;
    draw(&d, OLD, NULL, clauses);
    assert_false(d.law->proved);
    EXPECT_FINDING(&d, key, NOI_LAW_ERROR, clause, words);
    undraw(&d);
}

static void a_unit_that_no_clause_names(void **state) {
    (void)state;
    expect_defect("1\\. Sắp xếp xã An Phú, xã Bình Hòa và xã Cồn Cát thành xã mới có tên gọi là xã "
                  "An." CLOSING("01"),
                  "unit_untouched", 0, "xã Đông Hải (huyện Sông), code 10004");
}

static void a_unit_that_two_clauses_take_whole(void **state) {
    (void)state;
    expect_defect(
        "1\\. Sắp xếp xã An Phú và xã Bình Hòa thành xã mới có tên gọi là xã An.\n\n2\\. Sắp "
        "xếp các xã Bình Hòa, Cồn Cát, Đông Hải thành xã mới có tên gọi là xã "
        "Bình." CLOSING("02"),
        "consumed_twice", 2, "clauses 1, 2");
}

static void parts_without_a_remainder(void **state) {
    (void)state;
    expect_defect(
        "1\\. Sắp xếp các xã An Phú, Cồn Cát, Đông Hải và một phần diện tích tự nhiên, quy mô "
        "dân số của xã Bình Hòa thành xã mới có tên gọi là xã An." CLOSING("01"),
        "remainder_missing", 1, "xã Bình Hòa");
}

static void a_remainder_without_parts(void **state) {
    (void)state;
    expect_defect(
        "1\\. Sắp xếp các xã An Phú, Cồn Cát, Đông Hải và phần còn lại của xã Bình Hòa sau "
        "khi sắp xếp theo quy định tại khoản 7 Điều này thành xã mới có tên gọi là xã "
        "An." CLOSING("01"),
        "part_missing", 1, "xã Bình Hòa");
}

static void a_remainder_taken_twice(void **state) {
    (void)state;
    expect_defect("1\\. Sắp xếp các xã An Phú và một phần diện tích tự nhiên, quy mô dân số của xã "
                  "Bình Hòa thành "
                  "xã mới có tên gọi là xã An.\n\n2\\. Sắp xếp xã Cồn Cát và phần còn lại của xã "
                  "Bình Hòa sau khi "
                  "sắp xếp theo quy định tại khoản 1 Điều này thành xã mới có tên gọi là xã "
                  "Cồn.\n\n3\\. Sắp xếp "
                  "xã Đông Hải và phần còn lại của xã Bình Hòa sau khi sắp xếp theo quy định tại "
                  "khoản 1 Điều này "
                  "thành xã mới có tên gọi là xã Đông." CLOSING("03"),
                  "remainder_twice", 3, "clauses 1, 2, 3");
}

static void people_moved_twice(void **state) {
    (void)state;
    expect_defect("1\\. Sắp xếp xã An Phú và một phần diện tích tự nhiên, toàn bộ quy mô dân số "
                  "của xã Bình Hòa "
                  "thành xã mới có tên gọi là xã An.\n\n2\\. Sắp xếp xã Cồn Cát và một phần diện "
                  "tích tự nhiên, "
                  "quy mô dân số của xã Bình Hòa thành xã mới có tên gọi là xã Cồn.\n\n3\\. Sắp "
                  "xếp xã Đông Hải "
                  "và phần còn lại của xã Bình Hòa sau khi sắp xếp theo quy định tại khoản 1, "
                  "khoản 2 Điều này "
                  "thành xã mới có tên gọi là xã Đông." CLOSING("03"),
                  "consumed_twice", 3, "xã Bình Hòa");
}

static void a_new_unit_made_twice(void **state) {
    (void)state;
    expect_defect(
        "1\\. Sắp xếp xã An Phú và xã Bình Hòa thành xã mới có tên gọi là xã An.\n\n2\\. Sắp "
        "xếp xã Cồn Cát và xã Đông Hải thành xã mới có tên gọi là xã An." CLOSING("02"),
        "made_twice", 2, "xã An");
}

static void counts_that_do_not_agree(void **state) {
    (void)state;
    static const char all[] =
        "1\\. Sắp xếp các xã An Phú, Bình Hòa, Cồn Cát và Đông Hải thành xã mới "
        "có tên gọi là xã An.";
    noi_arena *arena = noi_arena_new();
    static const char *const closings[] = {
        "Sau khi sắp xếp, tỉnh Mẫu có 02 đơn vị hành chính cấp xã, gồm 01 xã.",
        "Sau khi sắp xếp, tỉnh Mẫu có 01 đơn vị hành chính cấp xã, gồm 01 phường.",
        "Sau khi sắp xếp, tỉnh Mẫu có 01 đơn vị hành chính cấp xã, gồm 02 xã.",
        "Sau khi sắp xếp, tỉnh Mẫu có 01 đơn vị hành chính cấp xã, gồm 01 xã; trong đó có 02 xã "
        "hình "
        "thành sau sắp xếp quy định tại Điều này.",
    };
    for (size_t i = 0; i < sizeof closings / sizeof *closings; i++)
        expect_defect(noi_arena_format(arena, "%s\n\n2\\. %s", all, closings[i]), "count_differs",
                      2, "clause 2");
    expect_defect(all, "closing_missing", 0, "Sau khi sắp xếp");
    noi_arena_free(arena);
}

static void an_unknown_name_is_an_error(void **state) {
    (void)state;
    expect_defect(
        "1\\. Sắp xếp các xã An Phú, Bình Hòa, Cồn Cát và Quang Vinh thành xã mới có tên gọi "
        "là xã An." CLOSING("01"),
        "unknown_unit", 1, "xã Quang Vinh");
}

static void references_that_do_not_agree_are_told(void **state) {
    (void)state;
    drawn d;
    draw(&d, OLD, NULL,
         "1\\. Sắp xếp xã An Phú và một phần diện tích tự nhiên, quy mô dân số của xã Bình Hòa "
         "thành xã "
         "mới có tên gọi là xã An.\n\n2\\. Sắp xếp xã Cồn Cát, xã Đông Hải và phần còn lại của xã "
         "Bình "
         "Hòa sau khi sắp xếp theo quy định tại khoản 4 Điều này thành xã mới có tên gọi là xã "
         "Cồn." CLOSING("02"));
    EXPECT_FINDING(&d, "reference_differs", NOI_LAW_WARNING, 2, "xã Bình Hòa");
    undraw(&d);
}

#define NEW_SPEC "10001 xã|An Phú||\n10003 xã|Cồn Cát||"

/* A unit that only cedes area and goes on under its code, kind and name keeps area+population. */
static void a_unit_that_goes_on(void **state) {
    (void)state;
    drawn d;
    draw(&d, OLD, NEW_SPEC,
         "1\\. Sắp xếp xã Bình Hòa và một phần diện tích tự nhiên của xã Cồn Cát, xã Đông Hải "
         "thành xã "
         "mới có tên gọi là xã An Phú.\n\n2\\. Sắp xếp xã An Phú và phần còn lại của xã Cồn Cát, "
         "xã Đông "
         "Hải sau khi sắp xếp theo quy định tại khoản 1 Điều này thành xã mới có tên gọi là xã Cồn "
         "Cát.\n\n3\\. Sau khi sắp xếp, tỉnh Mẫu có 02 đơn vị hành chính cấp xã, gồm 02 xã.");
    EXPECT(&d,
           "10001 xã Cồn Cát whole all 2\n10002 xã An Phú whole all 1\n"
           "10003 xã An Phú part area_only 1\n10003 xã Cồn Cát remainder area+population 2\n"
           "10004 xã An Phú part area_only 1\n"
           "10004 xã Cồn Cát remainder part_area+all_population 2\n",
           true);
    assert_int_equal(d.law->province_code, noi_code_parse("10", 2));
    undraw(&d);
}

static void new_units_are_those_of_the_list(void **state) {
    (void)state;
    drawn d;
    draw(&d, OLD, NEW_SPEC,
         "1\\. Sắp xếp các xã An Phú, Bình Hòa, Cồn Cát và Đông Hải thành xã mới có tên gọi là xã "
         "Quang "
         "Vinh." CLOSING("01"));
    assert_false(d.law->proved);
    assert_int_equal(d.law->n_edges, 0);
    EXPECT_FINDING(&d, "unknown_new_unit", NOI_LAW_ERROR, 1, "xã Quang Vinh");
    EXPECT_FINDING(&d, "new_unit_not_made", NOI_LAW_ERROR, 0, "An Phú");
    undraw(&d);
}

static void a_new_unit_of_another_kind_is_told(void **state) {
    (void)state;
    drawn d;
    draw(&d, OLD, "10001 xã|An Phú||",
         "1\\. Sắp xếp các xã An Phú, Bình Hòa, Cồn Cát và Đông Hải thành phường mới có tên gọi là "
         "phường An Phú.\n\n2\\. Sau khi sắp xếp, tỉnh Mẫu có 01 đơn vị hành chính cấp xã.");
    assert_true(d.law->proved);
    EXPECT_FINDING(&d, "kind_differs", NOI_LAW_WARNING, 1, "'phường An Phú'");
    undraw(&d);
}

static void a_part_may_stand_behind_its_remainder(void **state) {
    (void)state;
    drawn d;
    draw(&d, OLD, NULL,
         "1\\. Sắp xếp xã Cồn Cát, xã Đông Hải và phần còn lại của xã Bình Hòa sau khi sắp xếp "
         "theo quy "
         "định tại khoản 2 Điều này thành xã mới có tên gọi là xã Cồn.\n\n2\\. Sắp xếp xã An Phú "
         "và một "
         "phần diện tích tự nhiên, quy mô dân số của xã Bình Hòa thành xã mới có tên gọi là xã "
         "An.\n\n3\\. Sau khi sắp xếp, tỉnh Mẫu có 02 đơn vị hành chính cấp xã, gồm 02 xã.");
    assert_true(d.law->proved);
    undraw(&d);
    expect_defect(
        "1\\. Sắp xếp xã Cồn Cát, xã Đông Hải và phần còn lại của xã Bình Hòa sau khi sắp xếp "
        "theo quy định tại khoản 3 Điều này thành xã mới có tên gọi là xã Cồn.\n\n2\\. Sắp "
        "xếp xã An Phú và một phần diện tích tự nhiên, quy mô dân số của xã Bình Hòa thành xã "
        "mới có tên gọi là xã An." CLOSING("02"),
        "part_after_remainder", 2, "xã Bình Hòa");
}

NOI_TEST_MAIN(cmocka_unit_test(a_unit_that_no_clause_names),
              cmocka_unit_test(a_unit_that_two_clauses_take_whole),
              cmocka_unit_test(parts_without_a_remainder),
              cmocka_unit_test(a_remainder_without_parts),
              cmocka_unit_test(a_remainder_taken_twice), cmocka_unit_test(people_moved_twice),
              cmocka_unit_test(a_new_unit_made_twice), cmocka_unit_test(counts_that_do_not_agree),
              cmocka_unit_test(an_unknown_name_is_an_error),
              cmocka_unit_test(references_that_do_not_agree_are_told),
              cmocka_unit_test(a_unit_that_goes_on),
              cmocka_unit_test(new_units_are_those_of_the_list),
              cmocka_unit_test(a_new_unit_of_another_kind_is_told),
              cmocka_unit_test(a_part_may_stand_behind_its_remainder))
