/*
 * House numbers, streets and hamlets as rules compare them: every form of house.h and hamlet.h, what
 * is no number, sides, ranges, alleys, and spellings that must be one.
 */
#include "testing.h"

#include "address/hamlet.h"

#include <stdio.h>
#include <string.h>

static noi_house house(const char *text) {
    noi_house h;
    noi_house_parse(&h, noi_str_of(text));
    return h;
}

/* "1806/127/2/6" as the links say it. */
static void assert_chain(const char *text, const char *chain) {
    noi_house h = house(text);
    char out[128] = "";
    for (int i = 0; i < h.n_links; i++) {
        char one[24];
        uint32_t letter = h.links[i] & 0x7F, number = noi_house_number_of(h.links[i]);
        snprintf(one, sizeof one, "%s%.0u%s%s", i ? "/" : "", number,
                 letter ? (char[2]){(char)letter, '\0'} : "", h.links[i] & 0x80 ? "bis" : "");
        strcat(out, one);
    }
    assert_string_equal(out, chain);
}

static void chains_are_read_in_every_form(void **state) {
    (void)state;
    assert_chain("1806/127/2/6", "1806/127/2/6");
    assert_chain("12A bis", "12Abis");
    assert_chain("số 45/3Bis", "45/3bis");
    assert_chain("45/3ter", "45/3bis");
    assert_chain("12a", "12A");
    assert_chain("So nha 007", "7");
    assert_chain("12 / 3", "12/3");
    assert_chain("23-25", "23");
    assert_int_equal(house("23-25").last, 25);
    assert_int_equal(house("23A-25B").last, 25);
    assert_chain("A12/7", "A/12/7");
    assert_int_equal(house("A12/7").kind, NOI_HOUSE_LETTERED);
    assert_int_equal(house("12").kind, NOI_HOUSE_NUMBER);
}

