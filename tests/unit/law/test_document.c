/*
 * Plan: what is no resolution is refused with one sentence and a hint; number, province and day
 * from their places; clause numbers lost, doubled and out of order; unit lists of CSV.
 */
#include "drawn.h"

#include "law/unit_list.h"

#include <unistd.h>

static noi_status compile_text(noi_law **law, noi_str text) {
    static const noi_law_unit unit = {.code = 5u << 20 | 10001,
                                      .kind = "xã",
                                      .name = "An Phú",
                                      .district_kind = "huyện",
                                      .district_name = "Sông",
                                      .province_name = "",
                                      .resolution = ""};
    return noi_law_compile(law, "tài liệu", text, &unit, 1, NULL, 0);
}

static void what_is_no_resolution_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"", "Điều 1."},
        {"Thơ\n\nkhông phải luật", "Điều 1."},
        {"\xFF\xFEx", "not UTF-8"},
        {"Điều 1. Trống\n\nĐiều 2. Hết", "no numbered clause"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        noi_law *law = NULL;
        assert_int_equal(compile_text(&law, noi_str_of(cases[i].text)), NOI_ERR_INPUT);
        assert_null(law);
        assert_non_null(strstr(noi_error_message(), "tài liệu"));
        if (!strstr(noi_error_message(), cases[i].words))
            fail_msg("'%s' is not in '%s'", cases[i].words, noi_error_message());
    }
}

static void a_text_that_is_cut_off_is_told(void **state) {
    (void)state;
    noi_law *law = NULL;
    noi_str text = noi_str_of("Điều 1. Sắp xếp\n\n1. Sắp xếp xã An Phú thành xã An.\n");
    assert_int_equal(compile_text(&law, text), NOI_OK);
    assert_false(law->proved);
    assert_int_equal(law->effective_on, NOI_DAY_NONE);
    assert_non_null(finding(law, "no_article_2"));
    assert_non_null(finding(law, "no_day"));
    assert_non_null(finding(law, "no_number"));
    assert_non_null(finding(law, "closing_missing"));
    assert_string_equal(law->resolution, "");
    noi_law_free(law);
}

static void clause_numbers(void **state) {
    (void)state;
    drawn d;
    draw(&d, "10001 xã|An Phú|huyện|Sông\n10002 xã|Bình Hòa|huyện|Sông\n10003 xã|Cồn|huyện|Sông",
         NULL,
         "1\\. Sắp xếp xã An Phú thành xã An.\n\nSắp xếp xã Bình Hòa thành xã Bình.\n\n4\\. Sắp "
         "xếp xã "
         "Cồn thành xã Cát.\n\n5\\. Sau khi sắp xếp, tỉnh Mẫu có 03 đơn vị hành chính cấp xã, gồm "
         "03 xã.");
    EXPECT(&d, "10001 xã An whole all 1\n10002 xã Bình whole all 2\n10003 xã Cát whole all 4\n",
           true);
    EXPECT_FINDING(&d, "clause_unnumbered", NOI_LAW_WARNING, 2, "clause 2 has lost its number");
    EXPECT_FINDING(&d, "clause_number", NOI_LAW_WARNING, 4, "clause 3 is due");
    undraw(&d);
}

static noi_status read_list(noi_law_list *list, const char *text) {
    char path[] = "/tmp/noi_units_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    noi_status status = noi_law_list_read(list, path);
    unlink(path);
    return status;
}

#define HEADER "code,kind,name,province_code,resolution\n"

static void unit_lists_are_read(void **state) {
    (void)state;
    noi_law_list list = {0};
    assert_int_equal(
        read_list(&list, "name;code;Kind;province_code\nAn Phu\xCC\x81;00012;Phường;01\n"), NOI_OK);
    assert_int_equal(list.n, 1);
    assert_string_equal(list.units[0].kind, "phường");
    assert_string_equal(list.units[0].name, "An Phú");
    char code[8];
    assert_string_equal(noi_code_format(code, list.units[0].code), "00012");
    noi_law_list_free(&list);
}

static void bad_unit_lists_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"code,kind,name\n1,xã,A\n", "'province_code' is missing"},
        {HEADER, "no unit"},
        {HEADER "x1,xã,A,01,\n", ":2: column 'code' holds 'x1'"},
        {HEADER "00001,làng,A,01,\n", "'làng' is no kind"},
        {HEADER "00001,xã,,01,\n", "no name"},
        {HEADER "00001,xã,A,01,\n00001,xã,B,01,\n", "00001 occurs twice"},
        {HEADER "00001,xã,\xFF,01,\n", "not UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        noi_law_list list = {0};
        assert_int_equal(read_list(&list, cases[i].text), NOI_ERR_INPUT);
        if (!strstr(noi_error_message(), cases[i].words))
            fail_msg("'%s' is not in '%s'", cases[i].words, noi_error_message());
        noi_law_list_free(&list);
    }
    noi_law_list list = {0};
    assert_int_equal(noi_law_list_read(&list, "/nowhere/at.all"), NOI_ERR_IO);
    noi_law_list_free(&list);
}

static void keys_go_there_and_back(void **state) {
    (void)state;
    for (noi_part part = NOI_PART_WHOLE; part <= NOI_PART_REMAINDER; part++)
        assert_int_equal(noi_part_by_key(noi_str_of(noi_part_key(part))), part);
    for (noi_scope scope = NOI_SCOPE_ALL; scope <= NOI_SCOPE_ALL_AREA_NO_POPULATION; scope++)
        assert_int_equal(noi_scope_by_key(noi_str_of(noi_scope_key(scope))), scope);
    assert_int_equal(noi_part_by_key(NOI_STR("half")), 0);
    assert_int_equal(noi_scope_by_key(NOI_STR("")), 0);
    assert_string_equal(noi_law_severity_key(NOI_LAW_ERROR), "error");
    noi_law_free(NULL);
    noi_law_lists_free(NULL);
}

NOI_TEST_MAIN(cmocka_unit_test(what_is_no_resolution_is_refused),
              cmocka_unit_test(a_text_that_is_cut_off_is_told), cmocka_unit_test(clause_numbers),
              cmocka_unit_test(unit_lists_are_read), cmocka_unit_test(bad_unit_lists_are_refused),
              cmocka_unit_test(keys_go_there_and_back))
