/*
 * Folding, NFC and names (address/text.h). Plan: every cell of the letter table against utf8proc;
 * every Vietnamese letter in both forms and cases; tone placement; what folds to a space; hostile
 * bytes; NFC against utf8proc; names.
 */
#include "address/letters.h"
#include "address/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include <cmocka.h>

static const char *const VIETNAMESE =
    "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ";

static const char *fold(const char *text, noi_fold how) {
    static char out[8][256];
    static unsigned turn;
    char *to = out[turn++ % 8];
    size_t n = noi_text_fold(to, noi_str_of(text), how);
    assert_int_equal(n, strlen(to));
    return to;
}

static size_t normalised(unsigned char out[64], const char *p, size_t n, bool compose) {
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t got =
        utf8proc_map((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)n, &made,
                     UTF8PROC_STABLE | (compose ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE));
    assert_true(got >= 0 && got < 64);
    memcpy(out, made, (size_t)got);
    out[got] = 0;
    free(made);
    return (size_t)got;
}

static void every_cell_agrees_with_utf8proc(void **state) {
    (void)state;
    for (uint32_t c = 0xC0; c < 0x1F00; c = c == 0x24F ? 0x1E00 : c + 1) {
        unsigned cell =
            c < 0x250 ? noi_letters_latin[c - 0xC0] : noi_letters_vietnamese[c - 0x1E00];
        utf8proc_int32_t parts[8];
        utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8,
                                                     UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, NULL);
        if (n < 2 || utf8proc_tolower(parts[0]) < 'a' || utf8proc_tolower(parts[0]) > 'z')
            continue; /* letters without a decomposition are a choice, not a fact */
        unsigned expected = (unsigned)utf8proc_tolower(parts[0]);
        for (utf8proc_ssize_t i = 1; i < n; i++)
            expected = noi_letter_with_mark(expected, (uint32_t)parts[i]);
        assert_int_equal(cell, expected);
    }
}

static void every_letter_folds_alike_in_both_forms(void **state) {
    (void)state;
    const char *p = VIETNAMESE, *end = p + strlen(p);
    size_t n_letters = 0;
    while (p < end) {
        uint32_t c;
        unsigned n = noi_utf8_decode(&c, (const unsigned char *)p, (const unsigned char *)end);
        char nfc[8] = "";
        unsigned char nfd[64];
        memcpy(nfc, p, n);
        normalised(nfd, p, n, false);
        assert_string_equal(fold(nfc, NOI_FOLD_MARKS), fold((char *)nfd, NOI_FOLD_MARKS));
        assert_string_equal(fold(nfc, NOI_FOLD_BARE), fold((char *)nfd, NOI_FOLD_BARE));
        /* With marks: the small letter itself. Without: its base letter. */
        unsigned char lower[64];
        char small[8] = "";
        utf8proc_encode_char(utf8proc_tolower((utf8proc_int32_t)c), (utf8proc_uint8_t *)small);
        normalised(lower, small, strlen(small), true);
        assert_string_equal(fold(nfc, NOI_FOLD_MARKS), (char *)lower);
        assert_int_equal(strlen(fold(nfc, NOI_FOLD_BARE)), 1);
        assert_int_equal(fold(nfc, NOI_FOLD_BARE)[0],
                         c == 0x110 || c == 0x111 ? 'd' : utf8proc_tolower(nfd[0]));
        n_letters++;
        p += n;
    }
    assert_int_equal(n_letters, 2 * (12 * 6 + 1));
}

static void tone_placement_is_unified(void **state) {
    (void)state;
    static const char *const PAIRS[][2] = {
        {"hoà", "hòa"},
        {"Hoá", "HÓA"},
        {"thuý", "thúy"},
        {"khoẻ", "khỏe"},
        {"loè", "lòe"},
        {"Thuỷ", "thủy"},
        {"quý", "qúy"},
        {"uỷ", "ủy"},
        {"toạ", "tọa"},
        {"hoàn", "hòan"},
        {"huỳnh", "hùynh"},
        {"Thoại", "thọai"},
        {"Quí", "qúi"},
        {"hoa\xcc\x80", "ho\xcc\x80"
                        "a"},
    };
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++)
        assert_string_equal(fold(PAIRS[i][0], NOI_FOLD_MARKS), fold(PAIRS[i][1], NOI_FOLD_MARKS));
    static const char *const APART[][2] = {
        {"hoà", "hoa"}, {"Quý", "Quí"}, {"Thanh An", "Thạnh An"},
        {"oậ", "ọâ"},   {"đa", "da"},   {"luật", "luạt"},
    };
    for (size_t i = 0; i < sizeof APART / sizeof *APART; i++)
        assert_string_not_equal(fold(APART[i][0], NOI_FOLD_MARKS),
                                fold(APART[i][1], NOI_FOLD_MARKS));
    /* Marks in a wrong order: dot below before circumflex, and after it. */
    assert_string_equal(fold("loa\xcc\xa3\xcc\x82n", NOI_FOLD_MARKS),
                        fold("loa\xcc\x82\xcc\xa3n", NOI_FOLD_MARKS));
    assert_string_equal(fold("loậ", NOI_FOLD_MARKS), "loậ");
}