static void what_is_no_number_is_said_so(void **state) {
    (void)state;
    static const char *const none[] = {"Lô B12", "12+14", "tầng 3", "12/A", "1234567", "25-23",
                                       "1/2/3/4/5/6/7/8/9", "12,14", "12 tầng 3", "12/3-5"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(house(none[i]).kind, NOI_HOUSE_OTHER);
    assert_int_equal(house("").kind, NOI_HOUSE_NONE);
    assert_int_equal(house("số").kind, NOI_HOUSE_NONE);
}

static void sides_and_ranges_go_by_the_first_number(void **state) {
    (void)state;
    noi_house h = house("45/2");
    assert_int_equal(noi_house_side(&h), NOI_SIDE_ODD);
    assert_true(noi_house_in_range(&h, 45, 45));
    h = house("12A");
    assert_int_equal(noi_house_side(&h), NOI_SIDE_EVEN);
    assert_true(noi_house_in_range(&h, 1, 12));
    assert_false(noi_house_in_range(&h, 13, 20));
    h = house("23-25");
    assert_int_equal(noi_house_side(&h), NOI_SIDE_ODD);
    assert_false(noi_house_in_range(&h, 1, 24)); /* half of it lies behind the range */
    h = house("23-24");
    assert_int_equal(noi_house_side(&h), NOI_SIDE_NONE);
    h = house("A12/7");
    assert_int_equal(noi_house_side(&h), NOI_SIDE_NONE);
    assert_false(noi_house_in_range(&h, 0, 100));
    assert_int_equal(noi_side_by_word(NOI_STR("Lẻ")), NOI_SIDE_ODD);
    assert_int_equal(noi_side_by_word(NOI_STR("số chẵn")), NOI_SIDE_EVEN);
    assert_int_equal(noi_side_by_word(NOI_STR("cả hai")), NOI_SIDE_NONE);
}

static bool lies_in(const char *text, const char *alley) {
    noi_house h = house(text), a = house(alley);
    return noi_house_in_alley(&h, &a);
}

static void an_alley_holds_the_chains_that_begin_with_it(void **state) {
    (void)state;
    assert_true(lies_in("1806/127/2/6", "1806"));
    assert_true(lies_in("1806/127/2/6", "1806/127"));
    assert_false(lies_in("1806", "1806")); /* at the mouth, on the street */
    assert_false(lies_in("180/6", "1806"));
    assert_false(lies_in("1806A/6", "1806"));
    assert_true(lies_in("A12/7", "A12"));
    assert_false(lies_in("12/7", "A12"));
}

static noi_street street(const char *text) {
    noi_street s;
    noi_street_parse(&s, noi_str_of(text));
    return s;
}

static bool same_street(const char *a, const char *b) {
    return noi_name_key_fits(street(a).name, street(b).name);
}

static void streets_are_compared_with_marks_where_both_write_them(void **state) {
    (void)state;
    assert_true(same_street("Lê Lợi", "LÊ LỢI"));
    assert_true(same_street("Lê Lợi", "đường le loi"));
    assert_true(same_street("Đường số 7", "ĐƯỜNG SỐ 07"));
    assert_false(same_street("Bà Gia", "Ba Giá"));
    assert_false(same_street("Lê Lợi", "Lê Lai"));
    assert_false(same_street("Lê Lợi", "Lê Lợi nối dài"));
    assert_false(same_street("", ""));
    assert_false(same_street("D12", "12"));
    assert_false(same_street("Dương Bá Trạc", "Bá Trạc")); /* no đường */
    assert_true(same_street("đường Dương Bá Trạc", "Duong Ba Trac"));
    assert_false(same_street("Phó Đức Chính", "Đức Chính")); /* no phố */
    assert_true(same_street("phố Phó Đức Chính", "Phó Đức Chính"));
    assert_true(same_street("Ngô Quyền", "NGO QUYEN")); /* no ngõ */
    assert_false(same_street("Ngô Quyền", "Quyền"));
    assert_true(same_street("ngõ 5 Ngô Quyền", "Ngô Quyền"));
    assert_true(same_street("hẻm Cây Điệp", "Hẻm Cây Điệp"));
}

static void an_alley_before_the_street_belongs_to_the_house(void **state) {
    (void)state;
    noi_street s = street("hẻm 1806/127 Huỳnh Tấn Phát");
    assert_true(noi_name_key_fits(s.name, street("Huỳnh Tấn Phát").name));
    noi_house h = house("25"), alley = house("1806");
    noi_house_join(&h, &s);
    assert_int_equal(h.n_links, 3);
    assert_true(noi_house_in_alley(&h, &alley));
    assert_int_equal(noi_house_side(&h), NOI_SIDE_EVEN); /* of 1806: the alley's mouth */
    s = street("hẻm 5");
    assert_int_equal(s.name.bare, 0);
}

static noi_name_key hamlet(const char *text, size_t n, size_t at) {
    noi_hamlet h;
    noi_hamlet_parse(&h, noi_str_of(text));
    assert_int_equal(h.n, n);
    return noi_hamlet_key(&h.parts[at]);
}

static bool same_hamlet(const char *a, const char *b) {
    return noi_name_key_fits(hamlet(a, 1, 0), hamlet(b, 1, 0));
}

static void hamlets_are_one_in_every_spelling(void **state) {
    (void)state;
    assert_true(same_hamlet("khu phố 3", "KP3"));
    assert_true(same_hamlet("khu phố 3", "kp.03"));
    assert_true(same_hamlet("khu pho 3", "Khu Phố III"));
    assert_true(same_hamlet("tổ dân phố 15", "TDP 15"));
    assert_true(same_hamlet("ấp Tân Phú", "ap tan phu"));
    assert_false(same_hamlet("ấp Tân Phú", "ấp Tân Phù"));
    assert_false(same_hamlet("ấp 3", "khu phố 3"));
    assert_false(same_hamlet("khu phố 3", "khu phố 3A"));
    assert_false(same_hamlet("khu phố 3", "khu phố 4"));
    assert_false(same_hamlet("ấp Vi Xuyên", "ấp 6"));
}

static void all_parts_of_a_hamlet_are_read(void **state) {
    (void)state;
    assert_true(noi_name_key_fits(hamlet("tổ 15, khu phố 3, ấp 2", 3, 1), hamlet("KP3", 1, 0)));
    assert_true(noi_name_key_fits(hamlet("tổ 15 khu phố 3", 2, 0), hamlet("tổ 15", 1, 0)));
    assert_true(noi_name_key_fits(hamlet("ấp Tân Tổ, tổ 2", 2, 1), hamlet("tổ 2", 1, 0)));
    noi_hamlet h;
    noi_hamlet_parse(&h, NOI_STR("gần chợ"));
    assert_int_equal(h.n, 0);
}

static void sheets_are_one_in_every_spelling(void **state) {
    (void)state;
    assert_true(noi_name_key_fits(noi_sheet_key(NOI_STR("12")), noi_sheet_key(NOI_STR("tờ số 012"))));
    assert_false(noi_name_key_fits(noi_sheet_key(NOI_STR("12")), noi_sheet_key(NOI_STR("12A"))));
    assert_int_equal(noi_sheet_key(NOI_STR("")).bare, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chains_are_read_in_every_form),
        cmocka_unit_test(what_is_no_number_is_said_so),
        cmocka_unit_test(sides_and_ranges_go_by_the_first_number),
        cmocka_unit_test(an_alley_holds_the_chains_that_begin_with_it),
        cmocka_unit_test(streets_are_compared_with_marks_where_both_write_them),
        cmocka_unit_test(an_alley_before_the_street_belongs_to_the_house),
        cmocka_unit_test(hamlets_are_one_in_every_spelling),
        cmocka_unit_test(all_parts_of_a_hamlet_are_read),
        cmocka_unit_test(sheets_are_one_in_every_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
