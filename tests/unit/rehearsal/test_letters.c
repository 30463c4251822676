/*
 * test_letters.c: spoiling letters is undone by address/.
 *   - NFD of every Vietnamese letter composes back to itself, and is the form that utf8proc gives
 *   - capitals and dropped marks fold like the original
 */
#include "address/text.h"
#include "rehearsal/letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char letters[] =
    "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ";

static void decomposed_letters_compose_back(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf apart = {0}, whole = {0};
    noi_letters_nfd(&apart, NOI_STR(letters));
    assert_true(apart.n > sizeof letters);
    assert_int_equal(noi_text_nfc(&whole, noi_buf_view(&apart)), NOI_OK);
    assert_string_equal(whole.p, letters);
}

/* Canonical order of marks: what is below comes before what is above. */
static void marks_stand_in_canonical_order(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf apart = {0};
    noi_letters_nfd(&apart, NOI_STR("ậ"));
    assert_string_equal(apart.p, "a\xCC\xA3\xCC\x82");
    noi_buf_clear(&apart);
    noi_letters_nfd(&apart, NOI_STR("ợ"));
    assert_string_equal(apart.p, "o\xCC\x9B\xCC\xA3");
}

static void capitals_are_made_and_undone(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf upper = {0}, small = {0};
    size_t half = strlen(letters) / 2;
    noi_letters_upper(&upper, (noi_str){letters, half});
    assert_memory_equal(upper.p, letters + half, half);
    noi_letters_small(&small, NOI_STR("Đường Ấp Ông Ỷ A1"));
    assert_string_equal(small.p, "đường ấp ông ỷ A1");
}

static void dropped_marks_fold_like_the_original(void **state) {
    (void)state;
    NOI_AUTO_BUF noi_buf bare = {0};
    noi_letters_bare(&bare, NOI_STR(letters));
    char a[2048], b[2048];
    size_t na = noi_text_fold(a, noi_buf_view(&bare), NOI_FOLD_BARE);
    size_t nb = noi_text_fold(b, NOI_STR(letters), NOI_FOLD_BARE);
    assert_int_equal(na, nb);
    assert_memory_equal(a, b, na);
    for (size_t i = 0; i < bare.n; i++)
        assert_true((unsigned char)bare.p[i] < 0x80);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decomposed_letters_compose_back),
        cmocka_unit_test(marks_stand_in_canonical_order),
        cmocka_unit_test(capitals_are_made_and_undone),
        cmocka_unit_test(dropped_marks_fold_like_the_original),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
