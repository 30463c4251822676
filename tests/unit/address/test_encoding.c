/*
 * Encodings (address/text.h). Plan: tables against iconv; every Vietnamese letter there and back;
 * every name of data/units_old_vn.csv to each encoding and back; bad bytes are refused with their
 * offset; detection on short and long samples never names a wrong encoding.
 */
#include "address/text.h"
#include "base/csv.h"

#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#define UNITS "data/units_old_vn.csv"

static const noi_encoding ALL[] = {NOI_ENCODING_UTF8,  NOI_ENCODING_UTF16LE, NOI_ENCODING_UTF16BE,
                                   NOI_ENCODING_TCVN3, NOI_ENCODING_VNI,     NOI_ENCODING_CP1258};
#define N_ALL (sizeof ALL / sizeof *ALL)

static const char *const VIETNAMESE =
    "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ";

/* iconv on one short text; returns the bytes written, 0 when iconv refuses. */
static size_t by_iconv(char *out, size_t room, const char *to, const char *from, noi_str text) {
    iconv_t converter = iconv_open(to, from);
    if (converter == (iconv_t)-1)
        return 0;
    char copy[64];
    memcpy(copy, text.p, text.n);
    char *in = copy, *at = out;
    size_t n_in = text.n, n_out = room;
    size_t failed = iconv(converter, &in, &n_in, &at, &n_out);
    if (failed != (size_t)-1)
        failed = iconv(converter, NULL, NULL, &at, &n_out); /* what it holds back for a mark */
    iconv_close(converter);
    return failed == (size_t)-1 ? 0 : room - n_out;
}

static void compare_with_iconv(noi_encoding encoding, const char *name) {
    size_t n_compared = 0;
    for (unsigned first = 0x20; first < 256; first++)
        for (unsigned second = 0x20; second < 256; second++) {
            char bytes[2] = {(char)first, (char)second}, expected[32];
            size_t n = by_iconv(expected, sizeof expected, "UTF-8", name, (noi_str){bytes, 2});
            NOI_AUTO_BUF noi_buf ours = {0}, theirs = {0};
            noi_status status = noi_text_to_utf8(&ours, (noi_str){bytes, 2}, encoding);
            if (n == 0) {
                assert_int_equal(status, NOI_ERR_INPUT);
                continue;
            }
            assert_int_equal(status, NOI_OK);
            if (strchr(ours.p, '\xcc') != NULL)
                continue; /* two tones on one letter: iconv composes what Unicode does not */
            assert_int_equal(noi_text_nfc(&theirs, (noi_str){expected, n}), NOI_OK);
            assert_string_equal(ours.p, theirs.p);
            n_compared++;
        }
    assert_true(n_compared > 40000);
}

static void tcvn3_agrees_with_iconv(void **state) {
    (void)state;
    compare_with_iconv(NOI_ENCODING_TCVN3, "TCVN");
}

static void cp1258_agrees_with_iconv(void **state) {
    (void)state;
    compare_with_iconv(NOI_ENCODING_CP1258, "CP1258");
}

static void vni_reads_as_published(void **state) {
    (void)state;
    static const char *const PAIRS[][2] = {
        {"Phöôøng Beán Ngheù", "Phường Bến Nghé"},
        {"Quaän Bình Thaïnh", "Quận Bình Thạnh"},
        {"Thaønh phoá Hoà Chí Minh", "Thành phố Hồ Chí Minh"},
        {"ÑÖÔØNG NGUYEÃN HUEÄ", "ĐƯỜNG NGUYỄN HUỆ"},
        {"Ñaklaék", "Đaklắk"},
        {"Buøi Thò Xuaân", "Bùi Thị Xuân"},
        {"Lyù Thöôøng Kieät", "Lý Thường Kiệt"},
        {"Myõ Tho", "Mỹ Tho"},
        {"Kyø Hoøa", "Kỳ Hòa"},
        {"Vónh Hoäi, Ñænh", "Vĩnh Hội, Đỉnh"},
        {"Kî", "Kỵ"},
        {"Aâu Cô", "Âu Cơ"},
        {"Aùnh", "Ánh"},
    };
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        char latin[64];
        size_t n = by_iconv(latin, sizeof latin, "CP1252", "UTF-8", noi_str_of(PAIRS[i][0]));
        NOI_AUTO_BUF noi_buf out = {0};
        assert_int_equal(noi_text_to_utf8(&out, (noi_str){latin, n}, NOI_ENCODING_VNI), NOI_OK);
        assert_string_equal(out.p, PAIRS[i][1]);
    }
}