static void all_but_letters_and_digits_is_one_space(void **state) {
    (void)state;
    assert_string_equal(fold("  Phường\xc2\xa0"
                             "Bến \t Nghé, ",
                             NOI_FOLD_BARE),
                        "phuong ben nghe");
    assert_string_equal(fold("Ea H\xe2\x80\x99leo", NOI_FOLD_MARKS),
                        fold("Ea H'leo", NOI_FOLD_MARKS));
    assert_string_equal(fold("\xe2\x80\x9cTân Phú\xe2\x80\x9d", NOI_FOLD_MARKS), "tân phú");
    assert_string_equal(fold("Quận\xe2\x80\x8b 1", NOI_FOLD_BARE), "quan 1");
    assert_string_equal(fold("Ðinh \xc3\x90\x41", NOI_FOLD_BARE), "dinh da");
    assert_string_equal(fold("1806/127/2/6", NOI_FOLD_BARE), "1806 127 2 6");
    assert_string_equal(fold("", NOI_FOLD_BARE), "");
    assert_string_equal(fold(" ,;- ", NOI_FOLD_BARE), "");
    assert_string_equal(fold("\xff\xfe"
                             "a\xc3",
                             NOI_FOLD_BARE),
                        "a");
    assert_string_equal(fold("\xef\xbc\xb1\xef\xbc\x91", NOI_FOLD_BARE), "q1");
}

static void hostile_bytes_stay_in_bounds(void **state) {
    (void)state;
    unsigned seed = 7;
    for (int round = 0; round < 20000; round++) {
        char text[40];
        size_t n = (seed = seed * 1103515245u + 12345u) >> 16 & 31;
        for (size_t i = 0; i < n; i++)
            text[i] = (char)((seed = seed * 1103515245u + 12345u) >> 16);
        char *exact = noi_alloc(n ? n : 1), *out = noi_alloc(2 * n + 1);
        memcpy(exact, text, n);
        size_t made =
            noi_text_fold(out, (noi_str){exact, n}, round & 1 ? NOI_FOLD_BARE : NOI_FOLD_MARKS);
        assert_true(made <= 2 * n && out[made] == 0);
        char again[96];
        size_t twice =
            noi_text_fold(again, (noi_str){out, made}, round & 1 ? NOI_FOLD_BARE : NOI_FOLD_MARKS);
        assert_int_equal(twice, made);
        assert_memory_equal(again, out, made);
        free(exact);
        free(out);
    }
}

static void nfc_agrees_with_utf8proc(void **state) {
    (void)state;
    for (uint32_t c = 1; c < 0x20000; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        char text[8] = "";
        size_t n = (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)text);
        unsigned char expected[64];
        size_t n_expected = normalised(expected, text, n, true);
        NOI_AUTO_BUF noi_buf out = {0};
        assert_int_equal(noi_text_nfc(&out, (noi_str){text, n}), NOI_OK);
        assert_int_equal(out.n, n_expected);
        assert_memory_equal(out.p, expected, n_expected);
    }
    NOI_AUTO_BUF noi_buf out = {0};
    assert_int_equal(noi_text_nfc(&out, noi_str_of("Phu\xcc\x9bo\xcc\x9b\xcc\x80ng")), NOI_OK);
    assert_string_equal(out.p, "Phường");
    assert_int_equal(noi_text_nfc(&out, noi_str_of("a\xff")), NOI_ERR_INPUT);
    assert_string_equal(out.p, "Phường");
}

