/*
 * fuzz_reader.c: no text and no gazetteer may crash the reader. The first byte chooses: an address
 * against the city's gazetteer, or the rest as a gazetteer (patched into a sound one, so that the
 * checks behind the header are reached too).
 */
#include "tests/unit/address/city.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const noi_gazetteer *the_gazetteer(noi_str *bytes) {
    static city the_city;
    static bool is_open;
    if (!is_open && !city_open(&the_city, false))
        abort();
    is_open = true;
    *bytes = noi_buf_view(&the_city.bytes);
    return the_city.gazetteer;
}

static void check_view(noi_str view, noi_str text) {
    assert(view.n == 0 || (view.p >= text.p && view.p + view.n <= text.p + text.n));
}

static void read_text(const noi_gazetteer *gazetteer, noi_str text) {
    noi_reading r;
    noi_address_read(&r, gazetteer, text);
    assert(r.n_units <= NOI_READING_MAX_UNITS && r.n_units <= r.n_all);
    for (size_t i = 1; i < r.n_units; i++)
        assert(r.units[i - 1] < r.units[i]);
    assert(r.n_units == 0 || r.ward.n > 0);
    check_view(r.house, text);
    check_view(r.street, text);
    check_view(r.hamlet, text);
    check_view(r.ward, text);
    check_view(r.district, text);
    check_view(r.province, text);
}

/* Bytes (offset, value) in triples, written into a copy of a sound gazetteer. */
static void read_with_damaged(noi_str sound, const uint8_t *data, size_t n) {
    char *copy = noi_alloc(sound.n);
    memcpy(copy, sound.p, sound.n);
    for (size_t i = 0; i + 3 < n; i += 4)
        copy[((size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2]) % sound.n] =
            (char)data[i + 3];
    const noi_gazetteer *g = NULL;
    if (noi_gazetteer_attach(&g, copy, sound.n) == NOI_OK)
        read_text(g, NOI_STR("12/3 Lê Lợi, Phường Bến Nhgé, Q.TB, xã Thanh An, Quận 1, TP.HCM"));
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    noi_str sound;
    const noi_gazetteer *gazetteer = the_gazetteer(&sound);
    if (n > 0 && data[0] == 0xFF) {
        read_with_damaged(sound, data + 1, n - 1);
        return 0;
    }
    char *exact = noi_alloc(n ? n : 1); /* so that the sanitizer sees each byte too far */
    memcpy(exact, data, n);
    read_text(gazetteer, (noi_str){exact, n});
    free(exact);
    return 0;
}
