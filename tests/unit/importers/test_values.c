/* Plan: numbers, days, flags and codes as people write them; what is none is rejected with its
 * reason; text comes out in UTF-8, NFC, whatever its encoding; a field of another encoding is never
 * taken. */
#include "testing.h"

#include "importers/values.h"

#include <math.h>
#include <string.h>

static const noi_field fields[] = {
    {"id", NOI_FIELD_KEY, true, ""},
    {"text", NOI_FIELD_TEXT, false, ""},
    {"code", NOI_FIELD_CODE, false, ""},
    {"day", NOI_FIELD_DAY, false, ""},
    {"flag", NOI_FIELD_FLAG, false, ""},
    {"status", NOI_FIELD_STATUS, false, ""},
    {"n", NOI_FIELD_COUNT, false, ""},
    {"real", NOI_FIELD_REAL, false, ""},
    {"lon", NOI_FIELD_X, false, ""},
    {"lat", NOI_FIELD_Y, false, ""},
    {"strict", NOI_FIELD_STRICT_CODE, false, ""},
};
enum { ID, TEXT, CODE, DAY, FLAG, STATUS, COUNT, REAL, LON, LAT, STRICT, N };
static const noi_file_kind kind = {.fields = fields, .n = N};

static noi_arena *arena;
static noi_value values[N];

static int set_up(void **state) {
    (void)state;
    arena = noi_arena_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    noi_arena_free(arena);
    return 0;
}

/* Reads a row in which only one field besides the id has a value. */
static noi_row_outcome read_bytes(size_t field, noi_str bytes, noi_encoding encoding, bool latin) {
    const noi_reading_rules rules = {&kind, encoding, latin};
    noi_str row[N] = {{0}};
    NOI_AUTO_BUF noi_buf scratch = {0};
    row[ID] = NOI_STR("A1");
    row[field] = bytes;
    return noi_values_read(values, row, &rules, arena, &scratch);
}

static noi_reject reject_of(size_t field, const char *text) {
    return read_bytes(field, noi_str_of(text), NOI_ENCODING_UTF8, false).reason;
}