static void utf8_is_checked(void **state) {
    (void)state;
    static const char *const BAD[] = {"\x80",
                                      "\xc0\x80",
                                      "\xc3",
                                      "\xe0\x80\x80",
                                      "\xed\xa0\x80",
                                      "\xf4\x90\x80\x80",
                                      "\xf8\x88\x80\x80\x80",
                                      "12345678\xff",
                                      "1234567\xc3",
                                      "\xe1\xbb"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_false(noi_utf8_is_valid(noi_str_of(BAD[i])));
    assert_true(noi_utf8_is_valid(noi_str_of(VIETNAMESE)));
    assert_true(noi_utf8_is_valid(noi_str_of("")));
    assert_true(noi_utf8_is_valid(noi_str_of("\xf0\x9f\x8f\xa0")));
}

static void names_compare_as_people_compare_them(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        bool equal;
    } CASES[] = {
        {"01", "1", true},
        {"Phường 01", "phường 1", true},
        {"10", "1", false},
        {"00", "0", true},
        {"0", "", false},
        {"Hoà Bình", "Hòa Bình", true},
        {"Thanh An", "Thạnh An", false},
        {"IV", "4", false},
        {"Quy", "Qui", false},
        {"Phan Rang-Tháp Chàm", "Phan Rang - Tháp Chàm", true},
        {"", "", true},
        {"Ea H'leo", "Ea H’Leo", true},
        {"100", "10", false},
        {"1 2", "12", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_int_equal(noi_name_equal(noi_str_of(CASES[i].a), noi_str_of(CASES[i].b)),
                         CASES[i].equal);
    char *a = noi_alloc(5000), *b = noi_alloc(5000);
    memset(a, 'x', 5000);
    memset(b, 'X', 5000);
    assert_true(noi_name_equal((noi_str){a, 5000}, (noi_str){b, 5000}));
    assert_false(noi_name_equal((noi_str){a, 5000}, (noi_str){b, 4999}));
    free(a);
    free(b);
}

/* The kind is a whole word at the beginning, in any case and form; what is no kind stays a name. */
static void districts_are_a_kind_and_a_name(void **state) {
    (void)state;
    static const struct {
        const char *text, *kind, *name;
    } CASES[] = {
        {"Quận Gò Vấp", "quận", "Gò Vấp"},
        {"QUẬN 1", "quận", "1"},
        {"Huyện Côn Đảo", "huyện", "Côn Đảo"},
        {"Thành phố Thủ Đức", "thành phố", "Thủ Đức"},
        {"Thị xã Phú Mỹ", "thị xã", "Phú Mỹ"},
        {"Gò Vấp", "", "Gò Vấp"},
        {"Quận", "", "Quận"},
        {"Quận ", "", "Quận "},
        {"Quậng 1", "", "Quậng 1"},
        {"", "", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *kind = NULL;
        noi_str name = {NULL, 0};
        noi_split_district(&kind, &name, noi_str_of(CASES[i].text));
        assert_string_equal(kind, CASES[i].kind);
        assert_int_equal(name.n, strlen(CASES[i].name));
        assert_memory_equal(name.p, CASES[i].name, name.n);
    }
}

static void what_steers_a_terminal_is_shown_as_spaces(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Phường Bến Nghé", "Phường Bến Nghé"},
        {"S\033[2K\nPASS", "S [2K PASS"},
        {"a\r\tb\177", "a  b "},
        {"x\xC2\x9B" "31m", "x 31m"},
        {"a\xE2\x80\xAE" "b\xE2\x81\xA9" "c\xE2\x80\xA8" "d", "a b c d"},
        {"“Ba Đình” – 1", "“Ba Đình” – 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NOI_AUTO_BUF noi_buf out = {0};
        noi_text_plain(&out, noi_str_of(cases[i][0]));
        assert_int_equal(out.n, strlen(cases[i][1]));
        assert_memory_equal(out.p, cases[i][1], out.n);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_agrees_with_utf8proc),
        cmocka_unit_test(every_letter_folds_alike_in_both_forms),
        cmocka_unit_test(tone_placement_is_unified),
        cmocka_unit_test(what_steers_a_terminal_is_shown_as_spaces),
        cmocka_unit_test(all_but_letters_and_digits_is_one_space),
        cmocka_unit_test(hostile_bytes_stay_in_bounds),
        cmocka_unit_test(nfc_agrees_with_utf8proc),
        cmocka_unit_test(utf8_is_checked),
        cmocka_unit_test(names_compare_as_people_compare_them),
        cmocka_unit_test(districts_are_a_kind_and_a_name),
    };
    return cmocka_run_group_tests_name("address/text", tests, NULL, NULL);
}
