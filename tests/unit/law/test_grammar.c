/*
 * Plan: one drawn law for each construct of the language that grammar.c reads, each slip that it
 * forgives, and each place at which it must stop and say so. Readings are told as edges.
 */
#include "drawn.h"

#define TWO               "10001 xã|An Phú|huyện|Sông\n10002 xã|Bình Hòa|huyện|Sông"
#define THREE             TWO "\n10003 thị trấn|Chợ Sông|huyện|Sông"
#define FOUR              THREE "\n10004 phường|Đồi Cao|thị xã|Núi"
#define END2(total, rest) "\n\n" total "\\. Sau khi sắp xếp, tỉnh Mẫu có " rest "."

static void whole_units_merge(void **state) {
    (void)state;
    drawn d;
    draw(
        &d, THREE, NULL,
        "1\\. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của xã An Phú, xã Bình\nHòa và thị "
        "trấn Chợ Sông thành xã mới có tên gọi là **xã Sông**." END2(
            "2", "01 đơn vị hành chính cấp xã, gồm 01 xã"));
    EXPECT(&d, "10001 xã Sông whole all 1\n10002 xã Sông whole all 1\n10003 xã Sông whole all 1\n",
           true);
    assert_string_equal(d.law->resolution, "9/NQ-UBTVQH15");
    assert_string_equal(d.law->province_name, "Tỉnh Mẫu");
    assert_int_equal(d.law->effective_on, noi_day_from_ymd(2025, 7, 1));
    assert_int_equal(d.law->n_clauses, 2);
    undraw(&d);
}

static void plural_and_kinds_are_inherited(void **state) {
    (void)state;
    drawn d;
    draw(&d, FOUR, NULL,
         "1\\. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của các xã An Phú, Bình Hòa, thị "
         "trấn Chợ Sông và phường Đồi Cao thành phường mới có tên gọi là phường Sông Núi." END2(
             "2", "01 đơn vị hành chính cấp xã, gồm 01 phường"));
    EXPECT(&d,
           "10001 phường Sông Núi whole all 1\n10002 phường Sông Núi whole all 1\n"
           "10003 phường Sông Núi whole all 1\n10004 phường Sông Núi whole all 1\n",
           true);
    undraw(&d);
}

static void parts_and_remainder(void **state) {
    (void)state;
    drawn d;
    draw(&d, THREE, NULL,
         "1\\. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của xã An Phú và một phần diện "
         "tích "
         "tự nhiên, quy mô dân số của thị trấn Chợ Sông thành xã mới có tên gọi là xã An Phú.\n\n"
         "2\\. Sắp xếp xã Bình Hòa và phần còn lại của thị trấn Chợ Sông sau khi sắp xếp theo quy "
         "định tại khoản 1 Điều này thành xã mới có tên gọi là xã Bình Hòa." END2(
             "3", "02 đơn vị hành chính cấp xã, gồm 02 xã"));
    EXPECT(
        &d,
        "10001 xã An Phú whole all 1\n10002 xã Bình Hòa whole all 2\n"
        "10003 xã An Phú part area+population 1\n10003 xã Bình Hòa remainder area+population 2\n",
        true);
    assert_null(finding(d.law, "reference_differs"));
    undraw(&d);
}