static void there_and_back(noi_str text, noi_encoding encoding) {
    NOI_AUTO_BUF noi_buf bytes = {0}, back = {0}, again = {0};
    assert_int_equal(noi_text_from_utf8(&bytes, text, encoding), NOI_OK);
    assert_int_equal(noi_text_to_utf8(&back, noi_buf_view(&bytes), encoding), NOI_OK);
    assert_true(noi_str_eq(noi_buf_view(&back), text));
    assert_int_equal(noi_text_from_utf8(&again, noi_buf_view(&back), encoding), NOI_OK);
    assert_true(noi_str_eq(noi_buf_view(&again), noi_buf_view(&bytes)));
}

static void every_letter_goes_there_and_back(void **state) {
    (void)state;
    for (size_t e = 0; e < N_ALL; e++) {
        there_and_back(noi_str_of(VIETNAMESE), ALL[e]);
        for (const char *p = VIETNAMESE; *p;) {
            size_t n = 1;
            while ((p[n] & 0xC0) == 0x80)
                n++;
            there_and_back((noi_str){p, n}, ALL[e]);
            p += n;
        }
    }
    there_and_back(noi_str_of("\xf0\x9f\x8f\xa0 \xe4\xb8\xad"), NOI_ENCODING_UTF16LE);
    there_and_back(noi_str_of("\xf0\x9f\x8f\xa0"), NOI_ENCODING_UTF16BE);
}

/* Walks the names of the country's units: "xã Tân Phú, huyện ..., tỉnh ...". */
typedef void visit(noi_str short_name, noi_str address);

static void for_each_unit(visit *f) {
    NOI_AUTO(noi_csv_closep) noi_csv *csv = NULL;
    assert_int_equal(noi_csv_open(&csv, UNITS), NOI_OK);
    int kind = noi_csv_column(csv, "kind"), name = noi_csv_column(csv, "name"),
        district = noi_csv_column(csv, "district_name"),
        province = noi_csv_column(csv, "province_name");
    noi_csv_row row;
    NOI_AUTO_BUF noi_buf text = {0};
    size_t n = 0;
    while (noi_csv_next(&row, csv)) {
        noi_buf_clear(&text);
        noi_buf_printf(&text, "%.*s %.*s, %.*s, %.*s", NOI_STR_ARG(row.field[kind]),
                       NOI_STR_ARG(row.field[name]), NOI_STR_ARG(row.field[district]),
                       NOI_STR_ARG(row.field[province]));
        f(row.field[name], noi_buf_view(&text));
        n++;
    }
    assert_int_equal(n, 10040);
}

static void unit_goes_there_and_back(noi_str short_name, noi_str address) {
    (void)short_name;
    for (size_t e = 0; e < N_ALL; e++)
        there_and_back(address, ALL[e]);
}

static void every_unit_goes_there_and_back(void **state) {
    (void)state;
    for_each_unit(unit_goes_there_and_back);
}

static size_t n_short[N_ALL][2], n_long[N_ALL][2]; /* named, left open */

