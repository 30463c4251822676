/* Plan: the liberties exports take (delimiter, line ends, BOM, quotes); what makes a row bad leaves
 * the rest readable; a header that cannot be one is refused; a written field reads back the same. */
#include "testing.h"

#include "base/csv.h"

#include <string.h>

static noi_csv *open_text(const char *text) {
    noi_csv *csv = NULL;
    assert_int_equal(noi_csv_open_bytes(&csv, "t.csv", noi_str_of(text)), NOI_OK);
    return csv;
}

static void assert_field(const noi_csv_row *row, size_t i, const char *want) {
    assert_true(i < row->n);
    assert_int_equal(row->field[i].n, strlen(want));
    assert_memory_equal(row->field[i].p, want, strlen(want));
}

static void reads_quotes_and_both_line_ends(void **state) {
    (void)state;
    noi_csv *csv = open_text("\xEF\xBB\xBFid,text,c\r\n1,\"a, \"\"b\"\"\nc\",\"\"\r\n\r\n2,plain,x");
    noi_csv_row row;
    assert_int_equal(noi_csv_column(csv, "TEXT"), 1);
    assert_int_equal(noi_csv_column(csv, "nothing"), -1);
    assert_true(noi_csv_next(&row, csv));
    assert_int_equal(row.line, 2);
    assert_int_equal(row.n, 3);
    assert_field(&row, 1, "a, \"b\"\nc");
    assert_field(&row, 2, "");
    assert_true(noi_csv_next(&row, csv));
    assert_int_equal(row.line, 5);
    assert_field(&row, 2, "x");
    assert_false(noi_csv_next(&row, csv));
    noi_csv_close(csv);
}

static void finds_semicolons_and_tabs(void **state) {
    (void)state;
    noi_csv *csv = open_text("id;\"a,b,c\";d\n1;2;3\n");
    assert_int_equal(noi_csv_delimiter(csv), ';');
    assert_int_equal(noi_csv_header(csv)->n, 3);
    noi_csv_close(csv);
    csv = open_text("id\ta\n1\t2\n");
    assert_int_equal(noi_csv_delimiter(csv), '\t');
    noi_csv_close(csv);
}

static void an_open_quote_spoils_one_row_only(void **state) {
    (void)state;
    noi_csv *csv = open_text("id,a\n1,x\n2,\"open\n3,y\n");
    noi_csv_row row;
    assert_true(noi_csv_next(&row, csv));
    assert_int_equal(row.defect, NOI_CSV_FINE);
    assert_true(noi_csv_next(&row, csv));
    assert_int_equal(row.defect, NOI_CSV_OPEN_QUOTE);
    assert_int_equal(row.line, 3);
    assert_true(noi_csv_next(&row, csv));
    assert_int_equal(row.defect, NOI_CSV_FINE);
    assert_field(&row, 0, "3");
    noi_csv_close(csv);
}

static void a_field_of_a_million_letters_spoils_one_row_only(void **state) {
    (void)state;
    noi_buf text = {0};
    noi_buf_add_str(&text, "id,a\n1,");
    for (int i = 0; i < 1000000; i++)
        noi_buf_add_char(&text, 'x');
    noi_buf_add_str(&text, "\n2,y\n");
    noi_csv *csv = open_text(text.p);
    noi_csv_row row;
    assert_true(noi_csv_next(&row, csv));
    assert_int_equal(row.defect, NOI_CSV_FIELD_TOO_LONG);
    assert_true(noi_csv_next(&row, csv));
    assert_int_equal(row.defect, NOI_CSV_FINE);
    noi_csv_close(csv);
    noi_buf_free(&text);
}

static void headers_that_cannot_be_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"", "\n\n", "id,,x\n", "id,a,id\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        noi_csv *csv = NULL;
        assert_int_equal(noi_csv_open_bytes(&csv, "t.csv", noi_str_of(bad[i])), NOI_ERR_INPUT);
        assert_null(csv);
        assert_non_null(strstr(noi_error_message(), "t.csv"));
    }
    noi_csv *csv = NULL;
    noi_str binary = NOI_STR("GPKG\0\0\1,\n");
    assert_int_equal(noi_csv_open_bytes(&csv, "b.csv", binary), NOI_ERR_INPUT);
}

static void what_is_written_reads_back_the_same(void **state) {
    (void)state;
    static const char *const values[] = {"plain", "a,b", "say \"so\"", "two\nlines", " spaced ", "",
                                         "semi;colon", "tab\there", "cr\rhere", "Phường Đa Kao"};
    enum { N = sizeof values / sizeof *values };
    noi_buf text = {0};
    noi_buf_add_str(&text, "c0,c1,c2,c3,c4,c5,c6,c7,c8,c9\n");
    for (size_t i = 0; i < N; i++) {
        if (i)
            noi_buf_add_char(&text, ',');
        noi_csv_add_field(&text, noi_str_of(values[i]));
    }
    noi_buf_add_char(&text, '\n');
    noi_csv *csv = open_text(text.p);
    noi_csv_row row;
    assert_true(noi_csv_next(&row, csv));
    assert_int_equal(row.n, N);
    for (size_t i = 0; i < N; i++)
        assert_field(&row, i, values[i]);
    noi_csv_close(csv);
    noi_buf_free(&text);
}

NOI_TEST_MAIN(cmocka_unit_test(reads_quotes_and_both_line_ends),
              cmocka_unit_test(finds_semicolons_and_tabs),
              cmocka_unit_test(an_open_quote_spoils_one_row_only),
              cmocka_unit_test(a_field_of_a_million_letters_spoils_one_row_only),
              cmocka_unit_test(headers_that_cannot_be_are_refused),
              cmocka_unit_test(what_is_written_reads_back_the_same))