/* Every measure that the language has, and what it makes of the remainder. */
static void measures(void **state) {
    (void)state;
    static const struct {
        const char *measure, *part, *rest;
    } cases[] = {
        {"một phần diện tích tự nhiên, quy mô dân số của", "area+population", "area+population"},
        {"một phần diện tích tự nhiên của", "area_only", "part_area+all_population"},
        {"một phần diện tích tự nhiên, toàn bộ quy mô dân số của", "part_area+all_population",
         "area_only"},
        {"một phần quy mô dân số của", "population_only", "area+population"},
        {"toàn bộ quy mô dân số của", "population_only", "all_area+no_population"},
        {"một phần diện tích, quy mô dân của", "area+population", "area+population"},
        {"một phần", "area+population", "area+population"},
        {"một phần diện tích tự nhiên là 12,34 km2, quy mô dân số 5.120 người của",
         "area+population", "area+population"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        drawn d;
        noi_arena *arena = noi_arena_new();
        draw(&d, THREE, NULL,
             noi_arena_format(
                 arena,
                 "1\\. Sắp xếp xã An Phú và %s thị trấn Chợ Sông thành xã mới có tên gọi "
                 "là xã An Phú.\n\n2\\. Sắp xếp xã Bình Hòa và phần còn lại của thị trấn "
                 "Chợ Sông sau khi sắp xếp theo quy định tại khoản 1 Điều này thành xã "
                 "mới có tên gọi là xã Bình Hòa." END2("3",
                                                       "02 đơn vị hành chính cấp xã, gồm 02 xã"),
                 cases[i].measure));
        const char *wanted =
            noi_arena_format(arena,
                             "10001 xã An Phú whole all 1\n10002 xã Bình Hòa whole all 2\n"
                             "10003 xã An Phú part %s 1\n10003 xã Bình Hòa remainder %s 2\n",
                             cases[i].part, cases[i].rest);
        EXPECT(&d, wanted, true);
        undraw(&d);
        noi_arena_free(arena);
    }
}

/* All forms in which clauses are referred to. */
static void references(void **state) {
    (void)state;
    static const char *const forms[] = {
        "sau khi sắp xếp theo quy định tại khoản 1, khoản 2 Điều này",
        "sau khi sắp xếp theo quy định tại các khoản 1, 2 Điều này",
        "sau khi sắp xếp theo quy định tại khoản 1 và khoản 2 của Điều này",
        "sau khi sắp xếp theo quy định tại khoản 1, 2",
        "sau khi thực hiện sắp xếp tại khoản 1 và khoản 2 Điều 1 Nghị quyết này",
        "(sau khi sắp xếp theo quy định tại các khoản 1 và 2 Điều này)",
        "đã sắp xếp tại khoản 1, khoản2 Điều này",
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        drawn d;
        noi_arena *arena = noi_arena_new();
        draw(&d, FOUR, NULL,
             noi_arena_format(
                 arena,
                 "1\\. Sắp xếp xã An Phú và một phần diện tích tự nhiên, quy mô dân số của phường "
                 "Đồi "
                 "Cao thành xã mới có tên gọi là xã An Phú.\n\n2\\. Sắp xếp thị trấn Chợ Sông và "
                 "một "
                 "phần diện tích tự nhiên, quy mô dân số của phường Đồi Cao thành xã mới có tên "
                 "gọi là "
                 "xã Sông.\n\n3\\. Sắp xếp xã Bình Hòa, phần còn lại của phường Đồi Cao %s thành "
                 "xã mới "
                 "có tên gọi là xã Bình Hòa." END2("4", "03 đơn vị hành chính cấp xã, gồm 03 xã"),
                 forms[i]));
        EXPECT(&d,
               "10001 xã An Phú whole all 1\n10002 xã Bình Hòa whole all 3\n"
               "10003 xã Sông whole all 2\n10004 xã An Phú part area+population 1\n"
               "10004 xã Sông part area+population 2\n"
               "10004 xã Bình Hòa remainder area+population 3\n",
               true);
        assert_null(finding(d.law, "reference_differs"));
        undraw(&d);
        noi_arena_free(arena);
    }
}

/* Texts with lost spaces, doubled words, markup within words, NFD. */
static void slips_are_forgiven(void **state) {
    (void)state;
    static const char *const forms[] = {
        "1. Sắp xếptoàn bộ diện tích tự nhiên quy mô dân số củaxã An Phú vàxã Bình Hòathành xã mới "
        "có "
        "tên gọilà**xã An Hòa**.",
        "1.Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân của các xãAn Phú,Bình Hòa thànhxã mới có "
        "tên "
        "gọi **là xã An Hòa**",
        "1\\. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của của xã xã An Phú và xã Bình "
        "Hoà "
        "thành xã mới có tên gọi là **xã** **An Hòa**.",
        "1) Nhập toàn bộ xã AN PHÚ và xã bình hòa thành xã An Hòa;",
        "1\\. Sáp nhập nguyên trạng toàn bộ xã An Phú với xã Bình Hòa để thành lập xã mới lấy tên "
        "là xã "
        "An Hòa.",
        "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của xã An Phú và xã Bình Hòa thành xã "
        "mới có "
        "tên gọi là xã An Hòa.",
        "1\\. Thành lập xã An Hòa trên cơ sở nhập toàn bộ diện tích tự nhiên, quy mô dân số của xã "
        "An "
        "Phú và xã Bình Hòa.",
        "1\\. Sắp xếp toàn bộ 02 xã An Phú và Bình Hòa thành 01 xã mới có tên gọi là xã An Hòa.",
        "1\\. Sắpxếp toàn bộ diện tích tự nhiên và quy mô dân số của xã An Phú; xã Bình Hòa Thành "
        "xã mới "
        "có tên là xã An Hòa.",
        /* NFD: "phú", "hòa" */
        "1\\. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của xã An Phu\xCC\x81 và xã "
        "Bi\xCC\x80nh "
        "Ho\xCC\x80"
        "a thành xã mới có tên gọi là xã An Hòa.",
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        drawn d;
        noi_arena *arena = noi_arena_new();
        draw(&d, TWO, NULL,
             noi_arena_format(arena, "%s" END2("2", "01 đơn vị hành chính cấp xã, gồm01 xã"),
                              forms[i]));
        if (!d.law->proved)
            print_message("%s\n%s\n", forms[i], d.law->findings[0].message);
        EXPECT(&d, "10001 xã An Hòa whole all 1\n10002 xã An Hòa whole all 1\n", true);
        undraw(&d);
        noi_arena_free(arena);
    }
}

static void clauses_that_run_on_are_taken_apart(void **state) {
    (void)state;
    drawn d;
    draw(&d, TWO, NULL,
         "1. Sắp xếp toàn bộ xã An Phú thành xã mới có tên gọi là xã An. 2. Sắp xếp toàn bộ xã "
         "Bình Hòa "
         "thành xã mới có tên gọi là xã Bình.\n3. Sau khi sắp xếp, tỉnh Mẫu có 02 đơn vị hành "
         "chính cấp "
         "xã, gồm 02 xã.\n\n14\n");
    EXPECT(&d, "10001 xã An whole all 1\n10002 xã Bình whole all 2\n", true);
    undraw(&d);
}

static void names_of_every_shape(void **state) {
    (void)state;
    drawn d;
    draw(&d,
         "10001 phường|Phường Đúc|quận|Kinh\n10002 phường|Văn Miếu - Quốc Tử Giám|quận|Kinh\n"
         "10003 xã|Ch'ơm|huyện|Núi\n10004 xã|Tân Xuân 2|huyện|Núi\n10005 xã|Các Sơn|huyện|Núi\n"
         "10006 thị trấn|N.T Việt Lâm|huyện|Núi\n10007 xã|Tân Thành|huyện|Núi\n10008 xã|Tam Xuân "
         "II|huyện|Núi\n10009 phường|7|quận|Kinh\n10010 xã|Ma Đa Guôi|huyện|Núi",
         NULL,
         "1\\. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của các phường Phường Đúc, Văn "
         "Miếu – "
         "Quốc Tử Giám, Phường 07 thành phường mới có tên gọi là phường Kinh.\n\n"
         "2\\. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của các xã Ch’ơm, Tân Xuân 2, Các "
         "Sơn, "
         "Tân Thành, Tam Xuân 2, Mađaguôi và thị trấn N.T Việt Lâm thành xã mới có tên gọi là xã "
         "Núi." END2("3", "02 đơn vị hành chính cấp xã, gồm 01 phường và 01 xã"));
    EXPECT(
        &d,
        "10001 phường Kinh whole all 1\n10002 phường Kinh whole all 1\n10003 xã Núi whole all 2\n"
        "10004 xã Núi whole all 2\n10005 xã Núi whole all 2\n10006 xã Núi whole all 2\n"
        "10007 xã Núi whole all 2\n10008 xã Núi whole all 2\n10009 phường Kinh whole all 1\n"
        "10010 xã Núi whole all 2\n",
        true);
    undraw(&d);
}

static void renamed_kept_and_districts(void **state) {
    (void)state;
    drawn d;
    draw(&d,
         TWO
         "\n10003 xã|Cồn Cát|huyện|Sông\n755 huyện|Đảo Xa|huyện|Đảo Xa\n10021 xã|Bến Đông|huyện|"
         "Biển\n10022 xã|Bến Tây|huyện|Biển",
         NULL,
         "1\\. Đổi tên xã An Phú thành **xã An Phú 3**.\n\n2\\. Sắp xếp toàn bộ diện tích tự "
         "nhiên, quy "
         "mô dân số của huyện Đảo Xa thành đặc khu có tên gọi là **đặc khu Đảo Xa**.\n\n3\\. Sắp "
         "xếp "
         "toàn bộ diện tích tự nhiên, quy mô dân số của huyện Biển thành đặc khu có tên gọi là đặc "
         "khu "
         "Biển.\n\n4\\. Giữ nguyên hiện trạng xã Cồn Cát." END2(
             "5",
             "05 đơn vị hành chính cấp xã, gồm 03 xã, 02 đặc khu; trong đó có 01 xã, 02 đặc khu "
             "hình thành sau sắp xếp, thực hiện đổi tên quy định tại Điều này và 02 xã không thực "
             "hiện sắp xếp là xã Bình Hòa"));
    EXPECT(&d,
           "10001 xã An Phú 3 whole all 1\n10002 xã Bình Hòa whole all -\n10003 xã Cồn Cát whole "
           "all -\n"
           "10021 đặc khu Biển whole all 3\n10022 đặc khu Biển whole all 3\n"
           "755 đặc khu Đảo Xa whole all 2\n",
           true);
    EXPECT_FINDING(&d, "district_expanded", NOI_LAW_NOTE, 3, "2");
    undraw(&d);
}

static void joined_to_a_unit_that_goes_on(void **state) {
    (void)state;
    drawn d;
    draw(&d, TWO, NULL,
         "1\\. Nhập toàn bộ diện tích tự nhiên, quy mô dân số của xã An Phú vào xã Bình Hòa." END2(
             "2", "01 đơn vị hành chính cấp xã, gồm 01 xã"));
    EXPECT(&d, "10001 xã Bình Hòa whole all 1\n10002 xã Bình Hòa whole all 1\n", true);
    EXPECT_FINDING(&d, "receiver_goes_on", NOI_LAW_NOTE, 1, "Bình Hòa");
    undraw(&d);
}

static void asides_are_told(void **state) {
    (void)state;
    drawn d;
    draw(
        &d, TWO, NULL,
        "1\\. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của xã An Phú (bao gồm cụm đảo Hòn "
        "Lớn) và xã Bình Hòa (nay là gì đó) thành xã mới có tên gọi là xã An Hòa." END2(
            "2", "01 đơn vị hành chính cấp xã, gồm 01 xã"));
    EXPECT(&d, "10001 xã An Hòa whole all 1\n10002 xã An Hòa whole all 1\n", true);
    EXPECT_FINDING(&d, "aside", NOI_LAW_NOTE, 1, "Hòn Lớn");
    EXPECT_FINDING(&d, "bracket_not_read", NOI_LAW_WARNING, 1, "nay là gì đó");
    undraw(&d);
}

/* Where reading stops, the clause is named, the words are quoted, and nothing is proved. */
static void unreadable_clauses_are_quoted(void **state) {
    (void)state;
    static const struct {
        const char *clause, *words;
    } cases[] = {
        {"Bãi bỏ xã Bình Hòa.", "Bãi bỏ xã Bình Hòa"},
        {"Sắp xếp toàn bộ xã Bình Hòa và còn nhiều nữa thành xã mới có tên gọi là xã Bình.",
         "còn nhiều nữa"},
        {"Sắp xếp toàn bộ xã Bình Hòa.", "'thành'"},
        {"Sắp xếp toàn bộ xã Bình Hòa thành xã mới có tên gọi là.", "name of the new unit"},
        {"Sắp xếp toàn bộ xã Bình Hòa thành xã mới có tên gọi là xã Bình và thế là xong.",
         "và thế là xong"},
        {"Sắp xếp toàn bộ xã Bình Hòa (huyện Sông thành xã mới có tên gọi là xã Bình.", "bracket"},
        {"Sắp xếp phần còn lại của xã Bình Hòa sau khi sắp xếp theo quy định thành xã mới có tên "
         "gọi là "
         "xã Bình.",
         "khoản"},
        {"Sắp xếp toàn bộ của thành xã mới có tên gọi là xã Bình.", "thành xã mới"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        drawn d;
        noi_arena *arena = noi_arena_new();
        draw(&d, TWO, NULL,
             noi_arena_format(
                 arena,
                 "1\\. Sắp xếp toàn bộ xã An Phú thành xã mới có tên gọi là xã An.\n\n2\\. "
                 "%s" END2("3", "02 đơn vị hành chính cấp xã, gồm 02 xã"),
                 cases[i].clause));
        assert_false(d.law->proved);
        assert_int_equal(d.law->n_unread, 1);
        EXPECT_FINDING(&d, "unread_clause", NOI_LAW_ERROR, 2, cases[i].words);
        assert_string_equal(d.edges.p, "10001 xã An whole all 1\n");
        undraw(&d);
        noi_arena_free(arena);
    }
}

NOI_TEST_MAIN(cmocka_unit_test(whole_units_merge), cmocka_unit_test(plural_and_kinds_are_inherited),
              cmocka_unit_test(parts_and_remainder), cmocka_unit_test(measures),
              cmocka_unit_test(references), cmocka_unit_test(slips_are_forgiven),
              cmocka_unit_test(clauses_that_run_on_are_taken_apart),
              cmocka_unit_test(names_of_every_shape), cmocka_unit_test(renamed_kept_and_districts),
              cmocka_unit_test(joined_to_a_unit_that_goes_on), cmocka_unit_test(asides_are_told),
              cmocka_unit_test(unreadable_clauses_are_quoted))