static void detect_one(size_t counts[2], noi_str text, noi_encoding encoding) {
    NOI_AUTO_BUF noi_buf bytes = {0};
    assert_int_equal(noi_text_from_utf8(&bytes, text, encoding), NOI_OK);
    noi_encoding found = noi_encoding_detect(noi_buf_view(&bytes));
    bool is_ascii = true;
    for (size_t i = 0; i < bytes.n; i++)
        is_ascii &= (unsigned char)bytes.p[i] < 0x80;
    if (found != NOI_ENCODING_UNKNOWN && found != encoding &&
        !(is_ascii && found == NOI_ENCODING_UTF8)) {
        print_message("%.*s in %s was taken for %s\n", NOI_STR_ARG(text),
                      noi_encoding_key(encoding), noi_encoding_key(found));
        fail();
    }
    counts[found == NOI_ENCODING_UNKNOWN]++;
}

static void unit_is_detected(noi_str short_name, noi_str address) {
    for (size_t e = 0; e < N_ALL; e++) {
        detect_one(n_short[e], short_name, ALL[e]);
        detect_one(n_long[e], address, ALL[e]);
    }
}

static void detection_never_names_a_wrong_encoding(void **state) {
    (void)state;
    for_each_unit(unit_is_detected);
    for (size_t e = 0; e < N_ALL; e++) {
        print_message("%-8s bare names: named %zu, left open %zu; addresses: named %zu, left open "
                      "%zu\n",
                      noi_encoding_key(ALL[e]), n_short[e][0], n_short[e][1], n_long[e][0],
                      n_long[e][1]);
        assert_true(n_long[e][0] > n_long[e][1]); /* one line may be too little; a file is not */
    }
}

static noi_buf whole;

static void add_to_whole(noi_str short_name, noi_str address) {
    (void)short_name;
    noi_buf_add(&whole, address.p, address.n);
    noi_buf_add_char(&whole, '\n');
}

/* The same in capitals. */
static void add_capitals(noi_buf *out, noi_str text) {
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)text.p;
    utf8proc_int32_t c;
    utf8proc_uint8_t bytes[4];
    for (size_t at = 0; at < text.n; at += (size_t)utf8proc_iterate(p + at, -1, &c)) {
        utf8proc_iterate(p + at, -1, &c);
        noi_buf_add(out, bytes, (size_t)utf8proc_encode_char(utf8proc_toupper(c), bytes));
    }
}

static void files_are_detected(void **state) {
    (void)state;
    for_each_unit(add_to_whole);
    for (size_t e = 0; e < N_ALL; e++) {
        NOI_AUTO_BUF noi_buf bytes = {0};
        assert_int_equal(noi_text_from_utf8(&bytes, noi_buf_view(&whole), ALL[e]), NOI_OK);
        assert_int_equal(noi_encoding_detect(noi_buf_view(&bytes)), ALL[e]);
        /* A sample cut anywhere, as the first MiB of a file is. */
        for (size_t cut = 3000; cut < 3010; cut++)
            assert_int_equal(noi_encoding_detect((noi_str){bytes.p, cut}), ALL[e]);
    }
    NOI_AUTO_BUF noi_buf capitals = {0};
    add_capitals(&capitals, noi_buf_view(&whole));
    for (size_t e = 0; e < N_ALL; e++) {
        NOI_AUTO_BUF noi_buf bytes = {0};
        assert_int_equal(noi_text_from_utf8(&bytes, noi_buf_view(&capitals), ALL[e]), NOI_OK);
        assert_int_equal(noi_encoding_detect(noi_buf_view(&bytes)), ALL[e]);
        there_and_back(noi_buf_view(&capitals), ALL[e]);
    }
    noi_buf_free(&whole);
}

