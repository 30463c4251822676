/*
 * Plan: what is written into an XLSX file is found in it, whatever the texts hold; a file that
 * lacks a row, a letter, a choice or the end of a document is noticed.
 */
#include "exporters/xlsx.h"
#include "exporters/xlsx_check.h"

#include "base/file.h"
#include "testing.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/noi-xlsx-XXXXXX";
static char path[64];

static int make_folder(void **state) {
    (void)state;
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    snprintf(path, sizeof path, "%s/a.xlsx", mkdtemp(folder));
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    return noi_remove_tree(folder) ? 0 : -1;
}

static const char *const texts[] = {"plain",
                                    "a & b < c > d \"e\" 'f'",
                                    " blanks ",
                                    "two\nlines",
                                    "\x01\x1f control",
                                    "_x0041_ looks like one",
                                    "Phường Bến Nghé",
                                    "=1+1",
                                    "&amp; &lt;",
                                    "]]>",
                                    "tab\there"};

/* Writes all texts, each beside a number and a day, with choices in the last row. */
static noi_status write_file(void) {
    static const noi_xlsx_column columns[] = {{{"A & B", 5}, NOI_XLSX_TEXT, 0},
                                              {{"n", 1}, NOI_XLSX_NUMBER, 0},
                                              {{"on", 2}, NOI_XLSX_DAY, 0}};
    static const char *const choices[] = {"20013 Bến Sông", "20016 Bờ & Kè"};
    NOI_AUTO(noi_xlsx_closep) noi_xlsx *xlsx = NULL;
    NOI_TRY(noi_xlsx_create(&xlsx, path));
    NOI_TRY(noi_xlsx_begin(xlsx, "noi", columns, 3));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const noi_str row[] = {noi_str_of(texts[i]), noi_str_of(i % 2 ? "12.5" : "no & number"),
                               noi_str_of(i % 3 ? "2025-07-01" : "")};
        NOI_TRY(noi_xlsx_row(xlsx, row, 3));
        NOI_TRY(noi_xlsx_row(xlsx, (noi_str[]){{NULL, 0}}, 1)); /* an empty row */
        noi_xlsx_choices(xlsx, 0, choices, 2);
    }
    return noi_xlsx_commit(xlsx);
}

static noi_xlsx_counts what_was_put(void) {
    size_t n = sizeof texts / sizeof *texts;
    noi_xlsx_counts put = {
        .rows = 1 + n, .cells = 3, .choices = n, .letters = strlen("A &amp; Bnon")};
    for (size_t i = 0; i < n; i++) {
        put.cells += i % 3 ? 3 : 2;
        put.letters += noi_xlsx_letters(texts[i]) + (i % 2 ? 0 : strlen("no &amp; number"));
    }
    return put;
}

static void what_was_written_is_found(void **state) {
    (void)state;
    struct stat st;
    assert_int_equal(write_file(), NOI_OK); /* the commit has looked already */
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_true(noi_xlsx_holds(path, &(noi_xlsx_counts){0}) == false);
    const noi_xlsx_counts put = what_was_put();
    assert_true(noi_xlsx_holds(path, &put));
}

static void what_is_missing_is_noticed(void **state) {
    (void)state;
    assert_int_equal(write_file(), NOI_OK);
    for (int i = 0; i < 4; i++) {
        noi_xlsx_counts put = what_was_put();
        uint64_t *const one[] = {&put.rows, &put.cells, &put.choices, &put.letters};
        ++*one[i];
        assert_false(noi_xlsx_holds(path, &put));
    }
}

static void file_that_was_cut_is_noticed(void **state) {
    (void)state;
    struct stat st;
    const noi_xlsx_counts put = what_was_put();
    assert_int_equal(write_file(), NOI_OK);
    assert_int_equal(stat(path, &st), 0);
    for (off_t n = st.st_size - 30; n > 0; n -= 501) { /* its last 22 bytes hold no document */
        assert_int_equal(truncate(path, n), 0);
        assert_false(noi_xlsx_holds(path, &put));
    }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

NOI_TEST_MAIN(IN_FOLDER(what_was_written_is_found), IN_FOLDER(what_is_missing_is_noticed),
              IN_FOLDER(file_that_was_cut_is_noticed))