static void numbers_take_a_point_or_a_comma(void **state) {
    (void)state;
    assert_true(fabs(noi_number_read(NOI_STR("106.7")) - 106.7) < 1e-12);
    assert_true(fabs(noi_number_read(NOI_STR("106,7")) - 106.7) < 1e-12);
    assert_true(fabs(noi_number_read(NOI_STR("-1.5e3")) + 1500) < 1e-9);
    static const char *const none[] = {"",      "abc", "nan",   "inf",     "0x10", "1.2.3",
                                       "1,2,3", "12a", "1.2,3", "601,234", "1e999"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_true(isnan(noi_number_read(noi_str_of(none[i]))));
}

static void degrees_may_have_three_decimals_behind_a_comma(void **state) {
    (void)state;
    const noi_reading_rules rules = {&kind, NOI_ENCODING_UTF8, false};
    noi_str row[N] = {{0}};
    NOI_AUTO_BUF noi_buf scratch = {0};
    row[ID] = NOI_STR("A1");
    row[LON] = NOI_STR("106,695");
    row[LAT] = NOI_STR("10,777");
    assert_int_equal(noi_values_read(values, row, &rules, arena, &scratch).reason, NOI_REJECT_NONE);
    assert_true(fabs(values[LON].number - 106.695) < 1e-12);
    row[LON] = NOI_STR("1203,456"); /* metres or thousands: not to be told */
    assert_int_equal(noi_values_read(values, row, &rules, arena, &scratch).reason,
                     NOI_REJECT_NUMBER);
}

static void each_type_rejects_with_its_reason(void **state) {
    (void)state;
    assert_int_equal(reject_of(ID, "   "), NOI_REJECT_MISSING);
    assert_int_equal(reject_of(DAY, "2025-02-30"), NOI_REJECT_DAY);
    assert_int_equal(reject_of(FLAG, "perhaps"), NOI_REJECT_FLAG);
    assert_int_equal(reject_of(STATUS, "0"), NOI_REJECT_STATUS);
    assert_int_equal(reject_of(STATUS, "11"), NOI_REJECT_STATUS);
    assert_int_equal(reject_of(STATUS, "1.5"), NOI_REJECT_STATUS);
    assert_int_equal(reject_of(COUNT, "-1"), NOI_REJECT_NUMBER);
    assert_int_equal(reject_of(REAL, "-0.1"), NOI_REJECT_NUMBER);
    assert_int_equal(reject_of(LON, "106.7"), NOI_REJECT_HALF_POINT);
    assert_int_equal(reject_of(LAT, "10.7"), NOI_REJECT_HALF_POINT);
    assert_int_equal(reject_of(STRICT, "7"), NOI_REJECT_CODE);
    assert_int_equal(reject_of(STRICT, "2674O"), NOI_REJECT_CODE);
    assert_int_equal(reject_of(TEXT, "a\x01z"), NOI_REJECT_CONTROL);
}

static void good_values_are_kept(void **state) {
    (void)state;
    assert_int_equal(reject_of(DAY, "20250310093000"), NOI_REJECT_NONE);
    assert_string_equal(values[DAY].text.p, "2025-03-10");
    assert_true(noi_str_is(values[DAY].moment, "20250310093000"));
    assert_int_equal(reject_of(DAY, "10/03/2025"), NOI_REJECT_NONE);
    assert_null(values[DAY].moment.p);
    assert_int_equal(reject_of(FLAG, "có"), NOI_REJECT_NONE);
    assert_true(values[FLAG].number == 1);
    assert_int_equal(reject_of(COUNT, "đang cập nhật"), NOI_REJECT_NONE);
    assert_true(isnan(values[COUNT].number));
    assert_int_equal(reject_of(TEXT, "  12 Lê Lợi\t"), NOI_REJECT_NONE);
    assert_true(noi_str_is(values[TEXT].text, "12 Lê Lợi"));
    assert_null(values[CODE].text.p);
}

static void lost_zeros_are_counted_not_restored(void **state) {
    (void)state;
    assert_int_equal(read_bytes(CODE, NOI_STR("4"), NOI_ENCODING_UTF8, false).lost_zeros, 1);
    assert_true(noi_str_is(values[CODE].text, "4"));
    assert_int_equal(read_bytes(CODE, NOI_STR("26740"), NOI_ENCODING_UTF8, false).lost_zeros, 0);
    assert_int_equal(read_bytes(CODE, NOI_STR("H29"), NOI_ENCODING_UTF8, false).lost_zeros, 0);
}

static void decomposed_text_is_composed(void **state) {
    (void)state;
    noi_row_outcome o = read_bytes(TEXT,
                                   NOI_STR("Ho\xCC\x80"
                                           "a"),
                                   NOI_ENCODING_UTF8, false);
    assert_int_equal(o.reason, NOI_REJECT_NONE);
    assert_true(o.converted);
    assert_true(noi_str_is(values[TEXT].text, "Hòa"));
    assert_false(read_bytes(TEXT, NOI_STR("Hòa"), NOI_ENCODING_UTF8, false).converted);
}

/* The text goes out to each encoding and comes back the same. */
static void each_encoding_comes_back_whole(void **state) {
    (void)state;
    static const noi_encoding encodings[] = {NOI_ENCODING_TCVN3, NOI_ENCODING_VNI,
                                             NOI_ENCODING_CP1258};
    noi_str text = NOI_STR("12 đường nguyễn huệ, phường bến nghé");
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        NOI_AUTO_BUF noi_buf bytes = {0};
        assert_int_equal(noi_text_from_utf8(&bytes, text, encodings[i]), NOI_OK);
        noi_row_outcome o = read_bytes(TEXT, noi_buf_view(&bytes), encodings[i], false);
        assert_int_equal(o.reason, NOI_REJECT_NONE);
        assert_true(o.converted);
        assert_true(noi_str_eq(values[TEXT].text, text));
        o = read_bytes(TEXT, noi_buf_view(&bytes), NOI_ENCODING_UTF8, false);
        assert_int_equal(o.reason, NOI_REJECT_ENCODING);
        o = read_bytes(TEXT, text, encodings[i], false);
        assert_int_equal(o.reason, NOI_REJECT_ENCODING);
    }
}

/* A workbook typed in an ABC font holds its bytes as Latin letters. */
static void latin_letters_of_a_workbook_become_bytes_again(void **state) {
    (void)state;
    noi_str text = NOI_STR("bến nghé");
    NOI_AUTO_BUF noi_buf bytes = {0};
    NOI_AUTO_BUF noi_buf latin = {0};
    assert_int_equal(noi_text_from_utf8(&bytes, text, NOI_ENCODING_TCVN3), NOI_OK);
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c >= 0x80)
            noi_buf_add_char(&latin, (char)(0xC0 | (c >> 6)));
        noi_buf_add_char(&latin, (char)(c >= 0x80 ? 0x80 | (c & 0x3F) : c));
    }
    noi_row_outcome o = read_bytes(TEXT, noi_buf_view(&latin), NOI_ENCODING_TCVN3, true);
    assert_int_equal(o.reason, NOI_REJECT_NONE);
    assert_true(noi_str_eq(values[TEXT].text, text));
    o = read_bytes(TEXT, text, NOI_ENCODING_TCVN3, true); /* real Unicode in the same workbook */
    assert_int_equal(o.reason, NOI_REJECT_NONE);
    assert_true(noi_str_eq(values[TEXT].text, text));
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

NOI_TEST_MAIN(cmocka_unit_test(numbers_take_a_point_or_a_comma),
              WITH_ARENA(degrees_may_have_three_decimals_behind_a_comma),
              WITH_ARENA(each_type_rejects_with_its_reason), WITH_ARENA(good_values_are_kept),
              WITH_ARENA(lost_zeros_are_counted_not_restored),
              WITH_ARENA(decomposed_text_is_composed), WITH_ARENA(each_encoding_comes_back_whole),
              WITH_ARENA(latin_letters_of_a_workbook_become_bytes_again))