static void what_has_no_form_is_left_open(void **state) {
    (void)state;
    static const char *const OPEN[] = {"\xff",      "\x80\x81\x82",     "caf\xe9 cr\xe8me",
                                       "a\0b\0\0c", "\xb0\xb1\xb2\xb3", "\xa0\xa0"};
    for (size_t i = 0; i < sizeof OPEN / sizeof *OPEN; i++)
        assert_int_equal(noi_encoding_detect(noi_str_of(OPEN[i])),
                         i == 3 ? NOI_ENCODING_UTF8 : NOI_ENCODING_UNKNOWN);
    assert_int_equal(noi_encoding_detect(NOI_STR("a\0b\0\0c")), NOI_ENCODING_UNKNOWN);
    assert_int_equal(noi_encoding_detect(NOI_STR("i\0d\0,\0t\0")), NOI_ENCODING_UTF16LE);
    assert_int_equal(noi_encoding_detect(NOI_STR("\0i\0d\0,\0t")), NOI_ENCODING_UTF16BE);
    assert_int_equal(noi_encoding_detect(NOI_STR("12 Nguyen Hue, Q1")), NOI_ENCODING_UTF8);
    assert_int_equal(noi_encoding_detect(NOI_STR("")), NOI_ENCODING_UTF8);
    assert_int_equal(noi_encoding_detect(NOI_STR("\xef\xbb\xbfid,text")), NOI_ENCODING_UTF8);
}

static void a_byte_that_does_not_belong_is_named(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        noi_encoding encoding;
        const char *said;
    } BAD[] = {
        {"ab\xffxy", NOI_ENCODING_UTF8,
         "byte 0xFF at offset 2 does not belong to the encoding utf8"},
        {"T\xe2n", NOI_ENCODING_VNI, "byte 0xE2 at offset 1 does not belong to the encoding vni"},
        {"a\x81", NOI_ENCODING_CP1258,
         "byte 0x81 at offset 1 does not belong to the encoding cp1258"},
        {"abc", NOI_ENCODING_UTF16LE,
         "byte 0x63 at offset 2 does not belong to the encoding utf16le"},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        NOI_AUTO_BUF noi_buf out = {0};
        noi_buf_add_str(&out, "kept");
        assert_int_equal(noi_text_to_utf8(&out, noi_str_of(BAD[i].bytes), BAD[i].encoding),
                         NOI_ERR_INPUT);
        assert_string_equal(noi_error_message(), BAD[i].said);
        assert_int_equal(out.n, 4);
    }
    NOI_AUTO_BUF noi_buf out = {0};
    assert_int_equal(noi_text_from_utf8(&out, noi_str_of("a\xe4\xb8\xad"), NOI_ENCODING_VNI),
                     NOI_ERR_INPUT);
    assert_int_equal(out.n, 0);
    assert_int_equal(noi_text_to_utf8(&out, noi_str_of("a"), NOI_ENCODING_UNKNOWN), NOI_ERR_USAGE);
}

static void keys_are_those_of_the_command_line(void **state) {
    (void)state;
    for (size_t e = 0; e < N_ALL; e++)
        assert_int_equal(noi_encoding_by_key(noi_encoding_key(ALL[e])), ALL[e]);
    assert_int_equal(noi_encoding_by_key("auto"), NOI_ENCODING_UNKNOWN);
    assert_int_equal(noi_encoding_by_key("latin1"), NOI_ENCODING_UNKNOWN);
    assert_int_equal(noi_encoding_by_key(NULL), NOI_ENCODING_UNKNOWN);
    assert_string_equal(noi_encoding_key(NOI_ENCODING_UNKNOWN), "unknown");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tcvn3_agrees_with_iconv),
        cmocka_unit_test(cp1258_agrees_with_iconv),
        cmocka_unit_test(vni_reads_as_published),
        cmocka_unit_test(every_letter_goes_there_and_back),
        cmocka_unit_test(every_unit_goes_there_and_back),
        cmocka_unit_test(detection_never_names_a_wrong_encoding),
        cmocka_unit_test(files_are_detected),
        cmocka_unit_test(what_has_no_form_is_left_open),
        cmocka_unit_test(a_byte_that_does_not_belong_is_named),
        cmocka_unit_test(keys_are_those_of_the_command_line),
    };
    return cmocka_run_group_tests_name("address/encoding", tests, NULL, NULL);
}
