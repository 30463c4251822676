/*
 * fuzz_encoding.c: no bytes may crash detection, conversion or folding; what converts to UTF-8 is
 * valid, NFC, and converts back and forth again to the same text.
 */
#include "address/text.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void try_encoding(noi_str bytes, noi_encoding encoding) {
    NOI_AUTO_BUF noi_buf text = {0}, back = {0}, again = {0}, composed = {0};
    if (noi_text_to_utf8(&text, bytes, encoding) != NOI_OK) {
        assert(text.n == 0);
        return;
    }
    assert(noi_utf8_is_valid(noi_buf_view(&text)));
    assert(noi_text_nfc(&composed, noi_buf_view(&text)) == NOI_OK);
    assert(noi_str_eq(noi_buf_view(&composed), noi_buf_view(&text)));
    if (noi_text_from_utf8(&back, noi_buf_view(&text), encoding) != NOI_OK)
        return; /* marks that only their sequence could write */
    assert(noi_text_to_utf8(&again, noi_buf_view(&back), encoding) == NOI_OK);
    if (text.n < 3 || memcmp(text.p, "\xef\xbb\xbf", 3) != 0)
        assert(noi_str_eq(noi_buf_view(&again), noi_buf_view(&text)));
}

static void try_fold(noi_str text, noi_fold how) {
    char *once = noi_alloc(2 * text.n + 1), *twice = noi_alloc(4 * text.n + 3);
    size_t n = noi_text_fold(once, text, how);
    assert(n <= 2 * text.n);
    size_t m = noi_text_fold(twice, (noi_str){once, n}, how);
    assert(m == n && memcmp(once, twice, n) == 0);
    free(once);
    free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    char *exact = noi_alloc(n ? n : 1);
    memcpy(exact, data, n);
    noi_str bytes = {exact, n};
    for (int e = NOI_ENCODING_UTF8; e <= NOI_ENCODING_CP1258; e++)
        try_encoding(bytes, (noi_encoding)e);
    noi_encoding found = noi_encoding_detect(bytes);
    NOI_AUTO_BUF noi_buf text = {0};
    if (found != NOI_ENCODING_UNKNOWN && noi_text_to_utf8(&text, bytes, found) != NOI_OK)
        text.n = 0;
    try_fold(bytes, NOI_FOLD_MARKS);
    try_fold(bytes, NOI_FOLD_BARE);
    assert(noi_name_equal(bytes, bytes));
    free(exact);
    return 0;
}
